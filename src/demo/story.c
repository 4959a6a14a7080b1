#include <assert.h>

#include "base/arena.h"
#include "base/random.h"
#include "demo/demo.h"
#include "demo/talks.h"
#include "demo/texts.h"
#include "demo/worked.h"
#include "demo/world.h"
#include "note/note.h"
#include "observation/observation.h"

/*
 * What happens at a demo school, planned as a list of events and then played in order of time, so
 * that the log and every "made at" are as if it had been lived.
 */

/* Of a hundred. */
#define OBSERVED 60 /* pupils about whom something is written */
#define STRENGTHS 62
#define IN_THIS_YEAR 60
#define BY_COORDINATOR 5
#define ADDED_TO 8         /* observations that get a second version the next day */
#define HEARD 55           /* pupils with whom a conversation was held this year */
#define CHATTED 25         /* with whom somebody just talked */
#define NOTES_BY_OTHERS 30 /* teachers without an account who keep working notes */

#define OBSERVATIONS_EACH 4
#define NOTES_EACH 4
#define TALKS_EACH 3         /* a second one for the showcase, and a short one */
#define NOTE_SCHOOL_DAYS 8   /* how far back working notes go: they end after thirty days */
#define THIS_YEAR_FROM_DAY 5 /* school days before anything is written in a year */

enum event_kind { EVENT_ENROL, EVENT_OBSERVE, EVENT_NOTE, EVENT_TALK, EVENT_CHAT, EVENT_SCENE };

struct event {
    struct date day;
    int minute; /* of the day */
    size_t order;
    enum event_kind kind;
    struct demo_pupil *pupil; /* may be NULL for notes */
    struct demo_staff *author;
    struct observation_id id;
    int version; /* the one that stands: 0 to add */
    enum observation_kind about;
    struct date seen_on;
    const char *text;
    const struct demo_talk *talk;
    const struct worked_scene *scene;
};

struct story {
    struct demo_world *world;
    struct random *random;
    struct arena *arena;
    struct school_days days; /* from the first of last year to yesterday */
    size_t turn;             /* index of the first school day of the present year */
    struct event *events;
    size_t count, room;
    struct worked worked;
};

static bool chance(struct story *story, unsigned of_hundred)
{
    return random_below(story->random, 100) < of_hundred;
}

/* Room was reckoned for all; an event too many would be a mistake in that sum. */
static void add_event(struct story *story, struct event event)
{
    assert(story->count < story->room);
    event.order = story->count;
    story->events[story->count++] = event;
}

static int by_time(const void *left, const void *right)
{
    const struct event *a = left;
    const struct event *b = right;
    int order = date_compare(a->day, b->day);
    if (order == 0)
        order = a->minute - b->minute;
    if (order == 0)
        order = a->order < b->order ? -1 : 1;
    return order;
}

/* A teacher of the group by turns; sometimes the coordinator. */
static struct demo_staff *draw_author(struct story *story, enum demo_period period, int group,
                                      enum role role)
{
    struct demo_world *world = story->world;
    struct demo_staff *found = NULL;
    uint32_t candidates = 0;
    for (size_t i = 0; i < world->staff_count; i++) {
        struct demo_staff *staff = &world->staff[i];
        bool fits = staff->role == role &&
                    (role == ROLE_COORDINATOR || demo_has_group(staff, period, group));
        if (fits && random_below(story->random, ++candidates) == 0)
            found = staff;
    }
    return found;
}

static enum demo_age age_of(int year_group)
{
    return year_group > 10 ? AGE_TEEN : year_group > 4 ? AGE_OLDER : AGE_YOUNG;
}

/* A text that this pupil does not have yet: `used` holds what they have. */
static const char *draw_text(struct story *story, const struct demo_texts *texts, const char **used,
                             size_t *used_count)
{
    for (;;) {
        const char *text = texts->list[random_below(story->random, (uint32_t)texts->count)];
        bool known = false;
        for (size_t i = 0; i < *used_count; i++)
            known |= used[i] == text;
        if (known)
            continue;
        used[(*used_count)++] = text;
        return text;
    }
}

static int draw_minute(struct story *story)
{
    return 12 * 60 + 15 + (int)random_below(story->random, 4 * 60);
}

/* The school days on which something about this pupil can have been seen in that year. */
static bool days_of(const struct story *story, const struct demo_pupil *pupil,
                    enum demo_period period, size_t *ret_first, size_t *ret_end)
{
    bool last = period == LAST_YEAR;
    *ret_first = last ? 0 : story->turn;
    *ret_end = last ? story->turn : story->days.count;
    size_t enrolled = school_days_from(&story->days, pupil->enrolled_on);
    if (enrolled > *ret_first)
        *ret_first = enrolled;
    int group = last ? pupil->before : pupil->group;
    return group != DEMO_NONE && *ret_first < *ret_end;
}

static void add_to_it(struct story *story, struct event event, size_t day, size_t end)
{
    if (day + 1 >= end)
        return;
    const char *addition =
        demo_additions.list[random_below(story->random, (uint32_t)demo_additions.count)];
    event.version = 1;
    event.text = arena_printf(story->arena, "%s %s", event.text, addition);
    event.day = story->days.days[day + 1];
    event.minute = 8 * 60 + (int)random_below(story->random, 25);
    add_event(story, event);
}

static void plan_observation(struct story *story, struct demo_pupil *pupil, const char **used,
                             size_t *used_count)
{
    size_t first, end;
    enum demo_period period = LAST_YEAR;
    bool enough = story->days.count >= story->turn + THIS_YEAR_FROM_DAY;
    if (pupil->before == DEMO_NONE || (enough && chance(story, IN_THIS_YEAR)))
        period = THIS_YEAR;
    if (!days_of(story, pupil, period, &first, &end))
        return;
    int group = period == LAST_YEAR ? pupil->before : pupil->group;
    int year_group = pupil->year_group - (period == LAST_YEAR && pupil->group != DEMO_NONE);
    bool strength = chance(story, STRENGTHS);
    enum demo_age age = age_of(year_group);
    enum role role = chance(story, BY_COORDINATOR) ? ROLE_COORDINATOR : ROLE_TEACHER;
    size_t day = first + random_below(story->random, (uint32_t)(end - first));
    struct event event = {.kind = EVENT_OBSERVE,
                          .day = story->days.days[day],
                          .minute = draw_minute(story),
                          .pupil = pupil,
                          .author = draw_author(story, period, group, role),
                          .id = {id_new(story->random)},
                          .about = strength ? OBSERVATION_STRENGTH : OBSERVATION_WORRY};
    event.seen_on = event.day;
    event.text =
        draw_text(story, strength ? demo_strengths[age] : demo_worries[age], used, used_count);
    if (!event.author)
        return;
    add_event(story, event);
    if (chance(story, ADDED_TO))
        add_to_it(story, event, day, end);
}

static void plan_observations(struct story *story, struct demo_pupil *pupil)
{
    if (!chance(story, OBSERVED))
        return;
    const char *used[OBSERVATIONS_EACH] = {NULL};
    size_t used_count = 0;
    uint32_t number = 1 + random_below(story->random, OBSERVATIONS_EACH);
    for (uint32_t i = 0; i < number; i++)
        plan_observation(story, pupil, used, &used_count);
}

/* With half of the pupils somebody talked this year; the showcase has two conversations to compare.
 */
static void plan_talks(struct story *story, struct demo_pupil *pupil, size_t times)
{
    size_t first, end;
    struct demo_staff *author = draw_author(story, THIS_YEAR, pupil->group, ROLE_TEACHER);
    if (!author || !days_of(story, pupil, THIS_YEAR, &first, &end))
        return;
    const struct demo_talks *talks = &demo_talks[age_of(pupil->year_group)];
    struct event event = {.minute = draw_minute(story), .pupil = pupil, .author = author};
    for (size_t i = 0; i < times; i++) {
        event.kind = EVENT_TALK;
        size_t part = (end - first) / times; /* a part of the year for each */
        event.day =
            story->days
                .days[first + part * i + (part ? random_below(story->random, (uint32_t)part) : 0)];
        event.talk = &talks->list[random_below(story->random, (uint32_t)talks->count)];
        add_event(story, event);
    }
    if (!chance(story, CHATTED))
        return;
    event.kind = EVENT_CHAT;
    event.day = story->days.days[first + random_below(story->random, (uint32_t)(end - first))];
    event.text = demo_chats.list[random_below(story->random, (uint32_t)demo_chats.count)];
    add_event(story, event);
}

/* Who wrote the showcase: mostly the teachers, now and then support or the coordinator. */
static struct demo_staff *showcase_author(struct story *story, enum demo_period period, int group,
                                          size_t moment)
{
    struct demo_staff *author = NULL;
    if (moment % 5 == 3)
        author = draw_author(story, period, group, ROLE_SUPPORT);
    else if (moment % 7 == 6)
        author = draw_author(story, period, group, ROLE_COORDINATOR);
    return author ? author : draw_author(story, period, group, ROLE_TEACHER);
}

/* Half of the moments in each year, evenly; all in last year while this one has hardly begun. */
static size_t showcase_day(const struct story *story, size_t moment)
{
    size_t now = story->days.count - story->turn;
    size_t half = DEMO_MOMENTS / 2;
    if (now < half)
        return (2 * moment + 1) * story->days.count / ((size_t)2 * DEMO_MOMENTS);
    if (moment < half)
        return (2 * moment + 1) * story->turn / (2 * half);
    return story->turn + (2 * (moment - half) + 1) * now / (2 * half);
}

static void plan_showcase(struct story *story, struct demo_pupil *pupil)
{
    if (story->days.count == 0)
        return;
    for (size_t i = 0; i < DEMO_MOMENTS; i++) {
        size_t day = showcase_day(story, i);
        enum demo_period period = day < story->turn ? LAST_YEAR : THIS_YEAR;
        int group = period == LAST_YEAR ? pupil->before : pupil->group;
        struct event event = {.kind = EVENT_OBSERVE,
                              .day = story->days.days[day],
                              .seen_on = story->days.days[day],
                              .minute = draw_minute(story),
                              .pupil = pupil,
                              .author = showcase_author(story, period, group, i),
                              .id = {id_new(story->random)},
                              .about = (enum observation_kind)demo_showcase[i].kind};
        for (; event.version < 3 && demo_showcase[i].texts[event.version]; event.version++) {
            event.text = demo_showcase[i].texts[event.version];
            add_event(story, event);
            event.minute += 20;
        }
    }
}

static const struct demo_staff *who_is(const struct demo_world *world, enum role role, int group)
{
    for (size_t i = 0; i < world->staff_count; i++) {
        const struct demo_staff *staff = &world->staff[i];
        if (staff->has_account && staff->role == role &&
            (group == DEMO_NONE || demo_has_group(staff, THIS_YEAR, group)))
            return staff;
    }
    return NULL;
}

/* The worked case, for the pupil behind the showcase; not in the first weeks of a school year. */
static void plan_worked(struct story *story)
{
    const struct demo_world *world = story->world;
    const struct demo_people *people = &world->people;
    size_t past = story->days.count - story->turn;
    if (people->showcase + 1 >= people->count || past <= (size_t)worked_scenes[0].school_days_ago)
        return;
    const struct demo_pupil *pupil = &people->pupils[people->showcase + 1];
    story->worked = (struct worked){.pupil = pupil,
                                    .teacher = who_is(world, ROLE_TEACHER, pupil->group),
                                    .coordinator = who_is(world, ROLE_COORDINATOR, DEMO_NONE)};
    if (!story->worked.teacher || !story->worked.coordinator)
        return;
    for (size_t i = 0; i < worked_scene_count; i++) {
        size_t ago = (size_t)worked_scenes[i].school_days_ago;
        add_event(story, (struct event){.kind = EVENT_SCENE,
                                        .day = story->days.days[story->days.count - 1 - ago],
                                        .minute = 15 * 60 + 10,
                                        .scene = &worked_scenes[i]});
    }
}

static void plan_enrolments(struct story *story)
{
    struct demo_world *world = story->world;
    for (size_t i = 0; i < world->people.count; i++) {
        struct demo_pupil *pupil = &world->people.pupils[i];
        if (!pupil->id.v && pupil->before != DEMO_NONE)
            add_event(story, (struct event){.kind = EVENT_ENROL,
                                            .day = pupil->enrolled_on,
                                            .minute = 8 * 60,
                                            .pupil = pupil});
    }
}

static struct demo_pupil *draw_pupil_of(struct story *story, const struct demo_staff *staff)
{
    struct demo_people *people = &story->world->people;
    struct demo_pupil *found = NULL;
    uint32_t candidates = 0;
    for (size_t i = 0; i < people->count; i++)
        if (demo_has_group(staff, THIS_YEAR, people->pupils[i].group) &&
            random_below(story->random, ++candidates) == 0)
            found = &people->pupils[i];
    return found;
}

/* A day not long ago; in the first days of a year, before school began, today. */
static struct date note_day(struct story *story)
{
    size_t past = story->days.count - story->turn;
    if (past == 0)
        return story->world->today;
    uint32_t span = past < NOTE_SCHOOL_DAYS ? (uint32_t)past : NOTE_SCHOOL_DAYS;
    return story->days.days[story->days.count - 1 - random_below(story->random, span)];
}

static void plan_notes(struct story *story, struct demo_staff *author)
{
    bool keeps = author->role == ROLE_TEACHER && !author->left;
    if (!keeps || (!author->has_account && !chance(story, NOTES_BY_OTHERS)))
        return;
    const char *used[NOTES_EACH] = {NULL};
    size_t used_count = 0;
    for (size_t i = 0; i < NOTES_EACH; i++) {
        struct event event = {.kind = EVENT_NOTE,
                              .day = note_day(story),
                              .minute = draw_minute(story),
                              .author = author,
                              .pupil = i ? draw_pupil_of(story, author) : NULL};
        event.text = draw_text(story, &demo_notes, used, &used_count);
        add_event(story, event);
    }
}

static enum status play_observation(const struct demo_world *world, const struct event *event)
{
    struct work work = demo_work_of(world, event->author);
    struct observation_draft draft = {event->about, event->seen_on, event->text};
    struct observation standing;
    int version;
    return observation_save(&work, event->pupil->id, event->id, event->version, &draft, &version,
                            &standing);
}

static enum status play_note(const struct demo_world *world, const struct event *event)
{
    struct work work = demo_work_of(world, event->author);
    struct working_note_id id;
    struct pupil_id about = event->pupil ? event->pupil->id : (struct pupil_id){0};
    return note_add(&work, about, event->text, note_default_end(work.today), &id);
}

/* Everything in order of time; what the rules allocate goes back after each event. */
static enum status play(struct story *story)
{
    struct demo_world *world = story->world;
    struct date turn = {(int16_t)world->year, 8, 1};
    qsort(story->events, story->count, sizeof *story->events, by_time);
    enum status st = OK;
    for (size_t i = 0; st == OK && i < story->count; i++) {
        const struct event *event = &story->events[i];
        struct arena_mark mark = arena_mark(story->arena);
        if (world->period == LAST_YEAR && date_compare(event->day, turn) >= 0)
            st = demo_change_year(world);
        demo_set_clock(world, event->day, event->minute / 60, event->minute % 60);
        if (st == OK && event->kind == EVENT_ENROL)
            st = demo_enrol(world, event->pupil);
        else if (st == OK && event->kind == EVENT_OBSERVE)
            st = play_observation(world, event);
        else if (st == OK && event->kind == EVENT_TALK)
            st = demo_play_talk(world, event->author, event->pupil, event->talk);
        else if (st == OK && event->kind == EVENT_CHAT)
            st = demo_play_chat(world, event->author, event->pupil, event->text);
        else if (st == OK && event->kind == EVENT_SCENE)
            st = demo_play_scene(world, &story->worked, event->scene);
        else if (st == OK)
            st = play_note(world, event);
        arena_rewind(story->arena, mark);
    }
    if (st == OK && world->period == LAST_YEAR)
        st = demo_change_year(world);
    return st;
}

static struct story story_of(struct demo_world *world, struct date first, size_t room)
{
    struct arena *arena = world->program.arena;
    struct story story = {.world = world, .random = world->program.random, .arena = arena};
    story.days = school_days_between(arena, first, date_add_days(world->today, -1));
    story.turn = school_days_from(&story.days, (struct date){(int16_t)world->year, 8, 1});
    story.events = ARENA_ARRAY(arena, struct event, room);
    story.room = room;
    return story;
}

enum status demo_play_story(struct demo_world *world)
{
    struct demo_people *people = &world->people;
    /* Each pupil: coming, and observations with an addition each. The showcase has three texts. */
    size_t room = people->count * (1 + 2 * (size_t)OBSERVATIONS_EACH + TALKS_EACH) +
                  DEMO_MOMENTS * (size_t)3 + world->staff_count * NOTES_EACH + worked_scene_count;
    struct date first = {(int16_t)(world->year - 1), 8, 1};
    struct story story = story_of(world, first, room);
    if (!story.events)
        return ERR_NOMEM;
    plan_enrolments(&story);
    for (size_t i = 0; i < people->count; i++) {
        if (i == people->showcase)
            plan_showcase(&story, &people->pupils[i]);
        else
            plan_observations(&story, &people->pupils[i]);
    }
    for (size_t i = 0; i < world->staff_count; i++)
        plan_notes(&story, &world->staff[i]);
    for (size_t i = 0; i < people->count; i++)
        plan_talks(&story, &people->pupils[i], i == people->showcase ? 2 : chance(&story, HEARD));
    plan_worked(&story);
    return arena_failed(story.arena) ? ERR_NOMEM : play(&story);
}

/* Something on a school day of the past year, by a teacher of the pupil's group. */
static struct event bench_event(struct story *story, enum event_kind kind, struct demo_pupil *pupil)
{
    size_t day = random_below(story->random, (uint32_t)story->days.count);
    return (struct event){.kind = kind,
                          .day = story->days.days[day],
                          .seen_on = story->days.days[day],
                          .minute = draw_minute(story),
                          .pupil = pupil,
                          .author = draw_author(story, THIS_YEAR, pupil->group, ROLE_TEACHER)};
}

static const char *draw_one(struct story *story, const struct demo_texts *texts)
{
    return texts->list[random_below(story->random, (uint32_t)texts->count)];
}

static void plan_bench_pupil(struct story *story, struct demo_pupil *pupil, unsigned talks)
{
    enum demo_age age = age_of(pupil->year_group);
    for (size_t i = 0; i < DEMO_BENCH_OBSERVATIONS; i++) {
        struct event event = bench_event(story, EVENT_OBSERVE, pupil);
        bool strength = chance(story, STRENGTHS);
        event.id = (struct observation_id){id_new(story->random)};
        event.about = strength ? OBSERVATION_STRENGTH : OBSERVATION_WORRY;
        event.text = draw_one(story, strength ? demo_strengths[age] : demo_worries[age]);
        if (event.author)
            add_event(story, event);
    }
    for (size_t i = 0; i < (talks ? talks : DEMO_BENCH_TALKS); i++) {
        struct event event = bench_event(story, talks || i == 0 ? EVENT_TALK : EVENT_CHAT, pupil);
        const struct demo_talks *texts = &demo_talks[age];
        if (event.kind == EVENT_TALK)
            event.talk = &texts->list[random_below(story->random, (uint32_t)texts->count)];
        else
            event.text = draw_one(story, &demo_chats);
        if (event.author)
            add_event(story, event);
    }
}

enum status demo_play_bench(struct demo_world *world, unsigned talks)
{
    struct demo_people *people = &world->people;
    struct story story =
        story_of(world, date_add_days(world->today, -365),
                 people->count * (DEMO_BENCH_OBSERVATIONS + DEMO_BENCH_TALKS + (size_t)talks));
    if (!story.events || story.days.count == 0)
        return ERR_NOMEM;
    for (size_t i = 0; i < people->count; i++)
        plan_bench_pupil(&story, &people->pupils[i], talks);
    return play(&story);
}
