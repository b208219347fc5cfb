// mapdelete of all families and mapclear: runtime/map.go of Go 1.19. The families differ in how
// they find the key and in what they clear of it; what follows is the same.
#include "sim/gomap/routine.h"

#define WRITES_FATAL "concurrent map writes"

// Walks the chain from f->first for the key. Found: f->ok, f->b, f->i.
static th_run find_generic(const th_routine_context *cx, uint32_t level) {
    BEGIN
    f->ok = 0;
    while (f->b != 0) {
        for (f->i = 0; f->i < TH_BUCKET_SLOTS; f->i++) {
            READ(DELETE_TOP, 1, f->b + f->i)
            if (VALUE != f->top) {
                if (VALUE == TH_TOP_EMPTY_REST) return th_routine_done(f, level);
                continue;
            }
            READ(DELETE_KEY, th_word_size(t->key_size), th_slot_key(t, f->b, f->i))
            f->out_key = (th_value){{th_routine_key_word(t, VALUE), 0}};
            if (t->key_size == 16 && VALUE == f->key.w[0]) {
                READ(DELETE_KEY_HI, 8, th_slot_key(t, f->b, f->i) + 8)
                f->out_key.w[1] = VALUE;
            }
            if (!th_routine_key_equal(cx, f->out_key, f->key)) continue;
            f->ok = 1;
            return th_routine_done(f, level);
        }
        READ(DELETE_OVERFLOW, 8, f->b + t->overflow_offset)
        f->b = VALUE;
    }
    END
}

static th_run find_fast(const th_routine_context *cx, uint32_t level) {
    BEGIN
    f->ok = 0;
    while (f->b != 0) {
        for (f->i = 0; f->i < TH_BUCKET_SLOTS; f->i++) {
            READ(DELETE_KEY, t->key_size, th_slot_key(t, f->b, f->i))
            if (th_routine_key_word(t, VALUE) != f->key.w[0]) continue;
            READ(DELETE_TOP, 1, f->b + f->i)
            if (th_top_is_empty((uint8_t)VALUE)) continue;
            f->ok = 1;
            return th_routine_done(f, level);
        }
        READ(DELETE_OVERFLOW, 8, f->b + t->overflow_offset)
        f->b = VALUE;
    }
    END
}

static th_run find_str(const th_routine_context *cx, uint32_t level) {
    BEGIN
    f->ok = 0;
    while (f->b != 0) {
        for (f->i = 0; f->i < TH_BUCKET_SLOTS; f->i++) {
            READ(DELETE_LEN, 8, th_slot_key(t, f->b, f->i) + 8)
            if (VALUE != f->key.w[1]) continue;
            READ(DELETE_TOP, 1, f->b + f->i)
            if (VALUE != f->top) continue;
            READ(DELETE_STR, 8, th_slot_key(t, f->b, f->i))
            if (!th_routine_text_valid(port, VALUE, f->key.w[1])) FAULT;
            f->out_key = (th_value){{VALUE, f->key.w[1]}};
            if (!th_routine_key_equal(cx, f->out_key, f->key)) continue;
            f->ok = 1;
            return th_routine_done(f, level);
        }
        READ(DELETE_OVERFLOW, 8, f->b + t->overflow_offset)
        f->b = VALUE;
    }
    END
}

static th_run find(const th_routine_context *cx, uint32_t level) {
    switch ((th_family)cx->type->family) {
    case TH_FAMILY_FAST32:
    case TH_FAMILY_FAST64: return find_fast(cx, level);
    case TH_FAMILY_FASTSTR: return find_str(cx, level);
    case TH_FAMILY_GENERIC: break;
    }
    return find_generic(cx, level);
}

// The slot b[i] became emptyOne: if nothing in use follows, it and the empty ones before it become
// emptyRest, so that searches stop there.
static th_run mark_empty_rest(const th_routine_context *cx, uint32_t level) {
    BEGIN
    if (f->i == TH_BUCKET_SLOTS - 1) {
        READ(DELETE_NEXT_OVERFLOW, 8, f->b + t->overflow_offset)
        f->scratch = VALUE;
        if (VALUE != 0) {
            READ(DELETE_NEXT_TOP, 1, f->scratch)
            if (VALUE != TH_TOP_EMPTY_REST) return th_routine_done(f, level);
        }
    } else {
        READ(DELETE_BACK_TOP, 1, f->b + f->i + 1U)
        if (VALUE != TH_TOP_EMPTY_REST) return th_routine_done(f, level);
    }
    for (;;) {
        WRITE(DELETE_EMPTY_REST, 1, f->b + f->i, TH_TOP_EMPTY_REST)
        if (f->i > 0) {
            f->i--;
        } else {
            if (f->b == f->first) break;
            f->scratch = f->b;
            f->b = f->first;
            for (;;) {
                READ(DELETE_WALK, 8, f->b + t->overflow_offset)
                if (VALUE == f->scratch) break;
                f->b = VALUE;  // nil after a race: the next read is Go's nil dereference
            }
            f->i = TH_BUCKET_SLOTS - 1;
        }
        READ(DELETE_PREVIOUS_TOP, 1, f->b + f->i)
        if (VALUE != TH_TOP_EMPTY_ONE) break;
    }
    END
}

th_run th_gomap_delete(const th_routine_context *cx, uint32_t level) {
    BEGIN
    if (f->m == 0) return th_routine_done(f, level);
    READ(DELETE_COUNT, 8, HMAP(count))
    if (VALUE == 0) return th_routine_done(f, level);
    READ(DELETE_FLAGS, 1, HMAP(flags))
    if (VALUE & TH_FLAG_HASH_WRITING) FATAL(WRITES_FATAL);
    READ(DELETE_HASH0, 4, HMAP(hash0))
    f->hash = th_routine_hash(cx, f->key, (uint32_t)VALUE);
    f->top = th_tophash(f->hash);
    READ(DELETE_TOGGLE_R, 1, HMAP(flags))
    WRITE(DELETE_TOGGLE_W, 1, HMAP(flags), VALUE ^ TH_FLAG_HASH_WRITING)
    READ(DELETE_B, 1, HMAP(B))
    f->bucket = f->hash & th_bucket_mask(VALUE);
    READ(DELETE_GROWING, 8, HMAP(oldbuckets))
    if (VALUE != 0) {
        CALL(DELETE_GROW_WORK, th_gomap_grow_work(cx, level + 1))
    }
    READ(DELETE_BUCKETS, 8, HMAP(buckets))
    f->b = f->first = VALUE + f->bucket * t->bucket_size;
    CALL(DELETE_FIND, find(cx, level + 1))
    if (f->ok) {
        if (t->family == TH_FAMILY_FASTSTR) {  // the pointer alone: the length stays
            WRITE(DELETE_CLEAR_KEY, 8, th_slot_key(t, f->b, f->i), 0)
        }
        if (t->elem_size > 0) {
            WRITE(DELETE_CLEAR_ELEM, th_word_size(t->elem_size), th_slot_elem(t, f->b, f->i), 0)
        }
        if (t->elem_size == 16) {
            WRITE(DELETE_CLEAR_ELEM_HI, 8, th_slot_elem(t, f->b, f->i) + 8, 0)
        }
        WRITE(DELETE_EMPTY_ONE, 1, f->b + f->i, TH_TOP_EMPTY_ONE)
        CALL(DELETE_MARK, mark_empty_rest(cx, level + 1))
        READ(DELETE_COUNT_R, 8, HMAP(count))
        f->scratch = VALUE - 1;
        WRITE(DELETE_COUNT_W, 8, HMAP(count), f->scratch)
        if (f->scratch == 0) {
            WRITE(DELETE_RESEED, 4, HMAP(hash0), (uint32_t)th_port_draw(port))
        }
    }
    READ(DELETE_EXIT, 1, HMAP(flags))
    if (!(VALUE & TH_FLAG_HASH_WRITING)) FATAL(WRITES_FATAL);
    READ(DELETE_FLAG_R, 1, HMAP(flags))
    WRITE(DELETE_FLAG_W, 1, HMAP(flags), VALUE & ~(uint64_t)TH_FLAG_HASH_WRITING)
    END
}

// What makeBucketArray does with an array that is in use: every bucket is zeroed, spare ones too,
// and the last spare one gets its mark again.
static th_run clear_buckets(const th_routine_context *cx, uint32_t level) {
    BEGIN
    READ(CLEAR_B, 1, HMAP(B))
    f->log2 = (uint8_t)VALUE;
    READ(CLEAR_BUCKETS, 8, HMAP(buckets))
    f->b = VALUE;
    f->mask = th_gomap_bucket_count(t, f->log2);
    for (f->bucket = 0; f->bucket < f->mask; f->bucket++) {
        CLEAR(CLEAR_BUCKET, f->b + f->bucket * t->bucket_size, t->bucket_size)
    }
    if (f->mask > UINT64_C(1) << f->log2) {
        WRITE(CLEAR_SENTINEL, 8, f->b + (f->mask - 1) * t->bucket_size + t->overflow_offset, f->b)
        READ(CLEAR_EXTRA_R, 8, HMAP(extra))
        f->scratch = VALUE;
        WRITE(CLEAR_NEXT, 8, f->scratch + TH_EXTRA_next_overflow,
              f->b + (UINT64_C(1) << f->log2) * t->bucket_size)
    }
    END
}

th_run th_gomap_clear(const th_routine_context *cx, uint32_t level) {
    BEGIN
    if (f->m == 0) return th_routine_done(f, level);
    READ(CLEAR_COUNT, 8, HMAP(count))
    if (VALUE == 0) return th_routine_done(f, level);
    READ(CLEAR_FLAGS, 1, HMAP(flags))
    if (VALUE & TH_FLAG_HASH_WRITING) FATAL(WRITES_FATAL);
    READ(CLEAR_TOGGLE_R, 1, HMAP(flags))
    // Two statements in the source, one load and one store in its machine code.
    WRITE(CLEAR_TOGGLE_W, 1, HMAP(flags),
          (VALUE ^ TH_FLAG_HASH_WRITING) & ~(uint64_t)TH_FLAG_SAME_SIZE_GROW)
    WRITE(CLEAR_OLD, 8, HMAP(oldbuckets), 0)
    WRITE(CLEAR_NEVACUATE, 8, HMAP(nevacuate), 0)
    WRITE(CLEAR_NOVERFLOW, 2, HMAP(noverflow), 0)
    WRITE(CLEAR_COUNT_W, 8, HMAP(count), 0)
    WRITE(CLEAR_RESEED, 4, HMAP(hash0), (uint32_t)th_port_draw(port))
    READ(CLEAR_EXTRA, 8, HMAP(extra))
    f->scratch = VALUE;
    if (f->scratch != 0) {
        WRITE(CLEAR_EXTRA_0, 8, f->scratch + TH_EXTRA_overflow, 0)
        WRITE(CLEAR_EXTRA_1, 8, f->scratch + TH_EXTRA_oldoverflow, 0)
        WRITE(CLEAR_EXTRA_2, 8, f->scratch + TH_EXTRA_next_overflow, 0)
    }
    CALL(CLEAR_ALL, clear_buckets(cx, level + 1))
    READ(CLEAR_EXIT, 1, HMAP(flags))
    if (!(VALUE & TH_FLAG_HASH_WRITING)) FATAL(WRITES_FATAL);
    READ(CLEAR_FLAG_R, 1, HMAP(flags))
    WRITE(CLEAR_FLAG_W, 1, HMAP(flags), VALUE & ~(uint64_t)TH_FLAG_HASH_WRITING)
    END
}
