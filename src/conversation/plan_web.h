/*
 * plan_web: planning one conversation, noting a short talk, a round for a group, moving and cancelling.
 */
#ifndef CONVERSATION_PLAN_WEB_H
#define CONVERSATION_PLAN_WEB_H

#include <stdbool.h>
#include <stddef.h>

#include "conversation/conversation.h"
#include "conversation/round.h"
#include "web/form.h"
#include "web/route.h"

extern const struct route plan_routes[];
extern const struct route round_routes[];

struct group_talk_line;
struct web;

/* One conversation, new or moved. */
struct plan_view {
    const struct form_values *form;
    struct pupil_id pupil;
    const char *full, *call;
    struct conversation_id id;
    const struct form_option *methods; /* that fit one pupil of this age */
    size_t method_count;
    const char *last; /* when last heard, in words */
};

struct move_view {
    const struct form_values *form, *cancel_form, *merge_form;
    const struct form_option *others; /* that this one can be put together with */
    size_t other_count;
    const struct conversation *conversation;
    const char *title, *about_url, *about;
};

/* A pupil in the list of whom to choose. */
struct turn_line {
    struct pupil_id pupil;
    const char *call, *letters;
    int colour;
    const char *last; /* when last heard */
    const char *next; /* "3 dec", or NULL */
    bool is_chosen;
    int held;
};

struct talks_view {
    struct group_id group;
    const char *group_name;
    const struct form_values *form; /* of a new round */
    struct conversation_round_id id;
    struct turn_line *turns; /* longest not heard first */
    size_t turn_count;
    int heard; /* this half-year */
    const struct form_option *methods;
    size_t method_count;
    const struct round *rounds;
    const char *const *round_titles;
    size_t round_count;
    struct group_talk_line *together; /* conversations of the group as a whole */
    size_t together_count;
};

/* A conversation of a round. */
struct round_line {
    struct conversation_id id;
    const char *call, *letters, *when, *state_text, *state;
    int colour;
    bool is_held, may_move;
};

struct round_view {
    struct group_id group;
    const char *group_name, *title, *weeks;
    struct conversation_round_id id;
    int held, planned;
    struct round_line *lines;
    size_t line_count;
    bool may_invite;
    bool asks_home; /* guardians take part: they get letters of their own */
};

/* Planning, with one pupil or with a group: what kind, when and where, what for; of a group also who. */
extern const struct form plan_form;

/* Its day and time (-1 none). A time without a day has no meaning: false, shown at the field. */
bool plan_moment_of(struct form_values *form, struct date *ret_on, int *ret_at);
/* The day that a new plan proposes: a week ahead, no weekend. */
struct date plan_next_day(const struct web *web);

/* "Thursday 3 December at 10.40", "no day yet"; for every page that shows a plan. */
const char *plan_moment(struct web *web, struct date on, int at);
/* "invited", "held on 3 December" … a word per state. */
const char *plan_state_text(struct web *web, enum conversation_state state);

#endif
