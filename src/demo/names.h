/*
 * names: the names that demo people can have. Invented combinations of names as they are found in
 * Dutch schools, marked with where they are mostly found, so that a first and a family name fit
 * together more often than not. Only tables; people.h makes people of them.
 */
#ifndef DEMO_NAMES_H
#define DEMO_NAMES_H

#include <stddef.h>

enum demo_background {
    FROM_NETHERLANDS,
    FROM_FRYSLAN,
    FROM_TURKEY,
    FROM_MOROCCO,
    FROM_SURINAME,
    FROM_POLAND,
    FROM_SYRIA,
    FROM_GHANA,
    FROM_CHINA,
    FROM_UKRAINE,
    FROM_ANTILLES,
    FROM_INDIA,
    FROM_MOLUCCAS,
    FROM_ERITREA,
    FROM_CAPE_VERDE,
    BACKGROUNDS
};

struct demo_family_name {
    const char *prefix; /* "van der", stored apart */
    const char *family;
};

/* All names of one background, and how many of a hundred families have it. */
struct demo_names {
    unsigned per_hundred;
    const char *const *calls;
    size_t call_count;
    const struct demo_family_name *families;
    size_t family_count;
};

extern const struct demo_names demo_names[BACKGROUNDS];

#endif
