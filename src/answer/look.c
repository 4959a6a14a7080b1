#include "answer/look.h"

#include "answer/faces.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"

static const char *const band_classes[] = {
    [BAND_NONE] = "ans--adult", [BAND_4_6] = "ans--young",  [BAND_7_9] = "ans--kid",
    [BAND_8_12] = "ans--older", [BAND_12_18] = "ans--teen", [BAND_ADULT] = "ans--adult",
};

const char *look_band(const struct answer_view *view)
{
    return band_classes[view->band];
}

bool look_young(const struct answer_view *view)
{
    return view->band == BAND_4_6;
}

bool look_child(const struct answer_view *view)
{
    return view->band == BAND_4_6 || view->band == BAND_7_9;
}

const char *look_field(const struct html *html, const char *part)
{
    return part[0] ? arena_printf(html->arena, "a.%s", part) : "a";
}

const char *look_id(const struct html *html, const struct answer_view *view, const char *part)
{
    if (!part[0])
        return view->field_id;
    char *id = arena_printf(html->arena, "%s-%s", view->field_id, part);
    for (char *at = id; *at; at++)
        if (*at == '.')
            *at = '-';
    return id;
}

const char *look_described(const struct html *html, const struct answer_view *view)
{
    if (!view->error)
        return view->described_by;
    return arena_printf(html->arena, "%s%s%s_error", view->described_by ? view->described_by : "",
                        view->described_by ? " " : "", view->field_id);
}

const char *look_words(const struct answer_view *view)
{
    return question_words(view->question, view->band, view->lang);
}

const char *look_label(const struct answer_view *view, const struct question_option *option)
{
    return method_say(&option->label, view->lang);
}

const char *look_end(const struct answer_view *view, int end)
{
    return method_say(&view->question->ends[end], view->lang);
}

const char *look_part(const struct answer_view *view, const char *part)
{
    return answer_part(view->value, part);
}

bool look_is(const struct answer_view *view, const char *part, const char *text)
{
    return str_equal(answer_part(view->value, part), text);
}

bool look_same(const char *a, const char *b)
{
    return str_equal(a, b);
}

bool look_has(const struct answer_view *view, const char *part)
{
    return answer_part(view->value, part)[0] != '\0';
}

bool look_empty(const struct answer_view *view)
{
    return answer_is_empty(view->value);
}

struct look_lines look_lines_of(const struct html *html, const char *text)
{
    size_t most = 1;
    for (const char *at = text; *at; at++)
        most += *at == '\n';
    const char **lines = ARENA_ARRAY(html->arena, const char *, most);
    char *rest = arena_strdup(html->arena, text);
    size_t count = 0;
    for (char *line; lines && (line = str_split(&rest, '\n')) != NULL;)
        if (!str_is_blank(line) && count < most)
            lines[count++] = line;
    return (struct look_lines){lines, count};
}

const char *look_joined(const struct html *html, const char *text)
{
    struct look_lines lines = look_lines_of(html, text);
    const char *joined = "";
    for (size_t i = 0; i < lines.count; i++)
        joined = arena_printf(html->arena, "%s%s%s", joined, i ? ", " : "", lines.line[i]);
    return joined;
}

const char *look_number(const struct html *html, int64_t number)
{
    return arena_printf(html->arena, "%lld", (long long)number);
}

int look_rows(const struct answer_view *view, int rows)
{
    return look_child(view) && rows > 3 ? 3 : rows;
}

/* A pause between the things that are said. */
static const char *say_on(const struct html *html, const char *said, const char *more)
{
    size_t len = strlen(said);
    bool closed = len && strchr(".?!", said[len - 1]);
    return arena_printf(html->arena, "%s%s%s", said, closed ? " " : ". ", more);
}

const char *look_spoken(const struct html *html, const struct answer_view *view)
{
    const struct question *question = view->question;
    const char *said = look_words(view);
    if (str_equal(question->kind, "faces")) {
        for (int i = faces_count(question); i >= 1; i--)
            said = say_on(html, said, faces_label(question, i, view->lang, view->tr));
        return say_on(html, said, tr(view->tr, FACES_UNKNOWN_LABEL));
    }
    for (size_t i = 0; i < question->option_count; i++)
        said = say_on(html, said, look_label(view, &question->options[i]));
    return said;
}
