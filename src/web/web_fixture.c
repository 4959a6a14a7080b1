#include "web/web_fixture.h"

#include <ftw.h>
#include <stdlib.h>
#include <unistd.h>

#include "access/audit.h"
#include "answer/kind.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/random.h"
#include "base/str.h"
#include "gen/access_sql.h"
#include "group/group.h"
#include "guardian/guardian.h"
#include "http/http.h"
#include "method/shelf.h"
#include "print/press.h"
#include "pupil/pupil.h"
#include "school/school.h"
#include "signin/account.h"
#include "signin/password.h"
#include "signin/ratelimit.h"
#include "staff/staff.h"
#include "vault/vault.h"
#include "web/touch.h"
#include "access/session.h"
#include "web/writer.h"

#define ARENA_CAP ((size_t)256 << 20)
#define BODY_CAP ((size_t)16 << 20)
#define HOST "school.example"
#define VISITOR_COOKIE "weerklank_v"
#define LOG_PAGE 500

const char *const page_role_names[PAGE_ROLES] = {
    [PAGE_NOBODY] = "PAGE_NOBODY",
    [PAGE_TEACHER] = "PAGE_TEACHER",
    [PAGE_SUPPORT] = "PAGE_SUPPORT",
    [PAGE_OTHER_TEACHER] = "PAGE_OTHER_TEACHER",
    [PAGE_COORDINATOR] = "PAGE_COORDINATOR",
    [PAGE_PRINCIPAL] = "PAGE_PRINCIPAL",
    [PAGE_ADMINISTRATOR] = "PAGE_ADMINISTRATOR",
    [PAGE_STRANGER] = "PAGE_STRANGER",
    [PAGE_PUPIL] = "PAGE_PUPIL",
};

static const struct {
    const char *call, *family, *email;
} people[PAGE_ROLES] = {
    [PAGE_TEACHER] = {"Tessa", "Mulder", "tessa@school.example"},
    [PAGE_SUPPORT] = {"Sander", "Smit", "sander@school.example"},
    [PAGE_OTHER_TEACHER] = {"Olga", "Prins", "olga@school.example"},
    [PAGE_COORDINATOR] = {"Coen", "Dekker", "coen@school.example"},
    [PAGE_PRINCIPAL] = {"Paula", "Koning", "paula@school.example"},
    [PAGE_ADMINISTRATOR] = {"Anna", "Visser", "anna@school.example"},
    [PAGE_STRANGER] = {"Stef", "Postma", "stef@elders.example"},
};

/* --- the people ------------------------------------------------------------------------------- */

static struct person person_named(const char *call, const char *prefix, const char *family)
{
    struct person person = person_none();
    person.call = call;
    person.prefix = prefix;
    person.family = family;
    return person;
}

static void make_staff(struct page_fixture *f, enum page_role role)
{
    struct work *work = &f->work;
    struct staff_draft draft = {.person = person_named(people[role].call, "", people[role].family)};
    draft.person.email = people[role].email;
    assert_status(staff_add(work, &draft, &f->staff[role]), OK);
    assert_status(account_make(work, people[role].email, &f->account[role]), OK);
    assert_status(account_join_school(work, f->account[role], f->staff[role]), OK);
    static const char unknown[] = "dit weet niemand in een test";
    const struct password_cost cheap = {.passes = 1, .memory = 8192};
    char hash[PASSWORD_HASH_SIZE];
    assert_status(password_hash(&cheap, unknown, strlen(unknown), hash), OK);
    assert_status(account_set_password(work, f->account[role], hash, (struct session_id){0}), OK);
    struct session_start start = {.kind = SESSION_STAFF,
                                  .step = SESSION_FULL,
                                  .account = f->account[role],
                                  .school = work_school(work),
                                  .person = f->staff[role].v};
    char token[SESSION_TOKEN_TEXT];
    struct session_id session;
    assert_status(session_start(work->db, work->random, work->now_ms, &start, token, &session), OK);
    f->token[role] = arena_strdup(f->arena, token);
}

static void give(struct page_fixture *f, enum page_role who, enum role role,
                 struct school_year_id year, struct group_id group)
{
    assert_status(staff_give(&f->work, f->staff[who], role, year, group), OK);
}

static struct pupil_id make_pupil(struct page_fixture *f, const char *call, const char *prefix,
                                  const char *family, int year_group, struct group_id group)
{
    struct pupil_draft draft = {.person = person_named(call, prefix, family),
                                .year_group = year_group,
                                .enrolled_on = {2024, 8, 1}};
    draft.person.birth = (struct date){(int16_t)(2020 - year_group), 3, 14};
    struct pupil_id pupil;
    assert_status(pupil_add(&f->work, &draft, &pupil), OK);
    if (group.v)
        assert_status(group_join(&f->work, group, pupil, (struct date){2026, 8, 24}), OK);
    return pupil;
}

static struct group_id make_group(struct page_fixture *f, struct school_year_id year,
                                  const char *name, unsigned years)
{
    struct group_draft draft = {.year = year, .kind = GROUP_HOME, .years = years, .name = name};
    struct group_id group;
    assert_status(group_add(&f->work, &draft, &group), OK);
    return group;
}

static struct school_year_id make_school(struct page_fixture *f, const char *name,
                                         struct school_id *ret_school)
{
    struct school_draft draft = {.board_name = "Stichting Proef",
                                 .name = name,
                                 .brin = "11ZZ",
                                 .kind = SCHOOL_PRIMARY,
                                 .first_year = 2026};
    struct school_year year;
    f->actor[PAGE_NOBODY] = (struct actor){.kind = ACTOR_PROGRAM};
    assert_status(school_make(&f->work, &draft, ret_school), OK);
    f->actor[PAGE_NOBODY].school = *ret_school;
    assert_status(school_active_year(&f->work, &year), OK);
    return year.id;
}

static void make_other_school(struct page_fixture *f)
{
    f->strange_year = make_school(f, "De Verte", &f->other_school);
    f->strange_group = make_group(f, f->strange_year, "Groep 8", YEAR_BIT(8));
    make_staff(f, PAGE_STRANGER);
    give(f, PAGE_STRANGER, ROLE_ADMINISTRATOR, f->strange_year, (struct group_id){0});
    give(f, PAGE_STRANGER, ROLE_COORDINATOR, f->strange_year, (struct group_id){0});
    give(f, PAGE_STRANGER, ROLE_TEACHER, f->strange_year, f->strange_group);
    f->strange_pupil = make_pupil(f, "Tygo", "", "Vos", 8, f->strange_group);
}

static void make_pupil_session(struct page_fixture *f)
{
    struct session_start start = {
        .kind = SESSION_BADGE, .step = SESSION_FULL, .school = f->school, .person = f->pupil.v};
    char token[SESSION_TOKEN_TEXT];
    struct session_id session;
    assert_status(session_start(f->db, f->work.random, f->work.now_ms, &start, token, &session),
                  OK);
    f->token[PAGE_PUPIL] = arena_strdup(f->arena, token);
}

static void make_people(struct page_fixture *f)
{
    f->year = make_school(f, "De Regenboog", &f->school);
    f->group = make_group(f, f->year, "Groep 7", YEAR_BIT(7));
    f->other_group = make_group(f, f->year, "Groep 1/2 Kikkers", YEAR_BIT(1) | YEAR_BIT(2));
    struct group_id none = {0};
    for (int role = PAGE_TEACHER; role <= PAGE_ADMINISTRATOR; role++)
        make_staff(f, (enum page_role)role);
    give(f, PAGE_TEACHER, ROLE_TEACHER, f->year, f->group);
    give(f, PAGE_SUPPORT, ROLE_SUPPORT, f->year, f->group);
    give(f, PAGE_OTHER_TEACHER, ROLE_TEACHER, f->year, f->other_group);
    give(f, PAGE_COORDINATOR, ROLE_COORDINATOR, f->year, none);
    give(f, PAGE_PRINCIPAL, ROLE_PRINCIPAL, f->year, none);
    give(f, PAGE_ADMINISTRATOR, ROLE_ADMINISTRATOR, f->year, none);
    f->pupil = make_pupil(f, "Noor", "van der", "Linden", 7, f->group);
    f->other_pupil = make_pupil(f, "Sem", "", "Bakker", 1, f->other_group);
    f->loose_pupil = make_pupil(f, "Yara", "", "Yilmaz", 5, none);
    struct guardian_draft karin = {.person = person_named("Karin", "", "Linden"),
                                   .has_authority = true,
                                   .information = INFORMATION_FULL,
                                   .reason = ""};
    assert_status(guardian_add(&f->work, f->pupil, &karin, &f->guardian), OK);
    make_pupil_session(f);
}

/* The actors as a request would load them. */
static void load_actors(struct page_fixture *f)
{
    for (int role = PAGE_TEACHER; role <= PAGE_STRANGER; role++) {
        struct actor *actor = &f->actor[role];
        *actor = (struct actor){.kind = ACTOR_STAFF,
                                .school = role == PAGE_STRANGER ? f->other_school : f->school,
                                .account = f->account[role],
                                .staff = f->staff[role]};
        struct actor_self self;
        assert_status(actor_load_staff(&f->work, actor, &self), OK);
    }
    f->actor[PAGE_PUPIL] =
        (struct actor){.kind = ACTOR_PUPIL, .school = f->school, .pupil = f->pupil};
    f->actor[PAGE_NOBODY] = (struct actor){.kind = ACTOR_PROGRAM, .school = f->school};
}

/* --- opening and closing ---------------------------------------------------------------------- */

static void make_app(struct page_fixture *f)
{
    f->app = (struct app){.database = fixture_url(&f->database),
                          .clock = {.fixed = true, .at_ms = date_moment(PAGE_TODAY, 10, 5)},
                          .routes = all_routes,
                          .state_directory = f->folder};
    assert_status(vault_open_memory(&f->random, &f->app.vault), OK);
    assert_status(tr_load_all(f->app.tr), OK);
    assert_status(audit_spool_open(f->folder, &f->app.spool), OK);
    assert_status(password_gate_new(2, &f->app.gate), OK);
    assert_status(touches_new(&f->app.touches), OK);
    assert_status(method_shelf_open(&answer_method_kinds, &f->app.shelf), OK);
    assert_status(paper_press_open(&f->app.press), OK);
    assert_status(ratelimit_new(64, &f->random, &f->app.limiter), OK);
    if (db_engine(f->db) == DB_SQLITE) /* as serve does */
        assert_status(writer_open(f->app.database, &f->app.writer), OK);
    assert_status(app_worker_open(&f->app, 0, &f->worker), OK);
}

int page_fixture_open(void **state)
{
    struct arena *arena = arena_new(ARENA_CAP);
    struct page_fixture *f = ARENA_NEW(arena, struct page_fixture);
    f->arena = arena;
    f->database = *state;
    *state = f;
    if (fixture_open(&f->database) != 0)
        return -1;
    const char *tmp = getenv("TMPDIR");
    char *folder = arena_printf(arena, "%s/weerklank-page-XXXXXX", tmp ? tmp : "/tmp");
    if (!mkdtemp(folder))
        return -1;
    f->folder = folder;
    f->language = LANG_EN;
    f->random = random_system();
    f->db = fixture_db(&f->database);
    f->request_arena = arena_new(ARENA_CAP);
    f->body = ARENA_NEW(arena, struct buf);
    buf_init(f->body, BODY_CAP);
    make_app(f);
    char token[SESSION_TOKEN_TEXT];
    session_new_token(&f->random, token);
    f->token[PAGE_NOBODY] = arena_strdup(arena, token);
    page_begin(f, PAGE_NOBODY);
    make_other_school(f);
    make_people(f);
    page_commit(f);
    page_begin(f, PAGE_NOBODY);
    load_actors(f);
    page_undo(f);
    return 0;
}

static int remove_entry(const char *path, const struct stat *st UNUSED, int flag UNUSED,
                        struct FTW *ftw UNUSED)
{
    return remove(path);
}

int page_fixture_close(void **state)
{
    struct page_fixture *f = *state;
    db_rollback(f->db);
    app_worker_close(f->worker);
    writer_close(f->app.writer);
    ratelimit_free(f->app.limiter);
    touches_free(f->app.touches);
    method_shelf_close(f->app.shelf);
    paper_press_close(f->app.press);
    password_gate_free(f->app.gate);
    audit_spool_close(f->app.spool);
    tr_free_all(f->app.tr);
    vault_close(f->app.vault);
    buf_free(f->body);
    arena_free(f->request_arena);
    int removed = nftw(f->folder, remove_entry, 8, FTW_DEPTH | FTW_PHYS);
    int closed = fixture_close(&f->database);
    arena_free(f->arena);
    return removed == 0 && closed == 0 ? 0 : -1;
}

/* --- requests --------------------------------------------------------------------------------- */

const char *page_path(struct page_fixture *f, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    const char *path = arena_vprintf(f->arena, format, args);
    va_end(args);
    return path;
}

const char *page_csrf(struct page_fixture *f, enum page_role role)
{
    char csrf[SESSION_TOKEN_TEXT];
    session_csrf(f->app.vault, f->token[role], csrf);
    return arena_strdup(f->arena, csrf);
}

static struct page_answer *answer_of(struct page_fixture *f, const struct http_response *response)
{
    struct page_answer *answer = ARENA_NEW(f->arena, struct page_answer);
    bool constant = response->constant.data != NULL;
    answer->status = response->status;
    answer->len = constant ? response->constant.len : f->body->len;
    answer->body = arena_strndup(
        f->arena, constant ? (const char *)response->constant.data : f->body->data, answer->len);
    answer->content_type =
        response->content_type ? arena_strdup(f->arena, response->content_type) : "";
    answer->location = "";
    for (size_t i = 0; i < response->field_count; i++) {
        struct http_field field = {response->fields[i].name,
                                   arena_strdup(f->arena, response->fields[i].value)};
        answer->fields[answer->field_count++] = field;
        if (str_equal(field.name, "Location"))
            answer->location = field.value;
    }
    return answer;
}

struct page_answer *page_send(struct page_fixture *f, enum page_role role, enum http_method method,
                              const char *path, const char *content_type, struct bytes body,
                              const struct http_field *headers, size_t header_count)
{
    assert_false(db_in_transaction(f->db)); /* SQLite would let the page wait for the test */
    struct http_field fields[16] = {
        {"Cookie",
         arena_printf(f->arena, "%s=%s%s", role == PAGE_NOBODY ? VISITOR_COOKIE : SESSION_COOKIE,
                      f->token[role],
                      f->has_no_look           ? ""
                      : f->language == LANG_NL ? "; weerklank_look=auto.normal.nl"
                                               : "; weerklank_look=auto.normal.en")},
        {"Sec-Fetch-Site", "same-origin"},
    };
    assert_true(header_count <= 14);
    for (size_t i = 0; i < header_count; i++)
        fields[2 + i] = headers[i];
    struct http_state state = {.fields = fields, .field_count = 2 + header_count};
    const char *query = strchr(path, '?');
    arena_reset(f->request_arena);
    buf_reset(f->body);
    struct http_request request = {
        .id = ++f->requests,
        .method = method,
        .path = query ? arena_strndup(f->arena, path, (size_t)(query - path)) : path,
        .query = query ? query + 1 : "",
        .body = body,
        .content_type = content_type,
        .host = HOST,
        .peer = "192.0.2.7",
        .state = &state,
        .arena = f->request_arena};
    struct http_response response = {.status = 200, .body = f->body};
    app_handle(f->worker, &request, &response);
    return answer_of(f, &response);
}

struct page_answer *page_get(struct page_fixture *f, enum page_role role, const char *path)
{
    return page_send(f, role, HTTP_GET, path, "", (struct bytes){(const uint8_t *)"", 0}, NULL, 0);
}

static void add_encoded(struct buf *to, const char *text)
{
    for (; *text; text++) {
        unsigned char c = (unsigned char)*text;
        bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (plain)
            buf_add_char(to, (char)c);
        else
            buf_printf(to, "%%%02X", c);
    }
}

static struct page_answer *post(struct page_fixture *f, enum page_role role, const char *path,
                                const char *csrf, va_list args)
{
    struct buf form;
    buf_init(&form, BODY_CAP);
    buf_add_str(&form, "csrf=");
    add_encoded(&form, csrf);
    for (const char *name; (name = va_arg(args, const char *)) != NULL;) {
        const char *value = va_arg(args, const char *);
        assert_non_null(value);
        buf_add_char(&form, '&');
        add_encoded(&form, name);
        buf_add_char(&form, '=');
        add_encoded(&form, value);
    }
    struct page_answer *answer =
        page_send(f, role, HTTP_POST, path, "application/x-www-form-urlencoded",
                  (struct bytes){(const uint8_t *)form.data, form.len}, NULL, 0);
    buf_free(&form);
    return answer;
}

struct page_answer *page_post(struct page_fixture *f, enum page_role role, const char *path, ...)
{
    va_list args;
    va_start(args, path);
    struct page_answer *answer = post(f, role, path, page_csrf(f, role), args);
    va_end(args);
    return answer;
}

struct page_answer *page_post_forged(struct page_fixture *f, enum page_role role, const char *path,
                                     ...)
{
    /* As long and as random as a true one: the token of somebody else. */
    char csrf[SESSION_TOKEN_TEXT];
    session_csrf(f->app.vault, f->token[role == PAGE_STRANGER ? PAGE_TEACHER : PAGE_STRANGER],
                 csrf);
    va_list args;
    va_start(args, path);
    struct page_answer *answer = post(f, role, path, csrf, args);
    va_end(args);
    return answer;
}

/* --- rules and the log ------------------------------------------------------------------------ */

struct work *page_begin(struct page_fixture *f, enum page_role role)
{
    f->work = (struct work){.db = f->db,
                            .arena = f->arena,
                            .vault = f->app.vault,
                            .random = &f->random,
                            .now_ms = f->app.clock.at_ms,
                            .today = date_of(f->app.clock.at_ms),
                            .actor = &f->actor[role],
                            .spool = f->app.spool,
                            .shelf = f->app.shelf};
    assert_status(db_begin(f->db, DB_WRITE), OK);
    return &f->work;
}

void page_commit(struct page_fixture *f)
{
    assert_status(db_commit(f->db), OK);
}

void page_undo(struct page_fixture *f)
{
    db_rollback(f->db);
}

void page_drain(struct page_fixture *f)
{
    assert_status(audit_spool_drain(f->app.spool, f->db, f->app.vault, f->request_arena), OK);
}

size_t page_logged(struct page_fixture *f, enum audit_action action)
{
    struct sql_audit_page *rows = NULL;
    size_t found = 0;
    page_drain(f);
    assert_status(db_begin(f->db, DB_READ), OK);
    for (size_t count = LOG_PAGE, after = 0; count == LOG_PAGE; after += count) {
        assert_status(
            sql_audit_page(f->db, f->arena, f->school, (int64_t)after, LOG_PAGE, &rows, &count),
            OK);
        for (size_t i = 0; i < count; i++)
            found += rows[i].action == (int32_t)action;
    }
    db_rollback(f->db);
    return found;
}

/* --- assertions ------------------------------------------------------------------------------- */

#define SHOWN 1500

/* The page's own part: what stands after the menu. */
static const char *shown(const struct page_answer *answer)
{
    const char *main = strstr(answer->body, "<main");
    return main ? main : answer->body;
}

void assert_page_status(const struct page_answer *answer, int status)
{
    if (answer->status != status)
        fail_msg("status %d, not %d; location \"%s\"\n%.*s", answer->status, status,
                 answer->location, SHOWN, shown(answer));
}

void assert_page_contains(const struct page_answer *answer, const char *text)
{
    if (!strstr(answer->body, text))
        fail_msg("\"%s\" is not on the page of status %d:\n%.*s", text, answer->status, SHOWN,
                 shown(answer));
}

void assert_page_lacks(const struct page_answer *answer, const char *text)
{
    const char *at = strstr(answer->body, text);
    if (at)
        fail_msg("\"%s\" is on the page: %.*s", text, 200, at);
}

void assert_page_goes_to(const struct page_answer *answer, const char *location)
{
    assert_page_status(answer, 303);
    assert_string_equal(answer->location, location);
}

const char *page_header(const struct page_answer *answer, const char *name)
{
    for (size_t i = 0; i < answer->field_count; i++)
        if (str_equal(answer->fields[i].name, name))
            return answer->fields[i].value;
    return NULL;
}

void assert_page_open_for(struct page_fixture *f, const char *path, unsigned may)
{
    struct page_answer *visitor = page_get(f, PAGE_NOBODY, path);
    if (visitor->status != 303 || !str_starts(visitor->location, "/aanmelden"))
        fail_msg("%s: a visitor gets %d %s", path, visitor->status, visitor->location);
    for (unsigned role = PAGE_NOBODY + 1; role < PAGE_ROLES; role++) {
        struct page_answer *answer = page_get(f, (enum page_role)role, path);
        int wanted = may >> role & 1u ? 200 : 404;
        if (answer->status != wanted)
            fail_msg("%s: %s gets %d, not %d", path, page_role_names[role], answer->status, wanted);
    }
}

void assert_post_open_for(struct page_fixture *f, const char *path, unsigned may)
{
    assert_page_status(page_post(f, PAGE_NOBODY, path, NULL), 403);
    for (unsigned role = PAGE_NOBODY + 1; role < PAGE_ROLES; role++) {
        struct page_answer *answer = page_post(f, (enum page_role)role, path, NULL);
        bool open = answer->status != 404;
        if (open != (may >> role & 1u))
            fail_msg("%s: %s gets %d", path, page_role_names[role], answer->status);
    }
}
