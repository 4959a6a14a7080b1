/*
 * replay: reads a generated source again with other eyes than tmplc's own. Puts the literals one
 * after another, follows the tags in them as a browser would, and judges every sink by where it
 * then stands. Shares no code and no tables with tmplc.
 */
#ifndef TMPLC_REPLAY_H
#define TMPLC_REPLAY_H

#include <stdbool.h>

#include "base/compiler.h"

/* What is wrong with the source, or NULL. Sources with code over several lines are not judged. */
const char *replay(char *source, bool *ret_judged);

#endif
