#include "answer/attachment.h"

#include <assert.h>

#include "access/audit.h"
#include "access/work.h"
#include "answer/file.h"
#include "answer/image.h"
#include "base/arena.h"
#include "base/str.h"
#include "gen/attachment_sql.h"
#include "i18n/tr.h"
#include "person/dossier.h"

#define BODY "attachment.body"

static const char *const image_types[] = {
    [IMAGE_NONE] = NULL,
    [IMAGE_JPEG] = "image/jpeg",
    [IMAGE_PNG] = "image/png",
    [IMAGE_WEBP] = "image/webp",
};

static bool is_pdf(struct bytes file)
{
    return file.len >= 5 && memcmp(file.data, "%PDF-", 5) == 0;
}

enum status attachment_clean(struct bytes file, struct arena *arena, struct bytes *ret_clean,
                             enum attachment_kind *ret_kind, const char **ret_content_type)
{
    assert(arena && ret_clean && ret_kind && ret_content_type);

    if (file.len > ATTACHMENT_BYTES_MAX)
        return ERR_LIMIT;
    if (is_pdf(file)) {
        *ret_clean = file;
        *ret_kind = ATTACHMENT_OTHER;
        *ret_content_type = "application/pdf";
        return OK;
    }
    enum status st = image_strip(file, arena, ret_clean);
    if (st != OK)
        return st;
    *ret_kind = ATTACHMENT_IMAGE;
    *ret_content_type = image_types[image_type_of(file)];
    return OK;
}

const char *attachment_problem(enum status status)
{
    return status == ERR_LIMIT ? N_("This is larger than 10 MB, or there are many already.")
                               : N_("Choose a photo (JPEG, PNG or WebP) or a PDF.");
}

static struct vault_place place_of(const struct work *work, struct attachment_id id)
{
    return (struct vault_place){BODY, work_school(work).v, id.v};
}

static int64_t maker_of(const struct actor *actor)
{
    if (actor->kind == ACTOR_STAFF)
        return actor->staff.v;
    return actor->kind == ACTOR_PUPIL ? actor->pupil.v : actor->account.v;
}

bool attachment_is_of(const struct attachment *attachment, const struct actor *actor)
{
    return attachment->made_by_kind == (int)actor->kind && attachment->made_by == maker_of(actor);
}

static enum status has_room(struct work *work, struct conversation_id conversation)
{
    struct sql_attachment_count all;
    enum status st =
        sql_attachment_count(work->db, work->arena, work_school(work), conversation, &all);
    return st == OK && all.number >= ATTACHMENTS_MAX ? ERR_LIMIT : st;
}

enum status attachment_add(struct work *work, const struct answer_seal *seal,
                           struct conversation_id conversation, struct bytes file,
                           struct attachment *ret_attachment)
{
    assert(work && seal && conversation.v && ret_attachment);

    struct attachment made = {.id = {work_new_id(work)},
                              .made_by_kind = (int)work->actor->kind,
                              .made_by = maker_of(work->actor),
                              .made_at = work->now_ms};
    struct bytes clean;
    struct sealed sealed;
    enum status st = attachment_clean(file, work->arena, &clean, &made.kind, &made.content_type);
    if (st == OK)
        st = has_room(work, conversation);
    if (st == OK)
        st = vault_seal(&seal->key, work->random, work->arena, place_of(work, made.id), clean.data,
                        clean.len, &sealed);
    if (st != OK)
        return st;
    made.size = (int)clean.len;
    st = sql_attachment_insert(work->db, work_school(work), made.id,
                               (struct dossier_id){seal->dossier}, conversation, (int32_t)made.kind,
                               made.content_type, made.size, sealed, made.made_by_kind,
                               made.made_by, work->now_ms, NULL);
    if (st == OK)
        st = audit_change(work, AUDIT_ATTACHMENT_ADDED, seal->pupil.v, made.id.v);
    if (st == OK)
        *ret_attachment = made;
    return st;
}

static struct attachment from_row(struct attachment_id id, const struct sql_attachment_row *row)
{
    return (struct attachment){.id = id,
                               .kind = (enum attachment_kind)row->kind,
                               .content_type = row->content_type,
                               .size = row->size,
                               .made_by_kind = row->made_by_kind,
                               .made_by = row->made_by,
                               .made_at = row->made_at};
}

/* The key that its row says: the conversation's, or of the pupil of a group whose answer it is in. */
static enum status key_of(struct work *work, const struct answer_seal *seal,
                          const struct sql_attachment_row *row, struct vault_key *ret_key)
{
    if (row->dossier.v == seal->dossier) {
        *ret_key = seal->key;
        return OK;
    }
    enum status st = dossier_key(work, work_school(work), row->slot, row->key_wrapped, ret_key);
    return st == ERR_ERASED ? ERR_NOT_FOUND : st;
}

enum status attachment_open(struct work *work, const struct answer_seal *seal,
                            struct conversation_id conversation, struct attachment_id id,
                            struct attachment *ret_attachment, struct bytes *ret_bytes)
{
    assert(work && seal && ret_attachment && ret_bytes);

    struct sql_attachment_row row;
    struct vault_key key = {{0}};
    enum status st =
        sql_attachment_row(work->db, work->arena, work_school(work), id, conversation, &row);
    if (st == OK)
        st = key_of(work, seal, &row, &key);
    if (st == OK)
        st = vault_open_bytes(&key, work->arena, place_of(work, id), row.body_sealed, ret_bytes);
    vault_key_wipe(&key);
    if (st == OK)
        *ret_attachment = from_row(id, &row);
    return st;
}

enum status attachment_list(struct work *work, struct conversation_id conversation,
                            struct attachment **ret, size_t *ret_count)
{
    assert(work && ret && ret_count);

    struct sql_attachment_rows *rows = NULL;
    size_t count = 0;
    enum status st =
        sql_attachment_rows(work->db, work->arena, work_school(work), conversation, &rows, &count);
    if (st != OK)
        return st;
    struct attachment *list = ARENA_ARRAY(work->arena, struct attachment, count);
    if (!list)
        return ERR_NOMEM;
    for (size_t i = 0; i < count; i++)
        list[i] = (struct attachment){.id = rows[i].id,
                                      .kind = (enum attachment_kind)rows[i].kind,
                                      .content_type = rows[i].content_type,
                                      .size = rows[i].size,
                                      .made_by_kind = rows[i].made_by_kind,
                                      .made_by = rows[i].made_by,
                                      .made_at = rows[i].made_at};
    *ret = list;
    *ret_count = count;
    return OK;
}

enum status attachment_remove(struct work *work, const struct answer_seal *seal,
                              struct conversation_id conversation, struct attachment_id id)
{
    assert(work && seal);

    struct sql_attachment_row row;
    struct vault_key key = {{0}};
    struct sealed nothing;
    enum status st =
        sql_attachment_row(work->db, work->arena, work_school(work), id, conversation, &row);
    if (st != OK)
        return st;
    struct attachment kept = from_row(id, &row);
    if (kept.made_by_kind == ACTOR_PUPIL && !attachment_is_of(&kept, work->actor))
        return ERR_FORBIDDEN;
    st = key_of(work, seal, &row, &key);
    if (st == OK)
        st = vault_seal(&key, work->random, work->arena, place_of(work, id), "", 0, &nothing);
    vault_key_wipe(&key);
    if (st == OK)
        st = sql_attachment_remove(work->db, work_school(work), id, conversation, nothing,
                                   work->now_ms, NULL);
    return st == OK ? audit_change(work, AUDIT_ATTACHMENT_REMOVED, seal->pupil.v, id.v) : st;
}

enum status attachment_put(const struct answer_value *value, const struct attachment *attachment,
                           struct arena *arena, struct answer_value *ret_value)
{
    struct answer_part *parts = ARENA_ARRAY(arena, struct answer_part, value->count + 2);
    const char *id = arena_strdup(arena, id_text(attachment->id.v).s);
    if (!parts || arena_failed(arena))
        return ERR_NOMEM;
    size_t count = 0;
    for (size_t i = 0; i < value->count; i++)
        if (!str_starts(value->parts[i].name, FILE_PART))
            parts[count++] = value->parts[i];
    parts[count++] = (struct answer_part){FILE_PART, id};
    parts[count++] = (struct answer_part){FILE_KIND_PART,
                                          attachment->kind == ATTACHMENT_IMAGE ? "image" : "other"};
    *ret_value = (struct answer_value){parts, count};
    return OK;
}
