// gui/scene/cache: which core has which cache line, what it cost, and where things lie in a line.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "gui/scene/cache.h"
#include "tests/support/play.h"

static const char ONE_LINE[] = "scenario { id = 'one', truth = 'model', title = { en = 'one' } }\n"
                               "layout { cache_lines = true }\n"
                               "local s = struct('s', { { 'a', 'u64' }, { 'b', 'u64' } }):new()\n"
                               "go('one', function() for i = 1, 4 do s.a = i end end)\n"
                               "go('two', function() for i = 1, 4 do s.b = i end end)\n"
                               "schedule(string.rep('one two ', 4))\n";

static const char PADDED[] =
    "scenario { id = 'two', truth = 'model', title = { en = 'two' } }\n"
    "layout { cache_lines = true }\n"
    "local S = struct('s', { { 'a', 'u64' }, { 'pad', 'u8', 56 }, { 'b', 'u64' } })\n"
    "local s = S:new()\n"
    "go('one', function() for i = 1, 4 do s.a = i end end)\n"
    "go('two', function() for i = 1, 4 do s.b = i end end)\n"
    "schedule(string.rep('one two ', 4))\n";

static const char NOT_ASKED[] = "scenario { id = 'not', truth = 'model', title = { en = 'not' } }\n"
                                "local s = struct('s', { { 'a', 'u64' } }):new()\n"
                                "go('one', function() s.a = 1 end)\n";

// What the counter says of the line after that step.
static th_line counted(th_model *model, uint64_t step, uint64_t address, th_lines *lines) {
    *lines = (th_lines){0};
    for (uint64_t at = 1; at <= step; at++) {
        th_lines_take(lines, th_timeline_event(model->timeline, 0, at));
    }
    const th_line *line = th_lines_of(lines, address);
    const th_line nobody = {.owner = 0};
    return line == NULL ? nobody : *line;
}

static void check_moment(th_model *model, uint64_t step) {
    const th_scene *scene = th_model_scene_at(model, step, TH_MOTION_SETTLED);
    const th_scene_cache *cache = &scene->cache;
    assert_true(cache->asked);
    uint64_t ticks = 0;
    for (int i = 0; i < cache->core_count; i++) ticks += cache->cores[i].ticks;
    assert_int_equal(ticks, cache->ticks);
    for (int i = 0; i < cache->line_count; i++) {
        const th_scene_cache_line *line = &cache->lines[i];
        th_lines lines;
        const th_line now = counted(model, step, line->address, &lines);
        assert_int_equal(line->owner, now.owner);
        assert_int_equal(line->write_count, now.write_count);
        assert_int_equal(line->fetch_count, now.fetch_count);
        assert_int_equal(cache->ticks, lines.ticks);
        th_lines_free(&lines);
        const th_line was = counted(model, step > 0 ? step - 1 : 0, line->address, &lines);
        assert_int_equal(line->taken, now.fetch_count > was.fetch_count);
        if (line->taken) assert_int_equal(line->from, was.owner);
        th_lines_free(&lines);
    }
}

static void every_moment_equals_the_counter(void **state) {
    (void)state;
    static const char *const texts[] = {ONE_LINE, PADDED};
    for (int i = 0; i < 2; i++) {
        th_model model;
        th_play_text(&model, texts[i], NULL);
        const uint64_t length = th_model_length(&model);
        for (uint64_t step = 0; step <= length; step++) check_moment(&model, step);
        for (uint64_t step = length; step-- > 0;) check_moment(&model, step);
        th_model_close(&model);
    }
}

static void fields_in_one_line_take_it_from_each_other(void **state) {
    (void)state;
    th_model model;
    th_play_text(&model, ONE_LINE, NULL);
    const th_scene *scene = th_model_scene_at(&model, 3, TH_MOTION_SETTLED);
    assert_int_equal(scene->cache.line_count, 1);
    assert_true(scene->cache.lines[0].taken);
    assert_int_equal(scene->cache.lines[0].owner, 1);
    assert_int_equal(scene->cache.lines[0].from, 2);
    assert_int_equal(scene->cache.step_ticks, TH_LINE_FETCH_TICKS);
    assert_int_equal(scene->cache.fetch_count, 3);
    for (uint64_t step = 1; step <= 8; step++) {
        assert_true(th_scene_index_fetched(&model.index, step));
    }
    // At the start of its way the line has not arrived.
    scene = th_model_scene_at(&model, 3, 0);
    assert_true(scene->cache.at <= 0);
    th_model_close(&model);
}

static void padding_parts_them_and_is_one_cell(void **state) {
    (void)state;
    th_model model;
    th_play_text(&model, PADDED, NULL);
    const th_scene *scene = th_model_scene_at(&model, 8, TH_MOTION_SETTLED);
    assert_int_equal(scene->cache.line_count, 2);
    assert_int_equal(scene->cache.fetch_count, 2);
    assert_int_equal(scene->cache.step_ticks, TH_LINE_OWN_TICKS);
    assert_false(scene->cache.lines[0].taken || scene->cache.lines[1].taken);
    assert_int_equal(scene->cell_count, 3);
    assert_true(scene->cells[1].padding);
    assert_int_equal(scene->cells[1].cell.size, 56);
    assert_false(th_scene_index_fetched(&model.index, 3));
    th_model_close(&model);
}

static void who_does_not_ask_sees_none(void **state) {
    (void)state;
    th_model model;
    th_play_text(&model, NOT_ASKED, NULL);
    const th_scene *scene = th_model_scene_at(&model, 1, TH_MOTION_SETTLED);
    assert_false(scene->cache.asked);
    assert_int_equal(scene->cache.line_count, 0);
    assert_false(th_scene_index_fetched(&model.index, 1));
    th_model_close(&model);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_moment_equals_the_counter),
        cmocka_unit_test(fields_in_one_line_take_it_from_each_other),
        cmocka_unit_test(padding_parts_them_and_is_one_cell),
        cmocka_unit_test(who_does_not_ask_sees_none),
    };
    return cmocka_run_group_tests_name("cache", tests, NULL, NULL);
}
