// Where the panels are, for any size of window. Units are design pixels: a 1920 by 1080 window has
// one unit a pixel. Small windows get a smaller unit, but larger than their share, so that text
// stays readable; the room that this takes is won back by folding panels.
#ifndef TH_GUI_VIEW_ARRANGE_H
#define TH_GUI_VIEW_ARRANGE_H

#include "gui/draw/draw.h"
#include "gui/draw/theme.h"

// Where the caption is, and how large: in the right panel, over the full width, or so that the last
// row reads it. A small window always has it over the full width.
typedef enum th_caption_size {
    TH_CAPTION_SIDE,
    TH_CAPTION_WIDE,
    TH_CAPTION_LARGE,
    TH_CAPTION_SIZE_COUNT
} th_caption_size;

typedef struct th_arrangement {
    float scale;          // pixels in a unit
    float width, height;  // of the window, in units
    bool compact;         // panels fold: caption above the timeline, short lists
    bool below;           // the right panel lies below the stage
    th_rect top, left, stage, right, caption, timeline;
    th_rect narration, log, report;  // parts of the right panel; narration may be empty
    th_rect cards, scheduler;        // parts of the left one
    float lane_height;
    th_rect lens, minimap, histograms, growth;  // beside a field; empty: not shown
} th_arrangement;

// `lanes`: how many goroutines have one; `branches`: how many other futures.
void th_arrange(int width_px, int height_px, const th_theme *theme, int lanes, int branches,
                th_caption_size caption, th_arrangement *out);

// Makes room for the panels beside a field of buckets. `growing`: for its progress too; `report`:
// the lower right panel keeps its place.
void th_arrange_field(bool growing, bool report, th_arrangement *out);

#endif
