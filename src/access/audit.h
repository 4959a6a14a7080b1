/*
 * audit: who did and read what, when, about whom; and that nobody can rewrite it unnoticed (R14).
 *
 * Rows hold ids and enums, never text. Per school they form a chain: each row's hash is a BLAKE2b
 * keyed from the master key over the previous hash and the row, so that somebody who can write in
 * the database cannot make a chain that verifies. The head of the chain is keyed as well: who cuts
 * rows off the end would need a head of that length, which only an older copy of the database has.
 * Making a school writes its first row, so no school has an empty chain. `weerklank audit verify`
 * walks it.
 *
 * Changes are written in the transaction of the change itself (audit_change): both or neither.
 * Readings may not make a read page wait for the disk: audit_seen() appends the event to a spool
 * file before the page is sent (one write call: it survives a killed process), and a thread moves
 * the spool into the chain. If the spool cannot be written the page is not shown. A crash between
 * moving and emptying the spool can repeat a reading in the log, never lose one.
 */
#ifndef ACCESS_AUDIT_H
#define ACCESS_AUDIT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/ids.h"
#include "base/status.h"

struct arena;
struct db;
struct random;
struct vault;
struct work;
struct audit_spool;

/* The numbers are stored: add at the end, never renumber. */
enum audit_action {
    AUDIT_SIGN_IN = 1,
    AUDIT_SIGN_IN_REFUSED = 2,
    AUDIT_SIGN_OUT = 3,
    AUDIT_PASSWORD_SET = 4,
    AUDIT_SECOND_FACTOR_SET = 5,
    AUDIT_SESSION_ENDED = 6,
    AUDIT_SECOND_FACTOR_RESET = 7, /* by an administrator, for somebody who lost it */
    AUDIT_GROUP_SEEN = 10,
    AUDIT_DOSSIER_SEEN = 11,
    AUDIT_DOSSIER_PRINTED = 12,
    AUDIT_LOG_SEEN = 13,
    AUDIT_PUPIL_DATA_SEEN = 14,  /* name, birth date, guardians: no dossier */
    AUDIT_EMERGENCY_OPENED = 15, /* a dossier outside the rules, for a day, with a reason */
    AUDIT_OBSERVATION_ADDED = 20,
    AUDIT_OBSERVATION_CHANGED = 21,
    AUDIT_OBSERVATION_REMOVED = 22,
    AUDIT_OBSERVATION_SEEN = 23,
    AUDIT_NOTE_KEPT = 24, /* a working note exists; nothing more is said of it */
    AUDIT_BADGES_PRINTED = 30,
    AUDIT_BADGE_REVOKED = 31,
    AUDIT_PICTURE_CODE_SET = 32,
    AUDIT_CLASS_DEVICE_OPENED = 33,
    AUDIT_CLASS_DEVICE_CLOSED = 34,
    AUDIT_SCHOOL_MADE = 40,
    AUDIT_STRUCTURE_CHANGED = 41,
    AUDIT_FUNCTION_GIVEN = 42,
    AUDIT_FUNCTION_TAKEN = 43,
    AUDIT_ROSTER_APPLIED = 44,
    AUDIT_PUPIL_LEFT = 45,
    AUDIT_PUPIL_ERASED = 46,
    AUDIT_YEAR_ACTIVATED = 47,
    AUDIT_ACCOUNT_INVITED = 48,
    AUDIT_ACCOUNT_DISABLED = 49,
    AUDIT_KEYS_ROTATED = 50,
    AUDIT_PURGED = 51,
    AUDIT_EXPORTED = 52,
    AUDIT_ACCOUNT_ENABLED = 53,
    /* 54-69 are free for signing in and structure */
    AUDIT_CONVERSATION_PLANNED = 70,
    AUDIT_CONVERSATION_MOVED = 71,
    AUDIT_CONVERSATION_CANCELLED = 72,
    AUDIT_CONVERSATION_INVITED = 73,
    AUDIT_CONVERSATION_PREPARED = 74,
    AUDIT_CONVERSATION_STARTED = 75,
    AUDIT_CONVERSATION_CLOSED = 76,
    AUDIT_CONVERSATION_EVALUATED = 77,
    AUDIT_CONVERSATION_REOPENED = 78,
    AUDIT_CONVERSATION_NOTED = 79, /* an informal one */
    AUDIT_CONVERSATION_SEEN = 80,
    AUDIT_CONVERSATION_PRINTED = 81,
    AUDIT_PARTICIPANT_ADDED = 82,
    AUDIT_PARTICIPANT_REMOVED = 83,
    AUDIT_ANSWER_SAVED = 84,
    AUDIT_ATTACHMENT_ADDED = 85,
    AUDIT_ATTACHMENT_SEEN = 86,
    AUDIT_ATTACHMENT_REMOVED = 87,
    AUDIT_GOAL_SET = 90,
    AUDIT_GOAL_CHANGED = 91,
    AUDIT_GOAL_ENDED = 92,
    AUDIT_NEED_SET = 93,
    AUDIT_NEED_CHANGED = 94,
    AUDIT_AGREEMENT_MADE = 95,
    AUDIT_AGREEMENT_CHANGED = 96,
    AUDIT_AGREEMENT_ENDED = 97,
    AUDIT_AGREEMENT_LOOKED_AT = 98,
    AUDIT_PLAN_MADE = 99,
    AUDIT_PLAN_CHANGED = 100,
    AUDIT_PLAN_EVALUATED = 101,
    AUDIT_SHARING_DECIDED = 102,
    AUDIT_SHARING_EXCEPTION = 103, /* safety first, against or without the pupil's choice */
    AUDIT_SHARED_SEEN = 104,       /* by a guardian or an external */
    AUDIT_LINK_MADE = 105,
    AUDIT_LINK_REVOKED = 106,
    AUDIT_TALK_WISHED = 107,
    AUDIT_METHOD_PUBLISHED = 108,
    AUDIT_METHOD_WITHDRAWN = 109,
    AUDIT_CALENDAR_MADE = 110, /* a secret link to the own calendar */
    AUDIT_CALENDAR_ENDED = 111,
    AUDIT_CONVERSATION_MERGED = 112, /* what was prepared for another one went into this one */
    AUDIT_TALK_WISH_ENDED = 113,
    AUDIT_DOSSIER_SEARCHED = 130, /* something in it was found by searching, and shown */
    AUDIT_SHEET_PRINTED = 131,    /* one page of what was agreed, for the pupil or for home */
    AUDIT_TEXT_TAKEN = 132,       /* a text for the school's pupil-tracking system */
    AUDIT_OPP_ADDED = 133,        /* a moment of the OPP, and how the pupil was heard */
    AUDIT_OPP_CHANGED = 134,
    AUDIT_OPP_REMOVED = 135,
    AUDIT_OPP_SEEN = 136,
    AUDIT_OPP_PRINTED = 137,
};

/* For the log page and --json: "dossier_seen". Never NULL. */
const char *audit_action_name(enum audit_action action);
/* For people, after a name: msgid "looked at the dossier". Never NULL. */
const char *audit_action_words(enum audit_action action);
/* Who did it, where no name is at hand: msgid "a parent"; of staff the ones without a row any more.
 * Never NULL. */
const char *audit_actor_words(int64_t actor_kind);

/* Notes a change of work->actor at work's school, in the open WRITE transaction. Ids 0: none. */
NODISCARD enum status audit_change(struct work *work, enum audit_action action, int64_t pupil,
                                   int64_t subject);

/*
 * For thousands of changes in one transaction: until the end, audit_change() adds rows and leaves
 * the head of the chain where it was, for a row that is written again and again is slow on
 * PostgreSQL. The end moves the head when `so_far` is OK and answers the first failure; it always
 * follows, before the commit or rollback. Only what work itself does is noted meanwhile.
 */
struct audit_batch {
    int64_t from_seq, seq; /* 0: the chain was empty */
    uint8_t hash[32];
};
NODISCARD enum status audit_batch_begin(struct work *work, struct audit_batch *batch);
NODISCARD enum status audit_batch_end(struct work *work, enum status so_far);

/* Notes a reading; durable against a killed process when it answers OK. ERR_IO: do not show. */
NODISCARD enum status audit_seen(struct work *work, enum audit_action action, int64_t pupil,
                                 int64_t subject);

/*
 * The spool of this process in `directory`. Spools that dead processes left there are adopted by
 * the next drain. NULL-safe close.
 */
NODISCARD enum status audit_spool_open(const char *directory, struct audit_spool **ret_spool);
void audit_spool_close(struct audit_spool *spool);

/*
 * Moves everything spooled so far into the chain, in transactions of its own on `db`. What was read
 * at a school that this database does not have (any more) is left out, with one line in the
 * program's log.
 */
NODISCARD enum status audit_spool_drain(struct audit_spool *spool, struct db *db,
                                        struct vault *vault, struct arena *arena);

/*
 * How many spools with events in `directory` belong to no living process: what a crash left, which
 * the next drain adopts.
 */
NODISCARD enum status audit_spools_waiting(const char *directory, size_t *ret_count);

/* One line of the log. */
struct audit_line {
    int64_t seq; /* its place in the school's chain */
    int64_t at_ms;
    int actor_kind; /* enum actor_kind; 5: nobody signed in */
    int64_t actor, pupil, subject;
    enum audit_action action;
};

/* About one pupil, newest first. The caller checked the right. */
NODISCARD enum status audit_of_pupil(struct work *work, struct pupil_id pupil, int most,
                                     struct audit_line **ret, size_t *ret_count);

/*
 * The school's log before line `before` (INT64_MAX: from the end), newest first: actions from
 * `low` up to and including `high`. The caller checked the right.
 */
NODISCARD enum status audit_latest(struct work *work, int64_t before, int low, int high, int most,
                                   struct audit_line **ret, size_t *ret_count);

/* Result of a walk over one school's chain. */
struct audit_verdict {
    struct school_id school;
    int64_t rows;
    int64_t broken_at; /* seq of the first row that does not fit; 0: the chain holds */
};

/*
 * Verifies one school's chain inside an open READ transaction. ERR_CORRUPT when it does not hold,
 * or is not there.
 */
NODISCARD enum status audit_verify(struct db *db, struct vault *vault, struct arena *arena,
                                   struct school_id school, struct audit_verdict *ret_verdict);

/*
 * Where a chain stands: its last row and that row's hash. Kept outside the machine it shows later
 * that nobody put an older copy of the log (with a head that fits it) in place of the present one.
 */
#define AUDIT_HEAD_BYTES 32
struct audit_head {
    int64_t seq;
    uint8_t hash[AUDIT_HEAD_BYTES];
};

/* In an open transaction. ERR_NOT_FOUND for a school without a log, ERR_CORRUPT for a head that is
 * none. */
NODISCARD enum status audit_head_now(struct db *db, struct arena *arena, struct school_id school,
                                     struct audit_head *ret_head);
/* Is row `head.seq` of this school still the one with that hash? Says nothing about the rows before
 * it: that is audit_verify(). */
NODISCARD enum status audit_head_holds(struct db *db, struct arena *arena, struct school_id school,
                                       const struct audit_head *head, bool *ret_holds);

#endif
