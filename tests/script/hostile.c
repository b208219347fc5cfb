#include "tests/script/hostile.h"

#include "gui/files/libraries.h"
#include "sim/base/assert.h"
#include "sim/script/scenario.h"
#include "sim/world/schedule.h"

#include <string.h>

enum { STEP_COUNT = 600, ERROR_MAX = 512 };

static const char PATH[] = "scripts/hostile.lua";  // there is none: libraries are looked for beside

th_mutant th_hostile_mutant(const th_mutant *text, const th_mutant *other, th_rng *rng) {
    static const char *const WORDS[] = {"nil",
                                        "true",
                                        "-1",
                                        "0",
                                        "1e308",
                                        "0/0",
                                        "1/0",
                                        "1 << 62",
                                        "-(1 << 63)",
                                        "'x'",
                                        "''",
                                        "{}",
                                        "{{}}",
                                        "function() end",
                                        "math",
                                        "main",
                                        "go",
                                        "map",
                                        "m",
                                        "wg",
                                        "mu",
                                        "ch",
                                        "map.make('string', 'uint8', 1 << 40)",
                                        "string.rep('x', 65536)",
                                        "select",
                                        "close",
                                        "expect",
                                        "fix",
                                        "fixes",
                                        "replay",
                                        "schedule",
                                        "when",
                                        "struct",
                                        "memory",
                                        "channel(-1)",
                                        "go(main)",
                                        "defer",
                                        "recover",
                                        "panic",
                                        "label",
                                        "caption",
                                        "ask",
                                        "atomic",
                                        "use",
                                        "end",
                                        "...",
                                        "goto x",
                                        "%",
                                        "--[[",
                                        "\"",
                                        "\0",
                                        NULL};
    th_mutant mutant = th_mutant_of(text, other, rng);
    for (uint64_t i = th_rng_below(rng, 3); i > 0; i--) th_mutant_change_word(&mutant, WORDS, rng);
    return mutant;
}

static void check_line(const char *error) {
    TH_ASSERT(error[0] != '\0');
    TH_ASSERT(strchr(error, '\n') == NULL);
    TH_ASSERT(strlen(error) < ERROR_MAX);
}

// False: refused.
static bool play(th_scenario *scenario, th_world *world, uint64_t seed) {
    th_events events = {0};
    th_chooser chooser = {.seed = seed};
    char error[ERROR_MAX] = "";
    bool good = true;
    for (int i = 0; i < STEP_COUNT && good && !th_world_ended(world); i++) {
        th_choice choice;
        if (th_chooser_next(&chooser, world, &choice, error, sizeof(error)) != TH_CHOSEN) break;
        events.count = 0;
        th_world_step(world, choice, &events);
        good = th_world_settle(world, th_scenario_resolver(scenario), &events);
    }
    if (!good) check_line(th_scenario_error(scenario));
    th_events_free(&events);
    return good;
}

static void ask_at_the_end(th_scenario *scenario, const th_world *world) {
    char why[ERROR_MAX] = "";
    const char *label = NULL;
    if (!th_scenario_finish(scenario, world, &label, why, sizeof(why))) check_line(why);
    why[0] = '\0';
    if (!th_scenario_verify(scenario, world, why, sizeof(why))) check_line(why);
}

th_hostile_end th_hostile_run(const th_mutant *text, uint64_t seed) {
    char error[ERROR_MAX] = "";
    const th_scenario_desc desc = {.path = PATH,
                                   .source = text->bytes,
                                   .source_length = text->length,
                                   .libraries = th_libraries_beside(PATH)};
    th_scenario *scenario = th_scenario_load(&desc, error, sizeof(error));
    if (scenario == NULL) {
        check_line(error);
        return TH_HOSTILE_REFUSED;
    }
    th_world world = {0};
    th_world_copy(&world, th_scenario_start(scenario));
    const bool ran = play(scenario, &world, seed);
    if (ran && th_world_ended(&world)) ask_at_the_end(scenario, &world);
    th_world_free(&world);
    if (!th_scenario_audit(scenario, error, sizeof(error))) check_line(error);
    th_scenario_free(scenario);
    return ran ? TH_HOSTILE_RAN : TH_HOSTILE_STOPPED;
}
