#include "demo/texts.h"

#include "base/compiler.h"
#include "demo/texts_tables.h"
#include "observation/observation.h"

const struct demo_texts *const demo_strengths[DEMO_AGES] = {
    [AGE_YOUNG] = &demo_strengths_young,
    [AGE_OLDER] = &demo_strengths_older,
    [AGE_TEEN] = &demo_strengths_teen,
};

const struct demo_texts *const demo_worries[DEMO_AGES] = {
    [AGE_YOUNG] = &demo_worries_young,
    [AGE_OLDER] = &demo_worries_older,
    [AGE_TEEN] = &demo_worries_teen,
};

static const char *const additions[] = {
    "Een dag later zag ik het weer.",
    "Je herkende het toen ik het je vertelde.",
    "We hebben er kort over gepraat, op de gang.",
    "Thuis zien ze het ook, hoorde ik bij het ophalen.",
    "Dit wil ik met je bespreken in ons gesprek.",
    "Een collega vertelde dat zij dit ook zag.",
    "Je vroeg of ik dit wilde opschrijven.",
};

const struct demo_texts demo_additions = {additions, ARRAY_LEN(additions)};

static const char *const notes[] = {
    "Vragen hoe het met de zieke hond is.",
    "Volgende week naast een rustig kind zetten, kijken of dat helpt bij de start.",
    "Morgen eerst zelf laten vertellen voor ik iets zeg.",
    "Bij de volgende rekenles zien of de getallenlijn helpt.",
    "Nog bedanken voor het helpen opruimen.",
    "Op het plein opletten: wie vraagt wie om mee te doen?",
    "Boek over de ruimte meenemen uit de bieb.",
    "Vrijdag kort bellen met thuis over het slapen.",
    "Kan de volgende keer de instructie in twee stappen krijgen.",
    "In het gesprek terugkomen op wat er bij gym gebeurde.",
};

const struct demo_texts demo_notes = {notes, ARRAY_LEN(notes)};

const struct demo_moment demo_showcase[DEMO_MOMENTS] = {
    {OBSERVATION_STRENGTH,
     {"Je kende na een paar dagen al alle namen van je nieuwe groepje, en sprak ze goed uit."}},
    {OBSERVATION_WORRY,
     {"Je wist bij de weektaak niet waar je moest beginnen. Na een half uur was je schrift leeg.",
      "Je wist bij de weektaak niet waar je moest beginnen. Na een half uur was je schrift nog leeg. "
      "Toen we samen een eerste taak kozen, ging je door."}},
    {OBSERVATION_STRENGTH,
     {"Je tekende bij de les over het hart een doorsnede die je zelf had bedacht. Alle kamers "
      "klopten."}},
    {OBSERVATION_WORRY,
     {"Je durfde in de kring je vraag niet te stellen. Na de les stelde je hem wel aan mij."}},
    {OBSERVATION_STRENGTH,
     {"Je stelde vandaag een vraag in de kring. Het was een goede: waarom is de maan soms overdag "
      "te zien?"}},
    {OBSERVATION_STRENGTH,
     {"Je hielp een klasgenoot die net in Nederland is met het lezen van de kaart. Je wees eerst, en "
      "zei daarna het woord."}},
    {OBSERVATION_WORRY,
     {"De breuken lopen nog niet. Je telde bij een half plus een kwart de onderste getallen op.",
      "De breuken lopen nog niet. Bij een half plus een kwart telde je de onderste getallen op.",
      "De breuken lopen nog niet. Bij een half plus een kwart telde je de onderste getallen op. Met "
      "de strook erbij zag je het zelf."}},
    {OBSERVATION_STRENGTH,
     {"Je maakte een lijstje met drie taken en streepte ze af. Je was binnen vijf minuten "
      "begonnen."}},
    {OBSERVATION_STRENGTH,
     {"Ik zie dat je bij breuken nu eerst een strook tekent. Je had negen van de tien goed."}},
    {OBSERVATION_WORRY,
     {"Je bent de laatste weken vaak moe. Je zei dat je 's avonds lang met je zusje oefent."}},
    {OBSERVATION_STRENGTH,
     {"Je hield je spreekbeurt over de zee. Je begon zacht, en bij de walvissen hoorde iedereen "
      "je.",
      "Je hield je spreekbeurt over de zee. Je begon zacht, en vanaf de walvissen hoorde iedereen je "
      "tot achter in de klas."}},
    {OBSERVATION_STRENGTH,
     {"Je plande je week zelf en liet mij het blaadje zien. Twee taken heb je verschoven, met een "
      "reden."}},
};
