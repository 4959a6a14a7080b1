/*
 * table: one CSV file of a package, read by column names. Checks the header against a table of
 * known columns, so that a reader only ever sees cells it declared; columns that may not be read
 * are not kept by the CSV reader at all. Used by OneRoster and SDS, whose rules for CSV are strict.
 */
#ifndef ROSTER_TABLE_H
#define ROSTER_TABLE_H

#include "roster/csv.h"

/* What the columns mean, whatever a format calls them. */
enum column {
    COLUMN_NONE,
    COLUMN_KEY,
    COLUMN_STATUS,
    COLUMN_PROPERTY,
    COLUMN_VALUE,
    COLUMN_NAME,
    COLUMN_TYPE,
    COLUMN_IDENTIFIER,
    COLUMN_COURSE,
    COLUMN_ORG,
    COLUMN_GRADES,
    COLUMN_ROLE,
    COLUMN_GIVEN_NAME,
    COLUMN_MIDDLE_NAME,
    COLUMN_FAMILY_NAME,
    COLUMN_CALL_NAME,
    COLUMN_PREFERRED_FAMILY_NAME,
    COLUMN_EMAIL,
    COLUMN_AGENTS,
    COLUMN_USER,
    COLUMN_CLASS,
    COLUMN_PRIMARY,
    COLUMN_START,
    COLUMN_END,
    COLUMN_BORN,
    COLUMN_RELATED,
};
#define COLUMNS (COLUMN_RELATED + 1)

enum column_use {
    COLUMN_IGNORED, /* known, not read, not worth a mention */
    COLUMN_READ,
    COLUMN_REQUIRED, /* read; the header must have it */
    COLUMN_DROPPED,  /* personal data that is not read: counted and reported */
};

struct column_spec {
    const char *name;
    enum column_use use;
    enum column column;
};

/* A column of a format, by its name in the header. */
#define SPEC_READ(name, column)                                                                    \
    {                                                                                              \
        name, COLUMN_READ, column                                                                  \
    }
#define SPEC_NEED(name, column)                                                                    \
    {                                                                                              \
        name, COLUMN_REQUIRED, column                                                              \
    }
#define SPEC_DROP(name)                                                                            \
    {                                                                                              \
        name, COLUMN_DROPPED, COLUMN_NONE                                                          \
    }
#define SPEC_SKIP(name)                                                                            \
    {                                                                                              \
        name, COLUMN_IGNORED, COLUMN_NONE                                                          \
    }

struct table_spec {
    const char *file; /* "users.csv" */
    const struct column_spec *columns;
    size_t count;
};

struct table {
    struct roster_build *build;
    const struct table_spec *spec;
    struct stream stream;
    struct csv csv;
    enum status status; /* ERR_IO or ERR_NOMEM when reading failed */
    size_t header_count;
    size_t cell[COLUMNS]; /* position of the cell + 1; 0 = not in this file */
    const char *name[COLUMNS];
    size_t dropped[CSV_COLUMNS_MAX];           /* filled cells */
    const char *dropped_name[CSV_COLUMNS_MAX]; /* NULL: not a dropped column */
};

/*
 * Opens the file and reads its header. ERR_NOT_FOUND when the package lacks it, ERR_INVALID when it
 * cannot be used (the build has the problems), ERR_IO, ERR_NOMEM. Close only after OK.
 */
NODISCARD enum status table_open(struct table *table, struct roster_build *b,
                                 struct package *package, const struct table_spec *spec);

/* The next row. False at the end and when nothing more can be read; see table->status. */
bool table_next(struct table *table);

/* The cell of this row as written, "" when the file has no such column. */
const char *table_cell(const struct table *table, enum column column);

/* Where that cell stands, for problems. */
struct roster_at table_at(const struct table *table, enum column column);

/*
 * Position of the cell's value in `values`, count when it is none of them. Then a problem was
 * recorded, with a suggestion when the value is one slip or capital away.
 */
size_t table_choice(const struct table *table, enum column column, const char *const values[],
                    size_t count);

/* Reports what was dropped. */
void table_close(struct table *table);

#endif
