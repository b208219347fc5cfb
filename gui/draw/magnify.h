/* A part of the picture drawn once more, larger: what a reading glass shows.
 *
 * It is a transformation of the draw list and not of pixels, so edges and letters stay sharp and an
 * equal list gives an equal picture.
 */
#ifndef TH_GUI_DRAW_MAGNIFY_H
#define TH_GUI_DRAW_MAGNIFY_H

#include "gui/draw/draw.h"

/* Appends everything that the list holds once more inside `into` (pixels), `factor` (at least 1)
 * times as large, with the point `at` in the middle of it. The ground inside is `background`. */
void th_draw_magnify(th_draw_list *list, th_rect into, th_point at, float factor,
                     th_color background);

#endif
