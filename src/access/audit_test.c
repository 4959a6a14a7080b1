#include "access/audit.h"

#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/str.h"
#include "db/engine.h"
#include "gen/access_sql.h"
#include "web/web_fixture.h"

#define ROWS 1000
#define RECORD 64 /* bytes of one event in a spool */

/* --- the chain ----------------------------------------------------------------------------------- */

static void note_many(struct page_fixture *f, int count)
{
    page_begin(f, PAGE_TEACHER);
    for (int i = 0; i < count; i++)
        assert_status(audit_change(&f->work, AUDIT_OBSERVATION_ADDED, f->pupil.v, i + 1), OK);
    page_commit(f);
}

static struct audit_verdict verdict_of(struct page_fixture *f, enum status expected)
{
    struct audit_verdict verdict;
    assert_status(db_begin(f->db, DB_READ), OK);
    assert_status(audit_verify(f->db, f->app.vault, f->arena, f->school, &verdict), expected);
    db_rollback(f->db);
    return verdict;
}

/* SQL as somebody would type it who has the database. */
static void tamper(struct page_fixture *f, const char *format, ...) PRINTF_LIKE(2, 3);
static void tamper(struct page_fixture *f, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    fixture_script(f->db, arena_vprintf(f->arena, format, args));
    va_end(args);
}

static void a_chain_of_thousands_holds(void **state)
{
    struct page_fixture *f = *state;
    int64_t before = verdict_of(f, OK).rows;
    assert_true(before > 0);
    note_many(f, ROWS);
    note_many(f, 2 * ROWS); /* more than one page of the walk */
    struct audit_verdict verdict = verdict_of(f, OK);
    assert_int_equal(verdict.rows, before + 3 * ROWS);
    assert_int_equal(verdict.broken_at, 0);
    assert_int_equal(verdict.school.v, f->school.v);
}

/* What somebody does to row 500 of 1,000, and where the walk must stop. */
static const struct {
    const char *what, *sql;
    int64_t broken_at;
} forgeries[] = {
    {"another actor", "UPDATE audit SET actor = actor + 1 WHERE seq = 500", 500},
    {"another kind of actor", "UPDATE audit SET actor_kind = 4 WHERE seq = 500", 500},
    {"another moment", "UPDATE audit SET at = at + 1 WHERE seq = 500", 500},
    {"another action", "UPDATE audit SET action = 23 WHERE seq = 500", 500},
    {"another pupil", "UPDATE audit SET pupil = 1 WHERE seq = 500", 500},
    {"another subject", "UPDATE audit SET subject = 0 WHERE seq = 500", 500},
    {"another request", "UPDATE audit SET request = 77 WHERE seq = 500", 500},
    {"a removed row", "DELETE FROM audit WHERE seq = 500", 500},
    {"the first row removed", "DELETE FROM audit WHERE seq = 1", 1},
    {"a row moved up", "UPDATE audit SET seq = -1 WHERE seq = 500; "
                       "UPDATE audit SET seq = 500 WHERE seq = 501; "
                       "UPDATE audit SET seq = 501 WHERE seq = -1", 500},
    {"a row put in", "INSERT INTO audit SELECT school, 1000000, at, actor_kind, actor, action, "
                     "pupil, subject, request, hash FROM audit WHERE seq = 500", -1},
    {"a hash cut short", "UPDATE audit SET hash = substr(hash, 1, 31) WHERE seq = 500", 500},
};

static void every_change_of_a_row_is_found(void **state)
{
    struct page_fixture *f = *state;
    note_many(f, ROWS);
    int64_t rows = verdict_of(f, OK).rows;
    tamper(f, "CREATE TABLE kept AS SELECT * FROM audit");
    for (size_t i = 0; i < ARRAY_LEN(forgeries); i++) {
        tamper(f, "%s", forgeries[i].sql);
        int64_t expected = forgeries[i].broken_at < 0 ? rows + 1 : forgeries[i].broken_at;
        struct audit_verdict verdict = verdict_of(f, ERR_CORRUPT);
        if (verdict.broken_at != expected)
            fail_msg("%s: found at %lld, not %lld", forgeries[i].what,
                     (long long)verdict.broken_at, (long long)expected);
        tamper(f, "DELETE FROM audit; INSERT INTO audit SELECT * FROM kept");
        (void)verdict_of(f, OK);
    }
}

static void rows_cut_off_the_end_are_found(void **state)
{
    struct page_fixture *f = *state;
    note_many(f, 20);
    int64_t rows = verdict_of(f, OK).rows;
    tamper(f, "DELETE FROM audit WHERE school = %lld AND seq > %lld", (long long)f->school.v,
           (long long)rows - 5);
    assert_int_equal(verdict_of(f, ERR_CORRUPT).broken_at, rows - 4);
    /* And when the head is made to fit, from what stands in the last row. */
    tamper(f,
           "UPDATE audit_head SET seq = %lld, hash = (SELECT hash FROM audit WHERE audit.school = "
           "audit_head.school AND audit.seq = %lld) WHERE school = %lld",
           (long long)rows - 5, (long long)rows - 5, (long long)f->school.v);
    assert_int_equal(verdict_of(f, ERR_CORRUPT).broken_at, rows - 4);
}

static void a_changed_head_is_found(void **state)
{
    struct page_fixture *f = *state;
    static const char *const changes[] = {"seq = seq + 1", "seq = seq - 1",
                                          "hash = substr(hash, 1, 31)", "mac = hash", "hash = mac",
                                          "mac = substr(mac, 1, 31)"};
    tamper(f, "CREATE TABLE kept AS SELECT * FROM audit_head");
    for (size_t i = 0; i < ARRAY_LEN(changes); i++) {
        tamper(f, "UPDATE audit_head SET %s WHERE school = %lld", changes[i], (long long)f->school.v);
        (void)verdict_of(f, ERR_CORRUPT);
        tamper(f, "DELETE FROM audit_head; INSERT INTO audit_head SELECT * FROM kept");
        (void)verdict_of(f, OK);
    }
}

static void a_log_that_is_gone_is_found(void **state)
{
    struct page_fixture *f = *state;
    tamper(f, "DELETE FROM audit WHERE school = %lld", (long long)f->school.v);
    assert_int_equal(verdict_of(f, ERR_CORRUPT).broken_at, 1);
    tamper(f, "DELETE FROM audit_head WHERE school = %lld", (long long)f->school.v);
    assert_int_equal(verdict_of(f, ERR_CORRUPT).broken_at, 1);
}

static void another_schools_chain_does_not_pass_for_this_one(void **state)
{
    struct page_fixture *f = *state;
    tamper(f, "DELETE FROM audit WHERE school = %lld", (long long)f->school.v);
    tamper(f, "DELETE FROM audit_head WHERE school = %lld", (long long)f->school.v);
    tamper(f, "UPDATE audit SET school = %lld", (long long)f->school.v);
    tamper(f, "UPDATE audit_head SET school = %lld", (long long)f->school.v);
    assert_int_equal(verdict_of(f, ERR_CORRUPT).broken_at, 1);
}

static void what_is_rolled_back_was_not_noted(void **state)
{
    struct page_fixture *f = *state;
    int64_t before = verdict_of(f, OK).rows;
    page_begin(f, PAGE_TEACHER);
    assert_status(audit_change(&f->work, AUDIT_OBSERVATION_ADDED, f->pupil.v, 1), OK);
    page_undo(f);
    assert_int_equal(verdict_of(f, OK).rows, before);
}

static void a_log_of_one_pupil_is_newest_first_and_says_who(void **state)
{
    struct page_fixture *f = *state;
    page_begin(f, PAGE_TEACHER);
    assert_status(audit_change(&f->work, AUDIT_OBSERVATION_ADDED, f->pupil.v, 11), OK);
    f->work.actor = &f->actor[PAGE_PUPIL];
    assert_status(audit_change(&f->work, AUDIT_SIGN_IN, f->pupil.v, 12), OK);
    struct actor nobody = {.school = f->school};
    f->work.actor = &nobody;
    assert_status(audit_change(&f->work, AUDIT_CLASS_DEVICE_CLOSED, f->other_pupil.v, 13), OK);
    struct audit_line *lines = NULL;
    size_t count = 0;
    assert_status(audit_of_pupil(&f->work, f->pupil, 2, &lines, &count), OK);
    assert_int_equal(count, 2);
    assert_int_equal(lines[0].action, AUDIT_SIGN_IN);
    assert_int_equal(lines[0].actor_kind, ACTOR_PUPIL);
    assert_int_equal(lines[0].actor, f->pupil.v);
    assert_int_equal(lines[1].actor, f->staff[PAGE_TEACHER].v);
    assert_int_equal(lines[1].subject, 11);
    assert_status(audit_of_pupil(&f->work, f->other_pupil, 1, &lines, &count), OK);
    assert_int_equal(lines[0].actor_kind, 5);
    page_undo(f);
}

/* --- the spool ----------------------------------------------------------------------------------- */

static size_t spool_files(const char *folder)
{
    DIR *directory = opendir(folder);
    assert_non_null(directory);
    size_t count = 0;
    for (const struct dirent *entry; (entry = readdir(directory)) != NULL;)
        count += str_ends(entry->d_name, ".spool");
    closedir(directory);
    return count;
}

static void seen(struct page_fixture *f, struct audit_spool *spool, int64_t subject,
                 enum status expected)
{
    struct work work = f->work;
    work.actor = &f->actor[PAGE_TEACHER];
    work.now_ms = f->app.clock.at_ms;
    work.spool = spool;
    assert_status(audit_seen(&work, AUDIT_DOSSIER_SEEN, f->pupil.v, subject), expected);
}

/* The subjects of all readings in the log, in its order, as "1 2 3 ". */
static const char *logged_subjects(struct page_fixture *f)
{
    struct sql_audit_page *rows = NULL;
    size_t count = 0;
    const char *text = "";
    assert_status(db_begin(f->db, DB_READ), OK);
    assert_status(sql_audit_page(f->db, f->arena, f->school, 0, 5000, &rows, &count), OK);
    for (size_t i = 0; i < count; i++)
        if (rows[i].action == AUDIT_DOSSIER_SEEN)
            text = arena_printf(f->arena, "%s%lld ", text, (long long)rows[i].subject);
    db_rollback(f->db);
    return text;
}

static void drain(struct page_fixture *f, struct audit_spool *spool)
{
    assert_status(audit_spool_drain(spool, f->db, f->app.vault, f->request_arena), OK);
}

static void readings_come_into_the_chain_in_their_order(void **state)
{
    struct page_fixture *f = *state;
    for (int i = 1; i <= 3; i++)
        seen(f, f->app.spool, i, OK);
    assert_string_equal(logged_subjects(f), "");
    drain(f, f->app.spool);
    assert_string_equal(logged_subjects(f), "1 2 3 ");
    seen(f, f->app.spool, 4, OK);
    drain(f, f->app.spool);
    drain(f, f->app.spool);
    assert_string_equal(logged_subjects(f), "1 2 3 4 ");
    assert_int_equal(spool_files(f->folder), 1);
    (void)verdict_of(f, OK);
}

static void more_than_a_batch_keeps_its_order(void **state)
{
    struct page_fixture *f = *state;
    for (int i = 0; i < 1234; i++)
        seen(f, f->app.spool, i, OK);
    drain(f, f->app.spool);
    struct sql_audit_page *rows = NULL;
    size_t count = 0;
    int64_t next = 0;
    assert_status(db_begin(f->db, DB_READ), OK);
    assert_status(sql_audit_page(f->db, f->arena, f->school, 0, 5000, &rows, &count), OK);
    for (size_t i = 0; i < count; i++)
        if (rows[i].action == AUDIT_DOSSIER_SEEN)
            assert_int_equal(rows[i].subject, next++);
    assert_int_equal(next, 1234);
    db_rollback(f->db);
    (void)verdict_of(f, OK);
}

/* In a process of its own that then dies at once: no destructor, no flush. */
static void die_after_reading(struct page_fixture *f, int64_t first, int64_t last)
{
    pid_t child = fork();
    if (child == 0) {
        struct audit_spool *spool;
        if (audit_spool_open(f->folder, &spool) != OK)
            _exit(1);
        struct work work = f->work;
        work.actor = &f->actor[PAGE_TEACHER];
        work.spool = spool;
        for (int64_t i = first; i <= last; i++)
            if (audit_seen(&work, AUDIT_DOSSIER_SEEN, f->pupil.v, i) != OK)
                _exit(1);
        raise(SIGKILL);
    }
    int status = 0;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
}

static void a_killed_process_loses_no_reading(void **state)
{
    struct page_fixture *f = *state;
    die_after_reading(f, 1, 5);
    assert_int_equal(spool_files(f->folder), 2);
    seen(f, f->app.spool, 6, OK);
    drain(f, f->app.spool);
    const char *logged = logged_subjects(f);
    assert_true(str_equal(logged, "1 2 3 4 5 6 ") || str_equal(logged, "6 1 2 3 4 5 "));
    assert_int_equal(spool_files(f->folder), 1);
    (void)verdict_of(f, OK);
}

static void a_record_torn_by_a_power_cut_spoils_no_other(void **state)
{
    struct page_fixture *f = *state;
    char *path = arena_printf(f->arena, "%s/audit-0000000000000001-0.spool", f->folder);
    die_after_reading(f, 1, 2);
    int torn = open(path, O_CREAT | O_WRONLY, 0600);
    assert_true(torn >= 0);
    assert_int_equal(write(torn, "half a record", 13), 13);
    close(torn);
    drain(f, f->app.spool);
    assert_string_equal(logged_subjects(f), "1 2 ");
    assert_int_equal(spool_files(f->folder), 1);
}

static void two_processes_drain_only_what_is_theirs_or_nobodys(void **state)
{
    struct page_fixture *f = *state;
    struct audit_spool *other;
    assert_status(audit_spool_open(f->folder, &other), OK);
    seen(f, f->app.spool, 1, OK);
    seen(f, other, 2, OK);
    drain(f, f->app.spool);
    assert_string_equal(logged_subjects(f), "1 ");
    drain(f, other);
    assert_string_equal(logged_subjects(f), "1 2 ");
    seen(f, other, 3, OK);
    audit_spool_close(other); /* closed with a reading in it: an orphan */
    drain(f, f->app.spool);
    assert_string_equal(logged_subjects(f), "1 2 3 ");
    assert_int_equal(spool_files(f->folder), 1);
    (void)verdict_of(f, OK);
}

/* A database that was put back from before a school was made, or after it was taken away. */
static void a_school_that_is_gone_stops_nobody(void **state)
{
    struct page_fixture *f = *state;
    struct actor gone = f->actor[PAGE_TEACHER];
    gone.school = (struct school_id){id_new(&f->random)};
    struct work work = f->work;
    work.now_ms = f->app.clock.at_ms;
    work.spool = f->app.spool;
    for (int i = 1; i <= 3; i++) {
        seen(f, f->app.spool, i, OK);
        work.actor = &gone;
        assert_status(audit_seen(&work, AUDIT_DOSSIER_SEEN, f->pupil.v, 100 + i), OK);
    }
    gone.school = (struct school_id){0};
    assert_status(audit_seen(&work, AUDIT_DOSSIER_SEEN, f->pupil.v, 200), OK);
    seen(f, f->app.spool, 4, OK);
    drain(f, f->app.spool);
    assert_string_equal(logged_subjects(f), "1 2 3 4 ");
    assert_int_equal(spool_files(f->folder), 1); /* the one that is written now */
    drain(f, f->app.spool);
    assert_string_equal(logged_subjects(f), "1 2 3 4 ");
    (void)verdict_of(f, OK);
}

/* A reading by somebody of the other school. */
static void seen_elsewhere(struct page_fixture *f, int64_t subject)
{
    struct work work = f->work;
    work.actor = &f->actor[PAGE_STRANGER];
    work.now_ms = f->app.clock.at_ms;
    work.spool = f->app.spool;
    assert_status(audit_seen(&work, AUDIT_DOSSIER_SEEN, f->strange_pupil.v, subject), OK);
}

static int64_t rows_elsewhere(struct page_fixture *f)
{
    struct audit_verdict verdict;
    assert_status(db_begin(f->db, DB_READ), OK);
    assert_status(audit_verify(f->db, f->app.vault, f->arena, f->other_school, &verdict), OK);
    db_rollback(f->db);
    return verdict.rows;
}

static void readings_of_two_schools_come_each_into_its_own_chain(void **state)
{
    struct page_fixture *f = *state;
    int64_t before = rows_elsewhere(f);
    for (int i = 1; i <= 10; i++) {
        seen(f, f->app.spool, i, OK);
        seen_elsewhere(f, i);
    }
    uint64_t statements = db_statements(f->db);
    drain(f, f->app.spool);
    /* One per reading; each school is looked for once, its head read once and moved once. */
    assert_int_equal(db_statements(f->db) - statements, 20 + 2 * 3);
    assert_string_equal(logged_subjects(f), "1 2 3 4 5 6 7 8 9 10 ");
    assert_int_equal(rows_elsewhere(f), before + 10);
    (void)verdict_of(f, OK);
}

/*
 * Begin; per school the head, the readings and the head again; commit: wherever it breaks off, all
 * is done later.
 */
static void a_failing_database_keeps_the_spool(void **state)
{
    struct page_fixture *f = *state;
    int64_t before = rows_elsewhere(f);
    for (int i = 1; i <= 3; i++) {
        seen(f, f->app.spool, i, OK);
        seen_elsewhere(f, i);
    }
    size_t calls = 1 + 2 * (1 + 1 + 3 + 1) + 1; /* is the school there, its head, the readings, the head */
    for (size_t nth = 1; nth <= calls; nth++) {
        db_fail_at(f->db, nth, ERR_DB);
        assert_status(audit_spool_drain(f->app.spool, f->db, f->app.vault, f->request_arena), ERR_DB);
        assert_string_equal(logged_subjects(f), "");
        assert_int_equal(rows_elsewhere(f), before);
    }
    db_fail_at(f->db, calls + 1, ERR_DB); /* and there is no further call to fail */
    drain(f, f->app.spool);
    db_fail_at(f->db, 0, OK);
    assert_string_equal(logged_subjects(f), "1 2 3 ");
    assert_int_equal(rows_elsewhere(f), before + 3);
    (void)verdict_of(f, OK);
}

static void a_drain_that_lost_a_race_is_done_again(void **state)
{
    struct page_fixture *f = *state;
    const char *expected = "";
    for (int i = 1; i <= 5; i++) {
        seen(f, f->app.spool, i, OK);
        db_fail_at(f->db, (size_t)i, ERR_CONFLICT); /* begin, statements, commit */
        drain(f, f->app.spool);
        expected = page_path(f, "%s%d ", expected, i);
        assert_string_equal(logged_subjects(f), expected);
    }
    (void)verdict_of(f, OK);
}

/* A file may not grow past `bytes`: as a full disk, for this process only. */
static struct rlimit limit_files(rlim_t bytes)
{
    struct rlimit before;
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    struct rlimit small = {bytes, before.rlim_max};
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
    return before;
}

static void without_room_on_disk_nothing_is_shown(void **state)
{
    struct page_fixture *f = *state;
    const char *dossier = page_path(f, "/leerling/%s", id_text(f->pupil.v).s);
    void (*old)(int) = signal(SIGXFSZ, SIG_IGN);
    seen(f, f->app.spool, 1, OK);
    struct rlimit before = limit_files(RECORD + RECORD / 2); /* the second one half fits */
    seen(f, f->app.spool, 2, ERR_IO);
    seen(f, f->app.spool, 3, ERR_IO);
    struct page_answer *page = page_get(f, PAGE_TEACHER, dossier);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
    signal(SIGXFSZ, old);
    assert_page_status(page, 503);
    assert_page_lacks(page, "Noor");
    seen(f, f->app.spool, 4, OK);
    assert_page_status(page_get(f, PAGE_TEACHER, dossier), 200);
    drain(f, f->app.spool);
    assert_string_equal(logged_subjects(f), "1 4 0 "); /* the page is about no subject */
    (void)verdict_of(f, OK);
}

static void without_a_spool_nothing_is_shown(void **state)
{
    struct page_fixture *f = *state;
    seen(f, NULL, 1, ERR_IO);
    struct audit_spool *spool;
    assert_status(audit_spool_open("/nowhere/at/all", &spool), ERR_IO);
    char *longer = arena_alloc(f->arena, 5000);
    memset(longer, 'a', 4999);
    assert_status(audit_spool_open(longer, &spool), ERR_LIMIT);
    audit_spool_close(NULL);
}

static void every_action_has_a_name_of_its_own(void **state UNUSED)
{
    for (int a = 1; a < 60; a++) {
        const char *name = audit_action_name((enum audit_action)a);
        for (int b = 1; b < a; b++)
            if (!str_equal(name, "unknown"))
                assert_string_not_equal(name, audit_action_name((enum audit_action)b));
    }
    assert_string_equal(audit_action_name(AUDIT_EXPORTED), "exported");
    assert_string_equal(audit_action_name((enum audit_action)999), "unknown");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        page_each_engine(a_chain_of_thousands_holds),
        page_each_engine(every_change_of_a_row_is_found),
        page_each_engine(rows_cut_off_the_end_are_found),
        page_each_engine(a_changed_head_is_found),
        page_each_engine(a_log_that_is_gone_is_found),
        page_each_engine(another_schools_chain_does_not_pass_for_this_one),
        page_each_engine(what_is_rolled_back_was_not_noted),
        page_each_engine(a_log_of_one_pupil_is_newest_first_and_says_who),
        page_each_engine(readings_come_into_the_chain_in_their_order),
        page_each_engine(more_than_a_batch_keeps_its_order),
        page_each_engine(a_killed_process_loses_no_reading),
        page_each_engine(a_record_torn_by_a_power_cut_spoils_no_other),
        page_each_engine(two_processes_drain_only_what_is_theirs_or_nobodys),
        page_each_engine(a_school_that_is_gone_stops_nobody),
        page_each_engine(readings_of_two_schools_come_each_into_its_own_chain),
        page_each_engine(a_failing_database_keeps_the_spool),
        page_each_engine(a_drain_that_lost_a_race_is_done_again),
        page_each_engine(without_room_on_disk_nothing_is_shown),
        page_each_engine(without_a_spool_nothing_is_shown),
        cmocka_unit_test(every_action_has_a_name_of_its_own),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
