// What sheets are made of. Private to gui/view. Units.
#ifndef TH_GUI_VIEW_DIALOG_H
#define TH_GUI_VIEW_DIALOG_H

#include "gui/view/view.h"

// The screen's size in units.
typedef struct th_extent {
    float w, h;
} th_extent;

// Dims all that was drawn, and a box in the middle of it, at most that large. Clicking beside the
// box does `close`. Returns the box.
th_rect th_view_dialog(const th_view *view, th_extent screen, float width, float height,
                       th_action close);
// Its title and a cross that does `close`. Returns the y below them.
float th_view_dialog_head(const th_view *view, th_rect box, const char *title, th_action close);

// A paragraph, its top left at (x, y), in lines `line` apart. Returns its height.
float th_view_paragraph(const th_view *view, th_type type, float x, float y, float width,
                        float line, const char *text);
// Its height, without drawing it.
float th_view_paragraph_height(const th_view *view, th_type type, float width, float line,
                               const char *text);

// A round button with a sign, its middle at (x, y).
void th_view_round_button(const th_view *view, float x, float y, const char *sign, bool on,
                          th_action action);
// Explains what lies in the rectangle while the mouse rests there.
void th_view_hint(const th_view *view, th_rect rect, th_word word);

#endif
