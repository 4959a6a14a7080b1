#include "pupil/emergency_web.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/str.h"
#include "base/utf8.h"
#include "gen/emergency_html.h"
#include "pupil/emergency.h"
#include "pupil/pupil.h"
#include "pupil/pupil_admin_web.h"
#include "web/web.h"

#define NAME_MIN 3     /* letters: the page is no list of all */
#define FOUND_MAX 20   /* more fit: type more of the name */

/* A name is never part of a URL: proxies and browsers keep those. Hence looking is a POST. */
static const struct field fields[] = {
    {.name = "naam", .kind = FIELD_TEXT, .required = true, .max = PERSON_NAME_MAX,
     .label = N_("Name of the pupil")},
    {.name = "reden", .kind = FIELD_LONG, .required = true, .max = EMERGENCY_REASON_MAX,
     .label = N_("Why it is needed now"),
     .hint = N_("Everybody who may read the dossier reads this too, also pupil and parents on request.")},
    {.name = "leerling", .kind = FIELD_ID, .required = true, .label = N_("Pupil")},
};
FORM(form, fields);

static enum status show(struct web *web, const struct form_option *found, size_t count)
{
    struct emergency_view *view = ARENA_NEW(web->arena, struct emergency_view);
    if (!view)
        return ERR_NOMEM;
    if (!web->form.form)
        form_begin(&web->form, &form);
    *view = (struct emergency_view){.top = school_top(web, SCHOOL_TAB_EMERGENCY),
                                    .form = &web->form,
                                    .found = found,
                                    .found_count = count};
    return web_page(web, _("Emergency access"), html_emergency_page, view);
}

static enum status page(struct web *web)
{
    return show(web, NULL, 0);
}

/* Pupils whose name fits, here and gone. *ret_count over FOUND_MAX: too many, and none of them. */
static enum status look_for(struct web *web, const char *name, struct form_option *found,
                            size_t *ret_count)
{
    size_t count = 0;
    for (int left = 0; left < 2; left++) {
        struct pupil *pupils = NULL;
        size_t total = 0;
        enum status st = pupil_list(&web->work, left, &pupils, &total);
        if (st != OK)
            return st;
        for (size_t i = 0; i < total; i++) {
            if (!pupil_name_fits(web, &pupils[i].person, name))
                continue;
            if (count < FOUND_MAX)
                found[count] = (struct form_option){
                    arena_strdup(web->arena, id_text(pupils[i].id.v).s),
                    trf(web->tr, web->arena, left ? N_("{0} (has left), {1}") : "{0}, {1}", 2,
                        person_full(web->arena, &pupils[i].person),
                        school_year_group_text(web, pupils[i].year_group))};
            count++;
        }
    }
    *ret_count = count;
    return OK;
}

static bool is_among(const struct form_option *found, size_t count, const char *id)
{
    for (size_t i = 0; i < count; i++)
        if (str_equal(found[i].value, id))
            return true;
    return false;
}

static enum status open_one(struct web *web, struct pupil_id pupil)
{
    struct emergency_id id;
    enum status st = emergency_open(&web->work, pupil, form_text(&web->form, "reden"), &id);
    if (st == OK || st == ERR_CONFLICT) /* ERR_CONFLICT: it is open to them already */
        return web_redirect(web, "/leerling/%s", id_text(pupil.v).s);
    return st;
}

static enum status open_dossier(struct web *web)
{
    struct form_option *found = ARENA_ARRAY(web->arena, struct form_option, FOUND_MAX);
    const char *name = form_text(&web->form, "naam");
    size_t count = 0;
    if (!found)
        return ERR_NOMEM;
    if (!*form_text(&web->form, "leerling")) /* the first time there is nothing to choose from yet */
        web->form.error[form_index(&form, "leerling")] = NULL;
    if (utf8_chars(form_text(&web->form, "reden")) < EMERGENCY_REASON_MIN)
        form_error(&web->form, "reden", N_("Say it in a sentence."));
    if (*name && utf8_chars(name) < NAME_MIN)
        form_error(&web->form, "naam", N_("Type at least three letters."));
    if (!form_valid(&web->form))
        return show(web, NULL, 0);
    enum status st = look_for(web, name, found, &count);
    if (st != OK)
        return st;
    if (count == 0)
        form_error(&web->form, "naam", N_("Nobody with this name was found."));
    if (count > FOUND_MAX) {
        form_error(&web->form, "naam", N_("Many pupils have a name like this. Type more of it."));
        count = 0;
    }
    const char *chosen = form_text(&web->form, "leerling");
    if (count && is_among(found, count, chosen))
        return open_one(web, (struct pupil_id){form_number(&web->form, "leerling")});
    if (count && *chosen)
        form_error(&web->form, "leerling", N_("Choose the one you mean."));
    return show(web, found, count); /* to choose from: nothing is wrong yet */
}

enum status emergency_lines(struct web *web, struct pupil_id pupil, bool recent,
                            struct emergency_line **ret, size_t *ret_count)
{
    struct emergency *list = NULL;
    size_t count = 0, shown = 0;
    enum status st = emergency_of_pupil(&web->work, pupil, &list, &count);
    struct emergency_line *lines = ARENA_ARRAY(web->arena, struct emergency_line, count);
    if (st == OK && !lines)
        st = ERR_NOMEM;
    if (st != OK)
        return st;
    int64_t now = web->work.now_ms;
    for (size_t i = 0; i < count; i++) {
        if (recent && list[i].ends_at + EMERGENCY_RECENT_DAYS * MS_DAY < now)
            continue;
        lines[shown++] = (struct emergency_line){
            .who = list[i].staff_name,
            .when = school_moment(web, list[i].made_at),
            .until = school_moment(web, list[i].ends_at),
            .reason = list[i].reason,
            .is_open = list[i].ends_at > now,
            .is_mine = list[i].staff.v == web->actor.staff.v,
        };
    }
    *ret = lines;
    *ret_count = shown;
    return OK;
}

const struct route emergency_routes[] = {
    {HTTP_GET, "/school/noodtoegang", .right = RIGHT_EMERGENCY, .run = page},
    {HTTP_POST, "/school/noodtoegang", .right = RIGHT_EMERGENCY, .form = &form,
     .run = open_dossier},
    {0},
};
