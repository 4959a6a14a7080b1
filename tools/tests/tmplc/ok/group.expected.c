/* Made by tmplc from group.html: change that. */
#include "group_html.h"

#include "i18n/tr.h"

/* A constant text in the reader's language; xgettext looks for this name. */
#ifndef _
#define _(text) tr(h->tr, text)
#endif

#line 4 "group.html"
void html_badge(struct html *h, const char *state)
{
    html_literal(h, "<span class=\"badge\">", 20);
#line 5 "group.html"
    HTML_TEXT(h, state);
    html_literal(h, "</span>", 7);
}

#line 8 "group.html"
void html_group_card(struct html *h, const struct group_view *v, bool open)
{
    html_literal(h, "<section class=\"card", 20);
#line 9 "group.html"
    if (open) {
        html_literal(h, " card-open", 10);
    }
    html_literal(h, "\" aria-labelledby=\"g-", 21);
#line 9 "group.html"
    HTML_ID(h, v->id.v);
    html_literal(h, "\">\n"
                 "<h2 id=\"g-", 13);
#line 10 "group.html"
    HTML_ID(h, v->id.v);
    html_literal(h, "\">", 2);
#line 10 "group.html"
    HTML_TEXT(h, v->name);
    html_literal(h, "</h2>\n", 6);
#line 11 "group.html"
    if (v->pupil_count == 0) {
        html_literal(h, "<p>", 3);
#line 11 "group.html"
        HTML_TEXT(h, _("Nobody is in this group yet."));
        html_literal(h, "</p>\n", 5);
    } else {
        html_literal(h, "<ul>", 4);
#line 12 "group.html"
        for (size_t i = 0; i < v->pupil_count; i++) {
            html_literal(h, "<li><a href=\"/leerling/", 23);
#line 13 "group.html"
            HTML_ID(h, v->pupils[i].id.v);
            html_literal(h, "\">", 2);
#line 13 "group.html"
            HTML_TEXT(h, v->pupils[i].name);
            html_literal(h, "</a></li>", 9);
        }
        html_literal(h, "</ul>", 5);
    }
    html_literal(h, "\n", 1);
#line 15 "group.html"
    html_badge(h, v->state);
    html_literal(h, "\n"
                 "</section>", 11);
}
