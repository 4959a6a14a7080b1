#include "language/sharpen.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/compiler.h"
#include "base/str.h"
#include "base/utf8.h"
#include "language/score.h"
#include "language/sharpen_talk.h"

#define FILE_MAX ((size_t)1024 * 1024)
#define ARENA_MAX ((size_t)16 * 1024 * 1024)

static int setup(void **state)
{
    *state = arena_new(ARENA_MAX);
    return *state ? 0 : -1;
}

static int teardown(void **state)
{
    arena_free(*state);
    return 0;
}

static struct sharpen read_text(struct arena *arena, const char *text)
{
    struct sharpen sharpen;
    assert_int_equal(sharpen_read(arena, text, strlen(text), &sharpen), OK);
    return sharpen;
}

/* "verb criterion context time" as four digits. */
static const char *flags_of(const struct sharpen *sharpen, char to[5])
{
    for (size_t i = 0; i < SHARPEN_FLAG_COUNT; i++)
        to[i] = sharpen->has[i] ? '1' : '0';
    to[4] = '\0';
    return to;
}

struct expected {
    const char *text, *label, *flags;
};

static void check_all(struct arena *arena, const struct expected *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        char flags[5];
        arena_reset(arena);
        struct sharpen sharpen = read_text(arena, rows[i].text);
        if (!str_equal(sharpen_label_name(sharpen.label), rows[i].label) ||
            !str_equal(flags_of(&sharpen, flags), rows[i].flags))
            fail_msg("%s: %s %s, not %s %s", rows[i].text, sharpen_label_name(sharpen.label),
                     flags_of(&sharpen, flags), rows[i].label, rows[i].flags);
    }
}

static void test_kinds(void **state)
{
    static const struct expected rows[] = {
        {"Volgens de psycholoog heeft ze autisme.", "label", "0000"},
        {"Er is een vermoeden van dyscalculie", "label", "0000"},
        {"Heeft het syndroom van Down.", "label", "0000"},
        {"Een echte zorgleerling.", "label", "0000"},
        {"Zit op AVI M5.", "score", "0000"},
        {"Haalde een 4,2 voor haar repetitie Frans", "score", "0000"},
        {"Scoort in het laagste kwartiel.", "score", "0000"},
        {"Heeft veel sturing nodig.", "behoefte", "0000"},
        {"Is gebaat bij een dagritme", "behoefte", "0000"},
        {"Zonder hulp komt hij nergens.", "behoefte", "0000"},
        {"Werkwoordspelling lukt niet.", "vak", "0000"},
        {"heeft moeite met klokkijken", "vak", "0000"},
        {"is motorisch zwak", "vak", "0000"},
        {"Roept door de klas.", "gedrag", "0000"},
        {"heeft moeite met plannen", "gedrag", "0000"},
        {"Werkt slordig bij rekenen.", "gedrag", "0000"},
        {"Is snel boos.", "eigenschap", "0000"},
        {"heeft geen interesse in rekenen", "eigenschap", "0000"},
        {"Vindt lezen saai.", "eigenschap", "0000"},
    };
    check_all(*state, rows, ARRAY_LEN(rows));
}

/* label > score > behoefte > head, as LABELS.md has it. */
static void test_order_of_kinds(void **state)
{
    static const struct expected rows[] = {
        {"Heeft dyslexie en scoort een E op de DMT.", "label", "0000"},
        {"Scoort een E en heeft extra uitleg nodig.", "score", "0000"},
        {"Heeft extra uitleg nodig bij spelling.", "behoefte", "0000"},
    };
    check_all(*state, rows, ARRAY_LEN(rows));
}

static void test_vague_goals(void **state)
{
    static const struct expected rows[] = {
        {"Beter worden in spelling.", "vak", "0000"},
        {"Meer zelfvertrouwen krijgen", "eigenschap", "0000"},
        {"Zich beter concentreren", "gedrag", "0000"},
        {"kunnen samenwerken", "gedrag", "0000"},
        {"optellen en aftrekken tot 20", "vak", "0000"},
        {"Voor de zomervakantie is haar werkhouding beter.", "gedrag", "0001"},
        {"De leerlingen leren over de Middeleeuwen.", "vak", "0000"},
    };
    check_all(*state, rows, ARRAY_LEN(rows));
}

static void test_flags(void **state)
{
    static const struct expected rows[] = {
        {"Leest hardop voor.", "deels", "1000"},
        {"Leest elke dag een kwartier.", "deels", "1100"},
        {"Ruimt na het werken zijn tafel op.", "deels", "1010"},
        {"Over zes weken schrijft hij zijn naam.", "deels", "1001"},
        {"Over zes weken schrijft Sam in zijn schrift tien woorden zonder fouten.", "smart",
         "1111"},
        {"Eind groep 3 kent ze alle letters.", "deels", "0101"},
        {"Maakt 8 van de 10 sommen goed", "deels", "1100"},
        {"Maakt 80% van de sommen goed", "deels", "1100"},
        {"Zegt het als hij iets niet snapt.", "deels", "1010"},
    };
    check_all(*state, rows, ARRAY_LEN(rows));
}

/* What looks like a part and is none, or another one. */
static void test_traps(void **state)
{
    static const struct expected rows[] = {
        /* a duration is a measure, a deadline is a time */
        {"Werkt tien minuten door.", "deels", "1100"},
        {"Begint binnen een minuut.", "deels", "1100"},
        {"Over tien weken leest ze een tekst.", "deels", "1001"},
        /* a range of content is neither */
        {"Kan tellen tot 100.", "deels", "1000"},
        {"Rekent sommen tot en met 20 uit.", "deels", "1000"},
        /* "voor" in front of, and before */
        {"Vertelt voor de klas over zijn boek.", "deels", "1010"},
        {"Voor de kerstvakantie vertelt hij over zijn boek.", "deels", "1001"},
        /* after the holidays is a time, after the lesson a moment */
        {"Na de zomervakantie strikt hij zijn veters.", "deels", "1001"},
        {"Na de les ruimt hij zijn spullen op.", "deels", "1010"},
        /* "zelfstandig" alone says nothing about where */
        {"Maakt zelfstandig zijn taak af.", "deels", "1000"},
        /* "een" is no number, "één" is */
        {"Leest een boek.", "deels", "1000"},
        {"Leest één boek per week.", "deels", "1100"},
        /* all there are is no measure */
        {"Noemt de zes werelddelen.", "deels", "1000"},
        /* no place in "op tijd" */
        {"Levert haar werkstuk op tijd in.", "deels", "1000"},
        /* less of something unwanted is a goal too */
        {"Roept hooguit twee keer per les door de klas.", "deels", "1100"},
        /* verbs in a clause that hangs on another */
        {"Heeft iemand nodig die naast hem zit.", "behoefte", "0000"},
        /* words between quotation marks are not judged */
        {"Zegt 'ik ben moe' als hij moe is.", "deels", "1010"},
    };
    check_all(*state, rows, ARRAY_LEN(rows));
}

static void test_proposals(void **state)
{
    static const struct {
        const char *text, *proposal;
    } rows[] = {
        {"een rustig plekje zoekt als de groep zelfstandig werkt",
         "… zoekt de leerling een rustig plekje als de groep zelfstandig werkt, …."},
        {"de som in stapjes opschrijft", "… schrijft de leerling … de som in stapjes op, …."},
        {"Ik wil dat Sara haar jas zelf ophangt", "… hangt Sara … haar jas zelf op, …."},
        {"zelf om hulp vragen", "… kan de leerling … zelf om hulp vragen, …."},
        {"Hij maakt voor de kerstvakantie 8 van de 10 sommen goed.",
         "Voor de kerstvakantie maakt hij … 8 van de 10 sommen goed."},
        {"De leerlingen kunnen kansen berekenen.", "… kunnen de leerlingen … kansen berekenen, …."},
        {"de leerling leert sommen uit te voeren van het type '34-19='",
         "… leert de leerling … sommen uit te voeren van het type '34-19=', …."},
        {"Over zes weken leest ze in de kring een gedicht zonder fouten voor.",
         "Over zes weken leest ze in de kring een gedicht zonder fouten voor."},
        {"Eind groep 3 kent ze alle letters.", "Eind groep 3 … ze … alle letters."},
        {"moeite met rekenen", "… de leerling …, …."},
        {"Over vier weken blijft Anouk op haar plek en werkt door",
         "Over vier weken blijft Anouk op haar plek en werkt door, …."},
        {"Sem steekt zijn vinger op en wacht op zijn beurt",
         "… steekt Sem … zijn vinger op en wacht op zijn beurt, …."},
        {"Ik wil dat Anouk op haar plek blijft en doorwerkt", "… Anouk …, …."},
        {"Als Lina iets niet snapt, steekt ze haar vinger op",
         "Als Lina iets niet snapt, steekt ze … haar vinger op, …."},
        {"Leest 60 woorden per minuut voor eind groep 5",
         "Voor eind groep 5 leest de leerling 60 woorden per minuut."},
        {"De groep ruimt binnen vijf minuten op", "… ruimt de groep … binnen vijf minuten op."},
        {"Sara en Noa ruimen binnen vijf minuten op",
         "… ruimen Sara en Noa … binnen vijf minuten op."},
        {"Het lukt Adam om vijf minuten te wachten", "… Adam …, …."},
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        arena_reset(*state);
        struct sharpen sharpen = read_text(*state, rows[i].text);
        assert_string_equal(sharpen.proposal, rows[i].proposal);
    }
}

/* Every word of a proposal was typed, but for the few that glue. */
static void check_nothing_invented(const char *text, const char *proposal)
{
    static const char *const ours[] = {"kan", "de", "leerling"};
    char *lower = strdup(text), *copy = strdup(proposal), *rest = copy;
    for (char *c = lower; *c; c++)
        *c = (char)tolower((unsigned char)*c);
    for (char *c = copy; *c; c++)
        *c = (char)tolower((unsigned char)*c);
    for (char *word; (word = strtok_r(rest, " .,;:!?()\"'", &rest));) {
        bool known = strstr(word, "…") || strstr(lower, word);
        for (size_t i = 0; i < ARRAY_LEN(ours); i++)
            known = known || str_equal(word, ours[i]);
        if (!known)
            fail_msg("%s: %s in %s", text, word, proposal);
    }
    free(lower);
    free(copy);
}

static const char *source_path(struct arena *arena, const char *path)
{
    const char *root = getenv("WEERKLANK_SOURCE");
    return arena_printf(arena, "%s/%s", root ? root : ".", path);
}

/* The whole file, or NULL when it is not there. */
static char *read_file(struct arena *arena, const char *path, size_t *ret_len)
{
    FILE *file = fopen(path, "rb");
    if (!file)
        return NULL;
    char *text = arena_alloc(arena, FILE_MAX);
    assert_non_null(text);
    *ret_len = fread(text, 1, FILE_MAX - 1, file);
    assert_true(feof(file));
    fclose(file);
    return text;
}

struct sentences {
    struct score_table table;
    size_t text, label, also;
    size_t flags[SHARPEN_FLAG_COUNT];
};

static bool read_sentences(struct arena *arena, const char *path, struct sentences *s)
{
    size_t len;
    const char *text = read_file(arena, source_path(arena, path), &len);
    if (!text)
        return false;
    assert_int_equal(score_table_read(arena, text, len, &s->table), OK);
    assert_int_equal(score_column(&s->table, "text", &s->text), OK);
    assert_int_equal(score_column(&s->table, "label", &s->label), OK);
    assert_int_equal(score_column(&s->table, "also", &s->also), OK);
    for (size_t i = 0; i < SHARPEN_FLAG_COUNT; i++)
        assert_int_equal(
            score_column(&s->table, sharpen_flag_name((enum sharpen_flag)i), &s->flags[i]), OK);
    return true;
}

/* The bars of LANGUAGE.md on a file of labelled sentences. */
static void check_quality(struct arena *arena, const struct sentences *s)
{
    const char *names[SHARPEN_LABEL_COUNT];
    for (size_t i = 0; i < SHARPEN_LABEL_COUNT; i++)
        names[i] = sharpen_label_name((enum sharpen_label)i);
    struct score score;
    score_init(&score, names, SHARPEN_LABEL_COUNT);
    size_t right[SHARPEN_FLAG_COUNT] = {0};
    struct arena_mark mark = arena_mark(arena);
    for (size_t row = 0; row < s->table.row_count; row++) {
        arena_rewind(arena, mark);
        struct sharpen sharpen = read_text(arena, score_cell(&s->table, row, s->text));
        score_add(&score, score_cell(&s->table, row, s->label), score_cell(&s->table, row, s->also),
                  sharpen.label);
        for (size_t i = 0; i < SHARPEN_FLAG_COUNT; i++)
            right[i] += sharpen.has[i] == str_equal(score_cell(&s->table, row, s->flags[i]), "1");
    }
    assert_true(s->table.row_count > 50);
    assert_int_equal(score.unknown, 0);
    assert_true(score_accuracy(&score) >= 0.85);
    assert_true(score_macro_f1(&score) >= 0.83);
    assert_true(score_precision(&score, SHARPEN_SMART) >= 0.95);
    for (size_t i = 0; i < SHARPEN_FLAG_COUNT; i++)
        assert_true((double)right[i] / (double)s->table.row_count >= 0.90);
}

static void test_own_sentences(void **state)
{
    struct sentences s;
    assert_true(read_sentences(*state, "tests/language/goals_own.tsv", &s));
    check_quality(*state, &s);
}

static void test_sentences_of_others(void **state)
{
    struct sentences s;
    assert_true(read_sentences(*state, "tests/language/goals.tsv", &s));
    check_quality(*state, &s);
}

/* Beside the project, not in it. */
static void test_given_sentences(void **state)
{
    struct sentences s;
    if (read_sentences(*state, "../shared/data/goal-sharpener-dev.tsv", &s))
        check_quality(*state, &s);
    else
        print_message("# ../shared/data is not here: not measured\n");
}

static void check_same(const struct sharpen *a, const struct sharpen *b, const char *text)
{
    if (a->label != b->label || a->is_goal != b->is_goal ||
        memcmp(a->has, b->has, sizeof a->has) != 0)
        fail_msg("%s: %s, and then %s", text, sharpen_label_name(a->label),
                 sharpen_label_name(b->label));
}

static void check_spans(const struct sharpen *sharpen, const char *text)
{
    size_t len = strlen(text);
    for (size_t i = 0; i < sharpen->span_count; i++) {
        struct sharpen_span span = sharpen->spans[i];
        assert_true(span.len > 0 && span.at + span.len <= len);
        assert_true(utf8_valid(text + span.at, span.len));
        assert_true(span.what < (span.is_flag ? SHARPEN_FLAG_COUNT : SHARPEN_LABEL_COUNT));
    }
    for (size_t flag = 0; flag < SHARPEN_FLAG_COUNT; flag++) {
        bool shown = false;
        for (size_t i = 0; i < sharpen->span_count; i++)
            shown = shown || (sharpen->spans[i].is_flag && sharpen->spans[i].what == flag);
        assert_int_equal(shown, sharpen->has[flag]);
    }
}

static void test_properties(void **state)
{
    struct sentences s;
    assert_true(read_sentences(*state, "tests/language/goals_own.tsv", &s));
    struct arena_mark mark = arena_mark(*state);
    for (size_t row = 0; row < s.table.row_count; row++) {
        arena_rewind(*state, mark);
        const char *text = score_cell(&s.table, row, s.text);
        struct sharpen first = read_text(*state, text);
        check_spans(&first, text);
        check_nothing_invented(text, first.proposal);
        assert_true(utf8_valid(first.proposal, strlen(first.proposal)));
        if (first.label == SHARPEN_SMART)
            assert_null(strstr(first.proposal, "…"));
        struct sharpen spaced = read_text(*state, arena_printf(*state, " %s  \n", text));
        check_same(&first, &spaced, text);
        char *low = arena_strdup(*state, text), *high = arena_strdup(*state, text);
        for (size_t i = 0; text[i]; i++) {
            low[i] = (char)tolower((unsigned char)text[i]);
            high[i] = (char)toupper((unsigned char)text[i]);
        }
        struct sharpen lower = read_text(*state, low), upper = read_text(*state, high);
        check_same(&first, &lower, low);
        check_same(&first, &upper, high);
    }
}

static void test_limits(void **state)
{
    struct sharpen sharpen;
    char *longest = arena_alloc(*state, SHARPEN_MAX + 2);
    memset(longest, 'a', SHARPEN_MAX + 1);
    assert_int_equal(sharpen_read(*state, longest, SHARPEN_MAX + 1, &sharpen), ERR_LIMIT);
    assert_int_equal(sharpen_read(*state, longest, SHARPEN_MAX, &sharpen), OK);
    assert_int_equal(sharpen_read(*state, "\xff", 1, &sharpen), ERR_INVALID);
    sharpen = read_text(*state, "  ");
    assert_string_equal(sharpen.rule, "empty");
    assert_string_equal(sharpen.proposal, "");
    assert_int_equal(sharpen.certainty, SHARPEN_LOW);
}

static void test_out_of_memory(void **state)
{
    static const char text[] = "Over zes weken leest Sara in de kring tien woorden.";
    for (size_t nth = 1; nth < 20; nth++) {
        struct sharpen sharpen = {.rule = "untouched"};
        arena_reset(*state);
        arena_fail_at(*state, nth);
        enum status st = sharpen_read(*state, text, strlen(text), &sharpen);
        arena_fail_at(*state, 0);
        if (st == OK)
            return;
        assert_int_equal(st, ERR_NOMEM);
        assert_string_equal(sharpen.rule, "untouched");
    }
    fail_msg("more than twenty allocations");
}

static struct sharpen_next ask(struct arena *arena, const struct sharpen_talk *talk)
{
    struct sharpen_next next;
    assert_int_equal(sharpen_talk_next(arena, talk, &next), OK);
    return next;
}

/* From a vague remark to a goal, one answer after the other. */
static void test_talk(void **state)
{
    static const struct {
        enum sharpen_step step;
        const char *answer, *goal;
    } steps[] = {
        {SHARPEN_ASK_ACTION, "rekent uit", "… rekent Jeanine … uit, …."},
        {SHARPEN_ASK_TASK, "aftreksommen over het tiental",
         "… rekent Jeanine … aftreksommen over het tiental uit, …."},
        {SHARPEN_ASK_EXAMPLE, "34 − 19",
         "… rekent Jeanine … aftreksommen over het tiental uit (34 − 19), …."},
        {SHARPEN_ASK_AMOUNT, "8 van de 10 goed",
         "… rekent Jeanine … aftreksommen over het tiental uit (34 − 19), 8 van de 10 goed."},
        {SHARPEN_ASK_WHERE, "met de getallenlijn",
         "… rekent Jeanine met de getallenlijn aftreksommen over het tiental uit (34 − 19), "
         "8 van de 10 goed."},
        {SHARPEN_ASK_WHEN, "voor de kerstvakantie.",
         "Voor de kerstvakantie rekent Jeanine met de getallenlijn aftreksommen over het tiental "
         "uit (34 − 19), 8 van de 10 goed."},
    };
    struct sharpen_talk talk = {.remark = "heeft moeite met rekenen", .pupil = "Jeanine"};
    for (size_t i = 0; i < ARRAY_LEN(steps); i++) {
        struct sharpen_next next = ask(*state, &talk);
        assert_int_equal(next.remark.kind, SHARPEN_SUBJECT);
        assert_false(next.done);
        assert_false(next.concrete);
        assert_null(next.tip);
        assert_int_equal(next.step, steps[i].step);
        assert_non_null(next.question);
        talk.answers[steps[i].step] = steps[i].answer;
        next = ask(*state, &talk);
        assert_string_equal(next.goal, steps[i].goal);
    }
    struct sharpen_next next = ask(*state, &talk);
    assert_true(next.done);
    assert_true(next.concrete);
    struct sharpen whole = read_text(*state, next.goal);
    assert_int_equal(whole.label, SHARPEN_SMART);
}

/* A tip where an answer does not say it; skipping is always possible. */
static void test_talk_is_no_lock(void **state)
{
    struct sharpen_talk talk = {.remark = "is lui"};
    talk.answers[SHARPEN_ASK_ACTION] = "beter zijn best doen";
    struct sharpen_next next = ask(*state, &talk);
    assert_int_equal(next.step, SHARPEN_ASK_ACTION);
    assert_non_null(next.tip);
    for (size_t i = 0; i < SHARPEN_STEP_COUNT; i++)
        talk.answers[i] = "";
    next = ask(*state, &talk);
    assert_true(next.done);
    assert_false(next.concrete);
    assert_string_equal(next.goal, "… de leerling …, ….");
}

/* What a goal says already stays when its verb is replaced; answers stand in the goal. */
static void test_talk_keeps_what_was_said(void **state)
{
    struct sharpen_talk talk = {.remark = "Eind groep 3 kent ze alle letters.", .pupil = "Noor"};
    struct sharpen_next next = ask(*state, &talk);
    assert_int_equal(next.step, SHARPEN_ASK_ACTION);
    talk.answers[SHARPEN_ASK_ACTION] = "ze noemt de letter";
    talk.answers[SHARPEN_ASK_WHERE] = "bij de letterkaart";
    next = ask(*state, &talk);
    assert_true(next.done && next.concrete);
    assert_string_equal(next.goal,
                        "Eind groep 3 noemt Noor bij de letterkaart de letter, alle letters.");
    talk = (struct sharpen_talk){.remark = "druk"};
    talk.answers[SHARPEN_ASK_ACTION] = "blijft op zijn stoel zitten";
    talk.answers[SHARPEN_ASK_WHERE] = "tijdens de instructie";
    next = ask(*state, &talk);
    assert_string_equal(next.goal,
                        "… blijft de leerling tijdens de instructie op zijn stoel zitten, ….");
}

/* Of a goal only what is missing is asked. */
static void test_talk_about_goal(void **state)
{
    struct sharpen_talk talk = {.remark = "Steekt in de kring zijn vinger op."};
    struct sharpen_next next = ask(*state, &talk);
    assert_int_equal(next.step, SHARPEN_ASK_AMOUNT);
    talk.answers[SHARPEN_ASK_AMOUNT] = "minstens twee keer per dag";
    next = ask(*state, &talk);
    assert_int_equal(next.step, SHARPEN_ASK_WHEN);
    talk.answers[SHARPEN_ASK_WHEN] = "over vier weken";
    next = ask(*state, &talk);
    assert_true(next.done && next.concrete);
    assert_string_equal(next.goal, "Over vier weken steekt de leerling in de kring zijn vinger op, "
                                   "minstens twee keer per dag.");
}

static void test_texts(void **state)
{
    (void)state;
    for (size_t i = 0; i < SHARPEN_LABEL_COUNT; i++) {
        assert_true(strlen(sharpen_explanation((enum sharpen_label)i)) > 10);
        assert_true(i >= SHARPEN_KIND_COUNT || sharpen_questions((enum sharpen_label)i)[0]);
    }
    for (size_t i = 0; i < SHARPEN_FLAG_COUNT; i++)
        assert_true(strlen(sharpen_tip((enum sharpen_flag)i)) > 10 &&
                    strlen(sharpen_part_question((enum sharpen_flag)i)) > 10);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_kinds, setup, teardown),
        cmocka_unit_test_setup_teardown(test_order_of_kinds, setup, teardown),
        cmocka_unit_test_setup_teardown(test_vague_goals, setup, teardown),
        cmocka_unit_test_setup_teardown(test_flags, setup, teardown),
        cmocka_unit_test_setup_teardown(test_traps, setup, teardown),
        cmocka_unit_test_setup_teardown(test_proposals, setup, teardown),
        cmocka_unit_test_setup_teardown(test_own_sentences, setup, teardown),
        cmocka_unit_test_setup_teardown(test_sentences_of_others, setup, teardown),
        cmocka_unit_test_setup_teardown(test_given_sentences, setup, teardown),
        cmocka_unit_test_setup_teardown(test_properties, setup, teardown),
        cmocka_unit_test_setup_teardown(test_limits, setup, teardown),
        cmocka_unit_test_setup_teardown(test_out_of_memory, setup, teardown),
        cmocka_unit_test_setup_teardown(test_talk, setup, teardown),
        cmocka_unit_test_setup_teardown(test_talk_is_no_lock, setup, teardown),
        cmocka_unit_test_setup_teardown(test_talk_keeps_what_was_said, setup, teardown),
        cmocka_unit_test_setup_teardown(test_talk_about_goal, setup, teardown),
        cmocka_unit_test(test_texts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
