#include "operate/testing.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <cmocka.h>

#include <dirent.h>
#include <unistd.h>

#include "answer/kind.h"
#include "base/arena.h"
#include "base/date.h"
#include "base/random.h"
#include "base/str.h"
#include "db/db.h"
#include "guardian/guardian.h"
#include "method/shelf.h"
#include "note/note.h"
#include "observation/observation.h"
#include "pupil/pupil.h"
#include "pupil/timeline.h"
#include "school/school.h"
#include "staff/staff.h"
#include "vault/vault.h"

#define ARENA_CAP ((size_t)256 << 20)
#define AUTUMN INT64_C(1790000000000) /* 2026-09-21 */

static struct work work_for(struct cli *cli)
{
    return (struct work){.db = cli->db,
                         .arena = cli->arena,
                         .vault = cli->vault,
                         .random = &cli->random,
                         .now_ms = AUTUMN,
                         .today = date_of(AUTUMN),
                         .actor = &cli->actor,
                         .shelf = cli->shelf};
}

static const struct command tested = {.name = "test", .usage = "", .summary = ""};

void house_open(struct house *house, struct db *db)
{
    *house = (struct house){.cli = {.command = &tested, .db = db, .random = random_system()}};
    struct cli *cli = &house->cli;
    (void)snprintf(house->folder, sizeof house->folder, "/tmp/house-test-XXXXXX");
    assert_non_null(mkdtemp(house->folder));
    (void)snprintf(house->master, sizeof house->master, "%s/master.key", house->folder);
    (void)snprintf(house->keyring, sizeof house->keyring, "%s/keyring", house->folder);
    cli->state = house->folder;
    cli->master_key = house->master;
    assert_int_equal(method_shelf_open(&answer_method_kinds, &cli->shelf), OK);
    cli->arena = arena_new(ARENA_CAP);
    assert_non_null(cli->arena);
    assert_int_equal(
        vault_open_files(house->master, house->keyring, true, &cli->random, &cli->vault), OK);
    cli->actor = (struct actor){.kind = ACTOR_PROGRAM};
    cli->work = work_for(cli);
}

void house_close(struct house *house)
{
    method_shelf_close(house->cli.shelf);
    vault_close(house->cli.vault);
    arena_free(house->cli.arena);
    DIR *folder = opendir(house->folder);
    assert_non_null(folder);
    for (struct dirent *entry; (entry = readdir(folder)) != NULL;)
        if (entry->d_name[0] != '.')
            (void)unlinkat(dirfd(folder), entry->d_name, 0);
    (void)closedir(folder);
    assert_int_equal(rmdir(house->folder), 0);
}

struct vault *house_other_vault(const struct house *house)
{
    struct random random = random_system();
    struct vault *vault = NULL;
    assert_int_equal(vault_open_files(house->master, house->keyring, false, &random, &vault), OK);
    return vault;
}

void house_crash(struct house *house)
{
    vault_close(house->cli.vault);
    house->cli.vault = house_other_vault(house);
    house->cli.work.vault = house->cli.vault;
}

static enum status fill_pupil(struct work *work, struct house *house, size_t number)
{
    struct arena *arena = work->arena;
    struct person person = person_none();
    person.call = arena_printf(arena, "Noor%zu", number);
    person.family = HOUSE_NAME;
    struct pupil_draft draft = {.person = person, .year_group = 3};
    struct pupil_id *pupil = &house->pupils[number];
    enum status st = pupil_add(work, &draft, pupil);
    person.call = arena_printf(arena, "Ouder%zu", number);
    struct guardian_draft guardian = {
        .person = person, .has_authority = true, .information = INFORMATION_FULL, .reason = ""};
    struct guardian_id guardian_id;
    if (st == OK)
        st = guardian_add(work, *pupil, &guardian, &guardian_id);
    struct observation_id id = {id_new(work->random)};
    struct observation_draft text = {OBSERVATION_STRENGTH, work->today, HOUSE_TEXT};
    struct observation now;
    int version = 0;
    if (st == OK)
        st = observation_add(work, *pupil, id, &text);
    text.body = HOUSE_TEXT " en bloeit";
    if (st == OK)
        st = observation_change(work, id, 1, &text, &version, &now);
    struct working_note_id note;
    return st == OK ? note_add(work, *pupil, HOUSE_TEXT, note_default_end(work->today), &note) : st;
}

struct filling {
    const struct house_draft *draft;
    struct house *house;
    struct cli *cli;
};

static enum status fill(struct work *work, void *context)
{
    struct filling *f = context;
    struct actor *actor = &f->cli->actor;
    struct school_draft school = {.board_name = "Bestuur",
                                  .name = f->draft->name,
                                  .brin = "",
                                  .kind = SCHOOL_PRIMARY,
                                  .first_year = date_school_year(work->today)};
    *actor = (struct actor){.kind = ACTOR_PROGRAM};
    enum status st = school_make(work, &school, &f->house->school);
    actor->school = f->house->school;
    struct staff_draft staff = {.person = person_none()};
    staff.person.call = "Marit";
    staff.person.family = HOUSE_NAME;
    staff.person.email =
        arena_printf(work->arena, "marit-%s@school.example", id_text(f->house->school.v).s);
    if (st == OK)
        st = staff_add(work, &staff, &f->house->teacher);
    /* Who may add pupils, and read and write all dossiers of the school. */
    *actor = (struct actor){.kind = ACTOR_STAFF,
                            .school = f->house->school,
                            .staff = f->house->teacher,
                            .school_roles = 1u << ROLE_COORDINATOR | 1u << ROLE_ADMINISTRATOR};
    for (size_t i = 0; st == OK && i < f->draft->pupils; i++)
        st = fill_pupil(work, f->house, i);
    *actor = (struct actor){.kind = ACTOR_PROGRAM, .school = f->house->school};
    return st;
}

enum status house_fill(struct cli *cli, const struct house_draft *draft, struct house *ret_house)
{
    assert_true(draft->pupils <= HOUSE_PUPILS_MAX);
    struct filling filling = {draft, ret_house, cli};
    enum status st = cli_transaction(cli, true, fill, &filling);
    if (st == OK)
        ret_house->pupil_count = draft->pupils;
    return st;
}

static enum status read_one(struct work *work, struct pupil_id id, bool *ret_readable)
{
    struct pupil pupil;
    const struct timeline_wish noted = {.kinds = 1U << TIMELINE_STRENGTH | 1U << TIMELINE_WORRY};
    struct timeline line;
    *ret_readable = false;
    enum status st = pupil_find(work, id, &pupil);
    if (st == ERR_NOT_FOUND)
        return OK;
    if (st == OK)
        st = timeline_read(work, id, &noted, &line);
    if (st == OK)
        *ret_readable = str_equal(pupil.person.family, HOUSE_NAME) && line.count == 1 &&
                        str_starts(line.entries[0].text, HOUSE_TEXT);
    return st;
}

struct reading {
    const struct house *house;
    size_t readable;
};

static enum status read_all(struct work *work, void *context)
{
    struct reading *r = context;
    const struct house *house = r->house;
    r->readable = 0;
    enum status st = school_know(work, house->school);
    for (size_t i = 0; st == OK && i < house->pupil_count; i++) {
        bool one = false;
        st = read_one(work, house->pupils[i], &one);
        r->readable += one;
    }
    return st;
}

size_t house_readable(struct house *house)
{
    struct cli *cli = &house->cli;
    cli->actor = (struct actor){.kind = ACTOR_STAFF,
                                .school = house->school,
                                .staff = house->teacher,
                                .school_roles = 1u << ROLE_COORDINATOR};
    struct reading reading = {.house = house};
    assert_int_equal(cli_transaction(cli, false, read_all, &reading), OK);
    cli->actor = (struct actor){.kind = ACTOR_PROGRAM, .school = house->school};
    return reading.readable;
}
