/*
 * badge_web: the teacher's page of badges and picture codes, the class device where pupils choose
 * their name, the badge's landing page, and the pupil's own place.
 */
#ifndef BADGE_BADGE_WEB_H
#define BADGE_BADGE_WEB_H

#include <stdbool.h>
#include <stddef.h>

#include "badge/pupil_signin.h"
#include "pupil/pupil.h"
#include "web/form.h"
#include "web/route.h"

extern const struct route badge_routes[];
extern const struct route class_routes[];

/* The classes of <body> for a child's page: sizes and letters for the age. */
const char *kid_class(enum age_band band);

/* One pupil on the teacher's page. */
struct badge_line {
    const struct group_member *member;
    const struct pupil_signin *signin;
    const char *made;                   /* "12 nov" */
    const char *pictures[PICTURE_CODE]; /* names in art.svg */
    const char *labels[PICTURE_CODE];   /* what they are called */
};

struct badges_view {
    struct group_id group;
    const char *group_name;
    struct badge_line *lines;
    size_t count;
    size_t without_badge, without_code;
};

/* The printed sheet: tokens exist only here. */
struct badge_card {
    const char *name;
    const char *symbol;
    const char *link; /* what the QR code says */
    const char *qr_path;
    int qr_size;
    const char *code; /* as people type it: five groups of five, and one */
};

struct sheet_view {
    const char *group_name, *made;
    struct badge_card *cards;
    size_t count;
};

/* The class device: who are you? */
struct class_view {
    const char *group_name;
    struct class_line {
        struct pupil_id pupil;
        const char *call, *letters, *symbol;
        int colour;
    } * lines;
    size_t count;
};

struct pictures_view {
    struct pupil_id pupil;
    const char *call, *symbol, *group_name;
    int colour;
    const char *names[PICTURE_GRID], *labels[PICTURE_GRID];
    int chosen;         /* how many of three */
    const char *so_far; /* "zon.kat" */
    bool was_wrong, call_teacher, is_locked;
    bool must_wait; /* too many wrong ones on this device, of whomever */
};

struct self_line;

struct own_view {
    const struct self_line *talks; /* conversations to come */
    size_t talk_count;
    const char *call, *symbol;
    int colour;
    bool may_choose;                   /* own sign: not with a picture code */
    const char *const *symbols;        /* names in art.svg */
    const char *labels[PUPIL_SYMBOLS]; /* what they are called */
    size_t symbol_count;
};

#endif
