/*
 * memory: the two kinds of large memory a request needs. Uploads are collected within one budget
 * for the whole server; pages are the buffers that workers write answers into, which go out with
 * the answer and come back when it is sent.
 */
#ifndef HTTP_MEMORY_H
#define HTTP_MEMORY_H

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

/* Bytes of request bodies that may be held at once. */
struct budget {
    _Atomic size_t used;
    size_t max;
};

#define UPLOAD_UNKNOWN UINT64_MAX /* the length of a chunked body */
#define UPLOAD_DRAIN_MAX ((size_t)1024 * 1024)

/* A request body on its way in. Zero value: none. */
struct upload {
    uint8_t *data;
    size_t len;
    size_t size; /* what is allocated */
    size_t limit;
    size_t reserved; /* of the budget */
    size_t drained;  /* bytes thrown away after `refusal` */
    int refusal;     /* 0, 413 or 503: known only while the body of unknown length comes in */
    struct budget *budget;
};

/*
 * Announces a body of `declared` bytes: 0; 413 when over `limit`; 503 when the budget has no room
 * now. Bodies over a quarter MiB leave a quarter of the budget to the small ones.
 */
int upload_begin(struct upload *upload, struct budget *budget, uint64_t declared, size_t limit);

/*
 * Takes bytes. Past the limit or budget they are thrown away, `refusal` says which, and the answer
 * can be given at the end of the body; false when even that lasts too long: hang up.
 */
bool upload_add(struct upload *upload, const void *data, size_t len);

/* Gives memory and budget back. */
void upload_done(struct upload *upload);

/* A buffer for an answer. */
struct page {
    struct page *next;
    struct pages *home;
    struct buf buf;
};

/* The pages nobody uses now. */
struct pages {
    pthread_mutex_t lock;
    struct page *first;
    size_t count;
    size_t page_max;
};

void pages_init(struct pages *pages, size_t page_max);
void pages_done(struct pages *pages);

/* An empty page; NULL when memory is out. */
struct page *pages_take(struct pages *pages);

/* Back to the pages; an unusually large one is freed. NULL is fine. */
void page_give(struct page *page);

#endif
