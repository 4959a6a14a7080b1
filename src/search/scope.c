#include "search/scope.h"

#include "access/access.h"
#include "access/work.h"
#include "base/arena.h"
#include "method/store.h"
#include "person/dossier.h"

/* --- whose ------------------------------------------------------------------------------------ */

static enum reads reads_of(const struct scope *scope, const struct sql_search_owners *row)
{
    const struct actor *actor = scope->work->actor;
    bool by_emergency = row->opened && (actor_has_role(actor, ROLE_PRINCIPAL) ||
                                        actor_has_role(actor, ROLE_COORDINATOR));
    if (row->kind != PERSON_PUPIL)
        return READS_NOTHING; /* of a group the conversation decides */
    if (scope->whole || row->teaches == ROLE_TEACHER || by_emergency)
        return READS_DOSSIER;
    if (row->teaches == ROLE_SUPPORT || actor_has_role(actor, ROLE_ADMINISTRATOR))
        return READS_NAME;
    return READS_NOTHING;
}

static enum status load_owners(struct scope *scope)
{
    struct work *work = scope->work;
    struct sql_search_owners *rows = NULL;
    size_t count = 0;
    enum status st = sql_search_owners(work->db, work->arena, work_school(work), work->actor->staff,
                                       work->now_ms, &rows, &count);
    if (st != OK)
        return st;
    scope->owners = ARENA_ARRAY(work->arena, struct owner, count);
    if (!scope->owners)
        return ERR_NOMEM;
    for (size_t i = 0; i < count; i++)
        scope->owners[i] = (struct owner){.row = &rows[i],
                                          .is_group = rows[i].kind == PERSON_GROUP,
                                          .reads = reads_of(scope, &rows[i]),
                                          .supports = rows[i].teaches == ROLE_SUPPORT};
    scope->owner_count = count;
    return OK;
}

struct owner *scope_owner(const struct scope *scope, int64_t id)
{
    size_t low = 0, high = scope->owner_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (scope->owners[middle].row->id.v < id)
            low = middle + 1;
        else
            high = middle;
    }
    return low < scope->owner_count && scope->owners[low].row->id.v == id ? &scope->owners[low]
                                                                          : NULL;
}

enum status scope_key(struct scope *scope, struct owner *owner, const struct vault_key **ret_key)
{
    if (owner->is_gone)
        return ERR_NOT_FOUND;
    if (!owner->has_key) {
        enum status st = dossier_key(scope->work, work_school(scope->work), owner->row->slot,
                                     owner->row->key_wrapped, &owner->key);
        owner->is_gone = st == ERR_ERASED;
        if (st != OK)
            return st == ERR_ERASED ? ERR_NOT_FOUND : st;
        owner->has_key = true;
    }
    *ret_key = &owner->key;
    return OK;
}

static enum status open_pupil(struct scope *scope, struct owner *owner)
{
    struct work *work = scope->work;
    const struct vault_key *key = NULL;
    struct person person;
    enum status st = scope_key(scope, owner, &key);
    if (st == OK)
        st = person_open(key, work->arena, PERSON_PUPIL, work_school(work), owner->row->id.v,
                         owner->row->profile_sealed, &person);
    if (st != OK)
        return st;
    owner->name = person_full(work->arena, &person);
    owner->letters = person_letters(work->arena, &person);
    return OK;
}

static enum status open_group(struct scope *scope, struct owner *owner)
{
    struct work *work = scope->work;
    struct vault_key key;
    enum status st = vault_school_own_key(work->vault, work_school(work), &key);
    if (st == OK)
        st = dossier_open_text(work, &key, "teaching_group.name", owner->row->teaching_group.v,
                               owner->row->name_sealed, &owner->name);
    vault_key_wipe(&key);
    owner->letters = "";
    return st;
}

enum status scope_name(struct scope *scope, struct owner *owner)
{
    if (owner->name)
        return OK;
    enum status st = owner->is_group ? open_group(scope, owner) : open_pupil(scope, owner);
    if (st == OK)
        owner->named = search_match(scope->words, owner->name);
    return st;
}

/* --- conversations ---------------------------------------------------------------------------- */

/* As RIGHT_CONVERSATION_READ. */
static bool may_read(const struct scope *scope, const struct sql_search_talks *row,
                     const struct owner *owner)
{
    if (row->takes_part)
        return true;
    if (row->pupil.v)
        return owner && owner->reads == READS_DOSSIER;
    const struct actor_group *mine = actor_group(scope->work->actor, row->teaching_group);
    return scope->whole || (mine && mine->role == ROLE_TEACHER);
}

static struct date day_of(const struct sql_search_talks *row)
{
    if (date_is_set(row->held_on))
        return row->held_on;
    return date_is_set(row->planned_on) ? row->planned_on : date_of(row->made_at);
}

static enum status find_method(struct scope *scope, struct method_version_id id,
                               const struct method **ret)
{
    for (size_t i = 0; i < scope->method_count; i++) {
        if (scope->methods[i].id.v != id.v)
            continue;
        *ret = scope->methods[i].method;
        return OK;
    }
    enum status st = method_by_version(scope->work, id, ret);
    if (st == OK)
        scope->methods[scope->method_count++] = (struct scope_method){id, *ret};
    return st;
}

static enum status add_talk(struct scope *scope, const struct sql_search_talks *row)
{
    struct owner *owner = scope_owner(scope, row->dossier.v);
    if (!owner || !may_read(scope, row, owner))
        return OK;
    struct scope_talk *talk = &scope->talks[scope->talk_count++];
    *talk = (struct scope_talk){.c = {.id = row->id,
                                      .pupil = row->pupil,
                                      .group = row->teaching_group,
                                      .state = (enum conversation_state)row->state,
                                      .may_read = (enum may_read)row->preread,
                                      .is_informal = row->is_informal},
                                .owner = owner,
                                .row = row,
                                .day = day_of(row)};
    return find_method(scope, row->method_version, &talk->c.method);
}

static enum status load_talks(struct scope *scope, struct pupil_id only)
{
    struct work *work = scope->work;
    struct sql_search_talks *rows = NULL;
    size_t count = 0;
    enum status st = sql_search_talks(work->db, work->arena, work_school(work),
                                      work->actor->staff.v, only.v, &rows, &count);
    if (st != OK)
        return st;
    scope->talks = ARENA_ARRAY(work->arena, struct scope_talk, count);
    scope->methods = ARENA_ARRAY(work->arena, struct scope_method, count); /* at most one each */
    if (!scope->talks || !scope->methods)
        return ERR_NOMEM;
    for (size_t i = 0; st == OK && i < count; i++)
        st = add_talk(scope, &rows[i]);
    return st;
}

struct scope_talk *scope_talk(const struct scope *scope, int64_t id)
{
    size_t low = 0, high = scope->talk_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (scope->talks[middle].c.id.v < id)
            low = middle + 1;
        else
            high = middle;
    }
    return low < scope->talk_count && scope->talks[low].c.id.v == id ? &scope->talks[low] : NULL;
}

/* --- all of it -------------------------------------------------------------------------------- */

enum status scope_load(struct scope *scope, struct pupil_id only)
{
    scope->whole = actor_has_role(scope->work->actor, ROLE_COORDINATOR);
    enum status st = load_owners(scope);
    return st == OK ? load_talks(scope, only) : st;
}

void scope_wipe(struct scope *scope)
{
    for (size_t i = 0; i < scope->owner_count; i++)
        vault_key_wipe(&scope->owners[i].key);
}
