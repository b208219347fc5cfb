// One simulated map to do operations on, access by access, for tests.
#ifndef TH_TESTS_GOMAP_MAP_PROBE_H
#define TH_TESTS_GOMAP_MAP_PROBE_H

#include "sim/gomap/gomap.h"

enum { TH_PROBE_STEPS_MAX = 32768 };

typedef struct th_map_probe {
    th_memory memory;
    th_events events;
    th_gomap_env env;
    th_port port;
    th_nan_hashes nan_hashes;
    uint32_t draws;
    uint16_t type;
    uint64_t map;
    bool quiet;  // leaves `steps` alone, and the invariants unchecked: for big maps
    char steps[TH_PROBE_STEPS_MAX];  // of the last operation: "R h.count, R h.flags, ..."
} th_map_probe;

// Makes a map with values of uint64. Close it in the end.
void th_probe_open(th_map_probe *probe, th_scalar key, int64_t hint);
void th_probe_close(th_map_probe *probe);

// The n-th key of the map's type: n itself; "key-n"; {n, ~n}.
th_value th_probe_key(th_map_probe *probe, uint64_t n);
// Pins its hash: it goes to that bucket, under that tophash (from 5 on).
void th_probe_pin(th_map_probe *probe, uint64_t n, uint64_t bucket, uint64_t top);

// Does an operation to its end and checks the map's invariants after it.
th_map_frame th_probe_run(th_map_probe *probe, th_map_op op, const th_value *key, uint64_t value,
                          uint64_t it);
void th_probe_set(th_map_probe *probe, uint64_t n, uint64_t value);
void th_probe_delete(th_map_probe *probe, uint64_t n);
void th_probe_clear(th_map_probe *probe);
// False: not found, and `*value` is 0.
bool th_probe_get(th_map_probe *probe, uint64_t n, uint64_t *value);
// A range loop from that bucket and slot on; th_probe_next goes on. The frame's `ok` tells whether
// there is a pair, in out_key and out_elem.
th_map_frame th_probe_range(th_map_probe *probe, uint64_t start_bucket, uint64_t offset);
th_map_frame th_probe_next(th_map_probe *probe, const th_map_frame *loop);

th_hmap th_probe_header(const th_map_probe *probe);

// Compares the steps of the last operation with a list. In it "{0..2: R b0.key[#], }" stands for
// its body three times, with "#" counting.
void th_probe_expect_steps(const th_map_probe *probe, const char *expected);

#endif
