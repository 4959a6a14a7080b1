#include "method/words_web.h"

#include "base/arena.h"
#include "base/str.h"
#include "method/schema.h"
#include "web/web.h"

struct bit_words {
    unsigned bit;
    const char *words; /* msgid */
};

static const struct bit_words band_words_of[] = {{1u << BAND_4_6, N_("4–6")},
                                                 {1u << BAND_7_9, N_("7–9")},
                                                 {1u << BAND_8_12, N_("8–12")},
                                                 {1u << BAND_12_18, N_("12–18")},
                                                 {0, NULL}};
static const struct bit_words tier_words_of[] = {{1u << 1, N_("basic")},
                                                 {1u << 2, N_("within the school")},
                                                 {1u << 3, N_("with others from outside")},
                                                 {0, NULL}};
static const struct bit_words part_words_of[] = {{PART_PUPIL, N_("pupil")},
                                                 {PART_PUPILS, N_("several pupils")},
                                                 {PART_TEACHER, N_("teacher")},
                                                 {PART_COORDINATOR, N_("coordinator")},
                                                 {PART_GUARDIAN, N_("parents")},
                                                 {PART_EXTERNAL, N_("somebody from outside")},
                                                 {0, NULL}};

static const char *listed(struct web *web, unsigned bits, const struct bit_words *words)
{
    const char *list = "";
    for (; words->words; words++)
        if (bits & words->bit)
            list = arena_printf(web->arena, "%s%s%s", list, *list ? ", " : "",
                                tr(web->tr, words->words));
    return list;
}

const char *method_ages_text(struct web *web, const struct method *method)
{
    return trf(web->tr, web->arena, "{0} years", 1, listed(web, method->bands, band_words_of));
}

const char *method_tiers_text(struct web *web, const struct method *method)
{
    return listed(web, method->tiers, tier_words_of);
}

const char *method_takers_text(struct web *web, const struct method *method)
{
    return listed(web, method->takes_part, part_words_of);
}

const char *method_part_text(struct web *web, enum method_part part)
{
    return listed(web, part, part_words_of);
}

const char *method_part_word(enum method_part part)
{
    const struct word *word = word_of(who_words, part);
    return word ? word->name : "";
}

bool method_part_prepares(const struct method *method, const char *word)
{
    const struct word *who = word_find(who_words, word);
    return who && method_preparation_of(method, (enum method_part)who->value);
}

const char *method_topic_text(struct web *web, enum method_topic topic)
{
    switch (topic) {
    case TOPIC_WELLBEING:
        return _("how it goes");
    case TOPIC_LEARNING:
        return _("learning itself");
    case TOPIC_SUBJECT_MATTER:
        return _("subject matter");
    }
    return "";
}

const struct choice method_kind_choices[] = {
    {"short", N_("One line")},
    {"text", N_("A few lines")},
    {"words", N_("Key words")},
    {"faces", N_("Faces")},
    {"choice", N_("One of several")},
    {"many", N_("More of several")},
    {"scale", N_("A scale")},
    {"cards", N_("Picture cards to lay out")},
    {"drawing", N_("A drawing")},
    {"file", N_("A photo or file")},
    {"roles", N_("Each person's part")},
    {"lists", N_("Several lists")},
    {"summary", N_("Summary to read back")},
    {"certainty", N_("How sure I am, per item")},
    {"tops-tips", N_("What went well, what can be better")},
    {"listened", N_("Did you feel listened to?")},
    {"listening", N_("How I listened (for the teacher alone)")},
    {"goal", N_("A goal")},
    {"need", N_("What it takes")},
    {"agreement", N_("An agreement")},
    {"plan", N_("The plan")},
    {"sharing", N_("What is shared with whom")},
    {NULL, NULL},
};

const char *method_kind_words(const char *kind)
{
    for (const struct choice *c = method_kind_choices; c->value; c++)
        if (str_equal(c->value, kind))
            return c->label;
    return kind;
}

const char *method_voice_words(enum voice voice)
{
    switch (voice) {
    case VOICE_PUPIL:
        return N_("pupil");
    case VOICE_TEACHER:
        return N_("teacher");
    case VOICE_GUARDIAN:
        return N_("parents");
    case VOICE_OTHER:
        return N_("somebody else");
    case VOICE_TOGETHER:
        return N_("together");
    case VOICE_NONE:
        break;
    }
    return "";
}

bool method_has_band_words(const struct question *question)
{
    for (size_t i = 0; i < ARRAY_LEN(question->ask_for); i++)
        if (question->ask_for[i].count)
            return true;
    return false;
}

const char *method_page_says(const struct html *h, const struct method_text *text)
{
    return method_say(text, tr_code(h->tr));
}
