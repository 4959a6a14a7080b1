/* One A4 with what came out of a conversation: for the pupil, or for home as far as it may be known
 * there. */
#include "access/audit.h"
#include "access/work.h"
#include "base/arena.h"
#include "base/utf8.h"
#include "handover/handover_web.h"
#include "print/paper.h"
#include "school/school.h"
#include "sharing/home_web.h"
#include "web/app.h"
#include "web/web.h"

static const struct field fields[] = {
    {.name = "lezer", .kind = FIELD_ID}, /* a guardian; without: the pupil */
};
const struct form handover_sheet_form = {.fields = fields, .count = ARRAY_LEN(fields)};

/* Smaller letters first; then only the first few of each kind, shortened. One page holds that. */
enum { LEVEL_LARGE, LEVEL_PLAIN, LEVEL_SMALL, LEVEL_FEW, LEVELS };
#define FEW 4
#define FEW_CHARS 200

struct leaf {
    struct web *web;
    const struct talk_head *head;
    const char *call;
    const char *day;
    const struct shared_thing *things;
    size_t count;
    bool for_home;
};

static const char *shortened(struct web *web, const char *text, int level)
{
    if (level < LEVEL_FEW)
        return text;
    const char *end = text;
    for (size_t chars = 0; *end && chars < FEW_CHARS; chars++)
        IGNORE(utf8_next(&end) != 0);
    return *end ? arena_printf(web->arena, "%.*s…", (int)(end - text), text) : text;
}

static void write_thing(struct paper *paper, const struct leaf *l, const struct shared_thing *t,
                        int level)
{
    struct web *web = l->web;
    struct home_thing line = home_line(web, l->call, t);
    enum paper_style style = level == LEVEL_LARGE   ? PAPER_LARGE
                             : level == LEVEL_PLAIN ? PAPER_PLAIN
                                                    : PAPER_SMALL;
    const char *text = shortened(web, line.text, level);
    bool named = t->kind == SHARED_AGREEMENT && *line.who;
    paper_text(paper, style, named ? arena_printf(web->arena, "%s: %s", line.who, text) : text);
    if (*line.day)
        paper_text(paper, PAPER_MUTED, line.day);
}

static void write_kind(struct paper *paper, const struct leaf *l, enum shared_kind kind,
                       const struct paper_box *box, int level)
{
    size_t shown = 0, left = 0;
    for (size_t i = 0; i < l->count; i++) {
        if (l->things[i].kind != kind)
            continue;
        if (level == LEVEL_FEW && shown == FEW) {
            left++;
            continue;
        }
        if (shown++ == 0)
            paper_box_begin(paper, box);
        write_thing(paper, l, &l->things[i], level);
    }
    if (left)
        paper_text(paper, PAPER_MUTED,
                   trf(l->web->tr, l->web->arena, "And {0} more.", 1,
                       arena_printf(l->web->arena, "%zu", left)));
    if (shown)
        paper_box_end(paper);
}

static void write_leaf(struct paper *paper, int level, void *context)
{
    const struct leaf *l = context;
    struct web *web = l->web;
    const struct conversation *c = l->head->conversation;
    paper_title(
        paper, _("This is what we agreed"),
        trf(web->tr, web->arena, "{0} talked with {1}, {2}", 3, l->call, c->leader_name, l->day),
        "t-samen");
    if (!l->count)
        paper_text(paper, PAPER_LARGE, _("There is nothing on this page yet."));
    write_kind(paper, l, SHARED_AGREEMENT,
               &(struct paper_box){.title = _("We agreed"),
                                   .symbol = "i-handshake",
                                   .voice = PAPER_TOGETHER,
                                   .tinted = true},
               level);
    write_kind(
        paper, l, SHARED_GOAL,
        &(struct paper_box){.title = trf(web->tr, web->arena, "{0} works on this", 1, l->call),
                            .symbol = "t-doel",
                            .voice = PAPER_CHILD,
                            .tinted = true},
        level);
    write_kind(
        paper, l, SHARED_NEED,
        &(struct paper_box){.title = _("This helps"), .symbol = "t-hulp", .voice = PAPER_CHILD},
        level);
    write_kind(paper, l, SHARED_PLAN,
               &(struct paper_box){.title = _("Plan"), .symbol = "i-list-checks"}, level);
    if (date_is_set(c->look_on))
        paper_text(paper, PAPER_STRONG,
                   trf(web->tr, web->arena, "Look back: {0}", 1,
                       tr_date_full(web->tr, web->arena, c->look_on)));
}

/* Of what was said nothing: only what came out of it. */
static size_t keep_outcomes(struct shared_thing *things, size_t count)
{
    size_t kept = 0;
    for (size_t i = 0; i < count; i++)
        if (things[i].kind != SHARED_ANSWER)
            things[kept++] = things[i];
    return kept;
}

static enum status print_leaf(struct web *web, struct leaf *leaf)
{
    struct school school;
    struct bytes pdf;
    enum status st = school_find(&web->work, &school);
    if (st != OK)
        return st;
    struct paper_look look = {
        .tr = web->tr,
        .title = _("This is what we agreed"),
        .band = PAPER_YOUNGER,
        .letters = PAPER_ANDIKA,
        .head_left = school.name,
        .head_right = leaf->call,
        .note = leaf->for_home ? trf(web->tr, web->arena,
                                     "{0} chose with the teacher what stands here.", 1, leaf->call)
                               : NULL,
        .most_pages = 1};
    st = paper_print_fitting(web->arena, &look, web->app->press, write_leaf, LEVELS, leaf, &pdf);
    if (st == OK)
        st = audit_seen(&web->work, AUDIT_SHEET_PRINTED, leaf->head->conversation->pupil.v,
                        leaf->head->conversation->id.v);
    return st == OK ? web_bytes(web, "application/pdf", "afspraken.pdf", pdf) : st;
}

/* A parent who is told something; nobody else has such a page. */
static enum status find_reader(struct web *web, const struct conversation *c, int64_t id,
                               const struct sharing_reader **ret)
{
    struct sharing_reader *readers = NULL;
    size_t count = 0;
    enum status st = sharing_readers(&web->work, c, &readers, &count);
    for (size_t i = 0; st == OK && i < count; i++) {
        if (readers[i].kind != READER_GUARDIAN || readers[i].person != id)
            continue;
        *ret = &readers[i];
        return OK;
    }
    return st == OK ? ERR_NOT_FOUND : st;
}

static enum status sheet(struct web *web, enum right right, int64_t reader_id)
{
    struct conversation c;
    struct talk_head head;
    struct sharing_book book;
    const struct sharing_reader *reader = NULL;
    struct shared_thing *things = NULL;
    size_t count = 0;
    enum status st = talk_head(web, right, &c, &head);
    if (st == OK && (!c.pupil.v || !head.is_closed))
        st = ERR_NOT_FOUND;
    if (st == OK)
        st = sharing_open(&web->work, c.pupil, c.id, &book);
    if (st == OK && reader_id)
        st = find_reader(web, &c, reader_id, &reader);
    if (st == OK)
        st = sharing_things(&web->work, &c, &book, reader, &things, &count);
    if (st != OK)
        return st;
    struct leaf leaf = {.web = web,
                        .head = &head,
                        .call = book.call,
                        .day = date_is_set(c.held_on) ? tr_date_full(web->tr, web->arena, c.held_on)
                                                      : head.moment,
                        .things = things,
                        .count = keep_outcomes(things, count),
                        .for_home = reader != NULL};
    return print_leaf(web, &leaf);
}

enum status handover_sheet(struct web *web)
{
    if (!form_valid(&web->form))
        return ERR_NOT_FOUND;
    return sheet(web, RIGHT_CONVERSATION_WRITE, form_number(&web->form, "lezer"));
}

enum status handover_sheet_self(struct web *web)
{
    return sheet(web, RIGHT_CONVERSATION_SELF, 0);
}
