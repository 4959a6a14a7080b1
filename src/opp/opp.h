/*
 * opp: the right to be heard (hoorrecht, R7). At every moment of a pupil's own development plan
 * (OPP): drawn up, adjusted, evaluated: that the pupil was heard, when, how, in which words, what
 * was done with it and why; or that the pupil was not heard, and the reason. It belongs to the
 * dossier; every text and fact it had is kept as a version. Refuses to know the plan itself, which
 * stands in the school's pupil-tracking system.
 *
 * What it rests on: WPO art. 40a, WVO 2020 art. 2.44 and WEC art. 41a as of 1 August 2025 (no
 * minimum age; the school shows that the pupil's opinion was taken along). A lawyer reads the words
 * on screen before a release.
 */
#ifndef OPP_OPP_H
#define OPP_OPP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/date.h"
#include "base/ids.h"
#include "base/status.h"

struct work;

#define OPP_WORDS_MAX 2000  /* characters of the pupil's words */
#define OPP_TEXT_MAX 1000   /* of every other text */
#define OPP_MOMENTS_MAX 100 /* of one pupil that a list shows */
#define OPP_AHEAD_DAYS 400  /* a moment can be noted before it comes */

/* The numbers are stored. */
enum opp_kind { OPP_DRAWN_UP = 1, OPP_ADJUSTED = 2, OPP_EVALUATED = 3 };
enum opp_heard { OPP_HEARD = 1, OPP_NOT_HEARD = 2 };
enum opp_way { OPP_NO_WAY = 0, OPP_CONVERSATION, OPP_DRAWING, OPP_WRITING, OPP_TRUSTED, OPP_WAYS_ };

struct opp_moment {
    struct opp_moment_id id;
    struct pupil_id pupil;
    struct conversation_id conversation; /* in which the words were said, or none */
    enum opp_kind kind;
    struct date moment_on;
    enum opp_heard heard;
    enum opp_way way;     /* OPP_NO_WAY when not heard */
    struct date heard_on; /* unset when not heard */
    struct date told_on;  /* the pupil was told what was done with it; unset: not yet */
    int version;
    struct staff_id author; /* of this version */
    const char *author_name;
    int64_t made_at, changed_at;
    /* "" where nothing was said */
    const char *words;      /* the pupil's */
    const char *present;    /* who was there */
    const char *done, *why; /* what was done with it, and why */
    const char *reason;     /* why not heard */
};

struct opp_draft {
    struct conversation_id conversation;
    enum opp_kind kind;
    struct date moment_on;
    enum opp_heard heard;
    enum opp_way way;
    struct date heard_on, told_on;
    const char *words, *present, *done, *why, *reason; /* NULL counts as "" */
};

/*
 * Adds (`base_version` 0) or changes as a new version; the same again makes none. Wants
 * RIGHT_PUPIL_WRITE. ERR_INVALID for another kind, a moment further ahead than OPP_AHEAD_DAYS, a
 * long text, a conversation that is not about this pupil; when heard: without a way, a day up to
 * today, and words or a conversation; when not: without a reason. What does not belong to the
 * choice (a reason when heard) is not kept. The id was made when the form was drawn: sending it
 * twice is OK. Another version by now: nothing is written, ERR_CONFLICT with what stands in
 * *ret_now.
 */
NODISCARD enum status opp_save(struct work *work, struct pupil_id pupil, struct opp_moment_id id,
                               int base_version, const struct opp_draft *draft, int *ret_version,
                               struct opp_moment *ret_now);

/* Takes it off the list, and puts it back; versions stay. Wants RIGHT_PUPIL_WRITE. */
NODISCARD enum status opp_remove(struct work *work, struct opp_moment_id id, bool removed);

/* ERR_NOT_FOUND for who may not read the dossier, and for one that was taken off. */
NODISCARD enum status opp_find(struct work *work, struct opp_moment_id id, struct opp_moment *ret);
/* Newest moment first. Wants RIGHT_PUPIL_READ. One statement. */
NODISCARD enum status opp_of_pupil(struct work *work, struct pupil_id pupil,
                                   struct opp_moment **ret, size_t *ret_count);

/* Heard, in words that stand here or in the conversation, what was done with it, and the pupil was
 * told. */
bool opp_is_complete(const struct opp_moment *moment);

/* For pupil_erase(), in its transaction: takes all of it away. */
NODISCARD enum status opp_erase_pupil(struct work *work, struct pupil_id pupil);

#endif
