/* Photos for paper: whatever comes in, what comes out is a small JPEG of the size that it says. */
#include "base/arena.h"
#include "print/photo.h"

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
    struct photo photo;
    enum status st =
        photo_read((struct bytes){data, size}, size ? data[size - 1] : 0, arena, &photo);
    if (st == OK)
        must(photo.width > 0 && photo.width <= PHOTO_SIDE_MAX && photo.height > 0 &&
             photo.height <= PHOTO_SIDE_MAX && photo.jpeg.len > 4 && photo.jpeg.data[0] == 0xFF);
    else
        must(st == ERR_INVALID || st == ERR_LIMIT || st == ERR_NOMEM);
    arena_free(arena);
    return 0;
}
