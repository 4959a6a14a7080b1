#include "goal/thing_life.h"

#include <assert.h>

#include "access/work.h"
#include "base/arena.h"
#include "base/str.h"
#include "gen/thing_sql.h"
#include "person/dossier.h"

static bool is_staff(const struct work *work)
{
    return work->actor->kind == ACTOR_STAFF;
}

static const struct thing nothing = {.state = THING_OPEN};

/* --- what it says
 * -------------------------------------------------------------------------------- */

static bool part_is(const struct answer_part *part, const char *name)
{
    return str_equal(part->name, name);
}

/* The value with other texts for these parts; what was not there is added. */
static enum status with_parts(struct work *work, const struct answer_value *value,
                              const struct answer_part *parts, size_t count,
                              struct answer_value *ret)
{
    struct answer_part *all = ARENA_ARRAY(work->arena, struct answer_part, value->count + count);
    size_t kept = 0;
    if (!all)
        return ERR_NOMEM;
    for (size_t i = 0; i < value->count; i++)
        all[kept++] = value->parts[i];
    for (size_t i = 0; i < count; i++) {
        size_t at = 0;
        if (part_is(&parts[i], THING_OWN_PART) && !is_staff(work))
            continue;
        while (at < kept && !part_is(&all[at], parts[i].name))
            at++;
        all[at] = (struct answer_part){parts[i].name, parts[i].text ? parts[i].text : ""};
        kept += at == kept;
    }
    *ret = (struct answer_value){all, kept};
    return OK;
}

static enum status pack(struct work *work, const struct answer_value *value, struct bytes *ret)
{
    return thing_pack(work, value->parts, value->count, ret);
}

static enum status say_the_same(struct work *work, const struct answer_value *a,
                                const struct answer_value *b, bool *ret_same)
{
    struct bytes x, y;
    enum status st = pack(work, a, &x);
    if (st == OK)
        st = pack(work, b, &y);
    if (st == OK)
        *ret_same = thing_same(x, y);
    return st;
}

/* Everything that a draft can change, but for what is said. */
static bool stand_the_same(const struct thing *a, const struct thing *b)
{
    return a->goal.v == b->goal.v && a->voice == b->voice && a->sort == b->sort &&
           a->who == b->who && date_compare(a->due_on, b->due_on) == 0 &&
           date_compare(a->look_on, b->look_on) == 0;
}

/* --- writing
 * ------------------------------------------------------------------------------------- */

static enum status keep_version(struct work *work, const struct vault_key *key, struct thing_id id,
                                int version, int state, struct bytes packed)
{
    struct sealed sealed;
    enum status st = thing_seal(work, key, THING_VERSION_BODY, id.v, version, packed, &sealed);
    return st == OK
               ? sql_thing_version_insert(work->db, work_school(work), id, version, state,
                                          (int32_t)work->actor->kind, actor_person(work->actor),
                                          sealed, work->now_ms, NULL)
               : st;
}

/* `next` in the place of what stands; its author is the one whose words they are from now on. */
static enum status write_next(struct work *work, const struct thing_rules *rules,
                              const struct vault_key *key, const struct thing *next,
                              enum audit_action action)
{
    struct bytes packed;
    struct sealed sealed;
    size_t changed = 0;
    enum status st = thing_texts_fit(next->said.parts, next->said.count, rules->text_max)
                         ? pack(work, &next->said, &packed)
                         : ERR_INVALID;
    if (st == OK)
        st = thing_seal(work, key, THING_BODY, next->id.v, next->version + 1, packed, &sealed);
    if (st == OK)
        st =
            sql_thing_update(work->db, work_school(work), next->id, next->version, next->goal,
                             next->became, next->sort, next->who, (int32_t)next->voice, next->state,
                             next->due_on, next->look_on, next->ended_on, next->celebrated_at,
                             next->author_kind, next->author, sealed, work->now_ms, &changed);
    if (st == OK && changed == 0)
        st = ERR_CONFLICT;
    if (st == OK)
        st = keep_version(work, key, next->id, next->version + 1, next->state, packed);
    if (st == OK && rules->kept)
        st = rules->kept(work, next);
    return st == OK ? audit_change(work, action, next->pupil.v, next->id.v) : st;
}

/* --- what may stand
 * ------------------------------------------------------------------------------ */

static bool says_what_is_wanted(const struct thing_rules *rules, const struct thing *thing)
{
    for (size_t i = 0; rules->wanted[i]; i++)
        if (!str_is_blank(thing_said(thing, rules->wanted[i])))
            return true;
    return false;
}

/* A goal of the same pupil; a part of a goal has no parts itself, so that nothing goes round. */
static enum status check_goal(struct work *work, const struct thing *thing)
{
    struct sql_thing_row row;
    struct sql_thing_row *parts = NULL;
    size_t count = 0;
    if (!thing->goal.v)
        return OK;
    enum status st = sql_thing_row(work->db, work->arena, work_school(work),
                                   (struct thing_id){thing->goal.v}, &row);
    if (st == ERR_NOT_FOUND)
        return ERR_INVALID;
    if (st != OK)
        return st;
    if (row.kind != THING_GOAL || !thing->pupil.v || row.pupil.v != thing->pupil.v)
        return ERR_INVALID;
    if (thing->kind != THING_GOAL)
        return OK;
    if (row.of_goal.v || row.id.v == thing->id.v)
        return ERR_INVALID;
    st = sql_thing_rows_of_goal(work->db, work->arena, work_school(work),
                                (struct goal_id){thing->id.v}, THINGS_OF_GOAL_MAX, &parts, &count);
    for (size_t i = 0; st == OK && i < count; i++)
        if (parts[i].kind == THING_GOAL)
            st = ERR_INVALID;
    return st;
}

/* `next` as a draft makes it of `now`: a day that stood may stay. */
static enum status check(struct work *work, const struct thing_rules *rules,
                         const struct thing *now, const struct thing *next,
                         const struct thing_draft *draft)
{
    bool due_moved = date_compare(now->due_on, next->due_on) != 0;
    bool look_moved = date_compare(now->look_on, next->look_on) != 0;
    if (!says_what_is_wanted(rules, next) ||
        !thing_texts_fit(next->said.parts, next->said.count, rules->text_max) ||
        (due_moved && !thing_day_ahead(work, next->due_on)) ||
        (look_moved && !thing_day_ahead(work, next->look_on)))
        return ERR_INVALID;
    enum status st = now->goal.v == next->goal.v ? OK : check_goal(work, next);
    return st == OK && rules->check ? rules->check(work, next->pupil, draft) : st;
}

static enum status take_draft(struct work *work, const struct thing_draft *draft,
                              struct thing *thing)
{
    thing->goal = draft->goal;
    thing->sort = draft->sort;
    thing->who = draft->who;
    thing->due_on = draft->due_on;
    thing->look_on = draft->look_on;
    if (draft->voice)
        thing->voice = draft->voice;
    return with_parts(work, &thing->said, draft->parts, draft->part_count, &thing->said);
}

/* --- making
 * -------------------------------------------------------------------------------------- */

/* The same form sent twice. */
static enum status make_again(struct work *work, const struct thing_rules *rules,
                              struct pupil_id pupil, struct thing_id id,
                              const struct thing_draft *draft)
{
    struct vault_key key = {{0}};
    struct thing now = nothing;
    bool same = false;
    enum status st = thing_find_key(work, rules, id, thing_may_write, &key, &now);
    vault_key_wipe(&key);
    struct thing next = now;
    if (st == OK)
        st = take_draft(work, draft, &next);
    if (st == OK)
        st = say_the_same(work, &now.said, &next.said, &same);
    if (st != OK)
        return st;
    return same && stand_the_same(&now, &next) && now.pupil.v == pupil.v ? OK : ERR_CONFLICT;
}

static enum status insert(struct work *work, const struct thing_rules *rules,
                          const struct thing *thing, struct dossier_id dossier)
{
    struct vault_key key = {{0}};
    struct sealed sealed;
    struct bytes packed;
    enum status st = pack(work, &thing->said, &packed);
    if (st == OK)
        st = dossier_open(work, dossier.v, &key);
    if (st == OK)
        st = thing_seal(work, &key, THING_BODY, thing->id.v, 1, packed, &sealed);
    if (st == OK)
        st = sql_thing_insert(work->db, work_school(work), thing->id, (int32_t)rules->kind,
                              thing->pupil, dossier, thing->conversation,
                              *thing->question ? thing->question : NULL, thing->goal, thing->sort,
                              thing->who, (int32_t)thing->voice, work->today, thing->due_on,
                              thing->look_on, (int32_t)work->actor->kind, actor_person(work->actor),
                              sealed, work->now_ms, NULL);
    if (st == OK)
        st = keep_version(work, &key, thing->id, 1, THING_OPEN, packed);
    vault_key_wipe(&key);
    if (st == OK && rules->kept)
        st = rules->kept(work, thing);
    return st == OK ? audit_change(work, rules->made, thing->pupil.v, thing->id.v) : st;
}

enum status thing_make(struct work *work, const struct thing_rules *rules, struct pupil_id pupil,
                       struct thing_id id, const struct thing_draft *draft)
{
    assert(work && draft && id.v);

    const struct thing_place place = {pupil, draft->conversation};
    struct sql_thing_row there;
    struct dossier_id dossier;
    enum status st = pupil.v || rules->is_of_groups ? thing_may_write(work, place) : ERR_INVALID;
    if (st == OK)
        st = thing_dossier(work, place, &dossier);
    if (st != OK)
        return st;
    if (rules->has_speaker && !thing_may_speak(work->actor, draft->voice))
        return ERR_FORBIDDEN;
    st = sql_thing_row(work->db, work->arena, work_school(work), id, &there);
    if (st != ERR_NOT_FOUND)
        return st == OK ? make_again(work, rules, pupil, id, draft) : st;
    struct thing thing = nothing;
    thing.id = id;
    thing.kind = rules->kind;
    thing.pupil = pupil;
    thing.conversation = draft->conversation;
    thing.question = draft->question ? draft->question : "";
    if (strlen(thing.question) > THING_QUESTION_MAX)
        return ERR_INVALID;
    st = take_draft(work, draft, &thing);
    if (st == OK)
        st = check(work, rules, &nothing, &thing, draft);
    return st == OK ? insert(work, rules, &thing, dossier) : st;
}

/* --- changing
 * ------------------------------------------------------------------------------------ */

/* Whether the words change, or only the part for staff alone, which takes no words from anybody. */
static enum status what_changes(struct work *work, const struct thing *now,
                                const struct thing *next, bool *ret_anything, bool *ret_words)
{
    const struct answer_part own = {THING_OWN_PART, thing_said(now, THING_OWN_PART)};
    struct answer_value others;
    bool same = false, same_words = false, stands = stand_the_same(now, next);
    enum status st = say_the_same(work, &now->said, &next->said, &same);
    if (st == OK)
        st = with_parts(work, &next->said, &own, 1, &others);
    if (st == OK)
        st = say_the_same(work, &now->said, &others, &same_words);
    *ret_anything = !same || !stands;
    *ret_words = !same_words || !stands;
    return st;
}

static enum status change(struct work *work, const struct thing_rules *rules,
                          const struct vault_key *key, const struct thing *now, int base_version,
                          struct thing *next, const struct thing_draft *draft)
{
    bool words = false, anything = false;
    enum status st = what_changes(work, now, next, &anything, &words);
    if (st != OK || !anything)
        return st;
    bool theirs = !thing_may_change(work->actor, now->voice, now->author_kind, now->author);
    if (now->became.v || (words && theirs))
        return ERR_FORBIDDEN;
    if (now->version != base_version)
        return ERR_CONFLICT;
    if (words) {
        next->author_kind = (int)work->actor->kind;
        next->author = actor_person(work->actor);
    }
    st = check(work, rules, now, next, draft);
    if (st == OK)
        st = write_next(work, rules, key, next, rules->changed);
    if (st == OK)
        next->version++;
    return st;
}

enum status thing_change(struct work *work, const struct thing_rules *rules, struct thing_id id,
                         int base_version, const struct thing_draft *draft, int *ret_version,
                         struct thing *ret_now)
{
    assert(work && draft && ret_version && ret_now);

    struct vault_key key = {{0}};
    struct thing now = nothing;
    enum status st = thing_find_key(work, rules, id, thing_may_write, &key, &now);
    struct thing next = now;
    if (st == OK)
        st = take_draft(work, draft, &next);
    if (st == OK)
        st = change(work, rules, &key, &now, base_version, &next, draft);
    vault_key_wipe(&key);
    if (st == OK)
        *ret_version = next.version;
    if (st != ERR_CONFLICT)
        return st;
    enum status found = thing_find(work, rules, id, ret_now);
    return found == OK ? st : found;
}

/* --- ending
 * -------------------------------------------------------------------------------------- */

static void set_state(const struct work *work, int state, struct thing *thing)
{
    if (thing->state != state)
        thing->celebrated_at = 0;
    const struct date never = {0};
    thing->ended_on = state == THING_OPEN ? never : work->today;
    thing->state = state;
}

enum status thing_end(struct work *work, const struct thing_rules *rules, struct thing_id id,
                      int state, const struct answer_part *parts, size_t part_count)
{
    static const struct answer_part no_party = {THING_PARTY_PART, ""};
    struct vault_key key = {{0}};
    struct thing now = nothing;
    bool same = false;
    if (state < THING_OPEN || state > rules->states)
        return ERR_INVALID;
    enum status st = thing_find_key(work, rules, id, thing_may_write, &key, &now);
    if (st == OK && (now.became.v || (rules->may_end && !rules->may_end(work, &now, state))))
        st = ERR_FORBIDDEN;
    struct thing next = now;
    if (st == OK)
        st = with_parts(work, &now.said, parts, part_count, &next.said);
    if (st == OK && now.state != state)
        st = with_parts(work, &next.said, &no_party, 1, &next.said);
    if (st == OK)
        st = say_the_same(work, &now.said, &next.said, &same);
    if (st == OK && (now.state != state || !same)) {
        set_state(work, state, &next);
        st = write_next(work, rules, &key, &next,
                        state == THING_OPEN ? rules->changed : rules->ended);
    }
    vault_key_wipe(&key);
    return st;
}

enum status thing_goes_on(struct work *work, const struct thing_rules *rules, struct thing_id id,
                          int state, struct thing_id became)
{
    struct vault_key key = {{0}};
    struct thing thing = nothing;
    enum status st = thing_find_key(work, rules, id, thing_may_write, &key, &thing);
    bool again = st == OK && thing.became.v == became.v;
    if (st == OK && !again &&
        (thing.state != THING_OPEN || id.v == became.v ||
         (rules->may_end && !rules->may_end(work, &thing, state))))
        st = ERR_FORBIDDEN;
    if (st == OK && !again) {
        set_state(work, state, &thing);
        thing.became = became;
        st = write_next(work, rules, &key, &thing, rules->ended);
    }
    vault_key_wipe(&key);
    return st;
}

enum status thing_celebrate(struct work *work, const struct thing_rules *rules, struct thing_id id,
                            enum party party)
{
    const struct answer_part part = {THING_PARTY_PART, party_name(party)};
    struct vault_key key = {{0}};
    struct thing thing = nothing;
    if (party <= PARTY_NONE || party >= PARTY_COUNT_)
        return ERR_INVALID;
    enum status st = thing_find_key(work, rules, id, thing_may_write, &key, &thing);
    if (st == OK && (!rules->good || thing.state != rules->good))
        st = ERR_INVALID;
    if (st == OK && thing_party(&thing) != party) {
        thing.celebrated_at = work->now_ms;
        st = with_parts(work, &thing.said, &part, 1, &thing.said);
        if (st == OK)
            st = write_next(work, rules, &key, &thing, rules->changed);
    }
    vault_key_wipe(&key);
    return st;
}
