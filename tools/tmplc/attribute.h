/*
 * attribute: the part of markup between the name of a tag and its end. Reads from where the place
 * says, and leaves it where the next byte stands.
 */
#ifndef TMPLC_ATTRIBUTE_H
#define TMPLC_ATTRIBUTE_H

#include "markup.h"

/* Where an attribute may begin: its name, and its value's opening quote if it has a value. */
void attribute_read(struct markup *m);

/* Behind the = of an attribute. */
void attribute_equals(struct markup *m);

/* One step in a value. */
void attribute_value(struct markup *m);

#endif
