#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/str.h"
#include "db/db.h"
#include "db/migrate.h"
#include "demo/accounts.h"
#include "demo/demo.h"
#include "gen/school_sql.h"
#include "operate/cli.h"
#include "operate/commands.h"
#include "signin/password.h"

/*
 * weerklank demo. While it works there is a file DIR/demo.unfinished, which says whether the master
 * key is of its making; so that whoever calls it next, also after a kill -9, can take away
 * what was half made. It never touches a database that has a school in it.
 */

#define SCHOOLS_MAX 100000
#define TALKS_MAX 50
#define BENCH_PUPILS 250

struct demo_run {
    struct cli cli;
    const char *sqlite; /* the database's file; NULL on PostgreSQL */
    const char *keyring;
    const char *marker; /* says to serve that this is a demo */
    const char *unfinished;
    bool made_state;
    bool committed; /* some school is in the database for good */
    uint64_t seed;
    unsigned schools; /* of a bench; 0: the two demo schools */
    unsigned talks;   /* of every pupil of them */
};

static bool exists(const char *path)
{
    struct stat info;
    return stat(path, &info) == 0;
}

static bool remove_file(const char *path)
{
    return unlink(path) == 0 || errno == ENOENT;
}

static int write_file(struct cli *cli, const char *path, const char *text)
{
    FILE *file = fopen(path, "we");
    bool done = file && fputs(text, file) >= 0;
    if (file)
        done &= fclose(file) == 0;
    return done ? CLI_DONE : cli_refuse(cli, "cannot write %s: %s", path, strerror(errno));
}

static bool take_number(const struct cli *cli, const char *option, int64_t most, int64_t *ret)
{
    const char *given = cli_value(cli, option);
    return !given || (str_to_int64(given, ret) == OK && *ret >= 0 && *ret <= most);
}

static int configure(struct demo_run *run)
{
    struct cli *cli = &run->cli;
    int64_t seed = 1;
    int64_t schools = 0, talks = 0;
    if (!take_number(cli, "--seed", INT64_MAX, &seed))
        return cli_refuse(cli, "--seed wants a number");
    if (!take_number(cli, "--schools", SCHOOLS_MAX, &schools) ||
        (cli_value(cli, "--schools") && schools == 0))
        return cli_refuse(cli, "--schools wants a number from 1 to %d", SCHOOLS_MAX);
    if (!take_number(cli, "--talks", TALKS_MAX, &talks) || (talks && !schools))
        return cli_refuse(cli, "--talks wants a number up to %d, and --schools", TALKS_MAX);
    run->seed = (uint64_t)seed;
    run->schools = (unsigned)schools;
    run->talks = (unsigned)talks;
    if (str_starts(cli->database, "sqlite:"))
        run->sqlite = cli->database + strlen("sqlite:");
    run->keyring = arena_printf(cli->arena, "%s/keyring", cli->state);
    run->marker = arena_printf(cli->arena, "%s/demo", cli->state);
    run->unfinished = arena_printf(cli->arena, "%s/demo.unfinished", cli->state);
    return CLI_DONE;
}

static enum status count_schools(struct cli *cli, struct db *db, size_t *ret_count)
{
    int version = 0;
    enum status st = migrate_version(db, &version);
    if (st != OK || version == 0)
        return st;
    struct sql_school_row *rows = NULL;
    st = db_begin(db, DB_READ);
    if (st == OK)
        st = sql_school_rows(db, cli->arena, &rows, ret_count);
    db_rollback(db);
    return st;
}

/* Whether there is a database with a school in it. */
static enum status look_for_schools(struct cli *cli, bool *ret_some)
{
    struct db *db = NULL;
    size_t count = 0;
    enum status st = db_open(cli->database, false, &db);
    if (st == OK)
        st = count_schools(cli, db, &count);
    db_close(db);
    *ret_some = count > 0;
    return st == ERR_NOT_FOUND ? OK : st;
}

/* The schools are complete: says so to serve, and to the next run. */
static int finish(struct demo_run *run)
{
    int code = write_file(&run->cli, run->marker, "");
    if (code == CLI_DONE && !remove_file(run->unfinished))
        code = cli_refuse(&run->cli, "cannot remove %s: %s", run->unfinished, strerror(errno));
    return code;
}

/* A SQLite file is somebody's unless an earlier run says it is half made. */
static int look(struct demo_run *run, bool *ret_is_there)
{
    bool half = exists(run->unfinished);
    if (run->sqlite && !half) {
        *ret_is_there = exists(run->sqlite);
        return CLI_DONE;
    }
    enum status st = look_for_schools(&run->cli, ret_is_there);
    if (st != OK)
        return cli_refuse(&run->cli, "database: %s", cli_reason(st));
    return *ret_is_there && half ? finish(run) : CLI_DONE;
}

/* Takes away what this or a killed run made; its note last, so that it can be done again. */
static bool remove_made(struct demo_run *run)
{
    struct arena *arena = run->cli.arena;
    static const char *const beside[] = {"", "-wal", "-shm", "-journal"};
    char first[2] = "";
    FILE *note = fopen(run->unfinished, "re");
    if (!note)
        return errno == ENOENT;
    bool made_master = fgets(first, sizeof first, note) && first[0] == 'm';
    (void)fclose(note);
    bool done = remove_file(run->marker);
    for (size_t i = 0; run->sqlite && i < ARRAY_LEN(beside); i++)
        done &= remove_file(arena_printf(arena, "%s%s", run->sqlite, beside[i]));
    done &= remove_file(run->keyring);
    done &= remove_file(arena_printf(arena, "%s.lock", run->keyring));
    if (made_master)
        done &= remove_file(run->cli.master_key);
    return done && remove_file(run->unfinished);
}

static int begin(struct demo_run *run)
{
    struct cli *cli = &run->cli;
    if (!remove_made(run))
        return cli_refuse(cli, "cannot remove what an earlier run left: %s", strerror(errno));
    if (exists(run->keyring))
        return cli_refuse(cli, "%s belongs to another database; choose another --state",
                          run->keyring);
    run->made_state = mkdir(cli->state, 0700) == 0;
    if (!run->made_state && errno != EEXIST)
        return cli_refuse(cli, "cannot make %s: %s", cli->state, strerror(errno));
    return write_file(cli, run->unfinished, exists(cli->master_key) ? "\n" : "master key\n");
}

static enum status make_bench_schools(struct demo_run *run, const char *hash)
{
    struct work *work = &run->cli.work;
    enum status st = OK;
    for (unsigned i = 1; st == OK && i <= run->schools; i++) {
        struct arena_mark mark = arena_mark(work->arena);
        struct school_id school;
        st = db_begin(work->db, DB_WRITE);
        if (st == OK)
            st = demo_make_bench(work, run->seed, i, run->talks, hash, &school);
        if (st == OK)
            st = db_commit(work->db);
        run->committed |= st == OK;
        db_rollback(work->db);
        arena_rewind(work->arena, mark);
    }
    return st;
}

static enum status make_demo_schools(struct demo_run *run, const char *hash)
{
    struct work *work = &run->cli.work;
    struct demo_schools schools;
    enum status st = db_begin(work->db, DB_WRITE);
    if (st == OK)
        st = demo_make(work, run->seed, hash, &schools);
    if (st == OK)
        st = db_commit(work->db);
    run->committed = st == OK;
    db_rollback(work->db);
    return st;
}

static int make_schools(struct demo_run *run)
{
    struct password_cost cost = password_cost_default(NULL);
    char hash[PASSWORD_HASH_SIZE];
    enum status st = password_hash(&cost, DEMO_PASSWORD, strlen(DEMO_PASSWORD), hash);
    if (st == OK)
        st = run->schools ? make_bench_schools(run, hash) : make_demo_schools(run, hash);
    return st == OK ? CLI_DONE : cli_refuse(&run->cli, "making schools: %s", cli_reason(st));
}

static void tell_accounts(const struct cli *cli)
{
    if (cli->json)
        printf("{\"password\":\"%s\",\"accounts\":[", DEMO_PASSWORD);
    else
        printf("The demo schools are ready. Sign in with the password: %s\n\n", DEMO_PASSWORD);
    for (size_t i = 0; i < demo_account_count; i++) {
        const struct demo_account *account = &demo_accounts[i];
        if (cli->json)
            printf("%s{\"email\":\"%s\",\"what\":\"%s\"}", i ? "," : "", account->email,
                   account->what);
        else
            printf("  %-26s %s\n", account->email, account->what);
    }
    printf(cli->json ? "]}\n" : "\n");
}

static void tell_bench(const struct demo_run *run, int64_t us)
{
    int pupils = (int)run->schools * BENCH_PUPILS;
    double seconds = (double)us / 1e6;
    printf(run->cli.json ? "{\"schools\":%u,\"pupils\":%d,\"observations\":%d,\"conversations\":%d,"
                           "\"seconds\":%.1f}\n"
                         : "%u schools, %d pupils, %d observations, %d conversations in %.1f s; "
                           "leerkracht@school1.example … sign in with: " DEMO_PASSWORD "\n",
           run->schools, pupils, pupils * DEMO_BENCH_OBSERVATIONS, pupils * DEMO_BENCH_TALKS,
           seconds);
}

static int make(struct demo_run *run)
{
    struct cli *cli = &run->cli;
    int64_t start = clock_ticks_us();
    int code = begin(run);
    if (code != CLI_DONE)
        return code;
    code = cli_open(cli, true);
    if (code == CLI_DONE)
        code = operate_migrate(cli);
    if (code == CLI_DONE)
        code = make_schools(run);
    if (code == CLI_DONE)
        code = finish(run);
    if (code == CLI_DONE && run->schools)
        tell_bench(run, clock_ticks_us() - start);
    else if (code == CLI_DONE)
        tell_accounts(cli);
    return code;
}

/*
 * After a failure: the database closed, then everything of ours gone. A server's database is not
 * ours to remove, and schools in it need their keys: the next run will find them.
 */
static void undo(struct demo_run *run)
{
    struct cli *cli = &run->cli;
    db_close(cli->db);
    cli->db = NULL;
    if (!run->sqlite && run->committed)
        cli_refuse(cli, "the schools that were made stay in the database");
    else if (!remove_made(run))
        cli_refuse(cli, "could not remove all that was made in %s", cli->state);
    else if (run->made_state)
        (void)rmdir(cli->state); /* stays when somebody put something in it */
}

static int run_demo(const struct command *command, int argc, char **argv)
{
    struct demo_run run = {0};
    struct cli *cli = &run.cli;
    int code = CLI_DONE;
    if (!cli_parse(command, argc, argv, cli, &code))
        return code;
    bool is_there = false;
    code = configure(&run);
    if (code == CLI_DONE)
        code = look(&run, &is_there);
    if (code == CLI_DONE && !is_there) {
        code = make(&run);
        if (code != CLI_DONE)
            undo(&run);
    } else if (code == CLI_DONE && !cli_value(cli, "--if-absent")) {
        printf(cli->json ? "{\"made\":false}\n"
                         : "There is a database already; it stays as it is.\n");
    }
    cli_close(cli);
    return code;
}

static const struct cli_option demo_options[] = {
    {"--schools", "N", "instead: N plain schools of 250 pupils, for measuring"},
    {"--talks", "N", "with --schools: N conversations with every pupil, and a coordinator (0)"},
    {"--seed", "S", "other people: the same number gives the same ones (1)"},
    {"--if-absent", NULL, "say nothing when there is a database already"},
    {NULL, NULL, NULL},
};

const struct command command_demo = {
    .name = "demo",
    .usage = "",
    .summary = "Makes two demo schools, when there is no database yet.",
    .options = demo_options,
    .run = run_demo,
};
