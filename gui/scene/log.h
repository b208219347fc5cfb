// A row of the access log.
#ifndef TH_GUI_SCENE_LOG_H
#define TH_GUI_SCENE_LOG_H

#include "gui/scene/context.h"

// `after`: the world right after that step.
void th_scene_log_row_of(const th_scenario *scenario, const th_world *after, th_event event,
                         uint64_t step, th_scene_log_row *row);

// What the access of that step read or wrote, exactly: where its event keeps too little of it, the
// step is looked up in the timeline.
void th_scene_access_text(const th_scene_context *cx, uint64_t step, char *out, size_t size);

#endif
