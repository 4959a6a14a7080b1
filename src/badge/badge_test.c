#include "badge/pupil_signin.h"

#include "access/audit.h"
#include "access/session.h"
#include "base/arena.h"
#include "base/str.h"
#include "db/copy.h"
#include "group/group.h"
#include "print/reader_fixture.h"
#include "pupil/pupil.h"
#include "school/school.h"
#include "signin/limits.h"
#include "staff/staff.h"
#include "vault/vault.h"
#include "web/web_fixture.h"

#define DEVICE_COOKIE "weerklank_k"

/* --- helpers ---------------------------------------------------------------------------------- */

static const char *group_path(struct page_fixture *f, const char *tail)
{
    return page_path(f, "/groep/%s/%s", id_text(f->group.v).s, tail);
}

static const char *cookie_of(struct page_fixture *f, const struct page_answer *answer,
                             const char *name)
{
    const char *start = arena_printf(f->arena, "%s=", name);
    for (size_t i = 0; i < answer->field_count; i++) {
        const char *value = answer->fields[i].value;
        if (str_equal(answer->fields[i].name, "Set-Cookie") && str_starts(value, start)) {
            value += strlen(start);
            return arena_strndup(f->arena, value, strcspn(value, ";"));
        }
    }
    return NULL;
}

static struct picture_code code_of(struct page_fixture *f, struct pupil_id pupil)
{
    struct pupil_signin *list = NULL;
    size_t count = 0;
    struct picture_code code = {{0}};
    page_begin(f, PAGE_TEACHER);
    assert_status(pupil_signin_list(&f->work, f->group, &list, &count), OK);
    for (size_t i = 0; i < count; i++)
        if (list[i].pupil.v == pupil.v && list[i].has_code)
            code = list[i].code;
    page_undo(f);
    return code;
}

static void make_code(struct page_fixture *f, struct pupil_id pupil)
{
    page_begin(f, PAGE_TEACHER);
    assert_status(picture_renew(&f->work, f->group, pupil), OK);
    page_commit(f);
}

static struct badge_token make_badge(struct page_fixture *f)
{
    struct badge_token token;
    page_begin(f, PAGE_TEACHER);
    assert_status(badge_renew(&f->work, f->group, f->pupil, &token), OK);
    page_commit(f);
    return token;
}

/* A browser with the open class device beside the visitor's cookie. */
static struct page_answer *on_device(struct page_fixture *f, const char *device,
                                     enum http_method method, const char *path, const char *fields)
{
    const char *visitor = f->token[PAGE_NOBODY];
    const char *body = page_path(f, "csrf=%s&%s", page_csrf(f, PAGE_NOBODY), fields);
    f->token[PAGE_NOBODY] = page_path(f, "%s; " DEVICE_COOKIE "=%s", visitor, device);
    struct page_answer *answer = page_send(
        f, PAGE_NOBODY, method, path,
        method == HTTP_POST ? "application/x-www-form-urlencoded" : "",
        (struct bytes){(const uint8_t *)body, method == HTTP_POST ? strlen(body) : 0}, NULL, 0);
    f->token[PAGE_NOBODY] = visitor;
    return answer;
}

static const char *open_device(struct page_fixture *f)
{
    struct page_answer *answer = page_post(f, PAGE_TEACHER, group_path(f, "klas"), NULL);
    assert_page_goes_to(answer, "/klas");
    const char *device = cookie_of(f, answer, DEVICE_COOKIE);
    assert_non_null(device);
    assert_string_equal(cookie_of(f, answer, SESSION_COOKIE), "");
    return device;
}

static struct page_answer *tap(struct page_fixture *f, const char *device, struct pupil_id pupil,
                               struct picture_code code)
{
    return on_device(f, device, HTTP_POST, page_path(f, "/klas/%s", id_text(pupil.v).s),
                     page_path(f, "gekozen=%s.%s&plaatje=%s", picture_name(code.at[0]),
                               picture_name(code.at[1]), picture_name(code.at[2])));
}

static struct picture_code wrong(struct picture_code code)
{
    code.at[2] = code.at[2] == code.at[0] ? code.at[1] : code.at[0];
    return code;
}

/* --- badges ----------------------------------------------------------------------------------- */

static void only_the_last_badge_opens(void **state)
{
    struct page_fixture *f = *state;
    struct badge_owner owner;
    struct badge_token first = make_badge(f);
    struct badge_token second = make_badge(f);
    page_begin(f, PAGE_NOBODY);
    assert_status(badge_find(&f->work, first.s, &owner), ERR_NOT_FOUND);
    assert_status(badge_find(&f->work, second.s, &owner), OK);
    assert_int_equal(owner.pupil.v, f->pupil.v);
    assert_int_equal(owner.school.v, f->school.v);
    assert_status(badge_find(&f->work, "", &owner), ERR_NOT_FOUND);
    assert_status(badge_find(&f->work, "nog nooit gezien", &owner), ERR_NOT_FOUND);
    page_undo(f);
    page_begin(f, PAGE_TEACHER);
    assert_status(badge_revoke(&f->work, f->group, f->pupil), OK);
    assert_status(badge_find(&f->work, second.s, &owner), ERR_NOT_FOUND);
    page_undo(f);
    page_begin(f, PAGE_ADMINISTRATOR);
    assert_status(pupil_leave(&f->work, f->pupil, PAGE_TODAY), OK);
    assert_status(badge_find(&f->work, second.s, &owner), ERR_NOT_FOUND);
    page_undo(f);
}

static void who_may_make_badges_for_whom(void **state)
{
    struct page_fixture *f = *state;
    const struct {
        enum page_role role;
        struct group_id group;
        struct pupil_id pupil;
        enum status expected;
    } cases[] = {
        {PAGE_TEACHER, f->group, f->pupil, OK},
        {PAGE_ADMINISTRATOR, f->group, f->pupil, OK},
        {PAGE_TEACHER, f->group, f->other_pupil, ERR_NOT_FOUND},
        {PAGE_TEACHER, f->group, f->strange_pupil, ERR_NOT_FOUND},
        {PAGE_TEACHER, f->other_group, f->other_pupil, ERR_NOT_FOUND},
        {PAGE_TEACHER, f->strange_group, f->strange_pupil, ERR_NOT_FOUND},
        {PAGE_SUPPORT, f->group, f->pupil, ERR_NOT_FOUND},
        {PAGE_COORDINATOR, f->group, f->pupil, ERR_NOT_FOUND},
        {PAGE_PUPIL, f->group, f->pupil, ERR_NOT_FOUND},
        {PAGE_STRANGER, f->group, f->pupil, ERR_NOT_FOUND},
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct badge_token token;
        page_begin(f, cases[i].role);
        assert_status(badge_renew(&f->work, cases[i].group, cases[i].pupil, &token),
                      cases[i].expected);
        page_undo(f);
        page_begin(f, cases[i].role);
        assert_status(picture_renew(&f->work, cases[i].group, cases[i].pupil), cases[i].expected);
        page_undo(f);
        page_begin(f, cases[i].role);
        assert_status(picture_unlock(&f->work, cases[i].group, cases[i].pupil), cases[i].expected);
        page_undo(f);
    }
}

static void a_badge_leads_to_the_own_place_until_it_is_stopped(void **state)
{
    struct page_fixture *f = *state;
    struct badge_token token = make_badge(f);
    assert_page_status(
        page_post(f, PAGE_NOBODY, "/pas", "code", "kxxxxxxxxxxxxxxxxxxxxxxxxx", NULL), 422);
    struct page_answer *answer = page_post(f, PAGE_NOBODY, "/pas", "code", token.s, NULL);
    assert_page_goes_to(answer, "/ik");
    f->token[PAGE_PUPIL] = cookie_of(f, answer, SESSION_COOKIE);
    answer = page_get(f, PAGE_PUPIL, "/ik");
    assert_page_contains(answer, "Noor");
    assert_page_lacks(answer, "Linden"); /* a call name is enough */
    assert_page_status(page_get(f, PAGE_PUPIL, page_path(f, "/leerling/%s", id_text(f->pupil.v).s)),
                       404);
    assert_page_contains(page_get(f, PAGE_TEACHER, group_path(f, "pasjes")), "is in now");
    answer = page_post(f, PAGE_TEACHER,
                       group_path(f, page_path(f, "pasjes/%s/weg", id_text(f->pupil.v).s)), NULL);
    assert_page_goes_to(answer, group_path(f, "pasjes"));
    assert_page_goes_to(page_get(f, PAGE_PUPIL, "/ik"), "/aanmelden?naar=/ik");
    assert_page_status(page_post(f, PAGE_NOBODY, "/pas", "code", token.s, NULL), 422);
    assert_true(page_logged(f, AUDIT_BADGE_REVOKED) > 0);
}

static void the_sheet_holds_every_code_once_and_no_page_after_it(void **state)
{
    struct page_fixture *f = *state;
    assert_page_status(page_post(f, PAGE_TEACHER, group_path(f, "pasjes"), "whose", "nobody", NULL),
                       400);
    struct page_answer *sheet =
        page_post(f, PAGE_TEACHER, group_path(f, "pasjes"), "whose", "missing", NULL);
    assert_page_status(sheet, 200);
    assert_page_contains(sheet, "badgecard__code");
    assert_page_contains(sheet, "Noor");
    assert_page_lacks(sheet, "Sem");
    assert_page_lacks(page_get(f, PAGE_TEACHER, group_path(f, "pasjes")), "badgecard__code");
    sheet = page_post(f, PAGE_TEACHER, group_path(f, "pasjes"), "whose", "missing", NULL);
    assert_page_contains(sheet, "Everybody has a badge already.");
    assert_int_equal(page_logged(f, AUDIT_BADGES_PRINTED), 2);
}

/* The characters behind a name on the sheet, over as many lines as they take. */
static const char *code_behind(struct page_fixture *f, const char *text, const char *name)
{
    const char *at = strstr(text, name);
    char *code = arena_alloc(f->arena, BADGE_CHARS + 1);
    assert_non_null(at);
    at += strlen(name);
    for (size_t n = 0; *at && n < BADGE_CHARS; at++)
        if (*at > ' ')
            code[n++] = *at;
    return code;
}

static void the_sheet_comes_as_pdf_too(void **state)
{
    struct page_fixture *f = *state;
    struct page_answer *sheet =
        page_post(f, PAGE_TEACHER, group_path(f, "pasjes"), "whose", "missing", "pdf", "1", NULL);
    assert_page_status(sheet, 200);
    assert_string_equal(sheet->content_type, "application/pdf");
    struct bytes pdf = {(const uint8_t *)sheet->body, sheet->len};
    const char *text = READER(f->arena, pdf, "pdftotext", "-raw", "PDF", "-");
    assert_non_null(strstr(text, "Noor"));
    assert_null(strstr(text, "Sem"));
    assert_non_null(strstr(READER(f->arena, pdf, "pdfinfo", "PDF"), "Badges of"));
    /* The code on it is the badge's. */
    struct page_answer *answer =
        page_post(f, PAGE_NOBODY, "/pas", "code", code_behind(f, text, "Noor"), NULL);
    assert_page_goes_to(answer, "/ik");
    assert_int_equal(page_logged(f, AUDIT_BADGES_PRINTED), 1);
}

/* --- pictures --------------------------------------------------------------------------------- */

static void three_pictures_lead_in_on_an_open_device_only(void **state)
{
    struct page_fixture *f = *state;
    make_code(f, f->pupil);
    struct picture_code code = code_of(f, f->pupil);
    const char *path = page_path(f, "/klas/%s", id_text(f->pupil.v).s);
    assert_page_status(on_device(f, "x", HTTP_GET, path, ""), 404);
    assert_page_status(tap(f, "x", f->pupil, code), 404);
    const char *device = open_device(f);
    assert_page_goes_to(page_get(f, PAGE_TEACHER, "/"), "/aanmelden"); /* the teacher is out */
    struct page_answer *answer = on_device(f, device, HTTP_GET, "/klas", "");
    assert_page_contains(answer, "Noor");
    assert_page_lacks(answer, "Linden");
    assert_page_lacks(answer, "Sem");
    answer = on_device(f, device, HTTP_GET, path, "");
    assert_page_contains(answer, "Tap your three pictures");
    answer =
        on_device(f, device, HTTP_POST, path, page_path(f, "plaatje=%s", picture_name(code.at[0])));
    assert_page_contains(answer, "1 of 3 pictures chosen");
    answer = tap(f, device, f->pupil, code);
    assert_page_goes_to(answer, "/ik");
    f->token[PAGE_PUPIL] = cookie_of(f, answer, SESSION_COOKIE);
    answer = page_get(f, PAGE_PUPIL, "/ik");
    assert_page_status(answer, 200);
    assert_page_lacks(answer, "Choose your own picture"); /* not by pictures */
    assert_page_status(page_post(f, PAGE_PUPIL, "/ik/teken", "symbol", "3", NULL), 404);
    assert_page_goes_to(page_post(f, PAGE_PUPIL, "/klaar", NULL), "/klas");
    assert_page_goes_to(page_get(f, PAGE_PUPIL, "/ik"), "/aanmelden?naar=/ik");
}

static const char *teacher_again(struct page_fixture *f)
{
    struct session_start again = {.kind = SESSION_STAFF,
                                  .step = SESSION_FULL,
                                  .account = f->account[PAGE_TEACHER],
                                  .school = f->school,
                                  .person = f->staff[PAGE_TEACHER].v};
    char token[SESSION_TOKEN_TEXT];
    struct session_id id;
    page_begin(f, PAGE_NOBODY);
    assert_status(session_start(f->db, &f->random, f->work.now_ms, &again, token, &id), OK);
    page_commit(f);
    return arena_strdup(f->arena, token);
}

/* Who cannot see them hears them, in the reader's language. */
static void pictures_are_called_what_they_are(void **state)
{
    struct page_fixture *f = *state;
    static const struct {
        enum lang lang;
        const char *sun, *snail;
    } cases[] = {{LANG_EN, ">sun<", ">snail<"}, {LANG_NL, ">zon<", ">slak<"}};
    make_code(f, f->pupil);
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        f->language = cases[i].lang;
        struct page_answer *own = page_get(f, PAGE_PUPIL, "/ik");
        assert_page_contains(own, cases[i].sun);
        assert_page_contains(own, cases[i].snail);
    }
    f->language = LANG_EN;
    struct picture_code code = code_of(f, f->pupil);
    const char *label = page_path(f, ">%s<", picture_label(code.at[0]));
    assert_page_contains(page_get(f, PAGE_TEACHER, group_path(f, "pasjes")), label);
    const char *device = open_device(f);
    const char *path = page_path(f, "/klas/%s", id_text(f->pupil.v).s);
    assert_page_contains(on_device(f, device, HTTP_GET, path, ""), label);
    for (int i = 0; i < PICTURES; i++)
        assert_string_not_equal(picture_label((enum picture)i), picture_name((enum picture)i));
    for (int i = 0; i < PUPIL_SYMBOLS; i++) {
        enum picture picture;
        assert_status(picture_parse(pupil_symbol_name(i) + 2, &picture), OK);
    }
}

static void wrong_pictures_call_the_teacher_and_then_lock(void **state)
{
    struct page_fixture *f = *state;
    make_code(f, f->pupil);
    struct picture_code code = code_of(f, f->pupil);
    const char *session = f->token[PAGE_TEACHER];
    const char *device = open_device(f);
    for (int i = 1; i <= PICTURE_TRIES_MAX; i++) {
        struct page_answer *answer = tap(f, device, f->pupil, wrong(code));
        assert_page_status(answer, 200);
        assert_page_contains(answer, i < PICTURE_TRIES_CALL ? "Not these. Try once more."
                                                            : "Call your teacher for help.");
    }
    assert_page_contains(tap(f, device, f->pupil, code), "Call your teacher for help.");
    assert_page_lacks(tap(f, device, f->pupil, code), "codegrid"); /* no pictures to guess on */

    f->token[PAGE_TEACHER] = teacher_again(f);
    assert_string_not_equal(session, f->token[PAGE_TEACHER]);
    assert_page_contains(page_get(f, PAGE_TEACHER, group_path(f, "pasjes")), "locked");
    assert_page_status(
        page_post(f, PAGE_TEACHER,
                  group_path(f, page_path(f, "plaatjes/%s/open", id_text(f->pupil.v).s)), NULL),
        303);
    assert_page_goes_to(tap(f, device, f->pupil, code), "/ik");
}

/* One browser that goes along the names: each pupil's own count would allow nine of each. */
static void a_device_that_guesses_along_the_class_must_wait(void **state)
{
    struct page_fixture *f = *state;
    uint32_t burst = limit_rule(LIMIT_PICTURES, LIMIT_ACCOUNT)->burst;
    struct pupil_id pupils[8];
    struct picture_code codes[8];
    page_begin(f, PAGE_NOBODY);
    for (size_t i = 0; i < ARRAY_LEN(pupils); i++) {
        struct pupil_draft draft = {.person = person_none(), .year_group = 7};
        draft.person.call = "Kind";
        assert_status(pupil_add(&f->work, &draft, &pupils[i]), OK);
        assert_status(group_join(&f->work, f->group, pupils[i], PAGE_TODAY), OK);
    }
    page_commit(f);
    for (size_t i = 0; i < ARRAY_LEN(pupils); i++) {
        make_code(f, pupils[i]);
        codes[i] = code_of(f, pupils[i]);
    }
    const char *device = open_device(f);
    for (uint32_t i = 0; i < burst; i++)
        assert_page_contains(tap(f, device, pupils[i % 7], wrong(codes[i % 7])),
                             i < 14 ? "Not these." : "your teacher");
    struct page_answer *answer =
        tap(f, device, pupils[7], codes[7]); /* the right one, of who did nothing */
    assert_page_contains(answer, "Wait a minute.");
    assert_page_lacks(answer, "codegrid");
    f->token[PAGE_TEACHER] = teacher_again(f);
    const char *another = open_device(f);
    assert_page_goes_to(tap(f, another, pupils[7], codes[7]), "/ik");
    f->app.clock.at_ms += limit_rule(LIMIT_PICTURES, LIMIT_ACCOUNT)->forget_ms;
    assert_page_goes_to(tap(f, device, pupils[7], codes[7]), "/ik");
    /* What is right is not counted: a class that comes in never waits for it. */
    f->app.clock.at_ms += limit_rule(LIMIT_PICTURES, LIMIT_ACCOUNT)->forget_ms;
    for (uint32_t i = 0; i < 2 * burst; i++)
        assert_page_goes_to(tap(f, device, pupils[7], codes[7]), "/ik");
}

static void a_right_code_forgets_the_wrong_ones(void **state)
{
    struct page_fixture *f = *state;
    make_code(f, f->pupil);
    struct picture_code code = code_of(f, f->pupil), not_this = wrong(code);
    int tries = 0;
    page_begin(f, PAGE_TEACHER);
    for (int i = 1; i < PICTURE_TRIES_MAX; i++) {
        assert_status(picture_try(&f->work, f->group, f->pupil, &not_this, &tries), ERR_FORBIDDEN);
        assert_int_equal(tries, i);
    }
    assert_status(picture_try(&f->work, f->group, f->pupil, &code, &tries), OK);
    assert_int_equal(tries, 0);
    assert_status(picture_try(&f->work, f->group, f->pupil, &not_this, &tries), ERR_FORBIDDEN);
    assert_int_equal(tries, 1);
    assert_status(picture_renew(&f->work, f->group, f->pupil), OK);
    assert_status(picture_try(&f->work, f->group, f->other_pupil, &code, &tries), ERR_NOT_FOUND);
    page_undo(f);
}

static void the_device_knows_its_own_group_only(void **state)
{
    struct page_fixture *f = *state;
    make_code(f, f->pupil);
    struct picture_code code = code_of(f, f->pupil);
    const char *device = open_device(f);
    const struct pupil_id strangers[] = {
        f->other_pupil, f->loose_pupil, f->strange_pupil, {id_new(&f->random)}};
    for (size_t i = 0; i < ARRAY_LEN(strangers); i++) {
        const char *path = page_path(f, "/klas/%s", id_text(strangers[i].v).s);
        assert_page_status(on_device(f, device, HTTP_GET, path, ""), 404);
        assert_page_status(tap(f, device, strangers[i], code), 404);
    }
    const char *path = page_path(f, "/klas/%s", id_text(f->pupil.v).s);
    static const char *const odd[] = {"plaatje=",
                                      "plaatje=geen",
                                      "gekozen=zon.zon.zon&plaatje=zon",
                                      "gekozen=.&plaatje=zon",
                                      "gekozen=geen&plaatje=zon",
                                      ""};
    for (size_t i = 0; i < ARRAY_LEN(odd); i++)
        assert_page_status(on_device(f, device, HTTP_POST, path, odd[i]), 400);
}

static void the_device_closes_at_six_by_itself_or_by_hand(void **state)
{
    struct page_fixture *f = *state;
    const char *device = open_device(f);
    int64_t six = date_moment(PAGE_TODAY, 18, 0);
    f->app.clock.at_ms = six - 1;
    assert_page_contains(on_device(f, device, HTTP_GET, "/klas", ""), "Who are you?");
    f->app.clock.at_ms = six;
    assert_page_contains(on_device(f, device, HTTP_GET, "/klas", ""), "This device is closed");
    f->app.clock.at_ms = six - 1;
    /* One tap asks first: only a teacher who signs in opens it again. */
    struct page_answer *answer = on_device(f, device, HTTP_GET, "/klas", "");
    assert_page_contains(answer, "href=\"/klas/sluiten\"");
    assert_page_lacks(answer, "action=\"/klas/sluiten\"");
    answer = on_device(f, device, HTTP_GET, "/klas/sluiten", "");
    assert_page_contains(answer, "Close this device?");
    assert_page_contains(answer, "href=\"/klas\"");
    assert_page_contains(on_device(f, device, HTTP_GET, "/klas", ""), "Who are you?");
    answer = on_device(f, device, HTTP_POST, "/klas/sluiten", "");
    assert_page_goes_to(answer, "/aanmelden");
    assert_page_contains(on_device(f, device, HTTP_GET, "/klas/sluiten", ""),
                         "This device is closed");
    assert_string_equal(cookie_of(f, answer, DEVICE_COOKIE), "");
    assert_page_contains(on_device(f, device, HTTP_GET, "/klas", ""), "This device is closed");
    assert_page_goes_to(on_device(f, device, HTTP_POST, "/klas/sluiten", ""), "/aanmelden");
    assert_int_equal(page_logged(f, AUDIT_CLASS_DEVICE_OPENED), 1);
    assert_int_equal(page_logged(f, AUDIT_CLASS_DEVICE_CLOSED), 1);
}

/* What happens to who opened the device, and whether it is still open afterwards. */
static void take_function(struct page_fixture *f)
{
    struct staff_function *list = NULL;
    size_t count = 0;
    assert_status(staff_functions_of(&f->work, f->staff[PAGE_TEACHER], &list, &count), OK);
    assert_int_equal(count, 1);
    assert_status(staff_take(&f->work, list[0].id), OK);
}

static void leave_school(struct page_fixture *f)
{
    assert_status(staff_leave(&f->work, f->staff[PAGE_TEACHER], PAGE_TODAY), OK);
}

static void teach_another_group_too(struct page_fixture *f)
{
    assert_status(
        staff_give(&f->work, f->staff[PAGE_TEACHER], ROLE_TEACHER, f->year, f->other_group), OK);
}

static void support_only(struct page_fixture *f)
{
    take_function(f);
    assert_status(staff_give(&f->work, f->staff[PAGE_TEACHER], ROLE_SUPPORT, f->year, f->group),
                  OK);
}

static void a_device_is_open_as_long_as_its_opener_may_open_it(void **state)
{
    struct page_fixture *f = *state;
    static const struct {
        void (*happens)(struct page_fixture *f);
        enum status expected;
    } cases[] = {
        {teach_another_group_too, OK},
        {take_function, ERR_NOT_FOUND},
        {support_only, ERR_NOT_FOUND},
        {leave_school, ERR_NOT_FOUND},
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        char token[SESSION_TOKEN_TEXT];
        struct class_device device;
        page_begin(f, PAGE_TEACHER);
        assert_status(class_device_open(&f->work, f->group, token), OK);
        f->work.actor = &f->actor[PAGE_ADMINISTRATOR];
        assert_status(class_device_find(&f->work, token, &device), OK);
        cases[i].happens(f);
        assert_status(class_device_find(&f->work, token, &device), cases[i].expected);
        page_undo(f);
    }
    make_code(f, f->pupil);
    struct picture_code code = code_of(f, f->pupil);
    const char *device = open_device(f);
    page_begin(f, PAGE_ADMINISTRATOR);
    leave_school(f);
    page_commit(f);
    assert_page_contains(on_device(f, device, HTTP_GET, "/klas", ""), "This device is closed");
    assert_page_status(tap(f, device, f->pupil, code), 404);
}

static void opened_in_the_evening_it_stays_an_hour(void **state)
{
    struct page_fixture *f = *state;
    char token[SESSION_TOKEN_TEXT];
    struct class_device device;
    int64_t late = date_moment(PAGE_TODAY, 17, 30);
    page_begin(f, PAGE_TEACHER);
    f->work.now_ms = late;
    assert_status(class_device_open(&f->work, f->group, token), OK);
    f->work.now_ms = late + MS_HOUR - 1;
    assert_status(class_device_find(&f->work, token, &device), OK);
    assert_int_equal(device.group.v, f->group.v);
    f->work.now_ms = late + MS_HOUR;
    assert_status(class_device_find(&f->work, token, &device), ERR_NOT_FOUND);
    assert_status(class_device_open(&f->work, f->other_group, token), ERR_NOT_FOUND);
    page_undo(f);
}

/* --- faults: badge, function, school ---------------------------------------------------------- */

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

static enum status renew_badge(struct page_fixture *f)
{
    struct badge_token token;
    return badge_renew(&f->work, f->group, f->pupil, &token);
}

static enum status renew_pictures(struct page_fixture *f)
{
    return picture_renew(&f->work, f->group, f->pupil);
}

static enum status give_function(struct page_fixture *f)
{
    return staff_give(&f->work, f->staff[PAGE_SUPPORT], ROLE_TEACHER, f->year, f->other_group);
}

static enum status make_school(struct page_fixture *f)
{
    struct school_draft draft = {.board_name = "Bestuur",
                                 .name = "De Derde",
                                 .brin = "",
                                 .kind = SCHOOL_PRIMARY,
                                 .first_year = 2026};
    struct school_id school;
    return school_make(&f->work, &draft, &school);
}

static const struct {
    enum page_role role;
    enum status (*run)(struct page_fixture *f);
} jobs[] = {
    {PAGE_TEACHER, renew_badge},
    {PAGE_TEACHER, renew_pictures},
    {PAGE_ADMINISTRATOR, give_function},
    {PAGE_NOBODY, make_school},
};

static void a_fault_at_any_statement_leaves_nothing_half(void **state)
{
    struct page_fixture *f = *state;
    static const enum status faults[] = {ERR_DB, ERR_CONFLICT, ERR_NOMEM};
    for (size_t job = 0; job < ARRAY_LEN(jobs); job++) {
        for (size_t fault = 0; fault < ARRAY_LEN(faults); fault++) {
            struct digest before = digest_of(f);
            for (size_t nth = 1;; nth++) {
                page_begin(f, jobs[job].role);
                db_fail_at(f->db, nth, faults[fault]);
                enum status st = jobs[job].run(f);
                if (st == OK)
                    st = db_commit(f->db);
                db_fail_at(f->db, 0, OK);
                if (st == OK)
                    break;
                assert_status(st, faults[fault]);
                page_undo(f);
                struct digest after = digest_of(f);
                assert_true(
                    db_digests_equal(before.tables, before.count, after.tables, after.count));
                assert_true(nth < 60);
            }
            if (jobs[job].run == give_function)
                break; /* given is given: the next one would find it there */
        }
    }
}

static void memory_that_runs_out_is_said(void **state)
{
    struct page_fixture *f = *state;
    struct arena *small = arena_new(16 << 20);
    for (size_t job = 0; job < ARRAY_LEN(jobs); job++) {
        for (size_t nth = 1;; nth++) {
            page_begin(f, jobs[job].role);
            f->work.arena = small;
            arena_reset(small);
            arena_fail_at(small, nth);
            enum status st = jobs[job].run(f);
            page_undo(f);
            if (st == OK && !arena_failed(small))
                break;
            assert_status(st, ERR_NOMEM);
            assert_true(nth < 200);
        }
    }
    arena_free(small);
}

/* --- names on the class device ---------------------------------------------------------------- */

static void namesakes_are_told_apart(void **state)
{
    struct page_fixture *f = *state;
    static const struct {
        const char *call, *family, *shown;
    } cases[] = {
        {"Daan", "Bakker", "Daan Ba."}, {"Daan", "Bos", "Daan Bo."}, {"Daan", "Özer", "Daan Ö."},
        {"Daan", "B", "Daan B"},        {"Finn", "", "Finn"},        {"Finn", "Smit", "Finn S."},
        {"Lot", "Vos", "Lot Vos"},      {"Lot", "Vos", "Lot Vos"},   {"Mila", "Vos", "Mila"},
    };
    struct group_member *members = NULL;
    size_t count = 0;
    page_begin(f, PAGE_NOBODY);
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct pupil_draft draft = {.person = person_none(), .year_group = 1};
        struct pupil_id pupil;
        draft.person.call = cases[i].call;
        draft.person.family = cases[i].family;
        assert_status(pupil_add(&f->work, &draft, &pupil), OK);
        assert_status(group_join(&f->work, f->other_group, pupil, PAGE_TODAY), OK);
    }
    assert_status(group_members(&f->work, f->other_group, &members, &count), OK);
    assert_int_equal(count, ARRAY_LEN(cases) + 1);
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < ARRAY_LEN(cases); j++)
            if (str_equal(members[i].person.call, cases[j].call) &&
                str_equal(members[i].person.family, cases[j].family))
                assert_string_equal(members[i].call, cases[j].shown);
    page_undo(f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        page_each_engine(only_the_last_badge_opens),
        page_each_engine(who_may_make_badges_for_whom),
        page_each_engine(a_badge_leads_to_the_own_place_until_it_is_stopped),
        page_each_engine(the_sheet_holds_every_code_once_and_no_page_after_it),
        page_each_engine(the_sheet_comes_as_pdf_too),
        page_each_engine(three_pictures_lead_in_on_an_open_device_only),
        page_each_engine(pictures_are_called_what_they_are),
        page_each_engine(wrong_pictures_call_the_teacher_and_then_lock),
        page_each_engine(a_device_that_guesses_along_the_class_must_wait),
        page_each_engine(a_right_code_forgets_the_wrong_ones),
        page_each_engine(the_device_knows_its_own_group_only),
        page_each_engine(the_device_closes_at_six_by_itself_or_by_hand),
        page_each_engine(a_device_is_open_as_long_as_its_opener_may_open_it),
        page_each_engine(opened_in_the_evening_it_stays_an_hour),
        page_each_engine(a_fault_at_any_statement_leaves_nothing_half),
        page_each_engine(memory_that_runs_out_is_said),
        page_each_engine(namesakes_are_told_apart),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
