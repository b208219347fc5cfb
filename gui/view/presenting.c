// What a teacher lays over the picture: the glass, the laser, a word on what was done, the black
// screen.
#include "gui/draw/magnify.h"
#include "gui/view/view.h"

#include <math.h>

static const float GLASS_W = 620, GLASS_H = 350, GLASS_FACTOR = 2;
static const float TOAST_H = 48, TOAST_PAD = 24, MARGIN = 16;

static void draw_glass(const th_view *view, th_point at) {
    const th_theme_colors *c = &view->theme->color;
    const float w = roundf(th_px(view, GLASS_W)), h = roundf(th_px(view, GLASS_H));
    const float right = th_px(view, view->at->width) - w, low = th_px(view, view->at->height) - h;
    const th_rect glass = {roundf(fmaxf(0, fminf(at.x - w / 2, right))),
                           roundf(fmaxf(0, fminf(at.y - h / 2, low))), w, h};
    th_draw_magnify(view->list, glass, at, GLASS_FACTOR, c->bg);
    const float edge = th_view_stroke_px(view, 3);
    th_draw_stroke_rect(view->list, th_rect_inset(glass, -edge), edge,
                        th_stroke_solid(c->bg, edge));
    th_draw_stroke_rect(view->list, glass, edge, th_stroke_solid(c->accent, edge));
}

// Light in a dark ring, so that it is seen on every ground; crimson is for races alone.
static void draw_laser(const th_view *view, th_point at) {
    const th_theme_colors *c = &view->theme->color;
    const float unit = fmaxf(view->scale, 0.8F);
    th_draw_circle(view->list, at, 22 * unit, th_paint_solid(th_color_alpha(c->accent, 0.16F)));
    th_draw_circle(view->list, at, 13 * unit, th_paint_solid(c->bg));
    th_draw_circle(view->list, at, 10 * unit, th_paint_solid(c->accent));
}

static void draw_toast(const th_view *view, const char *text, bool bad) {
    const th_theme_colors *c = &view->theme->color;
    const th_type type = th_type_ui(19, 600, bad ? c->warn : c->text);
    const float room = view->at->width - 2 * MARGIN;
    const float width = fminf(room, th_view_text_width(view, type, text) + 2 * TOAST_PAD);
    const float bottom = view->at->caption.h > 0 ? view->at->caption.y : view->at->timeline.y;
    const th_rect box = {floorf((view->at->width - width) / 2), bottom - MARGIN - TOAST_H, width,
                         TOAST_H};
    th_view_fill(view, box, view->theme->radius.button, c->raised2);
    th_view_outline(view, box, view->theme->radius.button, bad ? c->warn : c->line2, 2);
    th_view_text(view, type, box.x + TOAST_PAD, box.y + TOAST_H / 2, width - 2 * TOAST_PAD, text);
}

// Nothing is seen, and any press brings the picture back.
static void draw_black(const th_view *view) {
    const th_rect all = {0, 0, view->at->width, view->at->height};
    th_view_fill(view, all, 0, 0xFF000000);
    if (view->hits == NULL) return;
    view->hits->count = 0;
    view->hits->scrub = view->hits->overview = view->hits->speed = view->hits->stage = (th_rect){0};
    th_view_hit(view, all, TH_ACTION_BLACK, 0);
}

void th_view_presenting(const th_view *view) {
    const th_desk_presenting *presenting = &view->desk->presenting;
    const char *message = view->desk->message;
    const bool toast = presenting->toast != NULL && presenting->toast[0] != '\0';
    if (toast)
        draw_toast(view, presenting->toast, presenting->toast_bad);
    else if (message != NULL && message[0] != '\0')
        draw_toast(view, message, true);
    const th_point at = {presenting->x, presenting->y};
    if (presenting->glass) draw_glass(view, at);
    if (presenting->laser) draw_laser(view, at);
    if (presenting->black) draw_black(view);
}
