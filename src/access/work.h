/*
 * work: one unit of work. Who does it, when, in which transaction, with which keys and memory.
 * Every rule takes it first; nothing of this is global. Made by the dispatcher per request and by
 * a subcommand per run.
 */
#ifndef ACCESS_WORK_H
#define ACCESS_WORK_H

#include <stdint.h>

#include "access/actor.h"
#include "base/date.h"
#include "base/ids.h"

struct arena;
struct audit_batch;
struct audit_spool;
struct db;
struct method_shelf;
struct random;
struct vault;

struct work {
    struct db *db; /* inside a transaction */
    struct arena *arena;
    struct vault *vault;
    struct random *random;
    int64_t now_ms;
    struct date today; /* of now_ms, in Dutch time */
    const struct actor *actor;
    struct audit_spool *spool; /* where readings are noted */
    uint64_t request;          /* 0 outside a request */
    struct method_shelf *shelf; /* read methods, shared by all threads */

    /* Thousands of changes in one transaction: audit_batch_begin() and dossier_reserve(). */
    struct audit_batch *batch;
    int64_t slots_from, slots_until;

    /* access.c's own: what it found out about the pupil and the conversation asked about last. */
    struct access_found {
        const struct actor *actor;   /* of whom; of another one nothing of it holds */
        struct pupil_id known_pupil; /* is at the school */
        struct pupil_id near_pupil;  /* stands to the actor as `nearness` says */
        int nearness;
        struct conversation_id conversation; /* the actor has `right` on it */
        int right;                           /* enum right */
    } found;
};

static inline struct school_id work_school(const struct work *work)
{
    return work->actor->school;
}

/* A fresh id for a new row. */
static inline int64_t work_new_id(const struct work *work)
{
    return id_new(work->random);
}

#endif
