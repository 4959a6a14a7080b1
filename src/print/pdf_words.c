#include "print/pdf_words.h"

#include <inttypes.h>

#include "base/log.h"
#include "base/str.h"
#include "base/utf8.h"

#define OBJECTS_MAX 1000000
#define ENTRY 20 /* bytes of a line in the table: "0000000015 00000 n \n" */

struct pdf {
    struct buf *buf;
    size_t table; /* where the first entry of the cross-reference table stands */
    long count;   /* of objects, with number 0 */
    long root, info, startxref;
};

struct update {
    long number;
    size_t at;
};

/* The number behind the last `key` of the file, or -1. */
static long last_number(const struct buf *buf, const char *key)
{
    size_t len = strlen(key);
    for (size_t at = buf->len; at-- > len;)
        if (memcmp(buf->data + at - len, key, len) == 0)
            return strtol(buf->data + at, NULL, 10);
    return -1;
}

static bool read_frame(struct pdf *pdf)
{
    const struct buf *buf = pdf->buf;
    pdf->root = last_number(buf, "/Root ");
    pdf->info = last_number(buf, "/Info ");
    pdf->startxref = last_number(buf, "startxref\n");
    if (pdf->root < 1 || pdf->info < 1 || pdf->startxref < 1 || (size_t)pdf->startxref >= buf->len)
        return false;
    const char *at = buf->data + pdf->startxref;
    if (!str_starts(at, "xref\n0 "))
        return false;
    char *end;
    pdf->count = strtol(at + strlen("xref\n0 "), &end, 10);
    pdf->table = (size_t)(end - buf->data) + 1;
    return pdf->count > 1 && pdf->count < OBJECTS_MAX &&
           pdf->table + (size_t)pdf->count * ENTRY < buf->len;
}

/* The dictionary of an object that begins with <<, up to its >>; NULL if it is not like that. */
static const char *dictionary(const struct pdf *pdf, long number, size_t *ret_len)
{
    const char *data = pdf->buf->data;
    long at = strtol(data + pdf->table + (size_t)number * ENTRY, NULL, 10);
    char head[32];
    int len = snprintf(head, sizeof(head), "%ld 0 obj\n<<", number);
    if (at < 1 || (size_t)at + (size_t)len > pdf->buf->len || !str_starts(data + at, head))
        return NULL;
    const char *from = data + at + len;
    const char *end = strstr(from, "endobj");
    while (end && end > from && (end[-1] == '\n' || end[-1] == ' '))
        end--;
    if (!end || end - from < 2 || end[-1] != '>' || end[-2] != '>')
        return NULL;
    *ret_len = (size_t)(end - 2 - from);
    return from;
}

/* A text string: UTF-16 with its mark, in hexadecimal (7.9.2.2). */
static void add_text(struct buf *buf, const char *text)
{
    buf_add_str(buf, "<FEFF");
    for (uint32_t code; (code = utf8_next(&text)) != 0;) {
        if (code >= 0x10000)
            buf_printf(buf, "%04X%04X", (unsigned)(0xd7c0 + (code >> 10)),
                       (unsigned)(0xdc00 + (code & 0x3ff)));
        else
            buf_printf(buf, "%04X", (unsigned)code);
    }
    buf_add_char(buf, '>');
}

/* Writes an object again, with something added to its dictionary. */
static bool write_again(struct pdf *pdf, long number, const char *key, const char *text,
                        struct update *ret)
{
    size_t len = 0;
    const char *old = dictionary(pdf, number, &len);
    size_t from = old ? (size_t)(old - pdf->buf->data) : 0;
    if (!old)
        return false;
    *ret = (struct update){.number = number, .at = pdf->buf->len};
    buf_printf(pdf->buf, "%ld 0 obj\n<<", number);
    for (size_t i = 0; i < len && !buf_failed(pdf->buf); i++) /* the buffer may move as it grows */
        buf_add_char(pdf->buf, pdf->buf->data[from + i]);
    buf_printf(pdf->buf, " %s ", key);
    add_text(pdf->buf, text);
    buf_add_str(pdf->buf, " >>\nendobj\n");
    return true;
}

static bool is_figure(const struct pdf *pdf, long number)
{
    size_t len = 0;
    const char *dict = dictionary(pdf, number, &len);
    static const char kind[] = "/S /Figure";
    for (size_t i = 0; dict && i + sizeof(kind) - 1 <= len && i < 64; i++)
        if (memcmp(dict + i, kind, sizeof(kind) - 1) == 0)
            return true;
    return false;
}

static void write_table(struct pdf *pdf, const struct update *updates, size_t count)
{
    struct buf *buf = pdf->buf;
    size_t table = buf->len;
    buf_add_str(buf, "xref\n");
    for (size_t i = 0; i < count; i++)
        buf_printf(buf, "%ld 1\n%010zu 00000 n \n", updates[i].number, updates[i].at);
    buf_printf(buf,
               "trailer\n<< /Size %ld\n   /Root %ld 0 R\n   /Info %ld 0 R\n   /Prev %ld\n>>\n"
               "startxref\n%zu\n%%%%EOF\n",
               pdf->count, pdf->root, pdf->info, pdf->startxref, table);
}

enum status pdf_add_words(struct buf *buf, const char *language, const char *const *words,
                          size_t count)
{
    struct pdf pdf = {.buf = buf};
    size_t len = buf->len, done = 0, figure = 0;
    struct update *updates = calloc(count + 1, sizeof(*updates));
    if (!updates)
        return ERR_NOMEM;
    bool known =
        read_frame(&pdf) && write_again(&pdf, pdf.root, "/Lang", language, &updates[done++]);
    /* cairo numbers structure in the order in which it begins. */
    for (long i = 1; known && i < pdf.count && figure < count; i++)
        if (is_figure(&pdf, i)) {
            const char *say = words[figure++];
            if (say)
                known = write_again(&pdf, i, "/Alt", say, &updates[done++]);
        }
    if (known)
        write_table(&pdf, updates, done);
    free(updates);
    if (buf_failed(buf))
        return ERR_NOMEM;
    if (!known) {
        log_event(LOG_WARN, "pdf_without_words", "bytes=%zu", len);
        buf->len = len;
        buf->data[len] = '\0';
    }
    return OK;
}
