#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/str.h"
#include "roster/testing.h"

static int make_arena(void **state)
{
    *state = arena_new((size_t)64 * 1024 * 1024);
    return *state ? 0 : -1;
}

static int drop_arena(void **state)
{
    arena_free(*state);
    return 0;
}

static void assert_template(const struct roster *r)
{
    assert_true(roster_applicable(r));
    assert_int_equal(r->warning_count, 0);
    assert_int_equal(r->format, ROSTER_CSV);
    assert_int_equal(r->covers, ROSTER_COVERS_PUPILS | ROSTER_COVERS_GROUPS);
    assert_int_equal(r->pupil_count, 4);
    assert_int_equal(r->group_count, 2);
    assert_int_equal(r->staff_count, 1);
    assert_int_equal(r->school_year, 2025);
    const struct roster_pupil *noor = find_pupil(r, "004217");
    assert_string_equal(noor->name.display, "Noor van der Linden");
    assert_string_equal(date_text(noor->born).s, "2016-11-03");
    assert_string_equal(noor->home_group, "5a");
    assert_string_equal(date_text(find_pupil(r, "004218")->born).s, "2017-02-28");
    assert_string_equal(find_pupil(r, "004219")->name.display, "Elif \"Nur\" \u00d6zg\u00fcr");
    assert_int_equal(find_pupil(r, "004219")->year, ROSTER_YEAR_5);
    assert_string_equal(find_pupil(r, "004220")->name.call_name, "'t");
    assert_string_equal(find_pupil(r, "004220")->name.family_name, "Hart");
    assert_string_equal(find_group(r, "5a")->name, "5A");
    assert_int_equal(find_group(r, "5a")->year, ROSTER_YEAR_5);
    assert_int_equal(find_group(r, "3 4")->year, ROSTER_YEAR_COMBINED);
    assert_string_equal(r->staff[0].email, "e.bos@school.example");
    assert_int_equal(r->staff[0].group_count, 1);
    assert_string_equal(r->staff[0].groups[0].group, "5a");
}

static void the_template_reads_however_excel_wrote_it(void **state)
{
    static const char *const files[] = {"pupils.csv", "pupils-1252.csv", "pupils-tab-cr.csv"};
    for (size_t i = 0; i < ARRAY_LEN(files); i++) {
        struct roster r = read_path(*state, fixture_path(*state, files[i]));
        assert_template(&r);
    }
}

static void other_headers_are_understood_and_private_ones_dropped(void **state)
{
    struct roster r = read_path(*state, fixture_path(*state, "pupils-synonyms.csv"));
    assert_true(roster_applicable(&r));
    assert_int_equal(r.pupil_count, 2);
    assert_string_equal(find_pupil(&r, "12")->name.display, "Noor van der Linden");
    assert_string_equal(find_pupil(&r, "12")->home_group, "1a");
    assert_int_equal(count_dropped(&r, "bsn*"), 1);
    assert_int_equal(count_dropped(&r, "geslacht"), 2);
    assert_int_equal(count_dropped(&r, "postcode*"), 1);
    assert_int_equal(count_dropped(&r, "email"), 1);
    assert_nowhere(&r, "111222333");
    assert_nowhere(&r, "1234 AB");
}

static void a_staff_file_speaks_for_staff_only(void **state)
{
    struct roster r = read_path(*state, fixture_path(*state, "staff.csv"));
    assert_true(roster_applicable(&r));
    assert_int_equal(r.warning_count, 0);
    assert_int_equal(r.covers, ROSTER_COVERS_STAFF);
    assert_int_equal(r.staff_count, 2);
    assert_int_equal(r.pupil_count, 0);
    assert_string_equal(r.staff[0].id.key, "e.bos@school.example");
    assert_string_equal(r.staff[0].name.display, "E Bos");
    assert_string_equal(r.staff[0].role, "IB");
    assert_int_equal(r.staff[0].group_count, 2);
    assert_string_equal(r.staff[0].groups[1].group, "3 4");
    assert_string_equal(r.staff[1].name.display, "J de Jong");
}

struct defect {
    const char *file;
    enum roster_message message;
    unsigned line, column;
};

static void every_defect_is_named_with_its_place(void **state)
{
    static const struct defect defects[] = {
        {"csv-zeros-lost.csv", ROSTER_ZEROS_LOST, 0, 0},
        {"csv-mangled.csv", ROSTER_KEY_MANGLED, 2, 1},
        {"csv-foreign-date.csv", ROSTER_DATE_BAD, 2, 5},
        {"csv-year.csv", ROSTER_YEAR_NOT_LISTED, 2, 7},
        {"csv-wide-row.csv", ROSTER_CSV_ROW_WIDE, 2, 9},
        {"csv-short-row.csv", ROSTER_CSV_ROW_FILLED, 2, 0},
        {"csv-no-header.csv", ROSTER_CSV_HEADER_UNKNOWN, 1, 0},
        {"csv-no-number.csv", ROSTER_COLUMN_MISSING, 1, 0},
        {"csv-twice.csv", ROSTER_COLUMN_TWICE, 1, 3},
        {"csv-unknown-column.csv", ROSTER_COLUMN_UNKNOWN, 1, 4},
        {"csv-duplicate.csv", ROSTER_KEY_TWICE, 3, 0},
        {"csv-national.csv", ROSTER_KEY_NATIONAL, 2, 0},
        {"csv-unclosed.csv", ROSTER_CSV_QUOTE_OPEN, 2, 2},
        {"csv-after-quote.csv", ROSTER_CSV_QUOTE_TEXT, 2, 2},
        {"csv-nul.csv", ROSTER_CSV_NUL, 102, 2},
        {"csv-only-header.csv", ROSTER_NO_PUPILS, 0, 0},
        {"csv-bad-byte.csv", ROSTER_CSV_ENCODING, 2, 2},
    };
    for (size_t i = 0; i < ARRAY_LEN(defects); i++) {
        struct roster r = read_path(*state, fixture_path(*state, defects[i].file));
        const struct roster_problem *problem = find_problem(&r, defects[i].message);
        if (!problem || r.problem_count != 1)
            fail_msg("%s: %zu problems, first %d", defects[i].file, r.problem_count,
                     r.problem_count ? (int)r.problems[0].message : 0);
        if (problem->line != defects[i].line || problem->column != defects[i].column)
            fail_msg("%s: line %u column %u", defects[i].file, problem->line, problem->column);
        if (problem->severity == ROSTER_ERROR)
            assert_refused(&r);
        else
            assert_true(r.pupil_count > 0);
    }
}

static void problems_never_repeat_the_file(void **state)
{
    /* Without a header the first row is a person; the header list is for the screen only. */
    struct roster r = read_path(*state, fixture_path(*state, "csv-no-header.csv"));
    assert_nowhere(&r, "Linden");
    assert_nowhere(&r, "004217");
    assert_string_equal(r.header[3], "Linden");
}

static void a_mapping_replaces_the_header(void **state)
{
    static const char text[] = "a;b;c;bsn\n7;Noor;Linden;111222333\n";
    static const struct roster_column columns[] = {{1, ROSTER_FIELD_KEY},
                                                   {2, ROSTER_FIELD_CALL_NAME},
                                                   {3, ROSTER_FIELD_FAMILY_NAME},
                                                   {4, ROSTER_FIELD_GIVEN_NAMES}};
    struct roster_options options = {.columns = columns, .column_count = ARRAY_LEN(columns)};
    struct roster_source source = {.data = {(const uint8_t *)text, sizeof text - 1}};
    struct roster r;
    assert_int_equal(roster_read(*state, &source, &options, &r), OK);
    assert_true(roster_applicable(&r));
    assert_string_equal(r.pupils[0].name.display, "Noor Linden");
    assert_nowhere(&r, "111222333");
    assert_int_equal(count_dropped(&r, "bsn*"), 1);
}

static void formula_guards_come_off(void **state)
{
    struct roster r = roster_from_text(
        *state, "leerlingnummer;roepnaam;achternaam\n'-12;'=Noor;'s-Gravesande\n;;\n");
    assert_string_equal(r.pupils[0].id.key, "-12");
    assert_string_equal(r.pupils[0].name.call_name, "=Noor");
    assert_string_equal(r.pupils[0].name.family_name, "'s-Gravesande");
    assert_int_equal(r.pupil_count, 1); /* the row of nothing but separators is none */
}

static void lists_and_locations(void **state)
{
    struct roster r = roster_from_text(
        *state, "leerlingnummer;roepnaam;klas;lesgroepen;vestiging;uitstroomdatum\n"
                "1;Noor;1A;\"ne1, wi2,ne1\";Noord;1-9-2025\n"
                "2;Sami;1A;;noord;\n");
    assert_true(roster_applicable(&r));
    assert_int_equal(r.location_count, 1);
    assert_string_equal(r.pupils[1].location, "noord");
    assert_int_equal(r.pupils[0].other_group_count, 2);
    assert_int_equal(find_group(&r, "wi2")->kind, ROSTER_GROUP_OTHER);
    assert_true(r.pupils[0].left);
}

static void a_file_cut_off_anywhere_never_breaks_the_reader(void **state)
{
    struct buf whole;
    load_file(fixture_path(*state, "pupils.csv"), &whole);
    for (size_t len = 0; len < whole.len; len++) {
        struct arena_mark mark = arena_mark(*state);
        struct roster r = read_bytes(*state, whole.data, len);
        assert_true(r.error_count > 0 || r.pupil_count > 0);
        arena_rewind(*state, mark);
    }
    buf_free(&whole);
}

int main(void)
{
#define WITH_ARENA(test) cmocka_unit_test_setup_teardown(test, make_arena, drop_arena)
    const struct CMUnitTest tests[] = {
        WITH_ARENA(the_template_reads_however_excel_wrote_it),
        WITH_ARENA(other_headers_are_understood_and_private_ones_dropped),
        WITH_ARENA(a_staff_file_speaks_for_staff_only),
        WITH_ARENA(every_defect_is_named_with_its_place),
        WITH_ARENA(problems_never_repeat_the_file),
        WITH_ARENA(a_mapping_replaces_the_header),
        WITH_ARENA(formula_guards_come_off),
        WITH_ARENA(lists_and_locations),
        WITH_ARENA(a_file_cut_off_anywhere_never_breaks_the_reader),
    };
    return cmocka_run_group_tests_name("roster plain csv", tests, NULL, NULL);
}
