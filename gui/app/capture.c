#include "gui/app/capture.h"

#include "gui/draw/raster.h"
#include "gui/export/png_file.h"
#include "gui/files/read.h"
#include "gui/view/frame.h"
#include "sim/base/assert.h"

#include <ctype.h>
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { GIF_FPS = 20, NUMBER_MAX = 9999 };

static bool is_plain(unsigned char c) {
    return isalnum(c) || c >= 0x80 || c == '.' || c == '-' || c == '_';
}

// A path that nobody has yet: FOLDER/ID-step-12.png, then ID-step-12-2.png ...
static bool new_path(const th_model *model, const char *what, const char *ending, char *out,
                     size_t size, char *error, size_t error_size) {
    char folder[TH_PATH_MAX], id[128];
    if (getcwd(folder, sizeof(folder)) == NULL) {
        snprintf(error, error_size, "the working directory: %s", strerror(errno));
        return false;
    }
    snprintf(id, sizeof(id), "%s", th_scenario_id(model->scenario));
    for (char *at = id; *at != '\0'; at++) {
        if (!is_plain((unsigned char)*at)) *at = '-';
    }
    const char *slash = strcmp(folder, "/") == 0 ? "" : "/";
    for (int number = 1; number <= NUMBER_MAX; number++) {
        char more[16] = "";
        if (number > 1) snprintf(more, sizeof(more), "-%d", number);
        const int length =
            snprintf(out, size, "%s%s%s-%s%s.%s", folder, slash, id, what, more, ending);
        if (length < 0 || (size_t)length >= size) break;
        if (access(out, F_OK) != 0) return true;
    }
    snprintf(error, error_size, "%s: no name is free", folder);
    return false;
}

static void draw(th_model *model, th_fonts *fonts, th_raster *raster) {
    const th_frame_desc desc = th_model_frame(model, fonts, raster->width, raster->height);
    th_draw_list list = {0};
    th_hits *hits = malloc(sizeof(*hits));
    TH_ASSERT(hits != NULL);
    th_view_frame(&desc, &list, hits);
    th_raster_draw(raster, &list, desc.theme->color.bg);
    free(hits);
    th_draw_free(&list);
}

bool th_capture_picture(th_model *model, th_fonts *fonts, int width, int height, char *said,
                        size_t size) {
    char what[32], path[TH_PATH_MAX];
    snprintf(what, sizeof(what), "step-%" PRIu64, model->step);
    if (!new_path(model, what, "png", path, sizeof(path), said, size)) return false;
    th_raster raster;
    th_raster_init(&raster, fonts, width, height);
    draw(model, fonts, &raster);
    th_export_error error;
    const bool good = th_png_file_write(path, raster.pixels, width, height, &error);
    th_raster_free(&raster);
    snprintf(said, size, "%s", good ? path : error.message);
    return good;
}

th_branch_export *th_capture_start_gif(th_model *model, uint64_t first_step, uint64_t last_step,
                                       char *path, size_t path_size, char *error,
                                       size_t error_size) {
    char what[64];
    snprintf(what, sizeof(what), "steps-%" PRIu64 "-%" PRIu64, first_step, last_step);
    if (!new_path(model, what, "gif", path, path_size, error, error_size)) return NULL;
    return th_branch_export_start(model, model->branch, first_step, last_step, GIF_FPS, path);
}
