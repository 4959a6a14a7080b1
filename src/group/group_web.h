/*
 * group_web: the start page and the page of one group, where a teacher sees everybody at once and
 * notes in ten seconds what they saw.
 */
#ifndef GROUP_GROUP_WEB_H
#define GROUP_GROUP_WEB_H

#include <stdbool.h>
#include <stddef.h>

#include "group/group.h"
#include "web/route.h"

extern const struct route group_routes[];

/* One pupil on the class map. */
struct member_line {
    const struct group_member *member;
    bool wants_talk;        /* the hand is up (sharing/wish.h) */
    bool is_heard;          /* a conversation was held this half-year */
    const char *state;      /* "heard", "planned" or "not-yet", for the filter */
    const char *state_text; /* "Heard:" in words for the screen reader */
    const char *when;       /* "12 nov", "do 3 dec" */
    int64_t new_talk;       /* id for the short form "just talked" */
    struct conversation_id next; /* planned and not held yet, or none */
    int64_t new_observation; /* id for the form that is drawn with it */
    bool may_open;          /* the dossier is open to the reader */
};

/* Something that comes back by itself (plan/lookback.h). */
struct home_line {
    const char *url, *call, *letters, *what, *when;
    int colour;
    bool is_late, is_today;
};
struct home_list {
    struct home_line *lines;
    size_t count;
};

struct group_view {
    bool has_home; /* the own start: with the three lists below */
    struct home_list promised, due, celebrate;
    const struct group *group;
    const char *greeting;   /* "Good morning Marit", or the group's name */
    const char *line;       /* group · day */
    struct member_line *members;
    size_t member_count;
    size_t heard_count, planned_count;
    const char *today;      /* ISO, for the form */
    const char *csrf;
    const struct group_teacher *teachers;
    size_t teacher_count;
    const struct group *groups; /* of the reader, for switching; may be one */
    size_t group_count;
    bool may_badges;
    bool may_note;
    bool may_teach; /* plan and hold conversations */
};

/* The start page of somebody without an own group. */
struct start_view {
    const char *greeting;
    struct group *groups;
    const int *pupils; /* per group */
    const int *due;    /* per group: what is to be looked back on; NULL for who may not know */
    size_t group_count;
    bool may_open; /* the groups are links */
};

#endif
