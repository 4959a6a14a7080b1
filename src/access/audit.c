#include "access/audit.h"

#include <assert.h>

#include "access/audit_chain.h"
#include "access/work.h"
#include "base/arena.h"
#include "gen/access_sql.h"
#include "vault/vault.h"

_Static_assert(AUDIT_HEAD_BYTES == AUDIT_HASH_BYTES, "a head is a row's hash");

#define VERIFY_PAGE 2000 /* rows looked at between two rewinds of the arena */

static void put_int64(uint8_t **at, int64_t value)
{
    for (int shift = 56; shift >= 0; shift -= 8)
        *(*at)++ = (uint8_t)((uint64_t)value >> shift);
}

void audit_chain_hash(struct vault *vault, const uint8_t previous[AUDIT_HASH_BYTES],
                      const struct audit_event *event, int64_t seq,
                      uint8_t ret_hash[AUDIT_HASH_BYTES])
{
    uint8_t text[AUDIT_HASH_BYTES + 9 * 8];
    memcpy(text, previous, AUDIT_HASH_BYTES);
    uint8_t *at = text + AUDIT_HASH_BYTES;
    put_int64(&at, event->school);
    put_int64(&at, seq);
    put_int64(&at, event->at_ms);
    put_int64(&at, event->actor_kind);
    put_int64(&at, event->actor);
    put_int64(&at, event->action);
    put_int64(&at, event->pupil);
    put_int64(&at, event->subject);
    put_int64(&at, event->request);
    assert(at == text + sizeof text);
    vault_blind_index(vault, "audit-chain", text, sizeof text, ret_hash);
}

/* Sealed apart from the rows: whoever cuts rows off the end cannot make the head that fits. */
static void head_mac(struct vault *vault, struct school_id school, int64_t seq,
                     const uint8_t hash[AUDIT_HASH_BYTES], uint8_t ret_mac[AUDIT_HASH_BYTES])
{
    uint8_t text[2 * 8 + AUDIT_HASH_BYTES];
    uint8_t *at = text;
    put_int64(&at, school.v);
    put_int64(&at, seq);
    memcpy(at, hash, AUDIT_HASH_BYTES);
    vault_blind_index(vault, "audit-head", text, sizeof text, ret_mac);
}

struct audit_event audit_event_of(const struct work *work, enum audit_action action, int64_t pupil,
                                  int64_t subject)
{
    const struct actor *actor = work->actor;
    return (struct audit_event){.school = actor->school.v,
                                .at_ms = work->now_ms,
                                .actor_kind =
                                    actor->kind == ACTOR_NOBODY ? 5 : (int64_t)actor->kind,
                                .actor = actor_person(actor),
                                .action = action,
                                .pupil = pupil,
                                .subject = subject,
                                .request = (int64_t)(work->request & INT64_MAX)};
}

/* Where the chain stands now; seq 0 and a hash of zeros before the first row. */
static enum status read_head(struct db *db, struct arena *arena, struct school_id school,
                             struct audit_batch *ret_batch)
{
    struct sql_audit_head_of *head = NULL;
    size_t heads = 0;
    enum status st = sql_audit_head_of(db, arena, school, &head, &heads);
    if (st != OK)
        return st;
    *ret_batch = (struct audit_batch){0};
    if (heads == 0)
        return OK;
    if (head->hash.len != AUDIT_HASH_BYTES)
        return ERR_CORRUPT;
    ret_batch->from_seq = ret_batch->seq = head->seq;
    memcpy(ret_batch->hash, head->hash.data, AUDIT_HASH_BYTES);
    return OK;
}

static enum status add_row(struct db *db, struct vault *vault, const struct audit_event *event,
                           struct audit_batch *batch)
{
    uint8_t hash[AUDIT_HASH_BYTES];
    audit_chain_hash(vault, batch->hash, event, batch->seq + 1, hash);
    memcpy(batch->hash, hash, sizeof hash);
    batch->seq++;
    return sql_audit_add(db, (struct school_id){event->school}, batch->seq, event->at_ms,
                         (int32_t)event->actor_kind, event->actor, (int32_t)event->action,
                         event->pupil, event->subject, event->request,
                         (struct bytes){hash, sizeof hash}, NULL);
}

static enum status move_head(struct db *db, struct vault *vault, struct school_id school,
                             const struct audit_batch *batch)
{
    uint8_t mac[AUDIT_HASH_BYTES];
    head_mac(vault, school, batch->seq, batch->hash, mac);
    struct bytes hash_bytes = {batch->hash, AUDIT_HASH_BYTES};
    struct bytes mac_bytes = {mac, sizeof mac};
    if (batch->seq == batch->from_seq)
        return OK;
    if (batch->from_seq == 0)
        return sql_audit_head_start(db, school, batch->seq, hash_bytes, mac_bytes, NULL);
    size_t moved = 0;
    enum status st =
        sql_audit_head_move(db, school, batch->seq, hash_bytes, mac_bytes, batch->from_seq, &moved);
    return st == OK && moved != 1 ? ERR_CONFLICT : st;
}

enum status audit_chain_append(struct db *db, struct vault *vault, struct arena *arena,
                               struct school_id school, const struct audit_event *events,
                               size_t count)
{
    struct audit_batch batch;
    enum status st = read_head(db, arena, school, &batch);
    for (size_t i = 0; st == OK && i < count; i++)
        if (events[i].school == school.v)
            st = add_row(db, vault, &events[i], &batch);
    return st == OK ? move_head(db, vault, school, &batch) : st;
}

enum status audit_batch_begin(struct work *work, struct audit_batch *batch)
{
    assert(!work->batch);
    enum status st = read_head(work->db, work->arena, work_school(work), batch);
    if (st == OK)
        work->batch = batch;
    return st;
}

enum status audit_batch_end(struct work *work, enum status so_far)
{
    const struct audit_batch *batch = work->batch;
    work->batch = NULL;
    if (so_far != OK || !batch)
        return so_far;
    return move_head(work->db, work->vault, work_school(work), batch);
}

enum status audit_change(struct work *work, enum audit_action action, int64_t pupil,
                         int64_t subject)
{
    struct audit_event event = audit_event_of(work, action, pupil, subject);
    if (work->batch)
        return add_row(work->db, work->vault, &event, work->batch);
    return audit_chain_append(work->db, work->vault, work->arena, work_school(work), &event, 1);
}

enum status audit_of_pupil(struct work *work, struct pupil_id pupil, int most,
                           struct audit_line **ret, size_t *ret_count)
{
    struct sql_audit_of_pupil *rows = NULL;
    size_t count = 0;
    enum status st =
        sql_audit_of_pupil(work->db, work->arena, work_school(work), pupil.v, most, &rows, &count);
    struct audit_line *lines = ARENA_ARRAY(work->arena, struct audit_line, count);
    if (st == OK && !lines)
        st = ERR_NOMEM;
    if (st != OK)
        return st;
    for (size_t i = 0; i < count; i++)
        lines[i] = (struct audit_line){.seq = rows[i].seq,
                                       .at_ms = rows[i].noted_at,
                                       .actor_kind = rows[i].actor_kind,
                                       .actor = rows[i].actor,
                                       .pupil = pupil.v,
                                       .subject = rows[i].subject,
                                       .action = (enum audit_action)rows[i].action};
    *ret = lines;
    *ret_count = count;
    return OK;
}

enum status audit_latest(struct work *work, int64_t before, int low, int high, int most,
                         struct audit_line **ret, size_t *ret_count)
{
    struct sql_audit_latest *rows = NULL;
    size_t count = 0;
    enum status st = sql_audit_latest(work->db, work->arena, work_school(work), before, low, high,
                                      most, &rows, &count);
    if (st != OK)
        return st;
    struct audit_line *lines = ARENA_ARRAY(work->arena, struct audit_line, count);
    if (!lines)
        return ERR_NOMEM;
    for (size_t i = 0; i < count; i++)
        lines[i] = (struct audit_line){.seq = rows[i].seq,
                                       .at_ms = rows[i].noted_at,
                                       .actor_kind = rows[i].actor_kind,
                                       .actor = rows[i].actor,
                                       .pupil = rows[i].pupil,
                                       .subject = rows[i].subject,
                                       .action = (enum audit_action)rows[i].action};
    *ret = lines;
    *ret_count = count;
    return OK;
}

static struct audit_event event_of_row(struct school_id school, const struct sql_audit_page *row)
{
    return (struct audit_event){.school = school.v,
                                .at_ms = row->noted_at,
                                .actor_kind = row->actor_kind,
                                .actor = row->actor,
                                .action = row->action,
                                .pupil = row->pupil,
                                .subject = row->subject,
                                .request = row->request};
}

/* Walks one page of the chain; *previous and *verdict move on. */
static enum status verify_rows(struct vault *vault, const struct sql_audit_page *rows, size_t count,
                               uint8_t previous[AUDIT_HASH_BYTES], struct audit_verdict *verdict)
{
    for (size_t i = 0; i < count; i++) {
        struct audit_event event = event_of_row(verdict->school, &rows[i]);
        uint8_t hash[AUDIT_HASH_BYTES];
        audit_chain_hash(vault, previous, &event, verdict->rows + 1, hash);
        if (rows[i].seq != verdict->rows + 1 || rows[i].hash.len != AUDIT_HASH_BYTES ||
            memcmp(rows[i].hash.data, hash, AUDIT_HASH_BYTES) != 0) {
            verdict->broken_at = verdict->rows + 1;
            return ERR_CORRUPT;
        }
        memcpy(previous, hash, AUDIT_HASH_BYTES);
        verdict->rows++;
    }
    return OK;
}

/* The head must be the last row: rows cut off the end, or all of them, are noticed here. */
static enum status verify_head(struct db *db, struct vault *vault, struct arena *arena,
                               const uint8_t last[AUDIT_HASH_BYTES], struct audit_verdict *verdict)
{
    struct sql_audit_head_of *head = NULL;
    size_t heads = 0;
    enum status st = sql_audit_head_of(db, arena, verdict->school, &head, &heads);
    if (st != OK)
        return st;
    uint8_t mac[AUDIT_HASH_BYTES];
    head_mac(vault, verdict->school, verdict->rows, last, mac);
    bool fits = heads && head->seq == verdict->rows && head->hash.len == AUDIT_HASH_BYTES &&
                head->mac.len == AUDIT_HASH_BYTES &&
                memcmp(head->hash.data, last, AUDIT_HASH_BYTES) == 0 &&
                memcmp(head->mac.data, mac, AUDIT_HASH_BYTES) == 0;
    if (fits)
        return OK;
    verdict->broken_at = verdict->rows + 1;
    return ERR_CORRUPT;
}

enum status audit_verify(struct db *db, struct vault *vault, struct arena *arena,
                         struct school_id school, struct audit_verdict *ret_verdict)
{
    *ret_verdict = (struct audit_verdict){.school = school};
    uint8_t previous[AUDIT_HASH_BYTES] = {0};
    enum status st = OK;
    for (size_t count = VERIFY_PAGE; st == OK && count == VERIFY_PAGE;) {
        struct arena_mark mark = arena_mark(arena);
        struct sql_audit_page *rows = NULL;
        st = sql_audit_page(db, arena, school, ret_verdict->rows, VERIFY_PAGE, &rows, &count);
        if (st == OK)
            st = verify_rows(vault, rows, count, previous, ret_verdict);
        arena_rewind(arena, mark);
    }
    return st == OK ? verify_head(db, vault, arena, previous, ret_verdict) : st;
}

enum status audit_head_now(struct db *db, struct arena *arena, struct school_id school,
                           struct audit_head *ret_head)
{
    struct audit_batch now;
    enum status st = read_head(db, arena, school, &now);
    if (st == OK && now.seq == 0)
        st = ERR_NOT_FOUND;
    if (st != OK)
        return st;
    ret_head->seq = now.seq;
    memcpy(ret_head->hash, now.hash, sizeof ret_head->hash);
    return OK;
}

enum status audit_head_holds(struct db *db, struct arena *arena, struct school_id school,
                             const struct audit_head *head, bool *ret_holds)
{
    struct sql_audit_hash_at *rows = NULL;
    size_t count = 0;
    enum status st = sql_audit_hash_at(db, arena, school, head->seq, &rows, &count);
    if (st == OK)
        *ret_holds = count == 1 && rows[0].hash.len == AUDIT_HASH_BYTES &&
                     memcmp(rows[0].hash.data, head->hash, AUDIT_HASH_BYTES) == 0;
    return st;
}
