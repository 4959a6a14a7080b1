#include "plan/lookback.h"

#include <assert.h>

#include "access/access.h"
#include "access/work.h"
#include "base/arena.h"
#include "gen/lookback_sql.h"
#include "goal/thing.h"
#include "person/person.h"

/* A dossier of which something is shown: several rows are often of one pupil. */
struct opened {
    int64_t dossier;
    struct vault_key key;
    const char *call;
};

static enum status open_dossier(struct work *work, const struct sql_lookback_home_rows *row,
                                struct opened *ret)
{
    struct person person = person_none();
    *ret = (struct opened){.dossier = row->dossier, .call = ""};
    enum status st = thing_key(work, row->slot, row->key_wrapped, &ret->key);
    if (st != OK || !row->about.v)
        return st;
    st = person_open(&ret->key, work->arena, PERSON_PUPIL, work_school(work), row->about.v,
                     row->profile_sealed, &person);
    ret->call = st == OK ? person_call(work->arena, &person) : "";
    return st;
}

/* In `opened`, which has room; *count grows when it was not there yet. */
static enum status dossier_of(struct work *work, const struct sql_lookback_home_rows *row,
                              struct opened *opened, size_t *count, const struct opened **ret)
{
    for (size_t i = 0; i < *count; i++) {
        if (opened[i].dossier == row->dossier) {
            *ret = &opened[i];
            return OK;
        }
    }
    *ret = &opened[*count];
    return open_dossier(work, row, &opened[(*count)++]);
}

static enum status open_row(struct work *work, const struct sql_lookback_home_rows *row,
                            const struct opened *of, struct lookback *ret)
{
    struct answer_value value;
    struct lookback about = {.kind = (enum lookback_kind)row->kind,
                             .thing = row->thing,
                             .pupil = row->about,
                             .conversation = row->conversation_id,
                             .on = row->day_on,
                             .colour = row->colour,
                             .call = of->call,
                             .what = ""};
    enum status st = OK;
    if (about.kind != LOOKBACK_CONVERSATION) {
        st = thing_open_parts(work, &of->key, THING_BODY, about.thing, row->version,
                              row->body_sealed, &value);
        if (st == OK)
            about.what = thing_headline((enum thing_kind)about.kind, &value);
    }
    if (st == OK)
        *ret = about;
    return st;
}

static enum status open_rows(struct work *work, const struct sql_lookback_home_rows *rows,
                             size_t count, struct lookback *items)
{
    size_t opened_count = 0;
    struct opened *opened = ARENA_ARRAY(work->arena, struct opened, count);
    enum status st = opened ? OK : ERR_NOMEM;
    for (size_t i = 0; st == OK && i < count; i++) {
        const struct opened *of = NULL;
        st = dossier_of(work, &rows[i], opened, &opened_count, &of);
        if (st == OK)
            st = open_row(work, &rows[i], of, &items[i]);
    }
    for (size_t i = 0; i < opened_count; i++)
        vault_key_wipe(&opened[i].key);
    return st;
}

/* A pupil in two groups of one teacher stands there twice, one after the other. */
static size_t without_repeats(struct sql_lookback_home_rows *rows, size_t count)
{
    size_t kept = 0;
    for (size_t i = 0; i < count; i++)
        if (kept == 0 || rows[kept - 1].list != rows[i].list ||
            rows[kept - 1].kind != rows[i].kind || rows[kept - 1].thing != rows[i].thing)
            rows[kept++] = rows[i];
    return kept;
}

/* The rows of one list stand together. */
static struct lookback_list
list_of(struct lookback *items, const struct sql_lookback_home_rows *rows, size_t count, int list)
{
    size_t first = 0, end;
    while (first < count && rows[first].list < list)
        first++;
    for (end = first; end < count && rows[end].list == list;)
        end++;
    return (struct lookback_list){items + first, end - first};
}

static void reverse(struct lookback_list list)
{
    for (size_t i = 0; i < list.count / 2; i++) {
        struct lookback other = list.items[i];
        list.items[i] = list.items[list.count - 1 - i];
        list.items[list.count - 1 - i] = other;
    }
}

enum status lookback_home(struct work *work, struct date until, struct date since,
                          struct lookback_home *ret)
{
    assert(work && ret);

    struct sql_lookback_home_rows *rows = NULL;
    size_t count = 0;
    if (work->actor->kind != ACTOR_STAFF)
        return ERR_NOT_FOUND;
    enum status st = sql_lookback_home_rows(
        work->db, work->arena, work_school(work), work->actor->staff, work->actor->staff.v,
        actor_has_role(work->actor, ROLE_COORDINATOR), until, since, LOOKBACKS_MAX, &rows, &count);
    if (st != OK)
        return st;
    count = without_repeats(rows, count);
    struct lookback *items = ARENA_ARRAY(work->arena, struct lookback, count);
    if (!items)
        return ERR_NOMEM;
    st = open_rows(work, rows, count, items);
    if (st != OK)
        return st;
    *ret = (struct lookback_home){.promised = list_of(items, rows, count, 1),
                                  .due = list_of(items, rows, count, 2),
                                  .celebrate = list_of(items, rows, count, 3)};
    reverse(ret->celebrate);
    return OK;
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
