#include <assert.h>

#include "base/log.h"
#include "base/str.h"
#include "db/cache.h"
#include "db/engine.h"
#include "db/libpq.h"
#include "db/postgres_connect.h"
#include "db/postgres_value.h"

#define OLDEST_SERVER 150000 /* PostgreSQL 15 */

struct postgres {
    struct db db; /* first: a struct db of this engine is a struct postgres */
    struct libpq lib;
    PGconn *conn;
    bool streaming; /* the open rows arrive one by one */
    bool outdated;  /* a known statement no longer fits the schema */
    struct cache cache;
};

/* The server forgets these with the connection, so they are set again after each. */
static const char setup[] = "SET lock_timeout = '5s'; SET client_min_messages = warning";

static const struct {
    const char *state; /* SQLSTATE, or the beginning of one */
    enum status status;
} statuses[] = {
    {"23505", ERR_CONFLICT}, /* unique_violation */
    {"23503", ERR_CONFLICT}, /* foreign_key_violation */
    {"40001", ERR_CONFLICT}, /* serialization_failure */
    {"40P01", ERR_CONFLICT}, /* deadlock_detected */
    {"23514", ERR_INVALID},  /* check_violation */
    {"23502", ERR_INVALID},  /* not_null_violation */
    {"22", ERR_INVALID},     /* data exceptions: a value that does not fit its column */
    {"53100", ERR_LIMIT},    /* disk_full */
    {"54", ERR_LIMIT},       /* program_limit_exceeded: larger than the engine can */
};

static struct postgres *of(const struct db *db)
{
    return (struct postgres *)(uintptr_t)db;
}

static void ignore_notice(void *arg UNUSED, const PGresult *result UNUSED)
{
}

static enum status status_of(const char *state)
{
    for (size_t i = 0; i < ARRAY_LEN(statuses); i++)
        if (str_starts(state, statuses[i].state))
            return statuses[i].status;
    return ERR_DB;
}

/*
 * Translates, logs and clears. Once values are sent the server's words may hold one, so then only
 * the code and the name of the constraint are told.
 */
static enum status failed(struct postgres *pg, const char *name, PGresult *result, bool tell)
{
    const char *state = pg->lib.PQresultErrorField(result, PG_DIAG_SQLSTATE);
    const char *constraint = pg->lib.PQresultErrorField(result, PG_DIAG_CONSTRAINT_NAME);
    const char *words = pg->lib.PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
    enum status st = state ? status_of(state) : ERR_DB;
    enum log_level level = st == ERR_CONFLICT  ? LOG_DEBUG
                           : st == ERR_INVALID ? LOG_WARN
                                               : LOG_ERROR;
    log_event(level, "db_failed",
              "engine=postgresql query=%s status=%s sqlstate=%s constraint=%s cause=\"%s\"", name,
              status_name(st), state ? state : "-", constraint ? constraint : "-",
              pg->lib.PQstatus(pg->conn) != CONNECTION_OK ? "connection lost"
              : tell && words                             ? words
                                                          : "-");
    pg->lib.PQclear(result);
    return st;
}

/* Runs our own text, which holds no values. */
static enum status run(struct postgres *pg, const char *name, const char *sql)
{
    PGresult *result = pg->lib.PQexec(pg->conn, sql);
    ExecStatusType status = pg->lib.PQresultStatus(result);
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK && status != PGRES_EMPTY_QUERY)
        return failed(pg, name, result, true);
    pg->lib.PQclear(result);
    return OK;
}

static void forget_all(struct postgres *pg)
{
    for (size_t i = 0; i < CACHE_SLOTS; i++)
        cache_clear(&pg->cache.slots[i]);
}

enum status postgres_check(const struct libpq *lib, const PGconn *conn)
{
    if (lib->PQstatus(conn) != CONNECTION_OK) {
        /* Holds host, port, user and database; never the password. The first line says it. */
        const char *cause = lib->PQerrorMessage(conn);
        log_event(LOG_ERROR, "db_connect_failed", "engine=postgresql cause=\"%.*s\"",
                  (int)strcspn(cause, "\n"), cause);
        return ERR_DB;
    }
    if (lib->PQserverVersion(conn) < OLDEST_SERVER) {
        log_event(LOG_ERROR, "db_too_old", "engine=postgresql version=%d oldest=%d",
                  lib->PQserverVersion(conn), OLDEST_SERVER);
        return ERR_DB;
    }
    return OK;
}

/* After PQconnect or PQreset. */
static enum status greet(struct postgres *pg)
{
    forget_all(pg);
    enum status st = postgres_check(&pg->lib, pg->conn);
    return st == OK ? run(pg, "(setup)", setup) : st;
}

/* For the start of something: a connection that turns out to be lost is opened again, once. */
static enum status run_first(struct postgres *pg, const char *name, const char *sql)
{
    if (pg->lib.PQstatus(pg->conn) == CONNECTION_OK) {
        enum status st = run(pg, name, sql);
        if (st == OK || pg->lib.PQstatus(pg->conn) == CONNECTION_OK)
            return st;
    }
    pg->lib.PQreset(pg->conn);
    enum status st = greet(pg);
    if (st != OK)
        return st;
    log_event(LOG_INFO, "db_reconnected", "engine=postgresql");
    return run(pg, name, sql);
}

/* The server's name of the statement in a slot; the slot's place is unique on this connection. */
static void slot_name(const struct postgres *pg, const struct cached *slot, char name[16])
{
    snprintf(name, 16, "w%d", (int)(slot - pg->cache.slots));
}

static enum status drop_prepared(struct postgres *pg, struct cached *slot)
{
    char name[16];
    char sql[32];
    slot_name(pg, slot, name);
    snprintf(sql, sizeof sql, "DEALLOCATE %s", name);
    cache_clear(slot);
    return run(pg, "(deallocate)", sql);
}

/* Gives `name` of the prepared statement; *ret_known when it was made by an earlier call. */
static enum status prepare(struct postgres *pg, const struct query *query, char name[16],
                           struct cached **ret_known)
{
    struct cached *slot = cache_find(&pg->cache, query);
    *ret_known = slot;
    if (slot) {
        slot_name(pg, slot, name);
        return OK;
    }
    slot = cache_place(&pg->cache, query);
    enum status st = slot->query ? drop_prepared(pg, slot) : OK;
    if (st != OK)
        return st;
    slot_name(pg, slot, name);
    /* No types are given: the server finds them from the columns that the parameters meet. */
    PGresult *result = pg->lib.PQprepare(pg->conn, name, query->sql, query->params, NULL);
    if (pg->lib.PQresultStatus(result) != PGRES_COMMAND_OK)
        return failed(pg, query->name, result, true);
    pg->lib.PQclear(result);
    if (cache_put(&pg->cache, slot, query, NULL))
        return OK;
    IGNORE(drop_prepared(pg, slot)); /* memory is out already; the name must not stay taken */
    return ERR_NOMEM;
}

/*
 * After a schema change by another process a known statement may not fit any more. Preparing it
 * anew helps, but only in a new transaction: rollback forgets, the caller is told to look again.
 */
static bool is_outdated(const struct postgres *pg, const struct cached *known,
                        const PGresult *result)
{
    const char *state = pg->lib.PQresultErrorField(result, PG_DIAG_SQLSTATE);
    return known && state && str_equal(state, "0A000");
}

static enum status failed_run(struct postgres *pg, const struct query *query,
                              const struct cached *known, PGresult *result)
{
    if (!is_outdated(pg, known, result))
        return failed(pg, query->name, result, false);
    log_event(LOG_INFO, "db_statement_outdated", "engine=postgresql query=%s", query->name);
    pg->lib.PQclear(result);
    pg->outdated = true;
    return ERR_CONFLICT;
}

/* A result of a type that we cannot read is a mistake in the schema or the statement. */
static bool readable(const struct postgres *pg, const PGresult *result, const struct query *query)
{
    for (int i = 0; i < pg->lib.PQnfields(result); i++) {
        if (postgres_type(pg->lib.PQftype(result, i)) == DB_NULL) {
            log_event(LOG_ERROR, "db_type_unknown", "engine=postgresql query=%s column=%d oid=%u",
                      query->name, i, pg->lib.PQftype(result, i));
            return false;
        }
    }
    return true;
}

static enum status pg_exec(struct db *db, const struct query *query, const struct db_value *args,
                           size_t *ret_changed)
{
    struct postgres *pg = of(db);
    struct postgres_params params;
    if (!postgres_params(&params, args, query->params))
        return ERR_LIMIT;
    char name[16];
    struct cached *known;
    enum status st = prepare(pg, query, name, &known);
    if (st != OK)
        return st;
    PGresult *result = pg->lib.PQexecPrepared(pg->conn, name, query->params, params.values,
                                              params.lengths, params.formats, POSTGRES_BINARY);
    ExecStatusType status = pg->lib.PQresultStatus(result);
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
        return failed_run(pg, query, known, result);
    int64_t changed = 0;
    /* Empty for statements that change no rows; a SELECT counts the rows it found. */
    if (str_starts(pg->lib.PQcmdStatus(result), "SELECT") ||
        str_to_int64(pg->lib.PQcmdTuples(result), &changed) != OK)
        changed = 0;
    *ret_changed = (size_t)changed;
    pg->lib.PQclear(result);
    return OK;
}

/* Nothing may be left on the line before the next statement. */
static void drain(struct postgres *pg)
{
    for (PGresult *left = pg->lib.PQgetResult(pg->conn); left; left = pg->lib.PQgetResult(pg->conn))
        pg->lib.PQclear(left);
    pg->streaming = false;
}

/* Sends the statement and has its rows come one by one: the first answer follows in pg_next. */
static enum status start_stream(struct postgres *pg, const char *name, const struct query *query,
                                const struct postgres_params *params)
{
    if (!pg->lib.PQsendQueryPrepared(pg->conn, name, query->params, params->values, params->lengths,
                                     params->formats, POSTGRES_BINARY) ||
        !pg->lib.PQsetSingleRowMode(pg->conn))
        return failed(pg, query->name, NULL, false);
    pg->streaming = true;
    return OK;
}

static enum status pg_start(struct db *db, const struct query *query, const struct db_value *args,
                            bool stream, struct db_rows *rows)
{
    struct postgres *pg = of(db);
    struct postgres_params params;
    if (!postgres_params(&params, args, query->params))
        return ERR_LIMIT;
    char name[16];
    struct cached *known;
    enum status st = prepare(pg, query, name, &known);
    if (st != OK)
        return st;
    if (stream)
        return start_stream(pg, name, query, &params);
    PGresult *result = pg->lib.PQexecPrepared(pg->conn, name, query->params, params.values,
                                              params.lengths, params.formats, POSTGRES_BINARY);
    if (pg->lib.PQresultStatus(result) != PGRES_TUPLES_OK)
        return failed_run(pg, query, known, result);
    if (!readable(pg, result, query)) {
        pg->lib.PQclear(result);
        return ERR_DB;
    }
    rows->state = result;
    return OK;
}

/* Every row of a stream is a result of its own; the last result has none. */
static enum status next_of_stream(struct postgres *pg, struct db_rows *rows, bool *ret_more)
{
    static const struct query streamed = {.name = "(streamed row)"};
    pg->lib.PQclear(rows->state);
    rows->state = pg->lib.PQgetResult(pg->conn);
    rows->row = 1;
    if (!rows->state) {
        *ret_more = false;
        return OK;
    }
    ExecStatusType status = pg->lib.PQresultStatus(rows->state);
    if (status == PGRES_SINGLE_TUPLE || status == PGRES_TUPLES_OK) {
        *ret_more = status == PGRES_SINGLE_TUPLE;
        return readable(pg, rows->state, &streamed) ? OK : ERR_DB;
    }
    PGresult *bad = rows->state;
    rows->state = NULL;
    return failed(pg, streamed.name, bad, false);
}

static enum status pg_next(struct db_rows *rows, bool *ret_more)
{
    struct postgres *pg = of(rows->db);
    if (pg->streaming)
        return next_of_stream(pg, rows, ret_more);
    size_t count = rows->state ? (size_t)pg->lib.PQntuples(rows->state) : 0;
    if (rows->row < count)
        rows->row++;
    else
        rows->row = count + 1;
    *ret_more = rows->row <= count;
    return OK;
}

static void pg_done(struct db_rows *rows)
{
    struct postgres *pg = of(rows->db);
    pg->lib.PQclear(rows->state);
    rows->state = NULL;
    if (pg->streaming)
        drain(pg);
}

static enum db_type pg_type(const struct db_rows *rows, unsigned column)
{
    const struct postgres *pg = of(rows->db);
    const PGresult *result = rows->state;
    int row = (int)rows->row - 1;
    assert(result && row >= 0 && row < pg->lib.PQntuples(result) &&
           column < (unsigned)pg->lib.PQnfields(result));
    if (pg->lib.PQgetisnull(result, row, (int)column))
        return DB_NULL;
    return postgres_type(pg->lib.PQftype(result, (int)column));
}

static int64_t pg_int(const struct db_rows *rows, unsigned column)
{
    const struct postgres *pg = of(rows->db);
    const PGresult *result = rows->state;
    int row = (int)rows->row - 1;
    if (pg_type(rows, column) != DB_INT)
        return 0;
    return postgres_int(pg->lib.PQftype(result, (int)column),
                        pg->lib.PQgetvalue(result, row, (int)column),
                        pg->lib.PQgetlength(result, row, (int)column));
}

static struct bytes pg_bytes(const struct db_rows *rows, unsigned column)
{
    const struct postgres *pg = of(rows->db);
    const PGresult *result = rows->state;
    int row = (int)rows->row - 1;
    return (struct bytes){(const uint8_t *)pg->lib.PQgetvalue(result, row, (int)column),
                          (size_t)pg->lib.PQgetlength(result, row, (int)column)};
}

static void pg_rollback(struct db *db)
{
    struct postgres *pg = of(db);
    if (pg->streaming)
        drain(pg);
    /* Without a connection the server has rolled back already; the next begin opens another. */
    if (pg->lib.PQstatus(pg->conn) == CONNECTION_OK &&
        pg->lib.PQtransactionStatus(pg->conn) != PQTRANS_IDLE)
        IGNORE(run(pg, "rollback", "ROLLBACK"));
    if (!pg->outdated)
        return;
    pg->outdated = false;
    forget_all(pg);
    if (pg->lib.PQstatus(pg->conn) == CONNECTION_OK)
        IGNORE(run(pg, "(deallocate)", "DEALLOCATE ALL")); /* only a lost connection fails it */
}

/*
 * A write transaction is serialisable, because on SQLite there is only one at a time and the rules
 * are written for that. A read sees the one snapshot of its first statement, as on SQLite.
 */
static enum status pg_begin(struct db *db, enum db_mode mode)
{
    struct postgres *pg = of(db);
    char sql[128];
    if (mode == DB_READ)
        return run_first(pg, "begin", "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
    if (!db->line)
        return run_first(pg, "begin", "BEGIN ISOLATION LEVEL SERIALIZABLE READ WRITE");
    /* In one message: standing in line costs no way to the server and back. */
    (void)snprintf(sql, sizeof sql,
                   "BEGIN ISOLATION LEVEL SERIALIZABLE READ WRITE; "
                   "SELECT pg_advisory_xact_lock_shared(%lld)",
                   (long long)db->line);
    enum status st = run_first(pg, "begin", sql);
    if (st != OK)
        pg_rollback(db); /* begun, and the line did not move for five seconds */
    return st;
}

static enum status pg_commit(struct db *db)
{
    struct postgres *pg = of(db);
    PGresult *result = pg->lib.PQexec(pg->conn, "COMMIT");
    if (pg->lib.PQresultStatus(result) != PGRES_COMMAND_OK)
        return failed(pg, "commit", result, false);
    /* The server answers a COMMIT of a broken transaction with ROLLBACK, as if that were well. */
    bool committed = str_equal(pg->lib.PQcmdStatus(result), "COMMIT");
    pg->lib.PQclear(result);
    return committed ? OK : ERR_DB;
}

static enum status pg_script(struct db *db, const char *sql)
{
    struct postgres *pg = of(db);
    PGTransactionStatusType before = pg->lib.PQtransactionStatus(pg->conn);
    enum status st =
        before == PQTRANS_IDLE ? run_first(pg, "(script)", sql) : run(pg, "(script)", sql);
    if (st == OK) {
        forget_all(pg);
        st = run(pg, "(deallocate)", "DEALLOCATE ALL");
    }
    if (st == OK && pg->lib.PQtransactionStatus(pg->conn) != before) {
        log_event(LOG_ERROR, "db_script_moved_transaction", "engine=postgresql");
        st = ERR_DB;
    }
    if (before == PQTRANS_IDLE && pg->lib.PQtransactionStatus(pg->conn) != PQTRANS_IDLE)
        pg_rollback(db);
    return st;
}

static enum status pg_ping(struct db *db)
{
    return run_first(of(db), "(ping)", "SELECT 1");
}

/*
 * Of the session: a lock that is waited for inside a transaction comes after that one's view of the
 * tables. It is waited for behind the shared ones of pg_begin, and those that come later behind it.
 */
static bool pg_stand_in_line(struct db *db)
{
    char sql[64];
    (void)snprintf(sql, sizeof sql, "SELECT pg_advisory_lock(%lld)", (long long)db->line);
    return run(of(db), "(line)", sql) == OK;
}

static void pg_leave_line(struct db *db)
{
    char sql[64];
    (void)snprintf(sql, sizeof sql, "SELECT pg_advisory_unlock(%lld)", (long long)db->line);
    IGNORE(run(of(db), "(line)", sql)); /* a lost connection holds no lock */
}

static void pg_close(struct db *db)
{
    struct postgres *pg = of(db);
    forget_all(pg);
    pg->lib.PQfinish(pg->conn);
    free(pg);
}

static const struct db_driver driver = {
    .engine = DB_POSTGRES,
    .begin = pg_begin,
    .commit = pg_commit,
    .rollback = pg_rollback,
    .exec = pg_exec,
    .start = pg_start,
    .next = pg_next,
    .done = pg_done,
    .type = pg_type,
    .get_int = pg_int,
    .get_bytes = pg_bytes,
    .script = pg_script,
    .ping = pg_ping,
    .stand_in_line = pg_stand_in_line,
    .leave_line = pg_leave_line,
    .close = pg_close,
};

/* What stands before dbname can be overruled in the URL; what stands after it cannot. */
PGconn *postgres_connect(const struct libpq *lib, const char *url)
{
    static const char *const keys[] = {"connect_timeout",
                                       "keepalives_idle",
                                       "tcp_user_timeout",
                                       "fallback_application_name",
                                       "dbname",
                                       "client_encoding",
                                       NULL};
    const char *const values[] = {"5", "30", "20000", "weerklank", url, "UTF8", NULL};
    PGconn *conn = lib->PQconnectdbParams(keys, values, 1);
    if (conn)
        lib->PQsetNoticeReceiver(conn, ignore_notice, NULL);
    return conn;
}

enum status postgres_open(const char *url, struct db **ret_db)
{
    struct postgres *pg = calloc(1, sizeof *pg);
    if (!pg)
        return ERR_NOMEM;
    pg->db.driver = &driver;
    enum status st = libpq_load(&pg->lib);
    if (st != OK) {
        free(pg);
        return st;
    }
    pg->conn = postgres_connect(&pg->lib, url);
    if (!pg->conn) {
        free(pg);
        return ERR_NOMEM;
    }
    st = greet(pg);
    if (st != OK) {
        pg_close(&pg->db);
        return st;
    }
    *ret_db = &pg->db;
    return OK;
}
