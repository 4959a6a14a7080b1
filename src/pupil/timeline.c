#include "pupil/timeline.h"

#include <assert.h>
#include <stdlib.h>

#include "access/access.h"
#include "access/work.h"
#include "base/arena.h"
#include "gen/timeline_sql.h"
#include "goal/thing.h"
#include "goal/thing_life.h"
#include "observation/observation.h"
#include "person/dossier.h"
#include "person/person.h"

#define AUTHOR 9       /* a row of who wrote, and no line */
#define ROWS_MAX 20000 /* nobody has that many */

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

/* Who wrote: their rows stand after the lines. A name is opened when the first line needs it. */
struct authors {
    const struct sql_timeline_rows *rows;
    size_t count;
    const char **names; /* as many; NULL until opened */
};

static enum status open_author(struct work *work, const struct sql_timeline_rows *row,
                               const char **ret_name)
{
    struct person author;
    enum status st = person_open_with(work, PERSON_STAFF, work_school(work), row->id, row->slot,
                                      row->key_wrapped, row->body_sealed, &author);
    if (st == OK)
        *ret_name = person_full(work->arena, &author);
    return st;
}

/* "" for who is not of the staff, and for whom there is no name any more. */
static enum status author_of(struct work *work, struct authors *authors,
                             const struct sql_timeline_rows *line, const char **ret_name)
{
    *ret_name = "";
    if (line->author_kind != ACTOR_STAFF)
        return OK;
    for (size_t i = 0; i < authors->count; i++) {
        const struct sql_timeline_rows *row = &authors->rows[i];
        if (row->id != line->author || !row->key_wrapped.len)
            continue;
        enum status st = authors->names[i] ? OK : open_author(work, row, &authors->names[i]);
        if (st == OK)
            *ret_name = authors->names[i];
        return st;
    }
    return OK;
}

static enum status open_spot(struct work *work, const struct vault_key *key,
                             struct authors *authors, const struct spot *spot,
                             struct timeline_entry *ret)
{
    const struct sql_timeline_rows *row = spot->row;
    *ret = (struct timeline_entry){
        .kind = spot->kind, .day = spot->day, .talk = spot->talk, .text = "", .author = ""};
    if (spot->talk) {
        ret->id = spot->talk->id.v;
        return OK;
    }
    ret->id = row->id;
    ret->voice = (enum voice)row->voice;
    ret->is_over = row->what != 0 && row->state != THING_OPEN;
    enum status st = author_of(work, authors, row, &ret->author);
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

static enum status open_page(struct work *work, const struct sql_timeline_rows *lines,
                             struct authors *authors, const struct spot *spots, struct timeline *t)
{
    struct vault_key key = {{0}};
    enum status st = OK;
    t->entries = ARENA_ARRAY(work->arena, struct timeline_entry, t->count);
    authors->names = ARENA_ARRAY(work->arena, const char *, authors->count);
    if (!t->entries || !authors->names)
        return ERR_NOMEM;
    if (lines)
        st = thing_key(work, lines->slot, lines->key_wrapped, &key);
    for (size_t i = 0; st == OK && i < t->count; i++)
        st = open_spot(work, &key, authors, &spots[i], &t->entries[i]);
    vault_key_wipe(&key);
    return st;
}

/* Newest first; who wrote them after all lines. */
static int in_order(const void *left, const void *right)
{
    const struct sql_timeline_rows *a = left, *b = right;
    if ((a->what == AUTHOR) != (b->what == AUTHOR))
        return a->what == AUTHOR ? 1 : -1;
    int day = a->what == AUTHOR ? 0 : date_compare(b->day_on, a->day_on);
    if (day)
        return day;
    if (a->made_at != b->made_at)
        return a->made_at < b->made_at ? 1 : -1;
    return (a->id < b->id) - (a->id > b->id);
}

static size_t count_lines(const struct sql_timeline_rows *rows, size_t count)
{
    size_t lines = count;
    while (lines && rows[lines - 1].what == AUTHOR)
        lines--;
    return lines;
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
        st = sql_timeline_rows(work->db, work->arena, work_school(work), pupil, ROWS_MAX, &rows,
                               &count);
    if (st == OK)
        st = conversation_of_pupil(work, pupil, &talks, &talk_count);
    if (st == OK && count)
        qsort(rows, count, sizeof *rows, in_order);
    size_t lines = count_lines(rows, count);
    struct authors authors = {.rows = count > lines ? rows + lines : NULL, .count = count - lines};
    count = lines < TIMELINE_MAX ? lines : TIMELINE_MAX;
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
    st = open_page(work, count ? rows : NULL, &authors, spots + first, &t);
    if (st == OK)
        *ret = t;
    return st;
}
