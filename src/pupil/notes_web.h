/*
 * notes_web: the page "my notes" beside a dossier, for the reader's eyes only. Inside this folder only.
 */
#ifndef PUPIL_NOTES_WEB_H
#define PUPIL_NOTES_WEB_H

#include "base/status.h"
#include "web/form.h"

struct web;

extern const struct form notes_form;

enum status notes_page(struct web *web);
enum status notes_add(struct web *web);
enum status notes_change(struct web *web);
enum status notes_remove(struct web *web);

#endif
