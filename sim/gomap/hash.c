// Hashing and equality of keys. Go uses AES instructions seeded per process; ours is a mixer with
// the same properties and no secrets: a key's hash depends on the key and hash0 alone, +0 and -0
// hash alike, and each hashing of a NaN draws a random number.
#include "sim/base/hash.h"

#include "sim/gomap/routine.h"

#include <stdlib.h>
#include <string.h>

typedef struct pin {
    th_value key;
    uint64_t hash;
    uint16_t type;
    bool used;
} pin;

// Open addressing; grows at half load.
struct th_hash_pins {
    pin *items;
    uint32_t count;
    uint32_t capacity;  // a power of two
};

#define SIGN_BIT (UINT64_C(1) << 63)
#define INFINITY_BITS (UINT64_C(0x7ff) << 52)

static bool is_nan(uint64_t bits) { return (bits & ~SIGN_BIT) > INFINITY_BITS; }

bool th_gomap_key_is_nan(const th_map_type *type, th_value key) {
    return type->key == TH_F64 && is_nan(key.w[0]);
}

// +0 and -0 are one key with one hash.
static th_value same_zero(const th_map_type *type, th_value key) {
    if (type->key == TH_F64 && (key.w[0] & ~SIGN_BIT) == 0) key.w[0] = 0;
    return key;
}

static uint32_t pin_slot(const th_hash_pins *pins, uint16_t type, th_value key) {
    uint64_t at = th_hash_combine(th_hash_combine(type, key.w[0]), key.w[1]);
    for (;; at++) {
        const pin *item = &pins->items[at & (pins->capacity - 1)];
        if (!item->used ||
            (item->type == type && item->key.w[0] == key.w[0] && item->key.w[1] == key.w[1])) {
            return (uint32_t)(at & (pins->capacity - 1));
        }
    }
}

static void grow_pins(th_hash_pins *pins) {
    th_hash_pins bigger = {.capacity = pins->capacity ? pins->capacity * 2 : 64};
    bigger.items = calloc(bigger.capacity, sizeof(*bigger.items));
    TH_ASSERT(bigger.items != NULL);
    for (uint32_t i = 0; i < pins->capacity; i++) {
        if (!pins->items[i].used) continue;
        bigger.items[pin_slot(&bigger, pins->items[i].type, pins->items[i].key)] = pins->items[i];
    }
    bigger.count = pins->count;
    free(pins->items);
    *pins = bigger;
}

void th_gomap_pin(th_gomap_env *env, uint16_t type, th_value key, uint64_t hash) {
    if (env->pins == NULL) {
        env->pins = calloc(1, sizeof(*env->pins));
        TH_ASSERT(env->pins != NULL);
    }
    if (env->pins->count * 2 >= env->pins->capacity) grow_pins(env->pins);
    key = same_zero(&env->types[type], key);
    pin *item = &env->pins->items[pin_slot(env->pins, type, key)];
    if (!item->used) env->pins->count++;
    *item = (pin){key, hash, type, true};
}

void th_gomap_env_free(th_gomap_env *env) {
    if (env->pins != NULL) free(env->pins->items);
    free(env->pins);
    env->pins = NULL;
}

static const uint64_t *pinned(const th_gomap_env *env, uint16_t type, th_value key) {
    if (env->pins == NULL) return NULL;
    const pin *item = &env->pins->items[pin_slot(env->pins, type, key)];
    return item->used ? &item->hash : NULL;
}

uint64_t th_gomap_hash(const th_gomap_env *env, uint16_t type, th_value key, uint32_t hash0) {
    key = same_zero(&env->types[type], key);
    const uint64_t *fixed = pinned(env, type, key);
    if (fixed != NULL) return *fixed;
    switch ((th_scalar)env->types[type].key) {
    case TH_STRING: {
        const size_t there = th_strings_length(env->strings, key.w[0]);
        const size_t length = key.w[1] < there ? key.w[1] : there;
        return th_hash_combine(hash0,
                               th_hash_fnv1a64(th_strings_text(env->strings, key.w[0]), length));
    }
    case TH_F64: return th_hash_combine(hash0, key.w[0]);
    default: return th_hash_combine(th_hash_combine(hash0, key.w[0]), key.w[1]);
    }
}

static uint64_t nan_hash(const th_routine_context *cx, uint32_t hash0) {
    th_nan_hashes *told = cx->env->nan_hashes;
    if (told == NULL) return th_hash_combine(hash0, th_port_draw(cx->port));
    const uint32_t index = told->taken++;
    return index < told->count ? told->items[index] : 0;
}

uint64_t th_routine_hash(const th_routine_context *cx, th_value key, uint32_t hash0) {
    if (th_gomap_key_is_nan(cx->type, key)) return nan_hash(cx, hash0);
    return th_gomap_hash(cx->env, cx->frame->type, key, hash0);
}

bool th_routine_key_equal(const th_routine_context *cx, th_value a, th_value b) {
    switch ((th_scalar)cx->type->key) {
    case TH_F64:
        if (is_nan(a.w[0]) || is_nan(b.w[0])) return false;
        return a.w[0] == b.w[0] || ((a.w[0] | b.w[0]) & ~SIGN_BIT) == 0;
    case TH_STRING: {
        if (a.w[1] != b.w[1]) return false;
        if (a.w[0] == b.w[0] || a.w[1] == 0) return true;
        const th_strings *strings = cx->env->strings;
        const size_t length = a.w[1];
        return th_strings_length(strings, a.w[0]) >= length &&
               th_strings_length(strings, b.w[0]) >= length &&
               memcmp(th_strings_text(strings, a.w[0]), th_strings_text(strings, b.w[0]), length) ==
                   0;
    }
    default: return a.w[0] == b.w[0] && a.w[1] == b.w[1];
    }
}

bool th_routine_text_valid(th_port *port, uint64_t pointer, uint64_t length) {
    if (pointer != 0 || length == 0) return true;
    port->access.address = 0;
    port->fault = TH_FAULT_NIL;
    return false;
}
