#include "opp/opp.h"

#include <assert.h>

#include "access/access.h"
#include "access/audit.h"
#include "access/work.h"
#include "base/arena.h"
#include "base/str.h"
#include "gen/opp_sql.h"
#include "goal/thing.h"
#include "person/dossier.h"

#define BODY "opp_moment.body"
#define VERSION_BODY "opp_moment_version.body"

/* --- what may be kept
 * --------------------------------------------------------------------------------- */

static bool has_text(const char *text)
{
    return text && !str_is_blank(text);
}

static bool day_is_past(const struct work *work, struct date day)
{
    return date_valid(day) && date_compare(day, work->today) <= 0;
}

static bool texts_fit(const struct opp_draft *d)
{
    const struct answer_part words = {"words", d->words};
    const struct answer_part others[] = {
        {"present", d->present}, {"done", d->done}, {"why", d->why}, {"reason", d->reason}};
    return thing_texts_fit(&words, 1, OPP_WORDS_MAX) &&
           thing_texts_fit(others, ARRAY_LEN(others), OPP_TEXT_MAX);
}

static bool heard_valid(const struct work *work, const struct opp_draft *d)
{
    return d->way > OPP_NO_WAY && d->way < OPP_WAYS_ && day_is_past(work, d->heard_on) &&
           (has_text(d->words) || d->conversation.v) &&
           (!date_is_set(d->told_on) || day_is_past(work, d->told_on));
}

static bool draft_valid(const struct work *work, const struct opp_draft *d)
{
    bool kind = d->kind >= OPP_DRAWN_UP && d->kind <= OPP_EVALUATED;
    struct date latest = date_add_days(work->today, OPP_AHEAD_DAYS);
    if (!kind || !texts_fit(d) || !date_valid(d->moment_on) ||
        date_compare(d->moment_on, latest) > 0)
        return false;
    return d->heard == OPP_HEARD       ? heard_valid(work, d)
           : d->heard == OPP_NOT_HEARD ? has_text(d->reason)
                                       : false;
}

/* What does not belong to the choice is left out, so that no page has to ask. */
static struct opp_draft settled(const struct opp_draft *draft)
{
    struct opp_draft d = *draft;
    if (d.heard == OPP_HEARD) {
        d.reason = "";
    } else {
        d.way = OPP_NO_WAY;
        d.conversation.v = 0;
        d.heard_on = d.told_on = (struct date){0};
        d.words = d.present = d.done = d.why = "";
    }
    return d;
}

/* --- sealing
 * ------------------------------------------------------------------------------------------- */

/* The body, and for the row of versions the facts with it: a version says all that was. */
static enum status pack(struct work *work, const struct opp_draft *d, struct bytes *ret_body,
                        struct bytes *ret_version)
{
    struct arena *arena = work->arena;
    const struct answer_part parts[] = {
        {"words", d->words},
        {"present", d->present},
        {"done", d->done},
        {"why", d->why},
        {"reason", d->reason},
        {"kind", arena_printf(arena, "%d", (int)d->kind)},
        {"moment-on", arena_strdup(arena, date_text(d->moment_on).s)},
        {"heard", arena_printf(arena, "%d", (int)d->heard)},
        {"way", arena_printf(arena, "%d", (int)d->way)},
        {"heard-on", arena_strdup(arena, date_text(d->heard_on).s)},
        {"told-on", arena_strdup(arena, date_text(d->told_on).s)},
        {"conversation",
         d->conversation.v ? arena_strdup(arena, id_text(d->conversation.v).s) : ""},
    };
    const size_t texts = 5;
    enum status st = thing_pack(work, parts, texts, ret_body);
    return st == OK ? thing_pack(work, parts, ARRAY_LEN(parts), ret_version) : st;
}

static enum status seal(struct work *work, const struct vault_key *key, struct opp_moment_id id,
                        int version, const struct opp_draft *draft, struct sealed *ret_body,
                        struct sealed *ret_version)
{
    struct bytes body, all;
    enum status st = pack(work, draft, &body, &all);
    if (st == OK)
        st = thing_seal(work, key, BODY, id.v, version, body, ret_body);
    return st == OK ? thing_seal(work, key, VERSION_BODY, id.v, version, all, ret_version) : st;
}

static enum status read_row(struct work *work, const struct sql_opp_row *row,
                            const struct vault_key *key, struct opp_moment *ret)
{
    struct answer_value value;
    struct person author;
    enum status st =
        thing_open_parts(work, key, BODY, row->id.v, row->version, row->body_sealed, &value);
    if (st == OK)
        st =
            person_open_with(work, PERSON_STAFF, work_school(work), row->author.v, row->author_slot,
                             row->author_key_wrapped, row->author_sealed, &author);
    if (st != OK)
        return st;
    *ret = (struct opp_moment){.id = row->id,
                               .pupil = row->pupil,
                               .conversation = row->conversation,
                               .kind = (enum opp_kind)row->kind,
                               .moment_on = row->moment_on,
                               .heard = (enum opp_heard)row->heard,
                               .way = (enum opp_way)row->way,
                               .heard_on = row->heard_on,
                               .told_on = row->told_on,
                               .version = row->version,
                               .author = row->author,
                               .author_name = person_full(work->arena, &author),
                               .made_at = row->made_at,
                               .changed_at = row->changed_at,
                               .words = answer_part(&value, "words"),
                               .present = answer_part(&value, "present"),
                               .done = answer_part(&value, "done"),
                               .why = answer_part(&value, "why"),
                               .reason = answer_part(&value, "reason")};
    return OK;
}

static enum status open_row(struct work *work, const struct sql_opp_row *row,
                            struct opp_moment *ret)
{
    struct vault_key key = {{0}};
    enum status st = thing_key(work, row->slot, row->key_wrapped, &key);
    if (st == OK)
        st = read_row(work, row, &key, ret);
    vault_key_wipe(&key);
    return st;
}

/* --- reading
 * ---------------------------------------------------------------------------------------------- */

static enum status find_row(struct work *work, enum right right, struct opp_moment_id id,
                            struct sql_opp_row *ret)
{
    enum status st = sql_opp_row(work->db, work->arena, work_school(work), id, ret);
    return st == OK ? access_check(work, right, (struct target){.pupil = ret->pupil}) : st;
}

enum status opp_find(struct work *work, struct opp_moment_id id, struct opp_moment *ret)
{
    struct sql_opp_row row;
    enum status st = find_row(work, RIGHT_PUPIL_READ, id, &row);
    if (st == OK && row.removed_at)
        st = ERR_NOT_FOUND;
    return st == OK ? open_row(work, &row, ret) : st;
}

enum status opp_of_pupil(struct work *work, struct pupil_id pupil, struct opp_moment **ret,
                         size_t *ret_count)
{
    struct sql_opp_row *rows = NULL;
    struct vault_key key = {{0}};
    size_t count = 0;
    enum status st = access_check(work, RIGHT_PUPIL_READ, (struct target){.pupil = pupil});
    if (st == OK)
        st = sql_opp_rows_of_pupil(work->db, work->arena, work_school(work), pupil, OPP_MOMENTS_MAX,
                                   &rows, &count);
    struct opp_moment *list = ARENA_ARRAY(work->arena, struct opp_moment, count);
    if (st == OK && !list)
        st = ERR_NOMEM;
    if (st == OK && count)
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

bool opp_is_complete(const struct opp_moment *moment)
{
    return moment->heard == OPP_HEARD && *moment->done && date_is_set(moment->told_on);
}

/* --- writing
 * --------------------------------------------------------------------------------------------- */

static bool same_text(const char *a, const char *b)
{
    return str_equal(a ? a : "", b ? b : "");
}

static bool is_same(const struct opp_moment *now, const struct opp_draft *d)
{
    return now->kind == d->kind && now->heard == d->heard && now->way == d->way &&
           now->conversation.v == d->conversation.v &&
           date_compare(now->moment_on, d->moment_on) == 0 &&
           date_compare(now->heard_on, d->heard_on) == 0 &&
           date_compare(now->told_on, d->told_on) == 0 && same_text(now->words, d->words) &&
           same_text(now->present, d->present) && same_text(now->done, d->done) &&
           same_text(now->why, d->why) && same_text(now->reason, d->reason);
}

static enum status add(struct work *work, struct pupil_id pupil, struct opp_moment_id id,
                       const struct opp_draft *d)
{
    struct school_id school = work_school(work);
    struct staff_id author = work->actor->staff;
    struct vault_key key = {{0}};
    struct sealed body, version;
    enum status st = dossier_open(work, pupil.v, &key);
    if (st == OK)
        st = seal(work, &key, id, 1, d, &body, &version);
    if (st == OK)
        st = sql_opp_insert(work->db, school, id, pupil, d->conversation, (int32_t)d->kind,
                            d->moment_on, (int32_t)d->heard, (int32_t)d->way, d->heard_on,
                            d->told_on, author, body, work->now_ms, NULL);
    if (st == OK)
        st = sql_opp_version_insert(work->db, school, id, 1, author, version, work->now_ms, NULL);
    if (st == OK)
        st = audit_change(work, AUDIT_OPP_ADDED, pupil.v, id.v);
    vault_key_wipe(&key);
    return st;
}

static enum status change(struct work *work, const struct sql_opp_row *row,
                          const struct opp_draft *d)
{
    struct school_id school = work_school(work);
    struct staff_id author = work->actor->staff;
    struct vault_key key = {{0}};
    struct sealed body, version;
    size_t changed = 0;
    int next = row->version + 1;
    enum status st = thing_key(work, row->slot, row->key_wrapped, &key);
    if (st == OK)
        st = seal(work, &key, row->id, next, d, &body, &version);
    if (st == OK)
        st = sql_opp_update(work->db, school, row->id, row->version, d->conversation,
                            (int32_t)d->kind, d->moment_on, (int32_t)d->heard, (int32_t)d->way,
                            d->heard_on, d->told_on, author, body, work->now_ms, &changed);
    if (st == OK && changed == 0)
        st = ERR_CONFLICT;
    if (st == OK)
        st = sql_opp_version_insert(work->db, school, row->id, next, author, version, work->now_ms,
                                    NULL);
    if (st == OK)
        st = audit_change(work, AUDIT_OPP_CHANGED, row->pupil.v, row->id.v);
    vault_key_wipe(&key);
    return st;
}

static enum status save_over(struct work *work, const struct sql_opp_row *row, int base_version,
                             const struct opp_draft *d, int *ret_version,
                             struct opp_moment *ret_now)
{
    struct opp_moment now;
    enum status st = open_row(work, row, &now);
    if (st != OK)
        return st;
    if (is_same(&now, d)) {
        *ret_version = row->version;
        return OK;
    }
    if (row->version != base_version) {
        *ret_now = now;
        return ERR_CONFLICT;
    }
    st = change(work, row, d);
    if (st == OK)
        *ret_version = row->version + 1;
    return st;
}

enum status opp_save(struct work *work, struct pupil_id pupil, struct opp_moment_id id,
                     int base_version, const struct opp_draft *draft, int *ret_version,
                     struct opp_moment *ret_now)
{
    assert(work && draft && id.v && ret_version && ret_now);

    struct sql_opp_row row;
    struct dossier_id dossier;
    struct opp_draft d = settled(draft);
    enum status st = access_check(work, RIGHT_PUPIL_WRITE, (struct target){.pupil = pupil});
    if (st != OK)
        return st;
    if (!draft_valid(work, &d))
        return ERR_INVALID;
    st = thing_dossier(work, (struct thing_place){pupil, d.conversation}, &dossier);
    if (st != OK)
        return st == ERR_NOT_FOUND ? ERR_INVALID : st;
    st = sql_opp_row(work->db, work->arena, work_school(work), id, &row);
    if (st == ERR_NOT_FOUND && base_version == 0) {
        st = add(work, pupil, id, &d);
        if (st == OK)
            *ret_version = 1;
        return st;
    }
    if (st == OK && (row.pupil.v != pupil.v || row.removed_at))
        st = ERR_NOT_FOUND;
    return st == OK ? save_over(work, &row, base_version, &d, ret_version, ret_now) : st;
}

enum status opp_remove(struct work *work, struct opp_moment_id id, bool removed)
{
    struct sql_opp_row row;
    enum status st = find_row(work, RIGHT_PUPIL_WRITE, id, &row);
    if (st != OK || (row.removed_at != 0) == removed)
        return st;
    st = sql_opp_set_removed(work->db, work_school(work), id, removed ? work->now_ms : 0,
                             work->now_ms, NULL);
    return st == OK ? audit_change(work, removed ? AUDIT_OPP_REMOVED : AUDIT_OPP_CHANGED,
                                   row.pupil.v, id.v)
                    : st;
}

enum status opp_erase_pupil(struct work *work, struct pupil_id pupil)
{
    enum status st = sql_opp_erase_versions(work->db, work_school(work), pupil, NULL);
    return st == OK ? sql_opp_erase_moments(work->db, work_school(work), pupil, NULL) : st;
}
