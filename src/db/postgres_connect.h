/* postgres_connect: how this program's connections to PostgreSQL are made. For db/ only. */
#ifndef DB_POSTGRES_CONNECT_H
#define DB_POSTGRES_CONNECT_H

#include "base/status.h"
#include "db/libpq.h"

/*
 * A connection to `url`, or an attempt at one: PQstatus() says which. NULL when memory is out.
 * Waits at most five seconds; a server that fell silent is noticed within half a minute.
 */
PGconn *postgres_connect(const struct libpq *lib, const char *url);

/* ERR_DB, after one line in the log, when it is no connection to a server that is new enough. */
NODISCARD enum status postgres_check(const struct libpq *lib, const PGconn *conn);

#endif
