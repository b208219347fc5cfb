/* One picture as a PNG file, the same bytes as that frame of a sequence. */
#ifndef TH_GUI_EXPORT_PNG_FILE_H
#define TH_GUI_EXPORT_PNG_FILE_H

#include <stdbool.h>
#include <stdint.h>

#include "gui/export/export.h"

/* Writes `width` by `height` pixels (0xAARRGGBB, opaque, row after row) to `path`, replacing what
 * was there. The file appears whole or not at all. False, with the error filled in. */
bool th_png_file_write(const char *path, const uint32_t *pixels, int width, int height,
                       th_export_error *error);

#endif
