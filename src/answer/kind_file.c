/* file: a photo or file with a line of text (D16: work as it is being done; P13: evidence). */
#include "answer/clean.h"
#include "answer/file.h"
#include "answer/kinds.h"
#include "answer/on_paper.h"
#include "answer/texts.h"
#include "base/arena.h"
#include "base/ids.h"
#include "base/str.h"
#include "gen/kind_file_html.h"

bool file_take(struct clean *clean, const struct answer_part *raw)
{
    static const char *const kinds[] = {"image", "other", NULL};
    static const char *const away[] = {"1", NULL};
    int64_t id = 0;
    if (str_equal(raw->name, FILE_KIND_PART))
        return clean_word(clean, raw, kinds);
    if (str_equal(raw->name, FILE_AWAY_PART))
        return clean_word(clean, raw, away);
    if (!str_equal(raw->name, FILE_PART))
        return false;
    if (raw->text[0] && id_parse(raw->text, &id) != OK)
        return clean_refuse(clean, N_("This file is not here any more. Add it again."));
    return clean_keep(clean, raw, raw->text);
}

void file_settle(struct answer_value *value)
{
    bool gone = answer_part(value, FILE_AWAY_PART)[0] || !answer_part(value, FILE_PART)[0];
    if (!gone)
        return;
    struct answer_part *parts = (struct answer_part *)(uintptr_t)value->parts; /* clean_all's own */
    size_t count = 0;
    for (size_t i = 0; i < value->count; i++)
        if (!str_starts(parts[i].name, FILE_PART))
            parts[count++] = parts[i];
    value->count = count;
}

bool file_there(const struct answer_value *value)
{
    return answer_part(value, FILE_PART)[0] != '\0';
}

bool file_is_image(const struct answer_value *value)
{
    return str_equal(answer_part(value, FILE_KIND_PART), "image");
}

const char *file_url(const struct html *html, const struct answer_view *view)
{
    return arena_printf(html->arena, "%s/%s", view->upload_url,
                        answer_part(view->value, FILE_PART));
}

static bool take(struct clean *clean, const struct answer_part *raw)
{
    if (str_equal(raw->name, "text"))
        return clean_line(clean, raw, NOTE_MOST);
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
    const char *said = answer_part(value, "text");
    if (file_there(value))
        said = arena_printf(arena, "[%s] %s",
                            file_is_image(value) ? tr(t, N_("photo")) : tr(t, N_("file")), said);
    return said[0] ? arena_printf(arena, "%s\n", str_trim(arena, said)) : "";
}

#define BLANK_MM 60

static void on_paper(struct paper *paper, const struct answer_view *view)
{
    if (on_paper_blank(view)) {
        paper_drawing(paper, &(struct paper_drawing){
                                 .height_mm = BLANK_MM,
                                 .words = tr(view->tr, N_("Room to stick it"))});
        paper_lines(paper, 1);
        return;
    }
    on_paper_file(paper, view);
    on_paper_text(paper, view, "text", 1);
}

const struct answer_kind kind_file = {
    .name = "file",
    .check = check,
    .edit = html_file_edit,
    .read = html_file_read,
    .text = text,
    .paper = on_paper,
};
