/*
 * goal, need, agreement, plan, sharing: the answer is the thing itself, which is made and shown by
 * its own pages (enum outcome). Here they have a name, what a method may ask of them, and their
 * blank on paper.
 */
#include "answer/clean.h"
#include "answer/kinds.h"
#include "answer/on_paper.h"

/* Nothing is kept under the question: the thing points at it. */
static bool take(struct clean *clean, const struct answer_part *raw)
{
    return !raw->text[0] || clean_refuse(clean, N_("This is written down in its own place."));
}

static enum status check(const struct question *question, const struct answer_value *raw,
                         struct arena *arena, struct answer_value *ret_clean,
                         const char **ret_error)
{
    return clean_all(question, raw, arena, take, ret_clean, ret_error);
}

static void nothing(UNUSED struct html *html, UNUSED const struct answer_view *view)
{
}

static const char *no_text(UNUSED const struct question *question,
                           UNUSED const struct answer_value *value, UNUSED const char *lang,
                           UNUSED const struct tr *t, UNUSED struct arena *arena)
{
    return "";
}

static const char *fits_without_options(const struct question *question)
{
    return question->option_count ? N_("This kind takes no `options`.") : NULL;
}

/* --- blanks: what the outcome's own form asks, to write on
 * ---------------------------------------- */

struct blank {
    const char *title; /* msgid */
    const char *symbol;
    int lines;
};

static void paper_blanks(struct paper *paper, const struct answer_view *view,
                         const struct blank *blanks, size_t count)
{
    for (size_t i = 0; i < count; i += 2) {
        paper_columns_begin(paper, on_paper_beside(i, count), NULL);
        for (size_t n = i; n < i + 2 && n < count; n++) {
            if (n > i)
                paper_next_column(paper);
            paper_box_begin(paper, &(struct paper_box){.title = tr(view->tr, blanks[n].title),
                                                       .symbol = blanks[n].symbol});
            paper_lines(paper, blanks[n].lines);
            paper_box_end(paper);
        }
        paper_columns_end(paper);
    }
}

static void paper_goal(struct paper *paper, const struct answer_view *view)
{
    static const struct blank blanks[] = {
        {N_("This I can now"), "t-talent", 3},
        {N_("This I want to learn soon"), "t-doel", 3},
        {N_("This is how we notice"), "t-leren", 2},
        {N_("We look back on"), "t-trots", 1},
    };
    paper_blanks(paper, view, blanks, ARRAY_LEN(blanks));
}

static void paper_need(struct paper *paper, const struct answer_view *view)
{
    static const struct blank blanks[] = {
        {N_("This helps me"), "t-hulp", 3},
        {N_("This I can do myself"), "t-zelf", 3},
        {N_("They can help me with it"), "t-samen", 2},
    };
    paper_blanks(paper, view, blanks, ARRAY_LEN(blanks));
}

/* A table with blank rows to write in. */
#define TABLE_ROWS 4
#define TABLE_COLUMNS 3

static void paper_rows(struct paper *paper, const struct answer_view *view,
                       const char *const titles[TABLE_COLUMNS])
{
    const char *cells[TABLE_ROWS * TABLE_COLUMNS] = {NULL};
    struct paper_column columns[TABLE_COLUMNS];
    for (size_t i = 0; i < TABLE_COLUMNS; i++)
        columns[i] = (struct paper_column){tr(view->tr, titles[i]), i == 0 ? 5 : 2};
    paper_table(paper, columns, TABLE_COLUMNS, cells, TABLE_ROWS);
}

static void paper_agreement(struct paper *paper, const struct answer_view *view)
{
    static const char *const titles[] = {N_("What are we going to do?"), N_("Who?"), N_("When?")};
    paper_rows(paper, view, titles);
}

static void paper_plan(struct paper *paper, const struct answer_view *view)
{
    static const struct blank blanks[] = {
        {N_("This I can now"), "t-talent", 2},
        {N_("This I want to learn soon"), "t-doel", 2},
        {N_("This is what I do myself"), "t-zelf", 2},
        {N_("My teacher helps by"), "t-hulp", 2},
        {N_("At home they help by"), "p-thuis", 2},
        {N_("This and they help me too"), "t-samen", 2},
        {N_("This is how we notice"), "t-leren", 2},
        {N_("We look back on"), "t-trots", 1},
    };
    paper_blanks(paper, view, blanks, ARRAY_LEN(blanks));
}

static void paper_sharing(struct paper *paper, const struct answer_view *view)
{
    static const char *const titles[] = {N_("What may others know?"), N_("Who?"),
                                         N_("Who tells it, and when?")};
    paper_rows(paper, view, titles);
}

#define OUTCOME(name_, outcome_, fits_, paper_)                                                    \
    {                                                                                              \
        .name = (name_), .outcome = (outcome_), .fits = (fits_), .check = check, .edit = nothing,  \
        .read = nothing, .text = no_text, .paper = (paper_),                                       \
    }

const struct answer_kind kind_goal =
    OUTCOME("goal", OUTCOME_GOAL, fits_without_options, paper_goal);
const struct answer_kind kind_need = OUTCOME("need", OUTCOME_NEED, NULL, paper_need);
const struct answer_kind kind_agreement =
    OUTCOME("agreement", OUTCOME_AGREEMENT, fits_without_options, paper_agreement);
const struct answer_kind kind_plan =
    OUTCOME("plan", OUTCOME_PLAN, fits_without_options, paper_plan);
const struct answer_kind kind_sharing =
    OUTCOME("sharing", OUTCOME_SHARING, fits_without_options, paper_sharing);
