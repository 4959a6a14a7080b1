/*
 * reader: from nodes to a struct method, by the tables of schema.h. Collects what is wrong instead
 * of stopping at the first. Inside of method/ only.
 */
#ifndef METHOD_READER_H
#define METHOD_READER_H

#include "base/status.h"
#include "method/method.h"
#include "method/schema.h"

struct arena;
struct node;

#define LANGUAGES_MAX 16
#define LANGUAGE_CODE_MAX 11

/* Where a key of a mapping stood, for what is only found out when all has been read. */
struct place {
    const void *base; /* the struct it was read into */
    const char *key;
    int line;
    struct place *next;
};

struct reader {
    const struct method_kinds *kinds;
    struct arena *arena;
    struct method_problem *problems; /* METHOD_PROBLEMS_MAX */
    size_t problem_count;
    struct place *places;
};

/* Notes what is wrong; `about` lives as long as the arena. More than the maximum is left out. */
void reader_problem(struct reader *reader, int line, const char *message, const char *about);

/* Reads a mapping into the struct at `base`, which is zero. */
void reader_shape(struct reader *reader, const struct shape *shape, const struct node *node,
                  void *base);

/* The line of a key in the mapping that was read into `base`; 0 when it is not there. */
int reader_line(const struct reader *reader, const void *base, const char *key);

/* What no single key can see: ids that are there once, references, kinds, how much there is. */
void reader_check(struct reader *reader, const struct method *method);

#endif
