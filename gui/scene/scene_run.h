// The part of a scene that is the run: how it ended and why, and its timeline. Included by scene.h,
// which says what holds for all of it.
#ifndef TH_GUI_SCENE_SCENE_RUN_H
#define TH_GUI_SCENE_SCENE_RUN_H

#include "gui/scene/limits.h"
#include "sim/script/scenario.h"

typedef enum th_dump_style {
    TH_DUMP_HEAD,
    TH_DUMP_CALL,
    TH_DUMP_FILE,
    TH_DUMP_BLANK
} th_dump_style;

typedef struct th_scene_dump_line {
    uint16_t g;     // of a head line
    uint8_t style;  // th_dump_style
    char text[160];
} th_scene_dump_line;

// What led to a fatal error, in order.
typedef enum th_cause_kind {
    TH_CAUSE_BOTH_SET,  // a second goroutine stored the flag over the first's
    TH_CAUSE_SET,
    TH_CAUSE_CLEARED,
    TH_CAUSE_TOGGLED_OFF,  // an XOR that meant to set it turned it off
    TH_CAUSE_READ,         // the read that decided
} th_cause_kind;

typedef struct th_scene_cause {
    uint8_t kind;
    uint64_t first_step, last_step;
    uint16_t g, other;
    uint32_t value;  // of flags
} th_scene_cause;

typedef enum th_left_kind { TH_LEFT_COUNT, TH_LEFT_SLOT, TH_LEFT_FLAGS } th_left_kind;

// A piece of the state that a failed run leaves behind.
typedef struct th_scene_left {
    uint8_t kind;
    char name[TH_SCENE_NAME_MAX];
    char value[3][TH_SCENE_VALUE_MAX];
    uint64_t live;  // TH_LEFT_COUNT: items that the buckets really hold
    bool wrong;     // it is not what it should be
} th_scene_left;

typedef struct th_scene_failure {
    bool present;
    char title[160];  // "fatal error: concurrent map writes"
    bool status_2;    // the process would end with exit status 2
    th_scene_dump_line lines[TH_SCENE_DUMP_MAX];
    int line_count;
    th_scene_cause causes[TH_SCENE_CAUSE_MAX];
    int cause_count;
    th_scene_left left[TH_SCENE_LEFT_MAX];
    int left_count;
    float shown;           // the panel's animation: 0 to 1
    float lines_shown;     // lines that have come in
    uint16_t other;        // a goroutine that could have gone instead
    uint64_t branch_step;  // which step; 0: none could
} th_scene_failure;

// A tick of a lane: one step.
typedef struct th_scene_tick {
    uint64_t step;
    uint16_t g;
    bool write, access, race;  // access false: a synchronisation
    bool fetched;              // it took a cache line, where the scenario asks
    bool match;                // it touches the address that is filtered for
} th_scene_tick;

typedef enum th_marker_kind {
    TH_MARKER_RACE,
    TH_MARKER_GROW,
    TH_MARKER_EVACUATE,
    TH_MARKER_GROWN,
    TH_MARKER_CAPTION,
    TH_MARKER_FATAL,
    TH_MARKER_PANIC,
} th_marker_kind;

typedef struct th_scene_marker {
    uint64_t step;
    uint8_t kind;     // th_marker_kind
    uint32_t bucket;  // TH_MARKER_EVACUATE
} th_scene_marker;

typedef struct th_scene_link {
    uint64_t first_step, second_step;
    uint16_t first_g, second_g;
} th_scene_link;

// Many steps of all lanes. Bit i is lane i's.
typedef struct th_scene_column {
    uint64_t first;  // step
    uint8_t moved, wrote, raced;
    bool match;  // it touches the address that is filtered for
} th_scene_column;

// Another future.
typedef struct th_scene_branch {
    uint32_t id;
    char name[TH_SCENE_BRANCH_NAME_MAX];  // "": it has none
    uint64_t fork, length;
    uint16_t first_g;  // who runs at the fork
    uint8_t verdict;   // th_verdict of its end
    bool ended;        // it has its end recorded
    th_scene_tick ticks[TH_SCENE_TICK_MAX];
    int tick_count;
} th_scene_branch;

// Operations on maps that stand side by side on the lanes.
typedef struct th_scene_bar_column {
    uint64_t first_step;  // of the first of them
    struct {
        uint32_t ops;  // 0: none of that goroutine's
        uint32_t reads, writes;
    } lane[TH_SCENE_LANE_MAX];
} th_scene_bar_column;

typedef struct th_scene_bars {
    bool present;  // then they stand where the ticks would
    bool all_write;
    bool together;           // more goroutines than lanes: all of them in the first one
    uint64_t op_count, per;  // of the branch; in a column
    uint64_t op;             // the one that began last, from 1; 0: none yet
    th_scene_bar_column columns[TH_SCENE_BAR_MAX];
    int column_count;
} th_scene_bars;

typedef struct th_scene_lanes {
    uint64_t first, last;  // steps of the window
    float scroll;          // how far the window has still to move on, in steps
    th_scene_tick ticks[TH_SCENE_TICK_MAX];
    int tick_count;
    th_scene_column columns[TH_SCENE_COLUMN_MAX];  // of a long window, in place of ticks
    int column_count;
    th_scene_marker markers[TH_SCENE_MARKER_MAX];
    int marker_count;
    th_scene_link links[TH_SCENE_LINK_MAX];
    int link_count;
    uint16_t overview[TH_SCENE_OVERVIEW_MAX];  // who moves most in that part of the run; 0: none
    uint8_t overview_marks[TH_SCENE_OVERVIEW_MAX];  // 1: a race is there, 2: the fatal end
    int overview_count;
    uint64_t length;
    bool ended;                                     // the run has its end recorded
    uint8_t verdict;                                // of that end
    th_scene_branch branches[TH_SCENE_BRANCH_MAX];  // the first is the one that Tab swaps with
    int branch_count;
    th_scene_bars bars;
} th_scene_lanes;

#endif
