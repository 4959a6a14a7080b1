#include "access/access.h"
#include "conversation/conversation.h"

#include "access/audit.h"
#include "base/arena.h"
#include "base/str.h"
#include "group/group.h"
#include "method/store.h"
#include "pupil/pupil.h"
#include "web/web_fixture.h"

#define NO_REASON ""

static struct work *as(struct page_fixture *f, enum page_role role)
{
    f->work.actor = &f->actor[role];
    f->work.known_pupil = f->work.near_pupil = (struct pupil_id){0};
    return &f->work;
}

static struct conversation_draft draft_of(struct pupil_id pupil)
{
    return (struct conversation_draft){.method_key = "k12",
                                       .pupil = pupil,
                                       .planned_on = {2026, 12, 3},
                                       .planned_at = 10 * 60 + 40,
                                       .place = "de leeshoek",
                                       .aim = "horen hoe het gaat"};
}

static struct conversation_id plan(struct page_fixture *f, struct pupil_id pupil)
{
    struct conversation_id id = {work_new_id(&f->work)};
    struct conversation_draft draft = draft_of(pupil);
    assert_status(conversation_plan(&f->work, id, &draft), OK);
    return id;
}

static struct conversation found(struct page_fixture *f, struct conversation_id id)
{
    struct conversation c;
    assert_status(conversation_open(&f->work, RIGHT_CONVERSATION_READ, id, &c), OK);
    return c;
}

/* --- planning ------------------------------------------------------------------------------------- */

static void what_was_planned_is_found_as_it_was_said(void **state)
{
    struct page_fixture *f = *state;
    page_begin(f, PAGE_TEACHER);
    struct conversation_id id = plan(f, f->pupil);
    struct conversation c = found(f, id);
    assert_int_equal(c.pupil.v, f->pupil.v);
    assert_int_equal(c.group.v, 0);
    assert_int_equal(c.state, CONVERSATION_PLANNED);
    assert_string_equal(date_text(c.planned_on).s, "2026-12-03");
    assert_int_equal(c.planned_at, 640);
    assert_int_equal(c.minutes, method_question(c.method, "how") ? c.method->minutes : -1);
    assert_string_equal(c.place, "de leeshoek");
    assert_string_equal(c.aim, "horen hoe het gaat");
    assert_string_equal(c.leader_name, "Tessa Mulder");
    assert_string_equal(c.method->key, "k12");
    assert_int_equal(c.may_read, MAY_READ_UNDECIDED);
    page_undo(f);
}

static void the_same_form_twice_plans_once(void **state)
{
    struct page_fixture *f = *state;
    page_begin(f, PAGE_TEACHER);
    struct conversation_id id = plan(f, f->pupil);
    struct conversation_draft draft = draft_of(f->pupil);
    assert_status(conversation_plan(&f->work, id, &draft), OK);
    struct conversation *list = NULL;
    size_t count = 0;
    assert_status(conversation_of_pupil(&f->work, f->pupil, &list, &count), OK);
    assert_int_equal(count, 1);
    as(f, PAGE_COORDINATOR);
    assert_status(conversation_plan(&f->work, id, &draft), ERR_CONFLICT);
    page_undo(f);
}

static void a_plan_that_cannot_be_is_refused(void **state)
{
    struct page_fixture *f = *state;
    page_begin(f, PAGE_TEACHER);
    struct conversation_draft good = draft_of(f->pupil), d;
    char *longer = arena_alloc(f->arena, CONVERSATION_AIM_MAX + 2);
    memset(longer, 'a', CONVERSATION_AIM_MAX + 1);
#define REFUSED(change)                                                                            \
    do {                                                                                           \
        d = good;                                                                                  \
        change;                                                                                    \
        assert_status(conversation_plan(&f->work, (struct conversation_id){work_new_id(&f->work)}, \
                                        &d),                                                       \
                      ERR_INVALID);                                                                \
    } while (0)
    REFUSED(d.method_key = "bestaat-niet");
    REFUSED(d.group = f->group);
    REFUSED(d.pupil.v = 0);
    REFUSED((d.pupil.v = 0, d.group = f->group)); /* six questions are for one pupil */
    REFUSED(d.planned_at = 1440);
    REFUSED(d.planned_at = -2);
    REFUSED(d.planned_on = ((struct date){0})); /* a time without a day */
    REFUSED(d.planned_on = ((struct date){2029, 1, 1}));
    REFUSED(d.minutes = 181);
    REFUSED(d.aim = longer);
    REFUSED(d.place = longer);
#undef REFUSED
    page_undo(f);
}

static void only_who_may_write_the_dossier_plans(void **state)
{
    struct page_fixture *f = *state;
    static const struct {
        enum page_role role;
        enum status expected;
    } cases[] = {
        {PAGE_TEACHER, OK},
        {PAGE_COORDINATOR, OK},
        {PAGE_OTHER_TEACHER, ERR_NOT_FOUND},
        {PAGE_SUPPORT, ERR_NOT_FOUND},
        {PAGE_PRINCIPAL, ERR_NOT_FOUND},
        {PAGE_ADMINISTRATOR, ERR_NOT_FOUND},
        {PAGE_STRANGER, ERR_NOT_FOUND},
        {PAGE_PUPIL, ERR_NOT_FOUND},
    };
    page_begin(f, PAGE_TEACHER);
    struct conversation_draft draft = draft_of(f->pupil);
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct conversation_id id = {work_new_id(&f->work)};
        as(f, cases[i].role);
        assert_status(conversation_plan(&f->work, id, &draft), cases[i].expected);
        assert_status(conversation_note_informal(&f->work, (struct conversation_id){
                                                               work_new_id(&f->work)},
                                                 f->pupil, PAGE_TODAY, ""),
                      cases[i].expected);
    }
    page_undo(f);
}

/* --- life ----------------------------------------------------------------------------------------- */

static void a_conversation_goes_its_way_and_no_other(void **state)
{
    struct page_fixture *f = *state;
    page_begin(f, PAGE_TEACHER);
    struct conversation_id id = plan(f, f->pupil);
    assert_status(conversation_close(&f->work, id, "", (struct date){0}), ERR_FORBIDDEN);
    assert_status(conversation_evaluate(&f->work, id), ERR_FORBIDDEN);
    assert_status(conversation_invite(&f->work, id), OK);
    assert_status(conversation_invite(&f->work, id), OK);
    as(f, PAGE_PUPIL);
    assert_status(conversation_prepared(&f->work, id, MAY_READ_FIRST_IN_TALK), OK);
    as(f, PAGE_TEACHER);
    assert_int_equal(found(f, id).state, CONVERSATION_PREPARED);
    assert_int_equal(found(f, id).may_read, MAY_READ_FIRST_IN_TALK);
    assert_status(conversation_start(&f->work, id), OK);
    assert_status(conversation_start(&f->work, id), OK);
    assert_string_equal(date_text(found(f, id).held_on).s, "2026-11-24");
    assert_status(conversation_show(&f->work, id, "nice"), OK);
    assert_string_equal(found(f, id).here, "nice");
    assert_status(conversation_show(&f->work, id, "no-such-question"), ERR_INVALID);
    assert_status(conversation_close(&f->work, id, "", (struct date){2026, 11, 23}), ERR_INVALID);
    assert_status(conversation_close(&f->work, id, "sharing", (struct date){2026, 12, 22}), OK);
    assert_string_equal(found(f, id).left_out, "sharing");
    assert_status(conversation_start(&f->work, id), ERR_FORBIDDEN);
    assert_status(conversation_cancel(&f->work, id, NO_REASON), ERR_FORBIDDEN);
    assert_status(conversation_reopen(&f->work, id), OK);
    assert_status(conversation_close(&f->work, id, "", (struct date){0}), OK);
    f->work.now_ms += MS_DAY + 1;
    assert_status(conversation_reopen(&f->work, id), ERR_FORBIDDEN);
    assert_status(conversation_evaluate(&f->work, id), OK);
    assert_int_equal(found(f, id).state, CONVERSATION_EVALUATED);
    page_undo(f);
}

static void moving_keeps_where_it_stood(void **state)
{
    struct page_fixture *f = *state;
    page_begin(f, PAGE_TEACHER);
    struct conversation_id id = plan(f, f->pupil);
    struct conversation_moment moment = {{2026, 12, 10}, -1, 15, "buiten"};
    assert_status(conversation_move(&f->work, id, &moment), OK);
    struct conversation c = found(f, id);
    assert_string_equal(date_text(c.planned_on).s, "2026-12-10");
    assert_string_equal(c.place, "buiten");
    assert_string_equal(c.aim, "horen hoe het gaat");
    moment.minutes = 0;
    assert_status(conversation_move(&f->work, id, &moment), ERR_INVALID);
    assert_status(conversation_cancel(&f->work, id, "ziek"), OK);
    moment.minutes = 10;
    assert_status(conversation_move(&f->work, id, &moment), ERR_FORBIDDEN);
    assert_status(conversation_start(&f->work, id), ERR_FORBIDDEN);
    page_undo(f);
}

/* --- following and putting together ------------------------------------------------------------------ */

static void a_follow_up_follows_what_was_held(void **state)
{
    struct page_fixture *f = *state;
    page_begin(f, PAGE_TEACHER);
    struct conversation_id first = plan(f, f->pupil), next = {work_new_id(&f->work)};
    struct conversation_draft draft = draft_of(f->pupil);
    draft.follows = first;
    assert_status(conversation_plan(&f->work, next, &draft), ERR_INVALID); /* not held */
    assert_status(conversation_start(&f->work, first), OK);
    assert_status(conversation_close(&f->work, first, "", (struct date){0}), OK);
    as(f, PAGE_COORDINATOR);
    draft.pupil = f->other_pupil;
    assert_status(conversation_plan(&f->work, next, &draft), ERR_INVALID); /* somebody else's */
    as(f, PAGE_TEACHER);
    draft.pupil = f->pupil;
    assert_status(conversation_plan(&f->work, next, &draft), OK);
    assert_int_equal(found(f, next).follows.v, first.v);
    page_commit(f);
    struct page_answer *page = page_get(f, PAGE_TEACHER, page_path(f, "/gesprek/%s", id_text(first.v).s));
    assert_page_contains(page, page_path(f, "/leerling/%s/gesprek?vervolg=%s", arena_strdup(f->arena, id_text(f->pupil.v).s),
                                         id_text(first.v).s));
    page = page_get(f, PAGE_TEACHER,
                    page_path(f, "/leerling/%s/gesprek?vervolg=%s",
                              arena_strdup(f->arena, id_text(f->pupil.v).s), id_text(first.v).s));
    assert_page_contains(page, "value=\"de leeshoek\"");
    assert_page_contains(page, page_path(f, "name=\"follows\" value=\"%s\"", id_text(first.v).s));
    assert_page_status(page_get(f, PAGE_OTHER_TEACHER,
                                page_path(f, "/leerling/%s/gesprek?vervolg=%s",
                                          arena_strdup(f->arena, id_text(f->other_pupil.v).s),
                                          id_text(first.v).s)),
                       404);
}

static void prepares(struct page_fixture *f, struct conversation_id id, const char *text)
{
    as(f, PAGE_PUPIL);
    struct conversation c;
    struct answer now;
    int version = 0;
    assert_status(conversation_open(&f->work, RIGHT_CONVERSATION_SELF, id, &c), OK);
    struct answer_key key = {id, c.method->phases[0].questions[0].id, VOICE_PUPIL, 0};
    struct answer_part part = {"", text};
    struct answer_value value = {&part, 1};
    assert_status(answer_save(&f->work, &c.seal, &key, 0, &value, &version, &now), OK);
    assert_status(conversation_prepared(&f->work, id, MAY_READ_YES), OK);
    as(f, PAGE_TEACHER);
}

static const struct answer *first_answer(struct page_fixture *f, struct conversation_id id)
{
    struct conversation c = found(f, id);
    struct answer *list = NULL;
    size_t count = 0;
    assert_status(answer_all(&f->work, &c.seal, id, &list, &count), OK);
    return count ? list : NULL;
}

static void two_become_one_and_nothing_typed_is_lost(void **state)
{
    struct page_fixture *f = *state;
    page_begin(f, PAGE_TEACHER);
    struct conversation_id keep = plan(f, f->pupil), other = plan(f, f->pupil);
    assert_status(conversation_add_person(&f->work, other, PARTICIPANT_GUARDIAN, f->guardian.v, 0, ""), OK);
    prepares(f, other, "ik wil over voetbal praten");
    assert_status(conversation_merge(&f->work, keep, keep, ""), ERR_INVALID);
    assert_status(conversation_merge(&f->work, keep, other, "samen"), OK);
    assert_int_equal(found(f, other).state, CONVERSATION_CANCELLED);
    assert_int_equal(found(f, keep).state, CONVERSATION_PREPARED);
    assert_int_equal(found(f, keep).may_read, MAY_READ_YES);
    const struct answer *moved = first_answer(f, keep);
    assert_non_null(moved);
    assert_string_equal(answer_part(&moved->value, ""), "ik wil over voetbal praten");
    assert_int_equal(moved->author_kind, ACTOR_PUPIL); /* still the child's own words */
    assert_int_equal(moved->author, f->pupil.v);
    assert_non_null(first_answer(f, other));
    struct conversation c = found(f, keep);
    struct participant *people = NULL;
    size_t count = 0;
    assert_status(conversation_people(&f->work, &c, &people, &count), OK);
    assert_int_equal(count, 2);
    assert_int_equal(people[1].kind, PARTICIPANT_GUARDIAN);
    assert_status(conversation_merge(&f->work, keep, other, ""), ERR_FORBIDDEN); /* cancelled already */
    /* What is there stays; nothing is laid over it. */
    struct conversation_id third = plan(f, f->pupil);
    prepares(f, third, "iets anders");
    assert_status(conversation_merge(&f->work, keep, third, ""), OK);
    assert_string_equal(answer_part(&first_answer(f, keep)->value, ""), "ik wil over voetbal praten");
    as(f, PAGE_OTHER_TEACHER);
    struct conversation_id theirs = plan(f, f->other_pupil);
    assert_status(conversation_merge(&f->work, keep, theirs, ""), ERR_NOT_FOUND);
    as(f, PAGE_COORDINATOR);
    assert_status(conversation_merge(&f->work, keep, theirs, ""), ERR_INVALID);
    page_undo(f);
}

static void the_page_offers_what_can_be_put_together(void **state)
{
    struct page_fixture *f = *state;
    page_begin(f, PAGE_TEACHER);
    struct conversation_id keep = plan(f, f->pupil);
    page_commit(f);
    const char *move = page_path(f, "/gesprek/%s/verzetten", id_text(keep.v).s);
    const char *merge = page_path(f, "/gesprek/%s/samenvoegen", id_text(keep.v).s);
    assert_page_lacks(page_get(f, PAGE_TEACHER, move), "samenvoegen");
    page_begin(f, PAGE_TEACHER);
    struct conversation_id other = plan(f, f->pupil);
    page_commit(f);
    const char *other_text = arena_strdup(f->arena, id_text(other.v).s);
    assert_page_contains(page_get(f, PAGE_TEACHER, move), other_text);
    assert_page_status(page_post(f, PAGE_TEACHER, merge, "other", id_text(f->pupil.v).s, NULL), 422);
    assert_page_goes_to(page_post(f, PAGE_TEACHER, merge, "other", other_text, NULL),
                        page_path(f, "/gesprek/%s?ok=samengevoegd", id_text(keep.v).s));
    assert_int_equal(page_logged(f, AUDIT_CONVERSATION_MERGED), 1);
}

/* --- who is in it ----------------------------------------------------------------------------------- */

static void who_takes_part_is_named_and_may_come_in(void **state)
{
    struct page_fixture *f = *state;
    page_begin(f, PAGE_TEACHER);
    struct conversation_id id = plan(f, f->pupil);
    struct conversation c;
    as(f, PAGE_OTHER_TEACHER);
    assert_status(conversation_open(&f->work, RIGHT_CONVERSATION_WRITE, id, &c), ERR_NOT_FOUND);
    as(f, PAGE_TEACHER);
    assert_status(conversation_add_person(&f->work, id, PARTICIPANT_STAFF,
                                          f->staff[PAGE_OTHER_TEACHER].v, 0, ""),
                  OK);
    /* Who takes part knows whom it is about, and nothing else of the pupil. */
    as(f, PAGE_OTHER_TEACHER);
    assert_status(access_check(&f->work, RIGHT_PUPIL_NAME, (struct target){.pupil = f->pupil}), OK);
    assert_status(access_check(&f->work, RIGHT_PUPIL_READ, (struct target){.pupil = f->pupil}),
                  ERR_NOT_FOUND);
    as(f, PAGE_TEACHER);
    assert_status(conversation_add_person(&f->work, id, PARTICIPANT_GUARDIAN, f->guardian.v, 0, ""),
                  OK);
    assert_status(conversation_add_person(&f->work, id, PARTICIPANT_GUARDIAN, 12345, 0, ""),
                  ERR_INVALID);
    assert_status(conversation_add_person(&f->work, id, PARTICIPANT_EXTERNAL, 0, 0, "Jan Jansen"), OK);
    assert_status(conversation_add_person(&f->work, id, PARTICIPANT_EXTERNAL, 0, 0, "  "),
                  ERR_INVALID);
    assert_status(conversation_add_person(&f->work, id, PARTICIPANT_STAFF,
                                          f->staff[PAGE_STRANGER].v, 0, ""),
                  ERR_INVALID);
    c = found(f, id);
    struct participant *people = NULL;
    size_t count = 0;
    assert_status(conversation_people(&f->work, &c, &people, &count), OK);
    assert_int_equal(count, 4);
    assert_string_equal(people[1].name, "Noor van der Linden");
    assert_string_equal(people[2].name, "Karin Linden");
    assert_string_equal(people[3].name, "Jan Jansen");
    as(f, PAGE_OTHER_TEACHER);
    assert_status(conversation_open(&f->work, RIGHT_CONVERSATION_WRITE, id, &c), OK);
    as(f, PAGE_TEACHER);
    assert_status(conversation_remove_person(&f->work, id, PARTICIPANT_STAFF,
                                             f->staff[PAGE_OTHER_TEACHER].v),
                  OK);
    as(f, PAGE_OTHER_TEACHER);
    assert_status(conversation_open(&f->work, RIGHT_CONVERSATION_READ, id, &c), ERR_NOT_FOUND);
    page_undo(f);
}

static void a_pupil_sees_the_own_ones_and_weakly_only_open_ones(void **state)
{
    struct page_fixture *f = *state;
    page_begin(f, PAGE_TEACHER);
    struct conversation_id open = plan(f, f->pupil), closed = plan(f, f->pupil);
    as(f, PAGE_OTHER_TEACHER);
    struct conversation_id other = plan(f, f->other_pupil);
    as(f, PAGE_TEACHER);
    assert_status(conversation_start(&f->work, closed), OK);
    assert_status(conversation_close(&f->work, closed, "", (struct date){0}), OK);
    as(f, PAGE_PUPIL);
    struct conversation c, *list = NULL;
    size_t count = 0;
    assert_status(conversation_open(&f->work, RIGHT_CONVERSATION_SELF, open, &c), OK);
    assert_status(conversation_open(&f->work, RIGHT_CONVERSATION_SELF, other, &c), ERR_NOT_FOUND);
    assert_status(conversation_of_self(&f->work, &list, &count), OK);
    assert_int_equal(count, 2);
    struct actor weak = f->actor[PAGE_PUPIL];
    weak.is_weak = true;
    f->work.actor = &weak;
    assert_status(conversation_open(&f->work, RIGHT_CONVERSATION_SELF, closed, &c), ERR_NOT_FOUND);
    assert_status(conversation_of_self(&f->work, &list, &count), OK);
    assert_int_equal(count, 1);
    assert_int_equal(list[0].id.v, open.v);
    page_undo(f);
}

/* --- counting ----------------------------------------------------------------------------------------- */

static void hearings_say_who_was_heard_and_who_comes_next(void **state)
{
    struct page_fixture *f = *state;
    page_begin(f, PAGE_TEACHER);
    struct hearing *h = NULL;
    size_t count = 0;
    struct date since = {2026, 8, 1};
    assert_status(conversation_hearings(&f->work, f->group, since, true, &h, &count), OK);
    assert_int_equal(count, 0);
    struct conversation_id talk = {work_new_id(&f->work)};
    assert_status(conversation_note_informal(&f->work, talk, f->pupil, (struct date){2026, 10, 1},
                                             "over voetbal"),
                  OK);
    struct conversation_id undated = {work_new_id(&f->work)};
    struct conversation_draft draft = draft_of(f->pupil);
    draft.planned_on = (struct date){0};
    draft.planned_at = -1;
    assert_status(conversation_plan(&f->work, undated, &draft), OK);
    struct conversation_id planned = plan(f, f->pupil);
    assert_status(conversation_cancel(&f->work, plan(f, f->pupil), NO_REASON), OK);
    assert_status(conversation_hearings(&f->work, f->group, since, true, &h, &count), OK);
    assert_int_equal(count, 1);
    assert_int_equal(h[0].pupil.v, f->pupil.v);
    assert_int_equal(h[0].held, 1);
    assert_int_equal(h[0].held_formal, 0);
    assert_string_equal(date_text(h[0].last_on).s, "2026-10-01");
    assert_int_equal(h[0].next.v, planned.v);
    assert_string_equal(found(f, talk).note, "over voetbal");
    const struct date later = {2026, 11, 1};
    assert_status(conversation_hearings(&f->work, f->group, later, true, &h, &count), OK);
    assert_int_equal(h[0].held, 0);
    assert_true(date_is_set(h[0].last_on));
    assert_status(conversation_hearings(&f->work, f->group, later, false, &h, &count), OK);
    assert_int_equal(h[0].next.v, planned.v);
    assert_false(date_is_set(h[0].last_on)); /* not looked for */
    page_undo(f);
}

/* --- on the time line ----------------------------------------------------------------------------------- */

static void conversations_stand_on_the_time_line_by_day(void **state)
{
    struct page_fixture *f = *state;
    page_begin(f, PAGE_TEACHER);
    struct conversation_id next = plan(f, f->pupil), talk = {work_new_id(&f->work)};
    struct conversation_id off = plan(f, f->pupil);
    assert_status(conversation_cancel(&f->work, off, "ziek"), OK);
    assert_status(conversation_note_informal(&f->work, talk, f->pupil, (struct date){2026, 10, 1},
                                             "over voetbal"),
                  OK);
    page_commit(f);
    const char *pupil = arena_strdup(f->arena, id_text(f->pupil.v).s);
    assert_page_status(page_post(f, PAGE_TEACHER,
                                 page_path(f, "/leerling/%s/observatie/%s", pupil, id_text(next.v).s),
                                 "kind", "strength", "version", "0", "body", "Hielp een kleuter.", "seen_on", "2026-11-03", NULL),
                       303);
    struct page_answer *page = page_get(f, PAGE_TEACHER, page_path(f, "/leerling/%s", pupil));
    const char *first = strstr(page->body, page_path(f, "href=\"/gesprek/%s\"", id_text(next.v).s));
    const char *seen = strstr(page->body, "Hielp een kleuter.");
    const char *last = strstr(page->body, page_path(f, "href=\"/gesprek/%s\"", id_text(talk.v).s));
    assert_true(first && seen && last && first < seen && seen < last);
    assert_page_contains(page, "over voetbal");
    assert_page_lacks(page, id_text(off.v).s);
    page = page_get(f, PAGE_TEACHER, page_path(f, "/leerling/%s/print", pupil));
    assert_page_contains(page, "over voetbal");
    assert_page_contains(page, "Hielp een kleuter.");
}

/* --- erasing ------------------------------------------------------------------------------------------- */

static void erasing_a_pupil_takes_the_conversations_away(void **state)
{
    struct page_fixture *f = *state;
    page_begin(f, PAGE_TEACHER);
    struct conversation_id id = plan(f, f->pupil);
    struct conversation_moment moment = {{2026, 12, 10}, -1, 15, "buiten"};
    assert_status(conversation_move(&f->work, id, &moment), OK);
    as(f, PAGE_ADMINISTRATOR);
    assert_status(pupil_erase(&f->work, f->pupil), OK);
    struct conversation c;
    as(f, PAGE_TEACHER);
    assert_status(conversation_open(&f->work, RIGHT_CONVERSATION_READ, id, &c), ERR_NOT_FOUND);
    page_undo(f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        page_each_engine(what_was_planned_is_found_as_it_was_said),
        page_each_engine(the_same_form_twice_plans_once),
        page_each_engine(a_plan_that_cannot_be_is_refused),
        page_each_engine(only_who_may_write_the_dossier_plans),
        page_each_engine(a_conversation_goes_its_way_and_no_other),
        page_each_engine(moving_keeps_where_it_stood),
        page_each_engine(a_follow_up_follows_what_was_held),
        page_each_engine(two_become_one_and_nothing_typed_is_lost),
        page_each_engine(the_page_offers_what_can_be_put_together),
        page_each_engine(who_takes_part_is_named_and_may_come_in),
        page_each_engine(a_pupil_sees_the_own_ones_and_weakly_only_open_ones),
        page_each_engine(hearings_say_who_was_heard_and_who_comes_next),
        page_each_engine(conversations_stand_on_the_time_line_by_day),
        page_each_engine(erasing_a_pupil_takes_the_conversations_away),
    };
    return cmocka_run_group_tests_name("conversation", tests, NULL, NULL);
}
