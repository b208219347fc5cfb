#include "gui/app/speaker.h"

#include <SDL.h>

enum { WIDTH = 1000, HEIGHT = 720 };

static bool is_told(const th_note *note) {
    return note != NULL && (note->kind == TH_NOTE_CAPTION || note->kind == TH_NOTE_ASK);
}

// What is told now goes to what was told before.
static void tell(th_speaker *out, th_speaker_note note) {
    if (out->now.note != NULL) {
        for (int i = TH_SPEAKER_BEFORE_MAX - 1; i > 0; i--) out->before[i] = out->before[i - 1];
        out->before[0] = out->now;
        if (out->before_count < TH_SPEAKER_BEFORE_MAX) out->before_count++;
    }
    out->now = note;
}

void th_speaker_of(const th_model *model, uint32_t seconds, th_speaker *out) {
    *out = (th_speaker){.scenario = model->scenario,
                        .step = model->step,
                        .length = th_model_length(model),
                        .seconds = seconds};
    out->now.note = th_scenario_opening(model->scenario);
    for (uint32_t i = 0; i < model->index.note_count; i++) {
        const th_speaker_note at = {th_scenario_note(model->scenario, model->index.notes[i].note),
                                    model->index.notes[i].step};
        if (!is_told(at.note)) continue;
        if (at.step > model->step) {
            out->next = at;
            return;
        }
        tell(out, at);
    }
}

// --- the window ---

// Another screen than that of the class, where there is one.
static int other_display(const th_window *beside) {
    const int count = SDL_GetNumVideoDisplays(), here = SDL_GetWindowDisplayIndex(beside->sdl);
    if (count < 2 || here < 0) return here < 0 ? 0 : here;
    return here == 0 ? 1 : 0;
}

static void open_window(th_speaker_window *speaker, th_model *model, const th_window *beside,
                        uint32_t now_ms) {
    const th_window_desc desc = {.title = "Speaker - Tophash",
                                 .width = WIDTH,
                                 .height = HEIGHT,
                                 .display = other_display(beside)};
    char error[256];
    if (th_window_open(&speaker->window, &desc, error, sizeof(error))) {
        speaker->open = speaker->show_all = true;
        speaker->began_ms = now_ms;
        return;
    }
    model->presenting.notes = false;
    SDL_strlcpy(model->presenting.toast, error, sizeof(model->presenting.toast));
    model->presenting.toast_bad = model->changed = true;
}

void th_speaker_window_close(th_speaker_window *speaker) {
    if (!speaker->open) return;
    th_window_close(&speaker->window);
    if (speaker->has_raster) th_raster_free(&speaker->raster);
    th_draw_free(&speaker->list);
    *speaker = (th_speaker_window){.presented = speaker->presented};
}

static void draw(th_speaker_window *speaker, const th_model *model, th_fonts *fonts) {
    int width, height;
    th_window_size(&speaker->window, &width, &height);
    if (width < 1 || height < 1) return;
    if (!speaker->has_raster) {
        th_raster_init(&speaker->raster, fonts, width, height);
        speaker->has_raster = true;
    } else if (speaker->raster.width != width || speaker->raster.height != height) {
        th_raster_resize(&speaker->raster, width, height);
        speaker->show_all = true;
    }
    const th_theme *theme = th_theme_get(model->theme);
    th_speaker shown;
    th_speaker_of(model, speaker->shown_second, &shown);
    th_view_speaker(&shown, theme, model->lang, width, height, fonts, &speaker->list);
    th_raster_draw_dirty(&speaker->raster, &speaker->list, theme->color.bg);
    if (th_window_present(&speaker->window, &speaker->raster, speaker->show_all)) {
        speaker->show_all = false;
    }
}

void th_speaker_window_update(th_speaker_window *speaker, th_model *model, th_fonts *fonts,
                              const th_window *beside, bool changed, uint32_t now_ms) {
    th_presenting *presenting = &model->presenting;
    if (presenting->on && !speaker->presented && SDL_GetNumVideoDisplays() > 1) {
        presenting->notes = true;
    }
    speaker->presented = presenting->on;
    if (!presenting->notes) {
        if (!speaker->open) return;
        th_speaker_window_close(speaker);
        // Not every desktop gives the keyboard back by itself.
        SDL_SetWindowInputFocus(beside->sdl);
        return;
    }
    if (!speaker->open) open_window(speaker, model, beside, now_ms);
    if (!speaker->open) return;
    const uint32_t second = (now_ms - speaker->began_ms) / 1000;
    if (!changed && !speaker->show_all && second == speaker->shown_second) return;
    speaker->shown_second = second;
    draw(speaker, model, fonts);
}

uint32_t th_speaker_window_id(const th_speaker_window *speaker) {
    return speaker->open ? SDL_GetWindowID(speaker->window.sdl) : 0;
}
