// Growth: hashGrow, growWork, evacuate, advanceEvacuationMark of Go 1.19 (runtime/map.go). A
// growing map moves at most two old buckets with each insert or delete; reads and ranges move none.
#include "sim/gomap/routine.h"

th_run th_gomap_hash_grow(const th_routine_context *cx, uint32_t level) {
    BEGIN
    READ(GROW_COUNT, 8, HMAP(count))
    f->scratch = VALUE;
    READ(GROW_B, 1, HMAP(B))
    f->use_y = th_over_load_factor(f->scratch + 1, VALUE);  // bigger
    if (!f->use_y) {
        READ(GROW_SAME_R, 1, HMAP(flags))
        WRITE(GROW_SAME_W, 1, HMAP(flags), VALUE | TH_FLAG_SAME_SIZE_GROW)
    }
    READ(GROW_OLD, 8, HMAP(buckets))
    f->old = VALUE;
    READ(GROW_NEW_B, 1, HMAP(B))
    f->b = th_gomap_make_buckets(cx, (uint8_t)(VALUE + f->use_y), &f->next_overflow);
    if (f->b == 0) FAULT;
    READ(GROW_FLAGS_R, 1, HMAP(flags))
    f->flags = (uint8_t)(VALUE & ~(uint64_t)(TH_FLAG_ITERATOR | TH_FLAG_OLD_ITERATOR));
    if (VALUE & TH_FLAG_ITERATOR) f->flags |= TH_FLAG_OLD_ITERATOR;
    READ(GROW_B_R, 1, HMAP(B))
    f->log2 = (uint8_t)(VALUE + f->use_y);
    WRITE(GROW_B_W, 1, HMAP(B), f->log2)
    WRITE(GROW_FLAGS_W, 1, HMAP(flags), f->flags)
    WRITE(GROW_OLD_W, 8, HMAP(oldbuckets), f->old)
    WRITE(GROW_NEW_W, 8, HMAP(buckets), f->b)
    th_port_note(port, TH_EVENT_GROW, f->m, f->log2);
    WRITE(GROW_NEVACUATE, 8, HMAP(nevacuate), 0)
    WRITE(GROW_NOVERFLOW, 2, HMAP(noverflow), 0)
    READ(GROW_EXTRA, 8, HMAP(extra))
    f->scratch = VALUE;
    if (f->scratch != 0) {
        READ(GROW_OVERFLOW, 8, f->scratch + TH_EXTRA_overflow)
        f->overflow = VALUE;
        if (f->overflow != 0) {
            READ(GROW_OLDOVERFLOW, 8, f->scratch + TH_EXTRA_oldoverflow)
            if (VALUE != 0) FATAL("oldoverflow is not nil");
            WRITE(GROW_OLDOVERFLOW_W, 8, f->scratch + TH_EXTRA_oldoverflow, f->overflow)
            READ(GROW_EXTRA_AGAIN, 8, HMAP(extra))
            f->scratch = VALUE;
            WRITE(GROW_OVERFLOW_W, 8, f->scratch + TH_EXTRA_overflow, 0)
        }
    }
    if (f->next_overflow != 0) {
        READ(GROW_NEXT_R, 8, HMAP(extra))
        if (VALUE == 0) {
            f->scratch = th_gomap_allocate(cx, TH_BLOCK_MAPEXTRA, TH_EXTRA_SIZE);
            if (f->scratch == 0) FAULT;
            WRITE(GROW_NEXT_EXTRA, 8, HMAP(extra), f->scratch)
        }
        READ(GROW_NEXT_EXTRA_R, 8, HMAP(extra))
        f->scratch = VALUE;
        WRITE(GROW_NEXT_W, 8, f->scratch + TH_EXTRA_next_overflow, f->next_overflow)
    }
    END
}

th_run th_gomap_grow_work(const th_routine_context *cx, uint32_t level) {
    BEGIN
    READ(WORK_B, 1, HMAP(B))
    f->log2 = (uint8_t)VALUE;
    READ(WORK_FLAGS, 1, HMAP(flags))
    if (!(VALUE & TH_FLAG_SAME_SIZE_GROW)) f->log2--;
    f->old_index = f->bucket & th_bucket_mask(f->log2);
    CALL(WORK_FIRST, th_gomap_evacuate(cx, level + 1))
    READ(WORK_GROWING, 8, HMAP(oldbuckets))
    if (VALUE != 0) {
        READ(WORK_NEVACUATE, 8, HMAP(nevacuate))
        f->old_index = VALUE;
        CALL(WORK_SECOND, th_gomap_evacuate(cx, level + 1))
    }
    END
}

// The destination that the item at hand goes to.
static uint64_t *dst_bucket(th_map_frame *f) { return f->use_y ? &f->y_b : &f->x_b; }
static uint8_t *dst_slot(th_map_frame *f) { return f->use_y ? &f->y_i : &f->x_i; }

// Moves one item of f->old, slot f->move_i, into the destination's next slot.
static th_run move_item(const th_routine_context *cx, uint32_t level) {
    BEGIN
    WRITE(EVAC_MARK, 1, f->old + f->move_i, TH_TOP_EVACUATED_X + f->use_y)
    if (*dst_slot(f) == TH_BUCKET_SLOTS) {
        f->overflow_of = *dst_bucket(f);
        CALL(EVAC_NEW_OVERFLOW, th_gomap_newoverflow(cx, level + 1))
        *dst_bucket(f) = f->overflow;
        *dst_slot(f) = 0;
    }
    WRITE(EVAC_PUT_TOP, 1, *dst_bucket(f) + *dst_slot(f), f->move_top)
    if (t->key == TH_STRING) {  // the header is copied pointer first, stored length first
        READ(EVAC_GET_STR, 8, th_slot_key(t, f->old, f->move_i))
        f->move_key.w[0] = VALUE;
        READ(EVAC_GET_LEN, 8, th_slot_key(t, f->old, f->move_i) + 8)
        WRITE(EVAC_PUT_LEN, 8, th_slot_key(t, *dst_bucket(f), *dst_slot(f)) + 8, VALUE)
        WRITE(EVAC_PUT_STR, 8, th_slot_key(t, *dst_bucket(f), *dst_slot(f)), f->move_key.w[0])
    } else {
        READ(EVAC_GET_KEY, th_word_size(t->key_size), th_slot_key(t, f->old, f->move_i))
        WRITE(EVAC_PUT_KEY, th_word_size(t->key_size), th_slot_key(t, *dst_bucket(f), *dst_slot(f)),
              VALUE)
        if (t->key_size == 16) {
            READ(EVAC_GET_KEY_HI, 8, th_slot_key(t, f->old, f->move_i) + 8)
            WRITE(EVAC_PUT_KEY_HI, 8, th_slot_key(t, *dst_bucket(f), *dst_slot(f)) + 8, VALUE)
        }
    }
    if (t->elem_size > 0) {
        READ(EVAC_GET_ELEM, th_word_size(t->elem_size), th_slot_elem(t, f->old, f->move_i))
        WRITE(EVAC_PUT_ELEM, th_word_size(t->elem_size),
              th_slot_elem(t, *dst_bucket(f), *dst_slot(f)), VALUE)
    }
    if (t->elem_size == 16) {
        READ(EVAC_GET_ELEM_HI, 8, th_slot_elem(t, f->old, f->move_i) + 8)
        WRITE(EVAC_PUT_ELEM_HI, 8, th_slot_elem(t, *dst_bucket(f), *dst_slot(f)) + 8, VALUE)
    }
    th_port_note(port, TH_EVENT_MOVED, *dst_bucket(f),
                 (uint32_t)(f->move_i | *dst_slot(f) << 8 | f->use_y << 16));
    (*dst_slot(f))++;
    END
}

// Decides where the item goes: f->use_y, and for a NaN that an iterator may watch a new tophash.
static th_run choose_half(const th_routine_context *cx, uint32_t level) {
    BEGIN
    f->use_y = 0;
    READ(EVAC_ITEM_SAME, 1, HMAP(flags))
    if (VALUE & TH_FLAG_SAME_SIZE_GROW) return th_routine_done(f, level);
    READ(EVAC_HASH0, 4, HMAP(hash0))
    f->scratch = VALUE;
    if (t->family == TH_FAMILY_GENERIC) {  // whose hashers check for preemption as they begin
        READ(EVAC_HASHER_KEY, th_word_size(t->key_size), th_slot_key(t, f->old, f->move_i))
    } else {
        READ(EVAC_HASH_KEY, th_word_size(t->key_size), th_slot_key(t, f->old, f->move_i))
    }
    f->move_key = (th_value){{th_routine_key_word(t, VALUE), 0}};
    if (t->key_size == 16) {
        READ(EVAC_HASH_KEY_HI, 8, th_slot_key(t, f->old, f->move_i) + 8)
        f->move_key.w[1] = VALUE;
    }
    if (t->key == TH_STRING && !th_routine_text_valid(port, f->move_key.w[0], f->move_key.w[1])) {
        FAULT;
    }
    f->move_hash = th_routine_hash(cx, f->move_key, (uint32_t)f->scratch);
    f->use_y = (f->move_hash & f->new_bit) != 0;
    if (t->family == TH_FAMILY_GENERIC) {
        READ(EVAC_ITERATOR, 1, HMAP(flags))
        if ((VALUE & TH_FLAG_ITERATOR) && !t->reflexive_key) {
            READ(EVAC_NAN, 8, th_slot_key(t, f->old, f->move_i))
            const th_value key = {{VALUE, 0}};
            if (!th_routine_key_equal(cx, key, key)) {
                f->use_y = f->move_top & 1;
                f->move_top = th_tophash(f->move_hash);
            }
        }
    }
    END
}

static th_run evacuate_chain(const th_routine_context *cx, uint32_t level) {
    BEGIN
    READ(EVAC_BUCKETS, 8, HMAP(buckets))
    f->x_b = VALUE + f->old_index * t->bucket_size;
    f->x_i = f->y_i = 0;
    READ(EVAC_SAME, 1, HMAP(flags))
    if (!(VALUE & TH_FLAG_SAME_SIZE_GROW)) {
        READ(EVAC_BUCKETS_Y, 8, HMAP(buckets))
        f->y_b = VALUE + (f->old_index + f->new_bit) * t->bucket_size;
    }
    th_port_note(port, TH_EVENT_EVACUATE, f->old, (uint32_t)f->old_index);
    while (f->old != 0) {
        for (f->move_i = 0; f->move_i < TH_BUCKET_SLOTS; f->move_i++) {
            READ(EVAC_TOP, 1, f->old + f->move_i)
            f->move_top = (uint8_t)VALUE;
            if (th_top_is_empty(f->move_top)) {
                WRITE(EVAC_EMPTY, 1, f->old + f->move_i, TH_TOP_EVACUATED_EMPTY)
                continue;
            }
            if (f->move_top < TH_TOP_MIN) FATAL("bad map state");
            CALL(EVAC_CHOOSE, choose_half(cx, level + 1))
            CALL(EVAC_MOVE, move_item(cx, level + 1))
        }
        READ(EVAC_OVERFLOW, 8, f->old + t->overflow_offset)
        f->old = VALUE;
    }
    READ(EVAC_OLD_ITERATOR, 1, HMAP(flags))
    if (!(VALUE & TH_FLAG_OLD_ITERATOR) && !t->pointer_free) {
        READ(EVAC_UNLINK_OLD, 8, HMAP(oldbuckets))
        f->old = VALUE + f->old_index * t->bucket_size;
        CLEAR(EVAC_UNLINK, f->old + TH_BUCKET_SLOTS, t->bucket_size - TH_BUCKET_SLOTS)
    }
    END
}

th_run th_gomap_evacuate(const th_routine_context *cx, uint32_t level) {
    BEGIN
    READ(EVAC_OLD, 8, HMAP(oldbuckets))
    f->old = VALUE + f->old_index * t->bucket_size;
    READ(EVAC_B, 1, HMAP(B))
    f->log2 = (uint8_t)VALUE;
    READ(EVAC_FLAGS, 1, HMAP(flags))
    if (!(VALUE & TH_FLAG_SAME_SIZE_GROW)) f->log2--;
    f->new_bit = UINT64_C(1) << (f->log2 & 63);
    READ(EVAC_TOP0, 1, f->old)
    if (!th_top_is_evacuated((uint8_t)VALUE)) {
        CALL(EVAC_CHAIN, evacuate_chain(cx, level + 1))
    }
    READ(EVAC_NEVACUATE, 8, HMAP(nevacuate))
    if (VALUE == f->old_index) {
        CALL(EVAC_ADVANCE, th_gomap_advance(cx, level + 1))
    }
    END
}

// Looks at 1024 buckets at the most, as the runtime does.
enum { ADVANCE_MAX = 1024 };

th_run th_gomap_advance(const th_routine_context *cx, uint32_t level) {
    BEGIN
    READ(ADVANCE_R, 8, HMAP(nevacuate))
    f->mask = VALUE + 1 + ADVANCE_MAX;  // stop
    if (f->mask > f->new_bit) f->mask = f->new_bit;
    WRITE(ADVANCE_W, 8, HMAP(nevacuate), VALUE + 1)
    for (;;) {
        READ(ADVANCE_AGAIN, 8, HMAP(nevacuate))
        f->scratch = VALUE;
        if (f->scratch == f->mask) break;
        READ(ADVANCE_OLD, 8, HMAP(oldbuckets))
        f->old = VALUE;
        READ(ADVANCE_TOP, 1, f->old + f->scratch * t->bucket_size)
        if (!th_top_is_evacuated((uint8_t)VALUE)) break;
        WRITE(ADVANCE_MORE, 8, HMAP(nevacuate), f->scratch + 1)
    }
    if (f->scratch == f->new_bit) {
        WRITE(ADVANCE_DONE, 8, HMAP(oldbuckets), 0)
        th_port_note(port, TH_EVENT_GROWN, f->m, 0);
        READ(ADVANCE_EXTRA, 8, HMAP(extra))
        f->scratch = VALUE;
        if (f->scratch != 0) {
            WRITE(ADVANCE_OLDOVERFLOW, 8, f->scratch + TH_EXTRA_oldoverflow, 0)
        }
        READ(ADVANCE_FLAGS_R, 1, HMAP(flags))
        WRITE(ADVANCE_FLAGS_W, 1, HMAP(flags), VALUE & ~(uint64_t)TH_FLAG_SAME_SIZE_GROW)
    }
    END
}
