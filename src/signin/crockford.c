#include "signin/crockford.h"

#include <assert.h>

static const char alphabet[] = "0123456789abcdefghjkmnpqrstvwxyz";

void crockford_write(const uint8_t *digits, size_t count, char *to)
{
    for (size_t i = 0; i < count; i++) {
        assert(digits[i] < 32);
        to[i] = alphabet[digits[i]];
    }
    to[count] = '\0';
}

static int digit_of(char c)
{
    if (c >= 'A' && c <= 'Z')
        c = (char)(c + 32);
    if (c == 'o')
        c = '0';
    if (c == 'i' || c == 'l')
        c = '1';
    const char *at = c ? strchr(alphabet, c) : NULL;
    return at ? (int)(at - alphabet) : -1;
}

enum status crockford_read(const char *text, size_t count, uint8_t *ret_digits)
{
    /* Twice: the result is written only when all of it is right. */
    size_t found = 0;
    for (const char *at = text; *at; at++) {
        if (*at == '-' || *at == ' ')
            continue;
        if (found == count || digit_of(*at) < 0)
            return ERR_INVALID;
        found++;
    }
    if (found != count)
        return ERR_INVALID;
    size_t i = 0;
    for (const char *at = text; *at; at++)
        if (*at != '-' && *at != ' ')
            ret_digits[i++] = (uint8_t)digit_of(*at);
    return OK;
}
