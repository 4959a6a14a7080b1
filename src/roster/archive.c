#include "roster/archive.h"

#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <minizip/unzip.h>

#include "base/compiler.h"

#define MADE_ON_UNIX 3 /* APPNOTE 4.4.2.2 */
#define ENCRYPTED 0x1  /* APPNOTE 4.4.4, bit 0 */
#define STORED 0
#define DEFLATED 8

/* A place in the bytes: minizip's idea of a file. */
struct reading {
    struct archive_source source;
    uint64_t at;
    bool fell_short; /* minizip takes what is missing for zeros, unless it is told */
};

struct archive {
    struct reading reading;
    unzFile zip;
};

struct archive_file {
    struct archive archive;
    uint64_t size, given;
};

/* --- bytes for minizip --------------------------------------------------------------------------
 */

static voidpf reading_open(voidpf opaque, const void *name UNUSED, int mode UNUSED)
{
    return opaque;
}

static uLong reading_read(voidpf opaque UNUSED, voidpf stream, void *to, uLong size)
{
    struct reading *r = stream;
    uint64_t left = r->source.size > r->at ? r->source.size - r->at : 0;
    size_t want = size < left ? size : (size_t)left, got = 0;
    if (r->source.fd < 0) {
        if (want)
            memcpy(to, r->source.data.data + r->at, want);
        got = want;
    }
    while (got < want) {
        ssize_t n = pread(r->source.fd, (char *)to + got, want - got, (off_t)(r->at + got));
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            break;
        got += (size_t)n;
    }
    r->at += got;
    r->fell_short |= got < size;
    return got;
}

static uLong reading_write(voidpf opaque UNUSED, voidpf stream UNUSED, const void *from UNUSED,
                           uLong size UNUSED)
{
    return 0;
}

static ZPOS64_T reading_tell(voidpf opaque UNUSED, voidpf stream)
{
    return ((const struct reading *)stream)->at;
}

static long reading_seek(voidpf opaque UNUSED, voidpf stream, ZPOS64_T offset, int origin)
{
    struct reading *r = stream;
    uint64_t from = origin == ZLIB_FILEFUNC_SEEK_SET   ? 0
                    : origin == ZLIB_FILEFUNC_SEEK_END ? r->source.size
                                                       : r->at;
    if (offset > r->source.size - (from < r->source.size ? from : r->source.size))
        return -1;
    r->at = from + offset;
    return 0;
}

static int reading_close(voidpf opaque UNUSED, voidpf stream UNUSED)
{
    return 0;
}

static int reading_error(voidpf opaque UNUSED, voidpf stream)
{
    return ((const struct reading *)stream)->fell_short;
}

static enum status open_in(struct archive *archive, const struct archive_source *source)
{
    archive->reading = (struct reading){.source = *source};
    zlib_filefunc64_def functions = {.zopen64_file = reading_open,
                                     .zread_file = reading_read,
                                     .zwrite_file = reading_write,
                                     .ztell64_file = reading_tell,
                                     .zseek64_file = reading_seek,
                                     .zclose_file = reading_close,
                                     .zerror_file = reading_error,
                                     .opaque = &archive->reading};
    archive->zip = unzOpen2_64("", &functions);
    return archive->zip ? OK : ERR_CORRUPT;
}

/* --- the directory ------------------------------------------------------------------------------
 */

enum status archive_open(const struct archive_source *source, struct archive **ret)
{
    assert(source && ret);
    struct archive *archive = calloc(1, sizeof *archive);
    if (!archive)
        return ERR_NOMEM;
    enum status st = open_in(archive, source);
    if (st != OK) {
        free(archive);
        return st;
    }
    *ret = archive;
    return OK;
}

void archive_close(struct archive *archive)
{
    if (archive)
        (void)unzClose(archive->zip);
    free(archive);
}

uint64_t archive_count(const struct archive *archive)
{
    unz_global_info64 info = {0};
    return unzGetGlobalInfo64(archive->zip, &info) == UNZ_OK ? info.number_entry : 0;
}

static bool is_plain_file(const unz_file_info64 *info)
{
    unsigned type = (info->external_fa >> 16) & S_IFMT;
    return (info->version >> 8) != MADE_ON_UNIX || type == 0 || type == S_IFREG;
}

static enum status entry_here(unzFile zip, struct archive_entry *ret)
{
    unz_file_info64 info;
    struct archive_entry entry = {.name = ""};
    if (unzGetCurrentFileInfo64(zip, &info, entry.name, sizeof entry.name - 1, NULL, 0, NULL, 0) !=
        UNZ_OK)
        return ERR_CORRUPT;
    if (info.size_filename > ARCHIVE_NAME_MAX || strlen(entry.name) != info.size_filename)
        return ERR_CORRUPT;
    entry.size = info.uncompressed_size;
    entry.packed = info.compressed_size;
    entry.is_encrypted = info.flag & ENCRYPTED;
    entry.is_plain_file = is_plain_file(&info);
    entry.is_known = info.compression_method == STORED || info.compression_method == DEFLATED;
    *ret = entry;
    return OK;
}

static enum status entry_after(unzFile zip, int moved, struct archive_entry *ret)
{
    if (moved == UNZ_END_OF_LIST_OF_FILE)
        return ERR_NOT_FOUND;
    return moved == UNZ_OK ? entry_here(zip, ret) : ERR_CORRUPT;
}

enum status archive_first(struct archive *archive, struct archive_entry *ret)
{
    if (archive_count(archive) == 0)
        return ERR_NOT_FOUND;
    return entry_after(archive->zip, unzGoToFirstFile(archive->zip), ret);
}

enum status archive_next(struct archive *archive, struct archive_entry *ret)
{
    return entry_after(archive->zip, unzGoToNextFile(archive->zip), ret);
}

/* --- one file -----------------------------------------------------------------------------------
 */

static enum status find(struct archive_file *file, const char *name, uint64_t *ret_packed)
{
    struct archive_entry entry;
    int found = unzLocateFile(file->archive.zip, name, 1 /* capitals count */);
    if (found == UNZ_END_OF_LIST_OF_FILE)
        return ERR_NOT_FOUND;
    enum status st = found == UNZ_OK ? entry_here(file->archive.zip, &entry) : ERR_CORRUPT;
    if (st == OK && (!entry.is_known || entry.is_encrypted))
        st = ERR_CORRUPT;
    if (st != OK)
        return st;
    file->size = entry.size;
    *ret_packed = entry.packed;
    int opened = unzOpenCurrentFile(file->archive.zip);
    if (opened == UNZ_INTERNALERROR)
        return ERR_NOMEM;
    return opened == UNZ_OK ? OK : ERR_CORRUPT;
}

enum status archive_file_open(const struct archive_source *source, const char *name,
                              struct archive_file **ret, uint64_t *ret_packed)
{
    assert(source && name && ret && ret_packed);
    struct archive_file *file = calloc(1, sizeof *file);
    if (!file)
        return ERR_NOMEM;
    enum status st = open_in(&file->archive, source);
    if (st == OK)
        st = find(file, name, ret_packed);
    if (st != OK) {
        archive_file_close(file);
        return st;
    }
    *ret = file;
    return OK;
}

enum status archive_file_read(struct archive_file *file, void *to, size_t size, size_t *ret_len)
{
    unsigned most = size > 1U << 30 ? 1U << 30 : (unsigned)size;
    int n = unzReadCurrentFile(file->archive.zip, to, most);
    if (n < 0)
        return ERR_CORRUPT;
    file->given += (unsigned)n;
    /* The checksum is looked at when all was read; minizip does so as it closes. */
    if (n == 0 && most > 0 &&
        (file->given != file->size || unzCloseCurrentFile(file->archive.zip) == UNZ_CRCERROR))
        return ERR_CORRUPT;
    *ret_len = (size_t)n;
    return OK;
}

void archive_file_close(struct archive_file *file)
{
    if (file && file->archive.zip)
        (void)unzClose(file->archive.zip);
    free(file);
}
