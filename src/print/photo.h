/*
 * photo: a photo as paper wants it: upright, no finer than ink can show, and JPEG, which a PDF
 * takes as it is. Reads JPEG, PNG and WebP, which anybody may have made: their size is looked at
 * before anything is unpacked. Knows pixels; refuses to know where a file came from, and how the
 * camera was held (the caller says so).
 */
#ifndef PRINT_PHOTO_H
#define PRINT_PHOTO_H

#include "base/bytes.h"
#include "base/status.h"

struct arena;

#define PHOTO_SIDE_MAX 1240 /* pixels, of its longest side on paper: 185 to the inch */
#define PHOTO_PIXELS_MAX (96 * 1000 * 1000)
#define PHOTO_WHOLE_MAX                                                                            \
    (24 * 1000 * 1000)     /* pixels of what is unpacked as a whole: all but plain JPEG */
#define PHOTO_SCANS_MAX 64 /* of a JPEG that comes in passes */

struct photo {
    struct bytes jpeg; /* upright, in the arena */
    int width, height; /* in pixels */
};

/*
 * `up` is the Exif orientation, 1 … 8; anything else is as it is. ERR_INVALID for what is no
 * picture that can be read (a JPEG in four inks too), ERR_LIMIT for more pixels than the limits
 * above, ERR_NOMEM. What is see-through becomes white.
 */
NODISCARD enum status photo_read(struct bytes file, int up, struct arena *arena,
                                 struct photo *ret_photo);

#endif
