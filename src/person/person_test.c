#include "person/person.h"

#include "base/arena.h"
#include "base/random.h"
#include "base/str.h"
#include "base/utf8.h"
#include "gen/dossier_sql.h"
#include "person/dossier.h"
#include "person/erasure.h"
#include "pupil/pupil.h"
#include "staff/staff.h"
#include "vault/vault.h"
#include "web/web_fixture.h"

static struct person named(const char *call, const char *given, const char *initials,
                           const char *prefix, const char *family)
{
    struct person person = person_none();
    person.call = call;
    person.given = given;
    person.initials = initials;
    person.prefix = prefix;
    person.family = family;
    return person;
}

static struct arena *arena_of(void **state)
{
    struct page_fixture *f = *state;
    return f->arena;
}

/* --- how a name is written ------------------------------------------------------------------------ */

static const struct {
    struct person person;
    const char *call, *full, *sort, *letters;
} names[] = {
    {{"Noor", "Noor Amina", "NA", "van der", "Linden", "", "", {0}},
     "Noor", "Noor van der Linden", "linden van der noor", "NL"},
    {{"", "Noor Amina", "NA", "", "Linden", "", "", {0}}, "Noor", "Noor Linden", "linden noor", "NL"},
    {{"", "", "NA", "", "Linden", "", "", {0}}, "NA", "NA Linden", "linden na", "NL"},
    {{"", "", "", "", "Linden", "", "", {0}}, "Linden", "Linden", "linden linden", "L"},
    {{"", "", "", "van", "Linden", "", "", {0}}, "Linden", "Linden", "linden van linden", "L"},
    {{"Noor", "", "", "", "", "", "", {0}}, "Noor", "Noor", "noor", "N"},
    {{"", "", "N", "", "", "", "", {0}}, "N", "N", "n", "N"},
    {{"Jan", "", "", "van 't", "Hek", "", "", {0}}, "Jan", "Jan van 't Hek", "hek van t jan", "JH"},
    {{"Özgür", "", "", "", "Çelik", "", "", {0}}, "Özgür", "Özgür Çelik", "celik ozgur", "ÖÇ"},
    {{"🦊", "", "", "", "Vos", "", "", {0}}, "🦊", "🦊 Vos", "vos 🦊", "🦊V"},
    {{"Ijsbrand", "", "", "", "IJzer", "", "", {0}}, "Ijsbrand", "Ijsbrand IJzer", "ijzer ijsbrand", "II"},
    {{"Anne-Fleur", "", "", "", "Bakker - de Boer", "", "", {0}},
     "Anne-Fleur", "Anne-Fleur Bakker - de Boer", "bakker de boer anne fleur", "AB"},
    {{"", "", "", "", "", "", "", {0}}, "", "", "", ""},
};

static void a_name_is_written_as_the_table_says(void **state)
{
    struct arena *arena = arena_of(state);
    for (size_t i = 0; i < ARRAY_LEN(names); i++) {
        const struct person *person = &names[i].person;
        assert_string_equal(person_call(arena, person), names[i].call);
        assert_string_equal(person_full(arena, person), names[i].full);
        assert_string_equal(person_sort_key(arena, person), names[i].sort);
        assert_string_equal(person_letters(arena, person), names[i].letters);
        assert_true(utf8_valid(names[i].letters, strlen(person_letters(arena, person))));
    }
}

static void lists_sort_by_family_name_then_prefix_then_call_name(void **state)
{
    struct arena *arena = arena_of(state);
    const struct person sorted[] = {
        named("Zoë", "", "", "", "Bakker"),     named("Ali", "", "", "de", "Boer"),
        named("Ali", "", "", "den", "Boer"),    named("Éva", "", "", "den", "Boer"),
        named("Noor", "", "", "van der", "Linden"), named("Sem", "", "", "", "Ünal"),
        named("Sem", "", "", "", "Vos"),
    };
    for (size_t i = 1; i < ARRAY_LEN(sorted); i++)
        assert_true(strcmp(person_sort_key(arena, &sorted[i - 1]), person_sort_key(arena, &sorted[i])) < 0);
}

static void somebody_has_a_name_that_can_be_stored(void **state)
{
    struct arena *arena = arena_of(state);
    char *most = arena_alloc(arena, PERSON_NAME_MAX * 4 + 5);
    for (size_t i = 0; i < PERSON_NAME_MAX; i++)
        memcpy(most + 4 * i, "🦊", 4);
    const char *more = arena_printf(arena, "%sx", most);
    struct person person = person_none();
    assert_false(person_valid(&person));
    person.prefix = "van der";
    person.email = "noor@school.example";
    person.number = "00412";
    assert_false(person_valid(&person)); /* a prefix, an address and a number are no name */
    const char **parts[] = {&person.call, &person.given, &person.initials, &person.family};
    for (size_t i = 0; i < ARRAY_LEN(parts); i++) {
        *parts[i] = " \t";
        assert_false(person_valid(&person));
        *parts[i] = most;
        assert_true(person_valid(&person));
        *parts[i] = more;
        assert_false(person_valid(&person));
        *parts[i] = "";
    }
    person.call = "Noor";
    const char **all[] = {&person.given, &person.prefix, &person.family, &person.email, &person.number};
    for (size_t i = 0; i < ARRAY_LEN(all); i++) {
        const char *before = *all[i];
        *all[i] = "met\x1fteken";
        assert_false(person_valid(&person));
        *all[i] = more;
        assert_false(person_valid(&person));
        *all[i] = before;
        assert_true(person_valid(&person));
    }
}

/* --- sealed --------------------------------------------------------------------------------------- */

static void a_profile_comes_back_as_it_was(void **state)
{
    struct page_fixture *f = *state;
    char *most = arena_alloc(f->arena, PERSON_NAME_MAX + 1);
    memset(most, 'w', PERSON_NAME_MAX);
    const struct person people[] = {
        {"Noor", "Noor Amina", "NA", "van 't", "Linden", "a@b.example", "00412", {2019, 3, 14}},
        {"Noor", "", "", "", "", "", "", {0}},
        {"🦊", "", "", "", "O'Neill \"Rex\" <b>", "", "", {2024, 2, 29}},
        {most, most, most, most, most, most, most, {1, 1, 1}},
    };
    struct vault_key key = {{7}};
    for (size_t i = 0; i < ARRAY_LEN(people); i++) {
        struct sealed sealed;
        struct person back;
        assert_status(person_seal(&key, &f->random, f->arena, PERSON_PUPIL, f->school, 5, &people[i], &sealed), OK);
        assert_status(person_open(&key, f->arena, PERSON_PUPIL, f->school, 5, sealed, &back), OK);
        const struct person *was = &people[i];
        assert_string_equal(back.call, was->call);
        assert_string_equal(back.given, was->given);
        assert_string_equal(back.initials, was->initials);
        assert_string_equal(back.prefix, was->prefix);
        assert_string_equal(back.family, was->family);
        assert_string_equal(back.email, was->email);
        assert_string_equal(back.number, was->number);
        assert_int_equal(date_compare(back.birth, was->birth), 0);
        /* In another place it does not open. */
        struct school_id other = {f->school.v + 1};
        assert_status(person_open(&key, f->arena, PERSON_STAFF, f->school, 5, sealed, &back), ERR_CORRUPT);
        assert_status(person_open(&key, f->arena, PERSON_PUPIL, other, 5, sealed, &back), ERR_CORRUPT);
        assert_status(person_open(&key, f->arena, PERSON_PUPIL, f->school, 6, sealed, &back), ERR_CORRUPT);
    }
}

static void a_text_that_is_no_profile_is_corrupt(void **state)
{
    struct page_fixture *f = *state;
    struct vault_key key = {{7}};
    struct vault_place place = {.column = "pupil.profile", .school = f->school.v, .row = 5};
    static const struct {
        const char *text;
        enum status expected;
    } cases[] = {
        {"", ERR_CORRUPT},
        {"Noor", ERR_CORRUPT},
        {"a\x1f" "b\x1f" "c\x1f" "d\x1f" "e\x1f" "f\x1f" "g", ERR_CORRUPT},
        {"a\x1f" "b\x1f" "c\x1f" "d\x1f" "e\x1f" "f\x1f" "g\x1f" "morgen", ERR_CORRUPT},
        {"a\x1f" "b\x1f" "c\x1f" "d\x1f" "e\x1f" "f\x1f" "g\x1f", OK},
        {"a\x1f" "b\x1f" "c\x1f" "d\x1f" "e\x1f" "f\x1f" "g\x1f" "2019-01-02\x1f" "later", OK},
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct sealed sealed;
        struct person back;
        assert_status(vault_seal(&key, &f->random, f->arena, place, cases[i].text, strlen(cases[i].text), &sealed), OK);
        assert_status(person_open(&key, f->arena, PERSON_PUPIL, f->school, 5, sealed, &back), cases[i].expected);
    }
}

static void memory_that_runs_out_seals_nothing(void **state)
{
    struct page_fixture *f = *state;
    struct vault_key key = {{7}};
    struct arena *small = arena_new(1 << 20);
    for (size_t nth = 1;; nth++) {
        struct sealed sealed;
        struct person back;
        arena_reset(small);
        arena_fail_at(small, nth);
        enum status st = person_seal(&key, &f->random, small, PERSON_PUPIL, f->school, 5,
                                     &names[0].person, &sealed);
        if (st == OK)
            st = person_open(&key, small, PERSON_PUPIL, f->school, 5, sealed, &back);
        if (st == OK && !arena_failed(small))
            break;
        assert_status(st, ERR_NOMEM);
        assert_true(nth < 20);
    }
    arena_free(small);
}

/* --- erased --------------------------------------------------------------------------------------- */

static void who_is_erased_is_a_gap_in_lists_and_not_there_alone(void **state)
{
    struct page_fixture *f = *state;
    struct vault_key key;
    struct sql_dossier_find row;
    page_begin(f, PAGE_NOBODY);
    assert_status(dossier_open(&f->work, f->pupil.v, &key), OK);
    assert_status(sql_dossier_find(f->db, f->arena, f->school, f->pupil.v, &row), OK);
    assert_status(dossier_open(&f->work, id_new(&f->random), &key), ERR_NOT_FOUND);
    assert_status(dossier_open(&f->work, f->strange_pupil.v, &key), ERR_NOT_FOUND);
    assert_status(dossier_erase(&f->work, f->pupil.v), OK);
    assert_status(dossier_open(&f->work, f->pupil.v, &key), ERR_ERASED);
    page_commit(f);
    size_t slots = 0;
    assert_status(erasure_finish(&f->work, &slots), OK);
    assert_int_equal(slots, 1);
    page_begin(f, PAGE_NOBODY);
    /* With the wrapped key from a backup: the keyring has no secret for it any more. */
    struct person back;
    struct sealed anything = {(const uint8_t *)"x", 1};
    assert_status(vault_dossier_open(f->app.vault, f->school, row.slot, row.key_wrapped, &key), ERR_ERASED);
    assert_status(person_open_with(&f->work, PERSON_PUPIL, f->school, f->pupil.v, row.slot,
                                   row.key_wrapped, anything, &back), OK);
    assert_string_equal(person_full(f->arena, &back), "");
    assert_status(person_open_with(&f->work, PERSON_PUPIL, f->school, f->pupil.v, row.slot,
                                   (struct bytes){NULL, 0}, anything, &back), OK);
    assert_string_equal(person_full(f->arena, &back), "");
    assert_status(dossier_erase(&f->work, id_new(&f->random)), ERR_NOT_FOUND);
    page_commit(f);
}

static void a_change_wants_somebody_of_that_kind(void **state)
{
    struct page_fixture *f = *state;
    struct person person = named("Kees", "", "", "", "Kaas");
    struct pupil_id not_a_pupil = {f->staff[PAGE_TEACHER].v};
    struct staff_id not_staff = {f->pupil.v};
    page_begin(f, PAGE_NOBODY);
    assert_status(pupil_change(&f->work, not_a_pupil, &person, 7), ERR_NOT_FOUND);
    page_undo(f);
    page_begin(f, PAGE_NOBODY);
    assert_status(staff_change(&f->work, not_staff, &person), ERR_NOT_FOUND);
    page_undo(f);
    page_begin(f, PAGE_NOBODY);
    assert_status(pupil_change(&f->work, f->pupil, &person, 8), OK);
    struct pupil pupil;
    assert_status(pupil_find(&f->work, f->pupil, &pupil), OK);
    assert_string_equal(person_full(f->arena, &pupil.person), "Kees Kaas");
    page_undo(f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        page_each_engine(a_name_is_written_as_the_table_says),
        page_each_engine(lists_sort_by_family_name_then_prefix_then_call_name),
        page_each_engine(somebody_has_a_name_that_can_be_stored),
        page_each_engine(a_profile_comes_back_as_it_was),
        page_each_engine(a_text_that_is_no_profile_is_corrupt),
        page_each_engine(memory_that_runs_out_seals_nothing),
        page_each_engine(who_is_erased_is_a_gap_in_lists_and_not_there_alone),
        page_each_engine(a_change_wants_somebody_of_that_kind),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
