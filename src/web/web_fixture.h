/*
 * web_fixture: a whole small app for page tests, without sockets. Tests only: list `page_fixture`
 * beside the test in meson.build, and write
 *
 *   static void administrators_only(void **state)
 *   {
 *       struct page_fixture *f = *state;
 *       assert_page_status(page_get(f, PAGE_TEACHER, "/school"), 404);
 *       struct page_answer *answer = page_post(f, PAGE_ADMINISTRATOR, "/school/naam", "name", "De Boom", NULL);
 *       assert_page_goes_to(answer, "/school?ok=bewaard");
 *   }
 *   const struct CMUnitTest tests[] = { page_each_engine(administrators_only) };
 *
 * Every line makes two tests, as in db_fixture.h: a fresh migrated SQLite file, and a PostgreSQL
 * schema of its own. The vault is in memory, the spool in a folder of its own, the clock stands
 * still at PAGE_TODAY, 10.05. Requests go through the dispatcher, the same way as those from a socket:
 * route, session, CSRF, right, form, transaction, page. Answers live until the test ends.
 *
 * Texts are asked for in English (the msgids), so that a better translation breaks no test;
 * f->language = LANG_NL asks for the Dutch ones.
 */
#ifndef WEB_WEB_FIXTURE_H
#define WEB_WEB_FIXTURE_H

#include <stdbool.h>
#include <stddef.h>

#include "access/audit.h"
#include "access/work.h"
#include "base/ids.h"
#include "base/random.h"
#include "db/db_fixture.h"
#include "http/http.h"
#include "i18n/tr.h"
#include "web/app.h"

#define PAGE_TODAY ((struct date){2026, 11, 24}) /* a Tuesday */

/* Who asks. */
enum page_role {
    PAGE_NOBODY,        /* not signed in */
    PAGE_TEACHER,       /* of `group` */
    PAGE_SUPPORT,       /* in `group` */
    PAGE_OTHER_TEACHER, /* of `other_group` */
    PAGE_COORDINATOR,
    PAGE_PRINCIPAL,
    PAGE_ADMINISTRATOR, /* the school's only one */
    PAGE_STRANGER,      /* administrator, coordinator and teacher at `other_school` */
    PAGE_PUPIL,         /* `pupil`, by badge */
    PAGE_ROLES,
};
/* "PAGE_TEACHER" … for messages and tables. */
extern const char *const page_role_names[PAGE_ROLES];

/*
 * The school "De Regenboog" (primary), year 2026-2027: groups "Groep 7" and "Groep 1/2 Kikkers".
 *   pupil          Noor van der Linden, group 7, guardian Karin Linden (full information)
 *   other_pupil    Sem Bakker, in Kikkers
 *   loose_pupil    Yara Yilmaz, in no group
 *   strange_pupil  Tygo Vos, at the other school, in strange_group
 * Staff have the call names Tessa, Sander, Olga, Coen, Paula, Anna and, at the other school, Stef;
 * their addresses are tessa@school.example and so on. They have sessions, and a password that nobody knows: hashing one
 * takes a tenth of a second, and sign-in tests set their own.
 */
struct page_fixture {
    struct app app;
    struct arena *arena; /* of the whole test */
    struct db *db;       /* for the test's own work, see page_begin */
    enum lang language;
    bool has_no_look; /* no cookie says the language */
    struct school_id school, other_school;
    struct school_year_id year, strange_year;
    struct group_id group, other_group, strange_group;
    struct pupil_id pupil, other_pupil, loose_pupil, strange_pupil;
    struct guardian_id guardian;
    struct staff_id staff[PAGE_ROLES]; /* none for NOBODY and PUPIL */
    struct account_id account[PAGE_ROLES];
    const char *token[PAGE_ROLES]; /* of the session; NOBODY: the visitor's */
    struct actor actor[PAGE_ROLES];
    struct work work; /* while between page_begin and page_commit */
    /* private */
    void *database, *worker;
    struct arena *request_arena;
    struct random random;
    struct buf *body;
    const char *folder;
    uint64_t requests;
};

struct page_answer {
    int status;
    const char *location;     /* "" when it is no redirect */
    const char *content_type; /* "" when none */
    const char *body;
    size_t len;
    struct http_field fields[HTTP_EXTRA_HEADERS_MAX];
    size_t field_count;
};

/* The test, on both engines. */
#define page_each_engine(test)                                                                     \
    PAGE_TEST(test, " on SQLite", FIXTURE_FILE), PAGE_TEST(test, " on PostgreSQL", FIXTURE_POSTGRES)

#define PAGE_TEST(test, suffix, kind)                                                              \
    PAGE_IF((kind) != FIXTURE_POSTGRES || fixture_has_server(), test, suffix, kind)
#define PAGE_IF(can, test, suffix, kind)                                                           \
    {                                                                                              \
        (can) ? #test suffix : #test suffix " # SKIP WEERKLANK_TEST_PG is not set",                \
            (can) ? (test) : fixture_skipped, (can) ? page_fixture_open : NULL,                    \
            (can) ? page_fixture_close : NULL, &(struct fixture_spec)                              \
        {                                                                                          \
            kind, migrations                                                                       \
        }                                                                                          \
    }

/* Path with its query: "/school/groepen?jaar=…". Use page_path to make one. */
struct page_answer *page_get(struct page_fixture *f, enum page_role role, const char *path);
const char *page_path(struct page_fixture *f, const char *format, ...) PRINTF_LIKE(2, 3);

/*
 * Posts a form: names and values in turn, ended by NULL, with the CSRF token that the role's own
 * pages carry. The same name may come twice.
 */
struct page_answer *page_post(struct page_fixture *f, enum page_role role, const char *path, ...)
    __attribute__((sentinel));
/* The same with a forged token, and without any. */
struct page_answer *page_post_forged(struct page_fixture *f, enum page_role role, const char *path,
                                     ...) __attribute__((sentinel));
/* A body as it is, e.g. multipart; `headers` are added to those a browser sends. */
struct page_answer *page_send(struct page_fixture *f, enum page_role role, enum http_method method,
                              const char *path, const char *content_type, struct bytes body,
                              const struct http_field *headers, size_t header_count);
/* The token for a body that the test writes itself. */
const char *page_csrf(struct page_fixture *f, enum page_role role);

/*
 * For calling rules: a WRITE transaction as that role (PAGE_NOBODY: the program), on a connection
 * apart. No page may be asked for until page_commit (fails the test when it fails) or page_undo.
 */
struct work *page_begin(struct page_fixture *f, enum page_role role);
void page_commit(struct page_fixture *f);
void page_undo(struct page_fixture *f);

/* Moves the readings noted so far into the log, and counts an action in a school's log. */
void page_drain(struct page_fixture *f);
size_t page_logged(struct page_fixture *f, enum audit_action action);

/* Failing messages show the status and the start of the page. */
void assert_page_status(const struct page_answer *answer, int status);
void assert_page_contains(const struct page_answer *answer, const char *text);
void assert_page_lacks(const struct page_answer *answer, const char *text);
/* A redirect to exactly this path. */
void assert_page_goes_to(const struct page_answer *answer, const char *location);
/* The value of a response header, or NULL. */
const char *page_header(const struct page_answer *answer, const char *name);

/*
 * Asserts who may open a path by GET: each role in `may` (bits 1u << role) gets 200, all others of
 * the signed-in ones 404, and somebody who is not signed in is sent to the sign-in page.
 */
void assert_page_open_for(struct page_fixture *f, const char *path, unsigned may);
/* The same for a POST without fields: those who may get anything but 404. */
void assert_post_open_for(struct page_fixture *f, const char *path, unsigned may);

#define PAGE_BIT(role) (1u << (role))

int page_fixture_open(void **state);
int page_fixture_close(void **state);

#endif
