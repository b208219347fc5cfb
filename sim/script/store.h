// What a scenario holds once its file was run. Others see it through scenario.h.
#ifndef TH_SIM_SCRIPT_STORE_H
#define TH_SIM_SCRIPT_STORE_H

#include "sim/script/scenario.h"
#include "sim/sync/sync.h"

typedef struct th_script th_script;

// A growing array; `items` is of whatever type its owner says.
typedef struct th_list {
    void *items;
    uint32_t count, capacity;
} th_list;

// A new zeroed item at the end; earlier pointers into the list become invalid.
void *th_list_add(th_list *list, size_t item_size);
void th_list_free(th_list *list);

// A request that the file made outside any body, and what it gave.
typedef struct th_declaration {
    th_request request;
    th_result result;
} th_declaration;

// A library that the file uses: its text is read once.
typedef struct th_library {
    const char *name;
    char *text;
    size_t length;
} th_library;

// What `expect` asks for. NULL, -1: not asked.
typedef struct th_expect {
    const char *message;  // of the end; NULL: any
    const char *label;
    uint32_t line;
    uint8_t end;  // th_end
    int8_t race;  // bool
    bool given;
} th_expect;

// What `replay` asks for: the file's own schedule and expect give way to it.
typedef struct th_replay {
    bool given, has_seed;
    uint32_t line;
    uint64_t seed;
    const char *schedule, *fix;  // fix NULL: the file's first
    uint64_t own_until;          // so far it is the run that the file's own schedule gives
    th_expect expect;
} th_replay;

struct th_scenario {
    const char *path;
    char *source;
    size_t source_length;
    th_list lines;  // size_t: where each line of the source begins
    th_libraries library_source;
    th_list libraries;  // th_library

    th_env env;
    th_world start;
    bool world_begun;  // `start` is initialised: the first declaration was made
    th_script *script;
    th_strings *texts;  // every text below lies here
    char error[512];

    bool described;  // scenario{} was there
    uint16_t order;
    const char *id, *chapter;
    th_text title, question;
    th_truth truth;
    bool seed_given;  // from outside: scenario{} does not change it
    const char *schedule;
    uint32_t schedule_line;  // of the file, where it stands
    const char *fix_wanted;  // from outside, NULL: the first
    th_list fixes;           // const char *
    th_expect expect;
    th_replay replay;
    th_exploration exploration;
    th_list exploration_outcomes;  // th_exploration_outcome

    th_list declarations;  // th_declaration
    th_list roots;  // th_node_id of main and each file-level go or later, in the file's order
    th_list later;  // th_node_id of those that later keeps; env.later is this list
    th_list later_starts;  // uint32_t: which of `roots` they are
    th_list objects;       // th_object
    th_list layouts;       // th_layout
    th_list
        layout_kinds;  // uint8_t, parallel: th_sync_kind of a mutex ... inside a struct, or NONE
    th_list notes;     // th_note
    uint32_t opening;  // index into notes + 1; 0: none
    uint32_t first_question;  // the same
    th_list rules;            // th_rule
    th_list claims;           // th_claim
    th_list settings;         // th_setting
    th_list labels;           // th_label
    th_challenge challenge;
    bool is_challenge;
};

// Keeps a text as long as the scenario; the same text is kept once.
const char *th_keep(th_scenario *scenario, const char *text, size_t length);
const char *th_keep_text(th_scenario *scenario, const char *text);

// Notes where the lines of the source begin.
void th_scenario_find_lines(th_scenario *scenario);

// Makes the world ready for declarations. What scenario{} sets must be set before.
void th_scenario_begin_world(th_scenario *scenario);

// Number of a new object (th_block.object). `address` 0: not known yet.
uint32_t th_scenario_add_object(th_scenario *scenario, th_object_kind kind, uint16_t type);
th_object *th_scenario_object(th_scenario *scenario, uint32_t number);

// Index of an equal note, added when there is none.
uint32_t th_scenario_add_note(th_scenario *scenario, const th_note *note);

// Index of the layout; -1: there is none of that name.
int th_scenario_find_layout(const th_scenario *scenario, const char *name);
uint16_t th_scenario_add_layout(th_scenario *scenario, const th_layout *layout, th_sync_kind kind);
th_sync_kind th_scenario_layout_kind(const th_scenario *scenario, uint16_t layout);

#endif
