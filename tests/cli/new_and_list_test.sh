#!/bin/bash
# `tophash new` writes a scenario that works; `tophash list` finds it.
set -u
cd "$(dirname "$0")/../.." || exit 1
. tests/cli/support.sh

run new "$scratch/my-lesson"
claim "a new scenario is written" ended 0
claim "its path is printed" test "$(cat "$scratch/out")" = "$scratch/my-lesson.lua"
cp "$scratch/my-lesson.lua" "$scratch/copy"
run check "$scratch/my-lesson.lua"
claim "it passes its own check" ended 0
run explore "$scratch/my-lesson.lua"
claim "it can be explored" ended 0
claim "to the end" out_has "^complete"
claim "and finds what it says of itself" out_has "fatal: concurrent map writes"
run run "$scratch/my-lesson.lua" --fix mutex
claim "its cure cures" ended 0
run trace "$scratch/my-lesson.lua" -o -
claim "its moment has its caption" out_has '"zh":"[^"]*置位'
for word in fixes scenario fix go caption when ask finally labels schedule expect explore; do
    grep -qE "(^|[^a-z_])$word([^a-z_]|\$)" "$scratch/my-lesson.lua" || claim "it shows $word" false
done
run new "$scratch/my-lesson.lua"
claim "it is not overwritten" refused 1 ".*my-lesson.lua is there already"
claim "and stays as it is" cmp -s "$scratch/copy" "$scratch/my-lesson.lua"
run new "$scratch/bad name"
claim "a name with a space is refused" ended 64
run new "$scratch/no/where"
claim "a folder that is not there is an error" refused 1 "cannot write .*where.lua: No such file"

rm "$scratch/copy"
run list "$scratch"
claim "the list has its name, chapter, truth and title" \
    out_has "^my-lesson +own +real +Two goroutines write to one map +\($scratch/my-lesson.lua\)$"
TOPHASH_SCRIPTS=$scratch run list
claim "TOPHASH_SCRIPTS names the folder of lessons" out_has "^my-lesson "
TOPHASH_SCRIPTS=$scratch run run my-lesson
claim "a lesson is found by its name" ended 2
TOPHASH_SCRIPTS=$scratch/none run list
claim "a folder of lessons that is not there is an error" refused 1 "no folder of lessons"
exit "$failed"
