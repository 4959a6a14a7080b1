/*
 * answer_pages: a page with every kind of answer, to fill in and to read, for the browser tests.
 * Not part of the program.
 *
 *   answer_pages BAND LANGUAGE FILLED   4-6 … adult; nl, en; 0 or 1
 */
#include "answer/answer_fixture.h"
#include "base/arena.h"
#include "base/str.h"
#include "gen/answer_controls_html.h"
#include "gen/assets.h"

struct reader {
    const char *name;
    enum band band;
    const char *body; /* class */
};
static const struct reader readers[] = {{"4-6", BAND_4_6, "kid kid--young"},
                                        {"7-9", BAND_7_9, "kid"},
                                        {"8-12", BAND_8_12, "kid kid--older"},
                                        {"12-18", BAND_12_18, ""},
                                        {"adult", BAND_ADULT, ""}};

static const struct reader *reader_of(const char *name)
{
    for (size_t i = 0; i < ARRAY_LEN(readers); i++)
        if (str_equal(readers[i].name, name))
            return &readers[i];
    return NULL;
}

static void add_answer(struct html *html, const struct fixture_answer *answer,
                       const struct reader *band, bool filled, const char *error)
{
    static const struct answer_value nothing = {NULL, 0};
    const struct answer_kind *kind = answer_kind(answer->question.kind);
    const struct answer_view view = {
        .question = &answer->question,
        .value = filled ? &answer->value : &nothing,
        .tr = html->tr,
        .lang = tr_code(html->tr),
        .band = band->band,
        .field_id = arena_printf(html->arena, "q-%s", answer->question.id),
        .error = error,
        .upload_url = "/up",
    };
    buf_printf(html->out, "<section class=\"card stack\" id=\"%s\"><div class=\"row\">",
               answer->question.id);
    html_answer_listen(html, &view);
    buf_printf(html->out,
               "<h2>%s</h2></div><form class=\"stack\" method=\"post\" action=\"/form\">",
               question_words(&answer->question, band->band, view.lang));
    kind->edit(html, &view);
    buf_add_str(html->out,
                "<p><button class=\"btn btn--primary\" type=\"submit\">Verder</button></p></form>");
    buf_add_str(
        html->out,
        "<div class=\"voice voice--child\"><span class=\"avatar av1\" aria-hidden=\"true\">N</span>"
        "<div class=\"voice__body\"><p class=\"voice__who\">Noor</p>");
    kind->read(html, &view);
    buf_add_str(html->out, "</div></div></section>\n");
}

static void add_page(struct html *html, const struct reader *band, bool filled)
{
    buf_printf(
        html->out,
        "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n"
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
        "<title>Antwoorden %s</title>\n<link rel=\"stylesheet\" href=\"%s\">\n"
        "<link rel=\"icon\" href=\"%s\" type=\"image/svg+xml\">\n<script src=\"%s\" defer></script>\n"
        "<script src=\"%s\" defer></script>\n"
        "</head>\n<body class=\"%s\">\n<main class=\"wrap stack\">\n<h1>Antwoorden %s</h1>\n",
        tr_code(html->tr), band->name, asset_url("style.css"), asset_url("icon.svg"),
        asset_url("waiting.js"), asset_url("app.js"), band->body, band->name);
    bool first = true;
    for (const struct fixture_answer *a = fixture_answers; a->question.kind; a++) {
        if (answer_kind(a->question.kind)->outcome != OUTCOME_NONE)
            continue;
        add_answer(html, a, band, filled, filled && first ? "Maak het een beetje korter." : NULL);
        first = false;
    }
    buf_add_str(html->out, "</main>\n</body>\n</html>\n");
}

int main(int argc, char **argv)
{
    const struct reader *band = argc == 4 ? reader_of(argv[1]) : NULL;
    struct tr *texts[LANG_COUNT];
    struct arena *arena = arena_new((size_t)32 << 20);
    if (!band || !arena || tr_load_all(texts) != OK) {
        (void)fprintf(stderr, "usage: %s BAND LANGUAGE FILLED\n", argv[0]);
        return 2;
    }
    struct buf out;
    buf_init(&out, (size_t)4 << 20);
    struct html html = {
        .out = &out, .arena = arena, .tr = texts[str_equal(argv[2], "nl") ? LANG_NL : LANG_EN]};
    add_page(&html, band, str_equal(argv[3], "1"));
    bool written = !buf_failed(&out) && fwrite(out.data, 1, out.len, stdout) == out.len;
    buf_free(&out);
    tr_free_all(texts);
    arena_free(arena);
    return written ? 0 : 1;
}
