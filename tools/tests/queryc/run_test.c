/* Runs what queryc made of ok/observation.sql: values in, values out, and every way to fail. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <cmocka.h>

#include "base/arena.h"
#include "db/db.h"
#include "fake_db.h"
#include "gen/observation_sql.h"

#define ARENA_MAX ((size_t)1024 * 1024)

static const struct school_id one = {1}, two = {2};
static const struct pupil_id pupil = {10};

struct fixture {
    struct db db;
    struct arena *arena;
};

static void run(struct fixture *f, const char *sql)
{
    assert_int_equal(sqlite3_exec(f->db.sqlite, sql, NULL, NULL, NULL), SQLITE_OK);
}

static int begin(void **state)
{
    struct fixture *f = calloc(1, sizeof *f);
    assert_non_null(f);
    assert_int_equal(sqlite3_open(":memory:", &f->db.sqlite), SQLITE_OK);
    f->arena = arena_new(ARENA_MAX);
    assert_non_null(f->arena);
    run(f, "CREATE TABLE pupil (school INTEGER, id INTEGER, is_active INTEGER, left_on TEXT,"
           "  PRIMARY KEY (school, id));"
           "CREATE TABLE observation (school INTEGER NOT NULL, id INTEGER, pupil INTEGER,"
           "  kind INTEGER, title TEXT, remark TEXT, seen_on TEXT, body_sealed BLOB,"
           "  changed_at INTEGER, closed_at INTEGER, weight INTEGER, thumb BLOB,"
           "  PRIMARY KEY (school, id), FOREIGN KEY (school, pupil) REFERENCES pupil (school, id));"
           "CREATE TABLE word (id INTEGER);"
           "INSERT INTO pupil VALUES (1, 10, 1, NULL), (1, 11, 0, '2024-07-12'), (2, 10, 1, NULL)");
    *state = f;
    return 0;
}

static int end(void **state)
{
    struct fixture *f = *state;
    assert_int_equal(f->db.open, 0);
    sqlite3_close(f->db.sqlite);
    arena_free(f->arena);
    free(f);
    return 0;
}

static struct sealed sealed(const char *text)
{
    return (struct sealed){(const uint8_t *)text, strlen(text)};
}

static const struct date leap_day = {2024, 2, 29};

static enum status add(struct fixture *f, struct school_id school, int64_t id, const char *remark,
                       struct date seen_on)
{
    return sql_observation_add(&f->db, school, (struct observation_id){id}, pupil, -7, "Zoë's",
                               remark, seen_on, sealed("secret"), 1000, INT64_MAX,
                               (struct bytes){0}, NULL);
}

static enum status reopen(struct fixture *f, int64_t id, struct sql_observation_reopen *ret_row)
{
    return sql_observation_reopen(&f->db, f->arena, one, (struct observation_id){id}, ret_row);
}

static void values_come_back_as_they_went_in(void **state)
{
    struct fixture *f = *state;
    size_t changed = 99;
    assert_int_equal(sql_observation_add(&f->db, one, (struct observation_id){5}, pupil, INT32_MIN,
                                         "", "a remark", leap_day, sealed("secret"), 1000,
                                         INT64_MIN, (struct bytes){(const uint8_t *)"", 0},
                                         &changed),
                     OK);
    assert_int_equal(changed, 1);

    struct sql_observation_of_pupil row;
    assert_int_equal(sql_observation_latest(&f->db, f->arena, one, pupil, &row), OK);
    assert_int_equal(row.id.v, 5);
    assert_int_equal(row.kind, INT32_MIN);
    assert_string_equal(row.title, "");
    assert_string_equal(row.remark, "a remark");
    assert_int_equal(date_compare(row.seen_on, leap_day), 0);
    assert_int_equal(row.body_sealed.len, 6);
    assert_memory_equal(row.body_sealed.data, "secret", 6);
    assert_int_equal(row.changed_at, 1000);
    assert_int_equal(row.closed_at, 0);
    assert_true(row.weight == INT64_MIN);
    assert_non_null(row.thumb.data); /* empty, and not NULL */
    assert_int_equal(row.thumb.len, 0);
}

static void null_reads_as_none(void **state)
{
    struct fixture *f = *state;
    assert_int_equal(add(f, one, 5, NULL, leap_day), OK);
    struct sql_observation_of_pupil row;
    assert_int_equal(sql_observation_latest(&f->db, f->arena, one, pupil, &row), OK);
    assert_null(row.remark);
    assert_null(row.thumb.data);

    struct sql_observation_counts *rows = NULL;
    size_t count = 0;
    assert_int_equal(sql_observation_counts(&f->db, f->arena, one, (struct date){0}, &rows, &count),
                     OK);
    assert_int_equal(count, 2);
    assert_int_equal(rows[0].observations, 1);
    assert_true(rows[0].is_active);
    assert_false(date_is_set(rows[0].left_on));
    assert_int_equal(date_compare(rows[0].last_on, leap_day), 0);
    assert_string_equal(rows[0].last_title_text, "Zoë's");
    assert_false(rows[1].is_active);
    assert_true(date_is_set(rows[1].left_on));
    assert_false(date_is_set(rows[1].last_on));
    assert_null(rows[1].last_title_text);
}

static void a_value_that_may_not_be_none_is_refused_before_the_database(void **state)
{
    struct fixture *f = *state;
    const struct observation_id id = {5};
    struct sql_observation_of_pupil *rows = NULL;
    size_t count = 0, before = f->db.started;
    const struct date impossible = {2023, 2, 29};

    assert_int_equal(add(f, (struct school_id){0}, 5, NULL, leap_day), ERR_INVALID);
    assert_int_equal(add(f, one, 0, NULL, leap_day), ERR_INVALID);
    assert_int_equal(add(f, one, 5, NULL, (struct date){0}), ERR_INVALID);
    assert_int_equal(add(f, one, 5, NULL, impossible), ERR_INVALID);
    assert_int_equal(sql_observation_add(&f->db, one, id, pupil, 0, NULL, NULL, leap_day,
                                         sealed("x"), 1, 0, (struct bytes){0}, NULL),
                     ERR_INVALID);
    assert_int_equal(sql_observation_add(&f->db, one, id, pupil, 0, "", NULL, leap_day,
                                         (struct sealed){0}, 1, 0, (struct bytes){0}, NULL),
                     ERR_INVALID);
    assert_int_equal(sql_observation_close(&f->db, one, id, 0, NULL), ERR_INVALID);
    assert_int_equal(
        sql_observation_of_pupil(&f->db, f->arena, one, (struct pupil_id){0}, 9, &rows, &count),
        ERR_INVALID);
    struct sql_observation_counts *counts = NULL;
    assert_int_equal(sql_observation_counts(&f->db, f->arena, one, impossible, &counts, &count),
                     ERR_INVALID);
    assert_int_equal(f->db.started, before);
}

static void one_without_a_row_is_not_found(void **state)
{
    struct fixture *f = *state;
    struct sql_observation_reopen row = {.pupil = {77}};
    assert_int_equal(reopen(f, 5, &row), ERR_NOT_FOUND);
    assert_int_equal(row.pupil.v, 77);
}

static void a_write_that_returns_is_carried_out(void **state)
{
    struct fixture *f = *state;
    assert_int_equal(add(f, one, 5, NULL, leap_day), OK);
    size_t changed = 0;
    assert_int_equal(sql_observation_close(&f->db, one, (struct observation_id){5}, 9, &changed),
                     OK);
    assert_int_equal(changed, 1);
    assert_int_equal(sql_observation_close(&f->db, two, (struct observation_id){5}, 9, &changed),
                     OK);
    assert_int_equal(changed, 0);

    struct sql_observation_reopen row;
    assert_int_equal(reopen(f, 5, &row), OK);
    assert_int_equal(row.pupil.v, pupil.v);
    assert_true(row.is_open);
    struct sql_observation_of_pupil latest;
    assert_int_equal(sql_observation_latest(&f->db, f->arena, one, pupil, &latest), OK);
    assert_int_equal(latest.closed_at, 0);
}

/* SQLite finds a broken foreign key of a RETURNING only after the row. */
static void a_write_that_returns_and_breaks_a_key_fails(void **state)
{
    struct fixture *f = *state;
    run(f, "PRAGMA foreign_keys = ON;"
           "CREATE TRIGGER t AFTER UPDATE OF closed_at ON observation BEGIN"
           "  UPDATE observation SET pupil = 404 WHERE id = new.id; END");
    assert_int_equal(add(f, one, 5, NULL, leap_day), OK);
    struct sql_observation_reopen row = {.pupil = {77}};
    assert_int_equal(reopen(f, 5, &row), ERR_CONFLICT);
    assert_int_equal(row.pupil.v, 77);
}

static void many_grows_and_keeps_to_its_school(void **state)
{
    struct fixture *f = *state;
    for (int64_t id = 1; id <= 100; id++)
        assert_int_equal(add(f, one, id, NULL, leap_day), OK);
    assert_int_equal(add(f, two, 500, NULL, leap_day), OK);

    struct sql_observation_of_pupil *rows = NULL;
    size_t count = 0;
    assert_int_equal(sql_observation_of_pupil(&f->db, f->arena, one, pupil, 99, &rows, &count), OK);
    assert_int_equal(count, 99);
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(rows[i].id.v, i + 1);
        assert_string_equal(rows[i].title, "Zoë's");
        assert_int_equal(rows[i].kind, -7);
    }
    assert_int_equal(
        sql_observation_of_pupil(&f->db, f->arena, two, (struct pupil_id){11}, 99, &rows, &count),
        OK);
    assert_int_equal(count, 0);
}

static void a_stored_value_of_another_kind_is_corrupt(void **state)
{
    static const char *const damages[] = {
        "UPDATE observation SET seen_on = '2023-02-29'",
        "UPDATE observation SET seen_on = ''",
        "UPDATE observation SET seen_on = '2024-01-01', kind = 2147483648",
        "UPDATE observation SET kind = -2147483649",
    };
    struct fixture *f = *state;
    assert_int_equal(add(f, one, 5, NULL, leap_day), OK);
    for (size_t i = 0; i < ARRAY_LEN(damages); i++) {
        run(f, damages[i]);
        struct sql_observation_of_pupil row = {.kind = 77}, *rows = &row;
        size_t count = 77;
        assert_int_equal(sql_observation_latest(&f->db, f->arena, one, pupil, &row), ERR_CORRUPT);
        assert_int_equal(row.kind, 77);
        assert_int_equal(sql_observation_of_pupil(&f->db, f->arena, one, pupil, 9, &rows, &count),
                         ERR_CORRUPT);
        assert_ptr_equal(rows, &row);
        assert_int_equal(count, 77);
    }
}

/* Fails each allocation in turn, until there is none left to fail. */
static void without_memory_nothing_is_returned(void **state)
{
    struct fixture *f = *state;
    for (int64_t id = 1; id <= 20; id++)
        assert_int_equal(add(f, one, id, "r", leap_day), OK);
    size_t failed = 0;
    for (size_t n = 1;; n++) {
        struct sql_observation_of_pupil *rows = NULL;
        size_t count = 77;
        arena_reset(f->arena);
        arena_fail_at(f->arena, n);
        enum status st = sql_observation_of_pupil(&f->db, f->arena, one, pupil, 99, &rows, &count);
        if (st == OK)
            break;
        failed++;
        assert_int_equal(st, ERR_NOMEM);
        assert_null(rows);
        assert_int_equal(count, 77);
        assert_int_equal(f->db.open, 0);
    }
    assert_true(failed >= 20);
}

static void a_failing_database_is_passed_on(void **state)
{
    struct fixture *f = *state;
    assert_int_equal(add(f, one, 5, "r", leap_day), OK);
    struct sql_observation_of_pupil row, *rows = NULL;
    size_t count = 77;
    for (size_t n = 1; n <= 2; n++) {
        f->db.fail_at = n;
        assert_int_equal(sql_observation_of_pupil(&f->db, f->arena, one, pupil, 9, &rows, &count),
                         ERR_DB);
        assert_int_equal(count, 77);
    }
    f->db.fail_at = 1;
    assert_int_equal(sql_observation_latest(&f->db, f->arena, one, pupil, &row), ERR_DB);
    f->db.fail_at = 1;
    assert_int_equal(sql_observation_close(&f->db, one, (struct observation_id){5}, 9, NULL),
                     ERR_DB);
    struct sql_observation_reopen reopened = {.pupil = {77}};
    f->db.fail_at = 2;
    assert_int_equal(reopen(f, 5, &reopened), ERR_DB);
    assert_int_equal(reopened.pupil.v, 77);
}

static void the_table_lists_every_statement(void **state UNUSED)
{
    static const char *const names[] = {
        "observation_of_pupil", "observation_latest", "observation_add",  "observation_close",
        "observation_reopen",   "observation_counts", "observation_total"};
    for (size_t i = 0; i < ARRAY_LEN(names); i++) {
        assert_non_null(sql_observation_queries[i]);
        assert_string_equal(sql_observation_queries[i]->name, names[i]);
    }
    assert_null(sql_observation_queries[ARRAY_LEN(names)]);
    assert_true(sql_observation_queries[4]->writes);
    assert_false(sql_observation_queries[0]->writes);
}

static void a_statement_without_parameters_runs(void **state)
{
    struct fixture *f = *state;
    run(f, "INSERT INTO word VALUES (1), (2)");
    struct sql_observation_total total;
    assert_int_equal(sql_observation_total(&f->db, f->arena, &total), OK);
    assert_int_equal(total.words, 2);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(values_come_back_as_they_went_in),
        TEST(null_reads_as_none),
        TEST(a_value_that_may_not_be_none_is_refused_before_the_database),
        TEST(one_without_a_row_is_not_found),
        TEST(a_write_that_returns_is_carried_out),
        TEST(a_write_that_returns_and_breaks_a_key_fails),
        TEST(many_grows_and_keeps_to_its_school),
        TEST(a_stored_value_of_another_kind_is_corrupt),
        TEST(without_memory_nothing_is_returned),
        TEST(a_failing_database_is_passed_on),
        TEST(the_table_lists_every_statement),
        TEST(a_statement_without_parameters_runs),
    };
    return cmocka_run_group_tests_name("queryc_run", tests, NULL, NULL);
}
