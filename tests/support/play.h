// Models and pictures for tests, from a scenario's text.
#ifndef TH_TESTS_SUPPORT_PLAY_H
#define TH_TESTS_SUPPORT_PLAY_H

#include "gui/app/model.h"
#include "gui/view/frame.h"

// Loads and plays it, by `schedule` (NULL: its own). Fails the test when it cannot.
void th_play_text(th_model *model, const char *lua, const char *schedule);
void th_play_file(th_model *model, const char *path);

// Two writers whose toggles cancel each other's, and who then fill one slot; ends in
// fatal error: concurrent map writes.
extern const char th_play_two_writers[];
extern const char th_play_two_writers_schedule[];
// One writer whose insert grows a map of two buckets.
extern const char th_play_growth[];

// The number of a step after `from` whose access has that name ("h.flags") and is a write or not;
// 0: none.
uint64_t th_play_find(th_model *model, uint64_t from, const char *name, bool write);

#endif
