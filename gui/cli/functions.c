#include "gui/cli/functions.h"

#include <stdio.h>

void th_function_name(const th_world *world, th_node_id node, char *name, size_t size) {
    snprintf(name, size, "main.%s()", th_programs_name(world->env->programs, node));
}

const char *th_function_routine(const th_world *world, const th_request *request, uint16_t site) {
    th_family family = TH_FAMILY_GENERIC;
    if (th_request_op_class((th_request_op)request->op) == TH_CLASS_MAP) {
        family = (th_family)world->env->gomap.types[request->type].family;
    }
    return th_source_routine_name(site, family);
}

th_node_id th_function_starter(const th_world *world, uint16_t g) {
    const th_programs *programs = world->env->programs;
    return th_programs_starter(programs, th_programs_root_of(programs, world->goroutines[g].node));
}
