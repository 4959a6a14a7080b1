/*
 * walk: steps through the literal that markup reads; the line goes along.
 */
#ifndef TMPLC_WALK_H
#define TMPLC_WALK_H

#include "markup.h"

void walk_move(struct markup *m, size_t len);
size_t walk_left(const struct markup *m);
bool walk_at(const struct markup *m, const char *text);

void walk_print(struct markup *m, const char *text);
/* Prints `len` bytes as they are and passes them. */
void walk_pass(struct markup *m, size_t len);

/* Of an element or attribute. */
bool walk_is_name(char c);
/* The name that stands here, passed and not printed; empty when none does. */
struct slice walk_name(struct markup *m);

/* &name; &#12; &#x1f; at an &: printed and passed; a bare & is told. */
void walk_reference(struct markup *m);

#endif
