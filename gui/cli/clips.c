#include "gui/cli/clips.h"

#include "gui/scene/index.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void th_clips_free(th_clips *clips) {
    free(clips->items);
    *clips = (th_clips){0};
}

// Starts a clip at the step and ends the one before.
static bool clip_add(th_clips *clips, uint64_t step) {
    if (clips->count > 0) {
        th_clip *before = &clips->items[clips->count - 1];
        if (before->first == step) return true;  // the later caption is the one that stays
        before->last = step - 1;
    }
    if (clips->count == clips->capacity) {
        const int capacity = clips->capacity > 0 ? clips->capacity * 2 : 16;
        th_clip *items = realloc(clips->items, (size_t)capacity * sizeof(*items));
        if (items == NULL) return false;
        clips->items = items;
        clips->capacity = capacity;
    }
    clips->items[clips->count++] = (th_clip){.first = step};
    return true;
}

bool th_clips_of(const th_session *session, th_clips *clips) {
    const th_scenario *scenario = session->scenario;
    th_scene_index index = {.other_run = th_session_is_other_run(session)};
    th_scene_index_update(&index, scenario, session->timeline, 0);
    bool good = th_scenario_opening(scenario) == NULL || clip_add(clips, 0);
    for (uint32_t i = 0; i < index.note_count && good; i++) {
        const th_note *note = th_scenario_note(scenario, index.notes[i].note);
        if (note->kind == TH_NOTE_CAPTION) good = clip_add(clips, index.notes[i].step);
    }
    th_scene_index_free(&index);
    if (!good || clips->count == 0) return false;
    clips->items[clips->count - 1].last = th_timeline_length(session->timeline, 0);
    return true;
}

bool th_clip_name(const char *out, int number, char *name, size_t name_size) {
    const char *slash = strrchr(out, '/');
    const char *dot = strrchr(slash != NULL ? slash : out, '.');
    if (dot == NULL || strcmp(dot, ".png") == 0) return false;
    const int needed = snprintf(name, name_size, "%.*s-%02d%s", (int)(dot - out), out, number, dot);
    return needed >= 0 && (size_t)needed < name_size;
}
