#include "tests/draw/random_list.h"

#include "gui/draw/icons.h"

/* From low to high in 64ths, so that marks lie at many places within a pixel; often whole. */
static float between(th_rng *rng, int low, int high) {
    float whole = (float)(low + (int)th_rng_below(rng, (uint64_t)(high - low)));
    return th_rng_below(rng, 2) == 0 ? whole : whole + (float)th_rng_below(rng, 64) / 64;
}

static th_color color(th_rng *rng) {
    th_color c = (th_color)th_rng_next(rng);
    return th_rng_below(rng, 3) == 0 ? c : c | 0xFF000000;
}

static th_point point(th_rng *rng, int width, int height) {
    float x = between(rng, -30, width + 30), y = between(rng, -30, height + 30);
    return (th_point){x, y};
}

static th_rect rect(th_rng *rng, int width, int height) {
    th_point p = point(rng, width, height);
    float w = between(rng, 0, width), h = between(rng, 0, th_rng_below(rng, 2) ? height : 12);
    return (th_rect){p.x, p.y, w, h};
}

static th_paint paint(th_rng *rng) {
    return (th_paint){.color = color(rng),
                      .pattern_color = color(rng),
                      .pattern = (th_pattern)th_rng_below(rng, TH_PATTERN_COUNT),
                      .pitch = between(rng, 0, 30),
                      .thickness = th_rng_below(rng, 2) ? 0 : between(rng, 1, 8)};
}

static th_stroke stroke(th_rng *rng) {
    th_stroke s = th_stroke_solid(color(rng), between(rng, 1, 12));
    s.round_caps = th_rng_below(rng, 2) == 0;
    if (th_rng_below(rng, 2) == 0) {
        s.dash = between(rng, 1, 12);
        s.gap = between(rng, 1, 12);
        s.offset = between(rng, -20, 20);
    }
    return s;
}

static float radius(th_rng *rng) { return th_rng_below(rng, 3) == 0 ? 0 : between(rng, 0, 40); }

static void text(th_draw_list *list, th_rng *rng, th_point at) {
    static const char *const texts[] = {"bucket 2", "m[5] = 10", "检查标志", "\xFF?", "1", "←"};
    th_text_style style = {(th_font_role)th_rng_below(rng, TH_FONT_ROLE_COUNT),
                           500 + 100 * (int)th_rng_below(rng, 4),
                           (float)(10 + 6 * th_rng_below(rng, 5)),
                           color(rng),
                           (th_align)th_rng_below(rng, 3),
                           (th_anchor)th_rng_below(rng, 3)};
    th_draw_text(list, style, at.x, at.y, texts[th_rng_below(rng, 6)]);
}

static void shape(th_draw_list *list, th_rng *rng, int width, int height) {
    th_point p[9];
    for (int i = 0; i < 9; i++) p[i] = point(rng, width, height);
    int count = 2 + (int)th_rng_below(rng, 8);
    switch (th_rng_below(rng, 5)) {
    case 0:
        th_draw_line(list, p[0], th_rng_below(rng, 2) ? p[1] : (th_point){p[0].x, p[1].y},
                     stroke(rng));
        break;
    case 1: th_draw_polyline(list, p, count, radius(rng), stroke(rng)); break;
    case 2: th_draw_bezier(list, p, stroke(rng)); break;
    case 3: th_draw_polygon(list, p, count, paint(rng)); break;
    default: text(list, rng, p[0]); break;
    }
}

static void box(th_draw_list *list, th_rng *rng, int width, int height) {
    th_rect r = rect(rng, width, height);
    switch (th_rng_below(rng, 4)) {
    case 0: th_draw_stroke_rect(list, r, radius(rng), stroke(rng)); break;
    case 1: th_draw_circle(list, (th_point){r.x, r.y}, between(rng, 0, 40), paint(rng)); break;
    case 2:
        th_draw_glow(list, r, radius(rng), color(rng), (th_glow){3, between(rng, 1, 6), 0.2f});
        break;
    default: th_draw_rect(list, r, radius(rng), paint(rng)); break;
    }
}

void th_random_mark(th_draw_list *list, th_rng *rng, int width, int height) {
    bool clipped = th_rng_below(rng, 4) == 0, faded = th_rng_below(rng, 6) == 0;
    if (clipped) th_draw_clip_push(list, rect(rng, width, height));
    if (faded) th_draw_alpha_push(list, 0.5f);
    if (th_rng_below(rng, 2) == 0) {
        shape(list, rng, width, height);
    } else {
        box(list, rng, width, height);
    }
    if (faded) th_draw_alpha_pop(list);
    if (clipped) th_draw_clip_pop(list);
}
