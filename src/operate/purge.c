#include "operate/commands.h"

#include <jansson.h>
#include <stdio.h>

#include "access/audit.h"
#include "base/arena.h"
#include "guardian/guardian.h"
#include "note/note.h"
#include "operate/catch_up.h"
#include "operate/cli.h"
#include "operate/leftovers.h"
#include "person/erasure.h"
#include "pupil/pupil.h"
#include "roster/staged.h"
#include "school/school.h"
#include "signin/account.h"

/*
 * purge: erases what may not be kept any longer, for good, in the database and by the keyring in
 * every backup. Pupils one by one, each in a transaction of its own; the keyring once, at the end.
 * May be broken off and run again at any moment.
 */

struct purge {
    struct cli *cli;
    bool dry;
    struct school *schools;
    size_t school_count;
    struct pupil_id *due;
    size_t due_count;
    struct pupil_id pupil; /* being erased */
    int64_t pupils, guardians, notes;
    size_t caught_up, slots;
    bool keyring_was_older;
    struct leftovers files;
    json_t *ids; /* of the pupils, per school */
};

static enum status list_schools(struct work *work, void *context)
{
    struct purge *p = context;
    return school_list(work, &p->schools, &p->school_count);
}

static enum status list_due(struct work *work, void *context)
{
    struct purge *p = context;
    struct school school;
    enum status st = school_find(work, &school);
    return st == OK
               ? pupil_left_before(work, pupil_due_left_on(work->today, school.retention_years),
                                   &p->due, &p->due_count)
               : st;
}

static enum status erase_pupil(struct work *work, void *context)
{
    const struct purge *p = context;
    return pupil_erase(work, p->pupil);
}

static enum status erase_rest(struct work *work, void *context)
{
    struct purge *p = context;
    size_t guardians = 0, notes = 0, files = 0;
    enum status st = guardian_erase_lone(work, &guardians);
    if (st == OK)
        st = note_purge(work, &notes);
    if (st == OK)
        st = staged_sweep(work, &files);
    if (st == OK && (p->due_count || guardians || notes || files))
        st = audit_change(work, AUDIT_PURGED, 0, 0);
    if (st == OK) {
        p->guardians += (int64_t)guardians;
        p->notes += (int64_t)notes;
    }
    return st;
}

static enum status sweep_accounts(struct work *work, void *context UNUSED)
{
    return account_sweep(work);
}

/* The ids come in the report, so that the school can prove what it erased, and of whom not. */
static bool add_ids(struct purge *p, struct school_id school)
{
    json_t *ids = json_array();
    for (size_t i = 0; i < p->due_count; i++)
        (void)json_array_append_new(ids, json_string(id_text(p->due[i].v).s));
    return json_object_set_new(p->ids, id_text(school.v).s, ids) == 0;
}

static enum status purge_school(struct purge *p, struct school_id school)
{
    struct cli *cli = p->cli;
    cli->actor.school = school;
    enum status st = cli_transaction(cli, false, list_due, p);
    if (st == OK && !add_ids(p, school))
        st = ERR_NOMEM;
    for (size_t i = 0; st == OK && !p->dry && i < p->due_count; i++) {
        p->pupil = p->due[i];
        st = cli_transaction(cli, true, erase_pupil, p);
        p->pupils += st == OK;
    }
    if (st == OK && p->dry)
        p->pupils += (int64_t)p->due_count;
    return st == OK && !p->dry ? cli_transaction(cli, true, erase_rest, p) : st;
}

static enum status purge_all(struct purge *p)
{
    struct cli *cli = p->cli;
    enum status st = cli_transaction(cli, false, list_schools, p);
    struct school_id *ids = ARENA_ARRAY(cli->arena, struct school_id, p->school_count);
    if (st == OK && !ids)
        st = ERR_NOMEM;
    for (size_t i = 0; st == OK && i < p->school_count; i++) {
        ids[i] = p->schools[i].id;
        st = purge_school(p, ids[i]);
    }
    cli->actor.school = (struct school_id){0};
    if (p->dry)
        return st;
    /* Also after a failure: what was committed is finished. */
    enum status finished = erasure_finish(&cli->work, &p->slots);
    if (st == OK)
        st = finished;
    if (st == OK)
        st = erasure_repeat(&cli->work, &p->keyring_was_older);
    if (st == OK)
        st = catch_up_erasures(cli, ids, p->school_count, &p->caught_up);
    if (st == OK)
        st = cli_transaction(cli, true, sweep_accounts, NULL);
    return st == OK ? leftovers_remove(cli, &p->files) : st;
}

static int report(const struct purge *p)
{
    size_t files = p->files.migration_copies + p->files.restores;
    if (p->cli->json)
        return cli_print_json(
            p->cli, json_pack("{s:b, s:I, s:I, s:I, s:I, s:I, s:b, s:O}", "dry_run", p->dry,
                              "pupils", (json_int_t)p->pupils, "guardians",
                              (json_int_t)p->guardians, "notes", (json_int_t)p->notes, "files",
                              (json_int_t)files, "erased_again", (json_int_t)p->caught_up,
                              "keyring_was_older", p->keyring_was_older, "pupil_ids", p->ids));
    if (p->dry) {
        printf("%lld pupils are due\n", (long long)p->pupils);
        return CLI_DONE;
    }
    printf("erased: %lld pupils, %lld guardians, %lld past notes, %zu old files\n",
           (long long)p->pupils, (long long)p->guardians, (long long)p->notes, files);
    if (p->caught_up)
        printf("erased again, after an older backup: %zu dossiers\n", p->caught_up);
    if (p->keyring_was_older)
        printf("the keyring was an older copy: what it held too much is erased again\n");
    if (p->pupils || p->guardians || p->caught_up)
        printf("Overwrite the copy of the keyring now: the old one still holds their keys.\n");
    return CLI_DONE;
}

static int purge(struct cli *cli)
{
    struct purge p = {.cli = cli, .dry = cli_value(cli, "--dry-run") != NULL, .ids = json_object()};
    enum status st = p.ids ? purge_all(&p) : ERR_NOMEM;
    int code = st == OK ? report(&p)
               : st == ERR_CONFLICT
                   ? cli_refuse(cli, "a school's key is being rotated: try again, "
                                     "or weerklank keys settle")
                   : cli_refuse(cli, "purging stopped, run it again: %s", cli_reason(st));
    json_decref(p.ids);
    return code;
}

static int run(const struct command *command, int argc, char **argv)
{
    struct cli cli;
    int code = CLI_DONE;
    if (!cli_parse(command, argc, argv, &cli, &code))
        return code;
    code = cli.word_count ? cli_usage(&cli, "takes no %s", cli.words[0]) : cli_open(&cli, false);
    if (code == CLI_DONE)
        code = cli_check_schema(&cli);
    if (code == CLI_DONE)
        code = purge(&cli);
    cli_close(&cli);
    return code;
}

static const struct cli_option options[] = {
    {"--dry-run", NULL, "only say which pupils are due"},
    {NULL, NULL, NULL},
};

const struct command command_purge = {
    .name = "purge",
    .usage = "",
    .summary = "Erases for good what may not be kept any longer. Run it daily.",
    .options = options,
    .run = run,
};
