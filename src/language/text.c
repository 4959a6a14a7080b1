#include "language/text.h"

#include <string.h>

#include "base/arena.h"
#include "base/compiler.h"
#include "base/utf8.h"
#include "gen/words.h"
#include "language/tokens.h"

/* Tokens are moved down in place when something is left out, so a text is never longer than read.
 */
struct reader {
    struct text *text;
    size_t kept;
};

bool token_reads(const struct token *token, const char *key)
{
    return token->kind != TOKEN_MARK && strcmp(token->key, key) == 0;
}

static bool closes(char mark)
{
    return mark == '.' || mark == '?' || mark == '!' || mark == '~';
}

/* 'so' and ‘so’: these pair with each other, not with "so". */
static bool is_single(const struct text *text, const struct token *token)
{
    const char *written = text->source + token->at;
    return *written == '\'' || (token->len == 3 && memcmp(written, "\xE2\x80", 2) == 0 &&
                                (unsigned char)written[2] < 0x9C);
}

/* Marks what stands between quotation marks, line by line; a turn that is one quotation is read. */
static void mark_quotes(struct text *text)
{
    struct token *tokens = text->tokens;
    size_t none = text->count, last = text->count - 1;
    size_t open[2] = {none, none}; /* double, single */
    for (size_t i = 0; i < text->count; i++) {
        if (tokens[i].flags & TOKEN_NEWLINE)
            open[0] = open[1] = none;
        if (!token_is_mark(&tokens[i], '"'))
            continue;
        size_t *opened = &open[is_single(text, &tokens[i])];
        if (*opened == none) {
            *opened = i;
            continue;
        }
        bool whole = *opened == 0 && (i == last || (i == last - 1 && closes(tokens[last].mark)));
        for (size_t k = *opened + 1; k < i && !whole; k++)
            tokens[k].flags |= TOKEN_QUOTED;
        *opened = none;
    }
}

/* Does the sentence end at this closing mark? */
static bool ends_here(const struct text *text, size_t first, size_t at)
{
    const struct token *mark = &text->tokens[at];
    if (mark->flags & TOKEN_QUOTED)
        return false;
    if (at + 1 == text->count || text->tokens[at + 1].flags & TOKEN_NEWLINE)
        return true;
    if (mark->mark == '?' || mark->mark == '!')
        return true;
    const struct token *next = &text->tokens[at + 1];
    if (!(next->flags & TOKEN_SPACED))
        return token_is_mark(next, '"');
    if (mark->mark == '~')
        return next->flags & TOKEN_CAPITAL || next->kind != TOKEN_WORD;
    if (at == first)
        return true;
    const struct token *before = &text->tokens[at - 1];
    if (token_is(before, LEX_ABBREVIATION))
        return false;
    if (before->kind == TOKEN_NUMBER && at - 1 == first)
        return false; /* "1. Lees de tekst" */
    return true;
}

/* Finds where the sentence that begins at `first` ends; closing quotes and brackets belong to it.
 */
static size_t sentence_end(const struct text *text, size_t first)
{
    size_t at = first;
    while (at < text->count) {
        const struct token *token = &text->tokens[at];
        if (at > first && token->flags & TOKEN_NEWLINE)
            return at;
        at++;
        if (token->kind == TOKEN_MARK && closes(token->mark) && ends_here(text, first, at - 1))
            break;
    }
    while (at < text->count && !(text->tokens[at].flags & TOKEN_NEWLINE) &&
           text->tokens[at].kind == TOKEN_MARK && text->tokens[at].mark != '(' &&
           !(text->tokens[at].mark == '"' && text->tokens[at].flags & TOKEN_SPACED))
        at++;
    return at;
}

/* "[00:12]", "Juf:", "K:" in front of a line. Returns the first token behind it. */
static size_t skip_speaker(const struct text *text, size_t first, size_t end, bool *pupil)
{
    const struct token *t = text->tokens;
    if (first + 2 < end && token_is_mark(&t[first], '(') && t[first + 1].kind == TOKEN_NUMBER &&
        token_is_mark(&t[first + 2], ')'))
        first += 3;
    else if (first + 1 < end && t[first].kind == TOKEN_NUMBER &&
             memchr(t[first].key, ':', t[first].key_len) && t[first + 1].kind == TOKEN_WORD)
        first += 1;
    if (first + 2 < end && token_is_mark(&t[first + 1], ':') && t[first].kind == TOKEN_WORD) {
        bool initial = t[first].key_len == 1;
        if (initial || token_is(&t[first], LEX_SPEAKER) || token_is(&t[first], LEX_SPEAKER_PUPIL)) {
            *pupil = token_is(&t[first], LEX_SPEAKER_PUPIL);
            return first + 2;
        }
    }
    return first;
}

/* Somebody's name or what one calls somebody: "Sara", "jongens", a capital that is no word. */
static bool is_called(const struct token *token, bool starts)
{
    if (token->kind != TOKEN_WORD || token->flags & TOKEN_QUOTED)
        return false;
    if (token_is(token, LEX_NAME))
        return (token->flags & TOKEN_CAPITAL) || !starts;
    if (token_is(token, LEX_VOCATIVE))
        return true;
    return (token->flags & TOKEN_CAPITAL) && !(token->flags & TOKEN_UPPER) && !token_known(token);
}

/* Is this a word that opens a turn without saying anything: "oké,", "maar nou"? */
/* "zeg eens eerlijk heb je …": said before a question in a transcript without commas. */
static bool is_asking_opener(const struct text *text, size_t at, size_t end)
{
    static const char *const words[] = {"zeg", "eens", "eerlijk", "zeggen", "even", "gewoon"};
    for (size_t first = at; at < first + 4 && at + 1 < end; at++) {
        bool listed = false;
        for (size_t i = 0; i < ARRAY_LEN(words); i++)
            listed |= token_reads(&text->tokens[at], words[i]);
        if (!listed)
            return at > first && token_is(&text->tokens[at], LEX_ASKS) &&
                   token_is(&text->tokens[at + 1], LEX_YOU_SUBJECT);
    }
    return false;
}

static bool is_opener(const struct text *text, size_t at, size_t end)
{
    const struct token *token = &text->tokens[at];
    if (at + 1 >= end || token->kind != TOKEN_WORD)
        return false;
    if (is_asking_opener(text, at, end))
        return true;
    bool comma = token_is_mark(&text->tokens[at + 1], ',');
    if (token_is(token, LEX_OPENER_COMMA) && comma)
        return true;
    return token_is(token, LEX_OPENER) && !closes(text->tokens[at + 1].mark);
}

static void keep(struct reader *reader, const struct token *token)
{
    reader->text->tokens[reader->kept++] = *token;
}

/* Copies the opening of a sentence, leaving out names that are called, and finds its start. */
static size_t keep_opening(struct reader *reader, size_t at, size_t end, struct sentence *sentence)
{
    const struct token *t = reader->text->tokens;
    for (bool more = true; more && at < end;) {
        more = t[at].kind == TOKEN_MARK && !closes(t[at].mark);
        if (more) {
            keep(reader, &t[at++]); /* a quotation mark, a dash, a bracket */
        } else if (is_opener(reader->text, at, end)) {
            keep(reader, &t[at++]);
            if (at < end && token_is_mark(&t[at], ','))
                keep(reader, &t[at++]);
            more = true;
        } else if (at + 2 < end && is_called(&t[at], true) &&
                   (token_is_mark(&t[at + 1], ',') || token_is_mark(&t[at + 1], '-'))) {
            at += 2;
            more = true;
        }
    }
    sentence->start = (uint32_t)reader->kept;
    return at;
}

/* Where the sentence ends when a name that closes it is left out: ", Sara?" */
static size_t called_at_end(const struct text *text, size_t at, size_t last)
{
    const struct token *t = text->tokens;
    if (last < at + 3 || !is_called(&t[last - 1], false))
        return last;
    if (token_is_mark(&t[last - 2], ','))
        return last - 2;
    bool marked = last < text->count && closes(t[last].mark);
    bool plain = !token_is(&t[last - 2], LEX_PREP) && !token_is(&t[last - 2], LEX_CONJ) &&
                 !token_is(&t[last - 2], LEX_ARTICLE) && !token_is(&t[last - 2], LEX_YOU);
    bool tagged = token_reads(&t[last - 2], "he") || token_reads(&t[last - 2], "toch");
    return (tagged || (!marked && plain)) && token_is(&t[last - 1], LEX_NAME) ? last - 1 : last;
}

static void read_sentence(struct reader *reader, size_t first, size_t end, bool line_start,
                          bool *pupil)
{
    struct text *text = reader->text;
    if (line_start) {
        *pupil = false;
        first = skip_speaker(text, first, end, pupil);
    }
    struct sentence sentence = {.first = (uint32_t)reader->kept, .pupil = *pupil};
    size_t last = end;
    while (last > first && text->tokens[last - 1].kind == TOKEN_MARK)
        last--;
    for (size_t i = last; i < end && !sentence.mark; i++)
        if (closes(text->tokens[i].mark) && !(text->tokens[i].flags & TOKEN_QUOTED))
            sentence.mark = text->tokens[i].mark;
    for (size_t i = last; i < end && sentence.mark != '?'; i++)
        if (text->tokens[i].mark == '?' && !(text->tokens[i].flags & TOKEN_QUOTED))
            sentence.mark = '?';
    size_t at = keep_opening(reader, first, end, &sentence);
    size_t cut = called_at_end(text, at, last);
    while (at < cut)
        keep(reader, &text->tokens[at++]);
    for (at = at > last ? at : last; at < end; at++)
        keep(reader, &text->tokens[at]);
    sentence.end = (uint32_t)reader->kept;
    if (sentence.end > sentence.first)
        text->sentences[text->sentence_count++] = sentence;
}

enum status text_read(struct arena *arena, const char *source, size_t len, struct text *ret_text)
{
    if (len > TEXT_MAX)
        return ERR_LIMIT;
    if (!utf8_valid(source, len))
        return ERR_INVALID;
    struct text text = {.source = source, .len = len};
    enum status st = tokens_read(arena, source, len, &text);
    if (st != OK)
        return st;
    mark_quotes(&text);
    text.sentences = ARENA_ARRAY(arena, struct sentence, text.count + 1);
    if (arena_failed(arena))
        return ERR_NOMEM;
    struct reader reader = {&text, 0};
    bool pupil = false;
    for (size_t first = 0, end; first < text.count; first = end) {
        end = sentence_end(&text, first);
        bool line_start = first == 0 || text.tokens[first].flags & TOKEN_NEWLINE;
        read_sentence(&reader, first, end, line_start, &pupil);
    }
    text.count = reader.kept;
    *ret_text = text;
    return OK;
}
