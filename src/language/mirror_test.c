#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "base/arena.h"
#include "base/str.h"
#include "base/utf8.h"
#include "language/mirror.h"

static int setup(void **state)
{
    *state = arena_new((size_t)128 << 20);
    return *state ? 0 : -1;
}

static int teardown(void **state)
{
    arena_free(*state);
    return 0;
}

static struct mirror_verdict judge(struct arena *arena, const char *turn)
{
    struct mirror_verdict verdict;
    arena_reset(arena);
    assert_int_equal(mirror_judge(arena, turn, strlen(turn), &verdict), OK);
    return verdict;
}

struct example {
    const char *turn;
    enum mirror_label label;
    const char *rule; /* NULL: any */
};

static void check_all(struct arena *arena, const struct example *examples, size_t count)
{
    size_t wrong = 0;
    for (size_t i = 0; i < count; i++) {
        struct mirror_verdict verdict = judge(arena, examples[i].turn);
        bool right = verdict.label == examples[i].label &&
                     (!examples[i].rule || str_equal(examples[i].rule, verdict.rule));
        if (!right)
            print_error("%s: %s %s, not %s %s\n", examples[i].turn,
                        mirror_label_names[verdict.label], verdict.rule,
                        mirror_label_names[examples[i].label],
                        examples[i].rule ? examples[i].rule : "");
        wrong += !right;
    }
    assert_int_equal(wrong, 0);
}

/* A turn for the rules of the decision list. */
static void every_rule_decides(void **state)
{
    static const struct example examples[] = {
        {"Hoeveel is 8 x 7?", MIRROR_SUBJECT, "L1"},
        {"Hoe schrijf je 'gezellig'?", MIRROR_SUBJECT, "L1"},
        {"In welk werelddeel ligt China?", MIRROR_SUBJECT, "L2"},
        {"Hoe ontstond het heelal?", MIRROR_SUBJECT, "L3"},
        {"Noem drie zoogdieren.", MIRROR_SUBJECT, "L6"},
        {"Hoe bewegen cyclonen?", MIRROR_SUBJECT, "L7"},
        {"Wat noem je een krukas?", MIRROR_SUBJECT, "L12"},
        {"Hoe spreek je 'chef' uit?", MIRROR_SUBJECT, "L1"},
        {"Hoelang mag 4 maal duren?", MIRROR_SUBJECT, "L15"},
        {"Waarom mocht hij niet meedoen van jou?", MIRROR_WHY, "W8"},
        {"Luiheid en gemakzucht.", MIRROR_OPINION, "M7"},
        {"Je hebt lang gefietst.", MIRROR_FEEDBACK, "F7"},
        {"Je kiest voor hem.", MIRROR_FEEDBACK, "F11"},
        {"Je snapt precies wat ik dacht.", MIRROR_ASSUMING, "N4"},
        {"Je bent vermoedelijk te vroeg opgestaan.", MIRROR_ASSUMING, "N6"},
        {"Wil je het me uitleggen of laat je het liever rusten?", MIRROR_CHOICE, "K2"},
        {"Het spookt je door het hoofd.", MIRROR_ASSUMING, "N3"},
        {"Jij slaapt onrustig.", MIRROR_ASSUMING, "N2"},
        {"Piet heeft 12 knikkers. Hoeveel houdt hij er over?", MIRROR_SUBJECT, NULL},
        {"Bedoel je dat het te snel ging?", MIRROR_PARAPHRASE, "P1"},
        {"Dus je was er gisteren ook al?", MIRROR_PARAPHRASE, "P2"},
        {"Je zegt dat je liever alleen zit.", MIRROR_PARAPHRASE, "P3"},
        {"Je bent verdrietig. Dat snap ik.", MIRROR_PARAPHRASE, "P4"},
        {"Dat was wel leuk, hè?", MIRROR_LEADING, "S1"},
        {"Heb je het niet gezien?", MIRROR_LEADING, "S5"},
        {"Hoe stom was dat feest?", MIRROR_LEADING, "S3"},
        {"Zou het niet handiger zijn als je eerst leest?", MIRROR_LEADING, "S4"},
        {"Ben je soms jaloers?", MIRROR_LEADING, "S6"},
        {"Kom je zeker te laat?", MIRROR_LEADING, "S7"},
        {"Je hebt het vast zelf gedaan?", MIRROR_LEADING, "S8"},
        {"Om welke reden ging je weg?", MIRROR_WHY, "W1"},
        {"Leg eens uit waarom je wegliep.", MIRROR_WHY, "W2"},
        {"Waarom vraag je het niet gewoon aan mij?", MIRROR_WHY, "W3"},
        {"Waarom liep je weg?", MIRROR_WHY, "W4"},
        {"Waarom niet?", MIRROR_WHY, "W5"},
        {"Waarom is papa boos?", MIRROR_OPEN, "W7"},
        {"Hoe wil je beginnen, met lezen of met rekenen?", MIRROR_CHOICE, "K0"},
        {"Wil je binnen of buiten spelen?", MIRROR_CHOICE, "K1"},
        {"Was het leuk of niet?", MIRROR_CLOSED, "G1"},
        {"Weet je nog wat we afspraken?", MIRROR_CLOSED, "G2"},
        {"Wil je even gaan zitten?", MIRROR_CLOSED, "G3"},
        {"Heb je gegeten?", MIRROR_CLOSED, "G4"},
        {"Ik vraag me af of je slaapt.", MIRROR_CLOSED, "G5"},
        {"Je gaat mee?", MIRROR_CLOSED, "G6"},
        {"Kun je vertellen wat er gebeurde?", MIRROR_OPEN, "O1"},
        {"Vertel eens over het kamp.", MIRROR_OPEN, "O2"},
        {"Zeg eens wat je ziet.", MIRROR_OPEN, "O3"},
        {"Ik ben benieuwd hoe je dat ziet.", MIRROR_OPEN, "O3"},
        {"Wat heb je gedaan?", MIRROR_OPEN, "O4"},
        {"Wat gebeurde er toen?", MIRROR_OPEN, "O5"},
        {"Wat maakt dat je zo vrolijk bent?", MIRROR_OPEN, NULL},
        {"Als je klaar bent, dan kun je bij mij komen.", MIRROR_OTHER, NULL},
        {"wat wil je gaan doen en heb je al gekeken", MIRROR_STACKED, "A2"},
        {"En toen?", MIRROR_OPEN, NULL},
        {"De meester vroeg of hij mee mocht.", MIRROR_OTHER, "R1"},
        {"Als je niet stopt, mag je niet mee.", MIRROR_OTHER, "R2"},
        {"Pak je schrift.", MIRROR_OTHER, NULL},
        {"Het is bijna tijd.", MIRROR_OTHER, "R4"},
        {"Je moet harder werken.", MIRROR_OPINION, "M1"},
        {"Het valt allemaal wel mee.", MIRROR_OPINION, "M2"},
        {"Je wilt vast naar huis.", MIRROR_ASSUMING, "N0"},
        {"Jij bent bang.", MIRROR_ASSUMING, "N5"},
        {"Het zit je dwars.", MIRROR_ASSUMING, "N1"},
        {"Ik kan me voorstellen dat het lastig is.", MIRROR_FEEDBACK, "F1"},
        {"Knap gedaan!", MIRROR_FEEDBACK, "F2"},
        {"Hoe gaat het en wat heb je gedaan?", MIRROR_STACKED, "A2"},
    };
    check_all(*state, examples, ARRAY_LEN(examples));
}

/* Turns that look like something they are not. */
static void traps_are_seen(void **state)
{
    static const struct example examples[] = {
        {"Ben je wel eens bang?", MIRROR_CLOSED, NULL},
        {"Weet je het zeker?", MIRROR_CLOSED, NULL},
        {"Met wie eet of drink je iets?", MIRROR_OPEN, NULL},
        {"Weet je of het doorgaat?", MIRROR_CLOSED, NULL},
        {"Heb je dat of iets anders gezien?", MIRROR_CLOSED, NULL},
        {"Wie klaar is, mag lezen.", MIRROR_OTHER, NULL},
        {"Hoe vaker je het doet, hoe beter het gaat.", MIRROR_OTHER, NULL},
        {"Wat fijn dat het weer zomer is.", MIRROR_OTHER, NULL},
        {"Wat heb je hard gewerkt!", MIRROR_FEEDBACK, NULL},
        {"Of je wilt of niet, we gaan.", MIRROR_OTHER, NULL},
        {"Heb je alles af, dan mag je kiezen.", MIRROR_OTHER, NULL},
        {"Is je brood op, pak dan je fruit.", MIRROR_OTHER, NULL},
        {"Wie zijn fruit op heeft, ruimt de bakjes op.", MIRROR_OTHER, NULL},
        {"Hou dat vast.", MIRROR_FEEDBACK, NULL},
        {"Is er iets dat je niet lust?", MIRROR_CLOSED, NULL},
        {"Is het gelukt om het water niet te morsen?", MIRROR_CLOSED, NULL},
        {"Heb je neefjes of nichtjes?", MIRROR_CLOSED, NULL},
        {"Heb je appels of peren gekocht?", MIRROR_CHOICE, NULL},
        {"zeg eens eerlijk heb je het gelezen", MIRROR_CLOSED, NULL},
        {"Was je in het park en heeft je moeder je gehaald?", MIRROR_STACKED, NULL},
        {"Was je in het park en kwam de juf ook?", MIRROR_STACKED, NULL},
        {"Je opmerking zette ons aan het denken.", MIRROR_FEEDBACK, NULL},
        {"Ik zie dat je de helft oversloeg en dat is slordig.", MIRROR_OPINION, NULL},
        {"Wat lukt wel en wat niet?", MIRROR_OPEN, NULL},
        {"Vertel eens, wat gebeurde er?", MIRROR_OPEN, NULL},
        {"Je vond het lastig. Klopt dat?", MIRROR_PARAPHRASE, "P4"},
        {"Dus je vond het lastig. Klopt dat?", MIRROR_PARAPHRASE, NULL},
        {"Hoe heb je dat uitgerekend?", MIRROR_OPEN, NULL},
        {"Ik moet straks weg.", MIRROR_OTHER, NULL},
        {"Laten we beginnen.", MIRROR_OTHER, NULL},
        {"Waarom drijft ijs?", MIRROR_SUBJECT, NULL},
        {"Dat is niet goed.", MIRROR_OPINION, NULL},
        {"Ik zie dat je boos bent.", MIRROR_PARAPHRASE, NULL},
        {"Zij zei: \"Je moet luisteren.\"", MIRROR_OTHER, NULL},
        {"K: Ik wil niet meer.", MIRROR_OTHER, NULL},
        {"", MIRROR_OTHER, NULL},
        {"?", MIRROR_OTHER, NULL},
        {"Je moet beter kijken. Wat zie je?", MIRROR_OPINION, NULL},
        {"Wat voel je in je maag?", MIRROR_OPEN, NULL},
        {"Wat gebeurt er in je darmen?", MIRROR_SUBJECT, NULL},
        {"Hoe kun je dat meten?", MIRROR_OPEN, NULL},
        {"Hoe kun je temperatuur meten?", MIRROR_SUBJECT, NULL},
        {"Wat als het morgen lukt, wat merk je dan?", MIRROR_OPEN, NULL},
        {"Hoezo, wat zei hij dan?", MIRROR_OPEN, NULL},
        {"Wat een pech, hè?", MIRROR_LEADING, "S9"},
        {"Vertel het straks maar aan je moeder.", MIRROR_OTHER, NULL},
        {"Hoe smaakte de taart?", MIRROR_OPEN, NULL},
        {"Maak de zin af: ik baal als ...", MIRROR_OPEN, NULL},
    };
    check_all(*state, examples, ARRAY_LEN(examples));
}

static void flemish_and_spelling(void **state)
{
    static const struct example examples[] = {
        {"Hebt ge da gezien?", MIRROR_CLOSED, NULL},
        {"Wa hebt ge gedaan?", MIRROR_OPEN, NULL},
        {"Ge moet nie zo roepen.", MIRROR_OPINION, NULL},
        {"wrm deed je dat", MIRROR_WHY, NULL},
        {"vindje het moelijk", MIRROR_CLOSED, NULL},
        {"je bent tog niet boos", MIRROR_ASSUMING, NULL},
    };
    check_all(*state, examples, ARRAY_LEN(examples));
}

static const char *const turns[] = {
    "Vind je rekenen moeilijk?",
    "Waarom heb je je boek niet bij je?",
    "Je vindt het toch wel leuk?",
    "Je moet beter opletten.",
    "Wat goed dat je om hulp vroeg.",
    "Zo te horen ben je geschrokken.",
    "Welk vak is leuk en waarom?",
    "Wil je lezen of rekenen?",
    "Jij bent vast moe.",
    "Hoe schrijf je 'fiets'?",
};

static struct mirror_verdict judge_changed(struct arena *arena, const char *turn,
                                           const char *format)
{
    char changed[256];
    (void)snprintf(changed, sizeof changed, format, turn);
    return judge(arena, changed);
}

static void trailing_space_quotes_and_capitals_change_nothing(void **state)
{
    for (size_t i = 0; i < ARRAY_LEN(turns); i++) {
        struct mirror_verdict plain = judge(*state, turns[i]);
        assert_int_equal(judge_changed(*state, turns[i], "%s  \t ").label, plain.label);
        assert_int_equal(judge_changed(*state, turns[i], "%s\n").label, plain.label);
        assert_int_equal(judge_changed(*state, turns[i], "  %s").label, plain.label);
        assert_int_equal(judge_changed(*state, turns[i], "\"%s\"").label, plain.label);
        assert_int_equal(judge_changed(*state, turns[i], "\u201E%s\u201D").label, plain.label);
        assert_int_equal(judge_changed(*state, turns[i], "Juf: %s").label, plain.label);
        char upper[256] = "", lower[256] = "";
        for (size_t k = 0; turns[i][k]; k++) {
            char c = turns[i][k];
            upper[k] = c >= 'a' && c <= 'z' ? (char)(c - 0x20) : c;
            lower[k] = c >= 'A' && c <= 'Z' ? (char)(c + 0x20) : c;
        }
        assert_int_equal(judge(*state, upper).label, plain.label);
        assert_int_equal(judge(*state, lower).label, plain.label);
    }
    assert_int_equal(judge(*state, "Hoe schrijf je \u2018fiets\u2019?").label, MIRROR_SUBJECT);
    assert_int_equal(judge(*state, "Hoe schrijf je \"fiets\"?").label, MIRROR_SUBJECT);
}

static void spans_are_words_of_the_text(void **state)
{
    static const char *const more[] = {"Hé, „zoë”! Je móét béter opletten, hè?",
                                       "Dát is niet slim, één keer is geen keer."};
    for (size_t i = 0; i < ARRAY_LEN(turns) + ARRAY_LEN(more); i++) {
        const char *turn = i < ARRAY_LEN(turns) ? turns[i] : more[i - ARRAY_LEN(turns)];
        struct mirror_verdict verdict = judge(*state, turn);
        assert_true(verdict.span_count > 0);
        uint32_t before = 0;
        for (size_t k = 0; k < verdict.span_count; k++) {
            struct mirror_span span = verdict.spans[k];
            assert_true(span.len > 0 && span.at >= before && span.at + span.len <= strlen(turn));
            assert_true(utf8_valid(turn + span.at, span.len));
            before = span.at + span.len;
        }
        assert_true(verdict.remark_count >= 1 && verdict.remark_count <= MIRROR_REMARKS_MAX);
    }
}

static void limits_and_faults(void **state)
{
    struct arena *arena = *state;
    struct mirror_verdict verdict;
    char *large = arena_alloc(arena, (size_t)65 * 1024);
    memset(large, 'a', (size_t)65 * 1024);
    assert_int_equal(mirror_judge(arena, large, (size_t)65 * 1024, &verdict), ERR_LIMIT);
    assert_int_equal(mirror_judge(arena, "\xC3", 1, &verdict), ERR_INVALID);
    for (size_t n = 1; n < 40; n++) {
        arena_reset(arena);
        arena_fail_at(arena, n);
        enum status st = mirror_judge(arena, turns[0], strlen(turns[0]), &verdict);
        assert_true(st == ERR_NOMEM || st == OK);
        if (n <= 5)
            assert_int_equal(st, ERR_NOMEM);
    }
    arena_fail_at(arena, 0);
    arena_reset(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(every_rule_decides, setup, teardown),
        cmocka_unit_test_setup_teardown(traps_are_seen, setup, teardown),
        cmocka_unit_test_setup_teardown(flemish_and_spelling, setup, teardown),
        cmocka_unit_test_setup_teardown(trailing_space_quotes_and_capitals_change_nothing, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(spans_are_words_of_the_text, setup, teardown),
        cmocka_unit_test_setup_teardown(limits_and_faults, setup, teardown),
    };
    return cmocka_run_group_tests_name("language_mirror", tests, NULL, NULL);
}
