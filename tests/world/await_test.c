// AWAIT: a step that is not enabled before a cell holds a value.
#include "tests/support/program_builder.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
// cmocka.h needs the four above
#include <cmocka.h>

typedef struct fixture {
    th_builder builder;
    th_world world;
    th_events events;
    uint64_t cell;
    uint16_t waiter, setter;
} fixture;

// waiter: await cell == 7; cell = 8. setter: cell = 3; cell = `last`.
static void set_up(fixture *f, th_env env, uint64_t last) {
    *f = (fixture){0};
    env.seed = 1;
    th_builder_init(&f->builder, env);
    f->cell = th_builder_cell(&f->builder, TH_U64);
    const uint32_t waiter = th_builder_body(&f->builder, "waiter");
    th_builder_request(
        &f->builder, waiter,
        (th_request){.op = TH_REQUEST_AWAIT, .type = TH_U64, .a = f->cell, .b = {{7, 0}}});
    th_builder_store(&f->builder, waiter, f->cell, 8);
    const uint32_t setter = th_builder_body(&f->builder, "setter");
    th_builder_store(&f->builder, setter, f->cell, 3);
    th_builder_store(&f->builder, setter, f->cell, last);
    f->waiter = th_builder_start(&f->builder, waiter);
    f->setter = th_builder_start(&f->builder, setter);
    th_world_copy(&f->world, &f->builder.world);
    assert_true(th_world_settle(&f->world, th_builder_resolver(&f->builder), NULL));
}

static void tear_down(fixture *f) {
    th_world_free(&f->world);
    th_events_free(&f->events);
    th_builder_free(&f->builder);
}

static th_choice run(uint16_t g) { return (th_choice){.g = g, .kind = TH_CHOICE_RUN, .value = -1}; }

static bool waits(const fixture *f) { return !th_world_enabled(&f->world, run(f->waiter)); }

static void step(fixture *f, th_choice choice) {
    th_world_step(&f->world, choice, &f->events);
    assert_true(th_world_settle(&f->world, th_builder_resolver(&f->builder), &f->events));
}

static void it_waits_until_the_value_is_there(void **state) {
    (void)state;
    fixture f;
    set_up(&f, (th_env){0}, 7);
    assert_true(waits(&f));
    assert_string_equal(th_world_waits(&f.world, f.waiter), "await");
    step(&f, run(f.setter));
    assert_true(waits(&f));
    step(&f, run(f.setter));
    assert_false(waits(&f));
    assert_null(th_world_waits(&f.world, f.waiter));
    step(&f, run(f.waiter));
    assert_int_equal(f.events.items[f.events.count - 1].kind, TH_EVENT_OP_BEGIN);
    step(&f, run(f.waiter));
    assert_int_equal(f.world.step_count, 4);
    assert_int_equal(f.world.outcome.end, TH_END_DONE);
    assert_int_equal(th_memory_peek(&f.world.memory, f.cell, 8), 8);
    tear_down(&f);
}

static void one_that_is_never_served_is_a_deadlock(void **state) {
    (void)state;
    fixture f;
    set_up(&f, (th_env){0}, 6);
    step(&f, run(f.setter));
    step(&f, run(f.setter));
    assert_int_equal(f.world.outcome.end, TH_END_DEADLOCK);
    tear_down(&f);
}

static void under_store_buffers_it_sees_what_has_reached_memory(void **state) {
    (void)state;
    fixture f;
    set_up(&f, (th_env){.memory_model = TH_MODEL_TSO}, 7);
    step(&f, run(f.setter));
    step(&f, run(f.setter));
    assert_true(waits(&f));
    const th_choice drain = {.g = f.setter, .kind = TH_CHOICE_DRAIN};
    step(&f, drain);
    assert_true(waits(&f));
    step(&f, drain);
    assert_false(waits(&f));
    tear_down(&f);
}

// As a loop in Go would, at the cost of the other goroutines' time.
static void under_go_scheduling_it_spins(void **state) {
    (void)state;
    fixture f;
    set_up(&f, (th_env){.schedule = TH_SCHEDULE_GO, .procs = 1, .slice_steps = 10}, 7);
    while (!th_world_ended(&f.world)) {
        th_choice choices[4];
        assert_int_equal(th_world_choices(&f.world, choices, 4), 1);
        step(&f, choices[0]);
        assert_true(f.world.step_count < 200);
    }
    assert_int_equal(f.world.outcome.end, TH_END_DONE);
    uint32_t loads = 0;
    for (uint32_t i = 0; i < f.events.count; i++) {
        loads += f.events.items[i].kind == TH_EVENT_ATOMIC_LOAD;
    }
    assert_true(loads > 1);
    tear_down(&f);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_waits_until_the_value_is_there),
        cmocka_unit_test(one_that_is_never_served_is_a_deadlock),
        cmocka_unit_test(under_store_buffers_it_sees_what_has_reached_memory),
        cmocka_unit_test(under_go_scheduling_it_spins),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
