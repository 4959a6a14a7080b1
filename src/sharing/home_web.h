/*
 * home_web: what one guardian or external sees: what was shared, what was agreed, one good question. The page
 * of a visitor and the preview "this is how it looks at home" are this one view, so they cannot differ.
 */
#ifndef SHARING_HOME_WEB_H
#define SHARING_HOME_WEB_H

#include <stdbool.h>
#include <stddef.h>

#include "answer/kind.h"
#include "sharing/sharing.h"

struct web;
struct html;

/* Something that was said. */
struct home_said {
    const char *words, *who, *voice_class;
    const struct answer_kind *kind;
    struct answer_view view;
};
/* A goal, need, agreement or plan, in lines. */
struct home_thing {
    const char *icon, *label, *who, *text, *day;
};
struct home_talk {
    const char *title, *when, *leader; /* "", "": what came up in no conversation */
    struct home_said *said;
    size_t said_count;
    struct home_thing *things; /* goals, needs, plans */
    size_t thing_count;
    struct home_thing *agreements;
    size_t agreement_count;
};

struct home_view {
    const char *call;
    bool is_external;
    bool is_preview;
    const char *reader, *back; /* of a preview */
    struct home_talk *talks;   /* only those in which something may be seen */
    size_t talk_count;
    const char *question;      /* to ask at home */
    const char *prepare_url, *prepare_title; /* NULL: nothing to prepare */
    bool is_prepared;
};

/*
 * Fills talks and question for a reader; `only`: of one conversation, or none for all, and then for who is at
 * home also what came up in no conversation. The caller opened the book. `right` opens the conversations: RIGHT_VISIT_CONVERSATION of a visitor, else the previewer's own.
 */
NODISCARD enum status home_fill(struct web *web, const struct sharing_book *book,
                                const struct sharing_reader *reader, enum right right,
                                struct conversation_id only, struct home_view *ret);

/* One line about a goal, need, agreement or plan, for lists. */
const char *home_thing_text(struct web *web, const struct shared_thing *thing);
/* The same with its icon, whose it is and the day to look at it. Not for answers and whole conversations. */
struct home_thing home_line(struct web *web, const char *call, const struct shared_thing *thing);

#endif
