#include "pupil/timeline.h"

#include <assert.h>

#include "access/access.h"
#include "access/work.h"
#include "base/arena.h"
#include "gen/timeline_sql.h"
#include "goal/thing.h"
#include "goal/thing_life.h"
#include "observation/observation.h"
#include "person/dossier.h"
#include "person/person.h"

/* Where a line comes from, before anything is opened. */
struct spot {
    enum timeline_kind kind;
    struct date day;
    const struct conversation *talk;
    const struct sql_timeline_rows *row;
};

static enum timeline_kind kind_of(const struct sql_timeline_rows *row)
{
    static const enum timeline_kind things[THING_KINDS_] = {
        [THING_GOAL] = TIMELINE_GOAL,
        [THING_NEED] = TIMELINE_NEED,
        [THING_AGREEMENT] = TIMELINE_AGREEMENT,
        [THING_PLAN] = TIMELINE_PLAN,
    };
    if (row->what == 0)
        return row->sort == OBSERVATION_STRENGTH ? TIMELINE_STRENGTH : TIMELINE_WORRY;
    return things[row->what < THING_KINDS_ ? row->what : THING_GOAL];
}

/* The day a conversation stands at: held, else planned, else on top of today. */
static struct date talk_day(const struct work *work, const struct conversation *c)
{
    if (date_is_set(c->held_on))
        return c->held_on;
    return date_is_set(c->planned_on) ? c->planned_on : work->today;
}

static struct spot talk_spot(const struct work *work, const struct conversation *c)
{
    return (struct spot){.kind = TIMELINE_TALK, .day = talk_day(work, c), .talk = c};
}

static struct spot row_spot(const struct sql_timeline_rows *row)
{
    return (struct spot){.kind = kind_of(row), .day = row->day_on, .row = row};
}

/* Both lists come newest first: laid together by day, a conversation before what came out of it. */
static size_t lay_together(const struct work *work, const struct conversation *talks,
                           size_t talk_count, const struct sql_timeline_rows *rows, size_t count,
                           unsigned kinds, struct spot *spots, size_t *of_kind)
{
    size_t kept = 0;
    for (size_t i = 0, t = 0; i < count || t < talk_count;) {
        if (t < talk_count && talks[t].state == CONVERSATION_CANCELLED) {
            t++;
            continue;
        }
        bool talk_first = t < talk_count && (i == count || date_compare(talk_day(work, &talks[t]),
                                                                        rows[i].day_on) >= 0);
        struct spot spot = talk_first ? talk_spot(work, &talks[t++]) : row_spot(&rows[i++]);
        of_kind[spot.kind]++;
        if (!kinds || (kinds >> spot.kind & 1u))
            spots[kept++] = spot;
    }
    return kept;
}

/* The name that an earlier line has opened already: most of a time line is by one or two. */
static const char *known_author(const struct spot *spots, const struct timeline_entry *entries,
                                size_t count, const struct sql_timeline_rows *row)
{
    while (count-- > 0)
        if (spots[count].row && spots[count].row->author_kind == row->author_kind &&
            spots[count].row->author == row->author)
            return entries[count].author;
    return NULL;
}

static enum status open_author(struct work *work, const struct sql_timeline_rows *row,
                               const char **ret_name)
{
    struct person author;
    *ret_name = "";
    if (row->author_kind != ACTOR_STAFF || !row->author_key_wrapped.len)
        return OK;
    enum status st =
        person_open_with(work, PERSON_STAFF, work_school(work), row->author, row->author_slot,
                         row->author_key_wrapped, row->author_sealed, &author);
    if (st == OK)
        *ret_name = person_full(work->arena, &author);
    return st;
}

static enum status open_spot(struct work *work, const struct vault_key *key,
                             const struct spot *spots, struct timeline_entry *entries, size_t at)
{
    const struct spot *spot = &spots[at];
    const struct sql_timeline_rows *row = spot->row;
    struct timeline_entry *ret = &entries[at];
    *ret = (struct timeline_entry){
        .kind = spot->kind, .day = spot->day, .talk = spot->talk, .text = "", .author = ""};
    if (spot->talk) {
        ret->id = spot->talk->id.v;
        return OK;
    }
    ret->id = row->id;
    ret->voice = (enum voice)row->voice;
    ret->is_over = row->what != 0 && row->state != THING_OPEN;
    ret->author = known_author(spots, entries, at, row);
    enum status st = ret->author ? OK : open_author(work, row, &ret->author);
    if (st != OK)
        return st;
    if (row->what == 0)
        return dossier_open_text(work, key, OBSERVATION_BODY, row->id, row->body_sealed,
                                 &ret->text);
    struct answer_value said;
    st = thing_open_parts(work, key, THING_BODY, row->id, row->version, row->body_sealed, &said);
    if (st == OK)
        ret->text = thing_headline((enum thing_kind)row->what, &said);
    return st;
}

static enum status open_page(struct work *work, const struct sql_timeline_rows *rows, size_t count,
                             const struct spot *spots, struct timeline *t)
{
    struct vault_key key = {{0}};
    enum status st = OK;
    t->entries = ARENA_ARRAY(work->arena, struct timeline_entry, t->count);
    if (!t->entries)
        return ERR_NOMEM;
    if (count)
        st = thing_key(work, rows[0].slot, rows[0].key_wrapped, &key);
    for (size_t i = 0; st == OK && i < t->count; i++)
        st = open_spot(work, &key, spots, t->entries, i);
    vault_key_wipe(&key);
    return st;
}

enum status timeline_read(struct work *work, struct pupil_id pupil,
                          const struct timeline_wish *wish, struct timeline *ret)
{
    assert(work && wish && ret);

    struct timeline t = {.page = 1, .pages = 1};
    struct sql_timeline_rows *rows = NULL;
    struct conversation *talks = NULL;
    size_t count = 0, talk_count = 0, first = 0;
    enum status st = access_check(work, RIGHT_PUPIL_READ, (struct target){.pupil = pupil});
    if (st == OK)
        st = sql_timeline_rows(work->db, work->arena, work_school(work), pupil, TIMELINE_MAX, &rows,
                               &count);
    if (st == OK)
        st = conversation_of_pupil(work, pupil, &talks, &talk_count);
    struct spot *spots = ARENA_ARRAY(work->arena, struct spot, count + talk_count);
    if (st == OK && !spots)
        st = ERR_NOMEM;
    if (st != OK)
        return st;
    t.count = lay_together(work, talks, talk_count, rows, count, wish->kinds, spots, t.of_kind);
    if (wish->page > 0) {
        t.pages = t.count ? (int)((t.count - 1) / TIMELINE_PAGE) + 1 : 1;
        t.page = wish->page < t.pages ? wish->page : t.pages;
        first = (size_t)(t.page - 1) * TIMELINE_PAGE;
        t.count = t.count - first < TIMELINE_PAGE ? t.count - first : TIMELINE_PAGE;
    }
    st = open_page(work, rows, count, spots + first, &t);
    if (st == OK)
        *ret = t;
    return st;
}
