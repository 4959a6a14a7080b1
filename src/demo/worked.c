#include "demo/worked.h"

#include "agreement/agreement.h"
#include "answer/answer.h"
#include "base/date.h"
#include "conversation/conversation.h"
#include "demo/talks.h"
#include "goal/goal.h"

static const struct demo_staff *staff_of(const struct worked *worked, enum worked_who who)
{
    return who == WORKED_COORDINATOR ? worked->coordinator : worked->teacher;
}

static enum status look_back(const struct demo_world *world, struct worked *worked)
{
    if (!worked->last)
        return OK;
    struct work work = demo_work_of(world, worked->teacher);
    enum status st = OK;
    for (size_t i = 0; st == OK && i < worked->promised_count; i++)
        st = agreement_end(&work, worked->promised[i], AGREEMENT_KEPT);
    return st == OK ? conversation_evaluate(&work, worked->conversation) : st;
}

static enum status say_all(struct work *work, const struct conversation *c,
                           const struct worked_scene *scene)
{
    enum status st = OK;
    for (size_t i = 0; st == OK && i < scene->answer_count; i++) {
        const struct worked_answer *said = &scene->answers[i];
        struct answer_part parts[WORKED_PARTS];
        struct answer_value value = {.parts = parts};
        for (; value.count < WORKED_PARTS && said->parts[value.count].text; value.count++)
            parts[value.count] =
                (struct answer_part){said->parts[value.count].name, said->parts[value.count].text};
        const struct answer_key key = {
            .conversation = c->id, .question = said->question, .voice = said->voice};
        struct answer now;
        int version;
        st = answer_save(work, &c->seal, &key, 0, &value, &version, &now);
    }
    return st;
}

static enum status set_goal(struct work *work, const struct conversation *c,
                            const struct worked_scene *scene, struct date look_on)
{
    if (!scene->goal_question)
        return OK;
    const struct goal_draft draft = {.conversation = c->id,
                                     .question = scene->goal_question,
                                     .voice = VOICE_TOGETHER,
                                     .look_on = look_on,
                                     .words = {.now = scene->now,
                                               .soon = scene->soon,
                                               .notice = scene->notice,
                                               .dot = "",
                                               .score = ""}};
    return goal_set(work, c->pupil, (struct goal_id){work_new_id(work)}, &draft);
}

static enum status promise_all(struct work *work, const struct conversation *c,
                               const struct worked_scene *scene, struct date look_on,
                               struct worked *worked)
{
    enum status st = OK;
    worked->promised_count = 0;
    for (size_t i = 0; st == OK && i < WORKED_PROMISES && scene->promises[i].who; i++) {
        bool pupil = scene->promises[i].who == WORKED_PUPIL;
        const struct demo_staff *staff = staff_of(worked, scene->promises[i].who);
        struct agreement_id id = {work_new_id(work)};
        const struct agreement_draft draft = {.conversation = c->id,
                                              .question = scene->promise_question,
                                              .who_kind = pupil ? WHO_PUPIL : WHO_STAFF,
                                              .who = pupil ? worked->pupil->id.v : staff->id.v,
                                              .look_on = look_on,
                                              .what = scene->promises[i].what,
                                              .who_name = pupil ? worked->pupil->person.call
                                                                : demo_staff_name(work, staff),
                                              .how = "",
                                              .look = ""};
        st = agreement_make(work, c->pupil, id, &draft);
        worked->promised[worked->promised_count++] = id;
    }
    return st;
}

enum status demo_play_scene(const struct demo_world *world, struct worked *worked,
                            const struct worked_scene *scene)
{
    enum status st = look_back(world, worked);
    struct work work = demo_work_of(world, worked->teacher);
    struct date look_on = date_add_days(work.today, scene->look_days);
    struct conversation_id id = {work_new_id(&work)};
    struct conversation c;
    const struct conversation_draft draft = {.method_key = scene->method,
                                             .pupil = worked->pupil->id,
                                             .planned_on = work.today,
                                             .planned_at = -1,
                                             .place = "",
                                             .aim = "",
                                             .follows = worked->conversation};
    if (st == OK)
        st = conversation_plan(&work, id, &draft);
    if (st == OK && scene->with == WORKED_COORDINATOR)
        st = conversation_add_person(&work, id, PARTICIPANT_STAFF, worked->coordinator->id.v,
                                     PART_COORDINATOR, "");
    if (st == OK)
        st = conversation_start(&work, id);
    if (st == OK)
        st = conversation_open(&work, RIGHT_CONVERSATION_WRITE, id, &c);
    if (st == OK)
        st = say_all(&work, &c, scene);
    if (st == OK)
        st = set_goal(&work, &c, scene, look_on);
    if (st == OK)
        st = promise_all(&work, &c, scene, look_on, worked);
    if (st == OK)
        st = conversation_close(&work, id, "", look_on);
    worked->conversation = id;
    worked->last = scene;
    return st;
}
