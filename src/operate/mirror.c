#include "operate/commands.h"

#include <errno.h>
#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"
#include "i18n/tr.h"
#include "language/mirror.h"
#include "language/score.h"
#include "operate/cli.h"
#include "operate/cli_input.h"

/*
 * mirror: the question mirror for a shell: one verdict per line of a file, or how well it labels a
 * file that people labelled. Needs no state, database or keys.
 */

#define TURN_ARENA ((size_t)64 * 1024 * 1024)

struct run {
    struct cli *cli;
    const struct tr *tr;
    struct arena *arena; /* of one turn */
};

static const struct cli_option options[] = {
    {"--score", "TSV", "how well it labels this file (columns text, label, also)"},
    {"--language", "nl|en", "of the explanations (nl)"},
    {NULL, NULL, NULL},
};

static json_t *labels_json(uint32_t set)
{
    json_t *list = json_array();
    for (size_t i = 0; i < MIRROR_LABELS; i++)
        if (set & (1u << i))
            json_array_append_new(list, json_string(mirror_label_names[i]));
    return list;
}

static json_t *verdict_json(const struct run *run, const char *line,
                            const struct mirror_verdict *verdict)
{
    json_t *spans = json_array();
    for (size_t i = 0; i < verdict->span_count; i++) {
        struct mirror_span span = verdict->spans[i];
        json_array_append_new(spans, json_pack("{s:I,s:I,s:o}", "at", (json_int_t)span.at, "len",
                                               (json_int_t)span.len, "text",
                                               json_stringn(line + span.at, span.len)));
    }
    json_t *remarks = json_array(), *rewrites = json_array();
    for (size_t i = 0; i < verdict->remark_count; i++)
        json_array_append_new(remarks, json_string(tr(run->tr, verdict->remarks[i])));
    for (size_t i = 0; i < verdict->rewrite_count; i++)
        json_array_append_new(rewrites, json_string(verdict->rewrites[i]));
    return json_pack("{s:s,s:s,s:o,s:s,s:s,s:s,s:o,s:o,s:o,s:b}", "text", line, "label",
                     mirror_label_names[verdict->label], "also", labels_json(verdict->also),
                     "certainty", mirror_certainty_names[verdict->certainty], "rule", verdict->rule,
                     "cue", verdict->cue, "spans", spans, "explanation", remarks, "rewrites",
                     rewrites, "harm", verdict->harm);
}

static void print_verdict(const struct run *run, const char *line,
                          const struct mirror_verdict *verdict)
{
    printf("%s\t%s\t%s\t%s\n", mirror_label_names[verdict->label],
           mirror_certainty_names[verdict->certainty], verdict->rule, line);
    for (size_t i = 0; i < verdict->remark_count; i++)
        printf("\t%s\n", tr(run->tr, verdict->remarks[i]));
    for (size_t i = 0; i < verdict->rewrite_count; i++)
        printf("\t→ %s\n", verdict->rewrites[i]);
}

static int judge_lines(const struct run *run, const char *file, struct bytes content)
{
    char *rest = arena_strndup(run->cli->arena, (const char *)content.data, content.len);
    int number = 0, code = CLI_DONE;
    for (char *line; code == CLI_DONE && (line = str_split(&rest, '\n'));) {
        struct mirror_verdict verdict;
        number++;
        if (!*line)
            continue;
        arena_reset(run->arena);
        enum status st = mirror_judge(run->arena, line, strlen(line), &verdict);
        if (st != OK)
            return cli_refuse(run->cli, "%s:%d: %s", file, number,
                              st == ERR_LIMIT     ? "longer than 64 KiB"
                              : st == ERR_INVALID ? "not UTF-8"
                                                  : cli_reason(st));
        if (run->cli->json)
            code = cli_print_json(run->cli, verdict_json(run, line, &verdict));
        else
            print_verdict(run, line, &verdict);
    }
    return code;
}

static int score_file(const struct run *run, const char *file, struct bytes content)
{
    struct score_table table;
    size_t text, label, also;
    enum status st =
        score_table_read(run->cli->arena, (const char *)content.data, content.len, &table);
    if (st != OK || score_column(&table, "text", &text) != OK ||
        score_column(&table, "label", &label) != OK || score_column(&table, "also", &also) != OK)
        return cli_refuse(run->cli, "%s: the first line must name the columns text, label and also",
                          file);
    struct score score;
    score_init(&score, mirror_label_names, MIRROR_LABELS);
    for (size_t row = 0; row < table.row_count; row++) {
        const char *turn = score_cell(&table, row, text);
        struct mirror_verdict verdict;
        arena_reset(run->arena);
        st = mirror_judge(run->arena, turn, strlen(turn), &verdict);
        if (st != OK)
            return cli_refuse(run->cli, "%s: row %zu: %s", file, row + 1, cli_reason(st));
        score_add(&score, score_cell(&table, row, label), score_cell(&table, row, also),
                  verdict.label);
    }
    score_print(&score, stdout);
    return CLI_DONE;
}

static int run_with(struct cli *cli, const struct tr *tr)
{
    const char *scored = cli_value(cli, "--score");
    const char *file = scored ? scored : cli->word_count ? cli->words[0] : "-";
    struct bytes content;
    int code = cli_input_read(cli, file, &content);
    if (code != CLI_DONE)
        return code;
    struct run run = {cli, tr, arena_new(TURN_ARENA)};
    if (!run.arena)
        return cli_refuse(cli, "%s", cli_reason(ERR_NOMEM));
    code = scored ? score_file(&run, file, content) : judge_lines(&run, file, content);
    arena_free(run.arena);
    return code;
}

static int run_mirror(const struct command *command, int argc, char **argv)
{
    struct cli cli;
    int code;
    if (!cli_parse(command, argc, argv, &cli, &code))
        return code;
    const char *language = cli_value(&cli, "--language");
    struct tr *tr[LANG_COUNT];
    if (cli.word_count > 1)
        code = cli_usage(&cli, "one file at a time");
    else if (language && !str_equal(language, "nl") && !str_equal(language, "en"))
        code = cli_usage(&cli, "the language is nl or en");
    else if (tr_load_all(tr) != OK)
        code = cli_refuse(&cli, "the translations are broken");
    else {
        code = run_with(&cli, tr[language && str_equal(language, "en") ? LANG_EN : LANG_NL]);
        tr_free_all(tr);
    }
    cli_close(&cli);
    return code;
}

const struct command command_mirror = {
    .name = "mirror",
    .usage = "[FILE|-]",
    .summary = "judge what adults ask pupils, a turn per line",
    .options = options,
    .run = run_mirror,
};
