/*
 * pupil_signin: badges, picture codes and class devices: how a pupil comes to their own place.
 * A badge is a card with a QR code of 128 random bits, stored hashed, replaced in one tap. A
 * picture code is three of nine pictures, only good on a device that the teacher opened for the
 * group that day. Both reach only the pupil's own (access.h, RIGHT_PUPIL_SELF); a picture code
 * less than a badge (actor.is_weak). Knows the stored side; signin/badge.h knows the secrets.
 */
#ifndef BADGE_PUPIL_SIGNIN_H
#define BADGE_PUPIL_SIGNIN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/ids.h"
#include "base/status.h"
#include "group/group.h"
#include "signin/badge.h"
#include "access/session.h"

struct work;

/* After so many wrong codes in a row only the teacher opens it again (STANDARDS §4). */
#define PICTURE_TRIES_MAX 10
/* From here on the page says: call your teacher (UX §7.6). */
#define PICTURE_TRIES_CALL 3

/* How a pupil of a group can come in, for the teacher's page. */
struct pupil_signin {
    struct pupil_id pupil;
    bool has_badge;
    int64_t badge_made_at;
    bool has_code;
    struct picture_code code;
    bool is_locked;
    bool is_in; /* has a live session now */
};

/* Wants RIGHT_GROUP_BADGES on the group, as all below that a teacher does. */
NODISCARD enum status pupil_signin_list(struct work *work, struct group_id group,
                                        struct pupil_signin **ret, size_t *ret_count);

/* A new badge; the old one is worth nothing from now on, sessions by it end. */
NODISCARD enum status badge_renew(struct work *work, struct group_id group, struct pupil_id pupil,
                                  struct badge_token *ret_token);
/* Takes the badge without a new one: lost on the way home. */
NODISCARD enum status badge_revoke(struct work *work, struct group_id group, struct pupil_id pupil);

/* A new picture code; also unlocks. */
NODISCARD enum status picture_renew(struct work *work, struct group_id group,
                                    struct pupil_id pupil);
NODISCARD enum status picture_unlock(struct work *work, struct group_id group,
                                     struct pupil_id pupil);

/* Who a badge opens. Nobody is signed in yet. ERR_NOT_FOUND for unknown, revoked, or gone pupils.
 */
struct badge_owner {
    struct school_id school;
    struct pupil_id pupil;
};
NODISCARD enum status badge_find(struct work *work, const char *token, struct badge_owner *ret);

/* Opens this browser for a group until 18:00 (or for an hour, after that). The token is for a
 * cookie. */
NODISCARD enum status class_device_open(struct work *work, struct group_id group,
                                        char ret_token[SESSION_TOKEN_TEXT]);
struct class_device {
    int64_t id;
    struct school_id school;
    struct group_id group;
};
/*
 * ERR_NOT_FOUND when closed, past or unknown, and when who opened it may not open it any more: left
 * the school, or lost the function for the group. Makes the school's key known.
 */
NODISCARD enum status class_device_find(struct work *work, const char *token,
                                        struct class_device *ret);
NODISCARD enum status class_device_close(struct work *work, const char *token);

/*
 * On a class device: the pictures of a pupil of its group, and a try. `work->actor` is at the
 * device's school. ERR_NOT_FOUND when the pupil is not in the group or has no code; ERR_LIMIT when
 * locked; ERR_FORBIDDEN when wrong, with how often in *ret_tries.
 */
NODISCARD enum status picture_grid_of(struct work *work, struct group_id group,
                                      struct pupil_id pupil, struct picture_grid *ret_grid);
NODISCARD enum status picture_try(struct work *work, struct group_id group, struct pupil_id pupil,
                                  const struct picture_code *code, int *ret_tries);

#endif
