#include "goal/need.h"

#include "access/work.h"
#include "base/arena.h"

static const char *const kind_names[NEED_KINDS_] = {
    [NEED_TASK] = "task",         [NEED_EXPLANATION] = "explanation",
    [NEED_FEEDBACK] = "feedback", [NEED_MATERIAL] = "material",
    [NEED_PEERS] = "peers",       [NEED_TEACHER] = "teacher",
    [NEED_PARENTS] = "parents",   [NEED_SURROUNDINGS] = "surroundings",
};

const char *need_kind_name(enum need_kind kind)
{
    return kind >= NEED_TASK && kind < NEED_KINDS_ ? kind_names[kind] : "";
}

static enum status check_kind(struct work *work, struct pupil_id pupil,
                              const struct thing_draft *draft)
{
    (void)work;
    (void)pupil;
    return draft->sort >= NEED_TASK && draft->sort < NEED_KINDS_ ? OK : ERR_INVALID;
}

static const char *const wanted[] = {"what", NULL};

const struct thing_rules need_rules = {.kind = THING_NEED,
                                       .wanted = wanted,
                                       .text_max = NEED_TEXT_MAX,
                                       .list_max = NEEDS_MAX,
                                       .states = NEED_OVER,
                                       .has_speaker = true,
                                       .made = AUDIT_NEED_SET,
                                       .changed = AUDIT_NEED_CHANGED,
                                       .ended = AUDIT_NEED_CHANGED,
                                       .check = check_kind};

struct need need_of_thing(const struct thing *thing)
{
    return (struct need){.id = {thing->id.v},
                         .pupil = thing->pupil,
                         .conversation = thing->conversation,
                         .question = thing->question,
                         .goal = thing->goal,
                         .kind = (enum need_kind)thing->sort,
                         .voice = thing->voice,
                         .state = (enum need_state)thing->state,
                         .review_on = thing->look_on,
                         .version = thing->version,
                         .author_kind = thing->author_kind,
                         .author = thing->author,
                         .made_at = thing->made_at,
                         .changed_at = thing->changed_at,
                         .what = thing_said(thing, "what")};
}

/* The kind goes into the text as well, so that a version says it. */
enum { DRAFT_PARTS = 2 };

static struct thing_draft as_thing(const struct need_draft *draft, enum voice voice,
                                   struct answer_part parts[DRAFT_PARTS])
{
    parts[0] = (struct answer_part){"kind", need_kind_name(draft->kind)};
    parts[1] = (struct answer_part){"what", draft->what};
    return (struct thing_draft){.conversation = draft->conversation,
                                .question = draft->question,
                                .goal = draft->goal,
                                .voice = voice,
                                .sort = (int)draft->kind,
                                .look_on = draft->review_on,
                                .parts = parts,
                                .part_count = DRAFT_PARTS};
}

enum status need_set(struct work *work, struct pupil_id pupil, struct need_id id,
                     const struct need_draft *draft)
{
    struct answer_part parts[DRAFT_PARTS];
    const struct thing_draft d = as_thing(draft, draft->voice, parts);
    return thing_make(work, &need_rules, pupil, (struct thing_id){id.v}, &d);
}

enum status need_change(struct work *work, struct need_id id, int base_version,
                        const struct need_draft *draft, int *ret_version, struct thing *ret_now)
{
    struct answer_part parts[DRAFT_PARTS];
    const struct thing_draft d = as_thing(draft, VOICE_NONE, parts);
    return thing_change(work, &need_rules, (struct thing_id){id.v}, base_version, &d, ret_version,
                        ret_now);
}

enum status need_of_pupil(struct work *work, struct pupil_id pupil,
                          struct conversation_id conversation, struct need **ret, size_t *ret_count)
{
    struct thing *things = NULL;
    size_t count = 0;
    enum status st =
        thing_list(work, &need_rules, (struct thing_place){pupil, conversation}, &things, &count);
    struct need *list = ARENA_ARRAY(work->arena, struct need, count);
    if (st != OK || !list)
        return st == OK ? ERR_NOMEM : st;
    for (size_t i = 0; i < count; i++)
        list[i] = need_of_thing(&things[i]);
    *ret = list;
    *ret_count = count;
    return OK;
}
