/*
 * audit_chain: the inside of audit that its two halves share, the chain in the database and the
 * spool on disk. Nobody outside access/ includes it.
 */
#ifndef ACCESS_AUDIT_CHAIN_H
#define ACCESS_AUDIT_CHAIN_H

#include <stddef.h>
#include <stdint.h>

#include "access/audit.h"
#include "base/status.h"

#define AUDIT_HASH_BYTES 32

/* One event, all numbers; the order of fields is the order in which they are hashed. */
struct audit_event {
    int64_t school, at_ms, actor_kind, actor, action, pupil, subject, request;
};

struct audit_event audit_event_of(const struct work *work, enum audit_action action, int64_t pupil,
                                  int64_t subject);

/* The hash of row `seq` that follows `previous` (all zero before the first). */
void audit_chain_hash(struct vault *vault, const uint8_t previous[AUDIT_HASH_BYTES],
                      const struct audit_event *event, int64_t seq,
                      uint8_t ret_hash[AUDIT_HASH_BYTES]);

/*
 * Appends in the open WRITE transaction those of the events that are of `school`, in their order;
 * the head is read and moved once. ERR_CONFLICT when another writer was next.
 */
NODISCARD enum status audit_chain_append(struct db *db, struct vault *vault, struct arena *arena,
                                         struct school_id school, const struct audit_event *events,
                                         size_t count);

#endif
