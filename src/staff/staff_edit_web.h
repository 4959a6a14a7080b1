/*
 * staff_edit_web: the form of a member of staff, new or standing; and their way in: invitation,
 * second step, blocking.
 */
#ifndef STAFF_STAFF_EDIT_WEB_H
#define STAFF_STAFF_EDIT_WEB_H

#include "base/status.h"

struct form;
struct web;

extern const struct form staff_edit_form;

enum status staff_new(struct web *web);
enum status staff_make(struct web *web);
enum status staff_edit(struct web *web);
enum status staff_keep(struct web *web);

#endif
