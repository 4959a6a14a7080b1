#include "method/question_links_web.h"

#include "base/arena.h"
#include "base/str.h"
#include "method/edit.h"
#include "web/web.h"

const struct choice question_pictures[] = {{"=", N_("As it is")},
                                           {"-", N_("No picture")},
                                           {"t-hulp", N_("Help")},
                                           {"t-kennis", N_("Knowing")},
                                           {"t-plezier", N_("Pleasure")},
                                           {"t-samen", N_("Together")},
                                           {"t-talent", N_("Talent")},
                                           {"t-doel", N_("Goal")},
                                           {"t-gevoel", N_("Feeling")},
                                           {"t-zelf", N_("Myself")},
                                           {"t-trots", N_("Proud")},
                                           {"t-vrijetijd", N_("Free time")},
                                           {"t-leren", N_("Learning")},
                                           {"p-thuis", N_("At home")},
                                           {"p-school", N_("At school")},
                                           {"p-kind", N_("The child")},
                                           {NULL, NULL}};
#define FIRST_PICTURE 2 /* behind "as it is" and "none" */

static const char *say(struct web *web, const struct method_text *text)
{
    return method_say(text, tr_code(web->tr));
}

/* --- after which answers
 * ------------------------------------------------------------------------------ */

static bool is_chosen(const struct question *question, const char *asked, const char *option)
{
    if (!question->when_question || !str_equal(question->when_question, asked))
        return false;
    for (size_t i = 0; i < question->when_count; i++)
        if (str_equal(question->when_is[i], option))
            return true;
    return false;
}

/* Kinds of which one answer is picked out; the one that is asked for now, whatever its kind. */
static bool can_open(const struct question *asked, const struct question *question)
{
    static const char *const kinds[] = {"choice", "many", "cards", "faces"};
    for (size_t i = 0; i < ARRAY_LEN(kinds); i++)
        if (str_equal(asked->kind, kinds[i]))
            return true;
    return question->when_question && str_equal(question->when_question, asked->id);
}

static struct link_answer answer_of(struct web *web, const struct question *asked,
                                    const char *option, const char *label,
                                    const struct question *question)
{
    return (struct link_answer){.value = arena_printf(web->arena, "%s=%s", asked->id, option),
                                .label = label,
                                .chosen = is_chosen(question, asked->id, option)};
}

static enum status answers_of(struct web *web, const struct question *asked,
                              const struct question *question, struct link_question *ret)
{
    bool is_faces = str_equal(asked->kind, "faces");
    size_t faces = is_faces && !asked->option_count ? (size_t)asked->number : 0;
    struct link_answer *list =
        ARENA_ARRAY(web->arena, struct link_answer, asked->option_count + faces + 1);
    size_t count = 0;
    if (!list)
        return ERR_NOMEM;
    for (size_t i = 0; i < asked->option_count; i++)
        list[count++] = answer_of(web, asked, asked->options[i].id,
                                  say(web, &asked->options[i].label), question);
    for (size_t i = 1; i <= faces; i++) {
        const char *number = arena_printf(web->arena, "%zu", i);
        list[count++] = answer_of(
            web, asked, number,
            trf(web->tr, web->arena, "face {0}, from the saddest on", 1, number), question);
    }
    if (is_faces)
        list[count++] = answer_of(web, asked, "unknown", _("“I don't know”"), question);
    *ret = (struct link_question){say(web, &asked->ask), list, count};
    return OK;
}

/* "Hoe is het? – lastig, weet ik niet". */
static const char *only_after(struct web *web, const struct question_links *links)
{
    const char *words = NULL;
    for (size_t i = 0; i < links->open_count; i++)
        for (size_t k = 0; k < links->opens[i].count; k++)
            if (links->opens[i].answers[k].chosen)
                words = words ? arena_printf(web->arena, "%s, %s", words,
                                             links->opens[i].answers[k].label)
                              : arena_printf(web->arena, "%s – %s", links->opens[i].words,
                                             links->opens[i].answers[k].label);
    return words;
}

/* --- all of it
 * ------------------------------------------------------------------------------------------ */

static enum status add_earlier(struct web *web, const struct question *const *before, size_t count,
                               const struct question *question, struct question_links *links)
{
    struct link_question *opens = ARENA_ARRAY(web->arena, struct link_question, count);
    struct form_option *shows = ARENA_ARRAY(web->arena, struct form_option, count);
    enum status st = opens && shows ? OK : ERR_NOMEM;
    for (size_t i = 0; st == OK && i < count; i++) {
        shows[i] = (struct form_option){before[i]->id, say(web, &before[i]->ask)};
        if (question->shows && str_equal(question->shows, before[i]->id))
            links->beside = shows[i].label;
        if (can_open(before[i], question))
            st = answers_of(web, before[i], question, &opens[links->open_count++]);
    }
    links->opens = opens;
    links->shows = shows;
    links->show_count = count;
    return st;
}

enum status question_links(struct web *web, const struct method *method,
                           const struct question *question, const struct question_links **ret_links)
{
    struct question_links *links = ARENA_NEW(web->arena, struct question_links);
    struct link_picture *pictures =
        ARENA_ARRAY(web->arena, struct link_picture, question->option_count);
    const struct question **before = NULL;
    size_t count = 0;
    if (!links || !pictures)
        return ERR_NOMEM;
    enum status st = method_edit_before(method, question->id, web->arena, &before, &count);
    if (st == OK)
        st = add_earlier(web, before, count, question, links);
    if (st != OK)
        return st;
    for (size_t i = 0; i < question->option_count; i++)
        pictures[i] = (struct link_picture){
            .label = say(web, &question->options[i].label),
            .id = question->options[i].id,
            .now = question->options[i].picture ? question->options[i].picture : ""};
    links->pictures = pictures;
    links->picture_count = question->option_count;
    links->has_condition = question->when_question || question->shows;
    links->only_after = only_after(web, links);
    *ret_links = links;
    return OK;
}

const char *link_picture_value(struct html *html, const struct link_picture *picture,
                               const char *symbol)
{
    return arena_printf(html->arena, "%s=%s", picture->id, symbol);
}

/* --- the form
 * --------------------------------------------------------------------------------------------- */

void question_links_fill(struct web *web, const struct question *question,
                         struct form_values *values)
{
    const char *words = "";
    for (size_t i = 0; i < question->when_count; i++)
        words = arena_printf(web->arena, "%s%s%s=%s", words, i ? "\n" : "", question->when_question,
                             question->when_is[i]);
    form_set(values, "when", words);
    form_set(values, "shows", question->shows ? question->shows : "");
}

static const struct question *among(const struct question *const *list, size_t count,
                                    const char *id)
{
    for (size_t i = 0; i < count; i++)
        if (str_equal(list[i]->id, id))
            return list[i];
    return NULL;
}

static enum status take_when(struct web *web, const struct question *const *before, size_t count,
                             struct question *question)
{
    char *rest = arena_strdup(web->arena, form_text(&web->form, "when"));
    const char **is = ARENA_ARRAY(web->arena, const char *, METHOD_OPTIONS_MAX);
    if (!is)
        return ERR_NOMEM;
    question->when_question = NULL;
    question->when_is = is;
    question->when_count = 0;
    for (char *answer; (answer = str_split(&rest, '\n')) != NULL;) {
        char *option = answer;
        const char *id = str_split(&option, '=');
        const struct question *asked = id && option ? among(before, count, id) : NULL;
        if (!asked || !question_may_choose(asked, option) ||
            question->when_count == METHOD_OPTIONS_MAX) {
            if (*answer)
                form_error(&web->form, "when", N_("Choose one of the possibilities."));
            continue;
        }
        if (question->when_question && !str_equal(question->when_question, asked->id))
            form_error(&web->form, "when", N_("Choose answers of one question."));
        question->when_question = asked->id;
        is[question->when_count++] = option;
    }
    return OK;
}

/* Cards have a picture each; one that is chosen nowhere gets the next of the list. */
static void take_pictures(struct web *web, struct question *question)
{
    struct question_option *options =
        arena_memdup(web->arena, question->options, question->option_count * sizeof *options);
    size_t known = 0;
    while (question_pictures[FIRST_PICTURE + known].value)
        known++;
    for (size_t i = 0; options && i < question->option_count; i++) {
        for (size_t k = 0; k < known; k++)
            if (form_has_word(&web->form, "option_picture",
                              arena_printf(web->arena, "%s=%s", options[i].id,
                                           question_pictures[FIRST_PICTURE + k].value)))
                options[i].picture = question_pictures[FIRST_PICTURE + k].value;
        if (form_has_word(&web->form, "option_picture",
                          arena_printf(web->arena, "%s=-", options[i].id)))
            options[i].picture = NULL;
        if (!options[i].picture && str_equal(question->kind, "cards"))
            options[i].picture = question_pictures[FIRST_PICTURE + i % known].value;
    }
    if (options)
        question->options = options;
}

enum status question_links_take(struct web *web, const struct method *method,
                                struct question *question)
{
    const struct question **before = NULL;
    size_t count = 0;
    const char *shows = form_text(&web->form, "shows");
    enum status st = method_edit_before(method, question->id, web->arena, &before, &count);
    if (st == OK)
        st = take_when(web, before, count, question);
    if (st != OK)
        return st;
    question->shows = *shows ? shows : NULL;
    if (*shows && !among(before, count, shows))
        form_error(&web->form, "shows", N_("Choose one of the possibilities."));
    take_pictures(web, question);
    return arena_failed(web->arena) ? ERR_NOMEM : OK;
}
