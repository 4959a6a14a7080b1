/*
 * Every statement of the program is understood by both engines: prepared and run once with all
 * parameters NULL, which may break a rule of the data but never the language. queryc has asked
 * SQLite when it was built; PostgreSQL is asked here.
 */
#include "db/db_fixture.h"

#include "gen/all_queries.h"

#define PARAMS_MAX 64

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

int main(void)
{
    const struct CMUnitTest tests[] = {
        fixture_each_engine_migrated(each_statement_is_understood),
    };
    return cmocka_run_group_tests_name("queries", tests, NULL, NULL);
}
