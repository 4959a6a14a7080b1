/*
 * access: who may do what, in one function. Closed by default: the zero right opens for nobody,
 * and a right that no rule grants is refused. Rules of DOMAIN §4:
 *
 *   teacher        pupils in their groups of the active school year: read and write the dossier
 *   support        the group's names, may note an observation; no dossier
 *   coordinator    every dossier of the school, the log
 *   principal      counts and coverage, the log; no contents
 *   administrator  structure, rosters, accounts; names but no dossiers
 *   pupil          their own, and with a weak sign-in only their own open work
 *   who takes part in a conversation reads and writes that conversation
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
    RIGHT_GROUP_BADGES,  /* print and renew badges, open a class device: its teachers, administrators */
    RIGHT_PUPIL_READ,    /* the dossier */
    RIGHT_PUPIL_WRITE,   /* add to and change the dossier */
    RIGHT_PUPIL_NOTE,    /* note an observation */
    RIGHT_PUPIL_NAME,    /* the pupil's name and groups: structure pages */
    RIGHT_SCHOOL_READ,   /* look at the school's structure */
    RIGHT_SCHOOL_PEOPLE, /* look at all pupils' names, data and guardians: no dossiers */
    RIGHT_STRUCTURE,     /* change it; import rosters; accounts of staff */
    RIGHT_COVERAGE,      /* counts over the school */
    RIGHT_AUDIT,         /* who read what */
    RIGHT_METHODS,       /* make and change the school's own kinds of conversation (R16) */
    RIGHT_GROUP_TEACH,   /* plan and hold conversations of a group as a whole */
    RIGHT_CONVERSATION_READ,  /* staff near to what it is about, or taking part */
    RIGHT_CONVERSATION_WRITE, /* the same: who may read it may work in it */
    RIGHT_CONVERSATION_SELF,  /* a pupil who takes part; a weak sign-in only while it is open */
    RIGHT_PUPIL_SELF,    /* the signed-in pupil's own place */
    RIGHT_CLASS_DEVICE,  /* an opened class device: choose a name */
    RIGHT_COUNT_,        /* for tests that walk all rights */
};

/* What the right is about; zero ids where it is about nothing in particular. */
struct target {
    struct group_id group;
    struct pupil_id pupil;
    struct conversation_id conversation;
};

/* The one check. Reads at most one statement. `work->actor` is asked, never trusted further. */
NODISCARD enum status access_check(struct work *work, enum right right, struct target target);

/* "RIGHT_PUPIL_READ", for the access matrix. */
const char *right_name(enum right right);

#endif
