#include "db/db_fixture.h"

#include "base/arena.h"
#include "base/str.h"
#include "db/scan.h"
#include "operate/dossier_json.h"
#include "operate/findings.h"
#include "operate/sealed.h"
#include "operate/testing.h"

static struct arena *new_arena(void)
{
    struct arena *arena = arena_new((size_t)8 << 20);
    assert_non_null(arena);
    return arena;
}

static void every_sealed_column_has_a_line(void **state)
{
    struct arena *arena = new_arena();
    struct scan_column *columns = NULL;
    size_t count = 0;
    assert_status(db_scan_columns(fixture_db(state), arena, &columns, &count), OK);
    assert_true(count >= 15);
    for (size_t i = 0; i < count; i++)
        if (!sealed_column_find(columns[i].table, columns[i].column))
            fail_msg("%s.%s: add it to sealed_columns in src/operate/sealed.c", columns[i].table,
                     columns[i].column);
    arena_free(arena);
}

static bool is_column(const struct sealed_column *line, const struct scan_column *columns,
                      size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (str_equal(line->at.table, columns[i].table) &&
            str_equal(line->at.column, columns[i].column))
            return true;
    return false;
}

static void every_line_is_a_column(void **state)
{
    struct arena *arena = new_arena();
    struct scan_column *columns = NULL;
    size_t count = 0;
    assert_status(db_scan_columns(fixture_db(state), arena, &columns, &count), OK);
    for (const struct sealed_column *line = sealed_columns; line->at.table; line++)
        if (!is_column(line, columns, count))
            fail_msg("%s.%s is not in the schema", line->at.table, line->at.column);
    arena_free(arena);
}

/* Parts of a school's export that are in no dossier. */
static const char *const of_school[] = {"school", "locations", "groups", "staff"};

static bool is_part(const char *name)
{
    for (size_t i = 0; i < ARRAY_LEN(of_school); i++)
        if (str_equal(name, of_school[i]))
            return true;
    for (size_t i = 0; dossier_part(i); i++)
        if (str_equal(name, dossier_part(i)))
            return true;
    return false;
}

static void every_line_comes_in_an_export_that_exists(void **state UNUSED)
{
    for (const struct sealed_column *line = sealed_columns; line->at.table; line++)
        if (line->part && !is_part(line->part))
            fail_msg("%s.%s: no export has a part %s", line->at.table, line->at.column, line->part);
}

static void check(struct house *house, struct findings *findings, struct sealed_counts *counts)
{
    assert_status(findings_open(findings), OK);
    assert_status(sealed_check(&house->cli.work, INT64_MAX, findings, counts), OK);
}

static void all_values_of_a_school_open(void **state)
{
    struct house house;
    struct findings findings;
    struct sealed_counts counts;
    house_open(&house, fixture_db(state));
    assert_status(house_fill(&house.cli, &(struct house_draft){3, "De Linde"}, &house), OK);
    assert_int_equal(house_readable(&house), 3);
    check(&house, &findings, &counts);
    assert_int_equal(findings.problem_count, 0);
    /* board, school twice, teacher; per pupil: two profiles, one text, two versions, a note */
    assert_int_equal(counts.opened, 4 + 3 * 6);
    assert_int_equal(counts.erased + counts.broken, 0);
    findings_close(&findings);
    house_close(&house);
}

static void a_moved_value_is_told_with_its_place(void **state)
{
    struct house house;
    struct findings findings;
    struct sealed_counts counts;
    house_open(&house, fixture_db(state));
    assert_status(house_fill(&house.cli, &(struct house_draft){2, "De Linde"}, &house), OK);
    fixture_script(house.cli.db, "UPDATE observation SET body_sealed = (SELECT v.body_sealed"
                                 " FROM observation_version v WHERE v.version = 1 LIMIT 1)");
    check(&house, &findings, &counts);
    assert_int_equal(counts.broken, 2);
    assert_int_equal(findings.problem_count, 2);
    findings_close(&findings);
    house_close(&house);
}

static void a_column_without_a_line_is_told(void **state)
{
    struct house house;
    struct findings findings;
    struct sealed_counts counts;
    house_open(&house, fixture_db(state));
    fixture_script(house.cli.db,
                   "CREATE TABLE later (id INTEGER PRIMARY KEY, thing_sealed INTEGER)");
    check(&house, &findings, &counts);
    assert_int_equal(findings.problem_count, 1);
    findings_close(&findings);
    house_close(&house);
}

static void a_failing_database_is_no_verdict(void **state)
{
    struct house house;
    house_open(&house, fixture_db(state));
    assert_status(house_fill(&house.cli, &(struct house_draft){1, "De Linde"}, &house), OK);
    for (size_t n = 1;; n++) {
        struct findings findings;
        struct sealed_counts counts;
        assert_status(findings_open(&findings), OK);
        db_fail_at(house.cli.db, n, ERR_DB);
        enum status st = sealed_check(&house.cli.work, INT64_MAX, &findings, &counts);
        db_fail_at(house.cli.db, 0, OK);
        assert_int_equal(findings.problem_count, 0);
        findings_close(&findings);
        if (st == OK)
            break;
        assert_status(st, ERR_DB);
    }
    house_close(&house);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        fixture_each_engine_migrated(every_sealed_column_has_a_line),
        fixture_each_engine_migrated(every_line_is_a_column),
        cmocka_unit_test(every_line_comes_in_an_export_that_exists),
        fixture_each_engine_migrated(all_values_of_a_school_open),
        fixture_each_engine_migrated(a_moved_value_is_told_with_its_place),
        fixture_each_engine_migrated(a_column_without_a_line_is_told),
        fixture_each_engine_migrated(a_failing_database_is_no_verdict),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
