#include "demo/circle.h"

#include "agreement/agreement.h"
#include "answer/answer.h"
#include "conversation/conversation.h"
#include "demo/calendar.h"
#include "group/group.h"
#include "school/coverage.h"

#define CIRCLE_PUPILS 5
#define CIRCLE_WEEK 7
#define LOOK_BACK_DAYS 28

/* What is said. Invented; no child said it. `by`: which of the pupils; -1: all together. */
static const struct {
    const char *question;
    int by;
    const char *text;
} said[] = {
    {"rules", -1, "We laten elkaar uitpraten en lachen niemand uit."},
    {"like-to-learn", 0, "Iets bouwen en dan uitzoeken waarom het omvalt."},
    {"like-to-learn", 1, "Landen en vlaggen. Daar weet ik er al heel veel van."},
    {"like-to-learn", 2, "Lezen over dieren, het liefst hardop."},
    {"hard", 0, "Stil werken als het om me heen druk is."},
    {"hard", 3, "Lange redactiesommen. Dan ben ik het begin al kwijt."},
    {"tried", 3, "De getallen onderstrepen. Dat hielp een beetje."},
    {"what-helps", -1, "Iemand die meedenkt en het niet voorzegt."},
    {"each-other", -1, "Wie vastloopt, legt een blokje neer. Dan komt er iemand kijken."},
};

static enum status say_all(struct work *work, const struct conversation *c,
                           const struct pupil_id *pupils, size_t count)
{
    enum status st = OK;
    for (size_t i = 0; st == OK && i < ARRAY_LEN(said); i++) {
        const struct answer_part part = {"", said[i].text};
        const struct answer_value value = {&part, 1};
        struct answer_key key = {
            .conversation = c->id, .question = said[i].question, .voice = VOICE_TOGETHER};
        struct answer now;
        int version;
        if (said[i].by >= (int)count)
            continue;
        if (said[i].by >= 0) {
            key.voice = VOICE_PUPIL;
            key.person = pupils[said[i].by].v;
        }
        st = answer_save(work, &c->seal, &key, 0, &value, &version, &now);
    }
    return st;
}

static enum status agree(struct work *work, const struct conversation *c, struct date look_on)
{
    const struct agreement_draft draft = {
        .conversation = c->id,
        .question = "agreed",
        .who_kind = WHO_TOGETHER,
        .look_on = look_on,
        .what = "We leggen een blokje neer als we vastlopen, en helpen zonder voor te zeggen.",
        .who_name = "",
        .how = "Op elke tafelgroep ligt een bakje met blokjes.",
        .look = ""};
    return agreement_make(work, (struct pupil_id){0}, (struct agreement_id){work_new_id(work)},
                          &draft);
}

static enum status hold(struct work *work, struct group_id group, struct date day,
                        const struct pupil_id *pupils, size_t count)
{
    struct conversation_id id = {work_new_id(work)};
    struct conversation c;
    struct date look_on = date_add_days(work->today, LOOK_BACK_DAYS);
    const struct conversation_draft draft = {.method_key = "k18",
                                             .group = group,
                                             .planned_at = -1,
                                             .place = "",
                                             .aim = "",
                                             .pupils = pupils,
                                             .pupil_count = count};
    enum status st = conversation_plan(work, id, &draft);
    if (st == OK)
        st = conversation_start_on(work, id, day);
    if (st == OK)
        st = conversation_open(work, RIGHT_CONVERSATION_WRITE, id, &c);
    if (st != OK)
        return st;
    st = say_all(work, &c, pupils, count);
    if (st == OK)
        st = agree(work, &c, look_on);
    vault_key_wipe(&c.seal.key);
    return st == OK ? conversation_close(work, id, "", look_on) : st;
}

/* The first ones who were heard this half-year. */
static enum status heard_pupils(struct work *work, struct group_id group, struct pupil_id *ret,
                                size_t *ret_count)
{
    struct hearing *list = NULL;
    size_t count = 0, kept = 0;
    enum status st = conversation_hearings(work, group, coverage_half_year(work->today), true, &list, &count);
    for (size_t i = 0; st == OK && i < count && kept < CIRCLE_PUPILS; i++)
        if (list[i].held > 0)
            ret[kept++] = list[i].pupil;
    if (st == OK)
        *ret_count = kept;
    return st;
}

static enum status hold_with(const struct demo_world *world, const struct demo_staff *teacher,
                             struct group_id group, bool *ret_held)
{
    struct work work = demo_work_of(world, teacher);
    struct date from = date_add_days(world->today, -CIRCLE_WEEK);
    struct school_days days =
        school_days_between(work.arena, from, date_add_days(world->today, -1));
    struct pupil_id pupils[CIRCLE_PUPILS];
    struct group about;
    size_t count = 0;
    enum status st = group_find(&work, group, &about);
    if (st != OK || about.age_band == AGE_4_6 || days.count == 0)
        return st;
    st = heard_pupils(&work, group, pupils, &count);
    if (st != OK || count < CIRCLE_PUPILS)
        return st;
    *ret_held = true;
    return hold(&work, group, days.days[days.count - 1], pupils, count);
}

enum status demo_hold_circle(struct demo_world *world)
{
    enum status st = OK;
    bool held = false;
    demo_set_clock(world, world->today, 8, 20);
    for (size_t i = 0; st == OK && !held && i < world->staff_count; i++) {
        const struct demo_staff *staff = &world->staff[i];
        int group = staff->groups[THIS_YEAR][0];
        if (staff->role == ROLE_TEACHER && staff->has_account && !staff->left && group != DEMO_NONE)
            st = hold_with(world, staff, world->groups[THIS_YEAR][group], &held);
    }
    return st;
}
