#include "http/threads.h"

#include "base/compiler.h"

struct threads {
    pthread_mutex_t lock;
    pthread_cond_t work;   /* a task came, or stopping */
    pthread_cond_t opened; /* a thread has opened or failed to */
    struct task *first, *last;
    size_t waiting, queue_max;
    unsigned idle; /* threads in pthread_cond_wait: nobody else needs a signal */
    bool stopping;
    struct threads_hooks hooks;
    unsigned count; /* threads to join in the end */
    unsigned numbered, reported;
    enum status failure;
    pthread_t *ids;
};

bool thread_start(pthread_t *ret_thread, const char *name, void *(*run)(void *), void *context)
{
    pthread_attr_t attributes;
    if (pthread_attr_init(&attributes) != 0)
        return false;
    bool made = pthread_attr_setstacksize(&attributes, THREAD_STACK) == 0 &&
                pthread_create(ret_thread, &attributes, run, context) == 0;
    pthread_attr_destroy(&attributes);
    if (made)
        (void)pthread_setname_np(*ret_thread, name);
    return made;
}

/* The next task, NULL when there will be none. */
static struct task *take(struct threads *threads)
{
    pthread_mutex_lock(&threads->lock);
    while (!threads->first && !threads->stopping) {
        threads->idle++;
        pthread_cond_wait(&threads->work, &threads->lock);
        threads->idle--;
    }
    struct task *task = threads->first;
    if (task) {
        threads->first = task->next;
        threads->waiting--;
    }
    pthread_mutex_unlock(&threads->lock);
    return task;
}

/* Tells threads_start() how opening went; gives this thread its number. */
static void report(struct threads *threads, enum status st)
{
    pthread_mutex_lock(&threads->lock);
    threads->reported++;
    if (st != OK && threads->failure == OK)
        threads->failure = st;
    pthread_cond_signal(&threads->opened);
    pthread_mutex_unlock(&threads->lock);
}

static unsigned own_number(struct threads *threads)
{
    pthread_mutex_lock(&threads->lock);
    unsigned number = threads->numbered++;
    pthread_mutex_unlock(&threads->lock);
    return number;
}

static void *thread_main(void *context)
{
    struct threads *threads = context;
    void *worker = NULL;
    enum status st = threads->hooks.open(threads->hooks.context, own_number(threads), &worker);
    report(threads, st);
    if (st != OK)
        return NULL;
    struct task *task;
    while ((task = take(threads)))
        threads->hooks.run(worker, task);
    threads->hooks.close(worker);
    return NULL;
}

void threads_end(struct threads *threads)
{
    if (!threads)
        return;
    pthread_mutex_lock(&threads->lock);
    threads->stopping = true;
    pthread_cond_broadcast(&threads->work);
    pthread_mutex_unlock(&threads->lock);
    for (; threads->count > 0; threads->count--)
        pthread_join(threads->ids[threads->count - 1], NULL);
}

void threads_free(struct threads *threads)
{
    if (!threads)
        return;
    threads_end(threads);
    pthread_cond_destroy(&threads->work);
    pthread_cond_destroy(&threads->opened);
    pthread_mutex_destroy(&threads->lock);
    free(threads->ids);
    free(threads);
}

enum status threads_start(unsigned count, size_t queue_max, const struct threads_hooks *hooks,
                          struct threads **ret_threads)
{
    struct threads *threads = calloc(1, sizeof *threads);
    pthread_t *ids = calloc(count, sizeof *ids);
    if (!threads || !ids) {
        free(threads);
        free(ids);
        return ERR_NOMEM;
    }
    *threads = (struct threads){.queue_max = queue_max, .hooks = *hooks, .ids = ids};
    pthread_mutex_init(&threads->lock, NULL);
    pthread_cond_init(&threads->work, NULL);
    pthread_cond_init(&threads->opened, NULL);

    char name[16];
    for (; threads->count < count; threads->count++) {
        (void)snprintf(name, sizeof name, "http-worker-%u", threads->count % 100);
        if (!thread_start(&ids[threads->count], name, thread_main, threads))
            break;
    }
    pthread_mutex_lock(&threads->lock);
    while (threads->reported < threads->count)
        pthread_cond_wait(&threads->opened, &threads->lock);
    enum status st = threads->failure;
    pthread_mutex_unlock(&threads->lock);
    if (st == OK && threads->count < count)
        st = ERR_NOMEM;
    if (st == OK)
        *ret_threads = threads;
    else
        threads_free(threads);
    return st;
}

bool threads_push(struct threads *threads, struct task *task)
{
    task->next = NULL;
    pthread_mutex_lock(&threads->lock);
    bool taken = !threads->stopping && threads->waiting < threads->queue_max;
    bool wake = taken && threads->idle > 0;
    if (taken) {
        if (threads->first)
            threads->last->next = task;
        else
            threads->first = task;
        threads->last = task;
        threads->waiting++;
    }
    pthread_mutex_unlock(&threads->lock);
    if (wake) /* after the lock, so that the woken thread does not run into it */
        pthread_cond_signal(&threads->work);
    return taken;
}

size_t threads_waiting(struct threads *threads)
{
    pthread_mutex_lock(&threads->lock);
    size_t waiting = threads->waiting;
    pthread_mutex_unlock(&threads->lock);
    return waiting;
}
