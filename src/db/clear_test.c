#include "db/clear.h"
#include "db/db_fixture.h"

#include "base/arena.h"
#include "base/str.h"

/* Keys over several tables and to the own one; a table that points at a school from outside, and
 * one of nobody. */
static const struct migration schema[] = {
    {1, "0001_start",
     "CREATE TABLE school (id BIGINT NOT NULL PRIMARY KEY) /*STRICT*/;"
     "CREATE TABLE a_leaf (school BIGINT NOT NULL, id BIGINT NOT NULL, branch BIGINT,"
     " PRIMARY KEY (school, id)) /*STRICT*/;"
     "CREATE TABLE z_branch (school BIGINT NOT NULL REFERENCES school (id), id BIGINT NOT NULL,"
     " before BIGINT, PRIMARY KEY (school, id),"
     " FOREIGN KEY (school, before) REFERENCES z_branch (school, id)) /*STRICT*/;"
     "CREATE TABLE a_twig (school BIGINT NOT NULL, id BIGINT NOT NULL, branch BIGINT NOT NULL,"
     " PRIMARY KEY (school, id),"
     " FOREIGN KEY (school, branch) REFERENCES z_branch (school, id)) /*STRICT*/;"
     "CREATE TABLE door (id BIGINT NOT NULL PRIMARY KEY, at_school BIGINT NOT NULL"
     " REFERENCES school (id)) /*STRICT*/;"
     "CREATE TABLE house (id BIGINT NOT NULL PRIMARY KEY) /*STRICT*/"},
    {0, NULL, NULL}};

static const char *const tables[] = {"a_leaf", "a_twig", "door", "z_branch", "school", "house"};

static void fill(struct db *db)
{
    assert_status(migrate_up_from(db, schema, 1, NULL), OK);
    fixture_script(db, "INSERT INTO school (id) VALUES (1), (2);"
                       "INSERT INTO house (id) VALUES (1);"
                       "INSERT INTO door (id, at_school) VALUES (1, 1), (2, 2), (3, 1);"
                       "INSERT INTO z_branch (school, id, before) VALUES (1, 1, NULL), (1, 2, 1),"
                       " (1, 3, 2), (2, 1, NULL);"
                       "INSERT INTO a_twig (school, id, branch) VALUES (1, 1, 3), (2, 1, 1);"
                       "INSERT INTO a_leaf (school, id, branch) VALUES (1, 1, 1), (2, 1, 1)");
}

/* How many rows a table holds, of all schools. */
static int64_t rows_of(struct db *db, const char *table)
{
    char sql[64];
    struct db_rows rows;
    bool more;
    (void)snprintf(sql, sizeof sql, "SELECT COUNT(*) FROM %s", table);
    const struct query count = {.name = "count", .sql = sql, .columns = 1};
    assert_status(db_begin(db, DB_READ), OK);
    assert_status(db_start(db, &count, NULL, &rows), OK);
    assert_status(db_next(&rows, &more), OK);
    int64_t number = db_get_int(&rows, 0);
    db_done(&rows);
    db_rollback(db);
    return number;
}

static int64_t rows_in_all(struct db *db)
{
    int64_t all = 0;
    for (size_t i = 0; i < ARRAY_LEN(tables); i++)
        all += rows_of(db, tables[i]);
    return all;
}

static enum status clear(struct db *db, int64_t school, int64_t *ret_rows)
{
    struct arena *arena = arena_new((size_t)4 << 20);
    assert_non_null(arena);
    enum status st = db_begin(db, DB_WRITE);
    if (st == OK)
        st = db_clear(db, arena, school, ret_rows);
    if (st == OK)
        st = db_commit(db);
    db_rollback(db);
    arena_free(arena);
    return st;
}

static void all_of_one_school_goes(void **state)
{
    struct db *db = fixture_db(state);
    static const int64_t left[] = {1, 1, 1, 1, 1, 1};
    int64_t rows = 0;
    fill(db);
    assert_status(clear(db, 1, &rows), OK);
    assert_int_equal(rows, 8);
    for (size_t i = 0; i < ARRAY_LEN(tables); i++)
        assert_int_equal(rows_of(db, tables[i]), left[i]);
    assert_status(clear(db, 1, &rows), OK);
    assert_int_equal(rows, 0);
}

static void it_is_counted_in_the_order_in_which_it_goes(void **state)
{
    struct db *db = fixture_db(state);
    static const int64_t held[] = {1, 1, 2, 3, 1};
    struct clear_table *counted = NULL;
    size_t count = 0;
    struct arena *arena = arena_new((size_t)4 << 20);
    assert_non_null(arena);
    fill(db);
    assert_status(db_begin(db, DB_READ), OK);
    assert_status(db_clear_count(db, arena, 1, &counted, &count), OK);
    db_rollback(db);
    assert_int_equal(count, ARRAY_LEN(held)); /* house is of no school */
    for (size_t i = 0; i < count; i++) {
        assert_string_equal(counted[i].name, tables[i]);
        assert_int_equal(counted[i].rows, held[i]);
    }
    arena_free(arena);
}

static void a_failure_takes_nothing(void **state)
{
    struct db *db = fixture_db(state);
    int64_t rows = 0;
    fill(db);
    int64_t before = rows_in_all(db);
    size_t nth = 1;
    for (enum status st = ERR_DB; st != OK; nth++) {
        db_fail_at(db, nth, ERR_DB);
        st = clear(db, 1, &rows);
        db_fail_at(db, 0, OK);
        if (st != OK)
            assert_int_equal(rows_in_all(db), before);
    }
    assert_in_range(nth, 8, 20); /* begin, catalogue, a statement per table, commit */
    assert_int_equal(rows, 8);
}

/* No order would do, so nothing is tried: a key that goes round belongs in no migration. */
static void keys_that_go_round_are_told(void **state)
{
    struct db *db = fixture_db(state);
    int64_t rows = 0;
    fill(db);
    fixture_script(db, "CREATE TABLE egg (school BIGINT NOT NULL REFERENCES school (id),"
                       " id BIGINT NOT NULL PRIMARY KEY)");
    fixture_script(db, "ALTER TABLE egg ADD COLUMN mother BIGINT REFERENCES egg (id)");
    assert_status(clear(db, 2, &rows), OK);
    fixture_script(db, "CREATE TABLE hen (school BIGINT NOT NULL, id BIGINT NOT NULL PRIMARY KEY,"
                       " from_egg BIGINT REFERENCES egg (id))");
    fixture_script(db, "ALTER TABLE egg ADD COLUMN of_hen BIGINT REFERENCES hen (id)");
    assert_status(clear(db, 1, &rows), ERR_CORRUPT);
    assert_int_equal(rows_of(db, "door"), 2);
}

/* The program's own tables: there is an order, and what refers to a school's table is a school's.
 */
static void the_schema_has_an_order(void **state)
{
    struct db *db = fixture_db(state);
    struct clear_table *counted = NULL;
    size_t count = 0;
    struct arena *arena = arena_new((size_t)4 << 20);
    assert_non_null(arena);
    assert_status(db_begin(db, DB_READ), OK);
    assert_status(db_clear_count(db, arena, 1, &counted, &count), OK);
    db_rollback(db);
    assert_in_range(count, 45, 200);
    assert_string_equal(counted[count - 1].name, "school");
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        fixture_each_engine(all_of_one_school_goes),
        fixture_each_engine(it_is_counted_in_the_order_in_which_it_goes),
        fixture_each_engine(a_failure_takes_nothing),
        fixture_each_engine(keys_that_go_round_are_told),
        fixture_each_engine_migrated(the_schema_has_an_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
