#include "operate/commands.h"

#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <sodium.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/str.h"
#include "db/db.h"
#include "db/migrate.h"
#include "operate/catch_up.h"
#include "operate/cli.h"
#include "operate/copies.h"
#include "operate/findings.h"
#include "operate/leftovers.h"
#include "operate/rotation.h"
#include "operate/school_erasure.h"
#include "operate/sealed.h"
#include "person/erasure.h"
#include "school/school.h"
#include "vault/keyfile.h"
#include "vault/vault.h"

/*
 * restore: a backup into an empty database of either engine. The backup itself is not touched: a
 * copy of it is checked, brought to this program's schema, and read into the target. Then it is
 * tried whether the present keys open it, and what was erased since is erased again. A backup from
 * before a rotation of the master key wants the key of that day, and is under the present one then.
 */

#define SQLITE_URL "sqlite:"
#define BLOCK 65536

struct restore {
    struct cli *cli;
    const char *folder; /* the copy is in */
    const char *copy_url;
    struct db *from;
    bool made_file; /* the SQLite file of the target did not exist before */
    struct table_digest *tables;
    size_t count;
    struct findings findings;
    struct school_id *schools;
    size_t school_count;
    struct sealed_counts sealed;
    size_t erased_again;
    struct school_id *gone; /* schools of which the keyring knows nothing */
    size_t gone_count;
    uint8_t former[VAULT_KEY_BYTES];
    bool has_former;
};

static const char *target_path(const struct cli *cli)
{
    return str_starts(cli->database, SQLITE_URL) ? cli->database + strlen(SQLITE_URL) : NULL;
}

static enum status copy_bytes(int from, int to)
{
    char block[BLOCK];
    for (;;) {
        ssize_t got = read(from, block, sizeof block);
        if (got < 0)
            return ERR_IO;
        if (got == 0)
            return fsync(to) == 0 ? OK : ERR_IO;
        for (ssize_t done = 0; done < got;) {
            ssize_t written = write(to, block + done, (size_t)(got - done));
            if (written < 0)
                return errno == ENOSPC || errno == EFBIG || errno == EDQUOT ? ERR_LIMIT : ERR_IO;
            done += written;
        }
    }
}

static enum status copy_file(const char *from_path, const char *to_path)
{
    int from = open(from_path, O_RDONLY | O_CLOEXEC);
    int to = open(to_path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    enum status st = from < 0 || to < 0 ? ERR_IO : copy_bytes(from, to);
    if (from >= 0)
        close(from);
    if (to >= 0 && close(to) != 0 && st == OK)
        st = ERR_IO;
    return st;
}

/* A copy of the backup to work on, open. */
static int unpack(struct restore *r)
{
    struct cli *cli = r->cli;
    const char *file = cli->words[0];
    if (access(file, R_OK) != 0)
        return cli_refuse(cli, "cannot read %s: %s", file, strerror(errno));
    char *folder = arena_printf(cli->arena, "%s/" RESTORE_PREFIX "XXXXXX", cli->state);
    if (!mkdtemp(folder))
        return cli_refuse(cli, "cannot write in %s: %s", cli->state, strerror(errno));
    r->folder = folder;
    const char *copy = arena_printf(cli->arena, "%s/backup.sqlite", folder);
    enum status st = copy_file(file, copy);
    if (st != OK)
        return cli_refuse(cli, "copying %s: %s", file, cli_reason(st));
    st = db_open(arena_printf(cli->arena, SQLITE_URL "%s", copy), false, &r->from);
    return st == OK ? CLI_DONE
                    : cli_refuse(cli, "%s is no backup of this program, or is damaged", file);
}

static int prove(struct restore *r)
{
    struct cli *cli = r->cli;
    bool sealed = false;
    enum status st = copy_verify(r->from, cli->arena, &sealed);
    if (st != OK)
        return cli_refuse(cli, "%s is damaged: what it holds is not what was backed up",
                          cli->words[0]);
    if (!sealed)
        findings_notice(&r->findings, "this file has no digests, like a plain copy: small damage "
                                      "would not show");
    st = migrate_up(r->from, cli->work.now_ms, NULL);
    if (st == ERR_CONFLICT)
        return cli_refuse(cli, "%s was made by a newer program: install that one", cli->words[0]);
    if (st == OK)
        st = copy_unseal(r->from);
    return st == OK ? CLI_DONE
                    : cli_refuse(cli, "bringing the copy up to date: %s", cli_reason(st));
}

/* Looks before anything is changed there. */
static int open_target(struct restore *r)
{
    struct cli *cli = r->cli;
    const char *path = target_path(cli);
    r->made_file = path && access(path, F_OK) != 0;
    int code = cli_open_database(cli, true);
    if (code != CLI_DONE)
        return code;
    bool empty = false;
    enum status st = db_is_empty(cli->db, cli->arena, &empty);
    if (st != OK)
        return cli_refuse(cli, "looking at the target: %s", cli_reason(st));
    if (!empty)
        return cli_refuse(cli, "the database of --database holds data: restore writes into an "
                               "empty one only");
    return operate_migrate(cli);
}

static int copy_over(struct restore *r)
{
    struct cli *cli = r->cli;
    struct table_digest *now = NULL;
    size_t count = 0;
    struct db *again = NULL;
    enum status st = db_copy_all(r->from, cli->db, cli->arena, &r->tables, &r->count);
    if (st != OK)
        return cli_refuse(cli, "writing: %s", cli_reason(st));
    st = db_open(cli->database, false, &again);
    if (st == OK)
        st = db_tables_digest(again, cli->arena, &now, &count);
    db_close(again);
    if (st == OK && !db_digests_equal(r->tables, r->count, now, count))
        st = ERR_CORRUPT;
    return st == OK ? CLI_DONE : cli_refuse(cli, "reading back: %s", cli_reason(st));
}

static void tell_unknown(struct restore *r, struct school_id school)
{
    findings_problem(&r->findings,
                     "school %s: the present keys do not open it: they are another installation's, "
                     "or were rotated since (the master key of that day: --former-key FILE)",
                     id_text(school.v).s);
}

static enum status know_schools(struct work *work, void *context)
{
    struct restore *r = context;
    struct school_id *ids = NULL;
    size_t count = 0;
    enum status st = school_ids(work, &ids, &count);
    r->schools = ARENA_ARRAY(work->arena, struct school_id, count);
    r->gone = ARENA_ARRAY(work->arena, struct school_id, count);
    if (st == OK && (!r->schools || !r->gone))
        st = ERR_NOMEM;
    r->school_count = r->gone_count = 0;
    for (size_t i = 0; st == OK && i < count; i++) {
        enum status known = school_know(work, ids[i]);
        if (known == OK)
            r->schools[r->school_count++] = ids[i];
        else if (known == ERR_ERASED)
            r->gone[r->gone_count++] = ids[i];
        else if (known == ERR_CORRUPT)
            tell_unknown(r, ids[i]);
        else
            st = known;
    }
    return st;
}

/*
 * A keyring that opens another school of this backup, and is no older than the backup, is ours: the
 * secrets of these schools were destroyed since, and their rows go again.
 */
static enum status part_from_gone(struct work *work, void *context)
{
    struct restore *r = context;
    bool older = false;
    enum status st = erasure_keyring_is_older(work, &older);
    for (size_t i = 0; st == OK && i < r->gone_count; i++) {
        struct school_erased erased;
        if (older || r->school_count == 0)
            tell_unknown(r, r->gone[i]);
        else
            st = school_erase(work, r->gone[i], &erased);
    }
    return st;
}

static enum status meet_schools(struct restore *r)
{
    enum status st = cli_transaction(r->cli, false, know_schools, r);
    if (st == OK && r->gone_count)
        st = cli_transaction(r->cli, true, part_from_gone, r);
    return st;
}

/* The key of the day of the backup; NULL: it is the present one. */
static int read_former(struct restore *r)
{
    const char *path = cli_value(r->cli, "--former-key");
    if (!path)
        return CLI_DONE;
    enum status st = keyfile_read_master(path, r->former);
    r->has_former = st == OK;
    if (st == ERR_FORBIDDEN)
        return cli_refuse(r->cli, "%s can be read by others: chmod 600 it", path);
    return st == OK ? CLI_DONE : cli_refuse(r->cli, "%s: %s", path, cli_reason(st));
}

/*
 * Afterwards with a vault that never knew the former key: what it writes and what is tried next
 * must stand by the present one alone. A school that opens with neither is told by try_keys().
 */
static int take_in(struct restore *r)
{
    struct cli *cli = r->cli;
    if (!r->has_former)
        return CLI_DONE;
    enum status st = rotation_take_in(cli, r->former);
    sodium_memzero(r->former, sizeof r->former);
    vault_close(cli->vault);
    cli->vault = cli->work.vault = NULL;
    if (st != OK && st != ERR_CORRUPT && st != ERR_ERASED)
        return cli_refuse(cli, "putting it under the present key: %s", cli_reason(st));
    int code = cli_open_vault(cli, false);
    cli->work.vault = cli->vault;
    return code;
}

/* Do the keys fit, and does what was erased stay so? */
static int try_keys(struct restore *r)
{
    struct cli *cli = r->cli;
    enum status st = meet_schools(r);
    if (st == OK && r->findings.problem_count == 0)
        st = sealed_check(&cli->work, INT64_MAX, &r->findings, &r->sealed);
    if (st == OK && r->findings.problem_count == 0)
        st = catch_up_erasures(cli, r->schools, r->school_count, &r->erased_again);
    return st == OK ? CLI_DONE : cli_refuse(cli, "trying the keys: %s", cli_reason(st));
}

/* What root makes in the service's folder is the service's. */
static int give_to_owner(const struct restore *r)
{
    const char *path = target_path(r->cli);
    if (!r->made_file || geteuid() != 0)
        return CLI_DONE;
    const char *slash = strrchr(path, '/');
    const char *folder =
        slash ? arena_strndup(r->cli->arena, path, (size_t)(slash - path) + 1) : ".";
    struct stat info;
    if (stat(folder, &info) != 0 || chown(path, info.st_uid, info.st_gid) != 0)
        return cli_refuse(r->cli, "cannot give %s to the owner of its folder: %s", path,
                          strerror(errno));
    return CLI_DONE;
}

static int report(struct restore *r)
{
    json_t *counts =
        json_pack("{s:I, s:I, s:I, s:I, s:I, s:I}", "tables", (json_int_t)r->count, "rows",
                  (json_int_t)copy_rows(r->tables, r->count), "values_opened",
                  (json_int_t)r->sealed.opened, "values_erased", (json_int_t)r->sealed.erased,
                  "dossiers_erased_again", (json_int_t)r->erased_again, "schools_erased_again",
                  (json_int_t)(r->school_count ? r->gone_count : 0));
    return findings_report(r->cli, &r->findings, counts);
}

/* A file that this command made, and could not fill, goes. */
static void clean_up(struct restore *r, bool filled)
{
    db_close(r->from);
    if (r->folder && leftover_folder_remove(r->folder) != OK)
        fprintf(stderr, "weerklank restore: cannot remove %s\n", r->folder);
    const char *path = target_path(r->cli);
    if (filled || !r->made_file)
        return;
    db_close(r->cli->db);
    r->cli->db = NULL;
    copy_remove(path);
}

static int restore(struct restore *r)
{
    int code = read_former(r);
    if (code == CLI_DONE)
        code = unpack(r);
    if (code == CLI_DONE)
        code = prove(r);
    if (code == CLI_DONE)
        code = open_target(r);
    if (code == CLI_DONE)
        code = copy_over(r);
    clean_up(r, code == CLI_DONE);
    r->from = NULL;
    if (code == CLI_DONE)
        code = give_to_owner(r);
    if (code == CLI_DONE)
        code = take_in(r);
    if (code == CLI_DONE)
        code = try_keys(r);
    return code == CLI_DONE ? report(r) : code;
}

static int run(const struct command *command, int argc, char **argv)
{
    struct cli cli;
    int code = CLI_DONE;
    if (!cli_parse(command, argc, argv, &cli, &code))
        return code;
    struct restore r = {.cli = &cli};
    code = cli.word_count == 1 ? cli_open_vault(&cli, false) : cli_usage(&cli, "wants one FILE");
    cli.work.now_ms = clock_now(cli.clock);
    if (code == CLI_DONE)
        code = findings_open(&r.findings) == OK ? restore(&r) : cli_refuse(&cli, "out of memory");
    findings_close(&r.findings);
    cli_close(&cli);
    return code;
}

static const struct cli_option options[] = {
    {"--former-key", "FILE", "the master key of the day of the backup, when it was replaced since"},
    {NULL, NULL, NULL},
};

const struct command command_restore = {
    .name = "restore",
    .usage = "FILE [--database URL] [--former-key FILE]",
    .summary = "Reads a backup into an empty database of either engine.",
    .options = options,
    .run = run,
};
