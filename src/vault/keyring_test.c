#include "vault/testing.h"

#include <sodium.h>

#include "vault/keyring.h"

static const uint8_t mark_a[KEYRING_MARK] = "mark a";
static const uint8_t mark_b[KEYRING_MARK] = "mark b";

static struct keyring *ring_with_school(int64_t school, const uint8_t mark[KEYRING_MARK])
{
    struct random random = random_seeded(7);
    struct keyring *empty = keyring_new(&random);
    struct keyring *ring = NULL;
    assert_status(keyring_with_tree(empty, &random, school, mark, NULL, &ring), OK);
    keyring_free(empty);
    return ring;
}

static void erase(struct keyring **ring, uint32_t tree, uint32_t *slots, size_t count)
{
    struct keyring *next = NULL;
    assert_status(keyring_without_slots(*ring, tree, slots, count, &next), OK);
    if (next) {
        keyring_free(*ring);
        *ring = next;
    }
}

/* The plain definition of the tree: walk down from the root. */
static void naive_leaf(const uint8_t root[KEYRING_SECRET], uint32_t slot,
                       uint8_t to[KEYRING_SECRET])
{
    memcpy(to, root, KEYRING_SECRET);
    for (int shift = 16; shift >= 0; shift -= 4) {
        uint8_t input[16] = "?weerklank tree1";
        input[0] = (uint8_t)(slot >> shift & 15);
        uint8_t child[KEYRING_SECRET];
        assert_int_equal(crypto_core_hchacha20(child, input, to, NULL), 0);
        memcpy(to, child, sizeof child);
    }
}

static void a_tree_is_what_a_naive_model_says(void **state UNUSED)
{
    struct keyring *ring = ring_with_school(5, mark_a);
    uint8_t root[KEYRING_SECRET];
    memcpy(root, ring->nodes[0].secret, sizeof root);
    struct random random = random_seeded(99);
    uint8_t *erased = calloc(KEYRING_SLOTS, 1);
    assert_non_null(erased);

    for (int round = 0; round < 60; round++) {
        uint32_t slots[80];
        uint32_t base = random_below(&random, KEYRING_SLOTS - 80);
        size_t count = 1 + random_below(&random, 80);
        for (size_t i = 0; i < count; i++) /* clusters and single slots in turn */
            slots[i] = round % 2 ? base + (uint32_t)i : random_below(&random, KEYRING_SLOTS);
        slots[count / 2] = slots[0]; /* a double */
        for (size_t i = 0; i < count; i++)
            erased[slots[i]] = 1;
        erase(&ring, 0, slots, count);
    }
    size_t live = 0;
    for (uint32_t slot = 0; slot < KEYRING_SLOTS; slot++) {
        uint8_t leaf[KEYRING_SECRET];
        uint8_t expected[KEYRING_SECRET];
        bool found = keyring_leaf(ring, 0, slot, leaf);
        if (found == (erased[slot] != 0))
            fail_msg("slot %u: found %d, erased %d", slot, found, erased[slot]);
        if (!found)
            continue;
        live++;
        if (slot % 61 == 0) {
            naive_leaf(root, slot, expected);
            assert_memory_equal(leaf, expected, sizeof leaf);
        }
    }
    assert_true(live > KEYRING_SLOTS - 60 * 80);
    free(erased);
    keyring_free(ring);
}

static void no_remaining_node_leads_to_an_erased_leaf(void **state UNUSED)
{
    struct keyring *ring = ring_with_school(5, mark_a);
    uint8_t leaf[KEYRING_SECRET];
    assert_true(keyring_leaf(ring, 0, 0x12345, leaf));
    erase(&ring, 0, (uint32_t[]){0x12345}, 1);
    assert_int_equal(ring->node_count, 15 * KEYRING_LEVELS);
    for (uint32_t i = 0; i < ring->node_count; i++) {
        const struct keyring_node *node = ring->nodes + i;
        uint32_t span = KEYRING_SLOTS >> (4 * node->level);
        assert_false(node->start <= 0x12345 && 0x12345 < node->start + span);
        assert_memory_not_equal(node->secret, leaf, sizeof leaf);
    }
    keyring_free(ring);
}

static void erasing_neighbours_shrinks_the_tree(void **state UNUSED)
{
    struct keyring *ring = ring_with_school(5, mark_a);
    erase(&ring, 0, (uint32_t[]){32}, 1);
    uint32_t one = ring->node_count;
    for (uint32_t slot = 33; slot < 48; slot++)
        erase(&ring, 0, &slot, 1);
    assert_int_equal(ring->node_count, one - 15); /* the sixteen leaves of one parent */

    static uint32_t all[KEYRING_SLOTS];
    for (uint32_t i = 0; i < KEYRING_SLOTS; i++)
        all[i] = KEYRING_SLOTS - 1 - i;
    erase(&ring, 0, all, KEYRING_SLOTS);
    assert_int_equal(ring->node_count, 0);
    struct keyring *next = ring;
    assert_status(keyring_without_slots(ring, 0, all, KEYRING_SLOTS, &next), OK);
    assert_null(next); /* nothing left to erase */
    keyring_free(ring);
}

static void trees_of_schools_are_apart(void **state UNUSED)
{
    struct random random = random_seeded(3);
    struct keyring *ring = ring_with_school(50, mark_a);
    for (int64_t school = 10; school <= 90; school += 20) {
        struct keyring *next = NULL;
        assert_status(keyring_with_tree(ring, &random, school, mark_b, NULL, &next), OK);
        keyring_free(ring);
        ring = next;
    }
    assert_int_equal(keyring_trees(ring, 50, NULL), 2);
    assert_int_equal(keyring_trees(ring, 10, NULL), 1);
    assert_int_equal(keyring_trees(ring, 11, NULL), 0);
    assert_int_equal(keyring_trees(ring, INT64_MAX, NULL), 0);
    uint32_t a = 0;
    uint32_t b = 0;
    assert_true(keyring_tree_with(ring, 50, mark_a, &a));
    assert_true(keyring_tree_with(ring, 50, mark_b, &b));
    assert_int_not_equal(a, b);
    assert_false(keyring_tree_with(ring, 10, mark_a, &a));

    uint8_t before[KEYRING_SECRET];
    uint8_t after[KEYRING_SECRET];
    assert_true(keyring_leaf(ring, b, 77, before));
    assert_true(keyring_tree_with(ring, 50, mark_a, &a));
    erase(&ring, a, (uint32_t[]){77}, 1);
    assert_false(keyring_leaf(ring, a, 77, after));
    assert_true(keyring_leaf(ring, b, 77, after));
    assert_memory_equal(before, after, sizeof before);

    struct keyring *less = NULL;
    uint64_t generation = ring->generation;
    assert_status(keyring_without_tree(ring, a, &less), OK);
    assert_int_equal(less->generation, generation + 1);
    assert_int_equal(keyring_trees(less, 50, &b), 1);
    assert_true(keyring_leaf(less, b, 77, after));
    assert_memory_equal(before, after, sizeof before);
    keyring_free(less);
    keyring_free(ring);
}

static struct keyring *some_ring(void)
{
    struct random random = random_seeded(4);
    struct keyring *first = ring_with_school(50, mark_a);
    struct keyring *ring = NULL;
    assert_status(keyring_with_tree(first, &random, 60, mark_b, NULL, &ring), OK);
    keyring_free(first);
    erase(&ring, 0, (uint32_t[]){3, 900000}, 2);
    return ring;
}

static void what_is_written_reads_back(void **state UNUSED)
{
    struct keyring *ring = some_ring();
    size_t len = keyring_bytes(ring);
    uint8_t *bytes = malloc(len);
    assert_non_null(bytes);
    keyring_write(ring, bytes);
    struct keyring *again = NULL;
    assert_status(keyring_read((struct bytes){bytes, len}, 12, &again), OK);
    assert_int_equal(again->generation, 12);
    assert_memory_equal(again->trees, ring->trees, sizeof *ring->trees * ring->tree_count);
    assert_memory_equal(again->nodes, ring->nodes, sizeof *ring->nodes * ring->node_count);
    keyring_free(again);

    for (size_t cut = 0; cut < len; cut++)
        assert_status(keyring_read((struct bytes){bytes, cut}, 1, &again), ERR_CORRUPT);
    free(bytes);
    keyring_free(ring);
}

/* Beyond the seal nobody should come, but a parser of C has to survive anything. */
static void garbage_is_refused_or_sound(void **state UNUSED)
{
    struct keyring *ring = some_ring();
    size_t len = keyring_bytes(ring);
    uint8_t *bytes = malloc(len);
    assert_non_null(bytes);
    struct random random = random_seeded(11);
    unsigned refused = 0;
    for (int round = 0; round < 20000; round++) {
        keyring_write(ring, bytes);
        uint32_t changes = 1 + random_below(&random, 4);
        for (uint32_t i = 0; i < changes; i++)
            bytes[random_below(&random, (uint32_t)len)] = (uint8_t)random_below(&random, 256);
        struct keyring *read = NULL;
        enum status st = keyring_read((struct bytes){bytes, len}, 1, &read);
        assert_true(st == OK || st == ERR_CORRUPT);
        if (st == ERR_CORRUPT) {
            refused++;
            continue;
        }
        uint8_t leaf[KEYRING_SECRET];
        for (uint32_t tree = 0; tree < read->tree_count; tree++)
            (void)keyring_leaf(read, tree, random_below(&random, KEYRING_SLOTS), leaf);
        keyring_free(read);
    }
    assert_true(refused > 500); /* the structure is checked at all */
    free(bytes);
    keyring_free(ring);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_tree_is_what_a_naive_model_says),
        cmocka_unit_test(no_remaining_node_leads_to_an_erased_leaf),
        cmocka_unit_test(erasing_neighbours_shrinks_the_tree),
        cmocka_unit_test(trees_of_schools_are_apart),
        cmocka_unit_test(what_is_written_reads_back),
        cmocka_unit_test(garbage_is_refused_or_sound),
    };
    return cmocka_run_group_tests_name("keyring", tests, NULL, NULL);
}
