#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/arena.h"
#include "base/compiler.h"
#include "handover/names.h"

static void names_of_others_are_taken_out(void **state UNUSED)
{
    static const struct other_name others[] = {{"Sem", "Bakker"},
                                               {"Özgür", "Yılmaz"},
                                               {"Jan-Willem", "van der Berg"},
                                               {"Roos", ""},
                                               {"Tessa", "Smit"}};
    static const char *const kept[] = {"Noor van der Linden", "Tessa Mulder"};
    const struct names names = {others, ARRAY_LEN(others), kept, ARRAY_LEN(kept), "[x]"};
    static const struct {
        const char *text, *expected;
        size_t taken;
    } cases[] = {
        {"Noor speelt met Sem.", "Noor speelt met [x].", 1},
        {"Sem Bakker en Roos", "[x] en [x]", 2},
        {"Sems fiets en Sem's bal", "[x] fiets en [x] bal", 2},
        {"bij Jan-Willem van der Berg thuis", "bij [x] thuis", 1},
        {"Sem Bakkerstraat", "[x] Bakkerstraat", 1},
        {"ÖZGÜR en Özgür Yılmaz", "[x] en [x]", 2},
        {"een roos plukken", "een roos plukken", 0}, /* no capital: no name */
        {"Semester en Rooster", "Semester en Rooster", 0},
        {"Tessa helpt Noor", "Tessa helpt Noor", 0}, /* the teacher is called so too */
        {"", "", 0},
    };
    struct arena *arena = arena_new(1 << 20);
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        size_t taken = 0;
        assert_string_equal(names_without(arena, &names, cases[i].text, &taken), cases[i].expected);
        assert_int_equal(taken, cases[i].taken);
    }
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(names_of_others_are_taken_out)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
