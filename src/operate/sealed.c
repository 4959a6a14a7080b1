#include "operate/sealed.h"

#include "access/work.h"
#include "base/arena.h"
#include "base/str.h"
#include "operate/findings.h"
#include "vault/vault.h"

/* The installation's, a school's own, a person's: what the three look like in the table below. */
#define OF_INSTALLATION(table_, column_)                                                           \
    .at = {.table = (table_), .column = (column_), .row = "id"}, .key = SEALED_BY_INSTALLATION
#define OF_SCHOOL(table_, column_)                                                                 \
    .at = {.table = (table_), .column = (column_), .school = "school", .row = "id"},               \
    .key = SEALED_BY_SCHOOL
#define OF_DOSSIER(table_, column_, row_, owner_)                                                  \
    .at = {.table = (table_),                                                                      \
           .column = (column_),                                                                    \
           .school = "school",                                                                     \
           .row = (row_),                                                                          \
           .owner = (owner_)},                                                                     \
    .key = SEALED_BY_DOSSIER

const struct sealed_column sealed_columns[] = {
    /* the e-mail address is in the profile too; the second factor is a secret */
    {OF_INSTALLATION("account", "login_sealed"), NULL},
    {OF_INSTALLATION("account", "totp_sealed"), NULL},
    {OF_INSTALLATION("board", "name_sealed"), "school"},
    {OF_DOSSIER("emergency", "reason_sealed", "id", "pupil"), "emergencies"},
    {OF_DOSSIER("guardian", "profile_sealed", "id", "id"), "guardians"},
    {OF_DOSSIER("guardianship", "reason_sealed", "guardian", "pupil"), "guardians"},
    {OF_SCHOOL("location", "name_sealed"), "locations"},
    {OF_DOSSIER("observation", "body_sealed", "id", "pupil"), "observations"},
    {.at = {.table = "observation_version",
            .column = "body_sealed",
            .school = "school",
            .row = "observation",
            .owner = "pupil",
            .via = "observation",
            .via_row = "observation"},
     .key = SEALED_BY_DOSSIER,
     .part = "observations"},
    /* a teacher's own practice, for nobody else's eyes (mirror/practice.h) */
    {OF_DOSSIER("practice", "counts_sealed", "id", "staff"), NULL},
    /* a way to sign in */
    {OF_DOSSIER("picture_code", "code_sealed", "pupil", "pupil"), NULL},
    {OF_DOSSIER("pupil", "profile_sealed", "id", "id"), "pupil"},
    /* a file between looking and carrying out, gone within the hour */
    {OF_SCHOOL("roster_import", "file_sealed"), NULL},
    {.at = {.table = "school", .column = "brin_sealed", .school = "id", .row = "id"},
     .key = SEALED_BY_SCHOOL,
     .part = "school"},
    {.at = {.table = "school", .column = "name_sealed", .school = "id", .row = "id"},
     .key = SEALED_BY_SCHOOL,
     .part = "school"},
    {OF_DOSSIER("staff", "profile_sealed", "id", "id"), "staff"},
    {OF_SCHOOL("teaching_group", "name_sealed"), "groups"},
    /* the author's own memory, part of no dossier (note/note.h) */
    {OF_DOSSIER("working_note", "body_sealed", "id", "author"), NULL},
    /* conversations, and what comes out of them */
    {.at = {.table = "agreement_check",
            .column = "body_sealed",
            .school = "school",
            .row = "id",
            .owner = "dossier",
            .via = "thing",
            .via_row = "agreement"},
     .key = SEALED_BY_DOSSIER,
     .part = "agreements"},
    {OF_DOSSIER("answer", "body_sealed", "conversation", "dossier"), "conversations"},
    {OF_DOSSIER("answer_version", "body_sealed", "conversation", "dossier"), "conversations"},
    {OF_DOSSIER("attachment", "body_sealed", "id", "dossier"), "attachments"},
    {OF_DOSSIER("attachment", "name_sealed", "id", "dossier"), "attachments"},
    {OF_DOSSIER("conversation", "details_sealed", "id", "dossier"), "conversations"},
    {.at = {.table = "conversation_moment",
            .column = "reason_sealed",
            .school = "school",
            .row = "conversation",
            .owner = "dossier",
            .via = "conversation",
            .via_row = "conversation"},
     .key = SEALED_BY_DOSSIER,
     .part = "conversations"},
    {.at = {.table = "conversation_person",
            .column = "address_sealed",
            .school = "school",
            .row = "conversation",
            .owner = "dossier",
            .via = "conversation",
            .via_row = "conversation"},
     .key = SEALED_BY_DOSSIER,
     .part = "conversations"},
    {.at = {.table = "conversation_person",
            .column = "name_sealed",
            .school = "school",
            .row = "conversation",
            .owner = "dossier",
            .via = "conversation",
            .via_row = "conversation"},
     .key = SEALED_BY_DOSSIER,
     .part = "conversations"},
    {.at = {.table = "goal_step",
            .column = "body_sealed",
            .school = "school",
            .row = "id",
            .owner = "dossier",
            .via = "thing",
            .via_row = "goal"},
     .key = SEALED_BY_DOSSIER,
     .part = "goals"},
    /* the teacher's own place, for the teacher's own eyes (P4) */
    {OF_DOSSIER("listening", "level_sealed", "conversation", "staff"), NULL},
    /* gone when it is sent */
    {OF_INSTALLATION("mail_out", "address_sealed"), NULL},
    {OF_INSTALLATION("mail_out", "body_sealed"), NULL},
    {OF_SCHOOL("method_version", "body_sealed"), NULL},
    {OF_DOSSIER("opp_moment", "body_sealed", "id", "pupil"), "opp"},
    {.at = {.table = "opp_moment_version",
            .column = "body_sealed",
            .school = "school",
            .row = "opp_moment",
            .owner = "pupil",
            .via = "opp_moment",
            .via_row = "opp_moment"},
     .key = SEALED_BY_DOSSIER,
     .part = "opp"},
    {OF_DOSSIER("sharing", "body_sealed", "id", "pupil"), "sharing"},
    {OF_DOSSIER("sharing_exception", "body_sealed", "id", "pupil"), "sharing"},
    /* goals, and in parts of their own needs, agreements and plans */
    {OF_DOSSIER("thing", "body_sealed", "id", "dossier"), "goals"},
    {.at = {.table = "thing_version",
            .column = "body_sealed",
            .school = "school",
            .row = "thing",
            .owner = "dossier",
            .via = "thing",
            .via_row = "thing"},
     .key = SEALED_BY_DOSSIER,
     .part = "goals"},
    {.at = {.table = NULL}},
};

const struct sealed_column *sealed_column_find(const char *table, const char *column)
{
    for (const struct sealed_column *c = sealed_columns; c->at.table; c++)
        if (str_equal(c->at.table, table) && str_equal(c->at.column, column))
            return c;
    return NULL;
}

/* While one column is read. */
struct look {
    struct work *work;
    const struct sealed_column *column;
    const char *place; /* "observation.body": what the seal names */
    struct findings *findings;
    struct sealed_counts *counts;
};

static enum status key_of(const struct look *look, const struct scan_row *row,
                          struct vault_key *ret_key)
{
    struct vault *vault = look->work->vault;
    struct school_id school = {row->school};
    switch (look->column->key) {
    case SEALED_BY_INSTALLATION:
        vault_installation_key(vault, ret_key);
        return OK;
    case SEALED_BY_SCHOOL:
        return vault_school_own_key(vault, school, ret_key);
    case SEALED_BY_DOSSIER:
        if (row->key_wrapped.len == 0)
            return ERR_ERASED;
        return vault_dossier_open(vault, school, row->slot, row->key_wrapped, ret_key);
    }
    return ERR_CORRUPT;
}

static enum status open_value(const struct look *look, const struct scan_row *row)
{
    struct vault_key key;
    struct bytes text;
    enum status st = key_of(look, row, &key);
    if (st != OK)
        return st;
    struct vault_place place = {.column = look->place, .school = row->school, .row = row->row};
    st = vault_open_bytes(&key, look->work->arena, place, row->value, &text);
    vault_key_wipe(&key);
    return st;
}

static void tell(struct look *look, const struct scan_row *row, const char *what)
{
    look->counts->broken++;
    findings_problem(look->findings, "%s of school %s, row %s: %s", look->place,
                     id_text(row->school).s, id_text(row->row).s, what);
}

static enum status look_at(void *context, const struct scan_row *row)
{
    struct look *look = context;
    struct arena_mark mark = arena_mark(look->work->arena);
    enum status st = open_value(look, row);
    arena_rewind(look->work->arena, mark);
    if (st == OK)
        look->counts->opened++;
    else if (st == ERR_ERASED && (row->key_wrapped.len || row->value.len == 0))
        look->counts->erased++;
    else if (st == ERR_ERASED)
        tell(look, row, "its dossier was erased, or is missing, and the value still stands");
    else if (st == ERR_CORRUPT || st == ERR_NOT_FOUND)
        tell(look, row, "does not open");
    else
        return st;
    return OK;
}

static enum status check_column(struct look *look, int64_t most)
{
    const struct scan *at = &look->column->at;
    look->place = arena_printf(look->work->arena, "%s.%.*s", at->table,
                               (int)(strlen(at->column) - strlen(SCAN_SUFFIX)), at->column);
    return db_scan(look->work->db, at, most, look_at, look);
}

enum status sealed_check(struct work *work, int64_t most, struct findings *findings,
                         struct sealed_counts *ret_counts)
{
    struct scan_column *columns = NULL;
    size_t count = 0;
    struct sealed_counts counts = {0};
    struct look look = {.work = work, .findings = findings, .counts = &counts};
    enum status st = db_scan_columns(work->db, work->arena, &columns, &count);
    for (size_t i = 0; st == OK && i < count; i++) {
        look.column = sealed_column_find(columns[i].table, columns[i].column);
        if (look.column)
            st = check_column(&look, most);
        else
            findings_problem(findings, "%s.%s: this program does not know which key opens it",
                             columns[i].table, columns[i].column);
    }
    if (st == OK)
        *ret_counts = counts;
    return st;
}
