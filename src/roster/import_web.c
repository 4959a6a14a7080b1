#include "roster/import_web.h"

#include "base/arena.h"
#include "base/str.h"
#include "db/db.h"
#include "gen/import_html.h"
#include "roster/csv_headers.h"
#include "roster/import_view_web.h"
#include "school/school.h"
#include "web/web.h"

#define ARENA_CAP ((size_t)512 * 1024 * 1024) /* a file of 50 MB, opened, read and compared */
#define TRIES_MAX 5

static const struct field upload_fields[] = {
    {.name = "file",
     .kind = FIELD_FILE,
     .required = true,
     .max = ROSTER_FILE_MAX,
     .label = N_("File")},
    {.name = "guardians",
     .kind = FIELD_CHECK,
     .label = N_("Take parents over too, if they are in the file")},
};
FORM(upload_form, upload_fields);

/* In the order of enum roster_field. */
static const struct choice meanings[] = {
    {"0", N_("(not used)")},     {"1", N_("Number at school")},
    {"2", N_("Call name")},      {"3", N_("Given names")},
    {"4", N_("Initials")},       {"5", N_("Prefix")},
    {"6", N_("Family name")},    {"7", N_("Birth date")},
    {"8", N_("Group")},          {"9", N_("Other groups")},
    {"10", N_("Year group")},    {"11", N_("Location")},
    {"12", N_("Left on")},       {"13", N_("E-mail of the teacher")},
    {"14", N_("Staff: e-mail")}, {"15", N_("Staff: function")},
    {"16", N_("Staff: groups")}, {NULL, NULL},
};
_Static_assert(sizeof meanings / sizeof meanings[0] == ROSTER_FIELDS + 1, "one per field");

#define COLUMN(n)                                                                                  \
    {                                                                                              \
        .name = "kolom" #n, .kind = FIELD_CHOICE, .max = 2, .choices = meanings, .label = ""       \
    }
#define SETTINGS_BEFORE_COLUMNS 4

static const struct field settings_fields[] = {
    {.name = "year",
     .kind = FIELD_NUMBER,
     .max = 4,
     .min_value = 1990,
     .max_value = 2200,
     .label = N_("School year starts in"),
     .hint = N_("Empty: what the file says.")},
    {.name = "secondary",
     .kind = FIELD_CHECK,
     .label = N_("Years 1 to 6 are those of secondary school")},
    {.name = "parents",
     .kind = FIELD_CHECK,
     .label = N_("Take parents over too, if they are in the file")},
    {.name = "own_numbers",
     .kind = FIELD_CHECK,
     .label = N_("Numbers of nine digits are our own, and no national numbers")},
    COLUMN(1),
    COLUMN(2),
    COLUMN(3),
    COLUMN(4),
    COLUMN(5),
    COLUMN(6),
    COLUMN(7),
    COLUMN(8),
    COLUMN(9),
    COLUMN(10),
    COLUMN(11),
    COLUMN(12),
    COLUMN(13),
    COLUMN(14),
    COLUMN(15),
    COLUMN(16),
    COLUMN(17),
    COLUMN(18),
    COLUMN(19),
    COLUMN(20),
};
FORM(settings_form, settings_fields);
_Static_assert(sizeof settings_fields / sizeof settings_fields[0] ==
                   SETTINGS_BEFORE_COLUMNS + STAGED_COLUMNS_MAX,
               "a field per column");

static const struct choice sames[] = {
    {"later", N_("I do not know yet: leave them as they are")},
    {"same", N_("They are the same people: take the new key over")},
    {"new", N_("They are other people: add them")},
    {NULL, NULL},
};

static const struct field apply_fields[] = {
    {.name = "plan", .kind = FIELD_HIDDEN, .required = true, .max = PLAN_DIGEST_TEXT - 1},
    {.name = "same",
     .kind = FIELD_CHOICE,
     .max = 5,
     .choices = sames,
     .label = N_("Who are they?")},
    {.name = "leaving", .kind = FIELD_CHECK, .label = N_("Yes, it is right that so many leave")},
    {.name = "other_school", .kind = FIELD_CHECK, .label = N_("Yes, this file is of our school")},
};
FORM(apply_form, apply_fields);

/* A staged file, read and compared, in memory of its own. */
struct reading {
    struct arena *arena;
    struct work work; /* the request's, with this arena */
    struct staged staged;
    struct roster roster;
    struct plan plan;
    bool has_plan;
    char digest[PLAN_DIGEST_TEXT];
};

static void reading_end(struct reading *reading)
{
    db_rollback(reading->work.db);
    arena_free(reading->arena);
}

static struct roster_import_id import_id(const struct web *web)
{
    return (struct roster_import_id){web->ids[PARAM_IMPORT]};
}

static struct plan_options plan_options_of(const struct staged_settings *settings)
{
    return (struct plan_options){.school_year = settings->school_year,
                                 .guardians = settings->guardians};
}

/* Finds the file and reads it. Reading happens outside any transaction. */
static enum status read_staged(struct web *web, struct reading *ret)
{
    *ret = (struct reading){.work = web->work, .arena = arena_new(ARENA_CAP)};
    if (!ret->arena)
        return ERR_NOMEM;
    ret->work.arena = ret->arena;
    enum status st = db_begin(ret->work.db, DB_READ);
    if (st == OK)
        st = staged_find(&ret->work, import_id(web), &ret->staged);
    db_rollback(ret->work.db);
    if (st != OK || ret->staged.is_applied)
        return st;
    const struct staged_settings *s = &ret->staged.settings;
    struct roster_options options = {.today = web->work.today,
                                     .school_known = true,
                                     .secondary = s->secondary,
                                     .guardians = s->guardians,
                                     .own_nine_digit_keys = s->own_numbers,
                                     .columns = s->columns,
                                     .column_count = s->column_count};
    return roster_read(ret->arena, &(struct roster_source){.data = ret->staged.file}, &options,
                       &ret->roster);
}

/* Compares, in the open transaction. */
static enum status compare(struct reading *reading)
{
    struct plan_options options = plan_options_of(&reading->staged.settings);
    reading->has_plan = false;
    if (!roster_applicable(&reading->roster))
        return OK;
    enum status st = plan_make(&reading->work, &reading->roster, &options, &reading->plan);
    if (st == OK)
        st = plan_digest(&reading->work, &reading->plan, reading->digest);
    reading->has_plan = st == OK;
    return st;
}

static enum status compare_now(struct reading *reading)
{
    enum status st = db_begin(reading->work.db, DB_READ);
    if (st == OK)
        st = compare(reading);
    db_rollback(reading->work.db);
    return st;
}

/* What the header of a column says, when nobody said otherwise. */
static enum roster_field guess(struct arena *arena, const char *header)
{
    const char *folded = str_sort_key(arena, header);
    if (csv_forbidden(folded))
        return ROSTER_FIELD_NONE;
    enum roster_field field = csv_pupil_field(folded);
    return field != ROSTER_FIELD_NONE ? field : csv_staff_field(folded);
}

static void set_check(struct form_values *values, const char *name, bool on)
{
    values->number[form_index(values->form, name)] = on;
}

static void fill_settings(struct web *web, const struct reading *reading,
                          struct form_values *values)
{
    const struct staged_settings *s = &reading->staged.settings;
    *values = (struct form_values){.form = &settings_form};
    for (size_t i = 0; i < settings_form.count; i++)
        values->text[i] = "";
    if (s->school_year)
        form_set(values, "year", arena_printf(web->arena, "%d", s->school_year));
    set_check(values, "secondary", s->secondary);
    set_check(values, "parents", s->guardians);
    set_check(values, "own_numbers", s->own_numbers);
    for (size_t i = 0; i < reading->roster.header_count && i < STAGED_COLUMNS_MAX; i++) {
        enum roster_field field =
            s->column_count ? ROSTER_FIELD_NONE : guess(web->arena, reading->roster.header[i]);
        for (size_t k = 0; k < s->column_count; k++)
            if (s->columns[k].number == i + 1)
                field = s->columns[k].field;
        values->text[SETTINGS_BEFORE_COLUMNS + i] = meanings[field].value;
    }
}

/* The page with what the file would change. `apply`: as sent, or NULL for a fresh form. */
static enum status show(struct web *web, const struct reading *reading,
                        const struct form_values *apply, bool differs)
{
    struct import_view *view = ARENA_NEW(web->arena, struct import_view);
    struct form_values *settings = ARENA_NEW(web->arena, struct form_values);
    struct form_values *fresh = ARENA_NEW(web->arena, struct form_values);
    if (!view || !settings || !fresh)
        return ERR_NOMEM;
    fill_settings(web, reading, settings);
    *fresh = (struct form_values){.form = &apply_form};
    for (size_t i = 0; i < apply_form.count; i++)
        fresh->text[i] = "";
    form_set(fresh, "same", "later");
    *view = (struct import_view){.id = reading->staged.id,
                                 .settings = settings,
                                 .apply = apply ? apply : fresh,
                                 .differs = differs,
                                 .digest = arena_strdup(web->arena, reading->digest)};
    enum status st =
        import_view_fill(web, &reading->roster, reading->has_plan ? &reading->plan : NULL, view);
    if (st != OK)
        return st;
    view->top = school_top(web, SCHOOL_TAB_START);
    return web_page(web, _("What the roster changes"), html_import_page, view);
}

static enum status upload_page(struct web *web)
{
    struct upload_view *view = ARENA_NEW(web->arena, struct upload_view);
    struct form_values *fresh = ARENA_NEW(web->arena, struct form_values);
    if (!view || !fresh)
        return ERR_NOMEM;
    *fresh = (struct form_values){.form = &upload_form};
    *view = (struct upload_view){.top = school_top(web, SCHOOL_TAB_START),
                                 .form = web->form.form ? &web->form : fresh};
    return web_page(web, _("Read in a roster"), html_upload_page, view);
}

/* In a WRITE transaction of its own; tried again when PostgreSQL asks for it. */
static enum status in_write(struct web *web, enum status (*run)(struct work *work, void *context),
                            struct work *work, void *context)
{
    enum status st = ERR_CONFLICT;
    for (int tries = 0; st == ERR_CONFLICT && tries < TRIES_MAX; tries++) {
        st = db_begin(web->work.db, DB_WRITE);
        if (st == OK)
            st = run(work, context);
        if (st == OK)
            st = db_commit(web->work.db);
        db_rollback(web->work.db);
    }
    return st;
}

struct uploading {
    struct bytes file;
    struct staged_settings settings;
    struct roster_import_id ret_id;
};

static enum status keep_upload(struct work *work, void *context)
{
    struct uploading *uploading = context;
    struct school school;
    enum status st = school_find(work, &school);
    if (st != OK)
        return st;
    uploading->settings.secondary = school.kind == SCHOOL_SECONDARY;
    return staged_add(work, uploading->file, &uploading->settings, &uploading->ret_id);
}

static enum status upload(struct web *web)
{
    if (!form_valid(&web->form))
        return upload_page(web);
    struct uploading uploading = {.file = web->form.file[form_index(&upload_form, "file")],
                                  .settings = {.guardians = form_checked(&web->form, "guardians")}};
    struct work work = web->work;
    work.arena = arena_new(ARENA_CAP);
    if (!work.arena)
        return ERR_NOMEM;
    enum status st = in_write(web, keep_upload, &work, &uploading);
    arena_free(work.arena);
    return st == OK ? web_redirect(web, "/school/inlezen/%s", id_text(uploading.ret_id.v).s) : st;
}

static enum status show_done(struct web *web, const struct staged *staged)
{
    struct import_done_view *view = ARENA_NEW(web->arena, struct import_done_view);
    if (!view)
        return ERR_NOMEM;
    *view = (struct import_done_view){.top = school_top(web, SCHOOL_TAB_START),
                                      .result = staged->result};
    return web_page(web, _("The roster is read in"), html_import_done_page, view);
}

static enum status preview(struct web *web)
{
    struct reading reading;
    enum status st = read_staged(web, &reading);
    if (st == OK && reading.staged.is_applied) {
        st = show_done(web, &reading.staged);
    } else {
        if (st == OK)
            st = compare_now(&reading);
        if (st == OK)
            st = show(web, &reading, NULL, false);
    }
    reading_end(&reading);
    return st;
}

static enum status set_settings(struct web *web)
{
    const struct form_values *form = &web->form;
    if (!form_valid(form)) {
        struct reading reading;
        enum status st = read_staged(web, &reading);
        if (st == OK)
            st = reading.staged.is_applied ? ERR_NOT_FOUND : compare_now(&reading);
        if (st == OK)
            st = show(web, &reading, NULL, false);
        reading_end(&reading);
        return st;
    }
    struct staged_settings settings = {.school_year = (int)form_number(form, "year"),
                                       .secondary = form_checked(form, "secondary"),
                                       .guardians = form_checked(form, "parents"),
                                       .own_numbers = form_checked(form, "own_numbers")};
    for (size_t i = 0; i < STAGED_COLUMNS_MAX; i++) {
        enum roster_field field = (enum roster_field)form->number[SETTINGS_BEFORE_COLUMNS + i];
        if (field != ROSTER_FIELD_NONE)
            settings.columns[settings.column_count++] =
                (struct roster_column){(unsigned)i + 1, field};
    }
    enum status st = db_begin(web->work.db, DB_WRITE);
    if (st == OK)
        st = staged_set(&web->work, import_id(web), &settings);
    if (st == OK)
        st = db_commit(web->work.db);
    return st == OK ? web_redirect(web, "/school/inlezen/%s", id_text(import_id(web).v).s) : st;
}

struct applying {
    struct reading *reading;
    struct apply_choices choices;
    const char *shown; /* the digest of what was shown */
    bool differs;
    enum apply_refusal refusal;
};

static size_t count_same(const struct plan *plan, const struct apply_choices *choices)
{
    return choices->same == PLAN_ARE_SAME ? plan->held : 0;
}

/* Compared anew in the transaction that carries it out: nothing can come between. */
static enum status apply_shown(struct work *work, void *context)
{
    struct applying *applying = context;
    struct reading *reading = applying->reading;
    enum status st = compare(reading);
    if (st != OK)
        return st;
    applying->differs = !reading->has_plan || !str_equal(reading->digest, applying->shown);
    if (applying->differs)
        return ERR_INVALID;
    applying->refusal = apply_refusal(&reading->plan, &applying->choices);
    if (applying->refusal != APPLY_FINE)
        return ERR_FORBIDDEN;
    const struct plan *plan = &reading->plan;
    struct staged_result result = {.groups = plan->new_groups,
                                   .pupils = plan->new_pupils,
                                   .staff = plan->new_staff,
                                   .changed = plan->changed,
                                   .moved = plan->moved,
                                   .left = plan_left(plan),
                                   .same_people = count_same(plan, &applying->choices)};
    st = staged_applied(work, reading->staged.id, &result);
    return st == OK ? apply_plan(work, &reading->plan, &applying->choices) : st;
}

static enum plan_same same_of(const struct form_values *form)
{
    const char *text = form_text(form, "same");
    return str_equal(text, "same")  ? PLAN_ARE_SAME
           : str_equal(text, "new") ? PLAN_ARE_NEW
                                    : PLAN_DECIDE_LATER;
}

/* Not carried out: the page anew, with what is asked or what differs now. */
static enum status show_refused(struct web *web, struct reading *reading,
                                const struct applying *applying)
{
    if (applying->refusal == APPLY_MANY_LEAVE)
        form_error(&web->form, "leaving", apply_refusal_text(APPLY_MANY_LEAVE));
    if (applying->refusal == APPLY_OTHER_SCHOOL)
        form_error(&web->form, "other_school", apply_refusal_text(APPLY_OTHER_SCHOOL));
    enum status st = compare_now(reading);
    if (st == OK)
        st = show(web, reading, &web->form, applying->differs);
    if (st == OK && applying->differs)
        web->reply.status = 409;
    return st;
}

static enum status apply(struct web *web)
{
    if (!form_valid(&web->form))
        return ERR_INVALID;
    struct reading reading;
    struct applying applying = {
        .reading = &reading,
        .choices = {.same = same_of(&web->form),
                    .confirm_leaving = form_checked(&web->form, "leaving"),
                    .confirm_school = form_checked(&web->form, "other_school")},
        .shown = form_text(&web->form, "plan")};
    enum status st = read_staged(web, &reading);
    if (st == OK && reading.staged.is_applied)
        st = ERR_CONFLICT;
    else if (st == OK)
        st = in_write(web, apply_shown, &reading.work, &applying);
    if (st != OK && (applying.differs || applying.refusal != APPLY_FINE))
        st = show_refused(web, &reading, &applying);
    else if (st == OK)
        st = web_redirect(web, "/school/inlezen/%s", id_text(import_id(web).v).s);
    reading_end(&reading);
    return st;
}

static enum status drop(struct web *web)
{
    enum status st = staged_drop(&web->work, import_id(web));
    return st == OK ? web_redirect(web, "/school/inlezen") : st;
}

const struct route import_routes[] = {
    {HTTP_GET, "/school/inlezen", .right = RIGHT_STRUCTURE, .run = upload_page},
    {HTTP_POST, "/school/inlezen", .right = RIGHT_STRUCTURE,
     .flags = ROUTE_UPLOAD | ROUTE_OWN_TRANSACTION, .form = &upload_form, .run = upload},
    {HTTP_GET, "/school/inlezen/:import", .right = RIGHT_STRUCTURE,
     .flags = ROUTE_OWN_TRANSACTION | ROUTE_SLOW, .run = preview},
    {HTTP_POST, "/school/inlezen/:import", .right = RIGHT_STRUCTURE, .flags = ROUTE_OWN_TRANSACTION,
     .form = &apply_form, .run = apply},
    {HTTP_POST, "/school/inlezen/:import/instellingen", .right = RIGHT_STRUCTURE,
     .flags = ROUTE_OWN_TRANSACTION, .form = &settings_form, .run = set_settings},
    {HTTP_POST, "/school/inlezen/:import/weg", .right = RIGHT_STRUCTURE, .run = drop},
    {0},
};
