/*
 * crockford: secrets as text that people read aloud and type: Crockford's base 32, small letters,
 * without i l o u. Reading accepts capitals, o for 0, i and l for 1, and skips dashes and spaces.
 */
#ifndef SIGNIN_CROCKFORD_H
#define SIGNIN_CROCKFORD_H

#include <stddef.h>
#include <stdint.h>

#include "base/status.h"

/* `count` digits of 5 bits each, and a NUL. */
void crockford_write(const uint8_t *digits, size_t count, char *to);

/* Exactly `count` digits; ERR_INVALID otherwise. */
NODISCARD enum status crockford_read(const char *text, size_t count, uint8_t *ret_digits);

#endif
