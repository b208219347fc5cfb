// What the files of sim/conform share. Private to it.
#ifndef TH_SIM_CONFORM_REPLAY_H
#define TH_SIM_CONFORM_REPLAY_H

#include "sim/base/print.h"
#include "sim/conform/conform.h"

// The text of all buckets, and its digest: FNV-1a of 64 bits.
typedef struct th_bucket_text {
    uint64_t digest;
    uint64_t zero_factor;     // what sixteen "0" in a row do to a digest: times this,
    uint64_t zero_term[256];  // plus that, by the digest's low byte
    char *items;              // kept only when `keep`; NUL ended
    size_t length, capacity;
    bool keep;
} th_bucket_text;

void th_bucket_text_init(th_bucket_text *text);
void th_bucket_text_free(th_bucket_text *text);
// Writes the map's buckets; `keep` says whether `items` are wanted besides the digest.
void th_bucket_text_write(th_bucket_text *text, const th_memory *memory, const th_strings *strings,
                          const th_map_type *type, const th_hmap *header, bool keep);
// Which preallocated overflow bucket of the array an address is; -1: none.
int64_t th_bucket_text_spare(const th_memory *memory, const th_map_type *type, uint64_t array_start,
                             uint64_t array_count, uint64_t address);

// 16 hexadecimal digits.
void th_conform_print_word(th_print *out, uint64_t word);

struct th_conform {
    th_memory memory;
    th_events events;
    th_gomap_env env;
    th_port port;
    th_nan_hashes nan_hashes;  // of the step in progress
    uint64_t *nan_items;
    uint32_t nan_capacity;
    uint32_t draws;
    uint16_t type;
    uint64_t map;
    uint64_t loops[TH_CONFORM_LOOP_MAX];  // iterators, 0: never used
    bool under_way[TH_CONFORM_LOOP_MAX];  // is there a next pair to ask for?
    th_bucket_text text;
};

#endif
