#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "roster/testing.h"

static int make_arena(void **state)
{
    *state = arena_new((size_t)128 * 1024 * 1024);
    return *state ? 0 : -1;
}

static int drop_arena(void **state)
{
    arena_free(*state);
    return 0;
}

static void a_good_file_is_read_completely(void **state)
{
    struct roster r = read_path(*state, fixture_path(*state, "edexml-good.xml"));
    assert_true(roster_applicable(&r));
    assert_int_equal(r.warning_count, 0);
    assert_int_equal(r.format, ROSTER_EDEXML);
    assert_int_equal(r.school_year, 2025);
    assert_string_equal(r.brin, "00QQ");
    assert_string_equal(r.location, "01");
    assert_string_equal(date_text(r.reference).s, "2025-10-01");
    assert_int_equal(r.covers, ROSTER_COVERS_GROUPS | ROSTER_COVERS_PUPILS | ROSTER_COVERS_STAFF);
    assert_int_equal(r.location_count, 1);
    assert_int_equal(r.group_count, 3);
    assert_int_equal(r.pupil_count, 6);
    assert_int_equal(r.staff_count, 1);
    assert_int_equal(find_group(&r, "PR")->kind, ROSTER_GROUP_COMBINED);
    assert_int_equal(find_group(&r, "G34")->kind, ROSTER_GROUP_HOME);
    assert_int_equal(find_group(&r, "G34")->year, ROSTER_YEAR_COMBINED);
}

static void a_pupil_keeps_what_the_file_says(void **state)
{
    struct roster r = read_path(*state, fixture_path(*state, "edexml-good.xml"));
    const struct roster_pupil *noor = find_pupil(&r, "004217");
    assert_non_null(noor);
    assert_string_equal(noor->name.display, "Noor van der Linden");
    assert_string_equal(noor->name.sort, "linden  van der  noor");
    assert_string_equal(date_text(noor->born).s, "2016-11-03");
    assert_string_equal(noor->home_group, "G5A");
    assert_int_equal(noor->other_group_count, 1);
    assert_string_equal(noor->other_groups[0], "PR");
    assert_string_equal(noor->location, "NW");
    assert_int_equal(noor->year, ROSTER_YEAR_5);
    assert_false(noor->left);
    /* Without a year of her own, the home group's holds. */
    assert_int_equal(find_pupil(&r, "004219")->year, ROSTER_YEAR_5);
    assert_string_equal(find_pupil(&r, "004219")->name.display, "Elif Nur \u00d6zg\u00fcr");
    assert_false(date_is_set(find_pupil(&r, "004218")->born));
    assert_true(find_pupil(&r, "004220")->left);
    assert_true(find_pupil(&r, "004221")->left);
    assert_false(find_pupil(&r, "004222")->left);
    assert_true(date_is_set(find_pupil(&r, "004222")->left_on));
}

static void forbidden_fields_are_dropped_and_named(void **state)
{
    struct roster r = read_path(*state, fixture_path(*state, "edexml-good.xml"));
    static const char *const dropped[] = {"bsn",   "postcodenl", "fotourl",
                                          "eckid", "emailadres", "geslacht"};
    for (size_t i = 0; i < ARRAY_LEN(dropped); i++)
        assert_int_equal(count_dropped(&r, dropped[i]), 1);
    static const char *const values[] = {"111222333", "1234AB", "foto.example", "ketenid", "noor@"};
    for (size_t i = 0; i < ARRAY_LEN(values); i++)
        assert_nowhere(&r, values[i]);
    /* The pupil inside a supplier's additions is nobody. */
    assert_nowhere(&r, "Niemand");
}

static void roles_are_suggestions(void **state)
{
    struct roster r = read_path(*state, fixture_path(*state, "edexml-good.xml"));
    assert_string_equal(r.staff[0].email, "e.bos@school.example");
    assert_string_equal(r.staff[0].role, "IB, rekencoach");
    assert_int_equal(r.staff[0].group_count, 2);
    assert_string_equal(r.staff[0].groups[0].role, "LRK, VAK");
    assert_string_equal(r.staff[0].groups[1].group, "PR");
    assert_string_equal(r.staff[0].groups[1].role, "");
}

static void an_uwlr_answer_reads_alike(void **state)
{
    struct roster r = read_path(*state, fixture_path(*state, "uwlr-answer.xml"));
    assert_true(roster_applicable(&r));
    assert_int_equal(r.pupil_count, 1);
    assert_string_equal(r.pupils[0].home_group, "G5A");
    assert_int_equal(r.pupils[0].year, ROSTER_YEAR_5);
    assert_int_equal(r.covers, ROSTER_COVERS_GROUPS | ROSTER_COVERS_PUPILS);
}

static void encodings_of_dutch_schools_are_read(void **state)
{
    static const char *const files[] = {"edexml-latin1.xml", "edexml-windows-1252.xml"};
    for (size_t i = 0; i < ARRAY_LEN(files); i++) {
        struct roster r = read_path(*state, fixture_path(*state, files[i]));
        assert_true(roster_applicable(&r));
        assert_string_equal(r.pupils[0].name.display, "Noor van \u2019t Br\u00fcll");
    }
    struct roster r = read_path(*state, fixture_path(*state, "edexml-utf16.xml"));
    assert_string_equal(r.pupils[0].name.family_name, "Br\u00fcll");
    r = read_path(*state, fixture_path(*state, "edexml-good-bom.xml"));
    assert_int_equal(r.pupil_count, 1);
}

struct defect {
    const char *file;
    enum roster_message message;
    unsigned line;
    const char *column_name;
};

static void every_defect_is_named_with_its_place(void **state)
{
    static const struct defect defects[] = {
        {"edexml-no-school.xml", ROSTER_SCHOOL_MISSING, 0, "school"},
        {"edexml-school-year-gap.xml", ROSTER_SCHOOL_YEAR_BAD, 3, "schooljaar"},
        {"edexml-brin.xml", ROSTER_BRIN_BAD, 3, "brincode"},
        {"edexml-year-not-listed.xml", ROSTER_YEAR_NOT_LISTED, 12, "jaargroep"},
        {"edexml-dangling-group.xml", ROSTER_GROUP_DANGLING, 11, "group"},
        {"edexml-dangling-location.xml", ROSTER_LOCATION_DANGLING, 11, "location"},
        {"edexml-dangling-staff.xml", ROSTER_GROUP_DANGLING, 15, "group"},
        {"edexml-duplicate-pupil.xml", ROSTER_KEY_TWICE, 13, "leerling key"},
        {"edexml-duplicate-group.xml", ROSTER_KEY_TWICE, 8, "groep key"},
        {"edexml-no-key.xml", ROSTER_KEY_MISSING, 11, "leerling key"},
        {"edexml-no-name.xml", ROSTER_NAME_MISSING, 11, "leerling"},
        {"edexml-foreign-date.xml", ROSTER_DATE_BAD, 12, "geboortedatum"},
        {"edexml-unborn.xml", ROSTER_BORN_UNLIKELY, 11, "birth date"},
        {"edexml-national-key.xml", ROSTER_KEY_NATIONAL, 11, "leerling key"},
        {"edexml-national-text.xml", ROSTER_TEXT_NATIONAL, 11, "roepnaam"},
        {"edexml-hash-key.xml", ROSTER_KEY_UNSTABLE, 0, ""},
        {"edexml-unknown-element.xml", ROSTER_XML_ELEMENT_UNKNOWN, 12, ""},
        {"edexml-group-no-name.xml", ROSTER_GROUP_NAME_MISSING, 6, "naam"},
        {"edexml-no-pupils.xml", ROSTER_NO_PUPILS, 0, "leerlingen"},
        {"edexml-doctype.xml", ROSTER_XML_DOCTYPE, 2, ""},
        {"edexml-entities.xml", ROSTER_XML_DOCTYPE, 2, ""},
        {"edexml-external-entity.xml", ROSTER_XML_DOCTYPE, 2, ""},
        {"edexml-unfinished.xml", ROSTER_XML_BROKEN, 7, ""},
        {"edexml-wrong-encoding.xml", ROSTER_XML_ENCODING, 11, ""},
        {"edexml-unknown-encoding.xml", ROSTER_XML_ENCODING, 1, ""},
        {"other.xml", ROSTER_XML_NOT_EDEXML, 0, ""},
    };
    for (size_t i = 0; i < ARRAY_LEN(defects); i++) {
        struct roster r = read_path(*state, fixture_path(*state, defects[i].file));
        const struct roster_problem *problem = find_problem(&r, defects[i].message);
        if (!problem)
            fail_msg("%s: problem %d not found", defects[i].file, (int)defects[i].message);
        assert_int_equal(r.problem_count, 1);
        if (problem->line != defects[i].line)
            fail_msg("%s: line %u", defects[i].file, problem->line);
        assert_string_equal(problem->column_name, defects[i].column_name);
        if (problem->severity == ROSTER_ERROR)
            assert_refused(&r);
        else
            assert_int_equal(r.pupil_count, 1);
    }
}

static void warnings_keep_the_pupil_and_drop_the_reference(void **state)
{
    struct roster r = read_path(*state, fixture_path(*state, "edexml-dangling-group.xml"));
    assert_string_equal(r.pupils[0].home_group, "");
    r = read_path(*state, fixture_path(*state, "edexml-year-not-listed.xml"));
    assert_int_equal(r.pupils[0].year, ROSTER_YEAR_UNKNOWN);
    assert_string_equal(r.pupils[0].year_text, "9");
    r = read_path(*state, fixture_path(*state, "edexml-hash-key.xml"));
    assert_true(r.pupils[0].id.unstable);
}

static struct roster read_with(struct arena *arena, const char *file,
                               const struct roster_options *options)
{
    struct roster r;
    struct roster_source source = {.path = fixture_path(arena, file)};
    assert_int_equal(roster_read(arena, &source, options, &r), OK);
    return r;
}

static void options_change_what_is_refused(void **state)
{
    struct roster r =
        read_with(*state, "edexml-no-school.xml", &(struct roster_options){.school_known = true});
    assert_true(roster_applicable(&r));
    assert_non_null(find_problem(&r, ROSTER_SCHOOL_ASSUMED));
    assert_int_equal(r.school_year, 0);

    r = read_with(*state, "edexml-good.xml", &(struct roster_options){.secondary = true});
    assert_int_equal(find_pupil(&r, "004217")->year, ROSTER_YEAR_15);
    assert_non_null(find_problem(&r, ROSTER_YEAR_SHIFTED));

    /* When all nine-digit keys pass the test, they are national numbers whatever anybody says. */
    r = read_with(*state, "edexml-national-key.xml",
                  &(struct roster_options){.own_nine_digit_keys = true});
    assert_refused(&r);
}

static void own_nine_digit_keys_may_pass_by_chance(void **state)
{
    static const char text[] =
        "<EDEX><school><schooljaar>2025-2026</schooljaar></school><leerlingen>"
        "<leerling key='111222333'><roepnaam>A</roepnaam></leerling>"
        "<leerling key='111222334'><roepnaam>B</roepnaam></leerling>"
        "</leerlingen></EDEX>";
    struct roster_source source = {.data = {(const uint8_t *)text, sizeof text - 1}};
    struct roster r;
    assert_int_equal(roster_read(*state, &source, &(struct roster_options){0}, &r), OK);
    assert_refused(&r);
    struct roster_options confirmed = {.own_nine_digit_keys = true};
    assert_int_equal(roster_read(*state, &source, &confirmed, &r), OK);
    assert_true(roster_applicable(&r));
    assert_non_null(find_problem(&r, ROSTER_KEY_NINE_DIGITS));
}

static void deep_nesting_stops(void **state)
{
    struct buf text;
    buf_init(&text, (size_t)1024 * 1024);
    buf_add_str(&text, "<EDEX>");
    for (int i = 0; i < 100000; i++)
        buf_add_str(&text, "<a>");
    struct roster r = read_bytes(*state, text.data, text.len);
    assert_non_null(find_problem(&r, ROSTER_XML_DEPTH));
    assert_refused(&r);
    buf_free(&text);
}

/* One huge piece of `filler` between two texts. */
static struct roster read_huge(struct arena *arena, const char *before, char filler, size_t len,
                               const char *after)
{
    size_t total = strlen(before) + len + strlen(after);
    char *text = malloc(total + 1);
    assert_non_null(text);
    (void)snprintf(text, total + 1, "%s", before);
    memset(text + strlen(before), filler, len);
    (void)snprintf(text + strlen(before) + len, strlen(after) + 1, "%s", after);
    struct roster r = read_bytes(arena, text, total);
    free(text);
    return r;
}

static void huge_texts_tags_and_files_stop(void **state)
{
    const size_t most = (size_t)50 * 1024 * 1024 - 256;
    static const char end[] = "</roepnaam></leerling></leerlingen></EDEX>";
    static const char start[] = "<EDEX><leerlingen><leerling key='1'><roepnaam>";
    struct roster r = read_huge(*state, start, 'x', most, end);
    assert_non_null(find_problem(&r, ROSTER_TEXT_TOO_LONG));
    r = read_huge(*state, "<EDEX><leerlingen><leerling key='1'><bsn>", 'x', most, end);
    assert_non_null(find_problem(&r, ROSTER_TEXT_TOO_LONG));
    r = read_huge(*state, "<EDEX><leerlingen><leerling key='", 'x', most,
                  "'/></leerlingen></EDEX>");
    assert_non_null(find_problem(&r, ROSTER_XML_TAG_TOO_LONG));
    r = read_huge(*state, "<EDEX><!--", 'x', most, "--></EDEX>");
    assert_non_null(find_problem(&r, ROSTER_XML_TAG_TOO_LONG));
    r = read_huge(*state, "<EDEX>", ' ', most + 512, "</EDEX>");
    assert_non_null(find_problem(&r, ROSTER_TOO_LARGE));
    assert_true(arena_used(*state) < (size_t)1024 * 1024);
}

static void many_pupils(struct buf *text, size_t count)
{
    buf_init(text, (size_t)64 * 1024 * 1024);
    buf_add_str(text, "<EDEX><school><schooljaar>2025-2026</schooljaar></school><groepen>");
    for (size_t i = 0; i < 800; i++)
        buf_printf(text, "<groep key='G%zu'><naam>Groep %zu</naam><jaargroep>5</jaargroep></groep>",
                   i, i);
    buf_add_str(text, "</groepen><leerlingen>");
    for (size_t i = 0; i < count; i++)
        buf_printf(text,
                   "<leerling key='%06zu'><achternaam>Linden</achternaam>"
                   "<voorvoegsel>van der</voorvoegsel><voornamen>Eleonora Maria</voornamen>"
                   "<roepnaam>Noor</roepnaam><geboortedatum>2016-11-03</geboortedatum>"
                   "<geslacht>2</geslacht><jaargroep>5</jaargroep><groep key='G%zu'/>"
                   "<postcodenl>1234AB</postcodenl>"
                   "<mutatiedatum>2025-09-01T10:00:00</mutatiedatum></leerling>\n",
                   i, i % 800);
    buf_add_str(text, "</leerlingen></EDEX>");
    assert_false(buf_failed(text));
}

static void twenty_thousand_pupils_fit_and_no_more(void **state)
{
    struct buf text;
    many_pupils(&text, ROSTER_PUPILS_MAX);
    struct roster r = read_bytes(*state, text.data, text.len);
    assert_true(roster_applicable(&r));
    assert_int_equal(r.pupil_count, ROSTER_PUPILS_MAX);
    assert_true(arena_used(*state) < (size_t)1536 * ROSTER_PUPILS_MAX);
    buf_free(&text);

    many_pupils(&text, ROSTER_PUPILS_MAX + 1);
    r = read_bytes(*state, text.data, text.len);
    assert_non_null(find_problem(&r, ROSTER_TOO_MANY));
    assert_refused(&r);
    buf_free(&text);
}

static void problems_are_counted_past_the_list(void **state)
{
    struct buf text;
    buf_init(&text, (size_t)1024 * 1024);
    buf_add_str(&text, "<EDEX><leerlingen>");
    for (int i = 0; i < 1000; i++)
        buf_add_str(&text,
                    "<leerling key='1'><roepnaam>A</roepnaam><jaargroep>x</jaargroep></leerling>");
    buf_add_str(&text, "</leerlingen></EDEX>");
    struct roster r = read_bytes(*state, text.data, text.len);
    assert_int_equal(r.warning_count, 1000);
    assert_int_equal(r.error_count, 1000); /* no school, and 999 keys that were used before */
    assert_int_equal(r.problem_count, 2 * ROSTER_PROBLEMS_MAX);
    buf_free(&text);
}

static void names_lose_invisible_characters(void **state)
{
    struct roster r = roster_from_text(
        *state,
        "<EDEX><school><schooljaar>2025-2026</schooljaar></school><leerlingen>"
        "<leerling key='1'><roepnaam> No\u202eor\u200b &#9; A&#xAD;nne\n</roepnaam></leerling>"
        "</leerlingen></EDEX>");
    assert_string_equal(r.pupils[0].name.call_name, "Noor A\u00adnne");
}

static void a_file_cut_off_anywhere_is_refused(void **state)
{
    struct buf whole;
    load_file(fixture_path(*state, "edexml-good.xml"), &whole);
    size_t end = whole.len;
    while (whole.data[end - 1] != '>')
        end--;
    for (size_t len = 0; len < end; len++) {
        struct arena_mark mark = arena_mark(*state);
        struct roster r = read_bytes(*state, whole.data, len);
        assert_refused(&r);
        arena_rewind(*state, mark);
    }
    buf_free(&whole);
}

int main(void)
{
#define WITH_ARENA(test) cmocka_unit_test_setup_teardown(test, make_arena, drop_arena)
    const struct CMUnitTest tests[] = {
        WITH_ARENA(a_good_file_is_read_completely),
        WITH_ARENA(a_pupil_keeps_what_the_file_says),
        WITH_ARENA(forbidden_fields_are_dropped_and_named),
        WITH_ARENA(roles_are_suggestions),
        WITH_ARENA(an_uwlr_answer_reads_alike),
        WITH_ARENA(encodings_of_dutch_schools_are_read),
        WITH_ARENA(every_defect_is_named_with_its_place),
        WITH_ARENA(warnings_keep_the_pupil_and_drop_the_reference),
        WITH_ARENA(options_change_what_is_refused),
        WITH_ARENA(own_nine_digit_keys_may_pass_by_chance),
        WITH_ARENA(deep_nesting_stops),
        WITH_ARENA(huge_texts_tags_and_files_stop),
        WITH_ARENA(twenty_thousand_pupils_fit_and_no_more),
        WITH_ARENA(problems_are_counted_past_the_list),
        WITH_ARENA(names_lose_invisible_characters),
        WITH_ARENA(a_file_cut_off_anywhere_is_refused),
    };
    return cmocka_run_group_tests_name("roster edexml", tests, NULL, NULL);
}
