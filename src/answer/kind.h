/*
 * kind: one kind of answer (text, faces, drawing …) is one module and one line in the table of
 * kinds.c. A kind knows which parts its value may have, how it is asked and shown on screen, how it
 * stands on paper, and how it reads as plain text (search, comparison, the paragraph for another
 * system). It refuses to know conversations, people, rights and storage.
 */
#ifndef ANSWER_KIND_H
#define ANSWER_KIND_H

#include "answer/answer.h"
#include "html/html.h"
#include "i18n/tr.h"

struct paper;

/* First-class things: the answer is the thing itself (src/goal, src/agreement …). */
enum outcome {
    OUTCOME_NONE,
    OUTCOME_GOAL,
    OUTCOME_NEED,
    OUTCOME_AGREEMENT,
    OUTCOME_PLAN,
    OUTCOME_SHARING,
};

/* What a control needs to draw itself. Field names in the form are "a" or "a.PART". */
struct answer_view {
    const struct question *question;
    const struct answer_value *value; /* as kept or as typed; NULL only for a blank on paper */
    const struct tr *tr;
    const char *lang;         /* for method_say() */
    enum band band;           /* decides size, words and whether reading is needed */
    const char *field_id;     /* prefix for HTML ids, unique on the page */
    const char *described_by; /* ids for aria-describedby, or NULL */
    const char *error;        /* already translated, or NULL */
    /*
     * Where a file for this answer goes (POST of the form, the file in field "file") and comes from
     * (with "/" and the id of the attachment behind it), or NULL.
     */
    const char *upload_url;
    /* Only for paper: */
    enum voice voice;    /* whose words: decides the bar beside them */
    const char *who;     /* their name; NULL: the words stand by themselves */
    struct arena *arena; /* scratch, until the paper is printed */
    int lines;           /* the method's lines per question; 0: the kind's own */
    /* The bytes of a photo that the answer names; data NULL: there is none to show. NULL: no photos. */
    struct bytes (*photo)(void *context, struct attachment_id id);
    void *photo_context;
};

struct answer_kind {
    const char *name;     /* as in methods/README.md */
    enum outcome outcome; /* not NONE: edit/read are the outcome's pages, only `paper` is used */
    bool is_private; /* for the author's own eyes (listening): never in exports or for others */

    /* NULL when the question has all this kind needs, else a msgid. NULL function: anything goes.
     */
    const char *(*fits)(const struct question *question);
    /*
     * Takes the parts as they came in (names and texts unchecked, at most ANSWER_PARTS_MAX, valid
     * UTF-8) and gives the clean value. ERR_INVALID with a msgid in *ret_error for what is not an
     * answer of this kind to this question: unknown parts, another option, too long.
     */
    enum status (*check)(const struct question *question, const struct answer_value *raw,
                         struct arena *arena, struct answer_value *ret_clean,
                         const char **ret_error);
    void (*edit)(struct html *html, const struct answer_view *view);
    void (*read)(struct html *html, const struct answer_view *view);
    /* Plain text, lines ended by \n; "" when empty. */
    const char *(*text)(const struct question *question, const struct answer_value *value,
                        const char *lang, const struct tr *tr, struct arena *arena);
    /* On paper: `value` NULL or empty draws the blank form. */
    void (*paper)(struct paper *paper, const struct answer_view *view);
};

/* By name; NULL when there is none. */
const struct answer_kind *answer_kind(const char *name);

/* All of them, ended by NULL. */
extern const struct answer_kind *const answer_kinds[];

/*
 * Whether an option was chosen, whatever the kind: for a question's `when`. Of faces "unknown" is
 * one too.
 */
bool answer_chose(const struct answer_value *value, const char *option);

/* For method_read(). */
extern const struct method_kinds answer_method_kinds;

/*
 * The raw value in a POST: all fields named "a" or "a.PART". ERR_INVALID when there are too many or
 * a name is not one.
 */
struct http_request;
NODISCARD enum status answer_from_request(const struct http_request *request, struct arena *arena,
                                          struct answer_value *ret_raw);

#endif
