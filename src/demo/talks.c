#include "demo/talks.h"

#include "agreement/agreement.h"
#include "answer/answer.h"
#include "base/arena.h"
#include "conversation/conversation.h"
#include "conversation/round.h"
#include "goal/goal.h"
#include "group/group.h"
#include "method/store.h"

#define LOOK_BACK_DAYS 28
#define ROUND_PUPILS 12

static enum status answer_one(struct work *work, const struct conversation *c, const char *question,
                              enum voice voice, const char *text)
{
    const struct answer_part part = {"", text};
    const struct answer_value value = {&part, 1};
    const struct answer_key key = {.conversation = c->id, .question = question, .voice = voice};
    struct answer now;
    int version;
    return answer_save(work, &c->seal, &key, 0, &value, &version, &now);
}

static enum status answer_all_of(struct work *work, const struct conversation *c,
                                 const struct demo_talk *talk)
{
    enum status st = OK;
    for (size_t i = 0; st == OK && i < DEMO_TALK_ANSWERS && talk->answers[i].question; i++)
        st = answer_one(work, c, talk->answers[i].question, talk->answers[i].voice,
                        talk->answers[i].text);
    return st;
}

/* What lies further back was looked back on, most of it: seven of eight. */
static bool is_looked_back_on(const struct demo_world *world, const struct work *work, int64_t id)
{
    return date_to_days(world->today) - date_to_days(work->today) > LOOK_BACK_DAYS && id % 8 != 0;
}

static enum status set_goal(const struct demo_world *world, struct work *work,
                            const struct conversation *c, const struct demo_talk *talk)
{
    struct goal_id id = {work_new_id(work)};
    if (!talk->soon)
        return OK;
    const struct goal_draft draft = {
        .conversation = c->id,
        .question = talk->goal_question,
        .voice = VOICE_PUPIL,
        .look_on = date_add_days(work->today, LOOK_BACK_DAYS),
        .words = {
            .now = talk->now, .soon = talk->soon, .notice = talk->notice, .dot = "", .score = ""}};
    enum status st = goal_set(work, c->pupil, id, &draft);
    return st == OK && is_looked_back_on(world, work, c->id.v) ? goal_end(work, id, GOAL_REACHED)
                                                               : st;
}

const char *demo_staff_name(const struct work *work, const struct demo_staff *staff)
{
    const char *space = *staff->prefix ? " " : "";
    return arena_printf(work->arena, "%s %s%s%s", staff->call, staff->prefix, space, staff->family);
}

static enum status agree(const struct demo_world *world, struct work *work,
                         const struct conversation *c, const char *question,
                         enum agreement_who who_kind, int64_t who, const char *name,
                         const char *what)
{
    struct agreement_id id = {work_new_id(work)};
    if (!what)
        return OK;
    const struct agreement_draft draft = {.conversation = c->id,
                                          .question = question,
                                          .who_kind = who_kind,
                                          .who = who,
                                          .look_on = date_add_days(work->today, LOOK_BACK_DAYS),
                                          .what = what,
                                          .who_name = name,
                                          .how = "",
                                          .look = ""};
    enum status st = agreement_make(work, c->pupil, id, &draft);
    return st == OK && is_looked_back_on(world, work, c->id.v)
               ? agreement_end(work, id, AGREEMENT_KEPT)
               : st;
}

enum status demo_play_talk(const struct demo_world *world, const struct demo_staff *author,
                           const struct demo_pupil *pupil, const struct demo_talk *talk)
{
    struct work work = demo_work_of(world, author);
    struct conversation_id id = {work_new_id(&work)};
    struct conversation c;
    const struct conversation_draft draft = {.method_key = talk->method,
                                             .pupil = pupil->id,
                                             .planned_on = work.today,
                                             .planned_at = -1,
                                             .place = "",
                                             .aim = ""};
    enum status st = conversation_plan(&work, id, &draft);
    if (st == OK)
        st = conversation_start(&work, id);
    if (st == OK)
        st = conversation_open(&work, RIGHT_CONVERSATION_WRITE, id, &c);
    if (st == OK)
        st = answer_all_of(&work, &c, talk);
    if (st == OK)
        st = set_goal(world, &work, &c, talk);
    if (st == OK)
        st = agree(world, &work, &c, talk->agreement_question, WHO_PUPIL, pupil->id.v,
                   pupil->person.call, talk->pupil_does);
    if (st == OK)
        st = agree(world, &work, &c, talk->agreement_question, WHO_STAFF, author->id.v,
                   demo_staff_name(&work, author), talk->teacher_does);
    if (st == OK)
        st = conversation_close(&work, id, "", date_add_days(work.today, LOOK_BACK_DAYS));
    if (st == OK && is_looked_back_on(world, &work, id.v))
        st = conversation_evaluate(&work, id);
    return st;
}

enum status demo_play_chat(const struct demo_world *world, const struct demo_staff *author,
                           const struct demo_pupil *pupil, const char *about)
{
    struct work work = demo_work_of(world, author);
    return conversation_note_informal(&work, (struct conversation_id){work_new_id(&work)},
                                      pupil->id, work.today, about);
}

/* --- to come ---------------------------------------------------------------------------------- */

static const char *method_for(const struct group *group)
{
    return group->age_band == AGE_4_6 ? "k13" : group->age_band == AGE_12_18 ? "k20" : "k12";
}

/* A round of the first pupils of the teacher's group, from the next Monday on; the first two are
 * invited. */
static enum status plan_round(const struct demo_world *world, const struct demo_staff *teacher,
                              struct group_id id)
{
    struct work work = demo_work_of(world, teacher);
    struct group group;
    struct group_member *members = NULL;
    struct pupil_id pupils[ROUND_PUPILS];
    size_t count = 0;
    enum status st = group_find(&work, id, &group);
    if (st == OK)
        st = group_members(&work, id, &members, &count);
    if (st != OK || count == 0)
        return st;
    if (count > ROUND_PUPILS)
        count = ROUND_PUPILS;
    for (size_t i = 0; i < count; i++)
        pupils[i] = members[i].pupil;
    struct date monday = date_add_days(world->today, 8 - date_weekday(world->today));
    const struct round_draft draft = {.group = id,
                                      .method_key = method_for(&group),
                                      .slots = {monday, date_add_days(monday, 25),
                                                1u << 1 | 1u << 3 | 1u << 5, 10 * 60 + 30, 2, 15},
                                      .place = "de leeshoek",
                                      .aim = "",
                                      .pupils = pupils,
                                      .pupil_count = count};
    return round_plan(&work, (struct conversation_round_id){work_new_id(&work)}, &draft);
}

enum status demo_plan_talks(struct demo_world *world)
{
    enum status st = OK;
    demo_set_clock(world, world->today, 8, 15);
    for (size_t i = 0; st == OK && i < world->staff_count; i++) {
        const struct demo_staff *staff = &world->staff[i];
        int group = staff->groups[THIS_YEAR][0];
        if (staff->role == ROLE_TEACHER && staff->has_account && !staff->left && group != DEMO_NONE)
            st = plan_round(world, staff, world->groups[THIS_YEAR][group]);
    }
    return st;
}
