/*
 * build: what every reader fills while it reads: growing lists, problems, dropped fields; and the
 * checks that hold for all formats, done once at the end (keys, references, who has left). Readers
 * add entries and texts through here, so that no reader can forget to clean a text.
 *
 * Memory failure is the arena's: lists answer NULL, texts answer "", build_finish() tells.
 */
#ifndef ROSTER_BUILD_H
#define ROSTER_BUILD_H

#include "base/arena.h"
#include "roster/list.h"
#include "roster/roster.h"

/* Where something stands. `file` and `column_name` are constants, never file content. */
struct roster_at {
    const char *file;
    unsigned line;
    unsigned column;
    const char *column_name;
};

/* An entry on the way to a pupil: what the set has, plus lists that still grow. */
struct pupil_draft {
    struct roster_pupil pupil; /* first, so that its id is the draft's */
    struct list other_groups;  /* const char * */
};
struct staff_draft {
    struct roster_staff staff;
    struct list groups; /* struct roster_staff_group */
};
struct guardian_draft {
    struct roster_guardian guardian;
    struct list pupils; /* const char * */
};

struct roster_build {
    struct arena *arena;
    const struct roster_options *options;
    struct roster set; /* format, delta, school …; the lists below go in at the end */
    bool fold_latin1;  /* C1 control characters stand for Windows-1252 letters */
    bool full;         /* a list reached its maximum */
    bool unreadable;   /* reading ended before the end of the file */
    size_t shifted_years, unmapped_grades;

    struct list locations;   /* struct roster_location */
    struct list groups;      /* struct roster_group */
    struct list pupils;      /* struct pupil_draft */
    struct list staff;       /* struct staff_draft */
    struct list guardians;   /* struct guardian_draft */
    struct list memberships; /* struct roster_membership */
    struct list removed;     /* struct roster_id */
    struct list dropped;     /* struct roster_dropped */
    struct list problems;    /* struct roster_problem */

    /* Where the keys and references of each list stand, for the problems found at the end. */
    struct roster_at location_at, group_at, pupil_at, staff_at, guardian_at;
};

void build_init(struct roster_build *b, struct arena *arena, const struct roster_options *options);

/* `arg` is a constant or a number (build_number), never file content. NULL = none. */
void build_problem(struct roster_build *b, enum roster_message message, struct roster_at at,
                   const char *arg);
const char *build_number(struct roster_build *b, size_t number);

/* A field was there and was skipped. `field` is a constant. */
void build_drop(struct roster_build *b, const char *field, size_t count);

/*
 * Text as it goes into the set: blanks trimmed and collapsed, control and direction characters out.
 * build_text warns when it is over-long or holds a national number; build_key only cleans.
 */
const char *build_text(struct roster_build *b, const char *raw, struct roster_at at);
const char *build_key(struct roster_build *b, const char *raw);

/* "" gives an unset date. A bad one is a problem and gives an unset date. */
struct date build_date(struct roster_build *b, const char *raw, struct roster_at at);

/* The year of a pupil or group after the option `secondary`. */
enum roster_year build_year(struct roster_build *b, enum roster_year year);

/* New entries; NULL when memory is out or the list is full (a problem then; reading may stop). */
struct roster_location *build_location(struct roster_build *b, unsigned line);
struct roster_group *build_group(struct roster_build *b, unsigned line);
struct pupil_draft *build_pupil(struct roster_build *b, unsigned line);
struct staff_draft *build_staff(struct roster_build *b, unsigned line);
struct guardian_draft *build_guardian(struct roster_build *b, unsigned line);

/* Refuses a person without any name; composes display and sort. */
void build_name(struct roster_build *b, struct roster_name *name, struct roster_at at);

/* True once reading on makes no sense: memory is out or a list is full. */
bool build_stopped(const struct roster_build *b);

/* The checks over the whole set, then *ret. ERR_NOMEM when the arena failed anywhere. */
NODISCARD enum status build_finish(struct roster_build *b, struct roster *ret);

/*
 * Finding an entry by key. Made over a list whose items begin with a struct roster_id; positions
 * stay right while the list does not change. Sorted, not hashed: keys come from strangers.
 */
struct key_index {
    struct key_place *places;
    size_t count;
};
struct key_place {
    const char *key;
    size_t position;
};

void key_index_make(struct arena *arena, const struct list *list, size_t item_size,
                    struct key_index *ret_index);

/* Where in `places` the entries with this key begin, or would. */
size_t key_index_place(const struct key_index *index, const char *key);

/* The first entry with this key; SIZE_MAX when there is none. */
size_t key_index_find(const struct key_index *index, const char *key);

#endif
