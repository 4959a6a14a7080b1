/*
 * testing: what the tests of this folder share: where fixtures are, zips made in memory, and
 * reading a roster from all of them. Not part of the program.
 */
#ifndef ROSTER_TESTING_H
#define ROSTER_TESTING_H

#include "base/arena.h"
#include "base/buf.h"
#include "roster/roster.h"

#define TEST_TODAY ((struct date){2025, 10, 15})

/* Path of tests/fixtures/roster/<name>, in the arena. */
const char *fixture_path(struct arena *arena, const char *name);

/* Path of a published sample, or NULL when the samples are not on this machine. */
const char *sample_path(struct arena *arena, const char *name);

/* The whole file; free with buf_free. */
void load_file(const char *path, struct buf *ret);

struct member {
    const char *name;
    const void *data;
    size_t len;
};

/* A zip with these members, deflated; free with buf_free. */
void make_zip(const struct member *members, size_t count, struct buf *ret);

/* A zip of a fixture folder's CSV files, of which one (may be NULL) has another content. */
void zip_folder(struct arena *arena, const char *folder, const char *changed, const char *content,
                struct buf *ret);

/* Reads with default options and TEST_TODAY; fails the test when the status is not OK. */
struct roster read_path(struct arena *arena, const char *path);
struct roster read_bytes(struct arena *arena, const void *data, size_t len);
struct roster roster_from_text(struct arena *arena, const char *text);

/* The first problem with this message, NULL when there is none. */
const struct roster_problem *find_problem(const struct roster *r, enum roster_message message);

const struct roster_pupil *find_pupil(const struct roster *r, const char *key);
const struct roster_group *find_group(const struct roster *r, const char *key);
size_t count_dropped(const struct roster *r, const char *field);

/* Fails when `text` stands anywhere in the set. */
void assert_nowhere(const struct roster *r, const char *text);

/* The set refuses to be applied: it has errors and every list is empty. */
void assert_refused(const struct roster *r);

#endif
