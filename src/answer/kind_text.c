/* short and text: one line, several lines. */
#include "answer/clean.h"
#include "answer/kinds.h"
#include "answer/look.h"
#include "answer/on_paper.h"
#include "answer/texts.h"
#include "base/arena.h"
#include "gen/kind_text_html.h"

#define SHORT_MOST 200
#define TEXT_MOST 4000
#define MOST_MAX 10000 /* what a question may ask for */

size_t text_most(const struct question *question)
{
    return clean_most(question, TEXT_MOST);
}

size_t short_most(const struct question *question)
{
    return clean_most(question, SHORT_MOST);
}

static const char *fits(const struct question *question)
{
    return question->most > MOST_MAX ? N_("`most` is at most 10000 characters.") : NULL;
}

static bool take_short(struct clean *clean, const struct answer_part *raw)
{
    return !raw->name[0] && clean_line(clean, raw, short_most(clean->question));
}

static bool take_text(struct clean *clean, const struct answer_part *raw)
{
    return !raw->name[0] && clean_text(clean, raw, text_most(clean->question));
}

static enum status check_short(const struct question *question, const struct answer_value *raw,
                               struct arena *arena, struct answer_value *ret_clean,
                               const char **ret_error)
{
    return clean_all(question, raw, arena, take_short, ret_clean, ret_error);
}

static enum status check_text(const struct question *question, const struct answer_value *raw,
                              struct arena *arena, struct answer_value *ret_clean,
                              const char **ret_error)
{
    return clean_all(question, raw, arena, take_text, ret_clean, ret_error);
}

static const char *text(UNUSED const struct question *question, const struct answer_value *value,
                        UNUSED const char *lang, UNUSED const struct tr *t, struct arena *arena)
{
    const char *said = answer_part(value, "");
    return said[0] ? arena_printf(arena, "%s\n", said) : "";
}

static void paper_short(struct paper *paper, const struct answer_view *view)
{
    on_paper_text(paper, view, "", 1);
}

static void paper_long(struct paper *paper, const struct answer_view *view)
{
    on_paper_text(paper, view, "", on_paper_lines(view, 4));
}

const struct answer_kind kind_short = {
    .name = "short",
    .fits = fits,
    .check = check_short,
    .edit = html_short_edit,
    .read = html_text_read,
    .text = text,
    .paper = paper_short,
};

const struct answer_kind kind_text = {
    .name = "text",
    .fits = fits,
    .check = check_text,
    .edit = html_text_edit,
    .read = html_text_read,
    .text = text,
    .paper = paper_long,
};
