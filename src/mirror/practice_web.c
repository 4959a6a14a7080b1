/* The page to practise on: a transcript line by line, the balance, and what was kept of it. */
#include "mirror/mirror_web.h"

#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "gen/mirror_html.h"
#include "mirror/practice.h"
#include "web/view.h"
#include "web/web.h"

static const struct field practice_fields[] = {
    {.name = "text",
     .kind = FIELD_LONG,
     .required = true,
     .max = TRANSCRIPT_MAX,
     .label = N_("Your conversation, a line per turn"),
     .hint = N_(
         "Begin each line with who speaks: “L:” for you, “K:” for the child. No names are needed.")},
    {.name = "me",
     .kind = FIELD_TEXT,
     .max = TRANSCRIPT_NAME_MAX,
     .label = N_("How your lines begin")},
    {.name = "pupil",
     .kind = FIELD_TEXT,
     .max = TRANSCRIPT_NAME_MAX,
     .label = N_("How the pupil's lines begin")},
};
FORM(practice_form, practice_fields);

#define COUNT_FIELD(name_)                                                                         \
    {                                                                                              \
        .name = (name_), .kind = FIELD_NUMBER, .max = 6, .min_value = 0,                           \
        .max_value = PRACTICE_COUNT_MAX                                                            \
    }
static const struct field keep_fields[] = {
    {.name = "id", .kind = FIELD_ID, .required = true},
    COUNT_FIELD("overig"),
    COUNT_FIELD("open"),
    COUNT_FIELD("gesloten"),
    COUNT_FIELD("keuze"),
    COUNT_FIELD("suggestief"),
    COUNT_FIELD("gestapeld"),
    COUNT_FIELD("waarom"),
    COUNT_FIELD("leerstof"),
    COUNT_FIELD("oma"),
    COUNT_FIELD("nivea"),
    COUNT_FIELD("parafrase"),
    COUNT_FIELD("feedback"),
};
FORM(keep_form, keep_fields);

static const struct field forget_fields[] = {
    {.name = "day", .kind = FIELD_DATE, .label = N_("Day")},
};
FORM(forget_form, forget_fields);

/* --- the balance ------------------------------------------------------------------------------ */

static void fill_bar(struct web *web, const struct transcript_counts *counts,
                     struct practice_bar *bar)
{
    transcript_balance(counts, bar->sums);
    for (size_t i = 0; i < TRANSCRIPT_REST; i++)
        bar->all += bar->sums[i];
    for (size_t i = 0; i < TRANSCRIPT_REST && bar->all; i++)
        bar->widths[i] = bar->sums[i] * 100 / bar->all;
    if (bar->all) /* what rounding left over goes to the last that is there */
        for (size_t i = TRANSCRIPT_REST; i-- > 0;)
            if (bar->sums[i]) {
                bar->widths[i] += 100 - bar->widths[0] - bar->widths[1] - bar->widths[2];
                break;
            }
    bar->text = trf(web->tr, web->arena, "{0} gave room, {1} narrowed, {2} steered", 3,
                    view_number(web->arena, bar->sums[TRANSCRIPT_ROOM]),
                    view_number(web->arena, bar->sums[TRANSCRIPT_NARROWS]),
                    view_number(web->arena, bar->sums[TRANSCRIPT_STEERS]));
}

static void fill_counts(struct web *web, const struct transcript_counts *counts,
                        struct practice_view *view)
{
    for (size_t i = 0; i < MIRROR_LABELS; i++)
        view->counts[i] =
            (struct practice_count){.name = mirror_label_names[i],
                                    .words = tr(web->tr, mirror_words((enum mirror_label)i)),
                                    .count = counts->of[i]};
    fill_bar(web, counts, &view->bar);
}

static enum status fill_days(struct web *web, struct practice_view *view)
{
    struct practice_day *days = NULL;
    enum status st = practice_days(&web->work, &days, &view->day_count);
    if (st != OK)
        return st;
    view->days = ARENA_ARRAY(web->arena, struct practice_day_line, view->day_count);
    if (!view->days)
        return ERR_NOMEM;
    for (size_t i = 0; i < view->day_count; i++) {
        view->days[i].when = tr_date_day(web->tr, web->arena, days[i].on, web->work.today);
        view->days[i].iso = arena_strdup(web->arena, date_text(days[i].on).s);
        fill_bar(web, &days[i].counts, &view->days[i].bar);
    }
    return OK;
}

/* --- pages ------------------------------------------------------------------------------------ */

static enum status show_practice(struct web *web, struct practice_view *view)
{
    view->form = &web->form;
    web->reply.page.nav = NAV_ACCOUNT;
    return web_page(web, _("Practise asking"), html_practice_page, view);
}

static enum status practice_page(struct web *web)
{
    struct practice_view *view = ARENA_NEW(web->arena, struct practice_view);
    if (!view)
        return ERR_NOMEM;
    form_begin(&web->form, &practice_form);
    enum status st = fill_days(web, view);
    return st == OK ? show_practice(web, view) : st;
}

static enum status fill_lines(struct web *web, const struct transcript *t,
                              struct practice_view *view)
{
    view->lines = ARENA_ARRAY(web->arena, struct practice_line, t->count);
    if (!view->lines)
        return ERR_NOMEM;
    view->line_count = t->count;
    for (size_t i = 0; i < t->count; i++) {
        const struct transcript_line *line = &t->lines[i];
        view->lines[i].line = line;
        if (line->who != TRANSCRIPT_ADULT)
            continue;
        enum status st = mirror_say(web, line->text, &line->verdict, &view->lines[i].say);
        if (st != OK)
            return st;
    }
    return OK;
}

static enum status read_transcript(struct web *web)
{
    struct practice_view *view = ARENA_NEW(web->arena, struct practice_view);
    struct transcript transcript;
    if (!view)
        return ERR_NOMEM;
    if (!form_valid(&web->form))
        return show_practice(web, view);
    const char *text = form_text(&web->form, "text");
    enum status st = transcript_read(web->arena, text, strlen(text), form_text(&web->form, "me"),
                                     form_text(&web->form, "pupil"), &transcript);
    if (st == ERR_LIMIT) {
        form_error(&web->form, "text", N_("This is too long. Paste a part of it."));
        return show_practice(web, view);
    }
    if (st == OK)
        st = fill_lines(web, &transcript, view);
    if (st != OK)
        return st;
    view->is_read = true;
    view->unknown = transcript.unknown;
    view->fresh = work_new_id(&web->work);
    fill_counts(web, &transcript.counts, view);
    return show_practice(web, view);
}

static enum status keep(struct web *web)
{
    struct transcript_counts counts = {{0}};
    if (!form_valid(&web->form))
        return ERR_INVALID; /* our own page sends numbers only */
    for (size_t i = 0; i < MIRROR_LABELS; i++)
        counts.of[i] = (int32_t)form_number(&web->form, mirror_label_names[i]);
    struct practice_id id = {form_number(&web->form, "id")};
    enum status st = practice_keep(&web->work, id, &counts);
    return st == OK ? web_redirect(web, "/oefenen?ok=bewaard#tellingen") : st;
}

static enum status forget(struct web *web)
{
    if (!form_valid(&web->form))
        return ERR_INVALID;
    enum status st = practice_forget(&web->work, form_date(&web->form, "day"));
    return st == OK || st == ERR_NOT_FOUND /* gone already is what was asked for */
               ? web_redirect(web, "/oefenen?ok=weggehaald")
               : st;
}

const struct route practice_routes[] = {
    {HTTP_GET, "/oefenen", .right = RIGHT_STAFF, .run = practice_page},
    {HTTP_POST, "/oefenen", .right = RIGHT_STAFF, .flags = ROUTE_OWN_TRANSACTION,
     .form = &practice_form, .run = read_transcript},
    {HTTP_POST, "/oefenen/telling", .right = RIGHT_STAFF, .form = &keep_form, .run = keep},
    {HTTP_POST, "/oefenen/wis", .right = RIGHT_STAFF, .form = &forget_form, .run = forget},
    {0},
};
