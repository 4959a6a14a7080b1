#include "language/explain.h"

#include <string.h>

#include "gen/words.h"
#include "i18n/tr.h"

static const char *const effects[MIRROR_LABELS] = {
    [MIRROR_OTHER] = N_("Information, a rule or an agreement: nothing to change here."),
    [MIRROR_OPEN] = N_("An open question: the pupil can answer in their own words."),
    [MIRROR_CLOSED] =
        N_("Yes or no is enough as an answer. To hear more, begin with what, how or who."),
    [MIRROR_CHOICE] =
        N_("You name the answers already. The real answer may not be among them, though "
           "a choice helps a young or stuck pupil to begin."),
    [MIRROR_LEADING] =
        N_("The answer you expect can be heard in it. A pupil may go along with you."),
    [MIRROR_STACKED] =
        N_("Several questions at once: mostly only the last one gets an answer. Ask one, "
           "and keep the others for later."),
    [MIRROR_WHY] = N_("Why can feel like having to defend yourself. What and how ask for the "
                      "same without that."),
    [MIRROR_SUBJECT] =
        N_("A question with a right answer. In a lesson that is fine; in a talk, ask how "
           "the pupil went about it."),
    [MIRROR_OPINION] =
        N_("An opinion, verdict or advice nobody asked for. The pupil may stop thinking along."),
    [MIRROR_ASSUMING] = N_("You say what the pupil feels, thinks or wants. Is that so? Ask it."),
    [MIRROR_PARAPHRASE] =
        N_("You give back what you heard. The pupil notices that you listen, and can correct you."),
    [MIRROR_FEEDBACK] = N_("You say what is good. The pupil feels seen."),
};

static const struct {
    const char *rule;
    const char *text;
} by_rule[] = {
    {"S1", N_("The little word at the end asks for agreement. A pupil may say yes to please you.")},
    {"S3", N_("The question carries a judgement with it. Asked neutrally, the pupil can choose the "
              "words.")},
    {"S5", N_("With “not” in it, the question says which answer you hope for.")},
    {"W3", N_("This why is advice in disguise: the pupil hears what should have been done.")},
    {"M2", N_("Meant to comfort, but the pupil may feel that it must not be that bad.")},
    {"G3", N_("An instruction in the form of a question. Say it plainly if no is not an answer.")},
    {"G2",
     N_("A yes or no is enough here. Leave out the first words, and it is an open question.")},
    {"R2", N_("Saying what will happen otherwise closes the talk. Say what you need instead.")},
};

/* Praise that says what the pupil did helps more than praise for who somebody is. */
static bool praises_without_process(const struct decided_turn *turn)
{
    return turn->main && turn->main->rule->label == MIRROR_FEEDBACK &&
           !(turn->main->cues.set & (CUE(MIRROR_CUE_FEATURE_PROCESS) | CUE(MIRROR_CUE_ACK)));
}

static const char *effect_of(const struct mirror_verdict *verdict)
{
    for (size_t i = 0; i < ARRAY_LEN(by_rule); i++)
        if (strcmp(by_rule[i].rule, verdict->rule) == 0)
            return by_rule[i].text;
    return effects[verdict->label];
}

/* A second remark, where there is more to say. NULL when there is not. */
static const char *more_about(const struct decided_turn *turn, const struct mirror_verdict *verdict)
{
    uint32_t also = verdict->also;
    if (verdict->label == MIRROR_FEEDBACK && praises_without_process(turn))
        return N_("Say as well what the pupil did that made it work: that helps the next time.");
    if (verdict->label == MIRROR_PARAPHRASE && decided_unchecked(turn))
        return N_("Check it: “Klopt dat?”");
    if (verdict->label == MIRROR_OPINION && (also & (1u << MIRROR_OPEN)))
        return N_("The question beside it is open: it can stand alone.");
    if (verdict->label == MIRROR_ASSUMING && verdict->certainty == MIRROR_LOW)
        return N_("Does this hold? Ask about it.");
    return NULL;
}

void explain_turn(const struct decided_turn *turn, struct mirror_verdict *verdict)
{
    verdict->remark_count = 0;
    if (verdict->harm)
        verdict->remarks[verdict->remark_count++] =
            N_("Signs of harm. Ask openly, fill nothing in, promise no secrecy, and follow the "
               "reporting code (meldcode).");
    verdict->remarks[verdict->remark_count++] = effect_of(verdict);
    const char *more = more_about(turn, verdict);
    if (more && verdict->remark_count < MIRROR_REMARKS_MAX)
        verdict->remarks[verdict->remark_count++] = more;
}
