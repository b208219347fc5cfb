/* One sheet with every mark that views draw, in the manner of the stage: for eyes, for the golden
 * test and for timing. */
#ifndef TH_TESTS_DRAW_SPECIMEN_H
#define TH_TESTS_DRAW_SPECIMEN_H

#include "gui/draw/draw.h"
#include "gui/draw/text.h"
#include "gui/draw/theme.h"

enum { TH_SPECIMEN_WIDTH = 1920, TH_SPECIMEN_HEIGHT = 1080 };

/* Appends the sheet. `step` moves the playhead, the step counter, a pulse and a log row. */
void th_specimen_build(th_draw_list *list, const th_theme *theme, th_fonts *fonts, int step);

#endif
