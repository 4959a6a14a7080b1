/*
 * sheet_layout_web: a sheet while it is laid out: who looks, who speaks, and the parts of one
 * question. For sheet_web.c and sheet_parts_web.c only.
 */
#ifndef CONVERSATION_SHEET_LAYOUT_WEB_H
#define CONVERSATION_SHEET_LAYOUT_WEB_H

#include "conversation/sheet_web.h"

struct layout {
    struct web *web;
    struct sheet *sheet;
    const struct conversation *c;
    struct participant *people; /* of a group: always; else once somebody's name is asked for */
    size_t people_count;
    bool has_people;
    bool prepared_is_open; /* what the pupil prepared may be seen by this reader */
    bool is_group;
    bool is_bare; /* only to keep one answer: no page follows */
    const char *also; /* id of a question that stands on it whatever its condition says, or NULL */
    const struct sheet_whose
        *whose; /* of a group: one pupil's part or what all say together; NULL: all */
    struct outcome_common common; /* of the blocks, while they load */
    enum status status;
};

/* About whom, for which age, and in a group the people: the top of the sheet. */
NODISCARD enum status layout_about(struct layout *l);

/* A page of this conversation for this reader. */
const char *layout_page_url(struct web *web, const struct conversation *c, const char *page);

/* The rules of answer_save(), so that nobody is shown a field that would be refused. */
bool layout_may_write(const struct layout *l, enum voice voice, const struct answer *answer);

/* Whether the question is asked of anybody on this sheet: a group's screens ask pupils and all
 * together. */
bool layout_asks(const struct layout *l, const struct question *question);

/* In a group every pupil has a part of their own; elsewhere a voice is one part. */
void layout_parts(struct layout *l, struct sheet_question *out, const struct question *question);

#endif
