// The parts of a played run that its captions make.
#ifndef TH_GUI_CLI_CLIPS_H
#define TH_GUI_CLI_CLIPS_H

#include "gui/cli/session.h"

// Steps, as in th_frames_desc.
typedef struct th_clip {
    uint64_t first, last;
} th_clip;

typedef struct th_clips {
    th_clip *items;
    int count, capacity;
} th_clips;

// False: the scenario has no captions (or memory ran out).
bool th_clips_of(const th_session *session, th_clips *clips);
void th_clips_free(th_clips *clips);

// "out/race.gif" and 3: "out/race-03.gif". False: no such name.
bool th_clip_name(const char *out, int number, char *name, size_t name_size);

#endif
