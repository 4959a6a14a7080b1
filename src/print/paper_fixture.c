#include "print/paper_fixture.h"

#include "base/compiler.h"

struct paper_look fixture_look(const struct tr *tr, const char *title)
{
    return (struct paper_look){
        .tr = tr,
        .title = title,
        .head_left = "De Regenboog · groep 7",
        .head_right = "Zeynep · 24 november 2026",
        .note = "Voor jou en je juf of meester. Samen kiezen jullie wie dit nog meer ziet.",
        .made = "Gemaakt door juf Marit op 24 november 2026",
        .code = "7F-2K-94",
        .made_ms = 1795514400000};
}

static void part(struct paper *paper, const char *title, const char *symbol, const char *help,
                 int lines, const char *answer)
{
    paper_box_begin(paper, &(struct paper_box){.title = title, .symbol = symbol, .help = help});
    if (answer)
        paper_answer(paper, PAPER_CHILD, "Zeynep", answer);
    else
        paper_lines(paper, lines);
    paper_box_end(paper);
}

static void first_page(struct paper *paper, bool filled)
{
    static const char *const words[] = {"heel fijn", "fijn", "gewoon", "lastig", "heel lastig"};
    paper_title(paper, "Mijn gesprek", "Vul in wat je wilt. Leeg laten mag ook.", "t-samen");
    const struct paper_field fields[] = {{"Naam", filled ? "Zeynep" : NULL, 2},
                                         {"Groep", filled ? "7" : NULL, 1},
                                         {"Datum", filled ? "24 november" : NULL, 1}};
    paper_fields(paper, fields, ARRAY_LEN(fields));
    paper_box_begin(paper, &(struct paper_box){.title = "Zo gaat het nu met mij", .tinted = true});
    paper_faces(paper, 5, words, filled ? 1 : PAPER_NONE);
    paper_box_end(paper);
    paper_columns_begin(paper, 2, NULL);
    part(paper, "Dit maakt mij blij", "t-gevoel", NULL, 3,
         filled ? "Buiten spelen met Fenna, en tekenen als het regent." : NULL);
    paper_next_column(paper);
    part(paper, "Dit lukt mij goed", "t-talent", NULL, 3,
         filled ? "Rekenen. En dingen uitleggen aan groep 4." : NULL);
    paper_columns_end(paper);
    paper_columns_begin(paper, 2, NULL);
    part(paper, "Dit is nog lastig", "t-hulp", "Wanneer merk je dat? En wanneer ging het al beter?",
         4,
         filled
             ? "Beginnen aan mijn weektaak. Ik slijp eerst al mijn potloden. Vorige week ging het "
               "beter, toen juf even langskwam."
             : NULL);
    paper_next_column(paper);
    part(paper, "Dit wil ik nog leren", "t-leren", "Wie kun je vragen om mee te doen?", 4,
         filled ? "Spreekbeurten durven. Misschien kan Özgür meedoen." : NULL);
    paper_columns_end(paper);
    static const struct paper_point wave[] = {{60, 80},  {120, 40}, {190, 90},
                                              {260, 30}, {330, 85}, {410, 50}};
    static const struct paper_point sun[] = {{800, 60}, {840, 30}, {880, 60}, {840, 95}, {800, 60}};
    static const struct paper_stroke strokes[] = {{wave, ARRAY_LEN(wave), 8, 0x24528f},
                                                  {sun, ARRAY_LEN(sun), 12, 0xa33a22}};
    paper_box_begin(paper,
                    &(struct paper_box){.title = "Teken of schrijf wat je nog meer wilt vertellen",
                                        .symbol = "t-plezier",
                                        .height_mm = PAPER_REST});
    if (filled)
        paper_drawing(paper,
                      &(struct paper_drawing){.strokes = strokes,
                                              .count = ARRAY_LEN(strokes),
                                              .height_mm = 62,
                                              .words = "Een tekening van golven en een zon"});
    paper_box_end(paper);
}

static void how_it_ends(struct paper *paper, bool filled)
{
    static const struct paper_field names[] = {{"ik", NULL, 1}, {"juf of meester", NULL, 1}};
    paper_columns_begin(paper, 3, (const int[]){100, 115, 115});
    paper_box_begin(paper, &(struct paper_box){.title = "We kijken terug op"});
    if (filled)
        paper_text(paper, PAPER_LARGE, "donderdag 10 december");
    else
        paper_lines(paper, 1);
    paper_box_end(paper);
    paper_next_column(paper);
    paper_box_begin(paper, &(struct paper_box){.title = "Zo vond ik dit gesprek"});
    paper_faces(paper, 3, NULL, filled ? 0 : PAPER_NONE);
    paper_box_end(paper);
    paper_next_column(paper);
    paper_box_begin(paper, &(struct paper_box){.title = "Afgesproken"});
    paper_fields(paper, names, ARRAY_LEN(names));
    paper_box_end(paper);
    paper_columns_end(paper);
}

static void second_page(struct paper *paper, bool filled)
{
    static const struct paper_column columns[] = {
        {"Wat gaan we doen?", 50}, {"Wie?", 14}, {"Wanneer?", 16}};
    static const char *const agreed[] = {"Elke ochtend één taak kiezen en er een stip bij zetten",
                                         "Zeynep",
                                         "elke dag",
                                         "Na vijf minuten even langskomen, zonder iets te zeggen",
                                         "juf Marit",
                                         "elke dag",
                                         "Op zondag samen kijken wat er komt",
                                         "thuis",
                                         "zondag"};
    paper_break(paper);
    paper_title(paper, "Samen invullen", NULL, NULL);
    if (filled) {
        paper_answer(paper, PAPER_TEACHER, "Juf Marit",
                     "Je vertelt zelf wanneer het al lukte. Dat is knap.");
        paper_answer(paper, PAPER_HOME, "Thuis", "We zien dat ze thuis graag plannen maakt.");
        paper_answer(paper, PAPER_TOGETHER, "Samen",
                     "We proberen het twee weken en kijken dan weer.");
    } else {
        paper_heading(paper, 2, "Waar praten we over?", NULL);
        paper_lines(paper, 6);
    }
    paper_columns_begin(paper, 2, NULL);
    part(paper, "Ons doel", "t-doel", "Waaraan merken we dat het gelukt is?", 3,
         filled ? "Binnen vijf minuten beginnen." : NULL);
    paper_next_column(paper);
    part(paper, "Mijn eerste stap", "t-zelf", "Wat ga ik morgen al doen?", 3,
         filled ? "Mijn planbord ophangen." : NULL);
    paper_columns_end(paper);
    paper_heading(paper, 2, "Onze afspraken", "t-samen");
    paper_table(paper, columns, ARRAY_LEN(columns), filled ? agreed : NULL, 3);
    how_it_ends(paper, filled);
}

struct paper *fixture_form(struct arena *arena, const struct tr *tr, enum paper_band band,
                           bool filled)
{
    struct paper_look look = fixture_look(tr, "Mijn gesprek");
    struct paper *paper = NULL;
    look.band = band;
    if (!filled)
        look.head_right = NULL;
    if (paper_open(arena, &look, &paper) != OK)
        return NULL;
    first_page(paper, filled);
    second_page(paper, filled);
    return paper;
}

static void said(struct paper *paper, enum paper_voice voice, const char *title, const char *symbol,
                 const char *text, bool tinted)
{
    paper_box_begin(paper, &(struct paper_box){
                               .title = title, .symbol = symbol, .voice = voice, .tinted = tinted});
    paper_text(paper, PAPER_LARGE, text);
    paper_box_end(paper);
}

static void questions(struct paper *paper)
{
    static const struct paper_choice ways[] = {{"samen met Fenna", "t-samen", true},
                                               {"alleen", "p-kind", false},
                                               {"thuis", "p-thuis", false},
                                               {"weet ik nog niet", "f-weetniet", false}};
    paper_question(paper, "1", "Hoe wil je het doen?", "Kies er één.", NULL);
    paper_choices(paper, ways, ARRAY_LEN(ways), true);
    paper_break(paper);
    paper_question(paper, "2", "Hoe zeker ben je?", NULL, NULL);
    paper_scale(paper, 5, "nog niet", "heel zeker", 3);
}

struct paper *fixture_plan(struct arena *arena, const struct tr *tr)
{
    struct paper_look look = fixture_look(tr, "Plan van Zeynep");
    struct paper *paper = NULL;
    static const struct paper_field names[] = {{"Zeynep", NULL, 1}, {"juf Marit", NULL, 1}};
    static const struct paper_card cards[] = {
        {"t-doel", "Een doel kiezen", "Wat wil je straks kunnen?", true},
        {"t-trots", "Trots", NULL, false},
        {"t-vrijetijd", "Vrije tijd", "Wat doe je graag na school?", false}};
    if (paper_open(arena, &look, &paper) != OK)
        return NULL;
    paper_title(paper, "Rustig beginnen aan mijn weektaak", "Plan van Zeynep · groep 7 · juf Marit",
                "t-doel");
    paper_columns_begin(paper, 2, NULL);
    said(paper, PAPER_CHILD, "Dit kan ik al", NULL,
         "Ik werk lang door als ik eenmaal bezig ben. Ik weet wat de taken zijn.", true);
    paper_next_column(paper);
    said(paper, PAPER_TOGETHER, "Dit wil ik straks kunnen", NULL,
         "Binnen vijf minuten beginnen, zonder dat iemand het zegt.", true);
    paper_columns_end(paper);
    paper_columns_begin(paper, 2, NULL);
    said(paper, PAPER_CHILD, "Dit doe ik", "c-vos",
         "Elke ochtend één taak kiezen en er een stip bij zetten.", false);
    said(paper, PAPER_HOME, "Zo helpen ze thuis", "p-thuis",
         "Op zondag samen kijken wat er die week komt.", false);
    paper_next_column(paper);
    said(paper, PAPER_TEACHER, "Zo helpt juf mij", "p-school",
         "Na vijf minuten even langskomen, zonder iets te zeggen.", false);
    said(paper, PAPER_SCHOOL, "Dit helpt ook", "t-samen",
         "Mijn planbord, en naast Fenna zitten op maandag.", false);
    paper_columns_end(paper);
    paper_cards(paper, cards, ARRAY_LEN(cards), 3);
    paper_heading(paper, 3, "Zo merken we dat het lukt", NULL);
    paper_checkbox(paper, true, "Er staan vier van de vijf dagen stippen op tijd.");
    paper_checkbox(paper, false, "Ik hoef mijn potlood niet meer te slijpen om te beginnen.");
    questions(paper);
    paper_columns_begin(paper, 3, NULL);
    paper_heading(paper, 3, "We kijken terug", NULL);
    paper_text(paper, PAPER_STRONG, "Donderdag 10 december");
    paper_text(paper, PAPER_PLAIN, "Zeynep en juf Marit");
    paper_next_column(paper);
    paper_heading(paper, 3, "Hoe ging het?", NULL);
    paper_faces(paper, 3, NULL, PAPER_NONE);
    paper_next_column(paper);
    paper_heading(paper, 3, "Afgesproken", NULL);
    paper_fields(paper, names, ARRAY_LEN(names));
    paper_columns_end(paper);
    paper_qr(paper, "https://school.example/k/7F2K94", 22, "7F-2K-94");
    return paper;
}

struct paper *fixture_rest(struct arena *arena, const struct tr *tr)
{
    struct paper_look look = fixture_look(tr, "Verslag");
    struct paper *paper = NULL;
    static const struct paper_column sure[] = {{"wat", 3}, {"hoe zeker", 1}};
    static const char *const rows[] = {"7 × 8 = 56", "zeker goed",
                                       "Een half uur is 40 minuten, want een uur is 80 minuten.",
                                       "zeker fout"};
    static const char *const good[] = {"samen lezen met groep 4", "rekenen", NULL};
    static const char *const questions[] = {"Waarom duurt de weektaak zo lang?", NULL};
    static const struct paper_card cards[] = {{.symbol = "t-gevoel", .title = "Gevoel", .place = 2},
                                              {.symbol = "t-vrijetijd", .title = "Vrije tijd"},
                                              {.symbol = "t-trots", .title = "Trots", .place = 1}};
    static const struct paper_choice moods[] = {
        {"heel fijn", "f-heelfijn", false},     {"fijn", "f-fijn", true},
        {"gewoon", "f-gewoon", false},          {"lastig", "f-lastig", false},
        {"heel lastig", "f-heellastig", false}, {"weet ik niet", "f-weetniet", false}};
    static const struct paper_point hill[] = {{60, 180}, {300, 90}, {500, 60}, {900, 170}};
    static const struct paper_stroke stroke = {hill, ARRAY_LEN(hill), 10, 0x2a6630};
    look.letters = PAPER_ATKINSON;
    if (paper_open(arena, &look, &paper) != OK)
        return NULL;
    paper_title(paper, "Verslag van een gesprek", "Voor wie erbij was", NULL);
    paper_choices(paper, moods, ARRAY_LEN(moods), true);
    paper_heading(paper, 2, "Hoe zeker was je?", NULL);
    paper_table(paper, sure, ARRAY_LEN(sure), rows, 2);
    paper_columns_begin(paper, 2, NULL);
    paper_heading(paper, 3, "Dit gaat goed", NULL);
    paper_list(paper, "+", good, ARRAY_LEN(good));
    paper_next_column(paper);
    paper_heading(paper, 3, "Dit vraag ik me af", NULL);
    paper_list(paper, "?", questions, ARRAY_LEN(questions));
    paper_columns_end(paper);
    paper_cards(paper, cards, ARRAY_LEN(cards), 3);
    paper_drawing(paper,
                  &(struct paper_drawing){
                      .strokes = &stroke, .count = 1, .height_mm = 45, .background = "t-doel"});
    paper_answer(paper, PAPER_SCHOOL, "School", "Er is elke dinsdag hulp bij plannen.");
    paper_answer(paper, PAPER_NEUTRAL, NULL, "Zonder naam, zonder stem.");
    return paper;
}
