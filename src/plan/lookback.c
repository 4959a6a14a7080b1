#include "plan/lookback.h"

#include <assert.h>

#include "access/access.h"
#include "access/work.h"
#include "base/arena.h"
#include "gen/lookback_sql.h"
#include "goal/thing.h"
#include "person/person.h"

/* Where the one line of each kind stands: its column, and the part of it that is shown. */
static const struct {
    const char *column, *part;
} texts[] = {
    [LOOKBACK_GOAL] = {"goal.body", "soon"},
    [LOOKBACK_AGREEMENT] = {"agreement.body", "what"},
    [LOOKBACK_PLAN] = {"child_plan.body", "soon"},
    [LOOKBACK_CONVERSATION] = {NULL, NULL},
    [LOOKBACK_NEED] = {"need.body", "what"},
};

/* What a row of any of the lists has. */
struct found {
    struct lookback about;
    int version;
    struct sealed body, profile;
    int64_t slot;
    struct bytes key_wrapped;
};

static enum status open_found(struct work *work, const struct found *found, struct lookback *ret)
{
    struct vault_key key = {{0}};
    struct answer_value value;
    struct person person = person_none();
    struct lookback about = found->about;
    enum status st = thing_key(work, found->slot, found->key_wrapped, &key);
    about.call = about.what = "";
    if (st == OK && about.pupil.v)
        st = person_open(&key, work->arena, PERSON_PUPIL, work_school(work), about.pupil.v,
                         found->profile, &person);
    if (st == OK && about.pupil.v)
        about.call = person_call(work->arena, &person);
    if (st == OK && texts[about.kind].column) {
        st = thing_open_parts(work, &key, texts[about.kind].column, about.thing, found->version,
                              found->body, &value);
        if (st == OK)
            about.what = answer_part(&value, texts[about.kind].part);
    }
    vault_key_wipe(&key);
    if (st == OK)
        *ret = about;
    return st;
}

static bool is_staff(const struct work *work)
{
    return work->actor->kind == ACTOR_STAFF;
}

enum status lookback_promised(struct work *work, struct lookback **ret, size_t *ret_count)
{
    assert(work && ret && ret_count);

    struct sql_lookback_promise_rows *rows = NULL;
    size_t count = 0;
    if (!is_staff(work))
        return ERR_NOT_FOUND;
    bool everywhere = actor_has_role(work->actor, ROLE_COORDINATOR);
    enum status st =
        sql_lookback_promise_rows(work->db, work->arena, work_school(work), work->actor->staff,
                                  work->actor->staff.v, everywhere, LOOKBACKS_MAX, &rows, &count);
    if (st != OK)
        return st;
    struct lookback *list = ARENA_ARRAY(work->arena, struct lookback, count);
    if (!list)
        return ERR_NOMEM;
    for (size_t i = 0; st == OK && i < count; i++) {
        const struct found found = {
            .about = {.kind = LOOKBACK_AGREEMENT,
                      .thing = rows[i].id.v,
                      .pupil = rows[i].pupil,
                      .conversation = rows[i].conversation,
                      .on = date_is_set(rows[i].due_on) ? rows[i].due_on : rows[i].look_on,
                      .colour = rows[i].colour},
            .version = rows[i].version,
            .body = rows[i].body_sealed,
            .profile = rows[i].profile_sealed,
            .slot = rows[i].slot,
            .key_wrapped = rows[i].key_wrapped};
        st = open_found(work, &found, &list[i]);
    }
    if (st == OK) {
        *ret = list;
        *ret_count = count;
    }
    return st;
}

static enum status open_rows(struct work *work, const struct sql_lookback_due_rows *rows,
                             size_t count, struct lookback **ret, size_t *ret_count)
{
    size_t kept = 0;
    struct lookback *list = ARENA_ARRAY(work->arena, struct lookback, count);
    enum status st = list ? OK : ERR_NOMEM;
    for (size_t i = 0; st == OK && i < count; i++) {
        /* A pupil who is in two groups of one teacher comes twice, and together. */
        if (kept && list[kept - 1].thing == rows[i].thing)
            continue;
        const struct found found = {.about = {.kind = (enum lookback_kind)rows[i].kind,
                                              .thing = rows[i].thing,
                                              .pupil = rows[i].pupil,
                                              .conversation = rows[i].conversation_id,
                                              .on = rows[i].day_on,
                                              .colour = rows[i].colour},
                                    .version = rows[i].version,
                                    .body = rows[i].body_sealed,
                                    .profile = rows[i].profile_sealed,
                                    .slot = rows[i].slot,
                                    .key_wrapped = rows[i].key_wrapped};
        st = open_found(work, &found, &list[kept]);
        kept += st == OK;
    }
    if (st == OK) {
        *ret = list;
        *ret_count = kept;
    }
    return st;
}

enum status lookback_due(struct work *work, struct date until, struct lookback **ret,
                         size_t *ret_count)
{
    assert(work && ret && ret_count);

    struct sql_lookback_due_rows *rows = NULL;
    size_t count = 0;
    if (!is_staff(work))
        return ERR_NOT_FOUND;
    enum status st = sql_lookback_due_rows(work->db, work->arena, work_school(work),
                                           work->actor->staff, until, LOOKBACKS_MAX, &rows, &count);
    return st == OK ? open_rows(work, rows, count, ret, ret_count) : st;
}

enum status lookback_celebrate(struct work *work, struct date since, struct lookback **ret,
                               size_t *ret_count)
{
    assert(work && ret && ret_count);

    struct sql_lookback_due_rows *rows = NULL;
    size_t count = 0;
    if (!is_staff(work))
        return ERR_NOT_FOUND;
    enum status st =
        sql_lookback_celebrate_rows(work->db, work->arena, work_school(work), work->actor->staff,
                                    since, LOOKBACKS_MAX, &rows, &count);
    return st == OK ? open_rows(work, rows, count, ret, ret_count) : st;
}

enum status lookback_counts(struct work *work, struct date until, struct lookback_count **ret,
                            size_t *ret_count)
{
    assert(work && ret && ret_count);

    struct sql_lookback_count_rows *rows = NULL;
    size_t count = 0;
    enum status st = access_check(work, RIGHT_COVERAGE, (struct target){{0}});
    if (st == OK)
        st =
            sql_lookback_count_rows(work->db, work->arena, work_school(work), until, &rows, &count);
    if (st != OK)
        return st;
    struct lookback_count *list = ARENA_ARRAY(work->arena, struct lookback_count, count);
    if (!list)
        return ERR_NOMEM;
    for (size_t i = 0; i < count; i++)
        list[i] = (struct lookback_count){rows[i].teaching_group, (int)rows[i].due};
    *ret = list;
    *ret_count = count;
    return OK;
}
