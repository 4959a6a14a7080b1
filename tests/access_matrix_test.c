/*
 * Walks tests/access_matrix.txt: every route × every role × own, other group, other school. The
 * table says how to read and extend it.
 */
#include <stdlib.h>

#include "access/access.h"
#include "access/session.h"
#include "agreement/agreement.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"
#include "conversation/conversation.h"
#include "conversation/round.h"
#include "group/group.h"
#include "guardian/guardian.h"
#include "method/own.h"
#include "note/note.h"
#include "goal/goal.h"
#include "goal/need.h"
#include "observation/observation.h"
#include "opp/opp.h"
#include "plan/child_plan.h"
#include "pupil/pupil.h"
#include "school/school.h"
#include "signin/account.h"
#include "staff/staff.h"
#include "visit/visit.h"
#include "web/web_fixture.h"

#define TABLE "tests/access_matrix.txt"
#define ROWS_MAX 500
#define TARGETS 3

static const char *const target_names[TARGETS] = {"own", "other group", "other school"};

/* The roles of the table, by letter; `slot` is the page role that holds the session. */
static const struct seat {
    char letter;
    const char *name;
    enum page_role slot;
    enum session_kind kind;
    enum session_step step;
} seats[] = {
    {'N', "nobody", PAGE_NOBODY, SESSION_STAFF, SESSION_FULL},
    {'H', "half session", PAGE_TEACHER, SESSION_STAFF, SESSION_HALF},
    {'T', "teacher", PAGE_TEACHER, SESSION_STAFF, SESSION_FULL},
    {'S', "support", PAGE_SUPPORT, SESSION_STAFF, SESSION_FULL},
    {'O', "teacher of the other group", PAGE_OTHER_TEACHER, SESSION_STAFF, SESSION_FULL},
    {'C', "coordinator", PAGE_COORDINATOR, SESSION_STAFF, SESSION_FULL},
    {'P', "principal", PAGE_PRINCIPAL, SESSION_STAFF, SESSION_FULL},
    {'A', "administrator", PAGE_ADMINISTRATOR, SESSION_STAFF, SESSION_FULL},
    {'X', "staff of the other school", PAGE_STRANGER, SESSION_STAFF, SESSION_FULL},
    {'B', "pupil by badge", PAGE_PUPIL, SESSION_BADGE, SESSION_FULL},
    {'K', "pupil by pictures", PAGE_PUPIL, SESSION_PICTURE, SESSION_FULL},
    {'G', "guardian by link", PAGE_PUPIL, SESSION_GUARDIAN, SESSION_FULL},
    {'E', "external by link", PAGE_PUPIL, SESSION_EXTERNAL, SESSION_FULL},
};
#define SEATS ARRAY_LEN(seats)

struct row {
    const char *path;
    enum http_method method;
    int line;
    bool has_target;
    struct cell {
        int status;
        bool is_named;
    } cells[TARGETS][SEATS];
};

struct matrix {
    struct arena *arena;
    struct row rows[ROWS_MAX];
    size_t count;
};

/* --- reading the table ----------------------------------------------------------------------------- */

static char *read_table(struct arena *arena)
{
    const char *root = getenv("WEERKLANK_SOURCE");
    FILE *file = fopen(arena_printf(arena, "%s/" TABLE, root ? root : "."), "re");
    if (!file)
        fail_msg("%s: not there; is WEERKLANK_SOURCE set?", TABLE);
    struct buf text;
    buf_init(&text, 1 << 20);
    char piece[4096];
    for (size_t got; (got = fread(piece, 1, sizeof piece, file)) > 0;)
        buf_add(&text, piece, got);
    fclose(file);
    char *copy = arena_strndup(arena, text.data, text.len);
    buf_free(&text);
    return copy;
}

static char *next_word(char **rest)
{
    char *word;
    do
        word = str_split(rest, ' ');
    while (word && !*word);
    return word;
}

/* What a role gets that the table does not name. */
static int status_without_mention(enum http_method method, char letter)
{
    if (letter == 'N')
        return method == HTTP_GET ? 303 : 403;
    return letter == 'H' ? 303 : 404;
}

/* "TC=200,O=403" or "-". */
static void read_cell(const struct row *row, char *cell, struct cell cells[SEATS])
{
    for (size_t s = 0; s < SEATS; s++)
        cells[s].status = status_without_mention(row->method, seats[s].letter);
    if (str_equal(cell, "-"))
        return;
    for (char *part; (part = str_split(&cell, ',')) != NULL;) {
        char *letters = str_split(&part, '=');
        int64_t code = 0;
        if (!part || str_to_int64(part, &code) != OK)
            fail_msg("%s:%d: \"%s\" has no status", TABLE, row->line, letters);
        bool all = str_equal(letters, "*");
        size_t named = 0;
        for (size_t s = 0; s < SEATS; s++) {
            if (!all && !strchr(letters, seats[s].letter))
                continue;
            cells[s] = (struct cell){(int)code, true};
            named++;
        }
        if (!all && named != strlen(letters))
            fail_msg("%s:%d: \"%s\" names a role that is none, or one twice", TABLE, row->line, letters);
    }
}

static void read_row(struct matrix *matrix, char *line, int number)
{
    if (matrix->count == ROWS_MAX)
        fail_msg("%s: more than %d rows", TABLE, ROWS_MAX);
    struct row *row = &matrix->rows[matrix->count++];
    char *method = next_word(&line);
    row->path = next_word(&line);
    row->line = number;
    row->method = str_equal(method, "POST") ? HTTP_POST : HTTP_GET;
    if (!row->path || (row->method == HTTP_GET && !str_equal(method, "GET")))
        fail_msg("%s:%d: no method and path", TABLE, number);
    row->has_target = strchr(row->path, ':') != NULL;
    int cells = 0;
    for (char *cell; (cell = next_word(&line)) != NULL; cells++) {
        if (cells == (row->has_target ? TARGETS : 1))
            fail_msg("%s:%d: too many cells", TABLE, number);
        read_cell(row, cell, row->cells[cells]);
    }
    if (cells != (row->has_target ? TARGETS : 1))
        fail_msg("%s:%d: %d cells; a path with an id has three, one without has one", TABLE, number,
                 cells);
}

static struct matrix *read_matrix(struct arena *arena)
{
    struct matrix *matrix = ARENA_NEW(arena, struct matrix);
    char *rest = read_table(arena);
    int number = 0;
    for (char *line; (line = str_split(&rest, '\n')) != NULL;) {
        number++;
        if (*line != '\0' && *line != '#')
            read_row(matrix, line, number);
    }
    return matrix;
}

/* --- the table and the routes ---------------------------------------------------------------------- */

static size_t rows_of(const struct matrix *matrix, enum http_method method, const char *path)
{
    size_t found = 0;
    for (size_t i = 0; i < matrix->count; i++)
        found += matrix->rows[i].method == method && str_equal(matrix->rows[i].path, path);
    return found;
}

static bool is_route(enum http_method method, const char *path)
{
    for (const struct route *const *table = all_routes; *table; table++)
        for (const struct route *route = *table; route->run; route++)
            if (route->method == method && str_equal(route->path, path))
                return true;
    return false;
}

static void every_route_has_one_row_and_every_row_a_route(void **state UNUSED)
{
    struct arena *arena = arena_new(8 << 20);
    struct matrix *matrix = read_matrix(arena);
    size_t wrong = 0, routes = 0;
    for (const struct route *const *table = all_routes; *table; table++) {
        for (const struct route *route = *table; route->run; route++, routes++) {
            size_t rows = rows_of(matrix, route->method, route->path);
            const char *method = route->method == HTTP_POST ? "POST" : "GET";
            if (rows != 1)
                print_message("# %s %s (%s): %zu rows in " TABLE "\n", method, route->path,
                              right_name(route->right), rows);
            wrong += rows != 1;
        }
    }
    for (size_t i = 0; i < matrix->count; i++) {
        if (is_route(matrix->rows[i].method, matrix->rows[i].path))
            continue;
        print_message("# " TABLE ":%d: no route %s\n", matrix->rows[i].line, matrix->rows[i].path);
        wrong++;
    }
    size_t cells = 0;
    for (size_t i = 0; i < matrix->count; i++)
        cells += SEATS * (matrix->rows[i].has_target ? TARGETS : 1);
    print_message("# access matrix: %zu routes, %zu roles, %zu cells\n", routes, SEATS, cells);
    arena_free(arena);
    assert_int_equal(wrong, 0);
}

/* --- one cell -------------------------------------------------------------------------------------- */

/* What stands in a path for ":name". */
struct ids {
    int64_t group, pupil, staff, guardian, year, observation, note, session, school, function, location;
    int64_t conversation, round, method, goal, need, agreement, plan, link, moment;
    int64_t missing; /* for what the fixture has none of: opens for nobody */
};

static const struct {
    const char *name;
    size_t offset;
} params[] = {
    {"group", offsetof(struct ids, group)},
    {"pupil", offsetof(struct ids, pupil)},
    {"staff", offsetof(struct ids, staff)},
    {"guardian", offsetof(struct ids, guardian)},
    {"year", offsetof(struct ids, year)},
    {"observation", offsetof(struct ids, observation)},
    {"note", offsetof(struct ids, note)},
    {"session", offsetof(struct ids, session)},
    {"school", offsetof(struct ids, school)},
    {"function", offsetof(struct ids, function)},
    {"location", offsetof(struct ids, location)},
    {"method", offsetof(struct ids, method)},
    {"conversation", offsetof(struct ids, conversation)},
    {"round", offsetof(struct ids, round)},
    {"attachment", offsetof(struct ids, missing)},
    {"link", offsetof(struct ids, link)},
    {"goal", offsetof(struct ids, goal)},
    {"need", offsetof(struct ids, need)},
    {"agreement", offsetof(struct ids, agreement)},
    {"plan", offsetof(struct ids, plan)},
    {"moment", offsetof(struct ids, moment)},
    {"import", offsetof(struct ids, missing)},
};

static const char *path_with(struct page_fixture *f, const struct row *row, const struct ids *ids)
{
    char *rest = arena_strdup(f->arena, row->path + 1);
    const char *path = "";
    for (char *piece; (piece = str_split(&rest, '/')) != NULL;) {
        const char *text = piece;
        for (size_t i = 0; *piece == ':' && i < ARRAY_LEN(params); i++)
            if (str_equal(piece + 1, params[i].name))
                text = arena_strdup(
                    f->arena,
                    id_text(*(const int64_t *)(const void *)((const char *)ids + params[i].offset)).s);
        if (*text == ':')
            fail_msg("%s:%d: the test does not know what to put for %s", TABLE, row->line, text);
        path = arena_printf(f->arena, "%s/%s", path, text);
    }
    return path;
}

static struct session_id start_session(struct page_fixture *f, const struct session_start *start,
                                       const char **ret_token)
{
    char token[SESSION_TOKEN_TEXT];
    struct session_id id;
    assert_status(session_start(f->db, &f->random, f->work.now_ms, start, token, &id), OK);
    if (ret_token)
        *ret_token = arena_strdup(f->arena, token);
    return id;
}

/* A link as the teacher of the own group makes it, to the cell's own conversation or to another of that pupil. */
static void seat_visitor(struct page_fixture *f, const struct seat *seat,
                         struct conversation_id conversation)
{
    struct badge_token token;
    struct visit_link link;
    bool guardian = seat->kind == SESSION_GUARDIAN;
    struct visit_draft draft = {.kind = guardian ? VISIT_OF_GUARDIAN : VISIT_OF_EXTERNAL,
                                .person = f->guardian.v,
                                .purpose = VISIT_PREPARE,
                                .days = 7};
    f->work.actor = &f->actor[PAGE_TEACHER];
    access_forget(&f->work);
    if (!conversation.v) {
        const struct conversation_draft talk = {
            .method_key = "k12", .pupil = f->pupil, .planned_at = -1, .place = "", .aim = ""};
        conversation = (struct conversation_id){id_new(&f->random)};
        assert_status(conversation_plan(&f->work, conversation, &talk), OK);
    }
    if (!guardian) {
        struct conversation c;
        struct participant *people = NULL;
        size_t count = 0;
        assert_status(conversation_add_person(&f->work, conversation, PARTICIPANT_EXTERNAL, 0, 0, "Ria"), OK);
        assert_status(conversation_open(&f->work, RIGHT_CONVERSATION_READ, conversation, &c), OK);
        assert_status(conversation_people(&f->work, &c, &people, &count), OK);
        for (size_t i = 0; i < count; i++)
            if (people[i].kind == PARTICIPANT_EXTERNAL)
                draft.person = people[i].person;
    }
    assert_status(visit_make(&f->work, conversation, &draft, &token, &link), OK);
    const struct session_start start = {.kind = seat->kind,
                                        .step = SESSION_FULL,
                                        .school = f->school,
                                        .person = draft.person,
                                        .visit = link.id};
    (void)start_session(f, &start, &f->token[seat->slot]);
}

/* A fresh session for the role: the cell before may have ended it. */
static void seat_down(struct page_fixture *f, const struct seat *seat,
                      struct conversation_id conversation)
{
    if (seat->kind == SESSION_GUARDIAN || seat->kind == SESSION_EXTERNAL) {
        seat_visitor(f, seat, conversation);
        return;
    }
    struct session_start start = {.kind = seat->kind, .step = seat->step};
    if (seat->slot == PAGE_NOBODY)
        return;
    bool pupil = seat->slot == PAGE_PUPIL;
    bool half = seat->step == SESSION_HALF;
    if (!pupil)
        start.account = f->account[seat->slot];
    if (!half) {
        start.school = f->actor[seat->slot].school;
        start.person = pupil ? f->pupil.v : f->staff[seat->slot].v;
    }
    (void)start_session(f, &start, &f->token[seat->slot]);
}

/* Everybody back where the fixture put them: the cell before may have sent them away. */
static void restore(struct page_fixture *f, enum page_role writer, struct group_id group,
                    struct pupil_id pupil, struct school_year_id year)
{
    struct pupil who;
    struct staff staff;
    assert_status(pupil_find(&f->work, pupil, &who), OK);
    if (date_is_set(who.left_on))
        assert_status(pupil_return(&f->work, pupil), OK);
    assert_status(group_join(&f->work, group, pupil, PAGE_TODAY), OK);
    assert_status(staff_find(&f->work, f->staff[writer], &staff), OK);
    if (date_is_set(staff.left_on))
        assert_status(staff_return(&f->work, f->staff[writer]), OK);
    assert_status(staff_give(&f->work, f->staff[writer], ROLE_TEACHER, year, group), OK);
    assert_status(account_disable(&f->work, f->account[writer], false), OK);
}

/* A draft of one kind of conversation of the writer's school, in place of the one of the cell before. */
static struct method_version_id make_draft(struct page_fixture *f, enum page_role writer)
{
    static const char yaml[] = "method: cel\nversion: 1\ntitle: {nl: Cel}\npurpose: {nl: Proef}\n"
                               "ages: [7-9]\ntiers: [1]\nabout: pupil\ntakes_part: [pupil]\n"
                               "topic: learning\nphases: [{id: een, title: {nl: Een}, questions: "
                               "[{id: v, kind: text, ask: {nl: Vraag}}]}]\n";
    struct actor program = {.kind = ACTOR_PROGRAM, .school = f->actor[writer].school};
    struct method_version_id id;
    struct method_refusal refusal;
    struct arena_mark mark = arena_mark(f->arena); /* some thousand cells share the arena */
    f->work.actor = &program;
    enum status st = method_draft_take(&f->work, yaml, strlen(yaml), NULL, &id, &refusal);
    if (st == ERR_CONFLICT) /* the one of the cell before */
        st = method_draft_take(&f->work, yaml, strlen(yaml), refusal.standing.mark, &id, &refusal);
    assert_status(st, OK);
    f->work.actor = &f->actor[writer];
    arena_rewind(f->arena, mark);
    return id;
}

/* What the cell is about: things of the writer's own, made anew because the cell before may have taken them. */
/* What comes out of conversations. */
static void make_outcomes(struct page_fixture *f, struct pupil_id pupil, struct ids *ids)
{
    const struct goal_draft goal = {
        .question = "", .voice = VOICE_TOGETHER, .words = {.soon = "durven"}};
    ids->goal = id_new(&f->random);
    assert_status(goal_set(&f->work, pupil, (struct goal_id){ids->goal}, &goal), OK);
    const struct need_draft need = {
        .question = "", .kind = NEED_TASK, .voice = VOICE_TOGETHER, .what = "kortere taken"};
    ids->need = id_new(&f->random);
    assert_status(need_set(&f->work, pupil, (struct need_id){ids->need}, &need), OK);
    const struct agreement_draft agreement = {
        .question = "", .who_kind = WHO_TOGETHER, .what = "samen lezen", .who_name = "samen"};
    ids->agreement = id_new(&f->random);
    assert_status(agreement_make(&f->work, pupil, (struct agreement_id){ids->agreement}, &agreement),
                  OK);
    struct child_plan_draft plan = {.question = ""};
    plan.parts[PLAN_SOON] = "op tijd beginnen";
    ids->plan = id_new(&f->random);
    assert_status(child_plan_make(&f->work, pupil, (struct child_plan_id){ids->plan}, &plan), OK);
}

/* A moment of the OPP, at which the pupil was heard. */
static int64_t make_moment(struct page_fixture *f, struct pupil_id pupil)
{
    struct opp_moment_id id = {id_new(&f->random)};
    const struct opp_draft draft = {.kind = OPP_DRAWN_UP, .moment_on = PAGE_TODAY, .heard = OPP_HEARD,
                                    .way = OPP_CONVERSATION, .heard_on = PAGE_TODAY, .words = "liever met een maatje"};
    struct opp_moment now;
    int version = 0;
    assert_status(opp_save(&f->work, pupil, id, 0, &draft, &version, &now), OK);
    return id.v;
}

static struct ids make_things(struct page_fixture *f, const struct row *row, enum page_role writer,
                              struct group_id group, struct pupil_id pupil, struct school_year_id year)
{
    struct ids ids = {.group = group.v,
                      .pupil = pupil.v,
                      .staff = f->staff[writer].v,
                      .year = year.v,
                      .school = f->actor[writer].school.v,
                      .missing = id_new(&f->random)};
    const struct actor desk = {.kind = ACTOR_PROGRAM, .school = f->actor[writer].school};
    f->work.actor = &desk;
    access_forget(&f->work);
    restore(f, writer, group, pupil, year);
    f->work.actor = &f->actor[writer];
    struct observation_id observation = {id_new(&f->random)};
    struct observation_draft draft = {OBSERVATION_STRENGTH, PAGE_TODAY, "leest hardop voor"};
    assert_status(observation_add(&f->work, pupil, observation, &draft), OK);
    ids.observation = observation.v;
    struct working_note_id note;
    assert_status(note_add(&f->work, pupil, "onthoud dit", PAGE_TODAY, &note), OK);
    ids.note = note.v;
    struct conversation_id conversation = {id_new(&f->random)};
    const struct conversation_draft talk = {.method_key = "k12", .pupil = pupil, .planned_at = -1,
                                            .place = "", .aim = ""};
    assert_status(conversation_plan(&f->work, conversation, &talk), OK);
    ids.conversation = conversation.v;
    struct conversation_round_id round = {id_new(&f->random)};
    const struct round_draft turns = {
        .group = group,
        .method_key = "k12",
        .slots = {PAGE_TODAY, date_add_days(PAGE_TODAY, 6), 1u << 2, -1, 1, 15},
        .place = "",
        .aim = "",
        .pupils = &pupil,
        .pupil_count = 1};
    assert_status(round_plan(&f->work, round, &turns), OK);
    ids.round = round.v;
    make_outcomes(f, pupil, &ids);
    if (strstr(row->path, ":moment"))
        ids.moment = make_moment(f, pupil);
    struct session_start elsewhere = {.kind = SESSION_STAFF,
                                      .step = SESSION_FULL,
                                      .account = f->account[writer],
                                      .school = f->actor[writer].school,
                                      .person = f->staff[writer].v};
    ids.session = start_session(f, &elsewhere, NULL).v;
    struct guardian_draft parent = {.person = person_none(),
                                    .has_authority = true,
                                    .information = INFORMATION_FULL,
                                    .reason = ""};
    parent.person.call = "Ouder";
    struct guardian_id guardian = {0};
    f->work.actor = &desk;
    /* Only where the path asks: what is made stays, and who makes a link goes along all guardians. */
    bool wants_link = strstr(row->path, ":link") != NULL;
    if (wants_link || strstr(row->path, ":guardian")) {
        assert_status(guardian_add(&f->work, pupil, &parent, &guardian), OK);
        ids.guardian = guardian.v;
    }
    if (wants_link) {
        struct badge_token token;
        struct visit_link link;
        const struct visit_draft visit = {VISIT_OF_GUARDIAN, guardian.v, VISIT_READ, 7};
        f->work.actor = &f->actor[writer];
        assert_status(visit_make(&f->work, conversation, &visit, &token, &link), OK);
        ids.link = link.id;
        f->work.actor = &desk;
    }
    struct staff_function *functions = NULL;
    size_t count = 0;
    assert_status(staff_functions_of(&f->work, f->staff[writer], &functions, &count), OK);
    ids.function = count ? functions[0].id.v : ids.missing;
    struct location_id location;
    assert_status(location_take(&f->work, "hoofd", "Hoofdgebouw", &location), OK);
    ids.location = location.v;
    ids.method = make_draft(f, writer).v;
    return ids;
}

static struct ids ids_of(struct page_fixture *f, const struct row *row, int target)
{
    if (target == 0)
        return make_things(f, row, PAGE_TEACHER, f->group, f->pupil, f->year);
    if (target == 1)
        return make_things(f, row, PAGE_OTHER_TEACHER, f->other_group, f->other_pupil, f->year);
    return make_things(f, row, PAGE_STRANGER, f->strange_group, f->strange_pupil, f->strange_year);
}

/* Where a closed door leads to, "" when it leads nowhere. */
static const char *way_in(const struct cell *cell, const struct seat *seat)
{
    if (cell->is_named || cell->status != 303)
        return "";
    return seat->letter == 'N' ? "/aanmelden" : "/aanmelden/code";
}

/* 1 when the cell is not as the table says, which is then told. */
static size_t check_cell(struct page_fixture *f, const struct row *row, int target, size_t seat_index)
{
    const struct seat *seat = &seats[seat_index];
    page_begin(f, PAGE_NOBODY);
    struct ids ids = {0};
    if (row->has_target)
        ids = ids_of(f, row, target);
    seat_down(f, seat, (struct conversation_id){target == 0 ? ids.conversation : 0});
    page_commit(f);
    const char *path = path_with(f, row, &ids);
    struct page_answer *answer = row->method == HTTP_GET ? page_get(f, seat->slot, path)
                                                         : page_post(f, seat->slot, path, NULL);
    const struct cell *cell = &row->cells[target][seat_index];
    if (answer->status == cell->status && str_starts(answer->location, way_in(cell, seat)))
        return 0;
    print_message("# " TABLE ":%d: %s %s, %s%s%s: %d%s%s, not %d\n", row->line,
                  row->method == HTTP_GET ? "GET" : "POST", row->path, seat->name,
                  row->has_target ? ", " : "", row->has_target ? target_names[target] : "",
                  answer->status, *answer->location ? " to " : "", answer->location, cell->status);
    return 1;
}

static size_t check_row(struct page_fixture *f, const struct row *row)
{
    size_t wrong = 0;
    for (int target = 0; target < (row->has_target ? TARGETS : 1); target++)
        for (size_t seat = 0; seat < SEATS; seat++)
            wrong += check_cell(f, row, target, seat);
    return wrong;
}

/* Pages live as long as their school: a fresh one now and then, so that they fit its memory. */
#define ROWS_OF_ONE_SCHOOL 30

/* Every row of one method, each with a school of its own where rows change things. */
static void check_all(enum fixture_kind kind, enum http_method method)
{
    struct fixture_spec spec = {kind, migrations};
    struct arena *arena = arena_new(8 << 20);
    struct matrix *matrix = read_matrix(arena);
    size_t wrong = 0, last = 0;
    void *state = NULL;
    for (size_t i = 0; i < matrix->count; i++) {
        if (matrix->rows[i].method != method)
            continue;
        if (state && (method == HTTP_POST || i / ROWS_OF_ONE_SCHOOL != last / ROWS_OF_ONE_SCHOOL)) {
            assert_int_equal(page_fixture_close(&state), 0);
            state = NULL;
        }
        if (!state) {
            state = &spec;
            assert_int_equal(page_fixture_open(&state), 0);
        }
        wrong += check_row(state, &matrix->rows[i]);
        last = i;
    }
    if (state)
        assert_int_equal(page_fixture_close(&state), 0);
    arena_free(arena);
    assert_int_equal(wrong, 0);
}

static void pages_open_for_whom_the_table_says_on_sqlite(void **state UNUSED)
{
    check_all(FIXTURE_FILE, HTTP_GET);
}

static void posts_open_for_whom_the_table_says_on_sqlite(void **state UNUSED)
{
    check_all(FIXTURE_FILE, HTTP_POST);
}

static void pages_open_for_whom_the_table_says_on_postgres(void **state UNUSED)
{
    if (fixture_has_server())
        check_all(FIXTURE_POSTGRES, HTTP_GET);
}

static void posts_open_for_whom_the_table_says_on_postgres(void **state UNUSED)
{
    if (fixture_has_server())
        check_all(FIXTURE_POSTGRES, HTTP_POST);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_route_has_one_row_and_every_row_a_route),
        cmocka_unit_test(pages_open_for_whom_the_table_says_on_sqlite),
        cmocka_unit_test(posts_open_for_whom_the_table_says_on_sqlite),
        {fixture_has_server() ? "pages_open_for_whom_the_table_says_on_postgres"
                              : "pages on PostgreSQL # SKIP WEERKLANK_TEST_PG is not set",
         pages_open_for_whom_the_table_says_on_postgres, NULL, NULL, NULL},
        {fixture_has_server() ? "posts_open_for_whom_the_table_says_on_postgres"
                              : "posts on PostgreSQL # SKIP WEERKLANK_TEST_PG is not set",
         posts_open_for_whom_the_table_says_on_postgres, NULL, NULL, NULL},
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
