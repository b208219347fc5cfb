// The speaker's own window: what is being told, what comes next, what came before, the claims with
// their evidence, and the time.
#ifndef TH_GUI_VIEW_SPEAKER_H
#define TH_GUI_VIEW_SPEAKER_H

#include "gui/draw/draw.h"
#include "gui/draw/text.h"
#include "gui/draw/theme.h"
#include "gui/view/words.h"

enum { TH_SPEAKER_BEFORE_MAX = 4 };

// A caption or a question, and from which step on it is told.
typedef struct th_speaker_note {
    const th_note *note;  // NULL: none
    uint64_t step;
} th_speaker_note;

typedef struct th_speaker {
    const th_scenario *scenario;
    uint64_t step, length;
    uint32_t seconds;                               // since the window was opened
    th_speaker_note now, next;                      // next: NULL, the run's end
    th_speaker_note before[TH_SPEAKER_BEFORE_MAX];  // the latest first
    int before_count;
} th_speaker;

// Replaces what the list held.
void th_view_speaker(const th_speaker *speaker, const th_theme *theme, th_lang lang, int width,
                     int height, th_fonts *fonts, th_draw_list *list);

#endif
