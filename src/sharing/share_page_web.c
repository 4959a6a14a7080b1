#include "sharing/share_page_web.h"

#include "base/arena.h"
#include "base/str.h"
#include "web/web.h"

#define CELLS_MAX 110 /* of one form: ANSWER_PARTS_MAX, and room */

/* --- one cell
 * -------------------------------------------------------------------------------------- */

static const char *reader_letter(enum reader_kind kind)
{
    return kind == READER_GUARDIAN ? "g" : kind == READER_EXTERNAL ? "x" : "c";
}

const char *share_cell_part(struct web *web, const struct shared_thing *t,
                            const struct sharing_reader *reader)
{
    struct arena *arena = web->arena;
    const char *who =
        arena_printf(arena, "%s%s", reader_letter(reader->kind), id_text(reader->person).s);
    bool summary = str_starts(t->question, METHOD_SUMMARY_PREFIX);
    if (t->kind != SHARED_ANSWER)
        return arena_printf(arena, "%d.%s.%s", (int)t->kind, id_text(t->id).s, who);
    return summary ? arena_printf(arena, "s.%s.%d.%s", t->question + strlen(METHOD_SUMMARY_PREFIX),
                                  (int)t->voice, who)
                   : arena_printf(arena, "%s.%d.%s", t->question, (int)t->voice, who);
}

enum sharing_choice share_choice(struct sharing_verdict verdict)
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
        [SHARED_ANSWER] = "quote",     [SHARED_GOAL] = "target",
        [SHARED_NEED] = "life-buoy",   [SHARED_AGREEMENT] = "handshake",
        [SHARED_PLAN] = "list-checks", [SHARED_CONVERSATION] = "messages-square",
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
        return t->voice == VOICE_PUPIL     ? (pupil ? _("what you said") : _("what the pupil said"))
               : t->voice == VOICE_TEACHER ? _("what the teacher said")
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

/* --- the table
 * ---------------------------------------------------------------------------------------- */

/* The conversation as a whole first. */
static enum status take_things(struct web *web, const struct shared_thing *things, size_t count,
                               struct share_page *p)
{
    size_t most = p->reader_count ? CELLS_MAX / p->reader_count : CELLS_MAX;
    p->things = ARENA_ARRAY(web->arena, struct shared_thing, count + 1);
    if (!p->things)
        return ERR_NOMEM;
    if (p->c) {
        p->things[p->thing_count++] = sharing_whole(p->c);
        p->whole = p->things;
    }
    for (size_t i = 0; i < count && p->thing_count < most; i++)
        p->things[p->thing_count++] = things[i];
    return OK;
}

static const char *base_of(struct web *web, const struct share_page *p)
{
    bool self = web->actor.kind == ACTOR_PUPIL;
    if (p->c)
        return arena_printf(web->arena, "%s/%s", self ? "/ik/gesprek" : "/gesprek",
                            id_text(p->c->id.v).s);
    return self ? "/ik" : arena_printf(web->arena, "/leerling/%s", id_text(p->pupil.v).s);
}

enum status share_page_load(struct web *web, struct conversation *c, struct pupil_id pupil,
                            struct share_page *ret)
{
    struct share_page p = {.c = c, .pupil = pupil};
    struct shared_thing *things = NULL;
    size_t count = 0;
    const struct conversation_id id = {c ? c->id.v : 0};
    enum status st = sharing_open(&web->work, pupil, id, &p.book);
    if (st == OK)
        st = c ? sharing_readers(&web->work, c, &p.readers, &p.reader_count)
               : sharing_readers_home(&web->work, pupil, &p.readers, &p.reader_count);
    if (st == OK)
        st = c ? sharing_things(&web->work, c, &p.book, NULL, &things, &count)
               : sharing_loose(&web->work, &p.book, NULL, &things, &count);
    if (st == OK)
        st = take_things(web, things, count, &p);
    if (st != OK)
        return st;
    p.base = base_of(web, &p);
    *ret = p;
    return OK;
}

static struct share_cell cell_of(struct web *web, const struct share_page *p,
                                 const struct shared_thing *t, const struct share_column *column,
                                 const char *label)
{
    struct sharing_verdict v = sharing_may_see(&p->book, t, &column->reader);
    const char *part = share_cell_part(web, t, &column->reader);
    return (struct share_cell){
        .name = sharing_is_fixed(v.why) ? NULL : arena_printf(web->arena, "a.%s", part),
        .choice = share_choice(v),
        .sees = v.sees,
        .why = trf(web->tr, web->arena, sharing_why_words(v.why), 1, p->book.call),
        .label = arena_printf(web->arena, "%s: %s", column->name, label)};
}

static struct share_column column_of(struct web *web, const struct share_page *p,
                                     const struct sharing_reader *reader)
{
    const struct conversation *c = p->c;
    struct share_column column = {
        .reader = *reader, .name = reader->name, .small = "", .icon = "user", .tone = "school"};
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
        column.small = c && reader->person == c->leader.v ? _("talks with you") : _("takes part");
    }
    if (reader->kind != READER_COLLEAGUE)
        column.preview_url =
            arena_printf(web->arena, "%s/delen/thuis?lezer=%s", p->base, id_text(reader->person).s);
    bool over = c && (c->state == CONVERSATION_CLOSED || c->state == CONVERSATION_EVALUATED);
    if (reader->kind == READER_GUARDIAN && over && web->actor.kind == ACTOR_STAFF)
        column.paper_url =
            arena_printf(web->arena, "%s/blad.pdf?lezer=%s", p->base, id_text(reader->person).s);
    return column;
}

static enum status fill_table(struct web *web, const struct share_page *p, struct share_view *view)
{
    view->columns = ARENA_ARRAY(web->arena, struct share_column, p->reader_count);
    view->rows = ARENA_ARRAY(web->arena, struct share_row, p->thing_count);
    if (!view->columns || !view->rows)
        return ERR_NOMEM;
    view->column_count = p->reader_count;
    view->row_count = p->thing_count;
    for (size_t i = 0; i < p->reader_count; i++) {
        view->columns[i] = column_of(web, p, &p->readers[i]);
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
                                  .cells =
                                      ARENA_ARRAY(web->arena, struct share_cell, p->reader_count)};
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

/* Was something decided about one of these things? */
static bool any_decided(const struct share_page *p)
{
    for (size_t i = 0; i < p->thing_count; i++)
        for (size_t d = 0; d < p->book.count; d++)
            if (p->book.decisions[d].thing == p->things[i].id &&
                p->book.decisions[d].kind == p->things[i].kind)
                return true;
    return false;
}

enum status share_page_fill(struct web *web, const struct share_page *p, struct share_view *ret)
{
    const struct conversation *c = p->c;
    *ret = (struct share_view){
        .leader = c ? c->leader_name : NULL,
        .call = p->book.call,
        .title = c ? method_say(&c->method->title, tr_code(web->tr)) : p->book.call,
        .post_url = arena_printf(web->arena, "%s/delen", p->base),
        .back = p->base,
        .here = "",
        .is_pupil = web->actor.kind == ACTOR_PUPIL,
        .may_write = true,
        .needs_pupil = p->book.age >= AGE_OWN_RIGHTS,
        .any = any_decided(p),
        .exception_url = arena_printf(web->arena, "%s/delen/veiligheid", p->base)};
    return fill_table(web, p, ret);
}
