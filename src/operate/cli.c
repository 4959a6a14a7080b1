#include "operate/cli.h"

#include <errno.h>
#include <jansson.h>
#include <stdarg.h>
#include <sys/stat.h>

#include "answer/kind.h"
#include "base/arena.h"
#include "base/date.h"
#include "base/str.h"
#include "db/db.h"
#include "db/migrate.h"
#include "method/shelf.h"
#include "school/school.h"
#include "vault/vault.h"

#define ARENA_CAP ((size_t)1024 * 1024 * 1024)
#define TRIES_MAX 10
#define CLI_HELP (-1) /* help was asked and given: the command is done */

static const struct cli_option common[] = {
    {"--state", "DIR", "where keyring, log spool and the SQLite file are (var)"},
    {"--database", "URL", "sqlite:FILE or postgresql://… (sqlite:DIR/weerklank.sqlite)"},
    {"--master-key", "FILE", "the master key (DIR/master.key)"},
    {"--clock", "MOMENT", "Dutch time to use instead of now, like 2026-11-24T10:30"},
    {"--json", NULL, "print one JSON object"},
    {"--help", NULL, "show this"},
    {NULL, NULL, NULL},
};

static void print_options(const struct cli_option *options)
{
    for (; options && options->name; options++) {
        const char *value = options->value ? options->value : "";
        int width = 24 - (int)strlen(options->name);
        printf("  %s %-*s %s\n", options->name, width, value, options->help);
    }
}

static int help(const struct command *command)
{
    printf("weerklank %s %s\n\n%s\n\n", command->name, command->usage, command->summary);
    for (const struct cli_verb *verb = command->verbs; verb && verb->name; verb++)
        printf("  %s %s\n      %s\n", verb->name, verb->usage, verb->help);
    if (command->verbs)
        (void)fputc('\n', stdout);
    print_options(command->options);
    print_options(common);
    return CLI_HELP;
}

static int usage(const struct command *command, const char *problem, const char *what)
{
    fprintf(stderr, "weerklank %s: %s%s\nSee: weerklank %s --help\n", command->name, problem, what,
            command->name);
    return CLI_USAGE;
}

static const struct cli_option *find(const struct cli_option *options, const char *name, size_t len,
                                     size_t *ret_position)
{
    for (size_t i = 0; options && options[i].name; i++) {
        if (strlen(options[i].name) == len && memcmp(options[i].name, name, len) == 0) {
            *ret_position = i;
            return &options[i];
        }
    }
    return NULL;
}

static const char *setting(const char *environment, const char *otherwise)
{
    const char *value = getenv(environment);
    return value && *value ? value : otherwise;
}

/* "2026-11-24T10:30" as Dutch time. */
static bool parse_clock(const char *text, struct clock *ret_clock)
{
    char day[11] = "";
    struct date date;
    if (strlen(text) != 16 || text[10] != 'T' || text[13] != ':')
        return false;
    memcpy(day, text, 10);
    int hour = (text[11] - '0') * 10 + (text[12] - '0');
    int minute = (text[14] - '0') * 10 + (text[15] - '0');
    if (date_parse(day, &date) != OK || hour < 0 || hour > 23 || minute < 0 || minute > 59)
        return false;
    *ret_clock = (struct clock){.fixed = true, .at_ms = date_moment(date, hour, minute)};
    return true;
}

static void set_common(struct cli *cli, size_t position, const char *value)
{
    const char **settings[] = {&cli->state, &cli->database, &cli->master_key};
    if (position < ARRAY_LEN(settings))
        *settings[position] = value;
}

/* One "--option[=value]" or "--option value". Returns an exit code, CLI_DONE to go on. */
static int take_option(struct cli *cli, char **argv, int argc, int *at, const char **ret_clock)
{
    const char *text = argv[*at];
    size_t len = strcspn(text, "=");
    size_t position = 0;
    bool is_common = false;
    const struct cli_option *option = find(cli->command->options, text, len, &position);
    if (!option) {
        option = find(common, text, len, &position);
        is_common = true;
    }
    if (!option)
        return usage(cli->command, "no such option: ", text);
    if (is_common && str_equal(option->name, "--help"))
        return help(cli->command);
    const char *value = text[len] == '=' ? text + len + 1 : NULL;
    if (!option->value && value)
        return usage(cli->command, "takes no value: ", option->name);
    if (option->value && !value) {
        if (*at + 1 >= argc)
            return usage(cli->command, "wants a value: ", option->name);
        value = argv[++*at];
    }
    if (!is_common)
        cli->values[position] = value ? value : "";
    else if (str_equal(option->name, "--json"))
        cli->json = true;
    else if (str_equal(option->name, "--clock"))
        *ret_clock = value;
    else
        set_common(cli, position, value);
    return CLI_DONE;
}

static void fill_defaults(struct cli *cli)
{
    struct arena *arena = cli->arena;
    if (!cli->state)
        cli->state = setting("WEERKLANK_STATE", "var");
    if (!cli->database)
        cli->database = setting("WEERKLANK_DATABASE",
                                arena_printf(arena, "sqlite:%s/weerklank.sqlite", cli->state));
    const char *credentials = getenv("CREDENTIALS_DIRECTORY");
    if (!cli->master_key)
        cli->master_key = setting("WEERKLANK_MASTER_KEY",
                                  credentials ? arena_printf(arena, "%s/master.key", credentials)
                                              : arena_printf(arena, "%s/master.key", cli->state));
}

/* Everything with two dashes, and short ones that the command has. */
static bool is_option(const struct command *command, const char *word)
{
    size_t position;
    return str_starts(word, "--") || find(command->options, word, strlen(word), &position);
}

static int parse(const struct command *command, int argc, char **argv, struct cli *ret_cli)
{
    *ret_cli = (struct cli){.command = command, .random = random_system()};
    ret_cli->arena = arena_new(ARENA_CAP);
    if (!ret_cli->arena)
        return cli_refuse(ret_cli, "out of memory");
    ret_cli->words = ARENA_ARRAY(ret_cli->arena, const char *, (size_t)argc);
    const char *clock = setting("WEERKLANK_CLOCK", NULL);
    bool only_words = false;
    for (int i = 0; i < argc; i++) {
        if (!only_words && str_equal(argv[i], "--")) {
            only_words = true;
        } else if (!only_words && is_option(command, argv[i])) {
            int code = take_option(ret_cli, argv, argc, &i, &clock);
            if (code != CLI_DONE)
                return code;
        } else {
            ret_cli->words[ret_cli->word_count++] = argv[i];
        }
    }
    if (clock && !parse_clock(clock, &ret_cli->clock))
        return usage(command, "no moment like 2026-11-24T10:30: ", clock);
    fill_defaults(ret_cli);
    return CLI_DONE;
}

bool cli_parse(const struct command *command, int argc, char **argv, struct cli *ret_cli,
               int *ret_exit)
{
    int code = parse(command, argc, argv, ret_cli);
    if (code == CLI_DONE)
        return true;
    cli_close(ret_cli);
    *ret_exit = code == CLI_HELP ? CLI_DONE : code;
    return false;
}

const char *cli_value(const struct cli *cli, const char *name)
{
    size_t position = 0;
    return find(cli->command->options, name, strlen(name), &position) ? cli->values[position]
                                                                      : NULL;
}

int cli_refuse(const struct cli *cli, const char *format, ...)
{
    va_list args;
    fprintf(stderr, "weerklank %s: ", cli->command->name);
    va_start(args, format);
    vfprintf(stderr, format, args);
    va_end(args);
    (void)fputc('\n', stderr);
    return CLI_REFUSED;
}

const char *cli_reason(enum status status)
{
    switch (status) {
    case OK:
        return "nothing is wrong";
    case ERR_INVALID:
        return "what was given is not right";
    case ERR_NOT_FOUND:
        return "it does not exist";
    case ERR_FORBIDDEN:
        return "it is not allowed";
    case ERR_CONFLICT:
        return "something else stands in the way";
    case ERR_LIMIT:
        return "it is too large, or the disk is full";
    case ERR_DB:
        return "the database failed (see the log line above)";
    case ERR_IO:
        return "a file could not be read or written";
    case ERR_NOMEM:
        return "out of memory";
    case ERR_CORRUPT:
        return "stored data is not what was written";
    case ERR_ERASED:
        return "it was erased";
    }
    return "unknown";
}

int cli_usage(const struct cli *cli, const char *format, ...)
{
    va_list args;
    fprintf(stderr, "weerklank %s: ", cli->command->name);
    va_start(args, format);
    vfprintf(stderr, format, args);
    va_end(args);
    fprintf(stderr, "\nSee: weerklank %s --help\n", cli->command->name);
    return CLI_USAGE;
}

int cli_open_vault(struct cli *cli, bool create)
{
    const char *keyring = arena_printf(cli->arena, "%s/keyring", cli->state);
    enum status st = vault_open_files(cli->master_key, keyring, create, &cli->random, &cli->vault);
    if (st == ERR_NOT_FOUND)
        return cli_refuse(cli, "no master key or keyring (%s, %s); weerklank init makes them",
                          cli->master_key, keyring);
    if (st == ERR_FORBIDDEN)
        return cli_refuse(cli, "%s can be read by others: chmod 600 it", cli->master_key);
    if (st == ERR_CORRUPT)
        return cli_refuse(cli, "%s does not open with %s", keyring, cli->master_key);
    return st == OK ? CLI_DONE : cli_refuse(cli, "keys: %s", cli_reason(st));
}

/* Which database it is, without the password that a URL may hold. */
static const char *database_name(const struct cli *cli)
{
    const char *at = strrchr(cli->database, '@');
    return at && !str_starts(cli->database, "sqlite:")
               ? arena_printf(cli->arena, "postgresql://…@%s", at + 1)
               : cli->database;
}

int cli_open_database(struct cli *cli, bool create)
{
    int64_t now = clock_now(cli->clock);
    cli->actor = (struct actor){.kind = ACTOR_PROGRAM};
    cli->work = (struct work){.arena = cli->arena,
                              .vault = cli->vault,
                              .random = &cli->random,
                              .now_ms = now,
                              .today = date_of(now),
                              .actor = &cli->actor};
    if (method_shelf_open(&answer_method_kinds, &cli->shelf) != OK)
        return cli_refuse(cli, "out of memory");
    cli->work.shelf = cli->shelf;
    enum status st = db_open(cli->database, create, &cli->db);
    cli->work.db = cli->db;
    if (st == OK)
        return CLI_DONE;
    const char *name = database_name(cli);
    if (st == ERR_NOT_FOUND)
        return cli_refuse(cli, "there is no database yet (%s); weerklank init makes one", name);
    if (st == ERR_INVALID)
        return cli_refuse(cli, "--database wants sqlite:FILE or postgresql://…, not %s", name);
    if (st == ERR_DB)
        return cli_refuse(cli,
                          "the database cannot be reached, or is none of ours (%s); "
                          "the log line above says more",
                          name);
    return cli_refuse(cli, "database %s: %s", name, cli_reason(st));
}

int cli_open(struct cli *cli, bool create)
{
    if (create && mkdir(cli->state, 0700) != 0 && errno != EEXIST)
        return cli_refuse(cli, "cannot make %s: %s", cli->state, strerror(errno));
    int code = cli_open_vault(cli, create);
    return code == CLI_DONE ? cli_open_database(cli, create) : code;
}

int cli_check_schema(struct cli *cli)
{
    int newest = 0, version = 0;
    for (const struct migration *m = migrations; m->number; m++)
        newest = m->number;
    enum status st = migrate_version(cli->db, &version);
    if (st != OK)
        return cli_refuse(cli, "reading the schema: %s", cli_reason(st));
    if (version < newest)
        return cli_refuse(cli, "the database is older than this program: weerklank migrate");
    if (version > newest)
        return cli_refuse(cli, "the database is newer than this program");
    return CLI_DONE;
}

void cli_close(struct cli *cli)
{
    db_close(cli->db);
    method_shelf_close(cli->shelf);
    vault_close(cli->vault);
    arena_free(cli->arena);
    cli->db = NULL;
    cli->shelf = NULL;
    cli->vault = NULL;
    cli->arena = NULL;
}

enum status cli_transaction(struct cli *cli, bool writes,
                            enum status (*run)(struct work *work, void *context), void *context)
{
    enum status st = ERR_CONFLICT;
    for (int tries = 0; st == ERR_CONFLICT && tries < TRIES_MAX; tries++) {
        st = db_begin(cli->db, writes ? DB_WRITE : DB_READ);
        if (st == OK)
            st = run(&cli->work, context);
        if (st == OK && writes)
            st = db_commit(cli->db);
        db_rollback(cli->db);
    }
    return st;
}

/* The school that is meant: the one of the id, or the only one there is. */
static enum status choose_school(struct work *work, void *context)
{
    struct cli *cli = context;
    const char *given = cli_value(cli, "--school");
    struct school *schools = NULL;
    size_t count = 0;
    enum status st = school_list(work, &schools, &count);
    if (st != OK)
        return st;
    int64_t id = 0;
    if (given && id_parse(given, &id) != OK)
        return ERR_INVALID;
    if (!given && count != 1)
        return count ? ERR_LIMIT : ERR_NOT_FOUND;
    for (size_t i = 0; i < count; i++)
        if (!given || schools[i].id.v == id)
            cli->actor.school = schools[i].id;
    return cli->actor.school.v ? OK : ERR_NOT_FOUND;
}

int cli_school(struct cli *cli)
{
    enum status st = cli_transaction(cli, false, choose_school, cli);
    if (st == ERR_LIMIT)
        return cli_refuse(cli, "there are several schools: name one with --school ID "
                               "(weerklank school list)");
    if (st == ERR_NOT_FOUND || st == ERR_INVALID)
        return cli_refuse(cli, "there is no such school (weerklank school list)");
    return st == OK ? CLI_DONE : cli_refuse(cli, "%s", cli_reason(st));
}

int cli_run_verb(const struct command *command, int argc, char **argv)
{
    struct cli cli;
    int code = CLI_DONE;
    if (!cli_parse(command, argc, argv, &cli, &code))
        return code;
    const struct cli_verb *verb = command->verbs;
    while (verb->name && (cli.word_count == 0 || !str_equal(verb->name, cli.words[0])))
        verb++;
    if (!verb->name)
        code = cli_usage(&cli, "say what to do: %s", command->usage);
    else
        code = cli_open(&cli, false);
    if (code == CLI_DONE)
        code = cli_check_schema(&cli);
    if (code == CLI_DONE)
        code = verb->run(&cli);
    cli_close(&cli);
    return code;
}

int cli_id(const struct cli *cli, const char *text, const char *what, int64_t *ret_id)
{
    if (!text)
        return cli_usage(cli, "which %s?", what);
    if (id_parse(text, ret_id) != OK)
        return cli_refuse(cli, "%s is no id of a %s: those have 13 letters and digits", text, what);
    return CLI_DONE;
}

int cli_day(const struct cli *cli, const char *text, struct date *ret_day)
{
    *ret_day = cli->work.today;
    if (text && date_parse(text, ret_day) != OK)
        return cli_refuse(cli, "no day like 2026-11-24: %s", text);
    return CLI_DONE;
}

int cli_print_json(const struct cli *cli, struct json_t *value)
{
    int code = CLI_DONE;
    if (!value)
        return cli_refuse(cli, "out of memory");
    if (json_dumpf(value, stdout, JSON_COMPACT) != 0 || fputc('\n', stdout) == EOF)
        code = cli_refuse(cli, "writing: %s", strerror(errno));
    json_decref(value);
    return code;
}
