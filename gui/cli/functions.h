// Go's names for what runs: main.writer, runtime.mapassign_fast64.
#ifndef TH_GUI_CLI_FUNCTIONS_H
#define TH_GUI_CLI_FUNCTIONS_H

#include "sim/world/place.h"

enum { TH_FUNCTION_BYTES = 128 };

// "main.writer()": of the body that the node belongs to.
void th_function_name(const th_world *world, th_node_id node, char *name, size_t size);
// "runtime.mapassign_fast64()"
void th_function_routine_name(const th_routine *routine, char *name, size_t size);
// The node of the go statement that started g; 0: the scenario declared it.
th_node_id th_function_starter(const th_world *world, uint16_t g);

#endif
