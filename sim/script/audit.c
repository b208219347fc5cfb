// The audit: every body that has run, run again in a fresh Lua state.
#include "sim/script/script.h"

#include "sim/base/assert.h"

#include <stdlib.h>

// Replays the path to a node in a fresh instance.
static bool audit_path(th_script *script, th_node_id node) {
    th_instance *instance = th_instance_new(script, false);
    if (instance == NULL) return false;
    th_body *body = th_host_replay(script, instance, node);
    th_instance_drop(script, instance);
    th_body_free(script, body);
    return body != NULL;
}

// One byte a node: does another follow it? Only the ends of paths need a replay.
static uint8_t *find_inner(const th_programs *programs) {
    const uint32_t count = th_programs_count(programs);
    uint8_t *inner = calloc(count + 1, 1);
    TH_ASSERT(inner != NULL);
    for (th_node_id node = 1; node <= count; node++) inner[th_programs_parent(programs, node)] = 1;
    return inner;
}

static bool audit_all(th_script *script, const th_programs *programs) {
    uint8_t *inner = find_inner(programs);
    bool ok = true;
    for (th_node_id node = 1; ok && node <= th_programs_count(programs); node++) {
        if (!inner[node]) ok = audit_path(script, node);
    }
    free(inner);
    return ok;
}

bool th_scenario_audit(th_scenario *scenario, char *error, size_t error_size) {
    th_script *script = th_script_new(scenario);
    th_script_build_words(script);
    const bool ok = th_script_compile(script) && audit_all(script, scenario->env.programs);
    if (!ok) {
        th_print out = th_print_to(error, error_size);
        th_print_text(&out, script->error);
    }
    th_script_free(script);
    return ok;
}
