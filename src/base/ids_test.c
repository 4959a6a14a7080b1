#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/ids.h"
#include "base/random.h"

static void ids_are_positive_and_their_text_comes_back(void **state UNUSED)
{
    struct random random = random_seeded(1);
    for (int i = 0; i < 100000; i++) {
        int64_t id = id_new(&random);
        assert_true(id > 0);
        struct id_text text = id_text(id);
        assert_int_equal(strlen(text.s), ID_TEXT_LEN);
        int64_t read = 0;
        assert_int_equal(id_parse(text.s, &read), OK);
        assert_true(read == id);
    }
    int64_t read = 0;
    assert_int_equal(id_parse(id_text(INT64_MAX).s, &read), OK);
    assert_true(read == INT64_MAX);
    assert_string_equal(id_text(INT64_MAX).s, "7zzzzzzzzzzzz");
    assert_string_equal(id_text(1).s, "0000000000001");
    assert_string_equal(id_text(0).s, "0000000000000");
}

static void many_ids_are_ids_and_differ(void **state UNUSED)
{
    struct random random = random_seeded(2);
    int64_t ids[100] = {0};
    id_new_many(&random, ids, 99);
    assert_true(ids[99] == 0);
    for (size_t i = 0; i < 99; i++) {
        assert_true(ids[i] > 0);
        for (size_t j = 0; j < i; j++)
            assert_true(ids[i] != ids[j]);
    }
}

static void what_id_text_never_writes_is_refused(void **state UNUSED)
{
    static const char *const bad[] = {
        "",
        "0",
        "0000000000000", /* none is not an id */
        "8000000000000", /* 2^63 */
        "zzzzzzzzzzzzz",
        "000000000000",   /* 12 */
        "00000000000001", /* 14 */
        "000000000000A",  /* one id has one text: no capitals */
        "000000000000i",
        "000000000000l",
        "000000000000o",
        "000000000000u",
        "-000000000001",
        " 000000000001",
        "000000000001 ",
        "00000000000\xc3\xab",
    };
    for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
        int64_t id = 99;
        assert_int_equal(id_parse(bad[i], &id), ERR_INVALID);
        assert_true(id == 99);
    }
}

static void zero_up_to_then_something(struct random *self, void *to, size_t len)
{
    memset(to, 0, len);
    if (++self->counter == 3) /* 2^63, whose 63 low bits are 0, and then 5 */
        ((unsigned char *)to)[7] = 0x80;
    if (self->counter == 4)
        ((unsigned char *)to)[0] = 5;
}

static void nobody_gets_the_id_that_means_none(void **state UNUSED)
{
    struct random random = {.fill = zero_up_to_then_something};
    assert_true(id_new(&random) == 5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ids_are_positive_and_their_text_comes_back),
        cmocka_unit_test(many_ids_are_ids_and_differ),
        cmocka_unit_test(what_id_text_never_writes_is_refused),
        cmocka_unit_test(nobody_gets_the_id_that_means_none),
    };
    return cmocka_run_group_tests_name("ids", tests, NULL, NULL);
}
