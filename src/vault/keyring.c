#include "vault/keyring.h"

#include <assert.h>
#include <sodium.h>

#include "base/random.h"
#include "vault/secret.h"

/* Written form: installation secret, number of trees, number of nodes; trees; nodes. */
#define HEAD_BYTES (KEYRING_SECRET + 4 + 4)
#define TREE_BYTES (8 + KEYRING_MARK + KEYRING_SECRET + 4)
#define NODE_BYTES (4 + KEYRING_SECRET) /* level << 24 | start, secret */
#define START_MASK UINT32_C(0xFFFFFF)

/* How many slots a node of this level covers. */
static uint32_t span_of(uint32_t level)
{
    return KEYRING_SLOTS >> (4 * level);
}

static struct keyring *ring_alloc(size_t trees, size_t nodes)
{
    if (trees > UINT32_MAX || nodes > UINT32_MAX)
        return NULL;
    size_t size = sizeof(struct keyring) + trees * sizeof(struct keyring_tree) +
                  nodes * sizeof(struct keyring_node);
    struct keyring *ring = secret_alloc(size);
    if (!ring)
        return NULL;
    ring->size = size;
    ring->tree_count = (uint32_t)trees;
    ring->node_count = (uint32_t)nodes;
    ring->trees = (struct keyring_tree *)(ring + 1);
    ring->nodes = (struct keyring_node *)(ring->trees + trees);
    return ring;
}

struct keyring *keyring_new(struct random *random)
{
    struct keyring *ring = ring_alloc(0, 0);
    if (ring)
        random_fill(random, ring->root, sizeof ring->root);
    return ring;
}

void keyring_free(struct keyring *ring)
{
    if (ring)
        secret_free(ring, ring->size);
}

/* The first tree whose school is not before `school`. */
static uint32_t tree_position(const struct keyring *ring, int64_t school)
{
    uint32_t low = 0;
    uint32_t high = ring->tree_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (ring->trees[middle].school < school)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

uint32_t keyring_trees(const struct keyring *ring, int64_t school, uint32_t *ret_first)
{
    uint32_t first = tree_position(ring, school);
    uint32_t end = first;
    while (end < ring->tree_count && ring->trees[end].school == school)
        end++;
    if (ret_first)
        *ret_first = first;
    return end - first;
}

bool keyring_tree_with(const struct keyring *ring, int64_t school,
                       const uint8_t mark[KEYRING_MARK], uint32_t *ret_tree)
{
    uint32_t first;
    uint32_t count = keyring_trees(ring, school, &first);
    for (uint32_t i = first; i < first + count; i++) {
        if (memcmp(ring->trees[i].mark, mark, KEYRING_MARK) == 0) {
            *ret_tree = i;
            return true;
        }
    }
    return false;
}

/* A node's child. HChaCha20 is a pseudorandom function of its 16 bytes of input. */
static void child_secret(const uint8_t parent[KEYRING_SECRET], uint32_t child,
                         uint8_t ret_secret[KEYRING_SECRET])
{
    const uint8_t input[crypto_core_hchacha20_INPUTBYTES] = {
        (uint8_t)child, 'w', 'e', 'e', 'r', 'k', 'l', 'a', 'n', 'k', ' ', 't', 'r', 'e', 'e', '1'};
    (void)crypto_core_hchacha20(ret_secret, input, parent, NULL); /* answers 0 always */
}

/* The remaining node that covers the slot, NULL when there is none. */
static const struct keyring_node *covering_node(const struct keyring *ring, uint32_t tree,
                                                uint32_t slot)
{
    const struct keyring_node *nodes = ring->nodes + ring->trees[tree].first;
    uint32_t low = 0; /* nodes below `low` start at or before the slot */
    uint32_t high = ring->trees[tree].count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (nodes[middle].start <= slot)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == 0)
        return NULL;
    const struct keyring_node *node = nodes + low - 1;
    return slot - node->start < span_of(node->level) ? node : NULL;
}

bool keyring_leaf(const struct keyring *ring, uint32_t tree, uint32_t slot,
                  uint8_t ret_secret[KEYRING_SECRET])
{
    assert(tree < ring->tree_count && slot < KEYRING_SLOTS);
    const struct keyring_node *node = covering_node(ring, tree, slot);
    if (!node)
        return false;
    memcpy(ret_secret, node->secret, KEYRING_SECRET);
    for (uint32_t level = node->level; level < KEYRING_LEVELS; level++) {
        uint8_t parent[KEYRING_SECRET];
        memcpy(parent, ret_secret, sizeof parent);
        child_secret(parent, slot / span_of(level + 1) % KEYRING_FANOUT, ret_secret);
        sodium_memzero(parent, sizeof parent);
    }
    return true;
}

/* Takes over everything of `ring` but the trees and nodes. */
static void copy_head(struct keyring *to, const struct keyring *ring)
{
    to->generation = ring->generation + 1;
    memcpy(to->root, ring->root, sizeof to->root);
}

/* Appends a copy of a tree with all its nodes; *trees and *nodes count what was appended. */
static void copy_tree(struct keyring *to, uint32_t *trees, uint32_t *nodes,
                      const struct keyring *ring, uint32_t tree)
{
    const struct keyring_tree *from = ring->trees + tree;
    to->trees[*trees] = *from;
    to->trees[*trees].first = *nodes;
    if (from->count)
        memcpy(to->nodes + *nodes, ring->nodes + from->first,
               from->count * sizeof(struct keyring_node));
    *trees += 1;
    *nodes += from->count;
}

enum status keyring_copy(const struct keyring *ring, struct keyring **ret_ring)
{
    struct keyring *next = ring_alloc(ring->tree_count, ring->node_count);
    if (!next)
        return ERR_NOMEM;
    copy_head(next, ring);
    uint32_t trees = 0;
    uint32_t nodes = 0;
    for (uint32_t i = 0; i < ring->tree_count; i++)
        copy_tree(next, &trees, &nodes, ring, i);
    *ret_ring = next;
    return OK;
}

enum status keyring_with_tree(const struct keyring *ring, struct random *random, int64_t school,
                              const uint8_t mark[KEYRING_MARK], const uint8_t own[KEYRING_SECRET],
                              struct keyring **ret_ring)
{
    assert(school > 0);
    struct keyring *next = ring_alloc((size_t)ring->tree_count + 1, (size_t)ring->node_count + 1);
    if (!next)
        return ERR_NOMEM;
    copy_head(next, ring);
    uint32_t first;
    uint32_t place = keyring_trees(ring, school, &first) + first;
    uint32_t trees = 0;
    uint32_t nodes = 0;
    for (uint32_t i = 0; i < place; i++)
        copy_tree(next, &trees, &nodes, ring, i);

    struct keyring_tree *tree = next->trees + trees++;
    *tree = (struct keyring_tree){.school = school, .first = nodes, .count = 1};
    memcpy(tree->mark, mark, sizeof tree->mark);
    if (own)
        memcpy(tree->own, own, sizeof tree->own);
    else
        random_fill(random, tree->own, sizeof tree->own);
    random_fill(random, next->nodes[nodes++].secret, KEYRING_SECRET); /* level 0, from slot 0 on */

    for (uint32_t i = place; i < ring->tree_count; i++)
        copy_tree(next, &trees, &nodes, ring, i);
    *ret_ring = next;
    return OK;
}

enum status keyring_without_tree(const struct keyring *ring, uint32_t tree,
                                 struct keyring **ret_ring)
{
    assert(tree < ring->tree_count);
    struct keyring *next =
        ring_alloc(ring->tree_count - 1, ring->node_count - ring->trees[tree].count);
    if (!next)
        return ERR_NOMEM;
    copy_head(next, ring);
    uint32_t trees = 0;
    uint32_t nodes = 0;
    for (uint32_t i = 0; i < ring->tree_count; i++)
        if (i != tree)
            copy_tree(next, &trees, &nodes, ring, i);
    *ret_ring = next;
    return OK;
}

/* A walk over nodes and the sorted slots to erase, that counts or also writes what remains. */
struct pruning {
    const uint32_t *slots; /* the next one to erase */
    const uint32_t *end;
    struct keyring_node *to; /* NULL: count only */
    uint32_t made;
    bool hit; /* a slot lay under a node: something was erased */
};

/* What remains of one node: itself, or what remains of its children. At most five deep. */
static void prune_node(struct pruning *p, const struct keyring_node *node)
{
    uint32_t after = node->start + span_of(node->level);
    while (p->slots < p->end && *p->slots < node->start)
        p->slots++;
    if (p->slots == p->end || *p->slots >= after) {
        if (p->to)
            p->to[p->made] = *node;
        p->made++;
        return;
    }
    p->hit = true;
    if (node->level == KEYRING_LEVELS)
        return;
    struct keyring_node child = {.level = node->level + 1};
    for (uint32_t i = 0; i < KEYRING_FANOUT; i++) {
        child.start = node->start + i * span_of(child.level);
        if (p->to)
            child_secret(node->secret, i, child.secret);
        prune_node(p, &child);
    }
    sodium_memzero(&child, sizeof child);
}

static void prune_tree(struct pruning *p, const struct keyring *ring, uint32_t tree)
{
    const struct keyring_node *nodes = ring->nodes + ring->trees[tree].first;
    for (uint32_t i = 0; i < ring->trees[tree].count; i++)
        prune_node(p, nodes + i);
}

static int by_number(const void *a, const void *b)
{
    uint32_t left = *(const uint32_t *)a;
    uint32_t right = *(const uint32_t *)b;
    return left < right ? -1 : left > right;
}

enum status keyring_without_slots(const struct keyring *ring, uint32_t tree, uint32_t *slots,
                                  size_t count, struct keyring **ret_ring)
{
    assert(tree < ring->tree_count);
    if (count)
        qsort(slots, count, sizeof *slots, by_number);
    struct pruning counting = {.slots = slots, .end = slots + count};
    prune_tree(&counting, ring, tree);
    if (!counting.hit) {
        *ret_ring = NULL;
        return OK;
    }
    size_t others = ring->node_count - ring->trees[tree].count;
    struct keyring *next = ring_alloc(ring->tree_count, others + counting.made);
    if (!next)
        return ERR_NOMEM;
    copy_head(next, ring);
    uint32_t trees = 0;
    uint32_t nodes = 0;
    for (uint32_t i = 0; i < ring->tree_count; i++) {
        if (i != tree) {
            copy_tree(next, &trees, &nodes, ring, i);
            continue;
        }
        struct pruning writing = {.slots = slots, .end = slots + count, .to = next->nodes + nodes};
        prune_tree(&writing, ring, i);
        next->trees[trees] = ring->trees[i];
        next->trees[trees].first = nodes;
        next->trees[trees].count = writing.made;
        trees++;
        nodes += writing.made;
    }
    *ret_ring = next;
    return OK;
}

size_t keyring_bytes(const struct keyring *ring)
{
    return HEAD_BYTES + (size_t)ring->tree_count * TREE_BYTES +
           (size_t)ring->node_count * NODE_BYTES;
}

void keyring_write(const struct keyring *ring, uint8_t *to)
{
    memcpy(to, ring->root, KEYRING_SECRET);
    put_le(to + KEYRING_SECRET, ring->tree_count, 4);
    put_le(to + KEYRING_SECRET + 4, ring->node_count, 4);
    to += HEAD_BYTES;
    for (uint32_t i = 0; i < ring->tree_count; i++, to += TREE_BYTES) {
        const struct keyring_tree *tree = ring->trees + i;
        put_le(to, (uint64_t)tree->school, 8);
        memcpy(to + 8, tree->mark, KEYRING_MARK);
        memcpy(to + 8 + KEYRING_MARK, tree->own, KEYRING_SECRET);
        put_le(to + 8 + KEYRING_MARK + KEYRING_SECRET, tree->count, 4);
    }
    for (uint32_t i = 0; i < ring->node_count; i++, to += NODE_BYTES) {
        put_le(to, ring->nodes[i].level << 24 | ring->nodes[i].start, 4);
        memcpy(to + 4, ring->nodes[i].secret, KEYRING_SECRET);
    }
}

/* Nodes in order, aligned, within the tree, none over another. */
static bool tree_sound(const struct keyring *ring, const struct keyring_tree *tree)
{
    uint32_t free_from = 0;
    for (uint32_t i = 0; i < tree->count; i++) {
        const struct keyring_node *node = ring->nodes + tree->first + i;
        if (node->level > KEYRING_LEVELS || node->start >= KEYRING_SLOTS ||
            node->start % span_of(node->level) != 0 || node->start < free_from)
            return false;
        free_from = node->start + span_of(node->level);
    }
    return true;
}

/* The trees stand in order of school, marks differ, and they share out exactly all nodes. */
static bool ring_sound(const struct keyring *ring)
{
    uint64_t nodes = 0;
    for (uint32_t i = 0; i < ring->tree_count; i++) {
        const struct keyring_tree *tree = ring->trees + i;
        const struct keyring_tree *before = i ? tree - 1 : NULL;
        if (tree->school <= 0 || (before && before->school > tree->school))
            return false;
        if (before && before->school == tree->school &&
            memcmp(before->mark, tree->mark, KEYRING_MARK) == 0)
            return false;
        nodes += tree->count;
        if (nodes > ring->node_count || !tree_sound(ring, tree))
            return false;
    }
    return nodes == ring->node_count;
}

static void read_parts(struct keyring *ring, const uint8_t *at)
{
    uint64_t first = 0;
    for (uint32_t i = 0; i < ring->tree_count; i++, at += TREE_BYTES) {
        struct keyring_tree *tree = ring->trees + i;
        tree->school = (int64_t)get_le(at, 8);
        memcpy(tree->mark, at + 8, KEYRING_MARK);
        memcpy(tree->own, at + 8 + KEYRING_MARK, KEYRING_SECRET);
        tree->count = (uint32_t)get_le(at + 8 + KEYRING_MARK + KEYRING_SECRET, 4);
        tree->first = (uint32_t)first;
        first += tree->count;
    }
    for (uint32_t i = 0; i < ring->node_count; i++, at += NODE_BYTES) {
        uint32_t where = (uint32_t)get_le(at, 4);
        ring->nodes[i].level = where >> 24;
        ring->nodes[i].start = where & START_MASK;
        memcpy(ring->nodes[i].secret, at + 4, KEYRING_SECRET);
    }
}

enum status keyring_read(struct bytes from, uint64_t generation, struct keyring **ret_ring)
{
    if (from.len < HEAD_BYTES)
        return ERR_CORRUPT;
    uint64_t trees = get_le(from.data + KEYRING_SECRET, 4);
    uint64_t nodes = get_le(from.data + KEYRING_SECRET + 4, 4);
    if (from.len != HEAD_BYTES + trees * TREE_BYTES + nodes * NODE_BYTES)
        return ERR_CORRUPT;
    struct keyring *ring = ring_alloc((size_t)trees, (size_t)nodes);
    if (!ring)
        return ERR_NOMEM;
    ring->generation = generation;
    memcpy(ring->root, from.data, KEYRING_SECRET);
    read_parts(ring, from.data + HEAD_BYTES);
    if (!ring_sound(ring)) {
        keyring_free(ring);
        return ERR_CORRUPT;
    }
    *ret_ring = ring;
    return OK;
}
