// The lower part of the timeline. Private to gui/view.
#ifndef TH_GUI_VIEW_TIMELINE_H
#define TH_GUI_VIEW_TIMELINE_H

#include "gui/view/view.h"

// Who a lane is of: at the left of the timeline, around y, `width` wide.
void th_view_lane_label(const th_view *view, uint16_t g, float y, float lane_h, float width);

// What each operation took, in place of the lanes' ticks.
void th_view_bars(const th_view *view, th_rect area, float markers_height);

// Marks, a lane for each goroutine, the branch's lane and the whole run in small.
void th_view_lanes(const th_view *view, th_rect area, float markers_height);

#endif
