/*
 * method_options_web: the kinds of conversation that a form offers: those about what is planned, the ones for
 * the pupils' age first.
 */
#ifndef CONVERSATION_METHOD_OPTIONS_WEB_H
#define CONVERSATION_METHOD_OPTIONS_WEB_H

#include <stddef.h>

#include "base/status.h"
#include "method/method.h"
#include "web/form.h"

struct web;

/* `abouts`: bits (1 << enum method_about). Without the short talk, which nobody plans. */
NODISCARD enum status method_options(struct web *web, unsigned abouts, enum band band,
                                     const struct form_option **ret, size_t *ret_count);

#endif
