// What the fuzzer does, for a second or two and the same each time.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "tests/script/hostile.h"

enum { TEXT_MAX = 256, ROUND_COUNT = 2000 };

static void damaged_scenarios_crash_nothing(void **state) {
    (void)state;
    static th_mutant texts[TEXT_MAX];
    const uint32_t count = th_mutant_read_all("scripts/ch*.lua", texts, TEXT_MAX);
    assert_true(count > 10);
    th_rng rng = {1};
    uint32_t ends[TH_HOSTILE_END_COUNT] = {0};
    for (int i = 0; i < ROUND_COUNT; i++) {
        const th_mutant *text = &texts[th_rng_below(&rng, count)];
        th_mutant mutant = th_hostile_mutant(text, &texts[th_rng_below(&rng, count)], &rng);
        ends[th_hostile_run(&mutant, th_rng_next(&rng))]++;
        free(mutant.bytes);
    }
    for (uint32_t i = 0; i < count; i++) free(texts[i].bytes);
    assert_true(ends[TH_HOSTILE_REFUSED] > 100);
    assert_true(ends[TH_HOSTILE_RAN] > 100);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(damaged_scenarios_crash_nothing),
    };
    return cmocka_run_group_tests_name("hostile", tests, NULL, NULL);
}
