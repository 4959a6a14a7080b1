/* listened and listening: was the pupil heard, and how did the adult listen (P4). */
#include "answer/clean.h"
#include "answer/kinds.h"
#include "answer/listen.h"
#include "answer/on_paper.h"
#include "answer/texts.h"
#include "base/arena.h"
#include "base/str.h"
#include "gen/kind_listened_html.h"

#define STEPS_MAX 4

const struct listen_step listened_steps[] = {
    {"fully", "f-fijn", N_("all the time")},
    {"partly", "f-gewoon", N_("now and then")},
    {"not-yet", "f-lastig", N_("not yet")},
    {"unknown", "f-weetniet", N_("I don't know")},
    {NULL, NULL, NULL},
};

const struct listen_step listening_steps[] = {
    {"1", NULL, N_("I mostly heard what I already thought.")},
    {"2", NULL, N_("I weighed what I heard against what I think myself.")},
    {"3", NULL, N_("I listened because two know more than one.")},
    {"4", NULL, N_("I look at it differently now, because of what I heard.")},
    {NULL, NULL, NULL},
};

const struct listen_step *listen_step_of(const struct listen_step *steps, const char *value)
{
    for (; steps->value; steps++)
        if (str_equal(steps->value, value))
            return steps;
    return NULL;
}

static bool take_step(struct clean *clean, const struct answer_part *raw,
                      const struct listen_step *steps)
{
    if (str_equal(raw->name, "text"))
        return clean_text(clean, raw, NOTE_MOST);
    if (raw->name[0])
        return false;
    const char *const words[] = {raw->text, NULL};
    bool known = !raw->text[0] || listen_step_of(steps, raw->text);
    return known ? clean_word(clean, raw, words) : clean_refuse(clean, N_("Choose one of these."));
}

static bool take_listened(struct clean *clean, const struct answer_part *raw)
{
    return take_step(clean, raw, listened_steps);
}

static bool take_listening(struct clean *clean, const struct answer_part *raw)
{
    return take_step(clean, raw, listening_steps);
}

static enum status check_listened(const struct question *question, const struct answer_value *raw,
                                  struct arena *arena, struct answer_value *ret_clean,
                                  const char **ret_error)
{
    return clean_all(question, raw, arena, take_listened, ret_clean, ret_error);
}

static enum status check_listening(const struct question *question, const struct answer_value *raw,
                                   struct arena *arena, struct answer_value *ret_clean,
                                   const char **ret_error)
{
    return clean_all(question, raw, arena, take_listening, ret_clean, ret_error);
}

static const char *step_text(const struct listen_step *steps, const struct answer_value *value,
                             const struct tr *t, struct arena *arena)
{
    const struct listen_step *step = listen_step_of(steps, answer_part(value, ""));
    const char *words = answer_part(value, "text");
    const char *said = step ? arena_printf(arena, "%s\n", tr(t, step->label)) : "";
    return words[0] ? arena_printf(arena, "%s%s\n", said, words) : said;
}

static const char *text_listened(UNUSED const struct question *question,
                                 const struct answer_value *value, UNUSED const char *lang,
                                 const struct tr *t, struct arena *arena)
{
    return step_text(listened_steps, value, t, arena);
}

static const char *text_listening(UNUSED const struct question *question,
                                  const struct answer_value *value, UNUSED const char *lang,
                                  const struct tr *t, struct arena *arena)
{
    return step_text(listening_steps, value, t, arena);
}

static void paper_steps(struct paper *paper, const struct answer_view *view,
                        const struct listen_step *steps)
{
    struct paper_choice choices[STEPS_MAX] = {{0}};
    size_t count = 0;
    for (; steps->value && count < ARRAY_LEN(choices); steps++)
        choices[count++] =
            (struct paper_choice){.label = tr(view->tr, steps->label),
                                  .symbol = steps->picture,
                                  .chosen = str_equal(on_paper_part(view, ""), steps->value)};
    paper_choices(paper, choices, count, true);
    if (view->band != BAND_4_6 || on_paper_part(view, "text")[0])
        on_paper_text(paper, view, "text", 1);
}

static void paper_listened(struct paper *paper, const struct answer_view *view)
{
    paper_steps(paper, view, listened_steps);
}

static void paper_listening(struct paper *paper, const struct answer_view *view)
{
    paper_steps(paper, view, listening_steps);
}

const struct answer_kind kind_listened = {
    .name = "listened",
    .check = check_listened,
    .edit = html_listened_edit,
    .read = html_listened_read,
    .text = text_listened,
    .paper = paper_listened,
};

const struct answer_kind kind_listening = {
    .name = "listening",
    .is_private = true,
    .check = check_listening,
    .edit = html_listening_edit,
    .read = html_listening_read,
    .text = text_listening,
    .paper = paper_listening,
};
