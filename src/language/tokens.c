#include "language/tokens.h"

#include <string.h>

#include "base/arena.h"
#include "base/utf8.h"
#include "gen/words.h"
#include "language/derive.h"

/* The scanner: where it is, and where keys are written. */
struct scan {
    const char *start, *at, *end;
    struct token *tokens;
    size_t count;
    char *key;         /* the key being made */
    uint8_t flags;     /* what stood before the next token */
    bool single_quote; /* a ' was opened and not closed */
};

/* U+0100 … U+017F without accents; the three ligatures are done by hand. */
static const char latin_a[] = "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiii??jjkkkllllllllll"
                              "nnnnnnnnnoooooo??rrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";
/* U+00C0 … U+00DF; U+00E0 … is the same. */
static const char latin_1[] = "aaaaaa?ceeeeiiiidnooooo*ouuuuyt?";
_Static_assert(sizeof latin_a == 0x80 + 1, "one letter for each code");
_Static_assert(sizeof latin_1 == 0x20 + 1, "one letter for each code");

static bool is_digit(uint32_t code)
{
    return code >= '0' && code <= '9';
}

static bool is_letter(uint32_t code)
{
    if (code < 0x80)
        return (code >= 'a' && code <= 'z') || (code >= 'A' && code <= 'Z');
    if (code < 0xC0 || code == 0xD7 || code == 0xF7)
        return code == 0xAA || code == 0xBA || code == 0xB5;
    return code < 0x2000 || (code >= 0x2C00 && code < 0xD800) || (code >= 0xF900 && code < 0xFE00);
}

static bool is_capital(uint32_t code)
{
    if (code < 0x80)
        return code >= 'A' && code <= 'Z';
    return (code >= 0xC0 && code <= 0xDE) || (code >= 0x100 && code < 0x138 && !(code & 1));
}

static bool is_space(uint32_t code)
{
    return code == ' ' || code == '\t' || code == '\r' || code == 0xA0 || code == 0x202F ||
           code == 0xFEFF || (code >= 0x2000 && code <= 0x200D) || code == 0x3000;
}

static bool is_apostrophe(uint32_t code)
{
    return code == '\'' || code == 0x2019 || code == 0x2018 || code == '`' || code == 0xB4;
}

static bool is_double_quote(uint32_t code)
{
    return code == '"' || (code >= 0x201C && code <= 0x201F) || code == 0xAB || code == 0xBB;
}

static bool is_hyphen(uint32_t code)
{
    return code == '-' || code == 0x2010 || code == 0x2011;
}

static uint32_t peek(const struct scan *scan, const char *at)
{
    return at < scan->end ? utf8_next(&at) : 0;
}

/* The letter or letters of the key for one code point. */
static size_t fold(uint32_t code, char to[4])
{
    static const struct {
        uint32_t code;
        char letters[3];
    } ligatures[] = {{0xC6, "ae"},  {0xE6, "ae"},  {0xDF, "ss"}, {0x132, "ij"},
                     {0x133, "ij"}, {0x152, "oe"}, {0x153, "oe"}};
    if (code < 0x80) {
        to[0] = (char)(code >= 'A' && code <= 'Z' ? code + 0x20 : code);
        return 1;
    }
    for (size_t i = 0; i < ARRAY_LEN(ligatures); i++) {
        if (ligatures[i].code == code) {
            memcpy(to, ligatures[i].letters, 2);
            return 2;
        }
    }
    if (code >= 0xC0 && code <= 0x17F) {
        to[0] = code < 0x100 ? latin_1[(code - 0xC0) & 0x1F] : latin_a[code - 0x100];
        if (code == 0xFF)
            to[0] = 'y';
        return 1;
    }
    if (code >= 0x300 && code <= 0x36F)
        return 0; /* an accent that stands apart */
    return utf8_put(code, to);
}

static struct token *push(struct scan *scan, const char *from, const char *to, uint8_t kind)
{
    struct token *token = &scan->tokens[scan->count++];
    *token = (struct token){.key = "",
                            .at = (uint32_t)(from - scan->start),
                            .len = (uint32_t)(to - from),
                            .kind = kind,
                            .flags = scan->flags};
    scan->flags = 0;
    return token;
}

static void push_mark(struct scan *scan, const char *from, const char *to, char mark)
{
    push(scan, from, to, TOKEN_MARK)->mark = mark;
    scan->at = to;
}

/* Closes the key: returns it and makes room for the next. */
static const char *end_key(struct scan *scan, size_t len)
{
    const char *key = scan->key;
    scan->key[len] = '\0';
    scan->key += len + 1;
    return key;
}

static void set_word(struct scan *scan, struct token *token, uint16_t word)
{
    size_t len = lexicon_key(word, scan->key);
    token->word = word;
    token->key = end_key(scan, len);
    token->key_len = (uint16_t)len;
    token->set = lexicon_set(word);
}

/* A word with its classes; a variant becomes the one or two words it stands for. */
static void push_word(struct scan *scan, const char *from, const char *to, size_t key_len,
                      uint8_t flags)
{
    /* One key counts with its accents: "één" is a number, "een" is not. */
    static const char one[] = "één";
    static const char *const written[] = {"één", "Eén", "Één", "ÉÉN"};
    size_t len = (size_t)(to - from);
    for (size_t i = 0; i < ARRAY_LEN(written); i++) {
        if (strlen(written[i]) == len && memcmp(from, written[i], len) == 0) {
            memcpy(scan->key, one, sizeof one - 1);
            key_len = sizeof one - 1;
        }
    }
    const char *key = end_key(scan, key_len);
    struct token *token = push(scan, from, to, TOKEN_WORD);
    token->flags |= flags;
    token->key = key;
    token->key_len = (uint16_t)(key_len > UINT16_MAX ? UINT16_MAX : key_len);
    token->word = lexicon_find(key, key_len);
    const struct lex_variant *variant = lexicon_variant(token->word);
    if (variant) {
        set_word(scan, token, variant->words[0]);
        if (variant->words[1]) {
            struct token *second = push(scan, from, to, TOKEN_WORD);
            second->flags = TOKEN_SPACED;
            set_word(scan, second, variant->words[1]);
        }
    } else if (token->word) {
        token->set = lexicon_set(token->word);
    } else if (lexicon_verb(key, key_len, &token->set)) {
        token->flags |= TOKEN_FORM;
    } else if (lexicon_derive(key, key_len, &token->set)) {
        token->flags |= TOKEN_DERIVED;
    } else {
        token->set = lexicon_guess(key, key_len);
    }
}

/* "m.b.t.", "d.w.z.": single letters with points between them, read as one word. */
static const char *dotted(const struct scan *scan, const char *at)
{
    const char *end = at;
    size_t letters = 0;
    while (at < scan->end) {
        const char *next = at;
        if (!is_letter(utf8_next(&next)) || next >= scan->end || *next != '.')
            break;
        at = end = next + 1;
        letters++;
    }
    bool more = end < scan->end && is_letter(peek(scan, end));
    return letters >= 2 && !more ? end : NULL;
}

/* True when a word goes on behind this apostrophe, hyphen or point. */
static bool goes_on(const struct scan *scan, const char *behind)
{
    uint32_t code = peek(scan, behind);
    return is_letter(code) || is_digit(code);
}

static void scan_word(struct scan *scan)
{
    const char *from = scan->at, *at = from;
    size_t key_len = 0, letters = 0, capitals = 0;
    uint8_t flags = is_capital(peek(scan, at)) ? TOKEN_CAPITAL : 0;
    const char *dots = dotted(scan, at);
    while (at < scan->end) {
        const char *next = at;
        uint32_t code = utf8_next(&next);
        if (dots ? at >= dots : !is_letter(code) && !is_digit(code)) {
            bool inner = is_apostrophe(code) || is_hyphen(code);
            if (dots || !inner || !goes_on(scan, next))
                break;
            code = is_apostrophe(code) ? '\'' : '-';
        }
        char folded[4];
        size_t n = fold(code, folded);
        if (!(dots && code == '.')) {
            memcpy(scan->key + key_len, folded, n);
            key_len += n;
        }
        letters++;
        capitals += is_capital(code);
        at = next;
    }
    if (letters > 1 && capitals == letters)
        flags |= TOKEN_UPPER;
    scan->at = at;
    push_word(scan, from, at, key_len, flags);
}

/* 't 's 'm 'k 'n 'r 'ns 'es: a word that begins with an apostrophe. */
static bool scan_clitic(struct scan *scan, const char *behind)
{
    static const char *const clitics[] = {"t", "s", "m", "k", "n", "r", "ns", "es"};
    const char *at = behind;
    char letters[4] = "";
    size_t n = 0;
    while (n < 3 && at < scan->end && is_letter((unsigned char)*at))
        fold((unsigned char)*at++, &letters[n++]);
    if (n == 0 || n == 3 || goes_on(scan, at))
        return false;
    letters[n] = '\0';
    for (size_t i = 0; i < ARRAY_LEN(clitics); i++) {
        if (strcmp(clitics[i], letters) != 0)
            continue;
        scan->key[0] = '\'';
        memcpy(scan->key + 1, letters, n);
        const char *from = scan->at;
        scan->at = at;
        push_word(scan, from, at, n + 1, 0);
        return true;
    }
    return false;
}

static void scan_number(struct scan *scan)
{
    const char *from = scan->at, *at = from;
    size_t len = 0;
    while (at < scan->end && (is_digit((unsigned char)*at) ||
                              ((*at == '.' || *at == ',' || *at == ':') && at > from &&
                               at + 1 < scan->end && is_digit((unsigned char)at[1]))))
        scan->key[len++] = *at++;
    const char *key = end_key(scan, len);
    struct token *token = push(scan, from, at, TOKEN_NUMBER);
    token->key = key;
    token->key_len = (uint16_t)(len > UINT16_MAX ? UINT16_MAX : len);
    scan->at = at;
}

/* A ' that is no part of a word: a quotation mark when it opens or closes something. */
static void scan_single_quote(struct scan *scan, const char *behind)
{
    bool opens = !scan->single_quote && goes_on(scan, behind) &&
                 (scan->count == 0 || scan->flags || scan->tokens[scan->count - 1].mark);
    if (!opens && !scan->single_quote) {
        scan->at = behind;
        return;
    }
    scan->single_quote = opens;
    push_mark(scan, scan->at, behind, '"');
}

/* Runs of . ? ! are one mark: "..." an ellipsis, any run with ? a question. */
static void scan_stop(struct scan *scan)
{
    const char *from = scan->at, *at = from;
    size_t points = 0, questions = 0, calls = 0;
    while (at < scan->end) {
        const char *next = at;
        uint32_t code = utf8_next(&next);
        if (code == '.')
            points++;
        else if (code == 0x2026)
            points += 3;
        else if (code == '?')
            questions++;
        else if (code == '!')
            calls++;
        else
            break;
        at = next;
    }
    push_mark(scan, from, at, questions ? '?' : calls ? '!' : points > 1 ? '~' : '.');
}

static void scan_mark(struct scan *scan, uint32_t code, const char *behind)
{
    static const struct {
        uint32_t code;
        char mark;
    } other[] = {{0xD7, '*'},   {0xF7, '/'},   {0x2013, '-'}, {0x2014, '-'}, {0x2212, '-'},
                 {'-', '-'},    {'[', '('},    {']', ')'},    {'{', '('},    {'}', ')'},
                 {0x2010, '-'}, {0x2011, '-'}, {0x22C5, '*'}};
    static const char plain[] = ",;:()+=%/*";
    if (code == ',' && peek(scan, behind) == ',') {
        push_mark(scan, scan->at, behind + 1, '"'); /* ,,so they wrote quotes once'' */
        return;
    }
    char mark = code < 0x80 && strchr(plain, (int)code) ? (char)code : 'o';
    for (size_t i = 0; i < ARRAY_LEN(other); i++)
        if (other[i].code == code)
            mark = other[i].mark;
    push_mark(scan, scan->at, behind, mark);
}

static void scan_one(struct scan *scan)
{
    const char *behind = scan->at;
    uint32_t code = utf8_next(&behind);
    if (code == '\n' || code == 0x2028 || code == 0x2029) {
        scan->flags |= TOKEN_NEWLINE | TOKEN_SPACED;
        scan->single_quote = false;
        scan->at = behind;
    } else if (is_space(code)) {
        scan->flags |= TOKEN_SPACED;
        scan->at = behind;
    } else if (is_letter(code)) {
        scan_word(scan);
    } else if (is_digit(code)) {
        scan_number(scan);
    } else if (is_apostrophe(code)) {
        if (!scan_clitic(scan, behind))
            scan_single_quote(scan, behind);
    } else if (is_double_quote(code)) {
        push_mark(scan, scan->at, behind, '"');
    } else if (code == '.' || code == '?' || code == '!' || code == 0x2026) {
        scan_stop(scan);
    } else if (code < ' ' || code == 0x7F) {
        scan->at = behind;
    } else {
        scan_mark(scan, code, behind);
    }
}

/* No fewer than there will be: two for the start of a word (a variant may be two), one for each
 * byte that is no letter, digit or space. */
static size_t tokens_at_most(const char *source, size_t len)
{
    size_t count = 0;
    int before = 0;
    for (size_t i = 0; i < len; i++) {
        uint32_t code = (unsigned char)source[i];
        int kind = code < 0x80 && is_letter(code) ? 1 : is_digit(code) ? 2 : code == ' ' ? 3 : 0;
        if (kind == 0)
            count += 2;
        else if (kind != 3 && kind != before)
            count += 2;
        before = kind;
    }
    return count;
}

enum status tokens_read(struct arena *arena, const char *source, size_t len, struct text *text)
{
    struct token *tokens = ARENA_ARRAY(arena, struct token, tokens_at_most(source, len));
    /* A key is no longer than three times its letters; what a variant stands for than four times
     * itself, and four (wordc sees to it). Behind the last one there is the room lexicon_key needs:
     * it writes the longer words before it, too. */
    char *keys = ARENA_ARRAY(arena, char, 5 * len + 5 + LEX_KEY_MAX);
    const char *copy = arena_strndup(arena, source, len);
    if (arena_failed(arena))
        return ERR_NOMEM;
    struct scan scan = {
        .start = copy, .at = copy, .end = copy + len, .tokens = tokens, .key = keys};
    while (scan.at < scan.end)
        scan_one(&scan);
    text->tokens = tokens;
    text->count = scan.count;
    return OK;
}
