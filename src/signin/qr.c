#include "signin/qr.h"

#include <assert.h>
#include <errno.h>
#include <qrencode.h>

#include "base/arena.h"
#include "base/buf.h"

#define QUIET 4
#define DARK 1
#define PATH_MAX_BYTES ((size_t)256 * 1024) /* the largest symbol has 177 × 177 modules */

/* Each run of dark modules as one line through its middle, as wide as a module: half of what
 * rectangles would take. */
static void add_runs(struct buf *path, const QRcode *code)
{
    for (int y = 0; y < code->width; y++) {
        const unsigned char *row = code->data + (size_t)y * (size_t)code->width;
        for (int x = 0; x < code->width;) {
            int start = x;
            while (x < code->width && (row[x] & DARK))
                x++;
            if (x > start)
                buf_printf(path, "M%d %d.5h%d", start + QUIET, y + QUIET, x - start);
            else
                x++;
        }
    }
}

enum status qr_encode(struct arena *arena, const char *text, enum qr_for purpose, struct qr *ret_qr)
{
    assert(arena && text && ret_qr);

    if (*text == '\0')
        return ERR_INVALID;
    if (strlen(text) > QR_TEXT_MAX)
        return ERR_LIMIT;
    QRcode *code =
        QRcode_encodeString8bit(text, 0, purpose == QR_FOR_PAPER ? QR_ECLEVEL_Q : QR_ECLEVEL_M);
    if (!code)
        return ERR_NOMEM; /* the length was checked */
    struct buf path;
    buf_init(&path, PATH_MAX_BYTES);
    add_runs(&path, code);
    int size = code->width + 2 * QUIET;
    QRcode_free(code);
    const char *d = arena_strndup(arena, path.data, path.len);
    bool failed = buf_failed(&path) || arena_failed(arena);
    buf_free(&path);
    if (failed)
        return ERR_NOMEM;
    *ret_qr = (struct qr){.d = d, .size = size};
    return OK;
}
