#include "gui/draw/theme.h"

#include <string.h>

#include "sim/base/assert.h"

/* Sizes and times are the same in both themes. */
#define SHARED_TOKENS                                                                              \
    .font = {.hero_number = 60,                                                                    \
             .fatal_title = 36,                                                                    \
             .step_counter = 36,                                                                   \
             .caption = 28,                                                                        \
             .caption_zh = 31,                                                                     \
             .op = 28,                                                                             \
             .cell_focus = 27,                                                                     \
             .title = 26,                                                                          \
             .hmap_value = 26,                                                                     \
             .cell_linked = 22,                                                                    \
             .goroutine_id = 24,                                                                   \
             .body = 20,                                                                           \
             .verdict = 22,                                                                        \
             .source = 18,                                                                         \
             .log = 18,                                                                            \
             .cell_compact = 18,                                                                   \
             .label = 16,                                                                          \
             .tick = 15,                                                                           \
             .text_min = 15,                                                                       \
             .rw_glyph = 14,                                                                       \
             .badge_digit = 1.12f},                                                                \
    .line_height = {.caption = 40,                                                                 \
                    .caption_zh = 47,                                                              \
                    .source = 28,                                                                  \
                    .log = 31,                                                                     \
                    .cell_focus = 53,                                                              \
                    .cell_compact = 34,                                                            \
                    .cell_grow = 24},                                                              \
    .radius =                                                                                      \
        {.tick = 4, .cell = 5, .chip = 6, .button = 10, .bucket = 12, .dialog = 14, .pill = 999},  \
    .stroke = {.hairline = 1,                                                                      \
               .outline = 1.5f,                                                                    \
               .pointer = 2.5f,                                                                    \
               .focus_bucket = 2.5f,                                                               \
               .read_ring = 4,                                                                     \
               .playhead = 3,                                                                      \
               .flight_active = 5,                                                                 \
               .flight_trail = 2.5f},                                                              \
    .glow = {.focus = {3, 5, 0.035f},                                                              \
             .write = {3, 4, 0.13f},                                                               \
             .led = {3, 3, 0.16f},                                                                 \
             .fatal_panel = {3, 5, 0.1f}},                                                         \
    .layout = {.top_bar = 76,                                                                      \
               .left_panel = 424,                                                                  \
               .right_panel = 424,                                                                 \
               .timeline = 226,                                                                    \
               .stage = {424, 76, 1072, 778},                                                      \
               .hmap_height = 98,                                                                  \
               .hmap_inset = 18,                                                                   \
               .timeline_x0 = 150,                                                                 \
               .timeline_x1 = 1880},                                                               \
    .motion =                                                                                      \
        {.out = {0.16f, 1, 0.3f, 1},                                                               \
         .in_out = {0.65f, 0, 0.35f, 1},                                                           \
         .overshoot = {0.34f, 1.56f, 0.64f, 1},                                                    \
         .linear = {0, 0, 1, 1},                                                                   \
         .read_pulse = {.ms = 260, .fade_ms = 500, .from_px = 10},                                 \
         .write_pulse = {.ms = 320, .value_swap_ms = 140, .trail_steps = 4},                       \
         .led_toggle_ms = 180,                                                                     \
         .collision = {.ms = 700,                                                                  \
                       .freeze_ms = 120,                                                           \
                       .burst_ms = 380,                                                            \
                       .crack_ms = 160,                                                            \
                       .scale_from = 0.2f,                                                         \
                       .scale_peak = 1.15f,                                                        \
                       .scale_to = 1},                                                             \
         .evacuation =                                                                             \
             {.ms = 620, .lift_ms = 120, .land_ms = 140, .stagger_ms = 60, .trail_fade_ms = 1500}, \
         .fatal = {.frame_ms = 160, .panel_ms = 360, .dump_line_ms = 28, .scrim_alpha = 0.86f},    \
         .camera = {.focus_ms = 520, .zoom_ms = 420, .lod_crossfade_ms = 240},                     \
         .branch_fork_ms = 420,                                                                    \
         .step_back_ms = 160,                                                                      \
         .caption_ms = 200,                                                                        \
         .tween_ms_min = 40,                                                                       \
         .final_speed = 16,                                                                        \
         .speed = {0.25f, 0.5f, 1, 2, 4, 16, 64, 256}},                                            \
    .space = {2, 4, 6, 8, 12, 16, 20, 24, 32, 48}, .future_alpha = 0.38f

#define CRASH_RAMP                                                                          \
    {                                                                                       \
        0xFF1B2430, 0xFF3A2430, 0xFF5E2637, 0xFF86293F, 0xFFB22F49, 0xFFDD3D58, 0xFFFF6A7E, \
            0xFFFF9CA8, 0xFFFFC9CF, 0xFFFFF0F1                                              \
    }

/* Goroutine fills are the palette of Okabe and Ito, which colour-blind people can tell apart. */
static const th_theme themes[TH_THEME_COUNT] =
    {
        [TH_THEME_DARK] =
            {
                .name = TH_THEME_DARK,
                .color =
                    {
                        .bg = 0xFF0B0E13,
                        .stage = 0xFF080B0F,
                        .panel = 0xFF10151C,
                        .raised = 0xFF18202A,
                        .raised2 = 0xFF212B38,
                        .line = 0xFF26313F,
                        .line2 = 0xFF3A4859,
                        .text = 0xFFF2F5F9,
                        .dim = 0xFFAAB6C5,
                        .faint = 0xFF8A98AA,
                        .cell = 0xFF141B24,
                        .cell_key = 0xFF18212C,
                        .cell_empty = 0xFF0D1218,
                        .grid = 0xFF121821,
                        .alert = 0xFFFF3D57,
                        .alert_ink = 0xFFFF7A8A,
                        .alert_wash = 0xFF3A1219,
                        .ok = 0xFF7FE0C0,
                        .ok_wash = 0xFF0F2A24,
                        .warn = 0xFFFFD166,
                        .led_off = 0xFF2A3543,
                        .led_on = 0xFFFFF3B0,
                        .accent = 0xFFF2F5F9,
                        .on_accent = 0xFF0B0E13,
                        .hyp = 0xFFD7B8FF,
                        .ghost = 0xFF56657A,
                        .occupancy = {0xFF10161E, 0xFF132A43, 0xFF17456B, 0xFF1F6391, 0xFF2F83B0,
                                      0xFF52A3C4, 0xFF86C1CF, 0xFFBEDDD6, 0xFFF3F4DC},
                        .crash = CRASH_RAMP,
                        .goroutine =
                            {
                                {0xFF56B4E9, 0xFF7CC8F2, 0xFF10293A, 0xFF06121A, TH_SHAPE_CIRCLE,
                                 TH_PATTERN_SOLID},
                                {0xFFE69F00, 0xFFFFB92E, 0xFF33260A, 0xFF1A1000, TH_SHAPE_DIAMOND,
                                 TH_PATTERN_DIAGONAL},
                                {0xFF009E73, 0xFF3CCB9F, 0xFF08291F, 0xFF00140E, TH_SHAPE_TRIANGLE,
                                 TH_PATTERN_DOTS},
                                {0xFFF0E442, 0xFFF0E442, 0xFF302E10, 0xFF161500, TH_SHAPE_SQUARE,
                                 TH_PATTERN_VERTICAL},
                                {0xFFCC79A7, 0xFFE3A0C4, 0xFF301D28, 0xFF170810, TH_SHAPE_HEXAGON,
                                 TH_PATTERN_CROSS},
                                {0xFF0072B2, 0xFF5FB0E0, 0xFF0A2234, 0xFFFFFFFF, TH_SHAPE_PENTAGON,
                                 TH_PATTERN_HORIZONTAL},
                            },
                    },
                SHARED_TOKENS,
            },
        [TH_THEME_LIGHT] =
            {
                .name = TH_THEME_LIGHT,
                .color =
                    {
                        .bg = 0xFFFFFFFF,
                        .stage = 0xFFF4F6F9,
                        .panel = 0xFFFFFFFF,
                        .raised = 0xFFEDF0F5,
                        .raised2 = 0xFFE1E6EE,
                        .line = 0xFFC9D1DC,
                        .line2 = 0xFF8D99A9,
                        .text = 0xFF0A0F16,
                        .dim = 0xFF364252,
                        .faint = 0xFF566375,
                        .cell = 0xFFFFFFFF,
                        .cell_key = 0xFFFFFFFF,
                        .cell_empty = 0xFFE9EDF2,
                        .grid = 0xFFE6EAF0,
                        .alert = 0xFFC8102E,
                        .alert_ink = 0xFFB00D28,
                        .alert_wash = 0xFFFDE7EA,
                        .ok = 0xFF00634A,
                        .ok_wash = 0xFFDFF3EC,
                        .warn = 0xFF8A5A00,
                        .led_off = 0xFFC3CCD7,
                        .led_on = 0xFFFFC400,
                        .accent = 0xFF0A0F16,
                        .on_accent = 0xFFFFFFFF,
                        .hyp = 0xFF6B2FB3,
                        .ghost = 0xFF8793A3,
                        .occupancy = {0xFFF1F4F7, 0xFFDCE8EE, 0xFFBAD5E3, 0xFF8FBDD6, 0xFF5F9FC4,
                                      0xFF3A7FAE, 0xFF225F92, 0xFF144272, 0xFF0B2850},
                        .crash = CRASH_RAMP,
                        .goroutine =
                            {
                                {0xFF0072B2, 0xFF005F96, 0xFFDCEEFA, 0xFFFFFFFF, TH_SHAPE_CIRCLE,
                                 TH_PATTERN_SOLID},
                                {0xFFE69F00, 0xFF8A5200, 0xFFFDF0D2, 0xFF1A1000, TH_SHAPE_DIAMOND,
                                 TH_PATTERN_DIAGONAL},
                                {0xFF009E73, 0xFF00694C, 0xFFDAF3EA, 0xFF00140E, TH_SHAPE_TRIANGLE,
                                 TH_PATTERN_DOTS},
                                {0xFFF0E442, 0xFF6B6200, 0xFFFBF8CF, 0xFF161500, TH_SHAPE_SQUARE,
                                 TH_PATTERN_VERTICAL},
                                {0xFFCC79A7, 0xFF8E3A69, 0xFFF8E6F0, 0xFF170810, TH_SHAPE_HEXAGON,
                                 TH_PATTERN_CROSS},
                                {0xFF56B4E9, 0xFF1A6A99, 0xFFE2F2FC, 0xFF06121A, TH_SHAPE_PENTAGON,
                                 TH_PATTERN_HORIZONTAL},
                            },
                    },
                SHARED_TOKENS,
            },
};

static const char *const names[TH_THEME_COUNT] = {"dark", "light"};

const th_theme *th_theme_get(th_theme_name name) {
    TH_ASSERT((unsigned)name < TH_THEME_COUNT);
    return &themes[name];
}

const char *th_theme_string(th_theme_name name) {
    TH_ASSERT((unsigned)name < TH_THEME_COUNT);
    return names[name];
}

bool th_theme_parse(const char *word, th_theme_name *name) {
    for (int i = 0; i < TH_THEME_COUNT; i++) {
        if (strcmp(word, names[i]) != 0) continue;
        *name = (th_theme_name)i;
        return true;
    }
    return false;
}

th_goroutine_style th_theme_goroutine(const th_theme *theme, int index) {
    TH_ASSERT(index >= 0);
    int hue = index % TH_THEME_GOROUTINE_COUNT;
    int form = (index + index / TH_THEME_GOROUTINE_COUNT) % TH_THEME_GOROUTINE_COUNT;
    th_goroutine_style style = theme->color.goroutine[hue];
    style.shape = theme->color.goroutine[form].shape;
    style.pattern = theme->color.goroutine[form].pattern;
    return style;
}

th_paint th_theme_fill(th_goroutine_style style, float pitch) {
    /* Strong enough to see, weak enough to read a number upon. */
    return (th_paint){.color = style.fill,
                      .pattern_color = th_color_mix(style.fill, 0xFF000000, 0.22f),
                      .pattern = style.pattern,
                      .pitch = pitch};
}

th_color th_theme_crash(const th_theme *theme, double chance) {
    int step = (int)(chance * TH_THEME_CRASH_COUNT);
    int last = TH_THEME_CRASH_COUNT - 1;
    return theme->color.crash[step < 0 ? 0 : step > last ? last : step];
}

/* One coordinate of the timing curve. */
static float curve(float a, float b, float s) {
    float r = 1 - s;
    return 3 * r * r * s * a + 3 * r * s * s * b + s * s * s;
}

float th_easing_at(th_easing easing, float t) {
    if (t <= 0) return 0;
    if (t >= 1) return 1;
    /* x rises with s, so halving finds the s that belongs to t. */
    float low = 0, high = 1;
    for (int i = 0; i < 20; i++) {
        float middle = (low + high) / 2;
        if (curve(easing.x1, easing.x2, middle) < t) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return curve(easing.y1, easing.y2, (low + high) / 2);
}
