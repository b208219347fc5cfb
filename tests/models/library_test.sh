#!/bin/bash
# use "name" takes a library that lies beside the scenario or with the lessons, and nothing else.
set -u
cd "$(dirname "$0")/../.." || exit 1
. tests/cli/support.sh

# A scenario with that line in it, in $scratch/s.lua.
scenario_with() {
    {
        echo 'scenario { id = "s", chapter = "t", truth = "model", title = "t", seed = 1 }'
        echo "$1"
    } >"$scratch/s.lua"
}

mkdir -p "$scratch/lib"
echo 'local m = map.make("int", "int") return { m = m, set = function(k, v) m[k] = v end }' \
    >"$scratch/lib/own.lua"
echo 'return { bad = function() return nil + 1 end }' >"$scratch/lib/bad.lua"
echo 'local x = = 1' >"$scratch/lib/broken.lua"

scenario_with 'local own = use "own" main(function() own.set(1, 2) end)
finally(function() return "value " .. own.m[1] .. (use and "") end)'
run run "$scratch/s.lua"
claim "a library beside the scenario is found" out_has "^label     value 2$"
scenario_with 'local a, b = use "own", use "own" main(function() a.set(1, 2) end)
finally(function() return tostring(a == b) end)'
run run "$scratch/s.lua"
claim "used twice it is the same" out_has "^label     true$"
scenario_with 'local m = use("sharded").make("int", "int", 2) main(function() m:set(1, 2) end)'
run run "$scratch/s.lua"
claim "the lessons' libraries are found from everywhere" ended 0

scenario_with 'use "../own"'
run run "$scratch/s.lua"
claim "no paths" refused 1 ".*s.lua:2: use: a library's name has small letters"
scenario_with 'use "nothing"'
run run "$scratch/s.lua"
claim "a missing one is named" refused 1 ".*s.lua:2: use: there is no lib/nothing.lua"
scenario_with 'use "broken"'
run run "$scratch/s.lua"
claim "its syntax errors have its lines" refused 1 ".*s.lua:2: lib/broken:1: "
scenario_with 'main(use("bad").bad)'
run run "$scratch/s.lua"
claim "its failures, too" refused 1 ".*s.lua: lib/bad:1: "
scenario_with 'main(function() use "own" end)'
run run "$scratch/s.lua"
claim "not inside a goroutine" refused 1 ".*s.lua:2: use belongs outside main and go"
exit "$failed"
