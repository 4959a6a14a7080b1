/* texts: how long the texts of each kind may be, in characters; for their templates too. */
#ifndef ANSWER_TEXTS_H
#define ANSWER_TEXTS_H

#include "answer/kind.h"

size_t short_most(const struct question *question);
size_t text_most(const struct question *question);
size_t words_most(const struct question *question); /* how many */

#define WORD_MOST 60       /* of one key word */
#define ROLE_MOST 1000     /* of one role */
#define LIST_LINES 20      /* of one list */
#define LIST_LINE_MOST 200 /* of one line */
#define TOPS_MOST 2000
#define SUMMARY_MOST 4000
#define CORRECTION_MOST 2000
#define NOTE_MOST 500 /* a line beside a choice, a photo, a drawing */
#define ITEM_MOST 80  /* of one row of certainty */

#endif
