#include "operate/dossier_json.h"

#include <jansson.h>

#include "access/audit.h"
#include "access/work.h"
#include "base/arena.h"
#include "gen/export_sql.h"
#include "group/group.h"
#include "guardian/guardian.h"
#include "observation/observation.h"
#include "operate/dossier_parts.h"
#include "operate/json_text.h"
#include "person/dossier.h"
#include "pupil/pupil.h"

struct staff_names {
    struct sql_export_staff *rows;
    const char **names;
    size_t count;
};

enum status staff_names_read(struct work *work, struct staff_names **ret_names)
{
    struct staff_names *names = ARENA_NEW(work->arena, struct staff_names);
    if (!names)
        return ERR_NOMEM;
    enum status st =
        sql_export_staff(work->db, work->arena, work_school(work), &names->rows, &names->count);
    names->names = ARENA_ARRAY(work->arena, const char *, names->count);
    if (st == OK && !names->names)
        st = ERR_NOMEM;
    for (size_t i = 0; st == OK && i < names->count; i++) {
        const struct sql_export_staff *row = &names->rows[i];
        struct person person;
        st = person_open_with(work, PERSON_STAFF, work_school(work), row->id.v, row->slot,
                              row->key_wrapped, row->profile_sealed, &person);
        if (st == OK)
            names->names[i] = person_full(work->arena, &person);
    }
    if (st == OK)
        *ret_names = names;
    return st;
}

/* Rows come by id, so the name is found by halving. */
static json_t *author(const struct writer *w, int64_t id)
{
    size_t low = 0, high = w->names->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (w->names->rows[middle].id.v < id)
            low = middle + 1;
        else
            high = middle;
    }
    bool found = low < w->names->count && w->names->rows[low].id.v == id;
    return json_pack("{s:o, s:s}", "id", json_id(id), "name", found ? w->names->names[low] : "");
}

json_t *dossier_author(const struct writer *w, int kind, int64_t id)
{
    static const char *const kinds[] = {"nobody", "staff", "pupil", "guardian", "program"};
    json_t *by = author(w, id);
    bool known = kind >= 0 && (size_t)kind < ARRAY_LEN(kinds);
    (void)json_object_set_new(by, "kind", json_string(known ? kinds[kind] : ""));
    return by;
}

static enum status made(json_t *value, json_t **ret_value)
{
    if (!value)
        return ERR_NOMEM;
    *ret_value = value;
    return OK;
}

static json_t *person_json(const struct person *person)
{
    return json_pack("{s:s, s:s, s:s, s:s, s:s}", "call", person->call, "given", person->given,
                     "initials", person->initials, "prefix", person->prefix, "family",
                     person->family);
}

static enum status write_pupil(struct writer *w, json_t **ret_value)
{
    struct pupil pupil;
    enum status st = pupil_find(w->work, w->pupil, &pupil);
    if (st != OK)
        return st;
    return made(json_pack("{s:o, s:o, s:o, s:s, s:i, s:o, s:o}", "id", json_id(pupil.id.v), "name",
                          person_json(&pupil.person), "birth", json_day(pupil.person.birth),
                          "number", pupil.person.number, "year_group", pupil.year_group,
                          "enrolled_on", json_day(pupil.enrolled_on), "left_on",
                          json_day(pupil.left_on)),
                ret_value);
}

static enum status write_groups(struct writer *w, json_t **ret_value)
{
    struct pupil_membership *list = NULL;
    size_t count = 0;
    enum status st = group_of_pupil(w->work, w->pupil, &list, &count);
    json_t *array = json_array();
    for (size_t i = 0; st == OK && i < count; i++)
        if (json_array_append_new(
                array,
                json_pack("{s:o, s:s, s:i, s:o, s:o}", "id", json_id(list[i].group.id.v), "name",
                          list[i].group.name, "school_year", list[i].starts_in, "from",
                          json_day(list[i].from_on), "until", json_day(list[i].until_on))) != 0)
            st = ERR_NOMEM;
    if (st == OK)
        return made(array, ret_value);
    json_decref(array);
    return st;
}

/* Another guardian's address and why somebody is told nothing are for the school only. */
static enum status add_guardian(struct writer *w, const struct sql_export_guardians *row,
                                json_t *array)
{
    static const char *const information[] = {"", "full", "on_request", "none"};
    struct work *work = w->work;
    struct person person;
    const char *reason = "";
    enum status st = person_open_with(work, PERSON_GUARDIAN, work_school(work), row->id.v,
                                      row->slot, row->key_wrapped, row->profile_sealed, &person);
    if (st == OK)
        st = dossier_open_text(work, &w->key, "guardianship.reason", row->id.v, row->reason_sealed,
                               &reason);
    if (st != OK)
        return st;
    json_t *value = json_pack("{s:o, s:o, s:b, s:s}", "id", json_id(row->id.v), "name",
                              person_json(&person), "has_authority", row->has_authority,
                              "information", information[row->information]);
    if (w->scope == DOSSIER_FOR_SCHOOL) {
        (void)json_object_set_new(value, "email", json_string(person.email));
        (void)json_object_set_new(value, "reason", json_string(reason));
    }
    return json_array_append_new(array, value) == 0 ? OK : ERR_NOMEM;
}

static enum status write_guardians(struct writer *w, json_t **ret_value)
{
    struct sql_export_guardians *rows = NULL;
    size_t count = 0;
    enum status st = sql_export_guardians(w->work->db, w->work->arena, work_school(w->work),
                                          w->pupil, &rows, &count);
    json_t *array = json_array();
    for (size_t i = 0; st == OK && i < count; i++)
        st = add_guardian(w, &rows[i], array);
    if (st == OK)
        return made(array, ret_value);
    json_decref(array);
    return st;
}

static const char *kind_name(int kind)
{
    return kind == OBSERVATION_STRENGTH ? "strength" : "worry";
}

static enum status add_version(struct writer *w, const struct sql_export_versions *row,
                               json_t *array)
{
    const char *text = NULL;
    enum status st = dossier_open_text(w->work, &w->key, "observation_version.body",
                                       row->observation.v, row->body_sealed, &text);
    if (st != OK)
        return st;
    return json_array_append_new(
               array, json_pack("{s:i, s:s, s:o, s:o, s:s}", "version", row->version, "kind",
                                kind_name(row->kind), "by", author(w, row->author), "at",
                                json_at(w->work->arena, row->made_at), "text", text)) == 0
               ? OK
               : ERR_NOMEM;
}

static enum status add_observation(struct writer *w, const struct sql_export_observations *row,
                                   const struct sql_export_versions *versions, size_t count,
                                   json_t *array)
{
    const char *text = NULL;
    enum status st =
        dossier_open_text(w->work, &w->key, "observation.body", row->id.v, row->body_sealed, &text);
    json_t *list = json_array();
    for (size_t i = 0; st == OK && i < count; i++)
        if (versions[i].observation.v == row->id.v)
            st = add_version(w, &versions[i], list);
    if (st != OK) {
        json_decref(list);
        return st;
    }
    struct arena *arena = w->work->arena;
    json_t *value =
        json_pack("{s:o, s:s, s:o, s:o, s:s, s:o, s:o, s:o, s:o}", "id", json_id(row->id.v), "kind",
                  kind_name(row->kind), "seen_on", json_day(row->seen_on), "by",
                  author(w, row->author.v), "text", text, "made_at", json_at(arena, row->made_at),
                  "changed_at", json_at(arena, row->changed_at), "removed_at",
                  json_at(arena, row->removed_at), "versions", list);
    return json_array_append_new(array, value) == 0 ? OK : ERR_NOMEM;
}

static enum status write_observations(struct writer *w, json_t **ret_value)
{
    struct work *work = w->work;
    struct sql_export_observations *rows = NULL;
    struct sql_export_versions *versions = NULL;
    size_t count = 0, version_count = 0;
    enum status st =
        sql_export_observations(work->db, work->arena, work_school(work), w->pupil, &rows, &count);
    if (st == OK)
        st = sql_export_versions(work->db, work->arena, work_school(work), w->pupil, &versions,
                                 &version_count);
    json_t *array = json_array();
    for (size_t i = 0; st == OK && i < count; i++)
        st = add_observation(w, &rows[i], versions, version_count, array);
    if (st == OK)
        return made(array, ret_value);
    json_decref(array);
    return st;
}

/* Who opened it outside the rules, and the reason they gave. */
static enum status write_emergencies(struct writer *w, json_t **ret_value)
{
    struct work *work = w->work;
    struct sql_export_emergencies *rows = NULL;
    size_t count = 0;
    enum status st =
        sql_export_emergencies(work->db, work->arena, work_school(work), w->pupil, &rows, &count);
    json_t *array = json_array();
    for (size_t i = 0; st == OK && i < count; i++) {
        const char *reason = NULL;
        st = dossier_open_text(work, &w->key, "emergency.reason", rows[i].id.v,
                               rows[i].reason_sealed, &reason);
        if (st != OK)
            break;
        json_t *value = json_pack("{s:o, s:s, s:o, s:o}", "by", author(w, rows[i].staff.v),
                                  "reason", reason, "at", json_at(work->arena, rows[i].made_at),
                                  "until", json_at(work->arena, rows[i].ends_at));
        if (json_array_append_new(array, value) != 0)
            st = ERR_NOMEM;
    }
    if (st == OK)
        return made(array, ret_value);
    json_decref(array);
    return st;
}

/* Who looked and who changed something: part of the answer to an access request. */
static enum status write_log(struct writer *w, json_t **ret_value)
{
    static const char *const kinds[] = {"", "staff", "pupil", "guardian", "program", "nobody"};
    struct work *work = w->work;
    struct sql_export_audit *rows = NULL;
    size_t count = 0;
    enum status st =
        sql_export_audit(work->db, work->arena, work_school(work), w->pupil.v, &rows, &count);
    json_t *array = json_array();
    for (size_t i = 0; st == OK && i < count; i++) {
        bool known = rows[i].actor_kind > 0 && rows[i].actor_kind <= 5;
        json_t *value = json_pack("{s:o, s:s, s:s}", "at", json_at(work->arena, rows[i].noted_at),
                                  "action", audit_action_name((enum audit_action)rows[i].action),
                                  "kind", known ? kinds[rows[i].actor_kind] : "");
        if (rows[i].actor_kind == ACTOR_STAFF)
            (void)json_object_set_new(value, "by", author(w, rows[i].actor));
        if (json_array_append_new(array, value) != 0)
            st = ERR_NOMEM;
    }
    if (st == OK)
        return made(array, ret_value);
    json_decref(array);
    return st;
}

struct part {
    const char *name;
    enum status (*write)(struct writer *w, json_t **ret_value);
};

/* Whoever adds a subject to the dossier adds its part here, and to docs/export.md. */
static const struct part parts[] = {
    {"pupil", write_pupil},
    {"groups", write_groups},
    {"guardians", write_guardians},
    {"observations", write_observations},
    {"emergencies", write_emergencies},
    {"conversations", dossier_conversations},
    {"attachments", dossier_attachments},
    {"goals", dossier_goals},
    {"needs", dossier_needs},
    {"agreements", dossier_agreements},
    {"plans", dossier_plans},
    {"sharing", dossier_sharing},
    {"opp", dossier_opp},
    {"log", write_log},
};

/* What a group has in its own dossier; what one pupil said in it stands in that pupil's. */
static const struct part group_parts[] = {
    {"conversations", dossier_conversations},
    {"attachments", dossier_attachments},
    {"agreements", dossier_agreements},
    {"plans", dossier_plans},
};

const char *dossier_part(size_t i)
{
    return i < ARRAY_LEN(parts) ? parts[i].name : NULL;
}

static enum status write_parts(struct writer *w, const struct part *list, size_t count,
                               json_t **ret)
{
    enum status st = dossier_open(w->work, w->dossier.v, &w->key);
    if (st == ERR_ERASED)
        return ERR_NOT_FOUND;
    if (st != OK)
        return st;
    json_t *dossier = json_object();
    for (size_t i = 0; st == OK && i < count; i++) {
        json_t *part = NULL;
        st = list[i].write(w, &part);
        if (st == OK && json_object_set_new(dossier, list[i].name, part) != 0)
            st = ERR_NOMEM;
    }
    vault_key_wipe(&w->key);
    if (st == OK)
        st = made(dossier, ret);
    if (st != OK)
        json_decref(dossier);
    return st;
}

enum status dossier_json(struct work *work, struct pupil_id pupil, enum dossier_scope scope,
                         const struct staff_names *names, const struct tr *tr, json_t **ret_dossier)
{
    struct writer w = {.work = work,
                       .pupil = pupil,
                       .dossier = {pupil.v},
                       .scope = scope,
                       .names = names,
                       .tr = tr};
    return write_parts(&w, parts, ARRAY_LEN(parts), ret_dossier);
}

enum status dossier_json_of_group(struct work *work, struct group_id group,
                                  const struct staff_names *names, const struct tr *tr,
                                  json_t **ret_dossier)
{
    struct sql_export_group_dossier row;
    enum status st =
        sql_export_group_dossier(work->db, work->arena, work_school(work), group, &row);
    if (st != OK)
        return st;
    struct writer w = {.work = work,
                       .group = group,
                       .dossier = row.dossier,
                       .scope = DOSSIER_FOR_SCHOOL,
                       .names = names,
                       .tr = tr};
    return write_parts(&w, group_parts, ARRAY_LEN(group_parts), ret_dossier);
}
