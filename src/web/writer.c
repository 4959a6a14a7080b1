#include "web/writer.h"

#include <assert.h>
#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <time.h>
#include <unistd.h>

#include "base/log.h"
#include "db/db.h"

#define PATIENCE_SECONDS 5 /* as long as SQLite itself waits for another process */

struct writer {
    pthread_mutex_t turn;
    struct db *db;
    int log; /* what a flush writes out */

    pthread_mutex_t lock; /* of all below */
    pthread_cond_t flushed;
    uint64_t asked;   /* how often writer_flush() was called */
    uint64_t covered; /* the flushes done so far began after this many of those calls */
    bool running;
    /* Pages that could not be written may count as written the next time: ask no more. */
    atomic_bool broken;
};

enum status writer_open(const char *database, struct writer **ret_writer)
{
    struct writer *writer = calloc(1, sizeof *writer);
    if (!writer)
        return ERR_NOMEM;
    enum status st = db_open(database, false, &writer->db);
    if (st == OK)
        st = db_commit_ahead(writer->db, &writer->log);
    if (st != OK) {
        db_close(writer->db);
        free(writer);
        return st;
    }
    pthread_mutex_init(&writer->turn, NULL);
    pthread_mutex_init(&writer->lock, NULL);
    pthread_cond_init(&writer->flushed, NULL);
    *ret_writer = writer;
    return OK;
}

void writer_close(struct writer *writer)
{
    if (!writer)
        return;
    pthread_mutex_destroy(&writer->turn);
    pthread_mutex_destroy(&writer->lock);
    pthread_cond_destroy(&writer->flushed);
    close(writer->log);
    db_close(writer->db);
    free(writer);
}

struct db *writer_take(struct writer *writer)
{
    struct timespec until;
    clock_gettime(CLOCK_REALTIME,
                  &until); /* of the waits with a limit the one all sanitizers know */
    until.tv_sec += PATIENCE_SECONDS;
    if (atomic_load(&writer->broken))
        return NULL;
    if (pthread_mutex_timedlock(&writer->turn, &until) != 0) {
        log_event(LOG_WARN, "writer_busy", "waited_s=%d", PATIENCE_SECONDS);
        return NULL;
    }
    return writer->db;
}

void writer_give(struct writer *writer)
{
    assert(!db_in_transaction(writer->db));
    pthread_mutex_unlock(&writer->turn);
}

/* One flush for all who asked before it began; the lock is let go meanwhile. */
static void flush_for_all(struct writer *writer)
{
    uint64_t covers = writer->asked;
    writer->running = true;
    pthread_mutex_unlock(&writer->lock);
    bool ok = fdatasync(writer->log) == 0;
    if (!ok) {
        log_event(LOG_ERROR, "flush_failed", "errno=%d", errno);
        atomic_store(&writer->broken, true);
    }
    pthread_mutex_lock(&writer->lock);
    writer->covered = covers;
    writer->running = false;
    pthread_cond_broadcast(&writer->flushed);
}

enum status writer_flush(struct writer *writer)
{
    pthread_mutex_lock(&writer->lock);
    uint64_t mine = ++writer->asked;
    while (writer->covered < mine) {
        if (writer->running) /* that one may have begun before our commit */
            pthread_cond_wait(&writer->flushed, &writer->lock);
        else
            flush_for_all(writer);
    }
    pthread_mutex_unlock(&writer->lock);
    return atomic_load(&writer->broken) ? ERR_IO : OK;
}
