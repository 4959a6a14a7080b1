#include "sharing/looked.h"

#include "access/access.h"
#include "access/work.h"
#include "base/arena.h"
#include "gen/sharing_sql.h"
#include "person/person.h"

/* Names of everybody of the staff who stands in the log. */
struct names {
    struct sql_looked_staff_rows *rows;
    const char **names;
    size_t count;
};

static enum status read_names(struct work *work, struct names *names)
{
    enum status st = sql_looked_staff_rows(work->db, work->arena, work_school(work),
                                           work->actor->pupil.v, &names->rows, &names->count);
    names->names = ARENA_ARRAY(work->arena, const char *, names->count);
    if (st == OK && !names->names)
        st = ERR_NOMEM;
    for (size_t i = 0; st == OK && i < names->count; i++) {
        struct person who;
        st = person_open_with(work, PERSON_STAFF, work_school(work), names->rows[i].id.v,
                              names->rows[i].slot, names->rows[i].key_wrapped,
                              names->rows[i].profile_sealed, &who);
        if (st == OK)
            names->names[i] = person_full(work->arena, &who);
    }
    return st;
}

static const char *name_of(const struct names *names, const struct audit_line *line)
{
    for (size_t i = 0; line->actor_kind == ACTOR_STAFF && i < names->count; i++)
        if (names->rows[i].id.v == line->actor)
            return names->names[i];
    return "";
}

/* The same person did the same on the same day: said once. */
static bool said_before(const struct audit_line *lines, size_t here)
{
    struct date day = date_of(lines[here].at_ms);
    for (size_t i = here; i-- > 0;) {
        if (date_compare(date_of(lines[i].at_ms), day) != 0)
            return false;
        if (lines[i].actor_kind == lines[here].actor_kind && lines[i].actor == lines[here].actor &&
            lines[i].action == lines[here].action)
            return true;
    }
    return false;
}

enum status looked_at_self(struct work *work, struct looked **ret, size_t *ret_count)
{
    struct audit_line *lines = NULL;
    struct names names = {0};
    size_t count = 0, kept = 0;
    enum status st = access_check_school(work, RIGHT_PUPIL_SELF);
    if (st == OK && work->actor->is_weak)
        st = ERR_NOT_FOUND;
    if (st == OK)
        st = audit_of_pupil(work, work->actor->pupil, LOOKED_MAX, &lines, &count);
    if (st == OK)
        st = read_names(work, &names);
    if (st != OK)
        return st;
    struct looked *list = ARENA_ARRAY(work->arena, struct looked, count);
    if (!list)
        return ERR_NOMEM;
    for (size_t i = 0; i < count; i++)
        if (lines[i].actor_kind != ACTOR_PUPIL && !said_before(lines, i))
            list[kept++] = (struct looked){lines[i].at_ms, lines[i].actor_kind,
                                           name_of(&names, &lines[i]), lines[i].action};
    *ret = list;
    *ret_count = kept;
    return OK;
}
