#include "observation/observation_web.h"

#include "access/audit.h"
#include "base/str.h"
#include "note/note.h"
#include "web/web_fixture.h"

static const char *path_of(struct page_fixture *f, struct pupil_id pupil)
{
    return page_path(f, "/leerling/%s/observatie/%s", id_text(pupil.v).s,
                     id_text(id_new(&f->random)).s);
}

static struct page_answer *keep(struct page_fixture *f, enum page_role role, const char *path,
                                const char *body, const char *version, const char *back)
{
    return page_post(f, role, path, "kind", "strength", "body", body, "seen_on", "2026-11-24",
                     "version", version, "back", back, NULL);
}

/* As the script does: the same form, and an answer in JSON. `body` is percent-encoded. */
static struct page_answer *autosave(struct page_fixture *f, const char *path, const char *body,
                                    int version)
{
    const struct http_field headers[] = {{"X-Requested-With", "autosave"}};
    const char *form = page_path(f, "csrf=%s&kind=strength&body=%s&seen_on=2026-11-24&version=%d",
                                 page_csrf(f, PAGE_TEACHER), body, version);
    return page_send(f, PAGE_TEACHER, HTTP_POST, path, "application/x-www-form-urlencoded",
                     (struct bytes){(const uint8_t *)form, strlen(form)}, headers, 1);
}

static void autosave_says_when_and_which_version(void **state)
{
    struct page_fixture *f = *state;
    const char *path = path_of(f, f->pupil);
    struct page_answer *answer = autosave(f, path, "een", 0);
    assert_page_status(answer, 200);
    assert_string_equal(answer->content_type, "application/json");
    assert_string_equal(answer->body, "{\"saved_at\":\"10:05\",\"version\":1}");
    assert_string_equal(autosave(f, path, "een", 1)->body,
                        "{\"saved_at\":\"10:05\",\"version\":1}");
    assert_string_equal(autosave(f, path, "twee", 1)->body,
                        "{\"saved_at\":\"10:05\",\"version\":2}");
    assert_page_contains(page_get(f, PAGE_TEACHER, path), "twee");
    assert_page_contains(page_get(f, PAGE_TEACHER, path), "een"); /* among the earlier texts */
}

static void autosave_tells_both_texts_of_a_conflict(void **state)
{
    struct page_fixture *f = *state;
    const char *path = path_of(f, f->pupil);
    (void)autosave(f, path, "zei%3A+%22ja%22+%5C+%3Cb%3E%0D%0Aen+meer", 0);
    (void)autosave(f, path, "zei%3A+%22nee%22+%5C+%3Cb%3E%0D%0Aen+meer+%E2%80%A6", 1);
    struct page_answer *answer = autosave(f, path, "mijn+tekst", 1);
    assert_page_status(answer, 409);
    assert_string_equal(answer->content_type, "application/json");
    assert_string_equal(
        answer->body,
        "{\"conflict\":true,\"version\":2,\"theirs\":\"zei: \\u0022nee\\u0022 \\u005c "
        "<b>\\u000aen meer …\"}");
    assert_page_lacks(page_get(f, PAGE_TEACHER, path), "mijn tekst");
    assert_page_status(autosave(f, path, "mijn+tekst", 2), 200); /* seen, and kept over it */
}

static void autosave_tells_what_is_wrong(void **state)
{
    struct page_fixture *f = *state;
    struct page_answer *answer = autosave(f, path_of(f, f->pupil), "", 0);
    assert_page_status(answer, 422);
    assert_string_equal(answer->body, "{\"error\":\"Fill this in.\"}");
    answer = autosave(f, path_of(f, f->other_pupil), "x", 0);
    assert_page_status(answer, 404);
    assert_string_equal(answer->body, "{\"error\":true}");
    assert_string_equal(answer->content_type, "application/json");
}

static void a_conflict_without_script_shows_both_texts(void **state)
{
    struct page_fixture *f = *state;
    const char *path = path_of(f, f->pupil);
    assert_page_status(keep(f, PAGE_TEACHER, path, "een", "0", "dossier"), 303);
    assert_page_status(keep(f, PAGE_TEACHER, path, "twee <b>", "1", "dossier"), 303);
    struct page_answer *answer = keep(f, PAGE_TEACHER, path, "drie <i>", "1", "dossier");
    assert_page_status(answer, 409);
    assert_page_contains(answer, "Another text was kept meanwhile.");
    assert_page_contains(answer, "<blockquote>twee &lt;b&gt;</blockquote>");
    assert_page_contains(answer, "drie &lt;i&gt;</textarea>");
    assert_page_contains(answer, "name=\"version\" value=\"2\"");
    assert_page_status(keep(f, PAGE_TEACHER, path, "drie <i>", "2", "dossier"), 303);
    assert_int_equal(page_logged(f, AUDIT_OBSERVATION_CHANGED), 2);
}

static void what_is_wrong_stands_next_to_its_field(void **state)
{
    struct page_fixture *f = *state;
    const char *path = path_of(f, f->pupil);
    struct page_answer *answer =
        page_post(f, PAGE_TEACHER, path, "kind", "score", "body", "staat er nog", "seen_on",
                  "2026-11-25", "version", "0", NULL);
    assert_page_status(answer, 422);
    assert_page_contains(answer, "id=\"e-kind\"");
    assert_page_contains(answer, "Something is not right yet");
    assert_page_contains(answer, "staat er nog</textarea>");
    answer = page_post(f, PAGE_TEACHER, path, "kind", "worry", "body", "staat er nog", "seen_on",
                       "2026-11-25", "version", "0", NULL);
    assert_page_status(answer, 422);
    assert_page_contains(answer, "Choose today or a day before.");
    assert_page_contains(answer, "value=\"worry\" checked");
    assert_page_status(page_get(f, PAGE_TEACHER, path), 404); /* nothing was made */
}

static void everybody_comes_back_where_they_may_be(void **state)
{
    struct page_fixture *f = *state;
    const char *dossier = page_path(f, "/leerling/%s", id_text(f->pupil.v).s);
    const char *group = page_path(f, "/groep/%s", id_text(f->group.v).s);
    assert_page_goes_to(keep(f, PAGE_TEACHER, path_of(f, f->pupil), "x", "0", "dossier"), dossier);
    assert_page_goes_to(keep(f, PAGE_TEACHER, path_of(f, f->pupil), "x", "0", "group"), group);
    assert_page_goes_to(keep(f, PAGE_COORDINATOR, path_of(f, f->pupil), "x", "0", "group"), "/");
    const char *path = path_of(f, f->pupil);
    assert_page_goes_to(keep(f, PAGE_SUPPORT, path, "x", "0", "dossier"), group);
    assert_page_status(page_get(f, PAGE_SUPPORT, path), 200);
    assert_page_goes_to(page_post(f, PAGE_SUPPORT, page_path(f, "%s/weg", path), NULL), group);
    assert_page_goes_to(page_post(f, PAGE_SUPPORT, page_path(f, "%s/terug", path), NULL), group);
    assert_page_status(page_get(f, PAGE_SUPPORT, group), 200);
}

static void taken_off_and_put_back(void **state)
{
    struct page_fixture *f = *state;
    const char *path = path_of(f, f->pupil);
    const char *dossier = page_path(f, "/leerling/%s", id_text(f->pupil.v).s);
    assert_page_status(keep(f, PAGE_TEACHER, path, "even weg", "0", "dossier"), 303);
    struct page_answer *answer = page_post(f, PAGE_TEACHER, page_path(f, "%s/weg", path), NULL);
    assert_page_status(answer, 303);
    assert_true(str_starts(answer->location, dossier));
    answer = page_get(f, PAGE_TEACHER, answer->location);
    assert_page_lacks(answer, "even weg");
    assert_page_contains(answer, page_path(f, "%s/terug", path));
    assert_page_status(page_post(f, PAGE_TEACHER, page_path(f, "%s/weg", path), NULL), 404);
    assert_page_goes_to(page_post(f, PAGE_TEACHER, page_path(f, "%s/terug", path), NULL), dossier);
    assert_page_contains(page_get(f, PAGE_TEACHER, dossier), "even weg");
    /* By the path of another pupil nothing is found, taken off or put back. */
    const char *id = strrchr(path, '/');
    const char *crossed =
        page_path(f, "/leerling/%s/observatie%s", id_text(f->loose_pupil.v).s, id);
    assert_page_status(keep(f, PAGE_COORDINATOR, path_of(f, f->loose_pupil), "x", "0", "dossier"),
                       303);
    assert_page_status(page_get(f, PAGE_COORDINATOR, crossed), 404);
    assert_page_status(page_post(f, PAGE_COORDINATOR, page_path(f, "%s/weg", crossed), NULL), 404);
    assert_page_status(keep(f, PAGE_COORDINATOR, crossed, "x", "1", "dossier"), 404);
}

static void a_note_stays_with_its_pupil_and_its_author(void **state)
{
    struct page_fixture *f = *state;
    const char *notes = page_path(f, "/leerling/%s/notities", id_text(f->pupil.v).s);
    assert_page_goes_to(page_post(f, PAGE_TEACHER, notes, "body", "alleen voor Tessa", "ends_on",
                                  "2026-12-01", NULL),
                        notes);
    struct page_answer *page = page_get(f, PAGE_TEACHER, notes);
    assert_page_contains(page, "alleen voor Tessa");
    assert_page_lacks(page_get(f, PAGE_SUPPORT, notes), "alleen voor Tessa");
    assert_page_lacks(page_get(f, PAGE_COORDINATOR, notes), "alleen voor Tessa");
    assert_page_lacks(
        page_get(f, PAGE_TEACHER, page_path(f, "/leerling/%s", id_text(f->pupil.v).s)),
        "alleen voor Tessa");
    page =
        page_post(f, PAGE_TEACHER, notes, "body", "te lang bewaard", "ends_on", "2027-08-01", NULL);
    assert_page_status(page, 422);
    assert_page_contains(page, "Choose a day from today until the end of the school year.");
    assert_page_contains(page, "te lang bewaard</textarea>");
    assert_int_equal(page_logged(f, AUDIT_NOTE_KEPT), 1);
}

/* Whose path it is: a note about one pupil is not found under another. */
static void a_note_is_not_found_under_another_pupil(void **state)
{
    struct page_fixture *f = *state;
    struct working_note_id id;
    page_begin(f, PAGE_COORDINATOR);
    assert_status(note_add(&f->work, f->pupil, "over Noor", PAGE_TODAY, &id), OK);
    page_commit(f);
    const char *here = page_path(f, "/leerling/%s/notities", id_text(f->pupil.v).s);
    const char *there =
        page_path(f, "/leerling/%s/notities/%s", id_text(f->other_pupil.v).s, id_text(id.v).s);
    assert_page_status(page_post(f, PAGE_COORDINATOR, page_path(f, "%s/weg", there), NULL), 404);
    assert_page_status(
        page_post(f, PAGE_COORDINATOR, there, "body", "anders", "ends_on", "2026-12-01", NULL),
        404);
    assert_page_contains(page_get(f, PAGE_COORDINATOR, here), "over Noor");
    assert_page_goes_to(page_post(f, PAGE_COORDINATOR, page_path(f, "%s/%s", here, id_text(id.v).s),
                                  "body", "anders", "ends_on", "2026-12-01", NULL),
                        here);
    assert_page_lacks(page_get(f, PAGE_COORDINATOR, here), "over Noor");
    assert_page_goes_to(
        page_post(f, PAGE_COORDINATOR, page_path(f, "%s/%s/weg", here, id_text(id.v).s), NULL),
        here);
    assert_page_lacks(page_get(f, PAGE_COORDINATOR, here), "anders");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        page_each_engine(autosave_says_when_and_which_version),
        page_each_engine(autosave_tells_both_texts_of_a_conflict),
        page_each_engine(autosave_tells_what_is_wrong),
        page_each_engine(a_conflict_without_script_shows_both_texts),
        page_each_engine(what_is_wrong_stands_next_to_its_field),
        page_each_engine(everybody_comes_back_where_they_may_be),
        page_each_engine(taken_off_and_put_back),
        page_each_engine(a_note_stays_with_its_pupil_and_its_author),
        page_each_engine(a_note_is_not_found_under_another_pupil),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
