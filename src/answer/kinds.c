#include "answer/kinds.h"

#include "base/str.h"

const struct answer_kind *const answer_kinds[] = {
    &kind_short, &kind_text, &kind_faces, &kind_choice, &kind_many, &kind_summary, NULL,
};

const struct answer_kind *answer_kind(const char *name)
{
    for (const struct answer_kind *const *kind = answer_kinds; *kind; kind++)
        if (str_equal((*kind)->name, name))
            return *kind;
    return NULL;
}

static bool known(const char *name)
{
    return answer_kind(name) != NULL;
}

static const char *fits(const struct question *question)
{
    const struct answer_kind *kind = answer_kind(question->kind);
    return kind && kind->fits ? kind->fits(question) : NULL;
}

const struct method_kinds answer_method_kinds = {.known = known, .fits = fits};
