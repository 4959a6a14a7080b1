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
extern const struct route prepare_routes[];
extern const struct route code_routes[];

struct web;

/* What stands on top of every page of a conversation. */
struct talk_head {
    const struct conversation *conversation;
    const char *title;              /* of the method */
    const char *heading;            /* "Six questions with Noor", "Case discussion about Noor" */
    const char *about, *about_url;  /* pupil or group; the url is "" for who may not go there */
    const char *call;
    bool is_about_them; /* adults talk: whom it is about is not there */
    const char *moment, *state_text;
    bool is_open, is_under_way, is_closed;
};

/* What somebody prepared and this reader may read. */
struct prepared_part {
    const char *title;
    const struct sheet *sheet;
};
#define TALK_PREPARED_MAX 5 /* pupil, guardians, teachers, coordinators, externals */

struct talk_view {
    struct talk_head head;
    const struct sheet *sheet;                  /* read view; NULL before it began */
    struct prepared_part prepared[TALK_PREPARED_MAX];
    size_t prepared_count;
    bool may_prepare;                           /* there is a preparation for staff */
    bool asks_others;                           /* more than the pupil get a letter */
    const char *preparation_text;               /* how it stands with preparing */
    const struct participant *people;
    const char *const *people_parts; /* in which part each takes part, in words */
    size_t people_count;
    bool may_invite; /* say who takes part */
    const char *look_on, *left_out;
    const struct conversation *earlier;         /* the last of the same kind, to compare with */
    const char *earlier_when;
    bool may_reopen, may_evaluate;
};

/* Of a group: whose part of the whole form. */
struct whose_line {
    const char *name, *url;
    size_t said; /* answers */
    bool is_here;
};

struct form_view {
    struct talk_head head;
    const struct sheet *sheet;
    const char *url; /* of this page, with whose part it is */
    struct whose_line *whose;
    size_t whose_count;
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
    const char *who_came; /* of a group: the pupils who are counted as heard, in words; else NULL */
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

/* Staff prepare, or type in what came on paper. */
struct prepare_view {
    struct talk_head head;
    const struct sheet *sheet;
    const char *title, *letter;      /* `letter` NULL: it is somebody else's paper */
    const char *part;                /* of the path: "leerkracht" */
    const char *other, *other_title; /* the other preparation for staff; NULL: there is one only */
    bool is_paper, is_prepared;
};

/* A sheet of paper came back: what to do with it. */
struct paper_view {
    struct talk_head head;
    const struct form_values *form;
    bool has_pupil, is_pupil_open; /* a preparation of the pupil, and whether staff may see it */
    bool pupil_tells;              /* the pupil said: first in the conversation */
    bool has_home, has_others;
};

/* A child's page: the letter, one question, or the end. */
struct self_view {
    const char *letter, *moment; /* the first page of preparing; else NULL */
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

/* Keeps an answer of a preparation that staff fill in; the page again as it was sent. */
NODISCARD enum status prepare_keep(struct web *web);
NODISCARD enum status prepare_show_again(struct web *web, const struct talk_head *head,
                                         const struct sheet *sheet);

/* Those of the signed-in pupil that are planned or under way, soonest first. */
NODISCARD enum status self_lines(struct web *web, struct self_line **ret, size_t *ret_count);

#endif
