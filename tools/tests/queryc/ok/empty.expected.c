/* Made by queryc from empty.sql: change it there. */
#include "gen/empty_sql.h"

#include "base/arena.h"
#include "db/db.h"

const struct query *const sql_empty_queries[] = {
    NULL,
};
