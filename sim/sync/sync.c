#include "sim/sync/sync.h"

#include "sim/base/assert.h"
#include "sim/base/hash.h"
#include "sim/base/limits.h"
#include "sim/sync/routine.h"

#include <stdlib.h>
#include <string.h>

// A Mutex's waiter starves after that many steps of the run; in Go after 1 ms. Ten turns of each of
// a few goroutines: long enough for the normal mode to be seen, short enough for the other.
enum { TH_STARVE_STEPS_DEFAULT = 200, ITEMS_CAPACITY_MIN = 8 };

const char *th_sync_kind_string(th_sync_kind kind) {
    static const char *const texts[] = {
#define X(name, text, size) text,
        TH_SYNC_KINDS(X)
#undef X
    };
    TH_ASSERT(kind < TH_SYNC_KIND_COUNT);
    return texts[kind];
}

uint32_t th_sync_kind_size(th_sync_kind kind) {
    static const uint32_t sizes[] = {
#define X(name, text, size) size,
        TH_SYNC_KINDS(X)
#undef X
    };
    TH_ASSERT(kind < TH_SYNC_KIND_COUNT);
    return sizes[kind];
}

typedef struct op_row {
    const char *word, *text;
    th_sync_kind kind;
} op_row;

static const op_row *op_of(th_sync_op op) {
    static const op_row rows[] = {{"", "", TH_SYNC_KIND_NONE},
#define X(name, kind, word, text, operands) {word, text, TH_SYNC_KIND_##kind},
                                  TH_SYNC_OPS(X)
#undef X
    };
    TH_ASSERT(op < TH_SYNC_OP_COUNT);
    return &rows[op];
}

const char *th_sync_op_string(th_sync_op op) { return op_of(op)->text; }
const char *th_sync_op_word(th_sync_op op) { return op_of(op)->word; }
th_sync_kind th_sync_op_kind(th_sync_op op) { return op_of(op)->kind; }

const char *th_sync_did_string(th_sync_did did) {
    static const char *const texts[] = {"",
#define X(name, text) text,
                                        TH_SYNC_DIDS(X)
#undef X
    };
    TH_ASSERT(did < TH_SYNC_DID_COUNT);
    return texts[did];
}

const char *th_sync_wait_reason_string(th_sync_wait_reason reason) {
    static const char *const texts[] = {"",
#define X(name, text) text,
                                        TH_SYNC_WAITS(X)
#undef X
    };
    TH_ASSERT(reason < TH_SYNC_WAIT_REASON_COUNT);
    return texts[reason];
}

void th_sync_init(th_sync *sync, th_sync_fidelity fidelity, uint32_t starve_steps) {
    *sync = (th_sync){.fidelity = (uint8_t)fidelity,
                      .starve_steps = starve_steps ? starve_steps : TH_STARVE_STEPS_DEFAULT};
}

void th_sync_free(th_sync *sync) {
    free(sync->waiters);
    free(sync->wakeups);
    free(sync->cases);
    *sync = (th_sync){0};
}

void *th_sync_reserve(void *items, uint32_t count, uint32_t *capacity, size_t size) {
    if (count <= *capacity) return items;
    while (*capacity < count) *capacity = *capacity ? *capacity * 2 : ITEMS_CAPACITY_MIN;
    void *more = realloc(items, *capacity * size);
    TH_ASSERT(more != NULL);
    return more;
}

static void *copied(void *to, uint32_t *capacity, const void *from, uint32_t count, size_t size) {
    to = th_sync_reserve(to, count, capacity, size);
    if (count > 0) memcpy(to, from, count * size);
    return to;
}

void th_sync_copy(th_sync *to, const th_sync *from) {
    if (to == from) return;
    to->waiters = copied(to->waiters, &to->waiter_capacity, from->waiters, from->waiter_count,
                         sizeof(*to->waiters));
    to->wakeups = copied(to->wakeups, &to->wakeup_capacity, from->wakeups, from->wakeup_count,
                         sizeof(*to->wakeups));
    to->cases =
        copied(to->cases, &to->case_capacity, from->cases, from->case_count, sizeof(*to->cases));
    to->waiter_count = from->waiter_count;
    to->wakeup_count = from->wakeup_count;
    to->case_count = from->case_count;
    to->starve_steps = from->starve_steps;
    to->fidelity = from->fidelity;
}

// The structs hold no padding, so their bytes are their value.
static uint64_t hash_words(uint64_t hash, const void *bytes, size_t size) {
    TH_ASSERT(size % 8 == 0);
    for (size_t i = 0; i < size; i += 8) {
        uint64_t word;
        memcpy(&word, (const uint8_t *)bytes + i, 8);
        hash = th_hash_combine(hash, word);
    }
    return hash;
}

uint64_t th_sync_hash(const th_sync *sync) {
    uint64_t hash = (uint64_t)sync->waiter_count << 32 | sync->wakeup_count;
    hash = hash_words(hash, sync->waiters, sync->waiter_count * sizeof(*sync->waiters));
    hash = hash_words(hash, sync->wakeups, sync->wakeup_count * sizeof(*sync->wakeups));
    return hash_words(hash, sync->cases, sync->case_count * sizeof(*sync->cases));
}

_Static_assert(sizeof(th_sync_waiter) == 32, "no padding");
_Static_assert(sizeof(th_sync_wakeup) == 24, "no padding");
_Static_assert(sizeof(th_sync_case) == 32, "no padding");
_Static_assert(sizeof(th_sync_frame) % 8 == 0, "hashed by words");

uint64_t th_sync_frame_hash(const th_sync_frame *frame) {
    if (frame->op == TH_SYNC_OP_NONE) return 0;
    th_sync_frame future = *frame;
    future.did = 0;
    return hash_words(0, &future, sizeof(future));
}

void th_sync_begin(th_sync_frame *frame, th_sync_op op, uint64_t object, uint16_t type,
                   const th_value *b, const th_value *c) {
    memset(frame, 0, sizeof(*frame));  // its bytes are hashed
    frame->op = (uint8_t)op;
    frame->type = type;
    frame->object = object;
    if (op == TH_SYNC_MAP_NEXT) frame->object &= (UINT64_C(1) << TH_SYNC_TYPE_SHIFT) - 1;
    if (b != NULL) frame->b = *b;
    if (c != NULL) frame->c = *c;
}

static void make_channel(th_memory *memory, uint64_t address, const th_value *operand) {
    const th_scalar elem = (th_scalar)operand->w[1];
    th_memory_poke(memory, address + TH_HCHAN_dataqsiz, 8, operand->w[0]);
    th_memory_poke(memory, address + TH_HCHAN_buf, 8, address + TH_HCHAN_SIZE);
    th_memory_poke(memory, address + TH_HCHAN_elemsize, 2, th_scalar_size(elem));
    th_memory_poke(memory, address + TH_HCHAN_elemtype, 8, elem);
}

uint64_t th_sync_make(th_port *port, th_sync_kind kind, const th_value *operand, uint32_t object) {
    uint32_t size = th_sync_kind_size(kind);
    if (kind == TH_SYNC_KIND_CHANNEL) {
        TH_ASSERT(operand->w[0] <= TH_CHANNEL_CAPACITY_MAX);
        size += (uint32_t)operand->w[0] * th_scalar_size((th_scalar)operand->w[1]);
    }
    const uint64_t address = th_port_allocate(
        port,
        (th_block){.kind = TH_BLOCK_SYNC, .type = (uint16_t)kind, .size = size, .object = object});
    if (address == 0) return 0;
    if (kind == TH_SYNC_KIND_CHANNEL) make_channel(port->memory, address, operand);
    if (kind == TH_SYNC_KIND_COND) {
        th_memory_poke(port->memory, address + TH_COND_L, 8, operand->w[0]);
        th_memory_poke(port->memory, address + TH_COND_L_type, 8, operand->w[1]);
    }
    return address;
}

static void check_ends(const th_sync *sync, const th_memory *memory, uint32_t i) {
    const th_sync_waiter *waiter = &sync->waiters[i];
    const uint64_t address = waiter->address;
    if (!(waiter->flags & TH_WAITER_LINKED)) return;
    if (i == 0 || sync->waiters[i - 1].address != address) {
        TH_ASSERT(th_sync_get64(memory, address) == waiter->g);
    }
    if (i + 1 == sync->waiter_count || sync->waiters[i + 1].address != address) {
        TH_ASSERT(th_sync_get64(memory, address + 8) == waiter->g);
    }
}

void th_sync_check(const th_sync *sync, const th_memory *memory) {
    for (uint32_t i = 0; i < sync->waiter_count; i++) {
        TH_ASSERT(i == 0 || sync->waiters[i - 1].address <= sync->waiters[i].address);
        TH_ASSERT(th_sync_wakeup_of(sync, sync->waiters[i].g) == NULL);
        check_ends(sync, memory, i);
    }
    for (uint32_t i = 1; i < sync->wakeup_count; i++) {
        TH_ASSERT(sync->wakeups[i - 1].g < sync->wakeups[i].g);
    }
    for (uint32_t i = 1; i < sync->case_count; i++) {
        TH_ASSERT(sync->cases[i - 1].g <= sync->cases[i].g);
    }
}
