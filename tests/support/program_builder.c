#include "tests/support/program_builder.h"

#include <stdlib.h>
#include <string.h>

static void *grow(void *items, uint32_t count, uint32_t *capacity, size_t size) {
    if (count < *capacity) return items;
    while (*capacity <= count) *capacity = *capacity ? *capacity * 2 : 16;
    void *grown = realloc(items, *capacity * size);
    TH_ASSERT(grown != NULL);
    return grown;
}

void th_builder_init(th_builder *builder, th_env settings) {
    *builder = (th_builder){.env = settings};
    builder->env.gomap.strings = th_strings_new();
    builder->env.programs = th_programs_new();
    th_world_init(&builder->world, &builder->env);
}

void th_builder_free(th_builder *builder) {
    th_world_free(&builder->world);
    for (uint32_t i = 0; i < builder->body_count; i++) free(builder->bodies[i].requests);
    free(builder->bodies);
    free(builder->places);
    th_programs_free(builder->env.programs);
    th_strings_free(builder->env.gomap.strings);
}

static void place_set(th_builder *builder, th_node_id node, uint32_t body, uint32_t index) {
    builder->places =
        grow(builder->places, node, &builder->place_capacity, sizeof(*builder->places));
    builder->places[node] = (struct th_builder_place){body, index};
}

static th_request request_at(const th_body *body, uint32_t index) {
    if (index >= body->count) return (th_request){.op = TH_REQUEST_RETURN};
    return body->requests[index];
}

static th_node_id next_node(void *context, th_node_id node, const th_result *result) {
    th_builder *builder = context;
    const th_node_id known = th_programs_next(builder->env.programs, node, result);
    if (known != 0) return known;
    const th_request *now = th_programs_request(builder->env.programs, node);
    struct th_builder_place place = builder->places[node];
    const th_body *body = &builder->bodies[place.body];
    th_request next;
    if ((now->op == TH_REQUEST_RANGE || now->op == TH_REQUEST_RANGE_NEXT) && result->ok) {
        next = (th_request){
            .op = TH_REQUEST_RANGE_NEXT,
            .line = now->line,
            .a = now->op == TH_REQUEST_RANGE ? result->w[4] : now->a,
            .type = now->type,
        };
    } else {
        place.index++;
        next = request_at(body, place.index);
    }
    const th_node_id added = th_programs_add(builder->env.programs, node, result, &next);
    place_set(builder, added, place.body, place.index);
    return added;
}

th_resolver th_builder_resolver(th_builder *builder) {
    return (th_resolver){.context = builder, .next = next_node};
}

static uint64_t declare(th_builder *builder, const th_request *request) {
    th_result result;
    const char *message = NULL;
    const bool declared = th_world_declare(&builder->world, request, &result, &message);
    TH_ASSERT(declared);
    return result.w[0];
}

uint64_t th_builder_map(th_builder *builder, th_scalar key, th_scalar elem, uint64_t hint) {
    const int type = th_gomap_env_type(&builder->env.gomap, key, elem);
    TH_ASSERT(type >= 0);
    const th_request request = {
        .op = TH_REQUEST_MAP_MAKE,
        .type = (uint16_t)type,
        .b.w[0] = hint,
        .c.w[0] = ++builder->object_count,
    };
    return declare(builder, &request);
}

uint64_t th_builder_cell(th_builder *builder, th_scalar type) {
    const th_request request = {
        .op = TH_REQUEST_NEW,
        .type = (uint16_t)type,
        .flags = TH_BLOCK_CELL,
        .b.w[0] = th_scalar_size(type),
        .c.w[0] = ++builder->object_count,
    };
    return declare(builder, &request);
}

uint32_t th_builder_body(th_builder *builder, const char *name) {
    builder->bodies = grow(builder->bodies, builder->body_count, &builder->body_capacity,
                           sizeof(*builder->bodies));
    builder->bodies[builder->body_count] = (th_body){.name = name};
    return builder->body_count++;
}

void th_builder_request(th_builder *builder, uint32_t body_index, th_request request) {
    th_body *body = &builder->bodies[body_index];
    body->requests = grow(body->requests, body->count, &body->capacity, sizeof(*body->requests));
    request.line = body->count + 1;
    body->requests[body->count++] = request;
}

uint16_t th_builder_start(th_builder *builder, uint32_t body_index) {
    th_body *body = &builder->bodies[body_index];
    TH_ASSERT(body->root == 0);
    const th_request first = request_at(body, 0);
    body->root = th_programs_root(builder->env.programs, body->name, 0, &first);
    place_set(builder, body->root, body_index, 0);
    const uint16_t g = th_world_start(&builder->world, body->root);
    TH_ASSERT(g != 0);
    return g;
}

static void map_request(th_builder *builder, uint32_t body, th_request_op op, uint64_t map,
                        uint64_t key, uint64_t elem) {
    const th_block *block = th_memory_block(&builder->world.memory, map);
    TH_ASSERT(block != NULL && block->kind == TH_BLOCK_HMAP);
    th_builder_request(builder, body,
                       (th_request){
                           .op = (uint8_t)op,
                           .type = block->type,
                           .a = map,
                           .b.w[0] = key,
                           .c.w[0] = elem,
                       });
}

void th_builder_get(th_builder *builder, uint32_t body, uint64_t map, uint64_t key) {
    map_request(builder, body, TH_REQUEST_MAP_GET, map, key, 0);
}

void th_builder_set(th_builder *builder, uint32_t body, uint64_t map, uint64_t key, uint64_t elem) {
    map_request(builder, body, TH_REQUEST_MAP_SET, map, key, elem);
}

void th_builder_add(th_builder *builder, uint32_t body, uint64_t map, uint64_t key, uint64_t by) {
    map_request(builder, body, TH_REQUEST_MAP_ADD, map, key, by);
}

void th_builder_delete(th_builder *builder, uint32_t body, uint64_t map, uint64_t key) {
    map_request(builder, body, TH_REQUEST_MAP_DELETE, map, key, 0);
}

void th_builder_range(th_builder *builder, uint32_t body, uint64_t map) {
    map_request(builder, body, TH_REQUEST_RANGE, map, 0, 0);
}

static void cell_request(th_builder *builder, uint32_t body, th_request_op op, uint64_t cell,
                         uint64_t value) {
    const th_block *block = th_memory_block(&builder->world.memory, cell);
    TH_ASSERT(block != NULL && block->kind == TH_BLOCK_CELL);
    th_builder_request(
        builder, body,
        (th_request){.op = (uint8_t)op, .type = block->type, .a = cell, .b.w[0] = value});
}

void th_builder_load(th_builder *builder, uint32_t body, uint64_t cell) {
    cell_request(builder, body, TH_REQUEST_LOAD, cell, 0);
}

void th_builder_store(th_builder *builder, uint32_t body, uint64_t cell, uint64_t value) {
    cell_request(builder, body, TH_REQUEST_STORE, cell, value);
}

static void random_request(th_builder *builder, th_rng *rng, th_builder_mix mix, uint32_t body) {
    const uint64_t key = th_rng_below(rng, mix.key_max);
    const uint64_t value = th_rng_below(rng, 1000);
    switch (th_rng_below(rng, mix.ranges ? 11 : 10)) {
    case 0:
    case 1: th_builder_get(builder, body, mix.map, key); break;
    case 2: th_builder_delete(builder, body, mix.map, key); break;
    case 3: th_builder_add(builder, body, mix.map, key, value); break;
    case 4: th_builder_load(builder, body, mix.cell); break;
    case 5: th_builder_store(builder, body, mix.cell, value); break;
    case 10: th_builder_range(builder, body, mix.map); break;
    default: th_builder_set(builder, body, mix.map, key, value); break;
    }
}

void th_builder_random(th_builder *builder, th_rng *rng, th_builder_mix mix) {
    static const char *const NAMES[] = {"a", "b", "c", "d", "e", "f"};
    TH_ASSERT(mix.goroutine_count <= sizeof NAMES / sizeof *NAMES);
    for (uint32_t g = 0; g < mix.goroutine_count; g++) {
        const uint32_t body = th_builder_body(builder, NAMES[g]);
        th_builder_mix own = mix;
        if (own.map == 0) own.map = th_builder_map(builder, TH_I64, TH_I64, 0);
        for (uint32_t i = 0; i < mix.request_count; i++) random_request(builder, rng, own, body);
        th_builder_start(builder, body);
    }
}
