/*
 * import_fixture: the school into which the tests of this folder read a file, the stranger's, and
 * the way from a file to what was carried out. For tests only.
 */
#ifndef ROSTER_IMPORT_FIXTURE_H
#define ROSTER_IMPORT_FIXTURE_H

#include "web/web_fixture.h"

#include "pupil/pupil.h"
#include "roster/apply.h"

struct table_digest;

/* A pupil of a file. */
struct child {
    const char *key, *call, *family, *born, *year, *group, *more;
};

#define NOOR                                                                                       \
    {                                                                                              \
        "1", "Noor", "Linden", "2016-11-03", "5", "A", NULL                                        \
    }
#define SAMI                                                                                       \
    {                                                                                              \
        "2", "Sami", "Kaya", "2016-02-28", "5", "A", NULL                                          \
    }
#define ELIF                                                                                       \
    {                                                                                              \
        "3", "Elif", "Demir", "2015-05-05", "6", "B", NULL                                         \
    }
#define JIP                                                                                        \
    {                                                                                              \
        "4", "Jip", "Hout", "2015-06-06", "6", "B", NULL                                           \
    }
#define FEE                                                                                        \
    {                                                                                              \
        "5", "Fee", "Smit", "2015-07-07", "6", "B", NULL                                           \
    }
#define NOBODY_ELSE                                                                                \
    {                                                                                              \
        NULL, NULL, NULL, NULL, NULL, NULL, NULL                                                   \
    }

extern const struct child import_class_of_five[]; /* ended by NOBODY_ELSE */
extern const char *const import_teacher;          /* the element with Ellen Bos, of group A */

/* An EDEXML file of that year with groups A (5) and B (6), these pupils and this staff (XML). */
const char *import_edexml(struct arena *arena, int starts_in, const struct child *children,
                          const char *staff);

/* Who looks alike is the same, and who is gone may leave. */
extern const struct apply_choices import_bold;

/* A transaction of the program at that school. */
struct work *import_begin(struct page_fixture *f);
/* Its one pupil leaves. */
void import_empty_school(struct page_fixture *f);

/* Fails the test when the text is not read, or may not be applied. */
struct roster import_read_for(struct page_fixture *f, const char *text);
/* What would be done, and doing it: with guardians. */
struct plan import_plan_of(struct page_fixture *f, const struct roster *roster);
struct plan import_carry_out(struct page_fixture *f, const struct roster *roster,
                             const struct apply_choices *choices);
/* From these pupils to the school, boldly. */
struct plan import_file(struct page_fixture *f, const struct child *children, const char *staff);

size_t import_pupils_here(struct page_fixture *f);
/* "Noor": the pupil, here or left. */
struct pupil import_pupil_called(struct page_fixture *f, const char *call);

/* What stands in the database, to see whether anything changed. */
struct table_digest *import_digest(struct page_fixture *f, size_t *ret_count);
/* How many are suspected of that. */
size_t import_suspects(const struct plan *plan, enum plan_doubt doubt);

#endif
