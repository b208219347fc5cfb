// A scenario: a Lua file, loaded into a world that stands at its first step.
//
// Lua runs in a sandbox: no io, os, package, debug or load of binaries; an instruction budget
// (TH_SCRIPT_INSTRUCTIONS) and a memory limit (TH_SCRIPT_BYTES) hold for loading and for each
// request of a body. Bodies never run inside a step: see world/program.h.
#ifndef TH_SIM_SCRIPT_SCENARIO_H
#define TH_SIM_SCRIPT_SCENARIO_H

#include "sim/history/timeline.h"

typedef enum th_lang { TH_LANG_EN, TH_LANG_ZH, TH_LANG_COUNT } th_lang;
typedef enum th_truth { TH_TRUTH_REAL, TH_TRUTH_MODEL } th_truth;

typedef struct th_text {
    const char *in[TH_LANG_COUNT];  // NULL where the scenario gives none: use the other
} th_text;

typedef enum th_note_kind {
    TH_NOTE_CAPTION,
    TH_NOTE_FOCUS,
    TH_NOTE_PAUSE,
    TH_NOTE_ASK,
    TH_NOTE_LABEL
} th_note_kind;

enum { TH_TYPED_MAX = 512 };     // bytes of a typed line
enum { TH_ASK_OPTION_MAX = 6 };  // more answers than that nobody reads from a screen

// when(pattern, fn): notes for the moments that "goroutine: event place #n" describes. All but the
// event may be left out.
typedef struct th_rule {
    const char *pattern;    // as written
    const char *goroutine;  // its name, or "g2"; NULL: any
    const char *place;      // the address's name (th_scenario_name); NULL: any
    uint32_t ordinal;       // the n-th such moment alone; 0: each
    uint8_t kind;           // th_event_kind
    const uint32_t *notes;  // indices for th_scenario_note
    uint32_t note_count;
    uint32_t line;
} th_rule;

// For the viewer alone. A caption stays until the next.
typedef struct th_note {
    uint8_t kind;  // th_note_kind
    uint8_t option_count;
    uint8_t answer;                         // ASK: index of the right option, unless `answers`
    int32_t answers;                        // ASK: the function that finds it; 0: none
    th_text text;                           // caption, question
    th_text options[TH_ASK_OPTION_MAX];     // ASK
    const char *values[TH_ASK_OPTION_MAX];  // ASK: what the function's result is compared with
    th_text why;                            // ASK: what is told afterwards; may be empty
    th_rule moment;                         // ASK: when it can be told; no kind: at the run's end
    uint64_t address;                       // focus
    uint32_t line;
} th_note;

// claim{...}: what the source article says, and what is true of it.
typedef struct th_claim {
    th_text says;
    th_text evidence;     // why the verdict is what it is
    const char *verdict;  // "true", "partly", "false"
    const char *source;   // where to look: "runtime/map.go:1058 (Go 1.19)"; NULL: not said
    uint32_t line;
} th_claim;

// layout{...}: wishes for the picture. A list's items have the keys "1", "2" ...
typedef struct th_setting {
    const char *key, *value;
} th_setting;

typedef enum th_object_kind {
    TH_OBJECT_MAP,
    TH_OBJECT_STRUCT,
    TH_OBJECT_CELL,
    TH_OBJECT_SYNC,
    TH_OBJECT_SYNCMAP
} th_object_kind;

// What the scenario made, in order of making; number = index + 1 (th_block.object).
typedef struct th_object {
    uint8_t kind;      // th_object_kind
    uint16_t type;     // map type, struct layout, scalar, th_sync kind
    uint64_t address;  // 0: made inside a body, found by th_block.object
    const char *name;  // the Lua variable's name where it is known, else "m", "x1" ...
} th_object;

// A field of a scenario's struct.
typedef struct th_field {
    const char *name;
    uint8_t scalar;   // th_scalar, when `layout` is 0
    uint16_t layout;  // nested struct: index + 1
    uint32_t offset;
    uint32_t count;  // array length, 1 for none
} th_field;

typedef struct th_layout {
    const char *name;
    const th_field *fields;
    uint32_t field_count;
    uint32_t size;
} th_layout;

// expect{ explore = {...} }: what exploring should find.
typedef struct th_exploration_outcome {
    uint8_t end;          // th_end
    int8_t race;          // bool, -1: either
    const char *message;  // NULL: any
    const char *label;    // NULL: any
    int64_t count;        // executions; -1: at least one
} th_exploration_outcome;

typedef struct th_exploration {
    const char *mode;  // "all", "dpor", "bounded", "random", "pct"; NULL: nothing expected
    int64_t bound;     // -1: not said, here and below
    int64_t limit;
    int64_t executions;  // maximal sequences of steps
    int64_t states;
    int8_t complete;  // bool
    const th_exploration_outcome *outcomes;
    uint32_t outcome_count;
    uint32_t line;
} th_exploration;

// labels{...}: what the label of an outcome means, for the viewer.
typedef struct th_label {
    const char *name;
    th_text text;  // may be empty
    int8_t right;  // bool: whether the run went as its author wants; -1: not said
} th_label;

// challenge{...}: who takes the steps is the student's choice, until the run ends as asked for.
typedef struct th_challenge {
    th_exploration_outcome goal;  // its count is not looked at
    th_text task, hint, praise;   // may be empty
    bool cure;                    // the task is to choose the fix under which no run ends so
    uint32_t line;
} th_challenge;

typedef struct th_scenario th_scenario;

// Where `use "name"` finds libraries. `read` gives the text of the one of that name (a-z, 0-9, _
// and - alone), allocated by malloc; false: `error` says in one line why not. Several threads may
// call it.
typedef struct th_libraries {
    const void *context;
    bool (*read)(const void *context, const char *name, char **text, size_t *length, char *error,
                 size_t error_size);
} th_libraries;

typedef struct th_scenario_desc {
    const char *path;    // shown in messages; read by the caller
    const char *source;  // its text
    size_t source_length;
    uint64_t seed;  // overrides the scenario's when has_seed
    bool has_seed;
    const char *fix;         // which cure, NULL: the scenario's first
    th_libraries libraries;  // zero: there are none
} th_scenario_desc;

// NULL: `error` is one line, "file:line: what".
th_scenario *th_scenario_load(const th_scenario_desc *desc, char *error, size_t error_size);
void th_scenario_free(th_scenario *scenario);

// The world before the first step, settled; copy it to run it.
const th_world *th_scenario_start(const th_scenario *scenario);
th_resolver th_scenario_resolver(th_scenario *scenario);
// Why the resolver refused last ("file:line: goroutine writer asked ..."); "" when it did not.
const char *th_scenario_error(const th_scenario *scenario);
const th_env *th_scenario_env(const th_scenario *scenario);

const char *th_scenario_id(const th_scenario *scenario);
enum { TH_ORDER_MAX = 999 };

const char *th_scenario_chapter(const th_scenario *scenario);
// The place among the lessons of its chapter, from 1; TH_ORDER_MAX: none was given.
uint16_t th_scenario_order(const th_scenario *scenario);
th_text th_scenario_title(const th_scenario *scenario);
// What a student should be able to answer afterwards, in one sentence; may be empty.
th_text th_scenario_question(const th_scenario *scenario);
th_truth th_scenario_truth(const th_scenario *scenario);
const char *th_scenario_path(const th_scenario *scenario);
// Its own `schedule` text; NULL: the seed decides.
const char *th_scenario_schedule(const th_scenario *scenario);
// The line of the file that gives it, for errors; 0: it has none.
uint32_t th_scenario_schedule_line(const th_scenario *scenario);
// So many steps of that schedule are the run that the scenario's author meant, which its when(...)
// speaks about; UINT64_MAX: all. Fewer where the file replays what a person did.
uint64_t th_scenario_own_until(const th_scenario *scenario);
// Its whole text, NUL ended, with the lines that were typed at its end.
const char *th_scenario_source(const th_scenario *scenario, size_t *length);
// Adds a line of Lua that a person typed: a goroutine kept for later, of that name, which a choice
// (TH_CHOICE_START) or a schedule (+name) starts. Worlds and steps so far stay as they are. False:
// `error` is one line, and nothing has changed.
bool th_scenario_type(th_scenario *scenario, const char *typed, const char **name, char *error,
                      size_t error_size);
// Line n (from 1) of the Lua source, without newline, into `length`; NULL past the end.
const char *th_scenario_source_line(const th_scenario *scenario, uint32_t line, size_t *length);

const th_object *th_scenario_objects(const th_scenario *scenario, uint32_t *count);
const th_layout *th_scenario_layout(const th_scenario *scenario, uint16_t index);
const th_note *th_scenario_note(const th_scenario *scenario, uint32_t index);
// The caption that holds at the start (declared outside any body); NULL: none.
const th_note *th_scenario_opening(const th_scenario *scenario);
// The question that is asked before the first step; NULL: none.
const th_note *th_scenario_first_question(const th_scenario *scenario);
// The right option of a question asked at step `asked` of the branch, and the step at which it can
// be told. False: `error` is one line: the run does not come to that moment, the function fails, or
// its result is none of the options.
bool th_scenario_answer(th_scenario *scenario, const th_note *question, th_timeline *timeline,
                        th_branch_id branch, uint64_t asked, uint8_t *option, uint64_t *step,
                        char *error, size_t error_size);
const th_rule *th_scenario_rules(const th_scenario *scenario, uint32_t *count);
// Whether the event is what the rule describes, but for its ordinal, which the caller counts.
// `before`: the world in which the event's step was taken. The first form does not look at the
// place: it is cheap, and any world of the run will do that knows the goroutine.
bool th_rule_may_fit(const th_rule *rule, const th_world *world, const th_event *event);
bool th_rule_fits(const th_rule *rule, const th_scenario *scenario, const th_world *before,
                  const th_event *event);
const th_claim *th_scenario_claims(const th_scenario *scenario, uint32_t *count);
const th_setting *th_scenario_settings(const th_scenario *scenario, uint32_t *count);
const th_label *th_scenario_labels(const th_scenario *scenario, uint32_t *count);
// NULL: the scenario is no challenge.
const th_challenge *th_scenario_challenge(const th_scenario *scenario);

// The cures it offers, in order, and which one is in force (fix()); NULL past the last, or none.
const char *th_scenario_fix(const th_scenario *scenario, uint32_t index);
const char *th_scenario_fix_chosen(const th_scenario *scenario);

// Whether a run that ended so is an outcome of that kind. NULL texts stand for none.
bool th_exploration_outcome_fits(const th_exploration_outcome *outcome, th_end end,
                                 const char *message, const char *label, bool raced);

// Whether it says with `expect` how its run ends.
bool th_scenario_expects(const th_scenario *scenario);
// What exploring it should find; mode NULL: the scenario says nothing.
const th_exploration *th_scenario_exploration(const th_scenario *scenario);

// Whether the file has a `finally`, whose label may depend on the memory of an ended world.
bool th_scenario_has_finally(const th_scenario *scenario);
// The label of an ended world: what its goroutines have said with label(), each one's last, in
// their order; else what `finally` returns; NULL: neither. False: `finally` failed (error).
bool th_scenario_finish(th_scenario *scenario, const th_world *world, const char **label,
                        char *error, size_t error_size);
// Compares an ended world with `expect`. True: as expected; else `why` is one line.
bool th_scenario_verify(th_scenario *scenario, const th_world *world, char *why, size_t why_size);

// Runs every body that has run so far again in fresh Lua states through the recorded results: false
// when one asks for something else, that is, depends on more than its results.
bool th_scenario_audit(th_scenario *scenario, char *error, size_t error_size);

// "b2.tophash[3]", "mu.state", "h.flags": the name of any simulated address.
void th_scenario_name(const th_scenario *scenario, const th_world *world, uint64_t address,
                      char *name, size_t size);
// The first address of that name, among the blocks that live. Looks at each byte of a megabyte at
// most: for what a person types. False: there is none.
bool th_scenario_find(const th_scenario *scenario, const th_world *world, const char *name,
                      uint64_t *address);

#endif
