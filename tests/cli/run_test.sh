#!/bin/bash
# `tophash run` tells how a run ended, in Go's words and with Go's exit status.
set -u
cd "$(dirname "$0")/../.." || exit 1
. tests/cli/support.sh

run run "$scenarios/done.lua"
claim "a run that is done ends with 0" ended 0
claim "its outcome is told" out_has "^outcome +done$"
claim "and its label" out_has "^label +sum 30$"
claim "nothing is said on standard error" test ! -s "$scratch/err"

run run "$scenarios/fatal.lua"
claim "a fatal error ends with 2" ended 2
claim "its first line is Go's" test "$(head -n 1 "$scratch/err")" = "fatal error: concurrent map writes"
claim "and the first line of all" \
    test "$("$TOPHASH" run "$scenarios/fatal.lua" 2>&1 | head -n 1)" = "fatal error: concurrent map writes"
claim "an empty line follows" test -z "$(sed -n 2p "$scratch/err")"
claim "the goroutine that found it comes first" \
    test "$(sed -n 3,5p "$scratch/err" | tr '\n' '|')" = \
    "goroutine 3 [running]:|main.other()|	$scenarios/fatal.lua:11|"
claim "who started it is told" err_has "^created by main.main$"
claim "the main goroutine waits" err_has "^goroutine 1 \[semacquire\]:$"
claim "the other one is runnable" err_has "^goroutine 2 \[runnable\]:$"

claim "what the map's own check found, and that it missed others" \
    out_has "^check +found concurrent map writes, missed [0-9]+ races?$"
claim "Go's detector does not count races in a program that died" \
    test "$(grep -c "^Found" "$scratch/out")" = 0

schedule=$(sed -n 's/^schedule  *//p' "$scratch/out")
cp "$scratch/out" "$scratch/first"
run run "$scenarios/fatal.lua" --schedule "$schedule"
claim "the schedule that is printed replays the run" cmp -s "$scratch/first" "$scratch/out"

run run scripts/ch5-missed-race.lua
claim "races that the map's own check missed are counted" \
    out_has "^check +found nothing, missed $(grep -c "^WARNING" "$scratch/out") races$"
claim "a program that lives is told how many races there were" \
    test "$(tail -n 1 "$scratch/out")" = "Found $(grep -c "^WARNING" "$scratch/out") data race(s)"

run run "$scenarios/deadlock.lua"
claim "a deadlock ends with 2" ended 2
claim "in Go's words" test "$(head -n 1 "$scratch/err")" = \
    "fatal error: all goroutines are asleep - deadlock!"
claim "with the one that waits" err_has "^goroutine 1 \[semacquire\]:$"

run run "$scenarios/panic.lua"
claim "a panic ends with 2" ended 2
claim "its first line is Go's too" test "$(head -n 1 "$scratch/err")" = \
    "panic: sync: negative WaitGroup counter"
claim "with the goroutine" err_has "^goroutine 1 \[running\]:$"

run run "$scenarios/fault.lua"
claim "a fault ends with 2" ended 2
claim "and says what was touched" out_has "^outcome +fault: use after free at 0xc[0-9a-f]+ \(x\.a\), by goroutine 1 \(main\)$"

run run --json "$scenarios/fatal.lua"
claim "--json ends with 2 as well" ended 2
claim "--json says nothing else" test ! -s "$scratch/err"
json() {
    python3 -c 'import json, sys; o = json.load(open(sys.argv[1])); sys.exit(not eval(sys.argv[2]))' \
        "$scratch/out" "$1"
}
claim "its keys are those promised" json \
    'list(o) == ["outcome", "message", "label", "steps", "races", "check", "schedule"]'
claim "its outcome is a word" json 'o["outcome"] == "fatal"'
claim "its message is Go's" json 'o["message"] == "concurrent map writes"'
claim "no label is null" json 'o["label"] is None'
claim "its races are a list" json 'isinstance(o["races"], list)'
claim "what the map's own check found and missed stands beside them" json \
    'o["check"] == {"found": "concurrent map writes", "missed": len(o["races"]) - 1}'
claim "its schedule and steps agree" json 'o["steps"] > 0 and "writer*5" in o["schedule"]'

run run "$scenarios/fatal.lua" --schedule "main*1 writer*" --seed 3
cp "$scratch/out" "$scratch/first"
run run "$scenarios/fatal.lua" --schedule "main*1 writer*" --seed 3
claim "the same seed gives the same run" cmp -s "$scratch/first" "$scratch/out"
exit "$failed"
