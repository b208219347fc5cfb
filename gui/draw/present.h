/* The window: shows the raster's pixels. No drawing happens here, and no GPU is needed.
 *
 * SDL's video subsystem is started by th_window_open and stopped by th_window_close. Events are
 * the application's to poll; on SDL_WINDOWEVENT_SIZE_CHANGED it asks for the size again.
 */
#ifndef TH_GUI_DRAW_PRESENT_H
#define TH_GUI_DRAW_PRESENT_H

#include "gui/draw/raster.h"

struct SDL_Window;

typedef struct th_window_desc {
    const char *title; /* UTF-8 */
    int width, height; /* in points; 0: 1280 by 720 */
    bool fullscreen;
    bool hidden;
    int display; /* the screen that it opens on, from 0 */
} th_window_desc;

typedef struct th_window {
    struct SDL_Window *sdl;
    bool fullscreen;
} th_window;

/* Opens a resizable window. On failure false and one line in `error`. */
bool th_window_open(th_window *window, const th_window_desc *desc, char *error, size_t error_size);
void th_window_close(th_window *window);

/* The drawable size in pixels: what the raster should have. */
void th_window_size(const th_window *window, int *width, int *height);

/* Pixels in a point: multiply mouse coordinates by it. */
float th_window_scale(const th_window *window);

void th_window_set_title(th_window *window, const char *title);
void th_window_set_fullscreen(th_window *window, bool fullscreen);

/* Shows the raster's dirty rectangles, or with `all` every pixel (after an expose or a resize).
 * Returns false when the system took the window's surface away; show all next time. */
bool th_window_present(th_window *window, const th_raster *raster, bool all);

#endif
