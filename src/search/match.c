#include "search/match.h"

#include "base/arena.h"
#include "base/str.h"
#include "base/utf8.h"

#define BEFORE 60 /* bytes of a piece in front of the first word that was found */

/* --- the words -------------------------------------------------------------------------------- */

static bool has_word(const struct search_words *words, const char *word)
{
    for (size_t i = 0; i < words->count; i++)
        if (str_equal(words->word[i], word))
            return true;
    return false;
}

enum status search_words_read(struct arena *arena, const char *query,
                              struct search_words *ret_words)
{
    struct search_words words = {.count = 0};
    size_t longest = 0;
    char *rest = arena_strdup(arena, str_sort_key(arena, query));
    if (arena_failed(arena))
        return ERR_NOMEM;
    for (char *word; (word = str_split(&rest, ' ')) && words.count < SEARCH_WORDS_MAX;) {
        if (!*word || has_word(&words, word))
            continue;
        size_t chars = utf8_chars(word);
        longest = chars > longest ? chars : longest;
        words.word[words.count++] = word;
    }
    if (longest < SEARCH_LETTERS_MIN)
        return ERR_INVALID;
    *ret_words = words;
    return OK;
}

unsigned search_all(const struct search_words *words)
{
    return (1u << words->count) - 1;
}

/* --- reading a text word by word -------------------------------------------------------------- */

/* One word of the text on its way: which words of the query it still fits, and how far. */
struct walk {
    const struct search_words *words;
    unsigned fits;  /* those of which the letters so far are the beginning */
    unsigned found; /* those that are whole */
    size_t at;      /* folded letters so far */
};

static void begin_word(struct walk *w)
{
    w->fits = search_all(w->words);
    w->found = 0;
    w->at = 0;
}

static void take_letter(struct walk *w, char letter)
{
    for (unsigned rest = w->fits; rest; rest &= rest - 1) {
        unsigned i = (unsigned)__builtin_ctz(rest);
        const char *word = w->words->word[i];
        if (word[w->at] != letter)
            w->fits &= ~(1u << i);
        else if (word[w->at + 1] == '\0') {
            w->fits &= ~(1u << i);
            w->found |= 1u << i;
        }
    }
    w->at++;
}

/*
 * Moves *at past the next word of the text and says which words of the query it begins with;
 * *ret_start is where it begins. False at the end of the text.
 */
static bool next_word(struct walk *w, const char **at, const char **ret_start)
{
    bool inside = false;
    for (const char *p = *at; *p;) {
        const char *here = p;
        char letters[4];
        unsigned char first = (unsigned char)*p;
        size_t n;
        if (first >= 'a' && first <= 'z') { /* most of it */
            letters[0] = (char)first;
            n = 1;
            p++;
        } else {
            n = str_fold(utf8_next(&p), letters);
        }
        bool between = n == 1 && letters[0] == ' ';
        if (between && inside) {
            *at = here;
            return true;
        }
        if (between || n == 0)
            continue;
        if (!inside) {
            inside = true;
            *ret_start = here;
            begin_word(w);
        }
        for (size_t i = 0; w->fits && i < n; i++)
            take_letter(w, letters[i]);
        if (!w->fits && !w->found) /* not this one: on to its end */
            while ((*p >= 'a' && *p <= 'z'))
                p++;
        *at = p;
    }
    return inside;
}

unsigned search_match(const struct search_words *words, const char *text)
{
    struct walk w = {.words = words};
    unsigned all = search_all(words), found = 0;
    const char *start = text;
    for (const char *at = text; found != all && next_word(&w, &at, &start);)
        found |= w.found;
    return found;
}

/* --- a piece to show -------------------------------------------------------------------------- */

static bool is_space(char c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

/* Where the piece begins: some words before the first that was found. */
static const char *begin_of(const char *text, const char *found)
{
    const char *begin = found - text > BEFORE ? found - BEFORE : text;
    if (begin == text)
        return text;
    while (begin < found && !is_space(*begin))
        begin++;
    while (begin < found && is_space(*begin))
        begin++;
    return begin;
}

/* And where it ends: behind a word, when the text is longer. */
static const char *end_of(const char *begin, const char *found_end)
{
    const char *end = begin;
    const char *space = NULL;
    for (size_t chars = 0; *end && chars < SEARCH_SNIPPET; chars++) {
        if (is_space(*end) && end >= found_end)
            space = end;
        if (!utf8_next(&end))
            break;
    }
    if (!*end || !space)
        return end < found_end ? found_end : end;
    return space;
}

/* A copy of the bytes on one line: what parts words becomes one space. */
static const char *on_one_line(struct arena *arena, const char *from, const char *until,
                               const char *before, const char *after)
{
    char *copy = arena_printf(arena, "%s%.*s%s", before, (int)(until - from), from, after);
    char *to = copy;
    if (arena_failed(arena))
        return "";
    for (const char *p = copy; *p; p++) {
        bool space = is_space(*p);
        if (space && to > copy && to[-1] == ' ')
            continue;
        *to++ = space ? ' ' : *p;
    }
    *to = '\0';
    return copy;
}

struct search_snippet search_snippet(struct arena *arena, const struct search_words *words,
                                     const char *text)
{
    struct walk w = {.words = words};
    const char *first = NULL, *first_end = NULL, *start = text;
    for (const char *at = text; !first && next_word(&w, &at, &start);)
        if (w.found) {
            first = start;
            first_end = at;
        }
    if (!first)
        first = first_end = text;
    const char *begin = begin_of(text, first);
    const char *end = end_of(begin, first_end);
    size_t most = 2 * (size_t)(end - begin) + 2;
    if (most > 2 * SEARCH_SNIPPET)
        most = 2 * SEARCH_SNIPPET; /* a word and what follows it are two characters at least */
    struct search_snippet snippet = {ARENA_ARRAY(arena, struct search_piece, most), 0};
    if (!snippet.pieces)
        return (struct search_snippet){NULL, 0};

    const char *open = begin > text ? "… " : "";
    const char *close = *end ? " …" : "";
    const char *done = begin;
    for (const char *at = first;
         at < end && snippet.count + 3 < most && next_word(&w, &at, &start);) {
        if (!w.found || start >= end)
            continue;
        if (start > done || *open)
            snippet.pieces[snippet.count++] =
                (struct search_piece){on_one_line(arena, done, start, open, ""), false};
        open = "";
        done = at < end ? at : end;
        snippet.pieces[snippet.count++] =
            (struct search_piece){on_one_line(arena, start, done, "", ""), true};
    }
    if (done < end || *close || *open)
        snippet.pieces[snippet.count++] =
            (struct search_piece){on_one_line(arena, done, end, open, close), false};
    return snippet;
}
