// The simulated hash has to spread keys as well as the real one does, or chains and growth would
// teach falsehoods. The properties are those that runtime/hash_test.go asks for (after SMHasher).
#include "tests/gomap/map_probe.h"

#include "sim/base/rng.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
// cmocka.h needs the ones above
#include <cmocka.h>

static uint64_t hash_of(const th_map_probe *probe, uint64_t word, uint32_t seed) {
    return th_gomap_hash(&probe->env, probe->type, (th_value){{word, 0}}, seed);
}

// Each bit of a key changes each bit of its hash in half of the cases.
static void TestSmhasherAvalanche(void **state) {
    (void)state;
    enum { ROUNDS = 4000 };
    th_map_probe probe;
    th_rng rng = {1};
    static uint64_t changed[64][64];
    memset(changed, 0, sizeof changed);
    th_probe_open(&probe, TH_U64, 0);
    for (int round = 0; round < ROUNDS; round++) {
        const uint64_t word = th_rng_next(&rng);
        const uint64_t hash = hash_of(&probe, word, 1);
        for (uint32_t in = 0; in < 64; in++) {
            const uint64_t difference = hash ^ hash_of(&probe, word ^ UINT64_C(1) << in, 1);
            for (uint32_t out = 0; out < 64; out++) changed[in][out] += difference >> out & 1;
        }
    }
    for (uint32_t in = 0; in < 64; in++) {
        for (uint32_t out = 0; out < 64; out++) {
            assert_in_range(changed[in][out], ROUNDS * 44 / 100, ROUNDS * 56 / 100);
        }
    }
    th_probe_close(&probe);
}

static int compare_words(const void *a, const void *b) {
    const uint64_t left = *(const uint64_t *)a;
    const uint64_t right = *(const uint64_t *)b;
    return (left > right) - (left < right);
}

static void expect_all_different(uint64_t *hashes, size_t count) {
    qsort(hashes, count, sizeof *hashes, compare_words);
    for (size_t i = 1; i < count; i++) assert_true(hashes[i - 1] != hashes[i]);
}

// Keys with few bits set, and one key under seeds with few bits set.
static void TestSmhasherSparse(void **state) {
    (void)state;
    static uint64_t hashes[64 * 63 / 2 + 64];
    th_map_probe probe;
    size_t count = 0;
    th_probe_open(&probe, TH_U64, 0);
    for (uint32_t i = 0; i < 64; i++) {
        for (uint32_t j = 0; j <= i; j++) {
            hashes[count++] = hash_of(&probe, UINT64_C(1) << i | UINT64_C(1) << j, 1);
        }
    }
    expect_all_different(hashes, count);
    th_probe_close(&probe);
}

static void TestSmhasherSeed(void **state) {
    (void)state;
    enum { SEEDS = 20000 };
    static uint64_t hashes[SEEDS];
    th_map_probe probe;
    th_probe_open(&probe, TH_U64, 0);
    for (uint32_t seed = 0; seed < SEEDS; seed++) hashes[seed] = hash_of(&probe, 7, seed);
    expect_all_different(hashes, SEEDS);
    th_probe_close(&probe);
}

// Small integers spread evenly over the low bits, which choose the bucket, and over the high ones,
// which become the tophash.
static void TestSmhasherSmallKeys(void **state) {
    (void)state;
    enum { KEYS = 64000, CELLS = 256 };
    uint32_t low[CELLS] = {0};
    uint32_t high[CELLS] = {0};
    th_map_probe probe;
    th_probe_open(&probe, TH_U64, 0);
    for (uint64_t n = 0; n < KEYS; n++) {
        const uint64_t hash = hash_of(&probe, n, 1);
        low[hash % CELLS]++;
        high[hash >> 56]++;
    }
    for (int i = 0; i < CELLS; i++) {  // 250 each, five standard deviations
        assert_in_range(low[i], 170, 330);
        assert_in_range(high[i], 170, 330);
    }
    th_probe_close(&probe);
}

static void both_zeros_hash_alike_and_a_nan_at_random(void **state) {
    (void)state;
    th_map_probe probe;
    th_probe_open(&probe, TH_F64, 0);
    assert_true(hash_of(&probe, 0, 3) == hash_of(&probe, UINT64_C(1) << 63, 3));
    const th_value nan_key = {{UINT64_C(0x7ff8000000000001), 0}};
    th_map_frame frame = th_probe_run(&probe, TH_MAP_SET, &nan_key, 1, 0);
    const uint64_t first = frame.hash;
    frame = th_probe_run(&probe, TH_MAP_SET, &nan_key, 1, 0);
    assert_true(frame.hash != first);
    th_probe_close(&probe);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(TestSmhasherAvalanche),
        cmocka_unit_test(TestSmhasherSparse),
        cmocka_unit_test(TestSmhasherSeed),
        cmocka_unit_test(TestSmhasherSmallKeys),
        cmocka_unit_test(both_zeros_hash_alike_and_a_nan_at_random),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
