/* Who takes part in a conversation, besides its leader. */
#include "access/access.h"
#include "access/audit.h"
#include "access/work.h"
#include "base/arena.h"
#include "base/str.h"
#include "base/utf8.h"
#include "conversation/conversation.h"
#include "conversation/mail.h"
#include "conversation/row.h"
#include "group/group.h"
#include "guardian/guardian.h"
#include "person/person.h"
#include "staff/staff.h"

#define NAME_PLACE "conversation_person.name"
#define ADDRESS_PLACE "conversation_person.address"

static struct vault_place place_of(const struct work *work, const struct conversation *c,
                                   const char *column)
{
    return (struct vault_place){.column = column, .school = work_school(work).v, .row = c->id.v};
}

static enum status name_of(struct work *work, const struct conversation *c,
                           const struct sql_conversation_person_rows *row, const char **ret_name)
{
    static const enum person_kind kinds[] = {[PARTICIPANT_STAFF] = PERSON_STAFF,
                                             [PARTICIPANT_PUPIL] = PERSON_PUPIL,
                                             [PARTICIPANT_GUARDIAN] = PERSON_GUARDIAN};
    const struct sealed profiles[] = {[PARTICIPANT_STAFF] = row->staff_sealed,
                                      [PARTICIPANT_PUPIL] = row->pupil_sealed,
                                      [PARTICIPANT_GUARDIAN] = row->guardian_sealed};
    if (row->kind == PARTICIPANT_EXTERNAL)
        return vault_open(&c->seal.key, work->arena, place_of(work, c, NAME_PLACE),
                          row->name_sealed, ret_name);
    struct person person;
    enum status st = person_open_with(work, kinds[row->kind], work_school(work), row->person,
                                      row->slot, row->key_wrapped, profiles[row->kind], &person);
    if (st == OK)
        *ret_name = person_full(work->arena, &person);
    return st;
}

/* Of somebody from outside who gave one. */
static enum status address_of(struct work *work, const struct conversation *c,
                              const struct sql_conversation_person_rows *row,
                              const char **ret_address)
{
    return vault_open(&c->seal.key, work->arena, place_of(work, c, ADDRESS_PLACE),
                      row->address_sealed, ret_address);
}

enum status conversation_people(struct work *work, const struct conversation *conversation,
                                struct participant **ret, size_t *ret_count)
{
    struct sql_conversation_person_rows *rows = NULL;
    size_t count = 0, kept = 0;
    enum status st = sql_conversation_person_rows(work->db, work->arena, work_school(work),
                                                  conversation->id, &rows, &count);
    if (st != OK)
        return st;
    struct participant *people = ARENA_ARRAY(work->arena, struct participant, count);
    if (!people)
        return ERR_NOMEM;
    for (size_t i = 0; i < count; i++) {
        people[kept] = (struct participant){.kind = (enum participant_kind)rows[i].kind,
                                            .person = rows[i].person,
                                            .part = (enum method_part)rows[i].part,
                                            .may_read = (enum may_read)rows[i].preread,
                                            .invited_at = rows[i].invited_at,
                                            .prepared_at = rows[i].prepared_at};
        st = name_of(work, conversation, &rows[i], &people[kept].name);
        if (st == OK)
            st = address_of(work, conversation, &rows[i], &people[kept].address);
        if (st != OK && st != ERR_ERASED)
            return st;
        kept += st == OK;
    }
    *ret = people;
    *ret_count = kept;
    return OK;
}

/* Staff write in every voice: what stands there is the conversation's, not theirs alone. */
static bool said_it(const struct participant *who, const struct answer_speaker *speaker)
{
    if (who->kind == PARTICIPANT_STAFF)
        return speaker->author_kind == ACTOR_STAFF && speaker->author == who->person;
    return speaker->person == who->person || speaker->author == who->person;
}

enum status conversation_people_said(struct work *work, const struct conversation *conversation,
                                     struct participant *people, size_t count)
{
    struct answer_speaker *speakers = NULL;
    size_t speaker_count = 0;
    enum status st = answer_speakers(work, conversation->id, &speakers, &speaker_count);
    for (size_t i = 0; st == OK && i < count; i++)
        for (size_t s = 0; s < speaker_count; s++)
            people[i].has_said |= said_it(&people[i], &speakers[s]);
    return st;
}

enum status conversation_may_invite(struct work *work, const struct conversation *c)
{
    struct target target = {.pupil = c->pupil, .group = c->group};
    return access_check(work, c->pupil.v ? RIGHT_PUPIL_WRITE : RIGHT_GROUP_TEACH, target);
}

static enum status is_guardian(struct work *work, struct pupil_id pupil, int64_t person)
{
    struct guardian *guardians = NULL;
    size_t count = 0;
    enum status st = guardian_of_pupil(work, pupil, &guardians, &count);
    for (size_t i = 0; st == OK && i < count; i++)
        if (guardians[i].id.v == person && guardians[i].information != INFORMATION_NONE)
            return OK;
    return st == OK ? ERR_INVALID : st;
}

static enum status is_colleague(struct work *work, int64_t person)
{
    struct staff staff;
    enum status st = staff_find(work, (struct staff_id){person}, &staff);
    if (st == OK && date_is_set(staff.left_on))
        st = ERR_INVALID;
    return st == ERR_NOT_FOUND ? ERR_INVALID : st;
}

/* In which parts somebody of a kind can take part; the first is the usual one. */
static const struct {
    enum method_part usual;
    unsigned may; /* enum method_part bits */
} parts[] = {
    [PARTICIPANT_STAFF] = {PART_TEACHER, PART_TEACHER | PART_COORDINATOR},
    [PARTICIPANT_PUPIL] = {PART_PUPILS, PART_PUPILS},
    [PARTICIPANT_GUARDIAN] = {PART_GUARDIAN, PART_GUARDIAN},
    [PARTICIPANT_EXTERNAL] = {PART_EXTERNAL, PART_EXTERNAL},
};

/*
 * Whether that person can take part in this conversation. Several pupils talk in a conversation of
 * their group, where each has words of their own; in one about one pupil a second would read that
 * pupil's.
 */
static enum status may_join(struct work *work, const struct conversation *c,
                            enum participant_kind kind, int64_t person, const char *name)
{
    const struct pupil_id pupil = {person};
    switch (kind) {
    case PARTICIPANT_STAFF:
        return is_colleague(work, person);
    case PARTICIPANT_GUARDIAN:
        return c->pupil.v ? is_guardian(work, c->pupil, person) : ERR_INVALID;
    case PARTICIPANT_EXTERNAL:
        return !name || str_is_blank(name) || utf8_chars(name) > CONVERSATION_NAME_MAX ? ERR_INVALID
                                                                                       : OK;
    case PARTICIPANT_PUPIL:
        return c->group.v ? group_has_members(work, c->group, &pupil, 1) : ERR_INVALID;
    }
    return ERR_INVALID;
}

/* Opened for who may say who takes part, while it is not closed. */
static enum status open_list(struct work *work, struct conversation_id id, struct conversation *c)
{
    enum status st = conversation_open(work, RIGHT_CONVERSATION_WRITE, id, c);
    if (st == OK)
        st = conversation_may_invite(work, c);
    return st == OK && c->state >= CONVERSATION_CLOSED ? ERR_FORBIDDEN : st;
}

/* "" is no text at all. */
static enum status seal_text(struct work *work, const struct conversation *c, const char *column,
                             const char *text, struct sealed *ret_sealed)
{
    return *text ? vault_seal(&c->seal.key, work->random, work->arena, place_of(work, c, column),
                              text, strlen(text), ret_sealed)
                 : OK;
}

/* Somebody to add; `address` is that of who has no place in the school. */
struct newcomer {
    enum participant_kind kind;
    int64_t person;
    enum method_part part;
    const char *name, *address;
};

static enum status insert(struct work *work, const struct conversation *c,
                          const struct newcomer *who)
{
    bool is_external = who->kind == PARTICIPANT_EXTERNAL;
    enum method_part part = who->part ? who->part : parts[who->kind].usual;
    struct sealed name = {0}, address = {0};
    size_t changed = 0;
    enum status st = is_external ? seal_text(work, c, NAME_PLACE, who->name, &name) : OK;
    if (st == OK && is_external)
        st = seal_text(work, c, ADDRESS_PLACE, who->address, &address);
    if (st == OK)
        st = sql_conversation_person_insert(work->db, work_school(work), c->id, (int32_t)who->kind,
                                            is_external ? work_new_id(work) : who->person,
                                            (int32_t)part, name, address, 0, &changed);
    if (st != OK || !changed)
        return st;
    access_forget(work);
    return audit_change(work, AUDIT_PARTICIPANT_ADDED, c->pupil.v, c->id.v);
}

static enum status add(struct work *work, struct conversation_id id, const struct newcomer *who)
{
    struct conversation c;
    bool known = who->kind >= PARTICIPANT_STAFF && who->kind <= PARTICIPANT_EXTERNAL;
    enum status st = open_list(work, id, &c);
    if (st == OK && (!known || (who->part && !(parts[who->kind].may & who->part))))
        st = ERR_INVALID;
    if (st == OK)
        st = may_join(work, &c, who->kind, who->person, who->name);
    return st == OK ? insert(work, &c, who) : st;
}

enum status conversation_add_person(struct work *work, struct conversation_id id,
                                    enum participant_kind kind, int64_t person,
                                    enum method_part part, const char *name)
{
    const struct newcomer who = {
        .kind = kind, .person = person, .part = part, .name = name, .address = ""};
    return add(work, id, &who);
}

enum status conversation_add_external(struct work *work, struct conversation_id id,
                                      const char *name, const char *address)
{
    const struct newcomer who = {.kind = PARTICIPANT_EXTERNAL, .name = name, .address = address};
    return *address && !mail_address_valid(address) ? ERR_INVALID : add(work, id, &who);
}

/* What somebody said under their own name stays, and so does the name. */
static enum status may_leave(struct work *work, const struct conversation *c,
                             enum participant_kind kind, int64_t person)
{
    struct participant who = {.kind = kind, .person = person};
    if (kind == PARTICIPANT_STAFF)
        return OK;
    if (kind == PARTICIPANT_PUPIL && person == c->pupil.v)
        return ERR_INVALID;
    enum status st = conversation_people_said(work, c, &who, 1);
    return st == OK && who.has_said ? ERR_INVALID : st;
}

enum status conversation_person_invited(struct work *work, const struct conversation *c,
                                        enum participant_kind kind, int64_t person,
                                        enum method_part part)
{
    enum status st =
        sql_conversation_person_invite(work->db, work_school(work), c->id, (int32_t)kind, person,
                                       (int32_t)part, work->now_ms, NULL);
    return st == OK ? audit_change(work, AUDIT_CONVERSATION_INVITED, c->pupil.v, c->id.v) : st;
}

/* Whether something was written in the name of this guardian or external; of a pupil the answers
 * say who. */
static bool was_written_for(const struct answer *answers, size_t count,
                            const struct participant *who)
{
    enum voice voice = who->kind == PARTICIPANT_GUARDIAN ? VOICE_GUARDIAN : VOICE_OTHER;
    for (size_t i = 0; who->kind != PARTICIPANT_PUPIL && i < count; i++)
        if (answers[i].key.voice == voice && answers[i].key.person == who->person &&
            !answer_is_empty(&answers[i].value))
            return true;
    return who->kind == PARTICIPANT_PUPIL;
}

enum status conversation_people_prepared(struct work *work, struct conversation_id id,
                                         enum participant_kind kind, int64_t person)
{
    struct conversation c;
    struct participant *people = NULL;
    struct answer *answers = NULL;
    size_t people_count = 0, count = 0;
    enum status st = conversation_open(work, RIGHT_CONVERSATION_WRITE, id, &c);
    if (st == OK && c.state >= CONVERSATION_CLOSED)
        st = ERR_FORBIDDEN;
    if (st == OK)
        st = conversation_people(work, &c, &people, &people_count);
    if (st == OK && !person)
        st = answer_all(work, &c.seal, id, &answers, &count);
    for (size_t i = 0; st == OK && i < people_count; i++) {
        bool meant =
            people[i].kind == kind &&
            (person ? people[i].person == person : was_written_for(answers, count, &people[i]));
        if (meant && !people[i].prepared_at)
            st = sql_conversation_person_set_prepared(
                work->db, work_school(work), id, (int32_t)kind, people[i].person,
                (int32_t)people[i].may_read, work->now_ms, NULL);
    }
    return st == OK ? audit_change(work, AUDIT_CONVERSATION_PREPARED, c.pupil.v, id.v) : st;
}

enum status conversation_remove_person(struct work *work, struct conversation_id id,
                                       enum participant_kind kind, int64_t person)
{
    struct conversation c;
    size_t changed = 0;
    struct school_id school = work_school(work);
    enum status st = open_list(work, id, &c);
    if (st == OK)
        st = may_leave(work, &c, kind, person);
    if (st == OK)
        st = sql_conversation_person_delete(work->db, school, id, (int32_t)kind, person, &changed);
    if (st == OK && changed == 0)
        st = ERR_NOT_FOUND;
    access_forget(work); /* who took oneself off may be near no more */
    if (st == OK)
        st = sql_conversation_person_end_links(work->db, school, id, (int32_t)kind, person,
                                               work->now_ms, NULL);
    return st == OK ? audit_change(work, AUDIT_PARTICIPANT_REMOVED, c.pupil.v, id.v) : st;
}
