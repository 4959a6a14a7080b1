#include "base/arena.h"

#include <assert.h>
#include <stdalign.h>
#include <stdint.h>

#if defined(__SANITIZE_ADDRESS__)
#define ARENA_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define ARENA_ASAN 1
#endif
#endif

#ifdef ARENA_ASAN
#include <sanitizer/asan_interface.h>
/* Not inlined: gcc 12 takes the library's `const void *` for a read of fresh memory, and warns. */
static __attribute__((noinline)) void poison(void *memory, size_t len)
{
    __asan_poison_memory_region(memory, len);
}
static void unpoison(void *memory, size_t len)
{
    __asan_unpoison_memory_region(memory, len);
}
#else
static void poison(void *memory UNUSED, size_t len UNUSED)
{
}
static void unpoison(void *memory UNUSED, size_t len UNUSED)
{
}
#endif

/* A page of daily work fits in one chunk, so that most requests allocate nothing. */
#define CHUNK_SIZE ((size_t)64 * 1024)
#define ALIGN alignof(max_align_t)

struct chunk {
    struct chunk *previous;
    size_t size;
    size_t used;
    alignas(max_align_t) unsigned char data[];
};

struct arena {
    struct chunk *last;
    size_t cap;
    size_t taken; /* bytes of all chunks' data */
    size_t fail_at;
    bool failed;
};

static struct chunk *chunk_new(size_t size, struct chunk *previous)
{
    struct chunk *chunk = malloc(sizeof *chunk + size);
    if (!chunk)
        return NULL;
    chunk->previous = previous;
    chunk->size = size;
    chunk->used = 0;
    poison(chunk->data, size);
    return chunk;
}

static void chunk_free(struct chunk *chunk)
{
    unpoison(chunk->data, chunk->size);
    free(chunk);
}

struct arena *arena_new(size_t cap)
{
    struct arena *arena = calloc(1, sizeof *arena);
    if (arena)
        arena->cap = cap;
    return arena;
}

void arena_free(struct arena *arena)
{
    if (!arena)
        return;
    while (arena->last) {
        struct chunk *previous = arena->last->previous;
        chunk_free(arena->last);
        arena->last = previous;
    }
    free(arena);
}

void arena_reset(struct arena *arena)
{
    assert(arena);
    while (arena->last && arena->last->previous) {
        struct chunk *previous = arena->last->previous;
        chunk_free(arena->last);
        arena->last = previous;
    }
    if (arena->last && arena->last->size > CHUNK_SIZE) {
        chunk_free(arena->last);
        arena->last = NULL;
    }
    arena->taken = arena->last ? arena->last->size : 0;
    if (arena->last) {
        arena->last->used = 0;
        poison(arena->last->data, arena->last->size);
    }
    arena->failed = false;
    arena->fail_at = 0;
}

bool arena_failed(const struct arena *arena)
{
    return arena->failed;
}

static bool grow(struct arena *arena, size_t size)
{
    size_t want = size > CHUNK_SIZE ? size : CHUNK_SIZE;
    if (want > arena->cap - arena->taken)
        want = size;
    if (want > arena->cap - arena->taken)
        return false;
    struct chunk *chunk = chunk_new(want, arena->last);
    if (!chunk)
        return false;
    arena->last = chunk;
    arena->taken += want;
    return true;
}

static bool refused_by_test(struct arena *arena)
{
    return arena->fail_at && --arena->fail_at == 0;
}

void *arena_alloc(struct arena *arena, size_t size)
{
    assert(arena);
    if (arena->failed)
        return NULL;
    if (size > PTRDIFF_MAX - ALIGN - sizeof(struct chunk) || refused_by_test(arena)) {
        arena->failed = true;
        return NULL;
    }
    size_t room = size ? (size + ALIGN - 1) / ALIGN * ALIGN : ALIGN;
    if (!arena->last || room > arena->last->size - arena->last->used) {
        if (!grow(arena, room)) {
            arena->failed = true;
            return NULL;
        }
    }
    void *memory = arena->last->data + arena->last->used;
    arena->last->used += room;
    unpoison(memory,
             size); /* and not the rest of the room: AddressSanitizer sees one byte too far */
    memset(memory, 0, size);
    return memory;
}

void *arena_array(struct arena *arena, size_t count, size_t size)
{
    if (size && count > SIZE_MAX / size) {
        arena->failed = true;
        return NULL;
    }
    return arena_alloc(arena, count * size);
}

/* The one string that may be handed out when memory is gone; nobody may write into it. */
static char *empty_text(void)
{
    static char empty[1];
    return empty;
}

char *arena_strndup(struct arena *arena, const char *text, size_t len)
{
    if (len == SIZE_MAX) {
        arena->failed = true;
        return empty_text();
    }
    char *copy = arena_alloc(arena, len + 1);
    if (!copy)
        return empty_text();
    if (len)
        memcpy(copy, text, len);
    return copy;
}

char *arena_strdup(struct arena *arena, const char *text)
{
    return arena_strndup(arena, text, strlen(text));
}

void *arena_memdup(struct arena *arena, const void *data, size_t len)
{
    void *copy = arena_alloc(arena, len);
    if (copy && len)
        memcpy(copy, data, len);
    return copy;
}

char *arena_vprintf(struct arena *arena, const char *format, va_list args)
{
    char most[256]; /* nearly all fit: written once and copied */
    va_list again;
    va_copy(again, args);
    int len = vsnprintf(most, sizeof most, format, args);
    char *text = len < 0 ? NULL : arena_alloc(arena, (size_t)len + 1);
    if (text && (size_t)len < sizeof most)
        memcpy(text, most, (size_t)len);
    else if (text)
        (void)vsnprintf(text, (size_t)len + 1, format, again);
    else
        arena->failed = true;
    va_end(again);
    return text ? text : empty_text();
}

char *arena_printf(struct arena *arena, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    char *text = arena_vprintf(arena, format, args);
    va_end(args);
    return text;
}

struct arena_mark arena_mark(struct arena *arena)
{
    return (struct arena_mark){.chunk = arena->last, .used = arena->last ? arena->last->used : 0};
}

void arena_rewind(struct arena *arena, struct arena_mark mark)
{
    while (arena->last != mark.chunk) {
        assert(arena->last); /* else the mark is of another arena, or from before a reset */
        struct chunk *previous = arena->last->previous;
        if (!previous && !mark.chunk) {
            mark.used = 0; /* keep the only chunk, empty */
            break;
        }
        arena->taken -= arena->last->size;
        chunk_free(arena->last);
        arena->last = previous;
    }
    if (arena->last) {
        arena->last->used = mark.used;
        poison(arena->last->data + mark.used, arena->last->size - mark.used);
    }
}

size_t arena_used(const struct arena *arena)
{
    size_t used = 0;
    for (const struct chunk *c = arena->last; c; c = c->previous)
        used += c->used;
    return used;
}

void arena_fail_at(struct arena *arena, size_t nth)
{
    arena->fail_at = nth;
}
