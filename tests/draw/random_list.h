/* Random draw lists, for properties of the raster. */
#ifndef TH_TESTS_DRAW_RANDOM_LIST_H
#define TH_TESTS_DRAW_RANDOM_LIST_H

#include "gui/draw/draw.h"
#include "sim/base/rng.h"

/* Appends one random mark somewhere on or near a picture of that size, perhaps under a clip and
 * a fade. */
void th_random_mark(th_draw_list *list, th_rng *rng, int width, int height);

#endif
