// newoverflow, incrnoverflow and createOverflow of Go 1.19 (runtime/map.go).
#include "sim/gomap/routine.h"

enum {  // a slice header
    LIST_DATA = 0,
    LIST_LEN = 8,
    LIST_CAP = 16,
    LIST_SIZE = 24,
    EXACT_COUNT_B = 16,  // from this B on noverflow is counted by chance
    GROWSLICE_DOUBLE = 256,
};

// growslice for pointers: the capacity after an append that does not fit.
static uint64_t grown_capacity(uint64_t capacity) {
    uint64_t next = capacity == 0 ? 1 : capacity * 2;
    if (capacity >= GROWSLICE_DOUBLE) next = capacity + (capacity + 3 * GROWSLICE_DOUBLE) / 4;
    return th_gomap_round_up_size(next * 8) / 8;
}

// The array of a longer list, with the old one's items; nobody else sees it yet.
static uint64_t longer_list(const th_routine_context *cx, uint64_t data, uint64_t count) {
    const uint64_t capacity = grown_capacity(count);
    const uint64_t longer = th_gomap_allocate(cx, TH_BLOCK_OVERFLOW_LIST, capacity * 8);
    if (longer == 0) return 0;
    for (uint64_t i = 0; i < count; i++) {
        th_memory *memory = cx->port->memory;
        th_memory_poke(memory, longer + i * 8, 8, th_memory_peek(memory, data + i * 8, 8));
    }
    return longer;
}

th_run th_gomap_create_overflow(const th_routine_context *cx, uint32_t level) {
    BEGIN
    READ(CREATE_EXTRA, 8, HMAP(extra))
    if (VALUE == 0) {
        f->scratch = th_gomap_allocate(cx, TH_BLOCK_MAPEXTRA, TH_EXTRA_SIZE);
        if (f->scratch == 0) FAULT;
        WRITE(CREATE_EXTRA_W, 8, HMAP(extra), f->scratch)
    }
    READ(CREATE_EXTRA_R, 8, HMAP(extra))
    f->scratch = VALUE;
    READ(CREATE_LIST, 8, f->scratch + TH_EXTRA_overflow)
    if (VALUE == 0) {
        f->first = th_gomap_allocate(cx, TH_BLOCK_OVERFLOW_LIST, LIST_SIZE);
        if (f->first == 0) FAULT;
        READ(CREATE_EXTRA_R2, 8, HMAP(extra))
        f->scratch = VALUE;
        WRITE(CREATE_LIST_W, 8, f->scratch + TH_EXTRA_overflow, f->first)
    }
    END
}

// Appends f->overflow to the list that keeps overflow buckets of pointer-free maps alive: the
// garbage collector does not look into such buckets.
static th_run keep_alive(const th_routine_context *cx, uint32_t level) {
    BEGIN
    READ(OVERFLOW_LIST_EXTRA, 8, HMAP(extra))
    f->scratch = VALUE;
    READ(OVERFLOW_LIST, 8, f->scratch + TH_EXTRA_overflow)
    f->first = VALUE;
    READ(OVERFLOW_LEN, 8, f->first + LIST_LEN)
    f->mask = VALUE;
    READ(OVERFLOW_DATA, 8, f->first + LIST_DATA)
    f->scratch = VALUE;
    READ(OVERFLOW_CAP, 8, f->first + LIST_CAP)
    if (f->mask >= VALUE) {
        f->scratch = longer_list(cx, f->scratch, f->mask);
        if (f->scratch == 0) FAULT;
        WRITE(OVERFLOW_CAP_W, 8, f->first + LIST_CAP, grown_capacity(f->mask))
        WRITE(OVERFLOW_DATA_W, 8, f->first + LIST_DATA, f->scratch)
    }
    WRITE(OVERFLOW_LEN_W, 8, f->first + LIST_LEN, f->mask + 1)
    WRITE(OVERFLOW_ITEM, 8, f->scratch + f->mask * 8, f->overflow)
    END
}

// A bucket from those allocated with the array, or a new one: f->overflow.
static th_run take_bucket(const th_routine_context *cx, uint32_t level) {
    BEGIN
    f->overflow = 0;
    READ(OVERFLOW_EXTRA, 8, HMAP(extra))
    f->scratch = VALUE;
    if (f->scratch != 0) {
        READ(OVERFLOW_NEXT, 8, f->scratch + TH_EXTRA_next_overflow)
        f->overflow = VALUE;
    }
    if (f->overflow == 0) {
        f->overflow = th_gomap_allocate(cx, TH_BLOCK_OVERFLOW, t->bucket_size);
        if (f->overflow == 0) FAULT;
        return th_routine_done(f, level);
    }
    READ(OVERFLOW_SPARE, 8, f->overflow + t->overflow_offset)
    if (VALUE == 0) {
        WRITE(OVERFLOW_BUMP, 8, f->scratch + TH_EXTRA_next_overflow, f->overflow + t->bucket_size)
    } else {  // the last one: its pointer is a mark, not a bucket
        WRITE(OVERFLOW_LAST, 8, f->overflow + t->overflow_offset, 0)
        READ(OVERFLOW_LAST_EXTRA, 8, HMAP(extra))
        f->scratch = VALUE;
        WRITE(OVERFLOW_NONE, 8, f->scratch + TH_EXTRA_next_overflow, 0)
    }
    END
}

th_run th_gomap_newoverflow(const th_routine_context *cx, uint32_t level) {
    BEGIN
    CALL(OVERFLOW_TAKE, take_bucket(cx, level + 1))
    READ(OVERFLOW_B, 1, HMAP(B))
    f->flags = VALUE < EXACT_COUNT_B ||
               (th_port_draw(port) & ((UINT64_C(1) << ((VALUE - 15) & 63)) - 1)) == 0;
    if (f->flags) {
        READ(OVERFLOW_COUNT_R, 2, HMAP(noverflow))
        WRITE(OVERFLOW_COUNT_W, 2, HMAP(noverflow), VALUE + 1)
    }
    if (t->pointer_free) {
        CALL(OVERFLOW_CREATE, th_gomap_create_overflow(cx, level + 1))
        CALL(OVERFLOW_KEEP, keep_alive(cx, level + 1))
    }
    WRITE(OVERFLOW_LINK, 8, f->overflow_of + t->overflow_offset, f->overflow)
    END
}
