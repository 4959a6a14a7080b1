/*
 * postgres_value: values on their way to and from libpq. Integers go as text, because then the
 * server gives them the width of the column they meet; text and bytes go as they are (binary), and
 * everything comes back binary. Knows nothing of connections.
 */
#ifndef DB_POSTGRES_VALUE_H
#define DB_POSTGRES_VALUE_H

#include <libpq-fe.h>

#include "db/db.h"

#define POSTGRES_TEXT 0
#define POSTGRES_BINARY 1
#define POSTGRES_PARAMS_MAX UINT8_MAX /* what struct query can count */

/* The arrays that PQexecPrepared wants. Borrows from the values it was filled with. */
struct postgres_params {
    const char *values[POSTGRES_PARAMS_MAX];
    int lengths[POSTGRES_PARAMS_MAX];
    int formats[POSTGRES_PARAMS_MAX];
    char digits[POSTGRES_PARAMS_MAX][24];
};

/* False when a value is larger than the protocol can carry. */
bool postgres_params(struct postgres_params *to, const struct db_value *args, unsigned count);

/* What a column of this type reads as; DB_NULL for a type that our statements do not use. */
enum db_type postgres_type(Oid type);

/*
 * A whole number from any type that reads as DB_INT. SUM over BIGINT is NUMERIC to the server: its
 * fraction is dropped, and what does not fit becomes INT64_MAX or INT64_MIN.
 */
int64_t postgres_int(Oid type, const char *data, int len);

#endif
