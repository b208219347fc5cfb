#include "gui/view/focus.h"

#include <math.h>

void th_view_focus(th_draw_list *list, const th_theme *theme, th_rect rect, int width, int height) {
    const float unit = fmaxf(1, roundf((float)height / 1080));
    const float line = 3 * unit, gap = 2 * unit, out = line + gap;
    const float x0 = fmaxf(rect.x - out, 0), y0 = fmaxf(rect.y - out, 0);
    const float x1 = fminf(rect.x + rect.w + out, (float)width);
    const float y1 = fminf(rect.y + rect.h + out, (float)height);
    const th_rect ring = {x0, y0, x1 - x0, y1 - y0};
    // Dark on both sides of a light line (or the other way): seen on every ground.
    th_draw_stroke_rect(list, th_rect_inset(ring, -gap), 8 * unit,
                        th_stroke_solid(theme->color.bg, line + 2 * gap));
    th_draw_stroke_rect(list, ring, 7 * unit, th_stroke_solid(theme->color.accent, line));
}
