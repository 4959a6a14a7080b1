/* Moments of the OPP as people read them, and what the pupil said in the conversation of one. */
#include "answer/kind.h"
#include "base/arena.h"
#include "base/str.h"
#include "conversation/see.h"
#include "method/store.h"
#include "opp/opp_web.h"
#include "web/web.h"

const char *opp_url(struct web *web)
{
    return arena_printf(web->arena, "/leerling/%s/hoorrecht", id_text(web_pupil(web).v).s);
}

static const char *day(struct web *web, struct date on)
{
    return tr_date_full(web->tr, web->arena, on);
}

enum status opp_talks_read(struct web *web, struct opp_talks *ret)
{
    struct opp_talks talks = {0};
    enum status st = conversation_of_pupil(&web->work, web_pupil(web), &talks.list, &talks.count);
    talks.titles = ARENA_ARRAY(web->arena, const char *, talks.count);
    if (st == OK && !talks.titles)
        st = ERR_NOMEM;
    for (size_t i = 0; st == OK && i < talks.count; i++) {
        const struct method *method = NULL;
        const struct conversation *c = &talks.list[i];
        st = method_by_version(&web->work, c->method_version, &method);
        if (st != OK)
            break;
        struct date on = date_is_set(c->held_on) ? c->held_on : c->planned_on;
        const char *title = method_say(&method->title, tr_code(web->tr));
        talks.titles[i] = date_is_set(on)
                              ? trf(web->tr, web->arena, "{0} of {1}", 2, title, day(web, on))
                              : title;
    }
    if (st == OK)
        *ret = talks;
    return st;
}

static const char *title_of(struct web *web, const struct opp_moment *m)
{
    static const char *const titles[] = {
        [0] = "",
        [OPP_DRAWN_UP] = N_("Drawn up on {0}"),
        [OPP_ADJUSTED] = N_("Adjusted on {0}"),
        [OPP_EVALUATED] = N_("Evaluated on {0}"),
    };
    return trf(web->tr, web->arena, titles[m->kind], 1, day(web, m->moment_on));
}

static const char *heard_of(struct web *web, const struct opp_moment *m)
{
    static const char *const texts[OPP_WAYS_] = {
        [OPP_NO_WAY] = "",
        [OPP_CONVERSATION] = N_("Heard on {0}, in a conversation"),
        [OPP_DRAWING] = N_("Heard on {0}, with a drawing"),
        [OPP_WRITING] = N_("Heard on {0}, in writing"),
        [OPP_TRUSTED] = N_("Heard on {0}, through somebody the pupil trusts"),
    };
    if (m->heard == OPP_NOT_HEARD)
        return _("Not heard");
    return trf(web->tr, web->arena, texts[m->way], 1, day(web, m->heard_on));
}

static const char *told_of(struct web *web, const struct opp_moment *m)
{
    if (m->heard == OPP_NOT_HEARD)
        return "";
    return date_is_set(m->told_on)
               ? trf(web->tr, web->arena, "Told to the pupil on {0}", 1, day(web, m->told_on))
               : _("The pupil was not told yet.");
}

static struct opp_line line_of(struct web *web, const struct opp_talks *talks,
                               const struct opp_moment *m)
{
    const char *id = arena_strdup(web->arena, id_text(m->id.v).s);
    struct opp_line line = {.moment = m,
                            .title = title_of(web, m),
                            .heard = heard_of(web, m),
                            .told = told_of(web, m),
                            .url = arena_printf(web->arena, "%s/%s", opp_url(web), id),
                            .pdf_url = arena_printf(web->arena, "%s/%s/blad.pdf", opp_url(web), id),
                            .is_complete = opp_is_complete(m)};
    for (size_t i = 0; i < talks->count; i++) {
        if (!m->conversation.v || talks->list[i].id.v != m->conversation.v)
            continue;
        line.talk_title = talks->titles[i];
        line.talk_url = arena_printf(web->arena, "/gesprek/%s", id_text(m->conversation.v).s);
    }
    return line;
}

enum status opp_lines_of(struct web *web, const struct opp_talks *talks, struct opp_moment_id only,
                         struct opp_line **ret, size_t *ret_count)
{
    struct opp_moment *list = NULL;
    size_t count = 0, kept = 0;
    enum status st = opp_of_pupil(&web->work, web_pupil(web), &list, &count);
    struct opp_line *lines = ARENA_ARRAY(web->arena, struct opp_line, count);
    if (st == OK && !lines)
        st = ERR_NOMEM;
    if (st != OK)
        return st;
    for (size_t i = 0; i < count; i++)
        if (!only.v || list[i].id.v == only.v)
            lines[kept++] = line_of(web, talks, &list[i]);
    *ret = lines;
    *ret_count = kept;
    return only.v && !kept ? ERR_NOT_FOUND : OK;
}

enum status opp_lines(struct web *web, struct opp_moment_id only, struct opp_line **ret,
                      size_t *ret_count)
{
    struct opp_talks talks;
    enum status st = opp_talks_read(web, &talks);
    return st == OK ? opp_lines_of(web, &talks, only, ret, ret_count) : st;
}

/* --- what the pupil said in the conversation
 * ----------------------------------------------------------------- */

static const char *said_text(struct web *web, const struct conversation *c, const struct answer *a)
{
    const struct question *question = method_question(c->method, a->key.question);
    const struct answer_kind *kind = question ? answer_kind(question->kind) : NULL;
    if (!kind || !kind->text || a->key.voice != VOICE_PUPIL ||
        !conversation_may_see(&web->actor, c, NULL, 0, a))
        return "";
    return str_trim(web->arena,
                    kind->text(question, &a->value, tr_code(web->tr), web->tr, web->arena));
}

enum status opp_said_read(struct web *web, const struct opp_moment *m, struct opp_said **ret,
                          size_t *ret_count)
{
    struct conversation c;
    struct answer *answers = NULL;
    size_t count = 0, kept = 0;
    enum status st = m->conversation.v ? conversation_open(&web->work, RIGHT_CONVERSATION_READ,
                                                           m->conversation, &c)
                                       : ERR_NOT_FOUND;
    if (st == ERR_NOT_FOUND)
        return OK;
    if (st == OK)
        st = answer_all(&web->work, &c.seal, c.id, &answers, &count);
    struct opp_said *said = ARENA_ARRAY(web->arena, struct opp_said, count);
    if (st == OK && !said)
        st = ERR_NOMEM;
    if (st != OK)
        return st;
    for (size_t i = 0; i < count; i++) {
        const char *text = said_text(web, &c, &answers[i]);
        const struct question *question = method_question(c.method, answers[i].key.question);
        if (!*text)
            continue;
        said[kept++] =
            (struct opp_said){.question = answers[i].key.question,
                              .asked = question_words(question, BAND_ADULT, tr_code(web->tr)),
                              .text = text,
                              .is_taken = strstr(m->words, text) != NULL};
    }
    *ret = said;
    *ret_count = kept;
    return OK;
}
