#!/bin/bash
# `tophash export` makes files of what a scenario shows, whole or not at all.
set -u
cd "$(dirname "$0")/../.." || exit 1
. tests/cli/support.sh
small=(--size 320x180 --fps 5)

run export "$scenarios/done.lua" -o "$scratch/frames/" "${small[@]}" --steps 1..4
claim "frames are made" ended 0
claim "numbered from 1" test -s "$scratch/frames/00001.png"
claim "of the size asked for" \
    test "$(od -An -tu1 -j16 -N8 "$scratch/frames/00001.png" | tr -s ' ')" = " 0 0 1 64 0 0 0 180"
mkdir "$scratch/again"
run export "$scenarios/done.lua" -o "$scratch/again/" "${small[@]}" --steps 1..4 --jobs 2
claim "the same scenario gives the same bytes, with any number of jobs" \
    diff -r "$scratch/frames" "$scratch/again"

run export "$scenarios/captions.lua" -o "$scratch/part.gif" "${small[@]}" --clips
claim "--clips makes a file for each caption" test -s "$scratch/part-01.gif" -a -s "$scratch/part-02.gif"
claim "and no other" test "$(find "$scratch" -name 'part*' | wc -l)" = 2
run export "$scenarios/done.lua" -o "$scratch/none.gif" "${small[@]}" --clips
claim "a scenario without captions has no clips" refused 1 ".*done.lua: no captions"
run export "$scenarios/captions.lua" -o "$scratch/x/" --clips
claim "clips need a name for each" refused 1 ".*a name for clips ends in"

run export "$scenarios/done.lua" -o "$scratch/a.svg" "${small[@]}" --steps 1..4
claim "an SVG is made" ended 0
claim "of the last step alone" test "$(grep -c '<svg' "$scratch/a.svg")" = 1
run export "$scenarios/done.lua" -o "$scratch/b.svg" "${small[@]}" --steps 4..4
claim "the same bytes again" cmp "$scratch/a.svg" "$scratch/b.svg"
run export "$scenarios/done.lua" -o "$scratch/no/such/folder.svg" "${small[@]}"
claim "an SVG that cannot be written is an error" refused 1 "cannot write .*folder.svg: No such file"

run export "$scenarios/done.lua" -o "$scratch/late.gif" "${small[@]}" --steps 5000..6000
claim "steps that are not there are an error" refused 1 "the run has [0-9]+ steps"
run export nothing.lua -o "$scratch/late.gif" "${small[@]}"
claim "a missing scenario is an error" refused 1 "nothing.lua: No such file"
claim "after which no file is there" test ! -e "$scratch/late.gif"
exit "$failed"
