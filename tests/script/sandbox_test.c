/* sim/script: hostile and mistaken scripts. Each ends in one clear line. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/script/lua_run.h"

#define TOO_LONG "t.lua:2: this takes too long (an endless loop?)"
#define TOO_BIG "t.lua:2: a table or the stack of calls grows beyond 2 MiB"
#define LONG_STRING "t.lua:2: a string is longer than 64 KiB"

typedef struct attack {
    const char *text, *line;
} attack;

static void all_are_refused(const attack *attacks, size_t count) {
    for (size_t i = 0; i < count; i++) th_lua_refused(attacks[i].text, attacks[i].line);
}

#define REFUSED(attacks) all_are_refused(attacks, sizeof(attacks) / sizeof((attacks)[0]))

static void loops_end(void **state) {
    (void)state;
    static const attack ATTACKS[] = {
        {"while true do end", TOO_LONG},
        {"main(function() while true do end end)", TOO_LONG},
        {"main(function() while true do pcall(function() while true do end end) end end)",
         TOO_LONG},
        {"local function f() while true do pcall(f) end end f()", TOO_LONG},
        {"local f f = function(...) return f(1, ...) end f()", TOO_LONG},
        {"local a, b = ('x'):rep(60000) .. 'a', ('x'):rep(60000) .. 'b' while a ~= b do end",
         TOO_LONG},
        {"main(function() local s = ('x'):rep(60000) while s .. 'y' do end end)", TOO_LONG},
        {"local t = {} for i = 1, 1e5 do t[i] = i end while true do pairs(t) end", TOO_LONG},
        {"local t = {} for i = 1, 1e5 do t[i] = i end while true do table.insert(t, 1, 0) end",
         TOO_LONG},
        {"while true do table.unpack({}, 1, 50000) end", TOO_LONG},
        {"main(function() defer(function() while true do end end) end)", TOO_LONG},
        {"main(function() while true do caption('x') end end)",
         "t.lua:2: a goroutine goes round and round here without taking a step"},
        {"main(function() while true do map.make('int', 'int') end end)",
         "t.lua:2: a goroutine goes round and round here without taking a step"},
        {"local function f() go(f) end main(f)",
         "t.lua:2: goroutines start one another here without end"},
    };
    REFUSED(ATTACKS);
}

static void memory_is_limited(void **state) {
    (void)state;
    static const attack ATTACKS[] = {
        {"local s = string.rep('x', 1 << 30)",
         "t.lua:2: string.rep: the string would be longer than 64 KiB"},
        {"local s = string.rep('x', 1 << 62)",
         "t.lua:2: string.rep: the string would be longer than 64 KiB"},
        {"local s = 'x' while true do s = s .. s end", LONG_STRING},
        {"local s = 'x' while true do pcall(function() while true do s = s .. s end end) end",
         LONG_STRING},
        {"local t = {} for i = 1, 1e6 do t[i] = i end", TOO_BIG},
        {"local t = {} for i = 1, 1e5 do t[i] = 'xxxxxxxxxx' end local s = table.concat(t)",
         LONG_STRING},
        {"local function f() return 1 + f() end f()", TOO_BIG},
        {"main(function() local function f() return 1 + f() end f() end)", TOO_BIG},
        {"local t = {} while true do pcall(function() for i = 1, 1e9 do t[#t + 1] = i end end) end",
         TOO_BIG},
        {"main(function() local t = {} for i = 1, 100 do t[i] = {} for j = 1, 65536 do t[i][j] = j "
         "end gosched() end end)",
         "t.lua:2: the script needs more than 64 MiB of memory"},
    };
    REFUSED(ATTACKS);
}

static void nothing_reaches_the_machine(void **state) {
    (void)state;
    static const attack ATTACKS[] = {
        {"io.open('x')", "t.lua:2: 'io' is not available: a scenario touches no files"},
        {"os.exit(1)", "t.lua:2: 'os' is not available: a scenario has no clock and no files"},
        {"require 'x'", "t.lua:2: 'require' is not available: use \"NAME\" takes a library"},
        {"load('x')()", "t.lua:2: 'load' is not available: a scenario's code is its file"},
        {"debug.getregistry()",
         "t.lua:2: 'debug' is not available: a scenario cannot look into its host"},
        {"collectgarbage()",
         "t.lua:2: 'collectgarbage' is not available: memory is not a scenario's business"},
        {"setmetatable({}, { __gc = function() end })",
         "t.lua:2: 'setmetatable' is not available: use struct"},
        {"coroutine.wrap(function() end)()", "t.lua:2: 'coroutine' is not available: use go"},
        {"print('x')",
         "t.lua:2: 'print' is not available: use caption{ en = ... } to tell the viewer something"},
        {"string.rep = nil", "t.lua:2: string cannot be changed"},
        {"local s = ('x').dump", "t.lua:2: string has no 'dump' in scenarios"},
        {"string.find('x', 'x')", "t.lua:2: string has no 'find' in scenarios"},
        {"\x1bLua", "t.lua:2: unexpected symbol near '<\\27>'"},
    };
    REFUSED(ATTACKS);
}

static void nothing_differs_from_run_to_run(void **state) {
    (void)state;
    static const attack ATTACKS[] = {
        {"local x = math.random(5)", "t.lua:2: math.random is not available: a run may depend on "
                                     "its seed and choices alone"},
        {"local s = string.format('%p', {})",
         "t.lua:2: string.format: %p is not the same in every run"},
        {"error(tostring({}) .. string.format('%s', main))", "t.lua:2: tablefunction"},
        {"for k in pairs({ [main] = 1 }) do end",
         "t.lua:2: pairs: keys of type function have no order"},
        {"next({})", "t.lua:2: 'next' is not available: use pairs"},
    };
    REFUSED(ATTACKS);
}

static void mistakes_are_explained(void **state) {
    (void)state;
    static const attack ATTACKS[] = {
        {"local x = = 1", "t.lua:2: unexpected symbol near '='"},
        {"go('，'，main)",
         "t.lua:2: ')' expected near '，': outside of texts and comments only ASCII is read"},
        {"local s = \"\\\"“\" .. “a”",
         "t.lua:2: unexpected symbol near '“': outside of texts and comments only ASCII is read"},
        {"local c = chanel(1)", "t.lua:2: unknown word 'chanel', did you mean 'channel'?"},
        {"frobnicate()", "t.lua:2: unknown word 'frobnicate'"},
        {"error({})", "t.lua:2: an error that is no text"},
        {"error('a\\nb\\tc')", "t.lua:2: a b c"},
        {"go = 5", "t.lua:2: 'go' is a word of scenarios: choose another name"},
        {"main(function() x = 5 end)",
         "t.lua:2: 'x' would be a global set while the run goes on: goroutines share simulated "
         "memory alone (write local, or use var)"},
        {"local m = map.make('int', 'int') m['x'] = 1", "t.lua:2: key must be int, got string 'x'"},
        {"local m = map.make('int', 'int') local x = m[1.5]", "t.lua:2: key must be int, got 1.5"},
        {"local m = map.make('int', 'int') m[m] = 1", "t.lua:2: key must be int, got map"},
        {"local m = map.make('int', 'string') m[1] = 5", "t.lua:2: value must be string, got 5"},
        {"local m = map.make('int', 'int') m[1] = nil",
         "t.lua:2: value must be int, got nil (delete(m, k) removes a key)"},
        {"map.make('itn', 'int')", "t.lua:2: unknown type 'itn', did you mean 'int'?"},
        {"map.maek('int', 'int')", "t.lua:2: map has no 'maek', did you mean 'make'?"},
        {"local m = map.make('int', 'int') for k in m do end",
         "t.lua:2: map is no function: a loop goes over range(...) of it"},
        {"for v in channel(1) do end",
         "t.lua:2: chan is no function: a loop goes over range(...) of it"},
        {"delete(5, 1)", "t.lua:2: a map is expected, got int"},
        {"pairs(map.make('int', 'int'))", "t.lua:2: pairs goes over Lua's tables; use range(m)"},
        {"local v = var('int') v.valeu = 1", "t.lua:2: a var has only .value, not 'valeu'"},
        {"local T = struct('T', { { 'count', 'i64' } }) local x = T:new{} x.cuont = 1",
         "t.lua:2: T has no field 'cuont', did you mean 'count'?"},
        {"local x = struct('T', { { 'a', 'i64' } }):new{ b = 1 }", "t.lua:2: T has no field 'b'"},
        {"struct('T', { { 'a', 'q64' } })", "t.lua:2: unknown type 'q64'"},
        {"mutex():lokc()", "t.lua:2: sync.Mutex has no 'lokc', did you mean 'lock'?"},
        {"rwmutex():RLock()", "t.lua:2: sync.RWMutex has no 'RLock', did you mean 'rlock'?"},
        {"mutex():frobnicate()", "t.lua:2: sync.Mutex has no 'frobnicate'"},
        {"mutex().lock()", "t.lua:2: a method is called with a colon, as in mu:lock()"},
        {"go('a b', function() end)",
         "t.lua:2: 'a b' cannot name a goroutine: no spaces, none of * @ # : ~ ^ +"},
        {"go('a')", "t.lua:2: go needs a function: go(name, fn, ...), got no value"},
        {"expect { fatl = 'x' }", "t.lua:2: expect has no 'fatl', did you mean 'fatal'?"},
        {"expect { done = true, deadlock = true }", "t.lua:2: expect: a run has one end"},
        {"caption { en = 'x', xx = 'y' }", "t.lua:2: caption has no 'xx'"},
        {"fix()", "t.lua:2: fix() needs a fixes { \"none\", ... } before it"},
        {"schedule 'a **'", "t.lua:2: schedule, column 3: the name of a goroutine is missing"},
        {"scenario { id = 'u', truth = 'real' }", "t.lua:2: there is a scenario{...} already"},
        {"when('grwo', function() end)", "t.lua:2: when: no event 'grwo', did you mean 'grow'?"},
        {"local x = 1", "t.lua: the file starts no goroutine: use main(fn) or go(name, fn)"},
        {"main(function() end) main(function() end)", "t.lua:2: there is a main already"},
        {"defer(function() end)", "t.lua:2: defer belongs into a body"},
        {"local function f() defer(function() end) end main(function() f() end)",
         "t.lua:2: defer works in a goroutine's own function, not in one it calls"},
        {"local wg = waitgroup() wg:add(1) wg:wait()",
         "t.lua:2: would block for ever: nothing else runs yet"},
        {"main(function() table.sort({ 2, 1 }, function(a, b) gosched() return a < b end) end)",
         "t.lua:2: this cannot be done inside table.sort"},
    };
    REFUSED(ATTACKS);
}

static void a_scenario_describes_itself(void **state) {
    (void)state;
    static const attack ATTACKS[] = {
        {"", "t.lua: the file has no scenario{...}"},
        {"scenario { truth = 'real' }", "t.lua:1: scenario needs an id"},
        {"scenario { id = 'x' }", "t.lua:1: scenario needs truth = \"real\" (Go does this) or "
                                  "\"model\" (a mistaken idea made visible)"},
        {"scenario { id = 'x', truth = 'maybe' }", "t.lua:1: truth is \"real\" or \"model\""},
        {"scenario { id = 'x', truth = 'real', porcs = 2 }",
         "t.lua:1: scenario has no 'porcs', did you mean 'procs'?"},
        {"scenario { id = 'x', truth = 'real', procs = 0 }",
         "t.lua:1: procs is a whole number from 1 to 16"},
        {"scenario { id = 'x', truth = 'real', memory = 'tsx' }",
         "t.lua:1: memory is \"sc\" or \"tso\" or \"weak\""},
        {"local m = map.make('int', 'int') scenario { id = 'x', truth = 'real' }",
         "t.lua:1: scenario{...} comes before what the file declares"},
    };
    for (size_t i = 0; i < sizeof(ATTACKS) / sizeof(ATTACKS[0]); i++) {
        th_lua_run run;
        assert_false(th_lua_load_bare(&run, ATTACKS[i].text, NULL));
        assert_string_equal(run.error, ATTACKS[i].line);
    }
}

static void a_fix_must_be_offered(void **state) {
    (void)state;
    th_lua_run run;
    static const char TEXT[] = "scenario { id = 'x', truth = 'real' } fixes { 'none', 'mutex' }"
                               "main(function() if fix() == 'mutex' then panic 'fixed' end end)";
    assert_false(th_lua_load_bare(&run, TEXT, "lock"));
    assert_string_equal(run.error, "t.lua: the scenario offers no fix of that name");
    assert_true(th_lua_load_bare(&run, TEXT, "mutex"));
    assert_string_equal(th_scenario_fix_chosen(run.scenario), "mutex");
    assert_string_equal(th_scenario_fix(run.scenario, 0), "none");
    assert_null(th_scenario_fix(run.scenario, 2));
    assert_true(th_lua_play(&run, 1));
    assert_int_equal(run.world.outcome.end, TH_END_PANIC);
    th_lua_free(&run);
}

static void a_byte_order_mark_is_skipped(void **state) {
    (void)state;
    th_lua_run run;
    assert_true(th_lua_load_bare(
        &run, "\xef\xbb\xbfscenario { id = 'x', truth = 'real' }\r\nmain(function() end)\r\n",
        NULL));
    th_lua_free(&run);
}

static void a_library_still_works(void **state) {
    (void)state;
    th_lua_holds(
        "local t = { b = 1, a = 2, 10, [-1] = 3 } local s = ''\n"
        "for k, v in pairs(t) do s = s .. tostring(k) .. '=' .. v .. ' ' end\n"
        "assert(s == '-1=3 1=10 a=2 b=1 ', s)\n"
        "local u = { 3, 1, 2 } table.sort(u, function(a, b) return a > b end)\n"
        "assert(table.concat(u, ',') == '3,2,1')\n"
        "local big = {} for i = 1, 1000 do big[i] = (i * 7919) % 1000 end table.sort(big)\n"
        "for i = 1, 1000 do assert(big[i] == i - 1) end\n"
        "assert(('%d-%s'):format(5, 'x') == '5-x' and ('ab'):rep(2, '-') == 'ab-ab')\n"
        "assert(select('#', 1, nil) == 2 and select(-1, 1, 2) == 2)\n"
        "local ok, e = pcall(error, 'no', 0) assert(not ok and e == 'no')\n"
        "assert(math.max(1, 2) == 2 and math.tointeger(3.0) == 3)\n"
        "main(function() end) expect { done = true }");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(loops_end),
        cmocka_unit_test(memory_is_limited),
        cmocka_unit_test(nothing_reaches_the_machine),
        cmocka_unit_test(nothing_differs_from_run_to_run),
        cmocka_unit_test(mistakes_are_explained),
        cmocka_unit_test(a_scenario_describes_itself),
        cmocka_unit_test(a_fix_must_be_offered),
        cmocka_unit_test(a_byte_order_mark_is_skipped),
        cmocka_unit_test(a_library_still_works),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
