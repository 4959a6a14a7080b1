#include "mirror/practice.h"

#include "access/access.h"
#include "access/work.h"
#include "base/arena.h"
#include "base/str.h"
#include "gen/practice_sql.h"
#include "person/dossier.h"

#define COUNTS "practice.counts"

static enum status check_own(struct work *work)
{
    return access_check(work, RIGHT_STAFF, (struct target){.pupil = {0}});
}

static bool is_possible(const struct transcript_counts *counts)
{
    int64_t sum = 0;
    for (size_t i = 0; i < MIRROR_LABELS; i++) {
        if (counts->of[i] < 0 || counts->of[i] > PRACTICE_COUNT_MAX)
            return false;
        sum += counts->of[i];
    }
    return sum > 0;
}

/* "open 3 gesloten 2": by name, so that a label that comes later moves nothing. */
static const char *counts_text(struct arena *arena, const struct transcript_counts *counts)
{
    const char *text = "";
    for (size_t i = 0; i < MIRROR_LABELS; i++)
        if (counts->of[i])
            text = arena_printf(arena, "%s%s%s %d", text, *text ? " " : "", mirror_label_names[i],
                                (int)counts->of[i]);
    return text;
}

static enum status add_counts(struct arena *arena, const char *text, struct transcript_counts *sums)
{
    char *rest = arena_strdup(arena, text);
    for (char *name; (name = str_split(&rest, ' '));) {
        const char *number = str_split(&rest, ' ');
        int64_t count = 0;
        size_t label = 0;
        while (label < MIRROR_LABELS && !str_equal(mirror_label_names[label], name))
            label++;
        if (label == MIRROR_LABELS || !number || str_to_int64(number, &count) != OK || count < 0 ||
            count > PRACTICE_COUNT_MAX)
            return ERR_CORRUPT;
        sums->of[label] += (int32_t)count; /* at most PRACTICES_MAX of them: no overflow */
    }
    return OK;
}

enum status practice_keep(struct work *work, struct practice_id id,
                          const struct transcript_counts *counts)
{
    struct vault_key key = {0};
    struct sealed sealed;
    if (!is_possible(counts) || !id.v)
        return ERR_INVALID;
    enum status st = check_own(work);
    if (st != OK)
        return st;
    st = dossier_open(work, work->actor->staff.v, &key);
    if (st == OK)
        st = dossier_seal_text(work, &key, COUNTS, id.v, counts_text(work->arena, counts), &sealed);
    vault_key_wipe(&key);
    if (st == OK)
        st = sql_practice_insert(work->db, work_school(work), id, work->actor->staff, work->today,
                                 sealed, work->now_ms, NULL);
    return st;
}

enum status practice_days(struct work *work, struct practice_day **ret, size_t *ret_count)
{
    struct sql_practice_rows *rows = NULL;
    size_t row_count = 0, count = 0;
    enum status st = check_own(work);
    if (st == OK)
        st = sql_practice_rows(work->db, work->arena, work_school(work), work->actor->staff,
                               PRACTICES_MAX, &rows, &row_count);
    if (st != OK)
        return st;
    struct practice_day *days = ARENA_ARRAY(work->arena, struct practice_day, row_count);
    if (!days)
        return ERR_NOMEM;
    struct vault_key key = {0};
    st = row_count ? dossier_open(work, work->actor->staff.v, &key) : OK;
    for (size_t i = 0; st == OK && i < row_count; i++) {
        const char *text = "";
        if (!count || date_compare(days[count - 1].on, rows[i].practised_on) != 0)
            days[count++].on = rows[i].practised_on;
        st = dossier_open_text(work, &key, COUNTS, rows[i].id.v, rows[i].counts_sealed, &text);
        if (st == OK)
            st = add_counts(work->arena, text, &days[count - 1].counts);
    }
    vault_key_wipe(&key);
    if (st != OK)
        return st;
    *ret = days;
    *ret_count = count;
    return OK;
}

enum status practice_forget(struct work *work, struct date on)
{
    size_t changed = 0;
    enum status st = check_own(work);
    if (st != OK)
        return st;
    st =
        date_is_set(on)
            ? sql_practice_delete_day(work->db, work_school(work), work->actor->staff, on, &changed)
            : sql_practice_delete_all(work->db, work_school(work), work->actor->staff, &changed);
    return st == OK && !changed ? ERR_NOT_FOUND : st;
}

enum status practice_purge(struct work *work, size_t *ret_count)
{
    return sql_practice_delete_before(work->db, work_school(work),
                                      date_add_days(work->today, -PRACTICE_KEEP_DAYS), ret_count);
}
