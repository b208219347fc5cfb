// What Go's dump of a dead program says of a goroutine besides its own functions. Goroutines of the
// runtime's own, and what lies beneath a body (runtime.main, runtime.goexit), are not simulated.
#ifndef TH_SIM_WORLD_STACK_H
#define TH_SIM_WORLD_STACK_H

#include "sim/memory/source.h"
#include "sim/world/world.h"

// Whether the end was a throw: an error of the runtime's own state, of which Go's dump shows the
// functions of package runtime too. All other fatal errors and panics hide them.
bool th_stack_throws(const th_world *world);

// The functions of Go's packages that g is inside of, innermost first.
void th_stack_calls(const th_world *world, uint16_t g, th_calls *calls);

// Whether a nil dereference that nobody recovered ended the run, and of which address (UINT64_MAX:
// not known, x.f of a nil x has no type): Go prints a line about the signal.
bool th_stack_segfaults(const th_world *world, uint64_t *address);

#endif
