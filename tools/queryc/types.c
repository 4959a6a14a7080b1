#include <string.h>

#include "base/arena.h"
#include "base/ids.h"
#include "base/str.h"
#include "queryc/queryc.h"

#define ID_NAME(name) #name,
static const char *const id_names[] = {ID_TYPES(ID_NAME)};
#undef ID_NAME

/* Tables that could not have the name of their id type: "group" is a word of SQL. */
static const struct {
    const char *table, *id;
} other_names[] = {
    {"teaching_group", "group"},
};

static const struct {
    const char *name;
    enum type type;
} param_types[] = {
    {"int", TYPE_INT},   {"long", TYPE_LONG}, {"bool", TYPE_BOOL},   {"time", TYPE_TIME},
    {"date", TYPE_DATE}, {"text", TYPE_TEXT}, {"bytes", TYPE_BYTES}, {"sealed", TYPE_SEALED},
};

static const char *const in_c[] = {
    [TYPE_INT] = "int32_t ",        [TYPE_LONG] = "int64_t ",         [TYPE_BOOL] = "bool ",
    [TYPE_TIME] = "int64_t ",       [TYPE_DATE] = "struct date ",     [TYPE_TEXT] = "const char *",
    [TYPE_BYTES] = "struct bytes ", [TYPE_SEALED] = "struct sealed ",
};

/* C's own words (gnu17's too), macros that gcc defines, and names the generated code uses. */
static const char *const taken[] = {
    "auto",       "break",       "case",     "char",   "const",    "continue", "default",
    "do",         "double",      "else",     "enum",   "extern",   "float",    "for",
    "goto",       "if",          "inline",   "int",    "long",     "register", "restrict",
    "return",     "short",       "signed",   "sizeof", "static",   "struct",   "switch",
    "typedef",    "union",       "unsigned", "void",   "volatile", "while",    "asm",
    "typeof",     "bool",        "true",     "false",  "linux",    "unix",     "errno",
    "db",         "arena",       "args",     "rows",   "st",       "more",     "date_text",
    "date_valid", "date_is_set",
};

static const char *const taken_prefixes[] = {"ret_",  "db_",      "sql_",   "text_of_",
                                             "read_", "collect_", "query_", "first_"};

const char *type_in_c(struct arena *arena, struct c_type type)
{
    if (type.type == TYPE_ID)
        return arena_printf(arena, "struct %s_id ", type.id);
    return in_c[type.type];
}

static const char *id_named(const char *name, size_t len)
{
    for (size_t i = 0; i < ARRAY_LEN(id_names); i++)
        if (strlen(id_names[i]) == len && memcmp(id_names[i], name, len) == 0)
            return id_names[i];
    return NULL;
}

const char *id_type_of_table(const char *table)
{
    for (size_t i = 0; i < ARRAY_LEN(other_names); i++)
        if (str_equal(other_names[i].table, table))
            return other_names[i].id;
    return id_named(table, strlen(table));
}

/* "pupil" of "pupil_id", NULL when that is no id type. */
static const char *id_of_suffixed(const char *text)
{
    return str_ends(text, "_id") ? id_named(text, strlen(text) - 3) : NULL;
}

bool type_of_param(const char *text, struct c_type *ret_type)
{
    for (size_t i = 0; i < ARRAY_LEN(param_types); i++) {
        if (str_equal(param_types[i].name, text)) {
            *ret_type = (struct c_type){.type = param_types[i].type};
            return true;
        }
    }
    const char *id = id_of_suffixed(text);
    if (!id)
        return false;
    *ret_type = (struct c_type){.type = TYPE_ID, .id = id};
    return true;
}

/* "first_pupil_id" is a pupil's; of two that fit ("year", "school_year") the longer counts. */
static struct c_type id_at_end(const char *alias)
{
    for (const char *part = alias; part; part = strchr(part, '_')) {
        part += *part == '_';
        const char *id = id_of_suffixed(part);
        if (id)
            return (struct c_type){.type = TYPE_ID, .id = id};
    }
    return (struct c_type){.type = TYPE_LONG};
}

struct c_type type_of_alias(const char *alias)
{
    static const struct {
        const char *suffix;
        enum type type;
    } suffixes[] = {
        {"_sealed", TYPE_SEALED}, {"_on", TYPE_DATE},     {"_at", TYPE_TIME},
        {"_text", TYPE_TEXT},     {"_bytes", TYPE_BYTES},
    };
    for (size_t i = 0; i < ARRAY_LEN(suffixes); i++)
        if (str_ends(alias, suffixes[i].suffix))
            return (struct c_type){.type = suffixes[i].type};
    if (str_starts(alias, "is_") || str_starts(alias, "has_") || str_starts(alias, "may_"))
        return (struct c_type){.type = TYPE_BOOL};
    return id_at_end(alias);
}

bool is_taken_word(const char *name)
{
    for (size_t i = 0; i < ARRAY_LEN(taken); i++)
        if (str_equal(taken[i], name))
            return true;
    for (size_t i = 0; i < ARRAY_LEN(taken_prefixes); i++)
        if (str_starts(name, taken_prefixes[i]))
            return true;
    return false;
}

bool is_sealed_name(const char *name)
{
    return str_ends(name, "_sealed");
}
