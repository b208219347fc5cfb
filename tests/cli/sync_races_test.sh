#!/bin/bash
# A send and a close that nothing orders race, as Go's detector has it; ordered ones do not, and
# nothing else on a channel does. Every order of each program is looked at. So do a WaitGroup's first
# Add and first Wait.
set -u
cd "$(dirname "$0")/../.." || exit 1
. tests/cli/support.sh

# Writes a scenario, two goroutines and main: $1 declarations, $2 and $3 bodies, $4 main's.
program() {
    cat >"$scratch/program.lua" <<EOF
scenario { id = "program", chapter = "t", truth = "real", title = { en = "Channels" }, seed = 1 }
$1
main(function()
  go("first", function() $2 end)
  go("second", function() $3 end)
  $4
end)
EOF
}

explored() {
    run explore --json "$scratch/program.lua"
    python3 -c 'import json, sys
o = json.load(open(sys.argv[1]))
races = [each["race"] for each in o["outcomes"]]
sys.exit(not (o["complete"] and eval(sys.argv[2])))' "$scratch/out" "$1"
}

c='local c, wg = channel(1), waitgroup()'
program "$c wg:add(2)" "c:send(1) wg:done()" "c:close() wg:done()" "wg:wait()"
claim "a send and a close race in every order" explored 'all(races)'
run run "$scratch/program.lua" --schedule "first*1 second*"
claim "the report is Go's, the close first" test "$(sed -n '/^WARNING/,/^$/p' "$scratch/out")" = \
    "WARNING: DATA RACE
Write at 0x00c000001010 by goroutine 3:
  runtime.closechan()
      runtime/chan.go:357
  main.second()
      $scratch/program.lua:5"
claim "then the send" test \
    "$(sed -n '/^Previous/,/^$/p' "$scratch/out")" = \
    "Previous read at 0x00c000001010 by goroutine 2:
  runtime.chansend()
      runtime/chan.go:160
  main.first()
      $scratch/program.lua:4"
run run "$scratch/program.lua" --schedule "second*1 first*"
claim "a send that panics has raced too" out_has "^Read at 0x00c000001010 by goroutine 2:$"
claim "and panics" err_has "^panic: send on closed channel$"

program "local c, never = channel(0), channel(0)" "c:send(1)" "c:close()" "never:recv()"
claim "a send that waits races with the close that ends it" explored 'all(races)'

program "$c wg:add(2)" "select { c:on_send(1, function() end) } wg:done()" \
    "c:close() wg:done()" "wg:wait()"
claim "a select's send races as well" explored 'all(races)'
run run "$scratch/program.lua" --schedule "first*1 second*"
claim "as a send, not as a select" out_has "^  runtime.chansend\(\)$"

program "local c, wg = channel(0), waitgroup() wg:add(2)" \
    "select { c:on_send(1, function() end), default = function() end } wg:done()" \
    "c:close() wg:done()" "wg:wait()"
claim "even one that falls back to its default" explored 'all(races)'

program "$c wg:add(1)" "c:send(1) wg:done()" "wg:wait() c:close()" "wg:wait()"
claim "a wait group orders them" explored 'not any(races)'

program "local c, mu, open = channel(1), mutex(), var('bool', true)" \
    "mu:lock() if open.value then c:send(1) end mu:unlock()" \
    "mu:lock() open.value = false c:close() mu:unlock()" "gosched()"
claim "a mutex orders them, in either order" explored 'not any(races)'

program "local c = channel(1)" "c:send(1)" "local _ = c:recv() c:close()" "gosched()"
claim "a receive orders them" explored 'not any(races)'

program "local c = channel(0)" "c:send(1)" "local _ = c:recv() c:close()" "gosched()"
claim "without a buffer too" explored 'not any(races)'

program "local c = channel(2)" "c:send(1)" "c:send(2)" "gosched()"
claim "two sends do not race" explored 'not any(races)'

program "local c = channel(1)" "c:close()" "local _ = c:recv()" "gosched()"
claim "a receive and a close do not" explored 'not any(races)'

program "local c = channel(1)" "c:close()" "local _ = len(c) + c:cap()" "gosched()"
claim "len, cap and a close do not" explored 'not any(races)'

program "local c = channel(1)" "c:close()" "c:close()" "gosched()"
claim "two closes do not: the second has panicked before" explored 'not any(races)'

# A WaitGroup as Go has it; $1 is what main does before it waits.
wait_group() {
    cat >"$scratch/program.lua" <<EOF
scenario { id = "program", chapter = "t", truth = "real", title = { en = "Add" }, seed = 1,
  schedule = "go", procs = 1 }
local wg, wg2 = waitgroup(), waitgroup()
wg2:add(1)
main(function() $1
  wg:wait()
end)
EOF
    run run "$scratch/program.lua"
}
wait_group 'go("adds", function() wg:add(1) gosched() wg:done() end) gosched()'
claim "a first Add in the goroutine races with Wait" test "$(sed -n '/^WARNING/,/^Gor/p' "$scratch/out")" = \
    "WARNING: DATA RACE
Write at 0x00c000001008 by main goroutine:
  sync.(*WaitGroup).Wait()
      sync/waitgroup.go:112
  main.main()
      $scratch/program.lua:6

Previous read at 0x00c000001008 by goroutine 2:
  sync.(*WaitGroup).Add()
      sync/waitgroup.go:62
  main.adds()
      $scratch/program.lua:5

Goroutine 2 (running) created at:"
wait_group 'wg:add(1) go("adds", function() gosched() wg:done() end) gosched()'
claim "an Add before the go statement does not" out_has '^outcome +done$'
claim "nor is anything said" test "$(grep -c WARNING "$scratch/out")" = 0
wait_group 'wg:add(2) go("a", function() wg:done() end)
  go("b", function() wg2:wait() end) go("c", function() wg2:wait() end)
  wg2:done() gosched() wg:done()'
claim "two Waits do not race" test "$(grep -c WARNING "$scratch/out")" = 0
exit "$failed"
