/* What db.h promises, on both engines alike. */
#include "db/db_fixture.h"

#include "base/log.h"
#include "db/cache.h"
#include "db/engine.h"

static const struct query add_thing = {
    .name = "add_thing",
    .sql = "INSERT INTO thing (id, kind, label, body) VALUES ($1, $2, $3, $4)",
    .params = 4,
    .writes = true,
};
static const struct query add_part = {
    .name = "add_part",
    .sql = "INSERT INTO part (id, thing) VALUES ($1, $2)",
    .params = 2,
    .writes = true,
};
static const struct query thing_by_id = {
    .name = "thing_by_id",
    .sql = "SELECT label, body, kind, id FROM thing WHERE id = $1",
    .params = 1,
    .columns = 4,
};
static const struct query all_ids = {
    .name = "all_ids", .sql = "SELECT id FROM thing ORDER BY id", .columns = 1};
static const struct query count_things = {
    .name = "count_things", .sql = "SELECT COUNT(*) FROM thing", .columns = 1};

/* The two texts differ in the type names only, as a migration would make them. */
static void make_tables(struct db *db)
{
    if (db_engine(db) == DB_SQLITE)
        fixture_script(db, "CREATE TABLE thing (id INTEGER NOT NULL PRIMARY KEY,"
                           " kind INTEGER NOT NULL CHECK (kind IN (0, 1)),"
                           " label TEXT UNIQUE, body BLOB) STRICT;"
                           "CREATE TABLE part (id INTEGER NOT NULL PRIMARY KEY,"
                           " thing INTEGER NOT NULL REFERENCES thing (id)) STRICT");
    else
        fixture_script(db, "CREATE TABLE thing (id BIGINT NOT NULL PRIMARY KEY,"
                           " kind INTEGER NOT NULL CHECK (kind IN (0, 1)),"
                           " label TEXT UNIQUE, body BYTEA);"
                           "CREATE TABLE part (id BIGINT NOT NULL PRIMARY KEY,"
                           " thing BIGINT NOT NULL REFERENCES thing (id))");
}

static enum status add(struct db *db, int64_t id, struct db_value kind, const char *label)
{
    const struct db_value args[] = {db_int(id), kind, db_text(label), db_null()};
    return db_exec(db, &add_thing, args, NULL);
}

static int64_t ask(struct db *db, const struct query *query)
{
    struct db_rows rows;
    bool more = false;
    assert_status(db_start(db, query, NULL, &rows), OK);
    assert_status(db_next(&rows, &more), OK);
    assert_true(more);
    int64_t value = db_get_int(&rows, 0);
    db_done(&rows);
    return value;
}

static int64_t count(struct db *db)
{
    assert_status(db_begin(db, DB_READ), OK);
    int64_t number = ask(db, &count_things);
    db_rollback(db);
    return number;
}

static void values_come_back_as_they_went(void **state)
{
    struct db *db = fixture_db(state);
    make_tables(db);
    const uint8_t body[] = {0, 1, 0, 255, 128, '\'', '\\', 0};
    const char *label = "Zoë \xf0\x9f\x8c\xb1 'x' \\ \"y\"";
    const struct db_value args[] = {db_int(INT64_MAX), db_int(1), db_text(label),
                                    db_blob(body, sizeof body)};
    size_t changed = 0;
    assert_status(db_begin(db, DB_WRITE), OK);
    assert_status(db_exec(db, &add_thing, args, &changed), OK);
    assert_int_equal(changed, 1);
    assert_status(db_commit(db), OK);

    struct db_rows rows;
    bool more = false;
    assert_status(db_begin(db, DB_READ), OK);
    assert_status(db_start(db, &thing_by_id, args, &rows), OK);
    assert_status(db_next(&rows, &more), OK);
    assert_true(more);
    assert_string_equal(db_get_text(&rows, 0), label);
    struct bytes blob = db_get_blob(&rows, 1);
    assert_int_equal(blob.len, sizeof body);
    assert_memory_equal(blob.data, body, sizeof body);
    assert_int_equal(db_get_int(&rows, 2), 1);
    assert_true(db_get_int(&rows, 3) == INT64_MAX);
    assert_status(db_next(&rows, &more), OK);
    assert_false(more);
    /* Asking on after the end is harmless: the statement must not run again. */
    assert_status(db_next(&rows, &more), OK);
    assert_false(more);
    db_done(&rows);
    assert_status(db_commit(db), OK);
}

static void null_is_not_empty(void **state)
{
    struct db *db = fixture_db(state);
    make_tables(db);
    const struct db_value nothing[] = {db_int(1), db_int(0), db_text(NULL), db_null()};
    const struct db_value empty[] = {db_int(2), db_int(0), db_text(""), db_blob(NULL, 0)};
    assert_status(db_begin(db, DB_WRITE), OK);
    assert_status(db_exec(db, &add_thing, nothing, NULL), OK);
    assert_status(db_exec(db, &add_thing, empty, NULL), OK);
    for (int id = 1; id <= 2; id++) {
        const struct db_value key[] = {db_int(id)};
        struct db_rows rows;
        bool more = false;
        assert_status(db_start(db, &thing_by_id, key, &rows), OK);
        assert_status(db_next(&rows, &more), OK);
        assert_true(more);
        assert_int_equal(db_is_null(&rows, 0), id == 1);
        assert_int_equal(db_is_null(&rows, 1), id == 1);
        assert_string_equal(db_get_text(&rows, 0), "");
        assert_int_equal(db_get_blob(&rows, 1).len, 0);
        assert_int_equal(db_get_int(&rows, 0), 0);
        db_done(&rows);
    }
    assert_status(db_commit(db), OK);
}

static void whole_numbers_of_every_width(void **state)
{
    struct db *db = fixture_db(state);
    make_tables(db);
    static const int64_t numbers[] = {INT64_MIN, -4294967297, -1, 0, 1, 255, 2147483648, INT64_MAX};
    assert_status(db_begin(db, DB_WRITE), OK);
    for (size_t i = 0; i < ARRAY_LEN(numbers); i++)
        assert_status(add(db, numbers[i], db_int(0), NULL), OK);
    struct db_rows rows;
    bool more = false;
    assert_status(db_start(db, &all_ids, NULL, &rows), OK);
    for (size_t i = 0; i < ARRAY_LEN(numbers); i++) {
        assert_status(db_next(&rows, &more), OK);
        assert_true(more && db_get_int(&rows, 0) == numbers[i]);
    }
    db_done(&rows);
    assert_status(db_commit(db), OK);
}

static void sums_and_truths_are_numbers(void **state)
{
    struct db *db = fixture_db(state);
    make_tables(db);
    static const struct query sums = {
        .name = "sums",
        .sql = "SELECT SUM(id), SUM(-id), SUM(kind), COUNT(label), COUNT(*) > 1 FROM thing",
        .columns = 5};
    assert_status(db_begin(db, DB_WRITE), OK);
    assert_status(add(db, 9000000000000000, db_int(1), NULL), OK);
    assert_status(add(db, 10000, db_int(1), NULL), OK);
    struct db_rows rows;
    bool more = false;
    assert_status(db_start(db, &sums, NULL, &rows), OK);
    assert_status(db_next(&rows, &more), OK);
    assert_true(db_get_int(&rows, 0) == 9000000000010000);
    assert_true(db_get_int(&rows, 1) == -9000000000010000);
    assert_int_equal(db_get_int(&rows, 2), 2);
    assert_int_equal(db_get_int(&rows, 3), 0);
    assert_int_equal(db_get_int(&rows, 4), 1);
    db_done(&rows);
    assert_status(db_commit(db), OK);
}

static void parameters_in_any_order_and_twice(void **state)
{
    struct db *db = fixture_db(state);
    make_tables(db);
    static const struct query query = {
        .name = "order",
        .sql = "SELECT id FROM thing WHERE label = $2 AND id > $1 AND (id < $3 OR id = $1)"
               " ORDER BY id LIMIT $4",
        .params = 4,
        .columns = 1};
    const struct db_value args[] = {db_int(1), db_text("b"), db_int(9), db_int(5)};
    assert_status(db_begin(db, DB_WRITE), OK);
    assert_status(add(db, 1, db_int(0), "a"), OK);
    assert_status(add(db, 2, db_int(0), "b"), OK);
    struct db_rows rows;
    bool more = false;
    assert_status(db_start(db, &query, args, &rows), OK);
    assert_status(db_next(&rows, &more), OK);
    assert_true(more);
    assert_int_equal(db_get_int(&rows, 0), 2);
    db_done(&rows);
    assert_status(db_commit(db), OK);
}

static void a_write_may_return_rows(void **state)
{
    struct db *db = fixture_db(state);
    make_tables(db);
    static const struct query query = {
        .name = "returning",
        .sql = "INSERT INTO thing (id, kind, label) VALUES ($1, 0, $2) RETURNING label, id",
        .params = 2,
        .columns = 2,
        .writes = true};
    const struct db_value args[] = {db_int(7), db_text("seven")};
    struct db_rows rows;
    bool more = false;
    assert_status(db_begin(db, DB_WRITE), OK);
    assert_status(db_start(db, &query, args, &rows), OK);
    assert_status(db_next(&rows, &more), OK);
    assert_string_equal(db_get_text(&rows, 0), "seven");
    db_done(&rows);
    /* It has happened even when nobody looks at the rows, and a failure shows at once. */
    assert_status(db_commit(db), OK);
    assert_status(db_begin(db, DB_WRITE), OK);
    assert_status(db_start(db, &query, args, &rows), ERR_CONFLICT);
    db_rollback(db);
    const struct db_value other[] = {db_int(8), db_text("eight")};
    assert_status(db_begin(db, DB_WRITE), OK);
    assert_status(db_start(db, &query, other, &rows), OK);
    db_done(&rows);
    assert_status(db_commit(db), OK);
    assert_int_equal(count(db), 2);
}

/* Runs one statement that must fail, alone in a transaction, and looks that nothing stayed. */
static void expect(struct db *db, const struct query *query, const struct db_value *args,
                   enum status expected)
{
    int64_t before = count(db);
    size_t changed = 99;
    assert_status(db_begin(db, DB_WRITE), OK);
    assert_status(add(db, 500, db_int(0), NULL), OK);
    assert_status(db_exec(db, query, args, &changed), expected);
    assert_int_equal(changed, 99);
    assert_status(db_commit(db), expected);
    assert_false(db_in_transaction(db));
    assert_int_equal(count(db), before);
}

static void every_refusal_has_its_status(void **state)
{
    struct db *db = fixture_db(state);
    make_tables(db);
    assert_status(db_begin(db, DB_WRITE), OK);
    assert_status(add(db, 1, db_int(0), "one"), OK);
    assert_status(db_commit(db), OK);

    const struct db_value same_id[] = {db_int(1), db_int(0), db_text("x"), db_null()};
    const struct db_value same_label[] = {db_int(2), db_int(0), db_text("one"), db_null()};
    const struct db_value bad_kind[] = {db_int(2), db_int(7), db_text("x"), db_null()};
    const struct db_value no_kind[] = {db_int(2), db_null(), db_text("x"), db_null()};
    const struct db_value wrong_type[] = {db_int(2), db_text("zwart"), db_text("x"), db_null()};
    const struct db_value no_thing[] = {db_int(1), db_int(404)};
    expect(db, &add_thing, same_id, ERR_CONFLICT);
    expect(db, &add_thing, same_label, ERR_CONFLICT);
    expect(db, &add_part, no_thing, ERR_CONFLICT);
    expect(db, &add_thing, bad_kind, ERR_INVALID);
    expect(db, &add_thing, no_kind, ERR_INVALID);
    expect(db, &add_thing, wrong_type, ERR_INVALID);
    static const struct query nonsense = {.name = "nonsense", .sql = "UPDATE nowhere SET x = 1"};
    expect(db, &nonsense, NULL, ERR_DB);
}

static void a_failed_transaction_stays_failed(void **state)
{
    struct db *db = fixture_db(state);
    make_tables(db);
    struct db_rows rows;
    assert_status(db_begin(db, DB_WRITE), OK);
    assert_status(add(db, 1, db_int(0), NULL), OK);
    assert_status(add(db, 1, db_int(0), NULL), ERR_CONFLICT);
    /* Even what is right in itself: the caller has to roll back first, on both engines. */
    assert_status(add(db, 2, db_int(0), NULL), ERR_CONFLICT);
    assert_status(db_start(db, &count_things, NULL, &rows), ERR_CONFLICT);
    assert_true(db_in_transaction(db));
    db_rollback(db);
    assert_int_equal(count(db), 0);
}

static void reading_cannot_write(void **state)
{
    struct db *db = fixture_db(state);
    make_tables(db);
    static const struct query returning = {
        .name = "returning",
        .sql = "INSERT INTO thing (id, kind) VALUES (1, 0) RETURNING id",
        .columns = 1};
    struct db_rows rows;
    assert_status(db_begin(db, DB_READ), OK);
    assert_status(add(db, 1, db_int(0), NULL), ERR_DB);
    db_rollback(db);
    assert_status(db_begin(db, DB_READ), OK);
    assert_status(db_start(db, &returning, NULL, &rows), ERR_DB);
    db_rollback(db);
    assert_int_equal(count(db), 0);
    /* The same statement, known to the cache by now, is fine in a transaction that may write. */
    assert_status(db_begin(db, DB_WRITE), OK);
    assert_status(add(db, 1, db_int(0), NULL), OK);
    assert_status(db_commit(db), OK);
    assert_int_equal(count(db), 1);
}

static void rolling_back_is_always_fine(void **state)
{
    struct db *db = fixture_db(state);
    make_tables(db);
    db_rollback(db);
    assert_status(db_begin(db, DB_WRITE), OK);
    assert_status(add(db, 1, db_int(0), NULL), OK);
    struct db_rows rows;
    assert_status(db_start(db, &count_things, NULL, &rows), OK);
    db_rollback(db); /* with rows open, as when a handler gives up */
    db_done(&rows);
    db_rollback(db);
    assert_int_equal(count(db), 0);
}

static void changed_rows_are_counted(void **state)
{
    struct db *db = fixture_db(state);
    make_tables(db);
    static const struct query update = {
        .name = "update", .sql = "UPDATE thing SET kind = 1 WHERE id > $1", .params = 1};
    static const struct query look = {.name = "look", .sql = "SELECT id FROM thing"};
    assert_status(db_begin(db, DB_WRITE), OK);
    for (int id = 1; id <= 5; id++)
        assert_status(add(db, id, db_int(0), NULL), OK);
    size_t changed = 0;
    assert_status(db_exec(db, &update, &(struct db_value){.type = DB_INT, .i = 2}, &changed), OK);
    assert_int_equal(changed, 3);
    assert_status(db_exec(db, &update, &(struct db_value){.type = DB_INT, .i = 9}, &changed), OK);
    assert_int_equal(changed, 0);
    assert_status(db_exec(db, &look, NULL, &changed), OK);
    assert_int_equal(changed, 0);
    assert_status(db_commit(db), OK);
}

static void statements_are_counted(void **state)
{
    struct db *db = fixture_db(state);
    make_tables(db);
    uint64_t before = db_statements(db);
    assert_status(db_begin(db, DB_WRITE), OK);
    assert_status(add(db, 1, db_int(0), NULL), OK);
    assert_int_equal(ask(db, &count_things), 1);
    assert_status(db_commit(db), OK);
    assert_int_equal(db_statements(db) - before, 2); /* begin and commit do not count */
    assert_status(db_ping(db), OK);
}

/* One unit of work with four places to fail: begin, two statements, commit. */
static enum status work(struct db *db, int64_t id)
{
    enum status st = db_begin(db, DB_WRITE);
    if (st != OK)
        return st;
    st = add(db, id, db_int(0), NULL);
    if (st == OK)
        st = add(db, id + 1, db_int(0), NULL);
    if (st == OK)
        st = db_commit(db);
    db_rollback(db);
    return st;
}

static void faults_strike_once_at_every_place(void **state)
{
    struct db *db = fixture_db(state);
    make_tables(db);
    size_t nth = 1;
    for (; nth < 10; nth++) {
        db_fail_at(db, nth, nth % 2 ? ERR_LIMIT : ERR_CONFLICT);
        enum status st = work(db, 1);
        if (st == OK)
            break;
        assert_status(st, nth % 2 ? ERR_LIMIT : ERR_CONFLICT);
        assert_false(db_in_transaction(db));
        assert_int_equal(count(db), 0);
    }
    assert_int_equal(nth, 5);
    db_fail_at(db, 0, OK);
    assert_status(work(db, 3), OK);
    assert_int_equal(count(db), 4);
    db_fail_at(db, 1, ERR_DB);
    assert_status(db_ping(db), ERR_DB);
    assert_status(db_ping(db), OK);
}

static void an_injected_failure_needs_a_rollback(void **state)
{
    struct db *db = fixture_db(state);
    make_tables(db);
    assert_status(db_begin(db, DB_WRITE), OK);
    assert_status(add(db, 1, db_int(0), NULL), OK);
    db_fail_at(db, 1, ERR_DB);
    assert_status(add(db, 2, db_int(0), NULL), ERR_DB);
    assert_status(add(db, 3, db_int(0), NULL), ERR_DB);
    assert_true(db_in_transaction(db));
    assert_status(db_commit(db), ERR_DB);
    assert_int_equal(count(db), 0);
}

static void a_changed_schema_is_noticed(void **state)
{
    struct db *db = fixture_db(state);
    make_tables(db);
    static const struct query all = {.name = "all", .sql = "SELECT * FROM thing", .columns = 4};
    assert_status(db_begin(db, DB_WRITE), OK);
    assert_status(add(db, 1, db_int(0), "x"), OK);
    assert_int_equal(ask(db, &all), 1);
    assert_status(db_commit(db), OK);
    fixture_script(db, "ALTER TABLE thing ADD COLUMN extra INTEGER NOT NULL DEFAULT 5");
    assert_status(db_begin(db, DB_READ), OK);
    struct db_rows rows;
    bool more = false;
    assert_status(db_start(db, &all, NULL, &rows), OK);
    assert_status(db_next(&rows, &more), OK);
    assert_int_equal(db_get_int(&rows, 4), 5);
    db_done(&rows);
    db_rollback(db);
}

static void somebody_else_may_change_the_schema(void **state)
{
    struct db *db = fixture_db(state);
    struct db *other;
    assert_status(db_open(fixture_url(state), false, &other), OK);
    make_tables(db);
    static const struct query all = {.name = "all", .sql = "SELECT * FROM thing", .columns = 4};
    assert_status(db_begin(db, DB_WRITE), OK);
    assert_status(add(db, 1, db_int(0), "x"), OK);
    assert_int_equal(ask(db, &all), 1);
    assert_status(db_commit(db), OK);
    fixture_script(other, "ALTER TABLE thing ADD COLUMN extra INTEGER NOT NULL DEFAULT 5");
    /* At most once the answer is "look again"; then it works. */
    struct db_rows rows;
    assert_status(db_begin(db, DB_READ), OK);
    enum status st = db_start(db, &all, NULL, &rows);
    if (st == OK)
        db_done(&rows);
    else
        assert_status(st, ERR_CONFLICT);
    db_rollback(db);
    assert_status(db_begin(db, DB_READ), OK);
    assert_int_equal(ask(db, &all), 1);
    db_rollback(db);
    db_close(other);
}

/* More statements than the cache holds, twice over: evicted ones work again. */
static void more_statements_than_the_cache_holds(void **state)
{
    enum { MANY = 2 * CACHE_SLOTS };
    struct db *db = fixture_db(state);
    static char texts[MANY][64];
    struct query queries[MANY];
    for (int i = 0; i < MANY; i++) {
        snprintf(texts[i], sizeof texts[i], "SELECT CAST($1 AS BIGINT) + %d", i);
        queries[i] = (struct query){.name = "many", .sql = texts[i], .params = 1, .columns = 1};
    }
    assert_status(db_begin(db, DB_READ), OK);
    for (int round = 0; round < 2; round++) {
        for (int i = 0; i < MANY; i++) {
            const struct db_value arg[] = {db_int(1000)};
            struct db_rows rows;
            bool more = false;
            assert_status(db_start(db, &queries[i], arg, &rows), OK);
            assert_status(db_next(&rows, &more), OK);
            assert_int_equal(db_get_int(&rows, 0), 1000 + i);
            db_done(&rows);
        }
    }
    db_rollback(db);
}

static void a_query_at_the_same_address_is_another_query(void **state)
{
    struct db *db = fixture_db(state);
    char sql[32];
    struct query query = {.name = "reused", .sql = sql, .columns = 1};
    assert_status(db_begin(db, DB_READ), OK);
    for (int i = 1; i <= 3; i++) {
        snprintf(sql, sizeof sql, "SELECT %d", i);
        assert_int_equal(ask(db, &query), i);
    }
    db_rollback(db);
}

static void readers_keep_their_snapshot(void **state)
{
    struct db *db = fixture_db(state);
    make_tables(db);
    struct db *other;
    assert_status(db_open(fixture_url(state), false, &other), OK);
    assert_status(db_begin(db, DB_READ), OK);
    assert_int_equal(ask(db, &count_things), 0);
    assert_status(work(other, 1), OK); /* the reader does not hold up the writer */
    assert_int_equal(ask(db, &count_things), 0);
    assert_status(db_commit(db), OK);
    assert_int_equal(count(db), 2);
    db_close(other);
}

static const struct query raise_kinds = {
    .name = "raise_kinds",
    .sql = "UPDATE thing SET kind = 1 WHERE (SELECT COUNT(*) FROM thing WHERE kind = 1) = 0"
           " AND id = $1",
    .params = 1,
    .writes = true,
};

/*
 * The rule "only one may" checked by reading: two writers at once would both see none. One of them
 * waits (SQLite) or is told to look again (PostgreSQL); never do both succeed.
 */
static void two_writers_never_both_win(void **state)
{
    struct db *db = fixture_db(state);
    make_tables(db);
    assert_status(work(db, 1), OK);
    struct db *other;
    assert_status(db_open(fixture_url(state), false, &other), OK);
    const struct db_value one[] = {db_int(1)};
    const struct db_value two[] = {db_int(2)};
    assert_status(db_begin(db, DB_WRITE), OK);
    assert_status(db_exec(db, &raise_kinds, one, NULL), OK);
    bool second = false;
    if (db_engine(db) == DB_SQLITE) {
        fixture_script(other,
                       "PRAGMA busy_timeout = 50"); /* the test need not wait for all of 5 s */
        assert_status(db_begin(other, DB_WRITE), ERR_DB);
        assert_status(db_commit(db), OK);
    } else {
        assert_status(db_begin(other, DB_WRITE), OK);
        second = db_exec(other, &raise_kinds, two, NULL) == OK;
        assert_status(db_commit(db), OK);
        second = second && db_commit(other) == OK;
    }
    db_rollback(other);
    assert_false(second);
    /* Looking again works, and now sees what the first did. */
    size_t changed = 99;
    assert_status(db_begin(other, DB_WRITE), OK);
    assert_status(db_exec(other, &raise_kinds, two, &changed), OK);
    assert_int_equal(changed, 0);
    assert_status(db_commit(other), OK);
    db_close(other);
}

static void streams_are_like_any_rows(void **state)
{
    struct db *db = fixture_db(state);
    make_tables(db);
    assert_status(db_begin(db, DB_WRITE), OK);
    for (int id = 1; id <= 100; id++)
        assert_status(add(db, id, db_int(0), NULL), OK);
    struct db_rows rows;
    bool more = false;
    int64_t sum = 0;
    assert_status(db_start_stream(db, &all_ids, NULL, &rows), OK);
    while (db_next(&rows, &more) == OK && more)
        sum += db_get_int(&rows, 0);
    assert_int_equal(sum, 5050);
    assert_status(db_next(&rows, &more), OK);
    assert_false(more);
    db_done(&rows);
    /* Left in the middle: the connection is ready for the next statement all the same. */
    assert_status(db_start_stream(db, &all_ids, NULL, &rows), OK);
    assert_status(db_next(&rows, &more), OK);
    db_done(&rows);
    assert_int_equal(ask(db, &count_things), 100);
    assert_status(db_start_stream(db, &all_ids, NULL, &rows), OK);
    assert_status(db_next(&rows, &more), OK);
    db_rollback(db);
    db_done(&rows);
    assert_int_equal(count(db), 0);
}

static void a_script_may_not_end_its_transaction(void **state)
{
    struct db *db = fixture_db(state);
    make_tables(db);
    assert_status(db_begin(db, DB_WRITE), OK);
    assert_status(db_script(db, "INSERT INTO thing (id, kind) VALUES (1, 0); ROLLBACK"), ERR_DB);
    db_rollback(db);
    assert_status(db_script(db, "BEGIN; INSERT INTO thing (id, kind) VALUES (2, 0)"), ERR_DB);
    assert_int_equal(count(db), 0);
}

static void unknown_urls_are_refused(void **state UNUSED)
{
    struct db *db = NULL;
    assert_status(db_open("mysql://localhost/x", false, &db), ERR_INVALID);
    assert_status(db_open("", true, &db), ERR_INVALID);
    assert_status(db_open("postgresql://127.0.0.1:1/nobody?connect_timeout=2", false, &db), ERR_DB);
    assert_null(db);
    db_close(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        fixture_each_engine(values_come_back_as_they_went),
        fixture_each_engine(null_is_not_empty),
        fixture_each_engine(whole_numbers_of_every_width),
        fixture_each_engine(sums_and_truths_are_numbers),
        fixture_each_engine(parameters_in_any_order_and_twice),
        fixture_each_engine(a_write_may_return_rows),
        fixture_each_engine(every_refusal_has_its_status),
        fixture_each_engine(a_failed_transaction_stays_failed),
        fixture_each_engine(reading_cannot_write),
        fixture_each_engine(rolling_back_is_always_fine),
        fixture_each_engine(changed_rows_are_counted),
        fixture_each_engine(statements_are_counted),
        fixture_each_engine(faults_strike_once_at_every_place),
        fixture_each_engine(an_injected_failure_needs_a_rollback),
        fixture_each_engine(a_changed_schema_is_noticed),
        fixture_each_engine_shared(somebody_else_may_change_the_schema),
        fixture_each_engine(more_statements_than_the_cache_holds),
        fixture_each_engine(a_query_at_the_same_address_is_another_query),
        fixture_each_engine_shared(readers_keep_their_snapshot),
        fixture_each_engine_shared(two_writers_never_both_win),
        fixture_each_engine(streams_are_like_any_rows),
        fixture_each_engine(a_script_may_not_end_its_transaction),
        cmocka_unit_test(unknown_urls_are_refused),
    };
    return cmocka_run_group_tests_name("db", tests, NULL, NULL);
}
