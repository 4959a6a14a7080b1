#include "method/format_kinds.h"

#include "base/str.h"
#include "i18n/tr.h"

/* What a kind needs besides its words. */
struct format_kind {
    const char *name;
    int number_least, number_most; /* 0: takes no number */
    bool needs_options, needs_ends, needs_pictures;
    bool odd_only; /* a middle, and equal steps to both sides */
};

static const struct format_kind format_kinds[] = {
    {"short"}, {"text"}, {"words"}, {"drawing"}, {"file"}, {"summary"}, {"tops-tips"},
    {"listened"}, {"listening"}, {"goal"}, {"need"}, {"agreement"}, {"plan"}, {"sharing"},
    {"faces", .number_least = 3, .number_most = 5, .odd_only = true},
    {"choice", .needs_options = true}, {"many", .needs_options = true},
    {"roles", .needs_options = true}, {"lists", .needs_options = true},
    {"cards", .needs_options = true, .needs_pictures = true},
    {"scale", .number_least = 2, .number_most = 10, .needs_ends = true},
    {"certainty", .number_least = 1, .number_most = 40},
};

static const struct format_kind *find(const char *name)
{
    for (size_t i = 0; i < ARRAY_LEN(format_kinds); i++)
        if (str_equal(format_kinds[i].name, name))
            return &format_kinds[i];
    return NULL;
}

static bool known(const char *kind)
{
    return find(kind) != NULL;
}

static const char *fits(const struct question *question)
{
    const struct format_kind *kind = find(question->kind);
    if (kind->number_least && (question->number < kind->number_least || question->number > kind->number_most))
        return N_("This kind of answer wants another number.");
    if (kind->odd_only && question->number % 2 == 0)
        return N_("This kind of answer wants another number.");
    if (kind->needs_options && question->option_count == 0)
        return N_("This kind of answer wants options.");
    if (kind->needs_ends && question->ends[0].count == 0)
        return N_("This kind of answer wants the words of both ends.");
    for (size_t i = 0; kind->needs_pictures && i < question->option_count; i++)
        if (!question->options[i].picture)
            return N_("Each card wants a picture.");
    return NULL;
}

const struct method_kinds method_format_kinds = {.known = known, .fits = fits};
