#include "operate/commands.h"

#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "i18n/tr.h"
#include "language/score.h"
#include "language/sharpen.h"
#include "operate/cli.h"
#include "operate/instrument.h"

/*
 * sharpen: the goal sharpener for a shell: what each line of a file is and what to ask about it, or
 * how well it labels a file that people labelled. Needs no state, database or keys.
 */

#define LINE_ARENA ((size_t)4 * 1024 * 1024)

static const struct cli_option options[] = {
    {"--score", "TSV", "how well it labels this file (columns text, label, also, verb …)"},
    {"--language", "nl|en", "of questions and tips (nl)"},
    {NULL, NULL, NULL},
};

static json_t *flags_json(const struct sharpen *sharpen)
{
    json_t *flags = json_object();
    for (size_t i = 0; i < SHARPEN_FLAG_COUNT; i++)
        json_object_set_new(flags, sharpen_flag_name((enum sharpen_flag)i),
                            json_boolean(sharpen->has[i]));
    return flags;
}

static json_t *spans_json(const char *line, const struct sharpen *sharpen)
{
    json_t *spans = json_array();
    for (size_t i = 0; i < sharpen->span_count; i++) {
        const struct sharpen_span *span = &sharpen->spans[i];
        const char *what = span->is_flag ? sharpen_flag_name((enum sharpen_flag)span->what)
                                         : sharpen_label_name((enum sharpen_label)span->what);
        json_array_append_new(spans, json_pack("{s:I, s:I, s:s, s:o}", "at", (json_int_t)span->at,
                                               "len", (json_int_t)span->len, "what", what, "text",
                                               json_stringn(line + span->at, span->len)));
    }
    return spans;
}

/* The questions of the kind, and those behind the parts that a goal still misses. */
static size_t list_questions(const struct sharpen *sharpen, const char *ret_questions[])
{
    size_t count = 0;
    for (const char *const *q = sharpen_questions(sharpen->label); *q; q++)
        ret_questions[count++] = *q;
    for (size_t i = 0; sharpen->label == SHARPEN_PARTLY && i < SHARPEN_FLAG_COUNT; i++)
        if (!sharpen->has[i])
            ret_questions[count++] = sharpen_part_question((enum sharpen_flag)i);
    if (sharpen->label == SHARPEN_SMART)
        ret_questions[count++] = sharpen_agreed_question();
    return count;
}

static size_t list_tips(const struct sharpen *sharpen, const char *ret_tips[])
{
    size_t count = 0;
    for (size_t i = 0; sharpen->is_goal && i < SHARPEN_FLAG_COUNT; i++)
        if (!sharpen->has[i])
            ret_tips[count++] = sharpen_tip((enum sharpen_flag)i);
    return count;
}

#define SAID_MAX (SHARPEN_QUESTIONS_MAX + SHARPEN_FLAG_COUNT + 1)

static json_t *texts_json(const struct instrument_run *run, const char *const *texts, size_t count)
{
    json_t *list = json_array();
    for (size_t i = 0; i < count; i++)
        json_array_append_new(list, json_string(tr(run->tr, texts[i])));
    return list;
}

static json_t *line_json(const struct instrument_run *run, const char *line,
                         const struct sharpen *sharpen)
{
    const char *questions[SAID_MAX], *tips[SAID_MAX];
    size_t question_count = list_questions(sharpen, questions);
    size_t tip_count = list_tips(sharpen, tips);
    return json_pack("{s:s,s:s,s:s,s:o,s:s,s:s,s:o,s:s,s:o,s:o,s:s}", "text", line, "label",
                     sharpen_label_name(sharpen->label), "form",
                     sharpen->is_goal ? "doel" : "uitspraak", "flags", flags_json(sharpen),
                     "certainty", sharpen_certainty_name(sharpen->certainty), "rule", sharpen->rule,
                     "spans", spans_json(line, sharpen), "explanation",
                     tr(run->tr, sharpen_explanation(sharpen->label)), "questions",
                     texts_json(run, questions, question_count), "tips",
                     texts_json(run, tips, tip_count), "proposal", sharpen->proposal);
}

static void print_line(const struct instrument_run *run, const char *line,
                       const struct sharpen *sharpen)
{
    const char *questions[SAID_MAX], *tips[SAID_MAX];
    size_t question_count = list_questions(sharpen, questions);
    size_t tip_count = list_tips(sharpen, tips);
    printf("%s\t%s\t%s\t%s\n", sharpen_label_name(sharpen->label),
           sharpen_certainty_name(sharpen->certainty), sharpen->rule, line);
    printf("\t%s\n", tr(run->tr, sharpen_explanation(sharpen->label)));
    for (size_t i = 0; i < question_count; i++)
        printf("\t? %s\n", tr(run->tr, questions[i]));
    for (size_t i = 0; i < tip_count; i++)
        printf("\t* %s\n", tr(run->tr, tips[i]));
    printf("\t→ %s\n", sharpen->proposal);
}

static enum status read_line(const struct instrument_run *run, const char *line, size_t len,
                             json_t **ret_json)
{
    struct sharpen sharpen;
    enum status st = sharpen_read(run->arena, line, len, &sharpen);
    if (st == OK && ret_json)
        *ret_json = line_json(run, line, &sharpen);
    else if (st == OK)
        print_line(run, line, &sharpen);
    return st;
}

/* Yes and no, of people and of the instrument, for one part of a goal. */
struct part_score {
    size_t taken[2][2]; /* [true][said] */
    size_t column;
};

static double share(size_t part, size_t whole)
{
    return whole ? (double)part / (double)whole : 0;
}

static void print_parts(const struct part_score *parts, size_t rows)
{
    printf("\n%-12s %9s %9s %9s %9s\n", "flag", "accuracy", "precision", "recall", "F1");
    for (size_t i = 0; i < SHARPEN_FLAG_COUNT; i++) {
        const struct part_score *p = &parts[i];
        size_t both = p->taken[1][1];
        double precision = share(both, both + p->taken[0][1]);
        double recall = share(both, both + p->taken[1][0]);
        double sum = precision + recall;
        printf("%-12s %9.3f %9.3f %9.3f %9.3f\n", sharpen_flag_name((enum sharpen_flag)i),
               share(both + p->taken[0][0], rows), precision, recall,
               sum > 0 ? 2 * precision * recall / sum : 0);
    }
}

static bool find_columns(const struct score_table *table, size_t *text, size_t *label, size_t *also,
                         struct part_score *parts)
{
    bool found = score_column(table, "text", text) == OK &&
                 score_column(table, "label", label) == OK &&
                 score_column(table, "also", also) == OK;
    for (size_t i = 0; i < SHARPEN_FLAG_COUNT; i++)
        found = found && score_column(table, sharpen_flag_name((enum sharpen_flag)i),
                                      &parts[i].column) == OK;
    return found;
}

static int score_file(const struct instrument_run *run, const char *file, struct bytes content)
{
    struct score_table table;
    struct part_score parts[SHARPEN_FLAG_COUNT] = {0};
    size_t text, label, also;
    enum status st =
        score_table_read(run->cli->arena, (const char *)content.data, content.len, &table);
    if (st != OK || !find_columns(&table, &text, &label, &also, parts))
        return instrument_lacks_columns(run, file);
    const char *names[SHARPEN_LABEL_COUNT];
    for (size_t i = 0; i < SHARPEN_LABEL_COUNT; i++)
        names[i] = sharpen_label_name((enum sharpen_label)i);
    struct score score;
    score_init(&score, names, SHARPEN_LABEL_COUNT);
    for (size_t row = 0; row < table.row_count; row++) {
        const char *line = score_cell(&table, row, text);
        struct sharpen sharpen;
        arena_reset(run->arena);
        st = sharpen_read(run->arena, line, strlen(line), &sharpen);
        if (st != OK)
            return instrument_bad_row(run, file, row, st);
        score_add(&score, score_cell(&table, row, label), score_cell(&table, row, also),
                  sharpen.label);
        for (size_t i = 0; i < SHARPEN_FLAG_COUNT; i++)
            parts[i]
                .taken[str_equal(score_cell(&table, row, parts[i].column), "1")][sharpen.has[i]]++;
    }
    score_print(&score, stdout);
    print_parts(parts, table.row_count);
    printf("\nprecision of smart %.3f\n", score_precision(&score, SHARPEN_SMART));
    return CLI_DONE;
}

static const struct instrument sharpener = {
    .arena_size = LINE_ARENA,
    .too_long = "longer than 4 KiB",
    .columns = "text, label, also, verb, criterion, context and time",
    .line = read_line,
    .score = score_file,
};

static int run_sharpen(const struct command *command, int argc, char **argv)
{
    return instrument_run(&sharpener, command, argc, argv);
}

const struct command command_sharpen = {
    .name = "sharpen",
    .usage = "[FILE|-]",
    .summary = "make vague remarks about pupils into goals, a line each",
    .options = options,
    .run = run_sharpen,
};
