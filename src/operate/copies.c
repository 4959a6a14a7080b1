#include "operate/copies.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <unistd.h>

#include "base/log.h"
#include "base/str.h"
#include "db/db.h"
#include "gen/backup_sql.h"

#define DIGEST_TABLE "backup_digest"

static const char *const companions[] = {"-wal", "-shm", "-journal"};

static bool name_beside(char to[PATH_MAX], const char *path, const char *suffix)
{
    return snprintf(to, PATH_MAX, "%s%s", path, suffix) < PATH_MAX;
}

void copy_remove(const char *path)
{
    char beside[PATH_MAX];
    (void)unlink(path);
    for (size_t i = 0; i < ARRAY_LEN(companions); i++)
        if (name_beside(beside, path, companions[i]))
            (void)unlink(beside);
}

/* On the disk, not only in the kernel's memory; for folders too. */
static bool sync_path(const char *path)
{
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0)
        return false;
    bool synced = fsync(file) == 0;
    return close(file) == 0 && synced;
}

static bool sync_folder_of(const char *path)
{
    char folder[PATH_MAX];
    const char *slash = strrchr(path, '/');
    size_t len = slash ? (size_t)(slash - path) + 1 : 1;
    if (len >= sizeof folder)
        return false;
    memcpy(folder, slash ? path : ".", len);
    folder[len] = '\0';
    return sync_path(folder);
}

/* Not every file system of a disk that a backup goes to knows "rename, but never over a file". */
static bool rename_new(const char *from, const char *to)
{
    if (renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE) == 0)
        return true;
    if (errno != EINVAL && errno != ENOSYS)
        return false;
    if (access(to, F_OK) == 0) {
        errno = EEXIST;
        return false;
    }
    return rename(from, to) == 0;
}

enum status copy_publish(const char *partial, const char *path)
{
    char log[PATH_MAX];
    if (!name_beside(log, partial, "-wal") || access(log, F_OK) == 0)
        return ERR_LIMIT;
    bool done = sync_path(partial) && rename_new(partial, path);
    if (done && sync_folder_of(path))
        return OK;
    int error = errno;
    log_event(LOG_ERROR, "copy_publish_failed", "errno=%d", error);
    return error == EEXIST ? ERR_CONFLICT : ERR_IO;
}

enum status copy_seal(struct db *backup, const struct table_digest *tables, size_t count)
{
    enum status st = db_begin(backup, DB_WRITE);
    for (size_t i = 0; st == OK && i < count; i++) {
        if (str_equal(tables[i].name, DIGEST_TABLE))
            continue;
        struct bytes hash = {tables[i].hash, TABLE_HASH_BYTES};
        st = sql_backup_digest_add(backup, tables[i].name, tables[i].rows, hash, NULL);
    }
    if (st == OK)
        st = db_commit(backup);
    db_rollback(backup);
    return st;
}

enum status copy_unseal(struct db *backup)
{
    enum status st = db_begin(backup, DB_WRITE);
    if (st == OK)
        st = sql_backup_digest_clear(backup, NULL);
    if (st == OK)
        st = db_commit(backup);
    db_rollback(backup);
    return st;
}

static enum status read_digests(struct db *backup, struct arena *arena,
                                struct sql_backup_digest_rows **ret_rows, size_t *ret_count)
{
    enum status st = db_begin(backup, DB_READ);
    if (st == OK)
        st = sql_backup_digest_rows(backup, arena, ret_rows, ret_count);
    db_rollback(backup);
    return st;
}

static bool digest_fits(const struct table_digest *is, const struct sql_backup_digest_rows *was)
{
    return str_equal(is->name, was->of_table) && is->rows == was->row_count &&
           was->hash.len == TABLE_HASH_BYTES &&
           memcmp(is->hash, was->hash.data, TABLE_HASH_BYTES) == 0;
}

/* Both lists are by name; the table of the digests is only in the first. */
static bool digests_fit(const struct table_digest *is, size_t is_count,
                        const struct sql_backup_digest_rows *was, size_t was_count)
{
    size_t w = 0;
    for (size_t i = 0; i < is_count; i++) {
        if (str_equal(is[i].name, DIGEST_TABLE))
            continue;
        if (w < was_count && digest_fits(&is[i], &was[w])) {
            w++;
            continue;
        }
        log_event(LOG_ERROR, "backup_damaged", "table=%s", is[i].name);
        return false;
    }
    return w == was_count;
}

enum status copy_verify(struct db *backup, struct arena *arena, bool *ret_sealed)
{
    enum status st = db_integrity(backup);
    if (st != OK)
        return st;
    struct sql_backup_digest_rows *was = NULL;
    size_t was_count = 0, count = 0;
    struct table_digest *tables = NULL;
    st = read_digests(backup, arena, &was, &was_count);
    if (st == OK)
        st = db_tables_digest(backup, arena, &tables, &count);
    if (st != OK)
        return st;
    if (was_count && !digests_fit(tables, count, was, was_count))
        return ERR_CORRUPT;
    *ret_sealed = was_count > 0;
    return OK;
}

int64_t copy_rows(const struct table_digest *tables, size_t count)
{
    int64_t rows = 0;
    for (size_t i = 0; i < count; i++)
        rows += tables[i].rows;
    return rows;
}
