/* Made by tmplc from forms.html: change that. */
#include "forms_html.h"

#include "i18n/tr.h"

/* A constant text in the reader's language; xgettext looks for this name. */
#ifndef _
#define _(text) tr(h->tr, text)
#endif

#line 1 "forms.html"
void html_field(struct html *h, const char *name, const char *value, const char *error, bool required, size_t rows)
{
    html_literal(h, "<div class=\"field", 17);
#line 2 "forms.html"
    if (error) {
        html_literal(h, " field-wrong", 12);
    }
    html_literal(h, "\">\n", 3);
#line 3 "forms.html"
    if (rows > 1) {
        html_literal(h, "<textarea name=\"", 16);
#line 4 "forms.html"
        HTML_ATTR(h, name);
        html_literal(h, "\" rows=\"", 8);
#line 4 "forms.html"
        HTML_ATTR(h, rows);
        html_literal(h, "\"", 1);
#line 4 "forms.html"
        if (required) {
            html_literal(h, " required", 9);
        }
#line 4 "forms.html"
        if (error) {
            html_literal(h, " aria-invalid=\"true\"", 20);
        }
        html_literal(h, ">\n", 2);
#line 4 "forms.html"
        HTML_TEXT(h, value);
        html_literal(h, "</textarea>\n"
                     "<pre>\n", 18);
#line 5 "forms.html"
        HTML_TEXT(h, value);
        html_literal(h, "</pre>\n", 7);
    } else {
        html_literal(h, "<input", 6);
#line 7 "forms.html"
        if (error) {
            html_literal(h, " aria-invalid=\"true\"", 20);
        }
        html_literal(h, " type=\"text\" name=\"", 19);
#line 7 "forms.html"
        HTML_ATTR(h, name);
        html_literal(h, "\" value=\"", 9);
#line 7 "forms.html"
        HTML_ATTR(h, value);
        html_literal(h, "\"", 1);
#line 7 "forms.html"
        if (required) {
            html_literal(h, " required", 9);
        }
        html_literal(h, ">\n", 2);
    }
#line 9 "forms.html"
    if (error) {
        html_literal(h, "<p id=\"error-", 13);
#line 9 "forms.html"
        HTML_ATTR(h, name);
        html_literal(h, "\">", 2);
#line 9 "forms.html"
        HTML_TEXT(h, error);
        html_literal(h, "</p>", 4);
    }
    html_literal(h, "\n"
                 "</div>", 7);
}

#line 13 "forms.html"
void html_choice(struct html *h, const char *const *names, size_t count, size_t chosen)
{
    html_literal(h, "<select name=\"choice\"", 21);
#line 14 "forms.html"
    if (count > 5) {
        html_literal(h, " class=\"long\"", 13);
    } else {
        html_literal(h, " class=\"short\" data-few", 23);
    }
    html_literal(h, ">", 1);
#line 15 "forms.html"
    for (size_t i = 0; i < count; i++) {
#line 16 "forms.html"
        const bool is_chosen = i == chosen;
        html_literal(h, "<option value=\"", 15);
#line 17 "forms.html"
        HTML_ATTR(h, i);
        html_literal(h, "\"", 1);
#line 17 "forms.html"
        if (is_chosen) {
            html_literal(h, " selected", 9);
        }
        html_literal(h, ">", 1);
#line 17 "forms.html"
        HTML_TEXT(h, names[i]);
        html_literal(h, "</option>", 9);
    }
    html_literal(h, "</select>\n"
                 "<a href=\"", 19);
#line 20 "forms.html"
    if (chosen) {
        html_literal(h, "/keuze/", 7);
#line 20 "forms.html"
        HTML_URL_PART(h, chosen);
    } else {
        html_literal(h, "/keuzes", 7);
    }
    html_literal(h, "?terug=1\">\n"
                 "<span class=\"", 24);
#line 21 "forms.html"
    for (size_t i = 0; i < count; i++) {
        html_literal(h, "k-", 2);
#line 21 "forms.html"
        HTML_ATTR(h, i);
        html_literal(h, " ", 1);
    }
    html_literal(h, "\">&rarr;</span>\n"
                 "</a>", 20);
}
