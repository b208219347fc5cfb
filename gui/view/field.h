// The field of a map with many buckets: where its cells are, and the panels beside it. Private to
// gui/view.
#ifndef TH_GUI_VIEW_FIELD_H
#define TH_GUI_VIEW_FIELD_H

#include "gui/view/view.h"

// The parts have the same number of cells, so one arrangement serves all of them.
typedef struct th_field_layout {
    th_rect box[TH_PART_COUNT];    // of each part's frame, empty where there is none
    th_rect inner[TH_PART_COUNT];  // of its cells
    int columns;
    float cell_w, cell_h;
    uint32_t merge;  // cells of the scene in one that is drawn
    uint32_t shown;  // cells drawn in a part
    uint64_t per;    // buckets in one of them
} th_field_layout;

void th_field_arrange(const th_scene_crowd *crowd, th_rect area, th_field_layout *out);

// The cell of the bucket with that index; empty where it is outside the window.
th_rect th_field_cell_rect(const th_field_layout *layout, const th_scene_crowd *crowd,
                           th_field_part part, uint64_t index);

// One cell: height and shade by the mean of its buckets, a notch where they overflow.
void th_view_field_cell(const th_view *view, th_rect rect, th_field_cell cell, th_color ground);

// The panels that a field has beside it: each does nothing where the arrangement leaves it no room.
void th_view_lens(const th_view *view);
void th_view_minimap(const th_view *view);
void th_view_histograms(const th_view *view);
void th_view_growth(const th_view *view);

#endif
