#include "db/migrate.h"

#include <assert.h>
#include <ctype.h>
#include <inttypes.h>
#include <sodium.h>

#include "base/buf.h"
#include "base/log.h"
#include "base/str.h"
#include "db/engine.h"
#include "db/schema.h"

#define SCRIPT_MAX ((size_t)16 << 20) /* no migration is larger */
#define SHA256_TEXT (2 * crypto_hash_sha256_BYTES + 1)

static const char create_table[] =
    "CREATE TABLE " SCHEMA_VERSION_TABLE " (number INTEGER NOT NULL PRIMARY KEY,"
    " name TEXT NOT NULL, sha256 TEXT NOT NULL, applied_at BIGINT NOT NULL) /*STRICT*/";

static const struct query applied_rows = {
    .name = "migrate_applied",
    .sql = "SELECT number, sha256 FROM " SCHEMA_VERSION_TABLE " ORDER BY number",
    .columns = 2,
};

static const struct query record = {
    .name = "migrate_record",
    .sql = "INSERT INTO " SCHEMA_VERSION_TABLE " (number, name, sha256, applied_at)"
           " VALUES ($1, $2, $3, $4)",
    .params = 4,
    .writes = true,
};

static const struct {
    const char *written;
    const char *sqlite;
} substitutions[] = {
    {"BIGINT", "INTEGER"},
    {"BYTEA", "BLOB"},
    {"/*STRICT*/", "STRICT"},
    {"/*STRICT, WITHOUT ROWID*/", "STRICT, WITHOUT ROWID"},
};

static bool is_word(char c)
{
    return isalnum((unsigned char)c) || c == '_' || c == '$';
}

/* The length of the string, name or comment that starts here and is copied as it is; 0 if none. */
static size_t verbatim(const char *at)
{
    const char *end;
    if (*at == '\'' || *at == '"') {
        end = strchr(at + 1, *at);
        return end ? (size_t)(end - at) + 1 : strlen(at);
    }
    if (str_starts(at, "--"))
        return strcspn(at, "\n");
    if (str_starts(at, "/*")) {
        end = strstr(at, "*/");
        return end ? (size_t)(end - at) + 2 : strlen(at);
    }
    return 0;
}

/* The substitution for the whole word, or the mark, of `len` bytes; NULL when it stays. */
static const char *substitute(const char *at, size_t len)
{
    for (size_t i = 0; i < ARRAY_LEN(substitutions); i++)
        if (strlen(substitutions[i].written) == len &&
            strncmp(at, substitutions[i].written, len) == 0)
            return substitutions[i].sqlite;
    return NULL;
}

static void add_for_sqlite(struct buf *to, const char *sql)
{
    for (const char *at = sql; *at;) {
        size_t len = verbatim(at);
        if (len == 0)
            while (is_word(at[len]))
                len++;
        if (len == 0)
            len = 1;
        const char *instead = substitute(at, len);
        buf_add(to, instead ? instead : at, instead ? strlen(instead) : len);
        at += len;
    }
}

static enum status run_text(struct db *db, const char *sql)
{
    if (db_engine(db) != DB_SQLITE)
        return db_script(db, sql);
    struct buf text;
    buf_init(&text, SCRIPT_MAX);
    add_for_sqlite(&text, sql);
    enum status st = buf_failed(&text) ? ERR_LIMIT : db_script(db, text.data);
    buf_free(&text);
    return st;
}

static void sha256_text(const char *sql, char to[SHA256_TEXT])
{
    unsigned char hash[crypto_hash_sha256_BYTES];
    crypto_hash_sha256(hash, (const unsigned char *)sql, strlen(sql));
    sodium_bin2hex(to, SHA256_TEXT, hash, sizeof hash);
}

/* Compares what was applied with the head of the list; *ret_next is the first that was not. */
static enum status compare(struct db_rows *rows, const struct migration *list,
                           const struct migration **ret_next)
{
    const struct migration *at = list;
    enum status st;
    bool more;
    while ((st = db_next(rows, &more)) == OK && more) {
        int64_t number = db_get_int(rows, 0);
        char expected[SHA256_TEXT] = "";
        if (at->number)
            sha256_text(at->sql, expected);
        if (number != at->number || !str_equal(db_get_text(rows, 1), expected)) {
            log_event(LOG_ERROR, "migrate_refused", "applied=%" PRId64 " expected=%d cause=%s",
                      number, at->number,
                      at->number == 0        ? "database_is_newer"
                      : number != at->number ? "other_order"
                                             : "file_was_changed");
            return ERR_CONFLICT;
        }
        at++;
    }
    if (st == OK)
        *ret_next = at;
    return st;
}

/* In the caller's transaction. A database without our table is new: *ret_next is the first. */
static enum status find_next(struct db *db, const struct migration *list,
                             const struct migration **ret_next, bool *ret_new)
{
    bool has;
    enum status st = schema_has_table(db, SCHEMA_VERSION_TABLE, &has);
    if (st != OK)
        return st;
    *ret_new = !has;
    if (!has) {
        *ret_next = list;
        return OK;
    }
    struct db_rows rows;
    st = db_start(db, &applied_rows, NULL, &rows);
    if (st != OK)
        return st;
    st = compare(&rows, list, ret_next);
    db_done(&rows);
    return st;
}

static enum status record_it(struct db *db, const struct migration *m, int64_t now_ms)
{
    char hash[SHA256_TEXT];
    sha256_text(m->sql, hash);
    const struct db_value args[] = {db_int(m->number), db_text(m->name), db_text(hash),
                                    db_int(now_ms)};
    return db_exec(db, &record, args, NULL);
}

static enum status apply(struct db *db, const struct migration *m, bool new_database,
                         int64_t now_ms)
{
    enum status st = new_database ? run_text(db, create_table) : OK;
    if (st == OK)
        st = run_text(db, m->sql);
    if (st == OK)
        st = record_it(db, m, now_ms);
    if (st == OK)
        st = schema_tell_shape(db);
    size_t broken = 0;
    if (st == OK && db_engine(db) == DB_SQLITE)
        st = schema_foreign_keys(db, &broken);
    return st == OK && broken > 0 ? ERR_INVALID : st;
}

/* The next migration, in one transaction. *ret_applied is false when nothing was left to do. */
static enum status step(struct db *db, const struct migration *list, int64_t now_ms,
                        bool *ret_applied)
{
    enum status st = db_begin(db, DB_WRITE);
    if (st != OK)
        return st;
    const struct migration *next = NULL;
    bool new_database;
    st = find_next(db, list, &next, &new_database);
    bool todo = st == OK && next->number != 0;
    if (todo)
        st = apply(db, next, new_database, now_ms);
    if (todo && st == OK)
        st = db_commit(db);
    db_rollback(db);
    if (todo)
        log_event(st == OK ? LOG_INFO : LOG_ERROR, "migrate", "number=%d name=%s status=%s",
                  next->number, next->name, status_name(st));
    if (st == OK)
        *ret_applied = todo;
    return st;
}

static enum status steps(struct db *db, const struct migration *list, int64_t now_ms,
                         int *ret_applied)
{
    for (int count = 0;; count++) {
        bool did = false;
        enum status st = step(db, list, now_ms, &did);
        if (st != OK)
            return st;
        if (!did) {
            *ret_applied = count;
            return OK;
        }
    }
}

static enum status copy_first(struct db *db, int number)
{
    const char *file = sqlite_file(db);
    if (!*file)
        return OK;
    struct buf path;
    buf_init(&path, 4096);
    buf_printf(&path, "%s" MIGRATE_COPY_SUFFIX "%d", file, number);
    enum status st = buf_failed(&path) ? ERR_LIMIT : sqlite_copy_to(db, path.data);
    buf_free(&path);
    return st;
}

/* What only one engine needs around the transactions. */
static const struct {
    const char *before;
    const char *after;
} around[] = {
    /* Rebuilding a table that others refer to is not possible with the keys on. */
    [DB_SQLITE] = {"PRAGMA foreign_keys = OFF", "PRAGMA foreign_keys = ON"},
    /* Serialisable transactions do not guard CREATE TABLE: one process at a time. */
    [DB_POSTGRES] = {"SELECT pg_advisory_lock(hashtext('weerklank migrate'),"
                     " hashtext(current_schema()))",
                     "SELECT pg_advisory_unlock(hashtext('weerklank migrate'),"
                     " hashtext(current_schema()))"},
};

static enum status look(struct db *db, const struct migration *list,
                        const struct migration **ret_next, bool *ret_new)
{
    enum status st = db_begin(db, DB_READ);
    if (st != OK)
        return st;
    st = find_next(db, list, ret_next, ret_new);
    db_rollback(db);
    return st;
}

/* With nobody else migrating: looks again, for somebody may just have been, copies and applies. */
static enum status migrate_alone(struct db *db, const struct migration *list, int64_t now_ms,
                                 int *ret_applied)
{
    const struct migration *next = NULL;
    bool new_database;
    enum status st = look(db, list, &next, &new_database);
    if (st == OK && next->number != 0 && !new_database && db_engine(db) == DB_SQLITE)
        st = copy_first(db, next->number);
    return st == OK ? steps(db, list, now_ms, ret_applied) : st;
}

static enum status migrate_locked(struct db *db, const struct migration *list, int64_t now_ms,
                                  int *ret_applied)
{
    int applied = 0;
    enum status st = db_script(db, around[db_engine(db)].before);
    if (st != OK)
        return st;
    st = migrate_alone(db, list, now_ms, &applied);
    enum status after = db_script(db, around[db_engine(db)].after);
    if (st == OK && after == OK && ret_applied)
        *ret_applied = applied;
    return st == OK ? after : st;
}

enum status migrate_up_from(struct db *db, const struct migration *list, int64_t now_ms,
                            int *ret_applied)
{
    assert(db && list && !db_in_transaction(db));
    /* Read first: a server that starts on an up-to-date database locks and copies nothing. */
    const struct migration *next = NULL;
    bool new_database;
    enum status st = look(db, list, &next, &new_database);
    if (st != OK)
        return st;
    if (next->number == 0) {
        if (ret_applied)
            *ret_applied = 0;
        return OK;
    }
    int lock = -1;
    if (db_engine(db) == DB_SQLITE)
        st = sqlite_lock(db, &lock);
    if (st == OK)
        st = migrate_locked(db, list, now_ms, ret_applied);
    sqlite_unlock(lock);
    return st;
}

enum status migrate_version(struct db *db, int *ret_number)
{
    static const struct query newest = {
        .name = "migrate_newest",
        .sql = "SELECT MAX(number) FROM " SCHEMA_VERSION_TABLE,
        .columns = 1,
    };
    enum status st = db_begin(db, DB_READ);
    if (st != OK)
        return st;
    bool has;
    struct db_rows rows;
    int number = 0;
    st = schema_has_table(db, SCHEMA_VERSION_TABLE, &has);
    if (st == OK && has && (st = db_start(db, &newest, NULL, &rows)) == OK) {
        bool more;
        st = db_next(&rows, &more);
        number = st == OK ? (int)db_get_int(&rows, 0) : 0;
        db_done(&rows);
    }
    db_rollback(db);
    if (st == OK)
        *ret_number = number;
    return st;
}
