// gui/scene: who steals from whom is what the scheduler recorded.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "sim/sched/sched.h"
#include "tests/support/play.h"

static void a_steal_is_told_in_its_step(void **state) {
    (void)state;
    th_model model;
    th_play_file(&model, "scripts/ch5-work-stealing.lua");
    int steals = 0;
    for (uint64_t step = 0; step <= th_model_length(&model); step++) {
        const th_scene *scene = th_model_scene_at(&model, step, TH_MOTION_SETTLED);
        assert_int_equal(scene->proc_count, 2);
        const th_event event =
            step > 0 ? th_timeline_event(model.timeline, 0, step) : (th_event){0};
        const th_sched_move move = th_sched_move_unpack(event.value);
        const bool stolen = event.kind == TH_EVENT_SCHEDULE && move.victim != TH_SCHED_NO_P;
        assert_int_equal(scene->steal.present, stolen);
        if (!stolen) continue;
        steals++;
        assert_int_equal(scene->steal.thief, move.p);
        assert_int_equal(scene->steal.victim, move.victim);
        assert_int_equal(scene->steal.count, move.count);
    }
    assert_true(steals >= 2);
    th_model_close(&model);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(a_steal_is_told_in_its_step)};
    return cmocka_run_group_tests_name("procs", tests, NULL, NULL);
}
