/* What every page needs to know of a sheet: for which age, who may see which answer, and the way
 * from question to question. */
#include "conversation/sheet_web.h"

#include "base/str.h"
#include "conversation/see.h"
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
    return conversation_preparation_is_open(c);
}

bool sheet_may_see(const struct web *web, const struct conversation *c,
                   const struct participant *people, size_t people_count,
                   const struct answer *answer)
{
    return conversation_may_see(&web->actor, c, people, people_count, answer);
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
