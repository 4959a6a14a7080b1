#include "operate/commands.h"

#include <jansson.h>
#include <stdio.h>
#include <unistd.h>

#include "access/audit.h"
#include "base/arena.h"
#include "base/log.h"
#include "base/str.h"
#include "db/clear.h"
#include "operate/cli.h"
#include "operate/json_text.h"
#include "operate/school_erasure.h"
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

/* --- erase -------------------------------------------------------------------------------------
 */

struct erasing {
    struct cli *cli;
    struct school_id id;
    bool here;
    const char *name; /* NULL: its keys are gone, so nobody can read it */
    struct clear_table *tables;
    size_t count;
    struct school_erased erased;
};

/* Without school_list(), which opens them all: a school whose keys are gone is to be erased too. */
static enum status look_before(struct work *work, void *context)
{
    struct erasing *e = context;
    struct school_id *ids = NULL;
    struct school school;
    size_t count = 0;
    enum status st = school_ids(work, &ids, &count);
    for (size_t i = 0; st == OK && i < count; i++)
        e->here |= ids[i].v == e->id.v;
    if (st != OK || !e->here)
        return st;
    st = school_find(work, &school);
    e->name = st == OK ? school.name : NULL;
    if (st == ERR_ERASED || st == ERR_CORRUPT)
        st = OK;
    return st == OK ? db_clear_count(work->db, work->arena, e->id.v, &e->tables, &e->count) : st;
}

static int64_t rows_of(const struct erasing *e, const char *table)
{
    for (size_t i = 0; i < e->count; i++)
        if (str_equal(e->tables[i].name, table))
            return e->tables[i].rows;
    return 0;
}

static void show_what_goes(const struct erasing *e)
{
    int64_t all = 0;
    for (size_t i = 0; i < e->count; i++)
        all += e->tables[i].rows;
    fprintf(stderr,
            "%s goes: %lld pupils, %lld guardians, %lld members of staff, %lld conversations, %lld "
            "observations; %lld rows in all.\nFor good: its keys are destroyed, and no backup "
            "brings it back.\n",
            e->name ? e->name : id_text(e->id.v).s, (long long)rows_of(e, "pupil"),
            (long long)rows_of(e, "guardian"), (long long)rows_of(e, "staff"),
            (long long)rows_of(e, "conversation"), (long long)rows_of(e, "observation"),
            (long long)all);
}

/* A slip of one letter in an id must not cost a school: its name is typed, or --yes said. */
static int confirm(const struct erasing *e)
{
    char line[4 * SCHOOL_NAME_MAX + 2];
    if (cli_value(e->cli, "--yes"))
        return CLI_DONE;
    if (!e->name)
        return cli_refuse(e->cli, "the name of this school cannot be read any more: say --yes");
    if (isatty(STDIN_FILENO))
        fprintf(stderr, "Type the name of the school to erase it: ");
    if (!fgets(line, sizeof line, stdin))
        line[0] = '\0';
    line[strcspn(line, "\r\n")] = '\0';
    return str_equal(line, e->name)
               ? CLI_DONE
               : cli_refuse(e->cli,
                            "that is not its name; nothing was erased (--yes asks nothing)");
}

static enum status do_erase(struct work *work, void *context)
{
    struct erasing *e = context;
    return school_erase(work, e->id, &e->erased);
}

static int tell_erased(const struct erasing *e)
{
    log_event(LOG_WARN, "school_erased", "school=%s rows=%lld accounts=%zu", id_text(e->id.v).s,
              (long long)e->erased.rows, e->erased.accounts);
    fprintf(stderr, "Overwrite the copy of the keyring now: the old one still holds the keys.\n");
    if (!e->cli->json)
        return CLI_DONE;
    return cli_print_json(e->cli, json_pack("{s:o, s:I, s:I}", "school", json_id(e->id.v), "rows",
                                            (json_int_t)e->erased.rows, "accounts",
                                            (json_int_t)e->erased.accounts));
}

static int erase(struct cli *cli)
{
    struct erasing e = {.cli = cli};
    const char *school = cli_value(cli, "--school");
    if (!school)
        return cli_usage(cli, "erase wants --school ID, also when there is only one");
    int code = cli_id(cli, school, "school", &e.id.v);
    if (code != CLI_DONE)
        return code;
    cli->actor.school = e.id;
    code = refused(cli, cli_transaction(cli, false, look_before, &e));
    if (code == CLI_DONE && !e.here)
        return cli_refuse(cli, "there is no such school (weerklank school list)");
    if (code == CLI_DONE) {
        show_what_goes(&e);
        code = confirm(&e);
    }
    if (code != CLI_DONE)
        return code;
    enum status st = cli_transaction(cli, true, do_erase, &e);
    if (st != OK)
        return cli_refuse(cli, "%s. Do it again: it goes on where it stopped", cli_reason(st));
    return tell_erased(&e);
}

static const struct cli_verb verbs[] = {
    {"list", "", "id, kind, BRIN and name", list},
    {"add", "--name NAME [--kind po|vo|so] [--brin CODE] [--board NAME]",
     "another school, with keys of its own", add},
    {"rename", "[--school ID] --name NAME", "another name", rename_school},
    {"erase", "--school ID [--yes]", "takes a school away with its keys, out of every backup too",
     erase},
    {NULL, NULL, NULL, NULL},
};

static const struct cli_option options[] = {
    {"--school", "ID", "rename, erase: which school (rename: the only one)"},
    {"--yes", NULL, "erase: yes, for good, without typing the name"},
    {"--name", "NAME", "its name"},
    {"--kind", "po|vo|so", "primary, secondary or special (po)"},
    {"--brin", "CODE", "its BRIN, when it has one"},
    {"--board", "NAME", "the board's name (the school's)"},
    {NULL, NULL, NULL},
};

const struct command command_school = {
    .name = "school",
    .usage = "list|add|rename|erase",
    .summary = "The schools of this installation.",
    .options = options,
    .verbs = verbs,
    .run = cli_run_verb,
};
