/* texts_tables: the long tables behind texts.h, one file per age. Only texts.c and they use it. */
#ifndef DEMO_TEXTS_TABLES_H
#define DEMO_TEXTS_TABLES_H

#include "demo/texts.h"

extern const struct demo_texts demo_strengths_young, demo_worries_young;
extern const struct demo_texts demo_strengths_older, demo_worries_older;
extern const struct demo_texts demo_strengths_teen, demo_worries_teen;

#endif
