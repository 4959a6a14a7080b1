#include "language/pattern.h"

#include "base/compiler.h"
#include "language/text.h"

#define ALT_CLASS 0x8000
#define ALT_MARK 0x4000

/* The codes of parts; wordc is their writer (CODES). */
#define CODE_COMMAGAP 0x08
#define CODE_START 0x10
#define CODE_SET 0x20
#define CODE_WORD 0x40
#define CODE_OFTEN 0x80
#define TAKES_AWAY 0x80

enum part_kind {
    PART_START = CODE_START, /* the first word that matters of the sentence */
    PART_END,                /* nothing but closing marks follows */
    PART_CLAUSE_END,         /* that, or a comma, colon, semicolon or dash */
    PART_ANY,                /* one word or number */
    PART_MAYBE,              /* one of the alternatives, or nothing */
    PART_NOT,                /* the next token is none of the alternatives; takes nothing */
    PART_ONE,                /* a token that is one of the alternatives */
    PART_GAP,                /* 0 to count words or numbers */
    PART_COMMAGAP,           /* the same, commas allowed */
};

struct part {
    enum part_kind kind;
    uint8_t count; /* of alts; of words for a gap */
    uint16_t one;  /* the only alternative, when alts is NULL */
    const uint16_t *alts;
};

/* Frames that take away wait until all others were tried. */
#define WAITING_MAX 64

struct matcher {
    const struct pattern_book *book;
    const struct token *tokens;
    const struct sentence *sentence;
    struct cue_hits *hits;
    size_t waiting_count; /* above WAITING_MAX: some found no place */
    struct waiting {
        const uint8_t *code;
        uint32_t at;
    } waiting[WAITING_MAX];
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
    if (!(alt & (ALT_CLASS | ALT_MARK)))
        return token->word == alt;
    if (alt & ALT_CLASS)
        return lex_has(token->set, alt & 0x7FFF);
    if (alt == ALT_MARK)
        return token->kind == TOKEN_NUMBER;
    return token->kind == TOKEN_MARK && token->mark == (char)(alt & 0xFF);
}

static bool is_one(const struct matcher *m, const struct part *part, uint32_t at)
{
    if (at >= m->sentence->end)
        return false;
    const struct token *token = &m->tokens[at];
    if (token->flags & TOKEN_QUOTED)
        return false;
    if (!part->alts)
        return token->word == part->one;
    const uint16_t *end = part->alts + part->count;
    for (const uint16_t *alt = part->alts; alt < end; alt++)
        if (is_alt(token, *alt))
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

/* A part that takes no token, between the token before `at` and the one there. */
static bool stands_at(const struct matcher *m, const struct part *part, uint32_t at)
{
    if (part->kind == PART_NOT)
        return !is_one(m, part, at);
    if (part->kind == PART_START)
        return at == m->sentence->start || at == m->sentence->first;
    return at_end(m, at) || (part->kind == PART_CLAUSE_END && is_break(&m->tokens[at]));
}

/* One part from its code; returns the code behind it. */
static const uint8_t *read_part(const struct pattern_book *book, const uint8_t *code,
                                struct part *part)
{
    if (*code < CODE_START) {
        part->kind = *code < CODE_COMMAGAP ? PART_GAP : PART_COMMAGAP;
        part->count = (uint8_t)(*code % CODE_COMMAGAP + 1);
        return code + 1;
    }
    part->kind = PART_ONE;
    if (*code < CODE_SET) {
        part->kind = (enum part_kind) * code++;
        if (part->kind < PART_MAYBE)
            return code;
    }
    if (*code >= CODE_WORD && *code < CODE_OFTEN) {
        part->alts = NULL;
        part->one = (uint16_t)((code[0] - CODE_WORD) << 8 | code[1]);
        return code + 2;
    }
    unsigned set = *code >= CODE_OFTEN
                       ? *code - (unsigned)CODE_OFTEN
                       : ((code[0] - (unsigned)CODE_SET) << 8 | code[1]) + (256 - CODE_OFTEN);
    part->alts = book->alts + book->set_at[set];
    part->count = book->set_count[set];
    return code + (*code >= CODE_OFTEN ? 1 : 2);
}

/* The `left` parts at `code` from token `at` on; *ret_end is behind the last token taken. Recursion
 * is as deep as a frame is long. */
static bool match_on(const struct matcher *m, const uint8_t *code, size_t left, uint32_t at,
                     uint32_t *ret_end)
{
    struct part part;
    if (left == 0) {
        *ret_end = at;
        return true;
    }
    left--;
    code = read_part(m->book, code, &part);
    switch (part.kind) {
    case PART_ONE:
        return is_one(m, &part, at) && match_on(m, code, left, at + 1, ret_end);
    case PART_MAYBE:
        return (is_one(m, &part, at) && match_on(m, code, left, at + 1, ret_end)) ||
               match_on(m, code, left, at, ret_end);
    case PART_ANY:
        return is_gap(m, at, false) && match_on(m, code, left, at + 1, ret_end);
    case PART_GAP:
    case PART_COMMAGAP:
        for (uint32_t n = 0; n <= part.count; n++) {
            if (match_on(m, code, left, at + n, ret_end))
                return true;
            if (!is_gap(m, at + n, part.kind == PART_COMMAGAP))
                return false;
        }
        return false;
    case PART_START:
    case PART_END:
    case PART_CLAUSE_END:
    case PART_NOT:
        return stands_at(m, &part, at) && match_on(m, code, left, at, ret_end);
    }
    return false;
}

/* The same from right to left, before token `at`. */
static bool match_back(const struct matcher *m, const uint8_t *code, size_t left, uint32_t at,
                       uint32_t *ret_first)
{
    struct part part;
    if (left == 0) {
        *ret_first = at;
        return true;
    }
    left--;
    code = read_part(m->book, code, &part);
    bool more = at > m->sentence->first;
    switch (part.kind) {
    case PART_ONE:
        return more && is_one(m, &part, at - 1) && match_back(m, code, left, at - 1, ret_first);
    case PART_MAYBE:
        return (more && is_one(m, &part, at - 1) && match_back(m, code, left, at - 1, ret_first)) ||
               match_back(m, code, left, at, ret_first);
    case PART_ANY:
        return more && is_gap(m, at - 1, false) && match_back(m, code, left, at - 1, ret_first);
    case PART_GAP:
    case PART_COMMAGAP:
        for (uint32_t n = 0; n <= part.count; n++) {
            if (match_back(m, code, left, at - n, ret_first))
                return true;
            if (at - n == m->sentence->first || !is_gap(m, at - n - 1, part.kind == PART_COMMAGAP))
                return false;
        }
        return false;
    case PART_START:
    case PART_END:
    case PART_CLAUSE_END:
    case PART_NOT:
        return stands_at(m, &part, at) && match_back(m, code, left, at, ret_first);
    }
    return false;
}

/* A frame that takes away: the hits of its cue that share a token with it. */
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
    size_t place = hits->count;
    for (size_t i = 0; i < hits->count; i++) {
        struct cue_hit *hit = &hits->hits[i];
        if (hit->cue == cue && hit->first == first) {
            if (last > hit->last)
                hit->last = last;
            return;
        }
    }
    if (hits->count == CUE_HITS_MAX)
        return;
    for (; place > 0 && hits->hits[place - 1].first > first; place--)
        hits->hits[place] = hits->hits[place - 1];
    hits->hits[place] = (struct cue_hit){first, last, (uint8_t)cue};
    hits->count++;
}

static bool has_cue(const struct cue_hits *hits, unsigned cue)
{
    for (size_t i = 0; i < hits->count; i++)
        if (hits->hits[i].cue == cue)
            return true;
    return false;
}

/* The frame at `code`, whose trigger is the token at `at`. */
static bool match_frame(const struct matcher *m, const uint8_t *code, uint32_t at,
                        uint32_t *ret_first, uint32_t *ret_end)
{
    struct part skipped;
    size_t behind = code[1] >> 4, before = code[1] & 15;
    code += 2;
    if (!match_on(m, code, behind, at + 1, ret_end))
        return false;
    for (; before && behind; behind--)
        code = read_part(m->book, code, &skipped);
    return match_back(m, code, before, at, ret_first);
}

static void try_to_take(struct matcher *m, const uint8_t *code, uint32_t at)
{
    unsigned cue = code[0] & ~(unsigned)TAKES_AWAY;
    uint32_t from, behind;
    if (has_cue(m->hits, cue) && match_frame(m, code, at, &from, &behind))
        take_away(m->hits, cue, from, behind - 1);
}

static void wait_to_take(struct matcher *m, const uint8_t *code, uint32_t at)
{
    if (m->waiting_count < WAITING_MAX)
        m->waiting[m->waiting_count] = (struct waiting){code, at};
    m->waiting_count++;
}

/* The frames from `first` to before `end` in the lists, whose trigger is the token at `at`: those
 * that take away, or the others. */
static void try_list(struct matcher *m, size_t first, size_t end, uint32_t at, bool taking)
{
    for (size_t i = first; i < end; i++) {
        const uint8_t *code = m->book->frames + m->book->lists[i];
        uint32_t from, behind;
        if (taking && code[0] & TAKES_AWAY)
            try_to_take(m, code, at);
        else if (!taking && code[0] & TAKES_AWAY)
            wait_to_take(m, code, at);
        else if (!taking && match_frame(m, code, at, &from, &behind))
            add_hit(m->hits, code[0], from, behind - 1);
    }
}

static const struct pattern_trigger *find_alt(const struct pattern_book *book, unsigned alt)
{
    size_t low = 0, high = book->word_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (book->words[middle].alt == alt)
            return &book->words[middle];
        if (book->words[middle].alt < alt)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

static void try_token(struct matcher *m, uint32_t at, bool taking)
{
    const struct token *token = &m->tokens[at];
    if (token->flags & TOKEN_QUOTED)
        return;
    unsigned alt = token->kind == TOKEN_WORD ? token->word : ALT_MARK | (unsigned char)token->mark;
    const struct pattern_trigger *own = alt ? find_alt(m->book, alt) : NULL;
    if (own)
        try_list(m, own[0].first, own[1].first, at, taking);
    for (unsigned part = 0; part < ARRAY_LEN(token->set.bits); part++) {
        uint64_t left = token->set.bits[part] & m->book->leading.bits[part];
        for (; left; left &= left - 1) {
            unsigned class = part * 64 + (unsigned)__builtin_ctzll(left);
            try_list(m, m->book->classes[class], m->book->classes[class + 1], at, taking);
        }
    }
}

/* After all others, in the order of the sentence. */
static void take_what_waits(struct matcher *m)
{
    if (m->waiting_count <= WAITING_MAX) {
        for (size_t i = 0; i < m->waiting_count; i++)
            try_to_take(m, m->waiting[i].code, m->waiting[i].at);
        return;
    }
    for (uint32_t at = m->sentence->first; at < m->sentence->end; at++)
        try_token(m, at, true);
}

void pattern_match(const struct pattern_book *book, const struct text *text,
                   const struct sentence *sentence, struct cue_hits *ret_hits)
{
    struct matcher m;
    m.book = book;
    m.tokens = text->tokens;
    m.sentence = sentence;
    m.hits = ret_hits;
    m.waiting_count = 0;
    ret_hits->count = 0;
    ret_hits->set = 0;
    for (uint32_t at = sentence->first; at < sentence->end; at++) {
        if (ret_hits->count == CUE_HITS_MAX) {
            m.waiting_count = WAITING_MAX + 1; /* of the rest of the sentence nothing waits yet */
            break;
        }
        try_token(&m, at, false);
    }
    if (ret_hits->count)
        take_what_waits(&m);
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
