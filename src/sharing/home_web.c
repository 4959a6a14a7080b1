#include "sharing/home_web.h"

#include "agreement/agreement.h"
#include "base/arena.h"
#include "conversation/voice_web.h"
#include "goal/goal.h"
#include "goal/need.h"
#include "plan/child_plan.h"
#include "web/web.h"

static const char *day_text(struct web *web, const char *format, struct date day)
{
    if (!date_is_set(day))
        return "";
    return trf(web->tr, web->arena, format, 1,
               tr_date_day(web->tr, web->arena, day, web->work.today));
}

/* A question that opens a talk and asks for no report (UX §7.3). */
static const char *good_question(struct web *web, const struct method *method, bool agreed)
{
    if (agreed)
        return _("Which part of what you agreed do you look forward to most?");
    switch (method->topic) {
    case TOPIC_WELLBEING:
        return _("What was a nice moment at school this week?");
    case TOPIC_LEARNING:
        return _("What would you like to show me that you are learning?");
    case TOPIC_SUBJECT_MATTER:
        return _("Which task looked easiest to begin with today?");
    }
    return _("What would you like to tell me about your conversation?");
}

const char *home_thing_text(struct web *web, const struct shared_thing *thing)
{
    switch (thing->kind) {
    case SHARED_GOAL:
        return thing->goal->words.soon;
    case SHARED_NEED:
        return thing->need->what;
    case SHARED_AGREEMENT:
        return thing->agreement->what;
    case SHARED_PLAN: {
        const char *const *parts = thing->plan->parts;
        return *parts[PLAN_SOON]    ? parts[PLAN_SOON]
               : *parts[PLAN_DOING] ? parts[PLAN_DOING]
                                    : parts[PLAN_CAN];
    }
    case SHARED_CONVERSATION:
        return _("Everything else of this conversation");
    case SHARED_ANSWER:
    case SHARED_KINDS_:
        break;
    }
    return "";
}

/* The boxes of a plan as they read at home: without what the teacher keeps for the own teaching. */
static const char *plan_text(struct web *web, const struct child_plan *plan)
{
    static const struct {
        enum plan_part part;
        const char *label;
    } boxes[] = {
        {PLAN_CAN, N_("This I can already")},
        {PLAN_SOON, N_("This I want soon")},
        {PLAN_DOING, N_("This I do myself")},
        {PLAN_TEACHER, N_("This is how my teacher helps")},
        {PLAN_GUARDIANS, N_("This is how they help at home")},
        {PLAN_MATERIALS, N_("This helps as well")},
        {PLAN_NOTICE, N_("This is how we notice")},
        {PLAN_OUTCOME, N_("This is how it went")},
        {PLAN_NEXT, N_("This comes next")},
    };
    const char *text = "";
    for (size_t i = 0; i < ARRAY_LEN(boxes); i++)
        if (plan->parts[boxes[i].part][0])
            text = arena_printf(web->arena, "%s%s%s: %s", text, *text ? "\n" : "",
                                tr(web->tr, boxes[i].label), plan->parts[boxes[i].part]);
    return text;
}

struct home_thing home_line(struct web *web, const char *call, const struct shared_thing *t)
{
    struct home_thing line = {.who = call, .text = home_thing_text(web, t), .day = ""};
    if (t->kind == SHARED_GOAL) {
        line.icon = "target";
        line.label = _("Goal");
        line.day = day_text(web, N_("look back: {0}"), t->goal->look_on);
    } else if (t->kind == SHARED_NEED) {
        line.icon = "life-buoy";
        line.label = _("What helps");
    } else if (t->kind == SHARED_PLAN) {
        line.icon = "list-checks";
        line.label = _("Plan");
        line.text = plan_text(web, t->plan);
        line.day = day_text(web, N_("look back: {0}"), t->plan->look_on);
    } else {
        line.icon = "handshake";
        line.label = _("Agreement");
        line.who = t->agreement->who_name;
        line.day = date_is_set(t->agreement->look_on)
                       ? day_text(web, N_("look back: {0}"), t->agreement->look_on)
                       : day_text(web, N_("by {0}"), t->agreement->due_on);
    }
    return line;
}

static struct home_said said_line(struct web *web, const struct home_view *view,
                                  const struct conversation *c, const struct shared_thing *t)
{
    const char *lang = tr_code(web->tr);
    const struct answer_kind *kind = answer_kind(t->asked ? t->asked->kind : "summary");
    static const struct question summary = {.id = "", .kind = "summary"};
    return (struct home_said){
        .words = t->asked ? question_words(t->asked, BAND_ADULT, lang)
                          : trf(web->tr, web->arena, "In short: {0}", 1,
                                method_say(&t->phase->title, lang)),
        .who = voice_name(web->tr, t->voice, view->call, c ? c->leader_name : ""),
        .voice_class = voice_class(t->voice),
        .kind = kind ? kind : answer_kind("text"),
        .view = {.question = t->asked ? t->asked : &summary,
                 .value = t->value,
                 .tr = web->tr,
                 .lang = lang,
                 .band = BAND_ADULT,
                 .field_id = "h"}};
}

/* `c` NULL: of no conversation. */
static enum status fill_things(struct web *web, const struct home_view *view,
                               const struct conversation *c, const struct shared_thing *things,
                               size_t count, struct home_talk *talk)
{
    talk->said = ARENA_ARRAY(web->arena, struct home_said, count);
    talk->things = ARENA_ARRAY(web->arena, struct home_thing, count);
    talk->agreements = ARENA_ARRAY(web->arena, struct home_thing, count);
    if (!talk->said || !talk->things || !talk->agreements)
        return ERR_NOMEM;
    for (size_t i = 0; i < count; i++) {
        if (things[i].kind == SHARED_ANSWER)
            talk->said[talk->said_count++] = said_line(web, view, c, &things[i]);
        else if (things[i].kind == SHARED_AGREEMENT)
            talk->agreements[talk->agreement_count++] = home_line(web, view->call, &things[i]);
        else
            talk->things[talk->thing_count++] = home_line(web, view->call, &things[i]);
    }
    return OK;
}

static enum status fill_talk(struct web *web, struct home_view *view, const struct conversation *c,
                             const struct shared_thing *things, size_t count)
{
    struct home_talk *talk = &view->talks[view->talk_count++];
    *talk = (struct home_talk){
        .title = method_say(&c->method->title, tr_code(web->tr)),
        .when = date_is_set(c->held_on)
                    ? tr_date_day(web->tr, web->arena, c->held_on, web->work.today)
                    : "",
        .leader = c->leader_name};
    enum status st = fill_things(web, view, c, things, count, talk);
    if (st == OK && !view->question)
        view->question = good_question(web, c->method, talk->agreement_count > 0);
    return st;
}

/* What came up in no conversation stands last: who reads comes from a letter about a conversation.
 */
static enum status fill_loose(struct web *web, const struct sharing_book *book,
                              const struct sharing_reader *reader, struct home_view *view)
{
    struct shared_thing *things = NULL;
    size_t count = 0;
    enum status st = sharing_loose(&web->work, book, reader, &things, &count);
    if (st == ERR_NOT_FOUND) /* a preview shows no more than the previewer may read */
        return OK;
    if (st != OK || count == 0)
        return st;
    struct home_talk *talk = &view->talks[view->talk_count++];
    *talk = (struct home_talk){
        .title = _("What goes on beside conversations"), .when = "", .leader = ""};
    return fill_things(web, view, NULL, things, count, talk);
}

enum status home_fill(struct web *web, const struct sharing_book *book,
                      const struct sharing_reader *reader, enum right right,
                      struct conversation_id only, struct home_view *ret)
{
    struct conversation_id *ids = NULL;
    size_t count = 0;
    enum status st = sharing_talks(&web->work, book, &ids, &count);
    ret->call = book->call;
    ret->is_external = reader->kind == READER_EXTERNAL;
    ret->talks = ARENA_ARRAY(web->arena, struct home_talk, count + 1);
    if (st == OK && !ret->talks)
        st = ERR_NOMEM;
    for (size_t i = 0; st == OK && i < count; i++) {
        struct conversation *c = ARENA_NEW(web->arena, struct conversation);
        struct shared_thing *things = NULL;
        size_t n = 0;
        if (only.v && ids[i].v != only.v)
            continue;
        if (!c)
            return ERR_NOMEM;
        st = conversation_open(&web->work, right, ids[i], c);
        if (st == ERR_NOT_FOUND && right != RIGHT_VISIT_CONVERSATION) {
            st = OK; /* a preview shows no more than the previewer may read */
            continue;
        }
        if (st == OK)
            st = sharing_things(&web->work, c, book, reader, &things, &n);
        if (st == OK && n)
            st = fill_talk(web, ret, c, things, n);
    }
    if (st == OK && !only.v && reader->kind == READER_GUARDIAN)
        st = fill_loose(web, book, reader, ret);
    return st;
}
