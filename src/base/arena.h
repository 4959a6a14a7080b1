/*
 * arena: memory that is given back all at once. One arena serves one request, import or command;
 * nothing taken from it is freed alone. Knows nothing of what it holds.
 *
 * Failure is sticky: when memory or the cap runs out, arena_alloc answers NULL, string helpers
 * answer "", and arena_failed() stays true until the reset. Whoever ends the work asks once.
 * Fresh memory is zeroed; memory after a reset is poisoned under AddressSanitizer.
 * Not thread-safe: an arena belongs to one thread at a time.
 */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/compiler.h"

struct arena;

/* A place in the arena to go back to; see arena_mark(). Plain value. */
struct arena_mark {
    void *chunk;
    size_t used;
};

/* A new arena that never holds more than `cap` bytes; NULL when memory is out. */
struct arena *arena_new(size_t cap);

/* Frees the arena and all it gave out. NULL is fine. */
void arena_free(struct arena *arena);

/* Takes everything back, clears the failure flag, keeps the first chunk for the next request. */
void arena_reset(struct arena *arena);

/* True once any request for memory was refused since the last reset. */
bool arena_failed(const struct arena *arena);

/* Zeroed memory, aligned for any type; NULL (and failed) when refused. `size` 0 is allowed. */
void *arena_alloc(struct arena *arena, size_t size);

/* As arena_alloc for `count` items of `size`, overflow checked. */
void *arena_array(struct arena *arena, size_t count, size_t size);

#define ARENA_NEW(arena, type) ((type *)arena_alloc((arena), sizeof(type)))
#define ARENA_ARRAY(arena, type, count) ((type *)arena_array((arena), (count), sizeof(type)))

/* A copy of `len` bytes followed by a NUL. "" when refused, never NULL. */
char *arena_strndup(struct arena *arena, const char *text, size_t len);
char *arena_strdup(struct arena *arena, const char *text);

/* A copy of `len` bytes; NULL when refused. */
void *arena_memdup(struct arena *arena, const void *data, size_t len);

/* printf into the arena. "" when refused, never NULL. */
char *arena_printf(struct arena *arena, const char *format, ...) PRINTF_LIKE(2, 3);
char *arena_vprintf(struct arena *arena, const char *format, va_list args) PRINTF_LIKE(2, 0);

/* Scratch use: everything allocated after the mark goes back with arena_rewind. */
struct arena_mark arena_mark(struct arena *arena);
void arena_rewind(struct arena *arena, struct arena_mark mark);

/* Bytes handed out since the last reset; for tests and metrics. */
size_t arena_used(const struct arena *arena);

/* Tests only: refuse the n-th allocation from now on (1 = the next one); 0 switches it off. */
void arena_fail_at(struct arena *arena, size_t nth);

#endif
