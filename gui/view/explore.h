// The parts of the exploring screens. Private to gui/view.
#ifndef TH_GUI_VIEW_EXPLORE_H
#define TH_GUI_VIEW_EXPLORE_H

#include "gui/scene/explore.h"
#include "gui/view/dialog.h"

// Where they are, in units.
typedef struct th_explore_layout {
    th_rect body;  // all between the top bar and the timeline
    th_rect left, middle, right;
    th_rect picture;  // grid or tree, within the middle
    th_rect what_if;  // the box beside it
} th_explore_layout;

void th_explore_arrange(const th_view *view, th_explore_layout *out);

void th_view_explore_left(const th_view *view, const th_explore_layout *at);
void th_view_explore_grid(const th_view *view, const th_explore_layout *layout);
void th_view_explore_tree(const th_view *view, const th_explore_layout *layout);
void th_view_what_if(const th_view *view, const th_explore_layout *at);
void th_view_schedules(const th_view *view, const th_explore_layout *at);
void th_view_diverge(const th_view *view);
// Buttons between x and `right`, their middle at y.
void th_view_explore_pills(const th_view *view, float x, float y, float right);
// Over everything: the list of branches.
void th_view_branches(const th_view *view);
// In the right panel, while a challenge is open.
void th_view_challenge(const th_view *view);

// What a choice's step does: its sign, and the place or request; left edge at x.
void th_view_next_access(const th_view *view, const th_explore_choice *choice, float x, float y,
                         float width);

// The sign of a kind of run, of a radius in units, its middle at (x, y).
void th_view_run_sign(const th_view *view, uint8_t kind, float x, float y, float radius);
th_color th_view_run_color(const th_view *view, uint8_t kind);
// A bar of shares, worst first; unknown shares leave it empty.
void th_view_share_bar(const th_view *view, th_rect rect, const uint32_t *share);
// "35%", "<1%", ">99%", "?"; where it is `bare`, without the sign, and only what is exactly none or
// all is 0 or 100: else 1 to 99.
void th_view_percent(uint32_t share, bool bare, char *out, size_t size);
// "35% crash".
void th_view_share_text(const th_view *view, uint8_t kind, uint32_t share, char *out, size_t size);
// One of the kinds' words: `first` is that of TH_RUN_CRASH. Of a run that finished it says no more
// than is known: see th_explore_scene.knows_right.
th_word th_view_run_word(const th_view *view, th_word first, uint8_t kind);
// The scenario's words for a label, else the label itself.
const char *th_view_label(const th_view *view, const th_label *words, const char *label);

#endif
