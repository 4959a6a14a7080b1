#include "operate/leftovers.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "access/audit.h"
#include "base/arena.h"
#include "base/date.h"
#include "base/str.h"
#include "db/migrate.h"
#include "operate/cli.h"

#define SQLITE_URL "sqlite:"

/* Folder and file name of the SQLite database; false for others. */
static bool split_database(const struct cli *cli, const char **ret_folder, const char **ret_name)
{
    if (!str_starts(cli->database, SQLITE_URL))
        return false;
    const char *path = cli->database + strlen(SQLITE_URL);
    const char *slash = strrchr(path, '/');
    *ret_folder = slash ? arena_strndup(cli->arena, path, (size_t)(slash - path) + 1) : ".";
    *ret_name = slash ? slash + 1 : path;
    return true;
}

static bool is_old(int folder, const char *name, int days)
{
    struct stat info;
    if (fstatat(folder, name, &info, AT_SYMLINK_NOFOLLOW) != 0)
        return false;
    return time(NULL) - info.st_mtime >= (time_t)days * 24 * 60 * 60;
}

enum status leftover_folder_remove(const char *path)
{
    DIR *folder = opendir(path);
    if (!folder)
        return ERR_IO;
    bool removed = true;
    for (const struct dirent *entry; (entry = readdir(folder)) != NULL;)
        if (!str_equal(entry->d_name, ".") && !str_equal(entry->d_name, ".."))
            removed = unlinkat(dirfd(folder), entry->d_name, 0) == 0 && removed;
    closedir(folder);
    return removed && rmdir(path) == 0 ? OK : ERR_IO;
}

/* Counts what starts with `prefix` in a folder; with `days` removes what is that old instead. */
static enum status sweep(const struct cli *cli, const char *path, const char *prefix, int days,
                         size_t *ret_count)
{
    DIR *folder = opendir(path);
    if (!folder)
        return errno == ENOENT ? OK : ERR_IO;
    enum status st = OK;
    for (const struct dirent *entry; st == OK && (entry = readdir(folder)) != NULL;) {
        if (!str_starts(entry->d_name, prefix))
            continue;
        if (days && !is_old(dirfd(folder), entry->d_name, days))
            continue;
        (*ret_count)++;
        if (days && unlinkat(dirfd(folder), entry->d_name, 0) != 0)
            st =
                errno == EISDIR
                    ? leftover_folder_remove(arena_printf(cli->arena, "%s/%s", path, entry->d_name))
                    : ERR_IO;
    }
    closedir(folder);
    return st;
}

static enum status sweep_both(const struct cli *cli, bool remove, struct leftovers *found)
{
    const char *folder, *name;
    enum status st = sweep(cli, cli->state, RESTORE_PREFIX, remove ? LEFTOVER_RESTORE_DAYS : 0,
                           &found->restores);
    if (st == OK && split_database(cli, &folder, &name))
        st = sweep(cli, folder, arena_printf(cli->arena, "%s" MIGRATE_COPY_SUFFIX, name),
                   remove ? LEFTOVER_COPY_DAYS : 0, &found->migration_copies);
    return st;
}

enum status leftovers_find(const struct cli *cli, struct leftovers *ret)
{
    struct leftovers found = {0};
    enum status st = sweep_both(cli, false, &found);
    if (st == OK)
        st = audit_spools_waiting(cli->state, &found.spools);
    if (st == OK)
        *ret = found;
    return st;
}

enum status leftovers_remove(const struct cli *cli, struct leftovers *ret)
{
    struct leftovers found = {0};
    enum status st = sweep_both(cli, true, &found);
    if (st == OK)
        *ret = found;
    return st;
}
