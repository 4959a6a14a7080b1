#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/compiler.h"
#include "base/str.h"
#include "operate/cli.h"
#include "operate/commands.h"

/* weerklank demo as a whole, in a folder of its own. */

#define MOMENT "2026-11-24T10:30"

struct place {
    char folder[64]; /* exists */
    char state[96];  /* does not, at first */
};

static struct place place_open(void)
{
    struct place place = {.folder = "/tmp/demo-test-XXXXXX"};
    assert_non_null(mkdtemp(place.folder));
    (void)snprintf(place.state, sizeof place.state, "%s/var", place.folder);
    return place;
}

static const char *file_in(const struct place *place, const char *name, char path[160])
{
    (void)snprintf(path, 160, "%s/%s", place->state, name);
    return path;
}

static bool has(const struct place *place, const char *name)
{
    char path[160];
    struct stat info;
    return stat(file_in(place, name, path), &info) == 0;
}

static void put(const struct place *place, const char *name, const char *text)
{
    char path[160];
    (void)mkdir(place->state, 0700);
    FILE *file = fopen(file_in(place, name, path), "we");
    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
}

static void take(const struct place *place, const char *name)
{
    char path[160];
    assert_int_equal(unlink(file_in(place, name, path)), 0);
}

static struct stat look_at(const struct place *place, const char *name)
{
    char path[160];
    struct stat info;
    assert_int_equal(stat(file_in(place, name, path), &info), 0);
    return info;
}

static void place_close(const struct place *place)
{
    DIR *folder = opendir(place->state);
    for (struct dirent *entry; folder && (entry = readdir(folder)) != NULL;)
        if (entry->d_name[0] != '.')
            (void)unlinkat(dirfd(folder), entry->d_name, 0);
    if (folder)
        (void)closedir(folder);
    (void)rmdir(place->state);
    assert_int_equal(rmdir(place->folder), 0);
}

/* Runs it with stdout going to a file of the folder, so that the test's own lines stay readable. */
static int run(const struct place *place, char output[4096], const char *option, const char *value)
{
    char path[160];
    char state[96];
    char *argv[] = {(char[]){"--clock"}, (char[]){MOMENT}, (char[]){"--state"}, state, NULL, NULL};
    int argc = 4;
    char words[2][160] = {"", ""};
    memcpy(state, place->state, sizeof state);
    for (int i = 0; i < 2; i++) {
        const char *word = i ? value : option;
        if (!word)
            continue;
        (void)snprintf(words[i], sizeof words[i], "%s", word);
        argv[argc++] = words[i];
    }
    (void)snprintf(path, sizeof path, "%s/output", place->folder);
    (void)fflush(stdout);
    int before = dup(STDOUT_FILENO);
    int file = open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    assert_true(before >= 0 && file >= 0 && dup2(file, STDOUT_FILENO) >= 0);
    int code = command_demo.run(&command_demo, argc, argv);
    (void)fflush(stdout);
    assert_true(dup2(before, STDOUT_FILENO) >= 0);
    close(before);
    ssize_t got = pread(file, output, 4095, 0);
    output[got > 0 ? got : 0] = '\0';
    close(file);
    assert_int_equal(unlink(path), 0);
    return code;
}

static void makes_it_once(void **state UNUSED)
{
    struct place place = place_open();
    char output[4096];
    assert_int_equal(run(&place, output, NULL, NULL), CLI_DONE);
    assert_non_null(strstr(output, "marit@regenboog.example"));
    assert_non_null(strstr(output, "vier blauwe vissen"));
    assert_true(has(&place, "demo") && has(&place, "keyring") && has(&place, "master.key"));
    assert_false(has(&place, "demo.unfinished"));

    struct stat before = look_at(&place, "weerklank.sqlite");
    assert_int_equal(run(&place, output, NULL, NULL), CLI_DONE);
    assert_non_null(strstr(output, "already"));
    assert_int_equal(run(&place, output, "--if-absent", NULL), CLI_DONE);
    assert_string_equal(output, "");
    assert_int_equal(run(&place, output, "--json", NULL), CLI_DONE);
    assert_string_equal(output, "{\"made\":false}\n");
    struct stat after = look_at(&place, "weerklank.sqlite");
    assert_true(before.st_size == after.st_size && before.st_mtim.tv_sec == after.st_mtim.tv_sec &&
                before.st_mtim.tv_nsec == after.st_mtim.tv_nsec);
    place_close(&place);
}

static void keeps_any_database_that_is_there(void **state UNUSED)
{
    struct place place = place_open();
    char output[4096];
    put(&place, "weerklank.sqlite", "somebody's");
    assert_int_equal(run(&place, output, NULL, NULL), CLI_DONE);
    assert_int_equal(look_at(&place, "weerklank.sqlite").st_size, 10);
    assert_false(has(&place, "keyring"));
    assert_false(has(&place, "demo"));
    place_close(&place);
}

/* Somebody's keyring without its database: nothing of it may be touched. */
static void refuses_a_keyring_without_database(void **state UNUSED)
{
    struct place place = place_open();
    char output[4096];
    assert_int_equal(run(&place, output, "--schools", "1"), CLI_DONE);
    take(&place, "weerklank.sqlite");
    struct stat before = look_at(&place, "keyring");
    assert_int_equal(run(&place, output, NULL, NULL), CLI_REFUSED);
    assert_true(before.st_ino == look_at(&place, "keyring").st_ino);
    assert_true(has(&place, "master.key"));
    assert_false(has(&place, "weerklank.sqlite"));
    place_close(&place);
}

static void failure_leaves_nothing(void **state UNUSED)
{
    struct place place = place_open();
    char output[4096];
    char nowhere[160];
    (void)snprintf(nowhere, sizeof nowhere, "sqlite:%s/nowhere/x.sqlite", place.folder);
    assert_int_equal(run(&place, output, "--database", nowhere), CLI_REFUSED);
    assert_int_equal(access(place.state, F_OK), -1);

    put(&place, "other", "was here");
    assert_int_equal(run(&place, output, "--database", nowhere), CLI_REFUSED);
    assert_true(has(&place, "other"));
    assert_false(has(&place, "keyring") || has(&place, "master.key") || has(&place, "demo") ||
                 has(&place, "demo.unfinished"));
    place_close(&place);
}

static void a_master_key_of_others_stays(void **state UNUSED)
{
    struct place place = place_open();
    char output[4096];
    char nowhere[160];
    char path[160];
    (void)snprintf(nowhere, sizeof nowhere, "sqlite:%s/nowhere/x.sqlite", place.folder);
    put(&place, "master.key", "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\n");
    assert_int_equal(chmod(file_in(&place, "master.key", path), 0600), 0);
    assert_int_equal(run(&place, output, "--database", nowhere), CLI_REFUSED);
    assert_true(has(&place, "master.key"));
    assert_int_equal(run(&place, output, NULL, NULL), CLI_DONE);
    place_close(&place);
}

/* What a kill -9 leaves: the note and any of the files. */
static void goes_on_after_a_killed_run(void **state UNUSED)
{
    struct place place = place_open();
    char output[4096];
    put(&place, "demo.unfinished", "master key\n");
    put(&place, "master.key", "half");
    put(&place, "keyring", "half");
    put(&place, "weerklank.sqlite", "");
    assert_int_equal(run(&place, output, NULL, NULL), CLI_DONE);
    assert_non_null(strstr(output, "marit@regenboog.example"));
    assert_false(has(&place, "demo.unfinished"));
    place_close(&place);
}

/* Killed after the commit: there are schools, perhaps used since, so they stay. */
static void schools_are_never_removed(void **state UNUSED)
{
    struct place place = place_open();
    char output[4096];
    assert_int_equal(run(&place, output, "--schools", "1"), CLI_DONE);
    put(&place, "demo.unfinished", "master key\n");
    take(&place, "demo");
    off_t size = look_at(&place, "weerklank.sqlite").st_size;
    assert_int_equal(run(&place, output, NULL, NULL), CLI_DONE);
    assert_non_null(strstr(output, "already"));
    assert_true(size == look_at(&place, "weerklank.sqlite").st_size);
    assert_true(has(&place, "keyring") && has(&place, "master.key") && has(&place, "demo"));
    assert_false(has(&place, "demo.unfinished"));
    place_close(&place);
}

static void refuses_wrong_numbers(void **state UNUSED)
{
    static const char *const wrong[] = {"0", "-1", "x", "100001", ""};
    struct place place = place_open();
    char output[4096];
    for (size_t i = 0; i < ARRAY_LEN(wrong); i++)
        assert_int_equal(run(&place, output, "--schools", wrong[i]), CLI_REFUSED);
    assert_int_equal(run(&place, output, "--seed", "x"), CLI_REFUSED);
    assert_int_equal(access(place.state, F_OK), -1);
    place_close(&place);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(makes_it_once),
        cmocka_unit_test(keeps_any_database_that_is_there),
        cmocka_unit_test(refuses_a_keyring_without_database),
        cmocka_unit_test(failure_leaves_nothing),
        cmocka_unit_test(a_master_key_of_others_stays),
        cmocka_unit_test(goes_on_after_a_killed_run),
        cmocka_unit_test(schools_are_never_removed),
        cmocka_unit_test(refuses_wrong_numbers),
    };
    return cmocka_run_group_tests_name("demo_command", tests, NULL, NULL);
}
