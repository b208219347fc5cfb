#include "gui/draw/draw.h"

#include <math.h>

th_paint th_paint_solid(th_color color) { return (th_paint){.color = color}; }

th_stroke th_stroke_solid(th_color color, float width) {
    return (th_stroke){.color = color, .width = width};
}

th_stroke th_stroke_dashed(th_color color, float width, float dash, float gap) {
    return (th_stroke){.color = color, .width = width, .dash = dash, .gap = gap};
}

th_color th_color_alpha(th_color color, float alpha) {
    float scaled = (float)(color >> 24) * (alpha < 0 ? 0 : alpha > 1 ? 1 : alpha);
    return (color & 0x00FFFFFF) | (th_color)(scaled + 0.5f) << 24;
}

th_color th_color_mix(th_color a, th_color b, float t) {
    float share = t < 0 ? 0 : t > 1 ? 1 : t;
    th_color mixed = 0;
    for (int shift = 0; shift < 32; shift += 8) {
        float from = (float)(a >> shift & 255), to = (float)(b >> shift & 255);
        mixed |= (th_color)(from + (to - from) * share + 0.5f) << shift;
    }
    return mixed;
}

th_rect th_rect_inset(th_rect rect, float by) {
    return (th_rect){rect.x + by, rect.y + by, rect.w - 2 * by, rect.h - 2 * by};
}

bool th_rect_contains(th_rect rect, th_point point) {
    return point.x >= rect.x && point.y >= rect.y && point.x < rect.x + rect.w &&
           point.y < rect.y + rect.h;
}

/* Power series of sine and cosine; within an eighth of a turn the next term is below 1e-15. */
static double sine(double a) {
    double s = a * a;
    return a *
           (1 - s / 6 * (1 - s / 20 * (1 - s / 42 * (1 - s / 72 * (1 - s / 110 * (1 - s / 156))))));
}

static double cosine(double a) {
    double s = a * a;
    return 1 -
           s / 2 *
               (1 - s / 12 *
                        (1 - s / 30 * (1 - s / 56 * (1 - s / 90 * (1 - s / 132 * (1 - s / 182))))));
}

th_point th_draw_direction(double turns) {
    const double pi = 3.14159265358979323846;
    double quarters = (turns - floor(turns)) * 4;
    int quadrant = (int)quarters & 3;
    double rest = quarters - floor(quarters);
    bool fold = rest > 0.5;
    double angle = (fold ? 1 - rest : rest) * pi / 2;
    double c = fold ? sine(angle) : cosine(angle);
    double s = fold ? cosine(angle) : sine(angle);
    const double x[4] = {c, -s, -c, s}, y[4] = {s, c, -s, -c};
    return (th_point){(float)x[quadrant], (float)y[quadrant]};
}
