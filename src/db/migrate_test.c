#include "db/db_fixture.h"

#include <pthread.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/str.h"
#include "db/engine.h"

#define ONE                                                                                        \
    {                                                                                              \
        1, "0001_start",                                                                           \
            "-- BIGINT in a comment stays\n"                                                       \
            "CREATE TABLE school (id BIGINT NOT NULL PRIMARY KEY, name_sealed BYTEA NOT NULL,"     \
            " word TEXT NOT NULL DEFAULT 'BIGINT''BYTEA') /*STRICT*/;\n"                           \
            "CREATE TABLE pupil (id BIGINT NOT NULL PRIMARY KEY,"                                  \
            " school BIGINT NOT NULL REFERENCES school (id)) /*STRICT*/;\n"                        \
            "INSERT INTO school (id, name_sealed) VALUES (1, CAST('x' AS BYTEA))"                  \
    }
#define TWO                                                                                        \
    {                                                                                              \
        2, "0002_more", "ALTER TABLE pupil ADD COLUMN nick TEXT"                                   \
    }
#define END                                                                                        \
    {                                                                                              \
        0, NULL, NULL                                                                              \
    }

static const struct migration first_release[] = {ONE, END};
static const struct migration second_release[] = {ONE, TWO, END};
static const struct migration changed_file[] = {
    {1, "0001_start", "CREATE TABLE school (id BIGINT)"}, TWO, END};
static const struct migration slipped_in[] = {
    {1, "0001_start", "SELECT 1"}, {2, "0002_more", "SELECT 2"}, END};
static const struct migration broken_second[] = {
    ONE,
    {2, "0002_broken", "CREATE TABLE half (id BIGINT) /*STRICT*/; INSERT INTO nowhere VALUES (1)"},
    END};

static const struct query word = {.name = "word", .sql = "SELECT word FROM school", .columns = 1};
static const struct query record = {
    .name = "record",
    .sql = "SELECT name, sha256, applied_at, number FROM schema_version ORDER BY number",
    .columns = 4};
static const struct query half = {.name = "half", .sql = "SELECT id FROM half", .columns = 1};
static const struct query nick = {.name = "nick", .sql = "SELECT nick FROM pupil", .columns = 1};

static enum status try_query(struct db *db, const struct query *query)
{
    struct db_rows rows;
    assert_status(db_begin(db, DB_READ), OK);
    enum status st = db_start(db, query, NULL, &rows);
    if (st == OK)
        db_done(&rows);
    db_rollback(db);
    return st;
}

static int version(struct db *db)
{
    int number = -1;
    assert_status(migrate_version(db, &number), OK);
    return number;
}

static void an_empty_database_comes_to_the_newest(void **state)
{
    struct db *db = fixture_db(state);
    int applied = -1;
    assert_int_equal(version(db), 0);
    assert_status(migrate_up_from(db, second_release, 77, &applied), OK);
    assert_int_equal(applied, 2);
    assert_int_equal(version(db), 2);
    assert_status(migrate_up_from(db, second_release, 78, &applied), OK);
    assert_int_equal(applied, 0);

    struct db_rows rows;
    bool more = false;
    assert_status(db_begin(db, DB_READ), OK);
    assert_status(db_start(db, &record, NULL, &rows), OK);
    assert_status(db_next(&rows, &more), OK);
    assert_status(db_next(&rows, &more), OK);
    assert_string_equal(db_get_text(&rows, 0), "0002_more");
    /* printf 'ALTER TABLE pupil ADD COLUMN nick TEXT' | sha256sum */
    assert_string_equal(db_get_text(&rows, 1),
                        "c594c50b26e294d17eb8acd4a799f2ea0c6f482df6609c9c8ef079d9bec9c06b");
    assert_int_equal(db_get_int(&rows, 2), 77);
    db_done(&rows);
    /* Words in strings are not types. */
    assert_status(db_start(db, &word, NULL, &rows), OK);
    assert_status(db_next(&rows, &more), OK);
    assert_string_equal(db_get_text(&rows, 0), "BIGINT'BYTEA");
    db_done(&rows);
    db_rollback(db);
}

static void only_what_is_missing_is_applied(void **state)
{
    struct db *db = fixture_db(state);
    int applied = -1;
    assert_status(migrate_up_from(db, first_release, 1, &applied), OK);
    assert_int_equal(applied, 1);
    assert_status(migrate_up_from(db, second_release, 2, &applied), OK);
    assert_int_equal(applied, 1);
    assert_status(try_query(db, &nick), OK);
}

static void a_newer_database_is_refused(void **state)
{
    struct db *db = fixture_db(state);
    assert_status(migrate_up_from(db, second_release, 1, NULL), OK);
    int applied = -1;
    assert_status(migrate_up_from(db, first_release, 1, &applied), ERR_CONFLICT);
    assert_int_equal(applied, -1);
    assert_int_equal(version(db), 2);
}

static void a_changed_file_is_refused(void **state)
{
    struct db *db = fixture_db(state);
    assert_status(migrate_up_from(db, first_release, 1, NULL), OK);
    assert_status(migrate_up_from(db, changed_file, 1, NULL), ERR_CONFLICT);
    assert_int_equal(version(db), 1);
    assert_status(try_query(db, &nick), ERR_DB);
}

static void a_file_slipped_in_is_refused(void **state)
{
    struct db *db = fixture_db(state);
    static const struct migration later[] = {{2, "0002_more", "SELECT 2"}, END};
    assert_status(migrate_up_from(db, later, 1, NULL), OK);
    assert_status(migrate_up_from(db, slipped_in, 1, NULL), ERR_CONFLICT);
}

static void a_failing_migration_leaves_nothing(void **state)
{
    struct db *db = fixture_db(state);
    int applied = -1;
    assert_status(migrate_up_from(db, broken_second, 1, &applied), ERR_DB);
    assert_int_equal(applied, -1);
    assert_int_equal(version(db), 1);
    assert_status(try_query(db, &half), ERR_DB);
    assert_status(migrate_up_from(db, second_release, 1, &applied), OK);
    assert_int_equal(applied, 1);
}

static void faults_at_every_place_leave_a_whole_version(void **state)
{
    struct db *db = fixture_db(state);
    int applied = -1;
    size_t nth = 1;
    for (; nth < 100 && applied != 0; nth++) {
        db_fail_at(db, nth, ERR_LIMIT);
        enum status st = migrate_up_from(db, second_release, 1, &applied);
        db_fail_at(db, 0, OK);
        if (st != OK)
            assert_status(st, ERR_LIMIT);
        assert_false(db_in_transaction(db));
        int at = version(db);
        assert_int_equal(try_query(db, &word) == OK, at >= 1);
        assert_int_equal(try_query(db, &nick) == OK, at == 2);
    }
    assert_true(nth > 10 && nth < 100);
    assert_int_equal(version(db), 2);
}

static void foreign_keys_must_hold_afterwards(void **state)
{
    struct db *db = fixture_db(state);
    /* Rebuilding a table that others refer to, as SQLite's manual advises; here it loses a row. */
    static const struct migration rebuild[] = {
        ONE,
        {2, "0002_rebuild",
         "INSERT INTO pupil (id, school) VALUES (1, 1);"
         "CREATE TABLE school_new (id BIGINT NOT NULL PRIMARY KEY) /*STRICT*/;"
         "INSERT INTO school_new SELECT id FROM school;"
         "DROP TABLE school; ALTER TABLE school_new RENAME TO school"},
        {3, "0003_lose", "DELETE FROM school"},
        END};
    assert_status(migrate_up_from(db, rebuild, 1, NULL), ERR_INVALID);
    assert_int_equal(version(db), 2);
    /* The keys are enforced again afterwards. */
    assert_status(db_script(db, "INSERT INTO pupil (id, school) VALUES (2, 404)"), ERR_CONFLICT);
}

static void postgres_holds_its_keys_itself(void **state)
{
    struct db *db = fixture_db(state);
    static const struct migration lose[] = {
        ONE, {2, "0002_lose", "INSERT INTO pupil VALUES (1, 1); DELETE FROM school"}, END};
    assert_status(migrate_up_from(db, lose, 1, NULL), ERR_CONFLICT);
    assert_int_equal(version(db), 1);
}

static void the_file_is_copied_before_it_changes(void **state)
{
    struct db *db = fixture_db(state);
    struct arena *arena = arena_new(4096);
    const char *path = fixture_url(state) + strlen("sqlite:");
    const char *before_1 = arena_printf(arena, "%s" MIGRATE_COPY_SUFFIX "1", path);
    const char *before_2 = arena_printf(arena, "%s" MIGRATE_COPY_SUFFIX "2", path);
    assert_status(migrate_up_from(db, first_release, 1, NULL), OK);
    assert_int_equal(access(before_1, F_OK), -1); /* there was nothing to keep */
    assert_status(migrate_up_from(db, second_release, 1, NULL), OK);
    struct stat st;
    assert_int_equal(stat(before_2, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0600);
    struct db *copy;
    assert_status(db_open(arena_printf(arena, "sqlite:%s", before_2), false, &copy), OK);
    assert_int_equal(version(copy), 1);
    assert_status(try_query(copy, &word), OK);
    db_close(copy);
    arena_free(arena);
}

static void without_a_copy_nothing_is_migrated(void **state)
{
    struct db *db = fixture_db(state);
    struct arena *arena = arena_new(4096);
    const char *path = fixture_url(state) + strlen("sqlite:");
    assert_status(migrate_up_from(db, first_release, 1, NULL), OK);
    /* A folder stands where the copy must go. */
    assert_int_equal(mkdir(arena_printf(arena, "%s" MIGRATE_COPY_SUFFIX "2", path), 0700), 0);
    assert_status(migrate_up_from(db, second_release, 1, NULL), ERR_IO);
    assert_int_equal(version(db), 1);
    arena_free(arena);
}

static void tables_are_strict_on_sqlite(void **state)
{
    struct db *db = fixture_db(state);
    assert_status(migrate_up_from(db, first_release, 1, NULL), OK);
    assert_status(db_script(db, "INSERT INTO pupil (id, school) VALUES ('x', 1)"), ERR_INVALID);
}

struct starter {
    const char *url;
    enum status st;
    int applied;
};

static void *open_and_migrate(void *arg)
{
    struct starter *starter = arg;
    struct db *db = NULL;
    starter->st = db_open(starter->url, true, &db);
    if (starter->st == OK)
        starter->st = migrate_up_from(db, second_release, 1, &starter->applied);
    db_close(db);
    return NULL;
}

/* As when several servers start at once on a database that is not there yet. */
static void many_may_start_at_once(void **state)
{
    enum { STARTERS = 4, ROUNDS = 10 };
    struct db *db = fixture_db(state);
    struct arena *arena = arena_new(4096);
    for (int round = 0; round < ROUNDS; round++) {
        const char *url = fixture_url(state);
        if (db_engine(db) == DB_SQLITE)
            url = arena_printf(arena, "%s.%d", url, round);
        else
            fixture_script(db, "DROP TABLE IF EXISTS pupil, school, schema_version");
        pthread_t threads[STARTERS];
        struct starter starters[STARTERS];
        for (int i = 0; i < STARTERS; i++) {
            starters[i] = (struct starter){.url = url};
            assert_int_equal(pthread_create(&threads[i], NULL, open_and_migrate, &starters[i]), 0);
        }
        int applied = 0;
        for (int i = 0; i < STARTERS; i++)
            assert_int_equal(pthread_join(threads[i], NULL), 0);
        for (int i = 0; i < STARTERS; i++) {
            assert_status(starters[i].st, OK);
            applied += starters[i].applied;
        }
        assert_int_equal(applied, 2);
    }
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        fixture_each_engine(an_empty_database_comes_to_the_newest),
        fixture_each_engine(only_what_is_missing_is_applied),
        fixture_each_engine(a_newer_database_is_refused),
        fixture_each_engine(a_changed_file_is_refused),
        fixture_each_engine(a_file_slipped_in_is_refused),
        fixture_each_engine(a_failing_migration_leaves_nothing),
        fixture_each_engine(faults_at_every_place_leave_a_whole_version),
        fixture_each_engine_shared(many_may_start_at_once),
        fixture_sqlite_file(foreign_keys_must_hold_afterwards),
        fixture_postgres(postgres_holds_its_keys_itself),
        fixture_sqlite_file(the_file_is_copied_before_it_changes),
        fixture_sqlite_file(without_a_copy_nothing_is_migrated),
        fixture_sqlite_file(tables_are_strict_on_sqlite),
    };
    return cmocka_run_group_tests_name("migrate", tests, NULL, NULL);
}
