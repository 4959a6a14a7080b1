/* lists: several lists of lines, such as plus, minus and question (H12). */
#include "answer/clean.h"
#include "answer/kinds.h"
#include "answer/look.h"
#include "answer/on_paper.h"
#include "answer/texts.h"
#include "base/arena.h"
#include "gen/kind_lists_html.h"

static const char *fits(const struct question *question)
{
    return question->option_count ? NULL : N_("“lists” needs `options`: the lists.");
}

static bool take(struct clean *clean, const struct answer_part *raw)
{
    return clean_find_option(clean->question, raw->name) &&
           clean_items(clean, raw, "\n", LIST_LINES, LIST_LINE_MOST);
}

static enum status check(const struct question *question, const struct answer_value *raw,
                         struct arena *arena, struct answer_value *ret_clean,
                         const char **ret_error)
{
    return clean_all(question, raw, arena, take, ret_clean, ret_error);
}

static const char *lines_of(const char *all, const char *lines, struct arena *arena)
{
    while (*lines) {
        size_t len = strcspn(lines, "\n");
        all = arena_printf(arena, "%s- %.*s\n", all, (int)len, lines);
        lines += len + (lines[len] != '\0');
    }
    return all;
}

static const char *text(const struct question *question, const struct answer_value *value,
                        const char *lang, UNUSED const struct tr *t, struct arena *arena)
{
    const char *all = "";
    for (size_t i = 0; i < question->option_count; i++) {
        const struct question_option *list = &question->options[i];
        const char *lines = answer_part(value, list->id);
        if (lines[0])
            all = lines_of(arena_printf(arena, "%s%s:\n", all, method_say(&list->label, lang)),
                           lines, arena);
    }
    return all;
}

static void on_paper(struct paper *paper, const struct answer_view *view)
{
    on_paper_options(paper, view, on_paper_lines(view, 4));
}

const struct answer_kind kind_lists = {
    .name = "lists",
    .fits = fits,
    .check = check,
    .edit = html_lists_edit,
    .read = html_lists_read,
    .text = text,
    .paper = on_paper,
};
