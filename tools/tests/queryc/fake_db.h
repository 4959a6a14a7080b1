/*
 * A db.h of a hundred lines, for run_test.c alone: SQLite in memory, no transactions, no cache.
 * Tests of generated code must not wait for, or lean on, the real one.
 */
#ifndef QUERYC_FAKE_DB_H
#define QUERYC_FAKE_DB_H

#include <sqlite3.h>
#include <stddef.h>

struct db {
    sqlite3 *sqlite;
    size_t started; /* statements that were begun */
    size_t open;    /* of those, without their db_done */
    size_t fail_at; /* the n-th db_next or db_exec from now on answers ERR_DB; 0: none */
};

#endif
