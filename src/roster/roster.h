/*
 * roster: what a school's administration says about its groups, pupils and staff, read from a file
 * into a staging set. Reads EDEXML 1.03-2.1 (also inside a UWLR answer), OneRoster 1.1 and 1.2 CSV,
 * Microsoft SDS 2.1 CSV and a plain CSV of our own. Knows no database: comparing the set with what
 * is stored, and applying it, is somebody else's.
 *
 * All or nothing: one problem of severity ROSTER_ERROR and every list of the set is empty, so that
 * nothing can be applied half. Problems never hold a name, a key or another value from the file:
 * they may be logged. The rest of the set is personal data and may not.
 *
 * What a conversation file has no right to know (national numbers, origin, address, passwords, sex,
 * telephone …) is recognised by its element or column and skipped before its text is collected;
 * only the name of the field and how often it came are kept.
 *
 * Every text of the set is valid UTF-8 in the arena, without control characters; "" = not given.
 */
#ifndef ROSTER_ROSTER_H
#define ROSTER_ROSTER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/date.h"
#include "base/status.h"

struct arena;

/* Limits on what is read; past one of them the whole file is refused. */
#define ROSTER_FILE_MAX ((size_t)50 * 1024 * 1024)
#define ROSTER_PACKAGE_MAX ((size_t)100 * 1024 * 1024) /* all files of a package, unpacked */
#define ROSTER_TEXT_MAX ((size_t)64 * 1024)
#define ROSTER_PUPILS_MAX 20000
#define ROSTER_STAFF_MAX 5000
#define ROSTER_GROUPS_MAX 10000
#define ROSTER_GUARDIANS_MAX 60000
#define ROSTER_LOCATIONS_MAX 500
#define ROSTER_MEMBERSHIPS_MAX 1000000
#define ROSTER_KEY_MAX 256  /* characters */
#define ROSTER_NAME_MAX 256 /* characters; longer is kept, with a warning */

/* At most this many problems of each severity are listed; the counts go on. */
#define ROSTER_PROBLEMS_MAX 250

enum roster_format {
    ROSTER_UNKNOWN,
    ROSTER_EDEXML,
    ROSTER_ONEROSTER_1_1,
    ROSTER_ONEROSTER_1_2,
    ROSTER_SDS_2_1,
    ROSTER_CSV,
};

/* EDEXML's jaargroep. The order is the order of a school career. */
enum roster_year {
    ROSTER_YEAR_UNKNOWN, /* not given, or not in the list */
    ROSTER_YEAR_BABY,    /* B */
    ROSTER_YEAR_TODDLER, /* D: dreumes */
    ROSTER_YEAR_0,       /* peutergroep */
    ROSTER_YEAR_1,
    ROSTER_YEAR_2,
    ROSTER_YEAR_3,
    ROSTER_YEAR_4,
    ROSTER_YEAR_5,
    ROSTER_YEAR_6,
    ROSTER_YEAR_7,
    ROSTER_YEAR_8,
    ROSTER_YEAR_11, /* secondary education, year 1 … 6 */
    ROSTER_YEAR_12,
    ROSTER_YEAR_13,
    ROSTER_YEAR_14,
    ROSTER_YEAR_15,
    ROSTER_YEAR_16,
    ROSTER_YEAR_SPECIAL,           /* S: s(b)o */
    ROSTER_YEAR_SPECIAL_SECONDARY, /* V: vso */
    ROSTER_YEAR_COMBINED,          /* C: look at the pupil's own year */
    ROSTER_YEAR_OTHER,             /* N: neither primary nor secondary */
    ROSTER_YEAR_LEFT,              /* H: left the school */
};
#define ROSTER_YEARS (ROSTER_YEAR_LEFT + 1)

enum roster_group_kind {
    ROSTER_GROUP_OTHER,    /* a lesson group or anything else */
    ROSTER_GROUP_HOME,     /* stamgroep, homeroom: a pupil has one */
    ROSTER_GROUP_COMBINED, /* samengestelde groep */
};

/* What every entry of a set begins with. */
struct roster_id {
    const char *key; /* as the source system writes it: text, zeros kept */
    unsigned line;   /* where it was read */
    bool unstable;   /* EDEXML '#…': the supplier does not promise the same key next time */
    bool deleted;    /* delta only: the source system asks to delete it */
};

struct roster_location {
    struct roster_id id;
    const char *name;
    const char *brin; /* "" or 99XX, 99XX01 */
};

struct roster_group {
    struct roster_id id;
    const char *name;
    const char *subject; /* title of the course of a lesson group */
    enum roster_group_kind kind;
    enum roster_year year;
    const char *year_text; /* as written, for a mapping screen */
    const char *location;  /* key */
};

struct roster_name {
    const char *call_name;
    const char *given_names;
    const char *initials;
    const char *prefix; /* van der */
    const char *family_name;
    const char *display; /* call name or given names or initials, prefix, family name */
    const char *sort;    /* for strcmp: by family name, then prefix, then first name */
};

struct roster_pupil {
    struct roster_id id;
    struct roster_name name;
    struct date born; /* may be unset */
    enum roster_year year;
    const char *year_text;
    /* Keys of groups. In a delta these are empty: see memberships. */
    const char *home_group;
    const char *const *other_groups;
    size_t other_group_count;
    const char *location;
    struct date left_on; /* also when it still lies ahead */
    bool left;           /* left on or before the reference date, or year H */
};

/* A group somebody works with. `role` is the file's word, a suggestion: it grants no rights. */
struct roster_staff_group {
    const char *group;
    const char *role;
    bool primary; /* the group's own teacher or mentor */
};

struct roster_staff {
    struct roster_id id;
    struct roster_name name;
    const char *email; /* ASCII letters in lower case */
    const char *role;  /* for the whole school; a suggestion only */
    const struct roster_staff_group *groups;
    size_t group_count;
};

struct roster_guardian {
    struct roster_id id;
    struct roster_name name;
    const char *email;
    const char *role; /* parent, guardian, relative … as written */
    const char *const *pupils;
    size_t pupil_count;
};

/*
 * Delta only: one change in who is in which group. The person or the group may be absent from this
 * set because nothing else about it changed.
 */
struct roster_membership {
    struct roster_id id;
    const char *person;
    const char *group;
    const char *role; /* the file's word: student, teacher … */
    bool is_pupil;
    bool primary;
};

enum roster_severity { ROSTER_WARNING, ROSTER_ERROR };

/* What can be wrong; see roster_message_severity() and roster_message_text(). */
enum roster_message {
    ROSTER_NO_PROBLEM,
    /* the file as a whole */
    ROSTER_FILE_EMPTY,
    ROSTER_FORMAT_UNKNOWN,
    ROSTER_TOO_LARGE,
    ROSTER_TOO_MANY,
    ROSTER_TEXT_TOO_LONG,
    ROSTER_NO_PUPILS,
    /* XML */
    ROSTER_XML_BROKEN,
    ROSTER_XML_ENCODING,
    ROSTER_XML_DOCTYPE,
    ROSTER_XML_DEPTH,
    ROSTER_XML_TAG_TOO_LONG,
    ROSTER_XML_NOT_EDEXML,
    ROSTER_XML_ELEMENT_UNKNOWN,
    /* CSV */
    ROSTER_CSV_NUL,
    ROSTER_CSV_ENCODING,
    ROSTER_CSV_QUOTE_OPEN,
    ROSTER_CSV_QUOTE_TEXT,
    ROSTER_CSV_TOO_WIDE,
    ROSTER_CSV_ROW_TOO_LONG,
    ROSTER_CSV_ROW_WIDE,
    ROSTER_CSV_ROW_SHORT,
    ROSTER_CSV_ROW_FILLED,
    ROSTER_CSV_SEPARATOR,
    ROSTER_CSV_HEADER_UNKNOWN,
    ROSTER_COLUMN_MISSING,
    ROSTER_COLUMN_TYPO,
    ROSTER_COLUMN_TWICE,
    ROSTER_COLUMN_UNKNOWN,
    ROSTER_ZEROS_LOST,
    /* packages */
    ROSTER_ZIP_BROKEN,
    ROSTER_ZIP_ENTRIES,
    ROSTER_ZIP_FOLDER,
    ROSTER_ZIP_ENCRYPTED,
    ROSTER_ZIP_LINK,
    ROSTER_ZIP_RATIO,
    ROSTER_ZIP_TWICE,
    ROSTER_FILE_MISSING,
    ROSTER_FILE_UNLISTED,
    ROSTER_MANIFEST_VERSION,
    ROSTER_BULK_STATUS,
    ROSTER_MODES_MIXED,
    /* school */
    ROSTER_SCHOOL_MISSING,
    ROSTER_SCHOOL_ASSUMED,
    ROSTER_SCHOOL_YEAR_BAD,
    ROSTER_SCHOOLS_MANY,
    ROSTER_BRIN_BAD,
    /* keys */
    ROSTER_KEY_MISSING,
    ROSTER_KEY_LONG,
    ROSTER_KEY_TWICE,
    ROSTER_KEY_MANGLED,
    ROSTER_KEY_NATIONAL,
    ROSTER_KEY_NINE_DIGITS,
    ROSTER_KEY_UNSTABLE,
    /* values */
    ROSTER_NAME_MISSING,
    ROSTER_NAME_LONG,
    ROSTER_GROUP_NAME_MISSING,
    ROSTER_TEXT_NATIONAL,
    ROSTER_DATE_BAD,
    ROSTER_BORN_UNLIKELY,
    ROSTER_VALUE_UNKNOWN,
    ROSTER_VALUE_TYPO,
    ROSTER_YEAR_NOT_LISTED,
    ROSTER_YEAR_SHIFTED,
    ROSTER_GRADE_UNMAPPED,
    ROSTER_ROLE_MISSING,
    ROSTER_ROLE_CLASH,
    /* references */
    ROSTER_GROUP_DANGLING,
    ROSTER_LOCATION_DANGLING,
    ROSTER_PERSON_DANGLING,
    ROSTER_HOME_TWICE,
    ROSTER_ENDED,
};
#define ROSTER_MESSAGES (ROSTER_ENDED + 1)

struct roster_problem {
    enum roster_message message;
    enum roster_severity severity;
    const char *file;        /* "users.csv" inside a package; "" = the file itself */
    unsigned line;           /* 1-based; 0 = the file as a whole */
    unsigned column;         /* XML: character on the line; CSV: number of the column; 0 = none */
    const char *column_name; /* element or column, from our own tables; "" = none */
    const char *arg; /* fills {0} of the text; one of our constants or a number, never data */
};

struct roster_dropped {
    const char *field; /* from our own tables */
    size_t count;      /* elements or filled cells */
};

/* What a set speaks for completely: only there may absence mean "left". */
enum roster_covers {
    ROSTER_COVERS_GROUPS = 1,
    ROSTER_COVERS_PUPILS = 2,
    ROSTER_COVERS_STAFF = 4,
    ROSTER_COVERS_GUARDIANS = 8, /* only when asked for, and when the file has any */
};

struct roster {
    enum roster_format format;
    bool delta;            /* changes only; false = a full set */
    unsigned covers;       /* enum roster_covers; 0 in a delta */
    int school_year;       /* the year in which it starts; 0 = the file does not say */
    const char *brin;      /* 99XX */
    const char *location;  /* dependancecode or vestiging of the file as a whole: "01" */
    struct date reference; /* the day on which the file was true */

    const struct roster_location *locations;
    size_t location_count;
    const struct roster_group *groups;
    size_t group_count;
    const struct roster_pupil *pupils;
    size_t pupil_count;
    const struct roster_staff *staff;
    size_t staff_count;
    const struct roster_guardian *guardians;
    size_t guardian_count;
    const struct roster_membership *memberships;
    size_t membership_count;
    /* Delta: persons to delete of whom the file does not say whether they are pupil or staff. */
    const struct roster_id *removed;
    size_t removed_count;

    const struct roster_dropped *dropped;
    size_t dropped_count;
    const struct roster_problem *problems; /* in the order found */
    size_t problem_count;
    size_t error_count, warning_count; /* all of them, also those past ROSTER_PROBLEMS_MAX */

    /* CSV only: the header as written, for a mapping screen. It may be data when a header is
     * absent. */
    const char *const *header;
    size_t header_count;
};

/* What a column of a plain CSV file can mean. */
enum roster_field {
    ROSTER_FIELD_NONE,
    ROSTER_FIELD_KEY,
    ROSTER_FIELD_CALL_NAME,
    ROSTER_FIELD_GIVEN_NAMES,
    ROSTER_FIELD_INITIALS,
    ROSTER_FIELD_PREFIX,
    ROSTER_FIELD_FAMILY_NAME,
    ROSTER_FIELD_BORN,
    ROSTER_FIELD_GROUP,
    ROSTER_FIELD_OTHER_GROUPS,
    ROSTER_FIELD_YEAR,
    ROSTER_FIELD_LOCATION,
    ROSTER_FIELD_LEFT_ON,
    ROSTER_FIELD_TEACHER_EMAIL,
    ROSTER_FIELD_STAFF_EMAIL,
    ROSTER_FIELD_STAFF_ROLE,
    ROSTER_FIELD_STAFF_GROUPS,
};
#define ROSTER_FIELDS (ROSTER_FIELD_STAFF_GROUPS + 1)

struct roster_column {
    unsigned number; /* 1-based */
    enum roster_field field;
};

/* How a school writes its year groups in OneRoster `grades`. */
struct roster_grade {
    const char *text;
    enum roster_year year;
};

/* The zero value is right for a file of which nothing is known beforehand, but for `today`. */
struct roster_options {
    struct date today; /* the reference date of files that name none; for OneRoster: who has left */
    bool school_known; /* the importer chose the school: a file without `school` only warns */
    bool secondary;    /* a secondary school: year groups 1-6 mean 11-16 */
    bool guardians;    /* read parents too (OneRoster, SDS); without it they are not even stored */
    bool
        own_nine_digit_keys; /* a person confirmed that 9-digit keys are the school's own numbers */
    const struct roster_column *columns; /* CSV: replaces what the header says */
    size_t column_count;
    const struct roster_grade *grades;
    size_t grade_count;
};

/* Where to read: a path (a file, or a folder with CSV files), or bytes in memory (an upload). */
struct roster_source {
    const char *path; /* NULL: data */
    struct bytes data;
};

/*
 * Reads the source, recognising its format by content. OK means that *ret is filled; whether it may
 * be applied is roster_applicable(). Everything in *ret lives in the arena (or is constant).
 * ERR_NOT_FOUND when the path does not exist, ERR_IO when reading fails, ERR_NOMEM when the arena
 * or the heap is full (count on 1.5 KB per pupil).
 */
NODISCARD enum status roster_read(struct arena *arena, const struct roster_source *source,
                                  const struct roster_options *options, struct roster *ret);

/* No errors: the set may be compared and applied. */
bool roster_applicable(const struct roster *roster);

/* English text for tr()/trf(), with {0} where the problem's arg belongs. Never NULL. */
const char *roster_message_text(enum roster_message message);
enum roster_severity roster_message_severity(enum roster_message message);

/* "EDEXML", "OneRoster 1.2" …; never NULL. */
const char *roster_format_name(enum roster_format format);

#endif
