// The text of all buckets, as docs/conform-format.md defines it.
//
// A digest of many megabytes is what a replay of a big map spends its time on, and FNV-1a takes one
// byte after the other. Most of a bucket's text are zeros, and those can be taken sixteen at a
// time: a byte is put into the digest's low eight bits before each multiplication, so what a fixed
// text adds to the product depends on those bits alone, and 256 sums tell it all.
#include "sim/conform/replay.h"

#include "sim/base/assert.h"

#include <stdlib.h>
#include <string.h>

#define FNV_START UINT64_C(0xcbf29ce484222325)
#define FNV_PRIME UINT64_C(0x100000001b3)

enum { ZERO_RUN = 16, BUCKET_BYTES_MAX = 256 };

static inline uint64_t fnv(uint64_t digest, char c) {
    return (digest ^ (unsigned char)c) * FNV_PRIME;
}

void th_bucket_text_init(th_bucket_text *text) {
    *text = (th_bucket_text){.zero_factor = 1};
    for (int i = 0; i < ZERO_RUN; i++) text->zero_factor *= FNV_PRIME;
    for (uint64_t low = 0; low < 256; low++) {
        uint64_t digest = low;
        for (int i = 0; i < ZERO_RUN; i++) digest = fnv(digest, '0');
        text->zero_term[low] = digest - low * text->zero_factor;
    }
}

void th_bucket_text_free(th_bucket_text *text) { free(text->items); }

// Room for `count` more bytes; where they go.
static char *reserve(th_bucket_text *text, size_t count) {
    if (text->length + count + 1 > text->capacity) {
        text->capacity = (text->length + count + 1) * 2;
        text->items = realloc(text->items, text->capacity);
        TH_ASSERT(text->items != NULL);
    }
    char *end = text->items + text->length;
    text->length += count;
    end[count] = '\0';
    return end;
}

static void add(th_bucket_text *text, const char *bytes, size_t count) {
    for (size_t i = 0; i < count; i++) text->digest = fnv(text->digest, bytes[i]);
    if (text->keep) memcpy(reserve(text, count), bytes, count);
}

static inline char hex_digit(unsigned nibble) { return "0123456789abcdef"[nibble]; }

static void add_hex_bytes(th_bucket_text *text, const uint8_t *bytes, size_t count) {
    uint64_t digest = text->digest;
    for (size_t i = 0; i < count; i++) {
        digest = fnv(fnv(digest, hex_digit(bytes[i] >> 4)), hex_digit(bytes[i] & 15U));
    }
    text->digest = digest;
    if (!text->keep) return;
    char *end = reserve(text, count * 2);
    for (size_t i = 0; i < count; i++) {
        end[i * 2] = hex_digit(bytes[i] >> 4);
        end[i * 2 + 1] = hex_digit(bytes[i] & 15U);
    }
}

static void add_hex(th_bucket_text *text, const uint8_t *bytes, size_t count) {
    static const uint8_t ZEROS[ZERO_RUN / 2];
    while (count >= sizeof(ZEROS)) {
        if (memcmp(bytes, ZEROS, sizeof(ZEROS)) == 0) {
            text->digest = text->digest * text->zero_factor + text->zero_term[text->digest & 255];
            if (text->keep) memset(reserve(text, ZERO_RUN), '0', ZERO_RUN);
        } else {
            add_hex_bytes(text, bytes, sizeof(ZEROS));
        }
        bytes += sizeof(ZEROS);
        count -= sizeof(ZEROS);
    }
    add_hex_bytes(text, bytes, count);
}

static void add_number(th_bucket_text *text, const char *mark, uint64_t number) {
    char digits[32];
    th_print out = th_print_to(digits, sizeof(digits));
    th_print_text(&out, mark);
    th_print_uint(&out, number);
    add(text, digits, out.length);
}

static uint64_t word_at(const uint8_t *bytes) {
    uint64_t word;
    memcpy(&word, bytes, sizeof(word));
    return word;
}

// The texts lie all over the host's memory: they are asked for together, before the first is
// needed.
static void add_strings(th_bucket_text *text, const th_strings *strings, const uint8_t *headers) {
    const char *bytes[TH_BUCKET_SLOTS];
    for (uint32_t i = 0; i < TH_BUCKET_SLOTS; i++) {
        bytes[i] = th_strings_text(strings, word_at(headers + (size_t)i * 16));
        if (bytes[i] != NULL) __builtin_prefetch(bytes[i]);
    }
    for (uint32_t i = 0; i < TH_BUCKET_SLOTS; i++) {
        if (i > 0) add(text, ".", 1);
        if (bytes[i] == NULL) continue;
        add_hex(text, (const uint8_t *)bytes[i], word_at(headers + (size_t)i * 16 + 8));
    }
}

typedef struct array {
    const th_memory *memory;
    const th_strings *strings;
    const th_map_type *type;
    uint64_t address;
    uint64_t count;  // without the preallocated overflow buckets
} array;

int64_t th_bucket_text_spare(const th_memory *memory, const th_map_type *type, uint64_t array_start,
                             uint64_t array_count, uint64_t address) {
    const th_block *block = th_memory_block(memory, array_start);
    const uint64_t first = array_start + array_count * type->bucket_size;
    if (block == NULL || address < first || address >= block->address + block->size) return -1;
    return (int64_t)((address - first) / type->bucket_size);
}

// One bucket; returns the address of the next one in the chain.
static uint64_t add_bucket(th_bucket_text *text, const array *from, uint64_t bucket) {
    const th_map_type *type = from->type;
    uint8_t bytes[BUCKET_BYTES_MAX];
    TH_ASSERT(type->bucket_size <= sizeof(bytes));
    th_memory_peek_bytes(from->memory, bucket, type->bucket_size, bytes);
    add(text, ":", 1);
    add_hex(text, bytes, TH_BUCKET_SLOTS);
    add(text, ",", 1);
    if (type->key == TH_STRING) {
        add_strings(text, from->strings, bytes + TH_BUCKET_SLOTS);
    } else {
        add_hex(text, bytes + TH_BUCKET_SLOTS, type->elem_offset - (size_t)TH_BUCKET_SLOTS);
    }
    add(text, ",", 1);
    add_hex(text, bytes + type->elem_offset, (size_t)type->overflow_offset - type->elem_offset);
    return word_at(bytes + type->overflow_offset);
}

static void add_array(th_bucket_text *text, const array *from, const char *mark) {
    for (uint64_t i = 0; i < from->count; i++) {
        add_number(text, mark, i);
        uint64_t next = add_bucket(text, from, from->address + i * from->type->bucket_size);
        while (next != 0) {
            const int64_t spare =
                th_bucket_text_spare(from->memory, from->type, from->address, from->count, next);
            if (spare >= 0) {
                add_number(text, ">p", (uint64_t)spare);
            } else {
                add(text, ">h", 2);
            }
            next = add_bucket(text, from, next);
        }
        add(text, "\n", 1);
    }
}

void th_bucket_text_write(th_bucket_text *text, const th_memory *memory, const th_strings *strings,
                          const th_map_type *type, const th_hmap *header, bool keep) {
    text->digest = FNV_START;
    text->length = 0;
    text->keep = keep;
    if (keep) *reserve(text, 0) = '\0';
    array from = {memory, strings, type, header->oldbuckets, th_hmap_old_count(header)};
    if (from.address != 0) add_array(text, &from, "o");
    from.address = header->buckets;
    from.count = UINT64_C(1) << (header->B & 63);
    if (from.address != 0) add_array(text, &from, "b");
}
