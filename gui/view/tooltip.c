// What lies under the mouse: its name and address, its value, the last two accesses.
#include "gui/view/dialog.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>

static const float PAD = 14, LINE_H = 28, MARGIN = 8;

// The place on the screen that asks for that while the mouse rests there, in units; false: none.
static bool find_place(const th_view *view, th_action action, uint64_t argument, th_rect *out) {
    for (int i = view->hits->count; i-- > 0;) {
        const th_hit *hit = &view->hits->items[i];
        if (!hit->hover || hit->action != action || hit->argument != argument) continue;
        const float s = view->scale;
        *out = (th_rect){hit->rect.x / s, hit->rect.y / s, hit->rect.w / s, hit->rect.h / s};
        return true;
    }
    return false;
}

static void draw_access(const th_view *view, const th_scene_racer *access, th_rect box, float y) {
    const th_theme_colors *c = &view->theme->color;
    th_view_badge(view, access->g, box.x + PAD + 9, y, 9);
    const th_point at = th_view_point_px(view, box.x + PAD + 34, y);
    th_icon_access(view->list, view->theme, access->g - 1, access->write, at.x, at.y,
                   19 * view->scale);
    char step[24];
    snprintf(step, sizeof(step), "%" PRIu64, access->step);
    const float width = th_view_wordf(view, th_type_right(th_type_ui(15, 500, c->dim)),
                                      box.x + box.w - PAD, y, 0, TH_WORD_AT_STEP, step);
    th_view_textf(view, th_type_mono(16, 600, c->text), box.x + PAD + 52, y,
                  box.w - 2 * PAD - 60 - width, "%s %s", access->write ? "←" : "=", access->value);
}

// Below the place, or above it where the screen ends; wholly on the screen.
static th_rect box_at(const th_view *view, th_rect place, float width, float height) {
    th_rect box = {place.x + (place.w - width) / 2, place.y + place.h + MARGIN, width, height};
    if (box.y + box.h > view->at->height - MARGIN) box.y = place.y - MARGIN - box.h;
    box.x = fminf(fmaxf(box.x, MARGIN), view->at->width - box.w - MARGIN);
    return box;
}

static void draw_ground(const th_view *view, th_rect box) {
    const th_theme_colors *c = &view->theme->color;
    th_view_fill(view, box, view->theme->radius.button, c->raised2);
    th_view_outline(view, box, view->theme->radius.button, c->line2, 1.5f);
}

static void draw_hint(const th_view *view) {
    th_rect place;
    const th_word word = (th_word)(view->desk->hint - 1);
    if (!find_place(view, TH_ACTION_HINT, view->desk->hint, &place)) return;
    const th_type type = th_type_ui(18, 500, view->theme->color.text);
    const float width = 420, line = 26;
    const char *text = th_view_word(view, word);
    const float height = th_view_paragraph_height(view, type, width - 2 * PAD, line, text);
    const th_rect box = box_at(view, place, width, height + 2 * PAD);
    draw_ground(view, box);
    th_view_paragraph(view, type, box.x + PAD, box.y + PAD, width - 2 * PAD, line, text);
}

// What the step did that the mouse rests on in the timeline, above the lanes.
static void draw_glance(const th_view *view) {
    const th_scene_glance *glance = &view->scene->glance;
    const th_theme_colors *c = &view->theme->color;
    const th_rect lanes = view->hits->scrub;
    const double steps = (double)(view->hits->scrub_last - view->hits->scrub_first) + 1;
    const double part = ((double)glance->step - (double)view->hits->scrub_first + 0.5) / steps;
    if (lanes.w <= 0) return;
    const float inside = fminf(fmaxf((float)part, 0), 1);
    const float width = 320, height = 40, x = (lanes.x + lanes.w * inside) / view->scale;
    th_rect box = {x - width / 2, lanes.y / view->scale - height - 4, width, height};
    box.x = fminf(fmaxf(box.x, MARGIN), view->at->width - width - MARGIN);
    draw_ground(view, box);
    const th_scene_log_row *row = &glance->row;
    const float y = box.y + height / 2;
    char step[32];
    th_view_number(glance->step, step, sizeof(step));
    float left = box.x + PAD;
    left += th_view_text(view, th_type_mono(16, 700, c->text), left, y, 0, step) + 18;
    th_view_badge(view, row->g, left, y, 9);
    const float value = th_view_textf(
        view, th_type_right(th_type_mono(16, 600, row->race ? c->alert : c->text)),
        box.x + width - PAD, y, width / 2, "%s%s", row->write ? "← " : "= ", row->value);
    th_view_text(view, th_type_mono(16, 600, c->text), left + 18, y,
                 box.x + width - PAD - value - left - 26, row->name);
}

// Over the field of buckets, and over its mini-map, the lens tells what lies there; a tip would
// hide it.
static bool is_over_field(const th_view *view) {
    const th_desk_presenting *mouse = &view->desk->presenting;
    uint64_t index, address;
    return mouse->has_point && view->hits != NULL &&
           th_hits_bucket(view->hits, (th_point){mouse->x, mouse->y}, &index, &address);
}

void th_view_tooltip(const th_view *view) {
    // Who points at something with the laser wants it seen.
    if (view->desk->presenting.laser) return;
    if (view->desk->hint != 0) draw_hint(view);
    if (view->scene->glance.present) draw_glance(view);
    const th_theme_colors *c = &view->theme->color;
    const th_scene_hover *hover = &view->scene->hover;
    th_rect place;
    if (!hover->present || is_over_field(view)) return;
    if (!find_place(view, TH_ACTION_HOVER, hover->address, &place)) return;
    const int accesses = (hover->last[0].step > 0) + (hover->last[1].step > 0);
    const bool live = view->desk->live;
    const th_rect box =
        box_at(view, place, live ? 320 : 280, 2 * PAD + LINE_H * (float)(2 + accesses + live) - 8);
    draw_ground(view, box);
    float y = box.y + PAD + 10;
    const float value = th_view_text(view, th_type_right(th_type_mono(17, 700, c->text)),
                                     box.x + box.w - PAD, y, 120, hover->value);
    th_view_text(view, th_type_mono(17, 700, c->text), box.x + PAD, y, box.w - 2 * PAD - value - 10,
                 hover->name);
    y += LINE_H;
    th_view_textf(view, th_type_mono(15, 500, c->dim), box.x + PAD, y, 0, "0x%" PRIx64,
                  hover->address);
    for (int i = 0; i < accesses; i++) {
        y += LINE_H;
        draw_access(view, &hover->last[i], box, y);
    }
    if (!live) return;
    th_view_text_shrunk(view, th_type_ui(14, 500, c->faint), 12, box.x + PAD, y + LINE_H,
                        box.w - 2 * PAD, th_view_word(view, TH_WORD_CELL_CLICKS));
}
