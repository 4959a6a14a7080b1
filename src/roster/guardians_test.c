/*
 * Whose parent somebody is no longer, by a roster: what ends, what stays, and what nobody may read
 * into a file that does not say it.
 */
#include "base/arena.h"
#include "base/str.h"
#include "guardian/guardian.h"
#include "pupil/pupil.h"
#include "roster/import_fixture.h"
#include "web/web_fixture.h"

static const struct apply_choices careful;
static const struct apply_choices bold = {.confirm_leaving = true};

static const char class_of_two[] =
    "<EDEX><school><schooljaar>2026-2027</schooljaar><peildatum>2026-09-01</peildatum></school>"
    "<groepen><groep key=\"A\"><naam>5A</naam><jaargroep>5</jaargroep></groep></groepen><leerlingen>"
    "<leerling key=\"1\"><achternaam>Linden</achternaam><roepnaam>Noor</roepnaam>"
    "<geboortedatum>2016-11-03</geboortedatum><jaargroep>5</jaargroep><groep key=\"A\"/></leerling>"
    "<leerling key=\"2\"><achternaam>Linden</achternaam><roepnaam>Sami</roepnaam>"
    "<geboortedatum>2016-02-28</geboortedatum><jaargroep>5</jaargroep><groep key=\"A\"/></leerling>"
    "</leerlingen></EDEX>";

static size_t parents_of(struct page_fixture *f, const char *call)
{
    struct pupil pupil = import_pupil_called(f, call);
    struct guardian *list = NULL;
    size_t count = 0;
    struct work *work = import_begin(f);
    assert_status(guardian_of_pupil(work, pupil.id, &list, &count), OK);
    page_undo(f);
    return count;
}

static struct guardian_id tie_by_hand(struct page_fixture *f, const char *call,
                                      enum guardian_information information)
{
    struct pupil pupil = import_pupil_called(f, call);
    struct guardian_draft draft = {
        .person = person_none(), .information = information, .reason = "uitspraak"};
    struct guardian_id id;
    draft.person.call = "Opa";
    assert_status(guardian_add(import_begin(f), pupil.id, &draft, &id), OK);
    page_commit(f);
    return id;
}

static void a_parent_who_is_no_longer_in_the_file_is_untied(void **state)
{
    struct page_fixture *f = *state;
    import_empty_school(f);
    struct roster roster = import_read_for(f, class_of_two);
    const char *both[] = {"1", "2"}, *first[] = {"1"};
    struct roster_guardian parents[] = {
        {.id = {.key = "K"},
         .name = {"Karin", "", "", "", "Linden", "Karin Linden", ""},
         .email = "",
         .role = "parent",
         .pupils = both,
         .pupil_count = 2},
        {.id = {.key = "J"},
         .name = {"Jan", "", "", "", "Linden", "Jan Linden", ""},
         .email = "",
         .role = "parent",
         .pupils = both,
         .pupil_count = 2},
    };
    roster.guardians = parents;
    roster.guardian_count = 2;
    roster.covers |= ROSTER_COVERS_GUARDIANS;
    struct plan plan = import_carry_out(f, &roster, &bold);
    assert_int_equal(plan.new_guardians, 2);
    assert_int_equal(parents_of(f, "Noor"), 2);
    (void)tie_by_hand(f, "Noor", INFORMATION_FULL);
    parents[0].pupils = first; /* Karin is no longer the second one's */
    parents[0].pupil_count = 1;
    plan = import_carry_out(f, &roster, &bold);
    assert_int_equal(plan.tie_count, 1);
    assert_int_equal(plan_left(&plan), 1);
    assert_true(plan_changes(&plan));
    assert_false(plan.many_leave);
    assert_int_equal(parents_of(f, "Noor"), 3);
    plan = import_carry_out(f, &roster, &bold);
    assert_false(plan_changes(&plan));
    /* A file without any parents says nothing about them; nor does one of next year, or a delta. */
    struct roster silent = roster;
    silent.guardian_count = 0;
    silent.covers &= ~(unsigned)ROSTER_COVERS_GUARDIANS;
    plan = import_carry_out(f, &silent, &bold);
    assert_int_equal(plan.tie_count, 0);
    struct roster ahead = roster;
    ahead.school_year = 2027;
    ahead.guardian_count = 1;
    plan = import_plan_of(f, &ahead);
    assert_true(plan.ahead);
    assert_int_equal(plan.tie_count, 0);
    /* One that cannot be told from another says nothing about the rest. */
    parents[1].id.unstable = true;
    plan = import_plan_of(f, &roster);
    assert_int_equal(plan.tie_count, 0);
    parents[1].id.unstable = false;
    /* Jan is gone altogether: of both. That is many of the three ties there are. */
    roster.guardian_count = 1;
    plan = import_plan_of(f, &roster);
    assert_int_equal(plan.tie_count, 2);
    assert_true(plan.many_leave);
    plan = import_carry_out(f, &roster, &bold);
    assert_int_equal(parents_of(f, "Noor"), 2); /* Karin by the file, and the one tied by hand */
    struct guardian_known *all = NULL;
    size_t count = 0;
    assert_status(guardian_everybody(import_begin(f), &all, &count), OK);
    page_undo(f);
    assert_int_equal(count, 3); /* nobody was erased */
}

static void what_was_decided_about_a_parent_no_file_takes_away(void **state)
{
    struct page_fixture *f = *state;
    import_empty_school(f);
    struct roster roster = import_read_for(f, class_of_two);
    const char *first[] = {"1"};
    struct roster_guardian parents[] = {
        {.id = {.key = "K"},
         .name = {"Karin", "", "", "", "Linden", "Karin Linden", ""},
         .email = "",
         .role = "parent",
         .pupils = first,
         .pupil_count = 1},
        {.id = {.key = "J"},
         .name = {"Jan", "", "", "", "Linden", "Jan Linden", ""},
         .email = "",
         .role = "parent",
         .pupils = first,
         .pupil_count = 1},
    };
    roster.guardians = parents;
    roster.guardian_count = 2;
    roster.covers |= ROSTER_COVERS_GUARDIANS;
    (void)import_carry_out(f, &roster, &careful);
    struct pupil noor = import_pupil_called(f, "Noor");
    struct guardian *list = NULL;
    size_t count = 0;
    struct work *work = import_begin(f);
    assert_status(guardian_of_pupil(work, noor.id, &list, &count), OK);
    for (size_t i = 0; i < count; i++) {
        struct guardian_draft nothing = {.person = list[i].person,
                                         .information = INFORMATION_NONE,
                                         .reason = "uitspraak van de rechter"};
        if (str_equal(list[i].person.call, "Jan"))
            assert_status(guardian_change(work, noor.id, list[i].id, &nothing), OK);
    }
    page_commit(f);
    roster.guardian_count = 1;
    struct plan plan = import_carry_out(f, &roster, &careful);
    assert_int_equal(plan.tie_count, 0);
    assert_int_equal(import_suspects(&plan, PLAN_TIE_DECIDED), 1);
    assert_int_equal(parents_of(f, "Noor"), 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        page_each_engine(a_parent_who_is_no_longer_in_the_file_is_untied),
        page_each_engine(what_was_decided_about_a_parent_no_file_takes_away),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
