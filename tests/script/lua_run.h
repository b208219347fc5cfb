// Runs scenarios given as text, for tests of sim/script.
#ifndef TH_TESTS_SCRIPT_LUA_RUN_H
#define TH_TESTS_SCRIPT_LUA_RUN_H

#include "sim/script/scenario.h"

// A scenario and a run of it. `world` is where the run stands.
typedef struct th_lua_run {
    th_scenario *scenario;  // NULL: refused, see error
    th_world world;
    char error[600];
} th_lua_run;

// Loads text behind a line `scenario { id = "t", truth = "real" }`, so its first line is line 2.
bool th_lua_load(th_lua_run *run, const char *text);
// The same without that line.
bool th_lua_load_bare(th_lua_run *run, const char *text, const char *fix);
// Plays from the start with the scenario's own schedule, else the seed's. False: refused or misfit.
bool th_lua_play(th_lua_run *run, uint64_t seed);
void th_lua_free(th_lua_run *run);

// Loads, plays under several seeds and verifies what the text expects each time; then audits.
// Fails the test with the text and the reason if anything is not as it should be.
void th_lua_holds(const char *text);
// Loads and plays once; it must be refused with exactly this line.
void th_lua_refused(const char *text, const char *line);

#endif
