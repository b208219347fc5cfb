// What the files that draw the timeline's lanes share. Private to gui/view/lanes*.c.
#ifndef TH_GUI_VIEW_LANES_H
#define TH_GUI_VIEW_LANES_H

#include "gui/view/timeline.h"

typedef struct th_lanes {
    const th_view *view;
    const th_scene_lanes *of;
    float x0, step_w;  // of the window's first step; of one step
    float right;       // where the lanes end
    float markers_y;   // middle of the row of marks
    float y0, lane_h;  // of the first lane
    float tick;        // side of a tick
    int count;
} th_lanes;

float th_lanes_step_x(const th_lanes *at, uint64_t step);
// Which lane is the goroutine's; -1: it has none.
int th_lanes_lane_of(const th_lanes *at, uint16_t g);
float th_lanes_lane_y(const th_lanes *at, uint16_t g);
bool th_lanes_has_lane(const th_lanes *at, uint16_t g);
// Whether the log, and so what the lanes stress, is about another goroutine alone.
bool th_lanes_is_dimmed(const th_lanes *at, uint16_t g);

// lanes_ticks.c: the steps of a short window.
void th_lanes_draw_tick(const th_lanes *at, const th_scene_tick *tick, float x, float y);
void th_lanes_draw_ticks(const th_lanes *at);

// lanes_columns.c: those of a long one.
void th_lanes_draw_columns(const th_lanes *at);

// lanes_marks.c: numbers and marks above the lanes.
void th_lanes_draw_marks(const th_lanes *at);

// lanes_branches.c: other futures below them.
void th_lanes_draw_branch_labels(const th_lanes *at);
void th_lanes_draw_branches(const th_lanes *at);

#endif
