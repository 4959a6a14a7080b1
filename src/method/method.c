#include "method/method.h"

#include <assert.h>

#include "base/arena.h"
#include "base/str.h"
#include "i18n/tr.h"
#include "method/node.h"
#include "method/reader.h"

/* In file order; found in another order where ids and references are looked at last. */
static void sort_problems(struct method_problem *problems, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        struct method_problem one = problems[i];
        size_t k = i;
        for (; k > 0 && problems[k - 1].line > one.line; k--)
            problems[k] = problems[k - 1];
        problems[k] = one;
    }
}

static enum status read_root(struct reader *reader, const char *data, size_t len,
                             struct method *method)
{
    const struct node *root = NULL;
    struct method_problem problem = {0};
    if (len > METHOD_FILE_MAX) {
        reader_problem(reader, 0, N_("The file is larger than {0}."), "256 KiB");
        return OK;
    }
    enum status st = node_read(data, len, reader->arena, &root, &problem);
    if (st == ERR_INVALID) {
        reader_problem(reader, problem.line, problem.message, problem.about);
        return OK;
    }
    if (st != OK)
        return st;
    reader_shape(reader, &method_shape, root, method);
    reader_check(reader, method);
    return OK;
}

enum status method_read(const char *data, size_t len, const struct method_kinds *kinds,
                        struct arena *arena, const struct method **ret_method,
                        struct method_problem **ret_problems, size_t *ret_problem_count)
{
    assert(kinds && arena);
    struct reader reader = {.kinds = kinds, .arena = arena};
    struct method *method = ARENA_NEW(arena, struct method);
    reader.problems = ARENA_ARRAY(arena, struct method_problem, METHOD_PROBLEMS_MAX);
    if (!method || !reader.problems)
        return ERR_NOMEM;
    enum status st = read_root(&reader, data, len, method);
    if (arena_failed(arena))
        return ERR_NOMEM;
    if (st != OK)
        return st;
    if (reader.problem_count == 0) {
        *ret_method = method;
        return OK;
    }
    sort_problems(reader.problems, reader.problem_count);
    *ret_problems = reader.problems;
    *ret_problem_count = reader.problem_count;
    return ERR_INVALID;
}

static const char *wording_in(const struct method_text *text, const char *lang)
{
    for (size_t i = 0; i < text->count; i++)
        if (str_equal(text->wordings[i].lang, lang))
            return text->wordings[i].text;
    return NULL;
}

const char *method_say(const struct method_text *text, const char *lang)
{
    const char *said = wording_in(text, lang);
    if (!said)
        said = wording_in(text, "en");
    if (!said)
        said = text->count ? text->wordings[0].text : "";
    return said;
}

const char *question_words(const struct question *question, enum band band, const char *lang)
{
    bool apart = band > BAND_NONE && band <= BAND_ADULT && question->ask_for[band].count;
    return method_say(apart ? &question->ask_for[band] : &question->ask, lang);
}

static const struct phase *phase_with(const struct phase *phases, size_t count, const char *id,
                                      const struct question **ret_question)
{
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < phases[i].question_count; k++)
            if (str_equal(phases[i].questions[k].id, id)) {
                *ret_question = &phases[i].questions[k];
                return &phases[i];
            }
    return NULL;
}

/* Where a question stands; NULL when there is none of that id. */
static const struct phase *find(const struct method *method, const char *id,
                                const struct question **ret_question,
                                const struct method_preparation **ret_preparation)
{
    *ret_preparation = NULL;
    const struct phase *phase = phase_with(method->phases, method->phase_count, id, ret_question);
    for (size_t i = 0; !phase && i < method->preparation_count; i++) {
        const struct method_preparation *preparation = &method->preparations[i];
        phase = phase_with(preparation->phases, preparation->phase_count, id, ret_question);
        if (phase)
            *ret_preparation = preparation;
    }
    return phase;
}

bool question_may_choose(const struct question *question, const char *option)
{
    int64_t face = 0;
    for (size_t i = 0; i < question->option_count; i++)
        if (question->options[i].id && str_equal(question->options[i].id, option))
            return true;
    if (!question->kind || !str_equal(question->kind, "faces"))
        return false;
    if (str_equal(option, "unknown"))
        return true;
    return question->option_count == 0 && str_to_int64(option, &face) == OK && face >= 1 &&
           face <= question->number;
}

const struct question *method_question(const struct method *method, const char *id)
{
    const struct question *question = NULL;
    const struct method_preparation *preparation;
    (void)find(method, id, &question, &preparation);
    return question;
}

const struct phase *method_phase_of(const struct method *method, const char *question,
                                    const struct method_preparation **ret_preparation)
{
    const struct question *found = NULL;
    return find(method, question, &found, ret_preparation);
}

const struct method_preparation *method_preparation_of(const struct method *method,
                                                       enum method_part who)
{
    for (size_t i = 0; i < method->preparation_count; i++)
        if (method->preparations[i].who == who)
            return &method->preparations[i];
    return NULL;
}
