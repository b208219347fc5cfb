/* gui/export: animated GIFs, read back by giflib. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <gif_lib.h>

#include "gui/export/color_table.h"
#include "gui/export/export.h"
#include "gui/export/gif_palette.h"
#include "tests/export/scratch.h"
#include "tests/export/synthetic.h"

enum { FRAME_COUNT = 50, WIDTH = 317, HEIGHT = 243 };

static const th_synthetic_desc CLIP = {
    .width = WIDTH,
    .height = HEIGHT,
    .frame_count = FRAME_COUNT,
    .tells_changes = true,
};

static bool export_source(const char *out, const th_frame_source *source, int fps, int jobs) {
    const th_export_desc desc = {
        .out = out, .fps = fps, .jobs = jobs, .progress = TH_EXPORT_PROGRESS_QUIET};
    th_export_error error;
    return th_export_run(&desc, source, &error);
}

static void export_to(const char *out, const th_synthetic_desc *clip, int fps, int jobs) {
    th_synthetic *synthetic = th_synthetic_open(clip);
    const th_frame_source source = th_synthetic_source(synthetic);
    assert_true(export_source(out, &source, fps, jobs));
    th_synthetic_close(synthetic);
}

static GifFileType *read_gif(const char *path) {
    int failure = 0;
    GifFileType *gif = DGifOpenFileName(path, &failure);
    assert_non_null(gif);
    assert_int_equal(DGifSlurp(gif), GIF_OK);
    return gif;
}

static GraphicsControlBlock control_of(GifFileType *gif, int image) {
    GraphicsControlBlock control;
    assert_int_equal(DGifSavedExtensionToGCB(gif, image, &control), GIF_OK);
    return control;
}

/* Puts an image over what is shown, as a viewer does. */
static void show_image(GifFileType *gif, int number, uint32_t *shown) {
    const SavedImage *image = &gif->SavedImages[number];
    const GifImageDesc *place = &image->ImageDesc;
    const GraphicsControlBlock control = control_of(gif, number);
    assert_true(place->Left + place->Width <= gif->SWidth);
    assert_true(place->Top + place->Height <= gif->SHeight);
    for (int y = 0; y < place->Height; y++) {
        for (int x = 0; x < place->Width; x++) {
            const int index = image->RasterBits[y * place->Width + x];
            if (index != control.TransparentColor) {
                const GifColorType color = gif->SColorMap->Colors[index];
                shown[(place->Top + y) * gif->SWidth + place->Left + x] =
                    0xff000000u | (uint32_t)color.Red << 16 | (uint32_t)color.Green << 8 |
                    color.Blue;
            }
        }
    }
}

static uint32_t quantised(const th_color_table *colors, const th_gif_palette *palette,
                          uint32_t color) {
    return palette->colors[th_color_table_find(colors, color)->index];
}

/* The colours as the export counts them: the first frame, then each pixel that differs. */
static void count_clip(th_synthetic *synthetic, const th_synthetic_desc *clip,
                       th_color_table *colors) {
    const size_t count = (size_t)clip->width * (size_t)clip->height;
    uint32_t *pixels = malloc(count * sizeof *pixels);
    uint32_t *previous = calloc(count, sizeof *previous);
    for (int i = 0; i < clip->frame_count; i++) {
        th_synthetic_draw(synthetic, i, pixels);
        for (size_t p = 0; p < count; p++) {
            if (pixels[p] != previous[p]) {
                th_color_table_add(colors, pixels[p], 1);
            }
        }
        memcpy(previous, pixels, count * sizeof *pixels);
    }
    free(pixels);
    free(previous);
}

/* Plays the file at 100 hundredths a second and compares each frame at its time. */
static void assert_gif_shows(const char *path, const th_synthetic_desc *clip, int fps) {
    th_synthetic *synthetic = th_synthetic_open(clip);
    th_color_table colors;
    th_gif_palette palette;
    assert_true(th_color_table_open(&colors));
    count_clip(synthetic, clip, &colors);
    assert_true(th_gif_palette_build(&colors, &palette));

    GifFileType *gif = read_gif(path);
    assert_int_equal(gif->SWidth, clip->width);
    assert_int_equal(gif->SHeight, clip->height);
    const size_t count = (size_t)clip->width * (size_t)clip->height;
    uint32_t *shown = calloc(count, sizeof *shown);
    uint32_t *pixels = malloc(count * sizeof *pixels);
    int image = -1;
    int image_end = 0; /* when the image gives way to the next, in hundredths */
    for (int i = 0; i < clip->frame_count; i++) {
        while (image_end <= i * 100 / fps) {
            show_image(gif, ++image, shown);
            image_end += control_of(gif, image).DelayTime;
        }
        th_synthetic_draw(synthetic, i, pixels);
        for (size_t p = 0; p < count; p++) {
            assert_int_equal(shown[p], quantised(&colors, &palette, pixels[p]));
        }
    }
    assert_int_equal(image + 1, gif->ImageCount);
    assert_int_equal(image_end, clip->frame_count * 100 / fps);
    free(shown);
    free(pixels);
    DGifCloseFile(gif, NULL);
    th_color_table_close(&colors);
    th_synthetic_close(synthetic);
}

static void images_add_up_to_the_quantised_frames(void **state) {
    (void)state;
    const th_scratch scratch = th_scratch_open();
    const char *path = th_scratch_path(&scratch, "clip.gif");
    export_to(path, &CLIP, 30, 1);
    assert_gif_shows(path, &CLIP, 30);
    assert_int_equal(th_scratch_entry_count(scratch.folder), 1);
    th_scratch_close(&scratch);
}

static void few_colours_are_kept_exactly(void **state) {
    (void)state;
    const th_scratch scratch = th_scratch_open();
    const char *path = th_scratch_path(&scratch, "clip.gif");
    th_synthetic_desc clip = CLIP;
    clip.few_colors = true;
    clip.tells_changes = false;
    export_to(path, &clip, 25, 2);
    assert_gif_shows(path, &clip, 25);

    th_synthetic *synthetic = th_synthetic_open(&clip);
    th_color_table colors;
    th_gif_palette palette;
    assert_true(th_color_table_open(&colors));
    count_clip(synthetic, &clip, &colors);
    assert_true(colors.count < TH_GIF_COLORS_MAX);
    assert_true(th_gif_palette_build(&colors, &palette));
    for (int i = 0; i < TH_COLOR_TABLE_SLOTS; i++) {
        const uint32_t color = colors.slots[i].color;
        assert_true(color == 0 || quantised(&colors, &palette, color) == color);
    }
    th_color_table_close(&colors);
    th_synthetic_close(synthetic);
    th_scratch_close(&scratch);
}

static void the_number_of_jobs_does_not_change_a_byte(void **state) {
    (void)state;
    const th_scratch scratch = th_scratch_open();
    const char *one = th_scratch_path(&scratch, "1.gif");
    const char *two = th_scratch_path(&scratch, "2.gif");
    const char *five = th_scratch_path(&scratch, "5.gif");
    export_to(one, &CLIP, 30, 1);
    export_to(two, &CLIP, 30, 2);
    export_to(five, &CLIP, 30, 5);
    th_scratch_assert_same(one, two);
    th_scratch_assert_same(one, five);
    th_scratch_close(&scratch);
}

static void it_loops_for_ever(void **state) {
    (void)state;
    const th_scratch scratch = th_scratch_open();
    const char *path = th_scratch_path(&scratch, "clip.gif");
    export_to(path, &CLIP, 30, 1);
    GifFileType *gif = read_gif(path);
    const SavedImage *first = &gif->SavedImages[0];
    assert_true(first->ExtensionBlockCount >= 2);
    assert_memory_equal(first->ExtensionBlocks[0].Bytes, "NETSCAPE2.0", 11);
    assert_memory_equal(first->ExtensionBlocks[1].Bytes, "\x01\x00\x00", 3);
    DGifCloseFile(gif, NULL);
    th_scratch_close(&scratch);
}

static void a_fast_clip_keeps_its_length_and_loses_frames(void **state) {
    (void)state;
    const th_scratch scratch = th_scratch_open();
    const char *path = th_scratch_path(&scratch, "clip.gif");
    th_synthetic_desc clip = CLIP;
    clip.frame_count = 120;
    export_to(path, &clip, 120, 2);
    GifFileType *gif = read_gif(path);
    int length = 0;
    for (int i = 0; i < gif->ImageCount; i++) {
        const int delay = control_of(gif, i).DelayTime;
        assert_true(delay >= 2);
        length += delay;
    }
    assert_int_equal(length, 100);
    DGifCloseFile(gif, NULL);
    th_scratch_close(&scratch);
}

/* Sources for the corners: each pixel a function of its place and the frame. */
typedef struct pixel_source {
    int width, height;
    uint32_t (*color)(int index, int x, int y);
} pixel_source;

static bool render_pixels(void *context, int index, uint32_t *pixels, th_frame_change *change) {
    (void)change;
    const pixel_source *source = context;
    for (int y = 0; y < source->height; y++) {
        for (int x = 0; x < source->width; x++) {
            *pixels++ = source->color(index, x, y);
        }
    }
    return true;
}

static GifFileType *export_pixels(const th_scratch *scratch, pixel_source *pixels, int frame_count,
                                  int fps) {
    const th_frame_source source = {.context = pixels,
                                    .width = pixels->width,
                                    .height = pixels->height,
                                    .frame_count = frame_count,
                                    .render = render_pixels};
    const char *path = th_scratch_path(scratch, "pixels.gif");
    assert_true(export_source(path, &source, fps, 1));
    return read_gif(path);
}

static void assert_exact(GifFileType *gif, const pixel_source *pixels) {
    const size_t count = (size_t)pixels->width * (size_t)pixels->height;
    uint32_t *shown = calloc(count, sizeof *shown);
    for (int i = 0; i < gif->ImageCount; i++) {
        show_image(gif, i, shown);
        for (size_t p = 0; p < count; p++) {
            const int x = (int)p % pixels->width, y = (int)p / pixels->width;
            assert_int_equal(shown[p], pixels->color(i, x, y) | 0xff000000u);
        }
    }
    free(shown);
}

static uint32_t all_of_256(int index, int x, int y) {
    return (uint32_t)((x + y * 16 + index) & 0xff) * 0x010203;
}

static uint32_t black_without_alpha(int index, int x, int y) {
    return index == x + y ? 0xff0000 : 0;
}

static uint32_t noise_of_eight(int index, int x, int y) {
    const uint32_t bits = (uint32_t)(x * 7919 + y * 104729 + index * 1299709 + 1) * 2654435761u;
    return (bits >> 29) * 0x1f1f1f;
}

static void corners_are_exact(void **state) {
    (void)state;
    const th_scratch scratch = th_scratch_open();
    pixel_source corners[] = {
        {16, 16, all_of_256},        /* no index is left for transparency */
        {3, 2, black_without_alpha}, /* black must not be taken for an empty pixel */
        {200, 90, noise_of_eight},   /* fills the code table again and again */
        {1, 1, noise_of_eight},
    };
    for (size_t i = 0; i < sizeof corners / sizeof corners[0]; i++) {
        GifFileType *gif = export_pixels(&scratch, &corners[i], 4, 50);
        assert_exact(gif, &corners[i]);
        DGifCloseFile(gif, NULL);
    }
    th_scratch_close(&scratch);
}

static uint32_t one_grey(int index, int x, int y) {
    (void)index;
    (void)x;
    (void)y;
    return 0x808080;
}

/* A delay has 16 bits; a picture that stands still for longer takes several images. */
static void a_long_stillness_is_shown_for_its_whole_time(void **state) {
    (void)state;
    const th_scratch scratch = th_scratch_open();
    pixel_source still = {2, 2, one_grey};
    GifFileType *gif = export_pixels(&scratch, &still, 1500, 1);
    int64_t length = 0;
    for (int i = 0; i < gif->ImageCount; i++) {
        length += control_of(gif, i).DelayTime;
    }
    assert_int_equal(length, 150000);
    assert_int_equal(gif->ImageCount, 3);
    DGifCloseFile(gif, NULL);
    th_scratch_close(&scratch);
}

static uint32_t million_colors(int index, int x, int y) {
    return (uint32_t)(x | y << 10 | index << 20);
}

/* More colours than the table holds: the low bits go, and merging in another order is the same. */
static void colours_beyond_the_table_are_coarsened_the_same_way(void **state) {
    (void)state;
    th_color_table all, first, second;
    assert_true(th_color_table_open(&all) && th_color_table_open(&first) &&
                th_color_table_open(&second));
    for (int i = 0; i < 300000; i++) {
        const uint32_t color = million_colors(i % 3, i % 1024, i / 1024);
        th_color_table_add(&all, color, 1);
        th_color_table_add(i % 2 == 0 ? &first : &second, color, 1);
    }
    th_color_table_merge(&second, &first);
    assert_true(all.count <= TH_COLOR_TABLE_MAX);
    assert_int_equal(all.dropped_bits, second.dropped_bits);
    assert_int_equal(all.count, second.count);
    uint64_t total = 0;
    for (int i = 0; i < TH_COLOR_TABLE_SLOTS; i++) {
        if (all.slots[i].color != 0) {
            assert_int_equal(th_color_table_find(&second, all.slots[i].color)->count,
                             all.slots[i].count);
            total += all.slots[i].count;
        }
    }
    assert_int_equal(total, 300000);
    th_color_table_close(&all);
    th_color_table_close(&first);
    th_color_table_close(&second);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(images_add_up_to_the_quantised_frames),
        cmocka_unit_test(few_colours_are_kept_exactly),
        cmocka_unit_test(the_number_of_jobs_does_not_change_a_byte),
        cmocka_unit_test(it_loops_for_ever),
        cmocka_unit_test(a_fast_clip_keeps_its_length_and_loses_frames),
        cmocka_unit_test(corners_are_exact),
        cmocka_unit_test(a_long_stillness_is_shown_for_its_whole_time),
        cmocka_unit_test(colours_beyond_the_table_are_coarsened_the_same_way),
    };
    return cmocka_run_group_tests_name("export_gif", tests, NULL, NULL);
}
