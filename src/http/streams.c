#include "http/streams.h"

#include "base/buf.h"

struct stream {
    struct stream *previous, *next;
    struct streams *home;
    void *connection;
    uint64_t channel;
    int64_t active_us; /* when bytes were last taken */
    struct buf pending;
    size_t taken; /* of pending */
    bool asleep;
    bool ended;
};

void streams_init(struct streams *streams, void (*sleep)(void *connection),
                  void (*wake)(void *connection))
{
    *streams = (struct streams){.sleep = sleep, .wake = wake};
    pthread_mutex_init(&streams->lock, NULL);
}

void streams_done(struct streams *streams)
{
    pthread_mutex_destroy(&streams->lock);
}

size_t streams_count(struct streams *streams)
{
    pthread_mutex_lock(&streams->lock);
    size_t count = streams->count;
    pthread_mutex_unlock(&streams->lock);
    return count;
}

/* Channels are often ids; the multiplication spreads any that share their low bits. */
static struct stream **bucket_of(struct streams *streams, uint64_t channel)
{
    return &streams->buckets[channel * UINT64_C(0x9E3779B97F4A7C15) >> 58];
}

struct stream *streams_open(struct streams *streams, uint64_t channel, void *connection,
                            int64_t now_us)
{
    struct stream *stream = malloc(sizeof *stream);
    if (!stream)
        return NULL;
    *stream = (struct stream){
        .home = streams, .connection = connection, .channel = channel, .active_us = now_us};
    buf_init(&stream->pending, STREAM_PENDING_MAX);
    pthread_mutex_lock(&streams->lock);
    struct stream **bucket = bucket_of(streams, channel);
    stream->next = *bucket;
    if (stream->next)
        stream->next->previous = stream;
    *bucket = stream;
    streams->count++;
    stream->ended = streams->ended;
    pthread_mutex_unlock(&streams->lock);
    return stream;
}

void streams_close(struct stream *stream)
{
    if (!stream)
        return;
    struct streams *streams = stream->home;
    pthread_mutex_lock(&streams->lock);
    if (stream->previous)
        stream->previous->next = stream->next;
    else
        *bucket_of(streams, stream->channel) = stream->next;
    if (stream->next)
        stream->next->previous = stream->previous;
    streams->count--;
    pthread_mutex_unlock(&streams->lock);
    buf_free(&stream->pending);
    free(stream);
}

static void wake(struct stream *stream)
{
    if (!stream->asleep)
        return;
    stream->asleep = false;
    stream->home->wake(stream->connection);
}

void stream_begin_with(struct stream *stream, const char *data, size_t len)
{
    pthread_mutex_lock(&stream->home->lock);
    struct buf first;
    buf_init(&first, STREAM_PENDING_MAX);
    buf_add(&first, data, len);
    buf_add(&first, stream->pending.data, stream->pending.len); /* pushed while the handler ran */
    stream->ended = stream->ended || buf_failed(&first);
    buf_free(&stream->pending);
    stream->pending = first;
    pthread_mutex_unlock(&stream->home->lock);
}

ptrdiff_t streams_read(struct stream *stream, char *to, size_t max, int64_t now_us)
{
    struct streams *streams = stream->home;
    ptrdiff_t result;
    pthread_mutex_lock(&streams->lock);
    size_t left = stream->pending.len - stream->taken;
    if (left && !buf_failed(&stream->pending)) {
        size_t n = left < max ? left : max;
        memcpy(to, stream->pending.data + stream->taken, n);
        stream->taken += n;
        stream->active_us = now_us;
        if (n == left) {
            buf_free(&stream->pending); /* a thousand idle streams hold no buffers */
            stream->taken = 0;
        }
        result = (ptrdiff_t)n;
    } else if (stream->ended || buf_failed(&stream->pending)) {
        result = STREAM_END;
    } else {
        stream->asleep = true;
        streams->sleep(stream->connection);
        result = STREAM_ASLEEP;
    }
    pthread_mutex_unlock(&streams->lock);
    return result;
}

static void add_event(struct buf *to, const char *event, const char *data)
{
    if (event && *event)
        buf_printf(to, "event: %s\n", event);
    for (;;) {
        size_t len = strcspn(data, "\r\n");
        buf_add_str(to, "data: ");
        buf_add(to, data, len);
        buf_add_char(to, '\n');
        if (!data[len])
            break;
        data += len + (data[len] == '\r' && data[len + 1] == '\n' ? 2 : 1);
    }
    buf_add_char(to, '\n');
}

static void push_one(struct stream *stream, const char *event, const char *data)
{
    if (stream->ended)
        return;
    add_event(&stream->pending, event, data);
    wake(stream);
}

static bool may_be_sent(const char *event)
{
    return !event || !event[strcspn(event, "\r\n")];
}

void streams_push(struct streams *streams, uint64_t channel, const char *event, const char *data)
{
    if (!may_be_sent(event))
        return;
    pthread_mutex_lock(&streams->lock);
    for (struct stream *s = *bucket_of(streams, channel); s; s = s->next)
        if (s->channel == channel)
            push_one(s, event, data);
    pthread_mutex_unlock(&streams->lock);
}

void streams_push_all(struct streams *streams, const char *event, const char *data)
{
    if (!may_be_sent(event))
        return;
    pthread_mutex_lock(&streams->lock);
    for (size_t i = 0; i < STREAM_BUCKETS; i++)
        for (struct stream *s = streams->buckets[i]; s; s = s->next)
            push_one(s, event, data);
    pthread_mutex_unlock(&streams->lock);
}

void streams_beat(struct streams *streams, int64_t before_us)
{
    pthread_mutex_lock(&streams->lock);
    for (size_t i = 0; i < STREAM_BUCKETS; i++) {
        for (struct stream *s = streams->buckets[i]; s; s = s->next) {
            if (!s->asleep || s->active_us > before_us)
                continue;
            buf_add_str(&s->pending, ":\n\n");
            wake(s);
        }
    }
    pthread_mutex_unlock(&streams->lock);
}

void streams_end(struct streams *streams)
{
    pthread_mutex_lock(&streams->lock);
    streams->ended = true;
    for (size_t i = 0; i < STREAM_BUCKETS; i++) {
        for (struct stream *s = streams->buckets[i]; s; s = s->next) {
            s->ended = true;
            wake(s);
        }
    }
    pthread_mutex_unlock(&streams->lock);
}
