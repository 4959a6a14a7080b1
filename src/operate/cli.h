/*
 * cli: what all subcommands share. Options that are the same everywhere, the opening of vault and
 * database, a unit of work done by the program itself, and plain answers: exit codes 0 done,
 * 1 refused with the reason, 2 wrong usage. Text goes to stdout, reasons to stderr, never a name.
 *
 * Where things are (each can be set by option or environment):
 *   --state DIR      WEERKLANK_STATE     var          keyring, audit spool, SQLite file
 *   --database URL   WEERKLANK_DATABASE  sqlite:DIR/weerklank.sqlite
 *   --master-key F   WEERKLANK_MASTER_KEY, else $CREDENTIALS_DIRECTORY/master.key, else DIR/master.key
 *   --clock MOMENT   WEERKLANK_CLOCK     the real one; "2026-11-24T10:30" fixes Dutch time, for tests
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
struct db;
struct vault;

enum cli_exit { CLI_DONE = 0, CLI_REFUSED = 1, CLI_USAGE = 2 };

#define CLI_VALUES_MAX 16

/* An option of a subcommand, besides the common ones. `value` NULL in the table: a flag. */
struct cli_option {
    const char *name;  /* "--school" */
    const char *value; /* "ID" for the help text; NULL: a flag */
    const char *help;
};

struct command {
    const char *name;    /* "backup" */
    const char *usage;   /* "FILE" */
    const char *summary; /* one line for `weerklank --help` */
    const struct cli_option *options; /* ended by name NULL; may be NULL */
    int (*run)(const struct command *command, int argc, char **argv);
};

/* Parsed command line. */
struct cli {
    const struct command *command;
    const char *state, *database, *master_key;
    struct clock clock;
    bool json;
    const char *values[CLI_VALUES_MAX]; /* by position in command->options; flags: "" when given */
    const char **words; /* what is no option, in order */
    size_t word_count;

    /* after cli_open() */
    struct random random;
    struct arena *arena;
    struct db *db;
    struct vault *vault;
    struct actor actor; /* ACTOR_PROGRAM */
    struct work work;
};

/*
 * Parses. True to go on; false when the command is over: help was printed or a usage error told, and
 * *ret_exit is the exit code. Opens nothing.
 */
NODISCARD bool cli_parse(const struct command *command, int argc, char **argv, struct cli *ret_cli,
                         int *ret_exit);

/* The value of an option by name; NULL when not given. */
const char *cli_value(const struct cli *cli, const char *name);

/* Opens the vault and the database, makes `work`. Tells the reason itself. `create`: init and demo. */
NODISCARD int cli_open(struct cli *cli, bool create);
void cli_close(struct cli *cli);

/* Says why on stderr ("weerklank backup: …") and returns CLI_REFUSED. */
int cli_refuse(const struct cli *cli, const char *format, ...) PRINTF_LIKE(2, 3);

/* Sets the school that `work` acts at from --school (id, or the only one when absent), and loads its key. */
NODISCARD int cli_school(struct cli *cli);

/* In one transaction: begin, run(cli->work, context), commit or roll back; conflicts are tried again. */
NODISCARD enum status cli_transaction(struct cli *cli, bool writes,
                                      enum status (*run)(struct work *work, void *context),
                                      void *context);

/* Why a status stopped a command, in words: "the database failed", … */
const char *cli_reason(enum status status);

#endif
