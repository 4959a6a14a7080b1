/* The steps of a conversation's life, as one table of what may follow what. */
#include <assert.h>

#include "access/access.h"
#include "access/audit.h"
#include "access/work.h"
#include "base/str.h"
#include "base/utf8.h"
#include "conversation/conversation.h"
#include "conversation/row.h"
#include "sharing/wish.h"

#define REOPEN_MS MS_DAY
#define REASON_MAX 400

#define IN(state) (1u << CONVERSATION_##state)

struct step {
    enum conversation_state to;
    unsigned from;    /* bits of states it may be taken in */
    unsigned already; /* bits of states in which there is nothing to do */
    enum right right;
    enum audit_action action;
};

static const struct step invite = {CONVERSATION_INVITED, IN(PLANNED),
                                   IN(INVITED) | IN(PREPARED) | IN(UNDER_WAY),
                                   RIGHT_CONVERSATION_WRITE, AUDIT_CONVERSATION_INVITED};
static const struct step prepare = {CONVERSATION_PREPARED, IN(PLANNED) | IN(INVITED),
                                    IN(PREPARED) | IN(UNDER_WAY), RIGHT_CONVERSATION_SELF,
                                    AUDIT_CONVERSATION_PREPARED};
static const struct step start = {CONVERSATION_UNDER_WAY, IN(PLANNED) | IN(INVITED) | IN(PREPARED),
                                  IN(UNDER_WAY), RIGHT_CONVERSATION_WRITE,
                                  AUDIT_CONVERSATION_STARTED};
static const struct step close_it = {CONVERSATION_CLOSED, IN(UNDER_WAY), IN(CLOSED) | IN(EVALUATED),
                                     RIGHT_CONVERSATION_WRITE, AUDIT_CONVERSATION_CLOSED};
static const struct step evaluate = {CONVERSATION_EVALUATED, IN(CLOSED), IN(EVALUATED),
                                     RIGHT_CONVERSATION_WRITE, AUDIT_CONVERSATION_EVALUATED};
static const struct step cancel = {CONVERSATION_CANCELLED,
                                   IN(PLANNED) | IN(INVITED) | IN(PREPARED) | IN(UNDER_WAY),
                                   IN(CANCELLED), RIGHT_CONVERSATION_WRITE,
                                   AUDIT_CONVERSATION_CANCELLED};

static enum status update(struct work *work, const struct conversation *c)
{
    struct sealed details;
    size_t changed = 0;
    enum status st = conversation_seal_details(work, &c->seal.key, c, &details);
    if (st == OK)
        st = sql_conversation_update(work->db, work_school(work), c->id, c->version,
                                     (int32_t)c->state, c->planned_on, c->planned_at, c->minutes,
                                     c->held_on, c->look_on, (int32_t)c->may_read, details,
                                     work->now_ms, c->closed_at, &changed);
    return st == OK && changed == 0 ? ERR_CONFLICT : st;
}

/* Opens and asks whether the step may be taken; *ret_done when it was taken before. */
static enum status approach(struct work *work, const struct step *step, struct conversation_id id,
                            struct conversation *ret, bool *ret_done)
{
    enum status st = conversation_open(work, step->right, id, ret);
    if (st != OK)
        return st;
    unsigned now = 1u << ret->state;
    *ret_done = step->already & now;
    return (step->from | step->already) & now ? OK : ERR_FORBIDDEN;
}

static enum status take(struct work *work, const struct step *step, struct conversation *c)
{
    c->state = step->to;
    enum status st = update(work, c);
    return st == OK ? audit_change(work, step->action, c->pupil.v, c->id.v) : st;
}

enum status conversation_invite(struct work *work, struct conversation_id id)
{
    struct conversation c;
    bool done = false;
    enum status st = approach(work, &invite, id, &c, &done);
    if (st == OK)
        st = sql_conversation_person_set_invited(work->db, work_school(work), id, work->now_ms,
                                                 NULL);
    if (st == OK && !done)
        st = take(work, &invite, &c);
    return st;
}

/* In a group each pupil prepares for themself, and decides for themself who reads it when. */
static enum status note_prepared(struct work *work, const struct conversation *c,
                                 enum may_read may_read)
{
    enum may_read own = c->group.v ? may_read : MAY_READ_UNDECIDED;
    return sql_conversation_person_set_prepared(work->db, work_school(work), c->id,
                                                PARTICIPANT_PUPIL, work->actor->pupil.v,
                                                (int32_t)own, work->now_ms, NULL);
}

enum status conversation_prepared(struct work *work, struct conversation_id id,
                                  enum may_read may_read)
{
    struct conversation c;
    bool done = false;
    if (may_read < MAY_READ_UNDECIDED || may_read > MAY_READ_FIRST_IN_TALK)
        return ERR_INVALID;
    enum status st = approach(work, &prepare, id, &c, &done);
    if (st == OK)
        st = note_prepared(work, &c, may_read);
    if (st != OK || (done && !c.group.v && c.may_read == may_read))
        return st;
    if (!c.group.v)
        c.may_read = may_read;
    if (!done)
        return take(work, &prepare, &c);
    st = c.group.v ? OK : update(work, &c);
    return st == OK ? audit_change(work, AUDIT_CONVERSATION_PREPARED, work->actor->pupil.v, id.v)
                    : st;
}

/* What the pupil wrote in the own place is nobody's to open: the pupil says on the same screen who
 * reads it. */
static enum status wrote_on_screen(struct work *work, const struct conversation *c, bool *ret)
{
    struct answer *answers = NULL;
    size_t count = 0;
    enum status st = answer_all(work, &c->seal, c->id, &answers, &count);
    *ret = false;
    for (size_t i = 0; st == OK && i < count; i++)
        *ret |= answers[i].author_kind == ACTOR_PUPIL;
    return st;
}

enum status conversation_prepared_on_paper(struct work *work, struct conversation_id id)
{
    struct conversation c;
    bool on_screen = false;
    enum status st = conversation_open(work, RIGHT_CONVERSATION_WRITE, id, &c);
    if (st != OK || c.may_read == MAY_READ_YES || c.state == CONVERSATION_UNDER_WAY)
        return st;
    if (c.state > CONVERSATION_UNDER_WAY || c.may_read != MAY_READ_UNDECIDED || !c.pupil.v)
        return ERR_FORBIDDEN;
    st = wrote_on_screen(work, &c, &on_screen);
    if (st == OK && on_screen)
        st = ERR_FORBIDDEN;
    if (st == OK)
        st = sql_conversation_person_set_prepared(work->db, work_school(work), id,
                                                  PARTICIPANT_PUPIL, c.pupil.v,
                                                  MAY_READ_UNDECIDED, work->now_ms, NULL);
    c.may_read = MAY_READ_YES;
    c.state = CONVERSATION_PREPARED;
    if (st == OK)
        st = update(work, &c);
    return st == OK ? audit_change(work, AUDIT_CONVERSATION_PREPARED, c.pupil.v, id.v) : st;
}

enum status conversation_start(struct work *work, struct conversation_id id)
{
    return conversation_start_on(work, id, work->today);
}

enum status conversation_start_on(struct work *work, struct conversation_id id, struct date held_on)
{
    struct conversation c;
    bool done = false;
    if (!date_valid(held_on) || date_compare(held_on, work->today) > 0 ||
        date_school_year(held_on) != date_school_year(work->today))
        return ERR_INVALID;
    enum status st = approach(work, &start, id, &c, &done);
    if (st != OK || done)
        return st;
    c.held_on = held_on;
    st = take(work, &start, &c);
    return st == OK ? wish_talked(work, c.pupil) : st; /* the hand comes down */
}

enum status conversation_show(struct work *work, struct conversation_id id, const char *question)
{
    struct conversation c;
    enum right right = work->actor->kind == ACTOR_PUPIL ? RIGHT_CONVERSATION_SELF
                                                        : RIGHT_CONVERSATION_WRITE;
    enum status st = conversation_open(work, right, id, &c);
    if (st != OK)
        return st;
    if (question[0] && !method_question(c.method, question) &&
        !str_starts(question, METHOD_SUMMARY_PREFIX))
        return ERR_INVALID;
    if (c.state != CONVERSATION_UNDER_WAY)
        return ERR_FORBIDDEN;
    return sql_conversation_set_here(work->db, work_school(work), id, question, NULL);
}

enum status conversation_close(struct work *work, struct conversation_id id, const char *left_out,
                               struct date look_on)
{
    struct conversation c;
    bool done = false;
    if (date_is_set(look_on) &&
        (!date_valid(look_on) || date_compare(look_on, work->today) < 0))
        return ERR_INVALID;
    if (utf8_chars(left_out) > REASON_MAX)
        return ERR_INVALID;
    enum status st = approach(work, &close_it, id, &c, &done);
    if (st != OK || done)
        return st;
    c.left_out = left_out;
    c.look_on = look_on;
    c.closed_at = work->now_ms;
    return take(work, &close_it, &c);
}

enum status conversation_evaluate(struct work *work, struct conversation_id id)
{
    struct conversation c;
    bool done = false;
    enum status st = approach(work, &evaluate, id, &c, &done);
    return st == OK && !done ? take(work, &evaluate, &c) : st;
}

enum status conversation_reopen(struct work *work, struct conversation_id id)
{
    struct conversation c;
    enum status st = conversation_open(work, RIGHT_CONVERSATION_WRITE, id, &c);
    if (st != OK || c.state == CONVERSATION_UNDER_WAY)
        return st;
    bool may = c.state == CONVERSATION_CLOSED && !c.is_informal &&
               c.leader.v == work->actor->staff.v && work->now_ms - c.closed_at <= REOPEN_MS;
    if (!may)
        return ERR_FORBIDDEN;
    c.state = CONVERSATION_UNDER_WAY;
    c.closed_at = 0;
    st = update(work, &c);
    return st == OK ? audit_change(work, AUDIT_CONVERSATION_REOPENED, c.pupil.v, id.v) : st;
}

/* --- the plan --------------------------------------------------------------------------------------- */

/* Where it stood, and why it left there, before it is changed. */
static enum status keep_moment(struct work *work, const struct conversation *c, const char *reason)
{
    struct sealed sealed = {0};
    enum status st = OK;
    if (reason[0]) {
        struct vault_place place = {.column = "conversation_moment.reason",
                                    .school = work_school(work).v,
                                    .row = c->id.v};
        st = vault_seal(&c->seal.key, work->random, work->arena, place, reason, strlen(reason),
                        &sealed);
    }
    if (st == OK)
        st = sql_conversation_moment_insert(work->db, work_school(work), c->id, c->version,
                                            (int32_t)c->state, c->planned_on, c->planned_at,
                                            work->actor->staff.v, sealed, work->now_ms, NULL);
    return st;
}

enum status conversation_move(struct work *work, struct conversation_id id,
                              const struct conversation_moment *moment)
{
    struct conversation c;
    if (moment->planned_at < -1 || moment->planned_at > 1439 || moment->minutes < 1 ||
        moment->minutes > 180 || utf8_chars(moment->place) > CONVERSATION_PLACE_MAX ||
        (date_is_set(moment->planned_on) ? !date_valid(moment->planned_on)
                                         : moment->planned_at != -1))
        return ERR_INVALID;
    enum status st = conversation_open(work, RIGHT_CONVERSATION_WRITE, id, &c);
    if (st == OK && c.state >= CONVERSATION_UNDER_WAY)
        st = ERR_FORBIDDEN;
    if (st == OK)
        st = keep_moment(work, &c, "");
    if (st != OK)
        return st;
    c.planned_on = moment->planned_on;
    c.planned_at = moment->planned_at;
    c.minutes = moment->minutes;
    c.place = moment->place;
    st = update(work, &c);
    return st == OK ? audit_change(work, AUDIT_CONVERSATION_MOVED, c.pupil.v, id.v) : st;
}

enum status conversation_cancel(struct work *work, struct conversation_id id, const char *reason)
{
    struct conversation c;
    bool done = false;
    if (utf8_chars(reason) > REASON_MAX)
        return ERR_INVALID;
    enum status st = approach(work, &cancel, id, &c, &done);
    if (st == OK && !done)
        st = keep_moment(work, &c, reason);
    return st == OK && !done ? take(work, &cancel, &c) : st;
}

/* --- two that become one ------------------------------------------------------------------------------ */

static enum status take_answers(struct work *work, const struct conversation *into,
                                const struct conversation *from, size_t *ret_taken)
{
    struct answer *there = NULL, *here = NULL;
    size_t there_count = 0, here_count = 0;
    enum status st = answer_all(work, &into->seal, into->id, &here, &here_count);
    if (st == OK)
        st = answer_all(work, &from->seal, from->id, &there, &there_count);
    *ret_taken = 0;
    for (size_t i = 0; st == OK && here_count == 0 && i < there_count; i++) {
        if (!method_question(into->method, there[i].key.question))
            continue;
        st = answer_take_over(work, &into->seal, &there[i], into->id);
        (*ret_taken)++;
    }
    return st;
}

static enum status take_people(struct work *work, struct conversation_id into,
                               const struct conversation *from, bool has_answers)
{
    struct participant *people = NULL;
    size_t count = 0;
    enum status st = conversation_people(work, from, &people, &count);
    for (size_t i = 0; st == OK && i < count; i++) {
        bool is_pupil = people[i].kind == PARTICIPANT_PUPIL;
        if (people[i].kind == PARTICIPANT_EXTERNAL)
            st = conversation_add_external(work, into, people[i].name, people[i].address);
        else if (!is_pupil)
            st = conversation_add_person(work, into, people[i].kind, people[i].person,
                                         people[i].part, people[i].name);
        else if (has_answers && people[i].prepared_at)
            st = sql_conversation_person_set_prepared(work->db, work_school(work), into,
                                                      PARTICIPANT_PUPIL, people[i].person,
                                                      (int32_t)people[i].may_read,
                                                      people[i].prepared_at, NULL);
    }
    return st;
}

enum status conversation_merge(struct work *work, struct conversation_id into_id,
                               struct conversation_id from_id, const char *reason)
{
    struct conversation into, from;
    size_t taken = 0;
    enum status st = conversation_open(work, RIGHT_CONVERSATION_WRITE, into_id, &into);
    if (st == OK)
        st = conversation_open(work, RIGHT_CONVERSATION_WRITE, from_id, &from);
    if (st != OK)
        return st;
    if (into_id.v == from_id.v || !into.pupil.v || into.pupil.v != from.pupil.v)
        return ERR_INVALID;
    if (into.state >= CONVERSATION_UNDER_WAY || from.state >= CONVERSATION_UNDER_WAY)
        return ERR_FORBIDDEN;
    st = take_answers(work, &into, &from, &taken);
    if (st == OK &&
        taken) { /* how far preparing is, and who may read it, goes along with the words */
        into.state = into.state > from.state ? into.state : from.state;
        into.may_read = from.may_read;
        st = update(work, &into);
    }
    if (st == OK)
        st = take_people(work, into_id, &from, taken > 0);
    if (st == OK)
        st = conversation_cancel(work, from_id, reason);
    return st == OK ? audit_change(work, AUDIT_CONVERSATION_MERGED, into.pupil.v, into_id.v) : st;
}
