/* words: key words, as one thinks of them. */
#include "answer/clean.h"
#include "answer/kinds.h"
#include "answer/look.h"
#include "answer/on_paper.h"
#include "answer/texts.h"
#include "base/arena.h"
#include "gen/kind_words_html.h"

#define WORDS_MOST 12
#define WORDS_MAX 40 /* what a question may ask for */

size_t words_most(const struct question *question)
{
    return clean_most(question, WORDS_MOST);
}

static const char *fits(const struct question *question)
{
    return question->most > WORDS_MAX ? N_("`most` is at most 40 words.") : NULL;
}

static bool take(struct clean *clean, const struct answer_part *raw)
{
    return !raw->name[0] && clean_items(clean, raw, ",;\n", words_most(clean->question), WORD_MOST);
}

static enum status check(const struct question *question, const struct answer_value *raw,
                         struct arena *arena, struct answer_value *ret_clean,
                         const char **ret_error)
{
    return clean_all(question, raw, arena, take, ret_clean, ret_error);
}

static const char *text(UNUSED const struct question *question, const struct answer_value *value,
                        UNUSED const char *lang, UNUSED const struct tr *t, struct arena *arena)
{
    const char *said = answer_part(value, "");
    return said[0] ? arena_printf(arena, "%s\n", said) : "";
}

static void paper(struct paper *paper, const struct answer_view *view)
{
    on_paper_text(paper, view, "", on_paper_lines(view, 2));
}

const struct answer_kind kind_words = {
    .name = "words",
    .fits = fits,
    .check = check,
    .edit = html_words_edit,
    .read = html_words_read,
    .text = text,
    .paper = paper,
};
