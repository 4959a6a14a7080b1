#include "operate/commands.h"

#include <errno.h>
#include <jansson.h>

#include "answer/kind.h"
#include "base/arena.h"
#include "base/str.h"
#include "i18n/tr.h"
#include "method/own.h"
#include "method/store.h"
#include "operate/cli.h"

/*
 * methods: kinds of conversation as files: which there are, whether a file is right, out to a file
 * and into a school. Files and shipped methods need no installation; a school's own ones do.
 */

static const struct cli_option options[] = {
    {"--school", "ID", "list, export: with the school's own; import: into it (the only one)"},
    {"-o", "FILE", "export: where to (to stdout)"},
    {"--replace", NULL,
     "import: also when somebody is working on a draft of it, which is lost then"},
    {NULL, NULL, NULL},
};

/* --- files ------------------------------------------------------------------------------------ */

/* One byte more than allowed is read, so that the reader sees that it is too large. */
static bool read_file(struct cli *cli, const char *path, struct bytes *ret)
{
    FILE *in = fopen(path, "rbe");
    if (!in)
        return false;
    char *data = arena_alloc(cli->arena, METHOD_FILE_MAX + 1);
    size_t len = data ? fread(data, 1, METHOD_FILE_MAX + 1, in) : 0;
    bool ok = data && !ferror(in);
    (void)fclose(in);
    if (ok)
        *ret = (struct bytes){(const uint8_t *)data, len};
    return ok;
}

/* Problems of a file, in English as everything a command says. */
struct report {
    struct cli *cli;
    struct tr *tr;
    const char *path;
    const struct method_problem *problems;
    size_t count;
};

static const char *words_of(const struct report *report, const struct method_problem *problem)
{
    return trf(report->tr, report->cli->arena, problem->message, 1,
               problem->about ? problem->about : "");
}

static void print_problems(const struct report *report)
{
    for (size_t i = 0; i < report->count; i++) {
        const struct method_problem *problem = &report->problems[i];
        if (problem->line)
            fprintf(stderr, "%s:%d: %s\n", report->path, problem->line, words_of(report, problem));
        else
            fprintf(stderr, "%s: %s\n", report->path, words_of(report, problem));
    }
}

static json_t *json_problems(const struct report *report)
{
    json_t *list = json_array();
    for (size_t i = 0; i < report->count; i++)
        json_array_append_new(list, json_pack("{s:i, s:s}", "line", report->problems[i].line,
                                              "message", words_of(report, &report->problems[i])));
    return json_pack("{s:s, s:b, s:o}", "file", report->path, "ok", report->count == 0, "problems",
                     list);
}

static int check_one(struct cli *cli, struct tr *tr, const char *path, json_t *answers)
{
    struct report report = {.cli = cli, .tr = tr, .path = path};
    struct bytes file;
    const struct method *method = NULL;
    struct method_problem *problems = NULL;
    if (!read_file(cli, path, &file))
        return cli_refuse(cli, "%s: %s", path, strerror(errno));
    enum status st = method_read((const char *)file.data, file.len, &answer_method_kinds,
                                 cli->arena, &method, &problems, &report.count);
    if (st != OK && st != ERR_INVALID)
        return cli_refuse(cli, "%s: %s", path, cli_reason(st));
    report.problems = problems;
    if (answers)
        json_array_append_new(answers, json_problems(&report));
    else if (st == OK)
        printf("%s: %s version %d, \"%s\"\n", path, method->key, method->version,
               method_say(&method->title, "nl"));
    else
        print_problems(&report);
    return st == OK ? CLI_DONE : CLI_REFUSED;
}

static int check(struct cli *cli)
{
    int code = CLI_DONE;
    struct tr *tr = NULL;
    if (cli->word_count < 2)
        return cli_usage(cli, "check wants at least one FILE");
    if (tr_new(LANG_EN, NULL, 0, &tr) != OK)
        return cli_refuse(cli, "out of memory");
    json_t *answers = cli->json ? json_array() : NULL;
    for (size_t i = 1; i < cli->word_count; i++) {
        struct arena_mark mark = arena_mark(cli->arena);
        if (check_one(cli, tr, cli->words[i], answers) != CLI_DONE)
            code = CLI_REFUSED;
        arena_rewind(cli->arena, mark);
    }
    tr_free(tr);
    if (answers && cli_print_json(cli, answers) != CLI_DONE)
        return CLI_REFUSED;
    return code;
}

/* --- what there is ---------------------------------------------------------------------------- */

struct listing {
    struct method_line *lines;
    size_t count;
};

static enum status read_lines(struct work *work, void *context)
{
    struct listing *listing = context;
    return method_list(work, &listing->lines, &listing->count);
}

/* Without --school only what this program ships. */
static int find_lines(struct cli *cli, struct listing *ret)
{
    if (cli_value(cli, "--school")) {
        int code = cli_school(cli);
        if (code != CLI_DONE)
            return code;
        enum status st = cli_transaction(cli, false, read_lines, ret);
        return st == OK ? CLI_DONE : cli_refuse(cli, "%s", cli_reason(st));
    }
    struct method_shelf *shelf = cli->shelf;
    ret->lines = ARENA_ARRAY(cli->arena, struct method_line, method_shipped_count());
    for (size_t i = 0; ret->lines && i < method_shipped_count(); i++) {
        const struct method *method = method_shipped(shelf, method_shipped_key(i));
        if (method)
            ret->lines[ret->count++] = (struct method_line){.method = method};
    }
    return CLI_DONE;
}

static int list(struct cli *cli)
{
    struct listing listing = {0};
    int code = find_lines(cli, &listing);
    json_t *all = cli->json ? json_array() : NULL;
    for (size_t i = 0; code == CLI_DONE && i < listing.count; i++) {
        const struct method_line *line = &listing.lines[i];
        const char *origin = line->is_own ? "own" : "shipped";
        const char *title = method_say(&line->method->title, "nl");
        if (all)
            json_array_append_new(
                all, json_pack("{s:s, s:i, s:s, s:s}", "method", line->method->key, "version",
                               line->method->version, "origin", origin, "title", title));
        else
            printf("%-24s %3d  %-7s  %s\n", line->method->key, line->method->version, origin,
                   title);
    }
    if (all && code == CLI_DONE)
        return cli_print_json(cli, all);
    json_decref(all);
    return code;
}

/* --- out and in ------------------------------------------------------------------------------- */

struct export
{
    const char *key;
    struct bytes yaml;
};

static enum status read_export(struct work *work, void *context)
{
    struct export *e = context;
    return method_yaml(work, e->key, &e->yaml);
}

static int write_out(struct cli *cli, struct bytes yaml)
{
    const char *path = cli_value(cli, "-o");
    FILE *out = path ? fopen(path, "wxe") : stdout;
    if (!out)
        return cli_refuse(cli, "%s: %s", path, strerror(errno));
    bool ok = fwrite(yaml.data, 1, yaml.len, out) == yaml.len;
    if (path)
        ok = fclose(out) == 0 && ok;
    return ok ? CLI_DONE : cli_refuse(cli, "writing: %s", strerror(errno));
}

static int export_one(struct cli *cli)
{
    if (cli->word_count != 2)
        return cli_usage(cli, "export wants one KEY; weerklank methods list shows them");
    struct export e = {.key = cli->words[1], .yaml = method_shipped_yaml(cli->words[1])};
    enum status st = e.yaml.data ? OK : ERR_NOT_FOUND;
    if (st != OK && cli_value(cli, "--school")) {
        int code = cli_school(cli);
        if (code != CLI_DONE)
            return code;
        st = cli_transaction(cli, false, read_export, &e);
    }
    if (st == ERR_NOT_FOUND)
        return cli_refuse(
            cli, "there is no method %s%s", e.key,
            cli_value(cli, "--school") ? "" : " among the shipped ones; say --school for its own");
    return st == OK ? write_out(cli, e.yaml) : cli_refuse(cli, "%s", cli_reason(st));
}

struct import {
    struct bytes file;
    bool may_replace;
    struct method_refusal refusal;
    const struct method *method;
};

static enum status take(struct work *work, void *context)
{
    struct import *import = context;
    struct method_version_id id;
    const char *yaml = (const char *)import->file.data;
    struct method_refusal *refusal = &import->refusal;
    enum status st = method_draft_take(work, yaml, import->file.len, NULL, &id, refusal);
    if (st == ERR_CONFLICT && import->may_replace)
        st = method_draft_take(work, yaml, import->file.len, refusal->standing.mark, &id, refusal);
    if (st == OK)
        st = method_draft_publish(work, id);
    return st == OK ? method_by_version(work, id, &import->method) : st;
}

static int refuse_import(struct cli *cli, const char *path, const struct import *import)
{
    struct report report = {.cli = cli,
                            .path = path,
                            .problems = import->refusal.problems,
                            .count = import->refusal.count};
    if (tr_new(LANG_EN, NULL, 0, &report.tr) != OK)
        return cli_refuse(cli, "out of memory");
    int code = CLI_DONE;
    if (cli->json)
        code = cli_print_json(cli, json_problems(&report));
    else
        print_problems(&report);
    tr_free(report.tr);
    return code == CLI_DONE ? cli_refuse(cli, "nothing was written") : code;
}

static int import_one(struct cli *cli)
{
    struct import import = {.may_replace = cli_value(cli, "--replace") != NULL};
    if (cli->word_count != 2)
        return cli_usage(cli, "import wants one FILE");
    const char *path = cli->words[1];
    if (!read_file(cli, path, &import.file))
        return cli_refuse(cli, "%s: %s", path, strerror(errno));
    int code = cli_school(cli);
    if (code != CLI_DONE)
        return code;
    enum status st = cli_transaction(cli, true, take, &import);
    if (st == ERR_INVALID)
        return refuse_import(cli, path, &import);
    if (st == ERR_CONFLICT)
        return cli_refuse(
            cli,
            "%s has a draft that somebody is working on; nothing was written. Look at it in the "
            "browser (School, Gespreksvormen), or say --replace",
            import.refusal.standing.method->key);
    if (st != OK)
        return cli_refuse(cli, "%s; nothing was written", cli_reason(st));
    if (cli->json)
        return cli_print_json(cli, json_pack("{s:s, s:i}", "method", import.method->key, "version",
                                             import.method->version));
    printf("%s version %d\n", import.method->key, import.method->version);
    return CLI_DONE;
}

/* --- the command ------------------------------------------------------------------------------ */

static const struct cli_verb verbs[] = {
    {"list", "[--school ID]", "what is shipped, or all that a school may plan with", list},
    {"check", "FILE…", "whether files are right: what is wrong, with file and line", check},
    {"export", "KEY [-o FILE] [--school ID]", "one method as a file", export_one},
    {"import", "FILE --school ID",
     "publishes a file as the next version of the school's own method", import_one},
    {NULL, NULL, NULL, NULL},
};

static const struct cli_verb *verb_of(const struct cli *cli)
{
    const struct cli_verb *verb = verbs;
    while (verb->name && (cli->word_count == 0 || !str_equal(verb->name, cli->words[0])))
        verb++;
    return verb;
}

/* Only what is about a school opens one: a file can be looked at anywhere. */
static int open_for(struct cli *cli, const struct cli_verb *verb)
{
    if (verb->run != import_one && !cli_value(cli, "--school")) {
        enum status st = method_shelf_open(&answer_method_kinds, &cli->shelf);
        return st == OK ? CLI_DONE : cli_refuse(cli, "%s", cli_reason(st));
    }
    int code = cli_open(cli, false);
    return code == CLI_DONE ? cli_check_schema(cli) : code;
}

static int run(const struct command *command, int argc, char **argv)
{
    struct cli cli;
    int code = CLI_DONE;
    if (!cli_parse(command, argc, argv, &cli, &code))
        return code;
    const struct cli_verb *verb = verb_of(&cli);
    code =
        verb->name ? open_for(&cli, verb) : cli_usage(&cli, "say what to do: %s", command->usage);
    if (code == CLI_DONE)
        code = verb->run(&cli);
    cli_close(&cli);
    return code;
}

const struct command command_methods = {
    .name = "methods",
    .usage = "list|check|export|import [KEY|FILE…]",
    .summary = "Kinds of conversation, as files (methods/README.md).",
    .options = options,
    .verbs = verbs,
    .run = run,
};
