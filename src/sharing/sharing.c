#include "sharing/sharing.h"

#include <assert.h>

#include "access/access.h"
#include "access/audit.h"
#include "access/work.h"
#include "agreement/agreement.h"
#include "base/arena.h"
#include "base/str.h"
#include "base/utf8.h"
#include "gen/sharing_sql.h"
#include "goal/thing.h"
#include "person/dossier.h"
#include "pupil/pupil.h"

#define BODY "sharing.body"
#define EXCEPTION_BODY "sharing_exception.body"
#define FIRST 1 /* a decision is never changed: a later one stands in its place */

/* --- the book
 * --------------------------------------------------------------------------------------- */

static enum status may_open(struct work *work, struct thing_place place)
{
    if (actor_is_visitor(work->actor)) {
        enum status st = access_check_school(work, RIGHT_VISIT);
        if (st != OK)
            return st;
        return place.pupil.v && place.pupil.v == work->actor->about.v ? OK : ERR_NOT_FOUND;
    }
    return thing_may_read(work, place);
}

static enum status read_decision(struct work *work, const struct vault_key *key,
                                 const struct sql_sharing_rows *row, struct sharing_decision *ret)
{
    struct answer_value words;
    enum status st = thing_open_parts(work, key, BODY, row->id.v, FIRST, row->body_sealed, &words);
    if (st != OK)
        return st;
    *ret = (struct sharing_decision){.id = row->id,
                                     .kind = (enum shared_kind)row->thing_kind,
                                     .thing = row->thing,
                                     .question = row->question,
                                     .voice = (enum voice)row->voice,
                                     .reader_kind = (enum reader_kind)row->reader_kind,
                                     .reader = row->reader,
                                     .choice = (enum sharing_choice)row->decision,
                                     .by = (enum decided_by)row->decided_kind,
                                     .decided_by = row->decided_by,
                                     .made_at = row->made_at,
                                     .ends_on = row->ends_on,
                                     .why = answer_part(&words, "why"),
                                     .when = answer_part(&words, "when"),
                                     .how = answer_part(&words, "how")};
    return OK;
}

static enum status read_decisions(struct work *work, struct sharing_book *book)
{
    struct sql_sharing_rows *rows = NULL;
    struct vault_key key = {{0}};
    enum status st = sql_sharing_rows(work->db, work->arena, work_school(work), book->pupil, &rows,
                                      &book->count);
    if (st != OK)
        return st;
    book->decisions = ARENA_ARRAY(work->arena, struct sharing_decision, book->count);
    if (!book->decisions)
        return ERR_NOMEM;
    if (book->count)
        st = dossier_open(work, book->pupil.v, &key);
    for (size_t i = 0; st == OK && i < book->count; i++)
        st = read_decision(work, &key, &rows[i], &book->decisions[i]);
    vault_key_wipe(&key);
    return st == ERR_ERASED ? ERR_NOT_FOUND : st;
}

enum status sharing_open(struct work *work, struct pupil_id pupil,
                         struct conversation_id conversation, struct sharing_book *ret)
{
    assert(work && ret);

    struct pupil who;
    struct sharing_book book = {.pupil = pupil, .age = AGE_UNKNOWN, .today = work->today};
    if (!pupil.v)
        return ERR_NOT_FOUND;
    enum status st = may_open(work, (struct thing_place){pupil, conversation});
    if (st == OK)
        st = pupil_find(work, pupil, &who);
    if (st == OK)
        st = read_decisions(work, &book);
    if (st != OK)
        return st;
    book.call = person_call(work->arena, &who.person);
    if (date_is_set(who.person.birth))
        book.age = date_age(who.person.birth, work->today);
    *ret = book;
    return OK;
}

/* --- the one question
 * --------------------------------------------------------------------------------- */

/* The newest decision for a thing and a reader that still counts. */
static const struct sharing_decision *newest(const struct sharing_book *book,
                                             const struct shared_thing *thing,
                                             enum reader_kind kind, int64_t reader)
{
    for (size_t i = 0; i < book->count; i++) {
        const struct sharing_decision *d = &book->decisions[i];
        bool fits = d->kind == thing->kind && d->thing == thing->id && d->voice == thing->voice &&
                    d->reader_kind == kind && d->reader == reader &&
                    str_equal(d->question, thing->question);
        if (fits)
            return date_is_set(d->ends_on) && date_compare(d->ends_on, book->today) < 0 ? NULL : d;
    }
    return NULL;
}

static struct sharing_said said(const struct sharing_decision *d)
{
    return d ? (struct sharing_said){d->choice, d->by}
             : (struct sharing_said){CHOICE_NONE, DECIDED_STAFF};
}

static bool carries_out(const struct shared_thing *thing, const struct sharing_reader *reader)
{
    const struct agreement *a = thing->agreement;
    if (thing->kind != SHARED_AGREEMENT || !a)
        return false;
    if (reader->kind == READER_COLLEAGUE)
        return a->who_kind == WHO_STAFF && a->who == reader->person;
    return reader->kind == READER_GUARDIAN && a->who_kind == WHO_GUARDIAN &&
           (a->who == 0 || a->who == reader->person);
}

static bool wrote(const struct shared_thing *thing, const struct sharing_reader *reader)
{
    int kind = reader->kind == READER_GUARDIAN ? ACTOR_GUARDIAN : ACTOR_EXTERNAL;
    return thing->kind == SHARED_ANSWER && reader->kind != READER_COLLEAGUE && reader->person &&
           thing->author_kind == kind && thing->author == reader->person;
}

struct sharing_verdict sharing_may_see(const struct sharing_book *book,
                                       const struct shared_thing *thing,
                                       const struct sharing_reader *reader)
{
    const struct shared_thing whole = {.kind = SHARED_CONVERSATION,
                                       .id = thing->conversation.v,
                                       .question = "",
                                       .conversation = thing->conversation};
    bool guardian = reader->kind == READER_GUARDIAN;
    bool by_visitor =
        thing->kind == SHARED_ANSWER &&
        (thing->author_kind == ACTOR_GUARDIAN || thing->author_kind == ACTOR_EXTERNAL ||
         thing->voice == VOICE_GUARDIAN || thing->voice == VOICE_OTHER);
    bool own = wrote(thing, reader);
    struct sharing_case c = {.kind = thing->kind,
                             .reader = reader->kind,
                             .information = reader->information,
                             .age = book->age,
                             .carries_out = carries_out(thing, reader),
                             .takes_part = reader->takes_part,
                             .own_words = own,
                             .others_words = by_visitor && !own};
    if (reader->person) {
        c.thing_named = said(newest(book, thing, reader->kind, reader->person));
        c.talk_named = said(newest(book, &whole, reader->kind, reader->person));
    }
    if (guardian) {
        c.thing_all = said(newest(book, thing, READER_GUARDIAN, 0));
        c.talk_all = said(newest(book, &whole, READER_GUARDIAN, 0));
    }
    return sharing_judge(&c);
}

const struct sharing_decision *sharing_standing(const struct sharing_book *book,
                                                const struct shared_thing *thing,
                                                const struct sharing_reader *reader)
{
    const struct sharing_decision *named =
        reader->person ? newest(book, thing, reader->kind, reader->person) : NULL;
    if (named || reader->kind != READER_GUARDIAN)
        return named;
    return reader->is_everybody || !reader->person ? newest(book, thing, READER_GUARDIAN, 0) : NULL;
}

/* --- deciding
 * ------------------------------------------------------------------------------------------ */

static bool draft_valid(const struct sharing_draft *draft)
{
    const struct answer_part words[] = {
        {"why", draft->why}, {"when", draft->when}, {"how", draft->how}};
    return draft->choice >= CHOICE_YES && draft->choice <= CHOICE_SELF &&
           (!date_is_set(draft->ends_on) || date_valid(draft->ends_on)) &&
           thing_texts_fit(words, ARRAY_LEN(words), SHARING_WORDS_MAX);
}

static enum decided_by side_of(const struct work *work, const struct sharing_draft *draft)
{
    if (work->actor->kind == ACTOR_PUPIL)
        return DECIDED_PUPIL;
    return draft->with_pupil ? DECIDED_TOGETHER : DECIDED_STAFF;
}

/* What no choice changes, and whose yes it takes. */
static enum status check_choice(const struct sharing_book *book, const struct shared_thing *thing,
                                const struct sharing_reader *reader,
                                const struct sharing_decision *now, enum sharing_choice choice,
                                enum decided_by by)
{
    if (sharing_is_fixed(sharing_may_see(book, thing, reader).why))
        return ERR_FORBIDDEN;
    if (choice != CHOICE_YES || by != DECIDED_STAFF)
        return OK;
    if (sharing_needs_pupil(thing->kind, reader->kind, book->age))
        return ERR_FORBIDDEN;
    bool against = now && now->by != DECIDED_STAFF && now->choice != CHOICE_YES;
    return against ? ERR_FORBIDDEN : OK;
}

static bool says_the_same(const struct sharing_decision *now, const struct sharing_draft *draft,
                          enum decided_by by)
{
    return now && now->choice == draft->choice && now->by == by &&
           date_compare(now->ends_on, draft->ends_on) == 0 &&
           str_equal(now->why, draft->why ? draft->why : "") &&
           str_equal(now->when, draft->when ? draft->when : "") &&
           str_equal(now->how, draft->how ? draft->how : "");
}

/* Everybody at home is one reader: what is decided counts for who comes later too. */
static int64_t reader_number(const struct sharing_reader *reader)
{
    return reader->kind == READER_GUARDIAN && reader->is_everybody ? 0 : reader->person;
}

static enum status keep(struct work *work, struct pupil_id pupil, const struct vault_key *key,
                        const struct sharing_wish *wish, enum decided_by by, int64_t at,
                        struct sharing_id id)
{
    const struct shared_thing *thing = wish->thing;
    const struct answer_part parts[] = {
        {"why", wish->draft.why}, {"when", wish->draft.when}, {"how", wish->draft.how}};
    struct bytes packed;
    struct sealed body;
    enum status st = thing_pack(work, parts, ARRAY_LEN(parts), &packed);
    if (st == OK)
        st = thing_seal(work, key, BODY, id.v, FIRST, packed, &body);
    if (st != OK)
        return st;
    return sql_sharing_insert(work->db, work_school(work), id, pupil, (int32_t)thing->kind,
                              thing->id, thing->question, (int32_t)thing->voice,
                              (int32_t)wish->reader->kind, reader_number(wish->reader),
                              (int32_t)wish->draft.choice, (int32_t)by, actor_person(work->actor),
                              body, at, wish->draft.ends_on, NULL);
}

/* One line in the log for all that was decided at once: each decision itself says who and when. */
static enum status keep_all(struct work *work, struct pupil_id pupil,
                            const struct sharing_wish *const *wishes, size_t count)
{
    struct sharing_id first = {0};
    struct sql_sharing_last last;
    struct vault_key key = {{0}};
    enum status st = sql_sharing_last(work->db, work->arena, work_school(work), pupil, &last);
    if (st == OK)
        st = dossier_open(work, pupil.v, &key);
    if (st != OK)
        return st;
    int64_t at = last.last_at >= work->now_ms ? last.last_at + 1 : work->now_ms;
    for (size_t i = 0; st == OK && i < count; i++) {
        struct sharing_id id = {work_new_id(work)};
        if (i == 0)
            first = id;
        st = keep(work, pupil, &key, wishes[i], side_of(work, &wishes[i]->draft), at + (int64_t)i,
                  id);
    }
    vault_key_wipe(&key);
    return st == OK ? audit_change(work, AUDIT_SHARING_DECIDED, pupil.v, first.v) : st;
}

/* Whether it may be decided, and whether it says something new. */
static enum status check_wish(const struct work *work, const struct sharing_book *book,
                              const struct sharing_wish *wish, bool *ret_is_new)
{
    const struct sharing_draft *draft = &wish->draft;
    enum decided_by by = side_of(work, draft);
    const struct sharing_decision *now = sharing_standing(book, wish->thing, wish->reader);
    if (!draft_valid(draft))
        return ERR_INVALID;
    if (says_the_same(now, draft, by)) {
        *ret_is_new = false;
        return OK;
    }
    enum status st = check_choice(book, wish->thing, wish->reader, now, draft->choice, by);
    if (st == OK)
        *ret_is_new = true;
    return st;
}

enum status sharing_decide(struct work *work, struct sharing_book *book,
                           struct conversation_id conversation, const struct sharing_wish *wishes,
                           size_t count)
{
    assert(work && book && (wishes || !count));

    const struct thing_place place = {book->pupil, conversation};
    struct dossier_id dossier;
    size_t kept = 0;
    if (actor_is_visitor(work->actor))
        return ERR_NOT_FOUND;
    enum status st = thing_may_write(work, place);
    if (st == OK)
        st = thing_dossier(work, place, &dossier); /* the conversation is about this pupil */
    const struct sharing_wish **list = ARENA_ARRAY(work->arena, const struct sharing_wish *, count);
    if (st == OK && !list)
        st = ERR_NOMEM;
    for (size_t i = 0; st == OK && i < count; i++) {
        bool is_new = false;
        if (wishes[i].thing->conversation.v != conversation.v)
            return ERR_NOT_FOUND;
        st = check_wish(work, book, &wishes[i], &is_new);
        if (st == OK && is_new)
            list[kept++] = &wishes[i];
    }
    if (st != OK || kept == 0)
        return st;
    st = keep_all(work, book->pupil, list, kept);
    return st == OK ? read_decisions(work, book) : st;
}

/* --- safety first
 * ---------------------------------------------------------------------------------------- */

static bool is_text(const char *text)
{
    return text && !str_is_blank(text) && utf8_chars(text) <= SHARING_WORDS_MAX;
}

static bool told_valid(const struct work *work, struct date told_on)
{
    return !date_is_set(told_on) ||
           (date_valid(told_on) && date_compare(told_on, work->today) <= 0);
}

enum status sharing_exception_add(struct work *work, struct pupil_id pupil,
                                  struct conversation_id conversation,
                                  struct sharing_exception_id id,
                                  const struct sharing_exception_draft *draft)
{
    assert(work && draft && id.v);

    const struct thing_place place = {pupil, conversation};
    struct sql_sharing_exception_row row;
    struct dossier_id dossier;
    struct vault_key key = {{0}};
    struct bytes packed;
    struct sealed body;
    if (work->actor->kind != ACTOR_STAFF || !pupil.v)
        return ERR_NOT_FOUND;
    enum status st = thing_may_write(work, place);
    if (st == OK)
        st = thing_dossier(work, place, &dossier);
    if (st != OK)
        return st;
    if (!is_text(draft->what) || !is_text(draft->whom) || !is_text(draft->why) ||
        !told_valid(work, draft->told_on))
        return ERR_INVALID;
    st = sql_sharing_exception_row(work->db, work->arena, work_school(work), id, &row);
    if (st != ERR_NOT_FOUND) /* the same form sent twice */
        return st == OK && row.pupil.v != pupil.v ? ERR_CONFLICT : st;
    const struct answer_part parts[] = {
        {"what", draft->what}, {"whom", draft->whom}, {"why", draft->why}};
    st = thing_pack(work, parts, ARRAY_LEN(parts), &packed);
    if (st == OK)
        st = dossier_open(work, pupil.v, &key);
    if (st == OK)
        st = thing_seal(work, &key, EXCEPTION_BODY, id.v, FIRST, packed, &body);
    vault_key_wipe(&key);
    if (st == OK)
        st = sql_sharing_exception_insert(work->db, work_school(work), id, pupil, conversation,
                                          work->actor->staff, body, draft->told_on, work->now_ms,
                                          NULL);
    return st == OK ? audit_change(work, AUDIT_SHARING_EXCEPTION, pupil.v, id.v) : st;
}

enum status sharing_exception_told(struct work *work, struct pupil_id pupil,
                                   struct conversation_id conversation,
                                   struct sharing_exception_id id, struct date told_on)
{
    struct sql_sharing_exception_row row;
    if (work->actor->kind != ACTOR_STAFF)
        return ERR_NOT_FOUND;
    enum status st = thing_may_write(work, (struct thing_place){pupil, conversation});
    if (st == OK)
        st = sql_sharing_exception_row(work->db, work->arena, work_school(work), id, &row);
    if (st == OK && (row.pupil.v != pupil.v || row.conversation != conversation.v))
        st = ERR_NOT_FOUND;
    if (st == OK && (!date_is_set(told_on) || !told_valid(work, told_on)))
        st = ERR_INVALID;
    if (st != OK || date_is_set(row.told_on))
        return st;
    st = sql_sharing_exception_set_told(work->db, work_school(work), id, told_on, NULL);
    return st == OK ? audit_change(work, AUDIT_SHARING_EXCEPTION, pupil.v, id.v) : st;
}

static enum status read_exception(struct work *work, const struct vault_key *key,
                                  const struct sql_sharing_exception_rows *row,
                                  struct sharing_exception *ret)
{
    struct answer_value words;
    struct person maker;
    enum status st =
        thing_open_parts(work, key, EXCEPTION_BODY, row->id.v, FIRST, row->body_sealed, &words);
    if (st == OK)
        st = person_open_with(work, PERSON_STAFF, work_school(work), row->made_by.v,
                              row->maker_slot, row->maker_key_wrapped, row->maker_sealed, &maker);
    if (st == OK)
        *ret = (struct sharing_exception){.id = row->id,
                                          .conversation = {row->conversation},
                                          .maker = person_full(work->arena, &maker),
                                          .what = answer_part(&words, "what"),
                                          .whom = answer_part(&words, "whom"),
                                          .why = answer_part(&words, "why"),
                                          .told_on = row->told_on,
                                          .made_at = row->made_at};
    return st;
}

enum status sharing_exceptions(struct work *work, struct pupil_id pupil,
                               struct conversation_id conversation, struct sharing_exception **ret,
                               size_t *ret_count)
{
    struct sql_sharing_exception_rows *rows = NULL;
    struct vault_key key = {{0}};
    size_t count = 0, kept = 0;
    if (actor_is_visitor(work->actor) || !pupil.v)
        return ERR_NOT_FOUND;
    enum status st = thing_may_read(work, (struct thing_place){pupil, conversation});
    if (st == OK)
        st = sql_sharing_exception_rows(work->db, work->arena, work_school(work), pupil, &rows,
                                        &count);
    struct sharing_exception *list = ARENA_ARRAY(work->arena, struct sharing_exception, count);
    if (st == OK && !list)
        st = ERR_NOMEM;
    if (st == OK && count)
        st = dossier_open(work, pupil.v, &key);
    for (size_t i = 0; st == OK && i < count; i++)
        if (work->actor->kind != ACTOR_PUPIL || date_is_set(rows[i].told_on))
            st = read_exception(work, &key, &rows[i], &list[kept++]);
    vault_key_wipe(&key);
    if (st == OK) {
        *ret = list;
        *ret_count = kept;
    }
    return st;
}
