/* gui/export/progress: what is painted, when, and where. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "gui/export/progress.h"

static char painted[1024];

static FILE *open_stream(void) {
    FILE *stream = tmpfile();
    assert_non_null(stream);
    return stream;
}

static const char *read_stream(FILE *stream) {
    rewind(stream);
    painted[fread(painted, 1, sizeof painted - 1, stream)] = '\0';
    fclose(stream);
    return painted;
}

static void a_bar_shows_counts_speed_and_time_left(void **state) {
    (void)state;
    FILE *stream = open_stream();
    th_progress progress;
    th_progress_begin(&progress, stream, TH_PROGRESS_BAR, "a.gif", 300);
    th_progress_update(&progress, 60, progress.start_ms + 2000);
    assert_string_equal(read_stream(stream),
                        "\r\033[Ka.gif  [####................]  20%  60/300  30 fps  ETA 0:08");
}

static void a_bar_is_wiped_at_the_end(void **state) {
    (void)state;
    FILE *stream = open_stream();
    th_progress progress;
    th_progress_begin(&progress, stream, TH_PROGRESS_BAR, "a.gif", 3);
    th_progress_end(&progress);
    assert_string_equal(read_stream(stream), "\r\033[K");
}

static void lines_are_plain_and_rare(void **state) {
    (void)state;
    FILE *stream = open_stream();
    th_progress progress;
    th_progress_begin(&progress, stream, TH_PROGRESS_LINES, "out/", 1000);
    const int64_t start_ms = progress.start_ms;
    for (int i = 1; i <= 50; i++) {
        th_progress_update(&progress, i * 10, start_ms + i * 100);
    }
    th_progress_end(&progress);
    assert_string_equal(read_stream(stream), "out/   20%  200/1000  100 fps  ETA 0:08\n"
                                             "out/   40%  400/1000  100 fps  ETA 0:06\n");
}

static void a_stream_that_is_no_terminal_stays_silent(void **state) {
    (void)state;
    FILE *stream = open_stream();
    assert_int_equal(th_progress_style_of(stream), TH_PROGRESS_NONE);
    th_progress progress;
    th_progress_begin(&progress, stream, TH_PROGRESS_NONE, "out/", 10);
    th_progress_update(&progress, 5, progress.start_ms + 60000);
    th_progress_end(&progress);
    assert_string_equal(read_stream(stream), "");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_bar_shows_counts_speed_and_time_left),
        cmocka_unit_test(a_bar_is_wiped_at_the_end),
        cmocka_unit_test(lines_are_plain_and_rare),
        cmocka_unit_test(a_stream_that_is_no_terminal_stays_silent),
    };
    return cmocka_run_group_tests_name("export_progress", tests, NULL, NULL);
}
