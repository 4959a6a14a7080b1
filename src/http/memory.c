#include "http/memory.h"

#include "base/compiler.h"

#define SMALL_BODY ((size_t)256 * 1024)
#define FIRST_SIZE ((size_t)16 * 1024)
#define PAGE_KEEP_SIZE ((size_t)128 * 1024) /* larger buffers are not kept */
#define PAGES_KEEP 32

static bool budget_take(struct budget *budget, size_t len, bool small)
{
    size_t most = small ? budget->max : budget->max / 4 * 3;
    size_t used = atomic_load_explicit(&budget->used, memory_order_relaxed);
    do {
        if (used > most || len > most - used)
            return false;
    } while (!atomic_compare_exchange_weak_explicit(&budget->used, &used, used + len,
                                                    memory_order_relaxed, memory_order_relaxed));
    return true;
}

int upload_begin(struct upload *upload, struct budget *budget, uint64_t declared, size_t limit)
{
    *upload = (struct upload){.limit = limit, .budget = budget};
    if (declared == UPLOAD_UNKNOWN || declared == 0)
        return 0;
    if (declared > limit)
        return 413;
    if (!budget_take(budget, (size_t)declared, declared <= SMALL_BODY))
        return 503;
    upload->reserved = (size_t)declared;
    return 0;
}

/* Room for `need` bytes in all; false when the budget or the memory does not have it. */
static bool reserve(struct upload *upload, size_t need)
{
    if (need <= upload->size)
        return true;
    size_t size = upload->reserved; /* a declared length is allocated once, when bytes come */
    if (need > size) {
        size_t doubled = upload->size ? upload->size * 2 : FIRST_SIZE;
        size = doubled > need ? doubled : need;
        size = size > upload->limit ? upload->limit : size;
        if (!budget_take(upload->budget, size - upload->reserved, size <= SMALL_BODY))
            return false;
        upload->reserved = size;
    }
    uint8_t *data = realloc(upload->data, size);
    if (!data)
        return false;
    upload->data = data;
    upload->size = size;
    return true;
}

static bool drain(struct upload *upload, size_t len)
{
    upload->drained += len;
    return upload->drained <= UPLOAD_DRAIN_MAX;
}

bool upload_add(struct upload *upload, const void *data, size_t len)
{
    if (upload->refusal)
        return drain(upload, len);
    if (len > upload->limit - upload->len)
        upload->refusal = 413;
    else if (!reserve(upload, upload->len + len))
        upload->refusal = 503;
    if (upload->refusal) {
        free(upload->data);
        upload->data = NULL;
        upload->size = upload->len = 0;
        return drain(upload, len);
    }
    if (len)
        memcpy(upload->data + upload->len, data, len);
    upload->len += len;
    return true;
}

void upload_done(struct upload *upload)
{
    free(upload->data);
    if (upload->reserved)
        atomic_fetch_sub_explicit(&upload->budget->used, upload->reserved, memory_order_relaxed);
    *upload = (struct upload){0};
}

void pages_init(struct pages *pages, size_t page_max)
{
    *pages = (struct pages){.page_max = page_max};
    pthread_mutex_init(&pages->lock, NULL);
}

static void page_free(struct page *page)
{
    buf_free(&page->buf);
    free(page);
}

void pages_done(struct pages *pages)
{
    while (pages->first) {
        struct page *page = pages->first;
        pages->first = page->next;
        page_free(page);
    }
    pthread_mutex_destroy(&pages->lock);
}

struct page *pages_take(struct pages *pages)
{
    pthread_mutex_lock(&pages->lock);
    struct page *page = pages->first;
    if (page) {
        pages->first = page->next;
        pages->count--;
    }
    pthread_mutex_unlock(&pages->lock);
    if (page)
        return page;
    page = malloc(sizeof *page);
    if (page) {
        *page = (struct page){.home = pages};
        buf_init(&page->buf, pages->page_max);
    }
    return page;
}

void page_give(struct page *page)
{
    if (!page)
        return;
    struct pages *pages = page->home;
    bool keep = false;
    if (page->buf.size <= PAGE_KEEP_SIZE) {
        buf_reset(&page->buf);
        pthread_mutex_lock(&pages->lock);
        keep = pages->count < PAGES_KEEP;
        if (keep) {
            page->next = pages->first;
            pages->first = page;
            pages->count++;
        }
        pthread_mutex_unlock(&pages->lock);
    }
    if (!keep)
        page_free(page);
}
