#include "web/web_fixture.h"

#include <fcntl.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/str.h"
#include "pupil/pupil.h"
#include "roster/apply.h"
#include "roster/staged.h"
#include "roster/testing.h"
#include "school/school.h"

/*
 * Reading in a roster as an administrator does it, without JavaScript; and that what may not be
 * stored is stored nowhere.
 */

#define FORM_TYPE "multipart/form-data; boundary=grens"

static const char *const two_pupils =
    "leerlingnummer,roepnaam,achternaam,geboortedatum,groep,jaargroep\n"
    "901,Zwaantje,Ketelaar,2016-11-03,7,7\n902,Wubbe,Ketelaar,2016-02-28,7,7\n";

/* Uploads as a browser does. */
static struct page_answer *upload(struct page_fixture *f, enum page_role role, const char *csrf,
                                  const char *text)
{
    const char *body = arena_printf(
        f->arena,
        "--grens\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n%s\r\n"
        "--grens\r\nContent-Disposition: form-data; name=\"file\"; filename=\"lijst.csv\"\r\n"
        "Content-Type: text/csv\r\n\r\n%s\r\n--grens--\r\n",
        csrf, text);
    return page_send(f, role, HTTP_POST, "/school/inlezen", FORM_TYPE,
                     (struct bytes){(const uint8_t *)body, strlen(body)}, NULL, 0);
}

/* The path of the preview after an upload. */
static const char *stage(struct page_fixture *f, const char *text)
{
    struct page_answer *answer =
        upload(f, PAGE_ADMINISTRATOR, page_csrf(f, PAGE_ADMINISTRATOR), text);
    assert_page_status(answer, 303);
    assert_true(str_starts(answer->location, "/school/inlezen/"));
    return answer->location;
}

/* The plan's digest in the form of the preview page. */
static const char *plan_in(struct page_fixture *f, const struct page_answer *answer)
{
    const char *at = strstr(answer->body, "name=\"plan\" value=\"");
    assert_non_null(at);
    return arena_strndup(f->arena, at + strlen("name=\"plan\" value=\""), PLAN_DIGEST_TEXT - 1);
}

static size_t pupils_here(struct page_fixture *f)
{
    size_t count = 0;
    struct pupil *list = NULL;
    f->actor[PAGE_NOBODY] = (struct actor){.kind = ACTOR_PROGRAM, .school = f->school};
    assert_status(pupil_list(page_begin(f, PAGE_NOBODY), false, &list, &count), OK);
    page_undo(f);
    return count;
}

static void the_page_is_the_administrators(void **state)
{
    struct page_fixture *f = *state;
    unsigned may = PAGE_BIT(PAGE_ADMINISTRATOR) | PAGE_BIT(PAGE_STRANGER);
    assert_page_open_for(f, "/school/inlezen", may);
    assert_post_open_for(f, "/school/inlezen", may);
    struct page_answer *page = page_get(f, PAGE_ADMINISTRATOR, "/school/inlezen");
    assert_page_contains(page, "enctype=\"multipart/form-data\"");
    assert_page_contains(page, "EDEXML");
    assert_page_status(upload(f, PAGE_ADMINISTRATOR, page_csrf(f, PAGE_TEACHER), two_pupils), 403);
    assert_page_status(upload(f, PAGE_TEACHER, page_csrf(f, PAGE_TEACHER), two_pupils), 404);
}

static void a_file_is_looked_at_and_carried_out(void **state)
{
    struct page_fixture *f = *state;
    size_t before = pupils_here(f);
    const char *path = stage(f, two_pupils);
    struct page_answer *page = page_get(f, PAGE_ADMINISTRATOR, path);
    assert_page_status(page, 200);
    assert_page_contains(page, "Zwaantje Ketelaar");
    assert_page_contains(page, "diff__group--new");
    assert_page_contains(page, "diff__group--left"); /* Noor, Sem and Yara are not in it */
    assert_int_equal(pupils_here(f), before);        /* looking writes nothing */

    const char *plan = plan_in(f, page);
    page = page_post(f, PAGE_ADMINISTRATOR, path, "plan", plan, "same", "later", NULL);
    assert_page_status(page, 422);
    assert_page_contains(page, "More than a quarter");
    assert_int_equal(pupils_here(f), before);

    page = page_post(f, PAGE_ADMINISTRATOR, path, "plan", plan, "leaving", "1", NULL);
    assert_page_goes_to(page, path);
    assert_int_equal(pupils_here(f), 2);
    page = page_get(f, PAGE_ADMINISTRATOR, path);
    assert_page_contains(page, "Carried out");
    assert_page_lacks(page, "Zwaantje");
    assert_int_equal(page_logged(f, AUDIT_ROSTER_APPLIED), 1);

    page = page_post(f, PAGE_ADMINISTRATOR, path, "plan", plan, "leaving", "1", NULL);
    assert_page_status(page, 409);
    assert_int_equal(page_logged(f, AUDIT_ROSTER_APPLIED), 1);
}

static void what_changed_meanwhile_is_shown_again(void **state)
{
    struct page_fixture *f = *state;
    const char *path = stage(f, two_pupils);
    const char *plan = plan_in(f, page_get(f, PAGE_ADMINISTRATOR, path));
    struct work *work = page_begin(f, PAGE_ADMINISTRATOR);
    struct pupil_draft draft = {.person = person_none(), .year_group = 7};
    draft.person.call = "Tussendoor";
    struct pupil_id pupil;
    assert_status(pupil_add(work, &draft, &pupil), OK);
    page_commit(f);
    struct page_answer *page =
        page_post(f, PAGE_ADMINISTRATOR, path, "plan", plan, "leaving", "1", NULL);
    assert_page_status(page, 409);
    assert_page_contains(page, "Meanwhile something changed");
    assert_page_contains(page, "Tussendoor");
    assert_int_equal(pupils_here(f), 4);
    page = page_post(f, PAGE_ADMINISTRATOR, path, "plan", plan_in(f, page), "leaving", "1", NULL);
    assert_page_status(page, 303);
    assert_int_equal(pupils_here(f), 2);
}

static void nobody_else_reaches_the_file(void **state)
{
    struct page_fixture *f = *state;
    const char *path = stage(f, two_pupils);
    const char *plan = plan_in(f, page_get(f, PAGE_ADMINISTRATOR, path));
    for (unsigned role = PAGE_TEACHER; role < PAGE_ROLES; role++) {
        if (role == PAGE_ADMINISTRATOR)
            continue;
        assert_page_status(page_get(f, (enum page_role)role, path), 404);
        assert_page_status(page_post(f, (enum page_role)role, path, "plan", plan, NULL), 404);
        assert_page_status(
            page_post(f, (enum page_role)role, page_path(f, "%s/instellingen", path), NULL), 404);
    }
    page_post(f, PAGE_STRANGER, page_path(f, "%s/weg", path), NULL);
    assert_page_status(page_get(f, PAGE_ADMINISTRATOR, path), 200);
    assert_page_status(
        page_get(f, PAGE_ADMINISTRATOR, page_path(f, "/school/inlezen/%s", id_text(f->pupil.v).s)),
        404);
    assert_page_goes_to(page_post(f, PAGE_ADMINISTRATOR, page_path(f, "%s/weg", path), NULL),
                        "/school/inlezen");
    assert_page_status(page_get(f, PAGE_ADMINISTRATOR, path), 404);
}

static void after_an_hour_the_file_is_gone(void **state)
{
    struct page_fixture *f = *state;
    const char *path = stage(f, two_pupils);
    struct roster_import_id id;
    struct staged staged;
    assert_status(id_parse(path + strlen("/school/inlezen/"), &id.v), OK);
    f->app.clock.at_ms += STAGED_MS - 1;
    assert_status(staged_find(page_begin(f, PAGE_ADMINISTRATOR), id, &staged), OK);
    page_undo(f);
    assert_int_equal(staged.file.len, strlen(two_pupils));
    f->app.clock.at_ms += 1;
    assert_status(staged_find(page_begin(f, PAGE_ADMINISTRATOR), id, &staged), ERR_NOT_FOUND);
    page_undo(f);
    f->actor[PAGE_NOBODY] = (struct actor){.kind = ACTOR_PROGRAM, .school = f->school};
    size_t gone = 0;
    assert_status(staged_sweep(page_begin(f, PAGE_NOBODY), &gone), OK);
    page_commit(f);
    assert_int_equal(gone, 1);
}

static void a_file_that_cannot_be_read_says_where(void **state)
{
    struct page_fixture *f = *state;
    const char *path = stage(f, "leerlingnummer,roepnaam,geboortedatum\n1,Noor,gisteren\n");
    struct page_answer *page = page_get(f, PAGE_ADMINISTRATOR, path);
    assert_page_contains(page, "cannot be read in");
    assert_page_contains(page, "line 2");
    assert_page_contains(page, "geboortedatum (3)");
    assert_page_lacks(page, "name=\"plan\"");
    struct page_answer *empty = upload(f, PAGE_ADMINISTRATOR, page_csrf(f, PAGE_ADMINISTRATOR), "");
    assert_page_status(empty, 422);
    assert_page_contains(empty, "Choose a file.");
}

static void columns_can_be_told(void **state)
{
    struct page_fixture *f = *state;
    const char *path = stage(f, "a,b,c\n901,Zwaantje,Ketelaar\n");
    struct page_answer *page = page_get(f, PAGE_ADMINISTRATOR, path);
    assert_page_contains(page, "name=\"kolom3\"");
    assert_page_lacks(page, "name=\"plan\"");
    page = page_post(f, PAGE_ADMINISTRATOR, page_path(f, "%s/instellingen", path), "kolom1", "1",
                     "kolom2", "2", "kolom3", "6", "year", "2026", NULL);
    assert_page_goes_to(page, path);
    page = page_get(f, PAGE_ADMINISTRATOR, path);
    assert_page_contains(page, "Zwaantje Ketelaar");
    assert_page_contains(page, "name=\"plan\"");
    page = page_post(f, PAGE_ADMINISTRATOR, page_path(f, "%s/instellingen", path), "year", "3000",
                     NULL);
    assert_page_status(page, 422);
}

static void who_is_probably_here_is_decided_once(void **state)
{
    struct page_fixture *f = *state;
    const char *path = stage(f, "leerlingnummer,roepnaam,voorvoegsel,achternaam,geboortedatum\n"
                                "1,Noor,van der,Linden,2013-03-14\n"
                                "2,Sem,,Bakker,\n3,Yara,,Yilmaz,\n");
    struct page_answer *page = page_get(f, PAGE_ADMINISTRATOR, path);
    assert_page_contains(page, "3 people are probably here under another key");
    page = page_post(f, PAGE_ADMINISTRATOR, path, "plan", plan_in(f, page), "same", "same", NULL);
    assert_page_goes_to(page, path);
    assert_int_equal(pupils_here(f), 3);
    page = page_get(f, PAGE_ADMINISTRATOR, path);
    assert_page_contains(page, "Same people under a new key");
}

static void a_file_of_fifty_megabytes_may_come_and_no_more(void **state)
{
    struct page_fixture *f = *state;
    assert_int_equal(app_body_limit(&f->app, HTTP_POST, "/school/inlezen"), HTTP_UPLOAD_MAX);
    assert_int_equal(app_body_limit(&f->app, HTTP_POST, "/school/naam"), HTTP_BODY_MAX);
    struct staged_settings settings = {0};
    struct roster_import_id id;
    uint8_t *much = calloc(1, ROSTER_FILE_MAX + 1);
    assert_non_null(much);
    struct work *work = page_begin(f, PAGE_ADMINISTRATOR);
    assert_status(staged_add(work, (struct bytes){much, ROSTER_FILE_MAX + 1}, &settings, &id),
                  ERR_LIMIT);
    page_undo(f);
    free(much);
}

/* --- what is stored nowhere ------------------------------------------------------------------- */

static bool holds(const char *path, const char *text)
{
    struct buf file;
    load_file(path, &file);
    bool found = memmem(file.data, file.len, text, strlen(text)) != NULL;
    buf_free(&file);
    return found;
}

static const char *const secret_file =
    "<EDEX><school><schooljaar>2026-2027</schooljaar></school>"
    "<groepen><groep key=\"A\"><naam>Vlinderklas</naam><jaargroep>5</jaargroep></groep></groepen>"
    "<leerlingen><leerling key=\"lln-7731\"><achternaam>Ketelaar</achternaam>"
    "<roepnaam>Zwaantje</roepnaam><geboortedatum>2016-11-03</geboortedatum><jaargroep>5</jaargroep>"
    "<groep key=\"A\"/><etniciteit>1</etniciteit><land>SRX</land><bsn>123456782</bsn>"
    "<postcodenl>9876ZQ</postcodenl></leerling></leerlingen>"
    "<leerkrachten><leerkracht key=\"lk-4\"><achternaam>Zonderland</achternaam>"
    "<roepnaam>Wiebrich</roepnaam><emailadres>wiebrich@school.example</emailadres>"
    "<groepen><groep key=\"A\"/></groepen></leerkracht></leerkrachten></EDEX>";

/* SQLite: the file is there to look into. What is logged goes into a file meanwhile. */
static void no_name_and_no_number_is_found_on_disk(void **state)
{
    struct page_fixture *f = *state;
    static const char *const secrets[] = {"123456782", "9876ZQ",     "SRX",      "Ketelaar",
                                          "Zwaantje",  "2016-11-03", "lln-7731", "Zonderland",
                                          "Wiebrich",  "Vlinderklas"};
    const char *log = arena_printf(f->arena, "%s/log", f->folder);
    int to = open(log, O_CREAT | O_WRONLY | O_CLOEXEC, 0600);
    int stderr_kept = dup(STDERR_FILENO);
    assert_true(to >= 0 && stderr_kept >= 0 && dup2(to, STDERR_FILENO) >= 0);
    const char *path = stage(f, secret_file);
    struct page_answer *page = page_get(f, PAGE_ADMINISTRATOR, path);
    const char *database = f->app.database + strlen("sqlite:");
    for (size_t i = 0; i < ARRAY_LEN(secrets); i++) /* waiting, sealed */
        assert_false(holds(arena_printf(f->arena, "%s-wal", database), secrets[i]));
    struct page_answer *done =
        page_post(f, PAGE_ADMINISTRATOR, path, "plan", plan_in(f, page), "leaving", "1", NULL);
    dup2(stderr_kept, STDERR_FILENO);
    close(stderr_kept);
    close(to);
    assert_page_status(done, 303);
    assert_page_contains(page, "Zwaantje Ketelaar"); /* it was read */
    const char *spool = arena_printf(f->arena, "%s/audit.spool", f->folder);
    const char *const files[] = {database, arena_printf(f->arena, "%s-wal", database), log, spool};
    for (size_t k = 0; k < ARRAY_LEN(files); k++) {
        if (access(files[k], R_OK) != 0)
            continue;
        for (size_t i = 0; i < ARRAY_LEN(secrets); i++)
            if (holds(files[k], secrets[i]))
                fail_msg("%s is in %s", secrets[i], files[k]);
    }
    assert_true(holds(log, "route=/school/inlezen")); /* the log was caught */
    assert_false(holds(log, "lijst.csv"));
}

/* The published file of 1.03, with its sofinummers. */
static void the_published_school_leaves_no_name_on_disk(void **state)
{
    struct page_fixture *f = *state;
    const char *sample = sample_path(f->arena, "edexml-1.03-school.xml");
    if (!sample)
        return; /* it is no part of the project */
    struct roster roster = read_path(f->arena, sample);
    f->actor[PAGE_NOBODY] = (struct actor){.kind = ACTOR_PROGRAM, .school = f->school};
    struct work *work = page_begin(f, PAGE_NOBODY);
    struct plan plan;
    assert_status(plan_make(work, &roster, &(struct plan_options){0}, &plan), OK);
    struct apply_choices choices = {.confirm_leaving = true, .confirm_school = true};
    assert_status(apply_plan(work, &plan, &choices), OK);
    page_commit(f);
    const char *database = f->app.database + strlen("sqlite:");
    const char *const files[] = {database, arena_printf(f->arena, "%s-wal", database)};
    struct buf file;
    for (size_t k = 0; k < ARRAY_LEN(files); k++) {
        load_file(files[k], &file);
        assert_null(memmem(file.data, file.len, "123456976", 9));
        for (size_t i = 0; i < roster.pupil_count; i++) {
            const char *names[] = {roster.pupils[i].name.family_name,
                                   roster.pupils[i].name.display};
            for (size_t n = 0; n < ARRAY_LEN(names); n++)
                if (strlen(names[n]) > 5 && memmem(file.data, file.len, names[n], strlen(names[n])))
                    fail_msg("a name is in %s", files[k]);
        }
        buf_free(&file);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        page_each_engine(the_page_is_the_administrators),
        page_each_engine(a_file_is_looked_at_and_carried_out),
        page_each_engine(what_changed_meanwhile_is_shown_again),
        page_each_engine(nobody_else_reaches_the_file),
        page_each_engine(after_an_hour_the_file_is_gone),
        page_each_engine(a_file_that_cannot_be_read_says_where),
        page_each_engine(columns_can_be_told),
        page_each_engine(who_is_probably_here_is_decided_once),
        page_each_engine(a_file_of_fifty_megabytes_may_come_and_no_more),
        PAGE_TEST(no_name_and_no_number_is_found_on_disk, "", FIXTURE_FILE),
        PAGE_TEST(the_published_school_leaves_no_name_on_disk, "", FIXTURE_FILE),
    };
    return cmocka_run_group_tests_name("roster_import_web", tests, NULL, NULL);
}
