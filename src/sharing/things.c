/* What came out of a conversation, and who might read it. */
#include "access/access.h"
#include "access/work.h"
#include "agreement/agreement.h"
#include "answer/kind.h"
#include "base/arena.h"
#include "base/str.h"
#include "gen/sharing_sql.h"
#include "goal/goal.h"
#include "goal/need.h"
#include "goal/thing.h"
#include "plan/child_plan.h"
#include "sharing/sharing.h"

/* --- readers
 * -------------------------------------------------------------------------------------- */

/* Who takes part as staff; the leader first. */
static size_t add_staff(struct sharing_reader *list, const struct conversation *c,
                        const struct participant *people, size_t count)
{
    size_t n = 0;
    list[n++] = (struct sharing_reader){.kind = READER_COLLEAGUE,
                                        .person = c->leader.v,
                                        .takes_part = true,
                                        .name = c->leader_name};
    for (size_t i = 0; i < count; i++)
        if (people[i].kind == PARTICIPANT_STAFF && people[i].person != c->leader.v)
            list[n++] = (struct sharing_reader){.kind = READER_COLLEAGUE,
                                                .person = people[i].person,
                                                .takes_part = true,
                                                .name = people[i].name};
    return n;
}

/* Guardians, but those who are told nothing; `list` has room for `count`. */
static enum status add_home(struct work *work, const struct sql_sharing_guardian_rows *rows,
                            size_t count, struct sharing_reader *list, size_t *ret_added)
{
    size_t n = 0, told = 0;
    for (size_t i = 0; i < count; i++) {
        struct person who;
        if (rows[i].information == INFORMATION_NONE)
            continue;
        enum status st =
            person_open_with(work, PERSON_GUARDIAN, work_school(work), rows[i].id.v, rows[i].slot,
                             rows[i].key_wrapped, rows[i].profile_sealed, &who);
        if (st != OK)
            return st;
        told += rows[i].information == INFORMATION_FULL;
        list[n++] =
            (struct sharing_reader){.kind = READER_GUARDIAN,
                                    .person = rows[i].id.v,
                                    .information = (enum guardian_information)rows[i].information,
                                    .name = person_full(work->arena, &who)};
    }
    if (n == 1 && told == 1)
        list[0].is_everybody = true;
    *ret_added = n;
    return OK;
}

enum status sharing_readers(struct work *work, const struct conversation *c,
                            struct sharing_reader **ret, size_t *ret_count)
{
    struct participant *people = NULL;
    struct sql_sharing_guardian_rows *rows = NULL;
    size_t people_count = 0, guardians = 0, home = 0;
    if (actor_is_visitor(work->actor) || !c->pupil.v)
        return ERR_NOT_FOUND;
    enum status st = conversation_people(work, c, &people, &people_count);
    if (st == OK)
        st = sql_sharing_guardian_rows(work->db, work->arena, work_school(work), c->pupil, &rows,
                                       &guardians);
    if (st != OK)
        return st;
    struct sharing_reader *list =
        ARENA_ARRAY(work->arena, struct sharing_reader, people_count + guardians + 1);
    if (!list)
        return ERR_NOMEM;
    size_t n = add_staff(list, c, people, people_count);
    st = add_home(work, rows, guardians, &list[n], &home);
    n += home;
    for (size_t i = 0; i < people_count; i++)
        if (people[i].kind == PARTICIPANT_EXTERNAL)
            list[n++] = (struct sharing_reader){
                .kind = READER_EXTERNAL, .person = people[i].person, .name = people[i].name};
    if (st == OK) {
        *ret = list;
        *ret_count = n;
    }
    return st;
}

enum status sharing_readers_home(struct work *work, struct pupil_id pupil,
                                 struct sharing_reader **ret, size_t *ret_count)
{
    struct sql_sharing_guardian_rows *rows = NULL;
    size_t guardians = 0;
    if (actor_is_visitor(work->actor) || !pupil.v)
        return ERR_NOT_FOUND;
    enum status st = thing_may_read(work, (struct thing_place){pupil, {0}});
    if (st == OK)
        st = sql_sharing_guardian_rows(work->db, work->arena, work_school(work), pupil, &rows,
                                       &guardians);
    struct sharing_reader *list = ARENA_ARRAY(work->arena, struct sharing_reader, guardians);
    if (st == OK && !list)
        st = ERR_NOMEM;
    if (st == OK)
        st = add_home(work, rows, guardians, list, ret_count);
    if (st == OK)
        *ret = list;
    return st;
}

enum status sharing_reader_self(struct work *work, struct sharing_reader *ret)
{
    const struct actor *actor = work->actor;
    struct sql_sharing_guardian_rows *rows = NULL;
    size_t count = 0;
    enum status st = access_check_school(work, RIGHT_VISIT);
    if (st != OK)
        return st;
    if (actor->kind == ACTOR_EXTERNAL) {
        *ret =
            (struct sharing_reader){.kind = READER_EXTERNAL, .person = actor->external, .name = ""};
        return OK;
    }
    st = sql_sharing_guardian_rows(work->db, work->arena, work_school(work), actor->about, &rows,
                                   &count);
    for (size_t i = 0; st == OK && i < count; i++) {
        if (rows[i].id.v != actor->guardian.v)
            continue;
        *ret =
            (struct sharing_reader){.kind = READER_GUARDIAN,
                                    .person = actor->guardian.v,
                                    .information = (enum guardian_information)rows[i].information,
                                    .name = ""};
        return OK;
    }
    return st == OK ? ERR_NOT_FOUND : st;
}

/* --- things
 * --------------------------------------------------------------------------------------- */

/* While the things of one conversation are gathered. */
struct gather {
    struct work *work;
    const struct conversation *c; /* NULL: what came up in none */
    const struct sharing_book *book;
    const struct sharing_reader *reader; /* NULL: everything */
    struct answer *answers;
    size_t answer_count;
    struct shared_thing *list;
    size_t count;
};

static void add(struct gather *g, struct shared_thing thing)
{
    if (g->c)
        thing.conversation = g->c->id;
    if (!thing.question)
        thing.question = "";
    if (!g->reader || sharing_may_see(g->book, &thing, g->reader).sees)
        g->list[g->count++] = thing;
}

/* Every voice that answered this question. */
static void add_answers(struct gather *g, const char *id, const struct question *asked,
                        const struct phase *phase)
{
    const struct answer_kind *kind = answer_kind(asked ? asked->kind : "summary");
    if (kind && kind->is_private)
        return;
    for (size_t i = 0; i < g->answer_count; i++) {
        const struct answer *a = &g->answers[i];
        if (!str_equal(a->key.question, id) || answer_is_empty(&a->value))
            continue;
        add(g, (struct shared_thing){.kind = SHARED_ANSWER,
                                     .id = g->c->id.v,
                                     .question = id,
                                     .voice = a->key.voice,
                                     .author_kind = a->author_kind,
                                     .author = a->author,
                                     .asked = asked,
                                     .phase = phase,
                                     .value = &a->value});
    }
}

static void add_phases(struct gather *g, const struct phase *phases, size_t count)
{
    for (size_t p = 0; p < count; p++) {
        for (size_t i = 0; i < phases[p].question_count; i++)
            add_answers(g, phases[p].questions[i].id, &phases[p].questions[i], &phases[p]);
        if (phases[p].has_summary)
            add_answers(g, arena_printf(g->work->arena, METHOD_SUMMARY_PREFIX "%s", phases[p].id),
                        NULL, &phases[p]);
    }
}

/* What the pupil prepared is nobody else's before the pupil opened it or the talk began (P6). */
static bool is_open(const struct gather *g, const struct method_preparation *preparation)
{
    return preparation->who != PART_PUPIL || g->work->actor->kind == ACTOR_PUPIL ||
           g->c->may_read == MAY_READ_YES || g->c->state >= CONVERSATION_UNDER_WAY;
}

struct outcomes {
    struct goal *goals;
    struct need *needs;
    struct agreement *agreements;
    struct child_plan *plans;
    size_t goal_count, need_count, agreement_count, plan_count;
};

static enum status load_outcomes(struct gather *g, struct outcomes *out)
{
    struct work *work = g->work;
    struct pupil_id pupil = g->book->pupil;
    struct conversation_id of = g->c ? g->c->id : THING_OF_NO_TALK;
    enum status st = goal_of_pupil(work, pupil, of, &out->goals, &out->goal_count);
    if (st == OK)
        st = need_of_pupil(work, pupil, of, &out->needs, &out->need_count);
    if (st == OK)
        st = agreement_of_pupil(work, pupil, of, &out->agreements, &out->agreement_count);
    if (st == OK)
        st = child_plan_of_pupil(work, pupil, of, &out->plans, &out->plan_count);
    return st;
}

static size_t outcome_count(const struct outcomes *o)
{
    return o->goal_count + o->need_count + o->agreement_count + o->plan_count;
}

static void add_outcomes(struct gather *g, const struct outcomes *o)
{
    for (size_t i = 0; i < o->goal_count; i++)
        add(g, (struct shared_thing){
                   .kind = SHARED_GOAL, .id = o->goals[i].id.v, .goal = &o->goals[i]});
    for (size_t i = 0; i < o->need_count; i++)
        add(g, (struct shared_thing){
                   .kind = SHARED_NEED, .id = o->needs[i].id.v, .need = &o->needs[i]});
    for (size_t i = 0; i < o->agreement_count; i++)
        add(g, (struct shared_thing){.kind = SHARED_AGREEMENT,
                                     .id = o->agreements[i].id.v,
                                     .agreement = &o->agreements[i]});
    for (size_t i = 0; i < o->plan_count; i++)
        add(g, (struct shared_thing){
                   .kind = SHARED_PLAN, .id = o->plans[i].id.v, .plan = &o->plans[i]});
}

/* Who came by a link sees as themself, or nothing. */
static enum status check_reader(struct work *work, const struct sharing_reader *reader)
{
    struct sharing_reader self;
    if (!actor_is_visitor(work->actor))
        return OK;
    enum status st = sharing_reader_self(work, &self);
    bool own = st == OK && reader && reader->kind == self.kind && reader->person == self.person &&
               reader->information == self.information;
    return own ? OK : ERR_NOT_FOUND;
}

enum status sharing_things(struct work *work, const struct conversation *c,
                           const struct sharing_book *book, const struct sharing_reader *reader,
                           struct shared_thing **ret, size_t *ret_count)
{
    struct gather g = {.work = work, .c = c, .book = book, .reader = reader};
    struct outcomes outcomes = {0};
    if (!c->pupil.v || c->pupil.v != book->pupil.v)
        return ERR_NOT_FOUND;
    enum status st = check_reader(work, reader);
    if (st == OK)
        st = answer_all(work, &c->seal, c->id, &g.answers, &g.answer_count);
    if (st == OK)
        st = load_outcomes(&g, &outcomes);
    if (st != OK)
        return st;
    g.list =
        ARENA_ARRAY(work->arena, struct shared_thing, g.answer_count + outcome_count(&outcomes));
    if (!g.list)
        return ERR_NOMEM;
    add_phases(&g, c->method->phases, c->method->phase_count);
    for (size_t i = 0; i < c->method->preparation_count; i++)
        if (is_open(&g, &c->method->preparations[i]))
            add_phases(&g, c->method->preparations[i].phases,
                       c->method->preparations[i].phase_count);
    add_outcomes(&g, &outcomes);
    *ret = g.list;
    *ret_count = g.count;
    return OK;
}

enum status sharing_loose(struct work *work, const struct sharing_book *book,
                          const struct sharing_reader *reader, struct shared_thing **ret,
                          size_t *ret_count)
{
    struct gather g = {.work = work, .book = book, .reader = reader};
    struct outcomes outcomes = {0};
    enum status st = check_reader(work, reader);
    if (st == OK)
        st = load_outcomes(&g, &outcomes);
    if (st != OK)
        return st;
    g.list = ARENA_ARRAY(work->arena, struct shared_thing, outcome_count(&outcomes));
    if (!g.list)
        return ERR_NOMEM;
    add_outcomes(&g, &outcomes);
    *ret = g.list;
    *ret_count = g.count;
    return OK;
}

struct shared_thing sharing_whole(const struct conversation *c)
{
    return (struct shared_thing){
        .kind = SHARED_CONVERSATION, .id = c->id.v, .question = "", .conversation = c->id};
}

enum status sharing_talks(struct work *work, const struct sharing_book *book,
                          struct conversation_id **ret, size_t *ret_count)
{
    struct sql_sharing_conversation_rows *rows = NULL;
    size_t count = 0, kept = 0;
    enum status st = sql_sharing_conversation_rows(work->db, work->arena, work_school(work),
                                                   book->pupil, SHARING_TALKS_MAX, &rows, &count);
    struct conversation_id *ids = ARENA_ARRAY(work->arena, struct conversation_id, count);
    if (st == OK && !ids)
        st = ERR_NOMEM;
    bool bound = work->actor->kind == ACTOR_EXTERNAL; /* to the one conversation */
    for (size_t i = 0; st == OK && i < count; i++)
        if (!bound || rows[i].id.v == work->actor->visit.v)
            ids[kept++] = rows[i].id;
    if (st == OK) {
        *ret = ids;
        *ret_count = kept;
    }
    return st;
}
