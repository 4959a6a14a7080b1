#include "operate/commands.h"

#include <jansson.h>
#include <stdio.h>

#include "access/audit.h"
#include "base/arena.h"
#include "base/str.h"
#include "db/copy.h"
#include "db/db.h"
#include "operate/cli.h"
#include "operate/findings.h"
#include "operate/leftovers.h"
#include "operate/sealed.h"
#include "person/erasure.h"
#include "school/school.h"
#include "vault/vault.h"

/*
 * check: is everything as it was written? Pages and foreign keys of the database, every sealed
 * value, the audit log of every school, the keyring, and what a crash may have left lying.
 */

#define QUICK_VALUES 100 /* per sealed column */

struct check {
    struct cli *cli;
    struct findings findings;
    struct school_id *schools;
    size_t school_count;
    int64_t audit_rows;
    struct sealed_counts sealed;
};

static void check_database(struct check *check)
{
    enum status st = db_integrity(check->cli->db);
    if (st == ERR_CORRUPT)
        findings_problem(&check->findings,
                         "the database is damaged: the log lines above say where");
    else if (st != OK)
        findings_problem(&check->findings, "the database cannot be checked: %s", cli_reason(st));
}

/* One school at a time: a school whose key is lost does not hide the others. */
static enum status check_keys(struct work *work, void *context)
{
    struct check *check = context;
    enum status st = school_ids(work, &check->schools, &check->school_count);
    for (size_t i = 0; st == OK && i < check->school_count; i++) {
        struct school_id school = check->schools[i];
        enum status known = school_know(work, school);
        if (known == ERR_ERASED)
            findings_problem(&check->findings,
                             "school %s: its secrets are not in this keyring: it is an older copy, "
                             "or another installation's; or the school was erased since "
                             "(weerklank school erase takes its rows away)",
                             id_text(school.v).s);
        else if (known == ERR_CORRUPT)
            findings_problem(&check->findings,
                             "school %s: its key does not open: the database is from before a "
                             "rotation, or was changed",
                             id_text(school.v).s);
        else
            st = known;
        if (vault_school_rotating(work->vault, school))
            findings_notice(&check->findings,
                            "school %s: a rotation of its key was cut short: weerklank keys settle",
                            id_text(school.v).s);
        size_t due = 0;
        if (st == OK)
            st = erasure_due(work, school, &due);
        if (due)
            findings_notice(&check->findings,
                            "school %s: %zu erasures wait for the keyring: serve or weerklank "
                            "purge finishes them",
                            id_text(school.v).s, due);
    }
    return st;
}

static enum status check_keyring(struct work *work, void *context)
{
    struct check *check = context;
    bool older = false;
    enum status st = erasure_keyring_is_older(work, &older);
    if (older)
        findings_problem(&check->findings,
                         "the keyring is an older copy: erased dossiers live in it. The next start "
                         "of serve, or weerklank purge, erases them again");
    enum vault_master_state state = vault_master_state(work->vault, NULL);
    if (state != VAULT_MASTER_SETTLED)
        findings_notice(&check->findings,
                        "replacing the master key was cut short: weerklank keys settle");
    return st;
}

static enum status check_audit(struct work *work, void *context)
{
    struct check *check = context;
    for (size_t i = 0; i < check->school_count; i++) {
        struct audit_verdict verdict;
        enum status st =
            audit_verify(work->db, work->vault, work->arena, check->schools[i], &verdict);
        check->audit_rows += verdict.rows;
        if (st == ERR_CORRUPT)
            findings_problem(&check->findings, "audit log of school %s: row %lld does not fit",
                             id_text(verdict.school.v).s, (long long)verdict.broken_at);
        else if (st != OK)
            return st;
    }
    return OK;
}

static enum status check_files(struct check *check)
{
    struct leftovers found = {0};
    enum status st = leftovers_find(check->cli, &found);
    if (st != OK)
        return st;
    if (found.spools)
        findings_notice(&check->findings,
                        "%zu files with readings wait for the audit log: the next start of serve "
                        "takes them in",
                        found.spools);
    if (found.migration_copies)
        findings_notice(&check->findings,
                        "%zu copies from before a migration lie beside the "
                        "database: weerklank purge removes old ones",
                        found.migration_copies);
    if (found.restores)
        findings_notice(&check->findings,
                        "%zu restores were cut short: weerklank purge removes "
                        "their files",
                        found.restores);
    return OK;
}

static int check_all(struct check *check)
{
    struct cli *cli = check->cli;
    bool quick = cli_value(cli, "--quick") != NULL;
    if (!quick)
        check_database(check);
    enum status st = cli_transaction(cli, false, check_keys, check);
    if (st == OK)
        st = cli_transaction(cli, false, check_keyring, check);
    if (st == OK)
        st = sealed_check(&cli->work, quick ? QUICK_VALUES : INT64_MAX, &check->findings,
                          &check->sealed);
    if (st == OK)
        st = cli_transaction(cli, false, check_audit, check);
    if (st == OK)
        st = check_files(check);
    if (st != OK) {
        findings_problem(&check->findings, "checking stopped: %s", cli_reason(st));
    }
    json_t *counts =
        json_pack("{s:I, s:I, s:I, s:I, s:I}", "schools", (json_int_t)check->school_count,
                  "values_opened", (json_int_t)check->sealed.opened, "values_erased",
                  (json_int_t)check->sealed.erased, "values_broken",
                  (json_int_t)check->sealed.broken, "audit_rows", (json_int_t)check->audit_rows);
    return findings_report(cli, &check->findings, counts);
}

static int run(const struct command *command, int argc, char **argv)
{
    struct cli cli;
    int code = CLI_DONE;
    if (!cli_parse(command, argc, argv, &cli, &code))
        return code;
    struct check check = {.cli = &cli};
    code = cli.word_count ? cli_usage(&cli, "takes no %s", cli.words[0]) : cli_open(&cli, false);
    if (code == CLI_DONE)
        code = cli_check_schema(&cli);
    if (code == CLI_DONE)
        code = findings_open(&check.findings) == OK ? check_all(&check)
                                                    : cli_refuse(&cli, "out of memory");
    findings_close(&check.findings);
    cli_close(&cli);
    return code;
}

static const struct cli_option options[] = {
    {"--quick", NULL, "not every page and value: a first look"},
    {NULL, NULL, NULL},
};

const struct command command_check = {
    .name = "check",
    .usage = "",
    .summary = "Looks whether database, seals and audit log are as they were written.",
    .options = options,
    .run = run,
};
