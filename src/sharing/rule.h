/*
 * rule: who may see one thing that a pupil said or that was agreed, as one pure function. Closed unless
 * something opens it. What the pupil decides is kept apart from what the pupil is honestly told (R5):
 * every verdict says why, so that a page can say it in one sentence. Knows no database and no pages.
 *
 * What it rests on (see also docs/glossary.md; a lawyer reads the words on screen before a release):
 *   UAVG art. 5, AVG art. 8   below 16 parents exercise a child's rights; from 16 the pupil does, and
 *                             information about the pupil goes through the pupil
 *   WPO art. 11 and its like for secondary schools; schoolenveiligheid.nl, "Werken met persoonsgegevens"
 *                             parents of pupils under 18 are told about progress: the school does that by
 *                             itself (reports, talks) or on a request, as an export; it opens nothing here
 *   BW art. 1:377c            a parent without authority is told on request, by the school, unless the
 *                             child's interest is against it: hence ON_REQUEST and NONE
 *   BW art. 1:233             of age at 18: nothing goes home without the pupil's own yes
 *
 * Order: 1 who may know nothing; 2 somebody else's own words; 3 who has to carry it out; 4 decisions, where the
 * thing goes before the whole conversation and a reader by name before all guardians; 5 closed.
 */
#ifndef SHARING_RULE_H
#define SHARING_RULE_H

#include <stdbool.h>
#include <stdint.h>

#include "access/actor.h"
#include "guardian/guardian.h"
#include "method/method.h"

/* The numbers are stored. */
enum shared_kind {
    SHARED_ANSWER = 1, /* one voice's answer to one question */
    SHARED_GOAL,
    SHARED_NEED,
    SHARED_AGREEMENT,
    SHARED_PLAN,
    SHARED_CONVERSATION, /* all that came out of it, where nothing was decided for the thing itself */
    SHARED_KINDS_,
};
enum reader_kind { READER_COLLEAGUE = 1, READER_GUARDIAN = 3, READER_EXTERNAL = 4 };
enum sharing_choice { CHOICE_NONE = 0, CHOICE_YES = 1, CHOICE_NO = 2, CHOICE_SELF = 3 /* the pupil tells it */ };

/* sharing.decided_kind: by whom. 1 and 2 are ACTOR_STAFF and ACTOR_PUPIL. */
enum decided_by { DECIDED_STAFF = 1, DECIDED_PUPIL = 2, DECIDED_TOGETHER = 5 };

#define AGE_UNKNOWN (-1)
#define AGE_OWN_RIGHTS 16
#define AGE_OF_AGE 18

struct sharing_said {
    enum sharing_choice choice; /* CHOICE_NONE: nothing was decided */
    enum decided_by by;
};

/* All that the rule looks at. */
struct sharing_case {
    enum shared_kind kind;
    enum reader_kind reader;
    enum guardian_information information; /* of a guardian */
    int age;                               /* the pupil's, or AGE_UNKNOWN: then as below 16 */
    bool carries_out;   /* an agreement that this reader has to carry out */
    bool takes_part;    /* a colleague who holds the conversation or takes part in it */
    bool others_words;  /* what another parent or an external wrote in their own place */
    bool own_words;     /* what this reader wrote there */
    struct sharing_said thing_named, thing_all, talk_named, talk_all;
};

enum sharing_why {
    WHY_NOTHING_DECIDED, /* closed: it starts at no */
    WHY_YES,
    WHY_NO,
    WHY_SELF,            /* the pupil tells it */
    WHY_CARRIES_OUT,     /* always: cannot do it without knowing it */
    WHY_TAKES_PART,      /* always: sits at the table */
    WHY_OWN_WORDS,       /* always: wrote it */
    WHY_OTHERS_WORDS,    /* never: somebody else's */
    WHY_NO_INFORMATION,  /* never: the school tells this parent nothing */
    WHY_ON_REQUEST,      /* not by itself: the school answers a request */
    WHY_PUPIL_DECIDES,   /* a yes, but not the pupil's own, and by age it must be */
    WHY_COUNT_,
};

struct sharing_verdict {
    bool sees;
    enum sharing_why why;
};

/* THE rule. Pure. */
struct sharing_verdict sharing_judge(const struct sharing_case *c);

/* Always or never, whatever the pupil chooses: the page shows a lock and no switch. */
bool sharing_is_fixed(enum sharing_why why);
/* One sentence, msgid; {0} is the pupil's call name. Never NULL. */
const char *sharing_why_words(enum sharing_why why);

/*
 * Whose yes counts, by age. From 16 for plans, and for everything a guardian or external would
 * see, the pupil's own (alone or together with staff); from 18 that holds for agreements at home too.
 */
bool sharing_needs_pupil(enum shared_kind kind, enum reader_kind reader, int age);

#endif
