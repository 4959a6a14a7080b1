#include "operate/commands.h"

#include <jansson.h>
#include <stdio.h>

#include "access/audit.h"
#include "base/arena.h"
#include "base/str.h"
#include "operate/cli.h"
#include "operate/json_text.h"
#include "school/school.h"

/* school: the schools of this installation. */

static const char *const kind_words[] = {
    [SCHOOL_PRIMARY] = "po", [SCHOOL_SECONDARY] = "vo", [SCHOOL_SPECIAL] = "so"};

bool operate_school_kind(const char *word, enum school_kind *ret_kind)
{
    for (enum school_kind kind = SCHOOL_PRIMARY; kind <= SCHOOL_SPECIAL; kind++) {
        if (str_equal(word, kind_words[kind])) {
            *ret_kind = kind;
            return true;
        }
    }
    return false;
}

struct schools {
    struct cli *cli;
    struct school *list;
    size_t count;
    struct school_draft draft;
    struct school_id made;
    const char *name;
};

static enum status read_list(struct work *work, void *context)
{
    struct schools *s = context;
    return school_list(work, &s->list, &s->count);
}

static int list(struct cli *cli)
{
    struct schools s = {.cli = cli};
    enum status st = cli_transaction(cli, false, read_list, &s);
    if (st != OK)
        return cli_refuse(cli, "%s", cli_reason(st));
    int code = CLI_DONE;
    for (size_t i = 0; code == CLI_DONE && i < s.count; i++) {
        const struct school *school = &s.list[i];
        if (cli->json)
            code = cli_print_json(
                cli, json_pack("{s:o, s:s, s:s, s:s, s:i}", "id", json_id(school->id.v), "name",
                               school->name, "brin", school->brin, "kind", kind_words[school->kind],
                               "retention_years", school->retention_years));
        else
            printf("%s  %s  %s  %s\n", id_text(school->id.v).s, kind_words[school->kind],
                   *school->brin ? school->brin : "-", school->name);
    }
    return code;
}

static enum status do_add(struct work *work, void *context)
{
    struct schools *s = context;
    enum status st = school_make(work, &s->draft, &s->made);
    if (st != OK)
        return st;
    s->cli->actor.school = s->made;
    return audit_change(work, AUDIT_SCHOOL_MADE, 0, s->made.v);
}

static int refused(const struct cli *cli, enum status st)
{
    if (st == ERR_INVALID)
        return cli_refuse(cli, "a name or BRIN is not right");
    return st == OK ? CLI_DONE : cli_refuse(cli, "%s", cli_reason(st));
}

static int add(struct cli *cli)
{
    struct schools s = {.cli = cli};
    const char *kind = cli_value(cli, "--kind");
    const char *brin = cli_value(cli, "--brin");
    const char *board = cli_value(cli, "--board");
    s.draft = (struct school_draft){.name = cli_value(cli, "--name"),
                                    .brin = brin ? brin : "",
                                    .kind = SCHOOL_PRIMARY,
                                    .first_year = date_school_year(cli->work.today)};
    if (!s.draft.name || (kind && !operate_school_kind(kind, &s.draft.kind)))
        return cli_usage(cli, "wants --name NAME [--kind po|vo|so] [--brin CODE] [--board NAME]");
    s.draft.board_name = board ? board : s.draft.name;
    int code = refused(cli, cli_transaction(cli, true, do_add, &s));
    if (code != CLI_DONE)
        return code;
    if (cli->json)
        return cli_print_json(cli, json_pack("{s:o}", "school", json_id(s.made.v)));
    printf("%s\n", id_text(s.made.v).s);
    fprintf(stderr, "Nobody can sign in there yet: weerklank staff add, function, invite.\n");
    return CLI_DONE;
}

static enum status do_rename(struct work *work, void *context)
{
    struct schools *s = context;
    return school_rename(work, s->name);
}

static int rename_school(struct cli *cli)
{
    struct schools s = {.cli = cli, .name = cli_value(cli, "--name")};
    if (!s.name)
        return cli_usage(cli, "rename wants --name NAME");
    int code = cli_school(cli);
    return code == CLI_DONE ? refused(cli, cli_transaction(cli, true, do_rename, &s)) : code;
}

static const struct cli_verb verbs[] = {
    {"list", "", "id, kind, BRIN and name", list},
    {"add", "--name NAME [--kind po|vo|so] [--brin CODE] [--board NAME]",
     "another school, with keys of its own", add},
    {"rename", "[--school ID] --name NAME", "another name", rename_school},
    {NULL, NULL, NULL, NULL},
};

static const struct cli_option options[] = {
    {"--school", "ID", "rename: which school (the only one)"},
    {"--name", "NAME", "its name"},
    {"--kind", "po|vo|so", "primary, secondary or special (po)"},
    {"--brin", "CODE", "its BRIN, when it has one"},
    {"--board", "NAME", "the board's name (the school's)"},
    {NULL, NULL, NULL},
};

const struct command command_school = {
    .name = "school",
    .usage = "list|add|rename",
    .summary = "The schools of this installation.",
    .options = options,
    .verbs = verbs,
    .run = cli_run_verb,
};
