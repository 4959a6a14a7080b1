/*
 * method_preparation_web: what a participant of a draft thinks over beforehand: adding it, when it
 * is asked for, the letter, taking it out. Its phases and questions are changed as all others are.
 */
#ifndef METHOD_METHOD_PREPARATION_WEB_H
#define METHOD_METHOD_PREPARATION_WEB_H

#include "web/route.h"

extern const struct route method_preparation_routes[];

#endif
