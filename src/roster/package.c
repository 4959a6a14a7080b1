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

static bool is_unix_non_file(zip_t *zip, zip_uint64_t i)
{
    zip_uint8_t system = 0;
    zip_uint32_t attributes = 0;
    if (zip_file_get_external_attributes(zip, i, 0, &system, &attributes) != 0)
        return true;
    unsigned type = (attributes >> 16) & S_IFMT;
    return system == ZIP_OPSYS_UNIX && type != 0 && type != S_IFREG;
}

static bool is_duplicate(zip_t *zip, zip_uint64_t i, const char *name)
{
    for (zip_uint64_t k = 0; k < i; k++) {
        const char *earlier = zip_get_name(zip, k, ZIP_FL_ENC_RAW);
        if (earlier && str_equal(earlier, name))
            return true;
    }
    return false;
}

/* What is wrong with one entry by what the directory of the archive says about it. */
static enum roster_message judge_entry(zip_t *zip, zip_uint64_t i, uint64_t *total)
{
    static const zip_uint64_t need =
        ZIP_STAT_NAME | ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE | ZIP_STAT_COMP_METHOD;
    zip_stat_t stat;
    zip_stat_init(&stat);
    if (zip_stat_index(zip, i, ZIP_FL_ENC_RAW, &stat) != 0 || (stat.valid & need) != need)
        return ROSTER_ZIP_BROKEN;
    if (strchr(stat.name, '/') || strchr(stat.name, '\\'))
        return ROSTER_ZIP_FOLDER;
    if ((stat.valid & ZIP_STAT_ENCRYPTION_METHOD) && stat.encryption_method != ZIP_EM_NONE)
        return ROSTER_ZIP_ENCRYPTED;
    if (is_unix_non_file(zip, i))
        return ROSTER_ZIP_LINK;
    if (is_duplicate(zip, i, stat.name))
        return ROSTER_ZIP_TWICE;
    /* Other methods are rare and some of their decoders take memory as the file pleases. */
    if (stat.comp_method != ZIP_CM_STORE && stat.comp_method != ZIP_CM_DEFLATE)
        return ROSTER_ZIP_BROKEN;
    if (stat.size > PACKAGE_RATIO_FREE && stat.size / PACKAGE_RATIO_MAX > stat.comp_size)
        return ROSTER_ZIP_RATIO;
    if (stat.size > ROSTER_PACKAGE_MAX - *total)
        return ROSTER_TOO_LARGE;
    *total += stat.size;
    return ROSTER_NO_PROBLEM;
}

static const char *message_arg(enum roster_message message)
{
    if (message == ROSTER_ZIP_RATIO)
        return "200";
    return message == ROSTER_TOO_LARGE ? "100" : NULL;
}

static void judge_zip(struct roster_build *b, zip_t *zip)
{
    zip_int64_t count = zip_get_num_entries(zip, 0);
    if (count < 0 || count > PACKAGE_ENTRIES_MAX) {
        build_problem(b, ROSTER_ZIP_ENTRIES, whole, "64");
        return;
    }
    if (count == 0)
        build_problem(b, ROSTER_FILE_EMPTY, whole, NULL);
    uint64_t total = 0;
    for (zip_int64_t i = 0; i < count; i++) {
        enum roster_message message = judge_entry(zip, (zip_uint64_t)i, &total);
        if (message == ROSTER_NO_PROBLEM)
            continue;
        build_problem(b, message, whole, message_arg(message));
        return; /* one reason is enough, and the file's own names do not belong in a message */
    }
}

/* Puts the archive over the file or the bytes. A damaged one is a problem, not a failure. */
static enum status open_zip(struct roster_build *b, struct package *package)
{
    zip_error_t error;
    zip_error_init(&error);
    if (package->fd >= 0) {
        int code = 0;
        package->zip = zip_fdopen(package->fd, 0, &code);
        if (package->zip)
            package->fd = -1; /* libzip closes it */
        zip_error_init_with_code(&error, code);
    } else {
        zip_source_t *bytes =
            zip_source_buffer_create(package->data.data, package->data.len, 0, &error);
        if (bytes)
            package->zip = zip_open_from_source(bytes, ZIP_RDONLY, &error);
        if (bytes && !package->zip)
            zip_source_free(bytes);
    }
    int code = zip_error_code_zip(&error);
    zip_error_fini(&error);
    package->kind = PACKAGE_ZIP;
    if (package->zip)
        judge_zip(b, package->zip);
    else if (code == ZIP_ER_MEMORY)
        return ERR_NOMEM;
    else
        build_problem(b, ROSTER_ZIP_BROKEN, whole, NULL);
    return OK;
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
    package->zip_size = size;
    if (b->set.error_count == 0 && is_zip(head))
        return open_zip(b, package);
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
    if (package->zip)
        zip_discard(package->zip);
    if (package->fd >= 0)
        (void)close(package->fd);
    package->zip = NULL;
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
    zip_t *zip = stream->package->zip;
    zip_int64_t i = zip_name_locate(zip, stream->name, 0);
    if (i < 0)
        return ERR_NOT_FOUND;
    zip_stat_t stat;
    zip_stat_init(&stat);
    if (zip_stat_index(zip, (zip_uint64_t)i, 0, &stat) != 0)
        return ERR_IO;
    stream->member = zip_fopen_index(zip, (zip_uint64_t)i, 0);
    if (!stream->member)
        return zip_error_code_zip(zip_get_error(zip)) == ZIP_ER_MEMORY ? ERR_NOMEM : ERR_CORRUPT;
    /* What is really packed cannot be more than the archive, whatever its directory says. */
    uint64_t packed =
        stat.comp_size < stream->package->zip_size ? stat.comp_size : stream->package->zip_size;
    uint64_t most = packed * PACKAGE_RATIO_MAX;
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
    if (stream->member)
        (void)zip_fclose(stream->member); /* reading only: a checksum error was seen by the read */
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
    zip_int64_t n = zip_fread(stream->member, to, size);
    if (n < 0)
        return refuse(stream, ERR_CORRUPT, ROSTER_ZIP_BROKEN, NULL);
    stream->package->unpacked += (uint64_t)n;
    if (stream->given + (uint64_t)n > stream->may_unpack)
        return refuse(stream, ERR_LIMIT, ROSTER_ZIP_RATIO, "200");
    if (stream->package->unpacked > ROSTER_PACKAGE_MAX)
        return refuse(stream, ERR_LIMIT, ROSTER_TOO_LARGE, "100");
    *ret_len = (size_t)n;
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
