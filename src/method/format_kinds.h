/*
 * format_kinds: the kinds of answer that methods/README.md names and what the format asks of each,
 * for reading a file where nobody answers.
 */
#ifndef METHOD_FORMAT_KINDS_H
#define METHOD_FORMAT_KINDS_H

#include "method/method.h"

extern const struct method_kinds method_format_kinds;

#endif
