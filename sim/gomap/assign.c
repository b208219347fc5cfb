// mapassign in its three families: runtime/map.go, map_fast64.go, map_faststr.go of Go 1.19.
// They return the value's address; the caller stores the value after the flag was cleared.
//
// The stores that publish a slot differ: generic key, tophash; fast32, fast64 and faststr
// tophash, key.
#include "sim/gomap/routine.h"

#define WRITES_FATAL "concurrent map writes"

// Does the map have to grow before it takes one more item? `f->scratch` is count, `f->log2` is B.
static bool over_load(const th_map_frame *f) {
    return th_over_load_factor(f->scratch + 1, f->log2);
}

// hash & mask: the bucket to use while B buckets exist.
static void set_bucket(th_map_frame *f, uint64_t log2) {
    f->bucket = f->hash & th_bucket_mask(log2);
    f->insert_b = 0;
}

static void note_free(th_map_frame *f) {
    if (f->insert_b != 0) return;
    f->insert_b = f->b;
    f->insert_i = f->i;
}

static void use_new_overflow(th_map_frame *f) {
    f->insert_b = f->overflow;
    f->insert_i = 0;
}

// What is not needed any more is forgotten: to an explorer runs that differ in nothing else are
// one. Here: how the free slot was found.
static void forget_search(th_map_frame *f) {
    f->b = f->bucket = f->scratch = 0;
    f->overflow = f->overflow_of = f->first = f->mask = 0;
    f->i = f->log2 = f->flags = 0;
}

// The value's address is all that the caller needs.
static void set_elem(const th_map_type *t, th_map_frame *f) {
    f->elem_address = th_slot_elem(t, f->insert_b, f->insert_i);
    forget_search(f);
    f->out_key = (th_value){{0, 0}};
    f->insert_b = 0;
    f->insert_i = f->top = 0;
}

th_run th_gomap_assign_generic(const th_routine_context *cx, uint32_t level) {
    BEGIN
    if (f->m == 0) {
        return th_routine_fail(port, TH_RUN_PANIC, "assignment to entry in nil map");
    }
    READ(ASSIGN_FLAGS, 1, HMAP(flags))
    if (VALUE & TH_FLAG_HASH_WRITING) FATAL(WRITES_FATAL);
    READ(ASSIGN_HASH0, 4, HMAP(hash0))
    f->hash = th_routine_hash(cx, f->key, (uint32_t)VALUE);
    f->top = th_tophash(f->hash);
    READ(ASSIGN_TOGGLE_R, 1, HMAP(flags))
    WRITE(ASSIGN_TOGGLE_W, 1, HMAP(flags), VALUE ^ TH_FLAG_HASH_WRITING)
    READ(ASSIGN_NIL_R, 8, HMAP(buckets))
    if (VALUE == 0) {
        f->next_overflow = th_gomap_make_buckets(cx, 0, &f->scratch);
        if (f->next_overflow == 0) FAULT;
        WRITE(ASSIGN_NIL_W, 8, HMAP(buckets), f->next_overflow)
        f->next_overflow = 0;
    }
    for (;;) {  // again:
        READ(ASSIGN_B, 1, HMAP(B))
        set_bucket(f, VALUE);
        READ(ASSIGN_GROWING, 8, HMAP(oldbuckets))
        if (VALUE != 0) {
            CALL(ASSIGN_GROW_WORK, th_gomap_grow_work(cx, level + 1))
        }
        READ(ASSIGN_BUCKETS, 8, HMAP(buckets))
        f->b = VALUE + f->bucket * t->bucket_size;
        for (;;) {
            for (f->i = 0; f->i < TH_BUCKET_SLOTS; f->i++) {
                READ(ASSIGN_TOP, 1, f->b + f->i)
                if (VALUE != f->top) {
                    if (th_top_is_empty((uint8_t)VALUE)) note_free(f);
                    if (VALUE == TH_TOP_EMPTY_REST) goto absent;
                    continue;
                }
                READ(ASSIGN_KEY, th_word_size(t->key_size), th_slot_key(t, f->b, f->i))
                f->out_key = (th_value){{th_routine_key_word(t, VALUE), 0}};
                if (t->key_size == 16 && VALUE == f->key.w[0]) {
                    READ(ASSIGN_KEY_HI, 8, th_slot_key(t, f->b, f->i) + 8)
                    f->out_key.w[1] = VALUE;
                }
                if (!th_routine_key_equal(cx, f->out_key, f->key)) continue;
                f->insert_b = f->b;
                f->insert_i = f->i;
                if (t->need_key_update) {
                    WRITE(ASSIGN_UPDATE, t->key_size, th_slot_key(t, f->b, f->i), f->key.w[0])
                }
                goto done;
            }
            READ(ASSIGN_OVERFLOW, 8, f->b + t->overflow_offset)
            if (VALUE == 0) break;
            f->b = VALUE;
        }
    absent:
        if (f->insert_b != 0) f->b = f->i = 0;
        READ(ASSIGN_LOAD_OLD, 8, HMAP(oldbuckets))
        if (VALUE != 0) break;
        READ(ASSIGN_LOAD_COUNT, 8, HMAP(count))
        f->scratch = VALUE;
        READ(ASSIGN_LOAD_B, 1, HMAP(B))
        f->log2 = (uint8_t)VALUE;
        if (!over_load(f)) {
            READ(ASSIGN_LOAD_NOVERFLOW, 2, HMAP(noverflow))
            if (!th_too_many_overflow(VALUE, f->log2)) break;
        }
        CALL(ASSIGN_HASH_GROW, th_gomap_hash_grow(cx, level + 1))
    }
    if (f->insert_b == 0) {
        f->overflow_of = f->b;
        CALL(ASSIGN_NEW_OVERFLOW, th_gomap_newoverflow(cx, level + 1))
        use_new_overflow(f);
    }
    forget_search(f);
    WRITE(ASSIGN_PUT_KEY, th_word_size(t->key_size), th_slot_key(t, f->insert_b, f->insert_i),
          f->key.w[0])
    if (t->key_size == 16) {
        WRITE(ASSIGN_PUT_KEY_HI, 8, th_slot_key(t, f->insert_b, f->insert_i) + 8, f->key.w[1])
    }
    WRITE(ASSIGN_PUT_TOP, 1, f->insert_b + f->insert_i, f->top)
    READ(ASSIGN_COUNT_R, 8, HMAP(count))
    WRITE(ASSIGN_COUNT_W, 8, HMAP(count), VALUE + 1)
done:
    set_elem(t, f);
    READ(ASSIGN_EXIT, 1, HMAP(flags))
    if (!(VALUE & TH_FLAG_HASH_WRITING)) FATAL(WRITES_FATAL);
    READ(ASSIGN_CLEAR_R, 1, HMAP(flags))
    WRITE(ASSIGN_CLEAR_W, 1, HMAP(flags), VALUE & ~(uint64_t)TH_FLAG_HASH_WRITING)
    END
}

th_run th_gomap_assign_fast(const th_routine_context *cx, uint32_t level) {
    BEGIN
    if (f->m == 0) {
        return th_routine_fail(port, TH_RUN_PANIC, "assignment to entry in nil map");
    }
    READ(FASSIGN_FLAGS, 1, HMAP(flags))
    if (VALUE & TH_FLAG_HASH_WRITING) FATAL(WRITES_FATAL);
    READ(FASSIGN_HASH0, 4, HMAP(hash0))
    f->hash = th_routine_hash(cx, f->key, (uint32_t)VALUE);
    f->top = th_tophash(f->hash);
    READ(FASSIGN_TOGGLE_R, 1, HMAP(flags))
    WRITE(FASSIGN_TOGGLE_W, 1, HMAP(flags), VALUE ^ TH_FLAG_HASH_WRITING)
    READ(FASSIGN_NIL_R, 8, HMAP(buckets))
    if (VALUE == 0) {
        f->next_overflow = th_gomap_make_buckets(cx, 0, &f->scratch);
        if (f->next_overflow == 0) FAULT;
        WRITE(FASSIGN_NIL_W, 8, HMAP(buckets), f->next_overflow)
        f->next_overflow = 0;
    }
    for (;;) {  // again:
        READ(FASSIGN_B, 1, HMAP(B))
        set_bucket(f, VALUE);
        READ(FASSIGN_GROWING, 8, HMAP(oldbuckets))
        if (VALUE != 0) {
            CALL(FASSIGN_GROW_WORK, th_gomap_grow_work(cx, level + 1))
        }
        READ(FASSIGN_BUCKETS, 8, HMAP(buckets))
        f->b = VALUE + f->bucket * t->bucket_size;
        for (;;) {
            for (f->i = 0; f->i < TH_BUCKET_SLOTS; f->i++) {
                READ(FASSIGN_TOP, 1, f->b + f->i)
                if (th_top_is_empty((uint8_t)VALUE)) {
                    note_free(f);
                    if (VALUE == TH_TOP_EMPTY_REST) goto absent;
                    continue;
                }
                READ(FASSIGN_KEY, t->key_size, th_slot_key(t, f->b, f->i))
                if (th_routine_key_word(t, VALUE) != f->key.w[0]) continue;
                f->insert_b = f->b;
                f->insert_i = f->i;
                goto done;
            }
            READ(FASSIGN_OVERFLOW, 8, f->b + t->overflow_offset)
            if (VALUE == 0) break;
            f->b = VALUE;
        }
    absent:
        if (f->insert_b != 0) f->b = f->i = 0;
        READ(FASSIGN_LOAD_OLD, 8, HMAP(oldbuckets))
        if (VALUE != 0) break;
        READ(FASSIGN_LOAD_COUNT, 8, HMAP(count))
        f->scratch = VALUE;
        READ(FASSIGN_LOAD_B, 1, HMAP(B))
        f->log2 = (uint8_t)VALUE;
        if (!over_load(f)) {
            READ(FASSIGN_LOAD_NOVERFLOW, 2, HMAP(noverflow))
            if (!th_too_many_overflow(VALUE, f->log2)) break;
        }
        CALL(FASSIGN_HASH_GROW, th_gomap_hash_grow(cx, level + 1))
    }
    if (f->insert_b == 0) {
        f->overflow_of = f->b;
        CALL(FASSIGN_NEW_OVERFLOW, th_gomap_newoverflow(cx, level + 1))
        use_new_overflow(f);
    }
    forget_search(f);
    WRITE(FASSIGN_PUT_TOP, 1, f->insert_b + f->insert_i, f->top)
    WRITE(FASSIGN_PUT_KEY, t->key_size, th_slot_key(t, f->insert_b, f->insert_i), f->key.w[0])
    READ(FASSIGN_COUNT_R, 8, HMAP(count))
    WRITE(FASSIGN_COUNT_W, 8, HMAP(count), VALUE + 1)
done:
    set_elem(t, f);
    READ(FASSIGN_EXIT, 1, HMAP(flags))
    if (!(VALUE & TH_FLAG_HASH_WRITING)) FATAL(WRITES_FATAL);
    READ(FASSIGN_CLEAR_R, 1, HMAP(flags))
    WRITE(FASSIGN_CLEAR_W, 1, HMAP(flags), VALUE & ~(uint64_t)TH_FLAG_HASH_WRITING)
    END
}

th_run th_gomap_assign_str(const th_routine_context *cx, uint32_t level) {
    BEGIN
    if (f->m == 0) {
        return th_routine_fail(port, TH_RUN_PANIC, "assignment to entry in nil map");
    }
    READ(SASSIGN_FLAGS, 1, HMAP(flags))
    if (VALUE & TH_FLAG_HASH_WRITING) FATAL(WRITES_FATAL);
    READ(SASSIGN_HASH0, 4, HMAP(hash0))
    f->hash = th_routine_hash(cx, f->key, (uint32_t)VALUE);
    f->top = th_tophash(f->hash);
    READ(SASSIGN_TOGGLE_R, 1, HMAP(flags))
    WRITE(SASSIGN_TOGGLE_W, 1, HMAP(flags), VALUE ^ TH_FLAG_HASH_WRITING)
    READ(SASSIGN_NIL_R, 8, HMAP(buckets))
    if (VALUE == 0) {
        f->next_overflow = th_gomap_make_buckets(cx, 0, &f->scratch);
        if (f->next_overflow == 0) FAULT;
        WRITE(SASSIGN_NIL_W, 8, HMAP(buckets), f->next_overflow)
        f->next_overflow = 0;
    }
    for (;;) {  // again:
        READ(SASSIGN_B, 1, HMAP(B))
        set_bucket(f, VALUE);
        READ(SASSIGN_GROWING, 8, HMAP(oldbuckets))
        if (VALUE != 0) {
            CALL(SASSIGN_GROW_WORK, th_gomap_grow_work(cx, level + 1))
        }
        READ(SASSIGN_BUCKETS, 8, HMAP(buckets))
        f->b = VALUE + f->bucket * t->bucket_size;
        for (;;) {
            for (f->i = 0; f->i < TH_BUCKET_SLOTS; f->i++) {
                READ(SASSIGN_TOP, 1, f->b + f->i)
                if (VALUE != f->top) {
                    if (th_top_is_empty((uint8_t)VALUE)) note_free(f);
                    if (VALUE == TH_TOP_EMPTY_REST) goto absent;
                    continue;
                }
                READ(SASSIGN_LEN, 8, th_slot_key(t, f->b, f->i) + 8)
                if (VALUE != f->key.w[1]) continue;
                READ(SASSIGN_STR, 8, th_slot_key(t, f->b, f->i))
                if (!th_routine_text_valid(port, VALUE, f->key.w[1])) FAULT;
                f->out_key = (th_value){{VALUE, f->key.w[1]}};
                if (!th_routine_key_equal(cx, f->out_key, f->key)) continue;
                f->insert_b = f->b;
                f->insert_i = f->i;
                WRITE(SASSIGN_UPDATE, 8, th_slot_key(t, f->b, f->i), f->key.w[0])
                goto done;
            }
            READ(SASSIGN_OVERFLOW, 8, f->b + t->overflow_offset)
            if (VALUE == 0) break;
            f->b = VALUE;
        }
    absent:
        if (f->insert_b != 0) f->b = f->i = 0;
        READ(SASSIGN_LOAD_OLD, 8, HMAP(oldbuckets))
        if (VALUE != 0) break;
        READ(SASSIGN_LOAD_COUNT, 8, HMAP(count))
        f->scratch = VALUE;
        READ(SASSIGN_LOAD_B, 1, HMAP(B))
        f->log2 = (uint8_t)VALUE;
        if (!over_load(f)) {
            READ(SASSIGN_LOAD_NOVERFLOW, 2, HMAP(noverflow))
            if (!th_too_many_overflow(VALUE, f->log2)) break;
        }
        CALL(SASSIGN_HASH_GROW, th_gomap_hash_grow(cx, level + 1))
    }
    if (f->insert_b == 0) {
        f->overflow_of = f->b;
        CALL(SASSIGN_NEW_OVERFLOW, th_gomap_newoverflow(cx, level + 1))
        use_new_overflow(f);
    }
    forget_search(f);
    WRITE(SASSIGN_PUT_TOP, 1, f->insert_b + f->insert_i, f->top)
    WRITE(SASSIGN_PUT_LEN, 8, th_slot_key(t, f->insert_b, f->insert_i) + 8, f->key.w[1])
    WRITE(SASSIGN_PUT_STR, 8, th_slot_key(t, f->insert_b, f->insert_i), f->key.w[0])
    READ(SASSIGN_COUNT_R, 8, HMAP(count))
    WRITE(SASSIGN_COUNT_W, 8, HMAP(count), VALUE + 1)
done:
    set_elem(t, f);
    READ(SASSIGN_EXIT, 1, HMAP(flags))
    if (!(VALUE & TH_FLAG_HASH_WRITING)) FATAL(WRITES_FATAL);
    READ(SASSIGN_CLEAR_R, 1, HMAP(flags))
    WRITE(SASSIGN_CLEAR_W, 1, HMAP(flags), VALUE & ~(uint64_t)TH_FLAG_HASH_WRITING)
    END
}
