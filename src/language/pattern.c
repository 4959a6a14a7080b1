#include "language/pattern.h"

#include "base/compiler.h"
#include "language/text.h"

#define ALT_CLASS 0x8000
#define ALT_MARK 0x4000
#define PRESENT 512

struct matcher {
    const struct pattern_book *book;
    const struct token *tokens;
    const struct sentence *sentence;
    struct lex_set present;       /* every class that a word of the sentence has */
    uint64_t words[PRESENT / 64]; /* and its words, by number modulo PRESENT */
};

static bool is_closing(const struct token *token)
{
    return token->kind == TOKEN_MARK &&
           (token->mark == '.' || token->mark == '?' || token->mark == '!' || token->mark == '~' ||
            token->mark == '"');
}

static bool is_break(const struct token *token)
{
    return token->kind == TOKEN_MARK &&
           (token->mark == ',' || token->mark == ';' || token->mark == ':' || token->mark == '-');
}

static bool at_end(const struct matcher *m, uint32_t at)
{
    while (at < m->sentence->end && is_closing(&m->tokens[at]))
        at++;
    return at == m->sentence->end;
}

static bool is_alt(const struct token *token, uint16_t alt)
{
    if (alt & ALT_CLASS)
        return lex_has(token->set, alt & 0x7FFF);
    if (alt == ALT_MARK)
        return token->kind == TOKEN_NUMBER;
    if (alt & ALT_MARK)
        return token->kind == TOKEN_MARK && token->mark == (char)(alt & 0xFF);
    return token->word == alt;
}

static bool is_one(const struct matcher *m, const struct pattern_item *item, uint32_t at)
{
    if (at >= m->sentence->end)
        return false;
    const struct token *token = &m->tokens[at];
    if (token->flags & TOKEN_QUOTED)
        return false;
    for (size_t i = 0; i < item->count; i++)
        if (is_alt(token, m->book->alts[item->first + i]))
            return true;
    return false;
}

/* Quotation marks do not break a frame: "hoe spreek je 'chef' uit". */
static bool is_gap(const struct matcher *m, uint32_t at, bool commas)
{
    if (at >= m->sentence->end)
        return false;
    const struct token *token = &m->tokens[at];
    return token->kind != TOKEN_MARK || token_is_mark(token, '"') ||
           (commas && token_is_mark(token, ','));
}

/* Items from `item` on, at token `at`; *ret_end is behind the last token taken. Recursion is as
 * deep as a frame is long. */
static bool match_from(const struct matcher *m, const struct pattern_item *item, size_t left,
                       uint32_t at, uint32_t *ret_end)
{
    if (left == 0) {
        *ret_end = at;
        return true;
    }
    switch ((enum pattern_item_kind)item->kind) {
    case ITEM_ONE:
        return is_one(m, item, at) && match_from(m, item + 1, left - 1, at + 1, ret_end);
    case ITEM_MAYBE:
        return (is_one(m, item, at) && match_from(m, item + 1, left - 1, at + 1, ret_end)) ||
               match_from(m, item + 1, left - 1, at, ret_end);
    case ITEM_NOT:
        return !is_one(m, item, at) && match_from(m, item + 1, left - 1, at, ret_end);
    case ITEM_ANY:
        return is_gap(m, at, false) && match_from(m, item + 1, left - 1, at + 1, ret_end);
    case ITEM_GAP:
    case ITEM_COMMAGAP:
        for (uint32_t n = 0; n <= item->count; n++) {
            if (match_from(m, item + 1, left - 1, at + n, ret_end))
                return true;
            if (!is_gap(m, at + n, item->kind == ITEM_COMMAGAP))
                return false;
        }
        return false;
    case ITEM_START:
        return (at == m->sentence->start || at == m->sentence->first) &&
               match_from(m, item + 1, left - 1, at, ret_end);
    case ITEM_END:
        return at_end(m, at) && match_from(m, item + 1, left - 1, at, ret_end);
    case ITEM_CLAUSE_END:
        return (at_end(m, at) || is_break(&m->tokens[at])) &&
               match_from(m, item + 1, left - 1, at, ret_end);
    }
    return false;
}

/* A veto takes away the hits of its cue that share a token with it. */
static void take_away(struct cue_hits *hits, unsigned cue, uint32_t first, uint32_t last)
{
    size_t kept = 0;
    for (size_t i = 0; i < hits->count; i++) {
        const struct cue_hit *hit = &hits->hits[i];
        if (hit->cue != cue || hit->last < first || hit->first > last)
            hits->hits[kept++] = *hit;
    }
    hits->count = kept;
}

static void add_hit(struct cue_hits *hits, unsigned cue, uint32_t first, uint32_t last)
{
    for (size_t i = 0; i < hits->count; i++) {
        struct cue_hit *hit = &hits->hits[i];
        if (hit->cue == cue && hit->first == first) {
            if (last > hit->last)
                hit->last = last;
            return;
        }
    }
    if (hits->count < CUE_HITS_MAX)
        hits->hits[hits->count++] = (struct cue_hit){first, last, (uint8_t)cue};
}

static void note_present(struct matcher *m)
{
    for (uint32_t at = m->sentence->first; at < m->sentence->end; at++) {
        const struct token *token = &m->tokens[at];
        for (size_t i = 0; i < ARRAY_LEN(token->set.bits); i++)
            m->present.bits[i] |= token->set.bits[i];
        m->words[token->word % PRESENT / 64] |= (uint64_t)1 << (token->word % 64);
    }
}

/* False when the frame cannot match in this sentence: a part that it needs is nowhere. */
static bool may_match(const struct matcher *m, const struct pattern *pattern)
{
    if (!pattern->need)
        return true;
    const struct pattern_item *item = &m->book->items[pattern->first + pattern->need];
    for (size_t i = 0; i < item->count; i++) {
        uint16_t alt = m->book->alts[item->first + i];
        if (alt & ALT_CLASS ? lex_has(m->present, alt & 0x7FFF)
                            : (m->words[alt % PRESENT / 64] >> (alt % 64)) & 1)
            return true;
    }
    return false;
}

static void try_list(const struct matcher *m, const struct pattern_trigger *trigger, uint32_t at,
                     bool vetoes, struct cue_hits *hits)
{
    const uint16_t *list = m->book->lists + trigger->first + (vetoes ? trigger->count : 0);
    size_t count = vetoes ? trigger->vetoes : trigger->count;
    for (size_t i = 0; i < count; i++) {
        const struct pattern *pattern = &m->book->patterns[list[i]];
        uint32_t end;
        if (!may_match(m, pattern))
            continue;
        if (!match_from(m, &m->book->items[pattern->first], pattern->count, at, &end) || end <= at)
            continue;
        if (vetoes)
            take_away(hits, pattern->cue, at, end - 1);
        else
            add_hit(hits, pattern->cue, at, end - 1);
    }
}

static const struct pattern_trigger *find_word(const struct pattern_book *book, uint16_t word)
{
    size_t low = 0, high = book->word_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (book->words[middle].of == word)
            return &book->words[middle];
        if (book->words[middle].of < word)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

static void try_token(const struct matcher *m, uint32_t at, bool vetoes, struct cue_hits *hits)
{
    const struct token *token = &m->tokens[at];
    if (token->flags & TOKEN_QUOTED)
        return;
    if (token->kind != TOKEN_WORD)
        try_list(m, &m->book->marks, at, vetoes, hits);
    const struct pattern_trigger *own = token->word ? find_word(m->book, token->word) : NULL;
    if (own)
        try_list(m, own, at, vetoes, hits);
    for (unsigned part = 0; part < ARRAY_LEN(token->set.bits); part++) {
        uint64_t left = token->set.bits[part] & m->book->leading.bits[part];
        for (; left; left &= left - 1) {
            unsigned class = part * 64 + (unsigned)__builtin_ctzll(left);
            try_list(m, &m->book->classes[class], at, vetoes, hits);
        }
    }
}

void pattern_match(const struct pattern_book *book, const struct text *text,
                   const struct sentence *sentence, struct cue_hits *ret_hits)
{
    struct matcher m = {.book = book, .tokens = text->tokens, .sentence = sentence};
    note_present(&m);
    ret_hits->count = 0;
    ret_hits->set = 0;
    for (uint32_t at = sentence->first; at < sentence->end; at++) {
        if (ret_hits->count == CUE_HITS_MAX)
            break;
        try_token(&m, at, false, ret_hits);
    }
    for (uint32_t at = sentence->first; ret_hits->count && at < sentence->end; at++)
        try_token(&m, at, true, ret_hits);
    for (size_t i = 0; i < ret_hits->count; i++)
        ret_hits->set |= CUE(ret_hits->hits[i].cue);
}

const struct cue_hit *pattern_hit(const struct cue_hits *hits, unsigned cue)
{
    for (size_t i = 0; i < hits->count; i++)
        if (hits->hits[i].cue == cue)
            return &hits->hits[i];
    return NULL;
}
