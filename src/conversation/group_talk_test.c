/* Conversations with several people: whose words are whose, who sees what, and who takes part. */
#include "answer/attachment.h"
#include "answer/image_fixture.h"
#include "base/arena.h"
#include "base/str.h"
#include "conversation/conversation.h"
#include "conversation/round.h"
#include "gen/answer_sql.h"
#include "gen/dossier_sql.h"
#include "group/group.h"
#include "method/own.h"
#include "method/store.h"
#include "person/dossier.h"
#include "pupil/pupil.h"
#include "school/coverage.h"
#include "staff/staff.h"
#include "web/web_fixture.h"

/* A group's own kind of conversation, for which each pupil prepares. */
static const char circle_yaml[] =
    "method: kring\n"
    "version: 1\n"
    "title: {nl: Kring, en: Circle}\n"
    "purpose: {nl: Samen praten.}\n"
    "ages: [8-12]\n"
    "tiers: [1]\n"
    "about: group\n"
    "takes_part: [pupils, teacher, coordinator]\n"
    "topic: wellbeing\n"
    "preparations:\n"
    "  - who: pupil\n"
    "    days_before: 2\n"
    "    letter: {nl: Kom je?}\n"
    "    phases: [{id: before, title: {nl: Vooraf}, questions: [\n"
    "      {id: prep, kind: text, ask: {nl: Wat wil jij zeggen}}]}]\n"
    "phases:\n"
    "  - id: one\n"
    "    title: {nl: Een}\n"
    "    questions:\n"
    "      - {id: own, kind: text, ask: {nl: Wat vind jij}, voices: [pupil, together], shows: prep}\n"
    "      - {id: all, kind: text, ask: {nl: Wat vinden wij}, voices: [together]}\n"
    "      - {id: after, kind: text, ask: {nl: Voor mijn les}, voices: [teacher]}\n";

static struct work *as(struct page_fixture *f, enum page_role role)
{
    f->work.actor = &f->actor[role];
    f->work.known_pupil = f->work.near_pupil = (struct pupil_id){0};
    return &f->work;
}

/* Yara comes into group 7, beside Noor; the method is there. */
static void prepare_group(struct page_fixture *f)
{
    struct method_version_id id;
    struct method_refusal refusal;
    struct work *work = page_begin(f, PAGE_ADMINISTRATOR);
    assert_status(group_join(work, f->group, f->loose_pupil, PAGE_TODAY), OK);
    as(f, PAGE_COORDINATOR);
    assert_status(method_draft_take(work, circle_yaml, strlen(circle_yaml), NULL, &id, &refusal), OK);
    assert_status(method_draft_publish(work, id), OK);
    page_commit(f);
}

static struct conversation_id plan(struct page_fixture *f, const struct pupil_id *pupils,
                                   size_t count)
{
    struct work *work = page_begin(f, PAGE_TEACHER);
    struct conversation_id id = {work_new_id(work)};
    const struct conversation_draft draft = {.method_key = "eigen-kring",
                                             .group = f->group,
                                             .planned_at = -1,
                                             .place = "",
                                             .aim = "",
                                             .pupils = pupils,
                                             .pupil_count = count};
    assert_status(conversation_plan(work, id, &draft), OK);
    page_commit(f);
    return id;
}

static const char *url(struct page_fixture *f, const char *format, struct conversation_id id)
{
    return page_path(f, format, id_text(id.v).s);
}

static struct conversation_id begun(struct page_fixture *f)
{
    prepare_group(f);
    struct conversation_id id = plan(f, NULL, 0);
    assert_page_status(page_post(f, PAGE_TEACHER, url(f, "/gesprek/%s/begin", id), NULL), 303);
    return id;
}

static struct page_answer *say(struct page_fixture *f, enum page_role role,
                               struct conversation_id id, const char *question, const char *voice,
                               struct pupil_id person, const char *text)
{
    const char *own = role == PAGE_PUPIL ? "/ik" : "";
    const char *path = page_path(f, "%s/gesprek/%s/antwoord", own, id_text(id.v).s);
    const char *who = arena_strdup(f->arena, id_text(person.v).s);
    return person.v ? page_post(f, role, path, "q", question, "v", voice, "p", who, "version", "0",
                                "back", "", "a", text, NULL)
                    : page_post(f, role, path, "q", question, "v", voice, "version", "0", "back",
                                "", "a", text, NULL);
}

/* Noor by herself, Yara by the teacher, and all together. */
static struct conversation_id told(struct page_fixture *f)
{
    struct conversation_id id = begun(f);
    assert_page_status(say(f, PAGE_PUPIL, id, "own", "1", f->pupil, "Ik zeg het zelf"), 303);
    assert_page_status(say(f, PAGE_TEACHER, id, "own", "1", f->loose_pupil, "Yara zegt hutten"),
                       303);
    assert_page_status(say(f, PAGE_TEACHER, id, "own", "5", (struct pupil_id){0}, "Wij samen"),
                       303);
    assert_page_status(say(f, PAGE_TEACHER, id, "after", "2", (struct pupil_id){0}, "Voor later"),
                       303);
    return id;
}

static struct conversation opened(struct page_fixture *f, struct conversation_id id)
{
    struct conversation c;
    assert_status(conversation_open(&f->work, RIGHT_CONVERSATION_READ, id, &c), OK);
    return c;
}

static const struct answer *found(struct page_fixture *f, const struct conversation *c,
                                  enum voice voice, int64_t person)
{
    struct answer *answers = NULL;
    size_t count = 0;
    assert_status(answer_all(&f->work, &c->seal, c->id, &answers, &count), OK);
    return answer_in(answers, count, "own", voice, person);
}

/* --- whose key
 * --------------------------------------------------------------------------------------- */

static void each_pupils_words_are_of_their_own_dossier(void **state)
{
    struct page_fixture *f = *state;
    struct conversation_id id = told(f);
    struct work *work = page_begin(f, PAGE_TEACHER);
    struct conversation c = opened(f, id);
    struct sql_answer_rows *rows = NULL;
    size_t count = 0;
    assert_status(sql_answer_rows(work->db, work->arena, f->school, id, &rows, &count), OK);
    assert_int_equal(count, 4);
    for (size_t i = 0; i < count; i++)
        assert_int_equal(rows[i].dossier.v, rows[i].person ? rows[i].person : c.seal.dossier);
    assert_true(c.seal.dossier != f->pupil.v && c.seal.dossier != f->loose_pupil.v);
    struct answer_seal seal;
    struct attachment photo;
    struct bytes bytes;
    assert_status(answer_seal_for(work, &c.seal, VOICE_PUPIL, f->loose_pupil.v, &seal), OK);
    assert_status(attachment_add(work, &seal, id, fixture_png(f->arena, false), &photo), OK);
    assert_status(attachment_open(work, &c.seal, id, photo.id, &photo, &bytes), OK);
    as(f, PAGE_ADMINISTRATOR);
    assert_status(dossier_erase(work, f->loose_pupil.v), OK); /* as a backup of before shows it */
    as(f, PAGE_TEACHER);
    assert_status(attachment_open(work, &c.seal, id, photo.id, &photo, &bytes), ERR_NOT_FOUND);
    assert_null(found(f, &c, VOICE_PUPIL, f->loose_pupil.v));
    assert_non_null(found(f, &c, VOICE_PUPIL, f->pupil.v));
    assert_non_null(found(f, &c, VOICE_TOGETHER, 0));
    page_undo(f);
}

static void erasing_one_pupil_leaves_the_others(void **state)
{
    struct page_fixture *f = *state;
    struct conversation_id id = told(f);
    struct work *work = page_begin(f, PAGE_ADMINISTRATOR);
    assert_status(pupil_erase(work, f->loose_pupil), OK);
    page_commit(f);
    struct page_answer *page =
        page_get(f, PAGE_TEACHER, page_path(f, "/gesprek/%s/sluiten", id_text(id.v).s));
    assert_page_contains(page, "Ik zeg het zelf");
    assert_page_contains(page, "Wij samen");
    assert_page_lacks(page, "Yara");
    page_begin(f, PAGE_TEACHER);
    struct conversation c = opened(f, id);
    struct participant *people = NULL;
    size_t count = 0;
    assert_status(conversation_people(&f->work, &c, &people, &count), OK);
    assert_int_equal(count, 1);
    assert_int_equal(people[0].person, f->pupil.v);
    page_undo(f);
}

/* --- who sees what
 * ------------------------------------------------------------------------------------ */

static void a_pupil_sees_the_own_words_and_those_of_all(void **state)
{
    struct page_fixture *f = *state;
    struct conversation_id id = told(f);
    struct page_answer *page = page_get(f, PAGE_PUPIL, url(f, "/ik/gesprek/%s?vraag=own", id));
    assert_page_contains(page, "Ik zeg het zelf");
    assert_page_contains(page, "Wij samen");
    assert_page_lacks(page, "Yara");
    page = page_get(f, PAGE_PUPIL, url(f, "/ik/gesprek/%s?vraag=after", id));
    assert_page_lacks(page,
                      "Voor later"); /* what is the teacher's alone is no question of theirs */
    /* Nor do they write for another, or for all. */
    assert_page_status(say(f, PAGE_PUPIL, id, "own", "1", f->loose_pupil, "namens Yara"), 404);
    assert_page_status(say(f, PAGE_PUPIL, id, "all", "5", (struct pupil_id){0}, "namens ons"), 403);
    assert_page_status(page_post(f, PAGE_TEACHER, url(f, "/gesprek/%s/sluiten", id), NULL), 303);
    page = page_get(f, PAGE_PUPIL, url(f, "/ik/gesprek/%s", id));
    assert_page_contains(page, "Wij samen");
    assert_page_lacks(page, "hutten");
    assert_page_lacks(page, "Voor later");
}

static void the_screen_of_all_keeps_what_one_wrote_alone(void **state)
{
    struct page_fixture *f = *state;
    struct conversation_id id = told(f);
    struct page_answer *page = page_get(f, PAGE_TEACHER, url(f, "/gesprek/%s/samen?vraag=own", id));
    assert_page_contains(page, "Yara zegt hutten"); /* told in the circle, and written down there */
    assert_page_lacks(page, "Ik zeg het zelf");
    assert_page_contains(page, "Written on an own device");
    page = page_get(f, PAGE_TEACHER, url(f, "/gesprek/%s/samen?vraag=after", id));
    assert_page_lacks(page, "Voor later");
    page = page_get(
        f, PAGE_TEACHER,
        page_path(f, "/gesprek/%s/invullen?wie=%s", id_text(id.v).s, id_text(f->pupil.v).s));
    assert_page_contains(page, "Ik zeg het zelf");
    assert_page_lacks(page, "hutten");
    page = page_get(f, PAGE_TEACHER, url(f, "/gesprek/%s/invullen", id));
    assert_page_contains(page, "Wij samen");
    assert_page_contains(page, "Voor later");
    assert_page_contains(page, "Of 2 of 2 pupils something is written down.");
    assert_page_lacks(page, "hutten");
    page = page_get(
        f, PAGE_TEACHER,
        page_path(f, "/gesprek/%s/invullen?wie=%s", id_text(id.v).s, id_text(f->other_pupil.v).s));
    assert_page_status(page, 404); /* takes no part */
}

static void each_says_who_reads_what_was_prepared(void **state)
{
    struct page_fixture *f = *state;
    prepare_group(f);
    struct conversation_id id = plan(f, NULL, 0);
    assert_page_status(say(f, PAGE_PUPIL, id, "prep", "1", f->pupil, "Vooraf bedacht"), 303);
    const char *talk = url(f, "/gesprek/%s", id);
    assert_page_lacks(page_get(f, PAGE_TEACHER, talk), "Vooraf bedacht");
    assert_page_status(
        page_post(f, PAGE_PUPIL, url(f, "/ik/gesprek/%s/klaar", id), "may_read", "no", NULL), 303);
    struct page_answer *page = page_get(f, PAGE_TEACHER, talk);
    assert_page_lacks(page, "Vooraf bedacht");
    assert_page_contains(page, "1 of 2 prepared.");
    assert_page_status(
        page_post(f, PAGE_PUPIL, url(f, "/ik/gesprek/%s/klaar", id), "may_read", "yes", NULL), 303);
    assert_page_contains(page_get(f, PAGE_TEACHER, talk), "Vooraf bedacht");
    page_begin(f, PAGE_TEACHER); /* of this pupil, not of all */
    assert_int_equal(opened(f, id).may_read, MAY_READ_UNDECIDED);
    page_undo(f);
    assert_page_status(page_post(f, PAGE_TEACHER, url(f, "/gesprek/%s/begin", id), NULL), 303);
    page = page_get(f, PAGE_TEACHER, url(f, "/gesprek/%s/samen?vraag=own", id));
    assert_page_lacks(page, "Vooraf bedacht"); /* not for all to read */
}

static void the_dossier_of_one_holds_the_part_of_one(void **state)
{
    struct page_fixture *f = *state;
    struct conversation_id id = told(f);
    assert_page_status(page_post(f, PAGE_TEACHER, url(f, "/gesprek/%s/sluiten", id), NULL), 303);
    const char *yara = arena_strdup(f->arena, id_text(f->loose_pupil.v).s);
    const char *part = page_path(f, "/leerling/%s/groepsgesprek/%s", yara, id_text(id.v).s);
    assert_page_contains(page_get(f, PAGE_TEACHER, page_path(f, "/leerling/%s", yara)), part);
    struct page_answer *page = page_get(f, PAGE_TEACHER, part);
    assert_page_contains(page, "Yara zegt hutten");
    assert_page_lacks(page, "Ik zeg het zelf");
    assert_page_lacks(page, "Wij samen");
    /* Yara moves on to the other group: her new teacher reads what she said, and not the
     * conversation. */
    struct work *work = page_begin(f, PAGE_ADMINISTRATOR);
    assert_status(group_move(work, f->other_group, f->loose_pupil, PAGE_TODAY), OK);
    page_commit(f);
    page = page_get(f, PAGE_OTHER_TEACHER, part);
    assert_page_contains(page, "Yara zegt hutten");
    assert_page_lacks(page, url(f, "href=\"/gesprek/%s\"", id));
    assert_page_status(page_get(f, PAGE_OTHER_TEACHER, url(f, "/gesprek/%s", id)), 404);
    assert_page_status(page_get(f, PAGE_TEACHER, part), 404);
    const char *noor =
        page_path(f, "/leerling/%s/groepsgesprek/%s", id_text(f->pupil.v).s, id_text(id.v).s);
    assert_page_status(page_get(f, PAGE_OTHER_TEACHER, noor), 404);
    page_drain(f);
    assert_true(page_logged(f, AUDIT_CONVERSATION_SEEN) > 0);
}

static void a_colleague_who_takes_part_has_this_one_only(void **state)
{
    struct page_fixture *f = *state;
    struct conversation_id id = told(f);
    const char *people = url(f, "/gesprek/%s/deelnemers", id);
    const char *colleague = arena_strdup(f->arena, id_text(f->staff[PAGE_OTHER_TEACHER].v).s);
    assert_page_status(page_get(f, PAGE_OTHER_TEACHER, url(f, "/gesprek/%s", id)), 404);
    assert_page_goes_to(page_post(f, PAGE_TEACHER, people, "kind", "staff", "staff", colleague,
                                  "part", "coordinator", NULL),
                        page_path(f, "%s?ok=bewaard", people));
    assert_page_contains(page_get(f, PAGE_TEACHER, people), "coordinator");
    struct page_answer *page = page_get(f, PAGE_OTHER_TEACHER, url(f, "/gesprek/%s", id));
    assert_page_status(page, 200);
    assert_page_lacks(page, page_path(f, "href=\"/groep/%s\"", id_text(f->group.v).s));
    assert_page_lacks(page, people); /* who takes part does not say who else does */
    assert_page_status(page_get(f, PAGE_OTHER_TEACHER, people), 404);
    assert_page_status(
        page_get(f, PAGE_OTHER_TEACHER, page_path(f, "/leerling/%s", id_text(f->pupil.v).s)), 404);
    /* Has written something, and can go all the same: it stands in the teacher's voice. */
    assert_page_status(say(f, PAGE_OTHER_TEACHER, id, "all", "5", (struct pupil_id){0}, "Gezegd"),
                       303);
    assert_page_status(page_post(f, PAGE_TEACHER, page_path(f, "%s/weg", people), "kind", "1",
                                 "person", colleague, NULL),
                       303);
    assert_page_status(page_get(f, PAGE_OTHER_TEACHER, url(f, "/gesprek/%s", id)), 404);
    assert_page_contains(page_get(f, PAGE_TEACHER, url(f, "/gesprek/%s/invullen", id)), "Gezegd");
}

/* --- who takes part
 * ------------------------------------------------------------------------------------ */

static size_t people_count(struct page_fixture *f, struct conversation_id id)
{
    struct participant *people = NULL;
    size_t count = 0;
    page_begin(f, PAGE_TEACHER);
    struct conversation c = opened(f, id);
    assert_status(conversation_people(&f->work, &c, &people, &count), OK);
    page_undo(f);
    return count;
}

static void who_said_something_stays_on_the_list(void **state)
{
    struct page_fixture *f = *state;
    struct conversation_id id = begun(f);
    const char *people = url(f, "/gesprek/%s/deelnemers", id);
    const char *yara = arena_strdup(f->arena, id_text(f->loose_pupil.v).s);
    assert_int_equal(people_count(f, id), 2);
    assert_page_status(page_post(f, PAGE_TEACHER, page_path(f, "%s/weg", people), "kind", "2",
                                 "person", yara, NULL),
                       303);
    assert_int_equal(people_count(f, id), 1);
    assert_page_status(say(f, PAGE_TEACHER, id, "own", "1", f->loose_pupil, "was er niet"), 404);
    assert_page_status(page_post(f, PAGE_TEACHER, people, "kind", "pupil", "pupil", yara, NULL),
                       303);
    assert_page_status(say(f, PAGE_TEACHER, id, "own", "1", f->loose_pupil, "Yara zegt hutten"),
                       303);
    struct page_answer *page = page_post(f, PAGE_TEACHER, page_path(f, "%s/weg", people), "kind",
                                         "2", "person", yara, NULL);
    assert_page_status(page, 409);
    assert_page_contains(page, "Who said something in this conversation stays on the list");
    assert_page_contains(page, "said something already: that stays");
    assert_int_equal(people_count(f, id), 2);
    assert_int_equal(page_logged(f, AUDIT_PARTICIPANT_REMOVED), 1);
}

static void only_who_belongs_here_is_added(void **state)
{
    struct page_fixture *f = *state;
    struct conversation_id id = begun(f);
    const char *people = url(f, "/gesprek/%s/deelnemers", id);
    const char *sem = arena_strdup(f->arena, id_text(f->other_pupil.v).s);
    const char *karin = arena_strdup(f->arena, id_text(f->guardian.v).s);
    const char *stranger = arena_strdup(f->arena, id_text(f->staff[PAGE_STRANGER].v).s);
    assert_page_status(page_post(f, PAGE_TEACHER, people, "kind", "pupil", "pupil", sem, NULL),
                       422);
    assert_page_status(
        page_post(f, PAGE_TEACHER, people, "kind", "guardian", "guardian", karin, NULL),
        422); /* of one pupil: not of a group */
    assert_page_status(page_post(f, PAGE_TEACHER, people, "kind", "staff", "staff", stranger, NULL),
                       422);
    assert_page_status(page_post(f, PAGE_TEACHER, people, "kind", "external", "name", "  ", NULL),
                       422);
    assert_page_status(
        page_post(f, PAGE_TEACHER, people, "kind", "external", "name", "Ria, wijkteam", NULL), 303);
    assert_page_contains(page_get(f, PAGE_TEACHER, people), "Ria, wijkteam");
    /* A second pupil in a talk about one would read what that one said. */
    struct work *work = page_begin(f, PAGE_TEACHER);
    struct conversation_id one = {work_new_id(work)};
    const struct conversation_draft draft = {
        .method_key = "k12", .pupil = f->pupil, .planned_at = -1, .place = "", .aim = ""};
    assert_status(conversation_plan(work, one, &draft), OK);
    assert_status(conversation_add_person(work, one, PARTICIPANT_PUPIL, f->loose_pupil.v, 0, ""),
                  ERR_INVALID);
    assert_status(
        conversation_add_person(work, one, PARTICIPANT_GUARDIAN, f->guardian.v, PART_EXTERNAL, ""),
        ERR_INVALID);
    assert_status(conversation_remove_person(work, one, PARTICIPANT_PUPIL, f->pupil.v),
                  ERR_INVALID);
    page_undo(f);
    assert_page_status(page_post(f, PAGE_TEACHER, url(f, "/gesprek/%s/sluiten", id), NULL), 303);
    assert_page_status(
        page_post(f, PAGE_TEACHER, people, "kind", "external", "name", "Te laat", NULL), 403);
    assert_page_goes_to(page_get(f, PAGE_TEACHER, people), url(f, "/gesprek/%s", id));
}

/* --- planning and counting
 * ------------------------------------------------------------------------------- */

static void a_group_is_planned_with_some_of_its_pupils(void **state)
{
    struct page_fixture *f = *state;
    prepare_group(f);
    const char *group = arena_strdup(f->arena, id_text(f->group.v).s);
    const char *noor = arena_strdup(f->arena, id_text(f->pupil.v).s);
    const char *sem = arena_strdup(f->arena, id_text(f->other_pupil.v).s);
    struct page_answer *page = page_get(f, PAGE_TEACHER, page_path(f, "/groep/%s/gesprek", group));
    assert_page_contains(page, "Group conversation");
    assert_page_contains(page, "value=\"eigen-kring\"");
    assert_page_lacks(page, "value=\"k12\""); /* about one pupil */
    struct conversation_id id = {4711};
    const char *path = page_path(f, "/groep/%s/gesprek/%s", group, id_text(id.v).s);
    page = page_post(f, PAGE_TEACHER, path, "method", "k18", "day", "2026-12-03", NULL);
    assert_page_status(page, 422); /* with nobody */
    page =
        page_post(f, PAGE_TEACHER, path, "method", "k18", "day", "2026-12-03", "pupil", sem, NULL);
    assert_page_status(page, 422); /* of another group */
    page =
        page_post(f, PAGE_TEACHER, path, "method", "k12", "day", "2026-12-03", "pupil", noor, NULL);
    assert_page_status(page, 422);
    page = page_post(f, PAGE_TEACHER, path, "method", "k18", "day", "2026-12-03", "time", "10:40",
                     "pupil", noor, NULL);
    assert_page_goes_to(page, url(f, "/gesprek/%s?ok=gepland", id));
    assert_int_equal(people_count(f, id), 1);
    page = page_get(f, PAGE_TEACHER, page_path(f, "/groep/%s/gesprekken", group));
    assert_page_contains(page, url(f, "href=\"/gesprek/%s\"", id));
    assert_page_status(page_get(f, PAGE_TEACHER, url(f, "/gesprek/%s/formulier.pdf", id)), 200);
}

static void who_took_part_was_heard(void **state)
{
    struct page_fixture *f = *state;
    prepare_group(f);
    struct conversation_id id = plan(f, &f->pupil, 1);
    struct hearing *h = NULL;
    size_t count = 0;
    const struct date since = {2026, 8, 1};
    page_begin(f, PAGE_TEACHER);
    assert_status(conversation_hearings(&f->work, f->group, since, true, &h, &count), OK);
    assert_int_equal(count, 0); /* planned is not heard, and no plan of one's own */
    assert_status(conversation_start(&f->work, id), OK);
    assert_status(conversation_hearings(&f->work, f->group, since, true, &h, &count), OK);
    assert_int_equal(count, 0);
    assert_status(conversation_close(&f->work, id, "", (struct date){0}), OK);
    assert_status(conversation_hearings(&f->work, f->group, since, true, &h, &count), OK);
    assert_int_equal(count, 1); /* Yara was not in it */
    assert_int_equal(h[0].pupil.v, f->pupil.v);
    assert_int_equal(h[0].held, 1);
    assert_int_equal(h[0].held_in_group, 1);
    assert_int_equal(date_compare(h[0].last_on, PAGE_TODAY), 0);
    as(f, PAGE_COORDINATOR);
    struct coverage *lines = NULL;
    size_t line_count = 0;
    assert_status(coverage_of_year(&f->work, f->year, since, 1, &lines, &line_count), OK);
    for (size_t i = 0; i < line_count; i++)
        if (lines[i].group.v == f->group.v) {
            assert_int_equal(lines[i].heard, 1);
            assert_int_equal(lines[i].only_in_group, 1);
            assert_int_equal(lines[i].reached, 1);
        }
    as(f, PAGE_TEACHER); /* and alone with the teacher is not only in a group */
    assert_status(conversation_note_informal(&f->work,
                                             (struct conversation_id){work_new_id(&f->work)},
                                             f->pupil, PAGE_TODAY, ""),
                  OK);
    as(f, PAGE_COORDINATOR);
    assert_status(coverage_of_year(&f->work, f->year, since, 1, &lines, &line_count), OK);
    for (size_t i = 0; i < line_count; i++)
        assert_int_equal(lines[i].only_in_group, 0);
    page_undo(f);
}

/* Statements of planning and inviting a round of the first `count` of these. */
static uint64_t statements_of_round(struct page_fixture *f, const struct pupil_id *pupils,
                                    size_t count, uint64_t *ret_invite)
{
    struct work *work = page_begin(f, PAGE_TEACHER);
    struct conversation_round_id id = {work_new_id(work)};
    const struct round_draft draft = {.group = f->group,
                                      .method_key = "k12",
                                      .slots = {{2026, 11, 30}, {2026, 12, 11}, 1u << 1, -1, 5, 15},
                                      .place = "",
                                      .aim = "",
                                      .pupils = pupils,
                                      .pupil_count = count};
    uint64_t before = db_statements(work->db);
    assert_status(round_plan(work, id, &draft), OK);
    uint64_t planned = db_statements(work->db);
    assert_status(round_invite(work, id), OK);
    *ret_invite = db_statements(work->db) - planned;
    struct conversation *list = NULL;
    size_t listed = 0;
    assert_status(round_conversations(work, id, &list, &listed), OK);
    assert_int_equal(listed, count);
    for (size_t i = 0; i < listed; i++)
        assert_int_equal(list[i].state, CONVERSATION_INVITED);
    page_undo(f);
    return planned - before;
}

static void a_round_asks_nothing_per_pupil(void **state)
{
    struct page_fixture *f = *state;
    prepare_group(f);
    const struct pupil_id pupils[] = {f->pupil, f->loose_pupil};
    uint64_t one = 0, two = 0;
    uint64_t plan_one = statements_of_round(f, pupils, 1, &one);
    uint64_t plan_two = statements_of_round(f, pupils, 2, &two);
    assert_int_equal(plan_two - plan_one,
                     3);            /* the conversation, who is in it, a line of the log */
    assert_int_equal(two - one, 1); /* a line of the log */
}

static void the_own_groups_come_in_one_statement(void **state)
{
    struct page_fixture *f = *state;
    struct group *groups = NULL;
    size_t count = 0;
    struct work *work = page_begin(f, PAGE_ADMINISTRATOR);
    assert_status(staff_give(work, f->staff[PAGE_TEACHER], ROLE_TEACHER, f->year, f->other_group),
                  OK);
    page_commit(f);
    page_begin(f, PAGE_TEACHER);
    struct actor *teacher = &f->actor[PAGE_TEACHER]; /* as the next request will find them */
    teacher->groups[teacher->group_count++] = (struct actor_group){f->other_group, ROLE_TEACHER};
    uint64_t before = db_statements(f->work.db);
    assert_status(group_of_actor(&f->work, &groups, &count), OK);
    assert_int_equal(db_statements(f->work.db) - before, 1);
    assert_int_equal(count, 2);
    assert_int_equal(groups[0].id.v, f->group.v);
    assert_string_equal(groups[1].name, "Groep 1/2 Kikkers");
    page_undo(f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        page_each_engine(each_pupils_words_are_of_their_own_dossier),
        page_each_engine(erasing_one_pupil_leaves_the_others),
        page_each_engine(a_pupil_sees_the_own_words_and_those_of_all),
        page_each_engine(the_screen_of_all_keeps_what_one_wrote_alone),
        page_each_engine(each_says_who_reads_what_was_prepared),
        page_each_engine(the_dossier_of_one_holds_the_part_of_one),
        page_each_engine(a_colleague_who_takes_part_has_this_one_only),
        page_each_engine(who_said_something_stays_on_the_list),
        page_each_engine(only_who_belongs_here_is_added),
        page_each_engine(a_group_is_planned_with_some_of_its_pupils),
        page_each_engine(who_took_part_was_heard),
        page_each_engine(a_round_asks_nothing_per_pupil),
        page_each_engine(the_own_groups_come_in_one_statement),
    };
    return cmocka_run_group_tests_name("group_talk", tests, NULL, NULL);
}
