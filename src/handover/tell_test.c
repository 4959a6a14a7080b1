#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "agreement/agreement.h"
#include "handover/tell.h"

static const struct sharing_reader home = {.kind = READER_GUARDIAN,
                                           .person = 7,
                                           .is_everybody = true,
                                           .information = INFORMATION_FULL,
                                           .name = "Karin"};
static const struct sharing_reader leader = {
    .kind = READER_COLLEAGUE, .person = 3, .takes_part = true, .name = "Tessa"};

/* With one decision about the thing for home; CHOICE_NONE: none. */
static enum tell_why told(struct shared_thing thing, enum sharing_choice choice, enum decided_by by,
                          int age)
{
    const struct sharing_reader readers[] = {leader, home};
    thing.id = 5;
    thing.question = thing.question ? thing.question : "";
    thing.conversation.v = 9;
    struct sharing_decision decision = {.kind = thing.kind,
                                        .thing = 5,
                                        .question = thing.question,
                                        .voice = thing.voice,
                                        .reader_kind = READER_GUARDIAN,
                                        .reader = 0,
                                        .choice = choice,
                                        .by = by};
    const struct sharing_book book = {.age = age,
                                      .today = {2026, 11, 24},
                                      .decisions = &decision,
                                      .count = choice != CHOICE_NONE};
    return tell_of(&book, &thing, readers, 2);
}

static void what_the_team_works_with_goes_along_unless_it_was_closed(void **state)
{
    (void)state;
    static const enum shared_kind kinds[] = {SHARED_GOAL, SHARED_NEED, SHARED_AGREEMENT,
                                             SHARED_PLAN};
    for (size_t i = 0; i < 4; i++) {
        struct shared_thing thing = {.kind = kinds[i]};
        assert_int_equal(told(thing, CHOICE_NONE, DECIDED_STAFF, 10), TELL_YES);
        assert_int_equal(told(thing, CHOICE_YES, DECIDED_PUPIL, 10), TELL_YES);
        assert_int_equal(told(thing, CHOICE_NO, DECIDED_PUPIL, 10), TELL_CLOSED);
        assert_int_equal(told(thing, CHOICE_SELF, DECIDED_TOGETHER, 10), TELL_CLOSED);
    }
}

static void what_the_school_promised_always_goes_along(void **state)
{
    (void)state;
    const struct agreement promise = {.who_kind = WHO_STAFF}, own = {.who_kind = WHO_PUPIL};
    struct shared_thing thing = {.kind = SHARED_AGREEMENT, .agreement = &promise};
    assert_int_equal(told(thing, CHOICE_NO, DECIDED_PUPIL, 17), TELL_YES);
    thing.agreement = &own;
    assert_int_equal(told(thing, CHOICE_NO, DECIDED_PUPIL, 17), TELL_CLOSED);
}

static void what_was_said_goes_along_when_it_was_opened(void **state)
{
    (void)state;
    struct shared_thing said = {
        .kind = SHARED_ANSWER, .question = "how", .voice = VOICE_PUPIL, .author_kind = ACTOR_PUPIL};
    assert_int_equal(told(said, CHOICE_NONE, DECIDED_STAFF, 10), TELL_NOT_OPENED);
    assert_int_equal(told(said, CHOICE_YES, DECIDED_STAFF, 10), TELL_YES);
    assert_int_equal(told(said, CHOICE_YES, DECIDED_STAFF, 16),
                     TELL_NOT_OPENED); /* from 16 the pupil's own yes */
    assert_int_equal(told(said, CHOICE_YES, DECIDED_PUPIL, 16), TELL_YES);
    assert_int_equal(told(said, CHOICE_NO, DECIDED_PUPIL, 10), TELL_CLOSED);
    said.voice = VOICE_GUARDIAN;
    assert_int_equal(told(said, CHOICE_YES, DECIDED_PUPIL, 10), TELL_OTHERS_WORDS);
}

static void from_16_a_plan_wants_the_pupils_yes(void **state)
{
    (void)state;
    struct shared_thing plan = {.kind = SHARED_PLAN};
    assert_int_equal(told(plan, CHOICE_NONE, DECIDED_STAFF, 15), TELL_YES);
    assert_int_equal(told(plan, CHOICE_NONE, DECIDED_STAFF, 16), TELL_NOT_OPENED);
    assert_int_equal(told(plan, CHOICE_YES, DECIDED_TOGETHER, 16), TELL_YES);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_the_team_works_with_goes_along_unless_it_was_closed),
        cmocka_unit_test(what_the_school_promised_always_goes_along),
        cmocka_unit_test(what_was_said_goes_along_when_it_was_opened),
        cmocka_unit_test(from_16_a_plan_wants_the_pupils_yes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
