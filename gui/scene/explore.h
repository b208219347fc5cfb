// Exploring as plain data for the views: what can happen, how often, where it is decided, and which
// runs show it. Shares are millionths of all maximal sequences of steps, TH_SHARE_UNKNOWN where
// they are not known.
#ifndef TH_GUI_SCENE_EXPLORE_H
#define TH_GUI_SCENE_EXPLORE_H

#include "gui/scene/scene.h"

#define TH_SHARE_UNKNOWN UINT32_MAX

// Labels of runs whose scenario gives none, by what they leave behind.
#define TH_CONTENTS_LOST "a key is lost"
#define TH_CONTENTS_MISCOUNTED "count is wrong"
#define TH_CONTENTS_MIXED "mixed contents"

// How a run went, from worst to best.
typedef enum th_run_kind {
    TH_RUN_CRASH,  // fatal error, panic, memory fault
    TH_RUN_STUCK,  // deadlock
    TH_RUN_WRONG,  // it finished, and its result is none that careful goroutines would have
    TH_RUN_RIGHT,  // it finished
    TH_RUN_CUT,    // it came to the limit of steps
    TH_RUN_KIND_COUNT,
} th_run_kind;

// What the search has covered.
typedef enum th_explore_coverage {
    TH_COVERED_NOTHING,
    TH_COVERED_SOME,      // it was stopped, or came to a limit: outcomes may be missing
    TH_COVERED_OUTCOMES,  // no outcome is missing, but orders were left out
    TH_COVERED_ALL,       // every order
} th_explore_coverage;

enum {
    TH_EXPLORE_TEXT_MAX = 96,
    TH_EXPLORE_EXAMPLE_MAX = 8,
    TH_EXPLORE_STRIP_MAX = 256,  // steps of an example that its strip shows
    TH_EXPLORE_CHOICE_MAX = 16,  // goroutines of "what if"
    TH_EXPLORE_DECISION_MAX = 6,
    TH_EXPLORE_FIX_MAX = 8,
    TH_EXPLORE_BRANCH_MAX = 64,  // rows of the list of branches
    TH_BRANCH_NAME_MAX = TH_SCENE_BRANCH_NAME_MAX,
};

// A step as the axes of the grid name it.
typedef struct th_explore_access {
    char name[TH_SCENE_NAME_MAX];  // "flags", "tophash[1]", "mu.Lock()"
    bool access, write;
} th_explore_access;

// All runs of one kind.
typedef struct th_explore_outcome {
    uint8_t kind;    // th_run_kind
    uint32_t share;  // of all runs, or of those drawn at random
    char count[48];  // of runs, with thousands separated; "" where it is not known
    char detail[TH_EXPLORE_TEXT_MAX];  // message or label of the most frequent ones; "" for none
    const th_label *label;             // the scenario's words for `detail`; NULL: none
    bool raced;                        // some of them raced
    bool always_raced;                 // all of them did
} th_explore_outcome;

// The simplest run of one outcome.
typedef struct th_explore_example {
    uint8_t kind;  // th_run_kind
    uint8_t end;   // th_end
    bool raced;
    bool minimal;                       // no simpler one has this outcome
    bool in_turn;                       // one goroutine after the other
    char message[TH_EXPLORE_TEXT_MAX];  // "": none
    char label[TH_EXPLORE_TEXT_MAX];    // "": none
    const th_label *words;              // the scenario's words for the label; NULL: none
    uint32_t step_count, switch_count, preemption_count;
    uint16_t goroutine_count;              // rows of its strip
    uint16_t strip[TH_EXPLORE_STRIP_MAX];  // who takes each step
    uint32_t strip_count;
} th_explore_example;

typedef struct th_explore_grid {
    bool present;
    uint16_t a, b;           // columns are a's progress, rows b's
    uint32_t columns, rows;  // points, the start included
    const uint32_t
        *share;  // [row * columns + column] of the kind; TH_SHARE_UNKNOWN: no run comes by
    const th_explore_access *a_steps, *b_steps;  // the step that leads to point i + 1
    uint32_t a_count, b_count;
    uint32_t column, row;                  // where the playhead is
    uint16_t trail[TH_EXPLORE_STRIP_MAX];  // who took the steps up to it
    uint32_t trail_count;
    bool on_example;  // they are those of the chosen example
} th_explore_grid;

// What follows when this one takes the next step.
typedef struct th_explore_choice {
    uint16_t g;
    bool drains;  // its store buffer does, not itself
    uint32_t share[TH_RUN_KIND_COUNT];
    bool ends;               // the run is over then
    th_explore_access next;  // that step
    bool taken;              // of a decision: the example goes on so
} th_explore_choice;

// A step of the chosen example at which much is decided.
typedef struct th_explore_decision {
    uint64_t step;         // that is to be taken
    uint32_t share;        // of the kind, before it
    uint32_t other_steps;  // between the decision before and this one
    th_explore_choice choices[TH_EXPLORE_CHOICE_MAX];
    int choice_count;
} th_explore_decision;

typedef struct th_explore_fix {
    const char *name;
    bool known;  // it was explored
    bool searching;
    bool chosen;                        // what is shown is with this one
    uint32_t share[TH_RUN_KIND_COUNT];  // [0] unknown: not even by samples
    bool complete;                      // no outcome is missing
} th_explore_fix;

// Two runs that go together up to one step, of which one fails and the other does not.
typedef struct th_diverge_step {
    uint16_t g;
    bool access, write, race;
    char name[TH_SCENE_NAME_MAX];
    char value[TH_SCENE_VALUE_MAX];
} th_diverge_step;

typedef struct th_diverge_run {
    uint32_t branch;
    char name[TH_BRANCH_NAME_MAX];
    uint8_t kind;     // th_run_kind
    uint8_t verdict;  // th_verdict
    bool raced;
    char message[TH_EXPLORE_TEXT_MAX];
    const th_diverge_step *steps;  // [0]: step `first`
    uint32_t count;                // that are shown
    uint64_t length;
} th_diverge_run;

typedef struct th_diverge {
    bool present;            // there are two such runs
    uint64_t step;           // the first at which they differ
    uint64_t first;          // step number of steps[0]
    uint32_t share_before;   // of crashes, before the step
    th_diverge_run runs[2];  // the failing one first
} th_diverge;

// A future that was played, by hand or by search.
typedef struct th_explore_branch {
    uint32_t id;
    int depth;      // in the tree
    uint64_t fork;  // step after which it leaves its parent
    uint64_t length;
    uint16_t first_g;  // who takes its first own step
    uint8_t verdict;   // th_verdict of its end; running: not played to its end
    bool ended;
    bool shown, other;  // as the run, as the dashed lane
    bool searched;      // found by search, not made by hand
    char name[TH_BRANCH_NAME_MAX];
} th_explore_branch;

typedef struct th_branch_list {
    bool open;
    bool naming;  // the chosen one's name is being typed
    int chosen;
    int count;       // shown
    uint32_t first;  // row of items[0]
    int hidden;
    th_explore_branch items[TH_EXPLORE_BRANCH_MAX];
    char message[512];   // what was saved last, or why not; "": nothing
    bool failed;         // it is why not
    uint32_t exporting;  // millionths done; TH_SHARE_UNKNOWN: nothing is exported
} th_branch_list;

typedef enum th_challenge_state {
    TH_CHALLENGE_OPEN,    // go on
    TH_CHALLENGE_LOST,    // from here the goal cannot be reached any more
    TH_CHALLENGE_MISSED,  // the run is over, and not so
    TH_CHALLENGE_DONE,
    TH_CHALLENGE_PROVEN,  // it was claimed impossible, and it is
    TH_CHALLENGE_WRONG,   // it was claimed impossible, and it is not; or the fix does not cure
} th_challenge_state;

typedef struct th_challenge_scene {
    bool present;
    const th_challenge *challenge;
    uint8_t state;                       // th_challenge_state
    bool known;                          // the explorer has looked at it all
    bool possible;                       // when known
    uint32_t steps, switches;            // used
    uint32_t par_steps, par_switches;    // when possible
    uint32_t best_steps, best_switches;  // kept from before; 0: never done
    bool hint_shown;
    uint16_t hint_g;  // who keeps the goal reachable by the shortest way; 0: nobody, or not known
    th_explore_choice choices[TH_EXPLORE_CHOICE_MAX];  // who may go next; without shares
    int choice_count;
    bool cure;        // a fix is to be chosen
    const char *fix;  // in force
    char count[48];   // of all orders, for the proof
} th_challenge_scene;

typedef enum th_screen { TH_SCREEN_STAGE, TH_SCREEN_EXPLORE, TH_SCREEN_DIVERGE } th_screen;

// How many of all orders race, as far as they were looked at.
typedef enum th_explore_races {
    TH_RACES_UNSEEN,  // none did, of those
    TH_RACES_NEVER,
    TH_RACES_SOME,
    TH_RACES_ALWAYS,
} th_explore_races;

typedef struct th_explore_scene {
    uint8_t screen;  // th_screen
    bool searching;
    uint64_t states, steps;  // of the search in progress
    char error[512];         // why it could not be explored; "": none
    bool ready;              // what follows is known
    uint8_t coverage;        // th_explore_coverage
    uint64_t state_limit;
    bool endless;                                    // some runs never end
    bool shares_known;                               // by all orders; else by runs drawn at random
    char total[48];                                  // orders, or runs drawn
    uint32_t goroutines;                             // that take steps
    uint32_t step_counts[2];                         // of the two goroutines of the grid, at most
    th_explore_outcome outcomes[TH_RUN_KIND_COUNT];  // those that occur, worst first
    int outcome_count;
    uint8_t kind;        // th_run_kind that grid, tree and "what if" are about
    char race_free[48];  // count of runs without a race; "": not known
    bool knows_right;    // a run that finished is known to be right, or else wrong
    uint8_t races;       // th_explore_races
    uint32_t shortest_steps, fewest_switches;  // to a run of the kind; 0: there is none
    bool shortest_minimal;
    th_explore_example examples[TH_EXPLORE_EXAMPLE_MAX];
    int example_count, chosen;
    th_explore_grid grid;
    th_explore_decision decisions[TH_EXPLORE_DECISION_MAX];
    int decision_count;
    th_explore_choice choices[TH_EXPLORE_CHOICE_MAX];  // at the playhead
    int choice_count;
    uint32_t here[TH_RUN_KIND_COUNT];  // shares at the playhead
    bool off_chart;                    // the playhead is where the search has not been
    th_explore_fix fixes[TH_EXPLORE_FIX_MAX];
    int fix_count;
    th_diverge diverge;
    th_branch_list branches;
    th_challenge_scene challenge;
} th_explore_scene;

#endif
