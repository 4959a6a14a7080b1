/*
 * talk_web: the pages of one conversation for those who hold it: its state, the whole form, one question
 * at a time on a shared screen, closing, reading and comparing. Answers keep themselves while one types.
 */
#ifndef CONVERSATION_TALK_WEB_H
#define CONVERSATION_TALK_WEB_H

#include <stdbool.h>
#include <stddef.h>

#include "conversation/sheet_web.h"
#include "web/form.h"
#include "web/route.h"

extern const struct route talk_routes[];
extern const struct route talk_past_routes[];
extern const struct route self_routes[];

struct web;

/* What stands on top of every page of a conversation. */
struct talk_head {
    const struct conversation *conversation;
    const char *title;              /* of the method */
    const char *about, *about_url;  /* pupil or group */
    const char *call;
    const char *moment, *state_text;
    bool is_open, is_under_way, is_closed;
};

struct talk_view {
    struct talk_head head;
    const struct sheet *sheet;                  /* read view; NULL before it began */
    const struct sheet *preparation;            /* what the pupil prepared and may be read */
    const char *preparation_text;               /* how it stands with preparing */
    const struct participant *people;
    size_t people_count;
    const char *look_on, *left_out;
    const struct conversation *earlier;         /* the last of the same kind, to compare with */
    const char *earlier_when;
    bool may_reopen, may_evaluate;
};

struct form_view {
    struct talk_head head;
    const struct sheet *sheet;
    const char *sharpen_url; /* of a talk among staff: the goal sharpener; else NULL */
    const char *csrf;
};

/* One question, large, on a screen that both read. */
struct together_view {
    struct talk_head head;
    const struct sheet *sheet;
    const struct sheet_phase *phase;
    const struct sheet_question *question;
    const struct sheet_question *before, *after;
    size_t number; /* of the question, from 1 */
    int minutes;   /* how long it usually takes */
    int64_t started_at;
    const char *csrf;
};

struct close_line {
    const char *name, *text;
    const char *url; /* where it is done; NULL when the method does not ask it */
    bool is_done;
};

struct close_view {
    struct talk_head head;
    const struct sheet *sheet;
    const struct form_values *form;
    struct close_line *lines;
    size_t line_count;
    const char *const *open_questions; /* asked for, and empty */
    size_t open_count;
};

/* One voice on one question, in both conversations; NULL where nothing was said. */
struct compare_line {
    const char *words;
    const struct sheet_part *now, *then;
};
struct compare_view {
    struct talk_head head;
    const char *now, *then; /* the days */
    const char *then_url;
    struct compare_line *lines;
    size_t line_count;
};

struct history_line {
    const char *when, *who, *text; /* `who` may be "" */
    bool stood;                    /* false: the other text of a conflict */
    bool stands;                   /* now */
};
struct history_view {
    struct talk_head head;
    const char *words, *who, *voice_class;
    struct history_line *lines; /* newest first */
    size_t line_count;
};

/* A child's page: one question, or the end. */
struct self_view {
    const struct conversation *conversation;
    const struct sheet *sheet;
    const struct sheet_question *question; /* NULL: the last page */
    const struct sheet_question *before, *after;
    const struct sheet_part *kept_by_next; /* the only part to write in: the arrow keeps it; NULL: several or none */
    const char *title, *call, *symbol;
    int colour;
    size_t number;
    bool is_young, is_preparing;
    const char *csrf;
};

/* A conversation in the list of the pupil's own place. */
struct self_line {
    const char *url, *title, *moment, *leader;
    bool is_open, is_ready;
};

/* Opens the conversation of the path and fills what stands on top. */
NODISCARD enum status talk_head(struct web *web, enum right right, struct conversation *ret,
                                struct talk_head *ret_head);

/*
 * The last conversation of the same kind with the same pupil that was closed before this one; NULL
 * when there is none, or when the reader may see this one only.
 */
NODISCARD enum status talk_earlier(struct web *web, const struct conversation *conversation,
                                   const struct conversation **ret);

/* Saves what was posted to …/antwoord: for staff and pupils alike; `use` says what may be answered. */
NODISCARD enum status talk_save(struct web *web, enum right right, enum sheet_use use,
                                enum method_part who);
/* The same with a file, when the route's form is talk_upload_form (…/bijlage). */
extern const struct form talk_answer_form, talk_upload_form;

/* A photo or file of the conversation, for who may see the answer that it belongs to. */
NODISCARD enum status talk_attachment(struct web *web, enum right right);

/* The page that an answer was sent from, without script: as it was typed, with what is wrong beside it. */
NODISCARD enum status talk_show_again(struct web *web, const struct conversation *c,
                                      const struct sheet *sheet,
                                      const struct sheet_question *question);

NODISCARD enum status self_show_again(struct web *web, const struct conversation *c,
                                      const struct sheet *sheet,
                                      const struct sheet_question *question);

/* Those of the signed-in pupil that are planned or under way, soonest first. */
NODISCARD enum status self_lines(struct web *web, struct self_line **ret, size_t *ret_count);

#endif
