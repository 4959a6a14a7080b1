#include "mirror/mirror_web.h"

#include "base/str.h"
#include "base/arena.h"
#include "web/web_fixture.h"

/* As the script asks. `text` is percent-encoded. */
static struct page_answer *ask(struct page_fixture *f, enum page_role role, const char *path,
                               const char *text)
{
    const struct http_field headers[] = {{"X-Requested-With", "autosave"}};
    const char *form = page_path(f, "csrf=%s&text=%s", page_csrf(f, role), text);
    return page_send(f, role, HTTP_POST, path, "application/x-www-form-urlencoded",
                     (struct bytes){(const uint8_t *)form, strlen(form)}, headers, 1);
}

static void the_mirror_answers_the_script(void **state)
{
    struct page_fixture *f = *state;
    struct page_answer *answer = ask(f, PAGE_TEACHER, "/spiegel", "Je+vond+het+saai,+toch%3F");
    assert_page_status(answer, 200);
    assert_string_equal(answer->content_type, "application/json");
    assert_page_contains(answer, "{\"tone\":\"steer\",");
    assert_page_contains(answer, "\"name\":\"Leading question\"");
    assert_page_contains(answer, "\"pieces\":[\"Je vond het saai\",\", toch\",\"?\"]");
    assert_page_contains(answer, "\"rewrites\":[\"");
    answer = ask(f, PAGE_TEACHER, "/spiegel", "Wat+vond+je+van+de+les%3F");
    assert_page_contains(answer, "\"tone\":\"room\"");
    assert_page_contains(answer, "\"name\":\"Open question\"");
    assert_page_contains(answer, "\"rewrites\":[]");
    answer = ask(f, PAGE_TEACHER, "/spiegel", "zeg+%22ja%22+%5C+%3Cb%3E");
    assert_page_contains(answer, "\\u0022ja\\u0022 \\u005c <b>");
    assert_page_status(ask(f, PAGE_TEACHER, "/spiegel", "+++"), 422);
    assert_page_status(ask(f, PAGE_PUPIL, "/spiegel", "Wat%3F"), 404);
}

/* Nothing is rewritten, and the first remark is what to do. */
static void harm_is_answered_with_safe_advice(void **state)
{
    struct page_fixture *f = *state;
    struct page_answer *answer = ask(f, PAGE_TEACHER, "/spiegel", "Heeft+papa+je+weer+geslagen%3F");
    assert_page_contains(answer, "\"tone\":\"harm\"");
    assert_page_contains(answer, "\"remarks\":[\"Signs of harm.");
    assert_page_contains(answer, "\"rewrites\":[]");
}

static void the_mirror_works_without_script(void **state)
{
    struct page_fixture *f = *state;
    struct page_answer *answer =
        page_post(f, PAGE_TEACHER, "/spiegel", "text", "Je vond het <b> saai, toch?", NULL);
    assert_page_status(answer, 200);
    assert_page_contains(answer, "Leading question");
    assert_page_contains(answer, "Je vond het &lt;b&gt; saai<mark>, toch</mark>?");
    assert_page_contains(answer, "You could also say");
    assert_page_contains(answer, "<button class=\"tip tip--use\" type=\"submit\">");
    answer = page_post(f, PAGE_TEACHER, "/spiegel", "text", "", NULL);
    assert_page_status(answer, 422);
    assert_page_contains(answer, "id=\"e-text\"");
}

static const char transcript[] = "Juf: Wat vond je van de les?\n"
                                 "Noor: Waarom moet je altijd zeuren, toch?\n"
                                 "Juf: Je vond het saai, toch?";

static void a_pupils_line_is_shown_and_never_judged(void **state)
{
    struct page_fixture *f = *state;
    struct page_answer *answer =
        page_post(f, PAGE_TEACHER, "/oefenen", "text", transcript, "pupil", "Noor", NULL);
    assert_page_status(answer, 200);
    assert_page_contains(answer, "<p class=\"pre\">Waarom moet je altijd zeuren, toch?</p>");
    assert_page_lacks(answer, "Why question");
    assert_page_contains(answer, "1 gave room, 0 narrowed, 1 steered");
    assert_page_contains(answer, "name=\"open\" value=\"1\"");
    assert_page_contains(answer, "name=\"suggestief\" value=\"1\"");
    assert_page_contains(answer, "name=\"waarom\" value=\"0\"");
    answer = page_post(f, PAGE_TEACHER, "/oefenen", "text", transcript, NULL);
    assert_page_contains(answer, "Who is “Noor”?");
    assert_page_lacks(answer, "Why question");
    assert_page_contains(answer, "name=\"waarom\" value=\"0\"");
}

static void a_long_transcript_is_told_so(void **state)
{
    struct page_fixture *f = *state;
    char *many = arena_alloc(f->arena, 2 * (TRANSCRIPT_LINES_MAX + 1) + 1);
    for (size_t i = 0; i <= TRANSCRIPT_LINES_MAX; i++)
        memcpy(many + 2 * i, "a\n", 2);
    memcpy(many + 2 * TRANSCRIPT_LINES_MAX, "a", 2);
    struct page_answer *answer = page_post(f, PAGE_TEACHER, "/oefenen", "text", many, NULL);
    assert_page_status(answer, 422);
    assert_page_contains(answer, "This is too long. Paste a part of it.");
}

static void counts_are_kept_only_when_asked_and_for_own_eyes(void **state)
{
    struct page_fixture *f = *state;
    const char *id = page_path(f, "%s", id_text(id_new(&f->random)).s);
    (void)page_post(f, PAGE_TEACHER, "/oefenen", "text", transcript, NULL);
    assert_page_lacks(page_get(f, PAGE_TEACHER, "/oefenen"), "Your own counts");
    for (int twice = 0; twice < 2; twice++)
        assert_page_goes_to(page_post(f, PAGE_TEACHER, "/oefenen/telling", "id", id, "open", "4",
                                      "suggestief", "1", "gesloten", "2", NULL),
                            "/oefenen?ok=bewaard#tellingen");
    struct page_answer *answer = page_get(f, PAGE_TEACHER, "/oefenen");
    assert_page_contains(answer, "Your own counts");
    assert_page_contains(answer, "4 gave room, 2 narrowed, 1 steered");
    assert_page_lacks(page_get(f, PAGE_PRINCIPAL, "/oefenen"), "gave room");
    assert_page_lacks(page_get(f, PAGE_OTHER_TEACHER, "/oefenen"), "gave room");
    assert_page_status(page_post(f, PAGE_TEACHER, "/oefenen/telling", "id", id, "open", "-1", NULL),
                       400);
    assert_page_goes_to(page_post(f, PAGE_TEACHER, "/oefenen/wis", "day", "2026-11-23", NULL),
                        "/oefenen?ok=weggehaald");
    assert_page_contains(page_get(f, PAGE_TEACHER, "/oefenen"), "4 gave room");
    (void)page_post(f, PAGE_PRINCIPAL, "/oefenen/wis", NULL);
    assert_page_contains(page_get(f, PAGE_TEACHER, "/oefenen"), "4 gave room");
    (void)page_post(f, PAGE_TEACHER, "/oefenen/wis", NULL);
    assert_page_lacks(page_get(f, PAGE_TEACHER, "/oefenen"), "gave room");
}

static void the_sharpener_asks_until_there_is_a_goal(void **state)
{
    struct page_fixture *f = *state;
    const char *path = page_path(f, "/leerling/%s/doelslijper", id_text(f->pupil.v).s);
    assert_page_contains(page_get(f, PAGE_TEACHER, path), "A sharp goal for Noor");
    struct page_answer *answer =
        page_post(f, PAGE_TEACHER, path, "remark", "moeite met rekenen", NULL);
    assert_page_status(answer, 200);
    assert_page_contains(answer, "name=\"step\" value=\"action\"");
    assert_page_contains(answer, "<mark>moeite met rekenen</mark>");
    answer = page_post(f, PAGE_TEACHER, path, "remark", "moeite met rekenen", "asked", "0", "step",
                       "action", "action", "rekent sommen uit", NULL);
    assert_page_contains(answer, "name=\"step\" value=\"task\"");
    assert_page_contains(answer, "name=\"action\" value=\"rekent sommen uit\"");
    assert_page_contains(answer, "name=\"asked\" value=\"1\"");
    answer = page_post(f, PAGE_TEACHER, path, "remark", "moeite met rekenen", "asked", "1",
                       "action", "rekent sommen uit", "step", "task", "skip", "1", NULL);
    assert_page_contains(answer, "name=\"step\" value=\"example\"");
    answer =
        page_post(f, PAGE_TEACHER, path, "remark", "moeite met rekenen", "asked", "3", "action",
                  "rekent sommen uit", "task", "", "step", "example", "undo", "1", NULL);
    assert_page_contains(answer, "name=\"step\" value=\"task\""); /* one back */
    answer = page_post(f, PAGE_TEACHER, path, "remark", "moeite met rekenen", "asked", "31",
                       "action", "rekent sommen uit", "amount", "8 van de 10 goed", "where",
                       "met de getallenlijn", "step", "when", "when", "over zes weken", NULL);
    assert_page_contains(answer, "Does the pupil think this is a good goal too?");
    assert_page_contains(
        answer, "Over zes weken rekent Noor met de getallenlijn sommen uit, 8 van de 10 goed.");
}

/* The address in the first form of a page whose address begins so. */
static const char *form_address(struct page_fixture *f, const struct page_answer *answer,
                                const char *begin)
{
    const char *at = strstr(answer->body, page_path(f, "action=\"%s", begin));
    assert_non_null(at);
    at += strlen("action=\"");
    return page_path(f, "%.*s", (int)strcspn(at, "\""), at);
}

/* "Make it a goal" ends in a goal of the pupil that both see. */
static void the_sharpener_ends_in_a_goal(void **state)
{
    struct page_fixture *f = *state;
    const char *pupil = page_path(f, "/leerling/%s", id_text(f->pupil.v).s);
    const char *words = "Over zes weken rekent Noor met de getallenlijn 8 van de 10 sommen uit.";
    struct page_answer *answer = page_post(f, PAGE_TEACHER, page_path(f, "%s/doelslijper", pupil),
                                           "remark", words, "asked", "63", NULL);
    assert_page_contains(answer, "Make it a goal");
    const char *address = form_address(f, answer, page_path(f, "%s/doelen/", pupil));
    const char *list = page_path(f, "%s/doelen", pupil);
    assert_page_status(page_post(f, PAGE_OTHER_TEACHER, address, "soon", words, NULL), 404);
    assert_page_goes_to(
        page_post(f, PAGE_TEACHER, address, "soon", words, "version", "0", "back", list, NULL),
        list);
    assert_page_contains(page_get(f, PAGE_TEACHER, list), words);
    assert_page_contains(page_get(f, PAGE_PUPIL, "/ik/doelen"), words);
}

static void the_sharpener_refuses_nothing_but_nothing(void **state)
{
    struct page_fixture *f = *state;
    struct page_answer *answer = page_post(f, PAGE_TEACHER, "/doelslijper", "remark", " ", NULL);
    assert_page_status(answer, 422);
    answer = page_post(f, PAGE_TEACHER, "/doelslijper", "remark", "<b>druk</b>", "asked", "63",
                       NULL); /* all skipped: the vague words stay */
    assert_page_status(answer, 200);
    assert_page_lacks(answer, "<b>druk");
    assert_page_contains(answer, "Does the pupil think this is a good goal too?");
    answer = page_post(f, PAGE_TEACHER, "/doelslijper", "remark", "druk", "step", "nergens", NULL);
    assert_page_status(answer, 200);
    answer = page_post(f, PAGE_TEACHER, "/doelslijper", "remark", "druk", "asked", "64", NULL);
    assert_page_status(answer, 422);
}

static void under_a_goal_stand_questions(void **state)
{
    struct page_fixture *f = *state;
    struct page_answer *answer = ask(f, PAGE_TEACHER, "/doelslijper/vragen", "is+vaak+onrustig");
    assert_page_status(answer, 200);
    assert_page_contains(answer, "\"name\":\"It can be sharper\"");
    answer = ask(f, PAGE_TEACHER, "/doelslijper/vragen",
                 "Over+zes+weken+rekent+Noor+met+de+getallenlijn+8+van+de+10+sommen+goed+uit.");
    assert_page_contains(answer, "\"name\":\"Sharp enough\"");
    assert_page_status(ask(f, PAGE_TEACHER, "/doelslijper/vragen", ""), 422);
}

/* Beside what a teacher writes, and never where a pupil looks along (R3). */
static void it_stands_where_adults_write(void **state)
{
    struct page_fixture *f = *state;
    const char *pupil = page_path(f, "%s", id_text(f->pupil.v).s);
    struct conversation_id id = {id_new(&f->random)};
    const char *talk = page_path(f, "/gesprek/%s", id_text(id.v).s);
    assert_page_contains(page_get(f, PAGE_TEACHER, page_path(f, "/leerling/%s/gesprek", pupil)),
                         "data-mirror=\"f-aim\"");
    assert_page_contains(page_get(f, PAGE_TEACHER, page_path(f, "/leerling/%s", pupil)),
                         page_path(f, "href=\"/leerling/%s/doelslijper\"", pupil));
    (void)page_post(f, PAGE_TEACHER,
                    page_path(f, "/leerling/%s/gesprek/%s", pupil, id_text(id.v).s), "method",
                    "k10", "day", "2026-11-26", NULL);
    assert_page_status(page_post(f, PAGE_TEACHER, page_path(f, "%s/begin", talk), NULL), 303);
    struct page_answer *form = page_get(f, PAGE_TEACHER, page_path(f, "%s/invullen", talk));
    assert_page_contains(form, "data-mirror=\"mirror-text\"");
    struct page_answer *shared = page_get(f, PAGE_TEACHER, page_path(f, "%s/samen", talk));
    assert_page_status(shared, 200);
    assert_page_lacks(shared, "mirror");
    assert_page_lacks(shared, "/spiegel");
    assert_page_lacks(shared, "/oefenen");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        page_each_engine(the_mirror_answers_the_script),
        page_each_engine(harm_is_answered_with_safe_advice),
        page_each_engine(the_mirror_works_without_script),
        page_each_engine(a_pupils_line_is_shown_and_never_judged),
        page_each_engine(a_long_transcript_is_told_so),
        page_each_engine(counts_are_kept_only_when_asked_and_for_own_eyes),
        page_each_engine(the_sharpener_asks_until_there_is_a_goal),
        page_each_engine(the_sharpener_ends_in_a_goal),
        page_each_engine(the_sharpener_refuses_nothing_but_nothing),
        page_each_engine(under_a_goal_stand_questions),
        page_each_engine(it_stands_where_adults_write),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
