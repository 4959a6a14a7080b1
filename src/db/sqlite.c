#include <assert.h>

#include "base/log.h"
#include "db/cache.h"
#include "db/engine.h"
#include "db/sqlite_file.h"

struct sqlite {
    struct db db; /* first: a struct db of this engine is a struct sqlite */
    sqlite3 *handle;
    struct cache cache;
};

struct compiled {
    sqlite3_stmt *stmt;
    bool readonly;
    int ahead; /* the answer of the step that start took; 0 once it was handed out */
    int at[];  /* SQLite's index of $1 … $n, which goes by first appearance */
};

/* Transactions use the statement cache like everything else. */
static const struct query begin_read = {.name = "begin", .sql = "BEGIN"};
static const struct query begin_write = {.name = "begin_write", .sql = "BEGIN IMMEDIATE"};
static const struct query commit = {.name = "commit", .sql = "COMMIT"};
static const struct query rollback = {.name = "rollback", .sql = "ROLLBACK"};

static struct sqlite *of(const struct db *db)
{
    return (struct sqlite *)(uintptr_t)db;
}

static enum status status_of(int code)
{
    switch (code) {
    case SQLITE_CONSTRAINT_UNIQUE:
    case SQLITE_CONSTRAINT_PRIMARYKEY:
    case SQLITE_CONSTRAINT_ROWID:
    case SQLITE_CONSTRAINT_FOREIGNKEY:
        return ERR_CONFLICT;
    case SQLITE_CONSTRAINT_CHECK:
    case SQLITE_CONSTRAINT_NOTNULL:
    case SQLITE_CONSTRAINT_DATATYPE:
    case SQLITE_MISMATCH:
        return ERR_INVALID;
    case SQLITE_FULL:
    case SQLITE_TOOBIG:
        return ERR_LIMIT;
    case SQLITE_NOMEM:
    case SQLITE_IOERR_NOMEM:
        return ERR_NOMEM;
    default:
        return ERR_DB;
    }
}

/*
 * Translates and logs. While a statement is compiled SQLite's own words hold nothing but our SQL;
 * once values are bound they may hold a value, so then only the code is told.
 */
static enum status failed(struct sqlite *lite, const char *name, int code, bool tell)
{
    enum status st = status_of(code);
    /* Somebody else was first: an answer, not a fault. */
    enum log_level level = st == ERR_CONFLICT  ? LOG_DEBUG
                           : st == ERR_INVALID ? LOG_WARN
                                               : LOG_ERROR;
    log_event(level, "db_failed", "engine=sqlite query=%s status=%s code=%d cause=\"%s\"", name,
              status_name(st), code, tell ? sqlite3_errmsg(lite->handle) : sqlite3_errstr(code));
    return st;
}

static void compiled_free(struct compiled *compiled)
{
    sqlite3_finalize(compiled->stmt);
    free(compiled);
}

static void forget(struct cached *slot)
{
    if (!slot->query)
        return;
    compiled_free(slot->compiled);
    cache_clear(slot);
}

static void forget_all(struct sqlite *lite)
{
    for (size_t i = 0; i < CACHE_SLOTS; i++)
        forget(&lite->cache.slots[i]);
}

/* Compiles without the cache; *ret is NULL when memory is out. The code is SQLite's. */
static int compile_fresh(struct sqlite *lite, const struct query *query, struct compiled **ret)
{
    *ret = NULL;
    struct compiled *made = calloc(1, sizeof *made + query->params * sizeof made->at[0]);
    if (!made)
        return SQLITE_NOMEM;
    int code = sqlite3_prepare_v3(lite->handle, query->sql, -1, SQLITE_PREPARE_PERSISTENT,
                                  &made->stmt, NULL);
    if (code != SQLITE_OK) {
        free(made);
        return code;
    }
    made->readonly = sqlite3_stmt_readonly(made->stmt);
    bool complete = sqlite3_bind_parameter_count(made->stmt) == query->params;
    for (unsigned i = 0; i < query->params; i++) {
        char name[8];
        snprintf(name, sizeof name, "$%u", i + 1);
        made->at[i] = sqlite3_bind_parameter_index(made->stmt, name);
        complete = complete && made->at[i] > 0;
    }
    if (!made->stmt || !complete) {
        compiled_free(made);
        return SQLITE_MISUSE;
    }
    *ret = made;
    return SQLITE_OK;
}

static enum status compile(struct sqlite *lite, const struct query *query, struct compiled **ret)
{
    struct cached *slot = cache_find(&lite->cache, query);
    if (slot) {
        *ret = slot->compiled;
        return OK;
    }
    struct compiled *made;
    int code = compile_fresh(lite, query, &made);
    if (code != SQLITE_OK)
        return failed(lite, query->name, code, code != SQLITE_MISUSE);
    slot = cache_place(&lite->cache, query);
    forget(slot);
    if (!cache_put(&lite->cache, slot, query, made)) {
        compiled_free(made);
        return ERR_NOMEM;
    }
    *ret = made;
    return OK;
}

/* `keep`: SQLITE_STATIC when the values outlive the run, SQLITE_TRANSIENT to have them copied. */
static int bind(const struct compiled *compiled, const struct query *query,
                const struct db_value *args, sqlite3_destructor_type keep)
{
    int code = SQLITE_OK;
    for (unsigned i = 0; i < query->params && code == SQLITE_OK; i++) {
        const struct db_value *v = &args[i];
        /* A NULL pointer would bind NULL; an empty value is not that. */
        const void *p = v->p ? v->p : "";
        switch (v->type) {
        case DB_NULL:
            code = sqlite3_bind_null(compiled->stmt, compiled->at[i]);
            break;
        case DB_INT:
            code = sqlite3_bind_int64(compiled->stmt, compiled->at[i], v->i);
            break;
        case DB_TEXT:
            code =
                sqlite3_bind_text64(compiled->stmt, compiled->at[i], p, v->len, keep, SQLITE_UTF8);
            break;
        case DB_BLOB:
            code = sqlite3_bind_blob64(compiled->stmt, compiled->at[i], p, v->len, keep);
            break;
        }
    }
    return code;
}

/* Ready for the next run; no value stays behind in memory. */
static void settle(struct compiled *compiled)
{
    sqlite3_reset(compiled->stmt);
    sqlite3_clear_bindings(compiled->stmt);
}

/* Compiles and binds. A transaction that only reads runs only statements that only read. */
static enum status prepare(struct sqlite *lite, const struct query *query,
                           const struct db_value *args, sqlite3_destructor_type keep,
                           struct compiled **ret)
{
    struct compiled *compiled;
    enum status st = compile(lite, query, &compiled);
    if (st != OK)
        return st;
    if (lite->db.mode == DB_READ && !compiled->readonly)
        return failed(lite, query->name, SQLITE_READONLY, false);
    int code = bind(compiled, query, args, keep);
    if (code != SQLITE_OK) {
        settle(compiled);
        return failed(lite, query->name, code, false);
    }
    *ret = compiled;
    return OK;
}

static enum status lite_exec(struct db *db, const struct query *query, const struct db_value *args,
                             size_t *ret_changed)
{
    struct sqlite *lite = of(db);
    struct compiled *compiled;
    enum status st = prepare(lite, query, args, SQLITE_STATIC, &compiled);
    if (st != OK)
        return st;
    int code;
    do {
        code = sqlite3_step(compiled->stmt);
    } while (code == SQLITE_ROW);
    if (code != SQLITE_DONE)
        st = failed(lite, query->name, code, false);
    else
        *ret_changed = compiled->readonly ? 0 : (size_t)sqlite3_changes64(lite->handle);
    settle(compiled);
    return st;
}

/*
 * Takes the first step at once, so that a write with RETURNING has happened, and errors have come
 * out, when this returns: as on PostgreSQL. Values are copied, for later steps may need them.
 */
static enum status lite_start(struct db *db, const struct query *query, const struct db_value *args,
                              bool stream UNUSED, struct db_rows *rows)
{
    struct sqlite *lite = of(db);
    struct compiled *compiled;
    enum status st = prepare(lite, query, args, SQLITE_TRANSIENT, &compiled);
    if (st != OK)
        return st;
    compiled->ahead = sqlite3_step(compiled->stmt);
    if (compiled->ahead != SQLITE_ROW && compiled->ahead != SQLITE_DONE) {
        st = failed(lite, query->name, compiled->ahead, false);
        settle(compiled);
        return st;
    }
    rows->state = compiled;
    return OK;
}

/* Has SQLite lay out every text and blob of the row now, so that reading them later cannot fail. */
static bool lay_out(sqlite3_stmt *stmt)
{
    for (int i = 0; i < sqlite3_column_count(stmt); i++) {
        int type = sqlite3_column_type(stmt, i);
        if (type == SQLITE_TEXT && !sqlite3_column_text(stmt, i))
            return false;
        if (type == SQLITE_BLOB && !sqlite3_column_blob(stmt, i) && sqlite3_column_bytes(stmt, i))
            return false;
    }
    return true;
}

static enum status lite_next(struct db_rows *rows, bool *ret_more)
{
    struct compiled *compiled = rows->state;
    int code = compiled->ahead ? compiled->ahead : sqlite3_step(compiled->stmt);
    /* After SQLITE_DONE another step would run the statement again. */
    compiled->ahead = code == SQLITE_DONE ? SQLITE_DONE : 0;
    if (code == SQLITE_ROW && !lay_out(compiled->stmt))
        code = SQLITE_NOMEM;
    if (code != SQLITE_ROW && code != SQLITE_DONE)
        return failed(of(rows->db), "(next row)", code, false);
    rows->row++;
    *ret_more = code == SQLITE_ROW;
    return OK;
}

static void lite_done(struct db_rows *rows)
{
    struct compiled *compiled = rows->state;
    compiled->ahead = 0;
    settle(compiled);
}

/* Fetched once and asked several things: the connection is used by one thread at a time. */
static sqlite3_value *value_of(const struct db_rows *rows, unsigned column)
{
    const struct compiled *compiled = rows->state;
    assert(rows->row > 0);
    return sqlite3_column_value(compiled->stmt, (int)column);
}

static enum db_type type_of(sqlite3_value *value)
{
    switch (sqlite3_value_type(value)) {
    case SQLITE_INTEGER:
    case SQLITE_FLOAT: /* our tables hold none; an AVG reads as its whole part */
        return DB_INT;
    case SQLITE_TEXT:
        return DB_TEXT;
    case SQLITE_BLOB:
        return DB_BLOB;
    default:
        return DB_NULL;
    }
}

static enum db_type lite_type(const struct db_rows *rows, unsigned column)
{
    return type_of(value_of(rows, column));
}

static int64_t lite_int(const struct db_rows *rows, unsigned column)
{
    sqlite3_value *value = value_of(rows, column);
    return type_of(value) == DB_INT ? sqlite3_value_int64(value) : 0;
}

static struct bytes lite_bytes(const struct db_rows *rows, unsigned column)
{
    sqlite3_value *value = value_of(rows, column);
    const void *data = sqlite3_value_type(value) == SQLITE_TEXT ? sqlite3_value_text(value)
                                                                : sqlite3_value_blob(value);
    return (struct bytes){data, (size_t)sqlite3_value_bytes(value)};
}

static enum status run_internal(struct sqlite *lite, const struct query *query)
{
    struct compiled *compiled;
    enum status st = compile(lite, query, &compiled);
    if (st != OK)
        return st;
    int code = sqlite3_step(compiled->stmt);
    if (code != SQLITE_DONE)
        st = failed(lite, query->name, code, false);
    settle(compiled);
    return st;
}

static enum status lite_begin(struct db *db, enum db_mode mode)
{
    return run_internal(of(db), mode == DB_WRITE ? &begin_write : &begin_read);
}

static enum status lite_commit(struct db *db)
{
    return run_internal(of(db), &commit);
}

static void lite_rollback(struct db *db)
{
    /* After a full disk or an I/O error SQLite may have rolled back by itself. */
    if (!sqlite3_get_autocommit(of(db)->handle))
        IGNORE(run_internal(of(db), &rollback)); /* it is logged, and the next BEGIN will tell */
}

static enum status lite_script(struct db *db, const char *sql)
{
    struct sqlite *lite = of(db);
    bool outside = sqlite3_get_autocommit(lite->handle);
    int code = sqlite3_exec(lite->handle, sql, NULL, NULL, NULL);
    enum status st = code == SQLITE_OK ? OK : failed(lite, "(script)", code, true);
    forget_all(lite);
    if (outside != (bool)sqlite3_get_autocommit(lite->handle)) {
        if (outside)
            lite_rollback(db);
        if (st == OK)
            log_event(LOG_ERROR, "db_script_moved_transaction", "engine=sqlite");
        return st == OK ? ERR_DB : st;
    }
    return st;
}

static enum status lite_ping(struct db *db)
{
    /* Reads the header of the file: the least that shows it is there and ours to read. */
    int code = sqlite3_exec(of(db)->handle, "PRAGMA schema_version", NULL, NULL, NULL);
    return code == SQLITE_OK ? OK : failed(of(db), "(ping)", code, true);
}

static void lite_close(struct db *db)
{
    struct sqlite *lite = of(db);
    forget_all(lite);
    int code = sqlite3_close(lite->handle);
    assert(code == SQLITE_OK); /* all statements are in the cache */
    free(lite);
}

static const struct db_driver driver = {
    .engine = DB_SQLITE,
    .begin = lite_begin,
    .commit = lite_commit,
    .rollback = lite_rollback,
    .exec = lite_exec,
    .start = lite_start,
    .next = lite_next,
    .done = lite_done,
    .type = lite_type,
    .get_int = lite_int,
    .get_bytes = lite_bytes,
    .script = lite_script,
    .ping = lite_ping,
    .close = lite_close,
};

enum status sqlite_open(const char *path, bool create, struct db **ret_db)
{
    struct sqlite *lite = calloc(1, sizeof *lite);
    if (!lite)
        return ERR_NOMEM;
    enum status st = sqlite_file_open(path, create, &lite->handle);
    if (st != OK) {
        free(lite);
        return st;
    }
    lite->db.driver = &driver;
    *ret_db = &lite->db;
    return OK;
}

enum status sqlite_commit_ahead(struct db *db, int *ret_log)
{
    assert(db->driver == &driver);
    return sqlite_file_ahead(of(db)->handle, ret_log);
}

const char *sqlite_file(const struct db *db)
{
    assert(db->driver == &driver);
    const char *name = sqlite3_db_filename(of(db)->handle, "main");
    return name ? name : "";
}

enum status sqlite_copy_to(struct db *db, const char *path)
{
    assert(db->driver == &driver && !db->open);
    return sqlite_file_copy(of(db)->handle, path);
}

enum status sqlite_lock(const struct db *db, int *ret_lock)
{
    return sqlite_file_lock(sqlite_file(db), ret_lock);
}

void sqlite_unlock(int lock)
{
    sqlite_file_unlock(lock);
}
