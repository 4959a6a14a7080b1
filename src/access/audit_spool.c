#include <assert.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "access/audit.h"
#include "access/audit_chain.h"
#include "access/work.h"
#include "base/arena.h"
#include "base/log.h"
#include "base/random.h"
#include "base/str.h"
#include "db/db.h"
#include "gen/access_sql.h"
#include "vault/vault.h"

/*
 * A spool is a file of fixed records in the state directory, held with flock while its process
 * lives. A drain renames the full file away under the mutex, so that readers go on in a new one.
 */

#define BATCH 500 /* events per transaction: short write locks, few fsyncs */
#define PATH_SIZE 4096
#define PREFIX "audit-"
#define SUFFIX ".spool"
#define OPEN_TRIES 5

struct audit_spool {
    pthread_mutex_t lock;
    int file; /* -1 when the last attempt to open one failed */
    unsigned generation;
    char directory[PATH_SIZE];
    char path[PATH_SIZE + 64];
    uint64_t name;
};

/* Somebody who looked for orphans between our open and our lock has unlinked it: nobody finds it. */
static bool is_unlinked(int file)
{
    struct stat info;
    return fstat(file, &info) != 0 || info.st_nlink == 0;
}

/* A new file, locked and findable. The spool is changed only when that worked. */
static enum status open_file(struct audit_spool *spool)
{
    char path[sizeof spool->path];
    for (int tries = 0; tries < OPEN_TRIES; tries++) {
        (void)snprintf(path, sizeof path, "%s/" PREFIX "%016llx-%u" SUFFIX, spool->directory,
                       (unsigned long long)spool->name, spool->generation++);
        int file = open(path, O_CREAT | O_EXCL | O_RDWR | O_APPEND | O_CLOEXEC, 0600);
        if (file < 0)
            break;
        if (flock(file, LOCK_EX | LOCK_NB) == 0 && !is_unlinked(file)) {
            memcpy(spool->path, path, sizeof path);
            spool->file = file;
            return OK;
        }
        close(file);
    }
    log_event(LOG_ERROR, "audit_spool_open_failed", "errno=%d", errno);
    return ERR_IO;
}

enum status audit_spool_open(const char *directory, struct audit_spool **ret_spool)
{
    struct audit_spool *spool = calloc(1, sizeof *spool);
    if (!spool)
        return ERR_NOMEM;
    if (strlen(directory) >= PATH_SIZE) {
        free(spool);
        return ERR_LIMIT;
    }
    spool->file = -1;
    memcpy(spool->directory, directory, strlen(directory) + 1);
    struct random system = random_system();
    random_fill(&system, &spool->name, sizeof spool->name);
    pthread_mutex_init(&spool->lock, NULL);
    enum status st = open_file(spool);
    if (st != OK) {
        audit_spool_close(spool);
        return st;
    }
    *ret_spool = spool;
    return OK;
}

void audit_spool_close(struct audit_spool *spool)
{
    if (!spool)
        return;
    if (spool->file >= 0) {
        struct stat info;
        if (fstat(spool->file, &info) == 0 && info.st_size == 0)
            (void)unlink(spool->path); /* best effort: an empty spool says nothing */
        close(spool->file);
    }
    pthread_mutex_destroy(&spool->lock);
    free(spool);
}

/* Takes a record that the disk had no room for back out, so that the next one starts in its place. */
static void cut_back(int file, ssize_t written)
{
    struct stat info;
    if (fstat(file, &info) != 0 || ftruncate(file, info.st_size - written) != 0)
        log_event(LOG_ERROR, "audit_spool_cut_failed", "errno=%d", errno);
}

enum status audit_seen(struct work *work, enum audit_action action, int64_t pupil, int64_t subject)
{
    struct audit_event event = audit_event_of(work, action, pupil, subject);
    if (!work->spool)
        return ERR_IO;
    pthread_mutex_lock(&work->spool->lock);
    if (work->spool->file < 0)
        IGNORE(open_file(work->spool)); /* the write below fails and tells */
    ssize_t written = write(work->spool->file, &event, sizeof event);
    int error = errno;
    if (written > 0 && written < (ssize_t)sizeof event)
        cut_back(work->spool->file, written);
    pthread_mutex_unlock(&work->spool->lock);
    if (written == sizeof event)
        return OK;
    log_event(LOG_ERROR, "audit_spool_write_failed", "errno=%d", written < 0 ? error : ENOSPC);
    return ERR_IO;
}

static bool is_first_of_its_school(const struct audit_event *events, size_t at)
{
    for (size_t i = 0; i < at; i++)
        if (events[i].school == events[at].school)
            return false;
    return true;
}

static size_t count_of_school(const struct audit_event *events, size_t count, int64_t school)
{
    size_t found = 0;
    for (size_t i = 0; i < count; i++)
        found += events[i].school == school;
    return found;
}

/*
 * In the open transaction, school by school: a reading costs one statement, a school three more. What was
 * read at a school that is gone (another database was put back, a school was taken away) has no chain to
 * go to: it must not keep all that follows waiting.
 */
static enum status append_batch(struct db *db, struct vault *vault, struct arena *arena,
                                const struct audit_event *events, size_t count,
                                size_t *ret_skipped)
{
    size_t skipped = 0;
    enum status st = OK;
    for (size_t i = 0; st == OK && i < count; i++) {
        struct school_id school = {events[i].school};
        struct sql_audit_school *rows = NULL;
        size_t schools = 0;
        if (!is_first_of_its_school(events, i))
            continue;
        if (school.v)
            st = sql_audit_school(db, arena, school, &rows, &schools);
        if (st == OK && schools == 0)
            skipped += count_of_school(events, count, school.v);
        else if (st == OK)
            st = audit_chain_append(db, vault, arena, school, events + i, count - i);
    }
    *ret_skipped = skipped;
    return st;
}

/* Appends the events of one file to the chain, a batch per transaction. */
static enum status drain_events(int file, struct db *db, struct vault *vault, struct arena *arena)
{
    struct audit_event batch[BATCH];
    for (;;) {
        ssize_t got = read(file, batch, sizeof batch);
        if (got < 0)
            return ERR_IO;
        size_t count = (size_t)got / sizeof batch[0];
        if (count == 0)
            return OK;
        enum status st = ERR_CONFLICT;
        size_t skipped = 0;
        for (int tries = 0; st == ERR_CONFLICT && tries < 20; tries++) {
            arena_reset(arena);
            st = db_begin(db, DB_WRITE);
            if (st == OK)
                st = append_batch(db, vault, arena, batch, count, &skipped);
            if (st == OK)
                st = db_commit(db);
            if (st != OK)
                db_rollback(db);
        }
        if (st != OK)
            return st;
        if (skipped)
            log_event(LOG_WARN, "audit_spool_school_gone", "events=%zu", skipped);
    }
}

static enum status drain_file(const char *path, int file, struct db *db, struct vault *vault,
                              struct arena *arena)
{
    if (lseek(file, 0, SEEK_SET) != 0)
        return ERR_IO;
    enum status st = drain_events(file, db, vault, arena);
    if (st == OK && unlink(path) != 0)
        st = ERR_IO;
    return st;
}

static bool is_spool(const char *name)
{
    return str_starts(name, PREFIX) && str_ends(name, SUFFIX);
}

/* Has events, and nobody holds its lock. */
static bool waits(int folder, const char *name)
{
    struct stat info;
    int file = openat(folder, name, O_RDONLY | O_CLOEXEC);
    bool waiting = file >= 0 && fstat(file, &info) == 0 && info.st_size > 0 &&
                   flock(file, LOCK_SH | LOCK_NB) == 0;
    if (file >= 0)
        close(file);
    return waiting;
}

enum status audit_spools_waiting(const char *directory, size_t *ret_count)
{
    DIR *folder = opendir(directory);
    if (!folder)
        return ERR_IO;
    size_t count = 0;
    for (const struct dirent *entry; (entry = readdir(folder)) != NULL;)
        count += is_spool(entry->d_name) && waits(dirfd(folder), entry->d_name);
    closedir(folder);
    *ret_count = count;
    return OK;
}

/* Spools in the directory whose process is gone: nobody holds their lock. */
static enum status drain_orphans(struct audit_spool *spool, struct db *db, struct vault *vault,
                                 struct arena *arena)
{
    DIR *directory = opendir(spool->directory);
    if (!directory)
        return ERR_IO;
    enum status st = OK;
    for (const struct dirent *entry; st == OK && (entry = readdir(directory)) != NULL;) {
        if (!is_spool(entry->d_name))
            continue;
        char path[PATH_SIZE + 300];
        (void)snprintf(path, sizeof path, "%s/%s", spool->directory, entry->d_name);
        if (str_equal(path, spool->path))
            continue;
        int file = open(path, O_RDWR | O_CLOEXEC);
        if (file < 0)
            continue; /* another process was quicker */
        if (flock(file, LOCK_EX | LOCK_NB) == 0 && !is_unlinked(file))
            st = drain_file(path, file, db, vault, arena);
        close(file);
    }
    closedir(directory);
    return st;
}

enum status audit_spool_drain(struct audit_spool *spool, struct db *db, struct vault *vault,
                              struct arena *arena)
{
    assert(spool);
    struct stat info = {0};
    pthread_mutex_lock(&spool->lock);
    bool has_events = spool->file >= 0 && fstat(spool->file, &info) == 0 && info.st_size > 0;
    int full = spool->file;
    /* No room for a new one: keep writing where we are, try again later. */
    bool swapped = has_events && open_file(spool) == OK;
    pthread_mutex_unlock(&spool->lock);
    if (swapped)
        close(full); /* unlocked: from here on it is an orphan, with the same way back after an error */
    return drain_orphans(spool, db, vault, arena);
}
