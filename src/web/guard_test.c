/*
 * What guards every request, whatever the page: form tokens, where a POST comes from, sessions that
 * ended, other schools' ids, headers, escaping, and what is left when memory or the database fails.
 */
#include "access/session.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/clock.h"
#include "base/str.h"
#include "db/copy.h"
#include "db/engine.h"
#include "gen/assets.h"
#include "group/group.h"
#include "pupil/pupil.h"
#include "signin/account.h"
#include "staff/staff.h"
#include "web/touch.h"
#include "web/web_fixture.h"

static const char *dossier_of(struct page_fixture *f, struct pupil_id pupil)
{
    return page_path(f, "/leerling/%s", id_text(pupil.v).s);
}

static const char *new_observation(struct page_fixture *f)
{
    return page_path(f, "/leerling/%s/observatie/%s", id_text(f->pupil.v).s,
                     id_text(id_new(&f->random)).s);
}

/* A POST with headers that the kit does not send by itself. */
static struct page_answer *post_with(struct page_fixture *f, enum page_role role, const char *path,
                                     const char *body, const struct http_field *headers, size_t count)
{
    return page_send(f, role, HTTP_POST, path, "application/x-www-form-urlencoded",
                     (struct bytes){(const uint8_t *)body, strlen(body)}, headers, count);
}

static const char *observation_body(struct page_fixture *f, enum page_role role)
{
    return page_path(f, "csrf=%s&kind=strength&body=x&seen_on=2026-11-24&version=0", page_csrf(f, role));
}

/* --- where a POST comes from ----------------------------------------------------------------------- */

static void a_post_wants_its_own_token(void **state)
{
    struct page_fixture *f = *state;
    const char *path = new_observation(f);
    const char *own = page_csrf(f, PAGE_TEACHER);
    const char *const bodies[] = {
        "",
        "kind=strength&body=x&seen_on=2026-11-24&version=0",
        "csrf=&kind=strength&body=x&seen_on=2026-11-24&version=0",
        page_path(f, "csrf=%.42s&kind=strength&body=x&seen_on=2026-11-24&version=0", own),
        page_path(f, "csrf=%sx&kind=strength&body=x&seen_on=2026-11-24&version=0", own),
        page_path(f, "csrf=x&csrf=%s&kind=strength&body=x&seen_on=2026-11-24&version=0", own),
        page_path(f, "csrf=%s&kind=strength&body=x&seen_on=2026-11-24&version=0", page_csrf(f, PAGE_SUPPORT)),
        page_path(f, "csrf=%s&kind=strength&body=x&seen_on=2026-11-24&version=0", page_csrf(f, PAGE_NOBODY)),
        page_path(f, "csrf=%s&kind=strength&body=x&seen_on=2026-11-24&version=0", f->token[PAGE_TEACHER]),
    };
    for (size_t i = 0; i < ARRAY_LEN(bodies); i++)
        assert_page_status(post_with(f, PAGE_TEACHER, path, bodies[i], NULL, 0), 403);
    assert_int_equal(page_logged(f, AUDIT_OBSERVATION_ADDED), 0);
    assert_page_status(post_with(f, PAGE_TEACHER, path, observation_body(f, PAGE_TEACHER), NULL, 0), 303);
    assert_int_equal(page_logged(f, AUDIT_OBSERVATION_ADDED), 1);
}

static void a_token_in_the_address_is_none(void **state)
{
    struct page_fixture *f = *state;
    const char *path = page_path(f, "/afmelden?csrf=%s", page_csrf(f, PAGE_TEACHER));
    assert_page_status(post_with(f, PAGE_TEACHER, path, "", NULL, 0), 403);
    assert_page_status(page_get(f, PAGE_TEACHER, "/"), 200);
}

/* The kit itself says Sec-Fetch-Site: same-origin; the first of two headers counts, so here the raw way. */
static struct page_answer *post_from(struct page_fixture *f, const char *site, const char *origin)
{
    struct http_field fields[3] = {
        {"Cookie", page_path(f, "%s=%s", SESSION_COOKIE, f->token[PAGE_TEACHER])}};
    size_t count = 1;
    if (site)
        fields[count++] = (struct http_field){"Sec-Fetch-Site", site};
    if (origin)
        fields[count++] = (struct http_field){"Origin", origin};
    const char *body = observation_body(f, PAGE_TEACHER);
    struct http_state state = {.fields = fields, .field_count = count};
    arena_reset(f->request_arena);
    buf_reset(f->body);
    struct http_request request = {.id = ++f->requests,
                                   .method = HTTP_POST,
                                   .path = new_observation(f),
                                   .query = "",
                                   .body = {(const uint8_t *)body, strlen(body)},
                                   .content_type = "application/x-www-form-urlencoded",
                                   .host = "school.example",
                                   .peer = "192.0.2.7",
                                   .state = &state,
                                   .arena = f->request_arena};
    struct http_response response = {.status = 200, .body = f->body};
    app_handle(f->worker, &request, &response);
    struct page_answer *answer = ARENA_NEW(f->arena, struct page_answer);
    *answer = (struct page_answer){.status = response.status, .location = "", .body = ""};
    return answer;
}

static void a_post_comes_from_this_very_site(void **state)
{
    struct page_fixture *f = *state;
    static const struct {
        const char *site, *origin;
        int status;
    } cases[] = {
        {NULL, NULL, 303},
        {"same-origin", NULL, 303},
        {"none", NULL, 303},
        {"same-origin", "http://school.example", 303},
        {NULL, "http://school.example", 303},
        {"cross-site", NULL, 403},
        {"same-site", NULL, 403},
        {"", NULL, 403},
        {"cross-site", "http://school.example", 403},
        {NULL, "https://school.example", 403},
        {NULL, "http://school.example.evil.example", 403},
        {NULL, "http://evil.example", 403},
        {NULL, "http://school.example:8080", 403},
        {NULL, "null", 403},
        {NULL, "", 403},
        {"same-origin", "http://evil.example", 403},
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct page_answer *answer = post_from(f, cases[i].site, cases[i].origin);
        if (answer->status != cases[i].status)
            fail_msg("site %s, origin %s: %d", cases[i].site, cases[i].origin, answer->status);
    }
}

/* While somebody writes for long, as an import does: who may not come in does not wait at that door. */
static void a_forged_post_does_not_wait_for_the_writer(void **state)
{
    struct page_fixture *f = *state;
    struct db *writer = NULL;
    const char *path = new_observation(f);
    assert_status(db_open(f->app.database, false, &writer), OK);
    assert_status(db_begin(writer, DB_WRITE), OK);
    int64_t start = clock_ticks_us();
    assert_page_status(page_post_forged(f, PAGE_TEACHER, path, "body", "x", NULL), 403);
    assert_page_status(page_post(f, PAGE_NOBODY, path, "body", "x", NULL), 403);
    assert_page_status(page_post(f, PAGE_OTHER_TEACHER, path, "body", "x", NULL), 404);
    assert_page_status(page_post(f, PAGE_PUPIL, path, "body", "x", NULL), 404);
    assert_true(clock_ticks_us() - start < 4000000); /* SQLite would let each wait for five seconds */
    db_rollback(writer);
    db_close(writer);
    assert_page_status(post_with(f, PAGE_TEACHER, path, observation_body(f, PAGE_TEACHER), NULL, 0), 303);
}

/* --- sessions -------------------------------------------------------------------------------------- */

static void a_session_that_was_ended_opens_nothing_any_more(void **state)
{
    struct page_fixture *f = *state;
    const char *csrf = page_csrf(f, PAGE_TEACHER);
    assert_page_status(page_get(f, PAGE_TEACHER, dossier_of(f, f->pupil)), 200);
    struct page_answer *out = page_post(f, PAGE_TEACHER, "/afmelden", NULL);
    assert_page_goes_to(out, "/aanmelden");
    assert_string_equal(page_header(out, "Set-Cookie"),
                        "weerklank=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0");
    /* The same cookie again, as a thief or the back button would. */
    const char *dossier = dossier_of(f, f->pupil);
    assert_page_goes_to(page_get(f, PAGE_TEACHER, dossier), page_path(f, "/aanmelden?naar=%s", dossier));
    const char *body = page_path(f, "csrf=%s&kind=strength&body=x&seen_on=2026-11-24&version=0", csrf);
    assert_page_status(post_with(f, PAGE_TEACHER, new_observation(f), body, NULL, 0), 403);
    assert_int_equal(page_logged(f, AUDIT_SIGN_OUT), 1);
}

static void a_session_ends_by_itself_and_by_what_happens_to_its_person(void **state)
{
    struct page_fixture *f = *state;
    int64_t now = f->app.clock.at_ms;
    f->app.clock.at_ms = now + 60 * MS_MINUTE - 1;
    assert_page_status(page_get(f, PAGE_TEACHER, "/"), 200);
    assert_status(touches_write(f->app.touches, f->db), OK);
    f->app.clock.at_ms = now + 60 * MS_MINUTE;
    assert_page_status(page_get(f, PAGE_TEACHER, "/"), 200); /* was used */
    assert_page_goes_to(page_get(f, PAGE_COORDINATOR, "/"), "/aanmelden");
    assert_page_goes_to(page_get(f, PAGE_PUPIL, "/ik"), "/aanmelden?naar=/ik");
    f->app.clock.at_ms = now;
    page_begin(f, PAGE_ADMINISTRATOR);
    assert_status(staff_leave(&f->work, f->staff[PAGE_TEACHER], PAGE_TODAY), OK);
    assert_status(pupil_leave(&f->work, f->pupil, PAGE_TODAY), OK);
    assert_status(account_disable(&f->work, f->account[PAGE_COORDINATOR], true), OK);
    page_commit(f);
    assert_page_goes_to(page_get(f, PAGE_TEACHER, "/"), "/aanmelden");
    assert_page_goes_to(page_get(f, PAGE_COORDINATOR, "/"), "/aanmelden");
    assert_page_goes_to(page_get(f, PAGE_PUPIL, "/ik"), "/aanmelden?naar=/ik");
}

static void a_cookie_of_another_school_finds_none_of_this_ones_ids(void **state)
{
    struct page_fixture *f = *state;
    page_begin(f, PAGE_TEACHER);
    page_undo(f);
    const char *const pages[] = {dossier_of(f, f->pupil),
                                 page_path(f, "%s/print", dossier_of(f, f->pupil)),
                                 page_path(f, "/groep/%s", id_text(f->group.v).s),
                                 page_path(f, "/groep/%s/pasjes", id_text(f->group.v).s)};
    for (size_t i = 0; i < ARRAY_LEN(pages); i++) {
        struct page_answer *strange = page_get(f, PAGE_STRANGER, pages[i]);
        assert_page_status(strange, 404);
        assert_page_lacks(strange, "Noor");
        /* Not to be told from an id that never was. */
        struct page_answer *none = page_get(f, PAGE_STRANGER,
                                            page_path(f, "/leerling/%s", id_text(id_new(&f->random)).s));
        assert_int_equal(none->status, strange->status);
    }
}

static void a_tampered_cookie_is_a_visitor(void **state)
{
    struct page_fixture *f = *state;
    const char *token = f->token[PAGE_TEACHER];
    const char *const cookies[] = {"", "x", page_path(f, "%sx", token), page_path(f, "%.42s", token),
                                   "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"};
    for (size_t i = 0; i < ARRAY_LEN(cookies); i++) {
        f->token[PAGE_TEACHER] = cookies[i];
        struct page_answer *answer = page_get(f, PAGE_TEACHER, "/");
        assert_page_goes_to(answer, "/aanmelden");
        assert_non_null(strstr(page_header(answer, "Set-Cookie"), "weerklank_v=")); /* and no session */
    }
}

/* --- headers ---------------------------------------------------------------------------------------- */

static void assert_guarded(const struct page_answer *answer)
{
    static const char *const parts[] = {"default-src 'none'", "script-src 'self'", "style-src 'self'",
                                        "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'"};
    const char *policy = page_header(answer, "Content-Security-Policy");
    assert_non_null(policy);
    for (size_t i = 0; i < ARRAY_LEN(parts); i++)
        assert_non_null(strstr(policy, parts[i]));
    assert_null(strstr(policy, "unsafe"));
    assert_string_equal(page_header(answer, "X-Content-Type-Options"), "nosniff");
    assert_string_equal(page_header(answer, "Cache-Control"), "no-store");
    assert_string_equal(page_header(answer, "Referrer-Policy"), "same-origin");
    assert_string_equal(page_header(answer, "Cross-Origin-Opener-Policy"), "same-origin");
    assert_string_equal(page_header(answer, "Cross-Origin-Resource-Policy"), "same-origin");
    assert_non_null(page_header(answer, "Permissions-Policy"));
}

static void every_kind_of_answer_is_guarded(void **state)
{
    struct page_fixture *f = *state;
    const struct http_field autosave[] = {{"X-Requested-With", "autosave"}};
    struct page_answer *const answers[] = {
        page_get(f, PAGE_TEACHER, "/"),                                        /* 200 */
        page_get(f, PAGE_NOBODY, "/"),                                         /* 303 */
        page_get(f, PAGE_NOBODY, "/aanmelden"),                                /* a visitor's */
        page_get(f, PAGE_TEACHER, "/nergens"),                                 /* 404 */
        page_post(f, PAGE_TEACHER, "/", NULL),                                 /* 405 */
        page_post_forged(f, PAGE_TEACHER, new_observation(f), NULL),           /* 403 */
        page_post(f, PAGE_TEACHER, new_observation(f), NULL),                  /* 422 */
        page_post(f, PAGE_NOBODY, "/weergave", NULL),                          /* 400 */
        post_with(f, PAGE_TEACHER, new_observation(f), observation_body(f, PAGE_TEACHER), autosave, 1), /* JSON */
        post_with(f, PAGE_TEACHER, new_observation(f), "", autosave, 1),       /* JSON, refused */
        page_get(f, PAGE_PUPIL, "/ik"),                                        /* the child's frame */
        page_get(f, PAGE_TEACHER, page_path(f, "%s/print", dossier_of(f, f->pupil))), /* on paper */
    };
    static const int statuses[] = {200, 303, 200, 404, 405, 403, 422, 400, 200, 403, 200, 200};
    for (size_t i = 0; i < ARRAY_LEN(answers); i++) {
        assert_page_status(answers[i], statuses[i]);
        assert_guarded(answers[i]);
        assert_null(page_header(answers[i], "Strict-Transport-Security")); /* not over TLS here */
    }
    assert_string_equal(answers[8]->content_type, "application/json");
    assert_string_equal(answers[9]->content_type, "application/json");
}

static void assets_are_for_ever_and_for_everybody(void **state)
{
    struct page_fixture *f = *state;
    struct page_answer *style = page_get(f, PAGE_NOBODY, asset_url("style.css"));
    assert_page_status(style, 200);
    assert_string_equal(page_header(style, "Cache-Control"), "public, max-age=31536000, immutable");
    assert_string_equal(page_header(style, "X-Content-Type-Options"), "nosniff");
    assert_null(page_header(style, "Set-Cookie"));
    assert_non_null(page_header(style, "ETag"));
    const struct http_field known[] = {{"If-None-Match", page_header(style, "ETag")}};
    struct bytes nothing = {(const uint8_t *)"", 0};
    assert_page_status(page_send(f, PAGE_NOBODY, HTTP_GET, asset_url("style.css"), "", nothing, known, 1), 304);
    assert_page_status(page_send(f, PAGE_NOBODY, HTTP_HEAD, asset_url("style.css"), "", nothing, NULL, 0), 200);
    struct page_answer *none = page_get(f, PAGE_NOBODY, "/a/geen.css");
    assert_page_status(none, 404);
    assert_string_equal(page_header(none, "Cache-Control"), "no-store");
    assert_string_equal(page_header(none, "X-Content-Type-Options"), "nosniff");
    assert_page_status(page_post(f, PAGE_NOBODY, asset_url("style.css"), NULL), 405);
    static const struct {
        const char *accept, *encoding;
    } cases[] = {{"gzip, br", "br"}, {"gzip", "gzip"}, {"br;q=0, gzip", "gzip"}, {"identity", NULL}, {"", NULL}};
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        const struct http_field accepts[] = {{"Accept-Encoding", cases[i].accept}};
        struct page_answer *answer =
            page_send(f, PAGE_NOBODY, HTTP_GET, asset_url("style.css"), "", nothing, accepts, 1);
        const char *encoding = page_header(answer, "Content-Encoding");
        assert_string_equal(encoding ? encoding : "", cases[i].encoding ? cases[i].encoding : "");
    }
}

static void head_is_get_and_other_methods_are_refused(void **state)
{
    struct page_fixture *f = *state;
    struct bytes nothing = {(const uint8_t *)"", 0};
    const char *dossier = dossier_of(f, f->pupil);
    struct page_answer *get = page_get(f, PAGE_TEACHER, dossier);
    struct page_answer *head = page_send(f, PAGE_TEACHER, HTTP_HEAD, dossier, "", nothing, NULL, 0);
    assert_page_status(head, 200);
    assert_string_equal(head->content_type, get->content_type);
    assert_guarded(head);
    assert_page_goes_to(page_send(f, PAGE_NOBODY, HTTP_HEAD, "/", "", nothing, NULL, 0), "/aanmelden");
    assert_page_status(page_send(f, PAGE_TEACHER, HTTP_OTHER, dossier, "", nothing, NULL, 0), 405);
    assert_page_status(page_send(f, PAGE_TEACHER, HTTP_OTHER, "/nergens", "", nothing, NULL, 0), 404);
    assert_page_status(page_post(f, PAGE_TEACHER, dossier, NULL), 405);
    assert_page_status(page_get(f, PAGE_TEACHER, "/afmelden"), 405);
    struct page_answer *no = page_post(f, PAGE_TEACHER, dossier, NULL);
    assert_string_equal(page_header(no, "Allow"), "GET, HEAD");
    assert_string_equal(page_header(page_get(f, PAGE_TEACHER, "/afmelden"), "Allow"), "POST");
    no = page_send(f, PAGE_TEACHER, HTTP_OTHER, "/weergave", "", nothing, NULL, 0);
    assert_string_equal(page_header(no, "Allow"), "GET, HEAD, POST");
    no = page_post(f, PAGE_NOBODY, asset_url("style.css"), NULL);
    assert_string_equal(page_header(no, "Allow"), "GET, HEAD");
    assert_null(page_header(page_get(f, PAGE_TEACHER, "/nergens"), "Allow"));
    assert_page_status(page_get(f, PAGE_TEACHER, page_path(f, "%s/", dossier)), 404);
    assert_page_status(page_get(f, PAGE_TEACHER, "/leerling/1"), 404);
}

/* Every link to a pupil's pages that a page shows its reader opens. */
static void nobody_is_shown_a_tab_that_does_not_open(void **state)
{
    struct page_fixture *f = *state;
    static const enum page_role readers[] = {PAGE_TEACHER, PAGE_SUPPORT, PAGE_COORDINATOR};
    const char *notes = page_path(f, "%s/notities", dossier_of(f, f->pupil));
    for (size_t i = 0; i < ARRAY_LEN(readers); i++) {
        struct page_answer *page = page_get(f, readers[i], notes);
        assert_page_status(page, 200);
        size_t links = 0;
        for (const char *at = page->body; (at = strstr(at, "href=\"/leerling/")) != NULL; links++) {
            at += strlen("href=\"");
            const char *link = arena_strndup(f->arena, at, strcspn(at, "\"#"));
            struct page_answer *there = page_get(f, readers[i], link);
            if (there->status != 200)
                fail_msg("%s is shown %s: %d", page_role_names[readers[i]], link, there->status);
        }
        assert_int_equal(links > 1, readers[i] != PAGE_SUPPORT);
    }
}

/* --- what people are called -------------------------------------------------------------------------- */

static void names_are_text_wherever_they_stand(void **state)
{
    struct page_fixture *f = *state;
    struct person rude = person_none();
    rude.call = "<script>alert(\"1\")</script> & 'x'";
    rude.family = "\"><img src=x>";
    page_begin(f, PAGE_ADMINISTRATOR);
    assert_status(pupil_change(&f->work, f->pupil, &rude, 7), OK);
    assert_status(group_change(&f->work, f->group, "<b>7\"", YEAR_BIT(7), AGE_8_12), OK);
    rude.email = "tessa@school.example";
    assert_status(staff_change(&f->work, f->staff[PAGE_TEACHER], &rude), OK);
    page_commit(f);
    const char *path = new_observation(f);
    assert_page_status(page_post(f, PAGE_TEACHER, path, "kind", "worry", "body", "</p><script>\"&", "seen_on",
                                 "2026-11-24", "version", "0", NULL), 303);
    const char *dossier = dossier_of(f, f->pupil);
    const struct {
        enum page_role role;
        const char *path;
    } pages[] = {
        {PAGE_TEACHER, "/"},
        {PAGE_TEACHER, page_path(f, "/groep/%s", id_text(f->group.v).s)},
        {PAGE_TEACHER, page_path(f, "/groep/%s/pasjes", id_text(f->group.v).s)},
        {PAGE_TEACHER, dossier},
        {PAGE_TEACHER, page_path(f, "%s/print", dossier)},
        {PAGE_TEACHER, page_path(f, "%s/inzage", dossier)},
        {PAGE_TEACHER, page_path(f, "%s/notities", dossier)},
        {PAGE_TEACHER, path},
        {PAGE_PUPIL, "/ik"},
        {PAGE_COORDINATOR, "/"},
    };
    for (size_t i = 0; i < ARRAY_LEN(pages); i++) {
        struct page_answer *answer = page_get(f, pages[i].role, pages[i].path);
        assert_page_status(answer, 200);
        assert_page_lacks(answer, "<script>");
        assert_page_lacks(answer, "<img src=x>");
        assert_page_lacks(answer, "<b>7");
    }
    assert_page_contains(page_get(f, PAGE_TEACHER, dossier), "&lt;script&gt;alert(");
    assert_page_contains(page_get(f, PAGE_TEACHER, dossier), "&lt;/p&gt;&lt;script&gt;");
    assert_page_contains(page_get(f, PAGE_COORDINATOR, "/"), "&lt;b&gt;7");
}

static void the_way_back_stays_on_this_site(void **state)
{
    struct page_fixture *f = *state;
    static const struct {
        const char *back, *location;
        int status;
    } cases[] = {
        {"/leerling/x", "/leerling/x", 303}, {"", "/", 303},          {"//evil.example", "/", 303},
        {"/\\evil.example", "/", 303},       {"https://evil", "/", 303}, {"javascript:alert(1)", "/", 303},
        {"/a\r\nSet-Cookie: x=y", NULL, 400},
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct page_answer *answer = page_post(f, PAGE_NOBODY, "/weergave", "theme", "dark", "reading", "wide",
                                               "language", "en", "back", cases[i].back, NULL);
        assert_page_status(answer, cases[i].status);
        if (cases[i].location)
            assert_page_goes_to(answer, cases[i].location);
    }
}

/* --- faults ------------------------------------------------------------------------------------------ */

struct digest {
    struct table_digest *tables;
    size_t count;
};

static struct digest digest_of(struct page_fixture *f)
{
    struct digest digest;
    assert_status(db_tables_digest(f->db, f->arena, &digest.tables, &digest.count), OK);
    return digest;
}

static void assert_unchanged(struct page_fixture *f, struct digest before)
{
    struct digest after = digest_of(f);
    assert_true(db_digests_equal(before.tables, before.count, after.tables, after.count));
}

/*
 * Sends one request with the n-th allocation refused; the status that goes out. When only a header
 * found no room, the page is whole and the server answers 503 for the failed arena all the same.
 */
static int send_short_of_memory(struct page_fixture *f, enum http_method method, const char *path,
                                const char *body, size_t nth, bool *ret_enough)
{
    struct http_field fields[] = {
        {"Cookie", page_path(f, "%s=%s", SESSION_COOKIE, f->token[PAGE_TEACHER])},
        {"Sec-Fetch-Site", "same-origin"}};
    struct http_state state = {.fields = fields, .field_count = ARRAY_LEN(fields)};
    arena_reset(f->request_arena);
    buf_reset(f->body);
    struct http_request request = {.id = ++f->requests,
                                   .method = method,
                                   .path = path,
                                   .query = "",
                                   .body = {(const uint8_t *)body, strlen(body)},
                                   .content_type = method == HTTP_POST ? "application/x-www-form-urlencoded" : "",
                                   .host = "school.example",
                                   .peer = "192.0.2.7",
                                   .state = &state,
                                   .arena = f->request_arena};
    struct http_response response = {.status = 200, .body = f->body};
    arena_fail_at(f->request_arena, nth);
    app_handle(f->worker, &request, &response);
    *ret_enough = !arena_failed(f->request_arena);
    if (!*ret_enough && response.status == 200)
        assert_non_null(strstr(f->body->data, "</html>"));
    if (!*ret_enough && response.status != 503)
        assert_true(response.status == 200 || response.status == 303);
    return *ret_enough ? response.status : 503;
}

static void a_page_short_of_memory_says_so(void **state)
{
    struct page_fixture *f = *state;
    const char *const pages[] = {"/", dossier_of(f, f->pupil), "/account", "/hulp"};
    for (size_t i = 0; i < ARRAY_LEN(pages); i++) {
        bool enough = false;
        for (size_t nth = 1; !enough; nth++) {
            int status = send_short_of_memory(f, HTTP_GET, pages[i], "", nth, &enough);
            if (status != (enough ? 200 : 503))
                fail_msg("%s, allocation %zu: %d", pages[i], nth, status);
            assert_true(nth < 3000);
        }
    }
}

/* Whatever is cut short before the commit, nothing of it stays; after it, the next answer is the same. */
static void a_post_short_of_memory_keeps_all_or_nothing(void **state)
{
    struct page_fixture *f = *state;
    const char *path = new_observation(f);
    const char *body = observation_body(f, PAGE_TEACHER);
    struct digest before = digest_of(f);
    bool enough = false;
    size_t kept = 0;
    for (size_t nth = 1; !enough; nth++) {
        int status = send_short_of_memory(f, HTTP_POST, path, body, nth, &enough);
        if (status != (enough ? 303 : 503))
            fail_msg("allocation %zu: %d", nth, status);
        kept = page_logged(f, AUDIT_OBSERVATION_ADDED);
        if (kept == 0)
            assert_unchanged(f, before);
        assert_true(nth < 1000);
    }
    assert_int_equal(kept, 1);
    struct page_answer *page = page_get(f, PAGE_TEACHER, path);
    assert_page_contains(page, "x</textarea>");
}

static void a_database_that_is_away_is_said_and_comes_back(void **state)
{
    struct page_fixture *f = *state;
    const char *dossier = dossier_of(f, f->pupil);
    fixture_script(f->db, "ALTER TABLE observation RENAME TO observation_away");
    struct page_answer *page = page_get(f, PAGE_TEACHER, dossier);
    assert_page_status(page, 503);
    assert_string_equal(page_header(page, "Retry-After"), "5");
    assert_page_contains(page, "Nothing was changed.");
    assert_page_status(page_post(f, PAGE_TEACHER, new_observation(f), "kind", "strength", "body", "x", "seen_on",
                                 "2026-11-24", "version", "0", NULL), 503);
    fixture_script(f->db, "ALTER TABLE observation_away RENAME TO observation");
    assert_page_status(page_get(f, PAGE_TEACHER, dossier), 200);
    assert_int_equal(page_logged(f, AUDIT_OBSERVATION_ADDED), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        page_each_engine(a_post_wants_its_own_token),
        page_each_engine(a_token_in_the_address_is_none),
        page_each_engine(a_post_comes_from_this_very_site),
        page_each_engine(a_forged_post_does_not_wait_for_the_writer),
        page_each_engine(a_session_that_was_ended_opens_nothing_any_more),
        page_each_engine(a_session_ends_by_itself_and_by_what_happens_to_its_person),
        page_each_engine(a_cookie_of_another_school_finds_none_of_this_ones_ids),
        page_each_engine(a_tampered_cookie_is_a_visitor),
        page_each_engine(every_kind_of_answer_is_guarded),
        page_each_engine(assets_are_for_ever_and_for_everybody),
        page_each_engine(head_is_get_and_other_methods_are_refused),
        page_each_engine(nobody_is_shown_a_tab_that_does_not_open),
        page_each_engine(names_are_text_wherever_they_stand),
        page_each_engine(the_way_back_stays_on_this_site),
        page_each_engine(a_page_short_of_memory_says_so),
        page_each_engine(a_post_short_of_memory_keeps_all_or_nothing),
        page_each_engine(a_database_that_is_away_is_said_and_comes_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
