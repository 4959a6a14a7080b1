/*
 * copies: what backup and restore share. A backup is a SQLite file of this program that besides the
 * rows holds the digest of every table, so that a changed byte shows whenever it is looked at
 * again. Knows files and digests; refuses to know keys.
 */
#ifndef OPERATE_COPIES_H
#define OPERATE_COPIES_H

#include <stddef.h>
#include <stdint.h>

#include "base/status.h"
#include "db/copy.h"

struct arena;
struct db;

/* Deletes a SQLite file with what may lie beside it; what is not there is fine. */
void copy_remove(const char *path);

/*
 * Makes a closed SQLite file durable and gives it its name, in one step that never replaces a file.
 * ERR_CONFLICT when `path` exists, ERR_LIMIT when the file is not complete (its log could not be
 * written into it), ERR_IO.
 */
NODISCARD enum status copy_publish(const char *partial, const char *path);

/* Writes the digests into the backup; in a transaction of its own. */
NODISCARD enum status copy_seal(struct db *backup, const struct table_digest *tables, size_t count);

/*
 * Reads the whole backup, compares it with its digests and checks the engine's own structures.
 * ERR_CORRUPT when something differs. *ret_sealed is false for a file that has no digests, such as
 * a plain copy: then only the structure was checked. The rows of the digests themselves do not
 * count.
 */
NODISCARD enum status copy_verify(struct db *backup, struct arena *arena, bool *ret_sealed);

/* Takes the digests out, so that the rows are those of the source. Transaction of its own. */
NODISCARD enum status copy_unseal(struct db *backup);

int64_t copy_rows(const struct table_digest *tables, size_t count);

#endif
