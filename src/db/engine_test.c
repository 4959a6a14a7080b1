/*
 * Beyond db.h: files, full and failing disks, kill -9 (SQLite); a server that goes away
 * (PostgreSQL).
 */
#include "db/db_fixture.h"

#include <pthread.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdatomic.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/arena.h"
#include "db/engine.h"

static const struct query add_row = {
    .name = "add_row",
    .sql = "INSERT INTO t (id, body) VALUES ($1, $2)",
    .params = 2,
    .writes = true,
};
static const struct query count_rows = {
    .name = "count_rows", .sql = "SELECT COUNT(*) FROM t", .columns = 1};
static const struct query max_row = {
    .name = "max_row", .sql = "SELECT MAX(id) FROM t", .columns = 1};

static const char *const make_t[] = {
    [DB_SQLITE] = "CREATE TABLE t (id INTEGER NOT NULL PRIMARY KEY, body BLOB) STRICT",
    [DB_POSTGRES] = "CREATE TABLE t (id BIGINT NOT NULL PRIMARY KEY, body BYTEA)",
};

static const char *path_of(void **state)
{
    return fixture_url(state) + strlen("sqlite:");
}

static int64_t ask(struct db *db, const struct query *query)
{
    struct db_rows rows;
    bool more = false;
    assert_status(db_begin(db, DB_READ), OK);
    assert_status(db_start(db, query, NULL, &rows), OK);
    assert_status(db_next(&rows, &more), OK);
    int64_t value = db_get_int(&rows, 0);
    db_done(&rows);
    assert_status(db_commit(db), OK);
    return value;
}

/* One row of `size` bytes in a transaction of its own. */
static enum status add(struct db *db, int64_t id, size_t size)
{
    static const uint8_t body[200000];
    assert_true(size <= sizeof body);
    const struct db_value args[] = {db_int(id), db_blob(body, size)};
    enum status st = db_begin(db, DB_WRITE);
    if (st == OK)
        st = db_exec(db, &add_row, args, NULL);
    if (st == OK)
        st = db_commit(db);
    db_rollback(db);
    return st;
}

static int64_t pragma(struct db *db, const char *sql)
{
    struct query query = {.name = "pragma", .sql = sql, .columns = 1};
    return ask(db, &query);
}

static void settings_are_as_promised(void **state)
{
    struct db *db = fixture_db(state);
    assert_int_equal(pragma(db, "PRAGMA foreign_keys"), 1);
    assert_int_equal(pragma(db, "PRAGMA synchronous"), 2);
    assert_int_equal(pragma(db, "PRAGMA busy_timeout"), 0); /* our own waiting instead */
    assert_int_equal(pragma(db, "PRAGMA trusted_schema"), 0);
    assert_int_equal(pragma(db, "PRAGMA secure_delete"), 1);
    assert_int_equal(pragma(db, "PRAGMA mmap_size"), 0);
    assert_int_equal(pragma(db, "PRAGMA application_id"), 0x57726b6c);
    assert_int_equal(pragma(db, "SELECT journal_mode = 'wal' FROM pragma_journal_mode"), 1);
    /* No double-quoted strings, and no way into the schema table. */
    assert_status(db_script(db, "CREATE TABLE q (a TEXT CHECK (a <> \"x\"))"), ERR_DB);
    fixture_script(db, "PRAGMA writable_schema = ON");
    assert_status(db_script(db, "DELETE FROM sqlite_schema"), ERR_DB);
}

static void files_are_private(void **state)
{
    struct db *db = fixture_db(state);
    fixture_script(db, make_t[DB_SQLITE]);
    struct arena *arena = arena_new(4096);
    static const char *const suffixes[] = {"", "-wal", "-shm"};
    for (size_t i = 0; i < ARRAY_LEN(suffixes); i++) {
        struct stat st;
        assert_int_equal(stat(arena_printf(arena, "%s%s", path_of(state), suffixes[i]), &st), 0);
        assert_int_equal(st.st_mode & 0777, 0600);
    }
    arena_free(arena);
}

static void write_file(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
}

static void what_is_not_ours_is_refused(void **state)
{
    fixture_db(state);
    struct arena *arena = arena_new(4096);
    const char *url = arena_printf(arena, "%s.other", fixture_url(state));
    const char *path = url + strlen("sqlite:");
    struct db *db = NULL;
    assert_status(db_open(url, false, &db), ERR_NOT_FOUND);
    assert_int_equal(access(path, F_OK), -1); /* asking did not make it */
    assert_status(db_open("sqlite:/nowhere/at/all.db", true, &db), ERR_IO);
    assert_status(db_open("sqlite:/tmp", false, &db), ERR_IO);
    write_file(path,
               "This is a letter to the parents, not a database. It is long enough to be one, "
               "though, because a header of SQLite has a hundred bytes.");
    assert_status(db_open(url, false, &db), ERR_DB);
    assert_int_equal(unlink(path), 0);
    /* A database of another program: refused, and nothing is changed in it. */
    sqlite3 *theirs;
    int made = sqlite3_open(path, &theirs);
    made |= sqlite3_exec(theirs, "CREATE TABLE bookmark (url)", NULL, NULL, NULL);
    assert_int_equal(made, SQLITE_OK);
    sqlite3_close(theirs);
    assert_status(db_open(url, true, &db), ERR_DB);
    assert_null(db);
    arena_free(arena);
}

static void a_full_disk_is_said_and_survived(void **state)
{
    struct db *db = fixture_db(state);
    fixture_script(db, make_t[DB_SQLITE]);
    fixture_script(db, "PRAGMA max_page_count = 40");
    int64_t id = 0;
    enum status st;
    while ((st = add(db, id + 1, 4000)) == OK && id < 100)
        id++;
    assert_status(st, ERR_LIMIT);
    assert_true(id > 5);
    assert_int_equal(ask(db, &count_rows), id);
    assert_status(add(db, id + 1, 100000), ERR_LIMIT);
    assert_int_equal(ask(db, &count_rows), id);
    fixture_script(db, "PRAGMA max_page_count = 10000");
    assert_status(add(db, id + 1, 100000), OK);
    assert_int_equal(ask(db, &count_rows), id + 1);
    assert_int_equal(pragma(db, "SELECT integrity_check = 'ok' FROM pragma_integrity_check"), 1);
}

/* A write that the kernel refuses: the real path of an I/O error, through a limit on file size. */
static void a_failing_disk_is_said_and_survived(void **state)
{
    struct db *db = fixture_db(state);
    fixture_script(db, make_t[DB_SQLITE]);
    assert_status(add(db, 1, 10), OK);
    struct rlimit before;
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    struct rlimit small = {.rlim_cur = 65536, .rlim_max = before.rlim_max};
    void (*old)(int) = signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
    enum status st = add(db, 2, 200000);
    enum status again = add(db, 3, 200000);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
    signal(SIGXFSZ, old);
    assert_status(st, ERR_DB);
    assert_status(again, ERR_DB);
    assert_int_equal(ask(db, &count_rows), 1);
    assert_status(add(db, 2, 200000), OK);
    assert_int_equal(ask(db, &count_rows), 2);
}

/* Writes rows until it is killed; tells the number of each after its commit. */
static _Noreturn void write_for_ever(const char *url, int to)
{
    struct db *db;
    if (db_open(url, false, &db) != OK)
        _exit(1);
    for (int64_t id = 1;; id++)
        if (add(db, id, 500) != OK || write(to, &id, sizeof id) != sizeof id)
            _exit(1);
}

/* Lets a writer acknowledge `enough` rows, kills it, and gives the last that it acknowledged. */
static int64_t write_and_kill(const char *url, int64_t enough)
{
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    pid_t writer = fork();
    assert_true(writer >= 0);
    if (writer == 0)
        write_for_ever(url, ends[1]);
    close(ends[1]);
    int64_t last = 0;
    int64_t id;
    while (last < enough && read(ends[0], &id, sizeof id) == sizeof id)
        last = id;
    assert_int_equal(kill(writer, SIGKILL), 0);
    while (read(ends[0], &id, sizeof id) == sizeof id)
        last = id;
    int status;
    assert_int_equal(waitpid(writer, &status, 0), writer);
    assert_true(WIFSIGNALED(status));
    close(ends[0]);
    assert_true(last >= enough);
    return last;
}

/*
 * kill -9 in the midst of writing: whatever was acknowledged is there, and the file is sound. The
 * database is closed while forking: SQLite's knowledge of its own locks does not survive a fork.
 */
static void what_was_acknowledged_survives_a_kill(void **state)
{
    fixture_db(state);
    struct arena *arena = arena_new(4096);
    for (int round = 0; round < 5; round++) {
        const char *url = arena_printf(arena, "%s.%d", fixture_url(state), round);
        struct db *db;
        assert_status(db_open(url, true, &db), OK);
        fixture_script(db, make_t[DB_SQLITE]);
        db_close(db);
        int64_t acknowledged = write_and_kill(url, 20 + 13 * round);
        assert_status(db_open(url, false, &db), OK);
        assert_true(ask(db, &count_rows) >= acknowledged);
        assert_int_equal(ask(db, &count_rows), ask(db, &max_row));
        assert_int_equal(pragma(db, "SELECT integrity_check = 'ok' FROM pragma_integrity_check"),
                         1);
        db_close(db);
    }
    arena_free(arena);
}

static void copies_are_whole_and_private(void **state)
{
    struct db *db = fixture_db(state);
    fixture_script(db, make_t[DB_SQLITE]);
    for (int id = 1; id <= 20; id++)
        assert_status(add(db, id, 1000), OK);
    struct arena *arena = arena_new(4096);
    const char *url = arena_printf(arena, "%s.copy", fixture_url(state));
    const char *path = url + strlen("sqlite:");
    write_file(path, "an older copy");
    write_file(arena_printf(arena, "%s.part", path), "one that was broken off");
    assert_status(sqlite_copy_to(db, path), OK);
    struct stat st;
    assert_int_equal(stat(path, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0600);
    assert_int_equal(access(arena_printf(arena, "%s.part", path), F_OK), -1);
    struct db *copy;
    assert_status(db_open(url, false, &copy), OK);
    assert_int_equal(ask(copy, &count_rows), 20);
    db_close(copy);
    assert_status(sqlite_copy_to(db, "/nowhere/at/all.db"), ERR_IO);
    arena_free(arena);
}

/* Ends the server's side of `victim`, as a restart of the server does. */
static void cut(struct db *victim, struct db *by)
{
    static const struct query own = {.name = "own", .sql = "SELECT pg_backend_pid()", .columns = 1};
    static const struct query end = {
        .name = "end", .sql = "SELECT pg_terminate_backend($1, 5000)", .params = 1};
    assert_true(db_in_transaction(victim));
    struct db_rows rows;
    bool more = false;
    assert_status(db_start(victim, &own, NULL, &rows), OK);
    assert_status(db_next(&rows, &more), OK);
    const struct db_value pid[] = {db_int(db_get_int(&rows, 0))};
    db_done(&rows);
    assert_status(db_begin(by, DB_WRITE), OK);
    assert_status(db_exec(by, &end, pid, NULL), OK);
    assert_status(db_commit(by), OK);
}

static void a_lost_server_is_found_again(void **state)
{
    struct db *db = fixture_db(state);
    fixture_script(db, make_t[DB_POSTGRES]);
    struct db *other;
    assert_status(db_open(fixture_url(state), false, &other), OK);
    const struct db_value args[] = {db_int(2), db_null()};
    assert_status(add(db, 1, 10), OK);

    /*
     * In the middle: this transaction is lost, whole; the next one works, cached statement and all.
     */
    assert_status(db_begin(db, DB_WRITE), OK);
    assert_status(db_exec(db, &add_row, args, NULL), OK);
    cut(db, other);
    assert_status(db_exec(db, &add_row, args, NULL), ERR_DB);
    db_rollback(db);
    assert_int_equal(ask(db, &count_rows), 1);
    assert_status(add(db, 2, 10), OK);

    /* At the commit. */
    assert_status(db_begin(db, DB_WRITE), OK);
    cut(db, other);
    assert_status(db_commit(db), ERR_DB);
    assert_int_equal(ask(db, &count_rows), 2);

    /* While rows stream in, and while idle: begin does not even tell. */
    struct db_rows rows;
    bool more = true;
    assert_status(db_begin(db, DB_READ), OK);
    cut(db, other);
    enum status st = db_start_stream(db, &count_rows, NULL, &rows);
    if (st == OK) {
        st = db_next(&rows, &more);
        db_done(&rows);
    }
    assert_status(st, ERR_DB);
    db_rollback(db);
    assert_status(db_begin(db, DB_READ), OK);
    cut(db, other);
    db_rollback(db);
    assert_status(add(db, 3, 10), OK);
    assert_status(db_ping(db), OK);
    db_close(other);
}

struct second {
    struct db *db;
    enum status st;
};

static void *add_one(void *arg)
{
    struct second *second = arg;
    second->st = add(second->db, 1, 10);
    return NULL;
}

static void a_second_connection_waits_its_turn(void **state)
{
    struct db *db = fixture_db(state);
    fixture_script(db, make_t[DB_SQLITE]);
    struct second second = {.st = ERR_DB};
    assert_status(db_open(fixture_url(state), false, &second.db), OK);
    assert_status(db_begin(db, DB_WRITE), OK);
    pthread_t thread;
    assert_int_equal(pthread_create(&thread, NULL, add_one, &second), 0);
    usleep(50000); /* long enough to be refused if it did not wait */
    assert_status(db_commit(db), OK);
    assert_int_equal(pthread_join(thread, NULL), 0);
    assert_status(second.st, OK);
    assert_int_equal(ask(db, &count_rows), 1);
    db_close(second.db);
}

struct turn {
    struct db *db;
    enum status status;
    atomic_bool has_it;
};

static void *wait_for_turn(void *context)
{
    struct turn *turn = context;
    turn->status = db_begin(turn->db, DB_WRITE);
    atomic_store(&turn->has_it, true);
    db_rollback(turn->db);
    return NULL;
}

static void who_tries_again_is_alone(void **state)
{
    struct db *db = fixture_db(state);
    struct turn next = {0};
    pthread_t thread;
    assert_status(db_open(fixture_url(state), false, &next.db), OK);
    db_choose_line(db, 5);
    db_choose_line(next.db, 5);
    assert_status(db_begin(db, DB_WRITE), OK);
    assert_status(db_begin(next.db, DB_WRITE), OK); /* side by side */
    db_rollback(next.db);
    db_rollback(db);
    db_leave_line(db); /* in none */
    db_stand_in_line(db);
    assert_status(db_begin(next.db, DB_READ), OK); /* who reads does not stand in it */
    db_rollback(next.db);
    db_choose_line(next.db, 6);
    assert_status(db_begin(next.db, DB_WRITE), OK); /* nor who writes elsewhere */
    db_rollback(next.db);
    db_choose_line(next.db, 5);
    assert_int_equal(pthread_create(&thread, NULL, wait_for_turn, &next), 0);
    assert_status(db_begin(db, DB_WRITE), OK); /* its own place is kept through every try */
    usleep(100000);
    assert_false(atomic_load(&next.has_it));
    db_rollback(db);
    db_leave_line(db);
    pthread_join(thread, NULL);
    assert_true(atomic_load(&next.has_it));
    assert_status(next.status, OK);
    db_close(next.db);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        fixture_sqlite_file(settings_are_as_promised),
        fixture_sqlite_file(files_are_private),
        fixture_sqlite_file(what_is_not_ours_is_refused),
        fixture_sqlite_file(a_full_disk_is_said_and_survived),
        fixture_sqlite_file(a_failing_disk_is_said_and_survived),
        fixture_sqlite_file(what_was_acknowledged_survives_a_kill),
        fixture_sqlite_file(copies_are_whole_and_private),
        fixture_sqlite_file(a_second_connection_waits_its_turn),
        fixture_postgres(a_lost_server_is_found_again),
        fixture_postgres(who_tries_again_is_alone),
    };
    return cmocka_run_group_tests_name("db_engines", tests, NULL, NULL);
}
