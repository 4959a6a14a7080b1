/* Made by tmplc from forms.html: change that. */
#ifndef GEN_FORMS_HTML_H
#define GEN_FORMS_HTML_H

#include "html/html.h"

void html_field(struct html *h, const char *name, const char *value, const char *error, bool required, size_t rows);
void html_choice(struct html *h, const char *const *names, size_t count, size_t chosen);

#endif
