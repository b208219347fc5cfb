// Store buffers: forwarding against a byte model, the order of drains, M14's counts, fences.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "sim/base/rng.h"
#include "sim/memory/buffer.h"

typedef struct machine {
    th_memory memory;
    th_events events;
    th_store_buffer buffer;
    uint32_t draws;
    uint64_t block;
} machine;

static th_port port_of(machine *m) {
    return (th_port){.memory = &m->memory,
                     .events = &m->events,
                     .buffer = &m->buffer,
                     .draws = &m->draws,
                     .choice_value = -1,
                     .g = 3};
}

static void machine_init(machine *m, bool fifo, uint8_t capacity) {
    memset(m, 0, sizeof(*m));
    th_memory_init(&m->memory);
    m->block = th_memory_allocate(&m->memory, (th_block){.kind = TH_BLOCK_CELL, .size = 64});
    th_buffer_init(&m->buffer, fifo, capacity);
}

static void machine_free(machine *m) {
    th_memory_free(&m->memory);
    th_events_free(&m->events);
}

static uint64_t act(machine *m, th_event_kind kind, uint64_t at, uint32_t size, uint64_t value) {
    th_port port = port_of(m);
    port.access = (th_access){
        .address = m->block + at, .value = value, .kind = (uint8_t)kind, .size = (uint8_t)size};
    assert_true(th_port_perform(&port));
    return port.access.value;
}

static void drain(machine *m, uint32_t index) {
    th_port port = port_of(m);
    const uint32_t before = m->events.count;
    const th_buffer_entry entry = m->buffer.entries[index];
    assert_true(th_buffer_drain(&port, index));
    assert_int_equal(m->events.count, before + 1);
    assert_int_equal(m->events.items[before].kind, TH_EVENT_DRAIN);
    assert_int_equal(m->events.items[before].g, 3);
    assert_int_equal(th_event_address(m->events.items[before]), entry.address);
    assert_int_equal(th_memory_peek(&m->memory, entry.address, entry.size), entry.value);
}

// The owner sees program order byte by byte, however wide and however aligned, whatever drained.
static void a_load_sees_the_own_stores(void **state) {
    (void)state;
    for (uint64_t seed = 0; seed < 200; seed++) {
        machine m;
        machine_init(&m, seed % 2, 0);
        th_rng rng = {.state = seed};
        uint8_t expected[64] = {0};
        for (uint32_t i = 0; i < 300; i++) {
            const uint32_t size = 1U << th_rng_below(&rng, 4);
            const uint64_t at = th_rng_below(&rng, 24);
            const uint64_t kind = th_rng_below(&rng, 3);
            if (kind == 0 && th_buffer_allows(&m.buffer, TH_EVENT_WRITE)) {
                const uint64_t value = th_rng_next(&rng);
                act(&m, TH_EVENT_WRITE, at, size, value);
                for (uint32_t k = 0; k < size; k++) expected[at + k] = (uint8_t)(value >> 8 * k);
            } else if (kind == 1) {
                uint64_t value = 0;
                for (uint32_t k = size; k-- > 0;) value = value << 8 | expected[at + k];
                assert_true(act(&m, TH_EVENT_READ, at, size, 0) == value);
            } else if (m.buffer.count > 0) {
                const uint32_t index = (uint32_t)th_rng_below(&rng, m.buffer.count);
                if (th_buffer_drainable(&m.buffer, index)) drain(&m, index);
            }
            th_buffer_check(&m.buffer);
        }
        while (m.buffer.count > 0) drain(&m, 0);
        for (uint32_t i = 0; i < 64; i++) {
            assert_int_equal(th_memory_peek(&m.memory, m.block + i, 1), expected[i]);
        }
        machine_free(&m);
    }
}

static void tso_drains_the_oldest_only(void **state) {
    (void)state;
    machine m;
    machine_init(&m, true, 4);
    for (uint64_t i = 0; i < 4; i++) act(&m, TH_EVENT_WRITE, 8 * i, 8, i + 1);
    for (uint32_t left = 4; left > 0; left--) {
        assert_true(th_buffer_drainable(&m.buffer, 0));
        for (uint32_t i = 1; i <= left; i++) assert_false(th_buffer_drainable(&m.buffer, i));
        drain(&m, 0);
    }
    machine_free(&m);
}

static void weak_keeps_the_order_of_one_address_alone(void **state) {
    (void)state;
    machine m;
    machine_init(&m, false, 8);
    act(&m, TH_EVENT_WRITE, 0, 8, 1);
    act(&m, TH_EVENT_WRITE, 8, 8, 2);
    act(&m, TH_EVENT_WRITE, 0, 8, 3);
    act(&m, TH_EVENT_WRITE, 7, 2, 4);  // overlaps the first three
    assert_true(th_buffer_drainable(&m.buffer, 0));
    assert_true(th_buffer_drainable(&m.buffer, 1));
    assert_false(th_buffer_drainable(&m.buffer, 2));
    assert_false(th_buffer_drainable(&m.buffer, 3));
    drain(&m, 0);
    assert_true(th_buffer_drainable(&m.buffer, 1));
    machine_free(&m);
}

// M14: a writer stores key, then top, into a buffer; each drains later. A reader looks at key, then
// at top. Six interleavings of drains and reads: bad when it sees top without key.
static uint32_t bad_outcomes(bool fifo, bool top_first) {
    uint32_t bad = 0;
    for (uint32_t reads = 0; reads < 16; reads++) {  // which of four steps are the reader's
        if ((reads & 1) + (reads >> 1 & 1) + (reads >> 2 & 1) + (reads >> 3 & 1) != 2) continue;
        machine m;
        machine_init(&m, fifo, 2);
        act(&m, TH_EVENT_WRITE, 8, 8, 7);  // key
        act(&m, TH_EVENT_WRITE, 0, 1, 9);  // top
        uint64_t seen[2] = {0};
        uint32_t read_count = 0;
        for (uint32_t i = 0; i < 4; i++) {
            if (reads >> i & 1) {
                const uint64_t at = read_count == 0 ? 0 : 8;
                seen[read_count++] = th_memory_peek(&m.memory, m.block + at, at == 0 ? 1 : 8);
            } else {
                drain(&m, top_first && m.buffer.count == 2 ? 1 : 0);
            }
        }
        bad += seen[0] != 0 && seen[1] == 0;
        machine_free(&m);
    }
    return bad;
}

static void m14_only_a_weak_machine_shows_top_before_key(void **state) {
    (void)state;
    assert_int_equal(bad_outcomes(true, false), 0);
    assert_int_equal(bad_outcomes(false, false), 0);
    assert_int_equal(bad_outcomes(false, true), 1);
}

static void fences_wait_until_the_buffer_is_empty(void **state) {
    (void)state;
    machine m;
    machine_init(&m, true, 2);
    assert_true(th_buffer_allows(NULL, TH_EVENT_ATOMIC_RMW));
    assert_true(th_buffer_allows(&m.buffer, TH_EVENT_ATOMIC_RMW));
    act(&m, TH_EVENT_WRITE, 0, 8, 1);
    assert_true(th_buffer_allows(&m.buffer, TH_EVENT_READ));
    assert_true(th_buffer_allows(&m.buffer, TH_EVENT_WRITE));
    assert_false(th_buffer_allows(&m.buffer, TH_EVENT_ATOMIC_LOAD));
    assert_false(th_buffer_allows(&m.buffer, TH_EVENT_SYNC));
    assert_false(th_buffer_allows(&m.buffer, TH_EVENT_RELEASE));
    act(&m, TH_EVENT_WRITE, 0, 8, 2);
    assert_false(th_buffer_allows(&m.buffer, TH_EVENT_WRITE));  // full
    assert_true(th_buffer_allows(&m.buffer, TH_EVENT_READ));
    machine_free(&m);
}

static void a_block_freed_before_the_drain_faults(void **state) {
    (void)state;
    machine m;
    machine_init(&m, true, 2);
    act(&m, TH_EVENT_WRITE, 0, 8, 1);
    assert_true(th_memory_release(&m.memory, m.block));
    th_port port = port_of(&m);
    assert_false(th_buffer_drain(&port, 0));
    assert_int_equal(port.fault, TH_FAULT_FREED);
    assert_int_equal(port.access.kind, TH_EVENT_DRAIN);
    assert_int_equal(m.buffer.count, 0);
    machine_free(&m);
}

static void a_copy_and_a_hash_tell_contents_alone(void **state) {
    (void)state;
    machine m;
    machine_init(&m, false, 0);
    th_store_buffer copy;
    th_buffer_init(&copy, true, 3);
    act(&m, TH_EVENT_WRITE, 0, 8, 1);
    act(&m, TH_EVENT_WRITE, 8, 8, 2);
    th_buffer_copy(&copy, &m.buffer);
    assert_true(th_buffer_hash(&copy) == th_buffer_hash(&m.buffer));
    assert_int_equal(copy.capacity, TH_STORE_BUFFER_MAX);
    drain(&m, 0);
    assert_false(th_buffer_hash(&copy) == th_buffer_hash(&m.buffer));
    drain(&m, 0);
    th_store_buffer empty;
    th_buffer_init(&empty, false, 0);
    assert_true(th_buffer_hash(&empty) == th_buffer_hash(&m.buffer));
    machine_free(&m);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_load_sees_the_own_stores),
        cmocka_unit_test(tso_drains_the_oldest_only),
        cmocka_unit_test(weak_keeps_the_order_of_one_address_alone),
        cmocka_unit_test(m14_only_a_weak_machine_shows_top_before_key),
        cmocka_unit_test(fences_wait_until_the_buffer_is_empty),
        cmocka_unit_test(a_block_freed_before_the_drain_faults),
        cmocka_unit_test(a_copy_and_a_hash_tell_contents_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
