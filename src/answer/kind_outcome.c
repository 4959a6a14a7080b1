/*
 * goal, need, agreement, plan, sharing: the answer is the thing itself, which is made and shown by its own
 * pages (enum outcome). Here they have a name, what a method may ask of them, and their blank on paper.
 */
#include "answer/clean.h"
#include "answer/kinds.h"

/* Nothing is kept under the question: the thing points at it. */
static bool take(struct clean *clean, const struct answer_part *raw)
{
    return !raw->text[0] || clean_refuse(clean, N_("This is written down in its own place."));
}

static enum status check(const struct question *question, const struct answer_value *raw,
                         struct arena *arena, struct answer_value *ret_clean,
                         const char **ret_error)
{
    return clean_all(question, raw, arena, take, ret_clean, ret_error);
}

static void nothing(UNUSED struct html *html, UNUSED const struct answer_view *view)
{
}

static const char *no_text(UNUSED const struct question *question,
                           UNUSED const struct answer_value *value, UNUSED const char *lang,
                           UNUSED const struct tr *t, UNUSED struct arena *arena)
{
    return "";
}

static const char *fits_without_options(const struct question *question)
{
    return question->option_count ? N_("This kind takes no `options`.") : NULL;
}

#define OUTCOME(name_, outcome_, fits_)                                                            \
    {                                                                                              \
        .name = (name_), .outcome = (outcome_), .fits = (fits_), .check = check, .edit = nothing,  \
        .read = nothing, .text = no_text,                                                          \
    }

const struct answer_kind kind_goal = OUTCOME("goal", OUTCOME_GOAL, fits_without_options);
const struct answer_kind kind_need = OUTCOME("need", OUTCOME_NEED, NULL);
const struct answer_kind kind_agreement =
    OUTCOME("agreement", OUTCOME_AGREEMENT, fits_without_options);
const struct answer_kind kind_plan = OUTCOME("plan", OUTCOME_PLAN, fits_without_options);
const struct answer_kind kind_sharing = OUTCOME("sharing", OUTCOME_SHARING, fits_without_options);
