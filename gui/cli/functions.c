#include "gui/cli/functions.h"

#include <stdio.h>
#include <string.h>

void th_function_name(const th_world *world, th_node_id node, char *name, size_t size) {
    snprintf(name, size, "main.%s()", th_programs_name(world->env->programs, node));
}

void th_function_routine_name(const th_routine *routine, char *name, size_t size) {
    th_source_full_name(routine->file, routine->name, name, size);
    const size_t length = strlen(name);
    snprintf(name + length, size - length, "()");
}

th_node_id th_function_starter(const th_world *world, uint16_t g) {
    const th_programs *programs = world->env->programs;
    return th_programs_starter(programs, th_programs_root_of(programs, world->goroutines[g].node));
}
