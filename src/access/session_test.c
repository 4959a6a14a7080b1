#include "access/session.h"

#include "base/arena.h"
#include "base/random.h"
#include "base/str.h"
#include "db/copy.h"
#include "signin/account.h"
#include "vault/vault.h"
#include "web/touch.h"
#include "web/web_fixture.h"

static char *start(struct page_fixture *f, struct session_start start, struct session_id *ret_id)
{
    char token[SESSION_TOKEN_TEXT];
    assert_status(session_start(f->db, &f->random, f->work.now_ms, &start, token, ret_id), OK);
    return arena_strdup(f->arena, token);
}

static struct session_start staff_start(struct page_fixture *f, enum session_step step)
{
    return (struct session_start){.kind = SESSION_STAFF,
                                  .step = step,
                                  .account = f->account[PAGE_TEACHER],
                                  .school = f->school,
                                  .person = f->staff[PAGE_TEACHER].v,
                                  .browser = BROWSER_FIREFOX};
}

static enum status find_at(struct page_fixture *f, const char *token, int64_t after_ms)
{
    struct session session;
    return session_find(f->db, f->arena, token, f->work.now_ms + after_ms, &session);
}

static void a_session_is_found_by_its_token_as_it_was_started(void **state)
{
    struct page_fixture *f = *state;
    struct session_id id;
    struct session found;
    page_begin(f, PAGE_NOBODY);
    const char *token = start(f, staff_start(f, SESSION_FULL), &id);
    assert_int_equal(strlen(token), SESSION_TOKEN_TEXT - 1);
    assert_status(session_find(f->db, f->arena, token, f->work.now_ms, &found), OK);
    assert_int_equal(found.id.v, id.v);
    assert_int_equal(found.kind, SESSION_STAFF);
    assert_int_equal(found.step, SESSION_FULL);
    assert_int_equal(found.account.v, f->account[PAGE_TEACHER].v);
    assert_int_equal(found.school.v, f->school.v);
    assert_int_equal(found.person, f->staff[PAGE_TEACHER].v);
    assert_int_equal(found.made_at, f->work.now_ms);
    assert_int_equal(found.seen_at, f->work.now_ms);
    assert_int_equal(found.lang, LANG_NL);
    assert_status(session_end(f->db, id), OK);
    assert_status(find_at(f, token, 0), ERR_NOT_FOUND);
    page_undo(f);
}

/* Used every minute but the idle limits: each is kept to the millisecond. */
static void limits_are_kept_to_the_millisecond(void **state)
{
    struct page_fixture *f = *state;
    static const struct {
        enum session_kind kind;
        enum session_step step;
        int64_t idle_ms, absolute_ms;
    } cases[] = {
        {SESSION_STAFF, SESSION_FULL, 60 * MS_MINUTE, 12 * MS_HOUR},
        {SESSION_STAFF, SESSION_HALF, 10 * MS_MINUTE, 10 * MS_MINUTE},
        {SESSION_BADGE, SESSION_FULL, 30 * MS_MINUTE, 2 * MS_HOUR},
        {SESSION_PICTURE, SESSION_FULL, 30 * MS_MINUTE, 2 * MS_HOUR},
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct session_start begin = staff_start(f, cases[i].step);
        struct session_id id;
        page_begin(f, PAGE_NOBODY);
        begin.kind = cases[i].kind;
        const char *token = start(f, begin, &id);
        int64_t idle = cases[i].idle_ms;
        assert_status(find_at(f, token, idle - 1), OK);
        assert_status(find_at(f, token, idle), ERR_NOT_FOUND);
        for (int64_t at = idle / 2; at < cases[i].absolute_ms; at += idle / 2) {
            assert_status(find_at(f, token, at), OK);
            assert_status(session_touch(f->db, id, f->work.now_ms + at), OK);
        }
        assert_status(find_at(f, token, cases[i].absolute_ms - 1), OK);
        assert_status(find_at(f, token, cases[i].absolute_ms), ERR_NOT_FOUND);
        page_undo(f);
    }
}

static void a_touch_never_goes_back_in_time(void **state)
{
    struct page_fixture *f = *state;
    struct session_id id;
    struct session found;
    page_begin(f, PAGE_NOBODY);
    const char *token = start(f, staff_start(f, SESSION_FULL), &id);
    int64_t later = f->work.now_ms + MS_MINUTE;
    assert_status(session_touch(f->db, id, later), OK);
    assert_status(session_touch(f->db, id, later - 1), OK);
    assert_status(session_find(f->db, f->arena, token, later, &found), OK);
    assert_int_equal(found.seen_at, later);
    page_undo(f);
}

static void a_disabled_account_has_no_sessions_and_gets_none_back(void **state)
{
    struct page_fixture *f = *state;
    struct session_id id;
    page_begin(f, PAGE_NOBODY);
    assert_status(account_disable(&f->work, f->account[PAGE_TEACHER], true), OK);
    assert_status(find_at(f, f->token[PAGE_TEACHER], 0), ERR_NOT_FOUND);
    assert_status(find_at(f, f->token[PAGE_SUPPORT], 0), OK);
    /* Even one that was being started meanwhile. */
    const char *token = start(f, staff_start(f, SESSION_FULL), &id);
    assert_status(find_at(f, token, 0), ERR_NOT_FOUND);
    assert_status(account_disable(&f->work, f->account[PAGE_TEACHER], false), OK);
    assert_status(find_at(f, f->token[PAGE_TEACHER], 0), ERR_NOT_FOUND);
    page_undo(f);
}

static void what_is_no_token_finds_nothing(void **state)
{
    struct page_fixture *f = *state;
    const char *token = f->token[PAGE_TEACHER];
    char *other = arena_strdup(f->arena, token);
    other[0] = other[0] == 'A' ? 'B' : 'A';
    const char *const shapes[] = {
        "", "x", other, arena_printf(f->arena, "%s ", token), arena_printf(f->arena, " %s", token + 1),
        arena_printf(f->arena, "%.*s", SESSION_TOKEN_TEXT - 2, token),
        arena_printf(f->arena, "%s=", token), "' OR 1=1 --aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9"
        "\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9x"};
    page_begin(f, PAGE_NOBODY);
    assert_status(find_at(f, token, 0), OK);
    for (size_t i = 0; i < ARRAY_LEN(shapes); i++)
        assert_status(find_at(f, shapes[i], 0), ERR_NOT_FOUND);
    page_undo(f);
}

static void tokens_are_random_and_fit_a_cookie(void **state)
{
    struct page_fixture *f = *state;
    char one[SESSION_TOKEN_TEXT], two[SESSION_TOKEN_TEXT];
    session_new_token(&f->random, one);
    session_new_token(&f->random, two);
    assert_string_not_equal(one, two);
    assert_int_equal(strspn(one, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"),
                     SESSION_TOKEN_TEXT - 1);
}

static void a_form_token_belongs_to_one_session(void **state)
{
    struct page_fixture *f = *state;
    char one[SESSION_TOKEN_TEXT], two[SESSION_TOKEN_TEXT], again[SESSION_TOKEN_TEXT];
    session_csrf(f->app.vault, f->token[PAGE_TEACHER], one);
    session_csrf(f->app.vault, f->token[PAGE_TEACHER], again);
    session_csrf(f->app.vault, f->token[PAGE_SUPPORT], two);
    assert_string_equal(one, again);
    assert_string_not_equal(one, two);
    assert_string_not_equal(one, f->token[PAGE_TEACHER]); /* a page that leaks it leaks no session */
    assert_true(session_csrf_equal(again, one));
    assert_false(session_csrf_equal(two, one));
    assert_false(session_csrf_equal("", one));
    again[SESSION_TOKEN_TEXT - 2] = '\0';
    assert_false(session_csrf_equal(again, one));
}

static void a_browser_is_known_by_its_first_mark(void **state UNUSED)
{
    assert_int_equal(browser_of(NULL), BROWSER_OTHER);
    assert_int_equal(browser_of("curl/8"), BROWSER_OTHER);
    assert_int_equal(browser_of("Mozilla/5.0 (X11) Gecko/20100101 Firefox/128.0"), BROWSER_FIREFOX);
    assert_int_equal(browser_of("Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120 Safari/537.36"),
                     BROWSER_CHROME);
    assert_int_equal(browser_of("Mozilla/5.0 (KHTML, like Gecko) Chrome/120 Safari/537.36 Edg/120"), BROWSER_EDGE);
    assert_int_equal(browser_of("Mozilla/5.0 (iPad) AppleWebKit/605 Version/17 Safari/604"), BROWSER_SAFARI);
    assert_int_equal(browser_of("Mozilla/5.0 (iPad) CriOS/120 Safari/604"), BROWSER_CHROME);
}

static void used_sessions_wait_and_are_written_together(void **state)
{
    struct page_fixture *f = *state;
    struct touches *touches;
    struct session found;
    assert_status(touches_new(&touches), OK);
    int64_t now = f->app.clock.at_ms;
    page_begin(f, PAGE_NOBODY);
    assert_status(session_find(f->db, f->arena, f->token[PAGE_TEACHER], now, &found), OK);
    page_undo(f);
    touches_add(touches, found.id, now + MS_MINUTE);
    touches_add(touches, found.id, now + 2 * MS_MINUTE);
    for (int64_t i = 1; i < 5000; i++) /* more than may wait: forgotten in silence */
        touches_add(touches, (struct session_id){i}, now);
    assert_status(touches_write(touches, f->db), OK);
    assert_status(touches_write(touches, f->db), OK);
    page_begin(f, PAGE_NOBODY);
    assert_status(session_find(f->db, f->arena, f->token[PAGE_TEACHER], now, &found), OK);
    assert_int_equal(found.seen_at, now + 2 * MS_MINUTE);
    page_undo(f);
    touches_free(touches);
    touches_free(NULL);
}

static void a_fault_starts_no_session(void **state)
{
    struct page_fixture *f = *state;
    struct table_digest *before, *after;
    size_t before_count = 0, after_count = 0;
    assert_status(db_tables_digest(f->db, f->arena, &before, &before_count), OK);
    for (size_t nth = 1;; nth++) {
        char token[SESSION_TOKEN_TEXT] = "unchanged";
        struct session_id id = {0};
        struct session_start begin = staff_start(f, SESSION_FULL);
        page_begin(f, PAGE_NOBODY);
        db_fail_at(f->db, nth, ERR_DB);
        enum status st = session_start(f->db, &f->random, f->work.now_ms, &begin, token, &id);
        if (st != OK) {
            assert_string_equal(token, "unchanged");
            assert_int_equal(id.v, 0);
        } else {
            st = db_commit(f->db);
        }
        db_fail_at(f->db, 0, OK);
        if (st == OK)
            break;
        assert_status(st, ERR_DB);
        page_undo(f);
        assert_status(db_tables_digest(f->db, f->arena, &after, &after_count), OK);
        assert_true(db_digests_equal(before, before_count, after, after_count));
        assert_true(nth < 5);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        page_each_engine(a_session_is_found_by_its_token_as_it_was_started),
        page_each_engine(limits_are_kept_to_the_millisecond),
        page_each_engine(a_touch_never_goes_back_in_time),
        page_each_engine(a_disabled_account_has_no_sessions_and_gets_none_back),
        page_each_engine(what_is_no_token_finds_nothing),
        page_each_engine(tokens_are_random_and_fit_a_cookie),
        page_each_engine(a_form_token_belongs_to_one_session),
        cmocka_unit_test(a_browser_is_known_by_its_first_mark),
        page_each_engine(used_sessions_wait_and_are_written_together),
        page_each_engine(a_fault_starts_no_session),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
