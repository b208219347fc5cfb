// Requests: a word asks, the file's declarations are answered at once, a body yields.
#include "sim/script/script.h"

#include "sim/base/assert.h"

static bool makes_object(const th_request *request) {
    return request->op == TH_REQUEST_MAP_MAKE || request->op == TH_REQUEST_NEW;
}

bool th_script_same_request(const th_request *recorded, const th_request *asked) {
    if (recorded->op != asked->op || recorded->flags != asked->flags) return false;
    if (recorded->type != asked->type || recorded->line != asked->line) return false;
    if (recorded->a != asked->a) return false;
    if (recorded->op == TH_REQUEST_GO) return true;  // b is the program it starts
    for (int i = 0; i < 2; i++) {
        if (recorded->b.w[i] != asked->b.w[i]) return false;
        if (!makes_object(recorded) && recorded->c.w[i] != asked->c.w[i]) return false;
    }
    return true;
}

static void declare_first(lua_State *L, th_script *script, th_request *request) {
    th_scenario *scenario = script->scenario;
    th_scenario_begin_world(scenario);
    th_host_number_object(scenario, request);
    const char *message = NULL;
    if (!th_world_declare(&scenario->start, request, &script->result, &message)) {
        luaL_error(L, "%s", message ? message : "this cannot be done here");
    }
    if (script->result.panic) return;
    if (makes_object(request)) {
        th_scenario_object(scenario, (uint32_t)request->c.w[0])->address = script->result.w[0];
    }
    th_declaration *made = th_list_add(&scenario->declarations, sizeof(*made));
    *made = (th_declaration){.request = *request, .result = script->result};
}

static void declare_again(lua_State *L, th_script *script, const th_request *request) {
    const th_scenario *scenario = script->scenario;
    const uint32_t i = script->instance->declared_count++;
    const th_declaration *recorded = (const th_declaration *)scenario->declarations.items + i;
    if (i >= scenario->declarations.count || !th_script_same_request(&recorded->request, request)) {
        luaL_error(L, "the file declares something else each time it is run");
    }
    script->result = recorded->result;
}

int th_script_ask(lua_State *L, const th_request *request, lua_KContext context, lua_KFunction k) {
    th_script *script = th_script_of(L);
    th_request asked = *request;
    asked.line = (uint32_t)th_script_line(L);
    switch ((th_mode)script->mode) {
    case TH_MODE_FILE:
        if (script->instance->is_base) {
            declare_first(L, script, &asked);
        } else {
            declare_again(L, script, &asked);
        }
        return k(L, LUA_OK, context);
    case TH_MODE_FINALLY: {
        const char *message = NULL;
        if (!th_world_declare(script->judged, &asked, &script->result, &message)) {
            return luaL_error(L, "%s", message ? message : "this cannot be read here");
        }
        return k(L, LUA_OK, context);
    }
    case TH_MODE_BODY: break;
    }
    if (!lua_isyieldable(L)) {
        return luaL_error(L, "this cannot be done inside table.sort");
    }
    script->body->draft.request = asked;
    return lua_yieldk(L, 0, context, k);
}

const th_result *th_script_answer(lua_State *L) {
    th_script *script = th_script_of(L);
    const th_result *result = &script->result;
    if (!result->panic) return result;
    const char *text = th_strings_text(script->scenario->env.gomap.strings, result->w[0]);
    th_body_panic(L, text ? text : "");
    return NULL;
}

static void print_typed(th_print *out, const th_scenario *scenario, th_scalar scalar,
                        const th_value *value) {
    if (scalar == TH_STRING) {
        const char *text = th_strings_text(scenario->env.gomap.strings, value->w[0]);
        th_print_text(out, "\"");
        th_print_text(out, text ? text : "");
        th_print_text(out, "\"");
    } else if (scalar == TH_PTR) {
        th_print_hex(out, value->w[0]);
    } else {
        th_print_int(out, (int64_t)value->w[0]);
    }
}

static void print_map_operands(th_print *out, const th_scenario *scenario,
                               const th_request *request) {
    const th_map_type *type = &scenario->env.gomap.types[request->type];
    switch (request->op) {
    case TH_REQUEST_MAP_GET:
    case TH_REQUEST_MAP_SET:
    case TH_REQUEST_MAP_ADD:
    case TH_REQUEST_MAP_DELETE:
        th_print_text(out, " (key ");
        print_typed(out, scenario, (th_scalar)type->key, &request->b);
        break;
    default: return;
    }
    if (request->op == TH_REQUEST_MAP_SET || request->op == TH_REQUEST_MAP_ADD) {
        th_print_text(out, ", value ");
        print_typed(out, scenario, (th_scalar)type->elem, &request->c);
    }
    th_print_text(out, ")");
}

void th_script_print_request(th_print *out, const th_scenario *scenario,
                             const th_request *request) {
    const th_request_op op = (th_request_op)request->op;
    if (op == TH_REQUEST_SYNC) {
        th_print_text(out, th_sync_op_string((th_sync_op)request->flags));
        return;
    }
    th_print_text(out, th_request_op_string(op));
    switch (th_request_op_class(op)) {
    case TH_CLASS_MAP: print_map_operands(out, scenario, request); break;
    case TH_CLASS_CELL:
        th_print_text(out, " at ");
        th_print_hex(out, request->a);
        if (op == TH_REQUEST_STORE || op == TH_REQUEST_ATOMIC_STORE) {
            th_print_text(out, " of ");
            th_print_int(out, (int64_t)request->b.w[0]);
        }
        break;
    default: break;
    }
}
