/*
 * schema: the format of a method as tables: which keys each mapping has, what stands behind them,
 * their limits, and where that lies in the structs of method.h. Reader and writer walk the same
 * tables, so that what one writes the other reads. Inside of method/ only.
 */
#ifndef METHOD_SCHEMA_H
#define METHOD_SCHEMA_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "method/method.h"

struct node;
struct reader;
struct shape;
struct value_type;

/* A word of the format and the number (or bit) it stands for. Ended by name NULL. */
struct word {
    const char *name;
    unsigned value;
};

extern const struct word age_words[], tier_words[], about_words[], part_words[], topic_words[],
    who_words[], closing_words[], voice_words[], band_words[];

/* One key of a mapping. */
struct key {
    const char *name;
    const struct value_type *type;
    size_t at;       /* offset of the value in the struct */
    size_t count_at; /* lists: offset of the size_t that counts */
    bool required;
    int least, most; /* of a number; `most`: characters of a text, items of a list */
    int chars;       /* of each text in a list */
    int otherwise;   /* numbers and yes/no: what it is when the key is left out */
    const struct word *words;
    const struct shape *of; /* mappings */
};

/* What one mapping says. */
struct shape {
    const struct key *keys; /* ended by name NULL */
    size_t size;            /* of the struct */
    size_t line_at;         /* offset of the int that keeps the line, or NO_LINE */
    bool has_own_ids;       /* items of one list have different ids */
};
#define NO_LINE ((size_t)-1)

/* How a value is read, written, and seen to be there. */
struct value_type {
    void (*read)(struct reader *reader, const struct key *key, const struct node *node, void *base);
    bool (*is_set)(const struct key *key, const void *base);
    /* Behind "key:"; ends with a line end. `indent` is that of the key. */
    void (*write)(struct buf *out, const struct key *key, const void *base, int indent);
};

extern const struct shape method_shape;

/* The types, in reader.c and writer.c: each has both halves. */
#define VALUE_TYPES(X)                                                                             \
    X(id)                                                                                          \
    X(picture)                                                                                     \
    X(kind)                                                                                        \
    X(line)                                                                                        \
    X(number)                                                                                      \
    X(yes_no)                                                                                      \
    X(one_word)                                                                                    \
    X(words)                                                                                       \
    X(text)                                                                                        \
    X(texts)                                                                                       \
    X(two_texts)                                                                                   \
    X(by_band)                                                                                     \
    X(names)                                                                                       \
    X(voices)                                                                                      \
    X(cues)                                                                                        \
    X(map)                                                                                         \
    X(maps)

#define DECLARE_TYPE(name)                                                                         \
    extern const struct value_type type_##name;                                                    \
    void read_##name(struct reader *reader, const struct key *key, const struct node *node,        \
                     void *base);                                                                  \
    bool is_set_##name(const struct key *key, const void *base);                                   \
    void write_##name(struct buf *out, const struct key *key, const void *base, int indent);
VALUE_TYPES(DECLARE_TYPE)
#undef DECLARE_TYPE

/* Where a value lies. */
static inline void *field_of(void *base, size_t at)
{
    return (char *)base + at;
}
static inline const void *const_field_of(const void *base, size_t at)
{
    return (const char *)base + at;
}

/* By name or number in a list of words; NULL when there is none. */
const struct word *word_find(const struct word *words, const char *name);
const struct word *word_of(const struct word *words, unsigned value);

/* Lower case letters, digits and '-', at most METHOD_NAME_MAX, beginning with a letter or digit. */
bool name_is_valid(const char *name);

/* A symbol of assets/art.svg, without its "a-". */
bool picture_is_known(const char *name);

#endif
