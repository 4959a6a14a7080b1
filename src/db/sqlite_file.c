#include "db/sqlite_file.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdint.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/log.h"
#include "base/str.h"
#include "db/engine.h"

/* "Wrkl" in the header of the file: by it `file`, and we, know our own databases. */
#define APPLICATION_ID 0x57726b6c
#define PRAGMA_OURS "PRAGMA application_id = 1467116396"

#define RETRY_MS 10

/* Of waiting for another writer, DB_WAIT_MS in all. */
#define SHORT_NAPS 200
#define SHORT_NAP_US 250
#define LONG_NAP_US 5000

static const char *const settings[] = {
    /*
     * Readers and the writer do not wait for each other; a commit is on the disk when it answers.
     */
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    /* What is deleted is gone from the file too. */
    "PRAGMA secure_delete = ON",
    /* A sort that does not fit does not go to an unprotected file elsewhere. */
    "PRAGMA temp_store = MEMORY",
    /* A damaged page is an error, not a wrong answer. */
    "PRAGMA cell_size_check = ON",
    /* At most 2 MiB per connection, taken as it is used: a server starts small. */
    "PRAGMA cache_size = -2048",
    /* Through a memory map a read error of the disk would be a signal instead of a status. */
    "PRAGMA mmap_size = 0",
    /* After a large import the log on the disk shrinks again. */
    "PRAGMA journal_size_limit = 16777216",
};

static const struct {
    int option;
    int value;
} switches[] = {
    {SQLITE_DBCONFIG_DEFENSIVE, 1},
    {SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0},
    {SQLITE_DBCONFIG_DQS_DML, 0},
    {SQLITE_DBCONFIG_DQS_DDL, 0},
};

void db_process_begin(void)
{
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

static enum status refused(const char *path, int code)
{
    log_event(LOG_ERROR, "db_open_failed", "engine=sqlite file=%s code=%d cause=\"%s\"", path, code,
              sqlite3_errstr(code));
    int primary = code & 0xff;
    if (primary == SQLITE_NOMEM)
        return ERR_NOMEM;
    return primary == SQLITE_CANTOPEN || primary == SQLITE_PERM ? ERR_IO : ERR_DB;
}

/*
 * SQLite would make the file readable for others. Only a new file is opened here: closing a
 * descriptor of a file that another connection of this process has open drops that one's locks.
 */
static enum status make_private(const char *path)
{
    int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (fd >= 0) {
        close(fd);
        return OK;
    }
    if (errno == EEXIST)
        return OK;
    log_event(LOG_ERROR, "db_open_failed", "engine=sqlite file=%s errno=%d", path, errno);
    return ERR_IO;
}

static int ask_int(sqlite3 *handle, const char *sql, int *ret_value)
{
    sqlite3_stmt *stmt;
    int code = sqlite3_prepare_v2(handle, sql, -1, &stmt, NULL);
    if (code != SQLITE_OK)
        return code;
    code = sqlite3_step(stmt);
    if (code == SQLITE_ROW)
        *ret_value = sqlite3_column_int(stmt, 0);
    sqlite3_finalize(stmt);
    return code == SQLITE_ROW ? SQLITE_OK : code;
}

/* Marks a new database as ours, and refuses somebody else's before anything is changed in it. */
static int claim(sqlite3 *handle)
{
    int pages = 0;
    int id = 0;
    int code = ask_int(handle, "PRAGMA page_count", &pages);
    if (code == SQLITE_OK)
        code = ask_int(handle, "PRAGMA application_id", &id);
    if (code != SQLITE_OK || id == APPLICATION_ID)
        return code;
    return pages == 0 ? sqlite3_exec(handle, PRAGMA_OURS, NULL, NULL, NULL) : SQLITE_NOTADB;
}

/*
 * Going over to WAL, when several start at once on a new file, answers "busy" without waiting:
 * SQLite does not ask the busy handler there.
 */
static int set(sqlite3 *handle, const char *setting)
{
    int code = sqlite3_exec(handle, setting, NULL, NULL, NULL);
    for (int waited = 0; (code & 0xff) == SQLITE_BUSY && waited < DB_WAIT_MS; waited += RETRY_MS) {
        sqlite3_sleep(RETRY_MS);
        code = sqlite3_exec(handle, setting, NULL, NULL, NULL);
    }
    return code;
}

/*
 * Asked again and again while another writer is busy. SQLite's own waiting soon sleeps for 100 ms at
 * a time, and a write here takes a third of one: the writer that just finished would always be first,
 * and the waiting one late. Short naps find the gap; after a while they are longer, for then somebody
 * does something large.
 */
static int wait_a_bit(void *context UNUSED, int times)
{
    if (times >= SHORT_NAPS + (DB_WAIT_MS * 1000 - SHORT_NAPS * SHORT_NAP_US) / LONG_NAP_US)
        return 0;
    const struct timespec nap = {
        .tv_nsec = (times < SHORT_NAPS ? SHORT_NAP_US : LONG_NAP_US) * 1000L};
    (void)nanosleep(&nap, NULL);
    return 1;
}

static int configure(sqlite3 *handle)
{
    int code = sqlite3_busy_handler(handle, wait_a_bit, NULL);
    for (size_t i = 0; i < ARRAY_LEN(switches) && code == SQLITE_OK; i++)
        code = sqlite3_db_config(handle, switches[i].option, switches[i].value, NULL);
    if (code == SQLITE_OK)
        code = claim(handle);
    for (size_t i = 0; i < ARRAY_LEN(settings) && code == SQLITE_OK; i++)
        code = set(handle, settings[i]);
    return code;
}

enum status sqlite_file_open(const char *path, bool create, sqlite3 **ret_handle)
{
    if (!str_equal(path, ":memory:")) {
        struct stat st;
        if (!create && stat(path, &st) != 0 && errno == ENOENT)
            return ERR_NOT_FOUND;
        enum status made = create ? make_private(path) : OK;
        if (made != OK)
            return made;
    }
    /* One connection belongs to one thread at a time, so SQLite need not lock it. */
    sqlite3 *handle;
    int code = sqlite3_open_v2(
        path, &handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, NULL);
    if (code == SQLITE_OK)
        code = configure(handle);
    if (code != SQLITE_OK) {
        sqlite3_close(handle);
        return refused(path, code);
    }
    *ret_handle = handle;
    return OK;
}

/*
 * With synchronous = NORMAL the log is flushed before its pages go into the database, but not at each
 * commit: that is left to who asked for it. The log stays the same file while `handle` is open, and
 * SQLite locks nothing in it, so that closing our descriptor frees no lock.
 */
enum status sqlite_file_ahead(sqlite3 *handle, int *ret_log)
{
    int code = sqlite3_exec(handle, "PRAGMA synchronous = NORMAL", NULL, NULL, NULL);
    if (code == SQLITE_OK) /* reading once makes the log, if it is not there */
        code = sqlite3_exec(handle, "SELECT COUNT(*) FROM sqlite_schema", NULL, NULL, NULL);
    const char *file = sqlite3_db_filename(handle, "main");
    int log = code == SQLITE_OK && file && *file
                  ? open(sqlite3_filename_wal(file), O_RDONLY | O_CLOEXEC)
                  : -1;
    if (log >= 0) {
        *ret_log = log;
        return OK;
    }
    log_event(LOG_ERROR, "db_log_not_found", "engine=sqlite code=%d errno=%d", code, errno);
    return ERR_IO;
}

static enum status vacuum_into(sqlite3 *handle, const char *path)
{
    sqlite3_stmt *stmt;
    int code = sqlite3_prepare_v2(handle, "VACUUM INTO $1", -1, &stmt, NULL);
    if (code == SQLITE_OK) {
        code = sqlite3_bind_text(stmt, 1, path, -1, SQLITE_STATIC);
        if (code == SQLITE_OK)
            code = sqlite3_step(stmt);
        sqlite3_finalize(stmt);
    }
    if (code == SQLITE_DONE)
        return OK;
    log_event(LOG_ERROR, "db_copy_failed", "engine=sqlite file=%s code=%d cause=\"%s\"", path, code,
              sqlite3_errstr(code));
    return code == SQLITE_FULL ? ERR_LIMIT : ERR_DB;
}

/* On the disk, not only in the kernel's memory. Works for folders too. */
static bool sync_path(const char *path)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return false;
    bool synced = fsync(fd) == 0;
    close(fd);
    return synced;
}

/* The folder that `path` is in, into an initialised buffer. */
static void add_folder_of(struct buf *folder, const char *path)
{
    const char *slash = strrchr(path, '/');
    if (slash)
        buf_add(folder, path, (size_t)(slash - path) + 1);
    else
        buf_add_str(folder, ".");
}

static bool sync_folder_of(const char *path)
{
    struct buf folder;
    buf_init(&folder, PATH_MAX);
    add_folder_of(&folder, path);
    bool synced = !buf_failed(&folder) && sync_path(folder.data);
    buf_free(&folder);
    return synced;
}

/*
 * The folder itself is locked, so no file of locks stays behind; the kernel frees it at our death.
 */
enum status sqlite_file_lock(const char *path, int *ret_lock)
{
    if (!*path) {
        *ret_lock = -1;
        return OK;
    }
    struct buf folder;
    buf_init(&folder, PATH_MAX);
    add_folder_of(&folder, path);
    int fd = buf_failed(&folder) ? -1 : open(folder.data, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    buf_free(&folder);
    if (fd >= 0 && flock(fd, LOCK_EX) == 0) {
        *ret_lock = fd;
        return OK;
    }
    log_event(LOG_ERROR, "db_lock_failed", "engine=sqlite file=%s errno=%d", path, errno);
    if (fd >= 0)
        close(fd);
    return ERR_IO;
}

void sqlite_file_unlock(int lock)
{
    if (lock >= 0)
        close(lock);
}

/* `part` is the name the copy has until it is complete. */
static enum status copy_through(sqlite3 *handle, const char *part, const char *path)
{
    /* A copy that was broken off earlier is of no use. */
    if (unlink(part) != 0 && errno != ENOENT)
        return ERR_IO;
    enum status st = make_private(part);
    if (st == OK)
        st = vacuum_into(handle, part);
    /* SQLite does not sync what VACUUM INTO writes. */
    if (st == OK && (!sync_path(part) || rename(part, path) != 0 || !sync_folder_of(path)))
        st = ERR_IO;
    if (st != OK)
        unlink(part);
    return st;
}

enum status sqlite_file_copy(sqlite3 *handle, const char *path)
{
    struct buf part;
    buf_init(&part, PATH_MAX);
    buf_printf(&part, "%s.part", path);
    enum status st = buf_failed(&part) ? ERR_LIMIT : copy_through(handle, part.data, path);
    if (st == ERR_IO)
        log_event(LOG_ERROR, "db_copy_failed", "engine=sqlite file=%s errno=%d", path, errno);
    buf_free(&part);
    return st;
}
