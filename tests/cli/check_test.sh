#!/bin/bash
# `tophash check` verifies what scenarios expect, one line each.
set -u
cd "$(dirname "$0")/../.." || exit 1
. tests/cli/support.sh

run check "$scenarios/done.lua" "$scenarios/fatal.lua"
claim "scenarios that do as they say pass" ended 0
claim "one line for one that is done" out_has "^ok   $scenarios/done.lua  done \([0-9]+ steps\)$"
claim "one line for a fatal one" \
    out_has "^ok   $scenarios/fatal.lua  fatal: concurrent map writes \([0-9]+ steps\)$"
claim "then the sum" test "$(tail -n 1 "$scratch/out")" = "2 passed, 0 failed"

run check "$scenarios"
claim "one that does not makes it fail" ended 1
claim "and is told" out_has "^FAIL $scenarios/wrong.lua:4: expected fatal "
claim "the others pass" out_has "^[0-9]+ passed, 1 failed$"

cat >"$scratch/never.lua" <<'END'
fixes { "none", "twice" }
scenario { id = "never", truth = "real" }
local x = var("int")
go("A", function()
  x.value = 1
  if fix() == "twice" then x.value = 2 end
end)
when("A: write x #2", function() caption { en = "with one cure alone" } end)
when("A: write x #3", function() caption { en = "never" } end)
END
run check "$scratch/never.lua"
claim "a caption that no run shows fails" ended 1
claim "with its line" \
    out_has "^FAIL $scratch/never.lua:9: when\(\"A: write x #3\"\): this never happens$"

cat >"$scratch/asked.lua" <<'END'
scenario { id = "asked", truth = "real" }
local x = var("int")
go("A", function() x.value = 1 end)
ask {
  en = "How many steps?", zh = "几步？", options = { 1, 9 },
  answer = function(run) return run.steps end,
}
END
cp "$scratch/asked.lua" "$scratch/saved.lua"
cat >>"$scratch/saved.lua" <<'END'
later("c1", function() x.value = 2 end)
replay { schedule = "A +c1", seed = 1, own = 1, ends = { done = true } }
END
run check "$scratch/asked.lua"
claim "a question has an answer" ended 0
run check "$scratch/saved.lua"
claim "but needs none in a run that a person led elsewhere" ended 0
sed -i 's/own = 1, //' "$scratch/saved.lua"
run check "$scratch/saved.lua"
claim "as long as it does" out_has "^FAIL $scratch/saved.lua:4: ask: the answer is 3, which is none"

mkdir "$scratch/none"
run check "$scratch/none"
claim "a folder without scenarios is an error" refused 1 ".*none: no scenarios"
run check nothing.lua
claim "a missing file fails" ended 1
claim "and is one line" out_has "^FAIL nothing.lua: No such file"
exit "$failed"
