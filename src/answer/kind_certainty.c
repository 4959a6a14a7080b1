#include "answer/certainty.h"
#include "answer/clean.h"
#include "answer/kinds.h"
#include "answer/on_paper.h"
#include "answer/texts.h"
#include "base/arena.h"
#include "base/str.h"
#include "gen/kind_certainty_html.h"

const struct certainty_word certainty_marks[] = {
    {"sure", "check", N_("sure")},
    {"doubt", "circle-question-mark", N_("in doubt")},
    {"wrong", "x", N_("surely not right")},
    {NULL, NULL, NULL},
};

const struct certainty_word certainty_found[] = {
    {"yes", "check", N_("right")},
    {"no", "repeat", N_("not yet right")},
    {NULL, NULL, NULL},
};

const char *certainty_part(int row, const char *what, struct arena *arena)
{
    return arena_printf(arena, "%d.%s", row, what);
}

struct certainty_row certainty_row_of(const struct answer_value *value, int row,
                                      struct arena *arena)
{
    return (struct certainty_row){
        .item = answer_part(value, certainty_part(row, "item", arena)),
        .mark = answer_part(value, certainty_part(row, "mark", arena)),
        .right = answer_part(value, certainty_part(row, "right", arena)),
    };
}

bool certainty_row_empty(struct certainty_row row)
{
    return !row.item[0] && !row.mark[0] && !row.right[0];
}

bool certainty_sure_but_wrong(struct certainty_row row)
{
    return str_equal(row.mark, "sure") && str_equal(row.right, "no");
}

bool certainty_doubted_but_right(struct certainty_row row)
{
    return (str_equal(row.mark, "doubt") || str_equal(row.mark, "wrong")) &&
           str_equal(row.right, "yes");
}

const char *certainty_name(struct certainty_row row, int number, const struct tr *t,
                           struct arena *arena)
{
    if (row.item[0])
        return row.item;
    return trf(t, arena, N_("row {0}"), 1, arena_printf(arena, "%d", number));
}

const char *certainty_names(const struct question *question, const struct answer_value *value,
                            bool (*is)(struct certainty_row row), const struct tr *t,
                            struct arena *arena)
{
    const char *names = "";
    for (int i = 1; i <= question->number; i++) {
        struct certainty_row row = certainty_row_of(value, i, arena);
        if (is(row))
            names = arena_printf(arena, "%s%s%s", names, names[0] ? ", " : "",
                                 certainty_name(row, i, t, arena));
    }
    return names;
}

const char *certainty_label(const struct certainty_word *words, const char *value,
                            const struct tr *t)
{
    for (; words->value; words++)
        if (str_equal(words->value, value))
            return tr(t, words->label);
    return "";
}

static const char *fits(const struct question *question)
{
    return question->number < 1 || question->number > CERTAINTY_ROWS_MAX
               ? N_("“certainty” needs `number`: how many rows, 1 to 40.")
               : NULL;
}

static bool take_word(struct clean *clean, const struct answer_part *raw,
                      const struct certainty_word *words)
{
    const char *values[4] = {NULL};
    for (size_t i = 0; i + 1 < ARRAY_LEN(values) && words[i].value; i++)
        values[i] = words[i].value;
    return clean_word(clean, raw, values);
}

static bool take(struct clean *clean, const struct answer_part *raw)
{
    int64_t row = 0;
    const char *dot = strchr(raw->name, '.');
    if (!dot || raw->name[0] == '0' || raw->name[0] == '-')
        return false;
    const char *number = arena_strndup(clean->arena, raw->name, (size_t)(dot - raw->name));
    if (str_to_int64(number, &row) != OK || row < 1 || row > clean->question->number)
        return false;
    if (str_equal(dot, ".item"))
        return clean_line(clean, raw, ITEM_MOST);
    if (str_equal(dot, ".mark"))
        return take_word(clean, raw, certainty_marks);
    return str_equal(dot, ".right") && take_word(clean, raw, certainty_found);
}

static enum status check(const struct question *question, const struct answer_value *raw,
                         struct arena *arena, struct answer_value *ret_clean,
                         const char **ret_error)
{
    return clean_all(question, raw, arena, take, ret_clean, ret_error);
}

static const char *text(const struct question *question, const struct answer_value *value,
                        UNUSED const char *lang, const struct tr *t, struct arena *arena)
{
    const char *all = "";
    for (int i = 1; i <= question->number; i++) {
        struct certainty_row row = certainty_row_of(value, i, arena);
        if (certainty_row_empty(row))
            continue;
        const char *found = certainty_label(certainty_found, row.right, t);
        all = arena_printf(arena, "%s%s: %s%s%s\n", all, certainty_name(row, i, t, arena),
                           certainty_label(certainty_marks, row.mark, t),
                           row.mark[0] && row.right[0] ? ", " : "", found);
    }
    const char *wrong = certainty_names(question, value, certainty_sure_but_wrong, t, arena);
    const char *right = certainty_names(question, value, certainty_doubted_but_right, t, arena);
    if (wrong[0])
        all = arena_printf(arena, "%s%s\n", all,
                           trf(t, arena, N_("Sure, and not yet right: {0}"), 1, wrong));
    if (right[0])
        all = arena_printf(arena, "%s%s\n", all,
                           trf(t, arena, N_("Doubted, and right: {0}"), 1, right));
    return all;
}

/* All rows, with a place to tick for each mark. */
static void paper_blank(struct paper *paper, const struct answer_view *view)
{
    enum { MARKS = 3, FOUND = 2, ACROSS = 1 + MARKS + FOUND };
    static const char *const nothing[CERTAINTY_ROWS_MAX * ACROSS];
    struct paper_column columns[ACROSS] = {{tr(view->tr, N_("Word or sum")), 5}};
    for (size_t i = 0; i < MARKS; i++)
        columns[1 + i] = (struct paper_column){tr(view->tr, certainty_marks[i].label), 2};
    for (size_t i = 0; i < FOUND; i++)
        columns[1 + MARKS + i] = (struct paper_column){tr(view->tr, certainty_found[i].label), 2};
    int rows = view->question->number < CERTAINTY_ROWS_MAX ? view->question->number
                                                           : CERTAINTY_ROWS_MAX;
    paper_table(paper, columns, ACROSS, nothing, (size_t)rows);
}

/* What was marked, as words. */
static void on_paper(struct paper *paper, const struct answer_view *view)
{
    if (on_paper_blank(view)) {
        paper_blank(paper, view);
        return;
    }
    const struct paper_column columns[] = {{tr(view->tr, N_("Word or sum")), 4},
                                           {tr(view->tr, N_("Before")), 3},
                                           {tr(view->tr, N_("Afterwards")), 3}};
    const char *cells[CERTAINTY_ROWS_MAX * ARRAY_LEN(columns)] = {NULL};
    size_t rows = 0;
    for (int i = 1; i <= view->question->number && i <= CERTAINTY_ROWS_MAX; i++) {
        struct certainty_row row = certainty_row_of(view->value, i, view->arena);
        if (certainty_row_empty(row))
            continue;
        const char **cell = &cells[ARRAY_LEN(columns) * rows++];
        cell[0] = certainty_name(row, i, view->tr, view->arena);
        cell[1] = certainty_label(certainty_marks, row.mark, view->tr);
        cell[2] = certainty_label(certainty_found, row.right, view->tr);
    }
    paper_table(paper, columns, ARRAY_LEN(columns), cells, rows);
    const char *wrong = certainty_names(view->question, view->value, certainty_sure_but_wrong,
                                        view->tr, view->arena);
    const char *right = certainty_names(view->question, view->value, certainty_doubted_but_right,
                                        view->tr, view->arena);
    if (wrong[0])
        paper_text(paper, PAPER_PLAIN,
                   trf(view->tr, view->arena, N_("Sure, and not yet right: {0}"), 1, wrong));
    if (right[0])
        paper_text(paper, PAPER_PLAIN,
                   trf(view->tr, view->arena, N_("Doubted, and right: {0}"), 1, right));
}

const struct answer_kind kind_certainty = {
    .name = "certainty",
    .fits = fits,
    .check = check,
    .edit = html_certainty_edit,
    .read = html_certainty_read,
    .text = text,
    .paper = on_paper,
};
