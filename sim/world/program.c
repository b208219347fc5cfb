#include "sim/world/program.h"

#include "sim/base/assert.h"
#include "sim/base/hash.h"

#include <stdlib.h>
#include <string.h>

enum {
    CHUNK_SHIFT = 10,  // nodes stay where they are: in chunks of that many
    CHUNK_COUNT = 1 << CHUNK_SHIFT,
    FIRST_INDEX_CAPACITY = 256,  // a power of two
};

typedef struct program {
    char *name;
    th_node_id starter;
} program;

typedef struct program_node {
    th_request request;
    th_result edge;     // from the parent
    th_node_id parent;  // 0: a root
    th_node_id root;
    th_node_id first_child;  // the child added first: most nodes have no other
    th_node_id target;       // where a joined path goes on, 0: here
    uint32_t program;        // index into th_programs.programs
} program_node;

// Node n lies at chunks[n >> CHUNK_SHIFT][n & (CHUNK_COUNT - 1)]; node 0 is not used. A node's
// first child is linked to it; all others are found through `index`, by (parent, result).
struct th_programs {
    program_node **chunks;
    uint32_t chunk_count;
    uint32_t node_count;  // node 0 included
    program *programs;
    uint32_t program_count;
    uint32_t program_capacity;
    th_node_id *index;  // open addressing; 0: free
    uint32_t index_count;
    uint32_t index_capacity;
};

static const char *const OP_STRINGS[TH_REQUEST_OP_COUNT] = {[TH_REQUEST_NONE] = "none",
#define X(name, class, text) [TH_REQUEST_##name] = text,
                                                            TH_REQUESTS(X)
#undef X
};

static const uint8_t OP_CLASSES[TH_REQUEST_OP_COUNT] = {[TH_REQUEST_NONE] = TH_CLASS_LOCAL,
#define X(name, class, text) [TH_REQUEST_##name] = TH_CLASS_##class,
                                                        TH_REQUESTS(X)
#undef X
};

const char *th_request_op_string(th_request_op op) {
    TH_ASSERT(op < TH_REQUEST_OP_COUNT);
    return OP_STRINGS[op];
}

th_request_class th_request_op_class(th_request_op op) {
    TH_ASSERT(op < TH_REQUEST_OP_COUNT);
    return (th_request_class)OP_CLASSES[op];
}

static void *allocate(size_t count, size_t size) {
    void *memory = calloc(count, size);
    TH_ASSERT(memory != NULL);
    return memory;
}

static inline program_node *node_at(const th_programs *programs, th_node_id id) {
    TH_ASSERT(id != 0 && id < programs->node_count);
    return &programs->chunks[id >> CHUNK_SHIFT][id & (CHUNK_COUNT - 1)];
}

th_programs *th_programs_new(void) {
    th_programs *programs = allocate(1, sizeof(*programs));
    programs->node_count = 1;
    programs->index_capacity = FIRST_INDEX_CAPACITY;
    programs->index = allocate(programs->index_capacity, sizeof(*programs->index));
    return programs;
}

void th_programs_free(th_programs *programs) {
    if (programs == NULL) return;
    for (uint32_t i = 0; i < programs->chunk_count; i++) free(programs->chunks[i]);
    for (uint32_t i = 0; i < programs->program_count; i++) free(programs->programs[i].name);
    free(programs->chunks);
    free(programs->programs);
    free(programs->index);
    free(programs);
}

static bool same_result(const th_result *a, const th_result *b) {
    return a->w[0] == b->w[0] && a->ok == b->ok && a->panic == b->panic && a->w[1] == b->w[1] &&
           a->w[2] == b->w[2] && a->w[3] == b->w[3] && a->w[4] == b->w[4];
}

static uint64_t hash_edge(th_node_id parent, const th_result *result) {
    uint64_t hash = th_hash_mix64(parent);
    for (int i = 0; i < 5; i++) hash = th_hash_combine(hash, result->w[i]);
    return th_hash_combine(hash, (uint64_t)result->ok | (uint64_t)result->panic << 8);
}

// Where that child stands in the index, or the free place where it belongs.
static th_node_id *find(const th_programs *programs, th_node_id parent, const th_result *result) {
    const uint32_t mask = programs->index_capacity - 1;
    uint32_t i = (uint32_t)hash_edge(parent, result) & mask;
    while (programs->index[i] != 0) {
        const program_node *child = node_at(programs, programs->index[i]);
        if (child->parent == parent && same_result(&child->edge, result)) break;
        i = (i + 1) & mask;
    }
    return &programs->index[i];
}

static void grow_index(th_programs *programs) {
    th_node_id *old = programs->index;
    const uint32_t old_capacity = programs->index_capacity;
    programs->index_capacity *= 2;
    programs->index = allocate(programs->index_capacity, sizeof(*programs->index));
    for (uint32_t i = 0; i < old_capacity; i++) {
        if (old[i] == 0) continue;
        const program_node *child = node_at(programs, old[i]);
        *find(programs, child->parent, &child->edge) = old[i];
    }
    free(old);
}

static th_node_id new_node(th_programs *programs) {
    TH_ASSERT(programs->node_count < UINT32_MAX);
    const th_node_id id = programs->node_count++;
    if (id >> CHUNK_SHIFT >= programs->chunk_count) {
        const size_t size = (programs->chunk_count + 1) * sizeof(*programs->chunks);
        programs->chunks = realloc(programs->chunks, size);
        TH_ASSERT(programs->chunks != NULL);
        programs->chunks[programs->chunk_count++] = allocate(CHUNK_COUNT, sizeof(program_node));
    }
    return id;
}

static uint32_t new_program(th_programs *programs, const char *name, th_node_id starter) {
    if (programs->program_count == programs->program_capacity) {
        programs->program_capacity =
            programs->program_capacity ? programs->program_capacity * 2 : 8;
        const size_t size = programs->program_capacity * sizeof(*programs->programs);
        programs->programs = realloc(programs->programs, size);
        TH_ASSERT(programs->programs != NULL);
    }
    const size_t size = strlen(name) + 1;
    char *copy = allocate(size, 1);
    memcpy(copy, name, size);
    programs->programs[programs->program_count] = (program){.name = copy, .starter = starter};
    return programs->program_count++;
}

th_node_id th_programs_root(th_programs *programs, const char *name, th_node_id parent,
                            const th_request *first) {
    const th_node_id id = new_node(programs);
    program_node *root = node_at(programs, id);
    *root = (program_node){.request = *first, .root = id};
    root->program = new_program(programs, name, parent);
    if (parent != 0) {
        th_request *go = &node_at(programs, parent)->request;
        TH_ASSERT(go->op == TH_REQUEST_GO && go->b.w[0] == 0);
        go->b.w[0] = id;
    }
    return id;
}

th_node_id th_programs_next(const th_programs *programs, th_node_id node, const th_result *result) {
    th_node_id child = node_at(programs, node)->first_child;
    if (child == 0) return 0;
    if (!same_result(&node_at(programs, child)->edge, result))
        child = *find(programs, node, result);
    if (child == 0) return 0;
    const th_node_id target = node_at(programs, child)->target;
    return target != 0 ? target : child;
}

th_node_id th_programs_add(th_programs *programs, th_node_id node, const th_result *result,
                           const th_request *request) {
    TH_ASSERT(th_programs_next(programs, node, result) == 0);
    const th_node_id child_id = new_node(programs);
    program_node *parent = node_at(programs, node);
    *node_at(programs, child_id) = (program_node){
        .request = *request,
        .edge = *result,
        .parent = node,
        .root = parent->root,
        .program = parent->program,
    };
    if (parent->first_child == 0) {
        parent->first_child = child_id;
        return child_id;
    }
    if (programs->index_count * 2 >= programs->index_capacity) grow_index(programs);
    *find(programs, node, result) = child_id;
    programs->index_count++;
    return child_id;
}

void th_programs_join(th_programs *programs, th_node_id node, const th_result *result,
                      th_node_id target) {
    const th_request *request = th_programs_request(programs, target);
    node_at(programs, th_programs_add(programs, node, result, request))->target = target;
}

const th_request *th_programs_request(const th_programs *programs, th_node_id node) {
    return &node_at(programs, node)->request;
}

th_node_id th_programs_parent(const th_programs *programs, th_node_id node) {
    return node_at(programs, node)->parent;
}

const th_result *th_programs_edge(const th_programs *programs, th_node_id node) {
    TH_ASSERT(node_at(programs, node)->parent != 0);
    return &node_at(programs, node)->edge;
}

th_node_id th_programs_root_of(const th_programs *programs, th_node_id node) {
    return node_at(programs, node)->root;
}

const char *th_programs_name(const th_programs *programs, th_node_id node) {
    return programs->programs[node_at(programs, node)->program].name;
}

th_node_id th_programs_starter(const th_programs *programs, th_node_id root) {
    return programs->programs[node_at(programs, root)->program].starter;
}

uint32_t th_programs_count(const th_programs *programs) { return programs->node_count - 1; }
