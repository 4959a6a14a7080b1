/* How the pupil was heard, on one A4: everything that was noted, or one moment. */
#include "access/audit.h"
#include "base/arena.h"
#include "opp/opp_web.h"
#include "print/paper.h"
#include "pupil/dossier_web.h"
#include "school/school.h"
#include "web/app.h"
#include "web/web.h"

/*
 * Less and less, until it fits on the page (paper_print_fitting). The newest moment always stands
 * there in full: with the longest texts there can be it fills the page in small letters.
 */
enum { LEVEL_WHOLE, LEVEL_SMALL, LEVEL_NEWEST, LEVEL_NEWEST_SMALL, LEVEL_FEW, LEVELS };
#define FEW_LINES 6 /* earlier moments, in short */

struct proof {
    struct web *web;
    const struct dossier_head *head;
    const char *school;
    const struct opp_line *lines;
    size_t count;
};

/* What somebody said: with the bar of a voice, or in small letters. */
static void write_words(struct paper *paper, struct web *web, enum paper_voice voice,
                        const char *who, const char *words, bool small)
{
    if (!*words)
        return;
    if (small)
        paper_text(paper, PAPER_SMALL, arena_printf(web->arena, "%s: %s", who, words));
    else
        paper_answer(paper, voice, who, words);
}

static void write_moment(struct paper *paper, const struct proof *p, const struct opp_line *line,
                         bool small)
{
    struct web *web = p->web;
    const struct opp_moment *m = line->moment;
    paper_box_begin(paper, &(struct paper_box){.title = line->title, .symbol = "i-ear"});
    paper_text(paper, PAPER_STRONG, line->heard);
    if (*m->present)
        paper_text(paper, small ? PAPER_SMALL : PAPER_PLAIN,
                   trf(web->tr, web->arena, "With: {0}", 1, m->present));
    write_words(paper, web, PAPER_CHILD, p->head->call, m->words, small);
    if (line->talk_title)
        paper_text(paper, small ? PAPER_SMALL : PAPER_MUTED,
                   trf(web->tr, web->arena, "Said in: {0}", 1, line->talk_title));
    write_words(paper, web, PAPER_TEACHER, _("Why not"), m->reason, small);
    write_words(paper, web, PAPER_TEACHER, _("What was done with it"), m->done, small);
    write_words(paper, web, PAPER_TEACHER, _("Why"), m->why, small);
    if (*line->told)
        paper_text(paper, small ? PAPER_SMALL : PAPER_MUTED, line->told);
    paper_box_end(paper);
}

/* A line in a list: that, when and how; the words stand on the moment's own page. */
static void write_short(struct paper *paper, struct web *web, const struct opp_line *lines,
                        size_t count)
{
    const char **items = ARENA_ARRAY(web->arena, const char *, count);
    if (!items || !count)
        return;
    for (size_t i = 0; i < count; i++)
        items[i] =
            arena_printf(web->arena, "%s. %s. %s", lines[i].title, lines[i].heard, lines[i].told);
    paper_text(paper, PAPER_STRONG, _("In short; each has a page of its own"));
    paper_list(paper, NULL, items, count);
}

static void write_proof(struct paper *paper, int level, void *context)
{
    const struct proof *p = context;
    struct web *web = p->web;
    const struct paper_field fields[] = {
        {_("Pupil"), p->head->full, 3},
        {_("Group"), *p->head->group_name ? p->head->group_name : "–", 2},
        {_("School"), p->school, 3},
    };
    bool small = level == LEVEL_SMALL || level >= LEVEL_NEWEST_SMALL;
    size_t whole = level <= LEVEL_SMALL || !p->count ? p->count : 1;
    size_t shown = level == LEVEL_FEW && p->count > 1 + FEW_LINES ? 1 + FEW_LINES : p->count;
    paper_title(paper, _("Heard about the OPP"),
                _("The pupil's right to be heard, at every moment of the own development plan."),
                NULL);
    paper_fields(paper, fields, ARRAY_LEN(fields));
    if (!p->count)
        paper_text(paper, PAPER_PLAIN, _("No moment of the OPP was noted yet."));
    for (size_t i = 0; i < whole; i++)
        write_moment(paper, p, &p->lines[i], small);
    write_short(paper, web, p->lines + whole, shown - whole);
    if (shown < p->count)
        paper_text(paper, PAPER_MUTED,
                   trf(web->tr, web->arena, "And {0} earlier ones.", 1,
                       arena_printf(web->arena, "%zu", p->count - shown)));
}

static enum status print_proof(struct web *web, struct opp_moment_id only)
{
    struct dossier_head head;
    struct pupil_head pupil;
    struct school school;
    struct opp_line *lines = NULL;
    struct bytes pdf;
    size_t count = 0;
    enum status st = dossier_head(web, TAB_OPP, &head, &pupil);
    if (st == OK)
        st = school_find(&web->work, &school);
    if (st == OK)
        st = opp_lines(web, only, &lines, &count);
    if (st != OK)
        return st;
    struct proof proof = {web, &head, school.name, lines, count};
    struct paper_look look = {.tr = web->tr,
                              .title = _("Heard about the OPP"),
                              .letters = PAPER_ATKINSON,
                              .head_left = school.name,
                              .head_right = head.full,
                              .made = web_printed_by(web),
                              .most_pages = 1};
    st = paper_print_fitting(web->arena, &look, web->app->press, write_proof, LEVELS, &proof, &pdf);
    if (st == OK)
        st = audit_seen(&web->work, AUDIT_OPP_PRINTED, web_pupil(web).v, only.v);
    return st == OK ? web_bytes(web, "application/pdf", "hoorrecht.pdf", pdf) : st;
}

enum status opp_paper_all(struct web *web)
{
    return print_proof(web, (struct opp_moment_id){0});
}

enum status opp_paper_one(struct web *web)
{
    return print_proof(web, (struct opp_moment_id){web->ids[PARAM_MOMENT]});
}
