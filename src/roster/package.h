/*
 * package: the files of a roster wherever they come from: one file, a folder, a zip. Opens nothing
 * but what is asked for by name, follows no links and no folders, and believes no size that a zip
 * claims: the limits of roster.h are counted on the bytes that really come out.
 */
#ifndef ROSTER_PACKAGE_H
#define ROSTER_PACKAGE_H

#include "roster/archive.h"
#include "roster/build.h"

#define PACKAGE_ENTRIES_MAX 64
#define PACKAGE_RATIO_MAX 200 /* unpacked : packed, of one file */
/* Files this small may be as repetitive as they like. */
#define PACKAGE_RATIO_FREE ((uint64_t)256 * 1024)

enum package_kind { PACKAGE_FILE, PACKAGE_FOLDER, PACKAGE_ZIP };

/* Heap and descriptors inside; package_close() gives them back, also of a zeroed one. */
struct package {
    enum package_kind kind;
    struct bytes data;            /* when there is no descriptor */
    int fd;                       /* file or folder; -1 = none */
    struct archive_source source; /* PACKAGE_ZIP: data and fd as above */
    uint64_t unpacked;            /* bytes that came out of it, all streams together */
};

/* One file of a package, read from the front. */
struct stream {
    struct package *package;
    const char *name;
    int fd;                      /* owned; -1 = none */
    struct archive_file *member; /* owned */
    uint64_t may_unpack;         /* of this member */
    uint64_t given;              /* bytes since the start */
    enum roster_message problem; /* why a read answered ERR_LIMIT or ERR_CORRUPT */
    const char *problem_arg;
};

/*
 * Opens the source. What is wrong with a zip as a whole becomes a problem of `b`; the package is
 * then open but not to be read. ERR_NOT_FOUND, ERR_IO, ERR_NOMEM; on OK the caller closes.
 */
NODISCARD enum status package_open(struct roster_build *b, const struct roster_source *source,
                                   struct package *ret_package);
void package_close(struct package *package);

/*
 * Opens a file by its constant name; "" for the one file of PACKAGE_FILE. ERR_NOT_FOUND when the
 * package lacks it. On OK the caller closes.
 */
NODISCARD enum status input_open(struct package *package, const char *name,
                                 struct stream *ret_stream);
void input_close(struct stream *stream);

/*
 * Up to `size` bytes; *ret_len 0 is the end. ERR_LIMIT and ERR_CORRUPT set stream->problem; ERR_IO.
 */
NODISCARD enum status input_read(struct stream *stream, void *to, size_t size, size_t *ret_len);

/* Back to the first byte. */
NODISCARD enum status input_rewind(struct stream *stream);

#endif
