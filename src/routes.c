/*
 * routes: every table of routes in the program. A new subject adds its line here, and a row per
 * route in tests/access_matrix.txt.
 */
#include "web/route.h"

#include "signin/signin_web.h"
#include "web/assets_web.h"
#include "web/look.h"

static struct route_table tables[8];

