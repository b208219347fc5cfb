#include "tests/app/monkey.h"

#include "gui/app/console.h"
#include "gui/app/home.h"
#include "gui/app/keys.h"
#include "gui/app/model.h"
#include "gui/draw/raster.h"
#include "gui/files/lessons.h"
#include "gui/files/libraries.h"
#include "gui/files/read.h"
#include "gui/view/frame.h"
#include "gui/view/home.h"
#include "sim/base/assert.h"
#include "sim/base/limits.h"
#include "sim/base/rng.h"

#include <SDL_keycode.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    RASTER_WIDTH_MAX = 1400,  // larger pictures are only listed: pixels take the monkey's time
    RASTER_ONE_IN = 24,
    BACKS_MAX = 16,
};

struct th_monkey {
    th_rng rng;
    char kept[64];  // folder of what is kept between runs
    th_fonts *fonts;
    th_home_state home;
    th_model model;
    bool in_lesson;
    char *path, *source;  // of the open lesson
    uint64_t lesson_count;
    int width, height;
    th_draw_list list;
    th_hits hits;
    th_raster raster;
};

static uint64_t below(th_monkey *monkey, uint64_t bound) {
    return th_rng_below(&monkey->rng, bound);
}

static bool one_in(th_monkey *monkey, uint64_t count) { return below(monkey, count) == 0; }

static void resize(th_monkey *monkey) {
    static const int SIZES[][2] = {{1280, 720}, {1920, 1080}, {1024, 640}, {3840, 2160},
                                   {900, 1400}, {1, 1},       {1, 3000},   {3000, 1}};
    if (one_in(monkey, 2)) {
        const int *size = SIZES[below(monkey, sizeof(SIZES) / sizeof(*SIZES))];
        monkey->width = size[0];
        monkey->height = size[1];
        return;
    }
    monkey->width = 200 + (int)below(monkey, 2200);
    monkey->height = 150 + (int)below(monkey, 1500);
}

// --- lessons ---

static void open_lesson(th_monkey *monkey) {
    char error[TH_MODEL_ERROR_MAX];
    monkey->path = monkey->home.open;
    monkey->home.open = NULL;
    size_t length = 0;
    if (!th_file_read(monkey->path, TH_SCRIPT_SOURCE_BYTES, &monkey->source, &length, error,
                      sizeof(error))) {
        TH_ASSERT(false);
    }
    const th_model_desc desc = {
        .scenario = {.path = monkey->path,
                     .source = monkey->source,
                     .source_length = length,
                     .seed = below(monkey, 100),
                     .has_seed = one_in(monkey, 3),
                     .libraries = th_libraries_beside(monkey->path)},
        .theme = monkey->home.theme,
        .lang = monkey->home.lang,
        .live = one_in(monkey, 2),
    };
    if (!th_model_open(&monkey->model, &desc, error, sizeof(error))) {
        fprintf(stderr, "monkey: %s\n", error);
        TH_ASSERT(false);
    }
    monkey->in_lesson = true;
    monkey->lesson_count++;
}

static void close_lesson(th_monkey *monkey) {
    th_home_note(&monkey->home, monkey->path, monkey->model.step, th_model_length(&monkey->model));
    monkey->home.theme = monkey->model.theme;
    monkey->home.lang = monkey->model.lang;
    th_model_close(&monkey->model);
    free(monkey->path);
    free(monkey->source);
    monkey->path = monkey->source = NULL;
    monkey->in_lesson = false;
}

static void change_screen(th_monkey *monkey) {
    if (monkey->in_lesson && monkey->model.quit) close_lesson(monkey);
    if (!monkey->in_lesson && monkey->home.open != NULL) open_lesson(monkey);
    monkey->home.quit = false;  // the picker's last way out: the monkey stays
}

// --- hands ---

static void act(th_monkey *monkey, th_action action, uint64_t argument) {
    // They write into the folder that the tests run in.
    if (action == TH_ACTION_SAVE || action == TH_ACTION_GIF) return;
    if (monkey->in_lesson)
        th_model_command(&monkey->model, action, argument);
    else
        th_home_command(&monkey->home, action, argument);
}

static void press_key(th_monkey *monkey) {
    static const int32_t KEYS[] = {
        SDLK_LEFT, SDLK_RIGHT, SDLK_UP,       SDLK_DOWN,    SDLK_HOME,     SDLK_END,      SDLK_TAB,
        SDLK_F1,   SDLK_F11,   SDLK_KP_ENTER, SDLK_KP_PLUS, SDLK_KP_MINUS, SDLK_BACKSPACE};
    const uint64_t count = sizeof(KEYS) / sizeof(*KEYS);
    const int32_t key =
        one_in(monkey, 2) ? KEYS[below(monkey, count)] : (int32_t)below(monkey, 128);
    uint64_t argument = 0;
    const th_action action =
        th_key_action(key, one_in(monkey, 4) ? KMOD_LSHIFT : KMOD_NONE, &argument);
    act(monkey, action, argument);
}

// Mostly on something that answers.
static th_point point(th_monkey *monkey, th_rect inside) {
    if (inside.w <= 0 && monkey->hits.count > 0 && !one_in(monkey, 5)) {
        inside = monkey->hits.items[below(monkey, (uint64_t)monkey->hits.count)].rect;
    } else if (inside.w <= 0) {
        inside = (th_rect){-20, -20, (float)monkey->width + 40, (float)monkey->height + 40};
    }
    const float x = (float)below(monkey, 1000) / 1000, y = (float)below(monkey, 1000) / 1000;
    return (th_point){inside.x + inside.w * x, inside.y + inside.h * y};
}

static void click(th_monkey *monkey) {
    const th_hit *hit = th_hits_at(&monkey->hits, point(monkey, (th_rect){0}), false);
    if (hit != NULL) act(monkey, hit->action, hit->argument);
}

static void rest_mouse(th_monkey *monkey) {
    const th_hit *hit = th_hits_at(&monkey->hits, point(monkey, (th_rect){0}), true);
    if (hit != NULL) act(monkey, hit->action, hit->argument);
}

static void drag(th_monkey *monkey) {
    if (!monkey->in_lesson) return;
    th_model *model = &monkey->model;
    const bool overview = one_in(monkey, 2);
    const th_rect shown = overview ? monkey->hits.overview : monkey->hits.scrub, none = {0};
    model->scrubbing = !one_in(monkey, 3);
    const th_point at = point(monkey, one_in(monkey, 8) ? none : shown);
    const uint64_t step = th_hits_step(&monkey->hits, at, overview, th_model_length(model));
    TH_ASSERT(step <= th_model_length(model));
    th_model_command(model, TH_ACTION_SCRUB, step);
}

// No key or button need ask for it: impossible requests must change nothing.
static void request(th_monkey *monkey) {
    static const uint64_t ARGUMENTS[] = {UINT64_MAX, INT64_MAX,  1ULL << 63, UINT32_MAX,
                                         INT32_MAX,  1ULL << 32, 65536,      255};
    const uint64_t count = sizeof(ARGUMENTS) / sizeof(*ARGUMENTS);
    const th_action action = (th_action)below(monkey, TH_ACTION_COUNT + 1);
    act(monkey, action, one_in(monkey, 4) ? ARGUMENTS[below(monkey, count)] : below(monkey, 40));
}

static void type(th_monkey *monkey) {
    static const char *const TEXTS[] = {"a", "e", "map", "写", "é", " ", "%s", "ch3", "\U0001F512"};
    if (monkey->in_lesson) return;
    if (one_in(monkey, 2))
        th_home_type_back(&monkey->home);
    else
        th_home_type(&monkey->home, TEXTS[below(monkey, sizeof(TEXTS) / sizeof(*TEXTS))]);
}

// Never "save": it writes into the folder that the tests run in.
static void type_line(th_monkey *monkey) {
    static const char *const LINES[] = {"m[42] = 1",
                                        "delete(m, 7)",
                                        "go(function() m[5] = 5 end)",
                                        "set h.B = 3",
                                        "set h.flags = 0100",
                                        "set b0.value[0] = 9",
                                        "set b0.tophash[3] = ff",
                                        "set h.buckets = 0",
                                        "undo",
                                        "seek 5",
                                        "seek 99999999999999999999",
                                        "+3",
                                        "-3",
                                        "run *",
                                        "run g1*5 g2",
                                        "run nobody",
                                        "watch h.flags",
                                        "watch",
                                        "filter g2",
                                        "filter b0.key[0]",
                                        "filter",
                                        "name \xE5\x88\x86\xE6\x94\xAF %s",
                                        "help",
                                        "m[",
                                        "((((((",
                                        "os.exit()",
                                        "error({})",
                                        "\x01\xFF"};
    if (!monkey->in_lesson) return;
    th_model *model = &monkey->model;
    const char *line = LINES[below(monkey, sizeof(LINES) / sizeof(*LINES))];
    if (one_in(monkey, 2)) {
        th_console_enter(model, line);
        return;
    }
    if (!th_console_is_open(model)) th_console_toggle(model);
    th_console_take_text(model, line);
    for (uint64_t i = below(monkey, 6); i > 0; i--) {
        th_console_press(model, (th_console_key)below(monkey, TH_CONSOLE_CLEAR + 1));
    }
}

static void arrow(th_monkey *monkey) {
    const int direction = (int)below(monkey, 4);
    if (monkey->in_lesson)
        act(monkey, direction < 2 ? TH_ACTION_STEP : TH_ACTION_STEP_BACK, 0);
    else
        th_home_arrow(&monkey->home, direction, monkey->width, monkey->height);
}

static void wait(th_monkey *monkey) {
    if (!monkey->in_lesson)
        th_home_learn(&monkey->home);
    else
        th_model_advance(&monkey->model, (double)below(monkey, 500) - 5);
}

// So that it sees many lessons.
static void go_elsewhere(th_monkey *monkey) {
    if (!one_in(monkey, 8)) return;
    // Esc takes back one thing at a time, and much may be open.
    for (int i = 0; i < BACKS_MAX && monkey->in_lesson && !monkey->model.quit; i++) {
        act(monkey, TH_ACTION_BACK, 0);
    }
    if (!monkey->in_lesson)
        act(monkey, TH_ACTION_OPEN, below(monkey, (uint64_t)monkey->home.home.lesson_count));
}

// --- eyes ---

static void check_hits(const th_monkey *monkey) {
    TH_ASSERT(monkey->hits.count >= 0 && monkey->hits.count <= TH_HIT_MAX);
    // Panels squeezed to nothing may turn inside out: nothing is shown of them, nothing hit.
    const bool roomy = monkey->width >= 800 && monkey->height >= 600;
    for (int i = 0; i < monkey->hits.count; i++) {
        const th_hit *hit = &monkey->hits.items[i];
        TH_ASSERT(!roomy || (hit->rect.w >= 0 && hit->rect.h >= 0));
        TH_ASSERT(hit->action >= TH_ACTION_NONE && hit->action < TH_ACTION_COUNT);
        TH_ASSERT(monkey->in_lesson || hit->action != TH_ACTION_FILTER);  // no addresses there
    }
}

static void check_state(th_monkey *monkey) {
    if (monkey->in_lesson) {
        TH_ASSERT(monkey->model.step <= th_model_length(&monkey->model));
        TH_ASSERT(monkey->model.speed > 0);
        return;
    }
    const th_home *home = th_home_view(&monkey->home);
    TH_ASSERT(home->shown_count <= home->lesson_count && home->chosen < home->shown_count);
}

static void look(th_monkey *monkey) {
    const th_theme_name theme = monkey->in_lesson ? monkey->model.theme : monkey->home.theme;
    if (monkey->in_lesson) {
        const th_frame_desc desc =
            th_model_frame(&monkey->model, monkey->fonts, monkey->width, monkey->height);
        th_view_frame(&desc, &monkey->list, &monkey->hits);
    } else {
        const th_home_desc desc = {.home = th_home_view(&monkey->home),
                                   .theme = th_theme_get(theme),
                                   .lang = monkey->home.lang,
                                   .width = monkey->width,
                                   .height = monkey->height,
                                   .fonts = monkey->fonts};
        th_view_home(&desc, &monkey->list, &monkey->hits);
    }
    check_hits(monkey);
    if (monkey->width > RASTER_WIDTH_MAX || !one_in(monkey, RASTER_ONE_IN)) return;
    if (monkey->raster.width != monkey->width || monkey->raster.height != monkey->height) {
        th_raster_resize(&monkey->raster, monkey->width, monkey->height);
    }
    th_raster_draw_dirty(&monkey->raster, &monkey->list, th_theme_get(theme)->color.bg);
}

void th_monkey_event(th_monkey *monkey) {
    static void (*const HANDS[])(th_monkey *) = {press_key, click, click,       rest_mouse, drag,
                                                 request,   type,  type_line,   arrow,      wait,
                                                 wait,      wait,  go_elsewhere};
    if (one_in(monkey, 40)) resize(monkey);
    HANDS[below(monkey, sizeof(HANDS) / sizeof(*HANDS))](monkey);
    check_state(monkey);
    change_screen(monkey);
    look(monkey);
}

uint64_t th_monkey_lesson_count(const th_monkey *monkey) { return monkey->lesson_count; }

// --- life ---

static bool open_picker(th_monkey *monkey, const char *folder, char *error, size_t error_size) {
    th_paths paths = {0};
    if (!th_lessons_in(folder, &paths, error, error_size)) return false;
    th_home_open(&monkey->home, paths.items, paths.count, TH_THEME_DARK, TH_LANG_EN, false);
    th_paths_free(&paths);
    monkey->fonts = th_fonts_open(error, error_size);
    return monkey->fonts != NULL;
}

th_monkey *th_monkey_new(const char *folder, uint64_t seed) {
    th_monkey *monkey = calloc(1, sizeof(*monkey));
    TH_ASSERT(monkey != NULL);
    monkey->rng = (th_rng){seed};
    monkey->width = 1280;
    monkey->height = 720;
    snprintf(monkey->kept, sizeof(monkey->kept), "/tmp/tophash-monkey-XXXXXX");
    char error[TH_MODEL_ERROR_MAX] = "no folder for what is kept";
    if (mkdtemp(monkey->kept) == NULL || setenv("XDG_STATE_HOME", monkey->kept, 1) != 0 ||
        !open_picker(monkey, folder, error, sizeof(error))) {
        fprintf(stderr, "monkey: %s\n", error);
        th_monkey_free(monkey);
        return NULL;
    }
    th_raster_init(&monkey->raster, monkey->fonts, monkey->width, monkey->height);
    look(monkey);
    return monkey;
}

static void remove_kept(const th_monkey *monkey) {
    char path[sizeof(monkey->kept) + 32];
    snprintf(path, sizeof(path), "%s/tophash/progress.json", monkey->kept);
    unlink(path);
    snprintf(path, sizeof(path), "%s/tophash", monkey->kept);
    rmdir(path);
    rmdir(monkey->kept);
}

void th_monkey_free(th_monkey *monkey) {
    if (monkey->in_lesson) close_lesson(monkey);
    th_home_close(&monkey->home);
    remove_kept(monkey);
    if (monkey->raster.pixels != NULL) th_raster_free(&monkey->raster);
    th_draw_free(&monkey->list);
    if (monkey->fonts != NULL) th_fonts_close(monkey->fonts);
    free(monkey);
}
