/*
 * names: takes the names of other children out of a text that leaves this program. A call name with
 * a capital, with or without the family name behind it, becomes "[another pupil]"; so does its
 * possessive. What is also the name of somebody who belongs in the text stays. Better one word too
 * many: the teacher sees the text before it is used. Pure.
 */
#ifndef HANDOVER_NAMES_H
#define HANDOVER_NAMES_H

#include <stddef.h>

#include "base/status.h"

struct arena;

/* A child who is not to be named. */
struct other_name {
    const char *call;
    const char *family; /* with its prefix; "" when unknown */
};

struct names {
    const struct other_name *others;
    size_t count;
    const char *const *kept; /* words and names that stay, however they are used */
    size_t kept_count;
    const char *instead; /* translated */
};

/* *ret_taken grows by how many were taken out. The text itself when there was none. */
const char *names_without(struct arena *arena, const struct names *names, const char *text,
                          size_t *ret_taken);

#endif
