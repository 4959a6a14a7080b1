#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <strings.h>
#include <cmocka.h>

#include "base/random.h"
#include "html/html.h"

#define ROUNDS 20000
#define LEN_MAX 40

static void prints(void (*print)(struct html *, const char *), const char *text,
                   const char *expected)
{
    struct buf out;
    buf_init(&out, 4096);
    struct html h = {.out = &out};
    print(&h, text);
    assert_string_equal(out.data, expected);
    buf_free(&out);
}

static void text_is_escaped(void **state UNUSED)
{
    prints(html_text, "a & b <c> \"d\" 'e' \xc3\xab", "a &amp; b &lt;c&gt; \"d\" 'e' \xc3\xab");
    prints(html_text, "&amp;", "&amp;amp;");
    prints(html_text, "", "");
    prints(html_text, NULL, "");
}

static void attributes_are_escaped(void **state UNUSED)
{
    prints(html_attr, "a & b <c> \"d\" 'e'", "a &amp; b &lt;c&gt; &#34;d&#34; &#39;e&#39;");
    prints(html_attr, NULL, "");
}

static void url_parts_are_encoded(void **state UNUSED)
{
    prints(html_url_part, "Aa0-._~", "Aa0-._~");
    prints(html_url_part, "a b/c?d=e&f#g%h:\"'<>\\",
           "a%20b%2Fc%3Fd%3De%26f%23g%25h%3A%22%27%3C%3E%5C");
    prints(html_url_part, "\xc3\xab\n", "%C3%AB%0A");
    prints(html_url_part, NULL, "");
}

static void urls_that_pass(void **state UNUSED)
{
    static const char *const good[][2] = {
        {"/", "/"},
        {"/leerling/0a?b=1&c=2", "/leerling/0a?b=1&amp;c=2"},
        {"#top", "#top"},
        {"?q=a\\b", "?q=a\\b"},
        {"https://example.org/", "https://example.org/"},
        {"HTTPS://example.org/", "HTTPS://example.org/"},
        {"mailto:a@example.org", "mailto:a@example.org"},
        {"tel:+31201234567", "tel:+31201234567"},
        {"/a\"b'c", "/a&#34;b&#39;c"},
        {"/a//b", "/a//b"},
    };
    for (size_t i = 0; i < ARRAY_LEN(good); i++)
        prints(html_url, good[i][0], good[i][1]);
}

static void urls_that_do_not(void **state UNUSED)
{
    static const char *const bad[] = {
        "",
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java\nscript:alert(1)",
        "java\tscript:alert(1)",
        "\x01javascript:alert(1)",
        " javascript:alert(1)",
        "\tjavascript:alert(1)",
        "https\n:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "vbscript:a",
        "http://example.org/",
        "blob:x",
        "file:///etc/passwd",
        "//example.org",
        "/\\example.org",
        "\\\\example.org",
        "\\/example.org",
        "/\t/example.org",
        "/\n\\example.org",
        "\t//example.org",
        " //example.org",
        "/a\rb",
        "/a\x7f",
        "example.org",
        "leerling",
        ":",
        "https",
        "\xc2\xa0javascript:alert(1)",
        "&#106;avascript:alert(1)",
    };
    for (size_t i = 0; i < ARRAY_LEN(bad); i++)
        prints(html_url, bad[i], "#");
    prints(html_url, NULL, "#");
}

static void numbers_and_ids(void **state UNUSED)
{
    struct buf out;
    buf_init(&out, 4096);
    struct html h = {.out = &out};
    static const int64_t values[] = {0, 1, -1, 9, 10, -10, INT32_MIN, INT64_MAX, INT64_MIN};
    for (size_t i = 0; i < ARRAY_LEN(values); i++) {
        char expected[32];
        (void)snprintf(expected, sizeof expected, "%lld", (long long)values[i]);
        buf_reset(&out);
        html_int(&h, values[i]);
        assert_string_equal(out.data, expected);
    }
    buf_reset(&out);
    html_uint(&h, UINT64_MAX);
    assert_string_equal(out.data, "18446744073709551615");
    buf_reset(&out);
    html_id(&h, 33);
    assert_string_equal(out.data, "0000000000011");
    buf_free(&out);
}

static void what_is_the_same_is_written_once_and_copied(void **state UNUSED)
{
    const int once = SELF_CHECKED ? 2 : 1; /* written again, to compare */
    static const char names[HTML_KEPT + 2];
    int ran[HTML_KEPT + 2] = {0};
    struct buf out, expected;
    buf_init(&out, 4096);
    buf_init(&expected, 4096);
    struct html h = {.out = &out};
    for (int round = 0; round < 2; round++) {
        for (int i = 0; i < HTML_KEPT + 2; i++) {
            for (struct html_same same = html_same(&h, &names[i]); html_same_goes(&h, &same);) {
                ran[i]++;
                html_text(&h, "<b>");
                html_int(&h, i);
            }
            buf_printf(&expected, "&lt;b&gt;%d", i);
        }
    }
    assert_string_equal(out.data, expected.data);
    assert_int_equal(ran[0], once);
    assert_int_equal(ran[HTML_KEPT - 1], once);
    assert_int_equal(ran[HTML_KEPT], 2); /* more are not kept */
    buf_free(&out);
    buf_free(&expected);
}

static void a_page_that_is_full_stays_so(void **state UNUSED)
{
    struct buf out;
    buf_init(&out, 5);
    struct html h = {.out = &out};
    for (int round = 0; round < 3; round++)
        for (struct html_same same = html_same(&h, "x"); html_same_goes(&h, &same);)
            html_text(&h, "abc");
    assert_true(buf_failed(&out));
    assert_string_equal(out.data, "abc");
    buf_free(&out);
}

/* Reads the way a browser would, and nothing of the sinks' own tables. */
static void unescape(const char *html, struct buf *out)
{
    static const struct {
        const char *reference;
        char c;
    } known[] = {{"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&#34;", '"'}, {"&#39;", '\''}};
    while (*html) {
        size_t i = 0;
        while (i < ARRAY_LEN(known) &&
               strncmp(html, known[i].reference, strlen(known[i].reference)) != 0)
            i++;
        assert_true(*html != '&' || i < ARRAY_LEN(known));
        buf_add_char(out, i < ARRAY_LEN(known) ? known[i].c : *html);
        html += i < ARRAY_LEN(known) ? strlen(known[i].reference) : 1;
    }
}

static int hex(char c)
{
    assert_true((c >= '0' && c <= '9') || (c >= 'A' && c <= 'F'));
    return c <= '9' ? c - '0' : c - 'A' + 10;
}

static void decode(const char *url, struct buf *out)
{
    for (; *url; url++) {
        if (*url == '%') {
            buf_add_char(out, (char)(hex(url[1]) << 4 | hex(url[2])));
            url += 2;
        } else {
            buf_add_char(out, *url);
        }
    }
}

/* Half of them any byte, half of them the bytes that matter. */
static void random_text(struct random *random, char to[LEN_MAX + 1])
{
    static const char matters[] = "&<>\"'%#;/\\:=? \n\tamplt";
    size_t len = random_below(random, LEN_MAX);
    bool any = random_below(random, 2);
    for (size_t i = 0; i < len; i++)
        to[i] = any ? (char)(1 + random_below(random, 255))
                    : matters[random_below(random, sizeof matters - 1)];
    to[len] = '\0';
}

static void round_trip(void (*print)(struct html *, const char *),
                       void (*read)(const char *, struct buf *), const char *never)
{
    struct random random = random_seeded(7);
    struct buf out, back;
    buf_init(&out, 4096);
    buf_init(&back, 4096);
    struct html h = {.out = &out};
    for (int i = 0; i < ROUNDS; i++) {
        char text[LEN_MAX + 1];
        random_text(&random, text);
        buf_reset(&out);
        buf_reset(&back);
        print(&h, text);
        read(out.data, &back);
        assert_string_equal(back.data, text);
        assert_null(strpbrk(out.data, never));
    }
    buf_free(&out);
    buf_free(&back);
}

static void any_text_comes_back(void **state UNUSED)
{
    round_trip(html_text, unescape, "<>");
    round_trip(html_attr, unescape, "<>\"'");
    round_trip(html_url_part, decode, "<>\"'&#?/\\:=; \t\r\n");
}

/* What html_url lets through reads back as the same address, and that address is an allowed one. */
static void any_url_is_allowed_or_nothing(void **state UNUSED)
{
    static const char *const starts[] = {
        "", "/", "#", "?", "https:", "mailto:", "tel:", "//", "/\\", "javascript:", "\t/", "java"};
    struct random random = random_seeded(8);
    struct buf out, back;
    buf_init(&out, 4096);
    buf_init(&back, 4096);
    struct html h = {.out = &out};
    size_t passed = 0, stopped = 0;
    for (int i = 0; i < ROUNDS; i++) {
        char text[LEN_MAX + 1], url[2 * LEN_MAX];
        random_text(&random, text);
        (void)snprintf(url, sizeof url, "%s%s", starts[random_below(&random, ARRAY_LEN(starts))],
                       text);
        buf_reset(&out);
        buf_reset(&back);
        html_url(&h, url);
        unescape(out.data, &back);
        if (strcmp(back.data, "#") == 0) {
            stopped++;
            continue;
        }
        passed++;
        assert_string_equal(back.data, url);
        bool local =
            (url[0] == '/' && url[1] != '/' && url[1] != '\\') || url[0] == '#' || url[0] == '?';
        assert_true(local || strncasecmp(url, "https:", 6) == 0 ||
                    strncasecmp(url, "mailto:", 7) == 0 || strncasecmp(url, "tel:", 4) == 0);
        for (const char *c = url; *c; c++)
            assert_true((unsigned char)*c >= ' ' && *c != 0x7f);
    }
    assert_true(passed > ROUNDS / 20 && stopped > ROUNDS / 20);
    buf_free(&out);
    buf_free(&back);
}

static void a_full_buffer_takes_whole_pieces(void **state UNUSED)
{
    for (size_t max = 0; max < 12; max++) {
        struct buf out;
        buf_init(&out, max);
        struct html h = {.out = &out};
        html_text(&h, "ab<cd&ef");
        assert_true(buf_failed(&out));
        assert_true(out.len <= max);
        buf_free(&out);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_is_escaped),
        cmocka_unit_test(attributes_are_escaped),
        cmocka_unit_test(url_parts_are_encoded),
        cmocka_unit_test(urls_that_pass),
        cmocka_unit_test(urls_that_do_not),
        cmocka_unit_test(numbers_and_ids),
        cmocka_unit_test(what_is_the_same_is_written_once_and_copied),
        cmocka_unit_test(a_page_that_is_full_stays_so),
        cmocka_unit_test(any_text_comes_back),
        cmocka_unit_test(any_url_is_allowed_or_nothing),
        cmocka_unit_test(a_full_buffer_takes_whole_pieces),
    };
    return cmocka_run_group_tests_name("html", tests, NULL, NULL);
}
