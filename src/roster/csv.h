/*
 * csv: rows of cells from a stream, after RFC 4180, as programs in the Netherlands really write it:
 * semicolons, commas or tabs, CRLF, LF or CR, a byte order mark or not, UTF-8 or Windows-1252.
 * Knows nothing of what cells mean. Cells of columns marked `skip` are passed over without being
 * kept; only whether something stood there is remembered.
 */
#ifndef ROSTER_CSV_H
#define ROSTER_CSV_H

#include "base/buf.h"
#include "roster/package.h"

#define CSV_COLUMNS_MAX 256
#define CSV_ROW_MAX ((size_t)1024 * 1024)

enum csv_step {
    CSV_ROW,     /* a row: count, csv_cell(), line */
    CSV_END,     /* no more rows */
    CSV_STOPPED, /* unreadable from here: problem, or status when that is not OK */
};

struct csv {
    /* the row */
    size_t count;                 /* cells */
    unsigned line;                /* where it starts, 1-based */
    bool filled[CSV_COLUMNS_MAX]; /* something stood there, also when skipped */
    /* set by the caller once the header is known */
    bool skip[CSV_COLUMNS_MAX];
    /* why it stopped */
    enum status status; /* ERR_IO, ERR_NOMEM */
    enum roster_message problem;
    const char *problem_arg;
    unsigned problem_line, problem_column; /* column: number of the cell */

    char separator;
    /* the reader's own */
    struct stream *stream;
    struct buf row;
    size_t start[CSV_COLUMNS_MAX];
    unsigned char *chunk;
    size_t chunk_len, chunk_at;
    size_t cell_len;
    unsigned now_line;
    bool windows_1252, ended, cell_quoted;
};

/*
 * Starts reading: finds encoding and separator. `or_1252`: text that is not UTF-8 as a whole is
 * Windows-1252 (reads the stream twice); otherwise it is refused. ERR_IO, ERR_NOMEM; ERR_INVALID
 * with csv->problem when the stream itself is no good. Close in every case.
 */
NODISCARD enum status csv_open(struct csv *csv, struct stream *stream, bool or_1252);
void csv_close(struct csv *csv);

/* The next row that is not blank. Its cells are valid until the next call. */
enum csv_step csv_next(struct csv *csv);

/* Cell 0 … count-1; "" beyond, and for skipped ones. */
const char *csv_cell(const struct csv *csv, size_t i);

#endif
