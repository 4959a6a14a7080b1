#include "agreement/agreement.h"

#include <assert.h>

#include "access/audit.h"
#include "access/work.h"
#include "base/arena.h"
#include "base/str.h"
#include "base/utf8.h"
#include "gen/agreement_sql.h"
#include "person/dossier.h"

#define BODY "agreement.body"
#define VERSION_BODY "agreement_version.body"
#define CHECK_BODY "agreement_check.body"

static enum status pack(struct work *work, const struct agreement_draft *words, enum party party,
                        struct bytes *ret)
{
    const struct answer_part parts[] = {
        {"what", words->what}, {"who", words->who_name},     {"how", words->how},
        {"look", words->look}, {"party", party_name(party)},
    };
    if (!thing_texts_fit(parts, ARRAY_LEN(parts), AGREEMENT_TEXT_MAX))
        return ERR_INVALID;
    return thing_pack(work, parts, ARRAY_LEN(parts), ret);
}

/* What stands, as somebody would write it down again. */
static struct agreement_draft draft_of(const struct agreement *a)
{
    return (struct agreement_draft){.conversation = a->conversation,
                                    .question = a->question,
                                    .goal = a->goal,
                                    .who_kind = a->who_kind,
                                    .who = a->who,
                                    .due_on = a->due_on,
                                    .look_on = a->look_on,
                                    .what = a->what,
                                    .who_name = a->who_name,
                                    .how = a->how,
                                    .look = a->look};
}

/* Staff write down what pupil and staff say alike, so the voice is of who does it. */
static enum voice voice_of(enum agreement_who who)
{
    static const enum voice voices[] = {
        [WHO_STAFF] = VOICE_TEACHER,     [WHO_PUPIL] = VOICE_PUPIL,
        [WHO_GUARDIAN] = VOICE_GUARDIAN, [WHO_OTHER] = VOICE_OTHER,
        [WHO_TOGETHER] = VOICE_TOGETHER,
    };
    return who >= WHO_STAFF && who <= WHO_TOGETHER ? voices[who] : VOICE_NONE;
}

/* --- a row and what it says
 * ----------------------------------------------------------------------- */

static enum status read_row(struct work *work, const struct sql_agreement_row *row,
                            const struct vault_key *key, struct agreement *ret)
{
    struct answer_value value;
    enum status st =
        thing_open_parts(work, key, BODY, row->id.v, row->version, row->body_sealed, &value);
    if (st == OK)
        *ret = (struct agreement){.id = row->id,
                                  .pupil = row->pupil,
                                  .conversation = row->conversation,
                                  .question = row->question ? row->question : "",
                                  .goal = row->goal,
                                  .became = row->became,
                                  .who_kind = (enum agreement_who)row->who_kind,
                                  .who = row->who,
                                  .state = (enum agreement_state)row->state,
                                  .due_on = row->due_on,
                                  .look_on = row->look_on,
                                  .ended_on = row->ended_on,
                                  .celebrated_at = row->celebrated_at,
                                  .party = party_of(answer_part(&value, "party")),
                                  .version = row->version,
                                  .author_kind = row->author_kind,
                                  .author = row->author,
                                  .made_at = row->made_at,
                                  .changed_at = row->changed_at,
                                  .what = answer_part(&value, "what"),
                                  .who_name = answer_part(&value, "who"),
                                  .how = answer_part(&value, "how"),
                                  .look = answer_part(&value, "look")};
    return st;
}

static enum status find(struct work *work, struct agreement_id id,
                        enum status (*may)(struct work *, struct thing_place),
                        struct sql_agreement_row *ret_row, struct vault_key *ret_key,
                        struct agreement *ret)
{
    enum status st = sql_agreement_row(work->db, work->arena, work_school(work), id, ret_row);
    if (st == OK)
        st = may(work, (struct thing_place){ret_row->pupil, ret_row->conversation});
    if (st == OK)
        st = thing_key(work, ret_row->slot, ret_row->key_wrapped, ret_key);
    return st == OK ? read_row(work, ret_row, ret_key, ret) : st;
}

static enum status keep_version(struct work *work, const struct vault_key *key,
                                struct agreement_id id, int version, enum agreement_state state,
                                struct bytes packed)
{
    struct sealed sealed;
    enum status st = thing_seal(work, key, VERSION_BODY, id.v, version, packed, &sealed);
    return st == OK
               ? sql_agreement_version_insert(work->db, work_school(work), id, version,
                                              (int32_t)state, (int32_t)work->actor->kind,
                                              thing_author(work->actor), sealed, work->now_ms, NULL)
               : st;
}

static enum status write_next(struct work *work, const struct sql_agreement_row *row,
                              const struct vault_key *key, const struct agreement *next,
                              bool new_words, enum audit_action action)
{
    const struct agreement_draft words = draft_of(next);
    struct bytes packed;
    struct sealed sealed;
    size_t changed = 0;
    enum status st = pack(work, &words, next->party, &packed);
    if (st == OK)
        st = thing_seal(work, key, BODY, row->id.v, row->version + 1, packed, &sealed);
    if (st == OK)
        st = sql_agreement_update(
            work->db, work_school(work), row->id, row->version, (int32_t)next->who_kind, next->who,
            (int32_t)next->state, next->became, next->due_on, next->look_on, next->ended_on,
            next->celebrated_at, new_words ? (int32_t)work->actor->kind : row->author_kind,
            new_words ? thing_author(work->actor) : row->author, sealed, work->now_ms, &changed);
    if (st == OK && changed == 0)
        st = ERR_CONFLICT;
    if (st == OK)
        st = keep_version(work, key, row->id, row->version + 1, next->state, packed);
    return st == OK ? audit_change(work, action, row->pupil.v, row->id.v) : st;
}

/* --- what may be agreed
 * --------------------------------------------------------------------------- */

static enum status invalid_when_missing(enum status st)
{
    return st == ERR_NOT_FOUND ? ERR_INVALID : st;
}

static enum status check_who(struct work *work, struct pupil_id pupil,
                             const struct agreement_draft *draft)
{
    struct school_id school = work_school(work);
    struct sql_agreement_staff staff;
    struct sql_agreement_guardian guardian;
    switch (draft->who_kind) {
    case WHO_STAFF:
        if (!draft->who)
            return ERR_INVALID;
        return invalid_when_missing(sql_agreement_staff(work->db, work->arena, school,
                                                        (struct staff_id){draft->who}, &staff));
    case WHO_PUPIL:
        return pupil.v && draft->who == pupil.v ? OK : ERR_INVALID;
    case WHO_GUARDIAN: /* 0: at home, whoever it is */
        if (!draft->who)
            return OK;
        return invalid_when_missing(sql_agreement_guardian(
            work->db, work->arena, school, (struct guardian_id){draft->who}, pupil, &guardian));
    case WHO_OTHER:
    case WHO_TOGETHER:
        return draft->who == 0 ? OK : ERR_INVALID;
    }
    return ERR_INVALID;
}

static enum status check_draft(struct work *work, struct pupil_id pupil,
                               const struct agreement_draft *draft, const struct agreement *now)
{
    bool due_moved = !now || date_compare(now->due_on, draft->due_on) != 0;
    bool look_moved = !now || date_compare(now->look_on, draft->look_on) != 0;
    if (!draft->what || str_is_blank(draft->what) ||
        (draft->question && strlen(draft->question) > THING_QUESTION_MAX) ||
        (due_moved && !thing_day_ahead(work, draft->due_on)) ||
        (look_moved && !thing_day_ahead(work, draft->look_on)))
        return ERR_INVALID;
    if (draft->goal.v) {
        struct sql_agreement_goal goal;
        enum status st = invalid_when_missing(
            sql_agreement_goal(work->db, work->arena, work_school(work), draft->goal, &goal));
        if (st != OK || goal.pupil.v != pupil.v)
            return st == OK ? ERR_INVALID : st;
    }
    return check_who(work, pupil, draft);
}

static bool says_the_same(struct work *work, const struct agreement *now,
                          const struct agreement_draft *draft)
{
    const struct agreement_draft stands = draft_of(now);
    struct bytes a, b;
    return pack(work, &stands, PARTY_NONE, &a) == OK && pack(work, draft, PARTY_NONE, &b) == OK &&
           thing_same(a, b) && now->who_kind == draft->who_kind && now->who == draft->who &&
           date_compare(now->due_on, draft->due_on) == 0 &&
           date_compare(now->look_on, draft->look_on) == 0;
}

/* --- making and changing
 * -------------------------------------------------------------------------- */

static enum status make_again(struct work *work, struct pupil_id pupil, struct agreement_id id,
                              const struct agreement_draft *draft)
{
    struct sql_agreement_row row;
    struct vault_key key = {{0}};
    struct agreement now;
    enum status st = find(work, id, thing_may_write, &row, &key, &now);
    vault_key_wipe(&key);
    if (st != OK)
        return st;
    return now.pupil.v == pupil.v && says_the_same(work, &now, draft) ? OK : ERR_CONFLICT;
}

static enum status insert(struct work *work, struct pupil_id pupil, struct dossier_id dossier,
                          struct agreement_id id, const struct agreement_draft *draft,
                          struct bytes packed)
{
    struct vault_key key = {{0}};
    struct sealed sealed;
    bool asked = draft->question && *draft->question;
    enum status st = dossier_open(work, dossier.v, &key);
    if (st == OK)
        st = thing_seal(work, &key, BODY, id.v, 1, packed, &sealed);
    if (st == OK)
        st = sql_agreement_insert(work->db, work_school(work), id, pupil, dossier,
                                  draft->conversation, asked ? draft->question : NULL, draft->goal,
                                  (int32_t)draft->who_kind, draft->who, draft->due_on,
                                  draft->look_on, (int32_t)work->actor->kind,
                                  thing_author(work->actor), sealed, work->now_ms, NULL);
    if (st == OK)
        st = keep_version(work, &key, id, 1, AGREEMENT_OPEN, packed);
    vault_key_wipe(&key);
    return st == OK ? audit_change(work, AUDIT_AGREEMENT_MADE, pupil.v, id.v) : st;
}

enum status agreement_make(struct work *work, struct pupil_id pupil, struct agreement_id id,
                           const struct agreement_draft *draft)
{
    assert(work && draft && id.v);

    const struct thing_place place = {pupil, draft->conversation};
    struct sql_agreement_row row;
    struct dossier_id dossier;
    struct bytes packed;
    enum status st = thing_may_write(work, place);
    if (st == OK)
        st = thing_dossier(work, place, &dossier);
    if (st != OK)
        return st;
    st = sql_agreement_row(work->db, work->arena, work_school(work), id, &row);
    if (st != ERR_NOT_FOUND)
        return st == OK ? make_again(work, pupil, id, draft) : st;
    st = check_draft(work, pupil, draft, NULL);
    if (st == OK)
        st = pack(work, draft, PARTY_NONE, &packed);
    return st == OK ? insert(work, pupil, dossier, id, draft, packed) : st;
}

static bool may_change(const struct work *work, const struct agreement *now)
{
    return now->state != AGREEMENT_CHANGED &&
           thing_may_change(work->actor, voice_of(now->who_kind), now->author_kind, now->author);
}

enum status agreement_change(struct work *work, struct agreement_id id, int base_version,
                             const struct agreement_draft *draft, int *ret_version,
                             struct agreement *ret_now)
{
    assert(work && draft && ret_version && ret_now);

    struct sql_agreement_row row;
    struct vault_key key = {{0}};
    struct agreement now;
    enum status st = find(work, id, thing_may_write, &row, &key, &now);
    if (st == OK && says_the_same(work, &now, draft)) {
        *ret_version = now.version;
    } else if (st == OK && !may_change(work, &now)) {
        st = ERR_FORBIDDEN;
    } else if (st == OK && now.version != base_version) {
        *ret_now = now;
        st = ERR_CONFLICT;
    } else if (st == OK) {
        struct agreement next = now;
        next.who_kind = draft->who_kind;
        next.who = draft->who;
        next.due_on = draft->due_on;
        next.look_on = draft->look_on;
        next.what = draft->what;
        next.who_name = draft->who_name;
        next.how = draft->how;
        next.look = draft->look;
        st = check_draft(work, now.pupil, draft, &now);
        if (st == OK)
            st = write_next(work, &row, &key, &next, true, AUDIT_AGREEMENT_CHANGED);
        if (st == OK)
            *ret_version = now.version + 1;
    }
    vault_key_wipe(&key);
    return st;
}

/* A promise of an adult is not for the child to drop or to put another in its place. */
static bool may_undo(const struct work *work, const struct agreement *now)
{
    return work->actor->kind != ACTOR_PUPIL || may_change(work, now);
}

enum status agreement_end(struct work *work, struct agreement_id id, enum agreement_state state)
{
    struct sql_agreement_row row;
    struct vault_key key = {{0}};
    struct agreement a;
    if (state != AGREEMENT_OPEN && state != AGREEMENT_KEPT && state != AGREEMENT_DROPPED)
        return ERR_INVALID;
    enum status st = find(work, id, thing_may_write, &row, &key, &a);
    if (st == OK &&
        (a.state == AGREEMENT_CHANGED || (state == AGREEMENT_DROPPED && !may_undo(work, &a))))
        st = ERR_FORBIDDEN;
    if (st == OK && a.state != state) {
        a.state = state;
        a.ended_on = state == AGREEMENT_OPEN ? (struct date){0} : work->today;
        a.celebrated_at = 0;
        a.party = PARTY_NONE;
        st = write_next(work, &row, &key, &a, false, AUDIT_AGREEMENT_ENDED);
    }
    vault_key_wipe(&key);
    return st;
}

enum status agreement_replace(struct work *work, struct agreement_id id, struct agreement_id fresh,
                              const struct agreement_draft *draft)
{
    struct sql_agreement_row row;
    struct vault_key key = {{0}};
    struct agreement a;
    enum status st = find(work, id, thing_may_write, &row, &key, &a);
    if (st == OK && a.state == AGREEMENT_CHANGED && a.became.v == fresh.v) {
        vault_key_wipe(&key);
        return OK;
    }
    if (st == OK && (a.state != AGREEMENT_OPEN || id.v == fresh.v || !may_undo(work, &a)))
        st = ERR_FORBIDDEN;
    if (st == OK)
        st = agreement_make(work, a.pupil, fresh, draft);
    if (st == OK) {
        a.state = AGREEMENT_CHANGED;
        a.became = fresh;
        a.ended_on = work->today;
        st = write_next(work, &row, &key, &a, false, AUDIT_AGREEMENT_ENDED);
    }
    vault_key_wipe(&key);
    return st;
}

enum status agreement_celebrate(struct work *work, struct agreement_id id, enum party party)
{
    struct sql_agreement_row row;
    struct vault_key key = {{0}};
    struct agreement a;
    if (party <= PARTY_NONE || party >= PARTY_COUNT_)
        return ERR_INVALID;
    enum status st = find(work, id, thing_may_write, &row, &key, &a);
    if (st == OK && a.state != AGREEMENT_KEPT)
        st = ERR_INVALID;
    if (st == OK && a.party != party) {
        a.party = party;
        a.celebrated_at = work->now_ms;
        st = write_next(work, &row, &key, &a, false, AUDIT_AGREEMENT_CHANGED);
    }
    vault_key_wipe(&key);
    return st;
}

enum status agreement_check_in(struct work *work, struct agreement_id id,
                               struct agreement_check_id check, enum check_outcome outcome,
                               const char *text)
{
    assert(work && check.v && text);

    struct sql_agreement_row row;
    struct sql_agreement_check_row there;
    struct vault_key key = {{0}};
    struct agreement a;
    struct sealed sealed;
    struct bytes packed;
    if (outcome < CHECK_WELL || outcome > CHECK_NOT_YET || utf8_chars(text) > AGREEMENT_TEXT_MAX)
        return ERR_INVALID;
    const struct answer_part part = {"", text};
    enum status st = find(work, id, thing_may_write, &row, &key, &a);
    if (st == OK) {
        st = sql_agreement_check_row(work->db, work->arena, work_school(work), check, &there);
        if (st != ERR_NOT_FOUND) {
            vault_key_wipe(&key);
            return st == OK && there.agreement.v != id.v ? ERR_CONFLICT : st;
        }
        st = thing_pack(work, &part, 1, &packed);
    }
    if (st == OK)
        st = thing_seal(work, &key, CHECK_BODY, check.v, 1, packed, &sealed);
    if (st == OK)
        st = sql_agreement_check_insert(work->db, work_school(work), check, id, (int32_t)outcome,
                                        (int32_t)work->actor->kind, thing_author(work->actor),
                                        sealed, work->now_ms, NULL);
    vault_key_wipe(&key);
    return st == OK ? audit_change(work, AUDIT_AGREEMENT_LOOKED_AT, row.pupil.v, id.v) : st;
}

/* --- reading
 * -------------------------------------------------------------------------------------- */

enum status agreement_find(struct work *work, struct agreement_id id, struct agreement *ret)
{
    struct sql_agreement_row row;
    struct vault_key key = {{0}};
    enum status st = find(work, id, thing_may_read, &row, &key, ret);
    vault_key_wipe(&key);
    return st;
}

enum status agreement_versions(struct work *work, struct agreement_id id,
                               struct thing_version **ret, size_t *ret_count)
{
    struct sql_agreement_row row;
    struct sql_agreement_version_rows *rows = NULL;
    struct vault_key key = {{0}};
    struct agreement a;
    size_t count = 0;
    enum status st = find(work, id, thing_may_read, &row, &key, &a);
    if (st == OK)
        st =
            sql_agreement_version_rows(work->db, work->arena, work_school(work), id, &rows, &count);
    struct thing_version *list = ARENA_ARRAY(work->arena, struct thing_version, count);
    if (st == OK && !list)
        st = ERR_NOMEM;
    for (size_t i = 0; st == OK && i < count; i++) {
        list[i] = (struct thing_version){rows[i].version, rows[i].state,   rows[i].author_kind,
                                         rows[i].author,  rows[i].made_at, {NULL, 0}};
        st = thing_open_parts(work, &key, VERSION_BODY, id.v, rows[i].version, rows[i].body_sealed,
                              &list[i].value);
    }
    vault_key_wipe(&key);
    if (st == OK) {
        *ret = list;
        *ret_count = count;
    }
    return st;
}

/* Rows of one dossier: one key. */
static enum status read_list(struct work *work, const struct sql_agreement_row *rows, size_t count,
                             struct agreement **ret, size_t *ret_count)
{
    struct vault_key key = {{0}};
    enum status st = OK;
    struct agreement *list = ARENA_ARRAY(work->arena, struct agreement, count);
    if (!list)
        return ERR_NOMEM;
    if (count)
        st = thing_key(work, rows[0].slot, rows[0].key_wrapped, &key);
    for (size_t i = 0; st == OK && i < count; i++)
        st = read_row(work, &rows[i], &key, &list[i]);
    vault_key_wipe(&key);
    if (st == OK) {
        *ret = list;
        *ret_count = count;
    }
    return st;
}

enum status agreement_of_pupil(struct work *work, struct pupil_id pupil,
                               struct conversation_id conversation, struct agreement **ret,
                               size_t *ret_count)
{
    const struct thing_place place = {pupil, conversation};
    struct sql_agreement_row *rows = NULL;
    struct dossier_id dossier;
    size_t count = 0;
    enum status st = thing_may_read(work, place);
    if (st == OK)
        st = thing_dossier(work, place, &dossier);
    if (st == OK && conversation.v)
        st = sql_agreement_rows_of_conversation(work->db, work->arena, work_school(work), dossier,
                                                conversation, AGREEMENTS_MAX, &rows, &count);
    else if (st == OK)
        st = sql_agreement_rows_of_pupil(work->db, work->arena, work_school(work), pupil,
                                         AGREEMENTS_MAX, &rows, &count);
    return st == OK ? read_list(work, rows, count, ret, ret_count) : st;
}

enum status agreement_of_group(struct work *work, struct conversation_id conversation,
                               struct agreement **ret, size_t *ret_count)
{
    const struct thing_place place = {{0}, conversation};
    struct sql_agreement_row *rows = NULL;
    struct dossier_id dossier;
    size_t count = 0;
    enum status st = thing_may_read(work, place);
    if (st == OK)
        st = thing_dossier(work, place, &dossier);
    if (st == OK)
        st = sql_agreement_rows_of_dossier(work->db, work->arena, work_school(work), dossier,
                                           AGREEMENTS_MAX, &rows, &count);
    return st == OK ? read_list(work, rows, count, ret, ret_count) : st;
}

enum status agreement_checks(struct work *work, struct agreement_id id,
                             struct agreement_check_in **ret, size_t *ret_count)
{
    struct sql_agreement_row row;
    struct sql_agreement_check_rows *rows = NULL;
    struct vault_key key = {{0}};
    struct agreement a;
    size_t count = 0;
    enum status st = find(work, id, thing_may_read, &row, &key, &a);
    if (st == OK)
        st = sql_agreement_check_rows(work->db, work->arena, work_school(work), id, &rows, &count);
    struct agreement_check_in *list = ARENA_ARRAY(work->arena, struct agreement_check_in, count);
    if (st == OK && !list)
        st = ERR_NOMEM;
    for (size_t i = 0; st == OK && i < count; i++) {
        struct answer_value value;
        st = thing_open_parts(work, &key, CHECK_BODY, rows[i].id.v, 1, rows[i].body_sealed, &value);
        if (st == OK)
            list[i] = (struct agreement_check_in){rows[i].id,
                                                  id,
                                                  (enum check_outcome)rows[i].outcome,
                                                  rows[i].author_kind,
                                                  rows[i].author,
                                                  rows[i].made_at,
                                                  answer_part(&value, "")};
    }
    vault_key_wipe(&key);
    if (st == OK) {
        *ret = list;
        *ret_count = count;
    }
    return st;
}
