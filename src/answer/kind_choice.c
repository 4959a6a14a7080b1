/* choice and many: one or more of the question's options. */
#include "answer/clean.h"
#include "answer/kinds.h"
#include "answer/look.h"
#include "answer/on_paper.h"
#include "base/arena.h"
#include "base/str.h"
#include "gen/kind_choice_html.h"

#define CHOSEN "1"

static const char *fits(const struct question *question)
{
    return question->option_count < 2 ? N_("This kind needs `options`, two or more.") : NULL;
}

static bool take_choice(struct clean *clean, const struct answer_part *raw)
{
    return !raw->name[0] && clean_option(clean, raw);
}

static bool take_many(struct clean *clean, const struct answer_part *raw)
{
    static const char *const words[] = {CHOSEN, NULL};
    return clean_find_option(clean->question, raw->name) && clean_word(clean, raw, words);
}

static enum status check_choice(const struct question *question, const struct answer_value *raw,
                                struct arena *arena, struct answer_value *ret_clean,
                                const char **ret_error)
{
    return clean_all(question, raw, arena, take_choice, ret_clean, ret_error);
}

static enum status check_many(const struct question *question, const struct answer_value *raw,
                              struct arena *arena, struct answer_value *ret_clean,
                              const char **ret_error)
{
    return clean_all(question, raw, arena, take_many, ret_clean, ret_error);
}

/* In the order of the question, not in that of the parts. */
static const char *text(const struct question *question, const struct answer_value *value,
                        const char *lang, UNUSED const struct tr *t, struct arena *arena)
{
    const char *said = "";
    for (size_t i = 0; i < question->option_count; i++) {
        const struct question_option *option = &question->options[i];
        if (str_equal(answer_part(value, ""), option->id) || answer_part(value, option->id)[0])
            said = arena_printf(arena, "%s%s\n", said, method_say(&option->label, lang));
    }
    return said;
}

static void on_paper(struct paper *paper, const struct answer_view *view, bool round)
{
    const struct question *question = view->question;
    struct paper_choice choices[METHOD_OPTIONS_MAX] = {{0}};
    size_t count =
        question->option_count < ARRAY_LEN(choices) ? question->option_count : ARRAY_LEN(choices);
    for (size_t i = 0; i < count; i++) {
        const struct question_option *option = &question->options[i];
        choices[i] =
            (struct paper_choice){.label = method_say(&option->label, view->lang),
                                  .symbol = option->picture,
                                  .chosen = view->value && answer_chose(view->value, option->id)};
    }
    paper_choices(paper, choices, count, round);
}

static void paper_one(struct paper *paper, const struct answer_view *view)
{
    on_paper(paper, view, true);
}

static void paper_many(struct paper *paper, const struct answer_view *view)
{
    on_paper(paper, view, false);
}

const struct answer_kind kind_choice = {
    .name = "choice",
    .fits = fits,
    .check = check_choice,
    .edit = html_choice_edit,
    .read = html_choice_read,
    .text = text,
    .paper = paper_one,
};

const struct answer_kind kind_many = {
    .name = "many",
    .fits = fits,
    .check = check_many,
    .edit = html_many_edit,
    .read = html_choice_read,
    .text = text,
    .paper = paper_many,
};
