#include "mirror/transcript.h"

#include <ctype.h>
#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "base/utf8.h"
#include "gen/words.h"
#include "language/lexicon.h"

#define SPEAKER_WORDS_MAX 2 /* "Juf Tessa", "Leerling 1" */

/* How a line begins, as far as it says who speaks. */
struct opening {
    const char *speaker; /* "" when nobody is named */
    const char *rest;
    enum transcript_who who;
};

static bool is_mark_of_time(char c)
{
    return isdigit((unsigned char)c) || c == ':' || c == '.' || c == '[' || c == ']' || c == '(' ||
           c == ')';
}

/* "[00:12] ", "10.31 " in front of a line. */
static const char *skip_time(const char *line)
{
    const char *at = line;
    bool digits = false;
    for (; is_mark_of_time(*at); at++)
        digits = digits || isdigit((unsigned char)*at);
    if (!digits || (*at != ' ' && *at != '\t'))
        return line;
    while (*at == ' ' || *at == '\t')
        at++;
    return at;
}

/* Where the colon stands that ends a speaker: not that of a time or an address, nor behind a
 * sentence. */
static const char *find_colon(const char *line)
{
    size_t words = 1;
    for (const char *at = line; *at && (size_t)(at - line) <= (size_t)TRANSCRIPT_NAME_MAX * 4;
         at++) {
        if (*at == ':')
            return at > line && (at[1] == ' ' || at[1] == '\t' || !at[1]) ? at : NULL;
        if (strchr("?!,;\"", *at))
            return NULL;
        if (*at == ' ' && ++words > SPEAKER_WORDS_MAX)
            return NULL;
    }
    return NULL;
}

static bool is_same(struct arena *arena, const char *speaker, const char *name)
{
    return !str_is_blank(name) &&
           str_equal(str_sort_key(arena, speaker), str_sort_key(arena, str_trim(arena, name)));
}

/* Is this a name, rather than the first word of "Vraag: wat …"? */
static bool is_name(const char *speaker, uint16_t word)
{
    if (strchr(speaker, ' ') ||
        !(isupper((unsigned char)*speaker) || (unsigned char)*speaker > 127))
        return false;
    return !word || utf8_chars(speaker) == 1 || lex_has(lexicon_set(word), LEX_NAME);
}

static struct opening read_opening(struct arena *arena, const char *line, const char *me,
                                   const char *pupil)
{
    struct opening opening = {.speaker = "", .rest = skip_time(line)};
    const char *colon = find_colon(opening.rest);
    if (!colon)
        return opening;
    const char *speaker =
        str_trim(arena, arena_strndup(arena, opening.rest, (size_t)(colon - opening.rest)));
    size_t first = strcspn(speaker, " ");
    const char *key = str_lower_ascii(arena, arena_strndup(arena, speaker, first));
    uint16_t word = lexicon_find(key, strlen(key));
    bool known = true;
    if (is_same(arena, speaker, pupil))
        opening.who = TRANSCRIPT_PUPIL;
    else if (is_same(arena, speaker, me))
        opening.who = TRANSCRIPT_ADULT;
    else if (word && lex_has(lexicon_set(word), LEX_SPEAKER_PUPIL))
        opening.who = TRANSCRIPT_PUPIL;
    else if (word && lex_has(lexicon_set(word), LEX_SPEAKER))
        opening.who = TRANSCRIPT_ADULT;
    else
        known = is_name(speaker, word);
    if (!known)
        return opening;
    opening.speaker = speaker;
    opening.rest = colon + 1;
    return opening;
}

static bool add_line(struct arena *arena, struct transcript *t, const struct opening *opening,
                     enum transcript_who *last)
{
    const char *text = str_trim(arena, opening->rest);
    bool named = opening->speaker[0];
    if (named)
        *last = opening->who;
    if (!*text)
        return true;
    if (t->count == TRANSCRIPT_LINES_MAX)
        return false;
    t->lines[t->count++] =
        (struct transcript_line){.who = *last, .speaker = opening->speaker, .text = text};
    if (named && *last == TRANSCRIPT_UNKNOWN && !t->unknown)
        t->unknown = opening->speaker;
    return true;
}

static enum status judge(struct arena *arena, struct transcript *t)
{
    for (size_t i = 0; i < t->count; i++) {
        struct transcript_line *line = &t->lines[i];
        if (line->who != TRANSCRIPT_ADULT)
            continue;
        enum status st = mirror_judge(arena, line->text, strlen(line->text), &line->verdict);
        if (st != OK)
            return st;
        t->counts.of[line->verdict.label]++;
    }
    return OK;
}

enum status transcript_read(struct arena *arena, const char *text, size_t len, const char *me,
                            const char *pupil, struct transcript *ret_transcript)
{
    if (len > TRANSCRIPT_MAX)
        return ERR_LIMIT;
    if (!utf8_valid(text, len))
        return ERR_INVALID;
    struct transcript t = {.lines =
                               ARENA_ARRAY(arena, struct transcript_line, TRANSCRIPT_LINES_MAX)};
    char *rest = arena_strndup(arena, text, len);
    enum transcript_who last = TRANSCRIPT_UNKNOWN;
    bool anybody = false;
    if (arena_failed(arena))
        return ERR_NOMEM;
    for (char *line; (line = str_split(&rest, '\n'));) {
        struct opening opening = read_opening(arena, str_trim(arena, line), me, pupil);
        anybody = anybody || opening.speaker[0];
        if (!add_line(arena, &t, &opening, &last))
            return ERR_LIMIT;
    }
    for (size_t i = 0; i < t.count && !anybody; i++)
        t.lines[i].who = TRANSCRIPT_ADULT;
    enum status st = arena_failed(arena) ? ERR_NOMEM : judge(arena, &t);
    if (st == OK)
        *ret_transcript = t;
    return st;
}

enum transcript_effect transcript_effect_of(enum mirror_label label)
{
    static const enum transcript_effect effects[MIRROR_LABELS] = {
        [MIRROR_OTHER] = TRANSCRIPT_REST,      [MIRROR_OPEN] = TRANSCRIPT_ROOM,
        [MIRROR_CLOSED] = TRANSCRIPT_NARROWS,  [MIRROR_CHOICE] = TRANSCRIPT_NARROWS,
        [MIRROR_LEADING] = TRANSCRIPT_STEERS,  [MIRROR_STACKED] = TRANSCRIPT_NARROWS,
        [MIRROR_WHY] = TRANSCRIPT_NARROWS,     [MIRROR_SUBJECT] = TRANSCRIPT_NARROWS,
        [MIRROR_OPINION] = TRANSCRIPT_STEERS,  [MIRROR_ASSUMING] = TRANSCRIPT_STEERS,
        [MIRROR_PARAPHRASE] = TRANSCRIPT_ROOM, [MIRROR_FEEDBACK] = TRANSCRIPT_ROOM,
    };
    return effects[label];
}

void transcript_balance(const struct transcript_counts *counts,
                        int64_t ret_sums[TRANSCRIPT_EFFECTS])
{
    memset(ret_sums, 0, TRANSCRIPT_EFFECTS * sizeof ret_sums[0]);
    for (size_t i = 0; i < MIRROR_LABELS; i++)
        ret_sums[transcript_effect_of((enum mirror_label)i)] += counts->of[i];
}
