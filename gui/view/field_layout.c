// Where the cells of a field are.
#include "gui/view/field.h"

#include <math.h>

static const float GAP = 10, TITLE_H = 30, INSET = 5;
static const float CELL_MIN = 7, CELL_MAX = 40, CELL_ASPECT = 1.25f;

static int parts_of(const th_scene_crowd *crowd) {
    int count = 0;
    for (int part = 0; part < TH_PART_COUNT; part++) count += crowd->part[part].count > 0;
    return count;
}

static void place_boxes(const th_scene_crowd *crowd, th_rect area, th_field_layout *out) {
    const int count = parts_of(crowd);
    if (count == 0) return;
    const float each = (area.h - GAP * (float)(count - 1)) / (float)count;
    float y = area.y;
    for (int part = 0; part < TH_PART_COUNT; part++) {
        out->box[part] = out->inner[part] = (th_rect){0};
        if (crowd->part[part].count == 0) continue;
        out->box[part] = (th_rect){area.x, y + TITLE_H, area.w, fmaxf(20, each - TITLE_H)};
        out->inner[part] = th_rect_inset(out->box[part], INSET);
        y += each + GAP;
    }
}

// The largest cells of which that many fit.
static bool fit_cells(th_rect room, uint32_t count, th_field_layout *out) {
    for (float w = CELL_MAX; w >= CELL_MIN; w -= 1) {
        const int columns = (int)(room.w / w), rows = (int)(room.h / (w * CELL_ASPECT));
        if (columns < 1 || (uint64_t)columns * (uint64_t)rows < count) continue;
        out->columns = columns;
        out->cell_w = room.w / (float)columns;
        const float used = ceilf((float)count / (float)columns);
        out->cell_h = fminf(room.h / used, out->cell_w * CELL_ASPECT * 1.2f);
        return true;
    }
    return false;
}

void th_field_arrange(const th_scene_crowd *crowd, th_rect area, th_field_layout *out) {
    *out = (th_field_layout){.columns = 1, .merge = 1, .cell_w = CELL_MIN, .cell_h = CELL_MIN};
    place_boxes(crowd, area, out);
    const th_scene_field *field = &crowd->part[TH_PART_X];
    if (field->shown == 0) return;
    while (!fit_cells(out->inner[TH_PART_X], (field->shown + out->merge - 1) / out->merge, out) &&
           out->merge < field->shown) {
        out->merge *= 2;
    }
    out->shown = (field->shown + out->merge - 1) / out->merge;
    out->per = (uint64_t)field->per * out->merge;
}

th_rect th_field_cell_rect(const th_field_layout *layout, const th_scene_crowd *crowd,
                           th_field_part part, uint64_t index) {
    if (layout->box[part].h <= 0 || layout->per == 0) return (th_rect){0};
    if (index < crowd->first || index >= crowd->first + crowd->count) return (th_rect){0};
    const uint64_t cell = (index - crowd->first) / layout->per;
    const uint64_t columns = (uint64_t)layout->columns;
    return (th_rect){layout->inner[part].x + (float)(cell % columns) * layout->cell_w,
                     layout->inner[part].y + (float)(cell / columns) * layout->cell_h,
                     layout->cell_w, layout->cell_h};
}
