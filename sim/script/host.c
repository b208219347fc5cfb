// The resolver: fills in a program's path when it is taken for the first time.
#include "sim/script/script.h"

#include "sim/base/assert.h"
#include "sim/base/limits.h"

#include <stdlib.h>
#include <string.h>

static th_programs *programs_of(th_script *script) { return script->scenario->env.programs; }

// --- parked bodies ---

static void unlink_spare(th_script *script, th_body *body) {
    if (body->instance == script->base) return;
    if (body->newer) body->newer->older = body->older;
    if (body->older) body->older->newer = body->newer;
    if (script->newest == body) script->newest = body->older;
    if (script->oldest == body) script->oldest = body->newer;
    body->newer = body->older = NULL;
    script->spare_count--;
}

static void unpark(th_script *script, th_body *body) {
    TH_ASSERT(script->parked[body->node] == body);
    script->parked[body->node] = NULL;
    body->node = 0;
    unlink_spare(script, body);
}

static void reserve_parked(th_script *script, th_node_id node) {
    if (node < script->parked_capacity) return;
    uint32_t capacity = script->parked_capacity ? script->parked_capacity : 64;
    while (capacity <= node) capacity *= 2;
    script->parked = realloc(script->parked, capacity * sizeof(th_body *));
    TH_ASSERT(script->parked != NULL);
    memset(script->parked + script->parked_capacity, 0,
           (capacity - script->parked_capacity) * sizeof(th_body *));
    script->parked_capacity = capacity;
}

static void park(th_script *script, th_body *body, th_node_id node) {
    const th_request *request = &body->draft.request;
    if (th_request_op_class((th_request_op)request->op) == TH_CLASS_END) {
        th_body_free(script, body);
        return;
    }
    reserve_parked(script, node);
    TH_ASSERT(script->parked[node] == NULL);
    script->parked[node] = body;
    body->node = node;
    if (body->instance == script->base) return;
    body->older = script->newest;
    if (script->newest) script->newest->newer = body;
    script->newest = body;
    if (script->oldest == NULL) script->oldest = body;
    if (++script->spare_count <= TH_SCRIPT_SPARE_MAX) return;
    th_body *oldest = script->oldest;
    unpark(script, oldest);
    th_body_free(script, oldest);
}

void th_host_clear(th_script *script) {
    for (uint32_t i = 0; i < script->parked_capacity; i++) {
        th_body *body = script->parked[i];
        if (body == NULL) continue;
        body->node = 0;
        th_body_free(script, body);
    }
    free(script->parked);
    th_instance_drop(script, script->base);
    th_instance_drop(script, script->judge);
}

// --- asking and recording ---

// When the body asks for a goroutine, runs that one up to its own first request, and so on. False:
// script->error.
static bool expand(th_script *script, th_body *body) {
    if (body->draft.request.op != TH_REQUEST_GO) return true;
    if (script->spawn_depth == TH_SCRIPT_SPAWN_MAX) {
        th_script_fail(script, (int)body->draft.request.line,
                       "goroutines start one another here without end");
        return false;
    }
    script->spawn_depth++;
    body->child = th_body_new(script, body->instance, body->draft.start_ref);
    const bool ok = th_body_resume(script, body->child, NULL) && expand(script, body->child);
    script->spawn_depth--;
    return ok;
}

void th_host_number_object(th_scenario *scenario, th_request *request) {
    th_object_kind kind = TH_OBJECT_MAP;
    if (request->op == TH_REQUEST_NEW) {
        if (request->flags == TH_BLOCK_STRUCT) kind = TH_OBJECT_STRUCT;
        if (request->flags == TH_BLOCK_CELL) kind = TH_OBJECT_CELL;
        if (request->flags == TH_BLOCK_SYNC) {
            kind = request->type == TH_SYNC_KIND_MAP ? TH_OBJECT_SYNCMAP : TH_OBJECT_SYNC;
        }
    } else if (request->op != TH_REQUEST_MAP_MAKE) {
        return;
    }
    request->c.w[0] = th_scenario_add_object(scenario, kind, request->type);
}

// Makes a node of what the body asks (a root when `from` is 0) and parks it there.
static th_node_id commit(th_script *script, th_body *body, th_node_id from, const th_result *result,
                         th_node_id starter) {
    th_programs *programs = programs_of(script);
    th_host_number_object(script->scenario, &body->draft.request);
    th_body *child = body->child;
    body->child = NULL;
    const th_request *request = &body->draft.request;
    const th_node_id node = from == 0 ? th_programs_root(programs, body->name, starter, request)
                                      : th_programs_add(programs, from, result, request);
    park(script, body, node);
    if (child != NULL) commit(script, child, 0, NULL, node);
    return node;
}

th_node_id th_host_start_one(th_script *script, th_instance *instance, uint32_t index) {
    th_body *body = th_body_of_start(script, instance, index);
    if (body == NULL) return 0;
    if (th_body_resume(script, body, NULL) && expand(script, body)) {
        return commit(script, body, 0, NULL, 0);
    }
    th_body_free(script, body);
    return 0;
}

static bool is_later(const th_scenario *scenario, uint32_t start) {
    const uint32_t *later = scenario->later_starts.items;
    for (uint32_t i = 0; i < scenario->later_starts.count; i++) {
        if (later[i] == start) return true;
    }
    return false;
}

void th_host_keep_root(th_scenario *scenario, th_node_id root) {
    const bool later = is_later(scenario, scenario->roots.count);
    *(th_node_id *)th_list_add(&scenario->roots, sizeof(root)) = root;
    if (!later) return;
    *(th_node_id *)th_list_add(&scenario->later, sizeof(root)) = root;
    scenario->env.later = scenario->later.items;
    scenario->env.later_count = scenario->later.count;
}

bool th_host_start(th_script *script) {
    for (uint32_t i = 0; i < script->base->start_count; i++) {
        const th_node_id root = th_host_start_one(script, script->base, i);
        if (root == 0) return false;
        th_host_keep_root(script->scenario, root);
    }
    return true;
}

// --- replaying ---

static void fail_differs(th_script *script, const th_body *body, const th_request *recorded) {
    char what[400];
    const th_request *asked = &body->draft.request;
    th_print out = th_print_to(what, sizeof(what));
    th_print_text(&out, "goroutine ");
    th_print_text(&out, body->name[0] != '\0' ? body->name : "(unnamed)");
    th_print_text(&out, " asked for ");
    th_script_print_request(&out, script->scenario, recorded);
    th_print_text(&out, " in line ");
    th_print_uint(&out, recorded->line);
    th_print_text(&out, " and now, after the same results, asks for ");
    th_script_print_request(&out, script->scenario, asked);
    th_print_text(&out, ": a body may depend on its results alone");
    th_script_fail(script, (int)asked->line, what);
}

static bool asks_as_recorded(th_script *script, const th_body *body, th_node_id node) {
    const th_programs *programs = programs_of(script);
    const th_request *recorded = th_programs_request(programs, node);
    bool same = th_script_same_request(recorded, &body->draft.request);
    if (same && recorded->op == TH_REQUEST_GO) {
        const char *name = th_programs_name(programs, (th_node_id)recorded->b.w[0]);
        same = strcmp(name, body->draft.name) == 0;
    }
    if (!same) fail_differs(script, body, recorded);
    return same;
}

// Runs the body from its beginning through the recorded results up to `node`.
static bool run_to(th_script *script, th_body *body, th_node_id node) {
    const th_programs *programs = programs_of(script);
    th_list path = {0};
    for (th_node_id at = node; at != 0; at = th_programs_parent(programs, at)) {
        *(th_node_id *)th_list_add(&path, sizeof(at)) = at;
    }
    const th_node_id *nodes = path.items;
    bool ok = true;
    for (uint32_t i = path.count; ok && i-- > 0;) {
        const bool is_root = i + 1 == path.count;
        const th_result *result = is_root ? NULL : th_programs_edge(programs, nodes[i]);
        ok = th_body_resume(script, body, result) && asks_as_recorded(script, body, nodes[i]);
    }
    th_list_free(&path);
    return ok;
}

static uint32_t start_index(const th_scenario *scenario, th_node_id root) {
    const th_node_id *roots = scenario->roots.items;
    for (uint32_t i = 0; i < scenario->roots.count; i++) {
        if (roots[i] == root) return i;
    }
    TH_ASSERT(!"a root that nothing starts");
    return 0;
}

th_body *th_host_replay(th_script *script, th_instance *instance, th_node_id node) {
    const th_programs *programs = programs_of(script);
    const th_node_id root = th_programs_root_of(programs, node);
    const th_node_id starter = th_programs_starter(programs, root);
    th_body *body;
    if (starter == 0) {
        body = th_body_of_start(script, instance, start_index(script->scenario, root));
    } else {
        th_body *parent = th_host_replay(script, instance, starter);
        if (parent == NULL) return NULL;
        body = th_body_new(script, instance, parent->draft.start_ref);
        th_body_free(script, parent);
    }
    if (body == NULL || run_to(script, body, node)) return body;
    th_body_free(script, body);
    return NULL;
}

static th_body *body_at(th_script *script, th_node_id node) {
    th_body *body = node < script->parked_capacity ? script->parked[node] : NULL;
    if (body != NULL) {
        unpark(script, body);
        return body;
    }
    th_instance *instance = th_instance_new(script, false);
    if (instance == NULL) return NULL;
    body = th_host_replay(script, instance, node);
    th_instance_drop(script, instance);
    return body;
}

static th_node_id refuse(th_script *script) {
    th_scenario *scenario = script->scenario;
    th_print out = th_print_to(scenario->error, sizeof(scenario->error));
    th_print_text(&out, script->error);
    return 0;
}

th_node_id th_host_next(void *context, th_node_id node, const th_result *result) {
    th_scenario *scenario = context;
    th_script *script = scenario->script;
    const th_node_id known = th_programs_next(scenario->env.programs, node, result);
    if (known != 0) return known;
    if (th_programs_count(scenario->env.programs) >= TH_PROGRAM_NODE_MAX) {
        const th_request *last = th_programs_request(scenario->env.programs, node);
        th_script_fail(script, (int)last->line,
                       "the goroutines have made more than 4 million requests (an endless loop?)");
        return refuse(script);
    }
    th_body *body = body_at(script, node);
    if (body == NULL) return refuse(script);
    if (!th_body_resume(script, body, result) || !expand(script, body)) {
        th_body_free(script, body);
        return refuse(script);
    }
    return commit(script, body, node, result, 0);
}
