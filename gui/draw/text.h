/* Fonts and one-line text: finding faces, measuring, shortening.
 *
 *     th_fonts *fonts = th_fonts_open(error, sizeof error);
 *     if (fonts == NULL) { fprintf(stderr, "tophash: %s\n", error); return 1; }
 *     float w = th_text_width(fonts, style, "bucket 2", SIZE_MAX);
 *     th_fonts_close(fonts);
 *
 * Faces are found with fontconfig: Inter for TH_FONT_UI, JetBrains Mono for TH_FONT_MONO, Noto
 * Sans CJK SC for TH_FONT_CJK, and DejaVu Sans (or what fontconfig holds to be nearest) where one
 * is missing. A character that a face lacks is taken from the CJK face, then from DejaVu Sans.
 * Shapes are rendered once and kept, least recently used ones dropped first, so measuring and
 * drawing the same strings every frame is cheap.
 *
 * One th_fonts belongs to one thread; several threads may each have their own.
 */
#ifndef TH_GUI_DRAW_TEXT_H
#define TH_GUI_DRAW_TEXT_H

#include "gui/draw/draw.h"

typedef struct th_fonts th_fonts;

/* All in whole pixels, of the style's primary face; height is the face's own line height. */
typedef struct th_text_metrics {
    float ascent, descent, height, cap_height;
} th_text_metrics;

/* Opens the fonts. On failure NULL, and one line in `error` that says what is missing. */
th_fonts *th_fonts_open(char *error, size_t error_size);
void th_fonts_close(th_fonts *fonts);

/* Whether any of the faces has that character; without one it shows as an empty box. */
bool th_fonts_have(th_fonts *fonts, uint32_t character);

/* What to say where Chinese is asked for and th_fonts_have has none of it, in characters that can
 * be read all the same. */
#define TH_FONTS_SAMPLE_CHINESE 0x4E2Du
#define TH_FONTS_NO_CHINESE "no font with Chinese characters: install Noto Sans CJK SC"

/* The advance of one line of text in whole pixels. `length` is in bytes; SIZE_MAX: up to NUL. */
float th_text_width(th_fonts *fonts, th_text_style style, const char *text, size_t length);

th_text_metrics th_text_metrics_of(th_fonts *fonts, th_text_style style);

/* The width of one cell of TH_FONT_MONO, a whole number of pixels. Wide (CJK) characters take
 * two cells. */
float th_text_mono_advance(th_fonts *fonts, int weight, float size_px);

/* Copies `text` to `out` (of `out_size` bytes, NUL ended), shortened with an ellipsis until it
 * is at most `width` pixels wide. Returns its length in bytes. */
size_t th_text_fit(th_fonts *fonts, th_text_style style, const char *text, float width, char *out,
                   size_t out_size);

#endif
