/* photo_file: from a file to pixels and back, by its format. Inside of photo.c only. */
#ifndef PRINT_PHOTO_FILE_H
#define PRINT_PHOTO_FILE_H

#include <cairo.h>

#include "base/bytes.h"
#include "base/status.h"

struct arena;

/*
 * Pixels of a file, at most twice as fine as `side` needs if its format can be read coarser. The
 * caller destroys the surface. Statuses of photo_read().
 */
NODISCARD enum status photo_jpeg(struct bytes file, int side, cairo_surface_t **ret_surface);
NODISCARD enum status photo_png(struct bytes file, cairo_surface_t **ret_surface);
NODISCARD enum status photo_webp(struct bytes file, int side, cairo_surface_t **ret_surface);

/* An image surface without transparency as JPEG, in the arena. ERR_NOMEM. */
NODISCARD enum status photo_write(cairo_surface_t *surface, struct arena *arena,
                                  struct bytes *ret_jpeg);

#endif
