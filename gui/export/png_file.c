#include "gui/export/png_file.h"

#include <stdlib.h>

#include "gui/export/error.h"
#include "gui/export/out_file.h"
#include "gui/export/png_frame.h"

static bool write_parts(const char *path, th_png_frame *png, struct iovec *parts,
                        th_export_error *error) {
    int descriptor;
    if (!th_out_create(path, &descriptor, error)) return false;
    th_png_frame_parts(png, parts);
    const int number = th_out_write(descriptor, parts, th_png_frame_part_count(png));
    bool good = th_out_close(path, descriptor, error);
    if (number != 0) good = th_export_fail_io(error, "write", path, number);
    good = good && th_out_commit(path, error);
    if (!good) th_out_discard(path);
    return good;
}

bool th_png_file_write(const char *path, const uint32_t *pixels, int width, int height,
                       th_export_error *error) {
    th_png_frame *png = th_png_frame_open(width, height);
    if (png == NULL) return th_export_fail_memory(error);
    const th_frame_change everything = {.known = false};
    struct iovec *parts = calloc((size_t)th_png_frame_part_count(png), sizeof *parts);
    const bool good = parts != NULL && th_png_frame_update(png, pixels, &everything)
                          ? write_parts(path, png, parts, error)
                          : th_export_fail_memory(error);
    free(parts);
    th_png_frame_close(png);
    return good;
}
