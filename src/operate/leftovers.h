/*
 * leftovers: files beside the database that a migration or a crash left, and that hold what the
 * database held. `check` tells of them, `purge` removes what is old.
 */
#ifndef OPERATE_LEFTOVERS_H
#define OPERATE_LEFTOVERS_H

#include <stddef.h>

#include "base/status.h"

struct cli;

#define LEFTOVER_COPY_DAYS 30 /* how long a copy from before a migration is of use */
#define LEFTOVER_RESTORE_DAYS 1

/* The folder in which `restore` unpacks, in the state directory: "restore-XXXXXX". */
#define RESTORE_PREFIX "restore-"

struct leftovers {
    size_t spools; /* readings that no running process has taken into the audit log */
    size_t migration_copies;
    size_t restores;
};

NODISCARD enum status leftovers_find(const struct cli *cli, struct leftovers *ret);

/* Removes migration copies and restores that are old; *ret says how many. Spools stay. */
NODISCARD enum status leftovers_remove(const struct cli *cli, struct leftovers *ret);

/* A folder made by restore, with the files in it. ERR_IO when something stays. */
NODISCARD enum status leftover_folder_remove(const char *path);

#endif
