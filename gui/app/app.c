#include "gui/app/app.h"

#include "gui/app/console.h"
#include "gui/app/exploring.h"
#include "gui/app/home.h"
#include "gui/app/keys.h"
#include "gui/app/model.h"
#include "gui/app/quiz.h"
#include "gui/draw/present.h"
#include "gui/draw/raster.h"
#include "gui/files/lessons.h"
#include "gui/files/libraries.h"
#include "gui/files/read.h"
#include "gui/view/frame.h"
#include "gui/view/home.h"
#include "sim/base/limits.h"

#include <SDL.h>
#include <stdlib.h>
#include <sys/stat.h>

enum {
    FRAME_MS = 16,        // 60 pictures a second while something moves
    LOOK_AGAIN_MS = 500,  // how soon a saved scenario is seen
};

// Two screens share a window: the lesson picker, and a lesson when one is open.
typedef struct app {
    const th_app_desc *desc;
    th_home_state home;
    th_model model;
    bool in_lesson;
    char path[TH_PATH_MAX];  // of the open lesson
    char *source;            // its text, which the model borrows
    struct timespec saved;   // when the file was written last
    th_window window;
    th_fonts *fonts;
    th_raster raster;
    bool has_raster;
    th_draw_list list;
    th_hits hits;
    bool show_all;  // the window lost its pixels
    bool scrubbing, scrubbing_overview;
    bool naming_began;  // by the last key: its letter is still to come
    bool dragging;      // the stage
    th_point drag_from;
    uint64_t drag_at;  // bucket in the middle when it began
    bool quit;
} app;

// --- lessons ---

static struct timespec written_at(const char *path) {
    struct stat facts;
    return stat(path, &facts) == 0 ? facts.st_mtim : (struct timespec){0};
}

// A file that is loaded again keeps the fix that was chosen.
static const char *fix_of(const app *of, bool asked) {
    if (of->in_lesson) return th_scenario_fix_chosen(of->model.scenario);
    return asked ? of->desc->fix : NULL;
}

static bool load(app *of, const char *path, th_model *model, char **source, char *error,
                 size_t error_size) {
    size_t length = 0;
    if (!th_file_read(path, TH_SCRIPT_SOURCE_BYTES, source, &length, error, error_size))
        return false;
    const bool asked = of->desc->path != NULL && SDL_strcmp(path, of->desc->path) == 0;
    const th_model_desc desc = {
        .scenario = {.path = of->path,
                     .source = *source,
                     .source_length = length,
                     .seed = asked ? of->desc->seed : 0,
                     .has_seed = asked && of->desc->has_seed,
                     .fix = fix_of(of, asked),
                     .libraries = th_libraries_beside(of->path)},
        .schedule = asked ? of->desc->schedule : NULL,
        .speed = of->desc->speed,
        .theme = of->home.theme,
        .lang = of->home.lang,
        .live = true,
    };
    if (th_model_open(model, &desc, error, error_size)) return true;
    free(*source);
    *source = NULL;
    return false;
}

// What was kept of a challenge from before.
static void remember_best(app *of, th_model *model) {
    const th_progress_entry *entry =
        th_progress_of(&of->home.progress, th_scenario_id(model->scenario));
    if (entry == NULL || entry->best_steps == 0) return;
    th_exploring_set_best(model, entry->best_steps, entry->best_switches);
}

static bool open_lesson(app *of, const char *path, char *error, size_t error_size) {
    SDL_strlcpy(of->path, path, sizeof(of->path));
    if (!load(of, of->path, &of->model, &of->source, error, error_size)) return false;
    remember_best(of, &of->model);
    of->saved = written_at(of->path);
    of->in_lesson = true;
    of->model.fullscreen = of->window.fullscreen;
    return true;
}

// What is kept of a challenge is whether and how well it was solved, not where its run stands.
static void note_progress(app *of) {
    uint32_t steps, switches;
    const th_scenario *scenario = of->model.scenario;
    const bool challenge = th_scenario_challenge(scenario) != NULL;
    if (challenge && th_exploring_solved(&of->model, &steps, &switches)) {
        th_home_note_solved(&of->home, th_scenario_id(scenario), steps, switches);
    }
    th_home_note(&of->home, of->path, challenge ? 0 : of->model.step,
                 challenge ? 0 : th_model_length(&of->model));
}

static void close_lesson(app *of) {
    note_progress(of);
    of->home.theme = of->model.theme;
    of->home.lang = of->model.lang;
    th_model_close(&of->model);
    of->model = (th_model){0};
    free(of->source);
    of->source = NULL;
    of->in_lesson = of->scrubbing = false;
}

// The file was saved: it is loaded again, at the same step where there still is one. A file that
// does not load leaves the old one open and says what is wrong.
static void reload(app *of) {
    const struct timespec now = written_at(of->path);
    if (now.tv_sec == of->saved.tv_sec && now.tv_nsec == of->saved.tv_nsec) return;
    of->saved = now;
    th_model fresh = {0};
    char *source = NULL;
    char error[TH_MODEL_ERROR_MAX];
    if (!load(of, of->path, &fresh, &source, error, sizeof(error))) {
        SDL_strlcpy(of->model.message, error, sizeof(of->model.message));
        of->model.changed = true;
        return;
    }
    fresh.theme = of->model.theme;
    fresh.lang = of->model.lang;
    fresh.fullscreen = of->model.fullscreen;
    remember_best(of, &fresh);
    th_model_extend(&fresh, of->model.step);
    th_model_command(&fresh, TH_ACTION_SEEK, of->model.step);
    th_model_close(&of->model);
    free(of->source);
    of->model = fresh;
    of->source = source;
    of->model.changed = true;
}

static void open_from_home(app *of, const char *path) {
    char error[TH_APP_ERROR_MAX];
    if (open_lesson(of, path, error, sizeof(error))) return;
    SDL_strlcpy(of->home.home.message, error, sizeof(of->home.home.message));
    of->home.changed = true;
}

// --- drawing ---

static void draw_screen(app *of, int width, int height) {
    if (of->in_lesson) {
        // First: comparing runs may add branches.
        const th_explore_scene *explore = th_model_explore(&of->model);
        const th_frame_desc desc = {
            .scene = th_model_scene(&of->model),
            .desk = th_model_desk(&of->model),
            .explore = explore,
            .theme = th_theme_get(of->model.theme),
            .lang = of->model.lang,
            .width = width,
            .height = height,
            .fonts = of->fonts,
        };
        th_view_frame(&desc, &of->list, &of->hits);
        return;
    }
    const th_home_desc desc = {
        .home = th_home_view(&of->home),
        .theme = th_theme_get(of->home.theme),
        .lang = of->home.lang,
        .width = width,
        .height = height,
        .fonts = of->fonts,
    };
    th_view_home(&desc, &of->list, &of->hits);
}

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
    draw_screen(of, width, height);
    const th_theme *theme = th_theme_get(of->in_lesson ? of->model.theme : of->home.theme);
    th_raster_draw_dirty(&of->raster, &of->list, theme->color.bg);
    if (th_window_present(&of->window, &of->raster, of->show_all)) of->show_all = false;
}

// --- input ---

static void touch(app *of) { of->model.changed = of->home.changed = true; }

static void act(app *of, th_action action, uint64_t argument) {
    if (of->in_lesson) {
        th_model_command(&of->model, action, argument);
    } else if (action == TH_ACTION_FULLSCREEN) {
        th_window_set_fullscreen(&of->window, !of->window.fullscreen);
        touch(of);
    } else {
        th_home_command(&of->home, action, argument);
    }
}

// Keys of the lesson picker that are more than an action. False: it is an ordinary one.
static bool home_key(app *of, SDL_Keycode key) {
    static const SDL_Keycode ARROWS[] = {SDLK_LEFT, SDLK_RIGHT, SDLK_UP, SDLK_DOWN};
    for (int i = 0; i < 4; i++) {
        if (key != ARROWS[i]) continue;
        int width, height;
        th_window_size(&of->window, &width, &height);
        th_home_arrow(&of->home, i, width, height);
        return true;
    }
    if (key == SDLK_BACKSPACE) th_home_type_back(&of->home);
    // While a search is typed, letters are letters.
    return of->home.home.searching && key != SDLK_ESCAPE && key != SDLK_RETURN &&
           key != SDLK_KP_ENTER && key != SDLK_F11;
}

// Keys while the name of a branch is typed. False: nobody types.
static bool naming_key(app *of, SDL_Keycode key) {
    if (!of->in_lesson || !th_exploring_is_typing(&of->model)) return false;
    if (key == SDLK_BACKSPACE) th_exploring_type_back(&of->model);
    if (key == SDLK_RETURN || key == SDLK_KP_ENTER) act(of, TH_ACTION_CONFIRM, 0);
    if (key == SDLK_ESCAPE) act(of, TH_ACTION_BACK, 0);
    return true;
}

static void press_key(app *of, const SDL_Keysym *key) {
    of->naming_began = false;
    if (naming_key(of, key->sym)) return;
    if (of->in_lesson && th_console_take_key(&of->model, key->sym)) return;
    if (!of->in_lesson && home_key(of, key->sym)) return;
    uint64_t argument = 0;
    const th_action action = th_key_action(key->sym, key->mod, &argument);
    // While a question waits, digits answer it.
    if (of->in_lesson && action == TH_ACTION_RUN && th_quiz_waits(&of->model)) {
        act(of, TH_ACTION_ANSWER, argument - 1);
    } else if (action != TH_ACTION_NONE) {
        act(of, action, argument);
        of->naming_began = of->in_lesson && th_exploring_is_typing(&of->model);
    }
}

static th_point mouse_point(const app *of, int x, int y) {
    const float scale = th_window_scale(&of->window);
    return (th_point){(float)x * scale, (float)y * scale};
}

static void scrub(app *of, th_point at) {
    const uint64_t step =
        th_hits_step(&of->hits, at, of->scrubbing_overview, th_model_length(&of->model));
    th_model_command(&of->model, TH_ACTION_SCRUB, step);
}

// On the stage a press takes hold of it; on the mini-map it goes there.
static bool press_stage(app *of, th_point at) {
    uint64_t index = 0, address = 0;
    const th_hits_field *field = &of->hits.field;
    for (int part = 0; part < TH_PART_COUNT; part++) {
        if (!th_rect_contains(field->minimap[part], at)) continue;
        if (th_hits_bucket(&of->hits, at, &index, &address)) act(of, TH_ACTION_PAN, index);
        return true;
    }
    if (!th_rect_contains(of->hits.stage, at) || field->base == 0) return false;
    of->dragging = true;
    of->drag_from = at;
    of->drag_at = field->middle;
    return true;
}

static void drag(app *of, th_point at) {
    const int64_t by = th_hits_dragged(&of->hits, of->drag_from, at);
    const int64_t to = (int64_t)of->drag_at + by;
    if (by != 0) act(of, TH_ACTION_PAN, to > 0 ? (uint64_t)to : 0);
}

// `watch`: what lies there is to pause playing when it is touched.
static void press(app *of, th_point at, bool watch) {
    const bool on_lanes = th_rect_contains(of->hits.scrub, at);
    const bool on_overview = th_rect_contains(of->hits.overview, at);
    const th_hit *hover = th_hits_at(&of->hits, at, true);
    if (watch && hover != NULL && hover->action == TH_ACTION_HOVER) {
        act(of, TH_ACTION_WATCH, hover->argument);
        return;
    }
    const th_hit *hit = th_hits_at(&of->hits, at, false);
    if (hit != NULL) {
        act(of, hit->action, hit->argument);
        return;
    }
    if (of->in_lesson && press_stage(of, at)) return;
    if (!of->in_lesson || (!on_lanes && !on_overview)) return;
    of->scrubbing = true;
    of->scrubbing_overview = on_overview;
    of->model.scrubbing = true;
    scrub(of, at);
}

// The mouse rests there; NULL: on nothing that answers to it.
static void rest(app *of, const th_hit *hit, th_point at) {
    const bool hints = hit != NULL && hit->action == TH_ACTION_HINT;
    const uint64_t hint = hints ? hit->argument : 0;
    uint64_t address = hit != NULL && !hints ? hit->argument : 0, index;
    if (hit == NULL) th_hits_bucket(&of->hits, at, &index, &address);
    if (hint != of->model.desk.hint) th_model_command(&of->model, TH_ACTION_HINT, hint);
    if (address != of->model.hover) th_model_command(&of->model, TH_ACTION_HOVER, address);
}

static void move(app *of, th_point at, bool held) {
    if (!of->in_lesson) return;
    if (of->dragging && held) {
        drag(of, at);
        return;
    }
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
    rest(of, th_hits_at(&of->hits, at, true), at);
}

static void handle_window(app *of, const SDL_WindowEvent *event) {
    if (event->event == SDL_WINDOWEVENT_EXPOSED || event->event == SDL_WINDOWEVENT_SIZE_CHANGED ||
        event->event == SDL_WINDOWEVENT_SHOWN || event->event == SDL_WINDOWEVENT_RESTORED) {
        of->show_all = true;
        touch(of);
    }
    if (event->event == SDL_WINDOWEVENT_CLOSE) of->quit = true;
}

// Over the stage the wheel changes the level of detail, elsewhere the steps in the lanes.
static void turn_wheel(app *of, bool up) {
    int x, y;
    SDL_GetMouseState(&x, &y);
    const th_point at = mouse_point(of, x, y);
    uint64_t index = 0, address = 0;
    if (of->in_lesson && th_rect_contains(of->hits.stage, at)) {
        const bool found = th_hits_bucket(&of->hits, at, &index, &address);
        act(of, up ? TH_ACTION_NEARER : TH_ACTION_FARTHER, up && found ? index + 1 : 0);
    } else if (of->in_lesson) {
        th_model_command(&of->model, up ? TH_ACTION_ZOOM_IN : TH_ACTION_ZOOM_OUT, 0);
    } else {
        home_key(of, up ? SDLK_UP : SDLK_DOWN);
    }
}

static void handle(app *of, const SDL_Event *event) {
    switch (event->type) {
    case SDL_QUIT: of->quit = true; break;
    case SDL_WINDOWEVENT: handle_window(of, &event->window); break;
    case SDL_KEYDOWN: press_key(of, &event->key.keysym); break;
    case SDL_TEXTINPUT:
        // The letter that began the naming is no part of the name.
        if (of->in_lesson && !of->naming_began) th_exploring_type(&of->model, event->text.text);
        if (of->in_lesson) th_console_take_text(&of->model, event->text.text);
        if (!of->in_lesson && SDL_strcmp(event->text.text, "/") != 0) {
            th_home_type(&of->home, event->text.text);
        }
        break;
    case SDL_DROPFILE:
        if (of->in_lesson) close_lesson(of);
        open_from_home(of, event->drop.file);
        SDL_free(event->drop.file);
        break;
    case SDL_MOUSEBUTTONDOWN:
        if (event->button.button == SDL_BUTTON_LEFT) {
            press(of, mouse_point(of, event->button.x, event->button.y),
                  (SDL_GetModState() & KMOD_SHIFT) != 0);
        }
        break;
    case SDL_MOUSEBUTTONUP:
        of->scrubbing = of->model.scrubbing = of->dragging = false;
        of->model.changed = true;
        break;
    case SDL_MOUSEMOTION:
        move(of, mouse_point(of, event->motion.x, event->motion.y),
             (event->motion.state & SDL_BUTTON_LMASK) != 0);
        break;
    case SDL_MOUSEWHEEL:
        if (event->wheel.y != 0) turn_wheel(of, event->wheel.y > 0);
        break;
    default: break;
    }
}

// Sleeps until something happens; while something moves, at most until the next picture is due.
static void wait_and_handle(app *of, bool moving, uint32_t frame_start) {
    SDL_Event event;
    const bool changed = of->in_lesson ? of->model.changed : of->home.changed;
    if (!moving && !changed) {
        if (SDL_WaitEventTimeout(&event, LOOK_AGAIN_MS) == 1) handle(of, &event);
    } else if (moving) {
        const uint32_t used = SDL_GetTicks() - frame_start;
        if (used < FRAME_MS && SDL_WaitEventTimeout(&event, (int)(FRAME_MS - used)) == 1) {
            handle(of, &event);
        }
    }
    while (SDL_PollEvent(&event) == 1) handle(of, &event);
}

// What was asked for between two pictures: another screen, another file.
static void change_screen(app *of) {
    if (of->in_lesson && of->model.quit) {
        close_lesson(of);
        of->home.changed = true;
    } else if (!of->in_lesson && of->home.open != NULL) {
        char *path = of->home.open;
        of->home.open = NULL;
        open_from_home(of, path);
        free(path);
    } else if (!of->in_lesson && of->home.quit) {
        of->quit = true;
    }
}

// Lets time pass on the screen that is shown. True while something moves.
static bool advance(app *of, double ms) {
    if (!of->in_lesson) return th_home_learn(&of->home);
    reload(of);
    const bool moving = th_model_advance(&of->model, ms);
    if (of->model.fullscreen != of->window.fullscreen) {
        th_window_set_fullscreen(&of->window, of->model.fullscreen);
    }
    return moving;
}

static void run(app *of) {
    uint32_t last = SDL_GetTicks();
    bool moving = false;
    while (!of->quit) {
        const uint32_t now = SDL_GetTicks();
        // After a sleep no time has passed for the picture.
        moving = advance(of, moving ? (double)(now - last) : 0);
        last = now;
        if (of->show_all || (of->in_lesson ? of->model.changed : of->home.changed)) draw(of);
        wait_and_handle(of, moving, now);
        change_screen(of);
    }
    if (of->in_lesson) note_progress(of);
}

static void open_home(app *of) {
    th_paths paths = {0};
    char folder[TH_PATH_MAX], error[TH_APP_ERROR_MAX];
    if (th_lessons_folder(folder, sizeof(folder))) {
        th_lessons_in(folder, &paths, error, sizeof(error));
    }
    th_home_open(&of->home, paths.items, paths.count, of->desc->theme, of->desc->lang,
                 of->desc->has_look);
    th_paths_free(&paths);
}

static bool open(app *of, char *error, size_t error_size) {
    open_home(of);
    of->fonts = th_fonts_open(error, error_size);
    if (of->fonts == NULL) return false;
    if (of->desc->path != NULL && !open_lesson(of, of->desc->path, error, error_size)) return false;
    const th_window_desc window = {.title = "Tophash", .fullscreen = of->desc->fullscreen};
    if (!th_window_open(&of->window, &window, error, error_size)) return false;
    of->model.fullscreen = of->desc->fullscreen;
    return true;
}

bool th_app_run(const th_app_desc *desc, char *error, size_t error_size) {
    app *of = SDL_calloc(1, sizeof(*of));
    if (of == NULL) {
        SDL_snprintf(error, error_size, "out of memory");
        return false;
    }
    of->desc = desc;
    const bool opened = open(of, error, error_size);
    if (opened) {
        run(of);
        th_window_close(&of->window);
    }
    if (of->has_raster) th_raster_free(&of->raster);
    th_draw_free(&of->list);
    if (of->fonts != NULL) th_fonts_close(of->fonts);
    if (of->model.scenario != NULL) th_model_close(&of->model);
    free(of->source);
    th_home_close(&of->home);
    SDL_free(of);
    return opened;
}
