/*
 * clean: what the checks of all kinds share. A check walks over the raw parts once and hands each
 * to the kind's `take`, which accepts it by one of the functions below or leaves it: what nobody
 * accepted is no part of such an answer. Only what was accepted comes out; empty parts fall away.
 */
#ifndef ANSWER_CLEAN_H
#define ANSWER_CLEAN_H

#include "answer/answer.h"

struct clean {
    const struct question *question;
    struct arena *arena;
    struct answer_part *parts; /* accepted so far; room for ANSWER_PARTS_MAX */
    size_t count;
    const char *error; /* msgid of the first thing that is wrong, or NULL */
};

/* True when the part is known to the kind, whether or not its text was right (clean->error). */
typedef bool clean_take(struct clean *clean, const struct answer_part *raw);

/*
 * Statuses and parameters as answer_kind.check. ERR_INVALID too for two parts of one name, unless
 * they say the same.
 */
NODISCARD enum status clean_all(const struct question *question, const struct answer_value *raw,
                                struct arena *arena, clean_take *take,
                                struct answer_value *ret_clean, const char **ret_error);

/* One line: control characters and line ends become spaces, ends are trimmed. `most` characters. */
bool clean_line(struct clean *clean, const struct answer_part *raw, size_t most);
/* Several: line ends become \n, other control characters spaces, white space at the end goes. */
bool clean_text(struct clean *clean, const struct answer_part *raw, size_t most);
/* One item per line: each trimmed, blank ones gone; at most `items` of `most` characters. */
bool clean_items(struct clean *clean, const struct answer_part *raw, const char *separators,
                 size_t items, size_t most);
/* One of `words`, ended by NULL. */
bool clean_word(struct clean *clean, const struct answer_part *raw, const char *const *words);
/* A whole number from `low` to `high`, as printed. */
bool clean_number(struct clean *clean, const struct answer_part *raw, int64_t low, int64_t high);
/* The id of one of the question's options. */
bool clean_option(struct clean *clean, const struct answer_part *raw);
/* As it is: the kind checked it itself. */
bool clean_keep(struct clean *clean, const struct answer_part *raw, const char *text);
/* Known, but wrong. Always true. */
bool clean_refuse(struct clean *clean, const char *message);

/* The option of that id, or NULL. */
const struct question_option *clean_find_option(const struct question *question, const char *id);

/* The kind's own limit, or the question's when that is set. */
size_t clean_most(const struct question *question, size_t own);

#endif
