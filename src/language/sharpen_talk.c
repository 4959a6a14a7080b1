#include "language/sharpen_talk.h"

#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "base/utf8.h"
#include "i18n/tr.h"
#include "language/sharpen_parts.h"

#define GAP "…"

static const char *const step_names[SHARPEN_STEP_COUNT] = {"action", "task",  "example",
                                                           "amount", "where", "when"};

/* Which part of a goal an answer gives; the task and the example give none. */
static const struct {
    bool is_part;
    enum sharpen_flag part;
} step_parts[SHARPEN_STEP_COUNT] = {
    [SHARPEN_ASK_ACTION] = {true, SHARPEN_VERB},
    [SHARPEN_ASK_AMOUNT] = {true, SHARPEN_CRITERION},
    [SHARPEN_ASK_WHERE] = {true, SHARPEN_CONTEXT},
    [SHARPEN_ASK_WHEN] = {true, SHARPEN_TIME},
};

/* What is asked about each kind of remark; NULL: this step is not asked about it. */
static const char *const step_questions[SHARPEN_KIND_COUNT][3] = {
    [SHARPEN_NAMED] = {N_("What would you like to see this pupil do?"),
                       N_("At which task do you notice it?"), N_("Can you give one example?")},
    [SHARPEN_SCORE] = {N_("What would you like to see the pupil do with it?"),
                       N_("Which exercises or skills went wrong?"),
                       N_("Can you give one exercise that does not work yet?")},
    [SHARPEN_NEED] = {N_("What can the pupil do with this help that does not work yet now?"),
                      N_("At which task is it needed?"), NULL},
    [SHARPEN_SUBJECT] = {N_("What would you like to see the pupil do with it?"),
                         N_("Which operation or which part exactly?"),
                         N_("Can you give one exercise that does not work yet?")},
    [SHARPEN_BEHAVIOUR] = {N_("What would you like to see instead?"), NULL, NULL},
    [SHARPEN_TRAIT] = {N_("What would you see or hear the pupil do if it went well?"), NULL, NULL},
};

const char *sharpen_step_name(enum sharpen_step step)
{
    return step_names[step];
}

/* An answer that was given: not left open, not skipped. */
static bool is_given(const struct sharpen_talk *talk, enum sharpen_step step)
{
    return talk->answers[step] && !str_is_blank(talk->answers[step]);
}

/* One answer without the mark that ends it; `otherwise` when there is none. */
static const char *answer_text(struct arena *arena, const struct sharpen_talk *talk,
                               enum sharpen_step step, const char *otherwise)
{
    if (!is_given(talk, step))
        return otherwise;
    const char *text = str_trim(arena, talk->answers[step]);
    size_t len = strlen(text);
    while (len && (text[len - 1] == '.' || text[len - 1] == ',' || text[len - 1] == ';'))
        len--;
    return len ? arena_strndup(arena, text, len) : otherwise;
}

/* Does this text, read on its own, have this part? */
static enum status answer_has(struct arena *arena, const char *text, enum sharpen_flag part,
                              bool *ret_has)
{
    struct goal_view view;
    if (strlen(text) > SHARPEN_ANSWER_MAX)
        return ERR_LIMIT;
    enum status st = goal_view_read(arena, text, strlen(text), &view);
    if (st != OK)
        return st;
    goal_find_verbs(&view);
    *ret_has = goal_names(&view, part);
    return OK;
}

/* The parts that the answers give. An answer about place is believed when it is not understood. */
static enum status read_answers(struct arena *arena, const struct sharpen_talk *talk, bool *has)
{
    for (size_t step = 0; step < SHARPEN_STEP_COUNT; step++) {
        if (!is_given(talk, (enum sharpen_step)step))
            continue;
        for (size_t part = 0; part < SHARPEN_FLAG_COUNT; part++) {
            bool found = false;
            enum status st =
                answer_has(arena, talk->answers[step], (enum sharpen_flag)part, &found);
            if (st != OK)
                return st;
            bool own = step_parts[step].is_part && step_parts[step].part == part;
            bool action = step == SHARPEN_ASK_ACTION;
            has[part] = has[part] || (found && (own || action));
        }
    }
    return OK;
}

/* The question of a step for this remark; NULL when the step is not asked. */
static const char *question_of(const struct sharpen *remark, enum sharpen_step step)
{
    bool vague = remark->label != SHARPEN_PARTLY && remark->label != SHARPEN_SMART;
    if (step <= SHARPEN_ASK_EXAMPLE && vague)
        return step_questions[remark->kind][step];
    return step_parts[step].is_part ? sharpen_part_question(step_parts[step].part) : NULL;
}

/* Finds the first step that is open, or whose answer did not give its part. */
static void find_step(const struct sharpen_talk *talk, struct sharpen_next *next)
{
    next->done = true;
    for (size_t i = 0; i < SHARPEN_STEP_COUNT && next->done; i++) {
        enum sharpen_step step = (enum sharpen_step)i;
        const char *question = question_of(&next->remark, step);
        bool skipped = talk->answers[step] && str_is_blank(talk->answers[step]);
        bool settled =
            step_parts[step].is_part ? next->has[step_parts[step].part] : is_given(talk, step);
        if (!question || skipped || settled)
            continue;
        next->done = false;
        next->step = step;
        next->question = question;
        next->tip = is_given(talk, step) ? sharpen_tip(step_parts[step].part) : NULL;
    }
}

/* The words of a part in a remark that is a goal, for a goal that is built on an answer. */
static const char *part_text(struct arena *arena, const struct sharpen_talk *talk,
                             const struct sharpen *remark, enum sharpen_flag part)
{
    const char *text = GAP;
    for (size_t i = 0; i < remark->span_count && remark->has[part]; i++) {
        const struct sharpen_span *span = &remark->spans[i];
        if (!span->is_flag || span->what != part)
            continue;
        const char *words = arena_strndup(arena, talk->remark + span->at, span->len);
        text = strcmp(text, GAP) == 0 ? words : arena_printf(arena, "%s %s", text, words);
    }
    return text;
}

/* The goal: built on the answer about the action, or else on the remark if it is a goal itself. */
static enum status make_goal(struct arena *arena, const struct sharpen_talk *talk,
                             struct sharpen_next *next)
{
    const char *base =
        is_given(talk, SHARPEN_ASK_ACTION) ? talk->answers[SHARPEN_ASK_ACTION] : talk->remark;
    struct goal_view view;
    struct sharpen read;
    enum status st = goal_view_read(arena, base, strlen(base), &view);
    if (st != OK)
        return st;
    goal_decide(&view, &read);
    if (base != talk->remark)
        goal_take_as_goal(&view, &read);
    bool answered = base != talk->remark;
    const char *otherwise[SHARPEN_FLAG_COUNT];
    for (size_t i = 0; i < SHARPEN_FLAG_COUNT; i++)
        otherwise[i] = answered && next->remark.label >= SHARPEN_PARTLY
                           ? part_text(arena, talk, &next->remark, (enum sharpen_flag)i)
                           : GAP;
    bool named = talk->pupil && !str_is_blank(talk->pupil);
    struct goal_extra extra = {
        .named = named,
        .pupil = named ? str_trim(arena, talk->pupil) : "de leerling",
        .when = answer_text(arena, talk, SHARPEN_ASK_WHEN, otherwise[SHARPEN_TIME]),
        .where = answer_text(arena, talk, SHARPEN_ASK_WHERE, otherwise[SHARPEN_CONTEXT]),
        .task = answer_text(arena, talk, SHARPEN_ASK_TASK, ""),
        .example = answer_text(arena, talk, SHARPEN_ASK_EXAMPLE, ""),
        .amount = answer_text(arena, talk, SHARPEN_ASK_AMOUNT, otherwise[SHARPEN_CRITERION]),
    };
    next->goal = goal_propose(arena, &view, &read, &extra);
    return OK;
}

enum status sharpen_talk_next(struct arena *arena, const struct sharpen_talk *talk,
                              struct sharpen_next *ret_next)
{
    struct sharpen_next next = {0};
    for (size_t i = 0; i < SHARPEN_STEP_COUNT; i++)
        if (talk->answers[i] && strlen(talk->answers[i]) > SHARPEN_ANSWER_MAX)
            return ERR_LIMIT;
    if (talk->pupil && strlen(talk->pupil) > SHARPEN_ANSWER_MAX)
        return ERR_LIMIT;
    if (talk->pupil && !utf8_valid(talk->pupil, strlen(talk->pupil)))
        return ERR_INVALID;
    enum status st = sharpen_read(arena, talk->remark, strlen(talk->remark), &next.remark);
    if (st != OK)
        return st;
    memcpy(next.has, next.remark.has, sizeof next.has);
    if (next.remark.label != SHARPEN_PARTLY && next.remark.label != SHARPEN_SMART)
        memset(next.has, 0, sizeof next.has);
    st = read_answers(arena, talk, next.has);
    if (st == OK)
        st = make_goal(arena, talk, &next);
    if (st != OK)
        return st;
    next.concrete = true;
    for (size_t i = 0; i < SHARPEN_FLAG_COUNT; i++)
        next.concrete = next.concrete && next.has[i];
    find_step(talk, &next);
    if (arena_failed(arena))
        return ERR_NOMEM;
    *ret_next = next;
    return OK;
}
