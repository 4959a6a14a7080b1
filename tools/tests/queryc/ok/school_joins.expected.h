/* Made by queryc from school_joins.sql: change it there. */
#ifndef GEN_SCHOOL_JOINS_SQL_H
#define GEN_SCHOOL_JOINS_SQL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/ids.h"
#include "base/status.h"

struct arena;
struct db;
struct query;

/* Tying a table to :school by joins, in every way that queryc understands. */

struct sql_rule_plain {
    struct group_id id;
    const char *name;
};
#line 3 "ok/school_joins.sql"
NODISCARD enum status sql_rule_plain(struct db *db, struct arena *arena, struct school_id school,
                                     struct sql_rule_plain **ret_rows, size_t *ret_count);
#line 26 "gen/school_joins_sql.h"

struct sql_rule_turned {
    struct group_id id;
};
#line 6 "ok/school_joins.sql"
NODISCARD enum status sql_rule_turned(struct db *db, struct arena *arena, struct school_id school,
                                      struct sql_rule_turned **ret_rows, size_t *ret_count);
#line 34 "gen/school_joins_sql.h"

/* A chain: guardian, pupil, group. */
struct sql_rule_chain {
    struct guardian_id id;
    const char *group_name;
};
#line 10 "ok/school_joins.sql"
NODISCARD enum status sql_rule_chain(struct db *db, struct arena *arena, struct school_id school,
                                     struct sql_rule_chain **ret_rows, size_t *ret_count);
#line 44 "gen/school_joins_sql.h"

struct sql_rule_comma {
    struct pupil_id id;
};
#line 17 "ok/school_joins.sql"
NODISCARD enum status sql_rule_comma(struct db *db, struct arena *arena, struct school_id school,
                                     struct sql_rule_comma **ret_rows, size_t *ret_count);
#line 52 "gen/school_joins_sql.h"

struct sql_rule_left {
    struct pupil_id id;
    struct observation_id observation;
    const char *title; /* may be NULL */
};
#line 21 "ok/school_joins.sql"
NODISCARD enum status sql_rule_left(struct db *db, struct arena *arena, struct school_id school,
                                    struct sql_rule_left **ret_rows, size_t *ret_count);
#line 62 "gen/school_joins_sql.h"

struct sql_rule_right {
    struct pupil_id id;
    struct guardian_id guardian;
};
#line 27 "ok/school_joins.sql"
NODISCARD enum status sql_rule_right(struct db *db, struct arena *arena, struct school_id school,
                                     struct sql_rule_right **ret_rows, size_t *ret_count);
#line 71 "gen/school_joins_sql.h"

/* Nothing of the other side gets through where each is tied before they meet. */
struct sql_rule_full {
    struct pupil_id one_pupil_id;
    struct pupil_id other_pupil_id;
};
#line 33 "ok/school_joins.sql"
NODISCARD enum status sql_rule_full(struct db *db, struct arena *arena, struct school_id school,
                                    struct sql_rule_full **ret_rows, size_t *ret_count);
#line 81 "gen/school_joins_sql.h"

struct sql_rule_nested_join {
    struct group_id id;
    struct guardian_id guardian;
};
#line 39 "ok/school_joins.sql"
NODISCARD enum status sql_rule_nested_join(struct db *db, struct arena *arena,
                                           struct school_id school,
                                           struct sql_rule_nested_join **ret_rows,
                                           size_t *ret_count);
#line 92 "gen/school_joins_sql.h"

/* Every statement above; NULL at the end. */
extern const struct query *const sql_school_joins_queries[];

#endif
