// The lesson picker as plain data for the views: which lessons there are, how each one ends, how
// far a person got, and what is chosen.
#ifndef TH_GUI_SCENE_HOME_H
#define TH_GUI_SCENE_HOME_H

#include "gui/scene/scene.h"

enum {
    TH_LESSON_TEXT_MAX = 160,
    TH_THUMB_ROWS = 3,
    TH_THUMB_COLUMNS = 3,  // tophash, key, value
    TH_SEARCH_MAX = 48,
};

// A piece of a lesson's stage at its most telling step: slots around what is touched there.
typedef struct th_thumb {
    th_scene_cell cells[TH_THUMB_ROWS][TH_THUMB_COLUMNS];
    th_scene_collision collision;
    bool has_cells;      // false: no map, or no buckets yet
    bool has_collision;  // the middle row's cell whose collision is 0 shows it
} th_thumb;

typedef struct th_lesson {
    char *path;  // owned
    char id[64];
    char chapter[16];                               // "2.1"
    uint16_t order;                                 // in the chapter
    char title[TH_LANG_COUNT][TH_LESSON_TEXT_MAX];  // "" where there is none
    char question[TH_LANG_COUNT][TH_LESSON_TEXT_MAX];
    bool model;   // truth is "model"
    bool known;   // it was loaded: the rest is meant
    bool broken;  // it does not load
    int goroutine_count;
    uint64_t step_count;
    uint8_t verdict;  // th_verdict of its end
    th_thumb thumb;
    uint64_t seen_step;  // how far a person got; 0: not at all
    bool done;           // the end was seen
} th_lesson;

typedef struct th_home {
    const th_lesson *lessons;
    int lesson_count;
    const int *shown;  // indices of those that fit the search, in order
    int shown_count;
    int chosen;  // position in `shown`; -1: nothing is shown
    int recent;  // lesson to go on with; -1: none
    bool searching;
    char search[TH_SEARCH_MAX];
    bool help;          // the key help lies over it
    bool about;         // the page about Tophash lies over it
    char message[512];  // what went wrong last; "" nothing
} th_home;

#endif
