/* Looking back: a conversation beside the one before, and every text that one answer had. */
#include "access/audit.h"
#include "base/arena.h"
#include "base/str.h"
#include "conversation/talk_web.h"
#include "gen/talk_html.h"
#include "staff/staff.h"
#include "web/web.h"

/* --- beside the one before ------------------------------------------------------------------------- */

/* Closed before this one, of the same kind. */
static bool is_before(const struct conversation *c, const struct conversation *other)
{
    return other->id.v != c->id.v && other->pupil.v == c->pupil.v &&
           str_equal(other->method_key, c->method_key) &&
           other->state != CONVERSATION_CANCELLED && date_is_set(other->held_on) &&
           other->closed_at && other->closed_at <= c->closed_at &&
           date_compare(other->held_on, c->held_on) <= 0;
}

enum status talk_earlier(struct web *web, const struct conversation *c,
                         const struct conversation **ret)
{
    struct conversation *list = NULL;
    size_t count = 0;
    *ret = NULL;
    if (!c->pupil.v || !c->closed_at)
        return OK;
    if (access_check(&web->work, RIGHT_PUPIL_READ, (struct target){.pupil = c->pupil}) != OK)
        return OK; /* takes part in this one only */
    enum status st = conversation_of_pupil(&web->work, c->pupil, &list, &count);
    for (size_t i = 0; st == OK && i < count && !*ret; i++)
        if (is_before(c, &list[i]))
            *ret = &list[i];
    return st;
}

/* Their own words first; where the pupil was not asked, what stands. */
static bool is_compared(const struct sheet_question *question, const struct sheet_part *part)
{
    bool own = false;
    for (size_t i = 0; i < question->part_count; i++)
        own |= question->parts[i].voice == VOICE_PUPIL;
    return own ? part->voice == VOICE_PUPIL || part->voice == VOICE_TOGETHER : true;
}

static const struct sheet_part *with_words(const struct sheet_part *part)
{
    return part && !answer_is_empty(part->view.value) ? part : NULL;
}

static void add_line(struct compare_view *view, const char *words, const struct sheet_part *now,
                     const struct sheet_part *then)
{
    if (with_words(now) || with_words(then))
        view->lines[view->line_count++] =
            (struct compare_line){.words = words, .now = with_words(now), .then = with_words(then)};
}

/* All questions of one sheet beside those of the other. Of the earlier one only what is no longer asked. */
static void lay_beside(struct compare_view *view, const struct sheet *sheet,
                       const struct sheet *other, bool is_then)
{
    for (const struct sheet_question *q = sheet_after(sheet, ""); q;
         q = sheet_after(sheet, q->question->id)) {
        const struct sheet_question *match = sheet_find(other, q->question->id, NULL);
        if (is_then && match)
            continue; /* it stands there already */
        for (size_t i = 0; i < q->part_count; i++) {
            const struct sheet_part *part = &q->parts[i];
            const struct sheet_part *beside =
                match ? sheet_part(match, part->voice, part->person) : NULL;
            if (is_compared(q, part))
                add_line(view, q->words, is_then ? beside : part, is_then ? part : beside);
        }
    }
}

static size_t part_count(const struct sheet *sheet)
{
    size_t parts = 0;
    for (size_t p = 0; p < sheet->phase_count; p++)
        for (size_t i = 0; i < sheet->phases[p].question_count; i++)
            parts += sheet->phases[p].questions[i].part_count;
    return parts;
}

/* Two sheets on one page: what belongs to the earlier one gets ids of its own. */
static void rename_ids(struct web *web, struct sheet *sheet)
{
    for (size_t p = 0; p < sheet->phase_count; p++)
        for (size_t i = 0; i < sheet->phases[p].question_count; i++)
            for (size_t n = 0; n < sheet->phases[p].questions[i].part_count; n++) {
                struct answer_view *part = &sheet->phases[p].questions[i].parts[n].view;
                part->field_id = arena_printf(web->arena, "then-%s", part->field_id);
            }
}

static enum status compare_page(struct web *web)
{
    struct compare_view *view = ARENA_NEW(web->arena, struct compare_view);
    struct conversation *c = ARENA_NEW(web->arena, struct conversation);
    struct conversation *then = ARENA_NEW(web->arena, struct conversation);
    const struct conversation *earlier = NULL;
    struct sheet now_sheet, then_sheet;
    if (!view || !c || !then)
        return ERR_NOMEM;
    enum status st = talk_head(web, RIGHT_CONVERSATION_READ, c, &view->head);
    if (st == OK)
        st = talk_earlier(web, c, &earlier);
    if (st == OK && !earlier)
        st = ERR_NOT_FOUND;
    if (st == OK)
        st = conversation_open(&web->work, RIGHT_CONVERSATION_READ, earlier->id, then);
    if (st == OK)
        st = sheet_make(web, c, SHEET_READ, 0, &now_sheet);
    if (st == OK)
        st = sheet_make(web, then, SHEET_READ, 0, &then_sheet);
    if (st == OK)
        st = audit_seen(&web->work, AUDIT_CONVERSATION_SEEN, c->pupil.v, c->id.v);
    if (st == OK)
        st = audit_seen(&web->work, AUDIT_CONVERSATION_SEEN, then->pupil.v, then->id.v);
    if (st != OK)
        return st;
    rename_ids(web, &then_sheet);
    view->lines = ARENA_ARRAY(web->arena, struct compare_line,
                              part_count(&now_sheet) + part_count(&then_sheet));
    if (!view->lines)
        return ERR_NOMEM;
    lay_beside(view, &now_sheet, &then_sheet, false);
    lay_beside(view, &then_sheet, &now_sheet, true);
    view->now = view->head.moment;
    view->then = tr_date_day(web->tr, web->arena, then->held_on, web->work.today);
    view->then_url = arena_printf(web->arena, "/gesprek/%s", id_text(then->id.v).s);
    web->reply.page.nav = NAV_HOME;
    return web_page(web, trf(web->tr, web->arena, "{0}: now and then", 1, view->head.title),
                    html_compare_page, view);
}

/* --- every text of one answer ------------------------------------------------------------------------ */

static const struct field which_fields[] = {
    {.name = "vraag", .kind = FIELD_TEXT, .required = true, .max = ANSWER_QUESTION_MAX},
    {.name = "stem", .kind = FIELD_NUMBER, .required = true, .min_value = VOICE_PUPIL,
     .max_value = VOICE_TOGETHER},
    {.name = "wie", .kind = FIELD_ID},
};
FORM(which_form, which_fields);

/* Who wrote it; "" for who is not known by name here (a guardian, the program). */
static enum status author_name(struct web *web, const struct conversation *c,
                               const struct participant *people, size_t count,
                               const struct answer_version *version, const char **ret)
{
    static const enum participant_kind kinds[] = {[ACTOR_STAFF] = PARTICIPANT_STAFF,
                                                  [ACTOR_PUPIL] = PARTICIPANT_PUPIL,
                                                  [ACTOR_GUARDIAN] = PARTICIPANT_GUARDIAN};
    *ret = "";
    if (version->author_kind == ACTOR_STAFF && version->author == c->leader.v)
        *ret = c->leader_name;
    for (size_t i = 0; i < count && !**ret; i++)
        if ((size_t)version->author_kind < ARRAY_LEN(kinds) &&
            people[i].kind == kinds[version->author_kind] && people[i].person == version->author)
            *ret = people[i].name;
    if (**ret || version->author_kind != ACTOR_STAFF)
        return OK;
    struct staff staff;
    enum status st = staff_find(&web->work, (struct staff_id){version->author}, &staff);
    if (st == OK)
        *ret = person_full(web->arena, &staff.person);
    return st == ERR_NOT_FOUND ? OK : st;
}

static enum status fill_history(struct web *web, struct history_view *view,
                                const struct conversation *c, const struct sheet_part *part)
{
    struct answer_key key = {.conversation = c->id,
                             .question = part->view.question->id,
                             .voice = part->voice,
                             .person = part->person};
    struct answer_version *versions = NULL;
    struct participant *people = NULL;
    size_t count = 0, people_count = 0;
    enum status st = answer_history(&web->work, &c->seal, &key, &versions, &count);
    if (st == OK)
        st = conversation_people(&web->work, c, &people, &people_count);
    if (st != OK)
        return st;
    view->lines = ARENA_ARRAY(web->arena, struct history_line, count);
    if (!view->lines)
        return ERR_NOMEM;
    for (size_t i = count; st == OK && i-- > 0;) { /* newest first */
        struct local_time at = date_local(versions[i].made_at);
        struct history_line *line = &view->lines[view->line_count++];
        *line = (struct history_line){
            .when = trf(web->tr, web->arena, "{0} at {1}", 2,
                        tr_date_day(web->tr, web->arena, at.date, web->work.today),
                        tr_time(web->tr, web->arena, at)),
            .text = part->kind->text(part->view.question, &versions[i].value, tr_code(web->tr),
                                     web->tr, web->arena),
            .stood = versions[i].stood,
            .stands = versions[i].version == part->version};
        st = author_name(web, c, people, people_count, &versions[i], &line->who);
    }
    return st;
}

/* The part, on the sheet of the conversation or on that of a preparation that this reader may see. */
static enum status find_part(struct web *web, const struct conversation *c,
                             struct history_view *view, const struct sheet_part **ret)
{
    const char *id = form_text(&web->form, "vraag");
    enum voice voice = (enum voice)form_number(&web->form, "stem");
    int64_t person = form_number(&web->form, "wie");
    const struct method_preparation *preparation = NULL;
    struct sheet sheet;
    IGNORE(method_phase_of(c->method, id, &preparation) != NULL);
    enum status st =
        sheet_make(web, c, SHEET_READ, preparation ? preparation->who : 0, &sheet);
    if (st != OK)
        return st;
    const struct answer *answer = answer_in(sheet.answers, sheet.answer_count, id, voice, person);
    const struct sheet_question *question = sheet_find(&sheet, id, NULL);
    *ret = question ? sheet_part(question, voice, person) : NULL;
    if (!answer || !*ret || !sheet_may_see(web, c, sheet.people, sheet.people_count, answer))
        return ERR_NOT_FOUND;
    view->words = question->words;
    view->who = (*ret)->who;
    view->voice_class = (*ret)->voice_class;
    return OK;
}

static enum status history_page(struct web *web)
{
    struct history_view *view = ARENA_NEW(web->arena, struct history_view);
    struct conversation *c = ARENA_NEW(web->arena, struct conversation);
    const struct sheet_part *part = NULL;
    if (!view || !c)
        return ERR_NOMEM;
    enum status st = talk_head(web, RIGHT_CONVERSATION_READ, c, &view->head);
    if (st == OK && !form_valid(&web->form))
        st = ERR_NOT_FOUND;
    if (st == OK)
        st = find_part(web, c, view, &part);
    if (st == OK)
        st = fill_history(web, view, c, part);
    if (st == OK)
        st = audit_seen(&web->work, AUDIT_CONVERSATION_SEEN, c->pupil.v, c->id.v);
    if (st != OK)
        return st;
    web->reply.page.nav = NAV_HOME;
    return web_page(web, _("Every text there was"), html_history_page, view);
}

const struct route talk_past_routes[] = {
    {HTTP_GET, "/gesprek/:conversation/vergelijk", .right = RIGHT_CONVERSATION_READ,
     .run = compare_page},
    {HTTP_GET, "/gesprek/:conversation/geschiedenis", .right = RIGHT_CONVERSATION_READ,
     .form = &which_form, .run = history_page},
    {0},
};
