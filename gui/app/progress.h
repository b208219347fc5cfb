// What is kept between runs: how far a person got in each lesson, the last one, theme and language.
// One JSON file in the state folder of the XDG base directories, $XDG_STATE_HOME/tophash.
#ifndef TH_GUI_APP_PROGRESS_H
#define TH_GUI_APP_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>

typedef struct th_progress_entry {
    char id[64];
    uint64_t step;
    bool done;
    uint32_t best_steps, best_switches;  // of a solved challenge; 0 steps: none, or no challenge
} th_progress_entry;

typedef struct th_progress {
    th_progress_entry *entries;
    int count, capacity;
    char last[64];   // id of the lesson open last; "" none
    char theme[16];  // "" nothing was kept
    char lang[8];
} th_progress;

// Reads what was kept; nothing, or a damaged file, is an empty progress.
void th_progress_load(th_progress *progress);
void th_progress_free(th_progress *progress);
// Writes it whole, to a temporary name first. Failing to is no error that a class should see.
void th_progress_save(const th_progress *progress);

const th_progress_entry *th_progress_of(const th_progress *progress, const char *id);  // NULL: none
// The person is at `step` of `length` in that lesson now.
void th_progress_note(th_progress *progress, const char *id, uint64_t step, uint64_t length);
// A challenge was solved in that many steps and switches; the better of this and what was kept
// stays.
void th_progress_note_solved(th_progress *progress, const char *id, uint32_t steps,
                             uint32_t switches);

#endif
