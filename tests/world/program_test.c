/* sim/world: programs, the tree of requests. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "sim/world/program.h"

static th_request request_of(th_request_op op, uint32_t line) {
    return (th_request){.op = (uint8_t)op, .line = line};
}

static th_result result_of(uint64_t word) { return (th_result){.w = {word}, .ok = 1}; }

static void a_path_is_found_by_its_results(void **state) {
    (void)state;
    th_programs *programs = th_programs_new();
    const th_request get = request_of(TH_REQUEST_MAP_GET, 3),
                     set = request_of(TH_REQUEST_MAP_SET, 4);
    const th_node_id root = th_programs_root(programs, "reader", 0, &get);
    const th_result zero = result_of(0), one = result_of(1);
    assert_int_equal(th_programs_next(programs, root, &zero), 0);
    const th_node_id a = th_programs_add(programs, root, &zero, &set);
    const th_node_id b = th_programs_add(programs, root, &one, &get);
    assert_int_equal(th_programs_next(programs, root, &zero), a);
    assert_int_equal(th_programs_next(programs, root, &one), b);
    assert_int_equal(th_programs_next(programs, a, &one), 0);
    assert_int_equal(th_programs_request(programs, a)->op, TH_REQUEST_MAP_SET);
    assert_int_equal(th_programs_parent(programs, b), root);
    assert_int_equal(th_programs_parent(programs, root), 0);
    assert_true(th_programs_edge(programs, b)->w[0] == 1);
    assert_int_equal(th_programs_root_of(programs, b), root);
    assert_string_equal(th_programs_name(programs, b), "reader");
    assert_int_equal(th_programs_count(programs), 3);
    th_programs_free(programs);
}

static void results_differ_in_every_field(void **state) {
    (void)state;
    th_programs *programs = th_programs_new();
    const th_request get = request_of(TH_REQUEST_MAP_GET, 1);
    const th_node_id root = th_programs_root(programs, "g", 0, &get);
    th_result results[8] = {0};
    for (int i = 0; i < 5; i++) results[i].w[i] = 9;
    results[5].ok = 1;
    results[6].panic = 1;
    th_node_id nodes[8];
    for (int i = 0; i < 8; i++) nodes[i] = th_programs_add(programs, root, &results[i], &get);
    for (int i = 0; i < 8; i++) {
        assert_int_equal(th_programs_next(programs, root, &results[i]), nodes[i]);
    }
    th_programs_free(programs);
}

static void a_go_node_and_its_program_know_each_other(void **state) {
    (void)state;
    th_programs *programs = th_programs_new();
    const th_request go = request_of(TH_REQUEST_GO, 2), end = request_of(TH_REQUEST_RETURN, 5);
    const th_node_id parent = th_programs_root(programs, "main", 0, &go);
    const th_node_id child = th_programs_root(programs, "worker", parent, &end);
    assert_true(th_programs_request(programs, parent)->b.w[0] == child);
    assert_int_equal(th_programs_starter(programs, child), parent);
    assert_int_equal(th_programs_starter(programs, parent), 0);
    th_programs_free(programs);
}

static void joined_paths_go_on_at_one_node(void **state) {
    (void)state;
    th_programs *programs = th_programs_new();
    const th_request get = request_of(TH_REQUEST_MAP_GET, 1),
                     end = request_of(TH_REQUEST_RETURN, 2);
    const th_node_id root = th_programs_root(programs, "g", 0, &get);
    const th_result one = result_of(1), two = result_of(2), three = result_of(3);
    const th_node_id after = th_programs_add(programs, root, &one, &end);
    th_programs_join(programs, root, &two, after);
    assert_int_equal(th_programs_next(programs, root, &two), after);
    assert_int_equal(th_programs_next(programs, root, &one), after);
    assert_int_equal(th_programs_next(programs, root, &three), 0);
    assert_memory_equal(th_programs_edge(programs, after), &one, sizeof(one));
    th_programs_free(programs);
}

static void a_hundred_thousand_nodes_stay_reachable_and_in_place(void **state) {
    (void)state;
    enum { WIDE = 1000, DEEP = 100 };
    th_programs *programs = th_programs_new();
    const th_request get = request_of(TH_REQUEST_MAP_GET, 1);
    const th_node_id root = th_programs_root(programs, "g", 0, &get);
    const th_request *first = th_programs_request(programs, root);
    for (uint64_t i = 0; i < WIDE; i++) {
        th_node_id at = root;
        for (uint32_t depth = 0; depth < DEEP; depth++) {
            const th_result result = result_of(i);
            const th_request request = request_of(TH_REQUEST_MAP_GET, depth);
            at = th_programs_add(programs, at, &result, &request);
        }
    }
    assert_ptr_equal(th_programs_request(programs, root), first);
    for (uint64_t i = 0; i < WIDE; i++) {
        th_node_id at = root;
        for (uint32_t depth = 0; depth < DEEP; depth++) {
            const th_result result = result_of(i);
            at = th_programs_next(programs, at, &result);
            assert_int_equal(th_programs_request(programs, at)->line, depth);
        }
    }
    assert_int_equal(th_programs_count(programs), WIDE * DEEP + 1);
    th_programs_free(programs);
}

static void every_request_has_a_class_and_a_text(void **state) {
    (void)state;
    for (int op = TH_REQUEST_NONE + 1; op < TH_REQUEST_OP_COUNT; op++) {
        assert_non_null(th_request_op_string((th_request_op)op));
    }
    assert_int_equal(th_request_op_class(TH_REQUEST_MAP_GET), TH_CLASS_MAP);
    assert_int_equal(th_request_op_class(TH_REQUEST_ATOMIC_CAS), TH_CLASS_CELL);
    assert_int_equal(th_request_op_class(TH_REQUEST_SYNC), TH_CLASS_SYNC);
    assert_int_equal(th_request_op_class(TH_REQUEST_GO), TH_CLASS_LOCAL);
    assert_int_equal(th_request_op_class(TH_REQUEST_PANICKED), TH_CLASS_END);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_path_is_found_by_its_results),
        cmocka_unit_test(results_differ_in_every_field),
        cmocka_unit_test(a_go_node_and_its_program_know_each_other),
        cmocka_unit_test(joined_paths_go_on_at_one_node),
        cmocka_unit_test(a_hundred_thousand_nodes_stay_reachable_and_in_place),
        cmocka_unit_test(every_request_has_a_class_and_a_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
