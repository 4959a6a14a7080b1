#include "operate/commands.h"

#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"
#include "db/db.h"
#include "db/migrate.h"
#include "operate/cli.h"
#include "school/school.h"
#include "signin/account.h"
#include "signin/password.h"
#include "staff/staff.h"

/*
 * init: the first school and its first administrator. migrate: only the schema.
 */

static int migrate(struct cli *cli)
{
    int applied = 0;
    enum status st = migrate_up(cli->db, cli->work.now_ms, &applied);
    if (st == ERR_CONFLICT)
        return cli_refuse(cli,
                          "the database is newer than this program, or a migration was changed");
    if (st != OK)
        return cli_refuse(cli, "migrating: %s", cli_reason(st));
    if (applied && !cli->json)
        fprintf(stderr, "migrations applied: %d\n", applied);
    return CLI_DONE;
}

int operate_migrate(struct cli *cli)
{
    return migrate(cli);
}

static int run_migrate(const struct command *command, int argc, char **argv)
{
    struct cli cli;
    int code = CLI_DONE;
    if (!cli_parse(command, argc, argv, &cli, &code))
        return code;
    code = cli_open(&cli, false);
    if (code == CLI_DONE)
        code = migrate(&cli);
    int version = 0;
    if (code == CLI_DONE && migrate_version(cli.db, &version) == OK)
        printf(cli.json ? "{\"schema\":%d}\n" : "schema %d\n", version);
    cli_close(&cli);
    return code;
}

const struct command command_migrate = {
    .name = "migrate",
    .usage = "",
    .summary = "Brings the database to the schema of this program; a copy is made first.",
    .run = run_migrate,
};

struct first {
    struct school_draft school;
    struct person person;
    const char *hash;
    struct school_id ret_school;
    struct cli *cli;
};

static enum status make_first(struct work *work, void *context)
{
    struct first *first = context;
    struct school_id school;
    enum status st = school_make(work, &first->school, &school);
    if (st != OK)
        return st;
    first->cli->actor.school = school;
    struct staff_draft draft = {.person = first->person};
    struct staff_id staff;
    struct account_id account;
    struct school_year year;
    st = staff_add(work, &draft, &staff);
    if (st == OK)
        st = account_make(work, first->person.email, &account);
    if (st == OK)
        st = account_join_school(work, account, staff);
    if (st == OK)
        st = account_set_password(work, account, first->hash, (struct session_id){0});
    if (st == OK)
        st = school_active_year(work, &year);
    if (st == OK)
        st = staff_give(work, staff, ROLE_ADMINISTRATOR, year.id, (struct group_id){0});
    if (st == OK)
        first->ret_school = school;
    return st;
}

/* The password from standard input: one line, so that it is in no command line and no history. */
static const char *read_password(struct arena *arena)
{
    char line[PASSWORD_MAX_BYTES + 2];
    if (isatty(STDIN_FILENO))
        fprintf(stderr,
                "Password for this administrator (at least %d characters): ", PASSWORD_MIN_CHARS);
    if (!fgets(line, sizeof line, stdin))
        return "";
    line[strcspn(line, "\r\n")] = '\0';
    return arena_strdup(arena, line);
}

static const char *flaw_text(enum password_flaw flaw)
{
    static const char *const texts[] = {
        [PASSWORD_FINE] = "nothing",
        [PASSWORD_NOT_TEXT] = "it is not valid text",
        [PASSWORD_SHORT] = "it is too short (at least 12 characters)",
        [PASSWORD_LONG] = "it is too long",
        [PASSWORD_SIMPLE] = "it is too simple",
        [PASSWORD_COMMON] = "it is a common password",
        [PASSWORD_PERSONAL] = "it is made of what everybody knows",
    };
    return texts[flaw];
}

static int make_hash(struct cli *cli, struct first *first)
{
    const char *password = read_password(cli->arena);
    const char *const known[] = {first->person.email, first->person.call, first->school.name};
    enum password_flaw flaw = password_check(password, strlen(password), known, ARRAY_LEN(known));
    if (flaw != PASSWORD_FINE)
        return cli_refuse(cli, "this password cannot be used: %s", flaw_text(flaw));
    char *hash = arena_alloc(cli->arena, PASSWORD_HASH_SIZE);
    struct password_cost cost = password_cost_default(NULL);
    enum status st = hash ? password_hash(&cost, password, strlen(password), hash) : ERR_NOMEM;
    first->hash = hash;
    return st == OK ? CLI_DONE : cli_refuse(cli, "hashing: %s", cli_reason(st));
}

static int initialise(struct cli *cli)
{
    const char *kind = cli_value(cli, "--kind");
    struct first first = {.cli = cli, .person = person_none()};
    first.school = (struct school_draft){.board_name = cli_value(cli, "--board"),
                                         .name = cli_value(cli, "--school"),
                                         .brin = cli_value(cli, "--brin"),
                                         .kind = SCHOOL_PRIMARY,
                                         .first_year = date_school_year(cli->work.today)};
    if (!first.school.brin)
        first.school.brin = "";
    if (!first.school.board_name)
        first.school.board_name = first.school.name;
    first.person.email = cli_value(cli, "--email");
    first.person.call = cli_value(cli, "--name");
    if (!first.school.name || !first.person.email || !first.person.call ||
        (kind && !operate_school_kind(kind, &first.school.kind)))
        return cli_refuse(cli, "wants --school NAME --name NAME --email ADDRESS [--kind po|vo|so]");
    int code = make_hash(cli, &first);
    if (code != CLI_DONE)
        return code;
    enum status st = cli_transaction(cli, true, make_first, &first);
    if (st == ERR_CONFLICT)
        return cli_refuse(cli, "this e-mail address has an account already");
    if (st == ERR_INVALID)
        return cli_refuse(cli, "a name, address or BRIN is not right");
    if (st != OK)
        return cli_refuse(cli, "%s", cli_reason(st));
    printf(cli->json ? "{\"school\":\"%s\"}\n"
                     : "school %s is ready: sign in and set up the second factor\n",
           id_text(first.ret_school.v).s);
    return CLI_DONE;
}

static int run_init(const struct command *command, int argc, char **argv)
{
    struct cli cli;
    int code = CLI_DONE;
    if (!cli_parse(command, argc, argv, &cli, &code))
        return code;
    code = cli_open(&cli, true);
    if (code == CLI_DONE)
        code = migrate(&cli);
    if (code == CLI_DONE)
        code = initialise(&cli);
    cli_close(&cli);
    return code;
}

static const struct cli_option init_options[] = {
    {"--school", "NAME", "the school's name"},
    {"--kind", "po|vo|so", "primary, secondary or special (po)"},
    {"--brin", "CODE", "its BRIN, when it has one"},
    {"--board", "NAME", "the board's name (the school's)"},
    {"--name", "NAME", "the administrator's call name"},
    {"--email", "ADDRESS", "with which the administrator signs in"},
    {NULL, NULL, NULL},
};

const struct command command_init = {
    .name = "init",
    .usage = "--school NAME --name NAME --email ADDRESS < password",
    .summary = "Makes keys and database, the first school and its first administrator.",
    .options = init_options,
    .run = run_init,
};
