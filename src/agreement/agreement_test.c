#include "agreement/agreement.h"

#include "access/access.h"
#include "access/audit.h"
#include "base/arena.h"
#include "base/str.h"
#include "conversation/conversation.h"
#include "web/web_fixture.h"

static struct work *as(struct page_fixture *f, enum page_role role)
{
    f->work.actor = &f->actor[role];
    access_forget(&f->work);
    return &f->work;
}

static struct agreement_draft promise(struct page_fixture *f, const char *what)
{
    return (struct agreement_draft){.question = "",
                                    .who_kind = WHO_STAFF,
                                    .who = f->staff[PAGE_TEACHER].v,
                                    .due_on = {2026, 12, 1},
                                    .look_on = {2026, 12, 10},
                                    .what = what,
                                    .who_name = "Tessa",
                                    .how = "na vijf minuten",
                                    .look = ""};
}

static struct agreement_id make(struct page_fixture *f, const char *what)
{
    struct agreement_id id = {work_new_id(&f->work)};
    struct agreement_draft d = promise(f, what);
    assert_status(agreement_make(&f->work, f->pupil, id, &d), OK);
    return id;
}

static struct agreement found(struct page_fixture *f, struct agreement_id id)
{
    struct thing a;
    assert_status(thing_find(&f->work, &agreement_rules, (struct thing_id){id.v}, &a), OK);
    return agreement_of_thing(&a);
}

static void an_agreement_is_found_as_it_was_made(void **state)
{
    struct page_fixture *f = *state;
    page_begin(f, PAGE_TEACHER);
    struct agreement_id id = make(f, "ik kom even langs");
    struct agreement_draft d = promise(f, "ik kom even langs");
    assert_status(agreement_make(&f->work, f->pupil, id, &d), OK);
    d.what = "iets anders";
    assert_status(agreement_make(&f->work, f->pupil, id, &d), ERR_CONFLICT);
    struct agreement a = found(f, id);
    assert_string_equal(a.what, "ik kom even langs");
    assert_string_equal(a.who_name, "Tessa");
    assert_string_equal(a.how, "na vijf minuten");
    assert_int_equal(a.who, f->staff[PAGE_TEACHER].v);
    assert_int_equal(a.state, AGREEMENT_OPEN);
    assert_string_equal(date_text(a.due_on).s, "2026-12-01");
    page_undo(f);
}

static void who_promises_is_somebody_of_here(void **state)
{
    struct page_fixture *f = *state;
    page_begin(f, PAGE_TEACHER);
    const struct {
        enum agreement_who kind;
        int64_t who;
        enum status expected;
    } cases[] = {
        {WHO_STAFF, f->staff[PAGE_COORDINATOR].v, OK},
        {WHO_STAFF, 0, ERR_INVALID},
        {WHO_STAFF, f->staff[PAGE_STRANGER].v, ERR_INVALID},
        {WHO_PUPIL, f->pupil.v, OK},
        {WHO_PUPIL, f->other_pupil.v, ERR_INVALID},
        {WHO_GUARDIAN, f->guardian.v, OK},
        {WHO_GUARDIAN, 0, OK},
        {WHO_GUARDIAN, f->pupil.v, ERR_INVALID},
        {WHO_OTHER, 0, OK},
        {WHO_OTHER, f->pupil.v, ERR_INVALID},
        {WHO_TOGETHER, 0, OK},
        {0, 0, ERR_INVALID},
        {6, 0, ERR_INVALID},
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct agreement_draft d = promise(f, "helpen");
        d.who_kind = cases[i].kind;
        d.who = cases[i].who;
        struct agreement_id id = {work_new_id(&f->work)};
        assert_status(agreement_make(&f->work, f->pupil, id, &d), cases[i].expected);
    }
    struct agreement_draft d = promise(f, " ");
    struct agreement_id id = {work_new_id(&f->work)};
    assert_status(agreement_make(&f->work, f->pupil, id, &d), ERR_INVALID);
    d = promise(f, "helpen");
    d.due_on = (struct date){2026, 11, 23};
    assert_status(agreement_make(&f->work, f->pupil, id, &d), ERR_INVALID);
    assert_status(agreement_make(&f->work, (struct pupil_id){0}, id, &d), ERR_NOT_FOUND);
    page_undo(f);
}

static void who_may_make_and_read_an_agreement(void **state)
{
    struct page_fixture *f = *state;
    static const struct {
        enum page_role role;
        enum status expected;
    } cases[] = {
        {PAGE_TEACHER, OK},
        {PAGE_COORDINATOR, OK},
        {PAGE_PUPIL, OK},
        {PAGE_OTHER_TEACHER, ERR_NOT_FOUND},
        {PAGE_SUPPORT, ERR_NOT_FOUND},
        {PAGE_PRINCIPAL, ERR_NOT_FOUND},
        {PAGE_ADMINISTRATOR, ERR_NOT_FOUND},
        {PAGE_STRANGER, ERR_NOT_FOUND},
    };
    page_begin(f, PAGE_TEACHER);
    struct agreement_id standing = make(f, "langskomen");
    struct agreement_draft d = promise(f, "oefenen");
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct thing a;
        as(f, cases[i].role);
        struct agreement_id id = {work_new_id(&f->work)};
        assert_status(agreement_make(&f->work, f->pupil, id, &d), cases[i].expected);
        assert_status(thing_find(&f->work, &agreement_rules, (struct thing_id){standing.v}, &a),
                      cases[i].expected);
        assert_status(agreement_check_in(&f->work, standing,
                                         (struct agreement_check_id){work_new_id(&f->work)},
                                         CHECK_WELL, ""),
                      cases[i].expected);
    }
    page_undo(f);
}

static void an_adults_promise_is_not_the_childs_to_change(void **state)
{
    struct page_fixture *f = *state;
    page_begin(f, PAGE_TEACHER);
    struct agreement_id id = make(f, "langskomen");
    struct agreement_draft d = promise(f, "nooit komen");
    struct thing now;
    int version = 0;
    as(f, PAGE_PUPIL);
    assert_status(agreement_change(&f->work, id, 1, &d, &version, &now), ERR_FORBIDDEN);
    assert_status(agreement_end(&f->work, id, AGREEMENT_DROPPED), ERR_FORBIDDEN);
    assert_status(agreement_replace(&f->work, id, (struct agreement_id){work_new_id(&f->work)}, &d),
                  ERR_FORBIDDEN);
    d = promise(f, "ik kies een taak");
    d.who_kind = WHO_PUPIL;
    d.who = f->pupil.v;
    struct agreement_id own = {work_new_id(&f->work)};
    assert_status(agreement_make(&f->work, f->pupil, own, &d), OK);
    as(f, PAGE_TEACHER);
    d.what = "de leerling kiest een taak";
    assert_status(agreement_change(&f->work, own, 1, &d, &version, &now), ERR_FORBIDDEN);
    page_undo(f);
}

static void a_conflict_shows_what_stands(void **state)
{
    struct page_fixture *f = *state;
    page_begin(f, PAGE_TEACHER);
    struct agreement_id id = make(f, "een");
    struct agreement_draft d = promise(f, "twee");
    struct thing now;
    int version = 0;
    assert_status(agreement_change(&f->work, id, 1, &d, &version, &now), OK);
    assert_int_equal(version, 2);
    d.what = "drie";
    assert_status(agreement_change(&f->work, id, 1, &d, &version, &now), ERR_CONFLICT);
    assert_string_equal(thing_said(&now, "what"), "twee");
    struct thing_version *list = NULL;
    size_t count = 0;
    assert_status(
        thing_versions(&f->work, &agreement_rules, (struct thing_id){id.v}, &list, &count), OK);
    assert_int_equal(count, 2);
    assert_string_equal(answer_part(&list[0].value, "what"), "een");
    page_undo(f);
}

static void it_is_kept_dropped_or_goes_on_as_another(void **state)
{
    struct page_fixture *f = *state;
    page_begin(f, PAGE_TEACHER);
    struct agreement_id id = make(f, "elke dag"), fresh = {work_new_id(&f->work)};
    assert_status(agreement_end(&f->work, id, AGREEMENT_CHANGED), ERR_INVALID);
    assert_status(agreement_end(&f->work, id, AGREEMENT_KEPT), OK);
    assert_status(thing_celebrate(&f->work, &agreement_rules, (struct thing_id){id.v}, PARTY_CARD),
                  OK);
    assert_int_equal(found(f, id).party, PARTY_CARD);
    struct agreement_draft d = promise(f, "twee keer in de week");
    assert_status(agreement_replace(&f->work, id, fresh, &d), ERR_FORBIDDEN); /* not open */
    assert_status(agreement_end(&f->work, id, AGREEMENT_OPEN), OK);
    assert_int_equal(found(f, id).party, PARTY_NONE);
    assert_status(thing_celebrate(&f->work, &agreement_rules, (struct thing_id){id.v}, PARTY_CARD),
                  ERR_INVALID);
    assert_status(agreement_replace(&f->work, id, fresh, &d), OK);
    assert_status(agreement_replace(&f->work, id, fresh, &d), OK);
    struct agreement old = found(f, id);
    assert_int_equal(old.state, AGREEMENT_CHANGED);
    assert_int_equal(old.became.v, fresh.v);
    assert_string_equal(old.what, "elke dag");
    assert_int_equal(found(f, fresh).state, AGREEMENT_OPEN);
    assert_status(agreement_end(&f->work, id, AGREEMENT_OPEN), ERR_FORBIDDEN);
    struct agreement *list = NULL;
    size_t count = 0;
    assert_status(
        agreement_of_pupil(&f->work, f->pupil, (struct conversation_id){0}, &list, &count), OK);
    assert_int_equal(count, 2);
    assert_int_equal(list[0].id.v, fresh.v); /* the open one first */
    page_undo(f);
}

static void looks_in_between_are_kept_in_their_order(void **state)
{
    struct page_fixture *f = *state;
    page_begin(f, PAGE_TEACHER);
    struct agreement_id id = make(f, "langskomen");
    struct agreement_check_id first = {work_new_id(&f->work)}, second = {work_new_id(&f->work)};
    assert_status(agreement_check_in(&f->work, id, first, CHECK_NOT_YET, "vergeten"), OK);
    f->work.now_ms += MS_DAY;
    assert_status(agreement_check_in(&f->work, id, second, CHECK_WELL, ""), OK);
    assert_status(agreement_check_in(&f->work, id, second, CHECK_WELL, ""), OK);
    assert_status(agreement_check_in(&f->work, id, (struct agreement_check_id){9}, 4, ""),
                  ERR_INVALID);
    struct agreement_check_in *list = NULL;
    size_t count = 0;
    assert_status(agreement_checks(&f->work, id, &list, &count), OK);
    assert_int_equal(count, 2);
    assert_int_equal(list[0].outcome, CHECK_NOT_YET);
    assert_string_equal(list[0].text, "vergeten");
    assert_int_equal(list[1].outcome, CHECK_WELL);
    page_undo(f);
}

static void what_a_group_agreed_is_the_groups_own(void **state)
{
    struct page_fixture *f = *state;
    page_begin(f, PAGE_TEACHER);
    struct conversation_id c = {work_new_id(&f->work)};
    const struct conversation_draft talk = {
        .method_key = "k18", .group = f->group, .planned_at = -1, .place = "", .aim = ""};
    assert_status(conversation_plan(&f->work, c, &talk), OK);
    struct agreement_draft d = promise(f, "we luisteren naar elkaar");
    d.who_kind = WHO_TOGETHER;
    d.who = 0;
    d.conversation = c;
    struct agreement_id id = {work_new_id(&f->work)};
    assert_status(agreement_make(&f->work, f->pupil, id, &d), ERR_INVALID); /* no single pupil's */
    assert_status(agreement_make(&f->work, (struct pupil_id){0}, id, &d), OK);
    assert_int_equal(found(f, id).pupil.v, 0);
    struct agreement *list = NULL;
    size_t count = 0;
    assert_status(agreement_of_pupil(&f->work, (struct pupil_id){0}, c, &list, &count), OK);
    assert_int_equal(count, 1);
    struct thing *open = NULL;
    assert_status(thing_list_of_group(&f->work, &agreement_rules, c, &open, &count), OK);
    assert_int_equal(count, 1);
    as(f, PAGE_PUPIL); /* takes part */
    assert_status(agreement_of_pupil(&f->work, (struct pupil_id){0}, c, &list, &count), OK);
    assert_int_equal(count, 1);
    as(f, PAGE_OTHER_TEACHER);
    struct thing a;
    assert_status(thing_find(&f->work, &agreement_rules, (struct thing_id){id.v}, &a),
                  ERR_NOT_FOUND);
    page_undo(f);
}

static void several_people_do_one(void **state)
{
    struct page_fixture *f = *state;
    page_begin(f, PAGE_TEACHER);
    struct agreement_draft d = promise(f, "samen lezen");
    d.other_count = 2;
    d.others[0] = (struct agreement_person){WHO_GUARDIAN, f->guardian.v};
    d.others[1] = (struct agreement_person){WHO_STAFF, f->staff[PAGE_COORDINATOR].v};
    struct agreement_id id = {work_new_id(&f->work)};
    assert_status(agreement_make(&f->work, f->pupil, id, &d), OK);
    struct agreement a = found(f, id);
    assert_int_equal(a.other_count, 2);
    assert_int_equal(a.others[1].kind, WHO_STAFF);
    assert_int_equal(a.others[1].id, f->staff[PAGE_COORDINATOR].v);
    /* Nobody twice, and nobody of elsewhere. */
    struct thing now;
    int version = 0;
    d.others[0] = (struct agreement_person){d.who_kind, d.who};
    assert_status(agreement_change(&f->work, id, 1, &d, &version, &now), ERR_INVALID);
    d.others[0] = (struct agreement_person){WHO_STAFF, f->staff[PAGE_STRANGER].v};
    assert_status(agreement_change(&f->work, id, 1, &d, &version, &now), ERR_INVALID);
    d.other_count = AGREEMENT_OTHERS_MAX + 1;
    assert_status(agreement_change(&f->work, id, 1, &d, &version, &now), ERR_INVALID);
    d.other_count = 0;
    assert_status(agreement_change(&f->work, id, 1, &d, &version, &now), OK);
    assert_int_equal(found(f, id).other_count, 0);
    page_undo(f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        page_each_engine(an_agreement_is_found_as_it_was_made),
        page_each_engine(who_promises_is_somebody_of_here),
        page_each_engine(who_may_make_and_read_an_agreement),
        page_each_engine(an_adults_promise_is_not_the_childs_to_change),
        page_each_engine(a_conflict_shows_what_stands),
        page_each_engine(it_is_kept_dropped_or_goes_on_as_another),
        page_each_engine(looks_in_between_are_kept_in_their_order),
        page_each_engine(what_a_group_agreed_is_the_groups_own),
        page_each_engine(several_people_do_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
