/*
 * question_links_web: what a question of a draft has to do with others: after which answers it is
 * asked
 * (`when`), whose answer stands beside it (`shows`), and the pictures of its own options. Choices
 * for the form, and back from what was chosen.
 */
#ifndef METHOD_QUESTION_LINKS_WEB_H
#define METHOD_QUESTION_LINKS_WEB_H

#include <stdbool.h>
#include <stddef.h>

#include "html/html.h"
#include "method/method.h"
#include "web/form.h"

struct web;

#define LINKS_WORDS_MAX 8000 /* characters of all that is chosen in one field */

/* Pictures that may stand with a question or an option: value is the symbol; "=" as it is, "-"
 * none. */
extern const struct choice question_pictures[];

/* An answer of an earlier question; value is QUESTION=OPTION. */
struct link_answer {
    const char *value, *label;
    bool chosen;
};
struct link_question {
    const char *words;
    const struct link_answer *answers;
    size_t count;
};
/* An option of this question; values are OPTION=SYMBOL, as `choices` says. */
struct link_picture {
    const char *label, *id;
    const char *now; /* "" none */
};

struct question_links {
    const struct link_question *opens;
    size_t open_count;
    bool has_condition;
    const struct form_option *shows;
    size_t show_count;
    const struct link_picture *pictures;
    size_t picture_count;
    /* In words, for the preview; NULL: none. */
    const char *only_after, *beside;
};

/* For the question as it stands or was typed; `method` has it under the same id. */
NODISCARD enum status question_links(struct web *web, const struct method *method,
                                     const struct question *question,
                                     const struct question_links **ret_links);

/* Fills the fields "when" and "shows". */
void question_links_fill(struct web *web, const struct question *question,
                         struct form_values *values);

/*
 * From the fields "when", "shows" and "option_picture" of web->form. What cannot be is an error at
 * the field: answers of two questions; a question that is not asked before.
 */
NODISCARD enum status question_links_take(struct web *web, const struct method *method,
                                          struct question *question);

/* "t-hulp" for OPTION=SYMBOL of a picture that is chosen: for the template. */
const char *link_picture_value(struct html *html, const struct link_picture *picture,
                               const char *symbol);

#endif
