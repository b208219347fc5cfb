// A moment of a run as plain data for the views.
//
// Everything here is computed from the bytes of the world and from the recorded accesses around one
// step; nothing is invented and nothing needs to be looked up again. Texts of the scenario and of
// the pseudo-source are borrowed and live as long as the scenario; all else is held by value, so a
// scene is valid until it is built again. Goroutine numbers are the world's (from 1; 0: none).
#ifndef TH_GUI_SCENE_SCENE_H
#define TH_GUI_SCENE_SCENE_H

#include "gui/scene/limits.h"
#include "gui/scene/scene_cache.h"
#include "gui/scene/scene_map.h"
#include "gui/scene/scene_run.h"

// How a goroutine stands at this moment.
typedef enum th_scene_status {
    TH_SCENE_RUNNING,  // it took the step that is shown
    TH_SCENE_READY,    // it could take the next
    TH_SCENE_WAITING,  // blocked
    TH_SCENE_OVER,     // returned
    TH_SCENE_FAILED,   // it ended the run: fatal, panic, fault
} th_scene_status;

// What a run looks like so far; the end wins over the races.
typedef enum th_verdict {
    TH_VERDICT_CLEAN,  // no race so far
    TH_VERDICT_RACE,
    TH_VERDICT_FATAL,
    TH_VERDICT_PANIC,
    TH_VERDICT_DEADLOCK,
    TH_VERDICT_FAULT,
    TH_VERDICT_LIMIT,
} th_verdict;

typedef struct th_scene_line {
    const char *text;  // not NUL ended
    uint16_t length;
    uint8_t indent;  // levels
    uint8_t inner;   // of a routine that is called above: how far that is indented; 0: of none
} th_scene_line;

typedef struct th_scene_chip {
    const char *name;  // a local of the routine, as the runtime calls it
    char value[TH_SCENE_VALUE_MAX];
} th_scene_chip;

typedef struct th_scene_card {
    uint16_t g;
    uint8_t status;            // th_scene_status
    uint8_t p;                 // the P it is on, of `go` scheduling; TH_SCENE_NO_P: none
    bool racing;               // its last access raced
    const char *name;          // of its program; "" for none
    char op[TH_SCENE_OP_MAX];  // in Go's words: m[5] = 10
    th_scene_line lines[TH_SCENE_LINE_MAX];
    int line_count;
    int active;  // index of the current line; -1: none
    th_scene_chip chips[TH_SCENE_CHIP_MAX];
    int chip_count;
    uint64_t last_step;  // 0: it has not moved yet
} th_scene_card;

typedef struct th_scene_log_row {
    uint64_t step;
    uint16_t g;
    uint8_t kind;  // th_event_kind
    bool write, race;
    uint64_t address;
    char name[TH_SCENE_NAME_MAX];
    char value[TH_SCENE_VALUE_MAX];
} th_scene_log_row;

typedef struct th_scene_racer {
    uint16_t g;
    bool write;
    uint64_t step;
    char value[TH_SCENE_VALUE_MAX];
} th_scene_racer;

typedef struct th_scene_report {
    bool present;
    int index, count;  // which of the races up to here, from 1
    char name[TH_SCENE_NAME_MAX];
    th_scene_racer later, earlier;
} th_scene_report;

typedef struct th_scene_evacuation {
    bool present;
    bool same_size;         // nothing goes to Y
    uint64_t moved, total;  // items
    struct {
        char name[TH_SCENE_NAME_MAX];
        uint8_t top[TH_BUCKET_SLOTS];
        int moved, total;
        bool active;
    } rows[TH_SCENE_EVACUATION_ROWS];
    int row_count;
    uint64_t bucket_count, buckets_done;
} th_scene_evacuation;

// A cell of an object that is no map.
typedef struct th_scene_object_cell {
    char label[TH_SCENE_NAME_MAX];  // the field's name; "" for a variable
    uint16_t index, count;          // of an array
    int8_t target;                  // a pointer: to that object; -1: to none that is shown
    bool padding;                   // an array of bytes that keeps others apart, as one cell
    th_scene_cell cell;
} th_scene_object_cell;

typedef enum th_waits_for {
    TH_WAITS,
    TH_WAITS_TO_SEND,
    TH_WAITS_TO_RECEIVE,
    TH_WAITS_TO_READ,  // of an RWMutex
    TH_WAITS_TO_WRITE,
} th_waits_for;

// Something of the scenario that is no map: a struct, a variable, a lock ...
typedef struct th_scene_object {
    uint64_t address;
    char name[TH_SCENE_NAME_MAX];
    const char *kind;  // its type
    bool freed;
    bool in_memory;    // fields or a variable; false: a lock, a channel ...
    int first, count;  // its cells
    uint32_t size;     // bytes
    bool has_queue;    // goroutines can wait there
    struct {
        uint16_t g;
        uint8_t what;                // th_waits_for
    } waiters[TH_SCENE_WAITER_MAX];  // who goes first stands first
    int waiter_count;                // all of them, shown or not
} th_scene_object;

// A store that waits in a store buffer, the oldest of its buffer first.
typedef struct th_scene_buffered {
    uint16_t g;
    char name[TH_SCENE_NAME_MAX];
    char value[TH_SCENE_VALUE_MAX];
} th_scene_buffered;

// A processor of `go` scheduling.
typedef struct th_scene_proc {
    uint16_t running, runnext;           // goroutines, 0: none
    uint8_t state;                       // th_p_state
    uint16_t queue[TH_SCENE_QUEUE_MAX];  // oldest first
    int queue_count;                     // all of them, shown or not
    bool took;                           // this step was its picking a goroutine
} th_scene_proc;

// In this step a P took goroutines from another's queue.
typedef struct th_scene_steal {
    bool present;
    uint8_t thief, victim;
    uint8_t count;  // of goroutines, with the one that it runs
} th_scene_steal;

// What lies under the mouse, and who was there last.
typedef struct th_scene_hover {
    bool present;
    uint64_t address;
    char name[TH_SCENE_NAME_MAX];
    char value[TH_SCENE_VALUE_MAX];
    th_scene_racer last[2];  // the latest access first; step 0: none
} th_scene_hover;

// What a step did that the mouse rests on in the timeline.
typedef struct th_scene_glance {
    bool present;
    uint64_t step;
    uint32_t branch;
    th_scene_log_row row;
} th_scene_glance;

// A step of a branch as one number; 0: none.
static inline uint64_t th_glance(uint32_t branch, uint64_t step) {
    return step == 0 ? 0 : (uint64_t)branch << 40 | step;
}
static inline uint32_t th_glance_branch(uint64_t glance) { return (uint32_t)(glance >> 40); }
static inline uint64_t th_glance_step(uint64_t glance) {
    return glance & ((UINT64_C(1) << 40) - 1);
}

typedef struct th_scene {
    const th_scenario *scenario;
    uint64_t step, length;
    uint16_t g;            // who took the step; 0 at the start
    uint8_t verdict;       // th_verdict, so far
    int race_count;        // distinct places that raced, so far
    bool races_known;      // false: nothing looks for races in this run
    uint8_t schedule;      // th_schedule_kind
    uint8_t memory_model;  // th_memory_model
    bool playing;
    double speed;
    int speed_index;
    bool scrubbing, caption_wide, fit;
    uint16_t what_if;   // who else could run here; 0: nobody
    uint16_t filter_g;  // goroutine whose steps the log shows alone; 0: all
    uint64_t filter;    // address that the log is filtered by; 0: none
    th_scene_hover hover;
    th_scene_glance glance;
    const th_note *caption;
    const th_note *caption_before;           // said in the same step, just before it; NULL: none
    float caption_in;                        // 0 to 1
    uint16_t enabled[TH_SCENE_ENABLED_MAX];  // who may take the next step
    int enabled_count;
    th_scene_proc procs[TH_SCENE_PROC_MAX];
    int proc_count;  // 0: under `any` there are none
    th_scene_steal steal;
    uint16_t global[TH_SCENE_QUEUE_MAX];  // the global queue, oldest first
    int global_count;
    th_scene_card cards[TH_SCENE_CARD_MAX];
    int card_count;
    int goroutine_count;                 // all of them, shown or not
    uint16_t lane_g[TH_SCENE_LANE_MAX];  // goroutines that have a lane, by number
    int lane_count;
    th_scene_map map;
    th_scene_map_name maps[TH_SCENE_MAP_MAX];  // all of them, where there are several
    int map_count, maps_hidden;                // those that find no room
    uint64_t map_held;  // shown because a person chose it; 0: the stage follows the run
    th_scene_mark marks[TH_SCENE_MARK_MAX];
    int mark_count;
    th_scene_collision collisions[TH_SCENE_COLLISION_MAX];
    int collision_count;
    th_scene_log_row log[TH_SCENE_LOG_MAX];  // oldest first
    int log_count;
    th_scene_report report;
    th_scene_evacuation evacuation;
    th_scene_failure failure;
    th_scene_lanes lanes;
    th_scene_object objects[TH_SCENE_OBJECT_MAX];
    int object_count;
    th_scene_object_cell cells[TH_SCENE_CELL_MAX];
    int cell_count;
    th_scene_buffered buffered[TH_SCENE_BUFFERED_MAX];
    int buffered_count;
    th_scene_cache cache;
} th_scene;

// Zeroed memory is an empty scene.
void th_scene_free(th_scene *scene);

#endif
