// gui/scene: what a field says of many buckets is what their bytes say, stepping in either
// direction.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "tests/support/play.h"

// A map of 128 buckets that its next insert makes grow, and another one.
static const char CROWDED[] =
    "scenario { id = 't', truth = 'real', title = { en = 't', zh = 't' } }\n"
    "local m = map.make('int', 'int', 832)\n"
    "local n = map.make('int', 'int', 4)\n"
    "for k = 1, 832 do m[k] = k end\n"
    "main(function()\n"
    "  for k = 1, 40 do m[1000 + k] = k end\n"
    "  n[1] = 2\n"
    "  for k = 41, 44 do m[1000 + k] = k end\n"
    "end)\n";

static uint64_t sum_of(const th_scene_field *field, size_t offset) {
    uint64_t sum = 0;
    for (uint32_t i = 0; i < field->shown; i++) {
        const void *at = (const char *)&field->cells[i] + offset;
        sum += *(const uint32_t *)at;
    }
    return sum;
}

static uint64_t live_in(const th_memory *memory, const th_scene_field *field, uint64_t bytes) {
    uint64_t live = 0;
    for (uint64_t i = field->first; i < field->first + field->count; i++) {
        for (uint64_t slot = 0; slot < TH_BUCKET_SLOTS; slot++) {
            live += th_memory_peek(memory, field->array + i * bytes + slot, 1) >= TH_TOP_MIN;
        }
    }
    return live;
}

static void check_field(th_model *model, uint64_t step) {
    const th_scene *scene = th_model_scene_at(model, step, TH_MOTION_SETTLED);
    const th_world *world = th_timeline_seek(model->timeline, 0, step);
    const th_scene_crowd *crowd = &scene->map.crowd;
    assert_int_equal(crowd->detail, TH_DETAIL_FIELD);
    uint64_t items = crowd->waiting.items + crowd->moved.items, heads = 0;
    for (int part = 0; part < TH_PART_COUNT; part++) {
        const th_scene_field *field = &crowd->part[part];
        assert_int_equal(sum_of(field, offsetof(th_field_cell, buckets)), field->count);
        const uint64_t live = live_in(&world->memory, field, crowd->bucket_bytes);
        // Items of overflow buckets fill the cell of their head, up to 8.
        assert_true(sum_of(field, offsetof(th_field_cell, items)) >= live);
        heads += live;
    }
    // Buckets on their way are in neither histogram.
    assert_true(items <= heads + 8 * crowd->base);
    const uint64_t old = crowd->part[TH_PART_OLD].count;
    assert_int_equal(crowd->waiting.total + crowd->old_done, old);
}

static void a_field_counts_what_memory_holds(void **state) {
    (void)state;
    th_model model;
    th_play_text(&model, CROWDED, NULL);
    model.camera.map = th_model_scene_at(&model, 0, TH_MOTION_SETTLED)->map.address;
    const uint64_t length = th_model_length(&model);
    for (uint64_t step = 0; step <= length; step += 1 + step % 5) check_field(&model, step);
    for (uint64_t step = length; step > 60; step -= 53) check_field(&model, step);
    th_model_close(&model);
}

// The counts that are kept from step to step equal those that are made anew.
static void counts_kept_from_step_to_step_are_right(void **state) {
    (void)state;
    th_model kept, fresh;
    th_play_text(&kept, CROWDED, NULL);
    th_play_text(&fresh, CROWDED, NULL);
    kept.camera.map = fresh.camera.map =
        th_model_scene_at(&kept, 0, TH_MOTION_SETTLED)->map.address;
    const uint64_t length = th_model_length(&kept);
    for (uint64_t step = 1; step <= length; step++) {
        const th_scene *a = th_model_scene_at(&kept, step, TH_MOTION_SETTLED);
        if (step % 97 != 0 && step != length) continue;
        const th_scene *b = th_model_scene_at(&fresh, step, TH_MOTION_SETTLED);
        for (int part = 0; part < TH_PART_COUNT; part++) {
            const th_scene_field *x = &a->map.crowd.part[part], *y = &b->map.crowd.part[part];
            assert_int_equal(x->shown, y->shown);
            if (x->shown == 0) continue;
            assert_memory_equal(x->cells, y->cells, x->shown * sizeof(*x->cells));
        }
    }
    th_model_close(&kept);
    th_model_close(&fresh);
}

static void the_stage_follows_the_run_from_map_to_map(void **state) {
    (void)state;
    th_model model;
    th_play_text(&model, CROWDED, NULL);
    const th_scene *scene = th_model_scene_at(&model, 0, TH_MOTION_SETTLED);
    assert_int_equal(scene->map_count, 2);
    const uint64_t m = scene->maps[0].address, n = scene->maps[1].address;
    bool seen_n = false;
    for (uint64_t step = 1; step <= th_model_length(&model); step += 3) {
        scene = th_model_scene_at(&model, step, TH_MOTION_SETTLED);
        seen_n = seen_n || scene->map.address == n;
    }
    assert_true(seen_n);
    assert_int_equal(scene->map.address, m);
    th_model_command(&model, TH_ACTION_MAP, n);
    assert_int_equal(th_model_scene(&model)->map.address, n);
    assert_int_equal(th_model_scene(&model)->map_held, n);
    th_model_command(&model, TH_ACTION_MAP, n);
    assert_int_equal(th_model_scene(&model)->map_held, 0);
    th_model_close(&model);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_field_counts_what_memory_holds),
        cmocka_unit_test(counts_kept_from_step_to_step_are_right),
        cmocka_unit_test(the_stage_follows_the_run_from_map_to_map),
    };
    return cmocka_run_group_tests_name("crowd", tests, NULL, NULL);
}
