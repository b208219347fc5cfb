// On programs made at random, `dpor` finds exactly the classes of runs that `all` finds, and `all`
// exactly those, and as many of each, that running one sequence after the other finds.
#include "tests/explore/generated.h"
#include "tests/support/enumerate.h"

#include "sim/explore/explore.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
// cmocka.h needs the four above
#include <cmocka.h>

enum {
    PROGRAM_COUNT = 500,
    STATE_LIMIT = 40000,    // a program that has more is left out, and counted
    GO_STATE_LIMIT = 6000,  // the same under `go`, where awaiting never comes to an end
    SEQUENCE_LIMIT = 3000,  // more are not run one by one
};

typedef struct subject {
    th_generated program;
    th_world start;
    uint64_t seed;
} subject;

static void set_up(subject *s, uint64_t seed, th_env env) {
    s->seed = seed;
    th_generated_make(&s->program, seed, env);
    s->start = (th_world){0};
    th_world_copy(&s->start, &s->program.builder.world);
    assert_true(th_world_settle(&s->start, th_builder_resolver(&s->program.builder), NULL));
}

static void tear_down(subject *s) {
    th_world_free(&s->start);
    th_generated_free(&s->program);
}

// Every other program is told apart by what its goroutines said, where more can be left out.
static bool goes_by_words(const subject *s) { return s->seed % 2 == 1; }

static th_explore_desc desc_of(subject *s, th_explore_mode mode) {
    const bool go = s->start.env->schedule == TH_SCHEDULE_GO;
    const bool said = goes_by_words(s);
    return (th_explore_desc){.start = &s->start,
                             .resolver = th_builder_resolver(&s->program.builder),
                             .label = said ? th_generated_said : th_generated_held,
                             .label_ignores_memory = said,
                             .label_context = &s->program,
                             .state_limit = go ? GO_STATE_LIMIT : STATE_LIMIT,
                             .mode = (uint8_t)mode};
}

static th_findings *explore(subject *s, th_explore_mode mode, bool any_schedule) {
    th_explore_desc desc = desc_of(s, mode);
    desc.any_schedule = any_schedule;
    th_findings *findings = th_explore_run(&desc);
    if (findings->error != NULL)
        fail_msg("program %llu: %s", (unsigned long long)s->seed, findings->error);
    return findings;
}

static void print_class(const char *what, const th_finding *item) {
    print_message("#   %s: %s \"%s\" label %s%s\n", what, th_end_string((th_end)item->end),
                  item->message ? item->message : "", item->label ? item->label : "none",
                  item->raced ? ", raced" : "");
}

// All classes of `a` are classes of `b`.
static bool included(const th_findings *a, const th_findings *b, const char *what) {
    bool all = true;
    for (uint32_t i = 0; i < a->count; i++) {
        const th_finding *item = &a->items[i];
        if (th_findings_find(b, (th_end)item->end, item->message, item->label, item->raced))
            continue;
        print_class(what, item);
        all = false;
    }
    return all;
}

static void check_schedules(subject *s, const th_findings *findings) {
    const th_explore_desc desc = desc_of(s, TH_EXPLORE_ALL);
    for (uint32_t i = 0; i < findings->count; i++) {
        const th_finding *item = &findings->items[i];
        th_world end = {0};
        assert_true(th_explore_replay(&desc, item->choices, item->choice_count, &end));
        assert_int_equal(end.outcome.end, item->end);
        assert_int_equal(end.race_step != 0, item->raced);
        th_world_free(&end);
    }
}

static const char *label_of(void *context, const th_world *world) {
    subject *s = context;
    const char *label = NULL;
    (goes_by_words(s) ? th_generated_said : th_generated_held)(&s->program, world, &label);
    return label;
}

static void compare_with_sequences(subject *s, const th_findings *all) {
    th_sequences sequences = {.limit = SEQUENCE_LIMIT};
    if (all->executions.high != 0 || all->executions.low > SEQUENCE_LIMIT) return;
    assert_true(th_sequences_run(&sequences, &s->start, th_builder_resolver(&s->program.builder),
                                 label_of, s));
    assert_int_equal(sequences.count, all->executions.low);
    assert_int_equal(sequences.class_count, all->count);
    for (uint32_t i = 0; i < all->count; i++) {
        const th_finding *item = &all->items[i];
        const th_sequence_class *class = th_sequences_find(&sequences, (th_end)item->end,
                                                           item->message, item->label, item->raced);
        assert_non_null(class);
        assert_int_equal(class->count, item->count.low);
        assert_int_equal(item->proof, TH_PROOF_MINIMAL);
        assert_int_equal(class->preemption_count, item->preemption_count);
        assert_int_equal(class->step_count, item->choice_count);
    }
}

// What comparing many programs came to.
typedef struct comparison {
    uint32_t left_out;  // too many states
    uint64_t states, reduced;
} comparison;

static void compare(uint64_t seed, th_env env, comparison *sum) {
    subject s;
    set_up(&s, seed, env);
    th_findings *all = explore(&s, TH_EXPLORE_ALL, false);
    if (all->complete) {
        th_findings *dpor = explore(&s, TH_EXPLORE_DPOR, true);
        assert_true(dpor->complete);
        const bool same = included(all, dpor, "dpor lost") & included(dpor, all, "dpor made up");
        if (!same) fail_msg("program %llu", (unsigned long long)seed);
        check_schedules(&s, all);
        check_schedules(&s, dpor);
        compare_with_sequences(&s, all);
        sum->states += all->states;
        sum->reduced += dpor->states;
        th_findings_free(dpor);
    } else {
        sum->left_out++;
    }
    th_findings_free(all);
    tear_down(&s);
}

static comparison compare_many(uint32_t program_count, th_env env) {
    comparison sum = {0};
    for (uint64_t seed = 1; seed <= program_count; seed++) compare(seed, env, &sum);
    print_message("# %u of %u left out; %llu states, %llu reduced\n", sum.left_out, program_count,
                  (unsigned long long)sum.states, (unsigned long long)sum.reduced);
    return sum;
}

static void dpor_loses_nothing(void **state) {
    (void)state;
    const comparison sum = compare_many(PROGRAM_COUNT, (th_env){0});
    assert_true(sum.left_out < PROGRAM_COUNT / 50);
    assert_true(sum.reduced < sum.states);
}

static void dpor_loses_nothing_with_store_buffers(void **state) {
    (void)state;
    for (int model = TH_MODEL_TSO; model <= TH_MODEL_WEAK; model++) {
        const comparison sum =
            compare_many(PROGRAM_COUNT / 2, (th_env){.memory_model = (uint8_t)model});
        assert_true(sum.reduced < sum.states);
    }
}

static void go_scheduling_is_explored_whole(void **state) {
    (void)state;
    compare_many(PROGRAM_COUNT / 5, (th_env){.schedule = TH_SCHEDULE_GO, .procs = 1});
    compare_many(PROGRAM_COUNT / 5, (th_env){.schedule = TH_SCHEDULE_GO, .procs = 2});
    compare_many(PROGRAM_COUNT / 5,
                 (th_env){.schedule = TH_SCHEDULE_GO, .procs = 2, .slice_steps = 2});
}

static void store_buffers_under_go_are_explored_whole(void **state) {
    (void)state;
    for (int model = TH_MODEL_TSO; model <= TH_MODEL_WEAK; model++) {
        compare_many(PROGRAM_COUNT / 10, (th_env){.schedule = TH_SCHEDULE_GO,
                                                  .procs = 2,
                                                  .slice_steps = 2,
                                                  .memory_model = (uint8_t)model});
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(dpor_loses_nothing),
        cmocka_unit_test(dpor_loses_nothing_with_store_buffers),
        cmocka_unit_test(go_scheduling_is_explored_whole),
        cmocka_unit_test(store_buffers_under_go_are_explored_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
