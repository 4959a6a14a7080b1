#include "language/sharpen.h"

#include <string.h>

#include "base/arena.h"
#include "base/compiler.h"
#include "gen/words.h"
#include "language/sharpen_parts.h"

static const char *const label_names[SHARPEN_LABEL_COUNT] = {
    "label", "score", "behoefte", "vak", "gedrag", "eigenschap", "deels", "smart"};
static const char *const flag_names[SHARPEN_FLAG_COUNT] = {"verb", "criterion", "context", "time"};
static const char *const certainty_names[] = {"laag", "midden", "hoog"};

const char *sharpen_label_name(enum sharpen_label label)
{
    return label_names[label];
}

const char *sharpen_flag_name(enum sharpen_flag flag)
{
    return flag_names[flag];
}

const char *sharpen_certainty_name(enum sharpen_certainty certainty)
{
    return certainty_names[certainty];
}

static void add_span(const struct goal_view *view, struct sharpen *sharpen, uint32_t first,
                     uint32_t last, bool is_flag, unsigned what)
{
    if (sharpen->span_count == SHARPEN_SPANS_MAX)
        return;
    const struct token *from = &view->text.tokens[first], *to = &view->text.tokens[last];
    struct sharpen_span span = {from->at, to->at + to->len - from->at, is_flag, (uint8_t)what};
    for (size_t i = 0; i < sharpen->span_count; i++) {
        struct sharpen_span *old = &sharpen->spans[i];
        bool same = old->is_flag == span.is_flag && old->what == span.what;
        if (same && span.at < old->at + old->len && old->at < span.at + span.len) {
            uint32_t end =
                old->at + old->len > span.at + span.len ? old->at + old->len : span.at + span.len;
            old->at = old->at < span.at ? old->at : span.at;
            old->len = end - old->at;
            return;
        }
    }
    sharpen->spans[sharpen->span_count++] = span;
}

/* A frame of place that lies in one of time says when: "na de kerstvakantie". */
static bool is_shadowed(const struct goal_view *view, size_t s, const struct cue_hit *hit)
{
    return hit->cue == SHARPEN_CUE_CONTEXT &&
           goal_in_hit(view, s, hit->first, CUE(SHARPEN_CUE_TIME));
}

/* "de zes werelddelen": all there are, so no measure. "8 van de 10" is one. */
static bool is_named(const struct goal_view *view, size_t s, const struct cue_hit *hit)
{
    const struct sentence *sentence = &view->text.sentences[s];
    if (hit->cue != SHARPEN_CUE_CRITERION || hit->first == sentence->first ||
        hit->last > hit->first + 1)
        return false;
    const struct token *first = &view->text.tokens[hit->first];
    bool number = first->kind == TOKEN_NUMBER || token_is(first, LEX_GOAL_NUMBER);
    return number && (token_reads(first - 1, "de") || token_reads(first - 1, "het"));
}

/* "zonder hulp" says with whom; where that is said already, it says how well. */
static void find_unaided(const struct goal_view *view, struct sharpen *sharpen)
{
    for (size_t s = 0; s < view->sentence_count; s++) {
        const struct cue_hit *hit = pattern_hit(&view->hits[s], SHARPEN_CUE_UNAIDED);
        if (!hit)
            continue;
        bool placed = false;
        for (size_t h = 0; h < view->hits[s].count; h++)
            placed = placed || (view->hits[s].hits[h].cue == SHARPEN_CUE_CONTEXT &&
                                !is_shadowed(view, s, &view->hits[s].hits[h]) &&
                                (view->hits[s].hits[h].first > hit->last ||
                                 view->hits[s].hits[h].last < hit->first));
        enum sharpen_flag flag = placed ? SHARPEN_CRITERION : SHARPEN_CONTEXT;
        sharpen->has[flag] = true;
        add_span(view, sharpen, hit->first, hit->last, true, flag);
    }
}

/* The four parts of a goal, each with the words that show it. */
static void find_flags(const struct goal_view *view, struct sharpen *sharpen)
{
    static const struct {
        uint8_t cue, flag;
    } flags[] = {{SHARPEN_CUE_CRITERION, SHARPEN_CRITERION},
                 {SHARPEN_CUE_CONTEXT, SHARPEN_CONTEXT},
                 {SHARPEN_CUE_TIME, SHARPEN_TIME}};
    for (size_t i = 0; i < view->verb_count; i++) {
        add_span(view, sharpen, view->verbs[i].at, view->verbs[i].at, true, SHARPEN_VERB);
        if (view->verbs[i].particle != view->verbs[i].at)
            add_span(view, sharpen, view->verbs[i].particle, view->verbs[i].particle, true,
                     SHARPEN_VERB);
    }
    sharpen->has[SHARPEN_VERB] = view->verb_count > 0;
    find_unaided(view, sharpen);
    for (size_t s = 0; s < view->sentence_count; s++) {
        for (size_t h = 0; h < view->hits[s].count; h++) {
            const struct cue_hit *hit = &view->hits[s].hits[h];
            for (size_t i = 0; i < ARRAY_LEN(flags); i++) {
                if (hit->cue != flags[i].cue || is_shadowed(view, s, hit) || is_named(view, s, hit))
                    continue;
                sharpen->has[flags[i].flag] = true;
                add_span(view, sharpen, hit->first, hit->last, true, flags[i].flag);
            }
        }
    }
}

/* The kind of vagueness: the first of label, score and need, else the head. */
static void find_kind(const struct goal_view *view, struct sharpen *sharpen)
{
    static const struct {
        uint8_t cue, kind;
        const char *rule;
    } first[] = {{SHARPEN_CUE_LABEL, SHARPEN_NAMED, "label-word"},
                 {SHARPEN_CUE_SCORE, SHARPEN_SCORE, "score-frame"},
                 {SHARPEN_CUE_NEED, SHARPEN_NEED, "need-frame"}};
    static const char *const head_rules[SHARPEN_KIND_COUNT] = {[SHARPEN_SUBJECT] = "head-subject",
                                                               [SHARPEN_BEHAVIOUR] =
                                                                   "head-behaviour",
                                                               [SHARPEN_TRAIT] = "head-trait"};
    for (size_t i = 0; i < ARRAY_LEN(first); i++) {
        const struct cue_hit *hit = goal_hit(view, first[i].cue);
        if (!hit)
            continue;
        sharpen->kind = (enum sharpen_label)first[i].kind;
        sharpen->rule = first[i].rule;
        sharpen->certainty = view->is_goal ? SHARPEN_MIDDLE : SHARPEN_HIGH;
        add_span(view, sharpen, hit->first, hit->last, false, first[i].kind);
        return;
    }
    struct goal_head head = goal_find_head(view);
    sharpen->kind = head.kind;
    sharpen->rule = head.strength ? head_rules[head.kind] : "nothing-known";
    if (!head.strength && !goal_is_state(view))
        sharpen->kind = SHARPEN_BEHAVIOUR;
    sharpen->certainty = head.strength >= 6 ? SHARPEN_HIGH
                         : head.strength    ? SHARPEN_MIDDLE
                                            : SHARPEN_LOW;
    if (head.strength)
        add_span(view, sharpen, head.first, head.last, false, head.kind);
}

static void decide(const struct goal_view *view, struct sharpen *sharpen)
{
    sharpen->is_goal = view->is_goal;
    int more = 0;
    if (view->is_goal) {
        find_flags(view, sharpen);
        more = sharpen->has[SHARPEN_CRITERION] + sharpen->has[SHARPEN_CONTEXT] +
               sharpen->has[SHARPEN_TIME];
    }
    find_kind(view, sharpen);
    sharpen->label = sharpen->kind;
    if (!view->sure && sharpen->certainty == SHARPEN_HIGH)
        sharpen->certainty = SHARPEN_MIDDLE;
    if (!sharpen->has[SHARPEN_VERB] && more < 2)
        return;
    bool all = sharpen->has[SHARPEN_VERB] && more == 3;
    sharpen->label = all ? SHARPEN_SMART : SHARPEN_PARTLY;
    sharpen->rule = all ? "goal-smart" : sharpen->has[SHARPEN_VERB] ? "goal-action" : "goal-parts";
    sharpen->certainty = view->sure ? SHARPEN_HIGH : SHARPEN_MIDDLE;
}

void goal_decide(struct goal_view *view, struct sharpen *ret_sharpen)
{
    *ret_sharpen = (struct sharpen){
        .label = SHARPEN_TRAIT, .kind = SHARPEN_TRAIT, .rule = "empty", .proposal = ""};
    if (view->sentence_count == 0)
        return;
    goal_find_verbs(view);
    goal_find_form(view);
    decide(view, ret_sharpen);
}

void goal_take_as_goal(struct goal_view *view, struct sharpen *sharpen)
{
    view->is_goal = true;
    for (size_t i = 0; i < SHARPEN_FLAG_COUNT; i++)
        sharpen->has[i] = goal_names(view, (enum sharpen_flag)i);
    sharpen->label = SHARPEN_PARTLY;
}

bool goal_names(const struct goal_view *view, enum sharpen_flag flag)
{
    static const uint8_t cues[] = {[SHARPEN_CRITERION] = SHARPEN_CUE_CRITERION,
                                   [SHARPEN_CONTEXT] = SHARPEN_CUE_CONTEXT,
                                   [SHARPEN_TIME] = SHARPEN_CUE_TIME};
    if (flag == SHARPEN_VERB)
        return view->verb_count > 0;
    return goal_hit(view, cues[flag]) ||
           (flag == SHARPEN_CONTEXT && goal_hit(view, SHARPEN_CUE_UNAIDED));
}

enum status sharpen_read(struct arena *arena, const char *text, size_t len,
                         struct sharpen *ret_sharpen)
{
    static const struct goal_extra nothing = {false, "de leerling", "…", "…", "", "", "…"};
    if (len > SHARPEN_MAX)
        return ERR_LIMIT;
    struct goal_view view;
    enum status st = goal_view_read(arena, text, len, &view);
    if (st != OK)
        return st;
    struct sharpen sharpen;
    goal_decide(&view, &sharpen);
    sharpen.proposal = goal_propose(arena, &view, &sharpen, &nothing);
    if (arena_failed(arena))
        return ERR_NOMEM;
    *ret_sharpen = sharpen;
    return OK;
}
