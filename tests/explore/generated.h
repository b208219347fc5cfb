// Small programs made at random, to compare ways of exploring on: plain and atomic accesses,
// branches on what was read, locks, channels, wait groups, a map, frees, goroutines that start
// others.
#ifndef TH_TESTS_EXPLORE_GENERATED_H
#define TH_TESTS_EXPLORE_GENERATED_H

#include "tests/support/program_builder.h"

enum {
    TH_GENERATED_BODY_MAX = 6,
    TH_GENERATED_LINE_MAX = 12,
    TH_GENERATED_CELL_COUNT = 3,
};

// One line of a body: an operation and its operands, by number.
typedef struct th_generated_line {
    uint8_t op;
    uint8_t object, value;
} th_generated_line;

typedef struct th_generated_body {
    const struct th_generated *program;
    th_generated_line lines[TH_GENERATED_LINE_MAX];
    uint32_t line_count;
} th_generated_body;

typedef struct th_generated {
    th_builder builder;
    th_generated_body bodies[TH_GENERATED_BODY_MAX];
    uint32_t body_count;
    uint64_t cells[TH_GENERATED_CELL_COUNT];
    uint64_t mutexes[2], rwmutex, waitgroup, once, cond;
    uint64_t channels[2];  // without and with a buffer
    uint64_t map, block;
    char label[64];
} th_generated;

// Program `seed`. Several of the same seed are equal.
void th_generated_make(th_generated *program, uint64_t seed, th_env settings);
void th_generated_free(th_generated *program);

// Labels for the explorer, and kept for ever, for whoever compares: what the cells hold at the end;
// what each goroutine said last, which no memory tells.
bool th_generated_held(void *program, const th_world *world, const char **label);
bool th_generated_said(void *program, const th_world *world, const char **label);

#endif
