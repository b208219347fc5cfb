#include "gui/app/capture.h"

#include "gui/app/branch_save.h"
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

// Small enough to be made while one talks, large enough for a handout.
enum { GIF_WIDTH = 1280, GIF_HEIGHT = 720, GIF_FPS = 20, NUMBER_MAX = 9999 };

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
    const th_explore_scene *explore = th_model_explore(model);
    const th_frame_desc desc = {
        .scene = th_model_scene(model),
        .desk = th_model_desk(model),
        .explore = explore,
        .theme = th_theme_get(model->theme),
        .lang = model->lang,
        .width = raster->width,
        .height = raster->height,
        .fonts = fonts,
    };
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
    th_frames_desc frames = {
        .scenario = model->desc.scenario,
        .width = GIF_WIDTH,
        .height = GIF_HEIGHT,
        .fps = GIF_FPS,
        .speed = model->speed,
        .theme = model->theme,
        .lang = model->lang,
        .has_steps = true,
        .first_step = first_step,
        .last_step = last_step,
    };
    // What was typed and chosen belongs to it, as in a branch that is saved.
    char *text = th_branch_text(model, model->branch, th_model_length(model),
                                &frames.scenario.source_length);
    frames.scenario.source = text;
    frames.scenario.fix = NULL;
    frames.scenario.has_seed = false;
    th_branch_export *export = th_branch_export_start(&frames, path);
    free(text);
    return export;
}
