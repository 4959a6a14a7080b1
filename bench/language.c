/*
 * Usage: language FILE
 *
 * How many words per second the question mirror judges on one core, whether the time grows with
 * the length and no faster, and how long one turn of 60 words takes. FILE has a turn per line, as
 * in tests/language; the second column is taken when there are tabs.
 *
 * Times are processor time: what else runs on the machine does not count.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/arena.h"
#include "language/mirror.h"

#define ROUNDS 20
#define SHORT_BYTES ((size_t)1024)
#define LONG_BYTES ((size_t)64 * 1024)

static double now(void)
{
    struct timespec ts;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &ts);
    return (double)ts.tv_sec + (double)ts.tv_nsec / 1e9;
}

static size_t words_of(const char *text, size_t len)
{
    size_t words = 0;
    for (size_t i = 0; i < len; i++)
        words += text[i] != ' ' && (i == 0 || text[i - 1] == ' ');
    return words;
}

static double judge(struct arena *arena, const char *text, size_t len)
{
    struct mirror_verdict verdict;
    arena_reset(arena);
    double start = now();
    if (mirror_judge(arena, text, len, &verdict) != OK)
        exit(1);
    return now() - start;
}

/* The best of a few: what else runs on the machine only ever adds. */
static double best_of(struct arena *arena, const char *text, size_t len)
{
    double best = 1e9;
    for (int i = 0; i < ROUNDS; i++) {
        double took = judge(arena, text, len);
        best = took < best ? took : best;
    }
    return best;
}

int main(int argc, char **argv)
{
    FILE *file = argc == 2 ? fopen(argv[1], "r") : NULL;
    struct arena *arena = arena_new((size_t)256 << 20);
    char *joined = calloc(1, LONG_BYTES + 1);
    if (!file || !arena || !joined)
        return 2;
    static char line[8192];
    size_t words = 0, used = 0;
    double took = 0;
    while (fgets(line, sizeof line, file)) {
        char *turn = strchr(line, '\t') ? strchr(line, '\t') + 1 : line;
        size_t len = strcspn(turn, "\t\n");
        words += words_of(turn, len);
        took += best_of(arena, turn, len);
        if (used + len + 1 < SHORT_BYTES) {
            memcpy(joined + used, turn, len);
            used += len;
            joined[used++] = ' ';
        }
    }
    printf("%.0f words/s over turns\n", (double)words / took);
    /* The same turns again and again: only the length differs. */
    memset(joined + used, ' ', SHORT_BYTES - used);
    for (size_t at = SHORT_BYTES; at < LONG_BYTES; at += SHORT_BYTES)
        memcpy(joined + at, joined, SHORT_BYTES);
    for (size_t len = SHORT_BYTES; len <= LONG_BYTES; len *= 2) {
        double t = best_of(arena, joined, len);
        printf("%6zu bytes: %8.3f ms, %.0f words/s\n", len, t * 1e3,
               (double)words_of(joined, len) / t);
    }
    printf("a turn of 60 words: %.3f ms\n", best_of(arena, joined, 360) * 1e3);
    (void)fclose(file);
    free(joined);
    arena_free(arena);
    return 0;
}
