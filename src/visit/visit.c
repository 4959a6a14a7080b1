#include "visit/visit.h"

#include <assert.h>

#include "access/access.h"
#include "access/audit.h"
#include "access/work.h"
#include "base/arena.h"
#include "conversation/conversation.h"
#include "gen/visit_sql.h"
#include "sharing/sharing.h"

static bool draft_valid(const struct visit_draft *draft)
{
    return (draft->kind == VISIT_OF_GUARDIAN || draft->kind == VISIT_OF_EXTERNAL) &&
           (draft->purpose == VISIT_PREPARE || draft->purpose == VISIT_READ) &&
           draft->days >= 1 && draft->days <= VISIT_DAYS_MAX;
}

/* Only who may read something of it gets a link: a guardian of the pupil, an external at the table. */
static enum status check_person(struct work *work, const struct conversation *c,
                                const struct visit_draft *draft)
{
    if (c->pupil.v) {
        struct sharing_reader *readers = NULL;
        size_t count = 0;
        enum status st = sharing_readers(work, c, &readers, &count);
        for (size_t i = 0; st == OK && i < count; i++)
            if ((int)readers[i].kind == (int)draft->kind && readers[i].person == draft->person)
                return OK;
        return st == OK ? ERR_INVALID : st;
    }
    struct participant *people = NULL;
    size_t count = 0;
    enum status st = conversation_people(work, c, &people, &count);
    for (size_t i = 0; st == OK && i < count; i++)
        if (draft->kind == VISIT_OF_EXTERNAL && people[i].kind == PARTICIPANT_EXTERNAL &&
            people[i].person == draft->person)
            return OK;
    return st == OK ? ERR_INVALID : st;
}

static enum status insert(struct work *work, const struct conversation *c,
                          const struct visit_draft *draft, struct badge_token *ret_token,
                          struct visit_link *ret_link)
{
    struct badge_token token = badge_token_new(work->random);
    uint8_t hash[32];
    struct visit_link link = {.id = work_new_id(work),
                              .kind = draft->kind,
                              .person = draft->person,
                              .purpose = draft->purpose,
                              .made_at = work->now_ms,
                              .ends_at = work->now_ms + draft->days * MS_DAY,
                              .is_live = true};
    enum status st = badge_token_hash(token.s, hash);
    if (st == OK)
        st = sql_visit_insert(work->db, (struct bytes){hash, sizeof hash}, link.id,
                              work_school(work), c->id, (int32_t)link.kind, link.person,
                              (int32_t)link.purpose, link.made_at, link.ends_at, NULL);
    if (st == OK)
        st = audit_change(work, AUDIT_LINK_MADE, c->pupil.v, c->id.v);
    if (st != OK)
        return st;
    *ret_token = token;
    *ret_link = link;
    return OK;
}

/* A guardian is among the people of the conversation once there is something to prepare. */
static enum status note_guest(struct work *work, const struct conversation *c,
                              const struct visit_draft *draft)
{
    bool guardian = draft->kind == VISIT_OF_GUARDIAN;
    if (draft->purpose != VISIT_PREPARE)
        return OK;
    return conversation_person_invited(work, c,
                                       guardian ? PARTICIPANT_GUARDIAN : PARTICIPANT_EXTERNAL,
                                       draft->person, guardian ? PART_GUARDIAN : PART_EXTERNAL);
}

enum status visit_add(struct work *work, const struct conversation *c,
                      const struct visit_draft *draft, struct badge_token *ret_token,
                      struct visit_link *ret_link)
{
    struct sql_visit_count row;
    if (!draft_valid(draft))
        return ERR_INVALID;
    enum status st = sql_visit_count(work->db, work->arena, work_school(work), c->id, &row);
    if (st == OK && row.links >= VISIT_LINKS_MAX)
        st = ERR_LIMIT;
    if (st == OK)
        st = insert(work, c, draft, ret_token, ret_link);
    return st == OK ? note_guest(work, c, draft) : st;
}

enum status visit_make(struct work *work, struct conversation_id conversation,
                       const struct visit_draft *draft, struct badge_token *ret_token,
                       struct visit_link *ret_link)
{
    assert(work && draft && ret_token && ret_link);

    struct conversation c;
    enum status st = conversation_open(work, RIGHT_CONVERSATION_WRITE, conversation, &c);
    if (st == OK && !draft_valid(draft))
        st = ERR_INVALID;
    if (st == OK)
        st = check_person(work, &c, draft);
    return st == OK ? visit_add(work, &c, draft, ret_token, ret_link) : st;
}

enum status visit_list(struct work *work, struct conversation_id conversation,
                       struct visit_link **ret, size_t *ret_count)
{
    struct sql_visit_rows *rows = NULL;
    size_t count = 0;
    enum status st = access_check(work, RIGHT_CONVERSATION_READ,
                                  (struct target){.conversation = conversation});
    if (st == OK)
        st = sql_visit_rows(work->db, work->arena, work_school(work), conversation, &rows, &count);
    if (st != OK)
        return st;
    struct visit_link *list = ARENA_ARRAY(work->arena, struct visit_link, count);
    if (!list)
        return ERR_NOMEM;
    for (size_t i = 0; i < count; i++)
        list[i] = (struct visit_link){.id = rows[i].link,
                                      .kind = (enum visit_kind)rows[i].of_kind,
                                      .person = rows[i].of_person,
                                      .purpose = (enum visit_purpose)rows[i].purpose,
                                      .made_at = rows[i].made_at,
                                      .ends_at = rows[i].ends_at,
                                      .revoked_at = rows[i].revoked_at,
                                      .is_live = rows[i].revoked_at == 0 &&
                                                 rows[i].ends_at > work->now_ms};
    *ret = list;
    *ret_count = count;
    return OK;
}

enum status visit_revoke(struct work *work, struct conversation_id conversation, int64_t link)
{
    struct visit_link *links = NULL;
    struct conversation c;
    size_t count = 0;
    bool is_here = false;
    enum status st = conversation_open(work, RIGHT_CONVERSATION_WRITE, conversation, &c);
    if (st == OK)
        st = visit_list(work, conversation, &links, &count);
    for (size_t i = 0; st == OK && i < count; i++)
        is_here |= links[i].id == link;
    if (st == OK && !is_here)
        st = ERR_NOT_FOUND;
    if (st == OK)
        st = sql_visit_revoke(work->db, work_school(work), conversation, link, work->now_ms, NULL);
    if (st == OK)
        st = sql_visit_end_sessions(work->db, link, NULL);
    return st == OK ? audit_change(work, AUDIT_LINK_REVOKED, c.pupil.v, conversation.v) : st;
}

enum status visit_find(struct work *work, const char *token, struct visit_owner *ret)
{
    uint8_t hash[32];
    struct sql_visit_row row;
    if (badge_token_hash(token, hash) != OK)
        return ERR_NOT_FOUND;
    enum status st = sql_visit_row(work->db, work->arena, (struct bytes){hash, sizeof hash},
                                   work->now_ms, &row);
    if (st != OK)
        return st;
    bool guardian = row.of_kind == VISIT_OF_GUARDIAN;
    struct visit_owner owner = {
        .school = row.at_school,
        .kind = guardian ? SESSION_GUARDIAN : SESSION_EXTERNAL,
        .person = row.of_person,
        .link = row.link,
        .actor = {.kind = guardian ? ACTOR_GUARDIAN : ACTOR_EXTERNAL, .school = row.at_school}};
    st = actor_load_visitor(work, &owner.actor, row.link);
    if (st == OK)
        *ret = owner;
    return st;
}

enum status visit_prepared(struct work *work, struct conversation_id conversation)
{
    const struct actor *actor = work->actor;
    struct conversation c;
    enum status st = conversation_open(work, RIGHT_VISIT_CONVERSATION, conversation, &c);
    if (st == OK && (!actor->may_prepare || actor->visit.v != conversation.v))
        st = ERR_NOT_FOUND;
    if (st == OK && c.state >= CONVERSATION_CLOSED)
        st = ERR_FORBIDDEN;
    bool guardian = actor->kind == ACTOR_GUARDIAN;
    if (st == OK)
        st = sql_visit_set_prepared(work->db, work_school(work), conversation,
                                    guardian ? PARTICIPANT_GUARDIAN : PARTICIPANT_EXTERNAL,
                                    guardian ? actor->guardian.v : actor->external, work->now_ms,
                                    NULL);
    return st == OK ? audit_change(work, AUDIT_CONVERSATION_PREPARED, c.pupil.v, conversation.v)
                    : st;
}
