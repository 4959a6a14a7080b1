#include "web/web_fixture.h"

#include <pthread.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/str.h"
#include "db/copy.h"
#include "guardian/guardian.h"
#include "pupil/pupil.h"
#include "roster/apply.h"
#include "roster/testing.h"
#include "school/school.h"
#include "staff/staff.h"
#include "vault/vault.h"

/*
 * From a file to the school: what is planned, what is carried out, and that nothing stays half.
 */

static const struct apply_choices careful;
static const struct apply_choices bold = {.same = PLAN_ARE_SAME, .confirm_leaving = true};

/* --- files of our own ------------------------------------------------------------------------- */

struct child {
    const char *key, *call, *family, *born, *year, *group, *more;
};

/* An EDEXML file of 2026-2027 with groups A (5) and B (6) and these pupils, ended by key NULL. */
static const char *edexml(struct arena *arena, int starts_in, const struct child *children,
                          const char *staff)
{
    const char *text = arena_printf(
        arena,
        "<EDEX><school><schooljaar>%d-%d</schooljaar><peildatum>%d-09-01</peildatum></school>"
        "<groepen><groep key=\"A\"><naam>5A</naam><jaargroep>5</jaargroep></groep>"
        "<groep key=\"B\"><naam>6B</naam><jaargroep>6</jaargroep></groep>"
        "<samengestelde_groep key=\"P\"><naam>Plus</naam></samengestelde_groep></groepen><leerlingen>",
        starts_in, starts_in + 1, starts_in);
    for (; children->key; children++)
        text = arena_printf(
            arena,
            "%s<leerling key=\"%s\"><achternaam>%s</achternaam><roepnaam>%s</roepnaam>"
            "<geboortedatum>%s</geboortedatum><jaargroep>%s</jaargroep><groep key=\"%s\"/>%s</leerling>",
            text, children->key, children->family, children->call, children->born, children->year,
            children->group, children->more ? children->more : "");
    return arena_printf(arena, "%s</leerlingen>%s</EDEX>", text, staff);
}

#define NOOR {"1", "Noor", "Linden", "2016-11-03", "5", "A", NULL}
#define SAMI {"2", "Sami", "Kaya", "2016-02-28", "5", "A", NULL}
#define ELIF {"3", "Elif", "Demir", "2015-05-05", "6", "B", NULL}
#define JIP {"4", "Jip", "Hout", "2015-06-06", "6", "B", NULL}
#define FEE {"5", "Fee", "Smit", "2015-07-07", "6", "B", NULL}
#define NOBODY_ELSE {NULL, NULL, NULL, NULL, NULL, NULL, NULL}
static const struct child class_of_five[] = {NOOR, SAMI, ELIF, JIP, FEE, NOBODY_ELSE};
static const char *const teacher =
    "<leerkrachten><leerkracht key=\"T\"><achternaam>Bos</achternaam><roepnaam>Ellen</roepnaam>"
    "<emailadres>e.bos@school.example</emailadres><rol>DIR</rol>"
    "<groepen><groep key=\"A\"><rol>LRK</rol></groep></groepen></leerkracht></leerkrachten>";

/* --- the school of these tests: the stranger's, which has one pupil; emptied of them ------------ */

/* A school without pupils, where the program acts. */
static struct work *begin(struct page_fixture *f)
{
    struct work *work = page_begin(f, PAGE_NOBODY);
    f->actor[PAGE_NOBODY] = (struct actor){.kind = ACTOR_PROGRAM, .school = f->other_school};
    return work;
}

static void empty_school(struct page_fixture *f)
{
    struct work *work = begin(f);
    assert_status(pupil_leave(work, f->strange_pupil, (struct date){2025, 1, 1}), OK);
    page_commit(f);
}

static struct roster read_for(struct page_fixture *f, const char *text)
{
    struct roster_options options = {
        .today = PAGE_TODAY, .school_known = true, .guardians = true};
    struct roster roster;
    struct bytes data = {(const uint8_t *)text, strlen(text)};
    assert_status(roster_read(f->arena, &(struct roster_source){.data = data}, &options, &roster),
                  OK);
    assert_true(roster_applicable(&roster));
    return roster;
}

static struct plan plan_of(struct page_fixture *f, const struct roster *roster)
{
    struct plan plan;
    struct work *work = begin(f);
    assert_status(plan_make(work, roster, &(struct plan_options){.guardians = true}, &plan), OK);
    page_undo(f);
    return plan;
}

static struct plan carry_out(struct page_fixture *f, const struct roster *roster,
                             const struct apply_choices *choices)
{
    struct plan plan;
    struct work *work = begin(f);
    assert_status(plan_make(work, roster, &(struct plan_options){.guardians = true}, &plan), OK);
    assert_status(apply_plan(work, &plan, choices), OK);
    page_commit(f);
    return plan;
}

static struct plan import(struct page_fixture *f, const struct child *children, const char *staff)
{
    struct roster roster = read_for(f, edexml(f->arena, 2026, children, staff));
    return carry_out(f, &roster, &bold);
}

static size_t pupils_here(struct page_fixture *f)
{
    struct pupil *list = NULL;
    size_t count = 0;
    struct work *work = begin(f);
    assert_status(pupil_list(work, false, &list, &count), OK);
    page_undo(f);
    return count;
}

/* "Noor" -> the pupil, here or left. */
static struct pupil pupil_called(struct page_fixture *f, const char *call)
{
    struct work *work = begin(f);
    for (int left = 0; left < 2; left++) {
        struct pupil *list = NULL;
        size_t count = 0;
        assert_status(pupil_list(work, left, &list, &count), OK);
        for (size_t i = 0; i < count; i++)
            if (str_equal(list[i].person.call, call)) {
                page_undo(f);
                return list[i];
            }
    }
    fail_msg("nobody is called %s", call);
    return (struct pupil){0};
}

/* Names of the groups somebody is in now: "5A Plus". */
static const char *groups_of(struct page_fixture *f, const char *call)
{
    struct pupil pupil = pupil_called(f, call);
    struct pupil_membership *list = NULL;
    size_t count = 0;
    struct work *work = begin(f);
    assert_status(group_of_pupil(work, pupil.id, &list, &count), OK);
    page_undo(f);
    const char *text = "";
    for (size_t i = 0; i < count; i++)
        if (!date_is_set(list[i].until_on))
            text = arena_printf(f->arena, "%s%s%s", text, *text ? " " : "", list[i].group.name);
    return text;
}

static size_t suspects(const struct plan *plan, enum plan_doubt doubt)
{
    size_t count = 0;
    for (size_t i = 0; i < plan->suspect_count; i++)
        count += plan->suspects[i].doubt == doubt;
    return count;
}

static struct table_digest *digest(struct page_fixture *f, size_t *ret_count)
{
    struct table_digest *tables = NULL;
    assert_status(db_tables_digest(f->db, f->arena, &tables, ret_count), OK);
    return tables;
}

/* --- who is new, changed, moved, gone --------------------------------------------------------- */

static void a_first_file_fills_an_empty_school_and_gives_nobody_rights(void **state)
{
    struct page_fixture *f = *state;
    empty_school(f);
    struct plan plan = import(f, class_of_five, teacher);
    assert_int_equal(plan.new_groups, 3);
    assert_int_equal(plan.new_pupils, 5);
    assert_int_equal(plan.new_staff, 1);
    assert_int_equal(plan_left(&plan), 0); /* the stranger is the administrator, made by hand */
    assert_string_equal(groups_of(f, "Noor"), "5A");
    assert_string_equal(pupil_called(f, "Noor").person.number, "1");
    assert_int_equal(pupil_called(f, "Noor").year_group, 5);

    struct work *work = begin(f);
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
    page_undo(f);
}

static void the_same_file_again_changes_nothing(void **state)
{
    struct page_fixture *f = *state;
    empty_school(f);
    import(f, class_of_five, teacher);
    size_t before = 0, after = 0;
    struct table_digest *was = digest(f, &before);
    struct plan plan = import(f, class_of_five, teacher);
    assert_false(plan_changes(&plan));
    assert_int_equal(plan.suspect_count, 0);
    struct table_digest *is = digest(f, &after);
    assert_true(db_digests_equal(was, before, is, after));
}

static void names_groups_and_years_follow_the_file(void **state)
{
    struct page_fixture *f = *state;
    empty_school(f);
    import(f, class_of_five, teacher);
    const struct child next[] = {
        {"1", "Noor", "Berg", "2016-11-03", "5", "A",
         "<samengestelde_groepen><samengestelde_groep key=\"P\"/></samengestelde_groepen>"},
        {"2", "Sami", "Kaya", "2016-02-28", "6", "B", NULL},
        ELIF,
        JIP,
        FEE,
        NOBODY_ELSE};
    struct plan plan = import(f, next, teacher);
    assert_int_equal(plan.changed, 2); /* a name; a year group */
    assert_int_equal(plan.moved, 2);
    assert_int_equal(plan.new_pupils, 0);
    assert_string_equal(pupil_called(f, "Noor").person.family, "Berg");
    assert_string_equal(groups_of(f, "Noor"), "5A Plus");
    assert_string_equal(groups_of(f, "Sami"), "6B");
    plan = import(f, class_of_five, teacher);
    assert_string_equal(groups_of(f, "Noor"), "5A");
    assert_string_equal(groups_of(f, "Sami"), "5A");
    assert_int_equal(suspects(&plan, PLAN_YEAR_BACK), 1);
}

static void who_is_not_in_a_full_file_leaves_and_may_come_back(void **state)
{
    struct page_fixture *f = *state;
    empty_school(f);
    import(f, class_of_five, "");
    const struct child four[] = {NOOR, SAMI, ELIF, JIP, NOBODY_ELSE};
    struct plan plan = import(f, four, "");
    assert_int_equal(plan.left_pupils, 1);
    assert_false(plan.many_leave);
    assert_int_equal(pupils_here(f), 4);
    assert_int_equal(date_compare(pupil_called(f, "Fee").left_on, PAGE_TODAY), 0);
    assert_string_equal(groups_of(f, "Fee"), "");
    struct pupil_id fee = pupil_called(f, "Fee").id;
    plan = import(f, class_of_five, "");
    assert_int_equal(plan.changed, 1);
    assert_int_equal(plan.new_pupils, 0);
    assert_int_equal(pupil_called(f, "Fee").id.v, fee.v);
    assert_string_equal(groups_of(f, "Fee"), "6B");
}

static void who_left_by_the_files_own_word_leaves_on_that_day(void **state)
{
    struct page_fixture *f = *state;
    empty_school(f);
    import(f, class_of_five, "");
    const struct child gone[] = {
        NOOR, SAMI, ELIF, JIP,
        {"5", "Fee", "Smit", "2015-07-07", "6", "B", "<uitstroomdatum>2026-08-31</uitstroomdatum>"},
        {"6", "Bo", "Vos", "2015-07-08", "6", "B", "<uitstroomdatum>2026-08-31</uitstroomdatum>"},
        NOBODY_ELSE};
    struct plan plan = import(f, gone, "");
    assert_int_equal(plan.left_pupils, 1);
    assert_int_equal(plan.left_before, 1); /* Bo was never here and is not made now */
    assert_int_equal(plan.new_pupils, 0);
    assert_int_equal(date_compare(pupil_called(f, "Fee").left_on, (struct date){2026, 8, 31}), 0);
    plan = import(f, gone, "");
    assert_false(plan_changes(&plan));
}

static void a_quarter_that_leaves_wants_a_word(void **state)
{
    struct page_fixture *f = *state;
    empty_school(f);
    import(f, class_of_five, "");
    const struct child three[] = {NOOR, SAMI, ELIF, NOBODY_ELSE};
    struct roster roster = read_for(f, edexml(f->arena, 2026, three, ""));
    struct plan plan = plan_of(f, &roster);
    assert_true(plan.many_leave);
    assert_int_equal(suspects(&plan, PLAN_MANY_LEAVE), 1);
    struct work *work = begin(f);
    assert_status(apply_plan(work, &plan, &careful), ERR_FORBIDDEN);
    page_undo(f);
    assert_int_equal(pupils_here(f), 5);
    carry_out(f, &roster, &bold);
    assert_int_equal(pupils_here(f), 3);
}

static void a_file_of_next_year_takes_nobody_away_yet(void **state)
{
    struct page_fixture *f = *state;
    empty_school(f);
    import(f, class_of_five, "");
    const struct child next[] = {{"1", "Noor", "Linden", "2016-11-03", "6", "B", NULL}, SAMI,
                                 NOBODY_ELSE};
    struct roster roster = read_for(f, edexml(f->arena, 2027, next, ""));
    struct plan plan = carry_out(f, &roster, &careful);
    assert_true(plan.newer && plan.ahead);
    assert_int_equal(plan_left(&plan), 0);
    assert_int_equal(suspects(&plan, PLAN_NOT_NEXT_YEAR), 3);
    assert_int_equal(plan.new_groups, 3); /* next year's 5A is another group */
    assert_int_equal(pupils_here(f), 5);
    assert_string_equal(groups_of(f, "Noor"), "6B 5A");
    assert_int_equal(pupil_called(f, "Noor").year_group, 5);
    struct school_year year;
    struct work *work = begin(f);
    assert_status(school_active_year(work, &year), OK);
    page_undo(f);
    assert_int_equal(year.starts_in, 2026);
}

static void a_group_made_by_hand_keeps_its_pupils(void **state)
{
    struct page_fixture *f = *state;
    empty_school(f);
    import(f, class_of_five, "");
    struct pupil noor = pupil_called(f, "Noor");
    struct work *work = begin(f);
    struct group_id choir;
    struct group_draft draft = {.year = f->strange_year, .kind = GROUP_OTHER, .name = "Koor"};
    assert_status(group_add(work, &draft, &choir), OK);
    assert_status(group_join(work, choir, noor.id, PAGE_TODAY), OK);
    page_commit(f);
    struct plan plan = import(f, class_of_five, "");
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
    empty_school(f);
    import(f, class_of_five, "");
    struct pupil_id noor = pupil_called(f, "Noor").id;
    struct roster roster = read_for(f, oneroster_like);
    struct plan plan = carry_out(f, &roster, &careful);
    assert_int_equal(plan.held, 5);
    assert_int_equal(plan.new_pupils, 0);
    assert_int_equal(plan_left(&plan), 0);
    assert_int_equal(suspects(&plan, PLAN_SAME_PERSON), 5);
    assert_int_equal(plan.new_groups, 0); /* by kind and name */
    assert_int_equal(suspects(&plan, PLAN_SAME_GROUP), 2);
    assert_int_equal(pupils_here(f), 5);
    plan = carry_out(f, &roster, &bold);
    assert_int_equal(plan.held, 5);
    assert_int_equal(pupils_here(f), 5);
    assert_int_equal(pupil_called(f, "Noor").id.v, noor.v);
    assert_string_equal(groups_of(f, "Noor"), "5A");
    plan = carry_out(f, &roster, &careful);
    assert_int_equal(plan.held, 0);
    assert_false(plan_changes(&plan));
}

static void who_is_somebody_else_can_be_added(void **state)
{
    struct page_fixture *f = *state;
    empty_school(f);
    import(f, class_of_five, "");
    struct roster roster = read_for(f, oneroster_like);
    carry_out(f, &roster, &(struct apply_choices){.same = PLAN_ARE_NEW});
    assert_int_equal(pupils_here(f), 10);
}

static void unstable_keys_are_found_by_name_and_birth_date(void **state)
{
    struct page_fixture *f = *state;
    empty_school(f);
    const struct child first[] = {{"#1", "Noor", "Linden", "2016-11-03", "5", "A", NULL},
                                  {"#2", "Sami", "Kaya", "2016-02-28", "5", "A", NULL},
                                  NOBODY_ELSE};
    const struct child second[] = {{"#7", "Sami", "Kaya", "2016-02-28", "5", "B", NULL},
                                   {"#8", "Noor", "Linden", "2016-11-03", "5", "A", NULL},
                                   NOBODY_ELSE};
    struct plan plan = import(f, first, "");
    assert_int_equal(plan.new_pupils, 2);
    struct pupil_id noor = pupil_called(f, "Noor").id;
    plan = import(f, second, "");
    assert_int_equal(plan.new_pupils, 0);
    assert_int_equal(plan.moved, 1);
    assert_int_equal(plan_left(&plan), 0);
    assert_int_equal(suspects(&plan, PLAN_UNSTABLE_KEY), 2);
    assert_int_equal(pupil_called(f, "Noor").id.v, noor.v);
    assert_int_equal(pupil_called(f, "Noor").source.len, 0);
}

static void what_is_strange_is_told(void **state)
{
    struct page_fixture *f = *state;
    empty_school(f);
    import(f, class_of_five, "");
    const struct child strange[] = {
        {"1", "Noor", "Linden", "2012-11-03", "4", "A", NULL},   /* four years older; a year back */
        {"2", "Daan", "Vries", "2014-01-01", "5", "A", NULL},    /* Sami's key on somebody else */
        {"9", "Tess", "Twee", "2015-01-01", "5", "A", NULL},
        {"10", "Tess", "Twee", "2015-01-01", "5", "A", NULL},    /* twice in one file */
        ELIF, JIP, FEE, NOBODY_ELSE};
    struct roster roster = read_for(f, edexml(f->arena, 2026, strange, ""));
    struct plan plan = carry_out(f, &roster, &careful);
    assert_int_equal(suspects(&plan, PLAN_BORN_MOVED), 1);
    assert_int_equal(suspects(&plan, PLAN_YEAR_BACK), 1);
    assert_int_equal(suspects(&plan, PLAN_KEY_REUSED), 1);
    assert_int_equal(suspects(&plan, PLAN_TWICE_IN_FILE), 1);
    assert_string_equal(pupil_called(f, "Sami").person.family, "Kaya"); /* not overwritten */
    assert_int_equal(pupils_here(f), 7);
    for (size_t i = 0; i < plan.suspect_count; i++)
        assert_true(*plan.suspects[i].name != '\0');
}

static void two_of_one_name_are_not_guessed_at(void **state)
{
    struct page_fixture *f = *state;
    empty_school(f);
    const struct child twins[] = {{"1", "Noor", "Linden", "2016-11-03", "5", "A", NULL},
                                  {"2", "Noor", "Linden", "2016-11-03", "5", "B", NULL},
                                  NOBODY_ELSE};
    import(f, twins, "");
    const struct child other[] = {{"1", "Noor", "Linden", "2016-11-03", "5", "A", NULL},
                                  {"2", "Noor", "Linden", "2016-11-03", "5", "B", NULL},
                                  {"#3", "Noor", "Linden", "2016-11-03", "5", "B", NULL},
                                  NOBODY_ELSE};
    struct plan plan = import(f, other, ""); /* both are known by key: the third is new */
    assert_int_equal(plan.new_pupils, 1);
    const struct child unstable[] = {{"#1", "Noor", "Linden", "2016-11-03", "5", "A", NULL},
                                     NOBODY_ELSE};
    plan = import(f, unstable, "");
    assert_int_equal(suspects(&plan, PLAN_SEVERAL_PERSONS), 1);
    assert_int_equal(plan.new_pupils, 0);
}

static void a_file_of_another_school_wants_a_word(void **state)
{
    struct page_fixture *f = *state;
    empty_school(f);
    const char *text = edexml(f->arena, 2026, class_of_five, "");
    const char *place = strstr(text, "</school>");
    text = arena_printf(f->arena, "%.*s<brincode>99XX</brincode>%s", (int)(place - text), text,
                        place);
    struct roster roster = read_for(f, text);
    struct plan plan = plan_of(f, &roster);
    assert_true(plan.other_school);
    struct work *work = begin(f);
    assert_status(apply_plan(work, &plan, &bold), ERR_FORBIDDEN);
    page_undo(f);
    carry_out(f, &roster, &(struct apply_choices){.confirm_school = true});
    assert_int_equal(pupils_here(f), 5);
}

/* --- staff and guardians ---------------------------------------------------------------------- */

static size_t staff_here(struct page_fixture *f)
{
    struct staff *list = NULL;
    size_t count = 0;
    struct work *work = begin(f);
    assert_status(staff_list(work, false, &list, &count), OK);
    page_undo(f);
    return count;
}

static void staff_made_by_hand_is_asked_about_and_an_administrator_stays(void **state)
{
    struct page_fixture *f = *state;
    empty_school(f);
    const char *stef =
        "<leerkrachten><leerkracht key=\"S\"><achternaam>Postma</achternaam><roepnaam>Stef</roepnaam>"
        "<emailadres>STEF@elders.example</emailadres></leerkracht></leerkrachten>";
    const char *others =
        "<leerkrachten><leerkracht key=\"T\"><achternaam>Bos</achternaam><roepnaam>Ellen</roepnaam>"
        "</leerkracht></leerkrachten>";
    struct roster roster = read_for(f, edexml(f->arena, 2026, class_of_five, stef));
    struct plan plan = carry_out(f, &roster, &careful);
    assert_int_equal(plan.held, 1);
    assert_int_equal(plan.new_staff, 0);
    assert_int_equal(staff_here(f), 1);
    plan = carry_out(f, &roster, &bold);
    assert_int_equal(staff_here(f), 1);
    plan = import(f, class_of_five, others);
    assert_int_equal(suspects(&plan, PLAN_ADMINISTRATOR), 1);
    assert_int_equal(plan.left_staff, 0);
    assert_int_equal(staff_here(f), 2);
    plan = import(f, class_of_five, stef); /* Ellen came from the file and goes with it */
    assert_int_equal(plan.left_staff, 1);
    assert_int_equal(staff_here(f), 1);
}

static void parents_come_when_asked_for_and_with_nothing_open(void **state)
{
    struct page_fixture *f = *state;
    empty_school(f);
    struct roster roster = read_for(f, edexml(f->arena, 2026, class_of_five, ""));
    const char *both[] = {"1", "2"};
    struct roster_guardian karin = {.id = {.key = "K"},
                                    .name = {"Karin", "", "", "", "Linden", "Karin Linden", ""},
                                    .email = "k@thuis.example",
                                    .role = "parent",
                                    .pupils = both,
                                    .pupil_count = 2};
    roster.guardians = &karin;
    roster.guardian_count = 1;
    struct plan plan = carry_out(f, &roster, &careful);
    assert_int_equal(plan.new_guardians, 1);
    struct pupil noor = pupil_called(f, "Noor");
    struct guardian *list = NULL;
    size_t count = 0;
    struct work *work = begin(f);
    assert_status(guardian_of_pupil(work, noor.id, &list, &count), OK);
    page_undo(f);
    assert_int_equal(count, 1);
    assert_string_equal(list[0].person.call, "Karin");
    assert_false(list[0].has_authority);
    assert_int_equal(list[0].information, INFORMATION_ON_REQUEST);
    plan = carry_out(f, &roster, &careful);
    assert_false(plan_changes(&plan));
    karin.email = "karin@thuis.example";
    plan = carry_out(f, &roster, &careful);
    assert_int_equal(plan.changed, 1);
    assert_false(plan_changes(&(struct plan){0}));
}

/* --- changes only ----------------------------------------------------------------------------- */

static void a_delta_moves_and_takes_away_only_whom_it_names(void **state)
{
    struct page_fixture *f = *state;
    empty_school(f);
    import(f, class_of_five, teacher);
    const struct roster_membership moves[] = {
        {.id = {.key = "m1"}, .person = "1", .group = "B", .role = "student", .is_pupil = true},
        {.id = {.key = "m2"}, .person = "2", .group = "P", .role = "student", .is_pupil = true},
        {.id = {.key = "m3", .deleted = true}, .person = "3", .group = "B", .role = "student",
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
    struct plan plan = carry_out(f, &delta, &bold);
    assert_int_equal(plan.moved, 3);
    assert_int_equal(plan.left_pupils, 1);
    assert_int_equal(plan.left_staff, 1);
    assert_string_equal(groups_of(f, "Noor"), "6B"); /* one home group: out of 5A by itself */
    assert_string_equal(groups_of(f, "Sami"), "5A Plus");
    assert_string_equal(groups_of(f, "Elif"), "");
    assert_string_equal(groups_of(f, "Jip"), "6B");
    assert_true(date_is_set(pupil_called(f, "Fee").left_on));
    assert_int_equal(pupils_here(f), 4);
    plan = carry_out(f, &delta, &bold);
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
    struct plan plan = carry_out(f, &roster, &choices);
    assert_int_equal(plan.new_pupils, pupils);
    size_t before = 0, after = 0;
    struct table_digest *was = digest(f, &before);
    plan = carry_out(f, &roster, &choices);
    assert_false(plan_changes(&plan));
    struct table_digest *is = digest(f, &after);
    assert_true(db_digests_equal(was, before, is, after));
}

static void every_published_sample_is_read_in_once(void **state)
{
    static const struct {
        const char *name;
        size_t pupils;
    } samples[] = {{"edexml-1.03-school.xml", 398}, {"edexml-2.1-example.xml", 2},
                   {"oneroster-1.2-delta.zip", 1}, {"sds-2.1", 4}};
    struct page_fixture *f = *state;
    empty_school(f);
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
    empty_school(f);
    import_twice(f, fixture_path(f->arena, "edexml-good.xml"), 4);
    import_twice(f, fixture_path(f->arena, "or11"), 1); /* the other is probably here */
    import_twice(f, fixture_path(f->arena, "pupils.csv"), 2); /* the others: probably the same */
    import_twice(f, fixture_path(f->arena, "staff.csv"), 0);
}

/* --- nothing half ----------------------------------------------------------------------------- */

static void a_fault_at_any_statement_leaves_everything_as_it_was(void **state)
{
    struct page_fixture *f = *state;
    empty_school(f);
    import(f, class_of_five, teacher);
    const struct child next[] = {
        {"1", "Noor", "Berg", "2016-11-03", "6", "B", NULL}, SAMI, ELIF, JIP,
        {"6", "Bo", "Vos", "2015-07-08", "6", "B", NULL}, NOBODY_ELSE};
    struct roster roster = read_for(f, edexml(f->arena, 2026, next, ""));
    size_t before = 0;
    struct table_digest *was = digest(f, &before);
    struct arena_mark mark = arena_mark(f->arena);
    size_t nth = 1;
    for (;; nth++) {
        struct work *work = begin(f);
        struct plan plan;
        db_fail_at(f->db, nth, ERR_DB);
        enum status st = plan_make(work, &roster, &(struct plan_options){0}, &plan);
        if (st == OK)
            st = apply_plan(work, &plan, &bold);
        if (st == OK)
            st = db_commit(f->db);
        db_fail_at(f->db, 0, OK);
        db_rollback(f->db);
        if (st == OK)
            break;
        assert_status(st, ERR_DB);
        size_t after = 0;
        struct table_digest *is = digest(f, &after);
        assert_true(db_digests_equal(was, before, is, after));
        arena_rewind(f->arena, mark);
    }
    assert_true(nth > 30);
    assert_string_equal(pupil_called(f, "Noor").person.family, "Berg");
}

struct racer {
    struct page_fixture *f;
    const char *url;
    const struct roster *roster;
    enum status status;
    bool changed;
};

static void *race(void *context)
{
    struct racer *racer = context;
    struct db *db = NULL;
    struct random random = random_system();
    struct actor actor = {.kind = ACTOR_PROGRAM, .school = racer->f->other_school};
    struct arena *arena = arena_new((size_t)64 << 20);
    struct plan plan;
    racer->status = arena ? db_open(racer->url, false, &db) : ERR_NOMEM;
    if (racer->status == OK)
        racer->status = db_begin(db, DB_WRITE);
    struct work work = {.db = db,
                        .arena = arena,
                        .vault = racer->f->app.vault,
                        .random = &random,
                        .now_ms = racer->f->app.clock.at_ms,
                        .today = PAGE_TODAY,
                        .actor = &actor};
    if (racer->status == OK)
        racer->status = plan_make(&work, racer->roster, &(struct plan_options){0}, &plan);
    if (racer->status == OK) {
        racer->changed = plan_changes(&plan);
        racer->status = apply_plan(&work, &plan, &bold);
    }
    if (racer->status == OK)
        racer->status = db_commit(db);
    if (db)
        db_rollback(db);
    db_close(db);
    arena_free(arena);
    return NULL;
}

static void of_two_at_once_one_wins(void **state)
{
    struct page_fixture *f = *state;
    empty_school(f);
    struct roster roster = read_for(f, edexml(f->arena, 2026, class_of_five, teacher));
    struct racer racers[2];
    pthread_t threads[2];
    for (size_t i = 0; i < 2; i++) {
        racers[i] = (struct racer){.f = f, .url = f->app.database, .roster = &roster};
        assert_int_equal(pthread_create(&threads[i], NULL, race, &racers[i]), 0);
    }
    for (size_t i = 0; i < 2; i++)
        assert_int_equal(pthread_join(threads[i], NULL), 0);
    size_t won = 0;
    for (size_t i = 0; i < 2; i++) {
        assert_true(racers[i].status == OK || racers[i].status == ERR_CONFLICT);
        won += racers[i].status == OK && racers[i].changed;
    }
    assert_int_equal(won, 1);
    assert_int_equal(pupils_here(f), 5);
}

static void a_killed_import_leaves_all_or_nothing(void **state)
{
    struct page_fixture *f = *state;
    empty_school(f);
    struct child *many = ARENA_ARRAY(f->arena, struct child, 301);
    for (size_t i = 0; i < 300; i++)
        many[i] = (struct child){arena_printf(f->arena, "k%zu", i),
                                 arena_printf(f->arena, "Kind%zu", i), "Veel", "2016-01-01", "5",
                                 "A", NULL};
    struct roster roster = read_for(f, edexml(f->arena, 2026, many, ""));
    size_t seen[2] = {0, 0};
    for (int delay = 0; delay < 12 && seen[1] == 0; delay++) {
        pid_t child = fork();
        assert_true(child >= 0);
        if (child == 0) {
            struct racer racer = {.f = f, .url = f->app.database, .roster = &roster};
            race(&racer);
            _exit(racer.status == OK ? 0 : 1);
        }
        struct timespec wait = {0, (long)delay * delay * 1000000L};
        nanosleep(&wait, NULL);
        kill(child, SIGKILL);
        int how = 0;
        assert_int_equal(waitpid(child, &how, 0), child);
        size_t count = pupils_here(f);
        assert_true(count == 0 || count == 300);
        seen[count == 300]++;
    }
    assert_true(seen[0] > 0);
    carry_out(f, &roster, &bold);
    assert_int_equal(pupils_here(f), 300);
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
        page_each_engine(a_fault_at_any_statement_leaves_everything_as_it_was),
        page_each_engine(of_two_at_once_one_wins),
        page_each_engine(a_killed_import_leaves_all_or_nothing),
    };
    return cmocka_run_group_tests_name("roster_import", tests, NULL, NULL);
}
