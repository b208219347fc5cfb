// The Lua host from the inside: what the files of sim/script share. Others include scenario.h.
//
// A th_script is one Lua state. In it live instances: the scenario's file, run once each, with
// globals and objects of its own. The base instance is the one whose declarations made the world;
// every other one repeats them and is given the same objects. In an instance live bodies: a
// goroutine's function as a coroutine, parked behind the request that it asked last.
//
// A path of a program that is taken for the first time is served by the body parked at its node; if
// there is none, by a new body in a new instance that is run through the recorded results first.
//
// Whatever runs script code is guarded: memory, string length and instructions are limited, and an
// error that means "over the limit" passes through the script's own pcall.
#ifndef TH_SIM_SCRIPT_SCRIPT_H
#define TH_SIM_SCRIPT_SCRIPT_H

#include "sim/base/limits.h"
#include "sim/base/print.h"
#include "sim/script/store.h"

#include <lauxlib.h>
#include <lua.h>

#define TH_SCRIPT_CHUNK "=scenario"  // the file's name inside Lua: a path would be cut

typedef enum th_mode {
    TH_MODE_FILE,     // the file declares: a request is carried out at once
    TH_MODE_BODY,     // a goroutine: a request is yielded
    TH_MODE_FINALLY,  // reads a copy of the ended world: carried out at once
} th_mode;

// Why memory was refused last, or TIME: the budget is used up.
typedef enum th_denial {
    TH_DENIAL_NONE,
    TH_DENIAL_MEMORY,
    TH_DENIAL_STRING,
    TH_DENIAL_BLOCK,
    TH_DENIAL_TIME,
} th_denial;

typedef enum th_handle_kind {
    TH_HANDLE_MAP,      // type: map type
    TH_HANDLE_STRUCT,   // type: layout
    TH_HANDLE_ARRAY,    // of a struct's field. type: layout; field
    TH_HANDLE_VAR,      // type: scalar
    TH_HANDLE_ATOMIC,   // type: scalar
    TH_HANDLE_SYNC,     // type: th_sync_kind
    TH_HANDLE_POINTER,  // to what is not known here
    TH_HANDLE_LAYOUT,   // struct(...): type: layout
    TH_HANDLE_CASE,     // of a select: type: th_sync_op; its user value: {fn, value}
    TH_HANDLE_KIND_COUNT,
} th_handle_kind;

// A userdata: an address and what is there.
typedef struct th_handle {
    uint64_t address;
    uint16_t type;
    uint16_t field;
    uint8_t kind;       // th_handle_kind
    uint8_t key, elem;  // SYNC: scalars of a channel's or sync.Map's content
} th_handle;

typedef struct th_instance {
    uint32_t ref_count;
    uint32_t declared_count;  // declarations repeated so far
    uint32_t start_count;     // functions that the file starts
    uint32_t main_index;      // which of them is main, from 1; 0: none
    int env_ref;              // registry: the file's _ENV
    int starts_ref;           // list of starts (th_push_start), in the file's order
    int finally_ref;          // LUA_NOREF: none
    int libraries_ref;        // what each library gave, by name; LUA_NOREF: none is used
    bool is_base;
} th_instance;

// What a body asks, before it is a node.
typedef struct th_draft {
    th_request request;
    const char *name;  // GO: of the goroutine; kept by the scenario
    int start_ref;     // GO: what to run
} th_draft;

typedef struct th_body {
    th_instance *instance;
    lua_State *co;
    int co_ref;
    int defers_ref;     // list of deferred functions; LUA_NOREF: none
    th_node_id node;    // parked there; 0: nowhere
    const char *name;   // of its goroutine, kept by the scenario
    uint32_t end_line;  // of its function
    const char *panic;  // the panic it is in, NULL: none; kept by the scenario
    uint32_t panic_line;
    bool panic_of_nil;          // it is x.f of a nil x
    const char *recovered;      // by the deferred function that runs; NULL: nothing
    const char *panics_before;  // as Go lists them before the last: "a [recovered]\n\tpanic: "
    uint32_t idle_count;        // requests without a step in a row
    bool begun;
    bool returned;  // its function has: deferred ones run
    th_draft draft;
    struct th_body *child;          // GO: its goroutine, standing at its first request
    struct th_body *newer, *older;  // parked bodies outside the base instance, by last use
} th_body;

struct th_script {
    lua_State *L;
    th_scenario *scenario;
    size_t bytes;           // in use
    int64_t budget;         // instructions left
    bool guarded;           // script code runs: limits hold
    uint8_t denial;         // th_denial
    uint8_t mode;           // th_mode
    th_instance *instance;  // whose code runs
    th_body *body;          // in TH_MODE_BODY
    th_world *judged;       // in TH_MODE_FINALLY: the copy
    th_result result;       // answer to the request asked last
    th_instance *base;      // NULL in an audit
    th_instance *judge;     // runs `finally`; no body ever runs in it
    int chunk_ref;          // the compiled file: called with an _ENV
    int words_ref;
    int metas[TH_HANDLE_KIND_COUNT];  // metatables
    uint32_t spawn_depth;
    th_body **parked;  // by node; NULL: nobody is parked there
    uint32_t parked_capacity;
    th_body *newest, *oldest;
    uint32_t spare_count;
    th_list *collected;  // indices of notes made by a `when`; NULL: none runs
    char error[512];
};

// --- sandbox.c: the walls ---

// A state without words; th_script_build_words and th_script_compile are to follow.
th_script *th_script_new(th_scenario *scenario);
void th_script_free(th_script *script);
th_script *th_script_of(lua_State *L);
// Compiles a text, a file's or a library's, into a function of its _ENV, which it leaves on the
// stack. LUA_OK, or an error there instead.
int th_script_load(lua_State *L, const char *chunk, const char *text, size_t length);
// The line of the scenario's file that runs in `L`, or where it died; libraries are passed over. 0:
// none.
int th_script_line(lua_State *L);
// Compiles the file. False: script->error.
bool th_script_compile(th_script *script);
// Runs or resumes a coroutine under guard with a fresh budget, and drops what it returns. LUA_OK,
// LUA_YIELD, or an error that is left on top of `co`.
int th_script_resume(th_script *script, lua_State *co, int argument_count);
// Takes instructions off the budget for work done in C. Raises when it is used up.
void th_script_charge(lua_State *L, size_t instruction_count);
// The same, leaving the results on `co`.
int th_script_resume_for(th_script *script, lua_State *co, int argument_count, int *result_count);
// Sets script->error to "file:line: what"; line 0: unknown.
void th_script_fail(th_script *script, int line, const char *what);
// The same for the error on top of `co`, of th_script_resume's status.
void th_script_fail_lua(th_script *script, lua_State *co, int status);
// From now on the coroutine's returns are told to th_names_collect.
void th_script_watch_returns(lua_State *co);

// --- words.c, library.c, order.c ---

void th_script_build_words(th_script *script);
// The word nearest to `name` in a list that ends with NULL; NULL: none is near.
const char *th_script_nearest(const char *name, const char *const *words);
// The same among the keys of the table at `table`, which are texts.
const char *th_script_nearest_key(lua_State *L, int table, const char *name);
// Raises "OWNER has no 'NAME'", and names the nearest key of the table.
int th_script_no_key(lua_State *L, int table, const char *owner, const char *name);
// Puts what is left of Lua's own library into the table on top.
void th_library_register(lua_State *L);
// pairs and table.sort, the same in every run.
int th_order_pairs(lua_State *L);
int th_order_sort(lua_State *L);
// Replaces the table on top by one that reads from it and cannot be changed.
void th_library_protect(lua_State *L, const char *name);

// --- bind_*.c: each puts its words into the table on top ---

void th_bind_map(lua_State *L);
void th_bind_cell(lua_State *L);
void th_bind_struct(lua_State *L);
void th_bind_go(lua_State *L);
void th_bind_sync(lua_State *L);
void th_bind_select(lua_State *L);
void th_bind_scene(lua_State *L);
void th_bind_ask(lua_State *L);
void th_bind_scenario(lua_State *L);
void th_bind_use(lua_State *L);
void th_bind_expect(lua_State *L);
void th_bind_replay(lua_State *L);
void th_bind_challenge(lua_State *L);

// --- bind_replay.c ---

// Whether the file that was loaded by `desc` replays a run with another cure or seed: `other` is
// how to load it then. Its texts are the scenario's.
bool th_replay_wants_other(const th_scenario *scenario, const th_scenario_desc *desc,
                           th_scenario_desc *other);
// Puts the replay in place of the file's own schedule and expect, if there is one and it fits.
void th_replay_apply(th_scenario *scenario);

// --- instance.c ---

// Runs the file in a new instance, referenced once. NULL: script->error.
th_instance *th_instance_new(th_script *script, bool is_base);
void th_instance_drop(th_script *script, th_instance *instance);

// --- body.c ---

// The body of a start (a registry reference), not begun yet.
th_body *th_body_new(th_script *script, th_instance *instance, int start_ref);
// The body of a function that the file starts. NULL: script->error.
th_body *th_body_of_start(th_script *script, th_instance *instance, uint32_t index);
void th_body_free(th_script *script, th_body *body);
// Goes on to the next request, which is in body->draft then. `result` NULL: the first time. False:
// script->error.
bool th_body_resume(th_script *script, th_body *body, const th_result *result);
// Raises a panic in the running body. `text` is kept by the scenario.
int th_body_panic(lua_State *L, const char *text);
// Go's panic for x.f where x is nil; in a body.
int th_body_nil_panic(lua_State *L);
bool th_body_is_panic(lua_State *L, int index);
// Raises the panic that the running body is in once more.
int th_body_again(lua_State *L);
// A continuation that returns nothing.
int th_body_nothing(lua_State *L, int status, lua_KContext context);

// --- host.c ---

// Starts what the file starts. False: script->error.
bool th_host_start(th_script *script);
// The root of a function that the file starts, run to its first request. 0: script->error.
th_node_id th_host_start_one(th_script *script, th_instance *instance, uint32_t index);
// The next of the scenario's roots; one that `later` keeps goes among those, too.
void th_host_keep_root(th_scenario *scenario, th_node_id root);
// th_resolver.next; its context is the scenario.
th_node_id th_host_next(void *context, th_node_id node, const th_result *result);
// A body at `node`, run through the recorded results in that instance. NULL: script->error.
th_body *th_host_replay(th_script *script, th_instance *instance, th_node_id node);
void th_host_clear(th_script *script);
// Gives the object that a request makes, if it makes one, its number.
void th_host_number_object(th_scenario *scenario, th_request *request);

// --- ask.c ---

// Asks for a request from inside a word and goes on in `k`, which takes what it gave from
// th_script_answer. Use as: return th_script_ask(L, &request, context, k);
int th_script_ask(lua_State *L, const th_request *request, lua_KContext context, lua_KFunction k);
// What the request gave. Raises the panic that it was answered with.
const th_result *th_script_answer(lua_State *L);
// "m[k] = v (key 3, value 6)": a request in the words of a scenario.
void th_script_print_request(th_print *out, const th_scenario *scenario, const th_request *request);
// Whether two requests, of which the second may not be numbered yet, ask the same.
bool th_script_same_request(const th_request *recorded, const th_request *asked);

// --- value.c ---

// The type named by the string at `index`: Go's names and short ones (u8 i64 ptr). Raises.
th_scalar th_check_scalar(lua_State *L, int index);
bool th_scalar_find(lua_State *L, int index, th_scalar *scalar);
// The value at `index` as one of that type; `what` names it in the error that is raised.
th_value th_check_value(lua_State *L, int index, th_scalar scalar, const char *what);
// A pointer's words[1] says what block it points to (th_request.h: results).
void th_push_value(lua_State *L, th_scalar scalar, const uint64_t words[2]);
// "int", "string", "map": what kind of value it is, for errors.
const char *th_value_type(lua_State *L, int index);

// --- object.c: what a scenario holds in its hands ---

void th_push_handle(lua_State *L, th_handle handle);
// What lies at an address, by th_result's description of its block.
th_handle th_handle_at(const th_scenario *scenario, uint64_t address, uint64_t block);
// NULL: the value at `index` is no handle.
th_handle *th_to_handle(lua_State *L, int index);
// Raises unless the value at `index` is a handle of that kind.
th_handle *th_check_handle(lua_State *L, int index, th_handle_kind kind);
const char *th_handle_kind_string(const th_handle *handle);
// Makes the metatable of a kind: its metamethods and, if its __index is not among them, its
// methods.
void th_handle_meta(lua_State *L, th_handle_kind kind, const luaL_Reg *meta,
                    const luaL_Reg *methods);

// One access: an address and its type.
typedef struct th_place {
    uint64_t address;
    th_scalar scalar;
} th_place;
// x, "f" [, i] at `index` and after: a field of a struct, of one of its arrays, or a var's "value".
// `next` is the index of the first argument behind. Raises.
th_place th_check_place(lua_State *L, int index, int *next);
// The element `index` of an array field that lies at `address`; out of range is Go's panic.
th_place th_check_element(lua_State *L, const th_field *field, uint64_t address, int index);
// The field of the struct that the value at `index` names. Raises.
const th_field *th_check_field(lua_State *L, const th_handle *handle, int index);
// The field of that name; NULL: none.
const th_field *th_find_field(const th_scenario *scenario, uint16_t layout, const char *name);

// --- bind_cell.c ---

// Reads a place and leaves its value; writes the value at `index` to a place.
int th_ask_load(lua_State *L, th_place place);
int th_ask_store(lua_State *L, th_place place, int index, const char *what);

// --- bind_ask.c ---

// Whether answers and options can be compared by the value at `index`: a number, text or boolean.
bool th_script_is_value(lua_State *L, int index);
// The value at `index` as answers and options are compared: 3 and 3.0 are the same. Kept by the
// scenario. Raises unless it is one.
const char *th_script_value_text(lua_State *L, int index);

// --- verify.c ---

// What goroutines have said with label() so far, each text once, joined by ", "; NULL: nothing.
const char *th_script_said(th_scenario *scenario, const th_world *world);

// A copy of a world that words read as if before the first step, to be freed.
void th_script_copy_judged(const th_scenario *scenario, const th_world *world, th_world *copy);

// --- bind_sync.c ---

// range(ch), range of a sync.Map.
int th_sync_range(lua_State *L, const th_handle *handle);

// --- bind_select.c ---

// ch:on_recv(fn), ch:on_send(v, fn): cases of a select.
int th_select_on_recv(lua_State *L);
int th_select_on_send(lua_State *L);

// --- syncmap_names.c ---

// What lies in a part of a sync.Map (a table, an entry ...), after the name of the object: ["A"].
// The block knows its object.
void th_names_print_in_syncmap(th_print *out, const th_scenario *scenario, const th_memory *memory,
                               const th_block *block, uint64_t offset);

// --- names.c ---

// At the return of the file's main function: gives the base instance's objects their variables'
// names.
void th_names_collect(lua_State *L, lua_Debug *ar);

// --- bind_expect.c ---

// The outcome that the table at `index` describes: { fatal = "...", label = "...", race = true }.
th_exploration_outcome th_check_outcome(lua_State *L, int index, const char *word);

// --- bind_scene.c ---

// The text at `index`: {en =, zh =}, or a string, which is en.
th_text th_check_text(lua_State *L, int index);
// Raises when the table at `index` has a key that is not in the list, which ends with NULL.
void th_check_keys(lua_State *L, int index, const char *word, const char *const *keys);
// Pushes the iterator over the pairs of the table at `index`, by name, in an order that is always
// the same: the words' own pairs, whatever the script has made of its own.
void th_push_pairs(lua_State *L, int index);
// Keeps the note and puts it where it was made: into the body, a `when`, or before the run. For the
// end of a word: return th_script_place_note(L, &note);
int th_script_place_note(lua_State *L, th_note *note);
// The pattern of when at `index`; its notes are still to be added.
th_rule th_check_rule(lua_State *L, int index);

#endif
