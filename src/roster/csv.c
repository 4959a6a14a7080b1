#include "roster/csv.h"

#include <assert.h>

#include "base/utf8.h"
#include "roster/encoding.h"

#define CHUNK ((size_t)64 * 1024)
#define END_OF_FILE (-1)

static enum csv_step stop(struct csv *csv, enum roster_message problem, const char *arg)
{
    csv->problem = problem;
    csv->problem_arg = arg;
    csv->problem_line = csv->now_line;
    csv->problem_column = (unsigned)csv->count + 1;
    return CSV_STOPPED;
}

/* Takes over why the stream gave nothing more. */
static void stream_failed(struct csv *csv, enum status st)
{
    if (st == ERR_LIMIT || st == ERR_CORRUPT)
        (void)stop(csv, csv->stream->problem, csv->stream->problem_arg);
    else
        csv->status = st;
}

static bool fill(struct csv *csv)
{
    size_t len = 0;
    enum status st = input_read(csv->stream, csv->chunk, CHUNK, &len);
    if (st != OK)
        stream_failed(csv, st);
    csv->chunk_len = len;
    csv->chunk_at = 0;
    csv->ended = len == 0;
    return st == OK;
}

static bool failed(const struct csv *csv)
{
    return csv->status != OK || csv->problem != ROSTER_NO_PROBLEM;
}

static int peek_byte(struct csv *csv)
{
    if (csv->chunk_at == csv->chunk_len && (csv->ended || !fill(csv) || csv->ended))
        return END_OF_FILE;
    return csv->chunk[csv->chunk_at];
}

static int next_byte(struct csv *csv)
{
    int c = peek_byte(csv);
    csv->chunk_at += c != END_OF_FILE;
    return c;
}

/* How many of the last bytes belong to a sequence that the next chunk completes. */
static size_t unfinished(const unsigned char *text, size_t len)
{
    for (size_t back = 1; back <= 3 && back <= len; back++) {
        unsigned char c = text[len - back];
        if ((c & 0xC0) == 0x80)
            continue;
        size_t need = c >= 0xF0 ? 4 : c >= 0xE0 ? 3 : c >= 0xC0 ? 2 : 1;
        return need > back ? back : 0;
    }
    return 0;
}

/* Reads the whole stream once to see whether it is UTF-8. */
static enum status find_encoding(struct csv *csv)
{
    size_t kept = 0;
    for (;;) {
        size_t len = 0;
        enum status st = input_read(csv->stream, csv->chunk + kept, CHUNK - kept, &len);
        if (st != OK)
            return st;
        size_t have = kept + len;
        kept = len ? unfinished(csv->chunk, have) : 0;
        if (!utf8_valid((const char *)csv->chunk, have - kept)) {
            csv->windows_1252 = true;
            break;
        }
        if (len == 0)
            break;
        memmove(csv->chunk, csv->chunk + have - kept, kept);
    }
    return input_rewind(csv->stream);
}

/* The separator that stands most often in the first row, outside quotes. */
static char find_separator(const unsigned char *text, size_t len)
{
    static const char candidates[] = {';', ',', '\t'};
    size_t count[ARRAY_LEN(candidates)] = {0};
    bool quoted = false;
    for (size_t i = 0; i < len; i++) {
        if (text[i] == '"')
            quoted = !quoted;
        if (!quoted && (text[i] == '\n' || text[i] == '\r'))
            break;
        for (size_t k = 0; !quoted && k < ARRAY_LEN(candidates); k++)
            count[k] += text[i] == candidates[k];
    }
    size_t best = 0;
    for (size_t k = 1; k < ARRAY_LEN(candidates); k++)
        if (count[k] > count[best])
            best = k;
    return candidates[best];
}

static bool is_utf16(const unsigned char *text, size_t len)
{
    return len >= 2 &&
           ((text[0] == 0xFF && text[1] == 0xFE) || (text[0] == 0xFE && text[1] == 0xFF));
}

static void read_start(struct csv *csv)
{
    if (!fill(csv))
        return;
    if (is_utf16(csv->chunk, csv->chunk_len))
        (void)stop(csv, ROSTER_CSV_ENCODING, NULL);
    if (csv->chunk_len >= 3 && memcmp(csv->chunk, "\xEF\xBB\xBF", 3) == 0)
        csv->chunk_at = 3;
    csv->separator = find_separator(csv->chunk + csv->chunk_at, csv->chunk_len - csv->chunk_at);
}

enum status csv_open(struct csv *csv, struct stream *stream, bool or_1252)
{
    assert(csv && stream);
    *csv = (struct csv){.stream = stream, .now_line = 1};
    buf_init(&csv->row, CSV_ROW_MAX);
    csv->chunk = malloc(CHUNK);
    if (!csv->chunk)
        csv->status = ERR_NOMEM;
    if (!failed(csv) && or_1252) {
        enum status st = find_encoding(csv);
        if (st != OK)
            stream_failed(csv, st);
    }
    if (!failed(csv))
        read_start(csv);
    if (csv->status != OK)
        return csv->status;
    return csv->problem == ROSTER_NO_PROBLEM ? OK : ERR_INVALID;
}

void csv_close(struct csv *csv)
{
    free(csv->chunk);
    csv->chunk = NULL;
    buf_free(&csv->row);
}

const char *csv_cell(const struct csv *csv, size_t i)
{
    return i < csv->count && !csv->skip[i] ? csv->row.data + csv->start[i] : "";
}

static void begin_cell(struct csv *csv)
{
    csv->start[csv->count] = csv->row.len;
    csv->filled[csv->count] = false;
    csv->cell_len = 0;
    csv->cell_quoted = false;
}

/* One byte of the cell that is being read. False when the row stops here. */
static bool add_byte(struct csv *csv, int c)
{
    if (c == 0) {
        (void)stop(csv, ROSTER_CSV_NUL, NULL);
        return false;
    }
    if (++csv->cell_len > ROSTER_TEXT_MAX) {
        (void)stop(csv, ROSTER_TEXT_TOO_LONG, "64");
        return false;
    }
    csv->filled[csv->count] = true;
    if (csv->skip[csv->count])
        return true;
    if (csv->windows_1252 && c >= 0x80) {
        uint32_t code = cp1252_code((uint8_t)c);
        char piece[4];
        if (code == 0xFFFD) {
            (void)stop(csv, ROSTER_CSV_ENCODING, NULL);
            return false;
        }
        buf_add(&csv->row, piece, utf8_put(code, piece));
    } else {
        buf_add_char(&csv->row, (char)c);
    }
    return true;
}

static bool end_cell(struct csv *csv)
{
    size_t len = csv->row.len - csv->start[csv->count];
    buf_add_char(&csv->row, '\0');
    if (buf_failed(&csv->row)) {
        /* Pieces are at most four bytes, so a row that met its maximum is that close to it. */
        if (csv->row.len + 4 > CSV_ROW_MAX)
            (void)stop(csv, ROSTER_CSV_ROW_TOO_LONG, "1024");
        else
            csv->status = ERR_NOMEM;
        return false;
    }
    if (!csv->windows_1252 && !utf8_valid(csv->row.data + csv->start[csv->count], len)) {
        (void)stop(csv, ROSTER_CSV_ENCODING, NULL);
        return false;
    }
    csv->count++;
    return true;
}

/* CR, LF or CRLF: the first byte is taken, this takes the rest. */
static void end_line(struct csv *csv, int c)
{
    if (c == '\r' && peek_byte(csv) == '\n')
        (void)next_byte(csv);
    csv->now_line++;
}

/* After the opening quote until the closing one. */
static bool read_quoted(struct csv *csv)
{
    unsigned opened = csv->now_line;
    for (;;) {
        int c = next_byte(csv);
        if (c == END_OF_FILE) {
            if (!failed(csv)) {
                (void)stop(csv, ROSTER_CSV_QUOTE_OPEN, NULL);
                csv->problem_line = opened;
            }
            return false;
        }
        if (c == '"') {
            if (peek_byte(csv) != '"')
                return true;
            (void)next_byte(csv);
        }
        if (c == '\n' || c == '\r') {
            end_line(csv, c);
            c = '\n';
        }
        if (!add_byte(csv, c))
            return false;
    }
}

/* Reads one cell and what ends it: the separator, CR, LF or END_OF_FILE in *ret_end. */
static bool read_cell(struct csv *csv, int *ret_end)
{
    begin_cell(csv);
    if (peek_byte(csv) == '"') {
        (void)next_byte(csv);
        csv->cell_quoted = true;
        if (!read_quoted(csv))
            return false;
    }
    for (;;) {
        int c = next_byte(csv);
        if (failed(csv))
            return false;
        if (c == csv->separator || c == '\n' || c == '\r' || c == END_OF_FILE) {
            *ret_end = c;
            return end_cell(csv);
        }
        if (csv->cell_quoted) {
            (void)stop(csv, ROSTER_CSV_QUOTE_TEXT, NULL);
            return false;
        }
        if (!add_byte(csv, c))
            return false;
    }
}

static bool is_blank_row(const struct csv *csv)
{
    return csv->count == 1 && !csv->filled[0] && !csv->cell_quoted;
}

enum csv_step csv_next(struct csv *csv)
{
    while (!failed(csv)) {
        buf_reset(&csv->row);
        csv->count = 0;
        csv->line = csv->now_line;
        if (peek_byte(csv) == END_OF_FILE)
            return failed(csv) ? CSV_STOPPED : CSV_END;
        int end = csv->separator;
        while (end == csv->separator) {
            if (csv->count == CSV_COLUMNS_MAX)
                return stop(csv, ROSTER_CSV_TOO_WIDE, "256");
            if (!read_cell(csv, &end))
                return CSV_STOPPED;
        }
        if (end != END_OF_FILE)
            end_line(csv, end);
        if (!is_blank_row(csv))
            return CSV_ROW;
    }
    return CSV_STOPPED;
}
