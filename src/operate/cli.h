/*
 * cli: what all subcommands share. Options that are the same everywhere, the opening of vault and
 * database, a unit of work done by the program itself, and plain answers: exit codes 0 done,
 * 1 refused with the reason, 2 wrong usage. Text goes to stdout, reasons to stderr, never a name.
 *
 * Where things are (each can be set by option or environment):
 *   --state DIR      WEERKLANK_STATE     var          keyring, audit spool, SQLite file
 *   --database URL   WEERKLANK_DATABASE  sqlite:DIR/weerklank.sqlite
 *   --master-key F   WEERKLANK_MASTER_KEY, else $CREDENTIALS_DIRECTORY/master.key, else
 * DIR/master.key
 *   --clock MOMENT   WEERKLANK_CLOCK     the real one; "2026-11-24T10:30" fixes Dutch time, for
 * tests
 */
#ifndef OPERATE_CLI_H
#define OPERATE_CLI_H

#include <stdbool.h>
#include <stddef.h>

#include "access/work.h"
#include "base/clock.h"
#include "base/random.h"
#include "base/status.h"

struct arena;
struct json_t;
struct db;
struct method_shelf;
struct vault;

enum cli_exit { CLI_DONE = 0, CLI_REFUSED = 1, CLI_USAGE = 2 };

#define CLI_VALUES_MAX 16

/* An option of a subcommand, besides the common ones. `value` NULL in the table: a flag. */
struct cli_option {
    const char *name;  /* "--school" */
    const char *value; /* "ID" for the help text; NULL: a flag */
    const char *help;
};

struct cli;

/* What a command with several sides can do: `weerklank pupil erase …`. */
struct cli_verb {
    const char *name;  /* "erase" */
    const char *usage; /* "PUPIL --yes" */
    const char *help;
    int (*run)(struct cli *cli); /* everything is open; words[0] is the verb */
};

struct command {
    const char *name;                 /* "backup" */
    const char *usage;                /* "FILE" */
    const char *summary;              /* one line for `weerklank --help` */
    const struct cli_option *options; /* ended by name NULL; may be NULL */
    const struct cli_verb *verbs; /* ended by name NULL; may be NULL; then run is cli_run_verb */
    int (*run)(const struct command *command, int argc, char **argv);
};

/* Parsed command line. */
struct cli {
    const struct command *command;
    const char *state, *database, *master_key;
    struct clock clock;
    bool json;
    const char *values[CLI_VALUES_MAX]; /* by position in command->options; flags: "" when given */
    const char **words;                 /* what is no option, in order */
    size_t word_count;

    /* after cli_open() */
    struct random random;
    struct arena *arena;
    struct db *db;
    struct vault *vault;
    struct method_shelf *shelf;
    struct actor actor; /* ACTOR_PROGRAM */
    struct work work;
};

/*
 * Parses. True to go on; false when the command is over: help was printed or a usage error told,
 * and *ret_exit is the exit code. Opens nothing.
 */
NODISCARD bool cli_parse(const struct command *command, int argc, char **argv, struct cli *ret_cli,
                         int *ret_exit);

/* The value of an option by name; NULL when not given. */
const char *cli_value(const struct cli *cli, const char *name);

/*
 * Opens the vault and the database, makes `work`. Tells the reason itself. `create`: init and demo.
 * The two halves are for what works without keys (backup) or makes a database (restore).
 */
NODISCARD int cli_open(struct cli *cli, bool create);
NODISCARD int cli_open_vault(struct cli *cli, bool create);
NODISCARD int cli_open_database(struct cli *cli, bool create);
void cli_close(struct cli *cli);

/* Refuses when the database is not at this program's schema: the statements would not run. */
NODISCARD int cli_check_schema(struct cli *cli);

/* command.run of a command with verbs: parses, opens, checks the schema, runs the verb, closes. */
int cli_run_verb(const struct command *command, int argc, char **argv);

/* Says what is wrong with the words on stderr and returns CLI_USAGE. */
int cli_usage(const struct cli *cli, const char *format, ...) PRINTF_LIKE(2, 3);

/* An id from the command line; refuses with a reason that names `what` ("pupil"). */
NODISCARD int cli_id(const struct cli *cli, const char *text, const char *what, int64_t *ret_id);
/* A day like 2026-11-24; today when `text` is NULL. */
NODISCARD int cli_day(const struct cli *cli, const char *text, struct date *ret_day);

/* Prints a JSON value on a line of its own and frees it. NULL (no memory) is refused. */
NODISCARD int cli_print_json(const struct cli *cli, struct json_t *value);

/* Says why on stderr ("weerklank backup: …") and returns CLI_REFUSED. */
int cli_refuse(const struct cli *cli, const char *format, ...) PRINTF_LIKE(2, 3);

/* Sets the school that `work` acts at from --school (id, or the only one when absent), and loads
 * its key. */
NODISCARD int cli_school(struct cli *cli);

/* In one transaction: begin, run(cli->work, context), commit or roll back; conflicts are tried
 * again. */
NODISCARD enum status cli_transaction(struct cli *cli, bool writes,
                                      enum status (*run)(struct work *work, void *context),
                                      void *context);

/* Why a status stopped a command, in words: "the database failed", … */
const char *cli_reason(enum status status);

#endif
