#include "plan/child_plan.h"

#include "access/work.h"
#include "base/arena.h"
#include "base/str.h"

static const char *const part_names[PLAN_PARTS_] = {
    [PLAN_CAN] = "can",
    [PLAN_SOON] = "soon",
    [PLAN_DOING] = "doing",
    [PLAN_TEACHER] = "teacher",
    [PLAN_GUARDIANS] = "guardians",
    [PLAN_MATERIALS] = "materials",
    [PLAN_NOTICE] = "notice",
    [PLAN_WITH] = "with",
    [PLAN_GROUP] = "group-plan",
    [PLAN_GROUP_DAY] = "group-plan-day",
    [PLAN_LOOKERS] = "lookers",
    [PLAN_HARD] = "hard",
    [PLAN_WELL] = "well",
    [PLAN_OUTCOME] = "outcome",
    [PLAN_NEXT] = "next",
    [PLAN_LESSON] = THING_OWN_PART,
};

const char *plan_part_name(enum plan_part part)
{
    return (unsigned)part < PLAN_PARTS_ ? part_names[part] : "";
}

static enum status check_group_day(struct work *work, struct pupil_id pupil,
                                   const struct thing_draft *draft)
{
    struct date day;
    (void)work;
    (void)pupil;
    for (size_t i = 0; i < draft->part_count; i++) {
        const struct answer_part *part = &draft->parts[i];
        if (str_equal(part->name, part_names[PLAN_GROUP_DAY]) && part->text && *part->text &&
            date_parse(part->text, &day) != OK)
            return ERR_INVALID;
    }
    return OK;
}

static const char *const wanted[] = {"can", "soon", "doing", NULL};

const struct thing_rules child_plan_rules = {.kind = THING_PLAN,
                                             .wanted = wanted,
                                             .text_max = CHILD_PLAN_TEXT_MAX,
                                             .list_max = CHILD_PLANS_MAX,
                                             .states = PLAN_EVALUATED,
                                             .made = AUDIT_PLAN_MADE,
                                             .changed = AUDIT_PLAN_CHANGED,
                                             .ended = AUDIT_PLAN_EVALUATED,
                                             .check = check_group_day};

struct child_plan child_plan_of_thing(const struct thing *thing)
{
    struct child_plan plan = {.id = {thing->id.v},
                              .pupil = thing->pupil,
                              .conversation = thing->conversation,
                              .question = thing->question,
                              .goal = thing->goal,
                              .state = (enum plan_state)thing->state,
                              .from_on = thing->from_on,
                              .due_on = thing->due_on,
                              .look_on = thing->look_on,
                              .evaluated_on = thing->ended_on,
                              .version = thing->version,
                              .author_kind = thing->author_kind,
                              .author = thing->author,
                              .made_at = thing->made_at,
                              .changed_at = thing->changed_at};
    for (int i = 0; i < PLAN_PARTS_; i++)
        plan.parts[i] = thing_said(thing, part_names[i]);
    return plan;
}

static struct thing_draft as_thing(const struct child_plan_draft *draft,
                                   struct answer_part parts[PLAN_PARTS_])
{
    size_t count = 0;
    for (int i = 0; i < PLAN_PARTS_; i++)
        if (i != PLAN_OUTCOME && i != PLAN_NEXT)
            parts[count++] = (struct answer_part){part_names[i], draft->parts[i]};
    return (struct thing_draft){.conversation = draft->conversation,
                                .question = draft->question,
                                .goal = draft->goal,
                                .voice = VOICE_TOGETHER,
                                .due_on = draft->due_on,
                                .look_on = draft->look_on,
                                .parts = parts,
                                .part_count = count};
}

enum status child_plan_make(struct work *work, struct pupil_id pupil, struct child_plan_id id,
                            const struct child_plan_draft *draft)
{
    struct answer_part parts[PLAN_PARTS_];
    const struct thing_draft d = as_thing(draft, parts);
    return thing_make(work, &child_plan_rules, pupil, (struct thing_id){id.v}, &d);
}

enum status child_plan_change(struct work *work, struct child_plan_id id, int base_version,
                              const struct child_plan_draft *draft, int *ret_version,
                              struct thing *ret_now)
{
    struct answer_part parts[PLAN_PARTS_];
    const struct thing_draft d = as_thing(draft, parts);
    return thing_change(work, &child_plan_rules, (struct thing_id){id.v}, base_version, &d,
                        ret_version, ret_now);
}

enum status child_plan_evaluate(struct work *work, struct child_plan_id id, const char *outcome,
                                const char *next, const char *lesson)
{
    const struct answer_part parts[] = {{part_names[PLAN_OUTCOME], outcome},
                                        {part_names[PLAN_NEXT], next},
                                        {part_names[PLAN_LESSON], lesson}};
    if (!outcome || str_is_blank(outcome))
        return ERR_INVALID;
    return thing_end(work, &child_plan_rules, (struct thing_id){id.v}, PLAN_EVALUATED, parts,
                     ARRAY_LEN(parts));
}

enum status child_plan_of_pupil(struct work *work, struct pupil_id pupil,
                                struct conversation_id conversation, struct child_plan **ret,
                                size_t *ret_count)
{
    struct thing *things = NULL;
    size_t count = 0;
    enum status st = thing_list(work, &child_plan_rules, (struct thing_place){pupil, conversation},
                                &things, &count);
    struct child_plan *list = ARENA_ARRAY(work->arena, struct child_plan, count);
    if (st != OK || !list)
        return st == OK ? ERR_NOMEM : st;
    for (size_t i = 0; i < count; i++)
        list[i] = child_plan_of_thing(&things[i]);
    *ret = list;
    *ret_count = count;
    return OK;
}
