// What Go prints of the goroutines when a program dies, in lines: the one that failed first, then
// all others that still live. Files and lines are the scenario's own.
#ifndef TH_GUI_SCENE_DUMP_H
#define TH_GUI_SCENE_DUMP_H

#include "gui/scene/scene.h"

// "fatal error: concurrent map writes", "panic: ...": what the dump starts with. Empty for a run
// that has not died.
void th_dump_title(const th_world *world, char *title, size_t size);

// Writes at most `max` lines and returns how many there are in all.
int th_dump_lines(const th_scenario *scenario, const th_world *world, th_scene_dump_line *lines,
                  int max);

#endif
