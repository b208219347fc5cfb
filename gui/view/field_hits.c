// What the mouse finds on the stage of a map.
#include "gui/view/frame.h"

static uint64_t clamp_index(double index, uint64_t count) {
    if (count == 0 || index < 0) return 0;
    return index >= (double)count ? count - 1 : (uint64_t)index;
}

static bool on_minimap(const th_hits_field *field, th_point point, int part, uint64_t *index) {
    const th_rect rect = field->minimap[part];
    if (!th_rect_contains(rect, point) || rect.h <= 0) return false;
    *index =
        clamp_index((double)(point.y - rect.y) / (double)rect.h * (double)field->base, field->base);
    return true;
}

static bool on_cells(const th_hits_field *field, th_point point, int part, uint64_t *index) {
    const th_rect rect = field->part[part];
    if (!th_rect_contains(rect, point) || field->cell_w <= 0 || field->cell_h <= 0) return false;
    const uint64_t column = (uint64_t)((point.x - rect.x) / field->cell_w);
    const uint64_t row = (uint64_t)((point.y - rect.y) / field->cell_h);
    if (column >= field->columns) return false;
    const uint64_t at = (row * field->columns + column) * field->per;
    *index = field->first + at;
    return at < field->count;
}

bool th_hits_bucket(const th_hits *hits, th_point point, uint64_t *index, uint64_t *address) {
    const th_hits_field *field = &hits->field;
    for (int part = 0; part < TH_PART_COUNT; part++) {
        if (!on_cells(field, point, part, index) && !on_minimap(field, point, part, index))
            continue;
        *address = field->address[part] + (field->shift[part] + *index) * field->bucket_bytes;
        return true;
    }
    return false;
}

int64_t th_hits_dragged(const th_hits *hits, th_point from, th_point to) {
    const th_hits_field *field = &hits->field;
    if (field->cell_w > 0 && field->cell_h > 0) {
        const int64_t columns = (int64_t)((from.x - to.x) / field->cell_w);
        const int64_t rows = (int64_t)((from.y - to.y) / field->cell_h);
        return (rows * (int64_t)field->columns + columns) * (int64_t)field->per;
    }
    return field->bucket_w > 0 ? (int64_t)((from.x - to.x) / field->bucket_w) : 0;
}
