#include "sharing/sharing.h"

#include "access/access.h"
#include "access/audit.h"
#include "agreement/agreement.h"
#include "base/arena.h"
#include "base/str.h"
#include "goal/goal.h"
#include "goal/thing.h"
#include "group/group.h"
#include "pupil/pupil.h"
#include "sharing/wish.h"
#include "web/web_fixture.h"

/* A conversation of Noor with one answer, one goal and two agreements. */
struct talk {
    struct conversation_id id;
    struct conversation c;
    struct sharing_book book;
    struct shared_thing *things;
    size_t count;
    struct sharing_reader *readers;
    size_t reader_count;
};

static struct work *as(struct page_fixture *f, enum page_role role)
{
    f->work.actor = &f->actor[role];
    access_forget(&f->work);
    return &f->work;
}

static void add_answer(struct page_fixture *f, struct talk *t, const char *question,
                       enum voice voice, const char *text)
{
    const struct answer_part part = {"", text};
    const struct answer_value value = {&part, 1};
    struct answer_key key = {.conversation = t->id, .question = question, .voice = voice};
    struct answer now;
    int version = 0;
    assert_status(answer_save(&f->work, &t->c.seal, &key, 0, &value, &version, &now), OK);
}

static void agree(struct page_fixture *f, struct talk *t, enum agreement_who who, int64_t person,
                  const char *what)
{
    struct agreement_id id = {id_new(&f->random)};
    const struct agreement_draft draft = {.conversation = t->id,
                                          .question = "",
                                          .who_kind = who,
                                          .who = person,
                                          .what = what,
                                          .who_name = "",
                                          .how = "",
                                          .look = ""};
    assert_status(agreement_make(&f->work, f->pupil, id, &draft), OK);
}

/* The first question of the form that is answered by plain words. */
static const char *text_question(const struct method *method)
{
    for (size_t p = 0; p < method->phase_count; p++)
        for (size_t i = 0; i < method->phases[p].question_count; i++)
            if (str_equal(method->phases[p].questions[i].kind, "text"))
                return method->phases[p].questions[i].id;
    fail_msg("no question in words");
    return NULL;
}

static void reread(struct page_fixture *f, struct talk *t)
{
    assert_status(sharing_open(&f->work, f->pupil, t->id, &t->book), OK);
    assert_status(sharing_things(&f->work, &t->c, &t->book, NULL, &t->things, &t->count), OK);
    assert_status(sharing_readers(&f->work, &t->c, &t->readers, &t->reader_count), OK);
}

static struct talk *make_talk(struct page_fixture *f)
{
    struct talk *t = ARENA_NEW(f->arena, struct talk);
    assert_non_null(t);
    t->id = (struct conversation_id){id_new(&f->random)};
    const struct conversation_draft draft = {
        .method_key = "k12", .pupil = f->pupil, .planned_at = -1, .place = "", .aim = ""};
    as(f, PAGE_TEACHER);
    assert_status(conversation_plan(&f->work, t->id, &draft), OK);
    assert_status(conversation_start(&f->work, t->id), OK);
    assert_status(conversation_open(&f->work, RIGHT_CONVERSATION_WRITE, t->id, &t->c), OK);
    add_answer(f, t, text_question(t->c.method), VOICE_PUPIL, "ik weet niet waar ik begin");
    struct goal_id goal = {id_new(&f->random)};
    const struct goal_draft wish = {
        .conversation = t->id,
        .question = "",
        .voice = VOICE_PUPIL,
        .words = {.now = "", .soon = "rustig beginnen", .notice = "", .dot = "", .score = ""}};
    assert_status(goal_set(&f->work, f->pupil, goal, &wish), OK);
    agree(f, t, WHO_PUPIL, f->pupil.v, "Ik kies eerst een taak.");
    agree(f, t, WHO_GUARDIAN, f->guardian.v, "Thuis kijken we op zondag vooruit.");
    reread(f, t);
    return t;
}

static const struct shared_thing *thing(const struct talk *t, enum shared_kind kind, size_t nth)
{
    for (size_t i = 0; i < t->count; i++)
        if (t->things[i].kind == kind && nth-- == 0)
            return &t->things[i];
    fail_msg("no thing of kind %d", kind);
    return NULL;
}

static const struct shared_thing *home_agreement(const struct talk *t)
{
    const struct shared_thing *first = thing(t, SHARED_AGREEMENT, 0);
    return first->agreement->who_kind == WHO_GUARDIAN ? first : thing(t, SHARED_AGREEMENT, 1);
}

static const struct shared_thing *own_agreement(const struct talk *t)
{
    const struct shared_thing *first = thing(t, SHARED_AGREEMENT, 0);
    return first->agreement->who_kind == WHO_PUPIL ? first : thing(t, SHARED_AGREEMENT, 1);
}

static const struct sharing_reader *reader(const struct talk *t, enum reader_kind kind)
{
    for (size_t i = 0; i < t->reader_count; i++)
        if (t->readers[i].kind == kind)
            return &t->readers[i];
    fail_msg("no reader of kind %d", kind);
    return NULL;
}

static enum status decide_one(struct page_fixture *f, struct talk *t,
                              const struct shared_thing *what, const struct sharing_reader *whom,
                              const struct sharing_draft *draft)
{
    const struct sharing_wish wish = {.thing = what, .reader = whom, .draft = *draft};
    return sharing_decide(&f->work, &t->book, what->conversation, &wish, 1);
}

static enum status decide(struct page_fixture *f, struct talk *t, const struct shared_thing *what,
                          enum sharing_choice choice, bool together)
{
    const struct sharing_draft draft = {.choice = choice,
                                        .with_pupil = together,
                                        .why = "dan helpen ze mee",
                                        .when = "vanavond",
                                        .how = "met een briefje"};
    return decide_one(f, t, what, reader(t, READER_GUARDIAN), &draft);
}

/* --- tests
 * ------------------------------------------------------------------------------------------- */

static void nothing_goes_home_but_what_home_does(void **state)
{
    struct page_fixture *f = *state;
    page_begin(f, PAGE_TEACHER);
    struct talk *t = make_talk(f);
    assert_int_equal(t->count, 4);
    const struct sharing_reader *home = reader(t, READER_GUARDIAN);
    assert_true(home->is_everybody);
    for (size_t i = 0; i < t->count; i++) {
        bool theirs = &t->things[i] == home_agreement(t);
        assert_int_equal(sharing_may_see(&t->book, &t->things[i], home).sees, theirs);
    }
    const struct sharing_reader *leader = reader(t, READER_COLLEAGUE);
    assert_int_equal(sharing_may_see(&t->book, thing(t, SHARED_GOAL, 0), leader).why,
                     WHY_TAKES_PART);
    page_undo(f);
}

static void the_newest_decision_stands_and_says_why(void **state)
{
    struct page_fixture *f = *state;
    page_begin(f, PAGE_TEACHER);
    struct talk *t = make_talk(f);
    const struct shared_thing *goal = thing(t, SHARED_GOAL, 0);
    const struct sharing_reader *home = reader(t, READER_GUARDIAN);
    static const enum sharing_choice turns[] = {CHOICE_YES, CHOICE_NO, CHOICE_SELF, CHOICE_YES};
    for (size_t i = 0; i < ARRAY_LEN(turns); i++) {
        assert_status(decide(f, t, goal, turns[i], true), OK);
        assert_status(decide(f, t, goal, turns[i], true), OK); /* again: the same one */
        assert_int_equal(t->book.count, i + 1);
        assert_int_equal(sharing_may_see(&t->book, goal, home).sees, turns[i] == CHOICE_YES);
    }
    const struct sharing_decision *now = sharing_standing(&t->book, goal, home);
    assert_non_null(now);
    assert_string_equal(now->why, "dan helpen ze mee");
    assert_string_equal(now->when, "vanavond");
    assert_string_equal(now->how, "met een briefje");
    assert_int_equal(now->by, DECIDED_TOGETHER);
    assert_int_equal(now->decided_by, f->staff[PAGE_TEACHER].v);
    page_commit(f);
    assert_int_equal(page_logged(f, AUDIT_SHARING_DECIDED), ARRAY_LEN(turns));
}

static void many_are_decided_at_once_or_none(void **state)
{
    struct page_fixture *f = *state;
    page_begin(f, PAGE_TEACHER);
    struct talk *t = make_talk(f);
    const struct sharing_reader *home = reader(t, READER_GUARDIAN);
    const struct sharing_draft no = {.choice = CHOICE_NO, .with_pupil = true};
    struct sharing_wish wishes[] = {{thing(t, SHARED_GOAL, 0), home, no},
                                    {own_agreement(t), home, no},
                                    {home_agreement(t), home, no}}; /* always: they carry it out */
    assert_status(sharing_decide(&f->work, &t->book, t->id, wishes, 3), ERR_FORBIDDEN);
    assert_int_equal(t->book.count, 0);
    const struct conversation_id other = {t->id.v + 1};
    assert_status(sharing_decide(&f->work, &t->book, other, wishes, 2), ERR_NOT_FOUND);
    assert_status(sharing_decide(&f->work, &t->book, t->id, wishes, 2), OK);
    assert_status(sharing_decide(&f->work, &t->book, t->id, wishes, 2), OK);
    assert_int_equal(t->book.count, 2);
    assert_int_equal(sharing_may_see(&t->book, wishes[0].thing, home).why, WHY_NO);
    assert_int_equal(sharing_may_see(&t->book, wishes[1].thing, home).why, WHY_NO);
    page_commit(f);
    assert_int_equal(page_logged(f, AUDIT_SHARING_DECIDED), 1);
}

static void the_whole_opens_what_was_not_decided_by_itself(void **state)
{
    struct page_fixture *f = *state;
    page_begin(f, PAGE_TEACHER);
    struct talk *t = make_talk(f);
    const struct sharing_reader *home = reader(t, READER_GUARDIAN);
    struct shared_thing whole = sharing_whole(&t->c);
    assert_status(decide(f, t, thing(t, SHARED_GOAL, 0), CHOICE_NO, true), OK);
    assert_status(decide(f, t, &whole, CHOICE_YES, true), OK);
    assert_false(sharing_may_see(&t->book, thing(t, SHARED_GOAL, 0), home).sees);
    assert_true(sharing_may_see(&t->book, thing(t, SHARED_ANSWER, 0), home).sees);
    assert_true(sharing_may_see(&t->book, own_agreement(t), home).sees);
    struct shared_thing *seen = NULL;
    size_t count = 0;
    assert_status(sharing_things(&f->work, &t->c, &t->book, home, &seen, &count), OK);
    assert_int_equal(count, 3);
    page_undo(f);
}

static void a_day_that_has_passed_closes_it_again(void **state)
{
    struct page_fixture *f = *state;
    page_begin(f, PAGE_TEACHER);
    struct talk *t = make_talk(f);
    const struct sharing_reader *home = reader(t, READER_GUARDIAN);
    struct sharing_draft draft = {.choice = CHOICE_YES, .with_pupil = true, .ends_on = PAGE_TODAY};
    const struct shared_thing *goal = thing(t, SHARED_GOAL, 0);
    assert_status(decide_one(f, t, goal, home, &draft), OK);
    assert_true(sharing_may_see(&t->book, goal, home).sees);
    t->book.today = date_add_days(PAGE_TODAY, 1);
    assert_int_equal(sharing_may_see(&t->book, goal, home).why, WHY_NOTHING_DECIDED);
    page_undo(f);
}

static void staff_alone_do_not_open_what_the_pupil_closed(void **state)
{
    struct page_fixture *f = *state;
    page_begin(f, PAGE_TEACHER);
    struct talk *t = make_talk(f);
    const struct shared_thing *goal = thing(t, SHARED_GOAL, 0);
    as(f, PAGE_PUPIL);
    assert_status(decide(f, t, goal, CHOICE_SELF, false), OK);
    assert_int_equal(t->book.decisions[0].by, DECIDED_PUPIL);
    as(f, PAGE_TEACHER);
    assert_status(decide(f, t, goal, CHOICE_YES, false), ERR_FORBIDDEN);
    assert_status(decide(f, t, goal, CHOICE_NO, false), OK);
    assert_status(decide(f, t, home_agreement(t), CHOICE_NO, true), ERR_FORBIDDEN); /* always */
    assert_status(decide(f, t, goal, CHOICE_NONE, true), ERR_INVALID);
    page_undo(f);
}

static void set_birth(struct page_fixture *f, struct date birth)
{
    struct pupil who;
    as(f, PAGE_ADMINISTRATOR);
    assert_status(pupil_find(&f->work, f->pupil, &who), OK);
    who.person.birth = birth;
    assert_status(pupil_change(&f->work, f->pupil, &who.person, who.year_group), OK);
    as(f, PAGE_TEACHER);
}

static void from_the_sixteenth_birthday_the_pupil_decides(void **state)
{
    struct page_fixture *f = *state;
    page_begin(f, PAGE_TEACHER);
    struct talk *t = make_talk(f);
    const struct sharing_reader *home = reader(t, READER_GUARDIAN);
    const struct shared_thing *goal = thing(t, SHARED_GOAL, 0);
    assert_status(decide(f, t, goal, CHOICE_YES, false), OK);
    set_birth(f, (struct date){2010, 11, 25}); /* sixteen tomorrow */
    reread(f, t);
    goal = thing(t, SHARED_GOAL, 0);
    assert_int_equal(t->book.age, 15);
    assert_true(sharing_may_see(&t->book, goal, home).sees);
    set_birth(f, (struct date){2010, 11, 24}); /* sixteen today */
    reread(f, t);
    goal = thing(t, SHARED_GOAL, 0);
    assert_int_equal(sharing_may_see(&t->book, goal, home).why, WHY_PUPIL_DECIDES);
    assert_status(decide(f, t, goal, CHOICE_NO, false), OK);
    assert_status(decide(f, t, goal, CHOICE_YES, false), ERR_FORBIDDEN);
    assert_status(decide(f, t, goal, CHOICE_YES, true), OK);
    assert_true(sharing_may_see(&t->book, goal, home).sees);
    assert_true(sharing_may_see(&t->book, home_agreement(t), home).sees);
    set_birth(f, (struct date){2008, 11, 24}); /* of age today */
    reread(f, t);
    assert_false(sharing_may_see(&t->book, home_agreement(t), home).sees);
    page_undo(f);
}

static void each_parent_alone_when_there_are_two(void **state)
{
    struct page_fixture *f = *state;
    page_begin(f, PAGE_ADMINISTRATOR);
    struct guardian_draft other = {
        .person = person_none(), .information = INFORMATION_ON_REQUEST, .reason = ""};
    struct guardian_draft none = other;
    struct guardian_id asks, silent;
    other.person.call = "Peter";
    assert_status(guardian_add(&f->work, f->pupil, &other, &asks), OK);
    none.person.call = "Ton";
    none.information = INFORMATION_NONE;
    none.reason = "uitspraak";
    assert_status(guardian_add(&f->work, f->pupil, &none, &silent), OK);
    struct talk *t = make_talk(f);
    const struct sharing_reader *peter = NULL;
    size_t guardians = 0;
    for (size_t i = 0; i < t->reader_count; i++) {
        assert_int_not_equal(t->readers[i].person, silent.v);
        guardians += t->readers[i].kind == READER_GUARDIAN;
        assert_false(t->readers[i].is_everybody);
        if (t->readers[i].person == asks.v)
            peter = &t->readers[i];
    }
    assert_int_equal(guardians, 2);
    assert_non_null(peter);
    const struct shared_thing *goal = thing(t, SHARED_GOAL, 0);
    assert_int_equal(sharing_may_see(&t->book, goal, peter).why, WHY_ON_REQUEST);
    struct sharing_reader all = {
        .kind = READER_GUARDIAN, .is_everybody = true, .information = INFORMATION_FULL};
    const struct sharing_draft yes = {.choice = CHOICE_YES, .with_pupil = true};
    assert_status(decide_one(f, t, goal, &all, &yes), OK);
    assert_true(sharing_may_see(&t->book, goal, &all).sees);
    assert_false(sharing_may_see(&t->book, goal, peter).sees);
    assert_status(decide_one(f, t, goal, peter, &yes), OK);
    assert_true(sharing_may_see(&t->book, goal, peter).sees);
    page_undo(f);
}

/* Who may decide about a pupil's things, wherever they came up. */
static const struct {
    enum page_role role;
    enum status status;
} may_decide[] = {{PAGE_TEACHER, OK},
                  {PAGE_COORDINATOR, OK},
                  {PAGE_PUPIL, OK},
                  {PAGE_SUPPORT, ERR_NOT_FOUND},
                  {PAGE_OTHER_TEACHER, ERR_NOT_FOUND},
                  {PAGE_PRINCIPAL, ERR_NOT_FOUND},
                  {PAGE_ADMINISTRATOR, ERR_NOT_FOUND},
                  {PAGE_STRANGER, ERR_NOT_FOUND}};

static void who_may_decide_and_read_decisions(void **state)
{
    struct page_fixture *f = *state;
    page_begin(f, PAGE_TEACHER);
    struct talk *t = make_talk(f);
    for (size_t i = 0; i < ARRAY_LEN(may_decide); i++) {
        struct sharing_book book;
        struct sharing_exception *list = NULL;
        size_t count = 0;
        as(f, may_decide[i].role);
        assert_status(sharing_open(&f->work, f->pupil, t->id, &book), may_decide[i].status);
        assert_status(decide(f, t, thing(t, SHARED_GOAL, 0), i % 2 ? CHOICE_YES : CHOICE_NO, true),
                      may_decide[i].status);
        assert_status(sharing_exceptions(&f->work, f->pupil, t->id, &list, &count),
                      may_decide[i].status);
    }
    page_undo(f);
}

/* A goal and an agreement of Noor's that came up in no conversation, and one that did. */
static struct talk *make_loose(struct page_fixture *f)
{
    struct talk *t = make_talk(f);
    struct goal_id goal = {id_new(&f->random)};
    const struct goal_draft wish = {
        .question = "",
        .voice = VOICE_PUPIL,
        .words = {
            .now = "", .soon = "zelf naar het bord durven", .notice = "", .dot = "", .score = ""}};
    assert_status(goal_set(&f->work, f->pupil, goal, &wish), OK);
    t->id = (struct conversation_id){0};
    agree(f, t, WHO_GUARDIAN, f->guardian.v, "Thuis oefenen we met het bord.");
    assert_status(sharing_loose(&f->work, &t->book, NULL, &t->things, &t->count), OK);
    assert_status(sharing_readers_home(&f->work, f->pupil, &t->readers, &t->reader_count), OK);
    return t;
}

static void what_came_up_in_no_conversation_follows_the_same_rule(void **state)
{
    struct page_fixture *f = *state;
    page_begin(f, PAGE_TEACHER);
    struct talk *t = make_loose(f);
    const struct sharing_reader *home = reader(t, READER_GUARDIAN);
    assert_int_equal(t->reader_count, 1);
    assert_int_equal(t->count, 2);
    const struct shared_thing *goal = thing(t, SHARED_GOAL, 0);
    assert_int_equal(sharing_may_see(&t->book, goal, home).why, WHY_NOTHING_DECIDED);
    assert_int_equal(sharing_may_see(&t->book, thing(t, SHARED_AGREEMENT, 0), home).why,
                     WHY_CARRIES_OUT);
    /* The pupil's no is not undone by staff alone, and from sixteen on a yes is the pupil's. */
    as(f, PAGE_PUPIL);
    assert_status(decide(f, t, goal, CHOICE_NO, false), OK);
    as(f, PAGE_TEACHER);
    assert_status(decide(f, t, goal, CHOICE_YES, false), ERR_FORBIDDEN);
    assert_status(decide(f, t, goal, CHOICE_YES, true), OK);
    set_birth(f, (struct date){2010, 11, 24});
    assert_status(sharing_open(&f->work, f->pupil, (struct conversation_id){0}, &t->book), OK);
    assert_status(decide(f, t, goal, CHOICE_SELF, false), OK);
    assert_int_equal(sharing_may_see(&t->book, goal, home).why, WHY_SELF);
    assert_status(decide(f, t, goal, CHOICE_YES, false), ERR_FORBIDDEN);
    page_undo(f);
}

static void who_may_decide_about_what_came_up_in_no_conversation(void **state)
{
    struct page_fixture *f = *state;
    page_begin(f, PAGE_TEACHER);
    struct talk *t = make_loose(f);
    for (size_t i = 0; i < ARRAY_LEN(may_decide); i++) {
        struct shared_thing *things = NULL;
        struct sharing_reader *readers = NULL;
        struct sharing_exception_id id = {id_new(&f->random)};
        const struct sharing_exception_draft safety = {"wat", "wie", "gevaar", {0}};
        size_t count = 0;
        as(f, may_decide[i].role);
        assert_status(sharing_loose(&f->work, &t->book, NULL, &things, &count),
                      may_decide[i].status);
        assert_status(sharing_readers_home(&f->work, f->pupil, &readers, &count),
                      may_decide[i].status);
        assert_status(decide(f, t, thing(t, SHARED_GOAL, 0), i % 2 ? CHOICE_SELF : CHOICE_NO, true),
                      may_decide[i].status);
        bool staff = may_decide[i].status == OK && may_decide[i].role != PAGE_PUPIL;
        assert_status(
            sharing_exception_add(&f->work, f->pupil, (struct conversation_id){0}, id, &safety),
            staff ? OK : ERR_NOT_FOUND);
    }
    f->actor[PAGE_PUPIL].is_weak = true; /* by pictures */
    as(f, PAGE_PUPIL);
    assert_status(decide(f, t, thing(t, SHARED_GOAL, 0), CHOICE_YES, true), ERR_NOT_FOUND);
    f->actor[PAGE_PUPIL].is_weak = false;
    page_undo(f);
}

static void safety_is_written_down_and_told(void **state)
{
    struct page_fixture *f = *state;
    page_begin(f, PAGE_TEACHER);
    struct talk *t = make_talk(f);
    struct sharing_exception_id id = {id_new(&f->random)};
    struct sharing_exception_draft draft = {
        "dat het thuis niet veilig is", "Veilig Thuis", "gevaar", {0}};
    struct sharing_exception *list = NULL;
    size_t count = 0;
    assert_status(sharing_exception_add(&f->work, f->pupil, t->id, id, &draft), OK);
    assert_status(sharing_exception_add(&f->work, f->pupil, t->id, id, &draft), OK);
    draft.why = " ";
    assert_status(
        sharing_exception_add(&f->work, f->pupil, t->id, (struct sharing_exception_id){7}, &draft),
        ERR_INVALID);
    assert_status(sharing_exceptions(&f->work, f->pupil, t->id, &list, &count), OK);
    assert_int_equal(count, 1);
    assert_string_equal(list[0].whom, "Veilig Thuis");
    assert_string_equal(list[0].maker, "Tessa Mulder");
    as(f, PAGE_PUPIL);
    assert_status(sharing_exception_add(&f->work, f->pupil, t->id, id, &draft), ERR_NOT_FOUND);
    assert_status(sharing_exceptions(&f->work, f->pupil, t->id, &list, &count), OK);
    assert_int_equal(count, 0); /* not told yet */
    as(f, PAGE_TEACHER);
    assert_status(
        sharing_exception_told(&f->work, f->pupil, t->id, id, date_add_days(PAGE_TODAY, 1)),
        ERR_INVALID);
    assert_status(sharing_exception_told(&f->work, f->pupil, t->id, id, PAGE_TODAY), OK);
    as(f, PAGE_PUPIL);
    assert_status(sharing_exceptions(&f->work, f->pupil, t->id, &list, &count), OK);
    assert_int_equal(count, 1);
    page_commit(f);
    assert_int_equal(page_logged(f, AUDIT_SHARING_EXCEPTION), 2);
}

/* As the group page sees it: since when the hand of the pupil is up, 0 when it is not. */
static int64_t hand_of(struct page_fixture *f, struct pupil_id pupil)
{
    struct hearing *list = NULL;
    size_t count = 0;
    assert_status(conversation_hearings(&f->work, f->group, f->work.today, true, &list, &count),
                  OK);
    for (size_t i = 0; i < count; i++)
        if (list[i].pupil.v == pupil.v)
            return list[i].asked_at;
    return 0;
}

static void a_hand_goes_up_and_comes_down_by_talking(void **state)
{
    struct page_fixture *f = *state;
    int64_t at = 0;
    page_begin(f, PAGE_PUPIL);
    assert_status(wish_raise(&f->work), OK);
    assert_status(wish_raise(&f->work), OK);
    assert_status(wish_of_self(&f->work, &at), OK);
    assert_int_equal(at, f->work.now_ms);
    as(f, PAGE_TEACHER);
    assert_int_equal(hand_of(f, f->pupil), f->work.now_ms);
    assert_int_equal(hand_of(f, f->other_pupil), 0);
    as(f, PAGE_SUPPORT);
    assert_int_equal(hand_of(f, f->pupil), 0);
    assert_status(wish_put_away(&f->work, f->pupil), ERR_NOT_FOUND);
    (void)make_talk(f); /* begins one */
    assert_int_equal(hand_of(f, f->pupil), 0);
    as(f, PAGE_PUPIL);
    assert_status(wish_raise(&f->work), OK);
    assert_status(wish_lower(&f->work), OK);
    assert_status(wish_of_self(&f->work, &at), OK);
    assert_int_equal(at, 0);
    assert_status(wish_raise(&f->work), OK);
    as(f, PAGE_TEACHER);
    assert_status(wish_put_away(&f->work, f->pupil), OK);
    assert_int_equal(hand_of(f, f->pupil), 0);
    page_commit(f);
    assert_int_equal(page_logged(f, AUDIT_TALK_WISHED), 3);
    assert_int_equal(page_logged(f, AUDIT_TALK_WISH_ENDED), 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        page_each_engine(nothing_goes_home_but_what_home_does),
        page_each_engine(the_newest_decision_stands_and_says_why),
        page_each_engine(many_are_decided_at_once_or_none),
        page_each_engine(the_whole_opens_what_was_not_decided_by_itself),
        page_each_engine(a_day_that_has_passed_closes_it_again),
        page_each_engine(staff_alone_do_not_open_what_the_pupil_closed),
        page_each_engine(from_the_sixteenth_birthday_the_pupil_decides),
        page_each_engine(each_parent_alone_when_there_are_two),
        page_each_engine(who_may_decide_and_read_decisions),
        page_each_engine(what_came_up_in_no_conversation_follows_the_same_rule),
        page_each_engine(who_may_decide_about_what_came_up_in_no_conversation),
        page_each_engine(safety_is_written_down_and_told),
        page_each_engine(a_hand_goes_up_and_comes_down_by_talking),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
