#include "demo/texts_tables.h"

#include "base/compiler.h"

static const char *const strengths[] = {
    "Je vroeg na de les om feedback op je betoog en herschreef de inleiding dezelfde middag.",
    "Je leidde het groepje bij het biologiepracticum en zorgde dat iedereen een taak had.",
    "Ik zie dat je je agenda nu bijhoudt. Alle toetsen van deze periode staan erin.",
    "Je legde in de mentorles uit waarom je een ander profiel wilt. Je had er echt over nagedacht.",
    "Je hield je Franse presentatie zonder papier. Een lastige vraag bracht je niet van de wijs.",
    "Je haalde bij wiskunde een onvoldoende en kwam zelf met een plan voor de herkansing.",
    "Je sprak een klasgenoot aan die een ander uitlachte. Rustig en duidelijk.",
    "Je werkstuk over de waterschappen had eigen bronnen en een eigen mening.",
    "Je bent als leerlingmentor drie brugklassers gaan helpen met plannen.",
    "Ik zie dat je in de les je telefoon uit jezelf in je tas laat. Dat was eerst anders.",
    "Je dacht bij de scheikundeproef eerst na over wat je verwachtte en schreef dat op.",
    "Je zei in het debat dat de ander je had overtuigd. Daar is moed voor nodig.",
    "Je hebt het decor voor de voorstelling ontworpen en twee weken na school gebouwd.",
    "Je plant je leerwerk nu over drie dagen. Je woordjes voor Duits zaten er goed in.",
    "Bij de maatschappelijke stage belde je zelf het verzorgingshuis op.",
    "Je gaf tijdens gym aanwijzingen waar je team echt iets aan had.",
    "Je las een gedicht van jezelf voor bij Nederlands. Het was stil in de klas.",
    "Je herstelde je nadat je uit de les was gestuurd: je kwam terug, praatte en ging verder.",
    "Je vond in de grafiek een fout van het boek en kon uitleggen wat er moest staan.",
    "Je bent deze periode geen enkele keer te laat geweest. Vorige periode elf keer.",
    "Ik zie dat je bij aardrijkskunde verbanden legt met het nieuws van die week.",
    "Je nam de notulen van de leerlingenraad en stuurde ze dezelfde avond rond.",
    "Je vertelde open over je eerste maanden in Nederland. De klas stelde goede vragen.",
    "Je programmeerde bij techniek een verkeerslicht en hielp daarna twee anderen.",
    "Je vroeg bij wiskunde niet om het antwoord, maar om een hint. Toen vond je het zelf.",
    "Je hebt met je bijles Engels volgehouden. Je laatste schrijfopdracht was een ruime voldoende.",
    "Je gaf aan dat het je te veel werd voordat het misging. Zo konden we op tijd iets regelen.",
    "Je luisterde in het groepsgesprek goed door: je vroeg drie keer wat iemand precies bedoelde.",
    "Je hebt je open dag-praatje voor groep 8 zelf voorbereid. Ouders kwamen erover napraten.",
    "Je controleerde je toets natuurkunde nog een keer en vond zo de vergeten eenheid.",
};

const struct demo_texts demo_strengths_teen = {strengths, ARRAY_LEN(strengths)};

static const char *const worries[] = {
    "Je leverde deze periode drie opdrachten niet in. Je zei dat je het overzicht kwijt bent.",
    "Ik zie dat je de laatste weken in de les weinig zegt en veel uit het raam kijkt.",
    "Je was vandaag het eerste uur weer te laat. Dat is de vijfde keer in drie weken.",
    "Je leert veel voor toetsen, maar dan klap je dicht. Bij geschiedenis bleef je blad leeg.",
    "Je vertelde dat je tot laat werkt in de supermarkt en daarna nog huiswerk maakt.",
    "Je zit in de pauze steeds in de mediatheek. Je zei dat de kantine te druk voor je is.",
    "Bij wiskunde haak je af zodra er letters in de som staan.",
    "Je reageerde fel toen ik vroeg naar je schrift. Daarna zei je dat er thuis iets speelt.",
    "Je cijfers voor de talen zakken de laatste weken. Vooral woordjes leren schiet erbij in.",
    "Je hebt je spullen vaak niet bij je. Vandaag geen boek, geen rekenmachine en geen pen.",
    "Je zei in het mentorgesprek dat je twijfelt of je hier op je plek bent.",
    "Je bent in de groepsopdracht buiten de afspraken gelaten. Je had het nog niemand verteld.",
    "Ik zie dat je bij elke opdracht wacht tot een ander begint.",
    "Je slaapt slecht sinds de verhuizing. Vandaag viel je bijna in slaap bij economie.",
    "Je begint pas de avond voor een toets met leren. Dat zei je zelf, en je wilt het anders.",
    "Je telefoon lag weer op tafel. Toen je hem weg moest doen, werd je onrustig.",
    "Je leest de opgave half. Bij natuurkunde miste je daardoor zeven punten.",
    "Je wilde je presentatie niet doen en bleef die dag thuis.",
    "Je bent twee keer in een ruzie op het schoolplein beland, met dezelfde jongens.",
    "Je zegt dat je niet weet welk profiel je moet kiezen en dat iedereen iets anders vindt.",
};

const struct demo_texts demo_worries_teen = {worries, ARRAY_LEN(worries)};
