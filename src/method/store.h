/*
 * store: which methods there are: the shipped ones (compiled in from methods/, never changed at run
 * time) and a school's own, by version. A conversation points at one row of method_version and keeps
 * it for ever, also when a shipped method is upgraded or an own one withdrawn (R16). Read methods are
 * immutable and kept for all threads, by school and id, in the cache that `serve` makes.
 */
#ifndef METHOD_STORE_H
#define METHOD_STORE_H

#include <stddef.h>
#include <stdint.h>

#include "base/ids.h"
#include "base/status.h"
#include "method/method.h"

struct work;

struct shipped_method {
    const char *key;  /* "k12" */
    const char *yaml; /* the file's text */
    size_t len;
};

/* All of methods/, ended by key NULL, in the order of their keys. */
extern const struct shipped_method shipped_methods[];

/* A shipped method, read once per process; NULL for another key. Safe from any thread. */
const struct method *method_shipped(const char *key);

enum method_state { METHOD_DRAFT = 1, METHOD_PUBLISHED = 2, METHOD_WITHDRAWN = 3 };

/* A line of the list. */
struct method_line {
    struct method_version_id id; /* none: a shipped method this school never used */
    const struct method *method;
    enum method_state state;
    bool is_own;
};

/*
 * What this school may plan with: the newest published version per key, shipped and own, in the order
 * of key; withdrawn ones left out. One statement. Any staff.
 */
NODISCARD enum status method_list(struct work *work, struct method_line **ret, size_t *ret_count);

/* One line by key, as above. ERR_NOT_FOUND. */
NODISCARD enum status method_current(struct work *work, const char *key,
                                     struct method_line *ret_line);

/*
 * The row that a conversation points at: for a shipped method that this school uses for the first
 * time in this version, its text is stored now (in the open WRITE transaction).
 */
NODISCARD enum status method_pin(struct work *work, const char *key,
                                 struct method_version_id *ret_id,
                                 const struct method **ret_method);

/* The method of a conversation. From the cache when it is there. */
NODISCARD enum status method_by_version(struct work *work, struct method_version_id id,
                                        const struct method **ret_method);

#endif
