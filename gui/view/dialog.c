#include "gui/view/dialog.h"

#include <math.h>

static const float MARGIN = 32, PAD = 44, HEAD_H = 104;

th_rect th_view_dialog(const th_view *view, th_extent screen, float width, float height,
                       th_action close) {
    const th_theme_colors *c = &view->theme->color;
    const th_rect all = {0, 0, screen.w, screen.h};
    // What lies beneath answers to nothing.
    if (view->hits != NULL) {
        view->hits->count = 0;
        view->hits->scrub = view->hits->overview = view->hits->speed = (th_rect){0};
    }
    th_view_fill(view, all, 0, th_color_alpha(c->bg, 0.82F));
    th_view_hit(view, all, close, 0);
    const float w = fminf(width, screen.w - 2 * MARGIN), h = fminf(height, screen.h - 2 * MARGIN);
    const th_rect box = {floorf((screen.w - w) / 2), floorf((screen.h - h) / 2), w, h};
    th_view_fill(view, box, view->theme->radius.dialog, c->panel);
    th_view_outline(view, box, view->theme->radius.dialog, c->line2, 2);
    th_view_hit(view, box, TH_ACTION_NONE, 0);
    return box;
}

float th_view_dialog_head(const th_view *view, th_rect box, const char *title, th_action close) {
    const th_theme_colors *c = &view->theme->color;
    th_view_text(view, th_type_ui(32, 800, c->text), box.x + PAD, box.y + 54, box.w - 3 * PAD,
                 title);
    th_view_round_button(view, box.x + box.w - PAD, box.y + 52, "×", false, close);
    return box.y + HEAD_H;
}

static void wrap(const th_view *view, th_type type, float width, float line, const char *text,
                 th_text_layout *layout) {
    th_text_wrap(view->fonts, th_type_style(view, type), roundf(th_px(view, line)),
                 th_px(view, width), text, layout);
}

float th_view_paragraph(const th_view *view, th_type type, float x, float y, float width,
                        float line, const char *text) {
    th_text_layout layout = {0};
    wrap(view, type, width, line, text, &layout);
    const th_point at = th_view_point_px(view, x, y);
    th_draw_layout(view->list, view->theme, &layout, roundf(at.x), roundf(at.y));
    const float height = line * (float)layout.line_count;
    th_text_layout_free(&layout);
    return height;
}

float th_view_paragraph_height(const th_view *view, th_type type, float width, float line,
                               const char *text) {
    th_text_layout layout = {0};
    wrap(view, type, width, line, text, &layout);
    const float height = line * (float)layout.line_count;
    th_text_layout_free(&layout);
    return height;
}

void th_view_round_button(const th_view *view, float x, float y, const char *sign, bool on,
                          th_action action) {
    const th_theme_colors *c = &view->theme->color;
    const th_rect rect = {x - 20, y - 20, 40, 40};
    if (on)
        th_view_fill(view, rect, 999, c->accent);
    else
        th_view_outline(view, rect, 999, c->line2, 1.5F);
    th_view_text(view, th_type_center(th_type_ui(21, 700, on ? c->on_accent : c->text)), x, y, 0,
                 sign);
    th_view_hit(view, rect, action, 0);
}

void th_view_hint(const th_view *view, th_rect rect, th_word word) {
    th_view_rest(view, rect, TH_ACTION_HINT, (uint64_t)word + 1);
}
