// The ring around what is in focus, drawn over a finished picture.
#ifndef TH_GUI_VIEW_FOCUS_H
#define TH_GUI_VIEW_FOCUS_H

#include "gui/draw/draw.h"
#include "gui/draw/theme.h"

// `rect`: the place, in pixels; `width` and `height`: of the picture, which the ring does not
// leave.
void th_view_focus(th_draw_list *list, const th_theme *theme, th_rect rect, int width, int height);

#endif
