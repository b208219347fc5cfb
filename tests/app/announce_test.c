// What a listener hears: each step on the way, the one that a jump comes to, nothing twice.
#define _GNU_SOURCE
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "gui/app/announce.h"
#include "tests/support/play.h"

static char *heard;
static size_t heard_size;

// What is said now; free it.
static char *listen(th_announcer *announcer, const th_model *model) {
    FILE *stream = open_memstream(&heard, &heard_size);
    th_announce_follow(announcer, model, stream);
    fclose(stream);
    return heard;
}

static void expect(th_announcer *announcer, const th_model *model, const char *begins, int lines) {
    char *said = listen(announcer, model);
    int count = 0;
    for (const char *at = said; *at != '\0'; at++) count += *at == '\n';
    if (strncmp(said, begins, strlen(begins)) != 0) fail_msg("said: %s", said);
    assert_int_equal(count, lines);
    free(said);
}

static void each_step_is_told_once(void **state) {
    (void)state;
    th_model model;
    th_announcer announcer = {0};
    th_play_text(&model, th_play_two_writers, th_play_two_writers_schedule);
    char *start = listen(&announcer, &model);
    assert_non_null(strstr(start, "\n0:"));
    free(start);
    expect(&announcer, &model, "", 0);
    th_model_command(&model, TH_ACTION_STEP, 0);
    expect(&announcer, &model, "1: G", 1);
    expect(&announcer, &model, "", 0);
    for (int i = 0; i < 3; i++) th_model_command(&model, TH_ACTION_STEP, 0);
    expect(&announcer, &model, "2: G", 3);
    th_model_command(&model, TH_ACTION_STEP_BACK, 0);
    expect(&announcer, &model, "3: G", 1);
    th_model_command(&model, TH_ACTION_LAST, 0);
    th_model_command(&model, TH_ACTION_FIRST, 0);
    char *again = listen(&announcer, &model);
    assert_non_null(strstr(again, "\n0:"));
    free(again);
    th_model_close(&model);
}

static void it_speaks_the_language_of_the_window(void **state) {
    (void)state;
    th_model model;
    th_announcer announcer = {0};
    th_play_text(&model, th_play_two_writers, th_play_two_writers_schedule);
    free(listen(&announcer, &model));
    th_model_command(&model, TH_ACTION_LANGUAGE, 0);
    th_model_command(&model, TH_ACTION_STEP, 0);
    char *said = listen(&announcer, &model);
    assert_non_null(strstr(said, " 读取 "));
    free(said);
    th_model_close(&model);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_step_is_told_once),
        cmocka_unit_test(it_speaks_the_language_of_the_window),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
