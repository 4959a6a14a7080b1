#include "roster/import_fixture.h"

#include <pthread.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/arena.h"
#include "db/copy.h"
#include "db/db.h"

/* Importing is done, or not done: whatever fails, whoever else imports, and when the process is
 * killed. */

static void a_fault_at_any_statement_leaves_everything_as_it_was(void **state)
{
    struct page_fixture *f = *state;
    import_empty_school(f);
    import_file(f, import_class_of_five, import_teacher);
    const struct child next[] = {
        {"1", "Noor", "Berg", "2016-11-03", "6", "B", NULL}, SAMI,       ELIF, JIP,
        {"6", "Bo", "Vos", "2015-07-08", "6", "B", NULL},    NOBODY_ELSE};
    struct roster roster = import_read_for(f, import_edexml(f->arena, 2026, next, ""));
    size_t before = 0;
    struct table_digest *was = import_digest(f, &before);
    struct arena_mark mark = arena_mark(f->arena);
    size_t nth = 1;
    for (;; nth++) {
        struct work *work = import_begin(f);
        struct plan plan;
        db_fail_at(f->db, nth, ERR_DB);
        enum status st = plan_make(work, &roster, &(struct plan_options){0}, &plan);
        if (st == OK)
            st = apply_plan(work, &plan, &import_bold);
        if (st == OK)
            st = db_commit(f->db);
        db_fail_at(f->db, 0, OK);
        db_rollback(f->db);
        if (st == OK)
            break;
        assert_status(st, ERR_DB);
        size_t after = 0;
        struct table_digest *is = import_digest(f, &after);
        assert_true(db_digests_equal(was, before, is, after));
        arena_rewind(f->arena, mark);
    }
    assert_true(nth > 30);
    assert_string_equal(import_pupil_called(f, "Noor").person.family, "Berg");
}

struct racer {
    struct page_fixture *f;
    const char *url;
    const struct roster *roster;
    enum status status;
    bool changed;
};

static void *race(void *context)
{
    struct racer *racer = context;
    struct db *db = NULL;
    struct random random = random_system();
    struct actor actor = {.kind = ACTOR_PROGRAM, .school = racer->f->other_school};
    struct arena *arena = arena_new((size_t)64 << 20);
    struct plan plan;
    racer->status = arena ? db_open(racer->url, false, &db) : ERR_NOMEM;
    if (racer->status == OK)
        racer->status = db_begin(db, DB_WRITE);
    struct work work = {.db = db,
                        .arena = arena,
                        .vault = racer->f->app.vault,
                        .random = &random,
                        .now_ms = racer->f->app.clock.at_ms,
                        .today = PAGE_TODAY,
                        .actor = &actor};
    if (racer->status == OK)
        racer->status = plan_make(&work, racer->roster, &(struct plan_options){0}, &plan);
    if (racer->status == OK) {
        racer->changed = plan_changes(&plan);
        racer->status = apply_plan(&work, &plan, &import_bold);
    }
    if (racer->status == OK)
        racer->status = db_commit(db);
    if (db)
        db_rollback(db);
    db_close(db);
    arena_free(arena);
    return NULL;
}

static void of_two_at_once_one_wins(void **state)
{
    struct page_fixture *f = *state;
    import_empty_school(f);
    struct roster roster =
        import_read_for(f, import_edexml(f->arena, 2026, import_class_of_five, import_teacher));
    struct racer racers[2];
    pthread_t threads[2];
    for (size_t i = 0; i < 2; i++) {
        racers[i] = (struct racer){.f = f, .url = f->app.database, .roster = &roster};
        assert_int_equal(pthread_create(&threads[i], NULL, race, &racers[i]), 0);
    }
    for (size_t i = 0; i < 2; i++)
        assert_int_equal(pthread_join(threads[i], NULL), 0);
    size_t won = 0;
    for (size_t i = 0; i < 2; i++) {
        assert_true(racers[i].status == OK || racers[i].status == ERR_CONFLICT);
        won += racers[i].status == OK && racers[i].changed;
    }
    assert_int_equal(won, 1);
    assert_int_equal(import_pupils_here(f), 5);
}

static void a_killed_import_leaves_all_or_nothing(void **state)
{
    struct page_fixture *f = *state;
    import_empty_school(f);
    struct child *many = ARENA_ARRAY(f->arena, struct child, 301);
    for (size_t i = 0; i < 300; i++)
        many[i] = (struct child){arena_printf(f->arena, "k%zu", i),
                                 arena_printf(f->arena, "Kind%zu", i),
                                 "Veel",
                                 "2016-01-01",
                                 "5",
                                 "A",
                                 NULL};
    struct roster roster = import_read_for(f, import_edexml(f->arena, 2026, many, ""));
    size_t seen[2] = {0, 0};
    for (int delay = 0; delay < 12 && seen[1] == 0; delay++) {
        pid_t child = fork();
        assert_true(child >= 0);
        if (child == 0) {
            struct racer racer = {.f = f, .url = f->app.database, .roster = &roster};
            race(&racer);
            _exit(racer.status == OK ? 0 : 1);
        }
        struct timespec wait = {0, (long)delay * delay * 1000000L};
        nanosleep(&wait, NULL);
        kill(child, SIGKILL);
        int how = 0;
        assert_int_equal(waitpid(child, &how, 0), child);
        size_t count = import_pupils_here(f);
        assert_true(count == 0 || count == 300);
        seen[count == 300]++;
    }
    assert_true(seen[0] > 0);
    import_carry_out(f, &roster, &import_bold);
    assert_int_equal(import_pupils_here(f), 300);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        page_each_engine(a_fault_at_any_statement_leaves_everything_as_it_was),
        page_each_engine(of_two_at_once_one_wins),
        page_each_engine(a_killed_import_leaves_all_or_nothing),
    };
    return cmocka_run_group_tests_name("roster_import_half", tests, NULL, NULL);
}
