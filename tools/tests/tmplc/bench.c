/* How long a large page takes to print: `meson test --benchmark`. Not a test: machines differ. */
#include "base/clock.h"
#include "forms_html.h"
#include "group_html.h"
#include "i18n/tr.h"

#define ROUNDS 2000
#define PAGE_SIZE 173000

const char *tr(const struct tr *tr UNUSED, const char *id)
{
    return id;
}

const char *trn(const struct tr *tr UNUSED, const char *one, const char *other, int64_t n)
{
    return n == 1 ? one : other;
}

int main(void)
{
    struct pupil_view pupils[30];
    for (size_t i = 0; i < ARRAY_LEN(pupils); i++)
        pupils[i] = (struct pupil_view){{INT64_MAX - (int64_t)i}, "Anne-Sophie d'Hondt & co", "x"};
    const struct group_view group = {
        .id = {77}, .name = "Groep 7", .pupils = pupils, .pupil_count = 30, .state = "open"};
    static const char text[] =
        "Ik vind rekenen leuk, maar ik zou graag wat meer tijd hebben om dingen \"zelf\" uit te "
        "zoeken. Soms gaat het te snel & dan snap ik het pas later, bij het naspreken.";
    struct buf page;
    buf_init(&page, 1 << 20);
    struct html h = {.out = &page};

    size_t len = 0;
    int64_t from = clock_ticks_us();
    for (int i = 0; i < ROUNDS; i++) {
        buf_reset(&page);
        while (page.len < PAGE_SIZE) {
            html_group_card(&h, &group, true);
            for (int k = 0; k < 10; k++)
                html_field(&h, "own_words", text, NULL, true, 4);
        }
        len = page.len;
    }
    double us = (double)(clock_ticks_us() - from) / ROUNDS;
    printf("a page of %zu bytes: %.1f us, %.0f MB/s\n", len, us, (double)len / us);
    buf_free(&page);
    return 0;
}
