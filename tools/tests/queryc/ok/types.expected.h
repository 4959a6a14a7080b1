/* Made by queryc from types.sql: change it there. */
#ifndef GEN_TYPES_SQL_H
#define GEN_TYPES_SQL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/date.h"
#include "base/ids.h"
#include "base/status.h"

struct arena;
struct db;
struct query;

struct sql_types_one {
    int64_t number;
    const char *some_text; /* may be NULL */
    int64_t made_at;
    struct date made_on;
    struct bytes raw_bytes;
    struct sealed body_sealed;
    bool is_so;
    bool has_it;
    bool may_it;
    struct pupil_id other_pupil_id;
};
#line 1 "ok/types.sql"
NODISCARD enum status sql_types_one(struct db *db, struct arena *arena, struct school_id school,
                                    struct pupil_id pupil, int32_t whole, int64_t wide, bool yes,
                                    int64_t at, int64_t later, struct date day, struct date perhaps,
                                    const char *name, const char *nick, struct bytes blob,
                                    struct bytes thumb, struct sealed secret, struct sealed veil,
                                    struct group_id teaching_group, struct sql_types_one *ret_row);
#line 38 "gen/types_sql.h"

/* Through keys of keys a pupil remains a pupil. */
struct sql_types_far {
    struct school_id school;
    struct pupil_id pupil;
    const char *token;
    struct bytes wrapped;
    struct group_id teaching_group;
};
#line 13 "ok/types.sql"
NODISCARD enum status sql_types_far(struct db *db, struct arena *arena, struct school_id school,
                                    struct sql_types_far **ret_rows, size_t *ret_count);
#line 51 "gen/types_sql.h"

struct sql_types_dates {
    struct date left_on;
};
#line 20 "ok/types.sql"
NODISCARD enum status sql_types_dates(struct db *db, struct arena *arena, struct school_id school,
                                      struct sql_types_dates **ret_rows, size_t *ret_count);
#line 59 "gen/types_sql.h"

struct sql_types_sealed {
    struct sealed name_sealed;
};
#line 23 "ok/types.sql"
NODISCARD enum status sql_types_sealed(struct db *db, struct arena *arena, struct school_id school,
                                       struct sql_types_sealed **ret_rows, size_t *ret_count);
#line 67 "gen/types_sql.h"

#line 28 "ok/types.sql"
NODISCARD enum status sql_types_swap(struct db *db, struct school_id school, struct pupil_id id,
                                     struct sealed born, size_t *ret_changed);
#line 72 "gen/types_sql.h"

/* Every statement above; NULL at the end. */
extern const struct query *const sql_types_queries[];

#endif
