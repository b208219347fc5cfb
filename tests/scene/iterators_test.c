// gui/scene/iterators: where range loops began, and how far they have come.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "sim/gomap/hiter.h"
#include "tests/support/play.h"

static const char THREE[] =
    "scenario { id = 'three', truth = 'real', title = { en = 'three' } }\n"
    "local m = map.make('int', 'int')\n"
    "for i = 1, 40 do m[i] = i end\n"
    "for k = 1, 3 do go('it' .. k, function() for a, b in range(m) do end end) end\n";

static const char GROWS[] = "scenario { id = 'grows', truth = 'real', title = { en = 'grows' } }\n"
                            "local m = map.make('int', 'int')\n"
                            "for i = 1, 26 do m[i] = i end\n"
                            "go('it', function() for a, b in range(m) do m[a + 100] = 1 end end)\n";

static const th_block *hiter_of(const th_world *world, uint16_t g) {
    const th_block *found = NULL;
    for (uint32_t r = 0; r < world->memory.region_count; r++) {
        const th_region *region = &world->memory.regions[r];
        for (uint32_t i = 0; i < region->block_count; i++) {
            const th_block *block = th_pages_record(&region->blocks, i, sizeof(th_block));
            if (block != NULL && block->kind == TH_BLOCK_HITER && block->owner == g) found = block;
        }
    }
    return found;
}

// Bytes of the iterator, and a way that only goes on.
static void check_loop(th_model *model, const th_scene_iterator *it, uint64_t step,
                       uint64_t *before) {
    const th_world *world = th_timeline_seek(model->timeline, 0, step);
    const th_block *block = hiter_of(world, it->g);
    assert_non_null(block);
    assert_int_equal(it->start,
                     th_memory_peek(&world->memory, block->address + TH_HITER_start_bucket, 8));
    assert_int_equal(it->offset,
                     th_memory_peek(&world->memory, block->address + TH_HITER_offset, 1));
    assert_true(it->visited >= *before && it->visited <= it->bucket_count);
    if (!it->done) {
        assert_int_equal((it->start + it->visited - 1) & (it->bucket_count - 1), it->current);
    }
    *before = it->visited;
}

static void check_text(const char *text, int loops, bool grows) {
    th_model model;
    th_play_text(&model, text, NULL);
    uint64_t visited[8] = {0};
    int seen = 0, outgrown = 0;
    for (uint64_t step = 1; step <= th_model_length(&model); step++) {
        const th_scene_map *map = &th_model_scene_at(&model, step, TH_MOTION_SETTLED)->map;
        for (int i = 0; i < map->iterator_count; i++) {
            check_loop(&model, &map->iterators[i], step, &visited[map->iterators[i].g]);
            outgrown += map->iterators[i].outgrown;
        }
        if (map->iterator_count > seen) seen = map->iterator_count;
    }
    assert_int_equal(seen, loops);
    assert_int_equal(outgrown > 0, grows);
    for (int g = 1; g <= loops; g++) assert_true(visited[g] >= 4);
    th_model_close(&model);
}

static void each_loop_goes_its_way(void **state) {
    (void)state;
    check_text(THREE, 3, false);
}

static void a_body_that_writes_does_not_move_its_loop(void **state) {
    (void)state;
    check_text(GROWS, 1, true);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_loop_goes_its_way),
        cmocka_unit_test(a_body_that_writes_does_not_move_its_loop),
    };
    return cmocka_run_group_tests_name("iterators", tests, NULL, NULL);
}
