// What a pointer in a result points to: bodies see results alone, and an address alone does not say
// of what type the object is that another goroutine made there.
#include "sim/world/parts.h"

static uint64_t pointee(const th_memory *memory, uint64_t address) {
    const th_block *block = th_memory_block(memory, address);
    if (block == NULL || block->address != address) return 0;
    return block->kind | (uint64_t)block->type << 8;
}

// Index of the result's word that is a value of type `*scalar`; -1: none is.
static int map_value(const th_world *world, const th_request *request, th_scalar *scalar) {
    *scalar = (th_scalar)world->env->gomap.types[request->type].elem;
    switch ((th_request_op)request->op) {
    case TH_REQUEST_MAP_GET: return 0;
    case TH_REQUEST_RANGE:
    case TH_REQUEST_RANGE_NEXT: return 2;
    default: return -1;
    }
}

static int sync_value(const th_world *world, const th_request *request, th_scalar *scalar) {
    *scalar = (th_scalar)(request->type >> 8);
    switch ((th_sync_op)request->flags) {
    case TH_SYNC_CHAN_RECV:
        *scalar = (th_scalar)th_memory_peek(&world->memory, request->a + TH_HCHAN_elemtype, 8);
        return 0;
    case TH_SYNC_MAP_LOAD:
    case TH_SYNC_MAP_LOAD_OR_STORE:
    case TH_SYNC_MAP_LOAD_AND_DELETE: return 0;
    case TH_SYNC_MAP_RANGE:
    case TH_SYNC_MAP_NEXT: return 2;
    default: return -1;
    }
}

void th_result_add_pointee(const th_world *world, const th_request *request, th_result *result) {
    th_scalar scalar = (th_scalar)request->type;
    int word = -1;
    switch (th_request_op_class((th_request_op)request->op)) {
    case TH_CLASS_MAP: word = map_value(world, request, &scalar); break;
    case TH_CLASS_CELL: word = 0; break;
    case TH_CLASS_SYNC:
        if (request->op == TH_REQUEST_SYNC) word = sync_value(world, request, &scalar);
        break;
    default: break;
    }
    if (word < 0 || scalar != TH_PTR) return;
    result->w[word + 1] = pointee(&world->memory, result->w[word]);
}
