/*
 * testing: a school with people in it for the tests of this folder: key files in a folder of their
 * own, a migrated database of the fixture, a struct cli that holds both. Tests only.
 */
#ifndef OPERATE_TESTING_H
#define OPERATE_TESTING_H

#include <stddef.h>

#include "base/ids.h"
#include "operate/cli.h"

#define HOUSE_PUPILS_MAX 64

/* What was typed, so that a test can look for it and must not find it. */
#define HOUSE_NAME "Zonnebloem"
#define HOUSE_TEXT "vertelde dat de zonnebloem groeit"

struct house {
    struct cli cli;
    char folder[64], master[96], keyring[96];
    struct school_id school;
    struct staff_id teacher;
    struct pupil_id pupils[HOUSE_PUPILS_MAX];
    size_t pupil_count;
};

/* Keys are made; the database is the caller's, migrated. Fails the test when it cannot. */
void house_open(struct house *house, struct db *db);
void house_close(struct house *house);

/* The same files opened once more, as another process would: a vault and work, no database. */
struct vault *house_other_vault(const struct house *house);

/* Closes the vault and opens it from the files, as after a crash. */
void house_crash(struct house *house);

/*
 * In one transaction: a school, a teacher, and pupils with one guardian each, one observation of
 * two versions and one working note about them. Also used by tests/operate/seed.
 */
struct house_draft {
    size_t pupils;
    const char *name; /* of the school */
};
enum status house_fill(struct cli *cli, const struct house_draft *draft, struct house *ret_house);

/* How many of the house's pupils can be read, names and texts; the others are erased. */
size_t house_readable(struct house *house);

#endif
