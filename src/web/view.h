/*
 * view: small answers that templates need, so that no logic stands in HTML. Pure functions.
 */
#ifndef WEB_VIEW_H
#define WEB_VIEW_H

#include <stdbool.h>
#include <stddef.h>

#include "html/html.h"
#include "web/form.h"
#include "web/page.h"

/* "dark", or NULL when the device decides. */
const char *view_theme(const struct page *page);
bool view_has_errors(const struct page *page);

/* The message of field i, translated, with its value. */
const char *view_error(const struct html *h, const struct form_values *form, size_t i);
const char *view_input_type(const struct field *field);
/* Ids for aria-describedby: hint, error or both. */
const char *view_described(struct arena *arena, const struct field *field, bool wrong);
bool view_same(const char *a, const char *b);
/* A number as text, for trf. */
const char *view_number(struct arena *arena, int64_t number);

#endif
