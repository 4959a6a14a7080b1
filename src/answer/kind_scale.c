/* scale: 1 to a number, with words at both ends. A start for a talk, never a measurement (UX §7).
 */
#include "answer/clean.h"
#include "answer/kinds.h"
#include "answer/look.h"
#include "answer/on_paper.h"
#include "base/arena.h"
#include "base/str.h"
#include "gen/kind_scale_html.h"

#define LEAST 2
#define MOST 10

static const char *fits(const struct question *question)
{
    if (question->number < LEAST || question->number > MOST)
        return N_("“scale” needs `number`: 2 to 10.");
    bool has_ends = question->ends[0].count && question->ends[1].count;
    return has_ends ? NULL : N_("“scale” needs `ends`: two texts.");
}

static bool take(struct clean *clean, const struct answer_part *raw)
{
    return !raw->name[0] && clean_number(clean, raw, 1, clean->question->number);
}

static enum status check(const struct question *question, const struct answer_value *raw,
                         struct arena *arena, struct answer_value *ret_clean,
                         const char **ret_error)
{
    return clean_all(question, raw, arena, take, ret_clean, ret_error);
}

static const char *text(const struct question *question, const struct answer_value *value,
                        const char *lang, const struct tr *t, struct arena *arena)
{
    const char *said = answer_part(value, "");
    if (!said[0])
        return "";
    return arena_printf(arena, "%s\n",
                        trf(t, arena, N_("{0} out of 1 ({1}) to {2} ({3})"), 4, said,
                            method_say(&question->ends[0], lang),
                            arena_printf(arena, "%d", question->number),
                            method_say(&question->ends[1], lang)));
}

static void on_paper(struct paper *paper, const struct answer_view *view)
{
    const struct question *question = view->question;
    int64_t chosen = 0;
    if (str_to_int64(on_paper_part(view, ""), &chosen) != OK)
        chosen = 0;
    paper_scale(paper, question->number, method_say(&question->ends[0], view->lang),
                method_say(&question->ends[1], view->lang), chosen ? (int)chosen - 1 : PAPER_NONE);
}

const struct answer_kind kind_scale = {
    .name = "scale",
    .fits = fits,
    .check = check,
    .edit = html_scale_edit,
    .read = html_scale_read,
    .text = text,
    .paper = on_paper,
};
