/* The marks that several views share, as draw list calls. Sizes are pixels; (x, y) is a centre
 * unless said otherwise. */
#ifndef TH_GUI_DRAW_ICONS_H
#define TH_GUI_DRAW_ICONS_H

#include "gui/draw/draw.h"
#include "gui/draw/theme.h"

/* One of the goroutines' outlines; `radius` is that of the circle of equal visual weight. */
void th_icon_shape(th_draw_list *list, th_shape shape, float x, float y, float radius,
                   th_paint paint);

/* A goroutine's badge: its shape in its colour, with its number (index + 1). */
void th_icon_badge(th_draw_list *list, const th_theme *theme, int goroutine_index, float x, float y,
                   float radius);

/* The same with an edge in `outline` colour, for badges that lie upon busy ground. */
void th_icon_badge_outlined(th_draw_list *list, const th_theme *theme, int goroutine_index, float x,
                            float y, float radius, th_color outline);

/* An outline only, for a goroutine that waits. */
void th_icon_badge_hollow(th_draw_list *list, const th_theme *theme, int goroutine_index, float x,
                          float y, float radius);

/* A memory access in a list: a box with R (hollow) or W (filled, with the pattern). */
void th_icon_access(th_draw_list *list, const th_theme *theme, int goroutine_index, bool write,
                    float x, float y, float size);

/* The same without a letter, for ticks of a lane and swatches. */
void th_icon_tick(th_draw_list *list, const th_theme *theme, int goroutine_index, bool write,
                  float x, float y, float size);

/* The spikes of a collision around a box of `width` by `height`; scale 1 is the resting size. */
void th_icon_burst(th_draw_list *list, const th_theme *theme, float x, float y, float width,
                   float height, float scale);

/* A cell that two writes meet in: `rect` split by a crack, each side in its writer's fill.
 * `progress` 0 to 1 opens the crack. Text is the caller's. */
void th_icon_crack(th_draw_list *list, const th_theme *theme, int left_index, int right_index,
                   th_rect rect, float progress);

/* A cell that a read and a write meet in: the reader's ring inside the writer's fill. */
void th_icon_ring_cell(th_draw_list *list, const th_theme *theme, int reader_index,
                       int writer_index, th_rect rect);

/* Verdicts. `ink` is the sign within (or the hole's colour). */
void th_icon_race(th_draw_list *list, float x, float y, float radius, th_color color, th_color ink);
void th_icon_fatal(th_draw_list *list, float x, float y, float radius, th_color color,
                   th_color ink);
void th_icon_warn(th_draw_list *list, float x, float y, float radius, th_color color, th_color ink);
void th_icon_ok(th_draw_list *list, float x, float y, float radius, th_color color, th_color ink);

/* Ended without a verdict, as a step limit: a circle with three dots. */
void th_icon_limit(th_draw_list *list, float x, float y, float radius, th_color color,
                   th_color ink);

/* Transport; `size` is the sign's height. */
void th_icon_play(th_draw_list *list, float x, float y, float size, th_color color);
void th_icon_pause(th_draw_list *list, float x, float y, float size, th_color color);
void th_icon_step(th_draw_list *list, float x, float y, float size, bool back, th_color color);
void th_icon_start(th_draw_list *list, float x, float y, float size, th_color color);
void th_icon_branch(th_draw_list *list, float x, float y, float size, th_color color);

/* A small filled triangle: the current line, a direction. */
void th_icon_caret(th_draw_list *list, float x, float y, float size, bool left, th_color color);

void th_icon_lock(th_draw_list *list, float x, float y, float size, bool open, th_color color,
                  th_color ink);

/* A flag's light. */
void th_icon_led(th_draw_list *list, const th_theme *theme, float x, float y, float radius,
                 bool on);

/* The eight slots; (x, y) is the top left. */
void th_icon_logo(th_draw_list *list, const th_theme *theme, float x, float y, float size);

#endif
