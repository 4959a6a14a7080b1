/*
 * image: what a file is, by its first bytes, and a copy of it without what a camera adds: place,
 * time, names, thumbnails, embedded films. The picture itself is not decoded. Of JPEG, what may be
 * kept is a list (pixels, tables, colour profile, which way is up); of PNG and WebP too.
 */
#ifndef ANSWER_IMAGE_H
#define ANSWER_IMAGE_H

#include "base/bytes.h"
#include "base/status.h"

struct arena;

enum image_type { IMAGE_NONE, IMAGE_JPEG, IMAGE_PNG, IMAGE_WEBP };

enum image_type image_type_of(struct bytes file);

/*
 * Takes anything. The copy lives in the arena and is never longer than the file, but for the 36
 * bytes that tell which way is up. ERR_INVALID for what is no whole picture of that type;
 * ERR_NOMEM. Stripping twice gives the same bytes.
 */
NODISCARD enum status image_strip(struct bytes file, struct arena *arena, struct bytes *ret_clean);

/* Which way is up, 1 to 8, as a JPEG says (Exif); 1, as it is, of all else. */
int image_up(struct bytes file);

#endif
