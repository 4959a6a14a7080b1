/*
 * group_talk_web: conversations of a group as a whole (K18): planning one with all pupils or some
 * of them, the list on the page of the group's conversations, and what one pupil said in one, for
 * who reads that pupil's dossier.
 */
#ifndef CONVERSATION_GROUP_TALK_WEB_H
#define CONVERSATION_GROUP_TALK_WEB_H

#include <stdbool.h>
#include <stddef.h>

#include "conversation/sheet_web.h"
#include "web/form.h"
#include "web/route.h"

struct group_member;

extern const struct route group_talk_routes[];

struct group_plan_view {
    struct group_id group;
    const char *group_name;
    struct conversation_id id;
    const struct form_values *form;
    const struct form_option *methods; /* about a group or some pupils of it */
    size_t method_count;
    const struct group_member *members;
    size_t member_count;
};

/* A conversation of the group, in its list. */
struct group_talk_line {
    struct conversation_id id;
    const char *title, *when, *state_text;
    bool is_held, is_off;
};

/* What one pupil said. */
struct group_part_view {
    const struct conversation *conversation;
    struct pupil_id pupil;
    const char *full, *call;
    const char *title, *moment;
    bool may_open; /* the whole conversation, with the words of the others */
    const struct sheet *sheet,
        *preparation; /* the last NULL when there is none, or it may not be read */
};

/* Newest first, called-off ones last. Wants RIGHT_GROUP_TEACH. */
NODISCARD enum status group_talk_lines(struct web *web, struct group_id group,
                                       struct group_talk_line **ret, size_t *ret_count);

#endif
