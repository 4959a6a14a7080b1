/*
 * keyfile: the files of the vault on disk: read whole, replaced whole, locked, of mode 0600. Knows
 * the file system; refuses to know what the bytes mean, but for the two forms of a master key.
 */
#ifndef VAULT_KEYFILE_H
#define VAULT_KEYFILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>

#include "base/status.h"
#include "vault/vault.h"

/* Which version of a file was read. Every replacement gives another one. */
struct keyfile_version {
    dev_t device;
    ino_t inode;
    off_t size;
    struct timespec modified;
};

bool keyfile_same(const struct keyfile_version *a, const struct keyfile_version *b);

/* ERR_NOT_FOUND when there is no such file, ERR_FORBIDDEN, ERR_IO. */
NODISCARD enum status keyfile_look(const char *path, struct keyfile_version *ret_version);

/*
 * The whole file in memory of secret_alloc(*ret_size). ERR_NOT_FOUND, ERR_FORBIDDEN, ERR_CORRUPT
 * when it is empty or no ordinary file, ERR_LIMIT above 1 GiB, ERR_IO, ERR_NOMEM.
 */
NODISCARD enum status keyfile_read(const char *path, uint8_t **ret_data, size_t *ret_size,
                                   struct keyfile_version *ret_version);

/*
 * Puts these bytes in the place of the file: a new file beside it, written and flushed, then
 * renamed over it and the folder flushed. Whatever fails or crashes, the path names the whole old
 * or the whole new file. After ERR_IO it may be either; ERR_FORBIDDEN when the folder may not be
 * written. What root writes belongs to the owner of the folder, so that the service reads it.
 */
NODISCARD enum status keyfile_replace(const char *path, const void *data, size_t len);

/* Makes sure that an earlier replacement of the file, by whomever, survives a power cut. ERR_IO. */
NODISCARD enum status keyfile_flush(const char *path);

/* Renames within one folder and flushes it. */
NODISCARD enum status keyfile_rename(const char *from, const char *to);
NODISCARD enum status keyfile_remove(const char *path); /* OK when there is none */

/*
 * Waits until no other process or thread holds the lock of this file (`<path>.lock`, which stays).
 * ERR_CONFLICT after ten seconds. Give *ret_lock to keyfile_unlock.
 */
NODISCARD enum status keyfile_lock(const char *path, int *ret_lock);
void keyfile_unlock(int lock);

/*
 * A master key file: 32 bytes as they are, or 64 hexadecimal digits with or without a newline.
 * ERR_FORBIDDEN when others than the owner may read or write it. Group bits are accepted when root
 * and root's group own it: that is how the access list of a systemd credential looks.
 */
NODISCARD enum status keyfile_read_master(const char *path, uint8_t ret_key[VAULT_KEY_BYTES]);
NODISCARD enum status keyfile_write_master(const char *path, const uint8_t key[VAULT_KEY_BYTES]);

#endif
