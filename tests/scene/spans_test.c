// A branch in small tells of every stretch what looking at each of its steps tells.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "sim/base/rng.h"
#include "tests/support/play.h"

static const char LONG_RUN[] =
    "scenario { id = \"l\", truth = \"real\", seed = 5 }\n"
    "local v, u = var(\"int\", 0), var(\"int\", 0)\n"
    "local function work(k) for i = 1, 12 do v.value = i local _ = u.value gosched() end end\n"
    "for g = 1, 70 do go(\"w\" .. g, function() if g % 2 == 0 then v.value = g else work(g) end "
    "end)"
    " end\n";

static bool same(th_span a, th_span b) {
    return a.moved == b.moved && a.wrote == b.wrote && a.raced == b.raced;
}

static th_span walk(const th_timeline *timeline, uint64_t first, uint64_t last, uint64_t address,
                    bool *touched) {
    th_span span = {0};
    *touched = false;
    for (uint64_t step = first; step <= last; step++) {
        const th_event event = th_timeline_event(timeline, 0, step);
        span.moved |= th_span_bit(event.g);
        if (th_event_kind_writes((th_event_kind)event.kind)) span.wrote |= th_span_bit(event.g);
        if (event.race) span.raced |= th_span_bit(event.g);
        const uint64_t at = th_event_address(event);
        *touched |= address >= at && address < at + (event.size > 0 ? event.size : 1);
    }
    return span;
}

static void stretches_are_what_their_steps_are(void **state) {
    (void)state;
    th_model model;
    th_play_text(&model, LONG_RUN, NULL);
    const uint64_t length = th_model_length(&model);
    assert_true(length > 4 * TH_SPAN_STEPS);
    th_rng rng = {1};
    th_spans spans = {0};
    th_touches touches = {0};
    th_spans_update(&spans, model.timeline, 0);
    for (int i = 0; i < 400; i++) {
        const uint64_t first = 1 + th_rng_below(&rng, length);
        const uint64_t last = first + th_rng_below(&rng, length - first + 1);
        const uint64_t some = 1 + th_rng_below(&rng, length);
        const uint64_t address = th_event_address(th_timeline_event(model.timeline, 0, some));
        bool touched;
        const th_span expected = walk(model.timeline, first, last, address, &touched);
        assert_true(same(th_spans_between(&spans, model.timeline, first, last), expected));
        th_touches_update(&touches, model.timeline, 0, address);
        assert_int_equal(th_touches_between(&touches, model.timeline, first, last), touched);
    }
    th_spans_free(&spans);
    th_touches_free(&touches);
    th_model_close(&model);
}

static void they_grow_with_the_branch_and_follow_another(void **state) {
    (void)state;
    th_model model;
    th_play_text(&model, LONG_RUN, NULL);
    th_timeline *timeline = model.timeline;
    const uint64_t length = th_model_length(&model);
    const th_branch_id branch = th_timeline_fork(timeline, 0, length / 2);
    th_spans grown = {0}, fresh = {0};
    th_spans_update(&grown, timeline, 0);
    th_spans_update(&grown, timeline, branch);
    assert_int_equal(grown.length, length / 2);
    for (int i = 0; i < 200; i++) {
        th_choice choice = {0};
        if (th_world_choices(th_timeline_end(timeline, branch), &choice, 1) == 0) break;
        th_timeline_extend(timeline, branch, choice);
        th_spans_update(&grown, timeline, branch);
    }
    th_spans_update(&fresh, timeline, branch);
    assert_int_equal(grown.length, fresh.length);
    for (uint64_t first = 1; first + 100 < fresh.length; first += 37) {
        assert_true(same(th_spans_between(&grown, timeline, first, first + 100),
                         th_spans_between(&fresh, timeline, first, first + 100)));
    }
    th_spans_free(&grown);
    th_spans_free(&fresh);
    th_model_close(&model);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(stretches_are_what_their_steps_are),
        cmocka_unit_test(they_grow_with_the_branch_and_follow_another),
    };
    return cmocka_run_group_tests_name("spans", tests, NULL, NULL);
}
