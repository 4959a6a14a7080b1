/*
 * badge: how pupils prove who they are: the secret on a printed card, and three pictures in order.
 * Knows secrets and the vault's blind index; refuses to know pupils, cards and the database.
 *
 * Both open only the pupil's own preparation and child's plan (docs/decisions: the deviation from
 * ASVS 6.3.3). A card's token is 128 random bits, so a bare hash of it is safe to store. A picture
 * code is one of 720: no slow hash would hide that from who steals the database. What hides it is a
 * key outside the database, hence the blind index, with a salt per pupil so that equal codes do not
 * show; what hinders guessing at the door is signin/limits.h.
 */
#ifndef SIGNIN_BADGE_H
#define SIGNIN_BADGE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/status.h"

struct arena;
struct random;
struct vault;

#define BADGE_CHARS 26

/* The token as it stands in the QR code and under it: 26 characters of Crockford's base 32. */
struct badge_token {
    char s[BADGE_CHARS + 1];
};

struct badge_token badge_token_new(struct random *random);
/* "k7r2m 9xq4d …": easier to type from paper. */
const char *badge_token_readable(struct arena *arena, const struct badge_token *token);

/* BLAKE2b-256, to store and to look up. ERR_INVALID for anything that is no token. */
NODISCARD enum status badge_token_hash(const char *text, uint8_t ret_hash[32]);

/* The pictures of the drawings a-c-<name>; the order is stored in codes: only add at the end. */
enum picture {
    PICTURE_SUN,
    PICTURE_TREE,
    PICTURE_APPLE,
    PICTURE_FISH,
    PICTURE_HOUSE,
    PICTURE_STAR,
    PICTURE_UMBRELLA,
    PICTURE_CAT,
    PICTURE_BOAT,
    PICTURE_FOX,
    PICTURE_OWL,
    PICTURE_BEAR,
    PICTURE_FROG,
    PICTURE_DUCK,
    PICTURE_SNAIL,
    PICTURES
};

#define PICTURE_GRID 9
#define PICTURE_CODE 3
#define PICTURE_SALT 16

/* The drawing's name, "zon", which is also the value in forms; NULL out of range. */
const char *picture_name(enum picture picture);
/* What it is called, for who listens instead of looks: a msgid, "sun"; NULL out of range. */
const char *picture_label(enum picture picture);
NODISCARD enum status picture_parse(const char *name, enum picture *ret_picture);

/*
 * The nine pictures that this pupil sees, always the same ones in the same places: little children
 * find them by place, and a changing choice would betray which three always stay.
 */
struct picture_grid {
    enum picture at[PICTURE_GRID];
};

struct picture_code {
    enum picture at[PICTURE_CODE];
};

struct picture_grid picture_grid(const uint8_t salt[PICTURE_SALT]);

/* A code out of the pupil's nine; never three times the same picture. */
struct picture_code picture_code_new(struct random *random, const struct picture_grid *grid);

/* What is stored of it. `pupil` is the pupil's id. */
void picture_code_index(struct vault *vault, int64_t pupil, const uint8_t salt[PICTURE_SALT],
                        const struct picture_code *code, uint8_t ret_index[32]);

/* Whether this is the code; takes the same time wherever it differs. */
bool picture_code_check(struct vault *vault, int64_t pupil, const uint8_t salt[PICTURE_SALT],
                        const struct picture_code *code, const uint8_t stored[32]);

#endif
