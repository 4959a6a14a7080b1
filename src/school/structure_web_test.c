#include "web/web_fixture.h"

#include "base/arena.h"
#include "base/str.h"
#include "group/group.h"
#include "guardian/guardian.h"
#include "pupil/pupil.h"
#include "school/school.h"
#include "signin/account.h"
#include "staff/staff.h"

/*
 * The pages of the school's structure, as administrators, coordinators, the principal and everybody
 * else meet them.
 */

#define READERS                                                                                    \
    (PAGE_BIT(PAGE_ADMINISTRATOR) | PAGE_BIT(PAGE_COORDINATOR) | PAGE_BIT(PAGE_PRINCIPAL) |        \
     PAGE_BIT(PAGE_STRANGER))
#define NAMERS (PAGE_BIT(PAGE_ADMINISTRATOR) | PAGE_BIT(PAGE_COORDINATOR) | PAGE_BIT(PAGE_STRANGER))
#define CHANGERS (PAGE_BIT(PAGE_ADMINISTRATOR) | PAGE_BIT(PAGE_STRANGER))
#define OWN(roles) ((roles) & ~PAGE_BIT(PAGE_STRANGER))

static const char *id_of(struct page_fixture *f, int64_t id)
{
    return arena_strdup(f->arena, id_text(id).s);
}

static void who_may_look(void **state)
{
    struct page_fixture *f = *state;
    assert_page_open_for(f, "/school", READERS);
    assert_page_open_for(f, "/school/jaren", READERS);
    assert_page_open_for(f, "/school/groepen", READERS);
    assert_page_open_for(f, "/school/groepen/nieuw", CHANGERS);
    assert_page_open_for(f, "/school/leerlingen", NAMERS);
    assert_page_open_for(f, "/school/leerlingen/nieuw", CHANGERS);
    assert_page_open_for(f, "/school/medewerkers", READERS);
    assert_page_open_for(f, "/school/medewerkers/nieuw", CHANGERS);
    unsigned watchers =
        PAGE_BIT(PAGE_COORDINATOR) | PAGE_BIT(PAGE_PRINCIPAL) | PAGE_BIT(PAGE_STRANGER);
    assert_page_open_for(f, "/school/inzage", watchers);
    assert_page_open_for(f, "/school/logboek", watchers);
}

static void what_belongs_to_another_school_does_not_exist(void **state)
{
    struct page_fixture *f = *state;
    const char *group = id_of(f, f->group.v), *pupil = id_of(f, f->pupil.v);
    const char *staff = id_of(f, f->staff[PAGE_TEACHER].v), *year = id_of(f, f->year.v);
    assert_page_open_for(f, page_path(f, "/school/groepen/%s", group), OWN(READERS));
    assert_page_open_for(f, page_path(f, "/school/groepen?jaar=%s", year), OWN(READERS));
    assert_page_open_for(f, page_path(f, "/school/groepen/%s/wijzig", group), OWN(CHANGERS));
    assert_page_open_for(f, page_path(f, "/school/leerlingen/%s", pupil), OWN(NAMERS));
    assert_page_open_for(f, page_path(f, "/school/leerlingen/%s/wijzig", pupil), OWN(CHANGERS));
    assert_page_open_for(f, page_path(f, "/school/leerlingen/%s/verzorgers/nieuw", pupil),
                         OWN(CHANGERS));
    assert_page_open_for(
        f, page_path(f, "/school/leerlingen/%s/verzorgers/%s", pupil, id_of(f, f->guardian.v)),
        OWN(CHANGERS));
    assert_page_open_for(f, page_path(f, "/school/medewerkers/%s", staff), OWN(READERS));
    assert_page_open_for(f, page_path(f, "/school/medewerkers/%s/wijzig", staff), OWN(CHANGERS));
    assert_page_open_for(f, page_path(f, "/school/jaren/%s/wisselen", year), OWN(CHANGERS));
}

static const char *somebody_with_account(struct page_fixture *f)
{
    struct staff_draft draft = {.person = person_none()};
    struct staff_id staff;
    struct account_id account;
    draft.person.call = "Ilse";
    page_begin(f, PAGE_NOBODY);
    assert_status(staff_add(&f->work, &draft, &staff), OK);
    assert_status(account_make(&f->work, "ilse@school.example", &account), OK);
    assert_status(account_join_school(&f->work, account, staff), OK);
    page_commit(f);
    return id_of(f, staff.v);
}

static void who_may_change(void **state)
{
    struct page_fixture *f = *state;
    const char *group = id_of(f, f->group.v), *pupil = id_of(f, f->pupil.v);
    const char *staff = id_of(f, f->staff[PAGE_SUPPORT].v);
    /* Forms without fields: 422 for who may, so that nothing changes between two roles. */
    assert_post_open_for(f, "/school/naam", CHANGERS);
    assert_post_open_for(f, "/school/locaties", CHANGERS);
    assert_post_open_for(f, "/school/leerlingen", CHANGERS);
    assert_post_open_for(f, "/school/medewerkers", CHANGERS);
    assert_post_open_for(f, page_path(f, "/school/groepen/%s/wijzig", group), OWN(CHANGERS));
    assert_post_open_for(f, page_path(f, "/school/groepen/%s/erbij", group), OWN(CHANGERS));
    assert_post_open_for(f, page_path(f, "/school/groepen/%s/staf", group), OWN(CHANGERS));
    assert_post_open_for(f, page_path(f, "/school/groepen/%s/weg", group), OWN(CHANGERS));
    assert_post_open_for(f, page_path(f, "/school/leerlingen/%s/wijzig", pupil), OWN(CHANGERS));
    assert_post_open_for(f, page_path(f, "/school/leerlingen/%s/groep", pupil), OWN(CHANGERS));
    assert_post_open_for(f, page_path(f, "/school/leerlingen/%s/vertrek", pupil), OWN(CHANGERS));
    assert_post_open_for(f, page_path(f, "/school/leerlingen/%s/verzorgers", pupil), OWN(CHANGERS));
    assert_post_open_for(f, page_path(f, "/school/medewerkers/%s/wijzig", staff), OWN(CHANGERS));
    assert_post_open_for(f, page_path(f, "/school/medewerkers/%s/functie", staff), OWN(CHANGERS));
    assert_post_open_for(f, page_path(f, "/school/medewerkers/%s/uitnodigen", staff),
                         OWN(CHANGERS));
    /* These end the sessions of who they are about: of somebody who does not ask here. */
    const char *nobody = somebody_with_account(f);
    assert_post_open_for(f, page_path(f, "/school/medewerkers/%s/tweede-stap", nobody),
                         OWN(CHANGERS));
    assert_post_open_for(f, page_path(f, "/school/medewerkers/%s/blokkeren", nobody),
                         OWN(CHANGERS));
}

static void the_principal_sees_numbers_instead_of_names(void **state)
{
    struct page_fixture *f = *state;
    const char *group = page_path(f, "/school/groepen/%s", id_text(f->group.v).s);
    assert_page_contains(page_get(f, PAGE_COORDINATOR, group), "Noor van der Linden");
    struct page_answer *principal = page_get(f, PAGE_PRINCIPAL, group);
    assert_page_contains(principal, "1 pupil is in this group.");
    assert_page_lacks(principal, "Noor");
    assert_page_lacks(page_get(f, PAGE_PRINCIPAL, "/school/inzage"), "Noor");
}

static void looking_shows_no_buttons_to_change(void **state)
{
    struct page_fixture *f = *state;
    const char *paths[] = {
        "/school",
        "/school/jaren",
        "/school/groepen",
        "/school/medewerkers",
        page_path(f, "/school/groepen/%s", id_text(f->group.v).s),
        page_path(f, "/school/leerlingen/%s", id_text(f->pupil.v).s),
        page_path(f, "/school/medewerkers/%s", id_text(f->staff[PAGE_TEACHER].v).s)};
    for (size_t i = 0; i < ARRAY_LEN(paths); i++) {
        assert_page_lacks(page_get(f, PAGE_COORDINATOR, paths[i]), "action=\"/school");
        assert_page_contains(page_get(f, PAGE_ADMINISTRATOR, paths[i]), "/school");
    }
}

static void the_school_gets_a_name(void **state)
{
    struct page_fixture *f = *state;
    assert_page_goes_to(
        page_post(f, PAGE_ADMINISTRATOR, "/school/naam", "name", "De Boom", "brin", "04AB", NULL),
        "/school?ok=bewaard");
    struct page_answer *page = page_get(f, PAGE_ADMINISTRATOR, "/school?ok=bewaard");
    assert_page_contains(page, "<h1>De Boom</h1>");
    assert_page_contains(page, "Kept.");
    struct page_answer *wrong =
        page_post(f, PAGE_ADMINISTRATOR, "/school/naam", "name", "De Boom", "brin", "boom", NULL);
    assert_page_status(wrong, 422);
    assert_page_contains(wrong, "two digits and two capitals");
    assert_page_contains(wrong, "value=\"boom\"");
    assert_page_status(
        page_post_forged(f, PAGE_ADMINISTRATOR, "/school/naam", "name", "Kwaad", NULL), 403);
    assert_page_goes_to(
        page_post(f, PAGE_ADMINISTRATOR, "/school/locaties", "location", "Noord", NULL),
        "/school?ok=toegevoegd");
    assert_page_contains(page_get(f, PAGE_ADMINISTRATOR, "/school"), "Noord");
}

static void a_group_is_made_filled_and_given(void **state)
{
    struct page_fixture *f = *state;
    const char *year = id_of(f, f->year.v);
    struct page_answer *empty = page_post(f, PAGE_ADMINISTRATOR, "/school/groepen", "name", "Bijen",
                                          "kind", "home", "band", "auto", "year", year, NULL);
    assert_page_status(empty, 422);
    assert_page_contains(empty, "Choose at least one year for this group.");
    struct page_answer *made =
        page_post(f, PAGE_ADMINISTRATOR, "/school/groepen", "name", "Bijen", "kind", "home", "band",
                  "7", "year", year, "y5", "1", "y6", "1", NULL);
    assert_page_status(made, 303);
    const char *path = arena_strndup(f->arena, made->location, strcspn(made->location, "?"));
    struct page_answer *page = page_get(f, PAGE_ADMINISTRATOR, path);
    assert_page_contains(page, "Years 5/6, screens for 7 to 9 years");
    assert_page_contains(page, "Yara Yilmaz (in no group)");
    assert_page_contains(page_get(f, PAGE_ADMINISTRATOR, "/school/groepen"), "combination");

    const char *join = page_path(f, "%s/erbij", path);
    assert_page_status(page_post(f, PAGE_ADMINISTRATOR, join, "pupil", id_of(f, f->pupil.v), NULL),
                       303);
    assert_page_lacks(
        page_get(f, PAGE_ADMINISTRATOR, page_path(f, "/school/groepen/%s", id_text(f->group.v).s)),
        "/school/leerlingen/"); /* moved: the former group is empty */
    assert_page_status(
        page_post(f, PAGE_ADMINISTRATOR, join, "pupil", id_of(f, f->strange_pupil.v), NULL), 422);
    const char *staff = page_path(f, "%s/staf", path);
    assert_page_status(page_post(f, PAGE_ADMINISTRATOR, staff, "staff",
                                 id_of(f, f->staff[PAGE_TEACHER].v), "role", "teacher", NULL),
                       303);
    assert_page_contains(page_get(f, PAGE_ADMINISTRATOR, path), "Tessa Mulder");
    assert_page_status(
        page_get(f, PAGE_TEACHER, page_path(f, "/leerling/%s", id_text(f->pupil.v).s)), 200);
    struct page_answer *used = page_post(f, PAGE_ADMINISTRATOR, page_path(f, "%s/weg", path), NULL);
    assert_page_status(used, 409);
    assert_page_contains(used, "It stays.");
}

static void a_pupil_is_added_found_and_moved(void **state)
{
    struct page_fixture *f = *state;
    struct page_answer *nameless =
        page_post(f, PAGE_ADMINISTRATOR, "/school/leerlingen", "year_group", "5", NULL);
    assert_page_status(nameless, 422);
    assert_page_contains(nameless, "Fill in a name.");
    struct page_answer *unborn = page_post(f, PAGE_ADMINISTRATOR, "/school/leerlingen", "call",
                                           "Bo", "year_group", "5", "birth", "1-1-2030", NULL);
    assert_page_contains(unborn, "Choose a day before today.");
    struct page_answer *made = page_post(
        f, PAGE_ADMINISTRATOR, "/school/leerlingen", "call", "Özgür", "prefix", "el", "family",
        "Amrani", "year_group", "7", "birth", "3-4-2015", "group", id_of(f, f->group.v), NULL);
    assert_page_status(made, 303);
    struct page_answer *page = page_get(f, PAGE_ADMINISTRATOR, made->location);
    assert_page_contains(page, "Özgür el Amrani");
    assert_page_contains(page, "Groep 7");
    struct page_answer *found =
        page_post(f, PAGE_COORDINATOR, "/school/leerlingen/zoek", "zoek", "ozgur amr", NULL);
    assert_page_status(found, 200);
    assert_page_contains(found, "Özgür el Amrani");
    assert_page_lacks(found, "Yara");
    assert_page_contains(page_get(f, PAGE_COORDINATOR, "/school/leerlingen?welke=zonder-groep"),
                         "Yara");
    assert_page_lacks(page_get(f, PAGE_COORDINATOR, "/school/leerlingen?welke=zonder-groep"),
                      "Noor");
    const char *move = page_path(f, "/school/leerlingen/%s/groep", id_text(f->pupil.v).s);
    assert_page_status(
        page_post(f, PAGE_ADMINISTRATOR, move, "group", id_of(f, f->strange_group.v), NULL), 422);
    assert_page_status(
        page_post(f, PAGE_ADMINISTRATOR, move, "group", id_of(f, f->other_group.v), NULL), 303);
    assert_page_status(
        page_get(f, PAGE_TEACHER, page_path(f, "/leerling/%s", id_text(f->pupil.v).s)), 404);
    assert_page_status(
        page_get(f, PAGE_OTHER_TEACHER, page_path(f, "/leerling/%s", id_text(f->pupil.v).s)), 200);
}

static void lists_are_sorted_by_name(void **state)
{
    struct page_fixture *f = *state;
    struct page_answer *page = page_get(f, PAGE_COORDINATOR, "/school/leerlingen");
    const char *bakker = strstr(page->body, "Sem Bakker");
    const char *linden = strstr(page->body, "Noor van der Linden");
    const char *yilmaz = strstr(page->body, "Yara Yilmaz");
    assert_true(bakker && linden && yilmaz);
    assert_true(bakker < linden && linden < yilmaz);
}

static void a_pupil_leaves_and_comes_back(void **state)
{
    struct page_fixture *f = *state;
    const char *pupil = page_path(f, "/school/leerlingen/%s", id_text(f->pupil.v).s);
    const char *leave = page_path(f, "%s/vertrek", pupil);
    assert_page_status(page_post(f, PAGE_ADMINISTRATOR, leave, "left_on", "25-11-2026", NULL), 422);
    assert_page_status(page_post(f, PAGE_ADMINISTRATOR, leave, "left_on", "20-11-2026", NULL), 303);
    struct page_answer *page = page_get(f, PAGE_ADMINISTRATOR, pupil);
    assert_page_contains(page, "20 November 2026");
    assert_page_contains(page, "20 November 2028"); /* kept until */
    assert_page_contains(page_get(f, PAGE_ADMINISTRATOR, "/school/leerlingen?welke=vertrokken"),
                         "Noor");
    assert_page_status(page_post(f, PAGE_ADMINISTRATOR, page_path(f, "%s/groep", pupil), "group",
                                 id_of(f, f->group.v), NULL),
                       422);
    assert_page_status(page_post(f, PAGE_ADMINISTRATOR, page_path(f, "%s/terug", pupil), NULL),
                       303);
    assert_page_contains(page_get(f, PAGE_ADMINISTRATOR, "/school/leerlingen"), "Noor");
    assert_int_equal(page_logged(f, AUDIT_PUPIL_LEFT), 1);
}

static void a_guardian_is_told_nothing_only_with_a_reason(void **state)
{
    struct page_fixture *f = *state;
    const char *pupil = page_path(f, "/school/leerlingen/%s", id_text(f->pupil.v).s);
    const char *add = page_path(f, "%s/verzorgers", pupil);
    struct page_answer *wrong =
        page_post(f, PAGE_ADMINISTRATOR, add, "call", "Ruud", "information", "none", NULL);
    assert_page_status(wrong, 422);
    assert_page_contains(wrong, "Write down why this person hears nothing.");
    assert_page_status(page_post(f, PAGE_ADMINISTRATOR, add, "call", "Ruud", "information", "none",
                                 "reason", "Besluit van de rechter", "email", "ruud@thuis.example",
                                 NULL),
                       303);
    assert_page_contains(page_get(f, PAGE_ADMINISTRATOR, pupil), "Besluit van de rechter");
    const char *karin = page_path(f, "%s/verzorgers/%s", pupil, id_text(f->guardian.v).s);
    assert_page_lacks(page_get(f, PAGE_ADMINISTRATOR, karin), "ruud@thuis.example");
    const char *elsewhere = page_path(f, "/school/leerlingen/%s/verzorgers/%s",
                                      id_of(f, f->other_pupil.v), id_of(f, f->guardian.v));
    assert_page_status(page_get(f, PAGE_ADMINISTRATOR, elsewhere), 404);
    assert_page_status(page_post(f, PAGE_ADMINISTRATOR, page_path(f, "%s/einde", karin), NULL),
                       303);
    assert_page_lacks(page_get(f, PAGE_ADMINISTRATOR, pupil), "Karin");
    assert_true(page_logged(f, AUDIT_PUPIL_DATA_SEEN) >= 2);
}

static void an_invitation_is_shown_once(void **state)
{
    struct page_fixture *f = *state;
    struct page_answer *made =
        page_post(f, PAGE_ADMINISTRATOR, "/school/medewerkers", "call", "Vera", "family", "Bos",
                  "email", "Vera@School.example", NULL);
    assert_page_status(made, 303);
    const char *vera = arena_strndup(f->arena, made->location, strcspn(made->location, "?"));
    assert_page_contains(page_get(f, PAGE_ADMINISTRATOR, vera), "no account");
    struct page_answer *link =
        page_post(f, PAGE_ADMINISTRATOR, page_path(f, "%s/uitnodigen", vera), NULL);
    assert_page_status(link, 200);
    assert_string_equal(page_header(link, "Cache-Control"), "no-store");
    const char *at = strstr(link->body, "http://school.example/uitnodiging?code=");
    assert_non_null(at);
    const char *token =
        arena_strndup(f->arena, strchr(at, '=') + 1, strcspn(strchr(at, '=') + 1, "<"));
    assert_page_status(page_get(f, PAGE_NOBODY, page_path(f, "/uitnodiging?code=%s", token)), 200);
    struct page_answer *after = page_get(f, PAGE_ADMINISTRATOR, vera);
    assert_page_contains(after, "invited");
    assert_page_lacks(after, token);
    assert_int_equal(page_logged(f, AUDIT_ACCOUNT_INVITED), 1);
}

static void functions_are_given_and_the_last_administrator_stays(void **state)
{
    struct page_fixture *f = *state;
    const char *coen =
        page_path(f, "/school/medewerkers/%s", id_text(f->staff[PAGE_COORDINATOR].v).s);
    const char *anna =
        page_path(f, "/school/medewerkers/%s", id_text(f->staff[PAGE_ADMINISTRATOR].v).s);
    const char *give = page_path(f, "%s/functie", coen);
    struct page_answer *groupless = page_post(f, PAGE_ADMINISTRATOR, give, "role", "teacher", NULL);
    assert_page_status(groupless, 422);
    assert_page_contains(groupless, "Choose the group too.");
    assert_page_status(page_post(f, PAGE_ADMINISTRATOR, give, "role", "teacher", "group",
                                 id_of(f, f->strange_group.v), NULL),
                       422);
    struct page_answer *leave = page_post(f, PAGE_ADMINISTRATOR, page_path(f, "%s/vertrek", anna),
                                          "left_on", "24-11-2026", NULL);
    assert_page_status(leave, 409);
    assert_page_contains(leave, "This is the only administrator who can sign in.");
    assert_page_status(page_post(f, PAGE_ADMINISTRATOR, page_path(f, "%s/blokkeren", anna), NULL),
                       409);
    assert_page_goes_to(page_post(f, PAGE_ADMINISTRATOR, give, "role", "administrator", NULL),
                        page_path(f, "%s?ok=functie-gegeven", coen));
    assert_page_status(page_post(f, PAGE_ADMINISTRATOR, page_path(f, "%s/vertrek", anna), "left_on",
                                 "24-11-2026", NULL),
                       303);
    assert_page_goes_to(page_get(f, PAGE_ADMINISTRATOR, "/"), "/aanmelden");
    assert_page_status(page_get(f, PAGE_COORDINATOR, "/school/groepen/nieuw"), 200);
}

static void a_suggestion_gives_no_right(void **state)
{
    struct page_fixture *f = *state;
    struct work *work = page_begin(f, PAGE_ADMINISTRATOR);
    assert_status(staff_suggest(work, f->staff[PAGE_OTHER_TEACHER], f->group, "duo-leerkracht"),
                  OK);
    page_commit(f);
    struct page_answer *page =
        page_get(f, PAGE_ADMINISTRATOR,
                 page_path(f, "/school/medewerkers/%s", id_text(f->staff[PAGE_OTHER_TEACHER].v).s));
    assert_page_contains(page, "Groep 7: duo-leerkracht");
    assert_page_status(
        page_get(f, PAGE_OTHER_TEACHER, page_path(f, "/groep/%s", id_text(f->group.v).s)), 404);
}

static void the_change_of_year_says_what_it_does(void **state)
{
    struct page_fixture *f = *state;
    assert_page_goes_to(page_post(f, PAGE_ADMINISTRATOR, "/school/jaren", NULL),
                        "/school/jaren?ok=jaar-gemaakt");
    struct work *work = page_begin(f, PAGE_ADMINISTRATOR);
    struct school_year_id next;
    assert_status(school_year_make(work, 2027, &next), OK);
    struct group_draft draft = {
        .year = next, .kind = GROUP_HOME, .years = YEAR_BIT(8), .name = "Groep 8 nieuw"};
    struct group_id group;
    assert_status(group_add(work, &draft, &group), OK);
    assert_status(group_join(work, group, f->pupil, work->today), OK);
    page_commit(f);
    const char *change = page_path(f, "/school/jaren/%s/wisselen", id_text(next.v).s);
    struct page_answer *page = page_get(f, PAGE_ADMINISTRATOR, change);
    assert_page_contains(page, "Groep 8 nieuw");
    assert_page_contains(page, "2 of 3 pupils have no group in that year");
    assert_page_lacks(page, "Noor van der Linden");
    assert_page_contains(page, "3 functions of this year are not there in that year.");
    struct page_answer *refused = page_post(f, PAGE_ADMINISTRATOR, change, NULL);
    assert_page_status(refused, 409);
    assert_page_contains(refused, "role=\"alert\"");
    const char *along = page_path(f, "/school/jaren/%s/meenemen", id_text(next.v).s);
    assert_page_goes_to(page_post(f, PAGE_ADMINISTRATOR, along, NULL),
                        page_path(f, "%s?ok=meegenomen", change));
    assert_page_goes_to(page_post(f, PAGE_ADMINISTRATOR, change, NULL),
                        "/school/jaren?ok=gewisseld");
    assert_page_contains(page_get(f, PAGE_ADMINISTRATOR, "/school"), "2027–2028");
    const char *undo = page_path(f, "/school/jaren/%s/wisselen", id_text(f->year.v).s);
    assert_page_goes_to(page_post(f, PAGE_ADMINISTRATOR, undo, NULL), "/school/jaren?ok=gewisseld");
    assert_page_contains(page_get(f, PAGE_TEACHER, "/"), "Groep 7");
}

static void the_log_opens_names_for_who_may(void **state)
{
    struct page_fixture *f = *state;
    assert_page_status(
        page_get(f, PAGE_TEACHER, page_path(f, "/leerling/%s", id_text(f->pupil.v).s)), 200);
    page_drain(f);
    struct page_answer *coordinator = page_get(f, PAGE_COORDINATOR, "/school/logboek?soort=lezen");
    assert_page_contains(coordinator, "Tessa Mulder");
    assert_page_contains(coordinator, "looked at the dossier");
    assert_page_contains(coordinator, "Noor van der Linden");
    struct page_answer *principal = page_get(f, PAGE_PRINCIPAL, "/school/logboek?soort=lezen");
    assert_page_contains(principal, "Tessa Mulder");
    assert_page_contains(principal, "a pupil");
    assert_page_lacks(principal, "Noor");
    assert_page_lacks(page_get(f, PAGE_PRINCIPAL, "/school/logboek?soort=pasjes"),
                      "looked at the dossier");
    assert_int_equal(page_logged(f, AUDIT_LOG_SEEN), 3);
    assert_page_status(page_get(f, PAGE_PRINCIPAL, "/school/logboek?soort=iets"), 400);
}

static void the_log_goes_back_page_by_page(void **state)
{
    struct page_fixture *f = *state;
    for (int i = 0; i < 60; i++)
        assert_page_status(page_get(f, PAGE_TEACHER, "/"), 200);
    page_drain(f);
    struct page_answer *first = page_get(f, PAGE_PRINCIPAL, "/school/logboek?soort=lezen");
    const char *older = strstr(first->body, "voor=");
    assert_non_null(older);
    assert_page_lacks(first, "Newest");
    const char *path =
        page_path(f, "/school/logboek?soort=lezen&%.*s", (int)strcspn(older, "\""), older);
    struct page_answer *second = page_get(f, PAGE_PRINCIPAL, path);
    assert_page_contains(second, "Newest");
    assert_page_lacks(second, "voor=");
    size_t lines = 0;
    for (const char *at = second->body; (at = strstr(at, "looked at a group")) != NULL; at++)
        lines++;
    assert_int_equal(lines, 10);
}

static size_t guardians_of(struct page_fixture *f, struct pupil_id pupil, struct guardian **ret)
{
    size_t count = 0;
    page_begin(f, PAGE_ADMINISTRATOR);
    assert_status(guardian_of_pupil(&f->work, pupil, ret, &count), OK);
    page_undo(f);
    return count;
}

static void brothers_and_sisters_have_one_guardian_typed_once(void **state)
{
    struct page_fixture *f = *state;
    const char *path =
        page_path(f, "/school/leerlingen/%s/verzorgers/bestaand", id_of(f, f->other_pupil.v));
    const char *karin = id_of(f, f->guardian.v);
    const char *detail =
        page_path(f, "/school/leerlingen/%s?ok=toegevoegd", id_of(f, f->other_pupil.v));
    struct guardian *list = NULL;
    assert_page_contains(page_get(f, PAGE_ADMINISTRATOR,
                                  page_path(f, "/school/leerlingen/%s/verzorgers/nieuw",
                                            id_of(f, f->other_pupil.v))),
                         path);
    struct page_answer *page =
        page_get(f, PAGE_ADMINISTRATOR, path); /* "Bakker": nobody's guardian */
    assert_page_lacks(page, "Karin");
    page = page_post(f, PAGE_ADMINISTRATOR, path, "naam", "linden", "information", "full", NULL);
    assert_page_status(page, 200); /* a list to choose from */
    assert_page_contains(page, "Karin Linden (Noor van der Linden)");
    assert_page_status(page_post(f, PAGE_ADMINISTRATOR, path, "naam", "linden", "verzorger",
                                 "0123456789abc", "information", "full", NULL),
                       422);
    assert_page_contains(
        page_post(f, PAGE_ADMINISTRATOR, path, "naam", "nergens", "information", "full", NULL),
        "No guardian of another pupil has this name.");
    /* Only who was shown; and the terms of this child. */
    assert_page_status(page_post(f, PAGE_ADMINISTRATOR, path, "naam", "nergens", "verzorger", karin,
                                 "information", "full", NULL),
                       422);
    assert_page_status(page_post(f, PAGE_ADMINISTRATOR, path, "naam", "linden", "verzorger", karin,
                                 "information", "none", NULL),
                       422);
    assert_page_status(page_post(f, PAGE_ADMINISTRATOR, path, "naam", "linden", "verzorger", karin,
                                 "information", "alles", NULL),
                       422);
    assert_int_equal(guardians_of(f, f->other_pupil, &list), 0);
    assert_page_goes_to(page_post(f, PAGE_ADMINISTRATOR, path, "naam", "Linden", "verzorger", karin,
                                  "information", "request", NULL),
                        detail);
    assert_int_equal(guardians_of(f, f->other_pupil, &list), 1);
    assert_int_equal(list[0].id.v, f->guardian.v);
    assert_false(list[0].has_authority);
    assert_int_equal(list[0].information, INFORMATION_ON_REQUEST);
    assert_int_equal(guardians_of(f, f->pupil, &list), 1);
    assert_int_equal(list[0].information, INFORMATION_FULL); /* the other child's terms stand */
    /* Once is enough: who is this pupil's guardian is not offered again. */
    page = page_post(f, PAGE_ADMINISTRATOR, path, "naam", "linden", "verzorger", karin,
                     "information", "full", NULL);
    assert_page_status(page, 422);
    assert_page_contains(page, "No guardian of another pupil has this name.");
    /* Nobody of the other school is found. */
    assert_page_lacks(page_post(f, PAGE_STRANGER,
                                page_path(f, "/school/leerlingen/%s/verzorgers/bestaand",
                                          id_of(f, f->strange_pupil.v)),
                                "naam", "linden", "information", "full", NULL),
                      "Karin");
}

static int retention_of(struct page_fixture *f)
{
    struct school school;
    page_begin(f, PAGE_NOBODY);
    assert_status(school_find(&f->work, &school), OK);
    page_undo(f);
    return school.retention_years;
}

static void how_long_dossiers_are_kept_is_the_schools(void **state)
{
    struct page_fixture *f = *state;
    const char *dossier = page_path(f, "/leerling/%s", id_of(f, f->pupil.v));
    assert_int_equal(retention_of(f), SCHOOL_RETENTION_YEARS);
    assert_page_contains(page_get(f, PAGE_PRINCIPAL, "/school"), "action=\"/school/bewaren\"");
    assert_page_lacks(page_get(f, PAGE_COORDINATOR, "/school"), "action=\"/school/bewaren\"");
    static const char *const odd[] = {"0", "11", "-1", "twee", "", "2.5"};
    for (size_t i = 0; i < ARRAY_LEN(odd); i++)
        assert_page_status(
            page_post(f, PAGE_ADMINISTRATOR, "/school/bewaren", "years", odd[i], NULL), 422);
    assert_int_equal(retention_of(f), SCHOOL_RETENTION_YEARS);
    assert_page_goes_to(page_post(f, PAGE_PRINCIPAL, "/school/bewaren", "years", "5", NULL),
                        "/school?ok=bewaard");
    assert_int_equal(retention_of(f), 5);
    assert_page_contains(page_get(f, PAGE_TEACHER, dossier), "5 years after leaving");
    /* Who left three years ago would go tonight: that cannot be undone, so it is asked. */
    page_begin(f, PAGE_ADMINISTRATOR);
    struct pupil_draft draft = {.person = person_none(), .year_group = 8};
    struct pupil_id gone;
    draft.person.call = "Oud";
    assert_status(pupil_add(&f->work, &draft, &gone), OK);
    assert_status(pupil_leave(&f->work, gone, (struct date){2023, 11, 23}), OK);
    page_commit(f);
    assert_page_goes_to(page_post(f, PAGE_PRINCIPAL, "/school/bewaren", "years", "4", NULL),
                        "/school?ok=bewaard");
    struct page_answer *asked = page_post(f, PAGE_PRINCIPAL, "/school/bewaren", "years", "3", NULL);
    assert_page_status(asked, 422);
    assert_page_contains(asked, "Dossiers that are then erased tonight, for good: 1.");
    assert_page_contains(asked, "name=\"sure\"");
    assert_int_equal(retention_of(f), 4);
    assert_page_goes_to(
        page_post(f, PAGE_PRINCIPAL, "/school/bewaren", "years", "3", "sure", "on", NULL),
        "/school?ok=bewaard");
    assert_int_equal(retention_of(f), 3);
    assert_page_goes_to(page_post(f, PAGE_ADMINISTRATOR, "/school/bewaren", "years", "10", NULL),
                        "/school?ok=bewaard");
    assert_int_equal(page_logged(f, AUDIT_STRUCTURE_CHANGED) > 0, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        page_each_engine(who_may_look),
        page_each_engine(what_belongs_to_another_school_does_not_exist),
        page_each_engine(who_may_change),
        page_each_engine(the_principal_sees_numbers_instead_of_names),
        page_each_engine(looking_shows_no_buttons_to_change),
        page_each_engine(the_school_gets_a_name),
        page_each_engine(a_group_is_made_filled_and_given),
        page_each_engine(a_pupil_is_added_found_and_moved),
        page_each_engine(lists_are_sorted_by_name),
        page_each_engine(a_pupil_leaves_and_comes_back),
        page_each_engine(a_guardian_is_told_nothing_only_with_a_reason),
        page_each_engine(an_invitation_is_shown_once),
        page_each_engine(functions_are_given_and_the_last_administrator_stays),
        page_each_engine(a_suggestion_gives_no_right),
        page_each_engine(the_change_of_year_says_what_it_does),
        page_each_engine(brothers_and_sisters_have_one_guardian_typed_once),
        page_each_engine(how_long_dossiers_are_kept_is_the_schools),
        page_each_engine(the_log_opens_names_for_who_may),
        page_each_engine(the_log_goes_back_page_by_page),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
