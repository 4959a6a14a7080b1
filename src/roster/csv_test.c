#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/arena.h"
#include "roster/csv.h"

/* A file in memory behind the reader; close with close_text. */
struct fixture {
    struct package package;
    struct stream stream;
    struct csv csv;
};

static enum status open_bytes(struct fixture *f, const void *data, size_t len, bool or_1252)
{
    f->package = (struct package){.kind = PACKAGE_FILE, .fd = -1, .data = {data, len}};
    assert_int_equal(input_open(&f->package, "", &f->stream), OK);
    return csv_open(&f->csv, &f->stream, or_1252);
}

static void open_text(struct fixture *f, const char *text)
{
    assert_int_equal(open_bytes(f, text, strlen(text), false), OK);
}

static void close_text(struct fixture *f)
{
    csv_close(&f->csv);
    input_close(&f->stream);
}

static void assert_row(struct fixture *f, unsigned line, size_t count, const char *const cells[])
{
    assert_int_equal(csv_next(&f->csv), CSV_ROW);
    assert_int_equal(f->csv.line, line);
    assert_int_equal(f->csv.count, count);
    for (size_t i = 0; i < count; i++)
        assert_string_equal(csv_cell(&f->csv, i), cells[i]);
    assert_string_equal(csv_cell(&f->csv, count), "");
}

#define ASSERT_ROW(f, line, ...)                                                                   \
    assert_row(f, line, ARRAY_LEN(((const char *const[]){__VA_ARGS__})),                           \
               (const char *const[]){__VA_ARGS__})

static void rows_end_in_every_known_way(void **state UNUSED)
{
    struct fixture f;
    open_text(&f, "a,b\r\nc,d\ne,f\r\rg,\"h\ni\"\r\n\r\n\r\nj,");
    ASSERT_ROW(&f, 1, "a", "b");
    ASSERT_ROW(&f, 2, "c", "d");
    ASSERT_ROW(&f, 3, "e", "f");
    ASSERT_ROW(&f, 5, "g", "h\ni");
    ASSERT_ROW(&f, 9, "j", "");
    assert_int_equal(csv_next(&f.csv), CSV_END);
    assert_int_equal(csv_next(&f.csv), CSV_END);
    close_text(&f);
}

static void quotes_follow_the_rfc(void **state UNUSED)
{
    struct fixture f;
    open_text(&f, "\"a;\"\"b\"\"\";x\"y;\"\"\n\"\"\n");
    ASSERT_ROW(&f, 1, "a;\"b\"", "x\"y", "");
    ASSERT_ROW(&f, 2, "");
    assert_int_equal(csv_next(&f.csv), CSV_END);
    close_text(&f);
}

static void the_separator_is_found_in_the_header(void **state UNUSED)
{
    static const char *const texts[] = {"a;b,c;d\n", "\xEF\xBB\xBF\"a;b;c\",d,e\n", "a\tb\tc,d\n",
                                        "a\n"};
    static const char expected[] = {';', ',', '\t', ';'};
    for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
        struct fixture f;
        open_text(&f, texts[i]);
        assert_int_equal(f.csv.separator, expected[i]);
        close_text(&f);
    }
}

static void skipped_columns_are_noticed_but_not_kept(void **state UNUSED)
{
    struct fixture f;
    open_text(&f, "a,secret,b\n1,\"111222333\",2\n3,,4\n");
    ASSERT_ROW(&f, 1, "a", "secret", "b");
    f.csv.skip[1] = true;
    assert_int_equal(csv_next(&f.csv), CSV_ROW);
    assert_string_equal(csv_cell(&f.csv, 1), "");
    assert_string_equal(csv_cell(&f.csv, 2), "2");
    assert_true(f.csv.filled[1]);
    assert_null(memmem(f.csv.row.data, f.csv.row.size, "111222333", 9));
    assert_int_equal(csv_next(&f.csv), CSV_ROW);
    assert_false(f.csv.filled[1]);
    close_text(&f);
}

static void windows_1252_is_what_is_not_utf8(void **state UNUSED)
{
    struct fixture f;
    static const char latin[] = "a;b\nBr\xFCll;\x80\x92\n";
    assert_int_equal(open_bytes(&f, latin, sizeof latin - 1, true), OK);
    ASSERT_ROW(&f, 1, "a", "b");
    ASSERT_ROW(&f, 2, "Br\u00fcll", "\u20ac\u2019");
    close_text(&f);

    static const char utf8[] = "a;b\nBr\u00fcll;\u20ac\n";
    assert_int_equal(open_bytes(&f, utf8, sizeof utf8 - 1, true), OK);
    ASSERT_ROW(&f, 1, "a", "b");
    ASSERT_ROW(&f, 2, "Br\u00fcll", "\u20ac");
    close_text(&f);

    open_text(&f, latin);
    ASSERT_ROW(&f, 1, "a", "b");
    assert_int_equal(csv_next(&f.csv), CSV_STOPPED);
    assert_int_equal(f.csv.problem, ROSTER_CSV_ENCODING);
    assert_int_equal(f.csv.problem_line, 2);
    assert_int_equal(f.csv.problem_column, 1);
    close_text(&f);
}

/* Letters of two, three and four bytes on every position around the border between two chunks. */
static void utf8_is_recognised_across_chunks(void **state UNUSED)
{
    static const char letters[] = "\u00fc\u20ac\U0001F600";
    for (size_t shift = 0; shift < 12; shift++) {
        struct buf text;
        buf_init(&text, (size_t)1024 * 1024);
        while (text.len < (size_t)64 * 1024 - 12 + shift)
            buf_add_str(&text, text.len % 40 == 39 ? "\n" : "a");
        buf_add_str(&text, letters);
        while (text.len < (size_t)128 * 1024 - 6 - shift)
            buf_add_str(&text, text.len % 40 == 39 ? "\n" : "a");
        buf_add_str(&text, letters);
        struct fixture f;
        assert_int_equal(open_bytes(&f, text.data, text.len, true), OK);
        assert_false(f.csv.windows_1252);
        enum csv_step step;
        while ((step = csv_next(&f.csv)) == CSV_ROW)
            ;
        assert_int_equal(step, CSV_END);
        close_text(&f);
        text.len--; /* the last letter is cut off */
        assert_int_equal(open_bytes(&f, text.data, text.len, true), OK);
        assert_true(f.csv.windows_1252);
        close_text(&f);
        buf_free(&text);
    }
}

struct bad {
    const char *text;
    size_t len;
    enum roster_message problem;
    unsigned line, column;
};
#define BAD(text, ...)                                                                             \
    {                                                                                              \
        text, sizeof text - 1, __VA_ARGS__                                                         \
    }

static void unreadable_text_stops_with_its_place(void **state UNUSED)
{
    static const struct bad cases[] = {
        BAD("a,b\n1,x\0y\n", ROSTER_CSV_NUL, 2, 2),
        BAD("a,b\n1,\"x\0\"\n", ROSTER_CSV_NUL, 2, 2),
        BAD("a,b\n1,\"x\n\n\n", ROSTER_CSV_QUOTE_OPEN, 2, 2),
        BAD("a,b\n1,\"x\"y\n", ROSTER_CSV_QUOTE_TEXT, 2, 2),
        BAD("a,b\n\xC3,2\n", ROSTER_CSV_ENCODING, 2, 1),
        BAD("a,b\n\xED\xA0\x80,2\n", ROSTER_CSV_ENCODING, 2, 1),
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct fixture f;
        assert_int_equal(open_bytes(&f, cases[i].text, cases[i].len, false), OK);
        assert_int_equal(csv_next(&f.csv), CSV_ROW);
        assert_int_equal(csv_next(&f.csv), CSV_STOPPED);
        assert_int_equal(f.csv.problem, cases[i].problem);
        assert_int_equal(f.csv.problem_line, cases[i].line);
        assert_int_equal(f.csv.problem_column, cases[i].column);
        assert_int_equal(csv_next(&f.csv), CSV_STOPPED); /* and stays stopped */
        close_text(&f);
    }
    struct fixture f;
    assert_int_equal(open_bytes(&f,
                                "\xFF\xFE"
                                "a\0",
                                4, true),
                     ERR_INVALID);
    assert_int_equal(f.csv.problem, ROSTER_CSV_ENCODING);
    close_text(&f);
}

/* `count` times `piece`, then `tail`, as one file. */
static enum roster_message problem_of(const char *piece, size_t count, const char *tail)
{
    struct buf text;
    buf_init(&text, (size_t)8 * 1024 * 1024);
    for (size_t i = 0; i < count; i++)
        buf_add_str(&text, piece);
    buf_add_str(&text, tail);
    struct fixture f;
    assert_int_equal(open_bytes(&f, text.data, text.len, false), OK);
    while (csv_next(&f.csv) == CSV_ROW)
        ;
    enum roster_message problem = f.csv.problem;
    assert_int_equal(f.csv.status, OK);
    close_text(&f);
    buf_free(&text);
    return problem;
}

static void limits_are_exact(void **state UNUSED)
{
    assert_int_equal(problem_of(",", CSV_COLUMNS_MAX - 1, "\n"), ROSTER_NO_PROBLEM);
    assert_int_equal(problem_of(",", CSV_COLUMNS_MAX, "\n"), ROSTER_CSV_TOO_WIDE);
    assert_int_equal(problem_of("x,", 10000, "\n"), ROSTER_CSV_TOO_WIDE);
    assert_int_equal(problem_of("x", ROSTER_TEXT_MAX, "\n"), ROSTER_NO_PROBLEM);
    assert_int_equal(problem_of("x", ROSTER_TEXT_MAX + 1, "\n"), ROSTER_TEXT_TOO_LONG);
    char cell[6001];
    memset(cell, 'x', sizeof cell);
    cell[5999] = ',';
    cell[6000] = '\0';
    assert_int_equal(problem_of(cell, CSV_ROW_MAX / 6000 - 1, "\n"), ROSTER_NO_PROBLEM);
    assert_int_equal(problem_of(cell, CSV_ROW_MAX / 6000 + 1, "\n"), ROSTER_CSV_ROW_TOO_LONG);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_end_in_every_known_way),
        cmocka_unit_test(quotes_follow_the_rfc),
        cmocka_unit_test(the_separator_is_found_in_the_header),
        cmocka_unit_test(skipped_columns_are_noticed_but_not_kept),
        cmocka_unit_test(windows_1252_is_what_is_not_utf8),
        cmocka_unit_test(utf8_is_recognised_across_chunks),
        cmocka_unit_test(unreadable_text_stops_with_its_place),
        cmocka_unit_test(limits_are_exact),
    };
    return cmocka_run_group_tests_name("roster csv", tests, NULL, NULL);
}
