/*
 * people_web: who takes part in a conversation, each in which part: adding a colleague, a pupil of
 * the group, a parent or somebody from outside, and taking somebody off.
 */
#ifndef CONVERSATION_PEOPLE_WEB_H
#define CONVERSATION_PEOPLE_WEB_H

#include <stdbool.h>
#include <stddef.h>

#include "conversation/talk_web.h"
#include "web/form.h"
#include "web/route.h"

extern const struct route people_routes[];

/* Somebody on the list. */
struct person_line {
    const struct participant *who;
    const char *part;  /* in words, "" when the kind says it */
    const char *stays; /* why this one cannot be taken off, or NULL */
};

/* One way to add somebody: a list to choose from, or a name. */
struct people_view {
    struct talk_head head;
    struct person_line *lines;
    size_t line_count;
    const struct form_values *form;
    const struct form_option *colleagues, *pupils, *guardians, *parts;
    size_t colleague_count, pupil_count, guardian_count, part_count;
    const char *expected; /* whom this kind of conversation asks for, in words */
};

/* In which part each takes part, in words; NULL when there is no room. */
const char *const *people_parts(struct web *web, const struct participant *people, size_t count);

#endif
