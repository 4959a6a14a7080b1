/* Made by queryc from school_within.sql: change it there. */
#ifndef GEN_SCHOOL_WITHIN_SQL_H
#define GEN_SCHOOL_WITHIN_SQL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/ids.h"
#include "base/status.h"

struct arena;
struct db;
struct query;

/* Tables within other statements: subqueries, CTEs, arms of a UNION; and tables of no school. */

struct sql_rule_exists {
    struct pupil_id id;
};
#line 3 "ok/school_within.sql"
NODISCARD enum status sql_rule_exists(struct db *db, struct arena *arena, struct school_id school,
                                      struct sql_rule_exists **ret_rows, size_t *ret_count);
#line 26 "gen/school_within_sql.h"

/* The inner "school" is that of the only table around it. */
struct sql_rule_scalar {
    struct pupil_id id;
    int64_t seen;
    struct sealed body_sealed;
    bool is_first;
};
#line 12 "ok/school_within.sql"
NODISCARD enum status sql_rule_scalar(struct db *db, struct arena *arena, struct school_id school,
                                      struct sql_rule_scalar **ret_rows, size_t *ret_count);
#line 38 "gen/school_within_sql.h"

struct sql_rule_derived {
    struct pupil_id id;
    int64_t times;
};
#line 21 "ok/school_within.sql"
NODISCARD enum status sql_rule_derived(struct db *db, struct arena *arena, struct school_id school,
                                       struct sql_rule_derived **ret_rows, size_t *ret_count);
#line 47 "gen/school_within_sql.h"

struct sql_rule_cte {
    struct pupil_id id;
};
#line 28 "ok/school_within.sql"
NODISCARD enum status sql_rule_cte(struct db *db, struct arena *arena, struct school_id school,
                                   int32_t kind, struct sql_rule_cte **ret_rows, size_t *ret_count);
#line 55 "gen/school_within_sql.h"

/* A CTE may count on itself. */
struct sql_rule_recursive {
    struct group_id id;
    const char *name;
};
#line 34 "ok/school_within.sql"
NODISCARD enum status sql_rule_recursive(struct db *db, struct arena *arena,
                                         struct school_id school, struct group_id root,
                                         struct sql_rule_recursive **ret_rows, size_t *ret_count);
#line 66 "gen/school_within_sql.h"

struct sql_rule_union {
    struct pupil_id child_id;
    int64_t kind;
};
#line 42 "ok/school_within.sql"
NODISCARD enum status sql_rule_union(struct db *db, struct arena *arena, struct school_id school,
                                     struct sql_rule_union **ret_rows, size_t *ret_count);
#line 75 "gen/school_within_sql.h"

/* Of no school: words, boards and the list of schools themselves. */
struct sql_rule_none {
    struct school_id id;
    const char *name;
    const char *board_name;
};
#line 49 "ok/school_within.sql"
NODISCARD enum status sql_rule_none(struct db *db, struct arena *arena,
                                    struct sql_rule_none **ret_rows, size_t *ret_count);
#line 86 "gen/school_within_sql.h"

struct sql_rule_own_school {
    const char *name;
    const char *brin; /* may be NULL */
};
#line 53 "ok/school_within.sql"
NODISCARD enum status sql_rule_own_school(struct db *db, struct arena *arena,
                                          struct school_id school,
                                          struct sql_rule_own_school *ret_row);
#line 96 "gen/school_within_sql.h"

/* Every statement above; NULL at the end. */
extern const struct query *const sql_school_within_queries[];

#endif
