#include "conversation/mail.h"

#include "access/work.h"
#include "base/arena.h"
#include "base/date.h"
#include "gen/mail_sql.h"
#include "i18n/tr.h"
#include "signin/account.h"
#include "vault/vault.h"

#define ADDRESS "mail_out.address"
#define BODY "mail_out.body"
#define FIRST_WAIT_MS (5 * MS_MINUTE)
#define LONGEST_WAIT_MS (6 * MS_HOUR)
#define KEPT_SENT_MS (3 * MS_DAY) /* so long a reminder is known to have gone */

#define _(text) tr(tr_, text)

static enum status seal(struct work *work, const char *column, int64_t id, const char *text,
                        struct sealed *ret)
{
    struct vault_key key;
    vault_installation_key(work->vault, &key);
    struct vault_place place = {.column = column, .row = id};
    enum status st = vault_seal(&key, work->random, work->arena, place, text, strlen(text), ret);
    vault_key_wipe(&key);
    return st;
}

static enum status open_sealed(struct work *work, const char *column, int64_t id,
                               struct sealed sealed, const char **ret)
{
    struct vault_key key;
    vault_installation_key(work->vault, &key);
    struct vault_place place = {.column = column, .row = id};
    enum status st = vault_open(&key, work->arena, place, sealed, ret);
    vault_key_wipe(&key);
    return st;
}

bool mail_address_valid(const char *address)
{
    const char *at = strchr(address, '@');
    size_t len = strlen(address);
    if (!at || at == address || !at[1] || strchr(at + 1, '@') || len > MAIL_ADDRESS_MAX)
        return false;
    for (size_t i = 0; i < len; i++)
        if ((unsigned char)address[i] <= ' ' || address[i] == 0x7f || strchr("<>,;\"", address[i]))
            return false;
    return true;
}

static bool draft_valid(const struct mail_draft *draft)
{
    bool link_wanted = draft->kind == MAIL_INVITATION || draft->kind == MAIL_COLLEAGUE;
    return mail_address_valid(draft->address) &&
           (!link_wanted || (draft->link[0] && strlen(draft->link) <= MAIL_LINK_MAX));
}

/* "subject\ntext" */
static const char *letter(struct arena *arena, const struct tr *tr_, const struct mail_draft *draft)
{
    const char *subject = "", *text = "";
    switch (draft->kind) {
    case MAIL_INVITATION:
        subject = _("You are invited");
        text = trf(tr_, arena,
                   "Good day,\n\nThe school invites you. With this link you see what for, and you can "
                   "prepare if you like:\n\n{0}\n\nThe link is for you alone: please do not pass it on. "
                   "Do you have questions? Then call or write to the school; this address does not "
                   "read mail.\n",
                   1, draft->link);
        break;
    case MAIL_TOMORROW:
        subject = _("Tomorrow in your calendar");
        text = draft->when[0]
                   ? trf(tr_, arena,
                         "Good day,\n\nTomorrow at {0} you have a conversation. More about it is in "
                         "Weerklank, after signing in.\n",
                         1, draft->when)
                   : _("Good day,\n\nTomorrow you have a conversation. More about it is in Weerklank, "
                       "after signing in.\n");
        break;
    case MAIL_ROUND:
        subject = _("A round was planned");
        text = _("Good day,\n\nA round of conversations was planned. More about it is in Weerklank, "
                 "after signing in.\n");
        break;
    case MAIL_COLLEAGUE:
        subject = _("You are invited");
        text = trf(
            tr_, arena,
            "Good day,\n\nA colleague invites you. What for you see in Weerklank, after signing "
            "in. You can prepare there if you like:\n\n{0}\n",
            1, draft->link);
        break;
    }
    return arena_printf(arena, "%s\n%s", subject, text);
}

enum status mail_add(struct work *work, const struct tr *tr, int64_t id,
                     const struct mail_draft *draft)
{
    struct sealed address, body;
    if (!draft_valid(draft))
        return ERR_INVALID;
    enum status st = seal(work, ADDRESS, id, draft->address, &address);
    if (st == OK)
        st = seal(work, BODY, id, letter(work->arena, tr, draft), &body);
    return st == OK ? sql_mail_insert(work->db, id, work_school(work), (int32_t)draft->kind,
                                      address, body, work->now_ms, NULL)
                    : st;
}

/* The same number for the same conversation on the same day, so that it is said once. */
static int64_t reminder_id(struct work *work, struct conversation_id id, struct date day)
{
    uint8_t index[32];
    int64_t number = 0;
    const int64_t about[] = {work_school(work).v, id.v, date_to_days(day)};
    vault_blind_index(work->vault, "mail.tomorrow", about, sizeof about, index);
    memcpy(&number, index, sizeof number);
    return (number & INT64_MAX) | 1;
}

enum status mail_remind(struct work *work, const struct tr *tr, size_t *ret_added)
{
    struct sql_mail_tomorrow_rows *rows = NULL;
    size_t count = 0;
    if (work->actor->kind != ACTOR_PROGRAM)
        return ERR_FORBIDDEN;
    struct date day = date_add_days(work->today, 1);
    enum status st = sql_mail_tomorrow_rows(work->db, work->arena, work_school(work), day, &rows,
                                            &count);
    for (size_t i = 0; st == OK && i < count; i++) {
        int minute = (int)rows[i].planned_minute;
        struct mail_draft draft = {
            .kind = MAIL_TOMORROW,
            .link = "",
            .when = minute < 0 ? ""
                               : arena_printf(work->arena, "%02d.%02d", minute / 60, minute % 60)};
        st = account_email(work, rows[i].account, &draft.address);
        if (st == OK)
            st = mail_add(work, tr, reminder_id(work, rows[i].id, day), &draft);
        if (st == ERR_INVALID) /* an address that no mail goes to stops nobody else's */
            st = OK;
    }
    *ret_added = count;
    return st;
}

/* --- sending ---------------------------------------------------------------------------------------- */

static enum status open_mail(struct work *work, const struct sql_mail_due_rows *row,
                             struct mail *ret)
{
    const char *body = "";
    *ret = (struct mail){.id = row->id, .tries = (int)row->tries, .send_at = row->send_at};
    enum status st = open_sealed(work, ADDRESS, row->id, row->address_sealed, &ret->address);
    if (st == OK)
        st = open_sealed(work, BODY, row->id, row->body_sealed, &body);
    if (st != OK)
        return st;
    const char *end = strchr(body, '\n');
    if (!end)
        return ERR_CORRUPT;
    ret->subject = arena_strndup(work->arena, body, (size_t)(end - body));
    ret->text = end + 1;
    return ret->subject ? OK : ERR_NOMEM;
}

enum status mail_due(struct work *work, size_t most, struct mail **ret, size_t *ret_count)
{
    struct sql_mail_due_rows *rows = NULL;
    size_t count = 0;
    if (work->actor->kind != ACTOR_PROGRAM)
        return ERR_FORBIDDEN;
    enum status st = sql_mail_due_rows(work->db, work->arena, work->now_ms, MAIL_TRIES_MAX,
                                       (int32_t)most, &rows, &count);
    if (st != OK)
        return st;
    struct mail *list = ARENA_ARRAY(work->arena, struct mail, count);
    if (!list)
        return ERR_NOMEM;
    for (size_t i = 0; st == OK && i < count; i++)
        st = open_mail(work, &rows[i], &list[i]);
    if (st == OK) {
        *ret = list;
        *ret_count = count;
    }
    return st;
}

int64_t mail_wait_ms(int tries)
{
    int64_t wait = FIRST_WAIT_MS;
    for (int i = 1; i < tries && wait < LONGEST_WAIT_MS; i++)
        wait *= 2;
    return wait < LONGEST_WAIT_MS ? wait : LONGEST_WAIT_MS;
}

enum status mail_claim(struct work *work, const struct mail *mail)
{
    size_t changed = 0;
    int tries = mail->tries + 1;
    enum status st = sql_mail_take(work->db, mail->id, tries, mail->send_at,
                                   work->now_ms + mail_wait_ms(tries), &changed);
    return st == OK && changed == 0 ? ERR_CONFLICT : st;
}

enum status mail_went(struct work *work, int64_t id)
{
    struct sealed address, body;
    enum status st = seal(work, ADDRESS, id, "", &address);
    if (st == OK)
        st = seal(work, BODY, id, "", &body);
    return st == OK ? sql_mail_set_sent(work->db, id, address, body, work->now_ms, NULL) : st;
}

enum status mail_drop(struct work *work, int64_t id)
{
    return sql_mail_delete(work->db, id, NULL);
}

enum status mail_sweep(struct work *work, size_t *ret_given_up)
{
    size_t tired = 0;
    enum status st = sql_mail_sweep_sent(work->db, work->now_ms - KEPT_SENT_MS, NULL);
    if (st == OK)
        st = sql_mail_sweep_tired(work->db, work->now_ms, MAIL_TRIES_MAX, &tired);
    if (st == OK)
        *ret_given_up = tired;
    return st;
}
