#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "base/arena.h"
#include "base/str.h"
#include "language/mirror.h"

static int setup(void **state)
{
    *state = arena_new((size_t)16 << 20);
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
    assert_int_equal(mirror_judge(arena, turn, strlen(turn), &verdict), OK);
    return verdict;
}

static void rewrites_by_pattern(void **state)
{
    static const struct {
        const char *turn, *first, *second; /* NULL: none */
    } cases[] = {
        {"Vind je rekenen moeilijk?", "Hoe gaat rekenen bij jou?",
         "Vertel eens, wat maakt rekenen moeilijk voor je?"},
        {"Vind je de tekst leuk?", "Wat vind je van de tekst?", NULL},
        {"Vind je het leuk?", "Wat vind je ervan?", NULL},
        {"Ben je boos?", "Hoe voel je je?", NULL},
        {"Heb je de opdracht al gemaakt?", "Hoe is het gegaan met de opdracht?", NULL},
        {"Heb je moeite met de breuken?", "Wat gaat goed bij de breuken, en wat nog niet?", NULL},
        {"Heb je hulp nodig?", "Wat heb je nodig?", "Hoe kan ik je helpen?"},
        {"Snap je de opdracht?", "Hoe zou je de opdracht in je eigen woorden uitleggen?", NULL},
        {"Weet je nog wat je deed?", "Wat deed je?", NULL},
        {"Weet je wat je gedaan hebt?", "Wat heb je gedaan?", NULL},
        {"Is er iets?", "Hoe gaat het met je?", "Vertel eens, wat houdt je bezig?"},
        {"Wil je lezen of rekenen?", "Hoe zou jij het willen doen?", NULL},
        {"Waar heb je het gezien, thuis of op school?", "Waar heb je het gezien?", NULL},
        {"Wat heb je gedaan en met wie?", "Wat heb je gedaan?", NULL},
        {"Waarom heb je je boek niet bij je?", "Hoe komt het dat je je boek niet bij je hebt?",
         "Wat maakt dat je je boek niet bij je hebt?"},
        {"Waarom ruim je niet op?", "Hoe komt het dat je niet opruimt?",
         "Wat maakt dat je niet opruimt?"},
        {"Waarom ben je zo laat begonnen?", "Hoe komt het dat je laat bent begonnen?",
         "Wat maakte dat je laat bent begonnen?"},
        {"Waarom wil je stoppen met voetbal?", "Hoe komt het dat je wilt stoppen met voetbal?",
         "Wat maakt dat je wilt stoppen met voetbal?"},
        {"Waarom was je er niet?", "Hoe komt het dat je er niet was?",
         "Wat maakte dat je er niet was?"},
        {"Waarom liep je nou weer weg?", "Hoe komt het dat je wegliep?",
         "Wat maakte dat je wegliep?"},
        {"Waarom vind je gym stom?", "Wat maakt gym stom voor jou?", NULL},
        {"Waarom vraag je niet om hulp?", "Wat heb je al geprobeerd?", "Wat zou je kunnen doen?"},
        {"Hoezo?", "Vertel daar eens wat meer over.", NULL},
        {"Zou je niet liever binnen blijven?", "Wat zou jij willen doen?", NULL},
        {"Je hebt het vast wel geoefend?", "Hoe is het gegaan?", "Wat is er gebeurd?"},
        {"Wat vind je zo stom aan die groep?", "Wat vind je van die groep?", NULL},
        {"Jij bent vast bang.", "Hoe voel je je nu?", "Wat gaat er in je om?"},
        {"Je moet beter opletten.", "Wat zou jou helpen om beter op te letten?",
         "Wat heb je zelf al bedacht?"},
        {"Als ik jou was, ging ik slapen.", "Wat heb je zelf al bedacht?", NULL},
        {"Dat is geen goed idee.", "Hoe kijk je hier zelf op terug?", NULL},
        {"Dat valt wel mee.", "Hoe was dat voor jou?", NULL},
        {"Je zegt dat het druk was.", "Je zegt dat het druk was. Klopt dat?", NULL},
        /* The order of words: what closes the clause, and what hangs on it. */
        {"Waarom gooide je de beker om?", "Hoe komt het dat je de beker omgooide?", NULL},
        {"Waarom was je er bang voor?", "Hoe komt het dat je er bang voor was?", NULL},
        {"Waarom kwam je niet opdagen?", "Hoe komt het dat je niet kwam opdagen?", NULL},
        {"Waarom wil je later kok worden?", "Hoe komt het dat je later kok wilt worden?", NULL},
        {"Waarom zit je te gapen?", "Hoe komt het dat je zit te gapen?", NULL},
        {"Waarom laat je je tas slingeren?", "Hoe komt het dat je je tas laat slingeren?", NULL},
        {"Waarom heb je haar niet laten praten?",
         "Hoe komt het dat je haar niet hebt laten praten?", NULL},
        {"Waarom teken je altijd paarden?", "Hoe komt het dat je paarden tekent?",
         "Wat maakt dat je paarden tekent?"},
        {"Waarom noem je hem zo?", "Hoe komt het dat je hem zo noemt?", NULL},
        {"Waarom doe je niet mee?", "Hoe komt het dat je niet meedoet?", NULL},
        {"Je moet je beter voorbereiden.", "Wat zou jou helpen om je beter voor te bereiden?",
         NULL},
        {"Je moet op tijd beginnen met leren.",
         "Wat zou jou helpen om op tijd te beginnen met leren?", NULL},
        /* Not the contrary, and not half of it. */
        {"Je moet niet zo roepen.", "Wat heb je zelf al bedacht?", NULL},
        {"Waarom vertrouw je hem wel en mij niet?", "Vertel daar eens wat meer over.", NULL},
        /* What is asked is what happened, what was felt, or neither. */
        {"Hoe boos was je daarover?", "Hoe was dat voor jou?", NULL},
        {"Wat heb je nu weer gedaan?", "Wat is er gebeurd?", NULL},
        {"Hoe vaak moet ik het nog zeggen?", "Hoe kijk jij daarnaar?", NULL},
        {"Lukt het met je veters?", "Wat lukt je al met je veters?", NULL},
        {"Was het de wind of de hond?", "Hoe zat dat volgens jou?", NULL},
        /* The check stands behind what was given back, not behind the announcement. */
        {"Ik hoor dat je moe bent. We stoppen zo.",
         "Ik hoor dat je moe bent. Klopt dat? We stoppen zo.", NULL},
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct mirror_verdict verdict = judge(*state, cases[i].turn);
        if (verdict.rewrite_count == 0 || !str_equal(verdict.rewrites[0], cases[i].first))
            fail_msg("%s -> %s", cases[i].turn,
                     verdict.rewrite_count ? verdict.rewrites[0] : "nothing");
        if (cases[i].second) {
            assert_true(verdict.rewrite_count > 1);
            assert_string_equal(verdict.rewrites[1], cases[i].second);
        }
    }
}

static void refuses_where_it_must(void **state)
{
    static const char *const turns[] = {
        "Wat heb je gedaan?",                   /* open already */
        "Goed gedaan!",                         /* feedback */
        "Hoeveel is 6 x 4?",                    /* a lesson */
        "Mag ik meekijken?",                    /* permission */
        "Zullen we beginnen?",                  /* a proposal */
        "Heb je pijn?",                         /* safety */
        "Gaat het?",                            /* safety */
        "Vinden je ouders dat goed?",           /* about somebody else */
        "Wil je even gaan zitten?",             /* an instruction */
        "Pak je schrift.",                      /* nothing to ask */
        "Dus het was druk. Klopt dat?",         /* checked already */
        "Je ziet dat het druk was, klopt da",   /* so is this */
        "Je bent bang. Dat snap ik.",           /* acknowledged already */
        "Kan ik helpen? Met wie?",              /* what is left says too little alone */
        "Vind je \"oom Jan\" moeilijk?",        /* a quotation */
        "Slaat je vader jou wel eens?",         /* harm */
        "Je zei dat je dood wil. Meen je dat?", /* harm */
    };
    for (size_t i = 0; i < ARRAY_LEN(turns); i++)
        if (judge(*state, turns[i]).rewrite_count)
            fail_msg("%s -> %s", turns[i], judge(*state, turns[i]).rewrites[0]);
    assert_true(judge(*state, "Slaat je vader jou wel eens?").harm);
    assert_true(
        judge(*state, "Ben je bang om naar huis te gaan, is het thuis niet veilig thuis?").harm);
    assert_false(judge(*state, "Sla je boek open.").harm);
}

/* What is offered is open (or gives back), and has nothing left to rewrite. */
static void a_rewrite_is_stable(void **state)
{
    static const char *const turns[] = {
        "Vind je de toets moeilijk?", "Waarom huil je?",          "Je moet op tijd komen.",
        "Ben je moe of verdrietig?",  "Jij wilt vast naar huis.", "Je zegt dat het druk was.",
        "Lukt het rekenen al?",       "Wat deed je en waarom?",   "Hoe stom was de les?",
    };
    for (size_t i = 0; i < ARRAY_LEN(turns); i++) {
        struct mirror_verdict verdict = judge(*state, turns[i]);
        assert_true(verdict.rewrite_count > 0);
        for (size_t k = 0; k < verdict.rewrite_count; k++) {
            struct mirror_verdict again = judge(*state, verdict.rewrites[k]);
            assert_true(again.label == MIRROR_OPEN || again.label == MIRROR_PARAPHRASE);
            assert_int_equal(again.rewrite_count, 0);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(rewrites_by_pattern, setup, teardown),
        cmocka_unit_test_setup_teardown(refuses_where_it_must, setup, teardown),
        cmocka_unit_test_setup_teardown(a_rewrite_is_stable, setup, teardown),
    };
    return cmocka_run_group_tests_name("language_rewrite", tests, NULL, NULL);
}
