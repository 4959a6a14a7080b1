/* The pages of kinds of conversation: looking, making one's own, and what does not work out. */
#include "base/arena.h"
#include "base/str.h"
#include "method/cue.h"
#include "method/edit.h"
#include "method/own.h"
#include "web/web_fixture.h"

#define DESK "/school/gespreksvormen"

static const char small[] =
    "method: ring\nversion: 7\ntitle: {nl: Kring, en: Ring, tr: Halka}\npurpose: {nl: Samen praten.}\n"
    "ages: [7-9]\ntiers: [1]\nabout: pupil\ntakes_part: [pupil, teacher]\ntopic: wellbeing\n"
    "preparations: [{who: pupil, phases: [{id: before, title: {nl: Vooraf}, questions: "
    "[{id: b1, kind: text, ask: {nl: Vooraf 1}}]}]}]\n"
    "phases:\n"
    "  - {id: one, title: {nl: Deel een, en: Part one}, cues: [oen, {nl: Eigen hint}], questions: [\n"
    "     {id: mood, kind: choice, ask: {nl: Hoe gaat het?, en: How are you?}, "
    "options: [{id: a, label: {nl: goed}}, {id: b, label: {nl: slecht}}]},\n"
    "     {id: why, kind: text, ask: {nl: Waarom?}, when: {question: mood, is: b}}]}\n"
    "  - {id: two, title: {nl: Deel twee, en: Part two}}\n";

static const char *draft_path(struct page_fixture *f, struct method_version_id id, const char *more)
{
    return page_path(f, DESK "/%s%s", id_text(id.v).s, more);
}

/* A draft of `small`, and its mark. */
static struct method_version_id make(struct page_fixture *f)
{
    struct method_version_id id;
    struct method_refusal refusal;
    assert_status(
        method_draft_take(page_begin(f, PAGE_COORDINATOR), small, strlen(small), NULL, &id, &refusal),
        OK);
    page_commit(f);
    return id;
}

static struct method_draft draft_of(struct page_fixture *f, struct method_version_id id)
{
    struct method_draft draft;
    assert_status(method_draft_find(page_begin(f, PAGE_COORDINATOR), id, &draft), OK);
    page_commit(f);
    return draft;
}

static struct page_answer *deed(struct page_fixture *f, struct method_version_id id,
                                const char *what_to_do, const char *what)
{
    return page_post(f, PAGE_COORDINATOR, draft_path(f, id, "/doe"), "do", what_to_do, "what", what,
                     "mark", draft_of(f, id).mark, NULL);
}

static void all_staff_look(void **state)
{
    struct page_fixture *f = *state;
    unsigned staff = PAGE_BIT(PAGE_TEACHER) | PAGE_BIT(PAGE_SUPPORT) |
                     PAGE_BIT(PAGE_OTHER_TEACHER) | PAGE_BIT(PAGE_COORDINATOR) |
                     PAGE_BIT(PAGE_PRINCIPAL) | PAGE_BIT(PAGE_ADMINISTRATOR) |
                     PAGE_BIT(PAGE_STRANGER);
    assert_page_open_for(f, "/gespreksvormen", staff);
    assert_page_open_for(f, "/gespreksvormen/vorm?naam=k12", staff);
    struct page_answer *answer = page_get(f, PAGE_TEACHER, "/gespreksvormen");
    assert_page_contains(answer, "Six questions");
    assert_page_lacks(answer, "Change or make your own");
    answer = page_get(f, PAGE_TEACHER, "/gespreksvormen/vorm?naam=k12");
    assert_page_contains(answer, "How were the past weeks for you?");
    assert_page_contains(answer, "Open, honest, curious");
    assert_page_lacks(answer, "Make our own of it");
    f->language = LANG_NL;
    assert_page_contains(page_get(f, PAGE_TEACHER, "/gespreksvormen/vorm?naam=k12"),
                         "Hoe waren de afgelopen weken voor jou?");
    assert_page_status(page_get(f, PAGE_TEACHER, "/gespreksvormen/vorm?naam=nergens"), 404);
}

static void a_method_goes_out_as_a_file(void **state)
{
    struct page_fixture *f = *state;
    struct page_answer *answer = page_get(f, PAGE_TEACHER, "/gespreksvormen/bestand?naam=k12");
    assert_page_status(answer, 200);
    assert_string_equal(answer->content_type, "application/yaml");
    assert_true(str_starts(answer->body, "method: k12\n"));
    struct method_version_id id = make(f);
    answer = page_get(f, PAGE_COORDINATOR, draft_path(f, id, "/bestand"));
    assert_page_contains(answer, "method: eigen-ring\nversion: 1\n");
}

static struct page_answer *upload(struct page_fixture *f, const char *file)
{
    const char *body = arena_printf(
        f->arena,
        "--x\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n%s\r\n"
        "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.yaml\"\r\n\r\n%s\r\n--x--\r\n",
        page_csrf(f, PAGE_COORDINATOR), file);
    return page_send(f, PAGE_COORDINATOR, HTTP_POST, DESK "/inlezen",
                     "multipart/form-data; boundary=x",
                     (struct bytes){(const uint8_t *)body, strlen(body)}, NULL, 0);
}

/* The value of a hidden field of the page, as a browser would send it. */
static const char *hidden(struct page_fixture *f, const struct page_answer *page, const char *name)
{
    const char *at = strstr(page->body, arena_printf(f->arena, "name=\"%s\" value=\"", name));
    assert_non_null(at);
    at = strstr(at, "value=\"") + strlen("value=\"");
    char *raw = arena_strndup(f->arena, at, strcspn(at, "\"")), *to = raw;
    static const struct {
        const char *code;
        char sign;
    } codes[] = {{"&lt;", '<'}, {"&gt;", '>'}, {"&amp;", '&'}, {"&#34;", '"'}, {"&quot;", '"'}, {"&#39;", '\''}};
    for (const char *from = raw; *from;) {
        size_t len = 1;
        char sign = *from;
        for (size_t i = 0; i < ARRAY_LEN(codes); i++)
            if (str_starts(from, codes[i].code)) {
                len = strlen(codes[i].code);
                sign = codes[i].sign;
            }
        *to++ = sign;
        from += len;
    }
    *to = '\0';
    return raw;
}

/* Nobody's work of a week is lost by one file. */
static void a_file_asks_before_a_draft_gives_way(void **state)
{
    struct page_fixture *f = *state;
    const char *first = upload(f, small)->location;
    assert_page_contains(page_get(f, PAGE_COORDINATOR, first), "Ring");
    const char *why = strstr(small, "Waarom?");
    struct page_answer *page = upload(f, arena_printf(f->arena, "%.*sHoezo?%s", (int)(why - small), small,
                                                      why + strlen("Waarom?")));
    assert_page_status(page, 409);
    assert_page_contains(page, "Replace the draft");
    assert_page_contains(page, "<li>Waarom?</li>"); /* goes */
    assert_page_contains(page, "<li>Hoezo?</li>");  /* comes */
    assert_page_lacks(page, "<li>How are you?</li>");
    assert_page_contains(page, first); /* to look at, and to keep as a file */
    assert_page_contains(page_get(f, PAGE_COORDINATOR, first), "Ring");
    /* Somebody goes on with it meanwhile: asked again. */
    const char *text = hidden(f, page, "text"), *mark = hidden(f, page, "mark");
    assert_page_status(page_post(f, PAGE_COORDINATOR, page_path(f, "%s/doe", first), "do", "p-add",
                                 "what", "one", "mark", mark, NULL),
                       303);
    page = page_post(f, PAGE_COORDINATOR, DESK "/vervangen", "text", text, "mark", mark, NULL);
    assert_page_status(page, 409);
    assert_page_contains(page, "Somebody changed the draft just now.");
    assert_page_contains(page_get(f, PAGE_COORDINATOR, first), "New phase");
    mark = hidden(f, page, "mark");
    page = page_post(f, PAGE_COORDINATOR, DESK "/vervangen", "text", text, "mark", mark, NULL);
    assert_page_status(page, 303);
    const char *second = page->location;
    assert_page_lacks(page_get(f, PAGE_COORDINATOR, second), "New phase");
    assert_page_contains(page_get(f, PAGE_COORDINATOR, second), "Hoezo?");
    assert_page_status(page_get(f, PAGE_COORDINATOR, first), 404);
    assert_page_status(page_post(f, PAGE_TEACHER, DESK "/vervangen", "text", text, "mark", mark, NULL),
                       404);
}

static void a_file_comes_in_as_a_draft(void **state)
{
    struct page_fixture *f = *state;
    struct page_answer *answer = upload(f, small);
    assert_page_status(answer, 303);
    assert_page_contains(page_get(f, PAGE_COORDINATOR, answer->location), "Ring");
    answer = upload(f, "method: x\nversion: <script>\n");
    assert_page_status(answer, 422);
    assert_page_contains(answer, "line 2: This should be a whole number 1–1000000.");
    assert_page_contains(answer, "line 1: \"title\" is missing here.");
    assert_page_lacks(answer, "<script>");
}

/* The mark in the forms of a draft's page. */
static const char *mark_on(struct page_fixture *f, enum page_role role, const char *path)
{
    static const char before[] = "name=\"mark\" value=\"";
    const char *at = strstr(page_get(f, role, path)->body, before);
    assert_non_null(at);
    at += strlen(before);
    return arena_strndup(f->arena, at, strcspn(at, "\""));
}

static void a_copy_is_put_into_use_and_taken_off(void **state)
{
    struct page_fixture *f = *state;
    struct page_answer *answer =
        page_post(f, PAGE_ADMINISTRATOR, DESK "/kopie", "key", "k12", NULL);
    assert_page_status(answer, 303);
    const char *draft = answer->location;
    assert_page_contains(page_get(f, PAGE_ADMINISTRATOR, draft), "Nobody can plan with this yet.");
    assert_page_contains(page_get(f, PAGE_ADMINISTRATOR, DESK), "draft");
    assert_page_status(page_post(f, PAGE_ADMINISTRATOR, page_path(f, "%s/klaar", draft), "mark", "x", NULL),
                       409); /* not what was seen */
    answer = page_post(f, PAGE_ADMINISTRATOR, page_path(f, "%s/klaar", draft), "mark",
                       mark_on(f, PAGE_ADMINISTRATOR, draft), NULL);
    assert_page_goes_to(answer, DESK "?ok=vorm-klaar");
    assert_page_contains(page_get(f, PAGE_TEACHER, "/gespreksvormen/vorm?naam=eigen-k12"),
                         "our own");
    assert_page_status(page_get(f, PAGE_ADMINISTRATOR, draft), 404); /* it is no draft any more */
    answer = page_post(f, PAGE_COORDINATOR, DESK "/verder", "key", "eigen-k12", NULL);
    assert_page_contains(page_get(f, PAGE_COORDINATOR, answer->location),
                         "This becomes version 2.");
    assert_page_status(page_post(f, PAGE_COORDINATOR, page_path(f, "%s/weg", answer->location), NULL), 409);
    answer = page_post(f, PAGE_COORDINATOR, page_path(f, "%s/weg", answer->location), "mark",
                       mark_on(f, PAGE_COORDINATOR, answer->location), NULL);
    assert_page_goes_to(answer, DESK "?ok=weggehaald");
    page_post(f, PAGE_COORDINATOR, DESK "/intrekken", "key", "eigen-k12", NULL);
    assert_page_status(page_get(f, PAGE_TEACHER, "/gespreksvormen/vorm?naam=eigen-k12"), 404);
    page_post(f, PAGE_COORDINATOR, DESK "/terugzetten", "key", "eigen-k12", NULL);
    assert_page_status(page_get(f, PAGE_TEACHER, "/gespreksvormen/vorm?naam=eigen-k12"), 200);
}

static void order_changes_by_buttons(void **state)
{
    struct page_fixture *f = *state;
    struct method_version_id id = make(f);
    assert_page_goes_to(deed(f, id, "p-up", "two"), draft_path(f, id, "#f-two"));
    assert_string_equal(draft_of(f, id).method->phases[0].id, "two");
    assert_page_goes_to(deed(f, id, "q-up", "mood"), draft_path(f, id, "#v-mood"));
    assert_string_equal(draft_of(f, id).method->phases[0].questions[0].id, "mood");
    /* what is asked after an answer cannot come before the question */
    struct page_answer *answer = deed(f, id, "q-remove", "mood");
    assert_page_status(answer, 409);
    assert_page_contains(answer, "Change that question first.");
    assert_page_status(deed(f, id, "p-remove", "one"), 409);
    deed(f, id, "q-remove", "why");
    assert_page_goes_to(deed(f, id, "p-remove", "one"), draft_path(f, id, "?ok=weggehaald"));
    assert_int_equal(draft_of(f, id).method->phase_count, 1);
    answer = deed(f, id, "q-remove", "mood");
    assert_page_status(answer, 409);
    assert_page_contains(answer, "at least one phase and one question");
    assert_page_status(deed(f, id, "q-up", "nothing"), 404);
    answer = page_post(f, PAGE_COORDINATOR, draft_path(f, id, "/doe"), "do", "q-up", "what", "b1",
                       "mark", "0", NULL);
    assert_page_status(answer, 409);
    assert_page_contains(answer, "Somebody else changed");
}

static void questions_and_parts_are_added(void **state)
{
    struct page_fixture *f = *state;
    struct method_version_id id = make(f);
    struct page_answer *answer = deed(f, id, "q-add", "two");
    assert_page_goes_to(answer, draft_path(f, id, "/vraag?vraag=v"));
    assert_page_contains(page_get(f, PAGE_COORDINATOR, answer->location),
                         "What would you like to tell?");
    assert_string_equal(method_say(&method_question(draft_of(f, id).method, "v")->ask, "nl"),
                        "Wat wil je vertellen?");
    answer = deed(f, id, "p-add", "before");
    assert_page_goes_to(answer, draft_path(f, id, "/fase?fase=f"));
    assert_int_equal(draft_of(f, id).method->preparations[0].phase_count, 2);
    assert_page_status(page_get(f, PAGE_COORDINATOR, answer->location), 200);
}

static void the_head_keeps_other_languages(void **state)
{
    struct page_fixture *f = *state;
    struct method_version_id id = make(f);
    const char *path = draft_path(f, id, "/gegevens");
    assert_page_contains(page_get(f, PAGE_COORDINATOR, path), "value=\"Kring\"");
    struct page_answer *answer =
        page_post(f, PAGE_COORDINATOR, path, "title_nl", "Kring & zo", "title_en", "", "purpose_nl",
                  "Praten.", "age_4", "1", "age_12", "1", "tier_2", "1", "topic", "learning",
                  "about", "group", "with_teacher", "1", "with_external", "1", "minutes", "45",
                  "lines", "7", "thanks", "1", "mark", draft_of(f, id).mark, NULL);
    assert_page_goes_to(answer, draft_path(f, id, "?ok=bewaard#top"));
    const struct method *m = draft_of(f, id).method;
    assert_string_equal(method_say(&m->title, "nl"), "Kring & zo");
    assert_string_equal(method_say(&m->title, "tr"), "Halka");
    assert_int_equal(m->title.count, 2);
    assert_int_equal(m->bands, 1u << BAND_4_6 | 1u << BAND_12_18);
    assert_int_equal(m->tiers, 1u << 2);
    assert_int_equal(m->topic, TOPIC_LEARNING);
    assert_int_equal(m->about, ABOUT_GROUP);
    assert_int_equal(m->takes_part, PART_TEACHER | PART_EXTERNAL);
    assert_int_equal(m->minutes, 45);
    assert_int_equal(m->lines, 7);
    assert_int_equal(m->closing, CLOSING_THANKS);
    answer = page_post(f, PAGE_COORDINATOR, path, "title_nl", "", "purpose_nl", "x", "topic",
                       "learning", "minutes", "45", "lines", "7", "mark", "x", NULL);
    assert_page_status(answer, 422);
    assert_page_contains(answer, "Choose at least one age.");
}

static void a_part_has_cues(void **state)
{
    struct page_fixture *f = *state;
    struct method_version_id id = make(f);
    struct page_answer *answer = page_get(f, PAGE_COORDINATOR, draft_path(f, id, "/fase?fase=one"));
    assert_page_contains(answer, "name=\"c-oen\" value=\"1\" checked");
    assert_page_contains(answer, "Eigen hint");
    for (const struct cue *cue = cues; cue->name; cue++)
        assert_page_contains(answer, page_path(f, "name=\"c-%s\"", cue->name));
    answer = page_post(f, PAGE_COORDINATOR, draft_path(f, id, "/fase"), "fase", "one", "title_nl",
                       "Begin", "summary", "1", "c-silence", "1", "c-nivea", "1", "own_nl",
                       "Eigen hint\nNog een", "mark", draft_of(f, id).mark, NULL);
    assert_page_goes_to(answer, draft_path(f, id, "?ok=bewaard#f-one"));
    const struct phase *p = method_phase(draft_of(f, id).method, "one");
    assert_int_equal(p->cue_count, 4);
    assert_string_equal(p->cues[0].name, "nivea");
    assert_string_equal(p->cues[1].name, "silence");
    assert_string_equal(method_say(&p->cues[3].text, "nl"), "Nog een");
    assert_true(p->has_summary);
    assert_int_equal(p->question_count, 2);
    assert_page_status(page_get(f, PAGE_COORDINATOR, draft_path(f, id, "/fase?fase=none")), 404);
}

static void a_preparation_comes_with_its_letter_and_goes(void **state)
{
    struct page_fixture *f = *state;
    struct method_version_id id = make(f);
    const char *path = draft_path(f, id, "/voorbereiding");
    struct page_answer *answer = page_post(f, PAGE_COORDINATOR, page_path(f, "%s/erbij", path),
                                           "wie", "pupil", "mark", draft_of(f, id).mark, NULL);
    assert_page_status(answer, 409);
    assert_page_contains(answer, "There is a preparation of that participant already.");
    answer = page_post(f, PAGE_COORDINATOR, page_path(f, "%s/erbij", path), "wie", "guardian",
                       "mark", draft_of(f, id).mark, NULL);
    assert_page_goes_to(answer, draft_path(f, id, "?ok=toegevoegd"));
    assert_page_contains(page_get(f, PAGE_COORDINATOR, page_path(f, "%s?wie=guardian", path)),
                         "value=\"4\"");
    answer = page_post(f, PAGE_COORDINATOR, path, "wie", "guardian", "days", "7", "letter_nl",
                       "Beste {name},\n\nwelkom.", "mark", draft_of(f, id).mark, NULL);
    assert_page_goes_to(answer, draft_path(f, id, "?ok=bewaard#top"));
    const struct method_preparation *p =
        method_preparation_of(draft_of(f, id).method, PART_GUARDIAN);
    assert_int_equal(p->days_before, 7);
    assert_string_equal(method_say(&p->letter, "nl"), "Beste {name},\n\nwelkom.");
    answer =
        page_post(f, PAGE_COORDINATOR, path, "wie", "guardian", "days", "61", "mark", "x", NULL);
    assert_page_status(answer, 422);
    answer = page_post(f, PAGE_COORDINATOR, page_path(f, "%s/weg", path), "wie", "guardian", "mark",
                       draft_of(f, id).mark, NULL);
    assert_page_goes_to(answer, draft_path(f, id, "?ok=weggehaald"));
    assert_null(method_preparation_of(draft_of(f, id).method, PART_GUARDIAN));
    assert_page_status(page_get(f, PAGE_COORDINATOR, page_path(f, "%s?wie=guardian", path)), 404);
}

static void other_words_for_an_age(void **state)
{
    struct page_fixture *f = *state;
    struct method_version_id id = make(f);
    struct page_answer *answer =
        page_post(f, PAGE_COORDINATOR, draft_path(f, id, "/vraag"), "vraag", "why", "mark",
                  draft_of(f, id).mark, "ask_nl", "Waarom?", "for_7_nl", "Hoe kan dat?", "kind",
                  "text", NULL);
    assert_page_status(answer, 303);
    const struct question *q = method_question(draft_of(f, id).method, "why");
    assert_string_equal(question_words(q, BAND_7_9, "nl"), "Hoe kan dat?");
    assert_string_equal(question_words(q, BAND_8_12, "nl"), "Waarom?");
    answer = page_get(f, PAGE_COORDINATOR, draft_path(f, id, "/vraag?vraag=why"));
    assert_page_contains(answer, "value=\"Hoe kan dat?\"");
    assert_page_lacks(answer, "for_12_nl"); /* not an age of this kind of conversation */
}

static void a_question_is_changed_and_shown_beforehand(void **state)
{
    struct page_fixture *f = *state;
    struct method_version_id id = make(f);
    const char *mark = draft_of(f, id).mark;
    assert_page_contains(page_get(f, PAGE_COORDINATOR, draft_path(f, id, "/vraag?vraag=mood")),
                         "goed\nslecht</textarea>");
    struct page_answer *answer =
        page_post(f, PAGE_COORDINATOR, draft_path(f, id, "/vraag/voorbeeld"), "vraag", "mood",
                  "mark", mark, "ask_nl", "Hoe is het <nu>?", "ask_en", "", "kind", "many",
                  "options_nl", "prima\nslecht", NULL);
    assert_page_status(answer, 200);
    assert_page_contains(answer, "<p class=\"asked\">Hoe is het &lt;nu&gt;?</p>");
    assert_page_contains(answer, "<input type=\"checkbox\" name=\"a.b\" value=\"1\">"); /* to try */
    assert_string_equal(method_question(draft_of(f, id).method, "mood")->kind, "choice");
    answer = page_post(f, PAGE_COORDINATOR, draft_path(f, id, "/vraag"), "vraag", "mood", "mark",
                       mark, "ask_nl", "Hoe is het?", "kind", "many", "options_nl", "prima\nslecht",
                       "follow_nl", "Vertel eens.", "help_nl", "Kies er een.", "v_teacher", "1",
                       "v_pupil", "1", "picture", "t-gevoel", "asked", "1", "lines", "3", NULL);
    assert_page_goes_to(answer, draft_path(f, id, "?ok=bewaard#v-mood"));
    const struct question *q = method_question(draft_of(f, id).method, "mood");
    assert_string_equal(q->kind, "many");
    assert_string_equal(q->options[0].id, "a");
    assert_string_equal(q->picture, "t-gevoel");
    assert_false(q->may_skip);
    assert_int_equal(q->voice_count, 2);
    assert_int_equal(q->voices[0], VOICE_PUPIL);
    assert_int_equal(q->lines, 3);
    assert_int_equal(q->follow_up_count, 1);
}

static void what_a_question_cannot_be_is_told_at_the_field(void **state)
{
    struct page_fixture *f = *state;
    struct method_version_id id = make(f);
    const char *path = draft_path(f, id, "/vraag"), *mark = draft_of(f, id).mark;
    struct page_answer *answer = page_post(f, PAGE_COORDINATOR, path, "vraag", "why", "mark", mark,
                                           "ask_nl", "Hoe ver?", "kind", "scale", NULL);
    assert_page_status(answer, 422);
    assert_page_contains(answer, "“scale” needs `number`: 2 to 10.");
    assert_page_contains(answer, "Hoe ver?");
    answer = page_post(f, PAGE_COORDINATOR, path, "vraag", "mood", "mark", mark, "ask_nl", "Hoe?",
                       "kind", "choice", "options_nl", "goed", NULL);
    assert_page_status(answer, 422);
    assert_page_contains(answer, "Change that question first.");
    answer = page_post(f, PAGE_COORDINATOR, path, "vraag", "why", "mark", "old", "ask_nl",
                       "Waarom toch?", "kind", "text", NULL);
    assert_page_status(answer, 409);
    assert_page_contains(answer, "Waarom toch?");
    assert_page_contains(answer, "This stands there now"); /* and the words that stand */
    assert_page_contains(answer, page_path(f, "name=\"mark\" value=\"%s\"", mark));
    answer = page_post(f, PAGE_COORDINATOR, path, "vraag", "why", "mark", mark, "ask_nl",
                       "Waarom toch?", "kind", "text", NULL);
    assert_page_status(answer, 303);
    assert_null(method_question(draft_of(f, id).method, "why")->when_question);
}

static void a_question_hangs_on_answers_that_are_picked(void **state)
{
    struct page_fixture *f = *state;
    struct method_version_id id = make(f);
    const char *path = draft_path(f, id, "/vraag");
    struct page_answer *answer = page_get(f, PAGE_COORDINATOR, page_path(f, "%s?vraag=why", path));
    assert_page_contains(answer, "name=\"when\" value=\"mood=b\" checked");
    assert_page_contains(answer, "name=\"when\" value=\"mood=a\">");
    assert_page_contains(answer, "<option value=\"b1\">Vooraf 1</option>");
    assert_page_contains(answer, "Only asked after: How are you? – slecht");
    answer = page_get(f, PAGE_COORDINATOR, page_path(f, "%s?vraag=b1", path));
    assert_page_lacks(answer, "name=\"when\""); /* nothing is asked before it */
    answer = page_post(f, PAGE_COORDINATOR, path, "vraag", "why", "mark", draft_of(f, id).mark,
                       "ask_nl", "Hoe komt dat?", "kind", "text", "when", "mood=a", "when", "mood=b",
                       "shows", "b1", NULL);
    assert_page_status(answer, 303);
    const struct question *q = method_question(draft_of(f, id).method, "why");
    assert_string_equal(q->when_question, "mood");
    assert_int_equal(q->when_count, 2);
    assert_string_equal(q->when_is[1], "b");
    assert_string_equal(q->shows, "b1");
    answer = page_post(f, PAGE_COORDINATOR, page_path(f, "%s/voorbeeld", path), "vraag", "why", "mark",
                       "", "ask_nl", "Hoe komt dat?", "kind", "text", "when", "mood=a", NULL);
    assert_page_contains(answer, "Only asked after: How are you? – goed");
    assert_page_lacks(answer, "Beside it stands the answer to: Vooraf 1");
    static const char *const wrong[][2] = {
        {"when", "mood=c"}, {"when", "why=a"}, {"when", "mood"}, {"shows", "why"}, {"shows", "none"}};
    for (size_t i = 0; i < ARRAY_LEN(wrong); i++) {
        answer = page_post(f, PAGE_COORDINATOR, path, "vraag", "why", "mark", draft_of(f, id).mark,
                           "ask_nl", "Hoe komt dat?", "kind", "text", wrong[i][0], wrong[i][1], NULL);
        assert_page_status(answer, 422);
        assert_page_contains(answer, "Choose one of the possibilities.");
    }
    answer = page_post(f, PAGE_COORDINATOR, path, "vraag", "why", "mark", draft_of(f, id).mark,
                       "ask_nl", "Hoe komt dat?", "kind", "text", NULL);
    assert_page_status(answer, 303);
    assert_null(method_question(draft_of(f, id).method, "why")->when_question);
}

static void cards_get_pictures(void **state)
{
    struct page_fixture *f = *state;
    struct method_version_id id = make(f);
    const char *path = draft_path(f, id, "/vraag");
    struct page_answer *answer =
        page_post(f, PAGE_COORDINATOR, path, "vraag", "b1", "mark", draft_of(f, id).mark, "ask_nl",
                  "Kies", "kind", "cards", "options_nl", "een\ntwee", "background", "p-thuis", NULL);
    assert_page_status(answer, 303);
    const struct question *q = method_question(draft_of(f, id).method, "b1");
    assert_string_equal(q->options[0].picture, "t-hulp"); /* one of each to begin with */
    assert_string_equal(q->options[1].picture, "t-kennis");
    assert_string_equal(q->background, "p-thuis");
    answer = page_get(f, PAGE_COORDINATOR, page_path(f, "%s?vraag=b1", path));
    assert_page_contains(answer, "<option value=\"twee=t-kennis\" selected>");
    answer = page_post(f, PAGE_COORDINATOR, path, "vraag", "b1", "mark", draft_of(f, id).mark, "ask_nl",
                       "Kies", "kind", "cards", "options_nl", "een\ntwee", "option_picture", "een==",
                       "option_picture", "twee=t-trots", NULL);
    assert_page_status(answer, 303);
    q = method_question(draft_of(f, id).method, "b1");
    assert_string_equal(q->options[0].picture, "t-hulp");
    assert_string_equal(q->options[1].picture, "t-trots");
}

/* A whole one in the browser; what comes out is a file that reads. */
static void one_is_made_from_nothing(void **state)
{
    struct page_fixture *f = *state;
    struct page_answer *answer =
        page_post(f, PAGE_ADMINISTRATOR, DESK "/nieuw", "title", "Ons pauzegesprek!", NULL);
    assert_page_status(answer, 303);
    const char *draft = arena_strndup(f->arena, answer->location,
                                      strlen(answer->location) - strlen("/gegevens"));
    assert_page_contains(page_get(f, PAGE_ADMINISTRATOR, answer->location), "Ons pauzegesprek!");
#define STEP(path, ...)                                                                            \
    assert_page_status(page_post(f, PAGE_ADMINISTRATOR, page_path(f, "%s" path, draft), "mark",    \
                                 mark_on(f, PAGE_ADMINISTRATOR, draft), __VA_ARGS__, NULL),        \
                       303)
    STEP("/gegevens", "title_nl", "Ons pauzegesprek", "purpose_nl", "Buiten spelen.", "age_4", "1",
         "age_7", "1", "tier_1", "1", "topic", "wellbeing", "about", "pupil", "with_pupil", "1",
         "with_teacher", "1", "minutes", "10", "lines", "3", "thanks", "1");
    STEP("/fase", "fase", "f", "title_nl", "Op het plein", "c-oen", "1", "summary", "1");
    STEP("/vraag", "vraag", "v", "ask_nl", "Hoe was de pauze?", "kind", "faces", "number", "3",
         "for_4_nl", "Hoe was het buiten?", "v_pupil", "1");
    STEP("/doe", "do", "q-add", "what", "f");
    STEP("/vraag", "vraag", "v-2", "ask_nl", "Wat was er lastig?", "kind", "text", "when", "v=1", "when",
         "v=unknown", "v_pupil", "1", "v_teacher", "1");
    STEP("/doe", "do", "p-add", "what", "f");
    STEP("/doe", "do", "q-add", "what", "f-2");
    STEP("/vraag", "vraag", "v-3", "ask_nl", "Wat spreken we af?", "kind", "agreement", "v_together", "1");
    STEP("/voorbereiding/erbij", "wie", "pupil");
    STEP("/voorbereiding", "wie", "pupil", "days", "3", "letter_nl", "Hoi {name}, kom je?");
    STEP("/klaar", "x", "y");
#undef STEP
    answer = page_get(f, PAGE_TEACHER, "/gespreksvormen/vorm?naam=eigen-ons-pauzegesprek");
    assert_page_status(answer, 200);
    assert_page_contains(answer, "Hoe was de pauze?");
    assert_page_status(page_post(f, PAGE_ADMINISTRATOR, DESK "/nieuw", "title", " ", NULL), 422);
    answer = page_post(f, PAGE_ADMINISTRATOR, DESK "/nieuw", "title", "Ons pauzegesprek", NULL);
    assert_page_contains(page_get(f, PAGE_ADMINISTRATOR,
                                  page_path(f, "%.*s/bestand", (int)strlen(draft), answer->location)),
                         "method: eigen-ons-pauzegesprek-2\n"); /* a name is never used twice */
}

/* Two administrators in one draft: neither loses a word without seeing it. */
static void two_in_one_draft_see_each_others_words(void **state)
{
    struct page_fixture *f = *state;
    struct method_version_id id = make(f);
    const char *path = draft_path(f, id, "/vraag"), *mark = draft_of(f, id).mark;
    assert_page_status(page_post(f, PAGE_ADMINISTRATOR, path, "vraag", "why", "mark", mark, "ask_nl",
                                 "Van de een", "help_nl", "Hulp van de een", "kind", "text", NULL),
                       303);
    struct page_answer *answer = page_post(f, PAGE_COORDINATOR, path, "vraag", "why", "mark", mark,
                                           "ask_nl", "Van de ander", "kind", "words", NULL);
    assert_page_status(answer, 409);
    assert_page_contains(answer, "Van de ander</textarea>");
    assert_page_contains(answer, "<dd class=\"pre\">Van de een</dd>");
    assert_page_contains(answer, "<dd class=\"pre\">Hulp van de een</dd>");
    assert_page_contains(answer, "<dd class=\"pre\">A few lines</dd>");
    assert_string_equal(method_say(&method_question(draft_of(f, id).method, "why")->ask, "nl"),
                        "Van de een");
    answer = page_post(f, PAGE_COORDINATOR, draft_path(f, id, "/fase"), "fase", "one", "mark", mark,
                       "title_nl", "Begin", NULL); /* the question went before: the phase is told */
    assert_page_status(answer, 409);
    assert_page_contains(answer, "<dd class=\"pre\">Deel een</dd>");
    assert_page_contains(answer, "<dd class=\"pre\">Eigen hint</dd>");
    assert_page_contains(answer, "<dd class=\"pre\">yes</dd>"); /* the cue that stands */
    deed(f, id, "q-remove", "why");
    answer = page_post(f, PAGE_COORDINATOR, path, "vraag", "why", "mark", mark, "ask_nl",
                       "Nog een keer", "kind", "text", NULL);
    assert_page_status(answer, 409);
    assert_page_contains(answer, "<dd class=\"pre\">Nog een keer</dd>");
    assert_page_status(page_post(f, PAGE_ADMINISTRATOR, draft_path(f, id, "/klaar"), "mark",
                                 draft_of(f, id).mark, NULL),
                       303);
    answer = page_post(f, PAGE_COORDINATOR, draft_path(f, id, "/gegevens"), "mark", mark, "title_nl",
                       "Te laat", NULL);
    assert_page_status(answer, 404);
    assert_page_contains(answer, "<dd class=\"pre\">Te laat</dd>");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        page_each_engine(all_staff_look),
        page_each_engine(a_method_goes_out_as_a_file),
        page_each_engine(a_file_comes_in_as_a_draft),
        page_each_engine(a_file_asks_before_a_draft_gives_way),
        page_each_engine(a_copy_is_put_into_use_and_taken_off),
        page_each_engine(order_changes_by_buttons),
        page_each_engine(questions_and_parts_are_added),
        page_each_engine(the_head_keeps_other_languages),
        page_each_engine(a_part_has_cues),
        page_each_engine(a_preparation_comes_with_its_letter_and_goes),
        page_each_engine(other_words_for_an_age),
        page_each_engine(a_question_is_changed_and_shown_beforehand),
        page_each_engine(what_a_question_cannot_be_is_told_at_the_field),
        page_each_engine(a_question_hangs_on_answers_that_are_picked),
        page_each_engine(cards_get_pictures),
        page_each_engine(one_is_made_from_nothing),
        page_each_engine(two_in_one_draft_see_each_others_words),
    };
    return cmocka_run_group_tests_name("method_web", tests, NULL, NULL);
}
