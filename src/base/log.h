/*
 * log: one line per event on stderr, `key=value`, for the machine's log. It takes events by
 * constant name, numbers, ids and our own constants; never a name, an address or a text of a
 * person. The audit trail of dossiers is a table (access/audit.h), not this.
 *
 *   log_event(LOG_WARN, "import_refused", "school=%s lines=%zu", id_text(s.v).s, n);
 *   -> <4>2026-09-01T08:15:02.113Z import_refused school=0a… lines=12
 *
 * Control characters in values come out as '?': one event stays one line.
 */
#ifndef BASE_LOG_H
#define BASE_LOG_H

#include "base/compiler.h"

enum log_level { LOG_ERROR, LOG_WARN, LOG_INFO, LOG_DEBUG };

/* Events above `level` are dropped from here on; LOG_INFO at start. Called once, by main. */
void log_set_level(enum log_level level);

void log_event(enum log_level level, const char *event, const char *format, ...) PRINTF_LIKE(3, 4);

#endif
