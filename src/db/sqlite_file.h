/*
 * sqlite_file: the file behind a SQLite connection: opening it with the settings we trust, and
 * copying it whole. Knows nothing of statements; used by sqlite.c only.
 */
#ifndef DB_SQLITE_FILE_H
#define DB_SQLITE_FILE_H

#include <sqlite3.h>
#include <stdbool.h>

#include "base/status.h"

/*
 * Opens `path` (or ":memory:"), making it when `create`. ERR_NOT_FOUND when it is absent,
 * ERR_IO when the file cannot be opened or made, ERR_DB when it is no database or not one of ours.
 */
NODISCARD enum status sqlite_file_open(const char *path, bool create, sqlite3 **ret_handle);

/* db_commit_ahead() of a connection. */
NODISCARD enum status sqlite_file_ahead(sqlite3 *handle, int *ret_log);

/* See sqlite_copy_to() in engine.h. */
NODISCARD enum status sqlite_file_copy(sqlite3 *handle, const char *path);

/* See sqlite_lock() in engine.h. */
NODISCARD enum status sqlite_file_lock(const char *path, int *ret_lock);
void sqlite_file_unlock(int lock);

#endif
