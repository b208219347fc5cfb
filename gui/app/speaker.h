// The speaker's window, beside the one that the class sees.
#ifndef TH_GUI_APP_SPEAKER_H
#define TH_GUI_APP_SPEAKER_H

#include "gui/app/model.h"
#include "gui/draw/present.h"
#include "gui/view/speaker.h"

// What it shows of the model at this moment.
void th_speaker_of(const th_model *model, uint32_t seconds, th_speaker *out);

// Zero: closed.
typedef struct th_speaker_window {
    th_window window;
    bool open, presented;
    bool show_all;  // it lost its pixels
    uint32_t began_ms, shown_second;
    th_raster raster;
    bool has_raster;
    th_draw_list list;
} th_speaker_window;

// Opens or closes it as the model wants, and draws what is new in it (`changed`: the model, since
// the last call). Where there are two screens it opens by itself, on the other one, when presenting
// begins. Without a window to be had it stays closed and the model says why.
void th_speaker_window_update(th_speaker_window *speaker, th_model *model, th_fonts *fonts,
                              const th_window *beside, bool changed, uint32_t now_ms);
void th_speaker_window_close(th_speaker_window *speaker);

// Its number for SDL's events; 0: it is closed.
uint32_t th_speaker_window_id(const th_speaker_window *speaker);

#endif
