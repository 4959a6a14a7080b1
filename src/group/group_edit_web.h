/*
 * group_edit_web: the form of one group, new or standing: name, years, kind, age band.
 */
#ifndef GROUP_GROUP_EDIT_WEB_H
#define GROUP_GROUP_EDIT_WEB_H

#include "base/status.h"
#include "group/group.h"

struct form;
struct web;

extern const struct form group_edit_form;

/* "4 to 6 years": msgid. */
const char *group_band_text(enum age_band band);

/* Handlers: an empty form for the year in ?jaar=, its sending, the form of a group, its sending. */
enum status group_new(struct web *web);
enum status group_make(struct web *web);
enum status group_edit(struct web *web);
enum status group_keep(struct web *web);

#endif
