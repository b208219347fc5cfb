// The lower part of the timeline. Private to gui/view.
#ifndef TH_GUI_VIEW_TIMELINE_H
#define TH_GUI_VIEW_TIMELINE_H

#include "gui/view/view.h"

// Marks, a lane for each goroutine, the branch's lane and the whole run in small.
void th_view_lanes(const th_view *view, th_rect area, float markers_height);

#endif
