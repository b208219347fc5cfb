#!/bin/bash
# Exploring, in a window: all orders of a run, the outcomes, an example that plays, two runs and the
# step that decides, what a cure changes, and a challenge that is played.
set -u
cd "$(dirname "$0")/../.." || exit 1
. tests/window/window.sh

open_window play ch5-lost-update
start=$now
explored() {
    key e
    sleep 3
}
changes "E explores all orders" explored
all=$now
changes "O asks for the next outcome" key o
changes "D shows two runs and the step that decides" key d
changes "D again leaves them" key d
changes "1 plays an example" key 1
changes "which is stepped back" key Left
changes "E goes back to all orders" explored
changes "X takes the next cure" key x
sleep 3
now=$(settled)
shot "cured"
claim "another share of crashes" test "$now" != "$all"
changes "E closes it" key e
kill "$program"
wait "$program" 2>/dev/null

open_window play challenge-two-steps
changes "a challenge asks who goes next" key 1
changes "H gives a clue" key h
changes "2 goes next" key 2
changes "R starts again" key r
done_testing
