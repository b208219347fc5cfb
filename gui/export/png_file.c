#include "gui/export/png_file.h"

#include <stdlib.h>

#include "gui/export/error.h"
#include "gui/export/out_file.h"
#include "gui/export/png_frame.h"

bool th_png_file_write(const char *path, const uint32_t *pixels, int width, int height,
                       th_export_error *error) {
    th_png_frame *png = th_png_frame_open(width, height);
    if (png == NULL) return th_export_fail_memory(error);
    const th_frame_change everything = {.known = false};
    struct iovec *parts = calloc((size_t)th_png_frame_part_count(png), sizeof *parts);
    bool good = parts != NULL && th_png_frame_update(png, pixels, &everything);
    if (good) {
        th_png_frame_parts(png, parts);
        good = th_out_save(path, parts, th_png_frame_part_count(png), error);
    } else {
        th_export_fail_memory(error);
    }
    free(parts);
    th_png_frame_close(png);
    return good;
}
