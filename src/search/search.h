/*
 * search: finds words in everything the actor may read (R22): what was seen, said, agreed and
 * planned, and the actor's own working notes. The database holds it sealed and stays so: there is
 * no index. What may be read is opened, compared and forgotten, which at the size of a school is a
 * matter of milliseconds (docs/decisions/0011).
 *
 * Rights are those of access/ and of the pages, neither more nor less: the dossiers that
 * RIGHT_PUPIL_READ opens, the conversations that RIGHT_CONVERSATION_READ opens, and of these the
 * answers that conversation/see.h shows. What the pupil wants to tell in the conversation is found
 * by nobody before it. Names are also found by who may know them: administrators and support staff.
 *
 * Refuses to know pages. Whoever shows what was found notes it as a reading.
 */
#ifndef SEARCH_SEARCH_H
#define SEARCH_SEARCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/date.h"
#include "base/ids.h"
#include "base/status.h"
#include "i18n/tr.h"
#include "method/method.h"
#include "search/match.h"

struct work;

#define SEARCH_ABOUTS 20       /* pupils and groups of one answer */
#define SEARCH_EACH 4          /* places that are told of each */
#define SEARCH_EACH_OF_ONE 100 /* when only one dossier is looked through */

/* Where it was found. Numbers of search.sql. */
enum found_kind {
    FOUND_OBSERVATION = 1,
    FOUND_ANSWER,
    FOUND_TALK, /* what a conversation is for, or was about */
    FOUND_GOAL,
    FOUND_STEP, /* on the way to a goal, and what the pupil shows */
    FOUND_NEED,
    FOUND_AGREEMENT,
    FOUND_CHECK, /* a look at how an agreement goes */
    FOUND_PLAN,
    FOUND_OPP,  /* how the pupil was heard about the OPP */
    FOUND_NOTE, /* the actor's own working note */
    FOUND_KINDS_,
};

struct found {
    enum found_kind kind;
    int64_t thing; /* the thing to look at: of a step its goal, of a check its agreement; 0: the
                      conversation */
    struct conversation_id conversation; /* where it was said, or none */
    const char *question;                /* of an answer, else "" */
    enum voice voice;                    /* of an answer */
    int64_t person;                      /* of an answer */
    const char *asked;                   /* of an answer: the words of the question */
    struct date day;
    struct search_snippet snippet;
};

/* What was found about one pupil, or about a group; about nobody: the actor's own notes. */
struct found_about {
    struct pupil_id pupil; /* one of the two, or none */
    struct group_id group;
    const char *name, *letters;
    int colour;
    const char *symbol; /* of a pupil */
    bool has_left;
    bool is_named;      /* all words stand in the name */
    bool may_open;      /* the dossier (or group) itself; else only what was found */
    bool may_write;     /* work in the dossier; by emergency access one only reads it */
    bool may_note;      /* helps in the group: own notes and observations */
    struct found *list; /* newest first, at most SEARCH_EACH… */
    size_t count, total;
};

struct search_request {
    const char *query;
    struct pupil_id only; /* one dossier; none: everything */
    unsigned kinds;       /* bits 1u << found_kind; 0: all */
    size_t skip;          /* abouts that were shown before */
    const struct tr *tr;  /* how answers read that are no text */
};

struct search_result {
    struct found_about *abouts; /* whose name it is first, then by the newest that was found */
    size_t count;
    size_t about_total; /* without `skip` and SEARCH_ABOUTS */
    size_t total;       /* places */
};

/*
 * In a transaction for reading. At most nine statements, one more for every 500 conversations, and
 * one for a version of a method that is not on the shelf. ERR_INVALID for a query without a word
 * (match.h); ERR_NOT_FOUND for who is no staff, and for a pupil (`only`) whose dossier the actor
 * may not read.
 */
NODISCARD enum status search_run(struct work *work, const struct search_request *request,
                                 struct search_result *ret_result);

#endif
