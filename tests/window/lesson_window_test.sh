#!/bin/bash
# A lesson in its window, driven as a person would: it opens, steps, plays, scrubs, resizes, changes
# theme and language, sleeps while nothing moves, and closes. What is on the screen is read from the
# X server's frame buffer: a picture that should be the same must be so in every pixel.
set -u
cd "$(dirname "$0")/../.." || exit 1
. tests/window/window.sh

empty=$(picture)
cat >"$scratch/lesson.lua" <<'LUA'
scenario { id = "w", chapter = "2", truth = "real", seed = 3, title = { en = "A growth", zh = "扩容" } }
local m = map.make("int", "int")
for k = 1, 13 do m[k] = k * 17 end
caption{ en = "The table doubles.", zh = "表翻倍。" }
go("writer", function() m[14] = 1 m[15] = 2 end)
LUA
open_window play "$scratch/lesson.lua"
start=$now
claim "it shows something" test "$start" != "$empty"

changes "a step changes the picture" key Right
one=$now
changes "another step too" key Right
two=$now
becomes "a step back shows the very same picture again" "$one" key Left
becomes "and a step forward the one after" "$two" key Right

play_a_while() {
    key space
    sleep 2.5
    key space
}
changes "playing goes on" play_a_while
becomes "Home is the start again" "$start" key Home

cpu_ticks() {
    awk '{ print $14 + $15 }' "/proc/$program/stat"
}
before=$(cpu_ticks)
sleep 1.5
claim "it sleeps while nothing moves" test $(($(cpu_ticks) - before)) -le 2

# The lanes lie at the bottom; 1280 by 720 is the size that the window opens with.
changes "dragging along the lanes scrubs" drag 500 691 800 691
changes "the button steps back" click 85 629

rest_mouse
becomes "and Home is the start still" "$start" key Home
changes "T changes the theme" key t
changes "L changes the language" key l
becomes "and both change back" "$start" key t l

changes "it takes the smallest size" xdotool windowsize "$window" 1024 640
changes "and a larger one" xdotool windowsize "$window" 1400 900

changes "Esc leaves the lesson for the picker" key Escape
changes "where the arrows choose" key Down
key Escape 2>/dev/null
close_window
claim "Esc there closes the window with exit status 0" test "$status" = 0
done_testing
