#include "demo/texts_tables.h"

#include "base/compiler.h"

static const char *const strengths[] = {
    "Je hing vanmorgen zelf je jas aan je haakje en zei daarna gedag tegen oma.",
    "Ik zie dat je in de bouwhoek eerst kijkt en dan pas een blok pakt. De toren bleef staan.",
    "Je telde de bekers tot zestien, zonder er een over te slaan.",
    "Toen er iemand viel op het plein, liep je meteen met een natte doek naar buiten.",
    "Je vertelde in de kring over de baby thuis. Iedereen was stil om je te horen.",
    "Je schreef vandaag je naam onder je tekening, met alle letters op hun plek.",
    "Ik hoorde je rijmen bij het buitenspelen: jas, tas, plas. Je bedacht er zelf nog drie bij.",
    "Je wachtte op je beurt bij de schommel en telde mee tot twintig.",
    "Bij het opruimen riep je twee kinderen erbij en verdeelde je wie wat deed.",
    "Je vroeg of je nog een keer mocht proberen met de veters. De tweede keer lukte de strik.",
    "Je las het hele boekje over de beer voor aan een kleuter.",
    "Ik zie dat je bij gym nu zelf van de kast durft te springen. Je lachte hard toen je landde.",
    "Je legde uit waarom een boot blijft drijven en pakte er een kurk bij.",
    "Bij het splitsen van tien pakte je eerst de kralen en daarna deed je het zonder.",
    "Je gaf je plek bij het raam aan een kind dat de slak nog niet had gezien.",
    "Je speelde in de huishoek dat je dokter was en vroeg precies waar het pijn deed.",
    "Je wilde je kleurplaat eerst weggooien. Toen zag je zelf wat er wel mooi aan was.",
    "Je zong het hele lied over de regen mee, ook het stukje met de moeilijke woorden.",
    "Ik zie dat je lang bezig blijft met de knex. Vandaag een half uur aan dezelfde kraan.",
    "Je kwam zelf vertellen dat je per ongeluk water had gemorst en haalde de dweil.",
    "Je ontdekte dat twee kleine driehoeken samen een vierkant zijn, en liet het zien.",
    "Je nam het nieuwe meisje bij de hand en liet haar zien waar de wc is.",
    "Je schreef een zinnetje over de kip zonder dat iemand je hielp. Ook de punt stond er.",
    "Bij het kringspel gaf je de bal twee keer aan iemand die nog niet was geweest.",
    "Je klokte vandaag voor het eerst goed: half vier, en je wist ook waarom.",
    "Je merkte dat het zaadje scheef groeide en draaide de pot naar het licht.",
    "Je zei rustig: stop, dat vind ik niet leuk. Daarna kon je verder spelen.",
    "Je hebt drie dagen achter elkaar je eigen tas ingepakt voor je naar huis ging.",
    "Ik zie dat je nu ook met je linkerhand helpt bij het knippen. De cirkel werd rond.",
    "Je luisterde naar het hele verhaal van de wolf en wist daarna nog alle zeven geitjes.",
};

const struct demo_texts demo_strengths_young = {strengths, ARRAY_LEN(strengths)};

static const char *const worries[] = {
    "Je huilde vanmorgen lang bij het afscheid. Na tien minuten in de boekenhoek ging het weer.",
    "Ik zie dat je in de kring vaak naar buiten kijkt. Als ik je naam zeg, schrik je.",
    "Je houdt je potlood nog met je hele vuist vast. Na een paar minuten doet je hand pijn.",
    "Je speelde drie keer deze week alleen bij het hek. Vandaag zei je dat niemand vroeg.",
    "De letters b en d haal je nog door elkaar. Vandaag in vier van de tien woordjes.",
    "Je werd boos toen je verloor met memorie en gooide de kaartjes van tafel.",
    "Je had vandaag geen beker en geen fruit bij je, gisteren ook niet.",
    "Ik hoor je weinig in de grote kring. In een groepje van vier vertel je wel veel.",
    "Je bleef bij het buitenspelen dicht bij mij staan en wilde niet op de fiets.",
    "Je bent 's middags erg moe. Vandaag viel je bijna in slaap bij het voorlezen.",
    "Je telt goed tot tien, maar bij dertien en veertien raak je de weg kwijt.",
    "Je durfde niet naar de wc en had daarna een nat broekje. Je zei het pas na een uur.",
    "Bij het werken met lijm stopte je na één plakje en zei je: ik kan dat niet.",
    "Je duwde vandaag twee keer in de rij. Toen we erover praatten, keek je naar de grond.",
    "Ik zie dat je vaak vraagt wat je moet doen, ook als je het net hebt gehoord.",
    "Je las de rij met de lange woorden niet af. Je zei dat je buik pijn deed.",
    "Je verstopte je onder de tafel toen het hard werd in de klas.",
    "Je vertelde dat je slecht slaapt omdat het thuis druk is.",
    "Bij gym bleef je langs de kant. Je zei dat je bang was voor de bal.",
    "Je praat binnen nog heel zacht. Ik moest je drie keer vragen wat je wilde spelen.",
};

const struct demo_texts demo_worries_young = {worries, ARRAY_LEN(worries)};
