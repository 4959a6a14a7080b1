/* The case of worked.h. Invented; nobody said it. */
#include "base/compiler.h"
#include "demo/worked.h"

#define SAYS(question_, voice_, text_)                                                             \
    {                                                                                              \
        .question = (question_), .voice = (voice_), .parts = { {"", (text_)} }                     \
    }

/* First: from a worry to one goal, and to what nobody knows yet. */
static const struct worked_answer first[] = {
    SAYS(
        "worry", VOICE_TEACHER,
        "Bij verhaalsommen schrijft Jurre na een minuut een getal op. Hij zegt dan: ik gok het maar."),
    SAYS("earlier", VOICE_TOGETHER,
         "In september vertelde hij dat rekenen leuk is zolang het over echte dingen gaat."),
    SAYS("tried", VOICE_TEACHER,
         "Drie weken samen de vraag onderstreept en de som in eigen woorden laten vertellen."),
    SAYS("came-of-it", VOICE_TEACHER,
         "Hij vertelt nu goed wat er gevraagd wordt. Het antwoord klopt nog steeds niet vaker."),
    SAYS("pupil-says", VOICE_TEACHER, "„Ik snap het wel, maar dan komt het rekenen.”"),
    SAYS("goes-well", VOICE_TOGETHER,
         "Hij meet en tekent nauwkeurig. Sommen met optellen en aftrekken zijn bijna altijd goed."),
    SAYS("kind-of-goal", VOICE_TOGETHER, "learning"),
    SAYS("works-already", VOICE_TEACHER,
         "Verhaalsommen met plus en min. Het hapert zodra er iets keer iets in zit."),
    SAYS("example", VOICE_TEACHER, "Zeven dozen met acht potten verf: hoeveel potten zijn dat?"),
    SAYS("view", VOICE_TOGETHER, "unknown"),
    SAYS("find-out", VOICE_TOGETHER,
         "Wat doet Jurre tussen het lezen van de vraag en het opschrijven van zijn antwoord?"),
    SAYS("background", VOICE_TOGETHER, "Niets nodig. Dit gaat over wat hij doet met een som."),
    SAYS("who-else", VOICE_TOGETHER, "Jurre zelf, als eerste."),
    SAYS("own-ideas", VOICE_TEACHER, "Naast hem gaan zitten en hem drie sommen hardop laten doen."),
    SAYS("chosen", VOICE_TEACHER, "Het leergesprek. Ik wil het zien voor ik weer iets bedenk."),
    SAYS("tell-pupil", VOICE_TOGETHER,
         "Marit vertelt Jurre dat we over rekenen praatten, en dat zij wil zien hoe hij denkt."),
};

/* In between: the pupil shows what he does. */
static const struct worked_answer between[] = {
    SAYS("signal", VOICE_TEACHER,
         "Ik zie dat jij goed vertelt wat een som vraagt. Ik ben benieuwd wat je daarna doet."),
    SAYS("experience", VOICE_PUPIL,
         "Ik vind het stom dat ik dan lang moet tellen. De rest is al klaar."),
    SAYS(
        "show-me", VOICE_PUPIL,
        "Zeven keer acht. Ik weet vijf keer acht, dat is veertig. Dan tel ik er op mijn vingers acht bij, "
        "en nog een keer. Soms ben ik kwijt hoe vaak."),
    SAYS("works-until", VOICE_TOGETHER,
         "De vraag begrijpen en de keersom kiezen lukt. Het stopt bij het uitrekenen."),
    {.question = "found",
     .voice = VOICE_TEACHER,
     .parts = {{"facts",
                "De tafels van 2, 3, 5 en 10 zitten vast. Die van 6, 7, 8 en 9 telt hij door."},
               {"procedures", "Kiest zelf de goede bewerking."},
               {"metacognition", "Merkt dat hij de tel kwijt is, en gokt dan."}}},
    SAYS(
        "gap", VOICE_TOGETHER,
        "De tafels van 6 tot en met 9 gaan nog niet vanzelf. Daardoor is de aandacht op voor de som klaar is."),
    SAYS("what-helps", VOICE_PUPIL, "Kort oefenen, en dan met kaartjes. Niet voor de hele klas."),
    SAYS("tried", VOICE_TEACHER,
         "Van 7 × 8 eerst 7 × 4 en dan het dubbele. Daarna zelf 6 × 8 op die manier."),
    SAYS("why-so", VOICE_PUPIL, "Verdubbelen kan ik al, dus dan hoef ik niet te tellen."),
    SAYS("alone", VOICE_PUPIL, "Acht rijen met zes stoelen. Dat was 48, en het ging best snel."),
    SAYS("on-track", VOICE_TOGETHER, "on-track"),
};

/* After: the discussion goes on with what was found, and more pupils can join. */
static const struct worked_answer after[] = {
    SAYS(
        "worry", VOICE_TEACHER,
        "Het zijn niet de verhalen. De tafels van 6 tot en met 9 gaan bij Jurre nog niet vanzelf."),
    SAYS("earlier", VOICE_TOGETHER,
         "Het leergesprek van Marit met Jurre: zie het gesprek hiervoor."),
    SAYS("pupil-says", VOICE_TEACHER, "„Verdubbelen kan ik al, dus dan hoef ik niet te tellen.”"),
    SAYS("kind-of-goal", VOICE_TOGETHER, "learning"),
    SAYS("works-already", VOICE_TEACHER,
         "De makkelijke tafels, en verdubbelen. Dat is een goede trap."),
    SAYS("example", VOICE_TEACHER, "7 × 8 binnen drie tellen, zonder vingers."),
    SAYS("view", VOICE_TOGETHER, "known"),
    SAYS("strategy", VOICE_TEACHER,
         "Hij telt door vanaf vijf keer, op de vingers, en verliest de tel."),
    SAYS("who-else", VOICE_TOGETHER,
         "Nog drie leerlingen uit de groep tellen door. Zij kunnen met de training meedoen."),
    SAYS("own-ideas", VOICE_TEACHER,
         "Elke dag tien minuten oefenen aan de ronde tafel, met kaartjes."),
    SAYS("added-ideas", VOICE_OTHER, "Laat ze zelf bijhouden welke kaartjes al vanzelf gaan."),
    SAYS("chosen", VOICE_TEACHER,
         "De training met vier leerlingen. Dat past voor het buitenspelen."),
    {.question = "sub-goals",
     .voice = VOICE_TOGETHER,
     .parts = {{"first", "De tafels van 6 en 8, via verdubbelen"},
               {"then", "De tafels van 7 en 9"}}},
    SAYS("learned", VOICE_TEACHER,
         "Jurre kon precies vertellen wat hij deed. Dat had ik eerder kunnen vragen."),
    SAYS("helped", VOICE_TEACHER, "Kijken en vragen voor ik iets bedenk. Dat houd ik erin."),
    SAYS("tell-pupil", VOICE_TOGETHER,
         "Marit vraagt de vier leerlingen of ze willen. Zij vertelt het ook thuis."),
};

const struct worked_scene worked_scenes[] = {
    {.method = "l",
     .with = WORKED_COORDINATOR,
     .school_days_ago = 20,
     .look_days = 12,
     .answers = first,
     .answer_count = ARRAY_LEN(first),
     .promise_question = "learning-talk",
     .promises = {{WORKED_TEACHER,
                   "Ik voer deze week een leergesprek met Jurre, met drie sommen op tafel."}}},
    {.method = "d",
     .school_days_ago = 17,
     .look_days = 7,
     .answers = between,
     .answer_count = ARRAY_LEN(between),
     .promise_question = "practice",
     .promises = {{WORKED_PUPIL, "Ik oefen elke dag vijf kaartjes van de tafel van 8."},
                  {WORKED_TEACHER, "Ik maak de kaartjes vandaag voor je."}}},
    {.method = "l",
     .with = WORKED_COORDINATOR,
     .school_days_ago = 12,
     .look_days = 21,
     .answers = after,
     .answer_count = ARRAY_LEN(after),
     .goal_question = "goal",
     .now = "Jurre weet de tafels van 2, 3, 5 en 10 vanzelf, en kan verdubbelen.",
     .soon =
         "Jurre zegt bij acht van de tien sommen uit de tafels van 6 tot en met 9 binnen drie tellen "
         "het antwoord.",
     .notice = "Bij verhaalsommen telt hij niet meer op zijn vingers.",
     .promise_question = "measures",
     .promises = {{WORKED_TEACHER, "Ik geef vier leerlingen elke dag tien minuten tafeltraining."},
                  {WORKED_COORDINATOR,
                   "Ik zoek een spel voor de tafels en leg het maandag klaar."}}},
};
const size_t worked_scene_count = ARRAY_LEN(worked_scenes);
