/*
 * relay: processes on one PostgreSQL tell each other numbers, and nothing else. What a number means
 * is the callers' matter; it must be worth nothing to who may listen on this database.
 *
 * A relay is one connection and one thread of its own (LISTEN and NOTIFY). It does not send from
 * the transaction that changed something: a NOTIFY makes all commits of the whole server wait for
 * each other, and a lost one is no reason to take back what somebody wrote. What is said while the
 * server is away goes out when it is back. Not for connections through a pool that lends them per
 * transaction (docs/admin.md).
 */
#ifndef DB_RELAY_H
#define DB_RELAY_H

#include <stdint.h>

#include "base/status.h"

struct relay;

/* Both are called in the relay's thread, and may call relay_say(). */
struct relay_hooks {
    void *context;
    /* Another process said it. A number said twice within a moment may be heard once. */
    void (*heard)(void *context, uint64_t number);
    /*
     * Anything may have been said: this relay has just begun to listen, did not for a while, or
     * somebody said more than it could hold.
     */
    void (*missed)(void *context);
};

/*
 * Starts listening; the first `missed` says that it does. `url` is that of db_open() and outlives
 * the relay. ERR_NOMEM, ERR_IO, ERR_DB when there is no libpq. A server that is away is asked
 * again, within seconds, for ever.
 */
NODISCARD enum status relay_open(const char *url, const struct relay_hooks *hooks,
                                 struct relay **ret_relay);

/* What was said goes out first, if the server is there. NULL is fine. */
void relay_close(struct relay *relay);

/* From any thread; never waits for the server. Call it after the commit. NULL is fine: nobody
 * hears. */
void relay_say(struct relay *relay, uint64_t number);

#endif
