/* sim/world: schedules as text, choosing, and writing them down again. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "sim/world/schedule.h"
#include "tests/support/program_builder.h"

enum { CHOICE_MAX = 4096, LOAD_COUNT = 10 };

typedef struct fixture {
    th_builder builder;
    th_world world;
    th_choice choices[CHOICE_MAX];
    size_t count;
    char error[200];
} fixture;

// Goroutines of those names, each loading a cell LOAD_COUNT times.
static void begin(fixture *f, const char *const *names, th_env env) {
    *f = (fixture){.count = 0};
    th_builder_init(&f->builder, env);
    const uint64_t cell = th_builder_cell(&f->builder, TH_I64);
    for (; *names != NULL; names++) {
        const uint32_t body = th_builder_body(&f->builder, *names);
        for (int i = 0; i < LOAD_COUNT; i++) th_builder_load(&f->builder, body, cell);
        th_builder_start(&f->builder, body);
    }
    th_world_settle(&f->builder.world, th_builder_resolver(&f->builder), NULL);
}

static void end(fixture *f) {
    th_world_free(&f->world);
    th_builder_free(&f->builder);
}

// Plays from the start until the run ends.
static th_chosen play(fixture *f, const char *text, uint64_t seed) {
    th_schedule *schedule = NULL;
    if (text != NULL) schedule = th_schedule_parse(text, f->error, sizeof(f->error));
    assert_true(text == NULL || schedule != NULL);
    th_chooser chooser = {.schedule = schedule, .seed = seed};
    th_events events = {0};
    th_world_copy(&f->world, &f->builder.world);
    f->count = 0;
    th_chosen chosen = TH_CHOSEN;
    while (!th_world_ended(&f->world) && chosen == TH_CHOSEN) {
        th_choice choice;
        chosen = th_chooser_next(&chooser, &f->world, &choice, f->error, sizeof(f->error));
        if (chosen != TH_CHOSEN) break;
        f->choices[f->count++] = choice;
        events.count = 0;
        th_world_step(&f->world, choice, &events);
        assert_true(th_world_settle(&f->world, th_builder_resolver(&f->builder), NULL));
    }
    th_events_free(&events);
    th_schedule_free(schedule);
    return chosen;
}

static void written(fixture *f, char *text, size_t size) {
    const size_t length = th_schedule_format(&f->world, f->choices, f->count, text, size);
    assert_true(length < size);
}

static void parts_are_followed_in_order(void **state) {
    (void)state;
    static fixture f;
    begin(&f, (const char *[]){"writer", "reader", NULL}, (th_env){.seed = 1});
    assert_int_equal(play(&f, "writer*5 reader*3 writer*\n reader*", 1), TH_CHOSEN);
    char text[200];
    written(&f, text, sizeof(text));
    assert_string_equal(text, "writer*5 reader*3 writer*5 reader*7");
    end(&f);
}

static void what_is_written_plays_the_same_again(void **state) {
    (void)state;
    static fixture f;
    begin(&f, (const char *[]){"a", "b", "a", "", NULL}, (th_env){.seed = 1});
    for (uint64_t seed = 0; seed < 50; seed++) {
        assert_int_equal(play(&f, NULL, seed), TH_CHOSEN);
        char text[2000], again[2000];
        written(&f, text, sizeof(text));
        assert_int_equal(play(&f, text, ~seed), TH_CHOSEN);
        written(&f, again, sizeof(again));
        assert_string_equal(text, again);
    }
    end(&f);
}

static void names_that_are_not_alone_are_counted(void **state) {
    (void)state;
    static fixture f;
    begin(&f, (const char *[]){"a", "b", "a", "", NULL}, (th_env){.seed = 1});
    assert_int_equal(play(&f, "a*10 a#2*9 g4*10 g3 b*", 1), TH_CHOSEN);
    char text[200];
    written(&f, text, sizeof(text));
    assert_string_equal(text, "a#1*10 a#2*9 g4*10 a#2 b*10");
    end(&f);
}

static void a_name_like_a_number_comes_first(void **state) {
    (void)state;
    static fixture f;
    begin(&f, (const char *[]){"g2", "", "g9", NULL}, (th_env){.seed = 1});
    assert_int_equal(play(&f, "g2*10 #2*10 g9*3 g3*7", 1), TH_CHOSEN);
    char text[200];
    written(&f, text, sizeof(text));
    assert_string_equal(text, "g2*10 #2*10 g9*10");
    end(&f);
}

static void the_seed_alone_decides_the_rest(void **state) {
    (void)state;
    static fixture f;
    begin(&f, (const char *[]){"a", "b", NULL}, (th_env){.seed = 1});
    char first[200], second[200], third[200];
    play(&f, NULL, 5);
    written(&f, first, sizeof(first));
    play(&f, "", 5);
    written(&f, second, sizeof(second));
    play(&f, NULL, 6);
    written(&f, third, sizeof(third));
    assert_string_equal(first, second);
    assert_string_not_equal(first, third);
    end(&f);
}

static void every_choice_is_equally_likely(void **state) {
    (void)state;
    static fixture f;
    begin(&f, (const char *[]){"a", "b", "c", NULL}, (th_env){.seed = 1});
    unsigned counts[4] = {0};
    for (uint64_t seed = 0; seed < 3000; seed++) {
        th_chooser chooser = {.seed = seed};
        th_choice choice;
        assert_int_equal(
            th_chooser_next(&chooser, &f.builder.world, &choice, f.error, sizeof(f.error)),
            TH_CHOSEN);
        counts[choice.g]++;
    }
    for (int g = 1; g <= 3; g++) assert_in_range(counts[g], 900, 1100);
    end(&f);
}

static void misfits(const char *text, const char *why) {
    static fixture f;
    begin(&f, (const char *[]){"a", "b", NULL}, (th_env){.seed = 1});
    assert_int_equal(play(&f, text, 1), TH_CHOSEN_MISFIT);
    assert_string_equal(f.error, why);
    end(&f);
}

static void a_schedule_that_does_not_fit_says_where_and_why(void **state) {
    (void)state;
    misfits("a c", "schedule, part 2 \"c\": there is no such goroutine after step 1");
    misfits("a#2", "schedule, part 1 \"a#2\": there is no such goroutine after step 0");
    misfits("g9*", "schedule, part 1 \"g9*\": there is no such goroutine after step 0");
    misfits("a*11", "schedule, part 1 \"a*11\": it has returned after step 10 (10 taken)");
    misfits("a*10 a", "schedule, part 2 \"a\": it has returned after step 10");
    misfits("~a", "schedule, part 1 \"~a\": its store buffer holds no such entry after step 0");
    misfits("^0", "schedule, part 1 \"^0\": this P cannot look for work after step 0");
}

static void an_open_part_may_take_no_step(void **state) {
    (void)state;
    static fixture f;
    begin(&f, (const char *[]){"a", "b", NULL}, (th_env){.seed = 1});
    assert_int_equal(play(&f, "a* a* ~b* b*", 1), TH_CHOSEN);
    char text[200];
    written(&f, text, sizeof(text));
    assert_string_equal(text, "a*10 b*10");
    end(&f);
}

static void refused(const char *text, const char *why) {
    char error[200];
    assert_null(th_schedule_parse(text, error, sizeof(error)));
    assert_string_equal(error, why);
}

static void what_cannot_be_read_is_named_with_its_column(void **state) {
    (void)state;
    refused("a **", "schedule, column 3: the name of a goroutine is missing");
    refused("a*0", "schedule, column 3: this number is out of range");
    refused("a b*99999999999", "schedule, column 5: this number is out of range");
    refused("a#0", "schedule, column 3: this number is out of range");
    refused("a@", "schedule, column 3: a number is missing");
    refused("a:1", "schedule, column 3: only a drain (~name) takes :n");
    refused("~a@1", "schedule, column 4: only a goroutine's step takes @n");
    refused("a*2#2",
            "schedule, column 4: expected name#n:n*n@n, each but the name left out at will");
    refused("^", "schedule, column 2: a number is missing");
    refused("~", "schedule, column 2: the name of a goroutine is missing");
}

static void names_must_be_readable_in_a_schedule(void **state) {
    (void)state;
    assert_true(th_schedule_name_fits("writer"));
    assert_true(th_schedule_name_fits("写者"));
    assert_true(th_schedule_name_fits("g"));
    assert_true(th_schedule_name_fits("g1"));
    static const char *const BAD[] = {"", "a b", "a*", "a#1", "~a", "a:", "a@", "^a", "a\n"};
    for (size_t i = 0; i < sizeof(BAD) / sizeof(BAD[0]); i++) {
        assert_false(th_schedule_name_fits(BAD[i]));
    }
}

static void under_go_scheduling_processors_are_chosen_too(void **state) {
    (void)state;
    static fixture f;
    begin(&f, (const char *[]){"a", "b", "c", NULL},
          (th_env){.seed = 1, .schedule = TH_SCHEDULE_GO, .procs = 2});
    assert_int_equal(play(&f, NULL, 3), TH_CHOSEN);
    char text[2000], again[2000];
    written(&f, text, sizeof(text));
    assert_non_null(strstr(text, "^0"));
    assert_int_equal(play(&f, text, 4), TH_CHOSEN);
    written(&f, again, sizeof(again));
    assert_string_equal(text, again);
    end(&f);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parts_are_followed_in_order),
        cmocka_unit_test(what_is_written_plays_the_same_again),
        cmocka_unit_test(names_that_are_not_alone_are_counted),
        cmocka_unit_test(a_name_like_a_number_comes_first),
        cmocka_unit_test(the_seed_alone_decides_the_rest),
        cmocka_unit_test(every_choice_is_equally_likely),
        cmocka_unit_test(a_schedule_that_does_not_fit_says_where_and_why),
        cmocka_unit_test(an_open_part_may_take_no_step),
        cmocka_unit_test(what_cannot_be_read_is_named_with_its_column),
        cmocka_unit_test(names_must_be_readable_in_a_schedule),
        cmocka_unit_test(under_go_scheduling_processors_are_chosen_too),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
