// A step in a sentence: the same words on the screen, in `trace --format text` and for a screen
// reader.
#ifndef TH_GUI_VIEW_SAY_H
#define TH_GUI_VIEW_SAY_H

#include "gui/scene/scene.h"
#include "gui/view/words.h"

// With the marks of gui/draw/wrap.h.
void th_say_row(const th_scene_log_row *row, th_lang lang, char *out, size_t size);

#endif
