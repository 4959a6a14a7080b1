#include "demo/texts_tables.h"

#include "base/compiler.h"

static const char *const strengths[] = {
    "Je legde bij rekenen aan je buurman uit waarom je breuken eerst gelijk maakt. Hij snapte het.",
    "Je hebt je hele weektaak op donderdag af, en je hield zelf bij wat nog moest.",
    "Ik zie dat je eerst de vraag onderstreept en dan pas gaat lezen. Acht van de tien waren goed.",
    "Je hield je spreekbeurt over vleermuizen zonder briefje. Je keek iedereen aan.",
    "In de ruzie over het voetbalveld liet je allebei de kanten hun verhaal vertellen.",
    "Je vroeg uit jezelf om hulp bij de staartdeling, op het moment dat je vastliep.",
    "Je schreef een gedicht over je opa. Je las het voor, ook al vond je het spannend.",
    "Bij het samenwerken merkte je dat er iemand niets zei. Je vroeg: wat vind jij?",
    "Je hebt deze maand drie dikke boeken uitgelezen en raadde er een aan in de klas.",
    "Je zette bij de proef alle metingen in een tabel, zonder dat het in de opdracht stond.",
    "Ik zie dat je na een fout niet meer alles uitgumt. Je zet er een streep door en gaat verder.",
    "Je nam bij gym de leiding en koos teams die even sterk waren.",
    "Je hielp een kleuter zijn verloren want te zoeken en miste daardoor bijna je eigen beurt.",
    "De tafel van zeven zit. Vandaag vier minuten achter elkaar zonder fout.",
    "Je tekende bij de verhaalsom eerst een strook. Daarna was het antwoord snel gevonden.",
    "Je hebt je fout bij het dictee zelf gevonden, met je regelkaart ernaast.",
    "Je zei tegen een klasgenoot: dat was niet eerlijk van mij, sorry. Je deed dat zelf.",
    "Je verzon bij handvaardigheid een scharnier van karton. Drie kinderen gebruikten je idee.",
    "Ik zie dat je vijf minuten na de start al aan het werk bent. Eerst duurde dat veel langer.",
    "Je stelde bij het bezoek aan het museum een vraag waar de gids lang over moest nadenken.",
    "Je las hardop voor bij het toneelstuk en gaf elke persoon een eigen stem.",
    "Bij topografie vond je zelf een manier: je maakte een verhaal langs de rivieren.",
    "Je bleef bij je mening in het gesprek over mobieltjes, en luisterde ook naar de ander.",
    "Je hebt de plantenbak elke week water gegeven, ook in de week dat je geen beurt had.",
    "Je Engelse gesprekje over de markt ging vlot. Je zocht een woord op en ging gewoon door.",
    "Je maakte een planning voor je werkstuk en bent op tijd begonnen met de bronnen.",
    "Ik hoorde dat je in de pauze een rekentruc uitlegde met steentjes. Knap bedacht.",
    "Je koos vandaag de moeilijke opgaven, terwijl je de makkelijke ook had mogen doen.",
    "Je vertelde in de kring over het feest thuis en bracht koekjes mee voor iedereen.",
    "Je deed in de muziekles de tweede stem, helemaal alleen.",
    "Je las de grafiek van het weer goed af en zag als eerste dat er een fout in stond.",
};

const struct demo_texts demo_strengths_older = {strengths, ARRAY_LEN(strengths)};

static const char *const worries[] = {
    "Je begon vandaag pas na een kwartier met je weektaak. Je wist niet waar je moest beginnen.",
    "Ik zie dat je bij verhaalsommen meteen gaat rekenen. De vraag zelf lees je vaak niet.",
    "Je zat deze week drie keer alleen in de pauze. Je zei dat je geen zin had.",
    "Bij het dictee had je veel fouten bij lange klanken. Daarvoor ging dat beter.",
    "Je werd boos tijdens het trefbal en liep weg. Na tien minuten wilde je er niet over praten.",
    "Je bent de afgelopen twee weken vier keer te laat gekomen.",
    "Je zegt vaak dat je dom bent als iets niet in één keer lukt.",
    "De tafels van zes en acht kosten je nog veel tijd. Daardoor loop je vast bij de delingen.",
    "Je liet je buurvrouw het hele werkstuk schrijven. Je zei dat zij het toch beter kan.",
    "Ik zie dat je moe bent. Je lag vandaag met je hoofd op tafel bij het lezen.",
    "Je durfde je presentatie niet te houden. We hebben hem samen in een klein groepje gedaan.",
    "In de groepsapp zijn nare dingen over je gezegd. Je vertelde het pas na het weekend.",
    "Je leest vlot, maar na een bladzijde kun je niet vertellen waar het over ging.",
    "Je raakt de draad kwijt als er twee opdrachten tegelijk op het bord staan.",
    "Bij begrijpend lezen heb je de laatste zes vragen niet gemaakt. De tijd was op.",
    "Je had je huiswerk drie keer niet bij je. Je zei dat je thuis geen rustige plek hebt.",
    "Je maakt veel grapjes als een opdracht lastig wordt. De opdracht blijft dan liggen.",
    "Ik hoor je in de klas de laatste weken bijna niet meer.",
    "Je schrijft zo klein dat je het zelf niet terug kunt lezen.",
    "Je had buikpijn voor de toets van rekenen. Vorige keer ook.",
    "Je wilde bij het samenwerken alles zelf bepalen. Twee kinderen haakten af.",
};

const struct demo_texts demo_worries_older = {worries, ARRAY_LEN(worries)};
