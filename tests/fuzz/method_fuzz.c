/*
 * Any bytes as a conversation method. What is refused says why; what reads holds to the rules of
 * the format, and written down it reads back and is written the same again.
 */
#include <stdlib.h>

#include "answer/kind.h"
#include "base/arena.h"
#include "base/utf8.h"
#include "method/schema.h"
#include "method/writer.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define PROMISE(holds)                                                                             \
    do {                                                                                           \
        if (!(holds))                                                                              \
            abort();                                                                               \
    } while (0)

static void promise_text(const struct method_text *text)
{
    bool dutch = false;
    for (size_t i = 0; i < text->count; i++) {
        const char *words = text->wordings[i].text;
        PROMISE(*words && utf8_valid(words, strlen(words)));
        dutch |= strcmp(text->wordings[i].lang, "nl") == 0;
    }
    PROMISE(dutch);
}

static void promise_phases(const struct method *method, const struct phase *phases, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        PROMISE(name_is_valid(phases[i].id));
        promise_text(&phases[i].title);
        for (size_t k = 0; k < phases[i].question_count; k++) {
            const struct question *q = &phases[i].questions[k];
            PROMISE(method_question(method, q->id) == q); /* ids are there once */
            PROMISE(answer_method_kinds.known(q->kind) && !answer_method_kinds.fits(q));
            PROMISE(q->voice_count >= 1 && q->voice_count <= METHOD_VOICES_MAX);
            PROMISE(!q->when_question || method_question(method, q->when_question));
            PROMISE(!q->shows || method_question(method, q->shows));
            promise_text(&q->ask);
        }
    }
}

static void promise_method(const struct method *method)
{
    PROMISE(name_is_valid(method->key) && method->version > 0 && method->phase_count > 0);
    promise_text(&method->title);
    promise_text(&method->purpose);
    promise_phases(method, method->phases, method->phase_count);
    for (size_t i = 0; i < method->preparation_count; i++) {
        const struct method_preparation *p = &method->preparations[i];
        PROMISE(method_preparation_of(method, p->who) == p);
        promise_phases(method, p->phases, p->phase_count);
    }
}

static void promise_problems(const struct method_problem *problems, size_t count)
{
    PROMISE(count > 0 && count <= METHOD_PROBLEMS_MAX);
    for (size_t i = 0; i < count; i++) {
        PROMISE(problems[i].line >= 0 && problems[i].message);
        PROMISE(i == 0 || problems[i - 1].line <= problems[i].line);
        PROMISE(!problems[i].about || utf8_valid(problems[i].about, strlen(problems[i].about)));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_new((size_t)64 << 20);
    const struct method *method = NULL, *again = NULL;
    struct method_problem *problems = NULL;
    size_t count = 0, len = 0, again_len = 0;
    const char *yaml = NULL, *twice = NULL;
    PROMISE(arena != NULL);
    enum status st = method_read((const char *)data, size, &answer_method_kinds, arena, &method,
                                 &problems, &count);
    PROMISE(st == OK || st == ERR_INVALID);
    if (st == OK) {
        promise_method(method);
        st = method_write(method, arena, &yaml, &len);
        PROMISE(st == OK || st == ERR_LIMIT); /* writing may need more signs than the file had */
    } else {
        promise_problems(problems, count);
    }
    if (st == OK) {
        PROMISE(method_read(yaml, len, &answer_method_kinds, arena, &again, &problems, &count) ==
                OK);
        PROMISE(method_write(again, arena, &twice, &again_len) == OK);
        PROMISE(len == again_len && memcmp(yaml, twice, len) == 0);
    }
    arena_free(arena);
    return 0;
}
