/*
 * json_text: how ids, days and moments are written in what other programs read: ids as in URLs,
 * days as 2026-11-24, moments as Dutch clocks show them, what is not there as null.
 */
#ifndef OPERATE_JSON_TEXT_H
#define OPERATE_JSON_TEXT_H

#include <stdint.h>

#include "base/bytes.h"
#include "base/date.h"

struct arena;
struct json_t;

/* "2026-11-24T10:30:00". */
const char *json_moment(struct arena *arena, int64_t at_ms);

struct json_t *json_id(int64_t id);                                  /* 0: null */
struct json_t *json_day(struct date day);                            /* unset: null */
struct json_t *json_at(struct arena *arena, int64_t at_ms);          /* 0: null */
struct json_t *json_base64(struct arena *arena, struct bytes bytes); /* RFC 4648, section 4 */

#endif
