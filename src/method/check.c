#include "base/arena.h"
#include "base/str.h"
#include "i18n/tr.h"
#include "method/reader.h"

/* All questions of a method in the order in which they are asked: preparations first. */
struct asked {
    const struct question *question;
    size_t part; /* 0: the conversation; n: preparation n-1 */
};

struct all {
    struct asked *questions;
    size_t count;
};

static void add_phases(struct all *all, const struct phase *phases, size_t count, size_t part)
{
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < phases[i].question_count; k++)
            all->questions[all->count++] = (struct asked){&phases[i].questions[k], part};
}

static size_t questions_in(const struct phase *phases, size_t count)
{
    size_t questions = 0;
    for (size_t i = 0; i < count; i++)
        questions += phases[i].question_count;
    return questions;
}

/* False when there is too much to look at more closely. */
static bool check_amount(struct reader *reader, const struct method *method, size_t *ret_questions)
{
    size_t phases = method->phase_count;
    size_t questions = questions_in(method->phases, method->phase_count);
    if (questions == 0 && method->phases)
        reader_problem(reader, reader_line(reader, method, "phases"),
                       N_("Nothing is asked: a method has at least one question."), NULL);
    for (size_t i = 0; i < method->preparation_count; i++) {
        const struct method_preparation *preparation = &method->preparations[i];
        phases += preparation->phase_count;
        questions += questions_in(preparation->phases, preparation->phase_count);
    }
    if (questions > METHOD_QUESTIONS_MAX)
        reader_problem(reader, 0, N_("A method has at most {0} questions."),
                       arena_printf(reader->arena, "%d", METHOD_QUESTIONS_MAX));
    if (phases > METHOD_PHASES_MAX)
        reader_problem(reader, 0, N_("A method has at most {0} phases."),
                       arena_printf(reader->arena, "%d", METHOD_PHASES_MAX));
    *ret_questions = questions;
    return questions <= METHOD_QUESTIONS_MAX && phases <= METHOD_PHASES_MAX;
}

/* Phase ids are looked at across the file; they are few. */
static void check_phase_ids(struct reader *reader, const struct method *method)
{
    const struct phase *seen[METHOD_PHASES_MAX];
    size_t count = 0;
    for (size_t part = 0; part <= method->preparation_count; part++) {
        const struct method_preparation *preparation =
            part < method->preparation_count ? &method->preparations[part] : NULL;
        const struct phase *phases = preparation ? preparation->phases : method->phases;
        size_t phase_count = preparation ? preparation->phase_count : method->phase_count;
        for (size_t i = 0; i < phase_count; i++) {
            for (size_t k = 0; phases[i].id && k < count; k++)
                if (seen[k]->id && str_equal(seen[k]->id, phases[i].id)) {
                    reader_problem(reader, reader_line(reader, &phases[i], "id"),
                                   N_("\"{0}\" is there already. Ids are different."),
                                   phases[i].id);
                    break;
                }
            seen[count++] = &phases[i];
        }
    }
}

static void check_preparations(struct reader *reader, const struct method *method)
{
    for (size_t i = 1; i < method->preparation_count; i++)
        for (size_t k = 0; k < i; k++)
            if (method->preparations[i].who &&
                method->preparations[i].who == method->preparations[k].who) {
                reader_problem(reader, reader_line(reader, &method->preparations[i], "who"),
                               N_("\"{0}\" stands here twice."),
                               word_of(who_words, method->preparations[i].who)->name);
                break;
            }
}

/* What question `at` may point at: asked before it, by the same participant or in a preparation. */
static const struct question *earlier(const struct all *all, size_t at, const char *id)
{
    for (size_t i = 0; i < at; i++)
        if (all->questions[i].question->id && str_equal(all->questions[i].question->id, id) &&
            (all->questions[at].part == 0 || all->questions[i].part == all->questions[at].part))
            return all->questions[i].question;
    return NULL;
}

static void check_when(struct reader *reader, const struct all *all, size_t at)
{
    const struct question *question = all->questions[at].question;
    int line = reader_line(reader, question, "when");
    if (!question->when_question)
        return;
    const struct question *asked = earlier(all, at, question->when_question);
    if (!asked)
        reader_problem(reader, line, N_("No question \"{0}\" is asked before this one."),
                       question->when_question);
    for (size_t i = 0; asked && i < question->when_count; i++)
        if (!question_may_choose(asked, question->when_is[i]))
            reader_problem(reader, line, N_("\"{0}\" is no option of the question asked before."),
                           question->when_is[i]);
}

/* An option without an id was told already, and the kinds go by ids. */
static bool options_have_ids(const struct question *question)
{
    for (size_t i = 0; i < question->option_count; i++)
        if (!question->options[i].id)
            return false;
    return true;
}

static void check_question(struct reader *reader, const struct all *all, size_t at)
{
    const struct question *question = all->questions[at].question;
    int id_line = reader_line(reader, question, "id");
    if (question->id && str_starts(question->id, METHOD_SUMMARY_PREFIX))
        reader_problem(reader, id_line,
                       N_("An id does not begin with \"{0}\": that is the name of summaries."),
                       METHOD_SUMMARY_PREFIX);
    if (question->id && str_starts(question->id, METHOD_PAPER_PREFIX))
        reader_problem(
            reader, id_line,
            N_("An id does not begin with \"{0}\": that is the name of photos of paper."),
            METHOD_PAPER_PREFIX);
    for (size_t i = 0; question->id && i < at; i++) {
        const char *other = all->questions[i].question->id;
        if (!other || !str_equal(other, question->id))
            continue;
        reader_problem(reader, id_line, N_("\"{0}\" is there already. Ids are different."),
                       question->id);
        break;
    }
    check_when(reader, all, at);
    if (question->shows && !earlier(all, at, question->shows))
        reader_problem(reader, reader_line(reader, question, "shows"),
                       N_("No question \"{0}\" is asked before this one."), question->shows);
    const char *misfit =
        question->kind && options_have_ids(question) ? reader->kinds->fits(question) : NULL;
    if (misfit)
        reader_problem(reader, reader_line(reader, question, "kind"), misfit, question->kind);
}

void reader_check(struct reader *reader, const struct method *method)
{
    size_t count = 0;
    if (!check_amount(reader, method, &count))
        return;
    struct all all = {.questions = ARENA_ARRAY(reader->arena, struct asked, count)};
    if (!all.questions)
        return;
    for (size_t i = 0; i < method->preparation_count; i++)
        add_phases(&all, method->preparations[i].phases, method->preparations[i].phase_count,
                   i + 1);
    add_phases(&all, method->phases, method->phase_count, 0);
    check_phase_ids(reader, method);
    check_preparations(reader, method);
    for (size_t i = 0; i < all.count; i++)
        check_question(reader, &all, i);
}
