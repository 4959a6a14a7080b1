#include "school/log_web.h"

#include "access/audit.h"
#include "base/arena.h"
#include "base/str.h"
#include "gen/log_html.h"
#include "pupil/pupil.h"
#include "staff/staff.h"
#include "web/web.h"

#define LINES 50 /* on a page */

static const struct log_kind kinds[] = {
    {"alles", N_("Everything"), 0, INT16_MAX},
    {"aanmelden", N_("Signing in"), AUDIT_SIGN_IN, AUDIT_SECOND_FACTOR_RESET},
    {"lezen", N_("Reading"), AUDIT_GROUP_SEEN, AUDIT_EMERGENCY_OPENED},
    {"schrijven", N_("Writing"), AUDIT_OBSERVATION_ADDED, AUDIT_NOTE_KEPT},
    {"gesprekken", N_("Conversations"), AUDIT_CONVERSATION_PLANNED, AUDIT_OPP_PRINTED},
    {"pasjes", N_("Badges and devices"), AUDIT_BADGES_PRINTED, AUDIT_CLASS_DEVICE_CLOSED},
    {"school", N_("School and people"), AUDIT_SCHOOL_MADE, AUDIT_ACCOUNT_ENABLED},
    {NULL, NULL, 0, 0},
};

static const struct choice choices[] = {{"alles", ""},     {"aanmelden", ""},  {"lezen", ""},
                                        {"schrijven", ""}, {"gesprekken", ""}, {"pasjes", ""},
                                        {"school", ""},    {NULL, NULL}};

static const struct field fields[] = {
    {.name = "soort", .kind = FIELD_CHOICE, .choices = choices},
    {.name = "voor", .kind = FIELD_NUMBER, .min_value = 1, .max_value = INT64_MAX},
};
FORM(form, fields);

/* Everybody whose name may be on the page. */
struct names {
    struct staff *staff[2];
    size_t staff_count[2];
    struct pupil *pupils[2];
    size_t pupil_count[2];
};

static enum status load_names(struct web *web, struct names *names)
{
    bool may_pupils = actor_has_role(&web->actor, ROLE_COORDINATOR);
    enum status st = OK;
    for (int left = 0; st == OK && left < 2; left++) {
        st = staff_list(&web->work, left, &names->staff[left], &names->staff_count[left]);
        if (st == OK && may_pupils)
            st = pupil_list(&web->work, left, &names->pupils[left], &names->pupil_count[left]);
    }
    return st;
}

static const char *staff_name(struct web *web, const struct names *names, int64_t id)
{
    for (int left = 0; left < 2; left++)
        for (size_t i = 0; i < names->staff_count[left]; i++)
            if (names->staff[left][i].id.v == id)
                return person_full(web->arena, &names->staff[left][i].person);
    return NULL;
}

static const char *pupil_name(struct web *web, const struct names *names, int64_t id)
{
    for (int left = 0; left < 2; left++)
        for (size_t i = 0; i < names->pupil_count[left]; i++)
            if (names->pupils[left][i].id.v == id)
                return person_full(web->arena, &names->pupils[left][i].person);
    return _("a pupil");
}

static const char *actor_name(struct web *web, const struct names *names,
                              const struct audit_line *line)
{
    if (line->actor_kind == ACTOR_PUPIL)
        return pupil_name(web, names, line->actor);
    if (line->actor_kind != ACTOR_STAFF)
        return tr(web->tr, audit_actor_words(line->actor_kind));
    const char *name = staff_name(web, names, line->actor);
    return name ? name : _("somebody whose data were erased");
}

/* The pupil it is about, or else the member of staff. */
static const char *whom(struct web *web, const struct names *names, const struct audit_line *line)
{
    if (line->pupil)
        return pupil_name(web, names, line->pupil);
    const char *staff = line->subject ? staff_name(web, names, line->subject) : NULL;
    return staff ? staff : "";
}

static enum status fill(struct web *web, struct log_view *view, int64_t before)
{
    struct audit_line *lines = NULL;
    size_t count = 0;
    struct names names = {0};
    /* One more than a page: is there an older one? */
    enum status st = audit_latest(&web->work, before, view->kind->low, view->kind->high, LINES + 1,
                                  &lines, &count);
    if (st == OK)
        st = load_names(web, &names);
    if (st != OK)
        return st;
    if (count > LINES) {
        count = LINES;
        view->older = arena_printf(web->arena, "%lld", (long long)lines[LINES - 1].seq);
    }
    view->lines = ARENA_ARRAY(web->arena, struct log_line, count);
    if (!view->lines)
        return ERR_NOMEM;
    for (size_t i = 0; i < count; i++)
        view->lines[i] = (struct log_line){.when = school_moment(web, lines[i].at_ms),
                                           .who = actor_name(web, &names, &lines[i]),
                                           .what = tr(web->tr, audit_action_words(lines[i].action)),
                                           .whom = whom(web, &names, &lines[i])};
    view->count = count;
    return OK;
}

static enum status page(struct web *web)
{
    struct log_view *view = ARENA_NEW(web->arena, struct log_view);
    if (!view)
        return ERR_NOMEM;
    if (!form_valid(&web->form))
        return ERR_INVALID;
    int64_t before = form_number(&web->form, "voor");
    view->top = school_top(web, SCHOOL_TAB_LOG);
    view->kinds = kinds;
    view->kind = &kinds[form_number(&web->form, "soort")];
    view->is_first = before == 0;
    web->form.form = NULL;
    enum status st = fill(web, view, before ? before : INT64_MAX);
    if (st == OK)
        st = audit_seen(&web->work, AUDIT_LOG_SEEN, 0, 0);
    return st == OK ? web_page(web, _("Log"), html_log_page, view) : st;
}

const struct route log_routes[] = {
    {HTTP_GET, "/school/logboek", .right = RIGHT_AUDIT, .form = &form, .run = page},
    {0},
};
