#include "db/db_fixture.h"

#include <ftw.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/random.h"
#include "base/str.h"
#include "db/engine.h"

#define MIGRATED_AT INT64_C(1767225600000) /* 2026-01-01 */

/* One database: a connection and what has to be removed after it. */
struct place {
    enum fixture_kind kind;
    struct db *db;
    const char *url;
    const char *folder; /* FIXTURE_FILE */
    const char *schema; /* FIXTURE_POSTGRES */
};

struct fixture {
    struct arena *arena;
    struct place first;
    struct place other;
};

static const char *server(void)
{
    const char *url = getenv("WEERKLANK_TEST_PG");
    return url && *url ? url : NULL;
}

bool fixture_has_server(void)
{
    return server() != NULL;
}

void fixture_skipped(void **state UNUSED)
{
}

static bool run_on_server(const char *sql)
{
    struct db *db;
    if (db_open(server(), false, &db) != OK)
        return false;
    bool done = db_script(db, sql) == OK;
    db_close(db);
    return done;
}

static bool make_schema(struct arena *arena, struct place *place)
{
    struct random random = random_system();
    uint64_t number;
    random_fill(&random, &number, sizeof number);
    place->schema = arena_printf(arena, "test_%016llx", (unsigned long long)number);
    place->url = arena_printf(arena, "%s%coptions=-csearch_path%%3D%s", server(),
                              strchr(server(), '?') ? '&' : '?', place->schema);
    return run_on_server(arena_printf(arena, "CREATE SCHEMA %s", place->schema));
}

static bool make_folder(struct arena *arena, struct place *place)
{
    const char *tmp = getenv("TMPDIR");
    char *folder = arena_printf(arena, "%s/weerklank-test-XXXXXX", tmp ? tmp : "/tmp");
    if (!mkdtemp(folder))
        return false;
    place->folder = folder;
    place->url = arena_printf(arena, "sqlite:%s/test.db", folder);
    return true;
}

static bool make(struct arena *arena, struct place *place, enum fixture_kind kind)
{
    place->kind = kind;
    place->url = "sqlite::memory:";
    bool made = kind == FIXTURE_POSTGRES ? make_schema(arena, place)
                : kind == FIXTURE_FILE   ? make_folder(arena, place)
                                         : true;
    return made && db_open(place->url, true, &place->db) == OK;
}

static int remove_entry(const char *path, const struct stat *st UNUSED, int flag UNUSED,
                        struct FTW *ftw UNUSED)
{
    return remove(path);
}

static bool unmake(struct arena *arena, struct place *place)
{
    db_close(place->db);
    bool removed = true;
    if (place->folder)
        removed = nftw(place->folder, remove_entry, 8, FTW_DEPTH | FTW_PHYS) == 0;
    if (place->schema)
        removed = run_on_server(arena_printf(arena, "DROP SCHEMA %s CASCADE", place->schema));
    return removed;
}

int fixture_open(void **state)
{
    const struct fixture_spec *spec = *state;
    struct arena *arena = arena_new(1 << 20);
    struct fixture *f = ARENA_NEW(arena, struct fixture);
    f->arena = arena;
    *state = f;
    if (!make(arena, &f->first, spec->kind))
        return -1;
    if (spec->migrations && migrate_up_from(f->first.db, spec->migrations, MIGRATED_AT, NULL) != OK)
        return -1;
    return 0;
}

int fixture_close(void **state)
{
    struct fixture *f = *state;
    bool removed = unmake(f->arena, &f->other);
    removed = unmake(f->arena, &f->first) && removed;
    arena_free(f->arena);
    return removed ? 0 : -1;
}

struct db *fixture_db(void **state)
{
    const struct fixture *f = *state;
    return f->first.db;
}

const char *fixture_url(void **state)
{
    const struct fixture *f = *state;
    assert_int_not_equal(f->first.kind, FIXTURE_MEMORY);
    return f->first.url;
}

struct db *fixture_other(void **state, enum fixture_kind kind)
{
    struct fixture *f = *state;
    assert_null(f->other.db);
    assert_true(make(f->arena, &f->other, kind));
    return f->other.db;
}

void fixture_script(struct db *db, const char *sql)
{
    assert_status(db_script(db, sql), OK);
}
