// mapaccess1 and mapaccess2, and mapaccessK for iterators: runtime/map.go, map_fast64.go,
// map_faststr.go of Go 1.19. The runtime tests hashWriting once, at the entry, and never again:
// a write that starts a step later goes unnoticed.
#include "sim/gomap/routine.h"

#include <string.h>

#define READ_FATAL "concurrent map read and map write"

// Leaves a routine that found nothing: the caller gets the zero value.
static th_run absent(th_map_frame *f, uint32_t level) {
    f->ok = 0;
    return th_routine_done(f, level);
}

static th_run found(const th_map_type *t, th_map_frame *f, uint32_t level) {
    f->ok = 1;
    f->elem_address = th_slot_elem(t, f->b, f->i);
    return th_routine_done(f, level);
}

// The old bucket that a hash belongs to while the map grows.
static uint64_t old_bucket(const th_map_type *t, const th_map_frame *f) {
    return f->old + (f->hash & f->mask) * t->bucket_size;
}

th_run th_gomap_access_generic(const th_routine_context *cx, uint32_t level) {
    BEGIN
    if (f->m == 0) return absent(f, level);
    READ(ACCESS_COUNT, 8, HMAP(count))
    if (VALUE == 0) return absent(f, level);
    READ(ACCESS_FLAGS, 1, HMAP(flags))
    if (VALUE & TH_FLAG_HASH_WRITING) FATAL(READ_FATAL);
    READ(ACCESS_HASH0, 4, HMAP(hash0))
    f->hash = th_routine_hash(cx, f->key, (uint32_t)VALUE);
    READ(ACCESS_B, 1, HMAP(B))
    f->mask = th_bucket_mask(VALUE);
    READ(ACCESS_BUCKETS, 8, HMAP(buckets))
    f->b = VALUE + (f->hash & f->mask) * t->bucket_size;
    READ(ACCESS_OLDBUCKETS, 8, HMAP(oldbuckets))
    if (VALUE != 0) {
        f->old = VALUE;
        READ(ACCESS_SAME_SIZE, 1, HMAP(flags))
        if (!(VALUE & TH_FLAG_SAME_SIZE_GROW)) f->mask >>= 1;
        READ(ACCESS_OLD_TOP, 1, old_bucket(t, f))
        if (!th_top_is_evacuated((uint8_t)VALUE)) f->b = old_bucket(t, f);
    }
    f->top = th_tophash(f->hash);
    while (f->b != 0) {
        for (f->i = 0; f->i < TH_BUCKET_SLOTS; f->i++) {
            READ(ACCESS_TOP, 1, f->b + f->i)
            if (VALUE != f->top) {
                if (VALUE == TH_TOP_EMPTY_REST) return absent(f, level);
                continue;
            }
            READ(ACCESS_KEY, th_word_size(t->key_size), th_slot_key(t, f->b, f->i))
            f->out_key = (th_value){{th_routine_key_word(t, VALUE), 0}};
            if (t->key_size == 16 && VALUE == f->key.w[0]) {
                READ(ACCESS_KEY_HI, 8, th_slot_key(t, f->b, f->i) + 8)
                f->out_key.w[1] = VALUE;
            }
            if (th_routine_key_equal(cx, f->out_key, f->key)) return found(t, f, level);
        }
        READ(ACCESS_OVERFLOW, 8, f->b + t->overflow_offset)
        f->b = VALUE;
    }
    return absent(f, level);
    END
}

// *key == b.key[i]: word by word, of strings the lengths before the texts. f->ok says.
static th_run equal_in_place(const th_routine_context *cx, uint32_t level) {
    BEGIN
    f->ok = 0;
    f->scratch = t->key == TH_STRING ? 8 : 0;  // offset of the word compared first
    READ(KACCESS_FIRST_KEY, th_word_size(t->key_size), f->key_address + f->scratch)
    f->key.w[0] = th_routine_key_word(t, VALUE);
    READ(KACCESS_FIRST_SLOT, th_word_size(t->key_size), th_slot_key(t, f->b, f->i) + f->scratch)
    f->out_key.w[0] = th_routine_key_word(t, VALUE);
    if (t->key_size < 16) {
        f->key.w[1] = f->out_key.w[1] = 0;
        f->ok = th_routine_key_equal(cx, f->key, f->out_key);
        return th_routine_done(f, level);
    }
    if (f->key.w[0] != f->out_key.w[0]) return th_routine_done(f, level);
    f->key.w[1] = f->out_key.w[1] = f->key.w[0];
    READ(KACCESS_SECOND_KEY, 8, f->key_address + 8 - f->scratch)
    f->key.w[0] = VALUE;
    READ(KACCESS_SECOND_SLOT, 8, th_slot_key(t, f->b, f->i) + 8 - f->scratch)
    f->out_key.w[0] = VALUE;
    if (t->key == TH_STRING && (!th_routine_text_valid(port, f->key.w[0], f->key.w[1]) ||
                                !th_routine_text_valid(port, VALUE, f->key.w[1]))) {
        FAULT;
    }
    f->ok = th_routine_key_equal(cx, f->key, f->out_key);
    END
}

th_run th_gomap_access_k(const th_routine_context *cx, uint32_t level) {
    BEGIN
    READ(KACCESS_COUNT, 8, HMAP(count))
    if (VALUE == 0) return absent(f, level);
    READ(KACCESS_HASH0, 4, HMAP(hash0))
    f->scratch = VALUE;
    READ(KACCESS_HASH_KEY, th_word_size(t->key_size), f->key_address)
    f->key = (th_value){{th_routine_key_word(t, VALUE), 0}};
    if (t->key_size == 16) {
        READ(KACCESS_HASH_KEY_HI, 8, f->key_address + 8)
        f->key.w[1] = VALUE;
    }
    if (t->key == TH_STRING && !th_routine_text_valid(port, f->key.w[0], f->key.w[1])) {
        FAULT;
    }
    f->hash = th_routine_hash(cx, f->key, (uint32_t)f->scratch);
    READ(KACCESS_B, 1, HMAP(B))
    f->mask = th_bucket_mask(VALUE);
    READ(KACCESS_BUCKETS, 8, HMAP(buckets))
    f->b = VALUE + (f->hash & f->mask) * t->bucket_size;
    READ(KACCESS_OLDBUCKETS, 8, HMAP(oldbuckets))
    if (VALUE != 0) {
        f->old = VALUE;
        READ(KACCESS_SAME_SIZE, 1, HMAP(flags))
        if (!(VALUE & TH_FLAG_SAME_SIZE_GROW)) f->mask >>= 1;
        READ(KACCESS_OLD_TOP, 1, old_bucket(t, f))
        if (!th_top_is_evacuated((uint8_t)VALUE)) f->b = old_bucket(t, f);
    }
    f->top = th_tophash(f->hash);
    while (f->b != 0) {
        for (f->i = 0; f->i < TH_BUCKET_SLOTS; f->i++) {
            READ(KACCESS_TOP, 1, f->b + f->i)
            if (VALUE != f->top) {
                if (VALUE == TH_TOP_EMPTY_REST) return absent(f, level);
                continue;
            }
            CALL(KACCESS_EQUAL, equal_in_place(cx, level + 1))
            if (!f->ok) continue;
            f->key_address = th_slot_key(t, f->b, f->i);
            return found(t, f, level);
        }
        READ(KACCESS_OVERFLOW, 8, f->b + t->overflow_offset)
        f->b = VALUE;
    }
    return absent(f, level);
    END
}

th_run th_gomap_access_fast(const th_routine_context *cx, uint32_t level) {
    BEGIN
    if (f->m == 0) return absent(f, level);
    READ(FACCESS_COUNT, 8, HMAP(count))
    if (VALUE == 0) return absent(f, level);
    READ(FACCESS_FLAGS, 1, HMAP(flags))
    if (VALUE & TH_FLAG_HASH_WRITING) FATAL(READ_FATAL);
    READ(FACCESS_B0, 1, HMAP(B))
    if (VALUE == 0) {
        READ(FACCESS_ONE, 8, HMAP(buckets))
        f->b = VALUE;
    } else {
        READ(FACCESS_HASH0, 4, HMAP(hash0))
        f->hash = th_routine_hash(cx, f->key, (uint32_t)VALUE);
        READ(FACCESS_B, 1, HMAP(B))
        f->mask = th_bucket_mask(VALUE);
        READ(FACCESS_BUCKETS, 8, HMAP(buckets))
        f->b = VALUE + (f->hash & f->mask) * t->bucket_size;
        READ(FACCESS_OLDBUCKETS, 8, HMAP(oldbuckets))
        if (VALUE != 0) {
            f->old = VALUE;
            READ(FACCESS_SAME_SIZE, 1, HMAP(flags))
            if (!(VALUE & TH_FLAG_SAME_SIZE_GROW)) f->mask >>= 1;
            READ(FACCESS_OLD_TOP, 1, old_bucket(t, f))
            if (!th_top_is_evacuated((uint8_t)VALUE)) f->b = old_bucket(t, f);
        }
    }
    while (f->b != 0) {
        for (f->i = 0; f->i < TH_BUCKET_SLOTS; f->i++) {
            READ(FACCESS_KEY, t->key_size, th_slot_key(t, f->b, f->i))
            if (th_routine_key_word(t, VALUE) != f->key.w[0]) continue;
            READ(FACCESS_TOP, 1, f->b + f->i)
            if (!th_top_is_empty((uint8_t)VALUE)) return found(t, f, level);
        }
        READ(FACCESS_OVERFLOW, 8, f->b + t->overflow_offset)
        f->b = VALUE;
    }
    return absent(f, level);
    END
}

// Do the first and last four bytes agree? The runtime's quick test before it compares long keys.
static bool ends_agree(const th_routine_context *cx, uint64_t a, uint64_t b, uint64_t length) {
    const th_strings *strings = cx->env->strings;
    if (th_strings_length(strings, a) < length || th_strings_length(strings, b) < length) {
        return false;
    }
    const char *text_a = th_strings_text(strings, a);
    const char *text_b = th_strings_text(strings, b);
    return memcmp(text_a, text_b, 4) == 0 &&
           memcmp(text_a + length - 4, text_b + length - 4, 4) == 0;
}

enum { NO_SLOT = TH_BUCKET_SLOTS, LONG_KEY = 32 };

// One bucket, no hash: what a map of at most 8 strings does. DONE with f->maybe == NO_SLOT + 1
// when two long keys look alike and the hash must tell.
static th_run access_one_bucket(const th_routine_context *cx, uint32_t level) {
    BEGIN
    READ(SACCESS_ONE, 8, HMAP(buckets))
    f->b = VALUE;
    f->maybe = NO_SLOT;
    f->ok = 0;
    for (f->i = 0; f->i < TH_BUCKET_SLOTS; f->i++) {
        READ(SACCESS_ONE_LEN, 8, th_slot_key(t, f->b, f->i) + 8)
        f->ok = VALUE == f->key.w[1];
        if (f->ok) {
            READ(SACCESS_ONE_TOP, 1, f->b + f->i)
            f->ok = !th_top_is_empty((uint8_t)VALUE);
        }
        if (!f->ok) {
            READ(SACCESS_ONE_REST, 1, f->b + f->i)
            if (VALUE == TH_TOP_EMPTY_REST) break;
            continue;
        }
        f->ok = 0;
        READ(SACCESS_ONE_STR, 8, th_slot_key(t, f->b, f->i))
        if (!th_routine_text_valid(port, VALUE, f->key.w[1])) FAULT;
        if (f->key.w[1] < LONG_KEY || VALUE == f->key.w[0]) {
            const th_value seen = {{VALUE, f->key.w[1]}};
            if (th_routine_key_equal(cx, seen, f->key)) return found(t, f, level);
            continue;
        }
        if (!ends_agree(cx, VALUE, f->key.w[0], f->key.w[1])) continue;
        if (f->maybe != NO_SLOT) {
            f->maybe = NO_SLOT + 1;
            return th_routine_done(f, level);
        }
        f->maybe = f->i;
    }
    if (f->maybe != NO_SLOT) {
        f->i = f->maybe;
        READ(SACCESS_MAYBE_STR, 8, th_slot_key(t, f->b, f->i))
        if (!th_routine_text_valid(port, VALUE, f->key.w[1])) FAULT;
        const th_value seen = {{VALUE, f->key.w[1]}};
        if (th_routine_key_equal(cx, seen, f->key)) return found(t, f, level);
    }
    f->maybe = NO_SLOT;
    END
}

th_run th_gomap_access_str(const th_routine_context *cx, uint32_t level) {
    BEGIN
    if (f->m == 0) return absent(f, level);
    READ(SACCESS_COUNT, 8, HMAP(count))
    if (VALUE == 0) return absent(f, level);
    READ(SACCESS_FLAGS, 1, HMAP(flags))
    if (VALUE & TH_FLAG_HASH_WRITING) FATAL(READ_FATAL);
    READ(SACCESS_B0, 1, HMAP(B))
    if (VALUE == 0) {
        CALL(SACCESS_ONE_BUCKET, access_one_bucket(cx, level + 1))
        if (f->ok || f->maybe == NO_SLOT) return th_routine_done(f, level);
    }
    READ(SACCESS_HASH0, 4, HMAP(hash0))
    f->hash = th_routine_hash(cx, f->key, (uint32_t)VALUE);
    READ(SACCESS_B, 1, HMAP(B))
    f->mask = th_bucket_mask(VALUE);
    READ(SACCESS_BUCKETS, 8, HMAP(buckets))
    f->b = VALUE + (f->hash & f->mask) * t->bucket_size;
    READ(SACCESS_OLDBUCKETS, 8, HMAP(oldbuckets))
    if (VALUE != 0) {
        f->old = VALUE;
        READ(SACCESS_SAME_SIZE, 1, HMAP(flags))
        if (!(VALUE & TH_FLAG_SAME_SIZE_GROW)) f->mask >>= 1;
        READ(SACCESS_OLD_TOP, 1, old_bucket(t, f))
        if (!th_top_is_evacuated((uint8_t)VALUE)) f->b = old_bucket(t, f);
    }
    f->top = th_tophash(f->hash);
    while (f->b != 0) {
        for (f->i = 0; f->i < TH_BUCKET_SLOTS; f->i++) {
            READ(SACCESS_LEN, 8, th_slot_key(t, f->b, f->i) + 8)
            if (VALUE != f->key.w[1]) continue;
            READ(SACCESS_TOP, 1, f->b + f->i)
            if (VALUE != f->top) continue;
            READ(SACCESS_STR, 8, th_slot_key(t, f->b, f->i))
            if (!th_routine_text_valid(port, VALUE, f->key.w[1])) FAULT;
            const th_value seen = {{VALUE, f->key.w[1]}};
            if (th_routine_key_equal(cx, seen, f->key)) return found(t, f, level);
        }
        READ(SACCESS_OVERFLOW, 8, f->b + t->overflow_offset)
        f->b = VALUE;
    }
    return absent(f, level);
    END
}
