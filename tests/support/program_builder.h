// Programs made by hand, for tests of the machine that need no Lua: each body is a straight line of
// requests. An operand may stand for the result of an earlier request of the same body.
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

typedef struct th_body {
    const char *name;  // static
    th_request *requests;
    uint32_t count, capacity;
    th_node_id root;  // 0: not started yet
} th_body;

typedef struct th_builder {
    th_env env;
    th_world world;  // stands before the first step; declare into it, then start bodies
    th_body *bodies;
    uint32_t body_count, body_capacity;
    // Of each program node: which request of which body it is.
    struct th_builder_place {
        uint32_t body, index;
    } * places;
    uint32_t place_capacity;
    uint32_t object_count;
} th_builder;

// `settings`: without programs and strings, which are made here.
void th_builder_init(th_builder *builder, th_env settings);
void th_builder_free(th_builder *builder);
th_resolver th_builder_resolver(th_builder *builder);

// Objects, declared: they cost no step. Their addresses.
uint64_t th_builder_map(th_builder *builder, th_scalar key, th_scalar elem, uint64_t hint);
uint64_t th_builder_cell(th_builder *builder, th_scalar type);

// A body without requests; it returns when they are over. Its number.
uint32_t th_builder_body(th_builder *builder, const char *name);
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
