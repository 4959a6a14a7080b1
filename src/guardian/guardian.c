#include "guardian/guardian.h"

#include "access/access.h"
#include "access/audit.h"
#include "access/work.h"
#include "base/arena.h"
#include "base/str.h"
#include "base/utf8.h"
#include "gen/guardian_sql.h"
#include "person/dossier.h"
#include "school/school.h"

#define REASON "guardianship.reason"

static bool terms_valid(const struct guardian_draft *draft)
{
    bool needs_reason = draft->information == INFORMATION_NONE;
    return draft->information >= INFORMATION_FULL && draft->information <= INFORMATION_NONE &&
           (!needs_reason || !str_is_blank(draft->reason)) &&
           utf8_chars(draft->reason) <= GUARDIAN_REASON_MAX;
}

static bool draft_valid(const struct guardian_draft *draft)
{
    return person_valid(&draft->person) && terms_valid(draft);
}

/* The reason is about the child's safety: sealed in the child's dossier, not the guardian's. */
static enum status seal_reason(struct work *work, struct pupil_id pupil, struct guardian_id id,
                               const struct guardian_draft *draft, struct sealed *ret_sealed)
{
    *ret_sealed = (struct sealed){NULL, 0};
    if (draft->information != INFORMATION_NONE)
        return OK;
    struct vault_key key;
    enum status st = dossier_open(work, pupil.v, &key);
    return st == OK ? dossier_seal_text(work, &key, REASON, id.v, draft->reason, ret_sealed) : st;
}

enum status guardian_tie(struct work *work, struct pupil_id pupil, struct guardian_id id,
                         const struct guardian_draft *draft)
{
    enum status may = access_check_school(work, RIGHT_STRUCTURE);
    if (may != OK)
        return may;
    if (!terms_valid(draft))
        return ERR_INVALID;
    struct sealed reason;
    enum status st = seal_reason(work, pupil, id, draft, &reason);
    if (st == OK)
        st = sql_guardianship_insert(work->db, work_school(work), pupil, id, draft->has_authority,
                                     (int32_t)draft->information, reason, work->now_ms, NULL);
    return st == OK ? audit_change(work, AUDIT_STRUCTURE_CHANGED, pupil.v, id.v) : st;
}

enum status guardian_add(struct work *work, struct pupil_id pupil,
                         const struct guardian_draft *draft, struct guardian_id *ret_id)
{
    enum status may = access_check_school(work, RIGHT_STRUCTURE);
    if (may != OK)
        return may;
    if (!draft_valid(draft))
        return ERR_INVALID;
    struct guardian_id id = {work_new_id(work)};
    struct vault_key key;
    struct sealed profile;
    enum status st = dossier_new(work, PERSON_GUARDIAN, id.v, &key);
    if (st == OK)
        st = person_seal(&key, work->random, work->arena, PERSON_GUARDIAN, work_school(work), id.v,
                         &draft->person, &profile);
    if (st != OK)
        return st;
    uint8_t index[32];
    struct bytes source = {NULL, 0};
    if (draft->source_key) {
        school_source_index(work, "guardian", draft->source_key, index);
        source = (struct bytes){index, sizeof index};
    }
    st = sql_guardian_insert(work->db, work_school(work), id, source, profile, work->now_ms, NULL);
    if (st == OK)
        st = guardian_tie(work, pupil, id, draft);
    if (st == OK)
        *ret_id = id;
    return st;
}

enum status guardian_change(struct work *work, struct pupil_id pupil, struct guardian_id id,
                            const struct guardian_draft *draft)
{
    enum status may = access_check_school(work, RIGHT_STRUCTURE);
    if (may != OK)
        return may;
    if (!draft_valid(draft))
        return ERR_INVALID;
    struct sealed reason, profile;
    struct vault_key key;
    size_t changed = 0;
    enum status st = seal_reason(work, pupil, id, draft, &reason);
    if (st == OK)
        st = sql_guardianship_update(work->db, work_school(work), pupil, id, draft->has_authority,
                                     (int32_t)draft->information, reason, work->now_ms, &changed);
    if (st == OK && changed == 0)
        st = ERR_NOT_FOUND;
    if (st == OK)
        st = dossier_open(work, id.v, &key);
    if (st == OK)
        st = person_seal(&key, work->random, work->arena, PERSON_GUARDIAN, work_school(work), id.v,
                         &draft->person, &profile);
    if (st == OK)
        st = sql_guardian_update(work->db, work_school(work), id, profile, work->now_ms, NULL);
    return st == OK ? audit_change(work, AUDIT_STRUCTURE_CHANGED, pupil.v, id.v) : st;
}

enum status guardian_untie(struct work *work, struct pupil_id pupil, struct guardian_id id)
{
    enum status may = access_check_school(work, RIGHT_STRUCTURE);
    if (may != OK)
        return may;
    size_t changed = 0;
    enum status st = sql_guardianship_delete(work->db, work_school(work), pupil, id, &changed);
    if (st == OK && changed == 0)
        return ERR_NOT_FOUND;
    return st == OK ? audit_change(work, AUDIT_STRUCTURE_CHANGED, pupil.v, id.v) : st;
}

enum status guardian_erase(struct work *work, struct guardian_id id)
{
    enum status may = access_check_school(work, RIGHT_STRUCTURE);
    if (may != OK)
        return may;
    struct sealed nothing = {(const uint8_t *)"", 0};
    enum status st = sql_guardianship_delete_all(work->db, work_school(work), id, NULL);
    if (st == OK)
        st = sql_guardian_blank(work->db, work_school(work), id, nothing, work->now_ms, NULL);
    return st == OK ? dossier_erase(work, id.v) : st;
}

enum status guardian_erase_lone(struct work *work, size_t *ret_count)
{
    enum status may = access_check_school(work, RIGHT_STRUCTURE);
    if (may != OK)
        return may;
    struct sql_guardian_lone *rows = NULL;
    size_t count = 0;
    enum status st = sql_guardian_lone(work->db, work->arena, work_school(work), &rows, &count);
    for (size_t i = 0; st == OK && i < count; i++)
        st = guardian_erase(work, rows[i].id);
    if (st == OK)
        *ret_count = count;
    return st;
}

static enum status open_guardian(struct work *work, struct pupil_id pupil,
                                 const struct sql_guardian_rows *row, struct guardian *ret)
{
    *ret = (struct guardian){.id = row->id,
                             .has_authority = row->has_authority,
                             .information = (enum guardian_information)row->information,
                             .reason = ""};
    enum status st = person_open_with(work, PERSON_GUARDIAN, work_school(work),
                                      row->id.v, row->slot, row->key_wrapped, row->profile_sealed,
                                      &ret->person);
    if (st != OK || row->reason_sealed.len == 0)
        return st;
    struct vault_key key;
    st = dossier_open(work, pupil.v, &key);
    return st == OK ? dossier_open_text(work, &key, REASON, row->id.v, row->reason_sealed, &ret->reason)
                    : st;
}

/* The desk, and who works with the pupil: they invite parents. */
static enum status may_know(struct work *work, struct pupil_id pupil)
{
    enum status st = access_check_school(work, RIGHT_SCHOOL_PEOPLE);
    return st == ERR_NOT_FOUND
               ? access_check(work, RIGHT_PUPIL_WRITE, (struct target){.pupil = pupil})
               : st;
}

enum status guardian_of_pupil(struct work *work, struct pupil_id pupil, struct guardian **ret,
                              size_t *ret_count)
{
    enum status may = may_know(work, pupil);
    if (may != OK)
        return may;
    struct sql_guardian_rows *rows = NULL;
    size_t count = 0;
    enum status st =
        sql_guardian_rows(work->db, work->arena, work_school(work), pupil, &rows, &count);
    if (st != OK)
        return st;
    struct guardian *list = ARENA_ARRAY(work->arena, struct guardian, count);
    if (!list)
        return ERR_NOMEM;
    for (size_t i = 0; st == OK && i < count; i++)
        st = open_guardian(work, pupil, &rows[i], &list[i]);
    if (st != OK)
        return st;
    *ret = list;
    *ret_count = count;
    return OK;
}

enum status guardian_rename(struct work *work, struct guardian_id id, const struct person *person)
{
    enum status may = access_check_school(work, RIGHT_STRUCTURE);
    if (may != OK)
        return may;
    if (!person_valid(person))
        return ERR_INVALID;
    struct vault_key key;
    struct sealed profile;
    enum status st = dossier_open(work, id.v, &key);
    if (st == OK)
        st = person_seal(&key, work->random, work->arena, PERSON_GUARDIAN, work_school(work), id.v,
                         person, &profile);
    if (st == OK)
        st = sql_guardian_update(work->db, work_school(work), id, profile, work->now_ms, NULL);
    return st == OK ? audit_change(work, AUDIT_STRUCTURE_CHANGED, 0, id.v) : st;
}

enum status guardian_everybody(struct work *work, struct guardian_known **ret, size_t *ret_count)
{
    enum status may = access_check_school(work, RIGHT_STRUCTURE);
    if (may != OK)
        return may;
    struct sql_guardian_everybody *rows = NULL;
    size_t count = 0;
    enum status st =
        sql_guardian_everybody(work->db, work->arena, work_school(work), &rows, &count);
    if (st != OK)
        return st;
    struct guardian_known *list = ARENA_ARRAY(work->arena, struct guardian_known, count);
    if (!list)
        return ERR_NOMEM;
    for (size_t i = 0; st == OK && i < count; i++) {
        list[i] = (struct guardian_known){.id = rows[i].id, .source = rows[i].source_index};
        st = person_open_with(work, PERSON_GUARDIAN, work_school(work),
                              rows[i].id.v, rows[i].slot, rows[i].key_wrapped,
                              rows[i].profile_sealed, &list[i].person);
    }
    if (st != OK)
        return st;
    *ret = list;
    *ret_count = count;
    return OK;
}

enum status guardian_bonds(struct work *work, struct guardian_bond **ret, size_t *ret_count)
{
    enum status may = access_check_school(work, RIGHT_STRUCTURE);
    if (may != OK)
        return may;
    struct sql_guardianship_everybody *rows = NULL;
    size_t count = 0;
    enum status st =
        sql_guardianship_everybody(work->db, work->arena, work_school(work), &rows, &count);
    if (st != OK)
        return st;
    struct guardian_bond *list = ARENA_ARRAY(work->arena, struct guardian_bond, count);
    if (!list)
        return ERR_NOMEM;
    for (size_t i = 0; i < count; i++)
        list[i] = (struct guardian_bond){rows[i].guardian, rows[i].pupil,
                                         (enum guardian_information)rows[i].information};
    *ret = list;
    *ret_count = count;
    return OK;
}

enum status guardian_find(struct work *work, struct pupil_id pupil, struct guardian_id id,
                          struct guardian *ret)
{
    enum status may = may_know(work, pupil);
    if (may != OK)
        return may;
    struct guardian *list = NULL;
    size_t count = 0;
    enum status st = guardian_of_pupil(work, pupil, &list, &count);
    for (size_t i = 0; st == OK && i < count; i++) {
        if (list[i].id.v == id.v) {
            *ret = list[i];
            return OK;
        }
    }
    return st == OK ? ERR_NOT_FOUND : st;
}
