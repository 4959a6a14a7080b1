#include "opp/opp.h"

#include "access/access.h"
#include "base/arena.h"
#include "base/str.h"
#include "conversation/conversation.h"
#include "pupil/pupil.h"
#include "web/web_fixture.h"

static struct work *as(struct page_fixture *f, enum page_role role)
{
    f->work.actor = &f->actor[role];
    access_forget(&f->work);
    return &f->work;
}

static struct opp_draft heard(const char *words)
{
    return (struct opp_draft){.kind = OPP_DRAWN_UP,
                              .moment_on = {2026, 11, 20},
                              .heard = OPP_HEARD,
                              .way = OPP_CONVERSATION,
                              .heard_on = {2026, 11, 18},
                              .words = words};
}

static enum status save(struct page_fixture *f, struct opp_moment_id id, int base,
                        const struct opp_draft *draft)
{
    struct opp_moment now;
    int version = 0;
    return opp_save(&f->work, f->pupil, id, base, draft, &version, &now);
}

static struct opp_moment_id add(struct page_fixture *f, const struct opp_draft *draft)
{
    struct opp_moment_id id = {id_new(&f->random)};
    assert_status(save(f, id, 0, draft), OK);
    return id;
}

static void what_is_kept_reads_back(void **state)
{
    struct page_fixture *f = *state;
    struct opp_draft draft = heard("Ik wil <liever> met een maatje.");
    struct opp_moment m;
    page_begin(f, PAGE_TEACHER);
    draft.present = "mama";
    draft.done = "Er staat nu: samen met een maatje.";
    draft.why = "Omdat dat werkt.";
    draft.told_on = (struct date){2026, 11, 23};
    struct opp_moment_id id = add(f, &draft);
    assert_status(opp_find(&f->work, id, &m), OK);
    assert_string_equal(m.words, draft.words);
    assert_string_equal(m.present, "mama");
    assert_string_equal(m.done, draft.done);
    assert_string_equal(m.why, draft.why);
    assert_string_equal(m.reason, "");
    assert_int_equal(m.kind, OPP_DRAWN_UP);
    assert_int_equal(m.way, OPP_CONVERSATION);
    assert_int_equal(date_compare(m.heard_on, draft.heard_on), 0);
    assert_int_equal(date_compare(m.told_on, draft.told_on), 0);
    assert_string_equal(m.author_name, "Tessa Mulder");
    assert_true(opp_is_complete(&m));
    page_undo(f);
}

static void a_change_is_a_version_and_two_writers_are_told(void **state)
{
    struct page_fixture *f = *state;
    struct opp_moment now;
    int version = 0;
    page_begin(f, PAGE_TEACHER);
    struct opp_draft first = heard("eerst"), second = heard("later"), third = heard("nog anders");
    struct opp_moment_id id = add(f, &first);
    assert_status(save(f, id, 0, &first), OK); /* sent twice */
    assert_status(opp_save(&f->work, f->pupil, id, 1, &second, &version, &now), OK);
    assert_int_equal(version, 2);
    assert_status(opp_save(&f->work, f->pupil, id, 1, &third, &version, &now), ERR_CONFLICT);
    assert_string_equal(now.words, "later");
    assert_int_equal(now.version, 2);
    assert_status(opp_save(&f->work, f->pupil, id, 1, &second, &version, &now),
                  OK); /* the same as what stands */
    assert_int_equal(version, 2);
    page_undo(f);
}

static void what_is_missing_is_refused(void **state)
{
    struct page_fixture *f = *state;
    const struct opp_draft good = heard("woorden");
    struct opp_draft d;
    char longer[OPP_WORDS_MAX + 2];
    memset(longer, 'x', sizeof longer - 1);
    longer[sizeof longer - 1] = '\0';
    page_begin(f, PAGE_TEACHER);
    const struct conversation_draft other = {
        .method_key = "k12", .pupil = f->other_pupil, .planned_at = -1, .place = "", .aim = ""};
    struct conversation_id elsewhere = {id_new(&f->random)};
    as(f, PAGE_OTHER_TEACHER);
    assert_status(conversation_plan(&f->work, elsewhere, &other), OK);
    as(f, PAGE_TEACHER);
#define REFUSED(change)                                                                            \
    do {                                                                                           \
        d = good;                                                                                  \
        change;                                                                                    \
        assert_status(save(f, (struct opp_moment_id){id_new(&f->random)}, 0, &d), ERR_INVALID);    \
    } while (0)
    REFUSED(d.words = " ");
    REFUSED(d.words = longer);
    REFUSED(d.present = longer);
    REFUSED(d.way = OPP_NO_WAY);
    REFUSED(d.way = OPP_WAYS_);
    REFUSED(d.kind = (enum opp_kind)0);
    REFUSED(d.heard = (enum opp_heard)0);
    REFUSED(d.heard_on = (struct date){0});
    REFUSED(d.heard_on = ((struct date){2026, 11, 25}));
    REFUSED(d.told_on = ((struct date){2026, 11, 25}));
    REFUSED(d.moment_on = (struct date){0});
    REFUSED(d.moment_on = ((struct date){2028, 11, 25}));
    REFUSED(d.conversation = elsewhere);
    REFUSED(d.conversation.v = 12345);
    REFUSED(d.heard = OPP_NOT_HEARD); /* without a reason */
#undef REFUSED
    page_undo(f);
}

static void not_heard_keeps_the_reason_and_nothing_else(void **state)
{
    struct page_fixture *f = *state;
    struct opp_moment m;
    struct opp_draft draft = heard("deze woorden horen er dan niet bij");
    page_begin(f, PAGE_TEACHER);
    draft.heard = OPP_NOT_HEARD;
    draft.reason = "Ziek; het gesprek is volgende week.";
    struct opp_moment_id id = add(f, &draft);
    assert_status(opp_find(&f->work, id, &m), OK);
    assert_string_equal(m.words, "");
    assert_int_equal(m.way, OPP_NO_WAY);
    assert_false(date_is_set(m.heard_on));
    assert_string_equal(m.reason, draft.reason);
    assert_false(opp_is_complete(&m));
    page_undo(f);
}

static void a_conversation_can_hold_the_words(void **state)
{
    struct page_fixture *f = *state;
    struct opp_moment m;
    page_begin(f, PAGE_TEACHER);
    const struct conversation_draft talk = {
        .method_key = "k12", .pupil = f->pupil, .planned_at = -1, .place = "", .aim = ""};
    struct conversation_id conversation = {id_new(&f->random)};
    assert_status(conversation_plan(&f->work, conversation, &talk), OK);
    struct opp_draft draft = heard("");
    draft.conversation = conversation;
    struct opp_moment_id id = add(f, &draft);
    assert_status(opp_find(&f->work, id, &m), OK);
    assert_int_equal(m.conversation.v, conversation.v);
    page_undo(f);
}

static void newest_moment_first_and_taken_off_ones_come_back(void **state)
{
    struct page_fixture *f = *state;
    struct opp_moment *list = NULL;
    size_t count = 0;
    page_begin(f, PAGE_TEACHER);
    struct opp_draft old = heard("oud"), fresh = heard("nieuw");
    old.moment_on = (struct date){2026, 3, 1};
    struct opp_moment_id first = add(f, &old), second = add(f, &fresh);
    assert_status(opp_of_pupil(&f->work, f->pupil, &list, &count), OK);
    assert_int_equal(count, 2);
    assert_int_equal(list[0].id.v, second.v);
    assert_status(opp_remove(&f->work, first, true), OK);
    assert_status(opp_of_pupil(&f->work, f->pupil, &list, &count), OK);
    assert_int_equal(count, 1);
    assert_status(opp_find(&f->work, first, &list[0]), ERR_NOT_FOUND);
    assert_status(save(f, first, 1, &fresh), ERR_NOT_FOUND);
    assert_status(opp_remove(&f->work, first, false), OK);
    assert_status(opp_of_pupil(&f->work, f->pupil, &list, &count), OK);
    assert_int_equal(count, 2);
    page_undo(f);
}

static void who_may(void **state)
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
    struct opp_draft draft = heard("woorden");
    struct opp_moment_id standing = add(f, &draft);
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct opp_moment m, *list = NULL;
        size_t count = 0;
        as(f, cases[i].role);
        assert_status(save(f, (struct opp_moment_id){id_new(&f->random)}, 0, &draft),
                      cases[i].expected);
        assert_status(opp_find(&f->work, standing, &m), cases[i].expected);
        assert_status(opp_of_pupil(&f->work, f->pupil, &list, &count), cases[i].expected);
        assert_status(opp_remove(&f->work, standing, false), cases[i].expected);
    }
    page_undo(f);
}

static void it_goes_with_the_pupil(void **state)
{
    struct page_fixture *f = *state;
    struct opp_draft draft = heard("woorden");
    page_begin(f, PAGE_TEACHER);
    const struct conversation_draft talk = {
        .method_key = "k12", .pupil = f->pupil, .planned_at = -1, .place = "", .aim = ""};
    draft.conversation = (struct conversation_id){id_new(&f->random)};
    assert_status(conversation_plan(&f->work, draft.conversation, &talk), OK);
    struct opp_moment_id id = add(f, &draft);
    struct opp_moment m;
    f->work.actor = &(struct actor){.kind = ACTOR_PROGRAM, .school = f->school};
    assert_status(pupil_erase(&f->work, f->pupil),
                  OK); /* before the conversation that it points at */
    as(f, PAGE_COORDINATOR);
    assert_status(opp_find(&f->work, id, &m), ERR_NOT_FOUND);
    page_undo(f);
}

static void it_fails_cleanly(void **state)
{
    struct page_fixture *f = *state;
    struct opp_draft draft = heard("woorden");
    struct opp_moment_id id = {id_new(&f->random)};
    size_t faults = 0;
    for (size_t nth = 1; nth < 40; nth++) {
        page_begin(f, PAGE_TEACHER);
        db_fail_at(f->work.db, nth, ERR_DB);
        enum status st = save(f, id, 0, &draft);
        db_fail_at(f->work.db, 0, OK);
        page_undo(f);
        if (st == OK)
            break;
        assert_status(st, ERR_DB);
        faults++;
    }
    assert_in_range(faults, 5, 20);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        page_each_engine(what_is_kept_reads_back),
        page_each_engine(a_change_is_a_version_and_two_writers_are_told),
        page_each_engine(what_is_missing_is_refused),
        page_each_engine(not_heard_keeps_the_reason_and_nothing_else),
        page_each_engine(a_conversation_can_hold_the_words),
        page_each_engine(newest_moment_first_and_taken_off_ones_come_back),
        page_each_engine(who_may),
        page_each_engine(it_goes_with_the_pupil),
        page_each_engine(it_fails_cleanly),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
