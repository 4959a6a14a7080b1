/*
 * mo: gettext's compiled catalogues, format revision 0, either byte order. Checks everything once
 * when opening, so that reading an entry cannot fail. Knows nothing of languages or lookups.
 */
#ifndef I18N_MO_H
#define I18N_MO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/status.h"

#define MO_ENTRIES_MAX 100000

/* An opened catalogue; refers to the data, which must stay. Plain value. */
struct mo {
    const uint8_t *data;
    size_t len;
    uint32_t count;
    uint32_t ids, texts; /* offsets of the two tables */
    bool swapped;        /* written on a machine of the other byte order */
};

/* One message. `other` is NULL unless the message has a plural. Entry 0 with id "" is the header.
 */
struct mo_entry {
    const char *id, *id_other;
    const char *text, *text_other;
};

/*
 * ERR_INVALID unless every string lies inside the data, ends in NUL and is UTF-8, plurals have
 * exactly two forms, ids rise strictly, and the header (when there are entries) asks for UTF-8 and
 * for the plural rule n != 1.
 */
NODISCARD enum status mo_open(const void *data, size_t len, struct mo *ret_mo);

/* `i` < mo->count. */
struct mo_entry mo_entry(const struct mo *mo, uint32_t i);

#endif
