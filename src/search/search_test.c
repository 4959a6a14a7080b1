#include "search/search.h"

#include "access/access.h"
#include "agreement/agreement.h"
#include "base/arena.h"
#include "base/str.h"
#include "conversation/conversation.h"
#include "goal/goal.h"
#include "goal/need.h"
#include "group/group.h"
#include "note/note.h"
#include "observation/observation.h"
#include "plan/child_plan.h"
#include "pupil/emergency.h"
#include "pupil/pupil.h"
#include "web/web_fixture.h"

static struct work *as(struct page_fixture *f, enum page_role role)
{
    f->work.actor = &f->actor[role];
    access_forget(&f->work);
    return &f->work;
}

static struct search_result find_with(struct page_fixture *f, struct search_request request)
{
    struct search_result result;
    request.tr = f->app.tr[LANG_EN];
    assert_status(search_run(&f->work, &request, &result), OK);
    return result;
}

static struct search_result find(struct page_fixture *f, const char *query)
{
    return find_with(f, (struct search_request){.query = query});
}

/* The one place, about the one pupil. */
static const struct found *only_one(struct page_fixture *f, const char *query,
                                    struct pupil_id pupil)
{
    struct search_result result = find(f, query);
    if (result.total != 1 || result.count != 1)
        fail_msg("\"%s\": %zu places, %zu dossiers", query, result.total, result.count);
    assert_int_equal(result.abouts[0].pupil.v, pupil.v);
    return &result.abouts[0].list[0];
}

static void observe(struct page_fixture *f, struct pupil_id pupil, const char *body, struct date on)
{
    const struct observation_draft draft = {OBSERVATION_STRENGTH, on, body};
    assert_status(
        observation_add(&f->work, pupil, (struct observation_id){id_new(&f->random)}, &draft), OK);
}

static struct conversation_id plan_talk(struct page_fixture *f, struct conversation_draft draft)
{
    struct conversation_id id = {id_new(&f->random)};
    draft.method_key = draft.group.v ? "k18" : "k12";
    draft.planned_at = -1;
    draft.place = "";
    draft.aim = draft.aim ? draft.aim : "";
    assert_status(conversation_plan(&f->work, id, &draft), OK);
    return id;
}

static void answer(struct page_fixture *f, enum right right, struct conversation_id id,
                   const char *question, enum voice voice, const char *text)
{
    struct conversation c;
    struct answer now;
    int version = 0;
    const struct answer_part part = {"", text};
    const struct answer_value value = {&part, 1};
    const struct answer_key key = {.conversation = id, .question = question, .voice = voice};
    assert_status(conversation_open(&f->work, right, id, &c), OK);
    assert_status(answer_save(&f->work, &c.seal, &key, 0, &value, &version, &now), OK);
}

static struct conversation_id talk(struct page_fixture *f, struct pupil_id pupil, const char *text)
{
    struct conversation_id id = plan_talk(f, (struct conversation_draft){.pupil = pupil});
    assert_status(conversation_start(&f->work, id), OK);
    answer(f, RIGHT_CONVERSATION_WRITE, id, "how", VOICE_PUPIL, text);
    return id;
}

/* --- what is found ---------------------------------------------------------------------------- */

static struct goal_id set_goal(struct page_fixture *f, const char *soon)
{
    struct goal_id id = {id_new(&f->random)};
    const struct goal_draft draft = {
        .question = "",
        .voice = VOICE_PUPIL,
        .words = {.now = "", .soon = soon, .notice = "", .dot = "", .score = ""}};
    const struct goal_step step = {
        .id = {id_new(&f->random)}, .kind = STEP_NEXT, .text = "eerst de stap met zevens"};
    assert_status(goal_set(&f->work, f->pupil, id, &draft), OK);
    assert_status(goal_step_add(&f->work, id, &step), OK);
    return id;
}

static struct agreement_id agree(struct page_fixture *f)
{
    struct agreement_id id = {id_new(&f->random)};
    const struct agreement_draft draft = {.question = "",
                                          .who_kind = WHO_PUPIL,
                                          .who = f->pupil.v,
                                          .what = "ik vraag een maatje",
                                          .who_name = "",
                                          .how = "bij de klok",
                                          .look = ""};
    assert_status(agreement_make(&f->work, f->pupil, id, &draft), OK);
    assert_status(agreement_check_in(&f->work, id, (struct agreement_check_id){id_new(&f->random)},
                                     CHECK_WELL, "dat ging prima op maandag"),
                  OK);
    return id;
}

static void every_kind_is_found_where_it_stands(void **state)
{
    struct page_fixture *f = *state;
    struct working_note_id note;
    page_begin(f, PAGE_TEACHER);
    observe(f, f->pupil, "Je legde de <som> rustig uit.", (struct date){2026, 11, 2});
    struct conversation_id held = talk(f, f->pupil, "Rekenen vind ik ingewikkeld.");
    answer(f, RIGHT_CONVERSATION_WRITE, held, "summary-main", VOICE_TOGETHER,
           "Kortom: knutselen mag.");
    struct conversation_id aimed =
        plan_talk(f, (struct conversation_draft){.pupil = f->pupil, .aim = "over de verhuizing"});
    assert_status(conversation_note_informal(&f->work, (struct conversation_id){id_new(&f->random)},
                                             f->pupil, PAGE_TODAY, "even over de hond"),
                  OK);
    struct goal_id goal = set_goal(f, "de tafels automatisch");
    struct need_id need = {id_new(&f->random)};
    const struct need_draft needs = {
        .question = "", .kind = NEED_TEACHER, .voice = VOICE_PUPIL, .what = "iemand die voordoet"};
    assert_status(need_set(&f->work, f->pupil, need, &needs), OK);
    struct agreement_id agreed = agree(f);
    struct child_plan_id plan = {id_new(&f->random)};
    struct child_plan_draft plans = {.question = ""};
    plans.parts[PLAN_SOON] = "vlot lezen";
    plans.parts[PLAN_LESSON] = "mijn instructie korter maken";
    assert_status(child_plan_make(&f->work, f->pupil, plan, &plans), OK);
    assert_status(note_add(&f->work, f->pupil, "nabellen met oma", PAGE_TODAY, &note), OK);

    const struct {
        const char *query;
        enum found_kind kind;
        int64_t thing, conversation;
    } cases[] = {
        {"RUST som", FOUND_OBSERVATION, -1, 0},
        {"ingewik", FOUND_ANSWER, 0, held.v},
        {"knutselen", FOUND_ANSWER, 0, held.v},
        {"verhuizing", FOUND_TALK, 0, aimed.v},
        {"hond", FOUND_TALK, 0, -1},
        {"tafels", FOUND_GOAL, goal.v, 0},
        {"zevens", FOUND_STEP, goal.v, 0},
        {"voordoet", FOUND_NEED, need.v, 0},
        {"maatje klok", FOUND_AGREEMENT, agreed.v, 0},
        {"maandag", FOUND_CHECK, agreed.v, 0},
        {"vlot", FOUND_PLAN, plan.v, 0},
        {"instructie", FOUND_PLAN, plan.v, 0},
        {"nabellen", FOUND_NOTE, note.v, 0},
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        const struct found *found = only_one(f, cases[i].query, f->pupil);
        assert_int_equal(found->kind, cases[i].kind);
        assert_true(cases[i].thing < 0 || found->thing == cases[i].thing);
        assert_true(cases[i].conversation < 0 || found->conversation.v == cases[i].conversation);
        assert_true(found->snippet.count > 0);
        /* The same when only that dossier, and only that kind, is looked through. */
        struct search_request request = {
            .query = cases[i].query, .only = f->pupil, .kinds = 1u << cases[i].kind};
        assert_int_equal(find_with(f, request).total, 1);
        request.kinds = (1u << FOUND_KINDS_) - 2 - (1u << cases[i].kind);
        assert_int_equal(find_with(f, request).total, 0);
    }
    assert_string_equal(only_one(f, "ingewik", f->pupil)->asked,
                        "How were the past weeks for you?");
    assert_string_equal(only_one(f, "ingewik", f->pupil)->question, "how");
    assert_int_equal(find(f, "rustig ingewikkeld").total, 0); /* not in one place */
    page_undo(f);
}

static void a_name_narrows_what_is_found(void **state)
{
    struct page_fixture *f = *state;
    page_begin(f, PAGE_COORDINATOR);
    observe(f, f->pupil, "Je rekent rustig.", PAGE_TODAY);
    observe(f, f->other_pupil, "Je rekent rustig.", PAGE_TODAY);
    observe(f, f->other_pupil, "Je speelde met Noor.", PAGE_TODAY);
    assert_int_equal(find(f, "reken").total, 2);
    only_one(f, "noor reken", f->pupil);
    only_one(f, "bakker reken", f->other_pupil);
    struct search_result result = find(f, "noor");
    assert_int_equal(result.count, 2);
    assert_true(result.abouts[0]
                    .is_named); /* who is called so stands first, then who is only written about */
    assert_int_equal(result.abouts[0].pupil.v, f->pupil.v);
    assert_int_equal(result.abouts[0].total, 0);
    assert_int_equal(result.abouts[1].pupil.v, f->other_pupil.v);
    assert_int_equal(result.abouts[1].total, 1);
    page_undo(f);
}

static void newest_first_and_no_more_than_fits(void **state)
{
    struct page_fixture *f = *state;
    page_begin(f, PAGE_COORDINATOR);
    for (int i = 1; i <= 9; i++) /* in no order */
        observe(f, f->pupil, "Je rekent.", (struct date){2026, 11, (int8_t)(i * 7 % 10)});
    observe(f, f->other_pupil, "Je rekent.", (struct date){2026, 11, 20});
    struct search_result result = find(f, "rekent");
    assert_int_equal(result.total, 10);
    assert_int_equal(result.count, 2);
    assert_int_equal(result.abouts[0].pupil.v, f->other_pupil.v);
    assert_int_equal(result.abouts[1].total, 9);
    assert_int_equal(result.abouts[1].count, SEARCH_EACH);
    for (int i = 0; i < SEARCH_EACH; i++)
        assert_int_equal(result.abouts[1].list[i].day.day, 9 - i);
    result = find_with(f, (struct search_request){.query = "rekent", .skip = 1});
    assert_int_equal(result.count, 1);
    assert_int_equal(result.about_total, 2);
    assert_int_equal(result.abouts[0].pupil.v, f->pupil.v);
    assert_int_equal(find_with(f, (struct search_request){.query = "rekent", .skip = 9}).count, 0);
    result = find_with(f, (struct search_request){.query = "rekent", .only = f->pupil});
    assert_int_equal(result.abouts[0].count, 9);
    page_undo(f);
}

/* --- who finds it ----------------------------------------------------------------------------- */

#define WORD "kwikstaart" /* in every text of the test below */

/* A conversation's own words and the observation's: told apart by kind. */
static bool finds(struct page_fixture *f, enum found_kind kind, struct pupil_id pupil,
                  struct group_id group)
{
    struct search_result result =
        find_with(f, (struct search_request){.query = WORD, .kinds = 1u << kind});
    for (size_t i = 0; i < result.count; i++)
        if (result.abouts[i].pupil.v == pupil.v && result.abouts[i].group.v == group.v &&
            result.abouts[i].count)
            return true;
    return false;
}

/* What is found is what access_check() opens: for every role, pupil and group. */
static void compare_with_access(struct page_fixture *f, const struct conversation_id talks[2],
                                struct conversation_id of_group)
{
    static const enum page_role roles[] = {PAGE_TEACHER,     PAGE_SUPPORT,   PAGE_OTHER_TEACHER,
                                           PAGE_COORDINATOR, PAGE_PRINCIPAL, PAGE_ADMINISTRATOR,
                                           PAGE_STRANGER};
    const struct pupil_id pupils[] = {f->pupil, f->other_pupil};
    for (size_t r = 0; r < ARRAY_LEN(roles); r++) {
        for (size_t p = 0; p < ARRAY_LEN(pupils); p++) {
            struct target target = {.pupil = pupils[p], .conversation = talks[p]};
            bool reads = access_check(as(f, roles[r]), RIGHT_PUPIL_READ, target) == OK;
            bool opens = access_check(&f->work, RIGHT_CONVERSATION_READ, target) == OK;
            if (finds(f, FOUND_OBSERVATION, pupils[p], (struct group_id){0}) != reads ||
                finds(f, FOUND_ANSWER, pupils[p], (struct group_id){0}) != opens ||
                finds(f, FOUND_GOAL, pupils[p], (struct group_id){0}) != opens)
                fail_msg("%s finds something else of pupil %zu than they may read",
                         page_role_names[roles[r]], p);
        }
        struct target target = {.conversation = of_group};
        bool opens = access_check(as(f, roles[r]), RIGHT_CONVERSATION_READ, target) == OK;
        if (finds(f, FOUND_ANSWER, (struct pupil_id){0}, f->group) != opens)
            fail_msg("%s finds something else of the group", page_role_names[roles[r]]);
    }
}

static struct conversation_id group_talk(struct page_fixture *f)
{
    struct conversation_id id = plan_talk(f, (struct conversation_draft){.group = f->group});
    struct conversation c;
    assert_status(conversation_start(&f->work, id), OK);
    assert_status(conversation_open(&f->work, RIGHT_CONVERSATION_WRITE, id, &c), OK);
    for (size_t p = 0; p < c.method->phase_count; p++)
        for (size_t i = 0; i < c.method->phases[p].question_count; i++)
            if (str_equal(c.method->phases[p].questions[i].kind, "text")) {
                answer(f, RIGHT_CONVERSATION_WRITE, id, c.method->phases[p].questions[i].id,
                       VOICE_TOGETHER, WORD);
                return id;
            }
    fail_msg("no question in words");
    return id;
}

static void what_is_found_is_what_may_be_read(void **state)
{
    struct page_fixture *f = *state;
    const struct pupil_id pupils[] = {f->pupil, f->other_pupil};
    struct conversation_id talks[2];
    page_begin(f, PAGE_COORDINATOR);
    for (size_t p = 0; p < ARRAY_LEN(pupils); p++) {
        observe(f, pupils[p], WORD, PAGE_TODAY);
        talks[p] = talk(f, pupils[p], WORD);
        const struct goal_draft goal = {
            .conversation = talks[p],
            .question = "",
            .voice = VOICE_PUPIL,
            .words = {.now = "", .soon = WORD, .notice = "", .dot = "", .score = ""}};
        assert_status(goal_set(&f->work, pupils[p], (struct goal_id){id_new(&f->random)}, &goal),
                      OK);
    }
    struct conversation_id of_group = group_talk(f);
    compare_with_access(f, talks, of_group);
    /* A colleague at the table reads that conversation, and nothing else of the dossier. */
    as(f, PAGE_COORDINATOR);
    assert_status(conversation_add_person(&f->work, talks[0], PARTICIPANT_STAFF,
                                          f->staff[PAGE_OTHER_TEACHER].v, 0, ""),
                  OK);
    assert_status(conversation_add_person(&f->work, of_group, PARTICIPANT_STAFF,
                                          f->staff[PAGE_SUPPORT].v, 0, ""),
                  OK);
    compare_with_access(f, talks, of_group);
    /* The principal opens one dossier; the teacher gets another group's pupil. */
    struct emergency_id emergency;
    as(f, PAGE_PRINCIPAL);
    assert_status(emergency_open(&f->work, f->pupil, "er belde iemand van de politie", &emergency),
                  OK);
    f->work.actor = &(struct actor){.kind = ACTOR_PROGRAM, .school = f->school};
    assert_status(group_join(&f->work, f->group, f->other_pupil, PAGE_TODAY), OK);
    compare_with_access(f, talks, of_group);
    f->work.now_ms += EMERGENCY_MS + 1;
    compare_with_access(f, talks, of_group);
    page_undo(f);
}

static void what_the_pupil_tells_first_is_not_found_before(void **state)
{
    struct page_fixture *f = *state;
    static const enum may_read choices[] = {MAY_READ_FIRST_IN_TALK, MAY_READ_YES};
    for (size_t i = 0; i < ARRAY_LEN(choices); i++) {
        page_begin(f, PAGE_TEACHER);
        struct conversation_id id = plan_talk(f, (struct conversation_draft){.pupil = f->pupil});
        struct conversation c;
        as(f, PAGE_PUPIL);
        assert_status(conversation_open(&f->work, RIGHT_CONVERSATION_SELF, id, &c), OK);
        const struct method_preparation *preparation = method_preparation_of(c.method, PART_PUPIL);
        assert_non_null(preparation);
        answer(f, RIGHT_CONVERSATION_SELF, id, preparation->phases[0].questions[0].id, VOICE_PUPIL,
               WORD);
        as(f, PAGE_TEACHER);
        assert_int_equal(find(f, WORD).total, 0); /* nothing chosen yet */
        as(f, PAGE_PUPIL);
        assert_status(conversation_prepared(&f->work, id, choices[i]), OK);
        as(f, PAGE_TEACHER);
        assert_int_equal(find(f, WORD).total, choices[i] == MAY_READ_YES);
        as(f, PAGE_COORDINATOR);
        assert_int_equal(find(f, WORD).total, choices[i] == MAY_READ_YES);
        as(f, PAGE_TEACHER);
        assert_status(conversation_start(&f->work, id), OK);
        assert_int_equal(find(f, WORD).total, 1);
        page_undo(f);
    }
}

static void notes_are_found_by_their_author_only(void **state)
{
    struct page_fixture *f = *state;
    struct working_note_id id;
    page_begin(f, PAGE_TEACHER);
    assert_status(note_add(&f->work, f->pupil, WORD " over Noor", PAGE_TODAY, &id), OK);
    assert_status(note_add(&f->work, (struct pupil_id){0}, WORD " over niemand", PAGE_TODAY, &id),
                  OK);
    struct search_result result = find(f, WORD);
    assert_int_equal(result.total, 2);
    assert_int_equal(result.count, 2);
    as(f, PAGE_COORDINATOR);
    assert_int_equal(find(f, WORD).total, 0);
    as(f, PAGE_SUPPORT);
    assert_status(note_add(&f->work, f->pupil, WORD " van mij", PAGE_TODAY, &id), OK);
    assert_int_equal(find(f, WORD).total, 1);
    observe(f, f->pupil, WORD " gezien", PAGE_TODAY); /* may be noted, and read by who noted it */
    assert_int_equal(find(f, WORD).total, 2);
    page_undo(f);
}

static void names_are_for_who_may_know_them(void **state)
{
    struct page_fixture *f = *state;
    static const struct {
        enum page_role role;
        size_t noor, sem;
    } cases[] = {
        {PAGE_TEACHER, 1, 0},     {PAGE_SUPPORT, 1, 0},   {PAGE_OTHER_TEACHER, 0, 1},
        {PAGE_COORDINATOR, 1, 1}, {PAGE_PRINCIPAL, 0, 0}, {PAGE_ADMINISTRATOR, 1, 1},
        {PAGE_STRANGER, 0, 0},
    };
    page_begin(f, PAGE_TEACHER);
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        as(f, cases[i].role);
        assert_int_equal(find(f, "noor linden").count, cases[i].noor);
        assert_int_equal(find(f, "sem").count, cases[i].sem);
    }
    page_undo(f);
}

static void who_is_no_staff_and_whose_dossier_is_closed(void **state)
{
    struct page_fixture *f = *state;
    struct search_result result;
    struct search_request request = {.query = "noor", .tr = f->app.tr[LANG_EN]};
    page_begin(f, PAGE_PUPIL);
    as(f, PAGE_PUPIL);
    assert_status(search_run(&f->work, &request, &result), ERR_NOT_FOUND);
    as(f, PAGE_TEACHER);
    request.only = f->other_pupil;
    assert_status(search_run(&f->work, &request, &result), ERR_NOT_FOUND);
    request = (struct search_request){.query = "?", .tr = f->app.tr[LANG_EN]};
    assert_status(search_run(&f->work, &request, &result), ERR_INVALID);
    page_undo(f);
}

static void what_is_erased_is_found_no_more(void **state)
{
    struct page_fixture *f = *state;
    page_begin(f, PAGE_COORDINATOR);
    observe(f, f->pupil, WORD, PAGE_TODAY);
    talk(f, f->pupil, WORD);
    assert_int_equal(find(f, WORD).total, 2);
    f->work.actor = &(struct actor){.kind = ACTOR_PROGRAM, .school = f->school};
    assert_status(pupil_erase(&f->work, f->pupil), OK);
    as(f, PAGE_COORDINATOR);
    assert_int_equal(find(f, WORD).total, 0);
    assert_int_equal(find(f, "noor").count, 0);
    page_undo(f);
}

static void it_fails_cleanly(void **state)
{
    struct page_fixture *f = *state;
    struct search_result result;
    const struct search_request request = {.query = WORD, .tr = f->app.tr[LANG_EN]};
    size_t faults = 0;
    page_begin(f, PAGE_COORDINATOR);
    observe(f, f->pupil, WORD, PAGE_TODAY);
    talk(f, f->pupil, WORD);
    page_commit(f);
    for (size_t nth = 1; nth < 40; nth++) {
        page_begin(f, PAGE_COORDINATOR);
        db_fail_at(f->work.db, nth, ERR_DB);
        enum status st = search_run(&f->work, &request, &result);
        db_fail_at(f->work.db, 0, OK);
        faults += st != OK;
        if (st != OK)
            assert_status(st, ERR_DB);
        page_undo(f);
        if (st == OK)
            break;
    }
    assert_in_range(faults, 6, 12); /* as many statements as the header says */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        page_each_engine(every_kind_is_found_where_it_stands),
        page_each_engine(a_name_narrows_what_is_found),
        page_each_engine(newest_first_and_no_more_than_fits),
        page_each_engine(what_is_found_is_what_may_be_read),
        page_each_engine(what_the_pupil_tells_first_is_not_found_before),
        page_each_engine(notes_are_found_by_their_author_only),
        page_each_engine(names_are_for_who_may_know_them),
        page_each_engine(who_is_no_staff_and_whose_dossier_is_closed),
        page_each_engine(what_is_erased_is_found_no_more),
        page_each_engine(it_fails_cleanly),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
