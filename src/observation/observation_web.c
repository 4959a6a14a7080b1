#include "observation/observation_web.h"

#include "access/audit.h"
#include "base/arena.h"
#include "base/str.h"
#include "gen/observation_html.h"
#include "group/group.h"
#include "pupil/pupil.h"
#include "web/web.h"

static const struct choice kinds[] = {
    {"strength", N_("Goes well")},
    {"worry", N_("Worry")},
    {NULL, NULL},
};

static const struct field fields[] = {
    {.name = "kind",
     .kind = FIELD_CHOICE,
     .required = true,
     .choices = kinds,
     .label = N_("What is it?")},
    {.name = "body",
     .kind = FIELD_LONG,
     .required = true,
     .max = OBSERVATION_TEXT_MAX,
     .label = N_("I see that you …"),
     .hint = N_("Parents and pupil may read this.")},
    {.name = "seen_on", .kind = FIELD_DATE, .required = true, .label = N_("Seen on")},
    {.name = "version",
     .kind = FIELD_NUMBER,
     .required = true,
     .min_value = 0,
     .max_value = 1000000},
    {.name = "back", .kind = FIELD_HIDDEN, .max = 20},
};
FORM(form, fields);

static const char *kind_word(enum observation_kind kind)
{
    return kind == OBSERVATION_WORRY ? "worry" : "strength";
}

static struct observation_draft draft_of(const struct form_values *values)
{
    bool worry = str_equal(form_text(values, "kind"), "worry");
    return (struct observation_draft){.kind = worry ? OBSERVATION_WORRY : OBSERVATION_STRENGTH,
                                      .seen_on = form_date(values, "seen_on"),
                                      .body = form_text(values, "body")};
}

static const char *autosave_url(struct web *web, struct pupil_id pupil, struct observation_id id)
{
    return arena_printf(web->arena, "/leerling/%s/observatie/%s", id_text(pupil.v).s,
                        id_text(id.v).s);
}

static void fill_form(struct web *web, struct form_values *values, enum observation_kind kind,
                      const char *body, struct date seen_on, int version)
{
    *values = (struct form_values){.form = &form};
    form_set(values, "kind", kind_word(kind));
    form_set(values, "body", body);
    form_set(values, "seen_on", arena_strdup(web->arena, date_text(seen_on).s));
    form_set(values, "version", arena_printf(web->arena, "%d", version));
    form_set(values, "back", "dossier");
}

enum status observation_new_form(struct web *web, struct pupil_id pupil, const char *back,
                                 struct observation_form_view *ret_view)
{
    struct form_values *values = ARENA_NEW(web->arena, struct form_values);
    if (!values)
        return ERR_NOMEM;
    fill_form(web, values, OBSERVATION_STRENGTH, "", web->work.today, 0);
    form_set(values, "back", back);
    struct observation_id id = {work_new_id(&web->work)};
    *ret_view = (struct observation_form_view){.form = values,
                                               .pupil = pupil,
                                               .id = id,
                                               .autosave_url = autosave_url(web, pupil, id),
                                               .back = back};
    return OK;
}

static const char *moment(struct web *web, int64_t at_ms)
{
    struct local_time local = date_local(at_ms);
    return trf(web->tr, web->arena, "{0} at {1}", 2,
               tr_date_day(web->tr, web->arena, local.date, web->work.today),
               tr_time(web->tr, web->arena, local));
}

static enum status fill_versions(struct web *web, struct observation_view *view)
{
    struct observation_version *versions = NULL;
    size_t count = 0;
    enum status st = observation_versions(&web->work, view->observation->id, &versions, &count);
    if (st != OK)
        return st;
    view->versions = ARENA_ARRAY(web->arena, struct version_line, count);
    if (!view->versions)
        return ERR_NOMEM;
    /* Newest first; the present one is on the page already. */
    for (size_t i = count; i-- > 0;)
        if (versions[i].version != view->observation->version)
            view->versions[view->version_count++] =
                (struct version_line){.version = versions[i].version,
                                      .is_strength = versions[i].kind == OBSERVATION_STRENGTH,
                                      .when = moment(web, versions[i].made_at),
                                      .body = versions[i].body};
    return OK;
}

static bool may_read_dossier(struct web *web, struct pupil_id pupil)
{
    return access_check(&web->work, RIGHT_PUPIL_READ, (struct target){.pupil = pupil}) == OK;
}

/* The page of one observation; `values` is what to show in the form (as typed, or as kept). */
static enum status show(struct web *web, const struct observation *observation,
                        const struct form_values *values, const char *theirs)
{
    struct observation_view *view = ARENA_NEW(web->arena, struct observation_view);
    struct pupil pupil;
    if (!view)
        return ERR_NOMEM;
    *view = (struct observation_view){.pupil = observation->pupil,
                                      .observation = observation,
                                      .is_own = observation->author.v == web->actor.staff.v,
                                      .theirs = theirs};
    enum status st = pupil_find(&web->work, observation->pupil, &pupil);
    if (st == OK)
        st = fill_versions(web, view);
    if (st == OK)
        st =
            audit_seen(&web->work, AUDIT_OBSERVATION_SEEN, observation->pupil.v, observation->id.v);
    if (st != OK)
        return st;
    view->pupil_name = person_full(web->arena, &pupil.person);
    view->seen_on = tr_date_day(web->tr, web->arena, observation->seen_on, web->work.today);
    view->kept_at = moment(web, observation->changed_at);
    view->may_open_dossier = may_read_dossier(web, observation->pupil);
    view->form = (struct observation_form_view){
        .form = values,
        .pupil = observation->pupil,
        .id = observation->id,
        .autosave_url = autosave_url(web, observation->pupil, observation->id),
        .back = "dossier"};
    web->reply.page.nav = NAV_HOME;
    return web_page(web, trf(web->tr, web->arena, "Seen with {0}", 1, view->pupil_name),
                    html_observation_page, view);
}

static enum status find_here(struct web *web, struct observation *ret)
{
    struct observation_id id = {web->ids[PARAM_OBSERVATION]};
    enum status st = observation_find(&web->work, id, ret);
    return st == OK && ret->pupil.v != web_pupil(web).v ? ERR_NOT_FOUND : st;
}

static enum status page(struct web *web)
{
    struct observation *observation = ARENA_NEW(web->arena, struct observation);
    struct form_values *values = ARENA_NEW(web->arena, struct form_values);
    if (!observation || !values)
        return ERR_NOMEM;
    enum status st = find_here(web, observation);
    if (st != OK)
        return st;
    fill_form(web, values, observation->kind, observation->body, observation->seen_on,
              observation->version);
    return show(web, observation, values, NULL);
}

/* The dossier, or the group in which the writer has this pupil: support staff have no other. */
static enum status back_to(struct web *web, const char *where, struct pupil_id pupil)
{
    struct pupil_membership *groups = NULL;
    size_t count = 0;
    if (!str_equal(where, "group") && may_read_dossier(web, pupil))
        return web_redirect(web, "/leerling/%s", id_text(pupil.v).s);
    enum status st = group_of_pupil(&web->work, pupil, &groups, &count);
    for (size_t i = 0; st == OK && i < count; i++)
        if (!date_is_set(groups[i].until_on) && actor_group(&web->actor, groups[i].group.id))
            return web_redirect(web, "/groep/%s", id_text(groups[i].group.id.v).s);
    return st == OK ? web_redirect(web, "/") : st;
}

/* A new observation that cannot be kept as it is: a page with what was typed and what is wrong. */
static enum status show_refused(struct web *web, struct observation_id id)
{
    struct observation_view *view = ARENA_NEW(web->arena, struct observation_view);
    struct pupil pupil;
    if (!view)
        return ERR_NOMEM;
    enum status st = pupil_find(&web->work, web_pupil(web), &pupil);
    if (st != OK)
        return st;
    view->pupil = pupil.id;
    view->pupil_name = person_full(web->arena, &pupil.person);
    view->is_own = true;
    view->may_open_dossier = may_read_dossier(web, pupil.id);
    view->form = (struct observation_form_view){.form = &web->form,
                                                .pupil = pupil.id,
                                                .id = id,
                                                .autosave_url = autosave_url(web, pupil.id, id),
                                                .back = form_text(&web->form, "back")};
    web->reply.page.nav = NAV_HOME;
    return web_page(web, trf(web->tr, web->arena, "Seen with {0}", 1, view->pupil_name),
                    html_observation_page, view);
}

static enum status answer_autosave(struct web *web, enum status st, int version,
                                   const struct observation *now)
{
    if (st == OK)
        return web_saved(web, version);
    /* Both texts are kept: theirs stands as a version, the reader's stays in the field. */
    return web_conflict(web, 409, now->version, now->body);
}

static const char *first_error(struct web *web)
{
    for (size_t i = 0; i < web->form.form->count; i++)
        if (web->form.error[i])
            return trf(web->tr, web->arena, web->form.error[i], 1,
                       web->form.error_value[i] ? web->form.error_value[i] : "");
    return "";
}

static enum status show_conflict(struct web *web, struct observation *now)
{
    /* The next press on Keep writes over what stands now: the reader has seen it by then. */
    form_set(&web->form, "version", arena_printf(web->arena, "%d", now->version));
    enum status st = show(web, now, &web->form, now->body);
    web->reply.status = 409;
    return st;
}

static enum status save(struct web *web)
{
    struct observation_id id = {web->ids[PARAM_OBSERVATION]};
    struct observation *now = ARENA_NEW(web->arena, struct observation);
    if (!now)
        return ERR_NOMEM;
    if (form_valid(&web->form) &&
        date_compare(form_date(&web->form, "seen_on"), web->work.today) > 0)
        form_error(&web->form, "seen_on", N_("Choose today or a day before."));
    if (!form_valid(&web->form) && web->autosave)
        return web_refused(web, first_error(web));
    if (!form_valid(&web->form))
        return show_refused(web, id);
    struct observation_draft draft = draft_of(&web->form);
    int version = 0;
    enum status st =
        observation_save(&web->work, web_pupil(web), id, (int)form_number(&web->form, "version"),
                         &draft, &version, now);
    bool conflict = st == ERR_CONFLICT && now->id.v != 0;
    if (web->autosave && (st == OK || conflict))
        return answer_autosave(web, st, version, now);
    if (conflict)
        return show_conflict(web, now);
    return st == OK ? back_to(web, form_text(&web->form, "back"), web_pupil(web)) : st;
}

static enum status remove_it(struct web *web)
{
    struct observation found;
    enum status st = find_here(web, &found);
    if (st == OK)
        st = observation_remove(&web->work, found.id);
    if (st == OK && !may_read_dossier(web, found.pupil))
        return back_to(web, "group", found.pupil);
    return st == OK ? web_redirect(web, "/leerling/%s?weg=%s", id_text(found.pupil.v).s,
                                   id_text(found.id.v).s)
                    : st;
}

static enum status restore(struct web *web)
{
    struct observation_id id = {web->ids[PARAM_OBSERVATION]};
    struct observation found;
    enum status st = observation_restore(&web->work, id);
    if (st == OK)
        st = find_here(web, &found);
    return st == OK ? back_to(web, "dossier", found.pupil) : st;
}

const struct route observation_routes[] = {
    {HTTP_GET, "/leerling/:pupil/observatie/:observation", .right = RIGHT_PUPIL_NOTE, .run = page},
    {HTTP_POST, "/leerling/:pupil/observatie/:observation", .right = RIGHT_PUPIL_NOTE,
     .form = &form, .run = save},
    {HTTP_POST, "/leerling/:pupil/observatie/:observation/weg", .right = RIGHT_PUPIL_NOTE,
     .run = remove_it},
    {HTTP_POST, "/leerling/:pupil/observatie/:observation/terug", .right = RIGHT_PUPIL_NOTE,
     .run = restore},
    {0},
};
