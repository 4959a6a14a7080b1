#include "web/web_fixture.h"

#include "base/str.h"

/*
 * The life of a request as the dispatcher lives it, and that the kit itself would notice when it
 * did not.
 */

static void everybody_starts_at_their_own_place(void **state)
{
    struct page_fixture *f = *state;
    assert_page_contains(page_get(f, PAGE_TEACHER, "/"), "Groep 7");
    assert_page_contains(page_get(f, PAGE_COORDINATOR, "/"), "Groups this school year");
    assert_page_goes_to(page_get(f, PAGE_NOBODY, "/"), "/aanmelden");
    assert_page_goes_to(page_get(f, PAGE_PUPIL, "/"), "/ik");
}

static void another_group_and_another_school_do_not_exist(void **state)
{
    struct page_fixture *f = *state;
    const char *own = page_path(f, "/leerling/%s", id_text(f->pupil.v).s);
    assert_page_open_for(f, own, PAGE_BIT(PAGE_TEACHER) | PAGE_BIT(PAGE_COORDINATOR));
    const char *strange = page_path(f, "/leerling/%s", id_text(f->strange_pupil.v).s);
    assert_page_open_for(f, strange, PAGE_BIT(PAGE_STRANGER));
    assert_true(page_logged(f, AUDIT_DOSSIER_SEEN) == 2);
}

static void a_post_wants_the_token_of_its_own_session(void **state)
{
    struct page_fixture *f = *state;
    const char *path = page_path(f, "/leerling/%s/observatie/%s", id_text(f->pupil.v).s,
                                 id_text(id_new(&f->random)).s);
    struct page_answer *forged =
        page_post_forged(f, PAGE_TEACHER, path, "kind", "strength", "body", "leest hardop",
                         "seen_on", "2026-11-24", "version", "0", NULL);
    assert_page_status(forged, 403);
    assert_int_equal(page_logged(f, AUDIT_OBSERVATION_ADDED), 0);
    struct page_answer *own =
        page_post(f, PAGE_TEACHER, path, "kind", "strength", "body", "leest hardop", "seen_on",
                  "2026-11-24", "version", "0", NULL);
    assert_page_status(own, 303);
    assert_int_equal(page_logged(f, AUDIT_OBSERVATION_ADDED), 1);
}

static void a_wrong_field_keeps_what_was_typed(void **state)
{
    struct page_fixture *f = *state;
    const char *path = page_path(f, "/leerling/%s/observatie/%s", id_text(f->pupil.v).s,
                                 id_text(id_new(&f->random)).s);
    struct page_answer *answer =
        page_post(f, PAGE_TEACHER, path, "kind", "strength", "body", "deelt <samen> & vertelt",
                  "seen_on", "morgen", "version", "0", NULL);
    assert_page_status(answer, 422);
    assert_page_contains(answer, "deelt &lt;samen&gt; &amp; vertelt");
    assert_page_contains(answer, "Type a date like 24-11-2026.");
    assert_page_contains(answer, "aria-invalid=\"true\"");
}

static void every_answer_carries_the_guarding_headers(void **state)
{
    struct page_fixture *f = *state;
    struct page_answer *answer = page_get(f, PAGE_TEACHER, "/");
    assert_page_status(answer, 200);
    assert_string_equal(page_header(answer, "Cache-Control"), "no-store");
    assert_non_null(strstr(page_header(answer, "Content-Security-Policy"), "default-src 'none'"));
    assert_page_status(page_get(f, PAGE_TEACHER, "/nergens"), 404);
    assert_page_status(page_post(f, PAGE_TEACHER, "/", NULL), 405);
}

static void a_worker_whose_database_is_away_tries_again(void **state)
{
    struct page_fixture *f = *state;
    const char *url = f->app.database;
    app_worker_close(f->worker);
    assert_status(app_worker_open(&f->app, 0, &f->worker), OK);
    f->app.database = "sqlite:/nergens/weerklank.sqlite";
    assert_page_status(page_get(f, PAGE_TEACHER, "/"), 503);
    f->app.database = url;
    assert_page_status(page_get(f, PAGE_TEACHER, "/"), 200);
}

static void the_reader_chooses_the_language(void **state)
{
    struct page_fixture *f = *state;
    f->language = LANG_NL;
    assert_page_contains(page_get(f, PAGE_TEACHER, "/"), "Mijn groep");
}

/* What a device chose itself goes first; another device of the same person follows the choice. */
static void a_language_follows_its_reader(void **state)
{
    struct page_fixture *f = *state;
    f->has_no_look = true;
    assert_page_contains(page_get(f, PAGE_TEACHER, "/"), "Mijn groep");
    struct page_answer *answer = page_post(f, PAGE_TEACHER, "/weergave", "theme", "auto", "reading",
                                           "normal", "language", "en", "back", "/", NULL);
    assert_page_status(answer, 303);
    assert_page_contains(page_get(f, PAGE_TEACHER, "/"), "My group");
    assert_page_contains(page_get(f, PAGE_SUPPORT, "/"), "Mijn groep");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        page_each_engine(everybody_starts_at_their_own_place),
        page_each_engine(another_group_and_another_school_do_not_exist),
        page_each_engine(a_post_wants_the_token_of_its_own_session),
        page_each_engine(a_wrong_field_keeps_what_was_typed),
        page_each_engine(every_answer_carries_the_guarding_headers),
        page_each_engine(a_worker_whose_database_is_away_tries_again),
        page_each_engine(the_reader_chooses_the_language),
        page_each_engine(a_language_follows_its_reader),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
