#include "pupil/emergency.h"

#include "access/access.h"
#include "base/arena.h"
#include "observation/observation.h"
#include "pupil/pupil.h"
#include "web/web_fixture.h"

#define REASON "Melding bij Veilig Thuis, spoed"
#define BODY "vertelde over thuis"

static struct work *as(struct page_fixture *f, enum page_role role)
{
    f->work.actor = &f->actor[role];
    access_forget(&f->work);
    return &f->work;
}

static enum status may(struct page_fixture *f, enum page_role role, enum right right, struct pupil_id pupil)
{
    return access_check(as(f, role), right, (struct target){.pupil = pupil});
}

static enum status open_as(struct page_fixture *f, enum page_role role, struct pupil_id pupil)
{
    struct emergency_id id;
    return emergency_open(as(f, role), pupil, REASON, &id);
}

/* --- the rule ------------------------------------------------------------------------------------ */

static void who_may_open_what(void **state)
{
    struct page_fixture *f = *state;
    const struct {
        enum page_role role;
        struct pupil_id pupil;
        enum status expected;
    } cases[] = {
        {PAGE_PRINCIPAL, f->pupil, OK},
        {PAGE_PRINCIPAL, f->other_pupil, OK},
        {PAGE_PRINCIPAL, f->loose_pupil, OK},
        {PAGE_PRINCIPAL, f->strange_pupil, ERR_NOT_FOUND},
        {PAGE_PRINCIPAL, {0}, ERR_NOT_FOUND},
        {PAGE_COORDINATOR, f->pupil, ERR_CONFLICT}, /* has the school already */
        {PAGE_TEACHER, f->pupil, ERR_NOT_FOUND},
        {PAGE_TEACHER, f->other_pupil, ERR_NOT_FOUND},
        {PAGE_SUPPORT, f->pupil, ERR_NOT_FOUND},
        {PAGE_ADMINISTRATOR, f->pupil, ERR_NOT_FOUND},
        {PAGE_PUPIL, f->pupil, ERR_NOT_FOUND},
        {PAGE_NOBODY, f->pupil, ERR_NOT_FOUND}, /* the program */
        {PAGE_STRANGER, f->pupil, ERR_NOT_FOUND},
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        page_begin(f, PAGE_NOBODY);
        enum status st = open_as(f, cases[i].role, cases[i].pupil);
        if (st != cases[i].expected)
            fail_msg("case %zu, %s: %s", i, page_role_names[cases[i].role], status_name(st));
        page_undo(f);
    }
}

static void it_opens_one_dossier_for_reading_to_one_person_for_a_day(void **state)
{
    struct page_fixture *f = *state;
    static const enum right rights[] = {RIGHT_PUPIL_READ, RIGHT_PUPIL_NAME, RIGHT_PUPIL_WRITE, RIGHT_PUPIL_NOTE};
    page_begin(f, PAGE_NOBODY);
    for (size_t i = 0; i < ARRAY_LEN(rights); i++)
        assert_status(may(f, PAGE_PRINCIPAL, rights[i], f->pupil), ERR_NOT_FOUND);
    assert_status(open_as(f, PAGE_PRINCIPAL, f->pupil), OK);
    for (size_t i = 0; i < ARRAY_LEN(rights); i++) {
        bool reads = rights[i] == RIGHT_PUPIL_READ || rights[i] == RIGHT_PUPIL_NAME;
        for (int again = 0; again < 2; again++) {
            assert_status(access_check(&f->work, rights[i], (struct target){.pupil = f->pupil}),
                          reads ? OK : ERR_NOT_FOUND);
            assert_status(access_check(&f->work, rights[i], (struct target){.pupil = f->other_pupil}),
                          ERR_NOT_FOUND);
        }
        assert_status(may(f, PAGE_ADMINISTRATOR, RIGHT_PUPIL_READ, f->pupil), ERR_NOT_FOUND);
        assert_status(may(f, PAGE_OTHER_TEACHER, rights[i], f->pupil), ERR_NOT_FOUND);
        assert_status(may(f, PAGE_STRANGER, rights[i], f->pupil), ERR_NOT_FOUND);
        as(f, PAGE_PRINCIPAL);
    }
    struct observation_draft draft = {OBSERVATION_WORRY, PAGE_TODAY, BODY};
    assert_status(observation_add(as(f, PAGE_PRINCIPAL), f->pupil, (struct observation_id){id_new(&f->random)}, &draft),
                  ERR_NOT_FOUND);
    int64_t end = f->work.now_ms + EMERGENCY_MS;
    f->work.now_ms = end - 1;
    assert_status(may(f, PAGE_PRINCIPAL, RIGHT_PUPIL_READ, f->pupil), OK);
    f->work.now_ms = end;
    assert_status(may(f, PAGE_PRINCIPAL, RIGHT_PUPIL_READ, f->pupil), ERR_NOT_FOUND);
    assert_status(open_as(f, PAGE_PRINCIPAL, f->pupil), OK); /* once more, with a reason once more */
    assert_status(may(f, PAGE_PRINCIPAL, RIGHT_PUPIL_READ, f->pupil), OK);
    struct actor no_longer = f->actor[PAGE_PRINCIPAL];
    no_longer.school_roles = 0;
    as(f, PAGE_PRINCIPAL)->actor = &no_longer;
    assert_status(access_check(&f->work, RIGHT_PUPIL_READ, (struct target){.pupil = f->pupil}), ERR_NOT_FOUND);
    page_undo(f);
}

static void a_reason_is_a_sentence(void **state)
{
    struct page_fixture *f = *state;
    struct emergency_id id;
    char *long_one = arena_alloc(f->arena, EMERGENCY_REASON_MAX + 2);
    memset(long_one, 'a', EMERGENCY_REASON_MAX + 1);
    long_one[EMERGENCY_REASON_MAX + 1] = '\0';
    const char *const reasons[] = {"", "spoed", "          ", long_one};
    page_begin(f, PAGE_PRINCIPAL);
    for (size_t i = 0; i < ARRAY_LEN(reasons); i++)
        assert_status(emergency_open(&f->work, f->pupil, reasons[i], &id), ERR_INVALID);
    long_one[EMERGENCY_REASON_MAX] = '\0';
    assert_status(emergency_open(&f->work, f->pupil, long_one, &id), OK);
    page_undo(f);
}

static void who_reads_the_dossier_reads_the_reason(void **state)
{
    struct page_fixture *f = *state;
    struct emergency *list = NULL;
    size_t count = 0;
    page_begin(f, PAGE_NOBODY);
    assert_status(emergency_of_pupil(as(f, PAGE_PRINCIPAL), f->pupil, &list, &count), ERR_NOT_FOUND);
    assert_status(open_as(f, PAGE_PRINCIPAL, f->pupil), OK);
    static const enum page_role readers[] = {PAGE_TEACHER, PAGE_COORDINATOR, PAGE_PRINCIPAL};
    for (size_t i = 0; i < ARRAY_LEN(readers); i++) {
        assert_status(emergency_of_pupil(as(f, readers[i]), f->pupil, &list, &count), OK);
        assert_int_equal(count, 1);
        assert_string_equal(list[0].reason, REASON);
        assert_string_equal(list[0].staff_name, "Paula Koning");
        assert_int_equal(list[0].ends_at - list[0].made_at, EMERGENCY_MS);
    }
    static const enum page_role others[] = {PAGE_SUPPORT, PAGE_OTHER_TEACHER, PAGE_ADMINISTRATOR, PAGE_STRANGER,
                                            PAGE_PUPIL};
    for (size_t i = 0; i < ARRAY_LEN(others); i++)
        assert_status(emergency_of_pupil(as(f, others[i]), f->pupil, &list, &count), ERR_NOT_FOUND);
    assert_status(pupil_erase(as(f, PAGE_NOBODY), f->pupil), OK);
    assert_status(emergency_of_pupil(as(f, PAGE_COORDINATOR), f->pupil, &list, &count), ERR_NOT_FOUND);
    assert_status(open_as(f, PAGE_PRINCIPAL, f->pupil), ERR_NOT_FOUND);
    page_commit(f);
}

static void a_fault_at_any_statement_opens_nothing(void **state)
{
    struct page_fixture *f = *state;
    static const enum status faults[] = {ERR_DB, ERR_CONFLICT, ERR_NOMEM};
    for (size_t i = 0; i < ARRAY_LEN(faults); i++) {
        for (size_t nth = 1;; nth++) {
            page_begin(f, PAGE_PRINCIPAL);
            db_fail_at(f->db, nth, faults[i]);
            enum status st = open_as(f, PAGE_PRINCIPAL, f->pupil);
            db_fail_at(f->db, 0, OK);
            page_undo(f);
            if (st == OK)
                break;
            assert_status(st, faults[i]);
            page_begin(f, PAGE_PRINCIPAL);
            assert_status(may(f, PAGE_PRINCIPAL, RIGHT_PUPIL_READ, f->pupil), ERR_NOT_FOUND);
            page_undo(f);
            assert_true(nth < 30);
        }
    }
}

/* --- the pages ----------------------------------------------------------------------------------- */

static const char *dossier(struct page_fixture *f, struct pupil_id pupil)
{
    return page_path(f, "/leerling/%s", id_text(pupil.v).s);
}

static struct page_answer *ask(struct page_fixture *f, enum page_role role, const char *name, const char *reason,
                               struct pupil_id pupil)
{
    return page_post(f, role, "/school/noodtoegang", "naam", name, "reden", reason, "leerling",
                     pupil.v ? page_path(f, "%s", id_text(pupil.v).s) : "", NULL);
}

static void a_principal_finds_and_opens_one_dossier(void **state)
{
    struct page_fixture *f = *state;
    struct observation_draft draft = {OBSERVATION_WORRY, PAGE_TODAY, BODY};
    page_begin(f, PAGE_TEACHER);
    assert_status(observation_add(&f->work, f->pupil, (struct observation_id){id_new(&f->random)}, &draft), OK);
    page_commit(f);
    assert_page_status(page_get(f, PAGE_PRINCIPAL, dossier(f, f->pupil)), 404);
    assert_page_contains(page_get(f, PAGE_PRINCIPAL, "/school"), "/school/noodtoegang");
    assert_page_lacks(page_get(f, PAGE_COORDINATOR, "/school"), "/school/noodtoegang");
    struct page_answer *page = page_get(f, PAGE_PRINCIPAL, "/school/noodtoegang");
    assert_page_lacks(page, "Noor");
    assert_page_contains(ask(f, PAGE_PRINCIPAL, "Noor", "", (struct pupil_id){0}), "id=\"e-reden\"");
    assert_page_contains(ask(f, PAGE_PRINCIPAL, "No", REASON, (struct pupil_id){0}), "Type at least three letters.");
    assert_page_contains(ask(f, PAGE_PRINCIPAL, "Niemand", REASON, (struct pupil_id){0}), "Nobody with this name");
    assert_page_contains(ask(f, PAGE_PRINCIPAL, "Tygo", REASON, (struct pupil_id){0}), "Nobody with this name");
    page = ask(f, PAGE_PRINCIPAL, "linden", REASON, (struct pupil_id){0});
    assert_page_status(page, 200); /* a list to choose from */
    assert_page_contains(page, "Noor van der Linden");
    assert_page_contains(page, id_text(f->pupil.v).s);
    assert_page_lacks(page, "Sem");
    /* An id that the name does not fit opens nothing: what was chosen is what was shown. */
    assert_page_status(ask(f, PAGE_PRINCIPAL, "linden", REASON, f->other_pupil), 422);
    assert_page_status(ask(f, PAGE_PRINCIPAL, "linden", REASON, f->strange_pupil), 422);
    assert_int_equal(page_logged(f, AUDIT_EMERGENCY_OPENED), 0);
    assert_page_goes_to(ask(f, PAGE_PRINCIPAL, "linden", REASON, f->pupil), dossier(f, f->pupil));
    assert_int_equal(page_logged(f, AUDIT_EMERGENCY_OPENED), 1);
    page = page_get(f, PAGE_PRINCIPAL, dossier(f, f->pupil));
    assert_page_contains(page, BODY);
    assert_page_contains(page, "You read this dossier by emergency access");
    assert_page_lacks(page, "/observatie/"); /* nothing to write with, no link that does not open */
    assert_page_lacks(page, "/notities");
    assert_page_lacks(page, "/groep/");
    assert_page_status(page_get(f, PAGE_PRINCIPAL, page_path(f, "%s/inzage", dossier(f, f->pupil))), 200);
    assert_page_status(page_get(f, PAGE_PRINCIPAL, page_path(f, "%s/print", dossier(f, f->pupil))), 200);
    assert_page_status(page_get(f, PAGE_PRINCIPAL, page_path(f, "%s/notities", dossier(f, f->pupil))), 404);
    assert_page_status(page_get(f, PAGE_PRINCIPAL, dossier(f, f->other_pupil)), 404);
    assert_page_goes_to(ask(f, PAGE_PRINCIPAL, "linden", REASON, f->pupil), dossier(f, f->pupil));
    assert_int_equal(page_logged(f, AUDIT_EMERGENCY_OPENED), 1); /* it was open */
    assert_page_goes_to(ask(f, PAGE_COORDINATOR, "linden", REASON, f->pupil), dossier(f, f->pupil));
}

static void everybody_who_may_read_sees_who_looked_and_why(void **state)
{
    struct page_fixture *f = *state;
    const char *looked = page_path(f, "%s/inzage", dossier(f, f->pupil));
    assert_page_goes_to(ask(f, PAGE_PRINCIPAL, "Noor", REASON, f->pupil), dossier(f, f->pupil));
    page_drain(f);
    static const enum page_role readers[] = {PAGE_TEACHER, PAGE_COORDINATOR};
    for (size_t i = 0; i < ARRAY_LEN(readers); i++) {
        struct page_answer *page = page_get(f, readers[i], dossier(f, f->pupil));
        assert_page_contains(page, "Open to Paula Koning by emergency access");
        assert_page_contains(page, REASON);
        page = page_get(f, readers[i], looked);
        assert_page_contains(page, REASON);
        assert_page_contains(page, "opened the dossier by emergency access");
    }
    struct page_answer *log = page_get(f, PAGE_COORDINATOR, "/school/logboek?soort=lezen");
    assert_page_contains(log, "opened the dossier by emergency access");
    assert_page_lacks(page_get(f, PAGE_OTHER_TEACHER, dossier(f, f->other_pupil)), REASON);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        page_each_engine(who_may_open_what),
        page_each_engine(it_opens_one_dossier_for_reading_to_one_person_for_a_day),
        page_each_engine(a_reason_is_a_sentence),
        page_each_engine(who_reads_the_dossier_reads_the_reason),
        page_each_engine(a_fault_at_any_statement_opens_nothing),
        page_each_engine(a_principal_finds_and_opens_one_dossier),
        page_each_engine(everybody_who_may_read_sees_who_looked_and_why),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
