// The explorer: real maps, bounds, random runs, shrinking, programs that never end, limits.
#include "tests/support/enumerate.h"
#include "tests/support/program_builder.h"

#include "sim/explore/explore.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
// cmocka.h needs the four above
#include <cmocka.h>

typedef struct fixture {
    th_builder builder;
    th_world start;
    th_explore_desc desc;
    uint64_t cells[3];
} fixture;

static void open_fixture(fixture *f) {
    *f = (fixture){0};
    th_builder_init(&f->builder, (th_env){.seed = 7});
    for (int i = 0; i < 3; i++) f->cells[i] = th_builder_cell(&f->builder, TH_U64);
}

static void settle_fixture(fixture *f) {
    th_world_copy(&f->start, &f->builder.world);
    assert_true(th_world_settle(&f->start, th_builder_resolver(&f->builder), NULL));
    f->desc = (th_explore_desc){
        .start = &f->start, .resolver = th_builder_resolver(&f->builder), .seed = 1};
}

static void close_fixture(fixture *f) {
    th_world_free(&f->start);
    th_builder_free(&f->builder);
}

static th_findings *explore(fixture *f, th_explore_mode mode) {
    f->desc.mode = (uint8_t)mode;
    th_findings *findings = th_explore_run(&f->desc);
    assert_null(findings->error);
    return findings;
}

static void start_body(fixture *f, const char *name, th_body_fn *fn) {
    th_builder_start(&f->builder, th_builder_function(&f->builder, name, fn, f));
}

static const th_finding *find_fatal(const th_findings *findings) {
    for (uint32_t i = 0; i < findings->count; i++) {
        if (findings->items[i].end == TH_END_FATAL) return &findings->items[i];
    }
    return NULL;
}

// --- real maps ---

static void start_map_writers(fixture *f, uint32_t count) {
    static const char *const NAMES[] = {"a", "b", "c"};
    const uint64_t map = th_builder_map(&f->builder, TH_I64, TH_I64, 0);
    for (uint32_t i = 0; i < count; i++) {
        const uint32_t body = th_builder_body(&f->builder, NAMES[i]);
        th_builder_set(&f->builder, body, map, i + 1, i + 1);
        th_builder_start(&f->builder, body);
    }
}

static void same_classes(const th_findings *a, const th_findings *b) {
    assert_int_equal(a->count, b->count);
    for (uint32_t i = 0; i < a->count; i++) {
        const th_finding *item = &a->items[i];
        assert_non_null(
            th_findings_find(b, (th_end)item->end, item->message, item->label, item->raced));
    }
}

// All runs with fewer preemptions, and of those with as many all shorter ones, are looked at one by
// one.
static void check_minimal(fixture *f, const th_finding *crash) {
    th_sequences sequences = {.bounded = true, .bound = crash->preemption_count};
    assert_true(
        th_sequences_run(&sequences, &f->start, th_builder_resolver(&f->builder), NULL, NULL));
    const th_sequence_class *class = th_sequences_find(&sequences, (th_end)crash->end,
                                                       crash->message, crash->label, crash->raced);
    assert_non_null(class);
    assert_int_equal(class->preemption_count, crash->preemption_count);
    assert_int_equal(class->step_count, crash->choice_count);
}

static void two_writers_of_a_real_map_are_explored_completely(void **state) {
    (void)state;
    fixture f;
    open_fixture(&f);
    start_map_writers(&f, 2);
    settle_fixture(&f);
    th_findings *dpor = explore(&f, TH_EXPLORE_DPOR);
    th_findings *all = explore(&f, TH_EXPLORE_ALL);
    assert_true(dpor->complete);
    assert_true(all->complete);
    same_classes(all, dpor);
    const th_finding *crash = find_fatal(dpor);
    assert_non_null(crash);
    assert_string_equal(crash->message, "concurrent map writes");
    assert_int_equal(crash->proof, TH_PROOF_MINIMAL);
    check_minimal(&f, crash);
    th_findings_free(dpor);
    th_findings_free(all);
    close_fixture(&f);
}

// --- bounds ---

static void a_bound_counts_what_has_as_many_preemptions(void **state) {
    (void)state;
    fixture f;
    open_fixture(&f);
    start_map_writers(&f, 2);
    settle_fixture(&f);
    f.desc.has_bound = true;
    for (uint32_t bound = 0; bound <= 2; bound++) {
        th_sequences sequences = {.bounded = true, .bound = bound};
        assert_true(
            th_sequences_run(&sequences, &f.start, th_builder_resolver(&f.builder), NULL, NULL));
        f.desc.bound = bound;
        th_findings *findings = explore(&f, TH_EXPLORE_BOUNDED);
        assert_false(findings->complete);
        assert_int_equal(findings->bound, bound);
        assert_int_equal(findings->executions.low, sequences.count);
        assert_int_equal(findings->count, sequences.class_count);
        th_findings_free(findings);
    }
    close_fixture(&f);
}

// --- single executions ---

static void findings_equal(const th_findings *a, const th_findings *b) {
    same_classes(a, b);
    for (uint32_t i = 0; i < a->count; i++) {
        assert_true(th_count_equal(a->items[i].count, b->items[i].count));
    }
    assert_true(th_count_equal(a->executions, b->executions));
}

static th_findings *run_shared(fixture *f, th_explore_mode mode, uint32_t job_count) {
    th_findings *sum = NULL;
    f->desc.job_count = job_count;
    for (f->desc.job = 0; f->desc.job < job_count; f->desc.job++) {
        th_findings *part = explore(f, mode);
        if (sum == NULL) {
            sum = part;
        } else {
            th_findings_merge(sum, part);
            th_findings_free(part);
        }
    }
    return sum;
}

static void random_runs_do_not_depend_on_who_runs_them(void **state) {
    (void)state;
    fixture f;
    open_fixture(&f);
    start_map_writers(&f, 3);
    settle_fixture(&f);
    f.desc.execution_limit = 2000;
    f.desc.any_schedule = true;
    for (int mode = TH_EXPLORE_RANDOM; mode <= TH_EXPLORE_PCT; mode++) {
        th_findings *one = run_shared(&f, (th_explore_mode)mode, 1);
        th_findings *three = run_shared(&f, (th_explore_mode)mode, 3);
        findings_equal(one, three);
        assert_int_equal(one->executions.low, 2000);
        assert_non_null(find_fatal(one));
        th_findings_free(one);
        th_findings_free(three);
    }
    close_fixture(&f);
}

static void another_seed_draws_other_runs(void **state) {
    (void)state;
    fixture f;
    open_fixture(&f);
    start_map_writers(&f, 2);
    settle_fixture(&f);
    f.desc.execution_limit = 1000;
    th_findings *first = explore(&f, TH_EXPLORE_RANDOM);
    f.desc.seed++;
    th_findings *second = explore(&f, TH_EXPLORE_RANDOM);
    assert_true(first->steps != second->steps);
    th_findings_free(first);
    th_findings_free(second);
    close_fixture(&f);
}

static void random_finds_are_shrunk(void **state) {
    (void)state;
    fixture f;
    open_fixture(&f);
    start_map_writers(&f, 3);
    settle_fixture(&f);
    f.desc.execution_limit = 1;
    f.desc.any_schedule = true;
    th_findings *raw = explore(&f, TH_EXPLORE_RANDOM);
    f.desc.any_schedule = false;
    th_findings *shrunk = explore(&f, TH_EXPLORE_RANDOM);
    const th_finding *before = find_fatal(raw), *after = find_fatal(shrunk);
    assert_int_equal(before->proof, TH_PROOF_NONE);
    assert_int_equal(after->proof, TH_PROOF_SHRUNK);
    assert_true(after->preemption_count < before->preemption_count);
    assert_int_equal(after->preemption_count, 1);
    th_world end = {0};
    assert_true(th_explore_replay(&f.desc, after->choices, after->choice_count, &end));
    assert_int_equal(end.outcome.end, TH_END_FATAL);
    th_world_free(&end);
    th_findings_free(raw);
    th_findings_free(shrunk);
    close_fixture(&f);
}

// --- programs that never end ---

// while x == 0 {}
static th_request spin(const void *fixture_, uint64_t locals[TH_BODY_LOCAL_COUNT],
                       const th_result *result) {
    const fixture *f = fixture_;
    locals[0] = result != NULL && result->w[0] != 0;
    return locals[0] ? th_builder_ask_return() : th_builder_ask_load(f->cells[0], TH_U64);
}

// y = 1; fatal when it reads y == 1
static th_request crash(const void *fixture_, uint64_t locals[TH_BODY_LOCAL_COUNT],
                        const th_result *result) {
    fixture *f = (fixture *)(uintptr_t)fixture_;
    (void)result;
    switch (locals[0]++) {
    case 0: return th_builder_ask_store(f->cells[1], TH_U64, 1);
    case 1: return th_builder_ask_load(f->cells[1], TH_U64);
    default: return th_builder_ask_fatal(&f->builder, "reached");
    }
}

// x = 1
static th_request release(const void *fixture_, uint64_t locals[TH_BODY_LOCAL_COUNT],
                          const th_result *result) {
    const fixture *f = fixture_;
    (void)result;
    return locals[0]++ == 0 ? th_builder_ask_store(f->cells[0], TH_U64, 1)
                            : th_builder_ask_return();
}

static void a_loop_that_may_end_has_countless_runs(void **state) {
    (void)state;
    fixture f;
    open_fixture(&f);
    start_body(&f, "spin", spin);
    start_body(&f, "release", release);
    settle_fixture(&f);
    th_findings *all = explore(&f, TH_EXPLORE_ALL);
    assert_true(all->endless);
    assert_false(all->complete);
    assert_int_equal(all->count, 1);
    assert_int_equal(all->items[0].end, TH_END_DONE);
    th_findings *dpor = explore(&f, TH_EXPLORE_DPOR);
    assert_true(dpor->complete);
    same_classes(all, dpor);
    th_findings_free(all);
    th_findings_free(dpor);
    close_fixture(&f);
}

static void nobody_is_put_off_for_ever(void **state) {
    (void)state;
    fixture f;
    open_fixture(&f);
    start_body(&f, "spin", spin);
    start_body(&f, "crash", crash);
    settle_fixture(&f);
    th_findings *dpor = explore(&f, TH_EXPLORE_DPOR);
    assert_non_null(find_fatal(dpor));
    assert_true(dpor->endless);
    th_findings_free(dpor);
    close_fixture(&f);
}

// --- limits ---

static bool say_no(void *context, const th_explore_progress *progress) {
    (void)progress;
    ++*(uint32_t *)context;
    return false;
}

static void a_search_stops_where_it_is_told_to(void **state) {
    (void)state;
    fixture f;
    open_fixture(&f);
    start_map_writers(&f, 3);
    settle_fixture(&f);
    uint32_t asked = 0;
    f.desc.go_on = say_no;
    f.desc.go_on_context = &asked;
    for (int mode = 0; mode < TH_EXPLORE_MODE_COUNT; mode++) {
        asked = 0;
        th_findings *findings = explore(&f, (th_explore_mode)mode);
        assert_false(findings->complete);
        assert_true(asked > 0);
        th_findings_free(findings);
    }
    close_fixture(&f);
}

static void a_limit_of_states_is_kept(void **state) {
    (void)state;
    fixture f;
    open_fixture(&f);
    start_map_writers(&f, 3);
    settle_fixture(&f);
    f.desc.state_limit = 5000;
    for (int mode = TH_EXPLORE_ALL; mode <= TH_EXPLORE_BOUNDED; mode++) {
        th_findings *findings = explore(&f, (th_explore_mode)mode);
        assert_false(findings->complete);
        assert_in_range(findings->states, 1, 6000);
        th_findings_free(findings);
    }
    close_fixture(&f);
}

static void a_run_without_a_step_is_one_execution(void **state) {
    (void)state;
    fixture f;
    open_fixture(&f);
    th_builder_start(&f.builder, th_builder_body(&f.builder, "idle"));
    settle_fixture(&f);
    for (int mode = 0; mode < TH_EXPLORE_MODE_COUNT; mode++) {
        th_findings *findings = explore(&f, (th_explore_mode)mode);
        assert_true(findings->complete);
        assert_int_equal(findings->executions.low, 1);
        assert_int_equal(findings->items[0].end, TH_END_DONE);
        th_findings_free(findings);
    }
    close_fixture(&f);
}

static void counts_are_exact_beyond_64_bits_and_stop_at_128(void **state) {
    (void)state;
    char text[64];
    th_count count = {0, UINT64_MAX};
    th_count_add(&count, th_count_of(1));
    th_print out = th_print_to(text, sizeof text);
    th_count_print(&out, count);
    assert_string_equal(text, "18446744073709551616");
    th_count half = {UINT64_C(1) << 63, 0};
    assert_int_equal(th_count_millionths(half, (th_count){UINT64_MAX, UINT64_MAX}), 500000);
    th_count_add(&half, half);
    assert_true(th_count_is_full(half));
    out = th_print_to(text, sizeof text);
    th_count_print(&out, half);
    assert_string_equal(text, "340282366920938463463374607431768211455");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_writers_of_a_real_map_are_explored_completely),
        cmocka_unit_test(a_bound_counts_what_has_as_many_preemptions),
        cmocka_unit_test(random_runs_do_not_depend_on_who_runs_them),
        cmocka_unit_test(another_seed_draws_other_runs),
        cmocka_unit_test(random_finds_are_shrunk),
        cmocka_unit_test(a_loop_that_may_end_has_countless_runs),
        cmocka_unit_test(nobody_is_put_off_for_ever),
        cmocka_unit_test(a_search_stops_where_it_is_told_to),
        cmocka_unit_test(a_limit_of_states_is_kept),
        cmocka_unit_test(a_run_without_a_step_is_one_execution),
        cmocka_unit_test(counts_are_exact_beyond_64_bits_and_stop_at_128),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
