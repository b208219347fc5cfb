#include "gui/draw/draw.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "gui/draw/command.h"
#include "sim/base/assert.h"

/* Far enough for any window and camera, near enough for fixed point arithmetic. */
#define FAR_PX 1000000.0f

static const th_pixel_rect EVERYWHERE = {-1000000, -1000000, 1000000, 1000000};

void th_draw_reset(th_draw_list *list) {
    list->used = 0;
    list->command_count = 0;
    list->clip_count = 0;
    list->alpha_count = 0;
}

void th_draw_free(th_draw_list *list) {
    free(list->arena);
    *list = (th_draw_list){0};
}

/* A coordinate that the integer arithmetic behind can hold. */
static float bounded(float v) {
    TH_ASSERT(isfinite(v));
    return v < -FAR_PX ? -FAR_PX : v > FAR_PX ? FAR_PX : v;
}

static th_point bounded_point(th_point p) { return (th_point){bounded(p.x), bounded(p.y)}; }

static th_rect bounded_rect(th_rect r) {
    float x1 = bounded(r.x + r.w), y1 = bounded(r.y + r.h);
    float x0 = bounded(r.x), y0 = bounded(r.y);
    return (th_rect){x0, y0, x1 - x0, y1 - y0};
}

static th_pixel_rect clip_now(const th_draw_list *list) {
    return list->clip_count > 0 ? list->clip[list->clip_count - 1] : EVERYWHERE;
}

static th_color faded(const th_draw_list *list, th_color color) {
    return list->alpha_count > 0 ? th_color_alpha(color, list->alpha[list->alpha_count - 1])
                                 : color;
}

static bool visible(th_color color) { return color >> 24 != 0; }

void th_draw_clip_push(th_draw_list *list, th_rect rect) {
    TH_ASSERT(list->clip_count < TH_DRAW_CLIP_MAX);
    th_rect r = bounded_rect(rect);
    th_pixel_rect pixels = {(int)lrintf(r.x), (int)lrintf(r.y), (int)lrintf(r.x + r.w),
                            (int)lrintf(r.y + r.h)};
    list->clip[list->clip_count] = th_pixel_rect_intersect(clip_now(list), pixels);
    list->clip_count++;
}

void th_draw_clip_pop(th_draw_list *list) {
    TH_ASSERT(list->clip_count > 0);
    list->clip_count--;
}

void th_draw_alpha_push(th_draw_list *list, float alpha) {
    TH_ASSERT(list->alpha_count < TH_DRAW_ALPHA_MAX);
    float below = list->alpha_count > 0 ? list->alpha[list->alpha_count - 1] : 1.0f;
    list->alpha[list->alpha_count++] = below * (alpha < 0 ? 0 : alpha > 1 ? 1 : alpha);
}

void th_draw_alpha_pop(th_draw_list *list) {
    TH_ASSERT(list->alpha_count > 0);
    list->alpha_count--;
}

/* Makes room for one more command of `size` bytes. */
static void reserve(th_draw_list *list, size_t size) {
    if (list->used + size <= list->capacity) return;
    size_t capacity = list->capacity > 0 ? list->capacity * 2 : 65536;
    while (capacity < list->used + size) capacity *= 2;
    unsigned char *arena = realloc(list->arena, capacity);
    TH_ASSERT(arena != NULL);
    list->arena = arena;
    list->capacity = capacity;
}

/* Appends a zeroed command, or returns NULL when nothing of it lies inside the clip. */
static void *append(th_draw_list *list, th_command_kind kind, size_t size, th_pixel_rect bounds) {
    th_pixel_rect clip = clip_now(list);
    th_pixel_rect seen = th_pixel_rect_intersect(bounds, clip);
    if (th_pixel_rect_empty(seen)) return NULL;
    size = (size + 7) & ~(size_t)7;
    reserve(list, size);
    th_command *head = (th_command *)(void *)(list->arena + list->used);
    memset(head, 0, size);
    *head = (th_command){(uint32_t)kind, (uint32_t)size, clip, seen};
    list->used += size;
    list->command_count++;
    return head;
}

/* Whole pixels around a box, with `margin` for strokes and anti-aliased edges. */
static th_pixel_rect bounds_of(float x0, float y0, float x1, float y1, float margin) {
    return (th_pixel_rect){(int)floorf(x0 - margin), (int)floorf(y0 - margin),
                           (int)ceilf(x1 + margin), (int)ceilf(y1 + margin)};
}

static th_pixel_rect bounds_of_points(const th_point *points, int count, float margin) {
    th_point low = bounded_point(points[0]), high = low;
    for (int i = 1; i < count; i++) {
        th_point p = bounded_point(points[i]);
        low.x = p.x < low.x ? p.x : low.x;
        low.y = p.y < low.y ? p.y : low.y;
        high.x = p.x > high.x ? p.x : high.x;
        high.y = p.y > high.y ? p.y : high.y;
    }
    return bounds_of(low.x, low.y, high.x, high.y, margin);
}

static void copy_points(th_point *to, const th_point *from, int count) {
    for (int i = 0; i < count; i++) to[i] = bounded_point(from[i]);
}

static th_command_stroke command_stroke(const th_draw_list *list, th_stroke stroke) {
    bool dashed = stroke.dash > 0 && stroke.gap > 0;
    return (th_command_stroke){faded(list, stroke.color),  stroke.width,
                               dashed ? stroke.dash : 0,   dashed ? stroke.gap : 0,
                               dashed ? stroke.offset : 0, stroke.round_caps};
}

static bool stroke_visible(const th_draw_list *list, th_stroke stroke) {
    return stroke.width > 0 && visible(faded(list, stroke.color));
}

static th_paint faded_paint(const th_draw_list *list, th_paint paint) {
    paint.color = faded(list, paint.color);
    paint.pattern_color = faded(list, paint.pattern_color);
    return paint;
}

static bool paint_visible(th_paint paint) {
    return visible(paint.color) ||
           (paint.pattern != TH_PATTERN_SOLID && visible(paint.pattern_color));
}

static float limited_radius(th_rect r, float radius) {
    float most = (r.w < r.h ? r.w : r.h) / 2;
    return radius < 0 ? 0 : radius > most ? most : radius;
}

void th_draw_rect(th_draw_list *list, th_rect rect, float radius, th_paint paint) {
    th_rect r = bounded_rect(rect);
    th_paint shown = faded_paint(list, paint);
    if (!(r.w > 0 && r.h > 0) || !paint_visible(shown)) return;
    th_command_rect *c =
        append(list, TH_COMMAND_RECT, sizeof *c, bounds_of(r.x, r.y, r.x + r.w, r.y + r.h, 0));
    if (c == NULL) return;
    c->rect = r;
    c->radius = limited_radius(r, radius);
    c->paint = shown;
}

void th_draw_stroke_rect(th_draw_list *list, th_rect rect, float radius, th_stroke stroke) {
    th_rect r = bounded_rect(rect);
    if (!(r.w > 0 && r.h > 0) || !stroke_visible(list, stroke)) return;
    th_command_stroke_rect *c = append(list, TH_COMMAND_STROKE_RECT, sizeof *c,
                                       bounds_of(r.x, r.y, r.x + r.w, r.y + r.h, 1));
    if (c == NULL) return;
    c->rect = r;
    c->radius = limited_radius(r, radius);
    c->stroke = command_stroke(list, stroke);
}

void th_draw_line(th_draw_list *list, th_point a, th_point b, th_stroke stroke) {
    bool upright = a.x == b.x;
    bool level = a.y == b.y;
    if (stroke.dash > 0 || stroke.round_caps || upright == level) {
        th_draw_polyline(list, (th_point[]){a, b}, 2, 0, stroke);
        return;
    }
    th_rect r;
    if (level) {
        r = (th_rect){a.x < b.x ? a.x : b.x, rintf(a.y - stroke.width / 2), fabsf(b.x - a.x),
                      stroke.width};
    } else {
        r = (th_rect){rintf(a.x - stroke.width / 2), a.y < b.y ? a.y : b.y, stroke.width,
                      fabsf(b.y - a.y)};
    }
    th_draw_rect(list, r, 0, th_paint_solid(stroke.color));
}

void th_draw_polyline(th_draw_list *list, const th_point *points, int count, float radius,
                      th_stroke stroke) {
    TH_ASSERT(count >= 0 && count <= TH_DRAW_POINTS_MAX);
    if (count < 2 || !stroke_visible(list, stroke)) return;
    th_command_polyline *c =
        append(list, TH_COMMAND_POLYLINE, sizeof *c + (size_t)count * sizeof points[0],
               bounds_of_points(points, count, stroke.width / 2 + 1));
    if (c == NULL) return;
    c->radius = radius > 0 ? radius : 0;
    c->count = count;
    c->stroke = command_stroke(list, stroke);
    copy_points(c->points, points, count);
}

void th_draw_bezier(th_draw_list *list, const th_point p[4], th_stroke stroke) {
    if (!stroke_visible(list, stroke)) return;
    th_command_bezier *c =
        append(list, TH_COMMAND_BEZIER, sizeof *c, bounds_of_points(p, 4, stroke.width / 2 + 1));
    if (c == NULL) return;
    c->stroke = command_stroke(list, stroke);
    copy_points(c->p, p, 4);
}

void th_draw_polygon(th_draw_list *list, const th_point *points, int count, th_paint paint) {
    TH_ASSERT(count >= 0 && count <= TH_DRAW_POINTS_MAX);
    th_paint shown = faded_paint(list, paint);
    if (count < 3 || !paint_visible(shown)) return;
    th_command_polygon *c =
        append(list, TH_COMMAND_POLYGON, sizeof *c + (size_t)count * sizeof points[0],
               bounds_of_points(points, count, 0));
    if (c == NULL) return;
    c->count = count;
    c->paint = shown;
    copy_points(c->points, points, count);
}

void th_draw_circle(th_draw_list *list, th_point center, float radius, th_paint paint) {
    th_rect box = {center.x - radius, center.y - radius, radius * 2, radius * 2};
    th_draw_rect(list, box, radius, paint);
}

void th_draw_ring(th_draw_list *list, th_point center, float radius, th_stroke stroke) {
    th_rect box = {center.x - radius, center.y - radius, radius * 2, radius * 2};
    th_draw_stroke_rect(list, box, radius, stroke);
}

void th_draw_arrow_head(th_draw_list *list, th_point tip, th_point direction, float size,
                        th_color color) {
    float length = sqrtf(direction.x * direction.x + direction.y * direction.y);
    TH_ASSERT(length > 0);
    th_point d = {direction.x / length * size, direction.y / length * size};
    th_point base = {tip.x - d.x, tip.y - d.y};
    th_point head[3] = {
        tip,
        {base.x - d.y * 0.5f, base.y + d.x * 0.5f},
        {base.x + d.y * 0.5f, base.y - d.x * 0.5f},
    };
    th_draw_polygon(list, head, 3, th_paint_solid(color));
}

void th_draw_glow(th_draw_list *list, th_rect rect, float radius, th_color color, th_glow glow) {
    for (int i = glow.n; i > 0; i--) {
        float by = glow.step * (float)i;
        th_draw_stroke_rect(list, th_rect_inset(rect, -by), radius + by,
                            th_stroke_solid(th_color_alpha(color, glow.alpha), by));
    }
}

/* An empty text command with room for `length` bytes, or NULL when it would not show. */
static th_command_text *append_text(th_draw_list *list, th_text_style style, float x, float y,
                                    size_t length) {
    style.color = faded(list, style.color);
    if (length == 0 || !visible(style.color) || !(style.size_px >= 1)) return NULL;
    TH_ASSERT(length < UINT32_MAX / 2);
    th_command_text *c = append(list, TH_COMMAND_TEXT, sizeof *c + length + 1, EVERYWHERE);
    if (c == NULL) return NULL;
    c->style = style;
    c->x = bounded(x);
    c->y = bounded(y);
    c->length = (uint32_t)length;
    return c;
}

void th_draw_text_n(th_draw_list *list, th_text_style style, float x, float y, const char *text,
                    size_t length) {
    th_command_text *c = append_text(list, style, x, y, length);
    if (c != NULL) memcpy(c->text, text, length);
}

void th_draw_text(th_draw_list *list, th_text_style style, float x, float y, const char *text) {
    th_draw_text_n(list, style, x, y, text, strlen(text));
}

void th_draw_textf(th_draw_list *list, th_text_style style, float x, float y, const char *format,
                   ...) {
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int length = vsnprintf(NULL, 0, format, args);
    va_end(args);
    th_command_text *c = append_text(list, style, x, y, length > 0 ? (size_t)length : 0);
    if (c != NULL) vsnprintf(c->text, (size_t)length + 1, format, again);
    va_end(again);
}
