#include "answer/answer_fixture.h"

#include "base/str.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define WORDS(name, nl, en) static const struct method_wording name[] = {{"nl", nl}, {"en", en}}
#define TEXT(name)                                                                                 \
    {                                                                                              \
        name, 2                                                                                    \
    }

WORDS(w_mood, "Hoe vind je buiten spelen?", "What is playing outside like?");
WORDS(w_story, "Hoe waren de afgelopen weken voor jou?", "How were the past weeks for you?");
WORDS(w_line, "Waar heb je zin in?", "What do you look forward to?");
WORDS(w_words, "Wat helpt jou bij het leren?", "What helps you learn?");
WORDS(w_how, "Hoe wil je het gesprek voeren?", "How do you want to have the talk?");
WORDS(w_about, "Waar wil jij het over hebben?", "What do you want to talk about?");
WORDS(w_scale, "Hoe lukt het om te beginnen?", "How does starting go?");
WORDS(w_draw, "Teken: waar word jij blij van?", "Draw: what makes you happy?");
WORDS(w_file, "Laat je werk zien.", "Show your work.");
WORDS(w_roles, "Wat doet iedereen als het lastig is?", "What does everybody do when it is hard?");
WORDS(w_lists, "Hoe is het op school?", "How is it at school?");
WORDS(w_summary, "Heb ik je goed begrepen?", "Did I get you right?");
WORDS(w_sure, "Welke sommen weet je zeker?", "Which sums are you sure of?");
WORDS(w_tops, "Hoe vond je dit gesprek?", "How did you find this talk?");
WORDS(w_heard, "Voelde jij je gehoord?", "Did you feel heard?");
WORDS(w_self, "Hoe heb je geluisterd?", "How did you listen?");
WORDS(w_goal, "Wat wil je leren?", "What do you want to learn?");

WORDS(o_hard, "lastig", "hard");
WORDS(o_so, "gewoon", "ordinary");
WORDS(o_nice, "fijn", "nice");
WORDS(o_walk, "wandelend", "walking");
WORDS(o_desk, "aan tafel", "at a table");
WORDS(o_draw, "tekenend", "drawing");
WORDS(o_help, "hulp", "help");
WORDS(o_together, "samen", "together");
WORDS(o_fun, "plezier", "pleasure");
WORDS(o_self, "zelf doen", "doing it myself");
WORDS(o_proud, "trots", "proud");
WORDS(o_free, "vrije tijd", "free time");
WORDS(o_me, "ik", "me");
WORDS(o_class, "klasgenoten", "classmates");
WORDS(o_teacher, "juf of meester", "teacher");
WORDS(o_plus, "gaat goed", "goes well");
WORDS(o_minus, "is lastig", "is hard");
WORDS(o_query, "vraag", "question");
WORDS(e_low, "lukt nog niet", "not yet");
WORDS(e_high, "lukt vanzelf", "by itself");

static const struct question_option faces[] = {
    {"hard", TEXT(o_hard), NULL}, {"so-so", TEXT(o_so), NULL}, {"nice", TEXT(o_nice), NULL}};
static const struct question_option ways[] = {
    {"walk", TEXT(o_walk), NULL}, {"desk", TEXT(o_desk), NULL}, {"draw", TEXT(o_draw), NULL}};
static const struct question_option themes[] = {
    {"help", TEXT(o_help), "t-hulp"},    {"together", TEXT(o_together), "t-samen"},
    {"fun", TEXT(o_fun), "t-plezier"},   {"self", TEXT(o_self), "t-zelf"},
    {"proud", TEXT(o_proud), "t-trots"}, {"free", TEXT(o_free), "t-vrijetijd"}};
static const struct question_option roles[] = {{"me", TEXT(o_me), "p-kind"},
                                               {"class", TEXT(o_class), "t-samen"},
                                               {"teacher", TEXT(o_teacher), "p-school"}};
static const struct question_option lists[] = {
    {"plus", TEXT(o_plus), NULL}, {"minus", TEXT(o_minus), NULL}, {"query", TEXT(o_query), NULL}};

/* A house in the sun, somebody beside it, a dot for a doorknob: see drawing.h. */
#define STROKES                                                                                    \
    "CBNcCCb3S0MsJkJbMSUMdImJuN1U4e3mywr1i3.BBCWGQAFKDcAH-GQ.ABC0GQAC0KAAHgKAAHgGQ.EADwHg"         \
    ".DCAeKUAEsKeAK8KPAPAKc.FBKAHWAKAIwAJiKA.FBKAIwAKeKA"

#define PART(...)                                                                                  \
    .value = {(const struct answer_part[]){__VA_ARGS__},                                           \
              COUNT(((const struct answer_part[]){__VA_ARGS__}))}

const struct fixture_answer fixture_answers[] = {
    {.question = {.id = "line", .kind = "short", .ask = TEXT(w_line)},
     PART({"", "Het schoolfeest"})},
    {.question = {.id = "story", .kind = "text", .ask = TEXT(w_story)},
     PART({"", "Eerst was het druk.\nToen ging het <beter> & ik lachte."})},
    {.question = {.id = "words", .kind = "words", .ask = TEXT(w_words)},
     PART({"", "rustig\nsamen kijken\nvoorbeeld"})},
    {.question = {.id = "mood",
                  .kind = "faces",
                  .ask = TEXT(w_mood),
                  .options = faces,
                  .option_count = COUNT(faces),
                  .number = 3},
     PART({"", "nice"})},
    {.question = {.id = "mood-five", .kind = "faces", .ask = TEXT(w_story), .number = 5},
     PART({"", "unknown"})},
    {.question = {.id = "how",
                  .kind = "choice",
                  .ask = TEXT(w_how),
                  .options = ways,
                  .option_count = COUNT(ways)},
     PART({"", "walk"})},
    {.question = {.id = "about",
                  .kind = "many",
                  .ask = TEXT(w_about),
                  .options = themes,
                  .option_count = COUNT(themes)},
     PART({"help", "1"}, {"self", "1"})},
    {.question = {.id = "starting",
                  .kind = "scale",
                  .ask = TEXT(w_scale),
                  .number = 10,
                  .ends = {TEXT(e_low), TEXT(e_high)}},
     PART({"", "4"})},
    {.question = {.id = "cards",
                  .kind = "cards",
                  .ask = TEXT(w_about),
                  .options = themes,
                  .option_count = COUNT(themes)},
     PART({"proud", "1"}, {"help", "2"}, {"free", "3"})},
    {.question = {.id = "draw", .kind = "drawing", .ask = TEXT(w_draw), .background = "c-zon"},
     PART({"", STROKES}, {"text", "een huis met de zon"})},
    {.question = {.id = "work", .kind = "file", .ask = TEXT(w_file)},
     PART({"file", "0000000000010"}, {"file-kind", "image"}, {"text", "mijn sommen"})},
    {.question = {.id = "roles",
                  .kind = "roles",
                  .ask = TEXT(w_roles),
                  .options = roles,
                  .option_count = COUNT(roles)},
     PART({"me", "Ik slijp mijn potloden."}, {"teacher", "Juf wacht."})},
    {.question = {.id = "lists",
                  .kind = "lists",
                  .ask = TEXT(w_lists),
                  .options = lists,
                  .option_count = COUNT(lists)},
     PART({"plus", "lezen\nbuiten spelen"}, {"query", "mag ik vaker tekenen?"})},
    {.question = {.id = "sum", .kind = "summary", .ask = TEXT(w_summary)},
     PART({"", "Je vindt beginnen lastig."}, {"meant", "not-quite"},
          {"correction", "Alleen bij de weektaak."})},
    {.question = {.id = "sure", .kind = "certainty", .ask = TEXT(w_sure), .number = 4},
     PART({"1.item", "34 − 19"}, {"1.mark", "sure"}, {"1.right", "no"}, {"2.item", "7 × 8"},
          {"2.mark", "doubt"}, {"2.right", "yes"}, {"3.mark", "wrong"}, {"3.right", "no"})},
    {.question = {.id = "tops", .kind = "tops-tips", .ask = TEXT(w_tops)},
     PART({"tops", "Je vroeg door."}, {"tips", "Niet in de gang."})},
    {.question = {.id = "heard", .kind = "listened", .ask = TEXT(w_heard)},
     PART({"", "partly"}, {"text", "Toen je het herhaalde."})},
    {.question = {.id = "self", .kind = "listening", .ask = TEXT(w_self)},
     PART({"", "3"}, {"text", "Stiltes laten."})},
    {.question = {.id = "goal", .kind = "goal", .ask = TEXT(w_goal)}},
    {.question = {.id = "need", .kind = "need", .ask = TEXT(w_goal)}},
    {.question = {.id = "agreement", .kind = "agreement", .ask = TEXT(w_goal)}},
    {.question = {.id = "plan", .kind = "plan", .ask = TEXT(w_goal)}},
    {.question = {.id = "sharing", .kind = "sharing", .ask = TEXT(w_goal)}},
    {.question = {.kind = NULL}},
};

const struct fixture_answer *fixture_answer_of(const char *kind)
{
    for (const struct fixture_answer *answer = fixture_answers; answer->question.kind; answer++)
        if (str_equal(answer->question.kind, kind))
            return answer;
    return NULL;
}
