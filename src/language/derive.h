/*
 * derive: what a word that is in no list is likely to be, by the words that are: "vlotter" from
 * "vlot", "sommetje" from "som", "topteam" from "team", "geschiedenistoets" from "toets". Knows
 * Dutch endings and beginnings, and only classes of qualities, things and deeds; never a closed
 * class.
 */
#ifndef LANGUAGE_DERIVE_H
#define LANGUAGE_DERIVE_H

#include <stdbool.h>
#include <stddef.h>

#include "language/lexicon.h"

/* The classes that a key in no list has by its parts. False when it has none. */
bool lexicon_derive(const char *key, size_t len, struct lex_set *ret_set);

#endif
