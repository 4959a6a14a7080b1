#include "operate/commands.h"

#include <jansson.h>
#include <stdio.h>

#include "access/audit.h"
#include "base/arena.h"
#include "base/date.h"
#include "base/str.h"
#include "db/db.h"
#include "operate/cli.h"
#include "operate/json_text.h"
#include "school/school.h"

/* audit: whether the log holds, and what is in it. The log has ids and actions, no names. */

#define LIST_MOST 100000
#define LIST_DEFAULT 200

static const char *actor_name(int kind)
{
    static const char *const names[] = {"nobody",   "staff",   "pupil",
                                        "guardian", "program", "nobody"};
    return kind >= 0 && kind <= 5 ? names[kind] : "unknown";
}

struct verifying {
    struct cli *cli;
    struct school_id only; /* none: all schools */
    struct json_t *list;
    bool broken;
};

static enum status verify_one(struct verifying *v, struct work *work, struct school_id school)
{
    struct audit_verdict verdict;
    enum status st = audit_verify(work->db, work->vault, work->arena, school, &verdict);
    if (st != OK && st != ERR_CORRUPT)
        return st;
    v->broken |= st == ERR_CORRUPT;
    if (v->cli->json)
        return json_array_append_new(
                   v->list, json_pack("{s:s, s:b, s:I, s:I}", "school", id_text(school.v).s,
                                      "holds", st == OK, "rows", (json_int_t)verdict.rows,
                                      "broken_at", (json_int_t)verdict.broken_at)) == 0
                   ? OK
                   : ERR_NOMEM;
    if (st == OK)
        printf("school %s: %lld rows, the chain holds\n", id_text(school.v).s,
               (long long)verdict.rows);
    else
        printf(
            "school %s: row %lld does not fit: it, or what was before it, was changed or removed\n",
            id_text(school.v).s, (long long)verdict.broken_at);
    return OK;
}

static enum status verify_all(struct work *work, void *context)
{
    struct verifying *v = context;
    struct school_id *schools = NULL;
    size_t count = 0;
    enum status st = school_ids(work, &schools, &count);
    bool found = v->only.v == 0;
    for (size_t i = 0; st == OK && i < count; i++) {
        if (v->only.v && v->only.v != schools[i].v)
            continue;
        found = true;
        st = verify_one(v, work, schools[i]);
    }
    return st == OK && !found ? ERR_NOT_FOUND : st;
}

static int verify(struct cli *cli)
{
    struct verifying v = {.cli = cli, .list = json_array()};
    const char *school = cli_value(cli, "--school");
    int code = school ? cli_id(cli, school, "school", &v.only.v) : CLI_DONE;
    if (code == CLI_DONE) {
        enum status st = cli_transaction(cli, false, verify_all, &v);
        code = st == ERR_NOT_FOUND ? cli_refuse(cli, "there is no such school")
               : st != OK          ? cli_refuse(cli, "%s", cli_reason(st))
               : v.broken          ? CLI_REFUSED
                                   : CLI_DONE;
        if (st == OK && cli->json) {
            int printed = cli_print_json(cli, json_incref(v.list));
            code = printed == CLI_DONE ? code : printed;
        }
    }
    json_decref(v.list);
    return code;
}

struct listing {
    struct pupil_id pupil;
    int most;
    struct audit_line *lines;
    size_t count;
};

static enum status read_lines(struct work *work, void *context)
{
    struct listing *l = context;
    if (l->pupil.v)
        return audit_of_pupil(work, l->pupil, l->most, &l->lines, &l->count);
    return audit_latest(work, INT64_MAX, 0, INT32_MAX, l->most, &l->lines, &l->count);
}

static const char *id_or_dash(struct arena *arena, int64_t id)
{
    return id ? arena_strdup(arena, id_text(id).s) : "-";
}

static int print_line(const struct cli *cli, const struct audit_line *line)
{
    const char *at = json_moment(cli->arena, line->at_ms);
    if (!cli->json) {
        printf("%s %s %s %s %s %s\n", at, audit_action_name(line->action),
               actor_name(line->actor_kind), id_or_dash(cli->arena, line->actor),
               id_or_dash(cli->arena, line->pupil), id_or_dash(cli->arena, line->subject));
        return CLI_DONE;
    }
    return cli_print_json(cli, json_pack("{s:s, s:s, s:s, s:s, s:s, s:s}", "at", at, "action",
                                         audit_action_name(line->action), "actor_kind",
                                         actor_name(line->actor_kind), "actor",
                                         id_or_dash(cli->arena, line->actor), "pupil",
                                         id_or_dash(cli->arena, line->pupil), "subject",
                                         id_or_dash(cli->arena, line->subject)));
}

static int list(struct cli *cli)
{
    struct listing l = {.most = LIST_DEFAULT};
    int code = cli_school(cli);
    if (code == CLI_DONE && cli_value(cli, "--pupil"))
        code = cli_id(cli, cli_value(cli, "--pupil"), "pupil", &l.pupil.v);
    int64_t most = 0;
    if (code == CLI_DONE && cli_value(cli, "--most")) {
        if (str_to_int64(cli_value(cli, "--most"), &most) != OK || most < 1 || most > LIST_MOST)
            return cli_usage(cli, "--most wants a number from 1 to %d", LIST_MOST);
        l.most = (int)most;
    }
    if (code != CLI_DONE)
        return code;
    enum status st = cli_transaction(cli, false, read_lines, &l);
    if (st != OK)
        return cli_refuse(cli, "%s", cli_reason(st));
    for (size_t i = 0; code == CLI_DONE && i < l.count; i++)
        code = print_line(cli, &l.lines[i]);
    return code;
}

static const struct cli_verb verbs[] = {
    {"verify", "[--school ID]", "walks the chains: was a row changed, put in or taken out?",
     verify},
    {"list", "[--school ID] [--pupil ID]", "the log, newest first; with --json one object a line",
     list},
    {NULL, NULL, NULL, NULL},
};

static const struct cli_option options[] = {
    {"--school", "ID", "which school (list: the only one; verify: all)"},
    {"--pupil", "ID", "only about this pupil"},
    {"--most", "N", "at most so many lines (200)"},
    {NULL, NULL, NULL},
};

const struct command command_audit = {
    .name = "audit",
    .usage = "verify|list",
    .summary = "The log of who saw and changed what: does it hold, and what is in it.",
    .options = options,
    .verbs = verbs,
    .run = cli_run_verb,
};
