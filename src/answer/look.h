/*
 * look: small answers that the templates of kinds need, so that no logic stands in HTML. Pure;
 * texts live in the arena of the page.
 */
#ifndef ANSWER_LOOK_H
#define ANSWER_LOOK_H

#include "answer/kind.h"

/* "ans--young" …: size of letters and targets (UX §2). */
const char *look_band(const struct answer_view *view);
/* Reads nothing yet: pictures and speech do it all. */
bool look_young(const struct answer_view *view);
/* Up to group 4: larger pictures, fewer letters. */
bool look_child(const struct answer_view *view);

/* The field of a part: "a", "a.tops". And of part N of a row: "a.3.item". */
const char *look_field(const struct html *html, const char *part);
/* An id of this answer on the page: FIELD_ID, FIELD_ID-PART; dots become '-'. */
const char *look_id(const struct html *html, const struct answer_view *view, const char *part);
/*
 * For aria-describedby: what the page gave and the error (FIELD_ID_error: no part is called so).
 * NULL when there is neither.
 */
const char *look_described(const struct html *html, const struct answer_view *view);

/* The words of the question. */
const char *look_words(const struct answer_view *view);
const char *look_label(const struct answer_view *view, const struct question_option *option);
const char *look_end(const struct answer_view *view, int end); /* 0 low, 1 high end of a scale */

const char *look_part(const struct answer_view *view, const char *part);
bool look_is(const struct answer_view *view, const char *part, const char *text);
bool look_same(const char *a, const char *b);
bool look_has(const struct answer_view *view, const char *part);
bool look_empty(const struct answer_view *view);

/* The lines of a text that has them. */
struct look_lines {
    const char *const *line;
    size_t count;
};
struct look_lines look_lines_of(const struct html *html, const char *text);

/* Joins with ", " what stands on lines. */
const char *look_joined(const struct html *html, const char *text);

const char *look_number(const struct html *html, int64_t number);
/* Rows of a textarea for this reader. */
int look_rows(const struct answer_view *view, int rows);

/* What the listen button says: the question, and what can be chosen. */
const char *look_spoken(const struct html *html, const struct answer_view *view);

#endif
