#include "web/notice.h"

#include "web/web_fixture.h"

static void a_word_becomes_its_line(void **state)
{
    struct page_fixture *f = *state;
    assert_page_contains(page_get(f, PAGE_COORDINATOR, "/?ok=bewaard"), "Kept.");
    assert_page_contains(page_get(f, PAGE_COORDINATOR, "/?a=1&ok=bewaard"), "Kept.");
    assert_page_lacks(page_get(f, PAGE_COORDINATOR, "/"), "callout--ok");
}

static void nobody_else_puts_words_on_our_pages(void **state)
{
    struct page_fixture *f = *state;
    struct page_answer *answer = page_get(f, PAGE_COORDINATOR, "/?ok=Bel+0900-1234");
    assert_page_status(answer, 200);
    assert_page_lacks(answer, "0900");
    assert_page_lacks(answer, "callout--ok");
    assert_page_lacks(page_get(f, PAGE_COORDINATOR, "/nergens?ok=bewaard"), "Kept.");
    assert_null(notice_text("onbekend"));
    assert_string_equal(notice_text("bewaard"), "Kept.");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        page_each_engine(a_word_becomes_its_line),
        page_each_engine(nobody_else_puts_words_on_our_pages),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
