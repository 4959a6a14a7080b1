/*
 * reader_fixture: what a reader sees in a PDF, by poppler's tools: for the tests of printing.
 */
#ifndef PRINT_READER_FIXTURE_H
#define PRINT_READER_FIXTURE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/bytes.h"

struct arena;

/*
 * What a tool prints about the PDF, both its streams: argv is a tool and its options, NULL at the
 * end; "PDF" stands for the file. Fails the test when the tool fails or is not there.
 */
const char *reader_run(struct arena *arena, struct bytes pdf, const char *const *argv);
#define READER(arena, pdf, ...) reader_run((arena), (pdf), (const char *const[]){__VA_ARGS__, NULL})

/* A word as it stands on paper, in points. */
struct reader_word {
    size_t page; /* from 1 */
    double x1, y1, x2, y2;
    const char *text; /* as in XML: &amp; */
};
struct reader_word *reader_words(struct arena *arena, struct bytes pdf, size_t *ret_count,
                                 size_t *ret_pages);

/* Fails the test when a word lies outside the margins or over another. */
void reader_assert_tidy(const struct reader_word *words, size_t count);

/* On which page the first word that begins like this stands; 0: none. */
size_t reader_page_of(const struct reader_word *words, size_t count, const char *begin);

#endif
