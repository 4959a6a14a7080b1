#include "answer/on_paper.h"

#include "answer/file.h"
#include "answer/image.h"
#include "base/arena.h"
#include "print/photo.h"

const char *on_paper_part(const struct answer_view *view, const char *part)
{
    return view->value ? answer_part(view->value, part) : "";
}

bool on_paper_blank(const struct answer_view *view)
{
    return !view->value || answer_is_empty(view->value);
}

int on_paper_lines(const struct answer_view *view, int own)
{
    if (view->question->lines > 0)
        return view->question->lines;
    return view->lines > 0 ? view->lines : own;
}

enum paper_voice on_paper_voice(enum voice voice)
{
    static const enum paper_voice voices[] = {
        [VOICE_NONE] = PAPER_NEUTRAL,    [VOICE_PUPIL] = PAPER_CHILD,
        [VOICE_TEACHER] = PAPER_TEACHER, [VOICE_GUARDIAN] = PAPER_HOME,
        [VOICE_OTHER] = PAPER_SCHOOL,    [VOICE_TOGETHER] = PAPER_TOGETHER,
    };
    return voices[voice];
}

static void said(struct paper *paper, const struct answer_view *view, const char *text)
{
    if (view->who)
        paper_answer(paper, on_paper_voice(view->voice), view->who, text);
    else
        paper_text(paper, PAPER_PLAIN, text);
}

void on_paper_text(struct paper *paper, const struct answer_view *view, const char *part, int lines)
{
    const char *text = on_paper_part(view, part);
    if (text[0])
        said(paper, view, text);
    else if (on_paper_blank(view))
        paper_lines(paper, lines);
}

void on_paper_box(struct paper *paper, const struct answer_view *view, const char *part,
                  const char *title, const char *symbol, int lines)
{
    paper_box_begin(paper, &(struct paper_box){.title = title, .symbol = symbol});
    on_paper_text(paper, view, part, lines);
    paper_box_end(paper);
}

/* Of a photo of many megabytes only what paper shows stays in the arena. */
static bool small_photo(const struct answer_view *view, struct attachment_id id,
                        struct photo *ret)
{
    struct arena_mark mark = arena_mark(view->arena);
    struct bytes file = view->photo(view->photo_context, id);
    struct photo photo;
    if (!file.data || photo_read(file, image_up(file), view->arena, &photo) != OK) {
        arena_rewind(view->arena, mark);
        return false;
    }
    void *kept = malloc(photo.jpeg.len);
    if (kept)
        memcpy(kept, photo.jpeg.data, photo.jpeg.len);
    arena_rewind(view->arena, mark);
    photo.jpeg.data = kept ? arena_memdup(view->arena, kept, photo.jpeg.len) : NULL;
    free(kept);
    *ret = photo;
    return photo.jpeg.data != NULL;
}

void on_paper_file(struct paper *paper, const struct answer_view *view)
{
    struct attachment_id id;
    struct photo photo;
    const char *words = on_paper_part(view, "text");
    if (!file_there(view->value))
        return;
    bool is_image = file_is_image(view->value);
    if (is_image && view->photo && id_parse(answer_part(view->value, FILE_PART), &id.v) == OK &&
        small_photo(view, id, &photo))
        paper_photo(paper, &photo, words[0] ? words : NULL);
    else
        paper_text(paper, PAPER_MUTED,
                   is_image ? tr(view->tr, N_("There is a photo with this."))
                            : tr(view->tr, N_("There is a file with this.")));
}

size_t on_paper_beside(size_t first, size_t count)
{
    return count - first < 2 ? 1 : 2;
}

void on_paper_options(struct paper *paper, const struct answer_view *view, int lines)
{
    const struct question *question = view->question;
    for (size_t i = 0; i < question->option_count; i += 2) {
        paper_columns_begin(paper, on_paper_beside(i, question->option_count), NULL);
        for (size_t n = i; n < i + 2 && n < question->option_count; n++) {
            const struct question_option *option = &question->options[n];
            if (n > i)
                paper_next_column(paper);
            on_paper_box(paper, view, option->id, method_say(&option->label, view->lang),
                         option->picture, lines);
        }
        paper_columns_end(paper);
    }
}
