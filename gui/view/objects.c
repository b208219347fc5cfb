// Variables, locks and channels of the scenario: a row of chips at the foot of the stage.
#include "gui/view/stage.h"

#include <math.h>
#include <stdio.h>

static const float CHIP_H = 36, GAP = 10;

static void chip_name(const th_scene_object *object, const th_scene_object_cell *cell, char *out,
                      size_t size) {
    if (cell->label[0] == 0) {
        snprintf(out, size, "%s", object->name);
    } else if (cell->count > 1) {
        snprintf(out, size, "%.30s.%.24s[%u]", object->name, cell->label, (unsigned)cell->index);
    } else {
        snprintf(out, size, "%.30s.%.24s", object->name, cell->label);
    }
}

static void draw_chip(const th_view *view, const char *name, const th_scene_cell *cell,
                      th_rect rect, float name_w) {
    const th_theme_colors *c = &view->theme->color;
    const float y = rect.y + rect.h / 2, radius = view->theme->radius.button;
    if (cell->collision >= 0 && view->scene->collisions[cell->collision].burst > 0) {
        const th_rect px = th_view_rect_px(view, rect);
        th_icon_burst(view->list, view->theme, px.x + px.w / 2, px.y + px.h / 2, px.w, px.h,
                      view->scene->collisions[cell->collision].burst);
    }
    th_view_fill(view, rect, radius, c->panel);
    th_view_outline(view, rect, radius, c->line2, 1.5f);
    const uint16_t g = cell->writer != 0 ? cell->writer : cell->reader;
    if (g != 0) {
        const th_goroutine_style style = th_view_goroutine(view, g);
        th_view_fill(view, rect, radius, style.wash);
        th_view_outline(view, rect, radius, style.fill, g == view->g ? 3 : 2);
    }
    th_view_text(view, th_type_mono(17, 700, c->text), rect.x + 14, y, 0, name);
    th_view_text(view, th_type_mono(17, 600, c->dim), rect.x + name_w + 28, y, rect.w - name_w - 40,
                 cell->swapped ? cell->text : cell->old_text);
    th_view_hit(view, rect, TH_ACTION_FILTER, cell->address);
    th_view_hover(view, rect, cell->address);
}

static const float QUEUE_MAX_W = 130;  // of a chip, for who waits there

// The chip's width; one that would reach beyond `right` is not drawn.
static float draw_object(const th_view *view, const th_scene_object *object,
                         const th_scene_object_cell *cell, float x, float y, float right) {
    const th_theme_colors *c = &view->theme->color;
    char name[64];
    chip_name(object, cell, name, sizeof(name));
    const float name_w = th_view_text_width(view, th_type_mono(17, 700, c->text), name);
    const float text_w = th_view_text_width(view, th_type_mono(17, 600, c->dim), cell->cell.text);
    const float queue =
        object->waiter_count > 0 ? fminf(QUEUE_MAX_W, 36.0f * (float)object->waiter_count) : 0;
    const float width = name_w + text_w + 42 + queue;
    if (x + width > right) return width;
    draw_chip(view, name, &cell->cell, (th_rect){x, y, width, CHIP_H}, name_w);
    if (queue > 0) {
        const float from = x + name_w + text_w + 38;
        th_view_waiters(view, object, from, y + CHIP_H / 2, x + width);
    }
    return width;
}

void th_view_objects(const th_view *view, th_rect area) {
    const th_scene *scene = view->scene;
    const float right = area.x + area.w;
    float x = area.x;
    int hidden = 0;
    for (int i = 0; i < scene->object_count; i++) {
        const th_scene_object *object = &scene->objects[i];
        // Of a channel its state, which counts what it holds.
        const int end = object->first + (object->has_queue ? 1 : object->count);
        for (int k = object->first; k < end; k++) {
            const float room = right - 90;
            const float width =
                hidden > 0 ? area.w
                           : draw_object(view, object, &scene->cells[k], x, area.y + 4, room);
            hidden += x + width > room;
            if (hidden == 0) x += width + GAP;
        }
    }
    if (hidden == 0) return;
    th_view_wordf(view, th_type_ui(16, 600, view->theme->color.dim), x + 4, area.y + 4 + CHIP_H / 2,
                  0, TH_WORD_MORE, hidden);
}

float th_view_buffers(const th_view *view, th_rect area) {
    const th_scene *scene = view->scene;
    const th_theme_colors *c = &view->theme->color;
    if (scene->memory_model == TH_MODEL_SC) return 0;
    const float h = 52, y = area.y + area.h - h / 2;
    const float label = th_view_text(view, th_type_ui(16, 700, c->faint), area.x, y, 0,
                                     th_view_word(view, TH_WORD_STORE_BUFFERS));
    float x = area.x + label + 20;
    if (scene->buffered_count == 0) {
        th_view_text(view, th_type_ui(17, 500, c->faint), x, y, 0,
                     th_view_word(view, TH_WORD_BUFFERS_EMPTY));
    }
    for (int i = 0; i < scene->buffered_count; i++) {
        const th_scene_buffered *store = &scene->buffered[i];
        const th_goroutine_style style = th_view_goroutine(view, store->g);
        char text[80];
        snprintf(text, sizeof(text), "%s ← %s", store->name, store->value);
        const th_type type = th_type_mono(17, 700, style.ink);
        const float width = th_view_text_width(view, type, text) + 56;
        const bool last = i + 1 == scene->buffered_count;
        if (x + width > area.x + area.w - (last ? 0 : 80)) {
            th_view_wordf(view, th_type_ui(16, 600, c->dim), x + 4, y, 0, TH_WORD_MORE,
                          scene->buffered_count - i);
            break;
        }
        const th_rect chip = {x, y - CHIP_H / 2, width, CHIP_H};
        th_view_fill(view, chip, view->theme->radius.button, style.wash);
        th_view_dashed(view, chip, view->theme->radius.button, style.fill, 2, 6, 4);
        th_view_badge(view, store->g, x + 20, y, 11);
        th_view_hit(view, chip, TH_ACTION_DRAIN, store->g);
        th_view_text(view, type, x + 40, y, 0, text);
        x += width + GAP;
    }
    return h;
}
