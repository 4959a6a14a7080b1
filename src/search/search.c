#include "search/search.h"

#include <assert.h>
#include <stdlib.h>

#include "access/access.h"
#include "access/work.h"
#include "answer/kind.h"
#include "base/arena.h"
#include "base/str.h"
#include "conversation/see.h"
#include "gen/search_sql.h"
#include "goal/thing.h"
#include "person/dossier.h"
#include "pupil/pupil.h"
#include "search/scope.h"

#define SCRATCH_CAP ((size_t)96 << 20) /* of rows as they come, 500 conversations at a time */
#define TALKS_AT_ONCE 500
#define TEXT_MAX ((size_t)64 * 1024) /* of one place; longer ones are looked at up to here */

/* One search on its way. */
struct run {
    struct work *work;   /* what is found lives in its arena */
    struct work scratch; /* the same; what is read goes to an arena of its own, again and again */
    const struct search_request *request;
    const char *lang;
    struct search_words words;
    unsigned all;
    struct scope scope;
    struct found_about **abouts; /* in the order in which they were found */
    size_t about_count;
    struct found_about *notes; /* about nobody in particular */
    size_t each, total;
};

/* --- keeping what was found ------------------------------------------------------------------- */

static bool wanted(const struct run *r, enum found_kind kind)
{
    return !r->request->kinds || (r->request->kinds >> kind & 1u);
}

static struct found_about *new_about(struct run *r)
{
    struct found_about *about = ARENA_NEW(r->work->arena, struct found_about);
    struct found *list = ARENA_ARRAY(r->work->arena, struct found, r->each);
    if (!about || !list)
        return NULL;
    *about = (struct found_about){.name = "", .letters = "", .symbol = "", .list = list};
    r->abouts[r->about_count++] = about;
    return about;
}

static enum status about_owner(struct run *r, struct owner *owner, struct found_about **ret)
{
    if (!owner->about) {
        const struct actor *actor = r->work->actor;
        const struct sql_search_owners *row = owner->row;
        enum status st = scope_name(&r->scope, owner);
        if (st != OK)
            return st;
        owner->about = new_about(r);
        if (!owner->about)
            return ERR_NOMEM;
        owner->about->name = owner->name;
        owner->about->letters = owner->letters;
        if (owner->is_group) {
            owner->about->group = row->teaching_group;
            owner->about->may_open =
                r->scope.whole || actor_group(actor, row->teaching_group) != NULL;
        } else {
            owner->about->pupil = (struct pupil_id){row->id.v};
            owner->about->may_open = owner->reads == READS_DOSSIER;
            owner->about->may_write = r->scope.whole || row->teaches == ROLE_TEACHER;
            owner->about->may_note = owner->supports;
            owner->about->colour = row->colour;
            owner->about->symbol = pupil_symbol_name(row->symbol);
            owner->about->has_left = date_is_set(row->left_on);
        }
    }
    *ret = owner->about;
    return OK;
}

/* In its place among the newest; what comes behind the last place is only counted. */
static void keep(struct run *r, struct found_about *about, const struct found *found,
                 const char *text)
{
    size_t at = about->count;
    about->total++;
    r->total++;
    while (at > 0 && date_compare(about->list[at - 1].day, found->day) < 0)
        at--;
    if (at == r->each)
        return;
    if (about->count == r->each)
        about->count--;
    memmove(&about->list[at + 1], &about->list[at], (about->count - at) * sizeof about->list[0]);
    about->list[at] = *found;
    about->list[at].snippet = search_snippet(r->work->arena, &r->words, text);
    about->count++;
}

/*
 * A text about somebody: every word that is looked for stands in it, or in the name, and at least
 * one in the text. So "noor rekenen" finds what is said of Noor about rekenen.
 */
static enum status look(struct run *r, struct owner *owner, const struct found *found,
                        const char *text)
{
    struct found_about *about = r->notes;
    unsigned here = search_match(&r->words, text);
    if (!here)
        return OK;
    enum status st = owner ? scope_name(&r->scope, owner) : OK;
    if (st != OK)
        return st;
    if ((here | (owner ? owner->named : 0)) != r->all)
        return OK;
    if (owner)
        st = about_owner(r, owner, &about);
    else if (!about)
        about = r->notes = new_about(r);
    if (st != OK)
        return st;
    if (!about)
        return ERR_NOMEM;
    keep(r, about, found, text);
    return OK;
}

/* --- names ------------------------------------------------------------------------------------ */

static enum status look_at_names(struct run *r)
{
    enum status st = OK;
    for (size_t i = 0; st == OK && i < r->scope.owner_count; i++) {
        struct owner *owner = &r->scope.owners[i];
        struct found_about *about = NULL;
        if (owner->reads == READS_NOTHING)
            continue;
        st = scope_name(&r->scope, owner);
        if (st == ERR_NOT_FOUND) { /* erased a moment ago */
            st = OK;
            continue;
        }
        if (st != OK || owner->named != r->all)
            continue;
        st = about_owner(r, owner, &about);
        if (st == OK)
            about->is_named = true;
    }
    return st;
}

/* --- conversations ---------------------------------------------------------------------------- */

static struct vault_place place_of(const struct run *r, const char *column, int64_t row)
{
    return (struct vault_place){column, work_school(r->work).v, row};
}

/* The parts that somebody typed, one under another. */
static const char *join(struct arena *arena, const struct answer_value *value)
{
    const char *text = "";
    for (size_t i = 0; i < value->count; i++) {
        const struct answer_part *part = &value->parts[i];
        if (str_equal(part->name, "party") || str_equal(part->name, "kind") ||
            str_equal(part->name, "left-out"))
            continue; /* words of ours */
        text = *text ? arena_printf(arena, "%s\n%s", text, part->text) : part->text;
    }
    return text;
}

static enum status look_at_details(struct run *r, const struct scope_talk *talk,
                                   const struct vault_key *key)
{
    struct arena *arena = r->scratch.arena;
    struct bytes packed;
    struct answer_value value;
    enum status st = vault_open_bytes(key, arena, place_of(r, "conversation.details", talk->c.id.v),
                                      talk->row->details_sealed, &packed);
    if (st == OK)
        st = answer_unpack(packed, arena, &value);
    if (st != OK)
        return st;
    const struct found found = {
        .kind = FOUND_TALK, .conversation = talk->c.id, .question = "", .day = talk->day};
    return look(r, talk->owner, &found, join(arena, &value));
}

static enum status look_at_talks(struct run *r)
{
    enum status st = OK;
    for (size_t i = 0; st == OK && wanted(r, FOUND_TALK) && i < r->scope.talk_count; i++) {
        struct arena_mark mark = arena_mark(r->scratch.arena);
        const struct scope_talk *talk = &r->scope.talks[i];
        const struct vault_key *key = NULL;
        st = scope_key(&r->scope, talk->owner, &key);
        if (st == OK)
            st = look_at_details(r, talk, key);
        else if (st == ERR_NOT_FOUND)
            st = OK;
        arena_rewind(r->scratch.arena, mark);
    }
    return st;
}

/* --- answers ---------------------------------------------------------------------------------- */

static const char *asked_words(const struct run *r, const struct method *method, const char *id)
{
    const struct question *question = method_question(method, id);
    size_t prefix = strlen(METHOD_SUMMARY_PREFIX);
    if (question)
        return question_words(question, BAND_ADULT, r->lang);
    for (size_t p = 0; p < method->phase_count; p++)
        if (str_starts(id, METHOD_SUMMARY_PREFIX) && str_equal(method->phases[p].id, id + prefix))
            return trf(r->request->tr, r->work->arena, N_("In short: {0}"), 1,
                       method_say(&method->phases[p].title, r->lang));
    return "";
}

static enum status look_at_answer(struct run *r, const struct scope_talk *talk,
                                  const struct sql_search_answers *row)
{
    struct answer answer = {.key = {.conversation = row->conversation,
                                    .question = row->question,
                                    .voice = (enum voice)row->voice,
                                    .person = row->person},
                            .version = row->version,
                            .author_kind = row->author_kind,
                            .author = row->author};
    struct owner *sealer = scope_owner(&r->scope, row->dossier.v);
    const struct question *question = method_question(talk->c.method, row->question);
    const struct answer_kind *kind = answer_kind(question ? question->kind : "summary");
    const struct vault_key *key = NULL;
    if (!sealer || !kind || !kind->text ||
        !conversation_may_see(r->work->actor, &talk->c, NULL, 0, &answer))
        return OK;
    enum status st = scope_key(&r->scope, sealer, &key);
    if (st == ERR_NOT_FOUND)
        return OK;
    if (st == OK)
        st = answer_open(&r->scratch, key, &answer.key, answer.version, row->body_sealed,
                         &answer.value);
    if (st != OK)
        return st;
    struct found found = {.kind = FOUND_ANSWER,
                          .conversation = row->conversation,
                          .question = row->question,
                          .voice = answer.key.voice,
                          .person = row->person,
                          .day = talk->day};
    const char *text =
        kind->text(question, &answer.value, r->lang, r->request->tr, r->scratch.arena);
    if (!search_match(&r->words, text))
        return OK;
    found.asked = asked_words(r, talk->c.method, row->question);
    found.question = arena_strdup(r->work->arena, row->question);
    return look(r, talk->owner, &found, text);
}

static enum status read_answers(struct run *r, size_t first, size_t last,
                                struct sql_search_answers **ret, size_t *ret_count)
{
    struct work *work = &r->scratch;
    int64_t since = r->scope.talks[first].c.id.v, until = r->scope.talks[last].c.id.v;
    if (r->request->only.v)
        return sql_search_answers_of(work->db, work->arena, work_school(work), r->request->only,
                                     ret, ret_count);
    if (r->scope.whole)
        return sql_search_answers(work->db, work->arena, work_school(work), since, until, ret,
                                  ret_count);
    return sql_search_answers_near(work->db, work->arena, work_school(work), work->actor->staff,
                                   since, until, ret, ret_count);
}

static enum status look_at_answers(struct run *r)
{
    size_t at_once = r->request->only.v ? r->scope.talk_count : TALKS_AT_ONCE;
    enum status st = OK;
    for (size_t first = 0; st == OK && wanted(r, FOUND_ANSWER) && first < r->scope.talk_count;
         first += at_once) {
        struct arena_mark mark = arena_mark(r->scratch.arena);
        struct sql_search_answers *rows = NULL;
        size_t count = 0;
        size_t last = first + at_once < r->scope.talk_count ? first + at_once : r->scope.talk_count;
        st = read_answers(r, first, last - 1, &rows, &count);
        for (size_t i = 0; st == OK && i < count; i++) {
            struct arena_mark row = arena_mark(r->scratch.arena);
            const struct scope_talk *talk = scope_talk(&r->scope, rows[i].conversation.v);
            if (talk)
                st = look_at_answer(r, talk, &rows[i]);
            arena_rewind(r->scratch.arena, row);
        }
        arena_rewind(r->scratch.arena, mark);
    }
    return st;
}

/* --- observations, things, notes -------------------------------------------------------------- */

/* One sealed text of somebody; `open` is how its kind is sealed. */
static enum status look_at_observation(struct run *r, const struct sql_search_observations *row)
{
    struct owner *owner = scope_owner(&r->scope, row->pupil.v);
    bool own = row->author.v == r->work->actor->staff.v;
    const struct vault_key *key = NULL;
    const char *text = "";
    if (!owner || !(owner->reads == READS_DOSSIER || (own && owner->supports)))
        return OK;
    enum status st = scope_key(&r->scope, owner, &key);
    if (st == ERR_NOT_FOUND)
        return OK;
    if (st == OK)
        st = dossier_open_text(&r->scratch, key, "observation.body", row->id.v, row->body_sealed,
                               &text);
    const struct found found = {
        .kind = FOUND_OBSERVATION, .thing = row->id.v, .question = "", .day = row->seen_on};
    return st == OK ? look(r, owner, &found, text) : st;
}

static enum status look_at_observations(struct run *r)
{
    struct sql_search_observations *rows = NULL;
    size_t count = 0;
    struct arena_mark mark = arena_mark(r->scratch.arena);
    enum status st = OK;
    if (wanted(r, FOUND_OBSERVATION))
        st = sql_search_observations(r->scratch.db, r->scratch.arena, work_school(r->work),
                                     r->request->only.v, &rows, &count);
    for (size_t i = 0; st == OK && i < count; i++) {
        struct arena_mark row = arena_mark(r->scratch.arena);
        st = look_at_observation(r, &rows[i]);
        arena_rewind(r->scratch.arena, row);
    }
    arena_rewind(r->scratch.arena, mark);
    return st;
}

/* As thing_may_read(): with the dossier, or with the conversation in which it stands. */
static enum status look_at_thing(struct run *r, const struct sql_search_things *row)
{
    static const char *const columns[FOUND_KINDS_] = {
        [FOUND_GOAL] = THING_BODY,
        [FOUND_STEP] = "goal_step.body",
        [FOUND_NEED] = THING_BODY,
        [FOUND_AGREEMENT] = THING_BODY,
        [FOUND_CHECK] = "agreement_check.body",
        [FOUND_PLAN] = THING_BODY,
        [FOUND_OPP] = "opp_moment.body",
    };
    enum found_kind kind = (enum found_kind)row->kind;
    struct owner *owner = scope_owner(&r->scope, row->dossier_of);
    const struct vault_key *key = NULL;
    struct answer_value value;
    if (!wanted(r, kind) || !owner)
        return OK;
    if (owner->reads != READS_DOSSIER && (!row->talk || !scope_talk(&r->scope, row->talk)))
        return OK;
    enum status st = scope_key(&r->scope, owner, &key);
    if (st == ERR_NOT_FOUND)
        return OK;
    if (st == OK)
        st = thing_open_parts(&r->scratch, key, columns[kind], row->thing, (int)row->sealed_as,
                              row->body_sealed, &value);
    const struct found found = {.kind = kind,
                                .thing = row->shown_at,
                                .conversation = {row->talk},
                                .question = "",
                                .day = date_of(row->made_at)};
    return st == OK ? look(r, owner, &found, join(r->scratch.arena, &value)) : st;
}

static enum status look_at_things(struct run *r)
{
    struct sql_search_things *rows = NULL;
    size_t count = 0;
    struct arena_mark mark = arena_mark(r->scratch.arena);
    enum status st = sql_search_things(r->scratch.db, r->scratch.arena, work_school(r->work),
                                       r->request->only.v, &rows, &count);
    for (size_t i = 0; st == OK && i < count; i++) {
        struct arena_mark row = arena_mark(r->scratch.arena);
        st = look_at_thing(r, &rows[i]);
        arena_rewind(r->scratch.arena, row);
    }
    arena_rewind(r->scratch.arena, mark);
    return st;
}

/* The actor's own, sealed with the actor's own key. */
static enum status look_at_notes(struct run *r)
{
    struct work *work = &r->scratch;
    struct sql_search_notes *rows = NULL;
    size_t count = 0;
    struct vault_key key = {{0}};
    struct arena_mark mark = arena_mark(work->arena);
    enum status st = OK;
    if (wanted(r, FOUND_NOTE))
        st = sql_search_notes(work->db, work->arena, work_school(work), work->actor->staff,
                              r->request->only.v, work->today, &rows, &count);
    if (st == OK && count)
        st = dossier_open(work, work->actor->staff.v, &key);
    for (size_t i = 0; st == OK && i < count; i++) {
        struct owner *owner = rows[i].pupil.v ? scope_owner(&r->scope, rows[i].pupil.v) : NULL;
        const struct found found = {.kind = FOUND_NOTE,
                                    .thing = rows[i].id.v,
                                    .question = "",
                                    .day = date_of(rows[i].made_at)};
        const char *text = "";
        if (owner && owner->reads == READS_NOTHING)
            owner =
                NULL; /* taught once: the note is still one's own, whom it is about is not said */
        st = dossier_open_text(work, &key, "working_note.body", rows[i].id.v, rows[i].body_sealed,
                               &text);
        if (st == OK)
            st = look(r, owner, &found, text);
    }
    vault_key_wipe(&key);
    arena_rewind(work->arena, mark);
    return st;
}

/* --- all of it -------------------------------------------------------------------------------- */

/* Whose name it is; then by what is newest; then by name. */
static int by_order(const void *left, const void *right)
{
    const struct found_about *a = *(const struct found_about *const *)left;
    const struct found_about *b = *(const struct found_about *const *)right;
    if (a->is_named != b->is_named)
        return a->is_named ? -1 : 1;
    if ((a->count > 0) != (b->count > 0))
        return a->count > 0 ? -1 : 1;
    int newer = a->count ? date_compare(b->list[0].day, a->list[0].day) : 0;
    return newer ? newer : strcmp(a->name, b->name);
}

static enum status give(struct run *r, struct search_result *ret)
{
    size_t skip = r->request->skip < r->about_count ? r->request->skip : r->about_count;
    size_t count = r->about_count - skip < SEARCH_ABOUTS ? r->about_count - skip : SEARCH_ABOUTS;
    struct found_about *abouts = ARENA_ARRAY(r->work->arena, struct found_about, count);
    if (!abouts || arena_failed(r->work->arena))
        return ERR_NOMEM;
    if (r->about_count)
        qsort(r->abouts, r->about_count, sizeof *r->abouts, by_order);
    for (size_t i = 0; i < count; i++)
        abouts[i] = *r->abouts[skip + i];
    *ret = (struct search_result){
        .abouts = abouts, .count = count, .about_total = r->about_count, .total = r->total};
    return OK;
}

static enum status check_rights(struct work *work, const struct search_request *request)
{
    enum status st = access_check_school(work, RIGHT_STAFF);
    if (st == OK && request->only.v)
        st = access_check(work, RIGHT_PUPIL_READ, (struct target){.pupil = request->only});
    return st;
}

static enum status run(struct run *r)
{
    enum status st = scope_load(&r->scope, r->request->only);
    if (st != OK)
        return st;
    r->abouts = ARENA_ARRAY(r->work->arena, struct found_about *, r->scope.owner_count + 1);
    if (!r->abouts)
        return ERR_NOMEM;
    if (!r->request->only.v && !r->request->kinds)
        st = look_at_names(r);
    if (st == OK)
        st = look_at_observations(r);
    if (st == OK)
        st = look_at_talks(r);
    if (st == OK)
        st = look_at_answers(r);
    if (st == OK)
        st = look_at_things(r);
    return st == OK ? look_at_notes(r) : st;
}

enum status search_run(struct work *work, const struct search_request *request,
                       struct search_result *ret_result)
{
    assert(work && request && request->query && request->tr && ret_result);

    struct run r = {.work = work,
                    .scratch = *work,
                    .request = request,
                    .lang = tr_code(request->tr),
                    .each = request->only.v ? SEARCH_EACH_OF_ONE : SEARCH_EACH};
    enum status st = check_rights(work, request);
    if (st == OK)
        st = search_words_read(work->arena, request->query, &r.words);
    if (st != OK)
        return st;
    r.all = search_all(&r.words);
    r.scope.work = work;
    r.scope.words = &r.words;
    r.scratch.arena = arena_new(SCRATCH_CAP);
    if (!r.scratch.arena)
        return ERR_NOMEM;
    st = run(&r);
    if (st == OK && arena_failed(r.scratch.arena))
        st = ERR_NOMEM;
    if (st == OK)
        st = give(&r, ret_result);
    scope_wipe(&r.scope);
    arena_free(r.scratch.arena);
    return st;
}
