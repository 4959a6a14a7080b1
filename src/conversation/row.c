#include "conversation/row.h"

#include "access/work.h"
#include "base/arena.h"
#include "person/dossier.h"
#include "person/person.h"

#define DETAILS "conversation.details"

void row_keys_wipe(struct row_keys *keys)
{
    vault_key_wipe(&keys->key);
}

static struct vault_place details_place(const struct work *work, struct conversation_id id)
{
    return (struct vault_place){.column = DETAILS, .school = work_school(work).v, .row = id.v};
}

enum status conversation_seal_details(struct work *work, const struct vault_key *key,
                                      const struct conversation *c, struct sealed *ret_sealed)
{
    const struct answer_part parts[] = {
        {"place", c->place ? c->place : ""},
        {"aim", c->aim ? c->aim : ""},
        {"left-out", c->left_out ? c->left_out : ""},
        {"note", c->note ? c->note : ""},
    };
    struct answer_value value = {parts, ARRAY_LEN(parts)};
    struct bytes packed;
    enum status st = answer_pack(&value, work->arena, &packed);
    return st == OK ? vault_seal(key, work->random, work->arena, details_place(work, c->id),
                                 packed.data, packed.len, ret_sealed)
                    : st;
}

static enum status open_details(struct work *work, const struct vault_key *key,
                                struct sealed sealed, struct conversation *c)
{
    struct bytes packed;
    struct answer_value value;
    enum status st =
        vault_open_bytes(key, work->arena, details_place(work, c->id), sealed, &packed);
    if (st == OK)
        st = answer_unpack(packed, work->arena, &value);
    if (st != OK)
        return st;
    c->place = answer_part(&value, "place");
    c->aim = answer_part(&value, "aim");
    c->left_out = answer_part(&value, "left-out");
    c->note = answer_part(&value, "note");
    return OK;
}

static enum status key_of(struct work *work, const struct sql_conversation_row *row,
                          struct row_keys *keys, struct vault_key *ret_key)
{
    if (keys && keys->dossier == row->dossier.v) {
        *ret_key = keys->key;
        return OK;
    }
    enum status st = dossier_key(work, work_school(work), row->slot, row->key_wrapped, ret_key);
    if (st == OK && keys) {
        keys->dossier = row->dossier.v;
        keys->key = *ret_key;
    }
    return st == ERR_ERASED ? ERR_NOT_FOUND : st;
}

static enum status leader_of(struct work *work, const struct sql_conversation_row *row,
                             struct row_keys *keys, const char **ret_name)
{
    if (keys && keys->leader == row->leader.v) {
        *ret_name = keys->leader_name;
        return OK;
    }
    struct person leader;
    enum status st =
        person_open_with(work, PERSON_STAFF, work_school(work), row->leader.v, row->leader_slot,
                         row->leader_key_wrapped, row->leader_sealed, &leader);
    if (st == OK)
        *ret_name = person_full(work->arena, &leader);
    if (st == OK && keys) {
        keys->leader = row->leader.v;
        keys->leader_name = *ret_name;
    }
    return st;
}

static struct conversation plain_of(const struct sql_conversation_row *row)
{
    return (struct conversation){.id = row->id,
                                 .pupil = row->pupil,
                                 .group = row->teaching_group,
                                 .method_version = row->method_version,
                                 .method_key = row->method_key,
                                 .leader = row->leader,
                                 .round = row->round,
                                 .follows = row->follows,
                                 .state = (enum conversation_state)row->state,
                                 .is_informal = row->is_informal,
                                 .planned_on = row->planned_on,
                                 .planned_at = row->planned_minute,
                                 .minutes = row->minutes,
                                 .held_on = row->held_on,
                                 .look_on = row->look_on,
                                 .may_read = (enum may_read)row->preread,
                                 .here = row->here,
                                 .version = row->version,
                                 .made_at = row->made_at,
                                 .changed_at = row->changed_at,
                                 .closed_at = row->closed_at,
                                 .seal = {.dossier = row->dossier.v, .pupil = row->pupil},
                                 .leader_name = "",
                                 .place = "",
                                 .aim = "",
                                 .left_out = "",
                                 .note = ""};
}

enum status conversation_read_bare(struct work *work, const struct sql_conversation_row *row,
                                   struct conversation *ret)
{
    struct conversation c = plain_of(row);
    enum status st = key_of(work, row, NULL, &c.seal.key);
    if (st == OK)
        *ret = c;
    return st;
}

enum status conversation_read_row(struct work *work, const struct sql_conversation_row *row,
                                  struct row_keys *keys, struct conversation *ret)
{
    struct conversation c = plain_of(row);
    enum status st = key_of(work, row, keys, &c.seal.key);
    if (st == OK)
        st = open_details(work, &c.seal.key, row->details_sealed, &c);
    if (st == OK)
        st = leader_of(work, row, keys, &c.leader_name);
    if (st == OK)
        *ret = c;
    return st;
}

enum status conversation_read_list(struct work *work, const struct sql_conversation_row *rows,
                                   size_t count, struct conversation **ret, size_t *ret_count)
{
    struct conversation *list = ARENA_ARRAY(work->arena, struct conversation, count);
    struct row_keys keys = {0};
    enum status st = list ? OK : ERR_NOMEM;
    for (size_t i = 0; st == OK && i < count; i++) {
        st = conversation_read_row(work, &rows[i], &keys, &list[i]);
        vault_key_wipe(&list[i].seal.key);
    }
    row_keys_wipe(&keys);
    if (st == OK) {
        *ret = list;
        *ret_count = count;
    }
    return st;
}
