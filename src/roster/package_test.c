#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zip.h>

#include "base/str.h"
#include "roster/package.h"
#include "roster/testing.h"

static int make_arena(void **state)
{
    *state = arena_new((size_t)64 * 1024 * 1024);
    return *state ? 0 : -1;
}

static int drop_arena(void **state)
{
    arena_free(*state);
    return 0;
}

static struct roster read_zip(struct arena *arena, const struct member *members, size_t count)
{
    struct buf zip;
    make_zip(members, count, &zip);
    struct roster r = read_bytes(arena, zip.data, zip.len);
    buf_free(&zip);
    return r;
}

static void assert_only(const struct roster *r, enum roster_message message)
{
    assert_int_equal(r->problem_count, 1);
    assert_int_equal(r->problems[0].message, message);
    assert_refused(r);
}

static void formats_are_recognised_by_content(void **state)
{
    static const struct {
        const char *text;
        size_t len;
        enum roster_message message;
    } cases[] = {
        {"", 0, ROSTER_FILE_EMPTY},
        {"   \n\t ", 6, ROSTER_CSV_HEADER_UNKNOWN},
        {"%PDF-1.7\n\0\0", 11, ROSTER_FORMAT_UNKNOWN},
        {"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1\0\0", 10, ROSTER_FORMAT_UNKNOWN},
        {"\x89PNG\r\n\x1A\n\0\0", 10, ROSTER_FORMAT_UNKNOWN},
        {"hello", 5, ROSTER_CSV_HEADER_UNKNOWN},
        {"  <html/>", 9, ROSTER_XML_NOT_EDEXML},
        {"PK\x03\x04 broken", 11, ROSTER_ZIP_BROKEN},
        {"PK\x05\x06", 4, ROSTER_ZIP_BROKEN},
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct roster r = read_bytes(*state, cases[i].text, cases[i].len);
        assert_int_equal(r.problems[0].message, cases[i].message);
        assert_refused(&r);
    }
}

static void a_zip_that_is_no_roster_is_refused(void **state)
{
    static const struct member other[] = {{"notes.txt", "x", 1}};
    struct roster r = read_zip(*state, other, 1);
    assert_only(&r, ROSTER_FILE_MISSING);
    assert_string_equal(r.problems[0].file, "manifest.csv");
}

static void folders_inside_are_refused_without_naming_them(void **state)
{
    static const struct member inside[] = {{"klas van Jan/users.csv", "x", 1}};
    struct roster r = read_zip(*state, inside, 1);
    assert_only(&r, ROSTER_ZIP_FOLDER);
    assert_nowhere(&r, "Jan");
    static const struct member climbing[] = {{"../users.csv", "x", 1}};
    r = read_zip(*state, climbing, 1);
    assert_only(&r, ROSTER_ZIP_FOLDER);
    static const struct member windows[] = {{"a\\users.csv", "x", 1}};
    r = read_zip(*state, windows, 1);
    assert_only(&r, ROSTER_ZIP_FOLDER);
}

static void too_many_files_are_refused(void **state)
{
    struct member members[PACKAGE_ENTRIES_MAX + 1];
    for (size_t i = 0; i < ARRAY_LEN(members); i++)
        members[i] = (struct member){arena_printf(*state, "%zu.csv", i), "x", 1};
    struct roster r = read_zip(*state, members, ARRAY_LEN(members));
    assert_only(&r, ROSTER_ZIP_ENTRIES);
    r = read_zip(*state, members, PACKAGE_ENTRIES_MAX);
    assert_only(&r, ROSTER_FILE_MISSING);
}

static void bombs_are_refused_by_their_claims(void **state)
{
    const size_t len = (size_t)20 * 1024 * 1024;
    char *zeros = calloc(1, len);
    assert_non_null(zeros);
    memset(zeros, 'x', len);
    struct member bomb = {"users.csv", zeros, len};
    struct roster r = read_zip(*state, &bomb, 1);
    assert_only(&r, ROSTER_ZIP_RATIO);
    free(zeros);
}

/* Little-endian 32 bits at a place of the archive. */
static void put_32(struct buf *zip, size_t at, uint32_t value)
{
    for (size_t i = 0; i < 4; i++)
        zip->data[at + i] = (char)(value >> (8 * i));
}

/* Where the entry's header in the central directory starts. */
static size_t directory_of(const struct buf *zip)
{
    for (size_t i = 0; i + 4 < zip->len; i++)
        if (memcmp(zip->data + i, "PK\x01\x02", 4) == 0)
            return i;
    fail_msg("no central directory");
    return 0;
}

static void bombs_that_lie_about_their_size_are_stopped_while_reading(void **state)
{
    const size_t len = (size_t)20 * 1024 * 1024;
    char *text = malloc(len);
    assert_non_null(text);
    static const char head[] = "propertyName,value\n";
    for (size_t i = 0; i < len; i++)
        text[i] = i < sizeof head - 1 ? head[i] : '\n';
    struct member bomb = {"manifest.csv", text, len};
    struct buf zip;
    make_zip(&bomb, 1, &zip);
    put_32(&zip, directory_of(&zip) + 24, 1000); /* uncompressed size, in both headers */
    put_32(&zip, 22, 1000);
    struct roster r = read_bytes(*state, zip.data, zip.len);
    assert_refused(&r);
    assert_true(find_problem(&r, ROSTER_ZIP_RATIO) || find_problem(&r, ROSTER_ZIP_BROKEN));
    buf_free(&zip);
    free(text);
}

static void a_file_twice_is_refused(void **state)
{
    static const struct member members[] = {{"users.csv", "a", 1}, {"usera.csv", "b", 1}};
    struct buf zip;
    make_zip(members, 2, &zip);
    for (char *at; (at = memmem(zip.data, zip.len, "usera.csv", 9)) != NULL;)
        at[4] = 's';
    struct roster r = read_bytes(*state, zip.data, zip.len);
    assert_only(&r, ROSTER_ZIP_TWICE);
    buf_free(&zip);
}

static void links_and_passwords_are_refused(void **state)
{
    static const struct member member = {"users.csv", "abc", 3};
    struct buf zip;
    make_zip(&member, 1, &zip);
    size_t directory = directory_of(&zip);
    zip.data[directory + 5] = ZIP_OPSYS_UNIX;
    put_32(&zip, directory + 38, (uint32_t)(S_IFLNK | 0777) << 16);
    struct roster r = read_bytes(*state, zip.data, zip.len);
    assert_only(&r, ROSTER_ZIP_LINK);
    put_32(&zip, directory + 38, (uint32_t)(S_IFREG | 0644) << 16);
    zip.data[directory + 8] = (char)(zip.data[directory + 8] | 1);
    zip.data[6] = (char)(zip.data[6] | 1);
    r = read_bytes(*state, zip.data, zip.len);
    assert_only(&r, ROSTER_ZIP_ENCRYPTED);
    buf_free(&zip);
}

static void damage_anywhere_never_breaks_the_reader(void **state)
{
    struct buf zip;
    zip_folder(*state, "or12", NULL, NULL, &zip);
    for (size_t i = 0; i < zip.len; i++) {
        struct arena_mark mark = arena_mark(*state);
        char kept = zip.data[i];
        zip.data[i] = (char)~kept;
        struct roster r = read_bytes(*state, zip.data, zip.len);
        assert_true(r.error_count > 0 || r.pupil_count == 2);
        zip.data[i] = kept;
        if (i % 7 == 0) {
            r = read_bytes(*state, zip.data, i);
            assert_refused(&r);
        }
        arena_rewind(*state, mark);
    }
    buf_free(&zip);
}

static void a_zip_on_disk_reads_as_in_memory(void **state)
{
    struct buf zip;
    zip_folder(*state, "or12", NULL, NULL, &zip);
    char path[] = "/tmp/roster-test-XXXXXX";
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, zip.data, zip.len), (ssize_t)zip.len);
    assert_int_equal(close(fd), 0);
    struct roster r = read_path(*state, path);
    assert_int_equal(r.pupil_count, 2);
    assert_int_equal(unlink(path), 0);
    buf_free(&zip);
}

static void links_in_a_folder_are_not_followed(void **state)
{
    char folder[] = "/tmp/roster-test-XXXXXX";
    assert_non_null(mkdtemp(folder));
    const char *link = arena_printf(*state, "%s/manifest.csv", folder);
    assert_int_equal(symlink(fixture_path(*state, "or12/manifest.csv"), link), 0);
    struct roster r = read_path(*state, folder);
    assert_only(&r, ROSTER_FILE_MISSING);
    assert_int_equal(unlink(link), 0);
    assert_int_equal(mkdir(link, 0700), 0);
    r = read_path(*state, folder);
    assert_only(&r, ROSTER_FILE_MISSING);
    assert_int_equal(rmdir(link), 0);
    assert_int_equal(rmdir(folder), 0);
}

static void what_is_not_there_is_not_found(void **state)
{
    struct roster r = {.pupil_count = 7};
    struct roster_options options = {.today = TEST_TODAY};
    struct roster_source source = {.path = "/nonexistent/EDEX.XML"};
    assert_int_equal(roster_read(*state, &source, &options, &r), ERR_NOT_FOUND);
    source.path = "/dev/null";
    assert_int_equal(roster_read(*state, &source, &options, &r), ERR_IO);
    assert_int_equal(r.pupil_count, 7); /* ret is written only on OK */
}

int main(void)
{
#define WITH_ARENA(test) cmocka_unit_test_setup_teardown(test, make_arena, drop_arena)
    const struct CMUnitTest tests[] = {
        WITH_ARENA(formats_are_recognised_by_content),
        WITH_ARENA(a_zip_that_is_no_roster_is_refused),
        WITH_ARENA(folders_inside_are_refused_without_naming_them),
        WITH_ARENA(too_many_files_are_refused),
        WITH_ARENA(bombs_are_refused_by_their_claims),
        WITH_ARENA(bombs_that_lie_about_their_size_are_stopped_while_reading),
        WITH_ARENA(a_file_twice_is_refused),
        WITH_ARENA(links_and_passwords_are_refused),
        WITH_ARENA(damage_anywhere_never_breaks_the_reader),
        WITH_ARENA(a_zip_on_disk_reads_as_in_memory),
        WITH_ARENA(links_in_a_folder_are_not_followed),
        WITH_ARENA(what_is_not_there_is_not_found),
    };
    return cmocka_run_group_tests_name("roster package", tests, NULL, NULL);
}
