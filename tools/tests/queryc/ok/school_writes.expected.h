/* Made by queryc from school_writes.sql: change it there. */
#ifndef GEN_SCHOOL_WRITES_SQL_H
#define GEN_SCHOOL_WRITES_SQL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/ids.h"
#include "base/status.h"

struct arena;
struct db;
struct query;

/* Writes that tie what they touch to :school. */

#line 3 "ok/school_writes.sql"
NODISCARD enum status sql_rule_insert_select(struct db *db, struct school_id school, int64_t at,
                                             size_t *ret_changed);
#line 23 "gen/school_writes_sql.h"

#line 7 "ok/school_writes.sql"
NODISCARD enum status sql_rule_upsert(struct db *db, struct school_id school,
                                      struct observation_id id, struct pupil_id pupil,
                                      struct sealed body, int64_t at, size_t *ret_changed);
#line 29 "gen/school_writes_sql.h"

/* The token is unique among all schools, so the row in the way may be of another. */
#line 15 "ok/school_writes.sql"
NODISCARD enum status sql_rule_upsert_elsewhere(struct db *db, struct school_id school,
                                                struct pupil_id pupil, const char *token,
                                                size_t *ret_changed);
#line 36 "gen/school_writes_sql.h"

struct sql_rule_insert_quietly {
    struct guardian_id id;
    struct sealed name_sealed;
};
#line 19 "ok/school_writes.sql"
NODISCARD enum status sql_rule_insert_quietly(struct db *db, struct arena *arena,
                                              struct school_id school, struct guardian_id id,
                                              struct pupil_id pupil, struct sealed name,
                                              struct sql_rule_insert_quietly *ret_row);
#line 47 "gen/school_writes_sql.h"

#line 23 "ok/school_writes.sql"
NODISCARD enum status sql_rule_update_from(struct db *db, struct school_id school, int32_t grade,
                                           size_t *ret_changed);
#line 52 "gen/school_writes_sql.h"

#line 29 "ok/school_writes.sql"
NODISCARD enum status sql_rule_update_part(struct db *db, struct school_id school,
                                           struct pupil_id id, size_t *ret_changed);
#line 57 "gen/school_writes_sql.h"

struct sql_rule_delete {
    struct guardian_id id;
};
#line 35 "ok/school_writes.sql"
NODISCARD enum status sql_rule_delete(struct db *db, struct arena *arena, struct school_id school,
                                      struct sql_rule_delete **ret_rows, size_t *ret_count);
#line 65 "gen/school_writes_sql.h"

#line 41 "ok/school_writes.sql"
NODISCARD enum status sql_rule_delete_with(struct db *db, struct school_id school,
                                           size_t *ret_changed);
#line 70 "gen/school_writes_sql.h"

/* Every statement above; NULL at the end. */
extern const struct query *const sql_school_writes_queries[];

#endif
