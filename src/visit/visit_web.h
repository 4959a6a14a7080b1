/*
 * visit_web: the links of a conversation for its staff, and the pages of who comes by one: landing, what was
 * shared, preparing.
 */
#ifndef VISIT_VISIT_WEB_H
#define VISIT_VISIT_WEB_H

#include <stdbool.h>
#include <stddef.h>

#include "conversation/form_paper_web.h"
#include "conversation/sheet_web.h"
#include "visit/invite.h"
#include "visit/visit.h"
#include "web/form.h"
#include "web/route.h"

extern const struct route visit_routes[];
extern const struct route guest_routes[];
extern const struct route invite_routes[];
extern const struct route invite_round_routes[];

/* "https://school.example", as this request came in: where links lead. */
const char *visit_base(struct web *web);

/*
 * For who opened it: notes that the letter went, makes the link, and writes down what is printed
 * (not the school). The route's form has a field "questions".
 */
NODISCARD enum status invite_letter(struct web *web, const struct conversation *c,
                                    const struct method *method, const struct invitee *who,
                                    enum band band, struct letter_paper *ret);
/* The reply: letters as one PDF. */
NODISCARD enum status invite_print(struct web *web, const struct letter_paper *list, size_t count);

/* One who is invited, on the page that asks whom a letter goes to. */
struct invite_line {
    int64_t person;
    const char *name, *as, *way;
    const char *state; /* "invited today at 10.05", "" not yet */
    bool is_prepared, is_chosen;
    bool is_stale; /* moved after the letter went */
    bool has_mail, has_letter;
};
struct invite_view {
    const struct conversation *conversation;
    const char *title, *about, *about_url, *call, *moment;
    const char *goes_out; /* the day on which the letters are best out, or NULL */
    struct invite_line *lines;
    size_t count;
};

/* A round: who gets e-mail, and for whom there is paper. */
struct invite_home_line {
    const char *name, *pupil, *state;
    bool is_prepared;
};
struct invite_round_view {
    struct group_id group;
    struct conversation_round_id id;
    const char *group_name, *title, *weeks;
    size_t pupils; /* whose conversation has not begun */
    struct invite_home_line *mail, *paper,
        *on_request; /* guardians, by the way their letter goes */
    size_t mail_count, paper_count, on_request_count;
    size_t waiting;                          /* written to before, and not prepared */
    const char *teachers, *teachers_without; /* names, "" nobody */
    bool may_invite, has_letters;
};

struct link_line {
    int64_t id;
    const char *name, *purpose, *made, *ends;
    bool is_live, is_revoked;
};
struct links_view {
    const struct conversation *conversation;
    const char *title, *call;
    const struct form_values *form;
    const struct form_option *people;
    size_t people_count;
    struct link_line *lines;
    size_t count;
};

/* Shown once, to print or to scan. */
struct link_sheet_view {
    const char *name, *call, *purpose, *ends;
    const char *link, *code;
    const char *qr_path;
    int qr_size;
};

/* A visitor prepares: one page with all questions. */
struct guest_view {
    const struct conversation *conversation;
    const struct sheet *sheet;
    const char *title, *call, *letter, *moment; /* `call` "" where it is about a group */
    bool is_prepared;
};

/* The page of a preparation as it was sent, with what is wrong beside it: for conversation/'s talk_save(). */
NODISCARD enum status guest_show_again(struct web *web, const struct conversation *c,
                                       const struct sheet *sheet);

#endif
