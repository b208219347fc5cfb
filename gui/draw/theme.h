/* Colours, sizes and times of the picture, in two themes. The data is compiled in, so a theme is
 * there wherever the program runs. Sizes are pixels at scale 1. */
#ifndef TH_GUI_DRAW_THEME_H
#define TH_GUI_DRAW_THEME_H

#include "gui/draw/draw.h"

enum {
    TH_THEME_GOROUTINE_COUNT = 6, /* hues that stay apart for colour-blind eyes */
    TH_THEME_OCCUPANCY_COUNT = 9, /* 0 to 8 items in a bucket */
    TH_THEME_CRASH_COUNT = 10,    /* tenths of a chance */
    TH_THEME_SPACE_COUNT = 10,
    TH_THEME_SPEED_COUNT = 8
};

typedef enum th_theme_name { TH_THEME_DARK, TH_THEME_LIGHT, TH_THEME_COUNT } th_theme_name;

typedef enum th_shape {
    TH_SHAPE_CIRCLE,
    TH_SHAPE_DIAMOND,
    TH_SHAPE_TRIANGLE,
    TH_SHAPE_SQUARE,
    TH_SHAPE_HEXAGON,
    TH_SHAPE_PENTAGON,
    TH_SHAPE_COUNT
} th_shape;

/* fill: marks. ink: text in the goroutine's hue. wash: behind a row. on: text upon fill. */
typedef struct th_goroutine_style {
    th_color fill, ink, wash, on;
    th_shape shape;
    th_pattern pattern;
} th_goroutine_style;

/* Each colour by its role. */
typedef struct th_theme_colors {
    th_color bg, stage, panel, raised, raised2; /* surfaces, from back to front */
    th_color line, line2;                       /* hairlines; outlines and pointers */
    th_color text, dim, faint;                  /* must read; secondary; labels */
    th_color cell, cell_key, cell_empty, grid;
    th_color alert, alert_ink, alert_wash; /* race and fatal only */
    th_color ok, ok_wash;                  /* no race */
    th_color warn;                         /* silent corruption */
    th_color led_off, led_on;              /* a flag of hmap */
    th_color accent, on_accent;            /* what is chosen or in focus, and text upon it */
    th_color hyp;                          /* a hypothetical engine */
    th_color ghost;                        /* stale key or value in an old bucket */
    th_color occupancy[TH_THEME_OCCUPANCY_COUNT];
    th_color crash[TH_THEME_CRASH_COUNT];
    th_goroutine_style goroutine[TH_THEME_GOROUTINE_COUNT];
} th_theme_colors;

/* Text sizes in px. */
typedef struct th_theme_fonts {
    float hero_number, fatal_title, step_counter, caption, caption_zh, op, cell_focus, title;
    float hmap_value, cell_linked, goroutine_id, body, verdict, source, log, cell_compact;
    float label, tick, text_min, rw_glyph;
    float badge_digit; /* times the badge's radius */
} th_theme_fonts;

typedef struct th_theme_line_heights {
    float caption, caption_zh, source, log, cell_focus, cell_compact, cell_grow;
} th_theme_line_heights;

typedef struct th_theme_radii {
    float tick, cell, chip, button, bucket, dialog, pill;
} th_theme_radii;

typedef struct th_theme_strokes {
    float hairline, outline, pointer, focus_bucket, read_ring, playhead, flight_active,
        flight_trail;
} th_theme_strokes;

typedef struct th_theme_glows {
    th_glow focus, write, led, fatal_panel;
} th_theme_glows;

typedef struct th_theme_layout {
    float top_bar, left_panel, right_panel, timeline;
    th_rect stage;
    float hmap_height, hmap_inset;
    float timeline_x0, timeline_x1;
} th_theme_layout;

/* A cubic Bezier timing curve from (0, 0) to (1, 1). */
typedef struct th_easing {
    float x1, y1, x2, y2;
} th_easing;

/* Durations in ms at speed 1. */
typedef struct th_theme_motion {
    th_easing out, in_out, overshoot, linear;
    struct {
        int ms, fade_ms;
        float from_px;
    } read_pulse;
    struct {
        int ms, value_swap_ms, trail_steps;
    } write_pulse;
    int led_toggle_ms;
    struct {
        int ms, freeze_ms, burst_ms, crack_ms;
        float scale_from, scale_peak, scale_to;
    } collision;
    struct {
        int ms, lift_ms, land_ms, stagger_ms, trail_fade_ms;
    } evacuation;
    struct {
        int frame_ms, panel_ms, dump_line_ms;
        float scrim_alpha;
    } fatal;
    struct {
        int focus_ms, zoom_ms, lod_crossfade_ms;
    } camera;
    int branch_fork_ms, step_back_ms, caption_ms;
    int tween_ms_min;  /* shorter ones are skipped */
    float final_speed; /* above it only final states are shown */
    float speed[TH_THEME_SPEED_COUNT];
} th_theme_motion;

typedef struct th_theme {
    th_theme_name name;
    th_theme_colors color;
    th_theme_fonts font;
    th_theme_line_heights line_height;
    th_theme_radii radius;
    th_theme_strokes stroke;
    th_theme_glows glow;
    th_theme_layout layout;
    th_theme_motion motion;
    float space[TH_THEME_SPACE_COUNT];
    float future_alpha; /* of what has not happened yet */
} th_theme;

/* A theme by name; it lives as long as the program. */
const th_theme *th_theme_get(th_theme_name name);

/* "dark", "light". */
const char *th_theme_string(th_theme_name name);
bool th_theme_parse(const char *word, th_theme_name *name);

/* The look of goroutine `index` (0 is G1). From the seventh on hues return with another shape and
 * pattern, and the digit tells the rest apart. */
th_goroutine_style th_theme_goroutine(const th_theme *theme, int index);

/* Fills with a goroutine's colour and pattern; pitch in px (0: default). */
th_paint th_theme_fill(th_goroutine_style style, float pitch);

/* Colour of a chance from 0 to 1. */
th_color th_theme_crash(const th_theme *theme, double chance);

/* Progress of an eased motion: t and result 0 at its start, 1 at its end. */
float th_easing_at(th_easing easing, float t);

#endif
