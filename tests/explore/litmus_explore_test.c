// Litmus tests, explored: what store buffers let goroutines see, under each memory model, with all
// orders and with those that partial order reduction leaves.
#include "tests/support/hand.h"

#include "sim/explore/explore.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
// cmocka.h needs the four above
#include <cmocka.h>

enum { ACCESS_MAX = 4 };

// A body: stores 1 to a cell, or loads one and says what it has read so far, in decimal digits.
typedef struct access {
    char kind;  // 'w', 'r', 0: over
    uint8_t cell;
} access;

typedef struct side {
    const uint64_t *cells;
    access accesses[ACCESS_MAX + 1];
} side;

enum { AT, TOLD, SAYS };  // locals

static th_request next_access(const void *argument, uint64_t locals[TH_BODY_LOCAL_COUNT],
                              const th_result *result) {
    const side *self = argument;
    if (locals[SAYS]) {
        locals[SAYS] = 0;
        locals[TOLD] = locals[TOLD] * 10 + result->w[0];
        return (th_request){.op = TH_REQUEST_NOTE, .flags = 1, .b.w[0] = locals[TOLD]};
    }
    const access at = self->accesses[locals[AT]++];
    if (at.kind == 0) return th_builder_ask_return();
    if (at.kind == 'w') return th_builder_ask_store(self->cells[at.cell], TH_U64, 1);
    locals[SAYS] = 1;
    return th_builder_ask_load(self->cells[at.cell], TH_U64);
}

// What goroutines 1 and 2 said, each as two digits.
static bool what_was_said(void *context, const th_world *world, const char **label) {
    (void)context;
    static char texts[100][5];
    static uint32_t count;
    char text[5] = "";
    for (uint32_t g = 1; g <= 2; g++) {
        const uint32_t said = world->goroutines[g].label;
        const uint32_t value = said == 0 ? 0 : said - 1U;
        text[2 * g - 2] = (char)('0' + value / 10);
        text[2 * g - 1] = (char)('0' + value % 10);
    }
    for (uint32_t i = 0; i < count; i++) {
        *label = texts[i];
        if (strcmp(texts[i], text) == 0) return true;
    }
    assert_true(count < 100);
    memcpy(texts[count], text, sizeof(text));
    *label = texts[count++];
    return true;
}

// Whether some run ends with that label.
static bool comes_up(const side sides[2], th_memory_model model, th_explore_mode mode,
                     const char *wanted) {
    th_hand hand;
    uint64_t cells[2];
    th_hand_init(&hand, (th_env){.memory_model = (uint8_t)model});
    for (int i = 0; i < 2; i++) cells[i] = th_builder_cell(&hand.builder, TH_U64);
    side own[2] = {sides[0], sides[1]};
    for (int i = 0; i < 2; i++) {
        own[i].cells = cells;
        th_builder_start(
            &hand.builder,
            th_builder_function(&hand.builder, i == 0 ? "left" : "right", next_access, &own[i]));
    }
    th_hand_begin(&hand);
    th_findings *findings =
        th_explore_run(&(th_explore_desc){.start = &hand.world,
                                          .resolver = th_builder_resolver(&hand.builder),
                                          .label = what_was_said,
                                          .label_ignores_memory = true,
                                          .any_schedule = true,  // that search leaves nothing out
                                          .mode = (uint8_t)mode});
    assert_null(findings->error);
    assert_true(findings->complete);
    bool found = false;
    for (uint32_t i = 0; i < findings->count; i++) {
        found = found || strcmp(findings->items[i].label, wanted) == 0;
    }
    th_findings_free(findings);
    th_hand_free(&hand);
    return found;
}

static void check(const side sides[2], const char *wanted, bool sc, bool tso, bool weak) {
    const bool expected[] = {sc, tso, weak};
    for (int model = TH_MODEL_SC; model <= TH_MODEL_WEAK; model++) {
        for (int mode = TH_EXPLORE_ALL; mode <= TH_EXPLORE_DPOR; mode++) {
            assert_int_equal(comes_up(sides, (th_memory_model)model, (th_explore_mode)mode, wanted),
                             expected[model]);
        }
    }
}

// Both store, then read the other's cell.
static const side STORES_WAIT[] = {{.accesses = {{'w', 0}, {'r', 1}}},
                                   {.accesses = {{'w', 1}, {'r', 0}}}};
// A value, then the flag that says that it is there; the other side reads them the other way round.
static const side A_MESSAGE[] = {{.accesses = {{'w', 0}, {'w', 1}}},
                                 {.accesses = {{'r', 1}, {'r', 0}}}};
// Each reads its own store before the other's.
static const side FORWARDED[] = {{.accesses = {{'w', 0}, {'r', 0}, {'r', 1}}},
                                 {.accesses = {{'w', 1}, {'r', 1}, {'r', 0}}}};
// Each reads, then stores what the other reads.
static const side LOADS_FIRST[] = {{.accesses = {{'r', 0}, {'w', 1}}},
                                   {.accesses = {{'r', 1}, {'w', 0}}}};

static void stores_wait_in_buffers(void **state) {
    (void)state;
    check(STORES_WAIT, "0000", false, true, true);
    check(STORES_WAIT, "0101", true, true, true);
    check(FORWARDED, "1010", false, true, true);
    check(FORWARDED, "0000", false, false, false);
}

static void stores_overtake_each_other_under_weak_alone(void **state) {
    (void)state;
    check(A_MESSAGE, "0010", false, false, true);
    check(A_MESSAGE, "0011", true, true, true);
    check(A_MESSAGE, "0001", true, true, true);
}

static void loads_are_never_late(void **state) {
    (void)state;
    check(LOADS_FIRST, "0101", false, false, false);
    check(LOADS_FIRST, "0100", true, true, true);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(stores_wait_in_buffers),
        cmocka_unit_test(stores_overtake_each_other_under_weak_alone),
        cmocka_unit_test(loads_are_never_late),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
