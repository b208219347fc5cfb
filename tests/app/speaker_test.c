// What the speaker sees: what is told, what comes, what came, in a window of any size.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "gui/app/speaker.h"
#include "tests/support/play.h"

static const char *english(th_speaker_note note) {
    return note.note != NULL ? note.note->text.in[TH_LANG_EN] : "";
}

static void it_knows_what_comes_and_what_came(void **state) {
    (void)state;
    th_model model;
    th_speaker speaker;
    th_play_file(&model, "scripts/ch3-two-writers.lua");
    th_speaker_of(&model, 61, &speaker);
    assert_int_equal(speaker.seconds, 61);
    assert_int_equal(speaker.before_count, 0);
    assert_non_null(speaker.now.note);  // the opening
    assert_int_equal(speaker.next.step, th_presenting_stop(&model, false));
    uint64_t stops = 0;
    while (speaker.next.note != NULL) {
        const th_speaker_note next = speaker.next;
        const char *was = english(speaker.now);
        th_model_command(&model, TH_ACTION_SEEK, next.step);
        th_speaker_of(&model, 0, &speaker);
        assert_int_equal(speaker.now.step, next.step);
        // Two may be told in one step.
        bool known = false;
        for (int i = 0; i < speaker.before_count; i++) {
            known |= strcmp(english(speaker.before[i]), was) == 0;
            assert_true(speaker.before[i].step <= next.step);
        }
        assert_true(known);
        assert_true(speaker.next.note == NULL || speaker.next.step > next.step);
        stops++;
    }
    assert_true(stops > 3);
    assert_int_equal(speaker.before_count, TH_SPEAKER_BEFORE_MAX);
    th_model_close(&model);
}

static void it_draws_at_every_size_and_in_both_languages(void **state) {
    (void)state;
    char error[256];
    th_fonts *fonts = th_fonts_open(error, sizeof(error));
    assert_non_null(fonts);
    th_model model;
    th_play_file(&model, "scripts/ch3-two-writers.lua");
    th_model_command(&model, TH_ACTION_LAST, 0);
    th_speaker speaker;
    th_speaker_of(&model, 5, &speaker);
    th_draw_list list = {0};
    static const int SIZES[][2] = {{1, 1}, {320, 240}, {1000, 720}, {3840, 2160}};
    for (int i = 0; i < 4; i++) {
        for (int look = 0; look < 4; look++) {
            th_view_speaker(&speaker, th_theme_get((th_theme_name)(look & 1)), (th_lang)(look >> 1),
                            SIZES[i][0], SIZES[i][1], fonts, &list);
            assert_int_equal(list.clip_count, 0);
            assert_true(SIZES[i][0] < 300 || list.command_count > 10);
        }
    }
    th_draw_free(&list);
    th_model_close(&model);
    th_fonts_close(fonts);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_knows_what_comes_and_what_came),
        cmocka_unit_test(it_draws_at_every_size_and_in_both_languages),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
