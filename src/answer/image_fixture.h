/* image_fixture: small pictures with what cameras add, written by hand, for tests. */
#ifndef ANSWER_IMAGE_FIXTURE_H
#define ANSWER_IMAGE_FIXTURE_H

#include <stdbool.h>

#include "base/bytes.h"

struct arena;

#define FIXTURE_SECRET "N52.3702 E4.8952 Noor" /* stands in every place where it must not stay */

/* A picture of 1 × 1; with meta: EXIF that says `up`, comments, times, a trailing film. */
struct bytes fixture_jpeg(struct arena *arena, bool with_meta, int up);
struct bytes fixture_png(struct arena *arena, bool with_meta);
struct bytes fixture_webp(struct arena *arena, bool with_meta);

#endif
