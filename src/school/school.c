#include "school/school.h"

#include "access/access.h"
#include "access/audit.h"
#include "access/work.h"
#include "base/arena.h"
#include "base/str.h"
#include "base/utf8.h"
#include "gen/school_sql.h"
#include "person/erasure.h"
#include "vault/vault.h"

#define YEAR_MIN 1990
#define YEAR_MAX 2200

static bool name_valid(const char *name)
{
    return !str_is_blank(name) && utf8_chars(name) <= SCHOOL_NAME_MAX;
}

bool school_year_valid(int starts_in)
{
    return starts_in >= YEAR_MIN && starts_in <= YEAR_MAX;
}

bool school_brin_valid(const char *brin)
{
    size_t len = strlen(brin);
    if (len != 0 && len != 4 && len != 6)
        return false;
    for (size_t i = 0; i < len; i++) {
        bool digit = brin[i] >= '0' && brin[i] <= '9';
        bool capital = brin[i] >= 'A' && brin[i] <= 'Z';
        if (i == 2 || i == 3 ? !capital : !digit)
            return false;
    }
    return true;
}

/* Values of the school itself: sealed with its own key. */
static enum status seal_own(struct work *work, struct school_id school, const char *column,
                            int64_t row, const char *text, struct sealed *ret_sealed)
{
    struct vault_key key;
    enum status st = vault_school_own_key(work->vault, school, &key);
    if (st != OK)
        return st;
    struct vault_place place = {.column = column, .school = school.v, .row = row};
    return vault_seal(&key, work->random, work->arena, place, text, strlen(text), ret_sealed);
}

static enum status open_own(struct work *work, struct school_id school, const char *column,
                            int64_t row, struct sealed sealed, const char **ret_text)
{
    struct vault_key key;
    enum status st = vault_school_own_key(work->vault, school, &key);
    if (st != OK)
        return st;
    struct vault_place place = {.column = column, .school = school.v, .row = row};
    return vault_open(&key, work->arena, place, sealed, ret_text);
}

static enum status make_board(struct work *work, const char *name, struct board_id *ret_board)
{
    struct board_id board = {work_new_id(work)};
    struct vault_key key;
    vault_installation_key(work->vault, &key);
    struct vault_place place = {.column = "board.name", .row = board.v};
    struct sealed sealed;
    enum status st =
        vault_seal(&key, work->random, work->arena, place, name, strlen(name), &sealed);
    if (st == OK)
        st = sql_board_add(work->db, board, sealed, work->now_ms, NULL);
    if (st == OK)
        *ret_board = board;
    return st;
}

/* The first row of the school's log. */
static enum status note_made(const struct work *work, struct school_id school)
{
    struct actor there = *work->actor;
    there.school = school;
    struct work at = *work;
    at.actor = &there;
    return audit_change(&at, AUDIT_SCHOOL_MADE, 0, school.v);
}

enum status school_make(struct work *work, const struct school_draft *draft,
                        struct school_id *ret_school)
{
    if (!name_valid(draft->name) || !school_brin_valid(draft->brin) ||
        !school_year_valid(draft->first_year))
        return ERR_INVALID;
    struct board_id board = draft->board;
    enum status st = board.v ? OK : make_board(work, draft->board_name, &board);
    struct school_id school = {work_new_id(work)};
    struct bytes wrapped;
    struct sealed name, brin;
    if (st == OK)
        st = vault_school_new(work->vault, work->random, work->arena, school, &wrapped);
    if (st == OK)
        st = seal_own(work, school, "school.name", school.v, draft->name, &name);
    if (st == OK)
        st = seal_own(work, school, "school.brin", school.v, draft->brin, &brin);
    if (st == OK)
        st = sql_school_add(work->db, school, board, (int32_t)draft->kind, wrapped, name, brin,
                            SCHOOL_RETENTION_YEARS, work->now_ms, NULL);
    struct school_year_id year = {work_new_id(work)};
    if (st == OK)
        st = sql_school_year_add(work->db, school, year, draft->first_year, true, NULL);
    if (st == OK)
        st = erasure_mark(work);
    if (st == OK)
        st = note_made(work, school);
    if (st == OK)
        *ret_school = school;
    return st;
}

enum status school_know(struct work *work, struct school_id school)
{
    struct sql_school_row row;
    enum status st = sql_school_row(work->db, work->arena, school, &row);
    return st == OK ? vault_school_load(work->vault, school, row.key_wrapped) : st;
}

static enum status open_school(struct work *work, const struct sql_school_row *row,
                               struct school *ret_school)
{
    *ret_school = (struct school){.id = row->id,
                                  .board = row->board,
                                  .kind = (enum school_kind)row->kind,
                                  .retention_years = row->retention_years};
    enum status st = vault_school_load(work->vault, row->id, row->key_wrapped);
    if (st == OK)
        st = open_own(work, row->id, "school.name", row->id.v, row->name_sealed, &ret_school->name);
    if (st == OK)
        st = open_own(work, row->id, "school.brin", row->id.v, row->brin_sealed, &ret_school->brin);
    return st;
}

enum status school_find(struct work *work, struct school *ret_school)
{
    struct sql_school_row row;
    enum status st = sql_school_row(work->db, work->arena, work_school(work), &row);
    return st == OK ? open_school(work, &row, ret_school) : st;
}

enum status school_set_retention(struct work *work, int years)
{
    enum status may = access_check_school(work, RIGHT_RETENTION);
    if (may != OK)
        return may;
    if (years < SCHOOL_RETENTION_MIN || years > SCHOOL_RETENTION_MAX)
        return ERR_INVALID;
    struct school_id school = work_school(work);
    enum status st = sql_school_set_retention(work->db, school, years, NULL);
    return st == OK ? audit_change(work, AUDIT_STRUCTURE_CHANGED, 0, school.v) : st;
}

enum status school_rename(struct work *work, const char *name)
{
    enum status may = access_check_school(work, RIGHT_STRUCTURE);
    if (may != OK)
        return may;
    if (!name_valid(name))
        return ERR_INVALID;
    struct school_id school = work_school(work);
    struct sealed sealed;
    enum status st = seal_own(work, school, "school.name", school.v, name, &sealed);
    if (st == OK)
        st = sql_school_set_name(work->db, school, sealed, NULL);
    return st == OK ? audit_change(work, AUDIT_STRUCTURE_CHANGED, 0, school.v) : st;
}

enum status school_change(struct work *work, const char *name, const char *brin)
{
    enum status may = access_check_school(work, RIGHT_STRUCTURE);
    if (may != OK)
        return may;
    if (!name_valid(name) || !school_brin_valid(brin))
        return ERR_INVALID;
    struct school_id school = work_school(work);
    struct sealed sealed;
    enum status st = seal_own(work, school, "school.brin", school.v, brin, &sealed);
    if (st == OK)
        st = sql_school_set_brin(work->db, school, sealed, NULL);
    return st == OK ? school_rename(work, name) : st;
}

enum status school_board_name(struct work *work, struct board_id board, const char **ret_name)
{
    struct sql_school_board row;
    struct vault_key key;
    enum status st = sql_school_board(work->db, work->arena, board, &row);
    if (st != OK)
        return st;
    vault_installation_key(work->vault, &key);
    struct vault_place place = {.column = "board.name", .row = board.v};
    st = vault_open(&key, work->arena, place, row.name_sealed, ret_name);
    vault_key_wipe(&key);
    return st;
}

enum status school_remove_boards(struct work *work)
{
    return sql_school_board_remove(work->db, NULL);
}

enum status school_list(struct work *work, struct school **ret_schools, size_t *ret_count)
{
    struct sql_school_row *rows = NULL;
    size_t count = 0;
    enum status st = sql_school_rows(work->db, work->arena, &rows, &count);
    if (st != OK)
        return st;
    struct school *schools = ARENA_ARRAY(work->arena, struct school, count);
    if (!schools)
        return ERR_NOMEM;
    for (size_t i = 0; i < count && st == OK; i++)
        st = open_school(work, &rows[i], &schools[i]);
    if (st != OK)
        return st;
    *ret_schools = schools;
    *ret_count = count;
    return OK;
}

enum status school_ids(struct work *work, struct school_id **ret_ids, size_t *ret_count)
{
    struct sql_school_row *rows = NULL;
    size_t count = 0;
    enum status st = sql_school_rows(work->db, work->arena, &rows, &count);
    struct school_id *ids = ARENA_ARRAY(work->arena, struct school_id, count);
    if (st == OK && !ids)
        st = ERR_NOMEM;
    if (st != OK)
        return st;
    for (size_t i = 0; i < count; i++)
        ids[i] = rows[i].id;
    *ret_ids = ids;
    *ret_count = count;
    return OK;
}

static struct school_year year_of(const struct sql_school_year_list *row)
{
    return (struct school_year){
        .id = row->id, .starts_in = row->starts_in, .is_active = row->is_active};
}

enum status school_years(struct work *work, struct school_year **ret_years, size_t *ret_count)
{
    struct sql_school_year_list *rows = NULL;
    size_t count = 0;
    enum status st = sql_school_year_list(work->db, work->arena, work_school(work), &rows, &count);
    if (st != OK)
        return st;
    struct school_year *years = ARENA_ARRAY(work->arena, struct school_year, count);
    if (!years)
        return ERR_NOMEM;
    for (size_t i = 0; i < count; i++)
        years[i] = year_of(&rows[i]);
    *ret_years = years;
    *ret_count = count;
    return OK;
}

enum status school_active_year(struct work *work, struct school_year *ret_year)
{
    struct sql_school_year_list row;
    enum status st = sql_school_year_active(work->db, work->arena, work_school(work), &row);
    if (st == OK)
        *ret_year = year_of(&row);
    return st;
}

enum status school_year_make(struct work *work, int starts_in, struct school_year_id *ret_year)
{
    enum status may = access_check_school(work, RIGHT_STRUCTURE);
    if (may != OK)
        return may;
    if (!school_year_valid(starts_in))
        return ERR_INVALID;
    struct sql_school_year_list row;
    enum status st = sql_school_year_of(work->db, work->arena, work_school(work), starts_in, &row);
    if (st == OK)
        *ret_year = row.id;
    if (st != ERR_NOT_FOUND)
        return st;
    struct school_year_id year = {work_new_id(work)};
    st = sql_school_year_add(work->db, work_school(work), year, starts_in, false, NULL);
    if (st == OK)
        st = audit_change(work, AUDIT_STRUCTURE_CHANGED, 0, year.v);
    if (st == OK)
        *ret_year = year;
    return st;
}

enum status school_year_find(struct work *work, struct school_year_id year,
                             struct school_year *ret_year)
{
    struct sql_school_year_list row;
    enum status st = sql_school_year_row(work->db, work->arena, work_school(work), year, &row);
    if (st == OK)
        *ret_year = year_of(&row);
    return st;
}

enum status school_year_activate(struct work *work, struct school_year_id year)
{
    enum status may = access_check_school(work, RIGHT_STRUCTURE);
    if (may != OK)
        return may;
    struct school_year found;
    struct sql_school_year_administrators row;
    enum status st = school_year_find(work, year, &found);
    if (st == OK)
        st = sql_school_year_administrators(work->db, work->arena, work_school(work), year, &row);
    if (st != OK)
        return st;
    if (row.now_count > 0 && row.then_count == 0)
        return ERR_CONFLICT;
    st = sql_school_year_switch(work->db, work_school(work), year, NULL);
    return st == OK ? audit_change(work, AUDIT_YEAR_ACTIVATED, 0, year.v) : st;
}

#define SOURCE_INDEX_BYTES 32 /* vault_blind_index() */

struct bytes school_source(struct work *work, const char *object, const char *key)
{
    uint8_t *index = key ? arena_alloc(work->arena, SOURCE_INDEX_BYTES) : NULL;
    if (!index)
        return (struct bytes){NULL, 0};
    const char *text =
        arena_printf(work->arena, "%s|%s|%s", id_text(work_school(work).v).s, object, key);
    vault_blind_index(work->vault, "source", text, strlen(text), index);
    return (struct bytes){index, SOURCE_INDEX_BYTES};
}

enum status location_take(struct work *work, const char *source_key, const char *name,
                          struct location_id *ret_location)
{
    enum status may = access_check_school(work, RIGHT_STRUCTURE);
    if (may != OK)
        return may;
    struct school_id school = work_school(work);
    struct bytes source = school_source(work, "location", source_key);
    struct sql_location_rows row;
    enum status st = sql_location_of_source(work->db, work->arena, school, source, &row);
    bool is_new = st == ERR_NOT_FOUND;
    if (st != OK && !is_new)
        return st;
    struct location_id id = {is_new ? work_new_id(work) : row.id.v};
    struct sealed sealed;
    st = seal_own(work, school, "location.name", id.v, name, &sealed);
    if (st == OK)
        st = is_new ? sql_location_add(work->db, school, id, source, sealed, NULL)
                    : sql_location_set_name(work->db, school, id, sealed, NULL);
    if (st == OK)
        *ret_location = id;
    return st;
}

static enum status seal_location(struct work *work, struct location_id location, const char *name,
                                 struct sealed *ret_sealed)
{
    if (!name_valid(name))
        return ERR_INVALID;
    return seal_own(work, work_school(work), "location.name", location.v, name, ret_sealed);
}

enum status location_add(struct work *work, const char *name, struct location_id *ret_location)
{
    enum status may = access_check_school(work, RIGHT_STRUCTURE);
    if (may != OK)
        return may;
    struct location_id id = {work_new_id(work)};
    struct sealed sealed;
    enum status st = seal_location(work, id, name, &sealed);
    if (st == OK)
        st = sql_location_add(work->db, work_school(work), id, (struct bytes){NULL, 0}, sealed,
                              NULL);
    if (st == OK)
        st = audit_change(work, AUDIT_STRUCTURE_CHANGED, 0, id.v);
    if (st == OK)
        *ret_location = id;
    return st;
}

enum status location_rename(struct work *work, struct location_id location, const char *name)
{
    enum status may = access_check_school(work, RIGHT_STRUCTURE);
    if (may != OK)
        return may;
    struct sealed sealed;
    size_t changed = 0;
    enum status st = seal_location(work, location, name, &sealed);
    if (st == OK)
        st = sql_location_set_name(work->db, work_school(work), location, sealed, &changed);
    if (st == OK && changed == 0)
        return ERR_NOT_FOUND;
    return st == OK ? audit_change(work, AUDIT_STRUCTURE_CHANGED, 0, location.v) : st;
}

enum status location_list(struct work *work, struct location **ret, size_t *ret_count)
{
    struct sql_location_rows *rows = NULL;
    size_t count = 0;
    struct school_id school = work_school(work);
    enum status st = sql_location_rows(work->db, work->arena, school, &rows, &count);
    if (st != OK)
        return st;
    struct location *locations = ARENA_ARRAY(work->arena, struct location, count);
    if (!locations)
        return ERR_NOMEM;
    for (size_t i = 0; i < count && st == OK; i++) {
        locations[i].id = rows[i].id;
        locations[i].source = rows[i].source_index;
        st = open_own(work, school, "location.name", rows[i].id.v, rows[i].name_sealed,
                      &locations[i].name);
    }
    if (st != OK)
        return st;
    *ret = locations;
    *ret_count = count;
    return OK;
}
