#include "operate/housekeeping.h"

#include <pthread.h>

#include "access/audit.h"
#include "access/work.h"
#include "base/arena.h"
#include "base/log.h"
#include "base/random.h"
#include "db/db.h"
#include "mirror/practice.h"
#include "note/note.h"
#include "person/erasure.h"
#include "roster/staged.h"
#include "school/school.h"
#include "signin/account.h"
#include "vault/vault.h"
#include "web/app.h"
#include "web/touch.h"

#define ROUND_MS 250
#define SWEEP_MS (10 * MS_MINUTE)
#define ERASE_MS (10 * MS_SECOND)
#define ARENA_CAP ((size_t)64 * 1024 * 1024)

struct housekeeping {
    const struct app *app;
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t wake;
    bool stop;
    struct db *db;
    struct arena *arena;
    struct random random;
    int64_t swept_at, erased_at;
    bool keyring_known; /* it was looked whether the keyring is an old copy */
};

/* Work of the program itself, at no school yet. */
static struct work work_of(struct housekeeping *h, struct actor *actor, int64_t now)
{
    *actor = (struct actor){.kind = ACTOR_PROGRAM};
    return (struct work){.db = h->db,
                         .arena = h->arena,
                         .vault = h->app->vault,
                         .random = &h->random,
                         .now_ms = now,
                         .today = date_of(now),
                         .actor = actor,
                         .shelf = h->app->shelf};
}

/* What ends by itself at each school: working notes, roster files that nobody carried out. */
static enum status end_what_ends(struct work *work, struct actor *actor)
{
    struct school *schools = NULL;
    size_t count = 0;
    enum status st = school_list(work, &schools, &count);
    for (size_t i = 0; st == OK && i < count; i++) {
        size_t gone = 0;
        actor->school = schools[i].id;
        st = note_purge(work, &gone);
        if (st == OK && gone)
            log_event(LOG_INFO, "notes_ended", "school=%s count=%zu", id_text(actor->school.v).s,
                      gone);
        if (st == OK)
            st = practice_purge(work, &gone);
        if (st == OK && gone)
            log_event(LOG_INFO, "practices_ended", "school=%s count=%zu",
                      id_text(actor->school.v).s, gone);
        if (st == OK)
            st = staged_sweep(work, &gone);
        if (st == OK && gone)
            log_event(LOG_INFO, "rosters_ended", "school=%s count=%zu", id_text(actor->school.v).s,
                      gone);
    }
    return st;
}

static void sweep(struct housekeeping *h, int64_t now)
{
    arena_reset(h->arena);
    struct actor actor;
    struct work work = work_of(h, &actor, now);
    enum status st = db_begin(h->db, DB_WRITE);
    if (st == OK)
        st = account_sweep(&work);
    if (st == OK)
        st = end_what_ends(&work, &actor);
    if (st == OK)
        st = db_commit(h->db);
    db_rollback(h->db);
    if (st == OK)
        h->swept_at = now;
    else
        log_event(LOG_WARN, "sweep_failed", "status=%s", status_name(st));
}

/* The second half of what was erased here or by a process that died in between. */
static void erase(struct housekeeping *h, int64_t now)
{
    arena_reset(h->arena);
    struct actor actor;
    struct work work = work_of(h, &actor, now);
    size_t slots = 0;
    enum status st = erasure_finish(&work, &slots);
    if (slots)
        log_event(LOG_INFO, "erased", "slots=%zu", slots);
    if (st != OK)
        log_event(LOG_WARN, "erasures_wait", "status=%s", status_name(st));
    bool older = false;
    if (!h->keyring_known) {
        st = erasure_repeat(&work, &older);
        h->keyring_known = st == OK;
    }
    if (older)
        log_event(LOG_WARN, "keyring_was_older", "done=erased_again");
    h->erased_at = now;
}

static void one_round(struct housekeeping *h)
{
    int64_t now = clock_now(h->app->clock);
    arena_reset(h->arena);
    enum status st = audit_spool_drain(h->app->spool, h->db, h->app->vault, h->arena);
    if (st != OK)
        log_event(LOG_WARN, "audit_drain_failed", "status=%s", status_name(st));
    st = touches_write(h->app->touches, h->db);
    if (st != OK)
        log_event(LOG_WARN, "touch_failed", "status=%s", status_name(st));
    st = vault_refresh(h->app->vault);
    if (st != OK)
        log_event(LOG_WARN, "keyring_refresh_failed", "status=%s", status_name(st));
    if (now - h->erased_at >= ERASE_MS || now < h->erased_at)
        erase(h, now);
    if (now - h->swept_at >= SWEEP_MS || now < h->swept_at)
        sweep(h, now);
}

static void *run(void *context)
{
    struct housekeeping *h = context;
    pthread_mutex_lock(&h->lock);
    while (!h->stop) {
        struct timespec until;
        clock_gettime(CLOCK_REALTIME, &until);
        until.tv_nsec += ROUND_MS * 1000000L;
        until.tv_sec += until.tv_nsec / 1000000000L;
        until.tv_nsec %= 1000000000L;
        (void)pthread_cond_timedwait(&h->wake, &h->lock, &until);
        pthread_mutex_unlock(&h->lock);
        one_round(h);
        pthread_mutex_lock(&h->lock);
    }
    pthread_mutex_unlock(&h->lock);
    one_round(h);
    return NULL;
}

static void free_all(struct housekeeping *h)
{
    db_close(h->db);
    arena_free(h->arena);
    pthread_mutex_destroy(&h->lock);
    pthread_cond_destroy(&h->wake);
    free(h);
}

enum status housekeeping_start(const struct app *app, struct housekeeping **ret)
{
    struct housekeeping *h = calloc(1, sizeof *h);
    if (!h)
        return ERR_NOMEM;
    h->app = app;
    h->random = random_system();
    h->arena = arena_new(ARENA_CAP);
    pthread_mutex_init(&h->lock, NULL);
    pthread_cond_init(&h->wake, NULL);
    enum status st = h->arena ? db_open(app->database, false, &h->db) : ERR_NOMEM;
    if (st == OK && pthread_create(&h->thread, NULL, run, h) != 0)
        st = ERR_NOMEM;
    if (st != OK) {
        free_all(h);
        return st;
    }
    *ret = h;
    return OK;
}

void housekeeping_stop(struct housekeeping *h)
{
    if (!h)
        return;
    pthread_mutex_lock(&h->lock);
    h->stop = true;
    pthread_cond_signal(&h->wake);
    pthread_mutex_unlock(&h->lock);
    pthread_join(h->thread, NULL);
    free_all(h);
}
