/* photo_fixture: real photos of any size for tests: red at the upper left, green at the upper
 * right, blue at the lower left, white. */
#ifndef PRINT_PHOTO_FIXTURE_H
#define PRINT_PHOTO_FIXTURE_H

#include "base/bytes.h"

struct arena;

/* Fails the test when it cannot be made. */
struct bytes fixture_photo_jpeg(struct arena *arena, int width, int height);
struct bytes fixture_photo_png(struct arena *arena, int width, int height);
struct bytes fixture_photo_webp(struct arena *arena, int width, int height);

#endif
