#include "demo/testing.h"

#include "access/access.h"
#include "access/audit.h"
#include "agreement/agreement.h"
#include "answer/answer.h"
#include "base/buf.h"
#include "base/str.h"
#include "conversation/conversation.h"
#include "demo/calendar.h"
#include "demo/people.h"
#include "demo/texts.h"
#include "group/group.h"
#include "guardian/guardian.h"
#include "note/note.h"
#include "observation/observation.h"
#include "pupil/pupil.h"
#include "pupil/timeline.h"
#include "signin/account.h"
#include "staff/staff.h"

#define A_DAY ((struct date){2026, 11, 24})

static struct school_year year_at(struct demo_test *t, size_t back)
{
    struct school_year *years = NULL;
    size_t count = 0;
    assert_status(school_years(&t->work, &years, &count), OK);
    assert_int_equal(count, 2);
    assert_true(years[0].is_active);
    assert_false(years[1].is_active);
    assert_int_equal(years[0].starts_in, years[1].starts_in + 1);
    return years[back];
}

static void migrated(struct demo_test *t, struct db *db, struct date today)
{
    demo_test_open(t, db, today);
    assert_status(migrate_up(db, t->work.now_ms, NULL), OK);
}

/* Signs the account in, as far as rights go. */
static struct actor actor_of(struct demo_test *t, const struct demo_account *demo)
{
    struct account account;
    struct account_place *places = NULL;
    size_t count = 0;
    assert_status(account_find_login(&t->work, demo->email, &account), OK);
    assert_status(account_places(&t->work, account.id, &places, &count), OK);
    assert_int_equal(count, 1);
    struct actor actor = {.kind = ACTOR_STAFF,
                          .school = places[0].school,
                          .account = account.id,
                          .staff = places[0].staff};
    struct actor_self self;
    assert_status(actor_load_staff(&t->work, &actor, &self), OK);
    assert_string_equal(self.person.call, demo->call);
    assert_string_equal(self.person.family, demo->family);
    return actor;
}

static const struct demo_account *account_with(enum demo_school school, int role)
{
    for (size_t i = 0; i < demo_account_count; i++)
        if (demo_accounts[i].school == school && demo_accounts[i].role == role)
            return &demo_accounts[i];
    fail();
    return NULL;
}

static size_t count_members(struct demo_test *t, struct school_year year, size_t groups,
                            const char *name, size_t members)
{
    struct group *list = NULL;
    size_t count = 0;
    size_t all = 0;
    bool found = false;
    assert_status(group_list(&t->work, year.id, &list, &count), OK);
    assert_int_equal(count, groups);
    for (size_t i = 0; i < count; i++) {
        struct group_member *rows = NULL;
        size_t here = 0;
        assert_status(group_members(&t->work, list[i].id, &rows, &here), OK);
        assert_true(here > 0);
        all += here;
        if (str_equal(list[i].name, name)) {
            found = true;
            assert_int_equal(here, members);
        }
        for (size_t a = 0; a < here; a++) /* nobody twice, and nobody with another's full name */
            for (size_t b = a + 1; b < here; b++)
                assert_string_not_equal(person_full(t->arena, &rows[a].person),
                                        person_full(t->arena, &rows[b].person));
    }
    assert_true(found);
    return all;
}

static void has_the_groups_and_pupils_it_says(void **state)
{
    struct demo_test t;
    struct pupil *pupils = NULL;
    size_t count = 0;
    demo_test_open(&t, fixture_db(state), A_DAY);
    demo_test_make(&t, 1);

    demo_test_at(&t, DEMO_PRIMARY);
    assert_int_equal(count_members(&t, year_at(&t, 0), 8, "Groep 7", 24), 200);
    assert_int_equal(count_members(&t, year_at(&t, 0), 8, "Groep 1/2 Kikkers", 25), 200);
    assert_true(count_members(&t, year_at(&t, 0), 8, "Groep 3", 26) == 200);
    assert_status(pupil_list(&t.work, false, &pupils, &count), OK);
    assert_int_equal(count, 200);
    assert_status(pupil_list(&t.work, true, &pupils, &count), OK);
    assert_int_equal(count, 23);
    struct location *locations = NULL;
    assert_status(location_list(&t.work, &locations, &count), OK);
    assert_int_equal(count, 2);

    demo_test_at(&t, DEMO_SECONDARY);
    assert_int_equal(count_members(&t, year_at(&t, 0), 6, "2b", 25), 150);
    demo_test_close(&t);
}

static void check_account(struct demo_test *t, const struct demo_account *demo)
{
    struct account account;
    bool rehash;
    assert_status(account_find_login(&t->work, demo->email, &account), OK);
    assert_non_null(account.password_hash);
    assert_status(password_verify(&cheap, account.password_hash, DEMO_PASSWORD,
                                  strlen(DEMO_PASSWORD), &rehash),
                  OK);
    struct actor actor = actor_of(t, demo);
    if (!demo->group) {
        assert_true(actor_has_role(&actor, (enum role)demo->role));
        assert_int_equal(actor.group_count, 0);
        return;
    }
    assert_int_equal(actor.group_count, 1);
    assert_int_equal(actor.groups[0].role, demo->role);
    struct group group;
    demo_test_at(t, demo->school);
    assert_status(group_find(&t->work, actor.groups[0].group, &group), OK);
    assert_string_equal(group.name, demo->group);
}

static void every_account_can_sign_in(void **state)
{
    struct demo_test t;
    demo_test_open(&t, fixture_db(state), A_DAY);
    demo_test_make(&t, 1);
    assert_true(demo_account_count > 0);
    for (size_t i = 0; i < demo_account_count; i++)
        check_account(&t, &demo_accounts[i]);
    demo_test_close(&t);
}

/* Every group of both years has a teacher, one at least has two, and a support. */
static void groups_have_teachers_in_both_years(void **state)
{
    struct demo_test t;
    demo_test_open(&t, fixture_db(state), A_DAY);
    demo_test_make(&t, 1);
    size_t duos = 0;
    for (size_t at = 0; at < (size_t)DEMO_SCHOOLS * 2; at++) {
        demo_test_at(&t, (enum demo_school)(at / 2));
        struct group *list = NULL;
        size_t count = 0;
        assert_status(group_list(&t.work, year_at(&t, at % 2).id, &list, &count), OK);
        struct staff_function *functions = NULL;
        size_t function_count = 0;
        assert_status(staff_functions(&t.work, &functions, &function_count), OK);
        for (size_t i = 0; i < count; i++) {
            size_t teachers = 0;
            for (size_t f = 0; f < function_count; f++)
                teachers +=
                    functions[f].group.v == list[i].id.v && functions[f].role == ROLE_TEACHER;
            assert_true(teachers > 0);
            duos += teachers == 2;
        }
    }
    assert_true(duos > 4);
    demo_test_close(&t);
}

/* What was noted of a pupil, newest first, read as the page of the pupil reads it. */
static struct timeline noted_of(struct demo_test *t, struct pupil_id pupil)
{
    const struct timeline_wish noted = {.kinds = 1U << TIMELINE_STRENGTH | 1U << TIMELINE_WORRY};
    struct timeline line;
    access_forget(&t->work);
    assert_status(timeline_read(&t->work, pupil, &noted, &line), OK);
    return line;
}

static void check_observations(struct demo_test *t, const struct pupil *pupil, size_t *counts)
{
    struct observation *list = NULL;
    struct timeline line = noted_of(t, pupil->id);
    size_t count = line.count;
    list = ARENA_ARRAY(t->arena, struct observation, count);
    assert_non_null(list);
    for (size_t i = 0; i < count; i++) {
        struct observation_id id = {line.entries[i].id};
        assert_status(observation_find(&t->work, id, &list[i]), OK);
        assert_string_equal(list[i].body, line.entries[i].text);
    }
    for (size_t i = 0; i < count; i++) {
        assert_true(is_school_day(list[i].seen_on));
        assert_true(date_compare(list[i].seen_on, t->work.today) < 0);
        assert_true(date_compare(list[i].seen_on, pupil->enrolled_on) >= 0);
        assert_true(date_compare(date_of(list[i].made_at), list[i].seen_on) == 0);
        assert_true(list[i].changed_at >= list[i].made_at && list[i].changed_at < t->work.now_ms);
        assert_true((list[i].version > 1) == (list[i].changed_at > list[i].made_at));
        assert_true(*list[i].author_name && *list[i].body);
        counts[1 + (date_school_year(list[i].seen_on) < date_school_year(t->work.today))]++;
        for (size_t other = 0; other < i; other++)
            assert_string_not_equal(list[i].body, list[other].body);
    }
    counts[0] += count > 0;
    if (pupil->id.v == t->schools.showcase.v) {
        assert_int_equal(count, DEMO_MOMENTS);
        int versions = 1;
        for (size_t i = 0; i < count; i++)
            versions = list[i].version > versions ? list[i].version : versions;
        assert_int_equal(versions, 3);
    } else {
        assert_true(count <= 4);
    }
}

static void check_people(struct demo_test *t, enum demo_school which, size_t least_last_year)
{
    struct pupil *pupils = NULL;
    size_t count = 0;
    struct actor coordinator = actor_of(t, account_with(which, ROLE_COORDINATOR));
    demo_test_at(t, which);
    assert_status(pupil_list(&t->work, false, &pupils, &count), OK);
    t->work.actor = &coordinator;
    size_t counts[3] = {0}; /* pupils with any; observations of this year, of last */
    for (size_t i = 0; i < count; i++) {
        const struct pupil *pupil = &pupils[i];
        int level = demo_level(pupil->year_group);
        /* On 1 October: four years older than the level, or five for who stayed longer. */
        struct date october = {(int16_t)date_school_year(t->work.today), 10, 1};
        int age = date_age(pupil->person.birth, october);
        assert_in_range(age, level + 3, level + 4);
        assert_true(date_compare(pupil->enrolled_on, t->work.today) <= 0);
        assert_true(date_age(pupil->person.birth, pupil->enrolled_on) >= 4);
        assert_true(*pupil->person.call && *pupil->person.family && *pupil->person.initials);
        check_observations(t, pupil, counts);
    }
    t->work.actor = &t->actor;
    assert_in_range(counts[0], count / 2, count * 3 / 4);
    assert_true(counts[1] > count / 2);
    assert_true(counts[2] > least_last_year);
}

static void people_and_observations_are_believable(void **state)
{
    struct demo_test t;
    demo_test_open(&t, fixture_db(state), A_DAY);
    demo_test_make(&t, 1);
    assert_true(t.schools.showcase.v != 0);
    check_people(&t, DEMO_PRIMARY, 80);
    check_people(&t, DEMO_SECONDARY, 40);
    demo_test_close(&t);
}

static void the_log_holds(void **state)
{
    struct demo_test t;
    demo_test_open(&t, fixture_db(state), A_DAY);
    demo_test_make(&t, 1);
    for (size_t i = 0; i < DEMO_SCHOOLS; i++) {
        struct audit_verdict verdict;
        assert_status(audit_verify(t.db, t.vault, t.arena, t.schools.school[i], &verdict), OK);
        assert_true(verdict.rows > 300);
    }
    demo_test_close(&t);
}

static void guardians_are_of_all_kinds(void **state)
{
    struct demo_test t;
    struct pupil *pupils = NULL;
    size_t count = 0;
    demo_test_open(&t, fixture_db(state), A_DAY);
    demo_test_make(&t, 1);
    demo_test_at(&t, DEMO_PRIMARY);
    assert_status(pupil_list(&t.work, false, &pupils, &count), OK);
    int64_t *first = ARENA_ARRAY(t.arena, int64_t, count);
    size_t without_authority = 0, uninformed = 0, siblings = 0;
    for (size_t i = 0; i < count; i++) {
        struct guardian *list = NULL;
        size_t guardians = 0;
        assert_status(guardian_of_pupil(&t.work, pupils[i].id, &list, &guardians), OK);
        assert_in_range(guardians, 1, 2);
        bool any_authority = false;
        first[i] = 0;
        for (size_t g = 0; g < guardians; g++) {
            any_authority |= list[g].has_authority;
            without_authority += !list[g].has_authority;
            uninformed += list[g].information == INFORMATION_NONE;
            assert_true((list[g].information == INFORMATION_NONE) == (*list[g].reason != '\0'));
            if (first[i] == 0 || list[g].id.v < first[i])
                first[i] = list[g].id.v;
        }
        assert_true(any_authority);
        for (size_t other = 0; other < i; other++)
            siblings += first[other] == first[i];
    }
    assert_true(without_authority >= 5);
    assert_true(uninformed >= 1);
    assert_true(siblings >= 10);
    demo_test_close(&t);
}

/* In one group, with what each said and what they agree; nobody's count of who was heard changes by
 * it. */
static void a_group_talked_with_each_other(void **state)
{
    struct demo_test t;
    demo_test_open(&t, fixture_db(state), A_DAY);
    demo_test_make(&t, 1);
    struct actor marit = actor_of(&t, account_with(DEMO_PRIMARY, ROLE_TEACHER));
    t.work.actor = &marit;
    struct conversation *talks = NULL;
    struct participant *people = NULL;
    struct answer *answers = NULL;
    struct agreement *agreements = NULL;
    struct conversation c;
    size_t count = 0;
    assert_status(conversation_of_group(&t.work, marit.groups[0].group, &talks, &count), OK);
    assert_int_equal(count, 1);
    assert_int_equal(talks[0].state, CONVERSATION_CLOSED);
    assert_status(conversation_open(&t.work, RIGHT_CONVERSATION_READ, talks[0].id, &c), OK);
    assert_status(conversation_people(&t.work, &c, &people, &count), OK);
    assert_int_equal(count, 5);
    assert_status(answer_all(&t.work, &c.seal, c.id, &answers, &count), OK);
    assert_int_equal(count, 9);
    assert_status(agreement_of_pupil(&t.work, (struct pupil_id){0}, c.id, &agreements, &count), OK);
    assert_int_equal(count, 1);
    demo_test_close(&t);
}

static void teachers_have_notes_that_are_theirs(void **state)
{
    struct demo_test t;
    demo_test_open(&t, fixture_db(state), A_DAY);
    demo_test_make(&t, 1);
    struct actor marit = actor_of(&t, account_with(DEMO_PRIMARY, ROLE_TEACHER));
    t.work.actor = &marit;
    struct note *notes = NULL;
    size_t count = 0;
    assert_status(note_list(&t.work, (struct pupil_id){0}, &notes, &count), OK);
    assert_int_equal(count, 4);
    for (size_t i = 0; i < count; i++)
        assert_true(date_compare(date_of(notes[i].made_at), t.work.today) < 0);
    demo_test_close(&t);
}

static int by_id(const void *a, const void *b)
{
    const struct pupil *left = a;
    const struct pupil *right = b;
    return left->id.v < right->id.v ? -1 : left->id.v > right->id.v;
}

/* Everything that can be read of a school, as one text. */
static void describe(struct demo_test *t, enum demo_school which, struct buf *to)
{
    struct pupil *pupils = NULL;
    size_t count = 0;
    struct actor coordinator = actor_of(t, account_with(which, ROLE_COORDINATOR));
    demo_test_at(t, which);
    assert_status(pupil_list(&t->work, false, &pupils, &count), OK);
    qsort(pupils, count, sizeof *pupils, by_id);
    for (size_t i = 0; i < count; i++) {
        struct pupil_membership *groups = NULL;
        size_t number = 0;
        buf_printf(to, "%s %s %s %d %s\n", id_text(pupils[i].id.v).s,
                   person_full(t->arena, &pupils[i].person), date_text(pupils[i].person.birth).s,
                   pupils[i].symbol * 10 + pupils[i].colour, date_text(pupils[i].enrolled_on).s);
        t->work.actor = &t->actor;
        assert_status(group_of_pupil(&t->work, pupils[i].id, &groups, &number), OK);
        for (size_t g = 0; g < number; g++)
            buf_printf(to, " %s %d", groups[g].group.name, groups[g].starts_in);
        t->work.actor = &coordinator;
        const struct timeline line = noted_of(t, pupils[i].id);
        for (size_t e = 0; e < line.count; e++)
            buf_printf(to, "  %s %s %s %s\n", id_text(line.entries[e].id).s,
                       date_text(line.entries[e].day).s, line.entries[e].author,
                       line.entries[e].text);
    }
    t->work.actor = &t->actor;
    assert_false(buf_failed(to));
}

static struct buf description(struct db *db, uint64_t seed)
{
    struct demo_test t;
    struct buf text;
    buf_init(&text, (size_t)16 << 20);
    migrated(&t, db, A_DAY);
    demo_test_make(&t, seed);
    describe(&t, DEMO_PRIMARY, &text);
    describe(&t, DEMO_SECONDARY, &text);
    demo_test_close(&t);
    return text;
}

static void same_seed_and_day_give_the_same(void **state)
{
    struct buf one = description(fixture_db(state), 7);
    struct buf two = description(fixture_other(state, FIXTURE_MEMORY), 7);
    assert_true(one.len > 40000);
    assert_string_equal(one.data, two.data);
    buf_free(&one);
    buf_free(&two);
}

static void another_seed_gives_others(void **state)
{
    struct buf one = description(fixture_db(state), 7);
    struct buf two = description(fixture_other(state, FIXTURE_MEMORY), 8);
    assert_string_not_equal(one.data, two.data);
    buf_free(&one);
    buf_free(&two);
}

/* The same place in two keyrings: equal seeds must not give equal keys. */
static void keys_do_not_come_from_the_seed(void **state)
{
    struct demo_test a, b;
    struct vault_key one, two;
    demo_test_open(&a, fixture_db(state), A_DAY);
    demo_test_make(&a, 7);
    migrated(&b, fixture_other(state, FIXTURE_MEMORY), A_DAY);
    demo_test_make(&b, 7);
    assert_true(a.schools.school[0].v == b.schools.school[0].v);
    assert_status(vault_school_own_key(a.vault, a.schools.school[0], &one), OK);
    assert_status(vault_school_own_key(b.vault, b.schools.school[0], &two), OK);
    assert_memory_not_equal(one.key, two.key, sizeof one.key);
    demo_test_close(&a);
    demo_test_close(&b);
}

/* The first and last day of a year, holidays, a leap day, the night of the year change. */
static void works_on_any_day(void **state)
{
    static const struct date days[] = {{2026, 8, 1},  {2026, 8, 24}, {2026, 8, 29}, {2027, 1, 1},
                                       {2027, 7, 31}, {2028, 2, 29}, {2026, 10, 25}};
    struct db *db = fixture_db(state);
    for (size_t i = 0; i < ARRAY_LEN(days); i++) {
        struct demo_test t;
        demo_test_open(&t, db, days[i]);
        if (i == 0)
            t.work.now_ms = date_moment(days[i], 0, 1);
        assert_status(db_begin(db, DB_WRITE), OK);
        assert_status(demo_make(&t.work, 3, t.hash, &t.schools), OK);
        demo_test_at(&t, DEMO_PRIMARY);
        assert_int_equal(year_at(&t, 0).starts_in, date_school_year(days[i]));
        struct actor coordinator = actor_of(&t, account_with(DEMO_PRIMARY, ROLE_COORDINATOR));
        t.work.actor = &coordinator;
        assert_int_equal(noted_of(&t, t.schools.showcase).count, DEMO_MOMENTS);
        demo_test_close(&t); /* rolls back */
    }
}

static size_t count_schools(struct demo_test *t)
{
    struct school *schools = NULL;
    size_t count = 0;
    assert_status(school_list(&t->work, &schools, &count), OK);
    return count;
}

static void twice_is_a_conflict(void **state)
{
    struct demo_test t;
    struct demo_schools again;
    demo_test_open(&t, fixture_db(state), A_DAY);
    demo_test_make(&t, 1);
    db_rollback(t.db);
    assert_status(db_begin(t.db, DB_WRITE), OK);
    assert_status(demo_make(&t.work, 1, t.hash, &again), ERR_CONFLICT);
    db_rollback(t.db);
    assert_status(db_begin(t.db, DB_READ), OK);
    assert_int_equal(count_schools(&t), DEMO_SCHOOLS);
    demo_test_close(&t);
}

/* Wherever the database fails, the answer says so and nothing stays. */
static void a_failing_database_leaves_nothing(void **state)
{
    static const size_t moments[] = {1, 40, 400, 3000, 6000};
    struct db *db = fixture_db(state);
    for (size_t i = 0; i < ARRAY_LEN(moments); i++) {
        struct demo_test t;
        demo_test_open(&t, db, A_DAY);
        assert_status(db_begin(db, DB_WRITE), OK);
        db_fail_at(db, moments[i], ERR_LIMIT);
        assert_status(demo_make(&t.work, 1, t.hash, &t.schools), ERR_LIMIT);
        db_rollback(db);
        assert_status(db_begin(db, DB_READ), OK);
        assert_int_equal(count_schools(&t), 0);
        demo_test_close(&t);
    }
}

static void memory_that_runs_out_is_told(void **state)
{
    static const size_t moments[] = {1, 100, 1000, 5000, 10000};
    struct db *db = fixture_db(state);
    for (size_t i = 0; i < ARRAY_LEN(moments); i++) {
        struct demo_test t;
        demo_test_open(&t, db, A_DAY);
        assert_status(db_begin(db, DB_WRITE), OK);
        arena_fail_at(t.arena, moments[i]);
        assert_int_not_equal(demo_make(&t.work, 1, t.hash, &t.schools), OK);
        demo_test_close(&t);
    }
}

static void bench_schools_are_full(void **state)
{
    struct demo_test t;
    struct school_id school, second;
    demo_test_open(&t, fixture_db(state), A_DAY);
    assert_status(db_begin(t.db, DB_WRITE), OK);
    assert_status(demo_make_bench(&t.work, 1, 1, 0, t.hash, &school), OK);
    assert_status(demo_make_bench(&t.work, 1, 2, 0, t.hash, &second), OK);
    assert_true(school.v != second.v);
    struct demo_account teacher = {
        .call = "Lotte", .family = "Leerkracht", .email = "leerkracht@school2.example"};
    struct actor actor = actor_of(&t, &teacher);
    assert_true(actor.school.v == second.v);
    t.actor.school = second;
    struct pupil *pupils = NULL;
    size_t count = 0;
    assert_status(pupil_list(&t.work, false, &pupils, &count), OK);
    assert_int_equal(count, 250);
    struct group_member *members = NULL;
    t.work.actor = &actor;
    assert_status(group_members(&t.work, actor.groups[0].group, &members, &count), OK);
    assert_int_equal(count, 25);
    for (size_t i = 0; i < count; i++) {
        size_t seen = noted_of(&t, members[i].pupil).count;
        assert_int_equal(seen, DEMO_BENCH_OBSERVATIONS);
        struct conversation *talks = NULL;
        assert_status(conversation_of_pupil(&t.work, members[i].pupil, &talks, &seen), OK);
        assert_int_equal(seen, DEMO_BENCH_TALKS);
    }
    demo_test_close(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        fixture_each_engine_migrated(has_the_groups_and_pupils_it_says),
        fixture_each_engine_migrated(every_account_can_sign_in),
        fixture_each_engine_migrated(groups_have_teachers_in_both_years),
        fixture_each_engine_migrated(people_and_observations_are_believable),
        fixture_each_engine_migrated(the_log_holds),
        fixture_each_engine_migrated(guardians_are_of_all_kinds),
        fixture_each_engine_migrated(a_group_talked_with_each_other),
        fixture_each_engine_migrated(teachers_have_notes_that_are_theirs),
        fixture_each_engine_migrated(same_seed_and_day_give_the_same),
        fixture_each_engine_migrated(another_seed_gives_others),
        fixture_each_engine_migrated(keys_do_not_come_from_the_seed),
        FIXTURE_TEST(works_on_any_day, "", FIXTURE_MEMORY, migrations),
        fixture_each_engine_migrated(twice_is_a_conflict),
        fixture_each_engine_migrated(a_failing_database_leaves_nothing),
        FIXTURE_TEST(memory_that_runs_out_is_told, "", FIXTURE_MEMORY, migrations),
        fixture_each_engine_migrated(bench_schools_are_full),
    };
    return cmocka_run_group_tests_name("demo", tests, NULL, NULL);
}
