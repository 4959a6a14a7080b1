#include "method/testing.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/arena.h"
#include "base/str.h"

struct bytes method_test_file(struct arena *arena, const char *path)
{
    FILE *in = fopen(path, "rbe");
    if (!in)
        fail_msg("%s cannot be opened", path);
    char *data = arena_alloc(arena, METHOD_FILE_MAX + 2);
    assert_non_null(data);
    size_t len = fread(data, 1, METHOD_FILE_MAX + 1, in);
    assert_int_equal(fclose(in), 0);
    return (struct bytes){(const uint8_t *)data, len};
}

/* Field by field and by hand, so that it shares no table with the reader and the writer. */

static bool same(const char *a, const char *b)
{
    return a && b ? str_equal(a, b) : a == b;
}

static bool same_text(const struct method_text *a, const struct method_text *b)
{
    if (a->count != b->count)
        return false;
    for (size_t i = 0; i < a->count; i++)
        if (!same(a->wordings[i].lang, b->wordings[i].lang) ||
            !same(a->wordings[i].text, b->wordings[i].text))
            return false;
    return true;
}

static bool same_names(const char *const *a, size_t a_count, const char *const *b, size_t b_count)
{
    if (a_count != b_count)
        return false;
    for (size_t i = 0; i < a_count; i++)
        if (!same(a[i], b[i]))
            return false;
    return true;
}

static bool same_options(const struct question *a, const struct question *b)
{
    if (a->option_count != b->option_count)
        return false;
    for (size_t i = 0; i < a->option_count; i++)
        if (!same(a->options[i].id, b->options[i].id) ||
            !same(a->options[i].picture, b->options[i].picture) ||
            !same_text(&a->options[i].label, &b->options[i].label))
            return false;
    return true;
}

static bool same_words(const struct question *a, const struct question *b)
{
    for (size_t i = 0; i < ARRAY_LEN(a->ask_for); i++)
        if (!same_text(&a->ask_for[i], &b->ask_for[i]))
            return false;
    if (a->follow_up_count != b->follow_up_count || a->voice_count != b->voice_count)
        return false;
    for (size_t i = 0; i < a->follow_up_count; i++)
        if (!same_text(&a->follow_ups[i], &b->follow_ups[i]))
            return false;
    for (size_t i = 0; i < a->voice_count; i++)
        if (a->voices[i] != b->voices[i])
            return false;
    return same_text(&a->ask, &b->ask) && same_text(&a->help, &b->help) &&
           same_text(&a->ends[0], &b->ends[0]) && same_text(&a->ends[1], &b->ends[1]);
}

static bool same_question(const struct question *a, const struct question *b)
{
    return same(a->id, b->id) && same(a->kind, b->kind) && same_words(a, b) &&
           a->may_skip == b->may_skip && same(a->when_question, b->when_question) &&
           same_names(a->when_is, a->when_count, b->when_is, b->when_count) &&
           same(a->shows, b->shows) && same(a->picture, b->picture) && same_options(a, b) &&
           a->number == b->number && a->most == b->most && a->lines == b->lines &&
           same(a->background, b->background) &&
           same_names(a->tags, a->tag_count, b->tags, b->tag_count);
}

static bool same_phases(const struct phase *a, size_t a_count, const struct phase *b,
                        size_t b_count)
{
    if (a_count != b_count)
        return false;
    for (size_t i = 0; i < a_count; i++) {
        if (!same(a[i].id, b[i].id) || !same_text(&a[i].title, &b[i].title) ||
            !same_text(&a[i].purpose, &b[i].purpose) || a[i].has_summary != b[i].has_summary ||
            a[i].cue_count != b[i].cue_count || a[i].question_count != b[i].question_count)
            return false;
        for (size_t k = 0; k < a[i].cue_count; k++)
            if (!same(a[i].cues[k].name, b[i].cues[k].name) ||
                !same_text(&a[i].cues[k].text, &b[i].cues[k].text))
                return false;
        for (size_t k = 0; k < a[i].question_count; k++)
            if (!same_question(&a[i].questions[k], &b[i].questions[k]))
                return false;
    }
    return true;
}

bool method_test_same(const struct method *a, const struct method *b)
{
    if (a->preparation_count != b->preparation_count)
        return false;
    for (size_t i = 0; i < a->preparation_count; i++) {
        const struct method_preparation *p = &a->preparations[i], *q = &b->preparations[i];
        if (p->who != q->who || p->days_before != q->days_before ||
            !same_text(&p->letter, &q->letter) ||
            !same_phases(p->phases, p->phase_count, q->phases, q->phase_count))
            return false;
    }
    return same(a->key, b->key) && a->version == b->version && same_text(&a->title, &b->title) &&
           same_text(&a->purpose, &b->purpose) &&
           same_names(a->source_tags, a->source_tag_count, b->source_tags, b->source_tag_count) &&
           same(a->source_cite, b->source_cite) && a->bands == b->bands && a->tiers == b->tiers &&
           a->about == b->about && a->takes_part == b->takes_part && a->minutes == b->minutes &&
           a->topic == b->topic && a->closing == b->closing && a->lines == b->lines &&
           same_phases(a->phases, a->phase_count, b->phases, b->phase_count);
}
