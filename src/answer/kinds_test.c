#include "answer/kind.h"

#include "answer/answer_fixture.h"
#include "answer/drawing.h"
#include "answer/kinds.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/random.h"
#include "base/str.h"
#include "db/db_fixture.h"
#include "http/http.h"
#include "print/paper.h"
#include "print/press.h"

struct sink {
    struct arena *arena;
    struct buf out;
    struct tr *tr[LANG_COUNT];
};

static int open_sink(void **state)
{
    struct sink *s = calloc(1, sizeof *s);
    assert_non_null(s);
    s->arena = arena_new((size_t)64 << 20);
    buf_init(&s->out, (size_t)4 << 20);
    assert_status(tr_load_all(s->tr), OK);
    *state = s;
    return 0;
}

static int close_sink(void **state)
{
    struct sink *s = *state;
    tr_free_all(s->tr);
    buf_free(&s->out);
    arena_free(s->arena);
    free(s);
    return 0;
}

static enum status check(struct sink *s, const struct fixture_answer *answer,
                         const struct answer_value *raw, struct answer_value *ret_clean,
                         const char **ret_error)
{
    return answer_kind(answer->question.kind)
        ->check(&answer->question, raw, s->arena, ret_clean, ret_error);
}

static void assert_same(struct sink *s, const struct answer_value *a, const struct answer_value *b)
{
    struct bytes one, other;
    assert_status(answer_pack(a, s->arena, &one), OK);
    assert_status(answer_pack(b, s->arena, &other), OK);
    assert_int_equal(one.len, other.len);
    assert_memory_equal(one.data, other.data, one.len);
}

static void assert_refused(struct sink *s, const char *kind, const char *part, const char *text)
{
    const struct fixture_answer *answer = fixture_answer_of(kind);
    const struct answer_part parts[] = {{part, text}};
    struct answer_value clean;
    const char *error = NULL;
    assert_status(check(s, answer, &(struct answer_value){parts, 1}, &clean, &error), ERR_INVALID);
    assert_non_null(error);
    assert_string_not_equal(tr(s->tr[LANG_NL], error), error); /* it is said in Dutch */
}

static const char *cleaned(struct sink *s, const char *kind, const char *part, const char *text)
{
    const struct fixture_answer *answer = fixture_answer_of(kind);
    const struct answer_part parts[] = {{part, text}};
    struct answer_value clean;
    const char *error = NULL;
    assert_status(check(s, answer, &(struct answer_value){parts, 1}, &clean, &error), OK);
    return answer_part(&clean, part);
}

/* --- all kinds -----------------------------------------------------------------------------------
 */

static void the_table_is_whole(void **state UNUSED)
{
    size_t count = 0;
    for (; answer_kinds[count]; count++) {
        const struct answer_kind *kind = answer_kinds[count];
        assert_ptr_equal(answer_kind(kind->name), kind);
        assert_true(answer_method_kinds.known(kind->name));
        assert_non_null(kind->check);
        assert_non_null(kind->edit);
        assert_non_null(kind->read);
        assert_non_null(kind->text);
        assert_non_null(kind->paper);
        assert_non_null(fixture_answer_of(kind->name));
        assert_int_equal(kind->is_private, str_equal(kind->name, "listening"));
    }
    assert_int_equal(count, 22);
    assert_null(answer_kind("score"));
    assert_false(answer_method_kinds.known(""));
    for (const struct fixture_answer *a = fixture_answers; a->question.kind; a++)
        assert_null(answer_method_kinds.fits(&a->question));
}

static void what_is_clean_stays_as_it_is(void **state)
{
    struct sink *s = *state;
    for (const struct fixture_answer *a = fixture_answers; a->question.kind; a++) {
        struct answer_value once, twice;
        const char *error = NULL;
        assert_status(check(s, a, &a->value, &once, &error), OK);
        assert_same(s, &a->value, &once);
        assert_status(check(s, a, &once, &twice, &error), OK);
        assert_same(s, &once, &twice);
        struct answer_value nothing = {NULL, 0};
        assert_status(check(s, a, &nothing, &once, &error), OK);
        assert_true(answer_is_empty(&once));
    }
}

static void what_is_no_answer_of_a_kind_is_refused(void **state)
{
    struct sink *s = *state;
    static const char *const texts[] = {"short", "text", "words", "summary"};
    for (const struct answer_kind *const *kind = answer_kinds; *kind; kind++) {
        const char *name = (*kind)->name;
        bool takes_any_text = false;
        for (size_t i = 0; i < ARRAY_LEN(texts); i++)
            takes_any_text |= str_equal(texts[i], name);
        assert_refused(s, name, "nobody-knows-this", "x");
        assert_refused(s, name, "A", "x");
        if (!takes_any_text)
            assert_refused(s, name, "", "\xC3\x9F-nergens-een-keuze");
    }
}

static void a_text_in_two_languages(void **state)
{
    struct sink *s = *state;
    static const struct {
        const char *kind, *nl, *en;
    } texts[] = {
        {"short", "Het schoolfeest\n", "Het schoolfeest\n"},
        {"words", "rustig\nsamen kijken\nvoorbeeld\n", "rustig\nsamen kijken\nvoorbeeld\n"},
        {"faces", "fijn\n", "nice\n"},
        {"choice", "wandelend\n", "walking\n"},
        {"many", "hulp\nzelf doen\n", "help\ndoing it myself\n"},
        {"scale", "4, op een lijn van 1 (lukt nog niet) tot 10 (lukt vanzelf)\n",
         "4 out of 1 (not yet) to 10 (by itself)\n"},
        {"cards", "1. trots\n2. hulp\n3. vrije tijd\n", "1. proud\n2. help\n3. free time\n"},
        {"drawing", "[tekening]\neen huis met de zon\n", "[drawing]\neen huis met de zon\n"},
        {"file", "[foto] mijn sommen\n", "[photo] mijn sommen\n"},
        {"roles", "ik: Ik slijp mijn potloden.\njuf of meester: Juf wacht.\n",
         "me: Ik slijp mijn potloden.\nteacher: Juf wacht.\n"},
        {"lists", "gaat goed:\n- lezen\n- buiten spelen\nvraag:\n- mag ik vaker tekenen?\n",
         "goes well:\n- lezen\n- buiten spelen\nquestion:\n- mag ik vaker tekenen?\n"},
        {"summary",
         "Je vindt beginnen lastig.\nNog niet helemaal wat ik bedoel\nIk bedoel: Alleen bij de "
         "weektaak.\n",
         "Je vindt beginnen lastig.\nNot quite what I mean\nI mean: Alleen bij de weektaak.\n"},
        {"certainty",
         "34 − 19: zeker, nog niet goed\n7 × 8: twijfel, goed\nrij 3: zeker niet goed, nog niet "
         "goed\nZeker, en nog niet goed: 34 − 19\nTwijfel, en toch goed: 7 × 8\n",
         "34 − 19: sure, not yet right\n7 × 8: in doubt, right\nrow 3: surely not right, not yet "
         "right\nSure, and not yet right: 34 − 19\nDoubted, and right: 7 × 8\n"},
        {"tops-tips", "Top: Je vroeg door.\nTip: Niet in de gang.\n",
         "Top: Je vroeg door.\nTip: Niet in de gang.\n"},
        {"listened", "af en toe\nToen je het herhaalde.\n",
         "now and then\nToen je het herhaalde.\n"},
        {"listening", "Ik luisterde omdat twee meer weten dan één.\nStiltes laten.\n",
         "I listened because two know more than one.\nStiltes laten.\n"},
        {"goal", "", ""},
    };
    for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
        const struct fixture_answer *a = fixture_answer_of(texts[i].kind);
        const struct answer_kind *kind = answer_kind(texts[i].kind);
        const struct answer_value nothing = {NULL, 0};
        assert_string_equal(kind->text(&a->question, &a->value, "nl", s->tr[LANG_NL], s->arena),
                            texts[i].nl);
        assert_string_equal(kind->text(&a->question, &a->value, "en", s->tr[LANG_EN], s->arena),
                            texts[i].en);
        assert_string_equal(kind->text(&a->question, &nothing, "nl", s->tr[LANG_NL], s->arena), "");
    }
}

static void a_method_hears_what_a_kind_needs(void **state UNUSED)
{
    static const struct question_option two[] = {{.id = "a"}, {.id = "b"}};
    static const struct question_option unknown[] = {{.id = "a"}, {.id = "unknown"}, {.id = "b"}};
    const struct question bad[] = {
        {.kind = "short", .most = 10001},
        {.kind = "text", .most = 10001},
        {.kind = "words", .most = 41},
        {.kind = "faces"},
        {.kind = "faces", .number = 4},
        {.kind = "faces", .number = 3, .options = two, .option_count = 2},
        {.kind = "faces", .number = 3, .options = unknown, .option_count = 3},
        {.kind = "choice", .options = two, .option_count = 1},
        {.kind = "many"},
        {.kind = "scale", .number = 5},
        {.kind = "scale", .number = 1},
        {.kind = "scale", .number = 11},
        {.kind = "cards", .options = two, .option_count = 2},
        {.kind = "cards"},
        {.kind = "roles"},
        {.kind = "lists"},
        {.kind = "certainty"},
        {.kind = "certainty", .number = 41},
        {.kind = "goal", .options = two, .option_count = 2},
        {.kind = "sharing", .options = two, .option_count = 2},
    };
    for (size_t i = 0; i < ARRAY_LEN(bad); i++)
        assert_non_null(answer_method_kinds.fits(&bad[i]));
    assert_null(answer_method_kinds.fits(
        &(struct question){.kind = "need", .options = two, .option_count = 2}));
}

/* --- single kinds --------------------------------------------------------------------------------
 */

static void texts_are_tidied_not_changed(void **state)
{
    struct sink *s = *state;
    assert_string_equal(cleaned(s, "short", "", "  a\tb\r\nc  "), "a b  c");
    assert_string_equal(cleaned(s, "text", "", "\n\n  a\r\nb\rc\x01 d \n\n"), "  a\nb\nc  d");
    assert_string_equal(cleaned(s, "text", "", " \n\t "), "");
    assert_string_equal(cleaned(s, "words", "", "a b, c ;; d\ne,"), "a b\nc\nd\ne");
    assert_string_equal(cleaned(s, "lists", "plus", " a, b \r\n\r\n c"), "a, b\nc");
    assert_refused(s, "words", "", "1,2,3,4,5,6,7,8,9,10,11,12,13");
    assert_string_equal(cleaned(s, "words", "", "1,2,3,4,5,6,7,8,9,10,11,12"),
                        "1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12");
}

static void limits_are_kept_to_the_letter(void **state)
{
    struct sink *s = *state;
    static const struct {
        const char *kind, *part;
        size_t most;
    } limits[] = {{"short", "", 200},
                  {"text", "", 4000},
                  {"words", "", 60},
                  {"roles", "me", 1000},
                  {"lists", "plus", 200},
                  {"summary", "", 4000},
                  {"summary", "correction", 2000},
                  {"tops-tips", "tops", 2000},
                  {"certainty", "4.item", 80},
                  {"drawing", "text", 500},
                  {"file", "text", 500},
                  {"listened", "text", 500},
                  {"listening", "text", 500}};
    for (size_t i = 0; i < ARRAY_LEN(limits); i++) {
        char *text = arena_alloc(s->arena, 2 * limits[i].most + 3);
        for (size_t c = 0; c < limits[i].most; c++)
            memcpy(text + 2 * c, "é", 2);
        assert_string_equal(cleaned(s, limits[i].kind, limits[i].part, text), text);
        memcpy(text + 2 * limits[i].most, "é", 2);
        assert_refused(s, limits[i].kind, limits[i].part, text);
    }
}

static void a_question_may_set_its_own_limit(void **state)
{
    struct sink *s = *state;
    const struct question question = {.kind = "short", .most = 3};
    const struct answer_part three[] = {{"", "abc"}};
    const struct answer_part four[] = {{"", "abcd"}};
    struct answer_value clean;
    const char *error = NULL;
    assert_status(
        kind_short.check(&question, &(struct answer_value){three, 1}, s->arena, &clean, &error),
        OK);
    assert_status(
        kind_short.check(&question, &(struct answer_value){four, 1}, s->arena, &clean, &error),
        ERR_INVALID);
}

static void choices_are_of_the_question(void **state)
{
    struct sink *s = *state;
    assert_string_equal(cleaned(s, "faces", "", "unknown"), "unknown");
    assert_refused(s, "faces", "", "1"); /* this one has words of its own */
    assert_refused(s, "choice", "", "unknown");
    assert_refused(s, "many", "help", "2");
    assert_refused(s, "many", "", "help");
    assert_string_equal(cleaned(s, "many", "help", ""), "");
    assert_refused(s, "scale", "", "0");
    assert_refused(s, "scale", "", "11");
    assert_string_equal(cleaned(s, "scale", "", "10"), "10");
    assert_refused(s, "certainty", "5.item", "x");
    assert_refused(s, "certainty", "0.item", "x");
    assert_refused(s, "certainty", "01.item", "x");
    assert_refused(s, "certainty", "1.2.item", "x");
    assert_refused(s, "certainty", "1.mark", "yes");
    assert_refused(s, "certainty", "1.right", "doubt");
    assert_refused(s, "listening", "", "5");
    assert_refused(s, "listening", "", "unknown");
    assert_refused(s, "summary", "meant", "no");
    assert_refused(s, "file", "file", "../../etc");
    assert_refused(s, "file", "file-kind", "text/html");
    assert_refused(s, "goal", "", "een doel");

    const struct answer_part both[] = {{"", "walk"}, {"", "desk"}};
    const struct answer_part same[] = {{"", "walk"}, {"", "walk"}};
    struct answer_value clean;
    const char *error = NULL;
    const struct fixture_answer *way = fixture_answer_of("choice");
    assert_status(check(s, way, &(struct answer_value){both, 2}, &clean, &error), ERR_INVALID);
    assert_status(check(s, way, &(struct answer_value){same, 2}, &clean, &error), OK);
    assert_int_equal(clean.count, 1);
    assert_true(answer_chose(&clean, "walk"));
    assert_false(answer_chose(&clean, "desk"));
    assert_true(answer_chose(&fixture_answer_of("many")->value, "self"));
    assert_true(answer_chose(&fixture_answer_of("cards")->value, "free"));
}

static void cards_close_ranks(void **state)
{
    struct sink *s = *state;
    const struct answer_part parts[] = {{"free", "6"}, {"help", "2"}, {"proud", "2"}, {"self", ""}};
    struct answer_value clean;
    const char *error = NULL;
    assert_status(
        check(s, fixture_answer_of("cards"), &(struct answer_value){parts, 4}, &clean, &error), OK);
    assert_string_equal(answer_part(&clean, "help"), "1");
    assert_string_equal(answer_part(&clean, "proud"), "2");
    assert_string_equal(answer_part(&clean, "free"), "3");
    assert_int_equal(clean.count, 3);
    assert_refused(s, "cards", "help", "7");
}

static void a_file_can_be_let_go(void **state)
{
    struct sink *s = *state;
    const struct answer_part parts[] = {{"file", "0000000000010"},
                                        {"file-kind", "image"},
                                        {"text", "mijn sommen"},
                                        {"file-away", "1"}};
    struct answer_value clean;
    const char *error = NULL;
    assert_status(
        check(s, fixture_answer_of("file"), &(struct answer_value){parts, 4}, &clean, &error), OK);
    assert_int_equal(clean.count, 1);
    assert_string_equal(answer_part(&clean, "text"), "mijn sommen");
    assert_status(check(s, fixture_answer_of("drawing"), &(struct answer_value){parts + 1, 2},
                        &clean, &error),
                  OK);
    assert_int_equal(clean.count, 1); /* a kind without a file says nothing */
}

/* --- drawings ------------------------------------------------------------------------------------
 */

static void a_drawing_is_read_as_it_was_drawn(void **state)
{
    struct sink *s = *state;
    struct drawing drawing;
    /* red thin, from (65, 2) right 3 down 1, then away to (999, 699) */
    const char *text = "BABBACjhAPnK7.AAAAAA";
    assert_status(drawing_read(text, s->arena, &drawing), OK);
    assert_int_equal(drawing.count, 2);
    const struct drawing_stroke *stroke = &drawing.strokes[0];
    assert_int_equal(stroke->colour, 1);
    assert_int_equal(stroke->width, 0);
    assert_int_equal(stroke->count, 3);
    assert_int_equal(stroke->points[0].x, 65);
    assert_int_equal(stroke->points[0].y, 2);
    assert_int_equal(stroke->points[1].x, 68);
    assert_int_equal(stroke->points[1].y, 3);
    assert_int_equal(stroke->points[2].x, 999);
    assert_int_equal(stroke->points[2].y, 699);
    assert_string_equal(drawing_path(stroke, s->arena), "M65 2l3 1l931 696");
    assert_string_equal(drawing_path(&drawing.strokes[1], s->arena), "M0 0h0");
    assert_string_equal(drawing_write(&drawing, s->arena), text);
    assert_status(drawing_read("", s->arena, &drawing), OK);
    assert_int_equal(drawing.count, 0);
}

static void what_is_no_drawing_is_refused(void **state)
{
    struct sink *s = *state;
    static const char *const bad[] = {
        "GAAAAA",                                    /* a seventh colour */
        "ADAAAA",                                    /* a fourth width */
        "AAPoAA",                                    /* x 1000 */
        "AAAAK8",                                    /* y 700 */
        "AAAAA",                                     /* half a point */
        "AA",                                        /* no point */
        "AAAAAA.",                                   /* no stroke */
        ".AAAAAA",   "AAAAAA..AAAAAA",    "AAAAAAg", /* half a step */
        "AAAAAAgA",                                  /* a step without y */
        "AAAAAAfg",                                  /* off the sheet */
        "AAAAAAAAA",                                 /* half a jump */
        "AAAAAA gg", "AAAAAA\"><script>",
    };
    struct drawing drawing;
    for (size_t i = 0; i < ARRAY_LEN(bad); i++)
        assert_status(drawing_read(bad[i], s->arena, &drawing), ERR_INVALID);

    char *text = arena_alloc(s->arena, DRAWING_TEXT_MAX + 2);
    size_t len = 0;
    for (int i = 0; i < DRAWING_STROKES_MAX; i++, len += 7)
        memcpy(text + len, "AAAAAA.", 7);
    text[len - 1] = '\0';
    assert_status(drawing_read(text, s->arena, &drawing), OK);
    memcpy(text + len - 1, ".AAAAAA", 8);
    assert_status(drawing_read(text, s->arena, &drawing), ERR_LIMIT);

    memcpy(text, "AAHgHg", 6);
    for (len = 6; len < DRAWING_TEXT_MAX; len += 2)
        memcpy(text + len, len % 4 ? "hh" : "ff", 2);
    text[DRAWING_TEXT_MAX] = '\0';
    assert_status(drawing_read(text, s->arena, &drawing), OK);
    assert_int_equal(drawing.strokes[0].count, 1 + (DRAWING_TEXT_MAX - 6) / 2);
    memcpy(text + DRAWING_TEXT_MAX, "f", 2);
    assert_status(drawing_read(text, s->arena, &drawing), ERR_LIMIT);
    assert_refused(s, "drawing", "", text);
    assert_refused(s, "drawing", "", "geen tekening");
}

static int16_t kept_between(int value, int below)
{
    return (int16_t)(value < 0 ? 0 : value >= below ? below - 1 : value);
}

/* A stroke that goes on near or jumps away. */
static struct drawing_stroke any_stroke(struct sink *s, struct random *random)
{
    size_t count = 1 + random_below(random, 20);
    struct drawing_point *points = ARENA_ARRAY(s->arena, struct drawing_point, count);
    for (size_t p = 0; p < count; p++) {
        bool near = p > 0 && random_below(random, 4) > 0;
        int dx = (int)random_below(random, 80) - 40;
        int dy = (int)random_below(random, 80) - 40;
        int x = near ? points[p - 1].x + dx : (int)random_below(random, DRAWING_WIDTH);
        int y = near ? points[p - 1].y + dy : (int)random_below(random, DRAWING_HEIGHT);
        points[p].x = kept_between(x, DRAWING_WIDTH);
        points[p].y = kept_between(y, DRAWING_HEIGHT);
    }
    return (struct drawing_stroke){(uint8_t)random_below(random, 6),
                                   (uint8_t)random_below(random, 3), points, count};
}

/* Whatever a hand draws comes back as it was, and so does what comes back. */
static void drawings_go_round(void **state)
{
    struct sink *s = *state;
    struct random random = random_seeded(7);
    for (int round = 0; round < 300; round++) {
        struct drawing_stroke strokes[4];
        struct drawing drawing = {strokes, 1 + random_below(&random, 4)}, again = {NULL, 0};
        for (size_t i = 0; i < drawing.count; i++)
            strokes[i] = any_stroke(s, &random);
        const char *text = drawing_write(&drawing, s->arena);
        assert_status(drawing_read(text, s->arena, &again), OK);
        assert_int_equal(again.count, drawing.count);
        for (size_t i = 0; i < again.count; i++) {
            struct drawing_point last = strokes[i].points[strokes[i].count - 1];
            struct drawing_point end = again.strokes[i].points[again.strokes[i].count - 1];
            assert_int_equal(end.x, last.x);
            assert_int_equal(end.y, last.y);
            assert_int_equal(again.strokes[i].colour, strokes[i].colour);
            assert_int_equal(again.strokes[i].width, strokes[i].width);
        }
        assert_string_equal(drawing_write(&again, s->arena), text);
    }
}

/* --- from a form ---------------------------------------------------------------------------------
 */

static enum status posted(struct sink *s, const char *body, struct answer_value *ret_raw)
{
    const struct http_request request = {
        .method = HTTP_POST,
        .content_type = "application/x-www-form-urlencoded",
        .body = {(const uint8_t *)body, strlen(body)},
        .arena = s->arena,
    };
    return answer_from_request(&request, s->arena, ret_raw);
}

static void fields_of_an_answer_are_taken_out_of_a_form(void **state)
{
    struct sink *s = *state;
    struct answer_value raw;
    assert_status(posted(s, "csrf=t&a=hoi+%C3%A9&version=1&a.1.mark=sure&answer=x&b=y&a.=z", &raw),
                  OK);
    assert_int_equal(raw.count, 2);
    assert_string_equal(answer_part(&raw, ""), "hoi é");
    assert_string_equal(answer_part(&raw, "1.mark"), "sure");
    assert_status(posted(s, "", &raw), OK);
    assert_int_equal(raw.count, 0);
    assert_status(posted(s, "a=%FF", &raw), ERR_INVALID);
    assert_status(posted(s, "a=x%00y", &raw), ERR_INVALID);
    assert_status(posted(s, "a.Tops=x", &raw), ERR_INVALID);
    assert_status(posted(s, "a=%2", &raw), ERR_INVALID);
    struct buf body;
    buf_init(&body, 1 << 20);
    for (int i = 0; i <= ANSWER_PARTS_MAX; i++)
        buf_printf(&body, "a.%d=x&", i);
    assert_status(posted(s, body.data, &raw), ERR_INVALID);
    buf_free(&body);
}

/* --- on the screen and on paper ------------------------------------------------------------------
 */

static const char *drawn(struct sink *s, const struct fixture_answer *a, enum band band,
                         const struct answer_value *value, const char *error, bool edit)
{
    const struct answer_kind *kind = answer_kind(a->question.kind);
    struct html html = {.out = &s->out, .arena = s->arena, .tr = s->tr[LANG_EN]};
    const struct answer_view view = {.question = &a->question,
                                     .value = value,
                                     .tr = s->tr[LANG_EN],
                                     .lang = "en",
                                     .band = band,
                                     .field_id = "q",
                                     .described_by = "who-sees",
                                     .error = error,
                                     .upload_url = "/up"};
    buf_reset(&s->out);
    (edit ? kind->edit : kind->read)(&html, &view);
    assert_false(buf_failed(&s->out));
    return s->out.data;
}

static void a_form_shows_what_was_kept_and_what_is_wrong(void **state)
{
    struct sink *s = *state;
    const struct answer_value nothing = {NULL, 0};
    for (const struct fixture_answer *a = fixture_answers; a->question.kind; a++) {
        if (answer_kind(a->question.kind)->outcome != OUTCOME_NONE) {
            assert_string_equal(drawn(s, a, BAND_8_12, &nothing, NULL, true), "");
            continue;
        }
        for (int band = BAND_4_6; band <= BAND_ADULT; band++) {
            const char *page = drawn(s, a, (enum band)band, &nothing, NULL, true);
            assert_null(strstr(page, " checked")); /* nothing is chosen beforehand */
            assert_null(strstr(page, " selected"));
            assert_null(strstr(page, "class=\"error\""));
            page = drawn(s, a, (enum band)band, &a->value, "Te <lang>", true);
            assert_non_null(strstr(page, "id=\"q_error\""));
            assert_non_null(strstr(page, "Te &lt;lang&gt;"));
            assert_non_null(strstr(page, "who-sees q_error"));
            assert_non_null(strstr(page, question_words(&a->question, BAND_8_12, "en")));
        }
        assert_non_null(strstr(drawn(s, a, BAND_8_12, &nothing, NULL, false), "Left empty"));
        assert_null(strstr(drawn(s, a, BAND_8_12, &a->value, NULL, false), "Left empty"));
    }
    const char *page = drawn(s, fixture_answer_of("text"), BAND_8_12,
                             &fixture_answer_of("text")->value, NULL, true);
    assert_non_null(strstr(page, "&lt;beter&gt; &amp; ik lachte.</textarea>"));
    page = drawn(s, fixture_answer_of("faces"), BAND_4_6, &fixture_answer_of("faces")->value, NULL,
                 true);
    assert_non_null(strstr(page, "value=\"nice\" checked"));
    page = drawn(s, fixture_answer_of("drawing"), BAND_4_6, &fixture_answer_of("drawing")->value,
                 NULL, false);
    assert_non_null(strstr(page, "<path class=\"ink1\""));
}

static enum status print(struct sink *s, struct paper_press *press, const struct fixture_answer *a,
                         const struct answer_value *value, struct bytes *ret_pdf)
{
    struct paper *paper = NULL;
    const struct paper_look look = {.tr = s->tr[LANG_NL], .title = "Proef", .band = PAPER_OLDER};
    const struct answer_view view = {.question = &a->question,
                                     .value = value,
                                     .tr = s->tr[LANG_NL],
                                     .lang = "nl",
                                     .band = BAND_8_12,
                                     .voice = VOICE_PUPIL,
                                     .who = value ? "Noor" : NULL,
                                     .arena = s->arena};
    enum status st = paper_open(s->arena, &look, &paper);
    if (st != OK)
        return st;
    answer_kind(a->question.kind)->paper(paper, &view);
    return paper_print(paper, press, ret_pdf);
}

static void every_kind_prints_blank_and_filled(void **state)
{
    struct sink *s = *state;
    struct paper_press *press = NULL;
    assert_status(paper_press_open(&press), OK);
    for (const struct fixture_answer *a = fixture_answers; a->question.kind; a++) {
        struct bytes blank = {NULL, 0}, empty = {NULL, 0}, filled = {NULL, 0};
        const struct answer_value nothing = {NULL, 0};
        assert_status(print(s, press, a, NULL, &blank), OK);
        assert_status(print(s, press, a, &nothing, &empty), OK);
        assert_status(print(s, press, a, &a->value, &filled), OK);
        assert_true(blank.len > 500);
        if (answer_kind(a->question.kind)->outcome == OUTCOME_NONE)
            assert_true(filled.len != blank.len || memcmp(filled.data, blank.data, blank.len) != 0);
        arena_reset(s->arena);
    }
    paper_press_close(press);
}

static void memory_that_runs_out_is_said(void **state)
{
    struct sink *s = *state;
    for (const struct fixture_answer *a = fixture_answers; a->question.kind; a++) {
        for (size_t nth = 1;; nth++) {
            struct answer_value clean;
            const char *error = NULL;
            arena_reset(s->arena);
            arena_fail_at(s->arena, nth);
            enum status st = check(s, a, &a->value, &clean, &error);
            if (st == OK && !arena_failed(s->arena))
                break;
            assert_status(st, ERR_NOMEM);
            assert_true(nth < 100);
        }
    }
    arena_reset(s->arena);
}

int main(void)
{
#define ONE(test) cmocka_unit_test_setup_teardown(test, open_sink, close_sink)
    const struct CMUnitTest tests[] = {
        ONE(the_table_is_whole),
        ONE(what_is_clean_stays_as_it_is),
        ONE(what_is_no_answer_of_a_kind_is_refused),
        ONE(a_text_in_two_languages),
        ONE(a_method_hears_what_a_kind_needs),
        ONE(texts_are_tidied_not_changed),
        ONE(limits_are_kept_to_the_letter),
        ONE(a_question_may_set_its_own_limit),
        ONE(choices_are_of_the_question),
        ONE(cards_close_ranks),
        ONE(a_file_can_be_let_go),
        ONE(a_drawing_is_read_as_it_was_drawn),
        ONE(what_is_no_drawing_is_refused),
        ONE(drawings_go_round),
        ONE(fields_of_an_answer_are_taken_out_of_a_form),
        ONE(a_form_shows_what_was_kept_and_what_is_wrong),
        ONE(every_kind_prints_blank_and_filled),
        ONE(memory_that_runs_out_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
