#include "gui/export/yuv.h"

#include <stdlib.h>

/* ITU-R BT.709 with Kr = 0.2126, Kb = 0.0722, times 1 << 16: luma times 219/255, and colour
 * differences times 224/255. Each row of colour adds up to 0, so that grey has none. */
enum {
    SHIFT = 16,
    Y_R = 11966,
    Y_G = 40254,
    Y_B = 4064,
    U_R = -6596,
    U_G = -22189,
    U_B = 28785,
    V_R = 28785,
    V_G = -26145,
    V_B = -2640,
    HALF = 1 << (SHIFT - 1)
};

bool th_yuv_open(th_yuv *yuv, int source_width, int source_height) {
    *yuv = (th_yuv){
        .source_width = source_width,
        .source_height = source_height,
        .width = source_width + (source_width & 1),
        .height = source_height + (source_height & 1),
    };
    yuv->size = (size_t)yuv->width * (size_t)yuv->height * 3 / 2;
    yuv->planes = malloc(yuv->size);
    return yuv->planes != NULL;
}

void th_yuv_close(th_yuv *yuv) {
    free(yuv->planes);
    *yuv = (th_yuv){0};
}

static int red(uint32_t color) { return (int)(color >> 16 & 0xff); }

static int green(uint32_t color) { return (int)(color >> 8 & 0xff); }

static int blue(uint32_t color) { return (int)(color & 0xff); }

static uint8_t luma(uint32_t color) {
    const int sum = Y_R * red(color) + Y_G * green(color) + Y_B * blue(color);
    return (uint8_t)((sum + (16 << SHIFT) + HALF) >> SHIFT);
}

/* From sums over four pixels; the offset keeps what is shifted positive. */
static uint8_t chroma(int weighted_sum) {
    return (uint8_t)((weighted_sum + (128 << (SHIFT + 2)) + 4 * HALF) >> (SHIFT + 2));
}

/* Two rows of pixels, columns [x0, x1) with x0 even and x1 even or the width. */
static void convert_rows(th_yuv *yuv, const uint32_t *pixels, int y, int x0, int x1) {
    const size_t pitch = (size_t)yuv->width;
    const int last_x = yuv->source_width - 1;
    const int below = y + 1 < yuv->source_height ? y + 1 : y;
    const uint32_t *top = pixels + (size_t)y * (size_t)yuv->source_width;
    const uint32_t *bottom = pixels + (size_t)below * (size_t)yuv->source_width;
    uint8_t *luma_top = yuv->planes + (size_t)y * pitch;
    uint8_t *luma_bottom = luma_top + pitch;
    const size_t luma_size = pitch * (size_t)yuv->height;
    uint8_t *u = yuv->planes + luma_size + (size_t)y / 2 * (pitch / 2);
    uint8_t *v = u + luma_size / 4;
    for (int x = x0; x < x1; x += 2) {
        const int right = x < last_x ? x + 1 : last_x;
        const uint32_t a = top[x], b = top[right], c = bottom[x], d = bottom[right];
        luma_top[x] = luma(a);
        luma_top[x + 1] = luma(b);
        luma_bottom[x] = luma(c);
        luma_bottom[x + 1] = luma(d);
        const int r = red(a) + red(b) + red(c) + red(d);
        const int g = green(a) + green(b) + green(c) + green(d);
        const int bl = blue(a) + blue(b) + blue(c) + blue(d);
        u[x / 2] = chroma(U_R * r + U_G * g + U_B * bl);
        v[x / 2] = chroma(V_R * r + V_G * g + V_B * bl);
    }
}

void th_yuv_update(th_yuv *yuv, const uint32_t *pixels, const th_frame_change *change) {
    for (int i = 0; i < change->rect_count; i++) {
        const th_pixel_rect *rect = &change->rects[i];
        for (int y = rect->y0 & ~1; y < rect->y1 && rect->x0 < rect->x1; y += 2) {
            convert_rows(yuv, pixels, y, rect->x0 & ~1, rect->x1);
        }
    }
}
