/*
 * calendar_web: making, showing once and taking back the link of the own calendar, and the calendar
 * itself for who has the link.
 */
#ifndef CONVERSATION_CALENDAR_WEB_H
#define CONVERSATION_CALENDAR_WEB_H

#include "web/route.h"

extern const struct route calendar_routes[];

struct calendar_view {
    const char *link;  /* just made: shown once, else NULL */
    const char *since; /* "24 November 2026"; NULL: there is no link */
};

#endif
