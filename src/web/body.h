/*
 * body: takes a request body apart into named parts. Knows the two form encodings
 * (application/x-www-form-urlencoded; multipart/form-data, RFC 7578); knows no fields.
 */
#ifndef WEB_BODY_H
#define WEB_BODY_H

#include <stddef.h>

#include "base/bytes.h"
#include "base/status.h"

struct arena;

#define BODY_PARTS_MAX 160 /* an answer of forty rows, and the fields of its page */

struct body_part {
    const char *name;
    struct bytes value;    /* urlencoded: decoded copy; multipart: points into the body */
    const char *file_name; /* multipart file parts only, else NULL */
};

/*
 * ERR_INVALID for another content type, broken escapes or boundaries, a name that is not UTF-8;
 * ERR_LIMIT for more than BODY_PARTS_MAX parts; ERR_NOMEM. An empty body has no parts.
 */
NODISCARD enum status body_parse(const char *content_type, struct bytes body, struct arena *arena,
                                 struct body_part **ret_parts, size_t *ret_count);

/* The first part of that name, or NULL. */
const struct body_part *body_find(const struct body_part *parts, size_t count, const char *name);

#endif
