#include "language/lexicon.h"

#include <string.h>

#include "base/compiler.h"
#include "gen/words.h"

#define VARIANT 0x8000

/* One key of a block: how much of the key before it stays, and what is new. */
struct entry {
    size_t shared, len;
    const uint8_t *text;
};

static struct entry entry_at(const uint8_t *at)
{
    struct entry entry = {.shared = *at >> 4, .len = *at & 15, .text = at + 1};
    if (entry.len == 15)
        entry.len = *entry.text++;
    return entry;
}

static int compare(const uint8_t *text, size_t text_len, const char *key, size_t len)
{
    int order = memcmp(text, key, text_len < len ? text_len : len);
    return order ? order : (text_len > len) - (text_len < len);
}

/* The last block whose head is not behind the key; 0 when all are. */
static size_t block_of(const char *key, size_t len)
{
    size_t low = 0, high = (lex_word_count + LEX_BLOCK - 1) / LEX_BLOCK;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        struct entry head = entry_at(lex_pool + lex_blocks[middle]);
        if (compare(head.text, head.len, key, len) <= 0)
            low = middle;
        else
            high = middle;
    }
    return low;
}

/*
 * `same` is how much of the key the last entry had, and that entry stands before the key. So one
 * that shares more with it stands before the key too; any other is compared from where it differs.
 */
uint16_t lexicon_find(const char *key, size_t len)
{
    size_t word = block_of(key, len) * LEX_BLOCK, same = 0;
    size_t end = word + LEX_BLOCK < lex_word_count ? word + LEX_BLOCK : lex_word_count;
    const uint8_t *at = lex_pool + lex_blocks[word / LEX_BLOCK];
    for (; word < end; word++) {
        struct entry entry = entry_at(at);
        at = entry.text + entry.len;
        if (entry.shared > same)
            continue;
        same = entry.shared;
        size_t n = 0;
        while (n < entry.len && same + n < len && entry.text[n] == (uint8_t)key[same + n])
            n++;
        same += n;
        if (n == entry.len && same == len)
            return (uint16_t)(word + 1);
        if (same == len || (n < entry.len && entry.text[n] > (uint8_t)key[same]))
            return 0;
    }
    return 0;
}

const struct lex_variant *lexicon_variant(uint16_t word)
{
    if (!word || !(lex_kinds[word - 1] & VARIANT))
        return NULL;
    return &lex_variants[lex_kinds[word - 1] & ~VARIANT];
}

size_t lexicon_key(uint16_t word, char ret_key[LEX_KEY_MAX + 1])
{
    size_t len = 0;
    if (word) {
        const uint8_t *at = lex_pool + lex_blocks[(word - 1) / LEX_BLOCK];
        for (size_t i = 0; i <= (size_t)(word - 1) % LEX_BLOCK; i++) {
            struct entry entry = entry_at(at);
            memcpy(ret_key + entry.shared, entry.text, entry.len);
            len = entry.shared + entry.len;
            at = entry.text + entry.len;
        }
    }
    ret_key[len] = '\0';
    return len;
}

struct lex_set lexicon_set(uint16_t word)
{
    struct lex_set set = {{0}};
    if (!word || lex_kinds[word - 1] & VARIANT)
        return set;
    const uint8_t *classes = lex_sets + lex_kinds[word - 1];
    for (size_t i = 1; i <= classes[0]; i++)
        lex_put(&set, classes[i]);
    return set;
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
