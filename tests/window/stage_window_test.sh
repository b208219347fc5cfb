#!/bin/bash
# The stage and the timeline, in a window: the next goroutine picked by key and by its card, branches, marks, the
# timeline under the mouse, the camera over a map of many buckets.
set -u
cd "$(dirname "$0")/../.." || exit 1
. tests/window/window.sh

open_window play ch3-two-writers
start=$now
changes "2 lets the second goroutine go first" key 2
changes "1 lets the first step then" key 1
other=$now
changes "Left takes it back" key Left
becomes "and the same step is there again" "$other" key 1
changes "J shows the run that was left" key j
becomes "and the branch again" "$other" key j
changes "R starts again" key r
changes "Shift and B list all futures" key shift+b
changes "Escape closes the list" key Escape
changes "a click on a card lets its goroutine step" click 150 130
rest_mouse
changes "Shift and Right go to the next mark" key shift+Right
changes "and to the one after" key shift+Right
changes "Shift and Left back" key shift+Left
changes "the mouse resting on a step tells what it did" move 310 666
changes "a click goes there" click 310 666
rest_mouse
now=$(settled)
changes "a click in the log goes to its step" click 1080 108
watch() {
    xdotool keydown shift
    click 770 95
    xdotool keyup shift
}
changes "Shift and a click watch a place" watch
changes "and no more" watch
rest_mouse
now=$(settled)
changes "greater and less zoom the timeline" key greater greater
changes "and back" key less less
changes "I opens the claim" key i
changes "Escape closes it" key Escape
changes "End is the crash" key End
kill "$program"
wait "$program" 2>/dev/null

cat >"$scratch/crowd.lua" <<'LUA'
scenario { id = "crowd", chapter = "2", truth = "real", seed = 3, title = { en = "Many", zh = "许多" } }
local m = map.make("int", "int")
for k = 1, 3000 do m[k] = k end
local n = map.make("int", "int")
for k = 1, 10 do n[k] = k end
go("writer", function() m[7] = 1 n[3] = 2 m[9] = 3 end)
LUA
open_window play "$scratch/crowd.lua"
start=$now
changes "plus goes nearer" key plus
changes "minus farther" key minus
changes "the wheel zooms" click 640 350 4
changes "and back" click 640 350 5
changes "and in once more" click 640 350 4
changes "a drag moves along" drag 700 350 500 350
changes "F lets go of the camera" key f
rest_mouse
now=$(settled)
changes "V shows the other map" key v
changes "A pauses at new races or not, and says so" key a
changes "Up is faster" key Up
changes "Down slower" key Down Down
done_testing
