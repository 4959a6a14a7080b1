/* Which methods there are, on both engines: shipped, own, drafts, versions, other schools. */
#include "method/own.h"
#include "method/store.h"

#include "answer/kind.h"
#include "base/arena.h"
#include "base/str.h"
#include "db/db.h"
#include "method/testing.h"
#include "method/writer.h"
#include "web/web_fixture.h"

static const char small[] = "method: ring\n"
                            "version: 7\n"
                            "title: {nl: Kring, en: Ring}\n"
                            "purpose: {nl: Samen praten.}\n"
                            "ages: [7-9]\n"
                            "tiers: [1]\n"
                            "about: pupil\n"
                            "takes_part: [pupil, teacher]\n"
                            "topic: wellbeing\n"
                            "phases: [{id: one, title: {nl: Een}, questions: "
                            "[{id: q1, kind: text, ask: {nl: Hoe gaat het?}}]}]\n";

static struct method_version_id take(struct page_fixture *f, enum page_role role, const char *yaml)
{
    struct method_version_id id;
    struct method_refusal refusal;
    struct work *work = page_begin(f, role);
    assert_status(method_draft_take(work, yaml, strlen(yaml), &id, &refusal), OK);
    page_commit(f);
    return id;
}

static void publish(struct page_fixture *f, enum page_role role, struct method_version_id id)
{
    assert_status(method_draft_publish(page_begin(f, role), id), OK);
    page_commit(f);
}

static const struct method_line *line_in(const struct method_line *lines, size_t count,
                                         const char *key)
{
    for (size_t i = 0; i < count; i++)
        if (str_equal(lines[i].method->key, key))
            return &lines[i];
    return NULL;
}

/* The line of a key in what this role's school may plan with, or NULL. */
static const struct method_line *listed(struct page_fixture *f, enum page_role role,
                                        const char *key)
{
    struct method_line *lines = NULL;
    size_t count = 0;
    assert_status(method_list(page_begin(f, role), &lines, &count), OK);
    page_commit(f);
    for (size_t i = 1; i < count; i++)
        assert_true(strcmp(lines[i - 1].method->key, lines[i].method->key) < 0);
    return line_in(lines, count, key);
}

static void shipped_methods_are_there_from_the_start(void **state)
{
    struct page_fixture *f = *state;
    const struct method_line *line = listed(f, PAGE_TEACHER, "k12");
    assert_non_null(line);
    assert_false(line->is_own);
    assert_int_equal(line->id.v, 0);
    assert_ptr_equal(line->method, method_shipped(f->app.shelf, "k12"));
    assert_null(method_shipped(f->app.shelf, "k13-of-the-moon"));
    struct method_line none;
    assert_status(method_current(page_begin(f, PAGE_TEACHER), "nothing", &none), ERR_NOT_FOUND);
    page_undo(f);
}

static void planning_pins_a_version(void **state)
{
    struct page_fixture *f = *state;
    struct method_version_id first, again;
    const struct method *method = NULL, *by_id = NULL;
    struct work *work = page_begin(f, PAGE_TEACHER);
    assert_status(method_pin(work, "k12", &first, &method), OK);
    assert_status(method_pin(work, "k12", &again, &method), OK);
    assert_status(method_by_version(work, first, &by_id), OK);
    page_commit(f);
    assert_true(first.v != 0 && first.v == again.v);
    assert_ptr_equal(method, method_shipped(f->app.shelf, "k12"));
    assert_ptr_equal(by_id, method); /* the same text is read once */
    assert_int_equal(listed(f, PAGE_TEACHER, "k12")->id.v, first.v);
    assert_int_equal(listed(f, PAGE_STRANGER, "k12")->id.v, 0);
    work = page_begin(f, PAGE_STRANGER);
    assert_status(method_by_version(work, first, &by_id), ERR_NOT_FOUND);
    assert_status(method_pin(work, "nothing", &again, &method), ERR_NOT_FOUND);
    page_undo(f);
}

/* A time line names the method of every conversation on it: each row is asked of the database once.
 */
static void what_was_found_is_not_asked_again(void **state)
{
    struct page_fixture *f = *state;
    struct method_version_id id;
    const struct method *pinned = NULL, *found = NULL;
    assert_status(method_pin(page_begin(f, PAGE_TEACHER), "k13", &id, &pinned), OK);
    page_commit(f);
    struct work *work = page_begin(f, PAGE_TEACHER);
    assert_status(method_by_version(work, id, &found), OK);
    uint64_t before = db_statements(work->db);
    assert_status(method_by_version(work, id, &found), OK);
    assert_true(db_statements(work->db) == before);
    assert_ptr_equal(found, pinned);
    page_undo(f);
}

/* What the upgrade of a shipped method looks like: a row with an older text under the same key. */
static void an_older_shipped_version_stays_as_it_was(void **state)
{
    struct page_fixture *f = *state;
    struct method_version_id id;
    const struct method *now = NULL, *then = NULL;
    assert_status(method_pin(page_begin(f, PAGE_TEACHER), "k12", &id, &now), OK);
    page_commit(f);
    struct method older = *now;
    older.version = now->version + 1000;
    const char *yaml = NULL;
    size_t len = 0;
    assert_status(method_write(&older, f->arena, &yaml, &len), OK);
    struct method_version_id draft = take(f, PAGE_COORDINATOR, yaml);
    fixture_script(
        f->db,
        "UPDATE method_version SET origin = 1, method_key = 'k12', version = 1001, state = 2 "
        "WHERE method_key = 'eigen-k12'");
    assert_status(method_by_version(page_begin(f, PAGE_TEACHER), draft, &then), OK);
    page_commit(f);
    assert_ptr_not_equal(then, now);
    assert_string_equal(then->key, "eigen-k12"); /* the text of that row, not the shipped one */
    assert_int_equal(listed(f, PAGE_TEACHER, "k12")->id.v, id.v);
    assert_int_equal(listed(f, PAGE_TEACHER, "k12")->method->version, now->version);
}

/* A shipped text that changed without a new number: what was pinned goes on being what is pinned.
 */
static void a_version_is_what_was_pinned_first(void **state)
{
    struct page_fixture *f = *state;
    const struct method *shipped = method_shipped(f->app.shelf, "k12"), *pinned = NULL,
                        *read = NULL;
    struct method other = *shipped;
    struct method_version_id id;
    const char *yaml = NULL;
    size_t len = 0;
    other.minutes = 99;
    assert_status(method_write(&other, f->arena, &yaml, &len), OK);
    struct method_version_id first = take(f, PAGE_COORDINATOR, yaml);
    fixture_script(f->db, page_path(f,
                                    "UPDATE method_version SET origin = 1, method_key = 'k12', "
                                    "version = %d, state = 2",
                                    shipped->version));
    struct work *work = page_begin(f, PAGE_TEACHER);
    assert_status(method_pin(work, "k12", &id, &pinned), OK);
    assert_status(method_by_version(work, id, &read), OK);
    page_commit(f);
    assert_int_equal(id.v, first.v);
    assert_int_equal(pinned->minutes, 99);
    assert_ptr_equal(pinned, read);
}

static void a_draft_is_nobodys_until_it_is_published(void **state)
{
    struct page_fixture *f = *state;
    struct method_version_id id = take(f, PAGE_COORDINATOR, small);
    assert_null(listed(f, PAGE_TEACHER, "eigen-ring"));
    publish(f, PAGE_ADMINISTRATOR, id);
    const struct method_line *line = listed(f, PAGE_TEACHER, "eigen-ring");
    assert_non_null(line);
    assert_true(line->is_own);
    assert_int_equal(line->id.v, id.v);
    assert_int_equal(line->method->version, 1); /* of this school, whatever the file said */
    assert_null(listed(f, PAGE_STRANGER, "eigen-ring"));
    assert_status(method_draft_publish(page_begin(f, PAGE_COORDINATOR), id), ERR_NOT_FOUND);
    page_undo(f);
    assert_int_equal(page_logged(f, AUDIT_METHOD_PUBLISHED), 1);
}

static void conversations_keep_the_version_they_were_held_with(void **state)
{
    struct page_fixture *f = *state;
    struct method_version_id first = take(f, PAGE_COORDINATOR, small), second, pinned;
    const struct method *method = NULL;
    publish(f, PAGE_COORDINATOR, first);
    assert_status(method_draft_next(page_begin(f, PAGE_COORDINATOR), "eigen-ring", &second), OK);
    page_commit(f);
    struct method_version_id same;
    assert_status(method_draft_next(page_begin(f, PAGE_COORDINATOR), "eigen-ring", &same), OK);
    page_commit(f);
    assert_int_equal(same.v, second.v);
    assert_status(method_pin(page_begin(f, PAGE_TEACHER), "eigen-ring", &pinned, &method), OK);
    page_commit(f);
    assert_int_equal(pinned.v, first.v); /* not the draft */
    publish(f, PAGE_COORDINATOR, second);
    assert_int_equal(listed(f, PAGE_TEACHER, "eigen-ring")->id.v, second.v);
    assert_status(method_by_version(page_begin(f, PAGE_TEACHER), first, &method), OK);
    page_commit(f);
    assert_int_equal(method->version, 1);
    assert_ptr_equal(method, method_shelf_find(f->app.shelf, f->school, first));
}

static void withdrawing_takes_all_versions_off_the_list(void **state)
{
    struct page_fixture *f = *state;
    struct method_version_id id = take(f, PAGE_COORDINATOR, small);
    const struct method *method = NULL;
    struct work *work = page_begin(f, PAGE_COORDINATOR);
    assert_status(method_withdraw(work, "eigen-ring"), ERR_NOT_FOUND); /* a draft is on no list */
    page_undo(f);
    publish(f, PAGE_COORDINATOR, id);
    assert_status(method_withdraw(page_begin(f, PAGE_STRANGER), "eigen-ring"), ERR_NOT_FOUND);
    page_undo(f);
    assert_status(method_withdraw(page_begin(f, PAGE_COORDINATOR), "eigen-ring"), OK);
    page_commit(f);
    assert_null(listed(f, PAGE_TEACHER, "eigen-ring"));
    assert_status(method_by_version(page_begin(f, PAGE_TEACHER), id, &method), OK);
    page_commit(f);
    struct method_line *own = NULL;
    size_t count = 0;
    assert_status(method_own_list(page_begin(f, PAGE_ADMINISTRATOR), &own, &count), OK);
    page_commit(f);
    assert_int_equal(count, 1);
    assert_int_equal(own[0].state, METHOD_WITHDRAWN);
    assert_status(method_put_back(page_begin(f, PAGE_COORDINATOR), "eigen-ring"), OK);
    page_commit(f);
    assert_non_null(listed(f, PAGE_TEACHER, "eigen-ring"));
    assert_status(method_withdraw(page_begin(f, PAGE_COORDINATOR), "k12"), ERR_NOT_FOUND);
    page_undo(f);
}

static void copies_begin_with_their_own_name(void **state)
{
    struct page_fixture *f = *state;
    struct method_version_id one, two;
    struct method_draft draft;
    struct work *work = page_begin(f, PAGE_COORDINATOR);
    assert_status(method_draft_copy(work, "k12", &one), OK);
    assert_status(method_draft_copy(work, "k12", &two), OK);
    assert_status(method_draft_find(work, one, &draft), OK);
    assert_string_equal(draft.method->key, "eigen-k12");
    assert_int_equal(draft.method->version, 1);
    assert_true(draft.is_first);
    assert_status(method_draft_find(work, two, &draft), OK);
    assert_string_equal(draft.method->key, "eigen-k12-2");
    assert_status(method_draft_copy(work, "nothing", &one), ERR_NOT_FOUND);
    page_commit(f);
}

static void two_editors_do_not_write_over_each_other(void **state)
{
    struct page_fixture *f = *state;
    struct method_version_id id = take(f, PAGE_COORDINATOR, small);
    struct method_draft mine, now;
    struct method_refusal refusal;
    struct work *work = page_begin(f, PAGE_COORDINATOR);
    assert_status(method_draft_find(work, id, &mine), OK);
    struct method changed = *mine.method;
    changed.minutes = 33;
    changed.key = "another";
    changed.version = 99;
    assert_status(method_draft_save(work, id, mine.mark, &changed, &refusal), OK);
    assert_status(method_draft_save(work, id, mine.mark, &changed, &refusal), ERR_CONFLICT);
    assert_status(method_draft_find(work, id, &now), OK);
    assert_int_equal(now.method->minutes, 33);
    assert_string_equal(now.method->key, "eigen-ring");
    assert_int_equal(now.method->version, 1);
    assert_string_not_equal(now.mark, mine.mark);
    changed.minutes = 999;
    assert_status(method_draft_save(work, id, now.mark, &changed, &refusal), ERR_INVALID);
    assert_int_equal(refusal.count, 1);
    page_commit(f);
}

static void a_file_in_place_of_a_draft(void **state)
{
    struct page_fixture *f = *state;
    struct method_version_id first = take(f, PAGE_COORDINATOR, small);
    struct method_version_id second = take(f, PAGE_COORDINATOR, small);
    struct method_draft draft;
    struct method_refusal refusal;
    struct work *work = page_begin(f, PAGE_COORDINATOR);
    assert_status(method_draft_find(work, first, &draft), ERR_NOT_FOUND);
    assert_status(method_draft_find(work, second, &draft), OK);
    assert_status(method_draft_take(work, "a: b", 4, &second, &refusal), ERR_INVALID);
    assert_true(refusal.count > 3);
    page_commit(f);
    publish(f, PAGE_COORDINATOR, second);
    second = take(f, PAGE_COORDINATOR, small);
    work = page_begin(f, PAGE_COORDINATOR);
    assert_status(method_draft_find(work, second, &draft), OK);
    assert_int_equal(draft.method->version, 2);
    assert_false(draft.is_first);
    assert_status(method_draft_drop(work, second), OK);
    assert_status(method_draft_drop(work, second), ERR_NOT_FOUND);
    page_commit(f);
}

static void only_who_may_changes_methods(void **state)
{
    struct page_fixture *f = *state;
    struct method_version_id id = take(f, PAGE_COORDINATOR, small), made;
    static const enum page_role others[] = {PAGE_TEACHER, PAGE_SUPPORT, PAGE_PRINCIPAL, PAGE_PUPIL,
                                            PAGE_STRANGER};
    for (size_t i = 0; i < ARRAY_LEN(others); i++) {
        struct method_draft draft;
        struct method_refusal refusal;
        struct method_line *lines = NULL;
        size_t count = 0;
        struct work *work = page_begin(f, others[i]);
        bool stranger = others[i] == PAGE_STRANGER;
        assert_status(method_draft_find(work, id, &draft), ERR_NOT_FOUND);
        assert_status(method_draft_publish(work, id), ERR_NOT_FOUND);
        assert_status(method_draft_drop(work, id), ERR_NOT_FOUND);
        assert_status(method_draft_next(work, "eigen-ring", &made), ERR_NOT_FOUND);
        assert_status(method_draft_take(work, small, strlen(small), &made, &refusal),
                      stranger ? OK : ERR_NOT_FOUND);
        assert_status(method_own_list(work, &lines, &count), stranger ? OK : ERR_NOT_FOUND);
        page_undo(f);
    }
    /* The program may: `weerklank methods import`. */
    publish(f, PAGE_NOBODY, take(f, PAGE_NOBODY, small));
    assert_non_null(listed(f, PAGE_TEACHER, "eigen-ring"));
}

static void a_text_stays_sealed_in_its_own_row(void **state)
{
    struct page_fixture *f = *state;
    struct method_version_id id = take(f, PAGE_COORDINATOR, small);
    const struct method *method = NULL;
    fixture_script(f->db, "UPDATE method_version SET id = id + 1");
    id.v++;
    assert_status(method_by_version(page_begin(f, PAGE_TEACHER), id, &method), ERR_CORRUPT);
    page_undo(f);
}

static void without_memory_it_says_so(void **state)
{
    struct page_fixture *f = *state;
    struct arena *small_arena = arena_new((size_t)4 << 20);
    struct work *work = page_begin(f, PAGE_COORDINATOR);
    work->arena = small_arena;
    enum status st = ERR_NOMEM;
    for (size_t n = 1; st == ERR_NOMEM; n++) {
        struct method_version_id id;
        struct method_refusal refusal;
        arena_reset(small_arena);
        arena_fail_at(small_arena, n);
        st = method_draft_take(work, small, strlen(small), &id, &refusal);
        if (st == OK)
            assert_true(n > 50);
    }
    page_undo(f);
    arena_free(small_arena);
}

/* Beyond its size the shelf gives what was asked for all the same. */
static void a_full_shelf_still_reads(void **state)
{
    struct page_fixture *f = *state;
    struct method_shelf *shelf = NULL;
    const struct method *method = NULL;
    assert_status(method_shelf_open(&answer_method_kinds, &shelf), OK);
    for (int64_t id = 1; id <= SHELF_VERSIONS_MAX + 5; id++) {
        struct method_version_id version = {id * 2048}; /* all want the same place */
        assert_status(
            method_shelf_add(shelf, f->school, version, small, strlen(small), f->arena, &method),
            OK);
        assert_string_equal(method->key, "ring");
        const struct method *found = method_shelf_find(shelf, f->school, version);
        assert_ptr_equal(found, id <= SHELF_VERSIONS_MAX ? method : NULL);
        assert_null(method_shelf_find(shelf, f->other_school, version));
    }
    assert_status(method_shelf_add(shelf, f->school, (struct method_version_id){5}, "x", 1,
                                   f->arena, &method),
                  ERR_INVALID);
    method_shelf_close(shelf);
    method_shelf_close(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        page_each_engine(what_was_found_is_not_asked_again),
        page_each_engine(shipped_methods_are_there_from_the_start),
        page_each_engine(planning_pins_a_version),
        page_each_engine(an_older_shipped_version_stays_as_it_was),
        page_each_engine(a_version_is_what_was_pinned_first),
        page_each_engine(a_draft_is_nobodys_until_it_is_published),
        page_each_engine(conversations_keep_the_version_they_were_held_with),
        page_each_engine(withdrawing_takes_all_versions_off_the_list),
        page_each_engine(copies_begin_with_their_own_name),
        page_each_engine(two_editors_do_not_write_over_each_other),
        page_each_engine(a_file_in_place_of_a_draft),
        page_each_engine(only_who_may_changes_methods),
        page_each_engine(a_text_stays_sealed_in_its_own_row),
        page_each_engine(without_memory_it_says_so),
        page_each_engine(a_full_shelf_still_reads),
    };
    return cmocka_run_group_tests_name("method_store", tests, NULL, NULL);
}
