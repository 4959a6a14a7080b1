#include "access/audit.h"
#include "base/arena.h"
#include "base/str.h"
#include "note/note.h"
#include "observation/observation.h"
#include "search/search.h"
#include "web/web_fixture.h"

static void observe(struct page_fixture *f, struct pupil_id pupil, const char *body)
{
    const struct observation_draft draft = {OBSERVATION_STRENGTH, PAGE_TODAY, body};
    page_begin(f, PAGE_COORDINATOR);
    assert_status(
        observation_add(&f->work, pupil, (struct observation_id){id_new(&f->random)}, &draft), OK);
    page_commit(f);
}

static const char *dossier(struct page_fixture *f, struct pupil_id pupil, const char *page)
{
    return page_path(f, "/leerling/%s%s", id_text(pupil.v).s, page);
}

static void what_is_found_is_shown_marked_and_logged(void **state)
{
    struct page_fixture *f = *state;
    observe(f, f->pupil, "Je rekende <b>rustig</b> door.");
    struct page_answer *answer = page_post(f, PAGE_TEACHER, "/zoeken", "q", "RUST", NULL);
    assert_page_status(answer, 200);
    assert_page_contains(answer, "&lt;b&gt;<mark>rustig</mark>&lt;/b&gt;");
    assert_page_contains(answer, "Noor van der Linden");
    assert_page_contains(answer, "1 place");
    assert_page_contains(answer, page_path(f, "href=\"%s\"", dossier(f, f->pupil, "")));
    assert_null(page_header(answer, "Location")); /* the words go into no address */
    page_drain(f);
    assert_int_equal(page_logged(f, AUDIT_DOSSIER_SEARCHED), 1);
    /* Nothing found, and a name without a word of the dossier, is no reading. */
    assert_page_contains(page_post(f, PAGE_OTHER_TEACHER, "/zoeken", "q", "rustig", NULL),
                         "Nothing was found.");
    assert_page_contains(page_post(f, PAGE_ADMINISTRATOR, "/zoeken", "q", "noor", NULL),
                         "Noor van der Linden");
    assert_page_lacks(page_post(f, PAGE_ADMINISTRATOR, "/zoeken", "q", "rustig", NULL), "door");
    page_drain(f);
    assert_int_equal(page_logged(f, AUDIT_DOSSIER_SEARCHED), 1);
}

static void the_form_says_what_is_wrong(void **state)
{
    struct page_fixture *f = *state;
    struct page_answer *answer = page_post(f, PAGE_TEACHER, "/zoeken", "q", "", NULL);
    assert_page_status(answer, 422);
    answer = page_post(f, PAGE_TEACHER, "/zoeken", "q", "x", NULL);
    assert_page_status(answer, 422);
    assert_page_contains(answer, "Type a word of two letters or more.");
    assert_page_status(page_post(f, PAGE_TEACHER, "/zoeken", "q", "noor", "soort", "geheim", NULL),
                       422);
    assert_page_status(page_post(f, PAGE_TEACHER, "/zoeken", "q", "noor", "vanaf", "-1", NULL),
                       422);
    assert_page_status(page_post_forged(f, PAGE_TEACHER, "/zoeken", "q", "noor", NULL), 403);
}

static void one_dossier_is_looked_through(void **state)
{
    struct page_fixture *f = *state;
    for (int i = 0; i < SEARCH_EACH + 3; i++)
        observe(f, f->pupil, page_path(f, "Je rekende rustig, keer %d.", i));
    observe(f, f->other_pupil, "Je rekende rustig.");
    struct page_answer *answer = page_post(f, PAGE_COORDINATOR, "/zoeken", "q", "rustig", NULL);
    assert_page_contains(answer, "8 places in 2 dossiers");
    assert_page_contains(answer, "3 more places in this dossier");
    answer = page_post(f, PAGE_COORDINATOR, dossier(f, f->pupil, "/zoeken"), "q", "rustig", NULL);
    assert_page_contains(answer, "7 places");
    assert_page_contains(answer, "keer 0");
    assert_page_lacks(answer, "Sem");
    assert_page_contains(page_post(f, PAGE_COORDINATOR, dossier(f, f->pupil, "/zoeken"), "q",
                                   "rustig", "soort", "doel", NULL),
                         "Nothing was found.");
    assert_page_status(
        page_post(f, PAGE_TEACHER, dossier(f, f->other_pupil, "/zoeken"), "q", "rustig", NULL),
        404);
    /* The dossier offers it. */
    assert_page_contains(page_get(f, PAGE_TEACHER, dossier(f, f->pupil, "")),
                         dossier(f, f->pupil, "/zoeken"));
}

static void more_dossiers_come_when_asked_for(void **state)
{
    struct page_fixture *f = *state;
    observe(f, f->pupil, "Je rekende rustig.");
    observe(f, f->other_pupil, "Je rekende rustig.");
    struct page_answer *answer =
        page_post(f, PAGE_COORDINATOR, "/zoeken", "q", "rustig", "vanaf", "1", NULL);
    assert_page_contains(answer, "<mark>rustig</mark>");
    page_drain(f);
    assert_int_equal(page_logged(f, AUDIT_DOSSIER_SEARCHED), 1); /* of the one that is shown */
    assert_page_lacks(answer, "name=\"vanaf\"");
}

static void own_notes_are_no_reading_of_a_dossier(void **state)
{
    struct page_fixture *f = *state;
    struct working_note_id id;
    page_begin(f, PAGE_TEACHER);
    assert_status(note_add(&f->work, f->pupil, "nabellen", PAGE_TODAY, &id), OK);
    page_commit(f);
    assert_page_contains(page_post(f, PAGE_TEACHER, "/zoeken", "q", "nabellen", NULL),
                         "<mark>nabellen</mark>");
    assert_page_lacks(page_post(f, PAGE_COORDINATOR, "/zoeken", "q", "nabellen", NULL), "<mark>");
    page_drain(f);
    assert_int_equal(page_logged(f, AUDIT_DOSSIER_SEARCHED), 0);
}

static void the_box_is_there_for_staff(void **state)
{
    struct page_fixture *f = *state;
    assert_page_contains(page_get(f, PAGE_TEACHER, "/"), "action=\"/zoeken\"");
    assert_page_contains(page_get(f, PAGE_PRINCIPAL, "/zoeken"), "You have no dossiers to read.");
    assert_page_lacks(page_get(f, PAGE_PUPIL, "/ik"), "/zoeken");
    assert_page_lacks(page_get(f, PAGE_NOBODY, "/aanmelden"), "/zoeken");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        page_each_engine(what_is_found_is_shown_marked_and_logged),
        page_each_engine(the_form_says_what_is_wrong),
        page_each_engine(one_dossier_is_looked_through),
        page_each_engine(more_dossiers_come_when_asked_for),
        page_each_engine(own_notes_are_no_reading_of_a_dossier),
        page_each_engine(the_box_is_there_for_staff),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
