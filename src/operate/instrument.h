/*
 * instrument: what the two language instruments (mirror, sharpen) have in common as commands of a
 * shell: a file of lines in, a verdict per line out, as text or JSON; or --score, how well it
 * labels a file that people labelled. Knows lines, languages and files; what a line means is the
 * instrument's own.
 */
#ifndef OPERATE_INSTRUMENT_H
#define OPERATE_INSTRUMENT_H

#include <jansson.h>
#include <stddef.h>

#include "base/bytes.h"
#include "base/status.h"

struct arena;
struct cli;
struct command;
struct tr;

struct instrument;

struct instrument_run {
    const struct instrument *instrument;
    struct cli *cli;
    const struct tr *tr;
    struct arena *arena; /* of one line; reset before each */
};

struct instrument {
    size_t arena_size;    /* bytes, for one line */
    const char *too_long; /* "longer than 64 KiB" */
    const char *columns;  /* of a labelled file, for who leaves one out */
    /* One line, without its end, NUL-terminated: prints the verdict, or makes JSON of it when
     * ret_json is not NULL. A status other than OK refuses the line. */
    enum status (*line)(const struct instrument_run *run, const char *line, size_t len,
                        json_t **ret_json);
    /* A labelled file. Returns an exit code. */
    int (*score)(const struct instrument_run *run, const char *file, struct bytes content);
};

/* The command: parses its options --score and --language, reads, prints. Returns an exit code.
 * Refuses a line that is not UTF-8, has a NUL or is too long, by its number. */
int instrument_run(const struct instrument *instrument, const struct command *command, int argc,
                   char **argv);

/* Refuses a labelled file that has not the columns, or whose row could not be read. */
int instrument_lacks_columns(const struct instrument_run *run, const char *file);
int instrument_bad_row(const struct instrument_run *run, const char *file, size_t row,
                       enum status status);

#endif
