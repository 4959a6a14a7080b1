#include "operate/commands.h"

#include <jansson.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/str.h"
#include "i18n/tr.h"
#include "operate/cli.h"
#include "roster/apply.h"
#include "roster/plan.h"
#include "school/school.h"

/*
 * import: a roster file into a school. Shows what would change; --apply does it. Names no person:
 * who they are stands on the web page.
 */

struct import {
    struct cli cli;
    const char *path, *file; /* as given; its last part, for problems */
    struct tr *tr;           /* English */
    struct roster_options reading;
    struct plan_options planning;
    struct apply_choices choices;
    struct roster roster;
    struct plan plan; /* zero when the roster may not be applied */
    enum apply_refusal refusal;
    bool applied;
};

static const struct cli_option options[] = {
    {"--school", "ID", "the school (the only one)"},
    {"--apply", NULL, "do it; without this nothing is written"},
    {"--year", "YEAR", "school year, like 2026-2027 (what the file says)"},
    {"--secondary", NULL, "years 1-6 are those of secondary school"},
    {"--guardians", NULL, "take parents over as well"},
    {"--confirm-leaving", NULL, "it is right that more than a quarter leave"},
    {"--other-school", NULL, "it is right that the file has another BRIN"},
    {"--same-people", NULL, "who is probably here under another key is the same"},
    {"--new-people", NULL, "who is probably here under another key is somebody else"},
    {"--own-numbers", NULL, "nine-digit keys are the school's own, no national numbers"},
    {NULL, NULL, NULL},
};

/* "2026" or "2026-2027". */
static bool parse_year(struct arena *arena, const char *text, int *ret_year)
{
    int64_t first = 0, last = 0;
    char *rest = arena_strdup(arena, text);
    const char *start = str_split(&rest, '-');
    const char *end = str_split(&rest, '-');
    if (!start || str_to_int64(start, &first) != OK || !school_year_valid((int)first) ||
        first > INT16_MAX || str_split(&rest, '-'))
        return false;
    if (end && (str_to_int64(end, &last) != OK || last != first + 1))
        return false;
    *ret_year = (int)first;
    return true;
}

static int usage(const struct cli *cli, const char *what)
{
    fprintf(stderr, "weerklank import: %s\nSee: weerklank import --help\n", what);
    (void)cli;
    return CLI_USAGE;
}

static int configure(struct import *import)
{
    const struct cli *cli = &import->cli;
    const char *year = cli_value(cli, "--year");
    if (cli->word_count != 1)
        return usage(cli, "wants one FILE");
    if (year && !parse_year(cli->arena, year, &import->planning.school_year))
        return usage(cli, "--year wants a school year like 2026-2027");
    if (cli_value(cli, "--same-people") && cli_value(cli, "--new-people"))
        return usage(cli, "--same-people and --new-people exclude each other");
    import->path = cli->words[0];
    size_t len = strlen(import->path);
    while (len > 1 && import->path[len - 1] == '/')
        len--;
    const char *whole = arena_strndup(cli->arena, import->path, len);
    const char *slash = strrchr(whole, '/');
    import->file = slash && slash[1] ? slash + 1 : whole;
    import->planning.guardians = cli_value(cli, "--guardians") != NULL;
    import->choices =
        (struct apply_choices){.same = cli_value(cli, "--same-people")  ? PLAN_ARE_SAME
                                       : cli_value(cli, "--new-people") ? PLAN_ARE_NEW
                                                                        : PLAN_DECIDE_LATER,
                               .confirm_leaving = cli_value(cli, "--confirm-leaving") != NULL,
                               .confirm_school = cli_value(cli, "--other-school") != NULL};
    import->reading =
        (struct roster_options){.school_known = true,
                                .secondary = cli_value(cli, "--secondary") != NULL,
                                .guardians = import->planning.guardians,
                                .own_nine_digit_keys = cli_value(cli, "--own-numbers") != NULL};
    return CLI_DONE;
}

static enum status find_kind(struct work *work, void *context)
{
    struct import *import = context;
    struct school school;
    enum status st = school_find(work, &school);
    if (st == OK && school.kind == SCHOOL_SECONDARY)
        import->reading.secondary = true;
    return st;
}

static enum status plan(struct work *work, void *context)
{
    struct import *import = context;
    import->plan = (struct plan){0};
    enum status st = plan_make(work, &import->roster, &import->planning, &import->plan);
    if (st == OK)
        import->refusal = apply_refusal(&import->plan, &import->choices);
    return st;
}

/* The plan is made in the transaction that carries it out: nothing can come between. */
static enum status plan_and_apply(struct work *work, void *context)
{
    struct import *import = context;
    enum status st = plan(work, context);
    return st == OK && import->refusal == APPLY_FINE
               ? apply_plan(work, &import->plan, &import->choices)
               : st;
}

static const char *severity_word(const struct roster_problem *problem)
{
    return problem->severity == ROSTER_ERROR ? "error" : "warning";
}

/* "geboortedatum: This is no date …": the column by its name, when we have one. */
static const char *message_of(struct import *import, const struct roster_problem *problem)
{
    const char *text = trf(import->tr, import->cli.arena, roster_message_text(problem->message), 1,
                           problem->arg ? problem->arg : "");
    return *problem->column_name
               ? arena_printf(import->cli.arena, "%s: %s", problem->column_name, text)
               : text;
}

static json_t *json_problems(struct import *import)
{
    json_t *list = json_array();
    for (size_t i = 0; i < import->roster.problem_count; i++) {
        const struct roster_problem *problem = &import->roster.problems[i];
        json_array_append_new(
            list, json_pack("{s:s, s:s, s:I, s:I, s:s}", "severity", severity_word(problem), "file",
                            *problem->file ? problem->file : import->file, "line",
                            (json_int_t)problem->line, "column", (json_int_t)problem->column,
                            "message", message_of(import, problem)));
    }
    return list;
}

static int print_json(struct import *import)
{
    const struct plan *p = &import->plan;
    json_t *dropped = json_array();
    for (size_t i = 0; i < import->roster.dropped_count; i++)
        json_array_append_new(dropped, json_string(import->roster.dropped[i].field));
    json_t *all = json_pack("{s:s, s:{s:I, s:I, s:I}, s:I, s:I, s:I, s:I, s:o, s:o, s:b}", "format",
                            roster_format_name(import->roster.format), "new", "groups",
                            (json_int_t)p->new_groups, "pupils", (json_int_t)p->new_pupils, "staff",
                            (json_int_t)p->new_staff, "changed", (json_int_t)p->changed, "moved",
                            (json_int_t)p->moved, "left", (json_int_t)plan_left(p), "suspicious",
                            (json_int_t)p->suspect_count, "dropped", dropped, "problems",
                            json_problems(import), "applied", (int)import->applied);
    char *text = all ? json_dumps(all, JSON_COMPACT) : NULL;
    if (text)
        puts(text);
    json_decref(all);
    free(text);
    return text ? CLI_DONE : CLI_REFUSED;
}

static void print_problems(struct import *import)
{
    const struct roster *r = &import->roster;
    for (size_t i = 0; i < r->problem_count; i++) {
        const struct roster_problem *problem = &r->problems[i];
        printf("  %s: %s", severity_word(problem), *problem->file ? problem->file : import->file);
        if (problem->line)
            printf(", line %u", problem->line);
        if (problem->column)
            printf(", column %u", problem->column);
        printf(": %s\n", message_of(import, problem));
    }
    size_t more = r->error_count + r->warning_count - r->problem_count;
    if (more)
        printf("  and %zu more\n", more);
}

static void print_suspects(const struct import *import)
{
    for (size_t doubt = 0; doubt < PLAN_DOUBTS; doubt++) {
        size_t count = 0;
        unsigned line = 0;
        for (size_t i = 0; i < import->plan.suspect_count; i++) {
            const struct plan_suspect *suspect = &import->plan.suspects[i];
            if (suspect->doubt != (enum plan_doubt)doubt)
                continue;
            count++;
            line = line ? line : suspect->line;
        }
        if (count && line)
            printf("  %zu times, first on line %u: %s\n", count, line,
                   plan_doubt_text((enum plan_doubt)doubt));
        else if (count)
            printf("  %zu times: %s\n", count, plan_doubt_text((enum plan_doubt)doubt));
    }
}

static void print_year(const struct plan *p)
{
    printf("School year %d-%d", p->school_year, p->school_year + 1);
    if (p->newer || p->older)
        printf("; the active one is %d-%d and stays so", p->active_year, p->active_year + 1);
    printf("\n");
}

static void print_dropped(const struct roster *roster)
{
    if (roster->dropped_count == 0)
        return;
    printf("In the file, and not kept:");
    for (size_t i = 0; i < roster->dropped_count; i++)
        printf("%s %s", i ? "," : "", roster->dropped[i].field);
    printf("\n");
}

static void print_plan(struct import *import)
{
    const struct plan *p = &import->plan;
    print_year(p);
    printf("New: %zu groups, %zu pupils, %zu staff", p->new_groups, p->new_pupils, p->new_staff);
    if (import->planning.guardians)
        printf(", %zu parents", p->new_guardians);
    printf("\nChanged: %zu\nIn other groups: %zu pupils\nLeft: %zu pupils, %zu staff", p->changed,
           p->moved, p->left_pupils, p->left_staff);
    if (p->tie_count)
        printf(", %zu parents of a pupil", p->tie_count);
    printf("\n");
    if (p->left_before)
        printf("Left before, not taken in: %zu\n", p->left_before);
    if (p->held)
        printf("Probably here under another key: %zu%s\n", p->held,
               import->choices.same == PLAN_DECIDE_LATER
                   ? " (left as they are; --same-people or --new-people decides)"
                   : "");
    if (p->suspect_count)
        printf("To look at:\n");
    print_suspects(import);
}

static void print_human(struct import *import)
{
    bool readable = roster_applicable(&import->roster);
    printf("%s: %s\n", import->file, roster_format_name(import->roster.format));
    if (readable)
        print_plan(import);
    print_dropped(&import->roster);
    if (import->roster.problem_count)
        printf("In the file:\n");
    print_problems(import);
    if (import->applied)
        printf("Done.\n");
    else if (readable && !cli_value(&import->cli, "--apply"))
        printf("Nothing was written; --apply does it.\n");
}

static int run_roster(struct import *import)
{
    struct cli *cli = &import->cli;
    bool apply = cli_value(cli, "--apply") != NULL;
    enum status st = OK;
    if (roster_applicable(&import->roster))
        st = cli_transaction(cli, apply, apply ? plan_and_apply : plan, import);
    import->applied =
        apply && st == OK && roster_applicable(&import->roster) && import->refusal == APPLY_FINE;
    if (cli->json && print_json(import) != CLI_DONE)
        return cli_refuse(cli, "out of memory");
    if (!cli->json && st == OK)
        print_human(import);
    if (!roster_applicable(&import->roster))
        return cli_refuse(cli, "the file has %zu errors; nothing was written",
                          import->roster.error_count);
    if (st != OK)
        return cli_refuse(cli, "%s; nothing was written", cli_reason(st));
    if (apply && import->refusal != APPLY_FINE)
        return cli_refuse(cli, "%s Nothing was written.", apply_refusal_text(import->refusal));
    return CLI_DONE;
}

/* A file that cannot be opened: the same object, so that a caller need not tell two answers apart.
 */
static int refuse_file(struct import *import, enum status st)
{
    const char *why = st == ERR_NOT_FOUND ? "the file does not exist" : cli_reason(st);
    if (import->cli.json) {
        json_t *all = json_pack(
            "{s:s, s:{s:i, s:i, s:i}, s:i, s:i, s:i, s:i, s:[], s:[{s:s, s:s, s:i, s:i, s:s}], s:b}",
            "format", roster_format_name(ROSTER_UNKNOWN), "new", "groups", 0, "pupils", 0, "staff",
            0, "changed", 0, "moved", 0, "left", 0, "suspicious", 0, "dropped", "problems",
            "severity", "error", "file", import->file, "line", 0, "column", 0, "message", why,
            "applied", 0);
        char *text = all ? json_dumps(all, JSON_COMPACT) : NULL;
        if (text)
            puts(text);
        json_decref(all);
        free(text);
    }
    return cli_refuse(&import->cli, "%s: %s", import->file, why);
}

static int import_file(struct import *import)
{
    struct cli *cli = &import->cli;
    int code = cli_open(cli, false);
    if (code == CLI_DONE)
        code = cli_school(cli);
    if (code != CLI_DONE)
        return code;
    enum status st = tr_new(LANG_EN, NULL, 0, &import->tr);
    if (st == OK)
        st = cli_transaction(cli, false, find_kind, import);
    if (st != OK)
        return cli_refuse(cli, "%s", cli_reason(st));
    import->reading.today = cli->work.today;
    st = roster_read(cli->arena, &(struct roster_source){.path = import->path}, &import->reading,
                     &import->roster);
    return st == OK ? run_roster(import) : refuse_file(import, st);
}

static int run(const struct command *command, int argc, char **argv)
{
    struct import import = {0};
    int code = CLI_DONE;
    if (!cli_parse(command, argc, argv, &import.cli, &code))
        return code;
    code = configure(&import);
    if (code == CLI_DONE)
        code = import_file(&import);
    tr_free(import.tr);
    cli_close(&import.cli);
    return code;
}

const struct command command_import = {
    .name = "import",
    .usage = "[--apply] FILE",
    .summary = "Compares a roster (EDEXML, OneRoster, SDS, CSV; file or folder) with the school.",
    .options = options,
    .run = run,
};
