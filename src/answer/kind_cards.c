#include "answer/cards.h"
#include "answer/clean.h"
#include "answer/kinds.h"
#include "answer/look.h"
#include "answer/on_paper.h"
#include "base/arena.h"
#include "base/str.h"
#include "gen/kind_cards_html.h"

static const char *fits(const struct question *question)
{
    if (question->option_count < 2)
        return N_("“cards” needs `options`, two or more.");
    for (size_t i = 0; i < question->option_count; i++)
        if (!question->options[i].picture)
            return N_("“cards” needs a `picture` with every option.");
    return NULL;
}

static bool take(struct clean *clean, const struct answer_part *raw)
{
    return clean_find_option(clean->question, raw->name) &&
           clean_number(clean, raw, 1, (int64_t)clean->question->option_count);
}

/* The place as a number; 0 when the card was left. */
static int64_t place_of(const struct answer_value *value, const struct question_option *card)
{
    int64_t place = 0;
    return str_to_int64(answer_part(value, card->id), &place) == OK ? place : 0;
}

struct cards_row cards_in_order(const struct question *question, const struct answer_value *value,
                                struct arena *arena)
{
    const struct question_option **cards =
        ARENA_ARRAY(arena, const struct question_option *, question->option_count);
    if (!cards)
        return (struct cards_row){NULL, 0};
    size_t count = 0;
    for (int64_t place = 1; place <= (int64_t)question->option_count; place++)
        for (size_t i = 0; i < question->option_count; i++)
            if (place_of(value, &question->options[i]) == place)
                cards[count++] = &question->options[i];
    return (struct cards_row){cards, count};
}

/* Places without gaps; of two cards on one place the question's first comes first. */
static enum status check(const struct question *question, const struct answer_value *raw,
                         struct arena *arena, struct answer_value *ret_clean,
                         const char **ret_error)
{
    struct answer_value picked;
    enum status st = clean_all(question, raw, arena, take, &picked, ret_error);
    if (st != OK)
        return st;
    struct cards_row row = cards_in_order(question, &picked, arena);
    struct answer_part *parts = ARENA_ARRAY(arena, struct answer_part, row.count);
    for (size_t i = 0; parts && i < row.count; i++)
        parts[i] = (struct answer_part){row.card[i]->id, arena_printf(arena, "%d", (int)i + 1)};
    if (arena_failed(arena))
        return ERR_NOMEM;
    *ret_clean = (struct answer_value){parts, row.count};
    return OK;
}

static const char *text(const struct question *question, const struct answer_value *value,
                        const char *lang, UNUSED const struct tr *t, struct arena *arena)
{
    struct cards_row row = cards_in_order(question, value, arena);
    const char *said = "";
    for (size_t i = 0; i < row.count; i++)
        said = arena_printf(arena, "%s%d. %s\n", said, (int)i + 1,
                            method_say(&row.card[i]->label, lang));
    return said;
}

#define ACROSS 4

/* Blank: all cards, to number with a pen. Filled: those that were laid out, in their order. */
static void on_paper(struct paper *paper, const struct answer_view *view)
{
    const struct question *question = view->question;
    struct paper_card cards[METHOD_OPTIONS_MAX] = {{0}};
    char numbers[METHOD_OPTIONS_MAX][4];
    struct cards_row row = {NULL, 0};
    if (!on_paper_blank(view))
        row = cards_in_order(question, view->value, view->arena);
    size_t count = row.count ? row.count : question->option_count;
    if (count > ARRAY_LEN(cards))
        count = ARRAY_LEN(cards);
    for (size_t i = 0; i < count; i++) {
        const struct question_option *card = row.count ? row.card[i] : &question->options[i];
        (void)snprintf(numbers[i], sizeof numbers[i], "%d", (int)i + 1);
        cards[i] = (struct paper_card){.symbol = card->picture,
                                       .title = method_say(&card->label, view->lang),
                                       .text = row.count ? numbers[i] : NULL,
                                       .chosen = row.count > 0};
    }
    if (!row.count)
        paper_text(paper, PAPER_MUTED,
                   tr(view->tr, N_("Write a number with the cards that matter to you: 1 is the "
                                   "most important.")));
    paper_cards(paper, cards, count, ACROSS);
}

const struct answer_kind kind_cards = {
    .name = "cards",
    .fits = fits,
    .check = check,
    .edit = html_cards_edit,
    .read = html_cards_read,
    .text = text,
    .paper = on_paper,
};
