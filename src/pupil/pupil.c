#include "pupil/pupil.h"

#include "access/access.h"
#include "access/audit.h"
#include "access/work.h"
#include "base/arena.h"
#include "base/random.h"
#include "conversation/erase.h"
#include "gen/pupil_sql.h"
#include "group/group.h"
#include "guardian/guardian.h"
#include "opp/opp.h"
#include "person/dossier.h"
#include "school/school.h"

const char *const pupil_symbol_names[PUPIL_SYMBOLS] = {
    "c-vos",  "c-beer", "c-uil",  "c-kat",  "c-vis",  "c-eend",  "c-slak",    "c-kikker",
    "c-ster", "c-zon",  "c-boom", "c-boot", "c-huis", "c-appel", "c-paraplu",
};

const char *pupil_symbol_name(int symbol)
{
    return pupil_symbol_names[symbol >= 0 && symbol < PUPIL_SYMBOLS ? symbol : 0];
}

enum status pupil_add(struct work *work, const struct pupil_draft *draft,
                      struct pupil_id *ret_pupil)
{
    enum status may = access_check_school(work, RIGHT_STRUCTURE);
    if (may != OK)
        return may;
    if (!person_valid(&draft->person))
        return ERR_INVALID;
    struct pupil_id pupil = {work_new_id(work)};
    struct school_id school = work_school(work);
    struct sealed profile;
    enum status st = person_add(work, PERSON_PUPIL, pupil.v, &draft->person, &profile);
    if (st != OK)
        return st;
    struct bytes source = school_source(work, "pupil", draft->source_key);
    st = sql_pupil_insert(work->db, school, pupil, draft->year_group, draft->location,
                          (int32_t)random_below(work->random, PUPIL_SYMBOLS),
                          (int32_t)random_below(work->random, PUPIL_COLOURS) + 1, source,
                          draft->enrolled_on, profile, work->now_ms, NULL);
    if (st == OK)
        st = audit_change(work, AUDIT_STRUCTURE_CHANGED, pupil.v, 0);
    if (st == OK)
        *ret_pupil = pupil;
    return st;
}

static enum status pupil_of_row(struct work *work, const struct sql_pupil_row *row,
                                struct pupil *ret_pupil)
{
    *ret_pupil = (struct pupil){.id = row->id,
                                .year_group = row->year_group,
                                .symbol = row->symbol,
                                .colour = row->colour,
                                .location = row->location,
                                .source = row->source_index,
                                .enrolled_on = row->enrolled_on,
                                .left_on = row->left_on};
    return person_open_with(work, PERSON_PUPIL, work_school(work), row->id.v, row->slot,
                            row->key_wrapped, row->profile_sealed, &ret_pupil->person);
}

enum status pupil_find(struct work *work, struct pupil_id pupil, struct pupil *ret_pupil)
{
    enum status may = access_check(work, RIGHT_PUPIL_NAME, (struct target){.pupil = pupil});
    if (may != OK)
        return may;
    struct sql_pupil_row row;
    enum status st = sql_pupil_row(work->db, work->arena, work_school(work), pupil, &row);
    if (st == OK && row.key_wrapped.len == 0)
        return ERR_NOT_FOUND; /* erased: for everybody it does not exist */
    return st == OK ? pupil_of_row(work, &row, ret_pupil) : st;
}

enum status pupil_head(struct work *work, struct pupil_id pupil, int64_t since,
                       struct pupil_head *ret_head)
{
    struct sql_pupil_head_row row;
    enum status st = access_check(work, RIGHT_PUPIL_NAME, (struct target){.pupil = pupil});
    if (st == OK)
        st = sql_pupil_head_row(work->db, work->arena, work_school(work), pupil, since, &row);
    if (st == OK && row.key_wrapped.len == 0)
        st = ERR_NOT_FOUND;
    if (st != OK)
        return st;
    struct pupil_head head = {.group = row.home,
                              .group_name = "",
                              .age_band = row.age_band,
                              .retention_years = row.retention_years,
                              .emergencies = (int)row.emergencies,
                              .exceptions = (int)row.exceptions};
    const struct sql_pupil_row of_pupil = {.id = row.id,
                                           .year_group = row.year_group,
                                           .location = row.location,
                                           .symbol = row.symbol,
                                           .colour = row.colour,
                                           .source_index = row.source_index,
                                           .enrolled_on = row.enrolled_on,
                                           .left_on = row.left_on,
                                           .profile_sealed = row.profile_sealed,
                                           .slot = row.slot,
                                           .key_wrapped = row.key_wrapped};
    st = pupil_of_row(work, &of_pupil, &head.pupil);
    if (st == OK && head.group.v)
        st = group_name_open(work, head.group, row.name_sealed, &head.group_name);
    if (st == OK)
        *ret_head = head;
    return st;
}

enum status pupil_change(struct work *work, struct pupil_id pupil, const struct person *person,
                         int year_group)
{
    enum status may = access_check_school(work, RIGHT_STRUCTURE);
    if (may != OK)
        return may;
    if (!person_valid(person))
        return ERR_INVALID;
    struct sealed profile;
    enum status st = person_rewrite(work, PERSON_PUPIL, pupil.v, person, &profile);
    size_t changed = 0;
    if (st == OK)
        st = sql_pupil_update(work->db, work_school(work), pupil, year_group, profile, work->now_ms,
                              &changed);
    if (st == OK && changed == 0) /* an id of somebody who is no pupil */
        st = ERR_NOT_FOUND;
    return st == OK ? audit_change(work, AUDIT_STRUCTURE_CHANGED, pupil.v, 0) : st;
}

enum status pupil_set_source(struct work *work, struct pupil_id pupil, const char *source_key)
{
    enum status may = access_check_school(work, RIGHT_STRUCTURE);
    if (may != OK)
        return may;
    struct bytes source = school_source(work, "pupil", source_key);
    enum status st =
        sql_pupil_set_source(work->db, work_school(work), pupil, source, work->now_ms, NULL);
    return st == OK ? audit_change(work, AUDIT_STRUCTURE_CHANGED, pupil.v, 0) : st;
}

enum status pupil_set_location(struct work *work, struct pupil_id pupil,
                               struct location_id location)
{
    enum status may = access_check_school(work, RIGHT_STRUCTURE);
    if (may != OK)
        return may;
    enum status st =
        sql_pupil_set_location(work->db, work_school(work), pupil, location, work->now_ms, NULL);
    return st == OK ? audit_change(work, AUDIT_STRUCTURE_CHANGED, pupil.v, location.v) : st;
}

/* A pupil chooses their own, with a badge: three pictures are too little proof for it. */
static enum status may_choose_sign(struct work *work, struct pupil_id pupil)
{
    const struct actor *actor = work->actor;
    bool self = actor->kind == ACTOR_PUPIL && actor->pupil.v == pupil.v && !actor->is_weak;
    return self ? OK : access_check_school(work, RIGHT_STRUCTURE);
}

enum status pupil_change_sign(struct work *work, struct pupil_id pupil, int symbol, int colour)
{
    enum status may = may_choose_sign(work, pupil);
    if (may != OK)
        return may;
    if (symbol < 0 || symbol >= PUPIL_SYMBOLS || colour < 1 || colour > PUPIL_COLOURS)
        return ERR_INVALID;
    size_t changed = 0;
    enum status st = sql_pupil_set_sign(work->db, work_school(work), pupil, symbol, colour,
                                        work->now_ms, &changed);
    return st == OK && changed == 0 ? ERR_NOT_FOUND : st;
}

/* Names of all: at the desk, and to find the one whose dossier must be opened. */
static enum status may_list(struct work *work)
{
    enum status st = access_check_school(work, RIGHT_SCHOOL_PEOPLE);
    return st == ERR_NOT_FOUND ? access_check_school(work, RIGHT_EMERGENCY) : st;
}

enum status pupil_list(struct work *work, bool left, struct pupil **ret, size_t *ret_count)
{
    enum status may = may_list(work);
    if (may != OK)
        return may;
    struct sql_pupil_row *rows = NULL;
    size_t count = 0;
    enum status st =
        left ? sql_pupil_rows_left(work->db, work->arena, work_school(work), &rows, &count)
             : sql_pupil_rows_here(work->db, work->arena, work_school(work), &rows, &count);
    if (st != OK)
        return st;
    struct pupil *pupils = ARENA_ARRAY(work->arena, struct pupil, count);
    if (!pupils)
        return ERR_NOMEM;
    for (size_t i = 0; st == OK && i < count; i++)
        st = pupil_of_row(work, &rows[i], &pupils[i]);
    if (st != OK)
        return st;
    *ret = pupils;
    *ret_count = count;
    return OK;
}

enum status pupil_count(struct work *work, size_t *ret_count)
{
    struct sql_pupil_count row;
    enum status st = sql_pupil_count(work->db, work->arena, work_school(work), &row);
    if (st == OK)
        *ret_count = (size_t)row.pupils;
    return st;
}

static enum status end_sign_ins(struct work *work, struct pupil_id pupil)
{
    struct school_id school = work_school(work);
    enum status st = sql_pupil_end_sessions(work->db, school, pupil.v, NULL);
    if (st == OK)
        st = sql_pupil_end_badges(work->db, school, pupil.v, NULL);
    return st == OK ? sql_pupil_end_picture(work->db, school, pupil, NULL) : st;
}

enum status pupil_leave(struct work *work, struct pupil_id pupil, struct date left_on)
{
    enum status may = access_check_school(work, RIGHT_STRUCTURE);
    if (may != OK)
        return may;
    struct pupil found;
    enum status st = pupil_find(work, pupil, &found);
    if (st == OK && (!date_valid(left_on) || date_compare(left_on, work->today) > 0 ||
                     date_compare(left_on, found.enrolled_on) < 0))
        return ERR_INVALID;
    if (st == OK)
        st = sql_pupil_set_left(work->db, work_school(work), pupil, left_on, work->now_ms, NULL);
    if (st == OK)
        st = group_leave_all(work, pupil, left_on);
    if (st == OK)
        st = end_sign_ins(work, pupil);
    return st == OK ? audit_change(work, AUDIT_PUPIL_LEFT, pupil.v, 0) : st;
}

enum status pupil_return(struct work *work, struct pupil_id pupil)
{
    enum status may = access_check_school(work, RIGHT_STRUCTURE);
    if (may != OK)
        return may;
    struct pupil found;
    enum status st = pupil_find(work, pupil, &found);
    if (st == OK)
        st = sql_pupil_set_left(work->db, work_school(work), pupil, (struct date){0}, work->now_ms,
                                NULL);
    return st == OK ? audit_change(work, AUDIT_STRUCTURE_CHANGED, pupil.v, 0) : st;
}

struct date pupil_keep_until(struct date left_on, int retention_years)
{
    if (!date_is_set(left_on))
        return left_on;
    struct date day = left_on;
    day.year = (int16_t)(day.year + retention_years);
    if (!date_valid(day))
        day.day = 28; /* left on 29 February */
    return day;
}

struct date pupil_due_left_on(struct date today, int retention_years)
{
    struct date day = today;
    day.year = (int16_t)(day.year - retention_years);
    if (!date_valid(day)) /* 29 February */
        day = (struct date){day.year, 3, 1};
    return date_add_days(day, -1);
}

enum status pupil_erase(struct work *work, struct pupil_id pupil)
{
    enum status may = access_check_school(work, RIGHT_STRUCTURE);
    if (may != OK)
        return may;
    struct school_id school = work_school(work);
    struct sealed nothing = {(const uint8_t *)"", 0};
    size_t guardians = 0;
    struct pupil found;
    enum status st = pupil_find(work, pupil, &found); /* never a key of somebody who is no pupil */
    if (st == OK)
        st = end_sign_ins(work, pupil);
    if (st == OK)
        st = group_leave_all(work, pupil, work->today);
    if (st == OK)
        st = opp_erase_pupil(work, pupil); /* before the conversations that it points at */
    if (st == OK)
        st = conversation_erase_pupil(work, pupil);
    if (st == OK)
        st = sql_pupil_erase_versions(work->db, school, pupil, NULL);
    if (st == OK)
        st = sql_pupil_erase_observations(work->db, school, pupil, NULL);
    if (st == OK)
        st = sql_pupil_erase_emergencies(work->db, school, pupil, NULL);
    if (st == OK)
        st = sql_pupil_erase_notes(work->db, school, pupil, NULL);
    if (st == OK)
        st = sql_pupil_erase_guardianship(work->db, school, pupil, NULL);
    if (st == OK)
        st = sql_pupil_erase_row(work->db, school, pupil, nothing, work->now_ms, NULL);
    if (st == OK)
        st = audit_change(work, AUDIT_PUPIL_ERASED, pupil.v, 0);
    if (st == OK)
        st = guardian_erase_lone(work, &guardians);
    return st == OK ? dossier_erase(work, pupil.v) : st;
}

enum status pupil_left_before(struct work *work, struct date day, struct pupil_id **ret,
                              size_t *ret_count)
{
    struct sql_pupil_left_rows *rows = NULL;
    size_t count = 0;
    enum status st =
        sql_pupil_left_rows(work->db, work->arena, work_school(work), day, &rows, &count);
    if (st != OK)
        return st;
    struct pupil_id *ids = ARENA_ARRAY(work->arena, struct pupil_id, count);
    if (!ids)
        return ERR_NOMEM;
    for (size_t i = 0; i < count; i++)
        ids[i] = rows[i].id;
    *ret = ids;
    *ret_count = count;
    return OK;
}
