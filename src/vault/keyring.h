/*
 * keyring: the secrets behind the dossier slots, as values. Knows trees, slots and the bytes they
 * are written as; refuses to know files, master keys, threads and databases (keyfile, envelope and
 * vault do).
 *
 * Per school there is a tree of secrets (Goldreich, Goldwasser and Micali): a node's sixteen
 * children are HChaCha20(node, child number); five levels below the root lie the 1,048,576 leaves,
 * one per dossier slot. A tree is kept as the set of subtree roots that remain. At birth that is
 * the root alone. To erase a slot, the node that covers it is replaced by the siblings along the
 * path; the leaf can then be computed from nothing that is left. When all sixteen leaves of a node
 * are erased nothing of it is kept, so slots given out in order and erased together cost little.
 *
 * A keyring never changes: each change makes another one, which is what a reader under a lock and
 * a file that is replaced as a whole both want.
 */
#ifndef VAULT_KEYRING_H
#define VAULT_KEYRING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/status.h"

struct random;

#define KEYRING_FANOUT 16
#define KEYRING_LEVELS 5
#define KEYRING_SLOTS (UINT32_C(1) << 20)
#define KEYRING_SECRET 32
#define KEYRING_MARK 16

/* The root of a subtree that remains: covers 16^(5-level) slots from `start` on. */
struct keyring_node {
    uint32_t start;
    uint32_t level; /* 0 = the whole tree … 5 = one leaf */
    uint8_t secret[KEYRING_SECRET];
};

/*
 * A school's tree. A school has two of them while its key is being rotated; `mark` says which one
 * a wrapped school key belongs to. `own` is the school's own secret, the same in both.
 */
struct keyring_tree {
    int64_t school;
    uint8_t mark[KEYRING_MARK];
    uint8_t own[KEYRING_SECRET];
    uint32_t first; /* into nodes, which are in order of start */
    uint32_t count;
};

struct keyring {
    size_t size; /* of the allocation, in bytes */
    uint64_t generation;
    uint8_t root[KEYRING_SECRET]; /* the installation's secret */
    uint32_t tree_count;
    uint32_t node_count;
    struct keyring_tree *trees; /* in order of school */
    struct keyring_node *nodes;
};

/* An empty keyring with a fresh installation secret; NULL when memory is out. */
struct keyring *keyring_new(struct random *random);

void keyring_free(struct keyring *ring); /* wipes; NULL is fine */

/* The number of trees of a school; *ret_first (may be NULL) is the first one's index. */
uint32_t keyring_trees(const struct keyring *ring, int64_t school, uint32_t *ret_first);

/* The tree of this school with this mark; false when there is none. */
bool keyring_tree_with(const struct keyring *ring, int64_t school,
                       const uint8_t mark[KEYRING_MARK], uint32_t *ret_tree);

/* The secret of a slot (below KEYRING_SLOTS); false when it was erased. */
bool keyring_leaf(const struct keyring *ring, uint32_t tree, uint32_t slot,
                  uint8_t ret_secret[KEYRING_SECRET]);

/*
 * The changes. Each gives a new keyring with the next generation and leaves `ring` as it was;
 * ERR_NOMEM is the only failure unless told otherwise.
 */

/* The same once more, for a file that must be written anew. */
NODISCARD enum status keyring_copy(const struct keyring *ring, struct keyring **ret_ring);

/* A further tree for `school`, whole. `own` NULL makes a fresh own secret. */
NODISCARD enum status keyring_with_tree(const struct keyring *ring, struct random *random,
                                        int64_t school, const uint8_t mark[KEYRING_MARK],
                                        const uint8_t own[KEYRING_SECRET],
                                        struct keyring **ret_ring);

NODISCARD enum status keyring_without_tree(const struct keyring *ring, uint32_t tree,
                                           struct keyring **ret_ring);

/*
 * Without the secrets of `slots` (each below KEYRING_SLOTS; any order, doubles and slots already
 * erased are fine). Sorts `slots` in place. *ret_ring is NULL when all of them were erased before.
 */
NODISCARD enum status keyring_without_slots(const struct keyring *ring, uint32_t tree,
                                            uint32_t *slots, size_t count,
                                            struct keyring **ret_ring);

/*
 * The bytes of a keyring, to be sealed. keyring_read gives ERR_CORRUPT for anything that
 * keyring_write would not have written; the generation travels outside.
 */
size_t keyring_bytes(const struct keyring *ring);
void keyring_write(const struct keyring *ring, uint8_t *to);
NODISCARD enum status keyring_read(struct bytes from, uint64_t generation,
                                   struct keyring **ret_ring);

#endif
