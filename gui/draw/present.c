#include "gui/draw/present.h"

#include <SDL2/SDL.h>
#include <stdio.h>
#include <string.h>

// Without a display SDL draws into nothing, and nobody could close that window. Tests ask for it by
// name.
static bool is_seen(void) {
    return SDL_getenv("SDL_VIDEODRIVER") != NULL ||
           strcmp(SDL_GetCurrentVideoDriver(), "offscreen") != 0;
}

bool th_window_open(th_window *window, const th_window_desc *desc, char *error, size_t error_size) {
    *window = (th_window){0};
    if (SDL_InitSubSystem(SDL_INIT_VIDEO) != 0) {
        snprintf(error, error_size, "cannot open a display: %s", SDL_GetError());
        return false;
    }
    if (!is_seen()) {
        snprintf(error, error_size,
                 "no display: neither DISPLAY nor WAYLAND_DISPLAY leads to one "
                 "(tophash export needs none)");
        SDL_QuitSubSystem(SDL_INIT_VIDEO);
        return false;
    }
    Uint32 flags = SDL_WINDOW_RESIZABLE | SDL_WINDOW_ALLOW_HIGHDPI;
    if (desc->hidden) flags |= SDL_WINDOW_HIDDEN;
    if (desc->fullscreen) flags |= SDL_WINDOW_FULLSCREEN_DESKTOP;
    const int place = (int)SDL_WINDOWPOS_CENTERED_DISPLAY((Uint32)desc->display);
    window->sdl = SDL_CreateWindow(desc->title, place, place, desc->width > 0 ? desc->width : 1280,
                                   desc->height > 0 ? desc->height : 720, flags);
    if (window->sdl == NULL || SDL_GetWindowSurface(window->sdl) == NULL) {
        snprintf(error, error_size, "cannot open a window: %s", SDL_GetError());
        th_window_close(window);
        return false;
    }
    window->fullscreen = desc->fullscreen;
    return true;
}

void th_window_close(th_window *window) {
    if (window->sdl != NULL) SDL_DestroyWindow(window->sdl);
    *window = (th_window){0};
    SDL_QuitSubSystem(SDL_INIT_VIDEO);
}

void th_window_size(const th_window *window, int *width, int *height) {
    SDL_GetWindowSizeInPixels(window->sdl, width, height);
}

float th_window_scale(const th_window *window) {
    int points, pixels;
    SDL_GetWindowSize(window->sdl, &points, NULL);
    SDL_GetWindowSizeInPixels(window->sdl, &pixels, NULL);
    return points > 0 ? (float)pixels / (float)points : 1.0f;
}

void th_window_set_title(th_window *window, const char *title) {
    SDL_SetWindowTitle(window->sdl, title);
}

void th_window_set_fullscreen(th_window *window, bool fullscreen) {
    SDL_SetWindowFullscreen(window->sdl, fullscreen ? SDL_WINDOW_FULLSCREEN_DESKTOP : 0);
    window->fullscreen = fullscreen;
}

/* Copies one rectangle, as far as both pictures have it. */
static SDL_Rect copy_rect(SDL_Surface *to, const th_raster *raster, th_pixel_rect from) {
    int x1 = from.x1 < to->w ? from.x1 : to->w, y1 = from.y1 < to->h ? from.y1 : to->h;
    SDL_Rect rect = {from.x0, from.y0, x1 - from.x0, y1 - from.y0};
    if (rect.w <= 0 || rect.h <= 0) return (SDL_Rect){0};
    const uint32_t *source =
        raster->pixels + (size_t)rect.y * (size_t)raster->width + (size_t)rect.x;
    unsigned char *target =
        (unsigned char *)to->pixels + rect.y * to->pitch + rect.x * to->format->BytesPerPixel;
    SDL_ConvertPixels(rect.w, rect.h, SDL_PIXELFORMAT_ARGB8888, source, raster->pitch,
                      to->format->format, target, to->pitch);
    return rect;
}

bool th_window_present(th_window *window, const th_raster *raster, bool all) {
    SDL_Surface *surface = SDL_GetWindowSurface(window->sdl);
    if (surface == NULL) return false;
    const th_pixel_rect whole = {0, 0, raster->width, raster->height};
    const th_pixel_rect *rects = all ? &whole : raster->dirty;
    int count = all ? 1 : raster->dirty_count;
    SDL_Rect shown[TH_RASTER_DIRTY_MAX];
    int shown_count = 0;
    if (SDL_MUSTLOCK(surface) && SDL_LockSurface(surface) != 0) return false;
    for (int i = 0; i < count; i++) {
        SDL_Rect rect = copy_rect(surface, raster, rects[i]);
        if (rect.w > 0) shown[shown_count++] = rect;
    }
    if (SDL_MUSTLOCK(surface)) SDL_UnlockSurface(surface);
    return shown_count == 0 || SDL_UpdateWindowSurfaceRects(window->sdl, shown, shown_count) == 0;
}
