/* "Now and then": two conversations of one kind beside each other, for every kind of answer. */
#include "answer/kinds.h"
#include "base/arena.h"
#include "base/str.h"
#include "conversation/conversation.h"
#include "method/own.h"
#include "web/web_fixture.h"

#define DREW_THEN "CBNcCCb3S0MsJkJbMSUMdImJuN1U4e3mywr1i3"
#define DREW_NOW "BBCWGQAFKDcAH-GQ"
#define PARTS_MAX 3
#define CHOSEN(step) "<span>" step "<span class=\"vh\"> chosen" /* of a scale */

/* What is sent of one answer, and what is read of it. */
struct said {
    struct {
        const char *field, *text;
    } parts[PARTS_MAX];
    const char *reads;
};

/* A line per kind; ask in the method is "Ask-KIND". */
static const struct {
    const char *kind, *more; /* of the question, in YAML */
    struct said then, now;
} table[] = {
    {"short", "", {{{"a", "Het kamp"}}, "Het kamp"}, {{{"a", "De musical"}}, "De musical"}},
    {"text",
     "",
     {{{"a", "Het was druk."}}, "Het was druk."},
     {{{"a", "Rustig nu."}}, "Rustig nu."}},
    {"words", "", {{{"a", "stilte\nsamen"}}, "stilte"}, {{{"a", "voordoen"}}, "voordoen"}},
    {"faces",
     ", number: 3, options: [{id: low, label: {nl: Niet fijn}}, {id: mid, label: {nl: Gewoon}}, "
     "{id: top, label: {nl: Heel fijn}}]",
     {{{"a", "low"}}, "Niet fijn"},
     {{{"a", "top"}}, "Heel fijn"}},
    {"choice",
     ", options: [{id: w, label: {nl: Wandelend}}, {id: t, label: {nl: Aan tafel}}]",
     {{{"a", "w"}}, "Wandelend"},
     {{{"a", "t"}}, "Aan tafel"}},
    {"many",
     ", options: [{id: h, label: {nl: Hulp}}, {id: s, label: {nl: Tijd erbij}}, {id: k, label: {nl: "
     "Kaart}}]",
     {{{"a.h", "1"}}, "Hulp"},
     {{{"a.s", "1"}, {"a.k", "1"}}, "Tijd erbij"}},
    {"scale",
     ", number: 10, ends: [{nl: Nog niet}, {nl: Vanzelf}]",
     {{{"a", "2"}}, CHOSEN("2")},
     {{{"a", "9"}}, CHOSEN("9")}},
    {"cards",
     ", options: [{id: p, label: {nl: Trots}, picture: t-trots}, {id: v, label: {nl: Vrij}, picture: "
     "t-vrijetijd}]",
     {{{"a.p", "1"}}, "Trots"},
     {{{"a.v", "1"}}, "Vrij"}},
    {"drawing",
     "",
     {{{"a", DREW_THEN}, {"a.text", "een huis"}}, "een huis"},
     {{{"a", DREW_NOW}, {"a.text", "een boot"}}, "een boot"}},
    {"file",
     "",
     {{{"a.text", "mijn eerste brief"}}, "mijn eerste brief"},
     {{{"a.text", "mijn verhaal"}}, "mijn verhaal"}},
    {"roles",
     ", options: [{id: me, label: {nl: Ik}}, {id: klas, label: {nl: De klas}}]",
     {{{"a.me", "Ik slijp potloden."}}, "Ik slijp potloden."},
     {{{"a.klas", "Zij wachten."}}, "Zij wachten."}},
    {"lists",
     ", options: [{id: plus, label: {nl: Goed}}, {id: min, label: {nl: Lastig}}]",
     {{{"a.plus", "lezen"}}, "lezen"},
     {{{"a.min", "de toets"}}, "de toets"}},
    {"summary",
     "",
     {{{"a", "Beginnen is lastig."}, {"a.meant", "not-quite"}, {"a.correction", "Alleen maandag."}},
      "Alleen maandag."},
     {{{"a", "Beginnen gaat vanzelf."}, {"a.meant", "yes"}}, "Beginnen gaat vanzelf."}},
    {"certainty",
     ", number: 3",
     {{{"a.1.item", "34 - 19"}, {"a.1.mark", "doubt"}}, "34 - 19"},
     {{{"a.1.item", "7 x 8"}, {"a.1.mark", "sure"}}, "7 x 8"}},
    {"tops-tips",
     "",
     {{{"a.tops", "Je vroeg door."}}, "Je vroeg door."},
     {{{"a.tips", "Niet in de gang."}}, "Niet in de gang."}},
    {"listened",
     "",
     {{{"a", "partly"}, {"a.text", "Soms niet."}}, "Soms niet."},
     {{{"a", "fully"}, {"a.text", "Steeds."}}, "Steeds."}},
};

static const char *method_yaml_of(struct arena *arena)
{
    const char *yaml =
        "method: alles\nversion: 1\ntitle: {nl: Alles}\npurpose: {nl: Vergelijken.}\nages: [8-12]\n"
        "tiers: [1]\nabout: pupil\ntakes_part: [pupil, teacher]\ntopic: wellbeing\nphases:\n"
        "  - id: one\n    title: {nl: Een}\n    questions:\n";
    for (size_t i = 0; i < ARRAY_LEN(table); i++)
        yaml = arena_printf(arena,
                            "%s      - {id: %s, kind: %s, ask: {nl: Ask-%s}, voices: [pupil]%s}\n",
                            yaml, table[i].kind, table[i].kind, table[i].kind, table[i].more);
    return yaml;
}

static void publish(struct page_fixture *f)
{
    struct method_version_id id;
    struct method_refusal refusal = {.problems = NULL};
    struct work *work = page_begin(f, PAGE_COORDINATOR);
    const char *yaml = method_yaml_of(f->arena);
    assert_status(method_draft_take(work, yaml, strlen(yaml), NULL, &id, &refusal), OK);
    assert_status(method_draft_publish(work, id), OK);
    page_commit(f);
}

static void tell(struct page_fixture *f, const char *talk, const char *question,
                 const struct said *said)
{
    const char *none = "csrf"; /* a field that is there anyway stands for none */
    const char *name[PARTS_MAX], *text[PARTS_MAX];
    const char *csrf = page_csrf(f, PAGE_TEACHER);
    for (size_t i = 0; i < PARTS_MAX; i++) {
        name[i] = said->parts[i].field ? said->parts[i].field : none;
        text[i] = said->parts[i].field ? said->parts[i].text : csrf;
    }
    struct page_answer *answer =
        page_post(f, PAGE_TEACHER, page_path(f, "/gesprek/%s/antwoord", talk), "q", question, "v",
                  "1", "version", "0", "back", page_path(f, "/gesprek/%s", talk), name[0], text[0],
                  name[1], text[1], name[2], text[2], NULL);
    if (answer->status != 303)
        print_message("# refused: %s\n", question);
    assert_page_status(answer, 303);
}

/* One whole conversation; which of the two says what was said. */
static const char *held(struct page_fixture *f, bool is_now)
{
    struct work *work = page_begin(f, PAGE_TEACHER);
    struct conversation_id id = {work_new_id(work)};
    const struct conversation_draft draft = {
        .method_key = "eigen-alles", .pupil = f->pupil, .planned_at = -1, .place = "", .aim = ""};
    assert_status(conversation_plan(work, id, &draft), OK);
    assert_status(conversation_start(work, id), OK);
    page_commit(f);
    const char *talk = arena_strdup(f->arena, id_text(id.v).s);
    for (size_t i = 0; i < ARRAY_LEN(table); i++)
        tell(f, talk, table[i].kind, is_now ? &table[i].now : &table[i].then);
    assert_page_status(page_post(f, PAGE_TEACHER, page_path(f, "/gesprek/%s/sluiten", talk), NULL),
                       303);
    return talk;
}

/* From `from` to `to` in the page, as a text of its own. */
static const char *between(struct page_fixture *f, const char *in, const char *from, const char *to)
{
    const char *at = strstr(in, from);
    const char *end = at ? strstr(at, to) : NULL;
    if (!end)
        print_message("# not on the page: %s … %s\n", from, to);
    assert_non_null(end);
    return arena_strndup(f->arena, at, (size_t)(end - at));
}

static void assert_reads(const char *cell, const char *kind, const struct said *said,
                         const struct said *other)
{
    if (!strstr(cell, said->reads) || strstr(cell, other->reads))
        print_message("# %s: should read \"%s\" and nothing of the other\n", kind, said->reads);
    assert_non_null(strstr(cell, said->reads));
    assert_null(strstr(cell, other->reads));
}

static void every_kind_shows_then_and_now(void **state)
{
    struct page_fixture *f = *state;
    publish(f);
    held(f, false);
    const char *path = page_path(f, "/gesprek/%s/vergelijk", held(f, true));
    struct page_answer *page = page_get(f, PAGE_TEACHER, path);
    assert_page_status(page, 200);
    for (size_t i = 0; i < ARRAY_LEN(table); i++) {
        const char *heading = arena_printf(f->arena, "Ask-%s</h2>", table[i].kind);
        const char *section = between(f, page->body, heading, "</section>");
        assert_reads(between(f, section, "Then: ", "Now: "), table[i].kind, &table[i].then,
                     &table[i].now);
        assert_reads(strstr(section, "Now: "), table[i].kind, &table[i].now, &table[i].then);
        if (str_equal(table[i].kind, "drawing")) /* the drawings themselves, too */
            assert_non_null(strstr(strstr(section, "<svg") + 1, "<svg"));
    }
}

/* Things (goals …) have a story of their own; what is for the teacher alone is not laid beside
 * anything. */
static void the_table_has_every_kind(UNUSED void **state)
{
    for (size_t k = 0; answer_kinds[k]; k++) {
        bool found = answer_kinds[k]->outcome != OUTCOME_NONE || answer_kinds[k]->is_private;
        for (size_t i = 0; i < ARRAY_LEN(table); i++)
            found |= str_equal(table[i].kind, answer_kinds[k]->name);
        if (!found)
            print_message("# no line for %s\n", answer_kinds[k]->name);
        assert_true(found);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_table_has_every_kind),
        page_each_engine(every_kind_shows_then_and_now),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
