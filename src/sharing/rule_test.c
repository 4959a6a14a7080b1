/* The rule over everything it can be asked: kinds, readers, ages, information and decisions. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "sharing/rule.h"

#include "base/compiler.h"

static const enum reader_kind readers[] = {READER_COLLEAGUE, READER_GUARDIAN, READER_EXTERNAL};
static const enum guardian_information told[] = {INFORMATION_FULL, INFORMATION_ON_REQUEST,
                                                 INFORMATION_NONE};
static const int ages[] = {AGE_UNKNOWN, 4, 12, 15, 16, 17, 18, 21};
static const struct sharing_said says[] = {
    {CHOICE_NONE, DECIDED_STAFF},   {CHOICE_YES, DECIDED_STAFF},    {CHOICE_YES, DECIDED_PUPIL},
    {CHOICE_YES, DECIDED_TOGETHER}, {CHOICE_NO, DECIDED_STAFF},     {CHOICE_NO, DECIDED_PUPIL},
    {CHOICE_SELF, DECIDED_PUPIL},   {CHOICE_SELF, DECIDED_TOGETHER}};

typedef void visit_case(const struct sharing_case *c);

/* Every case: 6 kinds × 3 readers × 3 information × 8 ages × 16 circumstances × 8⁴ decisions. */
static void each_case(visit_case *visit)
{
    struct sharing_case c = {.kind = SHARED_ANSWER};
    for (int kind = SHARED_ANSWER; kind < SHARED_KINDS_; kind++)
        for (size_t r = 0; r < ARRAY_LEN(readers); r++)
            for (size_t t = 0; t < ARRAY_LEN(told); t++)
                for (size_t a = 0; a < ARRAY_LEN(ages); a++)
                    for (unsigned bits = 0; bits < 16; bits++)
                        for (unsigned s = 0; s < 8 * 8 * 8 * 8; s++) {
                            c = (struct sharing_case){.kind = (enum shared_kind)kind,
                                                      .reader = readers[r],
                                                      .information = told[t],
                                                      .age = ages[a],
                                                      .carries_out = bits & 1u,
                                                      .takes_part = bits & 2u,
                                                      .others_words = bits & 4u,
                                                      .own_words = bits & 8u,
                                                      .thing_named = says[s & 7u],
                                                      .thing_all = says[s >> 3 & 7u],
                                                      .talk_named = says[s >> 6 & 7u],
                                                      .talk_all = says[s >> 9 & 7u]};
                            visit(&c);
                        }
}

static bool says_yes(struct sharing_said said, bool pupils_own)
{
    return said.choice == CHOICE_YES && (!pupils_own || said.by != DECIDED_STAFF);
}

/* The other opinion: who sees, told as a list of reasons to be let in, each on its own. */
static bool should_see(const struct sharing_case *c)
{
    bool guardian = c->reader == READER_GUARDIAN, colleague = c->reader == READER_COLLEAGUE;
    if (guardian && c->information == INFORMATION_NONE)
        return false;
    if (c->own_words || (colleague && c->takes_part))
        return true;
    if (c->others_words && !colleague)
        return false;
    if (c->kind == SHARED_AGREEMENT && c->carries_out && (colleague || c->age < 18))
        return true;
    bool named_only = guardian && c->information == INFORMATION_ON_REQUEST;
    bool pupils_own = c->age >= 16 && (!colleague || c->kind == SHARED_PLAN);
    if (c->thing_named.choice)
        return says_yes(c->thing_named, pupils_own);
    if (c->thing_all.choice && !named_only)
        return says_yes(c->thing_all, pupils_own);
    if (c->talk_named.choice)
        return says_yes(c->talk_named, pupils_own);
    return !named_only && says_yes(c->talk_all, pupils_own);
}

static void compare(const struct sharing_case *c)
{
    struct sharing_verdict v = sharing_judge(c);
    if (v.sees == should_see(c))
        return;
    fail_msg("kind %d reader %d information %d age %d carries %d part %d others %d own %d, decisions %d %d %d %d: %d",
             c->kind, c->reader, c->information, c->age, c->carries_out, c->takes_part, c->others_words,
             c->own_words, c->thing_named.choice, c->thing_all.choice, c->talk_named.choice,
             c->talk_all.choice, v.why);
}

static void every_case_is_as_the_reasons_say(void **state UNUSED)
{
    each_case(compare);
}

/* --- promises, in words ----------------------------------------------------------------------------- */

static void check_reason(const struct sharing_case *c)
{
    struct sharing_verdict v = sharing_judge(c);
    bool lets_in = v.why == WHY_YES || v.why == WHY_CARRIES_OUT || v.why == WHY_TAKES_PART ||
                   v.why == WHY_OWN_WORDS;
    assert_int_equal(v.sees, lets_in);
    assert_true(v.why < WHY_COUNT_);
    /* What is fixed does not hang on any decision. */
    if (!sharing_is_fixed(v.why))
        return;
    struct sharing_case other = *c;
    other.thing_named = (struct sharing_said){v.sees ? CHOICE_NO : CHOICE_YES, DECIDED_PUPIL};
    assert_int_equal(sharing_judge(&other).sees, v.sees);
}

static void every_verdict_says_why_and_a_lock_is_a_lock(void **state UNUSED)
{
    each_case(check_reason);
    for (int why = 0; why < WHY_COUNT_; why++)
        assert_true(sharing_why_words((enum sharing_why)why)[0] != '\0');
}

static void it_starts_at_no(void **state UNUSED)
{
    for (int kind = SHARED_ANSWER; kind < SHARED_KINDS_; kind++)
        for (size_t r = 0; r < ARRAY_LEN(readers); r++)
            for (size_t a = 0; a < ARRAY_LEN(ages); a++) {
                struct sharing_case c = {.kind = (enum shared_kind)kind,
                                         .reader = readers[r],
                                         .information = INFORMATION_FULL,
                                         .age = ages[a]};
                assert_false(sharing_judge(&c).sees);
                assert_int_equal(sharing_judge(&c).why, WHY_NOTHING_DECIDED);
            }
}

static void by_age_the_yes_is_the_pupils(void **state UNUSED)
{
    static const struct {
        enum shared_kind kind;
        int age;
        enum decided_by by;
        bool sees;
    } cases[] = {
        {SHARED_ANSWER, 15, DECIDED_STAFF, true},  {SHARED_PLAN, 15, DECIDED_STAFF, true},
        {SHARED_ANSWER, 16, DECIDED_STAFF, false}, {SHARED_PLAN, 16, DECIDED_STAFF, false},
        {SHARED_ANSWER, 16, DECIDED_PUPIL, true},  {SHARED_PLAN, 17, DECIDED_TOGETHER, true},
        {SHARED_GOAL, 18, DECIDED_STAFF, false},   {SHARED_GOAL, 18, DECIDED_PUPIL, true},
        {SHARED_NEED, AGE_UNKNOWN, DECIDED_STAFF, true},
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct sharing_case c = {.kind = cases[i].kind,
                                 .reader = READER_GUARDIAN,
                                 .information = INFORMATION_FULL,
                                 .age = cases[i].age,
                                 .thing_all = {CHOICE_YES, cases[i].by}};
        assert_int_equal(sharing_judge(&c).sees, cases[i].sees);
        assert_int_equal(sharing_judge(&c).why, cases[i].sees ? WHY_YES : WHY_PUPIL_DECIDES);
    }
}

static void what_home_promised_home_knows_until_eighteen(void **state UNUSED)
{
    struct sharing_case c = {.kind = SHARED_AGREEMENT,
                             .reader = READER_GUARDIAN,
                             .information = INFORMATION_ON_REQUEST,
                             .age = 17,
                             .carries_out = true,
                             .thing_all = {CHOICE_NO, DECIDED_PUPIL}};
    assert_int_equal(sharing_judge(&c).why, WHY_CARRIES_OUT);
    c.age = 18;
    assert_false(sharing_judge(&c).sees);
    c.thing_named = (struct sharing_said){CHOICE_YES, DECIDED_PUPIL};
    assert_true(sharing_judge(&c).sees);
    c.information = INFORMATION_NONE;
    assert_int_equal(sharing_judge(&c).why, WHY_NO_INFORMATION);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_case_is_as_the_reasons_say),
        cmocka_unit_test(every_verdict_says_why_and_a_lock_is_a_lock),
        cmocka_unit_test(it_starts_at_no),
        cmocka_unit_test(by_age_the_yes_is_the_pupils),
        cmocka_unit_test(what_home_promised_home_knows_until_eighteen),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
