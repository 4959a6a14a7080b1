#include "observation/observation.h"

#include "access/access.h"
#include "access/audit.h"
#include "base/arena.h"
#include "base/str.h"
#include "db/copy.h"
#include "group/group.h"
#include "pupil/pupil.h"
#include "pupil/timeline.h"
#include "staff/staff.h"
#include "web/web_fixture.h"

#define TODAY PAGE_TODAY
#define TOMORROW ((struct date){2026, 11, 25})

static struct observation_draft draft_of(const char *body)
{
    return (struct observation_draft){OBSERVATION_STRENGTH, TODAY, body};
}

static struct observation_id fresh_id(struct page_fixture *f)
{
    return (struct observation_id){id_new(&f->random)};
}

/* As another role, in the transaction that is open. */
static struct work *as(struct page_fixture *f, enum page_role role)
{
    f->work.actor = &f->actor[role];
    access_forget(&f->work);
    return &f->work;
}

static struct observation_id add(struct page_fixture *f, struct pupil_id pupil, const char *body)
{
    struct observation_id id = fresh_id(f);
    struct observation_draft draft = draft_of(body);
    assert_status(observation_add(&f->work, pupil, id, &draft), OK);
    return id;
}

static void assert_body(struct page_fixture *f, struct observation_id id, const char *body)
{
    struct observation found;
    assert_status(observation_find(&f->work, id, &found), OK);
    assert_string_equal(found.body, body);
}

/* --- adding
 * --------------------------------------------------------------------------------------- */

static void what_was_added_is_found_as_it_was_typed(void **state)
{
    struct page_fixture *f = *state;
    struct observation found;
    page_begin(f, PAGE_TEACHER);
    struct observation_draft draft = {
        OBSERVATION_WORRY, {2026, 11, 20}, "Zei: “ik durf 't niet” 🙈\n\tna de gym"};
    struct observation_id id = fresh_id(f);
    assert_status(observation_add(&f->work, f->pupil, id, &draft), OK);
    assert_status(observation_find(&f->work, id, &found), OK);
    assert_int_equal(found.id.v, id.v);
    assert_int_equal(found.pupil.v, f->pupil.v);
    assert_int_equal(found.author.v, f->staff[PAGE_TEACHER].v);
    assert_int_equal(found.kind, OBSERVATION_WORRY);
    assert_string_equal(date_text(found.seen_on).s, "2026-11-20");
    assert_int_equal(found.version, 1);
    assert_int_equal(found.made_at, f->work.now_ms);
    assert_int_equal(found.changed_at, f->work.now_ms);
    assert_string_equal(found.body, draft.body);
    assert_string_equal(found.author_name, "Tessa Mulder");
    assert_status(observation_add(&f->work, f->pupil, id, &draft), ERR_CONFLICT);
    page_undo(f);
}

static void text_of_letters(char *to, size_t count)
{
    for (size_t i = 0; i < count; i++)
        memcpy(to + 2 * i, "é", 2);
    to[2 * count] = '\0';
}

static void limits_are_kept_to_the_letter_and_the_day(void **state)
{
    struct page_fixture *f = *state;
    char *most = arena_alloc(f->arena, 2 * (OBSERVATION_TEXT_MAX + 1) + 1);
    char *more = arena_alloc(f->arena, 2 * (OBSERVATION_TEXT_MAX + 1) + 1);
    text_of_letters(most, OBSERVATION_TEXT_MAX);
    text_of_letters(more, OBSERVATION_TEXT_MAX + 1);
    const struct {
        struct observation_draft draft;
        enum status expected;
    } cases[] = {
        {{OBSERVATION_STRENGTH, TODAY, most}, OK},
        {{OBSERVATION_STRENGTH, TODAY, more}, ERR_INVALID},
        {{OBSERVATION_STRENGTH, TODAY, ""}, ERR_INVALID},
        {{OBSERVATION_STRENGTH, TODAY, " \n\t\xC2\xA0"}, ERR_INVALID},
        {{OBSERVATION_STRENGTH, TODAY, "x"}, OK},
        {{OBSERVATION_STRENGTH, TOMORROW, "x"}, ERR_INVALID},
        {{OBSERVATION_STRENGTH, {0}, "x"}, ERR_INVALID},
        {{OBSERVATION_STRENGTH, {2026, 2, 29}, "x"}, ERR_INVALID},
        {{OBSERVATION_STRENGTH, {2024, 2, 29}, "x"}, OK},
        {{(enum observation_kind)0, TODAY, "x"}, ERR_INVALID},
        {{(enum observation_kind)3, TODAY, "x"}, ERR_INVALID},
    };
    page_begin(f, PAGE_TEACHER);
    struct observation_id standing = add(f, f->pupil, "eerst");
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct observation_id id = fresh_id(f);
        struct observation now;
        int version = 1;
        assert_status(observation_add(&f->work, f->pupil, id, &cases[i].draft), cases[i].expected);
        assert_status(observation_find(&f->work, id, &now),
                      cases[i].expected == OK ? OK : ERR_NOT_FOUND);
        assert_status(observation_find(&f->work, standing, &now), OK);
        assert_status(
            observation_change(&f->work, standing, now.version, &cases[i].draft, &version, &now),
            cases[i].expected);
    }
    page_undo(f);
}

static void who_may_note_about_whom(void **state)
{
    struct page_fixture *f = *state;
    page_begin(f, PAGE_TEACHER);
    const struct {
        enum page_role role;
        struct pupil_id pupil;
        enum status expected;
    } cases[] = {
        {PAGE_TEACHER, f->pupil, OK},
        {PAGE_TEACHER, f->other_pupil, ERR_NOT_FOUND},
        {PAGE_TEACHER, f->strange_pupil, ERR_NOT_FOUND},
        {PAGE_TEACHER, f->loose_pupil, ERR_NOT_FOUND},
        {PAGE_SUPPORT, f->pupil, OK},
        {PAGE_SUPPORT, f->other_pupil, ERR_NOT_FOUND},
        {PAGE_OTHER_TEACHER, f->pupil, ERR_NOT_FOUND},
        {PAGE_COORDINATOR, f->loose_pupil, OK},
        {PAGE_COORDINATOR, f->strange_pupil, ERR_NOT_FOUND},
        {PAGE_PRINCIPAL, f->pupil, ERR_NOT_FOUND},
        {PAGE_ADMINISTRATOR, f->pupil, ERR_NOT_FOUND},
        {PAGE_STRANGER, f->pupil, ERR_NOT_FOUND},
        {PAGE_PUPIL, f->pupil, ERR_NOT_FOUND},
        {PAGE_NOBODY, f->pupil, ERR_NOT_FOUND}, /* the program */
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct observation_draft draft = draft_of("leest");
        assert_status(observation_add(as(f, cases[i].role), cases[i].pupil, fresh_id(f), &draft),
                      cases[i].expected);
    }
    page_undo(f);
}

/* --- reading
 * -------------------------------------------------------------------------------------- */

static void support_reads_only_its_own_words(void **state)
{
    struct page_fixture *f = *state;
    const struct timeline_wish all = {0};
    struct timeline line;
    struct observation found;
    struct observation_version *versions = NULL;
    size_t count = 0;
    page_begin(f, PAGE_TEACHER);
    struct observation_id teachers = add(f, f->pupil, "van de leerkracht");
    as(f, PAGE_SUPPORT);
    struct observation_id own = add(f, f->pupil, "van de ondersteuner");
    assert_body(f, own, "van de ondersteuner");
    assert_status(observation_versions(&f->work, own, &versions, &count), OK);
    assert_status(observation_find(&f->work, teachers, &found), ERR_NOT_FOUND);
    assert_status(observation_versions(&f->work, teachers, &versions, &count), ERR_NOT_FOUND);
    assert_status(timeline_read(&f->work, f->pupil, &all, &line), ERR_NOT_FOUND);
    assert_status(observation_remove(&f->work, teachers), ERR_NOT_FOUND);
    as(f, PAGE_TEACHER);
    assert_body(f, own, "van de ondersteuner");
    page_undo(f);
}

static void an_author_who_lost_the_pupil_reads_no_more(void **state)
{
    struct page_fixture *f = *state;
    struct observation found;
    page_begin(f, PAGE_TEACHER);
    struct observation_id id = add(f, f->pupil, "tot hier");
    as(f, PAGE_ADMINISTRATOR);
    assert_status(group_leave(&f->work, f->group, f->pupil, TODAY), OK);
    assert_status(observation_find(as(f, PAGE_TEACHER), id, &found), ERR_NOT_FOUND);
    assert_status(observation_remove(&f->work, id), ERR_NOT_FOUND);
    assert_status(observation_find(as(f, PAGE_COORDINATOR), id, &found), OK);
    page_undo(f);
}

static void another_school_with_the_same_id_is_another_observation(void **state)
{
    struct page_fixture *f = *state;
    page_begin(f, PAGE_TEACHER);
    struct observation_id id = add(f, f->pupil, "hier");
    struct observation_draft there = draft_of("daar");
    assert_status(observation_add(as(f, PAGE_STRANGER), f->strange_pupil, id, &there), OK);
    assert_body(f, id, "daar");
    as(f, PAGE_TEACHER);
    assert_body(f, id, "hier");
    page_undo(f);
}

/* --- changing
 * ------------------------------------------------------------------------------------- */

static void every_text_it_had_is_kept(void **state)
{
    struct page_fixture *f = *state;
    struct observation now;
    struct observation_version *versions = NULL;
    size_t count = 0;
    int version = 0;
    page_begin(f, PAGE_TEACHER);
    struct observation_id id = add(f, f->pupil, "een");
    struct observation_draft second = {OBSERVATION_WORRY, TODAY, "twee"};
    f->work.now_ms += 5000;
    assert_status(observation_change(&f->work, id, 1, &second, &version, &now), OK);
    assert_int_equal(version, 2);
    assert_status(observation_change(&f->work, id, 2, &second, &version, &now), OK); /* the same */
    assert_int_equal(version, 2);
    assert_status(observation_find(&f->work, id, &now), OK);
    assert_int_equal(now.changed_at - now.made_at, 5000);
    assert_status(observation_versions(&f->work, id, &versions, &count), OK);
    assert_int_equal(count, 2);
    assert_string_equal(versions[0].body, "een");
    assert_int_equal(versions[0].kind, OBSERVATION_STRENGTH);
    assert_string_equal(versions[1].body, "twee");
    assert_int_equal(versions[1].version, 2);
    page_undo(f);
}

static void a_conflict_writes_nothing_and_shows_what_stands(void **state)
{
    struct page_fixture *f = *state;
    struct observation now = {.body = NULL};
    struct observation_version *versions = NULL;
    size_t count = 0;
    int version = 77;
    page_begin(f, PAGE_TEACHER);
    struct observation_id id = add(f, f->pupil, "een");
    struct observation_draft second = draft_of("twee"), third = draft_of("drie");
    assert_status(observation_change(&f->work, id, 1, &second, &version, &now), OK);
    version = 77;
    assert_status(observation_change(&f->work, id, 1, &third, &version, &now), ERR_CONFLICT);
    assert_int_equal(version, 77);
    assert_string_equal(now.body, "twee");
    assert_int_equal(now.version, 2);
    /* Every part that differs is a difference; what is all the same is none. */
    struct observation_draft other_day = {OBSERVATION_STRENGTH, {2026, 11, 23}, "twee"};
    struct observation_draft other_kind = {OBSERVATION_WORRY, TODAY, "twee"};
    assert_status(observation_change(&f->work, id, 1, &other_day, &version, &now), ERR_CONFLICT);
    assert_status(observation_change(&f->work, id, 1, &other_kind, &version, &now), ERR_CONFLICT);
    assert_status(observation_change(&f->work, id, 1, &second, &version, &now), OK);
    assert_int_equal(version, 2);
    assert_status(observation_change(&f->work, id, 9, &third, &version, &now), ERR_CONFLICT);
    assert_status(observation_versions(&f->work, id, &versions, &count), OK);
    assert_int_equal(count, 2);
    page_undo(f);
}

/* What another transaction refused is no conflict of texts: nothing to show, all to do again. */
static void a_lost_race_shows_no_text(void **state)
{
    struct page_fixture *f = *state;
    page_begin(f, PAGE_TEACHER);
    struct observation_id id = add(f, f->pupil, "een");
    page_commit(f);
    struct observation_draft second = draft_of("twee");
    for (size_t nth = 1;; nth++) {
        struct observation now = {.body = NULL};
        int version = 0;
        page_begin(f, PAGE_TEACHER);
        db_fail_at(f->db, nth, ERR_CONFLICT);
        enum status st = observation_change(&f->work, id, 1, &second, &version, &now);
        db_fail_at(f->db, 0, OK);
        page_undo(f);
        if (st == OK)
            break;
        assert_status(st, ERR_CONFLICT);
        assert_int_equal(now.id.v, 0);
        assert_true(nth < 20);
    }
}

static void a_form_sent_twice_makes_one(void **state)
{
    struct page_fixture *f = *state;
    const struct timeline_wish all = {0};
    struct timeline line;
    struct observation now = {.body = NULL};
    int version = 0;
    page_begin(f, PAGE_TEACHER);
    struct observation_id id = fresh_id(f);
    struct observation_draft draft = draft_of("een"), other = draft_of("anders");
    assert_status(observation_save(&f->work, f->pupil, id, 0, &draft, &version, &now), OK);
    assert_int_equal(version, 1);
    assert_status(observation_save(&f->work, f->pupil, id, 0, &draft, &version, &now), OK);
    assert_int_equal(version, 1);
    assert_status(observation_save(&f->work, f->pupil, id, 0, &other, &version, &now),
                  ERR_CONFLICT);
    assert_string_equal(now.body, "een");
    assert_status(observation_save(&f->work, f->pupil, id, 1, &other, &version, &now), OK);
    assert_int_equal(version, 2);
    assert_status(timeline_read(&f->work, f->pupil, &all, &line), OK);
    assert_int_equal(line.count, 1);
    page_undo(f);
}

static void an_id_of_somebody_else_is_not_written_over(void **state)
{
    struct page_fixture *f = *state;
    struct observation now;
    int version = 0;
    struct observation_draft draft = draft_of("over een ander");
    page_begin(f, PAGE_COORDINATOR);
    struct observation_id id = add(f, f->pupil, "van de ib'er");
    /* About another pupil, by its own author. */
    assert_status(observation_save(&f->work, f->other_pupil, id, 1, &draft, &version, &now),
                  ERR_NOT_FOUND);
    /* By a colleague who may read it, one who may not, and from another school. */
    assert_status(observation_save(as(f, PAGE_TEACHER), f->pupil, id, 1, &draft, &version, &now),
                  ERR_FORBIDDEN);
    assert_status(observation_change(&f->work, id, 1, &draft, &version, &now), ERR_FORBIDDEN);
    assert_status(observation_remove(&f->work, id), ERR_FORBIDDEN);
    assert_status(observation_restore(&f->work, id), ERR_FORBIDDEN);
    assert_status(observation_save(as(f, PAGE_SUPPORT), f->pupil, id, 1, &draft, &version, &now),
                  ERR_NOT_FOUND);
    assert_status(
        observation_save(as(f, PAGE_OTHER_TEACHER), f->pupil, id, 1, &draft, &version, &now),
        ERR_NOT_FOUND);
    assert_status(
        observation_save(as(f, PAGE_STRANGER), f->strange_pupil, id, 1, &draft, &version, &now),
        ERR_NOT_FOUND);
    /* Of one that was never made, only version 0 makes it. */
    assert_status(
        observation_save(as(f, PAGE_TEACHER), f->pupil, fresh_id(f), 1, &draft, &version, &now),
        ERR_NOT_FOUND);
    as(f, PAGE_COORDINATOR);
    assert_body(f, id, "van de ib'er");
    page_undo(f);
}

/* --- removing
 * ------------------------------------------------------------------------------------- */

static void what_is_removed_is_hidden_and_comes_back_whole(void **state)
{
    struct page_fixture *f = *state;
    const struct timeline_wish all = {0};
    struct timeline line;
    struct observation now;
    struct observation_version *versions = NULL;
    size_t count = 0;
    int version = 0;
    page_begin(f, PAGE_TEACHER);
    struct observation_id id = add(f, f->pupil, "een");
    struct observation_draft second = draft_of("twee");
    assert_status(observation_change(&f->work, id, 1, &second, &version, &now), OK);
    assert_status(observation_remove(&f->work, id), OK);
    assert_status(observation_find(&f->work, id, &now), ERR_NOT_FOUND);
    assert_status(observation_change(&f->work, id, 2, &second, &version, &now), ERR_NOT_FOUND);
    assert_status(observation_save(&f->work, f->pupil, id, 0, &second, &version, &now),
                  ERR_NOT_FOUND);
    assert_status(timeline_read(&f->work, f->pupil, &all, &line), OK);
    assert_int_equal(line.count, 0);
    assert_status(observation_restore(&f->work, id), OK);
    assert_body(f, id, "twee");
    assert_status(observation_versions(&f->work, id, &versions, &count), OK);
    assert_int_equal(count, 2);
    page_undo(f);
}

static void an_erased_pupil_takes_all_texts_along(void **state)
{
    struct page_fixture *f = *state;
    const struct timeline_wish all = {0};
    struct timeline line;
    struct observation found;
    struct observation_draft draft = draft_of("na het wissen");
    page_begin(f, PAGE_COORDINATOR);
    struct observation_id id = add(f, f->pupil, "voor het wissen");
    as(f, PAGE_ADMINISTRATOR);
    assert_status(pupil_erase(&f->work, f->pupil), OK);
    as(f, PAGE_COORDINATOR);
    assert_status(observation_find(&f->work, id, &found), ERR_NOT_FOUND);
    assert_status(timeline_read(&f->work, f->pupil, &all, &line), ERR_NOT_FOUND);
    assert_status(observation_add(&f->work, f->pupil, fresh_id(f), &draft), ERR_NOT_FOUND);
    page_commit(f);
}

static void an_author_who_left_keeps_the_name_under_the_text(void **state)
{
    struct page_fixture *f = *state;
    struct observation found;
    page_begin(f, PAGE_TEACHER);
    struct observation_id id = add(f, f->pupil, "een");
    as(f, PAGE_ADMINISTRATOR);
    assert_status(staff_leave(&f->work, f->staff[PAGE_TEACHER], TODAY), OK);
    assert_status(observation_find(as(f, PAGE_COORDINATOR), id, &found), OK);
    assert_string_equal(found.author_name, "Tessa Mulder");
    page_undo(f);
}

static void every_change_is_in_the_log(void **state)
{
    struct page_fixture *f = *state;
    struct observation now;
    int version = 0;
    page_begin(f, PAGE_TEACHER);
    struct observation_id id = add(f, f->pupil, "een");
    struct observation_draft second = draft_of("twee");
    assert_status(observation_change(&f->work, id, 1, &second, &version, &now), OK);
    assert_status(observation_change(&f->work, id, 2, &second, &version, &now), OK);
    assert_status(observation_remove(&f->work, id), OK);
    page_commit(f);
    assert_int_equal(page_logged(f, AUDIT_OBSERVATION_ADDED), 1);
    assert_int_equal(page_logged(f, AUDIT_OBSERVATION_CHANGED), 1);
    assert_int_equal(page_logged(f, AUDIT_OBSERVATION_REMOVED), 1);
}

/* --- faults
 * --------------------------------------------------------------------------------------- */

struct digest {
    struct table_digest *tables;
    size_t count;
};

static struct digest digest_of(struct page_fixture *f)
{
    struct digest digest;
    assert_status(db_tables_digest(f->db, f->arena, &digest.tables, &digest.count), OK);
    return digest;
}

static void a_fault_at_any_statement_leaves_nothing_half(void **state)
{
    struct page_fixture *f = *state;
    page_begin(f, PAGE_TEACHER);
    struct observation_id standing = add(f, f->pupil, "een");
    page_commit(f);
    struct digest before = digest_of(f);
    struct observation_draft second = draft_of("twee");
    for (int change = 0; change < 2; change++) {
        for (size_t nth = 1;; nth++) {
            struct observation_id id = change ? standing : fresh_id(f);
            struct observation now;
            int version = 0;
            page_begin(f, PAGE_TEACHER);
            db_fail_at(f->db, nth, ERR_DB);
            enum status st =
                observation_save(&f->work, f->pupil, id, change, &second, &version, &now);
            if (st == OK)
                st = db_commit(f->db);
            db_fail_at(f->db, 0, OK);
            if (st == OK)
                break;
            assert_status(st, ERR_DB);
            page_undo(f);
            struct digest after = digest_of(f);
            assert_true(db_digests_equal(before.tables, before.count, after.tables, after.count));
            assert_true(nth < 30);
        }
        before = digest_of(f);
    }
}

static void memory_that_runs_out_is_said(void **state)
{
    struct page_fixture *f = *state;
    struct observation_draft draft = draft_of("een");
    struct arena *small = arena_new(16 << 20);
    for (size_t nth = 1;; nth++) {
        struct observation now;
        int version = 0;
        page_begin(f, PAGE_TEACHER);
        f->work.arena = small;
        arena_reset(small);
        arena_fail_at(small, nth);
        enum status st =
            observation_save(&f->work, f->pupil, fresh_id(f), 0, &draft, &version, &now);
        page_undo(f);
        if (st == OK && !arena_failed(small))
            break;
        assert_status(st, ERR_NOMEM);
        assert_true(nth < 100);
    }
    arena_free(small);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        page_each_engine(what_was_added_is_found_as_it_was_typed),
        page_each_engine(limits_are_kept_to_the_letter_and_the_day),
        page_each_engine(who_may_note_about_whom),
        page_each_engine(support_reads_only_its_own_words),
        page_each_engine(an_author_who_lost_the_pupil_reads_no_more),
        page_each_engine(another_school_with_the_same_id_is_another_observation),
        page_each_engine(every_text_it_had_is_kept),
        page_each_engine(a_conflict_writes_nothing_and_shows_what_stands),
        page_each_engine(a_lost_race_shows_no_text),
        page_each_engine(a_form_sent_twice_makes_one),
        page_each_engine(an_id_of_somebody_else_is_not_written_over),
        page_each_engine(what_is_removed_is_hidden_and_comes_back_whole),
        page_each_engine(an_erased_pupil_takes_all_texts_along),
        page_each_engine(an_author_who_left_keeps_the_name_under_the_text),
        page_each_engine(every_change_is_in_the_log),
        page_each_engine(a_fault_at_any_statement_leaves_nothing_half),
        page_each_engine(memory_that_runs_out_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
