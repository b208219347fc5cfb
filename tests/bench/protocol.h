// The write protocol of Go's map as a program of single accesses: the same as protocol.pml.
#ifndef TH_TESTS_BENCH_PROTOCOL_H
#define TH_TESTS_BENCH_PROTOCOL_H

#include "tests/support/program_builder.h"

typedef struct th_protocol {
    th_builder builder;
    uint64_t flags, count;  // addresses
    uint64_t writes;        // of each writer
} th_protocol;

// Not settled yet. Free it by th_builder_free(&protocol->builder).
void th_protocol_make(th_protocol *protocol, uint32_t writers, uint32_t writes);

#endif
