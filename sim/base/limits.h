#ifndef TH_BASE_LIMITS_H
#define TH_BASE_LIMITS_H

/*
 * Every capacity of the simulator, in one place, each with the reason for its size. Reaching one
 * is a reported result (or a refused scenario) with a test of its own, never a silent drop.
 * A capacity that takes part in a run's state or hash must not depend on the machine.
 */

#endif
