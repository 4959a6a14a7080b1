#include "mirror/mirror_web.h"

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"
#include "gen/mirror_html.h"
#include "web/web.h"

#define JSON_MAX ((size_t)64 * 1024)

static const struct field turn_fields[] = {
    {.name = "text",
     .kind = FIELD_LONG,
     .required = true,
     .max = MIRROR_TURN_MAX,
     .label = N_("Which question do you want to ask?"),
     .hint = N_(
         "One turn: what you say before the pupil answers. Only you see this; nothing is kept.")},
};
FORM(turn_form, turn_fields);

static const char *const label_words[MIRROR_LABELS] = {
    [MIRROR_OTHER] = N_("Information or agreement"),
    [MIRROR_OPEN] = N_("Open question"),
    [MIRROR_CLOSED] = N_("Closed question"),
    [MIRROR_CHOICE] = N_("Question with a choice"),
    [MIRROR_LEADING] = N_("Leading question"),
    [MIRROR_STACKED] = N_("Several questions at once"),
    [MIRROR_WHY] = N_("Why question"),
    [MIRROR_SUBJECT] = N_("Question about subject matter"),
    [MIRROR_OPINION] = N_("Opinion or advice"),
    [MIRROR_ASSUMING] = N_("Filling in for the other"),
    [MIRROR_PARAPHRASE] = N_("Giving back"),
    [MIRROR_FEEDBACK] = N_("Saying what is good"),
};

static const char *const certainty_words[] = {
    [MIRROR_LOW] = N_("this is a guess"),
    [MIRROR_MIDDLE] = N_("we are rather sure"),
    [MIRROR_HIGH] = N_("we are sure"),
};

const char *mirror_words(enum mirror_label label)
{
    return label_words[label];
}

const struct mirror_piece *mirror_pieces(struct web *web, const char *text,
                                         const struct mirror_span *spans, size_t span_count,
                                         size_t *ret_count)
{
    size_t len = strlen(text), at = 0, count = 0;
    struct mirror_piece *pieces = ARENA_ARRAY(web->arena, struct mirror_piece, 2 * span_count + 1);
    *ret_count = 0;
    if (!pieces)
        return NULL;
    for (size_t i = 0; i < span_count; i++) {
        size_t from = spans[i].at, until = from + spans[i].len;
        if (from < at || until > len)
            continue;
        pieces[count++].text = arena_strndup(web->arena, text + at, from - at);
        pieces[count++] =
            (struct mirror_piece){arena_strndup(web->arena, text + from, until - from), true};
        at = until;
    }
    pieces[count++].text = text + at;
    *ret_count = count;
    return pieces;
}

static void set_tone(struct web *web, const struct mirror_verdict *verdict, struct mirror_say *say)
{
    static const char *const tones[] = {[TRANSCRIPT_ROOM] = "room",
                                        [TRANSCRIPT_NARROWS] = "narrow",
                                        [TRANSCRIPT_STEERS] = "steer",
                                        [TRANSCRIPT_REST] = "rest"};
    static const char *const icons[] = {[TRANSCRIPT_ROOM] = "circle-check",
                                        [TRANSCRIPT_NARROWS] = "circle-question-mark",
                                        [TRANSCRIPT_STEERS] = "eye",
                                        [TRANSCRIPT_REST] = "info"};
    enum transcript_effect effect = transcript_effect_of(verdict->label);
    say->tone = verdict->harm ? "harm" : tones[effect];
    say->icon = verdict->harm ? "shield" : icons[effect];
    say->name = verdict->harm ? _("Safety first") : tr(web->tr, label_words[verdict->label]);
    say->certainty = verdict->harm ? "" : tr(web->tr, certainty_words[verdict->certainty]);
}

enum status mirror_say(struct web *web, const char *text, const struct mirror_verdict *verdict,
                       struct mirror_say *ret_say)
{
    const char **rewrites = ARENA_ARRAY(web->arena, const char *, MIRROR_REWRITES_MAX);
    struct mirror_say say = {.rewrites = rewrites};
    if (!rewrites)
        return ERR_NOMEM;
    set_tone(web, verdict, &say);
    say.pieces = mirror_pieces(web, text, verdict->spans, verdict->span_count, &say.piece_count);
    for (size_t i = 0; i < verdict->remark_count; i++)
        say.remarks[say.remark_count++] = tr(web->tr, verdict->remarks[i]);
    for (size_t i = 0; i < verdict->rewrite_count; i++)
        rewrites[say.rewrite_count++] = verdict->rewrites[i];
    *ret_say = say;
    return say.pieces ? OK : ERR_NOMEM;
}

/* --- for the script --------------------------------------------------------------------------- */

static void add_text(struct web *web, struct buf *buf, const char *name, const char *text)
{
    buf_printf(buf, "\"%s\":\"%s\",", name, web_json_quoted(web->arena, text));
}

static void add_list(struct web *web, struct buf *buf, const char *name, const char *const *texts,
                     size_t count)
{
    buf_printf(buf, "\"%s\":[", name);
    for (size_t i = 0; i < count; i++)
        buf_printf(buf, "%s\"%s\"", i ? "," : "", web_json_quoted(web->arena, texts[i]));
    buf_add_str(buf, "]");
}

enum status mirror_json(struct web *web, const struct mirror_say *say)
{
    const char **pieces = ARENA_ARRAY(web->arena, const char *, say->piece_count);
    struct buf buf;
    if (!pieces)
        return ERR_NOMEM;
    for (size_t i = 0; i < say->piece_count; i++)
        pieces[i] = say->pieces[i].text;
    buf_init(&buf, JSON_MAX);
    buf_add_str(&buf, "{");
    add_text(web, &buf, "tone", say->tone);
    add_text(web, &buf, "icon", say->icon);
    add_text(web, &buf, "name", say->name);
    add_text(web, &buf, "certainty", say->certainty);
    add_list(web, &buf, "pieces", pieces, say->piece_count);
    buf_add_str(&buf, ",");
    add_list(web, &buf, "remarks", say->remarks, say->remark_count);
    buf_add_str(&buf, ",");
    add_list(web, &buf, "rewrites", say->rewrites, say->rewrite_count);
    buf_add_str(&buf, "}");
    enum status st = buf_failed(&buf) ? ERR_NOMEM : OK;
    if (st == OK)
        st = web_json(web, 200, arena_strdup(web->arena, buf.data));
    buf_free(&buf);
    return st;
}

/* --- one turn --------------------------------------------------------------------------------- */

static enum status show_turn(struct web *web, const struct mirror_say *say)
{
    struct mirror_view *view = ARENA_NEW(web->arena, struct mirror_view);
    if (!view)
        return ERR_NOMEM;
    *view = (struct mirror_view){.form = &web->form, .say = say};
    return web_page(web, _("Question mirror"), html_mirror_page, view);
}

static enum status turn_page(struct web *web)
{
    form_begin(&web->form, &turn_form);
    return show_turn(web, NULL);
}

static enum status look_at_turn(struct web *web)
{
    struct mirror_say *say = ARENA_NEW(web->arena, struct mirror_say);
    struct mirror_verdict verdict;
    if (!say)
        return ERR_NOMEM;
    if (!form_valid(&web->form)) {
        size_t i = form_index(&turn_form, "text");
        return web->autosave ? web_refused(web, tr(web->tr, web->form.error[i]))
                             : show_turn(web, NULL);
    }
    const char *text = form_text(&web->form, "text");
    enum status st = mirror_judge(web->arena, text, strlen(text), &verdict);
    if (st == OK)
        st = mirror_say(web, text, &verdict, say);
    if (st != OK)
        return st;
    return web->autosave ? mirror_json(web, say) : show_turn(web, say);
}

const struct route mirror_routes[] = {
    {HTTP_GET, "/spiegel", .right = RIGHT_STAFF, .run = turn_page},
    {HTTP_POST, "/spiegel", .right = RIGHT_STAFF, .flags = ROUTE_OWN_TRANSACTION,
     .form = &turn_form, .run = look_at_turn},
    {0},
};
