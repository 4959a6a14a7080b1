/* The words of a method as people type them: languages, one thing per line, names made of words. */
#include "base/arena.h"
#include "base/str.h"
#include "method/edit.h"

static bool in_form(const char *lang)
{
    return str_equal(lang, "nl") || str_equal(lang, "en");
}

struct method_text method_edit_text(const struct method_text *from, const char *nl, const char *en,
                                    struct arena *arena)
{
    struct method_wording *list = ARENA_ARRAY(arena, struct method_wording, from->count + 2);
    struct method_text text = {.wordings = list};
    if (!list)
        return text;
    nl = str_trim(arena, nl);
    en = str_trim(arena, en);
    if (*nl)
        list[text.count++] = (struct method_wording){"nl", nl};
    if (*en)
        list[text.count++] = (struct method_wording){"en", en};
    if (text.count == 0)
        return text;
    for (size_t i = 0; i < from->count; i++)
        if (!in_form(from->wordings[i].lang))
            list[text.count++] = from->wordings[i];
    return text;
}

/* All lines, trimmed; blank ones too, for English is taken by the place of its line. */
struct lines {
    const char **items;
    size_t count;
};

static struct lines lines_of(const char *text, struct arena *arena)
{
    char *rest = arena_strdup(arena, text);
    size_t most = 1;
    for (const char *p = text; *p; p++)
        most += *p == '\n';
    struct lines lines = {.items = ARENA_ARRAY(arena, const char *, most)};
    if (!lines.items)
        return lines;
    for (char *line; (line = str_split(&rest, '\n')) != NULL;)
        lines.items[lines.count++] = str_trim(arena, line);
    return lines;
}

/* Pairs of a Dutch and an English line; where Dutch is blank both are left out. */
struct pairs {
    struct lines nl, en;
};

static struct pairs pairs_of(const char *nl, const char *en, struct arena *arena)
{
    struct lines dutch = lines_of(nl, arena), english = lines_of(en, arena);
    struct pairs pairs = {.nl = {ARENA_ARRAY(arena, const char *, dutch.count), 0},
                          .en = {ARENA_ARRAY(arena, const char *, dutch.count), 0}};
    for (size_t i = 0; pairs.nl.items && pairs.en.items && i < dutch.count; i++) {
        if (!*dutch.items[i])
            continue;
        pairs.en.items[pairs.nl.count] = i < english.count ? english.items[i] : "";
        pairs.nl.items[pairs.nl.count++] = dutch.items[i];
    }
    return pairs;
}

/* Letters and digits with '-' between, at most `most` characters. "" when there are none. */
static const char *slug(struct arena *arena, const char *words, size_t most)
{
    const char *key = str_sort_key(arena, words);
    char *out = arena_alloc(arena, most + 1);
    size_t len = 0;
    for (const char *p = key; out && *p && len < most; p++) {
        bool letter = (*p >= 'a' && *p <= 'z') || (*p >= '0' && *p <= '9');
        if (letter)
            out[len++] = *p;
        else if (len && out[len - 1] != '-')
            out[len++] = '-';
    }
    while (len && out[len - 1] == '-')
        out[--len] = '\0';
    return out ? out : "";
}

#define SLUG_MAX (METHOD_NAME_MAX - 8) /* room for a number behind it */

static bool id_is_taken(const struct method *method, const char *id)
{
    return method_phase(method, id) || method_question(method, id);
}

const char *method_edit_free_id(const struct method *method, const char *words, struct arena *arena)
{
    const char *start = slug(arena, words, SLUG_MAX);
    if (!*start || str_starts(start, METHOD_SUMMARY_PREFIX) ||
        str_starts(start, METHOD_PAPER_PREFIX))
        start = arena_printf(arena, "v-%.*s", SLUG_MAX - 2, start);
    if (str_equal(start, "v-"))
        start = "v";
    const char *id = start;
    for (int n = 2; id_is_taken(method, id); n++)
        id = arena_printf(arena, "%s-%d", start, n);
    return id;
}

/* --- options
 * --------------------------------------------------------------------------------------- */

static const char *dutch_of(const struct method_text *text)
{
    return method_say(text, "nl");
}

static const struct question_option *same_words(const struct question *from, const char *nl)
{
    for (size_t i = 0; i < from->option_count; i++)
        if (str_equal(dutch_of(&from->options[i].label), nl))
            return &from->options[i];
    return NULL;
}

static bool is_line(const struct lines *lines, const char *text)
{
    for (size_t i = 0; i < lines->count; i++)
        if (str_equal(lines->items[i], text))
            return true;
    return false;
}

/* Which option a line was: the one with its words, else the one at its place if that is gone. */
static const struct question_option *option_before(const struct question *from,
                                                   const struct lines *lines, size_t at)
{
    const struct question_option *same = same_words(from, lines->items[at]);
    if (same || at >= from->option_count)
        return same;
    const struct question_option *there = &from->options[at];
    return is_line(lines, dutch_of(&there->label)) ? NULL : there;
}

static bool option_id_taken(const struct question_option *options, size_t count,
                            const struct question *from, const char *id)
{
    for (size_t i = 0; i < count; i++)
        if (str_equal(options[i].id, id))
            return true;
    for (size_t i = 0; i < from->option_count; i++)
        if (str_equal(from->options[i].id, id))
            return true;
    return false;
}

static const char *new_option_id(struct arena *arena, const struct question_option *options,
                                 size_t count, const struct question *from, const char *words)
{
    const char *start = slug(arena, words, SLUG_MAX);
    if (!*start)
        start = "o";
    const char *id = start;
    for (int n = 2; option_id_taken(options, count, from, id); n++)
        id = arena_printf(arena, "%s-%d", start, n);
    return id;
}

static bool taken_before(const struct question_option *options, size_t count, const char *id)
{
    for (size_t i = 0; i < count; i++)
        if (str_equal(options[i].id, id))
            return true;
    return false;
}

enum status method_edit_options(const struct question *from, const char *nl, const char *en,
                                struct arena *arena, struct question *ret_question)
{
    struct pairs pairs = pairs_of(nl, en, arena);
    size_t count = pairs.nl.count;
    struct question_option *options = ARENA_ARRAY(arena, struct question_option, count);
    if (!options || !pairs.nl.items)
        return ERR_NOMEM;
    if (count > METHOD_OPTIONS_MAX)
        return ERR_LIMIT;
    for (size_t i = 0; i < count; i++) {
        const struct question_option *old = option_before(from, &pairs.nl, i);
        if (old && taken_before(options, i, old->id))
            old = NULL;
        options[i].id = old ? old->id : new_option_id(arena, options, i, from, pairs.nl.items[i]);
        options[i].picture = old ? old->picture : NULL;
        const struct method_text none = {NULL, 0};
        options[i].label = method_edit_text(old ? &old->label : &none, pairs.nl.items[i],
                                            pairs.en.items[i], arena);
    }
    *ret_question = *from;
    ret_question->options = options;
    ret_question->option_count = count;
    return arena_failed(arena) ? ERR_NOMEM : OK;
}

/* The words in exactly this language on one line, or "". */
static const char *line_in(const struct method_text *text, const char *lang, struct arena *arena)
{
    for (size_t i = 0; i < text->count; i++) {
        if (!str_equal(text->wordings[i].lang, lang))
            continue;
        char *line = arena_strdup(arena, text->wordings[i].text);
        for (char *p = line; *p; p++)
            if (*p == '\n')
                *p = ' ';
        return line;
    }
    return "";
}

const char *method_edit_option_lines(const struct question *question, const char *lang,
                                     struct arena *arena)
{
    const char *lines = "";
    for (size_t i = 0; i < question->option_count; i++)
        lines = arena_printf(arena, "%s%s%s", lines, i ? "\n" : "",
                             line_in(&question->options[i].label, lang, arena));
    return lines;
}

/* --- texts without ids
 * ------------------------------------------------------------------------------ */

enum status method_edit_texts(const struct method_text *from, size_t from_count, const char *nl,
                              const char *en, struct arena *arena,
                              const struct method_text **ret_texts, size_t *ret_count)
{
    struct pairs pairs = pairs_of(nl, en, arena);
    struct method_text *texts = ARENA_ARRAY(arena, struct method_text, pairs.nl.count);
    if (!texts || !pairs.nl.items)
        return ERR_NOMEM;
    const struct method_text none = {NULL, 0};
    for (size_t i = 0; i < pairs.nl.count; i++)
        texts[i] = method_edit_text(i < from_count ? &from[i] : &none, pairs.nl.items[i],
                                    pairs.en.items[i], arena);
    if (arena_failed(arena))
        return ERR_NOMEM;
    *ret_texts = texts;
    *ret_count = pairs.nl.count;
    return OK;
}

const char *method_edit_text_lines(const struct method_text *texts, size_t count, const char *lang,
                                   struct arena *arena)
{
    const char *lines = "";
    for (size_t i = 0; i < count; i++)
        lines =
            arena_printf(arena, "%s%s%s", lines, i ? "\n" : "", line_in(&texts[i], lang, arena));
    return lines;
}
