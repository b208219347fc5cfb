#!/bin/bash
# Hands on, in a window: operations typed, a value changed by the mouse, a goroutine more, undo, a
# branch named on its lane, everything saved as a scenario that the command line takes; and a
# scenario that is edited while it is open.
set -u
cd "$(dirname "$0")/../.." || exit 1
. tests/window/window.sh

cp scripts/ch3-two-writers.lua "$scratch/lesson.lua"
open_window play "$scratch/lesson.lua"

enter() {
    text "$1"
    key Return
    sleep 0.3
    key Return # to the end of what is played
}

changes "a colon opens the console" key colon
changes "an operation runs in a branch" enter 'm[42] = 1'
ran=$now
changes "a mistake is told in a line" enter 'm[42] = '
changes "Escape takes the line back" key Escape
key Escape
settled >/dev/null
changes "U undoes it" key u
now=$(settled)

changes "the mouse rests on a value" move 808 257
changes "a double click asks for another" xdotool click --repeat 2 --delay 60 1
changes "it is typed and stored" enter 77
key Escape
rest_mouse
changes "Shift and G ask what one goroutine more does" key shift+g
changes "it starts" enter 'm[5] = 5'
changes "the branch gets a name" enter 'name two more'
key Escape
now=$(settled)
move 50 697
changes "a double click on the lane of another future names it" \
    xdotool click --repeat 2 --delay 60 1
text 'as it was'
changes "the name is typed" key Return
key Escape
now=$(settled)

key colon
changes "the branch is saved" enter "save $scratch/demo"
key Escape
claim "as a scenario" grep -q '^replay {' "$scratch/demo.lua"
claim "that plays as it was played" "$TOPHASH" check "$scratch/demo.lua"
"$TOPHASH" run "$scratch/demo.lua" >/dev/null 2>&1
claim "and runs" test $? -le 2

now=$(settled)
sed -i 's/title = {[^}]*}/title = { en = "Another name", zh = "新名" }/' "$scratch/lesson.lua"
sleep 1
changes "a file that was saved is loaded again" true
named=$now
echo 'oops(' >>"$scratch/lesson.lua"
sleep 1
changes "what is wrong in it is told, and the lesson stays" true
sed -i '$d' "$scratch/lesson.lua"
sleep 1
becomes "once it is mended all is as before" "$named" true
done_testing
