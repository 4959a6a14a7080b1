#include "goal/goal.h"

#include "access/access.h"
#include "access/audit.h"
#include "base/arena.h"
#include "base/str.h"
#include "conversation/conversation.h"
#include "goal/need.h"
#include "web/web_fixture.h"

static struct work *as(struct page_fixture *f, enum page_role role)
{
    f->work.actor = &f->actor[role];
    access_forget(&f->work);
    return &f->work;
}

static struct goal_draft draft(const char *soon)
{
    return (struct goal_draft){
        .voice = VOICE_PUPIL,
        .question = "",
        .look_on = {2026, 12, 10},
        .words = {.now = "ik lees zachtjes", .soon = soon, .notice = "", .dot = "", .score = ""}};
}

static struct goal_id set(struct page_fixture *f, const char *soon)
{
    struct goal_id id = {work_new_id(&f->work)};
    struct goal_draft d = draft(soon);
    assert_status(goal_set(&f->work, f->pupil, id, &d), OK);
    return id;
}

static struct goal found(struct page_fixture *f, struct goal_id id)
{
    struct thing thing;
    assert_status(thing_find(&f->work, &goal_rules, (struct thing_id){id.v}, &thing), OK);
    return goal_of_thing(&thing);
}

static struct conversation_id talk(struct page_fixture *f, struct pupil_id pupil)
{
    struct conversation_id id = {work_new_id(&f->work)};
    const struct conversation_draft d = {
        .method_key = "k12", .pupil = pupil, .planned_at = -1, .place = "", .aim = ""};
    assert_status(conversation_plan(&f->work, id, &d), OK);
    return id;
}

static void a_goal_is_found_as_it_was_set(void **state)
{
    struct page_fixture *f = *state;
    page_begin(f, PAGE_TEACHER);
    struct goal goal = found(f, set(f, "ik lees hardop voor"));
    assert_int_equal(goal.pupil.v, f->pupil.v);
    assert_int_equal(goal.state, GOAL_OPEN);
    assert_int_equal(goal.voice, VOICE_PUPIL);
    assert_int_equal(goal.version, 1);
    assert_string_equal(goal.words.now, "ik lees zachtjes");
    assert_string_equal(goal.words.soon, "ik lees hardop voor");
    assert_string_equal(goal.words.notice, "");
    assert_string_equal(date_text(goal.look_on).s, "2026-12-10");
    assert_int_equal(goal.author, f->staff[PAGE_TEACHER].v);
    page_undo(f);
}

static void the_same_form_twice_sets_once(void **state)
{
    struct page_fixture *f = *state;
    page_begin(f, PAGE_TEACHER);
    struct goal_id id = set(f, "ik lees voor");
    struct goal_draft d = draft("ik lees voor");
    assert_status(goal_set(&f->work, f->pupil, id, &d), OK);
    d.words.soon = "iets anders";
    assert_status(goal_set(&f->work, f->pupil, id, &d), ERR_CONFLICT);
    struct goal *list = NULL;
    size_t count = 0;
    assert_status(goal_of_pupil(&f->work, f->pupil, (struct conversation_id){0}, &list, &count),
                  OK);
    assert_int_equal(count, 1);
    page_undo(f);
}

static void what_cannot_be_a_goal_is_refused(void **state)
{
    struct page_fixture *f = *state;
    page_begin(f, PAGE_COORDINATOR);
    struct conversation_id elsewhere = talk(f, f->other_pupil);
    struct goal_id of_other = {work_new_id(&f->work)};
    struct goal_draft good = draft("lezen"), d = good;
    assert_status(goal_set(&f->work, f->other_pupil, of_other, &d), OK);
    char *longer = arena_alloc(f->arena, GOAL_TEXT_MAX + 2);
    memset(longer, 'a', GOAL_TEXT_MAX + 1);
    longer[GOAL_TEXT_MAX + 1] = '\0';
#define REFUSED(change)                                                                            \
    do {                                                                                           \
        d = good;                                                                                  \
        change;                                                                                    \
        assert_status(goal_set(&f->work, f->pupil, (struct goal_id){work_new_id(&f->work)}, &d),   \
                      ERR_INVALID);                                                                \
    } while (0)
    REFUSED(d.words.soon = " ");
    REFUSED(d.words.soon = NULL);
    REFUSED(d.words.dot = longer);
    REFUSED(d.look_on = ((struct date){2026, 11, 23}));
    REFUSED(d.look_on = ((struct date){2040, 1, 1}));
    REFUSED(d.conversation = elsewhere);
    REFUSED(d.part_of = of_other);
#undef REFUSED
    d = good;
    d.voice = VOICE_NONE;
    assert_status(goal_set(&f->work, f->pupil, (struct goal_id){work_new_id(&f->work)}, &d),
                  ERR_FORBIDDEN);
    page_undo(f);
}

static void who_may_set_and_read_a_goal(void **state)
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
    struct goal_id standing = set(f, "lezen");
    struct goal_draft d = draft("fietsen");
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct thing goal;
        as(f, cases[i].role);
        struct goal_id id = {work_new_id(&f->work)};
        assert_status(goal_set(&f->work, f->pupil, id, &d), cases[i].expected);
        assert_status(thing_find(&f->work, &goal_rules, (struct thing_id){standing.v}, &goal),
                      cases[i].expected);
        assert_status(goal_end(&f->work, standing, GOAL_OPEN), cases[i].expected);
    }
    as(f, PAGE_PUPIL);
    assert_status(goal_set(&f->work, f->other_pupil, (struct goal_id){work_new_id(&f->work)}, &d),
                  ERR_NOT_FOUND);
    page_undo(f);
}

static void pictures_open_only_the_conversation(void **state)
{
    struct page_fixture *f = *state;
    page_begin(f, PAGE_TEACHER);
    struct conversation_id c = talk(f, f->pupil);
    struct goal_id outside = set(f, "lezen");
    struct actor weak = f->actor[PAGE_PUPIL];
    weak.is_weak = true;
    f->work.actor = &weak;
    struct thing goal;
    struct goal *list = NULL;
    size_t count = 0;
    assert_status(thing_find(&f->work, &goal_rules, (struct thing_id){outside.v}, &goal),
                  ERR_NOT_FOUND);
    assert_status(goal_of_pupil(&f->work, f->pupil, (struct conversation_id){0}, &list, &count),
                  ERR_NOT_FOUND);
    struct goal_draft d = draft("durven");
    assert_status(goal_set(&f->work, f->pupil, (struct goal_id){work_new_id(&f->work)}, &d),
                  ERR_NOT_FOUND);
    d.conversation = c;
    struct goal_id inside = {work_new_id(&f->work)};
    assert_status(goal_set(&f->work, f->pupil, inside, &d), OK);
    assert_status(goal_of_pupil(&f->work, f->pupil, c, &list, &count), OK);
    assert_int_equal(count, 1);
    assert_int_equal(list[0].id.v, inside.v);
    page_undo(f);
}

static void what_a_pupil_wrote_only_the_pupil_changes(void **state)
{
    struct page_fixture *f = *state;
    page_begin(f, PAGE_PUPIL);
    struct goal_id id = set(f, "ik wil durven");
    struct goal_draft d = draft("de leerling durft");
    struct thing now;
    int version = 0;
    as(f, PAGE_TEACHER);
    assert_status(goal_change(&f->work, id, 1, &d, &version, &now), ERR_FORBIDDEN);
    assert_status(goal_end(&f->work, id, GOAL_REACHED),
                  OK); /* that it is reached is no word of it */
    as(f, PAGE_PUPIL);
    d.words.soon = "ik durf het";
    assert_status(goal_change(&f->work, id, 2, &d, &version, &now), OK);
    assert_int_equal(version, 3);
    /* What staff wrote in their own voice is not the pupil's either. */
    as(f, PAGE_TEACHER);
    d.voice = VOICE_TEACHER;
    struct goal_id theirs = {work_new_id(&f->work)};
    assert_status(goal_set(&f->work, f->pupil, theirs, &d), OK);
    as(f, PAGE_PUPIL);
    d.words.soon = "nee";
    assert_status(goal_change(&f->work, theirs, 1, &d, &version, &now), ERR_FORBIDDEN);
    assert_status(goal_set(&f->work, f->pupil, (struct goal_id){work_new_id(&f->work)}, &d),
                  ERR_FORBIDDEN); /* a voice that is not the pupil's */
    page_undo(f);
}

static void a_conflict_writes_nothing_and_shows_what_stands(void **state)
{
    struct page_fixture *f = *state;
    page_begin(f, PAGE_TEACHER);
    struct goal_id id = set(f, "eerste");
    struct goal_draft d = draft("tweede");
    struct thing now;
    int version = 0;
    assert_status(goal_change(&f->work, id, 1, &d, &version, &now), OK);
    assert_int_equal(version, 2);
    assert_status(goal_change(&f->work, id, 1, &d, &version, &now), OK); /* the same words */
    d.words.soon = "derde";
    assert_status(goal_change(&f->work, id, 1, &d, &version, &now), ERR_CONFLICT);
    assert_string_equal(thing_said(&now, "soon"), "tweede");
    assert_string_equal(found(f, id).words.soon, "tweede");
    struct thing_version *list = NULL;
    size_t count = 0;
    assert_status(thing_versions(&f->work, &goal_rules, (struct thing_id){id.v}, &list, &count),
                  OK);
    assert_int_equal(count, 2);
    assert_string_equal(answer_part(&list[0].value, "soon"), "eerste");
    assert_string_equal(answer_part(&list[1].value, "soon"), "tweede");
    page_undo(f);
}

static void a_look_back_day_that_passed_may_stay(void **state)
{
    struct page_fixture *f = *state;
    page_begin(f, PAGE_TEACHER);
    struct goal_id id = set(f, "lezen");
    f->work.today = (struct date){2027, 1, 10};
    struct goal_draft d = draft("lezen met plezier");
    struct thing now;
    int version = 0;
    assert_status(goal_change(&f->work, id, 1, &d, &version, &now), OK);
    d.look_on = (struct date){2026, 12, 11};
    assert_status(goal_change(&f->work, id, 2, &d, &version, &now), ERR_INVALID);
    page_undo(f);
}

static void reached_is_celebrated_as_the_child_chooses(void **state)
{
    struct page_fixture *f = *state;
    page_begin(f, PAGE_TEACHER);
    struct goal_id id = set(f, "lezen");
    assert_status(thing_celebrate(&f->work, &goal_rules, (struct thing_id){id.v}, PARTY_QUIET),
                  ERR_INVALID); /* not reached yet */
    assert_status(goal_end(&f->work, id, GOAL_REACHED), OK);
    assert_status(goal_end(&f->work, id, GOAL_REACHED), OK);
    struct goal goal = found(f, id);
    assert_int_equal(goal.state, GOAL_REACHED);
    assert_int_equal(goal.version, 2);
    assert_string_equal(date_text(goal.ended_on).s, "2026-11-24");
    as(f, PAGE_PUPIL);
    assert_status(thing_celebrate(&f->work, &goal_rules, (struct thing_id){id.v}, PARTY_NONE),
                  ERR_INVALID);
    assert_status(thing_celebrate(&f->work, &goal_rules, (struct thing_id){id.v}, PARTY_QUIET), OK);
    goal = found(f, id);
    assert_int_equal(goal.party, PARTY_QUIET);
    assert_true(goal.celebrated_at != 0);
    assert_string_equal(goal.words.soon, "lezen");
    assert_status(goal_end(&f->work, id, GOAL_OPEN), OK);
    goal = found(f, id);
    assert_false(date_is_set(goal.ended_on));
    assert_int_equal(goal.celebrated_at, 0);
    assert_int_equal(goal.party, PARTY_NONE);
    page_undo(f);
}

static void steps_progress_and_evidence_hang_on_a_goal(void **state)
{
    struct page_fixture *f = *state;
    page_begin(f, PAGE_PUPIL);
    struct goal_id id = set(f, "lezen");
    struct goal_step step = {.id = {work_new_id(&f->work)},
                             .kind = STEP_NEXT,
                             .due_on = {2026, 12, 1},
                             .text = "elke dag een bladzijde"};
    assert_status(goal_step_add(&f->work, id, &step), OK);
    assert_status(goal_step_add(&f->work, id, &step), OK); /* the same form */
    struct goal_step place = {
        .id = {work_new_id(&f->work)}, .kind = STEP_PROGRESS, .place = 4, .text = ""};
    assert_status(goal_step_add(&f->work, id, &place), OK);
    struct goal_step proof = {
        .id = {work_new_id(&f->work)}, .kind = STEP_EVIDENCE, .text = "ik las voor in de kring"};
    assert_status(goal_step_add(&f->work, id, &proof), OK);
    assert_status(goal_step_done(&f->work, step.id, true), OK);
    assert_status(goal_step_done(&f->work, proof.id, true), ERR_INVALID);
    struct goal_step *list = NULL;
    size_t count = 0;
    assert_status(goal_steps(&f->work, f->pupil, (struct conversation_id){0}, &list, &count), OK);
    assert_int_equal(count, 3);
    for (size_t i = 0; i < count; i++) {
        if (list[i].kind == STEP_NEXT) {
            assert_string_equal(list[i].text, "elke dag een bladzijde");
            assert_string_equal(date_text(list[i].done_on).s, "2026-11-24");
        } else if (list[i].kind == STEP_PROGRESS) {
            assert_int_equal(list[i].place, 4);
        } else {
            assert_string_equal(list[i].text, "ik las voor in de kring");
        }
    }
    place.id.v = work_new_id(&f->work);
    place.place = 6;
    assert_status(goal_step_add(&f->work, id, &place), ERR_INVALID);
    proof.id.v = work_new_id(&f->work);
    proof.text = "";
    assert_status(goal_step_add(&f->work, id, &proof), ERR_INVALID);
    as(f, PAGE_OTHER_TEACHER);
    assert_status(goal_step_done(&f->work, step.id, false), ERR_NOT_FOUND);
    page_undo(f);
}

static void changes_stand_in_the_log(void **state)
{
    struct page_fixture *f = *state;
    page_begin(f, PAGE_TEACHER);
    struct goal_id id = set(f, "lezen");
    assert_status(goal_end(&f->work, id, GOAL_LET_GO), OK);
    page_commit(f);
    assert_int_equal(page_logged(f, AUDIT_GOAL_SET), 1);
    assert_int_equal(page_logged(f, AUDIT_GOAL_ENDED), 1);
}

/* --- needs
 * ---------------------------------------------------------------------------------------- */

static void the_pupils_own_solutions_stand_before_what_others_add(void **state)
{
    struct page_fixture *f = *state;
    page_begin(f, PAGE_TEACHER);
    struct need_draft d = {
        .question = "", .kind = NEED_TASK, .voice = VOICE_TEACHER, .what = "kortere taken"};
    struct need_id teacher = {work_new_id(&f->work)}, own = {work_new_id(&f->work)};
    assert_status(need_set(&f->work, f->pupil, teacher, &d), OK);
    as(f, PAGE_PUPIL);
    assert_status(need_set(&f->work, f->pupil, (struct need_id){work_new_id(&f->work)}, &d),
                  ERR_FORBIDDEN);
    d = (struct need_draft){
        .question = "", .kind = NEED_PEERS, .voice = VOICE_PUPIL, .what = "naast Fenna zitten"};
    assert_status(need_set(&f->work, f->pupil, own, &d), OK);
    assert_status(need_set(&f->work, f->pupil, own, &d), OK);
    struct need *list = NULL;
    size_t count = 0;
    assert_status(need_of_pupil(&f->work, f->pupil, (struct conversation_id){0}, &list, &count),
                  OK);
    assert_int_equal(count, 2);
    assert_int_equal(list[0].id.v, own.v);
    assert_string_equal(list[0].what, "naast Fenna zitten");
    assert_int_equal(list[1].kind, NEED_TASK);
    as(f, PAGE_TEACHER);
    struct thing now;
    int version = 0;
    d.what = "liever niet";
    assert_status(need_change(&f->work, own, 1, &d, &version, &now), ERR_FORBIDDEN);
    page_undo(f);
}

static void every_text_of_a_need_is_kept(void **state)
{
    struct page_fixture *f = *state;
    page_begin(f, PAGE_TEACHER);
    struct need_draft d = {.question = "",
                           .kind = NEED_EXPLANATION,
                           .voice = VOICE_TOGETHER,
                           .what = "stap voor stap"};
    struct need_id id = {work_new_id(&f->work)};
    struct thing now;
    int version = 0;
    assert_status(need_set(&f->work, f->pupil, id, &d), OK);
    d.what = "stap voor stap, met plaatjes";
    assert_status(need_change(&f->work, id, 1, &d, &version, &now), OK);
    d.what = "niet";
    assert_status(need_change(&f->work, id, 1, &d, &version, &now), ERR_CONFLICT);
    assert_string_equal(thing_said(&now, "what"), "stap voor stap, met plaatjes");
    d.kind = 9;
    assert_status(need_change(&f->work, id, 2, &d, &version, &now), ERR_INVALID);
    assert_status(thing_end(&f->work, &need_rules, (struct thing_id){id.v}, NEED_OVER, NULL, 0),
                  OK);
    struct thing_version *list = NULL;
    size_t count = 0;
    assert_status(thing_versions(&f->work, &need_rules, (struct thing_id){id.v}, &list, &count),
                  OK);
    assert_int_equal(count, 3);
    assert_string_equal(answer_part(&list[0].value, "what"), "stap voor stap");
    assert_int_equal(list[2].state, NEED_OVER);
    page_undo(f);
}

/* --- what belongs to a goal
 * ----------------------------------------------------------------------- */

static struct need_id tie_need(struct page_fixture *f, struct goal_id goal, const char *what)
{
    struct need_id id = {work_new_id(&f->work)};
    const struct need_draft d = {
        .question = "", .goal = goal, .kind = NEED_PEERS, .voice = VOICE_PUPIL, .what = what};
    assert_status(need_set(&f->work, f->pupil, id, &d), OK);
    return id;
}

static size_t belongings(struct page_fixture *f, struct goal_id goal, struct thing **ret)
{
    size_t count = 0;
    assert_status(thing_list_of_goal(&f->work, &goal_rules, goal, ret, &count), OK);
    return count;
}

static void things_of_all_kinds_belong_to_a_goal(void **state)
{
    struct page_fixture *f = *state;
    struct thing *list = NULL;
    page_begin(f, PAGE_TEACHER);
    struct goal_id goal = set(f, "ik lees voor");
    struct goal_draft smaller = draft("ik lees thuis voor");
    smaller.part_of = goal;
    struct goal_id part = {work_new_id(&f->work)};
    assert_status(goal_set(&f->work, f->pupil, part, &smaller), OK);
    struct need_id need = tie_need(f, goal, "een maatje");
    assert_int_equal(belongings(f, goal, &list), 2);
    assert_int_equal(list[0].kind, THING_GOAL);
    assert_int_equal(list[1].id.v, need.v);
    /* Untied again, by a change. */
    const struct need_draft loose = {.question = "", .kind = NEED_PEERS, .what = "een maatje"};
    struct thing now;
    int version = 0;
    assert_status(need_change(&f->work, need, 1, &loose, &version, &now), OK);
    assert_int_equal(belongings(f, goal, &list), 1);
    page_undo(f);
}

static void a_goal_goes_round_nowhere(void **state)
{
    struct page_fixture *f = *state;
    page_begin(f, PAGE_TEACHER);
    struct goal_id goal = set(f, "ik lees voor"), other = set(f, "ik schrijf");
    struct goal_draft d = draft("ik lees thuis voor");
    struct thing now;
    int version = 0;
    d.part_of = goal;
    struct goal_id part = {work_new_id(&f->work)};
    assert_status(goal_set(&f->work, f->pupil, part, &d), OK);
    d = draft("ik lees voor");
    d.part_of = goal; /* of itself */
    assert_status(goal_change(&f->work, goal, 1, &d, &version, &now), ERR_INVALID);
    d.part_of = part; /* of its own part */
    assert_status(goal_change(&f->work, goal, 1, &d, &version, &now), ERR_INVALID);
    d.part_of = other; /* it has parts itself */
    assert_status(goal_change(&f->work, goal, 1, &d, &version, &now), ERR_INVALID);
    /* A need is no goal. */
    d = draft("ik schrijf");
    d.part_of = (struct goal_id){tie_need(f, goal, "een maatje").v};
    assert_status(goal_change(&f->work, other, 1, &d, &version, &now), ERR_INVALID);
    page_undo(f);
}

static void what_belongs_to_anothers_goal_is_not_seen(void **state)
{
    struct page_fixture *f = *state;
    struct thing *list = NULL;
    size_t count = 0;
    page_begin(f, PAGE_TEACHER);
    struct goal_id goal = set(f, "ik lees voor");
    tie_need(f, goal, "een maatje");
    as(f, PAGE_OTHER_TEACHER);
    assert_status(thing_list_of_goal(&f->work, &goal_rules, goal, &list, &count), ERR_NOT_FOUND);
    as(f, PAGE_PUPIL);
    assert_int_equal(belongings(f, goal, &list), 1);
    page_undo(f);
}

static void a_kind_is_no_other_kind(void **state)
{
    struct page_fixture *f = *state;
    struct thing thing;
    page_begin(f, PAGE_TEACHER);
    struct thing_id goal = {set(f, "ik lees voor").v};
    assert_status(thing_find(&f->work, &need_rules, goal, &thing), ERR_NOT_FOUND);
    assert_status(thing_end(&f->work, &need_rules, goal, NEED_OVER, NULL, 0), ERR_NOT_FOUND);
    page_undo(f);
}

static void how_it_went_is_said_when_it_ended(void **state)
{
    struct page_fixture *f = *state;
    page_begin(f, PAGE_TEACHER);
    struct goal_id goal = set(f, "ik lees voor");
    const struct thing_id id = {goal.v};
    const struct answer_part words[] = {{"outcome", "het lukt"}, {"next", "nu aan de kleuters"}};
    assert_status(goal_end(&f->work, goal, GOAL_REACHED), OK);
    assert_status(thing_celebrate(&f->work, &goal_rules, id, PARTY_CARD), OK);
    assert_status(thing_end(&f->work, &goal_rules, id, GOAL_REACHED, words, 2), OK);
    assert_status(thing_end(&f->work, &goal_rules, id, GOAL_REACHED, words, 2), OK);
    struct goal ended = found(f, goal);
    assert_string_equal(ended.words.outcome, "het lukt");
    assert_string_equal(ended.words.next, "nu aan de kleuters");
    assert_int_equal(ended.party, PARTY_CARD); /* it stays celebrated */
    assert_int_equal(ended.version, 4);
    assert_status(goal_end(&f->work, goal, GOAL_OPEN), OK);
    assert_int_equal(found(f, goal).party, PARTY_NONE);
    page_undo(f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        page_each_engine(a_goal_is_found_as_it_was_set),
        page_each_engine(the_same_form_twice_sets_once),
        page_each_engine(what_cannot_be_a_goal_is_refused),
        page_each_engine(who_may_set_and_read_a_goal),
        page_each_engine(pictures_open_only_the_conversation),
        page_each_engine(what_a_pupil_wrote_only_the_pupil_changes),
        page_each_engine(a_conflict_writes_nothing_and_shows_what_stands),
        page_each_engine(a_look_back_day_that_passed_may_stay),
        page_each_engine(reached_is_celebrated_as_the_child_chooses),
        page_each_engine(steps_progress_and_evidence_hang_on_a_goal),
        page_each_engine(changes_stand_in_the_log),
        page_each_engine(the_pupils_own_solutions_stand_before_what_others_add),
        page_each_engine(every_text_of_a_need_is_kept),
        page_each_engine(things_of_all_kinds_belong_to_a_goal),
        page_each_engine(a_goal_goes_round_nowhere),
        page_each_engine(what_belongs_to_anothers_goal_is_not_seen),
        page_each_engine(a_kind_is_no_other_kind),
        page_each_engine(how_it_went_is_said_when_it_ended),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
