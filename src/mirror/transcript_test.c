#include "mirror/transcript.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"

static struct arena *arena;

static int open_arena(void **state)
{
    (void)state;
    arena = arena_new((size_t)64 << 20);
    return arena ? 0 : -1;
}

static int close_arena(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

static struct transcript read(const char *text, const char *me, const char *pupil)
{
    struct transcript t;
    assert_int_equal(transcript_read(arena, text, strlen(text), me, pupil, &t), OK);
    return t;
}

static void says_who_speaks(void **state)
{
    (void)state;
    static const struct {
        const char *line;
        enum transcript_who who;
        const char *speaker, *text;
    } rows[] = {
        {"Juf: Hoe ging het?", TRANSCRIPT_ADULT, "Juf", "Hoe ging het?"},
        {"L: Hoe ging het?", TRANSCRIPT_ADULT, "L", "Hoe ging het?"},
        {"[00:12] Juf Tessa: Hoe ging het?", TRANSCRIPT_ADULT, "Juf Tessa", "Hoe ging het?"},
        {"10.31 IB'er: Hoe ging het?", TRANSCRIPT_ADULT, "IB'er", "Hoe ging het?"},
        {"K: Je moet stil zijn.", TRANSCRIPT_PUPIL, "K", "Je moet stil zijn."},
        {"Leerling 2: Waarom?", TRANSCRIPT_PUPIL, "Leerling 2", "Waarom?"},
        {"noor: Waarom?", TRANSCRIPT_PUPIL, "noor", "Waarom?"},
        {"NOOR: Waarom?", TRANSCRIPT_PUPIL, "NOOR", "Waarom?"},
        {"T: Waarom?", TRANSCRIPT_ADULT, "T", "Waarom?"},
        {"Xandriël: Waarom?", TRANSCRIPT_UNKNOWN, "Xandriël", "Waarom?"},
        {"S: Waarom?", TRANSCRIPT_UNKNOWN, "S", "Waarom?"},
        {"Vraag: wat wil je?", TRANSCRIPT_ADULT, "", "Vraag: wat wil je?"},
        {"Ik vroeg haar: wat wil je?", TRANSCRIPT_ADULT, "", "Ik vroeg haar: wat wil je?"},
        {"Om 10:30 gaan we.", TRANSCRIPT_ADULT, "", "Om 10:30 gaan we."},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct transcript t = read(rows[i].line, "t", "Noor");
        assert_int_equal(t.count, 1);
        assert_string_equal(t.lines[0].speaker, rows[i].speaker);
        assert_string_equal(t.lines[0].text, rows[i].text);
        assert_int_equal(t.lines[0].who, rows[i].who);
    }
}

static void a_line_without_a_speaker_goes_on(void **state)
{
    (void)state;
    struct transcript t = read("zomaar\r\nK: Het was stom.\n\n  Echt stom!\nL: Wat was er stom?\n"
                               "Vertel eens.\nZara: En nu?\nIk weet het niet.",
                               "", "");
    static const enum transcript_who who[] = {
        TRANSCRIPT_UNKNOWN, TRANSCRIPT_PUPIL,   TRANSCRIPT_PUPIL,  TRANSCRIPT_ADULT,
        TRANSCRIPT_ADULT,   TRANSCRIPT_UNKNOWN, TRANSCRIPT_UNKNOWN};
    assert_int_equal(t.count, 7);
    for (size_t i = 0; i < t.count; i++)
        assert_int_equal(t.lines[i].who, who[i]);
    assert_string_equal(t.unknown, "Zara");
}

static void only_the_adult_is_judged_and_counted(void **state)
{
    (void)state;
    struct transcript t =
        read("L: Wat vond je van de les?\nK: Waarom moet je altijd zo zeuren, hè?\n"
             "L: Je vond het zeker saai, hè?\nQ: Heb je het af?",
             "", "");
    int total = 0;
    for (int i = 0; i < MIRROR_LABELS; i++)
        total += t.counts.of[i];
    assert_int_equal(total, 2);
    assert_int_equal(t.counts.of[MIRROR_OPEN], 1);
    assert_int_equal(t.counts.of[MIRROR_LEADING], 1);
    assert_null(t.lines[1].verdict.rule);
    assert_null(t.lines[3].verdict.rule);
    int64_t sums[TRANSCRIPT_EFFECTS];
    transcript_balance(&t.counts, sums);
    assert_int_equal(sums[TRANSCRIPT_ROOM], 1);
    assert_int_equal(sums[TRANSCRIPT_NARROWS], 0);
    assert_int_equal(sums[TRANSCRIPT_STEERS], 1);
}

/* "N" is how the pupil's lines begin, although an initial may be anybody's; the pupil goes first.
 */
static void the_pupil_wins_from_me(void **state)
{
    (void)state;
    assert_int_equal(read("Juf: Waarom?", "Juf", "juf").lines[0].who, TRANSCRIPT_PUPIL);
    assert_int_equal(read("L: Waarom?", "", "L").lines[0].who, TRANSCRIPT_PUPIL);
    assert_int_equal(read("K: Waarom?", "K", "").lines[0].who, TRANSCRIPT_ADULT);
}

static void refuses_what_is_too_much(void **state)
{
    (void)state;
    struct transcript t;
    static char many[2 * (TRANSCRIPT_LINES_MAX + 1)];
    for (size_t i = 0; i < sizeof many; i += 2)
        memcpy(many + i, "a\n", 2);
    assert_int_equal(transcript_read(arena, many, sizeof many, "", "", &t), ERR_LIMIT);
    assert_int_equal(transcript_read(arena, many, sizeof many - 2, "", "", &t), OK);
    static char large[TRANSCRIPT_MAX + 1];
    memset(large, ' ', sizeof large);
    assert_int_equal(transcript_read(arena, large, sizeof large, "", "", &t), ERR_LIMIT);
    assert_int_equal(transcript_read(arena, "\xff", 1, "", "", &t), ERR_INVALID);
    assert_int_equal(read("", "", "").count, 0);
}

static void memory_may_run_out_at_any_moment(void **state)
{
    (void)state;
    static const char text[] = "L: Wat vond je ervan?\nK: Niks.\nL: Waarom niet?";
    struct transcript t;
    enum status st = ERR_NOMEM;
    for (size_t n = 1; n < 500 && st != OK; n++) {
        arena_reset(arena);
        arena_fail_at(arena, n);
        st = transcript_read(arena, text, sizeof text - 1, "", "", &t);
        assert_true(st == OK || st == ERR_NOMEM);
    }
    arena_fail_at(arena, 0);
    assert_int_equal(st, OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(says_who_speaks),
        cmocka_unit_test(a_line_without_a_speaker_goes_on),
        cmocka_unit_test(only_the_adult_is_judged_and_counted),
        cmocka_unit_test(the_pupil_wins_from_me),
        cmocka_unit_test(refuses_what_is_too_much),
        cmocka_unit_test(memory_may_run_out_at_any_moment),
    };
    return cmocka_run_group_tests(tests, open_arena, close_arena);
}
