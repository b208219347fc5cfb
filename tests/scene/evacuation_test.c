// gui/scene: when an old bucket is done, and two captions of one step.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/play.h"

// Two buckets with chains, which the next insert doubles.
static const char CHAINS[] =
    "scenario { id = 'chains', truth = 'real', title = { en = 'chains' } }\n"
    "local m = map.make('int', 'int')\n"
    "for i = 1, 13 do m[i] = i end\n"
    "go('w', function() for i = 14, 60 do m[i] = i end end)\n";

static const char CAPTIONS[] =
    "scenario { id = 'captions', truth = 'model', title = { en = 'captions' } }\n"
    "local n = var('int')\n"
    "go('A', function() local x = n.value; caption { en = 'body' }; n.value = 1 end)\n"
    "when('A: read n', function() caption { en = 'rule 1' } end)\n"
    "when('A: read n', function() caption { en = 'rule 2' } end)\n"
    "when('A: write n', function() caption { en = 'rule 3' } end)\n";

static int slots_marked(const th_scene_bucket *bucket) {
    int marked = 0;
    for (int i = 0; i < TH_BUCKET_SLOTS; i++) marked += bucket->top[i].face >= TH_FACE_EVACUATED_X;
    return marked;
}

// Of the bucket and the chain behind it.
static bool all_marked(const th_scene_map *map, int head) {
    for (int i = 0; i < map->bucket_count; i++) {
        const th_scene_bucket *bucket = &map->buckets[i];
        const bool same = bucket->role == TH_BUCKET_OLD &&
                          bucket->index == map->buckets[head].index &&
                          bucket->chain >= map->buckets[head].chain;
        if (same && slots_marked(bucket) < TH_BUCKET_SLOTS) return false;
    }
    return true;
}

static void an_old_bucket_is_done_with_its_chain(void **state) {
    (void)state;
    th_model model;
    th_play_text(&model, CHAINS, NULL);
    int done = 0, waiting_for_chain = 0;
    for (uint64_t step = 1; step <= th_model_length(&model); step++) {
        const th_scene *scene = th_model_scene_at(&model, step, TH_MOTION_SETTLED);
        const th_scene_map *map = &scene->map;
        if (!map->now.growing || map->crowded) continue;
        for (int i = 0; i < map->bucket_count; i++) {
            const th_scene_bucket *bucket = &map->buckets[i];
            if (bucket->role != TH_BUCKET_OLD) continue;
            const bool marked = all_marked(map, i);
            assert_int_equal(bucket->done, marked);
            assert_false(bucket->done && bucket->evacuating);
            done += marked;
            waiting_for_chain += slots_marked(bucket) == TH_BUCKET_SLOTS && bucket->evacuating;
        }
    }
    assert_true(done > 0);
    assert_true(waiting_for_chain > 0);
    th_model_close(&model);
}

static void a_body_and_a_rule_are_both_heard(void **state) {
    (void)state;
    th_model model;
    th_play_text(&model, CAPTIONS, NULL);
    const th_scene *scene = th_model_scene_at(&model, 1, TH_MOTION_SETTLED);
    assert_non_null(scene->caption);
    assert_non_null(scene->caption_before);
    const char *said[2] = {scene->caption_before->text.in[TH_LANG_EN],
                           scene->caption->text.in[TH_LANG_EN]};
    const bool body_first = strcmp(said[0], "body") == 0;
    assert_string_equal(said[body_first ? 0 : 1], "body");
    assert_string_equal(said[body_first ? 1 : 0], "rule 2");
    scene = th_model_scene_at(&model, 2, TH_MOTION_SETTLED);
    assert_string_equal(scene->caption->text.in[TH_LANG_EN], "rule 3");
    assert_null(scene->caption_before);
    th_model_close(&model);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_old_bucket_is_done_with_its_chain),
        cmocka_unit_test(a_body_and_a_rule_are_both_heard),
    };
    return cmocka_run_group_tests_name("evacuation", tests, NULL, NULL);
}
