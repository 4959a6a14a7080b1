/*
 * access: who may do what, in one function. Closed by default: the zero right opens for nobody,
 * and a right that no rule grants is refused. Rules of DOMAIN §4:
 *
 *   teacher        pupils in their groups of the active school year: read and write the dossier
 *   support        the group's names, may note an observation; no dossier
 *   coordinator    every dossier of the school, the log; gives one out when parents or pupil ask for it
 *   principal      counts and coverage, the log; no contents, but for one dossier that they opened by
 *                  emergency access (pupil/emergency.h): reading, for a day
 *   administrator  structure, rosters, accounts; names but no dossiers, except to give one out on an access request
 *   pupil          their own, and with a weak sign-in only their own open work
 *   class device   call names of its group (actor.class_group)
 *   the program    (a subcommand) structure and names, no dossiers
 *   who takes part in a conversation reads and writes that conversation
 *   a guardian     by a link: what sharing/ lets them see of the pupil it is about, and preparing
 *   an external    by a link: the same, of that one conversation
 *
 * What an actor may not see does not exist for them (ERR_NOT_FOUND); what they may see but not
 * change is ERR_FORBIDDEN. Another school's ids never exist.
 */
#ifndef ACCESS_ACCESS_H
#define ACCESS_ACCESS_H

#include "access/actor.h"
#include "base/ids.h"
#include "base/status.h"

struct work;

enum right {
    RIGHT_NOBODY = 0,    /* a forgotten right: closed */
    RIGHT_ANYONE,        /* sign-in pages, assets */
    RIGHT_ACCOUNT,       /* a signed-in account, school chosen or not */
    RIGHT_STAFF,         /* staff of a school */
    RIGHT_GROUP_READ,    /* names and state of one group */
    RIGHT_GROUP_NAMES,   /* who is in one group, and no more: also the desk and its class device */
    RIGHT_GROUP_BADGES,  /* print and renew badges, open a class device: its teachers, administrators */
    RIGHT_PUPIL_READ,    /* the dossier */
    RIGHT_PUPIL_WRITE,   /* add to and change the dossier */
    RIGHT_PUPIL_NOTE,    /* note an observation */
    RIGHT_DOSSIER_EXPORT, /* give out the whole dossier, as the answer to an access request: coordinator, administrator */
    RIGHT_PUPIL_NAME,    /* the pupil's name and groups: structure pages, class device, the pupil */
    RIGHT_SCHOOL_READ,   /* look at the school's structure */
    RIGHT_SCHOOL_PEOPLE, /* look at all pupils' names, data and guardians: no dossiers */
    RIGHT_STRUCTURE,     /* change it; import rosters; accounts of staff */
    RIGHT_RETENTION,     /* how long dossiers are kept: administrator, principal */
    RIGHT_HEARING_TARGET, /* how often every pupil is heard: coordinator, principal, administrator */
    RIGHT_COVERAGE,      /* counts over the school */
    RIGHT_AUDIT,         /* who read what */
    RIGHT_EMERGENCY,     /* open one closed dossier with a reason (pupil/emergency.h) */
    RIGHT_METHODS,       /* make and change the school's own kinds of conversation (R16) */
    RIGHT_GROUP_TEACH,   /* plan and hold conversations of a group as a whole */
    RIGHT_CONVERSATION_READ,  /* staff near to what it is about, or taking part */
    RIGHT_CONVERSATION_WRITE, /* the same: who may read it may work in it */
    RIGHT_CONVERSATION_SELF,  /* a pupil who takes part; a weak sign-in only while it is open */
    RIGHT_PUPIL_SELF,    /* the signed-in pupil's own place */
    RIGHT_VISIT,         /* who came by a link: their own page */
    RIGHT_VISIT_CONVERSATION, /* the link's conversation; of a guardian every one about that child. What is
                                 seen of it, sharing_may_see() says */
    RIGHT_CLASS_DEVICE,  /* an opened class device: choose a name */
    RIGHT_COUNT_,        /* for tests that walk all rights */
};

/* What the right is about; zero ids where it is about nothing in particular. */
struct target {
    struct group_id group;
    struct pupil_id pupil;
    struct conversation_id conversation;
};

/*
 * The one check. At most one statement, or two where nearness alone does not say it. `work->actor` is asked, never trusted further.
 * What was found out about the pupil and the conversation asked about last holds for this unit of work: the route asks, and the
 * rule behind it asks the same again.
 */
NODISCARD enum status access_check(struct work *work, enum right right, struct target target);

/* That holds no more: another try, an actor that was filled anew, or who may what was just changed. */
void access_forget(struct work *work);

/* The same for a right that is about the school, not about one group or pupil. No statement. */
NODISCARD enum status access_check_school(struct work *work, enum right right);

/* "RIGHT_PUPIL_READ", for the access matrix. */
const char *right_name(enum right right);

#endif
