// What panels draw with: everything in units (see arrange.h), turned into whole pixels here so that
// edges are crisp at every scale. Private to gui/view.
#ifndef TH_GUI_VIEW_VIEW_H
#define TH_GUI_VIEW_VIEW_H

#include "gui/draw/icons.h"
#include "gui/draw/text.h"
#include "gui/draw/wrap.h"
#include "gui/view/arrange.h"
#include "gui/view/desk.h"
#include "gui/view/frame.h"
#include "gui/view/words.h"

typedef struct th_view {
    const th_scene *scene;
    const th_theme *theme;
    const th_arrangement *at;
    const th_desk *desk;
    const th_explore_scene *explore;  // NULL: nothing is explored
    th_draw_list *list;
    th_fonts *fonts;
    th_hits *hits;  // NULL: what is drawn answers to nothing
    th_lang lang;
    float scale;
    uint16_t g;  // whose step it is
} th_view;

static inline float th_px(const th_view *view, float units) { return units * view->scale; }

// A line of the interface's width: `units`, but never thinner than a pixel.
float th_view_stroke_px(const th_view *view, float units);
// The pixels that a rectangle of units covers, its edges on the pixel grid.
th_rect th_view_rect_px(const th_view *view, th_rect rect);
th_point th_view_point_px(const th_view *view, float x, float y);

void th_view_fill(const th_view *view, th_rect rect, float radius, th_color color);
void th_view_paint(const th_view *view, th_rect rect, float radius, th_paint paint);
void th_view_outline(const th_view *view, th_rect rect, float radius, th_color color, float width);
void th_view_dashed(const th_view *view, th_rect rect, float radius, th_color color, float width,
                    float dash, float gap);
void th_view_line(const th_view *view, float x0, float y0, float x1, float y1, th_color color,
                  float width);
void th_view_glow(const th_view *view, th_rect rect, float radius, th_color color, th_glow glow);
void th_view_clip(const th_view *view, th_rect rect);
void th_view_unclip(const th_view *view);

// A style of text. y is the middle of the line's capitals.
typedef struct th_type {
    th_font_role role;
    int weight;
    float size;  // units
    th_color color;
    th_align align;
} th_type;

th_type th_type_ui(float size, int weight, th_color color);
th_type th_type_mono(float size, int weight, th_color color);
th_type th_type_right(th_type type);
th_type th_type_center(th_type type);
th_text_style th_type_style(const th_view *view, th_type type);

float th_view_text_width(const th_view *view, th_type type, const char *text);
// Draws the text, shortened with an ellipsis when it is wider than `width` (0: as wide as it is).
// Returns its width in units.
float th_view_text(const th_view *view, th_type type, float x, float y, float width,
                   const char *text);
// The same in the largest size from type.size down to `smallest` in which the text is not
// shortened.
float th_view_text_shrunk(const th_view *view, th_type type, float smallest, float x, float y,
                          float width, const char *text);
__attribute__((format(printf, 6, 7))) float th_view_textf(const th_view *view, th_type type,
                                                          float x, float y, float width,
                                                          const char *format, ...);
const char *th_view_word(const th_view *view, th_word word);
// The same for a format of the word table.
float th_view_wordf(const th_view *view, th_type type, float x, float y, float width, th_word word,
                    ...);
// 1234567 as 1,234,567.
void th_view_number(uint64_t number, char *out, size_t size);
// The scenario's text in the language in force, else in the other one; "" when it has none.
const char *th_view_pick(const th_view *view, th_text text);

void th_view_badge(const th_view *view, uint16_t g, float x, float y, float radius);
th_goroutine_style th_view_goroutine(const th_view *view, uint16_t g);

// A place that answers to clicks; at least 40 px high and wide as far as its neighbours allow is
// the caller's matter.
void th_view_hit(const th_view *view, th_rect rect, th_action action, uint64_t argument);
void th_view_hover(const th_view *view, th_rect rect, uint64_t address);
// The same for any request that the mouse makes by resting there.
void th_view_rest(const th_view *view, th_rect rect, th_action action, uint64_t argument);

// A key's cap with its sign, left edge at x; returns its width.
float th_view_key_cap(const th_view *view, float x, float y, const char *key);

// What a P is doing.
th_word th_view_proc_word(const th_view *view, const th_scene_proc *proc);

// The panels, each in its own file.
void th_view_topbar(const th_view *view);
void th_view_cards(const th_view *view);
void th_view_scheduler(const th_view *view);
void th_view_stage(const th_view *view);
void th_view_narration(const th_view *view);
// The step that was taken last, in a sentence.
void th_view_say_step(const th_view *view, char *text, size_t size);
void th_view_explore(const th_view *view);
void th_view_log(const th_view *view);
void th_view_report(const th_view *view);
void th_view_timeline(const th_view *view);
void th_view_fatal(const th_view *view);
void th_view_tooltip(const th_view *view);
void th_view_question(const th_view *view);
void th_view_console(const th_view *view);
void th_view_presenting(const th_view *view);

#endif
