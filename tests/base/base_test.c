/* sim/base: assertions, hashing and random numbers. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "sim/base/assert.h"
#include "sim/base/hash.h"
#include "sim/base/limits.h"
#include "sim/base/rng.h"

static jmp_buf escape;
static int failed_line;
static const char *failed_expr;

static void note_failure(const char *file, int line, const char *expr) {
    assert_non_null(strstr(file, "base_test.c"));
    failed_line = line;
    failed_expr = expr;
    longjmp(escape, 1);
}

static void failed_assertion_names_its_place(void **state) {
    (void)state;
    const th_assert_handler previous = th_assert_set_handler(note_failure);
    if (setjmp(escape) == 0) {
        TH_ASSERT(1 + 1 == 2);
        TH_ASSERT(1 + 1 == 3);
        fail_msg("the assertion went by");
    }
    assert_ptr_equal(th_assert_set_handler(previous), note_failure);
    assert_true(failed_line > 0);
    assert_string_equal(failed_expr, "1 + 1 == 3");
}

static void fnv1a64_has_the_published_values(void **state) {
    (void)state;
    assert_true(th_hash_fnv1a64("", 0) == UINT64_C(0xcbf29ce484222325));
    assert_true(th_hash_fnv1a64("a", 1) == UINT64_C(0xaf63dc4c8601ec8c));
    assert_true(th_hash_fnv1a64("foobar", 6) == UINT64_C(0x85944171f73967e8));
}

static void mix64_flips_about_half_the_bits(void **state) {
    (void)state;
    assert_true(th_hash_mix64(0) == 0);
    for (unsigned bit = 0; bit < 64; bit++) {
        const uint64_t flipped = th_hash_mix64(12345) ^ th_hash_mix64(12345 ^ (UINT64_C(1) << bit));
        const int changed_count = __builtin_popcountll(flipped);
        assert_in_range(changed_count, 16, 48);
    }
}

static void combine_depends_on_the_order(void **state) {
    (void)state;
    const uint64_t ab = th_hash_combine(th_hash_combine(0, 1), 2);
    const uint64_t ba = th_hash_combine(th_hash_combine(0, 2), 1);
    assert_true(ab != ba);
    assert_true(th_hash_combine(0, 0) != 0);
}

static void rng_gives_splitmix64(void **state) {
    (void)state;
    th_rng rng = {.state = 1234567};
    assert_true(th_rng_next(&rng) == UINT64_C(6457827717110365317));
    assert_true(th_rng_next(&rng) == UINT64_C(3203168211198807973));
    assert_true(th_rng_next(&rng) == UINT64_C(9817491932198370423));
}

static void rng_below_is_even_and_in_range(void **state) {
    (void)state;
    th_rng rng = {.state = 7};
    unsigned counts[6] = {0};
    for (int i = 0; i < 60000; i++) {
        const uint64_t value = th_rng_below(&rng, 6);
        assert_true(value < 6);
        counts[value]++;
    }
    for (size_t i = 0; i < 6; i++) {
        assert_in_range(counts[i], 9500, 10500);
    }
    assert_true(th_rng_below(&rng, 1) == 0);
    assert_true(th_rng_below(&rng, UINT64_MAX) < UINT64_MAX);
}

static void rng_at_needs_no_history_and_keeps_streams_apart(void **state) {
    (void)state;
    assert_true(th_rng_at(1, 2, 3) == th_rng_at(1, 2, 3));
    assert_true(th_rng_at(1, 2, 3) != th_rng_at(1, 2, 4));
    assert_true(th_rng_at(1, 2, 3) != th_rng_at(1, 3, 2));
    assert_true(th_rng_at(1, 2, 3) != th_rng_at(2, 1, 3));
    assert_true(th_rng_at(0, 0, 0) != 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(failed_assertion_names_its_place),
        cmocka_unit_test(fnv1a64_has_the_published_values),
        cmocka_unit_test(mix64_flips_about_half_the_bits),
        cmocka_unit_test(combine_depends_on_the_order),
        cmocka_unit_test(rng_gives_splitmix64),
        cmocka_unit_test(rng_below_is_even_and_in_range),
        cmocka_unit_test(rng_at_needs_no_history_and_keeps_streams_apart),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
