#include "roster/testing.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <cmocka.h>
#include <unistd.h>
#include <zip.h>

#include "base/str.h"

static const char *source_root(void)
{
    const char *root = getenv("WEERKLANK_SOURCE");
    return root ? root : ".";
}

const char *fixture_path(struct arena *arena, const char *name)
{
    return arena_printf(arena, "%s/tests/fixtures/roster/%s", source_root(), name);
}

const char *sample_path(struct arena *arena, const char *name)
{
    const char *shared = getenv("WEERKLANK_SHARED");
    const char *path =
        shared ? arena_printf(arena, "%s/data/rosters/%s", shared, name)
               : arena_printf(arena, "%s/../shared/data/rosters/%s", source_root(), name);
    return access(path, R_OK) == 0 ? path : NULL;
}

void load_file(const char *path, struct buf *ret)
{
    buf_init(ret, (size_t)64 * 1024 * 1024);
    FILE *file = fopen(path, "rbe");
    assert_non_null(file);
    char chunk[4096];
    for (size_t n; (n = fread(chunk, 1, sizeof chunk, file)) > 0;)
        buf_add(ret, chunk, n);
    assert_int_equal(fclose(file), 0);
    assert_false(buf_failed(ret));
}

void make_zip(const struct member *members, size_t count, struct buf *ret)
{
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t *bytes = zip_source_buffer_create(NULL, 0, 0, &error);
    assert_non_null(bytes);
    zip_source_keep(bytes);
    zip_t *zip = zip_open_from_source(bytes, ZIP_CREATE | ZIP_TRUNCATE, &error);
    assert_non_null(zip);
    for (size_t i = 0; i < count; i++) {
        zip_source_t *data = zip_source_buffer(zip, members[i].data, members[i].len, 0);
        assert_true(zip_file_add(zip, members[i].name, data, 0) >= 0);
    }
    assert_int_equal(zip_close(zip), 0);
    assert_int_equal(zip_source_open(bytes), 0);
    buf_init(ret, (size_t)64 * 1024 * 1024);
    char chunk[4096];
    for (zip_int64_t n; (n = zip_source_read(bytes, chunk, sizeof chunk)) > 0;)
        buf_add(ret, chunk, (size_t)n);
    (void)zip_source_close(bytes);
    zip_source_free(bytes);
    zip_error_fini(&error);
}

static const char *const files[] = {"manifest.csv", "orgs.csv",        "academicSessions.csv",
                                    "courses.csv",  "classes.csv",     "roles.csv",
                                    "users.csv",    "enrollments.csv", "demographics.csv"};

void zip_folder(struct arena *arena, const char *folder, const char *changed, const char *content,
                struct buf *ret)
{
    struct member members[ARRAY_LEN(files)];
    struct buf loaded[ARRAY_LEN(files)];
    size_t count = 0;
    for (size_t i = 0; i < ARRAY_LEN(files); i++) {
        const char *path = fixture_path(arena, arena_printf(arena, "%s/%s", folder, files[i]));
        buf_init(&loaded[i], 1);
        if (changed && str_equal(changed, files[i])) {
            if (content)
                members[count++] = (struct member){files[i], content, strlen(content)};
        } else if (access(path, R_OK) == 0) {
            load_file(path, &loaded[i]);
            members[count++] = (struct member){files[i], loaded[i].data, loaded[i].len};
        }
    }
    make_zip(members, count, ret);
    for (size_t i = 0; i < ARRAY_LEN(files); i++)
        buf_free(&loaded[i]);
}

static struct roster read_source(struct arena *arena, const struct roster_source *source)
{
    struct roster_options options = {.today = TEST_TODAY};
    struct roster roster;
    assert_string_equal(status_name(roster_read(arena, source, &options, &roster)), "OK");
    return roster;
}

struct roster read_path(struct arena *arena, const char *path)
{
    return read_source(arena, &(struct roster_source){.path = path});
}

struct roster read_bytes(struct arena *arena, const void *data, size_t len)
{
    return read_source(arena, &(struct roster_source){.data = {data, len}});
}

struct roster roster_from_text(struct arena *arena, const char *text)
{
    return read_bytes(arena, text, strlen(text));
}

const struct roster_problem *find_problem(const struct roster *r, enum roster_message message)
{
    for (size_t i = 0; i < r->problem_count; i++)
        if (r->problems[i].message == message)
            return &r->problems[i];
    return NULL;
}

const struct roster_pupil *find_pupil(const struct roster *r, const char *key)
{
    for (size_t i = 0; i < r->pupil_count; i++)
        if (str_equal(r->pupils[i].id.key, key))
            return &r->pupils[i];
    return NULL;
}

const struct roster_group *find_group(const struct roster *r, const char *key)
{
    for (size_t i = 0; i < r->group_count; i++)
        if (str_equal(r->groups[i].id.key, key))
            return &r->groups[i];
    return NULL;
}

size_t count_dropped(const struct roster *r, const char *field)
{
    for (size_t i = 0; i < r->dropped_count; i++)
        if (str_equal(r->dropped[i].field, field))
            return r->dropped[i].count;
    return 0;
}

static void refuse_in(const char *text, const char *where)
{
    if (strstr(where, text))
        fail_msg("a text that must not be kept is in the set");
}

static void refuse_in_name(const char *text, const struct roster_name *name)
{
    const char *const parts[] = {name->call_name,   name->given_names, name->initials, name->prefix,
                                 name->family_name, name->display,     name->sort};
    for (size_t i = 0; i < ARRAY_LEN(parts); i++)
        refuse_in(text, parts[i]);
}

void assert_nowhere(const struct roster *r, const char *text)
{
    for (size_t i = 0; i < r->pupil_count; i++) {
        refuse_in(text, r->pupils[i].id.key);
        refuse_in(text, r->pupils[i].year_text);
        refuse_in_name(text, &r->pupils[i].name);
    }
    for (size_t i = 0; i < r->staff_count; i++) {
        refuse_in(text, r->staff[i].id.key);
        refuse_in(text, r->staff[i].email);
        refuse_in(text, r->staff[i].role);
        refuse_in_name(text, &r->staff[i].name);
    }
    for (size_t i = 0; i < r->guardian_count; i++) {
        refuse_in(text, r->guardians[i].id.key);
        refuse_in(text, r->guardians[i].email);
        refuse_in_name(text, &r->guardians[i].name);
    }
    for (size_t i = 0; i < r->problem_count; i++) {
        refuse_in(text, r->problems[i].arg);
        refuse_in(text, r->problems[i].file);
        refuse_in(text, r->problems[i].column_name);
    }
}

void assert_refused(const struct roster *r)
{
    assert_true(r->error_count > 0);
    assert_false(roster_applicable(r));
    assert_int_equal(r->pupil_count + r->staff_count + r->group_count + r->location_count, 0);
    assert_int_equal(r->guardian_count + r->membership_count + r->removed_count, 0);
}
