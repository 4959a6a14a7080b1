/*
 * touch: sessions that were used, waiting to be written. A read page may not wait for the write
 * lock, so it leaves a word here and housekeeping writes it within a second. What is lost at a
 * crash only makes a session end a minute earlier.
 */
#ifndef WEB_TOUCH_H
#define WEB_TOUCH_H

#include <stdint.h>

#include "base/ids.h"
#include "base/status.h"

struct db;
struct touches;

NODISCARD enum status touches_new(struct touches **ret);
void touches_free(struct touches *touches); /* NULL is fine */

/* From any thread. Silently forgets when too many wait. */
void touches_add(struct touches *touches, struct session_id id, int64_t now_ms);

/* Writes all that wait, in one transaction of its own. ERR_DB: they are lost, which is harmless. */
NODISCARD enum status touches_write(struct touches *touches, struct db *db);

#endif
