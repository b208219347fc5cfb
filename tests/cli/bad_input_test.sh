#!/bin/bash
# Bad input ends with 1 and one line that names the file (and, in Lua, the line).
set -u
cd "$(dirname "$0")/../.." || exit 1
. tests/cli/support.sh
bad=tests/cli/bad

bad() {
    local what=$1 pattern=$2
    shift 2
    run "$@"
    claim "$what" refused 1 "$pattern"
}

bad "a missing file" "nothing.lua: No such file or directory" run nothing.lua
bad "a missing lesson" "no-such-lesson: No such file" run no-such-lesson
bad "a name with a newline" "a[?]b.lua: No such file" run $'a\nb.lua'
bad "a folder" "tests/cli: Is a directory" run tests/cli
head -c 5000 /dev/urandom >"$scratch/junk.lua"
bad "binary junk" "$scratch/junk.lua: not a text file" run "$scratch/junk.lua"
head -c 2000000 /dev/zero | tr '\0' ' ' >"$scratch/huge.lua"
bad "a file too large" ".*huge.lua: larger than 1048576 bytes" run "$scratch/huge.lua"
: >"$scratch/empty.lua"
bad "an empty file" ".*empty.lua: the file has no scenario" run "$scratch/empty.lua"
bad "a syntax error" "$bad/syntax.lua:2: " run "$bad/syntax.lua"
bad "a loop without end" "$bad/loop.lua:2: " run "$bad/loop.lua"
bad "a loop without end in a body" "$bad/loop-in-body.lua:[23]: " run "$bad/loop-in-body.lua"
bad "an unknown key type" "$bad/key-type.lua:2: .*float128" run "$bad/key-type.lua"
bad "an allocation of 1 GB" "$bad/memory.lua:2: " run "$bad/memory.lua"
bad "a schedule naming no goroutine" "--schedule, part 1 \"nobody\": " \
    run "$scenarios/done.lua" --schedule "nobody"
bad "a schedule that cannot be read" "--schedule, column 6: " \
    run "$scenarios/done.lua" --schedule "main**"
bad "a schedule of the file that does not fit" \
    "$bad/schedule.lua:7: schedule, part 2 \"B\": there is no such goroutine after step 1" \
    run "$bad/schedule.lua"
printf 'scenario %s\r\nschedule nobody\r\n' "$PWD/$scenarios/done.lua" >"$scratch/run.schedule"
bad "a schedule of a saved run that does not fit, in lines of Windows" \
    "$scratch/run.schedule:2: schedule, part 1 \"nobody\": " run "$scratch/run.schedule"
run check "$scratch/run.schedule"
claim "a saved run cannot be checked" out_has "^FAIL $scratch/run.schedule: a saved run expects nothing"
bad "a trace without end" "/dev/zero:1: a NUL byte" conform /dev/zero
run check "$bad/schedule.lua"
claim "and so says check" out_has "^FAIL $bad/schedule.lua:7: schedule, part 2 "
bad "a fix that there is not" "$scenarios/done.lua: the scenario offers no fixes" run "$scenarios/done.lua" --fix nofix
bad "an output folder that is not there" "cannot write $scratch/no/trace.jsonl: No such file" \
    trace "$scenarios/done.lua" -o "$scratch/no/trace.jsonl"
bad "an export whose kind is unknown" ".*out.xyz" export "$scenarios/done.lua" -o "$scratch/out.xyz"
if [ "$(id -u)" != 0 ]; then
    touch "$scratch/closed.lua"
    chmod 0 "$scratch/closed.lua"
    bad "an unreadable file" ".*closed.lua: Permission denied" run "$scratch/closed.lua"
fi

status=0
env -u DISPLAY -u WAYLAND_DISPLAY -u SDL_VIDEODRIVER timeout 20 "$TOPHASH" play "$scenarios/done.lua" \
    >"$scratch/out" 2>"$scratch/stderr" || status=$?
grep '^tophash' "$scratch/stderr" >"$scratch/err" # wayland's library has a line of its own
claim "a window without a display" refused 1 "no display"

run check "$bad/depends.lua"
claim "a body that depends on more than its results fails its check" ended 1
claim "and the line says where" out_has "^FAIL $bad/depends.lua:[0-9]+: "

status=0
"$TOPHASH" run "$scenarios/done.lua" >/dev/full 2>"$scratch/err" || status=$?
: >"$scratch/out"
claim "a full standard output is an error" refused 1 "cannot write standard output: No space left"
status=0
"$TOPHASH" trace "$scenarios/done.lua" -o /dev/full >"$scratch/out" 2>"$scratch/err" || status=$?
claim "a full device is an error" refused 1 "cannot write /dev/full: No space left"
exit "$failed"
