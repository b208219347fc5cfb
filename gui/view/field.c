// Arrays too long for details: a cell for each bucket, higher and lighter the more it holds.
#include "gui/view/stage.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>

static void draw_cell(const th_view *view, th_rect rect, uint8_t live) {
    const th_theme_colors *c = &view->theme->color;
    const int count = live & 15;
    if (live & (1 << 5) || count == 0) {
        th_view_fill(view, (th_rect){rect.x + rect.w * 0.4f, rect.y + rect.h * 0.4f, 1.5f, 1.5f}, 0,
                     c->line2);
        return;
    }
    const float h = fmaxf(2, (rect.h - 2) * (float)count / 8);
    th_view_fill(
        view, (th_rect){rect.x, rect.y + rect.h - 1 - h, rect.w - 1, h}, 1,
        c->occupancy[count < TH_THEME_OCCUPANCY_COUNT ? count : TH_THEME_OCCUPANCY_COUNT - 1]);
    if (live & (1 << 4)) {
        th_view_fill(view, (th_rect){rect.x + rect.w * 0.3f, rect.y, rect.w * 0.4f, 2}, 0, c->text);
    }
}

// Columns and cell size that fill the area with that many cells of 8 by 10, larger for few.
static float cell_size(th_rect area, uint32_t count, int *columns) {
    float size = 40;
    for (; size > 4; size -= 1) {
        *columns = (int)(area.w / size);
        const int rows = (int)(area.h / (size * 1.25f));
        if (*columns * rows >= (int)count) break;
    }
    return size;
}

static void draw_field(const th_view *view, const th_scene_field *field, th_rect area,
                       const char *title, int mark) {
    const th_theme_colors *c = &view->theme->color;
    if (field->shown == 0) return;
    char number[32];
    th_view_number(field->count, number, sizeof(number));
    const float width =
        th_view_text(view, th_type_ui(20, 700, c->text), area.x, area.y + 14, 0, title);
    th_view_wordf(view, th_type_ui(17, 500, c->dim), area.x + width + 14, area.y + 14, 0,
                  TH_WORD_FIELD_NOW, number);
    const th_rect box = {area.x, area.y + 30, area.w, area.h - 34};
    th_view_fill(view, box, 6, c->panel);
    th_view_outline(view, box, 6, c->line, 1);
    const th_rect inner = th_rect_inset(box, 5);
    int columns;
    const float size = cell_size(inner, field->shown, &columns);
    for (uint32_t i = 0; i < field->shown; i++) {
        const float x = inner.x + (float)(i % (uint32_t)columns) * size;
        const float y = inner.y + (float)(i / (uint32_t)columns) * size * 1.25f;
        if (y + size > inner.y + inner.h) break;
        const th_rect cell = {x, y, size, size * 1.25f};
        draw_cell(view, cell, field->live[i]);
        if ((int)i == mark) th_view_outline(view, th_rect_inset(cell, -3), 3, c->accent, 2.5f);
    }
}

void th_view_fields(const th_view *view, th_rect area) {
    const th_scene_map *map = &view->scene->map;
    const int head = map->now.head;
    const th_scene_place *place = head >= 0 ? &map->now.items[head] : NULL;
    const int old_mark = place != NULL && place->role == TH_BUCKET_OLD ? (int)place->index : -1;
    const int mark = place != NULL && place->role == TH_BUCKET_CURRENT ? (int)place->index : -1;
    const bool old = map->old.shown > 0;
    const float gap = 12;
    const float part = old ? floorf((area.h - gap) * 0.36f) : 0;
    if (old) {
        draw_field(view, &map->old, (th_rect){area.x, area.y, area.w, part}, "oldbuckets",
                   old_mark);
    }
    const float y = old ? area.y + part + gap : area.y;
    draw_field(view, &map->current, (th_rect){area.x, y, area.w, area.y + area.h - y}, "buckets",
               mark);
}
