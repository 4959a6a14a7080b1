#include "operate/commands.h"

#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <stdio.h>
#include <unistd.h>

#include "access/audit.h"
#include "base/arena.h"
#include "base/str.h"
#include "db/db.h"
#include "gen/export_sql.h"
#include "group/group.h"
#include "i18n/tr.h"
#include "operate/cli.h"
#include "operate/dossier_json.h"
#include "operate/json_text.h"
#include "person/dossier.h"
#include "school/school.h"
#include "staff/staff.h"
#include "vault/vault.h"

/*
 * export: one school as JSON (docs/export.md), so that it can always leave with what is its own.
 * Written pupil by pupil from one moment of the database: memory does not grow with the school. The
 * file gets its name when it is complete.
 */

struct export
{
    struct cli *cli;
    FILE *file;
    const char *path, *partial; /* NULL: to stdout */
    bool first;                 /* of the list that is being written */
    const struct tr *tr;
    size_t pupils;
};

static enum status put(struct export *e, const char *text)
{
    return fputs(text, e->file) == EOF ? ERR_IO : OK;
}

/* Takes the value over. */
static enum status put_json(struct export *e, json_t *value)
{
    if (!value)
        return ERR_NOMEM;
    bool written = json_dumpf(value, e->file, JSON_COMPACT | JSON_ENCODE_ANY) == 0;
    json_decref(value);
    return written ? OK : ERR_IO;
}

static enum status put_part(struct export *e, const char *name, json_t *value)
{
    enum status st = put(e, ",\n\"");
    if (st == OK)
        st = put(e, name);
    if (st == OK)
        st = put(e, "\":");
    if (st == OK)
        return put_json(e, value);
    json_decref(value);
    return st;
}

static enum status begin_list(struct export *e, const char *name)
{
    e->first = true;
    enum status st = put(e, ",\n\"");
    if (st == OK)
        st = put(e, name);
    return st == OK ? put(e, "\":[") : st;
}

static enum status put_item(struct export *e, json_t *value)
{
    enum status st = put(e, e->first ? "\n" : ",\n");
    e->first = false;
    if (st == OK)
        return put_json(e, value);
    json_decref(value);
    return st;
}

static enum status board_name(struct work *work, const char **ret_name)
{
    struct sql_export_board row;
    enum status st = sql_export_board(work->db, work->arena, work_school(work), &row);
    if (st != OK)
        return st;
    struct vault_key key;
    vault_installation_key(work->vault, &key);
    struct vault_place place = {.column = "board.name", .row = row.id.v};
    st = vault_open(&key, work->arena, place, row.name_sealed, ret_name);
    vault_key_wipe(&key);
    return st;
}

static enum status write_school(struct export *e, struct work *work)
{
    static const char *const kinds[] = {"", "po", "vo", "so"};
    struct school school;
    const char *board = NULL;
    enum status st = school_find(work, &school);
    if (st == OK)
        st = board_name(work, &board);
    if (st == OK)
        st = put(e, "{\"format\":\"weerklank-school\",\"version\":1");
    if (st == OK)
        st = put_part(e, "made_at", json_at(work->arena, work->now_ms));
    if (st == OK)
        st = put_part(e, "school",
                      json_pack("{s:o, s:s, s:s, s:s, s:s, s:i}", "id", json_id(school.id.v),
                                "name", school.name, "brin", school.brin, "board", board, "kind",
                                kinds[school.kind], "retention_years", school.retention_years));
    return st;
}

static enum status write_locations(struct export *e, struct work *work)
{
    struct location *list = NULL;
    size_t count = 0;
    enum status st = location_list(work, &list, &count);
    if (st == OK)
        st = begin_list(e, "locations");
    for (size_t i = 0; st == OK && i < count; i++)
        st =
            put_item(e, json_pack("{s:o, s:s}", "id", json_id(list[i].id.v), "name", list[i].name));
    return st == OK ? put(e, "]") : st;
}

static enum status write_group(struct export *e, struct work *work, const struct group *group,
                               const struct school_year *year, const struct staff_names *names)
{
    json_t *dossier = NULL;
    enum status st = dossier_json_of_group(work, group->id, names, e->tr, &dossier);
    if (st != OK && st != ERR_NOT_FOUND) /* most groups have none */
        return st;
    return put_item(e,
                    json_pack("{s:o, s:s, s:i, s:b, s:s, s:o}", "id", json_id(group->id.v), "name",
                              group->name, "school_year", year->starts_in, "active_year",
                              year->is_active, "years", year_groups_text(work->arena, group->years),
                              "dossier", dossier ? dossier : json_null()));
}

static enum status write_groups_of(struct export *e, struct work *work,
                                   const struct school_year *year, const struct staff_names *names)
{
    struct group *groups = NULL;
    size_t count = 0;
    enum status st = group_list(work, year->id, &groups, &count);
    for (size_t i = 0; st == OK && i < count; i++) {
        struct arena_mark mark = arena_mark(work->arena);
        st = write_group(e, work, &groups[i], year, names);
        arena_rewind(work->arena, mark);
    }
    return st;
}

static enum status write_groups(struct export *e, struct work *work)
{
    struct school_year *years = NULL;
    struct staff_names *names = NULL;
    size_t count = 0;
    enum status st = school_years(work, &years, &count);
    if (st == OK)
        st = staff_names_read(work, &names);
    if (st == OK)
        st = begin_list(e, "groups");
    for (size_t i = 0; st == OK && i < count; i++)
        st = write_groups_of(e, work, &years[i], names);
    return st == OK ? put(e, "]") : st;
}

static json_t *functions_json(struct work *work, struct staff_id staff)
{
    static const char *const roles[] = {"",          "teacher",       "coordinator",
                                        "principal", "administrator", "support"};
    struct staff_function *list = NULL;
    size_t count = 0;
    if (staff_functions_of(work, staff, &list, &count) != OK)
        return NULL;
    json_t *array = json_array();
    for (size_t i = 0; i < count; i++)
        (void)json_array_append_new(array, json_pack("{s:s, s:i, s:o}", "role", roles[list[i].role],
                                                     "school_year", list[i].starts_in, "group",
                                                     json_id(list[i].group.v)));
    return array;
}

static enum status write_one_staff(struct export *e, struct work *work,
                                   const struct sql_export_staff *row)
{
    struct person person;
    enum status st = person_open_with(work, PERSON_STAFF, work_school(work), row->id.v, row->slot,
                                      row->key_wrapped, row->profile_sealed, &person);
    if (st != OK)
        return st;
    return put_item(e,
                    json_pack("{s:o, s:s, s:s, s:s, s:s, s:s, s:o, s:o}", "id", json_id(row->id.v),
                              "call", person.call, "given", person.given, "prefix", person.prefix,
                              "family", person.family, "email", person.email, "left_on",
                              json_day(row->left_on), "functions", functions_json(work, row->id)));
}

static enum status write_staff(struct export *e, struct work *work)
{
    struct sql_export_staff *rows = NULL;
    size_t count = 0;
    enum status st = sql_export_staff(work->db, work->arena, work_school(work), &rows, &count);
    if (st == OK)
        st = begin_list(e, "staff");
    for (size_t i = 0; st == OK && i < count; i++)
        st = write_one_staff(e, work, &rows[i]);
    return st == OK ? put(e, "]") : st;
}

static enum status write_pupils(struct export *e, struct work *work)
{
    struct sql_export_pupils *rows = NULL;
    struct staff_names *names = NULL;
    size_t count = 0;
    enum status st = sql_export_pupils(work->db, work->arena, work_school(work), &rows, &count);
    if (st == OK)
        st = staff_names_read(work, &names);
    if (st == OK)
        st = begin_list(e, "pupils");
    for (size_t i = 0; st == OK && i < count; i++) {
        struct arena_mark mark = arena_mark(work->arena);
        json_t *dossier = NULL;
        st = dossier_json(work, rows[i].id, DOSSIER_FOR_SCHOOL, names, e->tr, &dossier);
        if (st == OK)
            st = put_item(e, dossier);
        arena_rewind(work->arena, mark);
        e->pupils++;
    }
    return st == OK ? put(e, "]}\n") : st;
}

static enum status write_all(struct work *work, void *context)
{
    struct export *e = context;
    enum status st = write_school(e, work);
    if (st == OK)
        st = write_locations(e, work);
    if (st == OK)
        st = write_groups(e, work);
    if (st == OK)
        st = write_staff(e, work);
    return st == OK ? write_pupils(e, work) : st;
}

static enum status note_export(struct work *work, void *context UNUSED)
{
    return audit_change(work, AUDIT_EXPORTED, 0, 0);
}

static int open_file(struct export *e)
{
    struct cli *cli = e->cli;
    if (str_equal(cli->words[0], "-")) {
        e->file = stdout;
        return CLI_DONE;
    }
    e->path = cli->words[0];
    if (access(e->path, F_OK) == 0)
        return cli_refuse(cli, "%s exists: an export never overwrites", e->path);
    e->partial = arena_printf(cli->arena, "%s.partial", e->path);
    (void)unlink(e->partial); /* of one that was killed */
    int file = open(e->partial, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    e->file = file >= 0 ? fdopen(file, "w") : NULL;
    return e->file ? CLI_DONE : cli_refuse(cli, "cannot write %s: %s", e->path, strerror(errno));
}

static int close_file(struct export *e, enum status st)
{
    struct cli *cli = e->cli;
    if (st == OK && (fflush(e->file) != 0 || ferror(e->file)))
        st = ERR_IO;
    if (e->partial) {
        if (st == OK && fsync(fileno(e->file)) != 0)
            st = ERR_IO;
        if (fclose(e->file) != 0)
            st = ERR_IO;
        if (st == OK && rename(e->partial, e->path) != 0)
            st = ERR_IO;
        if (st != OK)
            (void)unlink(e->partial);
    }
    if (st != OK)
        return cli_refuse(cli, "writing stopped: %s; nothing is kept", cli_reason(st));
    fprintf(stderr, "%zu dossiers, readable by whoever has this file: keep it accordingly.\n",
            e->pupils);
    return CLI_DONE;
}

/* It is in the log before a byte is written, so that none goes out unnoted. */
static int export_school(struct cli *cli)
{
    struct export e = {.cli = cli};
    struct tr *catalogues[LANG_COUNT] = {0};
    int code = cli_school(cli);
    if (code == CLI_DONE && tr_load_all(catalogues) != OK)
        code = cli_refuse(cli, "out of memory");
    e.tr = catalogues[LANG_NL];
    if (code == CLI_DONE)
        code = open_file(&e);
    if (code != CLI_DONE) {
        tr_free_all(catalogues);
        return code;
    }
    enum status st = cli_transaction(cli, true, note_export, NULL);
    if (st == OK) { /* once: what was written cannot be written again */
        st = db_begin(cli->db, DB_READ);
        if (st == OK)
            st = write_all(&cli->work, &e);
        db_rollback(cli->db);
    }
    tr_free_all(catalogues);
    return close_file(&e, st);
}

static int run(const struct command *command, int argc, char **argv)
{
    struct cli cli;
    int code = CLI_DONE;
    if (!cli_parse(command, argc, argv, &cli, &code))
        return code;
    code = cli.word_count == 1 ? cli_open(&cli, false)
                               : cli_usage(&cli, "wants one FILE, or - for stdout");
    if (code == CLI_DONE)
        code = cli_check_schema(&cli);
    if (code == CLI_DONE)
        code = export_school(&cli);
    cli_close(&cli);
    return code;
}

static const struct cli_option options[] = {
    {"--school", "ID", "which school (the only one)"},
    {NULL, NULL, NULL},
};

const struct command command_export = {
    .name = "export",
    .usage = "[--school ID] FILE",
    .summary = "Writes all dossiers of a school as JSON, readable (docs/export.md).",
    .options = options,
    .run = run,
};
