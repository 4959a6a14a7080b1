/*
 * file: the parts by which an answer carries one photo or file: "file" (the id of an attachment in
 * its URL form) and "file-kind" (image, other). Shared by the kinds that may have one. The upload
 * route writes them; a form only keeps them, or lets them go with "file-away".
 */
#ifndef ANSWER_FILE_H
#define ANSWER_FILE_H

#include "answer/clean.h"
#include "answer/kind.h"

#define FILE_PART "file"
#define FILE_KIND_PART "file-kind"
#define FILE_AWAY_PART "file-away"

/* As a `take` (clean.h); afterwards file_settle() carries out "file-away". */
bool file_take(struct clean *clean, const struct answer_part *raw);
void file_settle(struct answer_value *value);

bool file_there(const struct answer_value *value);
bool file_is_image(const struct answer_value *value);
/* Where it comes from: the upload's address with its id behind it. */
const char *file_url(const struct html *html, const struct answer_view *view);

#endif
