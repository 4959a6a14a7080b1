/*
 * form_paper_web: a method on paper (R2): blank, or filled with the answers of a conversation; and the letter
 * of invitation. Each page has name, date and a code that leads back to the conversation. The same for
 * the pages and for `weerklank print`.
 */
#ifndef CONVERSATION_FORM_PAPER_WEB_H
#define CONVERSATION_FORM_PAPER_WEB_H

#include "answer/kind.h"
#include "base/bytes.h"
#include "conversation/conversation.h"
#include "web/route.h"

struct paper_press;
struct tr;
struct web;

extern const struct route paper_routes[];

/* What is printed. Texts may be "" or NULL where a blank has a line to write on. */
struct form_paper {
    const struct method *method;
    const struct conversation *conversation; /* NULL: a blank that belongs to nobody */
    const struct answer *answers;            /* of the conversation; none: a blank */
    size_t answer_count;
    const struct participant *people; /* whose names stand with what they said apart from others */
    size_t people_count;
    enum method_part preparation; /* that participant's preparation; 0: the conversation itself */
    enum band band;               /* for whom the words and the room to write are */
    const char *pupil, *call, *leader, *day, *school;
    const char *code, *link; /* short code, and the address in the QR; NULL: none */
    const char *made;        /* by whom and when; NULL: nobody */
    const struct tr *tr;
    /*
     * What stands to a question that is answered by things (goal, agreement …), as plain text, "" nothing.
     * NULL: room to write instead.
     */
    const char *(*things)(void *context, const struct question *question);
    void *context;
};

/* Statuses of paper_print(); ERR_NOT_FOUND when the method has no such preparation. */
NODISCARD enum status form_paper_print(const struct form_paper *form, struct paper_press *press,
                                       struct arena *arena, struct bytes *ret_pdf);

/*
 * The invitations, a page each, with the letter of the method for that participant. ERR_NOT_FOUND
 * when it has none. All in the letters of the first one's age.
 */
struct letter_paper {
    const struct method *method;
    enum method_part who;
    enum band band;
    const char *name, *leader, *day, *time, *place, *aim, *school;
    const char *how;                   /* one prepares: above the code, NULL or "" nothing */
    const char *code, *link;           /* of who prepares by link; NULL: none */
    bool with_questions;               /* the preparation behind it, with room to write */
    const char *form_code, *form_link; /* of that: back to the conversation, when it is typed in */
    const struct tr *tr;
};
NODISCARD enum status letter_paper_print(const struct letter_paper *letters, size_t count,
                                         struct paper_press *press, struct arena *arena,
                                         struct bytes *ret_pdf);

/*
 * The letter to `name` as that participant: from an opened conversation, or one of a list with its
 * method. What it is for is told to pupils and staff. `school`, `code` and `link` are the caller's
 * to fill.
 */
struct letter_paper letter_of(struct web *web, const struct conversation *c,
                              const struct method *method, enum method_part who, const char *name,
                              enum band band);

/* What leads back to the conversation from paper: as it is typed, and in the QR code. */
const char *paper_code(struct web *web, struct conversation_id id);
const char *paper_link(struct web *web, struct conversation_id id);

/* {name} {leader} {day} {time} {place} of a letter, filled in. */
const char *letter_text(struct arena *arena, const char *text, const struct letter_paper *letter);

#endif
