/*
 * archive: what a zip says it holds, and the bytes of one file in it (minizip; nothing else here
 * knows it). Over bytes in memory or a descriptor. Believes nothing of what the directory of the
 * archive claims: who reads it judges (package.h). Refuses to know rosters and limits.
 */
#ifndef ROSTER_ARCHIVE_H
#define ROSTER_ARCHIVE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/status.h"

#define ARCHIVE_NAME_MAX 255 /* bytes; a longer name is a broken entry */

/* Where the bytes of the archive are. The caller keeps both until the archive and its files are
 * closed. */
struct archive_source {
    struct bytes data; /* when there is no descriptor */
    int fd;            /* -1: none. Read with pread(): its own place does not move */
    uint64_t size;
};

struct archive_entry {
    char name[ARCHIVE_NAME_MAX + 1];
    uint64_t size, packed;
    bool is_encrypted;
    bool is_plain_file; /* no folder, link or device, by what Unix noted */
    bool is_known;      /* stored or deflated; other methods are not read */
};

struct archive;

/* ERR_CORRUPT: no zip, or a directory that cannot be found; ERR_NOMEM. On OK the caller closes. */
NODISCARD enum status archive_open(const struct archive_source *source, struct archive **ret);
/* Also of NULL. */
void archive_close(struct archive *archive);

/* How many files the directory claims to have. */
uint64_t archive_count(const struct archive *archive);

/*
 * The first, and the one after the last that was given. ERR_NOT_FOUND: there is none; ERR_CORRUPT:
 * the directory breaks off here, or a name is no name.
 */
NODISCARD enum status archive_first(struct archive *archive, struct archive_entry *ret);
NODISCARD enum status archive_next(struct archive *archive, struct archive_entry *ret);

struct archive_file;

/*
 * One file by its exact name, with a reader of its own: several may be open, also of one archive.
 * ERR_NOT_FOUND, ERR_CORRUPT (what stands there is another file, or of an unknown method),
 * ERR_NOMEM. *ret_packed: the packed size that the directory claims.
 */
NODISCARD enum status archive_file_open(const struct archive_source *source, const char *name,
                                        struct archive_file **ret, uint64_t *ret_packed);
/* Up to `size` bytes; *ret_len 0 is the end. ERR_CORRUPT: cut short, or the checksum is another. */
NODISCARD enum status archive_file_read(struct archive_file *file, void *to, size_t size,
                                        size_t *ret_len);
/* Also of NULL. */
void archive_file_close(struct archive_file *file);

#endif
