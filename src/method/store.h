/*
 * store: which methods there are: the shipped ones (shelf.h, never changed at run time) and a
 * school's own (own.h makes them), by version. A conversation points at one row of method_version
 * and keeps it for ever, also when a shipped method is upgraded or an own one withdrawn (R16). Read
 * methods are immutable and kept for all threads, by school and id, on work->shelf. Who has no
 * shelf (NULL) has no methods: every function then answers ERR_NOT_FOUND.
 *
 * Methods hold nothing about anybody, so reading them wants no right beyond being at the school.
 */
#ifndef METHOD_STORE_H
#define METHOD_STORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/ids.h"
#include "base/status.h"
#include "method/method.h"
#include "method/shelf.h"

struct work;

/* Keys of schools' own methods begin with this; of shipped ones never: they cannot meet. */
#define METHOD_OWN_PREFIX "eigen-"

enum method_origin { METHOD_SHIPPED = 1, METHOD_OWN = 2 };
enum method_state { METHOD_DRAFT = 1, METHOD_PUBLISHED = 2, METHOD_WITHDRAWN = 3 };

/* A line of the list. */
struct method_line {
    struct method_version_id id; /* none: a shipped method this school never used in this version */
    const struct method *method;
    enum method_state state;
    bool is_own;
    int64_t made_at, published_at; /* 0 for a shipped one that was never used */
};

/*
 * What this school may plan with: shipped methods in the version of this program, and the newest
 * published version of own ones, by key. Withdrawn ones are left out. One statement, and one more
 * for every own method that is not on the shelf yet.
 */
NODISCARD enum status method_list(struct work *work, struct method_line **ret, size_t *ret_count);

/* One line by key, as above. ERR_NOT_FOUND. */
NODISCARD enum status method_current(struct work *work, const char *key,
                                     struct method_line *ret_line);

/* The text of what method_current() gives, as it was shipped or kept: for a file. ERR_NOT_FOUND. */
NODISCARD enum status method_yaml(struct work *work, const char *key, struct bytes *ret_yaml);

/*
 * The row that a conversation points at: for a shipped method that this school uses for the first
 * time in this version, its text is stored now (in the open WRITE transaction). ERR_NOT_FOUND for a
 * key that method_current() does not know.
 */
NODISCARD enum status method_pin(struct work *work, const char *key,
                                 struct method_version_id *ret_id,
                                 const struct method **ret_method);

/*
 * The method of a row, whatever its state. From the shelf when it is there: then no statement.
 * ERR_NOT_FOUND; ERR_CORRUPT when it does not open or no longer reads.
 */
NODISCARD enum status method_by_version(struct work *work, struct method_version_id id,
                                        const struct method **ret_method);

#endif
