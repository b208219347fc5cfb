// Go's names for what runs: main.writer, runtime.mapassign_fast64.
#ifndef TH_GUI_CLI_FUNCTIONS_H
#define TH_GUI_CLI_FUNCTIONS_H

#include "sim/gomap/source.h"
#include "sim/world/world.h"

enum { TH_FUNCTION_BYTES = 128 };

// "main.writer()": of the body that the node belongs to.
void th_function_name(const th_world *world, th_node_id node, char *name, size_t size);
// The runtime's routine that an access site stands in, with the ending of the request's map type.
// The site is not 0.
const char *th_function_routine(const th_world *world, const th_request *request, uint16_t site);
// The node of the go statement that started g; 0: the scenario declared it.
th_node_id th_function_starter(const th_world *world, uint16_t g);

#endif
