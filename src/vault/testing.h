/* testing: a scratch folder with a vault's files, for the tests of this folder. */
#ifndef VAULT_TESTING_H
#define VAULT_TESTING_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <dirent.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/random.h"
#include "base/status.h"
#include "vault/vault.h"

#define assert_status(call, expected)                                                              \
    do {                                                                                           \
        enum status assert_status_ = (call);                                                       \
        if (assert_status_ != (expected))                                                          \
            fail_msg("%s: %s, not %s", #call, status_name(assert_status_),                         \
                     status_name(expected));                                                       \
    } while (0)

struct scratch {
    char folder[64];
    char master[96];
    char new_master[96];
    char keyring[96];
    struct random random;
    struct arena *arena;
};

static inline void scratch_open(struct scratch *s)
{
    (void)snprintf(s->folder, sizeof s->folder, "/tmp/vault-test-XXXXXX");
    assert_non_null(mkdtemp(s->folder));
    (void)snprintf(s->master, sizeof s->master, "%s/master.key", s->folder);
    (void)snprintf(s->new_master, sizeof s->new_master, "%s/master.key.new", s->folder);
    (void)snprintf(s->keyring, sizeof s->keyring, "%s/keyring", s->folder);
    s->random = random_system();
    s->arena = arena_new((size_t)64 << 20);
    assert_non_null(s->arena);
}

static inline void scratch_close(struct scratch *s)
{
    DIR *folder = opendir(s->folder);
    assert_non_null(folder);
    for (struct dirent *entry; (entry = readdir(folder)) != NULL;)
        if (entry->d_name[0] != '.')
            (void)unlinkat(dirfd(folder), entry->d_name, 0);
    (void)closedir(folder);
    assert_int_equal(rmdir(s->folder), 0);
    arena_free(s->arena);
}

static inline struct vault *scratch_vault(struct scratch *s, bool create)
{
    struct vault *vault = NULL;
    assert_status(vault_open_files(s->master, s->keyring, create, &s->random, &vault), OK);
    return vault;
}

static inline size_t file_size(const char *path)
{
    struct stat info;
    assert_int_equal(stat(path, &info), 0);
    return (size_t)info.st_size;
}

static inline bool file_exists(const char *path)
{
    return access(path, F_OK) == 0;
}

/* A file's bytes, kept aside so that a test can put an older state back. */
struct kept {
    uint8_t *data;
    size_t len;
};

static inline struct kept file_keep(const char *path)
{
    struct kept kept = {.len = file_size(path)};
    kept.data = malloc(kept.len + 1);
    FILE *file = fopen(path, "rb");
    assert_non_null(kept.data);
    assert_non_null(file);
    assert_int_equal(fread(kept.data, 1, kept.len, file), kept.len);
    (void)fclose(file);
    return kept;
}

static inline void file_put(const char *path, const void *data, size_t len)
{
    (void)unlink(path);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(data, 1, len, file), len);
    assert_int_equal(fclose(file), 0);
    assert_int_equal(chmod(path, 0600), 0);
}

static inline void file_put_back(const char *path, struct kept kept)
{
    file_put(path, kept.data, kept.len);
}

static const struct school_id school_one = {1001};
static const struct school_id school_two = {2002};

#endif
