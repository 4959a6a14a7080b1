#include "i18n/mo.h"

#include <assert.h>

#include "base/utf8.h"

/* See "The Format of GNU MO Files" in the gettext manual. */
#define MAGIC UINT32_C(0x950412de)
#define MAGIC_SWAPPED UINT32_C(0xde120495)
#define HEADER_LEN 28 /* magic, revision, count, ids, texts, hash size, hash offset */
#define PAIR_LEN 8    /* length and offset of one string */

static uint32_t u32(const struct mo *mo, size_t at)
{
    uint32_t value = 0;
    memcpy(&value, mo->data + at, sizeof value);
    return mo->swapped ? __builtin_bswap32(value) : value;
}

/* A string of a table: where it starts, and its length in *ret_len (plural forms included). */
static const char *string(const struct mo *mo, uint32_t table, uint32_t i, size_t *ret_len)
{
    size_t pair = (size_t)table + (size_t)i * PAIR_LEN;
    *ret_len = u32(mo, pair);
    return (const char *)mo->data + u32(mo, pair + 4);
}

static bool table_fits(const struct mo *mo, uint32_t table)
{
    return table <= mo->len && mo->count <= (mo->len - table) / PAIR_LEN;
}

/* Inside the data, NUL behind it, valid UTF-8, and one or two forms. */
static bool string_ok(const struct mo *mo, uint32_t table, uint32_t i, size_t *ret_forms)
{
    size_t pair = (size_t)table + (size_t)i * PAIR_LEN;
    size_t len = u32(mo, pair);
    size_t offset = u32(mo, pair + 4);
    if (offset >= mo->len || len >= mo->len - offset)
        return false;
    const char *text = (const char *)mo->data + offset;
    if (text[len] != '\0')
        return false;
    size_t first = strlen(text);
    size_t second = first < len ? strlen(text + first + 1) : 0;
    *ret_forms = first < len ? 2 : 1;
    return (first == len || first + 1 + second == len) && utf8_valid(text, first) &&
           (first == len || utf8_valid(text + first + 1, second));
}

static bool entries_ok(const struct mo *mo)
{
    const char *before = NULL;
    for (uint32_t i = 0; i < mo->count; i++) {
        size_t id_forms = 0;
        size_t text_forms = 0;
        if (!string_ok(mo, mo->ids, i, &id_forms) || !string_ok(mo, mo->texts, i, &text_forms) ||
            id_forms != text_forms)
            return false;
        size_t len = 0;
        const char *id = string(mo, mo->ids, i, &len);
        if (before && strcmp(before, id) >= 0)
            return false;
        before = id;
    }
    return true;
}

/* We read UTF-8 and know one plural rule: that of Dutch and English. */
static bool header_ok(const struct mo *mo)
{
    if (mo->count == 0)
        return true;
    struct mo_entry header = mo_entry(mo, 0);
    return *header.id == '\0' && strstr(header.text, "charset=UTF-8") &&
           strstr(header.text, "nplurals=2; plural=(n != 1);");
}

enum status mo_open(const void *data, size_t len, struct mo *ret_mo)
{
    assert(ret_mo);
    if (!data || len < HEADER_LEN)
        return ERR_INVALID;
    struct mo mo = {.data = data, .len = len};
    uint32_t magic = u32(&mo, 0);
    if (magic != MAGIC && magic != MAGIC_SWAPPED)
        return ERR_INVALID;
    mo.swapped = magic == MAGIC_SWAPPED;
    mo.count = u32(&mo, 8);
    mo.ids = u32(&mo, 12);
    mo.texts = u32(&mo, 16);
    if (u32(&mo, 4) != 0 || mo.count > MO_ENTRIES_MAX)
        return ERR_INVALID;
    if (!table_fits(&mo, mo.ids) || !table_fits(&mo, mo.texts))
        return ERR_INVALID;
    if (!entries_ok(&mo) || !header_ok(&mo))
        return ERR_INVALID;
    *ret_mo = mo;
    return OK;
}

struct mo_entry mo_entry(const struct mo *mo, uint32_t i)
{
    assert(i < mo->count);
    size_t id_len = 0;
    size_t text_len = 0;
    const char *id = string(mo, mo->ids, i, &id_len);
    const char *text = string(mo, mo->texts, i, &text_len);
    size_t id_first = strlen(id);
    size_t text_first = strlen(text);
    return (struct mo_entry){
        .id = id,
        .id_other = id_first < id_len ? id + id_first + 1 : NULL,
        .text = text,
        .text_other = text_first < text_len ? text + text_first + 1 : NULL,
    };
}
