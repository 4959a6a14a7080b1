#include "answer/answer.h"

#include <pthread.h>

#include "answer/kind.h"
#include "base/arena.h"
#include "base/str.h"
#include "conversation/conversation.h"
#include "person/dossier.h"
#include "web/web_fixture.h"

static const struct conversation_id talk = {4711}, another = {815};

static struct answer_value value_of(struct page_fixture *f, const char *text)
{
    struct answer_part *part = ARENA_NEW(f->arena, struct answer_part);
    *part = (struct answer_part){"", text};
    return (struct answer_value){part, 1};
}

static struct answer_key key_of(enum voice voice)
{
    return (struct answer_key){.conversation = talk, .question = "how", .voice = voice};
}

/* A transaction as that role, with the key of the pupil's dossier. */
static struct answer_seal begin(struct page_fixture *f, enum page_role role)
{
    struct answer_seal seal = {.dossier = f->pupil.v, .pupil = f->pupil};
    const struct conversation_draft draft = {
        .method_key = "k12", .pupil = f->pupil, .planned_at = -1, .place = "", .aim = ""};
    page_begin(f, PAGE_TEACHER);
    assert_status(conversation_plan(&f->work, talk, &draft), OK);
    assert_status(conversation_plan(&f->work, another, &draft), OK);
    f->work.actor = &f->actor[role];
    assert_status(dossier_open(&f->work, f->pupil.v, &seal.key), OK);
    return seal;
}

static void as(struct page_fixture *f, enum page_role role)
{
    f->work.actor = &f->actor[role];
}

static enum status save(struct page_fixture *f, const struct answer_seal *seal, enum voice voice,
                        int base, const char *text, int *ret_version)
{
    struct answer now = {0};
    struct answer_key key = key_of(voice);
    struct answer_value value = value_of(f, text);
    return answer_save(&f->work, seal, &key, base, &value, ret_version, &now);
}

static void assert_stands(struct page_fixture *f, const struct answer_seal *seal, enum voice voice,
                          int version, const char *text)
{
    struct answer *answers = NULL;
    size_t count = 0;
    assert_status(answer_all(&f->work, seal, talk, &answers, &count), OK);
    const struct answer *found = answer_in(answers, count, "how", voice, 0);
    assert_non_null(found);
    assert_int_equal(found->version, version);
    assert_string_equal(answer_part(&found->value, ""), text);
}

/* --- saving --------------------------------------------------------------------------------------
 */

static void every_text_stays(void **state)
{
    struct page_fixture *f = *state;
    struct answer_seal seal = begin(f, PAGE_TEACHER);
    int version = -1;
    assert_status(save(f, &seal, VOICE_TEACHER, 0, "eerst 🙈", &version), OK);
    assert_int_equal(version, 1);
    assert_status(save(f, &seal, VOICE_TEACHER, 1, "daarna", &version), OK);
    assert_int_equal(version, 2);
    assert_status(save(f, &seal, VOICE_TEACHER, 1, "daarna", &version), OK);
    assert_int_equal(version, 2); /* the same again makes no version, whatever it started from */
    assert_status(save(f, &seal, VOICE_TEACHER, 2, "", &version), OK);
    assert_stands(f, &seal, VOICE_TEACHER, 3, "");

    struct answer_version *versions = NULL;
    size_t count = 0;
    struct answer_key key = key_of(VOICE_TEACHER);
    assert_status(answer_history(&f->work, &seal, &key, &versions, &count), OK);
    assert_int_equal(count, 3);
    assert_string_equal(answer_part(&versions[0].value, ""), "eerst 🙈");
    assert_string_equal(answer_part(&versions[1].value, ""), "daarna");
    assert_true(answer_is_empty(&versions[2].value));
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(versions[i].version, i + 1);
        assert_true(versions[i].stood);
        assert_int_equal(versions[i].author_kind, ACTOR_STAFF);
        assert_int_equal(versions[i].author, f->staff[PAGE_TEACHER].v);
        assert_int_equal(versions[i].made_at, f->work.now_ms);
    }
    page_commit(f);
    assert_int_equal(page_logged(f, AUDIT_ANSWER_SAVED), 3);
}

static void the_log_names_the_pupil_or_nobody(void **state)
{
    struct page_fixture *f = *state;
    struct answer_seal seal = begin(f, PAGE_TEACHER);
    struct audit_line *lines = NULL;
    size_t count = 0;
    int version = 0;
    assert_status(save(f, &seal, VOICE_TEACHER, 0, "van een leerling", &version), OK);
    seal.pupil = (struct pupil_id){0}; /* as of a group's dossier */
    assert_status(save(f, &seal, VOICE_TOGETHER, 0, "van een groep", &version), OK);
    assert_status(audit_of_pupil(&f->work, f->pupil, 20, &lines, &count), OK);
    size_t saved = 0;
    for (size_t i = 0; i < count; i++)
        if (lines[i].action == AUDIT_ANSWER_SAVED) {
            assert_int_equal(lines[i].subject, talk.v);
            saved++;
        }
    assert_int_equal(saved, 1);
    page_undo(f);
}

static void a_conflict_keeps_both_texts(void **state)
{
    struct page_fixture *f = *state;
    struct answer_seal seal = begin(f, PAGE_TEACHER);
    struct answer_key key = key_of(VOICE_TOGETHER);
    struct answer_value late = value_of(f, "te laat");
    struct answer now = {0};
    int version = 0;
    assert_status(save(f, &seal, VOICE_TOGETHER, 0, "eerst", &version), OK);
    assert_status(save(f, &seal, VOICE_TOGETHER, 1, "van een ander", &version), OK);
    for (int again = 0; again < 3; again++) {
        assert_status(answer_save(&f->work, &seal, &key, 1, &late, &version, &now), ERR_CONFLICT);
        assert_int_equal(version, 3);
        assert_int_equal(now.version, 2);
        assert_string_equal(answer_part(&now.value, ""), "van een ander");
    }
    assert_stands(f, &seal, VOICE_TOGETHER, 2, "van een ander");
    assert_status(save(f, &seal, VOICE_TOGETHER, 2, "samen", &version), OK);
    assert_int_equal(version, 4); /* numbers are not used twice */

    struct answer_version *versions = NULL;
    size_t count = 0;
    assert_status(answer_history(&f->work, &seal, &key, &versions, &count), OK);
    assert_int_equal(count, 4);
    assert_false(versions[2].stood);
    assert_string_equal(answer_part(&versions[2].value, ""), "te laat");
    assert_true(versions[3].stood);
    page_undo(f);
}

static void the_words_of_a_child_are_the_childs(void **state)
{
    struct page_fixture *f = *state;
    struct answer_seal seal = begin(f, PAGE_TEACHER);
    int version = 0;
    /* A teacher writes down what a child says, and the child makes it its own. */
    assert_status(save(f, &seal, VOICE_PUPIL, 0, "zei Noor", &version), OK);
    assert_status(save(f, &seal, VOICE_PUPIL, 1, "zei Noor zelf", &version), OK);
    as(f, PAGE_PUPIL);
    assert_status(save(f, &seal, VOICE_PUPIL, 2, "ik bedoel iets anders", &version), OK);
    as(f, PAGE_TEACHER);
    assert_status(save(f, &seal, VOICE_PUPIL, 3, "netter gezegd", &version), ERR_FORBIDDEN);
    assert_status(save(f, &seal, VOICE_PUPIL, 1, "netter gezegd", &version), ERR_FORBIDDEN);
    assert_status(save(f, &seal, VOICE_PUPIL, 3, "ik bedoel iets anders", &version), OK);
    as(f, PAGE_COORDINATOR);
    assert_status(save(f, &seal, VOICE_PUPIL, 3, "", &version), ERR_FORBIDDEN);
    as(f, PAGE_PUPIL);
    assert_stands(f, &seal, VOICE_PUPIL, 3, "ik bedoel iets anders");
    /* Nor does a child speak for an adult. */
    assert_status(save(f, &seal, VOICE_TEACHER, 0, "van juf", &version), ERR_FORBIDDEN);
    assert_status(save(f, &seal, VOICE_GUARDIAN, 0, "van papa", &version), ERR_FORBIDDEN);
    assert_status(save(f, &seal, VOICE_TOGETHER, 0, "van ons", &version), OK);
    struct actor other = f->actor[PAGE_PUPIL];
    other.pupil = f->other_pupil;
    f->work.actor = &other;
    assert_status(save(f, &seal, VOICE_PUPIL, 3, "van een ander kind", &version), ERR_FORBIDDEN);
    as(f, PAGE_TEACHER);
    page_undo(f);
}

static void what_cannot_be_is_refused(void **state)
{
    struct page_fixture *f = *state;
    struct answer_seal seal = begin(f, PAGE_TEACHER);
    struct answer now = {0};
    int version = 7;
    struct answer_value value = value_of(f, "x");
    char *long_name = arena_alloc(f->arena, ANSWER_QUESTION_MAX + 2);
    memset(long_name, 'q', ANSWER_QUESTION_MAX + 1);
    const struct answer_key bad[] = {
        {.conversation = {0}, .question = "how", .voice = VOICE_PUPIL},
        {.conversation = talk, .question = "", .voice = VOICE_PUPIL},
        {.conversation = talk, .question = long_name, .voice = VOICE_PUPIL},
        {.conversation = talk, .question = "how", .voice = VOICE_NONE},
        {.conversation = talk, .question = "how", .voice = (enum voice)6},
        {.conversation = talk, .question = "how", .voice = VOICE_PUPIL, .person = -1},
    };
    for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
        assert_status(answer_save(&f->work, &seal, &bad[i], 0, &value, &version, &now),
                      ERR_INVALID);
        assert_int_equal(version, 0);
    }
    assert_status(save(f, &seal, VOICE_TEACHER, 1, "van niets", &version), ERR_NOT_FOUND);
    const struct answer_part twice[] = {{"x", "1"}, {"x", "2"}};
    struct answer_key key = key_of(VOICE_TEACHER);
    assert_status(
        answer_save(&f->work, &seal, &key, 0, &(struct answer_value){twice, 2}, &version, &now),
        ERR_INVALID);
    page_undo(f);
}

/* --- reading -------------------------------------------------------------------------------------
 */

static void all_answers_are_one_statement(void **state)
{
    struct page_fixture *f = *state;
    struct answer_seal seal = begin(f, PAGE_TEACHER);
    struct answer now = {0};
    int version = 0;
    for (int person = 0; person < 3; person++) {
        for (int voice = VOICE_PUPIL; voice <= VOICE_TOGETHER; voice++) {
            struct answer_key key = {talk, person ? "prep-how" : "how", (enum voice)voice, person};
            struct answer_value value = value_of(f, arena_printf(f->arena, "%d-%d", voice, person));
            assert_status(answer_save(&f->work, &seal, &key, 0, &value, &version, &now), OK);
        }
    }
    struct answer_key elsewhere = {another, "how", VOICE_PUPIL, 0};
    struct answer_value value = value_of(f, "van een ander gesprek");
    assert_status(answer_save(&f->work, &seal, &elsewhere, 0, &value, &version, &now), OK);

    struct answer *answers = NULL;
    size_t count = 0;
    uint64_t before = db_statements(f->work.db);
    assert_status(answer_all(&f->work, &seal, talk, &answers, &count), OK);
    assert_int_equal(db_statements(f->work.db) - before, 1);
    assert_int_equal(count, 15);
    const struct answer *found = answer_in(answers, count, "prep-how", VOICE_GUARDIAN, 2);
    assert_non_null(found);
    assert_string_equal(answer_part(&found->value, ""), "3-2");
    assert_int_equal(found->author, f->staff[PAGE_TEACHER].v);
    assert_null(answer_in(answers, count, "prep-how", VOICE_GUARDIAN, 0));
    assert_null(answer_in(answers, count, "what", VOICE_PUPIL, 0));
    page_undo(f);
}

/* Somebody with the database in hand lays one text in another's place. */
static void a_moved_text_does_not_open(void **state)
{
    struct page_fixture *f = *state;
    static const char *const moves[] = {
        "UPDATE answer SET voice = 2",   "UPDATE answer SET question = 'what'",
        "UPDATE answer SET person = 9",  "UPDATE answer SET conversation = 815",
        "UPDATE answer SET version = 2",
    };
    for (size_t i = 0; i < ARRAY_LEN(moves); i++) {
        struct answer_seal seal = begin(f, PAGE_TEACHER);
        struct answer *answers = NULL;
        size_t count = 0;
        int version = 0;
        assert_status(save(f, &seal, VOICE_PUPIL, 0, "van mij", &version), OK);
        fixture_script(f->work.db, "DELETE FROM answer_version");
        fixture_script(f->work.db, moves[i]);
        struct conversation_id where = i == 3 ? another : talk;
        assert_status(answer_all(&f->work, &seal, where, &answers, &count), ERR_CORRUPT);
        page_undo(f);
    }
}

static void a_moved_version_does_not_open(void **state)
{
    struct page_fixture *f = *state;
    struct answer_seal seal = begin(f, PAGE_TEACHER);
    struct answer_key key = key_of(VOICE_PUPIL);
    struct answer_version *versions = NULL;
    size_t count = 0;
    int version = 0;
    assert_status(save(f, &seal, VOICE_PUPIL, 0, "van mij", &version), OK);
    fixture_script(f->work.db, "UPDATE answer_version SET version = 2");
    assert_status(answer_history(&f->work, &seal, &key, &versions, &count), ERR_CORRUPT);
    page_undo(f);
}

/* --- two at once, and what breaks half way -------------------------------------------------------
 */

static void two_writers_at_once_lose_nothing(void **state)
{
    struct page_fixture *f = *state;
    struct answer_seal seal = begin(f, PAGE_TEACHER);
    int version = 0;
    assert_status(save(f, &seal, VOICE_TOGETHER, 0, "begin", &version), OK);
    page_commit(f);
    static const char *const texts[] = {"van de leerkracht", "van de intern begeleider"};
    const enum page_role roles[] = {PAGE_TEACHER, PAGE_COORDINATOR};
    enum status said[2];
    for (int i = 0; i < 2; i++) { /* both opened the page when version 1 stood */
        seal = begin(f, roles[i]);
        said[i] = save(f, &seal, VOICE_TOGETHER, 1, texts[i], &version);
        page_commit(f);
    }
    assert_status(said[0], OK);
    assert_status(said[1], ERR_CONFLICT);
    struct answer_version *versions = NULL;
    size_t count = 0;
    struct answer_key key = key_of(VOICE_TOGETHER);
    seal = begin(f, PAGE_TEACHER);
    assert_status(answer_history(&f->work, &seal, &key, &versions, &count), OK);
    assert_int_equal(count, 3);
    for (int i = 0; i < 2; i++)
        assert_string_equal(answer_part(&versions[i + 1].value, ""), texts[i]);
    page_undo(f);
}

/* A lost race is the database's conflict, and no text is shown for it. */
static void a_lost_race_is_told_from_two_texts(void **state)
{
    struct page_fixture *f = *state;
    struct answer_seal seal = begin(f, PAGE_TEACHER);
    struct answer_key key = key_of(VOICE_TOGETHER);
    struct answer_value value = value_of(f, "verder");
    int version = 0;
    assert_status(save(f, &seal, VOICE_TOGETHER, 0, "begin", &version), OK);
    assert_status(save(f, &seal, VOICE_TOGETHER, 1, "midden", &version), OK);
    page_commit(f);
    for (int base = 1; base <= 2; base++) {
        for (size_t nth = 1;; nth++) {
            struct answer now = {.version = 0};
            page_begin(f, PAGE_TEACHER);
            assert_status(dossier_open(&f->work, f->pupil.v, &seal.key), OK);
            db_fail_at(f->work.db, nth, ERR_CONFLICT);
            enum status st = answer_save(&f->work, &seal, &key, base, &value, &version, &now);
            db_fail_at(f->work.db, 0, OK);
            page_undo(f);
            if (version)
                break;
            assert_status(st, ERR_CONFLICT);
            assert_int_equal(now.version, 0);
            assert_true(nth < 20);
        }
    }
}

/* --- really at once
 * -------------------------------------------------------------------------------- */

#define WRITERS 3
#define TEXTS 12

struct writer {
    struct page_fixture *f;
    int number;
    bool failed;
};

/* Saves over what it last saw stand, as a page does; what the database refuses is done again. */
static bool write_once(struct writer *w, struct work *work, const char *text, int *base)
{
    struct answer_seal seal = {.dossier = w->f->pupil.v, .pupil = w->f->pupil};
    const struct answer_key key = key_of(VOICE_TOGETHER);
    const struct answer_part part = {"", text};
    struct answer now = {.version = 0};
    int version = 0;
    for (int tries = 0; tries < 500; tries++) {
        arena_reset(work->arena);
        if (db_begin(work->db, DB_WRITE) != OK)
            continue;
        enum status st = dossier_open(work, w->f->pupil.v, &seal.key);
        if (st == OK)
            st = answer_save(work, &seal, &key, *base, &(struct answer_value){&part, 1}, &version,
                             &now);
        bool kept = st == OK || (st == ERR_CONFLICT && version);
        if (!kept) {
            db_rollback(work->db);
            if (st != ERR_CONFLICT && st != ERR_DB)
                return false;
        } else if (db_commit(work->db) == OK) {
            *base = st == OK ? version : now.version;
            return true;
        }
    }
    return false;
}

static void *write_all(void *context)
{
    struct writer *w = context;
    struct random random = random_system();
    struct db *db = NULL;
    struct arena *arena = arena_new((size_t)4 << 20);
    w->failed = !arena || db_open(w->f->app.database, false, &db) != OK;
    struct work work = w->f->work;
    work.db = db;
    work.arena = arena;
    work.random = &random;
    int base = 1;
    for (int i = 0; !w->failed && i < TEXTS; i++) {
        char text[32];
        (void)snprintf(text, sizeof text, "%d-%d", w->number, i);
        w->failed = !write_once(w, &work, text, &base);
    }
    if (db)
        db_close(db);
    arena_free(arena);
    return NULL;
}

static void writers_at_once_keep_every_text(void **state)
{
    struct page_fixture *f = *state;
    struct answer_seal seal = begin(f, PAGE_TEACHER);
    int version = 0;
    assert_status(save(f, &seal, VOICE_TOGETHER, 0, "begin", &version), OK);
    page_commit(f);
    pthread_t threads[WRITERS];
    struct writer writers[WRITERS];
    for (int i = 0; i < WRITERS; i++) {
        writers[i] = (struct writer){.f = f, .number = i};
        assert_int_equal(pthread_create(&threads[i], NULL, write_all, &writers[i]), 0);
    }
    for (int i = 0; i < WRITERS; i++) {
        assert_int_equal(pthread_join(threads[i], NULL), 0);
        assert_false(writers[i].failed);
    }
    struct answer_version *versions = NULL;
    size_t count = 0, standing = 0;
    struct answer_key key = key_of(VOICE_TOGETHER);
    page_begin(f, PAGE_TEACHER);
    assert_status(dossier_open(&f->work, f->pupil.v, &seal.key), OK);
    assert_status(answer_history(&f->work, &seal, &key, &versions, &count), OK);
    assert_int_equal(count, 1 + WRITERS * TEXTS);
    for (int w = 0; w < WRITERS; w++) {
        for (int i = 0; i < TEXTS; i++) {
            const char *text = arena_printf(f->arena, "%d-%d", w, i);
            size_t found = 0;
            for (size_t v = 0; v < count; v++)
                found += str_equal(answer_part(&versions[v].value, ""), text);
            assert_int_equal(found, 1);
        }
    }
    for (size_t v = 0; v < count; v++)
        standing = versions[v].stood ? v : standing;
    assert_stands(f, &seal, VOICE_TOGETHER, versions[standing].version,
                  answer_part(&versions[standing].value, ""));
    page_undo(f);
}

static void a_failure_anywhere_writes_nothing(void **state)
{
    struct page_fixture *f = *state;
    struct answer_seal seal = begin(f, PAGE_TEACHER);
    int version = 0;
    assert_status(save(f, &seal, VOICE_TOGETHER, 0, "begin", &version), OK);
    page_commit(f);
    bool done = false;
    size_t tries = 0;
    for (size_t nth = 1; !done; nth++, tries++) {
        seal = begin(f, PAGE_TEACHER);
        db_fail_at(f->work.db, nth, ERR_DB);
        enum status st = save(f, &seal, VOICE_TOGETHER, 1, "verder", &version);
        db_fail_at(f->work.db, 0, OK);
        done = st == OK;
        if (!done)
            assert_status(st, ERR_DB);
        page_undo(f);
        seal = begin(f, PAGE_TEACHER);
        assert_stands(f, &seal, VOICE_TOGETHER, 1, "begin");
        page_undo(f);
    }
    assert_in_range(tries, 4, 12); /* row, update, version, log */
}

static void memory_that_runs_out_is_said(void **state)
{
    struct page_fixture *f = *state;
    struct arena *small = arena_new((size_t)4 << 20);
    const struct answer_part part = {"", "tekst"};
    struct answer_value value = {&part, 1};
    struct answer_key key = key_of(VOICE_TEACHER);
    for (size_t nth = 1;; nth++) {
        struct answer now = {0};
        int version = 0;
        struct answer_seal seal = begin(f, PAGE_TEACHER);
        f->work.arena = small;
        arena_reset(small);
        arena_fail_at(small, nth);
        enum status st = answer_save(&f->work, &seal, &key, 0, &value, &version, &now);
        page_undo(f);
        if (st == OK && !arena_failed(small))
            break;
        assert_status(st, ERR_NOMEM);
        assert_true(nth < 100);
    }
    arena_free(small);
}

/* --- packing -------------------------------------------------------------------------------------
 */

static void packing_has_one_form(void **state)
{
    struct page_fixture *f = *state;
    const struct answer_part mixed[] = {{"tops", "a"}, {"", "b"}, {"tips", ""}, {"2.mark", "sure"}};
    const struct answer_part sorted[] = {{"", "b"}, {"2.mark", "sure"}, {"tops", "a"}};
    struct bytes one, other;
    struct answer_value back;
    assert_status(answer_pack(&(struct answer_value){mixed, 4}, f->arena, &one), OK);
    assert_status(answer_pack(&(struct answer_value){sorted, 3}, f->arena, &other), OK);
    assert_int_equal(one.len, other.len);
    assert_memory_equal(one.data, other.data, one.len);
    assert_status(answer_unpack(one, f->arena, &back), OK);
    assert_int_equal(back.count, 3);
    for (size_t i = 0; i < 3; i++) {
        assert_string_equal(back.parts[i].name, sorted[i].name);
        assert_string_equal(back.parts[i].text, sorted[i].text);
    }
    assert_string_equal(answer_part(&back, "tips"), "");
    assert_status(answer_pack(&(struct answer_value){NULL, 0}, f->arena, &one), OK);
    assert_status(answer_unpack(one, f->arena, &back), OK);
    assert_true(answer_is_empty(&back));
}

/* Whatever the parts: unpacked they are the same, and packed again the same bytes. */
static void any_value_goes_round(void **state)
{
    struct page_fixture *f = *state;
    static const char *const texts[] = {"", "a", "é\n🙈", "\x01 <&>", "0"};
    struct random random = random_seeded(11);
    for (int round = 0; round < 500; round++) {
        struct answer_part parts[20];
        struct answer_value value = {parts, random_below(&random, ARRAY_LEN(parts) + 1)}, back;
        for (size_t i = 0; i < value.count; i++)
            parts[i] = (struct answer_part){
                arena_printf(f->arena, "%u.%d", (unsigned)random_below(&random, 9), (int)i),
                texts[random_below(&random, ARRAY_LEN(texts))]};
        struct bytes one, other;
        assert_status(answer_pack(&value, f->arena, &one), OK);
        assert_status(answer_unpack(one, f->arena, &back), OK);
        assert_int_equal(answer_is_empty(&back), answer_is_empty(&value));
        for (size_t i = 0; i < value.count; i++)
            assert_string_equal(answer_part(&back, parts[i].name), parts[i].text);
        assert_status(answer_pack(&back, f->arena, &other), OK);
        assert_int_equal(one.len, other.len);
        assert_memory_equal(one.data, other.data, one.len);
    }
}

static void packing_keeps_its_limits(void **state)
{
    struct page_fixture *f = *state;
    struct bytes bytes;
    static const char *const bad[] = {"Tops", "a b", "a_b", "é", "a/b"};
    for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
        const struct answer_part part = {bad[i], "x"};
        assert_status(answer_pack(&(struct answer_value){&part, 1}, f->arena, &bytes), ERR_INVALID);
    }
    const struct answer_part broken = {"", "\xC3"};
    assert_status(answer_pack(&(struct answer_value){&broken, 1}, f->arena, &bytes), ERR_INVALID);

    struct answer_part *many = ARENA_ARRAY(f->arena, struct answer_part, ANSWER_PARTS_MAX + 1);
    for (int i = 0; i <= ANSWER_PARTS_MAX; i++)
        many[i] = (struct answer_part){arena_printf(f->arena, "%d", i), "x"};
    assert_status(answer_pack(&(struct answer_value){many, ANSWER_PARTS_MAX}, f->arena, &bytes),
                  OK);
    assert_status(answer_pack(&(struct answer_value){many, ANSWER_PARTS_MAX + 1}, f->arena, &bytes),
                  ERR_LIMIT);

    char *text = arena_alloc(f->arena, ANSWER_BYTES_MAX);
    memset(text, 'x', ANSWER_BYTES_MAX - 3);
    const struct answer_part large = {"", text};
    assert_status(answer_pack(&(struct answer_value){&large, 1}, f->arena, &bytes), OK);
    assert_int_equal(bytes.len, ANSWER_BYTES_MAX);
    text[ANSWER_BYTES_MAX - 3] = 'x';
    assert_status(answer_pack(&(struct answer_value){&large, 1}, f->arena, &bytes), ERR_LIMIT);
}

static void unpacking_takes_only_what_packing_writes(void **state)
{
    struct page_fixture *f = *state;
    static const struct {
        const char *bytes;
        size_t len;
    } bad[] = {
        {"", 0},
        {"\0", 1},
        {"\x02", 1},
        {"\x01x", 2},            /* no end */
        {"\x01x\0y", 4},         /* no end of the text */
        {"\x01x\0", 3},          /* no text */
        {"\x01x\0\0", 4},        /* an empty text */
        {"\x01y\0a\0x\0a\0", 9}, /* not in order */
        {"\x01x\0a\0x\0a\0", 9}, /* twice */
        {"\x01X\0a\0", 5},       /* no name */
        {"\x01x\0\xC3\0", 5},    /* no text */
        {"\x01x\0a\0rest", 9},
    };
    struct answer_value value;
    for (size_t i = 0; i < ARRAY_LEN(bad); i++)
        assert_status(answer_unpack((struct bytes){(const uint8_t *)bad[i].bytes, bad[i].len},
                                    f->arena, &value),
                      ERR_CORRUPT);
    assert_status(answer_unpack((struct bytes){(const uint8_t *)"\x01", 1}, f->arena, &value), OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        page_each_engine(every_text_stays),
        page_each_engine(the_log_names_the_pupil_or_nobody),
        page_each_engine(a_conflict_keeps_both_texts),
        page_each_engine(the_words_of_a_child_are_the_childs),
        page_each_engine(what_cannot_be_is_refused),
        page_each_engine(all_answers_are_one_statement),
        page_each_engine(a_moved_text_does_not_open),
        page_each_engine(a_moved_version_does_not_open),
        page_each_engine(two_writers_at_once_lose_nothing),
        page_each_engine(a_lost_race_is_told_from_two_texts),
        page_each_engine(writers_at_once_keep_every_text),
        page_each_engine(a_failure_anywhere_writes_nothing),
        page_each_engine(memory_that_runs_out_is_said),
        PAGE_TEST(packing_has_one_form, "", FIXTURE_FILE),
        PAGE_TEST(any_value_goes_round, "", FIXTURE_FILE),
        PAGE_TEST(packing_keeps_its_limits, "", FIXTURE_FILE),
        PAGE_TEST(unpacking_takes_only_what_packing_writes, "", FIXTURE_FILE),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
