/* roles: what each does in a situation: the pupil, classmates, teacher, parents (P5, P9). */
#include "answer/clean.h"
#include "answer/kinds.h"
#include "answer/look.h"
#include "answer/on_paper.h"
#include "answer/texts.h"
#include "base/arena.h"
#include "gen/kind_roles_html.h"

static const char *fits(const struct question *question)
{
    return question->option_count ? NULL : N_("“roles” needs `options`: the roles.");
}

static bool take(struct clean *clean, const struct answer_part *raw)
{
    return clean_find_option(clean->question, raw->name) && clean_text(clean, raw, ROLE_MOST);
}

static enum status check(const struct question *question, const struct answer_value *raw,
                         struct arena *arena, struct answer_value *ret_clean,
                         const char **ret_error)
{
    return clean_all(question, raw, arena, take, ret_clean, ret_error);
}

static const char *text(const struct question *question, const struct answer_value *value,
                        const char *lang, UNUSED const struct tr *t, struct arena *arena)
{
    const char *all = "";
    for (size_t i = 0; i < question->option_count; i++) {
        const struct question_option *role = &question->options[i];
        const char *said = answer_part(value, role->id);
        if (said[0])
            all = arena_printf(arena, "%s%s: %s\n", all, method_say(&role->label, lang), said);
    }
    return all;
}

static void on_paper(struct paper *paper, const struct answer_view *view)
{
    on_paper_options(paper, view, on_paper_lines(view, 3));
}

const struct answer_kind kind_roles = {
    .name = "roles",
    .fits = fits,
    .check = check,
    .edit = html_roles_edit,
    .read = html_roles_read,
    .text = text,
    .paper = on_paper,
};
