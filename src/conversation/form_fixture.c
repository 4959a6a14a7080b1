#include "conversation/form_fixture.h"

#include "answer/kind.h"
#include "base/arena.h"
#include "base/str.h"

#define TRIES_MAX 4 /* parts of one value */

/* Values to offer, "@" stands for the first option; the first that the kind takes and that is not empty counts. */
static const struct offer {
    struct answer_part parts[TRIES_MAX];
    size_t count;
} offers[] = {
    {{{"@", FORM_FIXTURE_WORDS}}, 1},
    {{{"@", "1"}}, 1},
    {{{"", "@"}}, 1},
    {{{"1.item", FORM_FIXTURE_WORDS}, {"1.mark", "sure"}}, 2},
    {{{"tops", FORM_FIXTURE_WORDS}, {"tips", FORM_FIXTURE_WORDS}}, 2},
    {{{"", FORM_FIXTURE_WORDS}, {"meant", "yes"}}, 2},
    {{{"", FORM_FIXTURE_WORDS}}, 1},
    {{{"", "1"}}, 1},
    {{{"", "fully"}}, 1},
    {{{"text", FORM_FIXTURE_WORDS}}, 1},
};

static bool wants_option(const struct offer *offer)
{
    return str_equal(offer->parts[0].name, "@") || str_equal(offer->parts[0].text, "@");
}

static const char *with_option(const struct question *question, const char *text)
{
    return str_equal(text, "@") ? question->options[0].id : text;
}

static bool take(struct arena *arena, const struct answer_kind *kind,
                 const struct question *question, const struct offer *offer,
                 struct answer_value *ret)
{
    struct answer_part parts[TRIES_MAX];
    const char *error = NULL;
    if (wants_option(offer) && !question->option_count)
        return false;
    for (size_t i = 0; i < offer->count; i++)
        parts[i] = (struct answer_part){with_option(question, offer->parts[i].name),
                                        with_option(question, offer->parts[i].text)};
    const struct answer_value raw = {parts, offer->count};
    return kind->check(question, &raw, arena, ret, &error) == OK && !answer_is_empty(ret);
}

static bool add(struct arena *arena, const struct question *question, struct answer *answers,
                size_t *count)
{
    const struct answer_kind *kind = answer_kind(question->kind);
    struct answer_value value;
    bool taken = false;
    if (kind->outcome != OUTCOME_NONE)
        return true;
    for (size_t i = 0; i < ARRAY_LEN(offers) && !taken; i++)
        taken = take(arena, kind, question, &offers[i], &value);
    for (size_t i = 0; taken && i < question->voice_count; i++)
        answers[(*count)++] = (struct answer){
            .key = {.question = question->id, .voice = question->voices[i]},
            .version = 1,
            .value = value};
    return taken;
}

static bool add_all(struct arena *arena, const struct phase *phases, size_t phase_count,
                    struct answer *answers, size_t *count, const char **ret_missing)
{
    for (size_t p = 0; p < phase_count; p++)
        for (size_t i = 0; i < phases[p].question_count; i++)
            if (!add(arena, &phases[p].questions[i], answers, count)) {
                *ret_missing = phases[p].questions[i].id;
                return false;
            }
    return true;
}

struct answer *form_fixture_answers(struct arena *arena, const struct method *method,
                                    size_t *ret_count, const char **ret_missing)
{
    struct answer *answers = ARENA_ARRAY(arena, struct answer,
                                         (size_t)METHOD_QUESTIONS_MAX * METHOD_VOICES_MAX);
    *ret_count = 0;
    *ret_missing = NULL;
    bool all = answers && add_all(arena, method->phases, method->phase_count, answers, ret_count,
                                  ret_missing);
    for (size_t i = 0; all && i < method->preparation_count; i++)
        all = add_all(arena, method->preparations[i].phases, method->preparations[i].phase_count,
                      answers, ret_count, ret_missing);
    return all ? answers : NULL;
}
