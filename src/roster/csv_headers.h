/*
 * csv_headers: what schools call the columns of a plain CSV file. Headers come folded by
 * str_sort_key(): lower case, no accents, punctuation as one blank.
 */
#ifndef ROSTER_CSV_HEADERS_H
#define ROSTER_CSV_HEADERS_H

#include "roster/roster.h"

/* What the column means in a file of pupils, or of staff; ROSTER_FIELD_NONE when unknown. */
enum roster_field csv_pupil_field(const char *folded);
enum roster_field csv_staff_field(const char *folded);

/* Our name for a column that is never read, whatever a mapping says; NULL when it may be. */
const char *csv_forbidden(const char *folded);

#endif
