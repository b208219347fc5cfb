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
