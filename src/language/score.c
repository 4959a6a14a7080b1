#include "language/score.h"

#include <string.h>

#include "base/arena.h"
#include "base/str.h"

static size_t count_of(const char *text, size_t len, char c)
{
    size_t count = 0;
    for (size_t i = 0; i < len; i++)
        count += text[i] == c;
    return count;
}

/* Cuts a line into cells; what is missing is "", what is too much is left out. */
static void cut_line(char *line, const char **cells, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const char *cell = str_split(&line, '\t');
        cells[i] = cell ? cell : "";
    }
}

enum status score_table_read(struct arena *arena, const char *text, size_t len,
                             struct score_table *ret_table)
{
    char *rest = arena_strndup(arena, text, len);
    size_t lines = count_of(text, len, '\n') + 1;
    char *header = str_split(&rest, '\n');
    if (!header || !*header)
        return ERR_INVALID;
    size_t columns = count_of(header, strlen(header), '\t') + 1;
    const char **names = ARENA_ARRAY(arena, const char *, columns);
    const char **cells = ARENA_ARRAY(arena, const char *, columns *lines);
    if (arena_failed(arena))
        return ERR_NOMEM;
    cut_line(header, names, columns);
    struct score_table table = {.names = names, .column_count = columns, .cells = cells};
    for (char *line; (line = str_split(&rest, '\n'));) {
        if (!*line)
            continue;
        cut_line(line, cells + table.row_count * columns, columns);
        table.row_count++;
    }
    *ret_table = table;
    return OK;
}

enum status score_column(const struct score_table *table, const char *name, size_t *ret_column)
{
    for (size_t i = 0; i < table->column_count; i++) {
        if (str_equal(table->names[i], name)) {
            *ret_column = i;
            return OK;
        }
    }
    return ERR_NOT_FOUND;
}

const char *score_cell(const struct score_table *table, size_t row, size_t column)
{
    return table->cells[row * table->column_count + column];
}

void score_init(struct score *score, const char *const *labels, size_t label_count)
{
    *score = (struct score){.labels = labels, .label_count = label_count};
}

static bool is_listed(const char *list, const char *word)
{
    size_t len = strlen(word);
    for (const char *at = list; at; at = strchr(at, ',')) {
        at += *at == ',';
        if (strncmp(at, word, len) == 0 && (at[len] == '\0' || at[len] == ','))
            return true;
    }
    return false;
}

void score_add(struct score *score, const char *label, const char *also, size_t said)
{
    size_t truth = 0;
    while (truth < score->label_count && !str_equal(score->labels[truth], label))
        truth++;
    if (truth == score->label_count) {
        score->unknown++;
        return;
    }
    score->rows++;
    score->taken[truth][said]++;
    score->right += truth == said;
    score->lenient += truth == said || is_listed(also, score->labels[said]);
}

static size_t true_rows(const struct score *score, size_t label)
{
    size_t rows = 0;
    for (size_t i = 0; i < score->label_count; i++)
        rows += score->taken[label][i];
    return rows;
}

static size_t said_rows(const struct score *score, size_t label)
{
    size_t rows = 0;
    for (size_t i = 0; i < score->label_count; i++)
        rows += score->taken[i][label];
    return rows;
}

static double share(size_t part, size_t whole)
{
    return whole ? (double)part / (double)whole : 0;
}

double score_precision(const struct score *score, size_t label)
{
    return share(score->taken[label][label], said_rows(score, label));
}

double score_recall(const struct score *score, size_t label)
{
    return share(score->taken[label][label], true_rows(score, label));
}

double score_f1(const struct score *score, size_t label)
{
    return share(2 * score->taken[label][label], said_rows(score, label) + true_rows(score, label));
}

double score_accuracy(const struct score *score)
{
    return share(score->right, score->rows);
}

double score_macro_f1(const struct score *score)
{
    double sum = 0;
    size_t classes = 0;
    for (size_t i = 0; i < score->label_count; i++) {
        if (true_rows(score, i) == 0)
            continue;
        sum += score_f1(score, i);
        classes++;
    }
    return classes ? sum / (double)classes : 0;
}

void score_print(const struct score *score, FILE *to)
{
    fprintf(to, "rows      %zu\naccuracy  %.3f\nlenient   %.3f\nmacro-F1  %.3f\n", score->rows,
            score_accuracy(score), share(score->lenient, score->rows), score_macro_f1(score));
    if (score->unknown)
        fprintf(to, "unknown   %zu rows with a label of no list\n", score->unknown);
    fprintf(to, "\n%-12s %6s %10s %8s %6s\n", "class", "rows", "precision", "recall", "F1");
    for (size_t i = 0; i < score->label_count; i++)
        fprintf(to, "%-12s %6zu %10.3f %8.3f %6.3f\n", score->labels[i], true_rows(score, i),
                score_precision(score, i), score_recall(score, i), score_f1(score, i));
    fprintf(to, "\ntrue \\ said ");
    for (size_t i = 0; i < score->label_count; i++)
        fprintf(to, " %5.5s", score->labels[i]);
    for (size_t i = 0; i < score->label_count; i++) {
        fprintf(to, "\n%-12s", score->labels[i]);
        for (size_t k = 0; k < score->label_count; k++)
            fprintf(to, " %5zu", score->taken[i][k]);
    }
    (void)fputc('\n', to);
}
