/* tops-tips: what went well, and what could be better, of the conversation itself (H6, P14). */
#include "answer/clean.h"
#include "answer/kinds.h"
#include "answer/on_paper.h"
#include "answer/texts.h"
#include "base/arena.h"
#include "base/str.h"
#include "gen/kind_tops_tips_html.h"

static bool take(struct clean *clean, const struct answer_part *raw)
{
    return (str_equal(raw->name, "tops") || str_equal(raw->name, "tips")) &&
           clean_text(clean, raw, TOPS_MOST);
}

static enum status check(const struct question *question, const struct answer_value *raw,
                         struct arena *arena, struct answer_value *ret_clean,
                         const char **ret_error)
{
    return clean_all(question, raw, arena, take, ret_clean, ret_error);
}

static const char *text(UNUSED const struct question *question, const struct answer_value *value,
                        UNUSED const char *lang, const struct tr *t, struct arena *arena)
{
    const char *all = "";
    const char *tops = answer_part(value, "tops");
    const char *tips = answer_part(value, "tips");
    if (tops[0])
        all = arena_printf(arena, "%s\n", trf(t, arena, N_("Top: {0}"), 1, tops));
    if (tips[0])
        all = arena_printf(arena, "%s%s\n", all, trf(t, arena, N_("Tip: {0}"), 1, tips));
    return all;
}

static void on_paper(struct paper *paper, const struct answer_view *view)
{
    int lines = on_paper_lines(view, 3);
    paper_columns_begin(paper, 2, NULL);
    on_paper_box(paper, view, "tops", tr(view->tr, N_("Top: this went well")), NULL, lines);
    paper_next_column(paper);
    on_paper_box(paper, view, "tips", tr(view->tr, N_("Tip: this could be better")), NULL, lines);
    paper_columns_end(paper);
}

const struct answer_kind kind_tops_tips = {
    .name = "tops-tips",
    .check = check,
    .edit = html_tops_tips_edit,
    .read = html_tops_tips_read,
    .text = text,
    .paper = on_paper,
};
