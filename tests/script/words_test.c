/* sim/script: what each word does, told by scenarios that check themselves. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "sim/base/print.h"
#include "tests/script/lua_run.h"

// main runs the lines; assert stops the test with its place.
#define IN_MAIN(lines) "main(function()\n" lines "\nend) expect { done = true, race = false }"

static void maps_are_read_and_written(void **state) {
    (void)state;
    th_lua_holds("local m = map.make('int', 'int') m[1] = 10\n" IN_MAIN(
        "assert(m[1] == 10 and m[2] == 0)\n"
        "m[2] = -5 m:add(2, 3) assert(m[2] == -2)\n"
        "local v, ok = m:get(2) assert(v == -2 and ok)\n"
        "v, ok = m:get(9) assert(v == 0 and not ok)\n"
        "assert(len(m) == 2) delete(m, 1) assert(len(m) == 1)\n"
        "clear(m) assert(len(m) == 0 and m[2] == 0)\n"
        "m[3.0] = 1 assert(m[3] == 1)"));
}

static void every_type_goes_in_and_comes_out(void **state) {
    (void)state;
    th_lua_holds(IN_MAIN(
        "local u = map.make('uint64', 'uint64') u[-1] = math.mininteger\n"
        "assert(u[-1] == math.mininteger)\n"
        "local s = map.make('uint16', 'int32') s[65537] = 1 << 31 assert(s[1] == -(1 << 31))\n"
        "local f = map.make('float64', 'float64') f[0.5] = 1.25 assert(f[0.5] == 1.25)\n"
        "f[0/0] = 1 f[0/0] = 2 assert(len(f) == 3)\n"
        "local t = map.make('string', 'string') t['go'] = 'map' assert(t['go'] == 'map')\n"
        "assert(t['no'] == '' and t[''] == '') t[''] = 'x\\0y' assert(t[''] == 'x\\0y')\n"
        "local p = map.make('[2]uint64', 'bool') p[{ 1, 2 }] = true\n"
        "assert(p[{ 1, 2 }] == true and p[{ 2, 1 }] == false)\n"
        "local e = map.make('int', 'struct{}') e[1] = {} assert(select(2, e:get(1)))\n"
        "local b = map.make('uint32', 'uint8') b[1] = 255 b:add(1, 1) assert(b[1] == 0)"));
}

static void keys_called_as_methods_are_reached_by_get(void **state) {
    (void)state;
    th_lua_holds(IN_MAIN("local m = map.make('string', 'int') m['get'] = 7\n"
                         "assert(m:get('get') == 7)"));
}

static void maps_are_ranged_over_once_a_key(void **state) {
    (void)state;
    th_lua_holds("local m = map.make('int', 'int') for i = 0, 19 do m[i] = i * i end\n" IN_MAIN(
        "local seen, sum = {}, 0\n"
        "for k, v in range(m) do assert(v == k * k and not seen[k])\n"
        "  seen[k] = true sum = sum + 1 end assert(sum == 20)\n"
        "local n = 0 for k in range(m) do n = n + 1 if n == 3 then break end end\n"
        "n = 0 for a in range(m) do for b in range(m) do n = n + 1 end end\n"
        "assert(n == 400)\n"
        "for k in range(map.none('int', 'int')) do assert(false) end\n"
        "for k in range(m) do delete(m, k) end assert(len(m) == 0)"));
}

static void a_nil_map_reads_and_panics(void **state) {
    (void)state;
    th_lua_holds("local m = map.none('int', 'int')\n"
                 "main(function() assert(m[1] == 0 and len(m) == 0) delete(m, 1) m[1] = 1 end)\n"
                 "expect { panic = 'assignment to entry in nil map' }");
}

static void hashes_can_be_pinned(void **state) {
    (void)state;
    th_lua_holds("local m = map.make('int', 'int') m:seed(5)\n"
                 "for i = 0, 19 do m:hash(i, 0) end\n" IN_MAIN(
                     "for i = 0, 19 do m[i] = i end for i = 0, 19 do assert(m[i] == i) end"));
}

static void cells_and_atomics_hold_values(void **state) {
    (void)state;
    th_lua_holds(
        "local v = var('int', 5) local n = atomic('uint8', 250) local s = var('string')\n" IN_MAIN(
            "assert(v.value == 5) v.value = v.value + 1 assert(v.value == 6)\n"
            "assert(s.value == '') s.value = 'text' assert(s.value == 'text')\n"
            "assert(n:add(10) == 4) assert(n:swap(7) == 4) assert(n:load() == 7)\n"
            "assert(n:cas(7, 8) and not n:cas(7, 9)) assert(n:and_(12) == 8)\n"
            "assert(n:or_(1) == 8) assert(n:load() == 9) n:store(1)\n"
            "assert(n:load() == 1)\n"
            "assert(cas(v, 'value', 6, 7) and atomic_add(v, 1) == 7)\n"
            "assert(atomic_load(v) == 8) atomic_store(v, 3)\n"
            "assert(atomic_xor(v, 1) == 3 and atomic_swap(v, 9) == 2)\n"
            "local f = var('float64', 1.5) assert(f.value == 1.5)"));
}

static void structs_lie_in_memory_as_go_lays_them(void **state) {
    (void)state;
    th_lua_holds("local In = struct('in', { { 'x', 'u16' }, { 'y', 'u64' } })\n"
                 "local T = struct('T', { { 'a', 'u8' }, { 'in_', In }, { 's', 'u32', 3 },\n"
                 "  { 'mu', 'mutex' }, { 'p', 'ptr' }, { 'b', 'bool' } })\n"
                 "local x = T:new { a = 3, b = true }\n" IN_MAIN(
                     "assert(addr(x, 'in_') == addr(x) + 8 and addr(x, 's', 2) == addr(x) + 32)\n"
                     "assert(addr(x, 'p') == addr(x) + 48)\n"
                     "assert(x.a == 3 and x.b and x.p == nil and #x.s == 3)\n"
                     "x.in_.y = 5 assert(x.in_.y == 5 and load_at(addr(x) + 16, 'u64') == 5)\n"
                     "x.s[2] = 7 assert(x.s[2] == 7 and x.s[0] == 0)\n"
                     "assert(atomic_add(x, 's', 2, 1) == 7 and cas(x.s, 2, 8, 9))\n"
                     "x.mu:lock() x.mu:unlock()\n"
                     "x.p = x assert(x.p == x and x.p.a == 3)\n"
                     "local y = T:new { a = 1, p = x } assert(y.p.p == x and y ~= x)\n"
                     "store_at(addr(y), 'u8', 9) assert(y.a == 9)\n"
                     "assert(cas_at(addr(y), 'u8', 9, 1) and T:at(addr(y)).a == 1)"));
}

static void a_pointer_knows_what_it_points_to(void **state) {
    (void)state;
    th_lua_holds(
        "local T = struct('T', { { 'a', 'u8' }, { 'next', 'ptr' } })\n"
        "local m, ch, sm = map.make('int', 'pointer'), channel(1, 'ptr'), syncmap('int', 'ptr')\n"
        "local cell, box = var('ptr'), atomic('ptr')\n"
        "go('maker', function()\n"
        "  local x = T:new { a = 7 } m[1] = x sm:store(1, x) cell.value = x box:store(x)\n"
        "  ch:send(x)\n"
        "end)\n" IN_MAIN("local x = ch:recv() assert(x.a == 7)\n"
                         "assert(m[1] == x and m[1].a == 7 and m[2] == nil)\n"
                         "assert(cell.value.a == 7 and box:load().a == 7 and sm:load(1).a == 7)\n"
                         "for k, p in range(m) do assert(p.a == 7) end\n"
                         "for k, p in range(sm) do assert(p.a == 7) end\n"
                         "x.next = m assert(len(x.next) == 1)\n"
                         "assert(box:swap(nil) == x and box:load() == nil)"));
}

static void an_index_out_of_range_panics(void **state) {
    (void)state;
    th_lua_holds("local x = struct('T', { { 's', 'u8', 8 } }):new()\n"
                 "main(function() x.s[8] = 1 end)\n"
                 "expect { panic = 'runtime error: index out of range [8] with length 8' }");
}

static void what_was_freed_faults(void **state) {
    (void)state;
    th_lua_holds("local x = struct('T', { { 'f', 'u8' } }):new()\n"
                 "main(function() free(x) local _ = x.f end) expect { fault = 'use after free' }");
    th_lua_holds("local x = struct('T', { { 'f', 'u8' } }):new()\n"
                 "main(function() free(x) free(x) end) expect { fault = 'double free' }");
    th_lua_holds("local x = struct('T', { { 'f', 'u64' }, { 'g', 'u64' } }):new()\n"
                 "main(function() free(addr(x, 'g')) end)\n"
                 "expect { fault = 'free of what is no object' }");
    th_lua_holds("local T = struct('T', { { 'f', 'u8' } })\n"
                 "main(function() local _ = T:at(0).f end)\n"
                 "expect { panic = 'runtime error: invalid memory address or nil pointer "
                 "dereference' }");
    th_lua_holds("local x = struct('T', { { 'p', 'ptr' } }):new()\n"
                 "main(function() x.p.f = 1 end)\n"
                 "expect { panic = 'runtime error: invalid memory address or nil pointer "
                 "dereference' }");
}

static void deferred_functions_run_last_first(void **state) {
    (void)state;
    th_lua_holds("local m = map.make('int', 'int')\n"
                 "main(function()\n"
                 "  defer(function() assert(m[0] == 21) end)\n"
                 "  for i = 1, 2 do defer(function() m[0] = m[0] * 10 + i end) end\n"
                 "end) expect { done = true }");
}

static void recover_stops_a_panic_where_go_would(void **state) {
    (void)state;
    th_lua_holds(
        "local v = var('int')\n"
        "main(function()\n"
        "  defer(function() v.value = v.value + 1 end)\n"
        "  defer(function() assert(recover() == 'no') assert(recover() == nil) end)\n"
        "  defer(function() local function f() return recover() end assert(f() == nil) end)\n"
        "  assert(recover() == nil)\n"
        "  panic 'no'\n"
        "end)\n"
        "finally(function() return 'v' .. v.value end)\n"
        "expect { done = true, label = 'v1' }");
    th_lua_holds("main(function() defer(function() panic 'second' end) panic 'first' end)\n"
                 "expect { panic = 'second' }");
    th_lua_holds(
        "main(function() defer(function() recover() panic 'again' end) panic 'first' end)\n"
        "expect { panic = 'again' }");
}

static void a_panic_of_the_runtime_can_be_recovered(void **state) {
    (void)state;
    th_lua_holds("local none, v = map.none('int', 'int'), var('string')\n"
                 "main(function()\n"
                 "  defer(function() v.value = recover() end)\n"
                 "  pcall(function() none[1] = 1 end) v.value = 'pcall caught it'\n"
                 "end)\n"
                 "finally(function() return v.value end)\n"
                 "expect { done = true, label = 'assignment to entry in nil map' }");
}

static void fatal_ends_the_run_at_once(void **state) {
    (void)state;
    th_lua_holds("local v = var('int')\n"
                 "main(function() defer(function() v.value = 1 end) fatal 'stop' end)\n"
                 "finally(function() return 'v' .. v.value end)\n"
                 "expect { fatal = 'stop', label = 'v0' }");
}

static void goroutines_take_arguments_and_start_others(void **state) {
    (void)state;
    th_lua_holds("local wg, n = waitgroup(), atomic('int')\n"
                 "local function add(k, deeper)\n"
                 "  n:add(k) if deeper then wg:add(1) go('deeper', add, 100) end wg:done()\n"
                 "end\n"
                 "main(function()\n"
                 "  wg:add(3) for i = 1, 2 do go('w', add, i) end go(add, 10, true)\n"
                 "  wg:wait() assert(n:load() == 113)\n"
                 "end) expect { done = true, race = false }");
}

static void without_main_the_run_ends_with_the_last(void **state) {
    (void)state;
    th_lua_holds("local n = atomic('int')\n"
                 "for i = 1, 3 do go('w', function(k) n:add(k) gosched() n:add(k) end, i) end\n"
                 "finally(function() return 'n' .. n:load() end)\n"
                 "expect { done = true, label = 'n12' }");
}

static void locks_keep_others_out(void **state) {
    (void)state;
    th_lua_holds("local mu, rw, wg = mutex(), rwmutex(), waitgroup() local v = var('int')\n"
                 "local function add()\n"
                 "  mu:lock() v.value = v.value + 1 mu:unlock()\n"
                 "  rw:lock() v.value = v.value + 1 rw:unlock()\n"
                 "  rw:rlock() local _ = v.value rw:runlock() wg:done()\n"
                 "end\n"
                 "main(function() wg:add(2) go(add) go(add) wg:wait() end)\n"
                 "finally(function() return 'v' .. v.value end)\n"
                 "expect { done = true }");
    th_lua_holds(
        "local mu = mutex()\n" IN_MAIN("assert(mu:trylock() and not mu:trylock()) mu:unlock()"));
    th_lua_holds("local mu = mutex() main(function() mu:lock() mu:lock() end)\n"
                 "expect { deadlock = true }");
    th_lua_holds("local mu = mutex() main(function() mu:unlock() end)\n"
                 "expect { fatal = 'sync: unlock of unlocked mutex' }");
}

static void a_nil_channel_is_never_ready(void **state) {
    (void)state;
    th_lua_holds(
        "local n, c, got = nil_channel(), channel(1), var('int', 0)\n"
        "main(function()\n"
        "  select { n:on_send(1, function() end), n:on_recv(function() end),\n"
        "    c:on_send(7, function() got.value = got.value + 1 end) }\n"
        "  select { n:on_recv(function() end),\n"
        "    default = function() got.value = got.value + len(n) + n:cap() + 1 end } end)\n"
        "finally(function() return 'got ' .. got.value end)\n"
        "expect { done = true, label = 'got 2' }");
    th_lua_holds(
        "local n = nil_channel() main(function() n:send(1) end) expect { deadlock = true }");
    th_lua_holds("local n = nil_channel() main(function() n:close() end)\n"
                 "expect { panic = 'close of nil channel' }");
}

static void channels_carry_values(void **state) {
    (void)state;
    th_lua_holds("local ch, full = channel(0), channel(2, 'string')\n"
                 "go('sender', function() for i = 1, 3 do ch:send(i) end ch:close() end)\n" IN_MAIN(
                     "local sum = 0 for v in range(ch) do sum = sum + v end assert(sum == 6)\n"
                     "local v, ok = ch:recv() assert(v == 0 and not ok)\n"
                     "full:send('a') full:send('b') assert(len(full) == 2)\n"
                     "assert(full:recv() == 'a' and full:recv() == 'b')"));
}

static void select_takes_a_ready_case(void **state) {
    (void)state;
    th_lua_holds("local a, b = channel(1), channel(1) a:send(5)\n" IN_MAIN(
        "local got\n"
        "select { b:on_recv(function() got = 'b' end),\n"
        "         a:on_recv(function(v, ok) got = v assert(ok) end) }\n"
        "assert(got == 5)\n"
        "select { a:on_recv(), default = function() got = 'none' end }\n"
        "assert(got == 'none')\n"
        "select { b:on_send(3, function() got = 'sent' end) }\n"
        "assert(got == 'sent' and b:recv() == 3)"));
}

static void once_runs_once(void **state) {
    (void)state;
    th_lua_holds("local once, n, wg = once(), var('int'), waitgroup()\n"
                 "local function f() once:do_(function() n.value = n.value + 1 end) wg:done() end\n"
                 "main(function() wg:add(2) go(f) go(f) wg:wait() assert(n.value == 1) end)\n"
                 "expect { done = true, race = false }");
    th_lua_holds("local once = once()\n"
                 "main(function()\n"
                 "  defer(function() assert(recover() == 'no')\n"
                 "    once:do_(function() assert(false) end) end)\n"
                 "  once:do_(function() panic 'no' end)\n"
                 "end) expect { done = true }");
}

static void conds_wake_those_who_wait(void **state) {
    (void)state;
    th_lua_holds(
        "local mu = mutex() local cond, ready = cond(mu), var('bool')\n"
        "go('waiter', function()\n"
        "  mu:lock() while not ready.value do cond:wait() end mu:unlock() end)\n"
        "go('waker', function() mu:lock() ready.value = true mu:unlock() cond:signal() end)\n"
        "expect { done = true, race = false }");
}

static void sync_maps_load_and_store(void **state) {
    (void)state;
    th_lua_holds("local sm = syncmap('string', 'int')\n" IN_MAIN(
        "sm:store('a', 1) local v, ok = sm:load('a') assert(v == 1 and ok)\n"
        "assert(sm:load('b') == nil)\n"
        "v, ok = sm:load_or_store('a', 2) assert(v == 1 and ok)\n"
        "v, ok = sm:load_or_store('b', 2) assert(v == 2 and not ok)\n"
        "local n = 0 sm:range(function(k, e) n = n + e end) assert(n == 3)\n"
        "n = 0 for k, e in range(sm) do n = n + e end assert(n == 3)\n"
        "v, ok = sm:load_and_delete('a') assert(v == 1 and ok)\n"
        "sm:delete('b') assert(sm:load('b') == nil)"));
}

static void await_goes_on_when_the_value_is_there(void **state) {
    (void)state;
    th_lua_holds("local v, d = var('int'), var('int')\n"
                 "go('a', function() await(v, 1) assert(d.value == 7) end)\n"
                 "go('b', function() d.value = 7 atomic_store(v, 1) end)\n"
                 "expect { done = true, race = false }");
}

static void finally_reads_without_changing_the_run(void **state) {
    (void)state;
    th_lua_holds("local m = map.make('int', 'int') local v = var('int', 3)\n"
                 "main(function() m[1] = v.value end)\n"
                 "finally(function() m[2] = 5 local n = 0 for k, e in range(m) do n = n + e end\n"
                 "  return 'sum ' .. n + v.value end)\n"
                 "expect { done = true, label = 'sum 11' }");
}

static void finally_reads_a_map_that_a_crash_left_in_writing(void **state) {
    (void)state;
    th_lua_holds("local m = map.make('int', 'int') m[1] = 7\n"
                 "go('a', function() m[2] = 2 end) go('b', function() m[1] = 8 end)\n"
                 "schedule 'a*4 b'\n"
                 "finally(function() return 'm[1] = ' .. m[1] end)\n"
                 "expect { fatal = 'concurrent map writes', label = 'm[1] = 7' }");
}

static void labels_tell_what_goroutines_saw(void **state) {
    (void)state;
    th_lua_holds("local v = var('int')\n"
                 "go('a', function() label 'no' label(v.value == 0 and 'early' or 'late') end)\n"
                 "go('b', function() v.value = 1 label 'written' end)\n"
                 "go('c', function() label 'written' end)\n"
                 "schedule 'a b'\n"
                 "finally(function() return 'not asked' end)\n"
                 "expect { done = true, label = 'early, written' }");
    th_lua_holds("main(function() label 'before' fatal 'the end' end)\n"
                 "expect { fatal = 'the end', label = 'before' }");
    th_lua_refused("label 'x' main(function() end)",
                   "t.lua:2: label belongs into main or go; elsewhere, return it from finally");
}

static void other_memory_models_and_schedulers_run(void **state) {
    (void)state;
    th_lua_run run;
    static const char *const KINDS[] = {"memory = 'tso'", "memory = 'weak'",
                                        "schedule = 'go', procs = 2"};
    for (size_t i = 0; i < sizeof(KINDS) / sizeof(KINDS[0]); i++) {
        char text[400];
        th_print out = th_print_to(text, sizeof(text));
        th_print_text(&out, "scenario { id = 'x', truth = 'real', ");
        th_print_text(&out, KINDS[i]);
        th_print_text(&out,
                      " } local v = var('int') local n = atomic('int')\n"
                      "for i = 1, 2 do go('w', function() v.value = i n:add(v.value) end) end\n"
                      "expect { done = true }");
        assert_true(th_lua_load_bare(&run, text, NULL));
        for (uint64_t seed = 0; seed < 20; seed++) {
            assert_true(th_lua_play(&run, seed));
            assert_true(th_scenario_verify(run.scenario, &run.world, run.error, sizeof(run.error)));
        }
        th_lua_free(&run);
    }
}

static void a_schedule_fixes_the_run(void **state) {
    (void)state;
    th_lua_holds(
        "local v = var('int')\n"
        "for _, n in ipairs { 'a', 'b' } do go(n, function() v.value = v.value + 1 end) end\n"
        "schedule 'a b a b'\n"
        "finally(function() return 'v' .. v.value end)\n"
        "expect { done = true, label = 'v1', race = true }");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(maps_are_read_and_written),
        cmocka_unit_test(every_type_goes_in_and_comes_out),
        cmocka_unit_test(keys_called_as_methods_are_reached_by_get),
        cmocka_unit_test(maps_are_ranged_over_once_a_key),
        cmocka_unit_test(a_nil_map_reads_and_panics),
        cmocka_unit_test(hashes_can_be_pinned),
        cmocka_unit_test(cells_and_atomics_hold_values),
        cmocka_unit_test(structs_lie_in_memory_as_go_lays_them),
        cmocka_unit_test(a_pointer_knows_what_it_points_to),
        cmocka_unit_test(an_index_out_of_range_panics),
        cmocka_unit_test(what_was_freed_faults),
        cmocka_unit_test(deferred_functions_run_last_first),
        cmocka_unit_test(recover_stops_a_panic_where_go_would),
        cmocka_unit_test(a_panic_of_the_runtime_can_be_recovered),
        cmocka_unit_test(fatal_ends_the_run_at_once),
        cmocka_unit_test(goroutines_take_arguments_and_start_others),
        cmocka_unit_test(without_main_the_run_ends_with_the_last),
        cmocka_unit_test(locks_keep_others_out),
        cmocka_unit_test(channels_carry_values),
        cmocka_unit_test(a_nil_channel_is_never_ready),
        cmocka_unit_test(select_takes_a_ready_case),
        cmocka_unit_test(once_runs_once),
        cmocka_unit_test(conds_wake_those_who_wait),
        cmocka_unit_test(sync_maps_load_and_store),
        cmocka_unit_test(await_goes_on_when_the_value_is_there),
        cmocka_unit_test(finally_reads_without_changing_the_run),
        cmocka_unit_test(finally_reads_a_map_that_a_crash_left_in_writing),
        cmocka_unit_test(labels_tell_what_goroutines_saw),
        cmocka_unit_test(other_memory_models_and_schedulers_run),
        cmocka_unit_test(a_schedule_fixes_the_run),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
