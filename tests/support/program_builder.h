// Programs made by hand, for tests of the machine that need no Lua. A body is a straight line of
// requests, or a function of what it was answered.
//
//     th_builder builder;
//     th_builder_init(&builder, (th_env){.seed = 7});
//     const uint64_t m = th_builder_map(&builder, TH_I64, TH_I64, 0);
//     const uint32_t body = th_builder_body(&builder, "writer");
//     th_builder_set(&builder, body, m, 1, 2);            // m[1] = 2
//     th_builder_start(&builder, body);
//     th_world_settle(&builder.world, th_builder_resolver(&builder), NULL);
//     ...                                                 // copy builder.world and run it
//     th_builder_free(&builder);
#ifndef TH_TESTS_SUPPORT_PROGRAM_BUILDER_H
#define TH_TESTS_SUPPORT_PROGRAM_BUILDER_H

#include "sim/base/rng.h"
#include "sim/world/world.h"

enum { TH_BODY_LOCAL_COUNT = 8 };

// What a body asks for next. `locals` are its own, zero at first, and all it may remember besides
// `argument`: where they are equal, so is its future. `result` is NULL at its beginning.
typedef th_request th_body_fn(const void *argument, uint64_t locals[TH_BODY_LOCAL_COUNT],
                              const th_result *result);

typedef struct th_body {
    const char *name;  // static
    th_body_fn *fn;    // NULL: a straight line
    const void *argument;
    th_request *requests;
    uint32_t count, capacity;
    th_node_id root;  // 0: not started yet
} th_body;

typedef struct th_builder {
    th_env env;
    th_world world;  // stands before the first step; declare into it, then start bodies
    th_body *bodies;
    uint32_t body_count, body_capacity;
    // Of each program node: where in which body it is.
    struct th_builder_place {
        uint32_t body, index;
        uint64_t locals[TH_BODY_LOCAL_COUNT];
    } * places;
    uint32_t place_count, place_capacity;
    bool unfolded;  // equal locals do not join: programs are trees, as Lua's are
    uint32_t object_count;
} th_builder;

// `settings`: without programs and strings, which are made here.
void th_builder_init(th_builder *builder, th_env settings);
void th_builder_free(th_builder *builder);
th_resolver th_builder_resolver(th_builder *builder);

// Objects, declared: they cost no step. Their addresses.
uint64_t th_builder_map(th_builder *builder, th_scalar key, th_scalar elem, uint64_t hint);
uint64_t th_builder_cell(th_builder *builder, th_scalar type);
uint64_t th_builder_block(th_builder *builder, uint32_t size);
uint64_t th_builder_sync(th_builder *builder, th_sync_kind kind);
uint64_t th_builder_channel(th_builder *builder, uint64_t capacity);
uint64_t th_builder_cond(th_builder *builder, uint64_t mutex);
// What a cell holds before the first step.
void th_builder_fill(th_builder *builder, uint64_t cell, uint64_t value);

// A body without requests; it returns when they are over. Its number.
uint32_t th_builder_body(th_builder *builder, const char *name);
uint32_t th_builder_function(th_builder *builder, const char *name, th_body_fn *fn,
                             const void *argument);
void th_builder_request(th_builder *builder, uint32_t body, th_request request);
// Starts it at time zero; requests may be added until it gets there. The goroutine's number.
uint16_t th_builder_start(th_builder *builder, uint32_t body);

// Integer maps.
void th_builder_get(th_builder *builder, uint32_t body, uint64_t map, uint64_t key);
void th_builder_set(th_builder *builder, uint32_t body, uint64_t map, uint64_t key, uint64_t elem);
void th_builder_add(th_builder *builder, uint32_t body, uint64_t map, uint64_t key, uint64_t by);
void th_builder_delete(th_builder *builder, uint32_t body, uint64_t map, uint64_t key);
// A loop over the map: it asks for the next pair until there is none.
void th_builder_range(th_builder *builder, uint32_t body, uint64_t map);
void th_builder_load(th_builder *builder, uint32_t body, uint64_t cell);
void th_builder_store(th_builder *builder, uint32_t body, uint64_t cell, uint64_t value);

// Requests, for bodies of either kind.
th_request th_builder_ask_load(uint64_t address, th_scalar type);
th_request th_builder_ask_store(uint64_t address, th_scalar type, uint64_t value);
th_request th_builder_ask_rmw(uint64_t address, th_scalar type, th_rmw rmw, uint64_t operand);
th_request th_builder_ask_cas(uint64_t address, th_scalar type, uint64_t old, uint64_t new_value);
th_request th_builder_ask_sync(th_sync_op op, uint64_t object, uint64_t operand);
th_request th_builder_ask_free(uint64_t address);
th_request th_builder_ask_return(void);
// Starts a goroutine that runs a body; each such request in a program starts one of its own.
th_request th_builder_ask_go(uint32_t body);
// Ends the run with that message, whose text is kept by the builder.
th_request th_builder_ask_fatal(th_builder *builder, const char *message);

// Bodies that do `request_count` random things each to a map (keys below `key_max`) and `cell`,
// started. They share the map, and soon crash, unless each has one of its own. `ranges`: range
// loops too.
typedef struct th_builder_mix {
    uint32_t goroutine_count, request_count;
    uint64_t key_max;
    uint64_t map;  // 0: each goroutine gets its own
    uint64_t cell;
    bool ranges;
} th_builder_mix;
void th_builder_random(th_builder *builder, th_rng *rng, th_builder_mix mix);

#endif
