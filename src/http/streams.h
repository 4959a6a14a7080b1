/*
 * streams: the open server-sent event streams by channel, each with the bytes it still has to send.
 * Knows the format of events; what a connection is, and how it is put to sleep and woken, are
 * hooks.
 *
 * A stream belongs to whoever opened it. Reading happens in the connection's thread, pushing in
 * any thread; one lock covers both, so a push cannot fall between "nothing to send" and "asleep".
 */
#ifndef HTTP_STREAMS_H
#define HTTP_STREAMS_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define STREAM_PENDING_MAX ((size_t)64 * 1024) /* a client further behind is hung up on */
#define STREAM_BUCKETS 64

struct stream;

struct streams {
    pthread_mutex_t lock;
    struct stream *buckets[STREAM_BUCKETS];
    bool ended;
    size_t count;
    void (*sleep)(void *connection); /* called with the lock held */
    void (*wake)(void *connection);  /* called with the lock held */
};

void streams_init(struct streams *streams, void (*sleep)(void *connection),
                  void (*wake)(void *connection));
void streams_done(struct streams *streams);
size_t streams_count(struct streams *streams);

/* A stream that gets every event of `channel` from now on. NULL when memory is out. */
struct stream *streams_open(struct streams *streams, uint64_t channel, void *connection,
                            int64_t now_us);

/* Takes the stream out and frees it. NULL is fine. */
void streams_close(struct stream *stream);

/* Bytes to send before any event: what the handler wrote. */
void stream_begin_with(struct stream *stream, const char *data, size_t len);

#define STREAM_ASLEEP (-1)
#define STREAM_END (-2)

/*
 * Takes at most `max` bytes: how many, or STREAM_ASLEEP after calling the sleep hook when there
 * are none, or STREAM_END.
 */
ptrdiff_t streams_read(struct stream *stream, char *to, size_t max, int64_t now_us);

/*
 * An event for everybody on `channel`. `event` may be NULL (a plain message); line ends in `data`
 * become several data lines. An event name with a line end in it is not sent.
 */
void streams_push(struct streams *streams, uint64_t channel, const char *event, const char *data);

/* The same for everybody on every channel. */
void streams_push_all(struct streams *streams, const char *event, const char *data);

/* A comment on every stream silent since `before_us`: proxies keep it open, dead clients show. */
void streams_beat(struct streams *streams, int64_t before_us);

/* Ends all streams, also those opened later. */
void streams_end(struct streams *streams);

#endif
