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

/* A regular form of a verb whose stem is in the lists, with the classes that the lists mean it to
 * have: wordc keeps no word that comes out here. False when it is none. */
bool lexicon_verb(const char *key, size_t len, struct lex_set *ret_set);

/* The classes of a word of the lists, kept or made so; empty for any other. */
struct lex_set lexicon_classes(const char *key, size_t len);

/* The classes that a key in no list is likely to have by its parts. False when there are none. */
bool lexicon_derive(const char *key, size_t len, struct lex_set *ret_set);

#endif
