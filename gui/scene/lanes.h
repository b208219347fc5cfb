// What the files of the timeline's lanes share. Private to gui/scene/lanes*.c.
#ifndef TH_GUI_SCENE_LANES_H
#define TH_GUI_SCENE_LANES_H

#include "gui/scene/context.h"

// More steps than that lie too dense for a tick each: columns are shown.
enum { TH_LANES_TICKS_MAX = 240 };

int th_lanes_build_ticks(const th_scene_context *cx, th_branch_id branch, uint64_t first,
                         uint64_t last, th_scene_tick *ticks);
th_verdict th_lanes_verdict(th_outcome outcome, bool raced);

// lanes_dense.c: columns in place of ticks, and which goroutines have a lane of them.
void th_lanes_build_columns(const th_scene_context *cx, th_scene_lanes *lanes);
// As many marks as find room, of those that lie together the weightiest.
void th_lanes_build_sparse_markers(const th_scene_context *cx, th_scene_lanes *lanes);

// lanes_branch.c: the lanes of other futures.
void th_lanes_build_branches(const th_scene_context *cx, th_scene_lanes *lanes);

#endif
