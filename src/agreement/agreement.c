#include "agreement/agreement.h"

#include <assert.h>

#include "access/work.h"
#include "base/arena.h"
#include "base/str.h"
#include "base/utf8.h"
#include "gen/agreement_sql.h"

#define CHECK_BODY "agreement_check.body"

/* Staff write down what pupil and staff say alike, so the voice is of who does it. */
static enum voice voice_of(enum agreement_who who)
{
    static const enum voice voices[] = {
        [WHO_STAFF] = VOICE_TEACHER,     [WHO_PUPIL] = VOICE_PUPIL,
        [WHO_GUARDIAN] = VOICE_GUARDIAN, [WHO_OTHER] = VOICE_OTHER,
        [WHO_TOGETHER] = VOICE_TOGETHER,
    };
    return who >= WHO_STAFF && who <= WHO_TOGETHER ? voices[who] : VOICE_NONE;
}

/* --- who does it as well: "1-ID 3-ID", kind and person
 * ------------------------------------------- */

static enum status write_people(struct work *work, const struct agreement_person *people,
                                size_t count, const char **ret)
{
    const char *text = "";
    for (size_t i = 0; i < count; i++)
        text = arena_printf(work->arena, "%s%s%d-%s", text, i ? " " : "", (int)people[i].kind,
                            id_text(people[i].id).s);
    *ret = text;
    return arena_failed(work->arena) ? ERR_NOMEM : OK;
}

/* What write_people() wrote; anything else ends it. */
static size_t read_people(const char *text, struct agreement_person people[AGREEMENT_OTHERS_MAX])
{
    size_t count = 0;
    while (count < AGREEMENT_OTHERS_MAX && *text) {
        char id[ID_TEXT_LEN + 1] = "";
        size_t len = strcspn(text, " ");
        struct agreement_person person = {.kind = (enum agreement_who)(text[0] - '0')};
        if (len < 3 || text[1] != '-' || len - 2 > ID_TEXT_LEN)
            break;
        memcpy(id, text + 2, len - 2);
        if (id_parse(id, &person.id) != OK)
            break;
        people[count++] = person;
        text += len + (text[len] == ' ');
    }
    return count;
}

static bool is_listed(const struct sql_agreement_people *rows, size_t count,
                      const struct agreement_person *person)
{
    for (size_t i = 0; i < count; i++)
        if (rows[i].kind == (int64_t)person->kind && rows[i].person == person->id)
            return true;
    return false;
}

static bool may_be_named(const struct sql_agreement_people *rows, size_t count,
                         struct pupil_id pupil, const struct agreement_person *person)
{
    switch (person->kind) {
    case WHO_STAFF:
        return is_listed(rows, count, person);
    case WHO_PUPIL:
        return pupil.v && person->id == pupil.v;
    case WHO_GUARDIAN: /* 0: at home, whoever it is */
        return !person->id || is_listed(rows, count, person);
    case WHO_OTHER:
    case WHO_TOGETHER:
        return person->id == 0;
    }
    return false;
}

/* Everybody, the first one first. */
static size_t everybody(const struct thing_draft *draft,
                        struct agreement_person all[AGREEMENT_OTHERS_MAX + 1])
{
    all[0] = (struct agreement_person){(enum agreement_who)draft->sort, draft->who};
    for (size_t i = 0; i < draft->part_count; i++)
        if (str_equal(draft->parts[i].name, "also"))
            return 1 + read_people(draft->parts[i].text, all + 1);
    return 1;
}

static enum status check_who(struct work *work, struct pupil_id pupil,
                             const struct thing_draft *draft)
{
    struct agreement_person all[AGREEMENT_OTHERS_MAX + 1];
    struct sql_agreement_people *rows = NULL;
    size_t count = 0, people = everybody(draft, all);
    enum status st =
        sql_agreement_people(work->db, work->arena, work_school(work), pupil, &rows, &count);
    for (size_t i = 0; st == OK && i < people; i++) {
        if (!may_be_named(rows, count, pupil, &all[i]))
            return ERR_INVALID;
        for (size_t j = 0; j < i; j++)
            if (all[j].kind == all[i].kind && all[j].id == all[i].id)
                return ERR_INVALID;
    }
    return st;
}

/* So that somebody finds what they promised and have still to do (plan/lookback.h). */
static enum status keep_who(struct work *work, const struct thing *thing)
{
    const struct agreement a = agreement_of_thing(thing);
    enum status st = sql_agreement_who_clear(work->db, work_school(work), a.id, NULL);
    if (st != OK || thing->state != THING_OPEN)
        return st;
    st = sql_agreement_who_insert(work->db, work_school(work), a.id, (int32_t)a.who_kind, a.who,
                                  NULL);
    for (size_t i = 0; st == OK && i < a.other_count; i++)
        st = sql_agreement_who_insert(work->db, work_school(work), a.id, (int32_t)a.others[i].kind,
                                      a.others[i].id, NULL);
    return st;
}

/* --- its rules
 * ------------------------------------------------------------------------------------ */

/* A promise of an adult is not for the child to drop or to put another in its place. */
static bool may_end(const struct work *work, const struct thing *now, int state)
{
    bool undone = state == AGREEMENT_CHANGED || state == AGREEMENT_DROPPED;
    return !undone || work->actor->kind != ACTOR_PUPIL ||
           thing_may_change(work->actor, now->voice, now->author_kind, now->author);
}

static const char *const wanted[] = {"what", NULL};

const struct thing_rules agreement_rules = {.kind = THING_AGREEMENT,
                                            .wanted = wanted,
                                            .text_max = AGREEMENT_TEXT_MAX,
                                            .list_max = AGREEMENTS_MAX,
                                            .states = AGREEMENT_DROPPED,
                                            .good = AGREEMENT_KEPT,
                                            .is_of_groups = true,
                                            .made = AUDIT_AGREEMENT_MADE,
                                            .changed = AUDIT_AGREEMENT_CHANGED,
                                            .ended = AUDIT_AGREEMENT_ENDED,
                                            .check = check_who,
                                            .may_end = may_end,
                                            .kept = keep_who};

struct agreement agreement_of_thing(const struct thing *thing)
{
    struct agreement a = {.id = {thing->id.v},
                          .pupil = thing->pupil,
                          .conversation = thing->conversation,
                          .question = thing->question,
                          .goal = thing->goal,
                          .became = {thing->became.v},
                          .who_kind = (enum agreement_who)thing->sort,
                          .who = thing->who,
                          .state = (enum agreement_state)thing->state,
                          .due_on = thing->due_on,
                          .look_on = thing->look_on,
                          .ended_on = thing->ended_on,
                          .celebrated_at = thing->celebrated_at,
                          .party = thing_party(thing),
                          .version = thing->version,
                          .author_kind = thing->author_kind,
                          .author = thing->author,
                          .made_at = thing->made_at,
                          .changed_at = thing->changed_at,
                          .what = thing_said(thing, "what"),
                          .who_name = thing_said(thing, "who"),
                          .how = thing_said(thing, "how"),
                          .look = thing_said(thing, "look"),
                          .outcome = thing_said(thing, "outcome"),
                          .next = thing_said(thing, "next")};
    a.other_count = read_people(thing_said(thing, "also"), a.others);
    return a;
}

enum { DRAFT_PARTS = 5 };

static enum status as_thing(struct work *work, const struct agreement_draft *draft,
                            struct answer_part parts[DRAFT_PARTS], struct thing_draft *ret)
{
    const char *also = "";
    if (draft->other_count > AGREEMENT_OTHERS_MAX)
        return ERR_INVALID;
    enum status st = write_people(work, draft->others, draft->other_count, &also);
    const struct answer_part said[DRAFT_PARTS] = {{"what", draft->what},
                                                  {"who", draft->who_name},
                                                  {"how", draft->how},
                                                  {"look", draft->look},
                                                  {"also", also}};
    memcpy(parts, said, sizeof(said));
    *ret = (struct thing_draft){.conversation = draft->conversation,
                                .question = draft->question,
                                .goal = draft->goal,
                                .voice = voice_of(draft->who_kind),
                                .sort = (int)draft->who_kind,
                                .who = draft->who,
                                .due_on = draft->due_on,
                                .look_on = draft->look_on,
                                .parts = parts,
                                .part_count = DRAFT_PARTS};
    return st;
}

/* --- making and changing
 * -------------------------------------------------------------------------- */

enum status agreement_make(struct work *work, struct pupil_id pupil, struct agreement_id id,
                           const struct agreement_draft *draft)
{
    struct answer_part parts[DRAFT_PARTS];
    struct thing_draft d;
    enum status st = as_thing(work, draft, parts, &d);
    return st == OK ? thing_make(work, &agreement_rules, pupil, (struct thing_id){id.v}, &d) : st;
}

enum status agreement_change(struct work *work, struct agreement_id id, int base_version,
                             const struct agreement_draft *draft, int *ret_version,
                             struct thing *ret_now)
{
    struct answer_part parts[DRAFT_PARTS];
    struct thing_draft d;
    enum status st = as_thing(work, draft, parts, &d);
    return st == OK ? thing_change(work, &agreement_rules, (struct thing_id){id.v}, base_version,
                                   &d, ret_version, ret_now)
                    : st;
}

enum status agreement_end(struct work *work, struct agreement_id id, enum agreement_state state)
{
    if (state == AGREEMENT_CHANGED)
        return ERR_INVALID;
    return thing_end(work, &agreement_rules, (struct thing_id){id.v}, (int)state, NULL, 0);
}

enum status agreement_replace(struct work *work, struct agreement_id id, struct agreement_id fresh,
                              const struct agreement_draft *draft)
{
    const struct thing_id old = {id.v}, made = {fresh.v};
    struct vault_key key = {{0}};
    struct thing a;
    enum status st = thing_find_key(work, &agreement_rules, old, thing_may_write, &key, &a);
    vault_key_wipe(&key);
    if (st != OK)
        return st;
    bool again = a.state == AGREEMENT_CHANGED && a.became.v == fresh.v;
    if (!again &&
        (a.state != AGREEMENT_OPEN || id.v == fresh.v || !may_end(work, &a, AGREEMENT_CHANGED)))
        return ERR_FORBIDDEN;
    if (!again)
        st = agreement_make(work, a.pupil, fresh, draft);
    return st == OK ? thing_goes_on(work, &agreement_rules, old, AGREEMENT_CHANGED, made) : st;
}

enum status agreement_check_in(struct work *work, struct agreement_id id,
                               struct agreement_check_id check, enum check_outcome outcome,
                               const char *text)
{
    assert(work && check.v && text);

    struct sql_agreement_check_row there;
    struct vault_key key = {{0}};
    struct thing a;
    struct sealed sealed;
    struct bytes packed;
    if (outcome < CHECK_WELL || outcome > CHECK_NOT_YET || utf8_chars(text) > AGREEMENT_TEXT_MAX)
        return ERR_INVALID;
    const struct answer_part part = {"", text};
    enum status st =
        thing_find_key(work, &agreement_rules, (struct thing_id){id.v}, thing_may_write, &key, &a);
    if (st == OK) {
        st = sql_agreement_check_row(work->db, work->arena, work_school(work), check, &there);
        if (st != ERR_NOT_FOUND) {
            vault_key_wipe(&key);
            return st == OK && there.agreement.v != id.v ? ERR_CONFLICT : st;
        }
        st = thing_pack(work, &part, 1, &packed);
    }
    if (st == OK)
        st = thing_seal(work, &key, CHECK_BODY, check.v, 1, packed, &sealed);
    if (st == OK)
        st = sql_agreement_check_insert(work->db, work_school(work), check, id, (int32_t)outcome,
                                        (int32_t)work->actor->kind, actor_person(work->actor),
                                        sealed, work->now_ms, NULL);
    vault_key_wipe(&key);
    return st == OK ? audit_change(work, AUDIT_AGREEMENT_LOOKED_AT, a.pupil.v, id.v) : st;
}

/* --- reading
 * -------------------------------------------------------------------------------------- */

enum status agreement_of_pupil(struct work *work, struct pupil_id pupil,
                               struct conversation_id conversation, struct agreement **ret,
                               size_t *ret_count)
{
    struct thing *things = NULL;
    size_t count = 0;
    enum status st = thing_list(work, &agreement_rules, (struct thing_place){pupil, conversation},
                                &things, &count);
    struct agreement *list = ARENA_ARRAY(work->arena, struct agreement, count);
    if (st != OK || !list)
        return st == OK ? ERR_NOMEM : st;
    for (size_t i = 0; i < count; i++)
        list[i] = agreement_of_thing(&things[i]);
    *ret = list;
    *ret_count = count;
    return OK;
}

enum status agreement_checks(struct work *work, struct agreement_id id,
                             struct agreement_check_in **ret, size_t *ret_count)
{
    struct sql_agreement_check_rows *rows = NULL;
    struct vault_key key = {{0}};
    struct thing a;
    size_t count = 0;
    enum status st =
        thing_find_key(work, &agreement_rules, (struct thing_id){id.v}, thing_may_read, &key, &a);
    if (st == OK)
        st = sql_agreement_check_rows(work->db, work->arena, work_school(work), id, &rows, &count);
    struct agreement_check_in *list = ARENA_ARRAY(work->arena, struct agreement_check_in, count);
    if (st == OK && !list)
        st = ERR_NOMEM;
    for (size_t i = 0; st == OK && i < count; i++) {
        struct answer_value value;
        st = thing_open_parts(work, &key, CHECK_BODY, rows[i].id.v, 1, rows[i].body_sealed, &value);
        if (st == OK)
            list[i] = (struct agreement_check_in){rows[i].id,
                                                  id,
                                                  (enum check_outcome)rows[i].outcome,
                                                  rows[i].author_kind,
                                                  rows[i].author,
                                                  rows[i].made_at,
                                                  answer_part(&value, "")};
    }
    vault_key_wipe(&key);
    if (st == OK) {
        *ret = list;
        *ret_count = count;
    }
    return st;
}
