// gui/scene: what a picture says is what the bytes and events say.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "sim/gomap/site.h"
#include "tests/support/play.h"

static void start_shows_the_declared_map(void **state) {
    (void)state;
    th_model model;
    th_play_text(&model, th_play_two_writers, NULL);
    const th_scene *scene = th_model_scene(&model);
    assert_int_equal(scene->step, 0);
    assert_int_equal(scene->log_count, 0);
    assert_int_equal(scene->mark_count, 0);
    assert_int_equal(scene->verdict, TH_VERDICT_CLEAN);
    assert_true(scene->map.present);
    assert_string_equal(scene->map.name, "m");
    assert_int_equal(scene->map.header.count, 11);
    assert_int_equal(scene->map.bucket_count, 4);
    assert_string_equal(scene->map.field[TH_FIELD_count].text, "11");
    assert_int_equal(scene->card_count, 2);
    assert_string_equal(scene->cards[0].op, "m[5] = 10");
    assert_int_equal(scene->cards[0].status, TH_SCENE_READY);
    th_model_close(&model);
}

static void cells_equal_the_memory_at_every_step(void **state) {
    (void)state;
    th_model model;
    th_play_text(&model, th_play_growth, NULL);
    const th_env *env = th_scenario_env(model.scenario);
    for (uint64_t step = 0; step <= th_model_length(&model); step++) {
        const th_scene *scene = th_model_scene_at(&model, step, TH_MOTION_SETTLED);
        const th_world *world = th_timeline_seek(model.timeline, 0, step);
        th_hmap header;
        th_hmap_read(&world->memory, scene->map.address, &header);
        assert_memory_equal(&header, &scene->map.header, sizeof(header));
        const th_block *block = th_memory_block(&world->memory, scene->map.address);
        for (int i = 0; i < scene->map.bucket_count; i++) {
            const th_scene_bucket *shown = &scene->map.buckets[i];
            th_bucket bucket;
            th_bucket_read(&world->memory, &env->gomap.types[block->type], shown->address, &bucket);
            for (int k = 0; k < TH_BUCKET_SLOTS; k++) {
                assert_true(shown->top[k].swapped);
                assert_int_equal(shown->top[k].face == TH_FACE_TOP, bucket.top[k] >= TH_TOP_MIN);
                if (shown->key[k].face != TH_FACE_VALUE) continue;
                char text[32];
                snprintf(text, sizeof(text), "%lld", (long long)bucket.key[k].w[0]);
                assert_string_equal(shown->key[k].text, text);
            }
        }
    }
    th_model_close(&model);
}

static void the_current_access_pulses_on_its_cell(void **state) {
    (void)state;
    th_model model;
    th_play_text(&model, th_play_two_writers, th_play_two_writers_schedule);
    const uint64_t step = th_play_find(&model, 0, "h.flags", true);
    assert_true(step > 0);
    const th_scene *scene = th_model_scene_at(&model, step, TH_MOTION_SETTLED);
    const th_scene_cell *flags = &scene->map.field[TH_FIELD_flags];
    assert_int_equal(flags->writer, 1);
    assert_true(flags->writer_in >= 1);
    assert_string_equal(flags->text, "0100");
    assert_true(scene->map.led[2] >= 1);
    // At the start of its animation the old value still stands.
    scene = th_model_scene_at(&model, step, 0);
    assert_false(scene->map.field[TH_FIELD_flags].swapped);
    assert_string_equal(scene->map.field[TH_FIELD_flags].old_text, "0000");
    assert_true(scene->map.led[2] <= 0);
    assert_true(scene->map.field[TH_FIELD_flags].writer_in <= 0);
    th_model_close(&model);
}

static void a_store_that_was_overwritten_loses_its_colour(void **state) {
    (void)state;
    th_model model;
    th_play_text(&model, th_play_two_writers, th_play_two_writers_schedule);
    const uint64_t first = th_play_find(&model, 0, "h.flags", true);
    const uint64_t second = th_play_find(&model, first, "h.flags", true);
    const th_scene *scene = th_model_scene_at(&model, second, TH_MOTION_SETTLED);
    assert_int_equal(scene->map.field[TH_FIELD_flags].writer, 2);
    int badges = 0;
    for (int i = 0; i < scene->mark_count; i++) {
        const th_scene_mark *mark = &scene->marks[i];
        badges += !mark->trail && mark->address == scene->map.address + TH_HMAP_flags;
    }
    assert_int_equal(badges, 2);  // both still stand there
    th_model_close(&model);
}

static void first_races_collide_and_are_reported(void **state) {
    (void)state;
    th_model model;
    th_play_text(&model, th_play_two_writers, th_play_two_writers_schedule);
    assert_true(model.index.race_count > 0);
    const th_scene_race *race = &model.index.races[0];
    const th_scene *scene = th_model_scene_at(&model, race->step, TH_MOTION_SETTLED);
    assert_int_equal(scene->verdict, TH_VERDICT_RACE);
    assert_int_equal(scene->race_count, 1);
    assert_true(scene->collision_count >= 1);
    assert_true(scene->report.present);
    assert_int_equal(scene->report.later.step, race->step);
    assert_int_equal(scene->report.earlier.step, race->earlier_step);
    scene = th_model_scene_at(&model, race->step - 1, TH_MOTION_SETTLED);
    assert_int_equal(scene->verdict, TH_VERDICT_CLEAN);
    assert_false(scene->report.present);
    th_model_close(&model);
}

static void a_fatal_end_is_explained_by_its_events(void **state) {
    (void)state;
    th_model model;
    th_play_text(&model, th_play_two_writers, th_play_two_writers_schedule);
    const th_scene *scene = th_model_scene_at(&model, th_model_length(&model), TH_MOTION_SETTLED);
    assert_int_equal(scene->verdict, TH_VERDICT_FATAL);
    const th_scene_failure *failure = &scene->failure;
    assert_true(failure->present);
    assert_string_equal(failure->title, "fatal error: concurrent map writes");
    assert_true(failure->line_count >= 2);
    assert_non_null(strstr(failure->lines[0].text, "[running]:"));
    assert_non_null(strstr(failure->lines[2].text, "test.lua:"));
    assert_true(failure->cause_count >= 2);
    const th_scene_cause *last = &failure->causes[failure->cause_count - 1];
    assert_int_equal(last->kind, TH_CAUSE_READ);
    assert_int_equal(last->first_step, scene->step);
    assert_int_equal(failure->causes[0].kind, TH_CAUSE_BOTH_SET);
    assert_int_equal(failure->left[0].kind, TH_LEFT_COUNT);
    th_model_close(&model);
}

static void an_item_in_flight_lands_byte_by_byte(void **state) {
    (void)state;
    th_model model;
    th_play_text(&model, th_play_growth, NULL);
    uint64_t mark = 0;
    for (uint64_t step = 1; step <= th_model_length(&model) && mark == 0; step++) {
        if (th_timeline_event(model.timeline, 0, step).site == TH_SITE_EVAC_MARK) mark = step;
    }
    assert_true(mark > 0);
    const th_scene *scene = th_model_scene_at(&model, mark, TH_MOTION_SETTLED);
    assert_int_equal(scene->map.flight_count, 1);
    const th_scene_flight *flight = &scene->map.flights[0];
    assert_true(flight->active && flight->has_target);
    assert_false(flight->top_landed || flight->key_landed || flight->elem_landed);
    assert_int_equal(flight->y, (flight->hash & flight->new_bit) != 0);
    assert_true(scene->evacuation.present);
    assert_int_equal(scene->evacuation.moved, 1);
    assert_int_equal(scene->evacuation.total, 13);
    scene = th_model_scene_at(&model, mark + 1, TH_MOTION_SETTLED);
    assert_true(scene->map.flights[0].top_landed);
    assert_false(scene->map.flights[0].elem_landed);
    assert_true(scene->map.flights[0].at > 0);
    th_model_close(&model);
}

static void a_frame_depends_on_its_moment_alone(void **state) {
    (void)state;
    th_model model;
    th_play_text(&model, th_play_growth, NULL);
    const uint64_t length = th_model_length(&model);
    const th_scene *scene = th_model_scene_at(&model, 60, 100);
    const th_scene_lanes lanes = scene->lanes;
    th_scene_log_row log[TH_SCENE_LOG_MAX];
    memcpy(log, scene->log, sizeof(log));
    th_scene_bucket bucket = scene->map.buckets[0];
    th_model_scene_at(&model, length, TH_MOTION_SETTLED);
    th_model_scene_at(&model, 3, 0);
    scene = th_model_scene_at(&model, 60, 100);
    assert_memory_equal(&lanes, &scene->lanes, sizeof(lanes));
    assert_memory_equal(log, scene->log, sizeof(log));
    assert_memory_equal(&bucket, &scene->map.buckets[0], sizeof(bucket));
    th_model_close(&model);
}

static const th_scene_line *active_line(const th_scene_card *card) {
    assert_true(card->active >= 0 && card->active < card->line_count);
    return &card->lines[card->active];
}

static void expect_line(const th_scene_line *line, const char *text, bool inner) {
    assert_int_equal(line->length, strlen(text));
    assert_memory_equal(line->text, text, line->length);
    assert_int_equal(line->inner > 0, inner);
}

// A step of a lock or channel stands in the routine that its own line of the scenario calls.
static void a_card_shows_where_in_a_lock_a_goroutine_stands(void **state) {
    (void)state;
    static const char LUA[] =
        "scenario { id = 't', chapter = 't', truth = 'real', title = { en = 't' }, seed = 1,\n"
        "  schedule = 'go', procs = 1 }\n"
        "local mu, c = mutex(), channel(1)\n"
        "main(function()\n"
        "  mu:lock()\n"
        "  c:send(7)\n"
        "  mu:lock()\n"
        "end)\n";
    th_model model;
    th_play_text(&model, LUA, NULL);
    const th_scene *scene = th_model_scene_at(&model, 2, TH_MOTION_SETTLED);
    const th_scene_card *card = &scene->cards[0];
    expect_line(active_line(card), "if cas(m.state, 0, locked): return", true);
    expect_line(active_line(card) - 1, "mu:lock()", false);
    scene = th_model_scene_at(&model, 3, TH_MOTION_SETTLED);
    card = &scene->cards[0];
    expect_line(active_line(card), "if room: c.buf[c.sendx] = v; return", true);
    expect_line(&card->lines[card->line_count - 2], "end)", false);
    scene = th_model_scene_at(&model, th_model_length(&model), TH_MOTION_SETTLED);
    card = &scene->cards[0];
    expect_line(active_line(card), "join the queue of sema; sleep", true);
    expect_line(active_line(card) - 2, "semacquire1", true);  // not what mu:lock() says itself
    assert_int_equal(card->status, TH_SCENE_RUNNING);
    th_model_close(&model);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(start_shows_the_declared_map),
        cmocka_unit_test(cells_equal_the_memory_at_every_step),
        cmocka_unit_test(the_current_access_pulses_on_its_cell),
        cmocka_unit_test(a_store_that_was_overwritten_loses_its_colour),
        cmocka_unit_test(first_races_collide_and_are_reported),
        cmocka_unit_test(a_fatal_end_is_explained_by_its_events),
        cmocka_unit_test(an_item_in_flight_lands_byte_by_byte),
        cmocka_unit_test(a_card_shows_where_in_a_lock_a_goroutine_stands),
        cmocka_unit_test(a_frame_depends_on_its_moment_alone),
    };
    return cmocka_run_group_tests_name("scene", tests, NULL, NULL);
}
