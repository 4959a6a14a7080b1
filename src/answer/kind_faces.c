#include "answer/clean.h"
#include "answer/faces.h"
#include "answer/kinds.h"
#include "answer/look.h"
#include "answer/on_paper.h"
#include "base/arena.h"
#include "base/str.h"
#include "gen/kind_faces_html.h"

#define FEW 3
#define MANY 5

struct face {
    const char *picture;
    const char *label;
};
static const struct face few[FEW] = {
    {"f-lastig", N_("hard")}, {"f-gewoon", N_("ordinary")}, {"f-fijn", N_("nice")}};
static const struct face many[MANY] = {{"f-heellastig", N_("very hard")},
                                       {"f-lastig", N_("hard")},
                                       {"f-gewoon", N_("ordinary")},
                                       {"f-fijn", N_("nice")},
                                       {"f-heelfijn", N_("very nice")}};

int faces_count(const struct question *question)
{
    return question->number == MANY ? MANY : FEW;
}

static const struct face *face_of(const struct question *question, int face)
{
    return faces_count(question) == MANY ? &many[face - 1] : &few[face - 1];
}

const char *faces_value(const struct question *question, int face, struct arena *arena)
{
    return question->option_count ? question->options[face - 1].id
                                  : arena_printf(arena, "%d", face);
}

const char *faces_picture(const struct question *question, int face)
{
    const char *own = question->option_count ? question->options[face - 1].picture : NULL;
    return own ? own : face_of(question, face)->picture;
}

const char *faces_label(const struct question *question, int face, const char *lang,
                        const struct tr *t)
{
    return question->option_count ? method_say(&question->options[face - 1].label, lang)
                                  : tr(t, face_of(question, face)->label);
}

int faces_of(const struct question *question, const char *text)
{
    int64_t number = 0;
    for (size_t i = 0; i < question->option_count; i++)
        if (str_equal(question->options[i].id, text))
            return (int)i + 1;
    if (question->option_count || str_to_int64(text, &number) != OK)
        return 0;
    return number >= 1 && number <= faces_count(question) ? (int)number : 0;
}

static const char *fits(const struct question *question)
{
    if (question->number != FEW && question->number != MANY)
        return N_("“faces” needs `number`: 3 or 5.");
    if (question->option_count && question->option_count != (size_t)question->number)
        return N_("“faces” needs as many options as faces, or none.");
    return clean_find_option(question, FACES_UNKNOWN)
               ? N_("“unknown” is said by the face for “I don't know”: give this option another id.")
               : NULL;
}

static bool take(struct clean *clean, const struct answer_part *raw)
{
    if (raw->name[0])
        return false;
    if (str_equal(raw->text, FACES_UNKNOWN))
        return clean_keep(clean, raw, FACES_UNKNOWN);
    return clean->question->option_count
               ? clean_option(clean, raw)
               : clean_number(clean, raw, 1, faces_count(clean->question));
}

static enum status check(const struct question *question, const struct answer_value *raw,
                         struct arena *arena, struct answer_value *ret_clean,
                         const char **ret_error)
{
    return clean_all(question, raw, arena, take, ret_clean, ret_error);
}

static const char *text(const struct question *question, const struct answer_value *value,
                        const char *lang, const struct tr *t, struct arena *arena)
{
    const char *said = answer_part(value, "");
    int face = faces_of(question, said);
    if (face)
        return arena_printf(arena, "%s\n", faces_label(question, face, lang, t));
    return said[0] ? arena_printf(arena, "%s\n", tr(t, FACES_UNKNOWN_LABEL)) : "";
}

/* As on the screen: the row begins with the nicest, "I don't know" stands apart. */
static void on_paper(struct paper *paper, const struct answer_view *view)
{
    const struct question *question = view->question;
    const char *words[MANY];
    int count = faces_count(question);
    const char *said = on_paper_part(view, "");
    int face = faces_of(question, said);
    for (int i = 0; i < count; i++)
        words[i] = faces_label(question, count - i, view->lang, view->tr);
    paper_faces(paper, (size_t)count, words, face ? count - face : PAPER_NONE);
    paper_checkbox(paper, said[0] && !face, tr(view->tr, FACES_UNKNOWN_LABEL));
}

const struct answer_kind kind_faces = {
    .name = "faces",
    .fits = fits,
    .check = check,
    .edit = html_faces_edit,
    .read = html_faces_read,
    .text = text,
    .paper = on_paper,
};
