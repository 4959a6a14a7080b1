/* Made by tmplc from group.html: change that. */
#ifndef GEN_GROUP_HTML_H
#define GEN_GROUP_HTML_H

#include "html/html.h"
#include "group_view.h"

void html_badge(struct html *h, const char *state);
void html_group_card(struct html *h, const struct group_view *v, bool open);

#endif
