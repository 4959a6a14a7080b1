#include "method/cue.h"

#include <stddef.h>

#include "base/str.h"
#include "i18n/tr.h"

const struct cue cues[] = {
    {"oen", N_("Open, honest, curious"),
     N_("Ask because you want to know, not because you know already. Say honestly what you think when "
        "you are asked. Let yourself be surprised by the answer.")},
    {"oma-advice", N_("No opinion or advice that was not asked for"),
     N_("Keep your opinion and your advice to yourself until they are asked for. First hear the whole "
        "story. Often the pupil has a solution already.")},
    {"oma-judgement", N_("No judgements, opinions, assumptions"),
     N_("Judge nothing of what you hear, and take nothing for granted. Ask what somebody means by a "
        "word. What you suppose is a question, not a fact.")},
    {"nivea", N_("Do not fill in for another"),
     N_("You do not know what somebody feels or thinks until they say it. Do not finish the sentence. "
        "Ask: is it like this, or different?")},
    {"zoen", N_("Pure, open, honest, curious"),
     N_("Have no second aim besides hearing the pupil. Open questions, honest words, real curiosity. "
        "When you notice that you want to steer, say so.")},
    {"suggestive", N_("No leading questions"),
     N_("A question that holds its own answer gets that answer back. Leave out \"don't you think\" and "
        "\"surely\". Begin with what, how, when or who.")},
    {"paraphrase", N_("Read back per part"),
     N_("Say after each part in a few words what you heard. Use the pupil's own words. Ask whether it "
        "is right, and what is missing.")},
    {"comfort", N_("At ease"),
     N_("Do not sit right opposite each other, but beside or at a corner. Sit at the same height. "
        "Choose a quiet place where nobody walks in.")},
    {"no-blame", N_("Name what you see, without blame"),
     N_("Begin with \"I see that you …\" and say what happened. No \"always\" or \"never\", and no "
        "reproach. Name what goes well too.")},
    {"own-words", N_("The pupil's words first"),
     N_("Write down what the pupil says as it was said. Your own words come after it, and stand apart. "
        "Do not make it neater than it was.")},
    {"shared-aim", N_("First agree what it is for"),
     N_("Agree together what you want to know at the end. The pupil may have another aim than you. "
        "Without an aim of both, you talk somebody into a problem.")},
    {"limits", N_("Be honest about what you cannot keep to yourself"),
     N_("Say beforehand that you look for help when somebody is in danger. Promise no secrets. Say who "
        "may read what you write down.")},
    {"quick-advice", N_("No quick advice, do not take over"),
     N_("Do not solve it for the other. Do not go and observe yourself before the question is clear. "
        "Ask what was tried and what came of it.")},
    {"no-causes", N_("No search for causes and labels"),
     N_("A label or a cause does not yet say what to do tomorrow. Ask about background only when it "
        "bears on the goal. Go back to what the pupil does.")},
    {"own-role", N_("The adult's part stays in view"),
     N_("Look at your own part: what do you do, and what does it bring about? You can change your own "
        "doing first. Ask the pupil what helps and what does not.")},
    {"strengths", N_("Strong sides too"),
     N_("Beside each thing that is hard, ask for one that works. When does it go well, and what is "
        "different then? That is where the solution often begins.")},
    {"growth", N_("\"Not yet\" instead of \"cannot\""),
     N_("Say what is not there yet and what comes next. Look at the road: where did you come from, "
        "where are you now? Praise the effort and the approach, not the talent.")},
    {"smart", N_("Make it concrete together"),
     N_("Ask on until you both see it: what exactly, how much, when? Small and feasible is better than "
        "much. Agree on the day on which you look back.")},
    {"silence", N_("Leave room to think"),
     N_("Count to ten before you say something. Thinking often looks like silence. Let the pupil end "
        "the silence.")},
    {"social", N_("The answer need not please"),
     N_("Pupils often say what they think you want to hear. Say that there are no wrong answers and "
        "that this is no test. React to each answer in the same way.")},
    {"win-win", N_("It works for everybody"),
     N_("An agreement lasts when everybody gains by it. Ask of each: what does it bring you? Talk about "
        "which agreements parents should know.")},
    {"celebrate", N_("What went well"),
     N_("Stop for what worked, however small. Let the pupil say what made it work. Ask how the pupil "
        "wants to celebrate it: quietly is fine too.")},
    {NULL, NULL, NULL},
};

const struct cue *cue_find(const char *name)
{
    for (const struct cue *cue = cues; cue->name; cue++)
        if (str_equal(cue->name, name))
            return cue;
    return NULL;
}
