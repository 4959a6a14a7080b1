/*
 * engine: what db.c asks of an engine, and what the files of this folder may do with a connection
 * that nobody else may. Included by db/ and its tests only: here is where SQL text can be run.
 */
#ifndef DB_ENGINE_H
#define DB_ENGINE_H

#include "db/db.h"

/* Patience with somebody else's lock, and with a server that does not answer, on both engines. */
#define DB_WAIT_MS 5000

/*
 * One engine. db.c has checked the order of calls and counts and injects; a driver only talks to
 * its library, logs the cause of a failure and translates it. After any status but OK from begin,
 * commit or a statement, db.c sees to it that rollback follows before anything else.
 */
struct db_driver {
    enum db_engine engine;
    enum status (*begin)(struct db *db, enum db_mode mode);
    enum status (*commit)(struct db *db);
    void (*rollback)(struct db *db);
    enum status (*exec)(struct db *db, const struct query *query, const struct db_value *args,
                        size_t *ret_changed);
    /* `stream`: the result may be larger than memory; else the engine may hold it whole. */
    enum status (*start)(struct db *db, const struct query *query, const struct db_value *args,
                         bool stream, struct db_rows *rows);
    enum status (*next)(struct db_rows *rows, bool *ret_more);
    void (*done)(struct db_rows *rows);
    enum db_type (*type)(const struct db_rows *rows, unsigned column);
    /* 0 when the type is not DB_INT. */
    int64_t (*get_int)(const struct db_rows *rows, unsigned column);
    /* Text and blob alike; text is followed by a NUL. Asked only when the type is one of these. */
    struct bytes (*get_bytes)(const struct db_rows *rows, unsigned column);
    enum status (*script)(struct db *db, const char *sql);
    enum status (*ping)(struct db *db);
    /* NULL where begin is the line. stand: true when it is ours alone. */
    bool (*stand_in_line)(struct db *db);
    void (*leave_line)(struct db *db);
    void (*close)(struct db *db);
};

/* The part of a connection that does not depend on the engine; a driver's struct starts with it. */
struct db {
    const struct db_driver *driver;
    bool open;          /* a transaction is */
    enum db_mode mode;  /* of that transaction */
    enum status failed; /* the first failure in it; OK while it can still be committed */
    bool reading;       /* rows are open */
    int64_t line;       /* of its writers; 0: none */
    bool in_line;       /* and it is ours alone */
    uint64_t statements;
    size_t fail_in; /* db_fail_at: calls to go, 0 = off */
    enum status fail_with;
};

/* `path` may be ":memory:". */
NODISCARD enum status sqlite_open(const char *path, bool create, struct db **ret_db);
NODISCARD enum status postgres_open(const char *url, struct db **ret_db);

/* db_commit_ahead() of the engine that can. */
NODISCARD enum status sqlite_commit_ahead(struct db *db, int *ret_log);

/*
 * Runs several statements separated by `;`, without parameters or rows: in the open WRITE
 * transaction, or outside any. Forgets the cached statements, for the schema may have changed.
 * Statuses as db_exec; ERR_DB also when the script ended the transaction it ran in.
 */
NODISCARD enum status db_script(struct db *db, const char *sql);

/* db_start for results that need not fit in memory (whole tables); one row is held at a time. */
NODISCARD enum status db_start_stream(struct db *db, const struct query *query,
                                      const struct db_value *args, struct db_rows *ret_rows);

/* What the current row holds in this column; for code that does not know the table. */
enum db_type db_type(const struct db_rows *rows, unsigned column);
/* Text or blob as it is, also text with a NUL in it. */
struct bytes db_get_bytes(const struct db_rows *rows, unsigned column);

/* SQLite: the file of this connection, "" when it is in memory. */
const char *sqlite_file(const struct db *db);

/*
 * SQLite, outside a transaction: writes a compact copy of the whole database to `path` (mode 0600),
 * replacing what is there only once the copy is complete and on the disk. ERR_IO, ERR_LIMIT,
 * ERR_DB.
 */
NODISCARD enum status sqlite_copy_to(struct db *db, const char *path);

/*
 * SQLite: waits until this connection's folder is ours among all who lock it so; for work that is
 * more than one transaction. *ret_lock is -1 when the database is in memory. sqlite_unlock takes -1
 * too.
 */
NODISCARD enum status sqlite_lock(const struct db *db, int *ret_lock);
void sqlite_unlock(int lock);

#endif
