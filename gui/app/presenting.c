#include "gui/app/presenting.h"

#include "gui/app/capture.h"
#include "gui/app/model.h"
#include "gui/app/model_parts.h"
#include "gui/view/arrange.h"

#include <inttypes.h>
#include <stdio.h>

void th_presenting_free(th_presenting *presenting) {
    th_branch_export_free(presenting->gif);
    presenting->gif = NULL;
}

// --- from stop to stop ---

static bool stops(const th_model *model, const th_scene_note *at) {
    const th_note *note = th_scenario_note(model->scenario, at->note);
    return note != NULL && (note->kind == TH_NOTE_CAPTION || note->kind == TH_NOTE_ASK ||
                            note->kind == TH_NOTE_PAUSE);
}

uint64_t th_presenting_stop(const th_model *model, bool back) {
    const th_scene_index *index = &model->index;
    const uint64_t mark = th_scene_index_jump(index, model->step, back);
    uint64_t stop = mark > 0 ? mark : back ? 0 : th_model_length(model);
    for (uint32_t i = 0; i < index->note_count; i++) {
        const uint64_t step = index->notes[i].step;
        if (!stops(model, &index->notes[i])) continue;
        if (back && step < model->step && step > stop) stop = step;
        if (!back && step > model->step && step < stop) stop = step;
    }
    return stop;
}

// Plays on to it; asked again on the way there, or with less motion, it goes there at once.
static void next_stop(th_model *model) {
    if (model->playing && model->play_until > model->step) {
        const uint64_t stop = model->play_until;
        model->playing = false;
        model->play_until = 0;
        th_model_rest_at(model, stop);
        return;
    }
    const uint64_t stop = th_presenting_stop(model, false);
    if (model->reduced_motion)
        th_model_rest_at(model, stop);
    else
        th_model_play_until(model, stop);
}

static void previous_stop(th_model *model) {
    model->playing = false;
    model->play_until = 0;
    th_model_rest_at(model, th_presenting_stop(model, true));
}

// --- captions, full screen ---

static void set_caption(th_model *model, th_caption_size size) {
    model->caption_wide = size == TH_CAPTION_WIDE;
    model->presenting.caption_large = size == TH_CAPTION_LARGE;
}

static th_caption_size caption_size(const th_model *model) {
    if (model->presenting.caption_large) return TH_CAPTION_LARGE;
    return model->caption_wide ? TH_CAPTION_WIDE : TH_CAPTION_SIDE;
}

static void present(th_model *model, bool on) {
    th_presenting *presenting = &model->presenting;
    if (on) presenting->caption_before = (uint8_t)caption_size(model);
    set_caption(model, on ? TH_CAPTION_LARGE : (th_caption_size)presenting->caption_before);
    presenting->on = model->fullscreen = on;
}

// --- what is saved ---

static void say(th_model *model, bool bad, th_word word, const char *what) {
    th_presenting *presenting = &model->presenting;
    snprintf(presenting->toast, sizeof(presenting->toast), th_word_string(word, model->lang), what);
    presenting->toast_bad = bad;
}

static void start_gif(th_model *model) {
    th_presenting *presenting = &model->presenting;
    if (presenting->gif != NULL) return;
    presenting->gif_last = model->step;
    presenting->gif_first = model->step > TH_GIF_STEPS ? model->step - TH_GIF_STEPS : 0;
    presenting->gif_part = 0;
    char error[512];
    presenting->gif = th_capture_start_gif(model, presenting->gif_first, presenting->gif_last,
                                           presenting->gif_path, sizeof(presenting->gif_path),
                                           error, sizeof(error));
    if (presenting->gif == NULL) say(model, true, TH_WORD_SAVED_NOT, error);
}

bool th_presenting_advance(th_model *model) {
    th_presenting *presenting = &model->presenting;
    if (presenting->gif == NULL) return false;
    char error[512], first[24], last[24];
    uint32_t millionths;
    const bool goes_on =
        th_branch_export_goes_on(presenting->gif, &millionths, error, sizeof(error));
    const uint32_t part = millionths / 10000;
    model->changed |= !goes_on || part != presenting->gif_part || presenting->toast[0] == '\0';
    presenting->gif_part = part;
    if (goes_on) {
        snprintf(first, sizeof(first), "%" PRIu64, presenting->gif_first);
        snprintf(last, sizeof(last), "%" PRIu64, presenting->gif_last);
        snprintf(presenting->toast, sizeof(presenting->toast),
                 th_word_string(TH_WORD_SAVING_GIF, model->lang), first, last, (int)part);
        presenting->toast_bad = false;
        return true;
    }
    if (error[0] != '\0')
        say(model, true, TH_WORD_SAVED_NOT, error);
    else
        say(model, false, TH_WORD_SAVED_PICTURE, presenting->gif_path);
    th_presenting_free(presenting);
    return false;
}

void th_presenting_picture(th_model *model, th_fonts *fonts, int width, int height) {
    th_presenting *presenting = &model->presenting;
    presenting->wants_picture = false;
    const th_presenting shown = *presenting;
    // As if nobody pointed at anything.
    presenting->laser = presenting->glass = presenting->black = false;
    presenting->toast[0] = '\0';
    char said[TH_TOAST_MAX - 128];
    const bool good = th_capture_picture(model, fonts, width, height, said, sizeof(said));
    *presenting = shown;
    say(model, !good, good ? TH_WORD_SAVED_PICTURE : TH_WORD_SAVED_NOT, said);
    model->changed = true;
}

bool th_presenting_save(th_model *model, th_action action) {
    if (action != TH_ACTION_SAVE) return false;
    model->presenting.wants_picture = true;
    return true;
}

// --- commands ---

static void toggle_motion(th_model *model) {
    model->reduced_motion = !model->reduced_motion;
    say(model, false, model->reduced_motion ? TH_WORD_MOTION_LESS : TH_WORD_MOTION_FULL, "");
}

static void toggle_auto_pause(th_model *model) {
    model->auto_pause = !model->auto_pause;
    say(model, false, model->auto_pause ? TH_WORD_RACE_PAUSES : TH_WORD_RACE_PASSES, "");
}

static bool is_mouse_resting(th_action action) {
    return action == TH_ACTION_HOVER || action == TH_ACTION_HINT || action == TH_ACTION_NONE;
}

bool th_presenting_back(th_model *model) {
    th_presenting *presenting = &model->presenting;
    if (presenting->glass)
        presenting->glass = false;
    else if (presenting->laser)
        presenting->laser = false;
    else if (presenting->on)
        present(model, false);
    else
        return false;
    return true;
}

bool th_presenting_command(th_model *model, th_action action) {
    th_presenting *presenting = &model->presenting;
    if (is_mouse_resting(action)) return false;
    if (presenting->gif == NULL) presenting->toast[0] = '\0';
    if (presenting->black) {
        presenting->black = false;
        return true;
    }
    switch (action) {
    case TH_ACTION_NEXT_STOP: next_stop(model); return true;
    case TH_ACTION_PREVIOUS_STOP: previous_stop(model); return true;
    case TH_ACTION_PRESENT: present(model, !presenting->on); return true;
    case TH_ACTION_CAPTION:
        set_caption(model, (th_caption_size)((caption_size(model) + 1) % TH_CAPTION_SIZE_COUNT));
        return true;
    case TH_ACTION_LASER: presenting->laser = !presenting->laser; return true;
    case TH_ACTION_GLASS: presenting->glass = !presenting->glass; return true;
    case TH_ACTION_BLACK:
        presenting->black = true;
        model->playing = false;
        return true;
    case TH_ACTION_NOTES: presenting->notes = !presenting->notes; return true;
    case TH_ACTION_GIF: start_gif(model); return true;
    case TH_ACTION_MOTION: toggle_motion(model); return true;
    case TH_ACTION_AUTO_PAUSE: toggle_auto_pause(model); return true;
    default: return false;
    }
}

void th_presenting_point(th_model *model, float x, float y) {
    th_presenting *presenting = &model->presenting;
    presenting->has_point = true;
    presenting->x = x;
    presenting->y = y;
    if (presenting->laser || presenting->glass) model->changed = true;
}

th_desk_presenting th_presenting_look(const th_model *model) {
    const th_presenting *presenting = &model->presenting;
    return (th_desk_presenting){
        .laser = presenting->laser && presenting->has_point,
        .glass = presenting->glass && presenting->has_point,
        .black = presenting->black,
        .has_point = presenting->has_point,
        .caption_large = presenting->caption_large,
        .x = presenting->x,
        .y = presenting->y,
        .toast = presenting->toast,
        .toast_bad = presenting->toast_bad,
    };
}
