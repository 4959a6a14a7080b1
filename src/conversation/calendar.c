#include "conversation/calendar.h"

#include <sodium.h>

#include "access/access.h"
#include "access/audit.h"
#include "access/work.h"
#include "base/arena.h"
#include "base/buf.h"
#include "conversation/conversation.h"
#include "conversation/ical.h"
#include "gen/calendar_sql.h"
#include "i18n/tr.h"
#include "vault/vault.h"

#define EVENTS_MAX 2000 /* 400 bytes each: within CALENDAR_MAX_BYTES */

#define _(text) tr(tr_, text)

static struct bytes hash_of(const char *token, uint8_t hash[32])
{
    (void)crypto_generichash(hash, 32, (const uint8_t *)token, strlen(token), NULL, 0);
    return (struct bytes){hash, 32};
}

enum status calendar_since(struct work *work, int64_t *ret_made_at)
{
    struct sql_calendar_feed_row row;
    enum status st = access_check_school(work, RIGHT_STAFF);
    if (st == OK)
        st = sql_calendar_feed_row(work->db, work->arena, work_school(work),
                                   work->actor->staff.v, &row);
    if (st == OK)
        *ret_made_at = row.made_at;
    return st;
}

enum status calendar_revoke(struct work *work)
{
    size_t ended = 0;
    int64_t staff = work->actor->staff.v;
    enum status st = access_check_school(work, RIGHT_STAFF);
    if (st == OK)
        st = sql_calendar_feed_end(work->db, work_school(work), staff, &ended);
    return st == OK && ended ? audit_change(work, AUDIT_CALENDAR_ENDED, 0, staff) : st;
}

enum status calendar_make(struct work *work, char ret_token[SESSION_TOKEN_TEXT])
{
    char token[SESSION_TOKEN_TEXT];
    uint8_t hash[32];
    int64_t staff = work->actor->staff.v;
    enum status st = calendar_revoke(work);
    if (st != OK)
        return st;
    session_new_token(work->random, token);
    st = sql_calendar_feed_add(work->db, hash_of(token, hash), work_school(work), staff,
                               work->now_ms, NULL);
    if (st == OK)
        st = audit_change(work, AUDIT_CALENDAR_MADE, 0, staff);
    if (st == OK)
        memcpy(ret_token, token, sizeof token);
    return st;
}

/* Keyed, and of this reader alone: two calendars laid side by side tell nothing. */
static void uid_of(struct work *work, struct conversation_id id, uint8_t ret_uid[ICAL_UID_BYTES])
{
    uint8_t index[32];
    const int64_t about[] = {work_school(work).v, id.v, work->actor->staff.v};
    vault_blind_index(work->vault, "calendar", about, sizeof about, index);
    memcpy(ret_uid, index, ICAL_UID_BYTES);
}

static enum status write_events(struct work *work, const struct tr *tr_, struct buf *to)
{
    struct sql_calendar_rows *rows = NULL;
    size_t count = 0;
    struct staff_id staff = work->actor->staff;
    struct date from = date_add_days(work->today, -CALENDAR_BACK_DAYS);
    enum status st = sql_calendar_rows(work->db, work->arena, work_school(work), staff, staff.v,
                                       from, EVENTS_MAX, &rows, &count);
    if (st != OK)
        return st;
    ical_begin(to, _("Weerklank"));
    for (size_t i = 0; i < count; i++) {
        struct ical_event event = {.sequence = (int)rows[i].version,
                                   .changed_at = rows[i].changed_at,
                                   .on = rows[i].planned_on,
                                   .minute = (int)rows[i].planned_minute,
                                   .minutes = (int)rows[i].minutes,
                                   .is_cancelled = rows[i].state == CONVERSATION_CANCELLED};
        uid_of(work, rows[i].id, event.uid);
        ical_event(to, &event, _("Conversation"));
    }
    ical_end(to);
    return buf_failed(to) ? ERR_NOMEM : OK;
}

enum status calendar_write(struct work *work, const struct tr *tr, const char *token,
                           struct buf *to)
{
    uint8_t hash[32];
    struct sql_calendar_feed_owner row;
    enum status st = sql_calendar_feed_owner(work->db, work->arena, hash_of(token, hash), &row);
    if (st != OK)
        return st;
    struct actor owner = {
        .kind = ACTOR_STAFF, .school = row.at_school, .staff = {row.of_staff}};
    struct work theirs = *work;
    theirs.actor = &owner;
    st = actor_load_staff(&theirs, &owner, NULL);
    return st == OK ? write_events(&theirs, tr, to) : st;
}
