/*
 * ids: what names a row. Random 63-bit numbers made by the program (never 0, never a sequence
 * that can be guessed on from), one C type per kind so that a pupil's id cannot be passed as a
 * group's. In URLs an id is 13 characters of Crockford base 32, lower case.
 * The value 0 means "none" and is stored as NULL where a column allows it.
 */
#ifndef BASE_IDS_H
#define BASE_IDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/compiler.h"
#include "base/status.h"

struct random;

#define ID_TEXT_LEN 13

#define ID_TYPES(X)                                                                                \
    X(board)                                                                                       \
    X(school)                                                                                      \
    X(location)                                                                                    \
    X(school_year)                                                                                 \
    X(group)                                                                                       \
    X(pupil)                                                                                       \
    X(guardian)                                                                                    \
    X(staff)                                                                                       \
    X(account)                                                                                     \
    X(session)                                                                                     \
    X(device)                                                                                      \
    X(badge)                                                                                       \
    X(observation)                                                                                 \
    X(emergency)                                                                                   \
    X(working_note)                                                                                \
    X(roster_import)                                                                               \
    X(dossier)                                                                                     \
    X(method_version)                                                                              \
    X(conversation)                                                                                \
    X(conversation_round)                                                                          \
    X(thing)                                                                                       \
    X(goal)                                                                                        \
    X(goal_step)                                                                                   \
    X(need)                                                                                        \
    X(agreement)                                                                                   \
    X(agreement_check)                                                                             \
    X(child_plan)                                                                                  \
    X(sharing)                                                                                     \
    X(sharing_exception)                                                                           \
    X(attachment)                                                                                  \
    X(talk_wish)                                                                                   \
    X(practice)                                                                                    \
    X(opp_moment)                                                                                  \
    X(audit)

#define ID_TYPE(name)                                                                              \
    struct name##_id {                                                                             \
        int64_t v;                                                                                 \
    };
ID_TYPES(ID_TYPE)
#undef ID_TYPE

struct id_text {
    char s[ID_TEXT_LEN + 1];
};

/* A fresh id, 1 … 2^63-1. */
int64_t id_new(struct random *random);
/* Many at once: the kernel is asked once. */
void id_new_many(struct random *random, int64_t *ret_ids, size_t count);

/* The URL form. */
struct id_text id_text(int64_t id);

/* Reads the URL form; ERR_INVALID for anything that id_text would not have written. */
NODISCARD enum status id_parse(const char *text, int64_t *ret_id);

#endif
