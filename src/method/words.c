/* The words of a method in a reader's language, and of a question for an age. */
#include "base/str.h"
#include "method/method.h"

static const char *in_language(const struct method_text *text, const char *lang)
{
    for (size_t i = 0; i < text->count; i++)
        if (str_equal(text->wordings[i].lang, lang))
            return text->wordings[i].text;
    return NULL;
}

const char *method_say(const struct method_text *text, const char *lang)
{
    const char *said = in_language(text, lang);
    if (!said)
        said = in_language(text, "en");
    if (!said && text->count)
        said = text->wordings[0].text;
    return said ? said : "";
}

const char *question_words(const struct question *question, enum age_band band, const char *lang)
{
    const struct method_text *own = &question->ask_for[band];
    return method_say(own->count ? own : &question->ask, lang);
}
