/*
 * dossier_web: fills what all pages of a dossier show on top: those here, and the tabs that other subjects have.
 */
#ifndef PUPIL_DOSSIER_WEB_H
#define PUPIL_DOSSIER_WEB_H

#include "base/status.h"
#include "pupil/pupil_web.h"

struct web;

/* ERR_NOT_FOUND for an erased pupil. `ret_pupil` may be used for more. */
enum status dossier_head(struct web *web, enum dossier_tab tab, struct dossier_head *ret_head,
                         struct pupil_head *ret_pupil);

#endif
