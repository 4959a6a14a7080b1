#include "roster/import_fixture.h"

#include "base/arena.h"
#include "base/str.h"
#include "db/copy.h"
#include "pupil/pupil.h"

const struct apply_choices import_bold = {.same = PLAN_ARE_SAME, .confirm_leaving = true};

const struct child import_class_of_five[] = {NOOR, SAMI, ELIF, JIP, FEE, NOBODY_ELSE};
const char *const import_teacher =
    "<leerkrachten><leerkracht key=\"T\"><achternaam>Bos</achternaam><roepnaam>Ellen</roepnaam>"
    "<emailadres>e.bos@school.example</emailadres><rol>DIR</rol>"
    "<groepen><groep key=\"A\"><rol>LRK</rol></groep></groepen></leerkracht></leerkrachten>";

const char *import_edexml(struct arena *arena, int starts_in, const struct child *children,
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

struct work *import_begin(struct page_fixture *f)
{
    struct work *work = page_begin(f, PAGE_NOBODY);
    f->actor[PAGE_NOBODY] = (struct actor){.kind = ACTOR_PROGRAM, .school = f->other_school};
    return work;
}

void import_empty_school(struct page_fixture *f)
{
    struct work *work = import_begin(f);
    assert_status(pupil_leave(work, f->strange_pupil, (struct date){2025, 1, 1}), OK);
    page_commit(f);
}

struct roster import_read_for(struct page_fixture *f, const char *text)
{
    struct roster_options options = {.today = PAGE_TODAY, .school_known = true, .guardians = true};
    struct roster roster;
    struct bytes data = {(const uint8_t *)text, strlen(text)};
    assert_status(roster_read(f->arena, &(struct roster_source){.data = data}, &options, &roster),
                  OK);
    assert_true(roster_applicable(&roster));
    return roster;
}

struct plan import_plan_of(struct page_fixture *f, const struct roster *roster)
{
    struct plan plan;
    struct work *work = import_begin(f);
    assert_status(plan_make(work, roster, &(struct plan_options){.guardians = true}, &plan), OK);
    page_undo(f);
    return plan;
}

struct plan import_carry_out(struct page_fixture *f, const struct roster *roster,
                             const struct apply_choices *choices)
{
    struct plan plan;
    struct work *work = import_begin(f);
    assert_status(plan_make(work, roster, &(struct plan_options){.guardians = true}, &plan), OK);
    assert_status(apply_plan(work, &plan, choices), OK);
    page_commit(f);
    return plan;
}

struct plan import_file(struct page_fixture *f, const struct child *children, const char *staff)
{
    struct roster roster = import_read_for(f, import_edexml(f->arena, 2026, children, staff));
    return import_carry_out(f, &roster, &import_bold);
}

size_t import_pupils_here(struct page_fixture *f)
{
    struct pupil *list = NULL;
    size_t count = 0;
    struct work *work = import_begin(f);
    assert_status(pupil_list(work, false, &list, &count), OK);
    page_undo(f);
    return count;
}

struct pupil import_pupil_called(struct page_fixture *f, const char *call)
{
    struct work *work = import_begin(f);
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

struct table_digest *import_digest(struct page_fixture *f, size_t *ret_count)
{
    struct table_digest *tables = NULL;
    assert_status(db_tables_digest(f->db, f->arena, &tables, ret_count), OK);
    return tables;
}

size_t import_suspects(const struct plan *plan, enum plan_doubt doubt)
{
    size_t count = 0;
    for (size_t i = 0; i < plan->suspect_count; i++)
        count += plan->suspects[i].doubt == doubt;
    return count;
}
