#include "tests/export/synthetic.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    GLYPH_COUNT = 64,
    GLYPH_WIDTH = 9,
    GLYPH_HEIGHT = 16,
    LOG_LINES = 7,
    MOVING_MAX = 8,     /* things that differ from the background in a frame */
    FRAMES_A_STEP = 12, /* the log gains a line that often */
    STILL_FRAMES = 4    /* of each step, the last ones: nothing moves */
};

typedef struct background {
    uint32_t *pixels;
    uint8_t glyphs[GLYPH_COUNT][GLYPH_HEIGHT][GLYPH_WIDTH]; /* coverage */
    int user_count;
} background;

struct th_synthetic {
    th_synthetic_desc desc;
    background *shared; /* only read after opening */
    bool owns_shared;
    int drawn_index; /* in the buffer handed over; -1: none */
};

static uint32_t hash(uint32_t value) {
    value = (value ^ value >> 16) * 0x7feb352du;
    value = (value ^ value >> 15) * 0x846ca68bu;
    return value ^ value >> 16;
}

static uint32_t blend(uint32_t under, uint32_t over, int coverage) {
    uint32_t mixed = 0xff000000u;
    for (int shift = 0; shift <= 16; shift += 8) {
        const int a = (int)(under >> shift & 0xff), b = (int)(over >> shift & 0xff);
        mixed |= (uint32_t)(a + (b - a) * coverage / 255) << shift;
    }
    return mixed;
}

/* Three strokes at random in each. */
static void make_glyphs(background *shared, bool hard) {
    for (uint32_t g = 0; g < GLYPH_COUNT; g++) {
        for (int y = 0; y < GLYPH_HEIGHT; y++) {
            for (int x = 0; x < GLYPH_WIDTH; x++) {
                double nearest = 100;
                for (uint32_t s = 0; s < 3; s++) {
                    const uint32_t bits = hash(g * 3 + s);
                    const double ax = 1 + bits % 7, ay = 2 + (bits >> 4) % 11;
                    const double dx = (bits >> 8) % 7 - ax + 1, dy = (bits >> 12) % 11 - ay + 2;
                    const double length = dx * dx + dy * dy + 0.01;
                    const double t = ((x - ax) * dx + (y - ay) * dy) / length;
                    const double at = t < 0 ? 0 : t > 1 ? 1 : t;
                    const double distance = hypot(x - ax - at * dx, y - ay - at * dy);
                    nearest = distance < nearest ? distance : nearest;
                }
                const double coverage = nearest < 0.4 ? 1 : nearest > 1.4 ? 0 : 1.4 - nearest;
                shared->glyphs[g][y][x] =
                    (uint8_t)(hard ? (coverage > 0.5) * 255 : (int)(coverage * 255));
            }
        }
    }
}

/* A picture that is being drawn. */
typedef struct canvas {
    uint32_t *pixels;
    int width, height;
    const background *shared;
} canvas;

static void fill(canvas *on, th_pixel_rect rect, uint32_t color) {
    for (int y = rect.y0 < 0 ? 0 : rect.y0; y < rect.y1 && y < on->height; y++) {
        for (int x = rect.x0 < 0 ? 0 : rect.x0; x < rect.x1 && x < on->width; x++) {
            on->pixels[(size_t)y * (size_t)on->width + (size_t)x] = color;
        }
    }
}

static void draw_text(canvas *on, int left, int top, int length, uint32_t seed, uint32_t color) {
    for (int i = 0; i < length; i++) {
        const uint32_t bits = hash(seed * 131 + (uint32_t)i);
        if (bits % 6 == 0) {
            continue; /* a space */
        }
        for (int y = 0; y < GLYPH_HEIGHT; y++) {
            for (int x = 0; x < GLYPH_WIDTH; x++) {
                const int px = left + i * GLYPH_WIDTH + x, py = top + y;
                if (px < 0 || py < 0 || px >= on->width || py >= on->height) {
                    continue;
                }
                uint32_t *pixel = &on->pixels[(size_t)py * (size_t)on->width + (size_t)px];
                *pixel = blend(*pixel, color, on->shared->glyphs[bits >> 8 & 63][y][x]);
            }
        }
    }
}

static const uint32_t TEXT_COLORS[] = {0xffe6edf3, 0xff8b949e, 0xff58b7f0,
                                       0xffe69f00, 0xff56d4a0, 0xff6e7681};

static uint32_t text_color(uint32_t seed) {
    return TEXT_COLORS[seed % (sizeof TEXT_COLORS / sizeof TEXT_COLORS[0])];
}

static void draw_background(canvas *on) {
    fill(on, (th_pixel_rect){0, 0, on->width, on->height}, 0xff0d1117);
    const int cell_width = 240, cell_height = 180;
    uint32_t seed = 1;
    for (int y = 8; y + 40 < on->height; y += cell_height) {
        for (int x = 8; x + 40 < on->width; x += cell_width, seed++) {
            const th_pixel_rect outer = {x, y, x + cell_width - 16, y + cell_height - 16};
            const th_pixel_rect inner = {x + 2, y + 2, outer.x1 - 2, outer.y1 - 2};
            fill(on, outer, 0xff30363d);
            fill(on, inner, 0xff161b22 + (seed % 3) * 0x020202);
            for (int line = 0; line < 7; line++) {
                const int length = 6 + (int)(hash(seed * 8 + (uint32_t)line) % 17);
                draw_text(on, x + 10, y + 8 + line * 21, length, seed * 64 + (uint32_t)line,
                          text_color(hash(seed + (uint32_t)line)));
            }
        }
    }
}

/* What moves in a frame, and where. */
static int moving_rects(const th_synthetic *synthetic, int index, th_pixel_rect *rects) {
    const int width = synthetic->desc.width, height = synthetic->desc.height;
    const int step = index / FRAMES_A_STEP;
    const int phase = index % FRAMES_A_STEP < FRAMES_A_STEP - STILL_FRAMES
                          ? index % FRAMES_A_STEP
                          : FRAMES_A_STEP - STILL_FRAMES;
    const int moved = step * 8 + phase;
    int count = 0;
    const int box_x = width / 4 + moved * 7 % (width / 3 + 1), box_y = height / 3 + moved % 40;
    const int box_width = width / 8 > 64 ? width / 8 : 64; /* room for its text */
    const int box_height = height / 18 > 28 ? height / 18 : 28;
    rects[count++] = (th_pixel_rect){box_x, box_y, box_x + box_width, box_y + box_height};
    const int cursor = width / 12 + step * 5 % (width / 2 + 1);
    rects[count++] = (th_pixel_rect){cursor, height - height / 6, cursor + 3, height};
    const int log_x = width - width / 5, log_y = height / 3;
    rects[count++] = (th_pixel_rect){log_x, log_y, width, log_y + LOG_LINES * 22};
    rects[count++] = (th_pixel_rect){width / 2, 4, width / 2 + 60, 4 + GLYPH_HEIGHT};
    for (int i = 0; i < count; i++) {
        rects[i].x1 = rects[i].x1 < width ? rects[i].x1 : width;
        rects[i].y1 = rects[i].y1 < height ? rects[i].y1 : height;
    }
    return count;
}

static void draw_moving(const th_synthetic *synthetic, canvas *on, int index) {
    th_pixel_rect rects[MOVING_MAX];
    moving_rects(synthetic, index, rects);
    const uint32_t step = (uint32_t)(index / FRAMES_A_STEP);
    fill(on, rects[2], 0xff161b22);
    for (int line = 0; line < LOG_LINES; line++) {
        const uint32_t entry = step + (uint32_t)line;
        draw_text(on, rects[2].x0 + 6, rects[2].y0 + 3 + line * 22, 20, entry * 977,
                  text_color(entry));
    }
    fill(on, rects[3], 0xff21262d);
    draw_text(on, rects[3].x0, rects[3].y0, 6, step, 0xffffffff);
    fill(on, rects[1], 0xffffffff);
    fill(on, rects[0], 0xff56b4e9);
    draw_text(on, rects[0].x0 + 8, rects[0].y0 + 8, 5, 77, 0xff0d1117);
}

th_synthetic *th_synthetic_open(const th_synthetic_desc *desc) {
    th_synthetic *synthetic = calloc(1, sizeof *synthetic);
    synthetic->desc = *desc;
    synthetic->drawn_index = -1;
    synthetic->owns_shared = true;
    synthetic->shared = calloc(1, sizeof *synthetic->shared);
    make_glyphs(synthetic->shared, desc->few_colors);
    synthetic->shared->pixels =
        malloc((size_t)desc->width * (size_t)desc->height * sizeof(uint32_t));
    canvas on = {synthetic->shared->pixels, desc->width, desc->height, synthetic->shared};
    draw_background(&on);
    return synthetic;
}

void th_synthetic_close(th_synthetic *synthetic) {
    if (synthetic->owns_shared) {
        free(synthetic->shared->pixels);
        free(synthetic->shared);
    }
    free(synthetic);
}

static void restore(const th_synthetic *synthetic, uint32_t *pixels, th_pixel_rect rect) {
    const size_t width = (size_t)synthetic->desc.width;
    for (int y = rect.y0; y < rect.y1; y++) {
        const size_t start = (size_t)y * width + (size_t)rect.x0;
        memcpy(pixels + start, synthetic->shared->pixels + start,
               (size_t)(rect.x1 - rect.x0) * sizeof *pixels);
    }
}

void th_synthetic_draw(const th_synthetic *synthetic, int index, uint32_t *pixels) {
    const th_synthetic_desc *desc = &synthetic->desc;
    restore(synthetic, pixels, (th_pixel_rect){0, 0, desc->width, desc->height});
    canvas on = {pixels, desc->width, desc->height, synthetic->shared};
    draw_moving(synthetic, &on, index);
}

static void clip_to_frame(const th_synthetic_desc *desc, th_pixel_rect *rect) {
    rect->x1 = rect->x1 < desc->width ? rect->x1 : desc->width;
    rect->y1 = rect->y1 < desc->height ? rect->y1 : desc->height;
    rect->x0 = rect->x0 < rect->x1 ? rect->x0 : rect->x1;
    rect->y0 = rect->y0 < rect->y1 ? rect->y0 : rect->y1;
}

static bool render(void *context, int index, uint32_t *pixels, th_frame_change *change) {
    th_synthetic *synthetic = context;
    if (index + 1 == synthetic->desc.fail_at) {
        return false;
    }
    if (synthetic->drawn_index < 0) {
        th_synthetic_draw(synthetic, index, pixels);
        synthetic->drawn_index = index;
        return true;
    }
    th_pixel_rect rects[2 * MOVING_MAX];
    int count = moving_rects(synthetic, synthetic->drawn_index, rects);
    for (int i = 0; i < count; i++) {
        clip_to_frame(&synthetic->desc, &rects[i]);
        restore(synthetic, pixels, rects[i]);
    }
    count += moving_rects(synthetic, index, rects + count);
    canvas on = {pixels, synthetic->desc.width, synthetic->desc.height, synthetic->shared};
    draw_moving(synthetic, &on, index);

    const bool same_step = synthetic->drawn_index / FRAMES_A_STEP == index / FRAMES_A_STEP;
    change->known = synthetic->desc.tells_changes;
    for (int i = 0; change->known && i < count; i++) {
        clip_to_frame(&synthetic->desc, &rects[i]);
        if (!same_step || i % (count / 2) == 0) { /* within a step only the box moves */
            change->rects[change->rect_count++] = rects[i];
        }
    }
    synthetic->drawn_index = index;
    return true;
}

static void *clone(void *context) {
    th_synthetic *copy = malloc(sizeof *copy);
    *copy = *(th_synthetic *)context;
    copy->owns_shared = false;
    copy->drawn_index = -1;
    return copy;
}

static void release(void *context) { th_synthetic_close(context); }

static const char *message(void *context) {
    (void)context;
    return "this frame is made to fail";
}

th_frame_source th_synthetic_source(th_synthetic *synthetic) {
    return (th_frame_source){
        .context = synthetic,
        .width = synthetic->desc.width,
        .height = synthetic->desc.height,
        .frame_count = synthetic->desc.frame_count,
        .render = render,
        .clone = clone,
        .release = release,
        .message = message,
    };
}
