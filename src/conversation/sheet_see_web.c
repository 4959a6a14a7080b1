/* What every page needs to know of a sheet: for which age, who may see which answer, and the way
 * from question to question. */
#include "conversation/sheet_web.h"

#include "base/str.h"
#include "web/web.h"

enum band sheet_nearest_band(const struct method *method, enum band band)
{
    if (band == BAND_NONE)
        band = BAND_8_12;
    for (int away = 0; away < BAND_ADULT; away++) {
        if (band + away < BAND_ADULT && method->bands >> (band + away) & 1u)
            return (enum band)(band + away);
        if (band - away > BAND_NONE && method->bands >> (band - away) & 1u)
            return (enum band)(band - away);
    }
    return band;
}

bool sheet_preparation_is_open(const struct conversation *c)
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
        return actor->kind == ACTOR_PUPIL || sheet_preparation_is_open(c) ||
               (c->group.v && allows_reading(people, people_count, key->person));
    return actor->kind == ACTOR_STAFF; /* what parents or colleagues wrote for the adults */
}

/* A photo of paper is seen by who may see what stands on it. */
static bool may_see_paper(const struct actor *actor, const struct conversation *c, const char *name)
{
    if (str_starts(name, "talk-"))
        return true;
    if (str_starts(name, "pupil-"))
        return actor->kind == ACTOR_PUPIL || sheet_preparation_is_open(c);
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

bool sheet_may_see(const struct web *web, const struct conversation *c,
                   const struct participant *people, size_t people_count,
                   const struct answer *answer)
{
    const struct actor *actor = &web->actor;
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

bool sheet_has_mirror(const struct sheet *sheet, const struct sheet_part *part)
{
    bool adult = part->voice == VOICE_TEACHER || part->voice == VOICE_OTHER;
    return adult && sheet->use != SHEET_SHARED && sheet->use != SHEET_READ &&
           str_equal(part->kind->name, "text");
}

/* --- finding one's way ---------------------------------------------------------------------------- */

struct sheet_question *sheet_find(const struct sheet *sheet, const char *question,
                                  struct sheet_phase **ret_phase)
{
    for (size_t p = 0; p < sheet->phase_count; p++) {
        struct sheet_phase *phase = &sheet->phases[p];
        for (size_t i = 0; i < phase->question_count; i++) {
            if (!str_equal(phase->questions[i].question->id, question))
                continue;
            if (ret_phase)
                *ret_phase = phase;
            return &phase->questions[i];
        }
    }
    return NULL;
}

struct sheet_part *sheet_part(const struct sheet_question *question, enum voice voice,
                              int64_t person)
{
    for (size_t i = 0; i < question->part_count; i++)
        if (question->parts[i].voice == voice && question->parts[i].person == person)
            return &question->parts[i];
    return NULL;
}

const struct sheet_question *sheet_before(const struct sheet *sheet, const char *question)
{
    const struct sheet_question *last = NULL;
    for (size_t p = 0; p < sheet->phase_count; p++) {
        for (size_t i = 0; i < sheet->phases[p].question_count; i++) {
            if (str_equal(sheet->phases[p].questions[i].question->id, question))
                return last;
            last = &sheet->phases[p].questions[i];
        }
    }
    return NULL;
}

const struct sheet_question *sheet_after(const struct sheet *sheet, const char *question)
{
    bool found = !sheet_find(sheet, question, NULL);
    for (size_t p = 0; p < sheet->phase_count; p++) {
        for (size_t i = 0; i < sheet->phases[p].question_count; i++) {
            if (found)
                return &sheet->phases[p].questions[i];
            found = str_equal(sheet->phases[p].questions[i].question->id, question);
        }
    }
    return NULL;
}
