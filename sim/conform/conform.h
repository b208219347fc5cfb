// Replays what a map of the real Go runtime did, and compares what it held.
//
// A trace tells of one map: the operations on it, in order, with the hashes and random choices that
// the runtime made, and after some of them what its memory held (docs/conform-format.md). A replay
// does the same operations on a simulated map and compares everything that is told. It knows
// nothing of files: who reads them decodes each line into a th_conform_op.
//
//     th_conform *replay = th_conform_new(TH_U64, 0);
//     while (... next line ...) {
//         if (th_conform_step(replay, &op, &report) != TH_CONFORM_SAME) ... report tells why
//     }
//     th_conform_free(replay);
#ifndef TH_SIM_CONFORM_CONFORM_H
#define TH_SIM_CONFORM_CONFORM_H

#include "sim/gomap/gomap.h"

typedef struct th_conform th_conform;

enum {
    TH_CONFORM_LOOP_MAX = 256,       // range loops at once: a trace that needs more is refused
    TH_CONFORM_DIFFERENCE_MAX = 16,  // more fields than one operation and its state have
    TH_CONFORM_TEXT_MAX = 96,        // bytes of a value shown; a longer one is cut
};

// A key whose hash the runtime computed.
typedef struct th_conform_hash {
    th_value key;
    uint64_t hash;
} th_conform_hash;

// What a map held after an operation.
typedef struct th_conform_state {
    uint64_t count, flags, B, nevacuate;
    int64_t noverflow;      // -1: counted by chance, not compared
    int64_t next_overflow;  // index of a preallocated overflow bucket; -1: none
    bool growing;
    uint64_t digest;      // of the text of all buckets
    const char *buckets;  // that text; NULL: not told
} th_conform_state;

typedef struct th_conform_op {
    th_map_op op;  // SET GET DELETE CLEAR RANGE NEXT
    bool ok;       // expected: the key was found (GET), there is a pair (RANGE, NEXT)
    bool has_state;
    uint32_t loop;                  // RANGE, NEXT: which one
    th_value key;                   // operated on; expected of RANGE and NEXT
    uint64_t hash;                  // of the key operated on
    uint64_t value;                 // to store; expected of GET, RANGE and NEXT
    uint64_t start_bucket, offset;  // RANGE: where the runtime began
    const th_conform_hash *hashes;  // what it computed besides, in order
    uint32_t hash_count;
    th_conform_state state;
} th_conform_op;

typedef enum th_conform_result {
    TH_CONFORM_SAME,
    TH_CONFORM_DIFFERENT,  // report: the fields that differ
    TH_CONFORM_REFUSED,    // report: why no map can do that operation
} th_conform_result;

typedef struct th_conform_difference {
    const char *field;  // a static text
    char expected[TH_CONFORM_TEXT_MAX], actual[TH_CONFORM_TEXT_MAX];
} th_conform_difference;

// Texts are valid until the replay's next step.
typedef struct th_conform_report {
    th_conform_difference differences[TH_CONFORM_DIFFERENCE_MAX];
    uint32_t difference_count;
    const char *buckets;  // actual text of all buckets, where the trace tells it; else NULL
    const char *refused;  // a static text
} th_conform_report;

// A map without entries, made with that hint. NULL: no such map, or one too big to simulate.
th_conform *th_conform_new(th_scalar key, int64_t hint);
void th_conform_free(th_conform *replay);
const th_map_type *th_conform_type(const th_conform *replay);

// After anything but SAME the replay is only good for th_conform_free.
th_conform_result th_conform_step(th_conform *replay, const th_conform_op *op,
                                  th_conform_report *report);

// The key type that a trace calls by that name ("u64", "str" ...). False: unknown.
bool th_conform_key_type(const char *name, th_scalar *key);
// A key as traces write it. False: not one of the replay's type.
bool th_conform_key_parse(th_conform *replay, const char *text, size_t length, th_value *key);
// The same the other way round, cut to `size` bytes with its NUL.
void th_conform_key_print(const th_conform *replay, th_value key, char *text, size_t size);

#endif
