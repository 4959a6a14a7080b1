/*
 * names: what Dutch names, year groups and numbers look like. Pure functions, no file formats.
 */
#ifndef ROSTER_NAMES_H
#define ROSTER_NAMES_H

#include <stdbool.h>

#include "roster/roster.h"

struct arena;

/* Fills display and sort from the parts, which are "" where unknown. */
void name_compose(struct arena *arena, struct roster_name *name);

/*
 * Splits "van der Linden" into prefix and family name when the file has one field for both. Only
 * Dutch prefixes in lower case are split off: "De Smet" is a Flemish family name as it stands.
 */
void name_split_prefix(struct arena *arena, struct roster_name *name);

/* All words are Dutch prefixes in lower case: "van 't". */
bool name_is_prefix(const char *text);

/* EDEXML's code, exactly; ROSTER_YEAR_UNKNOWN when it is none. */
enum roster_year year_parse(const char *code);

/* As people type it: "5", "05", "groep 5", "leerjaar 2". */
enum roster_year year_parse_dutch(struct arena *arena, const char *text);

/* In a secondary school the years 1-6 are 11-16 (EDEXML pitfall); others as they are. */
enum roster_year year_secondary(enum roster_year year);

/*
 * Nine digits, dots, blanks and hyphens aside, that pass the eleven test of the Dutch national
 * number (BSN). One of eleven arbitrary nine-digit numbers passes as well.
 */
bool is_national_number(const char *text);

/* Nine digits and nothing else (dots, blanks and hyphens aside). */
bool is_nine_digits(const char *text);

/* Somewhere in the text stands a run of exactly nine digits that passes the eleven test. */
bool holds_national_number(const char *text);

/* 99XX or 99XX01. */
bool is_brin(const char *text);

#endif
