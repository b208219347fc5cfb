// A cell of memory and what happens to it.
#include "gui/view/stage.h"

#include <math.h>
#include <string.h>

// Text in the middle, in the largest size up to `size` in which it fits.
static void draw_fitted(const th_view *view, th_rect rect, th_type type, const char *text) {
    const float room = rect.w - 6;
    float width = th_view_text_width(view, type, text);
    while (width > room && type.size > 11) {
        type.size = fmaxf(11, type.size * fmaxf(0.8f, room / width));
        width = th_view_text_width(view, type, text);
    }
    th_view_text(view, th_type_center(type), rect.x + rect.w / 2, rect.y + rect.h / 2, room, text);
}

// X to the left or Y to the right, with the arrow that says so.
static void draw_moved(const th_view *view, th_rect rect, bool y_half, float size, th_color ink) {
    const float x = rect.x + rect.w / 2, y = rect.y + rect.h / 2;
    th_view_text(view, th_type_center(th_type_mono(size, 700, ink)), x, y, 0, y_half ? "Y" : "X");
    const float away = fminf(rect.w * 0.34f, size * 1.45f);
    if (away < size * 0.7f) return;
    const th_point at = th_view_point_px(view, x + (y_half ? away : -away), y);
    th_icon_caret(view->list, at.x, at.y, size * 0.5f * view->scale, !y_half, ink);
}

static void draw_face(const th_view *view, th_rect rect, uint8_t face, const char *text, float size,
                      th_color ink, int weight) {
    const th_theme_colors *c = &view->theme->color;
    const th_point at = th_view_point_px(view, rect.x + rect.w / 2, rect.y + rect.h / 2);
    const float s = view->scale;
    const float r = fminf(5, fminf(rect.h, rect.w) * 0.22f) * s;
    const th_color sign = ink == c->text ? c->faint : ink;
    const th_color moved = ink == c->text ? c->dim : ink;
    switch (face) {
    case TH_FACE_EMPTY_REST:
        th_draw_circle(view->list, at, fminf(2.6f * s, r), th_paint_solid(sign));
        break;
    case TH_FACE_EMPTY_ONE:
        th_draw_ring(view->list, at, r, th_stroke_solid(sign, fmaxf(1, 1.6f * s)));
        break;
    case TH_FACE_EVACUATED_EMPTY: {
        th_draw_ring(view->list, at, r * 1.15f, th_stroke_solid(sign, fmaxf(1, 1.6f * s)));
        const float d = r * 1.35f;
        th_draw_line(view->list, (th_point){at.x - d * 0.75f, at.y + d},
                     (th_point){at.x + d * 0.75f, at.y - d},
                     th_stroke_solid(sign, fmaxf(1, 1.6f * s)));
        break;
    }
    case TH_FACE_EVACUATED_X: draw_moved(view, rect, false, size, moved); break;
    case TH_FACE_EVACUATED_Y: draw_moved(view, rect, true, size, moved); break;
    case TH_FACE_BLANK: break;
    case TH_FACE_GHOST: draw_fitted(view, rect, th_type_mono(size, 500, c->ghost), text); break;
    default: draw_fitted(view, rect, th_type_mono(size, weight, ink), text); break;
    }
}

static bool is_filled(uint8_t face) { return face == TH_FACE_VALUE || face == TH_FACE_TOP; }

static void draw_ground(const th_view *view, th_rect rect, uint8_t face, th_color ground) {
    const th_theme_colors *c = &view->theme->color;
    const float radius = fminf(view->theme->radius.cell, rect.h * 0.25f);
    if (is_filled(face)) {
        th_view_fill(view, rect, radius, ground);
        th_view_outline(view, rect, radius, c->line, 1);
        return;
    }
    th_view_fill(view, rect, radius, c->cell_empty);
    if (view->theme->name == TH_THEME_LIGHT) th_view_outline(view, rect, radius, c->line, 1);
}

static void draw_trails(const th_view *view, th_rect rect, const th_scene_cell *cell) {
    const float radius = fminf(view->theme->radius.cell, rect.h * 0.25f);
    if (cell->write_trail != 0) {
        const th_goroutine_style style = th_view_goroutine(view, cell->write_trail);
        th_view_fill(view, rect, radius, th_color_alpha(style.wash, cell->write_alpha));
        th_view_outline(view, rect, radius,
                        th_color_alpha(style.fill, 0.35f + 0.65f * cell->write_alpha), 2);
    } else if (cell->read_trail != 0 && cell->reader == 0) {
        const th_goroutine_style style = th_view_goroutine(view, cell->read_trail);
        th_view_dashed(view, th_rect_inset(rect, 1), radius,
                       th_color_alpha(style.fill, 0.3f + 0.7f * cell->read_alpha), 2, 5, 4);
    }
}

// The pulse of the access that is shown: a hollow ring, or a fill from the left.
static void draw_read(const th_view *view, th_rect rect, const th_scene_cell *cell, bool current) {
    const th_goroutine_style style = th_view_goroutine(view, cell->reader);
    const float radius = fminf(view->theme->radius.cell, rect.h * 0.25f);
    const float in = cell->reader_in;
    const float width = current ? fminf(view->theme->stroke.read_ring, rect.h * 0.12f) : 2;
    th_view_fill(view, rect, radius, th_color_alpha(style.wash, (current ? 0.9f : 0.45f) * in));
    const float out = (1 - in) * 10;
    th_view_outline(view, th_rect_inset(rect, -out), radius + out, th_color_alpha(style.fill, in),
                    fmaxf(1.5f, width));
}

static void draw_write(const th_view *view, th_rect rect, const th_scene_cell *cell) {
    const th_goroutine_style style = th_view_goroutine(view, cell->writer);
    const float radius = fminf(view->theme->radius.cell, rect.h * 0.25f);
    th_view_glow(view, rect, radius, th_color_alpha(style.fill, cell->writer_in),
                 view->theme->glow.write);
    th_view_clip(view, (th_rect){rect.x, rect.y, rect.w * cell->writer_in, rect.h});
    th_view_paint(view, rect, radius, th_theme_fill(style, 8));
    th_view_unclip(view);
}

void th_view_cell(const th_view *view, th_rect rect, const th_scene_cell *cell, float size,
                  th_color ground) {
    const th_theme_colors *c = &view->theme->color;
    const uint8_t face = cell->swapped ? cell->face : cell->before;
    draw_ground(view, rect, face, ground);
    draw_trails(view, rect, cell);
    const bool writes_now = cell->writer != 0 && cell->writer == view->g;
    th_color ink = c->text;
    int weight = 600;
    if (cell->writer != 0 && !writes_now) {
        const th_goroutine_style style = th_view_goroutine(view, cell->writer);
        const float radius = fminf(view->theme->radius.cell, rect.h * 0.25f);
        th_view_fill(view, rect, radius, style.wash);
        th_view_outline(view, rect, radius, style.fill, 2);
        ink = style.ink;
    }
    if (cell->pending != 0) {
        const th_goroutine_style style = th_view_goroutine(view, cell->pending);
        th_view_dashed(view, th_rect_inset(rect, -2), view->theme->radius.cell, style.fill, 3, 7,
                       5);
    }
    if (cell->reader != 0) {
        draw_read(view, rect, cell, cell->reader == view->g);
    }
    if (writes_now) {
        draw_write(view, rect, cell);
        if (cell->writer_in > 0.5f) ink = th_view_goroutine(view, cell->writer).on;
        weight = 700;
    }
    const char *text = cell->swapped ? cell->text : cell->old_text;
    const bool marked = cell->writer != 0 || cell->reader != 0;
    // What is read or written is shown, even where the slot counts as empty.
    const bool hidden = face == TH_FACE_GHOST || face == TH_FACE_BLANK;
    const uint8_t shown = marked && hidden ? (uint8_t)TH_FACE_VALUE : face;
    draw_face(view, rect, shown, text, size, ink, weight);
    if (cell->address == view->scene->filter && view->scene->filter != 0) {
        th_view_outline(view, th_rect_inset(rect, -3), view->theme->radius.cell + 3, c->accent, 3);
    }
    th_view_hit(view, rect, TH_ACTION_FILTER, cell->address);
    th_view_hover(view, rect, cell->address);
}

// Two writers: each half its own. A reader and a writer: the ring inside the fill.
void th_view_collision(const th_view *view, th_rect rect, const th_scene_cell *cell, float size) {
    if (cell->collision < 0) return;
    const th_scene_collision *collision = &view->scene->collisions[cell->collision];
    const th_rect px = th_view_rect_px(view, th_rect_inset(rect, -3));
    if (collision->burst > 0) {
        th_icon_burst(view->list, view->theme, px.x + px.w / 2, px.y + px.h / 2, px.w, px.h,
                      collision->burst);
    }
    if (collision->first_write && collision->second_write) {
        th_icon_crack(view->list, view->theme, collision->first_g - 1, collision->second_g - 1, px,
                      collision->crack);
        const float half = rect.w / 2;
        const th_rect left = {rect.x, rect.y, half - 2, rect.h};
        const th_rect right = {rect.x + half + 2, rect.y, half - 2, rect.h};
        const th_color on = th_view_goroutine(view, collision->first_g).on;
        draw_fitted(view, left, th_type_mono(size, 700, th_color_alpha(on, 0.75f)),
                    collision->first_text);
        const float y = rect.y + rect.h / 2;
        th_view_line(view, left.x + left.w * 0.25f, y, left.x + left.w * 0.78f, y, on, 2.5f);
        draw_fitted(view, right,
                    th_type_mono(size, 800, th_view_goroutine(view, collision->second_g).on),
                    collision->second_text);
        return;
    }
    const uint16_t reader = collision->first_write ? collision->second_g : collision->first_g;
    const uint16_t writer = collision->first_write ? collision->first_g : collision->second_g;
    th_icon_ring_cell(view->list, view->theme, reader - 1, writer - 1, px);
    const char *text = cell->swapped ? cell->text : cell->old_text;
    draw_face(view, rect, cell->swapped ? cell->face : cell->before, text, size,
              th_view_goroutine(view, writer).on, 800);
}
