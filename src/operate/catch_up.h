/*
 * catch_up: an older database beside the present keyring, as after a restore. Dossiers that were
 * erased since live in it as rows that nobody can open: erases them here too.
 */
#ifndef OPERATE_CATCH_UP_H
#define OPERATE_CATCH_UP_H

#include <stddef.h>

#include "base/ids.h"
#include "base/status.h"

struct cli;

/*
 * Outside a transaction; the schools' keys are known. *ret_count dossiers were erased again. Leaves
 * the actor of `cli` at no school.
 */
NODISCARD enum status catch_up_erasures(struct cli *cli, const struct school_id *schools,
                                        size_t school_count, size_t *ret_count);

#endif
