#include "gui/app/frames.h"

#include "gui/app/model.h"
#include "gui/app/pace.h"
#include "gui/app/quiz.h"
#include "gui/draw/raster.h"
#include "gui/draw/svg.h"
#include "gui/view/frame.h"
#include "sim/base/assert.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { WIDTH_DEFAULT = 1920, HEIGHT_DEFAULT = 1080, FRAMES_MAX = 2000000 };

// One thread's means to draw: a model of its own, since worlds share pages within a timeline.
typedef struct frames {
    th_frames_desc desc;
    th_model model;
    th_fonts *fonts;
    th_raster raster;
    bool has_raster;
    th_draw_list list;
    th_hits hits;
    uint64_t first, last;  // steps
    double *starts;        // ms of playing at which step first + i is taken; one more for the end
} frames;

static void frames_free(frames *of) {
    if (of == NULL) return;
    if (of->has_raster) th_raster_free(&of->raster);
    th_draw_free(&of->list);
    if (of->fonts != NULL) th_fonts_close(of->fonts);
    th_model_close(&of->model);
    free(of->starts);
    free(of);
}

static bool play_steps(frames *of, char *error, size_t error_size) {
    th_model *model = &of->model;
    const th_frames_desc *desc = &of->desc;
    const uint64_t wanted = desc->has_steps ? desc->last_step : UINT64_MAX;
    if (!th_model_extend(model, wanted)) {
        snprintf(error, error_size, "%s", model->message);
        return false;
    }
    const uint64_t length = th_model_length(model);
    of->first = desc->has_steps ? desc->first_step : 0;
    of->last = desc->has_steps && desc->last_step < length ? desc->last_step : length;
    if (of->first <= of->last) return true;
    snprintf(error, error_size, "the run has %" PRIu64 " steps: there is no step %" PRIu64, length,
             of->first);
    return false;
}

// When each step is taken: a sum of whole ms, so it is the same on every machine.
static void set_starts(frames *of) {
    const uint64_t count = of->last - of->first + 1;
    of->starts = malloc((size_t)(count + 1) * sizeof(*of->starts));
    TH_ASSERT(of->starts != NULL);
    const th_model *model = &of->model;
    uint64_t total_ms = 0;
    for (uint64_t i = 0; i < count; i++) {
        of->starts[i] = (double)total_ms;
        total_ms += (uint64_t)th_pace_ms(&model->index, model->timeline, model->branch,
                                         of->first + i, &th_theme_get(model->theme)->motion);
    }
    of->starts[count] = (double)total_ms;
}

static frames *frames_new(const th_frames_desc *desc, char *error, size_t error_size) {
    frames *of = calloc(1, sizeof(*of));
    TH_ASSERT(of != NULL);
    of->desc = *desc;
    const th_model_desc model = {
        .scenario = desc->scenario,
        .schedule = desc->schedule,
        .speed = desc->speed,
        .theme = desc->theme,
        .lang = desc->lang,
    };
    if (!th_model_open(&of->model, &model, error, error_size) ||
        !play_steps(of, error, error_size)) {
        frames_free(of);
        return NULL;
    }
    of->model.playing = true;  // what is exported is a run that plays
    of->fonts = th_fonts_open(error, error_size);
    if (of->fonts == NULL) {
        frames_free(of);
        return NULL;
    }
    if (desc->lang == TH_LANG_ZH && !th_fonts_have(of->fonts, TH_FONTS_SAMPLE_CHINESE)) {
        snprintf(error, error_size, "%s", TH_FONTS_NO_CHINESE);
        frames_free(of);
        return NULL;
    }
    set_starts(of);
    return of;
}

// The last step taken by that time.
static uint64_t step_at(const frames *of, double ms) {
    uint64_t low = 0, high = of->last - of->first;
    while (low < high) {
        const uint64_t middle = low + (high - low + 1) / 2;
        if (of->starts[middle] <= ms)
            low = middle;
        else
            high = middle - 1;
    }
    return low;
}

static int fps_of(const frames *of) {
    return of->desc.fps > 0 ? of->desc.fps : TH_EXPORT_FPS_DEFAULT;
}

static const th_scene *scene_of(frames *of, int index) {
    if (of->desc.still) {
        of->model.playing = false;
        return th_model_scene_at(&of->model, of->last, TH_MOTION_SETTLED);
    }
    const double ms = (double)index * 1000 / fps_of(of) * of->model.speed;
    const uint64_t i = step_at(of, ms);
    return th_model_scene_at(&of->model, of->first + i, (float)(ms - of->starts[i]));
}

static void report_change(const th_raster *raster, th_frame_change *change) {
    change->known = true;
    change->rect_count = raster->dirty_count;
    memcpy(change->rects, raster->dirty, (size_t)raster->dirty_count * sizeof(*change->rects));
}

// Fills of->list; returns the color beneath it.
static th_color list_frame(frames *of, int index) {
    const th_scene *scene = scene_of(of, index);
    // A question is shown and not waited for: nobody is there to answer.
    const th_desk desk = {.question = th_quiz_at(&of->model, scene->step)};
    const th_frame_desc desc = {
        .scene = scene,
        .desk = &desk,
        .theme = th_theme_get(of->desc.theme),
        .lang = of->desc.lang,
        .width = of->desc.width,
        .height = of->desc.height,
        .fonts = of->fonts,
    };
    th_view_frame(&desc, &of->list, &of->hits);
    return desc.theme->color.bg;
}

static bool render(void *context, int index, uint32_t *pixels, th_frame_change *change) {
    frames *of = context;
    const int width = of->desc.width;
    if (!of->has_raster) {
        th_raster_init(&of->raster, of->fonts, width, of->desc.height);
        of->has_raster = true;
    }
    const th_color ground = list_frame(of, index);
    th_raster_draw_dirty(&of->raster, &of->list, ground);
    for (int i = 0; i < of->raster.dirty_count; i++) {
        const th_pixel_rect rect = of->raster.dirty[i];
        for (int y = rect.y0; y < rect.y1; y++) {
            const uint32_t *from =
                (const uint32_t *)(const void *)((const unsigned char *)of->raster.pixels +
                                                 (size_t)y * (size_t)of->raster.pitch);
            memcpy(pixels + (size_t)y * (size_t)width + rect.x0, from + rect.x0,
                   (size_t)(rect.x1 - rect.x0) * sizeof(*pixels));
        }
    }
    report_change(&of->raster, change);
    return true;
}

static bool vector(void *context, int index, FILE *out) {
    frames *of = context;
    const th_color ground = list_frame(of, index);
    th_svg_write(out, &of->list, of->fonts, of->desc.width, of->desc.height, ground);
    return true;
}

static void *clone(void *context) {
    const frames *from = context;
    char error[TH_MODEL_ERROR_MAX];
    return frames_new(&from->desc, error, sizeof(error));
}

static void release(void *context) { frames_free(context); }

bool th_frames_open(const th_frames_desc *desc, th_frame_source *out, char *error,
                    size_t error_size) {
    th_frames_desc own = *desc;
    if (own.width <= 0) own.width = WIDTH_DEFAULT;
    if (own.height <= 0) own.height = HEIGHT_DEFAULT;
    frames *of = frames_new(&own, error, error_size);
    if (of == NULL) return false;
    const double total_ms = of->starts[of->last - of->first + 1] / of->model.speed;
    const double count = own.still ? 1 : total_ms * fps_of(of) / 1000;
    if (count > FRAMES_MAX) {
        snprintf(error, error_size,
                 "that makes %.0f frames, more than %d: choose --steps or --speed", count,
                 FRAMES_MAX);
        frames_free(of);
        return false;
    }
    *out = (th_frame_source){
        .context = of,
        .width = own.width,
        .height = own.height,
        .frame_count = count < 1 ? 1 : (int)count,
        .render = render,
        .clone = clone,
        .release = release,
        .vector = vector,
    };
    return true;
}

void th_frames_close(th_frame_source *source) {
    frames_free(source->context);
    *source = (th_frame_source){0};
}
