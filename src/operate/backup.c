#include "operate/commands.h"

#include <jansson.h>
#include <signal.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "db/db.h"
#include "db/migrate.h"
#include "operate/cli.h"
#include "operate/copies.h"

/*
 * backup: one file with everything the database holds, from one moment, while serve runs. It is
 * made under another name and gets its own only when it was read back and found equal. Wants no
 * keys, and holds none: what is sealed stays sealed.
 */

struct backup {
    struct cli *cli;
    const char *path, *partial;
    const char *partial_url;
    struct table_digest *tables;
    size_t count;
};

static enum status fill(struct backup *backup)
{
    struct cli *cli = backup->cli;
    struct db *to = NULL;
    enum status st = db_open(backup->partial_url, true, &to);
    if (st == OK)
        st = migrate_up(to, cli->work.now_ms, NULL);
    if (st == OK)
        st = db_copy_all(cli->db, to, cli->arena, &backup->tables, &backup->count);
    if (st == OK)
        st = copy_seal(to, backup->tables, backup->count);
    db_close(to);
    return st;
}

/* By a connection that knows nothing of the one that wrote. */
static enum status read_back(struct backup *backup)
{
    struct db *db = NULL;
    bool sealed = false;
    enum status st = db_open(backup->partial_url, false, &db);
    if (st == OK)
        st = copy_verify(db, backup->cli->arena, &sealed);
    db_close(db);
    return st == OK && !sealed ? ERR_CORRUPT : st;
}

static int refuse(const struct backup *backup, enum status st, const char *doing)
{
    copy_remove(backup->partial);
    if (st == ERR_CONFLICT)
        return cli_refuse(backup->cli, "%s exists: a backup never overwrites one", backup->path);
    if (st == ERR_CORRUPT)
        return cli_refuse(backup->cli, "what was written does not read back as it was: nothing "
                                       "is kept. Is the disk sound?");
    return cli_refuse(backup->cli, "%s %s: %s; nothing is kept", doing, backup->path,
                      st == ERR_DB ? "the disk is full, or the database failed (see the log line "
                                     "above)"
                                   : cli_reason(st));
}

static int report(const struct backup *backup)
{
    struct stat info;
    int64_t bytes = stat(backup->path, &info) == 0 ? (int64_t)info.st_size : 0;
    int64_t rows = copy_rows(backup->tables, backup->count);
    if (backup->cli->json)
        return cli_print_json(backup->cli, json_pack("{s:s, s:I, s:I, s:I}", "file", backup->path,
                                                     "tables", (json_int_t)backup->count, "rows",
                                                     (json_int_t)rows, "bytes", (json_int_t)bytes));
    printf("%s: %zu tables, %lld rows, %lld bytes, read back and equal\n", backup->path,
           backup->count, (long long)rows, (long long)bytes);
    fprintf(stderr, "Keep the master key and the one copy of the keyring apart from it "
                    "(docs/admin.md): without them nobody reads it.\n");
    return CLI_DONE;
}

static int back_up(struct backup *backup)
{
    struct cli *cli = backup->cli;
    backup->path = cli->words[0];
    backup->partial = arena_printf(cli->arena, "%s.partial", backup->path);
    backup->partial_url = arena_printf(cli->arena, "sqlite:%s", backup->partial);
    if (access(backup->path, F_OK) == 0)
        return cli_refuse(cli, "%s exists: a backup never overwrites one", backup->path);
    copy_remove(backup->partial); /* of one that was killed */
    enum status st = fill(backup);
    if (st != OK)
        return refuse(backup, st, "writing");
    st = read_back(backup);
    if (st != OK)
        return refuse(backup, st, "reading back");
    st = copy_publish(backup->partial, backup->path);
    return st == OK ? report(backup) : refuse(backup, st, "keeping");
}

static int run(const struct command *command, int argc, char **argv)
{
    struct cli cli;
    int code = CLI_DONE;
    if (!cli_parse(command, argc, argv, &cli, &code))
        return code;
    (void)signal(SIGXFSZ,
                 SIG_IGN); /* a file size limit is an error like a full disk, not a death */
    code = cli.word_count == 1 ? cli_open_database(&cli, false) : cli_usage(&cli, "wants one FILE");
    if (code == CLI_DONE)
        code = cli_check_schema(&cli);
    struct backup backup = {.cli = &cli};
    if (code == CLI_DONE)
        code = back_up(&backup);
    cli_close(&cli);
    return code;
}

const struct command command_backup = {
    .name = "backup",
    .usage = "FILE",
    .summary = "Writes all of the database to a file, while serve runs, and reads it back.",
    .run = run,
};
