// Golden frames: pictures of every scene in three sizes, both themes and both languages, by hash of
// their pixels.
//
// Pixels depend on the fonts, so the file says with which fonts its hashes were made; with others
// the test is skipped. After a change that is meant (and looked at!):
//
//     TH_GOLDEN=update build/debug/tests/golden_test
#include <glob.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "gui/draw/raster.h"
#include "sim/base/hash.h"
#include "tests/support/play.h"

#define GOLDEN "tests/view/golden.txt"

enum { FRAMES_MAX = 2048, NAME_MAX_LENGTH = 96 };

// Scenes with much in them, at one step, small and large.
static const struct {
    const char *path;
    uint64_t step;
} CROWDS[] = {
    {"tests/view/scenes/ps.lua", 300},     {"tests/view/scenes/board.lua", 60},
    {"tests/view/scenes/loops.lua", 200},  {"tests/view/scenes/waits.lua", 45},
    {"tests/view/scenes/structs.lua", 12}, {"tests/view/scenes/bars.lua", 5000},
};

typedef struct frame {
    char name[NAME_MAX_LENGTH];
    uint64_t hash;
} frame;

static frame frames[FRAMES_MAX];
static int frame_count;
static th_fonts *fonts;
static th_draw_list list;
static th_hits hits;

static uint64_t draw_hash(int width, int height, th_color ground) {
    th_raster raster;
    th_raster_init(&raster, fonts, width, height);
    th_raster_draw(&raster, &list, ground);
    uint64_t hash = 0;
    for (int y = 0; y < height; y++) {
        const unsigned char *row =
            (const unsigned char *)raster.pixels + (size_t)y * (size_t)raster.pitch;
        hash = th_hash_combine(hash, th_hash_fnv1a64(row, (size_t)width * 4));
    }
    th_raster_free(&raster);
    return hash;
}

// What the fonts of this machine make of some text.
static uint64_t font_hash(void) {
    static const int weights[] = {500, 600, 700, 800};
    th_draw_reset(&list);
    for (int role = 0; role < TH_FONT_ROLE_COUNT; role++) {
        for (int i = 0; i < 4; i++) {
            const th_text_style style = {.role = (th_font_role)role,
                                         .weight = weights[i],
                                         .size_px = 18,
                                         .color = 0xFFFFFFFF};
            th_draw_text(&list, style, 4, (float)(20 + role * 100 + i * 24),
                         "Handgloves 0x1f {b2.key[3]} ← 解说 ∅ …");
        }
    }
    return draw_hash(420, 320, 0xFF000000);
}

static void add_frame(th_model *model, const char *path, uint64_t step, th_theme_name theme,
                      th_lang lang, int width, int height) {
    const th_frame_desc desc = {.scene = th_model_scene_at(model, step, TH_MOTION_SETTLED),
                                .theme = th_theme_get(theme),
                                .lang = lang,
                                .width = width,
                                .height = height,
                                .fonts = fonts};
    th_view_frame(&desc, &list, &hits);
    assert_true(frame_count < FRAMES_MAX);
    frame *out = &frames[frame_count++];
    snprintf(out->name, sizeof(out->name), "%s:%llu:%s:%s:%dx%d", path, (unsigned long long)step,
             th_theme_string(theme), lang == TH_LANG_EN ? "en" : "zh", width, height);
    out->hash = draw_hash(width, height, desc.theme->color.bg);
}

// Every look of the end, where most is to be seen, and some of the way there.
static void add_lesson(const char *path) {
    static const int SIZES[][2] = {{1280, 720}, {1920, 1080}, {3840, 2160}};
    th_model model;
    th_play_file(&model, path);
    const uint64_t length = th_model_length(&model), middle = length * 3 / 5;
    for (int i = 0; i < 12; i++) {
        const int *size = SIZES[i / 4];
        add_frame(&model, path, length, (th_theme_name)(i & 1), (th_lang)(i >> 1 & 1), size[0],
                  size[1]);
    }
    add_frame(&model, path, 0, TH_THEME_DARK, TH_LANG_ZH, 1280, 720);
    add_frame(&model, path, middle, TH_THEME_DARK, TH_LANG_EN, 1920, 1080);
    add_frame(&model, path, middle, TH_THEME_LIGHT, TH_LANG_ZH, 1280, 720);
    add_frame(&model, path, middle, TH_THEME_LIGHT, TH_LANG_EN, 1024, 640);
    th_model_close(&model);
}

static void add_lessons(void) {
    glob_t found;
    assert_int_equal(glob("scripts/*.lua", 0, NULL, &found), 0);
    for (size_t i = 0; i < found.gl_pathc; i++) add_lesson(found.gl_pathv[i]);
    globfree(&found);
}

static void add_crowd(const char *path, uint64_t step) {
    th_model model;
    th_play_file(&model, path);
    add_frame(&model, path, step, TH_THEME_DARK, TH_LANG_EN, 1280, 720);
    add_frame(&model, path, step, TH_THEME_LIGHT, TH_LANG_ZH, 1920, 1080);
    th_model_close(&model);
}

static void write_golden(uint64_t of_fonts) {
    FILE *file = fopen(GOLDEN, "w");
    assert_non_null(file);
    fprintf(file, "fonts %016llx\n", (unsigned long long)of_fonts);
    for (int i = 0; i < frame_count; i++) {
        fprintf(file, "%016llx %s\n", (unsigned long long)frames[i].hash, frames[i].name);
    }
    fclose(file);
}

static void check_golden(FILE *file) {
    char name[NAME_MAX_LENGTH];
    unsigned long long hash;
    int differ = 0, known = 0;
    while (fscanf(file, "%llx %95s", &hash, name) == 2) {
        known++;
        for (int i = 0; i < frame_count; i++) {
            if (strcmp(frames[i].name, name) != 0 || frames[i].hash == hash) continue;
            print_error("another picture than before: %s\n", name);
            differ++;
        }
    }
    assert_int_equal(differ, 0);
    assert_int_equal(known, frame_count);
}

static void lessons_look_as_before(void **state) {
    (void)state;
    char error[256];
    fonts = th_fonts_open(error, sizeof(error));
    if (fonts == NULL) fail_msg("%s", error);
    const uint64_t of_fonts = font_hash();
    const char *mode = getenv("TH_GOLDEN");
    const bool update = mode != NULL && strcmp(mode, "update") == 0;
    FILE *file = fopen(GOLDEN, "r");
    unsigned long long made_with = 0;
    const bool comparable =
        file != NULL && fscanf(file, "fonts %llx", &made_with) == 1 && made_with == of_fonts;
    if (comparable || update) {
        add_lessons();
        for (size_t i = 0; i < sizeof(CROWDS) / sizeof(*CROWDS); i++) {
            add_crowd(CROWDS[i].path, CROWDS[i].step);
        }
        if (update)
            write_golden(of_fonts);
        else
            check_golden(file);
    }
    if (file != NULL) fclose(file);
    th_draw_free(&list);
    th_fonts_close(fonts);
    if (!comparable && !update) skip();
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(lessons_look_as_before)};
    return cmocka_run_group_tests_name("golden", tests, NULL, NULL);
}
