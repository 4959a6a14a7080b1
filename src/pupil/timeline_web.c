#include "pupil/timeline_web.h"

#include "base/arena.h"
#include "conversation/plan_web.h"
#include "method/store.h"
#include "pupil/pupil_web.h"
#include "web/web.h"

/* How each kind is called: alone, many, in an address; and where one is found. */
static const struct {
    const char *word, *one, *many, *icon, *tone;
    const char *path; /* under the dossier */
} kinds[TIMELINE_KINDS_] = {
    [TIMELINE_TALK] = {"gesprek", "", N_("Conversations"), "messages-square", "talk", ""},
    [TIMELINE_STRENGTH] = {"goed", N_("Goes well"), N_("Goes well"), "star", "star", "observatie"},
    [TIMELINE_WORRY] = {"zorg", N_("Worry"), N_("Worry"), "flag", "worry", "observatie"},
    [TIMELINE_GOAL] = {"doel", N_("Goal"), N_("Goals"), "target", "grow", "doelen"},
    [TIMELINE_NEED] = {"behoefte", N_("What helps"), N_("What helps"), "life-buoy", "grow",
                       "behoeften"},
    [TIMELINE_AGREEMENT] = {"afspraak", N_("Agreement"), N_("Agreements"), "handshake", "plan",
                            "afspraken"},
    [TIMELINE_PLAN] = {"plan", N_("Plan"), N_("Plans"), "list-checks", "plan", "plan"},
};

/* What the address asks for; what is no word of ours is nothing. */
static struct timeline_wish wish_of(struct web *web)
{
    struct timeline_wish wish = {.page = (int)form_number(&web->form, "blad")};
    if (wish.page < 1)
        wish.page = 1;
    for (int k = 0; k < TIMELINE_KINDS_; k++)
        if (form_has_word(&web->form, "soort", kinds[k].word))
            wish.kinds |= 1u << k;
    return wish;
}

static void add_choices(struct web *web, const struct timeline *t, unsigned chosen,
                        struct timeline_view *view)
{
    for (int k = 0; k < TIMELINE_KINDS_; k++)
        if (t->of_kind[k] || (chosen >> k & 1u))
            view->choices[view->choice_count++] =
                (struct timeline_choice){.word = kinds[k].word,
                                         .label = tr(web->tr, kinds[k].many),
                                         .icon = kinds[k].icon,
                                         .count = t->of_kind[k],
                                         .is_on = chosen >> k & 1u};
}

static const char *page_url(struct web *web, const struct timeline_view *view, unsigned chosen,
                            int page)
{
    if (page < 1 || page > view->pages)
        return NULL;
    const char *url = arena_printf(web->arena, "%s?blad=%d", view->url, page);
    for (int k = 0; k < TIMELINE_KINDS_; k++)
        if (chosen >> k & 1u)
            url = arena_printf(web->arena, "%s&soort=%s", url, kinds[k].word);
    return url;
}

static enum status talk_line(struct web *web, const struct dossier_head *head,
                             const struct conversation *c, struct timeline_line *line)
{
    const struct method *method = NULL;
    enum status st = method_by_version(&web->work, c->method_version, &method);
    if (st != OK)
        return st;
    const char *id = arena_strdup(web->arena, id_text(c->id.v).s);
    line->title = method_say(&method->title, tr_code(web->tr));
    line->by = arena_printf(web->arena, "%s · %s", plan_state_text(web, c->state), c->leader_name);
    line->url = c->group.v ? arena_printf(web->arena, "/leerling/%s/groepsgesprek/%s",
                                          id_text(head->pupil.v).s, id)
                           : arena_printf(web->arena, "/gesprek/%s", id);
    if (!date_is_set(c->held_on))
        line->day = plan_moment(web, c->planned_on, c->planned_at);
    return OK;
}

/* Whose words they are: the pupil's, of both, or of who wrote them down. */
static const char *voice_of(struct web *web, const struct dossier_head *head,
                            const struct timeline_entry *e)
{
    if (e->voice == VOICE_PUPIL)
        return head->call;
    return e->voice == VOICE_TOGETHER ? _("Together") : e->author;
}

static void noted_line(struct web *web, const struct dossier_head *head,
                       const struct timeline_entry *e, struct timeline_line *line)
{
    bool noted = e->kind == TIMELINE_STRENGTH || e->kind == TIMELINE_WORRY;
    const char *who = noted ? e->author : voice_of(web, head, e);
    line->title = tr(web->tr, kinds[e->kind].one);
    line->by = !e->is_over ? who
               : *who      ? arena_printf(web->arena, "%s · %s", who, _("ended"))
                           : _("ended");
    if (head->may_note) /* by emergency access one reads here, and opens nothing to write in */
        line->url = arena_printf(web->arena, "%s/%s/%s",
                                 arena_printf(web->arena, "/leerling/%s", id_text(head->pupil.v).s),
                                 kinds[e->kind].path, id_text(e->id).s);
}

static enum status fill_line(struct web *web, const struct dossier_head *head,
                             const struct timeline_entry *e, struct timeline_line *line)
{
    *line =
        (struct timeline_line){.entry = e,
                               .tone = kinds[e->kind].tone,
                               .icon = kinds[e->kind].icon,
                               .day = tr_date_day(web->tr, web->arena, e->day, web->work.today)};
    if (e->talk)
        return talk_line(web, head, e->talk, line);
    noted_line(web, head, e, line);
    return OK;
}

static const char *year_title(struct web *web, int starts_in)
{
    return trf(web->tr, web->arena, "School year {0}", 1,
               arena_printf(web->arena, "%d–%d", starts_in, starts_in + 1));
}

static enum status fill_years(struct web *web, const struct dossier_head *head,
                              const struct timeline *t, struct timeline_view *view)
{
    struct timeline_line *lines = ARENA_ARRAY(web->arena, struct timeline_line, t->count);
    view->years = ARENA_ARRAY(web->arena, struct timeline_year, t->count);
    if (!lines || !view->years)
        return ERR_NOMEM;
    for (size_t i = 0; i < t->count; i++) {
        int year = date_school_year(t->entries[i].day);
        if (view->year_count == 0 || year != view->years[view->year_count - 1].starts_in)
            view->years[view->year_count++] = (struct timeline_year){
                .title = year_title(web, year), .starts_in = year, .lines = &lines[i]};
        view->years[view->year_count - 1].count++;
        enum status st = fill_line(web, head, &t->entries[i], &lines[i]);
        if (st != OK)
            return st;
    }
    return OK;
}

enum status timeline_fill(struct web *web, const struct dossier_head *head, bool whole,
                          struct timeline_view *ret)
{
    struct timeline t;
    const struct timeline_wish wish = whole ? (struct timeline_wish){0} : wish_of(web);
    enum status st = timeline_read(&web->work, head->pupil, &wish, &t);
    if (st != OK)
        return st;
    *ret = (struct timeline_view){
        .url = arena_printf(web->arena, "/leerling/%s", id_text(head->pupil.v).s),
        .is_filtered = wish.kinds != 0,
        .page = t.page,
        .pages = t.pages};
    add_choices(web, &t, wish.kinds, ret);
    ret->newer = page_url(web, ret, wish.kinds, t.page - 1);
    ret->older = page_url(web, ret, wish.kinds, t.page + 1);
    return fill_years(web, head, &t, ret);
}
