/* Any bytes as a turn for the question mirror: what it says must be about that text. */
#include "base/arena.h"
#include "base/utf8.h"
#include "language/mirror.h"

static void must(bool holds)
{
    if (!holds)
        abort();
}

static void check_verdict(const char *text, size_t len, const struct mirror_verdict *verdict)
{
    must(verdict->label < MIRROR_LABELS && verdict->certainty <= MIRROR_HIGH);
    must(!(verdict->also & (1u << verdict->label)) && verdict->also < 1u << MIRROR_LABELS);
    must(verdict->rule && verdict->cue);
    uint32_t before = 0;
    must(verdict->span_count <= MIRROR_SPANS_MAX);
    for (size_t i = 0; i < verdict->span_count; i++) {
        struct mirror_span span = verdict->spans[i];
        must(span.len > 0 && span.at >= before && (size_t)span.at + span.len <= len);
        must(utf8_valid(text + span.at, span.len));
        before = span.at + span.len;
    }
    must(verdict->remark_count > 0 && verdict->remark_count <= MIRROR_REMARKS_MAX);
    must(!verdict->harm || verdict->rewrite_count == 0);
}

/* What is offered is open, or gives back; it is never offered on signs of harm. */
static void check_rewrites(struct arena *arena, const struct mirror_verdict *verdict)
{
    must(verdict->rewrite_count <= MIRROR_REWRITES_MAX);
    for (size_t i = 0; i < verdict->rewrite_count; i++) {
        struct mirror_verdict again;
        size_t len = strlen(verdict->rewrites[i]);
        must(utf8_valid(verdict->rewrites[i], len));
        if (mirror_judge(arena, verdict->rewrites[i], len, &again) != OK)
            return;
        must(again.label == MIRROR_OPEN || again.label == MIRROR_PARAPHRASE);
        must(again.rewrite_count == 0 && !again.harm);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_new((size_t)128 << 20);
    if (!arena)
        return 0;
    const char *text = (const char *)data;
    struct mirror_verdict verdict;
    enum status st = mirror_judge(arena, text, size, &verdict);
    must(st != ERR_INVALID || !utf8_valid(text, size));
    if (st == OK) {
        check_verdict(text, size, &verdict);
        check_rewrites(arena, &verdict);
    }
    arena_free(arena);
    return 0;
}
