/*
 * ical: a calendar as text (RFC 5545), for programs that subscribe to it. An event says that there is
 * something, from when until when, and no more (R12): no place, no people, no description. Knows lines,
 * escaping and folding; refuses to know conversations.
 */
#ifndef CONVERSATION_ICAL_H
#define CONVERSATION_ICAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/date.h"

struct buf;

#define ICAL_UID_BYTES 16

struct ical_event {
    uint8_t uid[ICAL_UID_BYTES]; /* the same in every edition of the event, and readable as nothing */
    int sequence;                /* grows with every change (3.8.7.4) */
    int64_t changed_at;          /* DTSTAMP, LAST-MODIFIED */
    struct date on;              /* in Dutch time */
    int minute;                  /* since midnight; -1: the whole day */
    int minutes;                 /* how long; at least 1 when there is a time */
    bool is_cancelled;
};

/* Lines to *to: head, then an event at a time, then the end. `name` and `summary` are plain text. */
void ical_begin(struct buf *to, const char *name);
void ical_event(struct buf *to, const struct ical_event *event, const char *summary);
void ical_end(struct buf *to);

/* One content line, folded after 75 octets between characters (3.1); `text` is escaped (3.3.11). */
void ical_text_line(struct buf *to, const char *property, const char *text);

#endif
