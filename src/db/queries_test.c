/*
 * Every statement of the program is understood by both engines: prepared and run once with all
 * parameters NULL, which may break a rule of the data but never the language. queryc has asked
 * SQLite when it was built; PostgreSQL is asked here.
 */
#include "db/db_fixture.h"

#include "db/engine.h"
#include "gen/all_queries.h"

#define PARAMS_MAX 64
#define PLAN_SIZE 4096

static enum status run_with_nulls(struct db *db, const struct query *query)
{
    static const struct db_value nulls[PARAMS_MAX];
    enum status st = db_begin(db, query->writes ? DB_WRITE : DB_READ);
    if (st != OK)
        return st;
    if (query->columns == 0) {
        st = db_exec(db, query, nulls, NULL);
    } else {
        struct db_rows rows;
        st = db_start(db, query, nulls, &rows);
        bool more = st == OK;
        while (st == OK && more)
            st = db_next(&rows, &more);
        if (st == OK)
            db_done(&rows);
    }
    db_rollback(db);
    return st;
}

static void each_statement_is_understood(void **state)
{
    struct db *db = fixture_db(state);
    size_t seen = 0;
    for (size_t t = 0; all_queries[t]; t++) {
        for (size_t q = 0; all_queries[t][q]; q++, seen++) {
            const struct query *query = all_queries[t][q];
            assert_true(query->params <= PARAMS_MAX);
            enum status st = run_with_nulls(db, query);
            if (st == ERR_DB || st == ERR_NOMEM)
                fail_msg("%s: %s", query->name, status_name(st));
        }
    }
    assert_true(seen > 100);
}

static const struct query *query_named(const char *name)
{
    for (size_t t = 0; all_queries[t]; t++)
        for (size_t q = 0; all_queries[t][q]; q++)
            if (strcmp(all_queries[t][q]->name, name) == 0)
                return all_queries[t][q];
    fail_msg("no statement %s", name);
    return NULL;
}

/* What SQLite means to do, line after line. */
static void plan_of(struct db *db, const char *name, char plan[PLAN_SIZE])
{
    static const struct db_value nulls[PARAMS_MAX];
    const struct query *query = query_named(name);
    char sql[PLAN_SIZE];
    snprintf(sql, sizeof sql, "EXPLAIN QUERY PLAN %s", query->sql);
    const struct query explain = {
        .name = "explain", .sql = sql, .params = query->params, .columns = 4};
    struct db_rows rows;
    bool more = false;
    size_t used = 0;
    plan[0] = '\0';
    assert_status(db_begin(db, DB_WRITE), OK);
    assert_status(db_start(db, &explain, nulls, &rows), OK);
    while (db_next(&rows, &more) == OK && more && used < PLAN_SIZE)
        used += (size_t)snprintf(plan + used, PLAN_SIZE - used, "%s\n", db_get_text(&rows, 3));
    db_done(&rows);
    db_rollback(db);
}

/*
 * Without schema_tell_shape() each of these reads all rows of the school to find those of one person
 * or group: nobody would notice before the school is large.
 */
static void what_belongs_to_one_is_found_without_the_rest(void **state)
{
    static const struct {
        const char *query, *finds;
    } expected[] = {
        {"actor_functions", "staff_function_by_staff (school=? AND staff=?)"},
        {"access_groups_of_pupil", "pupil_group_by_pupil (school=? AND pupil=?)"},
        {"group_rows_of_pupil", "pupil_group_by_pupil (school=? AND pupil=?)"},
        {"group_teacher_rows", "staff_function_by_group (school=? AND teaching_group=?)"},
        {"group_member_rows", "m USING PRIMARY KEY (school=? AND teaching_group=?)"},
        {"audit_of_pupil", "audit_by_pupil (school=? AND pupil=?)"},
        {"conversation_rows_of_pupil", "conversation_by_pupil (school=? AND pupil=?)"},
        {"attachment_rows", "attachment_by_conversation (school=? AND conversation=?)"},
        {"attachment_count", "attachment_by_conversation (school=? AND conversation=?)"},
        {"note_rows", "working_note_by_author (school=? AND author=?)"},
        {"practice_rows", "practice_by_staff (school=? AND staff=?)"},
        {"timeline_rows", "observation_by_pupil (school=? AND pupil=? AND removed_at=?)"},
    };
    for (size_t i = 0; i < ARRAY_LEN(expected); i++) {
        char plan[PLAN_SIZE];
        plan_of(fixture_db(state), expected[i].query, plan);
        if (!strstr(plan, expected[i].finds))
            fail_msg("%s: %s", expected[i].query, plan);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FIXTURE_TEST(what_belongs_to_one_is_found_without_the_rest, "", FIXTURE_MEMORY, migrations),
        fixture_each_engine_migrated(each_statement_is_understood),
    };
    return cmocka_run_group_tests_name("queries", tests, NULL, NULL);
}
