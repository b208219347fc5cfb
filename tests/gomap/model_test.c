// Random operations on simulated maps of every type, against a plain array, with every invariant
// checked after each.
#include "sim/base/rng.h"
#include "sim/gomap/gomap.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
// cmocka.h needs the four above
#include <cmocka.h>

enum { KEY_COUNT = 600, OP_COUNT = 6000 };

typedef struct fixture {
    th_memory memory;
    th_events events;
    th_gomap_env env;
    th_port port;
    uint32_t draws;
    uint16_t type;
    uint64_t map;
    bool present[KEY_COUNT];
    uint64_t value[KEY_COUNT];
    uint64_t count;
} fixture;

static void set_up(fixture *f, th_scalar key, th_scalar elem, uint64_t seed, int64_t hint) {
    *f = (fixture){0};
    th_memory_init(&f->memory);
    f->memory.hashing = seed % 2 == 0;
    f->env.strings = th_strings_new();
    const int type = th_gomap_env_type(&f->env, key, elem);
    assert_true(type >= 0);
    f->type = (uint16_t)type;
    f->port = (th_port){.memory = &f->memory,
                        .events = &f->events,
                        .seed = seed,
                        .draws = &f->draws,
                        .choice_value = -1,
                        .g = 1};
    f->map = th_gomap_make(&f->env, &f->port, f->type, hint, 1);
    assert_true(f->map != 0);
}

static void tear_down(fixture *f) {
    th_memory_check(&f->memory);
    th_memory_free(&f->memory);
    th_events_free(&f->events);
    th_strings_free(f->env.strings);
    th_gomap_env_free(&f->env);
}

static th_value key_of(fixture *f, uint32_t k) {
    switch ((th_scalar)f->env.types[f->type].key) {
    case TH_STRING: {
        char text[64];
        memset(text, 'x', sizeof(text));
        const size_t length = k % 3 == 0 ? 40 : 6;  // long ones are compared in another way
        text[0] = (char)('a' + k % 26);
        text[length - 1] = (char)('a' + k / 26 % 26);
        text[length / 2] = (char)('a' + k / 676);
        return th_strings_intern(f->env.strings, text, length);
    }
    case TH_U64X2: return (th_value){{k / 2, ~(uint64_t)k}};
    case TH_F64: {
        const double number = k;
        th_value value = {{0, 0}};
        memcpy(&value.w[0], &number, 8);
        return value;
    }
    case TH_I32: return (th_value){{(uint64_t)(int64_t)(int32_t)(k - 300), 0}};
    default: return (th_value){{k, 0}};
    }
}

static th_map_frame operate(fixture *f, th_map_op op, const th_value *key, uint64_t elem,
                            uint64_t it) {
    th_map_frame frame;
    const th_value value = {{elem, elem}};
    th_gomap_begin(&frame, op, f->type, f->map, it, key, &value);
    f->port.budget = 0;
    th_run run = th_gomap_run(&f->env, &f->port, &frame);
    while (run == TH_RUN_YIELD) {  // one access at a time, as a scheduler would
        f->port.budget = 1;
        run = th_gomap_run(&f->env, &f->port, &frame);
    }
    assert_int_equal(run, TH_RUN_DONE);
    f->events.count = 0;
    return frame;
}

static void step(fixture *f, th_rng *rng) {
    const uint32_t k = (uint32_t)th_rng_below(rng, KEY_COUNT);
    const th_value key = key_of(f, k);
    const uint64_t kind = th_rng_below(rng, 1000);
    if (kind < 450) {
        const uint64_t value = th_rng_below(rng, 200);
        operate(f, TH_MAP_SET, &key, value, 0);
        f->count += !f->present[k];
        f->present[k] = true;
        f->value[k] = value;
    } else if (kind < 800) {
        const th_map_frame frame = operate(f, TH_MAP_GET, &key, 0, 0);
        assert_int_equal(frame.ok, f->present[k]);
        if (f->present[k]) assert_int_equal(frame.out_elem.w[0], f->value[k]);
    } else if (kind < 998) {
        operate(f, TH_MAP_DELETE, &key, 0, 0);
        f->count -= f->present[k];
        f->present[k] = false;
    } else {
        operate(f, TH_MAP_CLEAR, NULL, 0, 0);
        memset(f->present, 0, sizeof(f->present));
        f->count = 0;
    }
    assert_int_equal(operate(f, TH_MAP_LEN, NULL, 0, 0).out_elem.w[0], f->count);
    const char *broken = th_gomap_broken(&f->env, &f->memory, f->map);
    if (broken != NULL) fail_msg("%s", broken);
}

// A loop sees every item exactly once.
static void check_range(fixture *f) {
    uint64_t seen = 0;
    th_map_frame frame = operate(f, TH_MAP_RANGE, NULL, 0, 0);
    while (frame.ok) {
        seen++;
        assert_true(seen <= f->count);
        frame = operate(f, TH_MAP_NEXT, NULL, 0, frame.it);
    }
    assert_int_equal(seen, f->count);
}

static void run_type(th_scalar key, th_scalar elem) {
    for (uint64_t seed = 1; seed <= 2; seed++) {
        fixture f;
        set_up(&f, key, elem, seed, seed == 1 ? 0 : 100);
        th_rng rng = {seed};
        for (int i = 0; i < OP_COUNT; i++) {
            step(&f, &rng);
            if (i % 500 == 0) check_range(&f);
        }
        tear_down(&f);
    }
}

static void every_type_agrees_with_a_plain_array(void **state) {
    (void)state;
    static const th_scalar KEYS[] = {TH_I64, TH_U64, TH_U32,    TH_I32,
                                     TH_U16, TH_F64, TH_STRING, TH_U64X2};
    for (size_t i = 0; i < sizeof(KEYS) / sizeof(KEYS[0]); i++) {
        run_type(KEYS[i], TH_U64);
    }
    run_type(TH_I64, TH_U64X2);
    run_type(TH_STRING, TH_U8);
}

static void a_nil_map_reads_as_empty_and_panics_on_a_store(void **state) {
    (void)state;
    fixture f;
    set_up(&f, TH_I64, TH_I64, 3, 0);
    const uint64_t map = f.map;
    f.map = 0;
    const th_value key = {{1, 0}};
    assert_int_equal(operate(&f, TH_MAP_GET, &key, 0, 0).ok, 0);
    operate(&f, TH_MAP_DELETE, &key, 0, 0);
    th_map_frame frame;
    th_gomap_begin(&frame, TH_MAP_SET, f.type, 0, 0, &key, &key);
    assert_int_equal(th_gomap_run(&f.env, &f.port, &frame), TH_RUN_PANIC);
    assert_string_equal(f.port.message, "assignment to entry in nil map");
    f.map = map;
    tear_down(&f);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_type_agrees_with_a_plain_array),
        cmocka_unit_test(a_nil_map_reads_as_empty_and_panics_on_a_store),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
