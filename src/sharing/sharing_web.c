#include "sharing/sharing_web.h"

#include "access/audit.h"
#include "base/arena.h"
#include "base/str.h"
#include "badge/badge_web.h"
#include "conversation/live_web.h"
#include "conversation/plan_web.h"
#include "gen/home_html.h"
#include "gen/sharing_html.h"
#include "group/group.h"
#include "pupil/pupil.h"
#include "web/web.h"

#define CELLS_MAX 110 /* of one form: ANSWER_PARTS_MAX, and room */

static const struct field share_fields[] = {
    {.name = "why", .kind = FIELD_TEXT, .max = SHARING_WORDS_MAX,
     .label = N_("Why is it told?")},
    {.name = "when", .kind = FIELD_TEXT, .max = SHARING_WORDS_MAX, .label = N_("When?")},
    {.name = "how", .kind = FIELD_TEXT, .max = SHARING_WORDS_MAX,
     .label = N_("How, and who tells it?")},
    {.name = "together", .kind = FIELD_CHECK},
    {.name = "terug", .kind = FIELD_HIDDEN, .max = 160},
};
FORM(share_form, share_fields);

static const struct field exception_fields[] = {
    {.name = "what", .kind = FIELD_TEXT, .required = true, .max = SHARING_WORDS_MAX,
     .label = N_("What was told?")},
    {.name = "whom", .kind = FIELD_TEXT, .required = true, .max = SHARING_WORDS_MAX,
     .label = N_("To whom?")},
    {.name = "reason", .kind = FIELD_LONG, .required = true, .max = SHARING_WORDS_MAX,
     .label = N_("Why could it not wait?")},
    {.name = "told_on", .kind = FIELD_DATE, .label = N_("When was the pupil told?")},
};
FORM(exception_form, exception_fields);

static const struct field told_fields[] = {
    {.name = "id", .kind = FIELD_ID, .required = true},
};
FORM(told_form, told_fields);

static const struct field preview_fields[] = {
    {.name = "lezer", .kind = FIELD_ID},
};
FORM(preview_form, preview_fields);

/* --- one cell -------------------------------------------------------------------------------------- */

static const char *reader_letter(enum reader_kind kind)
{
    return kind == READER_GUARDIAN ? "g" : kind == READER_EXTERNAL ? "x" : "c";
}

/*
 * The field of one choice. It names thing and reader, not rows and columns: what was added meanwhile moves
 * nobody's choice. At most ANSWER_PART_NAME_MAX characters, as answer_from_request() takes.
 */
static const char *cell_part(struct web *web, const struct shared_thing *t,
                             const struct sharing_reader *reader)
{
    struct arena *arena = web->arena;
    const char *who = arena_printf(arena, "%s%s", reader_letter(reader->kind),
                                   id_text(reader->person).s);
    bool summary = str_starts(t->question, METHOD_SUMMARY_PREFIX);
    if (t->kind != SHARED_ANSWER)
        return arena_printf(arena, "%d.%s.%s", (int)t->kind, id_text(t->id).s, who);
    return summary ? arena_printf(arena, "s.%s.%d.%s", t->question + strlen(METHOD_SUMMARY_PREFIX),
                                  (int)t->voice, who)
                   : arena_printf(arena, "%s.%d.%s", t->question, (int)t->voice, who);
}

static enum sharing_choice choice_now(struct sharing_verdict verdict)
{
    return verdict.sees ? CHOICE_YES : verdict.why == WHY_SELF ? CHOICE_SELF : CHOICE_NO;
}

static const char *row_label(struct web *web, const struct shared_thing *t)
{
    const char *lang = tr_code(web->tr);
    if (t->kind == SHARED_ANSWER)
        return t->asked ? question_words(t->asked, BAND_ADULT, lang)
                        : trf(web->tr, web->arena, "In short: {0}", 1,
                              method_say(&t->phase->title, lang));
    return home_thing_text(web, t);
}

static const char *row_icon(enum shared_kind kind)
{
    static const char *const icons[] = {
        [SHARED_ANSWER] = "quote",         [SHARED_GOAL] = "target",
        [SHARED_NEED] = "life-buoy",       [SHARED_AGREEMENT] = "handshake",
        [SHARED_PLAN] = "list-checks",     [SHARED_CONVERSATION] = "messages-square",
    };
    return (unsigned)kind < ARRAY_LEN(icons) && icons[kind] ? icons[kind] : "quote";
}

/* What an answer says, as plain text. */
static const char *row_said(struct web *web, const struct shared_thing *t)
{
    static const struct question summary = {.id = "", .kind = "summary"};
    if (t->kind != SHARED_ANSWER)
        return "";
    const struct question *question = t->asked ? t->asked : &summary;
    const struct answer_kind *kind = answer_kind(question->kind);
    return kind && kind->text
               ? kind->text(question, t->value, tr_code(web->tr), web->tr, web->arena)
               : "";
}

static const char *row_small(struct web *web, const struct conversation *c,
                             const struct shared_thing *t)
{
    const struct method_preparation *preparation = NULL;
    bool pupil = web->actor.kind == ACTOR_PUPIL;
    switch (t->kind) {
    case SHARED_ANSWER:
        if (t->asked)
            IGNORE(method_phase_of(c->method, t->asked->id, &preparation) != NULL);
        if (preparation && t->voice == VOICE_PUPIL)
            return pupil ? _("from your preparation") : _("from the pupil's preparation");
        return t->voice == VOICE_PUPIL      ? (pupil ? _("what you said") : _("what the pupil said"))
               : t->voice == VOICE_TEACHER  ? _("what the teacher said")
               : t->voice == VOICE_TOGETHER ? _("what you wrote together")
                                            : _("what others said");
    case SHARED_GOAL:
        return _("goal");
    case SHARED_NEED:
        return _("what helps");
    case SHARED_AGREEMENT:
        return _("agreement");
    case SHARED_PLAN:
        return _("plan");
    case SHARED_CONVERSATION:
        return _("what is not chosen by itself");
    case SHARED_KINDS_:
        break;
    }
    return "";
}

/* --- the table ---------------------------------------------------------------------------------------- */

/* Everything of one page of choices. */
struct sharing_page {
    struct conversation *c;
    struct sharing_book book;
    struct sharing_reader *readers;
    struct shared_thing *things;
    const struct shared_thing *whole; /* the first of them: the conversation as a whole */
    size_t reader_count, thing_count;
};

static enum status load(struct web *web, const struct conversation *c, struct sharing_page *p)
{
    struct shared_thing *things = NULL;
    size_t count = 0;
    enum status st = sharing_open(&web->work, c->pupil, c->id, &p->book);
    if (st == OK)
        st = sharing_readers(&web->work, c, &p->readers, &p->reader_count);
    if (st == OK)
        st = sharing_things(&web->work, c, &p->book, NULL, &things, &count);
    if (st != OK)
        return st;
    p->things = ARENA_ARRAY(web->arena, struct shared_thing, count + 1);
    if (!p->things)
        return ERR_NOMEM;
    size_t most = p->reader_count ? CELLS_MAX / p->reader_count : CELLS_MAX;
    p->things[p->thing_count++] = sharing_whole(c);
    p->whole = p->things;
    for (size_t i = 0; i < count && p->thing_count < most; i++)
        p->things[p->thing_count++] = things[i];
    return OK;
}

static struct share_cell cell_of(struct web *web, const struct sharing_page *p,
                                 const struct shared_thing *t, const struct share_column *column,
                                 const char *label)
{
    struct sharing_verdict v = sharing_may_see(&p->book, t, &column->reader);
    const char *part = cell_part(web, t, &column->reader);
    return (struct share_cell){
        .name = sharing_is_fixed(v.why) ? NULL : arena_printf(web->arena, "a.%s", part),
        .choice = choice_now(v),
        .sees = v.sees,
        .why = trf(web->tr, web->arena, sharing_why_words(v.why), 1, p->book.call),
        .label = arena_printf(web->arena, "%s: %s", column->name, label)};
}

static struct share_column column_of(struct web *web, const struct sharing_page *p,
                                     const struct sharing_reader *reader, const char *base)
{
    struct share_column column = {.reader = *reader, .name = reader->name, .small = "", .icon = "user", .tone = "school"};
    if (reader->kind == READER_GUARDIAN) {
        column.icon = "house";
        column.tone = "home";
        column.small = reader->information == INFORMATION_ON_REQUEST ? _("on request") : "";
        if (reader->is_everybody)
            column.name = _("Home");
    } else if (reader->kind == READER_EXTERNAL) {
        column.small = _("from outside");
    } else {
        column.icon = "school";
        column.tone = "teacher";
        column.small = reader->person == p->c->leader.v ? _("talks with you") : _("takes part");
    }
    if (reader->kind != READER_COLLEAGUE)
        column.preview_url = arena_printf(web->arena, "%s/delen/thuis?lezer=%s", base,
                                          id_text(reader->person).s);
    bool over = p->c->state == CONVERSATION_CLOSED || p->c->state == CONVERSATION_EVALUATED;
    if (reader->kind == READER_GUARDIAN && over && web->actor.kind == ACTOR_STAFF)
        column.paper_url =
            arena_printf(web->arena, "%s/blad.pdf?lezer=%s", base, id_text(reader->person).s);
    return column;
}

static enum status fill_table(struct web *web, const struct sharing_page *p, const char *base,
                              struct share_view *view)
{
    view->columns = ARENA_ARRAY(web->arena, struct share_column, p->reader_count);
    view->rows = ARENA_ARRAY(web->arena, struct share_row, p->thing_count);
    if (!view->columns || !view->rows)
        return ERR_NOMEM;
    view->column_count = p->reader_count;
    view->row_count = p->thing_count;
    for (size_t i = 0; i < p->reader_count; i++) {
        view->columns[i] = column_of(web, p, &p->readers[i], base);
        view->columns[i].sees = ARENA_ARRAY(web->arena, const char *, p->thing_count);
        if (!view->columns[i].sees)
            return ERR_NOMEM;
    }
    for (size_t r = 0; r < p->thing_count; r++) {
        const struct shared_thing *t = &p->things[r];
        struct share_row *row = &view->rows[r];
        *row = (struct share_row){.label = row_label(web, t),
                                  .small = row_small(web, p->c, t),
                                  .said = row_said(web, t),
                                  .icon = row_icon(t->kind),
                                  .cells = ARENA_ARRAY(web->arena, struct share_cell,
                                                       p->reader_count)};
        if (!row->cells)
            return ERR_NOMEM;
        for (size_t i = 0; i < p->reader_count; i++) {
            struct share_column *column = &view->columns[i];
            row->cells[i] = cell_of(web, p, t, column, row->label);
            if (row->cells[i].sees && t->kind != SHARED_CONVERSATION)
                column->sees[column->sees_count++] = *row->said ? row->said : row->label;
        }
    }
    return OK;
}

static enum status fill_view(struct web *web, const struct sharing_page *p, struct share_view *view)
{
    const struct conversation *c = p->c;
    bool pupil = web->actor.kind == ACTOR_PUPIL;
    const char *base =
        arena_printf(web->arena, "%s/%s", pupil ? "/ik/gesprek" : "/gesprek", id_text(c->id.v).s);
    *view = (struct share_view){
        .conversation = c,
        .call = p->book.call,
        .title = method_say(&c->method->title, tr_code(web->tr)),
        .post_url = arena_printf(web->arena, "%s/delen", base),
        .back = base,
        .here = "",
        .is_pupil = pupil,
        .may_write = true,
        .needs_pupil = p->book.age >= AGE_OWN_RIGHTS,
        .exception_url = arena_printf(web->arena, "%s/delen/veiligheid", base)};
    for (size_t i = 0; i < p->book.count; i++)
        view->any |= p->book.decisions[i].thing == c->id.v;
    for (size_t i = 0; i < p->thing_count && !view->any; i++)
        for (size_t d = 0; d < p->book.count; d++)
            view->any |= p->book.decisions[d].thing == p->things[i].id &&
                         p->book.decisions[d].kind == p->things[i].kind;
    return fill_table(web, p, base, view);
}

/* --- safety first ---------------------------------------------------------------------------------- */

enum status sharing_notes(struct web *web, struct pupil_id pupil, struct conversation_id c,
                          const char *told_url, struct share_note **ret, size_t *ret_count)
{
    struct sharing_exception *list = NULL;
    size_t count = 0;
    enum status st = sharing_exceptions(&web->work, pupil, c, &list, &count);
    struct share_note *notes = ARENA_ARRAY(web->arena, struct share_note, count);
    if (st == OK && !notes)
        st = ERR_NOMEM;
    for (size_t i = 0; st == OK && i < count; i++) {
        bool told = date_is_set(list[i].told_on);
        bool here = list[i].conversation.v == c.v;
        notes[i] = (struct share_note){
            .what = list[i].what,
            .whom = list[i].whom,
            .why = list[i].why,
            .maker = list[i].maker,
            .when = tr_date_day(web->tr, web->arena, date_of(list[i].made_at), web->work.today),
            .told = told ? trf(web->tr, web->arena, "the pupil was told {0}", 1,
                               tr_date_day(web->tr, web->arena, list[i].told_on,
                                           web->work.today))
                         : _("the pupil was not told yet"),
            .id = list[i].id.v,
            .url = here || web->actor.kind == ACTOR_PUPIL
                       ? NULL
                       : arena_printf(web->arena, "/gesprek/%s/delen",
                                      id_text(list[i].conversation.v).s),
            .told_url = told || !here ? NULL : told_url};
    }
    if (st == OK) {
        *ret = notes;
        *ret_count = count;
    }
    return st;
}

/* --- the page ------------------------------------------------------------------------------------------ */

static enum right right_of(const struct web *web)
{
    return web->actor.kind == ACTOR_PUPIL ? RIGHT_CONVERSATION_SELF : RIGHT_CONVERSATION_WRITE;
}

static enum status open_page(struct web *web, enum right right, struct sharing_page *p)
{
    p->c = ARENA_NEW(web->arena, struct conversation);
    if (!p->c)
        return ERR_NOMEM;
    enum status st = conversation_open(&web->work, right, web_conversation(web), p->c);
    if (st == OK && !p->c->pupil.v)
        st = ERR_NOT_FOUND; /* of a group: there is nobody to decide alone */
    return st == OK ? load(web, p->c, p) : st;
}

static enum status kid_frame(struct web *web, const char **ret_symbol, int *ret_colour)
{
    struct pupil pupil;
    struct pupil_membership *groups = NULL;
    size_t count = 0;
    enum status st = pupil_find(&web->work, web->actor.pupil, &pupil);
    if (st == OK)
        st = group_of_pupil(&web->work, pupil.id, &groups, &count);
    if (st != OK)
        return st;
    *ret_symbol = pupil_symbol_name(pupil.symbol);
    *ret_colour = pupil.colour;
    web->reply.page.frame = FRAME_KID;
    web->reply.page.body_class = kid_class(count ? groups[0].group.age_band : AGE_7_9);
    return OK;
}

static enum status show_page(struct web *web, const struct sharing_page *p,
                             const struct form_values *words,
                             const struct form_values *exception)
{
    struct share_view *view = ARENA_NEW(web->arena, struct share_view);
    struct form_values *empty = ARENA_ARRAY(web->arena, struct form_values, 2);
    if (!view || !empty)
        return ERR_NOMEM;
    form_begin(&empty[0], &share_form);
    form_begin(&empty[1], &exception_form);
    enum status st = fill_view(web, p, view);
    view->form = words ? words : &empty[0];
    view->exception_form = exception ? exception : &empty[1];
    if (st == OK && view->is_pupil)
        st = kid_frame(web, &view->symbol, &view->colour);
    else if (st == OK)
        st = sharing_notes(web, p->c->pupil, p->c->id,
                        arena_printf(web->arena, "/gesprek/%s/delen/verteld",
                                     id_text(p->c->id.v).s),
                        &view->notes, &view->note_count);
    if (st != OK)
        return st;
    web->reply.page.nav = NAV_HOME;
    return web_page(web, _("Who may know what?"),
                    view->is_pupil ? html_share_pupil_page : html_share_staff_page, view);
}

static enum status share_page(struct web *web)
{
    struct sharing_page p = {0};
    enum status st = open_page(web, right_of(web), &p);
    if (st == OK)
        st = audit_seen(&web->work, AUDIT_CONVERSATION_SEEN, p.c->pupil.v, p.c->id.v);
    return st == OK ? show_page(web, &p, NULL, NULL) : st;
}

/* What was chosen in one cell; CHOICE_NONE when it was not on the page. */
static enum sharing_choice chosen(struct web *web, const struct answer_value *raw,
                                  const struct shared_thing *t, const struct sharing_reader *reader)
{
    const char *text = answer_part(raw, cell_part(web, t, reader));
    return str_equal(text, "1")   ? CHOICE_YES
           : str_equal(text, "2") ? CHOICE_NO
           : str_equal(text, "3") ? CHOICE_SELF
                                  : CHOICE_NONE;
}

/*
 * A "no" that nobody decided yet and that was left standing when the page was kept: it was asked, and this is
 * the answer. Where the whole conversation is opened, or left to the pupil to tell, in the same breath, what was
 * not chosen by itself goes along with it.
 */
static bool was_left_at_no(struct web *web, const struct sharing_page *p,
                           const struct answer_value *raw, const struct shared_thing *t,
                           const struct sharing_reader *reader)
{
    enum sharing_choice whole = p->whole ? chosen(web, raw, p->whole, reader) : CHOICE_NO;
    if (chosen(web, raw, t, reader) != CHOICE_NO || whole == CHOICE_YES || whole == CHOICE_SELF)
        return false;
    enum sharing_why why = sharing_may_see(&p->book, t, reader).why;
    return why == WHY_PUPIL_DECIDES ||
           (!sharing_is_fixed(why) && !sharing_standing(&p->book, t, reader));
}

/* What was changed, and what was left at no; the words beside it belong to what was changed. */
static enum status decide_cells(struct web *web, struct sharing_page *p,
                                const struct answer_value *raw, const struct sharing_draft *draft)
{
    size_t count = 0;
    struct sharing_wish *wishes =
        ARENA_ARRAY(web->arena, struct sharing_wish, p->thing_count * p->reader_count);
    if (!wishes)
        return ERR_NOMEM;
    for (size_t r = 0; r < p->thing_count; r++) {
        for (size_t i = 0; i < p->reader_count; i++) {
            const struct shared_thing *t = &p->things[r];
            const struct sharing_reader *reader = &p->readers[i];
            enum sharing_choice now = choice_now(sharing_may_see(&p->book, t, reader));
            enum sharing_choice choice = chosen(web, raw, t, reader);
            struct sharing_wish wish = {.thing = t, .reader = reader, .draft = *draft};
            wish.draft.choice = choice;
            if (choice != CHOICE_NONE && choice != now)
                wishes[count++] = wish;
            else if (was_left_at_no(web, p, raw, t, reader))
                wishes[count++] = (struct sharing_wish){
                    .thing = t,
                    .reader = reader,
                    .draft = {.choice = CHOICE_NO, .with_pupil = draft->with_pupil}};
        }
    }
    return sharing_decide_all(&web->work, &p->book, p->c->id, wishes, count);
}

static enum status back_to(struct web *web, const struct conversation *c)
{
    const char *back = form_text(&web->form, "terug");
    bool pupil = web->actor.kind == ACTOR_PUPIL;
    const char *base =
        arena_printf(web->arena, "%s/%s", pupil ? "/ik/gesprek" : "/gesprek", id_text(c->id.v).s);
    if (str_starts(back, base))
        return web_redirect(web, "%s", back);
    return web_redirect(web, "%s/delen?ok=bewaard", base);
}

static enum status share(struct web *web)
{
    struct sharing_page p = {0};
    struct answer_value raw;
    enum status st = open_page(web, right_of(web), &p);
    if (st == OK)
        st = answer_from_request(web->request, web->arena, &raw);
    if (st != OK)
        return st;
    if (!form_valid(&web->form))
        return show_page(web, &p, &web->form, NULL);
    struct sharing_draft draft = {.with_pupil = form_checked(&web->form, "together"),
                                  .why = form_text(&web->form, "why"),
                                  .when = form_text(&web->form, "when"),
                                  .how = form_text(&web->form, "how")};
    st = decide_cells(web, &p, &raw, &draft);
    if (st == ERR_FORBIDDEN) {
        st = show_page(web, &p, &web->form, NULL);
        return st == OK ? web_problem(web, N_("Only the pupil can say yes to this. Choose it together, and tick "
                                              "that the pupil chooses.")) : st;
    }
    if (st == OK)
        live_changed(web, p.c->id);
    return st == OK ? back_to(web, p.c) : st;
}

static enum status except(struct web *web)
{
    struct sharing_page p = {0};
    enum status st = open_page(web, RIGHT_CONVERSATION_WRITE, &p);
    if (st != OK)
        return st;
    if (!form_valid(&web->form))
        return show_page(web, &p, NULL, &web->form);
    const struct sharing_exception_draft draft = {.what = form_text(&web->form, "what"),
                                                  .whom = form_text(&web->form, "whom"),
                                                  .why = form_text(&web->form, "reason"),
                                                  .told_on = form_date(&web->form, "told_on")};
    st = sharing_exception_add(&web->work, p.c->pupil, p.c->id,
                               (struct sharing_exception_id){work_new_id(&web->work)}, &draft);
    if (st == ERR_INVALID) {
        form_error(&web->form, "told_on", N_("Choose today or a day before."));
        return show_page(web, &p, NULL, &web->form);
    }
    return st == OK ? web_redirect(web, "/gesprek/%s/delen?ok=bewaard", id_text(p.c->id.v).s) : st;
}

static enum status told(struct web *web)
{
    struct conversation c;
    if (!form_valid(&web->form))
        return ERR_INVALID;
    enum status st =
        conversation_open(&web->work, RIGHT_CONVERSATION_WRITE, web_conversation(web), &c);
    if (st == OK)
        st = sharing_exception_told(&web->work, c.pupil, c.id,
                                    (struct sharing_exception_id){form_number(&web->form, "id")},
                                    web->work.today);
    return st == OK ? web_redirect(web, "/gesprek/%s/delen?ok=bewaard", id_text(c.id.v).s) : st;
}

/* --- the preview: the real page, as this reader has it now ------------------------------------------- */

static enum status preview(struct web *web)
{
    struct home_view *view = ARENA_NEW(web->arena, struct home_view);
    struct sharing_page p = {0};
    const struct sharing_reader *reader = NULL;
    if (!view)
        return ERR_NOMEM;
    enum status st = open_page(web, right_of(web), &p);
    int64_t asked = form_number(&web->form, "lezer");
    for (size_t i = 0; st == OK && i < p.reader_count; i++)
        if (p.readers[i].kind != READER_COLLEAGUE && (!asked || p.readers[i].person == asked) && !reader)
            reader = &p.readers[i];
    if (st == OK && !reader)
        st = ERR_NOT_FOUND;
    if (st == OK)
        st = home_fill(web, &p.book, reader, right_of(web),
                       (struct conversation_id){reader->kind == READER_EXTERNAL ? p.c->id.v : 0}, view);
    if (st == OK)
        st = audit_seen(&web->work, AUDIT_CONVERSATION_SEEN, p.c->pupil.v, p.c->id.v);
    if (st != OK)
        return st;
    view->is_preview = true;
    view->reader = reader->name;
    view->back = arena_printf(web->arena, "%s/%s/delen",
                              web->actor.kind == ACTOR_PUPIL ? "/ik/gesprek" : "/gesprek",
                              id_text(p.c->id.v).s);
    web->form.form = NULL;
    web->reply.page.frame = FRAME_PLAIN;
    return web_page(web, _("This is how it looks at home"), html_home_page, view);
}

/* --- a block of a form ------------------------------------------------------------------------------- */

static enum status load_block(struct web *web, const struct outcome_place *place,
                              const void **ret_view, bool *ret_any)
{
    struct share_view *view = ARENA_NEW(web->arena, struct share_view);
    struct conversation *c = ARENA_NEW(web->arena, struct conversation);
    struct sharing_page p = {.c = c};
    if (!view || !c)
        return ERR_NOMEM;
    *c = *place->conversation;
    if (actor_is_visitor(&web->actor) || !c->pupil.v) {
        *view = (struct share_view){.conversation = c, .call = "", .here = ""};
        *ret_view = view;
        return OK;
    }
    enum status st = load(web, c, &p);
    if (st == OK)
        st = fill_view(web, &p, view);
    if (st != OK)
        return st;
    view->here = place->back;
    view->may_write = place->may_write;
    *ret_view = view;
    *ret_any = view->any;
    return OK;
}

static const char *block_text(struct web *web, const void *view)
{
    const struct share_view *v = view;
    const char *text = "";
    for (size_t i = 0; i < v->column_count; i++)
        for (size_t n = 0; v->columns[i].preview_url && n < v->columns[i].sees_count; n++)
            text = arena_printf(web->arena, "%s%s: %s\n", text, v->columns[i].name,
                                v->columns[i].sees[n]);
    return text;
}

const struct outcome_block sharing_block = {.outcome = OUTCOME_SHARING,
                                            .name = "sharing",
                                            .load = load_block,
                                            .edit = html_share_block_edit,
                                            .read = html_share_block_read,
                                            .text = block_text};

const struct route sharing_routes[] = {
    {HTTP_GET, "/gesprek/:conversation/delen", .right = RIGHT_CONVERSATION_WRITE, .run = share_page},
    {HTTP_POST, "/gesprek/:conversation/delen", .right = RIGHT_CONVERSATION_WRITE,
     .form = &share_form, .run = share},
    {HTTP_GET, "/gesprek/:conversation/delen/thuis", .right = RIGHT_CONVERSATION_WRITE,
     .form = &preview_form, .run = preview},
    {HTTP_POST, "/gesprek/:conversation/delen/veiligheid", .right = RIGHT_CONVERSATION_WRITE,
     .form = &exception_form, .run = except},
    {HTTP_POST, "/gesprek/:conversation/delen/verteld", .right = RIGHT_CONVERSATION_WRITE,
     .form = &told_form, .run = told},
    {HTTP_GET, "/ik/gesprek/:conversation/delen", .right = RIGHT_CONVERSATION_SELF, .run = share_page},
    {HTTP_POST, "/ik/gesprek/:conversation/delen", .right = RIGHT_CONVERSATION_SELF,
     .form = &share_form, .run = share},
    {HTTP_GET, "/ik/gesprek/:conversation/delen/thuis", .right = RIGHT_CONVERSATION_SELF,
     .form = &preview_form, .run = preview},
    {0},
};
