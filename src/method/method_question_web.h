/*
 * method_question_web: the form of one question of a draft, with its preview. The preview is the
 * same form sent to another address, which keeps nothing: with the script as one types, without it
 * by a button.
 */
#ifndef METHOD_METHOD_QUESTION_WEB_H
#define METHOD_METHOD_QUESTION_WEB_H

#include "web/route.h"

extern const struct route method_question_routes[];

#endif
