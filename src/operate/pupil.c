#include "operate/commands.h"

#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <stdio.h>
#include <unistd.h>

#include "access/audit.h"
#include "base/arena.h"
#include "operate/cli.h"
#include "operate/dossier_json.h"
#include "operate/dossier_paper.h"
#include "operate/json_text.h"
#include "person/erasure.h"
#include "print/press.h"
#include "pupil/pupil.h"
#include "school/school.h"

/* pupil: what the administrator of the machine does for one pupil: leaving, erasing, access. */

struct one {
    struct cli *cli;
    struct pupil_id pupil;
    struct pupil found;
    struct date day;
    struct school school;
    struct json_t *dossier;
    struct tr *catalogues[LANG_COUNT];
    struct pupil *list;
    size_t count;
};

/* The school, and the pupil of the second word in it. */
static int find(struct cli *cli, struct one *one)
{
    *one = (struct one){.cli = cli};
    int code = cli_id(cli, cli->word_count > 1 ? cli->words[1] : NULL, "pupil", &one->pupil.v);
    return code == CLI_DONE ? cli_school(cli) : code;
}

static int answer(const struct cli *cli, enum status st)
{
    if (st == ERR_NOT_FOUND)
        return cli_refuse(cli, "there is no such pupil at this school, or it was erased");
    return st == OK ? CLI_DONE : cli_refuse(cli, "%s", cli_reason(st));
}

static enum status read_list(struct work *work, void *context)
{
    struct one *one = context;
    enum status st = school_find(work, &one->school);
    return st == OK
               ? pupil_list(work, cli_value(one->cli, "--left") != NULL, &one->list, &one->count)
               : st;
}

static int print_pupil(const struct cli *cli, const struct pupil *pupil, int retention_years)
{
    struct date until = pupil_keep_until(pupil->left_on, retention_years);
    if (cli->json)
        return cli_print_json(cli,
                              json_pack("{s:o, s:s, s:o, s:o, s:o}", "id", json_id(pupil->id.v),
                                        "name", person_full(cli->arena, &pupil->person), "birth",
                                        json_day(pupil->person.birth), "left_on",
                                        json_day(pupil->left_on), "keep_until", json_day(until)));
    printf("%s  %s", id_text(pupil->id.v).s, person_full(cli->arena, &pupil->person));
    if (date_is_set(until))
        printf("  left %s, kept until %s", date_text(pupil->left_on).s, date_text(until).s);
    (void)fputc('\n', stdout);
    return CLI_DONE;
}

static int list(struct cli *cli)
{
    struct one one = {.cli = cli};
    int code = cli_school(cli);
    if (code == CLI_DONE)
        code = answer(cli, cli_transaction(cli, false, read_list, &one));
    for (size_t i = 0; code == CLI_DONE && i < one.count; i++)
        code = print_pupil(cli, &one.list[i], one.school.retention_years);
    return code;
}

static enum status do_leave(struct work *work, void *context)
{
    struct one *one = context;
    enum status st = pupil_find(work, one->pupil, &one->found);
    return st == OK ? pupil_leave(work, one->pupil, one->day) : st;
}

static int leave(struct cli *cli)
{
    struct one one;
    int code = find(cli, &one);
    if (code == CLI_DONE)
        code = cli_day(cli, cli_value(cli, "--on"), &one.day);
    if (code == CLI_DONE && date_compare(one.day, cli->work.today) > 0)
        return cli_refuse(cli, "somebody leaves today or earlier, not later");
    return code == CLI_DONE ? answer(cli, cli_transaction(cli, true, do_leave, &one)) : code;
}

static enum status do_return(struct work *work, void *context)
{
    struct one *one = context;
    enum status st = pupil_find(work, one->pupil, &one->found);
    return st == OK ? pupil_return(work, one->pupil) : st;
}

static int come_back(struct cli *cli)
{
    struct one one;
    int code = find(cli, &one);
    return code == CLI_DONE ? answer(cli, cli_transaction(cli, true, do_return, &one)) : code;
}

static enum status do_erase(struct work *work, void *context)
{
    struct one *one = context;
    enum status st = pupil_find(work, one->pupil, &one->found);
    return st == OK ? pupil_erase(work, one->pupil) : st;
}

static int erase(struct cli *cli)
{
    struct one one;
    int code = find(cli, &one);
    if (code == CLI_DONE && !cli_value(cli, "--yes"))
        return cli_refuse(cli, "erasing %s cannot be undone, from no backup either: say --yes",
                          cli->words[1]);
    if (code == CLI_DONE)
        code = answer(cli, cli_transaction(cli, true, do_erase, &one));
    if (code != CLI_DONE)
        return code;
    size_t slots = 0;
    enum status st = erasure_finish(&cli->work, &slots);
    if (st != OK)
        return cli_refuse(cli,
                          "the dossier is gone from the database, but not yet from the "
                          "keyring: %s. serve and weerklank purge finish it",
                          cli_reason(st));
    fprintf(stderr, "Overwrite the copy of the keyring now: the old one still holds the key.\n");
    return CLI_DONE;
}

static enum status note_export(struct work *work, void *context)
{
    struct one *one = context;
    enum status st = pupil_find(work, one->pupil, &one->found);
    return st == OK ? audit_change(work, AUDIT_EXPORTED, one->pupil.v, 0) : st;
}

static enum status read_dossier(struct work *work, void *context)
{
    struct one *one = context;
    struct staff_names *names = NULL;
    enum status st = school_find(work, &one->school);
    if (st == OK)
        st = staff_names_read(work, &names);
    return st == OK ? dossier_json(work, one->pupil, DOSSIER_FOR_PERSON, names,
                                   one->catalogues[LANG_NL], &one->dossier)
                    : st;
}

/* With the PDF and all photos and files: one file to give along. The file must not be there yet. */
static int write_zip(struct cli *cli, struct one *one, const json_t *document, const char *path)
{
    struct paper_press *press = NULL;
    struct bytes zip = {0};
    enum status st = paper_press_open(&press);
    if (st == OK)
        st = dossier_zip(document, one->catalogues[LANG_NL], press, cli->work.today, cli->arena,
                         &zip);
    paper_press_close(press);
    if (st != OK)
        return cli_refuse(cli, "%s", cli_reason(st));
    int file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (file < 0)
        return cli_refuse(cli, "cannot write %s: %s", path, strerror(errno));
    FILE *out = fdopen(file, "w");
    bool written = out && fwrite(zip.data, 1, zip.len, out) == zip.len;
    if (out ? fclose(out) != 0 : close(file) != 0)
        written = false;
    if (!written)
        (void)unlink(path);
    return written ? CLI_DONE : cli_refuse(cli, "cannot write %s", path);
}

static int give(struct cli *cli, struct one *one)
{
    json_t *document = dossier_document(cli->arena, cli->work.now_ms, one->school.name,
                                        one->school.brin, one->dossier);
    if (!cli_value(cli, "--zip"))
        return cli_print_json(cli, document);
    int code = document ? write_zip(cli, one, document, cli_value(cli, "--zip"))
                        : cli_refuse(cli, "out of memory");
    json_decref(document);
    return code;
}

static int export_one(struct cli *cli)
{
    struct one one;
    int code = find(cli, &one);
    if (code == CLI_DONE)
        code = answer(cli, tr_load_all(one.catalogues));
    if (code == CLI_DONE)
        code = answer(cli, cli_transaction(cli, true, note_export, &one));
    if (code == CLI_DONE)
        code = answer(cli, cli_transaction(cli, false, read_dossier, &one));
    if (code == CLI_DONE)
        code = give(cli, &one);
    tr_free_all(one.catalogues);
    return code;
}

static const struct cli_verb verbs[] = {
    {"list", "[--left]", "names and ids of who is here, or has left", list},
    {"leave", "PUPIL [--on DAY]", "ends groups and sign-ins, and starts the retention", leave},
    {"return", "PUPIL", "undoes leave", come_back},
    {"erase", "PUPIL --yes", "destroys the dossier, in every backup too", erase},
    {"export", "PUPIL [--zip FILE]", "the dossier as JSON, for an access request (docs/export.md)",
     export_one},
    {NULL, NULL, NULL, NULL},
};

static const struct cli_option options[] = {
    {"--school", "ID", "which school (the only one)"},
    {"--left", NULL, "list: who has left"},
    {"--on", "DAY", "leave: the last day, like 2026-07-17 (today)"},
    {"--yes", NULL, "erase: yes, for good"},
    {"--zip", "FILE", "export: JSON, a PDF to read, photos and files, all in one file"},
    {NULL, NULL, NULL},
};

const struct command command_pupil = {
    .name = "pupil",
    .usage = "list|leave|return|erase|export [PUPIL]",
    .summary = "One pupil: leaving, erasing, an access request.",
    .options = options,
    .verbs = verbs,
    .run = cli_run_verb,
};
