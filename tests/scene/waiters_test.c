// gui/scene: who waits at locks and channels, and what a channel's buffer holds.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/play.h"

static const char LOCKS[] = "scenario { id = 'locks', truth = 'real', title = { en = 'locks' } }\n"
                            "local mu, x = mutex(), var('int')\n"
                            "for _, name in ipairs { 'A', 'B', 'C' } do\n"
                            "  go(name, function() mu:lock() x.value = 1 mu:unlock() end)\n"
                            "end\n"
                            "schedule 'C*3 A*3 B*3'\n";

// The runtime's own queue, with its order.
static const char QUEUE[] =
    "scenario { id = 'queue', truth = 'real', title = { en = 'queue' },\n"
    "           schedule = 'go', procs = 4 }\n"
    "local mu, x = mutex(), var('int')\n"
    "for i = 1, 12 do go('w' .. i, function() mu:lock() x.value = i mu:unlock() end) end\n";

static const char CHANNEL[] =
    "scenario { id = 'channel', truth = 'real', title = { en = 'channel' } }\n"
    "local full, empty = channel(2, 'int'), channel(0, 'int')\n"
    "go('S', function() full:send(7) full:send(8) full:send(9) end)\n"
    "go('R', function() empty:recv() end)\n"
    "go('T', function() full:recv() empty:send(1) end)\n"
    "schedule 'S S R T'\n";

static const th_scene_object *object_of(const th_scene *scene, const char *name) {
    for (int i = 0; i < scene->object_count; i++) {
        if (strcmp(scene->objects[i].name, name) == 0) return &scene->objects[i];
    }
    fail_msg("no object called %s", name);
    return NULL;
}

static void those_before_a_lock_wait_there(void **state) {
    (void)state;
    th_model model;
    th_play_text(&model, LOCKS, NULL);
    const th_scene_object *mu = object_of(th_model_scene_at(&model, 1, TH_MOTION_SETTLED), "mu");
    assert_true(mu->has_queue);
    assert_int_equal(mu->waiter_count, 2);
    assert_int_equal(mu->waiters[0].g, 1);
    assert_int_equal(mu->waiters[1].g, 2);
    const uint64_t end = th_model_length(&model);
    mu = object_of(th_model_scene_at(&model, end, TH_MOTION_SETTLED), "mu");
    assert_int_equal(mu->waiter_count, 0);
    th_model_close(&model);
}

static void a_queue_has_the_runtimes_order(void **state) {
    (void)state;
    th_model model;
    th_play_text(&model, QUEUE, NULL);
    int longest = 0;
    for (uint64_t step = 0; step <= th_model_length(&model); step++) {
        const th_scene_object *mu =
            object_of(th_model_scene_at(&model, step, TH_MOTION_SETTLED), "mu");
        const th_sync *sync = &th_timeline_seek(model.timeline, 0, step)->sync;
        assert_int_equal(mu->waiter_count, sync->waiter_count);
        for (int i = 0; i < mu->waiter_count && i < TH_SCENE_WAITER_MAX; i++) {
            assert_int_equal(mu->waiters[i].g, sync->waiters[i].g);
        }
        if (mu->waiter_count > longest) longest = mu->waiter_count;
    }
    assert_true(longest > 1);
    th_model_close(&model);
}

static void check_buffer(const th_scene *scene, const char *first, const char *second) {
    const th_scene_object *full = object_of(scene, "full");
    assert_int_equal(full->count, 3);  // its state, and two slots
    const char *const texts[2] = {first, second};
    for (int i = 0; i < 2; i++) {
        const th_scene_cell *cell = &scene->cells[full->first + 1 + i].cell;
        assert_int_equal(cell->face, texts[i] == NULL ? TH_FACE_BLANK : TH_FACE_VALUE);
        if (texts[i] != NULL) assert_string_equal(cell->text, texts[i]);
    }
}

static void a_channel_shows_what_it_holds(void **state) {
    (void)state;
    th_model model;
    th_play_text(&model, CHANNEL, NULL);
    check_buffer(th_model_scene_at(&model, 1, TH_MOTION_SETTLED), "7", NULL);
    const th_scene *scene = th_model_scene_at(&model, 3, TH_MOTION_SETTLED);
    check_buffer(scene, "7", "8");
    assert_int_equal(object_of(scene, "full")->waiter_count, 1);
    assert_int_equal(object_of(scene, "full")->waiters[0].what, TH_WAITS_TO_SEND);
    assert_int_equal(object_of(scene, "empty")->waiter_count, 1);
    assert_int_equal(object_of(scene, "empty")->waiters[0].what, TH_WAITS_TO_RECEIVE);
    check_buffer(th_model_scene_at(&model, 4, TH_MOTION_SETTLED), NULL, "8");
    th_model_close(&model);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(those_before_a_lock_wait_there),
        cmocka_unit_test(a_queue_has_the_runtimes_order),
        cmocka_unit_test(a_channel_shows_what_it_holds),
    };
    return cmocka_run_group_tests_name("waiters", tests, NULL, NULL);
}
