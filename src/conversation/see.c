#include "conversation/see.h"

#include "answer/kind.h"
#include "base/str.h"

bool conversation_preparation_is_open(const struct conversation *c)
{
    return c->may_read == MAY_READ_YES || c->state == CONVERSATION_UNDER_WAY ||
           c->state == CONVERSATION_CLOSED || c->state == CONVERSATION_EVALUATED;
}

/* Of a group, what this pupil prepared may be read before it begins. */
static bool allows_reading(const struct participant *people, size_t count, int64_t person)
{
    for (size_t i = 0; i < count; i++)
        if (people[i].kind == PARTICIPANT_PUPIL && people[i].person == person)
            return people[i].may_read == MAY_READ_YES;
    return false;
}

static bool may_see_question(const struct actor *actor, const struct conversation *c,
                             const struct participant *people, size_t people_count,
                             const struct answer_key *key)
{
    const struct method_preparation *preparation = NULL;
    IGNORE(method_phase_of(c->method, key->question, &preparation) != NULL);
    if (!preparation)
        return true;
    if (preparation->who == PART_PUPIL)
        return actor->kind == ACTOR_PUPIL || conversation_preparation_is_open(c) ||
               (c->group.v && allows_reading(people, people_count, key->person));
    return actor->kind == ACTOR_STAFF; /* what parents or colleagues wrote for the adults */
}

/* A photo of paper is seen by who may see what stands on it. */
static bool may_see_paper(const struct actor *actor, const struct conversation *c, const char *name)
{
    if (str_starts(name, "talk-"))
        return true;
    if (str_starts(name, "pupil-"))
        return actor->kind == ACTOR_PUPIL || conversation_preparation_is_open(c);
    return actor->kind == ACTOR_STAFF;
}

/* A pupil of a group reads their own words, and what all said together. */
static bool may_pupil_see(const struct actor *actor, const struct conversation *c,
                          const struct answer_key *key)
{
    if (key->person)
        return key->person == actor->pupil.v;
    return !c->group.v || key->voice == VOICE_TOGETHER;
}

bool conversation_may_see(const struct actor *actor, const struct conversation *c,
                          const struct participant *people, size_t people_count,
                          const struct answer *answer)
{
    const char *id = answer->key.question;
    if (str_starts(id, METHOD_SUMMARY_PREFIX))
        return true;
    if (str_starts(id, METHOD_PAPER_PREFIX))
        return may_see_paper(actor, c, id + strlen(METHOD_PAPER_PREFIX));
    const struct question *question = method_question(c->method, id);
    if (!question || !may_see_question(actor, c, people, people_count, &answer->key))
        return false;
    const struct answer_kind *kind = answer_kind(question->kind);
    if (kind && kind->is_private)
        return actor->kind == ACTOR_STAFF && answer->author_kind == ACTOR_STAFF &&
               answer->author == actor->staff.v;
    return actor->kind != ACTOR_PUPIL || may_pupil_see(actor, c, &answer->key);
}
