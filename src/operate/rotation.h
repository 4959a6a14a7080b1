/*
 * rotation: new keys for a school or for the whole installation, in the order of vault.h, with the
 * database's part in between. May be killed anywhere: rotation_settle() ends what was cut short,
 * and until then everything opens. Works while serve runs, whose next opening loads the new key
 * (person/dossier.h). All functions are outside a transaction and make their own.
 */
#ifndef OPERATE_ROTATION_H
#define OPERATE_ROTATION_H

#include <stdbool.h>
#include <stddef.h>

#include "base/ids.h"
#include "base/status.h"
#include "vault/vault.h"

struct cli;

/*
 * A new key and tree for a school: rewraps the keys of all its dossiers in one transaction. Their
 * slots stay the same, so that an erasure that is due means the same slot before and after. Backups
 * from before cannot be opened any more. ERR_CONFLICT while a rotation is going on or was cut
 * short. *ret_dossiers were rewrapped. The actor of `cli` is at this school afterwards.
 */
NODISCARD enum status rotation_of_school(struct cli *cli, struct school_id school,
                                         size_t *ret_dossiers);

/*
 * A new master key; goes on with one that was begun. ERR_CONFLICT while a school is being rotated;
 * ERR_FORBIDDEN where the key file cannot be replaced (a systemd credential).
 */
NODISCARD enum status rotation_of_master(struct cli *cli);

/*
 * A database from before a rotation of the master key, with the key of that day: wraps the keys of
 * all schools under the present one. The vault knows the former key from then on: open it anew.
 * ERR_CORRUPT or ERR_ERASED when a school opens with neither; then nothing was changed.
 */
NODISCARD enum status rotation_take_in(struct cli *cli,
                                       const uint8_t former_master[VAULT_KEY_BYTES]);

/* Ends everything that was cut short. *ret_settled counts schools and the master key. */
NODISCARD enum status rotation_settle(struct cli *cli, size_t *ret_settled);

#endif
