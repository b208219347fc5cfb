/* Lines of text as coverage masks, kept for the next frame. Private to gui/draw. */
#ifndef TH_GUI_DRAW_RUNS_H
#define TH_GUI_DRAW_RUNS_H

#include "gui/draw/faces.h"
#include "gui/draw/text.h"

enum {
    TH_RUN_LENGTH_MAX = 4096,   /* bytes; what is longer is cut: it fits no screen */
    TH_RUN_COUNT_MAX = 16384,   /* about ten full screens of different texts */
    TH_RUN_BYTES_MAX = 64 << 20 /* of masks */
};

/* A line in one style. The mask, made when it is first drawn, holds width * height bytes of
 * coverage; its top left is `left` to the right of the pen and `top` below the baseline. */
typedef struct th_run {
    uint64_t hash;
    char *text;
    uint32_t length;
    th_font_role role;
    int weight_index, size;
    float advance;
    th_text_metrics metrics;
    bool rendered;
    uint8_t *mask;
    int left, top, width, height;
    int newer, older, chain; /* indices, or -1 */
} th_run;

/* Invariant: every run is in the chain of its hash and in the list from newest to oldest. */
struct th_fonts {
    th_faces faces;
    th_run *runs;
    int run_count, free_run, newest, oldest;
    int *table;
    size_t mask_bytes;
};

/* The run of a text; valid until the next call. With `rendered`, its mask is there too (NULL
 * when nothing shows). */
const th_run *th_runs_get(th_fonts *fonts, th_text_style style, const char *text, size_t length,
                          bool rendered);

/* A style's place among the faces. */
th_face th_style_face(th_text_style style);
int th_style_weight_index(th_text_style style);
int th_style_size(th_text_style style);

void th_runs_init(th_fonts *fonts);
void th_runs_free(th_fonts *fonts);

/* Measures or renders a run (shape.c). */
void th_run_measure(th_fonts *fonts, th_run *run);
void th_run_render(th_fonts *fonts, th_run *run);

#endif
