/*
 * zip_store: several files in one, without compressing: the parts are PDF and pictures, which are
 * small already, and this way nothing but memory is needed. Knows bytes and names; refuses to know
 * what they are.
 */
#ifndef OPERATE_ZIP_STORE_H
#define OPERATE_ZIP_STORE_H

#include <stddef.h>

#include "base/bytes.h"
#include "base/date.h"
#include "base/status.h"

struct arena;

struct zip_part {
    const char *name; /* UTF-8, "bijlagen/tekening.json"; no two alike */
    struct bytes data;
};

#define ZIP_PARTS_MAX 2000
#define ZIP_BYTES_MAX ((size_t)1 << 30)

/* Dated `day`. ERR_LIMIT past the limits above, ERR_NOMEM. */
NODISCARD enum status zip_store(struct arena *arena, const struct zip_part *parts, size_t count,
                                struct date day, struct bytes *ret_zip);

#endif
