#include "web/touch.h"

#include <pthread.h>

#include "db/db.h"
#include "access/session.h"

#define WAITING_MAX 1024

struct touch {
    struct session_id id;
    int64_t now_ms;
};

struct touches {
    pthread_mutex_t lock;
    size_t count;
    struct touch waiting[WAITING_MAX];
};

enum status touches_new(struct touches **ret)
{
    struct touches *touches = calloc(1, sizeof *touches);
    if (!touches)
        return ERR_NOMEM;
    pthread_mutex_init(&touches->lock, NULL);
    *ret = touches;
    return OK;
}

void touches_free(struct touches *touches)
{
    if (touches)
        pthread_mutex_destroy(&touches->lock);
    free(touches);
}

void touches_add(struct touches *touches, struct session_id id, int64_t now_ms)
{
    pthread_mutex_lock(&touches->lock);
    size_t i = 0;
    while (i < touches->count && touches->waiting[i].id.v != id.v)
        i++;
    if (i < WAITING_MAX) {
        touches->waiting[i] = (struct touch){id, now_ms};
        touches->count += i == touches->count;
    }
    pthread_mutex_unlock(&touches->lock);
}

enum status touches_write(struct touches *touches, struct db *db)
{
    struct touch due[WAITING_MAX];
    pthread_mutex_lock(&touches->lock);
    size_t count = touches->count;
    memcpy(due, touches->waiting, count * sizeof due[0]);
    touches->count = 0;
    pthread_mutex_unlock(&touches->lock);
    if (count == 0)
        return OK;
    enum status st = db_begin(db, DB_WRITE);
    for (size_t i = 0; st == OK && i < count; i++)
        st = session_touch(db, due[i].id, due[i].now_ms);
    if (st == OK)
        st = db_commit(db);
    db_rollback(db);
    return st;
}
