#include "print/reader_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <cmocka.h>

#include <fcntl.h>
#include <math.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/compiler.h"
#include "base/str.h"
#include "print/ink.h"

#define OUTPUT_MAX ((size_t)32 << 20)
#define ARGS_MAX 12

/* The tools say times and messages as their surroundings want: here always the same. */
static const char *const surroundings[] = {"PATH=/usr/bin:/bin", "LC_ALL=C.UTF-8", "TZ=UTC", NULL};

static char *slurp(struct arena *arena, int from)
{
    struct buf buf;
    char piece[8192];
    buf_init(&buf, OUTPUT_MAX);
    for (ssize_t n; (n = read(from, piece, sizeof(piece))) > 0;)
        buf_add(&buf, piece, (size_t)n);
    assert_false(buf_failed(&buf));
    char *text = arena_strndup(arena, buf.data, buf.len);
    buf_free(&buf);
    return text;
}

const char *reader_run(struct arena *arena, struct bytes pdf, const char *const *argv)
{
    char path[] = "/tmp/weerklank-print.XXXXXX";
    const char *args[ARGS_MAX + 1] = {0};
    int ends[2], file = mkstemp(path), status = -1;
    pid_t child;
    assert_true(file >= 0);
    assert_int_equal(write(file, pdf.data, pdf.len), pdf.len);
    assert_int_equal(close(file), 0);
    for (size_t i = 0; i < ARGS_MAX && argv[i]; i++)
        args[i] = str_equal(argv[i], "PDF") ? path : argv[i];
    assert_int_equal(pipe2(ends, O_CLOEXEC), 0);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, ends[1], 1);
    posix_spawn_file_actions_adddup2(&actions, ends[1], 2);
    int error = posix_spawnp(&child, argv[0], &actions, NULL, (char **)(uintptr_t)args,
                             (char **)(uintptr_t)surroundings);
    posix_spawn_file_actions_destroy(&actions);
    if (error)
        fail_msg("%s is not there (poppler-utils)", argv[0]);
    close(ends[1]);
    const char *text = slurp(arena, ends[0]);
    close(ends[0]);
    assert_int_equal(waitpid(child, &status, 0), child);
    unlink(path);
    if (status != 0)
        fail_msg("%s: %s", argv[0], text);
    return text;
}

static double attribute(const char *tag, const char *name)
{
    const char *at = strstr(tag, name);
    assert_non_null(at);
    return strtod(at + strlen(name), NULL);
}

struct reader_word *reader_words(struct arena *arena, struct bytes pdf, size_t *ret_count,
                                 size_t *ret_pages)
{
    const char *text = READER(arena, pdf, "pdftotext", "-bbox", "PDF", "-");
    size_t count = 0, page = 0, most = strlen(text) / 40 + 1;
    struct reader_word *words = ARENA_ARRAY(arena, struct reader_word, most);
    assert_non_null(words);
    for (const char *at = text; (at = strchr(at, '<')) != NULL; at++) {
        page += str_starts(at, "<page ");
        if (!str_starts(at, "<word "))
            continue;
        const char *from = strchr(at, '>') + 1;
        words[count++] = (struct reader_word){
            .page = page,
            .x1 = attribute(at, "xMin=\""),
            .y1 = attribute(at, "yMin=\""),
            .x2 = attribute(at, "xMax=\""),
            .y2 = attribute(at, "yMax=\""),
            .text = arena_strndup(arena, from, (size_t)(strchr(from, '<') - from))};
    }
    *ret_count = count;
    *ret_pages = page;
    return words;
}

/* Boxes of words include the font's room above and below, so neighbours may touch a little. */
static bool overlap(const struct reader_word *a, const struct reader_word *b)
{
    double w = fmin(a->x2, b->x2) - fmax(a->x1, b->x1), h = fmin(a->y2, b->y2) - fmax(a->y1, b->y1);
    return a->page == b->page && w > 1 && h > 0.45 * fmin(a->y2 - a->y1, b->y2 - b->y1);
}

void reader_assert_tidy(const struct reader_word *words, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const struct reader_word *w = &words[i];
        if (w->x1 < MARGIN_SIDE - 1 || w->x2 > PAGE_WIDTH - MARGIN_SIDE + 1 || w->y1 < MM(5) ||
            w->y2 > PAGE_HEIGHT - MM(6))
            fail_msg("off page %zu: %s at %.0f %.0f %.0f %.0f", w->page, w->text, w->x1, w->y1,
                     w->x2, w->y2);
        for (size_t j = i + 1; j < count && words[j].page == w->page; j++)
            if (overlap(w, &words[j]))
                fail_msg("page %zu: %s (%.0f %.0f) over %s (%.0f-%.0f %.0f-%.0f)", w->page, w->text,
                         w->x1, w->y1, words[j].text, words[j].x1, words[j].x2, words[j].y1,
                         words[j].y2);
    }
}

size_t reader_page_of(const struct reader_word *words, size_t count, const char *begin)
{
    for (size_t i = 0; i < count; i++)
        if (str_starts(words[i].text, begin))
            return words[i].page;
    return 0;
}
