#include "vault/secret.h"

#include <sodium.h>
#include <unistd.h>

/* Rounded up to pages, so that no two secrets share one and unlocking one leaves the other. */
static size_t page_round(size_t size, size_t page)
{
    return size > SIZE_MAX - page ? 0 : (size + page - 1) / page * page;
}

static size_t page_size(void)
{
    long page = sysconf(_SC_PAGESIZE);
    return page > 0 ? (size_t)page : 4096;
}

void *secret_alloc(size_t size)
{
    size_t page = page_size();
    size_t whole = page_round(size ? size : 1, page);
    void *memory = whole ? aligned_alloc(page, whole) : NULL;
    if (!memory)
        return NULL;
    (void)sodium_mlock(memory, whole);
    memset(memory, 0, whole);
    return memory;
}

void secret_free(void *memory, size_t size)
{
    if (!memory)
        return;
    (void)sodium_munlock(memory, page_round(size ? size : 1, page_size())); /* wipes first */
    free(memory);
}
