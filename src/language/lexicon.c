#include "language/lexicon.h"

#include <string.h>

#include "base/compiler.h"
#include "gen/words.h"

#define VARIANT 0x8000

static const char *text_of(size_t row)
{
    return (const char *)lex_pool + lex_rows[row].text;
}

/* Open addressing; the table is at most half full, so an empty slot is near (wordc, key_hash). */
uint16_t lexicon_find(const char *key, size_t len)
{
    uint32_t hash = 2166136261u;
    for (size_t i = 0; i < len; i++)
        hash = (hash ^ (uint8_t)key[i]) * 16777619u;
    for (uint32_t at = hash & lex_slot_mask; lex_slots[at]; at = (at + 1) & lex_slot_mask) {
        const char *text = text_of((size_t)lex_slots[at] - 1);
        if (strncmp(text, key, len) == 0 && text[len] == '\0')
            return lex_slots[at];
    }
    return 0;
}

size_t lexicon_variant(uint16_t word, uint16_t ret_words[2])
{
    if (!word || !(lex_rows[word - 1].set & VARIANT))
        return 0;
    const struct lex_variant *variant = &lex_variants[lex_rows[word - 1].set & ~VARIANT];
    ret_words[0] = variant->words[0];
    ret_words[1] = variant->words[1];
    return variant->words[1] ? 2 : 1;
}

const char *lexicon_text(uint16_t word)
{
    return word ? text_of(word - 1) : "";
}

struct lex_set lexicon_set(uint16_t word)
{
    if (!word || lex_rows[word - 1].set & VARIANT)
        return (struct lex_set){{0}};
    return lex_sets[lex_rows[word - 1].set];
}

static bool ends(const char *key, size_t len, const char *tail)
{
    size_t n = strlen(tail);
    return len > n && memcmp(key + len - n, tail, n) == 0;
}

struct lex_set lexicon_guess(const char *key, size_t len)
{
    static const char *const starts[] = {"ge", "be", "ver", "ont", "her"};
    struct lex_set set = {{0}};
    if (len < 5)
        return set;
    bool participle = ends(key, len, "t") || ends(key, len, "d") || ends(key, len, "en");
    for (size_t i = 0; participle && i < ARRAY_LEN(starts); i++)
        if (memcmp(key, starts[i], strlen(starts[i])) == 0)
            lex_put(&set, LEX_PART);
    if (ends(key, len, "en"))
        lex_put(&set, LEX_INF);
    return set;
}
