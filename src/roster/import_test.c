#include "web/web_fixture.h"

#include <unistd.h>

#include "base/arena.h"
#include "base/str.h"
#include "db/copy.h"
#include "guardian/guardian.h"
#include "pupil/pupil.h"
#include "roster/import_fixture.h"
#include "roster/testing.h"
#include "school/school.h"
#include "staff/staff.h"
#include "vault/vault.h"

/*
 * From a file to the school: what is planned, what is carried out, and that nothing stays half.
 */

static const struct apply_choices careful;

/* Names of the groups somebody is in now: "5A Plus". */
static const char *groups_of(struct page_fixture *f, const char *call)
{
    struct pupil pupil = import_pupil_called(f, call);
    struct pupil_membership *list = NULL;
    size_t count = 0;
    struct work *work = import_begin(f);
    assert_status(group_of_pupil(work, pupil.id, &list, &count), OK);
    page_undo(f);
    const char *text = "";
    for (size_t i = 0; i < count; i++)
        if (!date_is_set(list[i].until_on))
            text = arena_printf(f->arena, "%s%s%s", text, *text ? " " : "", list[i].group.name);
    return text;
}

/* --- who is new, changed, moved, gone --------------------------------------------------------- */

static void a_first_file_fills_an_empty_school_and_gives_nobody_rights(void **state)
{
    struct page_fixture *f = *state;
    import_empty_school(f);
    struct plan plan = import_file(f, import_class_of_five, import_teacher);
    assert_int_equal(plan.new_groups, 3);
    assert_int_equal(plan.new_pupils, 5);
    assert_int_equal(plan.new_staff, 1);
    assert_int_equal(plan_left(&plan), 0); /* the stranger is the administrator, made by hand */
    assert_string_equal(groups_of(f, "Noor"), "5A");
    assert_string_equal(import_pupil_called(f, "Noor").person.number, "1");
    assert_int_equal(import_pupil_called(f, "Noor").year_group, 5);

    struct work *work = import_begin(f);
    struct staff *staff = NULL;
    struct staff_function *functions = NULL;
    struct staff_suggestion *suggestions = NULL;
    size_t count = 0, function_count = 0, suggested = 0;
    assert_status(staff_list(work, false, &staff, &count), OK);
    assert_int_equal(count, 2);
    struct staff *ellen = str_equal(staff[0].person.call, "Ellen") ? &staff[0] : &staff[1];
    assert_status(staff_functions_of(work, ellen->id, &functions, &function_count), OK);
    assert_int_equal(function_count, 0);
    assert_int_equal(ellen->account.v, 0);
    assert_status(staff_suggestions(work, ellen->id, &suggestions, &suggested), OK);
    assert_int_equal(suggested, 1);
    assert_string_equal(suggestions[0].said, "LRK");
    struct audit_verdict verdict; /* rows of a batch are a chain like others */
    assert_status(audit_verify(f->db, f->app.vault, f->arena, f->other_school, &verdict), OK);
    page_undo(f);
    const struct child four[] = {NOOR, SAMI, ELIF, JIP, NOBODY_ELSE};
    import_file(f, four, import_teacher);
    work = import_begin(f);
    assert_status(audit_verify(f->db, f->app.vault, f->arena, f->other_school, &verdict), OK);
    page_undo(f);
}

static void the_same_file_again_changes_nothing(void **state)
{
    struct page_fixture *f = *state;
    import_empty_school(f);
    import_file(f, import_class_of_five, import_teacher);
    size_t before = 0, after = 0;
    struct table_digest *was = import_digest(f, &before);
    struct plan plan = import_file(f, import_class_of_five, import_teacher);
    assert_false(plan_changes(&plan));
    assert_int_equal(plan.suspect_count, 0);
    struct table_digest *is = import_digest(f, &after);
    assert_true(db_digests_equal(was, before, is, after));
}

static void names_groups_and_years_follow_the_file(void **state)
{
    struct page_fixture *f = *state;
    import_empty_school(f);
    import_file(f, import_class_of_five, import_teacher);
    const struct child next[] = {
        {"1", "Noor", "Berg", "2016-11-03", "5", "A",
         "<samengestelde_groepen><samengestelde_groep key=\"P\"/></samengestelde_groepen>"},
        {"2", "Sami", "Kaya", "2016-02-28", "6", "B", NULL},
        ELIF,
        JIP,
        FEE,
        NOBODY_ELSE};
    struct plan plan = import_file(f, next, import_teacher);
    assert_int_equal(plan.changed, 2); /* a name; a year group */
    assert_int_equal(plan.moved, 2);
    assert_int_equal(plan.new_pupils, 0);
    assert_string_equal(import_pupil_called(f, "Noor").person.family, "Berg");
    assert_string_equal(groups_of(f, "Noor"), "5A Plus");
    assert_string_equal(groups_of(f, "Sami"), "6B");
    plan = import_file(f, import_class_of_five, import_teacher);
    assert_string_equal(groups_of(f, "Noor"), "5A");
    assert_string_equal(groups_of(f, "Sami"), "5A");
    assert_int_equal(import_suspects(&plan, PLAN_YEAR_BACK), 1);
}

static void who_is_not_in_a_full_file_leaves_and_may_come_back(void **state)
{
    struct page_fixture *f = *state;
    import_empty_school(f);
    import_file(f, import_class_of_five, "");
    const struct child four[] = {NOOR, SAMI, ELIF, JIP, NOBODY_ELSE};
    struct plan plan = import_file(f, four, "");
    assert_int_equal(plan.left_pupils, 1);
    assert_false(plan.many_leave);
    assert_int_equal(import_pupils_here(f), 4);
    assert_int_equal(date_compare(import_pupil_called(f, "Fee").left_on, PAGE_TODAY), 0);
    assert_string_equal(groups_of(f, "Fee"), "");
    struct pupil_id fee = import_pupil_called(f, "Fee").id;
    plan = import_file(f, import_class_of_five, "");
    assert_int_equal(plan.changed, 1);
    assert_int_equal(plan.new_pupils, 0);
    assert_int_equal(import_pupil_called(f, "Fee").id.v, fee.v);
    assert_string_equal(groups_of(f, "Fee"), "6B");
}

static void who_left_by_the_files_own_word_leaves_on_that_day(void **state)
{
    struct page_fixture *f = *state;
    import_empty_school(f);
    import_file(f, import_class_of_five, "");
    const struct child gone[] = {
        NOOR,
        SAMI,
        ELIF,
        JIP,
        {"5", "Fee", "Smit", "2015-07-07", "6", "B", "<uitstroomdatum>2026-08-31</uitstroomdatum>"},
        {"6", "Bo", "Vos", "2015-07-08", "6", "B", "<uitstroomdatum>2026-08-31</uitstroomdatum>"},
        NOBODY_ELSE};
    struct plan plan = import_file(f, gone, "");
    assert_int_equal(plan.left_pupils, 1);
    assert_int_equal(plan.left_before, 1); /* Bo was never here and is not made now */
    assert_int_equal(plan.new_pupils, 0);
    assert_int_equal(
        date_compare(import_pupil_called(f, "Fee").left_on, (struct date){2026, 8, 31}), 0);
    plan = import_file(f, gone, "");
    assert_false(plan_changes(&plan));
}

static void a_quarter_that_leaves_wants_a_word(void **state)
{
    struct page_fixture *f = *state;
    import_empty_school(f);
    import_file(f, import_class_of_five, "");
    const struct child three[] = {NOOR, SAMI, ELIF, NOBODY_ELSE};
    struct roster roster = import_read_for(f, import_edexml(f->arena, 2026, three, ""));
    struct plan plan = import_plan_of(f, &roster);
    assert_true(plan.many_leave);
    assert_int_equal(import_suspects(&plan, PLAN_MANY_LEAVE), 1);
    struct work *work = import_begin(f);
    assert_status(apply_plan(work, &plan, &careful), ERR_FORBIDDEN);
    page_undo(f);
    assert_int_equal(import_pupils_here(f), 5);
    import_carry_out(f, &roster, &import_bold);
    assert_int_equal(import_pupils_here(f), 3);
}

static void a_file_of_next_year_takes_nobody_away_yet(void **state)
{
    struct page_fixture *f = *state;
    import_empty_school(f);
    import_file(f, import_class_of_five, "");
    const struct child next[] = {
        {"1", "Noor", "Linden", "2016-11-03", "6", "B", NULL}, SAMI, NOBODY_ELSE};
    struct roster roster = import_read_for(f, import_edexml(f->arena, 2027, next, ""));
    struct plan plan = import_carry_out(f, &roster, &careful);
    assert_true(plan.newer && plan.ahead);
    assert_int_equal(plan_left(&plan), 0);
    assert_int_equal(import_suspects(&plan, PLAN_NOT_NEXT_YEAR), 3);
    assert_int_equal(plan.new_groups, 3); /* next year's 5A is another group */
    assert_int_equal(import_pupils_here(f), 5);
    assert_string_equal(groups_of(f, "Noor"), "6B 5A");
    assert_int_equal(import_pupil_called(f, "Noor").year_group, 5);
    struct school_year year;
    struct work *work = import_begin(f);
    assert_status(school_active_year(work, &year), OK);
    page_undo(f);
    assert_int_equal(year.starts_in, 2026);
}

static void a_group_made_by_hand_keeps_its_pupils(void **state)
{
    struct page_fixture *f = *state;
    import_empty_school(f);
    import_file(f, import_class_of_five, "");
    struct pupil noor = import_pupil_called(f, "Noor");
    struct work *work = import_begin(f);
    struct group_id choir;
    struct group_draft draft = {.year = f->strange_year, .kind = GROUP_OTHER, .name = "Koor"};
    assert_status(group_add(work, &draft, &choir), OK);
    assert_status(group_join(work, choir, noor.id, PAGE_TODAY), OK);
    page_commit(f);
    struct plan plan = import_file(f, import_class_of_five, "");
    assert_false(plan_changes(&plan));
    assert_string_equal(groups_of(f, "Noor"), "5A Koor");
}

/* --- who is who ------------------------------------------------------------------------------- */

static const char *const oneroster_like =
    "leerlingnummer,roepnaam,achternaam,geboortedatum,groep,jaargroep\n"
    "x1,Noor,Linden,2016-11-03,5A,5\nx2,Sami,Kaya,2016-02-28,5A,5\nx3,Elif,Demir,2015-05-05,6B,6\n"
    "x4,Jip,Hout,2015-06-06,6B,6\nx5,Fee,Smit,2015-07-07,6B,6\n";

static void another_system_makes_nobody_twice(void **state)
{
    struct page_fixture *f = *state;
    import_empty_school(f);
    import_file(f, import_class_of_five, "");
    struct pupil_id noor = import_pupil_called(f, "Noor").id;
    struct roster roster = import_read_for(f, oneroster_like);
    struct plan plan = import_carry_out(f, &roster, &careful);
    assert_int_equal(plan.held, 5);
    assert_int_equal(plan.new_pupils, 0);
    assert_int_equal(plan_left(&plan), 0);
    assert_int_equal(import_suspects(&plan, PLAN_SAME_PERSON), 5);
    assert_int_equal(plan.new_groups, 0); /* by kind and name */
    assert_int_equal(import_suspects(&plan, PLAN_SAME_GROUP), 2);
    assert_int_equal(import_pupils_here(f), 5);
    plan = import_carry_out(f, &roster, &import_bold);
    assert_int_equal(plan.held, 5);
    assert_int_equal(import_pupils_here(f), 5);
    assert_int_equal(import_pupil_called(f, "Noor").id.v, noor.v);
    assert_string_equal(groups_of(f, "Noor"), "5A");
    plan = import_carry_out(f, &roster, &careful);
    assert_int_equal(plan.held, 0);
    assert_false(plan_changes(&plan));
}

static void who_is_somebody_else_can_be_added(void **state)
{
    struct page_fixture *f = *state;
    import_empty_school(f);
    import_file(f, import_class_of_five, "");
    struct roster roster = import_read_for(f, oneroster_like);
    import_carry_out(f, &roster, &(struct apply_choices){.same = PLAN_ARE_NEW});
    assert_int_equal(import_pupils_here(f), 10);
}

static void unstable_keys_are_found_by_name_and_birth_date(void **state)
{
    struct page_fixture *f = *state;
    import_empty_school(f);
    const struct child first[] = {{"#1", "Noor", "Linden", "2016-11-03", "5", "A", NULL},
                                  {"#2", "Sami", "Kaya", "2016-02-28", "5", "A", NULL},
                                  NOBODY_ELSE};
    const struct child second[] = {{"#7", "Sami", "Kaya", "2016-02-28", "5", "B", NULL},
                                   {"#8", "Noor", "Linden", "2016-11-03", "5", "A", NULL},
                                   NOBODY_ELSE};
    struct plan plan = import_file(f, first, "");
    assert_int_equal(plan.new_pupils, 2);
    struct pupil_id noor = import_pupil_called(f, "Noor").id;
    plan = import_file(f, second, "");
    assert_int_equal(plan.new_pupils, 0);
    assert_int_equal(plan.moved, 1);
    assert_int_equal(plan_left(&plan), 0);
    assert_int_equal(import_suspects(&plan, PLAN_UNSTABLE_KEY), 2);
    assert_int_equal(import_pupil_called(f, "Noor").id.v, noor.v);
    assert_int_equal(import_pupil_called(f, "Noor").source.len, 0);
}

static void what_is_strange_is_told(void **state)
{
    struct page_fixture *f = *state;
    import_empty_school(f);
    import_file(f, import_class_of_five, "");
    const struct child strange[] = {
        {"1", "Noor", "Linden", "2012-11-03", "4", "A", NULL}, /* four years older; a year back */
        {"2", "Daan", "Vries", "2014-01-01", "5", "A", NULL},  /* Sami's key on somebody else */
        {"9", "Tess", "Twee", "2015-01-01", "5", "A", NULL},
        {"10", "Tess", "Twee", "2015-01-01", "5", "A", NULL}, /* twice in one file */
        ELIF,
        JIP,
        FEE,
        NOBODY_ELSE};
    struct roster roster = import_read_for(f, import_edexml(f->arena, 2026, strange, ""));
    struct plan plan = import_carry_out(f, &roster, &careful);
    assert_int_equal(import_suspects(&plan, PLAN_BORN_MOVED), 1);
    assert_int_equal(import_suspects(&plan, PLAN_YEAR_BACK), 1);
    assert_int_equal(import_suspects(&plan, PLAN_KEY_REUSED), 1);
    assert_int_equal(import_suspects(&plan, PLAN_TWICE_IN_FILE), 1);
    assert_string_equal(import_pupil_called(f, "Sami").person.family, "Kaya"); /* not overwritten */
    assert_int_equal(import_pupils_here(f), 7);
    for (size_t i = 0; i < plan.suspect_count; i++)
        assert_true(*plan.suspects[i].name != '\0');
}

static void two_of_one_name_are_not_guessed_at(void **state)
{
    struct page_fixture *f = *state;
    import_empty_school(f);
    const struct child twins[] = {{"1", "Noor", "Linden", "2016-11-03", "5", "A", NULL},
                                  {"2", "Noor", "Linden", "2016-11-03", "5", "B", NULL},
                                  NOBODY_ELSE};
    import_file(f, twins, "");
    const struct child other[] = {{"1", "Noor", "Linden", "2016-11-03", "5", "A", NULL},
                                  {"2", "Noor", "Linden", "2016-11-03", "5", "B", NULL},
                                  {"#3", "Noor", "Linden", "2016-11-03", "5", "B", NULL},
                                  NOBODY_ELSE};
    struct plan plan = import_file(f, other, ""); /* both are known by key: the third is new */
    assert_int_equal(plan.new_pupils, 1);
    const struct child unstable[] = {{"#1", "Noor", "Linden", "2016-11-03", "5", "A", NULL},
                                     NOBODY_ELSE};
    plan = import_file(f, unstable, "");
    assert_int_equal(import_suspects(&plan, PLAN_SEVERAL_PERSONS), 1);
    assert_int_equal(plan.new_pupils, 0);
}

static void a_file_of_another_school_wants_a_word(void **state)
{
    struct page_fixture *f = *state;
    import_empty_school(f);
    const char *text = import_edexml(f->arena, 2026, import_class_of_five, "");
    const char *place = strstr(text, "</school>");
    text =
        arena_printf(f->arena, "%.*s<brincode>99XX</brincode>%s", (int)(place - text), text, place);
    struct roster roster = import_read_for(f, text);
    struct plan plan = import_plan_of(f, &roster);
    assert_true(plan.other_school);
    struct work *work = import_begin(f);
    assert_status(apply_plan(work, &plan, &import_bold), ERR_FORBIDDEN);
    page_undo(f);
    import_carry_out(f, &roster, &(struct apply_choices){.confirm_school = true});
    assert_int_equal(import_pupils_here(f), 5);
}

/* --- staff and guardians ---------------------------------------------------------------------- */

static size_t staff_here(struct page_fixture *f)
{
    struct staff *list = NULL;
    size_t count = 0;
    struct work *work = import_begin(f);
    assert_status(staff_list(work, false, &list, &count), OK);
    page_undo(f);
    return count;
}

static void staff_made_by_hand_is_asked_about_and_an_administrator_stays(void **state)
{
    struct page_fixture *f = *state;
    import_empty_school(f);
    const char *stef =
        "<leerkrachten><leerkracht key=\"S\"><achternaam>Postma</achternaam><roepnaam>Stef</roepnaam>"
        "<emailadres>STEF@elders.example</emailadres></leerkracht></leerkrachten>";
    const char *others =
        "<leerkrachten><leerkracht key=\"T\"><achternaam>Bos</achternaam><roepnaam>Ellen</roepnaam>"
        "</leerkracht></leerkrachten>";
    struct roster roster =
        import_read_for(f, import_edexml(f->arena, 2026, import_class_of_five, stef));
    struct plan plan = import_carry_out(f, &roster, &careful);
    assert_int_equal(plan.held, 1);
    assert_int_equal(plan.new_staff, 0);
    assert_int_equal(staff_here(f), 1);
    plan = import_carry_out(f, &roster, &import_bold);
    assert_int_equal(staff_here(f), 1);
    plan = import_file(f, import_class_of_five, others);
    assert_int_equal(import_suspects(&plan, PLAN_ADMINISTRATOR), 1);
    assert_int_equal(plan.left_staff, 0);
    assert_int_equal(staff_here(f), 2);
    plan =
        import_file(f, import_class_of_five, stef); /* Ellen came from the file and goes with it */
    assert_int_equal(plan.left_staff, 1);
    assert_int_equal(staff_here(f), 1);
}

static void parents_come_when_asked_for_and_with_nothing_open(void **state)
{
    struct page_fixture *f = *state;
    import_empty_school(f);
    struct roster roster =
        import_read_for(f, import_edexml(f->arena, 2026, import_class_of_five, ""));
    const char *both[] = {"1", "2"};
    struct roster_guardian karin = {.id = {.key = "K"},
                                    .name = {"Karin", "", "", "", "Linden", "Karin Linden", ""},
                                    .email = "k@thuis.example",
                                    .role = "parent",
                                    .pupils = both,
                                    .pupil_count = 2};
    roster.guardians = &karin;
    roster.guardian_count = 1;
    struct plan plan = import_carry_out(f, &roster, &careful);
    assert_int_equal(plan.new_guardians, 1);
    struct pupil noor = import_pupil_called(f, "Noor");
    struct guardian *list = NULL;
    size_t count = 0;
    struct work *work = import_begin(f);
    assert_status(guardian_of_pupil(work, noor.id, &list, &count), OK);
    page_undo(f);
    assert_int_equal(count, 1);
    assert_string_equal(list[0].person.call, "Karin");
    assert_false(list[0].has_authority);
    assert_int_equal(list[0].information, INFORMATION_ON_REQUEST);
    plan = import_carry_out(f, &roster, &careful);
    assert_false(plan_changes(&plan));
    karin.email = "karin@thuis.example";
    plan = import_carry_out(f, &roster, &careful);
    assert_int_equal(plan.changed, 1);
    assert_false(plan_changes(&(struct plan){0}));
}

/* --- changes only ----------------------------------------------------------------------------- */

static void a_delta_moves_and_takes_away_only_whom_it_names(void **state)
{
    struct page_fixture *f = *state;
    import_empty_school(f);
    import_file(f, import_class_of_five, import_teacher);
    const struct roster_membership moves[] = {
        {.id = {.key = "m1"}, .person = "1", .group = "B", .role = "student", .is_pupil = true},
        {.id = {.key = "m2"}, .person = "2", .group = "P", .role = "student", .is_pupil = true},
        {.id = {.key = "m3", .deleted = true},
         .person = "3",
         .group = "B",
         .role = "student",
         .is_pupil = true}};
    const struct roster_id removed[] = {{.key = "5"}, {.key = "T"}, {.key = "nobody"}};
    struct roster delta = {.format = ROSTER_EDEXML,
                           .delta = true,
                           .school_year = 2026,
                           .brin = "",
                           .location = "",
                           .memberships = moves,
                           .membership_count = 3,
                           .removed = removed,
                           .removed_count = 3};
    struct plan plan = import_carry_out(f, &delta, &import_bold);
    assert_int_equal(plan.moved, 3);
    assert_int_equal(plan.left_pupils, 1);
    assert_int_equal(plan.left_staff, 1);
    assert_string_equal(groups_of(f, "Noor"), "6B"); /* one home group: out of 5A by itself */
    assert_string_equal(groups_of(f, "Sami"), "5A Plus");
    assert_string_equal(groups_of(f, "Elif"), "");
    assert_string_equal(groups_of(f, "Jip"), "6B");
    assert_true(date_is_set(import_pupil_called(f, "Fee").left_on));
    assert_int_equal(import_pupils_here(f), 4);
    plan = import_carry_out(f, &delta, &import_bold);
    assert_false(plan_changes(&plan));
}

/* --- real files ------------------------------------------------------------------------------- */

static void import_twice(struct page_fixture *f, const char *path, size_t pupils)
{
    struct roster_options options = {.today = PAGE_TODAY, .school_known = true, .guardians = true};
    struct apply_choices choices = {.confirm_school = true, .confirm_leaving = true};
    struct roster roster;
    assert_status(roster_read(f->arena, &(struct roster_source){.path = path}, &options, &roster),
                  OK);
    assert_true(roster_applicable(&roster));
    struct plan plan = import_carry_out(f, &roster, &choices);
    assert_int_equal(plan.new_pupils, pupils);
    size_t before = 0, after = 0;
    struct table_digest *was = import_digest(f, &before);
    plan = import_carry_out(f, &roster, &choices);
    assert_false(plan_changes(&plan));
    struct table_digest *is = import_digest(f, &after);
    assert_true(db_digests_equal(was, before, is, after));
}

static void every_published_sample_is_read_in_once(void **state)
{
    static const struct {
        const char *name;
        size_t pupils;
    } samples[] = {{"edexml-1.03-school.xml", 398},
                   {"edexml-2.1-example.xml", 2},
                   {"oneroster-1.2-delta.zip", 1},
                   {"sds-2.1", 4}};
    struct page_fixture *f = *state;
    import_empty_school(f);
    for (size_t i = 0; i < ARRAY_LEN(samples); i++) {
        const char *path = sample_path(f->arena, samples[i].name);
        if (!path)
            return; /* they are no part of the project */
        import_twice(f, path, samples[i].pupils);
    }
}

static void every_fixture_is_read_in_once(void **state)
{
    struct page_fixture *f = *state;
    import_empty_school(f);
    import_twice(f, fixture_path(f->arena, "edexml-good.xml"), 4);
    import_twice(f, fixture_path(f->arena, "or11"), 1);       /* the other is probably here */
    import_twice(f, fixture_path(f->arena, "pupils.csv"), 2); /* the others: probably the same */
    import_twice(f, fixture_path(f->arena, "staff.csv"), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        page_each_engine(a_first_file_fills_an_empty_school_and_gives_nobody_rights),
        page_each_engine(the_same_file_again_changes_nothing),
        page_each_engine(names_groups_and_years_follow_the_file),
        page_each_engine(who_is_not_in_a_full_file_leaves_and_may_come_back),
        page_each_engine(who_left_by_the_files_own_word_leaves_on_that_day),
        page_each_engine(a_quarter_that_leaves_wants_a_word),
        page_each_engine(a_file_of_next_year_takes_nobody_away_yet),
        page_each_engine(a_group_made_by_hand_keeps_its_pupils),
        page_each_engine(another_system_makes_nobody_twice),
        page_each_engine(who_is_somebody_else_can_be_added),
        page_each_engine(unstable_keys_are_found_by_name_and_birth_date),
        page_each_engine(what_is_strange_is_told),
        page_each_engine(two_of_one_name_are_not_guessed_at),
        page_each_engine(a_file_of_another_school_wants_a_word),
        page_each_engine(staff_made_by_hand_is_asked_about_and_an_administrator_stays),
        page_each_engine(parents_come_when_asked_for_and_with_nothing_open),
        page_each_engine(a_delta_moves_and_takes_away_only_whom_it_names),
        page_each_engine(every_published_sample_is_read_in_once),
        page_each_engine(every_fixture_is_read_in_once),
    };
    return cmocka_run_group_tests_name("roster_import", tests, NULL, NULL);
}
