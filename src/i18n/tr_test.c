#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/bytes.h"
#include "base/random.h"
#include "gen/nl_mo.h"
#include "i18n/mo.h"
#include "i18n/tr.h"

#define HEADER                                                                                     \
    "Content-Type: text/plain; charset=UTF-8\nPlural-Forms: nplurals=2; plural=(n != 1);\n"
#define TEXT(s)                                                                                    \
    {                                                                                              \
        s, sizeof(s) - 1                                                                           \
    }

/* Ids and texts of a catalogue by hand; lengths count because plurals hold a NUL. */
struct text {
    const char *s;
    size_t len;
};

struct message {
    struct text id, text;
};

static const struct message MESSAGES[] = {
    {TEXT(""), TEXT(HEADER)},
    {TEXT("empty"), TEXT("")},
    {TEXT("one pupil\0{0} pupils"), TEXT("één leerling\0{0} leerlingen")},
    {TEXT("{0} of {1}"), TEXT("van {1} zijn er {0}")},
};

static void put_u32(struct buf *buf, size_t value, bool swapped)
{
    uint32_t v = swapped ? __builtin_bswap32((uint32_t)value) : (uint32_t)value;
    buf_add(buf, &v, sizeof v);
}

static void make_mo(struct buf *buf, const struct message *messages, size_t count, bool swapped)
{
    size_t ids = 28;
    size_t texts = ids + 8 * count;
    size_t at = texts + 8 * count;
    const size_t head[] = {0x950412de, 0, count, ids, texts, 0, 0};
    buf_init(buf, 65536);
    for (size_t i = 0; i < ARRAY_LEN(head); i++)
        put_u32(buf, head[i], swapped);
    for (int table = 0; table < 2; table++)
        for (size_t i = 0; i < count; i++) {
            size_t len = table ? messages[i].text.len : messages[i].id.len;
            put_u32(buf, len, swapped);
            put_u32(buf, at, swapped);
            at += len + 1;
        }
    for (int table = 0; table < 2; table++)
        for (size_t i = 0; i < count; i++) {
            const struct text *t = table ? &messages[i].text : &messages[i].id;
            buf_add(buf, t->s, t->len);
            buf_add_char(buf, '\0');
        }
}

static enum status open_messages(const struct message *messages, size_t count)
{
    struct buf buf;
    make_mo(&buf, messages, count, false);
    struct tr *t = NULL;
    enum status st = tr_new(LANG_NL, buf.data, buf.len, &t);
    tr_free(t);
    buf_free(&buf);
    return st;
}

static void reads_both_byte_orders(void **state UNUSED)
{
    for (int swapped = 0; swapped < 2; swapped++) {
        struct buf buf;
        make_mo(&buf, MESSAGES, ARRAY_LEN(MESSAGES), swapped);
        struct tr *t = NULL;
        assert_int_equal(tr_new(LANG_NL, buf.data, buf.len, &t), OK);
        assert_string_equal(tr(t, "{0} of {1}"), "van {1} zijn er {0}");
        assert_string_equal(tr(t, "one pupil"), "één leerling");
        assert_string_equal(tr_code(t), "nl");
        tr_free(t);
        buf_free(&buf);
    }
}

static void unknown_text_is_itself(void **state UNUSED)
{
    struct buf buf;
    make_mo(&buf, MESSAGES, ARRAY_LEN(MESSAGES), false);
    struct tr *t = NULL;
    assert_int_equal(tr_new(LANG_NL, buf.data, buf.len, &t), OK);
    assert_string_equal(tr(t, "not there"), "not there");
    assert_string_equal(tr(t, "empty"), "empty");
    assert_string_equal(tr(t, ""), "");                               /* not the header */
    assert_string_equal(trn(t, "{0} of {1}", "others", 2), "others"); /* has no plural */
    tr_free(t);
    buf_free(&buf);

    assert_int_equal(tr_new(LANG_EN, NULL, 0, &t), OK);
    assert_string_equal(tr(t, "not there"), "not there");
    assert_string_equal(tr_code(t), "en");
    tr_free(t);
}

static void plural_goes_by_number(void **state UNUSED)
{
    struct buf buf;
    make_mo(&buf, MESSAGES, ARRAY_LEN(MESSAGES), false);
    struct tr *nl = NULL;
    struct tr *en = NULL;
    assert_int_equal(tr_new(LANG_NL, buf.data, buf.len, &nl), OK);
    assert_int_equal(tr_new(LANG_EN, NULL, 0, &en), OK);
    struct arena *arena = arena_new(65536);
    assert_string_equal(trn(nl, "one pupil", "{0} pupils", 1), "één leerling");
    assert_string_equal(trn(nl, "one pupil", "{0} pupils", 0), "{0} leerlingen");
    assert_string_equal(trn(nl, "one pupil", "{0} pupils", INT64_MIN), "{0} leerlingen");
    assert_string_equal(trn(en, "one pupil", "{0} pupils", 1), "one pupil");
    assert_string_equal(trf(nl, arena, trn(nl, "one pupil", "{0} pupils", 24), 1, "24"),
                        "24 leerlingen");
    arena_free(arena);
    tr_free(nl);
    tr_free(en);
    buf_free(&buf);
}

static void values_are_filled_in_once(void **state UNUSED)
{
    struct buf buf;
    make_mo(&buf, MESSAGES, ARRAY_LEN(MESSAGES), false);
    struct tr *t = NULL;
    assert_int_equal(tr_new(LANG_NL, buf.data, buf.len, &t), OK);
    struct arena *arena = arena_new(65536);
    assert_string_equal(trf(t, arena, "{0} of {1}", 2, "14", "24"), "van 24 zijn er 14");
    assert_string_equal(trf(t, arena, "{0} of {1}", 2, "{1}", "{0}"), "van {0} zijn er {1}");
    assert_string_equal(trf(t, arena, "{0}{0}", 1, (const char *)NULL), "");
    assert_string_equal(trf(t, arena, "a {1} {x} {0 } {0", 1, "v"), "a {1} {x} {0 } {0");
    assert_string_equal(
        trf(t, arena, "{9}{0}", 10, "a", "b", "c", "d", "e", "f", "g", "h", "i", "j"), "ja");
    assert_string_equal(trf(t, arena, "", 0), "");
    arena_fail_at(arena, 1);
    assert_string_equal(trf(t, arena, "{0} of {1}", 2, "14", "24"), "");
    assert_true(arena_failed(arena));
    arena_free(arena);
    tr_free(t);
    buf_free(&buf);
}

static void broken_catalogues_are_refused(void **state UNUSED)
{
    static const struct message NO_HEADER[] = {{TEXT("a"), TEXT("b")}};
    static const struct message UNSORTED[] = {
        {TEXT(""), TEXT(HEADER)}, {TEXT("b"), TEXT("x")}, {TEXT("a"), TEXT("y")}};
    static const struct message TWICE[] = {
        {TEXT(""), TEXT(HEADER)}, {TEXT("a"), TEXT("x")}, {TEXT("a"), TEXT("y")}};
    static const struct message NOT_UTF8[] = {{TEXT(""), TEXT(HEADER)}, {TEXT("a"), TEXT("\xff")}};
    static const struct message ONE_FORM[] = {{TEXT(""), TEXT(HEADER)}, {TEXT("a\0b"), TEXT("x")}};
    static const struct message THREE[] = {{TEXT(""), TEXT(HEADER)},
                                           {TEXT("a\0b"), TEXT("x\0y\0z")}};
    static const struct message OTHER_RULE[] = {
        {TEXT(""), TEXT("charset=UTF-8\nPlural-Forms: nplurals=1; plural=0;\n")}};
    static const struct message LATIN1[] = {
        {TEXT(""), TEXT("charset=ISO-8859-1\nnplurals=2; plural=(n != 1);\n")}};
    static const struct {
        const struct message *messages;
        size_t count;
    } CASES[] = {
        {NO_HEADER, ARRAY_LEN(NO_HEADER)},   {UNSORTED, ARRAY_LEN(UNSORTED)},
        {TWICE, ARRAY_LEN(TWICE)},           {NOT_UTF8, ARRAY_LEN(NOT_UTF8)},
        {ONE_FORM, ARRAY_LEN(ONE_FORM)},     {THREE, ARRAY_LEN(THREE)},
        {OTHER_RULE, ARRAY_LEN(OTHER_RULE)}, {LATIN1, ARRAY_LEN(LATIN1)},
    };
    assert_int_equal(open_messages(MESSAGES, ARRAY_LEN(MESSAGES)), OK);
    assert_int_equal(open_messages(MESSAGES, 0), OK);
    for (size_t i = 0; i < ARRAY_LEN(CASES); i++)
        assert_int_equal(open_messages(CASES[i].messages, CASES[i].count), ERR_INVALID);
}

/* Opens data in a block of exactly its size, so that AddressSanitizer sees any step outside. */
static enum status open_exactly(const char *data, size_t len)
{
    char *copy = malloc(len ? len : 1);
    assert_non_null(copy);
    memcpy(copy, data, len);
    struct tr *t = NULL;
    enum status st = tr_new(LANG_NL, copy, len, &t);
    if (st == OK) {
        for (size_t i = 0; i < ARRAY_LEN(MESSAGES); i++) {
            assert_non_null(tr(t, MESSAGES[i].id.s));
            assert_non_null(trn(t, MESSAGES[i].id.s, "others", 2));
        }
        (void)strlen(tr(t, "one pupil"));
        (void)strlen(trn(t, "one pupil", "others", 2));
        tr_free(t);
    } else {
        assert_int_equal(st, ERR_INVALID);
    }
    free(copy);
    return st;
}

static void every_truncation_is_refused(void **state UNUSED)
{
    struct buf buf;
    make_mo(&buf, MESSAGES, ARRAY_LEN(MESSAGES), false);
    assert_int_equal(open_exactly(buf.data, buf.len), OK);
    for (size_t len = 0; len < buf.len; len++)
        assert_int_equal(open_exactly(buf.data, len), ERR_INVALID);
    buf_free(&buf);
}

static void mutations_never_read_outside(void **state UNUSED)
{
    struct buf buf;
    make_mo(&buf, MESSAGES, ARRAY_LEN(MESSAGES), false);
    struct random random = random_seeded(4);
    static const uint8_t NASTY[] = {0, 1, 7, 8, 0x7f, 0x80, 0xc3, 0xff};
    size_t refused = 0;
    for (int round = 0; round < 20000; round++) {
        char *data = malloc(buf.len);
        assert_non_null(data);
        memcpy(data, buf.data, buf.len);
        size_t changes = 1 + random_below(&random, 4);
        for (size_t i = 0; i < changes; i++) {
            /* Half of them in the head and the tables, where the offsets are. */
            size_t where = random_below(&random, 2) ? 28 + 16 * ARRAY_LEN(MESSAGES) : buf.len;
            data[random_below(&random, (uint32_t)where)] =
                (char)NASTY[random_below(&random, ARRAY_LEN(NASTY))];
        }
        refused += open_exactly(data, buf.len) != OK;
        free(data);
    }
    assert_in_range(refused, 1000, 19999); /* both answers were seen */
    buf_free(&buf);
}

/* {0} … {9} as bits. */
static unsigned holders(const char *text)
{
    unsigned found = 0;
    for (const char *p = text; (p = strchr(p, '{')) != NULL; p++)
        if (p[1] >= '0' && p[1] <= '9' && p[2] == '}')
            found |= 1U << (p[1] - '0');
    return found;
}

static void every_translation_uses_the_same_values(void **state UNUSED)
{
    struct mo mo;
    assert_int_equal(mo_open(NL_MO.data, NL_MO.len, &mo), OK);
    assert_in_range(mo.count, 4, MO_ENTRIES_MAX);
    unsigned wrong = 0;
    for (uint32_t i = 1; i < mo.count; i++) {
        struct mo_entry e = mo_entry(&mo, i);
        bool same = holders(e.id) == holders(e.text);
        if (e.id_other) /* "one pupil" and "één leerling" may leave the number out */
            same = (holders(e.text) & ~holders(e.id_other)) == 0 &&
                   holders(e.id_other) == holders(e.text_other);
        if (!same)
            print_error("po/nl.po: other {n} in the translation of \"%s\"\n", e.id);
        wrong += !same;
    }
    assert_int_equal(wrong, 0);
}

static void the_programs_catalogues_load(void **state UNUSED)
{
    struct tr *tr_of[LANG_COUNT] = {NULL};
    assert_int_equal(tr_load_all(tr_of), OK);
    assert_int_equal(tr_lang(tr_of[LANG_NL]), LANG_NL);
    assert_string_equal(tr(tr_of[LANG_NL], "yesterday"), "gisteren");
    assert_string_equal(tr(tr_of[LANG_EN], "yesterday"), "yesterday");
    tr_free_all(tr_of);
    assert_null(tr_of[LANG_NL]);
}

static void dates_read_as_people_write_them(void **state UNUSED)
{
    struct tr *tr_of[LANG_COUNT] = {NULL};
    assert_int_equal(tr_load_all(tr_of), OK);
    const struct tr *nl = tr_of[LANG_NL];
    const struct tr *en = tr_of[LANG_EN];
    struct arena *arena = arena_new(65536);
    const struct date tuesday = {2026, 11, 24};
    assert_string_equal(tr_date_long(nl, arena, tuesday), "dinsdag 24 november 2026");
    assert_string_equal(tr_date_long(en, arena, tuesday), "Tuesday 24 November 2026");
    assert_string_equal(tr_date_full(nl, arena, (struct date){2026, 3, 1}), "1 maart 2026");
    assert_string_equal(tr_date_short(nl, arena, (struct date){2026, 3, 1}), "1 mrt");
    assert_string_equal(tr_date_short(en, arena, (struct date){2026, 12, 31}), "31 Dec");
    assert_string_equal(tr_date_day(nl, arena, tuesday, tuesday), "vandaag");
    assert_string_equal(tr_date_day(nl, arena, date_add_days(tuesday, -1), tuesday), "gisteren");
    assert_string_equal(tr_date_day(en, arena, date_add_days(tuesday, 1), tuesday), "tomorrow");
    assert_string_equal(tr_date_day(nl, arena, date_add_days(tuesday, 2), tuesday),
                        "donderdag 26 november");
    assert_string_equal(tr_date_day(nl, arena, (struct date){2025, 11, 24}, tuesday),
                        "maandag 24 november 2025");
    assert_string_equal(
        tr_date_day(nl, arena, (struct date){2025, 12, 31}, (struct date){2026, 1, 1}), "gisteren");
    assert_string_equal(tr_date_long(nl, arena, (struct date){0}), "");
    assert_string_equal(tr_date_day(nl, arena, (struct date){0}, tuesday), "");
    assert_string_equal(tr_date_short(nl, arena, (struct date){2026, 13, 1}), "");
    assert_string_equal(tr_date_full(nl, arena, (struct date){2026, 2, 30}), "");
    const struct local_time time = {.date = tuesday, .hour = 9, .minute = 5};
    assert_string_equal(tr_time(nl, arena, time), "9.05");
    assert_string_equal(tr_time(en, arena, time), "09:05");
    arena_free(arena);
    tr_free_all(tr_of);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_both_byte_orders),
        cmocka_unit_test(unknown_text_is_itself),
        cmocka_unit_test(plural_goes_by_number),
        cmocka_unit_test(values_are_filled_in_once),
        cmocka_unit_test(broken_catalogues_are_refused),
        cmocka_unit_test(every_truncation_is_refused),
        cmocka_unit_test(mutations_never_read_outside),
        cmocka_unit_test(every_translation_uses_the_same_values),
        cmocka_unit_test(the_programs_catalogues_load),
        cmocka_unit_test(dates_read_as_people_write_them),
    };
    return cmocka_run_group_tests_name("tr", tests, NULL, NULL);
}
