#include "base/ids.h"

#include <assert.h>

#include "base/random.h"

static const char digits[] = "0123456789abcdefghjkmnpqrstvwxyz";

int64_t id_new(struct random *random)
{
    int64_t id = 0;
    while (id == 0) {
        uint64_t raw;
        random_fill(random, &raw, sizeof raw);
        id = (int64_t)(raw & INT64_MAX);
    }
    return id;
}

void id_new_many(struct random *random, int64_t *ret_ids, size_t count)
{
    random_fill(random, ret_ids, count * sizeof *ret_ids);
    for (size_t i = 0; i < count; i++) {
        ret_ids[i] &= INT64_MAX;
        if (ret_ids[i] == 0)
            ret_ids[i] = id_new(random);
    }
}

struct id_text id_text(int64_t id)
{
    assert(id >= 0);
    struct id_text text = {{0}};
    uint64_t rest = (uint64_t)id;
    for (int i = ID_TEXT_LEN - 1; i >= 0; i--) {
        text.s[i] = digits[rest & 31];
        rest >>= 5;
    }
    return text;
}

enum status id_parse(const char *text, int64_t *ret_id)
{
    uint64_t value = 0;
    for (int i = 0; i < ID_TEXT_LEN; i++) {
        const char *at = text[i] ? strchr(digits, text[i]) : NULL;
        if (!at || (i == 0 && at - digits > 7)) /* 13 digits hold 65 bits; ids have 63 */
            return ERR_INVALID;
        value = value << 5 | (uint64_t)(at - digits);
    }
    if (text[ID_TEXT_LEN] != '\0' || value == 0)
        return ERR_INVALID;
    *ret_id = (int64_t)value;
    return OK;
}
