#include "language/mirror.h"

#include <string.h>

#include "base/arena.h"
#include "gen/words.h"
#include "language/decide.h"
#include "language/explain.h"
#include "language/rewrite.h"

const char *const mirror_label_names[MIRROR_LABELS] = {
    [MIRROR_OTHER] = "overig",         [MIRROR_OPEN] = "open",
    [MIRROR_CLOSED] = "gesloten",      [MIRROR_CHOICE] = "keuze",
    [MIRROR_LEADING] = "suggestief",   [MIRROR_STACKED] = "gestapeld",
    [MIRROR_WHY] = "waarom",           [MIRROR_SUBJECT] = "leerstof",
    [MIRROR_OPINION] = "oma",          [MIRROR_ASSUMING] = "nivea",
    [MIRROR_PARAPHRASE] = "parafrase", [MIRROR_FEEDBACK] = "feedback",
};

const char *const mirror_certainty_names[] = {
    [MIRROR_LOW] = "laag", [MIRROR_MIDDLE] = "midden", [MIRROR_HIGH] = "hoog"};

static void add_span(const struct text *text, uint32_t first, uint32_t last,
                     struct mirror_verdict *verdict)
{
    if (verdict->span_count == MIRROR_SPANS_MAX)
        return;
    const struct token *from = &text->tokens[first], *to = &text->tokens[last];
    struct mirror_span span = {from->at, to->at + to->len - from->at};
    for (size_t i = 0; i < verdict->span_count; i++) {
        const struct mirror_span *had = &verdict->spans[i];
        if (span.at < had->at + had->len && had->at < span.at + span.len)
            return; /* it is shown already */
    }
    size_t place = verdict->span_count++;
    for (; place > 0 && verdict->spans[place - 1].at > span.at; place--)
        verdict->spans[place] = verdict->spans[place - 1];
    verdict->spans[place] = span;
}

/* The words that decided: the frames the rule asked for, else what gives the question its form. */
static void show(const struct text *text, const struct decided *d, struct mirror_verdict *verdict)
{
    for (size_t i = 0; i < d->cues.count; i++) {
        const struct cue_hit *hit = &d->cues.hits[i];
        if (!(d->rule->any & CUE(hit->cue)))
            continue;
        if (!*verdict->cue)
            verdict->cue = mirror_book.cue_names[hit->cue];
        add_span(text, hit->first, hit->last, verdict);
    }
    const struct shape *shape = &d->shape;
    if (verdict->span_count || !d->question)
        return;
    if (shape->mark != SHAPE_NONE)
        add_span(text, shape->mark, shape->mark, verdict);
    else if (shape->wh != SHAPE_NONE)
        add_span(text, shape->wh, shape->wh, verdict);
    else if (shape->verb != SHAPE_NONE)
        add_span(text, shape->verb, shape->verb, verdict);
}

enum status mirror_judge(struct arena *arena, const char *source, size_t len,
                         struct mirror_verdict *ret_verdict)
{
    struct text text;
    struct decided_turn turn;
    enum status st = text_read(arena, source, len, &text);
    if (st == OK)
        st = decide_turn(arena, &text, &turn);
    if (st != OK)
        return st;
    struct mirror_verdict verdict = {.label = turn.label,
                                     .also = turn.also,
                                     .certainty = turn.certainty,
                                     .rule = turn.rule,
                                     .cue = "",
                                     .harm = turn.harm};
    if (turn.label == MIRROR_STACKED)
        for (size_t i = 0; i < turn.count; i++)
            if (turn.sentences[i].question && !turn.sentences[i].check)
                show(&text, &turn.sentences[i], &verdict);
    if (turn.main)
        show(&text, turn.main, &verdict);
    explain_turn(&turn, &verdict);
    if (!verdict.harm)
        st = rewrite_turn(arena, &text, &turn, &verdict);
    if (st == OK)
        *ret_verdict = verdict;
    return st;
}
