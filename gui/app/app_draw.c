// Drawing the screen that is open into the window.
#include "gui/app/app_parts.h"

#include "gui/view/files.h"
#include "gui/view/focus.h"
#include "gui/view/home.h"

#include <SDL_stdinc.h>

static void draw_screen(th_app *of, int width, int height) {
    if (of->in_lesson) {
        const th_frame_desc desc = th_model_frame(&of->model, of->fonts, width, height);
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

// Where Chinese is asked for and cannot be drawn, it is said so that it can be read.
static void tell_missing_font(th_app *of) {
    if (!of->lacks_chinese) return;
    th_presenting *presenting = &of->model.presenting;
    if (of->in_lesson && of->model.lang == TH_LANG_ZH) {
        SDL_strlcpy(presenting->toast, TH_FONTS_NO_CHINESE, sizeof(presenting->toast));
        presenting->toast_bad = true;
    } else if (!of->in_lesson && of->home.lang == TH_LANG_ZH) {
        SDL_strlcpy(of->home.home.message, TH_FONTS_NO_CHINESE, sizeof(of->home.home.message));
    }
}

void th_app_draw(th_app *of) {
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
    if (of->in_lesson && of->model.presenting.wants_picture) {
        th_presenting_picture(&of->model, of->fonts, width, height);
    }
    tell_missing_font(of);
    draw_screen(of, width, height);
    const th_theme *theme = th_theme_get(of->in_lesson ? of->model.theme : of->home.theme);
    if (of->files.open) {
        th_view_files(th_file_dialog_scene(&of->files), theme,
                      of->in_lesson ? of->model.lang : of->home.lang, width, height, of->fonts,
                      &of->list, &of->hits);
    }
    const th_hit *focused = th_focus_hit(&of->focus, &of->hits);
    if (focused != NULL) th_view_focus(&of->list, theme, focused->rect, width, height);
    th_raster_draw_dirty(&of->raster, &of->list, theme->color.bg);
    if (th_window_present(&of->window, &of->raster, of->show_all)) of->show_all = false;
}
