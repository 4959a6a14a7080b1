#include "assetc.h"

#define ZLIB_CONST /* next_in points at const */
#include <brotli/encode.h>
#include <sodium.h>
#include <zlib.h>

#include "base/arena.h"
#include "base/str.h"

#define URL_HASH_LEN 10 /* hex digits: 40 bits, enough between two releases of one file */
#define ETAG_HASH_LEN 32

/* A variant is kept only when it saves at least 5 %: unpacking costs the reader time too. */
static bool worth_it(size_t packed, size_t plain)
{
    return packed > 0 && packed * 100 <= plain * 95;
}

static struct bytes kept(struct arena *arena, const uint8_t *packed, size_t len, size_t plain)
{
    if (!worth_it(len, plain))
        return (struct bytes){0};
    return (struct bytes){arena_memdup(arena, packed, len), len};
}

static bool pack_gzip(struct arena *arena, struct file *file)
{
    z_stream z = {0};
    /* 15 + 16: the largest window, in a gzip wrapper (without name or time: builds are repeatable).
     */
    if (deflateInit2(&z, Z_BEST_COMPRESSION, Z_DEFLATED, 15 + 16, 9, Z_DEFAULT_STRATEGY) != Z_OK)
        return refuse(file->path, 0, "zlib does not start");
    size_t room = deflateBound(&z, file->plain.len);
    uint8_t *packed = arena_alloc(arena, room);
    if (packed) {
        z.next_in = file->plain.data;
        z.avail_in = (uInt)file->plain.len;
        z.next_out = packed;
        z.avail_out = (uInt)room;
    }
    bool ok = packed && deflate(&z, Z_FINISH) == Z_STREAM_END;
    size_t len = z.total_out;
    (void)deflateEnd(&z);
    if (!ok)
        return refuse(file->path, 0, "gzip fails");
    file->gzip = kept(arena, packed, len, file->plain.len);
    return true;
}

static bool pack_brotli(struct arena *arena, struct file *file)
{
    size_t len = BrotliEncoderMaxCompressedSize(file->plain.len);
    uint8_t *packed = arena_alloc(arena, len);
    BrotliEncoderMode mode = file->type->text ? BROTLI_MODE_TEXT : BROTLI_MODE_GENERIC;
    if (!packed || !BrotliEncoderCompress(BROTLI_MAX_QUALITY, BROTLI_DEFAULT_WINDOW, mode,
                                          file->plain.len, file->plain.data, &len, packed))
        return refuse(file->path, 0, "brotli fails");
    file->brotli = kept(arena, packed, len, file->plain.len);
    return true;
}

static void name_by_hash(struct arena *arena, struct file *file)
{
    uint8_t digest[crypto_hash_sha256_BYTES];
    char hex[2 * sizeof digest + 1];
    crypto_hash_sha256(digest, file->plain.data, file->plain.len);
    sodium_bin2hex(hex, sizeof hex, digest, sizeof digest);

    const char *slash = strrchr(file->name, '/');
    const char *base = slash ? slash + 1 : file->name;
    const char *dot = strrchr(base, '.');
    file->url =
        arena_printf(arena, "/a/%.*s.%.*s%s", (int)(dot - base), base, URL_HASH_LEN, hex, dot);
    file->hash = arena_strndup(arena, hex, ETAG_HASH_LEN);
}

bool pack_file(struct folder *folder, struct file *file)
{
    if (file->state == PACKING_DONE)
        return true;
    file->state = PACKING_BUSY;
    if (str_equal(file->type->ending, "css") && !css_rewrite(folder, file))
        return false;
    name_by_hash(folder->arena, file);
    if (!file->type->packed &&
        (!pack_gzip(folder->arena, file) || !pack_brotli(folder->arena, file)))
        return false;
    file->state = PACKING_DONE;
    return true;
}

bool pack_all(struct folder *folder)
{
    for (size_t i = 0; i < folder->count; i++) {
        struct file *file = &folder->files[i];
        if (!pack_file(folder, file))
            return false;
        for (size_t j = 0; j < i; j++)
            if (str_equal(folder->files[j].url, file->url))
                return refuse(file->path, 0, "has the name and the content of %s",
                              folder->files[j].path);
    }
    if (arena_failed(folder->arena))
        return refuse("assetc", 0, "out of memory");
    return true;
}
