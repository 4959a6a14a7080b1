/*
 * method_parts_web: the forms of a draft's larger parts: what it is, and a phase.
 */
#ifndef METHOD_METHOD_PARTS_WEB_H
#define METHOD_METHOD_PARTS_WEB_H

#include "web/route.h"

extern const struct route method_parts_routes[];

#endif
