/* GIF's variant of LZW (GIF89a specification, appendix F). giflib's encoder is not used: it writes
 * a file from the first byte to the last, while here several threads compress different frames. */
#ifndef TH_GUI_EXPORT_GIF_LZW_H
#define TH_GUI_EXPORT_GIF_LZW_H

#include <stdint.h>

#include "gui/export/bytes.h"

/* Appends the table-based image data of `width` by `height` indices, `pitch` apart: the code size
 * byte (indices are below 1 << bits), the data in sub-blocks, and the empty one at the end. */
void th_gif_lzw(const uint8_t *indices, int width, int height, int pitch, int bits, th_bytes *out);

#endif
