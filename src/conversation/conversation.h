/*
 * conversation: one talk, from the plan to looking back (gesprek). Life: planned → invited →
 * prepared → under way → closed → evaluated, or cancelled (DOMAIN §3); moving it keeps where it
 * stood before. It keeps the version of the method it was planned with, for ever. What is said is in
 * answer/; goals and agreements that come out of it in their own folders. Knows plan, life and who
 * takes part; refuses to know pages.
 *
 * Rights: staff who may read or write the dossier (or teach the group) of what it is about, and staff
 * who take part; a pupil who takes part (access.h: RIGHT_CONVERSATION_*).
 */
#ifndef CONVERSATION_CONVERSATION_H
#define CONVERSATION_CONVERSATION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "access/access.h"
#include "answer/answer.h"
#include "base/date.h"
#include "base/ids.h"
#include "base/status.h"
#include "method/method.h"

struct work;

#define CONVERSATION_PLACE_MAX 120 /* characters */
#define CONVERSATION_AIM_MAX 400
#define CONVERSATION_NAME_MAX 120 /* of an external */
#define CONVERSATIONS_MAX 500 /* that a list shows */

/* The method of a talk that nobody planned: one line of what it was about. */
#define CONVERSATION_INFORMAL_METHOD "praatje"

enum conversation_state {
    CONVERSATION_PLANNED = 1,
    CONVERSATION_INVITED,
    CONVERSATION_PREPARED,
    CONVERSATION_UNDER_WAY,
    CONVERSATION_CLOSED,
    CONVERSATION_EVALUATED,
    CONVERSATION_CANCELLED,
};

/* P6: whether the teacher may read what the pupil prepared, before the conversation. */
enum may_read { MAY_READ_UNDECIDED, MAY_READ_YES, MAY_READ_FIRST_IN_TALK };

struct conversation {
    struct conversation_id id;
    struct pupil_id pupil; /* none: about a group */
    struct group_id group; /* none: about one pupil */
    struct method_version_id method_version;
    const struct method *method; /* by conversation_open(); NULL in lists */
    const char *method_key;      /* in lists too */
    struct staff_id leader;
    const char *leader_name; /* "" in lists of one's own */
    struct conversation_round_id round;
    struct conversation_id follows;
    enum conversation_state state;
    bool is_informal;
    struct date planned_on; /* unset: no day yet */
    int planned_at;         /* minutes since midnight; -1: no time */
    int minutes;
    struct date held_on, look_on;
    enum may_read may_read;
    const char *here; /* question that all screens show, "" none */
    int version;
    int64_t made_at, changed_at, closed_at;
    /* sealed: */
    const char *place;
    const char *aim;      /* "what it is for", in the letter */
    const char *left_out; /* what closing left out, a line each (DOMAIN §3) */
    const char *note;     /* of an informal talk: one line of what it was about */
    struct answer_seal seal; /* by conversation_open(); zero in lists */
};

struct conversation_draft {
    const char *method_key;
    struct pupil_id pupil; /* one of the two */
    struct group_id group;
    struct date planned_on;
    int planned_at;
    int minutes; /* 0: the method's */
    const char *place;
    const char *aim;
    struct conversation_round_id round;
    struct conversation_id follows;
    const struct pupil_id *pupils; /* of the group, who take part; none: everybody who is in it now */
    size_t pupil_count;
};

/*
 * Plans. Wants RIGHT_PUPIL_WRITE or RIGHT_GROUP_TEACH; the actor leads. Pins the method. Those who take
 * part by the method and are known (the pupil, or the group's pupils) are noted as taking part. ERR_INVALID
 * for pupils who are not in the group, or twice in the list, for an unknown method, one about something else, a day more than a year away, a long text, and when
 * `follows` is no closed conversation about the same. The id was
 * made when the form was drawn: the same id again is OK when the same was planned, else ERR_CONFLICT.
 */
NODISCARD enum status conversation_plan(struct work *work, struct conversation_id id,
                                        const struct conversation_draft *draft);

/*
 * "Just talked" (K2): held today or on an earlier day of this school year, closed at once. `note` may be "". One row
 * and its audit line: ten seconds. ERR_INVALID, ERR_CONFLICT as above.
 */
NODISCARD enum status conversation_note_informal(struct work *work, struct conversation_id id,
                                                 struct pupil_id pupil, struct date held_on,
                                                 const char *note);

/* Another day, time, place or length, while it is not closed. The old moment is kept. */
struct conversation_moment {
    struct date planned_on;
    int planned_at;
    int minutes;
    const char *place;
};
NODISCARD enum status conversation_move(struct work *work, struct conversation_id id,
                                        const struct conversation_moment *moment);

/* Cancels, with a reason that may be "". ERR_FORBIDDEN once it is closed. */
NODISCARD enum status conversation_cancel(struct work *work, struct conversation_id id,
                                          const char *reason);

/*
 * Two that are open and about the same pupil become one: `from` is cancelled with the reason and keeps its
 * moments; what was prepared for it goes along when nothing was for `into` (as far as that kind asks it),
 * and so do the people. ERR_INVALID when they are one, or about different pupils or a group;
 * ERR_FORBIDDEN when one has begun.
 */
NODISCARD enum status conversation_merge(struct work *work, struct conversation_id into,
                                         struct conversation_id from, const char *reason);

/*
 * Steps of its life. In a conversation of a group each pupil says for themself whether what they
 * prepared may be read before (struct participant); the conversation's own may_read stays undecided.
 * Each is OK when it is there already, ERR_FORBIDDEN when it cannot be from where it is (a cancelled
 * or closed one goes nowhere but to evaluated). invite: it stands in the pupils' own place (letters
 * to others: visit/invite.h). prepared: by whoever prepared (the pupil: RIGHT_CONVERSATION_SELF).
 * start: also from planned, for preparing is free. Starting sets held_on to today.
 */
NODISCARD enum status conversation_invite(struct work *work, struct conversation_id id);
NODISCARD enum status conversation_prepared(struct work *work, struct conversation_id id,
                                            enum may_read may_read);
NODISCARD enum status conversation_start(struct work *work, struct conversation_id id);
/* The same for one that was held on an earlier day and comes in on paper. ERR_INVALID for a day
 * after today or of another school year. */
NODISCARD enum status conversation_start_on(struct work *work, struct conversation_id id,
                                            struct date held_on);
/*
 * The pupil gave the preparation on paper, to be read before: staff may type it in. ERR_FORBIDDEN
 * when the pupil said otherwise, or wrote anything on screen: then it is the pupil who says so
 * there. Once the conversation has begun nothing needs to be said.
 */
NODISCARD enum status conversation_prepared_on_paper(struct work *work, struct conversation_id id);
/* Which question all screens show. No version, no audit line: it is no content. */
NODISCARD enum status conversation_show(struct work *work, struct conversation_id id,
                                        const char *question);
/* `left_out`: names of what closing asks for and was left out, a line each; look_on may be unset. */
NODISCARD enum status conversation_close(struct work *work, struct conversation_id id,
                                         const char *left_out, struct date look_on);
NODISCARD enum status conversation_evaluate(struct work *work, struct conversation_id id);
/* Back to under way, within a day of closing, by the leader: a slip is no fate. */
NODISCARD enum status conversation_reopen(struct work *work, struct conversation_id id);

/*
 * One, with method and the key that seals its answers. `right` is RIGHT_CONVERSATION_READ, _WRITE or
 * _SELF and is checked here. ERR_NOT_FOUND for who may not. Wipe ret->seal.key after use
 * (the arena's end does it with the request).
 */
NODISCARD enum status conversation_open(struct work *work, enum right right,
                                        struct conversation_id id, struct conversation *ret);

/*
 * The same for the program itself: `weerklank print` gives the school what is its own, as `weerklank
 * export` does. ERR_NOT_FOUND for every other actor.
 */
NODISCARD enum status conversation_open_by_program(struct work *work, struct conversation_id id,
                                                   struct conversation *ret);

/*
 * What one pupil said in a conversation of a group, for who reads that pupil's dossier (the next year's
 * teacher too): as conversation_open(), but `seal` is that of the pupil's dossier and opens nothing of the
 * others. Wants RIGHT_PUPIL_READ; ERR_NOT_FOUND when the pupil takes no part in it.
 */
NODISCARD enum status conversation_open_part(struct work *work, struct conversation_id id,
                                             struct pupil_id pupil, struct conversation *ret);

/*
 * A pupil's, newest first, texts opened: the time line. Those of a group in which the pupil takes part are
 * among them (with `group`, without `pupil`). Wants RIGHT_PUPIL_READ. One statement.
 */
NODISCARD enum status conversation_of_pupil(struct work *work, struct pupil_id pupil,
                                            struct conversation **ret, size_t *ret_count);
/* The actor pupil's own, in which the pupil takes part. */
NODISCARD enum status conversation_of_self(struct work *work, struct conversation **ret,
                                           size_t *ret_count);
/* The conversations of a group as a whole, newest first. */
NODISCARD enum status conversation_of_group(struct work *work, struct group_id group,
                                            struct conversation **ret, size_t *ret_count);

/* One in which the actor takes part, as a list shows it. */
struct taking_part {
    struct conversation_id id;
    struct method_version_id method_version;
    enum conversation_state state;
    struct date planned_on, held_on;
    int planned_at;     /* minutes since midnight, -1: none */
    const char *leader; /* full name */
    const char *call;   /* of the pupil; "" of a group */
};
/*
 * Those in which the signed-in member of staff takes part and which somebody else leads, whoever's pupil it is: to
 * take part is what opens each of them (access.h), and this list is how they are found. Open ones first, then
 * the newest; without what was called off. One statement.
 */
NODISCARD enum status conversation_taking_part(struct work *work, struct taking_part **ret,
                                               size_t *ret_count);

/*
 * Who takes part, besides the leader. In a conversation of a group every pupil who is on this list when it is
 * closed counts as heard (R1): who was not there is taken off before.
 */
enum participant_kind {
    PARTICIPANT_STAFF = 1,
    PARTICIPANT_PUPIL = 2,
    PARTICIPANT_GUARDIAN = 3,
    PARTICIPANT_EXTERNAL = 4,
};
struct participant {
    enum participant_kind kind;
    int64_t person;
    enum method_part part; /* one bit; PART_PUPILS of a pupil in a conversation of a group */
    const char *name;
    enum may_read may_read; /* of a pupil in a group: what they prepared, before the conversation */
    int64_t invited_at, prepared_at;
    bool has_said; /* by conversation_people_said() */
};
/* Whose dossier was erased is left out. One statement. */
NODISCARD enum status conversation_people(struct work *work, const struct conversation *conversation,
                                          struct participant **ret, size_t *ret_count);
/* Fills has_said: whose words stand in it under their own name, or written from their own place. One statement. */
NODISCARD enum status conversation_people_said(struct work *work,
                                               const struct conversation *conversation,
                                               struct participant *people, size_t count);

/* Whether the actor may say who takes part: who may plan it. To take part in it is not enough. */
NODISCARD enum status conversation_may_invite(struct work *work, const struct conversation *c);

/*
 * Adds a colleague (as teacher or coordinator), a guardian of the pupil, an external (by name, `person` 0), or a
 * pupil of the group. Wants what planning it wants. `part` 0: the usual one of that kind. ERR_INVALID for another
 * person or part, ERR_FORBIDDEN once it is closed. Who is in it already is OK.
 */
NODISCARD enum status conversation_add_person(struct work *work, struct conversation_id id,
                                              enum participant_kind kind, int64_t person,
                                              enum method_part part, const char *name);
/*
 * The letter of one participant went out, now; a guardian or colleague who did not take part yet
 * does from now on. For who opened the conversation for writing and knows that the person may come.
 */
NODISCARD enum status conversation_person_invited(struct work *work, const struct conversation *c,
                                                  enum participant_kind kind, int64_t person,
                                                  enum method_part part);
/*
 * Staff say that a preparation is done: their own (`person` theirs; who leads has none to note),
 * or, from paper, that of everybody of that kind who was written for (`person` 0). Before closing.
 */
NODISCARD enum status conversation_people_prepared(struct work *work, struct conversation_id id,
                                                   enum participant_kind kind, int64_t person);
/*
 * Takes somebody off, and ends their way in. ERR_INVALID for the pupil whom it is about, and for a pupil,
 * guardian or external who said something in it: words stay, and they stay with their name. A colleague can
 * always go: what they wrote stands in the teacher's voice, with their name in its history. ERR_FORBIDDEN once it is
 * closed, ERR_NOT_FOUND for who is not in it.
 */
NODISCARD enum status conversation_remove_person(struct work *work, struct conversation_id id,
                                                 enum participant_kind kind, int64_t person);

/* Per pupil of a group, for group page, round and coverage: without opening anything. */
struct hearing {
    struct pupil_id pupil;
    struct date last_on;  /* newest held conversation, informal ones too; unset: never (see `ever`) */
    int held;             /* since `since`; taking part in one of a group counts (R1) */
    int held_formal;      /* of these, not informal */
    int held_in_group;    /* of these, conversations of a group */
    struct conversation_id next; /* the first that is planned and not held; of one's own, not of a group */
    enum conversation_state next_state;
    struct date next_on;
    int next_at;
    int64_t asked_at; /* since when the pupil's hand is up (sharing/wish.h), for who teaches; else 0 */
};
/* Without `ever`, what was held before `since` is not looked for: last_on is unset then. */
NODISCARD enum status conversation_hearings(struct work *work, struct group_id group,
                                            struct date since, bool ever, struct hearing **ret,
                                            size_t *ret_count);

#endif
