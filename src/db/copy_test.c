#include "db/copy.h"
#include "db/db_fixture.h"

#include <fcntl.h>
#include <sodium.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/str.h"
#include "db/engine.h"

/* Keys that point backwards, at the own table, and in a circle: no order of rows would do. */
static const struct migration schema[] = {
    {1, "0001_start",
     "CREATE TABLE school (id BIGINT NOT NULL PRIMARY KEY, name TEXT, chief BIGINT) /*STRICT*/;"
     "CREATE TABLE a_first (school BIGINT NOT NULL REFERENCES school (id), id BIGINT NOT NULL,"
     " before BIGINT, body BYTEA, note TEXT, state INTEGER NOT NULL, PRIMARY KEY (school, id),"
     " FOREIGN KEY (school, before) REFERENCES a_first (school, id)) /*STRICT*/;"
     "CREATE TABLE egg (id BIGINT NOT NULL PRIMARY KEY, \"of Hen\" BIGINT,"
     " FOREIGN KEY (\"of Hen\") REFERENCES school (id)) /*STRICT*/"},
    {0, NULL, NULL}};
static const struct migration newer[] = {
    {1, "0001_start",
     "CREATE TABLE school (id BIGINT NOT NULL PRIMARY KEY, name TEXT, chief BIGINT) /*STRICT*/"},
    {2, "0002_more", "CREATE TABLE extra (id BIGINT NOT NULL PRIMARY KEY) /*STRICT*/"},
    {0, NULL, NULL}};

static const struct query add_school = {
    .name = "add_school",
    .sql = "INSERT INTO school (id, name, chief) VALUES ($1, $2, $3)",
    .params = 3,
    .writes = true};
static const struct query add_first = {
    .name = "add_first",
    .sql = "INSERT INTO a_first (school, id, before, body, note, state)"
           " VALUES ($1, $2, $3, $4, $5, $6)",
    .params = 6,
    .writes = true};

enum { ROWS = 300 };

static struct arena *new_arena(void)
{
    struct arena *arena = arena_new((size_t)8 << 20);
    assert_non_null(arena);
    return arena;
}

/* Every row points at one with a higher number, so every insert in order of id breaks a key. */
static void fill(struct db *db)
{
    uint8_t body[ROWS];
    for (int i = 0; i < ROWS; i++)
        body[i] = (uint8_t)(i * 7);
    const struct db_value school[] = {db_int(INT64_MAX), db_text("De Linde \xf0\x9f\x8c\xb3 é"),
                                      db_null()};
    assert_status(db_begin(db, DB_WRITE), OK);
    assert_status(db_exec(db, &add_school, school, NULL), OK);
    for (int i = ROWS; i > 0; i--) {
        const struct db_value row[] = {
            db_int(INT64_MAX),
            db_int(i),
            i == ROWS ? db_null() : db_int(i + 1),
            i % 5 ? db_blob(body, (size_t)i - 1) : db_null(),
            i % 3 ? db_text(i % 2 ? "" : "O'Neil \\ \"x\"\n\t ü") : db_null(),
            db_int(-i),
        };
        assert_status(db_exec(db, &add_first, row, NULL), OK);
    }
    assert_status(db_commit(db), OK);
    fixture_script(db, "INSERT INTO egg (id, \"of Hen\") VALUES (-5, NULL)");
}

static void migrate(struct db *db, const struct migration *list)
{
    assert_status(migrate_up_from(db, list, 1, NULL), OK);
}

static int64_t rows_in(struct db *db)
{
    struct arena *arena = new_arena();
    struct table_digest *tables;
    size_t count;
    int64_t rows = 0;
    assert_status(db_tables_digest(db, arena, &tables, &count), OK);
    for (size_t i = 0; i < count; i++)
        rows += tables[i].rows;
    arena_free(arena);
    return rows;
}

static void copy_there_and_look(struct db *from, struct db *to)
{
    struct arena *arena = new_arena();
    struct table_digest *read = NULL;
    struct table_digest *written = NULL;
    size_t read_count = 0;
    size_t written_count = 0;
    migrate(from, schema);
    migrate(to, schema);
    fill(from);
    assert_status(db_copy_all(from, to, arena, &read, &read_count), OK);
    assert_int_equal(read_count, 3);
    assert_string_equal(read[0].name, "a_first");
    assert_int_equal(read[0].rows, ROWS);
    assert_string_equal(read[1].name, "egg");
    assert_string_equal(read[2].name, "school");
    assert_status(db_tables_digest(to, arena, &written, &written_count), OK);
    assert_true(db_digests_equal(read, read_count, written, written_count));
    assert_false(db_in_transaction(from) || db_in_transaction(to));
    assert_status(db_integrity(to), OK);
    /* The keys are as strict as before: no orphan enters, at the statement itself. */
    assert_status(db_begin(to, DB_WRITE), OK);
    assert_status(db_script(to, "INSERT INTO egg (id, \"of Hen\") VALUES (1, 404)"), ERR_CONFLICT);
    db_rollback(to);
    arena_free(arena);
}

static void a_copy_into_sqlite_is_the_same(void **state)
{
    struct db *from = fixture_db(state);
    copy_there_and_look(from, fixture_other(state, FIXTURE_FILE));
}

static void a_copy_into_postgres_is_the_same(void **state)
{
    struct db *from = fixture_db(state);
    copy_there_and_look(from, fixture_other(state, FIXTURE_POSTGRES));
}

static enum status copy(struct db *from, struct db *to)
{
    struct arena *arena = new_arena();
    struct table_digest *tables = NULL;
    size_t count = 0;
    enum status st = db_copy_all(from, to, arena, &tables, &count);
    if (st != OK)
        assert_true(!tables && !count);
    assert_false(db_in_transaction(from) || db_in_transaction(to));
    arena_free(arena);
    return st;
}

static void a_target_with_rows_is_refused(void **state)
{
    struct db *from = fixture_db(state);
    struct db *to = fixture_other(state, FIXTURE_MEMORY);
    migrate(from, schema);
    migrate(to, schema);
    fill(from);
    fixture_script(to, "INSERT INTO egg (id) VALUES (1)");
    assert_status(copy(from, to), ERR_CONFLICT);
    assert_int_equal(rows_in(to), 1);
}

static void another_schema_is_refused(void **state)
{
    struct db *from = fixture_db(state);
    struct db *to = fixture_other(state, FIXTURE_MEMORY);
    migrate(from, schema);
    assert_status(copy(from, to), ERR_INVALID); /* not migrated at all */
    migrate(to, newer);
    assert_status(copy(from, to), ERR_INVALID);
}

static void the_same_tables_at_another_version_are_refused(void **state)
{
    struct db *from = fixture_db(state);
    struct db *to = fixture_other(state, FIXTURE_MEMORY);
    migrate(from, schema);
    migrate(to, schema);
    fixture_script(to, "INSERT INTO schema_version (number, name, sha256, applied_at)"
                       " VALUES (2, 'x', 'x', 1)");
    assert_status(copy(from, to), ERR_INVALID);
    fixture_script(to, "DELETE FROM schema_version WHERE number = 2;"
                       "ALTER TABLE egg RENAME COLUMN \"of Hen\" TO hen");
    assert_status(copy(from, to), ERR_INVALID);
}

/* Fails the n-th call on either side for every n: never half a copy. */
static void a_copy_that_fails_leaves_nothing(struct db *from, struct db *to)
{
    migrate(from, schema);
    migrate(to, schema);
    fill(from);
    struct db *const sides[] = {from, to};
    for (size_t side = 0; side < 2; side++) {
        enum status st = ERR_DB;
        /* Every place in the beginning, then ever fewer of the many equal ones. */
        for (size_t nth = 1; st != OK && side + nth < 500; nth += 1 + nth / 8) {
            db_fail_at(sides[side], nth, ERR_LIMIT);
            st = copy(from, to);
            db_fail_at(sides[side], 0, OK);
            if (st == OK)
                break;
            assert_status(st, ERR_LIMIT);
            assert_int_equal(rows_in(to), 0);
            assert_int_equal(rows_in(from), ROWS + 2);
        }
        assert_status(st, OK);
        fixture_script(to, "DELETE FROM egg; DELETE FROM a_first WHERE id < 0;"
                           "UPDATE a_first SET before = NULL; DELETE FROM a_first;"
                           "DELETE FROM school");
    }
}

static void a_failed_copy_into_sqlite_leaves_nothing(void **state)
{
    struct db *from = fixture_db(state);
    a_copy_that_fails_leaves_nothing(from, fixture_other(state, FIXTURE_MEMORY));
}

static void a_failed_copy_into_postgres_leaves_nothing(void **state)
{
    struct db *from = fixture_db(state);
    a_copy_that_fails_leaves_nothing(from, fixture_other(state, FIXTURE_POSTGRES));
}

static void without_keys(struct db *db, const char *sql)
{
    bool lite = db_engine(db) == DB_SQLITE;
    fixture_script(db,
                   lite ? "PRAGMA foreign_keys = OFF" : "SET session_replication_role = replica");
    fixture_script(db, sql);
    fixture_script(db, lite ? "PRAGMA foreign_keys = ON" : "SET session_replication_role = origin");
}

static void broken_keys_are_found_and_not_copied(void **state)
{
    struct db *db = fixture_db(state);
    migrate(db, schema);
    fill(db);
    assert_status(db_integrity(db), OK);
    without_keys(db, "UPDATE a_first SET before = 9999 WHERE id = 1");
    assert_status(db_integrity(db), ERR_CORRUPT);
    struct db *to =
        fixture_other(state, db_engine(db) == DB_SQLITE ? FIXTURE_MEMORY : FIXTURE_POSTGRES);
    migrate(to, schema);
    assert_status(copy(db, to), ERR_CONFLICT);
    assert_int_equal(rows_in(to), 0);
}

static void digests_see_every_change_and_no_order(void **state)
{
    struct db *db = fixture_db(state);
    struct arena *arena = new_arena();
    fixture_script(db, db_engine(db) == DB_SQLITE ? "CREATE TABLE t (a TEXT, b TEXT, c BLOB) STRICT"
                                                  : "CREATE TABLE t (a TEXT, b TEXT, c BYTEA)");
    static const char *const contents[] = {
        "INSERT INTO t (a, b) VALUES ('ab', 'c'), ('x', 'y')",
        "INSERT INTO t (a, b) VALUES ('a', 'bc'), ('x', 'y')", /* a border that moved */
        "INSERT INTO t (a, b) VALUES ('ab', NULL), ('x', 'y')",
        "INSERT INTO t (a, b) VALUES ('ab', ''), ('x', 'y')",
        "INSERT INTO t (a, b) VALUES ('ab', 'c'), ('x', 'y'), ('x', 'y'), ('x', 'y')",
        "INSERT INTO t (a, b) VALUES ('ab', 'c')",
        "INSERT INTO t (a, b, c) VALUES ('ab', 'c', CAST('' AS BYTEA)), ('x', 'y', NULL)",
        "INSERT INTO t (a, b) VALUES ('c', 'ab'), ('x', 'y')",
        "SELECT 1",
    };
    struct table_digest *seen[ARRAY_LEN(contents)];
    size_t count = 0;
    for (size_t i = 0; i < ARRAY_LEN(contents); i++) {
        fixture_script(db, "DELETE FROM t");
        /* SQLite calls the type BLOB; CAST(… AS BYTEA) would make it a number there. */
        fixture_script(db, i == 6 && db_engine(db) == DB_SQLITE
                               ? "INSERT INTO t VALUES ('ab', 'c', x''), ('x', 'y', NULL)"
                               : contents[i]);
        assert_status(db_tables_digest(db, arena, &seen[i], &count), OK);
        assert_int_equal(count, 1);
        for (size_t j = 0; j < i; j++)
            assert_false(db_digests_equal(seen[i], 1, seen[j], 1));
    }
    fixture_script(db, "DELETE FROM t; INSERT INTO t (b, a) VALUES ('y', 'x'), ('c', 'ab')");
    struct table_digest *again;
    assert_status(db_tables_digest(db, arena, &again, &count), OK);
    assert_true(db_digests_equal(again, 1, seen[0], 1));
    assert_false(db_digests_equal(again, 1, seen[0], 0));
    arena_free(arena);
}

/* The digest is a format: a backup of today is verified by the program of next year. */
static void digests_are_the_same_on_both_engines_and_for_ever(void **state)
{
    struct db *db = fixture_db(state);
    struct arena *arena = new_arena();
    migrate(db, schema);
    fill(db);
    struct table_digest *tables;
    size_t count;
    assert_status(db_tables_digest(db, arena, &tables, &count), OK);
    char hex[2 * TABLE_HASH_BYTES + 1];
    sodium_bin2hex(hex, sizeof hex, tables[0].hash, TABLE_HASH_BYTES);
    assert_string_equal(hex, "53256915eb9fa4ee3ed1b014f307cc9c65e3ebd47be3522b3414881d2d6211e3");
    arena_free(arena);
}

static void a_damaged_file_is_found(void **state)
{
    struct db *db = fixture_db(state);
    migrate(db, schema);
    fill(db);
    struct arena *arena = new_arena();
    const char *url = arena_printf(arena, "%s.damaged", fixture_url(state));
    const char *path = url + strlen("sqlite:");
    assert_status(sqlite_copy_to(db, path), OK);
    int fd = open(path, O_RDWR | O_CLOEXEC);
    assert_true(fd >= 0);
    off_t size = lseek(fd, 0, SEEK_END);
    static const char noise[512] = "\xff\xfe\xfd damaged";
    for (off_t at = 8192; at < size; at += 4096)
        assert_int_equal(pwrite(fd, noise, sizeof noise, at), sizeof noise);
    close(fd);
    struct db *damaged;
    assert_status(db_open(url, false, &damaged), OK);
    assert_status(db_integrity(damaged), ERR_CORRUPT);
    db_close(damaged);
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        fixture_each_engine(a_copy_into_sqlite_is_the_same),
        fixture_each_engine_beside_postgres(a_copy_into_postgres_is_the_same),
        fixture_each_engine(a_target_with_rows_is_refused),
        fixture_each_engine(another_schema_is_refused),
        fixture_each_engine(the_same_tables_at_another_version_are_refused),
        fixture_each_engine(a_failed_copy_into_sqlite_leaves_nothing),
        fixture_each_engine_beside_postgres(a_failed_copy_into_postgres_leaves_nothing),
        fixture_each_engine(broken_keys_are_found_and_not_copied),
        fixture_each_engine(digests_see_every_change_and_no_order),
        fixture_each_engine(digests_are_the_same_on_both_engines_and_for_ever),
        fixture_sqlite_file(a_damaged_file_is_found),
    };
    return cmocka_run_group_tests_name("copy", tests, NULL, NULL);
}
