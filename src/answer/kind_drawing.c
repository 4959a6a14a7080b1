/*
 * drawing: strokes of a pen, with words beside or instead; a photo of a drawing on paper where
 * there is no script (UX §7.4).
 */
#include "answer/clean.h"
#include "answer/drawing.h"
#include "answer/file.h"
#include "answer/kinds.h"
#include "answer/on_paper.h"
#include "answer/texts.h"
#include "base/arena.h"
#include "base/str.h"
#include "gen/kind_drawing_html.h"

static bool take_strokes(struct clean *clean, const struct answer_part *raw)
{
    struct drawing drawing;
    enum status st = drawing_read(raw->text, clean->arena, &drawing);
    if (st == ERR_NOMEM)
        return true; /* clean_all sees that the arena is full */
    if (st == ERR_LIMIT)
        return clean_refuse(clean,
                            N_("This drawing is larger than fits here. Take a stroke back."));
    if (st != OK)
        return clean_refuse(clean, N_("This drawing came in broken. Load the page again."));
    return clean_keep(clean, raw, drawing_write(&drawing, clean->arena));
}

static bool take(struct clean *clean, const struct answer_part *raw)
{
    if (!raw->name[0])
        return take_strokes(clean, raw);
    if (str_equal(raw->name, "text"))
        return clean_text(clean, raw, NOTE_MOST);
    return file_take(clean, raw);
}

static enum status check(const struct question *question, const struct answer_value *raw,
                         struct arena *arena, struct answer_value *ret_clean,
                         const char **ret_error)
{
    enum status st = clean_all(question, raw, arena, take, ret_clean, ret_error);
    if (st == OK)
        file_settle(ret_clean);
    return st;
}

static const char *text(UNUSED const struct question *question, const struct answer_value *value,
                        UNUSED const char *lang, const struct tr *t, struct arena *arena)
{
    const char *said = "";
    if (answer_part(value, "")[0])
        said = arena_printf(arena, "[%s]\n", tr(t, N_("drawing")));
    if (file_there(value))
        said = arena_printf(arena, "%s[%s]\n", said, tr(t, N_("photo")));
    const char *words = answer_part(value, "text");
    return words[0] ? arena_printf(arena, "%s%s\n", said, words) : said;
}

#define BLANK_MM 75
#define DRAWN_MM 95

/* The same six as in style.css, on white. */
static const uint32_t colours[DRAWING_COLOURS] = {0x1E2438, 0xC73E2B, 0xF2A900,
                                                  0x3F8A3A, 0x2F6FC0, 0x7A4A93};

static void paper_strokes(struct paper *paper, const struct answer_view *view,
                          const struct drawing *drawing)
{
    struct paper_stroke *strokes = ARENA_ARRAY(view->arena, struct paper_stroke, drawing->count);
    for (size_t i = 0; strokes && i < drawing->count; i++) {
        const struct drawing_stroke *stroke = &drawing->strokes[i];
        struct paper_point *points = ARENA_ARRAY(view->arena, struct paper_point, stroke->count);
        for (size_t p = 0; points && p < stroke->count; p++)
            points[p] = (struct paper_point){stroke->points[p].x, stroke->points[p].y};
        strokes[i] = (struct paper_stroke){.points = points,
                                           .count = points ? stroke->count : 0,
                                           .width = drawing_pen(stroke),
                                           .colour = colours[stroke->colour]};
    }
    const char *words = on_paper_part(view, "text");
    paper_drawing(paper, &(struct paper_drawing){.strokes = strokes,
                                                 .count = strokes ? drawing->count : 0,
                                                 .height_mm = DRAWN_MM,
                                                 .background = view->question->background,
                                                 .words = words[0] ? words : NULL});
}

static void on_paper(struct paper *paper, const struct answer_view *view)
{
    if (on_paper_blank(view)) {
        paper_drawing(paper, &(struct paper_drawing){
                                 .height_mm = BLANK_MM,
                                 .background = view->question->background,
                                 .words = tr(view->tr, N_("Room for a drawing"))});
        return;
    }
    struct drawing drawing;
    if (on_paper_part(view, "")[0] &&
        drawing_read(on_paper_part(view, ""), view->arena, &drawing) == OK)
        paper_strokes(paper, view, &drawing);
    on_paper_file(paper, view);
    on_paper_text(paper, view, "text", 1);
}

const struct answer_kind kind_drawing = {
    .name = "drawing",
    .check = check,
    .edit = html_drawing_edit,
    .read = html_drawing_said,
    .text = text,
    .paper = on_paper,
};
