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

static void place_set(th_builder *builder, th_node_id node, const struct th_builder_place *place) {
    builder->places =
        grow(builder->places, node, &builder->place_capacity, sizeof(*builder->places));
    for (uint32_t i = builder->place_count; i <= node; i++) {
        builder->places[i] = (struct th_builder_place){.body = UINT32_MAX};
    }
    if (node >= builder->place_count) builder->place_count = node + 1;
    builder->places[node] = *place;
}

// What is asked for at the place, which is moved on when its body is a function.
static th_request request_at(const th_builder *builder, struct th_builder_place *place,
                             const th_result *result) {
    const th_body *body = &builder->bodies[place->body];
    if (body->fn != NULL) return body->fn(body->argument, place->locals, result);
    if (place->index >= body->count) return th_builder_ask_return();
    return body->requests[place->index];
}

static bool is_range(const th_request *request) {
    return request->op == TH_REQUEST_RANGE || request->op == TH_REQUEST_RANGE_NEXT;
}

static th_request next_pair(const th_request *now, const th_result *result) {
    return (th_request){
        .op = TH_REQUEST_RANGE_NEXT,
        .line = now->line,
        .a = now->op == TH_REQUEST_RANGE ? result->w[4] : now->a,
        .type = now->type,
    };
}

// The node where a function's body stands with these locals; 0: it never did.
static th_node_id find_place(const th_builder *builder, const struct th_builder_place *place) {
    if (builder->unfolded || builder->bodies[place->body].fn == NULL) return 0;
    for (uint32_t node = 1; node < builder->place_count; node++) {
        const struct th_builder_place *other = &builder->places[node];
        if (other->body == place->body &&
            memcmp(other->locals, place->locals, sizeof(place->locals)) == 0) {
            return node;
        }
    }
    return 0;
}

// The program that runs a body, and those that its first request starts.
static th_node_id add_root(th_builder *builder, th_node_id parent, uint64_t body) {
    struct th_builder_place place = {.body = (uint32_t)body};
    const th_request first = request_at(builder, &place, NULL);
    const th_node_id root =
        th_programs_root(builder->env.programs, builder->bodies[body].name, parent, &first);
    place_set(builder, root, &place);
    if (first.op == TH_REQUEST_GO) add_root(builder, root, first.c.w[0]);
    return root;
}

static th_node_id next_node(void *context, th_node_id node, const th_result *result) {
    th_builder *builder = context;
    const th_node_id known = th_programs_next(builder->env.programs, node, result);
    if (known != 0) return known;
    const th_request *now = th_programs_request(builder->env.programs, node);
    struct th_builder_place place = builder->places[node];
    th_request next;
    if (is_range(now) && result->ok) {
        next = next_pair(now, result);
    } else {
        place.index++;
        next = request_at(builder, &place, result);
    }
    const th_node_id same = find_place(builder, &place);
    if (same != 0) {
        const th_request *asked = th_programs_request(builder->env.programs, same);
        TH_ASSERT(asked->op == next.op);  // else its locals do not tell all
        TH_ASSERT(asked->a == next.a);
        TH_ASSERT(asked->b.w[0] == next.b.w[0] || next.op == TH_REQUEST_GO);
        th_programs_join(builder->env.programs, node, result, same);
        return same;
    }
    const th_node_id added = th_programs_add(builder->env.programs, node, result, &next);
    place_set(builder, added, &place);
    if (next.op == TH_REQUEST_GO) add_root(builder, added, next.c.w[0]);
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

uint64_t th_builder_block(th_builder *builder, uint32_t size) {
    const th_request request = {
        .op = TH_REQUEST_NEW,
        .flags = TH_BLOCK_STRUCT,
        .b.w[0] = size,
        .c.w[0] = ++builder->object_count,
    };
    return declare(builder, &request);
}

static uint64_t make_sync(th_builder *builder, th_sync_kind kind, th_value operand) {
    const th_request request = {
        .op = TH_REQUEST_NEW,
        .type = (uint16_t)kind,
        .flags = TH_BLOCK_SYNC,
        .b = operand,
        .c.w[0] = ++builder->object_count,
    };
    return declare(builder, &request);
}

uint64_t th_builder_sync(th_builder *builder, th_sync_kind kind) {
    return make_sync(builder, kind, (th_value){{0, 0}});
}

uint64_t th_builder_channel(th_builder *builder, uint64_t capacity) {
    return make_sync(builder, TH_SYNC_KIND_CHANNEL, (th_value){{capacity, TH_U64}});
}

uint64_t th_builder_cond(th_builder *builder, uint64_t mutex) {
    return make_sync(builder, TH_SYNC_KIND_COND, (th_value){{mutex, TH_SYNC_KIND_MUTEX}});
}

void th_builder_fill(th_builder *builder, uint64_t cell, uint64_t value) {
    const th_block *block = th_memory_block(&builder->world.memory, cell);
    th_memory_poke(&builder->world.memory, cell, block->size > 8 ? 8 : block->size, value);
}

static uint32_t add_body(th_builder *builder, th_body body) {
    builder->bodies = grow(builder->bodies, builder->body_count, &builder->body_capacity,
                           sizeof(*builder->bodies));
    builder->bodies[builder->body_count] = body;
    return builder->body_count++;
}

uint32_t th_builder_body(th_builder *builder, const char *name) {
    return add_body(builder, (th_body){.name = name});
}

uint32_t th_builder_function(th_builder *builder, const char *name, th_body_fn *fn,
                             const void *argument) {
    return add_body(builder, (th_body){.name = name, .fn = fn, .argument = argument});
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
    body->root = add_root(builder, 0, body_index);
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

th_request th_builder_ask_load(uint64_t address, th_scalar type) {
    return (th_request){.op = TH_REQUEST_LOAD, .type = (uint16_t)type, .a = address};
}

th_request th_builder_ask_store(uint64_t address, th_scalar type, uint64_t value) {
    return (th_request){
        .op = TH_REQUEST_STORE, .type = (uint16_t)type, .a = address, .b.w[0] = value};
}

th_request th_builder_ask_rmw(uint64_t address, th_scalar type, th_rmw rmw, uint64_t operand) {
    return (th_request){.op = TH_REQUEST_ATOMIC_RMW,
                        .flags = (uint8_t)rmw,
                        .type = (uint16_t)type,
                        .a = address,
                        .b.w[0] = operand};
}

th_request th_builder_ask_cas(uint64_t address, th_scalar type, uint64_t old, uint64_t new_value) {
    return (th_request){.op = TH_REQUEST_ATOMIC_CAS,
                        .type = (uint16_t)type,
                        .a = address,
                        .b.w[0] = old,
                        .c.w[0] = new_value};
}

th_request th_builder_ask_sync(th_sync_op op, uint64_t object, uint64_t operand) {
    return (th_request){
        .op = TH_REQUEST_SYNC, .flags = (uint8_t)op, .a = object, .b.w[0] = operand};
}

th_request th_builder_ask_free(uint64_t address) {
    return (th_request){.op = TH_REQUEST_FREE, .a = address};
}

th_request th_builder_ask_go(uint32_t body) {
    return (th_request){.op = TH_REQUEST_GO, .c.w[0] = body};
}

th_request th_builder_ask_return(void) { return (th_request){.op = TH_REQUEST_RETURN}; }

th_request th_builder_ask_fatal(th_builder *builder, const char *message) {
    return (th_request){
        .op = TH_REQUEST_FATAL,
        .b = th_strings_intern(builder->env.gomap.strings, message, strlen(message))};
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
