/* What the goal sharpener says: English for tr(), Dutch in po/nl.po. Plain, friendly, never a lock.
 */
#include "language/sharpen.h"

#include "i18n/tr.h"

static const char *const explanations[SHARPEN_LABEL_COUNT] = {
    [SHARPEN_NAMED] =
        N_("This is a name for a child. It does not say yet what the pupil does or learns."),
    [SHARPEN_SCORE] =
        N_("This is a result. It does not say yet what went wrong and what went right."),
    [SHARPEN_NEED] = N_("This is about help. It does not say yet what the help is for."),
    [SHARPEN_SUBJECT] = N_("This is a broad subject. It does not say yet which part of it."),
    [SHARPEN_BEHAVIOUR] = N_(
        "This is broad behaviour. It does not say yet when it happens and what you want to see."),
    [SHARPEN_TRAIT] =
        N_("This is about what somebody is or feels. It does not say yet what there is to see."),
    [SHARPEN_PARTLY] = N_("This is a goal. One or two things would make it more concrete."),
    [SHARPEN_SMART] =
        N_("This goal is concrete: an action, how much, where or with what, and by when."),
};

static const char *const questions[SHARPEN_LABEL_COUNT][SHARPEN_QUESTIONS_MAX + 1] = {
    [SHARPEN_NAMED] = {N_("What do you see this pupil do, or not do?"),
                       N_("At which task do you notice it?"),
                       N_("Which goal is at risk because of it?")},
    [SHARPEN_SCORE] = {N_("Which exercises or skills went wrong, and which went well?")},
    [SHARPEN_NEED] = {N_(
        "What is it needed for: what can the pupil do then that does not work yet now?")},
    [SHARPEN_SUBJECT] =
        {N_("Which operation or which part exactly?"),
         N_("Can you give one exercise that works, and one that does not work yet?")},
    [SHARPEN_BEHAVIOUR] = {N_("In which situation, and how often?"),
                           N_("What would you like to see instead?")},
    [SHARPEN_TRAIT] = {N_("What does the pupil do or say that makes you think so?"),
                       N_("When is it not there?")},
    [SHARPEN_PARTLY] = {NULL},
    [SHARPEN_SMART] = {NULL},
};

static const char *const part_questions[SHARPEN_FLAG_COUNT] = {
    [SHARPEN_VERB] = N_("What will you see or hear the pupil do then?"),
    [SHARPEN_CRITERION] = N_("How much, how long or how well is enough?"),
    [SHARPEN_CONTEXT] = N_("Where or when does the pupil do this, and with what or with whom?"),
    [SHARPEN_TIME] = N_("When do you want to see this?"),
};

static const char *const tips[SHARPEN_FLAG_COUNT] = {
    [SHARPEN_VERB] =
        N_("Choose a word for something you can see or hear: reads, writes, asks, tidies up. "
           "Nobody can see \"knows\" or \"understands\"."),
    [SHARPEN_CRITERION] =
        N_("Say when it is good enough: 8 of the 10, ten minutes, without mistakes, every day."),
    [SHARPEN_CONTEXT] =
        N_("Say where it happens: in the circle, after the instruction, with the number rack."),
    [SHARPEN_TIME] =
        N_("Say by when: over six weeks, before the Christmas holidays, at the end of group 5."),
};

const char *sharpen_explanation(enum sharpen_label label)
{
    return explanations[label];
}

const char *const *sharpen_questions(enum sharpen_label label)
{
    return questions[label];
}

const char *sharpen_part_question(enum sharpen_flag flag)
{
    return part_questions[flag];
}

const char *sharpen_tip(enum sharpen_flag flag)
{
    return tips[flag];
}

const char *sharpen_agreed_question(void)
{
    return N_("Does the pupil think this is a good goal too?");
}
