/* Marks of goroutines and of their accesses. Proportions are shares of the size given. */
#include "gui/draw/icons.h"

#include "sim/base/assert.h"

/* A regular polygon with its first corner at the top. */
static void regular(th_draw_list *list, int corners, float x, float y, float radius,
                    th_paint paint) {
    th_point points[8];
    for (int i = 0; i < corners; i++) {
        th_point d = th_draw_direction((double)i / corners - 0.25);
        points[i] = (th_point){x + d.x * radius, y + d.y * radius};
    }
    th_draw_polygon(list, points, corners, paint);
}

void th_icon_shape(th_draw_list *list, th_shape shape, float x, float y, float radius,
                   th_paint paint) {
    switch (shape) {
    case TH_SHAPE_CIRCLE: th_draw_circle(list, (th_point){x, y}, radius, paint); return;
    case TH_SHAPE_DIAMOND: regular(list, 4, x, y, radius * 1.24f, paint); return;
    case TH_SHAPE_TRIANGLE: regular(list, 3, x, y + radius * 0.22f, radius * 1.36f, paint); return;
    case TH_SHAPE_SQUARE:
        th_draw_rect(list,
                     (th_rect){x - radius * 0.9f, y - radius * 0.9f, radius * 1.8f, radius * 1.8f},
                     radius * 0.15f, paint);
        return;
    case TH_SHAPE_HEXAGON: regular(list, 6, x, y, radius * 1.12f, paint); return;
    case TH_SHAPE_PENTAGON: regular(list, 5, x, y + radius * 0.06f, radius * 1.16f, paint); return;
    case TH_SHAPE_COUNT: break;
    }
    TH_ASSERT(shape < TH_SHAPE_COUNT);
}

static void digits(th_draw_list *list, th_shape shape, int goroutine_index, float x, float y,
                   float radius, th_color color) {
    int number = goroutine_index + 1;
    float size = radius * (number < 10 ? 1.12f : number < 100 ? 0.95f : 0.72f);
    /* A triangle is widest at its foot. */
    float down = shape == TH_SHAPE_TRIANGLE ? radius * 0.3f : 0;
    th_text_style style = {TH_FONT_UI, 800, size, color, TH_ALIGN_CENTER, TH_ANCHOR_MIDDLE};
    th_draw_textf(list, style, x, y + down, "%d", number);
}

void th_icon_badge(th_draw_list *list, const th_theme *theme, int goroutine_index, float x, float y,
                   float radius) {
    th_goroutine_style style = th_theme_goroutine(theme, goroutine_index);
    th_icon_shape(list, style.shape, x, y, radius, th_paint_solid(style.fill));
    digits(list, style.shape, goroutine_index, x, y, radius, style.on);
}

void th_icon_badge_outlined(th_draw_list *list, const th_theme *theme, int goroutine_index, float x,
                            float y, float radius, th_color outline) {
    th_goroutine_style style = th_theme_goroutine(theme, goroutine_index);
    th_icon_shape(list, style.shape, x, y, radius * 1.24f, th_paint_solid(outline));
    th_icon_badge(list, theme, goroutine_index, x, y, radius);
}

void th_icon_badge_hollow(th_draw_list *list, const th_theme *theme, int goroutine_index, float x,
                          float y, float radius) {
    th_goroutine_style style = th_theme_goroutine(theme, goroutine_index);
    th_icon_shape(list, style.shape, x, y, radius, th_paint_solid(style.fill));
    th_icon_shape(list, style.shape, x, y, radius * 0.8f, th_paint_solid(style.wash));
    digits(list, style.shape, goroutine_index, x, y, radius * 0.9f, style.ink);
}

static th_rect box_around(float x, float y, float size) {
    return (th_rect){x - size / 2, y - size / 2, size, size};
}

/* A hollow or a filled box. Small boxes need a finer pattern to show one. */
static void access_box(th_draw_list *list, th_goroutine_style style, bool write, th_rect box,
                       float radius, float line) {
    if (write) {
        th_draw_rect(list, box, radius, th_theme_fill(style, box.h * 0.4f));
    } else {
        th_draw_stroke_rect(list, box, radius, th_stroke_solid(style.fill, line));
    }
}

void th_icon_access(th_draw_list *list, const th_theme *theme, int goroutine_index, bool write,
                    float x, float y, float size) {
    th_goroutine_style style = th_theme_goroutine(theme, goroutine_index);
    access_box(list, style, write, box_around(x, y, size), size * 0.22f, size * 0.11f);
    th_text_style letter = {TH_FONT_MONO,    800,
                            size * 0.64f,    write ? style.on : theme->color.text,
                            TH_ALIGN_CENTER, TH_ANCHOR_MIDDLE};
    th_draw_text(list, letter, x, y, write ? "W" : "R");
}

void th_icon_tick(th_draw_list *list, const th_theme *theme, int goroutine_index, bool write,
                  float x, float y, float size) {
    th_goroutine_style style = th_theme_goroutine(theme, goroutine_index);
    access_box(list, style, write, box_around(x, y, size), size * (write ? 0.15f : 0.25f),
               size * 0.13f);
}

/* Lengths of spikes in turn, as shares of the longest: irregular, but always the same. */
static const float spikes[11] = {1.0f, 0.74f, 0.9f,  0.68f, 0.97f, 0.8f,
                                 0.7f, 0.94f, 0.76f, 0.88f, 0.66f};

static void spiked(th_draw_list *list, float x, float y, float rx, float ry, int count, int phase,
                   float valley, th_color color) {
    th_point points[64];
    TH_ASSERT(count * 2 <= 64);
    for (int i = 0; i < count * 2; i++) {
        th_point d = th_draw_direction(((double)i + phase * 0.37) / (count * 2));
        float length = i % 2 == 0 ? spikes[(i / 2 + phase) % 11] : valley;
        points[i] = (th_point){x + d.x * rx * length, y + d.y * ry * length};
    }
    th_draw_polygon(list, points, count * 2, th_paint_solid(color));
}

void th_icon_burst(th_draw_list *list, const th_theme *theme, float x, float y, float width,
                   float height, float scale) {
    if (scale <= 0) return;
    float rx = width / 2 * scale, ry = height / 2 * scale;
    float reach = (width < height ? width : height) * scale;
    th_color alert = theme->color.alert;
    spiked(list, x, y, rx + reach * 1.06f, ry + reach * 0.86f, 19, 0, 0.55f,
           th_color_alpha(alert, 0.22f));
    spiked(list, x, y, rx + reach * 0.72f, ry + reach * 0.6f, 21, 4, 0.62f,
           th_color_alpha(alert, 0.4f));
    spiked(list, x, y, rx + reach * 0.44f, ry + reach * 0.24f, 17, 7, 0.66f, alert);
}

void th_icon_crack(th_draw_list *list, const th_theme *theme, int left_index, int right_index,
                   th_rect rect, float progress) {
    th_goroutine_style left = th_theme_goroutine(theme, left_index);
    th_goroutine_style right = th_theme_goroutine(theme, right_index);
    const float border = rect.h * 0.07f, corner = rect.h * 0.13f;
    const float middle = rect.x + rect.w / 2, swing = rect.h * 0.14f * progress;
    const float steps[5] = {1, -1, 1, -1, 1};
    th_rect inner = th_rect_inset(rect, border / 2);
    th_point side[7];
    for (int i = 0; i < 5; i++) {
        side[i] = (th_point){middle + swing * steps[i], inner.y + inner.h * (float)i / 4};
    }
    side[5] = (th_point){inner.x + inner.w, inner.y + inner.h};
    side[6] = (th_point){inner.x + inner.w, inner.y};
    th_draw_rect(list, rect, corner, th_theme_fill(left, rect.h * 0.19f));
    th_draw_polygon(list, side, 7, th_theme_fill(right, rect.h * 0.19f));
    th_draw_polyline(list, side, 5, 0, th_stroke_solid(theme->color.text, border * progress));
    th_draw_stroke_rect(list, rect, corner, th_stroke_solid(theme->color.text, border));
}

void th_icon_ring_cell(th_draw_list *list, const th_theme *theme, int reader_index,
                       int writer_index, th_rect rect) {
    th_goroutine_style reader = th_theme_goroutine(theme, reader_index);
    th_goroutine_style writer = th_theme_goroutine(theme, writer_index);
    const float border = rect.h * 0.07f, corner = rect.h * 0.13f;
    th_draw_rect(list, rect, corner, th_theme_fill(writer, rect.h * 0.19f));
    th_draw_stroke_rect(list, rect, corner, th_stroke_solid(reader.fill, border * 3));
    th_draw_stroke_rect(list, rect, corner, th_stroke_solid(theme->color.text, border));
}
