/* Pictures: what is stripped is still that kind of picture, not longer, and the same when stripped
 * again. */
#include "answer/image.h"
#include "base/arena.h"

static void must(bool holds)
{
    if (!holds)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_new((size_t)16 << 20);
    if (!arena)
        return 0;
    struct bytes file = {data, size};
    struct bytes clean, again;
    enum status st = image_strip(file, arena, &clean);
    must(st == OK || st == ERR_INVALID);
    if (st == OK) {
        must(clean.len <= size + 36 && image_type_of(clean) == image_type_of(file));
        must(image_strip(clean, arena, &again) == OK);
        must(again.len == clean.len && memcmp(again.data, clean.data, clean.len) == 0);
    }
    arena_free(arena);
    return 0;
}
