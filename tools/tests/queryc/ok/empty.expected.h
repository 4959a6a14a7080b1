/* Made by queryc from empty.sql: change it there. */
#ifndef GEN_EMPTY_SQL_H
#define GEN_EMPTY_SQL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/status.h"

struct arena;
struct db;
struct query;

/* A file may have comments only. */

/* Every statement above; NULL at the end. */
extern const struct query *const sql_empty_queries[];

#endif
