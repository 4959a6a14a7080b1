/*
 * threads: the worker threads and the queue before them. A task is anything with a `struct task`
 * in it; what running one means is the owner's business.
 */
#ifndef HTTP_THREADS_H
#define HTTP_THREADS_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/status.h"

#define THREAD_STACK ((size_t)512 * 1024)

/* A thread with a name that ps and gdb show, and our stack size. False when there can be none. */
bool thread_start(pthread_t *ret_thread, const char *name, void *(*run)(void *), void *context);

struct task {
    struct task *next;
};

struct threads_hooks {
    void *context;
    /* In the thread itself, at its start and end. */
    enum status (*open)(void *context, unsigned number, void **ret_worker);
    void (*close)(void *worker);
    /* One task. The task is the hook's from here on. */
    void (*run)(void *worker, struct task *task);
};

struct threads;

/* Starts `count` threads; when one cannot open, stops all and gives its status. */
NODISCARD enum status threads_start(unsigned count, size_t queue_max,
                                    const struct threads_hooks *hooks,
                                    struct threads **ret_threads);

/* Hands a task over; false when queue_max tasks wait already or the threads are stopping. */
bool threads_push(struct threads *threads, struct task *task);

size_t threads_waiting(struct threads *threads);

/*
 * Takes no more tasks, runs what waits, ends the threads. Others may still push, in vain, until
 * threads_free(). NULL is fine for both.
 */
void threads_end(struct threads *threads);
void threads_free(struct threads *threads);

#endif
