// Variables, locks and channels of the scenario: a row of chips at the foot of the stage.
#include "gui/view/stage.h"

#include <math.h>

static const float CHIP_H = 36, GAP = 10;

static float chip_width(const th_view *view, const th_scene_object *object) {
    const th_theme_colors *c = &view->theme->color;
    return th_view_text_width(view, th_type_mono(17, 700, c->text), object->name) +
           th_view_text_width(view, th_type_mono(17, 600, c->text), object->cell.text) + 42;
}

static void draw_chip(const th_view *view, const th_scene_object *object, th_rect rect) {
    const th_theme_colors *c = &view->theme->color;
    const th_scene_cell *cell = &object->cell;
    const float y = rect.y + rect.h / 2, radius = view->theme->radius.button;
    th_view_fill(view, rect, radius, c->panel);
    th_view_outline(view, rect, radius, c->line2, 1.5f);
    const uint16_t g = cell->writer != 0 ? cell->writer : cell->reader;
    if (g != 0) {
        const th_goroutine_style style = th_view_goroutine(view, g);
        th_view_fill(view, rect, radius, style.wash);
        th_view_outline(view, rect, radius, style.fill, g == view->g ? 3 : 2);
    }
    const float width = th_view_text(view, th_type_mono(17, 700, c->text), rect.x + 14, y, 0,
                                     object->name);
    th_view_text(view, th_type_mono(17, 600, c->dim), rect.x + width + 28, y,
                 rect.w - width - 40, cell->swapped ? cell->text : cell->old_text);
    th_view_hit(view, rect, TH_ACTION_FILTER, cell->address);
    th_view_hover(view, rect, cell->address);
}

void th_view_objects(const th_view *view, th_rect area) {
    const th_scene *scene = view->scene;
    float x = area.x;
    for (int i = 0; i < scene->object_count; i++) {
        const float width = chip_width(view, &scene->objects[i]);
        if (x + width > area.x + area.w) return;
        draw_chip(view, &scene->objects[i], (th_rect){x, area.y + 4, width, CHIP_H});
        x += width + GAP;
    }
}
