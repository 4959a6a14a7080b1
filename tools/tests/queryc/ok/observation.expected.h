/* Made by queryc from observation.sql: change it there. */
#ifndef GEN_OBSERVATION_SQL_H
#define GEN_OBSERVATION_SQL_H

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

/*
 * Statements about observations.
 * This comment belongs to the file; it mentions / * and * / to see that nothing breaks.
 */

/* Newest first. */
struct sql_observation_of_pupil {
    struct observation_id id;
    int32_t kind;
    const char *title;
    const char *remark; /* may be NULL */
    struct date seen_on;
    struct sealed body_sealed;
    int64_t changed_at;
    int64_t closed_at;
    int64_t weight;
    struct bytes thumb;
};
#line 5 "ok/observation.sql"
NODISCARD enum status sql_observation_of_pupil(struct db *db, struct arena *arena,
                                               struct school_id school, struct pupil_id pupil,
                                               int32_t most,
                                               struct sql_observation_of_pupil **ret_rows,
                                               size_t *ret_count);
#line 43 "gen/observation_sql.h"

#line 13 "ok/observation.sql"
NODISCARD enum status sql_observation_latest(struct db *db, struct arena *arena,
                                             struct school_id school, struct pupil_id pupil,
                                             struct sql_observation_of_pupil *ret_row);
#line 49 "gen/observation_sql.h"

#line 18 "ok/observation.sql"
NODISCARD enum status sql_observation_add(struct db *db, struct school_id school,
                                          struct observation_id id, struct pupil_id pupil,
                                          int32_t kind, const char *title, const char *remark,
                                          struct date seen_on, struct sealed body, int64_t at,
                                          int64_t weight, struct bytes thumb, size_t *ret_changed);
#line 57 "gen/observation_sql.h"

#line 24 "ok/observation.sql"
NODISCARD enum status sql_observation_close(struct db *db, struct school_id school,
                                            struct observation_id id, int64_t at,
                                            size_t *ret_changed);
#line 63 "gen/observation_sql.h"

struct sql_observation_reopen {
    struct pupil_id pupil;
    bool is_open;
};
#line 27 "ok/observation.sql"
NODISCARD enum status sql_observation_reopen(struct db *db, struct arena *arena,
                                             struct school_id school, struct observation_id id,
                                             struct sql_observation_reopen *ret_row);
#line 73 "gen/observation_sql.h"

struct sql_observation_counts {
    struct pupil_id id;
    bool is_active;
    struct date left_on;
    int64_t observations;
    struct date last_on;
    const char *last_title_text; /* may be NULL */
};
#line 31 "ok/observation.sql"
NODISCARD enum status sql_observation_counts(struct db *db, struct arena *arena,
                                             struct school_id school, struct date since,
                                             struct sql_observation_counts **ret_rows,
                                             size_t *ret_count);
#line 88 "gen/observation_sql.h"

struct sql_observation_total {
    int64_t words;
};
#line 41 "ok/observation.sql"
NODISCARD enum status sql_observation_total(struct db *db, struct arena *arena,
                                            struct sql_observation_total *ret_row);
#line 96 "gen/observation_sql.h"

/* Every statement above; NULL at the end. */
extern const struct query *const sql_observation_queries[];

#endif
