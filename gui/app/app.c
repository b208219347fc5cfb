#include "gui/app/app.h"

#include "gui/app/keys.h"
#include "gui/app/model.h"
#include "gui/draw/present.h"
#include "gui/draw/raster.h"
#include "gui/view/frame.h"

#include <SDL.h>

enum { FRAME_MS = 16 };  // 60 pictures a second while something moves

typedef struct app {
    th_model model;
    th_window window;
    th_fonts *fonts;
    th_raster raster;
    bool has_raster;
    th_draw_list list;
    th_hits hits;
    bool show_all;        // the window lost its pixels
    bool scrubbing, scrubbing_overview;
} app;

static void draw(app *of) {
    int width, height;
    th_window_size(&of->window, &width, &height);
    if (width < 1 || height < 1) return;
    if (!of->has_raster) {
        th_raster_init(&of->raster, of->fonts, width, height);
        of->has_raster = true;
        of->show_all = true;
    } else if (of->raster.width != width || of->raster.height != height) {
        th_raster_resize(&of->raster, width, height);
        of->show_all = true;
    }
    const th_frame_desc desc = {
        .scene = th_model_scene(&of->model),
        .theme = th_theme_get(of->model.theme),
        .lang = of->model.lang,
        .width = width,
        .height = height,
        .fonts = of->fonts,
    };
    th_view_frame(&desc, &of->list, &of->hits);
    th_raster_draw_dirty(&of->raster, &of->list, desc.theme->color.bg);
    if (th_window_present(&of->window, &of->raster, of->show_all)) of->show_all = false;
}

static th_point mouse_point(const app *of, int x, int y) {
    const float scale = th_window_scale(&of->window);
    return (th_point){(float)x * scale, (float)y * scale};
}

static void scrub(app *of, th_point at) {
    const uint64_t step = th_hits_step(&of->hits, at, of->scrubbing_overview,
                                       th_model_length(&of->model));
    th_model_command(&of->model, TH_ACTION_SCRUB, step);
}

static void press(app *of, th_point at) {
    const bool on_lanes = th_rect_contains(of->hits.scrub, at);
    const bool on_overview = th_rect_contains(of->hits.overview, at);
    const th_hit *hit = th_hits_at(&of->hits, at, false);
    if (hit != NULL) {
        th_model_command(&of->model, hit->action, hit->argument);
        return;
    }
    if (!on_lanes && !on_overview) return;
    of->scrubbing = true;
    of->scrubbing_overview = on_overview;
    of->model.scrubbing = true;
    scrub(of, at);
}

static void move(app *of, th_point at, bool held) {
    if (of->scrubbing && held) {
        scrub(of, at);
        return;
    }
    if (held && th_rect_contains(of->hits.speed, at)) {
        const th_hit *hit = th_hits_at(&of->hits, at, false);
        if (hit != NULL && hit->action == TH_ACTION_SPEED) {
            th_model_command(&of->model, hit->action, hit->argument);
        }
        return;
    }
    const th_hit *hover = th_hits_at(&of->hits, at, true);
    const uint64_t address = hover == NULL ? 0 : hover->argument;
    if (address != of->model.hover) th_model_command(&of->model, TH_ACTION_HOVER, address);
}

static void handle_window(app *of, const SDL_WindowEvent *event) {
    if (event->event == SDL_WINDOWEVENT_EXPOSED || event->event == SDL_WINDOWEVENT_SIZE_CHANGED ||
        event->event == SDL_WINDOWEVENT_SHOWN || event->event == SDL_WINDOWEVENT_RESTORED) {
        of->show_all = true;
        of->model.changed = true;
    }
    if (event->event == SDL_WINDOWEVENT_CLOSE) of->model.quit = true;
}

static void handle(app *of, const SDL_Event *event) {
    uint64_t argument;
    switch (event->type) {
    case SDL_QUIT: of->model.quit = true; break;
    case SDL_WINDOWEVENT: handle_window(of, &event->window); break;
    case SDL_KEYDOWN: {
        const th_action action = th_key_action(event->key.keysym.sym, event->key.keysym.mod,
                                               &argument);
        if (action != TH_ACTION_NONE) th_model_command(&of->model, action, argument);
        break;
    }
    case SDL_MOUSEBUTTONDOWN:
        if (event->button.button == SDL_BUTTON_LEFT) {
            press(of, mouse_point(of, event->button.x, event->button.y));
        }
        break;
    case SDL_MOUSEBUTTONUP:
        of->scrubbing = of->model.scrubbing = false;
        of->model.changed = true;
        break;
    case SDL_MOUSEMOTION:
        move(of, mouse_point(of, event->motion.x, event->motion.y),
             (event->motion.state & SDL_BUTTON_LMASK) != 0);
        break;
    case SDL_MOUSEWHEEL:
        if (event->wheel.y != 0) {
            th_model_command(&of->model,
                             event->wheel.y > 0 ? TH_ACTION_ZOOM_IN : TH_ACTION_ZOOM_OUT, 0);
        }
        break;
    default: break;
    }
}

// Sleeps until something happens; while something moves, at most until the next picture is due.
static void wait_and_handle(app *of, bool moving, uint32_t frame_start) {
    SDL_Event event;
    if (!moving && !of->model.changed) {
        if (SDL_WaitEvent(&event) == 1) handle(of, &event);
    } else if (moving) {
        const uint32_t used = SDL_GetTicks() - frame_start;
        if (used < FRAME_MS && SDL_WaitEventTimeout(&event, (int)(FRAME_MS - used)) == 1) {
            handle(of, &event);
        }
    }
    while (SDL_PollEvent(&event) == 1) handle(of, &event);
}

static void run(app *of) {
    uint32_t last = SDL_GetTicks();
    bool moving = false;
    while (!of->model.quit) {
        const uint32_t now = SDL_GetTicks();
        // After a sleep no time has passed for the picture.
        moving = th_model_advance(&of->model, moving ? (double)(now - last) : 0);
        last = now;
        if (of->model.fullscreen != of->window.fullscreen) {
            th_window_set_fullscreen(&of->window, of->model.fullscreen);
        }
        if (of->model.changed || of->show_all) draw(of);
        wait_and_handle(of, moving, now);
    }
}

static bool open(app *of, const th_app_desc *desc, char *error, size_t error_size) {
    const th_model_desc model = {
        .scenario = desc->scenario,
        .schedule = desc->schedule,
        .speed = desc->speed,
        .theme = desc->theme,
        .lang = desc->lang,
    };
    if (!th_model_open(&of->model, &model, error, error_size)) return false;
    of->model.fullscreen = desc->fullscreen;
    of->fonts = th_fonts_open(error, error_size);
    if (of->fonts == NULL) return false;
    const th_text title = th_scenario_title(of->model.scenario);
    const char *name = title.in[desc->lang] != NULL ? title.in[desc->lang] : title.in[TH_LANG_EN];
    char caption[160];
    SDL_snprintf(caption, sizeof(caption), "Tophash: %s", name != NULL ? name : "");
    const th_window_desc window = {.title = caption, .fullscreen = desc->fullscreen};
    return th_window_open(&of->window, &window, error, error_size);
}

bool th_app_run(const th_app_desc *desc, char *error, size_t error_size) {
    app *of = SDL_calloc(1, sizeof(*of));
    if (of == NULL) {
        SDL_snprintf(error, error_size, "out of memory");
        return false;
    }
    const bool opened = open(of, desc, error, error_size);
    if (opened) {
        run(of);
        th_window_close(&of->window);
    }
    if (of->has_raster) th_raster_free(&of->raster);
    th_draw_free(&of->list);
    if (of->fonts != NULL) th_fonts_close(of->fonts);
    if (of->model.scenario != NULL) th_model_close(&of->model);
    SDL_free(of);
    return opened;
}
