/* testing: a demo made for a test: database of the fixture, vault in memory, a fixed day. */
#ifndef DEMO_TESTING_H
#define DEMO_TESTING_H

#include "db/db_fixture.h"

#include "access/work.h"
#include "answer/kind.h"
#include "base/arena.h"
#include "base/date.h"
#include "base/random.h"
#include "demo/demo.h"
#include "method/shelf.h"
#include "school/school.h"
#include "signin/password.h"
#include "vault/vault.h"

struct demo_test {
    struct db *db;
    struct arena *arena;
    struct vault *vault;
    struct method_shelf *shelf;
    struct random random;
    struct actor actor; /* the program; its school is set by demo_test_at */
    struct work work;
    char hash[PASSWORD_HASH_SIZE];
    struct demo_schools schools;
};

/* As cheap as libsodium allows: what is tested is that it is stored, not that it is slow. */
static const struct password_cost cheap = {.passes = 1, .memory = 8192};

static inline void demo_test_open(struct demo_test *t, struct db *db, struct date today)
{
    *t = (struct demo_test){.db = db, .arena = arena_new((size_t)256 << 20)};
    assert_non_null(t->arena);
    t->random = random_system();
    assert_status(vault_open_memory(&t->random, &t->vault), OK);
    assert_status(password_hash(&cheap, DEMO_PASSWORD, strlen(DEMO_PASSWORD), t->hash), OK);
    assert_status(method_shelf_open(&answer_method_kinds, &t->shelf), OK);
    t->actor = (struct actor){.kind = ACTOR_PROGRAM};
    int64_t now = date_moment(today, 9, 30);
    t->work = (struct work){.db = db,
                            .arena = t->arena,
                            .vault = t->vault,
                            .random = &t->random,
                            .now_ms = now,
                            .today = date_of(now),
                            .actor = &t->actor,
                            .shelf = t->shelf};
}

static inline void demo_test_close(struct demo_test *t)
{
    db_rollback(t->db);
    method_shelf_close(t->shelf);
    vault_close(t->vault);
    arena_free(t->arena);
}

/* Makes both schools, commits, and leaves a READ transaction open. */
static inline void demo_test_make(struct demo_test *t, uint64_t seed)
{
    assert_status(db_begin(t->db, DB_WRITE), OK);
    assert_status(demo_make(&t->work, seed, t->hash, &t->schools), OK);
    assert_status(db_commit(t->db), OK);
    assert_status(db_begin(t->db, DB_READ), OK);
}

static inline void demo_test_at(struct demo_test *t, enum demo_school which)
{
    t->actor.school = t->schools.school[which];
}

#endif
