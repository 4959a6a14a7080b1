#include "sharing/rule.h"

#include "base/compiler.h"
#include "i18n/tr.h"

bool sharing_needs_pupil(enum shared_kind kind, enum reader_kind reader, int age)
{
    if (age < AGE_OWN_RIGHTS) /* unknown counts as young: parents exercise the rights */
        return false;
    return reader != READER_COLLEAGUE || kind == SHARED_PLAN;
}

static struct sharing_verdict closed(enum sharing_why why)
{
    return (struct sharing_verdict){.sees = false, .why = why};
}

static struct sharing_verdict open_for(enum sharing_why why)
{
    return (struct sharing_verdict){.sees = true, .why = why};
}

/* Who cannot do what they promised without reading it. From 18 home waits for the pupil's yes. */
static bool must_know(const struct sharing_case *c)
{
    bool of_age = c->age >= AGE_OF_AGE;
    return c->kind == SHARED_AGREEMENT && c->carries_out &&
           (c->reader == READER_COLLEAGUE || !of_age);
}

/* The most specific decision: the thing before the conversation, by name before everybody at home. */
static struct sharing_said what_was_said(const struct sharing_case *c)
{
    bool by_request = c->reader == READER_GUARDIAN && c->information == INFORMATION_ON_REQUEST;
    const struct sharing_said nothing = {CHOICE_NONE, DECIDED_STAFF};
    const struct sharing_said order[] = {c->thing_named, by_request ? nothing : c->thing_all,
                                         c->talk_named, by_request ? nothing : c->talk_all};
    for (size_t i = 0; i < ARRAY_LEN(order); i++)
        if (order[i].choice != CHOICE_NONE)
            return order[i];
    return nothing;
}

struct sharing_verdict sharing_judge(const struct sharing_case *c)
{
    bool guardian = c->reader == READER_GUARDIAN;
    if (guardian && c->information != INFORMATION_FULL && c->information != INFORMATION_ON_REQUEST)
        return closed(WHY_NO_INFORMATION);
    if (c->own_words)
        return open_for(WHY_OWN_WORDS);
    if (c->others_words && c->reader != READER_COLLEAGUE)
        return closed(WHY_OTHERS_WORDS);
    if (c->reader == READER_COLLEAGUE && c->takes_part)
        return open_for(WHY_TAKES_PART);
    if (must_know(c))
        return open_for(WHY_CARRIES_OUT);
    struct sharing_said said = what_was_said(c);
    switch (said.choice) {
    case CHOICE_YES:
        if (sharing_needs_pupil(c->kind, c->reader, c->age) && said.by == DECIDED_STAFF)
            return closed(WHY_PUPIL_DECIDES);
        return open_for(WHY_YES);
    case CHOICE_NO:
        return closed(WHY_NO);
    case CHOICE_SELF:
        return closed(WHY_SELF);
    case CHOICE_NONE:
        break;
    }
    return closed(guardian && c->information == INFORMATION_ON_REQUEST ? WHY_ON_REQUEST
                                                                       : WHY_NOTHING_DECIDED);
}

static const struct {
    bool is_fixed;
    const char *words;
} whys[WHY_COUNT_] = {
    [WHY_NOTHING_DECIDED] = {false, N_("Nothing was chosen yet, so it stays closed.")},
    [WHY_YES] = {false, N_("This may be told.")},
    [WHY_NO] = {false, N_("This is not told.")},
    [WHY_SELF] = {false, N_("{0} wants to tell this.")},
    [WHY_CARRIES_OUT] = {true, N_("Always: who has to do it must know it.")},
    [WHY_TAKES_PART] = {true, N_("Always: takes part in this conversation.")},
    [WHY_OWN_WORDS] = {true, N_("Always: these are their own words.")},
    [WHY_OTHERS_WORDS] = {true, N_("Never: these are somebody else's words.")},
    [WHY_NO_INFORMATION] = {true, N_("Never: the school tells this parent nothing.")},
    [WHY_ON_REQUEST] = {false, N_("Only when the school is asked, and then it is chosen here.")},
    [WHY_PUPIL_DECIDES] = {false, N_("Only when {0} says yes: from 16 years on the pupil decides.")},
};

bool sharing_is_fixed(enum sharing_why why)
{
    return (unsigned)why < WHY_COUNT_ && whys[why].is_fixed;
}

const char *sharing_why_words(enum sharing_why why)
{
    return (unsigned)why < WHY_COUNT_ ? whys[why].words : whys[WHY_NOTHING_DECIDED].words;
}
