#include "roster/import_view_web.h"

#include "base/arena.h"
#include "base/str.h"
#include "web/web.h"

static const char *copy(struct web *web, const char *text)
{
    return *text ? arena_strdup(web->arena, text) : "";
}

static const char *count_text(struct web *web, size_t count)
{
    return arena_printf(web->arena, "%zu", count);
}

/* One list while it is filled: counts all, keeps the first ones. */
struct filling {
    struct web *web;
    struct import_list *list;
    struct import_line *lines;
};

static struct filling start(struct web *web, struct import_list *list, const char *kind,
                            const char *title)
{
    struct filling f = {web, list, ARENA_ARRAY(web->arena, struct import_line, IMPORT_LINES_MAX)};
    *list = (struct import_list){.kind = kind, .title = title, .lines = f.lines};
    return f;
}

static void add(struct filling *f, const char *name, const char *was, const char *now)
{
    f->list->count++;
    if (!f->lines || f->list->shown == IMPORT_LINES_MAX)
        return;
    f->lines[f->list->shown++] =
        (struct import_line){copy(f->web, name), copy(f->web, was), copy(f->web, now)};
}

static const char *full(struct web *web, const struct person *person)
{
    return person_full(web->arena, person);
}

static void list_new(struct web *web, const struct plan *plan, struct import_list lists[3])
{
    struct filling groups = start(web, &lists[0], "new", _("New groups"));
    struct filling pupils = start(web, &lists[1], "new", _("New pupils"));
    struct filling staff = start(web, &lists[2], "new", _("New staff"));
    for (size_t i = 0; i < plan->group_count; i++)
        if (plan->groups[i].state == PLAN_NEW)
            add(&groups, plan->groups[i].name, "",
                year_groups_text(web->arena, plan->groups[i].years));
    for (size_t i = 0; i < plan->pupil_count; i++) {
        const struct plan_pupil *pupil = &plan->pupils[i];
        if (pupil->state == PLAN_NEW)
            add(&pupils, full(web, &pupil->person), "",
                pupil->want_count ? plan->groups[pupil->wants[0]].name : "");
    }
    for (size_t i = 0; i < plan->staff_count; i++)
        if (plan->staff[i].state == PLAN_NEW)
            add(&staff, full(web, &plan->staff[i].person), "", plan->staff[i].person.email);
    for (size_t i = 0; i < plan->guardian_count; i++)
        if (plan->guardians[i].state == PLAN_NEW)
            add(&staff, full(web, &plan->guardians[i].person), "", _("parent"));
}

static void list_changed(struct web *web, const struct plan *plan, struct import_list *list)
{
    struct filling f = start(web, list, "changed", _("Changed"));
    for (size_t i = 0; i < plan->group_count; i++)
        if (plan->groups[i].state == PLAN_CHANGED)
            add(&f, plan->groups[i].name, plan->groups[i].was, plan->groups[i].name);
    for (size_t i = 0; i < plan->pupil_count; i++) {
        const struct plan_pupil *pupil = &plan->pupils[i];
        if (pupil->state == PLAN_CHANGED)
            add(&f, full(web, &pupil->person), pupil->returns ? _("had left") : pupil->was,
                pupil->returns ? _("is back") : pupil->now);
    }
    for (size_t i = 0; i < plan->staff_count; i++) {
        const struct plan_staff *staff = &plan->staff[i];
        bool only_groups = !staff->changes_profile && !staff->returns;
        if (staff->state == PLAN_CHANGED)
            add(&f, full(web, &staff->person), only_groups ? "" : staff->was,
                only_groups ? _("other groups in the file (gives no rights)") : staff->now);
    }
    for (size_t i = 0; i < plan->guardian_count; i++)
        if (plan->guardians[i].state == PLAN_CHANGED)
            add(&f, full(web, &plan->guardians[i].person), "", _("parent"));
}

static void list_moved(struct web *web, const struct plan *plan, struct import_list *list)
{
    struct filling f = start(web, list, "moved", _("In another group"));
    for (size_t i = 0; i < plan->pupil_count; i++) {
        const struct plan_pupil *pupil = &plan->pupils[i];
        if (pupil->moved && (pupil->state == PLAN_SAME || pupil->state == PLAN_CHANGED))
            add(&f, full(web, &pupil->person), pupil->from, pupil->into);
    }
}

static void list_left(struct web *web, const struct plan *plan, struct import_list *list)
{
    struct filling f = start(web, list, "left", _("Left"));
    for (size_t i = 0; i < plan->pupil_count; i++)
        if (plan->pupils[i].state == PLAN_LEFT)
            add(&f, full(web, &plan->pupils[i].person), "",
                tr_date_day(web->tr, web->arena, plan->pupils[i].left_on, web->work.today));
    for (size_t i = 0; i < plan->staff_count; i++)
        if (plan->staff[i].state == PLAN_LEFT)
            add(&f, full(web, &plan->staff[i].person), "", _("staff"));
    for (size_t i = 0; i < plan->tie_count; i++)
        add(&f, full(web, plan->ties[i].guardian_person), full(web, plan->ties[i].pupil_person),
            _("no parent of this pupil any more in the file"));
}

static void list_suspects(struct web *web, const struct plan *plan, struct import_list *list)
{
    struct filling f = start(web, list, "refused", _("Please look at this"));
    for (size_t i = 0; i < plan->suspect_count; i++) {
        const struct plan_suspect *s = &plan->suspects[i];
        const char *text = tr(web->tr, plan_doubt_text(s->doubt));
        if (s->line)
            text = arena_printf(web->arena, "%s (%s)", text,
                                trf(web->tr, web->arena, "line {0}", 1, count_text(web, s->line)));
        const char *differs = *s->was && *s->now ? trf(web->tr, web->arena, "Here: {0}. File: {1}.",
                                                       2, s->was, s->now)
                                                 : s->was;
        add(&f, *s->name ? s->name : _("The file"), text, differs);
    }
}

static const char *place_of(struct web *web, const struct roster_problem *problem)
{
    const char *file = *problem->file ? problem->file : _("The file");
    return problem->line
               ? trf(web->tr, web->arena, "{0}, line {1}", 2, file, count_text(web, problem->line))
               : copy(web, file);
}

static enum status fill_problems(struct web *web, const struct roster *roster,
                                 struct import_view *view)
{
    struct import_problem *list =
        ARENA_ARRAY(web->arena, struct import_problem, roster->problem_count);
    if (!list)
        return ERR_NOMEM;
    for (size_t i = 0; i < roster->problem_count; i++) {
        const struct roster_problem *problem = &roster->problems[i];
        const char *number = problem->column ? count_text(web, problem->column) : "";
        const char *column = tr(web->tr, problem->column_name);
        list[i] = (struct import_problem){
            .is_error = problem->severity == ROSTER_ERROR,
            .place = place_of(web, problem),
            .column = *problem->column_name && *number
                          ? arena_printf(web->arena, "%s (%s)", column, number)
                      : *number ? number
                                : copy(web, *problem->column_name ? column : ""),
            .text = trf(web->tr, web->arena, roster_message_text(problem->message), 1,
                        problem->arg ? problem->arg : "")};
    }
    view->problems = list;
    view->problem_count = roster->problem_count;
    view->problem_more = roster->error_count + roster->warning_count - roster->problem_count;
    return OK;
}

static const char *dropped_text(struct web *web, const struct roster *roster)
{
    const char *text = "";
    for (size_t i = 0; i < roster->dropped_count; i++)
        text = arena_printf(web->arena, "%s%s%s (%zu)", text, *text ? ", " : "",
                            roster->dropped[i].field, roster->dropped[i].count);
    return text;
}

static const char *year_note(struct web *web, const struct plan *plan)
{
    const char *active = school_year_text(web->arena, plan->active_year);
    if (plan->newer)
        return trf(
            web->tr, web->arena,
            "This school year is newer than the active one, {0}. Reading it in does not change "
            "to it: you do that under School years.",
            1, active);
    return plan->older ? trf(web->tr, web->arena, "The active school year is {0}.", 1, active) : "";
}

static void fill_plan(struct web *web, const struct plan *plan, struct import_view *view)
{
    view->is_readable = true;
    view->has_changes = plan_changes(plan) || plan->held;
    view->many_leave = plan->many_leave;
    view->other_school = plan->other_school;
    view->year = school_year_text(web->arena, plan->school_year);
    view->year_note = year_note(web, plan);
    list_suspects(web, plan, &view->lists[0]);
    list_new(web, plan, &view->lists[1]);
    list_changed(web, plan, &view->lists[4]);
    list_moved(web, plan, &view->lists[5]);
    list_left(web, plan, &view->lists[6]);
    if (plan->held)
        view->held_text =
            trf(web->tr, web->arena,
                trn(web->tr, "{0} person is probably here under another key",
                    "{0} people are probably here under another key", (int64_t)plan->held),
                1, count_text(web, plan->held));
    if (plan->left_before)
        view->left_before =
            trf(web->tr, web->arena,
                trn(web->tr, "{0} pupil in the file has left already and is not taken in.",
                    "{0} pupils in the file have left already and are not taken in.",
                    (int64_t)plan->left_before),
                1, count_text(web, plan->left_before));
}

enum status import_view_fill(struct web *web, const struct roster *roster, const struct plan *plan,
                             struct import_view *view)
{
    view->format = roster->format == ROSTER_UNKNOWN ? "" : roster_format_name(roster->format);
    view->held_text = view->left_before = view->year = view->year_note = "";
    view->dropped = dropped_text(web, roster);
    enum status st = fill_problems(web, roster, view);
    if (st != OK)
        return st;
    if (plan)
        fill_plan(web, plan, view);
    size_t count =
        roster->header_count < STAGED_COLUMNS_MAX ? roster->header_count : STAGED_COLUMNS_MAX;
    struct import_column *columns = ARENA_ARRAY(web->arena, struct import_column, count);
    if (!columns)
        return ERR_NOMEM;
    for (size_t i = 0; i < count; i++)
        columns[i] = (struct import_column){.name = arena_printf(web->arena, "kolom%zu", i + 1),
                                            .header = copy(web, roster->header[i]),
                                            .number = count_text(web, i + 1)};
    view->columns = columns;
    view->column_count = count;
    view->open_settings = !plan;
    return arena_failed(web->arena) ? ERR_NOMEM : OK;
}
