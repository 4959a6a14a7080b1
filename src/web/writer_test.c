#include "web/writer.h"

#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <unistd.h>

#include "base/str.h"
#include "db/engine.h"
#include "web/web_fixture.h"

#define THREADS 4
#define ROUNDS 50

static const struct query add_one = {
    .name = "add_one", .sql = "UPDATE counter SET n = n + 1", .writes = true};
static const struct query read_one = {
    .name = "read_one", .sql = "SELECT n FROM counter", .columns = 1};

static struct writer *open_writer(void **state)
{
    struct writer *writer = NULL;
    fixture_script(fixture_db(state), "CREATE TABLE counter (n INTEGER NOT NULL);"
                                      "INSERT INTO counter VALUES (0)");
    assert_status(writer_open(fixture_url(state), &writer), OK);
    return writer;
}

static int64_t counter(struct db *db)
{
    struct db_rows rows;
    bool more = false;
    assert_status(db_begin(db, DB_READ), OK);
    assert_status(db_start(db, &read_one, NULL, &rows), OK);
    assert_status(db_next(&rows, &more), OK);
    int64_t n = db_get_int(&rows, 0);
    db_done(&rows);
    db_rollback(db);
    return n;
}

static enum status write_once(struct writer *writer)
{
    struct db *db = writer_take(writer);
    if (!db)
        return ERR_DB;
    enum status st = db_begin(db, DB_WRITE);
    if (st == OK)
        st = db_exec(db, &add_one, NULL, NULL);
    if (st == OK)
        st = db_commit(db);
    db_rollback(db);
    writer_give(writer);
    return st == OK ? writer_flush(writer) : st;
}

struct crowd {
    struct writer *writer;
    atomic_int done;
};

static void *write_often(void *context)
{
    struct crowd *crowd = context;
    for (int i = 0; i < ROUNDS; i++)
        if (write_once(crowd->writer) == OK)
            atomic_fetch_add(&crowd->done, 1);
    return NULL;
}

static void many_threads_write_in_turn(void **state)
{
    struct crowd crowd = {.writer = open_writer(state)};
    pthread_t threads[THREADS];
    for (int i = 0; i < THREADS; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, write_often, &crowd), 0);
    for (int i = 0; i < THREADS; i++)
        pthread_join(threads[i], NULL);
    assert_int_equal(crowd.done, THREADS * ROUNDS);
    assert_int_equal(counter(fixture_db(state)), THREADS * ROUNDS);
    writer_close(crowd.writer);
}

/* The writer's own commit does not wait for the disk; all other connections' still do. */
static void only_its_own_commits_run_ahead(void **state)
{
    static const struct query synchronous = {
        .name = "synchronous", .sql = "PRAGMA synchronous", .columns = 1};
    struct writer *writer = open_writer(state);
    struct db *const each[] = {writer_take(writer), fixture_db(state)};
    for (size_t i = 0; i < ARRAY_LEN(each); i++) {
        struct db_rows rows;
        bool more = false;
        assert_status(db_begin(each[i], DB_READ), OK);
        assert_status(db_start(each[i], &synchronous, NULL, &rows), OK);
        assert_status(db_next(&rows, &more), OK);
        assert_int_equal(db_get_int(&rows, 0), i == 0 ? 1 : 2);
        db_done(&rows);
        db_rollback(each[i]);
    }
    writer_give(writer);
    writer_close(writer);
}

static void another_process_is_waited_for(void **state)
{
    struct writer *writer = open_writer(state);
    struct db *other = fixture_db(state);
    pthread_t thread;
    struct crowd crowd = {.writer = writer};
    assert_status(db_begin(other, DB_WRITE), OK);
    assert_status(db_exec(other, &add_one, NULL, NULL), OK);
    assert_int_equal(pthread_create(&thread, NULL, write_often, &crowd), 0);
    usleep(20000);
    assert_int_equal(crowd.done, 0);
    assert_status(db_commit(other), OK);
    pthread_join(thread, NULL);
    assert_int_equal(crowd.done, ROUNDS);
    assert_int_equal(counter(other), ROUNDS + 1);
    writer_close(writer);
}

/* What the writer flushes: of the descriptors of the log the one that only reads. */
static int log_of_writer(void)
{
    for (int fd = 3; fd < 1024; fd++) {
        char link[64], path[4096] = "";
        (void)snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
        if (readlink(link, path, sizeof path - 1) > 0 && str_ends(path, "-wal") &&
            (fcntl(fd, F_GETFL) & O_ACCMODE) == O_RDONLY)
            return fd;
    }
    fail_msg("the writer has no log");
    return -1;
}

/* From here on the writer's log cannot be flushed: a pipe stands in its place. */
static void break_log(void)
{
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    int log = log_of_writer();
    assert_int_equal(dup2(ends[1], log), log);
    close(ends[0]);
    close(ends[1]);
}

static void after_a_failed_flush_nothing_is_acknowledged(void **state)
{
    struct writer *writer = open_writer(state);
    assert_status(write_once(writer), OK);
    break_log();
    assert_status(write_once(writer), ERR_IO);
    assert_status(write_once(writer), ERR_DB);
    assert_int_equal(counter(fixture_db(state)), 2); /* the refused one was never begun */
    writer_close(writer);
}

static struct page_answer *note_something(struct page_fixture *f)
{
    const char *path = page_path(f, "/leerling/%s/observatie/%s", id_text(f->pupil.v).s,
                                 id_text(id_new(&f->random)).s);
    return page_post(f, PAGE_TEACHER, path, "kind", "strength", "body", "Je hielp.", "seen_on",
                     "2026-11-24", "version", "0", "back", "dossier", NULL);
}

static void a_page_says_kept_only_of_what_is_on_the_disk(void **state)
{
    struct page_fixture *f = *state;
    assert_page_status(note_something(f), 303);
    break_log();
    assert_page_status(note_something(f), 503);
    assert_page_status(note_something(f), 503);
    assert_page_status(page_get(f, PAGE_TEACHER, "/"), 200); /* reading goes on */
}

static void what_is_no_sqlite_file_has_no_writer(void **state UNUSED)
{
    struct writer *writer = NULL;
    assert_status(writer_open("sqlite:/nowhere/at/all", &writer), ERR_NOT_FOUND);
    assert_status(writer_open("sqlite::memory:", &writer), ERR_IO);
    assert_null(writer);
    writer_close(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        fixture_sqlite_file(many_threads_write_in_turn),
        fixture_sqlite_file(only_its_own_commits_run_ahead),
        fixture_sqlite_file(another_process_is_waited_for),
        fixture_sqlite_file(after_a_failed_flush_nothing_is_acknowledged),
        PAGE_TEST(a_page_says_kept_only_of_what_is_on_the_disk, "", FIXTURE_FILE),
        cmocka_unit_test(what_is_no_sqlite_file_has_no_writer),
    };
    return cmocka_run_group_tests_name("writer", tests, NULL, NULL);
}
