#include "visit/visit.h"

#include "access/access.h"
#include "access/audit.h"
#include "base/arena.h"
#include "base/str.h"
#include "conversation/conversation.h"
#include "goal/goal.h"
#include "guardian/guardian.h"
#include "sharing/sharing.h"
#include "signin/limits.h"
#include "web/web_fixture.h"

static struct work *as(struct page_fixture *f, enum page_role role)
{
    f->work.actor = &f->actor[role];
    access_forget(&f->work);
    return &f->work;
}

static struct conversation_id plan(struct page_fixture *f, enum page_role role,
                                   struct pupil_id pupil)
{
    struct conversation_id id = {id_new(&f->random)};
    const struct conversation_draft draft = {
        .method_key = "k12", .pupil = pupil, .planned_at = -1, .place = "", .aim = ""};
    assert_status(conversation_plan(as(f, role), id, &draft), OK);
    return id;
}

static const char *make(struct page_fixture *f, struct conversation_id id, enum visit_kind kind,
                        int64_t person, struct visit_link *ret_link)
{
    struct badge_token token;
    const struct visit_draft draft = {kind, person, VISIT_PREPARE, 7};
    assert_status(visit_make(as(f, PAGE_TEACHER), id, &draft, &token, ret_link), OK);
    return arena_strdup(f->arena, token.s);
}

static const char *session_of(struct page_fixture *f, const struct page_answer *answer)
{
    for (size_t i = 0; i < answer->field_count; i++)
        if (str_equal(answer->fields[i].name, "Set-Cookie") &&
            str_starts(answer->fields[i].value, SESSION_COOKIE "=")) {
            const char *value = answer->fields[i].value + strlen(SESSION_COOKIE "=");
            return arena_strndup(f->arena, value, strcspn(value, ";"));
        }
    fail_msg("no session");
    return NULL;
}

/* Comes in by a link, in the seat of the pupil's browser. */
static void come_in(struct page_fixture *f, const char *token)
{
    struct page_answer *answer = page_post(f, PAGE_NOBODY, "/bezoek", "code", token, NULL);
    assert_page_goes_to(answer, "/thuis");
    f->token[PAGE_PUPIL] = session_of(f, answer);
}

static void set_goal(struct page_fixture *f, struct conversation_id id, const char *text,
                     bool shared)
{
    struct goal_id goal = {id_new(&f->random)};
    struct sharing_book book;
    struct sharing_reader *readers = NULL;
    struct shared_thing *things = NULL;
    struct conversation c;
    size_t reader_count = 0, count = 0;
    const struct goal_draft draft = {
        .conversation = id,
        .question = "",
        .voice = VOICE_PUPIL,
        .words = {.now = "", .soon = text, .notice = "", .dot = "", .score = ""}};
    const struct sharing_draft yes = {.choice = CHOICE_YES, .with_pupil = true};
    assert_status(conversation_open(&f->work, RIGHT_CONVERSATION_WRITE, id, &c), OK);
    assert_status(goal_set(&f->work, c.pupil, goal, &draft), OK);
    assert_status(sharing_open(&f->work, c.pupil, id, &book), OK);
    assert_status(sharing_readers(&f->work, &c, &readers, &reader_count), OK);
    assert_status(sharing_things(&f->work, &c, &book, NULL, &things, &count), OK);
    for (size_t i = 0; shared && i < count; i++)
        for (size_t r = 0; r < reader_count; r++)
            if (things[i].id == goal.v && readers[r].kind != READER_COLLEAGUE)
                assert_status(sharing_decide(&f->work, &book, things[i].conversation,
                                             &(struct sharing_wish){&things[i], &readers[r], yes},
                                             1),
                              OK);
}

/* A goal that came up in no conversation. */
static void set_loose_goal(struct page_fixture *f, const char *text, bool shared)
{
    struct goal_id goal = {id_new(&f->random)};
    struct sharing_book book;
    struct sharing_reader *readers = NULL;
    struct shared_thing *things = NULL;
    size_t reader_count = 0, count = 0;
    const struct goal_draft draft = {
        .question = "",
        .voice = VOICE_PUPIL,
        .words = {.now = "", .soon = text, .notice = "", .dot = "", .score = ""}};
    const struct sharing_draft yes = {.choice = CHOICE_YES, .with_pupil = true};
    assert_status(goal_set(&f->work, f->pupil, goal, &draft), OK);
    assert_status(sharing_open(&f->work, f->pupil, (struct conversation_id){0}, &book), OK);
    assert_status(sharing_readers_home(&f->work, f->pupil, &readers, &reader_count), OK);
    assert_status(sharing_loose(&f->work, &book, NULL, &things, &count), OK);
    for (size_t i = 0; shared && i < count; i++)
        if (things[i].id == goal.v)
            assert_status(sharing_decide(&f->work, &book, things[i].conversation,
                                         &(struct sharing_wish){&things[i], &readers[0], yes}, 1),
                          OK);
}

/* --- tests
 * ------------------------------------------------------------------------------------------- */

static void a_guardian_sees_what_is_shared_and_nothing_else(void **state)
{
    struct page_fixture *f = *state;
    struct visit_link link;
    page_begin(f, PAGE_TEACHER);
    struct conversation_id mine = plan(f, PAGE_TEACHER, f->pupil);
    assert_status(conversation_start(&f->work, mine), OK);
    set_goal(f, mine, "rustig beginnen", true);
    set_goal(f, mine, "een geheim doel", false);
    set_loose_goal(f, "zelf durven vragen", true);
    set_loose_goal(f, "een los geheim", false);
    struct conversation_id other = plan(f, PAGE_OTHER_TEACHER, f->other_pupil);
    assert_status(conversation_start(&f->work, other), OK);
    set_goal(f, other, "van Sem", true);
    const char *token = make(f, mine, VISIT_OF_GUARDIAN, f->guardian.v, &link);
    page_commit(f);
    come_in(f, token);
    struct page_answer *answer = page_get(f, PAGE_PUPIL, "/thuis");
    assert_page_status(answer, 200);
    assert_page_contains(answer, "rustig beginnen");
    assert_page_lacks(answer, "een geheim doel");
    assert_page_contains(answer, "zelf durven vragen");
    assert_page_lacks(answer, "een los geheim");
    assert_page_lacks(answer, "van Sem");
    assert_page_lacks(answer, "Linden"); /* a call name is enough */
    assert_page_goes_to(page_get(f, PAGE_PUPIL, "/"), "/thuis");
    const char *id = arena_strdup(f->arena, id_text(mine.v).s);
    static const char *const closed[] = {"/gesprek/%s", "/gesprek/%s/delen", "/gesprek/%s/links",
                                         "/ik/gesprek/%s", "/gesprek/%s/formulier.pdf"};
    for (size_t i = 0; i < ARRAY_LEN(closed); i++)
        assert_page_status(page_get(f, PAGE_PUPIL, page_path(f, closed[i], id)), 404);
    assert_page_status(page_get(f, PAGE_PUPIL, page_path(f, "/leerling/%s", id_text(f->pupil.v).s)),
                       404);
    assert_page_status(page_get(f, PAGE_PUPIL, "/ik"), 404);
    assert_page_goes_to(page_post(f, PAGE_PUPIL, "/thuis/klaar", NULL), "/bezoek");
    assert_page_goes_to(page_get(f, PAGE_PUPIL, "/thuis"), "/bezoek");
    page_drain(f);
    assert_int_equal(page_logged(f, AUDIT_SHARED_SEEN), 1);
}

static void a_link_that_was_stopped_puts_its_visitor_out(void **state)
{
    struct page_fixture *f = *state;
    struct visit_link link, other;
    page_begin(f, PAGE_TEACHER);
    struct conversation_id id = plan(f, PAGE_TEACHER, f->pupil);
    struct conversation_id second = plan(f, PAGE_TEACHER, f->pupil);
    const char *token = make(f, id, VISIT_OF_GUARDIAN, f->guardian.v, &link);
    (void)make(f, second, VISIT_OF_GUARDIAN, f->guardian.v, &other);
    assert_status(visit_revoke(&f->work, id, other.id),
                  ERR_NOT_FOUND); /* of another conversation */
    page_commit(f);
    come_in(f, token);
    assert_page_status(page_get(f, PAGE_PUPIL, "/thuis"), 200);
    const char *path = page_path(f, "/gesprek/%s/links", arena_strdup(f->arena, id_text(id.v).s));
    assert_page_contains(page_get(f, PAGE_TEACHER, path), "Karin");
    assert_page_goes_to(
        page_post(f, PAGE_TEACHER, page_path(f, "%s/%s/weg", path, id_text(link.id).s), NULL),
        path);
    assert_page_goes_to(page_get(f, PAGE_PUPIL, "/thuis"), "/bezoek");
    assert_page_status(page_post(f, PAGE_NOBODY, "/bezoek", "code", token, NULL), 422);
    assert_int_equal(page_logged(f, AUDIT_LINK_REVOKED), 1);
}

static void a_link_ends_with_its_day_and_with_the_tie(void **state)
{
    struct page_fixture *f = *state;
    struct visit_owner owner;
    struct visit_link link;
    page_begin(f, PAGE_TEACHER);
    struct conversation_id id = plan(f, PAGE_TEACHER, f->pupil);
    const char *token = make(f, id, VISIT_OF_GUARDIAN, f->guardian.v, &link);
    int64_t now = f->work.now_ms;
    assert_status(visit_find(&f->work, token, &owner), OK);
    assert_int_equal(owner.actor.about.v, f->pupil.v);
    f->work.now_ms = now + 7 * MS_DAY - 1;
    assert_status(visit_find(&f->work, token, &owner), OK);
    f->work.now_ms = now + 7 * MS_DAY;
    assert_status(visit_find(&f->work, token, &owner), ERR_NOT_FOUND);
    f->work.now_ms = now;
    struct guardian_draft draft = {.person = person_none(),
                                   .information = INFORMATION_NONE,
                                   .reason = "uitspraak van de rechter"};
    draft.person.call = "Karin";
    assert_status(guardian_change(as(f, PAGE_ADMINISTRATOR), f->pupil, f->guardian, &draft), OK);
    assert_status(visit_find(&f->work, token, &owner), ERR_NOT_FOUND);
    draft.information = INFORMATION_FULL;
    draft.reason = "";
    assert_status(guardian_change(&f->work, f->pupil, f->guardian, &draft), OK);
    assert_status(visit_find(&f->work, token, &owner), OK);
    assert_status(guardian_untie(&f->work, f->pupil, f->guardian), OK);
    assert_status(visit_find(&f->work, token, &owner), ERR_NOT_FOUND);
    assert_status(visit_find(&f->work, "geen code", &owner), ERR_NOT_FOUND);
    page_undo(f);
}

static int64_t invite_external(struct page_fixture *f, struct conversation_id id)
{
    struct conversation c;
    struct participant *people = NULL;
    size_t count = 0;
    assert_status(conversation_add_person(&f->work, id, PARTICIPANT_EXTERNAL, 0, 0, "Ria"), OK);
    assert_status(conversation_open(&f->work, RIGHT_CONVERSATION_READ, id, &c), OK);
    assert_status(conversation_people(&f->work, &c, &people, &count), OK);
    for (size_t i = 0; i < count; i++)
        if (people[i].kind == PARTICIPANT_EXTERNAL)
            return people[i].person;
    fail_msg("nobody from outside");
    return 0;
}

static void an_external_has_one_conversation_while_taking_part(void **state)
{
    struct page_fixture *f = *state;
    struct visit_owner owner;
    struct visit_link link;
    page_begin(f, PAGE_TEACHER);
    struct conversation_id id = plan(f, PAGE_TEACHER, f->pupil);
    struct conversation_id second = plan(f, PAGE_TEACHER, f->pupil);
    int64_t ria = invite_external(f, id);
    const char *token = make(f, id, VISIT_OF_EXTERNAL, ria, &link);
    assert_status(visit_find(&f->work, token, &owner), OK);
    f->work.actor = &owner.actor;
    assert_status(
        access_check(&f->work, RIGHT_VISIT_CONVERSATION, (struct target){.conversation = id}), OK);
    assert_status(
        access_check(&f->work, RIGHT_VISIT_CONVERSATION, (struct target){.conversation = second}),
        ERR_NOT_FOUND);
    struct sharing_book book;
    struct sharing_reader self;
    struct shared_thing *things = NULL;
    size_t count = 0;
    assert_status(sharing_open(&f->work, f->pupil, id, &book), OK);
    assert_status(sharing_reader_self(&f->work, &self), OK);
    assert_status(sharing_loose(&f->work, &book, &self, &things, &count), ERR_NOT_FOUND);
    as(f, PAGE_TEACHER);
    assert_status(conversation_remove_person(&f->work, id, PARTICIPANT_EXTERNAL, ria), OK);
    assert_status(visit_find(&f->work, token, &owner), ERR_NOT_FOUND);
    page_undo(f);
}

static void who_may_make_links_for_whom(void **state)
{
    struct page_fixture *f = *state;
    struct badge_token token;
    struct visit_link link;
    page_begin(f, PAGE_TEACHER);
    struct conversation_id id = plan(f, PAGE_TEACHER, f->pupil);
    const struct {
        enum page_role role;
        struct visit_draft draft;
        enum status status;
    } cases[] = {
        {PAGE_TEACHER, {VISIT_OF_GUARDIAN, f->guardian.v, VISIT_READ, VISIT_DAYS_MAX}, OK},
        {PAGE_COORDINATOR, {VISIT_OF_GUARDIAN, f->guardian.v, VISIT_PREPARE, 1}, OK},
        {PAGE_TEACHER, {VISIT_OF_GUARDIAN, f->pupil.v, VISIT_READ, 7}, ERR_INVALID},
        {PAGE_TEACHER, {VISIT_OF_EXTERNAL, f->guardian.v, VISIT_READ, 7}, ERR_INVALID},
        {PAGE_TEACHER, {VISIT_OF_GUARDIAN, f->guardian.v, VISIT_READ, 0}, ERR_INVALID},
        {PAGE_TEACHER,
         {VISIT_OF_GUARDIAN, f->guardian.v, VISIT_READ, VISIT_DAYS_MAX + 1},
         ERR_INVALID},
        {PAGE_SUPPORT, {VISIT_OF_GUARDIAN, f->guardian.v, VISIT_READ, 7}, ERR_NOT_FOUND},
        {PAGE_OTHER_TEACHER, {VISIT_OF_GUARDIAN, f->guardian.v, VISIT_READ, 7}, ERR_NOT_FOUND},
        {PAGE_PRINCIPAL, {VISIT_OF_GUARDIAN, f->guardian.v, VISIT_READ, 7}, ERR_NOT_FOUND},
        {PAGE_PUPIL, {VISIT_OF_GUARDIAN, f->guardian.v, VISIT_READ, 7}, ERR_NOT_FOUND},
        {PAGE_STRANGER, {VISIT_OF_GUARDIAN, f->guardian.v, VISIT_READ, 7}, ERR_NOT_FOUND},
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++)
        assert_status(visit_make(as(f, cases[i].role), id, &cases[i].draft, &token, &link),
                      cases[i].status);
    page_undo(f);
}

static void a_link_is_shown_once(void **state)
{
    struct page_fixture *f = *state;
    page_begin(f, PAGE_TEACHER);
    struct conversation_id id = plan(f, PAGE_TEACHER, f->pupil);
    page_commit(f);
    const char *path = page_path(f, "/gesprek/%s/links", arena_strdup(f->arena, id_text(id.v).s));
    const char *karin = arena_strdup(f->arena, id_text(f->guardian.v).s);
    struct page_answer *sheet =
        page_post(f, PAGE_TEACHER, path, "whom", karin, "purpose", "prepare", "days", "14", NULL);
    assert_page_status(sheet, 200);
    assert_page_contains(sheet, "/bezoek#");
    const char *token = strstr(sheet->body, "/bezoek#") + strlen("/bezoek#");
    token = arena_strndup(f->arena, token, BADGE_CHARS);
    assert_page_lacks(page_get(f, PAGE_TEACHER, path), token);
    come_in(f, token);
    assert_page_status(page_get(f, PAGE_PUPIL, "/thuis"), 200);
    sheet =
        page_post(f, PAGE_TEACHER, path, "whom", karin, "purpose", "prepare", "days", "400", NULL);
    assert_page_status(sheet, 422);
    assert_int_equal(page_logged(f, AUDIT_LINK_MADE), 1);
}

static void who_guesses_links_must_wait(void **state)
{
    struct page_fixture *f = *state;
    struct visit_link link;
    page_begin(f, PAGE_TEACHER);
    const char *token =
        make(f, plan(f, PAGE_TEACHER, f->pupil), VISIT_OF_GUARDIAN, f->guardian.v, &link);
    page_commit(f);
    uint32_t burst = limit_rule(LIMIT_BADGE, LIMIT_ADDRESS)->burst;
    for (uint32_t i = 0; i < burst; i++)
        assert_page_status(
            page_post(f, PAGE_NOBODY, "/bezoek", "code", "kxxxxxxxxxxxxxxxxxxxxxxxxx", NULL), 422);
    assert_page_status(page_post(f, PAGE_NOBODY, "/bezoek", "code", token, NULL), 422);
}

/* --- preparing by link
 * ------------------------------------------------------------------------------- */

/* A start conversation asks those at home to prepare. */
static struct conversation_id plan_start(struct page_fixture *f)
{
    struct conversation_id id = {id_new(&f->random)};
    const struct conversation_draft draft = {.method_key = "h3",
                                             .pupil = f->pupil,
                                             .planned_on = date_add_days(PAGE_TODAY, 3),
                                             .planned_at = 640,
                                             .place = "de aula",
                                             .aim = ""};
    assert_status(conversation_plan(as(f, PAGE_TEACHER), id, &draft), OK);
    return id;
}

static const char *page_of(struct page_fixture *f, struct conversation_id id)
{
    return page_path(f, "/thuis/gesprek/%s", arena_strdup(f->arena, id_text(id.v).s));
}

/* One answer of Karin, in the browser that sits in the pupil's seat. */
static struct page_answer *tell(struct page_fixture *f, struct conversation_id id,
                                const char *question, const char *version, const char *text)
{
    return page_post(f, PAGE_PUPIL, page_path(f, "%s/antwoord", page_of(f, id)), "q", question, "v",
                     "3", "p", arena_strdup(f->arena, id_text(f->guardian.v).s), "version", version,
                     "back", page_of(f, id), "a", text, NULL);
}

static void what_is_prepared_at_home_is_a_voice_of_its_own(void **state)
{
    struct page_fixture *f = *state;
    struct visit_link link;
    page_begin(f, PAGE_TEACHER);
    struct conversation_id id = plan_start(f);
    const char *token = make(f, id, VISIT_OF_GUARDIAN, f->guardian.v, &link);
    page_commit(f);
    const char *talk = arena_strdup(f->arena, id_text(id.v).s), *mine = f->token[PAGE_PUPIL];
    come_in(f, token);
    struct page_answer *page = page_get(f, PAGE_PUPIL, page_of(f, id));
    assert_page_contains(page, "Dear Karin Linden");
    assert_page_contains(page, "de aula");
    assert_page_lacks(
        page, "Draw something that belongs to you"); /* the child's questions are the child's */
    assert_page_lacks(
        page, "When has a conversation with a child succeeded"); /* and the team's the team's */
    assert_page_goes_to(tell(f, id, "home-helps", "0", "Eerst even buiten spelen."),
                        page_of(f, id));
    assert_page_contains(page_get(f, PAGE_PUPIL, page_of(f, id)), "Eerst even buiten spelen.");
    assert_page_goes_to(page_post(f, PAGE_PUPIL, page_path(f, "%s/klaar", page_of(f, id)), NULL),
                        "/thuis?ok=bewaard");
    page = page_get(f, PAGE_TEACHER, page_path(f, "/gesprek/%s", talk));
    assert_page_contains(page, "What they prepared at home");
    assert_page_contains(page, "Karin Linden");
    assert_page_contains(page, "Eerst even buiten spelen.");
    assert_page_contains(page, "voice--home");
    page_begin(f, PAGE_TEACHER);
    assert_status(conversation_start(&f->work, id), OK);
    page_commit(f);
    page = page_get(f, PAGE_TEACHER, page_path(f, "/gesprek/%s/invullen", talk));
    assert_page_contains(page, "Eerst even buiten spelen."); /* beside the question it belongs to */
    for (const char *const *q = (const char *const[]){"at-home", "", NULL}; *q; q++)
        assert_page_lacks(
            page_get(f, PAGE_TEACHER, page_path(f, "/gesprek/%s/samen?vraag=%s", talk, *q)),
            "buiten spelen"); /* and not on the screen that the child looks at */
    /* Staff do not write over it, the child does not read it. */
    assert_page_status(page_post(f, PAGE_TEACHER, page_path(f, "/gesprek/%s/antwoord", talk), "q",
                                 "home-helps", "v", "3", "p",
                                 arena_strdup(f->arena, id_text(f->guardian.v).s), "version", "1",
                                 "back", page_path(f, "/gesprek/%s/voorbereiden?als=ouder", talk),
                                 "a", "Iets anders.", NULL),
                       403);
    f->token[PAGE_PUPIL] = mine;
    assert_page_lacks(page_get(f, PAGE_PUPIL, page_path(f, "/ik/gesprek/%s", talk)),
                      "buiten spelen");
}

/* 422, with the text as it was typed, and the message beside that question and nowhere else. */
static void assert_said_at_the_field(struct page_fixture *f, const struct page_answer *page,
                                     const char *question, const char *typed)
{
    static const char message[] = "This is longer than fits here. Make it a little shorter.";
    assert_page_status(page, 422);
    const char *from = strstr(page->body, arena_printf(f->arena, "id=\"q-%s\"", question));
    assert_non_null(from);
    const char *at = strstr(from, message), *next = strstr(from + 1, "id=\"q-");
    assert_non_null(at);
    assert_true(!next || at < next);
    assert_null(strstr(at + 1, message));
    const char *text = strstr(from, typed);
    assert_non_null(text);
    assert_true(!next || text < next);
    assert_non_null(strstr(from, "aria-invalid=\"true\""));
}

static void a_link_works_twice_and_two_windows_lose_nothing(void **state)
{
    struct page_fixture *f = *state;
    struct visit_link link;
    page_begin(f, PAGE_TEACHER);
    struct conversation_id id = plan_start(f);
    const char *token = make(f, id, VISIT_OF_GUARDIAN, f->guardian.v, &link);
    page_commit(f);
    come_in(f, token);
    const char *telephone = f->token[PAGE_PUPIL];
    come_in(f, token); /* again, on a laptop: the telephone stays in */
    assert_page_status(tell(f, id, "home-proud", "0", "Dat zij vragen stelt."), 303);
    const char *laptop = f->token[PAGE_PUPIL];
    f->token[PAGE_PUPIL] = telephone;
    assert_page_contains(page_get(f, PAGE_PUPIL, page_of(f, id)), "Dat zij vragen stelt.");
    /* A window that was open before: both texts are kept, and the writer is told. */
    struct page_answer *page = tell(f, id, "home-proud", "0", "Dat zij helpt.");
    assert_page_status(page, 200);
    assert_page_contains(page, "Dat zij helpt.");
    assert_page_contains(page, "Dat zij vragen stelt.");
    f->token[PAGE_PUPIL] = laptop;
    assert_page_contains(page_get(f, PAGE_PUPIL, page_of(f, id)), "Dat zij helpt.");
    /* What cannot be kept stands there as it was typed, with a message. */
    char *letters = arena_alloc(f->arena, 5001);
    memset(letters, 'a', 5000);
    letters[5000] = '\0';
    assert_said_at_the_field(f, tell(f, id, "home-wish", "0", letters), "home-wish", letters);
    assert_page_lacks(page_get(f, PAGE_PUPIL, page_of(f, id)), letters);
}

static void while_typing_it_is_kept_and_who_is_out_is_told(void **state)
{
    struct page_fixture *f = *state;
    struct visit_link link;
    page_begin(f, PAGE_TEACHER);
    struct conversation_id id = plan_start(f);
    const char *token = make(f, id, VISIT_OF_GUARDIAN, f->guardian.v, &link);
    page_commit(f);
    come_in(f, token);
    const struct http_field script = {"X-Requested-With", "autosave"};
    const char *body =
        arena_printf(f->arena, "csrf=%s&q=home-helps&v=3&p=%s&version=0&back=/thuis&a=Samen+lezen.",
                     page_csrf(f, PAGE_PUPIL), id_text(f->guardian.v).s);
    const struct bytes bytes = {(const uint8_t *)body, strlen(body)};
    const char *path = page_path(f, "%s/antwoord", page_of(f, id));
    struct page_answer *answer = page_send(f, PAGE_PUPIL, HTTP_POST, path,
                                           "application/x-www-form-urlencoded", bytes, &script, 1);
    assert_page_status(answer, 200);
    assert_page_contains(answer, "\"version\":1");
    page_begin(f, PAGE_TEACHER);
    assert_status(visit_revoke(&f->work, id, link.id), OK);
    page_commit(f);
    answer = page_send(f, PAGE_PUPIL, HTTP_POST, path, "application/x-www-form-urlencoded", bytes,
                       &script, 1);
    assert_page_status(answer, 403); /* the script keeps the text and says that it is not kept */
    assert_page_goes_to(page_get(f, PAGE_PUPIL, page_of(f, id)), "/bezoek");
}

static void a_link_that_ended_says_so(void **state)
{
    struct page_fixture *f = *state;
    struct visit_link link;
    page_begin(f, PAGE_TEACHER);
    f->work.now_ms -= 8 * MS_DAY; /* made last week, for seven days */
    struct conversation_id id = plan_start(f);
    const char *token = make(f, id, VISIT_OF_GUARDIAN, f->guardian.v, &link);
    page_commit(f);
    struct page_answer *page = page_post(f, PAGE_NOBODY, "/bezoek", "code", token, NULL);
    assert_page_status(page, 422);
    assert_page_contains(page, "This link does not work any more. Ask the school for a new one.");
    assert_page_contains(
        page_get(f, PAGE_TEACHER,
                 page_path(f, "/gesprek/%s/links", arena_strdup(f->arena, id_text(id.v).s))),
        "ended");
}

static void a_link_opens_its_own_conversation_only(void **state)
{
    struct page_fixture *f = *state;
    struct visit_link link;
    page_begin(f, PAGE_TEACHER);
    struct conversation_id id = plan_start(f), second = plan_start(f);
    const char *token = make(f, id, VISIT_OF_GUARDIAN, f->guardian.v, &link);
    page_commit(f);
    page_begin(f, PAGE_STRANGER);
    struct conversation_id far = {id_new(&f->random)};
    const struct conversation_draft draft = {
        .method_key = "h3", .pupil = f->strange_pupil, .planned_at = -1, .place = "", .aim = ""};
    assert_status(conversation_plan(&f->work, far, &draft), OK);
    page_commit(f);
    come_in(f, token);
    assert_page_status(page_get(f, PAGE_PUPIL, page_of(f, id)), 200);
    assert_page_status(page_get(f, PAGE_PUPIL, page_of(f, second)), 404);
    assert_page_status(page_get(f, PAGE_PUPIL, page_of(f, far)), 404); /* of another school */
    assert_page_status(tell(f, second, "home-helps", "0", "Nee."), 404);
    assert_page_status(tell(f, far, "home-helps", "0", "Nee."), 404);
    /* Nor the questions of others, nor in another's name or voice. */
    assert_page_status(tell(f, id, "prep-good", "0", "Nee."), 404);
    assert_page_status(tell(f, id, "team-aims", "0", "Nee."), 404);
    assert_page_status(page_post(f, PAGE_PUPIL, page_path(f, "%s/antwoord", page_of(f, id)), "q",
                                 "home-helps", "v", "3", "p",
                                 arena_strdup(f->arena, id_text(f->pupil.v).s), "version", "0", "a",
                                 "Nee.", NULL),
                       404);
    page_begin(f, PAGE_TEACHER);
    assert_status(conversation_start(&f->work, id), OK);
    assert_status(conversation_close(&f->work, id, "", (struct date){0}), OK);
    page_commit(f);
    assert_page_status(page_get(f, PAGE_PUPIL, page_of(f, id)), 404); /* over: nothing to prepare */
    assert_page_status(tell(f, id, "home-helps", "0", "Te laat."), 404);
}

static void from_outside_about_a_group_too(void **state)
{
    struct page_fixture *f = *state;
    struct visit_link link;
    page_begin(f, PAGE_TEACHER);
    struct conversation_id id = {id_new(&f->random)};
    const struct conversation_draft draft = {
        .method_key = "k18", .group = f->group, .planned_at = -1, .place = "", .aim = ""};
    assert_status(conversation_plan(&f->work, id, &draft), OK);
    const char *token = make(f, id, VISIT_OF_EXTERNAL, invite_external(f, id), &link);
    page_commit(f);
    come_in(f, token);
    struct page_answer *page = page_get(f, PAGE_PUPIL, "/thuis");
    assert_page_status(page, 200);
    assert_page_lacks(page, "About </h1>");
    assert_page_lacks(page, "Noor");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        page_each_engine(a_guardian_sees_what_is_shared_and_nothing_else),
        page_each_engine(a_link_that_was_stopped_puts_its_visitor_out),
        page_each_engine(a_link_ends_with_its_day_and_with_the_tie),
        page_each_engine(an_external_has_one_conversation_while_taking_part),
        page_each_engine(who_may_make_links_for_whom),
        page_each_engine(a_link_is_shown_once),
        page_each_engine(who_guesses_links_must_wait),
        page_each_engine(what_is_prepared_at_home_is_a_voice_of_its_own),
        page_each_engine(a_link_works_twice_and_two_windows_lose_nothing),
        page_each_engine(while_typing_it_is_kept_and_who_is_out_is_told),
        page_each_engine(a_link_that_ended_says_so),
        page_each_engine(a_link_opens_its_own_conversation_only),
        page_each_engine(from_outside_about_a_group_too),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
