#include "note/note.h"

#include "access/access.h"
#include "access/audit.h"
#include "access/work.h"
#include "base/arena.h"
#include "base/str.h"
#include "base/utf8.h"
#include "gen/note_sql.h"
#include "person/dossier.h"

#define BODY "working_note.body"

struct date note_latest_end(struct date today)
{
    return (struct date){(int16_t)(date_school_year(today) + 1), 7, 31};
}

struct date note_default_end(struct date today)
{
    struct date end = date_add_days(today, NOTE_DAYS);
    struct date latest = note_latest_end(today);
    return date_compare(end, latest) < 0 ? end : latest;
}

static bool note_valid(const struct work *work, const char *body, struct date ends_on)
{
    return !str_is_blank(body) && utf8_chars(body) <= NOTE_TEXT_MAX && date_valid(ends_on) &&
           date_compare(ends_on, work->today) >= 0 &&
           date_compare(ends_on, note_latest_end(work->today)) <= 0;
}

static enum status check_author(struct work *work, struct pupil_id pupil)
{
    struct target target = {.pupil = pupil};
    return access_check(work, pupil.v ? RIGHT_PUPIL_NOTE : RIGHT_STAFF, target);
}

static enum status seal_body(struct work *work, struct working_note_id id, const char *body,
                             struct sealed *ret_sealed)
{
    struct vault_key key;
    enum status st = dossier_open(work, work->actor->staff.v, &key);
    if (st == OK)
        st = dossier_seal_text(work, &key, BODY, id.v, body, ret_sealed);
    vault_key_wipe(&key);
    return st;
}

enum status note_add(struct work *work, struct pupil_id pupil, const char *body,
                     struct date ends_on, struct working_note_id *ret_id)
{
    if (!note_valid(work, body, ends_on))
        return ERR_INVALID;
    struct working_note_id id = {work_new_id(work)};
    struct sealed sealed;
    enum status st = check_author(work, pupil);
    if (st == OK)
        st = seal_body(work, id, body, &sealed);
    if (st == OK)
        st = sql_note_insert(work->db, work_school(work), id, work->actor->staff, pupil, sealed,
                             ends_on, work->now_ms, NULL);
    if (st == OK) /* that a note exists, not about whom: it is not part of a dossier */
        st = audit_change(work, AUDIT_NOTE_KEPT, 0, id.v);
    if (st == OK)
        *ret_id = id;
    return st;
}

enum status note_change(struct work *work, struct working_note_id id, const char *body,
                        struct date ends_on)
{
    if (!note_valid(work, body, ends_on))
        return ERR_INVALID;
    struct note found;
    struct sealed sealed;
    enum status st = note_find(work, id, &found);
    if (st == OK)
        st = seal_body(work, id, body, &sealed);
    if (st == OK)
        st = sql_note_update(work->db, work_school(work), id, work->actor->staff, sealed, ends_on,
                             work->now_ms, NULL);
    return st == OK ? audit_change(work, AUDIT_NOTE_KEPT, 0, id.v) : st;
}

enum status note_remove(struct work *work, struct working_note_id id)
{
    size_t changed = 0;
    enum status st = access_check(work, RIGHT_STAFF, (struct target){.pupil = {0}});
    if (st == OK)
        st = sql_note_delete(work->db, work_school(work), id, work->actor->staff, &changed);
    return st == OK && changed == 0 ? ERR_NOT_FOUND : st;
}

static enum status open_rows(struct work *work, const struct sql_note_row *rows, size_t count,
                             struct note *list)
{
    struct vault_key key;
    enum status st = count ? dossier_open(work, work->actor->staff.v, &key) : OK;
    for (size_t i = 0; st == OK && i < count; i++) {
        list[i] = (struct note){.id = rows[i].id,
                                .pupil = rows[i].pupil,
                                .ends_on = rows[i].ends_on,
                                .made_at = rows[i].made_at,
                                .changed_at = rows[i].changed_at};
        st = dossier_open_text(work, &key, BODY, rows[i].id.v, rows[i].body_sealed, &list[i].body);
    }
    return st;
}

enum status note_list(struct work *work, struct pupil_id pupil, struct note **ret,
                      size_t *ret_count)
{
    enum status st = access_check(work, RIGHT_STAFF, (struct target){.pupil = {0}});
    if (st != OK)
        return st;
    struct school_id school = work_school(work);
    struct staff_id me = work->actor->staff;
    struct sql_note_row *rows = NULL;
    size_t count = 0;
    st = pupil.v ? sql_note_rows_about(work->db, work->arena, school, me, pupil, work->today,
                                       NOTES_MAX, &rows, &count)
                 : sql_note_rows(work->db, work->arena, school, me, work->today, NOTES_MAX, &rows,
                                 &count);
    if (st != OK)
        return st;
    struct note *list = ARENA_ARRAY(work->arena, struct note, count);
    if (!list)
        return ERR_NOMEM;
    st = open_rows(work, rows, count, list);
    if (st != OK)
        return st;
    *ret = list;
    *ret_count = count;
    return OK;
}

enum status note_find(struct work *work, struct working_note_id id, struct note *ret)
{
    struct sql_note_row row;
    enum status st = access_check(work, RIGHT_STAFF, (struct target){.pupil = {0}});
    if (st == OK)
        st = sql_note_row(work->db, work->arena, work_school(work), id, work->actor->staff,
                          work->today, &row);
    return st == OK ? open_rows(work, &row, 1, ret) : st;
}

enum status note_purge(struct work *work, size_t *ret_count)
{
    return sql_note_delete_past(work->db, work_school(work), work->today, ret_count);
}
