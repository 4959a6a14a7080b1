#include "conversation/outcomes_web.h"

#include "agreement/agreement_web.h"
#include "base/compiler.h"
#include "goal/goal_web.h"
#include "plan/child_plan_web.h"
#include "sharing/sharing_web.h"

/* One line per thing that a question can yield. */
static const struct outcome_block *const blocks[] = {
    &goal_block,
    &need_block,
    &agreement_block,
    &child_plan_block,
    &sharing_block,
};

const struct outcome_block *outcome_block(enum outcome outcome)
{
    for (size_t i = 0; i < ARRAY_LEN(blocks); i++)
        if (blocks[i]->outcome == outcome)
            return blocks[i];
    return NULL;
}

enum status outcome_text(struct web *web, const struct outcome_place *place, const char **ret_text)
{
    const struct answer_kind *kind = answer_kind(place->question->kind);
    const struct outcome_block *block = kind ? outcome_block(kind->outcome) : NULL;
    const void *view = NULL;
    bool any = false;
    const char *text = "";
    enum status st = block ? block->load(web, place, &view, &any) : OK;
    if (st == OK && block && any)
        text = block->text(web, view);
    if (st == OK)
        *ret_text = text;
    return st;
}
