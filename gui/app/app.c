// The window's loop: sleep until something happens, let time pass, draw what has changed.
#include "gui/app/app_parts.h"

#include <SDL.h>
#include <stdlib.h>

enum {
    FRAME_MS = 16,        // 60 pictures a second while something moves
    LOOK_AGAIN_MS = 500,  // how soon a saved scenario is seen
};

// Sleeps until something happens; while something moves, at most until the next picture is due.
static void wait_and_handle(th_app *of, bool moving, uint32_t frame_start) {
    SDL_Event event;
    const bool changed = of->in_lesson ? of->model.changed : of->home.changed;
    if (!moving && !changed) {
        if (SDL_WaitEventTimeout(&event, LOOK_AGAIN_MS) == 1) th_app_handle(of, &event);
    } else if (moving) {
        const uint32_t used = SDL_GetTicks() - frame_start;
        if (used < FRAME_MS && SDL_WaitEventTimeout(&event, (int)(FRAME_MS - used)) == 1) {
            th_app_handle(of, &event);
        }
    }
    while (SDL_PollEvent(&event) == 1) th_app_handle(of, &event);
}

// What was asked for between two pictures: another screen, another file.
static void change_screen(th_app *of) {
    if (of->files.picked != NULL) {
        char *path = of->files.picked;
        of->files.picked = NULL;
        if (of->in_lesson) th_app_close_lesson(of);
        th_app_open_from_home(of, path, 0);
        free(path);
    } else if (of->in_lesson && of->model.quit) {
        th_app_close_lesson(of);
        of->home.changed = true;
    } else if (!of->in_lesson && of->home.open != NULL) {
        char *path = of->home.open;
        of->home.open = NULL;
        th_app_open_from_home(of, path, of->home.open_step);
        free(path);
    } else if (!of->in_lesson && of->home.quit) {
        of->quit = true;
    }
}

// Lets time pass on the screen that is shown. True while something moves.
static bool advance(th_app *of, double ms) {
    SDL_ShowCursor(of->in_lesson && of->model.presenting.laser ? SDL_DISABLE : SDL_ENABLE);
    if (!of->in_lesson) return th_home_learn(&of->home);
    th_app_reload(of);
    const bool moving = th_model_advance(&of->model, ms);
    if (of->desc->text) th_announce_follow(&of->announcer, &of->model, stdout);
    if (of->model.fullscreen != of->window.fullscreen) {
        th_window_set_fullscreen(&of->window, of->model.fullscreen);
    }
    return moving;
}

static void run(th_app *of) {
    uint32_t last = SDL_GetTicks();
    bool moving = false;
    while (!of->quit) {
        const uint32_t now = SDL_GetTicks();
        // After a sleep no time has passed for the picture.
        moving = advance(of, moving ? (double)(now - last) : 0);
        last = now;
        const bool changed = of->in_lesson ? of->model.changed : of->home.changed;
        if (of->show_all || changed) th_app_draw(of);
        if (of->in_lesson) {
            th_speaker_window_update(&of->speaker, &of->model, of->fonts, &of->window, changed,
                                     now);
        }
        wait_and_handle(of, moving, now);
        change_screen(of);
    }
    if (of->in_lesson) th_app_note_progress(of);
}

static void open_home(th_app *of) {
    th_paths paths = {0};
    char folder[TH_PATH_MAX], error[TH_APP_ERROR_MAX];
    if (th_lessons_folder(folder, sizeof(folder))) {
        th_lessons_in(folder, &paths, error, sizeof(error));
    }
    th_home_open(&of->home, paths.items, paths.count, of->desc->theme, of->desc->lang,
                 of->desc->has_look);
    th_paths_free(&paths);
}

static bool open(th_app *of, char *error, size_t error_size) {
    open_home(of);
    of->fonts = th_fonts_open(error, error_size);
    if (of->fonts == NULL) return false;
    of->lacks_chinese = !th_fonts_have(of->fonts, TH_FONTS_SAMPLE_CHINESE);
    if (of->desc->path != NULL && !th_app_open_lesson(of, of->desc->path, error, error_size))
        return false;
    const th_window_desc window = {.title = "Tophash", .fullscreen = of->desc->fullscreen};
    if (!th_window_open(&of->window, &window, error, error_size)) return false;
    of->model.fullscreen = of->desc->fullscreen;
    return true;
}

bool th_app_run(const th_app_desc *desc, char *error, size_t error_size) {
    th_app *of = SDL_calloc(1, sizeof(*of));
    if (of == NULL) {
        SDL_snprintf(error, error_size, "out of memory");
        return false;
    }
    of->desc = desc;
    of->reduced_motion = desc->reduced_motion;
    const bool opened = open(of, error, error_size);
    if (opened) {
        run(of);
        th_speaker_window_close(&of->speaker);
        th_window_close(&of->window);
    }
    if (of->has_raster) th_raster_free(&of->raster);
    th_draw_free(&of->list);
    if (of->fonts != NULL) th_fonts_close(of->fonts);
    if (of->model.scenario != NULL) th_model_close(&of->model);
    free(of->source);
    th_file_dialog_free(&of->files);
    th_saved_free(&of->run);
    th_home_close(&of->home);
    SDL_free(of);
    return opened;
}
