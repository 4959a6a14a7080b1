#include "operate/commands.h"

#include <jansson.h>
#include <sodium.h>
#include <stdio.h>

#include "access/audit.h"
#include "base/arena.h"
#include "base/date.h"
#include "base/str.h"
#include "db/db.h"
#include "operate/cli.h"
#include "operate/json_text.h"
#include "person/erasure.h"
#include "school/school.h"

/* audit: whether the log holds, and what is in it. The log has ids and actions, no names. */

#define LIST_MOST 100000
#define LIST_DEFAULT 200
#define MARKS_MOST 20000 /* a line a day for each of twenty schools, some years long */
#define MARK_LINE 200

static const char *actor_name(int kind)
{
    static const char *const names[] = {"nobody",   "staff",   "pupil",
                                        "guardian", "program", "nobody"};
    return kind >= 0 && kind <= 5 ? names[kind] : "unknown";
}

/* --- heads, kept outside: "SCHOOL ROW HASH TIME" -------------------------------------------------
 */

/* One line of such a file. */
struct mark {
    struct school_id school;
    struct audit_head head;
    const char *at;
    bool seen; /* its school is here */
};

struct marks {
    struct mark *list;
    size_t count;
};

static enum status print_heads(struct work *work, void *context)
{
    const struct cli *cli = context;
    struct school_id *schools = NULL;
    size_t count = 0;
    enum status st = school_ids(work, &schools, &count);
    for (size_t i = 0; st == OK && i < count; i++) {
        struct audit_head head;
        char hash[2 * AUDIT_HEAD_BYTES + 1];
        st = audit_head_now(work->db, work->arena, schools[i], &head);
        if (st != OK)
            return st;
        (void)sodium_bin2hex(hash, sizeof hash, head.hash, sizeof head.hash);
        const char *at = json_moment(work->arena, work->now_ms);
        if (!cli->json)
            printf("%s %lld %s %s\n", id_text(schools[i].v).s, (long long)head.seq, hash, at);
        else if (cli_print_json(cli, json_pack("{s:s, s:I, s:s, s:s}", "school",
                                               id_text(schools[i].v).s, "row", (json_int_t)head.seq,
                                               "hash", hash, "at", at)) != CLI_DONE)
            return ERR_NOMEM;
    }
    return st;
}

static int head(struct cli *cli)
{
    enum status st = cli_transaction(cli, false, print_heads, cli);
    return st == OK ? CLI_DONE : cli_refuse(cli, "%s", cli_reason(st));
}

static bool parse_mark(struct arena *arena, const char *line, struct mark *ret)
{
    char *rest = arena_strdup(arena, line);
    const char *school = str_split(&rest, ' '), *row = rest ? str_split(&rest, ' ') : "";
    const char *hash = rest ? str_split(&rest, ' ') : "";
    size_t len = 0;
    *ret = (struct mark){.at = rest ? rest : ""};
    return id_parse(school, &ret->school.v) == OK && str_to_int64(row, &ret->head.seq) == OK &&
           ret->head.seq > 0 &&
           sodium_hex2bin(ret->head.hash, sizeof ret->head.hash, hash, strlen(hash), NULL, &len,
                          NULL) == 0 &&
           len == sizeof ret->head.hash && strlen(hash) == 2 * len;
}

/* Reads the lines that `audit head` printed. Empty ones and those with # before them are nothing.
 */
static int read_marks(struct cli *cli, const char *path, struct marks *ret)
{
    char line[MARK_LINE];
    FILE *file = fopen(path, "re");
    if (!file)
        return cli_refuse(cli, "%s cannot be read", path);
    *ret = (struct marks){.list = ARENA_ARRAY(cli->arena, struct mark, MARKS_MOST)};
    int code = ret->list ? CLI_DONE : cli_refuse(cli, "%s", cli_reason(ERR_NOMEM));
    for (size_t number = 1; code == CLI_DONE && fgets(line, sizeof line, file); number++) {
        line[strcspn(line, "\r\n")] = '\0';
        if (!*line || *line == '#')
            continue;
        if (ret->count == MARKS_MOST)
            code = cli_refuse(cli, "%s has more than %d lines", path, MARKS_MOST);
        else if (!parse_mark(cli->arena, line, &ret->list[ret->count]))
            code = cli_refuse(cli, "line %zu of %s is not one that `audit head` printed", number,
                              path);
        else
            ret->count++;
    }
    bool broken = ferror(file) != 0;
    (void)fclose(file); /* it was only read */
    return code == CLI_DONE && broken ? cli_refuse(cli, "%s cannot be read", path) : code;
}

/* --- verify -------------------------------------------------------------------------------------
 */

struct verifying {
    struct cli *cli;
    struct school_id only; /* none: all schools */
    struct marks since;
    struct erased_school *erased;
    size_t erased_count;
    struct json_t *list;
    bool broken;
};

/* The first head kept outside that this school's chain does not have any more; NULL: it has all. */
static enum status look_for_marks(struct verifying *v, struct work *work, struct school_id school,
                                  const struct mark **ret_lost)
{
    *ret_lost = NULL;
    for (size_t i = 0; i < v->since.count; i++) {
        struct mark *mark = &v->since.list[i];
        bool holds = false;
        if (mark->school.v != school.v)
            continue;
        mark->seen = true;
        enum status st = audit_head_holds(work->db, work->arena, school, &mark->head, &holds);
        if (st != OK)
            return st;
        if (!holds && !*ret_lost)
            *ret_lost = mark;
    }
    return OK;
}

static enum status verify_one(struct verifying *v, struct work *work, struct school_id school)
{
    struct audit_verdict verdict;
    const struct mark *lost = NULL;
    enum status st = audit_verify(work->db, work->vault, work->arena, school, &verdict);
    if (st != OK && st != ERR_CORRUPT)
        return st;
    enum status looked = look_for_marks(v, work, school, &lost);
    if (looked != OK)
        return looked;
    v->broken |= st == ERR_CORRUPT || lost;
    int64_t lost_at = lost ? lost->head.seq : 0;
    if (v->cli->json)
        return json_array_append_new(
                   v->list,
                   json_pack("{s:s, s:b, s:I, s:I, s:I}", "school", id_text(school.v).s, "holds",
                             st == OK && !lost, "rows", (json_int_t)verdict.rows, "broken_at",
                             (json_int_t)verdict.broken_at, "lost", (json_int_t)lost_at)) == 0
                   ? OK
                   : ERR_NOMEM;
    if (lost)
        printf(
            "school %s: row %lld is not the one of %s: an older or another log was put in place\n",
            id_text(school.v).s, (long long)lost_at, lost->at);
    if (st == OK && !lost)
        printf("school %s: %lld rows, the chain holds\n", id_text(school.v).s,
               (long long)verdict.rows);
    else if (st != OK)
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
    if (st == OK)
        st = erasure_schools(work, &v->erased, &v->erased_count);
    for (size_t i = 0; st == OK && i < count; i++) {
        if (v->only.v && v->only.v != schools[i].v)
            continue;
        found = true;
        st = verify_one(v, work, schools[i]);
    }
    return st == OK && !found ? ERR_NOT_FOUND : st;
}

static bool was_erased(const struct verifying *v, struct school_id school)
{
    for (size_t i = 0; i < v->erased_count; i++)
        if (v->erased[i].school.v == school.v)
            return true;
    return false;
}

/*
 * Schools of the file that are not in the database at all: that is how an old copy looks, too;
 * unless they were erased.
 */
static void tell_absent(struct verifying *v)
{
    for (size_t i = 0; i < v->since.count; i++) {
        const struct mark *mark = &v->since.list[i];
        if (mark->seen || (v->only.v && v->only.v != mark->school.v))
            continue;
        if (was_erased(v, mark->school))
            continue;
        fprintf(stderr, "weerklank audit: school %s of %s is not here\n", id_text(mark->school.v).s,
                mark->at);
        v->broken = true;
    }
}

static int verify(struct cli *cli)
{
    struct verifying v = {.cli = cli, .list = json_array()};
    const char *school = cli_value(cli, "--school"), *since = cli_value(cli, "--since");
    int code = school ? cli_id(cli, school, "school", &v.only.v) : CLI_DONE;
    if (code == CLI_DONE && since)
        code = read_marks(cli, since, &v.since);
    if (code == CLI_DONE) {
        enum status st = cli_transaction(cli, false, verify_all, &v);
        if (st == OK)
            tell_absent(&v);
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
    {"verify", "[--school ID] [--since FILE]",
     "walks the chains: was a row changed, put in or taken out?", verify},
    {"head", "", "where the chains stand now: keep these lines outside this machine", head},
    {"list", "[--school ID] [--pupil ID]", "the log, newest first; with --json one object a line",
     list},
    {NULL, NULL, NULL, NULL},
};

static const struct cli_option options[] = {
    {"--school", "ID", "which school (list: the only one; verify: all)"},
    {"--since", "FILE", "verify: lines of `audit head`, kept outside, that must still be so"},
    {"--pupil", "ID", "only about this pupil"},
    {"--most", "N", "at most so many lines (200)"},
    {NULL, NULL, NULL},
};

const struct command command_audit = {
    .name = "audit",
    .usage = "verify|head|list",
    .summary = "The log of who saw and changed what: does it hold, and what is in it.",
    .options = options,
    .verbs = verbs,
    .run = cli_run_verb,
};
