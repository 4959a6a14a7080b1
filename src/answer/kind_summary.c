/*
 * summary: what the adult understood, read back (K19); whether that is what the pupil meant, and
 * the pupil's own correction beside it.
 */
#include "answer/clean.h"
#include "answer/kinds.h"
#include "answer/look.h"
#include "answer/on_paper.h"
#include "answer/texts.h"
#include "base/arena.h"
#include "base/str.h"
#include "gen/kind_summary_html.h"

static bool take(struct clean *clean, const struct answer_part *raw)
{
    static const char *const words[] = {"yes", "not-quite", NULL};
    if (!raw->name[0])
        return clean_text(clean, raw, SUMMARY_MOST);
    if (str_equal(raw->name, "meant"))
        return clean_word(clean, raw, words);
    return str_equal(raw->name, "correction") && clean_text(clean, raw, CORRECTION_MOST);
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
    const char *said = answer_part(value, "");
    const char *meant = answer_part(value, "meant");
    const char *correction = answer_part(value, "correction");
    said = said[0] ? arena_printf(arena, "%s\n", said) : "";
    if (meant[0])
        said = arena_printf(arena, "%s%s\n", said,
                            str_equal(meant, "yes") ? tr(t, N_("That is what I mean"))
                                                    : tr(t, N_("Not quite what I mean")));
    if (correction[0])
        said = arena_printf(arena, "%s%s\n", said, trf(t, arena, N_("I mean: {0}"), 1, correction));
    return said;
}

static void on_paper(struct paper *paper, const struct answer_view *view)
{
    const char *meant = on_paper_part(view, "meant");
    const struct paper_choice choices[] = {
        {.label = tr(view->tr, N_("That is what I mean")), .chosen = str_equal(meant, "yes")},
        {.label = tr(view->tr, N_("Not quite")), .chosen = str_equal(meant, "not-quite")}};
    on_paper_text(paper, view, "", on_paper_lines(view, 4));
    paper_choices(paper, choices, ARRAY_LEN(choices), true);
    if (on_paper_blank(view) || on_paper_part(view, "correction")[0])
        on_paper_box(paper, view, "correction", tr(view->tr, N_("What I do mean")), NULL, 2);
}

const struct answer_kind kind_summary = {
    .name = "summary",
    .check = check,
    .edit = html_summary_edit,
    .read = html_summary_read,
    .text = text,
    .paper = on_paper,
};
