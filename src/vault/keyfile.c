#include "vault/keyfile.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <sys/file.h>
#include <unistd.h>

#include "vault/secret.h"

#define FILE_MAX ((off_t)1 << 30)
#define PATH_BYTES 4096
#define LOCK_TRIES 500
#define LOCK_PAUSE_NS (20L * 1000 * 1000)

static enum status status_of_errno(void)
{
    switch (errno) {
    case ENOENT:
    case ENOTDIR:
        return ERR_NOT_FOUND;
    case EACCES:
    case EPERM:
    case EROFS:
        return ERR_FORBIDDEN;
    case ENOMEM:
        return ERR_NOMEM;
    default:
        return ERR_IO;
    }
}

static void close_fd(const int *fd)
{
    if (*fd >= 0)
        (void)close(*fd); /* nothing unwritten can be lost: writers fsync and look at that */
}

static struct keyfile_version version_of(const struct stat *info)
{
    return (struct keyfile_version){.device = info->st_dev,
                                    .inode = info->st_ino,
                                    .size = info->st_size,
                                    .modified = info->st_mtim};
}

bool keyfile_same(const struct keyfile_version *a, const struct keyfile_version *b)
{
    return a->device == b->device && a->inode == b->inode && a->size == b->size &&
           a->modified.tv_sec == b->modified.tv_sec && a->modified.tv_nsec == b->modified.tv_nsec;
}

enum status keyfile_look(const char *path, struct keyfile_version *ret_version)
{
    struct stat info;
    if (stat(path, &info) != 0)
        return status_of_errno();
    *ret_version = version_of(&info);
    return OK;
}

static enum status read_all(int fd, uint8_t *to, size_t len)
{
    for (size_t done = 0; done < len;) {
        ssize_t got = read(fd, to + done, len - done);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return ERR_IO;
        if (got == 0)
            return ERR_CORRUPT; /* shorter than a moment ago: nobody of ours does that */
        done += (size_t)got;
    }
    return OK;
}

/* Opens an ordinary file of 1 byte … 1 GiB. */
static enum status open_checked(const char *path, int *ret_fd, struct stat *ret_info)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK); /* a fifo must not hold us */
    if (fd < 0)
        return status_of_errno();
    enum status st = OK;
    if (fstat(fd, ret_info) != 0)
        st = ERR_IO;
    else if (!S_ISREG(ret_info->st_mode) || ret_info->st_size == 0)
        st = ERR_CORRUPT;
    else if (ret_info->st_size > FILE_MAX)
        st = ERR_LIMIT;
    if (st != OK) {
        (void)close(fd);
        return st;
    }
    *ret_fd = fd;
    return OK;
}

enum status keyfile_read(const char *path, uint8_t **ret_data, size_t *ret_size,
                         struct keyfile_version *ret_version)
{
    CLEANUP(close_fd) int fd = -1;
    struct stat info;
    enum status st = open_checked(path, &fd, &info);
    if (st != OK)
        return st;
    size_t size = (size_t)info.st_size;
    uint8_t *data = secret_alloc(size);
    if (!data)
        return ERR_NOMEM;
    st = read_all(fd, data, size);
    if (st != OK) {
        secret_free(data, size);
        return st;
    }
    *ret_data = data;
    *ret_size = size;
    *ret_version = version_of(&info);
    return OK;
}

static enum status path_with(const char *path, const char *ending, char to[PATH_BYTES])
{
    int len = snprintf(to, PATH_BYTES, "%s%s", path, ending);
    return len < 0 || len >= PATH_BYTES ? ERR_LIMIT : OK;
}

static enum status folder_of(const char *path, char folder[PATH_BYTES])
{
    enum status st = path_with(path, "", folder);
    if (st != OK)
        return st;
    char *slash = strrchr(folder, '/');
    if (!slash)
        memcpy(folder, ".", 2);
    else if (slash == folder)
        slash[1] = '\0';
    else
        *slash = '\0';
    return OK;
}

/* What root makes in the service's folder is the service's: else serve could not read it again. */
static enum status give_to_owner(int fd, const char *path)
{
    char folder[PATH_BYTES];
    struct stat info;
    if (geteuid() != 0)
        return OK;
    enum status st = folder_of(path, folder);
    if (st != OK)
        return st;
    return stat(folder, &info) == 0 && fchown(fd, info.st_uid, info.st_gid) == 0 ? OK : ERR_IO;
}

/* A rename is on disk only when its folder is. */
enum status keyfile_flush(const char *path)
{
    char folder[PATH_BYTES];
    enum status st = folder_of(path, folder);
    if (st != OK)
        return st;
    CLEANUP(close_fd) int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0 || fsync(fd) != 0)
        return ERR_IO;
    return OK;
}

static enum status write_flushed(const char *path, const uint8_t *data, size_t len)
{
    CLEANUP(close_fd)
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, S_IRUSR | S_IWUSR);
    if (fd < 0)
        return status_of_errno();
    enum status st = give_to_owner(fd, path);
    if (st != OK)
        return st;
    for (size_t done = 0; done < len;) {
        ssize_t put = write(fd, data + done, len - done);
        if (put < 0 && errno == EINTR)
            continue;
        if (put <= 0)
            return ERR_IO;
        done += (size_t)put;
    }
    return fsync(fd) == 0 ? OK : ERR_IO;
}

enum status keyfile_replace(const char *path, const void *data, size_t len)
{
    char beside[PATH_BYTES];
    enum status st = path_with(path, ".tmp", beside);
    if (st == OK)
        st = keyfile_remove(beside); /* what a crash left */
    if (st == OK)
        st = write_flushed(beside, data, len);
    if (st == OK)
        return keyfile_rename(beside, path);
    (void)unlink(beside);
    return st;
}

enum status keyfile_rename(const char *from, const char *to)
{
    if (rename(from, to) != 0)
        return status_of_errno();
    return keyfile_flush(to);
}

enum status keyfile_remove(const char *path)
{
    if (unlink(path) == 0)
        return keyfile_flush(path);
    return errno == ENOENT ? OK : status_of_errno();
}

enum status keyfile_lock(const char *path, int *ret_lock)
{
    char beside[PATH_BYTES];
    enum status st = path_with(path, ".lock", beside);
    if (st != OK)
        return st;
    int fd = open(beside, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, S_IRUSR | S_IWUSR);
    if (fd < 0)
        return status_of_errno();
    st = give_to_owner(fd, path);
    if (st != OK) {
        (void)close(fd);
        return st;
    }
    for (int i = 0; i < LOCK_TRIES; i++) {
        if (flock(fd, LOCK_EX | LOCK_NB) == 0) {
            *ret_lock = fd;
            return OK;
        }
        if (errno != EWOULDBLOCK && errno != EINTR) {
            st = ERR_IO;
            break;
        }
        st = ERR_CONFLICT;
        (void)nanosleep(&(struct timespec){.tv_nsec = LOCK_PAUSE_NS}, NULL);
    }
    (void)close(fd);
    return st;
}

void keyfile_unlock(int lock)
{
    close_fd(&lock); /* closing is unlocking */
}

/* See the header for why a group may read what root owns. */
static bool private_enough(const struct stat *info)
{
    if (info->st_uid != geteuid() && info->st_uid != 0)
        return false;
    mode_t open_bits = info->st_mode & (S_IRWXG | S_IRWXO);
    if (info->st_uid == 0 && info->st_gid == 0)
        open_bits &= (mode_t)~S_IRGRP;
    return open_bits == 0;
}

enum status keyfile_read_master(const char *path, uint8_t ret_key[VAULT_KEY_BYTES])
{
    CLEANUP(close_fd) int fd = -1;
    struct stat info;
    enum status st = open_checked(path, &fd, &info);
    if (st != OK)
        return st;
    if (!private_enough(&info))
        return ERR_FORBIDDEN;
    uint8_t text[2 * VAULT_KEY_BYTES + 1];
    if (info.st_size > (off_t)sizeof text)
        return ERR_CORRUPT;
    size_t len = (size_t)info.st_size;
    st = read_all(fd, text, len);
    if (st != OK)
        return st;
    st = ERR_CORRUPT;
    if (len == sizeof text && text[len - 1] == '\n')
        len--;
    size_t made = 0;
    uint8_t key[VAULT_KEY_BYTES];
    if (len == VAULT_KEY_BYTES) {
        memcpy(ret_key, text, VAULT_KEY_BYTES);
        st = OK;
    } else if (len == 2 * VAULT_KEY_BYTES &&
               sodium_hex2bin(key, sizeof key, (const char *)text, len, NULL, &made, NULL) == 0 &&
               made == sizeof key) {
        memcpy(ret_key, key, VAULT_KEY_BYTES);
        st = OK;
    }
    sodium_memzero(text, sizeof text);
    sodium_memzero(key, sizeof key);
    return st;
}

enum status keyfile_write_master(const char *path, const uint8_t key[VAULT_KEY_BYTES])
{
    char text[2 * VAULT_KEY_BYTES + 2];
    (void)sodium_bin2hex(text, sizeof text, key, VAULT_KEY_BYTES);
    text[2 * VAULT_KEY_BYTES] = '\n';
    enum status st = keyfile_replace(path, text, 2 * VAULT_KEY_BYTES + 1);
    sodium_memzero(text, sizeof text);
    return st;
}
