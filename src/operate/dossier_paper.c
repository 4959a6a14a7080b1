#include "operate/dossier_paper.h"

#include <jansson.h>
#include <sodium.h>

#include "access/audit.h"
#include "base/arena.h"
#include "base/str.h"
#include "operate/json_text.h"
#include "operate/zip_store.h"
#include "print/paper.h"

#define ACTIONS_END 400 /* past the last number of enum audit_action */

/* While it is laid out. */
struct layout {
    struct paper *paper;
    const struct tr *tr;
    struct arena *arena;
};

/* Words of the document, and how they read. */
static const struct {
    const char *word, *text;
} words[] = {
    {"pupil", N_("Pupil")},
    {"teacher", N_("Teacher")},
    {"guardian", N_("Parents")},
    {"other", N_("Somebody else")},
    {"together", N_("Together")},
    {"staff", N_("School")},
    {"external", N_("Somebody from outside")},
    {"strength", N_("Goes well")},
    {"worry", N_("Worry")},
    {"open", N_("open")},
    {"reached", N_("reached")},
    {"let_go", N_("let go")},
    {"over", N_("no longer needed")},
    {"kept", N_("kept")},
    {"changed", N_("goes on differently")},
    {"dropped", N_("dropped")},
    {"evaluated", N_("Evaluated")},
    {"drawn_up", N_("Drawn up")},
    {"adjusted", N_("Adjusted")},
    {"yes", N_("may be told")},
    {"no", N_("is not told")},
    {"pupil_tells", N_("the pupil tells it")},
    {"answer", N_("Something that was said")},
    {"goal", N_("Goal")},
    {"need", N_("What helps")},
    {"agreement", N_("Agreement")},
    {"plan", N_("Plan")},
    {"conversation", N_("The whole conversation")},
};

static const char *in_words(const struct layout *l, const char *word)
{
    for (size_t i = 0; i < ARRAY_LEN(words); i++)
        if (str_equal(words[i].word, word))
            return tr(l->tr, words[i].text);
    return word;
}

static const char *text(const json_t *object, const char *name)
{
    const char *value = json_string_value(json_object_get(object, name));
    return value ? value : "";
}

/* "2026-11-24" or "2026-11-24T10:30:00" as people write a day; "" for null. */
static const char *day(const struct layout *l, const json_t *object, const char *name)
{
    struct date date;
    const char *value = text(object, name);
    if (strlen(value) < 10 || date_parse(arena_strndup(l->arena, value, 10), &date) != OK)
        return "";
    return tr_date_full(l->tr, l->arena, date);
}

static const char *joined(const struct layout *l, const char *a, const char *b)
{
    return *a && *b ? arena_printf(l->arena, "%s · %s", a, b) : *a ? a : b;
}

static enum paper_voice voice_of(const char *word)
{
    return str_equal(word, "pupil")      ? PAPER_CHILD
           : str_equal(word, "teacher")  ? PAPER_TEACHER
           : str_equal(word, "guardian") ? PAPER_HOME
           : str_equal(word, "together") ? PAPER_TOGETHER
           : str_equal(word, "other")    ? PAPER_SCHOOL
                                         : PAPER_NEUTRAL;
}

static void add_line(const struct layout *l, const char *label, const char *value)
{
    if (*value)
        paper_text(l->paper, PAPER_PLAIN, arena_printf(l->arena, "%s: %s", label, value));
}

static void add_heading(const struct layout *l, const char *title, const json_t *list)
{
    if (json_array_size(list))
        paper_heading(l->paper, 2, title, NULL);
}

/* What stands: of its versions the last one that does. */
static const json_t *standing(const json_t *thing)
{
    const json_t *versions = json_object_get(thing, "versions");
    const json_t *last = NULL;
    size_t i;
    json_t *version;
    json_array_foreach(versions, i, version)
    {
        const json_t *stood = json_object_get(version, "stood");
        if (!stood || json_is_true(stood))
            last = version;
    }
    return last;
}

/* --- the parts -------------------------------------------------------------------------------- */

static void add_pupil(const struct layout *l, const json_t *document)
{
    const json_t *dossier = json_object_get(document, "dossier");
    const json_t *pupil = json_object_get(dossier, "pupil");
    const json_t *name = json_object_get(pupil, "name");
    const char *prefix = text(name, "prefix");
    const struct paper_field fields[] = {
        {tr(l->tr, N_("Name")),
         arena_printf(l->arena, "%s %s%s%s", text(name, "call"), prefix, *prefix ? " " : "",
                      text(name, "family")),
         3},
        {tr(l->tr, N_("Born")), day(l, pupil, "birth"), 2},
        {tr(l->tr, N_("School")), text(json_object_get(document, "school"), "name"), 3},
    };
    paper_title(l->paper, tr(l->tr, N_("Dossier")),
                trf(l->tr, l->arena, "Everything that Weerklank holds, on {0}.", 1,
                    day(l, document, "made_at")),
                NULL);
    paper_fields(l->paper, fields, ARRAY_LEN(fields));
    size_t i;
    json_t *group;
    json_array_foreach(json_object_get(dossier, "groups"), i, group)
        add_line(l, text(group, "name"), joined(l, day(l, group, "from"), day(l, group, "until")));
}

static void add_observations(const struct layout *l, const json_t *list)
{
    size_t i;
    json_t *o;
    add_heading(l, tr(l->tr, N_("Observations")), list);
    json_array_foreach(list, i, o)
    {
        paper_text(l->paper, PAPER_STRONG,
                   joined(l, day(l, o, "seen_on"), in_words(l, text(o, "kind"))));
        if (*text(o, "removed_at"))
            paper_text(l->paper, PAPER_MUTED, tr(l->tr, N_("Taken off the time line.")));
        paper_answer(l->paper, PAPER_NEUTRAL, text(json_object_get(o, "by"), "name"),
                     text(o, "text"));
    }
}

static void add_answers(const struct layout *l, const json_t *list)
{
    size_t i;
    json_t *answer;
    json_array_foreach(list, i, answer)
    {
        const char *said = text(standing(answer), "text");
        if (!*said)
            continue;
        if (*text(answer, "asked"))
            paper_question(l->paper, NULL, text(answer, "asked"), NULL, NULL);
        paper_answer(l->paper, voice_of(text(answer, "voice")), in_words(l, text(answer, "voice")),
                     said);
    }
}

static void add_conversations(const struct layout *l, const json_t *list)
{
    size_t i;
    json_t *c;
    add_heading(l, tr(l->tr, N_("Conversations")), list);
    json_array_foreach(list, i, c)
    {
        const json_t *details = json_object_get(c, "details");
        const char *when = day(l, c, "held_on");
        paper_heading(l->paper, 3,
                      joined(l, text(c, "title"), *when ? when : day(l, c, "planned_on")), NULL);
        add_line(l, tr(l->tr, N_("With")), text(json_object_get(c, "leader"), "name"));
        add_line(l, tr(l->tr, N_("What it is for")), text(details, "aim"));
        if (*text(details, "note"))
            paper_answer(l->paper, PAPER_TEACHER, NULL, text(details, "note"));
        add_answers(l, json_object_get(c, "answers"));
    }
}

/* Goals, needs, agreements, plans: the parts that say something, in the order of the list. */
static void add_things(const struct layout *l, const char *title, const json_t *list)
{
    static const char *const silent[] = {"party", "kind", "who"};
    size_t i;
    json_t *thing;
    add_heading(l, title, list);
    json_array_foreach(list, i, thing)
    {
        json_t *parts = json_object_get(standing(thing), "parts"), *part;
        const char *name, *all = "", *who = text(parts, "who");
        json_object_foreach(parts, name, part)
        {
            bool skip = false;
            for (size_t s = 0; s < ARRAY_LEN(silent); s++)
                skip |= str_equal(silent[s], name);
            if (!skip && *json_string_value(part))
                all = *all ? arena_printf(l->arena, "%s\n%s", all, json_string_value(part))
                           : json_string_value(part);
        }
        const char *voice = text(thing, "voice");
        paper_text(l->paper, PAPER_MUTED,
                   joined(l, day(l, thing, "made_at"), in_words(l, text(thing, "state"))));
        paper_answer(l->paper, voice_of(voice), *who ? who : in_words(l, voice), all);
    }
}

static void add_sharing(const struct layout *l, const json_t *sharing)
{
    const json_t *list = json_object_get(sharing, "decisions");
    size_t i;
    json_t *d;
    add_heading(l, tr(l->tr, N_("Who may know what")), list);
    json_array_foreach(list, i, d)
        add_line(l, joined(l, day(l, d, "at"), in_words(l, text(d, "thing"))),
                 arena_printf(l->arena, "%s: %s (%s)", in_words(l, text(d, "reader")),
                              in_words(l, text(d, "decision")), in_words(l, text(d, "decided"))));
    list = json_object_get(sharing, "exceptions");
    add_heading(l, tr(l->tr, N_("Safety went first")), list);
    json_array_foreach(list, i, d)
    {
        const json_t *said = json_object_get(d, "words");
        paper_text(l->paper, PAPER_MUTED, day(l, d, "at"));
        paper_answer(l->paper, PAPER_TEACHER, text(json_object_get(d, "by"), "name"),
                     arena_printf(l->arena, "%s → %s\n%s", text(said, "what"), text(said, "whom"),
                                  text(said, "why")));
    }
}

static void add_opp(const struct layout *l, const json_t *list)
{
    size_t i;
    json_t *m;
    add_heading(l, tr(l->tr, N_("Heard about the OPP")), list);
    json_array_foreach(list, i, m)
    {
        const json_t *parts = json_object_get(standing(m), "parts");
        if (*text(m, "removed_at"))
            continue;
        paper_text(l->paper, PAPER_STRONG,
                   joined(l, in_words(l, text(m, "kind")), day(l, m, "moment_on")));
        if (*text(parts, "words"))
            paper_answer(l->paper, PAPER_CHILD, NULL, text(parts, "words"));
        add_line(l, tr(l->tr, N_("What was done with it")), text(parts, "done"));
        add_line(l, tr(l->tr, N_("Why")), text(parts, "why"));
        add_line(l, tr(l->tr, N_("Not heard")), text(parts, "reason"));
    }
}

static const char *action_words(const struct layout *l, const char *name)
{
    for (int i = 0; i < ACTIONS_END; i++)
        if (str_equal(audit_action_name((enum audit_action)i), name))
            return tr(l->tr, audit_action_words((enum audit_action)i));
    return name;
}

static void add_log(const struct layout *l, const json_t *list)
{
    const struct paper_column columns[] = {
        {tr(l->tr, N_("When")), 2}, {tr(l->tr, N_("Who")), 2}, {tr(l->tr, N_("What")), 4}};
    size_t i, count = json_array_size(list);
    const char **cells = ARENA_ARRAY(l->arena, const char *, count * 3);
    json_t *line;
    if (!cells || !count)
        return;
    json_array_foreach(list, i, line)
    {
        const char *who = text(json_object_get(line, "by"), "name");
        cells[3 * i] = day(l, line, "at");
        cells[3 * i + 1] = *who ? who : in_words(l, text(line, "kind"));
        cells[3 * i + 2] = action_words(l, text(line, "action"));
    }
    add_heading(l, tr(l->tr, N_("Who looked and who wrote")), list);
    paper_table(l->paper, columns, ARRAY_LEN(columns), cells, count);
}

enum status dossier_paper(const json_t *document, const struct tr *t, struct paper_press *press,
                          struct arena *arena, struct bytes *ret_pdf)
{
    const json_t *dossier = json_object_get(document, "dossier");
    const struct paper_look look = {.tr = t,
                                    .title = tr(t, N_("Dossier")),
                                    .letters = PAPER_ATKINSON,
                                    .head_left = text(json_object_get(document, "school"), "name"),
                                    .note =
                                        tr(t, N_("Only for who asked for it: pupil or parents."))};
    struct layout l = {.tr = t, .arena = arena};
    enum status st = paper_open(arena, &look, &l.paper);
    if (st != OK)
        return st;
    add_pupil(&l, document);
    add_observations(&l, json_object_get(dossier, "observations"));
    add_conversations(&l, json_object_get(dossier, "conversations"));
    add_things(&l, tr(t, N_("Goals")), json_object_get(dossier, "goals"));
    add_things(&l, tr(t, N_("What helps")), json_object_get(dossier, "needs"));
    add_things(&l, tr(t, N_("Agreements")), json_object_get(dossier, "agreements"));
    add_things(&l, tr(t, N_("Plans")), json_object_get(dossier, "plans"));
    add_sharing(&l, json_object_get(dossier, "sharing"));
    add_opp(&l, json_object_get(dossier, "opp"));
    add_log(&l, json_object_get(dossier, "log"));
    return paper_print(l.paper, press, ret_pdf);
}

/* --- all of it in one file -------------------------------------------------------------------- */

json_t *dossier_document(struct arena *arena, int64_t now_ms, const char *school, const char *brin,
                         json_t *dossier)
{
    return json_pack("{s:s, s:i, s:o, s:{s:s, s:s}, s:o}", "format", "weerklank-dossier", "version",
                     1, "made_at", json_at(arena, now_ms), "school", "name", school, "brin", brin,
                     "dossier", dossier);
}

static const char *ending(const char *type)
{
    return str_equal(type, "image/png")         ? "png"
           : str_equal(type, "image/jpeg")      ? "jpg"
           : str_equal(type, "image/webp")      ? "webp"
           : str_equal(type, "application/pdf") ? "pdf"
                                                : "bin";
}

static enum status add_attachment(struct arena *arena, const json_t *attachment,
                                  struct zip_part *ret)
{
    const char *encoded = text(attachment, "base64");
    size_t len = 0, most = strlen(encoded) / 4 * 3 + 3;
    uint8_t *data = arena_alloc(arena, most);
    if (!data)
        return ERR_NOMEM;
    if (sodium_base642bin(data, most, encoded, strlen(encoded), NULL, &len, NULL,
                          sodium_base64_VARIANT_ORIGINAL) != 0)
        return ERR_CORRUPT;
    *ret = (struct zip_part){arena_printf(arena, "bijlagen/%s.%s", text(attachment, "id"),
                                          ending(text(attachment, "type"))),
                             {data, len}};
    return OK;
}

enum status dossier_zip(const json_t *document, const struct tr *t, struct paper_press *press,
                        struct date made_on, struct arena *arena, struct bytes *ret_zip)
{
    const json_t *attachments =
        json_object_get(json_object_get(document, "dossier"), "attachments");
    size_t count = 0, i;
    struct zip_part *parts = ARENA_ARRAY(arena, struct zip_part, json_array_size(attachments) + 2);
    json_t *attachment;
    struct bytes pdf;
    enum status st = parts ? dossier_paper(document, t, press, arena, &pdf) : ERR_NOMEM;
    if (st != OK)
        return st;
    char *json = json_dumps(document, JSON_INDENT(1));
    if (!json)
        return ERR_NOMEM;
    parts[count++] = (struct zip_part){"dossier.json", {(const uint8_t *)json, strlen(json)}};
    parts[count++] = (struct zip_part){"dossier.pdf", pdf};
    json_array_foreach(attachments, i, attachment)
    {
        if (st == OK)
            st = add_attachment(arena, attachment, &parts[count++]);
    }
    if (st == OK)
        st = zip_store(arena, parts, count, made_on, ret_zip);
    sodium_memzero(json, strlen(json));
    free(json);
    return st;
}
