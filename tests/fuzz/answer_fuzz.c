/*
 * What comes in as an answer: the fields of a form through the check of every kind, and the bytes
 * of a sealed value. What a check lets through stays as it is when it is checked again, packs and
 * unpacks, and can be shown.
 */
#include "answer/answer_fixture.h"
#include "base/arena.h"
#include "base/utf8.h"
#include "http/http.h"

static struct tr *texts[LANG_COUNT];

static void must(bool holds)
{
    if (!holds)
        abort();
}

static struct bytes packed(const struct answer_value *value, struct arena *arena)
{
    struct bytes bytes = {NULL, 0};
    must(answer_pack(value, arena, &bytes) == OK);
    return bytes;
}

static void must_be_same(struct bytes a, struct bytes b)
{
    must(a.len == b.len && memcmp(a.data, b.data, a.len) == 0);
}

static void show(const struct answer_kind *kind, const struct question *question,
                 const struct answer_value *value, struct arena *arena)
{
    struct buf out;
    buf_init(&out, (size_t)4 << 20);
    struct html html = {.out = &out, .arena = arena, .tr = texts[LANG_NL]};
    const struct answer_view view = {.question = question,
                                     .value = value,
                                     .tr = texts[LANG_NL],
                                     .lang = "nl",
                                     .band = BAND_8_12,
                                     .field_id = "q",
                                     .upload_url = "/up"};
    kind->edit(&html, &view);
    kind->read(&html, &view);
    must(!buf_failed(&out) && utf8_valid(out.data, out.len));
    const char *text = kind->text(question, value, "nl", texts[LANG_NL], arena);
    must(utf8_valid(text, strlen(text)));
    buf_free(&out);
}

static void check(const struct fixture_answer *answer, const struct answer_value *raw,
                  struct arena *arena)
{
    const struct answer_kind *kind = answer_kind(answer->question.kind);
    struct answer_value clean, again, back;
    const char *error = NULL;
    enum status st = kind->check(&answer->question, raw, arena, &clean, &error);
    if (st != OK) {
        must(st == ERR_NOMEM || (st == ERR_INVALID && error));
        return;
    }
    struct bytes bytes = packed(&clean, arena);
    must(kind->check(&answer->question, &clean, arena, &again, &error) == OK);
    must_be_same(packed(&again, arena), bytes);
    must(answer_unpack(bytes, arena, &back) == OK);
    must_be_same(packed(&back, arena), bytes);
    show(kind, &answer->question, &back, arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_new((size_t)64 << 20);
    if (!arena || (!texts[LANG_NL] && tr_load_all(texts) != OK))
        abort();
    struct answer_value value;
    if (answer_unpack((struct bytes){data, size}, arena, &value) == OK)
        must_be_same(packed(&value, arena), (struct bytes){data, size});
    const struct http_request request = {.method = HTTP_POST,
                                         .content_type = "application/x-www-form-urlencoded",
                                         .body = {data, size},
                                         .arena = arena};
    if (answer_from_request(&request, arena, &value) == OK)
        for (const struct fixture_answer *a = fixture_answers; a->question.kind; a++)
            check(a, &value, arena);
    arena_free(arena);
    return 0;
}
