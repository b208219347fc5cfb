// The state space of a scenario: what a world is made of, as numbers, and the moves between states.
//
// A state is a few numbers: its memory's, its rest's (queues, blocks, store buffers, the
// scheduler), the race detector's, and one for each goroutine. Each part is interned, so states are
// equal when their numbers are. What a goroutine's step does depends on its own part, the rest, and
// either the value it reads or the whole memory; so each such step is taken once, by th_world_step
// on a world put together for it, and remembered. Afterwards it costs some look-ups.
//
// Parts are compared in full, but for the detector's, of which a 128-bit digest is kept (raced.h).
// Private to sim/explore.
#ifndef TH_SIM_EXPLORE_SPACE_H
#define TH_SIM_EXPLORE_SPACE_H

#include "sim/explore/futures.h"
#include "sim/explore/intern.h"
#include "sim/explore/raced.h"
#include "sim/explore/rest.h"
#include "sim/explore/words.h"
#include "sim/world/world.h"

// A state's numbers, in that order; the goroutines' from number 1 on.
enum { TH_STATE_MEMORY, TH_STATE_REST, TH_STATE_RACED, TH_STATE_LOCALS };
enum {
    // A state is a row of numbers; with more goroutines no search comes to an end.
    TH_EXPLORE_GOROUTINE_MAX = 62,
    TH_STATE_WIDTH_MAX = TH_STATE_LOCALS + TH_EXPLORE_GOROUTINE_MAX,
};

// A goroutine's part, as hot code needs it.
typedef struct th_local {
    uint64_t mask;       // of the slot's word: what its step reads
    uint32_t slot;       // the word that its step touches
    uint32_t footprint;  // th_futures
    uint32_t last_move;  // found last
    uint16_t g;
    uint16_t label;   // th_goroutine.label
    uint8_t over;     // bool: has returned
    uint8_t selects;  // bool: stands before a select: its step has a choice for each case
    uint8_t simple;   // bool: what its step does may follow from the value in `mask` alone
    uint8_t writes;   // bool: its step may change the memory
} th_local;

typedef enum th_move_kind {
    TH_MOVE_BLOCKED,  // the step is not enabled
    TH_MOVE_LOOK,     // memory stays as it is
    TH_MOVE_STORE,    // `value` under `mask` goes to `slot`
    TH_MOVE_REPLACE,  // memory becomes `to_memory`
    TH_MOVE_DEPENDS,  // on more of the memory than the value read: see the move of the whole memory
} th_move_kind;

// A choice without its goroutine.
typedef uint32_t th_choice_code;
enum { TH_CODE_RUN = TH_CHOICE_RUN };  // of a goroutine's own step

static inline th_choice_code th_choice_code_of(th_choice choice) {
    return (uint32_t)(choice.value + 1) << 2 | choice.kind;
}
static inline th_choice th_choice_of(uint16_t g, th_choice_code code) {
    return (th_choice){.g = g, .kind = code & 3, .value = (int32_t)(code >> 2) - 1};
}

// What a step does, remembered.
typedef struct th_move {
    uint64_t seen;   // the value read, or the memory's number
    uint32_t local;  // of who takes the step; of the scheduler's: of whom it takes up
    uint32_t rest;
    uint32_t code;  // th_choice_code << 1 | whether `seen` is a memory
    uint32_t to_local, to_rest, to_memory;
    uint64_t mask, value;
    uint32_t slot;
    uint32_t first_word, word_count;  // what it tells a race detector
    uint32_t first_born, born_count;  // local states of the goroutines it starts
    uint32_t ending;                  // index of th_space.endings; 0: the run goes on
    uint16_t label;                   // of the goroutine afterwards
    uint8_t kind;                     // th_move_kind
} th_move;

// How a run ended.
typedef struct th_ending {
    const char *message;  // kept by the space; NULL: none
    uint8_t end;          // th_end
} th_ending;

enum { TH_ENDING_NONE, TH_ENDING_DEADLOCK };

// A class of runs: what an exploration tells apart.
typedef struct th_class {
    const char *label;  // of `finally`, kept by the space; NULL: none
    uint32_t ending;
    bool raced;
} th_class;

// See th_explore_desc.
typedef struct th_space_desc {
    const th_world *start;  // settled; must outlive the space
    th_resolver resolver;
    bool (*label)(void *context, const th_world *world, const char **label);
    void *label_context;
    bool label_ignores_memory;
} th_space_desc;

typedef struct th_space {
    th_space_desc desc;
    th_words words;
    th_intern local_bytes;  // [local - 1]: a goroutine and its number
    th_local *locals;       // [local], from 1
    uint32_t local_count, local_capacity;
    th_intern rest_bytes;
    th_rest *rests;  // [rest]
    uint32_t rest_count, rest_capacity;
    th_raced raced;
    th_futures futures;
    th_move *moves;  // from 1
    uint32_t move_count, move_capacity;
    uint32_t *move_table;  // 0: free
    uint32_t move_table_capacity;
    uint32_t *born;
    uint32_t born_count, born_capacity;
    th_ending *endings;
    uint32_t ending_count, ending_capacity;
    th_class *classes;
    uint32_t class_count, class_capacity;
    th_intern label_keys;   // what the label of an ended run depends on
    uint32_t *label_texts;  // [key]: index of the label's text + 1, 0: no label
    uint32_t label_capacity;
    char **texts;
    uint32_t text_count, text_capacity;
    th_packing packing;
    th_world scratch;
    th_events events;
    th_race_log log;
    size_t world_bytes;  // heap of the rests' worlds, about
    uint32_t start[TH_STATE_WIDTH_MAX];
    const char *error;  // why a step could not be taken; NULL: all could
} th_space;

#define TH_SPACE_TOO_MANY "too many goroutines to keep states of"

// False: space->error says why this scenario cannot be explored in this way.
bool th_space_init(th_space *space, const th_space_desc *desc);
void th_space_free(th_space *space);
size_t th_space_memory_used(const th_space *space);

// Goroutines of a state, so its width is TH_STATE_LOCALS + that many.
uint32_t th_space_goroutine_count(const th_space *space, uint32_t rest);
static inline uint32_t th_space_width(const th_space *space, const uint32_t *state) {
    return TH_STATE_LOCALS + th_space_goroutine_count(space, state[TH_STATE_REST]);
}

// All that might be chosen at a state, enabled or not, in the order of th_world_choices; returns
// how many. `choices` has room for TH_SPACE_CHOICE_MAX.
enum {
    TH_SPACE_CHOICE_EACH_MAX = 1 + TH_SELECT_CASE_MAX + TH_STORE_BUFFER_MAX,
    TH_SPACE_CHOICE_MAX = TH_EXPLORE_GOROUTINE_MAX * TH_SPACE_CHOICE_EACH_MAX + TH_PROCS_MAX,
};
uint32_t th_space_choices(const th_space *space, const uint32_t *state, th_choice *choices);
// Those of one goroutine, at most TH_SPACE_CHOICE_EACH_MAX.
uint32_t th_space_choices_of(const th_space *space, const uint32_t *state, uint16_t g,
                             th_choice *choices);

typedef enum th_hop_kind {
    TH_HOP_BLOCKED,
    TH_HOP_STATE,   // leads to `state`
    TH_HOP_END,     // ends the run: a run of class `class`
    TH_HOP_FAILED,  // space->error says why
} th_hop_kind;

typedef struct th_hop {
    uint32_t move;  // index of th_space.moves
    uint32_t class;
    uint32_t width;  // of the state
    uint32_t state[TH_STATE_WIDTH_MAX];
} th_hop;

// What a choice at a state leads to.
th_hop_kind th_space_hop(th_space *space, const uint32_t *state, th_choice choice, th_hop *hop);
// Whose part of the state a choice changes: under `go`, a P's choice that of the goroutine which it
// takes up, whose body then begins or goes on; 0: it would find none.
uint16_t th_space_actor(const th_space *space, const uint32_t *state, th_choice choice);
// The class of a run that ends here because nobody can move. False: space->error.
bool th_space_deadlock(th_space *space, const uint32_t *state, uint32_t *class);

// --- between the files of the space ---

// A new local state for each different goroutine; `space->scratch` is the world it stands in.
uint32_t th_space_local(th_space *space, uint16_t g);
// The rest of `space->scratch`.
uint32_t th_space_rest(th_space *space, uint32_t memory);
// Puts together in `space->scratch` what a step of goroutine `g` (0: nobody's) depends on.
void th_space_assemble(th_space *space, const uint32_t *state, uint16_t g);
// Takes the step that the key in `move` names and fills in what follows. False: space->error.
bool th_space_take(th_space *space, const uint32_t *state, th_choice choice, th_move *move);
uint32_t th_space_ending(th_space *space, th_end end, const char *message);

#endif
