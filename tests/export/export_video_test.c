/* gui/export: y4m, mp4, webm. */
#define _POSIX_C_SOURCE 200809L

#include <fcntl.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "gui/export/export.h"
#include "gui/export/ffmpeg.h"
#include "gui/export/yuv.h"
#include "tests/export/scratch.h"
#include "tests/export/synthetic.h"

enum { FRAME_COUNT = 30, WIDTH = 317, HEIGHT = 243, EVEN_WIDTH = 318, EVEN_HEIGHT = 244 };

static const th_synthetic_desc CLIP = {
    .width = WIDTH,
    .height = HEIGHT,
    .frame_count = FRAME_COUNT,
    .tells_changes = true,
};

static void export_to(const char *out, int jobs) {
    th_synthetic *synthetic = th_synthetic_open(&CLIP);
    const th_frame_source source = th_synthetic_source(synthetic);
    const th_export_desc desc = {.out = out, .jobs = jobs, .progress = TH_EXPORT_PROGRESS_QUIET};
    th_export_error error;
    if (!th_export_run(&desc, &source, &error)) {
        fail_msg("%s", error.message);
    }
    th_synthetic_close(synthetic);
}

/* Exports to "-" with standard output in a file. */
static void export_stdout_to(const char *path, int jobs) {
    fflush(stdout);
    const int kept = dup(STDOUT_FILENO);
    const int file = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0666);
    assert_true(kept >= 0 && file >= 0);
    dup2(file, STDOUT_FILENO);
    close(file);
    export_to("-", jobs);
    dup2(kept, STDOUT_FILENO);
    close(kept);
}

/* BT.709 as the standard writes it. */
static void reference_yuv(const double rgb[3], double yuv[3]) {
    const double y = 0.2126 * rgb[0] + 0.7152 * rgb[1] + 0.0722 * rgb[2];
    yuv[0] = 16 + 219 * y / 255;
    yuv[1] = 128 + 224 * (rgb[2] - y) / 1.8556 / 255;
    yuv[2] = 128 + 224 * (rgb[0] - y) / 1.5748 / 255;
}

static uint32_t pixel_at(const uint32_t *pixels, int x, int y) {
    x = x < WIDTH ? x : WIDTH - 1;
    y = y < HEIGHT ? y : HEIGHT - 1;
    return pixels[y * WIDTH + x];
}

static void split(uint32_t color, double rgb[3]) {
    for (int c = 0; c < 3; c++) {
        rgb[c] = (double)(color >> (16 - 8 * c) & 0xff);
    }
}

static void assert_planes_show(const uint8_t *planes, const uint32_t *pixels) {
    const uint8_t *u = planes + EVEN_WIDTH * EVEN_HEIGHT;
    const uint8_t *v = u + EVEN_WIDTH * EVEN_HEIGHT / 4;
    double rgb[3], yuv[3];
    for (int y = 0; y < EVEN_HEIGHT; y++) {
        for (int x = 0; x < EVEN_WIDTH; x++) {
            split(pixel_at(pixels, x, y), rgb);
            reference_yuv(rgb, yuv);
            assert_true(fabs(planes[y * EVEN_WIDTH + x] - yuv[0]) <= 0.51);
        }
    }
    for (int y = 0; y < EVEN_HEIGHT; y += 2) {
        for (int x = 0; x < EVEN_WIDTH; x += 2) {
            double sum[3] = {0};
            for (int i = 0; i < 4; i++) {
                split(pixel_at(pixels, x + i % 2, y + i / 2), rgb);
                for (int c = 0; c < 3; c++) {
                    sum[c] += rgb[c] / 4;
                }
            }
            reference_yuv(sum, yuv);
            assert_true(fabs(u[y / 2 * (EVEN_WIDTH / 2) + x / 2] - yuv[1]) <= 0.51);
            assert_true(fabs(v[y / 2 * (EVEN_WIDTH / 2) + x / 2] - yuv[2]) <= 0.51);
        }
    }
}

static void y4m_holds_every_frame_in_bt709(void **state) {
    (void)state;
    const th_scratch scratch = th_scratch_open();
    const char *path = th_scratch_path(&scratch, "clip.y4m");
    export_stdout_to(path, 2);
    size_t size;
    uint8_t *file = th_scratch_read(path, &size), *at = file;
    static const char HEADER[] =
        "YUV4MPEG2 W318 H244 F30:1 Ip A1:1 C420jpeg XYSCSS=420JPEG XCOLORRANGE=LIMITED\n";
    assert_memory_equal(at, HEADER, strlen(HEADER));
    at += strlen(HEADER);
    const size_t frame_size = EVEN_WIDTH * EVEN_HEIGHT * 3 / 2;
    assert_int_equal(size, strlen(HEADER) + FRAME_COUNT * (6 + frame_size));

    th_synthetic *synthetic = th_synthetic_open(&CLIP);
    uint32_t *pixels = malloc(WIDTH * HEIGHT * sizeof *pixels);
    for (int i = 0; i < FRAME_COUNT; i++, at += 6 + frame_size) {
        assert_memory_equal(at, "FRAME\n", 6);
        th_synthetic_draw(synthetic, i, pixels);
        assert_planes_show(at + 6, pixels);
    }
    free(pixels);
    th_synthetic_close(synthetic);
    free(file);
    th_scratch_close(&scratch);
}

static void y4m_does_not_depend_on_the_number_of_jobs(void **state) {
    (void)state;
    const th_scratch scratch = th_scratch_open();
    export_stdout_to(th_scratch_path(&scratch, "1"), 1);
    export_stdout_to(th_scratch_path(&scratch, "3"), 3);
    th_scratch_assert_same(th_scratch_path(&scratch, "1"), th_scratch_path(&scratch, "3"));
    th_scratch_close(&scratch);
}

static void skip_without_ffmpeg(void) {
    th_export_error error;
    if (!th_ffmpeg_find(&error)) {
        print_message("skipped: %s\n", error.message);
        skip();
    }
}

/* Decodes to RGB with the program and compares as far as a lossy file allows. */
static void assert_video_shows(const char *path) {
    char command[2 * TH_SCRATCH_PATH_MAX];
    snprintf(command, sizeof command,
             "ffmpeg -nostdin -loglevel error -i '%s' -f rawvideo -pix_fmt bgra -", path);
    FILE *decoded = popen(command, "r");
    assert_non_null(decoded);
    th_synthetic *synthetic = th_synthetic_open(&CLIP);
    uint32_t *pixels = malloc(WIDTH * HEIGHT * sizeof *pixels);
    const size_t count = EVEN_WIDTH * EVEN_HEIGHT;
    uint32_t *shown = malloc(count * sizeof *shown);
    for (int i = 0; i < FRAME_COUNT; i++) {
        assert_int_equal(fread(shown, sizeof *shown, count, decoded), count);
        th_synthetic_draw(synthetic, i, pixels);
        double squares = 0;
        for (size_t p = 0; p < count; p++) {
            const uint32_t wanted = pixel_at(pixels, (int)(p % EVEN_WIDTH), (int)(p / EVEN_WIDTH));
            const int error = (int)(shown[p] >> 8 & 0xff) - (int)(wanted >> 8 & 0xff);
            squares += error * error;
        }
        assert_true(squares / (double)count < 40); /* green differs by 6 on average at most */
    }
    assert_int_equal(fread(shown, 1, 1, decoded), 0);
    assert_int_equal(pclose(decoded), 0);
    free(shown);
    free(pixels);
    th_synthetic_close(synthetic);
}

static void check_video(const char *ending) {
    skip_without_ffmpeg();
    const th_scratch scratch = th_scratch_open();
    char name[2][32];
    for (int i = 0; i < 2; i++) {
        snprintf(name[i], sizeof name[i], "-clip:%d%s", i + 1, ending);
        export_to(th_scratch_path(&scratch, name[i]), i + 1);
    }
    assert_video_shows(th_scratch_path(&scratch, name[0]));
    th_scratch_assert_same(th_scratch_path(&scratch, name[0]), th_scratch_path(&scratch, name[1]));
    assert_int_equal(th_scratch_entry_count(scratch.folder), 2);
    th_scratch_close(&scratch);
}

static void mp4_shows_the_frames_the_same_every_time(void **state) {
    (void)state;
    check_video(".mp4");
}

static void webm_shows_the_frames_the_same_every_time(void **state) {
    (void)state;
    check_video(".webm");
}

static void only_what_changed_is_converted_anew(void **state) {
    (void)state;
    th_yuv yuv;
    assert_true(th_yuv_open(&yuv, 7, 5));
    assert_int_equal(yuv.width, 8);
    assert_int_equal(yuv.height, 6);
    uint32_t pixels[35];
    memset(pixels, 0xff, sizeof pixels);
    const th_frame_change all = {.known = true, .rect_count = 1, .rects = {{0, 0, 7, 5}}};
    th_yuv_update(&yuv, pixels, &all);
    assert_int_equal(yuv.planes[0], 235);
    memset(pixels, 0, sizeof pixels);
    const th_frame_change corner = {
        .known = true, .rect_count = 2, .rects = {{3, 1, 4, 2}, {2, 2, 2, 3}}};
    th_yuv_update(&yuv, pixels, &corner);
    for (int y = 0; y < 6; y++) {
        for (int x = 0; x < 8; x++) {
            const bool converted = x / 2 == 1 && y / 2 == 0; /* the block of 2 by 2 */
            assert_int_equal(yuv.planes[y * 8 + x], converted ? 16 : 235);
        }
    }
    th_yuv_close(&yuv);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(y4m_holds_every_frame_in_bt709),
        cmocka_unit_test(y4m_does_not_depend_on_the_number_of_jobs),
        cmocka_unit_test(mp4_shows_the_frames_the_same_every_time),
        cmocka_unit_test(webm_shows_the_frames_the_same_every_time),
        cmocka_unit_test(only_what_changed_is_converted_anew),
    };
    return cmocka_run_group_tests_name("export_video", tests, NULL, NULL);
}
