/* on_paper: what the kinds' forms on paper share: a blank to write on, or what was said. */
#ifndef ANSWER_ON_PAPER_H
#define ANSWER_ON_PAPER_H

#include "answer/kind.h"
#include "print/paper.h"

/* The part, "" on a blank. */
const char *on_paper_part(const struct answer_view *view, const char *part);
bool on_paper_blank(const struct answer_view *view);

/* What was said in a part as the words of the view's voice, or `lines` to write on. */
void on_paper_text(struct paper *paper, const struct answer_view *view, const char *part,
                   int lines);
/* The same in a box with a title and a picture (NULL: none). */
void on_paper_box(struct paper *paper, const struct answer_view *view, const char *part,
                  const char *title, const char *symbol, int lines);
/* Of boxes two beside each other: how many stand in the row of this one. The last one alone is wide. */
size_t on_paper_beside(size_t first, size_t count);
/* One box per option, two beside each other. */
void on_paper_options(struct paper *paper, const struct answer_view *view, int lines);
/* The photo that an answer carries (file.h), or a line that says that there is a photo or file. */
void on_paper_file(struct paper *paper, const struct answer_view *view);
/* Lines of the question, else of the method, else `own`. */
int on_paper_lines(const struct answer_view *view, int own);

/* Voice and colour of a voice. */
enum paper_voice on_paper_voice(enum voice voice);

#endif
