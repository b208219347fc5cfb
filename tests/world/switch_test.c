// What `go` scheduling and store buffers make of the moments between two requests: a body begins
// when a P takes its goroutine up, goes on after Gosched when one does so again, and neither leaves
// its P nor starts another goroutine before its stores are in memory.
#include "tests/support/enumerate.h"
#include "tests/support/hand.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
// cmocka.h needs the four above
#include <cmocka.h>

typedef struct fixture {
    th_hand hand;
    uint64_t x, y;
    uint64_t seen[2];  // cells that tell what was read
} fixture;

static void init(fixture *f, th_env env) {
    *f = (fixture){0};
    th_hand_init(&f->hand, env);
    th_builder *builder = &f->hand.builder;
    f->x = th_builder_cell(builder, TH_U64);
    f->y = th_builder_cell(builder, TH_U64);
    for (int i = 0; i < 2; i++) f->seen[i] = th_builder_cell(builder, TH_U64);
}

static void gosched(fixture *f, uint32_t body) {
    th_builder_request(&f->hand.builder, body, (th_request){.op = TH_REQUEST_GOSCHED});
}

static void what_follows_gosched_waits_for_a_p(void **state) {
    (void)state;
    fixture f;
    init(&f, (th_env){.schedule = TH_SCHEDULE_GO, .procs = 1});
    const uint32_t first = th_builder_body(&f.hand.builder, "first");
    const uint32_t other = th_builder_body(&f.hand.builder, "other");
    const uint32_t started = th_builder_body(&f.hand.builder, "started");
    gosched(&f, first);
    th_builder_request(&f.hand.builder, first, th_builder_ask_go(started));
    th_builder_load(&f.hand.builder, other, f.x);
    th_builder_start(&f.hand.builder, first);
    th_builder_start(&f.hand.builder, other);
    th_hand_begin(&f.hand);
    th_hand_step(&f.hand, th_hand_pick(0));
    th_hand_step(&f.hand, th_hand_run(1));
    assert_int_equal(f.hand.world.goroutine_count, 3);  // nobody was started yet
    assert_false(th_hand_is_over(&f.hand, 1));
    assert_int_equal(th_hand_count(&f.hand, TH_EVENT_OP_END), 0);
    th_hand_step(&f.hand, th_hand_pick(0));
    assert_int_equal(th_hand_on(&f.hand, 0), 2);
    th_hand_step(&f.hand, th_hand_run(2));
    assert_true(th_hand_is_over(&f.hand, 2));
    th_hand_step(
        &f.hand,
        th_hand_pick(0));  // Gosched returns, the go statement follows, and the body is over
    assert_int_equal(th_hand_count(&f.hand, TH_EVENT_OP_END), 1);
    assert_int_equal(f.hand.world.goroutine_count, 4);
    assert_true(th_hand_is_over(&f.hand, 1));
    assert_false(th_hand_is_over(&f.hand, 3));
    th_hand_step(&f.hand, th_hand_pick(0));
    assert_int_equal(f.hand.world.outcome.end, TH_END_DONE);
    assert_int_equal(f.hand.world.step_count, 6);
    th_hand_free(&f.hand);
}

static void a_body_begins_when_a_p_takes_it_up(void **state) {
    (void)state;
    fixture f;
    init(&f, (th_env){.schedule = TH_SCHEDULE_GO, .procs = 2});
    const uint32_t first = th_builder_body(&f.hand.builder, "first");
    const uint32_t child = th_builder_body(&f.hand.builder, "child");
    const uint32_t grandchild = th_builder_body(&f.hand.builder, "grandchild");
    th_builder_request(&f.hand.builder, first, th_builder_ask_go(child));
    th_builder_load(&f.hand.builder, first, f.x);
    th_builder_request(&f.hand.builder, child, th_builder_ask_go(grandchild));
    th_builder_start(&f.hand.builder, first);
    th_hand_begin(&f.hand);
    assert_int_equal(f.hand.world.goroutine_count,
                     2);  // before its first P not even the first began
    th_hand_step(&f.hand, th_hand_pick(0));
    assert_int_equal(f.hand.world.goroutine_count, 3);
    th_hand_step(&f.hand, th_hand_run(1));
    assert_int_equal(f.hand.world.goroutine_count, 3);
    assert_false(th_hand_is_over(&f.hand, 2));
    th_hand_step(&f.hand, th_hand_pick(1));  // P 1 steals the child: it starts its own, and is over
    assert_int_equal(f.hand.world.goroutine_count, 4);
    assert_true(th_hand_is_over(&f.hand, 2));
    assert_int_equal(th_hand_on(&f.hand, 1), 0);
    assert_int_equal(f.hand.world.sched.ps[1].runnext, 3);
    th_hand_free(&f.hand);
}

static void under_any_a_body_begins_at_once(void **state) {
    (void)state;
    fixture f;
    init(&f, (th_env){0});
    const uint32_t first = th_builder_body(&f.hand.builder, "first");
    const uint32_t child = th_builder_body(&f.hand.builder, "child");
    th_builder_request(&f.hand.builder, first, th_builder_ask_go(child));
    gosched(&f, first);
    th_builder_start(&f.hand.builder, first);
    th_hand_begin(&f.hand);
    assert_true(th_hand_is_over(&f.hand, 2));
    th_hand_step(&f.hand, th_hand_run(1));
    assert_int_equal(f.hand.world.outcome.end, TH_END_DONE);
    th_hand_free(&f.hand);
}

// --- store buffers ---

static th_env on_one_p(th_memory_model model, uint32_t slice_steps) {
    return (th_env){.schedule = TH_SCHEDULE_GO,
                    .procs = 1,
                    .memory_model = (uint8_t)model,
                    .slice_steps = slice_steps};
}

static void a_goroutine_is_over_when_its_stores_are_in_memory(void **state) {
    (void)state;
    fixture f;
    init(&f, on_one_p(TH_MODEL_TSO, 0));
    const uint32_t first = th_builder_body(&f.hand.builder, "first");
    const uint32_t other = th_builder_body(&f.hand.builder, "other");
    th_builder_store(&f.hand.builder, first, f.x, 1);
    th_builder_store(&f.hand.builder, first, f.y, 1);
    th_builder_load(&f.hand.builder, other, f.x);
    th_builder_start(&f.hand.builder, first);
    th_builder_start(&f.hand.builder, other);
    th_hand_begin(&f.hand);
    th_hand_step(&f.hand, th_hand_pick(0));
    th_hand_step(&f.hand, th_hand_run(1));
    th_hand_step(&f.hand, th_hand_run(1));
    assert_false(th_hand_is_over(&f.hand, 1));
    assert_false(th_hand_can(&f.hand, th_hand_pick(0)));
    th_hand_step(&f.hand, th_hand_drain(1));
    assert_false(th_hand_can(&f.hand, th_hand_pick(0)));
    th_hand_step(&f.hand, th_hand_drain(1));
    assert_true(th_hand_is_over(&f.hand, 1));
    assert_int_equal(th_hand_count(&f.hand, TH_EVENT_EXIT), 1);
    th_hand_step(&f.hand, th_hand_pick(0));
    assert_int_equal(th_hand_on(&f.hand, 0), 2);
    th_hand_free(&f.hand);
}

static void gosched_waits_for_the_stores(void **state) {
    (void)state;
    fixture f;
    init(&f, on_one_p(TH_MODEL_WEAK, 0));
    const uint32_t first = th_builder_body(&f.hand.builder, "first");
    th_builder_store(&f.hand.builder, first, f.x, 1);
    gosched(&f, first);
    th_builder_start(&f.hand.builder, first);
    th_hand_begin(&f.hand);
    th_hand_step(&f.hand, th_hand_pick(0));
    th_hand_step(&f.hand, th_hand_run(1));
    assert_false(th_hand_can(&f.hand, th_hand_run(1)));
    th_hand_step(&f.hand, th_hand_drain(1));
    th_hand_step(&f.hand, th_hand_run(1));
    assert_int_equal(th_hand_on(&f.hand, 0), 0);
    th_hand_free(&f.hand);
}

// A slice of one step ends after each: whoever has stores then drains them, and is preempted.
static void a_preempted_goroutine_leaves_no_stores_behind(void **state) {
    (void)state;
    fixture f;
    init(&f, on_one_p(TH_MODEL_TSO, 1));
    const uint32_t first = th_builder_body(&f.hand.builder, "first");
    th_builder_store(&f.hand.builder, first, f.x, 1);
    th_builder_load(&f.hand.builder, first, f.x);
    th_builder_load(&f.hand.builder, first, f.y);
    th_builder_start(&f.hand.builder, first);
    th_hand_begin(&f.hand);
    th_hand_step(&f.hand, th_hand_pick(0));
    th_hand_step(&f.hand, th_hand_run(1));
    assert_int_equal(th_hand_on(&f.hand, 0), 1);
    assert_false(th_hand_can(&f.hand, th_hand_run(1)));
    th_hand_step(&f.hand, th_hand_drain(1));
    assert_int_equal(th_hand_on(&f.hand, 0), 0);
    assert_int_equal(f.hand.world.sched.global_count, 1);
    th_hand_step(&f.hand, th_hand_pick(0));
    th_hand_step(&f.hand, th_hand_run(1));  // nothing to drain: it gives way with its step
    assert_int_equal(th_hand_on(&f.hand, 0), 0);
    th_hand_free(&f.hand);
}

// --- what may be seen, over all sequences of steps ---

// Stores 1 in one cell, reads another, and tells what it read.
typedef struct crossing {
    uint64_t own, others, seen;
} crossing;

static th_request cross(const void *argument, uint64_t locals[TH_BODY_LOCAL_COUNT],
                        const th_result *result) {
    const crossing *self = argument;
    if (locals[0] == 2) locals[1] = result->w[0];
    switch (locals[0]++) {
    case 0: return th_builder_ask_store(self->own, TH_U64, 1);
    case 1: return th_builder_ask_load(self->others, TH_U64);
    case 2: return th_builder_ask_store(self->seen, TH_U64, locals[1]);
    default: return th_builder_ask_return();
    }
}

static const char *seen_by_both(void *context, const th_world *world) {
    static const char *const LABELS[] = {"00", "01", "10", "11"};
    const fixture *f = context;
    return LABELS[th_memory_peek(&world->memory, f->seen[0], 8) << 1 |
                  th_memory_peek(&world->memory, f->seen[1], 8)];
}

static bool comes_up(fixture *f, const char *label) {
    th_sequences sequences = {0};
    assert_true(th_sequences_run(&sequences, &f->hand.world, th_builder_resolver(&f->hand.builder),
                                 seen_by_both, f));
    return th_sequences_find(&sequences, TH_END_DONE, NULL, label, true) != NULL ||
           th_sequences_find(&sequences, TH_END_DONE, NULL, label, false) != NULL;
}

static bool both_read_zero(th_env env) {
    fixture f;
    init(&f, env);
    const crossing sides[] = {{f.x, f.y, f.seen[0]}, {f.y, f.x, f.seen[1]}};
    for (int i = 0; i < 2; i++) {
        const char *name = i == 0 ? "left" : "right";
        th_builder_start(&f.hand.builder,
                         th_builder_function(&f.hand.builder, name, cross, &sides[i]));
    }
    th_hand_begin(&f.hand);
    const bool found = comes_up(&f, "00");
    th_hand_free(&f.hand);
    return found;
}

static void stores_wait_on_two_ps_and_not_on_one(void **state) {
    (void)state;
    th_env env = {.schedule = TH_SCHEDULE_GO, .procs = 2};
    assert_false(both_read_zero(env));
    env.memory_model = TH_MODEL_TSO;
    assert_true(both_read_zero(env));
    env.procs = 1;
    assert_false(both_read_zero(env));
    env.slice_steps = 1;  // preempted after each step
    assert_false(both_read_zero(env));
}

// Reads the cell that whoever started it stored to before, and tells.
static th_request look(const void *argument, uint64_t locals[TH_BODY_LOCAL_COUNT],
                       const th_result *result) {
    const crossing *self = argument;
    if (locals[0] == 1) locals[1] = result->w[0];
    switch (locals[0]++) {
    case 0: return th_builder_ask_load(self->others, TH_U64);
    case 1: return th_builder_ask_store(self->seen, TH_U64, locals[1]);
    default: return th_builder_ask_return();
    }
}

static void a_go_statement_carries_the_stores_before_it(void **state) {
    (void)state;
    for (int i = 0; i < 4; i++) {
        fixture f;
        init(&f, (th_env){.memory_model = i % 2 == 0 ? TH_MODEL_TSO : TH_MODEL_WEAK,
                          .schedule = i / 2 == 0 ? TH_SCHEDULE_ANY : TH_SCHEDULE_GO,
                          .procs = 2});
        const crossing sides = {.others = f.x, .seen = f.seen[0]};
        const uint32_t first = th_builder_body(&f.hand.builder, "first");
        const uint32_t child = th_builder_function(&f.hand.builder, "child", look, &sides);
        th_builder_store(&f.hand.builder, first, f.x, 1);
        th_builder_request(&f.hand.builder, first, th_builder_ask_go(child));
        th_builder_start(&f.hand.builder, first);
        th_hand_begin(&f.hand);
        assert_false(comes_up(&f, "00"));
        assert_true(comes_up(&f, "10"));
        th_hand_free(&f.hand);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_follows_gosched_waits_for_a_p),
        cmocka_unit_test(a_body_begins_when_a_p_takes_it_up),
        cmocka_unit_test(under_any_a_body_begins_at_once),
        cmocka_unit_test(a_goroutine_is_over_when_its_stores_are_in_memory),
        cmocka_unit_test(gosched_waits_for_the_stores),
        cmocka_unit_test(a_preempted_goroutine_leaves_no_stores_behind),
        cmocka_unit_test(stores_wait_on_two_ps_and_not_on_one),
        cmocka_unit_test(a_go_statement_carries_the_stores_before_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
