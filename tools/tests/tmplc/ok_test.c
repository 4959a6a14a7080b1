/*
 * The templates in ok/, compiled with all warnings of the project and run: what they print is in
 * ok/<case>.expected.html, judged by eye once. TMPLC_ACCEPT=1 writes those files again.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/arena.h"
#include "drawing_html.h"
#include "forms_html.h"
#include "group_html.h"
#include "i18n/tr.h"
#include "layout_html.h"
#include "same_html.h"
#include "space_html.h"
#include "values_html.h"

#define EVIL "</td>\"'><script>alert(1)</script>&amp; \\ \xc3\xab"

/* Translation is tested in i18n; here one can see that it was asked. */
const char *tr(const struct tr *tr UNUSED, const char *id)
{
    return strcmp(id, "Search") == 0 ? "Zoek <hier>" : id;
}

const char *trn(const struct tr *tr UNUSED, const char *one, const char *other, int64_t n)
{
    return n == 1 ? one : other;
}

static const struct pupil_view pupils[] = {
    {{1}, "Özgür", NULL},
    {{INT64_MAX}, "d'Artagnan & Zn.", "<b>"},
};

static const struct group_view full = {
    .id = {77}, .name = "Groep 7", .pupils = pupils, .pupil_count = 2, .state = "open"};

static void group_open(struct html *h)
{
    html_group_card(h, &full, true);
}

static void group_empty(struct html *h)
{
    const struct group_view v = {.id = {78}, .name = "Leeg", .state = NULL};
    html_group_card(h, &v, false);
}

static void layout(struct html *h)
{
    const struct page_view page = {
        .lang = "nl", .title = "</title>", .body = html_layout_body, .view = &full};
    html_layout(h, &page, EVIL);
}

static void layout_branches(struct html *h)
{
    const struct group_view some = {.name = "a", .pupil_count = 3}, none = {.name = NULL};
    html_layout_body(h, &some);
    html_layout_body(h, &none);
}

static void values_evil(struct html *h)
{
    char writable[] = EVIL;
    html_values(h, EVIL, "https://example.org/?a=1&b=2", writable);
}

static void values_script(struct html *h)
{
    char writable[] = "javascript:alert(1)";
    html_values(h, writable, writable, writable);
}

static void values_absent(struct html *h)
{
    char empty[1] = "";
    html_values(h, "", NULL, empty);
    html_values_none(h);
    html_values_unused(h, NULL, 0);
}

static void forms(struct html *h)
{
    static const char *const names[] = {"een", "<twee>", "drie", "vier", "vijf", "zes"};
    html_field(h, "own_words", "\nEerst een lege regel", "Te lang", true, 4);
    html_field(h, "name", "\"x\"", NULL, false, 1);
    html_choice(h, names, 6, 2);
    html_choice(h, names, 2, 0);
}

static void drawing(struct html *h)
{
    html_drawing(h, "A & B", 48, "ster/\"x\"");
    html_drawing_part(h, -3);
}

static void space(struct html *h)
{
    html_space(h, true, 2);
    html_literal(h, "\n----\n", 6);
    html_space(h, false, 0);
}

static void same(struct html *h)
{
    html_repeats(h, "A & \"B\"", 3);
}

struct page_case {
    const char *name;
    void (*print)(struct html *h);
};

static const struct page_case cases[] = {
    {"group_open", group_open},
    {"group_empty", group_empty},
    {"layout", layout},
    {"layout_branches", layout_branches},
    {"values_evil", values_evil},
    {"values_script", values_script},
    {"values_absent", values_absent},
    {"forms", forms},
    {"drawing", drawing},
    {"same", same},
    {"space", space},
};

static void read_expected(struct buf *to, const char *path)
{
    char block[4096];
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    for (size_t len; (len = fread(block, 1, sizeof block, file)) > 0;)
        buf_add(to, block, len);
    assert_int_equal(fclose(file), 0);
}

static void accept(const struct buf *page, const char *path)
{
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(page->data, 1, page->len, file), page->len);
    assert_int_equal(fclose(file), 0);
}

static void prints_what_was_agreed(void **state)
{
    const struct page_case *c = *state;
    struct buf page, expected, path;
    buf_init(&page, 1 << 20);
    buf_init(&expected, 1 << 20);
    buf_init(&path, 4096);
    struct html h = {.out = &page};
    c->print(&h);
    buf_printf(&path, "%s/%s.expected.html", getenv("TMPLC_OK"), c->name);
    if (getenv("TMPLC_ACCEPT"))
        accept(&page, path.data);
    read_expected(&expected, path.data);
    assert_false(buf_failed(&page));
    assert_string_equal(page.data, expected.data);
    assert_int_equal(page.len, expected.len);
    buf_free(&page);
    buf_free(&expected);
    buf_free(&path);
}

/* A buffer that is too small fails and stays whole; nothing runs past it. */
static void a_full_buffer_is_survived(void **state)
{
    const struct page_case *c = *state;
    for (size_t max = 0; max < 200; max++) {
        struct buf page;
        buf_init(&page, max);
        struct html h = {.out = &page};
        c->print(&h);
        assert_true(page.len <= max);
        buf_free(&page);
    }
}

int main(void)
{
    struct CMUnitTest tests[2 * ARRAY_LEN(cases)];
    struct page_case copies[ARRAY_LEN(cases)]; /* cmocka takes no pointer to const */
    memcpy(copies, cases, sizeof cases);
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct page_case *c = &copies[i];
        tests[2 * i] = (struct CMUnitTest){
            .name = c->name, .test_func = prints_what_was_agreed, .initial_state = c};
        tests[2 * i + 1] = (struct CMUnitTest){
            .name = c->name, .test_func = a_full_buffer_is_survived, .initial_state = c};
    }
    return cmocka_run_group_tests_name("tmplc_ok", tests, NULL, NULL);
}
