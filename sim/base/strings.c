#include "sim/base/strings.h"

#include "sim/base/assert.h"
#include "sim/base/hash.h"

#include <stdlib.h>
#include <string.h>

// An address follows from the text alone, never from the order of interning: which texts were seen
// before depends on what else was played or explored, and no run may. Texts may lie closer than
// they are long, for nobody reads their bytes through the simulated memory.
enum {
    ADDRESS_ALIGN = 16,
    ADDRESS_SLOT_BITS = 28,  // two of a hundred texts share a slot with chance 2^-15
    FIRST_CAPACITY = 64,     // a power of two
};

typedef struct entry {
    uint64_t address;  // 0: free
    size_t length;
    char *text;
} entry;

struct th_strings {
    entry *entries;  // open addressing by address
    size_t count;
    size_t capacity;
};

th_strings *th_strings_new(void) {
    th_strings *strings = calloc(1, sizeof(*strings));
    TH_ASSERT(strings != NULL);
    strings->capacity = FIRST_CAPACITY;
    strings->entries = calloc(strings->capacity, sizeof(*strings->entries));
    TH_ASSERT(strings->entries != NULL);
    return strings;
}

void th_strings_free(th_strings *strings) {
    if (strings == NULL) return;
    for (size_t i = 0; i < strings->capacity; i++) free(strings->entries[i].text);
    free(strings->entries);
    free(strings);
}

// The entry of that address, or the free one where it belongs.
static entry *find(const th_strings *strings, uint64_t address) {
    size_t i = (size_t)th_hash_mix64(address) & (strings->capacity - 1);
    while (strings->entries[i].address != 0 && strings->entries[i].address != address) {
        i = (i + 1) & (strings->capacity - 1);
    }
    return &strings->entries[i];
}

static void grow(th_strings *strings) {
    const th_strings old = *strings;
    strings->capacity *= 2;
    strings->entries = calloc(strings->capacity, sizeof(*strings->entries));
    TH_ASSERT(strings->entries != NULL);
    for (size_t i = 0; i < old.capacity; i++) {
        if (old.entries[i].address != 0) *find(strings, old.entries[i].address) = old.entries[i];
    }
    free(old.entries);
}

static uint64_t home_address(const char *text, size_t length) {
    const uint64_t hash = th_hash_mix64(th_hash_fnv1a64(text, length));
    const uint64_t slot = hash & ((UINT64_C(1) << ADDRESS_SLOT_BITS) - 1);
    return TH_STRINGS_BASE + slot * ADDRESS_ALIGN;
}

static char *copy_text(const char *text, size_t length) {
    char *copy = malloc(length + 1);
    TH_ASSERT(copy != NULL);
    memcpy(copy, text, length);
    copy[length] = '\0';
    return copy;
}

th_value th_strings_intern(th_strings *strings, const char *text, size_t length) {
    if (length == 0) return (th_value){{0, 0}};
    if (strings->count * 2 >= strings->capacity) grow(strings);
    uint64_t address = home_address(text, length);
    entry *found = find(strings, address);
    while (found->address != 0) {
        if (found->length == length && memcmp(found->text, text, length) == 0) break;
        address += ADDRESS_ALIGN;
        found = find(strings, address);
    }
    if (found->address == 0) {
        *found = (entry){.address = address, .length = length, .text = copy_text(text, length)};
        strings->count++;
    }
    return (th_value){{address, length}};
}

const char *th_strings_text(const th_strings *strings, uint64_t address) {
    if (address == 0) return NULL;
    return find(strings, address)->text;
}

size_t th_strings_length(const th_strings *strings, uint64_t address) {
    return address == 0 ? 0 : find(strings, address)->length;
}
