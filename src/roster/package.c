#include "roster/package.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/str.h"

static const struct roster_at whole = {"", 0, 0, ""};

/* Archives start with the header of their first file, or, empty, with the end record. */
static bool is_zip(const unsigned char head[4])
{
    return head[0] == 'P' && head[1] == 'K' &&
           ((head[2] == 3 && head[3] == 4) || (head[2] == 5 && head[3] == 6));
}

/* What is wrong with one entry by what the directory of the archive says about it. */
static enum roster_message judge_entry(const struct archive_entry *entry, uint64_t *total)
{
    if (strchr(entry->name, '/') || strchr(entry->name, '\\'))
        return ROSTER_ZIP_FOLDER;
    if (entry->is_encrypted)
        return ROSTER_ZIP_ENCRYPTED;
    if (!entry->is_plain_file)
        return ROSTER_ZIP_LINK;
    /* Other methods are rare and some of their decoders take memory as the file pleases. */
    if (!entry->is_known)
        return ROSTER_ZIP_BROKEN;
    if (entry->size > PACKAGE_RATIO_FREE && entry->size / PACKAGE_RATIO_MAX > entry->packed)
        return ROSTER_ZIP_RATIO;
    if (entry->size > ROSTER_PACKAGE_MAX - *total)
        return ROSTER_TOO_LARGE;
    *total += entry->size;
    return ROSTER_NO_PROBLEM;
}

static bool is_twice(const struct archive_entry *entries, size_t count)
{
    for (size_t k = 0; k + 1 < count; k++)
        if (str_equal(entries[k].name, entries[count - 1].name))
            return true;
    return false;
}

static const char *message_arg(enum roster_message message)
{
    if (message == ROSTER_ZIP_RATIO)
        return "200";
    return message == ROSTER_TOO_LARGE ? "100" : NULL;
}

/* `entries`: room for all that may be in an archive. */
static enum roster_message judge_entries(struct archive *archive, struct archive_entry *entries)
{
    uint64_t total = 0;
    size_t count = 0;
    enum status st = archive_first(archive, &entries[count++]);
    while (st == OK) {
        enum roster_message message = judge_entry(&entries[count - 1], &total);
        if (message == ROSTER_NO_PROBLEM && is_twice(entries, count))
            message = ROSTER_ZIP_TWICE;
        if (message != ROSTER_NO_PROBLEM)
            return message;
        if (count == PACKAGE_ENTRIES_MAX)
            break;
        st = archive_next(archive, &entries[count++]);
    }
    return st == ERR_CORRUPT ? ROSTER_ZIP_BROKEN : ROSTER_NO_PROBLEM;
}

static enum status judge_zip(struct roster_build *b, struct archive *archive)
{
    uint64_t count = archive_count(archive);
    if (count > PACKAGE_ENTRIES_MAX) {
        build_problem(b, ROSTER_ZIP_ENTRIES, whole, "64");
        return OK;
    }
    if (count == 0)
        build_problem(b, ROSTER_FILE_EMPTY, whole, NULL);
    struct archive_entry *entries = calloc(PACKAGE_ENTRIES_MAX, sizeof *entries);
    if (!entries)
        return ERR_NOMEM;
    /* One reason is enough, and the file's own names do not belong in a message. */
    enum roster_message message = judge_entries(archive, entries);
    if (message != ROSTER_NO_PROBLEM)
        build_problem(b, message, whole, message_arg(message));
    free(entries);
    return OK;
}

/* Looks the archive over. A damaged one is a problem, not a failure. */
static enum status look_into_zip(struct roster_build *b, struct package *package)
{
    struct archive *archive = NULL;
    package->kind = PACKAGE_ZIP;
    enum status st = archive_open(&package->source, &archive);
    if (st == OK)
        st = judge_zip(b, archive);
    else if (st == ERR_CORRUPT)
        build_problem(b, ROSTER_ZIP_BROKEN, whole, NULL);
    archive_close(archive);
    return st == ERR_CORRUPT ? OK : st;
}

static enum status open_path(const char *path, struct package *package, uint64_t *ret_size)
{
    package->fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (package->fd < 0)
        return errno == ENOENT || errno == ENOTDIR ? ERR_NOT_FOUND : ERR_IO;
    struct stat info;
    if (fstat(package->fd, &info) != 0 || !(S_ISREG(info.st_mode) || S_ISDIR(info.st_mode)))
        return ERR_IO;
    package->kind = S_ISDIR(info.st_mode) ? PACKAGE_FOLDER : PACKAGE_FILE;
    *ret_size = (uint64_t)info.st_size;
    return OK;
}

static enum status open_source(struct roster_build *b, const struct roster_source *source,
                               struct package *package)
{
    uint64_t size = source->data.len;
    if (source->path) {
        enum status st = open_path(source->path, package, &size);
        if (st != OK || package->kind == PACKAGE_FOLDER)
            return st;
    } else {
        package->data = source->data;
    }
    if (size == 0)
        build_problem(b, ROSTER_FILE_EMPTY, whole, NULL);
    if (size > ROSTER_FILE_MAX)
        build_problem(b, ROSTER_TOO_LARGE, whole, "50");
    unsigned char head[4] = {0};
    if (package->fd >= 0) {
        if (pread(package->fd, head, sizeof head, 0) < 0)
            return ERR_IO;
    } else if (size >= sizeof head) {
        memcpy(head, package->data.data, sizeof head);
    }
    package->source = (struct archive_source){package->data, package->fd, size};
    if (b->set.error_count == 0 && is_zip(head))
        return look_into_zip(b, package);
    return OK;
}

enum status package_open(struct roster_build *b, const struct roster_source *source,
                         struct package *ret_package)
{
    assert(b && source && ret_package);
    struct package package = {.kind = PACKAGE_FILE, .fd = -1};
    enum status st = open_source(b, source, &package);
    if (st != OK) {
        package_close(&package);
        return st;
    }
    *ret_package = package;
    return OK;
}

void package_close(struct package *package)
{
    if (package->fd >= 0)
        (void)close(package->fd);
    package->fd = -1;
}

static enum status open_in_folder(struct stream *stream)
{
    stream->fd =
        openat(stream->package->fd, stream->name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    if (stream->fd < 0)
        return errno == ENOENT || errno == ELOOP ? ERR_NOT_FOUND : ERR_IO;
    struct stat info;
    if (fstat(stream->fd, &info) == 0 && S_ISREG(info.st_mode))
        return OK;
    input_close(stream);
    return ERR_NOT_FOUND;
}

static enum status open_in_zip(struct stream *stream)
{
    const struct archive_source *source = &stream->package->source;
    uint64_t claimed = 0;
    enum status st = archive_file_open(source, stream->name, &stream->member, &claimed);
    if (st != OK)
        return st;
    /* What is really packed cannot be more than the archive, whatever its directory says. */
    uint64_t most = (claimed < source->size ? claimed : source->size) * PACKAGE_RATIO_MAX;
    stream->may_unpack = most > PACKAGE_RATIO_FREE ? most : PACKAGE_RATIO_FREE;
    return OK;
}

enum status input_open(struct package *package, const char *name, struct stream *ret_stream)
{
    struct stream stream = {.package = package, .name = name, .fd = -1};
    enum status st = OK;
    if (package->kind == PACKAGE_FOLDER)
        st = open_in_folder(&stream);
    else if (package->kind == PACKAGE_ZIP)
        st = open_in_zip(&stream);
    else if (*name)
        st = ERR_NOT_FOUND;
    else if (package->fd >= 0 && lseek(package->fd, 0, SEEK_SET) < 0)
        st = ERR_IO;
    if (st == OK)
        *ret_stream = stream;
    return st;
}

void input_close(struct stream *stream)
{
    archive_file_close(stream->member);
    if (stream->fd >= 0)
        (void)close(stream->fd);
    stream->member = NULL;
    stream->fd = -1;
}

static enum status refuse(struct stream *stream, enum status st, enum roster_message problem,
                          const char *arg)
{
    stream->problem = problem;
    stream->problem_arg = arg;
    return st;
}

static enum status read_fd(int fd, void *to, size_t size, size_t *ret_len)
{
    ssize_t n;
    do
        n = read(fd, to, size);
    while (n < 0 && errno == EINTR);
    if (n < 0)
        return ERR_IO;
    *ret_len = (size_t)n;
    return OK;
}

static enum status read_member(struct stream *stream, void *to, size_t size, size_t *ret_len)
{
    size_t n = 0;
    if (archive_file_read(stream->member, to, size, &n) != OK)
        return refuse(stream, ERR_CORRUPT, ROSTER_ZIP_BROKEN, NULL);
    stream->package->unpacked += n;
    if (stream->given + n > stream->may_unpack)
        return refuse(stream, ERR_LIMIT, ROSTER_ZIP_RATIO, "200");
    if (stream->package->unpacked > ROSTER_PACKAGE_MAX)
        return refuse(stream, ERR_LIMIT, ROSTER_TOO_LARGE, "100");
    *ret_len = n;
    return OK;
}

enum status input_read(struct stream *stream, void *to, size_t size, size_t *ret_len)
{
    const struct package *package = stream->package;
    size_t len = 0;
    enum status st = OK;
    if (stream->member) {
        st = read_member(stream, to, size, &len);
    } else if (stream->fd >= 0) {
        st = read_fd(stream->fd, to, size, &len);
    } else if (package->fd >= 0) {
        st = read_fd(package->fd, to, size, &len);
    } else {
        size_t left = package->data.len - (size_t)stream->given;
        len = left < size ? left : size;
        if (len)
            memcpy(to, package->data.data + stream->given, len);
    }
    if (st != OK)
        return st;
    stream->given += len;
    if (!stream->member && stream->given > ROSTER_FILE_MAX)
        return refuse(stream, ERR_LIMIT, ROSTER_TOO_LARGE, "50");
    *ret_len = len;
    return OK;
}

enum status input_rewind(struct stream *stream)
{
    struct stream again;
    enum status st = input_open(stream->package, stream->name, &again);
    if (st != OK)
        return st;
    input_close(stream);
    *stream = again;
    return OK;
}
