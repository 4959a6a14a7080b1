/*
 * words_web: what the pages of methods call things: ages, tiers, who takes part, kinds of answer.
 * Results are in the reader's language, in the request's arena.
 */
#ifndef METHOD_WORDS_WEB_H
#define METHOD_WORDS_WEB_H

#include "html/html.h"
#include "method/method.h"
#include "web/form.h"

struct web;

/* "4–6, 7–9 years". */
const char *method_ages_text(struct web *web, const struct method *method);
/* "basic, internal". */
const char *method_tiers_text(struct web *web, const struct method *method);
/* "pupil, teacher". */
const char *method_takers_text(struct web *web, const struct method *method);
/* "pupil" for the preparation of a pupil. */
const char *method_part_text(struct web *web, enum method_part part);
/* "pupil": the word of the format. */
const char *method_part_word(enum method_part part);
/* Whether the participant with that word has a preparation. */
bool method_part_prepares(const struct method *method, const char *word);
/* "wellbeing". */
const char *method_topic_text(struct web *web, enum method_topic topic);

/* Kinds of answer with what they are called, as choices: value is the kind's name. */
extern const struct choice method_kind_choices[];
/* msgid; the name itself for a kind without words. */
const char *method_kind_words(const char *kind);

/* "teacher" … msgid. */
const char *method_voice_words(enum voice voice);

/* Whether a question has other words for some age. */
bool method_has_band_words(const struct question *question);

/* In the language of the page. */
const char *method_page_says(const struct html *h, const struct method_text *text);

#endif
