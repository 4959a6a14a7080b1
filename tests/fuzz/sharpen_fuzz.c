/* Any bytes as a remark of the goal sharpener; the lines behind the first as answers. */
#include <assert.h>
#include <string.h>

#include "base/arena.h"
#include "base/utf8.h"
#include "language/sharpen_talk.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(const struct sharpen *sharpen, const char *text, size_t len)
{
    assert(sharpen->label < SHARPEN_LABEL_COUNT && sharpen->kind < SHARPEN_KIND_COUNT);
    assert(utf8_valid(sharpen->proposal, strlen(sharpen->proposal)));
    for (size_t i = 0; i < sharpen->span_count; i++) {
        struct sharpen_span span = sharpen->spans[i];
        assert((size_t)span.at + span.len <= len);
        assert(utf8_valid(text + span.at, span.len));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_new((size_t)8 * 1024 * 1024);
    if (!arena)
        return 0;
    struct sharpen sharpen;
    if (sharpen_read(arena, (const char *)data, size, &sharpen) == OK)
        check(&sharpen, (const char *)data, size);

    char *rest = arena_strndup(arena, (const char *)data, size);
    struct sharpen_talk talk = {.remark = rest};
    for (size_t i = 0; i < SHARPEN_STEP_COUNT && (rest = strchr(rest, '\n')); i++) {
        *rest++ = '\0';
        talk.answers[i] = rest;
    }
    struct sharpen_next next;
    if (sharpen_talk_next(arena, &talk, &next) == OK) {
        assert(next.done || next.question);
        assert(utf8_valid(next.goal, strlen(next.goal)));
    }
    arena_free(arena);
    return 0;
}
