/* A draw list as an SVG document: text stays text, and marks stay sharp at any size.
 *
 * The document looks as the raster's picture does, but for the reader's own smoothing and, where
 * the named fonts are missing, its own faces; each line of text keeps its length even then.
 */
#ifndef TH_GUI_DRAW_SVG_H
#define TH_GUI_DRAW_SVG_H

#include <stdio.h>

#include "gui/draw/draw.h"
#include "gui/draw/text.h"

/* Writes the list upon `background` as `width` by `height` pixels. The same list and fonts give the
 * same bytes. Errors of writing are the stream's: see ferror. */
void th_svg_write(FILE *out, const th_draw_list *list, th_fonts *fonts, int width, int height,
                  th_color background);

#endif
