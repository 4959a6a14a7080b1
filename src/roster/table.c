#include "roster/table.h"

#include <assert.h>
#include <strings.h>

#include "base/str.h"

#define WORD_MAX 64

/* Single-letter edits between two short words; more than WORD_MAX letters count as far apart. */
static size_t distance(const char *a, const char *b)
{
    size_t rows = strlen(a);
    size_t columns = strlen(b);
    if (rows > WORD_MAX || columns > WORD_MAX)
        return WORD_MAX;
    size_t cost[WORD_MAX + 1];
    for (size_t k = 0; k <= columns; k++)
        cost[k] = k;
    for (size_t i = 1; i <= rows; i++) {
        size_t diagonal = cost[0];
        cost[0] = i;
        for (size_t k = 1; k <= columns; k++) {
            size_t replace = diagonal + (a[i - 1] != b[k - 1]);
            size_t shorter = cost[k - 1] < cost[k] ? cost[k - 1] : cost[k];
            diagonal = cost[k];
            cost[k] = replace < shorter + 1 ? replace : shorter + 1;
        }
    }
    return cost[columns];
}

static bool is_slip(const char *written, const char *meant)
{
    return strcasecmp(written, meant) == 0 || (strlen(meant) >= 5 && distance(written, meant) <= 2);
}

/* Without the blanks that people leave around words. */
static const char *trimmed(const struct table *table, const char *text)
{
    return build_key(table->build, text);
}

static const struct column_spec *find_column(const struct table_spec *spec, const char *name)
{
    for (size_t i = 0; i < spec->count; i++)
        if (str_equal(spec->columns[i].name, name))
            return &spec->columns[i];
    return NULL;
}

static const char *suggest_column(const struct table_spec *spec, const char *name)
{
    for (size_t i = 0; i < spec->count; i++)
        if (is_slip(name, spec->columns[i].name))
            return spec->columns[i].name;
    return NULL;
}

static struct roster_at header_at(const struct table *table, size_t i, const char *name)
{
    return (struct roster_at){table->spec->file, table->csv.line, (unsigned)i + 1, name};
}

/* A column name in the file that no table has; it may be data, so only its number is told. */
static void unknown_column(struct table *table, size_t i, const char *name)
{
    if (str_starts(name, "metadata."))
        return;
    const char *meant = suggest_column(table->spec, name);
    build_problem(table->build, meant ? ROSTER_COLUMN_TYPO : ROSTER_COLUMN_UNKNOWN,
                  header_at(table, i, ""), meant);
}

static void use_column(struct table *table, size_t i, const struct column_spec *column, bool skip[])
{
    skip[i] = column->use == COLUMN_IGNORED || column->use == COLUMN_DROPPED;
    if (column->use == COLUMN_DROPPED)
        table->dropped_name[i] = column->name;
    if (skip[i])
        return;
    if (table->cell[column->column])
        build_problem(table->build, ROSTER_COLUMN_TWICE, header_at(table, i, column->name),
                      column->name);
    table->cell[column->column] = i + 1;
    table->name[column->column] = column->name;
}

static void read_header(struct table *table)
{
    const struct table_spec *spec = table->spec;
    bool skip[CSV_COLUMNS_MAX] = {false};
    table->header_count = table->csv.count;
    for (size_t i = 0; i < table->csv.count; i++) {
        const char *name = trimmed(table, csv_cell(&table->csv, i));
        const struct column_spec *column = find_column(spec, name);
        skip[i] = true;
        if (column)
            use_column(table, i, column, skip);
        else if (*name)
            unknown_column(table, i, name);
    }
    for (size_t i = 0; i < spec->count; i++) {
        const struct column_spec *column = &spec->columns[i];
        if (column->use == COLUMN_REQUIRED && !table->cell[column->column])
            build_problem(table->build, ROSTER_COLUMN_MISSING, header_at(table, 0, ""),
                          column->name);
    }
    if (table->csv.separator != ',' && table->csv.count > 1)
        build_problem(table->build, ROSTER_CSV_SEPARATOR,
                      (struct roster_at){spec->file, table->csv.line, 0, ""}, NULL);
    memcpy(table->csv.skip, skip, sizeof skip);
}

/* Passes on why the CSV reader stopped. */
static void csv_stopped(struct table *table)
{
    const struct csv *csv = &table->csv;
    table->build->unreadable = true;
    if (csv->status != OK)
        table->status = csv->status;
    else
        build_problem(
            table->build, csv->problem,
            (struct roster_at){table->spec->file, csv->problem_line, csv->problem_column, ""},
            csv->problem_arg);
}

static enum status open_checked(struct table *table)
{
    size_t errors = table->build->set.error_count;
    if (csv_open(&table->csv, &table->stream, false) != OK) {
        csv_stopped(table);
        return table->status == OK ? ERR_INVALID : table->status;
    }
    switch (csv_next(&table->csv)) {
    case CSV_ROW:
        read_header(table);
        break;
    case CSV_END:
        build_problem(table->build, ROSTER_FILE_EMPTY,
                      (struct roster_at){table->spec->file, 0, 0, ""}, NULL);
        break;
    case CSV_STOPPED:
        csv_stopped(table);
        break;
    }
    if (table->status != OK)
        return table->status;
    return table->build->set.error_count > errors ? ERR_INVALID : OK;
}

enum status table_open(struct table *table, struct roster_build *b, struct package *package,
                       const struct table_spec *spec)
{
    assert(table && b && package && spec);
    *table = (struct table){.build = b, .spec = spec};
    enum status st = input_open(package, spec->file, &table->stream);
    if (st == ERR_CORRUPT) {
        build_problem(b, ROSTER_ZIP_BROKEN, (struct roster_at){spec->file, 0, 0, ""}, NULL);
        return ERR_INVALID;
    }
    if (st != OK)
        return st;
    st = open_checked(table);
    if (st != OK)
        table_close(table);
    return st;
}

static bool has_right_width(struct table *table)
{
    const struct csv *csv = &table->csv;
    struct roster_at at = {table->spec->file, csv->line, 0, ""};
    for (size_t i = table->header_count; i < csv->count; i++)
        if (csv->filled[i]) {
            at.column = (unsigned)i + 1;
            build_problem(table->build, ROSTER_CSV_ROW_WIDE, at, NULL);
            return false;
        }
    if (csv->count >= table->header_count)
        return true;
    build_problem(table->build, ROSTER_CSV_ROW_SHORT, at, NULL);
    return false;
}

bool table_next(struct table *table)
{
    for (;;) {
        if (build_stopped(table->build))
            return false;
        enum csv_step step = csv_next(&table->csv);
        if (step == CSV_STOPPED)
            csv_stopped(table);
        if (step != CSV_ROW)
            return false;
        for (size_t i = 0; i < table->csv.count && i < table->header_count; i++)
            table->dropped[i] += table->dropped_name[i] && table->csv.filled[i];
        if (has_right_width(table))
            return true;
    }
}

const char *table_cell(const struct table *table, enum column column)
{
    size_t cell = table->cell[column];
    return cell ? csv_cell(&table->csv, cell - 1) : "";
}

struct roster_at table_at(const struct table *table, enum column column)
{
    return (struct roster_at){table->spec->file, table->csv.line, (unsigned)table->cell[column],
                              table->name[column] ? table->name[column] : ""};
}

size_t table_choice(const struct table *table, enum column column, const char *const values[],
                    size_t count)
{
    const char *written = trimmed(table, table_cell(table, column));
    for (size_t i = 0; i < count; i++)
        if (str_equal(values[i], written))
            return i;
    const char *meant = NULL;
    for (size_t i = 0; i < count && !meant; i++)
        if (is_slip(written, values[i]))
            meant = values[i];
    build_problem(table->build, meant ? ROSTER_VALUE_TYPO : ROSTER_VALUE_UNKNOWN,
                  table_at(table, column), meant);
    return count;
}

void table_close(struct table *table)
{
    for (size_t i = 0; i < table->header_count; i++)
        if (table->dropped_name[i])
            build_drop(table->build, table->dropped_name[i], table->dropped[i]);
    csv_close(&table->csv);
    input_close(&table->stream);
}
