/* Keeping an answer: by a form without script, or by itself while somebody types. */
#include "access/access.h"
#include "answer/attachment.h"
#include "answer/file.h"
#include "base/arena.h"
#include "base/str.h"
#include "conversation/live_web.h"
#include "conversation/talk_web.h"
#include "http/http.h"
#include "web/web.h"

static const struct field answer_fields[] = {
    {.name = "q", .kind = FIELD_HIDDEN, .required = true, .max = ANSWER_QUESTION_MAX},
    {.name = "v", .kind = FIELD_NUMBER, .required = true, .min_value = VOICE_PUPIL,
     .max_value = VOICE_TOGETHER},
    {.name = "p", .kind = FIELD_ID},
    {.name = "version", .kind = FIELD_NUMBER, .required = true, .min_value = 0,
     .max_value = 1000000},
    {.name = "back", .kind = FIELD_HIDDEN, .max = 120},
};
const struct form talk_answer_form = {.fields = answer_fields, .count = ARRAY_LEN(answer_fields)};

/* The same form with a file in it: the button "Add". */
static const struct field upload_fields[] = {
    {.name = "q", .kind = FIELD_HIDDEN, .required = true, .max = ANSWER_QUESTION_MAX},
    {.name = "v", .kind = FIELD_NUMBER, .required = true, .min_value = VOICE_PUPIL,
     .max_value = VOICE_TOGETHER},
    {.name = "p", .kind = FIELD_ID},
    {.name = "version", .kind = FIELD_NUMBER, .required = true, .min_value = 0,
     .max_value = 1000000},
    {.name = "back", .kind = FIELD_HIDDEN, .max = 120},
    {.name = "file", .kind = FIELD_FILE, .max = HTTP_UPLOAD_MAX}, /* the limit is attachment.h's */
};
const struct form talk_upload_form = {.fields = upload_fields, .count = ARRAY_LEN(upload_fields)};

/* While one answer is kept. */
struct keeping {
    enum right right;
    enum sheet_use use;
    enum method_part who;
    bool is_upload;
    struct conversation c;
    struct sheet_whose whose; /* in a group: on whose page of the form it was typed */
    struct sheet sheet;
    struct sheet_question *question;
    struct sheet_part *part;
    int version;
    struct answer now;
    bool conflict;
};

/* The part that the fields name, if it stands on the sheet of this reader. */
static enum status find_part(struct web *web, struct keeping *k)
{
    bool of_pupil = form_number(&web->form, "v") == VOICE_PUPIL;
    struct conversation_id id = web_conversation(web);
    enum status st = web->autosave ? conversation_open_bare(&web->work, k->right, id, &k->c)
                                   : conversation_open(&web->work, k->right, id, &k->c);
    k->whose.pupil.v = of_pupil ? form_number(&web->form, "p") : 0;
    if (st == OK)
        st = sheet_make_with(web, &k->c, k->use, k->who, form_text(&web->form, "q"),
                             k->use == SHEET_FILL ? &k->whose : NULL, &k->sheet);
    if (st != OK)
        return st;
    k->question = sheet_find(&k->sheet, form_text(&web->form, "q"), NULL);
    if (k->question)
        k->part = sheet_part(k->question, (enum voice)form_number(&web->form, "v"),
                             form_number(&web->form, "p"));
    if (!k->part)
        return ERR_NOT_FOUND;
    return k->part->may_write ? OK : ERR_FORBIDDEN;
}

/* A wrong answer: a line beside the field, or the page again with what was typed. */
static enum status refuse(struct web *web, struct keeping *k, const struct answer_value *raw,
                          const char *error)
{
    const char *text = tr(web->tr, error);
    if (web->autosave)
        return web_refused(web, text);
    struct answer_value *typed = ARENA_NEW(web->arena, struct answer_value);
    if (!typed)
        return ERR_NOMEM;
    *typed = *raw;
    k->part->view.value = typed;
    k->part->view.error = text;
    enum status st = talk_show_again(web, &k->c, &k->sheet, k->question);
    web->reply.status = 422;
    return st;
}

static const char *plain(struct web *web, const struct keeping *k, const struct answer_value *value)
{
    return k->part->kind->text(k->question->question, value, k->sheet.lang, web->tr, web->arena);
}

/* Both texts are kept; the reader sees that there are two, and which one stands. */
static enum status tell_conflict(struct web *web, struct keeping *k)
{
    const char *theirs = plain(web, k, &k->now.value);
    if (web->autosave)
        return web_conflict(web, 200, k->now.version, theirs);
    k->part->theirs = theirs;
    k->part->version = k->now.version;
    return talk_show_again(web, &k->c, &k->sheet, k->question);
}

/* --- files ---------------------------------------------------------------------------------------- */

/* Puts the file that came along into what was typed; ERR_INVALID or ERR_LIMIT when it cannot be. */
static enum status take_file(struct web *web, struct keeping *k, struct answer_value *raw)
{
    struct attachment added;
    struct answer_seal seal = {0};
    struct bytes file = web->form.file[form_index(web->form.form, "file")];
    if (!file.len)
        return ERR_INVALID;
    enum status st =
        answer_seal_for(&web->work, &k->c.seal, k->part->voice, k->part->person, &seal);
    if (st == OK)
        st = attachment_add(&web->work, &seal, k->c.id, file, &added);
    vault_key_wipe(&seal.key);
    return st == OK ? attachment_put(raw, &added, web->arena, raw) : st;
}

/* An answer names a file that it had, or one that this writer added to this conversation. */
static enum status check_file(struct web *web, const struct keeping *k,
                              const struct answer_value *old, const struct answer_value *now)
{
    const char *name = answer_part(now, FILE_PART);
    struct attachment *list = NULL;
    size_t count = 0;
    if (!*name || str_equal(name, answer_part(old, FILE_PART)))
        return OK;
    enum status st = attachment_list(&web->work, k->c.id, &list, &count);
    for (size_t i = 0; st == OK && i < count; i++)
        if (str_equal(id_text(list[i].id.v).s, name))
            return attachment_is_of(&list[i], &web->actor) ? OK : ERR_INVALID;
    return st == OK ? ERR_INVALID : st;
}

/* Whether any answer of the conversation, as they stand now, names the file. */
static enum status is_named(struct web *web, const struct keeping *k, const char *file,
                            bool *ret_named)
{
    struct answer *answers = NULL;
    size_t count = 0;
    enum status st = answer_all(&web->work, &k->c.seal, k->c.id, &answers, &count);
    bool named = false;
    for (size_t i = 0; st == OK && i < count; i++)
        named |= str_equal(answer_part(&answers[i].value, FILE_PART), file);
    if (st == OK)
        *ret_named = named;
    return st;
}

/* A file that was taken off is gone, when nothing else names it: who took it off meant so. */
static enum status let_go(struct web *web, const struct keeping *k, const struct answer_value *old,
                          const struct answer_value *now)
{
    const char *name = answer_part(old, FILE_PART);
    struct attachment_id id;
    bool named = false;
    if (!*name || str_equal(name, answer_part(now, FILE_PART)) || id_parse(name, &id.v) != OK)
        return OK;
    enum status st = is_named(web, k, name, &named);
    if (st != OK || named)
        return st;
    st = attachment_remove(&web->work, &k->c.seal, k->c.id, id);
    return st == ERR_NOT_FOUND || st == ERR_FORBIDDEN ? OK : st;
}

/* --- keeping -------------------------------------------------------------------------------------- */

static enum status done(struct web *web, const struct keeping *k)
{
    const char *back = form_text(&web->form, "back");
    bool ours = str_starts(back, "/gesprek/") || str_starts(back, "/ik/gesprek/") ||
                str_starts(back, "/thuis/gesprek/");
    if (web->autosave)
        return web_saved(web, k->version);
    if (k->is_upload && web->actor.kind == ACTOR_PUPIL) /* to see it: not on to the next question */
        return web_redirect(web, "/ik/gesprek/%s?vraag=%s", id_text(k->c.id.v).s,
                            k->question->question->id);
    return web_redirect(web, "%s", ours ? back : "/");
}

/* Saves a clean value; a conflict shows both texts. */
static enum status save(struct web *web, struct keeping *k, const struct answer_value *clean)
{
    const struct answer_value *old = k->part->view.value;
    struct answer_key key = {.conversation = k->c.id,
                             .question = k->question->question->id,
                             .voice = k->part->voice,
                             .person = k->part->person};
    enum status st = answer_save(&web->work, &k->c.seal, &key,
                                 (int)form_number(&web->form, "version"), clean, &k->version,
                                 &k->now);
    k->conflict = st == ERR_CONFLICT && k->now.version != 0;
    if (k->conflict) {
        struct answer_value *mine = ARENA_NEW(web->arena, struct answer_value);
        if (!mine)
            return ERR_NOMEM;
        *mine = *clean;
        k->part->view.value = mine;
        return tell_conflict(web, k);
    }
    if (st == OK)
        st = let_go(web, k, old, clean);
    return st == OK ? done(web, k) : st;
}

static enum status keep(struct web *web, struct keeping *k)
{
    struct answer_value raw, clean;
    const char *error = NULL;
    enum status st = find_part(web, k);
    if (st == OK)
        st = answer_from_request(web->request, web->arena, &raw);
    if (st != OK)
        return st;
    if (k->is_upload) {
        st = take_file(web, k, &raw);
        if (st == ERR_INVALID || st == ERR_LIMIT)
            return refuse(web, k, &raw, attachment_problem(st));
        if (st != OK)
            return st;
    }
    st = k->part->kind->check(k->question->question, &raw, web->arena, &clean, &error);
    if (st == OK)
        st = check_file(web, k, k->part->view.value, &clean);
    if (st == ERR_INVALID)
        return refuse(web, k, &raw, error ? error : N_("This cannot be kept as it is."));
    if (st != OK)
        return st;
    if (answer_is_empty(&clean) && !k->part->version)
        return done(web, k); /* gone by without a word: nothing to keep */
    return save(web, k, &clean);
}

static enum status keep_form(struct web *web, struct keeping *k)
{
    if (!form_valid(&web->form))
        return ERR_INVALID;
    enum status st = keep(web, k);
    if (st == OK && web->reply.status < 400)
        live_changed(web, k->c.id);
    return st;
}

enum status talk_save(struct web *web, enum right right, enum sheet_use use, enum method_part who)
{
    struct keeping *k = ARENA_NEW(web->arena, struct keeping);
    if (!k)
        return ERR_NOMEM;
    *k = (struct keeping){.right = right,
                          .use = use,
                          .who = who,
                          .is_upload = web->form.form == &talk_upload_form};
    return keep_form(web, k);
}
