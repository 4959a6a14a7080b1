/* Evidence of a goal: who brings it, who sees it, who takes it away, and what is none. */
#include "answer/image_fixture.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"
#include "goal/evidence.h"
#include "goal/goal.h"
#include "web/web_fixture.h"

#define EDGE "----weerklankproef"
#define DRAWING "AAAAAA" /* one black dot in the corner */

static const char *id_for(struct page_fixture *f)
{
    return arena_strdup(f->arena, id_text(id_new(&f->random)).s);
}

/* A goal of Noor's that she set herself. */
static const char *set_goal(struct page_fixture *f)
{
    const char *id = id_for(f);
    assert_page_status(page_post(f, PAGE_PUPIL, page_path(f, "/ik/doelen/%s", id), "soon",
                                 "veters strikken", NULL),
                       303);
    return id;
}

static void part(struct buf *body, const char *name, const char *value)
{
    buf_printf(body, "--" EDGE "\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n",
               name, value);
}

static struct page_answer *bring(struct page_fixture *f, enum page_role role, const char *goal,
                                 const char *fresh, const char *text, const char *drawing,
                                 struct bytes file)
{
    struct buf body;
    buf_init(&body, 16 << 20);
    part(&body, "csrf", page_csrf(f, role));
    part(&body, "fresh", fresh);
    part(&body, "a", drawing);
    part(&body, "a.text", text);
    buf_add_str(&body, "--" EDGE "\r\nContent-Disposition: form-data; name=\"file\"; "
                       "filename=\"IMG_1.jpg\"\r\nContent-Type: image/jpeg\r\n\r\n");
    buf_add(&body, (const char *)file.data, file.len);
    buf_add_str(&body, "\r\n--" EDGE "--\r\n");
    const char *base =
        role == PAGE_PUPIL ? "/ik" : page_path(f, "/leerling/%s", id_text(f->pupil.v).s);
    struct page_answer *page =
        page_send(f, role, HTTP_POST, page_path(f, "%s/doelen/%s/bewijs", base, goal),
                  "multipart/form-data; boundary=" EDGE,
                  (struct bytes){(const uint8_t *)body.data, body.len}, NULL, 0);
    buf_free(&body);
    return page;
}

static const struct bytes no_file = {(const uint8_t *)"", 0};

/* The goal's page for staff and for the pupil. */
static struct page_answer *goal_page(struct page_fixture *f, enum page_role role, const char *goal)
{
    return page_get(f, role,
                    role == PAGE_PUPIL
                        ? page_path(f, "/ik/doelen/%s", goal)
                        : page_path(f, "/leerling/%s/doelen/%s", id_text(f->pupil.v).s, goal));
}

static const char *photo_on(struct page_fixture *f, struct page_answer *page)
{
    static const char before[] = "<p class=\"photo\"><a href=\"";
    const char *at = strstr(page->body, before);
    assert_non_null(at);
    at += strlen(before);
    return arena_strndup(f->arena, at, strcspn(at, "\""));
}

static void a_pupil_brings_a_photo_and_who_may_sees_it(void **state)
{
    struct page_fixture *f = *state;
    const char *goal = set_goal(f);
    assert_page_contains(goal_page(f, PAGE_PUPIL, goal), "Show that it works");
    assert_page_goes_to(
        bring(f, PAGE_PUPIL, goal, id_for(f), "mijn schoenen", "", fixture_jpeg(f->arena, true, 1)),
        page_path(f, "/ik/doelen/%s?ok=bewaard", goal));
    const char *own = photo_on(f, goal_page(f, PAGE_PUPIL, goal));
    struct page_answer *seen = page_get(f, PAGE_PUPIL, own);
    assert_page_status(seen, 200);
    assert_string_equal(seen->content_type, "image/jpeg");
    assert_null(memmem(seen->body, seen->len, FIXTURE_SECRET, strlen(FIXTURE_SECRET)));
    struct page_answer *page = goal_page(f, PAGE_TEACHER, goal);
    assert_page_contains(page, "mijn schoenen");
    const char *at = photo_on(f, page);
    assert_page_status(page_get(f, PAGE_TEACHER, at), 200);
    assert_page_status(page_get(f, PAGE_COORDINATOR, at), 200);
    assert_page_status(page_get(f, PAGE_OTHER_TEACHER, at), 404);
    assert_page_status(page_get(f, PAGE_STRANGER, at), 404);
    const char *other = set_goal(f); /* nor by the address of another goal */
    assert_page_status(
        page_get(f, PAGE_PUPIL, page_path(f, "/ik/doelen/%s%s", other, strstr(own, "/bewijs"))),
        404);
    page_drain(f);
    assert_int_equal(page_logged(f, AUDIT_ATTACHMENT_SEEN), 3);
}

static void what_a_pupil_brought_only_the_pupil_takes_away(void **state)
{
    struct page_fixture *f = *state;
    const char *goal = set_goal(f), *step = id_for(f);
    assert_page_status(
        bring(f, PAGE_PUPIL, goal, step, "kijk", DRAWING, fixture_png(f->arena, false)), 303);
    const char *at = photo_on(f, goal_page(f, PAGE_TEACHER, goal));
    assert_page_contains(goal_page(f, PAGE_TEACHER, goal), "<path class=\"ink0\"");
    assert_page_lacks(goal_page(f, PAGE_TEACHER, goal), "Take away what was shown");
    const char *away =
        page_path(f, "/leerling/%s/doelen/%s/bewijs/weg", id_text(f->pupil.v).s, goal);
    assert_page_status(page_post(f, PAGE_TEACHER, away, "step", step, NULL), 403);
    assert_page_status(page_get(f, PAGE_TEACHER, at), 200);
    assert_page_contains(goal_page(f, PAGE_PUPIL, goal), "Take away what was shown");
    const char *own = page_path(f, "/ik/doelen/%s/bewijs/weg", goal);
    assert_page_goes_to(page_post(f, PAGE_PUPIL, own, "step", step, NULL),
                        page_path(f, "/ik/doelen/%s?ok=weggehaald", goal));
    assert_page_status(page_get(f, PAGE_TEACHER, at), 404);
    assert_page_lacks(goal_page(f, PAGE_TEACHER, goal), "kijk");
    assert_page_status(page_post(f, PAGE_PUPIL, own, "step", step, NULL), 404);
    assert_page_status(bring(f, PAGE_PUPIL, goal, step, "nog eens", "", no_file), 303);
    assert_page_lacks(goal_page(f, PAGE_PUPIL, goal), "nog eens"); /* its id is not used again */
}

static void staff_note_what_was_shown(void **state)
{
    struct page_fixture *f = *state;
    const char *goal = set_goal(f), *step = id_for(f);
    assert_page_status(bring(f, PAGE_TEACHER, goal, step, "deed het voor aan Sem", "", no_file),
                       303);
    assert_page_status(bring(f, PAGE_TEACHER, goal, step, "deed het voor aan Sem", "", no_file),
                       303);
    struct page_answer *page = goal_page(f, PAGE_TEACHER, goal);
    const char *first = strstr(page->body, "deed het voor aan Sem");
    assert_non_null(first);
    assert_null(strstr(first + 1, "deed het voor aan Sem")); /* twice sent is once brought */
    assert_page_contains(page_get(f, PAGE_PUPIL, page_path(f, "/ik/doelen/%s", goal)),
                         "deed het voor aan Sem");
    assert_page_status(bring(f, PAGE_OTHER_TEACHER, goal, id_for(f), "x", "", no_file), 404);
}

static void what_shows_nothing_is_said_at_the_field(void **state)
{
    struct page_fixture *f = *state;
    const char *goal = set_goal(f);
    const struct bytes script = {(const uint8_t *)"<svg onload=x>", 14};
    struct page_answer *page = bring(f, PAGE_PUPIL, goal, id_for(f), " ", "", no_file);
    assert_page_status(page, 422);
    assert_page_contains(page, "Add a photo or a drawing, or write what you showed.");
    page = bring(f, PAGE_PUPIL, goal, id_for(f), "mijn woorden", "", script);
    assert_page_status(page, 422);
    assert_page_contains(page, "Choose a photo (JPEG, PNG or WebP) or a PDF.");
    assert_page_contains(page, "mijn woorden");
    page = bring(f, PAGE_PUPIL, goal, id_for(f), "mijn woorden", "geen tekening!", no_file);
    assert_page_status(page, 422);
    assert_page_lacks(goal_page(f, PAGE_PUPIL, goal), "mijn woorden");
}

static void the_rule_holds_without_a_page(void **state)
{
    struct page_fixture *f = *state;
    struct goal_id goal = {0}, other = {0};
    const struct evidence_draft words = {"gezien", "", no_file};
    assert_status(id_parse(set_goal(f), &goal.v), OK);
    assert_status(id_parse(set_goal(f), &other.v), OK);
    struct work *work = page_begin(f, PAGE_PUPIL);
    struct goal_step_id step = {work_new_id(work)};
    assert_status(evidence_add(work, goal, step, &words), OK);
    assert_status(evidence_add(work, other, step, &words), ERR_CONFLICT);
    assert_status(evidence_remove(work, other, step), ERR_NOT_FOUND);
    for (int i = 1; i < EVIDENCE_MAX; i++)
        assert_status(evidence_add(work, goal, (struct goal_step_id){work_new_id(work)}, &words),
                      OK);
    assert_status(evidence_add(work, goal, (struct goal_step_id){work_new_id(work)}, &words),
                  ERR_LIMIT);
    page_commit(f);
    work = page_begin(f, PAGE_OTHER_TEACHER);
    assert_status(evidence_add(work, goal, (struct goal_step_id){work_new_id(work)}, &words),
                  ERR_NOT_FOUND);
    page_commit(f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        page_each_engine(a_pupil_brings_a_photo_and_who_may_sees_it),
        page_each_engine(what_a_pupil_brought_only_the_pupil_takes_away),
        page_each_engine(staff_note_what_was_shown),
        page_each_engine(what_shows_nothing_is_said_at_the_field),
        page_each_engine(the_rule_holds_without_a_page),
    };
    return cmocka_run_group_tests_name("evidence", tests, NULL, NULL);
}
