/*
 * pupil_edit_web: the form of a pupil's own data, new or standing.
 */
#ifndef PUPIL_PUPIL_EDIT_WEB_H
#define PUPIL_PUPIL_EDIT_WEB_H

#include "base/status.h"

struct form;
struct web;

extern const struct form pupil_edit_form;

/* Handlers: an empty form, its sending, the form of a pupil, its sending. */
enum status pupil_new(struct web *web);
enum status pupil_make(struct web *web);
enum status pupil_edit(struct web *web);
enum status pupil_keep(struct web *web);

#endif
