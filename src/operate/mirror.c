#include "operate/commands.h"

#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "i18n/tr.h"
#include "language/mirror.h"
#include "language/score.h"
#include "operate/cli.h"
#include "operate/instrument.h"

/*
 * mirror: the question mirror for a shell: one verdict per line of a file, or how well it labels a
 * file that people labelled. Needs no state, database or keys.
 */

#define TURN_ARENA ((size_t)64 * 1024 * 1024)

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

static json_t *verdict_json(const struct instrument_run *run, const char *line,
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

static void print_verdict(const struct instrument_run *run, const char *line,
                          const struct mirror_verdict *verdict)
{
    printf("%s\t%s\t%s\t%s\n", mirror_label_names[verdict->label],
           mirror_certainty_names[verdict->certainty], verdict->rule, line);
    for (size_t i = 0; i < verdict->remark_count; i++)
        printf("\t%s\n", tr(run->tr, verdict->remarks[i]));
    for (size_t i = 0; i < verdict->rewrite_count; i++)
        printf("\t→ %s\n", verdict->rewrites[i]);
}

static enum status judge_line(const struct instrument_run *run, const char *line, size_t len,
                              json_t **ret_json)
{
    struct mirror_verdict verdict;
    enum status st = mirror_judge(run->arena, line, len, &verdict);
    if (st == OK && ret_json)
        *ret_json = verdict_json(run, line, &verdict);
    else if (st == OK)
        print_verdict(run, line, &verdict);
    return st;
}

static int score_file(const struct instrument_run *run, const char *file, struct bytes content)
{
    struct score_table table;
    size_t text, label, also;
    enum status st =
        score_table_read(run->cli->arena, (const char *)content.data, content.len, &table);
    if (st != OK || score_column(&table, "text", &text) != OK ||
        score_column(&table, "label", &label) != OK || score_column(&table, "also", &also) != OK)
        return instrument_lacks_columns(run, file);
    struct score score;
    score_init(&score, mirror_label_names, MIRROR_LABELS);
    for (size_t row = 0; row < table.row_count; row++) {
        const char *turn = score_cell(&table, row, text);
        struct mirror_verdict verdict;
        arena_reset(run->arena);
        st = mirror_judge(run->arena, turn, strlen(turn), &verdict);
        if (st != OK)
            return instrument_bad_row(run, file, row, st);
        score_add(&score, score_cell(&table, row, label), score_cell(&table, row, also),
                  verdict.label);
    }
    score_print(&score, stdout);
    return CLI_DONE;
}

static const struct instrument mirror = {
    .arena_size = TURN_ARENA,
    .too_long = "longer than 64 KiB",
    .columns = "text, label and also",
    .line = judge_line,
    .score = score_file,
};

static int run_mirror(const struct command *command, int argc, char **argv)
{
    return instrument_run(&mirror, command, argc, argv);
}

const struct command command_mirror = {
    .name = "mirror",
    .usage = "[FILE|-]",
    .summary = "judge what adults ask pupils, a turn per line",
    .options = options,
    .run = run_mirror,
};
