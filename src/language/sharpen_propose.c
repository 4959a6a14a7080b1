/*
 * The proposal: "[when] [verb] {pupil} [where] [what], [how much]." Everything in it was typed, but
 * for "kan" before an infinitive and "de leerling" where nobody is named; what is missing is "…".
 * Words keep their order; only the time, the verb and the pupil move to the front.
 */
#include "language/sharpen_parts.h"

#include <string.h>

#include "base/arena.h"
#include "base/compiler.h"
#include "base/str.h"
#include "gen/words.h"
#include "language/derive.h"

#define GAP "…"
#define OURS_MAX ((size_t)128) /* bytes of gaps, marks and "kan" */
#define OPENING_FAR 6          /* words of "het doel van dit blok is dat" */

/* Text that is being put together: words with one space between them. */
struct line {
    char *text;
    size_t len, max;
    bool glue; /* the next word follows without a space */
    bool gap;  /* the last thing was a gap: another one adds nothing */
};

/* Which token goes where. */
struct plan {
    const struct goal_view *view;
    const struct sentence *sentence;
    uint32_t first;        /* behind "ik wil dat" */
    uint32_t opening;      /* where "Als het druk is," begins, which stays in front of it */
    bool fronted;          /* is there such a clause? */
    uint32_t verb;         /* the finite verb; end when there is none */
    const char *verb_text; /* what stands in its place; "" for a gap */
    size_t verb_len;
    const char *left; /* what stays of it where it stood: "op" of "opruimt" */
    size_t left_len;
    uint32_t who, who_end; /* the pupil; equal when nobody is named */
};

static void put(struct line *line, const char *text, size_t len)
{
    if (len == 0 || line->len + len + 2 > line->max)
        return;
    bool gap = len == strlen(GAP) && memcmp(text, GAP, len) == 0;
    if (gap && line->gap)
        return;
    if (line->len && !line->glue)
        line->text[line->len++] = ' ';
    memcpy(line->text + line->len, text, len);
    line->len += len;
    line->glue = false;
    line->gap = gap;
}

static void put_str(struct line *line, const char *text)
{
    put(line, text, strlen(text));
}

static void put_close(struct line *line, const char *text)
{
    line->glue = true;
    put_str(line, text);
}

static void lower(char *c)
{
    if (*c >= 'A' && *c <= 'Z')
        *c = (char)(*c + ('a' - 'A'));
}

/* The verb opened the sentence when it was typed, and does so no more. */
static void put_verb(struct line *line, const char *text, size_t len)
{
    size_t before = line->len;
    put(line, text, len);
    if (line->len > before)
        lower(&line->text[line->len - len]);
}

/* One token as it was typed; a capital only the sentence gave it goes. */
static void put_token(struct line *line, const struct plan *plan, uint32_t at)
{
    const struct token *token = &plan->view->text.tokens[at];
    if (token->len == 0 || (at > 0 && token->at == token[-1].at && token->kind == TOKEN_WORD))
        return; /* the second half of a spelling that is read as two words */
    size_t start = line->len;
    if (!(token->flags & TOKEN_SPACED) && at > plan->sentence->first && line->len)
        line->glue = token[-1].at + token[-1].len == token->at && !line->gap;
    put(line, plan->view->text.source + token->at, token->len);
    bool named = token_is(token, LEX_NAME) || !token_known(token) || token->flags & TOKEN_UPPER;
    if (at != plan->sentence->first || named || !start || line->len == start)
        return;
    lower(&line->text[line->len - token->len]);
}

static bool in_time_hit(const struct plan *plan, uint32_t at)
{
    size_t number = (size_t)(plan->sentence - plan->view->text.sentences);
    return goal_in_hit(plan->view, number, at, CUE(SHARPEN_CUE_TIME));
}

/* Part of the time, or the "voor" before it. */
static bool in_time(const struct plan *plan, uint32_t at)
{
    static const char *const before[] = {"voor", "tegen", "uiterlijk", "rond", "vanaf", "in", "op"};
    if (in_time_hit(plan, at))
        return true;
    if (at + 1 >= plan->sentence->end || !in_time_hit(plan, at + 1))
        return false;
    for (size_t i = 0; i < ARRAY_LEN(before); i++)
        if (token_reads(&plan->view->text.tokens[at], before[i]))
            return true;
    return false;
}

/* Behind "Ik wil dat", "Doel:", "dat": where the goal itself begins. */
static uint32_t skip_wish(const struct goal_view *view, const struct sentence *sentence)
{
    size_t number = (size_t)(sentence - view->text.sentences);
    const struct token *t = view->text.tokens;
    if (!(view->hits[number].set & CUE(SHARPEN_CUE_WISH)))
        return sentence->first;
    for (uint32_t at = sentence->first;
         at + 1 < sentence->end && at < sentence->first + OPENING_FAR; at++)
        if (token_reads(&t[at], "dat") || token_is_mark(&t[at], ':'))
            return at + 1;
    return sentence->first;
}

static bool is_pronoun(const struct token *token)
{
    static const char *const pronouns[] = {"hij", "zij", "ze", "ik", "ge", "gij"};
    for (size_t i = 0; i < ARRAY_LEN(pronouns); i++)
        if (token_reads(token, pronouns[i]))
            return true;
    return false;
}

/* "hij", "Sara", "de leerling" at this place; 0 when nobody is. */
static uint32_t who_at(const struct plan *plan, uint32_t at)
{
    const struct token *t = plan->view->text.tokens;
    if (at >= plan->sentence->end || t[at].kind != TOKEN_WORD || in_time(plan, at))
        return 0;
    if (is_pronoun(&t[at]))
        return 1;
    bool capital = t[at].flags & TOKEN_CAPITAL && !(t[at].flags & TOKEN_UPPER);
    if (capital && (token_is(&t[at], LEX_NAME) || !token_known(&t[at])))
        return 1;
    bool article = token_reads(&t[at], "de") || token_reads(&t[at], "het") ||
                   token_reads(&t[at], "deze") || token_reads(&t[at], "dit");
    if (article && at + 1 < plan->sentence->end &&
        (token_is(&t[at + 1], LEX_GOAL_WHO) ||
         (at == plan->first &&
          (token_reads(&t[at + 1], "groep") || token_reads(&t[at + 1], "klas")))))
        return 2;
    return token_is(&t[at], LEX_GOAL_WHO) && !token_reads(&t[at], "haar") &&
                   !token_reads(&t[at], "hem") && at == plan->first
               ? 1
               : 0;
}

/* "opruimt" -> "ruimt" and "op". False when it is no such verb, or one piece already. */
static bool split_verb(const struct token *token, size_t *ret_prefix)
{
    for (uint16_t cut = 2; cut + 3 <= token->key_len; cut++) {
        struct lex_set prefix = lexicon_set(lexicon_find(token->key, cut));
        struct lex_set rest = lexicon_classes(token->key + cut, (size_t)token->key_len - cut);
        if (lex_has(prefix, LEX_GOAL_PARTICLE) && lex_has(rest, LEX_THIRD_FORM)) {
            *ret_prefix = cut;
            return true;
        }
    }
    return false;
}

static bool is_plural(const struct plan *plan)
{
    if (plan->who_end == plan->who)
        return false;
    const struct token *last = &plan->view->text.tokens[plan->who_end - 1];
    for (const struct token *t = &plan->view->text.tokens[plan->who]; t < last; t++)
        if (token_reads(t, "en"))
            return true;
    return token_is(last, LEX_GOAL_WHO) && last->key_len > 2 &&
           (last->key[last->key_len - 1] == 'n' || last->key[last->key_len - 1] == 's');
}

/* A finite verb that is nothing else. */
static bool is_finite(const struct plan *plan, uint32_t at)
{
    if (at < plan->first || at >= plan->sentence->end)
        return false;
    const struct token *token = &plan->view->text.tokens[at];
    return token->kind == TOKEN_WORD && !token_is(token, LEX_PREP) &&
           !token_is(token, LEX_NOT_VERB) && !token_is(token, LEX_INF) &&
           (token_is(token, LEX_THIRD_FORM) || token_is(token, LEX_BE));
}

/* The finite verb as it was typed, or the end: the one beside the pupil; modals and "leert" before
 * verbs that can be seen. */
static uint32_t find_finite(const struct plan *plan)
{
    static const char *const helpers[] = {"kan",  "kunnen", "kunt", "leert", "gaat",  "durft",
                                          "moet", "wil",    "zal",  "heeft", "hebben"};
    const struct token *t = plan->view->text.tokens;
    if (plan->view->verb_count && plan->who_end > plan->who) {
        if (is_finite(plan, plan->who_end))
            return plan->who_end; /* "Anouk blijft zitten en werkt door" */
        if (plan->who > plan->first && is_finite(plan, plan->who - 1))
            return plan->who - 1;
    }
    for (uint32_t at = plan->first; at < plan->sentence->end; at++)
        for (size_t i = 0; i < ARRAY_LEN(helpers); i++)
            if (token_reads(&t[at], helpers[i]))
                return at;
    for (size_t i = 0; i < plan->view->verb_count; i++) {
        uint32_t at = plan->view->verbs[i].at;
        if (at >= plan->first && at < plan->sentence->end && !token_is(&t[at], LEX_INF) &&
            (!token_is(&t[at], LEX_PART) || token_is(&t[at], LEX_THIRD_FORM)))
            return at;
    }
    return plan->sentence->end;
}

static bool closes(const struct plan *plan, uint32_t at)
{
    const struct token *t = plan->view->text.tokens;
    return at + 1 >= plan->sentence->end || t[at + 1].kind == TOKEN_MARK ||
           token_is(&t[at + 1], LEX_SUB) || token_reads(&t[at + 1], "als");
}

static void plan_verb(struct plan *plan)
{
    const struct token *t = plan->view->text.tokens;
    plan->verb = find_finite(plan);
    plan->verb_text = plan->left = "";
    if (plan->verb < plan->sentence->end) {
        const struct token *verb = &t[plan->verb];
        const char *typed = plan->view->text.source + verb->at;
        plan->verb_text = typed;
        plan->verb_len = verb->len;
        size_t prefix;
        bool moved = plan->verb > plan->first + 1 && closes(plan, plan->verb);
        if (moved && verb->len == verb->key_len && split_verb(verb, &prefix)) {
            plan->left = typed;
            plan->left_len = prefix;
            plan->verb_text = typed + prefix;
            plan->verb_len = verb->len - prefix;
        } else if (token_reads(verb, "kunnen") && !is_plural(plan)) {
            plan->verb_text = "kan";
            plan->verb_len = 3;
        }
        return;
    }
    if (plan->view->verb_count == 0)
        return;
    uint32_t at = plan->view->verbs[0].at;
    if (is_plural(plan) && at >= plan->first && at < plan->sentence->end) {
        plan->verb = at;
        plan->verb_text = plan->view->text.source + t[at].at;
        plan->verb_len = t[at].len;
        return;
    }
    plan->verb_text = "kan";
    plan->verb_len = 3;
}

static void plan_who(struct plan *plan)
{
    uint32_t length = who_at(plan, plan->first);
    plan->who = plan->first;
    for (uint32_t at = plan->first; at < plan->sentence->end && !length; at++) {
        bool after_verb =
            at > plan->first && (token_is(&plan->view->text.tokens[at - 1], LEX_THIRD_FORM) ||
                                 token_is(&plan->view->text.tokens[at - 1], LEX_FIN));
        bool after_time = at > plan->first && in_time(plan, at - 1);
        if (!after_verb && !after_time)
            continue;
        length = who_at(plan, at);
        plan->who = at;
    }
    plan->who_end = plan->who + length;
    if (length && plan->who_end + 1 < plan->sentence->end &&
        token_reads(&plan->view->text.tokens[plan->who_end], "en")) {
        uint32_t second = who_at(plan, plan->who_end + 1); /* "Sara en Noa" */
        plan->who_end += second ? second + 1 : 0;
    }
}

/* Where the main clause begins behind "Als het druk is,"; `first` when no such clause is in front.
 */
static uint32_t skip_front(const struct plan *plan)
{
    const struct token *t = plan->view->text.tokens;
    if (!token_is(&t[plan->first], LEX_SUB) || token_reads(&t[plan->first], "dat"))
        return plan->first;
    for (uint32_t at = plan->first; at + 1 < plan->sentence->end; at++)
        if (token_is_mark(&t[at], ','))
            return at + 1;
    return plan->first;
}

/* A verb that nobody can see gives way to the gap: "kent", "is". */
static bool gives_way(const struct plan *plan, uint32_t at)
{
    const struct token *token = &plan->view->text.tokens[at];
    return plan->view->verb_count == 0 && !token_is(token, LEX_INF) && !token_is(token, LEX_PREP) &&
           (token_is(token, LEX_GOAL_VAGUE_VERB) || token_is(token, LEX_GOAL_BE)) &&
           !token_reads(token, "zijn");
}

/* Time, pupil and vague verb have their own place, or none. */
static bool is_placed(const struct plan *plan, uint32_t at)
{
    return in_time(plan, at) || (at >= plan->who && at < plan->who_end) || gives_way(plan, at) ||
           (at == plan->verb && !plan->left_len);
}

/* "uit" of "rekent … uit", "tekenen" of "kan … tekenen", when that is all the rest there is: the
 * task comes before it. `end` when there is more, or nothing. */
static uint32_t lone_tail(const struct plan *plan, uint32_t end)
{
    uint32_t tail = end;
    for (uint32_t at = plan->first; at < end; at++) {
        if (is_placed(plan, at))
            continue;
        if (tail != end)
            return end;
        tail = at;
    }
    for (size_t i = 0; i < plan->view->verb_count && tail != end; i++)
        if (plan->view->verbs[i].particle == tail || plan->view->verbs[i].at == tail)
            return tail;
    return end;
}

/* What is neither time, verb nor pupil, in the order it was typed; and the task of an answer. */
static void put_rest(struct line *line, const struct plan *plan, const char *task)
{
    const struct token *t = plan->view->text.tokens;
    uint32_t end = plan->sentence->end;
    while (end > plan->first && t[end - 1].kind == TOKEN_MARK && t[end - 1].mark != ')' &&
           t[end - 1].mark != '"' && t[end - 1].mark != '=')
        end--;
    size_t start = line->len;
    uint32_t tail = lone_tail(plan, end);
    for (uint32_t at = plan->first; at < end; at++) {
        bool opening = line->len == start && t[at].kind == TOKEN_MARK && t[at].mark == ',';
        if (is_placed(plan, at) || opening)
            continue;
        if (at == tail)
            put_str(line, task);
        if (at != plan->verb)
            put_token(line, plan, at);
        else
            put(line, plan->left, plan->left_len);
    }
    if (tail != end || !task[0])
        return;
    if (line->len > start)
        put_close(line, ":");
    put_str(line, task);
}

static void put_time(struct line *line, const struct plan *plan)
{
    for (uint32_t at = plan->first; at < plan->sentence->end; at++)
        if (in_time(plan, at) && plan->view->text.tokens[at].kind != TOKEN_MARK)
            put_token(line, plan, at);
}

/* Capital at the front; the gap has none. */
static const char *finish(struct line *line)
{
    if (line->text[0] >= 'a' && line->text[0] <= 'z')
        line->text[0] = (char)(line->text[0] - ('a' - 'A'));
    line->text[line->len] = '\0';
    return line->text;
}

static void plan_make(const struct goal_view *view, struct plan *plan)
{
    *plan = (struct plan){.view = view, .sentence = &view->text.sentences[0]};
    for (size_t i = 0; i < view->sentence_count; i++) {
        const struct sentence *sentence = &view->text.sentences[i];
        if (view->verb_count && view->verbs[0].at >= sentence->first &&
            view->verbs[0].at < sentence->end)
            plan->sentence = sentence;
    }
    plan->opening = plan->first = skip_wish(view, plan->sentence);
    plan->first = skip_front(plan);
    plan->fronted = plan->first != plan->opening;
    plan_who(plan);
    plan_verb(plan);
}

/* "… dat Anouk op haar plek blijft en doorwerkt": two verbs at the end of their clauses. Moving one
 * would leave the other where it cannot stand. */
static bool is_tangled(const struct plan *plan)
{
    if (plan->verb >= plan->sentence->end || plan->who_end == plan->who ||
        plan->verb <= plan->who_end)
        return false;
    for (uint32_t at = plan->who_end; at < plan->verb; at++)
        if (is_finite(plan, at))
            return true;
    return false;
}

/* "Het lukt Adam om …": the pupil is not who does it. */
static bool is_impersonal(const struct plan *plan)
{
    return plan->verb == plan->first + 1 && plan->who == plan->verb + 1 &&
           plan->who_end > plan->who && token_is(&plan->view->text.tokens[plan->first], LEX_THIRD);
}

static void put_who(struct line *line, const struct plan *plan, const struct goal_extra *extra)
{
    bool typed = plan->who_end > plan->who;
    if (!typed || (extra->named && is_pronoun(&plan->view->text.tokens[plan->who])))
        put_str(line, extra->pupil);
    else
        for (uint32_t at = plan->who; at < plan->who_end; at++)
            put_token(line, plan, at);
}

/* An answer stands in the goal even where the text has its own; the gap only where it has none. */
static bool takes(const char *answer, bool has)
{
    return !has || strcmp(answer, GAP) != 0;
}

/* By when; in front of the verb, or behind the pupil when a clause stands in front. */
static void put_when(struct line *line, const struct plan *plan, const struct goal_extra *extra,
                     bool usable, bool timed)
{
    size_t start = line->len;
    if (takes(extra->when, timed))
        put_str(line, extra->when);
    if (usable)
        put_time(line, plan);
    if (start && line->len > start + 1)
        lower(&line->text[start + 1]);
}

const char *goal_propose(struct arena *arena, const struct goal_view *view,
                         const struct sharpen *sharpen, const struct goal_extra *extra)
{
    /* Every typed byte goes in at most once, with at most one space before each word. */
    size_t max = 2 * view->text.len + strlen(extra->pupil) + strlen(extra->when) +
                 strlen(extra->where) + strlen(extra->task) + strlen(extra->example) +
                 strlen(extra->amount) + OURS_MAX;
    struct line line = {.text = arena_alloc(arena, max + 1), .max = max};
    if (!line.text || view->sentence_count == 0)
        return "";
    struct plan plan;
    plan_make(view, &plan);
    bool usable = view->is_goal && !is_tangled(&plan) && !is_impersonal(&plan) &&
                  (sharpen->label == SHARPEN_PARTLY || sharpen->label == SHARPEN_SMART);
    bool timed = usable && sharpen->has[SHARPEN_TIME];
    bool fronted = usable && plan.fronted;
    for (uint32_t at = plan.opening; fronted && at < plan.first; at++)
        put_token(&line, &plan, at);
    if (!fronted)
        put_when(&line, &plan, extra, usable, timed);
    bool acts = usable && sharpen->has[SHARPEN_VERB];
    put_verb(&line, acts ? plan.verb_text : GAP, acts ? plan.verb_len : strlen(GAP));
    put_who(&line, &plan, extra);
    if (fronted)
        put_when(&line, &plan, extra, usable, timed);
    if (takes(extra->where, usable && sharpen->has[SHARPEN_CONTEXT]))
        put_str(&line, extra->where);
    if (usable)
        put_rest(&line, &plan, extra->task);
    else
        put_str(&line, extra->task[0] ? extra->task : GAP);
    if (extra->example[0]) {
        put_str(&line, "(");
        put_close(&line, extra->example);
        put_close(&line, ")");
    }
    if (takes(extra->amount, usable && sharpen->has[SHARPEN_CRITERION])) {
        put_close(&line, ",");
        put_str(&line, extra->amount);
    }
    put_close(&line, ".");
    return finish(&line);
}
