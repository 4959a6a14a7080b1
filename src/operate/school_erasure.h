/*
 * school_erasure: a whole school taken away: every row, the accounts that worked nowhere else, its
 * board when that is empty, and its keys, so that no backup brings it back. For `school erase`, and
 * for `restore`, which meets erased schools in older backups. Refuses to know who asks, and whether
 * they are sure.
 */
#ifndef OPERATE_SCHOOL_ERASURE_H
#define OPERATE_SCHOOL_ERASURE_H

#include <stddef.h>
#include <stdint.h>

#include "base/ids.h"
#include "base/status.h"

struct work;

struct school_erased {
    int64_t rows;    /* of the school */
    size_t accounts; /* that were nobody anywhere else */
};

/*
 * In an open WRITE transaction; may be repeated after any failure, also for a school whose keys are
 * gone already. The keyring is written before the commit (erasure_of_school).
 */
NODISCARD enum status school_erase(struct work *work, struct school_id school,
                                   struct school_erased *ret);

#endif
