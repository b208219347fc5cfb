#include "gui/scene/text.h"

#include "gui/scene/spot.h"
#include "sim/base/hash.h"
#include "sim/sync/sync.h"
#include "sim/sync/syncmap.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static void text_string(const th_strings *strings, th_value value, char *out, size_t size) {
    const char *text = value.w[1] == 0 ? "" : th_strings_text(strings, value.w[0]);
    if (text == NULL) {  // a torn header: what it points to is no text
        snprintf(out, size, "?%" PRIu64, value.w[1]);
        return;
    }
    snprintf(out, size, "\"%.*s\"", (int)(value.w[1] < 256 ? value.w[1] : 256), text);
}

static void text_float(uint64_t bits, char *out, size_t size) {
    double value;
    memcpy(&value, &bits, sizeof(value));
    if (value != value) {  // as Go prints it, whatever its sign and the C library
        snprintf(out, size, "NaN");
        return;
    }
    snprintf(out, size, "%.6g", value);
}

void th_text_value(const th_strings *strings, th_scalar scalar, th_value value, char *out,
                   size_t size) {
    const uint64_t word = th_scalar_extend(scalar, value.w[0]);
    switch (scalar) {
    case TH_BOOL: snprintf(out, size, "%s", word ? "true" : "false"); break;
    case TH_I32:
    case TH_I64: snprintf(out, size, "%" PRId64, (int64_t)word); break;
    case TH_F64: text_float(word, out, size); break;
    case TH_PTR:
        if (word == 0)
            snprintf(out, size, "nil");
        else
            snprintf(out, size, "0x%" PRIx64, word);
        break;
    case TH_STRING: text_string(strings, value, out, size); break;
    case TH_U64X2: snprintf(out, size, "{%" PRIu64 " %" PRIu64 "}", value.w[0], value.w[1]); break;
    case TH_EMPTY: snprintf(out, size, "{}"); break;
    default: snprintf(out, size, "%" PRIu64, word); break;
    }
}

static void text_flags(uint64_t flags, char *out, size_t size) {
    char bits[5] = "0000";
    for (int i = 0; i < 4; i++) {
        if (flags >> i & 1) bits[3 - i] = '1';
    }
    snprintf(out, size, "%s", bits);
}

static void text_pointer(const th_scenario *scenario, const th_world *world, uint64_t target,
                         char *out, size_t size) {
    if (target == 0) {
        snprintf(out, size, "nil");
        return;
    }
    const th_block *block = th_memory_block(&world->memory, target);
    if (block != NULL && block->kind == TH_BLOCK_BUCKETS && target == block->address) {
        const uint32_t each = th_scenario_env(scenario)->gomap.types[block->type].bucket_size;
        snprintf(out, size, "[%" PRIu32 "]bucket", block->size / each);
        return;
    }
    if (block != NULL && block->kind == TH_BLOCK_SYNC && block->type > TH_SYNC_KIND_MAP) {
        const char *kind = th_sync_kind_string((th_sync_kind)block->type);
        snprintf(out, size, "%s", strncmp(kind, "sync.", 5) == 0 ? kind + 5 : kind);
        return;
    }
    char name[64] = "";
    if (block != NULL) th_scenario_name(scenario, world, target, name, sizeof(name));
    name[strcspn(name, ".")] = 0;  // the object, not its first field
    if (name[0] != 0)
        snprintf(out, size, "%s", name);
    else
        snprintf(out, size, "0x%" PRIx64, target);
}

// What the p of a sync.Map's entry says.
static void text_entry(const th_scenario *scenario, const th_world *world, uint64_t p, char *out,
                       size_t size) {
    const th_memory *memory = &world->memory;
    if (p == 0 || p == TH_SYNCMAP_EXPUNGED || th_memory_block(memory, p) == NULL) {
        snprintf(out, size, "%s", p == 0 ? "nil" : p == TH_SYNCMAP_EXPUNGED ? "expunged" : "?");
        return;
    }
    const th_value value = {{th_memory_peek(memory, p + TH_ANY_value, 8),
                             th_memory_peek(memory, p + TH_ANY_value + 8, 8)}};
    th_text_value(th_scenario_env(scenario)->gomap.strings,
                  (th_scalar)th_memory_peek(memory, p + TH_ANY_type, 8), value, out, size);
}

static void text_spot(const th_scenario *scenario, const th_world *world, th_spot spot,
                      th_value value, char *out, size_t size) {
    const uint64_t word = value.w[0];
    switch (spot.shape) {
    case TH_SPOT_FLAGS: text_flags(word, out, size); break;
    case TH_SPOT_HEX32: snprintf(out, size, "%08" PRIx64, word & 0xffffffff); break;
    case TH_SPOT_TOPHASH:
        snprintf(out, size, word < TH_TOP_MIN ? "%" PRIu64 : "%02" PRIx64, word);
        break;
    case TH_SPOT_POINTER: text_pointer(scenario, world, word, out, size); break;
    case TH_SPOT_SCALAR:
        th_text_value(th_scenario_env(scenario)->gomap.strings, spot.scalar, value, out, size);
        break;
    case TH_SPOT_WAITGROUP:
        snprintf(out, size, "%" PRIu64 ", %" PRIu64 " wait", word >> 32, word & UINT32_MAX);
        break;
    case TH_SPOT_ENTRY: text_entry(scenario, world, word, out, size); break;
    case TH_SPOT_NUMBER: snprintf(out, size, "%" PRIu64, word); break;
    }
}

// A value of a type is read whole, wherever in it the address lies; else what was asked for, but no
// more than there is.
static th_value read_spot(const th_memory *memory, th_spot spot, uint64_t address,
                          uint32_t length) {
    const uint32_t bytes = th_scalar_size(spot.scalar);
    th_value value = {{0, 0}};
    if (spot.shape != TH_SPOT_SCALAR) {
        const uint32_t most = bytes > 0 && bytes < 8 ? bytes : 8;
        value.w[0] = th_memory_peek(memory, address, length < most ? length : most);
        return value;
    }
    if (bytes > 0) value.w[0] = th_memory_peek(memory, spot.address, bytes > 8 ? 8 : bytes);
    if (bytes > 8) value.w[1] = th_memory_peek(memory, spot.address + 8, bytes - 8);
    return value;
}

void th_text_bytes(const th_scenario *scenario, const th_world *world, uint64_t address,
                   uint32_t length, char *out, size_t size) {
    const th_block *block = th_memory_block(&world->memory, address);
    if (block == NULL) {
        snprintf(out, size, "?");
        return;
    }
    const th_spot spot = th_spot_at(scenario, block, address);
    text_spot(scenario, world, spot, read_spot(&world->memory, spot, address, length), out, size);
}

static bool needs_all(th_spot spot, uint32_t length) {
    if (length <= 4) return false;
    return spot.shape == TH_SPOT_POINTER || spot.shape == TH_SPOT_WAITGROUP ||
           spot.shape == TH_SPOT_ENTRY ||
           (spot.shape == TH_SPOT_SCALAR &&
            (spot.scalar == TH_F64 || spot.scalar == TH_STRING || spot.scalar == TH_PTR));
}

bool th_text_is_partial(const th_scenario *scenario, const th_world *world, uint64_t address,
                        uint32_t length) {
    const th_block *block = th_memory_block(&world->memory, address);
    return block != NULL && needs_all(th_spot_at(scenario, block, address), length);
}

void th_text_recorded(const th_scenario *scenario, const th_world *world, uint64_t address,
                      uint32_t length, uint32_t low, char *out, size_t size) {
    const th_block *block = th_memory_block(&world->memory, address);
    th_spot spot = {.shape = TH_SPOT_NUMBER};
    if (block != NULL) spot = th_spot_at(scenario, block, address);
    th_value value = {{low, 0}};
    if (spot.shape == TH_SPOT_SCALAR && spot.scalar == TH_I64) {
        value.w[0] = (uint64_t)(int64_t)(int32_t)low;
    }
    if (needs_all(spot, length))
        snprintf(out, size, low == 0 ? "0" : "…");
    else
        text_spot(scenario, world, spot, value, out, size);
}

const char *th_text_object(const th_scenario *scenario, const th_world *world, uint64_t address) {
    uint32_t count;
    const th_object *objects = th_scenario_objects(scenario, &count);
    for (uint32_t i = 0; i < count; i++) {
        if (objects[i].address == address) return objects[i].name;
    }
    const th_block *block = th_memory_block(&world->memory, address);
    if (block != NULL && block->object > 0 && block->object <= count) {
        return objects[block->object - 1].name;
    }
    return address == 0 ? "nil" : "?";
}

static void text_map_request(const th_scenario *scenario, const th_world *world,
                             const th_request *request, char *out, size_t size) {
    const th_env *env = th_scenario_env(scenario);
    const char *m = th_text_object(scenario, world, request->a);
    const th_map_type *type = &env->gomap.types[request->type];
    char key[40], elem[40];
    th_text_value(env->gomap.strings, (th_scalar)type->key, request->b, key, sizeof(key));
    th_text_value(env->gomap.strings, (th_scalar)type->elem, request->c, elem, sizeof(elem));
    switch (request->op) {
    case TH_REQUEST_MAP_GET: snprintf(out, size, "v = %s[%s]", m, key); break;
    case TH_REQUEST_MAP_SET: snprintf(out, size, "%s[%s] = %s", m, key, elem); break;
    case TH_REQUEST_MAP_ADD: snprintf(out, size, "%s[%s] += %s", m, key, elem); break;
    case TH_REQUEST_MAP_DELETE: snprintf(out, size, "delete(%s, %s)", m, key); break;
    case TH_REQUEST_MAP_CLEAR: snprintf(out, size, "clear(%s)", m); break;
    case TH_REQUEST_MAP_LEN: snprintf(out, size, "n = len(%s)", m); break;
    case TH_REQUEST_RANGE: snprintf(out, size, "for range %s", m); break;
    default: snprintf(out, size, "for range: next"); break;
    }
}

static void text_cell_request(const th_scenario *scenario, const th_world *world,
                              const th_request *request, char *out, size_t size) {
    char name[48], value[40], next[40];
    const th_scalar scalar = (th_scalar)request->type;
    const th_spot spot = {.scalar = scalar,
                          .shape = scalar == TH_PTR ? TH_SPOT_POINTER : TH_SPOT_SCALAR};
    th_scenario_name(scenario, world, request->a, name, sizeof(name));
    text_spot(scenario, world, spot, request->b, value, sizeof(value));
    text_spot(scenario, world, spot, request->c, next, sizeof(next));
    static const char *const rmw[] = {"Add", "And", "Or", "Xor", "Swap"};
    switch (request->op) {
    case TH_REQUEST_LOAD: snprintf(out, size, "v = %s", name); break;
    case TH_REQUEST_STORE: snprintf(out, size, "%s = %s", name, value); break;
    case TH_REQUEST_ATOMIC_LOAD: snprintf(out, size, "v = %s.Load()", name); break;
    case TH_REQUEST_AWAIT: snprintf(out, size, "await %s == %s", name, value); break;
    case TH_REQUEST_ATOMIC_STORE: snprintf(out, size, "%s.Store(%s)", name, value); break;
    case TH_REQUEST_ATOMIC_RMW:
        snprintf(out, size, "%s.%s(%s)", name, rmw[request->flags % 5], value);
        break;
    case TH_REQUEST_ATOMIC_CAS:
        snprintf(out, size, "%s.CompareAndSwap(%s, %s)", name, value, next);
        break;
    default: snprintf(out, size, "%s %s", th_request_op_string(request->op), name); break;
    }
}

// sm.Store("A", 1): a key, and what is stored.
static void text_syncmap_request(const th_scenario *scenario, const th_world *world,
                                 const th_request *request, const char *method, char *out,
                                 size_t size) {
    const th_strings *strings = th_scenario_env(scenario)->gomap.strings;
    const char *name = th_text_object(scenario, world, request->a);
    char key[40], value[40];
    th_text_value(strings, (th_scalar)(request->type & 0xff), request->b, key, sizeof(key));
    th_text_value(strings, (th_scalar)(request->type >> 8), request->c, value, sizeof(value));
    switch ((th_sync_op)request->flags) {
    case TH_SYNC_MAP_STORE:
    case TH_SYNC_MAP_LOAD_OR_STORE:
        snprintf(out, size, "%s.%s(%s, %s)", name, method, key, value);
        break;
    case TH_SYNC_MAP_RANGE:
    case TH_SYNC_MAP_NEXT: snprintf(out, size, "%s.%s()", name, method); break;
    default: snprintf(out, size, "%s.%s(%s)", name, method, key); break;
    }
}

// "sync.(*WaitGroup).Wait" -> "wg.Wait()"
static void text_sync_request(const th_scenario *scenario, const th_world *world,
                              const th_request *request, char *out, size_t size) {
    if (request->op == TH_REQUEST_GOSCHED) {
        snprintf(out, size, "runtime.Gosched()");
        return;
    }
    const char *name = th_text_object(scenario, world, request->a);
    const th_sync_op op = (th_sync_op)request->flags;
    switch (op) {
    case TH_SYNC_CHAN_SEND:
        snprintf(out, size, "%s <- %" PRId64, name, (int64_t)request->b.w[0]);
        return;
    case TH_SYNC_CHAN_RECV: snprintf(out, size, "v = <-%s", name); return;
    case TH_SYNC_CHAN_CLOSE: snprintf(out, size, "close(%s)", name); return;
    case TH_SYNC_CHAN_LEN:
    case TH_SYNC_CHAN_CAP: snprintf(out, size, "n = %s(%s)", th_sync_op_word(op), name); return;
    case TH_SYNC_SELECT: snprintf(out, size, "select"); return;
    default: break;
    }
    const char *method = strrchr(th_sync_op_string(op), '.');
    method = method == NULL ? th_sync_op_word(op) : method + 1;
    if (th_sync_op_kind(op) >= TH_SYNC_KIND_MAP) {
        text_syncmap_request(scenario, world, request, method, out, size);
    } else if (op == TH_SYNC_WG_ADD) {
        snprintf(out, size, "%s.%s(%" PRId64 ")", name, method, (int64_t)request->b.w[0]);
    } else {
        snprintf(out, size, "%s.%s()", name, method);
    }
}

void th_text_request(const th_scenario *scenario, const th_world *world, const th_request *request,
                     char *out, size_t size) {
    switch (th_request_op_class((th_request_op)request->op)) {
    case TH_CLASS_MAP: text_map_request(scenario, world, request, out, size); break;
    case TH_CLASS_CELL: text_cell_request(scenario, world, request, out, size); break;
    case TH_CLASS_SYNC: text_sync_request(scenario, world, request, out, size); break;
    default: snprintf(out, size, "%s", th_request_op_string((th_request_op)request->op)); break;
    }
}
