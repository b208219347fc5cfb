#!/bin/bash
# Before a class: a clicker's keys, laser, glass, black screen, saved pictures, the speaker's window,
# the keyboard's ring, choosing a file, lines of text, and a window that sleeps when nobody does
# anything.
set -u
cd "$(dirname "$0")/../.." || exit 1
. tests/window/window.sh

TOPHASH=$(realpath "$TOPHASH")
SHOTS=$PWD/$SHOTS
scripts=$PWD/scripts
mkdir "$scratch/work"
cd "$scratch/work" || exit 1 # pictures are saved there

cat >lesson.lua <<'LUA'
scenario { id = "told", chapter = "1", truth = "real", seed = 1, title = { en = "Told", zh = "讲" } }
local m = map.make("int", "int")
caption{ en = "First.", zh = "一。" }
go("A", function() m[1] = 10 m[2] = 20 end)
when("A: write h.count #1", function() caption{ en = "One.", zh = "二。" } end)
LUA
cp "$scripts/ch3-two-writers.lua" other.lua

open_window play lesson.lua --reduced-motion --text
start=$now

cpu_ticks() {
    awk '{ print $14 + $15 }' "/proc/$program/stat"
}
# The claim $1, over 2 s: at most $2 hundredths of a second of work.
sleeps() {
    local before
    before=$(cpu_ticks)
    sleep 2
    claim "$1" test $(($(cpu_ticks) - before)) -le "$2"
}

# The mouse leaves over nothing that answers to it, so that nothing is pointed at any more.
rest() {
    move 330 300
    sleep 0.2
    rest_mouse
}
# A key as a keyboard sends it: to the window that has the focus, whichever that is.
press() {
    xdotool windowfocus "$window"
    sleep 0.2
    xdotool key "$@"
}

# From its first change on the X server draws the mouse's own arrow, too.
key p
move 400 300
sleep 0.3
key p
rest
now=$(settled)
start=$now

# --- from stop to stop ---

changes "Page down goes to the next caption" key Next
claim "at once with less motion, and each step is told" \
    grep -qE '^[0-9]+: G1 writes h\.count, now 1\. One\.$' "$scratch/out"
claim "on standard output from the start" test "$(head -n 1 "$scratch/out")" = Told
becomes "Page up goes back" "$start" key Prior

answered() {
    local before from
    before=$(picture)
    from=$(date +%s%N)
    xdotool key --window "$window" Right
    while [ "$(picture)" = "$before" ] && [ $(($(date +%s%N) - from)) -lt 2000000000 ]; do :; done
    echo "# answered after $((($(date +%s%N) - from) / 1000000)) ms"
    [ $(($(date +%s%N) - from)) -lt 1000000000 ]
}
claim "a key is answered soon" answered
now=$(settled)
becomes "and Home is the start" "$start" key Home

# --- what lies over the picture ---

laser() {
    key p
    move 500 300
}
changes "P is a laser where the mouse is" laser
changes "that follows it" move 600 330
sleeps "and costs nothing while it rests" 3
rest
becomes "P again takes it away" "$start" key p
glass() {
    key z
    move 500 300
}
changes "Z is a magnifying glass" glass
rest
becomes "Esc takes it away" "$start" key Escape
changes "a dot makes the screen black" key period
dark() {
    convert "xwd:$scratch/Xvfb_screen0" -crop "1200x650+$((left + 40))+$((top + 30))" -colorspace gray \
        -format '%[fx:maxima]' info: 2>/dev/null | grep -qx 0
}
claim "all of it" dark
becomes "and any key brings it back, and does nothing else" "$start" key Right

caption() {
    key c
    key c
}
changes "C twice is a large caption" caption
becomes "C again the small one" "$start" key c

# --- what is saved ---

changes "S saves a picture and says where" key s
claim "as a PNG" test "$(head -c 4 told-step-0.png 2>/dev/null | tail -c 3)" = PNG
key s
now=$(settled)
claim "the same bytes each time, under another name" cmp told-step-0.png told-step-0-2.png
key Next
now=$(settled)
key g
for _ in $(seq 600); do
    ls told-steps-*.gif >/dev/null 2>&1 && break
    sleep 0.1
done
claim "G saves the last steps as a GIF" test "$(head -c 6 told-steps-*.gif 2>/dev/null)" = GIF89a
key Home
now=$(settled)

# --- the ring ---

start=$now
changes "Tab shows a ring" key Tab
ring=$now
changes "and moves it" key Tab
becomes "Shift and Tab back" "$ring" key shift+Tab
becomes "Esc takes it away again" "$start" key Escape

# --- the speaker's window ---

speaker() {
    xdotool search --name '^Speaker' 2>/dev/null | head -n 1
}
press shift+n
for _ in $(seq 50); do
    [ -n "$(speaker)" ] && break
    sleep 0.1
done
claim "Shift and N opens the speaker's window" test -n "$(speaker)"
sleep 1
shot "the-speaker-s-window"
sleeps "a clock that ticks costs next to nothing" 20
press shift+n
sleep 1
claim "and closes it" test -z "$(speaker)"
now=$(settled)

# --- files ---

changes "Shift and O shows the files here" key shift+o
changes "what is typed filters them" text oth
changes "Enter opens what is left" key Return
claim "another lesson" grep -q '^Two writers, one slot$' "$scratch/out"
changes "Esc leaves it for the picker" key Escape
for _ in $(seq 100); do # the picker looks at its lessons
    before=$(cpu_ticks)
    sleep 0.5
    [ $(($(cpu_ticks) - before)) -le 1 ] && break
done
sleeps "which sleeps too" 3
key Escape
close_window
claim "the window closes with exit status 0" test "$status" = 0
done_testing
