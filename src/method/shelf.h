/*
 * shelf: read methods, kept for all threads of the process: the shipped ones, each read when it is
 * first asked for, and versions that schools keep. What stands on the shelf is never changed and
 * never taken off, so that a pointer stays good until the shelf is closed. Refuses to know the
 * database and who may see what.
 *
 * It is bounded: beyond SHELF_VERSIONS_MAX kept versions nothing is added, and a method is then
 * read anew into the memory of whoever asks (a fraction of a millisecond).
 */
#ifndef METHOD_SHELF_H
#define METHOD_SHELF_H

#include <stddef.h>

#include "base/bytes.h"
#include "base/ids.h"
#include "base/status.h"
#include "method/method.h"

struct arena;
struct method_shelf;

#define SHELF_VERSIONS_MAX 1000
#define SHELF_BYTES_MAX ((size_t)64 << 20) /* of read versions; whichever is reached first */

/* `kinds` outlives the shelf. ERR_NOMEM. NULL is fine for close. */
NODISCARD enum status method_shelf_open(const struct method_kinds *kinds,
                                        struct method_shelf **ret_shelf);
void method_shelf_close(struct method_shelf *shelf);

/* The kinds of answer that methods on this shelf may ask for. */
const struct method_kinds *method_shelf_kinds(const struct method_shelf *shelf);

/* How many methods are shipped; one by its place in the order of keys; its text. */
size_t method_shipped_count(void);
const char *method_shipped_key(size_t index);
struct bytes method_shipped_yaml(const char *key); /* data NULL: none of that key */

/*
 * A shipped method; NULL for another key. A shipped file that does not read is a fault of this
 * program that a test finds; here it is logged and answers NULL.
 */
const struct method *method_shipped(struct method_shelf *shelf, const char *key);

/* A kept version, or NULL when it is not there yet. */
const struct method *method_shelf_find(struct method_shelf *shelf, struct school_id school,
                                       struct method_version_id id);

/*
 * From now on finds `shipped`, a method of this shelf, by that id too: a school's row whose text is
 * word for word the shipped one. When there are too many of these nothing happens.
 */
void method_shelf_link(struct method_shelf *shelf, struct school_id school,
                       struct method_version_id id, const struct method *shipped);

/*
 * Reads a version and keeps it. When the shelf is full it is read into `arena` instead. Statuses as
 * method_read().
 */
NODISCARD enum status method_shelf_add(struct method_shelf *shelf, struct school_id school,
                                       struct method_version_id id, const char *yaml, size_t len,
                                       struct arena *arena, const struct method **ret_method);

#endif
