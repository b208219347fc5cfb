// gui/scene/ops: what each operation of a large map took, side by side.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "gui/draw/raster.h"
#include "tests/support/play.h"

static const char LARGE[] = "scenario { id = 'large', truth = 'real', title = { en = 'large' } }\n"
                            "local m = map.make('int', 'int')\n"
                            "for i = 1, 416 do m[i] = i end\n"
                            "go('w', function() for i = 417, 424 do m[i] = i end end)\n"
                            "go('r', function() for i = 1, 4 do local _ = m[i] end end)\n"
                            "schedule 'w* r*'\n";

static const char SMALL[] = "scenario { id = 'small', truth = 'real', title = { en = 'small' } }\n"
                            "local m = map.make('int', 'int')\n"
                            "go('w', function() for i = 1, 4 do m[i] = i end end)\n";

// Accesses of a goroutine in the whole run.
static uint64_t accesses(th_model *model, uint16_t g) {
    uint64_t count = 0;
    for (uint64_t step = 1; step <= th_model_length(model); step++) {
        const th_event event = th_timeline_event(model->timeline, 0, step);
        const bool access = event.size > 0 && (th_event_kind_reads((th_event_kind)event.kind) ||
                                               th_event_kind_writes((th_event_kind)event.kind));
        count += event.g == g && access;
    }
    return count;
}

static void every_access_is_in_its_operation(void **state) {
    (void)state;
    th_model model;
    th_play_text(&model, LARGE, NULL);
    const uint64_t length = th_model_length(&model);
    const th_scene_bars *bars = &th_model_scene_at(&model, length, TH_MOTION_SETTLED)->lanes.bars;
    assert_true(bars->present);
    assert_false(bars->all_write);
    assert_int_equal(bars->op_count, 12);
    assert_int_equal(bars->per, 1);
    assert_int_equal(bars->column_count, 12);
    assert_int_equal(bars->op, 12);
    for (int lane = 0; lane < 2; lane++) {
        uint64_t sum = 0, ops = 0, writes = 0;
        for (int i = 0; i < bars->column_count; i++) {
            ops += bars->columns[i].lane[lane].ops;
            writes += bars->columns[i].lane[lane].writes;
            sum += bars->columns[i].lane[lane].reads + bars->columns[i].lane[lane].writes;
        }
        assert_int_equal(ops, lane == 0 ? 8 : 4);
        assert_int_equal(sum, accesses(&model, (uint16_t)(lane + 1)));
        assert_int_equal(writes > 0, lane == 0);
    }
    const uint64_t third = bars->columns[2].first_step;
    bars = &th_model_scene_at(&model, third - 1, TH_MOTION_SETTLED)->lanes.bars;
    assert_int_equal(bars->op, 2);
    bars = &th_model_scene_at(&model, third, TH_MOTION_SETTLED)->lanes.bars;
    assert_int_equal(bars->op, 3);
    th_model_close(&model);
}

static void a_small_map_keeps_its_ticks(void **state) {
    (void)state;
    th_model model;
    th_play_text(&model, SMALL, NULL);
    assert_false(th_model_scene_at(&model, 5, TH_MOTION_SETTLED)->lanes.bars.present);
    th_model_close(&model);
}

static void scrubbing_goes_to_the_operation(void **state) {
    (void)state;
    char error[256];
    th_fonts *fonts = th_fonts_open(error, sizeof(error));
    if (fonts == NULL) fail_msg("%s", error);
    th_model model;
    th_play_text(&model, LARGE, NULL);
    static th_hits hits;
    th_draw_list list = {0};
    const th_frame_desc desc = {.scene = th_model_scene_at(&model, 9, TH_MOTION_SETTLED),
                                .theme = th_theme_get(TH_THEME_DARK),
                                .lang = TH_LANG_EN,
                                .width = 1280,
                                .height = 720,
                                .fonts = fonts};
    th_view_frame(&desc, &list, &hits);
    const th_scene_bars *bars = &desc.scene->lanes.bars;
    for (int i = 0; i < bars->column_count; i++) {
        const float part = ((float)i + 0.5f) / (float)bars->column_count;
        const th_point at = {hits.scrub.x + hits.scrub.w * part, hits.scrub.y + 5};
        assert_int_equal(th_hits_step(&hits, at, false, th_model_length(&model)),
                         bars->columns[i].first_step);
    }
    th_model_close(&model);
    th_draw_free(&list);
    th_fonts_close(fonts);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_access_is_in_its_operation),
        cmocka_unit_test(a_small_map_keeps_its_ticks),
        cmocka_unit_test(scrubbing_goes_to_the_operation),
    };
    return cmocka_run_group_tests_name("ops", tests, NULL, NULL);
}
