#include "print/pdf_update.h"

#include <inttypes.h>
#include <zlib.h>

#include "base/log.h"
#include "base/str.h"
#include "base/utf8.h"

#define OBJECTS_MAX 1000000
#define TEXT_MAX ((size_t)1 << 20)
#define ENTRY 20 /* bytes of a line in the table: "0000000015 00000 n \n" */

struct change {
    long number;
    size_t at;
};

struct pdf {
    struct buf *buf;
    struct buf text; /* what is written into an object */
    size_t table;    /* where the first entry of the cross-reference table stands */
    long count;      /* of objects, with number 0 */
    long root, info, startxref;
    const struct pdf_update *update;
    struct change *changes;
    size_t change_count;
    size_t figure, page; /* how many were met */
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

/* The change of an object that is written next. */
static void note_change(struct pdf *pdf, long number)
{
    pdf->changes[pdf->change_count++] = (struct change){.number = number, .at = pdf->buf->len};
    buf_printf(pdf->buf, "%ld 0 obj\n", number);
}

static void add_again(struct buf *buf, size_t from, size_t to)
{
    for (; from < to && !buf_failed(buf); from++) /* the buffer may move as it grows */
        buf_add_char(buf, buf->data[from]);
}

/* Writes an object again, with pdf->text in place of `len` bytes at `at` of the file. */
static bool write_again(struct pdf *pdf, long number, size_t at, size_t len)
{
    size_t old_len = 0;
    const char *old = dictionary(pdf, number, &old_len);
    size_t from = old ? (size_t)(old - pdf->buf->data) : 0;
    if (!old || buf_failed(&pdf->text))
        return false;
    note_change(pdf, number);
    buf_add_str(pdf->buf, "<<");
    add_again(pdf->buf, from, at);
    buf_add(pdf->buf, pdf->text.data, pdf->text.len);
    add_again(pdf->buf, at + len, from + old_len);
    buf_add_str(pdf->buf, ">>\nendobj\n");
    buf_reset(&pdf->text);
    return true;
}

/* Adds an entry with a text to an object's dictionary. */
static bool add_entry(struct pdf *pdf, long number, const char *key, const char *text)
{
    size_t len = 0;
    const char *old = dictionary(pdf, number, &len);
    if (!old)
        return false;
    buf_printf(&pdf->text, " %s ", key);
    add_text(&pdf->text, text);
    return write_again(pdf, number, (size_t)(old - pdf->buf->data) + len, 0);
}

/* Where `what` stands in an object's dictionary; NULL: it does not. */
static const char *find(const struct pdf *pdf, long number, const char *what)
{
    size_t len = 0, what_len = strlen(what);
    const char *at = dictionary(pdf, number, &len);
    for (; at && len >= what_len; at++, len--)
        if (memcmp(at, what, what_len) == 0)
            return at;
    return NULL;
}

static bool begins_with(const struct pdf *pdf, long number, const char *what)
{
    size_t len = 0;
    const char *from = dictionary(pdf, number, &len);
    const char *at = from ? find(pdf, number, what) : NULL;
    return at && at - from < 64;
}

/* --- under a page ----------------------------------------------------------------------------- */

static bool write_stream(struct pdf *pdf, long number, struct bytes content)
{
    uLongf len = compressBound(content.len);
    Bytef *packed = malloc(len);
    /* Numbers shrink as well at this level as at any. */
    bool done = packed && compress2(packed, &len, content.data, content.len, Z_BEST_SPEED) == Z_OK;
    if (done) {
        note_change(pdf, number);
        buf_printf(pdf->buf, "<< /Length %lu /Filter /FlateDecode >>\nstream\n", len);
        buf_add(pdf->buf, packed, len);
        buf_add_str(pdf->buf, "\nendstream\nendobj\n");
    } else {
        pdf->buf->failed = true;
    }
    free(packed);
    return done;
}

/* The transparencies by the names that ink.h gives them. */
static bool write_resources(struct pdf *pdf, long number)
{
    static const char key[] = "/ExtGState <<";
    size_t len = 0;
    const char *from = dictionary(pdf, number, &len);
    const char *states = find(pdf, number, key);
    if (!from)
        return false;
    if (!states)
        buf_add_str(&pdf->text, key);
    for (unsigned i = 0; i < 256; i++)
        if (pdf->update->faded[i / 8] >> i % 8 & 1) {
            unsigned opacity = ((255 - i) * 1000 + 127) / 255; /* thousandths */
            buf_printf(&pdf->text, " /ink%u << /CA %u.%03u /ca %u.%03u >>", i, opacity / 1000,
                       opacity % 1000, opacity / 1000, opacity % 1000);
        }
    if (!states)
        buf_add_str(&pdf->text, " >>");
    const char *at = states ? states + strlen(key) : from;
    return write_again(pdf, number, (size_t)(at - pdf->buf->data), 0);
}

/* The page's content becomes two: ours, then cairo's. */
static bool write_page(struct pdf *pdf, long number)
{
    static const char contents[] = "/Contents ", resources[] = "/Resources ";
    long stream = pdf->count + (long)pdf->page;
    const char *at = find(pdf, number, contents), *named = find(pdf, number, resources);
    char *end, *named_end;
    if (!at || !named || pdf->page == pdf->update->page_count)
        return false;
    long content = strtol(at + strlen(contents), &end, 10);
    long resource = strtol(named + strlen(resources), &named_end, 10);
    if (content < 1 || !str_starts(end, " 0 R") || resource < 1 || resource >= pdf->count ||
        !str_starts(named_end, " 0 R"))
        return false;
    buf_printf(&pdf->text, "%s[ %ld 0 R %ld 0 R ]", contents, stream, content);
    size_t from = (size_t)(at - pdf->buf->data), len = (size_t)(end - at) + strlen(" 0 R");
    return write_again(pdf, number, from, len) && write_resources(pdf, resource) &&
           write_stream(pdf, stream, pdf->update->under[pdf->page++]);
}

/* --- all of it -------------------------------------------------------------------------------- */

/* cairo numbers structure in the order in which it begins, and pages in theirs. */
static bool write_objects(struct pdf *pdf)
{
    const struct pdf_update *update = pdf->update;
    if (!add_entry(pdf, pdf->root, "/Lang", update->language))
        return false;
    for (long i = 1; i < pdf->count; i++) {
        if (pdf->figure < update->word_count && begins_with(pdf, i, "/S /Figure")) {
            const char *say = update->words[pdf->figure++];
            if (say && !add_entry(pdf, i, "/Alt", say))
                return false;
        } else if (update->under && begins_with(pdf, i, "/Type /Page ") && !write_page(pdf, i)) {
            return false;
        }
    }
    return !update->under || pdf->page == update->page_count;
}

static void write_table(struct pdf *pdf)
{
    struct buf *buf = pdf->buf;
    size_t table = buf->len;
    buf_add_str(buf, "xref\n");
    for (size_t i = 0; i < pdf->change_count; i++)
        buf_printf(buf, "%ld 1\n%010zu 00000 n \n", pdf->changes[i].number, pdf->changes[i].at);
    buf_printf(buf,
               "trailer\n<< /Size %ld\n   /Root %ld 0 R\n   /Info %ld 0 R\n   /Prev %ld\n>>\n"
               "startxref\n%zu\n%%%%EOF\n",
               pdf->count + (long)pdf->page, pdf->root, pdf->info, pdf->startxref, table);
}

enum status pdf_update(struct buf *buf, const struct pdf_update *update)
{
    struct pdf pdf = {.buf = buf, .update = update};
    size_t len = buf->len, most = update->word_count + 3 * update->page_count + 1;
    pdf.changes = calloc(most, sizeof(*pdf.changes));
    if (!pdf.changes)
        return ERR_NOMEM;
    buf_init(&pdf.text, TEXT_MAX);
    bool known = read_frame(&pdf) && write_objects(&pdf);
    if (known)
        write_table(&pdf);
    free(pdf.changes);
    buf_free(&pdf.text);
    if (buf_failed(buf))
        return ERR_NOMEM;
    if (known)
        return OK;
    log_event(LOG_WARN, "pdf_not_updated", "bytes=%zu", len);
    buf->len = len;
    buf->data[len] = '\0';
    return ERR_INVALID;
}
