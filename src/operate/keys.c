#include "operate/commands.h"

#include <jansson.h>
#include <stdio.h>

#include "base/arena.h"
#include "gen/dossier_sql.h"
#include "operate/cli.h"
#include "operate/json_text.h"
#include "operate/rotation.h"
#include "person/erasure.h"
#include "school/school.h"
#include "vault/vault.h"

/* keys: new keys, and how it stands with the present ones. Never prints a key. */

static int answer(const struct cli *cli, enum status st)
{
    if (st == ERR_CONFLICT)
        return cli_refuse(cli, "a rotation is going on or was cut short: weerklank keys settle");
    if (st == ERR_FORBIDDEN)
        return cli_refuse(cli, "the file of the master key, or its folder, cannot be written: give "
                               "the real file with --master-key, while serve is stopped");
    return st == OK ? CLI_DONE
                    : cli_refuse(cli,
                                 "%s. Everything still opens; weerklank keys settle ends what "
                                 "was cut short",
                                 cli_reason(st));
}

static int rotate_school(struct cli *cli)
{
    size_t dossiers = 0;
    int code = cli_school(cli);
    if (code == CLI_DONE)
        code = answer(cli, rotation_of_school(cli, cli->actor.school, &dossiers));
    if (code != CLI_DONE)
        return code;
    if (cli->json)
        return cli_print_json(cli, json_pack("{s:I}", "dossiers", (json_int_t)dossiers));
    printf("%zu dossiers have new keys\n", dossiers);
    fprintf(stderr, "Make a new backup, and a new copy of the keyring over the old one: backups "
                    "from before cannot be opened any more.\n");
    return CLI_DONE;
}

static int rotate_master(struct cli *cli)
{
    int code = answer(cli, rotation_of_master(cli));
    if (code == CLI_DONE)
        fprintf(stderr, "Copy the new master key to its safe place, and the keyring over its copy; "
                        "destroy the old key when no backup from before is needed.\n");
    return code;
}

static int settle(struct cli *cli)
{
    size_t settled = 0;
    int code = answer(cli, rotation_settle(cli, &settled));
    if (code != CLI_DONE)
        return code;
    if (cli->json)
        return cli_print_json(cli, json_pack("{s:I}", "settled", (json_int_t)settled));
    printf(settled ? "%zu rotations ended\n" : "there was nothing to settle\n", settled);
    return CLI_DONE;
}

struct info {
    struct cli *cli;
    struct json_t *schools;
    bool older;
};

static enum status school_info(struct info *info, struct work *work, struct school_id school)
{
    struct sql_dossier_all *live = NULL;
    struct sql_dossier_erased_slots *erased = NULL;
    size_t live_count = 0, erased_count = 0, due = 0;
    enum status known = school_know(work, school);
    enum status st = sql_dossier_all(work->db, work->arena, school, &live, &live_count);
    if (st == OK)
        st = sql_dossier_erased_slots(work->db, work->arena, school, &erased, &erased_count);
    if (st == OK)
        st = erasure_due(work, school, &due);
    if (st != OK)
        return st;
    json_t *value = json_pack("{s:o, s:b, s:b, s:I, s:I, s:I}", "id", json_id(school.v), "opens",
                              known == OK, "rotating", vault_school_rotating(work->vault, school),
                              "dossiers", (json_int_t)live_count, "erased",
                              (json_int_t)erased_count, "erasures_due", (json_int_t)due);
    return json_array_append_new(info->schools, value) == 0 ? OK : ERR_NOMEM;
}

static enum status read_info(struct work *work, void *context)
{
    struct info *info = context;
    struct school_id *schools = NULL;
    size_t count = 0;
    enum status st = erasure_keyring_is_older(work, &info->older);
    if (st == OK)
        st = school_ids(work, &schools, &count);
    for (size_t i = 0; st == OK && i < count; i++)
        st = school_info(info, work, schools[i]);
    return st;
}

static void print_info(const struct info *info, const char *master, json_int_t generation)
{
    size_t i;
    json_t *school;
    printf("master key: %s\nkeyring: change %" JSON_INTEGER_FORMAT "%s\n", master, generation,
           info->older ? ", OLDER than the database knows" : "");
    json_array_foreach(info->schools, i, school)
    {
        printf("school %s: %s%s, %" JSON_INTEGER_FORMAT " dossiers, %" JSON_INTEGER_FORMAT
               " erased, %" JSON_INTEGER_FORMAT " erasures due\n",
               json_string_value(json_object_get(school, "id")),
               json_is_true(json_object_get(school, "opens")) ? "opens" : "DOES NOT OPEN",
               json_is_true(json_object_get(school, "rotating")) ? ", rotation cut short" : "",
               json_integer_value(json_object_get(school, "dossiers")),
               json_integer_value(json_object_get(school, "erased")),
               json_integer_value(json_object_get(school, "erasures_due")));
    }
}

static int info(struct cli *cli)
{
    static const char *const states[] = {[VAULT_MASTER_SETTLED] = "settled",
                                         [VAULT_MASTER_PENDING] = "being replaced",
                                         [VAULT_MASTER_LEFTOVER] =
                                             "replaced, the former still opens"};
    struct info found = {.cli = cli, .schools = json_array()};
    enum status st = found.schools ? cli_transaction(cli, false, read_info, &found) : ERR_NOMEM;
    const char *master = states[vault_master_state(cli->vault, NULL)];
    json_int_t generation = (json_int_t)vault_generation(cli->vault);
    int code = st == OK ? CLI_DONE : cli_refuse(cli, "%s", cli_reason(st));
    if (st == OK && cli->json)
        code = cli_print_json(cli, json_pack("{s:s, s:I, s:b, s:O}", "master_key", master,
                                             "keyring_generation", generation, "keyring_is_older",
                                             found.older, "schools", found.schools));
    else if (st == OK)
        print_info(&found, master, generation);
    json_decref(found.schools);
    return code;
}

static const struct cli_verb verbs[] = {
    {"info", "", "how it stands with the keys", info},
    {"rotate-school", "[--school ID]", "new keys for all dossiers of a school", rotate_school},
    {"rotate-master", "", "a new master key", rotate_master},
    {"settle", "", "ends a rotation that was cut short", settle},
    {NULL, NULL, NULL, NULL},
};

static const struct cli_option options[] = {
    {"--school", "ID", "which school (the only one)"},
    {NULL, NULL, NULL},
};

const struct command command_keys = {
    .name = "keys",
    .usage = "info|rotate-school|rotate-master|settle",
    .summary = "New keys, and how it stands with the present ones.",
    .options = options,
    .verbs = verbs,
    .run = cli_run_verb,
};
