/* Verdicts, transport signs and other small pictures. Proportions are shares of the size given. */
#include "gui/draw/icons.h"

static th_point at(float x, float y, float dx, float dy) { return (th_point){x + dx, y + dy}; }

static th_stroke rounded(th_color color, float width) {
    return (th_stroke){.color = color, .width = width, .round_caps = true};
}

void th_icon_race(th_draw_list *list, float x, float y, float radius, th_color color,
                  th_color ink) {
    th_point star[16];
    for (int i = 0; i < 16; i++) {
        th_point d = th_draw_direction((double)i / 16);
        float length = radius * (i % 2 == 0 ? 1.08f : 0.68f);
        star[i] = at(x, y, d.x * length, d.y * length);
    }
    th_draw_polygon(list, star, 16, th_paint_solid(color));
    th_draw_circle(list, (th_point){x, y}, radius * 0.32f, th_paint_solid(ink));
}

void th_icon_fatal(th_draw_list *list, float x, float y, float radius, th_color color,
                   th_color ink) {
    th_point corners[8];
    for (int i = 0; i < 8; i++) {
        th_point d = th_draw_direction((double)i / 8 + 1.0 / 16);
        corners[i] = at(x, y, d.x * radius * 1.06f, d.y * radius * 1.06f);
    }
    float arm = radius * 0.38f;
    th_draw_polygon(list, corners, 8, th_paint_solid(color));
    th_draw_line(list, at(x, y, -arm, -arm), at(x, y, arm, arm), rounded(ink, radius * 0.27f));
    th_draw_line(list, at(x, y, -arm, arm), at(x, y, arm, -arm), rounded(ink, radius * 0.27f));
}

void th_icon_warn(th_draw_list *list, float x, float y, float radius, th_color color,
                  th_color ink) {
    const th_point corners[4] = {
        at(x, y, 0, -radius * 0.9f),
        at(x, y, radius, radius * 0.82f),
        at(x, y, -radius, radius * 0.82f),
        at(x, y, 0, -radius * 0.9f),
    };
    /* The line rounds the corners. */
    th_draw_polygon(list, corners, 3, th_paint_solid(color));
    th_draw_polyline(list, corners, 4, 0, rounded(color, radius * 0.2f));
    float bar = radius * 0.22f;
    th_draw_line(list, at(x, y, 0, -radius * 0.3f), at(x, y, 0, radius * 0.22f), rounded(ink, bar));
    th_draw_circle(list, at(x, y, 0, radius * 0.58f), bar * 0.6f, th_paint_solid(ink));
}

void th_icon_ok(th_draw_list *list, float x, float y, float radius, th_color color, th_color ink) {
    th_draw_circle(list, (th_point){x, y}, radius, th_paint_solid(color));
    const th_point tick[3] = {
        at(x, y, -radius * 0.42f, radius * 0.04f),
        at(x, y, -radius * 0.1f, radius * 0.36f),
        at(x, y, radius * 0.44f, -radius * 0.32f),
    };
    th_draw_polyline(list, tick, 3, 0, rounded(ink, radius * 0.25f));
}

void th_icon_limit(th_draw_list *list, float x, float y, float radius, th_color color,
                   th_color ink) {
    th_draw_circle(list, (th_point){x, y}, radius, th_paint_solid(color));
    for (int i = -1; i <= 1; i++) {
        th_draw_circle(list, at(x, y, (float)i * radius * 0.48f, 0), radius * 0.15f,
                       th_paint_solid(ink));
    }
}

/* A triangle `size` high that points left or right. */
static void pointer(th_draw_list *list, float x, float y, float size, bool left, th_color color) {
    float way = left ? -1.0f : 1.0f;
    const th_point corners[3] = {
        at(x, y, -way * size * 0.42f, -size / 2),
        at(x, y, way * size * 0.42f, 0),
        at(x, y, -way * size * 0.42f, size / 2),
    };
    th_draw_polygon(list, corners, 3, th_paint_solid(color));
}

static void bar(th_draw_list *list, float x, float y, float width, float height, th_color color) {
    th_draw_rect(list, (th_rect){x - width / 2, y - height / 2, width, height}, 0,
                 th_paint_solid(color));
}

void th_icon_play(th_draw_list *list, float x, float y, float size, th_color color) {
    /* Its weight lies left of its middle. */
    pointer(list, x + size * 0.06f, y, size, false, color);
}

void th_icon_pause(th_draw_list *list, float x, float y, float size, th_color color) {
    bar(list, x - size * 0.24f, y, size * 0.26f, size, color);
    bar(list, x + size * 0.24f, y, size * 0.26f, size, color);
}

void th_icon_step(th_draw_list *list, float x, float y, float size, bool back, th_color color) {
    float way = back ? -1.0f : 1.0f;
    pointer(list, x - way * size * 0.12f, y, size, back, color);
    bar(list, x + way * size * 0.46f, y, size * 0.18f, size, color);
}

void th_icon_start(th_draw_list *list, float x, float y, float size, th_color color) {
    bar(list, x - size * 0.76f, y, size * 0.18f, size, color);
    pointer(list, x - size * 0.2f, y, size, true, color);
    pointer(list, x + size * 0.42f, y, size, true, color);
}

void th_icon_branch(th_draw_list *list, float x, float y, float size, th_color color) {
    th_stroke line = rounded(color, size * 0.16f);
    const th_point fork = at(x, y, 0, 0);
    th_draw_line(list, at(x, y, -size * 0.6f, 0), fork, line);
    for (int way = -1; way <= 1; way += 2) {
        float end = (float)way * size * 0.46f;
        const th_point arm[4] = {fork, at(x, y, size * 0.26f, end * 0.1f),
                                 at(x, y, size * 0.3f, end), at(x, y, size * 0.56f, end)};
        th_draw_bezier(list, arm, line);
    }
}

void th_icon_caret(th_draw_list *list, float x, float y, float size, bool left, th_color color) {
    pointer(list, x, y, size, left, color);
}

void th_icon_lock(th_draw_list *list, float x, float y, float size, bool open, th_color color,
                  th_color ink) {
    float half = size * 0.24f, top = -size * 0.47f, lift = open ? -size * 0.14f : 0;
    float bend = top + half + lift, foot = open ? bend + half * 0.7f : 0;
    th_stroke line = th_stroke_solid(color, size * 0.1f);
    const th_point shackle[5] = {at(x, y, -half, 0), at(x, y, -half, top + lift),
                                 at(x, y, 0, top + lift), at(x, y, half, top + lift),
                                 at(x, y, half, foot)};
    th_draw_polyline(list, shackle, 5, half, line);
    th_rect body = {x - size * 0.42f, y - size * 0.06f, size * 0.84f, size * 0.6f};
    th_draw_rect(list, body, size * 0.09f, th_paint_solid(color));
    th_draw_circle(list, at(x, y, 0, size * 0.17f), size * 0.075f, th_paint_solid(ink));
    bar(list, x, y + size * 0.27f, size * 0.06f, size * 0.18f, ink);
}

void th_icon_led(th_draw_list *list, const th_theme *theme, float x, float y, float radius,
                 bool on) {
    if (!on) {
        th_draw_ring(list, (th_point){x, y}, radius,
                     th_stroke_solid(theme->color.line2, radius * 0.24f));
        return;
    }
    th_rect box = {x - radius, y - radius, radius * 2, radius * 2};
    th_glow glow = theme->glow.led;
    glow.step *= radius / 8;
    th_draw_glow(list, box, radius, theme->color.led_on, glow);
    th_draw_circle(list, (th_point){x, y}, radius, th_paint_solid(theme->color.led_on));
    if (theme->name == TH_THEME_LIGHT) {
        /* Yellow on white needs an edge. */
        th_draw_ring(list, (th_point){x, y}, radius,
                     th_stroke_solid(theme->color.warn, radius * 0.2f));
    }
}

void th_icon_logo(th_draw_list *list, const th_theme *theme, float x, float y, float size) {
    float gap = size * 0.07f;
    float w = size * 0.5f - gap / 2, h = (size - gap * 3) / 4;
    for (int i = 0; i < 8; i++) {
        th_color color = i == 1   ? theme->color.goroutine[0].fill
                         : i == 4 ? theme->color.goroutine[1].fill
                                  : theme->color.line2;
        th_rect slot = {x + (float)(i % 2) * (w + gap), y + (float)(i / 2) * (h + gap), w, h};
        th_draw_rect(list, slot, h * 0.2f, th_paint_solid(color));
    }
}
