// String keys at the edges: texts with NUL bytes, and headers that a race has torn.
#include "tests/gomap/map_probe.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
// cmocka.h needs the four above
#include <cmocka.h>

static void texts_that_differ_behind_a_nul_are_two_keys(void **state) {
    (void)state;
    th_map_probe probe;
    th_probe_open(&probe, TH_STRING, 0);
    const th_value one = th_strings_intern(probe.env.strings, "a\0b", 3);
    const th_value other = th_strings_intern(probe.env.strings, "a\0c", 3);
    th_gomap_pin(&probe.env, probe.type, one, UINT64_C(0x11) << 56);
    th_gomap_pin(&probe.env, probe.type, other, UINT64_C(0x11) << 56);
    th_probe_run(&probe, TH_MAP_SET, &one, 1, 0);
    th_probe_run(&probe, TH_MAP_SET, &other, 2, 0);
    assert_int_equal(th_probe_header(&probe).count, 2);
    assert_int_equal(th_probe_run(&probe, TH_MAP_GET, &one, 0, 0).out_elem.w[0], 1);
    assert_int_equal(th_probe_run(&probe, TH_MAP_GET, &other, 0, 0).out_elem.w[0], 2);
    th_probe_close(&probe);
}

// A map whose key in slot 3 has the length of another: what a reader sees between the two stores of
// a key. Nothing may be read past the end of a text (the sanitizer would tell).
static void open_torn(th_map_probe *probe, uint64_t length) {
    th_probe_open(probe, TH_STRING, 0);
    for (uint64_t n = 0; n < 8; n++) th_probe_set(probe, n, n);
    const th_map_type *type = &probe->env.types[probe->type];
    const uint64_t key = th_slot_key(type, th_probe_header(probe).buckets, 3);
    th_memory_poke(&probe->memory, key + 8, 8, length);
    probe->quiet = true;
}

static void a_torn_key_is_compared_no_further_than_its_text(void **state) {
    (void)state;
    static const uint64_t LENGTHS[] = {0, 3, 4, 6, 40, 100000};
    for (size_t i = 0; i < sizeof LENGTHS / sizeof *LENGTHS; i++) {
        th_map_probe probe;
        static char text[100000] = "key-3";
        open_torn(&probe, LENGTHS[i]);
        const th_value sought = th_strings_intern(probe.env.strings, text, LENGTHS[i]);
        // "key" and "key-" are where the torn one points to, and so equal it.
        const bool equal = LENGTHS[i] <= 4;
        th_value key = th_strings_intern(probe.env.strings, "key-", equal ? LENGTHS[i] : 4);
        if (!equal) key = sought;
        assert_int_equal(th_probe_run(&probe, TH_MAP_GET, &key, 0, 0).ok, equal);
        th_probe_close(&probe);
    }
}

static void a_torn_key_is_hashed_no_further_than_its_text(void **state) {
    (void)state;
    th_map_probe probe;
    open_torn(&probe, 100000);
    th_map_frame loop = th_probe_range(&probe, 0, 0);
    th_probe_set(&probe, 100, 100);  // grows: evacuate hashes every key
    assert_int_equal(th_probe_header(&probe).B, 1);
    while (loop.ok) loop = th_probe_next(&probe, &loop);  // mapaccessK looks it up
    th_probe_close(&probe);
}

// A nil pointer with a length is what a real map would dereference.
static void a_torn_key_without_a_pointer_is_a_nil_dereference(void **state) {
    (void)state;
    th_map_probe probe;
    th_probe_open(&probe, TH_STRING, 0);
    th_probe_set(&probe, 1, 1);
    const th_map_type *type = &probe.env.types[probe.type];
    th_memory_poke(&probe.memory, th_slot_key(type, th_probe_header(&probe).buckets, 0), 8, 0);
    const th_value key = th_probe_key(&probe, 2);
    th_map_frame frame;
    th_gomap_begin(&frame, TH_MAP_GET, probe.type, probe.map, 0, &key, NULL);
    probe.port.budget = UINT32_MAX;
    assert_int_equal(th_gomap_run(&probe.env, &probe.port, &frame), TH_RUN_FAULT);
    assert_int_equal(probe.port.fault, TH_FAULT_NIL);
    th_probe_close(&probe);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(texts_that_differ_behind_a_nul_are_two_keys),
        cmocka_unit_test(a_torn_key_is_compared_no_further_than_its_text),
        cmocka_unit_test(a_torn_key_is_hashed_no_further_than_its_text),
        cmocka_unit_test(a_torn_key_without_a_pointer_is_a_nil_dereference),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
