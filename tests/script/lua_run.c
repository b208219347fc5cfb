#include "tests/script/lua_run.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "sim/world/schedule.h"

static const char HEAD[] = "scenario { id = \"t\", truth = \"real\" }\n";

enum { SEED_COUNT = 8, TEXT_MAX = 1 << 16 };

bool th_lua_load_bare(th_lua_run *run, const char *text, const char *fix) {
    *run = (th_lua_run){.scenario = NULL};
    const th_scenario_desc desc = {
        .path = "t.lua", .source = text, .source_length = strlen(text), .fix = fix};
    run->scenario = th_scenario_load(&desc, run->error, sizeof(run->error));
    return run->scenario != NULL;
}

bool th_lua_load(th_lua_run *run, const char *text) {
    static char whole[TEXT_MAX];
    const int length = snprintf(whole, sizeof(whole), "%s%s", HEAD, text);
    assert_in_range(length, 0, TEXT_MAX - 1);
    return th_lua_load_bare(run, whole, NULL);
}

static bool play_on(th_lua_run *run, th_chooser *chooser, th_events *events) {
    const th_resolver resolver = th_scenario_resolver(run->scenario);
    while (!th_world_ended(&run->world)) {
        th_choice choice;
        const th_chosen chosen =
            th_chooser_next(chooser, &run->world, &choice, run->error, sizeof(run->error));
        if (chosen != TH_CHOSEN) return chosen == TH_CHOSEN_NONE;
        events->count = 0;
        th_world_step(&run->world, choice, events);
        if (th_world_settle(&run->world, resolver, events)) continue;
        snprintf(run->error, sizeof(run->error), "%s", th_scenario_error(run->scenario));
        return false;
    }
    return true;
}

bool th_lua_play(th_lua_run *run, uint64_t seed) {
    th_world_copy(&run->world, th_scenario_start(run->scenario));
    const char *text = th_scenario_schedule(run->scenario);
    th_schedule *schedule = NULL;
    if (text != NULL) schedule = th_schedule_parse(text, run->error, sizeof(run->error));
    th_chooser chooser = {.schedule = schedule, .seed = seed};
    th_events events = {0};
    const bool ok = play_on(run, &chooser, &events);
    th_events_free(&events);
    th_schedule_free(schedule);
    return ok;
}

void th_lua_free(th_lua_run *run) {
    th_world_free(&run->world);
    th_scenario_free(run->scenario);
    run->scenario = NULL;
}

void th_lua_holds(const char *text) {
    th_lua_run run;
    if (!th_lua_load(&run, text)) fail_msg("%s\nrefused: %s", text, run.error);
    for (uint64_t seed = 1; seed <= SEED_COUNT; seed++) {
        if (!th_lua_play(&run, seed)) fail_msg("%s\nrefused: %s", text, run.error);
        if (th_scenario_verify(run.scenario, &run.world, run.error, sizeof(run.error))) continue;
        fail_msg("%s\nseed %d: %s", text, (int)seed, run.error);
    }
    if (!th_scenario_audit(run.scenario, run.error, sizeof(run.error))) {
        fail_msg("%s\naudit: %s", text, run.error);
    }
    th_lua_free(&run);
}

void th_lua_refused(const char *text, const char *line) {
    th_lua_run run;
    if (th_lua_load(&run, text) && th_lua_play(&run, 1)) fail_msg("%s\nwas not refused", text);
    if (strcmp(run.error, line) != 0) {
        fail_msg("%s\nrefused: %s\ninstead of: %s", text, run.error, line);
    }
    th_lua_free(&run);
}
