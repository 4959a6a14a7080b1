#include "visit/invite.h"

#include <assert.h>

#include "access/work.h"
#include "base/arena.h"
#include "conversation/mail.h"
#include "gen/invite_sql.h"
#include "guardian/guardian.h"
#include "person/person.h"
#include "signin/account.h"

static bool has_letter(const struct method *method, enum method_part part)
{
    return part && method_preparation_of(method, part) != NULL;
}

static const char *usable(const char *address)
{
    return mail_address_valid(address) ? address : "";
}

/* --- staff
 * ------------------------------------------------------------------------------------------ */

struct staff_row { /* what the two statements about staff have in common */
    struct staff_id id;
    struct account_id account;
    struct sealed profile, login;
    int64_t slot;
    struct bytes key_wrapped;
};

static enum status fill_staff(struct work *work, const struct staff_row *row, struct invitee *ret)
{
    struct person person;
    const char *address = "";
    enum status st = person_open_with(work, PERSON_STAFF, work_school(work), row->id.v, row->slot,
                                      row->key_wrapped, row->profile, &person);
    if (st == OK && row->account.v)
        st = account_address(work, row->account, row->login, &address);
    if (st != OK)
        return st;
    ret->kind = PARTICIPANT_STAFF;
    ret->person = row->id.v;
    ret->name = person_full(work->arena, &person);
    ret->call = person_call(work->arena, &person);
    ret->address = usable(address);
    return OK;
}

/* As whom somebody of the staff prepares: a coordinator gets things ready where the method has
 * that. */
static enum method_part staff_part(const struct method *method, int part, bool coordinates)
{
    if (part && part != PART_TEACHER)
        return (enum method_part)part;
    return coordinates && has_letter(method, PART_COORDINATOR) ? PART_COORDINATOR : PART_TEACHER;
}

static enum status add_staff(struct work *work, const struct conversation *c, struct invitee *list,
                             size_t *count)
{
    struct sql_invite_staff_rows *rows = NULL;
    size_t n = 0;
    enum status st =
        sql_invite_staff_rows(work->db, work->arena, work_school(work), c->id, &rows, &n);
    for (size_t i = 0; st == OK && i < n; i++) {
        struct invitee *who = &list[*count];
        enum method_part part = staff_part(c->method, (int)rows[i].part, rows[i].coordinates > 0);
        *who = (struct invitee){.conversation = c->id,
                                .pupil = c->pupil,
                                .part = part,
                                .has_letter = has_letter(c->method, part),
                                .is_leader = rows[i].is_leader,
                                .invited_at = rows[i].invited_at,
                                .prepared_at = rows[i].prepared_at};
        const struct staff_row row = {rows[i].id,           rows[i].account, rows[i].profile_sealed,
                                      rows[i].login_sealed, rows[i].slot,    rows[i].key_wrapped};
        st = fill_staff(work, &row, who);
        (*count)++;
    }
    return st;
}

enum status invite_teachers(struct work *work, struct group_id group, struct invitee **ret,
                            size_t *ret_count)
{
    struct sql_invite_teacher_rows *rows = NULL;
    size_t count = 0;
    enum status st =
        sql_invite_teacher_rows(work->db, work->arena, work_school(work), group, &rows, &count);
    if (st != OK)
        return st;
    struct invitee *list = ARENA_ARRAY(work->arena, struct invitee, count);
    if (!list)
        return ERR_NOMEM;
    for (size_t i = 0; st == OK && i < count; i++) {
        list[i] = (struct invitee){.part = PART_TEACHER};
        const struct staff_row row = {rows[i].id,           rows[i].account, rows[i].profile_sealed,
                                      rows[i].login_sealed, rows[i].slot,    rows[i].key_wrapped};
        st = fill_staff(work, &row, &list[i]);
    }
    if (st == OK) {
        *ret = list;
        *ret_count = count;
    }
    return st;
}

/* --- at home
 * ---------------------------------------------------------------------------------------- */

static enum status fill_home(struct work *work, const struct sql_invite_home_rows *row,
                             const struct method *method, struct invitee *ret)
{
    struct person person;
    enum status st = person_open_with(work, PERSON_GUARDIAN, work_school(work), row->id.v,
                                      row->slot, row->key_wrapped, row->profile_sealed, &person);
    if (st != OK)
        return st;
    *ret = (struct invitee){.conversation = row->talk,
                            .pupil = row->pupil,
                            .kind = PARTICIPANT_GUARDIAN,
                            .person = row->id.v,
                            .part = PART_GUARDIAN,
                            .name = person_full(work->arena, &person),
                            .address = usable(person.email),
                            .has_letter = has_letter(method, PART_GUARDIAN),
                            .is_on_request = row->information == INFORMATION_ON_REQUEST,
                            .invited_at = row->invited_at,
                            .prepared_at = row->prepared_at};
    ret->call = ret->name;
    return OK;
}

static enum status fill_homes(struct work *work, const struct sql_invite_home_rows *rows, size_t n,
                              const struct method *method, struct invitee *list)
{
    enum status st = OK;
    for (size_t i = 0; st == OK && i < n; i++)
        st = fill_home(work, &rows[i], method, &list[i]);
    return st;
}

enum status invite_home_of_round(struct work *work, const struct round *round,
                                 const struct method *method, struct invitee **ret,
                                 size_t *ret_count)
{
    struct sql_invite_home_rows *rows = NULL;
    size_t count = 0;
    enum status st = OK;
    if (method->takes_part & PART_GUARDIAN)
        st = sql_invite_home_rows_of_round(work->db, work->arena, work_school(work), round->id,
                                           &rows, &count);
    if (st != OK)
        return st;
    struct invitee *list = ARENA_ARRAY(work->arena, struct invitee, count);
    if (!list)
        return ERR_NOMEM;
    st = fill_homes(work, rows, count, method, list);
    if (st == OK) {
        *ret = list;
        *ret_count = count;
    }
    return st;
}

/* --- one conversation
 * --------------------------------------------------------------------------------- */

/* Pupils and people from outside, as they take part. */
static void add_participants(const struct conversation *c, const struct participant *people,
                             size_t count, enum participant_kind kind, struct invitee *list,
                             size_t *n)
{
    bool pupil = kind == PARTICIPANT_PUPIL;
    enum method_part part = pupil ? PART_PUPIL : PART_EXTERNAL;
    for (size_t i = 0; i < count; i++)
        if (people[i].kind == kind)
            list[(*n)++] = (struct invitee){.conversation = c->id,
                                            .pupil = c->pupil,
                                            .kind = kind,
                                            .person = people[i].person,
                                            .part = part,
                                            .name = people[i].name,
                                            .call = people[i].name,
                                            .address = usable(people[i].address),
                                            .has_letter = has_letter(c->method, part),
                                            .invited_at = people[i].invited_at,
                                            .prepared_at = people[i].prepared_at};
}

enum status invite_people(struct work *work, const struct conversation *c, struct invitee **ret,
                          size_t *ret_count)
{
    assert(work && c->method);

    struct participant *people = NULL;
    struct sql_invite_home_rows *home = NULL;
    size_t people_count = 0, home_count = 0, n = 0;
    enum status st = conversation_people(work, c, &people, &people_count);
    if (st == OK && c->pupil.v && c->method->takes_part & PART_GUARDIAN)
        st = sql_invite_home_rows(work->db, work->arena, work_school(work), c->id, &home,
                                  &home_count);
    if (st != OK)
        return st;
    struct invitee *list = ARENA_ARRAY(work->arena, struct invitee, people_count + home_count + 1);
    if (!list)
        return ERR_NOMEM;
    st = add_staff(work, c, list, &n);
    if (st != OK)
        return st;
    add_participants(c, people, people_count, PARTICIPANT_PUPIL, list, &n);
    st = fill_homes(work, home, home_count, c->method, &list[n]);
    n += home_count;
    add_participants(c, people, people_count, PARTICIPANT_EXTERNAL, list, &n);
    if (st == OK) {
        *ret = list;
        *ret_count = n;
    }
    return st;
}

enum status invite_moved_at(struct work *work, struct conversation_id id, int64_t *ret_at)
{
    struct sql_invite_moved row;
    enum status st = sql_invite_moved(work->db, work->arena, work_school(work), id, &row);
    if (st == OK)
        *ret_at = row.moved_at;
    return st;
}

/* --- letters
 * ------------------------------------------------------------------------------------------ */

const char *invite_link(struct work *work, const char *base, const char *token)
{
    return arena_printf(work->arena, "%s/bezoek#%s", base, token);
}

static bool comes_by_link(const struct invitee *who)
{
    return who->kind == PARTICIPANT_GUARDIAN || who->kind == PARTICIPANT_EXTERNAL;
}

/* Until some weeks after the day, so that what was agreed can be read by the same link. */
static int link_days(const struct work *work, const struct conversation *c)
{
    int days = INVITE_DAYS_LEAST;
    if (date_is_set(c->planned_on))
        days = date_to_days(c->planned_on) - date_to_days(work->today) + INVITE_DAYS_AFTER;
    return days < INVITE_DAYS_LEAST ? INVITE_DAYS_LEAST
           : days > VISIT_DAYS_MAX  ? VISIT_DAYS_MAX
                                    : days;
}

static enum status make_link(struct work *work, const struct conversation *c,
                             const struct invitee *who, struct badge_token *ret_token)
{
    bool guardian = who->kind == PARTICIPANT_GUARDIAN;
    const struct visit_draft draft = {.kind = guardian ? VISIT_OF_GUARDIAN : VISIT_OF_EXTERNAL,
                                      .person = who->person,
                                      .purpose = who->has_letter ? VISIT_PREPARE : VISIT_READ,
                                      .days = link_days(work, c)};
    struct visit_link link;
    return visit_add(work, c, &draft, ret_token, &link);
}

/* Who leads takes part without a row; a link for preparing was noted when it was made. */
static enum status note(struct work *work, const struct conversation *c, const struct invitee *who)
{
    bool noted = who->is_leader || (comes_by_link(who) && who->has_letter);
    return noted ? OK : conversation_person_invited(work, c, who->kind, who->person, who->part);
}

enum status invite_mail(struct work *work, const struct invite_by *by, const struct conversation *c,
                        const struct invitee *who)
{
    struct badge_token token;
    struct mail_draft draft = {.kind = MAIL_COLLEAGUE, .address = who->address, .when = ""};
    if (!*who->address || who->kind == PARTICIPANT_PUPIL)
        return ERR_NOT_FOUND;
    enum status st = OK;
    if (comes_by_link(who)) {
        st = make_link(work, c, who, &token);
        if (st != OK)
            return st;
        draft.kind = MAIL_INVITATION;
        draft.link = invite_link(work, by->base, token.s);
    } else {
        draft.link = arena_printf(work->arena, "%s/gesprek/%s%s", by->base, id_text(c->id.v).s,
                                  who->has_letter ? "/voorbereiden" : "");
    }
    st = mail_add(work, by->tr, work_new_id(work), &draft);
    return st == OK ? note(work, c, who) : st;
}

enum status invite_paper(struct work *work, const struct conversation *c, const struct invitee *who,
                         struct badge_token *ret_token)
{
    struct badge_token token = {""};
    enum status st = comes_by_link(who) ? make_link(work, c, who, &token) : OK;
    if (st == OK)
        st = note(work, c, who);
    if (st == OK)
        *ret_token = token;
    return st;
}

enum status invite_mail_round(struct work *work, const struct invite_by *by,
                              const struct invitee *who)
{
    const struct mail_draft draft = {
        .kind = MAIL_ROUND, .address = who->address, .link = "", .when = ""};
    return *who->address ? mail_add(work, by->tr, work_new_id(work), &draft) : ERR_NOT_FOUND;
}
