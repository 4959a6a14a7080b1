/* Made by queryc from school_rule.sql: change it there. */
#ifndef GEN_SCHOOL_RULE_SQL_H
#define GEN_SCHOOL_RULE_SQL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/ids.h"
#include "base/status.h"

struct arena;
struct db;
struct query;

/* Every way to tie a table to :school that queryc understands. */

struct sql_rule_plain {
    struct group_id id;
    const char *name;
};
#line 3 "ok/school_rule.sql"
NODISCARD enum status sql_rule_plain(struct db *db, struct arena *arena, struct school_id school,
                                     struct sql_rule_plain **ret_rows, size_t *ret_count);
#line 27 "gen/school_rule_sql.h"

struct sql_rule_turned {
    struct group_id id;
};
#line 6 "ok/school_rule.sql"
NODISCARD enum status sql_rule_turned(struct db *db, struct arena *arena, struct school_id school,
                                      struct sql_rule_turned **ret_rows, size_t *ret_count);
#line 35 "gen/school_rule_sql.h"

/* A chain: guardian, pupil, group. */
struct sql_rule_chain {
    struct guardian_id id;
    const char *group_name;
};
#line 10 "ok/school_rule.sql"
NODISCARD enum status sql_rule_chain(struct db *db, struct arena *arena, struct school_id school,
                                     struct sql_rule_chain **ret_rows, size_t *ret_count);
#line 45 "gen/school_rule_sql.h"

struct sql_rule_comma {
    struct pupil_id id;
};
#line 17 "ok/school_rule.sql"
NODISCARD enum status sql_rule_comma(struct db *db, struct arena *arena, struct school_id school,
                                     struct sql_rule_comma **ret_rows, size_t *ret_count);
#line 53 "gen/school_rule_sql.h"

struct sql_rule_left {
    struct pupil_id id;
    struct observation_id observation;
    const char *title; /* may be NULL */
};
#line 21 "ok/school_rule.sql"
NODISCARD enum status sql_rule_left(struct db *db, struct arena *arena, struct school_id school,
                                    struct sql_rule_left **ret_rows, size_t *ret_count);
#line 63 "gen/school_rule_sql.h"

struct sql_rule_right {
    struct pupil_id id;
    struct guardian_id guardian;
};
#line 27 "ok/school_rule.sql"
NODISCARD enum status sql_rule_right(struct db *db, struct arena *arena, struct school_id school,
                                     struct sql_rule_right **ret_rows, size_t *ret_count);
#line 72 "gen/school_rule_sql.h"

/* Nothing of the other side gets through where each is tied before they meet. */
struct sql_rule_full {
    struct pupil_id one_pupil_id;
    struct pupil_id other_pupil_id;
};
#line 33 "ok/school_rule.sql"
NODISCARD enum status sql_rule_full(struct db *db, struct arena *arena, struct school_id school,
                                    struct sql_rule_full **ret_rows, size_t *ret_count);
#line 82 "gen/school_rule_sql.h"

struct sql_rule_nested_join {
    struct group_id id;
    struct guardian_id guardian;
};
#line 39 "ok/school_rule.sql"
NODISCARD enum status sql_rule_nested_join(struct db *db, struct arena *arena,
                                           struct school_id school,
                                           struct sql_rule_nested_join **ret_rows,
                                           size_t *ret_count);
#line 93 "gen/school_rule_sql.h"

struct sql_rule_exists {
    struct pupil_id id;
};
#line 46 "ok/school_rule.sql"
NODISCARD enum status sql_rule_exists(struct db *db, struct arena *arena, struct school_id school,
                                      struct sql_rule_exists **ret_rows, size_t *ret_count);
#line 101 "gen/school_rule_sql.h"

/* The inner "school" is that of the only table around it. */
struct sql_rule_scalar {
    struct pupil_id id;
    int64_t seen;
    struct sealed body_sealed;
    bool is_first;
};
#line 55 "ok/school_rule.sql"
NODISCARD enum status sql_rule_scalar(struct db *db, struct arena *arena, struct school_id school,
                                      struct sql_rule_scalar **ret_rows, size_t *ret_count);
#line 113 "gen/school_rule_sql.h"

struct sql_rule_derived {
    struct pupil_id id;
    int64_t times;
};
#line 64 "ok/school_rule.sql"
NODISCARD enum status sql_rule_derived(struct db *db, struct arena *arena, struct school_id school,
                                       struct sql_rule_derived **ret_rows, size_t *ret_count);
#line 122 "gen/school_rule_sql.h"

struct sql_rule_cte {
    struct pupil_id id;
};
#line 71 "ok/school_rule.sql"
NODISCARD enum status sql_rule_cte(struct db *db, struct arena *arena, struct school_id school,
                                   int32_t kind, struct sql_rule_cte **ret_rows, size_t *ret_count);
#line 130 "gen/school_rule_sql.h"

/* A CTE may count on itself. */
struct sql_rule_recursive {
    struct group_id id;
    const char *name;
};
#line 77 "ok/school_rule.sql"
NODISCARD enum status sql_rule_recursive(struct db *db, struct arena *arena,
                                         struct school_id school, struct group_id root,
                                         struct sql_rule_recursive **ret_rows, size_t *ret_count);
#line 141 "gen/school_rule_sql.h"

struct sql_rule_union {
    struct pupil_id child_id;
    int64_t kind;
};
#line 85 "ok/school_rule.sql"
NODISCARD enum status sql_rule_union(struct db *db, struct arena *arena, struct school_id school,
                                     struct sql_rule_union **ret_rows, size_t *ret_count);
#line 150 "gen/school_rule_sql.h"

/* Of no school: words, boards and the list of schools themselves. */
struct sql_rule_none {
    struct school_id id;
    const char *name;
    const char *board_name;
};
#line 92 "ok/school_rule.sql"
NODISCARD enum status sql_rule_none(struct db *db, struct arena *arena,
                                    struct sql_rule_none **ret_rows, size_t *ret_count);
#line 161 "gen/school_rule_sql.h"

struct sql_rule_own_school {
    const char *name;
    const char *brin; /* may be NULL */
};
#line 96 "ok/school_rule.sql"
NODISCARD enum status sql_rule_own_school(struct db *db, struct arena *arena,
                                          struct school_id school,
                                          struct sql_rule_own_school *ret_row);
#line 171 "gen/school_rule_sql.h"

#line 99 "ok/school_rule.sql"
NODISCARD enum status sql_rule_insert_select(struct db *db, struct school_id school, int64_t at,
                                             size_t *ret_changed);
#line 176 "gen/school_rule_sql.h"

#line 103 "ok/school_rule.sql"
NODISCARD enum status sql_rule_upsert(struct db *db, struct school_id school,
                                      struct observation_id id, struct pupil_id pupil,
                                      struct sealed body, int64_t at, size_t *ret_changed);
#line 182 "gen/school_rule_sql.h"

/* The token is unique among all schools, so the row in the way may be of another. */
#line 111 "ok/school_rule.sql"
NODISCARD enum status sql_rule_upsert_elsewhere(struct db *db, struct school_id school,
                                                struct pupil_id pupil, const char *token,
                                                size_t *ret_changed);
#line 189 "gen/school_rule_sql.h"

struct sql_rule_insert_quietly {
    struct guardian_id id;
    struct sealed name_sealed;
};
#line 115 "ok/school_rule.sql"
NODISCARD enum status sql_rule_insert_quietly(struct db *db, struct arena *arena,
                                              struct school_id school, struct guardian_id id,
                                              struct pupil_id pupil, struct sealed name,
                                              struct sql_rule_insert_quietly *ret_row);
#line 200 "gen/school_rule_sql.h"

#line 119 "ok/school_rule.sql"
NODISCARD enum status sql_rule_update_from(struct db *db, struct school_id school, int32_t grade,
                                           size_t *ret_changed);
#line 205 "gen/school_rule_sql.h"

#line 125 "ok/school_rule.sql"
NODISCARD enum status sql_rule_update_part(struct db *db, struct school_id school,
                                           struct pupil_id id, size_t *ret_changed);
#line 210 "gen/school_rule_sql.h"

struct sql_rule_delete {
    struct guardian_id id;
};
#line 131 "ok/school_rule.sql"
NODISCARD enum status sql_rule_delete(struct db *db, struct arena *arena, struct school_id school,
                                      struct sql_rule_delete **ret_rows, size_t *ret_count);
#line 218 "gen/school_rule_sql.h"

#line 137 "ok/school_rule.sql"
NODISCARD enum status sql_rule_delete_with(struct db *db, struct school_id school,
                                           size_t *ret_changed);
#line 223 "gen/school_rule_sql.h"

/* Every statement above; NULL at the end. */
extern const struct query *const sql_school_rule_queries[];

#endif
