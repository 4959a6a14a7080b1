#include "i18n/tr.h"

#include <assert.h>

#include "base/bytes.h"
#include "base/str.h"
#include "gen/nl_mo.h"
#include "i18n/mo.h"

/* A page looks up a hundred texts or more, so a table by hash: one comparison each. */
struct tr {
    enum lang lang;
    size_t mask;             /* slots - 1; slots are a power of two, at most half of them used */
    struct mo_entry slots[]; /* id NULL: empty */
};

static const char *const CODES[LANG_COUNT] = {[LANG_NL] = "nl", [LANG_EN] = "en"};

/*
 * Of the length and the ends: a page looks up hundreds, and texts that agree in both are few. The
 * ids are constants of the program, so nobody can choose colliding ones.
 */
static size_t hash(const char *id)
{
    size_t len = strlen(id);
    uint64_t first = 0, last = 0;
    size_t part = len < sizeof first ? len : sizeof first;
    memcpy(&first, id, part);
    memcpy(&last, id + len - part, part);
    uint64_t h = (first ^ len) * UINT64_C(0x9E3779B97F4A7C15);
    h = (h ^ h >> 32 ^ last) * UINT64_C(0xD6E8FEB86659FD93);
    return (size_t)(h ^ h >> 32);
}

/* The slot of `id`, or the empty one where it would be. There always is an empty one. */
static size_t slot_of(const struct tr *tr, const char *id)
{
    size_t slot = hash(id) & tr->mask;
    while (tr->slots[slot].id && !str_equal(tr->slots[slot].id, id))
        slot = (slot + 1) & tr->mask;
    return slot;
}

static const struct mo_entry *find(const struct tr *tr, const char *id)
{
    const struct mo_entry *entry = &tr->slots[slot_of(tr, id)];
    return entry->id ? entry : NULL;
}

enum status tr_new(enum lang lang, const void *mo, size_t len, struct tr **ret_tr)
{
    assert(ret_tr);
    struct mo catalogue = {0};
    if (mo) {
        enum status st = mo_open(mo, len, &catalogue);
        if (st != OK)
            return st;
    }
    size_t slots = 2;
    while (slots < (size_t)catalogue.count * 2)
        slots *= 2;
    struct tr *tr = calloc(1, sizeof *tr + slots * sizeof tr->slots[0]);
    if (!tr)
        return ERR_NOMEM;
    tr->lang = lang;
    tr->mask = slots - 1;
    for (uint32_t i = 0; i < catalogue.count; i++) {
        struct mo_entry entry = mo_entry(&catalogue, i);
        /* The header is no text; an empty translation is none. */
        if (*entry.id && *entry.text)
            tr->slots[slot_of(tr, entry.id)] = entry;
    }
    *ret_tr = tr;
    return OK;
}

void tr_free(struct tr *tr)
{
    free(tr);
}

enum status tr_load_all(struct tr *ret_tr[LANG_COUNT])
{
    struct tr *nl = NULL;
    enum status st = tr_new(LANG_NL, NL_MO.data, NL_MO.len, &nl);
    if (st != OK)
        return st;
    struct tr *en = NULL;
    st = tr_new(LANG_EN, NULL, 0, &en);
    if (st != OK) {
        tr_free(nl);
        return st;
    }
    ret_tr[LANG_NL] = nl;
    ret_tr[LANG_EN] = en;
    return OK;
}

void tr_free_all(struct tr *tr[LANG_COUNT])
{
    for (int i = 0; i < LANG_COUNT; i++) {
        tr_free(tr[i]);
        tr[i] = NULL;
    }
}

enum lang tr_lang(const struct tr *tr)
{
    return tr->lang;
}

const char *tr_code(const struct tr *tr)
{
    return CODES[tr->lang];
}

const char *tr(const struct tr *tr, const char *id)
{
    assert(tr && id);
    const struct mo_entry *entry = find(tr, id);
    return entry ? entry->text : id;
}

const char *trn(const struct tr *tr, const char *one, const char *other, int64_t n)
{
    assert(tr && one && other);
    const struct mo_entry *entry = find(tr, one);
    if (!entry || !entry->text_other)
        return n == 1 ? one : other;
    return n == 1 ? entry->text : entry->text_other;
}
