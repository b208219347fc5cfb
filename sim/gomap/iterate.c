// mapiterinit and mapiternext of Go 1.19 (runtime/map.go).
//
// The iterator lies in a block of its own with the runtime's layout. In Go it is on the goroutine's
// stack, so touching it is local computation: peeks and pokes, no steps.
#include "sim/gomap/hiter.h"
#include "sim/gomap/routine.h"

#define NO_CHECK UINT64_MAX

static inline uint64_t get(const th_routine_context *cx, uint32_t field, uint32_t size) {
    th_memory *memory = cx->port->memory;
    const uint64_t address = cx->frame->it + field;
    const th_page *page = th_memory_page(memory, address, size);
    if (page == NULL) return th_memory_peek(memory, address, size);
    return th_bytes_load(page->bytes + (address & (TH_PAGE_SIZE - 1)), size);
}

static inline void set(const th_routine_context *cx, uint32_t field, uint32_t size,
                       uint64_t value) {
    th_memory *memory = cx->port->memory;
    const uint64_t address = cx->frame->it + field;
    th_page *page = th_memory_page(memory, address, size);
    if (page == NULL || page->ref_count > 1 || memory->hashing) {
        th_memory_poke(memory, address, size, value);
    } else {
        th_bytes_store(page->bytes + (address & (TH_PAGE_SIZE - 1)), size, value);
    }
}

th_run th_gomap_iterinit(const th_routine_context *cx, uint32_t level) {
    BEGIN
    f->ok = 0;
    if (f->m == 0) return th_routine_done(f, level);
    READ(ITER_COUNT, 8, HMAP(count))
    if (VALUE == 0) return th_routine_done(f, level);
    set(cx, TH_HITER_h, 8, f->m);
    READ(ITER_B, 1, HMAP(B))
    set(cx, TH_HITER_B, 1, VALUE);
    READ(ITER_BUCKETS, 8, HMAP(buckets))
    set(cx, TH_HITER_buckets, 8, VALUE);
    if (t->pointer_free) {
        CALL(ITER_KEEP, th_gomap_create_overflow(cx, level + 1))
        READ(ITER_EXTRA, 8, HMAP(extra))
        f->scratch = VALUE;
        READ(ITER_OVERFLOW, 8, f->scratch + TH_EXTRA_overflow)
        set(cx, TH_HITER_overflow, 8, VALUE);
        READ(ITER_EXTRA_AGAIN, 8, HMAP(extra))
        f->scratch = VALUE;
        READ(ITER_OLDOVERFLOW, 8, f->scratch + TH_EXTRA_oldoverflow)
        set(cx, TH_HITER_oldoverflow, 8, VALUE);
    }
    READ(ITER_START, 1, HMAP(B))
    f->scratch = th_port_draw_bounded(port, UINT64_C(1) << 32);
    READ(ITER_START_BUCKET, 1, HMAP(B))
    set(cx, TH_HITER_start_bucket, 8, f->scratch & th_bucket_mask(VALUE));
    set(cx, TH_HITER_bucket, 8, f->scratch & th_bucket_mask(VALUE));
    READ(ITER_OFFSET, 1, HMAP(B))
    set(cx, TH_HITER_offset, 1, f->scratch >> (VALUE & 63) & (TH_BUCKET_SLOTS - 1));
    READ(ITER_FLAGS, 1, HMAP(flags))
    if ((VALUE & (TH_FLAG_ITERATOR | TH_FLAG_OLD_ITERATOR)) !=
        (TH_FLAG_ITERATOR | TH_FLAG_OLD_ITERATOR)) {
        port->access = (th_access){.kind = TH_EVENT_ATOMIC_RMW,
                                   .rmw = TH_RMW_OR,
                                   .size = 1,
                                   .address = HMAP(flags),
                                   .value = TH_FLAG_ITERATOR | TH_FLAG_OLD_ITERATOR};
        ACCESS_AT(ITER_OR)
    }
    CALL(ITER_NEXT, th_gomap_iternext(cx, level + 1))
    END
}

static uint64_t bucket_of_iterator(const th_routine_context *cx) {
    return get(cx, TH_HITER_buckets, 8) + cx->frame->bucket * cx->type->bucket_size;
}

// Takes the next bucket: of the iterator's own array, or, while that array is still being filled,
// the old bucket whose items will go there.
static th_run next_bucket(const th_routine_context *cx, uint32_t level) {
    BEGIN
    f->check_bucket = NO_CHECK;
    f->iter_b = bucket_of_iterator(cx);
    READ(NEXT_GROWING, 8, HMAP(oldbuckets))
    if (VALUE != 0) {
        f->old = VALUE;
        READ(NEXT_B, 1, HMAP(B))
        if (VALUE == f->it_log2) {
            READ(NEXT_MASK_B, 1, HMAP(B))
            f->log2 = (uint8_t)VALUE;
            READ(NEXT_MASK_FLAGS, 1, HMAP(flags))
            if (!(VALUE & TH_FLAG_SAME_SIZE_GROW)) f->log2--;
            f->old += (f->bucket & th_bucket_mask(f->log2)) * t->bucket_size;
            READ(NEXT_OLD_TOP, 1, f->old)
            if (!th_top_is_evacuated((uint8_t)VALUE)) {
                f->iter_b = f->old;
                f->check_bucket = f->bucket;
            }
        }
    }
    f->bucket++;
    if (f->bucket == UINT64_C(1) << f->it_log2) {
        f->bucket = 0;
        set(cx, TH_HITER_wrapped, 1, 1);
    }
    f->iter_i = 0;
    END
}

// Of an item in an old bucket: f->ok = 0 when it will move to the other half, which this iterator
// visits at another time.
static th_run belongs_here(const th_routine_context *cx, uint32_t level) {
    BEGIN
    f->ok = 1;
    READ(NEXT_SAME_SIZE, 1, HMAP(flags))
    if (VALUE & TH_FLAG_SAME_SIZE_GROW) return th_routine_done(f, level);
    if (!t->reflexive_key) {
        READ(NEXT_NAN, 8, th_slot_key(t, f->iter_b, f->i))
        const th_value key = {{VALUE, 0}};
        if (!th_routine_key_equal(cx, key, key)) {
            READ(NEXT_NAN_TOP, 1, f->iter_b + f->i)
            f->ok = f->check_bucket >> (f->it_log2 - 1) == (VALUE & 1);
            return th_routine_done(f, level);
        }
    }
    READ(NEXT_HASH0, 4, HMAP(hash0))
    f->scratch = VALUE;
    READ(NEXT_KEY, th_word_size(t->key_size), th_slot_key(t, f->iter_b, f->i))
    f->out_key = (th_value){{th_routine_key_word(t, VALUE), 0}};
    if (t->key_size == 16) {
        READ(NEXT_KEY_HI, 8, th_slot_key(t, f->iter_b, f->i) + 8)
        f->out_key.w[1] = VALUE;
    }
    if (t->key == TH_STRING && !th_routine_text_valid(port, f->out_key.w[0], f->out_key.w[1])) {
        FAULT;
    }
    f->ok = (th_routine_hash(cx, f->out_key, (uint32_t)f->scratch) & th_bucket_mask(f->it_log2)) ==
            f->check_bucket;
    END
}

// The addresses of key and value that the iterator stands on: f->key_address, f->elem_address.
// f->ok = 0 when the item was moved on and is gone from where it went.
static th_run locate(const th_routine_context *cx, uint32_t level) {
    BEGIN
    f->key_address = th_slot_key(t, f->iter_b, f->i);
    f->elem_address = th_slot_elem(t, f->iter_b, f->i);
    f->ok = 1;
    READ(NEXT_TOP_AGAIN, 1, f->iter_b + f->i)
    if (VALUE != TH_TOP_EVACUATED_X && VALUE != TH_TOP_EVACUATED_Y) {
        return th_routine_done(f, level);
    }
    if (!t->reflexive_key) {
        READ(NEXT_MOVED_NAN, 8, th_slot_key(t, f->iter_b, f->i))
        const th_value key = {{VALUE, 0}};
        if (!th_routine_key_equal(cx, key, key)) return th_routine_done(f, level);
    }
    CALL(NEXT_ACCESS, th_gomap_access_k(cx, level + 1))
    END
}

th_run th_gomap_iternext(const th_routine_context *cx, uint32_t level) {
    BEGIN
    f->ok = 0;
    f->m = get(cx, TH_HITER_h, 8);
    if (f->m == 0) return th_routine_done(f, level);
    READ(NEXT_FLAGS, 1, HMAP(flags))
    if (VALUE & TH_FLAG_HASH_WRITING) FATAL("concurrent map iteration and map write");
    f->bucket = get(cx, TH_HITER_bucket, 8);
    f->iter_b = get(cx, TH_HITER_bptr, 8);
    f->iter_i = (uint8_t)get(cx, TH_HITER_i, 1);
    f->check_bucket = get(cx, TH_HITER_check_bucket, 8);
    f->it_log2 = (uint8_t)get(cx, TH_HITER_B, 1);
    f->it_offset = (uint8_t)get(cx, TH_HITER_offset, 1);
    for (;;) {
        if (f->iter_b == 0) {
            if (f->bucket == get(cx, TH_HITER_start_bucket, 8) && get(cx, TH_HITER_wrapped, 1)) {
                set(cx, TH_HITER_key, 8, 0);
                set(cx, TH_HITER_elem, 8, 0);
                f->ok = 0;
                return th_routine_done(f, level);
            }
            CALL(NEXT_TAKE, next_bucket(cx, level + 1))
        }
        for (; f->iter_i < TH_BUCKET_SLOTS; f->iter_i++) {
            f->i = (uint8_t)((f->iter_i + f->it_offset) & (TH_BUCKET_SLOTS - 1));
            READ(NEXT_TOP, 1, f->iter_b + f->i)
            if (th_top_is_empty((uint8_t)VALUE) || VALUE == TH_TOP_EVACUATED_EMPTY) continue;
            if (f->check_bucket != NO_CHECK) {
                CALL(NEXT_SKIP, belongs_here(cx, level + 1))
                if (!f->ok) continue;
            }
            CALL(NEXT_LOCATE, locate(cx, level + 1))
            if (!f->ok) continue;
            set(cx, TH_HITER_key, 8, f->key_address);
            set(cx, TH_HITER_elem, 8, f->elem_address);
            set(cx, TH_HITER_bucket, 8, f->bucket);
            set(cx, TH_HITER_bptr, 8, f->iter_b);
            set(cx, TH_HITER_i, 1, f->iter_i + 1U);
            set(cx, TH_HITER_check_bucket, 8, f->check_bucket);
            return th_routine_done(f, level);
        }
        READ(NEXT_OVERFLOW, 8, f->iter_b + t->overflow_offset)
        f->iter_b = VALUE;
        f->iter_i = 0;
    }
    END
}
