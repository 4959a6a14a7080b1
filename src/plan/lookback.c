#include "plan/lookback.h"

#include <assert.h>
#include <stdlib.h>

#include "access/access.h"
#include "access/work.h"
#include "base/arena.h"
#include "gen/lookback_sql.h"
#include "goal/thing.h"
#include "person/person.h"

#define ROWS_MAX 10000 /* no teacher has that many open things */

/* The lists of lookback_home_rows. */
enum { PROMISED = 1, DUE, CELEBRATE };

/* Whose things they are: those the caller knows, and, once one is missing there, all others. */
struct faces {
    const struct lookback_face *known;
    size_t known_count;
    struct lookback_face *others;
    size_t other_count;
    bool has_others;
};

static const struct lookback_face *face_among(const struct lookback_face *faces, size_t count,
                                              int64_t dossier)
{
    for (size_t i = 0; i < count; i++)
        if (faces[i].dossier == dossier)
            return &faces[i];
    return NULL;
}

static enum status open_face(struct work *work, const struct sql_lookback_face_rows *row,
                             struct lookback_face *ret)
{
    struct person person = person_none();
    enum status st = OK;
    *ret = (struct lookback_face){.dossier = row->dossier,
                                  .slot = row->slot,
                                  .key_wrapped = row->key_wrapped,
                                  .colour = row->colour,
                                  .call = "",
                                  .letters = ""};
    if (row->pupil.v)
        st = person_open_with(work, PERSON_PUPIL, work_school(work), row->pupil.v, row->slot,
                              row->key_wrapped, row->profile_sealed, &person);
    if (st == OK && row->pupil.v) {
        ret->call = person_call(work->arena, &person);
        ret->letters = person_letters(work->arena, &person);
    }
    return st;
}

static enum status read_others(struct work *work, struct faces *faces)
{
    struct sql_lookback_face_rows *rows = NULL;
    size_t count = 0;
    enum status st =
        sql_lookback_face_rows(work->db, work->arena, work_school(work), work->actor->staff,
                               work->actor->staff.v, ROWS_MAX, &rows, &count);
    if (st != OK)
        return st;
    faces->others = ARENA_ARRAY(work->arena, struct lookback_face, count);
    if (!faces->others)
        return ERR_NOMEM;
    for (size_t i = 0; st == OK && i < count; i++)
        st = open_face(work, &rows[i], &faces->others[i]);
    faces->other_count = count;
    faces->has_others = true;
    return st;
}

static enum status face_of(struct work *work, struct faces *faces, int64_t dossier,
                           const struct lookback_face **ret)
{
    enum status st = OK;
    *ret = face_among(faces->known, faces->known_count, dossier);
    if (!*ret && !faces->has_others)
        st = read_others(work, faces);
    if (st == OK && !*ret)
        *ret = face_among(faces->others, faces->other_count, dossier);
    return st != OK ? st : *ret ? OK : ERR_CORRUPT;
}

static enum status open_row(struct work *work, const struct sql_lookback_home_rows *row,
                            const struct lookback_face *of, struct lookback *ret)
{
    struct answer_value value;
    struct lookback about = {.kind = (enum lookback_kind)row->kind,
                             .thing = row->thing,
                             .pupil = row->about,
                             .conversation = row->conversation_id,
                             .on = row->day_on,
                             .colour = of->colour,
                             .call = of->call,
                             .letters = of->letters,
                             .what = ""};
    enum status st = OK;
    if (about.kind != LOOKBACK_CONVERSATION) {
        struct vault_key key;
        st = thing_key(work, of->slot, of->key_wrapped, &key);
        if (st == OK)
            st = thing_open_parts(work, &key, THING_BODY, about.thing, row->version,
                                  row->body_sealed, &value);
        vault_key_wipe(&key);
        if (st == OK)
            about.what = thing_headline((enum thing_kind)about.kind, &value);
    }
    if (st == OK)
        *ret = about;
    return st;
}

static enum status open_rows(struct work *work, const struct sql_lookback_home_rows *rows,
                             size_t count, struct faces *faces, struct lookback_list *ret)
{
    struct lookback *items = ARENA_ARRAY(work->arena, struct lookback, count);
    enum status st = items ? OK : ERR_NOMEM;
    for (size_t i = 0; st == OK && i < count; i++) {
        const struct lookback_face *of = NULL;
        st = face_of(work, faces, rows[i].dossier, &of);
        if (st == OK)
            st = open_row(work, &rows[i], of, &items[i]);
    }
    if (st == OK)
        *ret = (struct lookback_list){items, count};
    return st;
}

/* By list, and in it by day: soonest first, those without a day last; what is celebrated newest
 * first. */
static int in_order(const void *left, const void *right)
{
    const struct sql_lookback_home_rows *a = left, *b = right;
    if (a->list != b->list)
        return a->list < b->list ? -1 : 1;
    bool has_a = date_is_set(a->day_on), has_b = date_is_set(b->day_on);
    int day = has_a && has_b ? date_compare(a->day_on, b->day_on) : has_b - has_a;
    int order = day ? day : (a->thing > b->thing) - (a->thing < b->thing);
    return a->list == CELEBRATE ? -order : order;
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

/* Opens the first `most` of one list; its rows stand together. */
static enum status list_of(struct work *work, const struct sql_lookback_home_rows *rows,
                           size_t count, int list, size_t most, struct faces *faces,
                           struct lookback_list *ret)
{
    size_t first = 0, end;
    while (first < count && rows[first].list < list)
        first++;
    for (end = first; end < count && rows[end].list == list && end - first < most;)
        end++;
    return open_rows(work, rows + first, end - first, faces, ret);
}

enum status lookback_home(struct work *work, const struct lookback_face *known, size_t known_count,
                          struct date until, struct date since, struct lookback_home *ret)
{
    assert(work && (known || known_count == 0) && ret);

    struct sql_lookback_home_rows *rows = NULL;
    size_t count = 0;
    if (work->actor->kind != ACTOR_STAFF)
        return ERR_NOT_FOUND;
    enum status st = sql_lookback_home_rows(
        work->db, work->arena, work_school(work), work->actor->staff, work->actor->staff.v,
        actor_has_role(work->actor, ROLE_COORDINATOR), until, since, ROWS_MAX, &rows, &count);
    if (st != OK)
        return st;
    if (count)
        qsort(rows, count, sizeof *rows, in_order);
    count = without_repeats(rows, count);
    struct faces faces = {.known = known, .known_count = known_count};
    struct lookback_home home;
    st = list_of(work, rows, count, PROMISED, LOOKBACKS_MAX, &faces, &home.promised);
    if (st == OK)
        st = list_of(work, rows, count, DUE, LOOKBACKS_MAX, &faces, &home.due);
    if (st == OK)
        st = list_of(work, rows, count, CELEBRATE, LOOKBACK_CELEBRATE, &faces, &home.celebrate);
    if (st == OK)
        *ret = home;
    return st;
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
