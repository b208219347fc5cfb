// A world that a test leads step by step, checking its invariants after each.
//
//     th_hand hand;
//     th_hand_init(&hand, (th_env){.schedule = TH_SCHEDULE_GO, .procs = 1});
//     ...                                          // declare and start into hand.builder
//     th_hand_begin(&hand);
//     th_hand_step(&hand, th_hand_pick(0));
//     th_hand_step(&hand, th_hand_run(1));         // fails the test where that is not possible
//     th_hand_free(&hand);
#ifndef TH_TESTS_SUPPORT_HAND_H
#define TH_TESTS_SUPPORT_HAND_H

#include "tests/support/program_builder.h"

typedef struct th_hand {
    th_builder builder;
    th_world world;
    th_events events;  // of the last step
} th_hand;

void th_hand_init(th_hand *hand, th_env settings);
void th_hand_free(th_hand *hand);
// Copies the builder's world and settles it.
void th_hand_begin(th_hand *hand);

th_choice th_hand_run(uint16_t g);
th_choice th_hand_pick(uint16_t p);
th_choice th_hand_drain(uint16_t g);  // its oldest store
bool th_hand_can(const th_hand *hand, th_choice choice);
void th_hand_step(th_hand *hand, th_choice choice);
// Takes one of the choices that there are. False: the run has ended.
bool th_hand_step_at_random(th_hand *hand, th_rng *rng);

uint32_t th_hand_count(const th_hand *hand, th_event_kind kind);  // events of the last step
bool th_hand_is_over(const th_hand *hand, uint16_t g);
uint16_t th_hand_on(const th_hand *hand, uint32_t p);  // the goroutine on that P; 0: none

#endif
