#include "gui/view/view.h"

#include <inttypes.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

float th_view_stroke_px(const th_view *view, float units) {
    const float px = roundf(units * view->scale);
    return px < 1 ? 1 : px;
}

th_rect th_view_rect_px(const th_view *view, th_rect rect) {
    const float x0 = roundf(rect.x * view->scale), y0 = roundf(rect.y * view->scale);
    const float x1 = roundf((rect.x + rect.w) * view->scale);
    const float y1 = roundf((rect.y + rect.h) * view->scale);
    return (th_rect){x0, y0, x1 - x0, y1 - y0};
}

th_point th_view_point_px(const th_view *view, float x, float y) {
    return (th_point){x * view->scale, y * view->scale};
}

void th_view_paint(const th_view *view, th_rect rect, float radius, th_paint paint) {
    paint.pitch = paint.pitch > 0 ? paint.pitch * view->scale : 8 * view->scale;
    if (paint.thickness > 0) paint.thickness *= view->scale;
    th_draw_rect(view->list, th_view_rect_px(view, rect), radius * view->scale, paint);
}

void th_view_fill(const th_view *view, th_rect rect, float radius, th_color color) {
    th_draw_rect(view->list, th_view_rect_px(view, rect), radius * view->scale,
                 th_paint_solid(color));
}

void th_view_outline(const th_view *view, th_rect rect, float radius, th_color color, float width) {
    th_draw_stroke_rect(view->list, th_view_rect_px(view, rect), radius * view->scale,
                        th_stroke_solid(color, th_view_stroke_px(view, width)));
}

void th_view_dashed(const th_view *view, th_rect rect, float radius, th_color color, float width,
                    float dash, float gap) {
    th_draw_stroke_rect(view->list, th_view_rect_px(view, rect), radius * view->scale,
                        th_stroke_dashed(color, th_view_stroke_px(view, width), dash * view->scale,
                                         gap * view->scale));
}

void th_view_line(const th_view *view, float x0, float y0, float x1, float y1, th_color color,
                  float width) {
    th_draw_line(view->list, th_view_point_px(view, x0, y0), th_view_point_px(view, x1, y1),
                 th_stroke_solid(color, th_view_stroke_px(view, width)));
}

void th_view_glow(const th_view *view, th_rect rect, float radius, th_color color, th_glow glow) {
    glow.step *= view->scale;
    th_draw_glow(view->list, th_view_rect_px(view, rect), radius * view->scale, color, glow);
}

void th_view_clip(const th_view *view, th_rect rect) {
    th_draw_clip_push(view->list, th_view_rect_px(view, rect));
}

void th_view_unclip(const th_view *view) { th_draw_clip_pop(view->list); }

th_type th_type_ui(float size, int weight, th_color color) {
    return (th_type){TH_FONT_UI, weight, size, color, TH_ALIGN_LEFT};
}

th_type th_type_mono(float size, int weight, th_color color) {
    return (th_type){TH_FONT_MONO, weight, size, color, TH_ALIGN_LEFT};
}

th_type th_type_right(th_type type) {
    type.align = TH_ALIGN_RIGHT;
    return type;
}

th_type th_type_center(th_type type) {
    type.align = TH_ALIGN_CENTER;
    return type;
}

th_text_style th_type_style(const th_view *view, th_type type) {
    return (th_text_style){
        .role = type.role,
        .weight = type.weight,
        .size_px = roundf(type.size * view->scale),
        .color = type.color,
        .align = type.align,
        .anchor = TH_ANCHOR_MIDDLE,
    };
}

float th_view_text_width(const th_view *view, th_type type, const char *text) {
    return th_text_width(view->fonts, th_type_style(view, type), text, SIZE_MAX) / view->scale;
}

float th_view_text(const th_view *view, th_type type, float x, float y, float width,
                   const char *text) {
    const th_text_style style = th_type_style(view, type);
    float px = th_text_width(view->fonts, style, text, SIZE_MAX);
    char fitted[512];
    if (width > 0 && px > width * view->scale) {
        th_text_fit(view->fonts, style, text, width * view->scale, fitted, sizeof(fitted));
        text = fitted;
        px = th_text_width(view->fonts, style, text, SIZE_MAX);
    }
    const th_point at = th_view_point_px(view, x, y);
    th_draw_text(view->list, style, at.x, roundf(at.y), text);
    return px / view->scale;
}

float th_view_text_shrunk(const th_view *view, th_type type, float smallest, float x, float y,
                          float width, const char *text) {
    while (type.size > smallest && th_view_text_width(view, type, text) > width) type.size -= 1;
    return th_view_text(view, type, x, y, width, text);
}

float th_view_textf(const th_view *view, th_type type, float x, float y, float width,
                    const char *format, ...) {
    char text[512];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof(text), format, arguments);
    va_end(arguments);
    return th_view_text(view, type, x, y, width, text);
}

const char *th_view_word(const th_view *view, th_word word) {
    return th_word_string(word, view->lang);
}

float th_view_wordf(const th_view *view, th_type type, float x, float y, float width, th_word word,
                    ...) {
    char text[512];
    va_list arguments;
    va_start(arguments, word);
    vsnprintf(text, sizeof(text), th_view_word(view, word), arguments);
    va_end(arguments);
    return th_view_text(view, type, x, y, width, text);
}

void th_view_number(uint64_t number, char *out, size_t size) {
    char digits[24];
    const int count = snprintf(digits, sizeof(digits), "%" PRIu64, number);
    size_t at = 0;
    for (int i = 0; i < count && at + 2 < size; i++) {
        if (i > 0 && (count - i) % 3 == 0) out[at++] = ',';
        out[at++] = digits[i];
    }
    out[at] = 0;
}

const char *th_view_pick(const th_view *view, th_text text) {
    if (text.in[view->lang] != NULL) return text.in[view->lang];
    for (int i = 0; i < TH_LANG_COUNT; i++) {
        if (text.in[i] != NULL) return text.in[i];
    }
    return "";
}

void th_view_badge(const th_view *view, uint16_t g, float x, float y, float radius) {
    if (g == 0) return;
    const th_point at = th_view_point_px(view, x, y);
    th_icon_badge(view->list, view->theme, g - 1, at.x, at.y, radius * view->scale);
}

th_goroutine_style th_view_goroutine(const th_view *view, uint16_t g) {
    return th_theme_goroutine(view->theme, g > 0 ? g - 1 : 0);
}

static void add_hit(const th_view *view, th_hit hit) {
    if (view->hits != NULL && view->hits->count < TH_HIT_MAX) {
        view->hits->items[view->hits->count++] = hit;
    }
}

void th_view_hit(const th_view *view, th_rect rect, th_action action, uint64_t argument) {
    add_hit(view, (th_hit){th_view_rect_px(view, rect), action, argument, false});
}

void th_view_rest(const th_view *view, th_rect rect, th_action action, uint64_t argument) {
    add_hit(view, (th_hit){th_view_rect_px(view, rect), action, argument, true});
}

void th_view_hover(const th_view *view, th_rect rect, uint64_t address) {
    th_view_rest(view, rect, TH_ACTION_HOVER, address);
}

float th_view_key_cap(const th_view *view, float x, float y, const char *key) {
    const th_theme_colors *color = &view->theme->color;
    const th_type type = th_type_mono(15, 700, color->dim);
    const float width = fmaxf(24, th_view_text_width(view, type, key) + 12);
    th_view_fill(view, (th_rect){x, y - 12, width, 24}, view->theme->radius.chip, color->raised2);
    th_view_text(view, th_type_center(type), x + width / 2, y, 0, key);
    return width;
}
