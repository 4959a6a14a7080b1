#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/compiler.h"
#include "base/random.h"
#include "http/parse.h"
#include "http/proxy.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void targets_are_taken_apart(void **state UNUSED)
{
    static const struct {
        const char *raw, *path, *query, *authority;
    } cases[] = {
        {"/", "/", "", NULL},
        {"/groep/4?open=1&x=%C3%A9", "/groep/4", "open=1&x=%C3%A9", NULL},
        {"/leerling/", "/leerling/", "", NULL},
        {"/a%20b/%C3%A9", "/a b/\xC3\xA9", "", NULL},
        {"/\xC3\xA9", "/\xC3\xA9", "", NULL},
        {"/x?", "/x", "", NULL},
        {"/x?q=a%20b+c", "/x", "q=a%20b+c", NULL},
        {"/x??a=b?c", "/x", "?a=b?c", NULL},
        {"/x%3Fy?z", "/x?y", "z", NULL},
        {"/.well-known/x", "/.well-known/x", "", NULL},
        {"/...", "/...", "", NULL},
        {"/a..b/c", "/a..b/c", "", NULL},
        {"http://school.example:8080/x?y", "/x", "y", "school.example:8080"},
        {"HTTPS://[::1]/", "/", "", "[::1]"},
        {"http://h/%41%42", "/AB", "", "h"},
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        char text[128];
        (void)snprintf(text, sizeof text, "%s", cases[i].raw);
        struct parse_target target;
        assert_int_equal(parse_target(text, &target), 0);
        assert_string_equal(target.path, cases[i].path);
        assert_string_equal(target.query, cases[i].query);
        if (cases[i].authority)
            assert_string_equal(target.authority, cases[i].authority);
        else
            assert_null(target.authority);
    }
}

static void bad_targets_are_refused(void **state UNUSED)
{
    static const char *const cases[] = {
        "",
        "*",
        "x",
        "example:443",
        "?",
        "//",
        "//x",
        "/a//b",
        "/a//",
        "/.",
        "/..",
        "/../x",
        "/a/..",
        "/a/../b",
        "/a/.",
        "/a/./b",
        "/%2e%2e/x",
        "/a/%2E%2E",
        "/a%2fb",
        "/a\\b",
        "/a%5Cb",
        "/%00",
        "/a%0Ab",
        "/a%7F",
        "/a\x01",
        "/a b",
        "/%",
        "/%4",
        "/%zz",
        "/%C3",
        "/%C3%28",
        "/\xFF",
        "/%ED%A0%80",
        "/%C0%AF",
        "/x?%00",
        "/x?a=%0d%0aSet-Cookie:",
        "/x?%zz",
        "/x?100%",
        "/x?%C3",
        "/x?%C3%C3%A9",
        "/x?\xC3",
        "/x?%FF",
        "/x?%E2%82",
        "/x?a=%ED%A0%80",
        "/x?\t",
        "/x?a b",
        "http://",
        "http:///x",
        "http://h",
        "http://h\\@evil/x",
        "http://a@b/x",
        "ftp://h/x",
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        char text[128];
        (void)snprintf(text, sizeof text, "%s", cases[i]);
        struct parse_target target = {"untouched", NULL, NULL};
        int status = parse_target(text, &target);
        if (status != 400)
            fail_msg("accepted: %s", cases[i]);
        assert_string_equal(target.path, "untouched");
    }
}

static int verdict(const char *const (*fields)[2], bool http_1_1)
{
    struct parse_framing framing = {0};
    for (size_t i = 0; fields[i][0]; i++)
        parse_framing_field(&framing, fields[i][0], fields[i][1]);
    return parse_framing_verdict(&framing, http_1_1);
}

static void framing_has_one_reading(void **state UNUSED)
{
    static const struct {
        const char *fields[5][2];
        int http_1_1, http_1_0;
    } cases[] = {
        {{{"Host", "x"}}, 0, 0},
        {{{"host", "x:8080"}, {"content-length", "12"}}, 0, 0},
        {{{"Host", "[::1]:80"}, {"Transfer-Encoding", "Chunked"}}, 0, 400},
        {{{"Accept", "*/*"}}, 400, 0},
        {{{"Host", "x"}, {"Host", "x"}}, 400, 400},
        {{{"Host", "x y"}}, 400, 400},
        {{{"Host", "x/y"}}, 400, 400},
        {{{"Host", ""}}, 400, 400},
        {{{"Host", "x"}, {"Content-Length", "1"}, {"Content-Length", "1"}}, 400, 400},
        {{{"Host", "x"}, {"Content-Length", "1, 1"}}, 400, 400},
        {{{"Host", "x"}, {"Content-Length", "+1"}}, 400, 400},
        {{{"Host", "x"}, {"Content-Length", "-1"}}, 400, 400},
        {{{"Host", "x"}, {"Content-Length", "0x1"}}, 400, 400},
        {{{"Host", "x"}, {"Content-Length", ""}}, 400, 400},
        {{{"Host", "x"}, {"Content-Length", "99999999999999999999999"}}, 400, 400},
        {{{"Host", "x"}, {"Content-Length", "1"}, {"Transfer-Encoding", "chunked"}}, 400, 400},
        {{{"Host", "x"}, {"Transfer-Encoding", "chunked"}, {"Transfer-Encoding", "chunked"}},
         400,
         400},
        {{{"Host", "x"}, {"Transfer-Encoding", "gzip, chunked"}}, 501, 400},
        {{{"Host", "x"}, {"Transfer-Encoding", "identity"}}, 501, 400},
        {{{"Host", "x"}, {"Content-Length ", "1"}}, 400, 400},
        {{{"Host", "x"}, {"X(", "1"}}, 400, 400},
        {{{"Host", "x"}, {"", "1"}}, 400, 400},
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        if (verdict(cases[i].fields, true) != cases[i].http_1_1)
            fail_msg("HTTP/1.1, case %zu", i);
        if (verdict(cases[i].fields, false) != cases[i].http_1_0)
            fail_msg("HTTP/1.0, case %zu", i);
    }
}

static void lengths_are_read(void **state UNUSED)
{
    struct parse_framing framing = {0};
    parse_framing_field(&framing, "Content-Length", "54525952");
    assert_true(framing.length == 54525952);
    assert_false(framing.bad_length);
}

static void cookies_are_found(void **state UNUSED)
{
    static const struct {
        const char *header, *value;
    } cases[] = {
        {"sid=abc", "abc"},
        {"a=1; sid=abc; b=2", "abc"},
        {"a=1;sid=abc;b=2", "abc"},
        {"  sid=abc  ", "abc"},
        {"sid=\"a b\"", "a b"},
        {"sid=", ""},
        {"sid=a=b", "a=b"},
        {"sid=first; sid=second", "first"},
        {"xsid=no; sid=yes", "yes"},
        {"SID=no; sid=yes", "yes"},
        {"sid", NULL},
        {"sidx=1", NULL},
        {"", NULL},
        {";;;", NULL},
        {"a=\"; sid=inside\"; sid=x", "inside\""}, /* quotes do not hide a ';' (RFC 6265) */
        {"sid=\xFF", NULL},
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct bytes value;
        bool found = parse_cookie(cases[i].header, "sid", &value);
        if (found != (cases[i].value != NULL))
            fail_msg("%s", cases[i].header);
        if (!found)
            continue;
        assert_int_equal(value.len, strlen(cases[i].value));
        assert_memory_equal(value.data, cases[i].value, value.len);
    }
}

static void fields_cannot_break_out(void **state UNUSED)
{
    assert_true(parse_field_valid("Location", "/groep/4"));
    assert_true(parse_field_valid("X-A", ""));
    assert_true(parse_field_valid("X-A", "a\tb \xC3\xA9"));
    assert_false(parse_field_valid("Location", "/x\r\nSet-Cookie: a=b"));
    assert_false(parse_field_valid("X-A", "a\nb"));
    assert_false(parse_field_valid("X-A", "a\x7F"));
    assert_false(parse_field_valid("X A", "a"));
    assert_false(parse_field_valid("X-A:", "a"));
    assert_false(parse_field_valid("", "a"));
}

static struct proxy_address address(const char *text)
{
    struct proxy_address made;
    assert_int_equal(proxy_address_parse(text, strlen(text), &made), OK);
    return made;
}

static void addresses_are_read_and_shown(void **state UNUSED)
{
    static const struct {
        const char *text, *shown;
    } cases[] = {
        {"192.0.2.7", "192.0.2.7"},
        {"192.0.2.7:4711", "192.0.2.7"},
        {"2001:DB8::1", "2001:db8::1"},
        {"[2001:db8::1]:4711", "2001:db8::1"},
        {"[::1]", "::1"},
        {"::ffff:192.0.2.7", "192.0.2.7"},
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++)
        assert_string_equal(proxy_address_text(address(cases[i].text)).s, cases[i].shown);
    static const char *const bad[] = {"",     "unknown", "1.2.3", "1.2.3.4.5", "_hidden",
                                      "[::1", "[::1]x",  "::1::", "01.2.3.4x"};
    struct proxy_address made;
    for (size_t i = 0; i < ARRAY_LEN(bad); i++)
        assert_int_equal(proxy_address_parse(bad[i], strlen(bad[i]), &made), ERR_INVALID);
}

static void blocks_match_by_bits(void **state UNUSED)
{
    static const struct {
        const char *block, *inside, *outside;
    } cases[] = {
        {"10.1.2.3", "10.1.2.3", "10.1.2.4"},
        {"10.0.0.0/8", "10.255.0.1", "11.0.0.1"},
        {"192.168.4.0/22", "192.168.7.255", "192.168.8.0"},
        {"192.168.4.4/31", "192.168.4.5", "192.168.4.6"},
        {"0.0.0.0/0", "203.0.113.9", "2001:db8::1"},
        {"2001:db8::/32", "2001:db8:ffff::1", "2001:db9::1"},
        {"fe80::/10", "febf::1", "fec0::1"},
        {"::1", "::1", "::2"},
        {"::/0", "203.0.113.9", NULL},
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        const char *const texts[] = {cases[i].block, NULL};
        struct proxy_list list;
        assert_int_equal(proxy_list_init(texts, &list), OK);
        if (!proxy_list_has(&list, address(cases[i].inside)) ||
            (cases[i].outside && proxy_list_has(&list, address(cases[i].outside))))
            fail_msg("%s", cases[i].block);
        proxy_list_done(&list);
    }
    static const char *const bad[] = {"10.0.0.0/33", "10.0.0.0/-1", "::/129", "10.0.0.0/",
                                      "10.0.0.0/x",  "school",      ""};
    for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
        const char *const texts[] = {"127.0.0.1", bad[i], NULL};
        struct proxy_list list;
        assert_int_equal(proxy_list_init(texts, &list), ERR_INVALID);
    }
}

static void the_client_is_the_rightmost_stranger(void **state UNUSED)
{
    static const struct {
        const char *connected, *fields[3], *client;
    } cases[] = {
        {"203.0.113.9", {"192.0.2.1"}, "203.0.113.9"},
        {"127.0.0.1", {NULL}, "127.0.0.1"},
        {"127.0.0.1", {"192.0.2.1"}, "192.0.2.1"},
        {"127.0.0.1", {"6.6.6.6, 192.0.2.1"}, "192.0.2.1"},
        {"127.0.0.1", {"6.6.6.6, 192.0.2.1, 10.0.0.5"}, "192.0.2.1"},
        {"127.0.0.1", {"6.6.6.6", "192.0.2.1", "10.0.0.5"}, "192.0.2.1"},
        {"127.0.0.1", {"192.0.2.1, nonsense"}, "127.0.0.1"},
        {"127.0.0.1", {"nonsense, 10.0.0.5"}, "10.0.0.5"},
        {"127.0.0.1", {"10.0.0.7, 10.0.0.5"}, "10.0.0.7"},
        {"127.0.0.1", {",, 192.0.2.1 ,"}, "192.0.2.1"},
        {"127.0.0.1", {"[2001:db8::9]:80"}, "2001:db8::9"},
    };
    static const char *const trusted[] = {"127.0.0.1", "10.0.0.0/8", NULL};
    struct proxy_list list;
    assert_int_equal(proxy_list_init(trusted, &list), OK);
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        size_t count = 0;
        while (count < 3 && cases[i].fields[count])
            count++;
        struct proxy_address client =
            proxy_client(&list, address(cases[i].connected), cases[i].fields, count);
        assert_string_equal(proxy_address_text(client).s, cases[i].client);
    }
    proxy_list_done(&list);
}

/* Pieces that matter to the parsers, thrown together; real fuzzing runs the same target longer. */
static void no_bytes_break_it(void **state UNUSED)
{
    static const char *const pieces[] = {
        "/",        "//",    "..",      ".",    "%2e", "%00", "%",       "%C3%A9",
        "\xC3",     "?",     "http://", "sid=", ";",   "\"",  ",",       " ",
        "10.0.0.1", "[::1]", ":80",     "/8",   "::",  "\\",  "chunked", "18446744073709551616",
        "\x7F",
    };
    struct random random = random_seeded(20260901);
    for (int round = 0; round < 20000; round++) {
        uint8_t input[256];
        size_t len = 0;
        for (uint32_t n = random_below(&random, 9); n > 0; n--) {
            const char *piece = pieces[random_below(&random, ARRAY_LEN(pieces))];
            memcpy(input + len, piece, strlen(piece));
            len += strlen(piece);
            if (random_below(&random, 4) == 0)
                random_fill(&random, input + len++, 1);
        }
        (void)LLVMFuzzerTestOneInput(input, len);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(targets_are_taken_apart),
        cmocka_unit_test(bad_targets_are_refused),
        cmocka_unit_test(framing_has_one_reading),
        cmocka_unit_test(lengths_are_read),
        cmocka_unit_test(cookies_are_found),
        cmocka_unit_test(fields_cannot_break_out),
        cmocka_unit_test(addresses_are_read_and_shown),
        cmocka_unit_test(blocks_match_by_bits),
        cmocka_unit_test(the_client_is_the_rightmost_stranger),
        cmocka_unit_test(no_bytes_break_it),
    };
    return cmocka_run_group_tests_name("http_parse", tests, NULL, NULL);
}
