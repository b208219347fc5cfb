#include "gui/cli/runtime_check.h"

#include <string.h>

typedef struct runtime_check {
    const char *found;  // NULL: nothing
    unsigned missed;
} runtime_check;

static bool lies_in_map(const th_world *world, uint64_t address) {
    const th_block *block = th_memory_block(&world->memory, address);
    if (block == NULL) return false;
    switch ((th_block_kind)block->kind) {
    case TH_BLOCK_HMAP:
    case TH_BLOCK_BUCKETS:
    case TH_BLOCK_OVERFLOW:
    case TH_BLOCK_MAPEXTRA:
    case TH_BLOCK_OVERFLOW_LIST: return true;
    default: return false;
    }
}

static runtime_check check_of(const th_session *session) {
    const th_world *world = th_timeline_end(session->timeline, 0);
    const th_outcome *outcome = &world->outcome;
    runtime_check check = {0};
    if (outcome->end == TH_END_FATAL && strncmp(outcome->message, "concurrent map ", 15) == 0) {
        check.found = outcome->message;
    }
    for (uint32_t i = 0; i < world->races.report_count; i++) {
        const th_race_report *report = th_detector_report(&world->races, i);
        // What it found is the race of the access that it failed at.
        const bool found = check.found != NULL && report->later.step == world->step_count;
        check.missed += !found && lies_in_map(world, report->later.address);
    }
    return check;
}

void th_runtime_check_print(const th_session *session, FILE *stream) {
    const runtime_check check = check_of(session);
    if (check.found == NULL && check.missed == 0) return;
    fprintf(stream, "check     found %s, missed %u race%s\n",
            check.found != NULL ? check.found : "nothing", check.missed,
            check.missed == 1 ? "" : "s");
}

void th_runtime_check_add_json(const th_session *session, cJSON *object) {
    const runtime_check check = check_of(session);
    cJSON *added = cJSON_AddObjectToObject(object, "check");
    if (check.found != NULL) {
        cJSON_AddStringToObject(added, "found", check.found);
    } else {
        cJSON_AddNullToObject(added, "found");
    }
    cJSON_AddNumberToObject(added, "missed", check.missed);
}
