// A moment of a run as plain data for the views.
//
// Everything here is computed from the bytes of the world and from the recorded accesses around one
// step; nothing is invented and nothing needs to be looked up again. Texts of the scenario and of
// the pseudo-source are borrowed and live as long as the scenario; all else is held by value, so a
// scene is valid until it is built again. Goroutine numbers are the world's (from 1; 0: none).
#ifndef TH_GUI_SCENE_SCENE_H
#define TH_GUI_SCENE_SCENE_H

#include "sim/gomap/source.h"
#include "sim/script/scenario.h"

enum {
    TH_SCENE_NAME_MAX = 40,    // "ov12.tophash[3]" and room for a struct's field
    TH_SCENE_VALUE_MAX = 32,   // a string key is cut to this
    TH_SCENE_OP_MAX = 96,      // m["..."] = "..."
    TH_SCENE_CARD_MAX = 32,    // goroutines shown; the active ones come first
    TH_SCENE_LINE_MAX = 64,    // of one routine's pseudo-source
    TH_SCENE_CHIP_MAX = 6,
    TH_SCENE_LOG_MAX = 14,     // rows at the largest scale
    TH_SCENE_MARK_MAX = 96,    // pulses and trails
    TH_SCENE_BUCKET_MAX = 128, // buckets in detail: what fits on a stage
    TH_SCENE_FIELD_MAX = 8192, // buckets of the field
    TH_SCENE_COLLISION_MAX = 8,
    TH_SCENE_TRAIL_MAX = 16,   // moved items whose path still shows
    TH_SCENE_EVACUATION_ROWS = 4,
    TH_SCENE_DUMP_MAX = 48,
    TH_SCENE_CAUSE_MAX = 4,
    TH_SCENE_LEFT_MAX = 4,
    TH_SCENE_TICK_MAX = 256,   // of one lane's window
    TH_SCENE_MARKER_MAX = 64,
    TH_SCENE_LINK_MAX = 24,
    TH_SCENE_OVERVIEW_MAX = 512,
    TH_SCENE_OBJECT_MAX = 12,
    TH_SCENE_ENABLED_MAX = 32,
    TH_SCENE_PROC_MAX = 8,     // Ps that find room in the panel
    TH_SCENE_QUEUE_MAX = 8,    // of a run queue; the rest is counted
    TH_SCENE_NO_P = 255,
};

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
    uint8_t indent;    // levels
} th_scene_line;

typedef struct th_scene_chip {
    const char *name;  // a local of the routine, as the runtime calls it
    char value[TH_SCENE_VALUE_MAX];
} th_scene_chip;

typedef struct th_scene_card {
    uint16_t g;
    uint8_t status;             // th_scene_status
    uint8_t p;                  // the P it is on, of `go` scheduling; TH_SCENE_NO_P: none
    bool racing;                // its last access raced
    const char *name;           // of its program; "" for none
    char op[TH_SCENE_OP_MAX];   // in Go's words: m[5] = 10
    char place[TH_SCENE_NAME_MAX];  // the routine, or file:line
    th_scene_line lines[TH_SCENE_LINE_MAX];
    int line_count;
    int active;                 // index of the current line; -1: none
    th_scene_chip chips[TH_SCENE_CHIP_MAX];
    int chip_count;
    uint64_t last_step;         // 0: it has not moved yet
} th_scene_card;

// What a cell of memory shows. The faces of a tophash byte have marks of their own.
typedef enum th_scene_face {
    TH_FACE_VALUE,
    TH_FACE_GHOST,            // key or value left behind in an evacuated slot
    TH_FACE_BLANK,            // key or value of an empty slot
    TH_FACE_TOP,              // tophash from 5 up: two hex digits
    TH_FACE_EMPTY_REST,
    TH_FACE_EMPTY_ONE,
    TH_FACE_EVACUATED_X,
    TH_FACE_EVACUATED_Y,
    TH_FACE_EVACUATED_EMPTY,
} th_scene_face;

// Accesses that show on a cell: who, and how far the animation is (0 to 1; 1 when paused).
typedef struct th_scene_cell {
    uint64_t address;
    uint32_t size;
    uint8_t face;    // th_scene_face
    uint8_t before;  // the face before this step
    uint16_t reader, writer;  // last access of that goroutine; 0: none
    uint16_t read_trail;      // read a few steps ago
    uint16_t write_trail;     // written at most four steps ago
    int8_t collision;         // index into collisions, or -1
    float reader_in, writer_in;  // how much of the pulse has come in
    float read_alpha, write_alpha;  // weight of the trails
    char text[TH_SCENE_VALUE_MAX];
    char old_text[TH_SCENE_VALUE_MAX];  // before this step; shown until `swapped`
    bool swapped;             // false: this step writes here and the value has not changed yet
} th_scene_cell;

typedef enum th_bucket_role {
    TH_BUCKET_CURRENT,  // in buckets
    TH_BUCKET_OLD,      // in oldbuckets
} th_bucket_role;

// One bucket in detail.
typedef struct th_scene_bucket {
    uint64_t address;
    uint8_t role;        // th_bucket_role
    uint8_t chain;       // 0 for the head, n for the n-th overflow bucket
    int16_t parent;      // index of the bucket whose overflow pointer leads here; -1: head
    uint32_t index;      // of the chain's head in its array
    uint8_t live;        // slots with a live item
    uint8_t done;        // bool: an old bucket that is evacuated
    uint8_t evacuating;  // bool: items are leaving it now
    char name[TH_SCENE_NAME_MAX];  // "b2", "old0", "ov1"
    th_scene_cell top[TH_BUCKET_SLOTS], key[TH_BUCKET_SLOTS], elem[TH_BUCKET_SLOTS], overflow;
} th_scene_bucket;

// Where buckets stand on the stage, at this step and at the one before: the camera moves from one
// to the other. Rectangles are keyed by the bucket's address.
typedef struct th_scene_place {
    uint64_t address;
    uint8_t role, chain;
    int16_t parent;      // index into the same list
    uint32_t index;
} th_scene_place;

typedef struct th_scene_placement {
    th_scene_place *items;
    int count, capacity;
    int focus, head;     // bucket in use and its chain's head: indices, or -1
    bool growing;
    uint64_t bucket_count, old_count;  // in the arrays
} th_scene_placement;

// Buckets of an array too long for details: how many items each holds.
typedef struct th_scene_field {
    uint64_t count;      // buckets in the array
    uint32_t shown;      // entries of `live`, at most TH_SCENE_FIELD_MAX
    uint8_t *live;       // 0 to 8; bit 4: it has an overflow bucket; bit 5: evacuated
    uint32_t capacity;
} th_scene_field;

// An access pulse or trail by address; cells look themselves up here.
typedef struct th_scene_mark {
    uint64_t address;
    uint32_t size;
    uint64_t step;
    uint16_t g;
    bool write, trail;
    bool overwritten;  // a write, and somebody has stored there since
    float in;     // of a pulse: 0 to 1
    float alpha;  // of a trail
} th_scene_mark;

// Two accesses that race, where a goroutine's last access is one of them.
typedef struct th_scene_collision {
    uint64_t address;
    uint32_t size;
    uint16_t first_g, second_g;
    bool first_write, second_write;
    float burst, crack;  // scale of the burst (1 at rest), opening of the crack
    char first_text[TH_SCENE_VALUE_MAX], second_text[TH_SCENE_VALUE_MAX];
} th_scene_collision;

// An item that evacuation has in its hands, or has moved a short while ago.
typedef struct th_scene_flight {
    uint16_t g;
    uint64_t from, to;   // buckets
    uint8_t from_slot, to_slot;
    bool y;              // to the upper half
    bool active;         // in the air; else a trail
    bool has_target;     // the first byte has landed, so `to` is known
    float at;            // 0 at the old slot, 1 at the new one
    float alpha;         // of a trail
    bool top_landed, key_landed, elem_landed;
    char top[TH_SCENE_VALUE_MAX], key[TH_SCENE_VALUE_MAX], elem[TH_SCENE_VALUE_MAX];
    uint64_t hash, new_bit;  // the deciding bit of the hash; 0: a grow of the same size
} th_scene_flight;

// A slot whose tophash is one goroutine's and whose key is another's.
typedef struct th_scene_torn {
    bool present;
    uint64_t bucket;
    uint8_t slot;
    uint16_t top_g, key_g;
    char top[TH_SCENE_VALUE_MAX], key[TH_SCENE_VALUE_MAX];
} th_scene_torn;

// What the step's operation computes from its key; no access, so no step.
typedef struct th_scene_hash {
    bool present;
    uint16_t g;
    char key[TH_SCENE_VALUE_MAX];
    uint64_t hash, bucket;
    uint8_t B, top;
} th_scene_hash;

// The fields of the header, in memory order. th_hmap_field names them.
typedef enum th_hmap_field {
#define X(name, offset, size) TH_FIELD_##name,
    TH_HMAP_FIELDS(X)
#undef X
    TH_FIELD_COUNT,
} th_hmap_field;

typedef struct th_scene_map {
    bool present;
    uint64_t address;
    const char *name;      // the scenario's word for it
    th_hmap header, before;
    float led[4];          // light of iterator, oldIterator, hashWriting, sameSizeGrow: 0 to 1
    th_scene_cell field[TH_FIELD_COUNT];
    th_scene_bucket *buckets;  // in detail
    int bucket_count, bucket_capacity;
    th_scene_placement now, was;
    float camera;          // 0: as before this step; 1: as now
    bool crowded;          // more buckets than can be shown in detail: use the fields
    th_scene_field current, old;
    th_scene_flight flights[TH_SCENE_TRAIL_MAX];
    int flight_count;
    th_scene_torn torn;
    th_scene_hash hash;
} th_scene_map;

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

typedef enum th_dump_style { TH_DUMP_HEAD, TH_DUMP_CALL, TH_DUMP_FILE, TH_DUMP_BLANK } th_dump_style;

typedef struct th_scene_dump_line {
    uint16_t g;     // of a head line
    uint8_t style;  // th_dump_style
    char text[160];
} th_scene_dump_line;

// What led to a fatal error, in order.
typedef enum th_cause_kind {
    TH_CAUSE_BOTH_SET,    // a second goroutine stored the flag over the first's
    TH_CAUSE_SET,
    TH_CAUSE_CLEARED,
    TH_CAUSE_TOGGLED_OFF, // an XOR that meant to set it turned it off
    TH_CAUSE_READ,        // the read that decided
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
    char title[160];   // "fatal error: concurrent map writes"
    bool status_2;     // the process would end with exit status 2
    th_scene_dump_line lines[TH_SCENE_DUMP_MAX];
    int line_count;
    th_scene_cause causes[TH_SCENE_CAUSE_MAX];
    int cause_count;
    th_scene_left left[TH_SCENE_LEFT_MAX];
    int left_count;
    float shown;       // the panel's animation: 0 to 1
    float lines_shown; // lines that have come in
    uint16_t other;    // a goroutine that could have gone instead
    uint64_t branch_step;  // which step; 0: none could
} th_scene_failure;

// A tick of a lane: one step.
typedef struct th_scene_tick {
    uint64_t step;
    uint16_t g;
    bool write, access, race;  // access false: a synchronisation
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
    uint8_t kind;      // th_marker_kind
    uint32_t bucket;   // TH_MARKER_EVACUATE
} th_scene_marker;

typedef struct th_scene_link {
    uint64_t first_step, second_step;
    uint16_t first_g, second_g;
} th_scene_link;

typedef struct th_scene_branch {
    bool present;
    uint32_t id;
    uint64_t fork, length;
    uint16_t first_g;  // who runs at the fork
    uint8_t verdict;   // th_verdict of its end
    th_scene_tick ticks[TH_SCENE_TICK_MAX];
    int tick_count;
} th_scene_branch;

typedef struct th_scene_lanes {
    uint64_t first, last;  // steps of the window
    float scroll;          // how far the window has still to move on, in steps
    th_scene_tick ticks[TH_SCENE_TICK_MAX];
    int tick_count;
    th_scene_marker markers[TH_SCENE_MARKER_MAX];
    int marker_count;
    th_scene_link links[TH_SCENE_LINK_MAX];
    int link_count;
    uint16_t overview[TH_SCENE_OVERVIEW_MAX];  // who moves most in that part of the run; 0: none
    uint8_t overview_marks[TH_SCENE_OVERVIEW_MAX];  // 1: a race is there, 2: the fatal end
    int overview_count;
    uint64_t length;
    bool ended;            // the run has its end recorded
    uint8_t verdict;       // of that end
    th_scene_branch branch;
} th_scene_lanes;

// Something of the scenario that is no map: a variable, a lock ...
typedef struct th_scene_object {
    char name[TH_SCENE_NAME_MAX];
    const char *kind;  // Go's word for its type
    th_scene_cell cell;
} th_scene_object;

// A processor of `go` scheduling.
typedef struct th_scene_proc {
    uint16_t running, runnext;  // goroutines, 0: none
    uint8_t state;              // th_p_state
    uint16_t queue[TH_SCENE_QUEUE_MAX];  // oldest first
    int queue_count;            // all of them, shown or not
    bool took;                  // this step was its picking a goroutine
} th_scene_proc;

// What lies under the mouse, and who was there last.
typedef struct th_scene_hover {
    bool present;
    uint64_t address;
    char name[TH_SCENE_NAME_MAX];
    char value[TH_SCENE_VALUE_MAX];
    th_scene_racer last[2];  // the latest access first; step 0: none
} th_scene_hover;

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
    uint16_t what_if;      // who else could run here; 0: nobody
    uint64_t filter;       // address that the log is filtered by; 0: none
    th_scene_hover hover;
    const th_note *caption;
    float caption_in;      // 0 to 1
    uint16_t enabled[TH_SCENE_ENABLED_MAX];  // who may take the next step
    int enabled_count;
    th_scene_proc procs[TH_SCENE_PROC_MAX];
    int proc_count;        // 0: under `any` there are none
    uint16_t global[TH_SCENE_QUEUE_MAX];  // the global queue, oldest first
    int global_count;
    th_scene_card cards[TH_SCENE_CARD_MAX];
    int card_count;
    int goroutine_count;   // all of them, shown or not
    int lane_count;        // goroutines that have a lane: those numbered 1 to lane_count
    th_scene_map map;
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
} th_scene;

// Zeroed memory is an empty scene.
void th_scene_free(th_scene *scene);

#endif
