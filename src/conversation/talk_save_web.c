/* Keeping an answer: by a form without script, or by itself while somebody types. */
#include "access/access.h"
#include "base/arena.h"
#include "base/str.h"
#include "conversation/live_web.h"
#include "conversation/talk_web.h"
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

/* While one answer is kept. */
struct keeping {
    enum right right;
    enum sheet_use use;
    enum method_part who;
    struct conversation c;
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
    enum status st =
        conversation_open(&web->work, k->right, web_conversation(web), &k->c);
    if (st == OK)
        st = sheet_make(web, &k->c, k->use, k->who, &k->sheet);
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

static enum status keep(struct web *web, struct keeping *k)
{
    struct answer_value raw, clean;
    const char *error = NULL;
    enum status st = find_part(web, k);
    if (st == OK)
        st = answer_from_request(web->request, web->arena, &raw);
    if (st != OK)
        return st;
    st = k->part->kind->check(k->question->question, &raw, web->arena, &clean, &error);
    if (st == ERR_INVALID)
        return refuse(web, k, &raw, error ? error : N_("This cannot be kept as it is."));
    if (st != OK)
        return st;
    struct answer_key key = {.conversation = k->c.id,
                             .question = k->question->question->id,
                             .voice = k->part->voice,
                             .person = k->part->person};
    st = answer_save(&web->work, &k->c.seal, &key, (int)form_number(&web->form, "version"), &clean,
                     &k->version, &k->now);
    k->conflict = st == ERR_CONFLICT && k->now.version != 0;
    if (k->conflict) {
        struct answer_value *mine = ARENA_NEW(web->arena, struct answer_value);
        if (!mine)
            return ERR_NOMEM;
        *mine = clean;
        k->part->view.value = mine;
        return tell_conflict(web, k);
    }
    if (st != OK)
        return st;
    if (web->autosave)
        return web_saved(web, k->version);
    const char *back = form_text(&web->form, "back");
    bool ours = str_starts(back, "/gesprek/") || str_starts(back, "/ik/gesprek/") ||
                str_starts(back, "/thuis/gesprek/");
    return web_redirect(web, "%s", ours ? back : "/");
}

enum status talk_save(struct web *web, enum right right, enum sheet_use use, enum method_part who)
{
    struct keeping *k = ARENA_NEW(web->arena, struct keeping);
    if (!k)
        return ERR_NOMEM;
    if (!form_valid(&web->form))
        return ERR_INVALID;
    k->right = right;
    k->use = use;
    k->who = who;
    enum status st = keep(web, k);
    if (st == OK && web->reply.status < 400)
        live_changed(web, k->c.id);
    return st;
}
