#include "signin/badge.h"

#include <assert.h>
#include <sodium.h>

#include "base/arena.h"
#include "base/random.h"
#include "i18n/tr.h"
#include "signin/crockford.h"
#include "vault/vault.h"

#define TOKEN_BYTES 16
#define TOP_DIGIT_MAX 7 /* 26 digits hold 130 bits; a token has 128 */

static const struct {
    const char *name;  /* the drawing's, and the value in forms */
    const char *label; /* what it is called aloud: msgid */
} pictures[PICTURES] = {
    [PICTURE_SUN] = {"zon", N_("sun")},
    [PICTURE_TREE] = {"boom", N_("tree")},
    [PICTURE_APPLE] = {"appel", N_("apple")},
    [PICTURE_FISH] = {"vis", N_("fish")},
    [PICTURE_HOUSE] = {"huis", N_("house")},
    [PICTURE_STAR] = {"ster", N_("star")},
    [PICTURE_UMBRELLA] = {"paraplu", N_("umbrella")},
    [PICTURE_CAT] = {"kat", N_("cat")},
    [PICTURE_BOAT] = {"boot", N_("boat")},
    [PICTURE_FOX] = {"vos", N_("fox")},
    [PICTURE_OWL] = {"uil", N_("owl")},
    [PICTURE_BEAR] = {"beer", N_("bear")},
    [PICTURE_FROG] = {"kikker", N_("frog")},
    [PICTURE_DUCK] = {"eend", N_("duck")},
    [PICTURE_SNAIL] = {"slak", N_("snail")},
};

struct badge_token badge_token_new(struct random *random)
{
    uint8_t digits[BADGE_CHARS];
    random_fill(random, digits, sizeof digits);
    for (size_t i = 0; i < BADGE_CHARS; i++)
        digits[i] &= i == 0 ? TOP_DIGIT_MAX : 31;
    struct badge_token token = {.s = ""};
    crockford_write(digits, BADGE_CHARS, token.s);
    sodium_memzero(digits, sizeof digits);
    return token;
}

const char *badge_token_readable(struct arena *arena, const struct badge_token *token)
{
    const char *text = "";
    for (size_t at = 0; at < BADGE_CHARS; at += 5)
        text = arena_printf(arena, "%s%s%.5s", text, at ? " " : "", token->s + at);
    return text;
}

enum status badge_token_hash(const char *text, uint8_t ret_hash[32])
{
    assert(text && ret_hash);

    uint8_t digits[BADGE_CHARS];
    enum status st = crockford_read(text, BADGE_CHARS, digits);
    if (st != OK)
        return st;
    if (digits[0] > TOP_DIGIT_MAX)
        return ERR_INVALID;
    (void)crypto_generichash(ret_hash, 32, digits, sizeof digits, NULL, 0);
    sodium_memzero(digits, sizeof digits);
    return OK;
}

const char *picture_name(enum picture picture)
{
    return (size_t)picture < PICTURES ? pictures[picture].name : NULL;
}

const char *picture_label(enum picture picture)
{
    return (size_t)picture < PICTURES ? pictures[picture].label : NULL;
}

enum status picture_parse(const char *name, enum picture *ret_picture)
{
    for (int i = 0; i < PICTURES; i++) {
        if (strcmp(pictures[i].name, name) == 0) {
            *ret_picture = (enum picture)i;
            return OK;
        }
    }
    return ERR_INVALID;
}

struct picture_grid picture_grid(const uint8_t salt[PICTURE_SALT])
{
    enum picture all[PICTURES];
    for (int i = 0; i < PICTURES; i++)
        all[i] = (enum picture)i;
    uint8_t bytes[PICTURES];
    (void)crypto_generichash(bytes, sizeof bytes, salt, PICTURE_SALT, NULL, 0);
    struct picture_grid grid;
    for (unsigned i = 0; i < PICTURE_GRID; i++) {   /* the first nine of a shuffle */
        unsigned j = i + bytes[i] % (PICTURES - i); /* slightly uneven: it is no secret */
        grid.at[i] = all[j];
        all[j] = all[i];
    }
    return grid;
}

struct picture_code picture_code_new(struct random *random, const struct picture_grid *grid)
{
    struct picture_code code;
    do {
        for (size_t i = 0; i < PICTURE_CODE; i++)
            code.at[i] = grid->at[random_below(random, PICTURE_GRID)];
    } while (code.at[0] == code.at[1] && code.at[1] == code.at[2]);
    return code;
}

void picture_code_index(struct vault *vault, int64_t pupil, const uint8_t salt[PICTURE_SALT],
                        const struct picture_code *code, uint8_t ret_index[32])
{
    uint8_t value[PICTURE_SALT + sizeof pupil + PICTURE_CODE];
    memcpy(value, salt, PICTURE_SALT);
    memcpy(value + PICTURE_SALT, &pupil, sizeof pupil);
    for (size_t i = 0; i < PICTURE_CODE; i++)
        value[PICTURE_SALT + sizeof pupil + i] = (uint8_t)code->at[i];
    vault_blind_index(vault, "signin.picture_code", value, sizeof value, ret_index);
    sodium_memzero(value, sizeof value);
}

bool picture_code_check(struct vault *vault, int64_t pupil, const uint8_t salt[PICTURE_SALT],
                        const struct picture_code *code, const uint8_t stored[32])
{
    uint8_t index[32];
    picture_code_index(vault, pupil, salt, code, index);
    return sodium_memcmp(index, stored, sizeof index) == 0;
}
