/*
 * agreement_web: agreements on the dossier's tab, on the pupil's own place, on a page each, and as
 * the block in conversations, where those of earlier ones that are still open come first.
 */
#ifndef AGREEMENT_AGREEMENT_WEB_H
#define AGREEMENT_AGREEMENT_WEB_H

#include "conversation/outcomes_web.h"
#include "web/route.h"

extern const struct route agreement_routes[];
extern const struct outcome_block agreement_block;

#endif
