/* Conversations on paper: forms, letters. */
#include "access/audit.h"
#include "base/arena.h"
#include "base/str.h"
#include "conversation/form_paper_web.h"
#include "conversation/plan_web.h"
#include "conversation/round.h"
#include "conversation/talk_web.h"
#include "group/group.h"
#include "method/store.h"
#include "pupil/pupil.h"
#include "school/school.h"
#include "web/app.h"
#include "web/web.h"

static const struct choice whats[] = {{"leeg", ""}, {"voorbereiding", ""}, {NULL, NULL}};
static const struct field form_fields[] = {
    {.name = "wat", .kind = FIELD_CHOICE, .choices = whats},
};
FORM(form_form, form_fields);

static const struct field method_fields[] = {
    {.name = "vorm", .kind = FIELD_TEXT, .required = true, .max = METHOD_NAME_MAX},
    {.name = "wat", .kind = FIELD_CHOICE, .choices = whats},
};
FORM(method_form, method_fields);

/* As it is typed at /code: the id, in groups. Signing in is still needed. */
const char *paper_code(struct web *web, struct conversation_id id)
{
    return arena_printf(web->arena, "%.4s %.4s %.5s", id_text(id.v).s, id_text(id.v).s + 4,
                        id_text(id.v).s + 8);
}

const char *paper_link(struct web *web, struct conversation_id id)
{
    return arena_printf(web->arena, "%s://%s/gesprek/%s/papier",
                        web->request->secure ? "https" : "http", web->request->host,
                        id_text(id.v).s);
}

struct things_of {
    struct web *web;
    const struct sheet *sheet;
};

static struct bytes photo_on_sheet(void *context, struct attachment_id id)
{
    const struct things_of *of = context;
    return form_paper_photo(&of->web->work, of->sheet->conversation, id);
}

static const char *things_on_sheet(void *context, const struct question *question)
{
    const struct things_of *of = context;
    const struct sheet_question *q = sheet_find(of->sheet, question->id, NULL);
    if (!q || !q->outcome || !q->is_answered)
        return "";
    return q->outcome->text(of->web, q->outcome_view);
}

static enum status print_conversation(struct web *web)
{
    struct conversation c;
    struct talk_head head;
    struct sheet sheet;
    struct school school;
    struct bytes pdf;
    const char *what = form_text(&web->form, "wat");
    enum status st = talk_head(web, RIGHT_CONVERSATION_READ, &c, &head);
    if (st == OK)
        st = sheet_make(web, &c, SHEET_READ, 0, &sheet);
    if (st == OK)
        st = school_find(&web->work, &school);
    if (st != OK)
        return st;
    bool preparing = str_equal(what, "voorbereiding");
    bool hidden = preparing && c.may_read != MAY_READ_YES && c.state < CONVERSATION_UNDER_WAY;
    bool blank = str_equal(what, "leeg") || c.state < CONVERSATION_UNDER_WAY;
    struct things_of of = {web, &sheet};
    struct form_paper form = {.method = c.method,
                              .conversation = &c,
                              .answers = sheet.answers,
                              .answer_count = blank || hidden ? 0 : sheet.answer_count,
                              .people = sheet.people,
                              .people_count = sheet.people_count,
                              .preparation = preparing ? PART_PUPIL : 0,
                              .band = sheet.band,
                              .pupil = head.about,
                              .call = head.call,
                              .leader = c.leader_name,
                              .day = blank ? NULL : head.moment,
                              .school = school.name,
                              .code = paper_code(web, c.id),
                              .link = paper_link(web, c.id),
                              .made = web_printed_by(web),
                              .tr = web->tr,
                              .things = things_on_sheet,
                              .photo = photo_on_sheet,
                              .context = &of};
    st = form_paper_print(&form, web->app->press, web->arena, &pdf);
    if (st == OK)
        st = audit_seen(&web->work, AUDIT_CONVERSATION_PRINTED, c.pupil.v, c.id.v);
    return st == OK ? web_bytes(web, "application/pdf", "gesprek.pdf", pdf) : st;
}

/* A blank that belongs to nobody yet: from the list of kinds of conversation. */
static enum status print_method(struct web *web)
{
    struct method_line line;
    struct school school;
    struct bytes pdf;
    if (!form_valid(&web->form))
        return ERR_NOT_FOUND;
    enum status st = method_current(&web->work, form_text(&web->form, "vorm"), &line);
    if (st == OK)
        st = school_find(&web->work, &school);
    if (st != OK)
        return st;
    enum band band = BAND_12_18;
    for (enum band b = BAND_12_18; b > BAND_NONE; b--)
        if (line.method->bands >> b & 1u)
            band = b; /* the youngest it is for: room for large letters does nobody harm */
    struct form_paper form = {.method = line.method,
                              .preparation = str_equal(form_text(&web->form, "wat"), "voorbereiding")
                                                 ? PART_PUPIL
                                                 : 0,
                              .band = band,
                              .school = school.name,
                              .tr = web->tr};
    st = form_paper_print(&form, web->app->press, web->arena, &pdf);
    return st == OK ? web_bytes(web, "application/pdf",
                                arena_printf(web->arena, "%s.pdf", line.method->key), pdf)
                    : st;
}

/* --- letters ---------------------------------------------------------------------------------------- */

static const char *day_text(struct web *web, struct date on)
{
    return date_is_set(on) ? tr_date_long(web->tr, web->arena, on) : "";
}

static const char *time_text(struct web *web, const struct conversation *c)
{
    if (c->planned_at < 0)
        return "";
    struct local_time time = {.hour = (int8_t)(c->planned_at / 60),
                              .minute = (int8_t)(c->planned_at % 60)};
    return tr_time(web->tr, web->arena, time);
}

/* How this participant gets to the preparation; by a link, the sheet with the code says it. */
static const char *how_to_prepare(struct web *web, enum method_part who)
{
    if (who == PART_PUPIL)
        return _(
            "You prepare in your own place: with your badge, or with your pictures on the tablet "
            "of the class. On paper is fine too.");
    return who == PART_TEACHER || who == PART_COORDINATOR
               ? _("You prepare in Weerklank, after signing in.")
               : NULL;
}

struct letter_paper letter_of(struct web *web, const struct conversation *c,
                              const struct method *method, enum method_part who, const char *name,
                              enum band band)
{
    bool from_outside = who == PART_GUARDIAN || who == PART_EXTERNAL;
    return (struct letter_paper){.method = method,
                                 .who = who,
                                 .band = band,
                                 .name = name,
                                 .leader = c->leader_name,
                                 .day = day_text(web, c->planned_on),
                                 .time = time_text(web, c),
                                 .place = c->place,
                                 .aim = from_outside ? "" : c->aim,
                                 .how = how_to_prepare(web, who),
                                 .tr = web->tr};
}

static enum status print_letter_of(struct web *web)
{
    struct conversation c;
    struct talk_head head;
    struct sheet sheet;
    struct school school;
    struct bytes pdf;
    enum status st = talk_head(web, RIGHT_CONVERSATION_READ, &c, &head);
    if (st == OK)
        st = sheet_make(web, &c, SHEET_READ, 0, &sheet);
    if (st == OK)
        st = school_find(&web->work, &school);
    if (st != OK)
        return st;
    struct letter_paper letter = letter_of(web, &c, c.method, PART_PUPIL, head.call, sheet.band);
    letter.school = school.name;
    st = letter_paper_print(&letter, 1, web->app->press, web->arena, &pdf);
    return st == OK ? web_bytes(web, "application/pdf", "uitnodiging.pdf", pdf) : st;
}

/* One page for each who is planned and not held yet. */
static enum status print_letters(struct web *web)
{
    struct conversation_round_id id = {web->ids[PARAM_ROUND]};
    struct round round;
    struct conversation *list = NULL;
    struct group_member *members = NULL;
    struct group group;
    struct school school;
    const struct method *method = NULL;
    size_t count = 0, member_count = 0, letters = 0;
    struct bytes pdf;
    enum status st = round_find(&web->work, id, &round);
    if (st == OK && round.group.v != web_group(web).v)
        st = ERR_NOT_FOUND;
    if (st == OK)
        st = round_conversations(&web->work, id, &list, &count);
    if (st == OK)
        st = group_members(&web->work, round.group, &members, &member_count);
    if (st == OK)
        st = group_find(&web->work, round.group, &group);
    if (st == OK)
        st = school_find(&web->work, &school);
    if (st == OK)
        st = method_by_version(&web->work, round.method_version, &method);
    if (st != OK)
        return st;
    struct letter_paper *all = ARENA_ARRAY(web->arena, struct letter_paper, count);
    if (!all)
        return ERR_NOMEM;
    for (size_t i = 0; i < count; i++)
        for (size_t m = 0; m < member_count; m++)
            if (members[m].pupil.v == list[i].pupil.v && list[i].state < CONVERSATION_UNDER_WAY) {
                all[letters] = letter_of(web, &list[i], method, PART_PUPIL, members[m].call,
                                         (enum band)group.age_band);
                all[letters++].school = school.name;
            }
    st = letter_paper_print(all, letters, web->app->press, web->arena, &pdf);
    return st == OK ? web_bytes(web, "application/pdf", "uitnodigingen.pdf", pdf) : st;
}

const struct route paper_routes[] = {
    {HTTP_GET, "/gesprek/:conversation/formulier.pdf", .right = RIGHT_CONVERSATION_READ,
     .flags = ROUTE_SLOW, .form = &form_form, .run = print_conversation},
    {HTTP_GET, "/gesprek/:conversation/brief.pdf", .right = RIGHT_CONVERSATION_READ,
     .flags = ROUTE_SLOW, .run = print_letter_of},
    {HTTP_GET, "/groep/:group/ronde/:round/brieven.pdf", .right = RIGHT_GROUP_TEACH,
     .flags = ROUTE_SLOW, .run = print_letters},
    {HTTP_GET, "/formulier.pdf", .right = RIGHT_STAFF, .flags = ROUTE_SLOW, .form = &method_form,
     .run = print_method},
    {0},
};
