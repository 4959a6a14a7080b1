#include "answer/kinds.h"

#include "base/str.h"

const struct answer_kind *const answer_kinds[] = {
    &kind_short,    &kind_text,      &kind_words,   &kind_faces,     &kind_choice,
    &kind_many,     &kind_scale,     &kind_cards,   &kind_drawing,   &kind_file,
    &kind_roles,    &kind_lists,     &kind_summary, &kind_certainty, &kind_tops_tips,
    &kind_listened, &kind_listening, &kind_goal,    &kind_need,      &kind_agreement,
    &kind_plan,     &kind_sharing,   NULL,
};

const struct answer_kind *answer_kind(const char *name)
{
    for (const struct answer_kind *const *kind = answer_kinds; *kind; kind++)
        if (str_equal((*kind)->name, name))
            return *kind;
    return NULL;
}

bool answer_chose(const struct answer_value *value, const char *option)
{
    return str_equal(answer_part(value, ""), option) || answer_part(value, option)[0];
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
