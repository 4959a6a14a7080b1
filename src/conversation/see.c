#include "conversation/see.h"

#include "answer/kind.h"
#include "base/str.h"

bool conversation_preparation_is_open(const struct conversation *c)
{
    return c->may_read == MAY_READ_YES || c->state == CONVERSATION_UNDER_WAY ||
           c->state == CONVERSATION_CLOSED || c->state == CONVERSATION_EVALUATED;
}

static bool may_see_question(const struct actor *actor, const struct conversation *c,
                             const char *id)
{
    const struct method_preparation *preparation = NULL;
    IGNORE(method_phase_of(c->method, id, &preparation) != NULL);
    if (!preparation)
        return true;
    if (preparation->who == PART_PUPIL)
        return actor->kind == ACTOR_PUPIL || conversation_preparation_is_open(c);
    return actor->kind == ACTOR_STAFF; /* what parents or colleagues wrote for the adults */
}

bool conversation_may_see(const struct actor *actor, const struct conversation *c,
                          const struct answer *answer)
{
    const char *id = answer->key.question;
    if (str_starts(id, METHOD_SUMMARY_PREFIX))
        return true;
    const struct question *question = method_question(c->method, id);
    if (!question || !may_see_question(actor, c, id))
        return false;
    const struct answer_kind *kind = answer_kind(question->kind);
    if (kind && kind->is_private)
        return actor->kind == ACTOR_STAFF && answer->author_kind == ACTOR_STAFF &&
               answer->author == actor->staff.v;
    return actor->kind != ACTOR_PUPIL || !answer->key.person ||
           answer->key.person == actor->pupil.v;
}
