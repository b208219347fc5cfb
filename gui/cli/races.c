#include "gui/cli/races.h"

#include "gui/cli/functions.h"
#include "sim/race/report.h"

enum { REPORT_BYTES = 4096, FILE_BYTES = 64 };

// What th_race_print asks for names. The texts hold one stack.
typedef struct race_names {
    const th_session *session;
    const th_world *world;
    uint64_t step;  // at which the race that is told of was found
    char functions[TH_RACE_FRAME_MAX][TH_FUNCTION_BYTES];
    char file[FILE_BYTES];
} race_names;

static const th_request *request_of(const race_names *names, uint32_t node) {
    return th_programs_request(names->world->env->programs, node);
}

static uint32_t body_frame(race_names *names, uint32_t index, th_node_id node, uint32_t line,
                           th_race_frame *frames) {
    char *function = names->functions[index];
    th_function_name(names->world, node, function, TH_FUNCTION_BYTES);
    frames[index] = (th_race_frame){
        .function = function,
        .file = names->session->path,
        .line = line,
    };
    return index + 1;
}

static uint32_t runtime_frame(race_names *names, const th_race_access *access,
                              th_race_frame *frames) {
    th_routine routine;
    const th_request *request = request_of(names, access->node);
    if (!th_place_routine(names->world, request, access->site, &routine)) return 0;
    th_function_routine_name(&routine, names->functions[0], TH_FUNCTION_BYTES);
    frames[0] = (th_race_frame){
        .function = names->functions[0],
        .file = routine.file,
        .line = routine.real_line,
    };
    return 1;
}

static uint32_t stack(void *context, const th_race_access *access, th_race_frame *frames) {
    race_names *names = context;
    if (access->node == 0) return 0;
    const uint32_t count = runtime_frame(names, access, frames);
    return body_frame(names, count, access->node, access->line, frames);
}

static uint32_t creation(void *context, uint16_t g, th_race_frame *frames) {
    race_names *names = context;
    const th_node_id starter = th_function_starter(names->world, g);
    if (starter == 0) return 0;
    return body_frame(names, 0, starter, request_of(names, starter)->line, frames);
}

static bool finished(void *context, uint16_t g) {
    const race_names *names = context;
    const th_world *then = th_timeline_seek(names->session->timeline, 0, names->step - 1);
    return g < then->goroutine_count && then->goroutines[g].status == TH_STATUS_DEAD;
}

// A program that dies does so before Go's detector can count.
static bool dies(const th_world *world) {
    const th_end end = (th_end)world->outcome.end;
    return end == TH_END_FATAL || end == TH_END_PANIC || end == TH_END_DEADLOCK;
}

void th_races_print(const th_session *session, FILE *stream) {
    const th_world *world = th_timeline_end(session->timeline, 0);
    race_names context = {.session = session, .world = world};
    const th_race_names names = {
        .context = &context,
        .stack = stack,
        .creation = creation,
        .finished = finished,
        .main_g = world->main_g,
    };
    char text[REPORT_BYTES];
    for (uint32_t i = 0; i < world->races.report_count; i++) {
        th_print out = th_print_to(text, sizeof text);
        const th_race_report *report = th_detector_report(&world->races, i);
        context.step = report->later.step;
        th_race_print(&out, report, &names);
        fputs(text, stream);
    }
    if (dies(world)) return;
    th_print out = th_print_to(text, sizeof text);
    th_race_print_count(&out, world->races.report_count);
    if (world->races.report_count > 0) fputs(text, stream);
}

static cJSON *access_json(const th_world *world, const th_race_access *access) {
    cJSON *object = cJSON_CreateObject();
    cJSON_AddNumberToObject(object, "g", access->g);
    cJSON_AddStringToObject(object, "goroutine", th_world_goroutine_name(world, access->g));
    cJSON_AddStringToObject(object, "kind", th_event_kind_string((th_event_kind)access->kind));
    cJSON_AddNumberToObject(object, "step", (double)access->step);
    cJSON_AddNumberToObject(object, "line", access->line);
    return object;
}

static cJSON *report_json(const th_session *session, const th_world *world,
                          const th_race_report *report) {
    char text[256];
    cJSON *object = cJSON_CreateObject();
    snprintf(text, sizeof text, "0x%llx", (unsigned long long)report->later.address);
    cJSON_AddStringToObject(object, "address", text);
    th_scenario_name(session->scenario, world, report->later.address, text, sizeof text);
    cJSON_AddStringToObject(object, "name", text);
    cJSON_AddItemToObject(object, "earlier", access_json(world, &report->earlier));
    cJSON_AddItemToObject(object, "later", access_json(world, &report->later));
    cJSON_AddNumberToObject(object, "count", (double)report->count);
    th_print out = th_print_to(text, sizeof text);
    th_race_print_why(&out, report);
    cJSON_AddStringToObject(object, "why", text);
    return object;
}

cJSON *th_races_json(const th_session *session) {
    const th_world *world = th_timeline_end(session->timeline, 0);
    cJSON *list = cJSON_CreateArray();
    for (uint32_t i = 0; i < world->races.report_count; i++) {
        const th_race_report *report = th_detector_report(&world->races, i);
        cJSON_AddItemToArray(list, report_json(session, world, report));
    }
    return list;
}
