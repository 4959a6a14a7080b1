/* Strokes: what reads as a drawing is written the same way from then on, and is a path. */
#include "answer/drawing.h"
#include "base/arena.h"

static void must(bool holds)
{
    if (!holds)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_new((size_t)64 << 20);
    if (!arena)
        return 0;
    struct drawing drawing, again;
    const char *text = arena_strndup(arena, (const char *)data, size);
    enum status st = drawing_read(text, arena, &drawing);
    must(st == OK || st == ERR_INVALID || st == ERR_LIMIT);
    if (st == OK) {
        const char *written = drawing_write(&drawing, arena);
        must(drawing_read(written, arena, &again) == OK && again.count == drawing.count);
        must(strcmp(drawing_write(&again, arena), written) == 0);
        for (size_t i = 0; i < drawing.count; i++) {
            must(drawing_path(&drawing.strokes[i], arena)[0] == 'M');
            must(drawing_pen(&drawing.strokes[i]) > 0);
        }
    }
    arena_free(arena);
    return 0;
}
