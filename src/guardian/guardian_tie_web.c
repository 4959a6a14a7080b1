#include "base/arena.h"
#include "base/str.h"
#include "gen/guardian_html.h"
#include "guardian/guardian_web.h"
#include "pupil/pupil.h"
#include "pupil/pupil_admin_web.h"
#include "web/web.h"

/*
 * Brothers and sisters: somebody who is a guardian at this school already becomes guardian of
 * another pupil too. Typed once, kept once: a new address then holds for all children (principle
 * 5).
 */

#define FOUND_MAX 30 /* more fit: type more of the name */

/* A name is never part of a URL: proxies and browsers keep those. Hence looking is a POST. */
static const struct field fields[] = {
    {.name = "naam",
     .kind = FIELD_TEXT,
     .required = true,
     .max = PERSON_NAME_MAX,
     .label = N_("Name of the guardian")},
    {.name = "verzorger", .kind = FIELD_ID, .required = true, .label = N_("Guardian")},
    {.name = "authority", .kind = FIELD_CHECK, .label = N_("Has authority over the pupil (gezag)")},
    {.name = "information",
     .kind = FIELD_CHOICE,
     .required = true,
     .choices = guardian_informations,
     .label = N_("What may this person hear?"),
     .hint = N_("It may differ from child to child.")},
    {.name = "reason",
     .kind = FIELD_LONG,
     .max = GUARDIAN_REASON_MAX,
     .label = N_("Why nothing"),
     .hint = N_("Needed with “nothing”: for instance a judge's decision, with its date.")},
};
FORM(form, fields);

/* Everybody of the school, read once per request. */
struct family {
    struct guardian_known *guardians;
    struct guardian_bond *bonds;
    struct pupil *pupils[2]; /* here, and gone */
    size_t guardian_count, bond_count, pupil_count[2];
};

static enum status load_family(struct web *web, struct family *ret)
{
    struct work *work = &web->work;
    enum status st = guardian_everybody(work, &ret->guardians, &ret->guardian_count);
    if (st == OK)
        st = guardian_bonds(work, &ret->bonds, &ret->bond_count);
    for (int left = 0; st == OK && left < 2; left++)
        st = pupil_list(work, left, &ret->pupils[left], &ret->pupil_count[left]);
    return st;
}

static const char *name_of(struct web *web, const struct family *family, struct pupil_id pupil)
{
    for (int left = 0; left < 2; left++)
        for (size_t i = 0; i < family->pupil_count[left]; i++)
            if (family->pupils[left][i].id.v == pupil.v)
                return person_full(web->arena, &family->pupils[left][i].person);
    return "";
}

/* "Karin Linden (Noor van der Linden, Sem Linden)"; NULL when they are this pupil's guardian
 * already. */
static const char *label_of(struct web *web, const struct family *family,
                            const struct guardian_known *guardian)
{
    const char *children = "";
    for (size_t i = 0; i < family->bond_count; i++) {
        if (family->bonds[i].guardian.v != guardian->id.v)
            continue;
        if (family->bonds[i].pupil.v == web_pupil(web).v)
            return NULL;
        children = arena_printf(web->arena, "%s%s%s", children, *children ? ", " : "",
                                name_of(web, family, family->bonds[i].pupil));
    }
    const char *full = person_full(web->arena, &guardian->person);
    return *children ? arena_printf(web->arena, "%s (%s)", full, children) : full;
}

/* Who the name fits, among the guardians of others. More than FOUND_MAX: none, and their number. */
static enum status look_for(struct web *web, const char *name, struct form_option *found,
                            size_t *ret_count)
{
    struct family family = {0};
    size_t count = 0;
    enum status st = load_family(web, &family);
    for (size_t i = 0; st == OK && i < family.guardian_count; i++) {
        const struct guardian_known *guardian = &family.guardians[i];
        const char *label =
            pupil_name_fits(web, &guardian->person, name) ? label_of(web, &family, guardian) : NULL;
        if (!label)
            continue;
        if (count < FOUND_MAX)
            found[count] =
                (struct form_option){arena_strdup(web->arena, id_text(guardian->id.v).s), label};
        count++;
    }
    if (st == OK)
        *ret_count = count;
    return st;
}

static enum status show(struct web *web, const struct pupil *pupil,
                        const struct form_values *values, const struct form_option *found,
                        size_t count)
{
    struct guardian_tie_view *view = ARENA_NEW(web->arena, struct guardian_tie_view);
    if (!view)
        return ERR_NOMEM;
    *view = (struct guardian_tie_view){.top = school_top(web, SCHOOL_TAB_PUPILS),
                                       .pupil = pupil->id,
                                       .pupil_name = person_full(web->arena, &pupil->person),
                                       .form = values,
                                       .found = found,
                                       .found_count = count <= FOUND_MAX ? count : 0};
    return web_page(web, _("Guardian of a brother or sister"), html_guardian_tie_page, view);
}

/* Shown for the first time: who has the pupil's family name is there already. */
static enum status page(struct web *web)
{
    struct form_values *values = ARENA_NEW(web->arena, struct form_values);
    struct form_option *found = ARENA_ARRAY(web->arena, struct form_option, FOUND_MAX);
    struct pupil pupil;
    size_t count = 0;
    if (!values || !found)
        return ERR_NOMEM;
    enum status st = pupil_find(&web->work, web_pupil(web), &pupil);
    if (st == OK && *pupil.person.family)
        st = look_for(web, pupil.person.family, found, &count);
    if (st != OK)
        return st;
    form_begin(values, &form);
    form_set(values, "naam", pupil.person.family);
    form_set(values, "information", guardian_informations[0].value);
    return show(web, &pupil, values, found, count);
}

static bool is_among(const struct form_option *found, size_t count, const char *id)
{
    for (size_t i = 0; i < count; i++)
        if (str_equal(found[i].value, id))
            return true;
    return false;
}

/* What is wrong with what was sent; with nobody chosen yet, nothing is: there is a list now. */
static void check(struct web *web, const struct form_option *found, size_t count)
{
    const char *chosen = form_text(&web->form, "verzorger");
    if (!*chosen)
        web->form.error[form_index(&form, "verzorger")] = NULL;
    enum guardian_information information =
        (enum guardian_information)(form_number(&web->form, "information") + 1);
    if (*form_text(&web->form, "naam") && count == 0)
        form_error(&web->form, "naam", N_("No guardian of another pupil has this name."));
    else if (count > FOUND_MAX)
        form_error(&web->form, "naam", N_("Many have a name like this. Type more of it."));
    else if (*chosen && !is_among(found, count, chosen))
        form_error(&web->form, "verzorger", N_("Choose the one you mean."));
    if (information == INFORMATION_NONE && str_is_blank(form_text(&web->form, "reason")))
        form_error(&web->form, "reason", N_("Write down why this person hears nothing."));
}

static enum status tie(struct web *web)
{
    struct form_option *found = ARENA_ARRAY(web->arena, struct form_option, FOUND_MAX);
    struct pupil pupil;
    size_t count = 0;
    const char *name = form_text(&web->form, "naam");
    enum status st = found ? pupil_find(&web->work, web_pupil(web), &pupil) : ERR_NOMEM;
    if (st == OK && *name)
        st = look_for(web, name, found, &count);
    if (st != OK)
        return st;
    check(web, found, count);
    if (!form_valid(&web->form) || !*form_text(&web->form, "verzorger"))
        return show(web, &pupil, &web->form, found, count);
    struct guardian_draft draft = {
        .has_authority = form_checked(&web->form, "authority"),
        .information = (enum guardian_information)(form_number(&web->form, "information") + 1),
        .reason = form_text(&web->form, "reason")};
    struct guardian_id guardian = {form_number(&web->form, "verzorger")};
    st = guardian_tie(&web->work, pupil.id, guardian, &draft);
    return st == OK
               ? web_redirect(web, "/school/leerlingen/%s?ok=toegevoegd", id_text(pupil.id.v).s)
               : st;
}

const struct route guardian_tie_routes[] = {
    {HTTP_GET, "/school/leerlingen/:pupil/verzorgers/bestaand", .right = RIGHT_STRUCTURE,
     .run = page},
    {HTTP_POST, "/school/leerlingen/:pupil/verzorgers/bestaand", .right = RIGHT_STRUCTURE,
     .form = &form, .run = tie},
    {0},
};
